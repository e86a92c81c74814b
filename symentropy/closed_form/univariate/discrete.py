"""Kernels on the integers, with the means of their statistics.

Main definition: `recognised`, which reads a kernel from the statistics of log p.

References
----------
N. L. Johnson, A. W. Kemp, S. Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sympy import Abs, Derivative, Expr, Pow, S, Symbol, exp, gamma, log, loggamma, oo, sinh, tanh, true, zeta
from sympy.logic.boolalg import Boolean

from symentropy.closed_form.tidy import log_gamma
from symentropy.closed_form.univariate.moments import DIVERGENT, Moment, is_greater
from symentropy.closed_form.univariate.parents import Parent, expanded_mean
from symentropy.closed_form.univariate.statistics import Combination, affine

DISCRETE = "Johnson, Kemp, Kotz, Univariate Discrete Distributions"


@dataclass(frozen=True)
class Counts(Parent):
    """A law on integers by its mean, variance and generating function E[exp(t k)], with the rest by table."""

    average: Expr
    variance: Expr
    source: str
    transform: Callable[[Expr], Moment] | None = None
    table: tuple[tuple[Expr, Moment], ...] = ()
    low: Expr = S.Zero
    log_mass: Expr = S.Zero
    #: When the sum of the kernel converges, where its logarithm does not show that.
    exists: Boolean = true

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of k, k**2, (k - c)**2, exp(t k) and what is in the table."""
        if statistic == y:
            return Moment(self.average)
        for known, moment in self.table:
            if known.xreplace({_K: y}) == statistic:
                return moment
        base, exponent = statistic.as_base_exp()
        line = affine(base, y) if isinstance(statistic, Pow) and exponent == 2 else None
        if line is not None:
            return Moment(line[0] ** 2 * self.variance + (line[0] * self.average + line[1]) ** 2)
        if isinstance(statistic, exp) and self.transform and (t := statistic.exp / y).has(y) is False:
            return self.transform(t)
        if isinstance(statistic, Abs) and statistic.args[0] == y and self.low.is_nonnegative:
            return Moment(self.average)
        return expanded_mean(self, statistic, y, self.low, oo) if statistic.is_polynomial(y) and not line and statistic != y else None


@dataclass(frozen=True)
class Point(Counts):
    """The law that is on one integer."""

    def mean(self, statistic: Expr, y: Symbol) -> Moment:
        """Return the value there."""
        return Moment(statistic.xreplace({y: self.low}))


#: The outcome in the tables below.
_K = Symbol("k", integer=True)


def gamma_argument(statistic: Expr) -> Expr | None:
    """Return y for loggamma(y), which SymPy writes as log(gamma(y)) for an integer y; None for other statistics."""
    inner = statistic.args[0] if isinstance(statistic, log) else statistic
    return inner.args[0] if isinstance(statistic, loggamma) or (isinstance(statistic, log) and isinstance(inner, gamma)) else None


def _terms(terms: Combination, k: Symbol, *allowed: Expr) -> list[Expr] | None:
    """Return the coefficients of the allowed statistics, None where there are others."""
    known = [statistic.xreplace({_K: k}) for statistic in allowed]
    if set(terms) - {S.One, *known}:
        return None
    return [terms.get(statistic, S.Zero) for statistic in known]


def _poisson(terms: Combination, k: Symbol, low: Expr, high: Expr) -> Counts | None:
    found = _terms(terms, k, _K, loggamma(_K + 1))
    if found is None or found[1] != -1 or (low, high) != (0, oo):
        return None
    rate = exp(found[0])
    return Counts(rate, rate, f"{DISCRETE}, chapter 4", lambda t: Moment(exp(rate * (exp(t) - 1))), log_mass=rate)


def _geometric(terms: Combination, k: Symbol, low: Expr, high: Expr) -> Counts | None:
    found = _terms(terms, k, _K)
    if found is None or high != oo or not low.is_finite or found[0] == 0:
        return None
    q = exp(found[0])
    p = (1 - q).expand()

    def transform(t: Expr) -> Moment:
        return Moment(exp(t * low) * p / (1 - q * exp(t)), is_greater(-found[0], t))

    average = (q / p + low).factor() if not low.free_symbols else q / p + low
    return Counts(average, q / p**2, f"{DISCRETE}, chapter 5", transform, low=low, log_mass=found[0] * low - log(p))


def _two_sided(terms: Combination, k: Symbol, low: Expr, high: Expr) -> Counts | None:
    found = _terms(terms, k, Abs(_K))
    if found is None or (low, high) != (-oo, oo) or found[0] == 0:
        return None
    a = -found[0]
    table = ((Abs(_K), Moment(1 / sinh(a))),)
    return Counts(S.Zero, 1 / (2 * sinh(a / 2) ** 2), f"{DISCRETE}, chapter 11", None, table, low=-oo, log_mass=-log(tanh(a / 2)))


