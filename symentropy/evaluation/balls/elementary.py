"""The elementary functions of real balls: exp, log, sin, cos, atan, and pi.

Main definitions
----------------
* `exp`, `log`, `cos_sin`, `tan`, `atan`, `power` of `Ball`, and the constant `pi`.
* `exp_fixed`, `cos_sin_fixed`, `atan_fixed`: the same on integers that stand for multiples of ``2**-bits``, with a stated error.

The functions of a ball are those of its midpoint, widened by a bound of the derivative times the radius. "Unit" below is ``2**-bits``
of the precision at hand; an integer operation that rounds down adds less than one unit.

References
----------
R. P. Brent, P. Zimmermann, Modern Computer Arithmetic, Cambridge 2010, sections 4.3 and 4.4.
"""

from __future__ import annotations

from functools import lru_cache
from math import isqrt

from symentropy.evaluation.balls.ball import Ball, OutOfDomain, OutOfReach, Undecided, rounded
from symentropy.evaluation.balls.fixed_log import log2, log_of_integer

#: exp is not computed for arguments of more bits than this: the result would have an exponent of more than a trillion digits.
MAX_EXPONENT_BITS = 40


def exp_fixed(x: int, bits: int) -> int:
    """Return e**x for 0 <= x < 1, both in units of ``2**-bits``, less than 2 units below the true value or above it.

    x is halved k times and the Taylor series is squared k times. With N terms the series is off by at most N + 1 small units
    (truncated terms, and the rest, which is below the last term); each squaring at most doubles a relative error and adds one unit, so
    the result, below e, is off by less than 2**k * 3 * (N + 3) small units.

    >>> exp_fixed(1 << 63, 64) / 2**64
    1.6487212707001282
    """
    halvings = isqrt(bits) // 2 + 4
    small = bits + halvings + bits.bit_length() + 4
    y = (x << (small - bits)) >> halvings
    term = total = 1 << small
    k = 1
    while term:
        term = (term * y >> small) // k
        total += term
        k += 1
    for _ in range(halvings):
        total = total * total >> small
    return total >> (small - bits)


def cos_sin_fixed(x: int, bits: int) -> tuple[int, int]:
    """Return the cosine and sine of 0 <= x < 1, in units of ``2**-bits``, off by less than 2 units each.

    As in `exp_fixed`, for e**(ix): the Taylor series at x/2**k is squared k times as a complex number of modulus 1, so that each squaring
    doubles the error and adds at most 4 units: less than 2**k * (N + 8) * 2 small units in all.
    """
    halvings = isqrt(bits) // 2 + 4
    small = bits + halvings + bits.bit_length() + 5
    y = (x << (small - bits)) >> halvings
    cosine, sine, term, k = 1 << small, 0, 1 << small, 1
    while term:
        term = (term * y >> small) // k
        if k & 1:
            sine += term if k & 2 == 0 else -term
        else:
            cosine += term if k & 2 == 0 else -term
        k += 1
    for _ in range(halvings):
        cosine, sine = (cosine * cosine - sine * sine) >> small, cosine * sine >> (small - 1)
    return cosine >> (small - bits), sine >> (small - bits)


def atan_fixed(x: int, bits: int) -> int:
    """Return the arc tangent of 0 <= x <= 1, in units of ``2**-bits``, off by less than 2 units.

    atan x = 2 atan(x / (1 + sqrt(1 + x**2))), k times, then the Taylor series, which alternates. Each halving is off by at most 3 small
    units, and all maps have slopes of at most 1, so the sum at the end is off by less than 3 k + 2 N small units, times 2**k.
    """
    halvings = isqrt(bits) // 2 + 2
    small = bits + halvings + bits.bit_length() + 6
    one = 1 << small
    y = x << (small - bits)
    for _ in range(halvings):
        y = (y << small) // (one + isqrt((one << small) + y * y))
    square = y * y >> small
    total, term, k = y, y, 1
    while term:
        term = term * square >> small
        k += 2
        total += term // k if k & 2 == 0 else -(term // k)
    return (total << halvings) >> (small - bits)


