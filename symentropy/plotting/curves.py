"""Curves: surprise, binary entropy, the tangent of the logarithm, and any quantity of one symbol.

Main definitions: `plot_surprise`, `plot_binary_entropy`, `plot_gibbs`, and `curve`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sympy import E, log, symbols

from symentropy.logarithms import natural_log
from symentropy.plotting.canvas import BLACK, BLUE, GREY, ORANGE, SIZE, axes, below, mathematics, matplotlib, measured, titled
from symentropy.plotting.sampling import CURVE, SLOW_CURVE, Question, function, interval, middle, places, sampled
from symentropy.quantities import Entropy, Surprise, surprise

#: The part of an interval at each of its ends in which a curve may leave the picture.
EDGE = Fraction(1, 100)


def curve(question: Question, ax: Any = None) -> Any:
    """Draw an expression of one symbol over the interval in which its hypotheses put it, and return the axes.

    An integer gives points that are not joined.
    """
    (symbol,) = question.symbols
    ends = interval(symbol, question.hypotheses)
    compute, is_fast = function(question, (symbol,))
    points = places(symbol, ends, CURVE if is_fast else SLOW_CURVE, is_fast=is_fast)
    values = sampled(question, [(point,) for point in points], compute, (middle(ends),))
    ax = axes(ax)
    style = {"linestyle": "", "marker": "o"} if symbol.is_integer else {"linewidth": 2}
    ax.plot([float(point) for point in points], values, color=BLUE, label=question.name, **style)
    ax.set(xlabel=mathematics(symbol), ylabel=question.label)
    if symbol.is_integer:
        ax.xaxis.set_major_locator(matplotlib("ticker").MaxNLocator(integer=True))
    else:
        ax.set_xlim(float(ends[0]), float(ends[1]))
        _bounded(ax, points, values)
    return ax


def _bounded(ax: Any, points: list[Fraction], values: list[float]) -> None:
    """Keep a curve that goes to infinity at an end from flattening the rest."""
    edge = (points[-1] - points[0]) * EDGE
    finite = [value for value in values if abs(value) < float("inf")]
    inner = [
        value for point, value in zip(points, values, strict=True) if points[0] + edge <= point <= points[-1] - edge and value in finite
    ]
    if not inner:
        return
    low, high = min(inner), max(inner)
    room = (high - low) / 4
    if max(finite) > high + room or min(finite) < low - room:
        ax.set_ylim(max(min(finite), low - room) - room / 5, min(max(finite), high + room) + room / 5)


def plot_surprise(*, base: Any = E, ax: Any = None) -> Any:
    r"""Draw the surprise of an event against its probability, with its values at 1/2, 1/4 and 1/8, and return the axes.

    .. math:: h(p) = -\log p

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
    >>> ax = plot_surprise(base=2)
    >>> ax.get_ylabel()
    'surprise $h(p)$ (bits)'
    """
    p = symbols("p", positive=True)
    question = Question.of(Surprise(p), (p <= 1,), base)
    ax = curve(question, ax)
    unit = natural_log(question.base)
    for exponent in (1, 2, 3):
        height = surprise(Fraction(1, 2**exponent)) / unit
        place = 0.5**exponent
        ax.plot([place], [float(height)], color=ORANGE, marker="o", linestyle="", markersize=7)
        ax.annotate(f"$h(1/{2**exponent})$", (place, float(height)), (8, 4), textcoords="offset points", fontsize=SIZE)
    ax.set(xlabel="probability $p$", ylabel=measured("surprise $h(p)$", question.base))
    titled(ax, r"Surprise $h(p) = -\log p$: rare events surprise more")
    return ax


def plot_binary_entropy(*, base: Any = E, ax: Any = None) -> Any:
    r"""Draw the entropy of a coin against its probability of heads, with its maximum log 2 at 1/2, and return the axes.

    .. math:: H(p) = -p \log p - (1 - p) \log (1 - p), \qquad 0 \log 0 = 0

    Parameters and errors: as for `plot_surprise`.

    Examples
    --------
    >>> ax = plot_binary_entropy(base=2)
    >>> heights = ax.lines[0].get_ydata()
    >>> float(heights[0]), float(heights[-1]), float(max(heights))
    (0.0, 0.0, 1.0)
    """
    p = symbols("p", positive=True)
    question = Question.of(Entropy([p, 1 - p]), (), base)
    ax = curve(question, ax)
    top = float(log(2) / natural_log(question.base))
    ax.plot([0.5], [top], color=ORANGE, marker="o", linestyle="", markersize=7)
    ax.plot([0.5, 0.5], [0, top], color=GREY, linestyle=":", linewidth=1)
    ax.set_ylim(0, 1.1 * top)
    ax.set(xlabel="probability $p$ of heads", ylabel=measured("entropy $H(p)$", question.base))
    titled(ax, r"Entropy of a coin: 0 when certain, $\log 2$ when fair")
    return ax


def plot_gibbs(*, base: Any = E, ax: Any = None) -> Any:
    r"""Draw why divergences are not negative: the logarithm lies below its tangent at 1; return the axes.

    .. math:: \log x \le x - 1, \qquad \text{so} \quad -D(P \,\|\, Q) = \sum_s p_s \log \frac{q_s}{p_s}
              \le \sum_s p_s \left(\frac{q_s}{p_s} - 1\right) \le 0

    Parameters and errors: as for `plot_surprise`. The gap is largest where q/p is far from 1, and only at 1 is it zero.

    Examples
    --------
    >>> ax = plot_gibbs()
    >>> [line.get_label() for line in ax.lines[:2]]
    ['$x - 1$', '$\\log x$']
    """
    x = symbols("x", positive=True)
    bounds = (x <= 4,)
    logarithm, tangent = Question.of(log(x), bounds, base), Question.of(x - 1, bounds, base)
    points = places(x, (Fraction(1, 20), Fraction(4)), CURVE)
    ax = axes(ax)
    heights = []
    named = [(tangent, "x - 1", BLACK, "--"), (logarithm, r"\log x", BLUE, "-")]
    for question, name, colour, dash in named:
        compute, _ = function(question, (x,))
        heights.append(sampled(question, [(point,) for point in points], compute, (Fraction(1),)))
        ax.plot(list(map(float, points)), heights[-1], color=colour, linestyle=dash, linewidth=2, label=f"${name}$")
    ax.fill_between(list(map(float, points)), *heights, color=BLUE, alpha=0.15, linewidth=0, label="gap, never negative")
    ax.plot([1], [0], color=ORANGE, marker="o", linestyle="", markersize=7, label="equal at $x = 1$ only")
    ax.axhline(0, color=GREY, linewidth=0.8)
    ax.set(xlabel="$x = q/p$", ylabel=measured(r"$\log x$ and $x - 1$", logarithm.base), xlim=(0, 4))
    ax.legend(fontsize=SIZE, frameon=False)
    titled(ax, r"Gibbs' inequality: the tangent $x - 1$ is above $\log x$")
    return ax


def plot_costs(costs: dict[str, list[tuple[float, float]]], *, xlabel: str, ax: Any = None) -> Any:
    """Draw measured seconds against sizes, both on logarithmic scales, and return the axes.

    ``costs``: for each curve its label and its pairs of a size and the seconds that it took.

    >>> ax = plot_costs({"H of n weights": [(10, 2e-5), (1000, 3e-4)]}, xlabel="number of weights n")
    >>> ax.get_ylabel(), ax.get_xscale()
    ('seconds', 'log')
    """
    ax = axes(ax)
    for (label, pairs), (colour, marker, dash) in zip(costs.items(), _MARKS * len(costs), strict=False):
        sizes, seconds = zip(*pairs, strict=True)
        ax.loglog(sizes, seconds, color=colour, marker=marker, markersize=4, linestyle=dash, label=label)
    ax.set(xlabel=xlabel, ylabel="seconds")
    ax.grid(visible=True, which="major", alpha=0.3)
    below(ax)
    return ax


_MARKS = [
    *((BLACK, "o", "-"), (BLUE, "s", "--"), (ORANGE, "^", "-."), ("#56B4E9", "D", ":"), ("#CC79A7", "v", "-"), ("#009E73", "P", "--")),
]
