r"""Infinite sums of a kernel times a logarithm, with a proved tail.

Main definition: `kernel_sum`, the enclosure of sum u(k) and of sum u(k) log g(k), where u and g are kernels
(see `symentropy.evaluation.sums.kernels`) and u falls at least geometrically.

Main statement
--------------
No logarithm of a term is taken. Summation by parts around the largest term m turns the sum into logarithms of integers,

.. math:: \sum_k u(k) \log g(k) = U \log g(m) + \sum_{j \ge m} T_j \log r(j) - \sum_{j < m} F_j \log r(j),

with U the sum of all u, T_j that of the u(k) above j, F_j that of those up to j, and r(j) = g(j + 1)/g(j) = c prod (j + a)**e. The u(k)
come from the ratio of neighbours, in integers: ``u(k) 2**bits / u(m)``, each with a count of the units it may be off.

Left out on purpose: terms that fall like a power of k.

References
----------
The tail of a geometrically bounded series; summation by parts (Abel).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import accumulate
from math import ceil, prod
from operator import mul

from sympy import Expr, S, Symbol, log

from symentropy.evaluation.balls.ball import Ball, OutOfReach, Undecided, rounded, scaled
from symentropy.evaluation.balls.field import RealField
from symentropy.evaluation.functions import compiled
from symentropy.evaluation.sums.kernels import Kernel, kernel_of
from symentropy.evaluation.sums.log_sums import log_sum

#: Terms summed before giving up.
MAX_TERMS = 300_000
#: Bits beyond the precision for the errors of a million terms.
GUARD_BITS = 48
#: Bits by which a term may exceed the one at the peak, where the search for the peak was misled, and more for the constant's own error.
SPARE_BITS = 8


@dataclass(frozen=True, slots=True)
class Ratio:
    """The ratio of neighbouring terms, over(k)/under(k), with ``factors`` (d, n, e) for (d k + n)**e and a constant up to rounding.

    The true ratio is at most ``slack`` times this one.
    """

    over: int
    under: int
    factors: tuple[tuple[int, int, int], ...]
    slack: Fraction = Fraction(1)

    @property
    def degree(self) -> int:
        """The power of k that the ratio grows like."""
        return sum(e for _, _, e in self.factors)

    def at(self, k: int) -> tuple[int, int]:
        """Return numerator and denominator at k."""
        over, under = self.over, self.under
        for d, n, e in self.factors:
            if e > 0:
                over *= (d * k + n) ** e
            else:
                under *= (d * k + n) ** -e
        return over, under

    @property
    def limit(self) -> Fraction:
        """An upper bound of the limit for large k."""
        if self.degree > 0:
            raise OutOfReach("the terms grow without bound")
        if self.degree < 0:
            return Fraction(0)
        return self.slack * Fraction(self.over, self.under) * prod(Fraction(d) ** e for d, _, e in self.factors)

    def bound_from(self, k: int) -> Fraction:
        """Return an upper bound of the ratio at k >= 1 and at all larger integers, for a degree that is not positive.

        With d j + n = d j (1 + a/j), a = n/d: the product of the d j is a power of j, which falls if its exponent is not positive, and
        each 1 + a/j lies between 1 and 1 + a/k.
        """
        bound = self.slack * Fraction(self.over, self.under) * Fraction(k) ** self.degree
        for d, n, e in self.factors:
            extreme = Fraction(d * k + n, d * k)
            bound *= Fraction(d) ** e * (max(extreme, Fraction(1)) if e > 0 else min(extreme, Fraction(1))) ** e
        return bound


def kernel_sum(mass: Expr, argument: Expr, k: Symbol, low: int, high: int | None, m: RealField) -> tuple[Ball, Ball]:
    """Return the sums of ``mass`` and of ``mass * log(argument)`` for low <= k <= high, or to infinity for None.

    Raises `OutOfReach` where one of the two is not a kernel of the form needed, or the terms do not fall fast enough.

    >>> from sympy import factorial
    >>> from sympy.abc import k
    >>> total, value = kernel_sum(1 / factorial(k), factorial(k), k, 0, None, RealField(60))
    >>> (total - RealField(60).e).contains_zero, float(value.lower)
    (True, 0.8286471276718785)
    """
    u, g = kernel_of(mass, k), kernel_of(argument, k)
    if u is None or g is None:
        raise OutOfReach("the ratio of neighbouring terms is not a product of linear factors")
    bits = m.prec + GUARD_BITS
    fine = RealField(bits + 3 * SPARE_BITS)
    ratio = _ratio(u, fine)
    if high is None and ratio.limit >= 1:
        raise OutOfReach("the terms fall like a power of the index, or not at all")
    if any(d * low + n <= 0 for d, n, _ in ratio.factors):
        raise OutOfReach("a factor of the terms is not positive")
    peak = _peak(ratio, low, high)
    terms = _terms(ratio, peak, low, high, bits)
    return _combined(terms, g, _values(mass, argument, k, peak, m), m)


def _ratio(kernel: Kernel, m: RealField) -> Ratio:
    """Return the ratio of neighbours with its constant rounded to the precision of m."""
    factors = []
    for shift, power in kernel.powers.items():
        if not (shift.is_Rational and power.is_Integer):
            raise OutOfReach("a factor of the terms is not a rational function")
        factors.append((int(shift.q), int(shift.p), int(power)))
    constant = kernel.base if kernel.base.is_Rational else None
    slack = Fraction(1)
    scale = Fraction(reduce(mul, (Fraction(d) ** -e for d, _, e in factors), Fraction(1)))
    if constant is None:
        ball = compiled(kernel.base)(m, {})
        if ball.accuracy < m.prec - SPARE_BITS:
            raise Undecided("the ratio of neighbouring terms is not known well enough")
        scale *= scaled(ball.mid, ball.exp)
        slack += Fraction(2, 1 << ball.accuracy)
    else:
        scale *= Fraction(int(constant.p), int(constant.q))
    if scale <= 0:
        raise OutOfReach("terms of alternating sign")
    return Ratio(scale.numerator, scale.denominator, tuple(factors), slack)


def _peak(ratio: Ratio, low: int, high: int | None) -> int:
    """Return where the terms are largest, if they rise and then fall: it matters for the cost, not for the proof."""

    def falls(k: int) -> bool:
        over, under = ratio.at(k)
        return over <= under

    step = 1
    while not falls(low + step - 1):
        step *= 2
        if high is not None and low + step > high:
            break
        if step > 1 << 60:
            raise OutOfReach("the terms do not fall")
    below, above = low + step // 2 - 1, low + step - 1
    while above - below > 1:
        middle = (above + below) // 2
        below, above = (below, middle) if falls(middle) else (middle, above)
    peak = max(above, low)
    return peak if high is None else min(peak, high)


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms around the peak in units of ``2**-bits`` of the largest, with how many units each may be off, and the tail.

    ``tail`` bounds the sum of the terms after the last in units, ``growth`` the sum over j of T_j for j from the last on, and
    ``slope`` the same with weights j - last.
    """

    bits: int
    first: int
    peak: int
    values: Sequence[int]
    errors: Sequence[int]
    tail: Fraction
    growth: Fraction
    slope: Fraction

    @property
    def last(self) -> int:
        """The index of the last term."""
        return self.first + len(self.values) - 1


