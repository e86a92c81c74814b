"""The Fisher information against textbooks, and against the mean of score times score, computed from the density alone."""

import mpmath
import pytest
from sympy import (
    EulerGamma,
    ImmutableMatrix,
    Interval,
    Lambda,
    Matrix,
    Rational,
    S,
    Sum,
    Symbol,
    besseli,
    diff,
    exp,
    lambdify,
    oo,
    pi,
    polygamma,
    sqrt,
    stats,
    symbols,
)
from sympy.stats import (
    Bernoulli,
    Beta,
    Binomial,
    Cauchy,
    ContinuousRV,
    Exponential,
    Gamma,
    GammaInverse,
    GaussianInverse,
    Geometric,
    Gumbel,
    Laplace,
    Logistic,
    LogNormal,
    MultivariateBeta,
    MultivariateNormal,
    NegativeBinomial,
    Normal,
    Pareto,
    Poisson,
    Rayleigh,
    StudentT,
    Triangular,
    Uniform,
    VonMises,
    Weibull,
    WignerSemicircle,
)

from symentropy import DomainError, Finite, NoClosedForm, fisher_information, theorems
from symentropy.distribution import as_distribution, resolve

mu, nu = symbols("mu nu", real=True)
a, b, c, k, lam, p, s, t = symbols("a b c k lambda p sigma t", positive=True)
q = Symbol("q")
n = Symbol("n", integer=True, positive=True)
x = Symbol("x", real=True)
trigamma = polygamma(1, a + b)
#: The chance of a success in a negative binomial distribution, of which p was the failure in SymPy 1.13.
SUCCESS = p if NegativeBinomial("X", 1, Rational(1, 3)).pspace.distribution.pdf(0) == Rational(1, 3) else 1 - p

#: A distribution, its parameters, and the matrix of textbooks.
TEXTBOOK = [
    (Normal("X", mu, s), [mu, s], [[1 / s**2, 0], [0, 2 / s**2]]),
    (Normal("X", mu, sqrt(t)), [mu, t], [[1 / t, 0], [0, 1 / (2 * t**2)]]),
    (LogNormal("X", mu, s), [mu, s], [[1 / s**2, 0], [0, 2 / s**2]]),
    (Exponential("X", lam), lam, [[1 / lam**2]]),
    (ContinuousRV(x, exp(-x / t) / t, set=Interval(0, oo), check=False), t, [[1 / t**2]]),
    (Gamma("X", k, t), [k, t], [[polygamma(1, k), 1 / t], [1 / t, k / t**2]]),
    (GammaInverse("X", a, b), [a, b], [[polygamma(1, a), -1 / b], [-1 / b, a / b**2]]),
    (Beta("X", a, b), [a, b], [[polygamma(1, a) - trigamma, -trigamma], [-trigamma, polygamma(1, b) - trigamma]]),
    (
        Weibull("X", lam, k),
        [lam, k],
        [[k**2 / lam**2, (EulerGamma - 1) / lam], [(EulerGamma - 1) / lam, ((1 - EulerGamma) ** 2 + pi**2 / 6) / k**2]],
    ),
    (Laplace("X", mu, b), [mu, b], [[1 / b**2, 0], [0, 1 / b**2]]),
    (Cauchy("X", mu, b), [mu, b], [[1 / (2 * b**2), 0], [0, 1 / (2 * b**2)]]),
    (Gumbel("X", b, mu), mu, [[1 / b**2]]),
    (GaussianInverse("X", mu, lam), [mu, lam], [[lam / mu**3, 0], [0, 1 / (2 * lam**2)]]),
    (Pareto("X", a, b), b, [[1 / b**2]]),
    (Rayleigh("X", s), s, [[4 / s**2]]),
    (VonMises("X", mu, k), mu, [[k * besseli(1, k) / besseli(0, k)]]),
    (Bernoulli("X", p), p, [[1 / (p * (1 - p))]]),
    (Binomial("X", 3, p), p, [[3 / (p * (1 - p))]]),
    (Binomial("X", n, p), p, [[n / (p * (1 - p))]]),
    (Poisson("X", lam), lam, [[1 / lam]]),
    (Geometric("X", p), p, [[1 / (p**2 * (1 - p))]]),
    (NegativeBinomial("X", k, p), p, [[k / (SUCCESS**2 * (1 - SUCCESS))]]),
    ([q, 1 - q], q, [[1 / (q * (1 - q))]]),
    ([p, q, 1 - p - q], [p, q], [[1 / p + 1 / (1 - p - q), 1 / (1 - p - q)], [1 / (1 - p - q), 1 / q + 1 / (1 - p - q)]]),
    ([p**2, 2 * p * (1 - p), (1 - p) ** 2], p, [[2 / (p * (1 - p))]]),
    (
        MultivariateNormal("X", [mu, nu], [[s**2, 0], [0, t**2]]),
        [mu, nu, s, t],
        [[1 / s**2, 0, 0, 0], [0, 1 / t**2, 0, 0], [0, 0, 2 / s**2, 0], [0, 0, 0, 2 / t**2]],
    ),
    (
        MultivariateNormal("X", [0, 0], [[1, q], [q, 1]]),
        q,
        [[(1 + q**2) / (1 - q**2) ** 2]],
    ),
    (
        MultivariateBeta("X", [a, b, c]),
        [a, b],
        [
            [polygamma(1, a) - polygamma(1, a + b + c), -polygamma(1, a + b + c)],
            [-polygamma(1, a + b + c), polygamma(1, b) - polygamma(1, a + b + c)],
        ],
    ),
]
#: Values inside the range of every family above.
VALUES = {
    mu: Rational(3, 4),
    nu: Rational(-1, 2),
    **dict(zip((a, b, c, k, lam, t), map(Rational, ("7/3", "5/4", "2", "8/5", "3/2", "2/3")), strict=True)),
    p: Rational(1, 3),
    q: Rational(1, 5),
    s: Rational(6, 5),
    n: 4,
}


