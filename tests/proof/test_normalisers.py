"""Each integral and sum of the table against quadrature and summation, to nine digits, and what entropies assume."""

import mpmath
import pytest
from sympy import Abs, Integer, Rational, S, Symbol, binomial, exp, factorial, lambdify, log, oo
from sympy import stats as st

from symentropy import derive, verify
from symentropy.proof.domain import Domain
from symentropy.proof.normalisers import CONTINUOUS, DISCRETE, Kernel, normaliser

x, y = Symbol("x", positive=True), Symbol("x", real=True)
k = Symbol("k", integer=True, nonnegative=True)
HALF, THIRD, FIVE = Rational(1, 2), Rational(1, 3), Rational(5, 3)

KERNELS = {
    "_gamma_on_half_line": [
        ({log(x): HALF, x: -FIVE}, x, 0, oo),
        ({x**2: -FIVE}, x, 0, oo),
        ({log(x): -FIVE, 1 / x: -THIRD}, x, 0, oo),
        ({log(y - 2): THIRD, (y - 2) ** FIVE: -HALF}, y, 2, oo),
    ],
    "_gamma_of_exponential": [({y: -FIVE, exp(-2 * y): -THIRD}, y, -oo, oo), ({y: HALF, exp(y): -3}, y, -oo, oo)],
    "_laplace": [({Abs(y - 2): -FIVE, y: HALF}, y, -oo, oo), ({Abs(2 - y): -FIVE, y: -HALF}, y, -oo, oo)],
    "_generalised_normal": [({Abs(y - 1) ** FIVE: -THIRD}, y, -oo, oo)],
    "_beta_on_interval": [({log(y - 1): HALF, log(3 - y): -THIRD}, y, 1, 3), ({log(1 - x): FIVE}, x, 0, 1)],
    "_beta_of_power": [
        ({log(x): HALF, log(1 - x**3): THIRD}, x, 0, 1),
        ({log(x): HALF, log(1 + 2 * x**3): -FIVE}, x, 0, oo),
    ],
    "_logistic": [({y: THIRD, log(1 + 2 * exp(y / 2)): -FIVE}, y, -oo, oo), ({y: -1, log(1 + 3 * exp(-y)): -2}, y, -oo, oo)],
    "_student": [({log(1 + 3 * (y - 2) ** 2): -4 * FIVE}, y, -oo, oo), ({log(1 + y**2 / 2): -3}, y, -oo, oo)],
    "_pareto": [({log(x): -FIVE}, x, 2, oo), ({log(x + 3): -FIVE}, x, 0, oo)],
    "_normal": [({(y - 2) ** 2: -FIVE, y: HALF}, y, -oo, oo), ({(2 - y) ** 2: -FIVE, y: HALF}, y, -oo, oo), ({y**2: -1}, y, -oo, oo)],
    "_normal_of_logarithm": [({(log(x) - 1) ** 2: -FIVE, log(x): HALF}, x, 0, oo), ({(1 - log(x)) ** 2: -FIVE, log(x): -1}, x, 0, oo)],
    "_geometric": [({k: -HALF}, k, 0, oo), ({k: -HALF}, k, 1, oo)],
    "_poisson": [({k: HALF}, k, 0, oo)],
    "_binomial": [({k: -HALF}, k, 0, 6)],
    "_negative_binomial": [({k: -HALF}, k, 0, oo)],
}
CARRIERS = {"_poisson": 1 / factorial(k), "_binomial": binomial(6, k), "_negative_binomial": binomial(k + FIVE - 1, k)}
CASES = [(name, case) for name, cases in KERNELS.items() for case in cases]


def kernel(name, case):
    terms, outcome, low, high = case
    return Kernel(CARRIERS.get(name, S.One), {T: S(c) for T, c in terms.items()}, outcome, S(low), S(high), Domain())


