"""Sums of logarithms of integers with integer coefficients, each with a proven bound on its error.

Entropies of rational pmfs are such sums: for integer weights a with total A, H = log A - (1/A) sum a log a. A result is a pair (v, e)
for a number within e units of v, or a triple (v, e, scale), the unit being 2^scale.

Main definitions: `log_sum`, with an absolute error; `divergence` and `cross_entropy`, with a relative error however small the value is.

Method. At low precision each logarithm is taken from a table or computed by itself; at high precision only one logarithm is, that of
the product of the arguments raised to their coefficients, truncated to the working precision (Pippenger's bucket method). Near zero
a divergence is summed in the form sum q h(d), d = p/q - 1, whose terms are not negative, and the scale is known beforehand from a lower
bound of the same form.

Left out: weights that are not integers (multiply by the common denominator), factoring beyond a sieve, and parallel work.

References: N. Pippenger, On the evaluation of powers and monomials, SIAM Journal on Computing 9, 1980;
S. Boucheron, G. Lugosi, P. Massart, Concentration Inequalities, Oxford University Press 2013, section 2.7 (the function h).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf, prod
from operator import mul

from mpmath.libmp import MPZ

from symentropy.evaluation.balls.fixed_log import (
    INDEX_BITS,
    LONG_TABLE,
    MAX_TABLE,
    TABLE_BITS,
    base_logs,
    integer_logs,
    logarithms,
    rounded,
    sieve,
)

#: c log(over/under), as (over, under, c).
Term = tuple[int, int, int]
#: Up to this length consecutive integers have a table of logarithms in any case.
SMALL = 2 << INDEX_BITS
#: Bits of a window of exponents, with the format that writes its digits.
WINDOWS = {1: "b", 3: "o", 4: "x"}
#: A series is used for a ratio next to 1 up to this many terms at low precision, and at high precision.
FEW_TERMS, FEWER_TERMS = 12, 4
#: Factors multiplied at once, without truncation.
CHUNK = 16


def log_sum(coefficients: Mapping[int, int], bits: int, denominator: int = 1) -> tuple[int, int]:
    """Return v and e <= 2 with |v/2^bits - (sum c_m log m)/denominator| <= e/2^bits, for the items m: c_m and bits >= 0.

    >>> log_sum({2: 3, 8: -1}, 100), log_sum({}, 10)
    ((0, 1), (0, 0))
    >>> value, error = log_sum({10: 1}, 20)
    >>> value / 2**20
    2.302584648132324
    """
    if denominator < 1 or any(m < 1 for m in coefficients):
        raise ValueError("a sum of logarithms needs positive integers as arguments and as the denominator")
    return _sum_of_terms([(m, 1, c) for m, c in coefficients.items() if c and m != 1], bits, denominator)


def _sum_of_terms(terms: Sequence[Term], bits: int, denominator: int) -> tuple[int, int]:
    """Return (v, e) as `log_sum` does for sum c log(over/under)."""
    if not terms:
        return 0, 0
    by_product = _prefers_product(terms, max(0, bits + 5 + _room(terms, denominator)))
    return (_one_log if by_product else _log_per_term)(terms, bits, denominator)


def _room(terms: Sequence[Term], denominator: int) -> int:
    """Return a number such that the sum of the |c|, divided by the denominator, is below 2 to that power."""
    return sum(abs(c) for _, _, c in terms).bit_length() - denominator.bit_length() + 1


def _multiplication(bits: float) -> float:
    """The time of a product of two integers of that length, in microseconds on one machine: only ratios matter."""
    digits = bits / 30
    return 0.12 + (digits**2 / 2000 if digits < 70 else 2.45 * (digits / 70) ** 1.585)


def _single_log(bits: int) -> float:
    """The time of one logarithm, in the same unit."""
    if bits <= TABLE_BITS:
        return 1 + bits / 64 * (0.3 + bits / 1000)
    return 10 + 2.2 * (bits / 20) ** 0.5 * _multiplication(bits) + bits / 20 * (0.1 + bits / 16000)


def _prefers_product(terms: Sequence[Term], bits: int) -> bool:
    """Whether one logarithm of a product costs less than a logarithm for each term."""
    small = sum(1 for over, under, _ in terms if over <= SMALL and under <= SMALL)
    longest = max(c.bit_length() for _, _, c in terms)
    sides = 2 if any(under != 1 for _, under, _ in terms) else 1
    many = len(terms) - small if bits <= TABLE_BITS else len(terms)
    separate = min(_single_log(bits) * many, _long_table(terms, bits))
    together = _single_log(bits) + longest * (sides * (_multiplication(bits) * 10 + 0.06 * len(terms)))
    return together < separate


def _long_table(terms: Sequence[Term], bits: int) -> float:
    """The time of a table of all logarithms that the terms need, beyond TABLE_BITS: a series for each prime."""
    limit = max(max(over, under) for over, under, _ in terms)
    if bits <= TABLE_BITS or limit > LONG_TABLE:
        return inf
    length = limit.bit_length()
    return 1.5 * limit / length * bits / (2 * length) * (0.2 + bits / 16000) + len(terms) * _multiplication(bits)


def _prefers_table(terms: Sequence[Term], bits: int) -> bool:
    """Whether that costs less than a logarithm for each term."""
    return _long_table(terms, bits) < _single_log(bits) * len(terms)


# One logarithm for each term


def _log_per_term(terms: Sequence[Term], bits: int, denominator: int) -> tuple[int, int]:
    # Each logarithm is within 8 units of 2^-wp, so their combination is within 8 (total/denominator) 2^-wp; total/denominator is below
    # 2^room, so that is less than 2^(3 + room - wp) <= 2^-bits/4. The last rounding adds half a unit.
    room = _room(terms, denominator)
    wp = max(0, bits + 5 + room)
    exact = logarithms(wp)
    value, rest = _from_table(terms, exact.bits) if exact.bits <= TABLE_BITS or _prefers_table(terms, exact.bits) else (0, terms)
    if rest:
        overs, unders, factors = zip(*rest, strict=True)
        logs = map(exact.integer, overs) if all(under == 1 for under in unders) else map(exact.ratio, overs, unders)
        value += sum(map(mul, factors, logs))
    return _divided(value, bits - exact.bits, denominator), 1


def _from_table(terms: Sequence[Term], bits: int) -> tuple[int, Sequence[Term]]:
    """Return the sum of the terms whose integers are in a table, within 2 units of 2^-bits for each logarithm, and the other terms."""
    limit = _table_limit(terms) if bits <= TABLE_BITS else max(max(over, under) for over, under, _ in terms)
    if min(terms)[0] > limit:  # the order of tuples is that of the first numbers
        return 0, terms
    table = integer_logs(limit, bits)
    values, shift = table.values, table.bits - bits
    inside, outside = 0, []
    for term in terms:
        over, under, c = term
        if over <= limit and under <= limit:
            inside += c * (values[over] - values[under])
        else:
            outside.append(term)
    return rounded(inside, shift), outside


def _table_limit(terms: Sequence[Term]) -> int:
    """Return how far a table of consecutive integers is worth its making: until it holds four times the integers needed from it."""
    limit = SMALL
    if len(terms) * 4 > 2 * SMALL:
        lengths = [max(over, under).bit_length() for over, under, _ in terms]
        for candidate in range(SMALL.bit_length(), MAX_TABLE.bit_length()):
            if 4 * sum(1 for length in lengths if length <= candidate) > 1 << candidate:
                limit = 1 << candidate
    return limit


def _divided(value: int, shift: int, denominator: int) -> int:
    """Return value 2^shift/denominator to the nearest integer."""
    if shift >= 0:
        value <<= shift
    else:
        denominator <<= -shift
    return (2 * value + denominator) // (2 * denominator)


# One logarithm of a product


def _one_log(terms: Sequence[Term], bits: int, denominator: int) -> tuple[int, int]:
    powers = _refined(terms)
    above = [(m, c) for m, c in powers.items() if c > 0]
    below = [(m, -c) for m, c in powers.items() if c < 0]
    if not above and not below:
        return 0, 1
    few = _separated(above, below, max(64, bits))
    separate = _log_per_term(few, bits + 4, denominator)[0] if few else 0
    # Either product's logarithm is within 2^(2 - spare) of the exact one (`_power_product`), and the denominator is at least
    # 2^(length - 1): with spare = bits + 7 - length that is 2^-bits/16 after the division.
    length = denominator.bit_length()
    (m_above, e_above), (m_below, e_below) = (_power_product(side, bits + 7 - length) for side in (above, below))
    # The logarithm of the quotient of the mantissas, within 8 units of 2^-W, and e log 2, within 1/8 + 1/2, are divided by the
    # denominator: 9 * 2^(1 - length - W) <= 9/128 2^-bits. With 2/16 from above, 1/16 for the separate logarithms, 1/32 for rounding at
    # bits + 4 and half a unit for rounding at the end the error is below 1.
    exact = logarithms(max(64, bits + 8 - length))
    e = e_above - e_below
    extra = e.bit_length() + 3
    value = exact.ratio(m_above, m_below) + rounded(e * base_logs(exact.bits + extra)[0], extra)
    return rounded(_divided(value, bits + 4 - exact.bits, denominator) + separate, 4), 1


def _separated(above: list[tuple[int, int]], below: list[tuple[int, int]], bits: int) -> list[Term]:
    """Take the factors of one side out, and return them as terms, if their logarithms cost less than the squarings of their product.

    In an entropy that is the total of the weights.
    """
    for side, sign in ((above, 1), (below, -1)):
        if side and len(side) * _single_log(bits) < max(c.bit_length() for _, c in side) * _multiplication(bits):
            terms = [(m, 1, sign * c) for m, c in side]
            side.clear()
            return terms
    return []


def _refined(terms: Sequence[Term]) -> dict[int, int]:
    """Return the product of the (over/under)^c as powers of integers above 1, with small integers factored when there are many."""
    powers: dict[int, int] = {}
    for over, under, c in terms:
        powers[over] = powers.get(over, 0) + c
        if under != 1:
            powers[under] = powers.get(under, 0) - c
    powers.pop(1, None)
    small = [m for m in powers if m <= MAX_TABLE]
    if len(small) < 32 or 64 * len(small) < max(small):
        return powers
    factors = sieve(max(SMALL, 1 << max(small).bit_length()))
    for m in small:
        c = powers.pop(m)
        while m > 1:
            p = factors[m]
            powers[p] = powers.get(p, 0) + c
            m //= p
    return powers


def _power_product(powers: Sequence[tuple[int, int]], spare: int) -> tuple[int, int]:
    """Return m and e with m 2^e <= prod a^c for the pairs (a, c), c > 0, and a logarithm that is too small by at most 2^(2 - spare).

    Results are truncated to wp bits, the length of T plus ``spare``, or more. A truncation multiplies by 1 - x with
    0 <= x < 2^(1 - wp), so it lowers the logarithm by less than 2^(2 - wp), and T <= 2^(wp - spare) bounds the number of truncations, each
    counted as often as the truncated number enters the product. In base 2^w the exponents have digits d_j at the places j w; N is the
    sum of the exponents and C the largest. The truncations are those of

    * the factors themselves, c times each: N;
    * the product of a bucket (the factors with one digit d at one place), not more than its factors, each d 2^(jw) times: N;
    * the running products of buckets, the one from d on up enters d times, and their product, 2^w times once, at every place:
      2^(2w - 1) + 2^w times 2^(jw), which sums to at most (2^(2w) + 2^(w + 1)) C over the places, for 2^(jw) <= C;
    * the squarings, 2^b times each for the bits b below the first digit, and the products with the next digit's: 2 C.
    """
    if not powers:
        return 1, 0
    total, largest = sum(c for _, c in powers), max(c for _, c in powers)
    width = _window(powers, max(64, total.bit_length() + spare))
    truncations = 2 * total + (4**width + 2 * 2**width + 2) * largest
    wp = max(64, truncations.bit_length() + spare)
    factors, exponents = [], 0
    for a, c in powers:
        zeros = (a & -a).bit_length() - 1  # powers of 2 are exact
        zeros = max(zeros, a.bit_length() - wp)
        factors.append(MPZ(a >> zeros))  # gmpy2's integers where mpmath uses them, else Python's
        exponents += c * zeros
    digits = -(-largest.bit_length() // width)
    columns = zip(*(format(c, f"0{digits}{WINDOWS[width]}") for _, c in powers), strict=True)
    mantissa, exponent = 1, 0
    for column in columns:
        if mantissa != 1 or exponent:
            for _ in range(width):
                mantissa, exponent = _truncated(mantissa * mantissa, 2 * exponent, wp)
        m, e = _digit_product(factors, column, width, wp)
        mantissa, exponent = _truncated(mantissa * m, exponent + e, wp)
    return int(mantissa), exponent + exponents


def _window(powers: Sequence[tuple[int, int]], wp: int) -> int:
    """Return the width of window that costs least: more digits at a place against more places."""
    full = _multiplication(wp)
    average = sum(min(wp, a.bit_length()) for a, _ in powers) / len(powers)
    each = 0.15 + average / wp * full

    def cost(width: int) -> float:
        return (len(powers) * (1 - 0.5**width) * each + 2 * (2**width - 2) * full) / width

    return min(WINDOWS, key=cost)


def _truncated(mantissa: int, exponent: int, wp: int) -> tuple[int, int]:
    excess = mantissa.bit_length() - wp
    return (mantissa >> excess, exponent + excess) if excess > 0 else (mantissa, exponent)


def _digit_product(factors: Sequence[int], digits: Iterable[str], width: int, wp: int) -> tuple[int, int]:
    """Return the truncated product of factor^digit."""
    buckets: dict[str, list[int]] = {digit: [] for digit in "0123456789abcdef"[: 1 << width]}
    for factor, digit in zip(factors, digits, strict=True):
        buckets[digit].append(factor)
    running, running_exponent, result, exponent = 1, 0, 1, 0
    for digit in "fedcba987654321"[-((1 << width) - 1) :]:
        if buckets[digit]:
            m, e = _product(buckets[digit], wp)
            running, running_exponent = _truncated(running * m, running_exponent + e, wp)
        result, exponent = _truncated(result * running, exponent + running_exponent, wp)
    return result, exponent


def _product(factors: Sequence[int], wp: int) -> tuple[int, int]:
    """Return the product of the factors, truncated at most as many times as there are factors."""
    parts = [_truncated(prod(factors[i : i + CHUNK]), 0, wp) for i in range(0, len(factors), CHUNK)]
    while len(parts) > 1:
        pairs = zip(parts[::2], parts[1::2], strict=False)  # an odd one is kept below
        parts = [_truncated(m * n, d + e, wp) for (m, d), (n, e) in pairs] + parts[len(parts) & ~1 :]
    return parts[0]


# Divergence and cross-entropy, to relative precision


def divergence(pairs: Iterable[tuple[int, int, int]], bits: int, over: int, under: int) -> tuple[int, int, int]:
    """Return D = sum count (a/over) log((a/over)/(b/under)) over the triples (a, b, count) as (v, e, scale).

    The value is within e 2^scale of v 2^scale, and v >= 2^bits e; it is (0, 0, 0) exactly when both pmfs are the same. ``over`` is the
    total of count a, and the total of count b is at most ``under``: what is missing has a = 0. Where a > 0, b > 0.

    >>> divergence([(1, 1, 2)], 50, 2, 2)
    (0, 0, 0)
    >>> v, e, scale = divergence([(10**40, 10**40 + 1, 1), (10**40, 10**40 - 1, 1)], 50, 2 * 10**40, 2 * 10**40)
    >>> v >= 2**50 * e, round(v * 10**85 / 2**-scale)
    (True, 50000)
    """
    triples = [(a, b, count) for a, b, count in pairs if count]
    missing = _checked(triples, over, under)
    # p log(p/q) = q h(d) + p - q with h(d) = (1 + d) log(1 + d) - d, and the p - q sum to 0 when the missing mass of q is counted. With
    # X = a under and Y = b over, d = (X - Y)/Y. Then h(d) >= 3 d^2/(2 (3 + d)) for d >= -1: both sides and their first derivatives agree
    # at 0, and for the second ones 1/(1 + d) >= 27/(3 + d)^3, as (3 + d)^3 - 27 (1 + d) = d^2 (9 + d). So one term of D is at least
    # (3/2) count (X - Y)^2/(over under (2 Y + X)). The missing mass adds itself.
    differences = [a * under - b * over for a, b, _ in triples]
    totals = over.bit_length() + under.bit_length()
    bounds = [
        # A number of n bits is in [2^(n-1), 2^n).
        count.bit_length() - 1 + 2 * (difference.bit_length() - 1) - (a * under + 2 * b * over).bit_length() - totals
        for (a, b, count), difference in zip(triples, differences, strict=True)
        if difference
    ]
    if missing:
        bounds.append(missing.bit_length() - 1 - under.bit_length())
    if not bounds:
        return 0, 0, 0
    # An error of e = 2 units of 2^-scale and D 2^scale >= 2^(bits + 2) make v >= 2^(bits + 2) - 2 >= 2^bits e.
    scale = bits + 2 - max(bounds)
    value = _divergence_at(triples, differences, missing, scale, (over, under))
    return value, 2, -scale


def _checked(triples: Sequence[tuple[int, int, int]], over: int, under: int) -> int:
    """Return the mass of q, times its total, that has no triple."""
    missing = under - sum(b * count for _, b, count in triples)
    if missing < 0 or over < 1 or sum(a * count for a, _, count in triples) != over:
        raise ValueError("the weights do not have the totals that are given")
    if any(count < 0 or a < 0 or b < 0 or (a and not b) for a, b, count in triples):
        raise ValueError("a weight of q is zero where that of p is not, or a weight is negative")
    return missing


def _divergence_at(
    triples: Sequence[tuple[int, int, int]], differences: Sequence[int], missing: int, scale: int, totals: tuple[int, int]
) -> int:
    """Return D in units of 2^-scale, within 2 units.

    The n terms by series are within 3 units of 2^-wp each, the division by ``under`` half such a unit more: (3 n + 1/2) 2^-guard < 1/4.
    The logarithms are within 1/4 by two more bits, the rational rest within 1/8, and the last rounding adds 1/2.
    """
    over, under = totals
    guard = (3 * len(triples)).bit_length() + 2
    wp = scale + guard
    few = FEW_TERMS if scale <= TABLE_BITS else FEWER_TERMS
    series = 0  # sum of count b h(d), in units of 2^-wp
    rest = missing * over  # sum of count (Y - X), over the pairs that logarithms are taken of, and the missing mass
    terms: list[Term] = []
    mass = 0
    for (a, b, count), difference in zip(triples, differences, strict=True):
        if not difference:
            continue
        whole = b * over
        closeness = whole.bit_length() - difference.bit_length() - 1  # |d| < 2^-closeness
        # The weight count b/under is at most 1 and below 2^(precision - wp), so 3 units of 2^-precision in h are 3 of 2^-wp in the sum.
        precision = wp + min(0, (count * b).bit_length() - under.bit_length() + 1)
        if closeness >= 4 and precision <= closeness * (few + 1):
            h = _divergence_term(difference, whole, closeness, max(precision, 0))
            series += count * b * h << (wp - precision if precision > 0 else wp)
        else:
            rest -= count * difference
            if a:
                terms.append((a, b, count * a))
                mass += count * a
    # sum count a log((a under)/(b over))
    if mass and over != under:
        terms.append((under, over, mass))
    value = _divided(series, 0, under) if series else 0
    by_logs, _ = _sum_of_terms(terms, scale + 2, over)
    rational = _divided(rest, scale + 2, over * under)
    return rounded(value + ((by_logs + rational) << (guard - 2)), guard)


def _divergence_term(difference: int, whole: int, closeness: int, precision: int) -> int:
    """Return h(d) = sum_{k >= 2} (-d)^k/(k (k - 1)) in units of 2^-precision, within 3 units, for d = difference/whole, |d| < 2^-closeness.

    With k = closeness >= 4 and s = precision - k + 2 (or more), d is off by a unit of 2^-s, which changes h by less than
    2 |d| 2^-s < 1/2 unit of 2^-precision. h = d^2 g, g = 1/2 - d/6 + d^2/12 - ... < 1: the square rounds down, 1 unit. In the Horner
    scheme each step rounds twice, so g is off by less than 2.2 units of 2^-s, which d^2 makes 2.2 * 2^(2 - k) / 2^k of a unit: below
    0.04. What is left out of g is below 2^(-k terms) <= 2^-(precision - 2k + 2), times d^2: 1/4 of a unit, times 1/6. The last product
    rounds down: 1 unit. In all below 3.
    """
    s = max(precision - closeness + 2, closeness + 2, precision // 2 + 1)
    d = (difference << s) // whole
    square = d * d >> (2 * s - precision)
    terms = max(1, -(-(precision - 2 * closeness + 2) // closeness))
    g = 0
    for k in range(terms - 1, -1, -1):
        g = (1 << s) // ((k + 1) * (k + 2)) - (d * g >> s)
    return square * g >> s


def cross_entropy(pairs: Iterable[tuple[int, int, int]], bits: int, over: int, under: int) -> tuple[int, int, int]:
    """Return sum count (a/over) (-log(b/under)) over the triples (a, b, count) as (v, e, scale).

    The value is within e 2^scale of v 2^scale, and v >= 2^bits e; it is (0, 0, 0) exactly when it is 0, which is when b = under
    wherever a > 0. No b exceeds ``under``, b > 0 where a > 0, and the total of count a is at most ``over``.

    >>> cross_entropy([(1, 1, 1)], 50, 1, 1)
    (0, 0, 0)
    >>> v, e, scale = cross_entropy([(1, 1, 2)], 20, 2, 2)
    >>> v * 2.0**scale
    0.6931471824645996
    """
    weights: dict[int, int] = {}
    for a, b, count in pairs:
        if a and count:
            weights[b] = weights.get(b, 0) + a * count
    if over < max(1, sum(weights.values())) or any(not 0 < b <= under or c < 0 for b, c in weights.items()):
        raise ValueError("a weight of q is zero where that of p is not, or a weight is negative or exceeds its total")
    # -log q >= 1 - q: one term of the sum is at least c (under - b)/(over under). A number of n bits is in [2^(n-1), 2^n).
    totals = over.bit_length() + under.bit_length()
    bounds = [c.bit_length() + (under - b).bit_length() - 2 - totals for b, c in weights.items() if b != under]
    if not bounds:
        return 0, 0, 0
    scale = bits + 2 - max(bounds)  # as in `divergence`
    return _cross_entropy_at(weights, scale, (over, under)), 2, -scale


def _cross_entropy_at(weights: Mapping[int, int], scale: int, totals: tuple[int, int]) -> int:
    """Return sum c log(under/b)/over in units of 2^-scale, within 2 units: a quarter by series, a quarter by logarithms, and half."""
    over, under = totals
    guard = (3 * len(weights)).bit_length() + 2
    wp = scale + guard
    few = FEW_TERMS if scale <= TABLE_BITS else FEWER_TERMS
    series, mass = 0, 0
    terms: list[Term] = []
    for b, c in weights.items():
        closeness = under.bit_length() - (under - b).bit_length() - 1  # 1 - q < 2^-closeness
        precision = wp + min(0, c.bit_length() - over.bit_length() + 1)  # the weight c/over is at most 1 and below 2^(precision - wp)
        if closeness >= 4 and precision <= closeness * few:
            log = _log_term(under - b, under, closeness, max(precision, 0))
            series += c * log << (wp - precision if precision > 0 else wp)
        elif b != under:
            terms.append((b, 1, -c))
            mass += c
    if mass:
        terms.append((under, 1, mass))
    by_logs, _ = _sum_of_terms(terms, scale + 2, over)
    return rounded(_divided(series, 0, over) + (by_logs << (guard - 2)), guard)


def _log_term(difference: int, whole: int, closeness: int, precision: int) -> int:
    """Return -log(1 - x) = x + x^2/2 + ... in units of 2^-precision, within 3 units, for x = difference/whole, 0 <= x < 2^-closeness.

    With closeness >= 4: x is off by 1 unit, the result through it by 1.1. In the Horner scheme each step rounds twice: 2.2 units, times x:
    0.2. The terms left out are below x 2^-(closeness terms) <= 2^-precision/16. The last product rounds down: 1 unit.
    """
    x = (difference << precision) // whole
    terms = precision // closeness + 1
    g = 0
    for k in range(terms - 1, -1, -1):
        g = (1 << precision) // (k + 1) + (x * g >> precision)
    return x * g >> precision
