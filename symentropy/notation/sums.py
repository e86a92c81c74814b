r"""Reading sums and products over an index.

``\\sum_{i=1}^{n} p_i``, ``sum_s p_s log p_s``, ``\\sum_{x \\in \\mathcal{X}} p(x)``, ``sum(p_i, i, 1, n)``, ``\\prod_i p_i``.

Main definition: `SumReader`, the rules for sums; the grammar adds the other rules.

A sum takes the product that follows, with its leading minus, and stops at the next + or - outside brackets. Inside, the name of the
index is the index, and a name with it as a subscript (or in brackets after the name of a pmf) is an `Element`.

A product, ``\\prod_{i=1}^{n} p_i``, has the same shapes. Where its last factor is without an index it is an error: a
number times a sum may stand inside or outside, a number times a product may not.

Left out: names with two indices, and sets other than that of all states.
"""

from __future__ import annotations

from sympy import S

from symentropy.notation.names import Names
from symentropy.notation.naming import NameReader
from symentropy.notation.reader import Rule
from symentropy.notation.syntax import Element, Local, Negative, Node, Number, Series, nodes
from symentropy.notation.tokens import CLOSING, Token

#: How deeply sums may nest.
MAX_SUMS = 4
_USAGE = "a sum is written sum_i p_i, \\sum_{i=1}^{n} p_i or sum(p_i, i, 1, n)"
#: Spellings of a product over an index.
PRODUCTS = frozenset(("∏", "Π", "\\prod", "prod", "Product"))
_CLOSING_OF_HEAD = {"{": "}", "(": ")"}


