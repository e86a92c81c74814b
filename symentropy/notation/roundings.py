"""What ``\\approx`` says: the right side, as written, is the left side rounded or truncated at its last digit.

Main definition: `bounds_of`, the interval in which the left side lies then.

Left out: significant zeros before the decimal point; 1200 is taken to be exact to its last digit.
"""

from __future__ import annotations

import re

from sympy import Integer, Rational

from symentropy.notation.source import Source
from symentropy.notation.syntax import Negative, Node

_DECIMAL = re.compile(
    r"\s*[-−–]?\s*(?P<whole>[0-9]*)(?:\.(?P<decimals>[0-9]+))?"
    r"(?:[eE](?P<power>[-+]?[0-9]{1,4})|\s*(?:\\times|\\cdot|[*·×])\s*10\s*\^\s*\{?\s*(?P<tens>[-−–]?[0-9]{1,4})\s*\}?)?\s*"
)
#: Most digits of the number.
_MAX_DIGITS = 10_000


def bounds_of(tree: Node, source: Source) -> tuple[Rational, Rational, str, str]:
    """Return (low, high, ``>=`` or ``>``, ``<`` or ``<=``) for a decimal number as written.

    0.69 stands for 0.685 <= x < 0.70: rounded either way at a tie, or truncated.
    """
    found = _DECIMAL.fullmatch(source.text[slice(*tree.span)])
    if found is None or not (found["whole"] or found["decimals"]) or len(found.group()) > _MAX_DIGITS:
        raise source.fail("an approximation has a decimal number on its right side, such as 0.693", tree.span)
    decimals = found["decimals"] or ""
    power = int((found["power"] or found["tens"] or "0").translate(str.maketrans("−–", "--")))
    unit = Rational(10) ** (power - len(decimals))
    size = Integer((found["whole"] or "") + decimals) * unit
    if isinstance(tree, Negative):
        return -size - unit, -size + unit / 2, ">", "<="
    if size == 0:
        return -unit, unit, ">", "<"
    return size - unit / 2, size + unit, ">=", "<"
