"""evaluate: enclosures that contain the value, digits that are right, and clear refusals."""

import random
from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest
import sympy
from sympy import (
    Catalan,
    E,
    EulerGamma,
    Float,
    GoldenRatio,
    N,
    Piecewise,
    Rational,
    S,
    Symbol,
    besseli,
    digamma,
    erf,
    exp,
    expint,
    gamma,
    log,
    loggamma,
    oo,
    pi,
    polygamma,
    sqrt,
    stats,
    zeta,
)

from symentropy import (
    CrossEntropy,
    DomainError,
    Enclosure,
    Entropy,
    Finite,
    KLDivergence,
    ParseError,
    PrecisionError,
    Surprise,
    entropy,
    evaluate,
    kl_divergence,
)
from symentropy.evaluation.enclosure import decimal, integer_text
from symentropy.evaluation.precision import sign

THIRDS = Finite(["1/3", "2/3"])


def rational(value):
    """Return an mpmath number as an exact rational."""
    negative, mantissa, exponent, _ = value._mpf_
    return (-1 if negative else 1) * Rational(int(mantissa)) * Rational(2) ** exponent


def naive(p, q, digits):
    """Return D(P || Q) with an mpmath logarithm for each outcome."""
    with mpmath.workdps(digits):
        numbers = [(mpmath.mpf(a.numerator) / a.denominator, mpmath.mpf(b.numerator) / b.denominator) for a, b in zip(p, q, strict=True)]
        return rational(mpmath.fsum(a * mpmath.log(a / b) for a, b in numbers if a))


class TestDigits:
    def test_all_that_were_asked_for(self):
        assert str(evaluate(Entropy(THIRDS), 30)) == "0.636514168294812818450423822617"
        assert str(evaluate(Entropy(THIRDS), 1)) == "0.6"
        assert len(str(evaluate(Entropy(THIRDS), 5000))) == 5002

    @pytest.mark.parametrize("power", [40, 500, 5000])
    def test_of_a_divergence_next_to_zero(self, power):
        e = Rational(1, 10**power)
        found = evaluate(KLDivergence(["1/2", "1/2"], [S.Half + e, S.Half - e]), 50)
        assert str(found) == f"2.{'0' * 49}e-{2 * power}"
        assert found.lower > 0
        assert abs(found.midpoint - 2 * e**2) <= found.radius + 5 * e**4

    def test_of_a_divergence_next_to_zero_that_is_not_rational(self):
        e = Rational(1, 10**40)
        p = [1 / sqrt(2), 1 - 1 / sqrt(2)]
        found = evaluate(KLDivergence(p, [p[0] + e, p[1] - e]), 20)
        assert found.certified
        assert abs(found.midpoint / e**2 - (1 / (2 * p[0] * p[1])).evalf(40)) < Rational(1, 10**18)

    def test_of_an_entropy_next_to_zero(self):
        e = Rational(1, 10**60)
        assert str(evaluate(Entropy([1 - e, e]), 10)) == "1.391551056e-58"

    @pytest.mark.parametrize("digits", [5, 15, 50])
    def test_that_n_gives(self, digits):
        generator = random.Random(digits)
        for _ in range(60):
            P = Finite.from_weights([generator.randint(1, 10**12) for _ in range(generator.randint(2, 6))])
            assert str(N(Entropy(P), digits)) == str(evaluate(Entropy(P), digits))
        assert str(Entropy(stats.Poisson("K", 10)).evalf(digits)) == str(evaluate(Entropy(stats.Poisson("K", 10)), digits))
        assert N(KLDivergence([1, 0], [0, 1]), digits) is oo

    def test_in_units(self):
        assert str(evaluate(Entropy(THIRDS), 10, base=2)) == "0.9182958341"
        assert str(evaluate(Entropy(THIRDS, base=2), 10)) == "0.9182958341"
        assert str(evaluate("H([1/3, 2/3])", 10, base=2)) == "0.9182958341"
        assert evaluate(Surprise("1/8"), base=2).lower == 3
        assert evaluate(Entropy(["1/2", "1/4", "1/4"]), base=4).lower == Rational(3, 4)


