"""Two slips at once: a pair is named only if both together, made in what was expected, are proved to give what was answered.

Main definition: `explained_by_two`.

Main statements
---------------
The name of a pair is both names with a plus sign between them, the more specific one first, such as ``wrong-base+sign``. Three kinds of
pairs are looked for: a slip and a factor of the whole, a slip and one of the terms that it leaves alone, and two terms with a slip in each.
The values of the candidates at random points say which pairs are worth the zero test.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from sympy import Add, Expr, Integer, Rational, S, log

from symentropy.homework.probing import Values
from symentropy.homework.proposals import FEW_TERMS, Candidate, Change, Scaling, written
from symentropy.homework.slips import KINDS
from symentropy.homework.terms import is_constant, term_lists
from symentropy.homework.work import Work
from symentropy.proof.claim import Slip
from symentropy.quantity import Quantity

#: Kinds that are found together with another slip.
FIRST = frozenset(
    (
        *("swapped-arguments", "wrong-base", "missing-entropy-term", "variance-vs-std", "log-of-power", "inverted-ratio", "sign"),
        *("dropped-constant", "missing-term", "off-by-one", "scale-vs-rate", "absolute-value", "reference-arguments-in-wrong-place"),
    )
)
#: Of those, the ones that leave terms alone.
IN_PLACE = FIRST - {"missing-entropy-term", "sign", "dropped-constant", "missing-term", "reference-arguments-in-wrong-place"}
#: Relative error up to which numbers look equal.
CLOSE = 1e-9


class Factor(NamedTuple):
    """A slip that multiplies all, or a term: what it is called, by what it multiplies, and what is said of it."""

    name: str
    by: Expr
    said: str
    needs_log: bool = False


SIGN = Factor("sign", S.NegativeOne, "the sign of {} is the opposite")
BITS = Factor("wrong-base", 1 / log(2), "{} is in bits, and nats were asked for", needs_log=True)
NATS = Factor("wrong-base", log(2), "{} is in nats, and bits were asked for", needs_log=True)
HALF = Factor("missing-factor", Integer(2), "the factor 1/2 of {} is missing")
TWICE = Factor("missing-factor", Rational(1, 2), "the factor 2 of {} is missing")
CONSTANT = Factor("dropped-constant", S.Zero, "the constant {} is missing")
TERM = Factor("missing-term", S.Zero, "the term {} is missing")

#: What may be done to all of it, and to a term.
OF_ALL = (SIGN, BITS, NATS, HALF, TWICE)
OF_TERMS = (CONSTANT, TERM, *OF_ALL)


def explained_by_two(work: Work) -> Slip | None:
    """Return a pair of slips that explains a wrong answer, None if there is none or the time is over."""
    for pairs in (_with_all(work), _with_a_term(work), _of_terms(work)):
        for name, expression, messages in pairs:
            if work.is_over:
                return None
            if work.gives(expression):
                return Slip(name, "; and ".join(messages()), expression)
    return None


Pairs = Iterator[tuple[str, Expr, "Messages"]]


class Messages(NamedTuple):
    """What is said of both slips of a pair, put together only if it is named."""

    first: Change | None
    factors: tuple[tuple[Factor, Expr | None], ...]

    def __call__(self) -> list[str]:
        """Return the sentences."""
        own = [] if self.first is None else [self.first.message]
        return [*own, *(factor.said.format("all of it" if term is None else written(term)) for factor, term in self.factors)]


def _name(*names: str) -> str:
    order = [kind.name for kind in KINDS]
    return "+".join(sorted(names, key=order.index))


def _first_slips(work: Work, names: frozenset[str]) -> Iterator[tuple[str, Candidate]]:
    """Go through the candidates of kinds, of which one term at most is changed, and that are not equal to what was expected."""
    own = work.probe.values(work.expected)
    for kind in KINDS:
        if kind.name in names:
            for candidate in work.wanted.candidates(kind.proposals):
                is_one = not isinstance(candidate.proposal, Scaling) or len(candidate.chosen) == 1
                if is_one and not _look_equal(candidate.values, own):
                    yield kind.name, candidate


def _with_all(work: Work) -> Pairs:
    """Yield the pairs of a slip and a factor of all of it."""
    goals = [(factor, _scaled(work.target, 1 / float(factor.by))) for factor in OF_ALL]
    for name, candidate in _first_slips(work, FIRST):
        for factor, goal in goals:
            if factor.name != name and _look_equal(candidate.values, goal) and candidate.change.is_plausible:
                yield _name(name, factor.name), candidate.change.expression * factor.by, Messages(candidate.change, ((factor, None),))


def _with_a_term(work: Work) -> Pairs:
    """Yield the pairs of a slip inside and a term with another one."""
    steps = list(dict.fromkeys(step for parts in term_lists(work.wanted) for step in _steps(work, parts)))
    values = [(factor, term, _scaled(work.wanted.probe.values(term), float(factor.by) - 1)) for factor, term in steps]
    for name, candidate in _first_slips(work, IN_PLACE):
        if None in candidate.values:
            continue
        gaps = tuple(None if goal is None else goal - value for goal, value in zip(work.target, candidate.values, strict=True))  # type: ignore[operator]
        for factor, term, step in values:
            if factor.name != name and _look_equal(step, gaps):
                messages = Messages(candidate.change, ((factor, term),))
                yield _name(name, factor.name), candidate.change.expression + term * (factor.by - 1), messages


def _of_terms(work: Work) -> Pairs:
    """Yield the pairs of slips in two terms."""
    whole = work.wanted.probe.values(work.expected)
    if None in whole:
        return
    gaps = tuple(None if goal is None else goal - value for goal, value in zip(work.target, whole, strict=True))  # type: ignore[operator]
    for parts in term_lists(work.wanted):
        if not 1 < len(parts) <= FEW_TERMS:
            continue
        values = {(f, term): _scaled(work.wanted.probe.values(term), float(f.by) - 1) for f, term in _steps(work, parts)}
        for (one, first), (two, second) in combinations(values, 2):
            if one.name == two.name or first == second or (one.by == two.by == 0 and len(parts) == 2):
                continue
            if _look_equal(_sum(values[one, first], values[two, second]), gaps):
                changed = {first: first * one.by, second: second * two.by}
                expression = Add(*(changed.get(term, term) for term in parts))
                yield _name(one.name, two.name), expression, Messages(None, ((one, first), (two, second)))


def _steps(work: Work, parts: tuple[Expr, ...]) -> Iterator[tuple[Factor, Expr]]:
    """Go through what may be done to one of some terms."""
    for term in parts:
        constant = is_constant(work.wanted, term)
        for factor in OF_TERMS:
            if factor.needs_log and not term.has(log, Quantity):
                continue
            if factor.by == 0 and constant != (factor is CONSTANT):
                continue
            yield factor, term


def _scaled(values: Values, by: float) -> Values:
    return tuple(None if value is None else value * by for value in values)


def _sum(first: Values, second: Values) -> Values:
    return tuple(None if None in pair else sum(pair) for pair in zip(first, second, strict=True))  # type: ignore[arg-type]


def _look_equal(first: Values, second: Values) -> bool:
    """Whether values are known and look equal at every point."""
    return all(
        one is not None and two is not None and math.isclose(one, two, rel_tol=CLOSE, abs_tol=CLOSE)
        for one, two in zip(first, second, strict=True)
    ) and bool(first)
