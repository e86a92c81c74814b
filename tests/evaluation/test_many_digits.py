"""Many digits of densities come from closed forms, and continue those that come from the integrals."""

import time

import pytest
from sympy import Integral, Interval, Rational, Symbol, exp, gamma, oo
from sympy import stats as st

from symentropy import CrossEntropy, DomainError, Entropy, KLDivergence, evaluate

half, third = Rational(1, 2), Rational(1, 3)
x = Symbol("x", positive=True)
OWN = st.ContinuousRV(x, 3 * 2 ** Rational(8, 3) * x**7 * exp(-2 * x**3) / gamma(Rational(8, 3)), set=Interval(0, oo))
NOUNS = [
    Entropy(st.Normal("X", 0, 2)),
    Entropy(st.Beta("X", 7 * third, 9 * half)),
    Entropy(st.Triangular("X", 0, 1, third)),
    Entropy(st.VonMises("X", 0, 2)),
    Entropy(OWN),
    CrossEntropy(st.Normal("X", 0, 1), st.Laplace("Y", third, 2)),
    KLDivergence(st.Gamma("X", 7 * third, half), st.Gamma("Y", half, 3)),
    KLDivergence(st.Normal("X", 0, 1), st.Normal("Y", Rational(1, 10**30), 1)),
]


@pytest.mark.parametrize("noun", NOUNS, ids=str)
def test_a_thousand_digits_continue_those_of_the_integral(noun):
    few = evaluate(noun, 40)
    assert few.certified
    start = time.monotonic()
    many = evaluate(noun, 1000)
    assert time.monotonic() - start < 20
    assert many.certified
    assert few.lower <= many.lower <= many.upper <= few.upper
    assert abs(many.upper - many.lower) < abs(many.upper) / 10**999


@pytest.mark.parametrize(
    "noun",
    [
        KLDivergence(st.Cauchy("X", 0, 1), st.Normal("Y", 0, 1)),
        KLDivergence(st.Exponential("X", 2), st.GammaInverse("Y", 2, 3)),
        KLDivergence(st.Normal("X", 0, 1), st.Exponential("Y", 2)),
        CrossEntropy(st.Pareto("X", 1, 1), st.Exponential("Y", 1)),
    ],
    ids=str,
)
def test_what_is_infinite_is_so_to_many_digits(noun):
    assert str(evaluate(noun, 30)) == str(evaluate(noun, 1000)) == "oo"


@pytest.mark.parametrize("digits", [50, 250])
def test_a_mass_that_is_nearly_1_is_noticed_to_many_digits(digits):
    X = st.ContinuousRV(x, (1 + Rational(1, 10**30)) * exp(-x), set=Interval(0, oo), check=False)
    for noun in (Entropy(X), KLDivergence(X, st.Gamma("Y", 2, 3)), KLDivergence(st.Gamma("Y", 2, 3), X)):
        with pytest.raises(DomainError, match="mass"):
            evaluate(noun, digits)


def test_what_has_no_closed_form_keeps_its_integral():
    noun = KLDivergence(st.Normal("X", 0, 1), st.Cauchy("Y", 1, 2))
    assert noun.doit().has(Integral)
    assert evaluate(noun, 200).certified
