"""The statements of given: relations, properties, definitions, distributions, and what they replace."""

import time

import pytest
from sympy import Eq, IndexedBase, Le, Lt, Rational, S, StrictLessThan, Sum, Symbol, log
from sympy.stats import Normal

from symentropy import Finite
from symentropy.errors import DomainError, ParseError, SymentropyError
from symentropy.notation import parse
from symentropy.proof.claim import Each
from symentropy.quantities import CrossEntropy, Entropy, KLDivergence

p, q, r, c = (Symbol(name, positive=True) for name in "pqrc")
x, mu = Symbol("x", real=True), Symbol("mu", real=True)
n = Symbol("n", integer=True, positive=True)
i = Symbol("i", integer=True)

above, below = StrictLessThan(0, p, evaluate=False), StrictLessThan(p, 1, evaluate=False)


def written(*facts):
    return {str(fact) for fact in facts}


#: Claim, given -> what the hypotheses are, as text.
HYPOTHESES = [
    ("p < 2", [], {"0 < p", "p < 1"}),
    ("p < 2", ["p > 1"], {"1 < p"}),
    ("p < 2", ["p > 1/2"], {"1/2 < p", "p < 1"}),
    ("p < 2", ["p < 1/2"], {"0 < p", "p < 1/2"}),
    ("p < 2", "0 < p < 1/2", {"0 < p", "p < 1/2"}),
    ("p < 2", ["0 <= p <= 1"], {"0 <= p", "p <= 1"}),
    ("p < 2", ["p real"], set()),
    ("p < 2", ["p positive"], {"0 < p"}),
    ("p < 2", ["p is a probability"], {"0 < p", "p < 1"}),
    ("p < 2", ["p >= q"], {"p >= q", "p < 1", "0 < q"}),
    ("p < 2", ["p in (0, 1/2]"], {"0 < p", "p <= 1/2"}),
    ("p < 2", [r"x \in [0, \infty)"], {"0 < p", "p < 1", "0 <= x", "x < oo"}),
    ("p_1 < 2", ["p_1 + p_2 = 1"], {"0 < p_1", "p_1 < 1", "0 < p_2", "p_2 < 1", "Eq(p_1 + p_2, 1)"}),
    ("x < 2", ["x > 0"], {"0 < x"}),
    ("x < 2", ["x, y > 0, x + y = 1"], {"0 < x", "0 < y", "Eq(x + y, 1)"}),
    ("x < 2", ["x != 0; mu nonzero"], {"Ne(x, 0)", "Ne(mu, 0)"}),
    ("c < 2", ["c > 0"], {"0 < c"}),
    ("rate < 2", ["rate >= 1."], {"1 <= rate"}),
    ("x < 2", ["0 < 1", "e > 2"], set()),
    ("x < 2", [Lt(x, 1)], {"x < 1"}),
    ("p < 2", ["p = 2q"], {"0 < 2*q", "2*q < 1", "0 < q", "q < 1"}),
    ("p < 2", ["p = 1/2"], set()),
    ("p < 2", ["p = q", "q = p"], {"0 < p", "p < 1"}),
]

#: Name -> statement -> is_positive, is_nonnegative, is_integer of its symbol.
ASSUMPTIONS = [
    ("c", "c > 0", (True, True, None)),
    ("c", "c >= 1", (True, True, None)),
    ("c", "c >= 0", (None, True, None)),
    ("c", "c < 5", (None, None, None)),
    ("c", "c real", (None, None, None)),
    ("c", "c integer", (None, None, True)),
    ("c", "c natural", (True, True, True)),
    ("c", r"c \in \mathbb{N}", (True, True, True)),
    ("c", "c positive integer", (True, True, True)),
    ("n", "n integer", (True, True, True)),
    ("n", "n >= 2", (True, True, True)),
    ("k", "k integer", (True, True, True)),
    ("sigma", "sigma > 0", (True, True, None)),
    ("sigma", "sigma >= 0", (None, True, None)),
    ("sigma", "sigma < 0", (None, None, None)),
    ("sigma", "sigma real", (None, None, None)),
    ("p", "p >= 0", (None, True, None)),
    ("p", "-1 < p", (None, None, None)),
    ("x", "x > 0", (None, None, None)),
    ("m", "m integer", (None, None, True)),
]

REFUSED = [
    ("p", "this says nothing about it", (0, 1)),
    ("p <", "the text ends where", (3, 3)),
    ("p < q < ", "the text ends where", (8, 8)),
    ("n is", "a property is one of", (2, 4)),
    ("n prime", "prime is not a name", (2, 7)),
    ("f_0(x) = x", "has no subscript", (0, 1)),
    ("f(x, x) = x", "different names", (5, 6)),
    ("f(x) = f(x)^2", "f is defined by itself", (7, 13)),
    ("X, Y ~ Normal(0, 1)", "one random variable at a time", (5, 6)),
    ("P = 1/2", "P is a distribution, and this is a number", (4, 7)),
    ("M = P Q", "distributions are not multiplied", (4, 7)),
    ("M = (P + 1)/2", "this is a number, not a distribution", (9, 10)),
    ("p in {0, 1}", "an interval or one of the sets", (5, 6)),
    ("p in K", "this set is not known", (5, 6)),
    ("p in (0, 1", "an interval is written", (10, 10)),
    ("p ≈ 1/2", "a rounding is no hypothesis", (2, 3)),
]

