"""Sums of logarithms, divergences and cross-entropies stay within the errors they claim, by every method."""

import os
import random
import subprocess
from collections import Counter
from fractions import Fraction
from functools import cache

import mpmath
import pytest

from symentropy.evaluation.sums import log_sums
from symentropy.evaluation.sums.log_sums import cross_entropy, divergence, log_sum

SEMIPRIME = (10**29 + 319) * (10**30 + 57)
FLINT = os.environ.get("SYMENTROPY_FLINT")


@cache
def logarithm(n, bits):
    with mpmath.workprec(bits):
        sign, mantissa, exponent, _ = mpmath.log(mpmath.mpf(n))._mpf_
    return (-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def combination(coefficients, bits, denominator):
    """Return the sum from mpmath, with 100 bits more than asked and than the coefficients can spoil."""
    bits += 100 + sum(map(abs, coefficients.values())).bit_length()
    return sum((c * logarithm(m, bits) for m, c in coefficients.items()), Fraction(0)) / denominator


def check_sum(value, error, bits, true):
    assert error <= 2
    assert abs(Fraction(value, 2**bits) - true) * 2**bits <= error


def by_every_method(coefficients, bits, denominator=1):
    true = combination(coefficients, bits, denominator)
    terms = [(m, 1, c) for m, c in coefficients.items() if c and m != 1]
    check_sum(*log_sum(coefficients, bits, denominator), bits, true)
    if terms:
        check_sum(*log_sums._log_per_term(terms, bits, denominator), bits, true)
        check_sum(*log_sums._one_log(terms, bits, denominator), bits, true)
        halves = [(m, m + 1, c) for m, _, c in terms] + [(m + 1, 1, c) for m, _, c in terms]  # the same sum, by ratios
        check_sum(*log_sums._log_per_term(halves, bits, denominator), bits, true)
        check_sum(*log_sums._one_log(halves, bits, denominator), bits, true)


def hostile_integer(generator):
    return generator.choice(
        (
            lambda: generator.randint(1, 50),
            lambda: generator.randint(1, 3000),
            lambda: generator.randint(2000, 140_000),
            lambda: generator.randint(1, 10**30),
            lambda: 2 ** generator.randint(0, 300),
            lambda: max(1, 2 ** generator.randint(1, 300) + generator.choice((-1, 1))),
            lambda: generator.getrandbits(generator.randint(1, 2000)) + 1,
            lambda: SEMIPRIME,
        )
    )()


@pytest.mark.parametrize("seed", range(12))
def test_random_sums(seed):
    generator = random.Random(seed)
    for _ in range(12):
        bits = generator.choice((generator.randint(0, 10), generator.randint(0, 300), generator.randint(300, 2500)))
        size = generator.choice((1, 5, 100, 400))
        coefficients = {hostile_integer(generator): generator.randint(-(2**size), 2**size) for _ in range(generator.choice((1, 2, 5, 40)))}
        denominator = generator.choice((1, generator.randint(1, 2**size), generator.randint(1, 4**size)))
        by_every_method(coefficients, bits, denominator)


def test_twenty_thousand_bits():
    by_every_method({3: 5, 10**30 + 57: -7, SEMIPRIME: 2**90}, 20_000, 2**88 + 1)


@pytest.mark.parametrize(
    "coefficients",
    [
        {},
        {1: 5},
        {7: 0},
        {2: 10, 4: -5},
        {6: 10**40, 2: -(10**40), 3: -(10**40)},
        {2**200 + 1: 1, 2**200: -1},
        {SEMIPRIME: 10**30, SEMIPRIME + 1: -(10**30)},
        {2**k: 3**k for k in range(40)},
        {n: n * (-1) ** n for n in range(1, 200)},
        {10**25 + n: 10**20 for n in range(100)},
    ],
)
@pytest.mark.parametrize("bits", [0, 1, 170, 700, 3330])
def test_hostile_sums(coefficients, bits):
    by_every_method(coefficients, bits)
    by_every_method(coefficients, bits, 10**60 + 7)


def test_all_widths_of_windows(monkeypatch):
    generator = random.Random(9)
    coefficients = {generator.randint(1, 10**20): generator.randint(-(10**25), 10**25) for _ in range(70)}
    for width in log_sums.WINDOWS:
        monkeypatch.setattr(log_sums, "_window", lambda *_, width=width: width)
        for bits in (0, 90, 400, 1500):
            true = combination(coefficients, bits, 10**20)
            check_sum(*log_sums._one_log([(m, 1, c) for m, c in coefficients.items()], bits, 10**20), bits, true)


def test_the_truncated_product_is_below_and_within_its_bound():
    generator = random.Random(10)
    for _ in range(200):
        powers = [(generator.getrandbits(generator.randint(1, 300)) + 1, generator.getrandbits(6) + 1) for _ in range(9)]
        spare = generator.randint(-10, 80)
        mantissa, exponent = log_sums._power_product(powers, spare)
        true = Fraction(1)
        for a, c in powers:
            true *= a**c
        ratio = mantissa * Fraction(2) ** exponent / true
        assert ratio <= 1
        bound = Fraction(4) / Fraction(2) ** spare  # log ratio >= -bound follows from ratio >= 1 - bound + bound^2/2
        assert ratio >= 1 - bound + bound**2 / 2 or bound > Fraction(1, 2)


def test_many_small_integers():
    generator = random.Random(11)
    counts = Counter(generator.randint(1, 1000) for _ in range(5000))
    total = sum(a * c for a, c in counts.items())
    by_every_method({a: -a * c for a, c in counts.items()} | {total: total}, 170, total)
    by_every_method({a: -a * c for a, c in counts.items()} | {total: total}, 2000, total)
    many = {generator.randint(1, 131_072): 1 for _ in range(40_000)}
    value, error = log_sum(many, 100)
    check_sum(value, error, 100, combination(many, 100, 1))


@pytest.mark.parametrize(("coefficients", "denominator"), [({0: 1}, 1), ({-2: 1}, 1), ({2: 1}, 0)])
def test_refused_sums(coefficients, denominator):
    with pytest.raises(ValueError, match="positive integers"):
        log_sum(coefficients, 10, denominator)


# Divergence and cross-entropy


def check_relative(result, bits, coefficients, denominator, is_zero):
    value, error, scale = result
    if is_zero:
        assert result == (0, 0, 0)
        return
    assert value >= error << bits
    true = combination(coefficients, max(0, -scale), denominator)
    assert abs(value - true / Fraction(2) ** scale) <= error


def collected(items):
    coefficients = Counter()
    for m, c in items:
        coefficients[m] += c
    return dict(coefficients)


def check_both(pairs, bits, over, under):
    support = [(a, b, count) for a, b, count in pairs if a * count]
    logs_of_q = [(b, -a * count) for a, b, count in support] + [(under, over)]
    logs_of_p = [(a, a * count) for a, b, count in support] + [(over, -over)]
    same = under == sum(b * count for _, b, count in pairs) and all(a * under == b * over for a, b, count in pairs if count)
    check_relative(divergence(pairs, bits, over, under), bits, collected(logs_of_p + logs_of_q), over, same)
    certain = all(b == under for _, b, _ in support)
    check_relative(cross_entropy(pairs, bits, over, under), bits, collected(logs_of_q), over, certain)


def totals(pairs):
    return sum(a * count for a, _, count in pairs), sum(b * count for _, b, count in pairs)


def nearby(generator, weights):
    """Return weights like the given ones, by one of several ways of being close or not."""
    kind = generator.randrange(5)
    if kind == 0:
        return list(weights)
    if kind == 1:
        return [max(1, a + generator.randint(-1, 1) * generator.getrandbits(max(1, a.bit_length() // 2))) for a in weights]
    if kind == 2:
        return [generator.getrandbits(max(w.bit_length() for w in weights)) + 1 for _ in weights]
    if kind == 3:
        return [a * 10 ** generator.randint(0, 60) for a in weights]
    return [a * 10**40 + (i == 0) for i, a in enumerate(weights)]


@pytest.mark.parametrize("seed", range(20))
def test_random_pairs(seed):
    generator = random.Random(seed)
    for _ in range(20):
        size = generator.choice((1, 10, 100, 600))
        first = [generator.getrandbits(size) + 1 for _ in range(generator.choice((1, 2, 3, 20)))]
        second = nearby(generator, first)
        first = [0 if i and generator.random() < 0.15 else a for i, a in enumerate(first)]
        pairs = [(a, b, generator.choice((1, 1, 2, 1000))) for a, b in zip(first, second, strict=True)]
        over, under = totals(pairs)
        under += generator.choice((0, 0, 0, 1, under))
        check_both(pairs, generator.choice((0, 1, 170, generator.randint(0, 1500))), over, under)


@pytest.mark.parametrize("power", [1, 2, 4, 5, 10, 20, 40, 41, 100, 500, 3000])
@pytest.mark.parametrize("bits", [0, 60, 170, 900])
def test_near_zero(power, bits):
    n = 10**power
    check_both([(n, n + 1, 1), (n, n - 1, 1)], bits, 2 * n, 2 * n)
    check_both([(n - 1, n - 1, 1), (1, 1, 1)], bits, n, n)  # p = q = (1 - tiny, tiny)
    check_both([(n - 1, n + 1, 1), (n + 1, n - 1, 1), (0, 1, 1)], bits, 2 * n, 2 * n + 1)
    check_both([(n, n, 1), (1, 2, 1)], bits, n + 1, n + 2)  # one close pair, one that is not
    check_both([(n, n, 10), (0, 1, 3)], bits, 10 * n, 10 * n + 3)
    check_both([(1, n, 1)], bits, 1, n + 1)
    check_both([(1, 1, 1), (n, 1, 1)], bits, n + 1, 2)


def test_a_divergence_of_ten_to_the_minus_hundred_thousand():
    n = 10**50_000
    value, error, scale = divergence([(n, n + 1, 1), (n, n - 1, 1)], 170, 2 * n, 2 * n)
    assert value >= error << 170
    # D = -log(1 - x)/2 with x = n^-2, and so x/2 < D < x/2 + x^2.
    assert abs(value - Fraction(2) ** -scale / (2 * n * n)) <= error


def test_zero_means_equal():
    for bits in (0, 100):
        assert divergence([(1, 3, 2), (2, 6, 1)], bits, 4, 12) == (0, 0, 0)
        assert divergence([(5, 5, 1), (0, 0, 3)], bits, 5, 5) == (0, 0, 0)
        assert divergence([(5, 5, 1)], bits, 5, 6)[0] > 0
        assert cross_entropy([(5, 5, 1), (0, 1, 0)], bits, 5, 5) == (0, 0, 0)


def test_refused_pairs():
    with pytest.raises(ValueError, match="totals"):
        divergence([(1, 1, 1)], 10, 2, 1)
    with pytest.raises(ValueError, match="totals"):
        divergence([(1, 2, 1)], 10, 1, 1)
    with pytest.raises(ValueError, match="weight of q is zero"):
        divergence([(1, 0, 1)], 10, 1, 1)
    with pytest.raises(ValueError, match="weight of q is zero"):
        cross_entropy([(1, 0, 1)], 10, 1, 1)
    with pytest.raises(ValueError, match="weight of q is zero"):
        cross_entropy([(1, 2, 1)], 10, 1, 1)


@pytest.mark.skipif(not FLINT, reason="the environment variable SYMENTROPY_FLINT does not name a Python that has python-flint")
@pytest.mark.parametrize("bits", [60, 170, 668, 3330])
def test_against_arb(bits):
    generator = random.Random(bits)
    weights = [generator.randint(1, 10**30) for _ in range(50)]
    code = f"""
from flint import arb, ctx
ctx.prec = {bits + 200}
weights = {weights}
total = sum(weights)
value = arb(total).log() - sum((arb(a) * arb(a).log() for a in weights), arb(0)) / total
mantissa, exponent = value.mid().man_exp()
radius, radius_exponent = value.rad().man_exp()
print(int(mantissa), int(exponent), int(radius), int(radius_exponent))
"""
    done = subprocess.run([FLINT, "-"], input=code, text=True, capture_output=True, check=True, timeout=60)
    mantissa, exponent, radius, radius_exponent = map(int, done.stdout.split())
    middle, radius = mantissa * Fraction(2) ** exponent, radius * Fraction(2) ** radius_exponent
    total = sum(weights)
    value, error = log_sum({a: -a for a in weights} | {total: total}, bits, total)
    assert radius * 2**bits < Fraction(1, 2**60)
    assert abs(Fraction(value, 2**bits) - middle) + radius <= Fraction(error, 2**bits)
