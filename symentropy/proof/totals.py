"""The rules of the kernel about sums and integrals of what holds for each index or number of a range.

Main definitions
----------------
* `total`, `single_term` and `split`, for finite sums; `integral`, for integrals and endless sums.
* `between` and `within`, the hypotheses that an index or a number lies in a range.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Basic, Dummy, Eq, Expr, Integral, Le, Lt, S, Sum, Symbol, Tuple, oo
from sympy.logic.boolalg import Boolean

from symentropy.distribution import resolve
from symentropy.exact import shown
from symentropy.law import Law
from symentropy.proof.checks import (
    STRICT,
    WEAK,
    Equality,
    domain,
    lies_in,
    require,
    require_defined,
    require_finite,
    require_no_premises,
    require_zero,
)
from symentropy.proof.claim import Claim, Each, Step
from symentropy.proof.densities import require_distributions
from symentropy.proof.domain import Domain
from symentropy.proof.substitution import admits, substituted


def total(step: Step, premises: Sequence[Step]) -> Equality:
    """A relation for each index of a finite range may be summed; arguments: the index and the ends of its range."""
    claim, points = step.claim, domain(step.claim)
    require(len(premises) == 1 and len(step.arguments) == 3, "it takes one premise, an index and its range")
    premise, (index, low, high) = premises[0], step.arguments
    _require_indexed(premise.claim, claim, index, low, high, points)
    relation = premise.claim.relation
    require(relation != "!=", "nothing adds up from !=")
    require_finite(premise)
    for side, own in ((premise.claim.lhs, claim.lhs), (premise.claim.rhs, claim.rhs)):
        require_zero(own - Sum(side, (index, low, high)), points, "a side is not the sum of that of the premise")
    is_empty = not points.implies(Le(low, high))
    require(claim.relation in (relation, relation + "="), "the relation is another one")
    require(claim.relation not in STRICT or not is_empty, "the sum may be empty")
    if claim.relation not in WEAK or relation not in WEAK or premise.equality is None:
        return None
    if is_empty and not all(condition.has(index) for condition in premise.equality):
        return None  # without an index there is equality whatever the condition
    return tuple(Each(condition, (index, low, high)) if condition.has(index) else condition for condition in premise.equality)


def single_term(step: Step, premises: Sequence[Step]) -> Equality:
    """A sum of terms >= 0 is at least each of them; arguments: the index, the ends of its range, and the term's place."""
    claim, points = step.claim, domain(step.claim)
    require(
        len(premises) == 1 and len(step.arguments) == 4 and claim.relation == ">=", "it takes one premise, an index, its range and a place"
    )
    premise, (index, low, high, place) = premises[0], step.arguments
    _require_indexed(premise.claim, claim, index, low, high, points)
    require_finite(premise)
    require(premise.claim.relation in (">=", ">", "=") and premise.claim.rhs == 0, "it needs terms >= 0")
    require(lies_in(place, (low, high), points), f"{shown(place)} is not shown to be in the range")
    term = premise.claim.lhs
    require_zero(claim.lhs - Sum(term, (index, low, high)), points, "the left side is not the sum")
    require_zero(claim.rhs - substituted(term, {index: place}), points, "the right side is not the term")
    return None


def _require_indexed(premise: Claim, claim: Claim, index: Basic, low: Basic, high: Basic, points: Domain) -> None:
    """Refuse a premise that is not about each integer of a finite range."""
    require(isinstance(index, Symbol) and bool(index.is_integer), "the index is not an integer symbol")
    place = Dummy("i", integer=True)
    require(admits(index, place, points.under(*between(place, low, high))), "the index does not stand for each integer of the range")
    require(index not in claim.free_symbols | low.free_symbols | high.free_symbols, "the index occurs in the claim")
    require(premise.hypotheses == (*claim.hypotheses, *between(index, low, high)), "the premise has other hypotheses")
    require(points.is_integer(low) and points.is_integer(high), "the range is not one of integers")
    require(points.implies(Le(low, high + 1)), "the range may be reversed")


def split(step: Step, premises: Sequence[Step]) -> Equality:
    """A finite sum is that of f(i) up to c and that of f(i + k) from c + 1 - k on; arguments: c and k."""
    require_no_premises(step, premises, 2)
    claim, points, (end, shift) = step.claim, domain(step.claim), step.arguments
    require(claim.relation == "=" and isinstance(claim.lhs, Sum) and len(claim.lhs.limits) == 1, "it takes a sum over one index apart")
    f, (index, low, high) = claim.lhs.function, claim.lhs.limits[0]
    require_defined(points, end, shift)
    require(all(map(points.is_integer, (low, high, end, shift))) and not shift.has(index), "a place is not an integer")
    require(points.implies(Le(low, end + 1)) and points.implies(Le(end, high)), "the first part may not end within the range")
    rest = Sum(substituted(f, {index: index + shift}), (index, end + 1 - shift, high - shift))
    require_defined(points, claim.lhs, claim.rhs)
    require_zero(claim.rhs - Sum(f, (index, low, end)) - rest, points, "the right side is not the sum of these parts")
    return None


