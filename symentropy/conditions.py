"""Conditions taken apart.

Main definition: `conjuncts`.
"""

from __future__ import annotations

from typing import Any

from sympy import And, Basic


def conjuncts(condition: Basic) -> tuple[Any, ...]:
    """Return the parts of a conjunction in SymPy's order, another condition as its one part.

    `And.make_args` gives them as a set, whose order changes with Python's hash seed from one run to the next.

    >>> from sympy import And, Ne, symbols
    >>> p, q = symbols("p q")
    >>> conjuncts(And(Ne(q, 1), Ne(p, 1)))
    (Ne(p, 1), Ne(q, 1))
    >>> conjuncts(p < q)
    (p < q,)
    """
    return condition.args if isinstance(condition, And) else (condition,)
