"""Sums of generalised monomials on [Y, oo), and what holds on all of it because it holds at Y.

Main definitions
----------------
* `Band`, a finite sum of monomials y**a (log y)**b (log log y)**c whose coefficients are exact or balls. A function is in the band if at
  each y it is the sum for some values of the coefficients in their balls.
* `Bound`, such a sum with exact coefficients.
* `Scale`, the half-line from Y = 2**k >= 16 on, where all of y, log y and log log y are above 1: which sums do not increase there, and
  upper bounds of sums and of sums of their exponentials.

One monomial over another falls from Y on if its logarithmic derivative a + b/log y + c/(log y log log y), times 1/y, is at most 0 from
there on. Whatever falls is bounded by its value at Y.

References
----------
G. H. Hardy, Orders of infinity, Cambridge 1910.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from symentropy.evaluation.balls import elementary
from symentropy.evaluation.balls.ball import Ball, Undecided

#: The exponents of y, log y and log log y.
Key = tuple[Fraction, Fraction, Fraction]
Coefficient = Fraction | Ball
Band = dict[Key, Coefficient]
Bound = dict[Key, Fraction]

ZERO, ONE = Fraction(0), Fraction(1)
UNIT: Key = (ZERO, ZERO, ZERO)
LOG: Key = (ZERO, ONE, ZERO)
LOG_LOG: Key = (ZERO, ZERO, ONE)

#: Bits with which bounds are computed.
PREC = 80
#: Exponents below this are taken for this.
LEAST = Fraction(-20_000)


def clean(combination: Mapping[Key, Any]) -> dict[Key, Any]:
    """Return a sum without the terms that are 0."""
    return {key: value for key, value in combination.items() if not (isinstance(value, Fraction) and value == 0)}


def added(parts: Iterable[Mapping[Key, Any]]) -> dict[Key, Any]:
    """Return the sum of sums."""
    total: dict[Key, Any] = {}
    for part in parts:
        for key, value in part.items():
            total[key] = total[key] + value if key in total else value
    return clean(total)


def scaled(band: Mapping[Key, Any], factor: Coefficient) -> dict[Key, Any]:
    """Return a multiple of a sum."""
    return clean({key: value * factor for key, value in band.items()})


def multiplied(left: Mapping[Key, Any], right: Mapping[Key, Any]) -> dict[Key, Any]:
    """Return the product of sums."""
    return added({joined(k, j): v * w} for k, v in left.items() for j, w in right.items())


def joined(left: Key, right: Key, sign: int = 1) -> Key:
    """Return the exponents of a product, or of a quotient."""
    return (left[0] + sign * right[0], left[1] + sign * right[1], left[2] + sign * right[2])


def derivative(bound: Bound) -> Bound:
    """Return y times the derivative: y**a L**b M**c has a + b/L + c/(L M) times itself, for L = log y and M = log log y."""
    parts = []
    for (a, b, c), value in bound.items():
        parts += [{(a, b, c): a * value}, {(a, b - 1, c): b * value}, {(a, b - 1, c - 1): c * value}]
    return added(parts)


def above(value: Coefficient) -> Fraction:
    """Return the largest number that a coefficient may be."""
    return value.upper if isinstance(value, Ball) else value


def below(value: Coefficient) -> Fraction:
    """Return the smallest number that a coefficient may be."""
    return value.lower if isinstance(value, Ball) else value


def upper(band: Band) -> Bound:
    """Return an upper bound of what is in a band: monomials are positive."""
    return clean({key: above(value) for key, value in band.items()})


def lower(band: Band) -> Bound:
    """Return a lower bound of what is in a band."""
    return clean({key: below(value) for key, value in band.items()})


def power_of_e(exponent: Fraction) -> Fraction:
    """Return an upper bound of e**exponent; it is not computed below e**-20000, and refused above e**20000."""
    if exponent > -LEAST:
        raise Undecided("a bound as large as this is not computed")
    return elementary.exp(Ball.of(max(exponent, LEAST), PREC)).upper


class Scale:
    """The half-line [2**power, oo).

    >>> Scale(10).is_falling({UNIT: ONE, LOG: -ONE}), Scale(10).highest({UNIT: ONE, LOG: ZERO}) == 1
    (True, True)
    """

    def __init__(self, power: int) -> None:
        if power < 4:
            raise Undecided("a tail starts at 16 or later")
        self.power = power
        self.log_two = elementary.log(Ball(2, 0, 0, PREC))
        self.log = self.log_two * power
        self.log_log = elementary.log(self.log)
        self._monomials: dict[Key, Ball] = {}

    def monomial(self, key: Key) -> Ball:
        """Return a monomial at Y."""
        if key not in self._monomials:
            a, b, c = key
            self._monomials[key] = elementary.exp(a * self.log + b * self.log_log + c * elementary.log(self.log_log))
        return self._monomials[key]

    def at(self, bound: Bound) -> Ball:
        """Return a sum at Y."""
        return sum((self.monomial(key) * value for key, value in bound.items()), Ball(0, 0, 0, PREC))

    def falls(self, key: Key) -> bool:
        """Whether a monomial does not increase on [Y, oo)."""
        a, b, c = key
        if a == 0:
            return b <= 0 and c <= 0 if b == 0 else (b + max(c, ZERO) / self.log_log).upper <= 0
        return (a + max(b, ZERO) / self.log + max(c, ZERO) / (self.log * self.log_log)).upper <= 0

    def excess(self, bound: Bound, sign: int) -> Fraction:
        """Return t with (sum - leading term) <= t |leading term| on [Y, oo), for terms of this sign."""
        lead = max(bound)
        total = Ball(0, 0, 0, PREC)
        for key, value in bound.items():
            if key != lead and value * sign > 0:
                ratio = joined(key, lead, -1)
                if not self.falls(ratio):
                    raise Undecided(f"a term is not small from 2**{self.power} on")
                total = total + self.monomial(ratio) * (abs(value) / abs(bound[lead]))
        return total.upper

    def highest(self, bound: Bound, *, falling: bool = True) -> Fraction:
        """Return an upper bound on [Y, oo): of a sum that does not increase, or (``falling`` False) of one that is negative."""
        if not bound:
            return ZERO
        if falling:
            return self.at(bound).upper if self.is_falling(bound) else self._highest_terms(bound)
        lead = max(bound)
        room = 1 - self.excess(bound, 1)
        if bound[lead] >= 0 or room <= 0:
            raise Undecided(f"not negative from 2**{self.power} on")
        if not self.falls((-lead[0], -lead[1], -lead[2])):
            raise Undecided("negative, but its leading term is not increasing yet")
        return (self.monomial(lead) * (bound[lead] * room)).upper

    def _highest_terms(self, bound: Bound) -> Fraction:
        """Return an upper bound on [Y, oo) of a sum whose positive terms do not increase; the others are below 0."""
        if any(value > 0 and not self.falls(key) for key, value in bound.items()):
            raise Undecided(f"a term increases beyond 2**{self.power}")
        return self.at({key: value for key, value in bound.items() if value > 0 or key == UNIT}).upper

    def is_falling(self, bound: Bound) -> bool:
        """Whether a sum is proved not to increase on [Y, oo)."""
        slope = derivative(bound)
        if not slope:
            return True
        try:
            return slope[max(slope)] < 0 and self.excess(slope, 1) <= 1
        except Undecided:
            return False

    def log_sum(self, bounds: list[Bound]) -> Bound:
        """Return an upper bound of log sum e**h, for upper bounds h: the largest h0, and log(1 + sum of e**(h - h0) at Y)."""
        lead = bounds[0]
        for bound in bounds[1:]:
            gap = added([bound, scaled(lead, Fraction(-1))])
            if gap and gap[max(gap)] > 0:
                lead = bound
        others = [bound for bound in bounds if bound is not lead]
        total = 1 + self.ratios(others, lead)
        return added([lead, {UNIT: elementary.log(total).upper}])

    def ratios(self, bounds: Iterable[Bound], lead: Bound) -> Ball:
        """Return an upper bound of the sum of e**(h - lead) on [Y, oo), as a ball."""
        total = Ball(0, 0, 0, PREC)
        for bound in bounds:
            total = total + power_of_e(self.highest(added([bound, scaled(lead, Fraction(-1))])))
        return total

    def log_monomial(self, key: Key, factor: Coefficient) -> Band:
        """Return log(factor * monomial) for a positive factor; log log log y lies between 0 and log log y."""
        a, b, c = key
        number = factor if isinstance(factor, Ball) else Ball.of(factor, PREC)
        band: Band = {UNIT: elementary.log(number), LOG: a, LOG_LOG: b}
        if c:
            band[LOG_LOG] = b + Ball.between(min(c, ZERO), max(c, ZERO), PREC)
        return clean(band)
