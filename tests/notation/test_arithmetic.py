"""Sums, products, powers and grouping."""

import pytest
from sympy import Abs, E, Integer, Pow, Rational, Symbol, exp, factorial, pi, sqrt

from symentropy.errors import ParseError
from symentropy.notation import parse_expression

p, q, r, b = (Symbol(name, positive=True) for name in "pqrb")
x, z, m, t = (Symbol(name, real=True) for name in "xzmt")
n = Symbol("n", integer=True, positive=True)

VALUES = [
    ("1/3", Rational(1, 3)),
    ("0.25", Rational(1, 4)),
    (".5", Rational(1, 2)),
    ("0.1+0.2", Rational(3, 10)),
    ("1e-30", Rational(1, 10**30)),
    ("2e", 2 * E),
    ("1e-3p", p / 1000),
    ("2p", 2 * p),
    ("p q", p * q),
    ("pq", p * q),
    ("pq^2", p * q**2),
    ("pq_1", p * Symbol("q_1", positive=True)),
    ("2pq/r", 2 * p * q / r),
    ("p(1-p)", p * (1 - p)),
    ("(p)(q)", p * q),
    ("p-q", p - q),
    ("p−q", p - q),
    ("p·q×r", p * q * r),
    ("x - -z", x + z),
    ("--+-x", -x),
    ("+x", x),
    ("2*-3", Integer(-6)),
    ("2/-4", Rational(-1, 2)),
    ("-x^2", -(x**2)),
    ("(-x)^2", x**2),
    ("2^-3", Rational(1, 8)),
    ("2**3", Integer(8)),
    ("2^3^2", Integer(512)),
    ("2^-1^2", Rational(1, 2)),
    ("x^2z", x**2 * z),
    ("x^{2z}", x ** (2 * z)),
    ("x^-1/2", 1 / (2 * x)),
    ("1/2x", x / 2),
    ("p/q r", p * r / q),
    ("p/q/r", p / (q * r)),
    ("p/(q r)", p / (q * r)),
    ("1/2 (p+q)", (p + q) / 2),
    ("(p+1)(q+1)", (p + 1) * (q + 1)),
    ("2(p+1)", 2 * p + 2),
    ("[x+1]{z}(2)", 2 * z * (x + 1)),
    (r"\{x\}", x),
    (r"\left(x+1\right)^2", (x + 1) ** 2),
    (r"\bigl[x+1\bigr] z", (x + 1) * z),
    ("|x|", Abs(x)),
    ("|x-1|^2 z", z * Abs(x - 1) ** 2),
    ("2|x||z|", 2 * Abs(x) * Abs(z)),
    ("|x|p|z|", p * Abs(x) * Abs(z)),
    ("||x|-1|", Abs(Abs(x) - 1)),
    ("|(|x|-1)z|", Abs(z * (Abs(x) - 1))),
    (r"\left|x\right|", Abs(x)),
    (r"\lvert x \rvert", Abs(x)),
    ("|p|", p),
    ("n!", factorial(n)),
    ("5!", Integer(120)),
    ("(n!)!", factorial(factorial(n))),
    ("2^3!", Integer(64)),
    ("n!^2", factorial(n) ** 2),
    ("-3!", Integer(-6)),
    (r"\frac{p}{q}", p / q),
    (r"\frac12", Rational(1, 2)),
    (r"\frac12x", x / 2),
    (r"\frac123", Rational(3, 2)),
    (r"\frac1{n}", 1 / n),
    (r"\frac pq r", p * r / q),
    (r"\frac pqr", p * r / q),
    (r"\frac\pi2", pi / 2),
    (r"\dfrac{1}{2} + \tfrac{1}{2}", Integer(1)),
    (r"\frac{\frac{p}{q}}{r}", p / (q * r)),
    (r"p \cdot q \times r", p * q * r),
    (r"p\,q\;r\!x\quad z\qquad t", p * q * r * x * z * t),
    (r"\sqrt{x}", sqrt(x)),
    (r"\sqrt2 x", sqrt(2) * x),
    (r"\sqrt 2 x", sqrt(2) * x),
    (r"\sqrt(4) x", 2 * x),
    (r"\sqrt[3]{8p}", 2 * p ** Rational(1, 3)),
    (r"\sqrt[3]{-8}", Integer(-2)),
    ("4^(1/2)", Integer(2)),
    ("(8/27)^(-2/3)", Rational(9, 4)),
    ("2^(1/2)", sqrt(2)),
    ("e^x", exp(x)),
    ("e^-x^2", exp(-(x**2))),
    ("x^0", Integer(1)),
    ("0^0", Integer(1)),
    (r"1/\infty", Integer(0)),
    ("p_1 2", 2 * Symbol("p_1", positive=True)),
    ("1 \n + 2", Integer(3)),
    ("(1e-50000) + 1", 1 + Rational(1, 10**50000)),
    ("1/1e50000", Rational(1, 10**50000)),
]

