"""Certified digits: ``evaluate`` for nouns, constant expressions and text.

Main definition: `evaluate`, which returns an `Enclosure`.
"""

from __future__ import annotations

from typing import Any

from sympy import E, I

from symentropy.errors import DomainError
from symentropy.evaluation.enclosure import Enclosure
from symentropy.exact import exact, shown
from symentropy.logarithms import checked_base, natural_log
from symentropy.quantity import enclosed

#: Most digits that can be asked for.
MAX_DIGITS = 1_000_000


def evaluate(expr: Any, digits: int = 15, *, base: Any = E) -> Enclosure:
    r"""Return two exact rationals with the value of a constant between them, that agree in ``digits`` significant digits.

    .. math:: \text{lower} \le x \le \text{upper}

    Parameters
    ----------
    expr
        A noun, a constant expression in the functions that the package produces, or the text of one.
    digits
        How many significant digits are wanted, from 1 to a million.
    base
        Keyword only: the unit. The value, in nats, is divided by log(base); in text, ``base`` is that of ``log``.

    Returns
    -------
    Enclosure
        In nats unless ``base`` says otherwise. ``str()`` of it shows the digits; ``lower`` and ``upper`` are exact; ``certified`` says
        whether the bounds are proved.

    Raises
    ------
    DomainError
        For an expression with symbols or without a real value, a bad base, or a number of digits out of range.
    PrecisionError
        Where the digits are not reached, in particular for a value that is zero but does not look like it.
    ParseError
        For text that cannot be read.
    TypeError
        For a binary float, or what is not an expression.

    Notes
    -----
    The digits of a noun come from its definition, a sum or an integral, and so check a formula. From about 170 digits on an integral takes
    long, and the closed form is evaluated in its place, where there is one.

    Examples
    --------
    >>> from sympy import Rational, log
    >>> from symentropy import Entropy, KLDivergence
    >>> value = evaluate(Entropy(['1/3', '2/3']), 30)
    >>> print(value, value.certified, value.lower < value.upper)
    0.636514168294812818450423822617 True True

    Digits are significant digits, also for a divergence that is nearly zero:

    >>> e = Rational(1, 10**40)
    >>> print(evaluate(KLDivergence(['1/2', '1/2'], [Rational(1, 2) + e, Rational(1, 2) - e]), 20))
    2.0000000000000000000e-80

    What is known exactly is exact:

    >>> evaluate('H([1/2, 1/4, 1/4])', base=2), evaluate(KLDivergence([1, 0], [0, 1])), evaluate('D([1/2, 1/2] || [1/2, 1/2])')
    (<exactly 1.50000000000000>, <exactly oo>, <exactly 0>)
    """
    if isinstance(digits, bool) or not isinstance(digits, int):
        raise TypeError(f"digits is a number of significant digits, an int, not {digits!r}")
    if not 1 <= digits <= MAX_DIGITS:
        raise DomainError(f"{digits} digits: give a number from 1 to {MAX_DIGITS}")
    base = checked_base(base)
    if isinstance(expr, str):
        from symentropy.notation import parse_expression  # here, because only text needs it: a tenth of the import time

        expression = parse_expression(expr, base=base)
    else:
        expression = exact(expr, "the expression")
        expression = expression if base == E else expression / natural_log(base)
    symbols = ", ".join(sorted(map(str, expression.free_symbols)))
    if symbols:
        raise DomainError(f"no digits: the value of {shown(expression)} depends on {symbols}; substitute numbers first")
    if expression.has(I):
        raise DomainError(f"{shown(expression)} has no real value, or is written with complex numbers")
    return enclosed(expression, digits)
