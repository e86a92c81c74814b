"""The quantities that text and LaTeX can name: one table, a row a spelling.

Main definitions
----------------
* `Row`: how the quantity is written, and how to build it from distributions and numbers.
* `QUANTITIES`, the table by name with subscript; `QUANTITY_HEADS`, the names without.
* `check_form`, for what is wrong whatever the arguments mean; `build`, for arguments that are known.

The Jensen-Shannon divergence is D(P || M)/2 + D(Q || M)/2 with M = (P + Q)/2.

Left out: joint and conditional quantities, which are reserved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sympy import Add, Expr, S

from symentropy.errors import ParseError
from symentropy.finite import Finite
from symentropy.notation.arithmetic import Term
from symentropy.notation.mixtures import half_and_half
from symentropy.notation.syntax import Node, Quantity
from symentropy.notation.tokens import Span
from symentropy.quantities import CrossEntropy, Entropy, KLDivergence, Surprise

#: An argument once it is read: a number or an expression, or a distribution.
Argument: TypeAlias = Any  # Term | Basic; SymPy has no types of its own
#: Makes the error for a message and a place.
Fail = Callable[[str, Span], ParseError]

RESERVED = "joint and conditional quantities are reserved, and not read yet"


class _MisfitError(Exception):
    """Arguments that do not fit; the text says what to write."""


@dataclass(frozen=True, slots=True)
class Row:
    """A spelling of a quantity; ``dividers`` are the signs that may stand between two arguments."""

    usage: str
    dividers: tuple[str, ...]
    build: Callable[[Sequence[Argument], Quantity], Expr]
    #: Why the quantity cannot be read, whatever its arguments.
    refusal: str = ""


def _entropy(arguments: Sequence[Argument], node: Quantity) -> Expr:
    scalars = [argument for argument in arguments if isinstance(argument, Term)]
    if len(arguments) == 1:
        return _binary_entropy(arguments, node) if scalars else Entropy(arguments[0])
    if len(arguments) == 2 and not scalars:
        return CrossEntropy(*arguments)
    if len(scalars) == len(arguments):
        raise _MisfitError("a list of probabilities is written in brackets of its own: H([1/3, 2/3])")
    raise _MisfitError("H takes one distribution, or two of them: H(P), H(P, Q)")


def _binary_entropy(arguments: Sequence[Argument], node: Quantity) -> Expr:
    if len(arguments) != 1 or not isinstance(arguments[0], Term):
        raise _MisfitError(f"{node.name} takes the probability of one of two outcomes: {node.name}(p)")
    p = arguments[0].expr
    return Entropy(Finite([p, S.One - p]))


def _surprise(arguments: Sequence[Argument], node: Quantity) -> Expr:  # noqa: ARG001
    if len(arguments) != 1 or not isinstance(arguments[0], Term):
        raise _MisfitError("h takes one probability, h(p); the entropy of a distribution is H(P)")
    return Surprise(arguments[0].expr)


def _divergence(arguments: Sequence[Argument], node: Quantity) -> Expr:
    if len(arguments) == 2 and all(isinstance(argument, Term) for argument in arguments):
        raise _MisfitError(f"{node.name} takes two distributions: write {node.name}([p, 1-p] || [q, 1-q]) for two probabilities")
    if len(arguments) != 2 or any(isinstance(argument, Term) for argument in arguments):
        raise _MisfitError(f"{node.name} takes two distributions: {node.name}(P || Q)")
    return KLDivergence(*arguments)


def _jensen_shannon(arguments: Sequence[Argument], node: Quantity) -> Expr:
    if len(arguments) != 2 or any(isinstance(argument, Term) for argument in arguments):
        raise _MisfitError(f"{node.name} takes two distributions: {node.name}(P, Q)")
    middle = half_and_half(*arguments)
    return Add(*(KLDivergence(law, middle) / 2 for law in arguments))


def _refused(arguments: Sequence[Argument], node: Quantity) -> Expr:
    raise NotImplementedError


_KL = ("||", ",")

QUANTITIES: dict[str, Row] = {
    "H": Row("H(P) or H(P, Q)", (",",), _entropy),
    "H_b": Row("H_b(p)", (), _binary_entropy),
    "h": Row("h(p)", (), _surprise),
    "h_b": Row("h_b(p)", (), _binary_entropy),
    "D": Row("D(P || Q)", _KL, _divergence),
    "D_KL": Row("D_KL(P || Q)", _KL, _divergence),
    "KL": Row("KL(P || Q)", _KL, _divergence),
    "I": Row("I(X; Y)", (";", ","), _refused, refusal=RESERVED),
    "JSD": Row("JSD(P, Q)", _KL, _jensen_shannon),
}

QUANTITY_HEADS = frozenset(name.partition("_")[0] for name in QUANTITIES)


def check_form(node: Quantity, fail: Fail) -> None:
    """Refuse a quantity that is not read yet, and dividers that do not belong to it."""
    row = QUANTITIES[node.name]
    if row.refusal:
        raise fail(row.refusal, node.span)
    for divider in node.dividers:
        if divider.kind in row.dividers:
            continue
        if divider.kind == "|" and "||" in row.dividers:
            raise fail("a divergence is written with a double bar: D(P || Q)", divider.span)
        if divider.kind in ("|", ";"):
            raise fail(RESERVED, divider.span)
        if divider.kind == "||":
            raise fail(f"a double bar belongs to a divergence, D(P || Q); write {row.usage}", divider.span)
        raise fail(f"{node.name} takes one argument: {row.usage}", divider.span)


def build(node: Quantity, arguments: Sequence[Argument], fail: Fail) -> Expr:
    """Return the noun of SymPy's kind for a quantity whose form was checked."""
    try:
        return QUANTITIES[node.name].build(arguments, node)
    except _MisfitError as misfit:
        raise fail(str(misfit), _inside(node.parts)) from None


def _inside(parts: Sequence[Node]) -> Span:
    return (parts[0].span[0], parts[-1].span[1])
