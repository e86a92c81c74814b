"""An answer beside what was expected: the expressions in plain form, and whether a changed expectation is what was answered.

Main definitions
----------------
* `Expectation`: what is expected, and what is worked out from it once for all answers to an exercise.
* `Traits`: all that slips in an expectation may take from an answer.
* `Work`: an answer and its expectation.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from sympy import Basic, Derivative, Dummy, Expr, IndexedBase, Integral, Piecewise, Pow, S, Sum, log

from symentropy.errors import SymentropyError
from symentropy.finite import Finite
from symentropy.homework.probing import Probe, Values, equal
from symentropy.homework.proposals import Candidates, Proposals
from symentropy.proof.canonical import is_zero, unfolded
from symentropy.proof.checks import domain
from symentropy.proof.claim import Claim
from symentropy.proof.constants import FAILURES
from symentropy.proof.draft import Budget, Draft, OutOfTimeError
from symentropy.proof.tactics import ROUNDS
from symentropy.proof.tactics.families import closed_form
from symentropy.proof.tactics.integrals import value_of
from symentropy.quantity import Mean, Quantity

#: Expressions that cannot be computed in floating point and are still compared by the zero test.
BLIND = 24
#: Seconds for the closed form of a noun.
NOUN_SECONDS = 0.75
#: Closed forms that the kernel accepted, under hypotheses: all answers to one exercise need the same ones. A noun without one is itself.
_KNOWN: dict[tuple[Expr, tuple[Basic, ...]], Expr] = {}
MOST_KNOWN = 256
#: Expectations that are kept.
MOST_EXPECTATIONS = 8


class Traits(NamedTuple):
    """What slips in an expectation may take from an answer."""

    symbols: frozenset[Basic]
    arrays: frozenset[Basic]
    laws: frozenset[Basic]
    bases: frozenset[Basic]
    has_ratio: bool

    @classmethod
    def of(cls, expression: Expr, plain: Expr) -> Traits:
        """Return the traits of an expression, given with its plain form."""
        return cls(
            frozenset(expression.free_symbols),
            frozenset(expression.atoms(IndexedBase) | plain.atoms(IndexedBase)),
            frozenset(law for noun in expression.atoms(Mean) for law in noun.args),
            frozenset(power.base.args[0] for power in expression.atoms(Pow) if isinstance(power.base, log)),
            any(logarithm.args[0].as_numer_denom().count(1) == 0 for logarithm in expression.atoms(log)),
        )


class Expectation:
    """What is expected under the hypotheses of a claim, on its right side, of an answer with some traits.

    ``lists`` and ``tidy`` are the expectation as a sum of terms, in several ways; see `symentropy.homework.terms`.
    """

    def __init__(self, claim: Claim, traits: Traits, probe: Probe) -> None:
        self.expected: Expr = _differentiated(claim.rhs, claim.hypotheses)
        self.hypotheses = claim.hypotheses
        self.traits = traits
        self.domain = domain(claim)
        self.probe = probe
        self.symbols: frozenset[Basic] = frozenset(self.expected.free_symbols | traits.symbols)
        self.lists: list[tuple[Expr, ...]] | None = None
        self.tidy: Expr | None = None
        self._candidates: dict[Callable[[Expectation], Proposals], Candidates] = {}

    def plain(self, expression: Expr) -> Expr:
        """Return an expression with the definitions of its pmfs' nouns and the closed forms of its families' nouns."""
        return plain(expression, self.hypotheses)

    def candidates(self, proposals: Callable[[Expectation], Proposals]) -> Candidates:
        """Return what a kind of slips proposes."""
        if proposals not in self._candidates:
            self._candidates[proposals] = Candidates(proposals(self), self.probe)
        return self._candidates[proposals]


class _Kept(threading.local):
    """The expectations of a thread; their candidates are worked out bit by bit, which two threads cannot do together."""

    def __init__(self) -> None:
        self.known: dict[tuple[Expr, tuple[Basic, ...], Traits], Expectation] = {}


_KEPT = _Kept()


def forget() -> None:
    """Forget what is kept of expectations and nouns, for measurements."""
    _KEPT.known.clear()
    _KNOWN.clear()
    _generic_form.cache_clear()


def _looked_up(noun: Expr, hypotheses: tuple[Basic, ...]) -> Expr:
    """Return the closed form of a noun for floating-point numbers, which decide nothing; so it need not be proved."""
    if not isinstance(noun, Mean) or not all(_is_plain_law(law) for law in noun.args):
        return plain(noun, hypotheses)
    kinds = tuple((law.func, tuple(_kind_of(parameter) for parameter in law.args)) for law in noun.args)
    form, names = _generic_form(noun.func, kinds)
    return form.xreplace(dict(zip(names, (parameter for law in noun.args for parameter in law.args), strict=True)))


def _is_plain_law(law: Basic) -> bool:
    return not isinstance(law, (Finite, Expr)) and bool(law.args) and all(isinstance(parameter, Expr) for parameter in law.args)


def _kind_of(parameter: Expr) -> tuple[str, ...]:
    return tuple(name for name in ("integer", "positive", "real") if getattr(parameter, f"is_{name}"))


@lru_cache(maxsize=MOST_KNOWN)
def _generic_form(noun: Any, kinds: tuple[tuple[Any, tuple[tuple[str, ...], ...]], ...]) -> tuple[Expr, tuple[Dummy, ...]]:
    """Return the closed form of a noun of families for parameters of some kinds, with their names in order."""
    names = [[Dummy(**dict.fromkeys(kind, True)) for kind in own] for _, own in kinds]
    value = noun(*(law(*own) for (law, _), own in zip(kinds, names, strict=True))).value()
    form = value.args[0].args[0] if isinstance(value, Piecewise) else value
    return form, tuple(name for own in names for name in own)


def _expectation(claim: Claim, traits: Traits) -> Expectation:
    """Return the expectation of a claim, the same one for all answers with the same traits."""
    key = (claim.rhs, claim.hypotheses, traits)
    found = _KEPT.known.pop(key, None) or Expectation(claim, traits, Probe(claim, lambda noun: _looked_up(noun, claim.hypotheses)))
    _KEPT.known[key] = found
    if len(_KEPT.known) > MOST_EXPECTATIONS:
        del _KEPT.known[next(iter(_KEPT.known))]
    return found


class Work:
    """A wrong answer: ``claim`` says that it is equal to what was expected, under all conditions that are needed."""

    def __init__(self, claim: Claim, seconds: float) -> None:
        self.claim = claim
        self.answer: Expr = _differentiated(claim.lhs, claim.hypotheses)
        self._end = time.monotonic() + seconds
        self._plain = plain(self.answer, claim.hypotheses)
        self._start(_expectation(claim, Traits.of(self.answer, self._plain)))

    def _start(self, wanted: Expectation) -> None:
        self.wanted = wanted
        self.probe = wanted.probe.anew()
        self.target: Values = self.probe.values(self.answer)
        self._tried: dict[Expr, bool] = {}
        self._blind = BLIND

    @property
    def expected(self) -> Expr:
        """What is expected."""
        return self.wanted.expected

    @property
    def difference(self) -> Expr:
        """The answer minus what is expected, in plain form."""
        return self._plain - self.wanted.plain(self.expected)

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() > self._end

    def mirrored(self) -> Work:
        """Return the same with the answer and the expectation exchanged, in the time that is left."""
        made = Work.__new__(Work)
        made.claim = Claim(self.expected, self.claim.relation, self.answer, self.claim.hypotheses)
        made.answer, made._end, made._plain = self.expected, self._end, self.wanted.plain(self.expected)
        made._start(Expectation(made.claim, Traits.of(self.expected, made._plain), self.probe))
        return made

    def gives(self, expression: Expr) -> bool:
        """Whether an expression is proved to be equal to the answer."""
        return self.looks_right(self.probe.values(expression)) and self.is_right(expression)

    def looks_right(self, values: Values) -> bool:
        """Whether values are those of the answer, or are not known and may still be compared."""
        looks = equal(values, self.target)
        if looks is None:
            self._blind -= 1
            return self._blind >= 0
        return looks

    def is_right(self, expression: Expr) -> bool:
        """Whether the zero test shows that an expression is equal to the answer."""
        if expression not in self._tried:
            self._tried[expression] = not self.is_over and self.shows_zero(self._plain - self.wanted.plain(expression))
        return self._tried[expression]

    def shows_zero(self, expression: Expr) -> bool:
        """Whether the zero test shows that an expression is 0."""
        try:
            return is_zero(expression, self.wanted.domain)
        except FAILURES:
            return False


def plain(expression: Expr, hypotheses: tuple[Basic, ...]) -> Expr:
    """Return an expression with the definitions of its pmfs' nouns, the values of its families' nouns and means, and no derivative."""
    nouns = expression.atoms(Quantity) | _totals(expression)
    found = expression.xreplace({noun: _plain_noun(noun, hypotheses) for noun in nouns}) if nouns else expression
    return unfolded(found) if found.has(Derivative) else found


def _differentiated(expression: Expr, hypotheses: tuple[Basic, ...]) -> Expr:
    """Return an expression with the values of its derivatives and expectations, in which a slip can be made."""
    derivatives = expression.atoms(Derivative) | _totals(expression)
    return expression.xreplace({part: plain(part, hypotheses) for part in derivatives}) if derivatives else expression


def _totals(expression: Expr) -> set[Expr]:
    """Return the integrals and the sums to infinity in an expression, which have values if they are expectations under families."""
    return {total for total in expression.atoms(Integral, Sum) if isinstance(total, Integral) or total.limits[0][-1] is S.Infinity}


def _plain_noun(noun: Expr, hypotheses: tuple[Basic, ...]) -> Expr:
    found = _KNOWN.get((noun, hypotheses))
    if found is None:
        found = noun if isinstance(noun, (Integral, Sum)) else unfolded(noun)
        if isinstance(noun, (Integral, Sum)) or (isinstance(found, Mean) and not any(isinstance(law, Finite) for law in found.args)):
            try:
                found = _closed_form(found, hypotheses)
            except OutOfTimeError:
                return noun
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[noun, hypotheses] = found
    return found


def _closed_form(noun: Expr, hypotheses: tuple[Basic, ...]) -> Expr:
    draft = Draft(ROUNDS[0], Budget(NOUN_SECONDS))
    try:
        step = value_of(draft, noun, hypotheses) if isinstance(noun, (Integral, Sum)) else closed_form(draft, noun, hypotheses)
    except OutOfTimeError:
        raise
    except (SymentropyError, *FAILURES):
        return noun
    return noun if step is None else draft.steps[step].claim.rhs
