"""Sums over an index: how they are written, what they mean, and what is refused."""

import pytest
from mpmath import mp, mpf
from sympy import IndexedBase, Integer, Rational, S, Sum, Symbol, log

from symentropy import Finite, cross_entropy, entropy, kl_divergence
from symentropy.errors import DomainError
from symentropy.notation import parse, parse_expression
from symentropy.quantities import KLDivergence, Surprise

n = Symbol("n", integer=True, positive=True)
N = Symbol("N", integer=True, positive=True)
i, j = (Symbol(name, integer=True) for name in "ij")
x = Symbol("x", real=True)
p, q = (IndexedBase(name, positive=True) for name in "pq")
P, Q = (Finite.symbols(name, n) for name in "pq")
total = Sum(p[i] * log(p[i]), (i, 1, n))

SAME = {
    total: [
        "sum_i p_i log p_i", "sum_s p_s log p_s", r"\sum_s p_s \log p_s", r"\sum_{i=1}^{n} p_i \log p_i", r"\sum_{i=1}^n p_i\log p_i",
        r"\sum\limits_{k=1}^{n} p_k \log p_k", "∑_i p_i log p_i", "sum(p_i log p_i, i, 1, n)", "sum(p_i log p_i, i)",
        r"\sum_{x \in \mathcal{X}} p(x) \log p(x)", r"\sum_x p(x)\log p(x)", r"\sum_x P(x) \log P(x)", "sum_{x in X} p(x) log p(x)",
        r"\sum_{i}^{n} p_i \log p_i", "sum_(i=1)^n p_i log p_i", r"\sum_{\alpha} p_\alpha \log p_\alpha",
        r"\sum_ip_i\log p_i", r"\displaystyle\sum_{s} {p_s} \log{p_s}",
    ],
    kl_divergence(P, Q): ["sum_s p_s log(p_s/q_s)", r"\sum_s p_s \log\frac{p_s}{q_s}", r"\sum_x P(x)\log\frac{P(x)}{Q(x)}"],
    cross_entropy(P, Q): [r"\sum_s -p_s \log q_s", "sum_i -p_i log q_i"],
    entropy(P): [r"\sum_{x\in\mathcal{X}} -p(x)\log p(x)"],
    Sum(p[i], (i, 1, n)): ["sum_i p_i", r"\sum_i p_i"],
    Sum(p[i] ** 2, (i, 1, n)): ["sum_i p_i^2", r"\sum_s p_s^2"],
    Sum(p[i] * q[i], (i, 1, n)): [r"\sum_ip_iq_i", "sum_i p_i q_i", r"\sum_{i} q_i p_i"],
    Sum(p[i] * Surprise(p[i]), (i, 1, n)): ["sum_s p_s h(s)", "sum_s p_s h(p_s)"],
    Sum(p[i] * Sum(q[j], (j, 1, n)), (i, 1, n)): [r"\sum_i p_i \sum_j q_j", r"\sum_i p_i \sum_i q_i"],
    Sum(p[i] * q[j], (j, 1, n), (i, 1, n)): [r"\sum_{i,j} p_i q_j", r"\sum_i \sum_j p_i q_j"],
    Sum(p[i], (i, 1, N)): [r"\sum_{i=1}^N p_i", "sum(p_i, i, 1, N)"],
    Sum(p[i], (i, 2, n)): [r"\sum_{i=2}^{n} p_i"],
    Sum(p[i], (i, 1, n - 1)): [r"\sum_{i=1}^{n-1} p_i"],
}  # fmt: skip

