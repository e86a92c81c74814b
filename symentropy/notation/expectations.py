r"""Reading expectations: ``\mathbb{E}_{x \sim P}[-\log q(x)]``, ``E_P[\log p_s]``.

Main definition: `ExpectationReader`, the rules for expectations; the grammar adds the other rules.

The expectation of a body under a pmf is the sum over its states of p_s times the body. The index is the one after the sign, as in
``x \sim P``, or else the one that the body carries. Without a name, the pmf is P.

Left out: expectations of the outcome itself, which is no number here, those under densities, and angle brackets.
"""

from __future__ import annotations

from symentropy.notation.names import DISTRIBUTIONS
from symentropy.notation.reader import Rule
from symentropy.notation.scope import INDEX_LETTERS, PMF_LETTERS
from symentropy.notation.sums import MAX_SUMS, SumReader
from symentropy.notation.syntax import Element, Local, Name, Node, Product, Quantity, Series, nodes
from symentropy.notation.tokens import CLOSING, Token

#: Names that the outcome may have in the argument of a pmf, besides the letters of an index.
_VARIABLES = INDEX_LETTERS | frozenset(("X", "Y", "Z"))
_USAGE = r"an expectation is written E_P[-log q_s], \mathbb{E}_{x \sim P}[-\log q(x)] or E[-log p_s]"
_OUTCOME = "the outcome itself is no number here: an expectation is that of probabilities, such as -log p_s or -log q(x)"


class ExpectationReader(SumReader):
    """Reads expectations under pmfs."""

    def _group(self) -> Rule:
        """Read a bracket: a rule of the grammar."""
        raise NotImplementedError

    def _is_expectation(self) -> bool:
        """Return whether the next token is the sign of an expectation; a plain E is one before [ or a subscript."""
        if self.next.kind == "expectation":
            return True
        is_letter = self.next.kind == "word" and self.next.text == "E" and not self.names.declares("E", "")
        return is_letter and (self.ahead(1).kind == "[" or (self.ahead(1).kind == "_" and self.ahead(2).kind != "number"))

    def _expectation(self) -> Rule:
        self._sums += 1
        if self._sums > MAX_SUMS:
            raise self.fail(f"sums are nested deeper than {MAX_SUMS}")
        head = self.take()
        base, letter = self._law_after_sign() if self.next.kind == "_" else ("p", "")
        if self.next.kind not in CLOSING:
            raise self.fail(_USAGE, self.since(head.span[0]))
        found = letter or self._index_in_brackets()
        if found.isupper() and self.names.is_known(found):
            raise self.fail(
                f"the distribution of {found} is declared: write H({found}), or a sum over its states", self.since(head.span[0])
            )
        binder = self.names.new_binder()
        opener = self.next
        body = yield self.binding(found or "s", self._group, binder)
        if not found and any(_may_be_an_outcome(node) for node in nodes(body)):
            raise self.fail(_OUTCOME, body.span)
        self._require_index(body, binder)
        span = self.since(head.span[0])
        index = Local(opener.span, found or "s", binder)
        self._sums -= 1
        return Series(span, (Product(span, (Element(span, base, index), body)),), index)

    def _law_after_sign(self) -> tuple[str, str]:
        """Read P, ``x \\sim P`` or p(x) after the sign; return the name of the probabilities, and the index or nothing."""
        self.take()
        opener = self.open("group", "}") if self.next.kind == "{" else None
        letter = ""
        if opener is not None and self.ahead(1).kind == "~":
            letter = self._variable().text
            self.take()
        name = self.take()
        base = DISTRIBUTIONS.get(name.text, name.text)
        if name.kind != "word" or (name.text not in DISTRIBUTIONS and base not in PMF_LETTERS):
            raise self.fail(f"a distribution such as P or Q is expected here: {_USAGE}", name.span)
        if opener is not None and self.next.kind == "(":
            bracket = self.open("group", ")")
            letter = self._variable().text
            self.close(bracket)
        if opener is not None:
            self.close(opener)
        return base, letter

    def _variable(self) -> Token:
        if self.next.kind != "word" or self.next.text not in _VARIABLES:
            raise self.fail(f"the outcome has one letter such as x or s: {_USAGE}")
        return self.take()

    def _index_in_brackets(self) -> str:
        """Return the letter that probabilities in the bracket that follows carry and no sum binds, or nothing."""
        depth, place = 0, 0
        while (token := self.ahead(place)).kind != "end":
            depth += (token.kind in CLOSING) - (token.kind in CLOSING.values())
            if depth == 0:
                break
            before, earlier = self.ahead(place - 1), self.ahead(place - 2) if place > 1 else token
            is_index = before.kind == "_" or (before.kind == "{" and earlier.kind == "_")
            is_argument = before.kind == "(" and earlier.text in (*PMF_LETTERS, "h") and self.ahead(place + 1).kind == ")"
            letters = INDEX_LETTERS if is_index else _VARIABLES if is_argument else ()
            if token.kind == "word" and token.text in letters and token.text not in self.bound:
                return token.text
            place += 1
        return ""

    def _require_index(self, body: Node, binder: int) -> None:
        """Refuse a body in which the outcome stands for itself, and not for a probability."""
        surprises = {id(node.parts[0]) for node in nodes(body) if isinstance(node, Quantity) and node.name == "h"}
        for node in nodes(body):
            if isinstance(node, Local) and node.binder == binder and id(node) not in surprises:
                raise self.fail(_OUTCOME, node.span)


def _may_be_an_outcome(node: Node) -> bool:
    """Whether a node is a name that some write for an outcome, or for its probability."""
    return isinstance(node, Name) and node.base in _VARIABLES | PMF_LETTERS and not node.subscript
