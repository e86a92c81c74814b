"""The gamma function and its relatives on real balls, by Stirling's series.

Main definitions
----------------
* `loggamma`, `gamma`, `digamma`, `factorial`, `beta`, `binomial` of balls, and Euler's constant `euler`.

An argument c > 0 is shifted to y = c + r, where r is as large as the series needs:

    log Gamma(c) = (y - 1/2) log y - y + log(2 pi)/2 + sum_{k=1}^{n} B_2k/(2k (2k - 1) y**(2k - 1)) + R - log(c (c + 1) ... (c + r - 1)),
    psi(c) = log y - 1/(2y) - sum_{k=1}^{n} B_2k/(2k y**(2k)) - R' - sum_{i < r} 1/(c + i).

For y > 0 both remainders are smaller than the first terms omitted (DLMF 5.11(ii)); `bernoulli.stirling` makes them less than a unit.
Negative arguments are reflected (DLMF 5.5.3, 5.5.4). What is left out: relative accuracy next to the zeros of psi and, for arguments
with a radius, of log Gamma.

References: DLMF, https://dlmf.nist.gov, chapter 5. F. Johansson, Arbitrary-precision computation of the gamma function, 2021.
"""

from __future__ import annotations

import math
from functools import lru_cache

from symentropy.evaluation.balls import elementary
from symentropy.evaluation.balls.ball import Ball, OutOfDomain, OutOfReach, Undecided
from symentropy.evaluation.balls.bernoulli import Stirling, stirling
from symentropy.evaluation.balls.special import log_bound, low, settled, sloped, useful, whole, working

#: Integers and half-integers up to this size have a value of the gamma function that is computed exactly.
EXACT = 1000
#: Binomial coefficients of integers up to this size are computed exactly, and with k up to `FACTORS` by multiplication.
EXACT_BINOMIAL = 4000
FACTORS = 64
#: Factors that are multiplied without rounding.
CHUNK = 4


@lru_cache(maxsize=16)
def half_log_two_pi(prec: int) -> Ball:
    """Return log(2 pi)/2."""
    return elementary.log(2 * elementary.pi(prec)) / 2


def series(coefficients: list[int], square: int, bits: int) -> int:
    """Return the sum over k of the coefficients, the last one first, times square**(k - 1), less than 2.1 units off.

    ``square`` is 1/y**2 <= 1/100 and less than 1.3 units off. Each step rounds the coefficient and the product down: 2 units, so in all
    2/(1 - 1/100) units; and the error of the square times the derivative of the sum: as the terms fall by a factor of 4 from the second
    on, which is at most 1/120 here, that is below 1.3 (1/120) (1 + 2/4 + 3/16 + ...) < 0.02 units.
    """
    total = 0
    for coefficient in coefficients:
        total = coefficient + (total * square >> bits)
    return total


def reciprocals(c: Ball, shift: int, bits: int) -> tuple[int, int]:
    """Return 1/y and 1/y**2 for y = c + shift >= 10, an exact ball, less than 1.1 and 1.3 units off."""
    y = elementary.fixed(c, bits) + (shift << bits)  # less than a unit too low, so 1/y is less than 1/y**2 units too high
    inverse = (1 << 2 * bits) // y
    return inverse, inverse * inverse >> bits


def correction(c: Ball, shift: int, table: Stirling) -> Ball:
    """Return the sum of Stirling's series at y = c + shift with its remainder.

    1.1 units of 1/y times the sum, below 1/12; 2.1 units of the sum times 1/y <= 1/10; one for rounding, one for the remainder: below 3.
    """
    if c.magnitude > table.bits:
        return Ball(0, 1, -c.magnitude, c.prec)  # below 1/(12 c) < 2**-magnitude
    inverse, square = reciprocals(c, shift, table.bits)
    return Ball(series(table.loggamma, square, table.bits) * inverse >> table.bits, 3, -table.bits, c.prec)


def shift_for(c: Ball, least: int) -> int:
    """Return the least integer r >= 0 such that c + r >= least."""
    return max(0, least - elementary.fixed(c, 0)) if c.magnitude <= 64 else 0


def rising(c: Ball, count: int) -> Ball:
    """Return c (c + 1) ... (c + count - 1) for an exact ball; few factors at a time are multiplied without rounding.

    >>> rising(Ball(1, 0, -1, 53), 5)
    Ball(945, 0, -5, 53)
    """
    exp = min(c.exp, 0)
    first, step = c.mid << c.exp - exp, 1 << -exp
    result = Ball(1, 0, 0, c.prec)
    for start in range(0, count, CHUNK):
        part, stop = 1, min(start + CHUNK, count)
        for i in range(start, stop):
            part *= first + i * step
        result *= Ball(part, 0, exp * (stop - start), c.prec)
    return result


