"""One-dimensional expectations as estimates with a cross-check: double-exponential quadrature.

Main definition: `estimated_expectation` integrates a density and an integrand over the same nodes. The line is split at the points
where either may not be smooth; a piece is mapped to all u in R, by x = a + e**u next to an infinite end and by a logistic map between
two finite ends, so that every scale next to a point of the split is resolved; and u is a function of t for which the integrand decays
doubly exponentially, or like a Gaussian, on both sides. There the trapezoidal rule with halved steps converges exponentially.

What is checked before a result is returned:

* two successive steps agree, and so does a second rule with another centre, scale and map;
* the density has total mass 1 (a peak that the nodes missed shows here);
* the integrand has decayed at both ends of what was summed, and stays so as far out as it can be computed (divergence shows here);
* the rewritten density and integrand agree with the ones that were given, at a few points.

Left out on purpose: error bounds, several dimensions, oscillating integrands, and features of the integrand alone that are far
narrower than their distance from every point of the split.

References: H. Takahasi and M. Mori, Double exponential formulas for numerical integration, Publ. RIMS 9 (1974); M. Mori and
M. Sugihara, The double-exponential transformation in numerical analysis, J. Comput. Appl. Math. 127 (2001).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import sympy as sp
from mpmath.libmp import NoConvergence

from symentropy.errors import PrecisionError
from symentropy.evaluation.functions import compiled
from symentropy.evaluation.integrals.local_form import FAILURES, Estimates, LocalForm, number, singular_points
from symentropy.exact import shown

#: Decimal digits of the working precision beyond the ones asked for.
GUARD_DIGITS = 12
#: Halvings of the step before giving up, the first step that is compared, and the nodes of one rule.
MAX_LEVEL, FIRST_LEVEL, MAX_NODES = 10, 2, 8000
#: Rounds in which the precision may grow because terms cancel, and the digits at which a value is taken for zero.
ROUNDS, MAX_DIGITS = 4, 2000
#: Points of the split that are accepted.
MAX_POINTS = 24
#: Bits of the search for the mass, and the evaluations it may use to climb.
SEARCH_BITS, CLIMB = 80, 400
#: How far the logarithm of a distance is followed: where the distance itself is needed, and where only its logarithm is.
FAR, FARTHEST = 2.0**20, 2.0**300
#: Ratio of the distances of D and D/4 nats of decay above which a tail is algebraic, and above which it is exponential.
ALGEBRAIC, EXPONENTIAL = 9.0, 2.6

#: Mass, value, sum of the moduli of the terms.
Totals = tuple[Any, Any, Any]


def estimated_expectation(
    density: sp.Expr, integrand: sp.Expr, variable: sp.Symbol, low: sp.Expr, high: sp.Expr, digits: int, hints: Sequence[Any] = ()
) -> tuple[Any, Any]:
    """Return the integral of ``integrand`` from ``low`` to ``high`` and an estimate of its error, at most 10**-digits of the value.

    ``density`` is the density on the same interval; ``hints`` are numbers near which its mass may lie.

    Raises `PrecisionError` where a cross-check fails: the integral may diverge, the mass may not be 1, or the value may be zero.

    >>> x = sp.Symbol("x")
    >>> p = sp.exp(-x)
    >>> value, error = estimated_expectation(p, p * x**2, x, sp.S.Zero, sp.oo, 30)
    >>> abs(value - 2) < 1e-30, error < 2e-30
    (True, True)
    """
    try:
        return _settled(_pieces(density, integrand, variable, sp.sympify(low), sp.sympify(high), hints), digits)
    except (*FAILURES, NoConvergence) as error:
        raise PrecisionError(f"no estimate of the integral of {shown(integrand)}: {error}") from None


def _settled(pieces: list[_Piece], digits: int) -> tuple[Any, Any]:
    """Return value and error, at a precision that makes up for what cancels."""
    goal = digits
    for _ in range(ROUNDS):
        value, error = _attempt(pieces, goal)
        if error <= abs(value) / 10**digits:
            return value, error
        lost = max(int(-value.context.mag(value) * 0.302), 0) if abs(value) > 100 * error else goal
        goal = digits + lost + 5 if goal < digits + lost + 5 else 2 * goal
        if goal > MAX_DIGITS:
            break
    raise PrecisionError(f"the integral is zero or loses more than {goal // 2} digits to cancellation")


def _attempt(pieces: list[_Piece], goal: int) -> tuple[Any, Any]:
    """Return the value and the error, with an error near 10**-goal."""
    total = _total(pieces, goal, GUARD_DIGITS)
    if abs(total.mass - 1) > max(total.mass_error, total.context.mpf(10) ** -goal):
        total = _total(pieces, goal, 2 * GUARD_DIGITS + goal)  # perhaps a constant such as a difference of erf loses digits
    missing = abs(total.mass - 1)
    if missing > max(4 * total.mass_error, total.context.mpf(10) ** -goal):
        raise PrecisionError(f"the density has mass {total.context.nstr(total.mass, 15)}, not 1, at the nodes of the quadrature")
    return total.value, total.error + missing * abs(total.value)


@dataclass
class _Total:
    context: Any
    mass: Any
    value: Any
    mass_error: Any
    error: Any


def _total(pieces: list[_Piece], goal: int, guard: int) -> _Total:
    """Return the sum over the pieces."""
    context = Estimates((goal + guard) * 10 // 3 + 20)
    total = _Total(context, *[context.zero] * 4)
    for piece in pieces:
        mass, value, mass_error, error = _integrated(piece, goal, context)
        total.mass, total.value = total.mass + mass, total.value + value
        total.mass_error, total.error = total.mass_error + mass_error, total.error + error
    return total


@dataclass
class _Piece:
    """A part of the line: between two points of the split, or from one of them to infinity.

    ``left`` and ``right`` are the forms next to its ends, one of them None next to an infinite end.
    """

    left: LocalForm | None
    right: LocalForm | None
    length: sp.Expr
    seeds: list[float]

    @property
    def limits(self) -> tuple[float, float]:
        """How far u is followed to the left and to the right."""
        ends = (self.left or self.right, self.right or self.left)
        low, high = (FAR if form is not None and form.uses_distance() else FARTHEST for form in ends)
        return -low, high

    def at(self, u: Any, context: Any) -> tuple[Any, Any]:
        """Return the logarithm of density * dx/du, and the statistic."""
        if self.left is not None and self.right is not None:
            form, v = (self.left, u) if u <= 0 else (self.right, -u)
            length = self._length(context)
            decayed = context.exp(max(v, -FAR))
            rest = context.log(1 + decayed)
            logarithm = length[1] + v - rest
            distance = length[0] * decayed / (1 + decayed)
            slope = -rest
        else:
            form = self.left or self.right  # type: ignore[assignment]  # one end is finite
            distance = context.exp(max(min(u, FAR), -FAR))
            logarithm, slope = u, context.zero
        log_density, statistic = form.at(distance, logarithm, context.prec)
        return log_density + slope, statistic

    def has_valley(self) -> bool:
        """Whether the integrand is much smaller at the middle than on either side, between two finite ends."""
        if self.left is None or self.right is None:
            return False
        profile = _profile(self)
        sides = [max(_known(profile.height(sign * float(u))) for u in range(2, 60, 2)) for sign in (1, -1)]
        return _known(profile.height(0.0)) < min(sides) - 10

    def _length(self, context: Any) -> tuple[Any, Any]:
        known = self.__dict__.setdefault("known", {})
        if context.prec not in known:
            value = number(self.length, 2 * context.prec)
            known[context.prec] = +context.convert(value), +context.convert(value.context.log(value))
        return known[context.prec]


def _pieces(density: sp.Expr, integrand: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr, hints: Sequence[Any]) -> list[_Piece]:
    """Split the interval at its singular points."""
    near = [sp.sympify(hint) for hint in hints]
    points = _inside(singular_points(density, x) | singular_points(integrand, x), low, high)
    if low == -sp.oo and high == sp.oo and not points:
        points = [_likely(density, x, near)]
    if len(points) > MAX_POINTS:
        raise PrecisionError(f"the integrand may have more than {MAX_POINTS} points at which it is not smooth")
    pieces: list[_Piece] = []
    for left, right in pairwise([low, *points, high]):
        whole = _piece(density, integrand, x, left, right, near)
        if whole is not None and whole.has_valley():
            middle = (left + right) / 2
            pieces += filter(None, (_piece(density, integrand, x, *ends, near) for ends in ((left, middle), (middle, right))))
        elif whole is not None:
            pieces.append(whole)
    return pieces


def _piece(density: sp.Expr, integrand: sp.Expr, x: sp.Symbol, left: sp.Expr, right: sp.Expr, hints: list[sp.Expr]) -> _Piece | None:
    """Return a piece, or None where the density is 0 on it."""
    length = right - left
    if length.is_finite:
        size = number(length)
        probes = [size / 2**20, size / 5, size * 3 / 8, size / 2 - size / 2**10]
    else:
        probes = [number(sp.Rational(probe)) for probe in ("1/1048576", "1/7", "1", "512")]
    first, second = (
        LocalForm(density, integrand, x, end, side, probes) if end.is_finite else None for end, side in ((left, 1), (right, -1))
    )
    if any(form is not None and form.vanishes for form in (first, second)):
        return None
    return _Piece(first, second, length, _seeds(left, right, hints))


def _inside(points: set[sp.Expr], low: sp.Expr, high: sp.Expr) -> list[sp.Expr]:
    """Return the points between the ends, in order and without repetition."""
    first, last = number(low), number(high)
    places = []
    for point in points:
        try:
            place = number(point)
        except FAILURES:
            continue
        if hasattr(place, "_mpf_") and first < place < last:
            places.append((place, point))
    places.sort(key=lambda pair: pair[0])
    kept: list[sp.Expr] = []
    previous = first
    for place, point in places:
        if all(abs(place - end) > abs(place) * 2.0**-80 for end in (previous, last)):
            kept.append(point)
            previous = place
    return kept


def _likely(density: sp.Expr, x: sp.Symbol, hints: list[sp.Expr]) -> sp.Expr:
    """Return the most likely of the hints and of the powers of 2."""
    context, compute = Estimates(SEARCH_BITS), compiled(density)
    best, place = context.zero, sp.S.Zero
    for point in [*hints, sp.S.Zero, *(sign * sp.Integer(2) ** k for k in range(-30, 31, 2) for sign in (1, -1))]:
        try:
            value = compute(context, {x: number(point)})
        except FAILURES:
            continue
        if hasattr(value, "_mpf_") and value > best:
            best, place = value, point
    return place


def _seeds(left: sp.Expr, right: sp.Expr, hints: list[sp.Expr]) -> list[float]:
    """Return the u of the hints that lie in a piece."""
    seeds = []
    for hint in hints:
        below, above = (float(number(part)) for part in (hint - left, right - hint))
        if below > 0 and above > 0:
            seeds.append(math.log(below / above if max(below, above) < math.inf else min(below, above)))
    return seeds


class _Profile:
    """Where the logarithm of the integrand in u has its maximum, its scale there, and how far it reaches."""

    def __init__(self, piece: _Piece) -> None:
        self.piece = piece
        self.context = Estimates(SEARCH_BITS)
        self.known: dict[float, float] = {}
        grid = [float(k) for k in range(-60, 61, 2)] + [sign * 2.0**k for k in range(6, 19) for sign in (1, -1)]
        low, high = piece.limits
        self.center = max((u for u in grid + piece.seeds if low < u < high), key=lambda u: _known(self.height(u)))
        self.scale = 1.0
        self._climb()

    @property
    def top(self) -> float:
        """The maximum."""
        return self.height(self.center)

    def height(self, u: float) -> float:
        """Return the logarithm of density * (1 + |statistic|) * dx/du; nan where it cannot be computed."""
        if u not in self.known:
            self.known[u] = self._height(u)
        return self.known[u]

    def _height(self, u: float) -> float:
        m = self.context
        try:
            log_density, statistic = self.piece.at(m.mpf(u), m)
        except FAILURES:
            return math.nan
        if m.isinf(statistic):
            return math.nan if log_density < -1e11 else math.inf
        return float(log_density + m.log(1 + abs(statistic)))

    def _climb(self) -> None:
        """Move the centre uphill; the scale is where the integrand falls by about two nats on the steeper side."""
        if self.top == math.inf:
            raise PrecisionError("the integral seems to diverge: the integrand is too large to compute")
        for _ in range(CLIMB):
            sides = [_known(self.height(self.center + sign * self.scale)) for sign in (1, -1)]
            if max(sides) > self.top:
                self.center += self.scale if sides[0] == max(sides) else -self.scale
                self.scale *= 1.5
            elif min(sides) < self.top - 3:
                self.scale /= 2
            elif min(sides) > self.top - 1:
                self.scale *= 1.5
            else:
                return
            low, high = self.piece.limits
            if not low < self.center < high or self.scale < 1e-13 * abs(self.center) or self.top == math.inf:
                break
        raise PrecisionError("the integral seems to diverge, or its mass was not found")

    def reach(self, side: int, nats: float) -> float:
        """Return the distance from the centre beyond which the integrand, in the logarithm of the distance, is ``nats`` smaller."""
        limit = abs(self.piece.limits[side > 0] - self.center)
        distances, distance = [], self.scale
        while distance < limit:
            distances.append(distance)
            distance *= 2 if distance < FAR * self.scale else 2**12
        heights = [self._density(side, distance) for distance in distances]
        for place in range(len(heights) - 1, -1, -1):
            if heights[place] > self.top - nats:
                if place == len(heights) - 1 or all(math.isnan(height) for height in heights[place + 1 :]):
                    raise PrecisionError("the integral seems to diverge: the integrand does not decay as far as it can be computed")
                return self._between(side, distances[place], distances[place + 1], nats)
        return self._between(side, self.scale / 2, self.scale, nats)

    def _density(self, side: int, distance: float) -> float:
        return self.height(self.center + side * distance) + math.log(distance / self.scale)

    def _between(self, side: int, near: float, far: float, nats: float) -> float:
        for _ in range(7):
            middle = math.sqrt(near * far)
            if self._density(side, middle) > self.top - nats:
                near = middle
            else:
                far = middle
        return far


def _known(height: float) -> float:
    return -math.inf if math.isnan(height) else height


@dataclass
class _Map:
    """u = center + scale * w(t), or center + scale * sinh(w(t)), for w(t) = t + right (e**t - 1) - left (e**-t - 1)."""

    center: float
    scale: float
    left: float
    right: float
    is_composed: bool

    def at(self, t: Any, context: Any) -> tuple[Any, Any]:
        """Return u and du/dt."""
        w, slope = t, context.one
        if self.left or self.right:
            growth = context.exp(t)
            w = t + self.right * (growth - 1) - self.left * (1 / growth - 1)
            slope = 1 + self.right * growth + self.left / growth
        if self.is_composed:
            growth = context.exp(w)
            w, slope = (growth - 1 / growth) / 2, slope * (growth + 1 / growth) / 2
        return self.center + self.scale * w, self.scale * slope

    def inverse(self, side: int, distance: float) -> float:
        """Return t at a distance from the centre."""
        target = math.asinh(distance / self.scale) if self.is_composed else distance / self.scale
        toward, away = (self.right, self.left) if side > 0 else (self.left, self.right)
        near, far = 0.0, target / (1 + toward + away) + 700.0
        for _ in range(60):
            t = (near + far) / 2
            reached = t + (toward * math.expm1(t) if t < 700 else math.inf if toward else 0) - away * math.expm1(-t)
            near, far = (near, t) if reached > target else (t, far)
        return side * far


class _Rule:
    """The trapezoidal rule for a piece in the variable t, with steps that are halved."""

    def __init__(self, piece: _Piece, chosen: _Map, ends: tuple[float, float], context: Any) -> None:
        self.piece, self.map, self.ends, self.context = piece, chosen, ends, context
        self.level = FIRST_LEVEL
        self.sums = self._sum(1)

    def refine(self) -> None:
        """Halve the step."""
        self.level += 1
        self.sums = tuple(old + new for old, new in zip(self.sums, self._sum(2), strict=True))

    @property
    def totals(self) -> Totals:
        """The sums times the step."""
        return tuple(self.context.ldexp(total, -self.level) for total in self.sums)

    def _sum(self, stride: int) -> Totals:
        """Return the sums over all multiples of the step, or over the odd ones."""
        m = self.context
        first, last = (math.floor(end * 2**self.level) for end in self.ends)
        if last - first > MAX_NODES:
            raise PrecisionError("the quadrature needs too many nodes")
        mass = value = size = m.zero
        for k in range(first, last + 2):
            if k % stride == stride - 1:
                weight, term = self._term(m.ldexp(m.mpf(k), -self.level))
                mass, value, size = mass + weight, value + term, size + abs(term)
        return mass, value, size

    def _term(self, t: Any) -> tuple[Any, Any]:
        m = self.context
        u, slope = self.map.at(t, m)
        try:
            log_density, statistic = self.piece.at(u, m)
            weight = m.exp(log_density) * slope
        except FAILURES:  # too small or too large to compute: the mass will tell
            return m.zero, m.zero
        if not weight:
            return m.zero, m.zero
        if not m.isfinite(statistic):
            raise PrecisionError("the integrand is infinite at a point where the density is not 0")
        return weight, weight * statistic


def _integrated(piece: _Piece, goal: int, context: Any) -> tuple[Any, Any, Any, Any]:
    """Return mass and value of a piece and the errors of both."""
    profile = _profile(piece)
    nats = (goal + GUARD_DIGITS / 2) * math.log(10) + profile.top + math.log(profile.scale)
    if nats < 3:
        profile.reach(1, 3.0), profile.reach(-1, 3.0)
        bound = context.exp(context.mpf(profile.top)) * profile.scale * 100
        return context.zero, context.zero, bound, bound
    first, second = (_rule(piece, profile, nats + 7 * variant, variant, context) for variant in (0, 1))
    tolerance = context.mpf(10) ** -(goal + 3)
    likely = context.sqrt(tolerance) * 10  # the error of the next step is about the square of this one's
    error = context.inf
    while first.level < MAX_LEVEL:
        before = first.totals
        first.refine()
        mass_error, error, size = _difference(first.totals, before, context)
        if mass_error > likely or error > likely * (1 + size):
            continue
        while second.level < first.level:
            second.refine()
        mass_error, error, _ = _difference(first.totals, second.totals, context)
        if mass_error <= tolerance and error <= tolerance * (1 + size):
            return first.totals[0], first.totals[1], mass_error, error
    raise PrecisionError(f"the quadrature does not settle: two steps differ by {context.nstr(error, 3)}")


def _difference(new: Totals, old: Totals, context: Any) -> tuple[Any, Any, Any]:
    """Return the differences in mass and value, with what rounding may add, and the size of the terms."""
    rounding = context.ldexp(1, 14 - context.prec)
    return abs(new[0] - old[0]) + rounding * new[0], abs(new[1] - old[1]) + rounding * new[2], new[2]


def _profile(piece: _Piece) -> _Profile:
    known: _Profile | None = piece.__dict__.get("profile")
    if known is None:
        known = piece.__dict__["profile"] = _Profile(piece)
    return known


def _rule(piece: _Piece, profile: _Profile, nats: float, variant: int, context: Any) -> _Rule:
    """Return the rule whose map makes the integrand decay doubly exponentially or like a Gaussian in t, on both sides."""
    reach = {side: (profile.reach(side, nats / 4), profile.reach(side, nats)) for side in (-1, 1)}
    is_composed = any(far > ALGEBRAIC * near for near, far in reach.values())
    if is_composed:
        ratios = {side: math.asinh(far / profile.scale) / math.asinh(near / profile.scale) for side, (near, far) in reach.items()}
    else:
        ratios = {side: far / near for side, (near, far) in reach.items()}
    bend = 0.6 if variant else 0.5
    left, right = (bend if ratios[side] > EXPONENTIAL else 0.0 for side in (-1, 1))
    shift, stretch = (0.29, 0.83) if variant else (0.0, 1.0)
    chosen = _Map(profile.center + shift * profile.scale, profile.scale * stretch, left, right, is_composed)
    first, last = (chosen.inverse(side, reach[side][1] - side * shift * profile.scale) for side in (-1, 1))
    return _Rule(piece, chosen, (first, last), context)
