"""Definitions without the cases that the hypotheses exclude.

Main definition: `plain`, which takes nouns of pmfs apart and drops what a ``Piecewise`` says about probabilities that cannot be 0.
"""

from __future__ import annotations

from sympy import Basic, Expr, Piecewise, Sum, true
from sympy.core.relational import Relational

from symentropy.proof.canonical import unfolded
from symentropy.proof.domain import Domain
from symentropy.proof.totals import between


def plain(expression: Expr, points: Domain) -> Expr:
    """Return an expression with the definitions of nouns of pmfs, each in the case that holds at every point.

    >>> from sympy import Lt, Symbol, log
    >>> t, x = Symbol("t", positive=True), Symbol("x", real=True)
    >>> plain(Piecewise((0, x <= 0), (log(x), True)), Domain([Lt(t, x)]))
    log(x)
    """
    found = unfolded(expression)
    return _settled(found, points) if found.has(Piecewise) else found


def _settled(expression: Basic, points: Domain) -> Basic:
    if not expression.has(Piecewise):
        return expression
    if isinstance(expression, Piecewise):
        for value, condition in expression.args:
            if condition == true or (isinstance(condition, Relational) and points.implies(condition)):
                return _settled(value, points)
            if not (isinstance(condition, Relational) and points.implies(condition.negated)):
                return expression
    if isinstance(expression, Sum) and len(expression.limits) == 1 and len(expression.limits[0]) == 3:
        index, low, high = expression.limits[0]
        used: set[Basic] = set().union(*(fact.free_symbols for fact in points.hypotheses))
        if index in used:
            return expression
        return Sum(_settled(expression.function, points.under(*between(index, low, high))), expression.limits[0])
    return expression.func(*(_settled(argument, points) for argument in expression.args))