def _terms(ratio: Ratio, peak: int, low: int, high: int | None, bits: int) -> Terms:
    """Return the terms up to where they vanish in units of ``2**-bits`` and a geometric series bounds the rest.

    A term is the one before times the ratio: its error is that of the one before times the ratio, a unit for rounding down, and a unit
    for the constant of the ratio, which is off by less than ``2**-(bits + SPARE_BITS)`` of itself.
    """
    value, error = 1 << bits, 0
    upward, k = [(value, error)], peak
    tail = growth = slope = Fraction(0)
    while k != high:
        if value <= 2 and k >= 1 and ratio.degree <= 0:
            bound = ratio.bound_from(k)
            if bound < 1:
                rest = (value + error) * bound / (1 - bound)  # the sum of the terms after k
                tail, growth, slope = rest, rest / (1 - bound), rest * bound / (1 - bound) ** 2
                break
        if k - peak > MAX_TERMS:
            raise OutOfReach(f"the sum is not done after {MAX_TERMS} terms")
        over, under = ratio.at(k)
        value, error = _next(value, error, over, under, bits)
        upward.append((value, error))
        k += 1
    if peak - low > MAX_TERMS:
        raise OutOfReach(f"the sum has more than {MAX_TERMS} terms before its largest")
    downward = []
    value, error = 1 << bits, 0
    for k in range(peak - 1, low - 1, -1):
        over, under = ratio.at(k)
        value, error = _next(value, error, under, over, bits)
        downward.append((value, error))
    values, errors = zip(*downward[::-1], *upward, strict=True)
    return Terms(bits, low, peak, values, errors, tail, growth, slope)


