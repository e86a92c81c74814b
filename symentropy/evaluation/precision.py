"""Constants to as many digits as asked: computed in balls, with more bits until the digits are certain.

Main definitions
----------------
* `enclosure` of a constant expression, and `sign`.

A result is right by construction; only the number of bits is a guess, corrected by how much of it was lost.
"""

from __future__ import annotations

import sympy as sp

from symentropy.errors import DomainError, PrecisionError, SymentropyError
from symentropy.evaluation.balls.ball import Ball, Infinite, OutOfDomain, OutOfReach, Undecided
from symentropy.evaluation.enclosure import Enclosure, decimal
from symentropy.evaluation.functions import compiled
from symentropy.evaluation.totals import Certifier
from symentropy.exact import shown

#: Bits beyond those that the digits need.
GUARD_BITS = 16
#: Bits that may be lost to cancellation before giving up: values down to about 10^-10000.
MAX_LOST_BITS = 1 << 15
#: The same for integrals, of which each costs a second or more at this size.
MAX_LOST_INTEGRAL_BITS = 640
#: The same for a sign, where zero is a common answer that takes all of them.
MAX_SIGN_BITS = 1 << 10


def bits_of(digits: int) -> int:
    """Return the bits that hold ``digits`` decimal digits.

    >>> bits_of(15), bits_of(1000)
    (51, 3326)
    """
    return digits * 3324 // 1000 + 2


def enclosure(expression: sp.Expr, digits: int, max_lost: int = MAX_LOST_BITS) -> Enclosure:
    """Return an enclosure of a constant whose ends agree in ``digits`` significant digits, losing at most ``max_lost`` bits.

    Raises `PrecisionError` where that many are not reached (in particular where the value is zero but does not look like it),
    `DomainError` where the expression has no real value, `Infinite` where a sum or integral in it is proved to be oo.

    >>> str(enclosure(sp.log(2), 20)), str(enclosure(sp.exp(-300), 5)), enclosure(sp.Rational(1, 4), 3).exact
    ('0.69314718055994530942', '5.1482e-131', True)
    >>> enclosure(sp.log(1 + sp.sqrt(2)) + sp.log(sp.sqrt(2) - 1), 5)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    symentropy.errors.PrecisionError: the first 5 digits of log(...) + log(...) were not reached: it cannot be told from 0 with ... bits
    """
    if expression.is_Rational or expression.is_infinite:
        return Enclosure.of(expression, digits)
    compute = compiled(expression)
    wanted = bits_of(digits)
    bits = wanted + 2 * GUARD_BITS
    problem = ""
    while bits <= 2 * wanted + max_lost:
        m = Certifier(bits, 2 * wanted + MAX_LOST_INTEGRAL_BITS)
        try:
            ball = m.mpf(compute(m, {}))
            if ball.is_exact and not m.doubts:
                return Enclosure.of(sp.Rational(ball.lower.numerator, ball.lower.denominator), digits)
            if ball.accuracy >= wanted and _is_settled(ball, digits):
                return Enclosure.around(ball, digits, tuple(m.doubts))
        except (Infinite, SymentropyError):
            raise
        except OutOfDomain as error:
            raise DomainError(f"{shown(expression)} has no real value: {error}") from None
        except OutOfReach as error:
            raise PrecisionError(str(error)) from None
        except Undecided as error:
            problem, bits = str(error), 2 * bits
            continue
        except (ValueError, OverflowError, NotImplementedError, MemoryError) as error:
            raise PrecisionError(f"no digits for {shown(expression)}: {error or 'out of memory'}") from None
        problem = f"it cannot be told from 0 with {bits} bits" if ball.contains_zero else f"only {ball.accuracy} bits of it are certain"
        bits += bits if ball.contains_zero else max(wanted + GUARD_BITS - ball.accuracy, GUARD_BITS)
    raise PrecisionError(f"the first {digits} digits of {shown(expression)} were not reached: {problem}")


def _is_settled(ball: Ball, digits: int) -> bool:
    """Whether all numbers in a ball round to the same decimal."""
    return decimal(ball.lower, digits) == decimal(ball.upper, digits)


def sign(expression: sp.Expr) -> int | None:
    """Return -1, 0 or 1, or None where the expression cannot be told from zero.

    >>> sign(1 - sp.exp(-2)), sign(sp.sqrt(2) - 2), sign(sp.Integer(0))
    (1, -1, 0)
    """
    if isinstance(expression, sp.Rational):
        return int(sp.sign(expression))
    try:
        found = enclosure(expression, 3, MAX_SIGN_BITS)
    except (PrecisionError, Infinite):
        return None
    return int(sp.sign(found.midpoint)) if found.certified else None
