"""Chains over several lines, environments, reasons and roundings: what each link says, and where it stands."""

import time
from contextlib import suppress

import pytest
from mpmath import mp, mpf
from sympy import IndexedBase, Rational, S, Symbol, log

from symentropy.errors import DomainError, ParseError, SymentropyError
from symentropy.notation import parse, parse_chain
from symentropy.notation.layout import arranged
from symentropy.proof.claim import Claim
from symentropy.quantities import Surprise

p, q, r = (Symbol(name, positive=True) for name in "pqr")
s = Symbol("s", integer=True)


def said(text, given=()):
    """Return (line, chain, left, relation, right) of each link."""
    return [(link.line, link.chain, link.claim.lhs, link.claim.relation, link.claim.rhs) for link in parse_chain(text, given)]


ONE_CHAIN = [
    "p = q\n<= r",
    "p =\nq <= r",
    r"\begin{align}p &= q \\ &\le r\end{align}",
    "\\begin{align*}\np &= q \\nonumber \\\\\n  &\\leq r \\label{eq:1}\n\\end{align*}",
    r"\begin{equation}\label{a}\begin{split}p & = q \\[2pt] & \leq r.\end{split}\end{equation}",
    r"$$\begin{aligned} p &= q, \\ &\leq r. \end{aligned}$$",
    r"\begin{eqnarray} p &=& q \\ &\le& r \end{eqnarray}",
    r"\begin{alignat}{2} p &= q \\ &\le r \end{alignat}",
    r"\begin{array}{rcl} p &=& q \\ &\le& r \end{array}",
    "\\[ p = q % a reason = r\n \\le r \\]",
    r"\( p = q \le r \)",
    "$p = q ≤ r$.",
    r"\begin{align} p &= q && \text{since } q = 1 - r \\ &\le r \qquad \text{(by Jensen)} \tag{2} \end{align}",
    r"p = q \quad (\text{by definition}) \\ \stackrel{(a)}{\le} r",
    r"\text{Hence } p \overset{\text{Gibbs}}{=} q \leqslant r \text{ because \(q\) is small}",
    r"\begin{multline} p = \\ q \le \\ r \end{multline}",
]


@pytest.mark.parametrize("text", ONE_CHAIN)
def test_one_chain(text):
    assert [link[2:] for link in said(text)] == [(p, "=", q), (q, "<=", r)]
    assert {link[1] for link in said(text)} == {0}
    assert [type(claim) for claim in parse(text)] == [Claim, Claim]


@pytest.mark.parametrize(
    "text", ["p = q\nq < r", r"\begin{gather} p = q \\ q < r \end{gather}", "$$p = q$$\n$$q < r$$", "p = q;\n\nq < r."]
)
def test_chains_of_their_own(text):
    assert [link[1:] for link in said(text)] == [(0, p, "=", q), (1, q, "<", r)]
    assert [claim.relation for claim in parse(text)] == ["=", "<"]


def test_lines_that_go_on():
    assert said("p = q\n + r\n - 1\n<= 2")[0][2:] == (p, "=", q + r - 1)
    assert said("p = (q\nr)")[0][2:] == (p, "=", q * r)
    assert [link[:2] for link in said("p < 1/2\n-p > -1/2")] == [(1, 0), (2, 1)]
    assert len(said("\\begin{align} p &= q \\\\ & - r \\end{align}")) == 1


def test_conditions_in_a_formula_are_given():
    (link,) = parse_chain(r"\log p < -\log 2 \text{ if } p < 1/2")
    assert "p < 1/2" in str(link.claim)
    (link,) = parse_chain(r"c \ge \log c, \quad \forall c > 0")
    assert "c > 0" in str(link.claim)
    with pytest.raises(ParseError, match="condition"):
        parse_chain(r"p < 1 \text{ if } p p")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("log p <= p - 1 since log t <= t - 1\n= -(1-p) (by the definition)", 2),
        ("1 = 2 - 1   [because it cancels]\n< 2 by (3)", 2),
        ("1 = 2/2 using Jensen's inequality", 1),
        ("1 = 2/2 if and only if we are right", 1),
    ],
)
def test_reasons_in_plain_words(text, number):
    assert len(parse_chain(text)) == number


def test_conditions_in_plain_words():
    (link,) = parse_chain("log x^2 = 2 log x if x > 0")
    assert parse("log(x^2) = 2 log x", "x > 0") == link.claim
    assert str(parse("-(p log p + q log q) = H(p) where q = 1 - p")).startswith("-p*log(p) - (1 - p)*log(1 - p)")
    assert parse("b y log x = y b log x", ["y real", "x > 0"]).lhs.has(Symbol("y", real=True))
    with pytest.raises(ParseError, match="by is not a name"):
        parse_chain("log p = log p by definition = 3")  # nothing after a reason is left out in silence


def test_links_are_read_one_by_one():
    first, second, third = parse_chain("0 = log(-1) = 0\n1 = 1")
    assert first.claims == second.claims == ()
    assert third.error is None
    assert isinstance(first.error, DomainError)
    assert first.error is second.error
    assert (first.left, first.sign, first.right, first.span) == ("0", "=", "log(-1)", (0, 11))
    assert (third.line, third.chain, third.start) == (2, 1, S.One)
    assert first.start is S.Zero