def loggamma(x: Ball) -> Ball:
    """Return log Gamma(x) for x > 0.

    An exact argument next to 1 or 2, where the function is 0, gets more bits. |psi(t)| <= |log t| + 1/t is the slope, as
    log t - 1/t < psi(t) < log t (DLMF 5.11(ii), or Alzer 1997).

    >>> value = loggamma(Ball.of(4, 80)); (value - elementary.log(Ball.of(6, 80))).contains_zero, loggamma(Ball.of(2, 80))
    (True, Ball(0, 0, 0, 80))
    """
    if not x.is_positive:
        never = x.is_negative or x.is_exact
        raise OutOfDomain("log Gamma of a number that is not positive") if never else Undecided("log Gamma of a ball around 0")
    if x.is_exact and whole(x) in (1, 2):
        return Ball(0, 0, 0, x.prec)
    bits = useful(x)
    if x.is_exact:
        bits += min(x.prec, max(0, -(x - 1).magnitude, -(x - 2).magnitude))
    y = settled(x.at(working(bits)), working(bits))
    if y.magnitude < -8:
        return settled(loggamma(y + 1) - elementary.log(y), x.prec)
    value = _loggamma(y.centre)
    if y.rad:
        value = sloped(value, log_bound(y) + 1 / low(y), y)
    return settled(value, x.prec)


def _loggamma(c: Ball) -> Ball:
    """Return log Gamma at an exact number of at least 2**-9, by Stirling's series."""
    table = stirling(c.prec)
    r = shift_for(c, table.least)
    y = c + r
    value = (y - Ball(1, 0, -1, c.prec)) * elementary.log(y) - y + half_log_two_pi(c.prec) + correction(c, r, table)
    return value - elementary.log(rising(c, r)) if r else value


def gamma(x: Ball) -> Ball:
    """Return Gamma(x), by exp(log Gamma(x)) for x > 0 and by reflection elsewhere; `Undecided` at a pole.

    >>> gamma(Ball(5, 0, 0, 53)), (gamma(Ball(-1, 0, -1, 53)).squared() / elementary.pi(53)).contains(4)
    (Ball(24, 0, 0, 53), True)
    """
    exact = _exact_gamma(x) if x.is_exact else None
    if exact is not None:
        return exact
    if x.magnitude > elementary.MAX_EXPONENT_BITS:
        raise OutOfReach("the gamma function of a number as large as this is not computed")
    prec = x.prec + 8
    if not x.is_positive:
        y = x.at(prec + max(0, x.magnitude))
        return settled(elementary.pi(prec) / (sin_pi(y) * gamma(1 - y)), x.prec)
    size = max(x.magnitude, 0) + abs(x.magnitude).bit_length()  # of log Gamma
    return settled(elementary.exp(loggamma(x.at(prec + size))), x.prec)


def _exact_gamma(x: Ball) -> Ball | None:
    """Return (n - 1)!, or Gamma(n + 1/2) = (2n)! sqrt(pi)/(4**n n!), for a small n, and None elsewhere."""
    n = whole(x)
    if n is not None:
        if n <= 0:
            raise OutOfDomain("a pole of the gamma function")
        return Ball.of(math.factorial(n - 1), x.prec) if n <= EXACT else None
    odd = whole(x + x)
    if odd is None or not 0 < odd <= 2 * EXACT:
        return None
    n = odd // 2
    prec = x.prec + 4
    quotient = math.factorial(2 * n) // math.factorial(n)
    return settled(Ball(quotient, 0, -2 * n, prec) * elementary.pi(prec).sqrt(), x.prec)


def sin_pi(x: Ball) -> Ball:
    """Return sin(pi x), with relative accuracy also next to an integer.

    >>> sin_pi(Ball(7, 0, -1, 53)).contains(-1), sin_pi(Ball(7, 0, 0, 53)).contains_zero
    (True, True)
    """
    near, rest = _nearest(x)
    sine = elementary.cos_sin(elementary.pi(x.prec) * rest)[1]
    return -sine if near & 1 else sine


def _nearest(x: Ball) -> tuple[int, Ball]:
    """Return an integer next to x, and the difference."""
    if x.magnitude > elementary.MAX_EXPONENT_BITS:
        raise OutOfReach("the sine of a number as large as this is not computed")
    near = (elementary.fixed(x, 1) + 1) >> 1
    return near, x - near