REFUSED = [
    ("", "the text ends", (0, 0)),
    ("  ", "the text ends", (2, 2)),
    ("1 +", "the text ends", (3, 3)),
    ("1 + * 2", "is expected here, not *", (4, 5)),
    ("2 ^", "the text ends", (3, 3)),
    ("(1 + 2", ") is expected here, to close the ( at character 1", (6, 6)),
    ("(1 + 2]", ") is expected here", (6, 7)),
    ("1 + 2)", ") closes no bracket", (5, 6)),
    ("()", "there is nothing between", (0, 2)),
    ("[1, 2]", "a list stands only inside a quantity", (0, 6)),
    ("2 (1, 2)", "a list stands only inside a quantity", (2, 8)),
    ("{1, 2}", "a list is written in square or round brackets", (0, 6)),
    ("1, 2", ", cannot stand here", (1, 2)),
    ("p; q", "; cannot stand here", (1, 2)),
    ("|x", "| is expected here", (2, 2)),
    ("p ‖ q", "a bar stands here", (2, 3)),
    (r"\|x\|", "a double bar", (0, 2)),
    ("1 2", "two numbers stand side by side", (2, 3)),
    ("1.2.3", "two numbers stand side by side", (3, 5)),
    ("n!!", "double factorial", (2, 3)),
    ("x = 1", "a relation stands here, where an expression is expected", (2, 3)),
    ("(x <= 1)", "a relation stands here", (3, 5)),
    ("x !=1", "a relation stands here", (2, 4)),
    (r"x \geq 1", "a relation stands here", (2, 6)),
    ("= 1", "a relation stands here", (0, 1)),
    (r"x & z", "lines and columns are not read yet", (2, 3)),
    (r"\frac{1}", "an argument in braces is expected", (8, 8)),
    (r"\frac(1)(2)", "an argument in braces is expected", (5, 6)),
    (r"\foo x", r"the macro \foo is not known", (0, 4)),
    (r"p \lgo x", r"did you mean \log?", (2, 6)),
    (r"\sgima", r"did you mean \sigma?", (0, 6)),
    (r"\int_0^1 p", "the differential of this integral is missing", (0, 8)),
    (r"\mathbb{E}[x]", "the outcome itself is no number here", (11, 12)),
    (r"\begin{align}", "environments are not read yet", (0, 6)),
    (r"\mathcal{X}", r"\mathcal{X} is not known", (0, 11)),
    ("1e999999", "more than 100000 digits", (0, 8)),
    ("2 + 1e-99999999999", "more than 100000 digits", (4, 18)),
]

CODE = [
    "__import__('os')", "(lambda: 0)()", "().__class__", "x.real", "'x'", '"x"', "x; z", "x if x else z", "[x for x in z]", "exec('x')",
    "print(x)", "x @ z", "x // z % 2", "f'{x}'", "{x: z}", "x := 2", "`x`", "x[0]; z", "import os", "eval(x)", "os.system", "not x",
]  # fmt: skip

UNDEFINED = [
    ("1/0", "division by zero: 1/0"),
    ("2 + x/(p-p)", "division by zero: x/(p-p)"),
    (r"\frac{x}{1-1} + 1", r"division by zero: \frac{x}{1-1}"),
    ("0^-1", "division by zero: 0^-1"),
    ("(x-x)^{-p}", "division by zero: (x-x)^{-p}"),
    ("sqrt(-2)", "not real: sqrt(-2)"),
    ("1 + (-8)^(1/3)", "not real: (-8)^(1/3)"),
    ("sqrt(1-sqrt 2)", "not real: sqrt(1-sqrt 2)"),
    ("oo - oo", "no value: oo - oo"),
    ("0*oo", "no value: 0*oo"),
    ("(-1)!", "no value: (-1)!"),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_values(text, expected):
    assert parse_expression(text) == expected


@pytest.mark.parametrize(("text", "message", "span"), REFUSED)
def test_refused(assert_refused, text, message, span):
    assert_refused(text, message, span)


@pytest.mark.parametrize("text", CODE)
def test_code_is_not_notation(text):
    with pytest.raises(ParseError):
        parse_expression(text)


@pytest.mark.parametrize(("text", "message"), UNDEFINED)
def test_what_has_no_value_is_shown(assert_undefined, text, message):
    assert_undefined(text, message)


def test_integer_powers_of_negative_numbers_are_read():
    assert parse_expression("(-2)^3 + (-1)^n") == (-1) ** n - 8
    assert parse_expression("(-2)^{-n}") == Pow(-2, -n)
