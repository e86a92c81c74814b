"""Whether floating-point numbers already speak against a claim: a filter for the search, which decides nothing.

Main definition: `is_plausible`.
"""

from __future__ import annotations

import random

from sympy import Integer, Symbol

from symentropy.proof.claim import Claim
from symentropy.proof.constants import FAILURES
from symentropy.proof.ground import FAILS_HARDLY, Ground

#: Points that are looked at, how often that is tried, and the largest denominator in them.
POINTS, TRIALS, LARGEST = 6, 30, 12
#: The size of pmfs of symbolic size.
SIZE = Integer(3)


def is_plausible(claim: Claim) -> bool:
    """Return False if a claim fails clearly at one of a few random points.

    >>> from sympy import log
    >>> x = Symbol("x", positive=True)
    >>> is_plausible(Claim(log(x), "<=", x - 1)), is_plausible(Claim(log(x), ">=", x / 2))
    (True, False)
    """
    sizes = {symbol: SIZE for symbol in claim.free_symbols if isinstance(symbol, Symbol) and symbol.is_integer}
    source = random.Random(0)
    try:
        ground = Ground.of(claim, sizes)
        seen = 0
        for _ in range(TRIALS):
            values = ground.completed(ground.random_choice(source, LARGEST))
            if values is None:
                continue
            if ground.verdict(values) <= FAILS_HARDLY:
                return False
            seen += 1
            if seen == POINTS:
                break
    except FAILURES:
        return True
    return True
