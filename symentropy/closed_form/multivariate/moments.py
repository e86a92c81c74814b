"""Means and covariance matrices of vectors: all that the cross-entropy of a normal distribution needs of P.

Main definitions: `Moments` and `moments_of`.

A covariance matrix that is infinite makes the cross-entropy oo; where that depends on a parameter, ``finite`` is the condition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sympy import Gt, S, true
from sympy.logic.boolalg import Boolean
from sympy.matrices import ImmutableDenseMatrix

from symentropy.closed_form.multivariate.families import Dirichlet, Gaussian, Laplace, MatrixGaussian, NormalGamma, StudentT
from symentropy.closed_form.multivariate.matrices import AnyMatrix, plain
from symentropy.closed_form.multivariate.normal import as_vector


@dataclass(frozen=True, slots=True)
class Moments:
    """The mean and the covariance matrix, which is finite under a condition."""

    mean: AnyMatrix
    covariance: AnyMatrix
    finite: Boolean = true


def moments_of(P: Any) -> Moments | None:
    """Return the mean and covariance matrix of the free coordinates of a family, None where they are not known.

    >>> moments_of(Dirichlet((S(1), S(1)))).covariance
    Matrix([[1/12]])
    """
    reader = _MOMENTS.get(type(P))
    return None if reader is None else reader(P)


def _student(P: StudentT) -> Moments:
    return Moments(P.mean, plain(P.dof / (P.dof - 2) * P.scale), Gt(P.dof, 2))


def _laplace(P: Laplace) -> Moments:
    return Moments(P.mean, plain(P.scale + P.mean * P.mean.T))


def _matrix(P: MatrixGaussian) -> Moments | None:
    vector = as_vector(P)
    return None if vector is None else Moments(vector.mean, vector.covariance)


def _dirichlet(P: Dirichlet) -> Moments:
    fractions = [a / P.total for a in P.alpha[:-1]]
    covariance = [[((a if i == j else S.Zero) - a * b) / (P.total + 1) for j, b in enumerate(fractions)] for i, a in enumerate(fractions)]
    return Moments(ImmutableDenseMatrix(fractions), ImmutableDenseMatrix(covariance))


def _normal_gamma(P: NormalGamma) -> Moments:
    variance = P.beta / (P.lamda * (P.alpha - 1))
    covariance = ImmutableDenseMatrix([[variance, 0], [0, P.alpha / P.beta**2]])
    return Moments(ImmutableDenseMatrix([P.mu, P.alpha / P.beta]), covariance, Gt(P.alpha, 1))


_MOMENTS: dict[type, Callable[[Any], Moments | None]] = {
    Gaussian: lambda P: Moments(P.mean, P.covariance),
    StudentT: _student,
    Laplace: _laplace,
    MatrixGaussian: _matrix,
    Dirichlet: _dirichlet,
    NormalGamma: _normal_gamma,
}
