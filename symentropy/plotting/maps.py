"""Maps: a quantity of two symbols by colour, with lines of equal value.

Main definitions: `plot_divergence`, D between two coins with the places where it is symmetric, and `heat_map`.
"""

from __future__ import annotations

from typing import Any

from sympy import E, symbols

from symentropy.plotting.canvas import COLOURS, SQUARE, axes, below, mathematics, matplotlib, titled
from symentropy.plotting.sampling import MAP, NAN, SLOW_MAP, Question, function, interval, middle, places, sampled
from symentropy.quantities import KLDivergence

#: About how many steps of colour there are, and the part of all values that they reach up to where some are very large.
STEPS, MOST = 9, 0.87


def heat_map(question: Question, ax: Any = None) -> Any:
    """Draw an expression of two symbols by colour over the rectangle in which its hypotheses put them, and return the axes.

    What does not satisfy the hypotheses stays white. Values above the last step have the colour beyond it, and so has oo.
    """
    first, second = question.symbols
    ends = [interval(symbol, question.hypotheses) for symbol in (first, second)]
    compute, is_fast = function(question, (first, second))
    across, up = (
        places(symbol, pair, MAP if is_fast else SLOW_MAP, is_fast=is_fast) for symbol, pair in zip((first, second), ends, strict=True)
    )
    centre = tuple(map(middle, ends))
    flat = sampled(question, [(x, y) for y in up for x in across], compute, centre)
    levels = steps(flat)
    ax = axes(ax, SQUARE)
    rows = [flat[row * len(across) : (row + 1) * len(across)] for row in range(len(up))]
    top = levels[-1] + (levels[-1] - levels[0])
    heights = [[NAN if value != value else min(value, top) for value in row] for row in rows]
    xs, ys = list(map(float, across)), list(map(float, up))
    coloured = ax.contourf(xs, ys, heights, levels=levels, cmap=COLOURS, extend=_extension(flat, levels))
    ax.contour(xs, ys, heights, levels=levels, colors="white", linewidths=0.6)
    ax.set(xlabel=mathematics(first), ylabel=mathematics(second), xlim=(xs[0], xs[-1]), ylim=(ys[0], ys[-1]))
    ax.figure.colorbar(coloured, ax=ax, label=question.label)
    return ax


def steps(values: list[float]) -> list[float]:
    """Return round values between which the colours change."""
    finite = sorted(value for value in values if abs(value) < float("inf"))
    low, high = finite[0], finite[-1]
    usual = finite[int(len(finite) * MOST)]
    if high - low > 3 * (usual - low) > 0 or len(finite) < len([value for value in values if value == value]):
        high = usual
    found = list(map(float, matplotlib("ticker").MaxNLocator(STEPS).tick_values(low, high)))
    return found if len(found) > 2 else [found[0], sum(found) / len(found), found[-1]]


def _extension(values: list[float], levels: list[float]) -> str:
    return "max" if any(value > levels[-1] for value in values) else "neither"


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
