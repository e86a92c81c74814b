"""Real balls against exact rationals: every operation contains the result for the ends, the middle and inner points."""

import random
from fractions import Fraction

import pytest

from symentropy.evaluation.balls.ball import Ball, OutOfDomain, Undecided, rounded

PRECISIONS = (8, 30, 53, 170)


def exact(ball):
    return (ball.lower + ball.upper) / 2


def ball_of(rng, prec):
    """A random ball: exact or not, next to 1, with a large radius, or with an exponent far away."""
    kind = rng.randrange(7)
    mid = rng.choice([-1, 1]) * rng.getrandbits(rng.randint(1, prec))
    if kind == 0:
        return Ball(mid, 0, rng.randint(-80, 80), prec)
    if kind == 1:
        k = rng.randint(1, 2 * prec)
        return Ball((1 << k) + rng.choice([-1, 1]), rng.choice([0, 0, 1]), -k, prec)
    if kind == 2:
        return Ball(mid, rng.getrandbits(rng.randint(1, prec + 40)), rng.randint(-60, 20), prec)
    if kind == 3:
        return Ball(mid, rng.randint(0, 3), rng.choice([-1000, -300, 300, 1000]), prec)
    if kind == 4:
        return Ball(0, rng.randint(0, 5), rng.randint(-40, 40), prec)
    return Ball(mid, rng.getrandbits(rng.randint(1, 30)), rng.randint(-2 * prec, 10), prec)


def points_of(rng, ball):
    return [ball.lower, exact(ball), ball.upper, ball.lower + (ball.upper - ball.lower) * Fraction(rng.randint(0, 97), 97)]


@pytest.mark.parametrize("name", ["add", "sub", "mul", "div"])
def test_operations_contain_the_results_of_all_points(name):
    operation = {
        "add": lambda a, b: a + b,
        "sub": lambda a, b: a - b,
        "mul": lambda a, b: a * b,
        "div": lambda a, b: a / b,
    }[name]
    rng = random.Random(name)
    for _ in range(600):
        a, b = ball_of(rng, rng.choice(PRECISIONS)), ball_of(rng, rng.choice(PRECISIONS))
        if name == "div" and b.contains_zero:
            with pytest.raises(Undecided):
                operation(a, b)
            continue
        result = operation(a, b)
        assert result.prec == max(a.prec, b.prec)
        for x in points_of(rng, a):
            for y in points_of(rng, b):
                assert result.contains(operation(x, y)), (a, b, result)
        if a.is_exact and b.is_exact and exact(result):
            assert result.accuracy >= result.prec - 3


def test_operations_with_exact_numbers():
    rng = random.Random(2)
    for _ in range(200):
        a = ball_of(rng, 53)
        for number in (rng.randint(-9, 9), Fraction(rng.randint(-9, 9), 7)):
            x = rng.choice(points_of(rng, a))
            assert (a + number).contains(x + number)
            assert (number + a).contains(x + number)
            assert (a - number).contains(x - number)
            assert (number - a).contains(number - x)
            assert (a * number).contains(x * number)
            if number:
                assert (a / number).contains(x / number)
            if not a.contains_zero:
                assert (number / a).contains(number / x)
            assert Ball.of(number, 53).contains(number)


def test_unary_operations():
    rng = random.Random(3)
    for _ in range(600):
        a = ball_of(rng, rng.choice(PRECISIONS))
        size, square = abs(a), a.squared()
        assert size.lower >= 0
        assert not a.contains_zero or square.lower >= 0
        for x in points_of(rng, a):
            assert (-a).contains(-x)
            assert size.contains(abs(x))
            assert square.contains(x * x)
            assert a.at(20).contains(x)
            power = rng.randint(0, 9)
            assert (a**power).contains(x**power)
            assert abs(x) < Fraction(2) ** a.magnitude or x == 0
            extra = Fraction(rng.randint(0, 1000), rng.randint(1, 1000)) * Fraction(2) ** rng.randint(-99, 99)
            wide = a.widened(extra)
            assert wide.contains(x + extra)
            assert wide.contains(x - extra)


def test_square_roots():
    rng = random.Random(4)
    for _ in range(600):
        a = ball_of(rng, rng.choice(PRECISIONS))
        if a.is_positive:
            root = a.sqrt()
            for x in points_of(rng, a):
                assert root.lower <= 0 or root.lower**2 <= x
                assert x <= root.upper**2
            assert not a.is_exact or root.accuracy >= a.prec - 3
        elif not (a.is_exact and a.mid == 0):
            with pytest.raises(OutOfDomain if a.is_negative else Undecided):
                a.sqrt()
    assert Ball(0, 0, 5, 53).sqrt().contains(0)


def test_rounding_contains_and_is_short():
    rng = random.Random(5)
    for _ in range(1000):
        mid, rad = rng.choice([-1, 1]) * rng.getrandbits(rng.randint(1, 200)), rng.getrandbits(rng.randint(1, 200)) * rng.randint(0, 1)
        prec = rng.choice(PRECISIONS)
        ball = rounded(mid, rad, -7, prec)
        assert ball.lower * 128 <= mid - rad
        assert mid + rad <= ball.upper * 128
        assert ball.mid.bit_length() <= prec + 1
        assert ball.rad.bit_length() <= 31


def test_unions_and_intervals():
    rng = random.Random(6)
    for _ in range(400):
        a, b = ball_of(rng, 53), ball_of(rng, 53)
        both = a.union(b)
        assert both.lower <= min(a.lower, b.lower)
        assert max(a.upper, b.upper) <= both.upper
        between = Ball.between(min(a.lower, b.lower), max(a.upper, b.upper), 53)
        assert between.contains(a.lower)
        assert between.contains(b.upper)
    far = Ball(1, 0, 10**15, 53).union(Ball(1, 0, -(10**15), 53))
    assert far.contains_zero
    assert far.magnitude <= 10**15 + 2


def test_exponents_far_apart():
    one, tiny = Ball(1, 0, 0, 53), Ball(1, 0, -(10**15), 53)
    total = one + tiny
    assert not total.is_exact
    assert total.contains(1)
    assert (one - tiny).compared(one) < 0 if (one - tiny).upper < 1 else (one - tiny).contains(1)
    assert (one + 0 * tiny).is_exact
    assert (tiny + tiny).exp <= -(10**15) + 1
    assert (tiny * tiny).magnitude == 1 - 2 * 10**15
    assert (tiny / tiny).contains(1)


def test_comparisons():
    rng = random.Random(7)
    for _ in range(400):
        a, b = ball_of(rng, 53), ball_of(rng, 53)
        try:
            found = a.compared(b)
        except Undecided:
            assert not (a.is_exact and b.is_exact and a.lower != b.lower and abs(a.exp - b.exp) < 53)
            continue
        pairs = [(x, y) for x in points_of(rng, a) for y in points_of(rng, b)]
        assert all((x > y) - (x < y) == found for x, y in pairs)


def test_division_by_zero_is_never_defined():
    with pytest.raises(OutOfDomain):
        Ball(1, 0, 0, 53) / Ball(0, 0, 0, 53)
    with pytest.raises(Undecided):
        Ball(1, 0, 0, 53) / Ball(1, 1, 0, 53)
    with pytest.raises(TypeError):
        Ball(1, 0, 0, 53) + 0.5
