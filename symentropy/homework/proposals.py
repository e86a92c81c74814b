"""What kinds of slips propose: changed expectations, each with a sentence about what was changed.

Main definitions
----------------
* `Change`, one changed expectation; its sentence is put together only if the slip is named.
* `Scaling`, the sums in which some terms are multiplied by a number or an expression: one proposal for each set of terms.
* `Candidates`, all proposals of a kind with their values at random points, worked out as far as they are asked for and then kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from sympy import Add, Expr, expand_mul

from symentropy.display import LongIntegers
from symentropy.exact import shown
from symentropy.homework.nodes import loses_terms
from symentropy.homework.probing import Probe, Values
from symentropy.proof.constants import FAILURES
from symentropy.proof.writing.style import with_letters

#: Terms up to which all sets of them are tried; above, single ones, pairs, and all but one.
FEW_TERMS = 8

#: Characters of an expression in a message.
LONGEST = 60

Terms = tuple[Expr, ...]


def written(expression: Expr) -> str:
    """Return an expression as a message shows it.

    >>> from sympy import digamma
    >>> from sympy.abc import k, p, q
    >>> print(written(abs(p - q)), written(digamma(k)))
    |p - q| digamma(k)
    """
    text = _Messages().doprint(with_letters(expression))
    return (text if len(text) <= LONGEST else shown(with_letters(expression))).replace("**", "^")


class _Messages(LongIntegers):
    """Text with the names of functions that a student knows."""

    def _print_Abs(self, expr: Any) -> str:
        return f"|{self._print(expr.args[0])}|"

    def _print_polygamma(self, expr: Any) -> str:
        return f"digamma({self._print(expr.args[1])})" if expr.args[0] == 0 else str(self._print_Function(expr))


class Change(NamedTuple):
    """A changed expectation, and what was changed: a template and the expressions or words in it."""

    expression: Expr
    template: str
    parts: tuple[Any, ...] = ()
    before: Expr | None = None

    @property
    def is_plausible(self) -> bool:
        """Whether no terms of what was there ``before`` cancel, where that is asked for."""
        return self.before is None or not loses_terms(expand_mul(self.before), expand_mul(self.expression))

    def undone(self, template: str = "") -> Change:
        """Return the change as it is told the other way round: with another template, or with the first two parts exchanged.

        >>> from sympy.abc import p, q
        >>> change(p, "{0} stands where {1} belongs", p, q).undone().message
        'q stands where p belongs'
        """
        is_directed = "{0}" in self.template and "{1}" in self.template and not template
        parts = (self.parts[1], self.parts[0], *self.parts[2:]) if is_directed else self.parts
        return self._replace(template=template or self.template, parts=parts)

    @property
    def message(self) -> str:
        """What was changed, as a sentence."""
        return self.template.format(*(written(part) if isinstance(part, Expr) else part for part in self.parts))


def change(expression: Expr, template: str, *parts: Any, before: Expr | None = None) -> Change:
    """Return a changed expectation with what is said of it; with ``before``, one that is not meant if terms of that cancel in it.

    >>> from sympy.abc import p
    >>> change(2 * p, "{} is there twice", p).message
    'p is there twice'
    """
    return Change(expression, template, parts, before)


class Scaling(NamedTuple):
    """The sums in which some of the terms are multiplied by a factor; ``said`` makes a sentence about those terms.

    ``places``: which terms may be; ``least`` and ``most``: how many of them; ``is_proper``: not all of them.
    """

    terms: Terms
    by: Expr
    said: Callable[[list[Expr]], str]
    places: tuple[int, ...]
    least: int = 1
    most: int | None = None
    is_proper: bool = False

    def made(self, chosen: tuple[int, ...]) -> Change:
        """Return the sum in which the chosen terms are multiplied."""
        terms = (term * self.by if place in chosen else term for place, term in enumerate(self.terms))
        return change(Add(*terms), "{}", self.said([self.terms[place] for place in chosen]))

    def subsets(self) -> Iterator[tuple[int, ...]]:
        """Yield the sets of terms that are tried."""
        limit = len(self.terms) - self.is_proper
        yield from (chosen for chosen in _subsets(self.places, self.most) if self.least <= len(chosen) <= limit)

    def candidates(self, probe: Probe) -> Iterator[Candidate]:
        """Yield a candidate for each set of terms."""
        if not self.places:
            return
        values = [probe.values(term) for term in self.terms]
        scales = probe.values(self.by)
        whole = [None if None in column else sum(column) for column in zip(*values, strict=True)]
        changes = {place: [_change(*pair) for pair in zip(values[place], scales, strict=True)] for place in self.places}
        for chosen in self.subsets():
            columns = zip(whole, *(changes[place] for place in chosen), strict=True)
            yield Candidate(tuple(None if None in column else sum(column) for column in columns), self, chosen)


def _change(value: float | None, scale: float | None) -> float | None:
    return None if value is None or scale is None else value * (scale - 1)


def _subsets(places: Sequence[int], most: int | None) -> Iterator[tuple[int, ...]]:
    if len(places) <= FEW_TERMS:
        for count in range(1, min(len(places), most or len(places)) + 1):
            yield from combinations(places, count)
        return
    yield from combinations(places, 1)
    if most is None or most >= 2:
        yield from combinations(places, 2)
    if most is None:
        for place in places:
            yield tuple(other for other in places if other != place)
        yield tuple(places)


Proposal = Change | Scaling
Proposals = Iterator[Proposal]


class Candidate(NamedTuple):
    """A proposal with its values at the points of a probe; of a scaling, for the chosen terms."""

    values: Values
    proposal: Proposal
    chosen: tuple[int, ...] = ()

    @property
    def change(self) -> Change:
        """The changed expectation."""
        return self.proposal.made(self.chosen) if isinstance(self.proposal, Scaling) else self.proposal


class Candidates:
    """The candidates of a kind; iterating goes through those that are known, and then works out more."""

    def __init__(self, proposals: Proposals, probe: Probe) -> None:
        self._known: list[Candidate] = []
        self._rest = _candidates(proposals, probe)

    def __iter__(self) -> Iterator[Candidate]:
        place = 0
        while True:
            if place == len(self._known):
                found = next(self._rest, None)
                if found is None:
                    return
                self._known.append(found)
            yield self._known[place]
            place += 1


def _candidates(proposals: Proposals, probe: Probe) -> Iterator[Candidate]:
    seen: set[Expr] = set()
    try:
        for proposal in proposals:
            if isinstance(proposal, Scaling):
                yield from proposal.candidates(probe)
            elif proposal.expression not in seen:
                seen.add(proposal.expression)
                yield Candidate(probe.values(proposal.expression), proposal)
    except FAILURES:  # a kind that fails on an expression has no more to propose
        return