def _next(value: int, error: int, over: int, under: int, bits: int) -> tuple[int, int]:
    """Return a term and its error from its neighbour and their ratio."""
    value = value * over // under
    if value >> (bits + SPARE_BITS):
        raise OutOfReach("the terms do not rise and then fall")
    return value, -(-error * over // under) + 2


def _values(mass: Expr, argument: Expr, k: Symbol, peak: int, m: RealField) -> tuple[Ball, Ball]:
    """Return the mass and the logarithm at the peak."""
    place = {k: m.mpf(peak)}
    return compiled(mass)(m, place), compiled(log(argument))(m, place)


def _combined(terms: Terms, g: Kernel, peak_values: tuple[Ball, Ball], m: RealField) -> tuple[Ball, Ball]:
    """Return the sums from the terms, by the formula at the top of the module."""
    mass, logarithm = peak_values
    unit = -terms.bits
    off = sum(terms.errors) + ceil(terms.tail)
    total = rounded(sum(terms.values), off, unit, m.prec + GUARD_BITS)
    up = terms.peak - terms.first
    below = list(accumulate(terms.values[:up]))
    above = list(accumulate(terms.values[:up:-1]))[::-1]
    weights = [-value for value in below] + above  # of log r(j) for j from the first term to the last but one
    error = sum(accumulate(terms.errors[:up])) + sum(accumulate(terms.errors[:up:-1])) + len(above) * ceil(terms.tail)
    steps = _step_logarithms(terms, g, weights, error, m)
    return mass * total, mass * (total * logarithm + steps)


def _step_logarithms(terms: Terms, g: Kernel, weights: list[int], error: int, m: RealField) -> Ball:
    """Return the sum of weight * log r(j), with the weights off by ``error`` units in all, and with its tail."""
    unit, prec = -terms.bits, m.prec + GUARD_BITS
    whole = sum(weights)
    last = terms.last
    base = m.log(compiled(g.base)(RealField(prec), {})) if g.base != 1 else m.zero
    result = base * Ball(whole, 0, unit, prec)
    size = ceil(abs(base).upper)  # |log r(j)| is at most this at the last term, and grows at most by slope * (j - last) after it
    slope = Fraction(0)
    coefficients: dict[Expr, dict[int, int]] = {}
    for shift, power in g.powers.items():
        if not shift.is_Rational:
            raise OutOfReach("a factor of the logarithm's argument is not rational")
        d, n = int(shift.q), int(shift.p)
        if d * terms.first + n <= 0 or d * last + n < d:
            raise OutOfReach("a factor of the logarithm's argument is not positive")
        multiple, key = (int(power), S.One) if power.is_Integer else (1, power)
        group = coefficients.setdefault(key, {})
        for j, weight in enumerate(weights, terms.first):
            group[d * j + n] = group.get(d * j + n, 0) + multiple * weight
        group[d] = group.get(d, 0) - multiple * whole
        strength = abs(compiled(power)(m, {})).upper
        size += ceil(strength * max((d * last + n).bit_length(), d.bit_length()))
        slope += strength * Fraction(d, d * last + n)  # log(j + a) <= log(last + a) + (j - last)/(last + a)
    for power, group in coefficients.items():
        group.pop(1, None)
        value, off = log_sum(group, m.prec + GUARD_BITS, 1 << terms.bits)
        part = Ball(value, off, -(m.prec + GUARD_BITS), prec)
        result = result + (part if power == 1 else part * compiled(power)(RealField(prec), {}))
    rest = error * size + ceil(terms.growth * size + terms.slope * slope)
    return result + Ball(0, rest, unit, prec)
