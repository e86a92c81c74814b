"""Quantities and their arguments: scalars, lists, names of distributions, families."""

import pytest
from sympy import Rational, Symbol, exp, log
from sympy.stats import Normal, Poisson

from symentropy.errors import DomainError, ParseError
from symentropy.finite import Finite
from symentropy.notation import parse_expression
from symentropy.quantities import CrossEntropy, Entropy, KLDivergence, Surprise

p, q = (Symbol(name, positive=True) for name in "pq")
x = Symbol("x", real=True)
n = Symbol("n", integer=True, positive=True)
P, Q, R, M, U = (Finite.symbols(name, n) for name in "pqrmu")
coin = Finite([Rational(1, 3), Rational(2, 3)])
fair = Finite([Rational(1, 2), Rational(1, 2)])

SAME = {
    Entropy(P): ["H(P)", "H[P]", "H( P )", r"\mathrm{H}(P)", r"\mathrm H(P)", r"H\left(P\right)", r"H\{P\}", r"\operatorname{H}[P]"],
    CrossEntropy(P, Q): ["H(P, Q)", "H[P,Q]"],
    KLDivergence(P, Q): [
        "D(P||Q)", "D(P || Q)", r"D(P \| Q)", r"D(P \parallel Q)", "D(P ‖ Q)", r"D(P \vert\vert Q)", r"D(P \mid\mid Q)", r"D[P\Vert Q]",
        "D_KL(P || Q)", r"D_{KL}(P \| Q)", r"D_{\mathrm{KL}}(P \parallel Q)", r"D_{\text{KL}}\left(P \middle\| Q\right)",
        r"\mathrm{D}_{\mathrm{KL}}(P||Q)", "KL(P || Q)", "KL(P, Q)", r"\mathrm{KL}[P||Q]", r"\operatorname{KL}(P, Q)", "D(P, Q)",
    ],
    Entropy(coin): [
        "H([1/3, 2/3])", "H((1/3, 2/3))", r"H\left(\left[\frac13, \frac23\right]\right)", "H[[1/3,2/3]]", "H([1/3, 1-1/3])", "H(1/3)",
        "H_b(1/3)", "h_b(1/3)", "H_{b}(1/3)",
    ],
    Entropy(Finite([p, 1 - p])): ["H(p)", "H_b(p)", "h_b(p)", "H([p, 1-p])", "H((p, 1-p))"],
    Surprise(p): ["h(p)", "h[p]", r"\mathrm{h}(p)"],
    Surprise(Rational(1, 6)): ["h(1/6)", r"h(\frac16)"],
    KLDivergence(coin, fair): ["D([1/3, 2/3] || [1/2, 1/2])", r"KL((1/3, 2/3), (1/2, 1/2))"],
}  # fmt: skip

VALUES = [
    ("H(P) + D(P||Q)", Entropy(P) + KLDivergence(P, Q)),
    ("H(P, Q) - H(P)", CrossEntropy(P, Q) - Entropy(P)),
    ("2H(R) - D(M||U)", 2 * Entropy(R) - KLDivergence(M, U)),
    ("H(P)^2 p", p * Entropy(P) ** 2),
    ("log H(P)", log(Entropy(P))),
    ("e^{H(P)}", exp(Entropy(P))),
    ("2^H(P)", 2 ** Entropy(P)),
    ("p^{1 - H(P)}", p ** (1 - Entropy(P))),
    ("(2H(P))^2", 4 * Entropy(P) ** 2),
    ("H(P)D(P||Q)", Entropy(P) * KLDivergence(P, Q)),
    ("H(2p - p)", Entropy(Finite([p, 1 - p]))),
    ("|H(P) - h(p)|", abs(Entropy(P) - Surprise(p))),
    ("H([|x|, 1-|x|])", Entropy(Finite([abs(x), 1 - abs(x)]))),
    ("H(H(1/3))", Entropy(Finite([Entropy(coin), 1 - Entropy(coin)]))),
]