def digamma(x: Ball) -> Ball:
    """Return psi(x) = Gamma'(x)/Gamma(x), for x < 0 as psi(1 - x) - pi cot(pi x). The slope is at most 1/x + 1/x**2 for x > 0.

    >>> one = Ball(1, 0, 0, 53); (digamma(one + one) - digamma(one)).contains(1), (digamma(one) + euler(53)).contains_zero
    (True, True)
    """
    if not x.is_positive:
        if whole(x) is not None:
            raise OutOfDomain("a pole of the digamma function")
        y = x.at(x.prec + max(0, x.magnitude) + 8)
        rest = _nearest(y)[1]
        cosine, sine = elementary.cos_sin(elementary.pi(y.prec) * rest)
        return settled(digamma(1 - y) - elementary.pi(y.prec) * cosine / sine, x.prec)
    bits = working(useful(x))
    y = settled(x.at(bits), bits)
    if y.magnitude < -8:
        return settled(digamma(y + 1) - 1 / y, x.prec)
    value = _digamma(y.centre)
    if y.rad:
        inverse = 1 / low(y)
        value = sloped(value, inverse + inverse.squared(), y)
    return settled(value, x.prec)


def _digamma(c: Ball) -> Ball:
    """Return psi at an exact number of at least 2**-9.

    The sum of n reciprocals is less than n units too low; the series is less than 2.1/100 + 1.3/12 + 1 units off, and its remainder 1.
    """
    table = stirling(c.prec)
    bits = table.bits
    if c.magnitude > bits:
        return elementary.log(c) + Ball(0, 1, 1 - c.magnitude, c.prec)  # psi(c) is within 1/c of log c
    r = shift_for(c, table.least)
    square = reciprocals(c, r, bits)[1]
    total = series(table.digamma, square, bits) * square >> bits
    exp = min(c.exp, 0)
    first, step = c.mid << c.exp - exp, 1 << -exp
    one = 1 << bits - exp
    for i in range(r):
        total += one // (first + i * step)
    y = c + r
    return elementary.log(y) - 1 / (2 * y) - Ball(total, r + 3, -bits, c.prec)


def euler(prec: int) -> Ball:
    """Return Euler's constant, -psi(1).

    >>> print(float(euler(60).lower), euler(60).accuracy >= 58)
    0.5772156649015329 True
    """
    return settled(_euler(-(-(prec + 4) // 64) * 64), prec)


@lru_cache(maxsize=8)
def _euler(prec: int) -> Ball:
    return -digamma(Ball(1, 0, 0, prec))


def factorial(x: Ball) -> Ball:
    """Return Gamma(x + 1).

    >>> factorial(Ball(0, 0, 0, 53)), factorial(Ball(4, 0, 0, 53))
    (Ball(1, 0, 0, 53), Ball(24, 0, 0, 53))
    """
    return gamma(x + 1)


def beta(a: Ball, b: Ball) -> Ball:
    """Return Gamma(a) Gamma(b)/Gamma(a + b).

    >>> (12 * beta(Ball(2, 0, 0, 53), Ball(3, 0, 0, 53))).contains(1)
    True
    """
    prec = max(a.prec, b.prec)
    a, b = a.at(prec + 8), b.at(prec + 8)
    return settled(gamma(a) * gamma(b) / gamma(a + b), prec)


def binomial(n: Ball, k: Ball) -> Ball:
    """Return Gamma(n + 1)/(Gamma(k + 1) Gamma(n - k + 1)), for a small integer k as n (n - 1) ... (n - k + 1)/k!.

    >>> binomial(Ball(10, 0, 0, 53), Ball(5, 0, 0, 53)), binomial(Ball(-1, 0, -1, 53), Ball(2, 0, 0, 53)).lower
    (Ball(252, 0, 0, 53), Fraction(3, 8))
    """
    prec = max(n.prec, k.prec)
    upper, lower = whole(n), whole(k)
    if lower is not None and upper is not None and lower >= 0 and 0 <= upper <= EXACT_BINOMIAL:
        return Ball.of(math.comb(upper, lower), prec)
    if lower is not None and 0 <= lower <= FACTORS:
        result = Ball(1, 0, 0, prec + 16)
        for i in range(lower):
            result = result * (n.at(prec + 16) - i) / (i + 1)
        return settled(result, prec)
    n, k = n.at(prec + 8), k.at(prec + 8)
    return settled(gamma(n + 1) / (gamma(k + 1) * gamma(n - k + 1)), prec)
