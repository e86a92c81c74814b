"""Maps: a quantity of two symbols by colour, with lines of equal value.

Main definitions: `plot_divergence`, D between two coins with the places where it is symmetric, `heat_map`, and `Scale`, of colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sympy import E, symbols

from symentropy.plotting.canvas import COLOURS, SQUARE, axes, below, mathematics, matplotlib, titled
from symentropy.plotting.sampling import MAP, NAN, SLOW_MAP, Question, function, interval, middle, places, sampled
from symentropy.quantities import KLDivergence

#: About how many steps of colour there are, and the part of all values that they reach up to where some are very large.
STEPS, MOST = 9, 0.87


def heat_map(question: Question, ax: Any = None) -> Any:
    """Draw an expression of two symbols by colour over the rectangle in which its hypotheses put them, and return the axes.

    What does not satisfy the hypotheses stays white. Values beyond the last step, such as oo, have the colour beyond it.
    """
    first, second = question.symbols
    ends = [interval(symbol, question.hypotheses) for symbol in (first, second)]
    compute, is_fast = function(question, (first, second))
    across, up = (
        places(symbol, pair, MAP if is_fast else SLOW_MAP, is_fast=is_fast) for symbol, pair in zip((first, second), ends, strict=True)
    )
    centre = tuple(map(middle, ends))
    flat = sampled(question, [(x, y) for y in up for x in across], compute, centre)
    scale = Scale.of(flat)
    ax = axes(ax, SQUARE)
    rows = [flat[row * len(across) : (row + 1) * len(across)] for row in range(len(up))]
    heights = [list(map(scale.shown, row)) for row in rows]
    xs, ys = list(map(float, across)), list(map(float, up))
    coloured = ax.contourf(xs, ys, heights, **scale.coloured)
    ax.contour(xs, ys, heights, **scale.lined)
    ax.set(xlabel=mathematics(first), ylabel=mathematics(second), xlim=(xs[0], xs[-1]), ylim=(ys[0], ys[-1]))
    ax.figure.colorbar(coloured, ax=ax, label=question.label)
    return ax


@dataclass(frozen=True, slots=True)
class Scale:
    """Round values between which the colours change, and how a value beyond them is coloured."""

    levels: list[float]
    extend: str

    @classmethod
    def of(cls, values: list[float]) -> Scale:
        """Return the scale for values: all of them, but not the few that are far from most others.

        >>> scale = Scale.of([n / 100 for n in range(100)] + [float("inf")])
        >>> scale.extend, scale.levels[0], scale.shown(float("inf")) > scale.levels[-1]
        ('max', 0.0, True)
        """
        finite = sorted(value for value in values if abs(value) < float("inf"))
        low, high, beyond = finite[0], finite[-1], len(finite) * (1 - MOST)
        usual_low, usual_high = finite[int(beyond)], finite[-1 - int(beyond)]
        if high - usual_high > 2 * (usual_high - usual_low) > 0 or float("inf") in values:
            high = usual_high
        if usual_low - low > 2 * (usual_high - usual_low) > 0 or float("-inf") in values:
            low = usual_low
        levels = list(map(float, matplotlib("ticker").MaxNLocator(STEPS).tick_values(low, high)))
        if len(levels) < 3:
            levels = [levels[0], (levels[0] + levels[-1]) / 2, levels[-1]]
        is_below, is_above = any(value < levels[0] for value in values), any(value > levels[-1] for value in values)
        return cls(levels, {(True, True): "both", (True, False): "min", (False, True): "max"}.get((is_below, is_above), "neither"))

    def shown(self, value: float) -> float:
        """Return a finite value in place of one, with the same colour."""
        room = self.levels[-1] - self.levels[0]
        return max(self.levels[0] - room, min(value, self.levels[-1] + room)) if value == value else NAN

    @property
    def coloured(self) -> dict[str, Any]:
        """What matplotlib takes for filled areas."""
        return {"levels": self.levels, "cmap": COLOURS, "extend": self.extend}

    @property
    def lined(self) -> dict[str, Any]:
        """What matplotlib takes for lines of equal value."""
        return {"levels": self.levels, "colors": "white", "linewidths": 0.6, "linestyles": "solid"}


def plot_divergence(*, base: Any = E, ax: Any = None) -> Any:
    r"""Draw D(P || Q) of two coins by colour against their probabilities p and q of heads, with its symmetric places; return the axes.

    .. math:: D = p \log \frac{p}{q} + (1 - p) \log \frac{1 - p}{1 - q}

    D(P || Q) = D(Q || P) on two lines: q = p, where both are 0, and q = 1 - p, where the coins differ by the names of their sides.
    Where q is 0 or 1 and p is not, D is infinite.

    Parameters
    ----------
    base
        The unit: e (nats), 2 (bits), or another positive number than 1.
    ax
        Axes of matplotlib to draw on; a new figure without.

    Raises
    ------
    DomainError
        For a bad base.
    MissingPackage
        Without matplotlib.

    Examples
    --------
    >>> ax = plot_divergence(base=2)
    >>> [line.get_label() for line in ax.lines]
    ['$q = p$', '$q = 1 - p$']
    >>> ax.figure.axes[1].get_ylabel()
    '$D_{\\mathrm{KL}}\\left(\\left[p, 1 - p\\right] \\,\\|\\, \\left[q, 1 - q\\right]\\right)$ (bits)'
    """
    p, q = symbols("p q", positive=True)
    ax = heat_map(Question.of(KLDivergence([p, 1 - p], [q, 1 - q]), (), base), ax)
    rim = matplotlib("patheffects").withStroke(linewidth=4, foreground="black")
    for other, dash, name in (([0, 1], "-", "$q = p$"), ([1, 0], (0, (4, 3)), "$q = 1 - p$")):
        ax.plot([0, 1], other, color="white", linestyle=dash, linewidth=2, label=name, path_effects=[rim])
    below(ax)
    ax.set(xlabel="$p$", ylabel="$q$", aspect="equal")
    titled(ax, r"$D(P\,\|\,Q)$ of two coins; the lines: $D(P\,\|\,Q) = D(Q\,\|\,P)$")
    return ax
