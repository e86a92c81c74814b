"""Derivatives as people write them, how far they go, and what is refused because it may be two things."""

import pytest
from sympy import Derivative, Rational, Symbol, log

from symentropy import Entropy, KLDivergence, check_answer, check_steps, decide
from symentropy.errors import DomainError, ParseError
from symentropy.notation import parse, parse_expression

p, q = Symbol("p", positive=True), Symbol("q", positive=True)
x, mu = Symbol("x", real=True), Symbol("mu", real=True)
H = Entropy([p, 1 - p])

READ = {
    Derivative(H, p): [
        r"\frac{d}{dp} H([p, 1-p])",
        r"\frac{d}{d p} H(p)",
        r"\frac{dH(p)}{dp}",
        r"\frac{d H(p)}{dp}",
        r"\frac{\mathrm{d}}{\mathrm{d}p} H(p)",
        r"\frac{\mathrm{d}H(p)}{\mathrm{d}p}",
        r"\dfrac{\mathrm d}{\mathrm d p} H(p)",
        r"\frac{\partial}{\partial p} H(p)",
        "∂H(p)/∂p",
        r"\frac{\partial H(p)}{\partial p}",
        "d/dp H(p)",
        "dH(p)/dp",
        "∂/∂p H(p)",
        "diff(H(p), p)",
        "Derivative(H([p, 1 - p]), p)",
        r"\frac{d}{dp} \left[ H(p) \right]",
        r"\frac{d}{dp} {H(p)}",
        r"\frac{d^1}{dp} H(p)",
        r"\frac{\partial}{\partial p}\left(H(p)\right)",
    ],
    Derivative(H, p, p): [
        r"\frac{d^2}{dp^2} H(p)",
        r"\frac{d^{2}}{d p^{2}} H(p)",
        r"\frac{d^2 H(p)}{dp^2}",
        r"\frac{\partial^2}{\partial p^2} H(p)",
        r"\frac{d}{dp} \frac{d}{dp} H(p)",
        "d^2/dp^2 H(p)",
        "∂²H(p)/∂p²",
        "diff(H(p), p, 2)",
        "diff(H(p), p, p)",
        "Derivative(H(p), (p, 2))",
        r"\frac{d^2}{dp\,dp} H(p)",
    ],
    Derivative(p * q, p, q): [
        r"\frac{\partial^2}{\partial p \partial q} p q",
        "∂²/∂p∂q p q",
        r"\frac{\partial^2 (p q)}{\partial p\,\partial q}",
        "diff(p q, p, q)",
        r"\frac{\partial}{\partial q} \frac{\partial}{\partial p} p q",
    ],
    Derivative(mu**2, mu): [r"\frac{d}{d\mu} \mu^2", "d/dμ μ²", "diff(mu^2, mu)", r"\frac{\mathrm{d}}{\mathrm{d}\mu} \mu^2"],
}


@pytest.mark.parametrize(("expected", "text"), [(expected, text) for expected, texts in READ.items() for text in texts])
def test_spellings(expected, text):
    assert parse_expression(text) == expected


SCOPES = [
    (r"\frac{d}{dp} p \log p", Derivative(p * log(p), p)),
    (r"\frac{d}{dp} p \log p + p", Derivative(p * log(p), p) + p),
    (r"\frac{d}{dp} (1-p) \log(1-p)", Derivative((1 - p) * log(1 - p), p)),
    (r"\frac{d}{dp} p^2 (1-p) - 1", Derivative(p**2 * (1 - p), p) - 1),
    (r"\frac{d}{dp} \frac{p}{1-p}", Derivative(p / (1 - p), p)),
    (r"\frac{d}{dp} (p^2)/2", Derivative(p**2 / 2, p)),
    (r"\frac{d}{dp} \left[p^2\right] q", Derivative(p**2 * q, p)),
    (r"p \frac{d}{dp} p^2", p * Derivative(p**2, p)),
    (r"-\frac{d}{dp} p^2", -Derivative(p**2, p)),
    (r"\log \frac{d}{dp} p^2", log(Derivative(p**2, p))),
    (r"\log p \frac{d}{dp} p^2", log(p) * Derivative(p**2, p)),
    (r"\left(\frac{d}{dp} p^2\right)^2", Derivative(p**2, p) ** 2),
    (r"\frac{dH(p)}{dp}^2", Derivative(H, p) ** 2),
    (r"\frac{dH(p)}{dp} \frac{dH(p)}{dp}", Derivative(H, p) ** 2),
    (r"\frac{dH(p)}{dp} (1-p)", Derivative(H, p) * (1 - p)),
    (r"\frac{d}{dp} \sum_{k=1}^{2} p^k", Derivative(p + p**2, p)),
    (r"\frac{\partial}{\partial p} \log q", Derivative(log(q), p)),
]


