"""Tactics for the nouns of families of distributions: Gibbs' inequality, and closed forms."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from sympy import Derivative, Expr, Piecewise, S, Tuple
from sympy.logic.boolalg import Boolean

from symentropy.closed_form import derived
from symentropy.errors import InvalidStep, NoClosedForm
from symentropy.proof.canonical import unfolded
from symentropy.proof.claim import Claim
from symentropy.proof.definedness import undischarged
from symentropy.proof.draft import Draft
from symentropy.proof.expectations import log_term
from symentropy.proof.kernel import domain
from symentropy.quantity import Mean
from symentropy.smooth import NotDifferentiable, smooth_derivative


def by_gibbs(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove that a divergence of densities is >= 0, or of pmfs whose probabilities may be 0."""
    definition = unfolded(claim.lhs)
    if definition != claim.lhs and not undischarged(definition, domain(claim)):  # pmfs have a proof of their own
        return None
    return draft.add("gibbs", claim)


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


def by_differentiation(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove a claim with the derivatives of closed forms in place of the derivatives of nouns of families."""
    found = [(part, step) for part in _outermost(claim.difference) if (step := _slope(draft, part, claim)) is not None]
    if not found or depth == 0:
        return None
    if any(draft.steps[step].claim == claim for _, step in found):
        return found[0][1]
    values = {part: draft.steps[step].claim.rhs for part, step in found}
    difference = claim.difference
    used = [(step, factor) for part, step in found if (factor := difference.coeff(part)) != 0]
    with suppress(InvalidStep):  # equal normal forms need nothing else
        return draft.add("combination", claim, [step for step, _ in used], [factor for _, factor in used])
    rest = draft.prove(replace(claim, lhs=claim.lhs.xreplace(values), rhs=claim.rhs.xreplace(values)), depth - 1)
    if rest is None:
        return None
    return draft.add("combination", claim, [*(step for step, _ in used), rest], [*(factor for _, factor in used), S.One])


def _outermost(expression: Expr) -> list[Derivative]:
    """Return the derivatives of nouns of families that are not inside others."""
    found = [part for part in expression.atoms(Derivative) if unfolded(part).has(Derivative) and part.has(Mean)]
    return sorted((part for part in found if not any(other != part and other.has(part) for other in found)), key=str)


def _slope(draft: Draft, part: Derivative, claim: Claim) -> int | None:
    """Return the step derivative = its value, from that of the closed forms."""
    nouns = sorted(unfolded(part.expr).atoms(Mean), key=str)
    forms = {noun: closed_form(draft, noun, claim.hypotheses) for noun in nouns}
    steps = [step for step in forms.values() if step is not None]
    if len(steps) < len(nouns):
        return None
    values = {noun: draft.steps[step].claim.rhs for noun, step in forms.items() if step is not None}
    before: Expr = part.expr
    after: Expr = unfolded(part.expr).xreplace(values)
    try:
        step = steps[0] if nouns == [before] else _equal(draft, replace(claim, lhs=before, relation="=", rhs=after), forms)
        for x in part.variables:
            before, after = Derivative(before, x), smooth_derivative(after, x)
            is_whole = before == claim.lhs and claim.relation == "="
            with suppress(InvalidStep):
                if is_whole:
                    return draft.add("differentiate", claim, [step], (x,))
            step = draft.add("differentiate", Claim(before, "=", after, claim.hypotheses), [step], (x,))
    except (InvalidStep, NotDifferentiable):
        return None
    return step


def _equal(draft: Draft, claim: Claim, forms: Mapping[Mean, int | None]) -> int:
    """Return the step expression = the same with closed forms, for a combination of nouns."""
    used = [(step, factor) for noun, step in forms.items() if step is not None and (factor := claim.lhs.coeff(noun)) != 0]
    return draft.add("combination", claim, [step for step, _ in used], [factor for _, factor in used])


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
