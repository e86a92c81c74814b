"""Special functions of balls, against mpmath at a much higher precision and, where available, against Arb."""

import os
import random
import subprocess
from fractions import Fraction
from itertools import pairwise

import mpmath
import pytest

from symentropy.evaluation.balls import bernoulli, complex_special, error_functions, gamma_functions, zeta_functions
from symentropy.evaluation.balls.ball import Ball, OutOfDomain, OutOfReach, Undecided
from symentropy.evaluation.balls.complex_ball import ComplexBall
from symentropy.evaluation.balls.field import ComplexField, RealField

PRECISIONS = (30, 53, 170, 333)


def dyadic(rng, prec, low, high):
    """A positive exact ball of magnitude 2**low to 2**high: short and long numbers, integers and half-integers."""
    kind = rng.random()
    if kind < 0.2:
        return Ball(rng.randint(1, 2 << max(high, 1)), 0, rng.choice([0, 0, -1, -2]) + min(0, high), prec)
    bits = rng.randint(1, prec)
    mid = rng.getrandbits(bits) | 1
    return Ball(mid, 0, rng.randint(low, high) - mid.bit_length(), prec)


def positive(low, high):
    return lambda rng, prec: dyadic(rng, prec, low, high)


def signed(low, high):
    return lambda rng, prec: rng.choice([-1, 1]) * dyadic(rng, prec, low, high)


def integer(low, high):
    return lambda rng, prec: Ball(rng.randint(low, high), 0, 0, prec)


def above_one(high):
    return lambda rng, prec: 1 + dyadic(rng, prec, -6, high)


def inside_unit_disk(rng, prec):
    bits = rng.randint(1, prec)
    return Ball(rng.choice([-1, 1]) * (rng.getrandbits(bits) | 1), 0, -bits - rng.choice([0, 0, 1, 5]), prec)


#: Name -> the function, its reference, and the arguments.
REAL = {
    "loggamma": (gamma_functions.loggamma, mpmath.loggamma, [positive(-40, 20)]),
    "gamma": (gamma_functions.gamma, mpmath.gamma, [signed(-40, 6)]),
    "factorial": (gamma_functions.factorial, mpmath.factorial, [positive(-40, 6)]),
    "digamma": (gamma_functions.digamma, mpmath.digamma, [signed(-40, 8)]),
    "polygamma": (zeta_functions.polygamma, lambda n, x: mpmath.psi(int(n), x), [integer(1, 5), positive(-10, 8)]),
    "beta": (gamma_functions.beta, mpmath.beta, [positive(-10, 5), positive(-10, 5)]),
    "binomial": (gamma_functions.binomial, mpmath.binomial, [positive(-4, 7), integer(0, 90)]),
    "zeta": (zeta_functions.zeta, mpmath.zeta, [above_one(5)]),
    "zeta derivative": (
        lambda s: zeta_functions.zeta(s, derivative=1),
        lambda s: mpmath.zeta(s, 1, 1),
        [above_one(3)],
    ),
    "hurwitz": (zeta_functions.zeta, mpmath.zeta, [above_one(3), positive(-5, 5)]),
    "polylog": (zeta_functions.polylog, mpmath.polylog, [integer(-3, 6), inside_unit_disk]),
    "erf": (error_functions.erf, mpmath.erf, [signed(-40, 4)]),
    "erfc": (error_functions.erfc, mpmath.erfc, [signed(-40, 4)]),
    "ei": (error_functions.ei, mpmath.ei, [signed(-40, 6)]),
    "expint": (error_functions.expint, mpmath.expint, [integer(1, 9), positive(-10, 6)]),
    "uppergamma": (error_functions.uppergamma, mpmath.gammainc, [positive(-4, 5), positive(-10, 7)]),
    "lowergamma": (error_functions.lowergamma, lambda s, x: mpmath.gammainc(s, 0, x), [positive(-4, 5), positive(-10, 5)]),
    "besseli": (error_functions.besseli, mpmath.besseli, [positive(-4, 4), positive(-10, 6)]),
}
#: These have zeros among the arguments, next to which only the absolute error is small.
WITH_ZEROS = {"loggamma", "digamma", "polylog", "ei", "binomial"}
COMPLEX = {
    "erf": (complex_special.erf, mpmath.erf, [signed(-20, 3), signed(-20, 3)]),
    "erfc": (complex_special.erfc, mpmath.erfc, [signed(-20, 4), signed(-20, 3)]),
    "loggamma": (complex_special.loggamma, mpmath.loggamma, [positive(-20, 8), signed(-20, 8)]),
    "digamma": (complex_special.digamma, mpmath.digamma, [positive(-20, 8), signed(-20, 8)]),
    "gamma": (complex_special.gamma, mpmath.gamma, [positive(-20, 6), signed(-20, 6)]),
}


