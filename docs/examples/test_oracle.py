"""Tests of numerical code, with certified digits as the truth."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.special import xlog1py
from sympy import Rational, lambdify, symbols
from sympy.stats import Gamma

from symentropy import Entropy, KLDivergence, evaluate


def naive(p, q):
    """Return D(P || Q) by the formula of the textbook."""
    return np.sum(p * np.log(p / q))


def divergence(p, q):
    """Return D(P || Q) as the sum of q h(d) with d = p/q - 1 and h(d) = (1 + d) log(1 + d) - d, by its series for small d."""
    d = (p - q) / q
    series = sum((-d) ** k / (k * (k - 1)) for k in range(2, 10))
    return np.sum(q * np.where(np.abs(d) < 0.01, series, xlog1py(1 + d, d) - d))


def relative_error(value, oracle):
    """Return an upper bound of the relative error of a float, computed exactly."""
    exact = Rational(Fraction(float(value)))
    return max(abs(exact - oracle.lower), abs(exact - oracle.upper)) / min(abs(oracle.lower), abs(oracle.upper))


def near(exponent):
    """Return two pmfs that differ by a power of 2, so that floats hold them exactly."""
    e = Fraction(1, 2**exponent)
    return [Fraction(1, 2), Fraction(1, 2)], [Fraction(1, 2) + e, Fraction(1, 2) - e]


FAR = [Fraction(1, 4), Fraction(3, 4)], [Fraction(1, 2), Fraction(1, 2)]
ZERO = [Fraction(0), Fraction(1)], [Fraction(1, 8), Fraction(7, 8)]


@pytest.mark.parametrize("pair", [FAR, ZERO, near(4), near(10), near(30), near(50)])
def test_divergence_is_right_to_nearly_all_digits(pair):
    p, q = (np.array(side, dtype=float) for side in pair)
    assert relative_error(divergence(p, q), evaluate(KLDivergence(*pair), 30)) < Rational(1, 10**13)


@pytest.mark.xfail(reason="p log(p/q) cancels where p and q nearly agree", raises=AssertionError)
def test_the_formula_of_the_textbook_is_not():
    pair = near(30)
    p, q = (np.array(side, dtype=float) for side in pair)
    assert relative_error(naive(p, q), evaluate(KLDivergence(*pair), 30)) < Rational(1, 10**13)


def test_a_closed_form_in_floating_point():
    k, theta = symbols("k theta", positive=True)
    entropy = Entropy(Gamma("X", k, theta))
    function = lambdify((k, theta), entropy, "scipy")
    for shape in (Fraction(1, 8), Fraction(1), Fraction(10), Fraction(1000)):
        oracle = evaluate(entropy.subs({k: Rational(shape), theta: 2}), 20)
        assert relative_error(function(float(shape), 2.0), oracle) < Rational(1, 10**10)
