"""What every rule of the grammar needs: the tokens in order, the brackets that are open, and a stack for the rules.

Main definitions
----------------
* `Reader`, the tokens of one text, read from left to right.
* `run`, which runs rules that ask for each other. A rule is a generator: ``node = yield self._product()`` asks for a product.
  So nesting costs no Python frames, and a text cannot raise `RecursionError`.

Left out: what the tokens mean (see `symentropy.notation.grammar`).
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Any, NamedTuple

from symentropy.errors import ParseError
from symentropy.notation.messages import unclosed
from symentropy.notation.syntax import Node
from symentropy.notation.tokens import CLOSING, Span, Token, tokenize

#: How deeply brackets may nest, and how deeply powers of powers and functions of functions without brackets.
MAX_DEPTH = 200

_CLOSED = frozenset(CLOSING.values())

#: A rule in progress: it yields the rules it needs, is sent what they read, and returns a `Node`.
Rule = Generator[Any, Any, Any]


class Reader:
    """The tokens of one text. ``closers`` has (what opened, which token closes) for each bracket that is open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.closers: list[tuple[str, str]] = []
        tokens = tokenize(text)
        self._brackets = _brackets(tokens)
        self._tokens = tokens[::-1]  # the next token is the last of the list
        self._stop = 0  # the end of the last token that was taken
        self._chain = 0

    @property
    def next(self) -> Token:
        """The next token, which is of kind ``end`` at the end."""
        return self._tokens[-1]

    def ahead(self, count: int) -> Token:
        """Return the token after so many others; 0 is the next one."""
        return self._tokens[max(-1 - count, -len(self._tokens))]

    def take(self) -> Token:
        """Return the next token and go past it."""
        token = self._tokens.pop()
        self._stop = token.span[1]
        return token

    def length_of_bracket(self, place: int) -> int:
        """Return how many tokens the bracket takes that opens so many tokens ahead."""
        return self._brackets[self.ahead(place)].length

    def bracket_has(self, kind: str, place: int) -> bool:
        """Return whether the bracket that opens so many tokens ahead has a comma, or dots, among items of its own."""
        return kind in self._brackets[self.ahead(place)].separators

    def replace(self, *tokens: Token) -> None:
        """Put other tokens in the place of the next one."""
        self._tokens.pop()
        self._tokens.extend(reversed(tokens))

    def rewrite(self, count: int, tokens: Sequence[Token]) -> None:
        """Put other tokens, with all their brackets, in the place of the next ones."""
        self._brackets.update(_brackets(tokens))
        self._tokens[len(self._tokens) - count :] = reversed(tokens)

    def since(self, start: int) -> Span:
        """Return the span from a place to the last token that was taken."""
        return (start, self._stop)

    def fail(self, message: str, span: Span | None = None) -> ParseError:
        """Return the error at a span, by default that of the next token."""
        return ParseError(message, self.text, span or self.next.span)

    def touches(self) -> bool:
        """Return whether the next token follows without a space."""
        return self.next.span[0] == self._stop

    def signs(self) -> bool:
        """Take a run of plus and minus signs; return whether they amount to minus."""
        minus = False
        while self.next.kind in ("+", "-"):
            minus ^= self.take().kind == "-"
        return minus

    def open(self, purpose: str, closing: str) -> Token:
        """Take the token that opens a bracket."""
        if len(self.closers) >= MAX_DEPTH:
            raise self.fail(f"brackets are nested deeper than {MAX_DEPTH}")
        self.closers.append((purpose, closing))
        return self.take()

    def close(self, opener: Token) -> None:
        """Take the token that closes the innermost bracket."""
        _, closing = self.closers.pop()
        if self.next.kind == "||" and closing == "|":
            self.split_bars()
        if self.next.kind != closing:
            raise self.fail(unclosed(opener, closing, self.next))
        self.take()

    def split_bars(self) -> None:
        """Take the double bar that comes next for two single ones, if it was written as two."""
        if self.next.text != "||":
            raise self.fail("a double bar stands between the two arguments of a divergence only")
        start, stop = self.next.span
        self.replace(Token("|", "|", (start, start + 1)), Token("|", "|", (start + 1, stop)))

    def chained(self, rule: Rule) -> Rule:
        """Read by a rule that may ask for itself without brackets in between, and bound how often."""
        self._chain += 1
        if self._chain > MAX_DEPTH:
            raise self.fail(f"powers or functions are nested deeper than {MAX_DEPTH}")
        node = yield rule
        self._chain -= 1
        return node

    def list_in_brackets(self, item: Any) -> Rule:
        """Read a bracket of items with commas between them; return the list of them, which may be empty."""
        opener = self.open("list", CLOSING[self.next.kind])
        items: list[Node] = []
        if self.next.kind != CLOSING[opener.kind]:
            items.append((yield item()))
        while items and self.next.kind == ",":
            self.take()
            items.append((yield item()))
        self.close(opener)
        return items


class _Bracket(NamedTuple):
    """How many tokens a bracket takes, and which of ``,`` and dots stand in it outside other brackets."""

    length: int
    separators: frozenset[str]


def _brackets(tokens: Sequence[Token]) -> dict[Token, _Bracket]:
    """Return what is in each bracket, by the token that opens it; one that nothing closes goes on to the end."""
    found: dict[Token, _Bracket] = {}
    opened: list[tuple[int, set[str]]] = []
    for place, token in enumerate(tokens):
        if token.kind in CLOSING:
            opened.append((place, set()))
        elif opened and token.kind in _CLOSED:
            start, separators = opened.pop()
            found[tokens[start]] = _Bracket(place - start + 1, frozenset(separators))
        elif opened and token.kind in (",", "dots"):
            opened[-1][1].add(token.kind)
    found.update({tokens[start]: _Bracket(len(tokens) - 1 - start, frozenset(separators)) for start, separators in opened})
    return found


def run(rule: Rule) -> Node:
    """Run a rule and the rules it asks for on a list instead of Python's stack, and return what it read."""
    waiting = [rule]
    answer: Any = None
    while waiting:
        try:
            asked = waiting[-1].send(answer)
        except StopIteration as finished:  # noqa: PERF203 - it is how a generator returns
            waiting.pop()
            answer = finished.value
        else:
            waiting.append(asked)
            answer = None
    node: Node = answer
    return node
