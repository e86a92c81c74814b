r"""Normal vectors and matrices: entropy, cross-entropy and divergence.

Main statements
---------------
.. math::
    H = \tfrac12 \bigl(n \log 2\pi e + \log\det\Sigma\bigr), \qquad
    D = \tfrac12 \bigl(\operatorname{tr} \Sigma_2^{-1}\Sigma_1 + (\mu_2 - \mu_1)^T \Sigma_2^{-1} (\mu_2 - \mu_1) - n
        + \log\det\Sigma_2/\det\Sigma_1\bigr)

The cross-entropy needs only the mean and the covariance matrix of P, whatever P is: `expected_gaussian`.

Reference: T. M. Cover, J. A. Thomas, Elements of Information Theory, 2nd ed., Wiley 2006, theorem 8.4.1; K. B. Petersen, M. S. Pedersen,
The Matrix Cookbook, 2012, section 8.2 (the mean of a quadratic form).
"""

from __future__ import annotations

from sympy import Expr, Inverse, MatMul, MatrixSymbol, Rational, S, Trace, Transpose, log, pi
from sympy.matrices import ImmutableDenseMatrix

from symentropy.closed_form.data import ClosedForm, Term
from symentropy.closed_form.multivariate.families import Gaussian, MatrixGaussian
from symentropy.closed_form.multivariate.matrices import (
    AnyMatrix,
    difference,
    log_2_pi_e,
    log_det,
    log_det_ratio,
    mean_of_square,
    quadratic_form,
    trace_of_quotient,
)
from symentropy.definiteness import is_explicit

HALF = Rational(1, 2)
QUADRATIC = "E (x - m)^T A (x - m) = tr(A Cov x) + (E x - m)^T A (E x - m), Matrix Cookbook (2012), section 8.2"


def constant(value: Expr) -> Term:
    """Return the term of a constant."""
    return Term(value, S.One, S.One, "the mean of a constant")


def square(of: Gaussian) -> Expr:
    """Return the statistic (x - m)^T S^-1 (x - m)."""
    x = MatrixSymbol("x", of.size, 1)
    return Trace(MatMul(Transpose(x - of.mean), Inverse(of.covariance), x - of.mean))


def gaussian_entropy(P: Gaussian) -> ClosedForm:
    """Return the entropy of a normal vector."""
    start = (P.size * log(2 * pi) + log_det(P.covariance)) / 2
    terms = (constant(start), Term(HALF, square(P), P.size, QUADRATIC))
    return ClosedForm(log_2_pi_e(P.size) / 2 + log_det(P.covariance) / 2, terms)


def expected_gaussian(mean: AnyMatrix, covariance: AnyMatrix, Q: Gaussian) -> ClosedForm:
    """Return the cross-entropy of a normal vector under a distribution with a mean and a covariance matrix."""
    start = (Q.size * log(2 * pi) + log_det(Q.covariance)) / 2
    expected = mean_of_square(Q.covariance, covariance, difference(Q.mean, mean))
    return ClosedForm(start.expand() + expected / 2, (constant(start), Term(HALF, square(Q), expected, QUADRATIC)))


def gaussian_divergence(P: Gaussian, Q: Gaussian) -> ClosedForm:
    """Return the divergence of normal vectors."""
    expected = mean_of_square(Q.covariance, P.covariance, difference(Q.mean, P.mean))
    ratio = log_det_ratio(Q.covariance, P.covariance)
    terms = (constant(ratio / 2), Term(HALF, square(Q), expected, QUADRATIC), Term(-HALF, square(P), P.size, QUADRATIC))
    return ClosedForm((expected - P.size) / 2 + ratio / 2, terms)


# Matrices: det of a Kronecker product is det U**p det V**n, and its trace is the product of the traces


def as_vector(P: MatrixGaussian) -> Gaussian | None:
    """Return the normal vector of the entries of a matrix, row by row; None where they are not explicit."""
    if not all(map(is_explicit, (P.mean, P.rows, P.columns))):
        return None
    (n, p), U, V = P.mean.shape, P.rows, P.columns
    covariance = ImmutableDenseMatrix(n * p, n * p, lambda i, j: U[i // p, j // p] * V[i % p, j % p])
    return Gaussian(ImmutableDenseMatrix(n * p, 1, list(P.mean)), covariance)


def matrix_square(of: MatrixGaussian) -> Expr:
    """Return the statistic tr(V^-1 (x - m)^T U^-1 (x - m))."""
    x = MatrixSymbol("x", *of.mean.shape)
    return Trace(MatMul(Inverse(of.columns), Transpose(x - of.mean), Inverse(of.rows), x - of.mean))


def _matrix_form(U: AnyMatrix, V: AnyMatrix, d: AnyMatrix) -> Expr:
    """Return tr(V^-1 d^T U^-1 d): for explicit matrices the sum over pairs of columns of d, each with U^-1 between."""
    if d == d * 0 or (is_explicit(d) and d.is_zero_matrix):
        return S.Zero
    if all(map(is_explicit, (U, V, d))):
        vector = ImmutableDenseMatrix(len(d), 1, list(d))
        p = V.rows
        return quadratic_form(ImmutableDenseMatrix(len(d), len(d), lambda i, j: U[i // p, j // p] * V[i % p, j % p]), vector)
    return Trace(MatMul(Inverse(V), Transpose(d), Inverse(U), d))


def matrix_gaussian(P: MatrixGaussian, Q: MatrixGaussian, *, is_cross: bool) -> ClosedForm:
    """Return the cross-entropy or divergence of normal matrices; Q is P for the entropy."""
    n, p = map(S, P.mean.shape)
    if P == Q:
        quadratic: Expr = n * p
    else:
        traces = trace_of_quotient(Q.rows, P.rows) * trace_of_quotient(Q.columns, P.columns)
        quadratic = traces + _matrix_form(Q.rows, Q.columns, difference(Q.mean, P.mean))
    own = Term(-HALF, matrix_square(P), n * p, QUADRATIC)
    other = Term(HALF, matrix_square(Q), quadratic, QUADRATIC)
    if not is_cross:
        ratio = p * log_det_ratio(Q.rows, P.rows) / 2 + n * log_det_ratio(Q.columns, P.columns) / 2
        return ClosedForm((quadratic - n * p) / 2 + ratio, (constant(ratio), other, own))
    determinants = p * log_det(Q.rows) / 2 + n * log_det(Q.columns) / 2
    head = log_2_pi_e(n * p) / 2 if P == Q else n * p * log(2 * pi) / 2 + quadratic / 2
    return ClosedForm(head + determinants, (constant(n * p * log(2 * pi) / 2 + determinants), other))
