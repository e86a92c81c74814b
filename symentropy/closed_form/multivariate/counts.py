r"""Vectors of counts: multinomial, negative multinomial and Ewens distributions.

Main statements
---------------
.. math::
    D = n \sum_i p_i \log \frac{p_i}{q_i}, \qquad
    D = k \Bigl(\log\frac{p_0}{q_0} + \sum_i \frac{p_i}{p_0} \log \frac{p_i}{q_i}\Bigr), \qquad
    D = \log\frac{(\theta_2)_n}{(\theta_1)_n} + \theta_1 \bigl(\psi(\theta_1 + n) - \psi(\theta_1)\bigr) \log\frac{\theta_1}{\theta_2}

for n trials, for k failures of probability p_0, and for permutations of n elements, with rising factorials.

Left out on purpose: entropies and cross-entropies, whose means of log k! have no closed form; different numbers of failures.

Reference: N. L. Johnson, S. Kotz, N. Balakrishnan, Discrete Multivariate Distributions, Wiley 1997, chapters 35, 36 and 41.
"""

from __future__ import annotations

from sympy import Add, Eq, Expr, Piecewise, Symbol, log, oo, true
from sympy.logic.boolalg import Boolean

from symentropy.closed_form.data import ClosedForm, Term
from symentropy.closed_form.multivariate.families import Ewens, Multinomial, NegativeMultinomial
from symentropy.closed_form.multivariate.matrices import positive_log
from symentropy.closed_form.multivariate.normal import constant
from symentropy.closed_form.tidy import log_gamma, psi
from symentropy.definitions import divergence_term

MEAN = "the mean of a count"


def _counts(P: tuple[Expr, ...], Q: tuple[Expr, ...], per_chance: Expr) -> tuple[Term, ...]:
    pairs = enumerate(zip(P, Q, strict=True), 1)
    return tuple(Term(log(p / q), Symbol(f"k_{i}"), per_chance * p, MEAN) for i, (p, q) in pairs if p != 0 and q != 0 and p != q)


def multinomial(P: Multinomial, Q: Multinomial, *, is_cross: bool) -> ClosedForm | None:
    """Return the divergence of multinomial distributions; for different numbers of trials, oo."""
    if len(P.chances) != len(Q.chances):
        return None
    same_trials = Eq(P.trials, Q.trials)
    if same_trials == False:  # noqa: E712 (a SymPy truth value)
        return ClosedForm(oo, finite=same_trials)
    if is_cross:
        return None
    summands = [divergence_term(p, q) for p, q in zip(P.chances, Q.chances, strict=True)]
    if oo in summands:
        return ClosedForm(oo)
    value = P.trials * Add(*summands)
    return _where(same_trials, value, _counts(P.chances, Q.chances, P.trials))


def negative_multinomial(P: NegativeMultinomial, Q: NegativeMultinomial, *, is_cross: bool) -> ClosedForm | None:
    """Return the divergence of negative multinomial distributions with as many failures."""
    if is_cross or len(P.chances) != len(Q.chances) or P.failures != Q.failures:
        return None
    p0, q0 = 1 - Add(*P.chances), 1 - Add(*Q.chances)
    summands = [divergence_term(p, q) for p, q in zip(P.chances, Q.chances, strict=True)]
    if oo in summands:
        return ClosedForm(oo)
    k = P.failures
    value = k * positive_log(p0 / q0) + k * Add(*summands) / p0
    return ClosedForm(value, (constant(k * log(p0 / q0)), *_counts(P.chances, Q.chances, k / p0)))


def ewens(P: Ewens, Q: Ewens, *, is_cross: bool) -> ClosedForm | None:
    """Return the divergence of Ewens distributions of the same size."""
    if is_cross or P.size != Q.size:
        return None
    n, a, b = P.size, P.theta, Q.theta
    if n.is_Integer:
        start = Add(*(positive_log((b + j) / (a + j)) for j in range(int(n))))
        cycles = Add(*(a / (a + j) for j in range(int(n))))
    else:
        start = log_gamma(b + n) - log_gamma(b) - log_gamma(a + n) + log_gamma(a)
        cycles = a * (psi(a + n) - psi(a))
    term = Term(log(a / b), Symbol("K"), cycles, "the mean number of cycles; Johnson, Kotz, Balakrishnan (1997), chapter 41")
    return ClosedForm(start + cycles * positive_log(a / b), (constant(start), term))


def _where(condition: Boolean, value: Expr, terms: tuple[Term, ...]) -> ClosedForm:
    if condition == true:
        return ClosedForm(value, terms)
    return ClosedForm(Piecewise((value, condition), (oo, True)), terms, finite=condition)