CONTRADICTIONS = [
    ["p > q", "q > p"],
    ["p_1 + p_2 = 3"],
    ["x > 1", "x <= 1"],
    ["x >= 1", "x <= 1", "x != x + 0"],
    ["x = y", "x < y"],
    ["1 > 2"],
    ["sigma <= 0", "sigma > 0"],
    [Lt(x, 0), "x > 0"],
    ["c >= 1, c < 1/2"],
]


@pytest.mark.parametrize(("text", "given", "expected"), HYPOTHESES)
def test_hypotheses(text, given, expected):
    claim = parse(text, given)
    assert written(*claim.hypotheses) == expected


@pytest.mark.parametrize(("name", "statement", "expected"), ASSUMPTIONS)
def test_assumptions(name, statement, expected):
    symbol = parse(name, statement)
    assert symbol.is_Symbol
    assert symbol.is_extended_real
    assert (symbol.is_positive, symbol.is_nonnegative, symbol.is_integer) == expected


@pytest.mark.parametrize(("statement", "message", "span"), REFUSED)
def test_refused(statement, message, span):
    with pytest.raises(ParseError) as caught:
        parse("H(P) + H(M) + x < p", ["x > 0", statement])
    assert caught.value.message.startswith("given statement 2: ")
    assert message in caught.value.message
    assert caught.value.span == span
    assert caught.value.text == statement


@pytest.mark.parametrize("given", CONTRADICTIONS)
def test_contradictions(given):
    with pytest.raises(DomainError):
        parse("p + x < 5", given)


@pytest.mark.parametrize("given", [["x >= 1", "x <= 1"], ["p <= q", "q <= p"], ["x >= 0", "x != 0"], ["0 <= p", "p = 0"], ["x^2 < -1"]])
def test_what_is_no_contradiction_or_not_linear(given):
    assert parse("p + x < 5", given).relation == "<"


# Definitions


def test_distributions():
    given = ["Q = [1/3, 2/3]", "P = (p, 1 - p)", "A = P", "M = (P + Q)/2"]
    P, Q = Finite([p, 1 - p]), Finite(["1/3", "2/3"])
    assert parse("H(P, Q)", given) == CrossEntropy(P, Q)
    assert parse("D(A||Q)", given) == KLDivergence(P, Q)
    assert parse("H(M)", given) == Entropy([p / 2 + Rational(1, 6), Rational(5, 6) - p / 2])
    assert parse("sum_i p_i q_i", given) == p / 3 + (1 - p) * Rational(2, 3)
    assert parse("-sum_{i=1}^{n} p_i log p_i + log n", given) == -p * log(p) - (1 - p) * log(1 - p) + log(2)
    two = Finite.symbols("r", 2)
    assert parse("D(P||R)", given) == KLDivergence(P, two)


def test_mixtures():
    P, Q, R = (Finite.symbols(name, n) for name in "pqr")
    middle = parse("H(M)", "M = c P + (1-c) Q").args[0]
    assert middle.probabilities(i) == Symbol("c", real=True) * P.probabilities(i) + (1 - Symbol("c", real=True)) * Q.probabilities(i)
    assert parse("H(M)", "M = P/6 + (Q + R)/3 + P/6").args[0].probabilities(i) == sum(law.probabilities(i) for law in (P, Q, R)) / 3
    claim = parse("H(M) >= 0", "M = (P + Q)/2")
    assert Each(StrictLessThan(0, IndexedBase("p", positive=True)[i], evaluate=False), (i, 1, n)) in claim.hypotheses
    assert parse("sum_s m_s", "M = (P + Q)/2") == Sum(P.probabilities(i) / 2 + Q.probabilities(i) / 2, (i, 1, n))
    with pytest.raises(ParseError, match="a random variable"):
        parse("H((X + Y)/2)", ["X ~ [1/2, 1/2]", "Y ~ [1/3, 2/3]"])


@pytest.mark.parametrize("statement", ["U = uniform", "U uniform", "U is uniform"])
def test_the_uniform_distribution(statement):
    assert parse("D(P||U)", statement) == KLDivergence(Finite.symbols("p", n), Finite.uniform(n))
    assert parse("H(U)", [statement, "n = 4"]) == Entropy(Finite.uniform(4))


def test_random_variables():
    sigma = Symbol("sigma", positive=True)
    given = ["X ~ Normal(mu, sigma)", r"Y \sim \mathcal{N}(0, 4)"]
    assert parse("H(X) + D(X||Y)", given) == Entropy(Normal("X", mu, sigma)) + KLDivergence(Normal("X", mu, sigma), Normal("X", 0, 2))
    for text in ("H(X, Y)", "H(X|Y)", "I(X;Y)"):
        with pytest.raises(ParseError, match="reserved"):
            parse(text, given)


