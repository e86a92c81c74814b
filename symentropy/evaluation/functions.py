"""Constant expressions as functions of an arithmetic.

Main definition: `compiled` turns a SymPy expression into a function ``f(arithmetic, environment)`` that computes it in real balls, in
complex balls or in floating point, as the arithmetic (see `symentropy.evaluation.balls.field`) does, with no global state and no
generated code.

The table `FUNCTIONS` is what can be computed; a new function is a new row. An expression that knows how to compute itself
(the nouns) has a method ``_compiled()`` that returns such a function.

Left out on purpose: precision and error bounds, which are the arithmetic's.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, cast

import sympy as sp
from sympy.core.relational import Relational

from symentropy.errors import DomainError, PrecisionError
from symentropy.evaluation.balls.ball import Ball
from symentropy.exact import shown

#: Values of the bound variables while an expression is computed.
Environment = Mapping[sp.Basic, Any]
Function = Callable[[Any, Environment], Any]

#: Terms of a finite sum that are added up one by one.
MAX_TERMS = 100_000

#: SymPy class -> how an mpmath context computes it from computed arguments.
FUNCTIONS: dict[type, Callable[..., Any]] = {
    sp.Add: lambda m, *terms: m.fsum(terms),
    sp.Mul: lambda m, *factors: m.fprod(factors),
    sp.Pow: lambda m, base, exponent: m.power(base, exponent),
    sp.exp: lambda m, x: m.exp(x),
    sp.log: lambda m, x: m.log(x),
    sp.Abs: lambda m, x: abs(x),
    sp.Min: lambda m, *xs: min(xs),
    sp.Max: lambda m, *xs: max(xs),
    sp.floor: lambda m, x: m.floor(x),
    sp.ceiling: lambda m, x: m.ceil(x),
    sp.sign: lambda m, x: m.sign(x),
    sp.sin: lambda m, x: m.sin(x),
    sp.cos: lambda m, x: m.cos(x),
    sp.tan: lambda m, x: m.tan(x),
    sp.asin: lambda m, x: m.asin(x),
    sp.acos: lambda m, x: m.acos(x),
    sp.atan: lambda m, x: m.atan(x),
    sp.sinh: lambda m, x: m.sinh(x),
    sp.cosh: lambda m, x: m.cosh(x),
    sp.tanh: lambda m, x: m.tanh(x),
    sp.sech: lambda m, x: m.sech(x),
    sp.coth: lambda m, x: 1 / m.tanh(x),
    sp.csch: lambda m, x: 1 / m.sinh(x),
    sp.asinh: lambda m, x: m.asinh(x),
    sp.acosh: lambda m, x: m.acosh(x),
    sp.atanh: lambda m, x: m.atanh(x),
    sp.gamma: lambda m, x: m.gamma(x),
    sp.loggamma: lambda m, x: m.loggamma(x),
    sp.polygamma: lambda m, n, x: m.psi(int(n), x),
    sp.digamma: lambda m, x: m.psi(0, x),
    sp.beta: lambda m, a, b: m.beta(a, b),
    sp.factorial: lambda m, x: m.factorial(x),
    sp.binomial: lambda m, n, k: m.binomial(n, k),
    sp.catalan: lambda m, n: m.power(m.mpf(4), n) * m.gamma(n + m.mpf(1) / 2) / (m.sqrt(m.pi) * m.gamma(n + 2)),
    sp.zeta: lambda m, s, a=1: m.zeta(s, a),
    sp.erf: lambda m, x: m.erf(x),
    sp.erfc: lambda m, x: m.erfc(x),
    sp.besseli: lambda m, order, x: m.besseli(order, x),
    sp.besselk: lambda m, order, x: m.besselk(order, x),
    sp.Ei: lambda m, x: m.ei(x),
    sp.expint: lambda m, order, x: m.expint(order, x),
    sp.uppergamma: lambda m, s, x: m.gammainc(s, x),
    sp.lowergamma: lambda m, s, x: m.gammainc(s, 0, x),
    sp.polylog: lambda m, s, z: m.polylog(s, z),
}

CONSTANTS: dict[sp.Basic, Callable[[Any], Any]] = {
    sp.pi: lambda m: +m.pi,
    sp.E: lambda m: +m.e,
    sp.EulerGamma: lambda m: +m.euler,
    sp.Catalan: lambda m: +m.catalan,
    sp.GoldenRatio: lambda m: +m.phi,
    sp.oo: lambda m: m.inf,
    -sp.oo: lambda m: m.ninf,
    sp.true: lambda m: True,
    sp.false: lambda m: False,
}


def _equal(left: Any, right: Any) -> bool:
    return left.compared(right) == 0 if isinstance(left, Ball) else bool(left == right)


RELATIONS: dict[type, Callable[[Any, Any], bool]] = {
    sp.Eq: _equal,
    sp.Ne: lambda left, right: not _equal(left, right),
    sp.Lt: operator.lt,
    sp.Le: operator.le,
    sp.Gt: operator.gt,
    sp.Ge: operator.ge,
}


def compiled(expression: sp.Basic) -> Function:
    """Return the function that computes ``expression`` in a context, for values of its free symbols.

    Raises `PrecisionError` for a function outside the table; an undefined value such as nan raises `DomainError` when it is reached.

    >>> from mpmath import MPContext
    >>> x = sp.Symbol("x")
    >>> compiled(sp.sqrt(x) + sp.Rational(1, 2))(MPContext(), {x: 4})
    mpf('2.5')
    """
    if expression in CONSTANTS:
        constant = CONSTANTS[expression]
        return lambda m, _: constant(m)
    own = getattr(expression, "_compiled", None)
    if own is not None:
        return cast(Function, own())
    for kind in type(expression).__mro__:
        if kind in SPECIAL:
            return SPECIAL[kind](expression)
    return _applied(expression, FUNCTIONS.get(expression.func))


def _applied(expression: sp.Basic, compute: Callable[..., Any] | None) -> Function:
    """Return a function of computed arguments."""
    if compute is None:
        raise PrecisionError(f"no digits yet for {expression.func.__name__}, in {shown(expression)}")
    arguments = [compiled(argument) for argument in expression.args]
    return lambda m, environment: compute(m, *[argument(m, environment) for argument in arguments])


def _rational(expression: sp.Rational) -> Function:
    over, under = int(expression.p), int(expression.q)
    return lambda m, _: m.mpf(over) / under if under != 1 else m.mpf(over)


def _relation(expression: Relational) -> Function:
    relation = RELATIONS[expression.func]
    return _applied(expression, lambda _, left, right: relation(left, right))


def _logic(expression: sp.And | sp.Or) -> Function:
    fold = all if isinstance(expression, sp.And) else any
    conditions = [compiled(part) for part in expression.args]
    return lambda m, environment: fold(condition(m, environment) for condition in conditions)


def _log(expression: sp.log) -> Function:
    (argument,) = expression.args
    if argument.is_Rational:
        return _log_of_rational(int(argument.p), int(argument.q))
    return _log_of_product(argument) if argument.has(sp.exp) else _applied(expression, FUNCTIONS[sp.log])


def _log_of_rational(over: int, under: int) -> Function:
    """Return log(over/under), with all its digits also where the ratio is next to 1."""
    lost = under.bit_length() - abs(over - under).bit_length()
    if lost < 2:
        return lambda m, _: m.log(m.mpf(over) / under)
    return lambda m, _: m.log1p(m.mpf(over - under) / under)


def _log_of_product(product: sp.Expr) -> Function:
    """Return the logarithm of a product as u + log(rest) for its factors exp(u), which may be too large or small to compute."""
    factors = sp.Mul.make_args(product)
    exponent = compiled(sp.Add(*(factor.exp for factor in factors if isinstance(factor, sp.exp))))
    rest = compiled(sp.Mul(*(factor for factor in factors if not isinstance(factor, sp.exp))))
    return lambda m, environment: exponent(m, environment) + m.log(rest(m, environment))


def _symbol(symbol: sp.Expr) -> Function:
    def compute(_context: Any, environment: Environment) -> Any:
        try:
            return environment[symbol]
        except KeyError:
            raise PrecisionError(f"{symbol} has no value: digits need an expression without symbols") from None

    return compute


def _undefined(_expression: sp.Expr) -> Function:
    def compute(_context: Any, _environment: Environment) -> Any:
        raise DomainError("the expression has no value: it contains an undefined operation")

    return compute


def _piecewise(expression: sp.Piecewise) -> Function:
    branches = [(compiled(value), compiled(condition)) for value, condition in expression.args]

    def compute(m: Any, environment: Environment) -> Any:
        for value, condition in branches:
            if condition(m, environment):
                return value(m, environment)
        raise DomainError("no branch of a Piecewise holds here")

    return compute


def _sum(expression: sp.Sum) -> Function:
    """Return a sum term by term; an infinite one is left to the arithmetic."""
    if len(expression.limits) > 1:
        raise PrecisionError(f"no digits yet for sums in several variables: {shown(expression)}")
    index, low, high = expression.limits[0]
    if sp.oo in (-low, high):
        return lambda m, _: m.total(expression)
    term, low, high = compiled(expression.function), compiled(low), compiled(high)

    def compute(m: Any, environment: Environment) -> Any:
        first, last = int(low(m, environment)), int(high(m, environment))
        sign = 1
        if last < first:  # SymPy's convention (Karr's): the sum from 5 to 1 is minus that from 2 to 4
            first, last, sign = last + 1, first - 1, -1
        if last - first > MAX_TERMS:
            raise PrecisionError(f"a sum of more than {MAX_TERMS} terms is not added up: {shown(expression)}")
        return sign * m.fsum(term(m, {**environment, index: m.mpf(k)}) for k in range(first, last + 1))

    return compute


def _product(expression: sp.Product) -> Function:
    """Return a finite product factor by factor."""
    if len(expression.limits) > 1 or sp.oo in (-expression.limits[0][1], expression.limits[0][2]):
        raise PrecisionError(f"no digits yet for this product: {shown(expression)}")
    index, low, high = expression.limits[0]
    factor, low, high = compiled(expression.function), compiled(low), compiled(high)

    def compute(m: Any, environment: Environment) -> Any:
        first, last = int(low(m, environment)), int(high(m, environment))
        if not 0 <= last - first + 1 <= MAX_TERMS:
            raise PrecisionError(f"a product downwards, or of more than {MAX_TERMS} factors, is not computed: {shown(expression)}")
        return m.fprod([factor(m, {**environment, index: m.mpf(k)}) for k in range(first, last + 1)])

    return compute


def _integral(expression: sp.Integral) -> Function:
    return lambda m, _: m.total(expression)


def _derivative(expression: sp.Derivative) -> Function:
    """Return the derivative of a zeta function in its first argument, for which SymPy has no other name."""
    function, *variables = expression.args
    if not (isinstance(function, sp.zeta) and len(variables) == 1 and variables[0][0] == function.args[0]):
        raise PrecisionError(f"no digits yet for the derivative {shown(expression)}")
    order, arguments = int(variables[0][1]), [compiled(argument) for argument in (*function.args, sp.S.One)[:2]]
    return lambda m, environment: m.zeta(*[argument(m, environment) for argument in arguments], order)


def _substituted(expression: sp.Subs) -> Function:
    """Return the value of an expression at a point."""
    function, points = compiled(expression.expr), dict(zip(expression.variables, map(compiled, expression.point), strict=True))
    return lambda m, environment: function(m, {**environment, **{name: value(m, environment) for name, value in points.items()}})


#: SymPy class -> how an expression is compiled that is more than a function of its arguments.
SPECIAL: dict[type, Callable[[Any], Function]] = {
    sp.Rational: _rational,
    sp.log: _log,
    sp.Symbol: _symbol,
    sp.Indexed: _symbol,
    sp.Piecewise: _piecewise,
    sp.Sum: _sum,
    sp.Product: _product,
    sp.Integral: _integral,
    sp.Derivative: _derivative,
    sp.Subs: _substituted,
    sp.And: _logic,
    sp.Or: _logic,
    Relational: _relation,
    type(sp.nan): _undefined,
    type(sp.zoo): _undefined,
}
