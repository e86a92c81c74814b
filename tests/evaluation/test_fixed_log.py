"""Fixed-point logarithms stay within the errors they claim."""

import random
from fractions import Fraction
from itertools import pairwise

import mpmath
import pytest

from symentropy.evaluation.balls import fixed_log
from symentropy.evaluation.balls.fixed_log import (
    BASE,
    BASE_COEFFICIENTS,
    BASE_SERIES,
    LONG_TABLE,
    TABLE_BITS,
    atanh_inverse,
    atanh_rational,
    base_logs,
    integer_logs,
    log2,
    log_of_integer,
    log_of_ratio,
    logarithms,
    rounded,
    sieve,
)

#: The last precision with a table, the first without one, and others around the thresholds.
PRECISIONS = [0, 1, 2, 10, 53, 123, 124, 187, 188, 300, 511, 700, 763, 764, TABLE_BITS, 769, 1000, 3330]
SEMIPRIME = (10**29 + 319) * (10**30 + 57)


def exact(number):
    """Return the value of an mpf as a fraction."""
    sign, mantissa, exponent, _ = number._mpf_
    return (-1) ** sign * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def reference(over, under, bits):
    """Return log(over/under) from mpmath with 100 bits more than asked and than the difference of the logarithms cancels."""
    with mpmath.workprec(bits + 100 + max(over, under).bit_length().bit_length()):
        return exact(mpmath.log(mpmath.mpf(over)) - mpmath.log(mpmath.mpf(under)))


def check(value, bits, true, error):
    """The value is within the claimed error of the reference, which is itself allowed 2^-60 of a unit."""
    assert abs(Fraction(value, 2**bits) - true) <= (error - Fraction(1, 2**60)) / 2**bits


def hostile_integers(generator, bits):
    yield from (1, 2, 3, 4, 5, 997, 1023, 1024, 1025, 2047, 2048, 2049, 30030, 2**127 - 1, SEMIPRIME)
    for k in (1, 9, 10, 11, bits, bits + 7, bits + 8, bits + 9, 2 * bits + 40, 5000):
        yield from (2**k, 2**k + 1, max(1, 2**k - 1))
    for _ in range(3):
        cell = generator.randrange(1024, 2048)  # the edges of the cells of the table
        yield from (cell << 100, (cell << 100) - 1, (2 * cell + 1) << 100)
        yield generator.randint(1, 10**30)
        yield generator.getrandbits(bits + generator.randint(1, 100)) + 1


@pytest.mark.parametrize("bits", PRECISIONS)
def test_integers(bits):
    for n in hostile_integers(random.Random(bits), bits):
        true = reference(n, 1, bits)
        check(log_of_integer(n, bits), bits, true, 1)
        loose = logarithms(bits)
        assert loose.bits >= bits
        check(loose.integer(n), loose.bits, reference(n, 1, loose.bits), loose.error)


@pytest.mark.parametrize("bits", PRECISIONS)
def test_ratios(bits):
    generator = random.Random(bits)
    numbers = list(hostile_integers(generator, bits))
    pairs = [tuple(generator.sample(numbers, 2)) for _ in range(40)]
    pairs += [(2**k + s, 2**k) for k in (1, 5, 11, 40, bits + 1, bits + 9, 2 * bits + 1, 3000) for s in (-1, 1)]
    pairs += [(2**k, 2**k + s) for k in (2, 12, 41, bits + 1, 2900) for s in (-1, 1)]
    pairs += [(n, n) for n in numbers[:3]] + [(SEMIPRIME, SEMIPRIME + 2)]
    for over, under in pairs:
        check(log_of_ratio(over, under, bits), bits, reference(over, under, bits), 1)
        loose = logarithms(bits)
        check(loose.ratio(over, under), loose.bits, reference(over, under, loose.bits), loose.error)


def test_random_arguments():
    generator = random.Random(5)
    for _ in range(2000):
        bits = generator.randint(0, 400)
        over, under = (generator.getrandbits(generator.randint(1, 500)) + 1 for _ in range(2))
        check(log_of_ratio(over, under, bits), bits, reference(over, under, bits), 1)
        check(log_of_integer(over, bits), bits, reference(over, 1, bits), 1)


@pytest.mark.parametrize("bits", [5990, 6010, 19_990, 20_000, 25_000, 61_000])
def test_long_precisions(bits):
    for n in (3, 10**30 + 57, 2 ** (bits + 50) - 1):
        check(log_of_integer(n, bits), bits, reference(n, 1, bits), 1)
    check(log_of_ratio(2**300 + 1, 2**300, bits), bits, reference(2**300 + 1, 2**300, bits), 1)


