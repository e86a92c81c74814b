"""Densities and pmfs of one's own: each of the catalogue's families, written out, has a derivation; a mass other than 1 has none."""

import pytest
from sympy import Contains, Derivative, Intersection, Interval, Piecewise, Range, Rational, S, Symbol, Tuple, exp, gamma, log, symbols, zeta
from sympy import stats as st

from symentropy import CrossEntropy, DomainError, Entropy, InvalidStep, KLDivergence, NoClosedForm, Proof, decide, derive, evaluate, verify
from symentropy.catalogue.entropies import ENTROPIES
from symentropy.distribution import is_handmade, is_joint, resolve
from symentropy.expectation import Expectation
from symentropy.law import Law
from symentropy.proof.claim import Claim
from symentropy.proof.kernel import conclude

x, k = Symbol("x", real=True), Symbol("k", integer=True)
a, b, s = symbols("a b s", positive=True)
HALF_LINE = Interval(0, S.Infinity)
#: Families whose mass, with beta functions of halves or differences of powers, the zero test does not see to be 1.
NOT_SEEN = ("FisherZ", "FDistribution", "BoundedPareto", "GaussianInverse")


def own(law):
    """Return the random variable with the density or pmf of a law, written out."""
    _, low, high = law.limits[0]
    if not law.is_discrete:
        return st.ContinuousRV(x, law.renamed((x,)).density, set=Interval(low, high))
    return st.DiscreteRV(k, law.renamed((k,)).density, set=S.Integers if low.is_infinite else Range(low, high + 1))


def written_out():
    for entries in ENTROPIES.values():
        for entry in entries:
            P = entry.noun.args[0]
            law = None if is_joint(P) or is_handmade(P) else resolve(P)
            if isinstance(law, Law) and len(law.limits) == 1:
                yield pytest.param(entry, own(law), id=str(entry.noun)[:60])


@pytest.mark.parametrize(("entry", "variable"), list(written_out()))
def test_a_family_that_is_written_out_has_the_derivation_of_the_family(entry, variable):
    try:
        named = derive(entry.noun, entry.given)
    except NoClosedForm:
        with pytest.raises(NoClosedForm):
            derive(Entropy(variable), entry.given)
        return
    if any(name in str(entry.noun) for name in NOT_SEEN):
        with pytest.raises(NoClosedForm, match="has no derivation yet"):
            derive(Entropy(variable), entry.given)
        return
    proof = derive(Entropy(variable), entry.given)
    assert verify(Proof.from_json(proof.to_json())) == proof.claim
    assert "has mass 1 (" in proof.assumptions[0]
    values = [found.claim.rhs.subs(entry.point) for found in (named, proof)]
    assert abs((values[0] - values[1]).evalf(30, chop=True)) < 1e-25


def test_a_known_kernel_works_unaided():
    X = st.ContinuousRV(x, 3 * 2 ** Rational(8, 3) * x**7 * exp(-2 * x**3) / gamma(Rational(8, 3)), set=HALF_LINE)
    proof = derive(Entropy(X))
    value = evaluate(Entropy(X), 40)
    assert value.certified
    assert value.lower < proof.claim.rhs.evalf(60) < value.upper
    assert decide(KLDivergence(X, st.Gamma("Y", a, b)) >= 0).outcome == "proved"


def test_conditions_of_the_mass_are_hypotheses():
    t = Symbol("t")
    X = st.DiscreteRV(k, k ** (-t) / zeta(t), set=S.Naturals)
    claim = derive(Entropy(X)).claim
    assert (t > 1) in claim.hypotheses
    assert claim.rhs == -t * Derivative(zeta(t), t) / zeta(t) + log(zeta(t))


