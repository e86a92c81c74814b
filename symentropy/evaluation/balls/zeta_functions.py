"""Zeta functions on real balls: Riemann's and Hurwitz', their derivative in s, polygamma, the polylogarithm, and Catalan's constant.

Main definitions: `zeta`, `polygamma`, `polylog` of balls, and the constant `catalan`.

Euler-Maclaurin summation, for s > 0, s != 1, and y = a + N > 0, with (s)_m = s (s + 1) ... (s + m - 1):

    zeta(s, a) = sum_{k < N} (a + k)**-s + y**(1 - s)/(s - 1) + y**-s/2 + sum_{j=1}^{M} T_j + R_M,
    T_j = B_2j/(2j)! (s)_(2j-1) y**(1 - s - 2j),   R_M = - integral_y^oo P_2M(t)/(2M)! (s)_2M t**(-s - 2M) dt,

where P_m is periodic with |P_2M| <= |B_2M|. R_M lies between 0 and T_(M+1): R_M = T_(M+1) + R_(M+1) equals the integral over
(B_2M+2 - P_2M+2(t))/(2M + 2)! (s)_(2M+2) t**(-s - 2M - 2), which has the sign of B_2M+2, so that R_M and R_(M+1) have opposite signs. Under
the integral of R_M the derivative in s is at most H + log t times the rest, with H = sum_{j < 2M} 1/(s + j); so for y >= 1

    |dR_M/ds| <= |T_M| (H + log y + 1/(s + 2M - 1)).

The balls s and a are carried through the sums: most of the terms fall in both, so little is lost. What is left out: s <= 0, and
polylogarithms of |z| > 1 or so near 1 that the power series takes too many terms.

References: DLMF 2.10(i), 25.2.9, 25.11(iii), 25.12. F. Johansson, Rigorous high-precision computation of the Hurwitz zeta function and
its derivatives, Numerical Algorithms 69, 2015.
"""

from __future__ import annotations

from functools import lru_cache
from math import factorial, log2
from operator import mul, neg
from typing import Any

from symentropy.evaluation.balls import elementary
from symentropy.evaluation.balls.ball import Ball, OutOfReach
from symentropy.evaluation.balls.bernoulli import bernoulli, euler_maclaurin
from symentropy.evaluation.balls.fixed_log import smallest_factors
from symentropy.evaluation.balls.gamma_functions import digamma
from symentropy.evaluation.balls.special import error, low, settled, whole, working

#: A series of more terms than this is not summed.
MAX_TERMS = 20000
#: A negative argument of polygamma is shifted by at most this number.
MAX_SHIFT = 1000


