"""Two numbers to as many digits as tell them apart.

Main definitions: `apart`, the digits; `written`, a number exactly or to some digits; `comparison`, both sides of a claim about numbers.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symentropy.evaluation.enclosure import Enclosure, decimal
from symentropy.proof.writing.style import Math, Style
from symentropy.quantity import enclosed

if TYPE_CHECKING:  # claims are printed by what is here
    from symentropy.proof.claim import Claim

#: The fewest digits shown, and the most that are computed to tell the sides of a claim apart.
FEWEST, MOST = 4, 50
#: Exact values with longer numerators or denominators are shown by their digits.
LONGEST_EXACT = 40


def apart(left: Enclosure, right: Enclosure) -> int:
    """Return how many digits show that two numbers differ, and one more; at least `FEWEST`.

    >>> from sympy import Rational
    >>> apart(Enclosure.of(Rational(1, 3), 30), Enclosure.of(Rational(333333, 1000000), 30))
    8
    """
    most = max(left.digits, right.digits, FEWEST)
    differing = [digits for digits in range(1, most + 1) if left.text(digits) != right.text(digits)]
    enough = max(FEWEST, differing[0] + 1) if differing else FEWEST
    return next((digits for digits in differing if digits >= enough), enough)  # rounding may hide a difference again


def written(number: Enclosure, digits: int, style: Style) -> list[str]:
    """Return a number: exactly where it is known so and short, else its certain digits.

    >>> from sympy import Rational, oo
    >>> from symentropy.proof.writing.style import LATEX, TEXT
    >>> number = Enclosure(Rational(123440, 10**15), Rational(123441, 10**15), 9)
    >>> written(number, 4, TEXT), written(number, 3, LATEX), written(Enclosure.of(oo, 3), 3, LATEX)
    (['about ', '1.234e-10'], ['about ', '1.23 \\\\times 10^{-10}'], ['\\\\infty'])
    >>> TEXT.sentence(written(Enclosure(Rational(1), Rational(2), 9), 4, TEXT))
    'between 1.0 and 2.0'
    """
    value = number.lower
    if number.exact and (value.is_infinite or max(abs(int(value.p)), int(value.q)) < 10**LONGEST_EXACT):
        return [Math(style.math(value))]
    if number.exact:
        return ["about ", _decimal(decimal(_fraction(value), digits), style)]
    text = number.text(digits)
    if text.startswith("between"):
        low, high = (decimal(_fraction(end), 2) for end in (number.lower, number.upper))
        return ["between ", _decimal(low, style), " and ", _decimal(high, style)]
    return ["about ", _decimal(text, style)]


def _fraction(value: Any) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def _decimal(text: str, style: Style) -> Math:
    mantissa, letter, exponent = text.partition("e")
    return Math(style.scientific.format(mantissa, int(exponent)) if letter else mantissa)


def comparison(claim: Claim, style: Style) -> list[str]:
    """Return the digits of both sides of a claim about numbers, in one relation; nothing where they are not told apart."""
    digits = 6
    while digits <= MOST:
        left, right = enclosed(claim.lhs, digits), enclosed(claim.rhs, digits)
        if left.upper < right.lower or right.upper < left.lower:
            shown = apart(left, right)
            sign = style.signs["<" if left.upper < right.lower else ">"]
            return [Math(f"{written(left, shown, style)[-1]} {sign} {written(right, shown, style)[-1]}")]
        digits *= 2
    return []
