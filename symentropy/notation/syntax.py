"""The syntax tree: what was written and where, before it means anything.

Main definitions
----------------
One frozen class a construct, each with its ``span`` in the text and its ``children`` in order. A quotient is a `Product` with
a `Reciprocal` in it, a difference a `Sum` with a `Negative`, and roots, absolute values and factorials are calls.

Left out: brackets that only group. Sums over an index, expectations and relations will be further classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import Rational

from symentropy.notation.tokens import Span


@dataclass(frozen=True, slots=True)
class Node:
    """A construct and where it stands."""

    span: Span

    @property
    def children(self) -> Sequence[Node]:
        """The constructs inside, in order."""
        return ()


@dataclass(frozen=True, slots=True)
class Number(Node):
    """An exact decimal."""

    value: Rational


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A symbol, a constant or a distribution, by its one spelling."""

    base: str
    subscript: str = ""
    primes: int = 0


@dataclass(frozen=True, slots=True)
class Compound(Node):
    """A construct of others, in order; the base class of the next five."""

    parts: tuple[Node, ...]

    @property
    def children(self) -> Sequence[Node]:
        return self.parts


@dataclass(frozen=True, slots=True)
class Sum(Compound):
    """Two or more terms."""


@dataclass(frozen=True, slots=True)
class Product(Compound):
    """Two or more factors."""


@dataclass(frozen=True, slots=True)
class Negative(Compound):
    """A term with a minus sign."""


@dataclass(frozen=True, slots=True)
class Reciprocal(Compound):
    """A factor that is divided by."""


@dataclass(frozen=True, slots=True)
class Power(Compound):
    """A base and its exponent."""


@dataclass(frozen=True, slots=True)
class Vector(Compound):
    """A list in brackets. One expression in square brackets is a list only where a family wants one, else a group."""


@dataclass(frozen=True, slots=True)
class Call(Compound):
    """A function of `symentropy.notation.functions` and its arguments."""

    function: str


@dataclass(frozen=True, slots=True)
class Family(Compound):
    """A family of distributions and its parameters."""

    name: str


@dataclass(frozen=True, slots=True)
class Divider:
    """What stands between two arguments of a quantity: ``,`` ``||`` ``|`` or ``;``."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Quantity(Compound):
    """An information quantity, by its name with subscript, and its arguments."""

    name: str
    dividers: tuple[Divider, ...]
