"""Tactics for the nouns of families of distributions: Gibbs' inequality, and closed forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, islice, permutations

from sympy import Add, Basic, Expr, Piecewise, S, Tuple, expand
from sympy.logic.boolalg import Boolean

from symentropy.closed_form import derived
from symentropy.distribution import pmf_of
from symentropy.errors import InvalidStep, NoClosedForm, SymentropyError
from symentropy.proof.canonical import is_zero, log_form, unfolded
from symentropy.proof.claim import Claim
from symentropy.proof.definedness import undischarged
from symentropy.proof.draft import Draft
from symentropy.proof.expectations import log_term
from symentropy.proof.kernel import domain
from symentropy.quantities import KLDivergence
from symentropy.quantity import Mean

#: Combinations of divergences that are tried.
MAX_TRIED = 24


def by_gibbs(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove that a divergence of densities is >= 0, or of pmfs whose probabilities may be 0."""
    side = claim.rhs if claim.relation == "<=" else claim.lhs
    definition = unfolded(side)
    if definition != side and not undischarged(definition, domain(claim)):  # pmfs have a proof of their own
        return None
    return draft.add("gibbs", claim)


def by_divergences(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove an inequality between quantities of families by D(P || Q) >= 0 for distributions in it: H(P) <= H(P, Q), H(P) <= H(Q)."""
    nouns = [noun for noun in sorted(claim.difference.atoms(Mean), key=str) if all(pmf_of(P) is None for P in noun.args)]
    families = list(dict.fromkeys(P for noun in nouns for P in noun.args))
    if claim.relation in ("=", "!=") or not nouns or not claim.lhs.free_symbols | claim.rhs.free_symbols:
        return None
    forms = {noun: closed_form(draft, noun, claim.hypotheses) for noun in nouns}
    divergences = {
        D: form for P, Q in permutations(families, 2) if (form := _divergence(draft, P, Q, claim)) is not None for D in [KLDivergence(P, Q)]
    }
    factors = {noun: claim.difference.coeff(noun) for noun in nouns}
    weights = dict.fromkeys(abs(factor) for factor in factors.values() if factor.is_number)
    used = [(form, factors[noun]) for noun, form in forms.items() if form is not None]
    if len(used) < len(nouns) or (claim.difference.has(*nouns) and expand(claim.difference - _added(factors)).has(*nouns)):
        return None
    value = (claim.difference - _added(factors)) + Add(*(factor * draft.steps[form].claim.rhs for form, factor in used))
    single = [((weight, D),) for D in divergences for weight in weights]
    for chosen in islice([*single, *combinations([pair for (pair,) in single], 2)], MAX_TRIED):
        draft.budget.check()
        rest = value - Add(*(weight * draft.steps[divergences[D]].claim.rhs for weight, D in chosen))
        more = _visible(draft, rest, claim)
        if more is not None:
            signs = [(draft.add("gibbs", Claim(D, ">=", 0, claim.hypotheses)), weight) for weight, D in chosen]
            equations = _merged([*used, *((divergences[D], -weight) for weight, D in chosen)])
            premises = [*signs, *equations, *((step, S.One) for step in more)]
            return draft.add("combination", claim, [step for step, _ in premises], [factor for _, factor in premises])
    return None


def _added(factors: Mapping[Mean, Expr]) -> Expr:
    return Add(*(factor * noun for noun, factor in factors.items()))


def _merged(weighted: Iterable[tuple[int, Expr]]) -> list[tuple[int, Expr]]:
    """Return steps with their factors, each step once."""
    found: dict[int, Expr] = {}
    for step, factor in weighted:
        found[step] = found.get(step, S.Zero) + factor
    return list(found.items())


def _divergence(draft: Draft, P: Basic, Q: Basic, claim: Claim) -> int | None:
    """Return the step D(P || Q) = closed form, where both are families of the same kind."""
    try:
        return closed_form(draft, KLDivergence(P, Q), claim.hypotheses)
    except SymentropyError:
        return None


def _visible(draft: Draft, rest: Expr, claim: Claim) -> list[int] | None:
    """Return no step for what is 0, one for what is visibly positive or not negative, None otherwise."""
    form = log_form(rest, domain(claim))
    if form is not None and not form[0]:
        rest = form[1]  # what remains where all logarithms cancel
    if is_zero(rest, domain(claim)):
        return []
    for relation in (">", ">="):
        for rule in ("sign",) if rest.free_symbols else ("enclosure",):
            with suppress(InvalidStep):
                return [draft.add(rule, Claim(rest, relation, 0, claim.hypotheses))]
    return None


def by_closed_forms(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove a claim with the closed forms of nouns of families in place of the nouns."""
    nouns = sorted(unfolded(claim.lhs).atoms(Mean) | unfolded(claim.rhs).atoms(Mean), key=str)
    if not nouns:
        return None
    forms = {noun: step for noun in nouns if (step := closed_form(draft, noun, claim.hypotheses)) is not None}
    if len(forms) < len(nouns):
        return None
    if claim.lhs in forms and draft.steps[forms[claim.lhs]].claim == claim:
        return forms[claim.lhs]
    difference = claim.difference
    used = [(step, difference.coeff(noun)) for noun, step in forms.items() if difference.coeff(noun) != 0]
    used = used or [(next(iter(forms.values())), S.Zero)]  # a noun that cancels is a number all the same
    with suppress(InvalidStep):  # equal normal forms need nothing else
        return draft.add("combination", claim, [step for step, _ in used], [factor for _, factor in used])
    values = {noun: draft.steps[step].claim.rhs for noun, step in forms.items()}
    found = draft.prove(replace(claim, lhs=claim.lhs.xreplace(values), rhs=claim.rhs.xreplace(values)), depth)
    if found is None:
        return None
    return draft.add("combination", claim, [*(step for step, _ in used), found], [*(factor for _, factor in used), S.One])


def closed_form(draft: Draft, noun: Mean, hypotheses: tuple[Boolean, ...]) -> int | None:
    """Return the step noun = closed form, where its logarithm is a combination of statistics with known expectations."""
    if noun.args[0] == noun.args[-1] and not noun.is_cross:
        return draft.add("definition", Claim(noun, "=", 0, hypotheses))
    term = log_term(noun)
    if term is None:
        return None
    try:
        found = derived(noun.args[0], noun.args[-1], is_cross=noun.is_cross)
    except NoClosedForm:
        return None
    if not found.is_complete or found.variable is None or found.value.is_infinite:
        return None
    pairs = tuple(Tuple(t.coefficient, t.statistic.xreplace({found.variable: term.variable})) for t in found.terms)
    value = found.value.args[0].args[0] if isinstance(found.value, Piecewise) else found.value
    try:
        return draft.add("expectation", Claim(noun, "=", value, hypotheses), arguments=pairs)
    except InvalidStep:
        return None
