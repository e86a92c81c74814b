"""Parameters that are large numbers: quick, and the same value as the definition has; densities that no kernel explains end in time."""

import time

import pytest
from sympy import Integer, Integral, Interval, Rational, S, Symbol, exp, gamma, log, oo, pi, polygamma, sqrt
from sympy import stats as st

from symentropy import Entropy, KLDivergence, NoClosedForm, derive, entropy, evaluate, kl_divergence

x = Symbol("x", real=True)
b = Symbol("b", positive=True)
HUGE = Integer(10) ** 50
THIRD = Rational(1, 3)


@pytest.mark.parametrize(
    ("noun", "digits"),
    [
        (Entropy(st.Gamma("X", 2000, Rational(3, 2))), 20),
        (Entropy(st.Beta("X", 1001, Rational(2003, 2))), 20),
        (Entropy(st.ChiSquared("X", 1200)), 20),
        (Entropy(st.StudentT("X", 1500)), 20),
        (Entropy(st.Uniform("X", -1001, 1003)), 20),
        (Entropy(st.Triangular("X", 0, 5000, 2500)), 20),
        (Entropy(st.Weibull("X", 3, Rational(1, 1009))), 15),
        (Entropy(st.Normal("X", 0, Rational(1, 5000))), 20),
        (KLDivergence(st.Gamma("X", 1500, 2), st.Gamma("Y", 1501, 2)), 20),
        (KLDivergence(st.Exponential("X", 1), st.Gamma("Y", Rational(3, 2), 10**6)), 20),
        (KLDivergence(st.Pareto("X", 5000, 3), st.Pareto("Y", 2, 3)), 20),
        (KLDivergence(st.Poisson("X", 2000), st.Poisson("Y", 2001)), 15),
        (KLDivergence(st.Geometric("X", Rational(1, 2000)), st.Geometric("Y", Rational(1, 3000))), 15),
    ],
    ids=str,
)
def test_a_large_number_gives_the_value_of_the_definition(noun, digits):
    value, definition = evaluate(noun.doit(), digits), evaluate(noun, digits)
    assert value.lower <= definition.upper
    assert definition.lower <= value.upper


EXTREME = [
    st.Gamma("X", 10**5, b),
    st.Gamma("X", HUGE, HUGE),
    st.Erlang("X", 10**5, 1 / HUGE),
    st.GammaInverse("X", 10**5, 2),
    st.ChiSquared("X", 10**6),
    st.Chi("X", 10**5),
    st.Beta("X", 10**5, 10**6),
    st.Beta("X", Rational(1, 3), HUGE),
    st.BetaPrime("X", pi, Rational(200001, 2)),
    st.FDistribution("X", 10**5, 3),
    st.StudentT("X", HUGE),
    st.Nakagami("X", 10**5, HUGE / 3),
    st.Kumaraswamy("X", HUGE, pi),
    st.Weibull("X", HUGE, 171),
    st.Uniform("X", 0, HUGE),
    st.Normal("X", -HUGE, 1 / HUGE),
    st.Zeta("X", 10**5),
    st.Geometric("X", 1 / HUGE),
    st.LogLogistic("X", 1, 10**5),
    st.Binomial("X", HUGE, THIRD),
]


@pytest.mark.parametrize("X", EXTREME, ids=lambda X: str(X.pspace.distribution)[:40])
def test_extreme_parameters_end_in_time(X):
    start = time.process_time()
    value = entropy(X)
    assert kl_divergence(X, X) == 0
    assert time.process_time() - start < 3
    assert not value.has(S.NaN, S.ComplexInfinity)


def test_functions_of_large_numbers_stay_as_they_are():
    assert entropy(st.Gamma("X", 10**5, b)).has(polygamma(0, 10**5, evaluate=False))
    assert entropy(st.Gamma("X", 10**5, b)).subs(b, 2) == entropy(st.Gamma("X", 10**5, 2))


def test_a_power_that_is_too_long_is_no_closed_form():
    with pytest.raises(NoClosedForm, match="too long to be written"):
        kl_divergence(st.Weibull("X", 3, 1), st.Weibull("Y", 2, HUGE))


def test_no_derivation_with_large_numbers():
    with pytest.raises(NoClosedForm, match="symbols in the place of large numbers"):
        derive(Entropy(st.Gamma("X", 10**5, b)))
    assert derive(Entropy(st.Cauchy("X", 0, 5000))).claim.rhs == entropy(st.Cauchy("X", 0, 5000))


def own(density, low=0, high=oo):
    return st.ContinuousRV(x, density, set=Interval(low, high))


#: Densities of one's own and whether their entropy has a closed form.
OWN = {
    "a kernel without a name": (own(3 * 2 ** Rational(8, 3) / gamma(Rational(8, 3)) * x**7 * exp(-2 * x**3)), True),
    "shifted": (own(exp(-(x - 5)), 5), True),
    "reflected": (own(exp(x), -oo, 0), True),
    "scaled": (own(exp(-x / 7) / 7), True),
    "shifted power": (own(2 * (x - 1) * exp(-((x - 1) ** 2)), 1), True),
    "quartic": (own(2 * exp(-(x**4)) / gamma(Rational(1, 4)), -oo), True),
    "hyperbolic secant": (own(1 / (exp(x) + exp(-x)) * 2 / pi, -oo), True),
    "even power about a centre": (own(6 * exp(-((x - 2) ** 6)) / (2 * gamma(Rational(1, 6))), -oo), True),
    "logistic-normal": (own(exp(-((log(x / (1 - x))) ** 2) / 2) / (sqrt(2 * pi) * x * (1 - x)), 0, 1), False),
    "quartic and square": (own(exp(-(x**4) - x**2), -oo), False),
    "reciprocal": (own(exp(-x - 1 / x), 0), False),
    "truncated": (own(exp(-x) / (1 - exp(-3)), 0, 3), True),
    "truncated normal": (own(sqrt(2 / pi) * exp(-(x**2) / 2), 0), True),
}


@pytest.mark.parametrize("name", OWN)
def test_densities_of_ones_own_end_in_time(name):
    X, has_form = OWN[name]
    start = time.process_time()
    value = entropy(X)
    assert value.has(Integral) != has_form
    assert kl_divergence(X, st.Normal("Y", 0, 1)) != 0
    assert time.process_time() - start < 3
    if not has_form:
        with pytest.raises(NoClosedForm):
            derive(Entropy(X))
    elif not value.free_symbols:
        definition, closed = evaluate(Entropy(X), 12), evaluate(value, 12)
        assert definition.lower <= closed.upper
        assert closed.lower <= definition.upper
