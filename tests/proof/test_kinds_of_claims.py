"""Kinds of claims that a tactic was written for, each with a neighbour that is false and must not be proved."""

import pytest
from sympy import Abs, Add, Eq, Function, Ge, IndexedBase, Lt, Piecewise, Rational, Sum, Symbol, exp, log, oo, sqrt, symbols
from sympy.stats import Exponential, Gamma, Laplace, Normal, Poisson

from symentropy import Claim, CrossEntropy, Entropy, Finite, KLDivergence, Proof, decide, verify
from symentropy.proof.theorems.entropy import mixture

n = Symbol("n", integer=True, positive=True)
i, m = symbols("i m", integer=True)
x, u = symbols("x u", real=True)
a, b, c, p, q, t = symbols("a b c p q t", positive=True)
P, Q, P3 = Finite.symbols("p", n), Finite.symbols("q", n), Finite.symbols("p", 3)
M = mixture(t, P, Q)
MIXED = (Lt(t, 1),)
squares = Sum(P.probabilities(i) ** 2, (i, 1, n))
entry, whole = P.probabilities, Sum(P.probabilities(i), (i, 1, n))
is_pmf = (Eq(Sum(P.probabilities(i), (i, 1, n)), 1),)
slack = Rational(1, 1000)
gamma, rate, count = Gamma("X", a, b), Exponential("X", c), Poisson("X", a)
fast = Exponential("X", a)
nine, either = 9 * KLDivergence(fast, rate) / 10, CrossEntropy(fast, rate) + KLDivergence(rate, fast)
size, square = Piecewise((x, x >= 0), (-x, True)), Piecewise((x**2, x > 1), (1, True))

#: A claim that is true, and one like it that is false.
KINDS = [
    (Claim(squares, ">=", 1 / n, is_pmf), Claim(squares, ">=", Rational(11, 10) / n, is_pmf)),
    (Claim(squares, ">=", 1 / n, is_pmf), Claim(squares, ">", 1 / n, is_pmf)),
    (
        Claim(Add(*(entry**2 for entry in P3.probabilities)), ">=", Rational(1, 3), P3.hypotheses),
        Claim(Add(*(entry**2 for entry in P3.probabilities)), ">=", Rational(34, 100), P3.hypotheses),
    ),
    (
        Claim(Entropy(M) - t * Entropy(P) - (1 - t) * Entropy(Q), "=", t * KLDivergence(P, M) + (1 - t) * KLDivergence(Q, M), MIXED),
        Claim(Entropy(M) - t * Entropy(P) - (1 - t) * Entropy(Q), "=", t * KLDivergence(P, M) + t * KLDivergence(Q, M), MIXED),
    ),
    (
        Claim(Entropy([p, 1 - p]) + KLDivergence([p, 1 - p], [q, 1 - q]) - slack, "<", CrossEntropy([p, 1 - p], [q, 1 - q])),
        Claim(Entropy([p, 1 - p]) + KLDivergence([p, 1 - p], [q, 1 - q]) + slack, "<", CrossEntropy([p, 1 - p], [q, 1 - q])),
    ),
    (Claim(m**2, ">=", m), Claim(m**2, ">", m)),
    (Claim(m * (m - 1) * (m + 1) * (m + 2), ">=", 0), Claim((2 * m - 1) * (m - 1), ">", 0)),
    (Claim(m**3, ">=", m, (Ge(m, -1),)), Claim(m**3, ">=", m, (Ge(m, -2),))),
    (Claim(size, ">=", 0), Claim(size, ">", 0)),
    (Claim(size, "=", Abs(x)), Claim(size, "=", x)),
    (Claim(square, ">=", x), Claim(square, ">", x)),
    (Claim(square, ">=", Piecewise((x, x > 1), (0, True))), Claim(square, ">=", Piecewise((x, x > 1), (2, True)))),
    (Claim(log(1 + exp(u)), "<=", log(2) + Abs(u)), Claim(log(1 + exp(u)), "<", log(2) + Abs(u))),
    (Claim(Entropy(gamma), "<=", CrossEntropy(gamma, rate)), Claim(Entropy(gamma), ">=", CrossEntropy(gamma, rate))),
    (Claim(Entropy(gamma), "<", CrossEntropy(gamma, rate) + 1), Claim(Entropy(gamma), "<", CrossEntropy(gamma, rate) - Rational(1, 10))),
    (Claim(0, "<=", KLDivergence(gamma, rate)), Claim(0, "<", KLDivergence(count, Poisson("X", b)))),
    (Claim(0, "<=", nine), Claim(0, "<", nine)),
    (Claim(Entropy(fast) + 1, "<=", either + 1), Claim(Entropy(fast) + 1, "<=", either)),
    (Claim(Entropy(gamma), "<=", Entropy(gamma)), Claim(Entropy(gamma), "<", Entropy(gamma))),
    (Claim(KLDivergence(count, count), "<=", KLDivergence(count, count)), Claim(KLDivergence(count, count), ">=", Rational(1, 10))),
    (Claim(whole, "=", entry(1) + Sum(entry(i), (i, 2, n))), Claim(whole, "=", entry(1) + Sum(entry(i), (i, 3, n)))),
    (Claim(whole, "=", entry(n) + Sum(entry(i), (i, 1, n - 1))), Claim(whole, "=", entry(1) + Sum(entry(i), (i, 1, n - 1)))),
    (Claim(whole, "=", Sum(entry(i + 1), (i, 0, n - 1))), Claim(whole, "=", Sum(entry(i + 1), (i, 1, n - 1)))),
    (Claim(Sum(entry(i), (i, 2, n)), "=", 1 - entry(1), is_pmf), Claim(Sum(entry(i), (i, 2, n)), "=", 1 - entry(n), is_pmf)),
    (Claim(Entropy(P), ">=", Sum(-entry(i) * log(entry(i)), (i, 2, n))), Claim(Entropy(P), ">=", Sum(entry(i), (i, 2, n)))),
    (
        Claim(Entropy(Laplace("X", u, b)), "<=", Entropy(Normal("X", u, sqrt(2) * b))),
        Claim(Entropy(Laplace("X", u, b)), "<=", Entropy(Normal("X", u, b))),
    ),
    (
        Claim(Entropy(Gamma("X", a, b / a)), "<=", Entropy(Exponential("X", 1 / b))),
        Claim(Entropy(gamma), "<=", Entropy(Exponential("X", 1 / b))),
    ),
]