class SumReader(NameReader):
    """Reads sums over an index."""

    def __init__(self, text: str, names: Names) -> None:
        super().__init__(text, names)
        self.factors: list[Node] = []  # of the product that was read last
        self._sums = 0

    def _product(self) -> Rule:
        """Read a product: a rule of the grammar."""
        raise NotImplementedError

    def _expression(self) -> Rule:
        """Read a sum of products: a rule of the grammar."""
        raise NotImplementedError

    def _limit(self) -> Rule:
        """Read the upper limit of a sum: a rule of the grammar."""
        raise NotImplementedError

    # Sums

    def _sum_over_index(self) -> Rule:
        self._sums += 1
        if self._sums > MAX_SUMS:
            raise self.fail(f"sums are nested deeper than {MAX_SUMS}")
        head = self.take()
        if self.next.kind == "(" and not head.text.startswith("\\"):
            node = yield self._sum_in_brackets(head)
        elif self.next.kind == "_":
            self.take()
            node = yield self._sum_with_subscript(head)
        else:
            raise self.fail(f"the index of the sum is missing: {_USAGE}", head.span)
        self._sums -= 1
        return node

    def _sum_with_subscript(self, head: Token) -> Rule:
        """Read the indices, the limits and the summand."""
        indices = []
        lower: Node | None = None
        written: Node | None = None  # the last number of a set that is written out
        if self.next.kind in _CLOSING_OF_HEAD:
            opener = self.open("sum", _CLOSING_OF_HEAD[self.next.kind])
            indices.append(self._index())
            while self.next.kind == ",":
                self.take()
                indices.append(self._index())
            if self.next.kind == "relation" and self.next.text == "=":
                self.take()
                lower = yield self._expression()
            elif self.next.kind == "in":
                self.take()
                first, last = yield self._set()
                lower, written = first, last
            self.close(opener)
        else:
            indices.append(self._index(is_tex=head.text not in ("sum", "prod")))
        upper = written
        if self.next.kind == "^":
            self.take()
            upper = yield self._limit()
        limits = () if upper is None else (Number(head.span, S.One) if lower is None else lower, upper)
        if lower is not None and upper is None:
            raise self.fail("the upper limit of this sum is missing: \\sum_{i=1}^{n}", self.since(head.span[0]))
        if limits and len(indices) > 1:
            raise self.fail("one index has limits; write a sum for each", self.since(head.span[0]))
        binders = [self.names.new_binder() for _ in indices]
        rule = self._summand
        for index, binder in zip(indices, binders, strict=True):
            rule = self.bound_rule(index.text, rule, binder)
        node = yield rule()
        if head.text in PRODUCTS and len(self.factors) > 1 and not _carries(self.factors[-1], binders):
            raise self.fail(
                f"it is not clear whether this product goes on to the last factor, which has no {indices[0].text}: put brackets around all "
                "that is multiplied, or around the product over the index",
                self.since(head.span[0]),
            )
        for index, binder in zip(reversed(indices), reversed(binders), strict=True):
            node = Series(self.since(head.span[0]), (*limits, node), Local(index.span, index.text, binder), head.text in PRODUCTS)
        return node

    def _summand(self) -> Rule:
        start = self.next.span[0]
        minus = self.signs()
        if self.next.kind == "end":
            raise self.fail("the text ends where the terms of a sum are expected")
        product = yield self._product()
        return Negative(self.since(start), (product,)) if minus else product

    def _index(self, *, is_tex: bool = False) -> Token:
        """Read the name of an index, of which TeX takes one letter where there are no braces."""
        token = self.next
        if is_tex and token.kind == "word" and len(token.text) > 1:
            start, stop = token.span
            rest = token.text[1:]
            kind = "number" if rest[0].isdigit() else "word"
            self.replace(Token("word", token.text[0], (start, start + 1)), Token(kind, rest, (start + 1, stop)))
        if self.next.kind != "greek" and (self.next.kind != "word" or len(self.next.text) > 1):
            raise self.fail(f"the index of a sum is one letter: {_USAGE}")
        return self.take()

    def _set(self) -> Rule:
        """Read the name of the set of all states, or integers in a row, and return the first and the last of these."""
        if self.next.kind in ("word", "greek"):
            self.take()
            return None, None
        if self.next.kind != "\\{":
            raise self.fail("a sum runs over a set by its name, the set of all states: \\sum_{x \\in \\mathcal{X}}")
        opener = self.open("list", "\\}")
        numbers: list[Node] = []
        has_dots = False
        while True:
            if self.next.kind == "dots":
                self.take()
                has_dots = True
            else:
                numbers.append((yield self._expression()))
            if self.next.kind != ",":
                break
            self.take()
        self.close(opener)
        before = numbers[:-1] if has_dots else numbers
        values = [number.value for number in before if isinstance(number, Number)]
        if not values or len(values) < len(before) or any(value != values[0] + place for place, value in enumerate(values)):
            raise self.fail("a sum runs over integers in a row: \\sum_{x \\in \\{0, 1\\}}", self.since(opener.span[0]))
        return numbers[0], numbers[-1]

    def _sum_in_brackets(self, head: Token) -> Rule:
        """Read ``sum(summand, index, lower, upper)``; the indices come after the summand, so they are looked up first.

        What SymPy prints is read as well: ``Sum(summand, (index, lower, upper), ...)``, of which the last is the outermost.
        """
        indices = self._indices_of_brackets(head)
        opener = self.open("list", ")")
        binders = {index.text: self.names.new_binder() for index in indices}
        rule = self._expression
        for index in reversed(indices):
            rule = self.bound_rule(index.text, rule, binders[index.text])
        node = yield rule()
        for number, index in enumerate(indices):
            self.take()
            bracket = self.open("group", ")") if self.next.kind == "(" else None
            self.take()
            limits: list[Node] = []
            outer = self._expression
            for other in indices[number + 1 :]:
                outer = self.bound_rule(other.text, outer, binders[other.text])
            while self.next.kind == ",":
                self.take()
                limits.append((yield outer()))
            if bracket is not None:
                self.close(bracket)
            if len(limits) not in (0, 2):
                raise self.fail(_USAGE, (head.span[0], self.next.span[1]))
            span = self.since(head.span[0])
            node = Series(span, (*limits, node), Local(index.span, index.text, binders[index.text]), head.text in PRODUCTS)
        self.close(opener)
        return node

    def _indices_of_brackets(self, head: Token) -> list[Token]:
        """Return the indices of a sum in brackets, the innermost first."""
        found: list[Token] = []
        depth = place = 0
        while (token := self.ahead(place)).kind != "end":
            depth += (token.kind in CLOSING) - (token.kind in CLOSING.values())
            if depth == 0:
                break
            if depth == 1 and token.kind == "," and (not found or self.ahead(place + 1).kind == "("):
                index = self.ahead(place + 2 if self.ahead(place + 1).kind == "(" else place + 1)
                if index.kind not in ("word", "greek") or len(index.text) > 1:
                    break
                if any(index.text == other.text for other in found):
                    raise self.fail("two indices of this sum have the same name", index.span)
                found.append(index)
            place += 1
        if not found:
            raise self.fail(f"the index of the sum is missing: {_USAGE}", head.span)
        return found


def _carries(node: Node, binders: list[int]) -> bool:
    """Return whether an index occurs in a tree."""
    return any(isinstance(part, (Local, Element)) and _binder(part) in binders for part in nodes(node))


def _binder(part: Local | Element) -> int:
    return part.binder if isinstance(part, Local) else part.index.binder
