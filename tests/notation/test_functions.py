"""Functions: where their arguments end, how many they take, where they are defined."""

import pytest
from sympy import (
    Abs,
    E,
    Integer,
    Rational,
    Symbol,
    atanh,
    binomial,
    cosh,
    digamma,
    erf,
    erfc,
    exp,
    factorial,
    gamma,
    log,
    loggamma,
    oo,
    pi,
    polygamma,
    sinh,
    sqrt,
    tanh,
    zeta,
)

from symentropy.errors import ParseError
from symentropy.notation import parse_expression
from symentropy.notation.functions import FUNCTIONS

p, q, r, b, sigma, k = (Symbol(name, positive=True) for name in ("p", "q", "r", "b", "sigma", "k"))
x, t = (Symbol(name, real=True) for name in "xt")
n = Symbol("n", integer=True, positive=True)

VALUES = [
    ("log x", log(x)),
    ("ln x", log(x)),
    (r"\log x", log(x)),
    (r"\ln{x}", log(x)),
    ("log(p)", log(p)),
    ("log[p]", log(p)),
    (r"\log\left(p\right)", log(p)),
    (r"\operatorname{log} p", log(p)),
    (r"\mathrm{log}(p)", log(p)),
    ("1/2 log x", log(x) / 2),
    ("log 2 p", log(2 * p)),
    ("log 2p + 1", log(2 * p) + 1),
    ("log 2p - 1", log(2 * p) - 1),
    ("log p log q", log(p) * log(q)),
    ("log p * log q", log(p) * log(q)),
    ("log p / log q", log(p) / log(q)),
    ("log p * -q", -q * log(p)),
    ("p log p/q", p * log(p / q)),
    ("p log p/q r", p * log(p * r / q)),
    ("p log(p/q) r", p * r * log(p / q)),
    (r"p \log \frac{p}{q}", p * log(p / q)),
    (r"-p \log p - (1-p) \log(1-p)", -p * log(p) - (1 - p) * log(1 - p)),
    ("log x^2", log(x**2)),
    ("log^2 x", log(x) ** 2),
    (r"\log^{2} x + \log^n(x)", log(x) ** 2 + log(x) ** n),
    ("log(x)^2", log(x) ** 2),
    ("log(p)(1-p)", log(p) * (1 - p)),
    ("log p (1-p)", log(p * (1 - p))),
    ("log log x", log(log(x))),
    ("log log p log q", log(log(p)) * log(q)),
    ("log n!", log(factorial(n))),
    ("log(n)!", factorial(log(n))),
    ("log |x| p", log(Abs(x) * p)),
    ("log sigma sqrt(2 pi e)", log(sigma * sqrt(2 * pi * E))),
    (r"\log \sigma\sqrt{2\pi e}", log(sigma * sqrt(2 * pi * E))),
    (r"\frac12 \log 2\pi e\sigma^2", log(2 * pi * E * sigma**2) / 2),
    ("x^log p", x ** log(p)),
    ("2^log p q", 2 ** log(p * q)),
    ("log2 x", log(x) / log(2)),
    ("log2(x)", log(x) / log(2)),
    (r"\log2", log(2)),
    ("log_2 x", log(x) / log(2)),
    (r"\log_2p", log(p) / log(2)),
    ("log_2 8", Integer(3)),
    ("log_b x", log(x) / log(b)),
    ("log_{b}(x)", log(x) / log(b)),
    ("log_{10} x", log(x) / log(10)),
    ("log_10 x", log(x) / log(10)),
    ("log_e x", log(x)),
    ("log_{2b} x", log(x) / log(2 * b)),
    ("log_2^3 x", (log(x) / log(2)) ** 3),
    ("log^3_2 x", (log(x) / log(2)) ** 3),
    ("log(x, b)", log(x) / log(b)),
    ("log(8, 2)", Integer(3)),
    ("log 1", Integer(0)),
    (r"\log \infty", oo),
    ("exp x", exp(x)),
    ("exp -x^2", exp(-(x**2))),
    (r"\exp\left(-\frac{x^2}{2}\right)", exp(-(x**2) / 2)),
    (r"\exp{x}", exp(x)),
    ("exp(x) x", x * exp(x)),
    ("exp 1", E),
    ("sqrt x", sqrt(x)),
    ("sqrt(x)(2)", 2 * sqrt(x)),
    ("sqrt 2 p", sqrt(2 * p)),
    ("abs(x) + abs p x", Abs(x) + p * Abs(x)),
    ("gamma(x)", gamma(x)),
    (r"\Gamma(x)", gamma(x)),
    ("Γ(5)", Integer(24)),
    (r"\ln\Gamma(x)", log(gamma(x))),
    ("loggamma(x)", loggamma(x)),
    ("digamma(x)", digamma(x)),
    (r"\psi(x)", digamma(x)),
    (r"\binom{n}{2}", binomial(n, 2)),
    (r"\binom nk", binomial(n, k)),
    ("binomial(5, 2)", Integer(10)),
    ("erfc(x)", erfc(x)),
    (r"\psi^{(2)}(x)", polygamma(2, x)),
    (r"\psi'(x)^2", polygamma(1, x) ** 2),
    (r"\psi^2(x)", digamma(x) ** 2),
    (r"\ln\Gamma(k) (1 - k)", log(gamma(k)) * (1 - k)),
    (r"\log \Gamma(k) + k", log(gamma(k)) + k),
    (r"k \log \Gamma(k) \psi(k)", k * log(gamma(k)) * digamma(k)),
    ("psi(x)", digamma(x)),
    ("polygamma(1, x)", polygamma(1, x)),
    ("zeta(3)", zeta(3)),
    (r"\zeta(2)", pi**2 / 6),
    ("erf x", erf(x)),
    ("sinh x cosh x", sinh(x) * cosh(x)),
    (r"\tanh x", tanh(x)),
    ("atanh x", atanh(x)),
    (r"\sigma(t)", 1 / (1 + exp(-t))),
    ("sigmoid(t)", 1 / (1 + exp(-t))),
    (r"\sigma t", sigma * t),
    (r"\sigma_1(t)", Symbol("sigma_1", positive=True) * t),
    ("softplus(t)", log(1 + exp(t))),
    ("logit(p)", log(p / (1 - p))),
    ("digamma(1/2) - digamma(1)", -2 * log(2)),
]

