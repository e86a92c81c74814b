"""Derived closed forms: each is replayed, survives JSON, equals what the verb returns, and no change of its proof is accepted."""

import dataclasses

import pytest
from sympy import Integer, Piecewise, Rational, Symbol, Tuple, false, log, oo, symbols
from sympy import stats as st

from symentropy import (
    CrossEntropy,
    DomainError,
    Entropy,
    Finite,
    InvalidStep,
    KLDivergence,
    NoClosedForm,
    ParseError,
    Proof,
    decide,
    derive,
    verify,
)
from symentropy.expectation import Expectation
from symentropy.quantity import Mean

a, b, c, d, s, t = symbols("a b c d s t", positive=True)
k, l = symbols("k l", integer=True, positive=True)
m, n = symbols("m n", real=True)
p, q = symbols("p q")
HALF = Rational(1, 2)

FAMILIES = [
    (st.Normal("X", m, a), st.Normal("Y", n, b)),
    (st.Laplace("X", m, a), st.Laplace("Y", n, b)),
    (st.Cauchy("X", m, a), st.Cauchy("Y", n, b)),
    (st.Logistic("X", m, a), None),
    (st.Gumbel("X", a, m), st.Gumbel("Y", b, n)),
    (st.Exponential("X", a), st.Exponential("Y", b)),
    (st.Gamma("X", a, b), st.Gamma("Y", c, d)),
    (st.GammaInverse("X", a, b), st.GammaInverse("Y", c, d)),
    (st.Weibull("X", a, b), st.Weibull("Y", c, d)),
    (st.Rayleigh("X", a), st.Rayleigh("Y", b)),
    (st.Maxwell("X", a), st.Maxwell("Y", b)),
    (st.Nakagami("X", a, b), st.Nakagami("Y", c, d)),
    (st.ChiSquared("X", k), st.ChiSquared("Y", l)),
    (st.Chi("X", k), st.Chi("Y", l)),
    (st.LogNormal("X", m, a), st.LogNormal("Y", n, b)),
    (st.Beta("X", a, b), st.Beta("Y", c, d)),
    (st.Arcsin("X", 0, a), None),
    (st.Uniform("X", 0, a), st.Uniform("Y", 0, b)),
    (st.Pareto("X", a, b), st.Pareto("Y", c, d)),
    (st.Frechet("X", a, b), st.Frechet("Y", c, d)),
    (st.Levy("X", 0, a), st.Levy("Y", 0, b)),
    (st.StudentT("X", a), None),
    (st.Geometric("X", p), st.Geometric("Y", q)),
    (st.Bernoulli("X", p), st.Bernoulli("Y", q)),
    (st.Kumaraswamy("X", a, b), st.Kumaraswamy("Y", a, c)),
    (st.Zeta("X", a + 1), st.Zeta("Y", b + 1)),
    (st.VonMises("X", m, a), st.VonMises("Y", n, b)),
    (st.GaussianInverse("X", a, b), st.GaussianInverse("Y", c, d)),
    (st.Gompertz("X", a, b), None),
    (st.ExponentialPower("X", m, a, b), st.ExponentialPower("Y", m, c, d)),
    (st.RaisedCosine("X", m, a), None),
    (st.QuadraticU("X", 0, a), None),
    (st.LogitNormal("X", m, a), st.LogitNormal("Y", n, b)),
    (st.Triangular("X", 0, 1, HALF), st.Triangular("Y", 0, 1, Rational(1, 3))),
    (st.Triangular("X", 0, a, a / 3), st.Normal("Y", m, b)),
    (st.Trapezoidal("X", 0, 1, 2, 3), st.Trapezoidal("Y", -1, HALF, Rational(5, 2), 4)),
    (st.Uniform("X", 0, 1), st.Triangular("Y", 0, 1, HALF)),
    (st.Binomial("X", k, p), st.Binomial("Y", k, q)),
    (st.NegativeBinomial("X", a, p), st.NegativeBinomial("Y", a, q)),
]
#: Families whose entropies have no closed form.
OPEN = ("LogitNormal", "Binomial", "NegativeBinomial")
CROSS = [
    (st.Exponential("X", a), st.Gamma("Y", b, c)),
    (st.Exponential("X", a), st.Weibull("Y", b, c)),
    (st.Gamma("X", a, b), st.LogNormal("Y", m, c)),
    (st.LogNormal("X", m, a), st.Gamma("Y", b, c)),
    (st.Normal("X", m, a), st.Laplace("Y", n, b)),
    (st.Laplace("X", m, a), st.Normal("Y", n, b)),
    (st.Normal("X", m, a), st.Gumbel("Y", b, n)),
    (st.Beta("X", a, b), st.Uniform("Y", m, n)),
    (st.Pareto("X", a, b), st.Exponential("Y", c)),
    (st.GammaInverse("X", a, b), st.Exponential("Y", c)),
]
NOUNS = [noun for X, _ in FAMILIES if not str(noun := Entropy(X)).startswith(tuple(f"H({name}(" for name in OPEN))]
NOUNS += [KLDivergence(X, Y) for X, Y in [*FAMILIES, *CROSS] if Y is not None]
NOUNS += [CrossEntropy(X, Y) for X, Y in CROSS]
NOUNS += [
    Entropy([HALF, HALF]),
    KLDivergence(st.Poisson("X", a), st.Poisson("Y", b)),
    KLDivergence([p, 1 - p], [q, 1 - q]),
    Entropy(Finite.uniform(Symbol("n", integer=True, positive=True))),
    Entropy(Finite.symbols("p", Symbol("n", integer=True, positive=True))),
    KLDivergence(st.Gamma("X", a, b), st.Gamma("X", a, b)),
    2 * Entropy(st.Normal("X", m, a)) + KLDivergence(st.Exponential("X", a), st.Exponential("Y", b)),
    Entropy(st.Normal("X", m, a), base=2),
]


