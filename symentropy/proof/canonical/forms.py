"""An expression as a combination of logarithms.

Main definitions: `log_form`.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, log

from symentropy.proof.canonical.generators import Value
from symentropy.proof.canonical.reading import is_readable
from symentropy.proof.canonical.space import Space
from symentropy.proof.canonical.zero import FAILURES, prepared, value_of
from symentropy.proof.domain import Domain

LogForm = tuple[list[tuple[Expr, Expr]], Expr]


def log_form(expression: Any, domain: Domain, *, eliminate: bool = True) -> LogForm | None:
    """Return ``([(coefficient, base), ...], rest)`` with ``expression = sum of coefficient log(base) + rest`` and each base positive.

    The coefficients and the rest have no logarithms. None where the expression is not of that form, or where the domain does not show the
    sign of a base. With ``eliminate=False`` the hypotheses that are equalities replace nothing.

    >>> from sympy import Symbol, log
    >>> p = Symbol("p")
    >>> log_form(p * log(p / (1 - p)) + p, Domain([0 < p, p < 1]))
    ([(p, p), (-p, 1 - p)], p)
    >>> log_form(log(p) ** 2, Domain([0 < p])) is None
    True
    """
    if not is_readable(expression):
        return None
    try:
        reader = prepared(expression, domain, eliminate=eliminate)
        value = reader.space.settled(value_of(reader, expression))
        return _form(reader.space, value)
    except FAILURES:
        return None


def _form(space: Space, value: Value) -> LogForm | None:
    table = space.table
    rest: Value = {}
    found: dict[int, Value] = {}
    for monomial, coefficient in value.items():
        logs = [(place, e) for place, e in monomial if table.generators[place].kind == "log"]
        others = tuple(pair for pair in monomial if table.generators[pair[0]].kind != "log")
        if len(logs) > 1 or any(e != 1 for _, e in logs):
            return None
        own = found.setdefault(logs[0][0], {}) if logs else rest
        own[others] = coefficient
    terms: list[tuple[Expr, Expr]] = []
    for place, own in found.items():
        target = table.generators[table.generators[place].payload]
        orientation = space.orientation(target)
        if not orientation:
            return None
        terms.append((table.written(own), target.expression * orientation))
    left = table.written(rest)
    return None if any(part.has(log) for part in (left, *(coefficient for coefficient, _ in terms))) else (terms, left)