def integral(step: Step, premises: Sequence[Step]) -> Equality:
    """What holds throughout a range holds for integrals, or endless sums; arguments: a variable, its ends, (coefficient, integrand) pairs.

    The premise's difference is that combination of integrands, and the claim's that of their integrals. An integrand is given by a
    hypothesis ``Eq(Integral(f, (x, a, b)), v)`` or ``Eq(Sum(...), v)``, which says that it converges, or by a family: its density.
    """
    claim, points = step.claim, domain(step.claim)
    require(len(premises) == 1 and len(step.arguments) > 3, "it takes one premise, a variable with its range, and pairs")
    premise, (x, low, high, *pairs) = premises[0], step.arguments
    inside = within(x, low, high)
    is_right = high == oo or low == -oo or (not x.is_integer and points.implies(Le(low, high)))
    require(is_right, "the range may be reversed, or is one of finitely many integers")
    are_integers = all(end.is_infinite or points.is_integer(end) for end in (low, high))
    require(are_integers or not x.is_integer, "the range is not one of integers")
    place = Dummy("x", integer=True) if x.is_integer else Dummy("x", real=True)
    require(admits(x, place, points.under(*within(place, low, high))), "the variable does not stand for each number of the range")
    require(x not in claim.free_symbols | low.free_symbols | high.free_symbols, "the variable occurs in the claim")
    require(premise.claim.hypotheses == (*claim.hypotheses, *inside), "the premise has other hypotheses")
    require_finite(premise)
    local = domain(premise.claim)
    integrand, value = S.Zero, S.Zero
    for pair in pairs:
        is_pair = isinstance(pair, Tuple) and len(pair) == 2
        require(is_pair and x not in pair.free_symbols, "a coefficient depends on the variable, or a parameter does")
        f, total = _integrated(pair[1], (x, low, high), claim)
        require_defined(points, pair[0], total)
        require_defined(local, f)
        integrand, value = integrand + pair[0] * f, value + pair[0] * total
    require_defined(points, claim.lhs, claim.rhs)
    require_zero(premise.claim.difference - integrand, local, "the difference of the premise is not this combination")
    require_zero(claim.difference - value, points, "the difference of the sides is not that combination of the integrals")
    relation = premise.claim.relation
    require(relation != "!=", "nothing adds up from !=")
    require(claim.relation in WEAK or relation == claim.relation == "=", "it does not prove that relation")
    if relation not in WEAK or premise.equality is None or not x.is_integer:  # integrals do not notice single points
        return None
    return tuple(Each(condition, (x, low, high)) if condition.has(x) else condition for condition in premise.equality)


def within(variable: Expr, low: Expr, high: Expr) -> tuple[Boolean, ...]:
    """Return the hypotheses that a variable lies in a range: between integers, or inside an interval."""
    kind = Le if variable.is_integer else Lt
    facts = ((low, kind(low, variable, evaluate=False)), (high, kind(variable, high, evaluate=False)))
    return tuple(fact for end, fact in facts if not end.is_infinite)


def _integrated(known: Basic, limits: tuple[Any, Expr, Expr], claim: Claim) -> tuple[Expr, Expr]:
    """Return an integrand and its integral over a range: what a hypothesis says, or the density of a family and 1."""
    x, *ends = limits
    if isinstance(known, Eq):
        require(known in claim.hypotheses, "an integral is not that of a hypothesis")
        whole, value = known.args
        require(isinstance(whole, Sum if x.is_integer else Integral), "a hypothesis is not about an integral, or a sum, as needed")
        require(len(whole.limits) == 1 and len(whole.limits[0]) == 3, "a hypothesis is about several variables, or no range")
        require(list(whole.limits[0][1:]) == ends, "a hypothesis is about another range")
        return substituted(whole.function, {whole.limits[0][0]: x}), value
    require_distributions([known], domain(claim))
    law = resolve(known)
    require(isinstance(law, Law) and len(law.limits) == 1 and law.is_discrete == bool(x.is_integer), "a density is of another kind")
    require(list(law.limits[0][1:]) == ends, "a density is about another range")
    return substituted(law.density, {law.limits[0][0]: x}), S.One


def between(index: Expr, low: Expr, high: Expr) -> tuple[Boolean, Boolean]:
    """Return the hypotheses that an index lies in a range."""
    return Le(low, index, evaluate=False), Le(index, high, evaluate=False)