def as_list(parameters):
    return parameters if isinstance(parameters, list) else [parameters]


def named(part):
    return str(getattr(getattr(part, "pspace", None), "distribution", part))


@pytest.mark.parametrize(("X", "parameters", "expected"), TEXTBOOK, ids=named)
def test_textbook(X, parameters, expected):
    found = fisher_information(X, parameters)
    assert isinstance(found, ImmutableMatrix)
    difference = found - Matrix(expected)
    for values in (VALUES, {name: value / 2 if name != n else 3 for name, value in VALUES.items()}):
        assert all(abs(entry.subs(values).evalf(30)) < 1e-25 for entry in difference)


def scores(X, parameters):
    """Return the score at an outcome as functions, the density, and where it is not 0, with the parameters put in."""
    law = resolve(as_distribution(X))
    ((variable, low, high),) = law.limits
    density = law.density.subs(variable, x)
    made = [lambdify(x, (diff(density, name) / density).subs(VALUES), "mpmath") for name in parameters]
    return made, lambdify(x, density.subs(VALUES), "mpmath"), low.subs(VALUES), high.subs(VALUES), law.is_discrete


def mean_of_scores(X, parameters):
    """Return E[s s^T] by quadrature or by adding up."""
    made, density, low, high, is_discrete = scores(X, parameters)
    ends = [mpmath.mpf(float(end)) if end.is_finite else mpmath.inf * (1 if end > 0 else -1) for end in (low, high)]
    centre = mpmath.mpf(VALUES[mu].p) / VALUES[mu].q

    def total(f):
        if is_discrete:
            return sum(f(mpmath.mpf(place)) for place in range(int(low), min(high, 400) + 1))
        inner = [point for point in (centre, 1, 2, 4, 8, 40) if ends[0] < point < ends[1]]
        return mpmath.quad(f, [ends[0], *sorted({mpmath.mpf(point) for point in inner}), ends[1]])

    return [[total(lambda v, f=f, g=g: f(v) * g(v) * density(v)) for g in made] for f in made]