VALUES = [
    ("1 - sum_s p_s^2 + x", 1 - Sum(p[i] ** 2, (i, 1, n)) + x),
    ("2 sum_i p_i x", 2 * Sum(p[i] * x, (i, 1, n))),
    ("sum_i (p_i + x)", Sum(p[i] + x, (i, 1, n))),
    ("log x sum_i p_i", log(x) * Sum(p[i], (i, 1, n))),
    ("log sum_i p_i q_i", log(Sum(p[i] * q[i], (i, 1, n)))),
    ("(sum_i p_i)^2", Sum(p[i], (i, 1, n)) ** 2),
    ("sum_i p_i/2", Sum(p[i] / 2, (i, 1, n))),
    ("sum_{k=1}^4 1/k", Rational(25, 12)),
    ("sum_{k=1}^{4} k sum_{m=1}^{k} m", Integer(65)),
    ("sum_{k=3}^{2} k", S.Zero),
    ("sum_{k=0}^\\infty x^k", Sum(x ** Symbol("k", integer=True), (Symbol("k", integer=True), 0, S.Infinity))),
    ("sum_{i=1}^{2} p_i log p_i", sum(s * log(s) for s in (Symbol("p_1", positive=True), Symbol("p_2", positive=True)))),
]

REFUSED = [
    ("sum p_i", "the index of the sum is missing", (0, 3)),
    ("sum_ij p_i", "the index of a sum is one letter", (4, 6)),
    ("sum_2 p_i", "the index of a sum is one letter", (4, 5)),
    ("sum_i", "the text ends where the terms of a sum are expected", (5, 5)),
    ("sum_i p_{i,j}", "several indices are not read yet", (6, 13)),
    ("sum_i w_i", "w with an index is not declared", (6, 9)),
    ("sum_{i=1} p_i", "the upper limit of this sum is missing", (0, 9)),
    ("sum_{i=0}^n p_i", "the states of p_i are 1, ..., n: let the sum start at 1", (0, 15)),
    ("sum_{i=1}^{n+1} p_i", "the sum runs up to n + 1", (0, 19)),
    ("sum_{i=1}^{1/2} x", "the limits of a sum are integers", (11, 14)),
    ("sum_{i,j}^{n} p_i q_j", "one index has limits", (0, 13)),
    ("sum_{i in 3} p_i", "a sum runs over a set by its name", (10, 11)),
    ("sum(p_i, 3)", "the index of the sum is missing", (0, 3)),
    ("sum(p_i, i, 1)", "a sum is written", (0, 14)),
    ("sum(p_i", "the index of the sum is missing", (0, 3)),
    ("p_i + sum_j p_j", "no sum runs over the index of p_i here", (0, 3)),
    ("sum_{i=1}^{301} p_i", "at most 300 states", (0, 19)),
    (r"\sum_i " * 5 + "p_i", "sums are nested deeper than 4", (28, 32)),
    ("sum_{k=1}^{1000} sum_{m=1}^{1000} k m", "too long when they are written out", (0, 37)),
]


@pytest.mark.parametrize(("expected", "text"), [(value, text) for value, texts in SAME.items() for text in texts])
def test_spellings(expected, text):
    assert parse_expression(text) == expected


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_values(text, expected):
    assert parse_expression(text) == expected


@pytest.mark.parametrize(("text", "message", "span"), REFUSED)
def test_refused(assert_refused, text, message, span):
    assert_refused(text, message, span)


def test_two_numbers_of_states_are_refused_until_given_says_which():
    text = "sum_{i=1}^3 p_i <= sum_{i=1}^n p_i"
    with pytest.raises(DomainError, match="3 and n at once"):
        parse(text)
    claim = parse(text, "n = 3")
    assert claim.lhs == claim.rhs == sum(Symbol(f"p_{k}", positive=True) for k in (1, 2, 3))


def test_an_index_is_not_captured_by_a_sum_inside_a_declared_function():
    made = parse("sum_{k=1}^{\\infty} f(1/3^k)", "f(y) = sum_{k=1}^{\\infty} y^k/k")
    assert len(made.free_symbols) == 0
    outer = next(k for k in made.atoms(Sum) if len(k.limits) == 2)
    assert len(set(outer.variables)) == len(outer.variables) == 2
    with mp.workdps(30):
        expected = -sum(mp.log(1 - mpf(1) / 3**k) for k in range(1, 80))
        inner, last = outer.variables
        found = sum(mpf(str(outer.function.subs({inner: a, last: b}).evalf(40))) for a in range(1, 30) for b in range(1, 30))
        assert abs(found - expected) < mpf(10) ** -12


