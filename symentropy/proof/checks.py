"""What every rule of the kernel asks: whether something is required, defined or 0 at the points that a claim is about.

Main definitions: `require`, `require_defined`, `require_zero`, `require_finite`; `domain`, where a claim holds; `difference` of its sides;
`Rule` and `Equality`, what a rule is and returns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from sympy import Basic, Expr, Integral, Le, Lt, S, Sum, oo
from sympy.logic.boolalg import Boolean

from symentropy.errors import InvalidStep
from symentropy.exact import shown
from symentropy.interruption import forgotten_when_interrupted
from symentropy.proof.canonical import is_zero, unfolded
from symentropy.proof.claim import Claim, Step
from symentropy.proof.definedness import undischarged
from symentropy.proof.domain import Domain

#: Conditions under which, together, an inequality is an equality; None where that is not known.
Equality = tuple[Boolean, ...] | None
WEAK = frozenset(("<=", ">="))
STRICT = frozenset("<>")
#: Rules whose conclusions about nouns may have a side that is oo.
EXTENDED = frozenset(("gibbs", "enclosure", "infinite"))
Rule = Callable[[Step, Sequence[Step]], Equality]


def require(condition: bool, complaint: str) -> None:
    """Refuse a step unless a condition holds."""
    if not condition:
        raise InvalidStep(complaint)


@forgotten_when_interrupted  # a domain learns as it is asked
@lru_cache(maxsize=256)
def domain_of(hypotheses: tuple[Boolean, ...]) -> Domain:
    """Return the domain of hypotheses."""
    return Domain(hypotheses)


def domain(claim: Claim) -> Domain:
    """Return where a claim holds."""
    return domain_of(claim.hypotheses)


def require_defined(points: Domain, *expressions: Expr) -> None:
    """Refuse expressions that may be undefined at a point of the domain."""
    for expression in expressions:
        left = undischarged(expression, points)
        if left:  # texts are made only where they are needed: printing takes longer than the question
            raise InvalidStep(f"{shown(expression)} may be undefined: {shown(left[0])} is not shown")


def require_zero(expression: Expr, points: Domain, complaint: str) -> None:
    """Refuse an expression whose normal form is not 0."""
    require(is_zero(unfolded(expression), points), complaint)


def require_no_premises(step: Step, premises: Sequence[Step], arguments: int = 0) -> None:
    """Refuse a step with premises, or with another number of arguments."""
    require(not premises and len(step.arguments) == arguments, f"it takes no premises and {arguments} arguments")


def require_finite(premise: Step, known: Mapping[Expr, Expr] | None = None) -> None:
    """Refuse a premise with a side that may be oo, with which nothing is computed; ``known`` are nouns that are shown to be numbers."""
    sides, points = [side.xreplace(known or {}) for side in (premise.claim.lhs, premise.claim.rhs)], domain(premise.claim)
    is_finite = premise.rule not in EXTENDED or not any(undischarged(side, points) for side in sides)
    totals = {total: S.One for side in sides for total in side.atoms(Integral, Sum)}  # whose limits are no values
    require(is_finite and not any(side.xreplace(totals).has(oo, -oo) for side in sides), "a premise may be infinite")


def lies_in(value: Expr, limit: Sequence[Basic], points: Domain) -> bool:
    """Whether a value is shown to be in a range: an integer between two ends, or in an interval."""
    if len(limit) == 2:
        low, high = limit
        return points.is_integer(value) and points.implies(Le(low, value)) and points.implies(Le(value, high))
    interval = limit[0]
    below = Lt if interval.left_open else Le
    above = Lt if interval.right_open else Le
    is_above = interval.start == -oo or points.implies(below(interval.start, value))
    return is_above and (interval.end == oo or points.implies(above(value, interval.end)))


def difference(claim: Claim) -> Expr:
    """Return the greater side minus the smaller one (for = and != the left minus the right), nouns unfolded."""
    return unfolded(claim.difference)