REFUSED = [
    ("log", "log needs an argument", (3, 3)),
    (r"2 + \log + 1", "needs an argument", (9, 10)),
    ("log - x", "log needs an argument", (4, 5)),
    ("exp --x", "exp needs an argument", (5, 6)),
    ("log )", "log needs an argument", (4, 5)),
    ("|log|", "log needs an argument", (4, 5)),
    ("lg x", "log2 x or log_{10} x", (0, 2)),
    (r"\lg x", "log2 x or log_{10} x", (0, 3)),
    ("log10 x", "log_{10} x", (0, 5)),
    ("log3 x", "write log_{3} x", (0, 4)),
    ("exp2 x", "write exp(2)", (0, 4)),
    ("log2_3 x", "log2 takes no subscript", (4, 5)),
    ("exp_2 x", "exp takes no subscript", (3, 4)),
    ("log_+ x", "inverse", (4, 5)),
    ("log_", "a number, a name or an expression in braces", (4, 4)),
    ("log^-1 x", "inverse function", (4, 5)),
    ("sinh^{-1} x", "inverse function", (6, 8)),
    ("log()", "log is given 0 arguments, not those of log(x, [base])", (0, 5)),
    ("log(x, 2, 3)", "log is given 3 arguments", (0, 12)),
    ("log_2(x, 3)", "log is given 3 arguments", (0, 11)),
    ("ln(x, 2)", "ln is given 2 arguments", (0, 8)),
    ("exp(1, 2)", "exp is given 2 arguments", (0, 9)),
    ("polygamma(1)", "polygamma is given 1 arguments", (0, 12)),
    ("polygamma 1", "polygamma needs its arguments in brackets: polygamma(n, x)", (10, 11)),
    (r"\psi", "psi is not declared", (0, 4)),
    ("log([1, 2])", "a list stands only inside", (4, 10)),
    ("gama(x)", "did you mean gamma?", (0, 4)),
]

UNDEFINED = [
    ("log 0", "the logarithm of 0 is not defined: log 0"),
    ("2 log(p-p)", "the logarithm of 0 is not defined: log(p-p)"),
    ("log(1-2)", "the logarithm of a negative number is not defined"),
    ("log(1-sqrt 2)", "the logarithm of a negative number is not defined"),
    ("log(-oo)", "the logarithm of a negative number is not defined"),
    ("log_1 x", "1 is not the base of a logarithm: log_1 x"),
    ("log_0 x", "0 is not the base of a logarithm"),
    ("log_{-2} x", "a negative number is not the base of a logarithm"),
    ("log(x, 1)", "1 is not the base"),
    ("log_2 0", "the logarithm of 0"),
    ("logit(1)", "division by zero"),
    ("gamma(0)", "no value"),
    ("digamma(-1)", "no value"),
    ("zeta(1)", "no value"),
    ("atanh(2)", "not real"),
    ("polygamma(oo, 2)", "the order of polygamma"),
    ("polygamma(1/2, x)", "the order of polygamma"),
    ("polygamma(-1, x)", "the order of polygamma"),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_values(text, expected):
    assert parse_expression(text) == expected


@pytest.mark.parametrize(("text", "message", "span"), REFUSED)
def test_refused(assert_refused, text, message, span):
    assert_refused(text, message, span)


@pytest.mark.parametrize(("text", "message"), UNDEFINED)
def test_outside_the_domain(assert_undefined, text, message):
    assert_undefined(text, message)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_row_is_read_with_as_many_arguments_as_it_says(name):
    row = FUNCTIONS[name]
    for count in range(len(row.parameters) + 2):
        text = f"{name}({', '.join('pqr'[:count])})"
        if row.takes(count):
            assert parse_expression(text).free_symbols == {p, q}.intersection((p, q)[:count])
        else:
            with pytest.raises(ParseError, match="is given"):
                parse_expression(text)


def test_base_of_the_call():
    assert parse_expression("log 8 + ln 2 + log_3 x", base=2) == 4 + log(x) / log(3)
    assert parse_expression("exp x", base=2) == exp(x)
    assert parse_expression("log2 x", base=10) == log(x) / log(2)
    assert parse_expression("sqrt(p)", base=Rational(1, 2)) == sqrt(p)
