"""Expectations under families of distributions: facts that proofs may use and do not prove.

Main definitions
----------------
* `MOMENTS`, the table: SymPy's class of a family -> its statistics with their expectations, and where they are proved.
* `PARAMETERS`, what the parameters of a family must satisfy.
* `expectation` of a combination of statistics, and `log_term`, what a noun is the expectation of.

A closed form is then linear algebra: the logarithm of a density is a combination of statistics of the outcome.

Left out on purpose: families without an entry, and finding the combination (see `symentropy.proof.tactics`).

References: N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions, 2nd ed., Wiley 1994-95;
N. L. Johnson, A. W. Kemp, S. Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sympy import Add, Basic, Expr, Gt, S, Symbol, digamma, log, true
from sympy.logic.boolalg import Boolean

from symentropy.definitions import Aligned, paired
from symentropy.proof.claim import Claim
from symentropy.proof.writing.reasons import ASSUMPTIONS
from symentropy.quantity import Mean

CONTINUOUS = "Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions"
DISCRETE = "Johnson, Kemp, Kotz, Univariate Discrete Distributions"

#: The statistics of an outcome x and their expectations, for the parameters of a family.
Moments = Callable[..., Mapping[Expr, Expr]]

MOMENTS: dict[str, tuple[Moments, str]] = {
    "NormalDistribution": (lambda x, mu, sigma: {x: mu, x**2: mu**2 + sigma**2}, f"{CONTINUOUS}, chapter 13"),
    "ExponentialDistribution": (lambda x, rate: {x: 1 / rate}, f"{CONTINUOUS}, chapter 19"),
    "LaplaceDistribution": (lambda x, mu, b: {abs(mu - x): b}, f"{CONTINUOUS}, chapter 24"),
    "GammaDistribution": (lambda x, k, theta: {x: k * theta, log(x): digamma(k) + log(theta)}, f"{CONTINUOUS}, chapter 17"),
    "BetaDistribution": (
        lambda x, a, b: {log(x): digamma(a) - digamma(a + b), log(1 - x): digamma(b) - digamma(a + b)},
        f"{CONTINUOUS}, chapter 25",
    ),
    "LogNormalDistribution": (lambda x, mu, sigma: {log(x): mu, log(x) ** 2: mu**2 + sigma**2}, f"{CONTINUOUS}, chapter 14"),
    "ParetoDistribution": (lambda x, xm, alpha: {log(x): log(xm) + 1 / alpha}, f"{CONTINUOUS}, chapter 20"),
    "UniformDistribution": (lambda *_: {}, f"{CONTINUOUS}, chapter 26"),
    "GeometricDistribution": (lambda x, p: {x: 1 / p}, f"{DISCRETE}, chapter 5"),
    "PoissonDistribution": (lambda x, rate: {x: rate}, f"{DISCRETE}, chapter 4"),
}


def _all_positive(*parameters: Expr) -> list[Boolean]:
    return [Gt(parameter, 0) for parameter in parameters]


def _probability(p: Expr, *_: Basic) -> list[Boolean]:
    return [p >= 0, p <= 1]


def _open_probability(p: Expr) -> list[Boolean]:
    return [p > 0, p < 1]


#: SymPy's class of a family -> what its parameters must satisfy, besides being real numbers, for it to be a distribution; None where
#: that is not known.
PARAMETERS: dict[str, Callable[..., Sequence[Boolean] | None]] = {
    **dict.fromkeys(("NormalDistribution", "LaplaceDistribution", "LogNormalDistribution"), lambda _, scale: [scale > 0]),
    **dict.fromkeys(("CauchyDistribution", "LogisticDistribution"), lambda _, scale: [scale > 0]),
    **dict.fromkeys(("ExponentialDistribution", "RayleighDistribution", "PoissonDistribution"), _all_positive),
    **dict.fromkeys(("GammaDistribution", "BetaDistribution", "ParetoDistribution", "WeibullDistribution"), _all_positive),
    **dict.fromkeys(("GammaInverseDistribution", "MaxwellDistribution", "StudentTDistribution"), _all_positive),
    **dict.fromkeys(("ChiDistribution", "ChiSquaredDistribution", "FDistributionDistribution", "KumaraswamyDistribution"), _all_positive),
    **dict.fromkeys(("LogLogisticDistribution", "LomaxDistribution", "BetaPrimeDistribution", "YuleSimonDistribution"), _all_positive),
    **dict.fromkeys(("UniformDistribution", "ArcsinDistribution"), lambda low, high: [low < high]),
    "GeometricDistribution": lambda p: [p > 0, p <= 1],
    "LogarithmicDistribution": _open_probability,
    "ZetaDistribution": lambda s: [s > 1],
    "BernoulliDistribution": _probability,
    "BinomialDistribution": lambda n, p, *_: [n >= 0, p >= 0, p <= 1] if n.is_integer else None,
    **dict.fromkeys(("DieDistribution", "DiscreteUniformDistribution"), lambda *sides: None if any(s.free_symbols for s in sides) else []),
}


class LogTerm(NamedTuple):
    """The expectation of ``expression`` in the outcome ``variable``, which the conditions confine to the support."""

    expression: Expr
    variable: Symbol
    conditions: tuple[Boolean, ...]


def log_term(noun: Mean) -> LogTerm | None:
    """Return what a noun of families is the expectation of; None where P is not seen to lie inside the support of Q.

    >>> from sympy.stats import Exponential
    >>> from symentropy import Entropy
    >>> log_term(Entropy(Exponential("X", 2))).expression
    -log(2*exp(-2*x))
    """
    pair = paired(noun.args[0], noun.args[-1])
    if not isinstance(pair, Aligned) or pair.condition != true or pair.first.may_vanish or pair.second.may_vanish:
        return None
    law = pair.first.presented(pair.second.density, *(argument for argument in noun.args if isinstance(argument, Expr)))
    if len(law.limits) != 1:
        return None
    x, low, high = law.limits[0]
    p, q = law.density, pair.second.renamed(law.variables).density
    conditions = tuple(fact for fact, is_needed in ((low <= x, low.is_finite), (x <= high, high.is_finite)) if is_needed and fact != true)
    if not law.is_discrete:  # single points do not matter
        conditions = tuple(fact for fact, is_needed in ((low < x, low.is_finite), (x < high, high.is_finite)) if is_needed and fact != true)
    return LogTerm(noun.term(S.One, q) if noun.is_cross else noun.term(p, q) / p, x, conditions)


def moments(distribution: Basic, x: Symbol) -> Mapping[Expr, Expr] | None:
    """Return the statistics of a family with their expectations, 1 among them; None for a family without an entry."""
    row = MOMENTS.get(type(distribution).__name__)
    return None if row is None else {S.One: S.One, **row[0](x, *distribution.args)}


def parameter_conditions(distribution: Basic) -> tuple[Boolean, ...] | None:
    """Return what must hold for the parameters of a family; None for one that is not in the table, such as a density of one's own.

    >>> from sympy.abc import mu, sigma
    >>> from sympy.stats.crv_types import NormalDistribution, TriangularDistribution
    >>> parameter_conditions(NormalDistribution(mu, sigma)), parameter_conditions(TriangularDistribution(0, 1, sigma))
    ((sigma > 0,), None)
    """
    row = PARAMETERS.get(type(distribution).__name__)
    conditions = None if row is None else row(*distribution.args)
    return None if conditions is None else tuple(conditions)


def expectation(noun: Mean, x: Symbol, coefficients: Sequence[Expr]) -> tuple[Expr, Expr] | None:
    """Return a combination of the statistics of P, and its expectation."""
    known = moments(noun.args[0], x)
    if known is None or len(coefficients) != len(known) or any(c.has(x) for c in coefficients):
        return None
    pairs = list(zip(coefficients, known.items(), strict=True))
    return Add(*(c * statistic for c, (statistic, _) in pairs)), Add(*(c * value for c, (_, value) in pairs))


def source(claim: Claim) -> str:
    """Return what a closed form takes for granted.

    >>> from sympy import log
    >>> from sympy.stats import Exponential
    >>> from symentropy import Entropy
    >>> source(Claim(Entropy(Exponential("X", 2)), "=", 1 - log(2)))
    'E[x] = 1/2 under ExponentialDistribution(2) (Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions, chapter 19)'
    """
    distribution = claim.lhs.args[0]
    x = Symbol("x", positive=True)
    known = moments(distribution, x) or {}
    facts = ", ".join(f"E[{statistic}] = {value}" for statistic, value in known.items() if statistic != 1) or "its density integrates to 1"
    return f"{facts} under {distribution} ({MOMENTS[type(distribution).__name__][1]})"


ASSUMPTIONS["expectation"] = lambda step: source(step.claim)