def total(own):
    """The integral or the sum, by mpmath."""
    function = own.carrier * exp(sum(c * T for T, c in own.terms.items()))
    if own.x.is_integer:
        ends = [int(own.low), mpmath.inf if own.high is oo else int(own.high)]
        return mpmath.nsum(lambda j: mpmath.mpf(function.subs(own.x, Integer(int(j))).evalf(40)), ends)
    value = lambdify(own.x, function, "mpmath")
    low, high = (mpmath.mpf(-400) if end is -oo else mpmath.inf if end is oo else mpmath.mpf(int(end)) for end in (own.low, own.high))
    places = [-100, -30, -8, -3, 0, 1, 2, 4, 10, 30, 100] if own.low is -oo else [(low + 1) if high is mpmath.inf else (low + high) / 2]
    high = mpmath.mpf(400) if own.low is -oo else high
    return mpmath.quad(value, [low, *places, high], maxdegree=12)


@pytest.mark.parametrize(("name", "case"), CASES, ids=str)
def test_each_row_is_its_integral(name, case):
    own = kernel(name, case)
    rows = {row.__name__: row for row in (*CONTINUOUS, *DISCRETE)}
    found = rows[name](own)
    assert found is not None
    assert all(condition == True for condition in found.conditions)  # noqa: E712  # SymPy's true
    with mpmath.workdps(30):
        expected = total(own)
        assert mpmath.almosteq(mpmath.exp(mpmath.mpf(found.logarithm.evalf(40))), expected, rel_eps=mpmath.mpf(10) ** -9)
    first = normaliser(own)
    assert first is not None
    assert abs((first.logarithm - found.logarithm).evalf(30)) < 1e-20


def test_each_row_has_a_case():
    assert set(KERNELS) == {row.__name__ for row in (*CONTINUOUS, *DISCRETE)}


@pytest.mark.parametrize(
    ("terms", "outcome", "low", "high"),
    [
        ({log(x): -1, x: -1}, x, 0, oo),
        ({x: 1}, x, 0, oo),
        ({log(1 - x): -1}, x, 0, 1),
        ({log(x): -1}, x, 1, oo),
        ({y**2: 1}, y, -oo, oo),
        ({Abs(y): -1, y: 1}, y, -oo, oo),
        ({k: 0}, k, 0, oo),
    ],
    ids=str,
)
def test_what_diverges_fails_a_condition(terms, outcome, low, high):
    found = normaliser(Kernel(S.One, {T: S(c) for T, c in terms.items()}, outcome, S(low), S(high), Domain()))
    assert found is not None
    assert any(condition == False for condition in found.conditions)  # noqa: E712  # SymPy's false


@pytest.mark.parametrize("terms", [{x: -1, x**2: -1}, {log(2 + x): -3, log(x): 1}, {exp(x): -1}], ids=str)
def test_other_kernels_are_not_known(terms):
    assert normaliser(Kernel(S.One, {T: S(c) for T, c in terms.items()}, x, S.Zero, oo, Domain())) is None


a, b = Symbol("a", positive=True), Symbol("b", positive=True)
m = Symbol("m", real=True)


@pytest.mark.parametrize(
    ("law", "integral"),
    [
        (st.Gamma("X", a, b), "gamma(s)"),
        (st.Weibull("X", a, b), "gamma(s)"),
        (st.GammaInverse("X", a, b), "gamma(s)"),
        (st.Gumbel("X", a, m), "gamma(s)"),
        (st.Laplace("X", m, a), "gamma(s)"),
        (st.Beta("X", a, b), "beta(a, b)"),
        (st.Kumaraswamy("X", a, b), "beta(a, b)"),
        (st.BetaPrime("X", a, b), "beta(a, b)"),
        (st.Logistic("X", m, a), "beta(a, b)"),
        (st.Cauchy("X", m, a), "beta(a, b)"),
        (st.StudentT("X", a), "beta(a, b)"),
        (st.Normal("X", m, a), "sqrt(pi)"),
        (st.LogNormal("X", m, a), "sqrt(pi)"),
        (st.Pareto("X", a, b), "1/s"),
        (st.Geometric("X", Symbol("p")), "1/(1 - t)"),
    ],
    ids=str,
)
def test_one_integral_is_all_that_an_entropy_assumes(law, integral):
    from symentropy import Entropy

    proof = derive(Entropy(law))
    assert verify(proof) == proof.claim
    assert len(proof.assumptions) == 1
    assert integral in proof.assumptions[0]
