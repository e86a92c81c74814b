"""Tactics for the nouns of families of distributions: Gibbs' inequality, and closed forms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import combinations, islice, permutations
from typing import Any

from sympy import Add, Basic, Dummy, Expr, Integral, Piecewise, S, Sum, Symbol, Tuple, binomial, expand, oo
from sympy.logic.boolalg import Boolean

from symentropy.closed_form import ClosedForm, Term, derived
from symentropy.distribution import is_joint, pmf_of
from symentropy.errors import InvalidStep, NoClosedForm, SymentropyError
from symentropy.expectation import Expectation
from symentropy.proof.canonical import is_zero, log_form, unfolded
from symentropy.proof.checks import domain
from symentropy.proof.claim import Claim
from symentropy.proof.definedness import undischarged
from symentropy.proof.draft import Draft
from symentropy.proof.expectations import LogTerm, log_term
from symentropy.proof.joint import in_expectations
from symentropy.proof.tactics.integrals import value_of
from symentropy.proof.tactics.means import by_means
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
    nouns = sorted({noun for side in (claim.lhs, claim.rhs) for noun in _unknown(unfolded(side))}, key=str)
    if not nouns:
        return None
    forms: dict[Expr, int] = {}
    for noun in nouns:
        step = _value(draft, noun, claim.hypotheses)
        if step is None:
            return None
        forms[noun] = step
    if claim.lhs in forms and draft.steps[forms[claim.lhs]].claim == claim:
        return forms[claim.lhs]
    values = {noun: draft.steps[step].claim.rhs for noun, step in forms.items()}
    factors = _multipliers(claim.difference, values)
    if factors is None:
        return None
    used = [(step, factors[noun]) for noun, step in forms.items() if factors[noun] != 0 or not isinstance(noun, Mean)]
    used = used or [(next(iter(forms.values())), S.Zero)]  # a noun that cancels is a number all the same
    with suppress(InvalidStep):  # equal normal forms need nothing else
        return draft.add("combination", claim, [step for step, _ in used], [factor for _, factor in used])
    found = draft.prove(replace(claim, lhs=claim.lhs.xreplace(values), rhs=claim.rhs.xreplace(values)), depth)
    if found is None:
        return None
    return draft.add("combination", claim, [*(step for step, _ in used), found], [*(factor for _, factor in used), S.One])


def by_infinity(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove that a noun of families is oo, by its support or its tail."""
    is_infinite = claim.relation == "=" and claim.rhs == oo and isinstance(claim.lhs, Mean)
    return infinity(draft, claim.lhs, claim.hypotheses) if is_infinite else None


