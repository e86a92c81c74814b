"""Reading relations and chains of them: ``a = b <= c``.

Main definitions
----------------
* `Chain`, the sides and the relation signs between them; an expression alone is a chain of one side.
* `ChainParser`, which reads the whole of a text as a chain.

Left out: roundings with ``\\approx``, definitions with ``:=`` in claims, and the environments of LaTeX.
"""

from __future__ import annotations

from dataclasses import dataclass

from symentropy.notation.grammar import Parser
from symentropy.notation.messages import missing, unexpected
from symentropy.notation.reader import run
from symentropy.notation.syntax import Node
from symentropy.notation.tokens import Token

#: Signs that are relations between values.
SIGNS = ("=", "!=", "<", "<=", ">", ">=")
#: Most relations in one text.
MAX_RELATIONS = 1000

_LATER = {
    "approx": "roundings are not read yet: write <= and >= with exact bounds",
    ":=": "a definition stands here: definitions belong to given",
}


@dataclass(frozen=True, slots=True)
class Chain:
    """Expressions, and the tokens of the relations between neighbours."""

    sides: tuple[Node, ...]
    signs: tuple[Token, ...]


class ChainParser(Parser):
    """Reads a text of relations."""

    def chain(self) -> Chain:
        """Return the chain that the whole text is."""
        found = self.read_chain()
        if self.next.kind != "end":
            raise self.fail(unexpected(self.next))
        return found

    def read_chain(self) -> Chain:
        """Return the chain that comes next."""
        sides = [self.read_side()]
        signs: list[Token] = []
        while self.next.kind == "relation":
            signs.append(self.sign())
            sides.append(self.read_side())
        return Chain(tuple(sides), tuple(signs))

    def read_side(self) -> Node:
        """Return the expression that comes next."""
        if self.next.kind in ("relation", "end"):
            raise self.fail(missing(self.next))
        return run(self._expression())

    def sign(self) -> Token:
        """Take the relation sign that comes next."""
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
