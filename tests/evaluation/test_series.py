"""Sums to infinity: kernels, geometric and power tails, envelopes; against plain sums in much higher precision."""

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Rational, S, Sum, beta, binomial, cos, exp, factorial, gamma, lambdify, log, oo, sqrt, stats
from sympy.abc import k

from symentropy import Entropy, KLDivergence, evaluate
from symentropy.errors import DomainError, PrecisionError
from symentropy.evaluation.balls.ball import Ball, OutOfReach
from symentropy.evaluation.balls.field import RealField, exact_fraction
from symentropy.evaluation.sums.enveloped import enveloped_sum
from symentropy.evaluation.sums.kernels import kernel_of
from symentropy.evaluation.sums.power_series import Model, logarithm, reciprocal, stirling
from symentropy.evaluation.sums.power_tails import divergence_sign, falls_like_power, power_sum
from symentropy.evaluation.sums.series import kernel_sum
from symentropy.evaluation.totals import Certifier


def poisson(rate):
    return S(rate) ** k * exp(-S(rate)) / factorial(k)


def negative_binomial(r, p):
    return binomial(k + r - 1, k) * (1 - p) ** r * p**k


def plain_sum(term, low, terms, digits=120):
    """Return the sum of the first terms in plain floating point, as a fraction."""
    with mpmath.workdps(digits):
        compute = lambdify(k, term, "mpmath")
        return exact_fraction(mpmath.mpf(sum(compute(mpmath.mpf(j)) for j in range(low, low + terms))))


def assert_contains(ball, value, bits):
    assert ball.lower <= value <= ball.upper
    assert ball.accuracy >= bits


@pytest.mark.parametrize(
    ("expression", "at"),
    [
        (3**k / (k * factorial(k)), 4),
        (2 ** (1 - 3 * k) * sqrt(k + 1), 3),
        (gamma(k + Rational(1, 3)) / gamma(k + 2), 5),
        (beta(k, Rational(7, 3)), 2),
        (binomial(k + Rational(3, 2), k) * exp(-2 * k), 6),
        ((2 * k + 1) ** -3, 1),
        (binomial(k + 4, 4), 3),
    ],
)
def test_the_ratio_of_neighbours(expression, at):
    kernel = kernel_of(expression, k)
    ratio = kernel.base
    for shift, power in kernel.powers.items():
        ratio *= (at + shift) ** power
    assert abs((expression.subs(k, at + 1) / expression.subs(k, at) - ratio).evalf(40)) < Rational(1, 10**30)


@pytest.mark.parametrize(
    "expression", [k + factorial(k), cos(k), gamma(5 - k), factorial(2 * k), k**k, log(k), 2 ** (k**2), binomial(9, k)]
)
def test_not_a_kernel(expression):
    assert kernel_of(expression, k) is None


CASES = [
    (poisson(10), poisson(10), 0, 400),
    (poisson(Rational(7, 5)), poisson(Rational(7, 5)) / poisson(Rational(8, 5)), 0, 300),
    (poisson(500), poisson(500), 0, 2000),
    (poisson(Rational(1, 10**6)), poisson(Rational(1, 10**6)), 0, 100),
    (negative_binomial(Rational(5, 2), Rational(2, 5)), negative_binomial(Rational(7, 2), Rational(1, 5)), 0, 900),
    (-(Rational(3, 5) ** k) / (k * log(Rational(2, 5))), k ** Rational(-7, 2), 1, 1300),
    (Rational(2, 7) * Rational(5, 7) ** (k - 1), poisson(3), 1, 1600),
    (k * 2 ** (1 - k) / 4, k * 2 ** (1 - k) / 4, 1, 900),
    ((1 - 1 / sqrt(2)) * sqrt(2) ** -k, k + Rational(1, 3), 0, 1700),
    (-poisson(3), S(2) ** k, 0, 300),
]


@pytest.mark.parametrize("prec", [30, 113, 300])
@pytest.mark.parametrize(("mass", "argument", "low", "terms"), CASES, ids=str)
def test_geometric_tails(mass, argument, low, terms, prec):
    total, value = kernel_sum(mass, argument, k, low, None, RealField(prec))
    assert_contains(total, plain_sum(mass, low, terms), prec - 12)
    assert_contains(value, plain_sum(mass * log(argument), low, terms), prec - 16)


def test_a_sum_up_to_a_last_term():
    total, value = kernel_sum(poisson(10), poisson(10), k, 3, 17, RealField(100))
    assert_contains(total, plain_sum(poisson(10), 3, 15), 90)
    assert_contains(value, plain_sum(poisson(10) * log(poisson(10)), 3, 15), 88)


