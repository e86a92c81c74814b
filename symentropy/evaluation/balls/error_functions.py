"""The incomplete gamma functions of real balls and their relatives: error functions, exponential integrals, Bessel's I.

Main definitions: `lowergamma`, `uppergamma`, `erf`, `erfc`, `expint`, `ei` and `besseli` of balls.

Where the argument is moderate, a power series of positive terms is summed in fixed point (`positive_series`); what is small because
large terms cancel gets as many bits more. Where the argument is large, for x > 0 and real s,

    Gamma(s, x) = x**(s - 1) e**-x (1 + (s - 1)/x + (s - 1)(s - 2)/x**2 + ... + u_(n-1) + R),   |R| <= |u_n| for n >= s - 1

(DLMF 8.11(i)). At an inexact x the value at the midpoint is widened by the slope, x**(s - 1) e**-x; an inexact s is carried
through the formulas. What is left out: x <= 0 except for erf, erfc and Ei, negative orders, and Bessel's K.

References: DLMF, https://dlmf.nist.gov, chapters 6, 7, 8 and 10.
"""

from __future__ import annotations

from math import lgamma, log
from typing import Any

from symentropy.evaluation.balls import elementary
from symentropy.evaluation.balls.ball import Ball, OutOfDomain, OutOfReach, Undecided
from symentropy.evaluation.balls.gamma_functions import euler, gamma
from symentropy.evaluation.balls.special import COARSE, error, high, low, settled, sloped, useful, whole, working

#: Arguments of power series of more bits before the point are refused: the number of terms grows with the argument.
MAX_BITS = 15
#: Gamma(s, x) is reached by at most this number of steps s -> s + 1.
MAX_STEPS = 1000
#: erf of numbers of more bits before the point is 1.
HUGE_BITS = 20
#: Denominators of at most this many bits after the point are kept exact.
SHORT = 20


def positive_series(x: Ball, b: Ball, bits: int, double: bool = False) -> Ball:
    """Return S = sum_k x**k/(b)_k, or sum_k x**k/((b)_k k!) if ``double``, for exact x >= 0 and b >= 1.

    Unit: ``2**-bits``. The ratio of consecutive terms falls, so a term below 1 stands where they fall (the first is 1), and a unit lost
    at any term costs the sum at most S units or, where the term is below 1, N units, for N terms. Each step loses at most 2 units by
    rounding: 2 N (S + N) in all. Where the loop stops, a term below the unit has been lost entirely, so it is at most 2 N + 1 units,
    and the rest falls by 2 or more each time: at most 4 N + 2 units. x is less than a unit too low, and dS/dx <= S; b is less than a
    unit too low, and the derivative of a term in it is at most N times the term. In all below 4 (N + 1) (S + N + 3) units.

    >>> one = Ball(1, 0, 0, 60); (positive_series(one, one, 80) - elementary.exp(one)).contains_zero
    True
    """
    if x.magnitude > (2 * MAX_BITS if double else MAX_BITS):
        raise OutOfReach("the power series needs too many terms")
    places = max(0, -b.exp) if b.exp >= -SHORT else bits
    factor, denominator, step = elementary.fixed(x, bits), elementary.fixed(b, places), 1 << places
    shift = bits - places
    term = total = 1 << bits
    k, turning = 0, 2 * factor >> shift
    while term or denominator * (k + 1 if double else 1) <= turning:
        k += 1
        term = (term * factor >> shift) // (denominator * k if double else denominator)
        denominator += step
        total += term
    return Ball(total, 4 * (k + 1) * ((total >> bits) + k + 4), -bits, bits)


def _series_between(x: Ball, b: Ball, prec: int, double: bool = False) -> Ball:
    """Return the positive series for balls x > 0 and b >= 1, to ``prec`` bits: it grows with x and falls with b."""
    size = x.magnitude // 2 + 2 if double else x.magnitude + 2
    bits = prec + 2 * max(prec.bit_length() + 2, size) + 8
    if x.is_exact and b.is_exact:
        return positive_series(x, b, bits, double)
    least = positive_series(_end(x, -1), _end(b, 1), bits, double)
    return least.union(positive_series(_end(x, 1), _end(b, -1), bits, double))


def _end(x: Ball, side: int) -> Ball:
    """Return the lower or upper end of a ball."""
    return Ball(x.mid + side * x.rad, 0, x.exp, x.prec)