def test_the_splitting_of_many_factors(monkeypatch):
    monkeypatch.setattr(fixed_log, "_split_until", lambda _: 160)  # what 200000 bits and more do
    monkeypatch.setattr(fixed_log, "SPLITTING_BITS", 0)
    generator = random.Random(8)
    for _ in range(100):
        bits = generator.randint(TABLE_BITS, 3000)
        n = generator.getrandbits(generator.choice((100, 5000))) + 1
        check(log_of_integer(n, bits), bits, reference(n, 1, bits), 1)


def test_the_multipliers_leave_no_gap():
    keys, multipliers = fixed_log._smooth_multipliers()
    assert keys[0] == 2**32
    assert keys[-1] == 2**33
    assert all(second - first < first >> 9 for first, second in pairwise(keys))
    assert all(sum(fixed_log._smooth_exponents(r)) <= 21 for r in multipliers)
    assert all(r < 2**32 for r in multipliers)


@pytest.mark.parametrize("split", [False, True])
def test_series(split, monkeypatch):
    monkeypatch.setattr(fixed_log, "SPLITTING_BITS", 0 if split else 10**9)
    for k in (2, 3, 7, 241, 10**6, 2**61, 10**40):
        for bits in (0, 1, 60, 500, 3000):
            with mpmath.workprec(bits + 100):
                true = exact(mpmath.atanh(mpmath.mpf(1) / k))
            check(atanh_inverse(k, bits), bits, true, 1)


def test_series_of_rationals():
    generator = random.Random(6)
    for _ in range(300):
        under = generator.getrandbits(generator.randint(2, 200)) + 2
        over, bits = generator.randrange(under // 2 + 1), generator.randint(0, 900)
        with mpmath.workprec(bits + 100):
            true = exact(mpmath.atanh(mpmath.mpf(over) / under))
        check(atanh_rational(over, under, bits), bits, true, 1)


def test_base_is_what_the_series_say():
    # atanh(1/k) = log((k + 1)/(k - 1))/2, so p^2 is the product of ((k + 1)/(k - 1))^c.
    for p, row in zip(BASE, BASE_COEFFICIENTS, strict=True):
        power = Fraction(1)
        for k, c in zip(BASE_SERIES, row, strict=True):
            power *= Fraction(k + 1, k - 1) ** c
        assert power == p**2
        assert sum(map(abs, row)) < 2**15


def test_precision_up_and_down():
    for bits in (10, 5000, 60, 300, 7000, 1, 0, 4999):
        check(log2(bits), bits, reference(2, 1, bits), 1)
        for p, value in zip(BASE, base_logs(bits), strict=True):
            check(value, bits, reference(p, 1, bits), 1)


@pytest.mark.parametrize("limit", [100, 2048, 10_000])
def test_tables(limit):
    for bits in (0, 150, 400, TABLE_BITS):
        table = integer_logs(limit, bits)
        assert table.bits >= bits
        assert len(table.values) > limit
        for n in random.Random(limit).sample(range(1, limit + 1), 60):
            check(table.values[n], table.bits, reference(n, 1, table.bits), 1)


def test_sieve():
    factors = sieve(5000)
    for n in range(2, 5001):
        assert factors[n] == next(p for p in range(2, n + 1) if n % p == 0)


def test_an_interrupt_leaves_the_old_values(monkeypatch):
    before = fixed_log._Longest()
    before.at(100)
    known = before.known

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(fixed_log, "atanh_inverse", interrupted)
    with pytest.raises(KeyboardInterrupt):
        before.at(10_000)
    assert before.known == known
    check(before.at(90)[0], 90, reference(2, 1, 90), 1)


def test_rounding():
    for value in range(-40, 41):
        for shift in range(-2, 5):
            assert abs(rounded(value, shift) - Fraction(value) / Fraction(2) ** shift) <= Fraction(1, 2)


@pytest.mark.parametrize("work", [lambda: log_of_integer(0, 10), lambda: log_of_ratio(1, 0, 10), lambda: log_of_ratio(-1, -1, 10)])
def test_refused(work):
    with pytest.raises(ValueError, match="is not a real number"):
        work()


def test_tables_are_bounded():
    with pytest.raises(ValueError, match="no table"):
        integer_logs(LONG_TABLE + 1, TABLE_BITS + 1)
    with pytest.raises(ValueError, match="no table"):
        integer_logs(10**6, 100)
