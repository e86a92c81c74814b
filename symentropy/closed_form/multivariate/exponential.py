r"""Dirichlet, normal-gamma and matrix gamma (Wishart) distributions: exponential families with digamma means.

Main statements
---------------
.. math::
    E \log x_i = \psi(\alpha_i) - \psi(\alpha_0), \qquad
    E \log\det X = \sum_{i=1}^{p} \psi\bigl(a - \tfrac{i-1}{2}\bigr) + \log\det S, \qquad E X = a S

for a Dirichlet distribution with sum of concentrations alpha_0 and a matrix gamma one of shape a and scale matrix S, of which the Wishart
distribution with n degrees of freedom and scale matrix V is the case a = n/2, S = 2 V.

References: C. M. Bishop, Pattern Recognition and Machine Learning, Springer 2006, appendix B; J. Soch et al., The Book of Statistical
Proofs, "Kullback-Leibler divergence for the normal-gamma distribution".
"""

from __future__ import annotations

from collections.abc import Callable

from sympy import Add, Determinant, Dummy, Expr, Inverse, MatMul, MatrixSymbol, Rational, S, Sum, Symbol, Trace, log, pi

from symentropy.closed_form.data import ClosedForm, Term
from symentropy.closed_form.multivariate.families import Dirichlet, MatrixGamma, NormalGamma
from symentropy.closed_form.multivariate.matrices import log_det, log_det_ratio, positive_log, trace_of_quotient
from symentropy.closed_form.multivariate.normal import constant
from symentropy.closed_form.tidy import log_gamma, psi, tidy

HALF = Rational(1, 2)
DIRICHLET = "the derivative of log B(alpha); Bishop (2006), appendix B"
LOG_DET = "the derivative of the logarithm of the normaliser; Bishop (2006), appendix B"
MEAN = "the mean of a gamma matrix; Bishop (2006), appendix B"


# Dirichlet


def _log_beta(P: Dirichlet) -> Expr:
    return Add(*map(log_gamma, P.alpha)) - log_gamma(P.total)


def dirichlet(P: Dirichlet, Q: Dirichlet, *, is_cross: bool) -> ClosedForm:
    """Return the cross-entropy or divergence of Dirichlet distributions; Q is P for the entropy."""
    coefficients = [1 - b for b in Q.alpha] if is_cross else [a - b for a, b in zip(P.alpha, Q.alpha, strict=True)]
    start = _log_beta(Q) if is_cross else _log_beta(Q) - _log_beta(P)
    terms = [
        Term(c, log(Symbol(f"x_{i}")), psi(a) - psi(P.total), DIRICHLET)
        for i, (c, a) in enumerate(zip(coefficients, P.alpha, strict=True), 1)
        if c != 0
    ]
    means = Add(*(c * psi(a) for c, a in zip(coefficients, P.alpha, strict=True)))
    balance = Q.total - len(Q.alpha) if is_cross else Q.total - P.total
    return ClosedForm(start + means + balance * psi(P.total), (constant(start), *terms))


# Matrix gamma and Wishart


def _over_rows(function: Callable[[Expr], Expr], a: Expr, p: Expr) -> Expr:
    """Return the sum of f(a - (i - 1)/2) over i = 1, ..., p."""
    if p.is_Integer:
        return Add(*(function(a - Rational(i, 2)) for i in range(int(p))))
    i = Symbol("i", integer=True, positive=True)
    i = Dummy("i", integer=True, positive=True) if i in (a + p).free_symbols else i
    return Sum(function(a - (i - 1) / 2), (i, 1, p))


def _short(value: Expr) -> Expr:
    """Return a number in the shape of an answer, another expression as it is."""
    return tidy(value) if value.is_number else value


def log_multigamma(a: Expr, p: Expr) -> Expr:
    """Return the logarithm of the multivariate gamma function.

    >>> from sympy.abc import a
    >>> log_multigamma(a, S(2))
    loggamma(a) + loggamma(a - 1/2) + log(pi)/2
    """
    return _short(p * (p - 1) / 4 * log(pi) + _over_rows(log_gamma, a, p))


def multidigamma(a: Expr, p: Expr) -> Expr:
    """Return the derivative of `log_multigamma`.

    >>> from sympy.abc import a
    >>> multidigamma(a, S(2))
    polygamma(0, a) + polygamma(0, a - 1/2)
    """
    return _over_rows(psi, a, p)