def pi_fixed(bits: int) -> int:
    """Return pi in units of ``2**-bits``, off by less than 2 units."""
    stored = -(-bits // 64) * 64  # few precisions are kept
    return _machin(stored) >> (stored - bits)


@lru_cache(maxsize=8)
def _machin(bits: int) -> int:
    """Return pi in units of ``2**-bits``, off by less than 2 units: 16 atan(1/5) - 4 atan(1/239), by binary splitting."""
    small = bits + 8
    return (16 * _atan_inverse(5, small) - 4 * _atan_inverse(239, small)) >> 8


def _atan_inverse(k: int, bits: int) -> int:
    """Return atan(1/k) in units of ``2**-bits``, at most 2 units off: the quotient rounds down, and the rest of the series is below one."""
    terms = bits // (2 * (k.bit_length() - 1)) + 2
    over, under, denominator = _split(k * k, 0, terms)
    return (over << bits) // (under * denominator * k)


def _split(square: int, low: int, high: int) -> tuple[int, int, int]:
    """Return T, Q, B with T/(Q B) = sum over low <= j < high of (-1)**j / ((2j + 1) * square**(j - low)), Q a power of ``square``."""
    if high - low == 1:
        return (-1 if low & 1 else 1) * square, square, 2 * low + 1
    middle = (low + high) // 2
    over, under, bottom = _split(square, low, middle)
    more, further, below = _split(square, middle, high)
    return over * below * further + bottom * more, under * further, bottom * below


def pi(prec: int) -> Ball:
    """Return pi.

    >>> (pi(53) * 7 - 22).is_negative, (pi(53) * 106 - 333).is_positive
    (True, True)
    """
    return rounded(pi_fixed(prec + 2), 2, -prec - 2, prec)


def fixed(x: Ball, bits: int) -> int:
    """Return the midpoint in units of ``2**-bits``, less than one unit too low."""
    shift = x.exp + bits
    return x.mid << shift if shift >= 0 else x.mid >> -shift


def exp(x: Ball) -> Ball:
    """Return e**x.

    >>> one = exp(Ball.of(1, 60)); print(float(one.lower) <= 2.718281828459045 <= float(one.upper))
    True
    """
    if x.mid == 0 and x.rad == 0:
        return Ball(1, 0, 0, x.prec)
    size = x.magnitude
    if size > MAX_EXPONENT_BITS:
        raise OutOfReach("the exponential of a number as large as this is not computed")
    if x.rad and x.rad.bit_length() + x.exp > 0:  # a radius above 1/2 or so: from both ends
        low, high = Ball(x.mid - x.rad, 0, x.exp, x.prec), Ball(x.mid + x.rad, 0, x.exp, x.prec)
        return exp(low).union(exp(high))
    bits = x.prec + max(size, 0) + 6
    y = fixed(x, bits)
    quotient, rest = divmod(y, log2(bits))  # the error of log 2 is at most a unit, so that of the rest at most |quotient|
    value = exp_fixed(rest, bits)
    # off by 1 unit from fixed, |quotient| < 2**(size + 1) units from log 2, times e**rest < 2 and a bit, and 2 units from the function
    rad = 3 * (abs(quotient) + 1) + 2
    if x.rad:
        spread = -(-x.rad << x.exp + bits) if x.exp + bits >= 0 else (x.rad >> -(x.exp + bits)) + 1
        rad += ((value + rad) * (spread + (spread * spread >> bits) + 1) >> bits) + 1  # e**r - 1 <= r + r**2 for r <= 1
    return rounded(value, rad, quotient - bits, x.prec)


def log(x: Ball) -> Ball:
    """Return the natural logarithm of a positive ball, to about ``prec`` significant bits also next to 1.

    |log x - log m| <= r / (m - r) for |x - m| <= r.

    >>> log(Ball(1, 0, 0, 53)).contains(0), log(Ball((1 << 80) + 1, 0, -80, 20)).accuracy >= 18
    (True, True)
    """
    if x.mid <= x.rad:
        never = x.mid + x.rad <= 0
        raise OutOfDomain("logarithm of a number that is not positive") if never else Undecided("logarithm of a ball around 0")
    bits, value, rad = min(x.prec, max(0, x.accuracy) + 8) + 4, 0, 0
    near = x.mid.bit_length() + x.exp in (0, 1)  # between 1/2 and 2
    distance = abs(x.mid - (1 << -x.exp)) if near else x.mid
    if distance:
        bits += max(0, -x.exp - distance.bit_length()) if near else 0  # near 1 the logarithm is small
        guard = abs(x.exp).bit_length() + 1
        value = (log_of_integer(x.mid, bits + guard) + x.exp * log2(bits + guard)) >> guard
        rad = 3  # each of the two is at most a unit off before the shift, which rounds down
    if x.rad:
        least = x.mid - x.rad
        cut = max(0, least.bit_length() - 64)
        rad += (((x.rad << bits) >> cut) + 1) // (least >> cut) + 1
    return rounded(value, rad, -bits, x.prec)


def _within(exponent: int, prec: int) -> Ball:
    """Return the numbers of modulus up to ``2**exponent``."""
    return Ball(0, 1, exponent, prec)


def cos_sin(x: Ball) -> tuple[Ball, Ball]:
    """Return the cosine and the sine; both have slopes of at most 1.

    >>> cosine, sine = cos_sin(pi(64)); cosine.contains(-1), sine.contains(0)
    (True, True)
    """
    size = x.magnitude
    if size > MAX_EXPONENT_BITS:
        raise OutOfReach("the cosine of a number as large as this is not computed")
    if 2 * size < -x.prec - 8:  # |sin x - x| <= |x|**3 and 0 <= 1 - cos x <= x**2
        return Ball(1, 0, 0, x.prec) + _within(2 * size, x.prec), x + _within(3 * size, x.prec)
    if x.rad and x.rad.bit_length() + x.exp > 1:
        return Ball(0, 1, 0, x.prec), Ball(0, 1, 0, x.prec)
    # for a small x its own bits count, so that the sine has relative accuracy
    bits = x.prec + max(size, -size if x.mid else 0) + 6
    quarter = pi_fixed(bits) >> 1  # off by less than 2 units
    turns, rest = divmod(fixed(x, bits), quarter)
    mirrored = 2 * rest > quarter
    cosine, sine = cos_sin_fixed(quarter - rest if mirrored else rest, bits)
    if mirrored:
        cosine, sine = sine, cosine
    for _ in range(turns % 4):
        cosine, sine = -sine, cosine
    rad = 2 * abs(turns) + 8
    if x.rad:
        rad += (x.rad << x.exp + bits) if x.exp + bits >= 0 else (x.rad >> -(x.exp + bits)) + 1
    return rounded(cosine, rad, -bits, x.prec), rounded(sine, rad, -bits, x.prec)


def atan(x: Ball) -> Ball:
    """Return the arc tangent, whose slope is at most 1 (and at most 1/y**2 between two numbers of modulus above y).

    >>> (4 * atan(Ball.of(1, 64)) - pi(64)).contains_zero
    True
    """
    if x.mid < 0:
        return -atan(-x)
    if x.mid == 0 and x.rad == 0:
        return x
    if 2 * x.magnitude < -x.prec - 8:  # |atan x - x| <= |x|**3
        return x + _within(3 * x.magnitude, x.prec)
    if x.is_positive and x.mid.bit_length() + x.exp > 1:  # above 1
        return pi(x.prec) / 2 - atan(1 / x)
    bits = x.prec + max(0, -(x.mid.bit_length() + x.exp)) + 4 if x.mid else x.prec
    y = fixed(x, bits)
    above = y > 1 << bits
    value = (pi_fixed(bits) >> 1) - atan_fixed((1 << 2 * bits) // y, bits) if above else atan_fixed(y, bits)
    rad = 6
    if x.rad:
        rad += (x.rad << x.exp + bits) if x.exp + bits >= 0 else (x.rad >> -(x.exp + bits)) + 1
    return rounded(value, rad, -bits, x.prec)


def power(base: Ball, exponent: Ball) -> Ball:
    """Return base**exponent; a base that may be negative takes exact integers as exponents.

    >>> power(Ball.of(2, 53), Ball(1, 0, -1, 53)).squared().contains(2), power(Ball(-2, 0, 0, 53), Ball(3, 0, 0, 53))
    (True, Ball(-8, 0, 0, 53))
    """
    if exponent.is_exact:
        if exponent.exp >= 0 or exponent.mid & ((1 << -exponent.exp) - 1) == 0:
            whole = fixed(exponent, 0)
            if abs(whole) < 1 << 10:
                return base**whole
            if base.is_negative:
                return -power(-base, exponent) if whole & 1 else power(-base, exponent)
        elif exponent.mid & ((1 << (-exponent.exp - 1)) - 1) == 0 and base.is_positive:
            half = fixed(exponent, 1)
            if abs(half) < 1 << 10:
                return base.sqrt() ** half
    return exp(exponent * log(base))
