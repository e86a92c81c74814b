"""Products over an index: the same shapes as sums, and claims that take their logarithm."""

import math

import pytest
from sympy import IndexedBase, Integer, Product, Symbol, log, prod

from symentropy import decide, evaluate
from symentropy.errors import DomainError, ParseError
from symentropy.notation import parse, parse_expression

n = Symbol("n", integer=True, positive=True)
i, j, k, m = Symbol("i", integer=True), Symbol("j", integer=True), Symbol("k", integer=True), Symbol("m", real=True)
x = Symbol("x", real=True)
P = parse_expression("H(P)").args[0]
p = P.probabilities
q = parse_expression("H(Q)").args[0].probabilities

READ = {
    Product(p(i), (i, 1, n)): [
        r"\prod_i p_i",
        r"\prod_{i=1}^{n} p_i",
        r"\prod_{i=1}^n p_i",
        "prod_i p_i",
        "prod(p_i, i, 1, n)",
        "prod(p_i, i)",
        "∏_i p_i",
        "∏ᵢ pᵢ",
        r"\prod_{x \in \mathcal{X}} p(x)",
        "Product(p[i], (i, 1, n))",
        r"\prod\limits_{i=1}^{n} p_i",
    ],
    Product(p(i) * q(i), (i, 1, n)): [r"\prod_i p_i q_i", r"\prod_i (p_i q_i)", r"\prod_i q_i \cdot p_i"],
    Product(p(i) ** 2, (i, 1, n)): [r"\prod_i p_i^2"],
    Product(p(i) / q(i), (i, 1, n)): [r"\prod_i \frac{p_i}{q_i}", r"\prod_i p_i/q_i"],
    Product(-p(i), (i, 1, n)): [r"\prod_i -p_i", r"\prod_{i=1}^{n} - {p}_{i}"],
    Product(2 * p(i), (i, 1, n)): [r"\prod_i 2 p_i", r"\prod_i (p_i \cdot 2)"],
    Product(p(i), (i, 1, n)) + 1: [r"\prod_i p_i + 1"],
    log(Product(p(i), (i, 1, n))): [r"\log \prod_i p_i", r"\log\left(\prod_i p_i\right)"],
    Product(x + k, (k, 1, n)): [r"\prod_{k=1}^n (x + k)"],
    Product(p(i) * q(j), (j, 1, n), (i, 1, n)): [r"\prod_{i,j} p_i q_j", "Product(p[i]*q[j], (j, 1, n), (i, 1, n))"],
    Integer(24): [r"\prod_{k=1}^4 k", "prod(k, k, 1, 4)"],
    Integer(1): [r"\prod_{k=1}^0 k"],
    prod(x + value for value in range(3)): [r"\prod_{k=0}^2 (x + k)"],
    Product(k, (k, 1, 5000)): [r"\prod_{k=1}^{5000} k"],
}


@pytest.mark.parametrize(("expected", "text"), [(expected, text) for expected, texts in READ.items() for text in texts])
def test_it_is_read(expected, text):
    assert parse_expression(text) == expected


UNCLEAR = "it is not clear whether this product goes on"
REFUSED = [
    (r"\prod_i p_i \prod_i q_i", UNCLEAR),
    (r"\prod_i p_i \sum_j q_j", UNCLEAR),
    (r"\prod_i p_i \cdot 2", UNCLEAR),
    (r"\prod_{k=1}^n k/n", UNCLEAR),
    (r"\prod_{k=1}^n k \log x", UNCLEAR),
    (r"\prod p_i", "the index of the sum is missing"),
    (r"\prod_{i=1} p_i", "the upper limit"),
    (r"\prod_{k=1}^{1/2} k", "the limits of a sum are integers"),
    (r"\prod_{i=0}^n p_i", "let the sum start at 1"),
    (r"\prod_i " * 5 + "p_i", "nested deeper than 4"),
    (r"\prod_{k=1}^{1000} k^{k^2}", "digits"),
    (r"\prod_{k=1}^{900} \prod_{j=1}^{900} (x + k j)", "too long|too many"),
    ("Product(p[i], (i, 1, n), (i, 1, n))", "two indices of this sum have the same name"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refused(text, message):
    with pytest.raises((ParseError, DomainError), match=message):
        parse_expression(text)


DECIDED = [
    (r"\log \prod_i p_i = \sum_i \log p_i", (), "proved"),
    (r"\log \prod_i p_i = \prod_i \log p_i", (), "refuted"),
    (r"-\log\prod_i q_i^{p_i} = H(P, Q)", (), "proved"),
    (r"\log \prod_{k=1}^n x_k = \sum_{k=1}^n \log x_k", "x_k > 0", "proved"),
    (r"\prod_i (p_i q_i) = \left(\prod_i p_i\right) \prod_i q_i", (), "proved"),
    (r"\log \prod_{k=1}^3 p_k = \log p_1 + \log p_2 + \log p_3", "n = 3", "proved"),
    (r"\prod_i p_i = \sum_i p_i", (), "refuted"),
    (r"\prod_i p_i > 0", (), "proved"),
]


@pytest.mark.parametrize(("claim", "given", "outcome"), DECIDED)
def test_claims_are_decided(claim, given, outcome):
    assert decide(claim, given).outcome == outcome


def test_factors_of_unknown_sign_are_not_taken_apart():
    verdict = decide(r"\log \prod_{k=1}^n x_k = \sum_{k=1}^n \log x_k", "x_k real")
    assert verdict.outcome != "proved" or verdict.conditions  # log((-1)(-1)) is 0, and log(-1) is no number


def test_digits():
    assert str(evaluate("prod(k/(k+1), k, 1, 5000)", 20)) == str(evaluate("1/5001", 20))
    assert float(evaluate("log(prod(k, k, 1, 3000))")) == pytest.approx(math.lgamma(3001))


def test_what_is_given():
    assert parse(r"\prod_{k=1}^m k", "m integer").limits[0][2].is_integer
    w = IndexedBase("w", real=True)
    assert parse(r"\prod_i w_i", "w_i > 0").function.base.label == w.label
