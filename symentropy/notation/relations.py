"""Reading relations and chains of them: ``a = b <= c``.

Main definitions
----------------
* `Chain`, the sides and the relation signs between them; an expression alone is a chain of one side.
* `ChainParser`, which reads the whole of a text as chains.

A row that starts with a relation or an operator goes on with the formula before, as does one inside brackets or after an operator;
another row with a relation is a formula of its own.

Left out: what roundings with ``\\approx`` and definitions with ``:=`` mean (see `symentropy.notation.claims`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from symentropy.notation.grammar import Parser
from symentropy.notation.messages import missing, unexpected
from symentropy.notation.names import Names
from symentropy.notation.reader import run
from symentropy.notation.syntax import Name, Node, Quantity
from symentropy.notation.tokens import CLOSING, Span, Token

#: Signs that are relations between values.
SIGNS = ("=", "!=", "<", "<=", ">", ">=")
#: Most relations in one text.
MAX_RELATIONS = 1000

_LATER = {
    "approx": "a rounding is no hypothesis: write <= and >= with exact bounds",
    ":=": "a definition stands here: definitions belong to given",
}


#: Tokens after which, or before which, a formula goes on in the next row.
_OPERATORS = frozenset(("+", "-", "*", "/", "^", "_", "relation", ",", ";"))
_OPEN = frozenset(CLOSING)
_CLOSED = frozenset(CLOSING.values())


@dataclass(frozen=True, slots=True)
class Chain:
    """Expressions, and the tokens of the relations between neighbours."""

    sides: tuple[Node, ...]
    signs: tuple[Token, ...]


class ChainParser(Parser):
    """Reads a text of relations. ``bare``: where a quantity stands without its arguments, as H in ``H = log 2``."""

    def __init__(self, text: str, names: Names) -> None:
        super().__init__(text, names)
        self.bare: list[Span] = []

    def arrange(self, rows: Sequence[tuple[int, bool]]) -> None:
        """Mark the rows in which another formula starts; ``rows`` has where each starts, and whether a column sign comes first."""
        tokens = self._tokens[:0:-1]
        kept: list[Token] = []
        depth = place = 0
        for number, (start, has_column) in enumerate(rows):
            stop = rows[number + 1][0] if number + 1 < len(rows) else len(self.text) + 1
            row: list[Token] = []
            before = depth
            has_relation = False
            while place < len(tokens) and tokens[place].span[0] < stop:
                token = tokens[place]
                depth += (token.kind in _OPEN) - (token.kind in _CLOSED)
                has_relation |= token.kind == "relation" and depth == 0
                row.append(token)
                place += 1
            if row and depth == 0 and row[-1].kind in (",", ";"):
                row.pop()
            if not row:
                continue
            if kept and before == 0 and self._starts_formula(kept[-1], row[0], has_column=has_column, has_relation=has_relation):
                kept.append(Token("row", "", (start, start)))
            kept += row
        self._tokens = [self._tokens[0], *reversed(kept)]

    def _starts_formula(self, last: Token, first: Token, *, has_column: bool, has_relation: bool) -> bool:
        """Return whether a row is a formula of its own, or goes on with the one before; refuse what is neither."""
        if last.kind in _OPERATORS or first.kind in ("+", "*", "/", "^", "relation") or (first.kind == "-" and has_column):
            return False
        if has_relation:
            return True
        if first.kind == "-":
            return False
        raise self.fail("this line starts with no relation and no operator, and has none of its own: it continues nothing", first.span)

    def chains(self) -> list[Chain]:
        """Return the chains that the whole text is."""
        found = [self.read_chain()]
        while self.next.kind == "row" or (self.next.kind in (",", ";") and found[-1].signs and self._relation_ahead()):
            self.take()
            found.append(self.read_chain())
        if self.next.kind != "end":
            raise self.fail(unexpected(self.next))
        return found

    def _relation_ahead(self) -> bool:
        """Return whether another formula with a relation stands after the comma that comes next."""
        place = 1
        while (token := self.ahead(place)).kind not in ("end", "row", ",", ";", "relation"):
            place += 1
        return token.kind == "relation"

    def read_chain(self) -> Chain:
        """Return the chain that comes next."""
        sides = [self.read_side()]
        signs: list[Token] = []
        while self.next.kind == "relation":
            signs.append(self.take())
            sides.append(self.read_side())
        return Chain(tuple(sides), tuple(signs))

    def read_side(self) -> Node:
        """Return the expression that comes next."""
        if self.next.kind in ("relation", "end", "row"):
            raise self.fail(missing(self.next))
        if self.next.text == "H" and self.ahead(1).kind == "relation" and not self.names.declares("H"):
            span = self.take().span
            self.bare.append(span)
            return Quantity(span, (Name(span, "P"),), "H", ())
        return run(self._expression())

    def sign(self) -> Token:
        """Take the sign of a relation between values that comes next."""
        if self.next.text in _LATER:
            raise self.fail(_LATER[self.next.text])
        return self.take()


def without_full_stop(text: str) -> str:
    """Return a text without the punctuation mark at its end.

    >>> without_full_stop("p <= 1. "), without_full_stop(r"p\\,"), without_full_stop("p >= .5")
    ('p <= 1', 'p\\\\,', 'p >= .5')
    """
    stripped = text.rstrip()
    ends = stripped[-1:] in (".", ",", ";") and stripped[-2:-1] != "\\"
    return stripped[:-1] if ends else text