class TestEnclosure:
    @pytest.mark.parametrize("seed", range(20))
    def test_contains_the_value(self, seed):
        generator = random.Random(seed)
        for _ in range(10):
            size, digits = generator.randint(2, 8), generator.randint(1, 60)
            a = [generator.randint(0, 10 ** generator.randint(1, 30)) for _ in range(size)] + [1]
            b = [max(1, w + generator.randint(-3, 3)) for w in a]
            P, Q = ([Fraction(w, sum(weights)) for w in weights] for weights in (a, b))
            found = evaluate(KLDivergence(P, Q), digits)
            exact = naive(P, Q, digits + 120)
            assert found.certified
            assert found.lower <= exact <= found.upper
            if P != Q:
                assert (found.upper - found.lower) * 10 ** (digits - 1) <= exact
                assert str(found) == decimal(Fraction(int(exact.p), int(exact.q)), digits)

    def test_of_what_is_known_exactly(self):
        for expression, value in [
            (KLDivergence([1, 0], [0, 1]), oo),
            (KLDivergence(THIRDS, THIRDS), 0),
            (KLDivergence(["1/3", "2/3"], [Rational(2, 6), "2/3"]), 0),
            (Entropy([1, 0]), 0),
            (S(3) / 4, S(3) / 4),
            (-oo, -oo),
            (2 * Entropy([1, 0]) + 1, 1),
            (KLDivergence(stats.Normal("X", 0, 1), stats.Exponential("Y", 1)), oo),
            (KLDivergence(stats.Normal("X", 0, 1), stats.Normal("Y", 0, 1)), 0),
            (KLDivergence(stats.Zeta("X", Rational(3, 2)), stats.Geometric("Y", S.Half)), oo),
        ]:
            found = evaluate(expression)
            assert found.exact
            assert found.certified
            assert found.lower == found.upper == value

    def test_text(self):
        assert str(Enclosure(S(0), S(0), 5)) == "0"
        assert str(Enclosure(oo, oo, 5)) == "oo"
        assert str(Enclosure(S(-7), S(-7), 5)) == "-7"
        assert str(Enclosure(Rational(1, 3), Rational(1, 3), 5)) == "0.33333"
        assert str(Enclosure(Rational(1, 2), Rational(2, 3), 5)) == "between 0.50 and 0.67"
        assert str(Enclosure(S(1), Rational(10001, 10000), 3, ("zeta is estimated",))) == "1.00 (not certified)"
        assert "exactly" in repr(Enclosure(S(0), S(0), 5))

    def test_latex(self):
        assert evaluate(exp(-100), 3)._repr_latex_() == r"$3.72 \times 10^{-44}$"
        assert Enclosure(oo, oo, 5)._repr_latex_() == r"$\infty$"

    def test_conversions(self):
        found = evaluate(Entropy(THIRDS), 40)
        assert float(found) == 0.6365141682948128
        assert str(Float(found, 20)) == "0.63651416829481281845"
        assert str(sympy.sympify(found)) == str(found)
        with mpmath.workdps(30):
            assert mpmath.nstr(mpmath.mpf(found), 30) == str(found)[:32]
        assert float(evaluate(KLDivergence([1, 0], [0, 1]))) == float("inf")
        assert mpmath.mpf(Enclosure(-oo, -oo, 5)) == -mpmath.inf
        assert found.midpoint - found.radius == found.lower

    def test_a_decimal_for_any_rational(self):
        generator = random.Random(1)
        for _ in range(2000):
            value = Fraction(generator.randint(-(10**20), 10**20), generator.randint(1, 10 ** generator.randint(1, 60)))
            digits = generator.randint(1, 30)
            if value:
                found = Decimal(decimal(value, digits))
                assert abs(Fraction(found) - value) <= abs(value) * Fraction(1, 10 ** (digits - 1)) / 2
        assert decimal(Fraction(999, 1000), 2) == "1.0"
        assert decimal(Fraction(25, 10), 1) == "2"
        assert len(integer_text(10**20000)) == 20001


#: Expressions in the functions that the package produces.
CONSTANTS = [
    pi,
    E,
    EulerGamma,
    Catalan,
    GoldenRatio,
    log(2) * log(3) - pi**2 / 7,
    exp(-2) + sqrt(2) ** sqrt(3),
    gamma(Rational(1, 3)) / gamma(Rational(7, 2)),
    loggamma(Rational(22, 7)) - digamma(Rational(1, 5)),
    polygamma(1, Rational(5, 2)) + polygamma(3, 4),
    zeta(3) * zeta(Rational(5, 2)),
    erf(Rational(3, 4)),
    sympy.erfc(9),
    besseli(1, Rational(7, 3)) / besseli(0, Rational(7, 3)),
    expint(1, Rational(2, 5)),
    sympy.Ei(2),
    sympy.atan(5) + sympy.asin(Rational(1, 3)) + sympy.tanh(2),
    sympy.coth(Rational(-1, 3)) + sympy.csch(Rational(2, 5)),
    log(1 + Rational(1, 10**50)) * 10**50,
    sympy.polylog(2, Rational(1, 3)),
    Piecewise((log(2), sqrt(2) < 2), (0, True)),
    entropy(THIRDS),
    kl_divergence([1 - exp(-2), exp(-2)], ["1/2", "1/2"]),
]


