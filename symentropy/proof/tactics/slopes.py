"""The mean value theorem: f >= 0 on an interval if f(c) >= 0 and the slope points away from c."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from sympy import E, Expr, Gt, Lt, Mul, Poly, Rational, S, Symbol, fraction, log, roots, together
from sympy.polys.polyerrors import BasePolynomialError

from symentropy.proof.calculus import derivative, is_convex_in
from symentropy.proof.canonical import log_form, unfolded
from symentropy.proof.claim import Claim
from symentropy.proof.domain import Domain
from symentropy.proof.draft import Draft
from symentropy.proof.kernel import domain

#: Points at which a function of one variable may be smallest, besides the other symbols and the zeros of its derivative.
POINTS = (S.Half, S.One, S.Zero, Rational(1, 3), Rational(2), 1 / E)


def by_mean_value(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove an inequality in one variable from a point and the sign of the derivative on both sides of it."""
    if depth == 0 or claim.relation in ("=", "!="):
        return None
    f = unfolded(claim.difference)
    variables = [x for x in sorted(f.free_symbols, key=str) if isinstance(x, Symbol) and is_convex_in(x, claim.hypotheses)]
    for x in variables:
        points = domain(claim)
        slope = derivative(f, x, points)
        for c in _candidates(f, slope, x, claim):
            found = draft.attempt(partial(_from_point, x=x, c=c, slope=slope), claim, depth)
            if found is not None:
                return found
    return None


def _candidates(f: Expr, slope: Expr, x: Symbol, claim: Claim) -> Iterable[Expr]:
    """Return points of the domain at which f may be smallest."""
    points = domain(claim)
    others = [y for y in sorted(f.free_symbols, key=str) if isinstance(y, Symbol) and y != x]
    for c in dict.fromkeys([*_zeros(slope, x, points), *others, *(1 - y for y in others), *POINTS]):
        values = {x: c}
        if all(points.implies(fact.xreplace(values)) for fact in claim.hypotheses if fact.has(x)) and not c.has(x):
            yield c


def _zeros(slope: Expr, x: Symbol, points: Domain) -> list[Expr]:
    """Return zeros of a rational function, or of a single logarithm."""
    equation = fraction(together(slope))[0]
    if slope.has(log):
        found = log_form(slope, points, eliminate=False)
        if found is None or found[1] != 0:
            return []
        y = Mul(*(base**coefficient for coefficient, base in found[0])) if all(c.is_Integer for c, _ in found[0]) else None
        if y is None:
            return []
        equation = fraction(together(y - 1))[0]
    try:
        return [zero for zero in roots(Poly(equation, x)) if zero.is_real is not False]
    except BasePolynomialError:
        return []


def _from_point(draft: Draft, claim: Claim, depth: int, x: Symbol, c: Expr, slope: Expr) -> int | None:
    points = domain(claim)
    values = {x: c}
    at_point = Claim(unfolded(claim.lhs).xreplace(values), claim.relation, unfolded(claim.rhs).xreplace(values), claim.hypotheses)
    weak = {"<": "<=", ">": ">="}.get(claim.relation, claim.relation)
    premises = []
    for relation in ("=", claim.relation, weak):
        found = draft.prove(replace(at_point, relation=relation), 0)
        if found is not None:
            premises.append(found)
            break
    else:
        return None
    for side, direction in ((Gt(x, c, evaluate=False), 1), (Lt(x, c, evaluate=False), -1)):
        local = (*claim.hypotheses, side)
        if points.under(side).is_contradictory():
            continue
        tidy = together(direction * slope) if not slope.has(log) else direction * slope
        for relation in (">", ">="):
            found = draft.prove(Claim(tidy, relation, 0, local), depth - 1)
            if found is not None:
                premises.append(found)
                break
        else:
            return None
    return draft.add("mean_value", claim, premises, (x, c))
