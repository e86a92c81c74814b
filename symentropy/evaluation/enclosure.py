"""Enclosures: two exact rationals with a number between them, and the digits that follow from them.

Main definitions
----------------
* `Enclosure`, the result of an evaluation: ``lower <= value <= upper``, proved unless ``certified`` says otherwise.
* `decimal`, an exact rational rounded to decimal digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from mpmath import MPContext
from mpmath.libmp import numeral
from sympy import Expr, Float, Rational, S

from symentropy.evaluation.balls.ball import Ball

#: Digits beyond the precision asked for when a number is converted to a floating-point one.
CONVERSION_DIGITS = 17


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A real number between two exact rationals (or an infinite one), to a number of significant digits.

    ``lower`` and ``upper``
        SymPy rationals, or oo or -oo, both, for an infinite value.
    ``digits``
        How many significant digits ``str()`` shows at most; it shows only those that both ends share after rounding to nearest.
    ``doubts``
        Why the bounds are not proved; empty where they are.

    >>> third = Enclosure(Rational(333, 1000), Rational(334, 1000), 15)
    >>> str(third), third.certified, third.exact, third.contains(Rational(1, 3))
    ('0.33', True, False, True)

    An exactly known value has equal ends:

    >>> half = Enclosure(Rational(1, 2), Rational(1, 2), 5)
    >>> str(half), half.exact, float(half)
    ('0.50000', True, 0.5)
    """

    lower: Expr
    upper: Expr
    digits: int
    doubts: tuple[str, ...] = ()

    @property
    def certified(self) -> bool:
        """Whether the bounds are proved."""
        return not self.doubts

    @property
    def exact(self) -> bool:
        """Whether the value is known exactly."""
        return bool(self.lower == self.upper)

    @property
    def midpoint(self) -> Expr:
        """The middle of the two ends."""
        return self.lower if self.exact else (self.lower + self.upper) / 2

    @property
    def radius(self) -> Expr:
        """Half the distance of the two ends."""
        return S.Zero if self.exact else (self.upper - self.lower) / 2

    def contains(self, value: Any) -> bool:
        """Whether an exact number lies between the ends.

        >>> Enclosure(S.Zero, S.Zero, 5).contains(0)
        True
        """
        return bool(self.lower <= value <= self.upper)

    def text(self, digits: int | None = None) -> str:
        """Return the certain digits, ``digits`` of them if that many are certain; an integer or an infinity known exactly as it is."""
        if self.exact and (self.lower.is_infinite or self.lower.is_Integer):
            return integer_text(int(self.lower)) if self.lower.is_finite else str(self.lower)
        ends = [_fraction(self.lower), _fraction(self.upper)]
        for places in range(min(self.digits, digits or self.digits), 0, -1):
            low, high = (decimal(end, places) for end in ends)
            if low == high:
                return low
        return "0" if ends[0] == ends[1] else f"between {decimal(ends[0], 2)} and {decimal(ends[1], 2)}"

    def __str__(self) -> str:
        return self.text() if self.certified else f"{self.text()} (not certified)"

    def __repr__(self) -> str:
        return f"<{'exactly ' if self.exact else ''}{self}>"

    def _repr_latex_(self) -> str:
        mantissa, _, exponent = self.text().partition("e")
        number = rf"{mantissa} \times 10^{{{int(exponent)}}}" if exponent else {"oo": r"\infty", "-oo": r"-\infty"}.get(mantissa, mantissa)
        return f"${number}$" if self.certified else rf"${number}\ \text{{(not certified)}}$"

    def __float__(self) -> float:
        return float(self.midpoint) if self.midpoint.is_infinite else _fraction(self.midpoint).__float__()

    def _sympy_(self) -> Expr:
        """Return the value for SymPy: exact, or a Float of as many digits as asked."""
        return self.midpoint if self.exact else Float(self.text(), max(self.digits, 1))

    def _mpmath_(self, prec: int, rounding: str) -> Any:
        """Return the value for mpmath, rounded to its precision."""
        context = MPContext()
        context.prec = prec
        if self.midpoint.is_infinite:
            return context.inf if self.midpoint > 0 else context.ninf
        middle = _fraction(self.midpoint)
        return context.fdiv(middle.numerator, middle.denominator, rounding=rounding)

    @classmethod
    def of(cls, value: Expr, digits: int) -> Enclosure:
        """Return the enclosure of an exactly known value."""
        return cls(value, value, digits)

    @classmethod
    def around(cls, ball: Ball, digits: int, doubts: tuple[str, ...] = ()) -> Enclosure:
        """Return the enclosure of what lies in a ball."""
        return cls(_rational(ball.lower), _rational(ball.upper), digits, doubts)


def _fraction(value: Expr) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _rational(value: Fraction) -> Rational:
    return Rational(value.numerator, value.denominator)


def integer_text(value: int) -> str:
    """Return the decimal digits of an integer, however long; CPython's ``str`` refuses more than 4300.

    >>> integer_text(-120), len(integer_text(10**5000))
    ('-120', 5001)
    """
    return str(numeral(value, 10, value.bit_length() * 3 // 10 + 2))


def decimal(value: Fraction, digits: int) -> str:
    """Return an exact rational as text of ``digits`` significant digits, rounded to nearest, ties to even.

    >>> decimal(Fraction(1, 3), 5), decimal(Fraction(-199999, 2), 2), decimal(Fraction(1, 2**200), 3), decimal(Fraction(0), 3)
    ('0.33333', '-1.0e+5', '6.22e-61', '0')
    """
    if value == 0:
        return "0"
    over, under = abs(value.numerator), value.denominator
    exponent = (over.bit_length() - under.bit_length()) * 30103 // 100000  # of ten, at most 1 off
    top = 10**digits
    while True:
        shift = digits - 1 - exponent
        unit = under * 10 ** max(-shift, 0)
        number, rest = divmod(over * 10 ** max(shift, 0), unit)
        if top // 10 <= number < top:
            break
        exponent += 1 if number >= top else -1
    number += 2 * rest > unit or (2 * rest == unit and number % 2 == 1)
    if number == top:  # 9.99 became 10.0
        number, exponent = top // 10, exponent + 1
    text = integer_text(number)
    sign = "-" if value < 0 else ""
    if not -7 < exponent < digits:
        return f"{sign}{text[0]}{'.' if digits > 1 else ''}{text[1:]}e{exponent:+d}"
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{text}"
    whole, part = text[: exponent + 1], text[exponent + 1 :]
    return f"{sign}{whole}.{part}" if part else f"{sign}{whole}"
