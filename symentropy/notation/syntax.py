"""The syntax tree: what was written and where, before it means anything.

Main definitions
----------------
One frozen class a construct, each with its ``span`` in the text and its ``children`` in order. A quotient is a `Product` with
a `Reciprocal` in it, a difference a `Sum` with a `Negative`, and roots, absolute values and factorials are calls.

`nodes` goes through a tree.

Left out: brackets that only group; relations are in `symentropy.notation.relations`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
class Local(Node):
    """The index of a sum, or the parameter of a declared function: ``binder`` is the number of what binds it."""

    name: str
    binder: int


@dataclass(frozen=True, slots=True)
class Element(Node):
    """A name with the index of a sum: ``p_i``, or ``p(i)``."""

    base: str
    index: Local


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """A name with an explicit index in square brackets, as SymPy prints it: ``p[1]``, or ``p[n]`` in a list with dots."""

    base: str
    place: str


@dataclass(frozen=True, slots=True)
class Compound(Node):
    """A construct of others, in order; the base class of those below."""

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
class Dotted(Compound):
    """A list with dots: its first and its last entry as functions of the index, and its size if it is named."""

    index: Local


@dataclass(frozen=True, slots=True)
class Call(Compound):
    """A function of `symentropy.notation.functions` and its arguments."""

    function: str


@dataclass(frozen=True, slots=True)
class Application(Compound):
    """A declared function, or its derivative of some order, and its arguments."""

    function: str
    order: int = 0


@dataclass(frozen=True, slots=True)
class Differential(Compound):
    """A derivative: what is differentiated, and then by which names; ``orders`` says how often by each."""

    orders: tuple[int, ...]
    is_partial: bool

    @property
    def body(self) -> Node:
        """What is differentiated."""
        return self.parts[0]

    @property
    def variables(self) -> tuple[Name, ...]:
        """By what is differentiated."""
        return tuple(part for part in self.parts[1:] if isinstance(part, Name))


@dataclass(frozen=True, slots=True)
class Series(Compound):
    """A sum or a product over an index: the limits, if there are any, and then the summand."""

    index: Local
    is_product: bool = False

    @property
    def limits(self) -> tuple[Node, ...]:
        """The lower and the upper limit, or nothing for a sum over all states."""
        return self.parts[:-1]

    @property
    def summand(self) -> Node:
        """What is added, or multiplied."""
        return self.parts[-1]


@dataclass(frozen=True, slots=True)
class Integration(Compound):
    """An integral: the limits, if there are any, and then the integrand; ``over`` is the name of the set that it runs over, or nothing."""

    index: Local
    over: str

    @property
    def limits(self) -> tuple[Node, ...]:
        """The lower and the upper limit, or nothing for an integral over a set."""
        return self.parts[:-1]

    @property
    def integrand(self) -> Node:
        """What is integrated."""
        return self.parts[-1]


@dataclass(frozen=True, slots=True)
class Expectation(Compound):
    """An expectation: the distribution, and then what is averaged."""

    index: Local

    @property
    def law(self) -> Node:
        """The distribution: a name or a family."""
        return self.parts[0]

    @property
    def body(self) -> Node:
        """What is averaged."""
        return self.parts[1]


@dataclass(frozen=True, slots=True)
class Density(Compound):
    """A density at a point: the point, and then the family."""


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


def nodes(*trees: Node) -> Iterator[Node]:
    """Go through every node of some trees, each before its parts, in the order of the text."""
    waiting = list(reversed(trees))
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))
