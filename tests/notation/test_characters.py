"""Formulas as people type them in Unicode: the same as in plain text, or refused."""

import re

import pytest
from sympy import Rational, Symbol, log

from symentropy.errors import ParseError
from symentropy.notation import parse, parse_expression

SAME = [
    ("−𝑝 log\u2061𝑝 – (1–𝑝)\u2062ln\u2061(1−𝑝)", "-p log p - (1-p) ln(1-p)"),
    ("𝜎² + 𝜆", "sigma^2 + lambda"),
    ("x²", "x^2"),
    ("10²", "100"),
    ("10²³", "10^23"),
    ("x₁²", "x_1^2"),
    ("p₁₂", "p_{12}"),
    ("2⁻¹", "1/2"),
    ("eˣ", "e^x"),
    ("xⁿ⁺¹", "x^(n+1)"),
    ("x⁽ⁿ⁺¹⁾", "x^(n+1)"),
    ("½ log x", "1/2 log x"),
    ("½²", "1/4"),
    ("2^½", "sqrt 2"),
    ("1/½", "2"),
    ("log₂ x", "log_2 x"),
    ("log₁₀(x)", "log_{10}(x)"),
    ("log² x", "(log x)^2"),
    ("√2", "sqrt 2"),
    ("√(x + 1)", "sqrt(x+1)"),
    ("2√π", "2 sqrt(pi)"),
    ("√½", "sqrt(1/2)"),
    ("∛8", "2"),
    ("∜16", "2"),
    ("√p₁", "sqrt(p_1)"),
    ("√p q", "sqrt(p) q"),
    ("3÷4·x × 2", "3/2 x"),
    ("1⁄2", "1/2"),
    ("μ₁²", "mu_1^2"),
    ("∑ᵢ pᵢ log pᵢ", "sum_i p_i log p_i"),
    ("∑ᵢ₌₁ⁿ pᵢ²", "sum_i p_i^2"),
    ("∏ᵢ pᵢ", "prod_i p_i"),
    ("∏ₖ₌₁³ k", "6"),
    ("σ²/2", "sigma^2/2"),
    ("−½ log(2πeσ²)", "-1/2 log(2 pi e sigma^2)"),
    ("D(P ‖ Q) + H(P)", "D(P||Q) + H(P)"),
    ("∂/∂p p²", "diff(p^2, p)"),
    ("|x|²", "x^2"),
    ("∂²/∂p² p³", "diff(p^3, p, 2)"),
    ("∂(p²q)/∂p", "diff(p^2 q, p)"),
    ("n!²", "(n!)^2"),
    ("p'²", "p'^2"),
    ("(p+q)²", "(p+q)^2"),
    ("H(P)²", "H(P)^2"),
]


@pytest.mark.parametrize(("text", "plain"), SAME)
def test_it_is_the_same_as_in_plain_text(text, plain):
    assert parse_expression(text) == parse_expression(plain)


REFUSED = [
    ("2½", "write + or *"),
    ("2 ½", "two numbers stand side by side"),
    ("x½", "write + or *"),
    ("½ 3", "two numbers stand side by side"),
    ("2²3", "two numbers stand side by side"),
    ("√2π", "how far this root goes"),
    ("√x²", "how far this root goes"),
    ("√pq", "how far this root goes"),
    ("√(x+1)²", "how far this root goes"),
    ("√n!", "how far this root goes"),
    ("√x(1+x)", "how far this root goes"),
    ("√", "under the root"),
    ("√-1", "under the root"),
    ("x ²", "right after something"),
    ("²", "right after something"),
    ("e⁻ˣ⁼²", "is not read here"),
    ("log⁻¹ x", "inverse"),
    ("x→0", "not known"),
    ("pª", "is not read here"),
    ("xᵀ", "is not read here"),
    ("𝐩", "write 'p'"),
    ("p₍", "a subscript is"),
    ("x⁺", "is expected here"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_may_be_two_things_is_refused(text, message):
    with pytest.raises(ParseError, match=re.escape(message)):
        parse_expression(text)


def test_a_power_of_a_power_above_the_line_is_one_exponent():
    x = Symbol("x", real=True)
    assert parse_expression("x²³") == x**23
    assert parse_expression("(x²)³") == x**6


def test_in_what_is_given():
    p = Symbol("p", positive=True)
    assert parse("f(p)", "f(x) = x² log x") == p**2 * log(p)
    assert str(parse("x ≥ ½", "x ∈ [½, 1]")) == "x >= 1/2 for 1/2 <= x <= 1"
    assert parse("√x₁", "x₁ > 0") == parse("sqrt(x_1)", "x_1 > 0")
    assert parse("c", "c = ⅓") == Rational(1, 3)
