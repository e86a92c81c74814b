"""Functions of wide rectangles, as bounds of integrands need them: tighter than those of complex balls, or cheaper for huge exponents.

Main definitions: `norm`, `logarithm`, `root`, `exponential` and `quotient` of a `Ball` or a `ComplexBall`, and `modulus`, the analytic
continuation of |x|.

Like those of complex balls, each raises `Undecided` on a rectangle where it is not analytic.
"""

from __future__ import annotations

from typing import Any

from symentropy.evaluation.balls import elementary
from symentropy.evaluation.balls.ball import Ball, Undecided, rounded
from symentropy.evaluation.balls.complex_ball import ComplexBall, argument


def middle(value: Ball | ComplexBall) -> int:
    """Return a number with the sign of the real part's midpoint."""
    return value.real.mid if isinstance(value, ComplexBall) else value.mid


def modulus(value: Any) -> Any:
    """Return |x|, and its analytic continuation x or -x to a rectangle on which the real part has one sign."""
    if isinstance(value, Ball):
        return abs(value)
    if value.real.is_positive:
        return value
    if value.real.is_negative:
        return -value
    raise Undecided("the modulus of a rectangle around 0")


#: Below e to minus this number an exponential is only bounded: e**-TINY < 2**-TINY.
TINY = 1 << 24


def norm(z: ComplexBall) -> Ball:
    """Return |z|**2, from the nearest and the farthest corner: tighter than `ComplexBall.norm` for wide rectangles.

    >>> norm(ComplexBall(Ball(3, 2, 0, 53), Ball(0, 1, 0, 53))).is_positive
    True
    """
    (near, far), (low, high) = _squares(z.real), _squares(z.imag)
    nearest, farthest = near + low, far + high
    if nearest.contains_zero:
        return hull(Ball(0, 0, 0, farthest.prec), farthest)
    middle_, spread = (nearest + farthest) / 2, (farthest - nearest) / 2
    return middle_ + Ball(0, abs(spread.mid) + spread.rad, spread.exp, spread.prec)


def _squares(x: Ball) -> tuple[Ball, Ball]:
    size = abs(x.mid)
    near, far = Ball(max(0, size - x.rad), 0, x.exp, x.prec), Ball(size + x.rad, 0, x.exp, x.prec)
    return near * near, far * far


def logarithm(field: Any, z: Any) -> Any:
    """Return the principal logarithm."""
    if isinstance(z, ComplexBall):
        return ComplexBall(elementary.log(norm(z)) / 2, argument(z))
    return field.log(z)


def root(field: Any, z: Any) -> Any:
    """Return the principal root."""
    return exponential(field, logarithm(field, z) / 2) if isinstance(z, ComplexBall) else field.sqrt(z)


def quotient(over: Any, under: Any) -> Any:
    """Return a quotient."""
    if isinstance(under, ComplexBall):
        square = norm(under)
        return over * ComplexBall(under.real / square, -under.imag / square)
    return over / under


def hull(low: Ball, high: Ball) -> Ball:
    """Return a ball that contains both of two balls of non-negative numbers, without integers as long as their exponents."""
    top = high.mid + high.rad
    if low.magnitude < high.magnitude - 2 * high.prec or not low.mid:
        return rounded(top, top, high.exp - 1, high.prec)
    exp = min(low.exp, high.exp)
    bottom, top = (low.mid - low.rad) << (low.exp - exp), top << (high.exp - exp)
    return rounded(bottom + top, top - bottom, exp - 1, high.prec)


def exponential(field: Any, z: Any) -> Any:
    """Return e**z; where the real part spans more than 1, from its ends, and far below 0 as something between 0 and a tiny number."""
    if isinstance(z, ComplexBall):
        size = exponential(field.real, z.real)
        if size.exp == -TINY - 1 or z.imag.rad.bit_length() + z.imag.exp > 3:  # any angle
            spread = Ball(0, size.mid + size.rad, size.exp, size.prec)
            return ComplexBall(spread, spread)
        cosine, sine = elementary.cos_sin(z.imag)
        return ComplexBall(size * cosine, size * sine)
    if z.mid < 0 and z.magnitude > TINY.bit_length() and (Ball(z.mid + z.rad, 0, z.exp, z.prec) + TINY).is_negative:
        return Ball(1, 1, -TINY - 1, z.prec)
    if z.rad and z.rad.bit_length() + z.exp > 0:
        low = Ball(z.mid - z.rad, 0, z.exp, z.prec)
        high = elementary.exp(Ball(z.mid + z.rad, 0, z.exp, z.prec))
        bottom = Ball(0, 0, 0, z.prec) if z.rad.bit_length() + z.exp > 2 * z.prec.bit_length() else elementary.exp(low)
        return hull(bottom, high)
    return field.exp(z)
