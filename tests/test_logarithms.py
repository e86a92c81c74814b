"""Logarithms as a person writes them, against floating point."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import E, I, Integer, Rational, Symbol, exp, log, oo, pi, sqrt

from symentropy.errors import DomainError
from symentropy.logarithms import checked_base, natural_log, perfect_power, rational_log

positive = st.integers(min_value=1, max_value=10**12)


@given(positive, st.integers(min_value=1, max_value=12))
def test_perfect_powers(root, exponent):
    found, multiple = perfect_power(root**exponent)
    assert found**multiple == root**exponent
    assert multiple % exponent == 0 or root == 1


@given(positive, positive)
def test_rational_logarithms(over, under):
    ratio = Rational(over, under)
    assert math.isclose(float(rational_log(int(ratio.p), int(ratio.q))), math.log(over) - math.log(under), rel_tol=1e-9, abs_tol=1e-9)


def test_shapes():
    n = Symbol("n", positive=True)
    assert natural_log(Rational(8, 27)) == 3 * log(Rational(2, 3))
    assert natural_log(Rational(4, 3)) == log(Rational(4, 3))
    assert natural_log(1 / n) == -log(n)
    assert natural_log(sqrt(2) / 2) == -log(2) / 2
    assert natural_log(exp(-2)) == -2
    assert natural_log(Integer(2) ** 1000) == 1000 * log(2)
    assert natural_log(Integer(10) ** 1000) == 1000 * log(10)


@pytest.mark.parametrize("base", [2, 10, "1/2", E, pi, sqrt(2), Symbol("b"), Rational(3, 2)])
def test_bases(base):
    assert checked_base(base) is not None


@pytest.mark.parametrize(
    "base",
    [
        0,
        1,
        -2,
        "1.0",
        oo,
        -oo,
        I,
        sqrt(2) - sqrt(2) + 1,
        log(E),
        -pi,
        Symbol("c", negative=True),
        None,
        True,
        "two",
        (2,),
    ],
)
def test_bad_bases(base):
    with pytest.raises(ValueError, match="base of the logarithm|exact number"):
        checked_base(base)


def test_a_float_is_not_a_base():
    with pytest.raises(TypeError, match="the base of the logarithm is the binary float 2.0"):
        checked_base(2.0)


def test_domain_error_type():
    with pytest.raises(DomainError, match="positive number other than 1"):
        checked_base(1)
