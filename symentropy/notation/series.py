"""What a sum or a product over an index stands for.

Main definitions
----------------
* `plan`: over which values of its index a sum runs: explicit ones where the limits are numbers, else 1, ..., n or whatever the limits say.
* `symbolic`, the ``Sum`` or ``Product``; `written_out`, that of explicit terms; `element`, the probability p_i of the pmf P, or a declared
  number with an index.

A sum without limits runs over the states. The index of a sum over states is i (then j, ...) whatever its letter was, as in the
definitions of the quantities, so that ``sum_s p_s log(p_s/q_s)`` is the same expression as the value of ``D(P || Q)``.

Left out: values of infinite sums.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from sympy import Expr, Integer, Product, S, Sum, Symbol

from symentropy.errors import ParseError
from symentropy.finite import Finite
from symentropy.law import bound_symbol
from symentropy.notation import arithmetic, bounds
from symentropy.notation.arithmetic import Term, UndefinedError, measured
from symentropy.notation.bounds import TooLargeError
from symentropy.notation.names import SIZE
from symentropy.notation.scope import Scope
from symentropy.notation.syntax import Element, Node, Series, nodes
from symentropy.notation.tokens import Span

Fail = Callable[[str, Span], ParseError]

#: Sums with explicit limits are written out up to this many terms.
MAX_TERMS = 1000
#: Letters for the indices of sums over states, from the outermost.
_LETTERS = ("i", "j", "l", "s")


@dataclass(frozen=True, slots=True)
class Plan:
    """The limits of a sum, and the values of its index where it is written out."""

    lower: Expr
    upper: Expr
    values: Sequence[Integer] | None


def plan(node: Series, limits: Sequence[Term], scope: Scope, fail: Fail) -> Plan:
    """Return over what a sum runs."""
    lower, upper = (limits[0].expr, limits[1].expr) if limits else (S.One, scope.size)
    for limit, part in zip((lower, upper), node.limits, strict=False):
        if limit.is_integer is False and not limit.is_infinite:
            raise fail("the limits of a sum are integers", part.span)
    bases = sorted({part.base for part in elements_of(node) if scope.pmf(part.base) is not None and part.base not in scope.arrays})
    if bases:
        _check_states(node, bases[0], lower, upper, scope, fail)
    if not (isinstance(lower, Integer) and isinstance(upper, Integer)):
        return Plan(lower, upper, None)
    count = int(upper) - int(lower) + 1
    if count <= MAX_TERMS:
        return Plan(lower, upper, [Integer(k) for k in range(int(lower), int(upper) + 1)])
    if list(elements_of(node)):
        raise fail(f"a sum over named numbers is written out, which is done up to {MAX_TERMS} terms", node.span)
    return Plan(lower, upper, None)


def elements_of(node: Series) -> Sequence[Element]:
    """Return the names that carry the index of a sum."""
    return [part for part in nodes(node.summand) if isinstance(part, Element) and part.index.binder == node.index.binder]


def _check_states(node: Series, base: str, lower: Expr, upper: Expr, scope: Scope, fail: Fail) -> None:
    """Refuse an index that leaves the states 1, ..., n of a pmf."""
    law = scope.pmf(base)
    size = law.size if isinstance(law, Finite) else scope.size
    if not (isinstance(lower, Integer) and lower >= 1):
        raise fail(f"the states of {base}_{node.index.name} are 1, ..., {size}: let the sum start at 1", node.span)
    if not (size - upper).is_nonnegative:
        raise fail(
            f"the states of {base}_{node.index.name} are 1, ..., {size}, and the sum runs up to {upper}; "
            f"say how many there are, such as {SIZE} = 3 in given",
            node.span,
        )


def index_symbol(node: Series, taken: Collection[Symbol], scope: Scope) -> Symbol:
    """Return the index of a sum that is not written out, inside sums with other indices."""
    for name in _LETTERS if elements_of(node) else (node.index.name,):
        symbol = Symbol(name, integer=True)
        if symbol not in taken and scope.value(name) != symbol:
            return symbol
    return bound_symbol("i", len(taken), integer=True)


def free_symbol(taken: Collection[Symbol], scope: Scope) -> Symbol:
    """Return an index over states inside sums with other indices."""
    for name in _LETTERS:
        symbol = Symbol(name, integer=True)
        if symbol not in taken and scope.value(name) != symbol:
            return symbol
    return bound_symbol("i", len(taken), integer=True)


def over_states(summand: Expr, index: Symbol, scope: Scope) -> Expr:
    """Return the sum over all states."""
    return Sum(summand, (index, S.One, scope.size))


def symbolic(node: Series, summand: Term, index: Symbol, plan: Plan) -> Term:
    """Return the sum or product."""
    if plan.upper.has(index) or plan.lower.has(index):
        raise UndefinedError("the limits of a sum contain its index")
    over = Product if node.is_product else Sum
    return measured(over(summand.expr, (index, plan.lower, plan.upper)), bounds.OPAQUE)


def written_out(node: Series, terms: Sequence[Term]) -> Term:
    """Return the sum or product of its terms, one for each value of the index."""
    if node.is_product:
        return arithmetic.multiply([arithmetic.number(S.One), *terms])
    return arithmetic.add([arithmetic.number(S.Zero), *terms])


def element(base: str, index: Expr, scope: Scope, node: Node, fail: Fail) -> Expr:
    """Return the probability of a state, or a declared number, at an index."""
    if base in scope.arrays:
        return scope.entry(base, int(index)) if isinstance(index, Integer) else scope.arrays[base][index]
    law = scope.pmf(base)
    if law is None:
        raise fail(_undeclared(base), node.span)
    if not isinstance(law, Finite):
        raise fail(f"{base} with an index is a probability of a finite distribution, and this distribution is not finite", node.span)
    if law.is_indexed:
        return law.probabilities(index)
    if not isinstance(index, Integer):
        raise fail(f"the states of {base} are 1, ..., {law.size}, and the index runs over {SIZE} of them", node.span)
    if not 1 <= index <= law.size:
        raise fail(f"the states of {base} are 1, ..., {law.size}, not {index}", node.span)
    if law.size > MAX_TERMS:
        raise TooLargeError(f"a sum over the states of a distribution is written out, which is done up to {MAX_TERMS} states")
    return law.probabilities[int(index) - 1]


def _undeclared(base: str) -> str:
    return (
        f"{base} with an index is not declared: p, q and r are probabilities, and for others given says what they are, "
        f"such as 'sum_i {base}_i = 1' or '{base}_i > 0'"
    )
