"""Proved bounds of integrals over tails: of |f| over [Y, oo) for expressions f in one variable.

Main definitions
----------------
* `tail_bound`, an upper bound of the integral of |f| over [2**k, oo), and `diverges`, whether the integral is proved to be oo.
* `Tail`, which encloses expressions, and logarithms of positive ones, on [Y, oo) by sums of generalised monomials (see `growth`).

A `Bound` h of log |f| makes |f| <= K y**a (log y)**b exp(-c y**d ...). If y h'(y) + 1 <= -d < 0 on [Y, oo), then
y e**h(y) <= Y e**h(Y) (y/Y)**-d, and the integral of e**h is at most Y e**h(Y) / d.

Left out: bounds that need cancellation between terms that grow alike, oscillation, and other scales than these: where a step is not
proved at this Y, `Undecided` is raised, and a larger Y may do.

References: those of `growth`; DLMF 7.8 for erfc.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy as sp

from symentropy.evaluation.balls import elementary
from symentropy.evaluation.balls.ball import Ball, Undecided
from symentropy.evaluation.integrals.growth import (
    LOG,
    LOG_LOG,
    ONE,
    PREC,
    UNIT,
    ZERO,
    Band,
    Bound,
    Coefficient,
    Scale,
    above,
    added,
    below,
    clean,
    derivative,
    lower,
    multiplied,
    power_of_e,
    scaled,
    upper,
)
from symentropy.evaluation.integrals.program import constant
from symentropy.exact import shown

#: log of what stands for 0 in a bound.
NOTHING = Fraction(-1 << 20)
#: Powers of sums are multiplied out up to this exponent.
MAX_POWER = 12


def tail_bound(function: sp.Expr, variable: sp.Symbol, power: int) -> Fraction:
    """Return an upper bound of the integral of |f| from 2**power to oo, for ``power >= 4``.

    >>> y = sp.Symbol("y", positive=True)
    >>> bound = tail_bound(y * sp.exp(-y), y, 6)  # the integral is 65 e**-64
    >>> bool(65 * sp.exp(-64) < sp.Rational(bound.numerator, bound.denominator) < 67 * sp.exp(-64))
    True
    """
    tail = Tail(variable, power)
    bound = tail.size(function)
    slope = derivative(bound)
    slope[UNIT] = slope.get(UNIT, ZERO) + 1
    margin = -tail.highest(clean(slope), falling=False)
    if margin <= 0:
        raise Undecided(f"no bound of the integral of {shown(function)} for large {variable}")
    return power_of_e((tail.at(bound) + power * tail.log_two).upper) / margin


def diverges(function: sp.Expr, variable: sp.Symbol, power: int) -> bool:
    """Whether f is proved to be positive and at least a multiple of 1/y on [2**power, oo), so that its integral is oo.

    With log f >= h it is enough that h + log y is bounded below.

    >>> y = sp.Symbol("y", positive=True)
    >>> diverges(1 / (y + 1), y, 6), diverges(y**-2, y, 6), diverges(sp.exp(y) - y**5, y, 6)
    (True, False, True)
    """
    tail = Tail(variable, power)
    try:
        tail.highest(clean(scaled(added([lower(tail.log_of(function)), {LOG: ONE}]), Fraction(-1))))
    except Undecided:
        return False
    return True


class Tail(Scale):
    """Enclosures of expressions on [2**power, oo).

    >>> y = sp.Symbol("y", positive=True)
    >>> Tail(y, 10).value((y - 1) ** 2) == {(2, 0, 0): 1, (1, 0, 0): -2, (0, 0, 0): 1}
    True
    """

    def __init__(self, variable: sp.Symbol, power: int) -> None:
        super().__init__(power)
        self.variable = variable
        self._known: dict[tuple[str, sp.Expr], Any] = {}

    def _once(self, kind: str, e: sp.Expr, compute: Callable[[sp.Expr], Any]) -> Any:
        key = (kind, e)
        if key not in self._known:
            try:
                self._known[key] = compute(e)
            except Undecided as reason:
                self._known[key] = reason
        found = self._known[key]
        if isinstance(found, Undecided):
            raise found
        return found

    def value(self, e: sp.Expr) -> Band:
        """Return a band that contains an expression."""
        return self._once("value", e, self._value)

    def log_of(self, e: sp.Expr) -> Band:
        """Return a band that contains the logarithm of an expression that is proved to be positive."""
        return self._once("log", e, self._log_of)

    def size(self, e: sp.Expr) -> Bound:
        """Return an upper bound of the logarithm of the modulus of an expression."""
        return self._once("size", e, self._size)

    def number(self, e: sp.Expr) -> Coefficient:
        """Return a constant, exactly if it is rational."""
        return Fraction(int(e.p), int(e.q)) if e.is_Rational else constant(e, PREC)

    def _value(self, e: sp.Expr) -> Band:
        if not e.has(self.variable):
            return clean({UNIT: self.number(e)})
        if e == self.variable:
            return {(ONE, ZERO, ZERO): ONE}
        if isinstance(e, sp.Add):
            return added(self.value(term) for term in e.args)
        if isinstance(e, sp.log):
            return self.log_of(e.args[0])
        if isinstance(e, (sp.cos, sp.sin)):
            return {UNIT: Ball(0, 1, 0, PREC)}
        if isinstance(e, sp.Mul):
            try:
                product: Band = {UNIT: ONE}
                for factor in e.args:
                    product = multiplied(product, self.value(factor))
            except Undecided:
                return self.exponential(e)
            return product
        if isinstance(e, sp.Pow) and e.exp.is_Integer and 0 < e.exp <= MAX_POWER:
            base = product = self.value(e.base)
            for _ in range(int(e.exp) - 1):
                product = multiplied(product, base)
            return product
        return self.exponential(e)

    def exponential(self, e: sp.Expr) -> Band:
        """Return a band for an expression from one for its logarithm: a monomial, or a number between 0 and its bound at Y."""
        try:
            band = self.log_of(e)
        except Undecided:
            high = power_of_e(self.highest(self.size(e)))
            return {UNIT: Ball.between(-high, high, PREC)}
        if all(key == UNIT or (key in (LOG, LOG_LOG) and isinstance(value, Fraction)) for key, value in band.items()):
            key = (Fraction(above(band.get(LOG, ZERO))), Fraction(above(band.get(LOG_LOG, ZERO))), ZERO)
            factor = band.get(UNIT)
            return {key: ONE if factor is None else elementary.exp(factor if isinstance(factor, Ball) else Ball.of(factor, PREC))}
        return {UNIT: Ball.between(ZERO, power_of_e(self.highest(upper(band))), PREC)}

    def _log_of(self, e: sp.Expr) -> Band:
        if not e.has(self.variable):
            number = self.number(e)
            return {} if number == 1 else {UNIT: elementary.log(number if isinstance(number, Ball) else Ball.of(number, PREC))}
        if e == self.variable:
            return {LOG: ONE}
        if isinstance(e, sp.exp):
            return self.value(e.args[0])
        if isinstance(e, sp.Mul):
            return added(self._log_of_factors(e))
        if isinstance(e, sp.Pow) and not e.exp.has(self.variable):
            even = e.exp.is_Integer and e.exp % 2 == 0
            return scaled(self._signed(e.base)[0] if even else self.log_of(e.base), self.number(e.exp))
        if isinstance(e, sp.Pow) and not e.base.has(self.variable):
            return multiplied(self.log_of(e.base), self.value(e.exp))
        if isinstance(e, sp.erfc):
            return self._log_of_erfc(e.args[0])
        if isinstance(e, sp.Add):
            try:
                return self._log_of_terms(e)
            except Undecided:
                return self._log_of_value(self.value(e))
        if isinstance(e, sp.log):
            return self._log_of_value(self.log_of(e.args[0]))
        raise Undecided(f"no bound of {e.func.__name__} far out")

    def _log_of_erfc(self, z: sp.Expr) -> Band:
        """Return log erfc(z): for z > 0 by (1 - 1/(2 z**2)) B < erfc(z) < B = e**(-z**2)/(z sqrt pi), for z < 0 by 1 < erfc(z) < 2."""
        try:
            size = self.log_of(z)
        except Undecided:
            self.log_of(sp.expand(-z))
            return {UNIT: self._log_between(Ball(0, 0, 0, PREC), Ball(1, 0, 0, PREC))}
        value = self.value(z)
        less = power_of_e(self.highest(upper(scaled(size, Fraction(-2))))) / 2
        root = elementary.log(elementary.pi(PREC)) / 2
        off = self._log_between(Ball.of(less, PREC), Ball(0, 0, 0, PREC))
        return added([scaled(multiplied(value, value), Fraction(-1)), scaled(size, Fraction(-1)), {UNIT: off - root}])

    def _signed(self, e: sp.Expr) -> tuple[Band, bool]:
        """Return log |e| and whether e is negative, for an expression of one sign."""
        try:
            return self.log_of(e), False
        except Undecided:
            if isinstance(e, (sp.Add, sp.Mul)) or e.is_Number:
                return self.log_of(-e), True
            if isinstance(e, sp.log):
                return self._log_of_value(scaled(self.value(e), Fraction(-1))), True
            raise

    def _log_of_factors(self, e: sp.Mul) -> list[Band]:
        signed = [self._signed(factor) for factor in e.args]
        if sum(negative for _, negative in signed) % 2:
            raise Undecided(f"{shown(e)} is negative")
        return [band for band, _ in signed]

    def _log_of_terms(self, e: sp.Add) -> Band:
        """Return log of a sum with a positive leading term: log of that, and of 1 plus or minus the ratios of the others to it."""
        signed = [self._signed(term) for term in e.args]
        positive = [band for band, is_negative in signed if not is_negative]
        negative = [upper(band) for band, is_negative in signed if is_negative]
        if not positive:
            raise Undecided(f"{shown(e)} is negative")
        lead = positive[0]
        for band in positive[1:]:
            gap = added([upper(band), scaled(upper(lead), Fraction(-1))])
            if gap and gap[max(gap)] > 0:
                lead = band
        least = lower(lead)
        more = self.ratios((upper(band) for band in positive if band is not lead), least)
        less = self.ratios(negative, least)
        return added([lead, {UNIT: self._log_between(less, more)}])

    def _log_between(self, less: Ball, more: Ball) -> Ball:
        """Return the logarithms of the numbers between 1 - less and 1 + more."""
        low, high = 1 - less.upper, 1 + more.upper
        if low <= 0:
            raise Undecided("a difference without a leading term yet")
        return Ball.between(elementary.log(Ball.of(low, PREC)).lower, elementary.log(Ball.of(high, PREC)).upper, PREC)

    def _log_of_value(self, band: Band) -> Band:
        """Return log of a band with a positive leading term."""
        if not band:
            raise Undecided("the logarithm of 0")
        lead = max(band)
        if below(band[lead]) <= 0:
            raise Undecided("a leading coefficient that is not positive")
        less = self.excess(scaled(lower(band), Fraction(-1)), 1)
        more = self.excess({**upper(band), lead: below(band[lead])}, 1)
        zero = Ball(0, 0, 0, PREC)
        return added([self.log_monomial(lead, band[lead]), {UNIT: self._log_between(zero.widened(less), zero.widened(more))}])

    def _size(self, e: sp.Expr) -> Bound:
        if not e.has(self.variable):
            number = self.number(e)
            return self._size_of({UNIT: number})
        if isinstance(e, sp.Mul):
            return added(self.size(factor) for factor in e.args)
        if isinstance(e, sp.Add):
            return self.log_sum([self.size(term) for term in e.args])
        if isinstance(e, sp.log):
            return self._size_of(self.log_of(e.args[0]))
        if isinstance(e, sp.Abs):
            return self.size(e.args[0])
        if isinstance(e, sp.Pow) and e.exp.is_Integer and e.exp > 0:
            return scaled(self.size(e.base), Fraction(int(e.exp)))
        if isinstance(e, sp.Pow) and e.exp.is_Integer:
            return upper(scaled(self._signed(e.base)[0], Fraction(int(e.exp))))
        if isinstance(e, (sp.cos, sp.sin)):
            return {}
        return upper(self.log_of(e))

    def _size_of(self, band: Band) -> Bound:
        """Return a bound of log |sum|, at most the logarithm of the sum of the moduli."""
        bounds = []
        for key, value in band.items():
            size = abs(value).upper if isinstance(value, Ball) else abs(value)
            if size:
                bounds.append(upper(self.log_monomial(key, Ball.of(size, PREC))))
        return self.log_sum(bounds) if bounds else {UNIT: NOTHING}