def by_integrals(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove a claim with the values of its integrals in their places, before points are looked at, which takes longer."""
    return by_closed_forms(draft, claim, depth) if claim.lhs.has(Integral) or claim.rhs.has(Integral) else None


def with_values(draft: Draft, claim: Claim) -> Claim:
    """Return a claim with the nouns of families, integrals and infinite sums in it replaced by their values, as far as these are known.

    Both claims hold at the same points that the hypotheses admit.
    """
    nouns = {noun for side in (claim.lhs, claim.rhs) for noun in _unknown(unfolded(side))}
    steps = {noun: _value(draft, noun, claim.hypotheses) for noun in sorted(nouns, key=str)}
    values = {noun: draft.steps[step].claim.rhs for noun, step in steps.items() if step is not None}
    return replace(claim, lhs=claim.lhs.xreplace(values), rhs=claim.rhs.xreplace(values)) if values else claim


def _value(draft: Draft, noun: Any, hypotheses: tuple[Boolean, ...]) -> int | None:
    """Return the step noun = value, for the noun of a family, an integral or an infinite sum."""
    return closed_form(draft, noun, hypotheses) if isinstance(noun, Mean) else value_of(draft, noun, hypotheses)


def _multipliers(difference: Expr, values: dict[Expr, Expr]) -> dict[Expr, Expr] | None:
    """Return what to multiply each equation noun = value by, so that adding them up puts the values in place of the nouns.

    For f(d) with a noun d and its value v, that is (f(d) - f(v))/(d - v); None where f is no polynomial in the nouns.
    """
    names = {noun: Dummy("H") for noun in values}
    back = {name: noun for noun, name in names.items()}
    rest, found = difference.xreplace(names), {}
    for noun, value in values.items():
        name = names[noun]
        if not rest.is_polynomial(name):
            return None
        powers = rest.as_poly(name).all_coeffs()[::-1] if rest.has(name) else [rest]
        quotient = Add(*(c * name**j * value ** (k - 1 - j) for k, c in enumerate(powers) for j in range(k)))
        found[noun] = quotient.xreplace(back)
        rest = rest.xreplace({name: value})
    return found


def _unknown(expression: Expr) -> set[Any]:
    """Return the nouns of families, the integrals and the infinite sums that stand in no other integral or sum."""
    found: set[Any] = set(expression.atoms(Mean))
    waiting: list[Basic] = [expression]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Integral) or (isinstance(part, Sum) and _is_over_a_family(part)):
            found.add(part)
        elif not isinstance(part, Sum):
            waiting.extend(part.args)
    return found


def _is_over_a_family(total: Sum) -> bool:
    """Whether a sum is one over the outcomes of a family: an infinite one, or one whose terms have factorials."""
    return total.limits[0][-1].is_infinite or total.function.has(binomial)


def closed_form(draft: Draft, noun: Mean, hypotheses: tuple[Boolean, ...]) -> int | None:
    """Return the step noun = closed form, where its logarithm is a combination of statistics with known expectations."""
    if noun.args[0] == noun.args[-1] and not noun.is_cross:
        return draft.add("definition", Claim(noun, "=", 0, hypotheses))
    if any(map(is_joint, noun.args)):
        return _of_vectors(draft, noun, hypotheses)
    log_of = log_term(noun, *_other_outcomes(draft, noun))
    if log_of is None:
        return None
    try:
        found = derived(noun.args[0], noun.args[-1], is_cross=noun.is_cross)
    except NoClosedForm:
        return None
    if not found.is_complete or found.variable is None or found.value.is_infinite:
        return None
    value = found.value.args[0].args[0] if isinstance(found.value, Piecewise) else found.value
    x, terms = log_of.outcome.variable, _in_outcome(found, log_of)
    claim = Claim(noun, "=", value, hypotheses)
    try:
        if not log_of.expression.has(x):
            return draft.add("expectation", claim)
        return by_means(draft, claim, Expectation(log_of.expression, x, noun.args[0]), terms, "expectation")
    except InvalidStep:
        return None


def _of_vectors(draft: Draft, noun: Mean, hypotheses: tuple[Boolean, ...]) -> int | None:
    """Return the step noun = closed form for vectors and matrices."""
    found = in_expectations(noun)
    value = derived(noun.args[0], noun.args[-1], is_cross=noun.is_cross).value if found else None
    if found is None or value is None:
        return None
    try:
        used = [(draft.add("joint", Claim(noun, "=", found.combination, hypotheses)), S.One)]
        for mean, term in found.terms:
            step = draft.add("joint_moment", Claim(mean, "=", term.expectation, hypotheses), arguments=[noun])
            used.append((step, term.coefficient))
        used = _merged(used)
        value = value.args[0].args[0] if isinstance(value, Piecewise) else value
        return draft.add("combination", Claim(noun, "=", value, hypotheses), [step for step, _ in used], [factor for _, factor in used])
    except InvalidStep:
        return None


def infinity(draft: Draft, noun: Mean, hypotheses: tuple[Boolean, ...]) -> int | None:
    """Return the step noun = oo, where P is not inside the support of Q or the mean of one statistic diverges."""
    claim = Claim(noun, "=", oo, hypotheses)
    with suppress(InvalidStep):
        return draft.add("infinite", claim)
    log_of = log_term(noun)
    if log_of is None:
        return None
    try:
        found = derived(noun.args[0], noun.args[-1], is_cross=noun.is_cross)
        return draft.add("infinite", claim, arguments=[Tuple(t.coefficient, t.statistic) for t in _in_outcome(found, log_of)])
    except (NoClosedForm, InvalidStep):
        return None


def _in_outcome(found: ClosedForm, log_of: LogTerm) -> list[Term]:
    """Return the terms of a closed form in the outcome that a proof names."""
    x = log_of.outcome.variable
    return [replace(term, statistic=term.statistic.xreplace({found.variable or x: x})) for term in found.terms]


def _other_outcomes(draft: Draft, noun: Mean) -> list[Symbol]:
    """Return the outcomes of other distributions in a draft, whose names would be misleading."""
    means = (mean for step in draft.steps for side in (step.claim.lhs, step.claim.rhs) for mean in side.atoms(Expectation))
    return [mean.outcome for mean in means if mean.distribution != noun.args[0]]
