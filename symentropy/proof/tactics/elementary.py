"""Tactics for what can be seen at once: equations, signs, numbers, hypotheses, derivatives."""

from __future__ import annotations

from dataclasses import replace

from sympy import Add, Derivative, Pow, S, Subs, Tuple, expand_mul, log

from symentropy.proof.canonical import log_form, unfolded
from symentropy.proof.checks import domain
from symentropy.proof.claim import Claim
from symentropy.proof.draft import Draft
from symentropy.proof.tactics.families import closed_form
from symentropy.proof.tactics.plain import plain
from symentropy.proof.unfolding import FOLDED
from symentropy.proof.witness import example
from symentropy.quantity import Mean, Quantity


def by_algebra(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove an equation: definitions on both sides, and equal normal forms between them."""
    if claim.relation != "=":
        return None
    left, right = (plain(side, domain(claim)) for side in (claim.lhs, claim.rhs))
    if not claim.lhs.has(*FOLDED) and not claim.rhs.has(*FOLDED):
        return draft.add("algebra", claim)
    if claim.lhs.has(Quantity) and not claim.rhs.has(Quantity) and claim.rhs.is_infinite:
        return draft.add("definition", claim)
    written = [(side, own, factor) for side, own, factor in ((claim.lhs, left, S.One), (claim.rhs, right, S.NegativeOne)) if side != own]
    if any(own.has(*FOLDED) for own in (left, right)):
        return draft.add("algebra", claim)  # nouns of families, and derivatives that are not known, stay as they are
    if len(written) == 1 and claim.lhs != left and right == left:
        return draft.add("definition", claim)
    premises = {draft.add("definition", replace(claim, lhs=side, rhs=own)): factor for side, own, factor in written}
    return draft.add("combination", claim, list(premises), list(premises.values()))


def by_derivative(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove what a derivative is, of nouns of families by their closed forms."""
    slope = claim.lhs.expr if isinstance(claim.lhs, Subs) else claim.lhs
    if claim.relation != "=" or not isinstance(slope, Derivative):
        return None
    nouns = sorted(unfolded(slope.expr).atoms(Mean), key=str)
    premises = [closed_form(draft, noun, claim.hypotheses) for noun in nouns]
    return draft.add("derivative", claim, [premise for premise in premises if premise is not None])


def by_finiteness(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove that a side is less than oo."""
    return draft.add("finite", claim) if claim.relation == "<" and claim.rhs.is_infinite else None


def by_enclosure(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove an inequality between numbers."""
    is_number = not claim.lhs.free_symbols and not claim.rhs.free_symbols
    return draft.add("enclosure", claim) if is_number and claim.relation != "=" else None


def by_sign(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove an inequality whose sign is visible; where logarithms may make it an equality, only one whose terms have that sign."""
    if claim.relation == "=":
        return None
    f = unfolded(claim.difference)
    if claim.relation in ("<", ">", "!=") or not f.has(log):
        return draft.add("sign", claim)
    if not all(domain(claim).is_nonnegative(term) for term in Add.make_args(f)):
        return None
    found = draft.add("sign", claim)
    return None if draft.steps[found].equality is None else found  # other proofs may say more about when


def by_normal_form(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove an inequality from the sign of what remains where all logarithms cancel."""
    f = plain(claim.difference, domain(claim))
    form = log_form(f, domain(claim)) if claim.relation in ("<", "<=", ">", ">=") and f.has(log) else None
    if form is None or form[0] or form[1] == 0:
        return None
    rule = "sign" if form[1].free_symbols else "enclosure"
    relation = ">" if claim.relation in ("<", ">") else ">="
    return draft.add("combination", claim, [draft.add(rule, Claim(form[1], relation, 0, claim.hypotheses))], [S.One])


def by_weak_sign(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove an inequality whose sign is visible, although not when it is an equality."""
    return draft.add("sign", claim) if claim.relation in ("<=", ">=") else None


def by_hypothesis(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove what is given, or follows from it by linear arithmetic."""
    is_linear = not claim.difference.has(log) or claim.as_relation() in claim.hypotheses
    return draft.add("hypothesis", claim) if is_linear else None


def by_equality(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove a weak inequality between equal sides."""
    if claim.relation not in ("<=", ">="):
        return None
    if not claim.lhs.has(*FOLDED) and not claim.rhs.has(*FOLDED):
        return draft.add("algebra", claim)
    found = draft.attempt(by_algebra, replace(claim, relation="="), depth)
    factor = S.NegativeOne if claim.relation == "<=" else S.One
    return None if found is None else draft.add("combination", claim, [found], [factor])


def by_unit(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove an inequality between multiples of 1/log b in nats."""
    f = unfolded(claim.difference)
    units = {power.base for power in f.atoms(Pow) if power.exp == -1 and isinstance(power.base, log) and power.base.is_number}
    if depth == 0 or claim.relation in ("=", "!=") or len(units) != 1:
        return None
    (unit,) = units
    relation = claim.relation.replace("<", ">")
    found = draft.prove(Claim(expand_mul(f * unit), relation, 0, claim.hypotheses), depth - 1)
    return None if found is None else draft.add("combination", claim, [found], [1 / unit])


def by_example(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove a claim of existence at a point."""
    found = example(claim) if claim.exists else None
    return (
        None if found is None else draft.add("witness", claim, arguments=tuple(Tuple(name, value) for name, value in found.values.items()))
    )


def by_strictness(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove != by < or >."""
    if claim.relation != "!=":
        return None
    for relation, factor in ((">", S.One), ("<", S.NegativeOne)):
        found = draft.prove(replace(claim, relation=relation), depth)
        if found is not None:
            return draft.add("combination", claim, [found], [factor])
    return None