@pytest.mark.parametrize("text", ["sum_s p_s log(p_s/q_s)", "JSD(P, Q)", "sum_s p_s h(s) - H(P)", "H((P + 3 Q)/4)", "-sum_i (p_i - q_i)^2"])
def test_named_pmfs_are_those_that_are_written_out(text):
    """With three explicit states the same text has the value that mpmath finds from the definitions."""
    first, second = [Rational(1, 2), Rational(1, 3), Rational(1, 6)], [Rational(1, 7), Rational(2, 7), Rational(4, 7)]
    lists = [f"P = [{', '.join(map(str, first))}]", f"Q = [{', '.join(map(str, second))}]"]
    with mp.workdps(60):
        a, b = ([mpf(int(v.p)) / int(v.q) for v in values] for values in (first, second))
        expected = {
            "sum_s p_s log(p_s/q_s)": sum(s * mp.log(s / t) for s, t in zip(a, b, strict=True)),
            "JSD(P, Q)": sum((s * mp.log(2 * s / (s + t)) + t * mp.log(2 * t / (s + t))) / 2 for s, t in zip(a, b, strict=True)),
            "sum_s p_s h(s) - H(P)": mpf(0),
            "H((P + 3 Q)/4)": -sum((s + 3 * t) / 4 * mp.log((s + 3 * t) / 4) for s, t in zip(a, b, strict=True)),
            "-sum_i (p_i - q_i)^2": -sum((s - t) ** 2 for s, t in zip(a, b, strict=True)),
        }[text]
        value = parse(text, lists).doit()
        assert abs(mpf(str((value + 1).evalf(55))) - 1 - expected) < mpf(10) ** -50
    indexed = parse(text).doit()
    explicit = {P.probabilities(k): Symbol(f"a_{k}") for k in (1, 2, 3)} | {Q.probabilities(k): Symbol(f"b_{k}") for k in (1, 2, 3)}
    numbers = {Symbol(f"a_{k}"): first[k - 1] for k in (1, 2, 3)} | {Symbol(f"b_{k}"): second[k - 1] for k in (1, 2, 3)}
    written_out = indexed.subs(n, 3).doit().xreplace(explicit).xreplace(numbers)
    with mp.workdps(60):
        assert abs(mpf(str((written_out + 1).evalf(55))) - 1 - expected) < mpf(10) ** -50


def test_the_middle_of_a_jensen_shannon_divergence_is_a_mixture():
    claim = parse("JSD(P, Q) = D(P||M)/2 + D(Q||M)/2", "M = (P + Q)/2")
    assert claim.lhs == claim.rhs
    assert len(claim.lhs.atoms(KLDivergence)) == 2


@pytest.mark.parametrize(
    ("short", "braced"),
    [
        (r"\sum_{i=1}^{3} \frac1i", r"\sum_{i=1}^{3} \frac{1}{i}"),
        (r"\sum_{k=1}^{n} \frac1k", r"\sum_{k=1}^{n} \frac{1}{k}"),
        (r"\sum_{k=1}^{n} \frac kn", r"\sum_{k=1}^{n} \frac{k}{n}"),
        (r"\sum_{k=1}^{n} \sqrt k", r"\sum_{k=1}^{n} \sqrt{k}"),
        (r"\sum_{k=1}^{n} 2^k", r"\sum_{k=1}^{n} 2^{k}"),
    ],
)
def test_an_index_without_braces_is_the_index(short, braced):
    assert parse(short) == parse(braced)
    assert {symbol.name for symbol in parse(short).free_symbols} <= {"n"}


@pytest.mark.parametrize("text", ["Σ_i p_i²", "Σᵢ pᵢ²", "Σ_{i=1}^{n} p_i^2"])
def test_a_capital_sigma_with_an_index_is_a_sum(text):
    assert parse_expression(text) == parse_expression(r"\sum_{i=1}^{n} p_i^2")
    assert parse("Σ_1 + Σ", ["Σ_1 > 0", "Σ > 0"]) == Symbol("Sigma_1", positive=True) + Symbol("Sigma", positive=True)
