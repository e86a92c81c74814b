"""Families of vectors and matrices by their parameters, read from SymPy's distribution objects.

Main definitions
----------------
* `Gaussian`, `MatrixGaussian`, `StudentT`, `MatrixT`, `Laplace`, `MatrixGamma` (Wishart too), `Dirichlet`, `NormalGamma`, `Multinomial`,
  `NegativeMultinomial`, `Ewens`.
* `family_of`, which reads a distribution; a user's own density with a quadratic logarithm is a `Gaussian`.
* `outcomes_of`, the names that the outcome of a distribution has in statistics.

Reference: A. K. Gupta, D. K. Nagar, Matrix Variate Distributions, Chapman & Hall 2000.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy import Add, Basic, Dummy, Expr, Integer, Mul, Poly, S, cancel, exp, hessian, pi
from sympy.matrices import ImmutableDenseMatrix

from symentropy.closed_form.multivariate.matrices import AnyMatrix, plain
from symentropy.definiteness import check_positive_definite, determinant
from symentropy.errors import DomainError


@dataclass(frozen=True, slots=True)
class Gaussian:
    """A vector with density exp(-(x - m)^T S^-1 (x - m)/2)/sqrt(det(2 pi S))."""

    mean: AnyMatrix
    covariance: AnyMatrix

    @property
    def size(self) -> Expr:
        """The number of coordinates."""
        return S(self.mean.shape[0])


@dataclass(frozen=True, slots=True)
class MatrixGaussian:
    """An n by p matrix whose rows have the covariance matrix U and whose columns have V: that of its entries is the product of both."""

    mean: AnyMatrix
    rows: AnyMatrix
    columns: AnyMatrix


@dataclass(frozen=True, slots=True)
class StudentT:
    """A vector m + y/sqrt(w/dof) with y normal of covariance matrix S and w chi-squared."""

    mean: AnyMatrix
    scale: AnyMatrix
    dof: Expr


@dataclass(frozen=True, slots=True)
class MatrixT:
    """An n by p matrix with density proportional to det(1 + U^-1 (x - m) V^-1 (x - m)^T)**(-(dof + n + p - 1)/2)."""

    mean: AnyMatrix
    rows: AnyMatrix
    columns: AnyMatrix
    dof: Expr


@dataclass(frozen=True, slots=True)
class Laplace:
    """A vector w m + sqrt(w) y with y normal of covariance matrix S and w exponential of mean 1."""

    mean: AnyMatrix
    scale: AnyMatrix


@dataclass(frozen=True, slots=True)
class MatrixGamma:
    """A positive definite matrix with density proportional to det(x)**(shape - (p + 1)/2) exp(-tr((factor V)^-1 x))."""

    shape: Expr
    factor: Expr
    scale: AnyMatrix

    @property
    def size(self) -> Expr:
        """The number p of rows."""
        return S(self.scale.shape[0])


@dataclass(frozen=True, slots=True)
class Dirichlet:
    """Positive fractions with sum 1."""

    alpha: tuple[Expr, ...]

    @property
    def total(self) -> Expr:
        """The sum of the concentrations."""
        return Add(*self.alpha)


@dataclass(frozen=True, slots=True)
class NormalGamma:
    """A precision t that is gamma of shape alpha and rate beta, and x that is normal of mean mu and variance 1/(lamda t)."""

    mu: Expr
    lamda: Expr
    alpha: Expr
    beta: Expr


@dataclass(frozen=True, slots=True)
class Multinomial:
    """How often each of the outcomes of probabilities p came up in n trials."""

    trials: Expr
    chances: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class NegativeMultinomial:
    """How often each outcome came up before the k-th failure, which has probability 1 - sum of p."""

    failures: Expr
    chances: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Ewens:
    """How many cycles of each length a random permutation of n elements has, weighted by theta for each cycle."""

    size: Expr
    theta: Expr


def family_of(distribution: Basic) -> Any:
    """Return the family of a SymPy distribution with its parameters, None for another one.

    >>> from sympy.stats import Dirichlet as Simplex
    >>> family_of(Simplex("X", 1, 2, 3).pspace.distribution)
    Dirichlet(alpha=(1, 2, 3))
    """
    reader = _READERS.get(type(distribution).__name__)
    return None if reader is None else reader(*distribution.args)


def outcomes_of(distribution: Basic) -> frozenset[str]:
    """Return the names of the outcome of a family in the statistics of closed forms, none for another distribution.

    >>> from sympy.stats import Dirichlet as Simplex, NormalGamma
    >>> sorted(outcomes_of(Simplex("X", 1, 2).pspace.distribution)), sorted(outcomes_of(NormalGamma("X", 0, 1, 1, 1).pspace.distribution))
    (['x_1', 'x_2'], ['t', 'x'])
    """
    family = family_of(distribution)
    names = _OUTCOMES.get(type(family), lambda _: ["x"])
    return frozenset() if family is None else frozenset(names(family))


def is_scalar(distribution: Basic) -> bool:
    """Whether a distribution is that of a number, which is read only beside one of a vector or a matrix."""
    return type(distribution).__name__ in _SCALARS


def _column(value: Expr) -> ImmutableDenseMatrix:
    return ImmutableDenseMatrix([[value]])


def _own_density(function: Any, _support: Basic) -> Gaussian | None:
    """Return the normal distribution with a density exp(quadratic polynomial) that is seen to have mass 1."""
    variables = [Dummy(f"x_{i}", real=True) for i in range(len(function.variables))]
    constant, rest = function(*variables).as_independent(*variables, as_Add=False)
    factors = Mul.make_args(rest)
    if not all(isinstance(factor, exp) for factor in factors):
        return None
    exponent = Add(*(factor.args[0] for factor in factors)).expand()
    if not exponent.is_polynomial(*variables) or Poly(exponent, *variables).total_degree() != 2:
        return None
    precision = ImmutableDenseMatrix(-hessian(exponent, variables))
    try:
        check_positive_definite(precision, "the precision matrix")
    except DomainError:
        return None
    origin = dict.fromkeys(variables, S.Zero)
    slope = ImmutableDenseMatrix([exponent.diff(x).xreplace(origin) for x in variables])
    covariance = precision.inv().applyfunc(cancel)
    mean = (covariance * slope).applyfunc(cancel)
    peak = exponent.xreplace(origin) + (slope.T * mean)[0] / 2
    mass = constant**2 * (2 * pi) ** len(variables) / determinant(precision) * exp(cancel(2 * peak))
    return Gaussian(mean, covariance) if cancel(mass) == 1 else None


_READERS: dict[str, Callable[..., Any]] = {
    "MultivariateNormalDistribution": lambda m, S: Gaussian(plain(m), plain(S)),
    "NormalDistribution": lambda m, s: Gaussian(_column(m), _column(s**2)),
    "JointDistributionHandmade": _own_density,
    "MatrixNormalDistribution": lambda m, U, V: MatrixGaussian(plain(m), plain(U), plain(V)),
    "MultivariateTDistribution": lambda m, S, v: StudentT(plain(m), plain(S), v),
    "MatrixStudentTDistribution": lambda v, m, V, U: MatrixT(plain(m), plain(U), plain(V), v),
    "MultivariateLaplaceDistribution": lambda m, S: Laplace(plain(m), plain(S)),
    "WishartDistribution": lambda n, V: MatrixGamma(n / 2, Integer(2), plain(V)),
    "MatrixGammaDistribution": lambda a, b, V: MatrixGamma(a, b, plain(V)),
    "GammaDistribution": lambda k, t: MatrixGamma(k, t, _column(S.One)),
    "MultivariateBetaDistribution": lambda alpha: Dirichlet(tuple(alpha)),
    "BetaDistribution": lambda a, b: Dirichlet((a, b)),
    "NormalGammaDistribution": NormalGamma,
    "MultinomialDistribution": lambda n, p: Multinomial(n, tuple(p)),
    "NegativeMultinomialDistribution": lambda k, p: NegativeMultinomial(k, tuple(p)),
    "MultivariateEwensDistribution": Ewens,
}

#: The names of the outcomes that are not called x.
_OUTCOMES: dict[type, Callable[[Any], list[str]]] = {
    MatrixT: lambda _: ["X"],
    MatrixGamma: lambda _: ["X"],
    Dirichlet: lambda P: [f"x_{i + 1}" for i in range(len(P.alpha))],
    NormalGamma: lambda _: ["x", "t"],
    Multinomial: lambda P: [f"k_{i + 1}" for i in range(len(P.chances))],
    NegativeMultinomial: lambda P: [f"k_{i + 1}" for i in range(len(P.chances))],
    Ewens: lambda _: ["K"],
}

_SCALARS = ("NormalDistribution", "GammaDistribution", "BetaDistribution")
