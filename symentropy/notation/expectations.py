r"""Reading expectations: ``\mathbb{E}_{x \sim P}[-\log q(x)]``, ``E_P[\log p_s]``, ``E[(X - \mu)^2]``, ``\langle f \rangle_{p(x)}``.

Main definition: `ExpectationReader`, the rules for expectations and variances; the grammar adds the other rules.

The outcome is the letter after the sign, as in ``x \sim P``, or a declared random variable in the brackets, or else the index that the body
carries. Without a name, the distribution is that of the random variable, or P. Angle brackets are rewritten as an expectation with its
distribution in front.

Left out: what an expectation stands for (see `symentropy.notation.measures`), and expectations over several variables at once.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Integer

from symentropy.notation.families import is_family
from symentropy.notation.integrals import IntegralReader
from symentropy.notation.names import DISTRIBUTIONS, full_name
from symentropy.notation.reader import Rule
from symentropy.notation.scope import INDEX_LETTERS, PMF_LETTERS
from symentropy.notation.sums import MAX_SUMS
from symentropy.notation.syntax import Compound, Element, Expectation, Local, Name, Negative, Node, Number, Power, Sum, nodes
from symentropy.notation.tokens import CLOSING, Token

#: Names that the outcome may have in the argument of a pmf, besides the letters of an index.
_VARIABLES = INDEX_LETTERS | frozenset(("X", "Y", "Z"))
_USAGE = r"an expectation is written E_P[-log q_s], \mathbb{E}_{x \sim P}[-\log q(x)] or E[-log p_s]"
OUTCOME = "the outcome itself is no number here: an expectation is that of probabilities, such as -log p_s or -log q(x)"
_JOINT = "an expectation is that over one random variable: those over {} at once are not read yet"


class ExpectationReader(IntegralReader):
    """Reads expectations and variances."""

    def _is_expectation(self) -> bool:
        """Return whether the next token is the sign of an expectation; a plain E is one before [ or a subscript."""
        if self.next.kind in ("expectation", "langle"):
            return True
        if self.next.kind != "word" or self.next.text not in ("E", "Var") or self.names.declares(self.next.text, ""):
            return False
        after = self.ahead(1).kind
        is_roman = self.text[self.next.span[0]] == "\\"
        is_outcome = after in ("(", "\\{") and (is_roman or self.next.text == "Var" or bool(self._variables_in_brackets(1)))
        return after == "[" or is_outcome or (after == "_" and self.ahead(2).kind != "number")

    def _expectation(self) -> Rule:
        self._sums += 1
        if self._sums > MAX_SUMS:
            raise self.fail(f"sums are nested deeper than {MAX_SUMS}")
        if self.next.kind == "langle":
            self._turn_around()
        head = self.take()
        law, letter = (yield self._law_after_sign()) if self.next.kind == "_" else (None, "")
        if self.next.kind not in CLOSING:
            raise self.fail(_USAGE, self.since(head.span[0]))
        is_named = isinstance(law, Name) and law.base in PMF_LETTERS
        law, letter = self._completed(law, letter)
        binder = self.names.new_binder()
        opener = self.next
        names_laws = not letter and is_named and all(token.text in ("p", "q", "r") for token in self._outcomes_in_brackets())
        body = yield self.binding(letter or "s", self._group, binder)
        if names_laws:
            letter = "s"
            body = _with_entries(body, Local(opener.span, letter, binder))
        if not letter and any(_may_be_an_outcome(node) for node in nodes(body)):
            raise self.fail(OUTCOME, body.span)
        span = self.since(head.span[0])
        index = Local(opener.span, letter or "s", binder)
        self._sums -= 1
        mean = Expectation(span, (law, body), index)
        if head.text != "Var":
            return mean
        two = Number(span, Integer(2))
        square = Expectation(span, (law, Power(span, (body, two))), index)
        return Sum(span, (square, Negative(span, (Power(span, (mean, two)),))))

    def _completed(self, law: Node | None, letter: str) -> tuple[Node, str]:
        """Return the distribution and the outcome of an expectation, from what stands in the brackets that follow."""
        variables = self._variables_in_brackets(0)
        if law is None and letter == "":
            if len(variables) > 1:
                raise self.fail(_JOINT.format(" and ".join(variables)))
            if variables:
                return Name(self.next.span, variables[0]), variables[0]
        if isinstance(law, Name) and law.base in self.names.random and letter in ("", law.base):
            return law, law.base
        law = Name(self.next.span, "p") if law is None else law
        found = letter or self._index_in_brackets() or self._outcome_in_brackets()
        return law, found

    def _family(self) -> Rule:
        """Read a family with its parameters: a rule of the grammar."""
        raise NotImplementedError

    def _law_after_sign(self) -> Rule:
        """Read P, ``x \\sim P``, p(x), X or a family after the sign; return the distribution, and the outcome or nothing."""
        self.take()
        opener = self.open("group", "}") if self.next.kind == "{" else None
        letter = ""
        if opener is not None and self.ahead(1).kind == "~":
            letter = self._variable().text
            self.take()
        if self.next.kind == "word" and is_family(self.next.text):
            law = yield self._family()
            if opener is not None:
                self.close(opener)
            return law, letter
        name = self.take()
        base = DISTRIBUTIONS.get(name.text, name.text)
        is_law = name.text in DISTRIBUTIONS or base in PMF_LETTERS or name.text in self.names.random
        if name.kind != "word" or not is_law:
            raise self.fail(f"a distribution such as P or Q is expected here: {_USAGE}", name.span)
        if opener is not None and self.next.kind == "(":
            bracket = self.open("group", ")")
            letter = self._variable().text
            self.close(bracket)
        if opener is not None:
            self.close(opener)
        return Name(name.span, base), letter

    def _variable(self) -> Token:
        if self.next.kind != "word" or self.next.text not in _VARIABLES:
            raise self.fail(f"the outcome has one letter such as x or s: {_USAGE}")
        return self.take()

    # What stands in brackets

    def _stop_of_brackets(self, place: int) -> int:
        """Return how many tokens ahead the bracket closes that opens so many tokens ahead."""
        depth = 0
        while (token := self.ahead(place)).kind != "end":
            depth += (token.kind in CLOSING or token.kind == "langle") - (token.kind in CLOSING.values() or token.kind == "rangle")
            if depth == 0:
                break
            place += 1
        return place

    def _variables_in_brackets(self, place: int) -> list[str]:
        """Return the declared random variables in the bracket that opens so many tokens ahead, in order."""
        stop = self._stop_of_brackets(place)
        tokens = [self.ahead(k) for k in range(place, stop)]
        return list(dict.fromkeys(token.text for token in tokens if token.kind == "word" and token.text in self.names.random))

    def _index_in_brackets(self) -> str:
        """Return the letter that probabilities in the bracket that follows carry and no sum binds, or nothing."""
        for place in range(self._stop_of_brackets(0)):
            token = self.ahead(place)
            before, earlier = self.ahead(place - 1 if place else 0), self.ahead(place - 2) if place > 1 else token
            is_index = before.kind == "_" or (before.kind == "{" and earlier.kind == "_")
            is_argument = before.kind == "(" and earlier.text in (*PMF_LETTERS, "h") and self.ahead(place + 1).kind == ")"
            letters = INDEX_LETTERS if is_index else _VARIABLES if is_argument else ()
            if token.kind == "word" and token.text in letters and token.text not in self.bound:
                return token.text
        return ""

    def _outcome_in_brackets(self) -> str:
        """Return a letter in the bracket that follows that stands for the outcome, or nothing."""
        found = [self.ahead(place).text for place in range(self._stop_of_brackets(0)) if self.ahead(place).kind == "word"]
        return next((letter for letter in ("x", "X") if letter in found and letter not in self.bound), "")

    def _outcomes_in_brackets(self) -> list[Token]:
        """Return the letters in the bracket that follows that may be an outcome or its probability."""
        tokens = [self.ahead(place) for place in range(self._stop_of_brackets(0))]
        return [token for token in tokens if token.kind == "word" and token.text in _VARIABLES | PMF_LETTERS]

    # Angle brackets

    def _turn_around(self) -> None:
        r"""Put ``\langle f \rangle_{p(x)}`` as an expectation with its distribution in front of its brackets."""
        stop = self._stop_of_brackets(0)
        if self.ahead(stop).kind != "rangle":
            raise self.fail(r"this angle bracket is not closed: an expectation is written \langle \log p(x) \rangle_{p(x)}")
        end = stop + 1
        if self.ahead(end).kind == "_":
            end = (self._stop_of_brackets(end + 1) if self.ahead(end + 1).kind == "{" else end + 1) + 1
        tokens = [self.ahead(place) for place in range(end)]
        opener, closer = tokens[0], tokens[stop]
        sign = Token("expectation", "<", opener.span)
        inside = [Token("[", "[", opener.span), *tokens[1:stop], Token("]", "]", closer.span)]
        self.rewrite(end, [sign, *tokens[stop + 1 :], *inside])


def _with_entries(tree: Node, index: Local) -> Node:
    """Return a tree in which p, q and r stand for their values at the outcome: the mean of log p under p is that of log p(x)."""
    built: list[Node] = []
    waiting: list[tuple[Node, bool]] = [(tree, False)]
    while waiting:  # without recursion: trees may be deep
        node, is_ready = waiting.pop()
        if isinstance(node, Name) and node.base in PMF_LETTERS and not node.subscript:
            built.append(Element(node.span, full_name(node.base, "", node.primes), index))
        elif not isinstance(node, Compound):
            built.append(node)
        elif not is_ready:
            waiting.append((node, True))
            waiting.extend((part, False) for part in reversed(node.parts))
        else:
            start = len(built) - len(node.parts)
            parts = tuple(built[start:])
            del built[start:]
            built.append(replace(node, parts=parts))
    return built.pop()


def _may_be_an_outcome(node: Node) -> bool:
    """Whether a node is a name that some write for an outcome, or for its probability."""
    return isinstance(node, Name) and node.base in _VARIABLES | PMF_LETTERS and not node.subscript
