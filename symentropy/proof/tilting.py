"""The rule of the kernel that gives means by the integral of an exponential kernel: E[t**n exp(w)] by differentiating and shifting it.

Main definition: `tilted`.

The density is shown to be h(x) exp(c_1 T_1(x) + ... + c_k T_k(x)) divided by Z(c), where log Z is in the table of
`symentropy.proof.normalisers`. For t = d_0 + d_1 T_1 + ... + d_k T_k and w = e_1 T_1 + ... + e_k T_k, the mean of t**n exp(w) is the n-th
derivative of exp(s d_0) Z(c + e + s d) by s at s = 0, divided by Z(c). It is computed here and compared with what the step says.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Add, Dummy, Expr, S, Tuple, exp, log

from symentropy.errors import InvalidStep
from symentropy.exact import shown
from symentropy.expectation import Expectation
from symentropy.proof.calculus import derivative
from symentropy.proof.checks import Equality, domain, require, require_defined, require_zero
from symentropy.proof.claim import Step
from symentropy.proof.densities import Place, place_of
from symentropy.proof.expectations import outcome_of
from symentropy.proof.normalisers import DIFFERENTIATED, Integrated, Kernel, normaliser
from symentropy.proof.substitution import substituted
from symentropy.proof.writing.reasons import FACTS, Fact
from symentropy.proof.writing.style import Style


def tilted(step: Step, premises: Sequence[Step]) -> Equality:
    """The mean of t**n exp(w); arguments: (h, d_0, n), and for each statistic (T, its coefficient in log p, in t, in w)."""
    claim, points = step.claim, domain(step.claim)
    mean = claim.lhs
    require(
        not premises and claim.relation == "=" and isinstance(mean, Expectation), "it gives the value of an expectation, without premises"
    )
    place = place_of(mean.distribution, step, points)
    (carrier, offset, order), rows = _parts(step, mean, place)
    statistics = [place.named(row[0], mean.outcome) for row in rows]
    carrier = place.named(carrier, mean.outcome)
    own = _integrated(place, carrier, dict(zip(statistics, (row[1] for row in rows), strict=True)))
    s = Dummy("s", real=True)
    moved = _integrated(place, carrier, dict(zip(statistics, (row[1] + row[3] + s * row[2] for row in rows), strict=True)), s)
    _require_density(place, carrier, statistics, [row[1] for row in rows], own.logarithm)
    t = offset + Add(*(row[2] * T for row, T in zip(rows, statistics, strict=True)))
    w = Add(*(row[3] * T for row, T in zip(rows, statistics, strict=True)))
    function, named = t**order * exp(w), place.named(mean.statistic, mean.outcome)
    place.require_equal(named, function, "the statistic is not this product of a power and an exponential")
    value = _mean(moved.logarithm, own.logarithm, offset, int(order), s, place)
    require_defined(points, claim.rhs, value)
    require_zero(claim.rhs - value, points, "the right side is not what the integral gives")
    return None


def _parts(step: Step, mean: Expectation, place: Place) -> tuple[tuple[Expr, Expr, Expr], list[tuple[Expr, ...]]]:
    """Return the arguments of a step, whose coefficients must not depend on the outcome."""
    sizes = [len(part) if isinstance(part, Tuple) else 0 for part in step.arguments]
    require(bool(sizes) and sizes == [3] + [4] * (len(sizes) - 1), "the arguments are not (h, d_0, n) and rows (T, c, d, e)")
    require(all(isinstance(item, Expr) for part in step.arguments for item in part), "the arguments are not expressions")
    (carrier, offset, order), *rows = (part.args for part in step.arguments)
    coefficients = [offset, order, *(coefficient for row in rows for coefficient in row[1:])]
    require(not any(coefficient.has(mean.outcome) for coefficient in coefficients), "a coefficient depends on the outcome")
    require(order in (0, 1, 2), "only the first two derivatives are looked at")
    require(order != 0 or not any((offset, *(row[2] for row in rows))), "without a derivative there is no direction")
    require(len({row[0] for row in rows}) == len(rows), "a statistic occurs twice")
    require_defined(place.points, *coefficients)
    return (carrier, offset, order), rows


def _integrated(place: Place, carrier: Expr, terms: dict[Expr, Expr], s: Dummy | None = None) -> Integrated:
    """Return the logarithm of the integral of a kernel, which must be finite, at s = 0."""
    outcome = place.outcome
    found = normaliser(Kernel(carrier, terms, outcome.variable, outcome.low, outcome.high, place.points))
    if found is None:
        raise InvalidStep(f"the integral of exp({shown(Add(*(c * T for T, c in terms.items())))}) is not in the table")
    for condition in found.conditions:
        at_zero = condition if s is None else substituted(condition, {s: S.Zero})
        require(place.points.implies(at_zero), f"the integral may not be finite: {shown(at_zero)} is not shown")
    return found


def _require_density(place: Place, carrier: Expr, statistics: list[Expr], coefficients: list[Expr], log_integral: Expr) -> None:
    """Refuse a kernel that is not that of the density, divided by its integral."""
    density = place.outcome.density
    logarithm = log(carrier) + Add(*(c * T for c, T in zip(coefficients, statistics, strict=True))) - log_integral
    place.require_equal(log(density), logarithm, "the density is not this kernel, divided by its integral")


def _mean(moved: Expr, own: Expr, offset: Expr, order: int, s: Dummy, place: Place) -> Expr:
    """Return the derivative of exp(s d_0) Z(c + e + s d) at s = 0, divided by Z(c)."""
    slopes = [offset * s + moved]
    for _ in range(order):
        slopes.append(derivative(slopes[-1], s, place.points))
    value, *rest = (substituted(slope, {s: S.Zero}) for slope in slopes)
    ratio = exp(value - own)
    factors = [S.One, rest[0] if order else S.Zero, rest[1] + rest[0] ** 2 if order == 2 else S.Zero]
    return ratio * factors[order]


def integral_fact(step: Step, style: Style) -> Fact:
    """Return the integral or the sum that a step uses, with its source."""
    mean, rows = step.claim.lhs, step.arguments[1:]
    outcome = outcome_of(mean.distribution)
    if outcome is None:
        raise ValueError("the step is malformed")
    terms = {row.args[0].xreplace({mean.outcome: outcome.variable}): row.args[1] for row in rows}
    carrier = step.arguments[0].args[0].xreplace({mean.outcome: outcome.variable})
    found = normaliser(Kernel(carrier, terms, outcome.variable, outcome.low, outcome.high, domain(step.claim)))
    if found is None:
        raise ValueError("the step is malformed")
    return Fact([style.relation(found.fact.left, "=", found.fact.right)], [f"{found.fact.source}; {DIFFERENTIATED}"])


FACTS["tilted"] = integral_fact
