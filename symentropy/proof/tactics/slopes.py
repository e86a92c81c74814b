"""The mean value theorem: f >= 0 on an interval if f(c) >= 0 and the slope points away from c.

Main definitions: `by_mean_value`; `by_closing`, for a point c at an end that does not belong to the interval.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from sympy import E, Expr, Ge, Gt, Le, Lt, Mul, Poly, Rational, S, Symbol, factor, fraction, log, roots, together
from sympy.polys.polyerrors import BasePolynomialError

from symentropy.proof.calculus import derivative, is_convex_in
from symentropy.proof.canonical import log_form, unfolded
from symentropy.proof.checks import domain
from symentropy.proof.claim import Claim
from symentropy.proof.definedness import undischarged
from symentropy.proof.domain import Domain
from symentropy.proof.draft import Draft
from symentropy.proof.plausible import is_plausible

#: Points at which a function of one variable may be smallest, besides the other symbols and the zeros of its derivative.
POINTS = (S.Half, S.One, S.Zero, Rational(1, 3), Rational(2), 1 / E)

_WEAK = {Gt: Ge, Lt: Le}


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
            draft.budget.check()
            found = draft.attempt(partial(_from_point, x=x, c=c, slope=slope), claim, depth)
            if found is not None:
                return found
    return None


def by_closing(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove an inequality on an interval without its ends by the mean value theorem on the interval with its ends."""
    if depth == 0 or claim.relation in ("=", "!="):
        return None
    for x in sorted(claim.difference.free_symbols, key=str):
        if not isinstance(x, Symbol) or not is_convex_in(x, claim.hypotheses):
            continue
        closed, renamed = _closed(claim, x)
        if closed.hypotheses == claim.hypotheses and renamed == x:
            continue
        if undischarged(closed.lhs, domain(closed)) or undischarged(closed.rhs, domain(closed)):
            continue
        found = draft.attempt(by_mean_value, closed, depth)
        if found is not None:
            return draft.add("instance", claim, [found], () if renamed == x else [(renamed, x)])
    return None


def _closed(claim: Claim, x: Symbol) -> tuple[Claim, Symbol]:
    """Return a claim with the ends of the interval of a variable, and the variable, which may then be 0."""
    assumptions = {("nonnegative" if name == "positive" else name): value for name, value in x._assumptions_orig.items()}
    renamed = Symbol(x.name, **assumptions)
    facts = [_WEAK[type(fact)](*fact.args, evaluate=False) if type(fact) in _WEAK and fact.has(x) else fact for fact in claim.hypotheses]
    parts = [part.xreplace({x: renamed}) for part in (claim.lhs, claim.rhs, *facts)]
    return Claim(parts[0], claim.relation[0] + "=", parts[1], tuple(parts[2:])), renamed


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
    points, at = domain(claim), {x: c}
    weak = claim.relation[0] + "="
    at_point = Claim(unfolded(claim.lhs).xreplace(at), weak, unfolded(claim.rhs).xreplace(at), claim.hypotheses)
    sides = [(Gt(x, c, evaluate=False), slope), (Lt(x, c, evaluate=False), -slope)]
    away = [
        Claim(towards if slope.has(log) else factor(towards), ">=", 0, (*claim.hypotheses, side))
        for side, towards in sides
        if not points.under(side).is_contradictory()
    ]
    if not all(map(is_plausible, (at_point, *away))):
        return None
    premises = [_strongest(draft, at_point, ("=", claim.relation, weak), 0)]
    for towards in away:
        if premises[-1] is None:
            return None
        premises.append(_strongest(draft, towards, (">", ">="), depth - 1))
    found = [premise for premise in premises if premise is not None]
    return draft.add("mean_value", claim, found, (x, c)) if len(found) == len(premises) else None


def _strongest(draft: Draft, claim: Claim, relations: Iterable[str], depth: int) -> int | None:
    """Prove a claim with the first of some relations with which it can be proved."""
    found = (draft.prove(replace(claim, relation=relation), depth) for relation in dict.fromkeys(relations))
    return next((step for step in found if step is not None), None)
