"""Tactics for the nouns of families of distributions: Gibbs' inequality, and closed forms."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from sympy import Piecewise, S, Tuple
from sympy.logic.boolalg import Boolean

from symentropy.closed_form import derived
from symentropy.distribution import pmf_of
from symentropy.errors import InvalidStep, NoClosedForm
from symentropy.proof.canonical import unfolded
from symentropy.proof.claim import Claim
from symentropy.proof.definedness import undischarged
from symentropy.proof.draft import Draft
from symentropy.proof.expectations import log_term
from symentropy.proof.kernel import domain
from symentropy.quantities import Entropy, KLDivergence
from symentropy.quantity import Mean


def by_gibbs(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove that a divergence of densities is >= 0, or of pmfs whose probabilities may be 0."""
    definition = unfolded(claim.lhs)
    if definition != claim.lhs and not undischarged(definition, domain(claim)):  # pmfs have a proof of their own
        return None
    return draft.add("gibbs", claim)


def by_cross_entropy(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove H(P) <= H(Q) by D(P || Q) >= 0 where H(P, Q) = H(Q): the surprise under Q has the same mean under both."""
    nouns = {claim.difference.coeff(noun): noun for noun in claim.difference.atoms(Entropy) if pmf_of(noun.args[0]) is None}
    if claim.relation not in ("<=", ">=") or set(nouns) != {1, -1} or claim.difference != nouns[1] - nouns[-1]:
        return None
    lower, upper = nouns[-1], nouns[1]
    divergence = KLDivergence(lower.args[0], upper.args[0])
    forms = [closed_form(draft, noun, claim.hypotheses) for noun in (divergence, lower, upper)]
    equations = [form for form in forms if form is not None]
    if len(equations) < len(forms):
        return None
    positive = draft.add("gibbs", Claim(divergence, ">=", 0, claim.hypotheses))
    return draft.add("combination", claim, [positive, *equations], [S.One, S.NegativeOne, S.NegativeOne, S.One])


def by_closed_forms(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove a claim with the closed forms of nouns of families in place of the nouns."""
    nouns = sorted((noun for noun in unfolded(claim.difference).atoms(Mean)), key=str)
    if not nouns:
        return None
    forms = {noun: step for noun in nouns if (step := closed_form(draft, noun, claim.hypotheses)) is not None}
    if len(forms) < len(nouns):
        return None
    if claim.lhs in forms and draft.steps[forms[claim.lhs]].claim == claim:
        return forms[claim.lhs]
    difference = claim.difference
    used = [(step, difference.coeff(noun)) for noun, step in forms.items() if difference.coeff(noun) != 0]
    with suppress(InvalidStep):  # equal normal forms need nothing else
        return draft.add("combination", claim, [step for step, _ in used], [factor for _, factor in used])
    values = {noun: draft.steps[step].claim.rhs for noun, step in forms.items()}
    found = draft.prove(replace(claim, lhs=claim.lhs.xreplace(values), rhs=claim.rhs.xreplace(values)), depth)
    if found is None:
        return None
    return draft.add("combination", claim, [*(step for step, _ in used), found], [*(factor for _, factor in used), S.One])


def closed_form(draft: Draft, noun: Mean, hypotheses: tuple[Boolean, ...]) -> int | None:
    """Return the step noun = closed form, where its logarithm is a combination of statistics with known expectations."""
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
