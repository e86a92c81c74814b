"""Estimated expectations: right where they are returned, refused where a cross-check fails."""

import pytest
import sympy as sp
from mpmath import mp, mpf, workdps
from sympy import Abs, Piecewise, Rational, S, beta, erfc, exp, gamma, log, oo, pi, polygamma, sqrt

from symentropy.errors import PrecisionError
from symentropy.evaluation.integrals.double_exponential import estimated_expectation
from symentropy.evaluation.integrals.local_form import LocalForm, singular_points

x = sp.Symbol("x", real=True)
HALF, K = Rational(1, 2), 100000 + Rational(1, 7)


def entropy(density, low, high, digits=30, hints=()):
    return estimated_expectation(density, -density * log(density), x, low, high, digits, hints)


def divergence(p, q, low, high, digits=30, hints=()):
    return estimated_expectation(p, p * log(p / q), x, low, high, digits, hints)


def normal(mean, std):
    return exp(-((x - mean) ** 2) / (2 * std**2)) / (sqrt(2 * pi) * std)


def assert_right(result, expected, digits=30):
    value, error = result
    with workdps(3 * digits + 50):
        exact = mpf(sp.N(expected, 2 * digits + 20)._mpf_ if isinstance(expected, sp.Expr) else expected)
        difference = abs(mpf(value) - exact)
        assert difference <= abs(exact) * mpf(10) ** -digits
        assert difference <= 2 * error + abs(exact) * mpf(10) ** (-digits - 10)
        assert error <= abs(value) * mpf(10) ** -digits


ENTROPIES = {
    "normal": (normal(Rational(-2, 7), Rational(9, 4)), -oo, oo, log(2 * pi * S.Exp1) / 2 + log(Rational(9, 4))),
    "Cauchy": (1 / (pi * 3 * (1 + ((x - 1) / 3) ** 2)), -oo, oo, log(12 * pi)),
    "Laplace": (exp(-Abs(x - 1) / 2) / 4, -oo, oo, 1 + log(4)),
    "exponential": (3 * exp(-3 * x), 0, oo, 1 - log(3)),
    "Pareto": (Rational(1, 4) * x ** Rational(-5, 4), 1, oo, log(4) + 1 + 4),
    "Lomax": (HALF * (1 + x) ** Rational(-3, 2), 0, oo, log(2) + 1 + 2),
    "Levy": (exp(-1 / (2 * x)) / (sqrt(2 * pi) * x ** Rational(3, 2)), 0, oo, (1 + 3 * S.EulerGamma + log(16 * pi)) / 2),
    "arcsine": (1 / (pi * sqrt((2 - x) * (x - 1))), 1, 2, log(pi / 4)),
    "arcsine written otherwise": (1 / (pi * sqrt(1 - x**2)), -1, 1, log(pi / 2)),
    "semicircle": (2 * sqrt(4 - x**2) / (4 * pi), -2, 2, log(2 * pi) - HALF),
    "triangular": (Piecewise((2 * x, x < HALF), (2 - 2 * x, True)) * 2 / 1, 0, 1, HALF - log(2)),
    "steep beta": (x ** Rational(-9, 10) * (1 - x) ** Rational(-9, 10) / beta(Rational(1, 10), Rational(1, 10)), 0, 1, None),
    "sharp gamma": (x ** (K - 1) * exp(-x) / gamma(K), 0, oo, None),
}


def beta_entropy(a, b):
    psi = lambda z: polygamma(0, z)  # noqa: E731
    return log(beta(a, b)) - (a - 1) * psi(a) - (b - 1) * psi(b) + (a + b - 2) * psi(a + b)


def closed_form(name):
    if name == "steep beta":
        return beta_entropy(Rational(1, 10), Rational(1, 10))
    if name == "sharp gamma":
        return K + sp.loggamma(K) - (K - 1) * polygamma(0, K)
    return ENTROPIES[name][3]


@pytest.mark.parametrize("name", ENTROPIES)
def test_entropies(name):
    density, low, high, _ = ENTROPIES[name]
    assert_right(entropy(density, sp.sympify(low), sp.sympify(high)), closed_form(name))


def test_vanishing_differences_keep_their_digits():
    # Kumaraswamy's density at 1: 1 - x**a is computed from the distance
    a, b = Rational(3, 2), Rational(1, 3)
    density = a * b * x ** (a - 1) * (1 - x**a) ** (b - 1)
    harmonic = polygamma(0, b + 1) + S.EulerGamma
    assert_right(entropy(density, S.Zero, S.One), 1 - 1 / b + (1 - 1 / a) * harmonic - log(a * b))


def test_a_narrow_peak_far_from_every_hint_is_found_or_refused():
    mean, std = 10**9 + Rational(1, 3), Rational(1, 10**9)
    assert_right(entropy(normal(mean, std), -oo, oo, hints=(1, 2)), log(2 * pi * S.Exp1) / 2 + log(std))
    hidden = exp(-((x**3 + x - 5 * 10**26) ** 2) * 10**30)  # mass unknown to the quadrature
    with pytest.raises(PrecisionError):
        entropy(hidden, -oo, oo)


def test_a_spike_that_no_point_of_the_split_shows_is_not_missed():
    spike = exp(-((exp(x) - 2) ** 2) * 10**24) * 10**12 * exp(x) / sqrt(pi)
    with pytest.raises(PrecisionError, match="mass|settle|nodes|diverge"):
        entropy(exp(-x) / 2 + spike / 2, S.Zero, oo)


