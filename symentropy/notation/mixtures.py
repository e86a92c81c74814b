"""Mixtures of pmfs: ``(P + Q)/2``, ``c P + (1 - c) Q``.

Main definitions
----------------
* `linear_parts`, a syntax tree as numbers times distributions; `mixture`, the pmf of some numbers and pmfs.

Left out: mixtures of densities and of countable distributions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Add, Expr, Integer, Lambda, S, Symbol, expand

from symentropy.errors import DomainError, ParseError
from symentropy.exact import shown
from symentropy.finite import Finite
from symentropy.notation.syntax import Family, Name, Negative, Node, Product, Reciprocal, Sum, Vector
from symentropy.notation.tokens import Span

_USAGE = "a mixture of distributions is a sum of numbers times distributions, such as (P + Q)/2"


@dataclass(frozen=True, slots=True)
class Part:
    """A sign and numbers times a distribution."""

    sign: Integer
    numbers: tuple[Node, ...]
    law: Node


def is_law(node: Node, is_law_name: Callable[[Name], bool]) -> bool:
    """Return whether a tree is about distributions; what is inside a quantity or a function is not looked at."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (Sum, Product, Negative)):
            waiting.extend(node.parts)
        elif (
            isinstance(node, Family) or (isinstance(node, Vector) and len(node.parts) > 1) or (isinstance(node, Name) and is_law_name(node))
        ):
            return True
    return False


def is_list(node: Node) -> bool:
    """Return whether a tree is a list of probabilities."""
    return isinstance(node, Vector)


def linear_parts(node: Node, is_mixture: Callable[[Node], bool], fail: Callable[[str, Span], ParseError]) -> list[Part]:
    """Return a tree of distributions as a list of numbers times distributions."""
    found = []
    waiting = [Part(S.One, (), node)]
    while waiting:
        part = waiting.pop()
        node = part.law
        if not is_mixture(node):
            raise fail(f"this is a number, not a distribution: {_USAGE}", node.span)
        if isinstance(node, Sum):
            waiting.extend(Part(part.sign, part.numbers, term) for term in reversed(node.parts))
        elif isinstance(node, Negative):
            waiting.append(Part(-part.sign, part.numbers, node.parts[0]))
        elif isinstance(node, Product):
            laws = [factor for factor in node.parts if is_mixture(factor)]
            if len(laws) != 1 or isinstance(laws[0], Reciprocal):
                raise fail(f"distributions are not multiplied: {_USAGE}", node.span)
            waiting.append(Part(part.sign, (*part.numbers, *(factor for factor in node.parts if factor is not laws[0])), laws[0]))
        else:
            found.append(part)
        if len(found) + len(waiting) > MAX_PARTS:
            raise fail(f"a mixture has at most {MAX_PARTS} parts", node.span)
    return found


#: Most parts of a mixture.
MAX_PARTS = 100


def mixture(parts: Sequence[tuple[Expr, Any]]) -> Finite:
    """Return the mixture of pmfs with the given weights.

    Raises `DomainError` for distributions that are not finite, for different numbers of states, and for numeric weights
    that do not sum to 1.

    >>> from sympy.abc import p
    >>> mixture([(S.Half, Finite([p, 1 - p])), (S.Half, Finite(["1/3", "2/3"]))]).probabilities
    (p/2 + 1/6, 5/6 - p/2)
    """
    if not all(isinstance(law, Finite) for _, law in parts):
        raise DomainError("only mixtures of finite distributions are read: of pmfs given by lists or by the names P, Q, R, M, U")
    total = expand(Add(*(weight for weight, _ in parts)))
    if total.is_number and total != 1:
        raise DomainError(f"the weights of the mixture sum to {shown(total)}, not 1")
    sizes = {law.size for _, law in parts}
    if len(sizes) > 1:
        raise DomainError(f"the distributions of the mixture have different numbers of states: {', '.join(sorted(map(shown, sizes)))}")
    if any(law.is_indexed for _, law in parts):
        index = Symbol("i", integer=True)
        return Finite(Lambda(index, Add(*(weight * law.probabilities(index) for weight, law in parts))), sizes.pop())
    columns = zip(*(law.probabilities for _, law in parts), strict=True)
    weights = [weight for weight, _ in parts]
    return Finite([expand(Add(*(w * p for w, p in zip(weights, column, strict=True)))) for column in columns])


def half_and_half(first: Any, second: Any) -> Finite:
    """Return the mixture (P + Q)/2."""
    return mixture([(S.Half, first), (S.Half, second)])
