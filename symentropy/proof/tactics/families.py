"""Tactics for the nouns of families of distributions: Gibbs' inequality, and closed forms."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from sympy import Add, Basic, Dummy, Expr, Integral, Piecewise, S, Sum, Tuple, binomial
from sympy.logic.boolalg import Boolean

from symentropy.closed_form import derived
from symentropy.errors import InvalidStep, NoClosedForm
from symentropy.proof.canonical import unfolded
from symentropy.proof.claim import Claim
from symentropy.proof.definedness import undischarged
from symentropy.proof.draft import Draft
from symentropy.proof.expectations import log_term
from symentropy.proof.kernel import domain
from symentropy.proof.tactics.integrals import value_of
from symentropy.quantity import Mean


def by_gibbs(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove that a divergence of densities is >= 0, or of pmfs whose probabilities may be 0."""
    definition = unfolded(claim.lhs)
    if definition != claim.lhs and not undischarged(definition, domain(claim)):  # pmfs have a proof of their own
        return None
    return draft.add("gibbs", claim)


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
    with suppress(InvalidStep):  # equal normal forms need nothing else
        return draft.add("combination", claim, [step for step, _ in used], [factor for _, factor in used])
    found = draft.prove(replace(claim, lhs=claim.lhs.xreplace(values), rhs=claim.rhs.xreplace(values)), depth)
    if found is None:
        return None
    return draft.add("combination", claim, [*(step for step, _ in used), found], [*(factor for _, factor in used), S.One])


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