def _density(s: Ball, x: Ball) -> Ball:
    """Return an upper bound of t**(s - 1) e**-t on a positive ball."""
    power, lowest, highest = s.at(COARSE) - 1, low(x), high(x)
    ends = [highest] if power.mid >= power.rad else [lowest] if -power.mid >= power.rad else [lowest, highest]
    return sum((elementary.exp(power * elementary.log(end)) for end in ends), Ball(0, 0, 0, COARSE)) * elementary.exp(-lowest)


def _large(s: Ball, x: Ball) -> Ball | None:
    """Return Gamma(s, x) for an exact x > 0 by the asymptotic series, and None where its terms do not become small enough."""
    bits = x.prec
    if s.magnitude > 30 or (x.magnitude <= 40 and elementary.fixed(x, 0) < 0.7 * bits + 8 + 2 * abs(elementary.fixed(s, 0))):
        return None
    inverse, total, term, k = 1 / x, Ball(0, 0, 0, bits), Ball(1, 0, 0, bits), 0
    excess = s - 1  # minus k
    while term.magnitude > -bits or excess.mid + excess.rad > 0:
        total += term
        k += 1
        ratio = (s - k) * inverse
        if excess.is_negative and ratio.magnitude > 0:
            return None
        term *= ratio
        excess = excess - 1
    return elementary.exp((s - 1) * elementary.log(x) - x) * (total + error(term))


def lowergamma(s: Ball, x: Ball) -> Ball:
    """Return gamma(s, x) = integral_0^x t**(s - 1) e**-t dt = x**s e**-x/s sum_k x**k/(s + 1)_k for s, x > 0.

    >>> one = Ball(1, 0, 0, 60); (lowergamma(one, one) + elementary.exp(-one)).contains(1)
    True
    """
    prec = max(s.prec, x.prec)
    if not (s.is_positive and x.is_positive):
        raise OutOfReach("the incomplete gamma function for numbers that are not positive")
    bits = working(prec)
    s, y = s.at(bits), x.centre.at(bits)
    rest = _large(s, y)
    power = elementary.power(y, s) * elementary.exp(-y)
    value = power / s * _series_between(y, s + 1, bits) if rest is None else gamma(s) - rest
    return settled(sloped(value, _density(s, x), x) if x.rad else value, prec)


def uppergamma(s: Ball, x: Ball) -> Ball:
    """Return Gamma(s, x) = integral_x^oo t**(s - 1) e**-t dt for x > 0: Gamma(s) - gamma(s, x), or from s + 1 where s <= 0.

    >>> one = Ball(1, 0, 0, 60); (uppergamma(one, one) - elementary.exp(-one)).contains_zero
    True
    """
    prec = max(s.prec, x.prec)
    if not x.is_positive:
        raise OutOfReach("the incomplete gamma function for numbers that are not positive")
    value = _upper(s, x.centre, working(prec))
    return settled(sloped(value, _density(s, x), x) if x.rad else value, prec)


def _upper(s: Ball, x: Ball, bits: int) -> Ball:
    """Return Gamma(s, x) at an exact x to about ``bits`` bits."""
    s, x = s.at(bits), x.at(bits)
    large = _large(s, x)
    if large is not None:
        return large
    if s.magnitude > 30 or x.magnitude > MAX_BITS:
        raise OutOfReach("the incomplete gamma function of large numbers")
    if s.is_exact and s.mid == 0:
        return _e1(x, bits)
    if s.is_positive:
        more = bits + _cancelled(s, x)
        s, x = s.at(more), x.at(more)
        return gamma(s) - elementary.power(x, s) * elementary.exp(-x) / s * _series_between(x, s + 1, more)
    steps = -elementary.fixed(s, 0)
    if steps > MAX_STEPS or (steps == 0 and s.contains_zero):
        raise OutOfReach("the incomplete gamma function at s far below 0 or around 0")
    # Gamma(t, x) = (Gamma(t + 1, x) - x**t e**-x)/t; each step loses about as many digits as the ratio of x - t to t has
    near = max(0, -(s + steps).magnitude, -(s + (steps - 1)).magnitude) if whole(s) is None else 0
    more = bits + (steps + 1) * (max(0, x.magnitude) + 3) + near
    s, x = s.at(more), x.at(more)
    decay, value = elementary.exp(-x), _upper(s + steps, x, more)
    for i in range(steps - 1, -1, -1):
        value = (value - elementary.power(x, s + i) * decay) / (s + i)
    return value


