"""What a closed form is made of.

Main definitions: `ClosedForm` and `Term`.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Symbol, true
from sympy.logic.boolalg import Boolean


@dataclass(frozen=True, slots=True)
class Term:
    """coefficient * statistic, of which ``expectation`` is the mean under P; ``source`` says where that is proved."""

    coefficient: Expr
    statistic: Expr
    expectation: Expr
    source: str = ""


@dataclass(frozen=True, slots=True)
class ClosedForm:
    """The value of a quantity with its derivation.

    The value is the mean of the sum of the terms, coefficient times statistic of the outcome ``variable``, under P, which is the sum of
    coefficient times expectation. Where ``finite`` fails it is oo, which ``value`` says as a Piecewise. ``is_complete`` is false where
    the value still has a sum or an integral, of statistics without a closed mean.
    """

    value: Expr
    terms: tuple[Term, ...] = ()
    variable: Symbol | None = None
    finite: Boolean = true
    is_complete: bool = True