@pytest.mark.parametrize("noun", NOUNS, ids=str)
def test_each_closed_form_is_derived_and_replayed(noun):
    proof = derive(noun)
    assert proof.claim.lhs == noun
    assert verify(proof) == proof.claim
    again = Proof.from_json(proof.to_json())
    assert again == proof
    assert verify(again) == proof.claim
    values = {own: own.doit() for own in noun.atoms(Mean)}
    finite = {own: value.args[0][0] if isinstance(value, Piecewise) else value for own, value in values.items()}
    assert proof.claim.rhs == noun.xreplace(finite)


@pytest.mark.parametrize("noun", [noun for noun in NOUNS if isinstance(noun, (Entropy, KLDivergence))][::3], ids=str)
def test_no_mutant_of_a_derivation_is_accepted(noun):
    proof = derive(noun)
    for place, step in enumerate(proof.steps):
        for mutant in mutants_of(step):
            steps = (*proof.steps[:place], mutant, *proof.steps[place + 1 :])
            with pytest.raises(InvalidStep):
                verify(dataclasses.replace(proof, claim=steps[-1].claim, steps=steps))


def mutants_of(step):
    """Return changes of each part of a step of a derivation: claim, rule, coefficients, statistics, facts and conditions."""
    claim = step.claim
    yield dataclasses.replace(step, claim=dataclasses.replace(claim, rhs=claim.rhs + Rational(1, 10**30)))
    yield dataclasses.replace(step, claim=dataclasses.replace(claim, rhs=2 * claim.rhs + 1))
    yield dataclasses.replace(step, claim=dataclasses.replace(claim, relation="<"))
    yield dataclasses.replace(step, equality=(false,))
    yield dataclasses.replace(step, arguments=(*step.arguments, Tuple(Integer(1), Integer(1))))
    yield dataclasses.replace(step, rule="algebra")
    if set(dataclasses.replace(claim, hypotheses=claim.hypotheses[1:]).hypotheses) != set(claim.hypotheses):
        yield dataclasses.replace(step, claim=dataclasses.replace(claim, hypotheses=claim.hypotheses[1:]))
    for place, own in enumerate(step.arguments):
        others = [own + 1] if not isinstance(own, Tuple) else [Tuple(*own[:j], own[j] + 1, *own[j + 1 :]) for j in range(len(own))]
        for other in (*others, None):
            arguments = (*step.arguments[:place], *([] if other is None else [other]), *step.arguments[place + 1 :])
            yield dataclasses.replace(step, arguments=arguments)
    if isinstance(claim.lhs, Expectation):
        mean = claim.lhs
        yield dataclasses.replace(step, claim=dataclasses.replace(claim, lhs=Expectation(mean.statistic + 1, *mean.args[1:])))
        yield dataclasses.replace(step, claim=dataclasses.replace(claim, lhs=Expectation(2 * mean.statistic, *mean.args[1:])))
        yield dataclasses.replace(step, claim=dataclasses.replace(claim, lhs=Expectation(*mean.args[:2], ELSEWHERE)))


