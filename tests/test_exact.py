"""Exact numbers from text and Python values."""

from decimal import Decimal
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Float, Integer, Rational, Symbol, pi

from symentropy.errors import DomainError, ParseError
from symentropy.exact import MAX_NUMBER_DIGITS, exact, int_from_digits, read_number, shorten, shown


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", Integer(3)),
        ("-3", Integer(-3)),
        ("+3", Integer(3)),
        ("0.25", Rational(1, 4)),
        (".5", Rational(1, 2)),
        ("5.", Integer(5)),
        ("1e-30", Rational(1, 10**30)),
        ("2.5E2", Integer(250)),
        ("1/3", Rational(1, 3)),
        (" -1 / 3 ", Rational(-1, 3)),
        ("0.1/0.3", Rational(1, 3)),
        ("007", Integer(7)),
    ],
)
def test_numbers(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "-",
        "e5",
        "1e",
        "1e+",
        "1//2",
        "1/",
        "/2",
        "1/2/3",
        "--1",
        "0x10",
        "1_000",
        "٣",
        "1,5",
        "p",
        "nan",
        "inf",
        "1/-2",
    ],
)
def test_what_is_not_a_number(text):
    with pytest.raises(ParseError, match="expected an exact number") as caught:
        read_number(text)
    assert caught.value.span == (0, len(text))


def test_sizes_are_bounded():
    assert read_number("1e-90000") == Rational(1, 10**90000)
    with pytest.raises(ParseError, match=f"more than {MAX_NUMBER_DIGITS} digits"):
        read_number("1e100001")
    with pytest.raises(ParseError, match="digits"):
        read_number("1e" + "9" * 5000)
    with pytest.raises(DomainError, match="division by zero"):
        read_number("1/0.0")


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=6000))
def test_long_integers(head, zeros):
    assert int_from_digits(f"{head}{'0' * zeros}") == head * 10**zeros


@given(st.fractions())
def test_fractions_survive_their_text(value):
    assert read_number(str(value)) == Rational(value.numerator, value.denominator)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e50"), max_value=Decimal("1e50")))
def test_decimals_are_exact(value):
    assert exact(value, "x") == Rational(*Fraction(value).as_integer_ratio())


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_value_offered_for_a_float_is_that_float(value):
    with pytest.raises(TypeError) as caught:
        exact(value, "x")
    offered = str(caught.value).split("write ")[1].split(" ")[0].strip("'")
    assert float(Fraction(offered)) == value


@pytest.mark.parametrize(
    "value",
    [0.5, Float(0.5), np.float64(0.5), np.float32(0.5), mpmath.mpf("0.5"), 0.5 * Symbol("p"), 0.5j, Decimal("nan")],
)
def test_floats_are_refused(value):
    with pytest.raises(TypeError, match="not exact"):
        exact(value, "x")


def test_other_values():
    assert exact(np.int64(3), "x") == 3
    assert exact(Fraction(1, 3), "x") == Rational(1, 3)
    assert exact(pi, "x") is pi
    for value in (None, True, object(), [1], {"a": 1}, pi > 3):
        with pytest.raises(DomainError, match=r"^x is "):
            exact(value, "x")


def test_short_text():
    assert shorten("a" * 100) == "a" * 38 + "..." + "a" * 38
    assert shown(Rational(1, 3)) == "1/3"
    assert shown(Integer(10) ** 9999).startswith("about 1.00000")
