"""Where floating point loses digits: the terms of a sum, and a bound of their rounding errors.

Main definitions
----------------
* `flat`, an expression as terms whose factors keep their relative accuracy where that is possible.
* `noise`, the rounding error of an expression beyond a few units in its own last place.

Main statements
---------------
The error of an expression in floating point is at most a small multiple of the unit roundoff times (its size + its noise). The noise of
what keeps its relative accuracy is 0: a parameter, a product of such factors, a sum of such terms of one sign, the difference of two
parameters, which is rounded once. The noise of log(a/b) is 1: near a = b the logarithm has lost the digits that a/b had rounded away.

Reference: N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., SIAM 2002, chapters 1 and 4.
"""

from __future__ import annotations

from functools import reduce

from sympy import (
    Abs,
    Add,
    Basic,
    Expr,
    Mul,
    Pow,
    Rational,
    S,
    Symbol,
    asinh,
    atan,
    digamma,
    erf,
    exp,
    gamma,
    log,
    loggamma,
    lowergamma,
    polygamma,
    tanh,
    uppergamma,
)
from sympy.core.function import ArgumentIndexError

from symentropy.code.functions import log1p

#: Functions that are computed to a few units of an absolute error, even where they are nearly 0.
_ABSOLUTE = (log, loggamma, digamma, polygamma)
#: The logarithm of a number that is at least this far from 0 has lost few digits.
_NEARLY_ZERO = 0.1
#: Functions that keep the relative accuracy of their argument: abs(x f'(x)) <= abs(f(x)).
_FAITHFUL = (erf, tanh, atan, asinh, log1p)
#: A sum with more operations is not multiplied out.
_MAX_EXPANDED = 200


def flat(expression: Expr) -> list[Expr]:
    """Return terms that add up to an expression; sums that may cancel inside a product are multiplied out.

    >>> from sympy.abc import a, b, c
    >>> flat(c * (a - b) + c * (a + log(b) - 1) / 2)
    [c*(a - b), -c/2, a*c/2, c*log(b)/2]
    """
    if isinstance(expression, Add):
        return [term for argument in expression.args for term in flat(argument)]
    if isinstance(expression, Mul) and expression.count_ops() < _MAX_EXPANDED:
        sums = [factor for factor in expression.args if isinstance(factor, Add) and _may_cancel(factor)]
        if sums:
            rest = Mul(*(factor for factor in expression.args if factor != sums[0]))
            return [term for argument in flat(sums[0]) for term in flat(argument * rest)]
    return [expression]


def is_exact(expression: Expr) -> bool:
    """Whether floating point holds a value without error: a parameter or a dyadic number, or their product."""
    if isinstance(expression, Rational):
        return _is_dyadic(expression)
    if isinstance(expression, Mul) and len(expression.args) == 2:
        return _is_power_of_two(expression.args[0]) and isinstance(expression.args[1], Symbol)
    return isinstance(expression, Symbol) or (isinstance(expression, Abs) and is_exact(expression.args[0]))


def _is_dyadic(number: Rational) -> bool:
    return number.q & (number.q - 1) == 0 and abs(number.p) < 2**53 and number.q < 2**500


def _is_power_of_two(number: Basic) -> bool:
    return isinstance(number, Rational) and all(n & (n - 1) == 0 and n < 2**500 for n in (abs(number.p), number.q))


def _may_cancel(whole: Add) -> bool:
    """Whether a sum may be much smaller than its terms, with an error of theirs."""
    if len(whole.args) == 2 and all(is_exact(term) for term in whole.args):
        return False
    return not (all(term.is_nonnegative for term in whole.args) or all(term.is_nonpositive for term in whole.args))


def noise(expression: Expr) -> Expr:
    """Return the rounding error of an expression in units of the last place of 1, beyond a few units in its own last place.

    >>> from sympy import symbols
    >>> a, b = symbols("a b", positive=True)
    >>> noise(a * (a - b) / b), noise(b * log(a / b)), noise(a + b / 3)
    (0, b, 0)
    """
    if is_exact(expression) or not expression.args or _is_plain_number(expression):
        return S.Zero
    if isinstance(expression, Add):
        parts = [noise(term) for term in expression.args]
        return Add(*parts, *(_size(term) for term in expression.args if _may_cancel(expression)))
    if isinstance(expression, Mul):
        return Add(*(noise(f) * _size(Mul(*(g for g in expression.args if g is not f))) for f in expression.args))
    if isinstance(expression, Pow) and expression.exp.is_Integer and expression.exp > 0:  # the base may be 0
        return expression.exp * noise(expression.base) * _size(expression.base) ** (expression.exp - 1)
    if isinstance(expression, (Pow, exp)):
        return _relative(expression) * _size(expression)
    if isinstance(expression, Abs):
        return noise(expression.args[0])
    if isinstance(expression, log):
        return _of_logarithm(expression.args[0])
    return _of_function(expression)


def _relative(expression: Expr) -> Expr:
    """Return the noise of an expression divided by its size."""
    if isinstance(expression, Mul):
        return Add(*(_relative(factor) for factor in expression.args))
    if isinstance(expression, exp):
        (inner,) = expression.args
        return S.Zero if is_exact(inner) else _size(inner) + noise(inner)
    if isinstance(expression, Pow):
        base, exponent = expression.args
        parts = [_size(exponent) * _relative(base)]
        if not exponent.is_number:
            parts += [S.Zero if is_exact(base) else _size(exponent)]
            parts += [S.Zero if is_exact(exponent) else (_size(exponent) + noise(exponent)) * _size(log(base))]
        return Add(*parts)
    own = noise(expression)
    return own if own == 0 else own / _size(expression)


def _of_logarithm(inner: Expr) -> Expr:
    return S.Zero if is_exact(inner) else 1 + _relative(inner)


def _of_function(expression: Expr) -> Expr:
    """The error of a function: its own, that of arguments in their last place, and their noise by its derivatives."""
    own = isinstance(expression, _ABSOLUTE)
    parts = [S.One] if own else []
    for place, argument in enumerate(expression.args, 1):
        if not is_exact(argument) and not isinstance(expression, (*_ABSOLUTE, *_FAITHFUL)):
            parts.append(_size(expression) * _size(argument))
        inner = _relative(argument)
        if inner != 0:
            parts.append(inner * _condition(expression, argument, place))
    return Add(*parts)


def _condition(expression: Expr, argument: Expr, place: int) -> Expr:
    """Return a bound of abs(x f'(x)) for a function f of an argument x."""
    if isinstance(expression, (lowergamma, uppergamma)) and place == 2:  # x**s exp(-x) is greatest at x = s
        return gamma(expression.args[0] + 1)
    try:
        return _size(argument * expression.fdiff(place))
    except ArgumentIndexError:
        return _size(argument) * _size(expression)


def _is_plain_number(expression: Expr) -> bool:
    """Whether this is the logarithm or root of a number, without anything that may cancel."""
    if isinstance(expression, log) and expression.is_number:
        return not expression.args[0].has(Add) and bool(abs(expression.evalf(5)) > _NEARLY_ZERO)
    return isinstance(expression, Pow) and all(isinstance(part, Rational) for part in expression.args)


def _size(expression: Expr) -> Expr:
    return reduce(lambda a, b: a * b, (f if f.is_nonnegative else Abs(f, evaluate=f.is_number) for f in Mul.make_args(expression)), S.One)