@settings(deadline=None, max_examples=40)
@given(st.fractions(Fraction(1, 50), 60), st.fractions(Fraction(1, 50), 60), st.integers(20, 200))
def test_any_two_poisson_rates(first, second, prec):
    p, q = (Rational(rate.numerator, rate.denominator) for rate in (first, second))
    _, value = kernel_sum(poisson(p), poisson(p) / poisson(q), k, 0, None, RealField(prec))
    with mpmath.workdps(100):
        a, b = mpmath.mpf(p.p) / p.q, mpmath.mpf(q.p) / q.q
        exact = exact_fraction(a * mpmath.log(a / b) + b - a)
    slack = Fraction(1, 10**90)
    assert value.lower - slack <= exact <= value.upper + slack


@pytest.mark.parametrize(
    ("mass", "argument", "reason"),
    [
        (k**-3, k, "like a power"),
        (S(2) ** k, k, "or not at all"),
        (factorial(k), k, "grow"),
        (2**-k / (k - 3), k, "not positive"),
        (poisson(30), k - 3, "not positive"),
        ((-S.Half) ** k, k, "alternating"),
        (poisson(2), sqrt(2) + k, "not rational"),
        (cos(k), k, "linear factors"),
    ],
)
def test_out_of_reach(mass, argument, reason):
    with pytest.raises(OutOfReach, match=reason):
        kernel_sum(mass, argument, k, 1, None, RealField(60))


@pytest.mark.parametrize("a", [Fraction(0), Fraction(1), Fraction(-1, 3), Fraction(10, 3)])
def test_models_contain_their_functions(a):
    N, order, prec = 60, 30, 150
    with mpmath.workdps(80):
        for w in (mpmath.mpf(1) / 60, mpmath.mpf(1) / 61, mpmath.mpf(1) / 1000):
            z, shift = 1 / w, mpmath.mpf(a.numerator) / a.denominator
            expected = [
                (reciprocal(a, order, N, prec), 1 / (1 + shift * w)),
                (logarithm(a, order, N, prec), mpmath.log(1 + shift * w)),
                (
                    stirling(a, order, N, prec),
                    mpmath.loggamma(z + shift) - (z + shift - 0.5) * mpmath.log(z) + z - mpmath.log(2 * mpmath.pi) / 2,
                ),
            ]
            expected.append((expected[2][0].exponential(), mpmath.exp(expected[2][1])))
            expected.append((expected[2][0].times(expected[0][0]), expected[2][1] * expected[0][1]))
            for model, value in expected:
                polynomial = sum(exact_fraction(w) ** m * c.lower for m, c in enumerate(model.coefficients))
                off = sum(exact_fraction(w) ** m * (c.upper - c.lower) for m, c in enumerate(model.coefficients))
                bound = model.remainder.upper * exact_fraction(w) ** order + off + Fraction(1, 10**70)
                assert abs(exact_fraction(value) - polynomial) <= bound


def test_an_exponential_out_of_reach():
    one = Ball(1, 0, 0, 60)
    with pytest.raises(OutOfReach, match="does not converge"):
        Model([one * 0, one], Ball(10**9, 0, 0, 60), 10).exponential()


def zeta_log(s):
    with mpmath.workdps(80):
        return exact_fraction(-mpmath.zeta(mpmath.mpf(s.numerator) / s.denominator, 1, 1))


@pytest.mark.parametrize("s", [Fraction(2), Fraction(7, 2), Fraction(11, 10), Fraction(9)])
@pytest.mark.parametrize("prec", [40, 120])
def test_power_tails(s, prec):
    power = Rational(s.numerator, s.denominator)
    total, value = power_sum(k**-power, k, k, 1, RealField(prec))
    with mpmath.workdps(80):
        assert_contains(total, exact_fraction(mpmath.zeta(mpmath.mpf(s.numerator) / s.denominator)), prec - 8)
    assert_contains(value, zeta_log(s), prec - 8)


def test_power_tails_of_beta_functions():
    """The sum over k of rho B(k, rho + 1) is 1."""
    rho = Rational(7, 3)
    pmf = rho * beta(k, rho + 1)
    total, value = power_sum(pmf, pmf, k, 1, RealField(120))
    assert_contains(total, Fraction(1), 110)
    fine = power_sum(pmf, pmf, k, 1, RealField(250))[1]
    assert value.lower <= fine.lower <= fine.upper <= value.upper


@pytest.mark.parametrize(
    ("mass", "argument", "sign"),
    [(k**-2, 2**-k, -1), (k**-2, factorial(k), 1), (-(k**-2), factorial(k), -1), (k**-3, 2**k, 0), (k**-2, k, 0), (2**-k, 2**k, 0)],
)
def test_divergent_logarithms(mass, argument, sign):
    assert divergence_sign(mass, argument, k) == sign