REFUSED = [
    ("H", "H needs its arguments in brackets: H(P) or H(P, Q)", (1, 1)),
    ("2 D P", "D needs its arguments in brackets: D(P || Q)", (4, 5)),
    ("H()", "is expected here, not )", (2, 3)),
    ("H(P", ") is expected here, to close the ( at character 2", (3, 3)),
    ("H(P,)", "is expected here, not )", (4, 5)),
    ("H_2(p)", "H_2 is not a quantity", (0, 3)),
    (r"D_{JS}(P || Q)", "D_JS is not a quantity", (0, 6)),
    ("H(1/3, 2/3)", "H([1/3, 2/3])", (2, 10)),
    ("H([p])", "a list of one probability: write (p) for the binary entropy", (2, 5)),
    ("H([1/3 2/3])", "two numbers stand side by side: write * or a comma between them", (7, 8)),
    ("H(p, q, 1-p-q)", "H([1/3, 2/3])", (2, 13)),
    ("H(P, Q, R)", "one distribution, or two", (2, 9)),
    ("H(p, Q)", "one distribution, or two", (2, 6)),
    ("H(P || Q)", "a double bar belongs to a divergence", (4, 6)),
    ("D(P | Q)", "written with a double bar", (4, 5)),
    ("D(P; Q)", "reserved", (3, 4)),
    ("D(P)", "D takes two distributions: D(P || Q)", (2, 3)),
    ("D(P || Q || R)", "D takes two distributions", (2, 13)),
    ("D(p || q)", "D([p, 1-p] || [q, 1-q])", (2, 8)),
    ("KL(P, q)", "KL takes two distributions", (3, 7)),
    ("h(P)", "h takes one probability, h(p); the entropy of a distribution is H(P)", (2, 3)),
    ("h(p, q)", "h takes one argument", (3, 4)),
    ("H_b(P)", "H_b takes the probability of one of two outcomes", (4, 5)),
    ("H_b(p, q)", "H_b takes one argument", (5, 6)),
    ("H(X|Y)", "joint and conditional quantities are reserved", (3, 4)),
    ("H(X, Y)", "joint and conditional quantities are reserved", (2, 3)),
    ("H(X)", "joint and conditional quantities are reserved", (2, 3)),
    ("1 + I(X;Y)", "joint and conditional quantities are reserved", (4, 10)),
    ("I(P, Q)", "joint and conditional quantities are reserved", (0, 7)),
    ("JSD(p, q)", "JSD takes two distributions", (4, 8)),
    ("P", "P is a distribution: write H(P)", (0, 1)),
    ("2 + Q p", "Q is a distribution: write H(Q)", (4, 5)),
    ("H(P + 1)", "this is a number, not a distribution", (6, 7)),
    ("H(P Q)", "distributions are not multiplied", (2, 5)),
    ("P(x)", "P is a distribution", (0, 1)),
    ("H(P')", "P' is not declared", (2, 4)),
    ("H(c)", "c is not declared", (2, 3)),
    ("H([P, Q])", "P is a distribution", (3, 4)),
    ("H([[1, 2], 3])", "a list stands only inside", (3, 9)),
    ("H(" * 9 + "p" + ")" * 9, "quantities are nested deeper than 8", (16, 17)),
]

DOMAIN = [
    ("H([1/2, 1/3])", "sum to 5/6"),
    ("H([3/2, -1/2])", "3/2"),
    ("h(2)", "outside [0, 1]"),
    ("H(7/5)", "7/5"),
    ("1 + h(-1/2)", "outside [0, 1]"),
    ("H([])", None),
    ("H(P + Q)", "the weights of the mixture sum to 2, not 1"),
    ("H(Poisson(1)/2 + Poisson(2)/2)", "only mixtures of finite distributions"),
    ("JSD(Normal(0, 1), Normal(1, 1))", "only mixtures of finite distributions"),
    ("JSD([1/2, 1/2], [1, 0, 0])", "different numbers of states: 2, 3"),
]


@pytest.mark.parametrize(("noun", "text"), [(noun, text) for noun, texts in SAME.items() for text in texts])
def test_spellings(noun, text):
    assert parse_expression(text) == noun


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_values(text, expected):
    assert parse_expression(text) == expected


@pytest.mark.parametrize(("text", "message", "span"), REFUSED)
def test_refused(assert_refused, text, message, span):
    assert_refused(text, message, span)


@pytest.mark.parametrize(("text", "message"), DOMAIN)
def test_outside_the_domain(text, message):
    with pytest.raises(DomainError if message else ParseError) as caught:
        parse_expression(text)
    assert (message or "nothing between") in str(caught.value)


def test_quantities_are_in_the_base_of_the_call():
    assert parse_expression("H(P) + D(P||Q)", base=2) == Entropy(P) / log(2) + KLDivergence(P, Q) / log(2)


def test_a_scalar_and_a_family_are_told_apart():
    assert parse_expression("H(Poisson(p)) + H(p)") == Entropy(Poisson("K", p)) + Entropy(Finite([p, 1 - p]))
    assert parse_expression("H(Normal(0, 1), Normal(x, p))") == CrossEntropy(Normal("X", 0, 1), Normal("Y", x, p))
