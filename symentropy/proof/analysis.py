"""The rules of the kernel about derivatives: `derivative_of`, `differentiate` and `mean_value`."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Basic, Derivative, Expr, Gt, Lt, Subs, Symbol, false
from sympy.logic.boolalg import Boolean

from symentropy.exact import shown
from symentropy.proof.calculus import derivative, is_continuous_at, is_convex_in, is_open_in
from symentropy.proof.canonical import unfolded
from symentropy.proof.checks import STRICT, WEAK, Equality, difference, domain, require, require_defined, require_finite, require_zero
from symentropy.proof.claim import Claim, Step
from symentropy.proof.domain import Domain
from symentropy.proof.equations import equation
from symentropy.proof.substitution import admits, bound_symbols, substituted
from symentropy.quantity import Quantity


def derivative_of(step: Step, premises: Sequence[Step]) -> Equality:
    """Derivative(f, x) = g where g is the derivative, and the hypotheses leave room around x; with Subs both at a point of the domain.

    Premises say what nouns in f are.
    """
    claim, points = step.claim, domain(step.claim)
    is_at_point = isinstance(claim.lhs, Subs)
    slope, at = (claim.lhs.expr, dict(zip(claim.lhs.variables, claim.lhs.point, strict=True))) if is_at_point else (claim.lhs, {})
    require(claim.relation == "=" and isinstance(slope, Derivative) and not step.arguments, "the left side is not a derivative")
    function = unfolded(slope.expr).xreplace(_values_of_nouns(slope.expr, premises, claim.hypotheses))
    for variable in slope.variables:
        require_open(variable, claim.hypotheses)
        require_defined(points, function)
        function = derivative(function, variable, points)
    require_defined(points, function)
    for name, value in at.items():
        require(not (claim.rhs.has(*at) or value.has(*at)), "the value at the point depends on what is bound")
        require_defined(points, value)
        require(admits(name, value, points), f"{shown(value)} is not shown to be a value of {shown(name)}")
    for fact in claim.hypotheses if at else ():
        require(not fact.has(*at) or points.implies(substituted(fact, at)), f"{shown(fact)} is not shown at the point")
    found = substituted(function, at)
    require_defined(points, found, claim.rhs)
    require_zero(found - claim.rhs, points, "the right side is not the derivative")
    return None


def _values_of_nouns(expression: Expr, premises: Sequence[Step], hypotheses: Sequence[Boolean]) -> dict[Expr, Expr]:
    """Return the nouns in an expression, with what premises say that they are wherever the hypotheses hold."""
    bound, values = bound_symbols(expression), {}
    for premise in premises:
        noun = premise.claim.lhs
        require(premise.claim.relation == "=" and isinstance(noun, Quantity), "a premise does not say what a noun is")
        require_finite(premise)
        require(premise.claim.hypotheses == tuple(hypotheses), "a premise has other hypotheses")
        require(not noun.free_symbols & bound, f"a variable of {shown(noun)} is bound elsewhere")
        require(noun not in values and expression.has(noun), "a premise is about another noun")
        values[noun] = premise.claim.rhs
    return values


def mean_value(step: Step, premises: Sequence[Step]) -> Equality:
    """f >= 0 on an interval, from f >= 0 at a point c of it, f' >= 0 where x > c and f' <= 0 where x < c.

    Arguments: x and c. Premises: the claim at x = c; then f' >= 0 (or > or =) under x > c, unless no such x is admitted; then the same for
    f' <= 0 under x < c.
    """
    claim, points = step.claim, domain(step.claim)
    require(len(step.arguments) == 2 and bool(premises), "it takes a variable and a point, and premises")
    x, c = step.arguments
    require(claim.relation != "!=", "it does not prove !=")
    require(not c.has(x) and is_convex_in(x, claim.hypotheses), "the hypotheses do not say that the variable lies in an interval")
    require_defined(points, claim.lhs, claim.rhs, c)
    for fact in claim.hypotheses:
        if fact.has(x):
            require(points.implies(substituted(fact, {x: c})), f"{shown(c)} may lie outside the domain")
    require(admits(x, c, points), f"{shown(c)} is not a value of {shown(x)}")
    function = difference(claim)
    at_point, *slopes = premises
    require(at_point.claim.hypotheses == claim.hypotheses, "the claim at the point has other hypotheses")
    require(is_continuous_at(function, x, c, points), "an unknown function may jump at the point")
    for premise in premises:
        require_finite(premise)
    require_zero(at_point.claim.difference - substituted(function, {x: c}), points, "the first premise is not the claim at the point")
    sides = [(Gt(x, c, evaluate=False), 1), (Lt(x, c, evaluate=False), -1)]
    needed = [(side, direction) for side, direction in sides if not points.under(side).is_contradictory()]
    require(len(slopes) == len(needed), f"it needs {len(needed)} premises about the derivative")
    relations = [at_point.claim.relation]
    for (side, direction), slope in zip(needed, slopes, strict=True):
        require(slope.claim.hypotheses == (*claim.hypotheses, side), "a premise about the derivative has other hypotheses")
        local = domain(slope.claim)
        slope_of_f = derivative(function, x, local)
        require_defined(local, slope_of_f)
        towards = slope.claim.difference
        require_zero(towards - direction * slope_of_f, local, "a premise is not about the derivative")
        relations.append(slope.claim.relation)
    require("!=" not in relations, "nothing follows from !=")
    return _monotone(claim, relations, x, c, points)


def _monotone(claim: Claim, relations: Sequence[str], x: Expr, c: Expr, points: Domain) -> Equality:
    """Return when f is 0, from how f(c) and the slopes away from c compare with 0."""
    value, *slopes = relations
    if claim.relation == "=":
        require(set(relations) == {"="}, "an equation needs equations")
        return None
    is_strict_away = all(slope in STRICT for slope in slopes)
    is_strict = value in STRICT or (is_strict_away and points.is_nonzero(x - c))
    require(claim.relation in WEAK or is_strict, "it is not shown to be strict")
    if claim.relation not in WEAK:
        return None
    if value in STRICT:
        return (false,)
    return (equation(x, c, points),) if value == "=" and is_strict_away else None


def differentiate(step: Step, premises: Sequence[Step]) -> Equality:
    """Two sides that are equal around every x have equal derivatives; argument: x. One side may be named as a derivative."""
    claim, points = step.claim, domain(step.claim)
    require(len(premises) == 1 and len(step.arguments) == 1 and claim.relation == "=", "it takes one equation and a variable")
    premise, (x,) = premises[0].claim, step.arguments
    require(premise.relation == "=" and premise.hypotheses == claim.hypotheses, "the premise is not an equation with the same hypotheses")
    require_open(x, claim.hypotheses)
    require_finite(premises[0])
    named = [own == Derivative(side, x) for side, own in ((premise.lhs, claim.lhs), (premise.rhs, claim.rhs))]
    require(not all(named), "no side is shown to have a derivative")
    for side, own, is_named in zip((premise.lhs, premise.rhs), (claim.lhs, claim.rhs), named, strict=True):
        if is_named:  # it exists, as the other side has one
            continue
        slope = derivative(unfolded(side), x, points)
        require_defined(points, slope, own)
        require_zero(own - slope, points, "a side is not the derivative of that of the premise")
    return None


def require_open(x: Basic, hypotheses: Sequence[Boolean]) -> None:
    """Refuse a variable that the hypotheses may confine to less than an open set."""
    require(isinstance(x, Symbol) and is_open_in(x, hypotheses), "the hypotheses may leave no room around the variable")
