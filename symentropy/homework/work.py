"""An answer beside what was expected: the expressions in plain form, and whether a changed expectation is what was answered.

Main definition: `Work`.
"""

from __future__ import annotations

import time

from sympy import Basic, Derivative, Expr

from symentropy.errors import SymentropyError
from symentropy.finite import Finite
from symentropy.homework.probing import Probe, Values, equal
from symentropy.proof.canonical import is_zero, unfolded
from symentropy.proof.claim import Claim
from symentropy.proof.constants import FAILURES
from symentropy.proof.draft import Budget, Draft, OutOfTimeError
from symentropy.proof.kernel import domain
from symentropy.proof.tactics import ROUNDS
from symentropy.proof.tactics.families import closed_form
from symentropy.quantity import Mean, Quantity

#: Expressions that cannot be computed in floating point and are still compared by the zero test.
BLIND = 24
#: Closed forms that the kernel accepted, under hypotheses: all answers to one exercise need the same ones.
_KNOWN: dict[tuple[Expr, tuple[Basic, ...]], Expr] = {}
MOST_KNOWN = 256


class Work:
    """A wrong answer: ``claim`` says that it is equal to what was expected, under all conditions that are needed."""

    def __init__(self, claim: Claim, seconds: float) -> None:
        self.claim = claim
        self.domain = domain(claim)
        self._end = time.monotonic() + seconds
        self._draft = Draft(ROUNDS[0], Budget(seconds / 2))
        self._nouns: dict[Expr, Expr] = {}
        self._tried: dict[Expr, bool] = {}
        self._blind = BLIND
        self.answer = self._differentiated(claim.lhs)
        self.expected = self._differentiated(claim.rhs)
        #: The expectation as a sum of terms, in several ways; see `symentropy.homework.terms`.
        self.lists: list[tuple[Expr, ...]] | None = None
        self.tidy: Expr | None = None
        self.probe = Probe(claim, self.plain)
        self.target: Values = self.probe.values(self.answer)
        self.symbols: frozenset[Basic] = frozenset(self.answer.free_symbols | self.expected.free_symbols)

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() > self._end

    def mirrored(self) -> Work:
        """Return the same with the answer and the expectation exchanged, in the time that is left."""
        claim = Claim(self.expected, self.claim.relation, self.answer, self.claim.hypotheses)
        return Work(claim, max(self._end - time.monotonic(), 0.0))

    def plain(self, expression: Expr) -> Expr:
        """Return an expression with the definitions of its pmfs' nouns, the closed forms of its families' nouns, and no derivative."""
        nouns = expression.atoms(Quantity)
        plain = expression.xreplace({noun: self._plain_noun(noun) for noun in nouns}) if nouns else expression
        return unfolded(plain) if plain.has(Derivative) else plain

    def _differentiated(self, expression: Expr) -> Expr:
        """Return an expression with the values of its derivatives, in which a slip can be made."""
        derivatives = expression.atoms(Derivative)
        return expression.xreplace({derivative: self.plain(derivative) for derivative in derivatives}) if derivatives else expression

    def _plain_noun(self, noun: Expr) -> Expr:
        if noun not in self._nouns:
            found = unfolded(noun)
            if isinstance(found, Mean):
                found = self._closed_form(found)
            self._nouns[noun] = found
        return self._nouns[noun]

    def _closed_form(self, noun: Mean) -> Expr:
        if any(isinstance(argument, Finite) for argument in noun.args):
            return noun
        known = _KNOWN.get((noun, self.claim.hypotheses))
        if known is not None:
            return known
        try:
            step = closed_form(self._draft, noun, self.claim.hypotheses)
        except (OutOfTimeError, SymentropyError, *FAILURES):
            return noun
        if step is None:
            return noun
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        found = _KNOWN[noun, self.claim.hypotheses] = self._draft.steps[step].claim.rhs
        return found

    def gives(self, expression: Expr) -> bool:
        """Whether an expression is proved to be equal to the answer."""
        if expression not in self._tried:
            self._tried[expression] = not self.is_over and self._equals(expression)
        return self._tried[expression]

    def _equals(self, expression: Expr) -> bool:
        looks = equal(self.probe.values(expression), self.target)
        if looks is False:
            return False
        if looks is None:
            self._blind -= 1
            if self._blind < 0:
                return False
        return self.shows_zero(self.plain(self.answer) - self.plain(expression))

    def shows_zero(self, expression: Expr) -> bool:
        """Whether the zero test shows that an expression is 0."""
        try:
            return is_zero(expression, self.domain)
        except FAILURES:
            return False
