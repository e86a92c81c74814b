"""Complex balls against exact rationals and mpmath at a much higher precision."""

import random
from fractions import Fraction

import mpmath
import pytest

from symentropy.evaluation.balls import complex_ball
from symentropy.evaluation.balls.ball import Ball, Undecided
from symentropy.evaluation.balls.complex_ball import ComplexBall

PRECISIONS = (20, 53, 170)


def part_of(rng, prec):
    """A ball, exact or not, of a number of moderate size; sometimes 0, or wide."""
    kind = rng.randrange(6)
    if kind == 0:
        return Ball(rng.randint(-3, 3), 0, 0, prec)
    mid = rng.choice([-1, 1]) * rng.getrandbits(prec)
    if kind == 1:
        return Ball(mid, rng.getrandbits(prec), -prec + rng.randint(-3, 1), prec)
    return Ball(mid, rng.choice([0, 1, 2, 1000]), -prec + rng.randint(-40, 4), prec)


def rectangle(rng, prec):
    return ComplexBall(part_of(rng, prec), part_of(rng, prec))


def inner(rng, ball):
    return ball.lower + (ball.upper - ball.lower) * rng.choice([0, 1, Fraction(1, 2), Fraction(rng.randint(0, 97), 97)])


def point_in(rng, z):
    return inner(rng, z.real), inner(rng, z.imag)


def product(a, b):
    return a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]


def contains(z, point):
    return z.real.contains(point[0]) and z.imag.contains(point[1])


def test_arithmetic():
    rng = random.Random(1)
    for _ in range(500):
        z, w = rectangle(rng, rng.choice(PRECISIONS)), rectangle(rng, rng.choice(PRECISIONS))
        p, q = point_in(rng, z), point_in(rng, w)
        assert contains(z + w, (p[0] + q[0], p[1] + q[1]))
        assert contains(z - w, (p[0] - q[0], p[1] - q[1]))
        assert contains(z * w, product(p, q))
        assert contains(z.squared(), product(p, p))
        assert contains(z**3, product(p, product(p, p)))
        assert contains(3 - z, (3 - p[0], -p[1]))
        assert contains(w.real * z, (p[0] * w.real.lower, p[1] * w.real.lower))
        assert z.modulus().lower ** 2 >= p[0] ** 2 + p[1] ** 2
        assert max(abs(p[0]), abs(p[1])) <= Fraction(2) ** z.magnitude
        try:
            inverse, quotient = w.inverse(), z / w
        except Undecided:
            continue
        square = q[0] ** 2 + q[1] ** 2
        assert contains(inverse, (q[0] / square, -q[1] / square))
        assert contains(quotient, product(p, (q[0] / square, -q[1] / square)))


def fraction(value):
    sign, mantissa, exponent, _ = value._mpf_
    return (-1) ** sign * int(mantissa) * Fraction(2) ** exponent


@pytest.mark.parametrize("name", ["exp", "log", "sqrt", "cos", "sin", "power"])
def test_functions(name):
    function, reference = {
        "exp": (complex_ball.exp, mpmath.exp),
        "log": (complex_ball.log, mpmath.log),
        "sqrt": (complex_ball.sqrt, mpmath.sqrt),
        "cos": (lambda z: complex_ball.cos_sin(z)[0], mpmath.cos),
        "sin": (lambda z: complex_ball.cos_sin(z)[1], mpmath.sin),
        "power": (lambda z: complex_ball.power(z, Ball(7, 0, -2, z.prec)), lambda z: z**1.75),
    }[name]
    rng, proved = random.Random(name), 0
    for _ in range(200):
        prec = rng.choice(PRECISIONS)
        z = rectangle(rng, prec)
        try:
            value = function(z)
        except Undecided:
            continue
        if max(abs(value.real.exp), abs(value.imag.exp)) > 1 << 20:  # not written out as fractions
            continue
        proved += 1
        x, y = point_in(rng, z)
        with mpmath.workprec(2 * prec + 200):
            expected = reference(mpmath.mpc(mpmath.mpf(x.numerator) / x.denominator, mpmath.mpf(y.numerator) / y.denominator))
            parts = fraction(mpmath.re(expected)), fraction(mpmath.im(expected))
        slack = max(map(abs, parts)) / 2 ** (prec + 100)
        for ball, part in zip((value.real, value.imag), parts, strict=True):
            assert ball.lower - slack <= part <= ball.upper + slack, (z, value)
    assert proved > 50


def test_rectangles_on_the_cut_are_refused():
    for z in (
        ComplexBall(Ball(-1, 0, 0, 53), Ball(0, 0, 0, 53)),
        ComplexBall(Ball(-1, 0, 0, 53), Ball(0, 1, -40, 53)),
        ComplexBall(Ball(0, 1, 0, 53), Ball(0, 1, 0, 53)),
    ):
        with pytest.raises(Undecided):
            complex_ball.log(z)
        with pytest.raises(Undecided):
            complex_ball.power(z, Ball(1, 0, -2, 53))