def matrix_gamma(P: MatrixGamma, Q: MatrixGamma, *, is_cross: bool) -> ClosedForm:
    """Return the cross-entropy or divergence of matrix gamma or Wishart distributions; Q is P for the entropy."""
    p, a, b = P.size, P.shape, Q.shape
    X = MatrixSymbol("X", p, p)
    trace = P.factor / Q.factor * trace_of_quotient(Q.scale, P.scale)
    digammas = multidigamma(a, p)
    log_scale = log_det(P.scale) + p * positive_log(P.factor)

    def log_det_term(coefficient: Expr) -> Term:
        return Term(coefficient, log(Determinant(X)), digammas + log_scale, LOG_DET)

    trace_term = Term(1 / Q.factor, Trace(MatMul(Inverse(Q.scale), X)), Q.factor * a * trace, MEAN)
    if not is_cross:
        ratio = log_det_ratio(Q.scale, P.scale) + (p * positive_log(Q.factor / P.factor) if P.factor != Q.factor else 0)
        gammas = S.Zero if a == b else _short(log_multigamma(b, p) - log_multigamma(a, p))
        value = b * ratio + gammas + (a - b) * digammas + a * (trace - p)
        start = gammas + b * (log_det(Q.scale) + p * positive_log(Q.factor)) - a * log_scale
        own = Term(-1 / P.factor, Trace(MatMul(Inverse(P.scale), X)), P.factor * a * p, MEAN)
        return ClosedForm(value, (constant(start), log_det_term(a - b), trace_term, own))
    power = b - (p + 1) / 2
    other_scale = log_det(Q.scale) + p * positive_log(Q.factor)
    start = b * other_scale + log_multigamma(b, p)
    if P == Q:
        value = (p + 1) / 2 * log_scale + log_multigamma(a, p) - power * digammas + a * p
    else:
        value = start - power * (digammas + log_scale) + a * trace
    return ClosedForm(value, (constant(start), log_det_term(-power), trace_term))


# Normal-gamma


def normal_gamma(P: NormalGamma, Q: NormalGamma, *, is_cross: bool) -> ClosedForm:
    """Return the cross-entropy or divergence of normal-gamma distributions; Q is P for the entropy."""
    x, t = Symbol("x"), Symbol("t")
    a, b = P.alpha, P.beta
    log_mean = psi(a) - log(b)
    quadratic = 1 / P.lamda + (a / b * (P.mu - Q.mu) ** 2)
    gamma_mean = "the mean of a gamma distribution, and the derivative of the logarithm of its normaliser"
    nested = "E t (x - m)^2 = E t (mu - m)^2 + 1/lamda, given t"

    def parts(R: NormalGamma) -> tuple[Expr, tuple[Term, ...]]:
        """-log density of R: a constant, and its statistics with their means under P."""
        start = log_gamma(R.alpha) - R.alpha * log(R.beta) + log(2 * pi) / 2 - log(R.lamda) / 2
        expected = 1 / P.lamda + (a / b * (P.mu - R.mu) ** 2)
        return start, (
            Term(HALF - R.alpha, log(t), log_mean, gamma_mean),
            Term(R.beta, t, a / b, gamma_mean),
            Term(R.lamda / 2, t * (x - R.mu) ** 2, expected, nested),
        )

    start, terms = parts(Q)
    if is_cross and P == Q:
        value = a + log_gamma(a) + (HALF - a) * psi(a) - log(b) / 2 + (log(2 * pi * S.Exp1) - log(P.lamda)) / 2
        return ClosedForm(value, (constant(start), *terms))
    if is_cross:
        value = start + (HALF - Q.alpha) * log_mean + Q.beta * a / b + Q.lamda * quadratic / 2
        return ClosedForm(value, (constant(start), *terms))
    own_start, own_terms = parts(P)
    turned = tuple(Term(-term.coefficient, term.statistic, term.expectation, term.source) for term in own_terms)
    gammas = S.Zero if a == Q.alpha else log_gamma(Q.alpha) - log_gamma(a)
    rates = S.Zero if b == Q.beta else Q.alpha * positive_log(b / Q.beta)
    precisions = S.Zero if P.lamda == Q.lamda else positive_log(P.lamda / Q.lamda)
    value = Add(
        (Q.lamda * quadratic - 1 + precisions) / 2,
        rates + gammas + (a - Q.alpha) * psi(a) + (Q.beta - b) * a / b,
    )
    return ClosedForm(value, (constant(start - own_start), *terms, *turned))