def test_numbers():
    assert parse("c x", ["c = d + 1", "d = 1/2"]) == Rational(3, 2) * x
    assert parse("p_3", "p_3 = 1 - p_1 - p_2") == 1 - Symbol("p_1", positive=True) - Symbol("p_2", positive=True)
    assert parse("c", ["c := 2"]) == 2


def test_functions():
    assert parse("f(p) + f(2)", "f(x) = x log x") == p * log(p) + 2 * log(2)
    assert parse("f(g(p))", ["f(x) = x^2 + c", "g(y) = 1 - f(y)", "c = 1"]) == (-(p**2)) ** 2 + 1
    assert parse("phi(p, q)", r"\phi(x, y) = x log(x/y)") == p * log(p / q)
    assert parse("g2(x)", "g2(t) = t^2") == x**2
    assert parse("sum_i f(p_i)", "f(x) = x log x") == parse("sum_i p_i log p_i")
    with pytest.raises(DomainError, match="the logarithm of a negative number"):
        parse("f(2)", "f(x) = log(1 - x)")
    for text, message in (("f(p, q)", "f is given 2 arguments, not 1"), ("f + 1", "arguments are written in brackets")):
        with pytest.raises(ParseError, match=message):
            parse(text, "f(x) = x")


def test_numbers_with_an_index():
    w, y = (IndexedBase(name, real=True) for name in "wx")
    claim = parse(r"\log \sum_i w_i x_i >= \sum_i w_i \log x_i", ["sum_i w_i = 1", "w_i >= 0", "x_i > 0"])
    assert claim.lhs == log(Sum(w[i] * y[i], (i, 1, n)))
    assert Each(Le(0, w[i], evaluate=False), (i, 1, n)) in claim.hypotheses
    assert Each(Lt(0, y[i], evaluate=False), (i, 1, n)) in claim.hypotheses
    assert Eq(Sum(w[i], (i, 1, n)), 1) in claim.hypotheses
    assert parse("sum_{i=1}^2 a_i", "a_i > 0") == Symbol("a_1", real=True) + Symbol("a_2", real=True)
    assert written(*parse("sum_{i=1}^2 w_i < 5", "w_i > 0").hypotheses) == {"0 < w_1", "0 < w_2"}
    assert written(*parse("p_i + mu_i < 5", "mu_i > 0").hypotheses) == {"0 < p_i", "p_i < 1", "0 < mu_i"}


def test_one_text_and_a_list_of_one_are_the_same():
    assert parse("p < x", "x > 0") == parse("p < x", ["x > 0"]) == parse("p < x", ("x > 0",))
    assert parse("p < x", Lt(0, x)) == parse("p < x", "x > 0")


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("p<1", "a>0," * 20_000 + "a>0"),
        ("p<1", ["a>0"] * 1001),
        ("c_99<1", [f"c_{k + 1} = c_{k} + log(c_{k})" for k in range(99)]),
        ("f(" * 200 + "p" + ")" * 200 + "<1", "f(x) = x log x + x"),
        ("f(9)<1", ["f(x) = g(g(g(x)))", "g(x) = x^x"]),
        ("f(p)<1", [f"f{k}(x) = f{k + 1}(x) + f{k + 1}(x/2)" for k in range(99)] + ["f(x) = f0(x)", "f99(x) = x log x"]),
        ("p<1", "x, " * 30_000 + "x > 0"),
        ("p<1", ["p < " * 1500 + "p"]),
        ("f(p)<1", "f(" + ",".join(["x"] * 30_000) + ") = x"),
        ("H(P)<1", "n = 10^9"),
        ("H(P)<1", "n = -1"),
        ("H(P)<1", "n = 1/2"),
        ("H(P)<1", ["P = Q", "Q = P"]),
        ("logit(" * 190 + "x" + ")" * 190 + "<1", ()),
        ("p<1", "__import__('os').remove('pwned')"),
        ("p<1", "P = [" + "p, " * 2000 + "p]"),
    ],
)
def test_hostile_statements_are_refused_in_time(text, given):
    start = time.process_time()
    with pytest.raises(SymentropyError):
        parse(text, given)
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    "given", [[f"p_{k} < p_{k + 1}" for k in range(200)], [f"p < 1/{k + 2}" for k in range(200)], [f"c_{k} > 0" for k in range(300)]]
)
def test_many_statements_are_read(given):
    claim = parse("p < 1", given)
    assert len(claim.hypotheses) >= len(given)
    assert claim.rhs is S.One


def test_a_function_without_an_argument_may_be_declared_as_a_number():
    assert str(parse("H(Cauchy(mu, gamma)) = log(4 pi gamma)", "gamma > 0").rhs) == "log(4*pi*gamma)"
    assert parse("zeta + 1", "zeta > 0") == Symbol("zeta", positive=True) + 1