@pytest.mark.parametrize(("text", "expected"), SCOPES)
def test_how_far_it_goes(text, expected):
    assert parse_expression(text) == expected


UNCLEAR = "not clear where this derivative ends"
REFUSED = [
    (r"\frac{d}{dp} -p", "a sign stands right after a derivative"),
    (r"\frac{d}{dp} [p^2] (1-p)", UNCLEAR),
    (r"\frac{d}{dp} (p^2) \cdot p", UNCLEAR),
    (r"\frac{d}{dp} (p^2) / p", UNCLEAR),
    (r"\frac{d}{dp} p \frac{d}{dp} p", UNCLEAR),
    (r"\frac{d}{dp} p^2 \frac{dH(p)}{dp}", UNCLEAR),
    (r"\frac{d}{dp}^2 p", r"\frac{d^2}{dp^2}"),
    (r"\frac{d}{dp}", "what is differentiated is missing"),
    (r"\frac{d}{dp} = 1", "what is differentiated is missing"),
    (r"\frac{d^2}{dp} p", "2 above the line and 1 below"),
    (r"\frac{d}{dp^2} p", "1 above the line and 2 below"),
    ("d/dp^2 p", "1 above the line and 2 below"),
    (r"\frac{d^{99}}{dp^{99}} p", "a number from 1 to 10"),
    (r"\frac{d^n}{dp^n} p", "a number from 1 to 10"),
    ("diff(p, p, 11)", "a number from 1 to 10"),
    ("diff(p, p, 6, q, 6)", "a number from 1 to 10"),
    ("diff(p)", "by what is this"),
    (r"\frac{d}{dn} n^2", "n is an integer"),
    (r"\frac{d}{de} 3", "e stands for E"),
    (r"\frac{dP}{dQ}", "P is a distribution"),
    (r"\frac{dp}{dx}", "p does not depend on x here"),
    (r"\frac{dH}{dp}", "H needs its arguments"),
    (r"\frac{d p + 1}{dp}", "put all of it in brackets after d"),
    (r"\sum_i \frac{d}{dp_i} p_i", "not by an index or a parameter"),
    (r"\sum_{k=1}^n \frac{d}{dk} k^2", "not by an index or a parameter"),
    (r"\frac{\partial}{\partial p_1} H(P)", "say how many there are"),
    ("dp", "d is not declared"),
    ("∂p", "a derivative is written"),
    (r"\frac{\partial}{dp} p", "a derivative is written"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refused(text, message):
    with pytest.raises((ParseError, DomainError)) as caught:
        parse(text)
    assert message in str(caught.value)


FUNCTION = "f(x) = x log x"
APPLIED = [
    ("f'(p)", Derivative(p * log(p), p)),
    ("f''(p)", Derivative(p * log(p), p, p)),
    ("f″(p)", Derivative(p * log(p), p, p)),
    ("f'(1/2)", 1 - log(2)),
    ("f'(1-p)", log(1 - p) + 1),
    ("f''(2p)", 1 / (2 * p)),
    (r"\frac{df}{dp}", Derivative(p * log(p), p)),
    (r"\frac{d^2f}{dp^2}", Derivative(p * log(p), p, p)),
    ("df/dp", Derivative(p * log(p), p)),
    (r"\frac{d}{dp} f(p)", Derivative(p * log(p), p)),
    (r"\frac{d}{dp} f(1-p)", Derivative((1 - p) * log(1 - p), p)),
    ("p f'(p) + f(p)", p * Derivative(p * log(p), p) + p * log(p)),
]


@pytest.mark.parametrize(("text", "expected"), APPLIED)
def test_declared_functions(text, expected):
    assert parse(text, FUNCTION) == expected


def test_a_declared_function_at_a_name_that_it_contains():
    assert parse("f'(p)", "f(x) = x^2 p") == 2 * p**2
    assert parse("f'(x)", "f(x) = x^2 p") == Derivative(p * x**2, x)


@pytest.mark.parametrize(
    ("text", "given", "message"),
    [
        ("f'(0)", FUNCTION, "the logarithm of 0"),
        ("f'(-1)", "f(x) = log x", "the logarithm of a negative number"),
        ("f'(0)", "f(x) = x sqrt(x)", "no derivative at the end of its domain"),
        ("f'(2)", "f(x) = |x|", "the derivative of Abs(x) by x is not known"),
        ("f'", FUNCTION, "its arguments are written in brackets"),
        ("f'(p, q)", "f(x, y) = x y", "the derivative of a function of one number"),
        (r"\frac{d}{dp} p", "d > 0", "d is a name here"),
        (r"\frac{dp}{dx}", "d > 0", "d is a name here"),
        (r"\frac{d}{dc} c^2", "c = 1/2", "c stands for 1/2"),
        (r"\frac{d}{dp} (p q) = q", "p + q = 1", "makes other numbers depend on p"),
    ],
)
def test_refused_with_what_is_given(text, given, message):
    with pytest.raises((ParseError, DomainError)) as caught:
        parse(text, given)
    assert message in str(caught.value)


def test_a_name_d_may_be_told_from_the_operator():
    d = parse("d", "d > 0")
    assert parse(r"\frac{\mathrm{d}}{\mathrm{d}p} p^2", "d > 0") == Derivative(p**2, p)
    assert parse(r"\frac{(d)}{dp}", "d > 0") == 1 / p
    assert parse(r"\frac{d+1}{dp}", "d > 0") == (d + 1) / (d * p)
    assert parse("diff(d^2, d)", "d > 0") == Derivative(d**2, d)


def test_definitions_stand_for_their_values():
    assert parse(r"\frac{dy}{dx}", "y = x^2") == Derivative(x**2, x)
    assert parse("dy/dx", "y = x^2") == Derivative(x**2, x)
    assert parse(r"\frac{d}{dp} p q", "q = 1 - p") == Derivative(p * (1 - p), p)
    assert parse(r"\frac{d}{dp} H(P)", "P = [p, 1-p]") == Derivative(H, p)


DECIDED = [
    (r"\frac{d}{dp} H([p, 1-p]) = \log \frac{1-p}{p}", (), "proved"),
    (r"\frac{d}{dp} H([p, 1-p]) = \log \frac{p}{1-p}", (), "refuted"),
    (r"\frac{d^2}{dp^2} H([p, 1-p]) = -\frac{1}{p(1-p)}", (), "proved"),
    (r"\frac{d^2}{dp^2} H([p, 1-p]) = \frac{1}{p(1-p)}", (), "refuted"),
    (r"\frac{d^2}{dp^2} H(p) < 0", (), "proved"),
    (
        r"\frac{\partial}{\partial\mu} D(\mathcal{N}(\mu,\sigma^2)||\mathcal{N}(\mu_2,\sigma_2^2)) = \frac{\mu-\mu_2}{\sigma_2^2}",
        (),
        "proved",
    ),
    (
        r"\frac{\partial}{\partial\mu} D(\mathcal{N}(\mu,\sigma^2)||\mathcal{N}(\mu_2,\sigma_2^2)) = \frac{\mu-\mu_2}{\sigma^2}",
        (),
        "refuted",
    ),
    ("f'(p) = log p + 1", FUNCTION, "proved"),
    ("f'(p) = log p - 1", FUNCTION, "refuted"),
    ("f''(p) > 0", FUNCTION, "proved"),
    ("f'(p) >= 0", [FUNCTION, "p > 1/2"], "proved"),
    (r"\frac{\partial}{\partial p_1} H(P) = -\log p_1 - 1", "n = 3", "proved"),
    (r"\frac{d}{dt} D(t P + (1-t) Q || Q) >= 0", ["n = 2", "0 < t < 1"], "proved"),
    (r"\frac{d}{dx} \exp(\log x) = 1", (), "proved"),
    (r"\frac{d}{dx} \log(1 + e^x) = \sigma(x)", (), "proved"),
    (r"\frac{d}{dx} \sigma(x) = \sigma(x)(1 - \sigma(x))", (), "proved"),
    (r"\frac{d}{dp} \log q = 0", (), "proved"),
]


@pytest.mark.parametrize(("claim", "given", "outcome"), DECIDED)
def test_claims_are_decided(claim, given, outcome):
    assert decide(claim, given, timeout=60).outcome == outcome


def test_slips():
    verdict = check_answer(r"\log\frac{p}{1-p}", r"\frac{d}{dp} H(p)")
    assert (verdict.outcome, verdict.slip.name) == ("refuted", "inverted-ratio")
    verdict = check_answer(r"-\frac{d}{dp} H(p)", r"\log\frac{1-p}{p}")
    assert verdict.slip is not None
    report = check_steps(r"\frac{d}{dp} H(p) = \frac{d}{dp}\left(-p\log p-(1-p)\log(1-p)\right) = \log\frac{p}{1-p}")
    assert [verdict.outcome for verdict in report] == ["proved", "refuted"]


def test_a_noun_stays_a_noun():
    made = parse_expression(r"\frac{d}{dp} D([p, 1-p] || [1/3, 2/3])")
    assert made == Derivative(KLDivergence([p, 1 - p], [Rational(1, 3), Rational(2, 3)]), p)
    assert made.doit().subs(p, Rational(1, 3)).is_zero or made.doit().subs(p, Rational(1, 3)).equals(0)
