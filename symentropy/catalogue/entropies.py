"""The entropies of the catalogue: families of SymPy, and densities that are no families there.

Main definition: `ENTROPIES`, from a section to its entries. Sections whose entries have no closed form are there too: the page says why.
"""

from __future__ import annotations

from sympy import Abs, Ne, Piecewise, S, erf, exp, gamma, log, oo, pi, sech, sqrt, symbols, tanh
from sympy import stats as st

from symentropy.catalogue.entry import Entry, density, entropy_of, k, pmf, x
from symentropy.finite import Finite

# fmt: off
a, b, c, d, p, r, s, w, R = symbols("a b c d p r s w R", positive=True)
alpha, beta, eta, lamda, nu, omega, rho, sigma, theta = symbols("alpha beta eta lambda nu omega rho sigma theta", positive=True)
m, mu, u = symbols("m mu u", real=True)
n, N, d_1, d_2 = symbols("n N d_1 d_2", integer=True, positive=True)
# fmt: on

#: A covariance or scale matrix.
MATRIX = [[a, u], [u, b]]
AT_MATRIX = "a = 7/5, u = 1/2, b = 9/4"

# One line an entry, so that the table can be read.
# fmt: off
ENTROPIES: dict[str, tuple[Entry, ...]] = {
    "Finitely many outcomes": (
        entropy_of(Finite.symbols("p", 3), "p_1 = 1/5, p_2 = 3/10, p_3 = 1/2"),
        entropy_of(Finite.uniform(n), "n = 5"),
        entropy_of(st.Bernoulli("X", p), "p = 2/7"),
        entropy_of(st.Die("X", n), "n = 6"),
        entropy_of(st.DiscreteUniform("X", range(1, 7))),
        entropy_of(st.Rademacher("X")),
        entropy_of(st.Binomial("X", n, p), "n = 7, p = 2/7"),
        entropy_of(st.BetaBinomial("X", n, alpha, beta), "n = 7, alpha = 7/5, beta = 9/4"),
        entropy_of(st.Hypergeometric("X", N, d_1, n), "N = 12, d_1 = 5, n = 4"),
        entropy_of(st.IdealSoliton("X", n), "n = 12"),
    ),
    "Countably many outcomes": (
        entropy_of(st.Geometric("X", p), "p = 2/7"),
        entropy_of(pmf(p * (1 - p) ** k, S.Naturals0), "p = 2/7", "geometric, from 0", [p < 1]),
        entropy_of(pmf(tanh(a / 2) * exp(-a * Abs(k)), S.Integers), "a = 2/3", "discrete Laplace"),
        entropy_of(st.Zeta("X", s), "s = 7/3"),
        entropy_of(st.Poisson("X", lamda), "lambda = 7/5"),
        entropy_of(st.NegativeBinomial("X", r, p), "r = 5/2, p = 3/5"),
        entropy_of(st.Logarithmic("X", p), "p = 3/5"),
        entropy_of(st.FlorySchulz("X", a), "a = 2/7"),
        entropy_of(st.YuleSimon("X", rho), "rho = 7/3"),
        entropy_of(st.Skellam("X", a, b), "a = 5/3, b = 4/3"),
        entropy_of(st.Hermite("X", a, b), "a = 5/3, b = 4/3"),
    ),
    "The line": (
        entropy_of(st.Normal("X", mu, sigma), "mu = -2/7, sigma = 9/4"),
        entropy_of(st.Laplace("X", mu, b), "mu = 1/3, b = 7/5"),
        entropy_of(density(Piecewise((exp(x / a) / (a + b), x < 0), (exp(-x / b) / (a + b), True)), -oo, oo), "a = 3/2, b = 2",
                   "asymmetric Laplace"),
        entropy_of(st.ExponentialPower("X", mu, alpha, beta), "mu = 1/3, alpha = 7/5, beta = 5/2"),
        entropy_of(st.Cauchy("X", m, s), "m = 1/3, s = 7/5"),
        entropy_of(st.StudentT("X", nu), "nu = 7/2"),
        entropy_of(st.Logistic("X", mu, s), "mu = 1/3, s = 7/5"),
        entropy_of(density(sech(pi * x / (2 * s)) / (2 * s), -oo, oo), "s = 3/2", "hyperbolic secant"),
        entropy_of(st.Gumbel("X", beta, mu), "beta = 7/5, mu = 1/3"),
        entropy_of(density((1 + s * x / b) ** (-1 - 1 / s) * exp(-((1 + s * x / b) ** (-1 / s))) / b, -b / s, oo), "s = 3/2, b = 2",
                   "generalised extreme value, from -b/s"),
        entropy_of(st.Moyal("X", mu, sigma), "mu = 1/3, sigma = 7/5"),
        entropy_of(st.FisherZ("X", d_1, d_2), "d_1 = 3, d_2 = 5"),
        entropy_of(st.ExGaussian("X", mu, sigma, lamda), "mu = 1/3, sigma = 7/5, lambda = 3/2"),
    ),
    "The half line": (
        entropy_of(st.Exponential("X", lamda), "lambda = 3/4"),
        entropy_of(st.Gamma("X", alpha, theta), "alpha = 7/3, theta = 5/4"),
        entropy_of(st.Erlang("X", n, lamda), "n = 3, lambda = 5/4"),
        entropy_of(st.ChiSquared("X", n), "n = 3"),
        entropy_of(st.Chi("X", n), "n = 3"),
        entropy_of(st.Rayleigh("X", sigma), "sigma = 7/5"),
        entropy_of(st.Maxwell("X", a), "a = 4/3"),
        entropy_of(st.Nakagami("X", a, omega), "a = 4/3, omega = 7/5"),
        entropy_of(st.Weibull("X", alpha, beta), "alpha = 9/4, beta = 4/3"),
        entropy_of(density(a * x ** (d - 1) * exp(-((x / b) ** a)) / (b**d * gamma(d / a)), 0, oo), "a = 3/2, b = 2, d = 5/3",
                   "generalised gamma"),
        entropy_of(st.Frechet("X", a, s, m), "a = 4/3, s = 7/5, m = 1/2"),
        entropy_of(st.GammaInverse("X", a, b), "a = 4/3, b = 7/5"),
        entropy_of(st.Levy("X", mu, c), "mu = 4/3, c = 7/5"),
        entropy_of(st.GaussianInverse("X", mu, lamda), "mu = 4/3, lambda = 7/5"),
        entropy_of(st.LogNormal("X", mu, sigma), "mu = 1/3, sigma = 7/5"),
        entropy_of(st.LogLogistic("X", alpha, beta), "alpha = 2, beta = 3"),
        entropy_of(st.LogCauchy("X", mu, sigma), "mu = 1/3, sigma = 7/5"),
        entropy_of(st.Pareto("X", a, alpha), "a = 1/3, alpha = 7/5"),
        entropy_of(st.Lomax("X", alpha, lamda), "alpha = 7/5, lambda = 4/3"),
        entropy_of(density((1 + s * x / b) ** (-1 - 1 / s) / b, 0, oo), "s = 3/2, b = 2", "generalised Pareto"),
        entropy_of(st.BetaPrime("X", alpha, beta), "alpha = 7/5, beta = 9/4"),
        entropy_of(st.FDistribution("X", d_1, d_2), "d_1 = 3, d_2 = 5"),
        entropy_of(st.Dagum("X", p, a, b), "p = 2, a = 3, b = 1"),
        entropy_of(st.Gompertz("X", b, eta), "b = 7/2, eta = 9/2"),
        entropy_of(density(sqrt(2 / pi) / s * exp(-(x**2) / (2 * s**2)), 0, oo), "s = 3/2", "half-normal"),
        entropy_of(density(2 / (pi * s * (1 + x**2 / s**2)), 0, oo), "s = 3/2", "half-Cauchy"),
        entropy_of(density(2 * exp(-x / s) / (s * (1 + exp(-x / s)) ** 2), 0, oo), "s = 3/2", "half-logistic"),
        entropy_of(density(theta**2 / (1 + theta) * (1 + x) * exp(-theta * x), 0, oo), "theta = 3/2", "Lindley"),
        entropy_of(st.ShiftedGompertz("X", b, eta), "b = 7/2, eta = 9/2"),
        entropy_of(st.Benini("X", alpha, beta, sigma), "alpha = 7/5, beta = 4/3, sigma = 1"),
        entropy_of(st.Davis("X", b, n, mu), "b = 7/5, n = 3, mu = 1"),
        entropy_of(st.ChiNoncentral("X", n, w), "n = 2, w = 3"),
    ),
    "An interval": (
        entropy_of(st.Uniform("X", a, a + b), "a = 1/3, b = 7/5"),
        entropy_of(st.Beta("X", alpha, beta), "alpha = 7/5, beta = 9/4"),
        entropy_of(st.Kumaraswamy("X", a, b), "a = 2, b = 3"),
        entropy_of(st.Arcsin("X", a, a + b), "a = 1/3, b = 7/5"),
        entropy_of(st.PowerFunction("X", alpha, a, a + b), "alpha = 5/2, a = 1/3, b = 7/5"),
        entropy_of(st.Triangular("X", a, a + b + c, a + b), "a = 1/3, b = 1/6, c = 9/10"),
        entropy_of(st.Trapezoidal("X", a, a + b, a + b + c, a + b + c + d), "a = 1/3, b = 1/6, c = 9/10, d = 3/5"),
        entropy_of(st.RaisedCosine("X", mu, s), "mu = 1/3, s = 7/5"),
        entropy_of(st.WignerSemicircle("X", R), "R = 7/5"),
        entropy_of(st.QuadraticU("X", a, a + b), "a = 1/3, b = 7/5"),
        entropy_of(st.VonMises("X", mu, alpha), "mu = 1/3, alpha = 7/5"),
        entropy_of(st.Reciprocal("X", a, a + b), "a = 1/3, b = 7/5"),
        entropy_of(st.BoundedPareto("X", alpha, a, a + b), "alpha = 7/5, a = 1/3, b = 7/5"),
        entropy_of(density(lamda * exp(-lamda * x) / (1 - exp(-lamda * b)), 0, b), "lambda = 3/2, b = 2", "truncated exponential"),
        entropy_of(density(log((1 - p) / p) / (1 - 2 * p) * p**x * (1 - p) ** (1 - x), 0, 1), "p = 2/7", "continuous Bernoulli",
                   [p < 1, Ne(p, S.Half)]),
        entropy_of(density(sqrt(2 / pi) * exp(-((x / sigma) ** 2) / 2) / (sigma * erf(b / (sigma * sqrt(2)))), 0, b), "sigma = 3/2, b = 2",
                   "truncated normal, from its mode"),
        entropy_of(st.LogitNormal("X", mu, sigma), "mu = 1/3, sigma = 7/5"),
        entropy_of(st.BetaNoncentral("X", alpha, beta, lamda), "alpha = 7/5, beta = 9/4, lambda = 1"),
        entropy_of(st.UniformSum("X", n), "n = 3"),
    ),
    "Vectors and matrices": (
        entropy_of(st.MultivariateNormal("X", [m, mu], MATRIX), f"m = 0, mu = 1, {AT_MATRIX}"),
        entropy_of(st.MultivariateT("X", [m, mu], MATRIX, nu), f"m = 0, mu = 1, nu = 3, {AT_MATRIX}"),
        entropy_of(st.Dirichlet("X", a, b, c), "a = 7/5, b = 3/2, c = 5/2"),
        entropy_of(st.NormalGamma("X", mu, w, a, b), "mu = 1, w = 2, a = 3/2, b = 5/2"),
        entropy_of(st.Wishart("X", n, MATRIX), f"n = 4, {AT_MATRIX}"),
        entropy_of(st.MatrixGamma("X", alpha, beta, MATRIX), f"alpha = 3, beta = 2, {AT_MATRIX}"),
        entropy_of(st.MatrixNormal("X", [[0, m]], [[c]], MATRIX), f"m = 1, c = 2, {AT_MATRIX}"),
        entropy_of(st.MatrixStudentT("X", nu, [[0, m]], MATRIX, [[c]]), f"m = 1, c = 2, nu = 5, {AT_MATRIX}"),
        entropy_of(st.Multinomial("X", n, p, 1 - p), "n = 4, p = 2/7"),
        entropy_of(st.MultivariateLaplace("X", [m, mu], MATRIX), f"m = 0, mu = 1, {AT_MATRIX}"),
    ),
}
# fmt: on
