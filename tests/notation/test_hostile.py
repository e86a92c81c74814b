"""Text made to hang, to overflow or to recurse: it is read or refused in a few seconds, and nothing but our own errors comes out."""

import sys
import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sympy import Expr, Integer, Rational, Symbol, log, primerange

from symentropy.errors import DomainError, ParseError, SymentropyError
from symentropy.notation import parse, parse_expression
from symentropy.notation.tokens import MAX_LENGTH, tokenize

p = Symbol("p", positive=True)
x = Symbol("x", real=True)

#: A generous limit: on one core of an ordinary computer each takes less than a fifth of it.
SECONDS = 30


def filled(piece):
    """As many copies as a text may hold, without the last character."""
    return (piece * (MAX_LENGTH // len(piece)))[:-1]


def joined(separator, template, length=MAX_LENGTH):
    """A template with one prime after another, as many as a text may hold."""
    pieces, size = [], 0
    for prime in primerange(2, 10**6):
        piece = template.format(prime)
        size += len(piece) + len(separator)
        if size > length:
            break
        pieces.append(piece)
    return separator.join(pieces)


def nested(before, inside, after, depth=200):
    return before * depth + inside + after * depth


READ = [
    (filled("1+"), Integer(50_000)),
    (filled("p+"), 50_000 * p),
    (filled("p "), p**50_000),
    ("p" * MAX_LENGTH, p**MAX_LENGTH),
    (filled("1/"), Integer(1)),
    (filled("p/"), p ** (1 - 49_999)),
    ("-" * (MAX_LENGTH - 1) + "p", -p),
    ("1" + "+-" * 40_000 + "1", Integer(2)),
    ("9" * MAX_LENGTH, Integer(10) ** MAX_LENGTH - 1),
    ("1e-30000*1e-30000", Rational(1, 10**60_000)),
    (nested("(", "p", ")"), p),
    (nested("{[", "p", "]}", 100), p),
    (nested("-(", "p", ")"), p),
    (nested("|", "p", "|"), p),
    ("5000! / 4999!", Integer(5000)),
    ("10^19999 / 10^19998", Integer(10)),
    ("sqrt(10^19998)", Integer(10) ** 9999),
    (nested(r"\sqrt{", "p", "}", 5), p ** Rational(1, 32)),
]

BUILT = {
    "harmonic numbers": joined("+", "1/{}"),
    "coefficients": joined("+", "p/{}"),
    "logarithms": joined("+", "log {}"),
    "roots": joined("+", "sqrt {}"),
    "symbols": joined("+", "p_{}"),
    "product of symbols": joined(" ", "p_{}"),
    "entropy": filled("p log p - ")[:-1].rpartition("-")[0],
    "long mixed product": filled("log p q/"),
    "logs of logs": "log " * 200 + "x",
    "log(log(...))": nested("log(", "x", ")"),
    "log(1+log(1+...))": nested("log(1+", "p", ")"),
    "log(1+log(1+... constant": nested("log(1+", "2", ")"),
    "sqrt(1+sqrt(1+...))": nested("sqrt(1+", "2", ")"),
    "continued fraction": nested(r"\frac{1}{1+", "p", "}", 199),
    "squares of squares": nested("(", "p", "+1)^2"),
    "1-(1-(...)^2)^2": nested("1-(", "p", ")^2", 100),
    "absolute values": nested("|x-", "1", "|", 199),
    "towers in brackets": nested("x^(", "x", ")"),
    "factorials of factorials": nested("(", "n", ")!", 199),
    "sign of a polynomial": "log(1-(1-p)^1000000)",
    "sign of a long sum": "|" + joined("+", "p_{}", 90_000) + "|",
    "log of a long polynomial": "log(" + "-".join(f"p^{k}" for k in range(8000)) + ")",
    "symbolic power": "n^(10^12) (1-p)^(10^9)",
    "digits": "log(" + "9" * 90_000 + ")",
    "pmf": "H([" + ",".join(["1/10000"] * 10_000) + "])",
    "quantity in an exponent": "H(Die(10^6))^H(Die(10^6))",
    "subscript": "p_{" + "1" * 90_000 + "}",
    "primes": "p" + "'" * 90_000,
    "derivatives of derivatives": nested("\\frac{d}{dp} ", "p", ""),
    "derivatives in brackets": nested("diff(", "p^2", ", p)", 199),
    "bracket above the line": r"\frac{d^2 " + nested("(", "p", ")", 190) + "}{dp^2}",
    "powers above the line": "x" + "²" * 90_000,
    "subscripts below the line": "x" + "₁" * 90_000,
    "fractions": filled("½+"),
    "entries": "p[1]+" * 10_000 + "1",
    "products in products": r"\prod_{k=1}^{60} (x + \prod_{j=1}^{60} (x+j k))",
    "exponentials": r"\prod_{k=1}^{1000} e^{k x}",
    "beta functions": nested("B(", "1", ",1)", 190),
}

REFUSED = [
    ("7^7^7^7^7", "more than 20000 digits", (4, 9)),
    ("1 + (300000)!", "more than 20000 digits", (4, 13)),
    ("2^(10^9/3)", "more than 20000 digits", (0, 10)),
    ("10^20001", "more than 20000 digits", (0, 8)),
    ("gamma(10^9)", "more than 20000 digits", (0, 11)),
    ("digamma(10^9)", "up to 1000", (0, 13)),
    ("polygamma(2, 10^9)", "up to 100", (0, 18)),
    ("zeta(10^7)", "up to 1000", (0, 10)),
    ("1e99999*1e99999", "more than 100000 digits", (0, 15)),
    ("5970!" + "*5970!" * 10_000, "more than 100000 digits", (0, 60_005)),
    ("2^p*2^(10^12-p)", "more than 100000 digits", (4, 15)),
    ("(2p)^(10^12)", "more than 100000 digits", (0, 12)),
    ("e^(10^12 log 2)", "more than 100000 digits", (0, 15)),
    ("exp(10^12 log 2)", "more than 100000 digits", (0, 16)),
    ("(e^(10^6 p))^(log(2)/p*10^6)", "more than 100000 digits", (0, 28)),
    ("sigmoid(10^12 log 2)", "more than 100000 digits", (0, 20)),
    ("2^log(e^(10^12))", "more than 20000 digits", (0, 16)),
    ("sqrt(" + "7" * 2000 + ")", "the number under this root is too long", (0, 2006)),
    ("sqrt(3p*7^20000)", "too long", (0, 16)),
    ("exp(exp(exp(exp(exp(9)))))", "too large", (8, 24)),
    ("sqrt(exp(exp(exp(exp(2))))-1)", "too large", (5, 26)),
    (joined(" ", "p^(1/{})"), "too many different roots", None),
    (joined(" ", "p^(x/{})"), "too many different roots", None),
    (joined(" ", "exp(p/{})"), "too many different roots", None),
    (joined("*", "sqrt({})"), "too many different roots and constants", None),
    (nested("2(", joined("+", "p_{}", 80_000), ")"), "too many terms", None),
    (nested("(", joined("+", "p_{}", 80_000), "+1)"), "too many terms", None),
    ("H([" + joined(",", "p_{}", 90_000) + "])", "too many terms", None),
    ("(" * MAX_LENGTH, "brackets are nested deeper than 200", (200, 201)),
    (nested("(", "p", ")", 201), "brackets are nested deeper than 200", (200, 201)),
    ("|" * MAX_LENGTH, "brackets are nested deeper than 200", (200, 201)),
    ("[" * 500, "brackets are nested deeper than 200", (200, 201)),
    ("\\frac{" * 300, "brackets are nested deeper than 200", (1205, 1206)),
    (filled("2^"), "nested deeper than 200", (402, 403)),
    (filled("p^"), "nested deeper than 200", (402, 403)),
    (filled("log "), "nested deeper than 200", (804, 807)),
    ("x" + "!" * (MAX_LENGTH - 1), "double factorial", (2, 3)),
    ("H(" * 40_000, "quantities are nested deeper than 8", (16, 17)),
    ("abcdefg" * 10_000, "is not a name", (0, 70_000)),
    ("\\" + "a" * 90_000, "is not known", (0, 90_001)),
    ("\\left" * 10_000, "a bracket must follow", (49_995, 50_000)),
    (r"\frac{d" * 14_000, "nested deeper than 200", None),
    (filled("∂"), "the text ends", None),
    (filled("√"), "what is under the root", (1, 2)),
    (filled("d/dp "), "what is differentiated is missing", None),
    (filled("[p,...,"), "nested deeper than 200", None),
    ("H(" + "[p,..., " * 150 + "p" + "]" * 150 + ")", "too long", None),
    ("diff(p, p" + ", p" * 30_000 + ")", "a number from 1 to 10", None),
    ("Sum(p[i]" + ", (i, 1, n)" * 9_000 + ")", "the same name", None),
    (filled("beta("), "nested deeper than 200", None),
    (r"\prod_{k=1}^{1000} k^{k}", "more than 100000 digits", None),
    (r"\prod_{k=1}^{1000} \sqrt{k}", "too many different roots", None),
    (r"\prod_{k=1}^{1000} \prod_{j=1}^{400} (x + k j)", "too long when they are written out", None),
    ("sum_{k=1}^{1000} sum_{m=1}^{1000} k m", "too long when they are written out", None),
    ("x⁽" * 30_000, "is expected here", None),
    ("f" + "'" * 50_000 + "(x)", "is not declared", None),
    ("9" * (MAX_LENGTH + 1), "longer than 100000 characters", (MAX_LENGTH, MAX_LENGTH + 1)),
]


@pytest.fixture(autouse=True)
def _in_time():
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < SECONDS


@pytest.mark.parametrize(("text", "expected"), READ, ids=range(len(READ)))
def test_read(text, expected):
    assert parse_expression(text) == expected


@pytest.mark.parametrize("text", BUILT.values(), ids=BUILT)
def test_built(text):
    assert isinstance(parse_expression(text), Expr)


@pytest.mark.parametrize(("text", "message", "span"), REFUSED, ids=range(len(REFUSED)))
def test_refused(text, message, span):
    with pytest.raises(ParseError) as caught:
        parse_expression(text)
    assert message in caught.value.message
    assert span is None or caught.value.span == span
    assert str(caught.value)


def test_a_deep_text_is_read_from_a_deep_stack():
    def below(frames):
        return parse_expression(nested("(", "p", ")")) if frames == 0 else below(frames - 1)

    assert below(sys.getrecursionlimit() // 2) == p


def test_the_same_expression_as_sympy_builds_where_it_is_not_evaluated():
    text, expected = "log(1-(1-p)^1000) + 2 (1-p)^1000", 2 * (1 - p) ** 1000
    assert parse_expression(text) == log(1 - (1 - p) ** 1000, evaluate=False) + expected


PIECES = r"""
1 2 0.5 1e-3 10^12 p q x n mu1 \sigma e pi oo P Q X + - * / ^ _ ( ) [ ] { } \{ \} | || \| , ; ! ' = <= & \\ log log_2 exp sqrt abs
\frac \sqrt gamma digamma zeta erf tanh atanh H( h( D( KL( H_b( \mathcal{N}( Normal( Die( Poisson( MultivariateNormal( Uniform(
\left( \right) \log \Gamma( \psi( polygamma( loggamma( logit( I( JSD( ½ р : " . @ \foo foo
""".split()  # noqa: SIM905 - a list of so many would be harder to read


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PIECES), max_size=25), st.sampled_from(["", " "]))
@example(["(", "-", "1", ")", "^", "x", "log"], " ")
def test_nothing_but_our_errors_from_tokens(pieces, space):
    _read_or_refuse(space.join(pieces))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=40) | st.binary(max_size=40).map(lambda data: data.decode("latin-1")))