def blurred(rng, ball):
    """The ball with a radius: often as small as rounding makes it."""
    if ball.mid == 0 or rng.random() < 0.3:
        return ball
    bits = rng.choice([ball.prec, ball.prec, ball.prec // 2, 8])
    shift = max(0, bits - ball.mid.bit_length())
    mid = ball.mid << shift
    return Ball(mid, rng.randint(1, 3) * max(1, abs(mid) >> bits), ball.exp - shift, ball.prec)


def point_in(rng, ball):
    inner = Fraction(rng.randint(-64, 64), 64)
    return (ball.lower + ball.upper) / 2 + rng.choice([-1, 0, 1, inner]) * (ball.upper - ball.lower) / 2


def number(value):
    return mpmath.mpf(value.numerator) / value.denominator


def fraction(value):
    sign, mantissa, exponent, _ = value._mpf_
    return (-1) ** sign * int(mantissa) * Fraction(2) ** exponent


def assert_contains(ball, value, bits):
    exact = fraction(value)
    slack = abs(exact) / 2**bits
    assert ball.lower - slack <= exact <= ball.upper + slack, (ball, value)


@pytest.mark.parametrize("name", REAL)
def test_real_functions_contain_the_values_of_all_points(name):
    function, reference, generators = REAL[name]
    rng = random.Random(name)
    for _ in range(40):
        prec = rng.choice(PRECISIONS)
        balls = [blurred(rng, generator(rng, prec)) for generator in generators]
        points = [point_in(rng, ball) for ball in balls]
        if name == "polygamma":
            balls[0] = balls[0].centre
            points[0] = balls[0].lower
        try:
            value = function(*balls)
        except Undecided:
            continue
        with mpmath.workprec(2 * prec + 400):
            assert_contains(value, mpmath.re(reference(*map(number, points))), prec + 200)


@pytest.mark.parametrize("name", REAL)
def test_exact_arguments_keep_their_bits(name):
    function, _, generators = REAL[name]
    rng = random.Random(name)
    for _ in range(30):
        prec = rng.choice(PRECISIONS)
        balls = [generator(rng, prec) for generator in generators]
        try:
            value = function(*balls)
        except OutOfDomain:
            continue
        near_zero = value.magnitude < 0 and name in WITH_ZEROS
        assert value.accuracy >= prec - 10 + (value.magnitude if near_zero else 0), (balls, value)
        assert value.mid.bit_length() <= prec + 1  # rounding down may reach a power of 2


@pytest.mark.parametrize("name", COMPLEX)
def test_complex_functions_contain_the_values_of_all_points(name):
    function, reference, generators = COMPLEX[name]
    rng = random.Random(name)
    for _ in range(40):
        prec = rng.choice(PRECISIONS)
        exact = [generator(rng, prec) for generator in generators]
        balls = [blurred(rng, ball) for ball in exact]
        points = [point_in(rng, ball) for ball in balls]
        value = function(ComplexBall(*balls))
        with mpmath.workprec(2 * prec + 1200):
            expected = reference(mpmath.mpc(*map(number, points)))
            assert_contains(value.real, mpmath.re(expected), prec + 200)
            assert_contains(value.imag, mpmath.im(expected), prec + 200)
        value = function(ComplexBall(*exact))
        error = max(part.rad.bit_length() + part.exp for part in (value.real, value.imag))
        assert error <= max(0, value.magnitude) - prec + 10 or error <= value.magnitude - prec + 10


def test_constants():
    for prec in (30, 100, 1000, 10_000):
        with mpmath.workprec(prec + 100):
            assert_contains(gamma_functions.euler(prec), +mpmath.euler, prec + 60)
            assert_contains(zeta_functions.catalan(prec), +mpmath.catalan, prec + 60)
        assert gamma_functions.euler(prec).accuracy >= prec - 4 <= zeta_functions.catalan(prec).accuracy


@pytest.mark.parametrize(("prec", "names"), [(1000, "loggamma gamma digamma zeta erf erfc ei"), (3330, "erf ei")])
def test_many_digits(prec, names):
    x = Ball.of(Fraction(22, 7), prec)
    for name in names.split():
        function, reference, _ = REAL[name]
        value = function(x.centre)
        with mpmath.workprec(prec + 100):
            assert_contains(value, reference(number(x.centre.lower)), prec + 60)
        assert value.accuracy >= prec - 4


def test_a_thousand_digits_of_a_factorial():
    value = gamma_functions.loggamma(Ball(50, 0, 0, 3330))
    with mpmath.workprec(3400):
        assert_contains(value, mpmath.log(mpmath.factorial(49)), 3380)
    assert value.accuracy >= 3326


def test_bernoulli_numbers():
    assert [bernoulli.bernoulli(k) for k in range(5)] == [1, Fraction(1, 6), Fraction(-1, 30), Fraction(1, 42), Fraction(-1, 30)]
    for k in (50, 133):
        over, under = mpmath.bernfrac(2 * k)
        assert bernoulli.bernoulli(k) == Fraction(int(over), int(under))


def test_stirling_tables_keep_their_promises():
    for bits in (64, 96, 224, 640, 1600):
        table = bernoulli.stirling(bits)
        n = len(table.digamma)
        following = abs(bernoulli.bernoulli(n + 1)) / (2 * n + 2)
        assert following / table.least ** (2 * n + 2) <= Fraction(1, 2**bits)
        assert following / (2 * n + 1) / table.least ** (2 * n + 1) <= Fraction(1, 2**bits)
        sizes = [abs(bernoulli.bernoulli(k)) / (2 * k) / table.least ** (2 * k) for k in range(2, n + 1)]
        assert all(4 * later <= earlier for earlier, later in pairwise(sizes))


@pytest.mark.parametrize("prec", [53, 170])
def test_loggamma_next_to_its_zeros(prec):
    for place in (1, 2):
        for k in (5, 40, prec - 2):
            for sign in (-1, 1):
                x = Ball((place << k) + sign, 0, -k, prec)
                value = gamma_functions.loggamma(x)
                with mpmath.workprec(4 * prec):
                    assert_contains(value, mpmath.loggamma(number(x.lower)), 2 * prec)
                assert value.accuracy >= prec - 6
        wide = gamma_functions.loggamma(Ball(place << 20, 1, -20, prec))
        assert wide.contains_zero
    assert gamma_functions.loggamma(Ball(2, 0, 0, prec)).is_exact


def test_poles_and_arguments_off_the_domain():
    zero, one = Ball(0, 0, 0, 53), Ball(1, 0, 0, 53)
    for function in (gamma_functions.gamma, gamma_functions.loggamma, gamma_functions.digamma, error_functions.ei):
        with pytest.raises(OutOfDomain):
            function(zero)
        with pytest.raises(Undecided):
            function(Ball(1, 2, -10, 53))
    with pytest.raises(OutOfDomain):
        gamma_functions.gamma(-3 * one)
    with pytest.raises(Undecided):
        gamma_functions.gamma(Ball(-(3 << 10), 1, -10, 53))
    with pytest.raises(Undecided):
        zeta_functions.zeta(Ball(1 << 10, 1, -10, 53))
    for function, arguments in (
        (zeta_functions.zeta, (-one,)),
        (zeta_functions.polylog, (one, 2 * one)),
        (zeta_functions.polylog, (2 * one, Ball((1 << 40) - 1, 0, -40, 53))),
        (error_functions.besseli, (-one / 2, one)),
        (error_functions.uppergamma, (one, -one)),
        (complex_special.loggamma, (ComplexBall(-one, one),)),
        (complex_special.polygamma, (1, ComplexBall(one, one))),
    ):
        with pytest.raises(OutOfReach):
            function(*arguments)


def test_tiny_and_huge_arguments():
    tiny, huge = Ball(1, 0, -5000, 53), Ball(1, 0, 30, 53)
    assert (gamma_functions.gamma(tiny) * tiny - 1).magnitude < -40
    assert (gamma_functions.loggamma(huge) / huge).accuracy > 45
    assert (error_functions.erf(tiny) / tiny).accuracy > 45
    assert error_functions.erf(Ball(1, 0, 50, 53)).contains(1) is True
    with mpmath.workprec(300):
        assert_contains(error_functions.erfc(Ball(40, 0, 0, 53)), mpmath.erfc(40), 200)
        assert_contains(gamma_functions.loggamma(huge), mpmath.loggamma(2**30), 200)
        slope = -mpmath.log(2) / mpmath.mpf(2) ** 1001 - mpmath.log(3) / mpmath.mpf(3) ** 1001 - mpmath.log(4) / mpmath.mpf(4) ** 1001
        assert_contains(zeta_functions.zeta(Ball(1001, 0, 0, 53), derivative=1), slope, 100)


def test_wide_balls_stay_sound():
    wide = Ball(3, 1, 0, 53)  # 2 to 4
    for name in ("loggamma", "gamma", "digamma", "zeta", "erf", "erfc", "ei"):
        function, reference, _ = REAL[name]
        value = function(wide)
        with mpmath.workprec(200):
            for k in range(17):
                assert_contains(value, reference(2 + mpmath.mpf(k) / 8), 150)


def test_the_field_proves_what_is_enclosed_and_estimates_the_rest():
    m = RealField(100)
    third = m.mpf(Fraction(1, 3))
    values = [
        (m.gamma(third), mpmath.gamma),
        (m.psi(0, third), mpmath.digamma),
        (m.zeta(third + 2, 1, 1), lambda x: mpmath.zeta(x + 2, 1, 1)),
        (m.gammainc(third, third), lambda x: mpmath.gammainc(x, x)),
        (m.gammainc(third, 0, third), lambda x: mpmath.gammainc(x, 0, x)),
        (m.binomial(third, 2), lambda x: mpmath.binomial(x, 2)),
        (m.besseli(-2, third), lambda x: mpmath.besseli(-2, x)),
    ]
    with mpmath.workprec(300):
        for value, reference in values:
            assert_contains(value, reference(mpmath.mpf(1) / 3), 200)
        assert_contains(m.euler, +mpmath.euler, 200)
        assert_contains(m.catalan, +mpmath.catalan, 200)
    assert m.doubts == []
    assert m.besselk(1, third).accuracy > 90
    assert m.polylog(2, 1 - third / 2**30).accuracy > 80
    assert m.doubts == ["besselk is estimated", "polylog is estimated"]


def test_the_complex_field_takes_both_kinds_of_numbers():
    m = ComplexField(100)
    one = m.mpf(1)
    z = ComplexBall(one, one)
    for name in ("erf", "erfc", "gamma", "loggamma"):
        on_axis, off_axis = getattr(m, name)(one), getattr(m, name)(ComplexBall(one, one - one))
        assert (off_axis.real - on_axis).contains_zero
        assert isinstance(getattr(m, name)(z), ComplexBall)
    assert (m.psi(0, z + 1) - m.psi(0, z) - z.inverse()).contains_zero


#: Reads lines "name, bits, [(mantissa, exponent), ...], (low, high, exponent)" and prints whether Arb's value lies between.
REFEREE = """
import sys
from flint import arb, arb_series, ctx, fmpz
functions = {
    "loggamma": lambda x: x.lgamma(), "gamma": lambda x: x.gamma(), "factorial": lambda x: (x + 1).gamma(),
    "digamma": lambda x: x.digamma(),
    "beta": lambda a, b: a.gamma() * b.gamma() / (a + b).gamma(), "zeta": lambda s: s.zeta(), "hurwitz": lambda s, a: s.zeta(a),
    "zeta derivative": lambda s: arb_series([s, 1]).zeta()[1], "polylog": lambda s, z: z.polylog(s), "erf": lambda x: x.erf(),
    "erfc": lambda x: x.erfc(), "ei": lambda x: x.ei(), "expint": lambda n, x: x.expint(n), "uppergamma": lambda s, x: x.gamma_upper(s),
    "lowergamma": lambda s, x: x.gamma_lower(s), "besseli": lambda v, x: x.bessel_i(v),
}
def number(mantissa, exponent):
    return arb(fmpz(mantissa)) * arb(2) ** exponent
for line in sys.stdin:
    name, bits, arguments, (low, high, exponent) = eval(line)
    ctx.prec = 4 * bits + 2000
    value = functions[name](*[number(*pair) for pair in arguments])
    print(not (value < number(low, exponent) or value > number(high, exponent)) and value.rel_accuracy_bits() > bits)
"""


@pytest.mark.skipif("SYMENTROPY_FLINT" not in os.environ, reason="SYMENTROPY_FLINT does not name a Python that has python-flint")
def test_against_arb():
    rng = random.Random(6)
    lines = []
    for name in sorted(set(REAL) - {"polygamma", "binomial"}):
        function, _, generators = REAL[name]
        for _ in range(60):
            prec = rng.choice(PRECISIONS)
            balls = [blurred(rng, generator(rng, prec)) for generator in generators]
            try:
                value = function(*balls)
            except Undecided:
                continue
            sides = [(ball, rng.choice([-1, 0, 1])) for ball in balls]
            points = [(ball.mid + side * ball.rad, ball.exp) for ball, side in sides]
            lines.append(f"{name!r}, {prec}, {points}, {(value.mid - value.rad, value.mid + value.rad, value.exp)}")
    command = [os.environ["SYMENTROPY_FLINT"], "-c", REFEREE]
    answers = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, check=True).stdout.split()
    assert [line for line, answer in zip(lines, answers, strict=True) if answer != "True"] == []
