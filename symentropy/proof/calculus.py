"""Derivatives, and the sets that hypotheses leave to one variable: what the kernel needs of calculus.

Main definitions
----------------
* `derivative` of an expression made of smooth functions (see `symentropy.smooth`); unknown functions have the derivatives that
  hypotheses give them.
* `is_continuous_at`: whether the unknown functions in an expression do not jump at a point.
* `is_convex_in` and `is_open_in`: whether the values that hypotheses leave to a variable are an interval, and an open set.

Left out on purpose: steps and corners (floor, Abs, Max, Piecewise), which `derivative` refuses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sympy import Add, Derivative, Dummy, Eq, Expr, Ge, Gt, IndexedBase, Interval, Le, Lt, Ne, Poly, Symbol, oo
from sympy.core.function import AppliedUndef
from sympy.logic.boolalg import Boolean
from sympy.polys.polyerrors import BasePolynomialError

from symentropy.exact import shown
from symentropy.proof.claim import Each
from symentropy.proof.domain import Domain
from symentropy.proof.substitution import bound_symbols, substituted
from symentropy.smooth import NotDifferentiable, check_smooth

#: What a symbol that ranges over an interval may be declared with, and whether that interval is open.
_INTERVALS = {
    "commutative": True,
    "real": True,
    "extended_real": True,
    "finite": True,
    "complex": True,
    "positive": True,
    "negative": True,
    "nonnegative": False,
    "nonpositive": False,
}


def derivative(expression: Expr, x: Symbol, points: Domain) -> Expr:
    """Return the derivative by a symbol.

    Raises `NotDifferentiable` for functions outside `SMOOTH`, and for an unknown function that no hypothesis
    ``Each(Eq(Derivative(s(x), x), d(x)), (x, interval))`` is about.

    >>> from sympy import log
    >>> t = Symbol("t", positive=True)
    >>> derivative(t * log(t), t, Domain())
    log(t) + 1
    >>> derivative(abs(Symbol("u") - t), t, Domain())
    Traceback (most recent call last):
    ...
    symentropy.smooth.NotDifferentiable: the derivative of Abs(t - u) by t is not known
    """
    if any(base.label == x for base in expression.atoms(IndexedBase)):
        raise NotDifferentiable(f"{shown(x)} names an indexed quantity")
    bound = bound_symbols(expression)
    names: dict[Expr, Dummy] = {}
    slopes: dict[Dummy, Expr] = {}
    for call in sorted(expression.atoms(AppliedUndef), key=str):
        if call.has(x):
            if call.free_symbols & bound:  # another number for each index: one slope does not stand for all
                raise NotDifferentiable(f"the derivative of {shown(call)} under a sum is not known")
            names[call] = Dummy("s", real=True)
            slopes[names[call]] = _slope(call, points) * derivative(call.args[0], x, points)
    plain = expression.xreplace(names)
    check_smooth(plain, x)
    for unknown in slopes:
        check_smooth(plain, unknown)
    back = {dummy: call for call, dummy in names.items()}
    parts = [plain.diff(x), *(plain.diff(unknown) * slope for unknown, slope in slopes.items())]
    return Add(*(part.xreplace(back) for part in parts))


def _slope(call: Expr, points: Domain) -> Expr:
    """Return the derivative of an unknown function of one argument at its argument, as a hypothesis gives it."""
    for variable, interval, slope in _slopes(call, points):
        if _contains(interval.interior, call.args[0], points):
            return substituted(slope, {variable: call.args[0]})
    raise NotDifferentiable(f"no hypothesis gives the derivative of {shown(call)}")


def _slopes(call: Expr, points: Domain) -> Iterator[tuple[Symbol, Any, Expr]]:
    """Yield what hypotheses say about the derivative of an unknown function of one argument: a variable, its interval, the derivative."""
    for fact in points.hypotheses:
        if not (isinstance(fact, Each) and isinstance(fact.relation, Eq) and len(fact.limits) == 1 and len(fact.limits[0]) == 2):
            continue
        (variable, interval), (left, right) = fact.limits[0], fact.relation.args
        if left == Derivative(call.func(variable), variable) and len(call.args) == 1 and isinstance(interval, Interval):
            yield variable, interval, right


def _contains(interval: Any, value: Expr, points: Domain) -> bool:
    """Whether an interval is shown to contain a value."""
    below = Lt if interval.left_open else Le
    above = Lt if interval.right_open else Le
    is_above = interval.start == -oo or points.implies(below(interval.start, value))
    return bool(is_above and (interval.end == oo or points.implies(above(value, interval.end))))


def is_continuous_at(expression: Expr, x: Symbol, c: Expr, points: Domain) -> bool:
    """Whether each unknown function of x in an expression has a derivative where x = c, so that it does not jump there.

    >>> from sympy import Function, Rational, S
    >>> s, t, u = Function("s"), Symbol("t", real=True), Symbol("u", real=True)
    >>> facts = [Each(Eq(Derivative(s(u), u), u), (u, Interval.open(0, 1)))]
    >>> is_continuous_at(s(t), t, Rational(1, 2), Domain(facts)), is_continuous_at(s(t), t, S.Zero, Domain(facts))
    (True, False)
    """
    calls = [call for call in expression.atoms(AppliedUndef) if call.has(x)]
    at_point = [(call, substituted(call.args[0], {x: c})) for call in calls]
    return all(any(_contains(interval, value, points) for _, interval, _ in _slopes(call, points)) for call, value in at_point)


def is_convex_in(x: Symbol, hypotheses: Sequence[Boolean]) -> bool:
    """Whether the values of a real symbol that satisfy the hypotheses, the other symbols being fixed, are an interval.

    >>> t = Symbol("t", real=True)
    >>> is_convex_in(t, [Lt(0, t), t < Symbol("u")]), is_convex_in(t, [Lt(1, t**2)])
    (True, False)
    """
    return (
        isinstance(x, Symbol)
        and x._assumptions_orig.keys() <= _INTERVALS.keys()
        and all(isinstance(fact, (Lt, Le, Gt, Ge)) and _is_affine(fact.lhs - fact.rhs, x) for fact in hypotheses if fact.has(x))
    )


def is_open_in(x: Symbol, hypotheses: Sequence[Boolean]) -> bool:
    """Whether those values are an open interval.

    A polynomial that is not 0 leaves an open set; of other expressions that is not known.

    >>> t = Symbol("t", real=True)
    >>> is_open_in(t, [Lt(0, t)]), is_open_in(t, [Le(0, t)]), is_open_in(t, [Ne(t, 1)])
    (True, False, True)
    """
    facts = [fact for fact in hypotheses if not (isinstance(fact, Ne) and _degree(fact.lhs - fact.rhs, x) is not None)]
    return (
        is_convex_in(x, facts)
        and all(_INTERVALS[name] and is_so is not False for name, is_so in x._assumptions_orig.items())
        and all(isinstance(fact, (Lt, Gt)) for fact in facts if fact.has(x))
    )


def _is_affine(expression: Expr, x: Symbol) -> bool:
    degree = _degree(expression, x)
    return degree is not None and degree <= 1


def _degree(expression: Expr, x: Symbol) -> int | None:
    """Return the degree of a polynomial in x, None for what is not seen to be one."""
    try:
        return max(0, int(Poly(expression, x).degree()) if expression.has(x) else 0)
    except BasePolynomialError:
        return None
