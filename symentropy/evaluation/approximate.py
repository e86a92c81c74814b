"""Digits of constant expressions by agreement of two precisions.

Main definitions
----------------
* `approximate` computes a constant at growing precision until two runs with different numbers of bits agree; cancellation
  shows as disagreement, so D(P || Q) near 1e-1000 keeps its sign and its digits.
* `evaluated` prints the result, rounded once from at least ten more digits.
* `sign` is the sign of a constant, or None where no precision in reach tells it from zero.

The results are estimates with a cross-check, not enclosures: two runs that share an error of the underlying function agree on it.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Any

import mpmath
import sympy as sp

from symentropy.errors import DomainError, PrecisionError
from symentropy.evaluation.functions import compiled
from symentropy.exact import shown

#: Decimal digits kept beyond the ones asked for.
GUARD_DIGITS = 10
#: Doublings of the precision before giving up: from 64 bits to 64 * 2^9 bits, some 9800 digits of cancellation.
MAX_DOUBLINGS = 9
#: The same for sums and integrals over a law, where each doubling costs seconds.
MAX_QUADRATURES = 2


def bits_of(digits: int) -> int:
    """Return the bits that hold ``digits`` decimal digits."""
    return digits * 10 // 3 + 1


def approximate(expression: sp.Expr, digits: int, doublings: int = MAX_DOUBLINGS) -> Any:
    """Return a constant as an mpmath number with ``digits`` significant digits agreed by two precisions.

    Raises `PrecisionError` where the two never agree (in particular where the value is zero but does not look like it),
    `DomainError` where the value is not a real number.

    >>> approximate(sp.log(2), 20).context.nstr(approximate(sp.log(2), 20), 20)
    '0.69314718055994530942'
    """
    compute = compiled(expression)
    bits = bits_of(digits + GUARD_DIGITS) + 64
    tolerance_bits = bits_of(digits + GUARD_DIGITS)
    previous = _run(compute, bits, expression)
    for doubling in range(doublings):
        extra = 64 << doubling
        current = _run(compute, bits + 2 * extra, expression)
        if current.context.isinf(current) and current == previous:
            return current
        if abs(current - previous) <= abs(current) * current.context.ldexp(1, -tolerance_bits) and current != 0:
            return current
        previous = current
    raise PrecisionError(
        f"{shown(expression)} is below 10^-{(bits + extra) * 3 // 10} or loses that many digits to cancellation: "
        f"its first {digits} digits were not reached"
    )


def _run(compute: Any, bits: int, expression: sp.Expr) -> Any:
    context = mpmath.MPContext()
    context.prec = bits
    try:
        value = context.convert(compute(context, {}))
    except ZeroDivisionError:
        raise DomainError(f"division by zero in {shown(expression)}") from None
    except (ValueError, OverflowError, NotImplementedError, context.NoConvergence) as error:
        raise PrecisionError(f"no digits for {shown(expression)}: {error}") from None
    if isinstance(value, context.mpc):
        if value.imag != 0:
            raise DomainError(f"{shown(expression)} is not a real number")
        value = value.real
    if context.isnan(value):
        raise DomainError(f"{shown(expression)} has no value")
    return value


def sign(expression: sp.Expr) -> int | None:
    """Return -1, 0 or 1, or None where the expression cannot be told from zero.

    >>> sign(1 - sp.exp(-2)), sign(sp.sqrt(2) - 2), sign(sp.Integer(0))
    (1, -1, 0)
    """
    if isinstance(expression, sp.Rational):
        return int(sp.sign(expression))
    try:
        return int(mpmath.sign(approximate(expression, 5, doublings=5)))
    except PrecisionError:
        return None


def rounded(value: Fraction, digits: int) -> str:
    """Return an exact rational as text of ``digits`` significant digits, rounded to nearest, ties to even.

    >>> rounded(Fraction(1, 3), 5), rounded(Fraction(-199999, 2), 2), rounded(Fraction(1, 2**200), 3)
    ('0.33333', '-1.0e+5', '6.22e-61')
    """
    context = Context(prec=digits, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX)
    quotient = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    exponent = quotient.adjusted()
    if -7 < exponent < digits:
        return format(quotient.quantize(Decimal((0, (1,), exponent - digits + 1)), context=context), "f")
    return format(quotient, f".{digits - 1}e")


def exact_fraction(value: Any) -> Fraction:
    """Return the rational that a finite mpmath number is."""
    negative, mantissa, exponent, _ = value._mpf_
    scaled = Fraction(int(mantissa)) * Fraction(2) ** exponent
    return -scaled if negative else scaled


def evaluated(expression: sp.Expr, digits: int) -> str:
    """Return the value of a constant as text with ``digits`` significant digits, rounded to nearest.

    Rationals are rounded from their exact value; anything else from at least `GUARD_DIGITS` more digits, and from still more
    where those leave the last printed digit open.

    >>> evaluated(sp.log(2), 10), evaluated(sp.Rational(1, 4), 3), evaluated(sp.oo, 5)
    ('0.6931471806', '0.250', 'oo')
    """
    value = expression.doit()
    if value in (sp.oo, -sp.oo, sp.S.Zero):
        return str(value)
    if isinstance(value, sp.Rational):
        return rounded(Fraction(int(value.p), int(value.q)), digits)
    doublings = MAX_QUADRATURES if value.has(sp.Sum, sp.Integral) else MAX_DOUBLINGS
    for extra in (0, 20, 100):
        approximation = approximate(expression, digits + extra, doublings)
        if approximation.context.isinf(approximation):
            return "oo" if approximation > 0 else "-oo"
        near = exact_fraction(approximation)
        margin = abs(near) / 10 ** (digits + extra + GUARD_DIGITS - 1)
        texts = {rounded(near - margin, digits), rounded(near + margin, digits)}
        if len(texts) == 1:
            return texts.pop()
    raise PrecisionError(f"{shown(expression)} lies too close to the middle of two numbers of {digits} digits to be rounded")
