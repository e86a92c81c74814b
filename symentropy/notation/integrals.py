r"""Reading integrals: ``\int_a^b f(x) \, dx``, ``\int_{\mathcal{X}} p(x) \log p(x) \, \mathrm{d}x``, ``\int dx \, p(x)``.

Main definition: `IntegralReader`, the rules for integrals; the readers of expectations and of everything else build on it.

An integral ends at its differential: the first at the same depth of brackets that belongs to no integral inside. The differential may also
stand right after the sign; the integral then takes the product that follows. Limits are a lower and an upper one, the real line
``\mathbb{R}``, or the name of a set.

Left out: what an integral stands for (see `symentropy.notation.measures`), and integrals over several variables at once.
"""

from __future__ import annotations

from typing import NamedTuple

from symentropy.notation.names import GREEK_NAMES, base_and_digits, full_name, plain_base
from symentropy.notation.reader import Rule
from symentropy.notation.sums import MAX_SUMS, SumReader
from symentropy.notation.syntax import Integration, Local, Name, Node
from symentropy.notation.tokens import CLOSING, Token

_USAGE = r"an integral is written \int_a^b f(x) dx, \int_{-\infty}^{\infty} f(x) dx or \int p(x) \log p(x) dx"
#: The name under which the real line stands in the tree.
REAL_LINE = "R"
_OPENING = frozenset((*CLOSING, "langle"))
_CLOSED = frozenset((*CLOSING.values(), "rangle"))


class _Differential(NamedTuple):
    """Where a differential stands: so many tokens ahead, and so many tokens long; and its variable."""

    place: int
    length: int
    name: str


class IntegralReader(SumReader):
    """Reads integrals."""

    def _integral(self) -> Rule:
        self._sums += 1
        if self._sums > MAX_SUMS:
            raise self.fail(f"sums and integrals are nested deeper than {MAX_SUMS}")
        head = self.take()
        over = ""
        lower: Node | None = None
        upper: Node | None = None
        while self.next.kind in ("_", "^"):
            if self.take().kind == "^":
                upper = yield self._end()
            elif self._set_ahead():
                over = self._named_set()
            else:
                lower = yield self._end()
        if (lower is None) != (upper is None):
            raise self.fail(f"an integral has two limits, or none: {_USAGE}", self.since(head.span[0]))
        differential = self._differential()
        if differential is None:
            raise self.fail(f"the differential of this integral is missing, such as dx: {_USAGE}", self.since(head.span[0]))
        binder = self.names.new_binder()
        mark = self._marked(differential)
        if differential.place == 0:
            self.take()
            body = yield self.binding(differential.name, self._summand, binder)
        else:
            body = yield self.binding(differential.name, self._expression, binder)
            if self.next is not mark:
                raise self.fail(f"the integral goes on to its differential, and this ends it: {_USAGE}")
            self.take()
        self._sums -= 1
        limits = () if lower is None or upper is None else (lower, upper)
        index = Local(mark.span, differential.name, binder)
        return Integration(self.since(head.span[0]), (*limits, body), index, over)

    def _group(self) -> Rule:
        """Read a bracket: a rule of the grammar."""
        raise NotImplementedError

    def _end(self) -> Rule:
        """Read a limit; in plain text a Greek name is one."""
        token = self.next
        if token.kind == "word" and plain_base(token.text) in GREEK_NAMES:
            return Name(self.take().span, plain_base(token.text))
        return (yield self._group() if self.next.kind == "(" else self._limit())

    # Sets

    def _set_ahead(self) -> bool:
        """Return whether a set stands here and not a limit: a capital letter, a script letter, or the real line."""
        place = 1 if self.next.kind == "{" else 0
        if place and self.ahead(2).kind == "in":
            return True
        token = self.ahead(place)
        is_line = token.text == "\\mathbb"
        is_capital = token.kind in ("word", "greek") and token.text.lstrip("\\")[:1].isupper() and len(token.text) == 1
        is_alone = not place or self.ahead(place + 1).kind == "}"
        return is_line or (is_alone and (is_capital or token.text.startswith("\\mathcal") or token.text == "Omega"))

    def _named_set(self) -> str:
        opener = self.open("group", "}") if self.next.kind == "{" else None
        if opener is not None and self.ahead(1).kind == "in":
            self.take()
            self.take()
        name = self.take().text
        if name == "\\mathbb":
            bracket = self.open("group", "}") if self.next.kind == "{" else None
            if self.next.text != "R":
                raise self.fail(r"an integral runs over the real line \mathbb{R}, or over a set such as \mathcal{X}")
            name = REAL_LINE
            self.take()
            if bracket is not None:
                self.close(bracket)
        elif name == "R":
            name = "\\mathcal{R}"
        if opener is not None:
            self.close(opener)
        return name

    # Differentials

    def _differential(self) -> _Differential | None:
        """Return the differential of the integral whose sign and limits were read."""
        depth = place = 0
        inner = 0
        while (token := self.ahead(place)).kind not in ("end", "row"):
            depth += (token.kind in _OPENING) - (token.kind in _CLOSED)
            found = self._differential_at(place) if depth == 0 else None
            if depth < 0 or (depth == 0 and token.kind == "relation"):
                return None
            if depth == 0 and token.kind == "int":
                inner += 1
            if found is not None:
                if not inner:
                    return found
                inner -= 1
                place += found.length - 1
            place += 1
        return None

    def _differential_at(self, place: int) -> _Differential | None:
        """Return the differential so many tokens ahead, as dx, d x or d theta."""
        token, after = self.ahead(place), self.ahead(place + 1)
        if token.kind != "word" or token.text[0] != "d" or self.ahead(place - 1 if place else 0).kind in ("_", "^"):
            return None
        if len(token.text) == 2 and token.text[1].isalpha():
            return _Differential(place, 1, token.text[1])
        if token.text == "d" and (after.kind == "greek" or (after.kind == "word" and len(base_and_digits(after.text)[0]) == 1)):
            return _Differential(place, 2, full_name(*base_and_digits(after.text)))
        return None

    def _marked(self, found: _Differential) -> Token:
        """Put one token in the place of those of a differential, at which an expression ends."""
        stop = len(self._tokens) - found.place
        tokens = self._tokens[stop - found.length : stop]
        mark = Token("differential", found.name, (tokens[-1].span[0], tokens[0].span[1]))
        self._tokens[stop - found.length : stop] = [mark]
        return mark
