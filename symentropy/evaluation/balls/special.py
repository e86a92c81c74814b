"""What the special functions of balls share: working precision, and bounds by a slope.

Main definitions
----------------
* `working`, `settled`: more bits for a computation, and the result back at its own number of bits.
* `sloped`: the value at the midpoint of a ball, widened to hold on the whole ball.
* `low`, `high`, `whole`: the ends of a ball at few bits, for bounds, and the integer that a ball is.

A special function raises `OutOfDomain` at a pole, and `OutOfReach` for arguments at which it has a value but no proved bound here.
"""

from __future__ import annotations

from symentropy.evaluation.balls.ball import Ball, rounded

#: Bits with which bounds are computed.
COARSE = 32


def working(bits: int) -> int:
    """Return a number of bits to compute with: few different ones, so that tables are shared.

    >>> working(53), working(170)
    (96, 224)
    """
    return -(-(bits + 2 * bits.bit_length() + 12) // 32) * 32


def useful(x: Ball) -> int:
    """Return the number of bits that a function of the ball can have: no more than the ball has."""
    return min(x.prec, max(0, x.accuracy) + 8) if x.rad else x.prec


def settled(value: Ball, prec: int) -> Ball:
    """Return the ball rounded to ``prec`` bits.

    >>> settled(Ball(1023, 0, 0, 60), 4)
    Ball(15, 1, 6, 4)
    """
    return rounded(value.mid, value.rad, value.exp, prec)


def sloped(value: Ball, slope: Ball, x: Ball) -> Ball:
    """Return f on the ball x, by the mean value theorem: from f at its midpoint and an upper bound of |f'| on it.

    >>> sloped(Ball(5, 0, 0, 53), Ball(2, 0, 0, 53), Ball(1, 1, -1, 53))
    Ball(10, 2, -1, 53)
    """
    return value + error(slope * x.radius)


def error(bound: Ball) -> Ball:
    """Return a ball around 0 whose radius is at least |bound|."""
    return Ball(0, abs(bound.mid) + bound.rad, bound.exp, COARSE)


def low(x: Ball) -> Ball:
    """Return the least number of a ball."""
    return Ball(x.mid - x.rad, 0, x.exp, COARSE)


def high(x: Ball) -> Ball:
    """Return the greatest number of a ball."""
    return Ball(x.mid + x.rad, 0, x.exp, COARSE)


def log_bound(x: Ball) -> Ball:
    """Return an upper bound of |log t| for the numbers t of a positive ball, to within log 2.

    >>> print(float(log_bound(Ball(7, 0, 0, 53)).upper))
    2.0794830322265625
    """
    least = (x.mid - x.rad).bit_length() + x.exp - 1  # 2**least <= t < 2**magnitude
    return Ball(45427 * max(abs(least), abs(x.magnitude)), 0, -16, COARSE)  # 45427 > 2**16 log 2


def whole(x: Ball) -> int | None:
    """Return the integer that a ball is, and None for a ball that is no integer or a long one.

    >>> whole(Ball(12, 0, -2, 53)), whole(Ball(1, 0, -1, 53)), whole(Ball(3, 1, 0, 53)), whole(Ball(1, 0, 90, 53))
    (3, None, None, None)
    """
    if x.rad or x.magnitude > 64:
        return None
    if x.exp >= 0:
        return x.mid << x.exp
    return x.mid >> -x.exp if x.mid & ((1 << -x.exp) - 1) == 0 else None
