"""Expressions in floating point at a few random points of a domain: a filter for slips, which decides nothing.

Main definition: `Probe`.

Left out on purpose: proofs. What looks equal here is then shown to be equal by the zero test.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

import mpmath
from sympy import Expr, Indexed, Integer, Product, Rational, Sum, Symbol

from symentropy.evaluation.functions import CONSTANTS, FUNCTIONS
from symentropy.proof.claim import Claim
from symentropy.proof.constants import FAILURES
from symentropy.proof.ground import Ground
from symentropy.quantity import Quantity

#: Points, how often they are looked for, and the largest denominator in them.
POINTS, TRIALS, LARGEST = 3, 40, 89
#: The sizes of pmfs of symbolic size, one after the other.
SIZES = (3, 4, 2)
#: Relative error up to which two numbers count as equal.
TOLERANCE = 1e-9
#: Terms of a sum that are added up.
MAX_TERMS = 100

Values = tuple[float | None, ...]


class Probe:
    """Random points at which the hypotheses of a claim hold; ``plain`` gives a noun as an expression without nouns."""

    def __init__(self, claim: Claim, plain: Callable[[Expr], Expr]) -> None:
        self.plain = plain
        self._points = _points(claim)
        self._memos: list[dict[Any, float]] = [{} for _ in self._points]

    def anew(self) -> Probe:
        """Return a probe with the same points that remembers nothing yet."""
        made = Probe.__new__(Probe)
        made.plain, made._points, made._memos = self.plain, self._points, [{} for _ in self._points]
        return made

    def values(self, expression: Expr) -> Values:
        """Return the value of an expression at each point: None where it cannot be computed, and nan where it is not real."""
        return tuple(self._value(expression, point, memo) for point, memo in zip(self._points, self._memos, strict=True))

    def values_at(self, expression: Expr, symbol: Symbol, value: Rational) -> Values:
        """Return the values of an expression at the points with another value of a symbol, whatever the hypotheses say."""
        points = [{**point, symbol: float(value)} for point in self._points]
        return tuple(self._value(expression, point, {}) for point in points)

    def _value(self, expression: Expr, point: dict[Any, float], memo: dict[Any, float]) -> float | None:
        try:
            found = self._computed(expression, point, memo)
        except FAILURES:
            return None
        if isinstance(found, complex):
            return math.nan
        return found if isinstance(found, float) and abs(found) < 1e100 else None

    def _computed(self, expression: Any, point: dict[Any, float], memo: dict[Any, float]) -> Any:
        found = memo.get(expression)
        if found is None:
            found = memo[expression] = self._fresh(expression, point, memo)
        return found

    def _fresh(self, expression: Any, point: dict[Any, float], memo: dict[Any, float]) -> Any:
        if isinstance(expression, Rational):
            return int(expression.p) / int(expression.q)
        if isinstance(expression, Symbol):
            return point[expression]
        if isinstance(expression, Indexed):
            places = tuple(Integer(round(self._computed(index, point, memo))) for index in expression.indices)
            return point[expression.base[places]]
        if isinstance(expression, Quantity):
            return self._computed(self._without_noun(expression), point, memo)
        if isinstance(expression, (Sum, Product)):
            terms = self._terms(expression.function, list(expression.limits), point)
            return mpmath.fp.fsum(terms) if isinstance(expression, Sum) else mpmath.fp.fprod(terms)
        if expression in CONSTANTS:
            return CONSTANTS[expression](mpmath.fp)
        return FUNCTIONS[expression.func](mpmath.fp, *[self._computed(argument, point, memo) for argument in expression.args])

    def _without_noun(self, noun: Expr) -> Expr:
        found = self.plain(noun)
        if found.has(Quantity):
            raise ValueError("a noun without a closed form")
        return found

    def _terms(self, term: Expr, limits: list[Any], point: dict[Any, float]) -> list[float]:
        if not limits:
            return [self._computed(term, point, {})]
        *outer, (index, low, high) = limits
        first, last = (self._computed(end, point, {}) for end in (low, high))
        if last - first > MAX_TERMS:
            raise ValueError("too many terms")
        return [value for k in range(round(first), round(last) + 1) for value in self._terms(term, outer, {**point, index: float(k)})]


def equal(first: Values, second: Values) -> bool | None:
    """Whether values look equal at all points at which both are known; None without such a point.

    >>> equal((1.0, None), (1.0, 2.0)), equal((1.0,), (2.0,)), equal((None,), (2.0,))
    (True, False, None)
    """
    found = None
    for one, two in zip(first, second, strict=True):
        if one is not None and two is not None:
            if not abs(one - two) <= TOLERANCE * max(1.0, abs(one), abs(two)):  # nan is equal to nothing
                return False
            found = True
    return found


def _points(claim: Claim) -> list[dict[Any, float]]:
    source = random.Random(7)
    numbers = sorted((s for s in claim.free_symbols if isinstance(s, Symbol) and s.is_integer), key=str)
    sizes = {symbol: Integer(SIZES[place % len(SIZES)]) for place, symbol in enumerate(numbers)}
    found: list[dict[Any, float]] = []
    try:
        ground = Ground.of(claim, sizes)
        for _ in range(TRIALS):
            values = ground.completed(ground.random_choice(source, LARGEST))
            if values is not None:
                named = ground.named(values)
                found.append({name: float(value) for name, value in named.items()})
            if len(found) == POINTS or (found and not claim.free_symbols):
                break
    except FAILURES:
        return found
    return found
