"""Means of statistics, and the few ratios of special functions in which they are written.

Main definitions
----------------
* `Moment`, a mean with the condition under which it is finite.
* `factors_of`, a statistic as y**s exp(t y) log(y)**n times the rest.
* `gamma_ratio`, `digamma_difference`, `log_beta`: written with rational functions where the arguments differ by a small integer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sympy import (
    Add,
    Expr,
    Gt,
    Mul,
    Pow,
    S,
    Symbol,
    exp,
    false,
    fraction,
    gamma,
    log,
    loggamma,
    oo,
    polygamma,
    together,
    true,
)
from sympy.logic.boolalg import Boolean

from symentropy.closed_form.tidy import MAX_SHIFT, psi


@dataclass(frozen=True, slots=True)
class Moment:
    """The mean of a statistic; where ``finite`` fails it is oo, or not known if ``goes_up`` is false."""

    value: Expr
    finite: Boolean = true
    goes_up: bool = True


#: A mean that is infinite whatever the parameters.
DIVERGENT = Moment(oo, false)
#: A mean that does not exist.
UNDEFINED = Moment(S.NaN, false, goes_up=False)


def is_greater(left: Expr, right: Expr | int = 0) -> Boolean:
    """Return left > right, with what is free of symbols on the right.

    >>> from sympy.abc import a
    >>> is_greater(a - 2), is_greater(S(2), 1)
    (a > 2, True)
    """
    difference = (left - right).expand()
    if difference.is_positive:
        return true
    if difference.is_nonpositive:
        return false
    numerator, denominator = fraction(together(difference))
    if denominator != 1 and denominator.is_positive:
        return is_greater(numerator)
    constant, rest = difference.as_coeff_Add()
    if isinstance(rest, Add):
        negative = [term for term in difference.args if term.could_extract_minus_sign()]
        return Gt(difference - Add(*negative), -Add(*negative))
    if rest.could_extract_minus_sign():
        return Gt(constant, -rest)
    coefficient, rest = rest.as_coeff_Mul()
    return Gt(rest, -constant / coefficient)


def gamma_ratio(a: Expr, shift: Expr) -> Expr:
    """Return gamma(a + shift)/gamma(a).

    >>> from sympy.abc import a, s
    >>> gamma_ratio(a, S(2)), gamma_ratio(a, S(-1)), gamma_ratio(a, s)
    (a*(a + 1), 1/(a - 1), gamma(a + s)/gamma(a))
    """
    if shift.is_Integer and abs(shift) <= MAX_SHIFT:
        if shift >= 0:
            return Mul(*(a + j for j in range(int(shift))))
        return 1 / Mul(*(a - j for j in range(1, 1 - int(shift))))
    return gamma(a + shift) / gamma(a)


def beta_ratio(a: Expr, b: Expr, s: Expr, r: Expr) -> Expr:
    """Return beta(a + s, b + r)/beta(a, b)."""
    whole = a + b
    if r == 0 and b.is_Integer and 0 < b <= MAX_SHIFT:  # a ... (a + b - 1) / ((a + s) ... (a + s + b - 1))
        return Mul(*((a + j) / (a + s + j) for j in range(int(b))))
    if s == 0 and a.is_Integer and 0 < a <= MAX_SHIFT:
        return Mul(*((b + j) / (b + r + j) for j in range(int(a))))
    return gamma_ratio(a, s) * gamma_ratio(b, r) / gamma_ratio(whole, s + r)


def digamma_difference(a: Expr, shift: Expr) -> Expr:
    """Return digamma(a) - digamma(a + shift).

    >>> from sympy.abc import a, b
    >>> digamma_difference(a, S(1)), digamma_difference(a, b)
    (-1/a, polygamma(0, a) - polygamma(0, a + b))
    """
    if shift.is_Integer and abs(shift) <= MAX_SHIFT:
        if shift >= 0:
            return -Add(*(1 / (a + j) for j in range(int(shift))))
        return Add(*(1 / (a - j) for j in range(1, 1 - int(shift))))
    return psi(a) - psi(a + shift)


def trigamma_difference(a: Expr, shift: Expr) -> Expr:
    """Return polygamma(1, a) - polygamma(1, a + shift)."""
    if shift.is_Integer and 0 <= shift <= MAX_SHIFT:
        return Add(*(1 / (a + j) ** 2 for j in range(int(shift))))
    return polygamma(1, a) - polygamma(1, a + shift)


def log_beta(a: Expr, b: Expr) -> Expr:
    """Return log beta(a, b), without gamma functions where one argument is a small integer.

    >>> from sympy.abc import a
    >>> log_beta(a, S(1)), log_beta(a, S(2))
    (-log(a), -log(a) - log(a + 1))
    """
    for n, other in ((a, b), (b, a)):
        if n.is_Integer and 0 < n <= MAX_SHIFT:
            return Add(log(gamma(n)), *(-log(other + j) for j in range(int(n))))
    return loggamma(a) + loggamma(b) - loggamma(a + b)


class Factors(NamedTuple):
    """The statistic y**power exp(rate y) log(y)**logs rest."""

    power: Expr
    rate: Expr
    logs: int
    rest: tuple[Expr, ...]


def factors_of(statistic: Expr, y: Symbol) -> Factors:
    """Take a statistic apart.

    >>> y = Symbol("y", positive=True)
    >>> factors_of(y**2 * log(y) * exp(-3 * y), y)
    Factors(power=2, rate=-3, logs=1, rest=())
    """
    power, rate, logs, rest = S.Zero, S.Zero, 0, []
    for factor in Mul.make_args(statistic):
        base, exponent = factor.as_base_exp() if not isinstance(factor, exp) else (factor, S.One)
        if factor == 1:
            continue
        if base == y and not exponent.has(y):
            power += exponent
        elif isinstance(factor, exp) and (slope := factor.exp / y).has(y) is False:
            rate += slope
        elif base == log(y) and exponent.is_Integer and exponent > 0:
            logs += int(exponent)
        else:
            rest.append(factor)
    return Factors(power, rate, logs, tuple(rest))


def square_of_logs(statistic: Expr) -> Expr | None:
    """Return L for a statistic L**2 with a sum or logarithm L."""
    if isinstance(statistic, Pow) and statistic.exp == 2 and isinstance(statistic.base, (Add, log)) and statistic.base.has(log):
        return statistic.base
    return None
