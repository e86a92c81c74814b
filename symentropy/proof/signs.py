"""Sets of signs, and how operations act on them.

Main definitions
----------------
* A set of signs is an int with the bits `NEG`, `ZERO` and `POS`: the signs that a number may have. `ANY` says nothing, 0 is impossible.
* `plus`, `times`, `power`, `negated`, `larger`, `absolute`: the signs that a result may have.
* `NAMES`, the relation to zero that a set of signs stands for.

Everything here is about real numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product

NEG, ZERO, POS = 1, 2, 4
ANY = NEG | ZERO | POS

#: The relation to zero that a set of signs says, and the other way round.
NAMES: dict[int, str] = {POS: ">", POS | ZERO: ">=", ZERO: "=", NEG | ZERO: "<=", NEG: "<", NEG | POS: "!="}
MASKS: dict[str, int] = {name: mask for mask, name in NAMES.items()}

_UNITS = (NEG, ZERO, POS)


def _table(of_units: Callable[[int, int], int]) -> list[list[int]]:
    """Return the table of an operation on sets from what it does to two single signs."""
    table = [[0] * 8 for _ in range(8)]
    for first, second in product(range(8), repeat=2):
        for a, b in product(_UNITS, repeat=2):
            if first & a and second & b:
                table[first][second] |= of_units(a, b)
    return table


def _plus(a: int, b: int) -> int:
    return b if a == ZERO else a if b in (ZERO, a) else ANY


def _times(a: int, b: int) -> int:
    return ZERO if ZERO in (a, b) else POS if a == b else NEG


_PLUS = _table(_plus)
_TIMES = _table(_times)
_LARGER = _table(max)


def plus(first: int, second: int) -> int:
    """Return the signs that a sum may have.

    >>> NAMES[plus(POS, POS | ZERO)], plus(POS, NEG) == ANY
    ('>', True)
    """
    return _PLUS[first][second]


def times(first: int, second: int) -> int:
    """Return the signs that a product may have.

    >>> NAMES[times(NEG, NEG)], NAMES[times(ZERO, ANY)]
    ('>', '=')
    """
    return _TIMES[first][second]


def larger(first: int, second: int) -> int:
    """Return the signs that the larger of two numbers may have.

    >>> NAMES[larger(NEG, NEG | ZERO)]
    '<='
    """
    return _LARGER[first][second]


def negated(mask: int) -> int:
    """Return the signs of the negative.

    >>> NAMES[negated(POS | ZERO)]
    '<='
    """
    return (mask & ZERO) | (POS if mask & NEG else 0) | (NEG if mask & POS else 0)


def absolute(mask: int) -> int:
    """Return the signs of the absolute value."""
    return (mask & ZERO) | (POS if mask & (NEG | POS) else 0)


def power(mask: int, exponent: Fraction | int) -> int:
    """Return the signs of a rational power; `ANY` where it may not be defined as a real number.

    >>> NAMES[power(NEG, 2)], NAMES[power(POS | ZERO, Fraction(1, 2))], power(ANY, -1) == ANY
    ('>', '>=', True)
    """
    if exponent == 0:
        return POS
    if exponent < 0 and mask & ZERO:
        return ANY
    if exponent.denominator != 1:
        return ANY if mask & NEG else mask
    return mask if exponent.numerator % 2 else absolute(mask)


def of_number(value: Fraction | int) -> int:
    """Return the sign of a rational number."""
    return POS if value > 0 else NEG if value < 0 else ZERO
