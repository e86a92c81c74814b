"""Derivatives of expressions that are made of smooth functions.

Main definitions
----------------
* `SMOOTH`, the functions; `smooth_derivative` of an expression by a symbol, which refuses everything else with `NotDifferentiable`.
* `slope`, the value of a SymPy ``Derivative``.

Left out on purpose: steps and corners (floor, Abs, Max, Piecewise), whose derivative is not that of their formula at some points; and where
the derivative is defined (see `symentropy.proof.definedness`).
"""

from __future__ import annotations

from itertools import islice

from sympy import (
    Add,
    Derivative,
    Dummy,
    Expr,
    Indexed,
    IndexedBase,
    Mul,
    Number,
    NumberSymbol,
    Pow,
    S,
    Subs,
    Sum,
    Symbol,
    acosh,
    asinh,
    atan,
    atanh,
    beta,
    cos,
    cosh,
    erf,
    erfc,
    exp,
    factorial,
    gamma,
    log,
    loggamma,
    polygamma,
    preorder_traversal,
    sin,
    sinh,
    tanh,
    zoo,
)
from sympy.core.function import ArgumentIndexError

from symentropy.exact import shown

#: Functions that are continuous where they are defined, and differentiable where SymPy's derivative of them is.
SMOOTH = (
    *(Add, Mul, Pow, exp, log, sinh, cosh, tanh, asinh, acosh, atanh, atan, sin, cos),
    *(gamma, loggamma, polygamma, factorial, beta, erf, erfc),
)
#: Nodes of an expression that is differentiated; each derivative has more than the one before.
MAX_NODES = 3000


class NotDifferentiable(ValueError):
    """An expression whose derivative is not known here."""


def smooth_derivative(expression: Expr, x: Symbol) -> Expr:
    """Return the derivative by a symbol, the other symbols fixed.

    Raises `NotDifferentiable` for functions outside `SMOOTH`, and for what is too long.

    >>> from sympy.abc import t, u
    >>> smooth_derivative(t * log(t) + u, t)
    log(t) + 1
    >>> smooth_derivative(abs(u - t), t)
    Traceback (most recent call last):
    ...
    symentropy.smooth.NotDifferentiable: the derivative of Abs(t - u) by t is not known
    """
    if any(base.label == x for base in expression.atoms(IndexedBase)):
        raise NotDifferentiable(f"{shown(x)} names an indexed quantity")
    if next(islice(preorder_traversal(expression), MAX_NODES, None), None) is not None:
        raise NotDifferentiable(f"the derivative of {shown(expression)} is too long")
    check_smooth(expression, x)
    try:
        found: Expr = expression.diff(x)
    except ArgumentIndexError:
        raise NotDifferentiable(f"the derivative of {shown(expression)} by {shown(x)} is not known") from None
    if found.has(Derivative, Subs, S.NaN, zoo):
        raise NotDifferentiable(f"the derivative of {shown(expression)} by {shown(x)} is not known")
    return found


def check_smooth(expression: Expr, x: Symbol | Dummy) -> None:
    """Refuse an expression that depends on a symbol through a function outside `SMOOTH`."""
    if not expression.has(x) or isinstance(expression, (Symbol, Number, NumberSymbol)):
        return
    if isinstance(expression, Sum):
        if any(end.has(x) or end.is_infinite for _, *ends in expression.limits for end in ends):
            raise NotDifferentiable(f"the derivative of {shown(expression)} by {shown(x)} is not known")
        check_smooth(expression.function, x)
        return
    if isinstance(expression, Indexed) or not isinstance(expression, SMOOTH):
        raise NotDifferentiable(f"the derivative of {shown(expression)} by {shown(x)} is not known")
    for argument in expression.args:
        check_smooth(argument, x)


def slopes(derivative: Derivative) -> list[tuple[Expr, Symbol]]:
    """Return what is differentiated, by which symbol, one after the other; the last derivative is `slope`.

    Raises `NotDifferentiable` as `smooth_derivative` does, and for symbols that do not stand for each real number of an interval.

    >>> from sympy.abc import t
    >>> slopes(Derivative(t**3, t, t))
    [(t**3, t), (3*t**2, t)]
    """
    function: Expr = derivative.expr
    found: list[tuple[Expr, Symbol]] = []
    for x, count in derivative.variable_count:
        if not isinstance(x, Symbol) or x.is_integer or x.is_extended_real is False or not count.is_Integer:
            raise NotDifferentiable(f"{shown(x)} does not stand for each number of an interval")
        for _ in range(int(count)):
            found.append((function, x))
            function = smooth_derivative(function, x)
    return found


def slope(derivative: Derivative) -> Expr:
    """Return the value of a derivative; raise `NotDifferentiable` where it is not known."""
    *_, (function, x) = slopes(derivative)
    return smooth_derivative(function, x)
