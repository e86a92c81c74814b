"""Two distributions, and outcome by outcome what the divergence of the first from the second is made of.

Main definition: `plot_integrand`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from mpmath import mp
from sympy import Basic, E, Integer, lambdify, latex

from symentropy.digits import evaluate
from symentropy.display import distribution_latex
from symentropy.distribution import as_distribution, resolve
from symentropy.errors import DomainError
from symentropy.exact import shown
from symentropy.finite import Finite
from symentropy.logarithms import checked_base, natural_log, unit_name
from symentropy.plotting.canvas import BLACK, BLUE, GREY, ORANGE, SIZE, axes, below, readable, titled
from symentropy.quantities import KLDivergence

#: Points of a density, and the part of the largest value of p, and of q, down to which they are shown: the integrand goes with p.
POINTS, TAILS = 600, (2e-3, 3e-2)
#: Most outcomes of a pmf that are drawn.
OUTCOMES = 250
#: How many characters the names of the outcomes may take in all; where they are more, some are left out.
WIDTH = 60
#: Above this many outcomes the marks are small.
MANY = 30
#: Where a density without a known scale is looked for: powers of 2 from a parameter.
POWERS = range(-40, 24)
#: How far beyond p, in widths of p, the picture goes to show q.
ROOM = 3


def plot_integrand(P: Any, Q: Any, *, base: Any = E, digits: int = 6, ax: Any = None) -> Any:
    r"""Draw two distributions and p log(p/q), whose signed areas (for pmfs, bars) add up to D(P || Q); return the axes.

    .. math:: D(P \,\|\, Q) = \int p(x) \log \frac{p(x)}{q(x)} \, dx

    Parameters
    ----------
    P, Q
        Distributions on the line without symbols: both densities, or both pmfs.
    base
        Keyword only: the unit, e (nats), 2 (bits), or another positive number than 1.
    digits
        Keyword only: how many certified digits of D(P || Q) the title shows.
    ax
        Keyword only: axes of matplotlib to draw on; a new figure without.

    Raises
    ------
    DomainError
        For distributions with symbols, of several variables, or of different kinds; for a bad base.
    MissingPackage
        Without matplotlib.

    Examples
    --------
    >>> from sympy.stats import Normal
    >>> ax = plot_integrand(Normal("X", 0, 1), Normal("Y", 1, 2))
    >>> print(ax.get_title())
    $D(P\,\|\,Q)$ = 0.443147 nats

    Where P is not inside the support of Q, the divergence is infinite:

    >>> print(plot_integrand(["1/2", "1/2"], [1, 0]).get_title())
    $D(P\,\|\,Q)$ = ∞ nats
    """
    base = checked_base(base)
    pair = [as_distribution(P), as_distribution(Q)]
    total = evaluate(KLDivergence(*pair), digits, base=base)
    unit = float(natural_log(base))
    sides = [_side(distribution) for distribution in pair]
    if sides[0].is_discrete != sides[1].is_discrete:
        raise DomainError(f"{shown(pair[0])} and {shown(pair[1])} are a pmf and a density: a picture compares two of the same kind")
    ax = axes(ax)
    draw = _bars if sides[0].is_discrete else _areas
    names = [
        readable(f"{letter}: {distribution_latex(own, latex)}", f"{letter}: {shown(own)}") for letter, own in zip("pq", pair, strict=True)
    ]
    draw(ax, sides, names, lambda p, q: _term(p, q) / unit)
    ax.axhline(0, color=GREY, linewidth=0.8)
    kind = "probability" if sides[0].is_discrete else "density"
    ax.set(xlabel="outcome" if sides[0].is_discrete else "$x$", ylabel=f"{kind}, and $p\\,\\log(p/q)$ in {unit_name(base)}")
    below(ax)
    titled(ax, rf"$D(P\,\|\,Q)$ = {'∞' if total.lower.is_infinite else total} {unit_name(base)}")
    return ax


@dataclass(frozen=True, slots=True)
class Side:
    """A distribution for a picture: its value at a number, between two ends; or, for a pmf, the probabilities of its outcomes."""

    value: Callable[[Any], Any]
    low: Any
    high: Any
    hints: tuple[Any, ...] = ()
    pmf: dict[Basic, float] | None = None

    @property
    def is_discrete(self) -> bool:
        """Whether it is a pmf."""
        return self.pmf is not None

    def __call__(self, x: Any) -> Any:
        """Return the density at a point, 0 outside its support and where it has no value."""
        if not self.low <= x <= self.high:
            return mp.zero
        try:
            found = mp.mpf(self.value(x))
        except (ArithmeticError, ValueError, TypeError):
            return mp.zero
        return found if mp.isfinite(found) and found > 0 else mp.zero


def _side(distribution: Basic) -> Side:
    """Return a distribution as a picture needs it."""
    name = shown(distribution)
    if distribution.free_symbols:
        symbols = ", ".join(sorted(map(str, distribution.free_symbols)))
        raise DomainError(f"{name} depends on {symbols}: write numbers in their place")
    law = resolve(distribution)
    if isinstance(law, Finite):
        if law.is_indexed or law.size > OUTCOMES:
            raise DomainError(f"{name} has more than {OUTCOMES} outcomes, too many for a picture")
        return Side(lambda _: 0, 0, 0, (), {outcome: float(p) for outcome, p in law.by_outcome().items()})
    if len(law.limits) != 1:
        raise DomainError(f"{name} has several coordinates: a picture shows distributions on the line")
    ((variable, low, high),) = law.limits
    hints = tuple(mp.mpf(float(argument)) for argument in distribution.args if argument.is_number and argument.is_comparable)
    side = Side(lambdify([variable], law.density, "mpmath"), mp.mpf(float(low)), mp.mpf(float(high)), hints)
    return replace(side, pmf=_outcomes(side)) if law.is_discrete else side


def _outcomes(side: Side) -> dict[Basic, float]:
    """Return the outcomes of a pmf on integers around the most probable one, down to a small part of its probability."""
    inside = sorted({int(mp.nint(x)) for x in _spread(side) if side.low <= mp.nint(x) <= side.high})
    top = max(inside, key=lambda place: side(mp.mpf(place)))
    for step in (1, -1):
        while side(mp.mpf(top + step)) > side(mp.mpf(top)):
            top += step
    level = min(TAILS) * side(mp.mpf(top))
    first = last = top
    while last - first < OUTCOMES:
        grown = (first - (side(mp.mpf(first - 1)) > level), last + (side(mp.mpf(last + 1)) > level))
        if grown == (first, last):
            break
        first, last = grown
    return {Integer(place): float(side(mp.mpf(place))) for place in range(first, last + 1)}


def _spread(side: Side) -> list[Any]:
    """Return where a distribution is looked for: at its parameters and ends, and at growing distances from them."""
    seeds = {mp.zero, *side.hints, *(end for end in (side.low, side.high) if mp.isfinite(end))}
    steps = [mp.ldexp(sign, power) for power in POWERS for sign in (1, -1)]
    return sorted({seed + step for seed in seeds for step in (mp.zero, *steps)})


def _term(p: Any, q: Any) -> float:
    """Return p log(p/q), with its values at 0."""
    if p == 0:
        return 0.0
    return float("inf") if q == 0 else float(p * mp.log(p / q))


def _areas(ax: Any, sides: list[Side], names: list[str], term: Callable[[Any, Any], float]) -> None:
    """Draw two densities and the areas under the integrand."""
    low, high = _extent(sides)
    xs = _grid(low, high, [_visible(side, tail) for side, tail in zip(sides, TAILS, strict=True)])
    first, second = ([side(x) for x in xs] for side in sides)
    heights = [term(p, q) for p, q in zip(first, second, strict=True)]
    xs = list(map(float, xs))
    for values, name, dash in zip((first, second), names, ("-", "--"), strict=True):
        ax.plot(xs, list(map(float, values)), color=BLACK, linestyle=dash, linewidth=1.5, label=name)
    gains, losses = ([max(sign * height, 0.0) for height in heights] for sign in (1, -1))
    shown_gains = [gain if gain < float("inf") else 0.0 for gain in gains]
    ax.fill_between(xs, shown_gains, color=BLUE, alpha=0.6, linewidth=0, label="adds to $D$")
    ax.fill_between(
        xs, [-loss for loss in losses], facecolor=ORANGE, alpha=0.6, hatch="///", edgecolor="white", linewidth=0, label="takes from $D$"
    )
    if float("inf") in gains:
        excluded = [float(p) if gain == float("inf") else 0.0 for p, gain in zip(first, gains, strict=True)]
        ax.fill_between(xs, excluded, facecolor="none", hatch="xxxx", edgecolor=BLUE, linewidth=0, label="infinite, as $q = 0$")
    ax.set_xlim(float(low), float(high))
    _bounded(ax, [*map(float, first), *map(float, second), *shown_gains], [-loss for loss in losses])


def _grid(low: Any, high: Any, parts: list[tuple[Any, Any]]) -> list[Any]:
    """Return points from end to end, and more where one density is narrower than the picture."""
    found = set()
    for start, stop in ((low, high), *parts):
        start, stop = max(start, low), min(stop, high)
        found |= {start + (stop - start) * (step + mp.mpf(1) / 2) / POINTS for step in range(POINTS) if start < stop}
    return sorted(found)


def _bounded(ax: Any, above: list[float], below: list[float]) -> None:
    """Keep a density with a pole from flattening everything else."""
    above, below = sorted(above), sorted(below)
    top, usual = above[-1], above[int(len(above) * 0.99)]
    ax.set_ylim(1.1 * below[0] - 0.02 * top if below[0] < 0 else -0.05 * usual, 1.1 * (2 * usual if top > 4 * usual else top))


def _extent(sides: list[Side]) -> tuple[Any, Any]:
    """Return an interval with nearly all of p, and of q as far as it leaves p to be seen: the integrand goes with p."""
    (low, high), (other_low, other_high) = (_visible(side, tail) for side, tail in zip(sides, TAILS, strict=True))
    room = ROOM * (high - low)
    return min(low, max(other_low, low - room)), max(high, min(other_high, high + room))


def _visible(side: Side, tail: float) -> tuple[Any, Any]:
    """Return the ends of where a density is not far below the largest value found."""
    spread = _spread(side)
    inside = [x for x in spread if side.low < x < side.high and side(x) > 0]
    if not inside:
        raise DomainError("a density is not found where its parameters suggest it: it cannot be drawn")
    level = tail * _at_the_median(inside, [side(x) for x in inside])
    kept = [x for x in inside if side(x) > level]
    low, high = kept[0], kept[-1]
    before = max((x for x in spread if x < low), default=low)
    after = min((x for x in spread if x > high), default=high)
    return _edge(side, low, max(before, side.low), level), _edge(side, high, min(after, side.high), level)


def _at_the_median(places: list[Any], heights: list[Any]) -> Any:
    """Return the density near its median, by trapezia: it is usual, and not the height of a pole."""
    pairs = list(zip(places, heights, strict=True))
    segments = [((b - a) * (p + q), max(p, q)) for (a, p), (b, q) in pairwise(pairs)]
    half, below = sum(area for area, _ in segments) / 2, mp.zero
    for area, height in segments:
        below += area
        if below >= half:
            return height
    return max(heights)


def _edge(side: Side, inside: Any, outside: Any, level: Any) -> Any:
    """Return by bisection where a density falls below a level between two points."""
    if side(outside) > level:
        return outside
    for _ in range(30):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if side(middle) > level else (inside, middle)
    return outside


def _bars(ax: Any, sides: list[Side], names: list[str], term: Callable[[Any, Any], float]) -> None:
    """Draw two pmfs and what each outcome adds to the divergence."""
    first, second = (side.pmf or {} for side in sides)
    outcomes = list(dict.fromkeys([*first, *second]))
    if all(outcome.is_Integer for outcome in outcomes):
        outcomes.sort()
    places = range(len(outcomes))
    pairs = [
        tuple(
            pmf.get(outcome, float(side(mp.mpf(outcome))) if outcome.is_Integer else 0.0)
            for pmf, side in zip((first, second), sides, strict=True)
        )
        for outcome in outcomes
    ]
    heights = [term(p, q) for p, q in pairs]
    finite = [height if height < float("inf") else 0.0 for height in heights]
    signed = (("adds to $D$", BLUE, "", 1), ("takes from $D$", ORANGE, "///", -1))
    for label, colour, hatch, sign in signed:
        ax.bar(
            places,
            [sign * max(sign * height, 0.0) for height in finite],
            0.4,
            color=colour,
            alpha=0.6,
            hatch=hatch,
            edgecolor="white",
            label=label,
        )
    size = 6 if len(outcomes) <= MANY else 2
    for values, name, marker, face, shift in zip(zip(*pairs, strict=True), names, "oD", (BLACK, "white"), (-0.1, 0.1), strict=True):
        ax.plot(
            [place + shift for place in places],
            values,
            linestyle="",
            marker=marker,
            color=BLACK,
            markerfacecolor=face,
            markersize=size,
            label=name,
        )
    every = 1 + sum(len(str(outcome)) + 2 for outcome in outcomes) // WIDTH
    ax.set_xticks(list(places)[::every], [str(outcome) for outcome in outcomes][::every])
    ax.use_sticky_edges = False  # room for marks at 0
    ax.autoscale_view()
    for place, height in zip(places, heights, strict=True):
        if height == float("inf"):
            ax.annotate("∞", (place, 0), (0, 12), textcoords="offset points", ha="center", fontsize=SIZE, color=BLUE)
