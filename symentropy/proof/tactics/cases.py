"""Cases: where a claim is stated in cases, where |u| turns, and between the integers around a root.

Main definition: `by_cases`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy import Abs, Expr, Ge, Gt, Le, Lt, Piecewise, Poly, S, Symbol, floor
from sympy.core.relational import Relational
from sympy.polys.polyerrors import BasePolynomialError

from symentropy.proof.canonical import unfolded
from symentropy.proof.checks import domain
from symentropy.proof.claim import Claim
from symentropy.proof.domain import Domain
from symentropy.proof.draft import Draft
from symentropy.proof.plausible import is_plausible
from symentropy.proof.tactics.plain import plain

#: Polynomials of higher degree, and more roots, are not looked at.
MAX_DEGREE, MAX_ROOTS = 8, 6

_OTHER = {Ge: Lt, Gt: Le, Le: Gt, Lt: Ge}


def by_cases(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove a claim under a condition and under its negation."""
    if depth == 0 or not is_plausible(claim):
        return None
    points = domain(claim)
    for condition in _conditions(claim, points):
        other = _OTHER[type(condition)](*condition.args, evaluate=False)
        if points.implies(condition) or points.implies(other):
            continue
        found = []
        for case in (condition, other):
            step = _in_case(draft, claim.under(case), depth - 1)
            if step is None:
                break
            found.append(step)
        if len(found) == 2:
            return draft.add("cases", claim, found, (condition, other))
    return None


def _conditions(claim: Claim, points: Domain) -> Iterator[Relational]:
    """Yield conditions that take a claim apart."""
    sides = [unfolded(side) for side in (claim.lhs, claim.rhs)]
    free = claim.free_symbols
    for part in sorted(set().union(*(side.atoms(Piecewise, Abs) for side in sides)), key=str):
        conditions = [condition for _, condition in part.args] if isinstance(part, Piecewise) else [Ge(part.args[0], 0, evaluate=False)]
        for condition in conditions:
            if isinstance(condition, (Ge, Gt, Le, Lt)) and condition.free_symbols <= free:
                yield condition.func(*condition.args, evaluate=False)
    difference = sides[0] - sides[1]
    for m in sorted(difference.free_symbols, key=str):
        if isinstance(m, Symbol) and points.is_integer(m):
            yield from (Le(m, place, evaluate=False) for place in _places(difference, m))


def _places(polynomial: Expr, m: Symbol) -> list[Expr]:
    """Return the integers below the real roots of a polynomial in one symbol."""
    try:
        poly = Poly(polynomial, m)
        if poly.degree() > MAX_DEGREE or not all(c.is_Rational for c in poly.coeffs()):
            return []
        return sorted({floor(low) for (low, _), _ in poly.intervals(eps=S.One / 4)})[:MAX_ROOTS]
    except BasePolynomialError:
        return []


def _in_case(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove a claim in which the case decides what holds."""
    points = domain(claim)
    sides = [_without_moduli(plain(side, points), points) for side in (claim.lhs, claim.rhs)]
    if sides == [claim.lhs, claim.rhs]:
        return draft.prove(claim, depth)
    if claim.relation == "=":
        return draft.add("algebra", claim)
    found = draft.prove(replace(claim, lhs=sides[0], rhs=sides[1]), depth)
    return None if found is None else draft.add("combination", claim, [found], [S.One])


def _without_moduli(expression: Expr, points: Domain) -> Expr:
    """Return an expression with u or -u for each |u| where the sign of u is known."""
    values: dict[Expr, Expr] = {}
    for part in expression.atoms(Abs):
        (inner,) = part.args
        if points.is_nonnegative(inner) or points.is_nonpositive(inner):
            values[part] = inner if points.is_nonnegative(inner) else -inner
    return expression.xreplace(values)