def inverse_powers(s: Ball, count: int) -> list[Ball]:
    """Return k**-s for k = 0 (a placeholder), 1, ..., count: only primes are raised to a power that is not an integer.

    >>> [float(power.lower) for power in inverse_powers(Ball(2, 0, 0, 53), 4)[1:3]]
    [1.0, 0.25]
    """
    one, exponent = Ball(1, 0, 0, s.prec), whole(s)
    if exponent is not None and abs(exponent) <= s.prec:
        if exponent <= 0:
            return [Ball(k**-exponent, 0, 0, s.prec) for k in range(count + 1)]
        return [one] + [one / Ball(k**exponent, 0, 0, s.prec) for k in range(1, count + 1)]
    powers, factors, logs = [one, one], smallest_factors(max(count, 2)), logarithms(count, s.prec)
    for k in range(2, count + 1):
        p = factors[k]
        powers.append(elementary.exp(-s * logs[k]) if p == k else powers[p] * powers[k // p])
    return powers


def logarithms(count: int, prec: int) -> list[Ball]:
    """Return log k for k = 0 (a placeholder), 1, ..., count, from those of primes.

    >>> (logarithms(6, 60)[6] - elementary.log(Ball(6, 0, 0, 60))).contains_zero
    True
    """
    factors, logs = smallest_factors(max(count, 2)), [Ball(0, 0, 0, prec)] * 2
    for k in range(2, count + 1):
        p = factors[k]
        logs.append(elementary.log(Ball(k, 0, 0, prec)) if p == k else logs[p] + logs[k // p])
    return logs


def zeta(s: Ball, a: Ball | int = 1, derivative: Any = 0) -> Ball:
    """Return zeta(s, a) = sum_{k >= 0} (a + k)**-s for a > 0, or its derivative in s; continued analytically to 0 < s < 1.

    >>> two = Ball(2, 0, 0, 60); (6 * zeta(two) - elementary.pi(60).squared()).contains_zero
    True
    >>> (zeta(two, two) + 1 - zeta(two)).contains_zero, print(float(zeta(two, derivative=1).lower))
    -0.9375482543158438
    (True, None)
    """
    order = derivative if isinstance(derivative, int) else whole(derivative)
    if order not in (0, 1):
        raise OutOfReach("a higher derivative of the zeta function")
    if not s.is_positive:
        raise OutOfReach("the zeta function for s <= 0")
    a = a if isinstance(a, Ball) else Ball(a, 0, 0, s.prec)
    if not a.is_positive:
        raise OutOfReach("the zeta function for a <= 0")
    prec = max(s.prec, a.prec)
    return settled(_summed(s, a, prec, order == 1), prec)


def _summed(s: Ball, a: Ball, prec: int, derived: bool) -> Ball:
    """Return the sum of Euler and Maclaurin or its derivative; N is such that the terms T_j fall, or that all after N are negligible."""
    bits = working(prec)
    if s.magnitude > 40:
        raise OutOfReach("the zeta function of a number as large as this")
    decay = 1 + max(0, elementary.fixed(s, 0))
    base = max(0, elementary.fixed(a, 0)) + 2 if a.magnitude <= 64 else 1 << 64
    enough = bits // 6 + bits * bits // 60000 + decay // 3 + 4 - base
    if bits < 16 * decay:  # from base * 2**(bits/s) on a term is below 2**-bits times the first ones
        enough = min(enough, (base << bits // decay + 1) - base)
    N = max(1, enough)
    if N > MAX_TERMS:
        raise OutOfReach("the zeta function needs too many terms")
    s, a = s.at(bits), a.at(bits)
    riemann = whole(a) == 1
    powers = inverse_powers(s, N)[1:] if riemann else [elementary.power(a + k, -s) for k in range(N)]
    if not derived:
        return sum(powers, _tail(s, a + N, powers[0].magnitude - bits))
    first = powers[1] if riemann and N > 1 else powers[0]
    logs = logarithms(N, bits)[1:] if riemann else [elementary.log(a + k) for k in range(N)]
    return sum(map(mul, map(neg, powers), logs), _derived_tail(s, a + N, first.magnitude - bits))


def _corrections(s: Ball, y: Ball, power: Ball, limit: int) -> list[Ball]:
    """Return T_1, ..., T_(M+1) where T_(M+1) is the first one below 2**limit, or M + 1 where they stop falling."""
    bits = s.prec
    inverse = 1 / y
    square, factor = inverse.squared(), s * power * inverse
    terms: list[Ball] = []
    bernoulli(bits // 8)  # about as many as are needed, at once
    for j in range(1, bits + 2):
        terms.append(euler_maclaurin(j, bits) * factor)
        size = terms[-1].magnitude
        if j > 1 and (size < limit or size > terms[-2].magnitude):
            break
        factor = factor * ((s + (2 * j - 1)) * (s + 2 * j)) * square
    return terms


def _tail(s: Ball, y: Ball, limit: int) -> Ball:
    """Return y**(1 - s)/(s - 1) + y**-s/2 + T_1 + ... + T_M with the remainder, at most |T_(M+1)|."""
    power = elementary.power(y, -s)
    *terms, omitted = _corrections(s, y, power, limit)
    return sum(terms, power * y / (s - 1) + power / 2) + error(omitted)


def _derived_tail(s: Ball, y: Ball, limit: int) -> Ball:
    """Return the derivative in s of the same: of y**-s it is -log(y) y**-s, and of (s)_m it is (s)_m (1/s + ... + 1/(s + m - 1))."""
    power, log = elementary.power(y, -s), elementary.log(y)
    terms = _corrections(s, y, power, limit - 8)
    total = -(power * y / (s - 1)) * (log + 1 / (s - 1)) - power * log / 2
    slope = 1 / s
    for j, term in enumerate(terms, 1):
        total += term * (slope - log)
        slope = slope + 1 / (s + (2 * j - 1)) + 1 / (s + 2 * j)
    return total + error(terms[-1] * (slope + log + 1))


def polygamma(n: Ball | int, x: Ball) -> Ball:
    """Return the n-th derivative of psi, (-1)**(n + 1) n! zeta(n + 1, x).

    For x < 0, psi_n(x) = psi_n(x + 1) - (-1)**n n! x**-(n + 1).

    >>> one = Ball(1, 0, 0, 60); (6 * polygamma(1, one) - elementary.pi(60).squared()).contains_zero
    True
    """
    order = n if isinstance(n, int) else whole(n)
    if order is None or order < 0:
        raise OutOfReach("polygamma of an order that is not 0, 1, 2, ...")
    if order == 0:
        return digamma(x)
    bits = x.prec + 8
    shift = 0 if x.is_positive else 1 - elementary.fixed(x, 0) if x.magnitude <= 64 else MAX_SHIFT + 1
    if shift > MAX_SHIFT:
        raise OutOfReach("polygamma of a number below -1000")
    y = x.at(bits + (0 if x.is_positive else max(0, x.magnitude)))
    total = sum(((y + k) ** -(order + 1) for k in range(shift)), Ball(0, 0, 0, y.prec))
    value = factorial(order) * (zeta(Ball(order + 1, 0, 0, y.prec), y + shift) + total)
    return settled(value if order & 1 else -value, x.prec)


def polylog(s: Ball, z: Ball) -> Ball:
    """Return Li_s(z) = sum_{k >= 1} z**k/k**s for |z| < 1, and at z = 1 for s > 1.

    With q >= |z| and p >= 0 an integer with p >= -s, the terms from k = N + 1 on fall at least by the factor
    r = q ((N + 2)/(N + 1))**p, which makes the rest at most the term of N + 1 divided by 1 - r, if r < 1.

    >>> one, half = Ball(1, 0, 0, 60), Ball(1, 0, -1, 60)
    >>> (polylog(one, half) - elementary.log(one + one)).contains_zero, (polylog(-one, half) - 2).contains_zero
    (True, True)
    """
    prec = max(s.prec, z.prec)
    if whole(z) == 1 and (s - 1).is_positive:
        return zeta(s)
    if z.is_exact and z.mid == 0:
        return z
    bits = working(prec)
    q = Ball(abs(z.mid) + z.rad, 0, z.exp, 64)
    if not (1 - q).is_positive or s.magnitude > 20:
        raise OutOfReach("the polylogarithm off the disk of convergence")
    if whole(s) == 1:
        return settled(-elementary.log(1 - z.at(bits)), prec)
    p = max(0, -elementary.fixed(low(s), 0))
    slope = (-elementary.log(q) / elementary.log(Ball(2, 0, 0, 64))).lower  # bits per term
    N = _terms(bits, float(slope), p)
    s, z = s.at(bits), z.at(bits)
    total, power = Ball(0, 0, 0, bits), z
    weights = inverse_powers(s, N + 1)
    for k in range(1, N + 1):
        total += power * weights[k]
        power *= z
    rest = 1 - q * (Ball(N + 2, 0, 0, 64) / (N + 1)) ** p
    if not rest.is_positive:
        raise OutOfReach("the polylogarithm needs too many terms")
    return settled(total + error(power * weights[N + 1] / rest), prec)


def _terms(bits: int, slope: float, p: int) -> int:
    """Return a number of terms after which k**p 2**(-slope k) is below 2**-bits times the first one."""
    if slope * MAX_TERMS < bits:
        raise OutOfReach("the polylogarithm needs too many terms")
    N = int(bits / slope) + 2
    for _ in range(4 if p else 0):
        N = int((bits + p * log2(N + 2)) / slope) + 2
    if N > MAX_TERMS:
        raise OutOfReach("the polylogarithm needs too many terms")
    return N


def catalan(prec: int) -> Ball:
    """Return Catalan's constant.

    >>> print(float(catalan(60).lower), catalan(60).accuracy >= 58)
    0.915965594177219 True
    """
    return settled(_catalan(-(-(prec + 4) // 64) * 64), prec)


@lru_cache(maxsize=8)
def _catalan(prec: int) -> Ball:
    """Return pi/8 log(2 + sqrt 3) + 3/8 sum_k t_k/(2k + 1)**2, t_k = 1/binomial(2k, k) = t_(k-1) k/(4k - 2) (Ramanujan 1915).

    As t_k falls by a factor of 2 or more, it is less than 2 units off; so are the terms, N of them by less than 3 N units. Where the loop
    stops, t is below 3 units, and the rest of the series below 6.
    """
    bits = prec + prec.bit_length() + 4
    term, k = 1 << bits, 0
    total = term
    while term:
        k += 1
        term = term * k // (4 * k - 2)
        total += term // (2 * k + 1) ** 2
    logarithm = elementary.log(2 + Ball(3, 0, 0, bits).sqrt())
    return settled((elementary.pi(bits) * logarithm + 3 * Ball(total, 3 * k + 6, -bits, bits)) / 8, prec)