WRONG = {
    "twice too large": (2 * a * exp(-a * x), HALF_LINE),
    "of the wrong sign": (-a * exp(-a * x), HALF_LINE),
    "of two signs": (4 * x - 1, Interval(0, 1)),
    "on an interval that may be turned around": (2 * x / (a**2 - b**2), Interval(b, a)),
    "that diverges for a <= 1": ((a - 1) * x ** (-a), Interval(1, S.Infinity)),
    "without a known kernel": (exp(-x - x**4), HALF_LINE),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_density_that_may_be_none_is_refused(name):
    density, support = WRONG[name]
    P, Q = (Entropy(X).args[0] for X in (st.ContinuousRV(x, density, set=support), st.Exponential("Y", b)))
    for pair in ((P, Q), (Q, P)):
        with pytest.raises(InvalidStep):
            conclude("gibbs", Claim(KLDivergence(*pair), ">=", 0), [], [])


def test_a_sum_that_diverges_is_refused_where_zeta_goes_on():
    """zeta(-3) = 1/120, but the sum of k**3 is no number."""
    P = Entropy(st.DiscreteRV(k, 120 * k**3, set=S.Naturals)).args[0]
    claim = Claim(CrossEntropy(P, P), "=", Expectation(-log(120 * k**3), k, P))
    with pytest.raises(InvalidStep, match="may be no distribution"):
        conclude("expectation", claim, [], [Tuple(-log(120), 1), Tuple(-3, log(k))])


def test_a_mass_other_than_1_is_an_error_that_names_it():
    with pytest.raises(DomainError, match="has mass 2, not 1"):
        derive(Entropy(st.ContinuousRV(x, 2 * a * exp(-a * x), set=HALF_LINE)))


def test_probabilities_of_counts_are_not_integrals():
    n = Symbol("n", integer=True, positive=True)
    P = Entropy(st.DiscreteRV(k, 1 / n, set=Range(1, n + 1))).args[0]
    for statistic, value in ((k, (n + 1) / 2), (k**2, (n + 1) * (2 * n + 1) / 6)):
        mean = Expectation(statistic, k, P)
        assert conclude("moment", Claim(mean, "=", value), [], []) is None
        with pytest.raises(InvalidStep):
            conclude("moment", Claim(mean, "=", value + Rational(1, 100)), [], [])
    with pytest.raises(InvalidStep, match="no fact gives"):
        conclude("moment", Claim(Expectation(Piecewise((1, k <= 3), (0, True)), k, P), "=", 2 / n, [n > 5]), [], [])


def test_an_end_between_two_integers_is_no_outcome():
    with pytest.raises(DomainError, match="4/5"):
        derive(Entropy(st.DiscreteRV(k, Rational(2, 5), set=Interval(0, Rational(3, 2)))))
    P = Entropy(st.DiscreteRV(k, Rational(1, 2), set=Interval(0, Rational(3, 2)))).args[0]
    assert resolve(P).limits[0][1:] == (0, 1)


def test_ends_of_a_pmf_are_shown_to_be_integers():
    low, high = symbols("m n", real=True)
    uniform = 1 / (high - low + 1), Intersection(Interval(low, high), S.Integers)
    geometric = 2 ** (low - 1 - k), Intersection(Interval(low, S.Infinity), S.Integers)
    integral = (Contains(low, S.Integers), Contains(high, S.Integers))
    for density, support in (uniform, geometric):
        P = Entropy(st.DiscreteRV(k, density, set=support)).args[0]
        with pytest.raises(InvalidStep, match="may be no distribution"):
            conclude("gibbs", Claim(KLDivergence(P, P), ">=", 0, [low < high]), [], [])
        assert conclude("gibbs", Claim(KLDivergence(P, P), ">=", 0, [low < high, *integral]), [], []) is None
    assert set(integral) <= set(derive(Entropy(st.DiscreteRV(k, uniform[0], set=uniform[1])), [low < high]).claim.hypotheses)


@pytest.mark.parametrize(("density", "low", "high"), [(-4 * x**3 / 15, -2, -1), (-1 / x / log(2), -2, -1), (-x * exp(x), -S.Infinity, 0)])
def test_odd_powers_on_the_left_of_0_are_read(density, low, high):
    X = st.ContinuousRV(x, density, set=Interval(low, high))
    try:
        found = derive(Entropy(X)).claim.rhs
    except NoClosedForm:
        return
    value = evaluate(Entropy(X), 12)
    assert value.lower < found.evalf(30) < value.upper
