"""Integrals and sums as a noun asks for them: enclosed, infinite, estimated or refused."""

import pytest
from sympy import Abs, E, Integral, N, Rational, S, Symbol, exp, log, oo, pi, sqrt
from sympy.stats import (
    Beta,
    Cauchy,
    ContinuousRV,
    ExGaussian,
    Exponential,
    Gamma,
    GammaInverse,
    GaussianInverse,
    Laplace,
    Levy,
    LogNormal,
    Lomax,
    Normal,
    Pareto,
    StudentT,
    Uniform,
)

from symentropy import CrossEntropy, DomainError, Entropy, KLDivergence, PrecisionError, evaluate
from symentropy.evaluation.integrals.quadrature import has_infinite_end

x = Symbol("x", real=True)
HALF = S.Half


@pytest.mark.parametrize(
    ("noun", "value"),
    [
        (Entropy(Normal("X", 0, 2)), log(8 * pi * E) / 2),
        (Entropy(Exponential("X", 3)), 1 - log(3)),
        (Entropy(Beta("X", HALF, HALF)), log(pi / 4)),
        (KLDivergence(Normal("X", 0, 1), Normal("Y", 1, 2)), log(2) - Rational(1, 4)),
        (KLDivergence(Cauchy("X", 0, 1), Cauchy("Y", 1, 2)), log(Rational(10, 8))),
        (KLDivergence(Laplace("X", 0, 1), Laplace("Y", 0, 3)), log(3) - Rational(2, 3)),
        (CrossEntropy(Uniform("X", 0, 1), Exponential("Y", 2)), 1 - log(2)),
        (KLDivergence(Uniform("X", 0, 1), Normal("Y", 0, 1)), log(2 * pi) / 2 + Rational(1, 6)),
        (2 * Entropy(Uniform("X", 0, sqrt(2))) + 1, log(2) + 1),
    ],
    ids=str,
)
def test_against_closed_forms(noun, value):
    found = evaluate(noun, 35)
    assert found.certified
    assert abs(found.midpoint - N(value, 60)) <= found.radius + Rational(1, 10**55)


INFINITE = [
    (Cauchy("X", 0, 1), Normal("Y", 0, 1)),
    (Cauchy("X", 0, 1), Laplace("Y", 2, 1)),
    (StudentT("X", 2), Normal("Y", 0, 1)),
    (Pareto("X", 1, 1), Gamma("Y", 2, 1)),
    (Levy("X", 0, 1), Exponential("Y", 1)),
    (Exponential("X", 1), GammaInverse("Y", 2, 1)),
    (Uniform("X", 0, 1), Levy("Y", 0, 1)),
    (Normal("X", 0, 1), LogNormal("Y", 0, 1)),
]


@pytest.mark.parametrize(("P", "Q"), INFINITE, ids=str)
def test_a_divergence_that_is_infinite(P, Q):
    found = evaluate(KLDivergence(P, Q))
    assert found.exact
    assert found.lower is oo
    assert N(KLDivergence(P, Q)) is oo
    assert evaluate(1 - KLDivergence(P, Q)).lower == -oo


def test_a_cross_entropy_that_is_infinite():
    assert evaluate(CrossEntropy(Exponential("X", 1), GaussianInverse("Y", 1, 2))).lower is oo
    assert evaluate(CrossEntropy(Lomax("X", 1, 1), Gamma("Y", 2, 1))).lower is oo


def test_infinite_values_do_not_cancel():
    with pytest.raises(DomainError, match="no value"):
        evaluate(KLDivergence(*INFINITE[0]) - KLDivergence(*INFINITE[1]))