def test_what_falls_like_a_power():
    assert falls_like_power(beta(k, 3), k)
    assert not falls_like_power(poisson(3), k)
    with pytest.raises(OutOfReach, match="diverges"):
        power_sum(1 / k, k, k, 1, RealField(60))


def test_envelopes_against_plain_sums():
    """Skellam's and Hermite's pmfs are convolutions of Poisson counts."""
    found = evaluate(Entropy(stats.Skellam("K", 2, Rational(3, 2))), 30)
    with mpmath.workdps(60):
        rates = mpmath.mpf(2), mpmath.mpf(3) / 2
        pmf = [
            mpmath.exp(-sum(rates)) * (rates[0] / rates[1]) ** (mpmath.mpf(j) / 2) * mpmath.besseli(abs(j), 2 * mpmath.sqrt(3))
            for j in range(-60, 61)
        ]
        expected = exact_fraction(-mpmath.fsum(p * mpmath.log(p) for p in pmf))
    assert found.certified
    assert found.contains(Rational(expected.numerator, expected.denominator))

    found = evaluate(KLDivergence(stats.Hermite("K", 1, 2), stats.Poisson("L", 3)), 25)
    with mpmath.workdps(60):
        pmf = [
            mpmath.exp(-3) * mpmath.fsum(mpmath.mpf(2) ** j / mpmath.factorial(j) / mpmath.factorial(n - 2 * j) for j in range(n // 2 + 1))
            for n in range(200)
        ]
        other = [mpmath.exp(-3) * mpmath.mpf(3) ** n / mpmath.factorial(n) for n in range(200)]
        expected = exact_fraction(mpmath.fsum(p * mpmath.log(p / q) for p, q in zip(pmf, other, strict=True)))
    assert found.certified
    assert found.contains(Rational(expected.numerator, expected.denominator))


def test_an_envelope_is_needed():
    with pytest.raises(OutOfReach, match="no bound"):
        enveloped_sum(cos(k), (cos(k),), k, S.Zero, oo, RealField(40))


def test_total_mass_is_checked():
    m = Certifier(60)
    twice = 2 * poisson(3)
    with pytest.raises(DomainError, match="its total is about 2"):
        m.total(Sum(-twice * log(twice), (k, 0, oo)), (twice,))


def test_explicit_sums():
    found = evaluate(Sum(1 / factorial(k), (k, 0, oo)), 40)
    assert found.certified
    assert str(found) == "2.718281828459045235360287471352662497757"
    assert str(evaluate(Sum(k**-2, (k, 1, oo)), 20)) == "1.6449340668482264365"
    with pytest.raises(PrecisionError):
        evaluate(Sum(cos(k) / k**2, (k, 1, oo)), 10)


def test_terms_that_rise_again_after_they_have_vanished():
    """k!/200**k falls to 10**-86 and rises again: the sum to 700 is not that of its first terms."""
    total, _ = kernel_sum(factorial(k) / S(200) ** k, S.One, k, 0, 700, RealField(60))
    exact = sum(Fraction(1, 200**j) * Fraction(int(factorial(j))) for j in range(701))
    assert total.lower <= exact <= total.upper


def test_the_order_of_the_ends():
    """SymPy's convention: a sum from 5 to 1 is minus the sum from 2 to 4."""
    assert evaluate(Sum(k, (k, 5, 1))).lower == Sum(k, (k, 5, 1)).doit() == -9
    assert evaluate(Sum(k, (k, 5, 4))).lower == 0


def test_a_second_pmf_that_is_none():
    G, Q = stats.Geometric("G", Rational(1, 3)), stats.DiscreteRV(k, 7 * S(2) ** -k, set=S.Naturals, check=False)
    with pytest.raises(DomainError, match="total mass .* is about 7, not 1"):
        evaluate(KLDivergence(G, Q))


@pytest.mark.parametrize("q", [(exp(1) - 1) * exp(-k), S(2) ** -k * (k - 3) ** 2 / 3], ids=str)
def test_infinite_divergences_of_sums(q):
    Q = stats.DiscreteRV(k, q, set=S.Naturals, check=False)
    assert evaluate(KLDivergence(stats.Zeta("Z", 2), Q)).lower is oo


def test_work_is_bounded():
    for noun in (
        Entropy(stats.Poisson("K", 10**7)),
        KLDivergence(stats.YuleSimon("Y", 1), stats.DiscreteRV(k, 1 / (k * (k + 1)), set=S.Naturals)),
    ):
        with pytest.raises(PrecisionError):
            evaluate(noun)
    with pytest.raises(PrecisionError, match="more than 100000 terms"):
        evaluate(Sum(1 / k, (k, 1, 10**12)))
