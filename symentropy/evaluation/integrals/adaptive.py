"""Integrals of analytic functions over finite intervals, with proved error: adaptive Gauss-Legendre rules.

Main definitions
----------------
* `Integrand`, a program with a working precision and a limit of evaluations.
* `integrated`, the integral over an interval with rational ends.

An interval is done when the function times its width is negligible, computed at once on the whole interval; or when the function is
proved to be analytic on an ellipse around it, with a bound there that makes some rule of moderate size exact enough; else it is halved.

The error of a rule. Let f be analytic with |f| <= M inside the ellipse with foci -1 and 1 and semi-axes (r +- 1/r)/2. Its Chebyshev
coefficients satisfy |a_k| <= 2 M r**-k. The rule with n >= 2 nodes is exact for degrees below 2 n, so that its error is the sum over
k >= 2 n of a_k (I(T_k) - R(T_k)); for odd k both vanish, and for even k |I(T_k)| = 2/(k**2 - 1) <= 2/15 and |R(T_k)| <= 2, as the
weights are positive with sum 2. The geometric series gives the bound 64/15 M r**(-2 n) / (1 - r**-2), times half the width.

Left out: oscillation with hundreds of periods, where other methods need fewer evaluations.

References
----------
K. Petras, Self-validating integration and approximation of piecewise analytic functions, Journal of Computational and Applied
Mathematics 145, 2002. L. N. Trefethen, Is Gauss quadrature better than Clenshaw-Curtis?, SIAM Review 50, 2008, theorem 4.5.
F. Johansson, Numerical integration in arbitrary-precision ball arithmetic, Mathematical Software - ICMS 2018.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import log2, sqrt
from typing import Any

from symentropy.evaluation.balls.ball import Ball, Undecided
from symentropy.evaluation.balls.complex_ball import ComplexBall
from symentropy.evaluation.balls.field import ComplexField, RealField
from symentropy.evaluation.integrals.gauss_legendre import SIZES, rule
from symentropy.evaluation.integrals.program import Program

#: Bits with which a function is bounded on a rectangle.
BOUND_PREC = 32
#: Sums of the semi-axes of the ellipses that are tried.
SHAPES = tuple(Fraction(shape) for shape in ("7/4", "9/4", "3", "4", "11/2", "8", "12", "20", "36"))
#: Columns that cover an ellipse, and how often one of them is halved.
COLUMNS, HALVINGS = 4, 2
#: Lengths along the ellipse are in units of 2**-GRID of the half-width, rounded outward.
GRID = 24
#: Precisions are multiples of this, so that there are few.
STEP = 32


@dataclass
class Integrand:
    """A function to integrate with errors of about ``2**-bits`` for each piece, and ``budget`` evaluations left."""

    program: Program
    bits: int
    budget: Budget
    shape: int = 2  # where the search for an ellipse starts
    reals: dict[int, RealField] = field(default_factory=dict)
    complexes: dict[int, ComplexField] = field(default_factory=dict)

    def bounded(self, box: Any) -> Any:
        """Return the function on a real ball or a rectangle, with few bits."""
        self.budget.spend(self.program.cost)
        real = self.field(box.prec)
        return self.computed(self.complexes.setdefault(box.prec, ComplexField(box.prec)) if isinstance(box, ComplexBall) else real, box)

    def field(self, prec: int) -> RealField:
        """Return the field of a precision."""
        return self.reals.setdefault(prec, RealField(prec))

    def at(self, x: Ball, real: RealField) -> Ball:
        """Return the function at a point."""
        self.budget.spend(self.program.cost)
        return self.computed(real, x)

    def computed(self, m: RealField | ComplexField, x: Any) -> Any:
        """Return the function on a ball, and refuse what is only estimated."""
        value = self.program(m, x)
        doubts = m.doubts if isinstance(m, RealField) else m.real.doubts
        if doubts:
            raise Unprovable(doubts[0])
        return value


class Unprovable(Undecided):
    """More bits or smaller pieces will not help."""


@dataclass
class Budget:
    """A number of evaluations that is used up."""

    left: int

    def spend(self, cost: int) -> None:
        """Count one evaluation."""
        self.left -= cost
        if self.left < 0:
            raise Unprovable("the integral is not done after the allowed number of evaluations")


def integrated(integrand: Integrand, low: Fraction, high: Fraction) -> Ball:
    """Return the integral from ``low`` to ``high``.

    >>> import sympy as sp
    >>> x = sp.Symbol("x", real=True)
    >>> third = integrated(Integrand(Program(x**2, x, Fraction(1)), 60, Budget(1000)), Fraction(0), Fraction(1))
    >>> third.contains(Fraction(1, 3)), third.accuracy > 50
    (True, True)
    """
    total, deepest = Ball(0, 0, 0, integrand.bits + 32), integrand.bits + 96
    waiting = [(low, high, 0)]
    while waiting:
        left, right, depth = waiting.pop()
        found = negligible(integrand, left, right) or by_rule(integrand, left, right)
        if found is not None:
            total = total + found
            continue
        if depth > deepest:
            raise Unprovable("the integrand is not proved to be integrable at an interior point")
        middle = (left + right) / 2
        waiting += [(middle, right, depth + 1), (left, middle, depth + 1)]
    return total


def offset(centre: Fraction, half: Fraction) -> int:
    """Return the bits that are lost because an interval is narrow for its distance from 0, rounded up."""
    lost = (
        abs(centre.numerator).bit_length() - centre.denominator.bit_length() - half.numerator.bit_length() + half.denominator.bit_length()
    )
    return 0 if lost < 4 else -(-lost // STEP) * STEP


def negligible(integrand: Integrand, low: Fraction, high: Fraction) -> Ball | None:
    """Return the function on the whole interval times its width, if that is small enough as it is."""
    prec = BOUND_PREC + offset((low + high) / 2, high - low)
    box = Ball.between(low, high, prec)
    try:
        value = integrand.bounded(box)
    except Unprovable:
        raise
    except Undecided:
        return None
    area: Ball = value * Ball.of(high - low, prec)
    if area.magnitude <= -4 * integrand.bits:
        return Ball(0, 1, -4 * integrand.bits, BOUND_PREC)
    return area if area.radius.magnitude <= -integrand.bits else None


def by_rule(integrand: Integrand, low: Fraction, high: Fraction) -> Ball | None:
    """Return the integral by a rule whose error is small enough, or None if no ellipse gives one."""
    centre, half = (low + high) / 2, (high - low) / 2
    best: tuple[int, int, int] | None = None
    start = integrand.shape
    step, shape = 1, start
    while 0 <= shape < len(SHAPES):
        size = largest(integrand, centre, half, SHAPES[shape])
        nodes = None if size is None else nodes_needed(integrand, size, half, SHAPES[shape])
        if nodes is None:
            if best is not None or shape > start:
                break
            step, shape = -1, shape - 1
            continue
        if best is not None and nodes >= best[0]:
            break
        assert size is not None
        best = (nodes, shape, size)
        if step < 0:
            break
        shape += 1
    if best is None:
        integrand.shape = min(start, 2)
        return None
    nodes, shape, size = best
    integrand.shape = shape
    return applied(integrand, centre, half, nodes, size).widened(rule_error(size, half, SHAPES[shape], nodes))


def rule_error(size: int, half: Fraction, shape: Fraction, nodes: int) -> Fraction:
    """Return 64/15 M r**(-2 n) / (1 - r**-2), times half the width, for M = 2**size."""
    r = Ball.of(shape, BOUND_PREC)
    return (Ball(64, 0, size, BOUND_PREC) * half / 15 / (1 - 1 / r.squared()) / r ** (2 * nodes)).upper


def nodes_needed(integrand: Integrand, size: int, half: Fraction, shape: Fraction) -> int | None:
    """Return the number of nodes that brings the error below ``2**-bits``, if that is moderate."""
    r = float(shape)
    wanted = integrand.bits + size + log2(half.numerator) - log2(half.denominator) + log2(64 / 15 / (1 - r**-2))
    least = wanted / (2 * log2(r))
    most = integrand.bits // 2 + 24
    return next((n for n in SIZES if n >= least), None) if least <= most else None


def largest(integrand: Integrand, centre: Fraction, half: Fraction, shape: Fraction) -> int | None:
    """Return an e with |f| < 2**e on the ellipse, or None where f is not proved to be analytic on it.

    f is real on the real axis, so that the upper half is enough. The columns that cover it stand on the axis: see `program`.
    """
    size = -4 * integrand.bits  # smaller bounds are of no use
    prec = BOUND_PREC + offset(centre, half)
    c, h = Ball.of(centre, prec), Ball.of(half, prec)
    waiting = list(columns(shape))
    try:
        while waiting:
            left, right, depth = waiting.pop()
            box = rectangle(c, h, shape, left, right)
            try:
                value = integrand.bounded(box)
            except Unprovable:
                raise
            except Undecided:
                if depth == HALVINGS:
                    return None
                middle = (left + right) // 2
                waiting += [(left, middle, depth + 1), (middle, right, depth + 1)]
                continue
            size = max(size, value.magnitude)
    except OverflowError:
        return None
    return size


@cache
def axes(shape: Fraction) -> tuple[float, float]:
    """Return upper bounds of the semi-axes of an ellipse, for foci at -1 and 1."""
    return float(shape + 1 / shape) / 2 * (1 + 1e-6), float(shape - 1 / shape) / 2 * (1 + 1e-6)


@cache
def columns(shape: Fraction) -> tuple[tuple[int, int, int], ...]:
    """Return the ends of the columns, in units of 2**-GRID, with depth 0."""
    end = int(axes(shape)[0] * 2**GRID) + 1
    cuts = [-end + 2 * end * j // COLUMNS for j in range(COLUMNS + 1)]
    return tuple((left, right, 0) for left, right in pairwise(cuts))


def rectangle(centre: Ball, half: Ball, shape: Fraction, left: int, right: int) -> ComplexBall:
    """Return the rectangle over a column, from the real axis up to the ellipse."""
    wide, tall = axes(shape)
    nearest = 0 if left <= 0 <= right else min(abs(left), abs(right))
    height = int(tall * sqrt(max(0.0, 1 - (nearest / 2**GRID / wide) ** 2)) * (1 + 1e-6) * 2**GRID) + 2
    real = centre + half * Ball(left + right, right - left, -GRID - 1, centre.prec)
    return ComplexBall(real, half * Ball(height, height, -GRID - 1, centre.prec))


def applied(integrand: Integrand, centre: Fraction, half: Fraction, nodes: int, size: int) -> Ball:
    """Return the value of a rule, with as many bits as the size of the function needs."""
    scale = half.numerator.bit_length() - half.denominator.bit_length()
    prec = max(64, integrand.bits + size + scale + 24)
    prec = -(-prec // STEP) * STEP + offset(centre, half)
    real = integrand.field(prec)
    c, h = Ball.of(centre, prec), Ball.of(half, prec)
    total = Ball(0, 0, 0, prec)
    for node, weight in points(nodes, prec):
        shift = h * node
        total = total + weight * (integrand.at(c + shift, real) + integrand.at(c - shift, real))
    return total * h


def points(nodes: int, prec: int) -> Iterator[tuple[Ball, Ball]]:
    """Return the nodes and weights of a rule as balls of this precision."""
    for node, weight in rule(nodes, prec):
        yield node.at(prec), weight.at(prec)
