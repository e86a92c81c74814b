"""Families at exact parameters, special ones among them, against the definition by quadrature; the ends of finite families."""

from itertools import product

import mpmath
import pytest
from sympy import Integer, Integral, Rational, S, Sum, Symbol, lambdify, log, loggamma, oo, symbols
from sympy import stats as st

from symentropy import cross_entropy, entropy, kl_divergence
from symentropy.distribution import as_distribution, resolve

HALF, THIRD = Rational(1, 2), Rational(1, 3)
a, b, p, q = symbols("a b p q", positive=True)
SIZE = Symbol("n", integer=True, positive=True)

#: Parameters of families on the unit interval, half line and line, with the values where formulas have limits.
TABLE = {
    "Arcsin": [(0, 1)], "Beta": [(1, 1), (HALF, HALF), (1, 3)], "BetaPrime": [(1, 1), (2, 3)], "BoundedPareto": [(1, 1, 2)],
    "Cauchy": [(1, 2)], "Chi": [(1,), (4,)], "ChiSquared": [(2,)], "Dagum": [(2, 3, 1)], "Erlang": [(3, 2)], "Exponential": [(1,)],
    "ExponentialPower": [(0, 1, 2), (0, 1, 3)], "Gamma": [(HALF, 2), (2, 3)], "GammaInverse": [(3, 2)], "Kumaraswamy": [(1, 1), (2, 1)],
    "Laplace": [(THIRD, 2)], "LogLogistic": [(1, 3)], "LogNormal": [(0, 1)], "Logistic": [(0, 1)], "Lomax": [(3, 2)], "Maxwell": [(1,)],
    "Nakagami": [(HALF, 1)], "Normal": [(HALF, 1)], "Pareto": [(1, 3)], "PowerFunction": [(1, 0, 1), (HALF, 0, 1)], "QuadraticU": [(0, 1)],
    "RaisedCosine": [(0, 1)], "Rayleigh": [(1,)], "Reciprocal": [(1, 2)], "StudentT": [(1,), (5,)], "Trapezoidal": [(0, 0, HALF, 1)],
    "Triangular": [(0, 1, HALF), (0, 1, 0), (0, 1, 1)], "Uniform": [(THIRD, 2 * THIRD), (0, 2)], "Weibull": [(1, HALF), (2, 2)],
    "WignerSemicircle": [(1,)],
}  # fmt: skip
LAWS = [(name, parameters) for name, known in TABLE.items() for parameters in known]
POINTS = (-30, -8, -3, -1, 0, 0.25, 1 / mpmath.mpf(3), 0.5, 2 / mpmath.mpf(3), 0.75, 1, 2, 4, 10, 40, 200)


def make(name, parameters):
    return getattr(st, name)("X", *parameters)


def integral(X, Y):
    """The integral of p log(p/q), that of -p log p where Y is None."""
    P = resolve(as_distribution(X))
    Q = None if Y is None else resolve(as_distribution(Y))
    (x, *ends) = P.limits[0]
    density = lambdify(x, P.density, "mpmath")
    other = None if Q is None else lambdify(Q.limits[0][0], Q.density, "mpmath")
    low, high = (mpmath.inf if end == oo else -mpmath.inf if end == -oo else mpmath.mpf(end) for end in ends)

    def value(y):
        try:
            weight = mpmath.re(density(y))
            if weight <= 0:
                return mpmath.mpf(0)
            reference = 1 if other is None else mpmath.re(other(y))
            if reference <= 0:  # an underflow of q far out, where p is nothing
                return mpmath.mpf(0) if weight < mpmath.mpf(10) ** -60 else mpmath.inf
            return -weight * mpmath.log(weight) if other is None else weight * mpmath.log(weight / reference)
        except (ZeroDivisionError, OverflowError):
            return mpmath.mpf(0)

    return mpmath.quad(value, [low, *(mpmath.mpf(y) for y in POINTS if low < y < high), high], maxdegree=7)


def agrees(value, X, Y=None):
    assert not value.has(S.NaN, S.ComplexInfinity)
    if value.has(Integral) or value == oo:
        return
    with mpmath.workdps(20):
        assert mpmath.almosteq(mpmath.mpf(value.n(20)), integral(X, Y), 1e-6, 1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("law", LAWS, ids=str)
def test_entropy(law):
    agrees(entropy(make(*law)), make(*law))


@pytest.mark.slow
@pytest.mark.parametrize("pair", list(product(LAWS, LAWS))[5::23], ids=str)
def test_divergence(pair):
    X, Y = (make(*law) for law in pair)
    agrees(kl_divergence(X, Y), X, Y)


# Ends of the range of parameters

FINITE = [
    lambda chance: st.Bernoulli("X", chance),
    lambda chance: st.Binomial("X", 2, chance),
    lambda chance: st.Binomial("X", SIZE, chance),
]


@pytest.mark.parametrize("family", [*FINITE, lambda chance: st.Geometric("X", chance)])
def test_a_chance_of_one(family):
    for quantity in (kl_divergence, cross_entropy):
        value = quantity(family(p), family(q))
        assert value.subs({p: HALF, q: 1}) == oo
        assert value.subs({p: 1, q: 1}) == 0
        assert quantity(family(p), family(1)) in (oo, value.subs(q, 1))
        assert quantity(family(1), family(1)) == 0
    assert entropy(family(1)) == 0


@pytest.mark.parametrize("family", FINITE)
def test_a_chance_of_zero(family):
    u, v = symbols("u v")
    value = kl_divergence(family(u), family(v))
    assert value.subs({u: HALF, v: 0}) == oo
    assert value.subs({u: 0, v: 0}) == 0
    assert kl_divergence(family(HALF), family(0)) == oo
    assert kl_divergence(family(0), family(0)) == entropy(family(0)) == 0


def test_laws_on_one_outcome():
    assert kl_divergence(st.Geometric("X", 1), st.Geometric("Y", a)) == -log(a)
    assert kl_divergence(st.Poisson("X", a), st.Geometric("Y", 1)) == oo
    assert kl_divergence(st.Binomial("X", SIZE, 1), st.Binomial("Y", SIZE, q)) == -SIZE * log(q)


def test_large_factorials_are_not_written_out():
    assert entropy(st.Binomial("X", 10**5, HALF)).has(Sum)
    D = kl_divergence(st.Binomial("X", 10**5, THIRD), st.Binomial("Y", 10**5, HALF))
    assert D.count_ops() < 20
    assert entropy(st.Gamma("X", 60, b)).has(loggamma(60, evaluate=False))


def test_negative_binomials_of_integer_size():
    D = kl_divergence(st.NegativeBinomial("X", 3, HALF), st.NegativeBinomial("Y", 3, THIRD))
    P, Q = (lambda k, c=c: (k + 1) * (k + 2) / Integer(2) * c**3 * (1 - c) ** k for c in (HALF, THIRD))
    expected = sum((P(k) * log(P(k) / Q(k))).n(20) for k in map(Integer, range(120)))
    assert abs(D.n(20) - expected) < Rational(1, 10**12)
