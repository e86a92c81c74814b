"""The values of integrals and infinite sums, as expectations under a family whose density is a factor of what is integrated.

Main definitions
----------------
* `value_of`, the step integral = value.
* `FAMILIES`, which family a kernel belongs to: by the kind of its support, a function from the logarithm of the kernel to a distribution.

What is integrated is read as a combination of statistics times a kernel. The family of the kernel is a proposal; the rule of proofs
divides by its density and checks what is left.

Left out: kernels of families that are not in the table, and integrands that are sums over different kernels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from sympy import Abs, Add, Basic, Expr, Integral, Le, Lt, Mul, Pow, S, Sum, Symbol, exp, log, loggamma, sqrt
from sympy.logic.boolalg import Boolean

from symentropy.closed_form import Term
from symentropy.closed_form.tidy import tidy
from symentropy.closed_form.univariate.facts import facts_about
from symentropy.closed_form.univariate.statistics import Combination, Reader, affine
from symentropy.errors import InvalidStep, NoClosedForm
from symentropy.expectation import Expectation
from symentropy.proof.checks import domain_of
from symentropy.proof.claim import Claim
from symentropy.proof.domain import Domain
from symentropy.proof.draft import Draft
from symentropy.proof.expectations import law_over, outcome_of
from symentropy.proof.tactics.means import by_means

#: Statistics that one integrand may have.
MAX_STATISTICS = 60


def value_of(draft: Draft, total: Integral | Sum, hypotheses: tuple[Boolean, ...]) -> int | None:
    """Return the step integral = value, where what is integrated is a density times statistics with known expectations."""
    if len(total.limits) != 1 or len(total.limits[0]) != 3:
        return None
    split = _with_split_logarithms(total, domain_of(hypotheses))
    for distribution in _proposals(total):
        try:
            found = _expectation(total, split, distribution)
        except (NoClosedForm, ArithmeticError, TypeError, ValueError):
            continue
        if found is None:
            continue
        mean, terms = found
        value = tidy(Add(*(term.coefficient * term.expectation for term in terms)))
        with suppress(InvalidStep):
            return by_means(draft, Claim(total, "=", value, hypotheses), mean, terms, "average")
    return None


def _with_split_logarithms(total: Integral | Sum, points: Domain) -> Expr:
    """Return what is integrated with logarithms of products as sums where the factors are positive."""
    x, low, high = total.limits[0]
    below = Le if isinstance(total, Sum) else Lt
    facts = [below(a, b, evaluate=False) for a, b in ((low, x), (x, high)) if a.is_finite is not False and b.is_finite is not False]
    local = points.under(*facts)
    splits: dict[Basic, Expr] = {}
    for logarithm in total.function.atoms(log):
        factors = [factor.as_base_exp() for factor in Mul.make_args(logarithm.args[0])]
        if len(factors) > 1 and all(base == S.Exp1 or local.is_positive(base) for base, _ in factors):
            splits[logarithm] = Add(*(e * (S.One if base == S.Exp1 else log(base)) for base, e in factors))
    return total.function.xreplace(splits)


def _expectation(total: Integral | Sum, integrand: Expr, distribution: Basic) -> tuple[Expectation, list[Term]] | None:
    """Return the expectation that an integral is, and the statistics with their coefficients and means."""
    outcome = outcome_of(distribution, total.function) if law_over(distribution, total) is not None else None
    facts = None if outcome is None else facts_about(distribution, outcome.variable)
    if outcome is None or facts is None:
        return None
    x = outcome.variable
    function = integrand.xreplace({total.limits[0][0]: x}) / outcome.density
    terms = Reader(x, outcome.low, outcome.high).read(function)
    if len(terms) > MAX_STATISTICS:
        return None
    found = []
    for statistic, coefficient in terms.items():
        known = facts.mean(statistic)
        if known is None or known[0].value.is_infinite:
            return None
        found.append(Term(coefficient, statistic, known[0].value))
    return Expectation(Add(*(term.coefficient * term.statistic for term in found)), x, distribution), found


# Which family


def _proposals(total: Integral | Sum) -> Iterator[Basic]:
    """Go through the families that a factor of what is integrated may be a density of."""
    x, low, high = total.limits[0]
    reader = Reader(x, low, high)
    found: dict[Basic, None] = {}
    kind = (isinstance(total, Sum), low.is_finite is not False, high.is_finite is not False)
    for core in _cores(reader, total.function):
        kernel = {statistic: c for statistic, c in reader.log_of(core).items() if statistic != 1}
        for family in FAMILIES.get(kind, ()):
            made = family(kernel, x, low, high)
            if made is not None:
                found[made] = None
    yield from found


def _cores(reader: Reader, integrand: Expr) -> Iterator[Expr]:
    """Go through the factors of the terms of an integrand that make it converge: exponentials, and powers that are not natural numbers."""
    seen: dict[Expr, None] = {}
    for statistic in reader.read(integrand):
        factors = [factor for factor in Mul.make_args(statistic) if factor.has(reader.x) and not _is_statistic(factor, reader.x)]
        seen[Mul(*factors)] = None
    yield from seen


def _is_statistic(factor: Expr, x: Symbol) -> bool:
    if factor == x or isinstance(factor, (log, Abs, loggamma)):
        return True
    if isinstance(factor, Pow) and not factor.exp.has(x):
        inside = factor.base
        return bool(factor.exp.is_Integer and factor.exp > 0) and (inside == x or affine(inside, x) is not None or inside.has(log))
    return False


#: From the logarithm of a kernel, its variable and its support to a distribution.
Family = Callable[[Combination, Symbol, Expr, Expr], Basic | None]


def _distribution(name: str, *parameters: Any) -> Basic:
    from sympy import stats  # imported here because it takes as long to load as the rest of the package

    made: Basic = getattr(stats, name)("X", *parameters).pspace.distribution
    return made


def _safely(name: str, *parameters: Any) -> Basic | None:
    try:
        return _distribution(name, *parameters)
    except ValueError:  # SymPy refuses parameters that are seen to be out of range
        return None


def _normal(kernel: Combination, x: Symbol, _low: Expr, _high: Expr) -> Basic | None:
    polynomial = Add(*(c * statistic for statistic, c in kernel.items()))
    if not polynomial.is_polynomial(x):
        return None
    coefficients = polynomial.expand().as_poly(x).all_coeffs() if polynomial.has(x) else []
    if len(coefficients) != 3:
        return None
    a, b, _ = coefficients
    deviation = sqrt((-1 / (2 * a)).factor())
    return _safely("Normal", (-b / (2 * a)).factor(), deviation)


def _laplace(kernel: Combination, x: Symbol, _low: Expr, _high: Expr) -> Basic | None:
    distances = [statistic for statistic in kernel if isinstance(statistic, Abs)]
    line = affine(distances[0].args[0], x) if len(distances) == 1 and len(kernel) == 1 else None
    return None if line is None else _safely("Laplace", -line[1] / line[0], -1 / (kernel[distances[0]] * Abs(line[0])))


def _gamma(kernel: Combination, x: Symbol, low: Expr, _high: Expr) -> Basic | None:
    if low != 0 or not set(kernel) <= {x, log(x)} or x not in kernel:
        return None
    rate, power = -kernel[x], kernel.get(log(x), S.Zero)
    return _safely("Exponential", rate) if power == 0 else _safely("Gamma", power + 1, 1 / rate)


def _log_normal(kernel: Combination, x: Symbol, low: Expr, _high: Expr) -> Basic | None:
    squares = [statistic for statistic in kernel if isinstance(statistic, Pow) and statistic.exp == 2 and statistic.base.has(log)]
    if low != 0 or len(squares) != 1 or not set(kernel) <= {squares[0], log(x)}:
        return None
    form = Add(*(c * statistic for statistic, c in kernel.items())).expand().subs(log(x), Symbol("y"))
    y = Symbol("y")
    if not form.is_polynomial(y) or form.has(x):
        return None
    a, b, _ = form.as_poly(y).all_coeffs()
    return _safely("LogNormal", (-(b + 1) / (2 * a)).factor(), sqrt((-1 / (2 * a)).factor()))


def _weibull(kernel: Combination, x: Symbol, low: Expr, _high: Expr) -> Basic | None:
    powers = [statistic for statistic in kernel if isinstance(statistic, Pow) and statistic.base == x]
    if low != 0 or len(powers) != 1 or not set(kernel) <= {powers[0], log(x)}:
        return None
    shape = powers[0].exp
    return _safely("Weibull", (-1 / kernel[powers[0]]) ** (1 / shape), shape)


def _pareto(kernel: Combination, x: Symbol, low: Expr, _high: Expr) -> Basic | None:
    return _safely("Pareto", low, -kernel[log(x)] - 1) if set(kernel) == {log(x)} and low != 0 else None


def _beta(kernel: Combination, x: Symbol, low: Expr, high: Expr) -> Basic | None:
    if (low, high) != (0, 1) or not kernel or not set(kernel) <= {log(x), log(1 - x)}:
        return None
    return _safely("Beta", kernel.get(log(x), S.Zero) + 1, kernel.get(log(1 - x), S.Zero) + 1)


def _uniform(kernel: Combination, _x: Symbol, low: Expr, high: Expr) -> Basic | None:
    return None if kernel else _safely("Uniform", low, high)


def _poisson(kernel: Combination, k: Symbol, low: Expr, _high: Expr) -> Basic | None:
    if low != 0 or set(kernel) - {k} != {loggamma(k + 1)} or kernel[loggamma(k + 1)] != -1:
        return None
    return _safely("Poisson", exp(kernel.get(k, S.Zero)))


def _geometric(kernel: Combination, k: Symbol, low: Expr, _high: Expr) -> Basic | None:
    return _safely("Geometric", (1 - exp(kernel[k])).expand()) if low == 1 and set(kernel) == {k} else None


def _geometric_from_zero(*, is_success: bool) -> Family:
    """Return the family with outcomes from 0, whose parameter SymPy 1.14 and earlier versions mean differently."""

    def family(kernel: Combination, k: Symbol, low: Expr, _high: Expr) -> Basic | None:
        if low != 0 or set(kernel) != {k}:
            return None
        ratio = exp(kernel[k])
        return _safely("NegativeBinomial", S.One, 1 - ratio if is_success else ratio)

    return family


def _binomial(kernel: Combination, k: Symbol, low: Expr, high: Expr) -> Basic | None:
    if low != 0 or k not in kernel:
        return None
    odds = exp(kernel[k])  # p/(1 - p)
    return _safely("Binomial", high, (odds / (1 + odds)).factor())


#: Whether it is a sum, and whether its lower and its upper end are finite -> families with such a support.
FAMILIES: dict[tuple[bool, bool, bool], tuple[Family, ...]] = {
    (False, False, False): (_normal, _laplace),
    (False, True, False): (_gamma, _log_normal, _weibull, _pareto),
    (False, True, True): (_uniform, _beta),
    (True, True, False): (
        _poisson,
        _geometric,
        _geometric_from_zero(is_success=True),
        _geometric_from_zero(is_success=False),
    ),
    (True, True, True): (_binomial,),
}
