"""Certified integrals in one dimension: balls that are proved to contain them.

Main definitions: `certified_integral`, and `has_infinite_end` for integrals that are proved to be oo. The way there:

1. The interval is split where the integrand may fail to be analytic, and Abs and Piecewise are decided on each piece (`pieces`).
2. Each piece is laid along t in (0, T] or (0, oo), from an end at t = 0. Next to an end at which the integrand is not analytic, and far out
   if it decays slowly, t = e**v: then algebraic and logarithmic behaviour becomes exponential decay.
3. What is left of (0, oo) beyond a finite range of t or v has a proved bound (`tails`).
4. The finite range is integrated by Gauss-Legendre rules with proved errors (`adaptive`).

Whatever is not proved raises `Undecided`: divergent integrals, in particular, have no bound of the tail.

Left out: several variables, oscillation up to infinity, and singularities at unknown places inside the interval.

References: those of `adaptive` and `tails`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import sympy as sp

from symentropy.errors import SymentropyError
from symentropy.evaluation.balls.ball import Ball, Undecided
from symentropy.evaluation.balls.complex_ball import ComplexBall
from symentropy.evaluation.balls.field import ComplexField
from symentropy.evaluation.integrals.adaptive import Budget, Integrand, Unprovable, integrated
from symentropy.evaluation.integrals.pieces import breaks, collapsed, compared, exponential_form, led_far_out, smooth, unrolled
from symentropy.evaluation.integrals.program import Program, constant
from symentropy.evaluation.integrals.tails import diverges, tail_bound

#: Evaluations of the integrand before an integral is given up.
MAX_EVALUATIONS = 100_000
#: Tails start at 2**k for some k up to this.
MAX_POWER = 1 << 14
#: A range up to 2**k is integrated as it is for k up to this, and in log t beyond.
LINEAR_POWER = 12
#: Starts 2**k from which a divergence is looked for.
DIVERGENCE_POWERS = (6, 12, 24, 60)
#: Bits by which the error of each piece is below the one asked for.
SPARE_BITS = 8

#: An upper bound of log 2.
LOG_TWO = Fraction(6_931_471_806, 10_000_000_000)


def certified_integral(
    function: sp.Expr,
    variable: sp.Symbol,
    low: sp.Expr,
    high: sp.Expr,
    prec: int,
    points: Sequence[sp.Expr] = (),
    max_evaluations: int = MAX_EVALUATIONS,
) -> Ball:
    """Return a ball that contains the integral of a function with exact constants, with a radius of about ``2**-prec``.

    The radius is absolute for values below 1 and relative above. ``points`` are places where to cut the interval, such as the mode.

    Raises `Undecided` where nothing is proved: among others for every integral that diverges, and after ``max_evaluations``.

    >>> x = sp.Symbol("x", real=True)
    >>> root = certified_integral(sp.exp(-(x**2)), x, -sp.oo, sp.oo, 100)
    >>> (root.squared() * 7 - 22).is_negative, root.accuracy >= 100
    (True, True)
    """
    x = sp.Symbol("x", real=True)
    function, low, high = map(sp.sympify, (function, low, high))
    if function.free_symbols - {variable} or low.free_symbols or high.free_symbols:
        raise Undecided("the integral has parameters without a value")
    e = exponential_form(function.subs(variable, x))
    order = compared(high, low)
    if order == 0:
        if (high - low).is_zero:
            return Ball(0, 0, 0, prec)
        raise Undecided("the order of the ends")
    if order < 0:
        return -certified_integral(function, variable, high, low, prec, points, max_evaluations)
    budget = Budget(max_evaluations)
    try:
        return _summed(e, x, _edges(e, x, low, high, points), prec, budget)
    except SymentropyError as error:
        raise Undecided(str(error)) from error
    except RecursionError as error:
        raise Undecided("the expression is nested too deeply") from error


def has_infinite_end(function: sp.Expr, variable: sp.Symbol, low: sp.Expr, high: sp.Expr, points: Sequence[sp.Expr] = ()) -> bool:
    """Whether the integral is proved to be oo far out or next to an end or a singular point.

    >>> x = sp.Symbol("x", real=True)
    >>> has_infinite_end(1 / (1 + sp.Abs(x)), x, -sp.oo, sp.oo), has_infinite_end(1 / x, x, sp.S.Zero, sp.S.One)
    (True, True)
    """
    x = sp.Symbol("x", real=True)
    y = sp.Symbol("y", positive=True)
    e = exponential_form(function.subs(variable, x))
    try:
        edges = _edges(e, x, low, high, points)
        legs = [leg for left, right in pairwise(edges) for leg in _legs(e, x, left, right)]
    except SymentropyError:
        return False
    far = [leg.e.subs(leg.t, y) for leg in legs if leg.length is None]
    far += [e.subs(leg.t, sp.log(y)) / y for leg in legs if leg.length is None and (e := leg.e).has(sp.exp)]
    near = [leg.e.subs(leg.t, 1 / y) / y**2 for leg in legs]
    return any(diverges(f, y, power) for f in (*far, *near) for power in DIVERGENCE_POWERS)


def _edges(e: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr, points: Sequence[sp.Expr]) -> list[sp.Expr]:
    """Return the ends of the pieces; at most one end of a piece is infinite."""
    inner = breaks(e, x, low, high, tuple(sp.sympify(point) for point in points))
    if not inner and low.is_infinite and high.is_infinite:
        inner = [sp.S.Zero]
    return [low, *inner, high]


def _summed(e: sp.Expr, x: sp.Symbol, edges: list[sp.Expr], prec: int, budget: Budget) -> Ball:
    """Return the integral over all pieces, a second time with more bits where rounding lost too many."""
    legs = [leg for left, right in pairwise(edges) for leg in _legs(e, x, left, right)]
    bits = prec + SPARE_BITS
    for _ in range(2):
        total = Ball(0, 0, 0, bits + 32)
        for leg in legs:
            total = total + leg.integral(bits, budget)
        lost = total.radius.magnitude + prec - max(0, total.magnitude)
        if lost <= 1:
            break
        bits += lost
    return total


@dataclass
class Leg:
    """The integral of ``e`` dt over (0, length], or over (0, oo) if ``length`` is None; ``e`` is smooth inside."""

    e: sp.Expr
    t: sp.Symbol
    length: Fraction | None

    def integral(self, bits: int, budget: Budget) -> Ball:
        """Return the integral with an error of about ``2**-bits``."""
        near = self.length or Fraction(1)
        program = Program(self.e, self.t, near / 2)
        regular = _analytic_at_zero(program, near)
        if self.length is not None:
            if regular:
                return integrated(Integrand(program, bits, budget), Fraction(0), near)
            return self._inner(near, bits, budget)
        y = sp.Symbol("y", positive=True)
        try:
            power, rest = _search(self.e.subs(self.t, y), y, bits)
        except Undecided as reason:
            reach, rest = self._exponential_reach(bits, reason)
        else:
            if power > LINEAR_POWER:
                return self._stretched(power, program, regular, bits, budget).widened(rest)
            reach = Fraction(1 << power)
        return self._plain(program, reach, regular, bits, budget).widened(rest)

    def _plain(self, program: Program, reach: Fraction, regular: bool, bits: int, budget: Budget) -> Ball:
        """Return the integral over (0, reach], for reach > 1."""
        if regular:
            return integrated(Integrand(program, bits, budget), Fraction(0), reach)
        one = Fraction(1)
        return self._inner(one, bits, budget) + integrated(Integrand(program, bits, budget), one, reach)

    def _stretched(self, power: int, program: Program, regular: bool, bits: int, budget: Budget) -> Ball:
        """Return the integral over 0 < t <= 2**power, with t = 2**start e**v where sums of powers are nearly their largest terms."""
        e, start = unrolled(self.e, self.t)
        start = min(max(1, start), power)
        v = sp.Symbol("v", real=True)
        t = sp.Integer(2) ** start * sp.exp(v)
        far = Integrand(Program(e.subs(self.t, t) * t, v, Fraction(1, 2)), bits, budget)
        near = self._plain(program, Fraction(1 << start), regular, bits, budget)
        return near + integrated(far, Fraction(0), (power - start) * LOG_TWO)

    def _inner(self, near: Fraction, bits: int, budget: Budget) -> Ball:
        """Return the integral over (0, near], with t = near e**-v."""
        start, gap = self._gap(near, bits)
        v = sp.Symbol("v", real=True)
        scale = sp.Rational(near.numerator, near.denominator)
        e = self.e.subs(self.t, scale * sp.exp(-v)) * scale * sp.exp(-v)
        return integrated(Integrand(Program(e, v, Fraction(1, 2)), bits, budget), Fraction(0), start).widened(gap)

    def _gap(self, near: Fraction, bits: int) -> tuple[Fraction, Fraction]:
        """Return V and a bound of the integral of |e| over 0 < t <= near e**-V, from that of e/y**2 over [2**k, oo) for y = 1/t."""
        y = sp.Symbol("y", positive=True)
        power, bound = _search(self.e.subs(self.t, 1 / y) / y**2, y, bits)
        extra = max(0, -(-near.numerator // near.denominator)).bit_length()  # near <= 2**extra
        return (power + extra) * LOG_TWO, bound

    def _exponential_reach(self, bits: int, reason: Undecided) -> tuple[Fraction, Fraction]:
        """Return T and a bound of the integral of |e| over t >= T, with y = e**(rate t); ``reason`` is why there is none with y = t."""
        y = sp.Symbol("y", positive=True)
        for rate in _rates(self.e, self.t):
            try:
                power, bound = _search(self.e.subs(self.t, sp.log(y) / rate) / (rate * y), y, bits)
            except Undecided:
                continue
            return max(Fraction(2), power * LOG_TWO / constant(rate, 64).lower), bound
        raise reason


def _rates(e: sp.Expr, t: sp.Symbol) -> list[sp.Expr]:
    """Return 1 and the positive irrational c of exponentials e**(c t).

    >>> t = sp.Symbol("t", positive=True); _rates(sp.exp(-sp.exp(sp.sqrt(2) * t) + 3 * t), t)
    [1, sqrt(2)]
    """
    slopes = {part.args[0].coeff(t) for part in e.atoms(sp.exp)}
    return [sp.S.One, *sorted((c for c in slopes if not c.is_Rational and compared(c, sp.S.Zero) > 0), key=sp.default_sort_key)]


def _legs(e: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> list[Leg]:
    """Return the legs of a piece: one from each end that may be singular."""
    e = smooth(e, x, low, high)
    t = sp.Symbol("t", positive=True)
    if high.is_infinite:
        return [Leg(led_far_out(along(e, x, low, sp.S.One, t), t), t, None)]
    if low.is_infinite:
        return [Leg(led_far_out(along(e, x, high, -sp.S.One, t), t), t, None)]
    width = high - low
    unit = sp.S.One if width.is_Rational else width
    length = Fraction(int(width.p), int(width.q)) if width.is_Rational else Fraction(1)
    left, right = along(e, x, low, unit, t), along(e, x, high, -unit, t)
    if all(_analytic_at_zero(Program(end, t, length / 2), length) for end in (left, right)):
        return [Leg(left, t, length)]
    return [Leg(left, t, length / 2), Leg(right, t, length / 2)]


def along(e: sp.Expr, x: sp.Symbol, end: sp.Expr, unit: sp.Expr, t: sp.Symbol) -> sp.Expr:
    """Return e |dx/dt| for x = end + unit t.

    >>> x, t = sp.Symbol("x", real=True), sp.Symbol("t", positive=True); along(sp.sqrt(1 - x), x, sp.S.One, -sp.S.One, t)
    sqrt(t)
    """
    return collapsed(e.subs(x, end + unit * t), t) * sp.Abs(unit)


def _analytic_at_zero(program: Program, length: Fraction) -> bool:
    """Whether a function is proved to be analytic around t = 0."""
    box = Ball(0, 0, 0, 40).widened(length / 1024)
    try:
        program(ComplexField(40), ComplexBall(box, box))
    except Unprovable:
        raise
    except Undecided:
        return False
    return True


def _search(e: sp.Expr, y: sp.Symbol, bits: int) -> tuple[int, Fraction]:
    """Return the least k found for which the tail of e from 2**k on is at most ``2**-bits``, and its bound."""
    target, power, before = Fraction(1, 1 << bits), 4, 3
    reason: Undecided | None = None
    while power <= MAX_POWER:
        try:
            bound = tail_bound(e, y, power)
        except Undecided as found:
            reason = found
        else:
            reason = None
            if bound <= target:
                return _sharpened(e, y, before, power, bound, target)
        before, power = power, power + max(1, power // 3)
    raise Undecided("no bound is proved for the integrand far out or next to an end: the integral may diverge") from reason


def _sharpened(e: sp.Expr, y: sp.Symbol, low: int, high: int, bound: Fraction, target: Fraction) -> tuple[int, Fraction]:
    """Return a smaller k between two, where that is worth it."""
    while high - low > 1 + high // 16:
        middle = (low + high) // 2
        try:
            found = tail_bound(e, y, middle)
        except Undecided:
            found = target + 1
        if found <= target:
            high, bound = middle, found
        else:
            low = middle
    return high, bound
