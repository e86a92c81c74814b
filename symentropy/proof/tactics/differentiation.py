"""Tactic for derivatives of nouns of families, by those of their closed forms."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from sympy import Derivative, Expr, S

from symentropy.errors import InvalidStep
from symentropy.proof.canonical import unfolded
from symentropy.proof.claim import Claim
from symentropy.proof.draft import Draft
from symentropy.proof.tactics.families import closed_form
from symentropy.quantity import Mean
from symentropy.smooth import NotDifferentiable, smooth_derivative


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