@pytest.mark.parametrize("expression", CONSTANTS, ids=str)
def test_constants(expression):
    found = evaluate(expression, 40)
    assert found.certified, found.doubts
    exact = N(expression, 70)
    assert abs(found.midpoint - exact) <= found.radius + abs(exact) * Rational(1, 10**65)
    assert found.radius <= abs(exact) * Rational(1, 10**39)


def test_the_derivative_of_zeta():
    s = Symbol("s")
    found = evaluate(zeta(s).diff(s).subs(s, 3), 30)
    assert found.certified
    assert str(found) == "-0.198126242885636853330681821503"


def test_an_estimate_says_so():
    found = evaluate(sympy.besselk(0, 1), 20)
    assert not found.certified
    assert str(found) == "0.42102443824070833334 (not certified)"
    assert found.doubts == ("besselk is estimated",)


class TestRefusals:
    @pytest.mark.parametrize(
        ("expression", "error", "message"),
        [
            (Entropy([Symbol("p"), 1 - Symbol("p")]), DomainError, "depends on p; substitute numbers"),
            (log(Symbol("x")), DomainError, "depends on x"),
            (log(-2 + sqrt(3)), DomainError, "no real value"),
            (sqrt(sqrt(2) - 2), DomainError, "no real value"),
            ("1/0", DomainError, "division by zero"),
            ("H([1/3, 2/3", ParseError, "to close the"),
            (0.5, TypeError, "binary float"),
            ([1, 2], DomainError, "not a number or a SymPy expression"),
            (Surprise(0) - 2 * Surprise(0) + Surprise(0) * 3 / 2 - KLDivergence([1, 0], [0, 1]), DomainError, "no value"),
        ],
    )
    def test_of_expressions(self, expression, error, message):
        with pytest.raises(error, match=message):
            evaluate(expression)

    @pytest.mark.parametrize(
        ("digits", "error"), [(0, DomainError), (-3, DomainError), (10**7, DomainError), (2.5, TypeError), (True, TypeError)]
    )
    def test_of_digits(self, digits, error):
        with pytest.raises(error, match="digits"):
            evaluate(log(2), digits)

    def test_of_bases(self):
        with pytest.raises(DomainError, match="base of the logarithm is 1"):
            evaluate(Entropy(THIRDS), base=1)
        with pytest.raises(TypeError):
            evaluate(Entropy(THIRDS), bas=2)

    def test_of_a_hidden_zero(self):
        with pytest.raises(PrecisionError, match="cannot be told from 0"):
            evaluate(log(1 + sqrt(2)) + log(sqrt(2) - 1))

    def test_of_an_infinite_difference(self):
        with pytest.raises(DomainError, match="no value"):
            evaluate(KLDivergence([1, 0], [0, 1]) - CrossEntropy([1, 0], [0, 1]))


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ((1 - sqrt(2)) ** 1025, "-4.5178e-393"),
        (sympy.sin(exp(-(10**5))), "3.5629e-43430"),
        (sympy.cos(exp(-(10**9))), "1.0000"),
        (sympy.atan(exp(-(10**5))), "3.5629e-43430"),
        (log(1 + Rational(1, 10**100000)), "1.0000e-100000"),
        (exp(10**6), "3.0332e+434294"),
    ],
    ids=["power", "sin", "cos", "atan", "log", "exp"],
)
def test_extreme_sizes(expression, text):
    assert str(evaluate(expression, 5)) == text


@pytest.mark.parametrize("text", ["exp(10^12)", "exp(-10^11)", "exp(10^8)", "exp(exp(100))"])
def test_sizes_that_are_not_written_down(text):
    with pytest.raises(PrecisionError):
        evaluate(text)


def test_signs():
    assert sign(1 - exp(-2)) == 1
    assert sign(log(2) - S(7) / 10) == -1
    assert sign(S.Zero) == 0
    assert sign(log(1 + sqrt(2)) + log(sqrt(2) - 1)) is None


def test_a_finite_sum_of_too_many_terms_is_refused_at_once():
    with pytest.raises(PrecisionError, match="more than 100000 terms"):
        evaluate("sum(i^i, i, 1, 10^6)")


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("H(Gamma(10^15, 1))", "18.688326730660015039"),
        ("H(StudentT(10^8))", "1.4189385432046727668"),
        ("D(Gamma(10^8, 1) || Gamma(10^8 + 1, 1))", "5.0000000083333333333e-9"),
    ],
)
def test_gamma_functions_of_huge_numbers_are_not_written_out(text, digits):
    found = evaluate(text, 20)
    assert found.certified
    assert found.text() == digits


def test_a_power_tail_says_when_there_are_too_many_digits():
    with pytest.raises(PrecisionError, match="at most 640 bits: ask for fewer digits"):
        evaluate(Entropy(stats.YuleSimon("K", Rational(3, 2))), 300)
