"""Names: spellings, default assumptions, declared symbols."""

import pytest
from sympy import E, Symbol, oo, pi

from symentropy.errors import ParseError
from symentropy.notation import parse_expression
from symentropy.notation.names import Names

POSITIVE = ["p", "q", "r", "sigma", "lambda", "theta", "alpha", "beta", "tau", "kappa", "k", "b"]
REAL = ["mu", "nu", "m", "t", "u", "v", "w", "x", "z"]
SIZES = ["n", "N"]

SPELLINGS = [
    ("sigma", ["sigma", r"\sigma", "σ", r"\mathrm{sigma}"]),
    ("lambda", ["lambda", "lam", "lamda", r"\lambda", "λ"]),
    ("mu_1", ["mu1", "mu_1", r"\mu_1", r"\mu_{1}", r"\mu1", "μ1", "μ_1"]),
    ("p_1", ["p1", "p_1", "p_{1}", "p _ 1"]),
    ("p_12", ["p12", "p_12", "p_{12}"]),
    ("lambda_2", ["lam2", "lambda2", r"\lambda_2", "λ_{2}"]),
    ("p_i", ["p_i", "p_{i}"]),
    ("sigma_X", ["sigma_X", r"\sigma_{X}"]),
    ("mu_alpha", [r"\mu_\alpha", "mu_alpha", "μ_α"]),
    ("p_max", ["p_max", r"p_{\mathrm{max}}"]),
    ("p_1,2", ["p_{1,2}", "p_{1, 2}"]),
    ("mu'", [r"\mu'", "mu'", "μ′"]),
    ("phat", [r"\hat{p}", r"\hat p", r"\widehat{p}", "phat"]),
    ("xbar_1", [r"\bar{x}_1", r"\overline{x}_{1}"]),
    ("sigmatilde'", [r"\tilde\sigma'", r"\widetilde{\sigma}'"]),
    ("p_1''", ["p_1''", "p''_1", "p'_1'"]),
]  # fmt: skip

UNKNOWN = [
    ("c", "c is not declared: use a known letter (p q r", (0, 1)),
    ("2 a_1 x", "a_1 is not declared", (2, 5)),
    ("delta", "delta is not declared", (0, 5)),
    (r"x + \gamma", "gamma is not declared", (4, 10)),
    ("E", "Euler's number is e", (0, 1)),
    ("e_1", "e_1 is not declared", (0, 3)),
    ("i", "i is not declared", (0, 1)),
    (r"\hat{y}", "yhat is not declared", (0, 7)),
    (r"x + \hat{ab}", "an accent stands over one letter", (4, 12)),
    ("what", "what is not a name, nor a product of names", (0, 4)),
    ("foo", "foo is not a name, nor a product of names, as f is not declared", (0, 3)),
    ("x + plogp", "write p log p", (4, 9)),
    ("sigmaa", "did you mean sigma?", (0, 6)),
    ("p_", "a subscript is a number or a name", (2, 2)),
    ("p_{i+1}", "a subscript is a number or a name", (4, 5)),
    ("p_{}", "a subscript is a number or a name", (3, 4)),
    ("p_{1", "a subscript is a number or a name", (4, 4)),
    ("p_1_2", "once", (3, 4)),
    ("mu1_2", "has a subscript already", (3, 4)),
    ("(p)'", "a prime follows a name only", (3, 4)),
]


@pytest.mark.parametrize("name", POSITIVE)
def test_positive_names(name):
    for suffix in ("", "_1", "_X", "'"):
        assert parse_expression(name + suffix) == Symbol(name + suffix, positive=True)


@pytest.mark.parametrize("name", REAL)
def test_real_names(name):
    for suffix in ("", "_1", "'"):
        assert parse_expression(name + suffix) == Symbol(name + suffix, real=True)


@pytest.mark.parametrize("name", SIZES)
def test_sizes(name):
    assert parse_expression(name) == Symbol(name, integer=True, positive=True)


@pytest.mark.parametrize(("text", "value"), [("pi", pi), (r"\pi", pi), ("π", pi), ("e", E), ("oo", oo), (r"\infty", oo), ("∞", oo)])
def test_constants(text, value):
    assert parse_expression(text) == value


@pytest.mark.parametrize(("name", "spellings"), SPELLINGS)
def test_one_symbol_for_every_spelling(name, spellings):
    found = {parse_expression(text) for text in spellings}
    assert {symbol.name for symbol in found} == {name}
    assert len(found) == 1


@pytest.mark.parametrize(("text", "message", "span"), UNKNOWN)
def test_unknown_names(assert_refused, text, message, span):
    assert_refused(text, message, span)


@pytest.mark.parametrize(
    ("key", "text"),
    [("c", "c"), ("c1", "c_1"), ("c_1", "c_{1}"), (r"\gamma", "γ"), ("γ", "gamma"), ("rate", "rate"), ("c'", "c'"), ("p", "p"), ("H", "H")],
)
def test_declared_names_come_first(key, text):
    symbol = Symbol("declared", negative=True)
    assert parse_expression(text, {key: symbol}) == symbol
    assert parse_expression(f"2{text}(x)", {key: symbol}) == 2 * symbol * Symbol("x", real=True)


def test_a_declared_letter_joins_products_of_letters():
    a = Symbol("a")
    assert parse_expression("pa", {"a": a}) == a * Symbol("p", positive=True)
    assert Names({"a": a}).value("a", "1") is None


@pytest.mark.parametrize("key", ["", "1", "a b", "p_", "a+b", "_x"])
def test_what_cannot_be_declared(key):
    if key == "p_":  # reads as p without a subscript
        assert Names({key: Symbol("p")}).declares("p")
        return
    with pytest.raises(ParseError, match="is not a name"):
        Names({key: Symbol("x")})
