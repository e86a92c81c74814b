"""Lists with dots, as pmfs of symbolic size are printed: ``[p[1], ..., p[n]]``, ``[{p}_{1}, \\ldots, {p}_{n}]``, ``[1/n, ..., 1/n]``.

Main definitions
----------------
* `abstracted`, an entry of a list as a function of its place; `pmf`, the distribution that the first and the last entry describe.

Left out: lists that were shortened when they were printed, whose other entries nobody knows.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Expr, Lambda, S, Symbol

from symentropy.errors import DomainError
from symentropy.exact import shown
from symentropy.finite import Finite
from symentropy.notation.syntax import Compound, Element, Entry, Local, Name, Node, nodes

#: Constructs in an entry of a list with dots.
MAX_NODES = 200


def abstracted(entry: Node, place: str, index: Local) -> Node:
    """Return an entry with the names that carry its place, ``p[1]`` or ``p_1``, as those that carry an index."""
    if isinstance(entry, Entry) and entry.place == place:
        return Element(entry.span, entry.base, index)
    if isinstance(entry, Name) and entry.subscript == place:
        return Element(entry.span, entry.base + "'" * entry.primes, index)
    if isinstance(entry, Compound):
        return replace(entry, parts=tuple(abstracted(part, place, index) for part in entry.parts))
    return entry


def last_place(entry: Node) -> str:
    """Return the place that the last entry names, or nothing."""
    found = [node.place if isinstance(node, Entry) else node.subscript for node in nodes(entry) if isinstance(node, (Entry, Name))]
    return next(filter(None, found), "")


def pmf(first: Expr, last: Expr, index: Symbol, size: Expr | None) -> Finite:
    """Return the pmf whose entry at an index is given twice, from the first entry of the list and from the last.

    Raises `DomainError` if these are two different functions of the place.
    """
    if first != last or (size is None and not first.is_number and not (1 / first).is_integer):
        raise DomainError(f"the first entry of a list with dots and the last are not of the same kind: {shown(first)} and {shown(last)}")
    if first.has(index) and size is not None:
        return Finite(Lambda(index, first), size)
    if size is not None and first * size != S.One:
        raise DomainError(f"{shown(size)} entries {shown(first)} do not sum to 1")
    return Finite.uniform(1 / first)
