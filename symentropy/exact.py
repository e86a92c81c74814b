"""Exact numbers from what users write, and short text for numbers in messages.

Main definitions
----------------
* `exact` turns an int, a `Fraction`, a `Decimal`, a SymPy expression or the text of a number into exact SymPy.
  Binary floats are refused with the exact value to write instead.
* `read_number` reads the text of one number: an integer, a decimal, a power of ten, or a ratio of two of these.
* `shown` prints an expression for a message, shortened, whatever the size of its integers.

Left out on purpose: names and arithmetic in text (see `symentropy.notation`). No text is ever evaluated as code.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Number
from numbers import Rational as RationalNumber
from typing import Any

from sympy import Basic, Expr, Float, Integer, MatrixBase, Rational, sstr, sympify
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.sympify import SympifyError

from symentropy.errors import DomainError, ParseError

#: Largest number of digits that the text of one number may stand for: ``1e-10000`` is read, ``1e-9999999`` is not.
MAX_NUMBER_DIGITS = 100_000

_DECIMAL = re.compile(r"(?P<whole>[0-9]*)(?:\.(?P<fraction>[0-9]*))?(?:[eE](?P<exponent>[+-]?[0-9]+))?")
_CHUNK = 4000  # CPython refuses int(text) and str(int) above 4300 digits


def int_from_digits(digits: str) -> int:
    """Return the integer of a run of decimal digits of any length.

    >>> int_from_digits("7" * 5000) % 10**6
    777777
    """
    if len(digits) <= _CHUNK:
        return int(digits or "0")
    half = len(digits) // 2
    return int_from_digits(digits[:half]) * 10 ** (len(digits) - half) + int_from_digits(digits[half:])


def read_decimal(text: str) -> Rational:
    """Read an unsigned decimal such as ``12``, ``0.25``, ``.5`` or ``1e-30``, exactly.

    Raises `ParseError` if the text is not one, or stands for more than `MAX_NUMBER_DIGITS` digits.

    >>> read_decimal("0.25"), read_decimal("1e-3")
    (1/4, 1/1000)
    """
    found = _DECIMAL.fullmatch(text)
    if found is None or not (found["whole"] or found["fraction"]):
        raise ParseError("expected a number such as 3, 0.25 or 1e-30", text, (0, len(text)))
    whole, fraction = found["whole"], found["fraction"] or ""
    written_exponent = found["exponent"] or "0"
    too_large = len(written_exponent) > 8 or len(whole) + len(fraction) + abs(int(written_exponent)) > MAX_NUMBER_DIGITS
    if too_large:
        raise ParseError(f"this number has more than {MAX_NUMBER_DIGITS} digits", text, (0, len(text)))
    scale = int(written_exponent) - len(fraction)
    mantissa = int_from_digits(whole + fraction)
    return Rational(mantissa * 10**scale) if scale >= 0 else Rational(mantissa, 10**-scale)


def read_number(text: str) -> Rational:
    """Read a signed exact number: ``-3``, ``0.25``, ``1/3``, ``1e-30``; spaces around the parts are allowed.

    >>> read_number("1/3"), read_number(" -0.50 ")
    (1/3, -1/2)
    >>> read_number("one half")
    Traceback (most recent call last):
    ...
    symentropy.errors.ParseError: expected an exact number such as '1/2' or '0.25', at line 1, column 1:
      one half
      ^^^^^^^^
    """
    body = text.strip()
    sign, body = (body[0], body[1:]) if body[:1] in ("+", "-") else ("+", body)
    over, slash, under = body.partition("/")
    try:
        value = read_decimal(over.strip())
        divisor = read_decimal(under.strip()) if slash else Integer(1)
    except ParseError as error:
        message = error.message if "digits" in error.message else "expected an exact number such as '1/2' or '0.25'"
        raise ParseError(message, text, (0, len(text))) from None
    if divisor == 0:
        raise DomainError(f"division by zero in the number {shorten(text)!r}")
    return (-value if sign == "-" else value) / divisor


def refuse_float(value: Any, where: str) -> TypeError:
    """Return the `TypeError` for a binary float, with the exact value to write instead."""
    try:
        number = float(value)
        nearby = Fraction(repr(number))
        simple = nearby.limit_denominator(1000)
        exactly = simple if float(simple) == number else nearby
    except (TypeError, ValueError, OverflowError):
        return TypeError(f"{where} is {value!r}, which is not exact: write an integer, a fraction or exact text such as '1/10'")
    over, under = exactly.numerator, exactly.denominator
    write = f"{over}" if under == 1 else f"'{exactly}' or Rational({over}, {under})"
    return TypeError(f"{where} is the binary float {number!r}, which is not exact: write {write} instead")


def exact(value: Any, where: str) -> Expr:
    """Return ``value`` as an exact SymPy expression; ``where`` names it in messages.

    Accepted: an int, `fractions.Fraction`, `decimal.Decimal`, a SymPy expression without floats, or the text of a number.
    Raises `TypeError` for a binary float (anywhere inside an expression), `ParseError` for text that is not a number,
    and `DomainError` for anything else.

    >>> exact("0.1", "p"), exact(Fraction(2, 6), "p")
    (1/10, 1/3)
    >>> exact(0.1, "p")
    Traceback (most recent call last):
    ...
    TypeError: p is the binary float 0.1, which is not exact: write '1/10' or Rational(1, 10) instead
    """
    if isinstance(value, Expr):
        return without_floats(value, where)
    if isinstance(value, str):
        try:
            return read_number(value)
        except ParseError as error:
            raise ParseError(f"{where}: {error.message}", error.text, error.span) from None
    if isinstance(value, bool):
        raise DomainError(f"{where} is {value}, which is not a number")
    if isinstance(value, Integral):
        return Integer(int(value))
    if isinstance(value, RationalNumber):
        return Rational(int(value.numerator), int(value.denominator))
    if isinstance(value, Decimal) and value.is_finite():
        return read_number(str(value))
    if isinstance(value, Number) or type(value).__name__ in ("mpf", "mpc"):
        raise refuse_float(value, where)
    try:
        converted = sympify(value, strict=True)
    except SympifyError:
        converted = None
    if not isinstance(converted, Expr) or isinstance(converted, MatrixBase):
        raise DomainError(f"{where} is {shorten(repr(value))}, which is not a number or a SymPy expression")
    return without_floats(converted, where)


def without_floats(value: Basic, where: str) -> Any:
    """Return ``value``, or raise the `TypeError` for the first float in it."""
    for number in value.atoms(Float):
        inside = where if number == value else f"a number in {where}"
        raise refuse_float(number, inside)
    return value


def _has_constant_totals(value: Any) -> bool:
    """Whether an expression has sums or integrals without symbols, which SymPy evaluates to put the terms in order: that may never end."""
    return isinstance(value, Basic) and any(not total.free_symbols for total in value.atoms(ExprWithLimits))


def shorten(text: str, limit: int = 80) -> str:
    """Return ``text`` with its middle replaced by dots where it is longer than ``limit``."""
    keep = (limit - 3) // 2
    return text if len(text) <= limit else f"{text[:keep]}...{text[-keep:]}"


def shown(value: Any, limit: int = 80) -> str:
    """Return short text for a value in a message, of up to ``limit`` characters; integers of any size are printed in bounded time.

    >>> shown(Rational(11, 10)), shown(Integer(10) ** 5000)
    ('11/10', 'about 1.00000E+5000')
    """
    try:
        return shorten(sstr(value, order="none") if _has_constant_totals(value) else str(value), limit)
    except ValueError:  # CPython refuses str(int) above 4300 digits
        return f"about {value.n(6)}" if isinstance(value, Rational) else "an expression with numbers of more than 4300 digits"