def test_two_far_peaks():
    p = (normal(-1000, 1) + normal(2000, Rational(1, 10))) / 2
    expected = log(2) + log(2 * pi * S.Exp1) / 2 - log(10) / 2
    assert_right(entropy(p, -oo, oo), expected)


def test_a_narrow_feature_of_the_second_density():
    width = Rational(1, 10**8)
    q = (normal(0, 1) + 1 / (pi * width * (1 + ((x - Rational(3, 10)) / width) ** 2))) / 2
    coarse, fine = (divergence(normal(0, 1), q, -oo, oo, digits)[0] for digits in (12, 20))
    assert abs(coarse - fine) < 1e-12
    assert 1e-9 < abs(fine - mp.log(2)) < 1e-3


def test_kinks():
    laplace, cauchy = exp(-Abs(x - HALF)) / 2, 1 / (pi * (1 + x**2))
    value, _ = divergence(laplace, cauchy, -oo, oo)
    again, _ = divergence(laplace.subs(x, x + 3), cauchy.subs(x, x + 3), -oo, oo, 40)
    assert abs(value - value.context.convert(again)) < 1e-30
    folded = exp(-Abs(log(x) - 1) * 2) / x  # a kink at e
    assert_right(entropy(folded, S.Zero, oo), 2)


def test_student_against_cauchy_has_exact_mean():
    # E[log(1 + x**2)] under the standard Cauchy law is log 4
    cauchy = 1 / (pi * (1 + x**2))
    assert_right(estimated_expectation(cauchy, cauchy * log(1 + x**2), x, -oo, oo, 40), log(4), 40)


def test_tails_of_a_logarithm():
    # log x is Cauchy: the tails reach beyond every power of x
    p, q = (1 / (pi * s * x * (1 + (log(x) / s) ** 2)) for s in (1, 3))
    assert_right(divergence(p, q, S.Zero, oo), log(Rational(4, 3)))


def test_cancellation_raises_the_precision():
    shift = Rational(1, 10**25)
    assert_right(divergence(normal(0, 1), normal(shift, 1), -oo, oo, 20), shift**2 / 2, 20)


def test_overflowing_exponentials_are_no_obstacle():
    gompertz = exp(x) * exp(-(exp(x) - 1))
    assert_right(entropy(gompertz, S.Zero, oo), 1 - S.Exp1 * sp.expint(1, 1))


def test_special_functions():
    skew = 2 * normal(0, 1) * erfc(-x / sqrt(2)) / 2
    assert_right(estimated_expectation(skew, skew * x, x, -oo, oo, 30), 1 / sqrt(pi))


CAUCHY = 1 / (pi * (1 + x**2))
#: density, integrand, ends
DIVERGENT = {
    "Cauchy against normal": (CAUCHY, CAUCHY * x**2, -oo, oo),
    "absolute value of Cauchy": (CAUCHY, CAUCHY * Abs(x), -oo, oo),
    "mean of Cauchy": (CAUCHY, CAUCHY * x, -oo, oo),
    "1/x at 0": (S.One, 1 / x, 0, 1),
    "1/(x log x) at infinity": (S.Exp1 / x**2 * exp(-1), 1 / (x * log(x + 1)), 1, oo),
    "a needle of a lognormal against Gompertz": (normal(0, Rational(1, 1000)).subs(x, log(x)) / x, None, 0, oo),
}


@pytest.mark.parametrize("name", DIVERGENT)
def test_divergent_integrals_are_refused(name):
    density, integrand, low, high = DIVERGENT[name]
    if integrand is None:
        integrand = density * exp(x)
    with pytest.raises(PrecisionError):
        estimated_expectation(density, integrand, x, sp.sympify(low), sp.sympify(high), 20)


@pytest.mark.parametrize("factor", [2, 1 + Rational(1, 10**15), 1 - Rational(1, 10**25)])
def test_a_density_that_has_not_mass_1_is_refused(factor):
    with pytest.raises(PrecisionError, match="mass"):
        entropy(factor * exp(-x), S.Zero, oo)


def test_a_value_of_zero_is_refused_or_exactly_zero():
    with pytest.raises(PrecisionError, match="zero"):
        estimated_expectation(normal(0, 1), normal(0, 1) * x, x, -oo, oo, 20)


@pytest.mark.parametrize("density", [1 - 2 * x, x - HALF])
def test_a_negative_density_is_refused(density):
    with pytest.raises(PrecisionError):
        entropy(density, S.Zero, S.One)


def test_singular_points():
    assert singular_points(Abs(x - 1), x) == {1}
    assert singular_points(1 / (1 + (x - 3) ** 2), x) == {3}
    assert singular_points(sqrt(x**2 - 2), x) == {0, sqrt(2), -sqrt(2)}
    assert singular_points(Abs(log(x) - 2), x) == {0, exp(2)}
    assert singular_points(Piecewise((x, x < pi), (0, True)), x) == {pi}
    assert singular_points(exp(-x), x) == set()


def test_a_local_form_has_all_digits_next_to_its_point():
    form = LocalForm(1 / sqrt(1 - x**2), log(1 - x**2) / sqrt(1 - x**2), x, S.One, -1, [mpf("0.01"), mpf("0.1"), mpf("0.4")])
    tiny = mpf(10) ** -300
    logarithm, statistic = form.at(tiny, mp.log(tiny), 53)
    assert abs(logarithm - mp.log(tiny) + mp.log(2 * tiny) / 2) < 1e-12
    assert abs(statistic - mp.log(2 * tiny)) < 1e-10


@pytest.mark.slow
def test_many_digits():
    assert_right(entropy(normal(1, 2), -oo, oo, 300), log(2 * pi * S.Exp1) / 2 + log(2), 300)