def _zeta(terms: Combination, k: Symbol, low: Expr, high: Expr) -> Counts | None:
    found = _terms(terms, k, log(_K))
    if found is None or (low, high) != (1, oo) or found[0] == 0:
        return None
    s = -found[0]
    dummy = Symbol("s", positive=True)
    slope = Derivative(zeta(s), s) if s.is_Symbol else Derivative(zeta(dummy), dummy).subs(dummy, s)
    return _ZetaLaw(S.Zero, S.Zero, f"{DISCRETE}, chapter 11", None, ((log(_K), Moment(-slope / zeta(s))),), S.One, log(zeta(s)), s > 1, s)


@dataclass(frozen=True)
class _ZetaLaw(Counts):
    s: Expr = S.Zero

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        base, exponent = statistic.as_base_exp()
        if isinstance(statistic, exp) and (t := statistic.exp / y).has(y) is False and t.is_positive:
            return DIVERGENT
        if base == y and not exponent.has(y):
            finite = is_greater(self.s, exponent + 1)
            value = zeta(self.s - exponent) / zeta(self.s) if finite != False else oo  # noqa: E712
            return Moment(value, finite)
        return super().mean(statistic, y) if isinstance(statistic, log) else None


def _logarithmic(terms: Combination, k: Symbol, low: Expr, high: Expr) -> Counts | None:
    found = _terms(terms, k, _K, log(_K))
    if found is None or (low, high) != (1, oo) or found[0] == 0:
        return None
    q = exp(found[0])
    if found[1] == -1:
        front = -1 / log(1 - q)
        average = front * q / (1 - q)
        return Counts(average, front * q / (1 - q) ** 2 - average**2, f"{DISCRETE}, chapter 7", low=S.One, log_mass=log(-log(1 - q)))
    if found[1] == 1:
        a = (1 - q).expand()
        mass = log(q) - 2 * log(a)
        return Counts(2 / a - 1, 2 * q / a**2, f"{DISCRETE}, chapter 5 (negative binomial)", low=S.One, log_mass=mass)
    return None


def _negative_binomial(terms: Combination, k: Symbol, low: Expr, high: Expr) -> Counts | None:
    shifts = [s for s in terms if gamma_argument(s) is not None and s != loggamma(k + 1) and terms[s] == 1]
    if len(shifts) != 1 or terms.get(loggamma(k + 1)) != -1 or (low, high) != (0, oo) or set(terms) - {S.One, k, loggamma(k + 1), *shifts}:
        return None
    r = (gamma_argument(shifts[0]) - k).expand()
    rate = terms.get(k, S.Zero)
    if r.has(k) or rate == 0:
        return None
    q = exp(rate)
    p = (1 - q).expand()

    def transform(t: Expr) -> Moment:
        return Moment((p / (1 - q * exp(t))) ** r, is_greater(-rate, t))

    return Counts(r * q / p, r * q / p**2, f"{DISCRETE}, chapter 5", transform, log_mass=log_gamma(r) - r * log(p))


def _binomial(terms: Combination, k: Symbol, low: Expr, high: Expr) -> Counts | None:
    if low != 0 or not high.is_finite:
        return None
    choices = {loggamma(k + 1), loggamma((high - k + 1).expand())}
    if any(terms.get(choice) != -1 for choice in choices) or set(terms) - {S.One, k, *choices}:
        return None
    odds = exp(terms.get(k, S.Zero))
    p = (odds / (1 + odds)).factor()

    def transform(t: Expr) -> Moment:
        return Moment((1 - p + p * exp(t)) ** high)

    return Counts(high * p, high * p * (1 - p), f"{DISCRETE}, chapter 3", transform, log_mass=high * log(1 + odds) - log_gamma(high + 1))


def _uniform(terms: Combination, _: Symbol, low: Expr, high: Expr) -> Counts | None:
    if set(terms) - {S.One} or not (low.is_finite and high.is_finite):
        return None
    n = (high - low + 1).expand()
    return Counts((low + high) / 2, (n**2 - 1) / 12, f"{DISCRETE}, chapter 6", low=low, log_mass=log(n))


_KERNELS = (_poisson, _geometric, _two_sided, _zeta, _logarithmic, _negative_binomial, _binomial, _uniform)


def recognised(terms: Combination, k: Symbol, low: Expr, high: Expr) -> Counts | None:
    """Return the kernel whose logarithm is a combination of statistics on the integers from low to high; None for others."""
    if low == high:
        return Point(low, S.Zero, "the only outcome", low=low, log_mass=S.Zero) if not terms else None
    for kernel in _KERNELS:
        found = kernel(terms, k, low, high)
        if found is not None:
            return found
    return None
