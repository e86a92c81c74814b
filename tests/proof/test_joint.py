# ruff: noqa: E501
"""Derivations for vectors and matrices: the catalogue, matrix symbols, and the logarithms of densities against SymPy's densities."""

import pytest
from sympy import Determinant, Matrix, MatrixSymbol, Rational, Symbol, log, nsimplify, symbols
from sympy import stats as st

from symentropy import Claim, CrossEntropy, DomainError, Entropy, InvalidStep, KLDivergence, NoClosedForm, Proof, decide, derive, verify
from symentropy.catalogue.divergences import DIVERGENCES
from symentropy.catalogue.entropies import ENTROPIES
from symentropy.proof.joint import in_expectations
from symentropy.proof.kernel import conclude

VECTORS = "Vectors and matrices"
#: How nouns without a closed form begin.
OPEN = ("H(MultivariateLaplace", "D_KL(MultivariateT", "H(Multinomial")
NOUNS = [entry.noun for table in (ENTROPIES, DIVERGENCES) for entry in table[VECTORS]]
CLOSED = [noun for noun in NOUNS if not str(noun).startswith(OPEN)]
a, b, c = symbols("a b c", positive=True)
m, u = symbols("m u", real=True)
n = symbols("n", integer=True, positive=True)


@pytest.mark.parametrize("noun", CLOSED, ids=str)
def test_the_catalogue_has_derivations(noun):
    proof = derive(noun)
    assert proof.claim.lhs == noun
    assert proof.claim.rhs == noun.value()
    assert verify(Proof.from_json(proof.to_json())) == proof.claim
    assert all("under" in fact or "positive definite" in fact for fact in proof.assumptions)
    assert {"joint", "joint_moment"} <= {step.rule for step in proof.steps}


def test_what_has_no_closed_form_has_no_derivation():
    assert len(NOUNS) - len(CLOSED) == len(OPEN)
    for noun in set(NOUNS) - set(CLOSED):
        with pytest.raises(NoClosedForm):
            derive(noun)


def normal(name, size=n):
    return st.MultivariateNormal(name, MatrixSymbol(f"m_{name}", size, 1), MatrixSymbol(f"S_{name}", size, size))


@pytest.mark.parametrize("size", [n, 3])
@pytest.mark.parametrize("kind", [Entropy, CrossEntropy, KLDivergence])
def test_matrix_symbols_stand_for_positive_definite_matrices(kind, size):
    laws = [normal("P", size)] if kind is Entropy else [normal("P", size), normal("Q", size)]
    proof = derive(kind(*laws))
    assert proof.claim.rhs == kind(*laws).value()
    assert verify(Proof.from_json(proof.to_json())) == proof.claim
    assert proof.assumptions[0] == ("S_P is positive definite" if kind is Entropy else "S_P and S_Q are positive definite")


def test_matrices_of_symbolic_size():
    X, Y = (st.Wishart(name, n + 2, MatrixSymbol(f"V_{name}", n, n)) for name in "XY")
    for noun in (Entropy(X), KLDivergence(X, Y)):
        assert verify(derive(noun)).rhs == noun.value()


# The logarithm of a density is the combination of statistics that the table has, by SymPy's own density

HALF = Rational(1, 2)
SCALE = Matrix([[2, HALF], [HALF, 1]])
POINT = Matrix([Rational(1, 3), Rational(-3, 4)])
DEFINITE = Matrix([[Rational(3, 2), Rational(1, 4)], [Rational(1, 4), Rational(2, 3)]])
ROW = Matrix([[Rational(1, 3), Rational(-3, 4)]])
#: A law, and an outcome by the names that it has in statistics.
LAWS = [
    (st.MultivariateNormal("X", [1, -1], SCALE), {"x": POINT}),
    (st.MultivariateT("X", [1, -1], SCALE, 3), {"x": POINT}),
    (st.MatrixNormal("X", [[0, 1]], [[2]], SCALE), {"x": ROW}),
    (st.MatrixStudentT("X", 5, [[0, 1]], SCALE, [[3]]), {"X": ROW}),
    (st.Wishart("X", 4, SCALE), {"X": DEFINITE}),
    (st.MatrixGamma("X", 3, HALF, SCALE), {"X": DEFINITE}),
    (st.Dirichlet("X", 2, HALF, 3), {"x_1": Rational(1, 2), "x_2": Rational(1, 6), "x_3": Rational(1, 3)}),
    (st.NormalGamma("X", 1, 2, 3, HALF), {"x": Rational(1, 3), "t": Rational(4, 5)}),
]


@pytest.mark.parametrize(("law", "outcome"), LAWS, ids=lambda part: type(part).__name__ if isinstance(part, dict) else str(part))
def test_the_logarithm_of_a_density_is_this_combination(law, outcome):
    found = in_expectations(Entropy(law))
    values = {s: outcome[s.name] for mean, _ in found.terms for s in mean.variables}
    statistics = [term.coefficient * of_explicit_matrices(term.statistic.xreplace(values)) for _, term in found.terms]
    density = law.pspace.distribution.pdf(*(outcome.values() if len(outcome) > 1 else coordinates(outcome)))
    density = nsimplify(density, rational=True).doit()  # SymPy writes 1/2 as 0.5
    assert abs(sum(statistics, found.constant) + log(density)).evalf(30, chop=True) < 1e-25


def of_explicit_matrices(statistic):
    """Return a statistic with determinants of explicit matrices worked out, which SymPy leaves beside an identity matrix."""
    return statistic.replace(Determinant, lambda matrix: matrix.as_explicit().det()).doit()


def coordinates(outcome):
    (value,) = outcome.values()
    return tuple(value) if value.cols == 1 else (value,)


