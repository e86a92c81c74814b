"""Elementary functions of real balls, against mpmath at a much higher precision."""

import random
from fractions import Fraction

import mpmath
import pytest

from symentropy.evaluation.balls import elementary
from symentropy.evaluation.balls.ball import Ball, OutOfDomain, Undecided

PRECISIONS = (20, 53, 170, 400, 1000)
FUNCTIONS = {
    "exp": (elementary.exp, mpmath.exp, 20),
    "log": (elementary.log, mpmath.log, 200),
    "cos": (lambda x: elementary.cos_sin(x)[0], mpmath.cos, 38),
    "sin": (lambda x: elementary.cos_sin(x)[1], mpmath.sin, 38),
    "atan": (elementary.atan, mpmath.atan, 200),
}


def number(value):
    return mpmath.mpf(value.numerator) / value.denominator


def fraction(value):
    sign, mantissa, exponent, _ = value._mpf_
    return (-1) ** sign * int(mantissa) * Fraction(2) ** exponent


def argument(rng, prec, size):
    """Exact or not; next to 1, to a multiple of pi/4, or anywhere up to 2**size; tiny; with a large radius."""
    kind = rng.randrange(6)
    rad = rng.choice([0, 0, 1, 2])
    if kind == 0:
        k = rng.randint(1, 2 * prec)
        return Ball((1 << k) + rng.choice([-1, 1]), rad, -k, prec)
    if kind == 1:
        return Ball(int(mpmath.pi * rng.randint(1, 40) / 4 * 2**45), rad, -45, prec)
    if kind == 2:
        return Ball(rng.getrandbits(20) | 1, rng.getrandbits(18), rng.randint(-24, -14), prec)
    bits = rng.randint(1, prec)
    mid = rng.getrandbits(bits) | 1
    if kind == 3:
        return Ball(mid, rad, -bits - rng.randint(0, 200), prec)
    return Ball(mid, rad, rng.randint(-20, size) - bits, prec)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_contain_the_values_of_all_points(name):
    function, reference, size = FUNCTIONS[name]
    rng = random.Random(name)
    for _ in range(250):
        prec = rng.choice(PRECISIONS)
        x = argument(rng, prec, size)
        if name != "log" and rng.random() < 0.5:
            x = -x
        if name == "log" and not x.is_positive:
            with pytest.raises(Undecided):
                function(x)
            continue
        value = function(x)
        for inner in (0, 1, Fraction(1, 2), Fraction(rng.randint(0, 97), 97)):
            point = x.lower + inner * (x.upper - x.lower)
            with mpmath.workprec(2 * prec + 700):
                expected = fraction(reference(number(point)))
            slack = abs(expected) / 2 ** (prec + 200)
            assert value.lower - slack <= expected <= value.upper + slack, (x, value)
        if x.is_exact and name not in ("cos", "sin"):
            assert value.accuracy >= prec - 4, (x, value)


def test_results_next_to_one_and_zero():
    for prec in (53, 170):
        for k in (1, 5, 30, prec, 3 * prec):
            for sign in (-1, 1):
                value = elementary.log(Ball((1 << k) + sign, 0, -k, prec))
                assert value.accuracy >= prec - 4
                small = elementary.cos_sin(Ball(sign, 0, -k, prec))[1]
                assert small.accuracy >= prec - 4
    assert elementary.exp(Ball(0, 0, 0, 53)).contains(1)
    assert elementary.exp(Ball(0, 0, 0, 53)).is_exact
    assert elementary.log(Ball(4, 0, -2, 53)).is_exact


def test_pi():
    for prec in (2, 10, 53, 63, 64, 65, 1000, 10_000):
        value = elementary.pi(prec)
        with mpmath.workprec(prec + 50):
            expected = fraction(+mpmath.pi)
        assert value.lower < expected < value.upper
        assert value.accuracy >= prec - 3


def test_fixed_point_kernels_keep_their_bounds():
    rng = random.Random(8)
    for _ in range(300):
        bits = rng.randint(4, 300)
        x = rng.getrandbits(bits)
        with mpmath.workprec(bits + 60):
            point, unit = mpmath.mpf(x) / 2**bits, mpmath.mpf(1) / 2**bits
            assert abs(elementary.exp_fixed(x, bits) * unit - mpmath.exp(point)) < 2 * unit
            cosine, sine = elementary.cos_sin_fixed(x, bits)
            assert abs(cosine * unit - mpmath.cos(point)) < 2 * unit
            assert abs(sine * unit - mpmath.sin(point)) < 2 * unit
            assert abs(elementary.atan_fixed(x, bits) * unit - mpmath.atan(point)) < 2 * unit
            assert abs(elementary.pi_fixed(bits) * unit - mpmath.pi) < 2 * unit


def test_powers():
    rng = random.Random(9)
    for _ in range(200):
        prec = rng.choice((53, 170))
        base = Ball(rng.getrandbits(prec) | 1, rng.choice([0, 1]), rng.randint(-prec - 6, -prec + 6), prec)
        exponent = rng.choice(
            [
                Ball(rng.randint(-40, 40), 0, 0, prec),
                Ball(2 * rng.randint(-20, 20) + 1, 0, -1, prec),
                Ball.of(Fraction(rng.randint(-99, 99), 7), prec),
            ]
        )
        value = elementary.power(base, exponent)
        for x, y in ((base.lower, exponent.lower), (base.upper, exponent.upper)):
            with mpmath.workprec(600):
                expected = fraction(number(x) ** number(y))
            slack = abs(expected) / 2**400
            assert value.lower - slack <= expected <= value.upper + slack
    assert elementary.power(Ball(-2, 0, 0, 53), Ball(3, 0, 0, 53)).contains(-8)
    with pytest.raises(OutOfDomain):
        elementary.power(Ball(-2, 0, 0, 53), Ball(1, 0, -1, 53))


def test_numbers_of_extreme_size():
    assert elementary.exp(Ball(-1, 0, 39, 53)).magnitude < -(1 << 39)
    assert abs(float(elementary.log(Ball(3, 0, -(10**12), 53)).lower) + 693147180558.8467) < 1e-3
    wide = elementary.exp(Ball(0, 1, 38, 53))
    assert wide.contains_zero or wide.is_positive
    with pytest.raises(Undecided):
        elementary.exp(Ball(1, 0, 60, 53))
    with pytest.raises(OutOfDomain):
        elementary.log(Ball(-1, 0, 0, 53))
    with pytest.raises(Undecided):
        elementary.log(Ball(1, 1, 0, 53))
