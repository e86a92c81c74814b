"""Square roots of numbers a + b sqrt(c).

Main definitions: `denested`.

``sqrt(a + b sqrt(c)) = sqrt(x) + s sqrt(y)`` with ``x, y = (a + d)/2, (a - d)/2``, ``d^2 = a^2 - b^2 c`` a rational square and s the sign
of b, where a > 0: ``sqrt(3 + 2 sqrt(2)) = 1 + sqrt(2)``.

Reference: A. Borodin, R. Fagin, J. Hopcroft, M. Tompa, Decreasing the nesting depth of expressions involving square roots, Journal of
Symbolic Computation 1, 1985.
"""

from __future__ import annotations

import math
from fractions import Fraction

from symentropy.proof.canonical.generators import UNIT, Number, Table, Value


def denested(table: Table, polynomial: Value) -> tuple[Fraction, Fraction, int] | None:
    """Return x, y and s for a polynomial a + b r with a square root r of a number; None where there are none."""
    root = [monomial for monomial in polynomial if monomial]
    if len(polynomial) != 2 or len(root) != 1 or any(2 * e % 1 for _, e in root[0]):
        return None
    if any(table.generators[place].kind != "modulus" for place, _ in root[0]):
        return None
    square = table.power({root[0]: 1}, 2)
    if list(square) != [UNIT]:
        return None
    a, b = polynomial[UNIT], polynomial[root[0]]
    d = _square_root(a * a - b * b * square[UNIT])
    if d is None or a <= 0:
        return None
    return Fraction(a + d) / 2, Fraction(a - d) / 2, 1 if b > 0 else -1


def _square_root(number: Number) -> Fraction | None:
    if number < 0:
        return None
    above, below = math.isqrt(number.numerator), math.isqrt(number.denominator)
    return Fraction(above, below) if above * above == number.numerator and below * below == number.denominator else None
