"""Expectations under families of distributions: facts that proofs may use and do not prove.

Main definitions
----------------
* `PARAMETERS`, what the parameters of a family must satisfy.
* `Outcome` of a distribution, and `log_term`, what a noun is the expectation of; `law_over`, for an integral that is an expectation.
* `mean_fact`, a known mean with its source.

A closed form is then linear algebra: the logarithm of a density is a combination of statistics of the outcome.

The facts themselves, with their sources, are in `symentropy.closed_form`: means of statistics under a few parent kernels.

Left out on purpose: densities stated in cases, and finding the combination (see `symentropy.proof.tactics`).

References: N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions, 2nd ed., Wiley 1994-95;
N. L. Johnson, A. W. Kemp, S. Kotz, Univariate Discrete Distributions, 3rd ed., Wiley 2005.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sympy import Add, Basic, Determinant, Eq, Expr, Gt, Integral, MatrixExpr, MatrixSymbol, S, Sum, Symbol, false, true
from sympy.logic.boolalg import Boolean

from symentropy.closed_form.univariate.facts import Source, facts_about
from symentropy.conditions import conjuncts
from symentropy.definiteness import determinant, is_explicit
from symentropy.definitions import Aligned, log_ratio, paired
from symentropy.distribution import is_handmade, resolve
from symentropy.law import Law
from symentropy.logarithms import natural_log
from symentropy.proof.claim import Step
from symentropy.proof.writing.reasons import FACTS, Fact, mean_stated
from symentropy.proof.writing.style import Style, listed
from symentropy.quantity import Mean


def _all_positive(*parameters: Expr) -> list[Boolean]:
    return [Gt(parameter, 0) for parameter in parameters]


def _probability(p: Expr, *_: Basic) -> list[Boolean]:
    return [p >= 0, p <= 1]


def _open_probability(p: Expr) -> list[Boolean]:
    return [p > 0, p < 1]


def _definite(*matrices: Any) -> list[Boolean]:
    """Return that the leading minors are positive; of a matrix symbol, which stands for a positive definite matrix, the determinant."""
    return [Gt(minor, 0) for matrix in matrices for minor in _leading_minors(matrix)]


def _leading_minors(matrix: Any) -> list[Expr]:
    if not is_explicit(matrix):
        return [Determinant(matrix)]
    return [determinant(matrix[:size, :size]) for size in range(1, matrix.rows + 1)]


def _counts(total: Expr, chances: Sequence[Expr], *, may_reach: bool) -> list[Boolean]:
    """Return that something is positive, no chance is negative, and they add up to 1, or to less."""
    balance = (1 - Add(*chances)).expand()
    return [total > 0, *(p >= 0 for p in chances), Eq(balance, 0) if may_reach else balance > 0]


#: SymPy's class of a family -> what its parameters must satisfy, besides being real numbers, for it to be a distribution; None where
#: that is not known.
PARAMETERS: dict[str, Callable[..., Sequence[Boolean] | None]] = {
    **dict.fromkeys(("NormalDistribution", "LaplaceDistribution", "LogNormalDistribution"), lambda _, scale: [scale > 0]),
    **dict.fromkeys(("CauchyDistribution", "LogisticDistribution", "LogitNormalDistribution"), lambda _, scale: [scale > 0]),
    **dict.fromkeys(("MoyalDistribution", "LevyDistribution", "LogCauchyDistribution"), lambda _, scale: [scale > 0]),
    **dict.fromkeys(("VonMisesDistribution", "RaisedCosineDistribution"), lambda _, scale: [scale > 0]),
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
    "TriangularDistribution": lambda low, high, mode: [low < high, low <= mode, mode <= high],
    "TrapezoidalDistribution": lambda low, rise, fall, high: [low < rise, rise < fall, fall < high],
    "GeometricDistribution": lambda p: [p > 0, p <= 1],
    **dict.fromkeys(("LogarithmicDistribution", "FlorySchulzDistribution"), _open_probability),
    "NegativeBinomialDistribution": lambda r, p: [r > 0, p > 0, p < 1],
    "ZetaDistribution": lambda s: [s > 1],
    "BernoulliDistribution": _probability,
    "BinomialDistribution": lambda n, p, *_: [n >= 0, p >= 0, p <= 1] if n.is_integer else None,
    "DieDistribution": lambda sides: [sides > 0] if sides.is_integer else None,
    "DiscreteUniformDistribution": lambda *outcomes: None if any(s.free_symbols for s in outcomes) else [],
    **dict.fromkeys(("MultivariateNormalDistribution", "MultivariateLaplaceDistribution"), lambda _, scale: _definite(scale)),
    "MultivariateTDistribution": lambda _, scale, dof: [dof > 0, *_definite(scale)],
    "MatrixNormalDistribution": lambda _, rows, columns: _definite(rows, columns),
    "MatrixStudentTDistribution": lambda dof, _, columns, rows: [dof > 0, *_definite(rows, columns)],
    "WishartDistribution": lambda dof, scale: [dof > S(scale.shape[0]) - 1, *_definite(scale)],
    "MatrixGammaDistribution": lambda shape, factor, scale: [shape > (S(scale.shape[0]) - 1) / 2, factor > 0, *_definite(scale)],
    "MultivariateBetaDistribution": lambda alpha: _all_positive(*alpha),
    "NormalGammaDistribution": lambda _, *parameters: _all_positive(*parameters),
    "MultinomialDistribution": lambda n, chances: _counts(n, chances, may_reach=True) if n.is_integer else None,
    "NegativeMultinomialDistribution": lambda k, chances: _counts(k, chances, may_reach=False),
    "MultivariateEwensDistribution": lambda n, theta: _all_positive(n, theta) if n.is_integer else None,
}


class Outcome(NamedTuple):
    """The outcome of a distribution, what confines it to the support, up to single points, its density, and the ends of the support."""

    variable: Symbol
    conditions: tuple[Boolean, ...]
    density: Expr
    low: Expr
    high: Expr


class LogTerm(NamedTuple):
    """What a noun is the expectation of where ``support`` holds: then the support of P lies inside that of Q."""

    expression: Expr
    outcome: Outcome
    support: tuple[Boolean, ...] = ()


@lru_cache(maxsize=128)
def outcome_of(distribution: Basic, *others: Expr) -> Outcome | None:
    """Return the outcome of a distribution, under a name that clashes with nothing in it and in the others; None where there are several.

    >>> from sympy.stats.crv_types import ExponentialDistribution
    >>> outcome_of(ExponentialDistribution(2))
    Outcome(variable=x, conditions=(), density=2*exp(-2*x), low=0, high=oo)
    """
    law = resolve(distribution)
    return _outcome(law, distribution, *others) if isinstance(law, Law) else None


def _outcome(law: Law, *others: Basic) -> Outcome | None:
    parameters = [part for other in others for part in (other, *other.args) if isinstance(part, Expr)]
    law = law.presented(*parameters)
    if len(law.limits) != 1 or law.may_vanish:
        return None
    x, low, high = law.limits[0]
    sides = ((low <= x, low), (x <= high, high)) if law.is_discrete else ((low < x, low), (x < high, high))  # points have no mass
    return Outcome(x, tuple(fact for fact, end in sides if end.is_finite and fact != true), law.density, low, high)


@lru_cache(maxsize=128)
def log_term(noun: Mean, *others: Expr) -> LogTerm | None:
    """Return what a noun of families is the expectation of; None where P does not lie inside the support of Q.

    The outcome has a name that clashes with nothing in the noun and in the others.

    >>> from sympy.stats import Exponential
    >>> from symentropy import Entropy
    >>> log_term(Entropy(Exponential("X", 2))).expression
    -log(2*exp(-2*x))
    """
    pair = paired(noun.args[0], noun.args[-1])
    if not isinstance(pair, Aligned) or pair.condition == false or pair.second.may_vanish:
        return None
    outcome = _outcome(pair.first, *noun.args, pair.second.density, *others)
    if outcome is None:
        return None
    q = pair.second.renamed((outcome.variable,)).density
    support = () if pair.condition == true else conjuncts(pair.condition)
    return LogTerm(-natural_log(q) if noun.is_cross else log_ratio(outcome.density, q), outcome, support)


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


def parameter_conditions(distribution: Basic) -> tuple[Boolean, ...] | None:
    """Return what must hold for the parameters of a family; None for one that is not in the table, such as a density of one's own.

    >>> from sympy.abc import mu, sigma
    >>> from sympy.stats.crv_types import BeniniDistribution, NormalDistribution
    >>> parameter_conditions(NormalDistribution(mu, sigma)), parameter_conditions(BeniniDistribution(1, 1, sigma))
    ((sigma > 0,), None)
    """
    row = PARAMETERS.get(type(distribution).__name__)
    conditions = None if row is None else row(*distribution.args)
    return None if conditions is None or any(map(_is_of_expression, conditions)) else tuple(conditions)


def _is_of_expression(condition: Boolean) -> bool:
    """Whether a determinant is one of a matrix expression such as -S, which may be positive and the matrix not positive definite."""
    return any(isinstance(found.arg, MatrixExpr) and not isinstance(found.arg, MatrixSymbol) for found in condition.atoms(Determinant))


def needed_conditions(distribution: Basic) -> tuple[Boolean, ...]:
    """Return what must hold for a distribution to be one, as far as it is known; for a density of one's own, for its mass to be 1.

    >>> from sympy.abc import s
    >>> from sympy.stats import Zeta
    >>> needed_conditions(Zeta("X", s).pspace.distribution)
    (s > 1,)
    """
    if not is_handmade(distribution):
        return parameter_conditions(distribution) or ()
    outcome = outcome_of(distribution)
    facts = None if outcome is None else facts_about(distribution, outcome.variable)
    return () if facts is None else (*facts.conditions, *facts.mass.conditions)


def mean_fact(step: Step, style: Style) -> Fact:
    """Return the mean that a step gives as a fact, with where it is proved.

    >>> from sympy.stats.crv_types import ParetoDistribution
    >>> from symentropy import Claim
    >>> from symentropy.expectation import Expectation
    >>> from symentropy.proof.writing.style import TEXT
    >>> x = Symbol("x", positive=True)
    >>> "".join(mean_fact(Step("moment", Claim(Expectation(x, x, ParetoDistribution(1, 2)), "=", 2)), TEXT).source)
    'Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions, chapter 25, for x = 1/(1 - u) with u ~ Beta(1, 2)'
    """
    mean = step.claim.lhs
    facts = facts_about(mean.distribution, mean.outcome)
    known = None if facts is None else facts.mean(mean.statistic)
    return Fact(mean_stated(step, style), [] if known is None else _where(known[1], mean.outcome, style), is_own=True)


def _where(source: Source, outcome: Symbol, style: Style) -> list[str]:
    if source.inverse is None:
        return [source.text]
    carried = [style.relation(outcome, "=", source.inverse), " with ", style.follows_family(source.u, source.name, source.parameters)]
    return [f"{source.text}, for ", *carried]


def mass_fact(step: Step, style: Style) -> Fact | None:
    """Return that the densities of one's own in a step have mass 1, with where the integrals of their kernels are proved."""
    stated: list[list[str]] = []
    sources: list[list[str]] = []
    for distribution in dict.fromkeys(P for side in (step.claim.lhs, step.claim.rhs) if isinstance(side, Mean) for P in side.args):
        outcome = outcome_of(distribution) if is_handmade(distribution) else None
        facts = None if outcome is None else facts_about(distribution, outcome.variable)
        if facts is not None:
            stated.append([style.family(distribution)])
            sources.append([facts.mass.source])
    verb = " has mass 1" if len(stated) == 1 else " have mass 1"
    return Fact([*listed(stated), verb], listed([*map(list, dict.fromkeys(map(tuple, sources)))], "; ")) if stated else None


FACTS["moment"] = mean_fact
FACTS["expectation"] = mass_fact
