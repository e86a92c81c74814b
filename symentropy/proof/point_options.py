"""Values that a person would try first: for numbers in an interval, for integers, and for whole pmfs.

Main definitions
----------------
* `Span`, an interval that a number is known to lie in.
* `numbers` and `integers`, values in a span in the order in which a person would try them; `extremes`, those next to its ends and far out.
* `pmfs`, whole pmfs: uniform, skewed, geometric; `extreme_pmfs`, those with nearly all mass on one outcome.
* `graded`, the combinations of several lists, the first entries of all of them first.

Left out on purpose: which of them satisfy hypotheses (see `symentropy.proof.points`).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def _fractions(text: str) -> tuple[Fraction, ...]:
    return tuple(map(Fraction, text.split()))


#: Numbers in (0, 1), positive numbers, real numbers and integers, the likeliest choices first.
UNIT = _fractions("1/2 1/4 3/4 1/3 2/3 1/10 9/10 1/5 4/5 2/5 3/5 1/100 99/100 3/10 7/10 1/20 19/20 1/8 7/8 5/12 9/20 11/20 1/1000 999/1000")
POSITIVE = _fractions("1 2 1/2 3 1/3 4 1/4 10 1/10 3/2 2/3 5 1/5 3/4 6/5 5/4 100 1/100 7 9/10 11/10 20 1/20 1000 1/1000")
REAL = _fractions("0 1 -1 2 -2 1/2 -1/2 3 -3 10 -10 1/3 -1/3 3/2 -3/2 1/10 -1/10 5 -5 100 -100 1/100 -1/100")
WHOLE = _fractions("0 1 2 -1 3 -2 4 -3 5 -4 6 7 8 9 10 -5 -10 12 15 16 20 50 100 -100 1000")
#: How many powers of 10 extreme values are away from the others, and wide ones.
EXTREME = (3, 4, 6, 9, 12, 20, 40, 100, 300)
WIDE = (1, 2, 4)


@dataclass(frozen=True, slots=True)
class Span:
    """An interval; None is an end that is not there, and ``low_open`` or ``high_open`` leave the end out."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = True
    high_open: bool = True

    def __contains__(self, value: Fraction) -> bool:
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        below = self.high is None or value < self.high or (value == self.high and not self.high_open)
        return above and below

    def above(self, low: Fraction, is_open: bool) -> Span:
        """Return the part above a number.

        >>> Span(low_open=False).above(Fraction(0), True)
        Span(low=Fraction(0, 1), high=None, low_open=True, high_open=True)
        """
        if self.low is None or low > self.low or (low == self.low and is_open):
            return Span(low, self.high, is_open, self.high_open)
        return self

    def below(self, high: Fraction, is_open: bool) -> Span:
        """Return the part below a number."""
        if self.high is None or high < self.high or (high == self.high and is_open):
            return Span(self.low, high, self.low_open, is_open)
        return self

    @property
    def closed_ends(self) -> list[Fraction]:
        """The ends that belong to it."""
        ends = ((self.low, self.low_open), (self.high, self.high_open))
        return [end for end, is_open in ends if end is not None and not is_open]


def numbers(span: Span) -> list[Fraction]:
    """Return numbers of a span in the order in which a person would try them.

    >>> [str(x) for x in numbers(Span(Fraction(0), Fraction(1, 2)))[:4]]
    ['1/4', '1/3', '1/10', '1/5']
    >>> [str(x) for x in numbers(Span(Fraction(1)))[:4]], [str(x) for x in numbers(Span())[:3]]
    (['2', '3', '4', '10'], ['0', '1', '-1'])
    """
    low, high = span.low, span.high
    if low is not None and high is not None:
        if low == high:
            return [low] if low in span else []
        scaled = [low + (high - low) * u for u in UNIT]
        listed = UNIT if low == 0 and high == 1 else [x for x in (*UNIT, *REAL) if high - low >= Fraction(1, 10)]
        return _unique([*listed, *scaled[:2], *span.closed_ends, *scaled], span)
    if low is not None:
        return _unique([*span.closed_ends, *(POSITIVE if low >= 0 else REAL), *(low + x for x in POSITIVE)], span)
    if high is not None:
        return _unique([*span.closed_ends, *REAL, *(high - x for x in POSITIVE)], span)
    return list(REAL)


def integers(span: Span) -> list[Fraction]:
    """Return integers of a span, small ones first.

    >>> [int(x) for x in integers(Span(Fraction(0)))[:3]]
    [1, 2, 3]
    """
    base = Fraction(span.low.__floor__()) if span.low is not None else Fraction(0)
    top = Fraction(span.high.__ceil__()) if span.high is not None else base
    return _unique([*WHOLE, *(base + x for x in WHOLE), *(top - x for x in WHOLE)], span)


