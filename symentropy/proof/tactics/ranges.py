"""Sums over ranges that are shifted, or that lack a few terms of each other.

Main definition: `by_splitting`, which brings all sums of a claim, and those that hypotheses are about, to one of their ranges.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sympy import Add, Eq, Expr, S, Sum, expand

from symentropy.proof.canonical import is_zero
from symentropy.proof.checks import domain
from symentropy.proof.claim import Claim
from symentropy.proof.draft import Draft
from symentropy.proof.tactics.plain import plain

#: So many terms of a sum are taken off.
MAX_TERMS = 3


class Parts(NamedTuple):
    """A sum as a few terms and a sum over another range, with the arguments of the rule ``split``."""

    terms: Expr
    rest: Sum
    arguments: tuple[Expr, Expr]


def by_splitting(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove a claim about sums over several ranges with all of them over one."""
    if depth == 0 or claim.relation == "!=":
        return None
    difference = expand(plain(claim.difference, domain(claim)))
    sums = sorted((own for own in difference.atoms(Sum) if len(own.limits) == 1 and difference.coeff(own) != 0), key=str)
    known = [fact for fact in claim.hypotheses if isinstance(fact, Eq) and isinstance(fact.lhs, Sum) and len(fact.lhs.limits) == 1]
    if not sums or len({own.limits[0][1:] for own in (*sums, *(fact.lhs for fact in known))}) < 2:
        return None
    for target in dict.fromkeys(own.limits[0][1:] for own in sums):
        for from_start in (True, False):
            found = _over_one_range(draft, claim, depth, difference, sums, known, (*target, from_start))
            if found is not None:
                return found
    return None


def _over_one_range(
    draft: Draft,
    claim: Claim,
    depth: int,
    difference: Expr,
    sums: Sequence[Sum],
    known: Sequence[Eq],
    target: tuple[Expr, Expr, bool],
) -> int | None:
    """Prove a claim with all sums over one range, in which hypotheses replace what is left."""
    weighted: list[tuple[int, Expr]] = []
    for own in sums:
        if own.limits[0][1:] != target[:2]:
            parts = _parts(own, *target)
            if parts is None:
                return None
            factor = difference.coeff(own)
            difference = expand(difference - factor * (own - parts.terms - parts.rest))
            weighted.append((_split(draft, own, parts, claim), factor))
    for fact in known:
        own, parts = fact.lhs, _parts(fact.lhs, *target)
        factor = S.Zero if parts is None else difference.coeff(parts.rest)
        if parts is not None and factor != 0 and own.limits[0][1:] != target[:2]:
            difference = expand(difference - factor * (parts.rest + parts.terms - fact.rhs))
            weighted.append((_split(draft, own, parts, claim), -factor))
    steps, factors = [step for step, _ in weighted], [factor for _, factor in weighted]
    if not steps:
        return None
    if is_zero(difference, domain(claim)):
        return draft.add("combination", claim, steps, factors)
    if claim.relation == "=":
        return None
    found = draft.prove(Claim(difference, ">" if claim.relation in ("<", ">") else ">=", 0, claim.hypotheses), depth - 1)
    return None if found is None else draft.add("combination", claim, [found, *steps], [S.One, *factors])


def _split(draft: Draft, own: Sum, parts: Parts, claim: Claim) -> int:
    return draft.add("split", Claim(own, "=", parts.terms + parts.rest, claim.hypotheses), arguments=parts.arguments)


def _parts(own: Sum, low: Expr, high: Expr, from_start: bool) -> Parts | None:
    """Return a sum as one over a range plus a few terms before or after it, None where it is not one."""
    index, start, stop = own.limits[0]
    more = expand(stop - start - (high - low))
    if not (more.is_Integer and 0 <= more <= MAX_TERMS):
        return None
    terms = range(int(more))
    if from_start:
        shift = expand(start + more - low)
        first = Add(*(own.function.xreplace({index: start + k}) for k in terms))
        return Parts(first, Sum(own.function.xreplace({index: index + shift}), (index, low, high)), (start + more - 1, shift))
    if start != low:
        return None
    return Parts(Add(*(own.function.xreplace({index: stop - k}) for k in terms)), Sum(own.function, (index, low, high)), (high, S.Zero))