def test_nothing_but_our_errors_from_any_text(text):
    _read_or_refuse(text)


@st.composite
def expressions(draw):
    """Text that follows the grammar, so that the translation is reached."""
    leaf = st.sampled_from(["p", "x", "n", "2", "1/3", "0", "e", "pi", "mu_1", "P", "oo", "10", "1000000"])

    def grow(inner):
        unary = st.sampled_from(
            ["-{}", "({})", "|{}|", "{}!", "log({})", "log {}", "exp({})", "sqrt({})", "\\sqrt[3]{{{}}}", "gamma({})", "digamma({})",
             "zeta({})", "tanh({})", "atanh({})", "erf({})", "H({})", "h({})", "H([{}, 1-{}])", "H(Poisson({}))", "H(Normal(0, {}))",
             "logit({})", "H(Die(6))", "loggamma({})"]
        )  # fmt: skip
        binary = st.sampled_from(
            ["{}+{}", "{}-{}", "{} {}", "({})*({})", "({})/({})", "({})^({})", "\\frac{{{}}}{{{}}}", "log({}, {})", "polygamma({}, {})",
             "D([{}, 1/2] || [1/2, {}])", "H(Normal({}, {}))", "H(\\mathcal{{N}}({}, {}), Normal(0, 1))", "H(Uniform({}, {}))"]
        )  # fmt: skip
        return st.builds(lambda form, a: form.replace("{}", "{0}").format(a), unary, inner) | st.builds(
            lambda form, a, b: form.format(a, b), binary, inner, inner
        )

    return draw(st.recursive(leaf, grow, max_leaves=8))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(expressions())