def test_the_logarithm_of_a_ratio_of_counts():
    X, Y = (
        st.Multinomial("X", 3, *chances) for chances in ([HALF, Rational(1, 3), Rational(1, 6)], [Rational(1, 5)] * 2 + [Rational(3, 5)])
    )
    k = Symbol("n", integer=True, positive=True)
    symbolic = [st.Multinomial("X", k, *R.pspace.distribution.args[1]) for R in (X, Y)]
    found = in_expectations(KLDivergence(*symbolic))
    counts = {"k_1": 1, "k_2": 2, "k_3": 0}
    ratio = sum(term.coefficient * term.statistic.subs({s: counts[s.name] for s in mean.variables}) for mean, term in found.terms)
    densities = [R.pspace.distribution.pdf(*counts.values()) for R in (X, Y)]
    assert (ratio + found.constant - log(densities[0] / densities[1])).expand(force=True).evalf(30, chop=True) == 0


# What the parameters must satisfy


def test_a_covariance_matrix_must_be_positive_definite():
    noun = Entropy(st.MultivariateNormal("X", [0, m], [[a, u], [u, b]]))
    assert "a*b - u**2" in str(derive(noun).claim).split(" for ")[1]
    with pytest.raises(DomainError, match="which exclude a\\*b - u\\*\\*2 > 0"):
        derive(noun, given=["u = 2*a", "b = a"])


def test_an_infinite_covariance_matrix_gives_no_number():
    X, Y = st.MultivariateT("X", [0, 0], SCALE, a), st.MultivariateNormal("Y", [0, 0], SCALE)
    assert str(derive(CrossEntropy(X, Y)).claim).endswith(" for a > 2")


def test_names_of_outcomes_that_are_taken():
    mean, scale = MatrixSymbol("x", 2, 1), MatrixSymbol("S", 2, 2)
    noun = Entropy(st.MultivariateNormal("X", mean, scale))
    assert in_expectations(noun) is None
    with pytest.raises(NoClosedForm, match="has no derivation yet"):
        derive(noun)


def test_divergences_of_vectors_are_not_negative():
    X, Y = st.MultivariateNormal("X", [0, m], [[a, 0], [0, b]]), st.MultivariateNormal("Y", [m, 0], [[b, 0], [0, c]])
    assert decide(KLDivergence(X, Y) >= 0).outcome == "proved"
    verdict = decide(KLDivergence(normal("P"), normal("Q")) >= 0)
    assert verdict.outcome == "proved"
    assert verdict.proof.assumptions == ("S_P and S_Q are positive definite",)
    assert decide(KLDivergence(normal("P"), normal("Q")) >= 1).outcome == "undecided"
    assert decide(KLDivergence(X, Y) >= 1).outcome == "refuted"


def test_the_derivation_of_a_normal_vector_as_it_is_printed():
    assert str(derive(KLDivergence(normal("P"), normal("Q")))) == WRITTEN


WRITTEN = """\
Claim: D_KL(MultivariateNormal(m_P, S_P) ‖ MultivariateNormal(m_Q, S_Q)) = -n/2 + log(det(S_Q)/det(S_P))/2 + tr(S_Q**(-1)*S_P)/2 + tr((-m_P + m_Q).T*S_Q**(-1)*(-m_P + m_Q))/2 for n a positive integer and det(S_P), det(S_Q) > 0.

(1)  D_KL(MultivariateNormal(m_P, S_P) ‖ MultivariateNormal(m_Q, S_Q)) = log(det(S_Q)/det(S_P))/2 - E[tr((-m_P + x).T*S_P**(-1)*(-m_P + x))]/2 + E[tr((-m_Q + x).T*S_Q**(-1)*(-m_Q + x))]/2
                                                    by definition, the logarithm taken apart, and linearity of expectation
(2)  E[tr((-m_Q + x).T*S_Q**(-1)*(-m_Q + x))] = tr(S_Q**(-1)*S_P) + tr((-m_P + m_Q).T*S_Q**(-1)*(-m_P + m_Q))
                                                    E (x - m)^T A (x - m) = tr(A Cov x) + (E x - m)^T A (E x - m), Matrix Cookbook (2012), section 8.2
(3)  E[tr((-m_P + x).T*S_P**(-1)*(-m_P + x))] = n   E (x - m)^T A (x - m) = tr(A Cov x) + (E x - m)^T A (E x - m), Matrix Cookbook (2012), section 8.2
(4)  D_KL(MultivariateNormal(m_P, S_P) ‖ MultivariateNormal(m_Q, S_Q)) = -n/2 + log(det(S_Q)/det(S_P))/2 + tr(S_Q**(-1)*S_P)/2 + tr((-m_P + m_Q).T*S_Q**(-1)*(-m_P + m_Q))/2
                                                    inserting (2) and (3)

Used without proof: (2) and (3); S_P and S_Q are positive definite."""


def test_a_positive_determinant_of_a_matrix_expression_makes_no_scale_matrix():
    """Where S is positive definite and of size 2, det(-S) > 0, and -S is no scale matrix."""
    S_, mean = MatrixSymbol("S", 2, 2), MatrixSymbol("v", 2, 1)
    given = [Determinant(S_) > 0, Determinant(-S_) > 0]
    for noun in (Entropy(st.Wishart("X", 5, S_)), Entropy(st.MultivariateNormal("Y", mean, S_))):
        assert derive(noun).claim.lhs == noun
        turned = noun.xreplace({S_: -S_})
        with pytest.raises(NoClosedForm):
            derive(turned, given)
        with pytest.raises(InvalidStep, match="not known to be a distribution"):
            conclude("joint", Claim(turned, "=", in_expectations(turned).combination, given), [], [])
