"""The divergences of the catalogue, within a family and from one family to another.

Main definition: `DIVERGENCES`, from a section to its entries.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Abs, Expr, S, exp, gamma, log, oo, pi, sqrt, symbols, tanh
from sympy import stats as st

from symentropy.catalogue.entry import Entry, density, divergence_of, k, pmf, x
from symentropy.finite import Finite

# fmt: off
a, b, c, d, p, q, s, t = symbols("a b c d p q s t", positive=True)
a_1, a_2, b_1, b_2, c_1, c_2 = symbols("a_1 a_2 b_1 b_2 c_1 c_2", positive=True)
m_1, m_2, mu = symbols("m_1 m_2 mu", real=True)
d_1, d_2, n = symbols("d_1 d_2 n", integer=True, positive=True)
# fmt: on

#: A constructor of ``sympy.stats``.
Family = Callable[..., Any]
#: Two points for a location with a scale, and for two positive parameters.
LINE = "m_1 = 1/3, a_1 = 7/5, m_2 = -2/7, a_2 = 9/4"
TWO = "a_1 = 7/5, b_1 = 4/3, a_2 = 9/4, b_2 = 3/2"
ONE = "a_1 = 7/5, a_2 = 9/4"


def _line(family: Family, point: str = LINE) -> Entry:
    return divergence_of(family("X", m_1, a_1), family("Y", m_2, a_2), point)


def _two(family: Family, point: str = TWO) -> Entry:
    return divergence_of(family("X", a_1, b_1), family("Y", a_2, b_2), point)


def _one(family: Family, point: str = ONE) -> Entry:
    return divergence_of(family("X", a_1), family("Y", a_2), point)


def _own(value: Expr, name: str) -> Entry:
    """Return the divergence between two densities on the half line that differ in ``a``, which stands for their parameter."""
    return divergence_of(density(value.subs(a, a_1), 0, oo), density(value.subs(a, a_2), 0, oo), ONE, name)


# One line an entry, so that the table can be read.
# fmt: off
DIVERGENCES: dict[str, tuple[Entry, ...]] = {
    "Within a discrete family": (
        divergence_of([p, 1 - p], [q, 1 - q], "p = 2/7, q = 3/5"),
        divergence_of(Finite.symbols("p", 3), Finite.symbols("q", 3),
                      "p_1 = 1/5, p_2 = 3/10, p_3 = 1/2, q_1 = 1/3, q_2 = 1/2, q_3 = 1/6"),
        divergence_of(st.Binomial("X", n, p), st.Binomial("Y", n, q), "n = 7, p = 2/7, q = 3/5"),
        divergence_of(st.Geometric("X", p), st.Geometric("Y", q), "p = 2/7, q = 3/5"),
        divergence_of(st.Poisson("X", a_1), st.Poisson("Y", a_2), ONE),
        divergence_of(st.NegativeBinomial("X", b, p), st.NegativeBinomial("Y", b, q), "b = 5/2, p = 2/7, q = 3/5"),
        divergence_of(st.Logarithmic("X", p), st.Logarithmic("Y", q), "p = 2/7, q = 3/5"),
        divergence_of(st.FlorySchulz("X", p), st.FlorySchulz("Y", q), "p = 2/7, q = 3/5"),
        divergence_of(st.Zeta("X", s), st.Zeta("Y", t), "s = 7/3, t = 3"),
        divergence_of(pmf(tanh(a_1 / 2) * exp(-a_1 * Abs(k)), S.Integers), pmf(tanh(a_2 / 2) * exp(-a_2 * Abs(k)), S.Integers), ONE,
                      "discrete Laplace"),
        divergence_of(st.YuleSimon("X", a_1), st.YuleSimon("Y", a_2), ONE),
        divergence_of(st.Skellam("X", a_1, b_1), st.Skellam("Y", a_2, b_2), TWO),
    ),
    "Within a family on the line": (
        _line(st.Normal), _line(st.Laplace), _line(st.Cauchy),
        divergence_of(st.Logistic("X", m_1, a), st.Logistic("Y", m_2, a), "m_1 = 1/3, m_2 = -2/7, a = 7/5"),
        divergence_of(st.Gumbel("X", a_1, m_1), st.Gumbel("Y", a_2, m_2), LINE),
        _line(st.Moyal),
        divergence_of(st.ExponentialPower("X", mu, a_1, b_1), st.ExponentialPower("Y", mu, a_2, b_2), f"mu = 1/3, {TWO}"),
        _line(st.Logistic),
        _one(st.StudentT),
    ),
    "Within a family on the half line": (
        _one(st.Exponential), _two(st.Gamma),
        divergence_of(st.ChiSquared("X", d_1), st.ChiSquared("Y", d_2), "d_1 = 3, d_2 = 5"),
        divergence_of(st.Chi("X", d_1), st.Chi("Y", d_2), "d_1 = 3, d_2 = 5"),
        _one(st.Rayleigh), _one(st.Maxwell), _two(st.Nakagami), _two(st.Weibull),
        divergence_of(st.Frechet("X", a_1, b_1, 0), st.Frechet("Y", a_2, b_2, 0), TWO),
        _two(st.GammaInverse),
        divergence_of(st.Levy("X", mu, a_1), st.Levy("Y", mu, a_2), f"mu = 1/3, {ONE}"),
        _two(st.GaussianInverse), _line(st.LogNormal),
        divergence_of(st.LogLogistic("X", a_1, b), st.LogLogistic("Y", a_2, b), f"b = 3, {ONE}"),
        divergence_of(st.Pareto("X", a + b, a_1), st.Pareto("Y", a, a_2), f"a = 1/3, b = 1/2, {ONE}"),
        divergence_of(st.Lomax("X", a_1, b), st.Lomax("Y", a_2, b), f"b = 3, {ONE}"),
        _two(st.BetaPrime),
        divergence_of(st.Gompertz("X", b, a_1), st.Gompertz("Y", b, a_2), f"b = 3, {ONE}"),
        divergence_of(density(c_1 * x ** (b_1 - 1) * exp(-((x / a_1) ** c_1)) / (a_1**b_1 * gamma(b_1 / c_1)), 0, oo),
                      density(c_2 * x ** (b_2 - 1) * exp(-((x / a_2) ** c_2)) / (a_2**b_2 * gamma(b_2 / c_2)), 0, oo),
                      f"{TWO}, c_1 = 3/2, c_2 = 2", "generalised gamma"),
        _own(sqrt(2 / pi) / a * exp(-(x**2) / (2 * a**2)), "half-normal"),
        _own(2 / (pi * a * (1 + x**2 / a**2)), "half-Cauchy"),
        _own(a**2 / (1 + a) * (1 + x) * exp(-a * x), "Lindley"),
        _two(st.Lomax), _two(st.LogLogistic),
    ),
    "Within a family on an interval": (
        divergence_of(st.Uniform("X", a, a + b), st.Uniform("Y", 0, a + b + c), "a = 1/3, b = 7/5, c = 1/2"),
        _two(st.Beta),
        divergence_of(st.Kumaraswamy("X", a, b_1), st.Kumaraswamy("Y", a, b_2), "a = 2, b_1 = 3, b_2 = 4"),
        divergence_of(st.PowerFunction("X", a_1, 0, 1), st.PowerFunction("Y", a_2, 0, 1), ONE),
        divergence_of(st.VonMises("X", m_1, a_1), st.VonMises("Y", m_2, a_2), LINE),
        divergence_of(st.Reciprocal("X", a, a + b), st.Reciprocal("Y", a, a + b + c), "a = 1/3, b = 7/5, c = 1/2"),
        divergence_of(st.WignerSemicircle("X", a), st.WignerSemicircle("Y", a + b), "a = 7/5, b = 1/2"),
        _line(st.LogitNormal),
        divergence_of(density(log((1 - p) / p) / (1 - 2 * p) * p**x * (1 - p) ** (1 - x), 0, 1),
                      density(log((1 - q) / q) / (1 - 2 * q) * q**x * (1 - q) ** (1 - x), 0, 1), "p = 2/7, q = 3/5",
                      "continuous Bernoulli", [p < 1, q < 1]),
        _two(st.Kumaraswamy),
    ),
    "From one discrete family to another": (
        divergence_of([1 - p, p], st.Poisson("Y", a), "p = 2/7, a = 4/3"),
        divergence_of(st.Binomial("X", n, p), st.Poisson("Y", a), "n = 7, p = 2/7, a = 4/3"),
        divergence_of(st.Geometric("X", p), st.Zeta("Y", s), "p = 2/7, s = 3"),
        divergence_of(st.Logarithmic("X", p), st.Geometric("Y", q), "p = 2/7, q = 3/5"),
        divergence_of(st.Poisson("X", a), pmf(q * (1 - q) ** k, S.Naturals0), "a = 7/5, q = 2/7", given=[q < 1]),
    ),
    "From the line": (
        divergence_of(st.Normal("X", m_1, a_1), st.Laplace("Y", m_2, a_2), LINE),
        divergence_of(st.Normal("X", m_1, a_1), st.Gumbel("Y", a_2, m_2), LINE),
        divergence_of(st.Normal("X", m_1, a_1), st.Moyal("Y", m_2, a_2), LINE),
        divergence_of(st.Laplace("X", m_1, a_1), st.Normal("Y", m_2, a_2), LINE),
        divergence_of(st.Logistic("X", m_1, a_1), st.Normal("Y", m_2, a_2), LINE),
        divergence_of(st.Logistic("X", 0, a_1), st.Laplace("Y", 0, a_2), ONE),
        divergence_of(st.Gumbel("X", a_1, m_1), st.Normal("Y", m_2, a_2), LINE),
        divergence_of(st.StudentT("X", a_1 + 2), st.Normal("Y", m_2, a_2), "a_1 = 7/5, m_2 = -2/7, a_2 = 9/4"),
        divergence_of(st.Normal("X", m_1, a_1), st.Cauchy("Y", m_2, a_2), LINE),
        divergence_of(st.Normal("X", m_1, a_1), st.Logistic("Y", m_2, a_2), LINE),
        divergence_of(st.Normal("X", m_1, a_1), st.StudentT("Y", a_2), "m_1 = 1/3, a_1 = 7/5, a_2 = 9/4"),
    ),
    "From the half line": (
        divergence_of(st.Exponential("X", a), st.Gamma("Y", b, c), "a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.Exponential("X", a), st.Weibull("Y", b, c), "a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.Exponential("X", a), st.Rayleigh("Y", b), "a = 7/5, b = 4/3"),
        divergence_of(st.Exponential("X", a), st.LogNormal("Y", mu, b), "a = 7/5, mu = 1/3, b = 4/3"),
        divergence_of(st.Exponential("X", a), st.Lomax("Y", b, c), "a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.Exponential("X", a), st.Normal("Y", mu, b), "a = 7/5, mu = 1/3, b = 4/3"),
        divergence_of(st.Exponential("X", a), st.Gumbel("Y", b, mu), "a = 7/5, mu = 1/3, b = 4/3"),
        divergence_of(st.Exponential("X", a), st.Laplace("Y", 0, b), "a = 7/5, b = 4/3"),
        divergence_of(st.Gamma("X", a, b), st.Exponential("Y", c), "a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.Gamma("X", a, b), st.Weibull("Y", c, d), "a = 7/5, b = 4/3, c = 9/4, d = 3/2"),
        divergence_of(st.Gamma("X", a, b), st.LogNormal("Y", mu, c), "a = 7/5, b = 4/3, mu = 1/3, c = 9/4"),
        divergence_of(st.Gamma("X", a, b), st.Normal("Y", mu, c), "a = 7/5, b = 4/3, mu = 1/3, c = 9/4"),
        divergence_of(st.Gamma("X", a, b), st.Gumbel("Y", c, mu), "a = 7/5, b = 4/3, mu = 1/3, c = 9/4"),
        divergence_of(st.Gamma("X", a + 1, b), st.GammaInverse("Y", c, d), "a = 7/5, b = 4/3, c = 9/4, d = 3/2"),
        divergence_of(st.Gamma("X", a, b), st.Nakagami("Y", c, d), "a = 7/5, b = 4/3, c = 9/4, d = 3/2"),
        divergence_of(st.Weibull("X", a, b), st.Gamma("Y", c, d), "a = 7/5, b = 4/3, c = 9/4, d = 3/2"),
        divergence_of(st.Weibull("X", a, b), st.Exponential("Y", c), "a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.Weibull("X", a, b), st.LogNormal("Y", mu, c), "a = 7/5, b = 4/3, mu = 1/3, c = 9/4"),
        divergence_of(st.Rayleigh("X", a), st.Maxwell("Y", b), "a = 7/5, b = 4/3"),
        divergence_of(st.GammaInverse("X", a + 1, b), st.Exponential("Y", c), "a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.GammaInverse("X", a, b), st.LogNormal("Y", mu, c), "a = 7/5, b = 4/3, mu = 1/3, c = 9/4"),
        divergence_of(st.GammaInverse("X", a, b), st.Levy("Y", 0, c), "a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.Levy("X", 0, c), st.GammaInverse("Y", a, b), "a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.Frechet("X", a + 1, b, 0), st.Gamma("Y", c, d), "a = 7/5, b = 4/3, c = 9/4, d = 3/2"),
        divergence_of(st.GaussianInverse("X", a, b), st.Exponential("Y", c), "a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.GaussianInverse("X", a, b), st.Gamma("Y", c, d), "a = 7/5, b = 4/3, c = 9/4, d = 3/2"),
        divergence_of(st.LogNormal("X", mu, a), st.Gamma("Y", b, c), "mu = 1/3, a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.LogNormal("X", mu, a), st.Weibull("Y", b, c), "mu = 1/3, a = 2/5, b = 4/3, c = 9/4"),
        divergence_of(st.LogNormal("X", mu, a), st.GaussianInverse("Y", b, c), "mu = 1/3, a = 2/5, b = 4/3, c = 9/4"),
        divergence_of(st.LogLogistic("X", a, b), st.LogNormal("Y", mu, c), "a = 7/5, b = 3, mu = 1/3, c = 9/4"),
        divergence_of(st.BetaPrime("X", a, b), st.LogNormal("Y", mu, c), "a = 7/5, b = 4/3, mu = 1/3, c = 9/4"),
        divergence_of(st.Pareto("X", a, b), st.Exponential("Y", c), "a = 1/3, b = 7/3, c = 9/4"),
        divergence_of(st.Pareto("X", a, b), st.Gamma("Y", c, d), "a = 1/3, b = 7/3, c = 9/4, d = 3/2"),
        divergence_of(st.Pareto("X", a, b), st.Normal("Y", mu, c), "a = 1/3, b = 7/3, mu = 1/3, c = 9/4"),
        divergence_of(st.Pareto("X", a, b), st.LogNormal("Y", mu, c), "a = 1/3, b = 7/3, mu = 1/3, c = 9/4"),
    ),
    "From an interval": (
        divergence_of(st.Beta("X", a, b), st.Uniform("Y", 0, 1 + c), "a = 7/5, b = 4/3, c = 1/4"),
        divergence_of(st.Beta("X", a, b), st.Exponential("Y", c), "a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.Beta("X", a, b), st.Gamma("Y", c, d), "a = 7/5, b = 4/3, c = 9/4, d = 3/2"),
        divergence_of(st.Beta("X", a, b), st.Normal("Y", mu, c), "a = 7/5, b = 4/3, mu = 1/3, c = 9/4"),
        divergence_of(st.Beta("X", a, b), st.LogitNormal("Y", mu, c), "a = 7/5, b = 4/3, mu = 1/3, c = 9/4"),
        divergence_of(st.Uniform("X", 0, 1), st.Beta("Y", b, c), "b = 4/3, c = 9/4"),
        divergence_of(st.Uniform("X", a, a + b), st.Exponential("Y", c), "a = 1/3, b = 4/3, c = 9/4"),
        divergence_of(st.Uniform("X", a, a + b), st.Gamma("Y", c, d), "a = 1/3, b = 4/3, c = 9/4, d = 3/2"),
        divergence_of(st.Uniform("X", a, a + b), st.Normal("Y", mu, c), "a = 1/3, b = 4/3, mu = 2/5, c = 9/4"),
        divergence_of(st.Uniform("X", a, a + b), st.Gumbel("Y", c, mu), "a = 1/3, b = 4/3, mu = 2/5, c = 9/4"),
        divergence_of(st.Uniform("X", a, a + b), st.LogNormal("Y", mu, c), "a = 1/3, b = 4/3, mu = 2/5, c = 9/4"),
        divergence_of(st.Uniform("X", a, a + b), st.Weibull("Y", c, d), "a = 1/3, b = 4/3, c = 9/4, d = 3/2"),
        divergence_of(st.Uniform("X", a, a + b), st.Pareto("Y", a, c), "a = 1/3, b = 4/3, c = 9/4"),
        divergence_of(st.Uniform("X", a, a + b), st.Cauchy("Y", mu, c), "a = 1/3, b = 4/3, mu = 2/5, c = 9/4"),
        divergence_of(st.Uniform("X", 0, a), st.Laplace("Y", 0, c), "a = 1/3, c = 9/4"),
        divergence_of(st.Arcsin("X", a, a + b), st.Normal("Y", mu, c), "a = 1/3, b = 4/3, mu = 2/5, c = 9/4"),
        divergence_of(st.WignerSemicircle("X", a), st.Normal("Y", mu, c), "a = 1/3, mu = 2/5, c = 9/4"),
        divergence_of(st.Triangular("X", a, a + b + c, a + b), st.Normal("Y", mu, d), "a = 1/3, b = 4/3, c = 1/2, mu = 2/5, d = 9/4"),
        divergence_of(st.Kumaraswamy("X", a, b), st.Beta("Y", c, d), "a = 2, b = 3, c = 9/4, d = 3/2"),
        divergence_of(st.Beta("X", a, b), st.Kumaraswamy("Y", c, d), "a = 7/5, b = 4/3, c = 2, d = 3"),
    ),
    "Vectors and matrices": (
        divergence_of(st.MultivariateNormal("X", [m_1, 0], [[a_1, 0], [0, b_1]]),
                      st.MultivariateNormal("Y", [m_2, 0], [[a_2, c], [c, b_2]]),
                      f"m_1 = 1/3, m_2 = -2/7, c = 1/2, {TWO}"),
        divergence_of(st.Dirichlet("X", a_1, b_1, c_1), st.Dirichlet("Y", a_2, b_2, c_2), f"{TWO}, c_1 = 3/5, c_2 = 2"),
        divergence_of(st.NormalGamma("X", m_1, c_1, a_1, b_1), st.NormalGamma("Y", m_2, c_2, a_2, b_2),
                      f"m_1 = 1/3, m_2 = -2/7, c_1 = 3/5, c_2 = 2, {TWO}"),
        divergence_of(st.Wishart("X", d_1, [[a_1, 0], [0, b_1]]), st.Wishart("Y", d_2, [[a_2, c], [c, b_2]]),
                      f"d_1 = 4, d_2 = 5, c = 1/2, {TWO}"),
        divergence_of(st.Multinomial("X", n, p, 1 - p), st.Multinomial("Y", n, q, 1 - q), "n = 4, p = 2/7, q = 3/5"),
        divergence_of(st.MultivariateT("X", [0, 0], [[a_1, 0], [0, b_1]], d), st.MultivariateT("Y", [0, 0], [[a_2, c], [c, b_2]], d),
                      f"d = 3, c = 1/2, {TWO}"),
    ),
    "Infinite for all parameters": (
        divergence_of(st.Poisson("X", a), st.Binomial("Y", n, q), "a = 7/5, n = 4, q = 3/5"),
        divergence_of(st.Normal("X", m_1, a), st.Exponential("Y", b), "m_1 = 1/3, a = 7/5, b = 9/4"),
        divergence_of(st.Cauchy("X", m_1, a_1), st.Normal("Y", m_2, a_2), LINE),
        divergence_of(st.Cauchy("X", m_1, a_1), st.Laplace("Y", m_2, a_2), LINE),
        divergence_of(st.Exponential("X", a), st.Beta("Y", b, c), "a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.Exponential("X", a), st.Pareto("Y", b, c), "a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.Exponential("X", a), st.GammaInverse("Y", b, c), "a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.Exponential("X", a), st.GaussianInverse("Y", b, c), "a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.Levy("X", 0, a), st.Gamma("Y", b, c), "a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.LogNormal("X", mu, a), st.Gompertz("Y", b, c), "mu = 1/3, a = 7/5, b = 4/3, c = 9/4"),
        divergence_of(st.LogCauchy("X", mu, a), st.LogNormal("Y", 0, b), "mu = 1/3, a = 7/5, b = 4/3"),
    ),
}
# fmt: on