def test_a_name_alone_is_the_entropy_of_p():
    assert parse(r"H = \sum_s -p_s \log p_s").lhs == parse("H(P)")
    with pytest.raises(ParseError, match=r"write H\(X\)"):
        parse("H = 1", "X ~ Exponential(2)")


def test_an_index_that_no_sum_binds_is_each_index():
    link = parse_chain(r"\sum_s -p_s \log p_s = \exp{-\log p_s}")[0]
    assert "s = 1, ..., n" in str(link.claim)
    assert parse(r"h(s) = -\log p_s").lhs == Surprise(Symbol("p_s", positive=True))
    assert parse(r"h(s) + \sum_s p_s = 1 - \log p_s").lhs.atoms(Surprise) == {Surprise(IndexedBase("p", positive=True)[s])}
    assert parse("h(s)", "s > 0") == Surprise(Symbol("s", positive=True))
    with pytest.raises(ParseError, match="no sum runs over"):
        parse("p_s + sum_s p_s")


ROUNDED = [
    ("log 2", "0.69"),
    ("log 2", "0.6931"),
    ("log 2", "0.693"),
    ("log 2", "1"),
    ("log 2", "0"),
    ("log 3", "1.0986"),
    ("log 3", "1.09"),
]
ROUNDED += [
    ("log 2", "0.7"),
    ("log 2", "0.70"),
    ("log 2", "0.68"),
    ("log 3", "1.1"),
    ("log 3", "1.10"),
    ("log 3", "1.08"),
    ("log 3", "109.8e-2"),
]


@pytest.mark.parametrize(("side", "number"), ROUNDED)
@pytest.mark.parametrize("sign", ["", "-"])
def test_roundings(side, number, sign):
    """The two claims hold exactly if the number is what rounding or truncating gives, computed digit by digit."""
    mp.dps = 30
    claims = parse(f"{sign}{side} ≈ {sign}{number}")
    value = mp.log(int(side.split()[1]))
    digits, _, power = number.partition("e")
    decimals = len(digits.partition(".")[2]) - int(power or 0)
    scaled = value * mpf(10) ** decimals
    right = int(Rational(number) * 10**decimals) in (int(mp.floor(scaled)), int(mp.floor(scaled + mpf(1) / 2)))
    signed = -log(int(side.split()[1])) if sign else log(int(side.split()[1]))
    assert all(claim.lhs == signed for claim in claims)
    compared = {"<": float.__lt__, "<=": float.__le__, ">": float.__gt__, ">=": float.__ge__}
    assert all(compared[claim.relation](float(signed), float(claim.rhs)) for claim in claims) == right


def test_powers_of_ten_are_digits():
    low, high = parse(r"1/8 \approx 1.2 \times 10^{-1}")
    assert (low.rhs, high.rhs) == (Rational("0.115"), Rational("0.13"))


REFUSED = [
    ("p = q\nr", "continues nothing", (6, 7)),
    (r"\begin{matrix} p \end{matrix}", "the environment matrix is not read", (0, 14)),
    (r"\begin{align} p = q", "is missing", (0, 13)),
    (r"p = q \end{align}", "ends no environment", (6, 17)),
    (r"p = 0.8 \text{ bits}", "units are not read", (8, 20)),
    ("p = 50% q", "write 50/100", (6, 7)),
    ("p =", "expected", (3, 3)),
    (r"p = \text{loss} + 1", "loss is not a name", (4, 15)),
    ("p + q", "at least one relation", (0, 5)),
    ("p = q\n= log(", "expected", (12, 12)),
]


@pytest.mark.parametrize(("text", "message", "span"), REFUSED)
def test_refused(text, message, span):
    with pytest.raises(ParseError) as caught:
        parse_chain(text)
    assert message in caught.value.message
    assert caught.value.span == span
    assert caught.value.text == text


@pytest.mark.parametrize(
    "text",
    [
        "&" * 100_000, "\n" * 100_000, "$" * 99_999, r"\text{" * 16_000, r"\text{KL}" * 11_000, r"\text{so }" * 10_000, "%" * 100_000,
        r"\begin{align}" * 7_000, "\\\\" * 50_000, "p = q\n" * 16_000, r"\label{" * 14_000, "{" * 100_000, " " * 99_999 + "&",
        r"\overset{" * 11_000, "p = " + "& q " * 20_000, "(\n" * 50_000, "p ≈ 0." + "3" * 90_000, r"p \approx 1e9999",
    ],
    ids=range(18),
)  # fmt: skip
def test_hostile_layouts_cost_little(text):
    start = time.process_time()
    with suppress(SymentropyError):
        parse_chain(text)
    assert time.process_time() - start < 10


def test_places_stay():
    text = "\\begin{align}\np &= q \\\\ % why\n &= r \\text{ by }q\n\\end{align}"
    layout = arranged(text)
    assert len(layout.body) == len(text)
    assert [layout.body.index(name) for name in "pqr"] == [text.index("p &"), text.index("q "), text.index("r \\")]