@pytest.mark.parametrize(("true", "false"), KINDS, ids=lambda claim: str(claim)[:60])
def test_the_true_one_is_proved_and_the_false_one_is_not(true, false):
    verdict = decide(true, timeout=60)
    assert verdict.outcome == "proved"
    assert verify(Proof.from_json(verdict.proof.to_json())) == true
    assert decide(false, timeout=3).outcome != "proved"


@pytest.mark.parametrize(
    "claim",
    [
        Claim(Symbol("e", extended_real=True), "<", oo),
        Claim(Symbol("e", extended_positive=True), "<", oo),
        Claim(Symbol("e", extended_real=True), "<", Symbol("e", extended_real=True) + 1),
        Claim(Function("e", extended_real=True)(x), "<", oo),
        Claim(Sum(IndexedBase("e", extended_real=True)[i], (i, 1, n)), "<", oo),
        Claim(Symbol("z", complex=True) ** 2, ">=", 0),
    ],
)
def test_what_may_be_infinite_is_not_proved_to_be_finite(claim):
    assert decide(claim, timeout=3).outcome == "undecided"


def test_an_indexed_mixture_with_a_symbolic_weight():
    assert decide(Claim(Entropy(M), ">=", t * Entropy(P) + (1 - t) * Entropy(Q), MIXED), timeout=60).outcome == "proved"


@pytest.mark.parametrize(
    ("infinite", "given", "finite", "otherwise"),
    [
        ("D(Uniform(0, b) || Uniform(0, alpha)) = oo", "alpha < b", "D(Uniform(0, alpha) || Uniform(0, b)) = oo", "alpha < b"),
        ("D(Cauchy(0, 1) || Normal(0, 1)) = oo", "b > 0", "D(Normal(0, 1) || Cauchy(0, 1)) = oo", "b > 0"),
        ("D(Pareto(1, alpha) || Exponential(1)) = oo", "alpha < 1", "D(Pareto(1, alpha) || Exponential(1)) = oo", "alpha > 1"),
    ],
)
def test_an_infinite_divergence_is_proved_and_a_finite_one_refuted(infinite, given, finite, otherwise):
    verdict = decide(infinite, given)
    assert verdict.outcome == "proved"
    assert verify(verdict.proof) == verdict.proof.claim
    assert decide(finite, otherwise).outcome == "refuted"
