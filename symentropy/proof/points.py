"""Points at which a claim may fail, the nicest first: where to look, and nothing that decides.

Main definitions
----------------
* `Search`: the points worth a certified look, for the sizes that a claim leaves open.
* `Stopped`, raised by the ``check`` that a search is given once its time is over.

For sizes such as n = 2 a claim becomes one about finitely many numbers (`symentropy.proof.ground`). The points are combinations of nice
values, then extreme ones, then what a descent along the margin of the claim finds, then random ones. Floating-point numbers say which
of them are worth a look; points at which they say nothing, or a tie, are looked at as well, but fewer of them.

Left out on purpose: certified evaluation (see `symentropy.proof.witness`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, islice, product
from typing import Any

from sympy import Basic, Expr, Indexed, IndexedBase, Integer, Product, Sum, Symbol
from sympy.core.function import AppliedUndef

from symentropy.finite import Finite
from symentropy.proof.claim import Claim, Each
from symentropy.proof.constants import FAILURES, is_admitted
from symentropy.proof.descent import descend
from symentropy.proof.ground import TIE, UNKNOWN, Ground, Values
from symentropy.proof.point_options import graded
from symentropy.proof.witness_values import NoValue, Point

#: The values that each unit may take.
Options = list[list[Any]]

#: Sizes in the order in which they are tried, and how many combinations of them.
SIZES = (2, 3, 1, 4, 5, 8, 30, 100)
MAX_SIZES = 10
#: How many of these are looked at closely.
CLOSELY = 4
#: How many combinations of nice values, of extreme ones, and random points are looked at.
NICE, EXTREME, RANDOM = 1200, 400, 600
#: Where each point takes a certified look: nice points before wide ones.
FIRST = 4
#: Numbers in all points that are looked at for a large size.
MAX_LARGE = 2000
#: Points that are looked at before the failing ones among them are put in order.
CHUNK = 80
#: How many points per phase at which floating-point numbers say nothing are worth a certified look.
TIES = 6
STRICT_TIES = 40


class Stopped(Exception):
    """The time of a search is over."""


class Search:
    """The points worth a certified look, the most promising first; in haste without those at which both sides look equal."""

    def __init__(self, claim: Claim, check: Callable[[], None], *, is_hasty: bool = False) -> None:
        self.claim = claim
        self.ties = STRICT_TIES if claim.relation in ("<", ">", "!=") or claim.exists else 0 if is_hasty else TIES
        self.check = check
        self.parts: tuple[Basic, ...] = (claim.lhs, claim.rhs, *claim.hypotheses)

    def proposals(self) -> Iterator[dict[Expr, Expr]]:
        """Yield points, as exact values for all symbols."""
        if any(part.atoms(AppliedUndef) for part in self.parts) or any(
            len(limit) != 3 for fact in self.claim.hypotheses if isinstance(fact, Each) for limit in fact.limits
        ):
            return
        grounds: list[Ground] = []
        source = self._grounds()
        for ground in islice(source, CLOSELY):
            if ground.free:
                grounds.append(ground)
            yield from self._worth_a_look(ground, _nice(ground, self.check) if _is_computable(ground) else _varied(ground))
            if self.claim.relation == ("=" if self.claim.exists else "!="):
                yield from self._level(ground)
        for phase in (_extreme, _descended, _random):
            for ground in grounds:
                yield from self._worth_a_look(ground, phase(ground, self.check))
        for ground in source:
            for phase in (_nice, _extreme):
                yield from self._worth_a_look(ground, islice(phase(ground, self.check), MAX_LARGE // max(len(ground.names), 1)))

    def _level(self, ground: Ground) -> Iterator[dict[Expr, Expr]]:
        """Yield points at which both sides are equal, as far as that equation is solved."""
        level = Ground.of(self.claim, ground.sizes, level=True)
        if len(level.free) < len(ground.free):
            yield from map(level.named, islice(_nice(level, self.check), STRICT_TIES))
        yield from map(ground.named, ground.roots())

    def _grounds(self) -> Iterator[Ground]:
        """Yield the claim for one choice of sizes after the other."""
        names = sorted(_open_sizes(self.claim, self.parts), key=str)
        choices = graded([len(SIZES)] * len(names), 40)
        made = 0
        for places in choices:
            self.check()
            sizes = {name: Integer(SIZES[place]) for name, place in zip(names, places, strict=True)}
            try:
                ground = Ground.of(self.claim, sizes) if self._admits(sizes) else None
            except FAILURES:  # of which `NoValue` is one
                continue
            if ground is not None:
                yield ground
                made += 1
                if made == MAX_SIZES:
                    return

    def _admits(self, sizes: Mapping[Symbol, Integer]) -> bool:
        """Whether the hypotheses about the sizes alone hold."""
        point = Point(sizes)
        for fact in self.claim.hypotheses:
            if isinstance(fact, Each) or fact.atoms(IndexedBase) or not fact.free_symbols <= set(sizes):
                continue
            try:
                if not point.holds(fact):
                    return False
            except NoValue:
                return False
        return all(is_admitted(name, size) for name, size in sizes.items())

    def _worth_a_look(self, ground: Ground, points: Iterable[Values]) -> Iterator[dict[Expr, Expr]]:
        """Yield the points of a phase that floating-point numbers do not exclude, those with a clear margin first."""
        ties = self.ties
        points = iter(points)
        while chunk := list(islice(points, CHUNK)):
            kept: list[tuple[int, int, Values]] = []
            for place, values in enumerate(chunk):
                self.check()
                verdict = ground.verdict(values)
                if verdict in (TIE, UNKNOWN):
                    if verdict == UNKNOWN and not ground.is_computable:
                        yield ground.named(values)
                        continue
                    if ties <= 0:
                        continue
                    ties -= 1
                if verdict <= UNKNOWN:
                    kept.append((verdict, place, values))
            for _, _, values in sorted(kept, key=lambda entry: entry[:2]):
                yield ground.named(values)


def _nice(ground: Ground, _check: Callable[[], None]) -> Iterator[Values]:
    """Combinations of nice values."""
    return _of_choices(ground, _combined(ground.options()))


def _extreme(ground: Ground, _check: Callable[[], None]) -> Iterator[Values]:
    """Points with one or two units at extreme values and the others at nice ones, and with all of them at extreme ones."""
    nice, far = ground.options(), ground.extreme_options()
    if not all(nice):
        return
    for source in (_single(nice, far), _together(nice, far), _pairs(nice, far)):
        yield from _of_choices(ground, islice(source, EXTREME))


def _single(nice: Options, far: Options) -> Iterator[list[Any]]:
    for place in range(max(map(len, far), default=0)):
        for unit, values in enumerate(far):
            if place < len(values):
                rests = product(*([values[place]] if k == unit else options[:3] for k, options in enumerate(nice)))
                yield from map(list, islice(rests, 9))


def _together(nice: Options, far: Options) -> Iterator[list[Any]]:
    for place in range(max(map(len, far), default=0)):
        yield [options[min(place, len(options) - 1)] if options else nice[k][0] for k, options in enumerate(far)]


def _pairs(nice: Options, far: Options) -> Iterator[list[Any]]:
    for one, two in combinations(range(len(far)), 2):
        for value, other in product(far[one], far[two]):
            yield [value if k == one else other if k == two else options[0] for k, options in enumerate(nice)]


def _varied(ground: Ground) -> Iterator[Values]:
    """Nice and wide values in turn, where each point takes a certified look."""
    nice, far = ground.options(), ground.wide_options()
    mild = _single([options[:1] for options in nice], far)
    sources = _of_choices(ground, _combined(nice)), _of_choices(ground, mild if all(nice) else iter(()))
    yield from islice(sources[0], FIRST)
    while pair := [point for source in sources for point in islice(source, 1)]:
        yield from pair


def _is_computable(ground: Ground) -> bool:
    """Whether floating-point numbers say anything about a claim."""
    return any(ground.margin(values) is not None for values in islice(_of_choices(ground, _combined(ground.options())), FIRST))


def _combined(lists: Options) -> Iterator[list[Any]]:
    for places in graded([len(options) for options in lists], NICE):
        yield [options[place] for options, place in zip(lists, places, strict=True)]


def _of_choices(ground: Ground, choices: Iterable[list[Any]]) -> Iterator[Values]:
    """Yield the points of choices that the hypotheses admit."""
    return (point for choice in choices if (point := ground.completed(choice)) is not None)


def _descended(ground: Ground, check: Callable[[], None]) -> Iterator[Values]:
    """What a descent along the margin finds, rounded to simple numbers."""
    return descend(ground, check)


def _random(ground: Ground, _check: Callable[[], None]) -> Iterator[Values]:
    """Random points, the same in each run, with growing denominators."""
    source = random.Random(1)
    return _of_choices(ground, (ground.random_choice(source, 10 + count * 2) for count in range(RANDOM)))


def _open_sizes(claim: Claim, parts: Iterable[Basic]) -> set[Symbol]:
    """Return the symbols that must be numbers before sums and pmfs can be written out: sizes, and indices such as k in p[k]."""
    found: set[Any] = set()
    for part in parts:
        for total in part.atoms(Sum, Product):
            for _, *ends in total.limits:
                found |= set().union(*(end.free_symbols for end in ends if not end.is_infinite))
        for fact in part.atoms(Each):
            found |= set().union(*(end.free_symbols for limit in fact.limits for end in limit[1:]))
        for pmf in part.atoms(Finite):
            found |= pmf.size.free_symbols
        for entry in part.atoms(Indexed):
            found |= set().union(*(index.free_symbols for index in entry.indices))
    return {name for name in found & claim.free_symbols if isinstance(name, Symbol)}
