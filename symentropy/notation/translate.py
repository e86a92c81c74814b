"""A syntax tree to SymPy: what the names mean, and whether arguments fit.

Main definitions
----------------
* `Translator.translate`. It visits the tree with a list of its own instead of recursion; a node is built when its parts are.
* `Role`: whether a place wants an expression, an argument of a quantity, or a parameter of a family, which differ in what a list means.

What cannot be built is a `ParseError` at the construct, and what has no value a `DomainError` that shows it.

Left out: everything the tree has no classes for yet (see `symentropy.notation.syntax`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, NamedTuple

from sympy import Expr, Rational, S

from symentropy.errors import DomainError, ParseError, SymentropyError
from symentropy.exact import shorten
from symentropy.finite import Finite
from symentropy.logarithms import natural_log
from symentropy.notation import arithmetic, bounds, quantities
from symentropy.notation.arithmetic import Term, UndefinedError
from symentropy.notation.bounds import TooLargeError
from symentropy.notation.families import Family as Row
from symentropy.notation.families import family
from symentropy.notation.functions import FUNCTIONS
from symentropy.notation.names import CONSTANTS, SIZE, Names, full_name
from symentropy.notation.syntax import (
    Call,
    Family,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Reciprocal,
    Sum,
    Vector,
)
from symentropy.notation.tokens import Span


class Role(Enum):
    """What a place in the tree wants."""

    EXPRESSION = "an expression"
    ARGUMENT = "a distribution or a probability, in a quantity"
    PARAMETER = "an expression, a vector or a matrix, in a family"


class _Visit(NamedTuple):
    node: Node
    role: Role
    is_ready: bool


class Translator:
    """Translates the tree of one text; ``base`` is that of the quantities and of a logarithm that names none."""

    def __init__(self, text: str, names: Names, base: Expr = S.Exp1) -> None:
        self.text = text
        self.names = names
        self.base = base
        self._work = 0
        self._built: list[Any] = []  # of the parts whose node is not built yet: terms, distributions, lists

    def translate(self, tree: Node) -> Expr:
        """Return the expression of a tree."""
        visits = [_Visit(tree, Role.EXPRESSION, is_ready=False)]
        while visits:
            node, role, is_ready = visits.pop()
            if is_ready:
                self._build(node, role)
                continue
            if isinstance(node, Quantity):
                quantities.check_form(node, self._fail)
            visits.append(_Visit(node, role, is_ready=True))
            inside = _role_inside(node, role)
            visits.extend(_Visit(child, inside, is_ready=False) for child in reversed(node.children))
        made: Term = self._built.pop()
        return made.expr

    def _build(self, node: Node, role: Role) -> None:
        """Replace the parts of a node, which are the last that were built, by the node."""
        count = len(node.children)
        parts = self._built[len(self._built) - count :]
        del self._built[len(self._built) - count :]
        try:
            self._built.append(_BUILDERS[type(node)](self, node, parts, role))
            if isinstance(node, (Sum, Product, Negative)):
                self._spend(len(self._built[-1].expr.args))
        except SymentropyError:
            raise
        except UndefinedError as error:
            raise DomainError(f"{error}: {shorten(self._source(node))}") from None
        except TooLargeError as error:
            raise self._fail(str(error), node.span) from None
        except Exception as error:  # SymPy raises whatever its evaluation runs into; a text must not
            reason = "it is nested too deeply" if isinstance(error, RecursionError) else shorten(repr(error))
            raise self._fail(f"SymPy cannot build this: {reason}", node.span) from error

    def _spend(self, work: int) -> None:
        """Refuse long sums in many brackets, each of which SymPy goes through again, and long lists of symbols."""
        self._work += work
        if self._work > bounds.MAX_WORK:
            raise TooLargeError("there are too many terms, too many times over")

    def _source(self, node: Node) -> str:
        return self.text[slice(*node.span)]

    def _fail(self, message: str, span: Span) -> ParseError:
        return ParseError(message, self.text, span)

    # One method a class of the tree

    def _number(self, node: Number, _parts: Sequence[Any], _role: Role) -> Term:
        return arithmetic.number(node.value)

    def _name(self, node: Name, _parts: Sequence[Any], role: Role) -> Any:
        value = self.names.value(node.base, node.subscript, node.primes)
        if value is not None:
            size = {"e": bounds.EULER}.get(node.base, bounds.CONSTANT) if node.base in CONSTANTS else bounds.SYMBOL
            return Term(value, size)
        probabilities = self.names.distribution(full_name(node.base, node.subscript, node.primes))
        if probabilities is None:
            raise self._fail(_undeclared(node, role), node.span)
        if role is not Role.ARGUMENT:
            raise self._fail(f"{node.base} is a distribution: write H({node.base}), or D({node.base} || Q)", node.span)
        return Finite.symbols(probabilities, SIZE)

    def _sum(self, _node: Sum, parts: Sequence[Term], _role: Role) -> Term:
        return arithmetic.add(parts)

    def _product(self, _node: Product, parts: Sequence[Term], _role: Role) -> Term:
        return arithmetic.multiply(parts)

    def _negative(self, _node: Negative, parts: Sequence[Term], _role: Role) -> Term:
        return arithmetic.negate(parts[0])

    def _reciprocal(self, _node: Reciprocal, parts: Sequence[Term], _role: Role) -> Term:
        return arithmetic.reciprocal(parts[0])

    def _power(self, _node: Power, parts: Sequence[Term], _role: Role) -> Term:
        return arithmetic.power(*parts)

    def _call(self, node: Call, parts: Sequence[Term], role: Role) -> Any:
        function = FUNCTIONS[node.function]
        if function.name in ("log", "ln") and len(parts) == 1 and self.base is not S.Exp1:
            return FUNCTIONS["log"]([*parts, Term(self.base, bounds.SYMBOL if self.base.free_symbols else bounds.CONSTANT)])
        if function.takes(len(parts)):
            return function(parts)
        if role is Role.ARGUMENT and function.name == "gamma" and len(parts) == 2:  # \Gamma(k, \theta)
            return family("Gamma").random_variable([part.expr for part in parts], self._source(node))
        raise self._fail(f"{function.name} is given {len(parts)} arguments, not those of {function.signature}", node.span)

    def _vector(self, node: Vector, parts: Sequence[Any], role: Role) -> Any:
        if role is Role.PARAMETER:
            return [_plain(part) for part in parts]
        if len(parts) == 1 and role is Role.EXPRESSION:
            return parts[0]
        if len(parts) == 1 and parts[0].expr.free_symbols:
            x = self._source(node)[1:-1].strip()
            raise self._fail(f"a list of one probability: write ({x}) for the binary entropy of a number, or [{x}, 1-({x})]", node.span)
        if role is Role.ARGUMENT:
            entries = [part.expr for part in parts]
            if not all(isinstance(entry, Rational) for entry in entries):
                self._spend(len(entries) ** 2)  # checking that a pmf is possible compares its symbols
            return Finite(entries)
        raise self._fail("a list stands only inside a quantity, H([1/3, 2/3]), or a family", node.span)

    def _family(self, node: Family, parts: Sequence[Any], role: Role) -> Any:
        row: Row = family(node.name)
        if role is not Role.ARGUMENT:
            hint = _FUNCTION_OF_FAMILY.get(node.name, "")
            raise self._fail(f"the family {node.name} stands only inside a quantity: H({self._source(node)}){hint}", node.span)
        if not row.takes(len(parts)):
            raise self._fail(f"{node.name} takes {row.signature}", node.span)
        return row.random_variable([_plain(part) for part in parts], self._source(node))

    def _quantity(self, node: Quantity, parts: Sequence[Any], _role: Role) -> Term:
        noun = quantities.build(node, parts, self._fail)
        return Term(noun if self.base is S.Exp1 else noun / natural_log(self.base), bounds.OPAQUE)


_BUILDERS: dict[type[Node], Callable[..., Any]] = {
    Number: Translator._number,
    Name: Translator._name,
    Sum: Translator._sum,
    Product: Translator._product,
    Negative: Translator._negative,
    Reciprocal: Translator._reciprocal,
    Power: Translator._power,
    Call: Translator._call,
    Vector: Translator._vector,
    Family: Translator._family,
    Quantity: Translator._quantity,
}

#: Names without declaration, as messages list them.
KNOWN_LETTERS = "p q r, m t u v w x z, n N, b k, alpha beta theta kappa lambda mu nu sigma tau"

#: What to write for those who mean the function and write the family.
_FUNCTION_OF_FAMILY = {"Gamma": "; the function is gamma(x)", "Zeta": "; the function is zeta(s)"}


def _role_inside(node: Node, role: Role) -> Role:
    """Return the role of the parts of a node in a given role."""
    if isinstance(node, Quantity):
        return Role.ARGUMENT
    if isinstance(node, Family) or (isinstance(node, Vector) and role is Role.PARAMETER):
        return Role.PARAMETER
    return Role.EXPRESSION


def _plain(part: Any) -> Any:
    """Return a parameter without its size: an expression, or a list of these."""
    return part.expr if isinstance(part, Term) else part


def _undeclared(node: Name, role: Role) -> str:
    """Return the message for a name without a meaning, which says how to give it one."""
    name = full_name(node.base, node.subscript, node.primes)
    if role is Role.ARGUMENT and node.base[0].isupper():
        return f"{name} is not declared: P, Q, R, M and U are distributions, and {quantities.RESERVED}"
    if node.base == "E":
        return "E is not declared: Euler's number is e, and expectations are not read yet"
    return (
        f"{name} is not declared: use a known letter ({KNOWN_LETTERS}, also with subscripts: p_1), "
        f"or in Python give symbols={{{name!r}: Symbol({name!r}, positive=True)}}"
    )
