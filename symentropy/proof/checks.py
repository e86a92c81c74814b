"""What every rule of the kernel asks: whether something is required, defined or 0 at the points that a claim is about.

Main definitions: `require`, `require_defined`, `require_zero`; `domain`, where a claim holds; `Rule` and `Equality`, what a rule is and
returns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from sympy import Expr
from sympy.logic.boolalg import Boolean

from symentropy.errors import InvalidStep
from symentropy.exact import shown
from symentropy.proof.canonical import is_zero, unfolded
from symentropy.proof.claim import Claim, Step
from symentropy.proof.definedness import undischarged
from symentropy.proof.domain import Domain

#: Conditions under which, together, an inequality is an equality; None where that is not known.
Equality = tuple[Boolean, ...] | None
WEAK = frozenset(("<=", ">="))
Rule = Callable[[Step, Sequence[Step]], Equality]


def require(condition: bool, complaint: str) -> None:
    """Refuse a step unless a condition holds."""
    if not condition:
        raise InvalidStep(complaint)


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
