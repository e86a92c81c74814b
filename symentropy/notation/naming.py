"""Reading names: subscripts, primes, and names that a sum or a declared function binds.

Main definition: `NameReader`, the rules for names; the readers of sums and of everything else build on it.

Left out: which names there are (see `symentropy.notation.names`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from symentropy.notation.names import CONSTANTS, Names, full_name
from symentropy.notation.reader import Reader, Rule
from symentropy.notation.syntax import Element, Entry, Local, Name, Node
from symentropy.notation.tokens import CLOSING, Token

#: What a subscript is made of.
_NAMING = ("number", "word", "greek")


class _Bound(NamedTuple):
    """A name that a sum or a function binds."""

    binder: int
    is_index: bool


class NameReader(Reader):
    """Reads names; ``names`` says which are known, and ``bound`` which are bound here."""

    def __init__(self, text: str, names: Names) -> None:
        super().__init__(text)
        self.names = names
        self.bound: dict[str, _Bound] = {}
        self.in_dots = False  # whether a list with dots is read

    def _name(self, token: Token, base: str, subscript: str) -> Node:
        """Read the subscript and the primes of a name."""
        if token.kind == "greek" and base not in CONSTANTS and self.touches() and self.next.text.isdigit():
            subscript = self.take().text
        primes = self._primes()
        if self.next.kind == "_":
            sign = self.take()
            if subscript:
                raise self.fail(f"{token.text} has a subscript already", sign.span)
            subscript = self._subscript()
            primes += self._primes()
        return self.element(Name(self.since(token.span[0]), base, subscript, primes))

    def _primes(self) -> int:
        count = 0
        while self.next.kind == "'" and self.touches():
            self.take()
            count += 1
        return count

    def _subscript(self) -> str:
        """Read a subscript: a number or a name, or several of these in braces with commas between them."""
        if self.next.kind in _NAMING:
            self._split_bound(self.next)
            return self.take().text
        parts = []
        if self.next.kind == "{":
            self.take()
            while self.next.kind in (*_NAMING, ","):
                parts.append(self.take().text)
        if not parts or self.next.kind != "}":
            raise self.fail("a subscript is a number or a name, such as p_1, p_{12} or p_i")
        self.take()
        return "".join(parts)

    def _split_bound(self, token: Token) -> None:
        """Let an index end a subscript without braces: p_iq_i is p_i q_i in TeX."""
        first, rest = token.text[:1], token.text[1:]
        if rest and token.kind == "word" and self.bound_index(first) is not None and self.bound_index(token.text) is None:
            start, stop = token.span
            kind = "number" if rest[0].isdigit() else "word"
            self.replace(Token("word", first, (start, start + 1)), Token(kind, rest, (start + 1, stop)))

    # What is bound

    def local(self, base: str, subscript: str, token: Token) -> Local | None:
        """Return the index or parameter that a name stands for here, or None."""
        name = full_name(base, subscript)
        bound = self.bound.get(name)
        return None if bound is None else Local(token.span, name, bound.binder)

    def bound_index(self, name: str) -> int | None:
        """Return what binds an index of this name, or None."""
        bound = self.bound.get(name)
        return bound.binder if bound is not None and bound.is_index else None

    def element(self, name: Name) -> Node:
        """Return a name whose subscript is the index of a sum as what it is."""
        binder = self.bound_index(name.subscript)
        if binder is None:
            if any(self.bound_index(letter) is not None for letter in name.subscript):
                raise self.fail("names with several indices are not read yet", name.span)
            return name
        return Element(name.span, full_name(name.base, "", name.primes), Local(name.span, name.subscript, binder))

    def element_in_brackets(self, name: Name) -> Node:
        """Read the index after the name of a pmf, as in ``p(x)``."""
        opening, index, closing = (self.ahead(place) for place in range(3))
        binder = self.bound_index(index.text) if index.kind in ("word", "greek") else None
        is_entry = opening.kind == "[" and self.touches() and closing.kind == "]" and not name.subscript and binder is None
        if is_entry and (index.text.isdigit() or (self.in_dots and index.kind in ("word", "greek"))):
            for _ in range(3):
                self.take()
            return Entry(self.since(name.span[0]), full_name(name.base, "", name.primes), index.text)
        if binder is None or opening.kind not in ("(", "[") or closing.kind != CLOSING[opening.kind] or name.subscript:
            return name
        for _ in range(3):
            self.take()
        return Element(self.since(name.span[0]), full_name(name.base, "", name.primes), Local(index.span, index.text, binder))

    def binding(self, name: str, rule: Callable[[], Rule], binder: int, *, is_index: bool = True) -> Rule:
        """Read by a rule inside which a name is bound."""
        before = self.bound.get(name)
        self.bound[name] = _Bound(binder, is_index)
        node = yield rule()
        if before is None:
            del self.bound[name]
        else:
            self.bound[name] = before
        return node

    def bound_rule(self, name: str, rule: Callable[[], Rule], binder: int, *, is_index: bool = True) -> Callable[[], Rule]:
        """Return the rule inside which a name is bound."""
        return lambda: self.binding(name, rule, binder, is_index=is_index)
