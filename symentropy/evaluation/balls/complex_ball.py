"""Complex balls: rectangles of two real balls, for functions that are analytic on them.

Main definitions: `ComplexBall`, and `exp`, `log`, `sqrt`, `power`, `cos` and `sin` of one.

A multivalued function raises `Undecided` on a rectangle that meets its branch cut (the negative real axis and 0), so that what is
returned is the value of a function that is analytic on the rectangle.
"""

from __future__ import annotations

from typing import Any

from symentropy.evaluation.balls import elementary
from symentropy.evaluation.balls.ball import Ball, Undecided


class ComplexBall:
    """The complex numbers whose real and imaginary parts lie in two balls.

    >>> i = ComplexBall(Ball(0, 0, 0, 53), Ball(1, 0, 0, 53))
    >>> i * i
    ComplexBall(Ball(-1, 0, 0, 53), Ball(0, 0, 0, 53))
    """

    __slots__ = ("imag", "real")

    def __init__(self, real: Ball, imag: Ball) -> None:
        self.real = real
        self.imag = imag

    def __repr__(self) -> str:
        return f"ComplexBall({self.real}, {self.imag})"

    @property
    def prec(self) -> int:
        """The number of bits that results keep."""
        return self.real.prec

    @property
    def contains_zero(self) -> bool:
        """Whether 0 is in the rectangle."""
        return self.real.contains_zero and self.imag.contains_zero

    @property
    def magnitude(self) -> int:
        """An e with |z| < 2**e for every z in the rectangle."""
        return max(self.real.magnitude, self.imag.magnitude) + 1

    def __neg__(self) -> ComplexBall:
        return ComplexBall(-self.real, -self.imag)

    def __pos__(self) -> ComplexBall:
        return self

    def __add__(self, other: Any) -> ComplexBall:
        if isinstance(other, ComplexBall):
            return ComplexBall(self.real + other.real, self.imag + other.imag)
        return ComplexBall(self.real + other, self.imag)

    __radd__ = __add__

    def __sub__(self, other: Any) -> ComplexBall:
        return self + -other

    def __rsub__(self, other: Any) -> ComplexBall:
        return -self + other

    def __mul__(self, other: Any) -> ComplexBall:
        if isinstance(other, ComplexBall):
            a, b, c, d = self.real, self.imag, other.real, other.imag
            return ComplexBall(a * c - b * d, a * d + b * c)
        return ComplexBall(self.real * other, self.imag * other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> ComplexBall:
        if isinstance(other, ComplexBall):
            return self * other.inverse()
        return ComplexBall(self.real / other, self.imag / other)

    def __rtruediv__(self, other: Any) -> ComplexBall:
        return self.inverse() * other

    def inverse(self) -> ComplexBall:
        """Return 1/z."""
        square = self.norm()
        return ComplexBall(self.real / square, -self.imag / square)

    def norm(self) -> Ball:
        """Return |z|**2."""
        return self.real.squared() + self.imag.squared()

    def modulus(self) -> Ball:
        """Return an upper bound of |z|, as a ball without radius."""
        top = self.norm().upper
        return Ball(0, 0, 0, self.prec) if top == 0 else _upper(Ball.of(top, self.prec).sqrt())

    def squared(self) -> ComplexBall:
        """Return the square."""
        return ComplexBall(self.real.squared() - self.imag.squared(), 2 * self.real * self.imag)

    def __pow__(self, power: int) -> ComplexBall:
        if power < 0:
            return (self**-power).inverse()
        if power == 0:
            return ComplexBall(Ball(1, 0, 0, self.prec), Ball(0, 0, 0, self.prec))
        result = (self ** (power >> 1)).squared()
        return result * self if power & 1 else result


def _upper(ball: Ball) -> Ball:
    return Ball(ball.mid + ball.rad, 0, ball.exp, ball.prec)


def exp(z: ComplexBall) -> ComplexBall:
    """Return e**z."""
    size = elementary.exp(z.real)
    cosine, sine = elementary.cos_sin(z.imag)
    return ComplexBall(size * cosine, size * sine)


def cos_sin(z: ComplexBall) -> tuple[ComplexBall, ComplexBall]:
    """Return cos(x + iy) = cos x cosh y - i sin x sinh y and sin(x + iy) = sin x cosh y + i cos x sinh y."""
    cosine, sine = elementary.cos_sin(z.real)
    grown, decayed = elementary.exp(z.imag), elementary.exp(-z.imag)
    cosh, sinh = (grown + decayed) / 2, (grown - decayed) / 2
    return ComplexBall(cosine * cosh, -(sine * sinh)), ComplexBall(sine * cosh, cosine * sinh)


def argument(z: ComplexBall) -> Ball:
    """Return the argument in (-pi, pi) of a rectangle off the cut."""
    if z.real.is_positive:
        return elementary.atan(z.imag / z.real)
    quarter = elementary.pi(z.prec) / 2
    if z.imag.is_positive:
        return quarter - elementary.atan(z.real / z.imag)
    if z.imag.is_negative:
        return -quarter - elementary.atan(z.real / z.imag)
    raise Undecided("the logarithm of a rectangle that meets the cut")


def log(z: ComplexBall) -> ComplexBall:
    """Return the principal logarithm.

    >>> i = ComplexBall(Ball(0, 0, 0, 53), Ball(1, 0, 0, 53))
    >>> (log(i).imag * 2 - elementary.pi(53)).contains_zero
    True
    """
    return ComplexBall(elementary.log(z.norm()) / 2, argument(z))


def sqrt(z: ComplexBall) -> ComplexBall:
    """Return the principal root."""
    if z.imag.is_exact and z.imag.mid == 0:
        return ComplexBall(z.real.sqrt(), z.imag)
    return exp(log(z) / 2)


def power(base: ComplexBall, exponent: Any) -> ComplexBall:
    """Return base**exponent: by multiplication for small integers, else as exp(exponent log base)."""
    real = exponent.real if isinstance(exponent, ComplexBall) else exponent
    if isinstance(exponent, Ball) or (exponent.imag.is_exact and exponent.imag.mid == 0):
        if real.is_exact and real.lower.denominator == 1 and abs(real.lower) < 1 << 10:
            return base ** int(real.lower)
        if real.is_exact and real.lower.denominator == 2 and abs(real.lower) < 1 << 9:
            return sqrt(base) ** int(2 * real.lower)
        return exp(log(base) * real)
    return exp(log(base) * exponent)
