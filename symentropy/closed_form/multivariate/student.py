r"""Entropies of Student's t vectors and matrices.

Main statement: for d coordinates and nu degrees of freedom

.. math::
    H = \tfrac12 \log\det\Sigma + \tfrac d2 \log \pi\nu + \log\Gamma(\tfrac\nu2) - \log\Gamma(\tfrac{\nu + d}2)
        + \tfrac{\nu + d}2 \bigl(\psi(\tfrac{\nu + d}2) - \psi(\tfrac\nu2)\bigr)

Left out on purpose: divergences between them, whose mean of log(1 + x^2/nu_2) under another scale or dof has no elementary form.

Reference: C. Guerrero-Cusumano, A measure of total variability for the multivariate t distribution with applications to finance,
Information Sciences 92, 1996.
"""

from __future__ import annotations

from sympy import Determinant, Identity, Inverse, MatMul, MatrixSymbol, S, Trace, Transpose, log, pi

from symentropy.closed_form.data import ClosedForm, Term
from symentropy.closed_form.multivariate.exponential import log_multigamma, multidigamma
from symentropy.closed_form.multivariate.families import MatrixT, StudentT
from symentropy.closed_form.multivariate.matrices import log_det
from symentropy.closed_form.multivariate.normal import constant
from symentropy.closed_form.tidy import log_gamma, psi

VECTOR = "the derivative of the logarithm of the normaliser in the exponent; Guerrero-Cusumano (1996)"
MATRIX = "the derivative of the logarithm of the normaliser in the exponent; Gupta, Nagar (2000), chapter 4"


def student_entropy(P: StudentT) -> ClosedForm:
    """Return the entropy of a t vector."""
    v, d = P.dof, S(P.mean.shape[0])
    x = MatrixSymbol("x", d, 1)
    spread = log(1 + Trace(MatMul(Transpose(x - P.mean), Inverse(P.scale), x - P.mean)) / v)
    start = log_det(P.scale) / 2 + d * log(pi * v) / 2 + log_gamma(v / 2) - log_gamma((v + d) / 2)
    mean = psi((v + d) / 2) - psi(v / 2)
    return ClosedForm(start + (v + d) / 2 * mean, (constant(start), Term((v + d) / 2, spread, mean, VECTOR)))


def matrix_t_entropy(P: MatrixT) -> ClosedForm:
    """Return the entropy of a matrix t distribution."""
    n, p = map(S, P.mean.shape)
    power = (P.dof + n + p - 1) / 2
    x = MatrixSymbol("X", n, p)
    inner = MatMul(Inverse(P.rows), x - P.mean, Inverse(P.columns), Transpose(x - P.mean))
    start = (
        n * log_det(P.columns) / 2
        + p * log_det(P.rows) / 2
        + n * p * log(pi) / 2
        + log_multigamma(power - n / 2, p)
        - log_multigamma(power, p)
    )
    mean = multidigamma(power, p) - multidigamma(power - n / 2, p)
    return ClosedForm(start + power * mean, (constant(start), Term(power, log(Determinant(Identity(n) + inner)), mean, MATRIX)))