def _cancelled(s: Ball, x: Ball) -> int:
    """Return about how many bits of Gamma(s) - gamma(s, x) are lost for s > 0: an estimate, as the result carries its own error."""
    a, y = float(low(s).lower), float(low(x).lower)
    lost = 0 if y <= max(1.0, a - 1) else lgamma(a) - (a - 1) * log(y) + y
    return 8 + max(0, int(lost / log(2))) + max(0, -s.magnitude)


def _e1(x: Ball, bits: int) -> Ball:
    """Return E_1(x) = -euler - log x - sum_k (-x)**k/(k k!) for an exact, moderate x > 0."""
    more = bits + 3 * max(0, elementary.fixed(x, 0) + 1)
    x = x.at(more)
    return -euler(more) - elementary.log(x) - _exponential_series(x, more, -1)


def _exponential_series(x: Ball, bits: int, sign: int) -> Ball:
    """Return sum_{k >= 1} (sign x)**k/(k k!) for an exact x >= 0.

    The terms x**k/k! are those of a `positive_series` whose sum is e**x < 2**(3 x/2 + 1), with the same errors; dividing by k costs
    one unit more each, and the errors have any sign.
    """
    places = 2 * bits.bit_length() + 8
    bits += places
    factor = elementary.fixed(x, bits)
    whole_part = factor >> bits
    if whole_part >> MAX_BITS:
        raise OutOfReach("the power series needs too many terms")
    term, total, k = 1 << bits, 0, 0
    while term or k <= 2 * whole_part + 2:
        k += 1
        term = (term * factor >> bits) // k
        total += term // k if sign > 0 or not k & 1 else -(term // k)
    rad = 4 * (k + 1) * ((2 << (3 * whole_part + 5) // 2) + k + 4)
    return Ball(total, rad, -bits, bits)


def ei(x: Ball) -> Ball:
    """Return Ei(x) = euler + log |x| + sum_k x**k/(k k!) for x > 0, and -E_1(-x) for x < 0. The slope is e**x/x.

    >>> one = Ball(1, 0, 0, 60); print(float(ei(one).lower), (ei(-one) + expint(1, one)).contains_zero)
    1.8951178163559368 True
    """
    if x.is_negative:
        return -uppergamma(Ball(0, 0, 0, x.prec), -x)
    if not x.is_positive:
        raise OutOfDomain("the pole of Ei") if x.is_exact else Undecided("Ei around its pole")
    bits = working(useful(x))
    if x.magnitude > 30:
        raise OutOfReach("Ei of a large number")
    y = settled(x.at(bits), bits)
    value = euler(bits) + elementary.log(y.centre) + _exponential_series(y.centre, bits, 1)
    if y.rad:
        value = sloped(value, elementary.exp(high(y)) / low(y), y)
    return settled(value, x.prec)


def expint(n: Ball | int, x: Ball) -> Ball:
    """Return E_n(x) = x**(n - 1) Gamma(1 - n, x) for x > 0; the slope is E_(n-1)(x) <= e**-x/x for n >= 1.

    >>> one = Ball(1, 0, 0, 60); (expint(2, one) + expint(1, one) - elementary.exp(-one)).contains_zero
    True
    """
    n = n if isinstance(n, Ball) else Ball(n, 0, 0, x.prec)
    if not x.is_positive:
        raise OutOfReach("the exponential integral of a number that is not positive")
    prec = max(n.prec, x.prec)
    bits = working(prec)
    n, y = n.at(bits), x.centre.at(bits)
    value = elementary.power(y, n - 1) * _upper(1 - n, y, bits)
    if not x.rad:
        return settled(value, prec)
    if not (n - 1).is_positive and whole(n) != 1:
        raise OutOfReach("the exponential integral of order below 1 of an inexact number")
    lowest = low(x)
    return settled(sloped(value, elementary.exp(-lowest) / lowest, x), prec)


def erf(x: Ball) -> Ball:
    """Return the error function, gamma(1/2, x**2)/sqrt(pi) for x > 0, odd. The slope is 2/sqrt(pi) e**(-x**2).

    >>> one = Ball(1, 0, 0, 60); print(float(erf(one).lower), erf(one - one), (erf(one) + erfc(one)).contains(1))
    0.8427007929497149 Ball(0, 0, 0, 60) True
    """
    return _error_function(x, _erf)


def erfc(x: Ball) -> Ball:
    """Return 1 - erf(x), with relative accuracy: Gamma(1/2, x**2)/sqrt(pi) for x > 0.

    >>> print(float(erfc(Ball(10, 0, 0, 60)).lower), (erfc(Ball(-1, 0, 0, 60)) + erfc(Ball(1, 0, 0, 60))).contains(2))
    2.088487583762545e-45 True
    """
    return _error_function(x, _erfc)


def _error_function(x: Ball, function: Any) -> Ball:
    """Return the function at the midpoint, widened by 2/sqrt(pi) e**(-t**2) < 5/4 e**(-t**2) for the least |t| on the ball."""
    bits = working(useful(x))
    value = function(x.centre.at(bits))
    if x.rad:
        least = Ball(max(0, abs(x.mid) - x.rad), 0, x.exp, COARSE)
        if least.magnitude > HUGE_BITS:
            least = Ball(1, 0, HUGE_BITS - 1, COARSE)
        value = sloped(value, Ball(5, 0, -2, COARSE) * elementary.exp(-least.squared()), x)
    return settled(value, x.prec)


def _half(prec: int) -> Ball:
    return Ball(1, 0, -1, prec)


def _erf(x: Ball) -> Ball:
    """Return erf at an exact number."""
    if x.mid == 0:
        return x
    if x.mid < 0:
        return -_erf(-x)
    if x.magnitude > HUGE_BITS:
        return 1 + Ball(0, 1, -(1 << 2 * HUGE_BITS - 2), x.prec)  # erfc(x) < e**(-x**2)
    return lowergamma(_half(x.prec), x.squared()) / elementary.pi(x.prec).sqrt()


def _erfc(x: Ball) -> Ball:
    """Return erfc at an exact number."""
    if x.mid <= 0:
        return 1 + _erf(-x)
    if x.magnitude < 0:
        return 1 - _erf(x)
    y = x.at(x.prec + 2 * max(0, x.magnitude) + 8)
    return uppergamma(_half(x.prec), y.squared()) / elementary.pi(x.prec).sqrt()


def gammainc(s: Ball, a: Ball | int, b: Ball | None = None) -> Ball:
    """Return integral_a^b t**(s - 1) e**-t dt, where no b means infinity: Gamma(s, a), and gamma(s, b) for a = 0.

    >>> one = Ball(1, 0, 0, 60); (gammainc(one, one) + gammainc(one, 0, one)).contains(1)
    True
    """
    lower = a if isinstance(a, Ball) else Ball(a, 0, 0, s.prec)
    zero = whole(lower) == 0
    if b is None:
        return gamma(s) if zero else uppergamma(s, lower)
    return lowergamma(s, b) if zero else uppergamma(s, lower) - uppergamma(s, b)


def besseli(order: Ball | int, x: Ball) -> Ball:
    """Return I_v(x) = (x/2)**v/Gamma(v + 1) sum_k (x/2)**(2k)/((v + 1)_k k!) for v >= 0, x > 0.

    I_v' = I_(v+1) + v/x I_v, which is at most L = 1 + v/x times I_v, so on a ball of radius r with r L <= 1/2 the function is within
    e**(r L) - 1 <= 2 r L times the value at the midpoint.

    >>> half, one = Ball(1, 0, -1, 60), Ball(1, 0, 0, 60)
    >>> sinh = (elementary.exp(one) - elementary.exp(-one)) / 2
    >>> (besseli(half, one).squared() * elementary.pi(60) / 2 - sinh.squared()).contains_zero, besseli(0, one - one)
    (True, Ball(1, 0, 0, 60))
    """
    v = order if isinstance(order, Ball) else Ball(order, 0, 0, x.prec)
    prec = max(v.prec, x.prec)
    if v.mid < 0 and whole(v) is not None:
        v = -v  # I_-v = I_v for integers
    if v.mid < v.rad or (v.mid == 0 and v.rad):
        raise OutOfReach("Bessel's function of negative order")
    if x.is_exact and x.mid == 0:
        return Ball(0 if v.mid else 1, 0, 0, prec)
    if x.is_negative and whole(v) is not None:
        value = besseli(v, -x)
        return -value if v.mid and elementary.fixed(v, 0) & 1 else value
    if not x.is_positive:
        raise OutOfReach("Bessel's function of numbers that are not positive")
    bits = working(prec)
    v, half = v.at(bits), Ball(x.mid, 0, x.exp - 1, bits)
    square = half.at(2 * x.mid.bit_length() + 2).squared()  # without rounding
    value = elementary.power(half, v) / gamma(v + 1) * _series_between(square, v + 1, bits, double=True)
    if x.rad:
        change = x.radius.at(COARSE) * (1 + v.at(COARSE) / low(x)) * 2
        if not (1 - change).is_positive:
            raise Undecided("Bessel's function of a ball with a large radius")
        value = value + value * error(change)
    return settled(value, prec)