@pytest.mark.parametrize(
    ("integrand", "low", "high"),
    [
        (1 / (1 + x**2), -oo, oo),
        (1 / (x * log(x) ** 2), S(3), oo),
        (1 / sqrt(x), S(0), S(1)),
        (log(x) ** 2 / sqrt(x), S(0), S(1)),
        (exp(-x) * x**50, S(0), oo),
        (1 / (x ** Rational(101, 100)), S(1), oo),
        (exp(-Abs(x)), -oo, oo),
        (-1 / x, S(1), oo),
    ],
    ids=str,
)
def test_no_false_infinity(integrand, low, high):
    assert not has_infinite_end(integrand, x, low, high)


@pytest.mark.parametrize(
    ("integrand", "low", "high"),
    [
        (1 / (1 + x), S(0), oo),
        (1 / x, S(0), S(1)),
        (x ** Rational(-3, 2), S(0), S(1)),
        (exp(x), -oo, oo),
        (x**2 / (1 + Abs(x) ** 3), -oo, oo),
    ],
    ids=str,
)
def test_true_infinity(integrand, low, high):
    assert has_infinite_end(integrand, x, low, high)


def test_a_density_of_ones_own():
    tent = ContinuousRV(x, 1 - Abs(x), set=Uniform("U", -1, 1).pspace.domain.set)
    found = evaluate(Entropy(tent), 30)
    assert found.certified
    assert found.contains(HALF)
    mixture = ContinuousRV(x, (exp(-((x - 3) ** 2) / 2) + exp(-((x + 3) ** 2) / 2)) / sqrt(8 * pi))
    found = evaluate(Entropy(mixture), 20)
    assert found.certified
    assert evaluate(Entropy(Normal("X", 0, 1))).upper < found.lower < evaluate(Entropy(Normal("X", 0, 1)) + log(2)).upper


def test_a_density_whose_mass_is_not_1():
    with pytest.raises(DomainError, match="is about 1.5, not 1"):
        evaluate(Entropy(ContinuousRV(x, 3 * exp(-2 * Abs(x)) / 2)), 10)


@pytest.mark.parametrize("q", [exp(-Abs(x)), S(10) + 0 * x, (1 + Rational(1, 10**40)) * exp(-Abs(x)) / 2], ids=str)
def test_the_second_density_has_mass_1_as_well(q):
    with pytest.raises(DomainError, match="not a distribution"):
        evaluate(KLDivergence(Normal("X", 0, 1), ContinuousRV(x, q)), 50)


def test_a_mixture_of_distant_parts():
    mixture = ContinuousRV(x, (exp(-(x**2) / 2) + exp(-((x - 10**6) ** 2) / 2)) / sqrt(8 * pi))
    found = evaluate(Entropy(mixture), 15)
    exact = N(log(2 * pi * E) / 2 + log(2), 30)
    assert abs(found.midpoint - exact) < Rational(1, 10**13)


def test_a_hidden_zero_is_given_up_soon():
    with pytest.raises(PrecisionError, match="cannot be told from 0"):
        evaluate(Integral(exp(-(x**2)), (x, -oo, oo)) - sqrt(pi))


def test_a_hidden_zero_is_found_where_there_is_a_closed_form():
    assert str(evaluate(KLDivergence(StudentT("X", 1), Cauchy("Y", 0, 1)))) == "0"


def test_an_explicit_integral():
    found = evaluate(Integral(exp(-(x**2)), (x, -oo, oo)), 30)
    assert found.certified
    assert str(found) == "1.77245385090551602729816748334"


def test_a_costly_integrand_is_estimated():
    P, Q = ExGaussian("X", Rational(1, 3), Rational(7, 5), Rational(3, 2)), ExGaussian("Y", Rational(-1, 4), Rational(3, 4), Rational(2, 3))
    found = evaluate(KLDivergence(P, Q), 20)
    assert not found.certified
    assert found.text() == "0.11190576419208701081"
    assert "estimate" in found.doubts[0]


def test_what_is_not_computed():
    y = Symbol("y", real=True)
    with pytest.raises(PrecisionError, match="several variables"):
        evaluate(Integral(exp(-(x**2) - y**2), (x, -oo, oo), (y, -oo, oo)), 10)
