"""Nouns of families with finitely many outcomes are proved by their definition, where the parameters make them distributions."""

import pytest
from sympy import Symbol
from sympy.stats.frv_types import BernoulliDistribution, BinomialDistribution

from symentropy import Entropy, decide, verify
from symentropy.distribution import MAX_OUTCOMES, pmf_of


@pytest.mark.parametrize(
    ("claim", "outcome"),
    [
        ("H(Bernoulli(p)) = H([p, 1-p])", "proved"),
        ("H(Bernoulli(p)) <= log 2", "proved"),
        ("D(Bernoulli(p) || Bernoulli(q)) = p log(p/q) + (1-p) log((1-p)/(1-q))", "proved"),
        ("D(Bernoulli(p) || Bernoulli(q)) >= 0", "proved"),
        ("D(Binomial(3, p) || Binomial(3, q)) = 3 D(Bernoulli(p) || Bernoulli(q))", "proved"),
        ("H(Binomial(2, p)) = 2 H([p, 1-p]) - 2 p (1-p) log 2", "proved"),
        ("H(Binomial(2, p)) = 2 H([p, 1-p])", "refuted"),
        ("H(Bernoulli(p)) = H([p, 1-p]) + 10^(-30)", "refuted"),
        ("D(Bernoulli(p) || Bernoulli(q)) = D(Bernoulli(q) || Bernoulli(p))", "refuted"),
        ("H(Bernoulli(p)) >= p", "refuted"),
        ("H(Die(6)) = log 6", "proved"),
    ],
)
def test_claims(claim, outcome):
    verdict = decide(claim)
    assert verdict.outcome == outcome
    assert verdict.conditions == ()
    if verdict.proof:
        assert verify(verdict.proof) == verdict.proof.claim


def test_a_parameter_that_may_be_outside_its_range_is_a_condition():
    verdict = decide("H(Bernoulli(t)) = -t log t - (1-t) log(1-t)", "t > 1/2")
    assert verdict.outcome == "proved"
    assert [str(condition) for condition in verdict.conditions] == ["1 - t > 0"]
    assert decide("H(Bernoulli(t)) >= 0", "t > 1/2").conditions != ()


def test_pmfs_of_families():
    p, n = Symbol("p"), Symbol("n", integer=True, positive=True)
    assert pmf_of(BernoulliDistribution(p, 1, 0)).probabilities == (1 - p, p)
    assert pmf_of(BinomialDistribution(n, p, 1, 0)) is None
    assert pmf_of(BinomialDistribution(MAX_OUTCOMES, p, 1, 0)) is None
    assert Entropy(BernoulliDistribution(p, 1, 0)) != Entropy([1 - p, p])