ELSEWHERE = st.Beta("Z", Rational(7, 3), Rational(5, 3)).pspace.distribution


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("H(Poisson(lambda))", "remains as a series"),
        ("H(Cauchy(0, 1), Gumbel(1, 0))", "diverges"),
        ("D(Normal(0, 1) || Cauchy(0, 1))", "has no closed form"),
        ("1 + 1", "is not a quantity"),
    ],
)
def test_what_has_no_derivation_says_why(text, reason):
    with pytest.raises(NoClosedForm, match=reason):
        derive(text)


def test_conditions_are_hypotheses():
    assert [str(fact) for fact in derive("D(Pareto(1, alpha) || Exponential(1))").claim.hypotheses][-1] == "alpha > 1"
    assert derive("D(Pareto(1, alpha) || Exponential(1))", ["alpha < 1"]).claim.rhs == oo
    with pytest.raises(DomainError, match="not defined"):
        derive("H(Exponential(t))", ["t < 0"])
    with pytest.raises(ParseError):
        derive("H(")


def test_a_support_that_lies_inside_under_the_hypotheses():
    assert derive("D(Uniform(0, 1) || Uniform(0, theta))", ["theta > 1"]).claim.rhs == log(Symbol("theta", positive=True))
    assert decide("D(Uniform(0, 1) || Uniform(0, theta)) = log theta", ["theta > 1"]).outcome == "proved"
    assert decide("D(Uniform(0, 1) || Uniform(0, theta)) = log theta", ["theta < 1"]).outcome != "proved"


INFINITE = [
    KLDivergence(st.Normal("X", m, a), st.Exponential("Y", b)),
    KLDivergence(st.Exponential("X", a), st.Uniform("Y", 0, b)),
    KLDivergence(st.Poisson("X", a), st.Binomial("Y", 3, HALF)),
    KLDivergence(st.Normal("X", m, a), st.Poisson("Y", b)),
    KLDivergence(st.Cauchy("X", m, a), st.Normal("Y", n, b)),
    KLDivergence(st.Cauchy("X", m, a), st.Laplace("Y", n, b)),
    KLDivergence(st.Exponential("X", a), st.GammaInverse("Y", b, c)),
    KLDivergence(st.Levy("X", 0, a), st.Gamma("Y", b, c)),
    KLDivergence(st.LogNormal("X", m, a), st.Gompertz("Y", b, c)),
    KLDivergence(st.StudentT("X", HALF), st.Normal("Y", m, a)),
    KLDivergence(st.Zeta("X", Rational(3, 2)), st.Geometric("Y", HALF)),
    CrossEntropy(st.Lomax("X", HALF, a), st.Gamma("Y", b, c)),
]


@pytest.mark.parametrize("noun", INFINITE, ids=str)
def test_infinite_quantities_are_derived(noun):
    proof = derive(noun)
    assert proof.claim.rhs == oo
    assert verify(Proof.from_json(proof.to_json())) == proof.claim
    assert noun.doit() == oo


def test_an_infinite_divergence_of_pmfs():
    assert derive("D([1, 0] || [0, 1])").claim.rhs == oo