def is_of_one_outcome(X):
    """Whether there is a density or a pmf to integrate; Gumbel's takes forever to evaluate far out."""
    law = None if isinstance(X, list) else resolve(as_distribution(X))
    return law is not None and not isinstance(law, Finite) and len(law.limits) == 1 and "Gumbel" not in str(as_distribution(X))


OF_ONE_OUTCOME = [(X, parameters) for X, parameters, _ in TEXTBOOK if is_of_one_outcome(X)]


@pytest.mark.parametrize(("X", "parameters"), OF_ONE_OUTCOME, ids=named)
def test_it_is_the_mean_of_score_times_score(X, parameters):
    found = fisher_information(X, parameters).subs(VALUES)
    with mpmath.workdps(15):
        expected = mean_of_scores(X, as_list(parameters))
    for row in range(found.rows):
        for column in range(found.cols):
            assert abs(mpmath.mpf(str(found[row, column].evalf(20))) - expected[row][column]) < mpmath.mpf("1e-7")


def test_a_pmf_of_symbolic_size():
    """p_i = (1 + t (i - (n + 1)/2)/n)/n: the sum of (dp_i/dt)^2/p_i."""
    i = Symbol("i", integer=True)
    slope = (i - (n + 1) / S(2)) / n**2
    found = fisher_information(Finite(Lambda(i, 1 / n + t * slope), n), t)[0]
    assert isinstance(found, Sum)
    expected = Sum(slope**2 / (1 / n + t * slope), (i, 1, n))
    assert (found - expected).subs({n: 5, t: Rational(1, 3)}).doit() == 0


REFUSED = [
    (Uniform("X", a, b), b, "oo on one side, its support depending on b"),
    (Uniform("X", mu, mu + 1), mu, "oo on one side, its support depending on mu"),
    (Pareto("X", a, b), [a, b], "oo on one side, its support depending on a"),
    (WignerSemicircle("X", a), a, "oo on one side"),
    (Normal("X", 0, 1), mu, r"mu is not a parameter of Normal\(0, 1\): give symbols"),
    (Normal("X", mu, s), [], "at least one parameter"),
    (Normal("X", mu, s), [s, s], "sigma is given twice|s is given twice"),
    (Normal("X", mu, s), "sigma", "sigma is not a parameter of"),
    (Binomial("X", n, p), n, "n is an integer"),
    (Finite.symbols("p", 3), Symbol("p_1", positive=True), "p_1 cannot vary by itself"),
    (Finite([p, q]), q, "q cannot vary by itself"),
    (["1/2", "1/2"], p, "p is not a parameter of"),
]


@pytest.mark.parametrize(("X", "parameters", "message"), REFUSED)
def test_refused(X, parameters, message):
    with pytest.raises(DomainError, match=message):
        fisher_information(X, parameters)


@pytest.mark.parametrize(
    ("X", "parameters"),
    [(StudentT("X", a), a), (NegativeBinomial("X", k, p), k), (Logistic("X", mu, s), mu), (Triangular("X", 0, 1, p), p)],
)
def test_no_closed_form(X, parameters):
    with pytest.raises(NoClosedForm):
        fisher_information(X, parameters)


def test_the_location_of_laplace_densities():
    """Twice differentiable by accident: |t| + exp(-|t|) - 1 is t^2/2 + O(|t|^3), although the log-density has a corner."""
    assert fisher_information(Laplace("X", mu**2, b), mu)[0] == 4 * mu**2 / b**2
    u = Symbol("u", negative=True)
    assert fisher_information(Laplace("X", abs(u), 1), u)[0] == 1


@pytest.mark.parametrize("row", range(len(theorems["fisher_information_is_hessian"].examples)))
def test_the_theorem_says_the_same(row):
    family, theta, eta, places, information = theorems["fisher_information_is_hessian"].examples[row]
    X = getattr(stats, family)("X", *theta)
    names = [theta[place] for place in dict.fromkeys(places)]
    found = fisher_information(X, names)[0, len(names) - 1]
    assert (found - information).cancel() == 0
    assert [own for own, other in zip(theta, eta, strict=True) if own != other] == sorted(names, key=theta.index)