def extremes(span: Span, steps: Sequence[int] = EXTREME) -> list[Fraction]:
    """Return numbers next to the ends of a span, and far out where it has no end.

    >>> [str(x) for x in extremes(Span(Fraction(0)), [3])], [str(x) for x in extremes(Span(Fraction(0), Fraction(1)), [3])]
    (['1000', '1/1000'], ['999/1000', '1/1000'])
    """
    found: list[Fraction] = []
    for step in steps:
        large, tiny = Fraction(10**step), Fraction(1, 10**step)
        found += [large if span.high is None else span.high - tiny, -large if span.low is None else span.low + tiny]
        if span.low is None and step > 2:
            found += [tiny, -tiny]
    return _unique(found, span)


def pmfs(size: int) -> list[tuple[Fraction, ...]]:
    """Return pmfs on ``size`` outcomes, the ones that a person would try first.

    >>> [" ".join(map(str, pmf)) for pmf in pmfs(2)[:4]], pmfs(1)
    (['1/2 1/2', '1/4 3/4', '3/4 1/4', '1/3 2/3'], [(Fraction(1, 1),)])
    """
    if size == 1:
        return [(Fraction(1),)]
    if size == 2:
        return [(u, 1 - u) for u in UNIT]
    uniform = [1] * size
    geometric = [2 ** max(size - 2 - k, 0) for k in range(size)]
    rising = list(range(1, size + 1))
    heavy = [[size - 1] + [1] * (size - 1), [8] + [1] * (size - 2) + [max(1, 3 - size)], [18] + [1] * (size - 1)]
    two = [[10, 10] + [1] * (size - 2), [98] + [1] * (size - 1), [2] + [1] * (size - 1), [1] + [2] * (size - 1)]
    shapes = [uniform, geometric, heavy[0], rising, *heavy[1:], *two]
    turned = [shape[::-1] for shape in shapes] + [shape[1:] + shape[:1] for shape in shapes]
    weights = [shape for group in zip(shapes, turned[: len(shapes)], turned[len(shapes) :], strict=True) for shape in group]
    return list(dict.fromkeys(normalised(shape) for shape in weights))


def extreme_pmfs(size: int, steps: Sequence[int] = EXTREME) -> list[tuple[Fraction, ...]]:
    """Return pmfs with nearly all of the mass on one outcome, or nearly none."""
    found = []
    for tiny in (Fraction(1, 10**step * (size if step < 3 else 1)) for step in steps):
        lean = [tiny] * (size - 1) + [1 - (size - 1) * tiny]
        missing = [tiny] + [(1 - tiny) / (size - 1)] * (size - 1) if size > 1 else lean
        found += [lean, lean[::-1], missing, missing[::-1]]
    return list(dict.fromkeys(map(tuple, found)))


def normalised(weights: Sequence[int]) -> tuple[Fraction, ...]:
    """Return the pmf of positive weights."""
    total = sum(weights)
    return tuple(Fraction(weight, total) for weight in weights)


def random_pmf(size: int, source: random.Random, largest: int) -> tuple[Fraction, ...]:
    """Return a pmf of random integer weights."""
    return normalised([source.randint(1, largest) for _ in range(size)])


def random_number(span: Span, source: random.Random, largest: int) -> Fraction:
    """Return a random number of a span (or next to it) with a denominator of up to ``largest``."""
    under = source.randint(2, largest)
    unit = Fraction(source.randint(1, under - 1), under)
    if span.low is not None and span.high is not None:
        return span.low + (span.high - span.low) * unit
    far = Fraction(source.randint(1, 10 * largest), under)
    return span.low + far if span.low is not None else span.high - far if span.high is not None else far * source.choice((-1, 1))


def graded(lengths: Sequence[int], limit: int) -> Iterator[tuple[int, ...]]:
    """Yield up to ``limit`` tuples of places in lists of these lengths, those with a small sum first.

    >>> list(graded([2, 3], 4))
    [(0, 0), (0, 1), (1, 0), (0, 2)]
    """
    top = sum(length - 1 for length in lengths)
    return islice((places for grade in range(top + 1) for places in _of_sum(grade, lengths)), limit)


def _of_sum(total: int, lengths: Sequence[int]) -> Iterator[tuple[int, ...]]:
    if not lengths:
        if total == 0:
            yield ()
        return
    rest = sum(length - 1 for length in lengths[1:])
    for first in range(max(0, total - rest), min(total, lengths[0] - 1) + 1):
        for others in _of_sum(total - first, lengths[1:]):
            yield (first, *others)


def _unique(values: Iterable[Fraction], span: Span) -> list[Fraction]:
    return [value for value in dict.fromkeys(values) if value in span]
