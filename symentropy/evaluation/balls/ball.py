"""Real balls: midpoint-radius arithmetic on exact integers.

Main definitions
----------------
* `Ball`, the set of real numbers x with ``|x - mid * 2**exp| <= rad * 2**exp``, and the number of bits its results are rounded to.
* `Undecided`, raised where an operation is not defined on a whole ball: the caller tries again with more bits, unless it is
  `OutOfDomain`, `OutOfReach` or `Infinite`.

Every operation returns a ball that contains the result for all points of its operands: the midpoint is rounded down to ``prec`` bits
and the radius is rounded up, in integers throughout. There is no infinity and no rounding mode.

References
----------
J. van der Hoeven, Ball arithmetic, 2009. F. Johansson, Arb: efficient arbitrary-precision midpoint-radius interval arithmetic, IEEE
Transactions on Computers 66, 2017.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import Any

#: An exponent is written out as a fraction up to this size.
MAX_WRITTEN = 1 << 22
#: A radius is rounded up to this many bits: more would be spent on digits of an error.
RADIUS_BITS = 30


class Undecided(ArithmeticError):
    """The outcome is not defined on the whole ball, or is not known there."""


class OutOfDomain(Undecided):
    """The outcome is defined nowhere on the ball: more bits do not help."""


class OutOfReach(Undecided):
    """No method here encloses the outcome: more bits do not help."""


class Infinite(Undecided):
    """The outcome is proved to be oo."""


class Ball:
    """The real numbers within ``rad * 2**exp`` of ``mid * 2**exp``; results keep ``prec`` bits.

    >>> third = Ball.of(Fraction(1, 3), 53)
    >>> third.lower <= Fraction(1, 3) <= third.upper, (third * 3).contains(1), (third * 3).is_exact
    (True, True, False)
    """

    __slots__ = ("exp", "mid", "prec", "rad")

    def __init__(self, mid: int, rad: int, exp: int, prec: int) -> None:
        self.mid = mid
        self.rad = rad
        self.exp = exp
        self.prec = prec

    @classmethod
    def of(cls, value: int | Fraction, prec: int) -> Ball:
        """Return a ball around an exact number; a number with a power of 2 as denominator stays exact while it fits."""
        if isinstance(value, int):
            return rounded(value, 0, 0, prec)
        over, under = value.numerator, value.denominator
        power = under.bit_length() - 1
        if under == 1 << power:
            return rounded(over, 0, -power, prec)
        shift = max(0, prec + under.bit_length() - over.bit_length() + 2)
        return rounded((over << shift) // under, 1, -shift, prec)

    @classmethod
    def between(cls, low: Fraction, high: Fraction, prec: int) -> Ball:
        """Return a ball that contains an interval.

        >>> ball = Ball.between(Fraction(0), Fraction(1, 3), 53)
        >>> ball.contains(0), ball.contains(Fraction(1, 3)), ball.contains(Fraction(1, 2))
        (True, True, False)
        """
        return cls.of((low + high) / 2, prec).widened((high - low) / 2)

    def __repr__(self) -> str:
        return f"Ball({self.mid}, {self.rad}, {self.exp}, {self.prec})"

    @property
    def lower(self) -> Fraction:
        """The least number in the ball."""
        return scaled(self.mid - self.rad, self.exp)

    @property
    def upper(self) -> Fraction:
        """The greatest number in the ball."""
        return scaled(self.mid + self.rad, self.exp)

    @property
    def is_exact(self) -> bool:
        """Whether the ball is one number."""
        return self.rad == 0

    @property
    def is_positive(self) -> bool:
        """Whether all numbers in the ball are positive."""
        return self.mid > self.rad

    @property
    def is_negative(self) -> bool:
        """Whether all numbers in the ball are negative."""
        return -self.mid > self.rad

    @property
    def contains_zero(self) -> bool:
        """Whether 0 is in the ball."""
        return abs(self.mid) <= self.rad

    def contains(self, value: int | Fraction) -> bool:
        """Whether an exact number is in the ball."""
        return self.lower <= value <= self.upper

    @property
    def accuracy(self) -> int:
        """The number of relative bits: how much shorter the radius is than the midpoint."""
        return abs(self.mid).bit_length() - self.rad.bit_length() if self.rad else self.prec

    @property
    def magnitude(self) -> int:
        """An e with |x| < 2**e for every x in the ball."""
        return (abs(self.mid) + self.rad).bit_length() + self.exp

    @property
    def centre(self) -> Ball:
        """The midpoint as a ball of radius 0."""
        return Ball(self.mid, 0, self.exp, self.prec)

    @property
    def radius(self) -> Ball:
        """The radius as a ball of radius 0."""
        return Ball(self.rad, 0, self.exp, self.prec)

    def at(self, prec: int) -> Ball:
        """Return the ball with another number of bits for what is computed from it."""
        return Ball(self.mid, self.rad, self.exp, prec)

    def widened(self, radius: int | Fraction) -> Ball:
        """Return the ball with a larger radius."""
        over, under = radius.numerator, radius.denominator
        shift = under.bit_length() - over.bit_length() + RADIUS_BITS
        extra = Ball(-(-(over << max(shift, 0)) // (under << max(-shift, 0))), 0, -shift, self.prec)
        return self + Ball(0, extra.mid, extra.exp, self.prec)

    def _like(self, value: Any) -> Any:
        """Return an exact number as a ball, and NotImplemented for anything else."""
        if isinstance(value, int):
            return Ball(value, 0, 0, self.prec)
        return Ball.of(value, self.prec) if isinstance(value, Fraction) else NotImplemented

    def __neg__(self) -> Ball:
        return Ball(-self.mid, self.rad, self.exp, self.prec)

    def __pos__(self) -> Ball:
        return self

    def __abs__(self) -> Ball:
        if self.contains_zero and self.rad:
            top = abs(self.mid) + self.rad
            size = rounded(top, top, self.exp - 1, self.prec)  # between 0 and top; rounding makes the radius the larger number
            return Ball(size.rad, size.rad, size.exp, self.prec)
        return Ball(abs(self.mid), self.rad, self.exp, self.prec)

    def __add__(self, other: Any) -> Ball:
        b = other if isinstance(other, Ball) else self._like(other)
        if b is NotImplemented:
            return NotImplemented
        a = self
        prec = a.prec if a.prec >= b.prec else b.prec
        if a.exp < b.exp:
            a, b = b, a
        gap = a.exp - b.exp
        if gap > prec:
            if a.mid == 0 and a.rad == 0:
                return rounded(b.mid, b.rad, b.exp, prec)
            if b.mid == 0 and b.rad == 0:
                return rounded(a.mid, a.rad, a.exp, prec)
            if gap > prec + (abs(b.mid) + b.rad).bit_length():  # |b| is less than a unit at 2**(a.exp - prec)
                return rounded(a.mid << prec, (a.rad << prec) + 1, a.exp - prec, prec)
        return rounded((a.mid << gap) + b.mid, (a.rad << gap) + b.rad, b.exp, prec)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Ball:
        return self + -other

    def __rsub__(self, other: Any) -> Ball:
        return -self + other

    def __mul__(self, other: Any) -> Ball:
        b = other if isinstance(other, Ball) else self._like(other)
        if b is NotImplemented:
            return NotImplemented
        prec = self.prec if self.prec >= b.prec else b.prec
        rad = 0
        if self.rad:
            rad = self.rad * (abs(b.mid) + b.rad)
        if b.rad:
            rad += abs(self.mid) * b.rad
        return rounded(self.mid * b.mid, rad, self.exp + b.exp, prec)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Ball:
        b = other if isinstance(other, Ball) else self._like(other)
        if b is NotImplemented:
            return NotImplemented
        prec = self.prec if self.prec >= b.prec else b.prec
        least = abs(b.mid) - b.rad  # in units of 2**b.exp, the least modulus of the divisor
        if least <= 0:
            raise OutOfDomain("division by 0") if b.is_exact else Undecided("division by a ball that contains 0")
        shift = max(0, prec + b.mid.bit_length() - self.mid.bit_length() + 2)
        quotient, rest = divmod(self.mid << shift, b.mid)
        rad = 1 if rest else 0
        if self.rad or b.rad:
            # |x/y - m/n| <= (|x - m| + |m/n| |y - n|) / |y|, with |m/n| <= |quotient| + 1
            spread = (self.rad << shift) + (abs(quotient) + 1) * b.rad
            cut = max(0, least.bit_length() - 2 * RADIUS_BITS)
            rad += ((spread >> cut) + 1) // (least >> cut) + 1
        return rounded(quotient, rad, self.exp - b.exp - shift, prec)

    def __rtruediv__(self, other: Any) -> Ball:
        number = self._like(other)
        return number if number is NotImplemented else number / self

    def squared(self) -> Ball:
        """Return the square: no negative numbers, also where the ball contains 0."""
        product = self * self
        return abs(product) if product.contains_zero else product

    def __int__(self) -> int:
        """Return the integer that the ball is."""
        value = self.lower
        if self.rad or value.denominator != 1:
            raise Undecided("a ball where an integer is needed")
        return value.numerator

    def compared(self, other: Any) -> int:
        """Return -1, 0 or 1 where all numbers in this ball are below, equal to or above all those in another."""
        difference = self - other
        if difference.contains_zero and difference.rad:
            raise Undecided("two balls that overlap are compared")
        return (difference.mid > 0) - (difference.mid < 0)

    def __lt__(self, other: Any) -> bool:
        return self.compared(other) < 0

    def __le__(self, other: Any) -> bool:
        return self.compared(other) <= 0

    def __gt__(self, other: Any) -> bool:
        return self.compared(other) > 0

    def __ge__(self, other: Any) -> bool:
        return self.compared(other) >= 0

    def __pow__(self, power: int) -> Ball:
        if power < 0:
            return 1 / self**-power
        if power == 0:
            return Ball(1, 0, 0, self.prec)
        result = self ** (power >> 1)
        result = result.squared()
        return result * self if power & 1 else result

    def sqrt(self) -> Ball:
        """Return the square root.

        |sqrt(x) - sqrt(m)| = |x - m| / (sqrt(x) + sqrt(m)) <= |x - m| / sqrt(m), and the integer root is at most 1 below the root.
        """
        if self.mid == 0 and self.rad == 0:
            return self
        if self.mid <= self.rad:
            raise OutOfDomain("square root of a negative number") if self.is_negative else Undecided("square root of a ball around 0")
        shift = max(0, 2 * self.prec + 4 - self.mid.bit_length())
        shift += (self.exp - shift) % 2
        root = isqrt(self.mid << shift)
        rad = 1 + ((self.rad << shift) // root + 1 if self.rad else 0)
        return rounded(root, rad, (self.exp - shift) // 2, self.prec)

    def union(self, other: Ball) -> Ball:
        """Return a ball that contains both.

        >>> wide = Ball(1, 0, 10**12, 53).union(Ball(-1, 0, 0, 53)); wide.magnitude, wide.contains_zero
        (1000000000001, True)
        """
        low = min(Ball(x.mid - x.rad, 0, x.exp, x.prec) for x in (self, other))
        high = max(Ball(x.mid + x.rad, 0, x.exp, x.prec) for x in (self, other))
        span = high - low
        return (low + high + Ball(0, span.mid + span.rad, span.exp, span.prec)) / 2


def rounded(mid: int, rad: int, exp: int, prec: int) -> Ball:
    """Return a ball that contains the given one, with at most ``prec`` bits of midpoint and few of radius.

    Cutting off ``shift`` bits moves the midpoint by less than a unit, and the radius is rounded up: at most two units more.

    >>> rounded(1023, 0, 0, 4), rounded(8, 0, 0, 4)
    (Ball(15, 1, 6, 4), Ball(8, 0, 0, 4))
    """
    shift = mid.bit_length() - prec
    if rad:
        spare = rad.bit_length() - RADIUS_BITS
        if spare > shift:
            shift = spare
        if shift <= 0:
            return Ball(mid, rad, exp, prec)
        return Ball(mid >> shift, (rad >> shift) + 2, exp + shift, prec)
    if shift <= 0:
        return Ball(mid, 0, exp, prec)
    cut = mid >> shift
    return Ball(cut, 0 if cut << shift == mid else 1, exp + shift, prec)


def scaled(mid: int, exp: int) -> Fraction:
    """Return ``mid * 2**exp``; raises `OutOfReach` for a number of more than a million digits before or after the point.

    >>> scaled(3, -2), scaled(3, 2)
    (Fraction(3, 4), Fraction(12, 1))
    """
    if abs(exp) > MAX_WRITTEN:
        raise OutOfReach("a number as large or as small as this is not written down")
    return Fraction(mid << exp) if exp >= 0 else Fraction(mid, 1 << -exp)
