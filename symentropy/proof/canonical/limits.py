"""What the normal form may spend, and how it gives up.

Main definitions: `GaveUp`, raised for anything that the normal form does not know or that costs too much; `Budget`, which raises it.
"""

from __future__ import annotations

import time

#: Products of terms that one normal form may cost.
MAX_PRODUCTS = 2_000_000
#: Seconds that one normal form may take.
MAX_SECONDS = 5.0
#: Terms of one expanded polynomial.
MAX_TERMS = 20_000
#: Integers above this size, and exponents of sums above the other one, are not computed.
MAX_BITS = 200_000
MAX_EXPONENT = 200


class GaveUp(Exception):
    """The normal form stops: nothing is known about the expression."""


class Budget:
    """Counts products of terms and looks at the clock."""

    __slots__ = ("deadline", "left")

    def __init__(self, products: int = MAX_PRODUCTS, seconds: float = MAX_SECONDS) -> None:
        self.left = products
        self.deadline = time.monotonic() + seconds

    def spend(self, products: int) -> None:
        """Take an amount; raise `GaveUp` when it is used up or the time is over."""
        self.left -= products
        if self.left < 0 or time.monotonic() > self.deadline:
            raise GaveUp("the budget is used up")
