"""Expectations under families of distributions: facts that proofs may use and do not prove.

Main definitions
----------------
* `PARAMETERS`, what the parameters of a family must satisfy.
* `expectation` of a combination of statistics; `log_term`, what a noun is the expectation of; `law_over`, for an integral that is one.

A closed form is then linear algebra: the logarithm of a density is a combination of statistics of the outcome.

The facts themselves, with their sources, are in `symentropy.closed_form`: means of statistics under a few parent kernels.

Left out on purpose: densities stated in cases, and finding the combination (see `symentropy.proof.tactics`).

References: N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions, 2nd ed., Wiley 1994-95;
N. L. Johnson, A. W. Kemp, S. Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sympy import Add, And, Basic, Expr, Gt, Integral, S, Sum, Symbol, Tuple, false, true
from sympy.logic.boolalg import Boolean

from symentropy.closed_form.univariate.facts import facts_about
from symentropy.definitions import Aligned, paired
from symentropy.distribution import resolve
from symentropy.errors import SymentropyError
from symentropy.law import Law
from symentropy.proof.claim import Step
from symentropy.proof.writing.reasons import ASSUMPTIONS
from symentropy.quantity import Mean


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
    **dict.fromkeys(("CauchyDistribution", "LogisticDistribution", "LogitNormalDistribution"), lambda _, scale: [scale > 0]),
    **dict.fromkeys(("MoyalDistribution", "LevyDistribution", "LogCauchyDistribution"), lambda _, scale: [scale > 0]),
    "GumbelDistribution": lambda scale, *_: [scale > 0],
    "FrechetDistribution": lambda a, s, _: [a > 0, s > 0],
    "ExponentialPowerDistribution": lambda _, alpha, beta: [alpha > 0, beta > 0],
    **dict.fromkeys(("ExponentialDistribution", "RayleighDistribution", "PoissonDistribution"), _all_positive),
    **dict.fromkeys(("GammaDistribution", "BetaDistribution", "ParetoDistribution", "WeibullDistribution"), _all_positive),
    **dict.fromkeys(("GammaInverseDistribution", "MaxwellDistribution", "StudentTDistribution"), _all_positive),
    **dict.fromkeys(("ChiDistribution", "ChiSquaredDistribution", "FDistributionDistribution", "KumaraswamyDistribution"), _all_positive),
    **dict.fromkeys(("LogLogisticDistribution", "LomaxDistribution", "BetaPrimeDistribution", "YuleSimonDistribution"), _all_positive),
    **dict.fromkeys(("GaussianInverseDistribution", "GompertzDistribution", "DagumDistribution", "FisherZDistribution"), _all_positive),
    "WignerSemicircleDistribution": _all_positive,
    "NakagamiDistribution": lambda mu, omega: [mu >= S.Half, omega > 0],
    **dict.fromkeys(("UniformDistribution", "ArcsinDistribution", "QuadraticUDistribution"), lambda low, high: [low < high]),
    "PowerFunctionDistribution": lambda alpha, low, high: [alpha > 0, low < high],
    "BoundedParetoDistribution": lambda alpha, low, high: [alpha > 0, low > 0, low < high],
    "ReciprocalDistribution": lambda low, high: [low > 0, low < high],
    "GeometricDistribution": lambda p: [p > 0, p <= 1],
    **dict.fromkeys(("LogarithmicDistribution", "FlorySchulzDistribution"), _open_probability),
    "NegativeBinomialDistribution": lambda r, p: [r > 0, p > 0, p < 1],
    "ZetaDistribution": lambda s: [s > 1],
    "BernoulliDistribution": _probability,
    "BinomialDistribution": lambda n, p, *_: [n >= 0, p >= 0, p <= 1] if n.is_integer else None,
    **dict.fromkeys(("DieDistribution", "DiscreteUniformDistribution"), lambda *sides: None if any(s.free_symbols for s in sides) else []),
}


class LogTerm(NamedTuple):
    """The expectation of ``expression`` in the outcome ``variable``, which the conditions confine to the support.

    It is one where ``support`` holds: then the support of P lies inside that of Q.
    """

    expression: Expr
    variable: Symbol
    conditions: tuple[Boolean, ...]
    density: Expr
    support: tuple[Boolean, ...] = ()


def log_term(noun: Mean) -> LogTerm | None:
    """Return what a noun of families is the expectation of; None where P does not lie inside the support of Q.

    >>> from sympy.stats import Exponential
    >>> from symentropy import Entropy
    >>> log_term(Entropy(Exponential("X", 2))).expression
    -log(2*exp(-2*x))
    """
    pair = paired(noun.args[0], noun.args[-1])
    if not isinstance(pair, Aligned) or pair.condition == false or pair.first.may_vanish or pair.second.may_vanish:
        return None
    law = pair.first.presented(pair.second.density, *(argument for argument in noun.args if isinstance(argument, Expr)))
    if len(law.limits) != 1:
        return None
    x, low, high = law.limits[0]
    p, q = law.density, pair.second.renamed(law.variables).density
    conditions = tuple(fact for fact, is_needed in ((low <= x, low.is_finite), (x <= high, high.is_finite)) if is_needed and fact != true)
    if not law.is_discrete:  # single points do not matter
        conditions = tuple(fact for fact, is_needed in ((low < x, low.is_finite), (x < high, high.is_finite)) if is_needed and fact != true)
    support = () if pair.condition == true else And.make_args(pair.condition)
    return LogTerm(noun.term(S.One, q) if noun.is_cross else noun.term(p, q) / p, x, conditions, p, support)


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


class Expected(NamedTuple):
    """A combination of statistics with its expectation, and what must hold for the facts that were used."""

    combination: Expr
    value: Expr
    log_density: Expr
    conditions: tuple[Boolean, ...]


def expectation(distribution: Basic, x: Symbol, pairs: Sequence[Basic]) -> Expected | None:
    """Return what (coefficient, statistic) pairs add up to, and its expectation; None where a fact is missing."""
    facts = facts_about(distribution, x)
    if facts is None or not all(isinstance(pair, Tuple) and len(pair) == 2 and not pair[0].has(x) for pair in pairs):
        return None
    found = [(c, statistic, facts.mean(statistic)) for c, statistic in pairs]
    if any(known is None for _, _, known in found):
        return None
    moments = [(c, statistic, known[0]) for c, statistic, known in found if known is not None]
    conditions = [*facts.conditions, *(part for _, _, moment in moments for part in And.make_args(moment.finite) if part != true)]
    return Expected(
        Add(*(c * statistic for c, statistic, _ in moments)),
        Add(*(c * moment.value for c, _, moment in moments)),
        facts.log_density,
        tuple(conditions),
    )


def law_over(distribution: Basic, total: Integral | Sum) -> Law | None:
    """Return the law of a distribution in the variable of an integral or sum, if that is the kind it is of and over its whole support.

    >>> from sympy import oo
    >>> from sympy.stats.crv_types import ExponentialDistribution
    >>> x = Symbol("x")
    >>> law_over(ExponentialDistribution(2), Integral(x, (x, 0, oo))).density
    2*exp(-2*x)
    >>> law_over(ExponentialDistribution(2), Integral(x, (x, 1, oo))) is None
    True
    """
    law = resolve(distribution)
    if not isinstance(law, Law) or len(law.limits) != 1 or law.may_vanish or len(total.limits) != 1 or len(total.limits[0]) != 3:
        return None
    x, low, high = total.limits[0]
    own = law.renamed((x,))
    return own if law.is_discrete == isinstance(total, Sum) and own.limits[0][1:] == (low, high) else None


def source(step: Step) -> str:
    """Return what a closed form takes for granted.

    >>> from sympy import log
    >>> from sympy.stats import Exponential
    >>> from symentropy import Claim, Entropy
    >>> x = Symbol("x", positive=True)
    >>> source(Step("expectation", Claim(Entropy(Exponential("X", 2)), "=", 1 - log(2)), arguments=(Tuple(-log(2), 1), Tuple(2, x))))
    'E[x] = 1/2 under ExponentialDistribution(2) (Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions, chapter 17)'
    """
    statistics = [pair.args[1] for pair in step.arguments]
    try:
        term = log_term(step.claim.lhs)
    except SymentropyError as error:
        raise ValueError("the step is malformed") from error
    return "its density integrates to 1" if term is None else _stated(step.claim.lhs.args[0], term.variable, statistics)


def source_of_integral(step: Step) -> str:
    """Return what the value of an integral takes for granted."""
    distribution, *pairs = step.arguments
    return _stated(distribution, step.claim.lhs.limits[0][0], [pair.args[1] for pair in pairs])


def _stated(distribution: Basic, x: Symbol, statistics: Sequence[Expr]) -> str:
    facts = facts_about(distribution, x)
    known = {} if facts is None else {statistic: facts.mean(statistic) for statistic in statistics if statistic != 1}
    stated = ", ".join(f"E[{statistic}] = {found[0].value}" for statistic, found in known.items() if found) or "its density integrates to 1"
    sources = "; ".join(dict.fromkeys(found[1] for found in known.values() if found))
    return f"{stated} under {distribution}" + (f" ({sources})" if sources else "")


ASSUMPTIONS["expectation"] = source
ASSUMPTIONS["integral"] = source_of_integral
