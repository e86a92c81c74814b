r"""Reading derivatives: ``\\frac{d}{dp} f``, ``\\frac{\\partial^2 f}{\\partial p^2}``, ``d/dp f``, ``∂f/∂p``, ``f'(p)``, ``diff(f, p, 2)``.

Main definition: `DerivativeReader`, the rules for derivatives; the grammar adds the other rules.

A derivative takes the product that follows, as a sum does, and stops at the next + or - outside brackets. Where the same text may be read
as two things, it is an error that says how to write either: d where d is a name, a sign or a second derivative after the operator, and a
product that goes on after a bracket.

Left out: what a derivative stands for (see `symentropy.notation.differentiation`), and values at a point after a bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from symentropy.notation.expectations import ExpectationReader
from symentropy.notation.names import base_and_digits, full_name
from symentropy.notation.reader import Rule
from symentropy.notation.syntax import Application, Differential, Name, Node, nodes
from symentropy.notation.tokens import CLOSING, FRACTIONS, Span, Token

#: Highest order of a derivative.
MAX_ORDER = 10
#: Words that are derivatives where a bracket follows.
OPERATORS = frozenset(("diff", "Derivative"))
_USAGE = r"a derivative is written \frac{d}{dp} f, d/dp f, \frac{\partial f}{\partial p} or diff(f, p)"


class Variables(NamedTuple):
    """By what is differentiated, in order, and how often by each."""

    names: tuple[Name, ...]
    orders: tuple[int, ...]


class DerivativeReader(ExpectationReader):
    """Reads derivatives."""

    def _power(self) -> Rule:
        """Read a power: a rule of the grammar."""
        raise NotImplementedError

    def _starts_operand(self) -> bool:
        """Return whether the next token starts a factor: a rule of the grammar."""
        raise NotImplementedError

    # Where a derivative starts

    def _starts_derivative(self, place: int) -> bool:
        r"""Return whether a derivative starts so many tokens ahead: a fraction of differentials, ``d/dp``, or ∂."""
        token = self.ahead(place)
        if token.kind == "macro" and token.text in FRACTIONS and self.ahead(place + 1).kind == "{":
            below = place + 1 + self.length_of_bracket(place + 1)
            is_below = self.ahead(below).kind == "{" and self._is_differential(below + 1, is_variable=True)
            return is_below and self._is_differential(place + 2)
        return token.kind == "partial" or (token.text == "d" and self._starts_plain_derivative(place))

    def _starts_plain_derivative(self, place: int) -> bool:
        """Return whether ``d/dp``, ``d^2/dp^2`` or ``df/dp`` comes so many tokens ahead, where d is no name and the word is none."""
        if self.ahead(place).kind != "word" or self._is_name("d") or not self._is_differential(place):
            return False
        if len(self.ahead(place).text) > 1 and self._is_name(self.ahead(place).text):
            return False
        place += 1
        if self.ahead(place).kind == "^":
            place += 1
        if self.ahead(place).kind in CLOSING:
            place += self.length_of_bracket(place)
        elif self.ahead(place).kind == "number":
            place += 1
        return self.ahead(place).kind == "/" and self._is_differential(place + 1, is_variable=True)

    def _is_differential(self, place: int, *, is_variable: bool = False) -> bool:
        """Return whether d or ∂ comes so many tokens ahead, with what is differentiated or a sign of its order, or by what."""
        token, after = self.ahead(place), self.ahead(place + 1)
        if token.kind == "partial":
            return True
        if token.kind != "word" or token.text[0] != "d" or (len(token.text) > 1 and self.names.declares(*base_and_digits(token.text))):
            return False
        if not is_variable:
            return len(token.text) > 1 or after.kind not in ("+", "-", "*")
        return self._is_name(token.text[1:]) if len(token.text) > 1 else after.kind in ("word", "greek")

    def _is_name(self, word: str) -> bool:
        base, digits = base_and_digits(word)
        return full_name(base, digits) in self.bound or self.names.is_known(base, digits)

    # Operators

    def _derivative(self) -> Rule:
        r"""Read the derivative that comes next, ``\frac{d}{dp}`` or ``d/dp``, with what is differentiated above the line or behind."""
        start = self.next.span[0]
        is_fraction = self.next.kind == "macro"
        if is_fraction:
            self.take()
        opener = self.open("group", "}") if is_fraction else None
        sign = self._sign()
        order = self._order()
        body = None
        if self.next.kind not in ("}", "/"):
            body = yield self._numerator(is_fraction=is_fraction)
        if opener is not None:
            self.close(opener)
        elif self.next.kind != "/":
            raise self.fail(_USAGE, self.since(start))
        opener = self.open("group", "}") if is_fraction else None
        if not is_fraction:
            self.take()
        variables = self._variables(sign, order)
        if opener is not None:
            self.close(opener)
        span = self.since(start)
        if sum(variables.orders) != order:
            raise self.fail(f"the order of this derivative is {order} above the line and {sum(variables.orders)} below", span)
        if body is None:
            body = yield self._differentiated(span, variables)
        elif isinstance(body, Name) and body.base in self.names.functions:
            body = Application(body.span, variables.names[:1], body.base)
        return Differential(self.since(start), (body, *variables.names), variables.orders, is_partial=sign.kind == "partial")

    def _sign(self) -> Token:
        """Take d or ∂; what is written right after a d stays."""
        token = self.next
        if token.kind == "word" and len(token.text) > 1:
            start, stop = token.span
            kind = "number" if token.text[1].isdigit() else "word"
            self.replace(Token("word", "d", (start, start + 1)), Token(kind, token.text[1:], (start + 1, stop)))
        if self.next.kind == "word" and self._is_name("d") and not self.text.startswith("\\", self.next.span[0]):
            raise self.fail(
                r"d is a name here, so that this may be a fraction: write \frac{\mathrm{d}}{\mathrm{d}p} or diff(f, p) for a derivative, "
                "and (d) for the name"
            )
        return self.take()

    def _order(self) -> int:
        """Read the order of a derivative after ^."""
        if self.next.kind != "^":
            return 1
        self.take()
        opener = self.open("group", "}") if self.next.kind == "{" else None
        order = self._number_of_times()
        if opener is not None:
            self.close(opener)
        return order

    def _number_of_times(self) -> int:
        token = self.next
        is_short = token.kind == "number" and token.text.isdigit() and len(token.text) <= len(str(MAX_ORDER))
        if not is_short or not 1 <= int(token.text) <= MAX_ORDER:
            raise self.fail(f"the order of a derivative is a number from 1 to {MAX_ORDER}")
        return int(self.take().text)

    def _numerator(self, *, is_fraction: bool) -> Rule:
        """Read what is differentiated above the line: a product, or a function by its name alone."""
        token = self.next
        name = full_name(*base_and_digits(token.text))
        if token.kind in ("word", "greek") and name in self.names.functions and self.ahead(1).kind in ("}", "/"):
            self.take()
            return Name(token.span, name)
        body = yield (self._product() if is_fraction else self._power())
        if self.next.kind in ("+", "-"):
            raise self.fail("only part of this would be differentiated: put all of it in brackets after d")
        return body

    def _variables(self, sign: Token, order: int) -> Variables:
        """Read by what is differentiated: ``dp``, ``dp^2``, or several of these up to the order."""
        names: list[Name] = []
        orders: list[int] = []
        while not names or (sum(orders) < order and self._is_differential(0, is_variable=True)):
            if not self._is_differential(0, is_variable=True) or (self.next.kind == "partial") != (sign.kind == "partial"):
                raise self.fail(_USAGE)
            self._sign()
            names.append(self._variable_of_derivative())
            orders.append(self._order())
        return Variables(tuple(names), tuple(orders))

    def _variable_of_derivative(self) -> Name:
        token = self.next
        if token.kind not in ("word", "greek"):
            raise self.fail(_USAGE)
        self.take()
        base, digits = base_and_digits(token.text)
        found = self.local(base, digits, token) or self._name(token, base, digits)
        if not isinstance(found, Name):
            raise self.fail("a derivative is by a name that stands for a number, not by an index or a parameter", self.since(token.span[0]))
        return found

    def _differentiated(self, operator: Span, variables: Variables) -> Rule:
        """Read the product that follows a derivative."""
        if self.next.kind == "^":
            raise self.fail(r"a derivative of higher order is written \frac{d^2}{dp^2} f")
        if self.next.kind in ("+", "-"):
            raise self.fail(
                r"a sign stands right after a derivative: write \frac{d}{dp} (-p) for the derivative of all of it, "
                "or brackets around the derivative with what it is of"
            )
        if not self._starts_operand():
            raise self.fail("what is differentiated is missing", operator)
        is_bracket = self.next.kind in CLOSING
        is_loose = is_bracket and (self.next.kind != "(" or self.ahead(self.length_of_bracket(0)).kind in ("*", "/"))
        body = yield self._product()
        rest = self.factors[1:]
        if any(isinstance(part, Differential) for part in rest) or (is_loose and _depends(rest, variables)):
            raise self.fail(
                "it is not clear where this derivative ends: put brackets around all that is differentiated, or around the derivative "
                "with what it is of",
                self.since(operator[0]),
            )
        return body

    # f'(p) and diff(f, p)

    def _operator_in_brackets(self) -> Rule:
        """Read ``diff(f, p)``, ``diff(f, p, 2)`` or ``Derivative(f, (p, 2))``."""
        head = self.take()
        opener = self.open("list", ")")
        body = yield self._expression()
        names: list[Name] = []
        orders: list[int] = []
        while self.next.kind == ",":
            self.take()
            if names and self.next.kind == "number":
                orders[-1] = self._number_of_times()
                continue
            bracket = self.open("group", ")") if self.next.kind == "(" else None
            names.append(self._variable_of_derivative())
            orders.append(1)
            if bracket is not None:
                if self.next.kind == ",":
                    self.take()
                    orders[-1] = self._number_of_times()
                self.close(bracket)
        self.close(opener)
        span = self.since(head.span[0])
        if not names or sum(orders) > MAX_ORDER:
            wanted = f"the order of a derivative is a number from 1 to {MAX_ORDER}" if names else "by what is this? Write diff(f, p)"
            raise self.fail(wanted, span)
        return Differential(span, (body, *names), tuple(orders), is_partial=True)


def _depends(trees: Sequence[Node], variables: Variables) -> bool:
    """Return whether a variable occurs in some trees."""
    names = {(name.base, name.subscript, name.primes) for name in variables.names}
    return any(isinstance(node, Name) and (node.base, node.subscript, node.primes) in names for node in nodes(*trees))
