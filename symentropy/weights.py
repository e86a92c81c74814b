"""Exact integers that stand for a pmf with rational probabilities.

Main definitions: `Weights`, a leaf of SymPy's trees, and `over_common_denominator`.

A million weights cost a million Python integers and no SymPy object each. Equal pmfs have equal weights, because these have no
common factor.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import reduce
from typing import Any, cast

from sympy import Basic, Rational, S

from symentropy.exact import shown
from symentropy.layout import SHOWN, TEXT


class Weights(Basic):
    """Non-negative integers without a common factor: the probabilities of a rational pmf times their common denominator.

    ``values`` are the integers in order, ``total`` their sum and ``groups`` how often each non-zero value occurs.
    It is a leaf of SymPy's expression trees.
    """

    is_Atom = True
    __slots__ = ("groups", "total", "values")

    values: tuple[int, ...]
    total: int
    groups: Counter[int]

    def __new__(cls, values: Sequence[int]) -> Weights:
        """Reduce integers, some of which may be zero, to lowest terms."""
        groups = Counter(values)
        divisor = math.gcd(*groups)
        if divisor > 1:
            values = [value // divisor for value in values]
            groups = Counter({value // divisor: count for value, count in groups.items()})
        del groups[0]  # Counter allows it when there is none
        made = cast("Weights", Basic.__new__(cls))
        made.values = tuple(values)
        made.total = sum(value * count for value, count in groups.items())
        made.groups = groups
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (self.values,)

    def __getstate__(self) -> None:
        return None

    def _hashable_content(self) -> tuple[Any, ...]:
        return (self.values,)

    def sort_key(self, order: Any = None) -> tuple[Any, ...]:  # noqa: ARG002
        """Return what puts weights into an order that is the same in each run."""
        return self.class_key(), (1, self.values), S.One.sort_key(), S.One

    def _sympystr(self, printer: Any) -> str:  # noqa: ARG002
        return f"Weights({TEXT.listed(list(map(shown, self.values[:SHOWN])), len(self.values))})"

    def _sympyrepr(self, printer: Any) -> str:  # noqa: ARG002
        return f"Weights({list(self.values)})"

    @property
    def rationals(self) -> tuple[Rational, ...]:
        """The probabilities."""
        made = {value: Rational(value, self.total) for value in (*self.groups, 0)}
        return tuple(made[value] for value in self.values)


def over_common_denominator(values: Sequence[Rational]) -> tuple[list[int], int]:
    """Return integers and the denominator they share."""
    denominator = reduce(math.lcm, {int(value.q) for value in values}, 1)
    return [int(value.p) * (denominator // int(value.q)) for value in values], denominator
