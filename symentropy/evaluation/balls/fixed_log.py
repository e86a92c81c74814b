"""Logarithms of integers and of their ratios in fixed point, each with a proven bound on its error.

A fixed-point number is an integer v that stands for v / 2^bits; its error is counted in units of the last place, 2^-bits. Everything
here is integer arithmetic, so every bound is a count of roundings, derived in a comment next to the code that rounds.

Main definitions: `log_of_integer`, `log_of_ratio` and `log2`, within one unit of the last place; `logarithms`, the functions
to call in a loop; `integer_logs`, the logarithms of all small integers at once.

Method. Up to `TABLE_BITS` bits, the leading bits of the argument select a small integer that brings it next to a power of two, and
a series in u = d/(2 + d) finishes: log(1 + d) = 2 atanh u. The logarithms of the small integers come from those of the primes,
log p = (log(p - 1) + log(p + 1))/2 + atanh(1/(2p^2 - 1)). Beyond, the small integer has no prime factor above 13, whose
logarithms are integer combinations of six series atanh(1/k); further factors 1 + d/2^(2b) are split off while that saves more than it
costs, and the last series is summed by rectangular splitting.

Left out: arguments that are not positive integers or ratios of them, relative precision for a ratio next to 1 (the promise is absolute),
and asymptotically fast division, which Python's integers do not have.

References: R. P. Brent and P. Zimmermann, Modern Computer Arithmetic, Cambridge University Press 2010, sections 4.4 and 4.9;
C. Størmer, Quelques théorèmes sur l'équation de Pell x^2 - Dy^2 = ±1 et leurs applications, 1897 (the arguments k of the six series).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import lru_cache
from math import isqrt
from typing import NamedTuple

#: Above this many bits a table of 1024 logarithms costs more than it saves.
TABLE_BITS = 768
#: Leading bits that select an entry of the table.
INDEX_BITS = 10
#: Working precisions below `TABLE_BITS` are multiples of this, so that there are few tables.
GRID = 64
#: The longest table of logarithms of consecutive integers that is kept.
MAX_TABLE = 1 << 17
#: Beyond TABLE_BITS bits, up to this integer.
LONG_TABLE = 1 << 13
#: From here on series of rationals are summed by binary splitting, term by term before.
SPLITTING_BITS = 6000
#: The primes of the reduction at high precision.
BASE = (2, 3, 5, 7, 11, 13)
#: log p for p in `BASE` is the combination of atanh(1/k) with these integers: both k - 1 and k + 1 factor over `BASE`.
BASE_SERIES = (1574, 4801, 8749, 13311, 21295, 246401)
BASE_COEFFICIENTS = (
    (540, 448, 944, 828, 1710, 1566),
    (856, 710, 1496, 1312, 2710, 2482),
    (1254, 1040, 2192, 1922, 3970, 3636),
    (1516, 1258, 2650, 2324, 4800, 4396),
    (1868, 1550, 3266, 2864, 5916, 5418),
    (1998, 1658, 3494, 3064, 6328, 5796),
)


class Logarithms(NamedTuple):
    """``integer(n)`` and ``ratio(over, under)`` are the logarithms of positive integers, within ``error`` units of 2^-bits."""

    bits: int
    error: int
    integer: Callable[[int], int]
    ratio: Callable[[int, int], int]


def rounded(value: int, shift: int) -> int:
    """Return value / 2^shift to the nearest integer, an error of at most half a unit; a shift below 0 multiplies.

    >>> rounded(7, 2), rounded(-7, 2), rounded(3, -1)
    (2, -2, 6)
    """
    return (value + (1 << (shift - 1))) >> shift if shift > 0 else value << -shift


def log_of_integer(n: int, bits: int) -> int:
    """Return v with |v/2^bits - log n| <= 2^-bits, for n >= 1 and bits >= 0.

    >>> from math import log
    >>> log_of_integer(10, 20), round(log(10) * 2**20)
    (2414435, 2414435)
    >>> log_of_integer(1, 300), log_of_integer(2**1000, 5)
    (0, 22181)
    """
    if n < 1:
        raise ValueError(f"the logarithm of {n} is not a real number: give an integer from 1 on")
    if n == 1:
        return 0
    exact = logarithms(bits + 5)  # its error, 8 units, is then a quarter of a unit; rounding adds half a unit
    return rounded(exact.integer(n), exact.bits - bits)


def log_of_ratio(over: int, under: int, bits: int) -> int:
    """Return v with |v/2^bits - log(over/under)| <= 2^-bits, for positive integers and bits >= 0.

    >>> log_of_ratio(3, 2, 10), log_of_ratio(2, 3, 10), log_of_ratio(10**40 + 1, 10**40, 200) * 10**40 // 2**200
    (415, -415, 0)
    """
    if over < 1 or under < 1:
        raise ValueError(f"the logarithm of {over}/{under} is not a real number: give integers from 1 on")
    if over == under:
        return 0
    exact = logarithms(bits + 5)  # as in `log_of_integer`
    return rounded(exact.ratio(over, under), exact.bits - bits)


def log2(bits: int) -> int:
    """Return v with |v/2^bits - log 2| <= 2^-bits, for bits >= 0.

    >>> log2(10) / 2**10
    0.693359375
    """
    return base_logs(bits)[0]


def logarithms(bits: int) -> Logarithms:
    """Return logarithms with at least ``bits`` bits after the point and an error of at most 8 of their units.

    >>> exact = logarithms(100)
    >>> exact.bits >= 100, exact.error, exact.ratio(6, 3) - exact.integer(2) in range(-16, 17)
    (True, 8, True)
    """
    if bits <= TABLE_BITS:
        return _table_logarithms(max(2 * GRID, -(-bits // GRID) * GRID))
    return _long_logarithms(bits)


# Series


def atanh_inverse(k: int, bits: int) -> int:
    """Return v with |v/2^bits - atanh(1/k)| <= 2^-bits, for k >= 2 and bits >= 0.

    >>> from math import log
    >>> atanh_inverse(3, 20), round(log(2) * 2**19)
    (363409, 363409)
    """
    return atanh_rational(1, k, bits) if bits > SPLITTING_BITS else _atanh_inverse_by_terms(k, bits)


def _atanh_inverse_by_terms(k: int, bits: int) -> int:
    # Each power is floor(previous / k^2): its error e obeys e <= 1 + e/4, so it is below 4/3. Dividing by 2i + 1 >= 3 and rounding down
    # leaves an error below 1 + 4/9. There are at most wp/(2 log2 k) + 1 <= wp/2 + 1 terms. When the computed power is 0, the exact one
    # is below 4/3, and so are all that follow together, divided by 3 (1 - 1/4). In all the error is below 3/2 (wp/2 + 3) < wp + 5,
    # in units of 2^-wp; 2^guard > 4 (wp + 5) makes that a quarter of a unit, and rounding adds half a unit.
    guard = (bits + 64).bit_length() + 2
    power = (1 << (bits + guard)) // k
    square, total, odd = k * k, power, 1
    while power:
        power //= square
        odd += 2
        total += power // odd
    return rounded(total, guard)


def atanh_rational(over: int, under: int, bits: int) -> int:
    """Return v with |v/2^bits - atanh(over/under)| <= 2^-bits, for 0 <= 2 over <= under and bits >= 0, by binary splitting.

    >>> from math import log
    >>> atanh_rational(1, 3, 20), round(log(2) * 2**19)
    (363409, 363409)
    """
    if over == 0:
        return 0
    wp = bits + 3
    # under/over >= 2^(slope/16), so after `terms` terms the rest is below (over/under)^(2 terms + 1) (1/(1 - 1/4))/3 <= 2^-wp:
    # half a unit of 2^-wp at most.
    slope = (under**16 // over**16).bit_length() - 1
    terms = 16 * wp // (2 * slope) + 1
    _, q, b, t = _split(1, terms, over * over, under * under) if terms > 1 else (1, 1, 1, 0)
    below = b * q
    numerator, denominator = over * (below + t), under * below
    # Dropping the same low bits of both: the quotient is below 1, so each changes it by less than 1/denominator < 2^-(wp + 7).
    excess = max(0, denominator.bit_length() - wp - 8)
    value = ((numerator >> excess) << wp) // (denominator >> excess)
    return rounded(value, 3)  # (1/2 + 2/128 + 1)/8 + 1/2 < 1


def _split(first: int, last: int, p: int, q: int) -> tuple[int, int, int, int]:
    """Return p^n, q^n, B and T with n = last - first and sum (p/q)^(i - first + 1)/(2i + 1) over first <= i < last equal to T/(B q^n)."""
    if last - first == 1:
        return p, q, 2 * first + 1, p
    middle = (first + last) // 2
    p_left, q_left, b_left, t_left = _split(first, middle, p, q)
    p_right, q_right, b_right, t_right = _split(middle, last, p, q)
    below = b_left * p_left if p_left != 1 else b_left
    return p_left * p_right, q_left * q_right, b_left * b_right, t_left * (b_right * q_right) + below * t_right


# The logarithms of 2, 3, 5, 7, 11 and 13


class _Longest:
    """The logarithms of the primes in `BASE` at the highest precision asked so far."""

    def __init__(self) -> None:
        self.known: tuple[int, tuple[int, ...]] = (-1, ())

    def at(self, bits: int) -> tuple[int, ...]:
        """Return them with errors of at most 1 unit of 2^-bits."""
        known, values = self.known
        if known < bits + 2:
            # Some more bits than asked, against a sequence of requests that grows by a little each time.
            known = bits + 2 + max(64, bits // 32)
            values = self._computed(known)
            self.known = known, values  # one assignment of finished values: an interrupt before it leaves the old ones
        return tuple(rounded(value, known - bits) for value in values)  # 1/4 + 1/2

    @staticmethod
    def _computed(bits: int) -> tuple[int, ...]:
        guard = 17  # the coefficients in a row sum to less than 2^15: 2^15/2^17 + 1/2 < 1
        series = [atanh_inverse(k, bits + guard) for k in BASE_SERIES]
        return tuple(rounded(sum(c * s for c, s in zip(row, series, strict=True)), guard) for row in BASE_COEFFICIENTS)


_LONGEST = _Longest()


def base_logs(bits: int) -> tuple[int, ...]:
    """Return log 2, log 3, log 5, log 7, log 11 and log 13, each within one unit of 2^-bits.

    The longest values computed so far stay in memory; shorter ones are rounded from them.

    >>> [value / 2**6 for value in base_logs(6)]
    [0.6875, 1.09375, 1.609375, 1.953125, 2.390625, 2.5625]
    """
    return _LONGEST.at(bits)


# All logarithms of small integers


def smallest_factors(limit: int) -> list[int]:
    """Return a list whose entry n, 2 <= n <= limit, is the smallest prime factor of n.

    >>> smallest_factors(10)
    [0, 1, 2, 3, 2, 5, 2, 7, 2, 3, 2]
    """
    factors = list(range(limit + 1))
    for p in range(isqrt(limit), 1, -1):  # downwards, so that the smallest is written last; a composite p writes what its factors overwrite
        factors[p * p :: p] = [p] * len(range(p * p, limit + 1, p))
    return factors


def sieve(limit: int) -> list[int]:
    """Return `smallest_factors` for 2 up to at least ``limit``; the last lists stay in memory, so do not change them.

    >>> sieve(15)[:10]
    [0, 1, 2, 3, 2, 5, 2, 7, 2, 3]
    """
    return _factors_and_errors(limit)[0]


class IntegerLogs(NamedTuple):
    """``values[n]`` is log n for 1 <= n <= limit, within one unit of 2^-bits; ``factors`` is as in `smallest_factors`."""

    bits: int
    values: list[int]
    factors: list[int]


@lru_cache(maxsize=2)
def _factors_and_errors(limit: int) -> tuple[list[int], list[int]]:
    """Return `smallest_factors` and bounds, in units, for the errors of `_prime_recurrence`; they do not depend on the precision."""
    factors = smallest_factors(limit + 1)
    errors = [0, 0] + [1] * limit
    for n in range(2, limit + 2):
        p = factors[n]
        if p != n:
            errors[n] = errors[p] + errors[n // p]
        elif n > BASE[-1]:
            # The mean of two logarithms, an atanh within 1 unit, and half a unit of rounding, rounded up. Below n all is known, and n + 1
            # is a product of smaller ones.
            half = (n + 1) // 2
            errors[n] = (errors[n - 1] + errors[2] + errors[half] + 1) // 2 + 2
    return factors, errors


def _prime_recurrence(limit: int, bits: int) -> list[int]:
    """Return log n for n <= limit + 1, with the errors of `_factors_and_errors`."""
    factors, _ = _factors_and_errors(limit)
    values = [0] * (limit + 2)
    for p, value in zip(BASE, base_logs(bits), strict=True):
        if p <= limit + 1:
            values[p] = value
    two = values[2]
    for n in range(4, limit + 2):
        p = factors[n]
        if p != n:
            values[n] = values[p] + values[n // p]
        elif n > BASE[-1]:
            # n^2/(n^2 - 1) = (1 + x)/(1 - x) with x = 1/(2n^2 - 1), so 2 log n = log(n - 1) + log(n + 1) + 2 atanh x.
            values[n] = ((values[n - 1] + two + values[(n + 1) // 2]) >> 1) + _atanh_inverse_by_terms(2 * n * n - 1, bits)
    return values


@lru_cache(maxsize=2)
def _small_integer_logs_at(bits: int) -> IntegerLogs:
    return _computed_integer_logs(2 << INDEX_BITS, bits)


def _small_integer_logs(bits: int) -> IntegerLogs:
    """Return the logarithms that the tables are made of: at two precisions only, as making them takes longer than rounding them."""
    return _small_integer_logs_at(5 * GRID if bits <= 5 * GRID else TABLE_BITS + GRID)


@lru_cache(maxsize=1)
def _many_integer_logs(limit: int, bits: int) -> IntegerLogs:
    return _computed_integer_logs(limit, bits)


def _computed_integer_logs(limit: int, bits: int) -> IntegerLogs:
    factors, errors = _factors_and_errors(limit)
    guard = max(errors).bit_length() + 1  # errors of at most half a unit, and rounding adds half a unit
    half = 1 << (guard - 1)
    return IntegerLogs(bits, [(value + half) >> guard for value in _prime_recurrence(limit, bits + guard)], factors)


def integer_logs(limit: int, bits: int) -> IntegerLogs:
    """Return the logarithms of the integers up to at least ``limit``, at ``bits`` bits or more.

    The limit is at most `MAX_TABLE` up to `TABLE_BITS` bits, and at most `LONG_TABLE` beyond.

    >>> from math import log
    >>> table = integer_logs(1000, 60)
    >>> table.bits >= 60, abs(table.values[999] / 2**table.bits - log(999)) < 1e-14, table.factors[999]
    (True, True, 3)
    """
    if limit > (MAX_TABLE if bits <= TABLE_BITS else LONG_TABLE):
        raise ValueError(f"no table of the logarithms up to {limit} at {bits} bits is kept")
    bits = max(2 * GRID, -(-bits // GRID) * GRID)
    if bits > TABLE_BITS:
        return _many_integer_logs(-(-limit // 64) * 64, bits)
    return _small_integer_logs(bits) if limit <= 2 << INDEX_BITS else _many_integer_logs(1 << (limit - 1).bit_length(), bits)


# Up to TABLE_BITS bits: a table and a short series


def _series_pairs(bits: int, slope: int) -> list[tuple[int, int]]:
    """Return pairs of coefficients of 1/3 + t/5 + t^2/7 + ... for 0 <= t < 2^-slope, from the last pair to the first.

    The coefficient of t^k is in units of 2^(slope k - bits): t^k is so small that this is enough. The first one left out, with t^n, has
    n slope >= bits, so what is left out is below 2^-bits.
    """
    terms = -(-bits // slope)
    coefficients = [(1 << (bits - slope * k)) // (2 * k + 3) for k in range(terms)] + [0]
    return [(coefficients[k], coefficients[k + 1]) for k in range((terms - 1) & ~1, -1, -2)]


@lru_cache(maxsize=TABLE_BITS // GRID + 1)
def _table_logarithms(bits: int) -> Logarithms:
    """Return logarithms from a table, for bits <= TABLE_BITS.

    Writing W = bits, K = INDEX_BITS: the argument is 2^e y with 1 <= y < 2 and y in the cell [c, c + 1)/2^K. With
    r = floor(2^(2K + 2)/(2c + 1)), which lies in [2^K, 2^(K+1)), y r/2^(K+1) = 1 + d holds with |d| < 2^-(K+1) + 2^-K. Indeed
    y is within 2^-(K+1) of (2c + 1)/2^(K+1), that is relatively within 2^-(K+1), and r is below its quotient by less than 1,
    relatively by less than 2^-K. (The two add up to 3/2^(K+1), and |d| <= 3/2^(K+1).)

    log y = (K + 1) log 2 - log r + 2 atanh u, u = d/(2 + d), |u| < 2^-K and t = u^2 < 2^-2K.

    Errors in units of 2^-W:
    the series: w = floor(2u) is off by at most 1, and d(2 atanh(w/2))/dw < 1.01: 1.01. The square t is off by 1 and more through w, times
    the derivative of w t/3 in t, below 2^-K: 0.01. A step of the Horner scheme in t^2, on the coefficients c + d t, rounds both, t^2
    and the shifted sum down: below 4 units of the scale of c, which the power of t turns into less than 4 * 2^-2K units of 2^-W. There are
    at most W/4K + 1 <= 21 steps: 84 * 2^-2K < 0.01. The terms left out: 0.01, for they are multiplied by w t. The product t * acc and
    the one with w are rounded down: 0.01 and 1. Sum: below 2.1.
    the table: (K + 1) log 2 - log r as a difference at GRID or more bits more, rounded to half a unit: 0.6.
    the exponent: e log 2 with log 2 at 64 more bits, |e| < 2^63, rounded down: 1.5.
    long arguments are cut to W + 8 or more bits: relatively 2^-(W + 7) for numerator and denominator each: 0.1.
    In all below 5; 8 are claimed.
    """
    W, K = bits, INDEX_BITS
    logs = _small_integer_logs(W + GRID)
    extra = logs.bits - W
    long_two = base_logs(W + 64)[0]
    offset = (K + 1) * logs.values[2]  # with the logarithm of r, an error of 12 units of 2^-extra, extra >= GRID
    entries = []
    for c in range(1 << K, 2 << K):
        r = (1 << (2 * K + 2)) // (2 * c + 1)
        entries.append((r, rounded(offset - logs.values[r], extra)))
    pairs = _series_pairs(W, 2 * K)
    double, quarter, longest, first, down = W + 1, W + 2, W + 8, 1 << K, W - 2 * K

    def integer(n: int) -> int:
        e = n.bit_length() - 1
        if e > longest:
            cut = e - longest
            n >>= cut
        else:
            cut = 0
        s = e - cut
        r, start = entries[((n >> (s - K)) if s >= K else (n << (K - s))) - first]
        x = n * r
        one = 1 << (s + K + 1)
        w = ((x - one) << double) // (x + one)
        t = (w * w) >> quarter
        tt = (t * t) >> down  # in units of 2^-(W + 2K), for d has 2K bits more than acc
        acc = 0
        for c, d in pairs:
            acc = c + ((acc * tt + d * t) >> down)
        return ((e * long_two) >> 64) + start + w + ((w * ((acc * t) >> W)) >> W)

    def ratio(over: int, under: int) -> int:
        e = 0
        cut = over.bit_length() - longest
        if cut > 0:
            over >>= cut
            e = cut
        cut = under.bit_length() - longest
        if cut > 0:
            under >>= cut
            e -= cut
        s = over.bit_length() - under.bit_length()
        c = (over << (K + 1 - s)) // under if s <= K + 1 else over // (under << (s - K - 1))
        if c >= 2 << K:  # the quotient is in (2^(s-1), 2^(s+1)): one of two binades
            c >>= 1
        else:
            s -= 1
        r, start = entries[c - first]
        x, one = over * r, under
        if s + K + 1 >= 0:
            one <<= s + K + 1
        else:
            x <<= -(s + K + 1)
        w = ((x - one) << double) // (x + one)
        t = (w * w) >> quarter
        tt = (t * t) >> down  # in units of 2^-(W + 2K), for d has 2K bits more than acc
        acc = 0
        for c, d in pairs:
            acc = c + ((acc * tt + d * t) >> down)
        return (((e + s) * long_two) >> 64) + start + w + ((w * ((acc * t) >> W)) >> W)

    return Logarithms(bits, 8, integer, ratio)


# Beyond TABLE_BITS bits: smooth multipliers, split factors and rectangular splitting

#: Multipliers without a prime factor above 13 are taken below 2^SMOOTH_BITS.
SMOOTH_BITS = 32


@lru_cache(maxsize=1)
def _smooth_multipliers() -> tuple[list[int], list[int]]:
    """Return keys floor(2^(32 + j)/r), in increasing order, and their r: odd, without prime factors above 13, with 2^(j-1) <= r < 2^j."""
    smooth = [1]
    for p in BASE[1:]:
        for value in smooth:  # grows while it is read: all powers of p
            if value * p < 1 << SMOOTH_BITS:
                smooth += [value * p]
    keyed = sorted(((1 << (32 + r.bit_length())) // r, r) for r in smooth)
    return [1 << 32] + [key for key, _ in keyed], [1] + [r for _, r in keyed]


def _split_until(bits: int) -> int:
    """Return b such that factors are split off until the argument is within 2^-b of 1: measured optima."""
    return 0 if bits < 20_000 else 40 if bits < 60_000 else 80 if bits < 200_000 else 160


def _long_logarithms(bits: int) -> Logarithms:
    """Return logarithms for any bits >= 64, computed one by one.

    With wp = bits + 8, errors in units of 2^-wp: the mantissa, at most 2.1; the reduction, the factors and the series, at most 24
    (below); the exponent, 1.6. In all at most 28 units, which is below 1 unit of 2^-bits with the half unit of the last rounding; 8 are
    claimed, the same as for `_table_logarithms`.
    """
    wp = bits + 8

    def ratio(over: int, under: int) -> int:
        # Cutting to wp + 8 or more bits changes each relatively by less than 2^-(wp + 7).
        cut_over, cut_under = max(0, over.bit_length() - wp - 8), max(0, under.bit_length() - wp - 8)
        over, under, e = over >> cut_over, under >> cut_under, cut_over - cut_under
        s = over.bit_length() - under.bit_length()
        # The quotient is in (2^(s-1), 2^(s+1)), so y has wp + 1 or wp + 2 bits before the correction. Rounding down, once or twice,
        # changes it relatively by less than 2^-wp each time.
        shift = wp + 1 - s
        y = (over << shift) // under if shift >= 0 else over // (under << -shift)
        if y >> (wp + 1):
            y >>= 1
        else:
            s -= 1
        return rounded(_log_of_mantissa(y, wp) + rounded((e + s) * base_logs(wp + 64)[0], 64), 8)

    return Logarithms(bits, 8, lambda n: ratio(n, 1), ratio)


def _log_of_mantissa(y: int, wp: int) -> int:
    """Return the logarithm of y/2^wp, 1 <= y/2^wp < 2, in units of 2^-wp with an error of at most 24 units, for wp >= 64."""
    keys, multipliers = _smooth_multipliers()
    key = y >> (wp - 32)
    place = bisect_left(keys, key)
    if place and (place == len(keys) or key - keys[place - 1] < keys[place] - key):
        place -= 1
    r = multipliers[place]
    j = r.bit_length() if place else 0
    # y r/2^j is next to 1: the keys leave no gap of 2^-9, so with the rounding of the key by 2^-32 it is within 2^-9.
    near = (y * r) >> j  # rounded down, relatively by less than 1.01 units
    value = 0
    if r > 1 or j:
        logs = base_logs(wp + 16)
        exponents = _smooth_exponents(r)
        # The exponents of r < 2^32 sum to at most 21, and j to 33: 54 units of 2^-(wp + 16), and half a unit of rounding.
        value = rounded(j * logs[0] - sum(e * log for e, log in zip(exponents, logs, strict=True)), 16)
    until = _split_until(wp)
    one = 1 << wp
    while near != one and (b := wp - abs(near - one).bit_length()) < until:
        # near/2^wp = 1 + d with 2^-(b+1) <= |d| < 2^-b; the leading 2b bits of d make the factor 1 + head/2^(2b). Dividing by it rounds
        # down, relatively by less than 1.01 units. Its logarithm is 2 atanh(head/(2^(2b+1) + head)), with an error of 2 units. The rest
        # is at least 1 and below 1 + 1.01 * 2^-2b: b about doubles each time, from 9 or more to 160 in at most 6 steps, 19 units together.
        head = (near - one) >> (wp - 2 * b)
        term = atanh_rational(abs(head), (2 << (2 * b)) + head, wp)
        value += 2 * term if head > 0 else -2 * term
        near = (near << (2 * b)) // ((1 << (2 * b)) + head)
    return value + _log_next_to_one(near, wp)


def _smooth_exponents(r: int) -> list[int]:
    exponents = []
    for p in BASE:
        e = 0
        while r % p == 0:
            r //= p
            e += 1
        exponents.append(e)
    return exponents


def _log_next_to_one(near: int, wp: int) -> int:
    """Return log(near/2^wp) in units of 2^-wp, for a ratio within 2^-8 of 1, with an error of at most 1 unit for wp < 2^40.

    The series w (1 + t/3 + t^2/5 + ...), w = 2u, t = u^2, by rectangular splitting: rows of m powers of t, and a Horner scheme in t^m.

    Errors in units of 2^-scale, scale = wp + 16: w is off by 1 (times 1.01); t by 1 and through w, times the derivative w/3: 0.01. A
    power of t is off by 1 and 2^-15 of the error of the one before: 1.01. Dividing it by 2k + 1 rounds down, so a row of m is off by
    2.01 m. The Horner scheme multiplies the error of the rows before by t^m and rounds once: 2.1 m + 2. The terms left out: 1.01.
    The product with |w| < 2^-7 leaves 2^-7 (2.1 m + 4), and m < 2 + sqrt(scale/15) < 2^19: below 2^14 in all, that is a
    quarter of a unit of 2^-wp. The last rounding adds half a unit.
    """
    one = 1 << wp
    if near == one:
        return 0
    guard = 16
    w = ((near - one) << (wp + 1 + guard)) // (near + one)
    t = (w * w) >> (wp + guard + 2)
    scale = wp + guard
    slope = scale - t.bit_length()  # t < 2^-slope
    if not t:
        return rounded(w, guard)  # the series adds less than w t/2: nothing
    terms = scale // slope + 1  # t^terms < 2^-scale
    m = isqrt(terms) + 1
    powers = [1 << scale, t]
    while len(powers) <= m:
        powers.append((powers[-1] * t) >> scale)
    total = 0
    for first in range(((terms - 1) // m) * m, -1, -m):
        row = sum(power // (2 * (first + i) + 1) for i, power in enumerate(powers[:m]))
        total = row + ((total * powers[m]) >> scale)
    return rounded(w * total, scale + guard)
