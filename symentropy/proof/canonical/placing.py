"""Substitution for symbols that leaves bound variables alone.

Main definitions: `placed`, `bound_renamed`. SymPy's ``xreplace`` replaces bound variables as well and lets them capture what comes in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Basic, Lambda, Subs, Symbol
from sympy.concrete.expr_with_limits import ExprWithLimits

from symentropy.law import bound_symbol
from symentropy.proof.canonical.limits import GaveUp

#: Where the private symbols for renamed bound variables begin.
FIRST_PLACE = 3000


def placed(expression: Any, mapping: Mapping[Any, Any]) -> Any:
    """Return an expression with symbols replaced where they are free; bound variables that would capture are renamed.

    >>> from sympy import Integer, Sum
    >>> from sympy.abc import i, j, x
    >>> placed(x * i + Sum(x, (j, 1, i)), {i: j, x: Integer(3)})
    3*j + Sum(3, (_b, 1, j))
    >>> placed(Sum(x * i, (i, 1, j)), {x: i})
    Sum(_b*i, (_b, 1, j))
    """
    if not expression.has(ExprWithLimits, Lambda, Subs):
        return expression.xreplace(mapping)
    if not mapping.keys() & expression.free_symbols:
        return expression
    if isinstance(expression, ExprWithLimits):
        return _placed_inside(expression, mapping)
    if isinstance(expression, (Lambda, Subs)):
        raise GaveUp("a substitution into a function")
    return expression.func(*(placed(argument, mapping) for argument in expression.args))


def _placed_inside(expression: Any, mapping: Mapping[Any, Any]) -> Any:
    coming = {*mapping, *(s for value in mapping.values() for s in value.free_symbols)}
    if any(limit[0] in coming for limit in expression.limits):
        avoided = coming | expression.atoms(Symbol)
        names = (name for place in range(10_000) if (name := bound_symbol("b", FIRST_PLACE + place, integer=True)) not in avoided)
        expression = bound_renamed(expression, {limit[0]: next(names) for limit in expression.limits})
    limits = (_limit(limit, mapping) for limit in expression.limits)
    return expression.func(placed(expression.function, mapping), *limits)


def bound_renamed(expression: Any, names: Mapping[Any, Any]) -> Any:
    """Return a sum with other names, which do not occur in it, for its bound variables.

    The limits of a variable are outside its own scope and inside that of the variables after it.
    """
    variables = [limit[0] for limit in expression.limits]
    if len(set(variables)) != len(variables):
        raise GaveUp("the same index twice")
    limits = []
    for place, limit in enumerate(expression.limits):
        outer = {variable: names[variable] for variable in variables[place + 1 :]}
        limits.append((names[limit[0]], *(placed(part, outer) for part in limit[1:])))
    return expression.func(placed(expression.function, dict(names)), *limits)


def _limit(limit: Any, mapping: Mapping[Any, Any]) -> tuple[Basic, ...]:
    return (limit[0], *(placed(part, mapping) for part in limit[1:]))
