"""A descent along the margin of a claim in floating point, and simple fractions near the point where it ends.

Main definition: `descend`, which yields points that may refute the claim.

The free numbers are moved one at a time, and in pairs, in coordinates in which their intervals are the whole line, so that next to an end
of an interval a step is a factor.

Left out on purpose: anything that decides; the points are looked at with certified bounds.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Symbol

from symentropy.proof.ground import CLEAR, Ground, Values
from symentropy.proof.point_options import Span, graded

#: Numbers to move, each up or down.
Move = tuple[tuple[Symbol, int], ...]

#: The place in a margin of the difference of the sides relative to them, and of the difference itself.
RELATIVE, ABSOLUTE = 0, 2
#: From how many points a descent starts along each of these, and how often each descent may compute the margin.
STARTS = {RELATIVE: 2, ABSOLUTE: 1}
EVALUATIONS = 500
#: Nice points and random ones among which the starts are chosen.
NICE_STARTS, RANDOM_STARTS = 200, 100
#: Numbers that move one at a time, and up to how many of them in pairs as well.
MAX_FREE, MAX_PAIRED = 24, 4
#: Size of the first step and of the last one.
FIRST_STEP, LAST_STEP = 1.0, 1e-7
#: Denominators and significant digits that the result is rounded to.
DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 50, 100, 1000, 10**4, 10**6, 10**9)
DIGITS = (1, 2, 3, 4, 6, 9)


def descend(ground: Ground, check: Callable[[], None]) -> Iterator[Values]:
    """Yield points with a small or negative margin, the simplest first."""
    any_point_will_do = ground.relation == ("!=" if ground.exists else "=")
    if any_point_will_do or not 0 < len(ground.free) <= MAX_FREE:
        return
    source = random.Random(2)
    lists = ground.options()
    choices = [[options[k] for options, k in zip(lists, places, strict=True)] for places in graded(list(map(len, lists)), NICE_STARTS)]
    choices += [ground.random_choice(source, 1000) for _ in range(RANDOM_STARTS)]
    scored: list[tuple[list[float], int, Values]] = []
    for place, choice in enumerate(choices):
        check()
        values = ground.completed(choice)
        heights = None if values is None else [_height(ground, values, which) for which in (RELATIVE, ABSOLUTE)]
        if values is not None and heights is not None:
            scored.append(([math.inf if height is None else height for height in heights], place, values))
    for which, starts in STARTS.items():
        scored.sort(key=lambda entry: (entry[0][which == ABSOLUTE], entry[1]))
        for _, _, values in scored[:starts]:
            yield from _rounded(ground, _Descent(ground, check, which).run(values))


def _height(ground: Ground, values: Mapping[Symbol, Any], which: int) -> float | None:
    """Return what the descent makes small: negative where the claim fails."""
    margin = ground.margin(values)
    if margin is None:
        return None
    if ground.relation in ("=", "!="):
        return abs(margin[which])
    return -margin[which] if ground.exists else margin[which]


@dataclass
class _Descent:
    ground: Ground
    check: Callable[[], None]
    which: int
    count: int = 0

    def run(self, values: Values) -> Values:
        """Return the lowest point that is found from a start: the values of the free numbers."""
        start = {name: values[name] for name in self.ground.free}
        free = [name for name in self.ground.free if not name.is_integer]
        lowest = _height(self.ground, values, self.which)
        if lowest is None or not free:
            return start
        best = {name: float(value) for name, value in start.items()}
        moves: list[Move] = [((name, side),) for name in free for side in (1, -1)]
        if len(free) <= MAX_PAIRED:
            moves += [((a, s), (b, t)) for k, a in enumerate(free) for b in free[:k] for s in (1, -1) for t in (1, -1)]
        step = FIRST_STEP
        while step > LAST_STEP and self.count < EVALUATIONS:
            improved = False
            for move in moves:
                found = self._moved(best, move, step)
                height = None if found is None else _height(self.ground, found, self.which)
                if found is not None and height is not None and height < lowest:
                    best, lowest, improved = found, height, True
            step = step * 2 if improved and step < 8 else step / 2 if not improved else step
        return {name: Fraction(best[name]) for name in start}

    def _moved(self, values: dict[Symbol, float], move: Move, step: float) -> dict[Symbol, float] | None:
        self.count += 1
        self.check()
        moved = {name: values[name] for name in self.ground.free}
        try:
            moved.update((name, _shifted(self.ground.spans[name], values[name], side * step)) for name, side in move)
        except (ValueError, OverflowError, ZeroDivisionError):
            return None
        return self.ground.completed_floats(moved)


def _shifted(span: Span, value: float, step: float) -> float:
    """Return a number moved by a step in the coordinate in which its interval is the whole line."""
    low, high = (None if end is None else float(end) for end in (span.low, span.high))
    if low is not None and high is not None:
        odds = (value - low) / (high - value) * math.exp(step)
        return (low + high * odds) / (1 + odds)
    if low is not None:
        return low + (value - low) * math.exp(step)
    if high is not None:
        return high - (high - value) * math.exp(step)
    return value + step


def _rounded(ground: Ground, values: Values) -> Iterator[Values]:
    """Yield simple points near a point that the claim does not clearly hold at, and the point itself."""
    seen = set()
    free = ground.free
    for bound in (*(("denominator", k) for k in DENOMINATORS), *(("digits", k) for k in DIGITS)):
        kind, size = bound
        simple = {name: _simple(Fraction(values[name]), kind, size, ground.spans[name]) for name in free}
        key = tuple(simple.values())
        point = ground.completed([simple]) if key not in seen else None
        seen.add(key)
        if point is not None and ground.verdict(point) != CLEAR:
            yield point
    if (point := ground.completed([values])) is not None and ground.verdict(point) != CLEAR:
        yield point


def _simple(value: Fraction, kind: str, size: int, span: Span) -> Fraction:
    if kind == "denominator":
        return value.limit_denominator(size)
    ends = [end for end in (span.low, span.high) if end is not None]
    end = min(ends, key=lambda e: abs(value - e), default=Fraction(0))
    return end + _significant(value - end, size)


def _significant(value: Fraction, digits: int) -> Fraction:
    """Return a number rounded to a few significant decimal digits.

    >>> _significant(Fraction(1, 3000), 2)
    Fraction(33, 100000)
    """
    if value == 0:
        return value
    exponent = math.floor(math.log10(abs(value.numerator)) - math.log10(value.denominator))
    unit = Fraction(10) ** (exponent - digits + 1)
    return round(value / unit) * unit