def test_nothing_but_our_errors_from_well_formed_text(text):
    _read_or_refuse(text)


def _read_or_refuse(text):
    """Read a text; an error must be one of the two that are promised."""
    try:
        made = parse_expression(text)
    except SymentropyError as error:
        caught = error
    else:
        assert isinstance(made, Expr)
        return
    assert isinstance(caught, (ParseError, DomainError))
    assert str(caught)
    if isinstance(caught, ParseError):
        start, stop = caught.span
        assert 0 <= start <= stop <= len(text)


@given(st.text(alphabet="pqx12.e+-*/^_(){}[]|,; \\"))
@settings(max_examples=300, deadline=None)
def test_tokens_cover_the_text_in_order(text):
    try:
        tokens = tokenize(text)
    except ParseError:
        return
    assert all(one.span[1] <= two.span[0] for one, two in pairwise(tokens))
    covered = "".join(text[slice(*token.span)] for token in tokens)
    assert covered.replace(" ", "") == "".join(text.split()) or "\\" in text


@pytest.mark.parametrize("text", ["9" * 5000, "2^15000 p", "log(5000!)", "1e-4400 p"])
def test_what_python_could_not_print_is_refused_by_parse(text):
    with pytest.raises(ParseError, match="more than 4300 digits"):
        parse(text)
    assert str(parse(text + "/(" + text + ")"))


@pytest.mark.parametrize(
    ("function", "text", "message"),
    [
        ("f(x) = " + "".join(f"(x+{k})" for k in range(1, 40)), "f''''(1/2)", "is too long"),
        ("f(x) = log(1+log(1+log(1+log(1+x))))", "f''''''''''(1/2)", "is too long"),
        ("f(x) = x^2", "f" + "'" * 11 + "(1)", "a number from 1 to 10"),
    ],
)
def test_derivatives_that_grow_are_refused(function, text, message):
    with pytest.raises(ParseError, match=message):
        parse(text, function)
