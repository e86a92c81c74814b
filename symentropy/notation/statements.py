"""Reading the statements of ``given``: relations, properties, definitions and distributions.

Main definitions
----------------
* `StatementParser`, which reads a text as statements with commas, semicolons or ``and`` between them.
* A class a kind of statement: `Relations`, `Property`, `Distributed`, `Function`.
* `PROPERTIES`, the words that say what a name is.

Left out: what the statements mean (see `symentropy.notation.given`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from symentropy.notation.families import is_family
from symentropy.notation.functions import FUNCTIONS, GREEK_FUNCTIONS
from symentropy.notation.messages import unexpected
from symentropy.notation.names import CONSTANTS, DISTRIBUTIONS, GREEK_NAMES, base_and_digits, full_name
from symentropy.notation.quantities import QUANTITY_HEADS
from symentropy.notation.reader import run
from symentropy.notation.relations import Chain, ChainParser
from symentropy.notation.scope import PMF_LETTERS
from symentropy.notation.syntax import Entry, Local, Name, Node
from symentropy.notation.tokens import Span, Token

#: Words that say what a name is.
PROPERTIES = frozenset(
    ("real", "positive", "nonnegative", "negative", "nonzero", "integer", "natural", "probability", "uniform", "density", "pmf")
)
#: Words that may stand before or after these.
_FILLERS = frozenset(("is", "are", "a", "an", "be", "number", "numbers", "probabilities", "integers", "densities", "pmfs"))
_PLURALS = {"probabilities": "probability", "integers": "integer", "densities": "density", "pmfs": "pmf"}
_SETS = {"N": "natural", "R": "real", "Z": "integer"}
_USAGE = "given has statements such as 'p < 1/2', 'c > 0', 'n integer', 'P = [p, 1-p]', 'f(x) = x log x' or 'X ~ Normal(mu, sigma)'"


@dataclass(frozen=True, slots=True)
class Relations:
    """A chain; ``others`` are further first sides, as in ``a, b > 0``."""

    chain: Chain
    others: tuple[Node, ...] = ()

    @property
    def size(self) -> int:
        """How many relations these are."""
        return len(self.chain.signs) + len(self.others)


@dataclass(frozen=True, slots=True)
class Property:
    """Names and the words that say what they are."""

    names: tuple[Name, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Distributed:
    """A random variable and its distribution."""

    name: Name
    law: Node


@dataclass(frozen=True, slots=True)
class Function:
    """A declared function."""

    name: str
    parameters: tuple[Local, ...]
    value: Node
    span: Span


Statement: TypeAlias = Relations | Property | Distributed | Function


class StatementParser(ChainParser):
    """Reads one text of ``given``."""

    def _starts_operand(self) -> bool:
        return super()._starts_operand() and (self.next.kind, self.next.text) != ("word", "and")

    def letters(self) -> Iterator[str]:
        """Go through the single letters in this text, which are names."""
        place = 0
        while (token := self.ahead(place)).kind != "end":
            base, _ = base_and_digits(token.text)
            if token.kind == "greek" or (token.kind == "word" and len(base) == 1 and base not in CONSTANTS):
                yield base
            place += 1

    def declare(self) -> None:
        """Make the functions and the names of several letters known that this text declares."""
        for start, stop in self._pieces():
            first, after, last = self.ahead(start), self.ahead(start + 1), self.ahead(stop - 1)
            if self._defines_function(start):
                self.names.functions.add(full_name(*base_and_digits(first.text)))
                continue
            if after.kind in ("relation", "word", "in", "~", ",", "end"):
                self._declare_word(first)
            if stop - start > 2 and self.ahead(stop - 2).kind == "relation":
                self._declare_word(last)

    def statements(self) -> Iterator[Statement]:
        """Read the statements one by one."""
        while True:
            yield from self._statement()
            if self.next.kind not in (",", ";") and self.next.text != "and":
                break
            self.take()
        if self.next.kind != "end":
            raise self.fail(unexpected(self.next))

    def _pieces(self) -> Iterator[tuple[int, int]]:
        """Go through where the parts of the text start and stop that have commas or the like between them."""
        start = place = depth = 0
        while (token := self.ahead(place)).kind != "end":
            depth += (token.kind in ("(", "[", "{", "\\{")) - (token.kind in (")", "]", "}", "\\}"))
            if depth == 0 and (token.kind in (",", ";") or token.text == "and"):
                yield start, place
                start = place + 1
            place += 1
        yield start, place

    def _declare_word(self, token: Token) -> None:
        """Make a name of several letters known, unless it is something else or a product of known letters."""
        base, digits = base_and_digits(token.text)
        reserved = base in FUNCTIONS or base in CONSTANTS or base in GREEK_NAMES or token.text in PROPERTIES | _FILLERS | QUANTITY_HEADS
        if token.kind != "word" or len(base) < 2 or reserved or base.startswith("\\") or is_family(token.text):
            return
        if not all(self.names.is_known(letter) for letter in base):
            self.names.assumed[full_name(base, digits)] = {"real": True}

    def _defines_function(self, start: int) -> bool:
        """Return whether ``f(x) =`` comes so many tokens ahead, where f is no function yet, and no letter of probabilities."""
        head = self.ahead(start)
        base, _ = base_and_digits(head.text)
        taken = base in FUNCTIONS or base in GREEK_FUNCTIONS or head.text in QUANTITY_HEADS or base in PMF_LETTERS or base in DISTRIBUTIONS
        return head.kind in ("word", "greek") and not taken and not is_family(head.text) and self._brackets_and_equals(start + 1)

    def _brackets_and_equals(self, start: int) -> bool:
        """Return whether ``(x) =`` comes so many tokens ahead."""
        if self.ahead(start).kind != "(":
            return False
        place = start + 1
        while self.ahead(place).kind in ("word", "greek") and self.ahead(place + 1).kind in (",", ")"):
            if self.ahead(place + 1).kind == ")":
                return self.ahead(place + 2).text in ("=", ":=")
            place += 2
        return False

    # Statements

    def _statement(self) -> Iterator[Statement]:
        if self._defines_function(0):
            yield self._declared_function()
            return
        stop = self._name_ahead(0)
        if stop > 1 and self._brackets_and_equals(stop):
            raise self.fail("the name of a declared function has no subscript: write f2(x) or g(x)")
        stop = self._names_ahead()
        after = self.ahead(stop)
        if stop and after.kind == "word" and after.text in PROPERTIES | _FILLERS:
            yield self._property()
        elif stop and after.kind == "relation" and after.text == "=" and self.ahead(stop + 1).text == "uniform":
            names = self._names()
            self.take()
            yield Property(names, (self.take().text,))
        elif stop and after.kind == "in":
            yield from self._member()
        elif stop and after.kind == "~":
            yield self._distributed()
        else:
            yield self._relations()

    def _names_ahead(self) -> int:
        """Return how many tokens the names with commas between them take that come next, or 0."""
        place = 0
        while True:
            stop = self._name_ahead(place)
            if not stop or self.ahead(stop).kind != ",":
                return stop
            place = stop + 1

    def _name_ahead(self, place: int) -> int:
        """Return where the name stops that starts so many tokens ahead, or 0 if none does."""
        if self.ahead(place).kind not in ("word", "greek"):
            return 0
        place += 1
        while self.ahead(place).kind in ("'", "_"):
            if self.ahead(place).kind == "_":
                place += 1
                if self.ahead(place).kind == "{":
                    while self.ahead(place).kind not in ("}", "end"):
                        place += 1
            place += 1
        return place

    def _names(self) -> tuple[Name, ...]:
        found = [self._one_name()]
        while self.next.kind == ",":
            self.take()
            found.append(self._one_name())
        return tuple(found)

    def _one_name(self) -> Name:
        token = self.take()
        name = self._name(token, *base_and_digits(token.text))
        if not isinstance(name, Name):
            raise self.fail(_USAGE, token.span)
        return name

    def _property(self) -> Property:
        names = self._names()
        start = self.next.span[0]
        words = []
        while self.next.kind == "word" and self.next.text in PROPERTIES | _FILLERS:
            word = self.take().text
            words.append(_PLURALS.get(word, word))
        known = tuple(word for word in words if word in PROPERTIES)
        if not known:
            raise self.fail(f"a property is one of {', '.join(sorted(PROPERTIES))}", self.since(start))
        return Property(names, known)

    def _member(self) -> Iterator[Statement]:
        """Read ``p in (0, 1)``, or a set of numbers such as N."""
        names = self._names()
        self.take()
        if self.next.text == "\\mathbb" and self.ahead(1).kind == "{" and self.ahead(3).kind == "}":
            self.take()
            self.take()
            yield self._in_set(names, self.take())
            self.take()
        elif self.next.kind == "word":
            yield self._in_set(names, self.take())
        elif self.next.kind in ("(", "["):
            opener = self.take()
            lower = run(self._expression())
            if self.next.kind != ",":
                raise self.fail("an interval is written (0, 1), [0, 1] or (0, oo)")
            self.take()
            upper = run(self._expression())
            if self.next.kind not in (")", "]"):
                raise self.fail("an interval is written (0, 1), [0, 1] or (0, oo)")
            closing = self.take()
            below = Token("relation", "<" if opener.kind == "(" else "<=", opener.span)
            above = Token("relation", "<" if closing.kind == ")" else "<=", closing.span)
            for name in names:
                yield Relations(Chain((lower, name, upper), (below, above)))
        else:
            raise self.fail("an interval or one of the sets N, Z, R is expected here")

    def _in_set(self, names: tuple[Name, ...], token: Token) -> Property:
        if token.text not in _SETS:
            raise self.fail(f"this set is not known: write one of {', '.join(_SETS)}, or an interval", token.span)
        return Property(names, (_SETS[token.text],))

    def _distributed(self) -> Distributed:
        names = self._names()
        sign = self.take()
        if len(names) > 1:
            raise self.fail("a distribution is stated for one random variable at a time", sign.span)
        return Distributed(names[0], run(self._expression()))

    def _declared_function(self) -> Function:
        head = self.take()
        self.take()
        parameters: list[Local] = []
        while self.next.kind != "=" and self.next.kind != "relation":
            token = self.take()
            if token.kind in ("word", "greek"):
                name = full_name(*base_and_digits(token.text))
                if any(name == other.name for other in parameters):
                    raise self.fail("the parameters of a function have different names", token.span)
                parameters.append(Local(token.span, name, self.names.new_binder()))
        self.take()
        rule = self._expression
        for parameter in parameters:
            rule = self.bound_rule(parameter.name, rule, parameter.binder, is_index=False)
        return Function(full_name(*base_and_digits(head.text)), tuple(parameters), run(rule()), self.since(head.span[0]))

    def _side_with_dots(self) -> Node:
        """Read a side, or all numbers with an index: ``p[1], ..., p[n] > 0`` says ``p_i > 0``."""
        self.in_dots = True
        first = self.read_side()
        if self.next.kind == "," and self.ahead(1).kind == "dots":
            self.take()
            self.take()
            if self.next.kind == ",":
                self.take()
            last = self.read_side()
            if not isinstance(first, Entry) or not isinstance(last, Entry) or first != replace(last, span=first.span, place="1"):
                raise self.fail("numbers with an index are written p[1], ..., p[n]", self.since(first.span[0]))
            letters = first.base.rstrip("'")
            first = Name(self.since(first.span[0]), letters, "i", len(first.base) - len(letters))
        self.in_dots = False
        return first

    def _relations(self) -> Relations:
        others: list[Node] = []
        start = self.next.span[0]
        while True:
            side = self._side_with_dots()
            if self.next.kind != ",":
                break
            others.append(side)
            self.take()
        signs: list[Token] = []
        sides = [side]
        while self.next.kind == "relation":
            signs.append(self.take() if self.next.text == ":=" and len(sides) == 1 else self.sign())
            sides.append(self.read_side())
        if not signs:
            raise self.fail(f"this says nothing about it: {_USAGE}", self.since(start))
        return Relations(Chain(tuple(sides), tuple(signs)), tuple(others))
