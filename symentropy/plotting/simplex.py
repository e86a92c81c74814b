"""The simplex of three probabilities as a triangle, and a quantity over it by colour.

Main definitions: `plot_simplex`; `corner_coordinates`, where a pmf stands in the triangle; `on_simplex`, whether a question is about one.

The corners are the certain outcomes, the first to the lower left, the second to the lower right, the third on top; the distance of a
point from the side opposite to a corner is the probability of that corner.
"""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from typing import Any

from sympy import E, Eq, Expr, expand

from symentropy.errors import DomainError
from symentropy.finite import Finite
from symentropy.plotting.canvas import GREY, ORANGE, SIZE, SQUARE, axes, mathematics, matplotlib
from symentropy.plotting.maps import Scale
from symentropy.plotting.sampling import SLOW_MAP, Question, function, sampled, ties

#: Into how many parts each side is divided: a multiple of 3 and 4, so that the middle and the quarters are there.
PARTS = 84
CENTRE = (Fraction(1, 3),) * 3


def corner_coordinates(first: Any, second: Any, third: Any) -> tuple[float, float]:
    """Return the point of the triangle that has three probabilities as its barycentric coordinates.

    >>> corner_coordinates(1, 0, 0), corner_coordinates(0, 1, 0), corner_coordinates(0, 0, 1)
    ((0.0, 0.0), (1.0, 0.0), (0.5, 0.8660254037844386))
    """
    total = first + second + third
    return float((second + third / 2) / total), float(third / total) * sqrt(3) / 2


def on_simplex(question: Question) -> bool:
    """Whether an expression depends on three probabilities, of which it is known that they sum to 1."""
    if len(question.symbols) != 3:
        return False
    rest = sum(question.symbols) - 1
    return any(isinstance(fact, Eq) and expand(fact.lhs - fact.rhs) in (rest, -rest) for fact in ties(question))


def plot_simplex(quantity: Any, given: Any = (), *, base: Any = E, ax: Any = None) -> Any:
    r"""Draw a quantity of a pmf of three outcomes by colour over the simplex, and return the axes.

    Parameters
    ----------
    quantity
        An expression of three probabilities that sum to 1, such as ``Entropy(Finite.symbols("p", 3))``, or text. A pmf of three outcomes
        that it compares with, such as Q in D(P || Q), is marked.
    given
        Definitions and hypotheses, as for `decide`: ``"P = [p_1, p_2, p_3]"``.
    base
        Keyword only: the unit, e (nats), 2 (bits), or another positive number than 1.
    ax
        Keyword only: axes of matplotlib to draw on; a new figure without.

    Raises
    ------
    DomainError
        Where the three probabilities are not seen to sum to 1, and for a bad base.
    MissingPackage
        Without matplotlib.

    Examples
    --------
    >>> from symentropy import Entropy, Finite, KLDivergence
    >>> ax = plot_simplex(Entropy(Finite.symbols("p", 3)), base=2)
    >>> ax.figure.axes[1].get_ylabel()
    '$H\\left(\\left[p_{1}, p_{2}, p_{3}\\right]\\right)$ (bits)'

    The divergence from a pmf Q is 0 at Q:

    >>> ax = plot_simplex("D(P || [1/2, 1/4, 1/4])", "P = [p_1, p_2, p_3]")
    >>> [(round(float(x), 3), round(float(y), 3)) for x, y in ax.lines[-1].get_xydata()]
    [(0.375, 0.217)]
    """
    question = Question.of(quantity, given, base)
    if not on_simplex(question):
        raise DomainError(f"{question.name} is not a quantity of three probabilities that sum to 1: write it with the pmf [p_1, p_2, p_3]")
    return triangle(question, ax)


def triangle(question: Question, ax: Any = None) -> Any:
    """Draw an expression of three probabilities that sum to 1 by colour, and return the axes."""
    compute, is_fast = function(question, question.symbols)
    parts = PARTS if is_fast else SLOW_MAP
    points = [tuple(Fraction(n, parts) for n in (parts - j - k, j, k)) for k in range(parts + 1) for j in range(parts + 1 - k)]
    values = sampled(question, points, compute, CENTRE)
    scale = Scale.of(values)
    xs, ys = zip(*(corner_coordinates(*point) for point in points), strict=True)
    mesh = matplotlib("tri").Triangulation(xs, ys, _triangles(parts))
    mesh.set_mask([any(values[corner] != values[corner] for corner in corners) for corners in mesh.triangles])
    heights = [scale.levels[0] if value != value else scale.shown(value) for value in values]
    ax = axes(ax, SQUARE)
    coloured = ax.tricontourf(mesh, heights, **scale.coloured)
    ax.tricontour(mesh, heights, **scale.lined)
    _frame(ax, question.symbols)
    for pmf in _compared(question.expression):
        ax.plot(*[[coordinate] for coordinate in corner_coordinates(*map(Fraction, map(str, pmf)))], **_DOT)
    ax.figure.colorbar(coloured, ax=ax, label=question.label, shrink=0.8)
    return ax


_DOT = {"marker": "o", "markersize": 8, "color": ORANGE, "markeredgecolor": "white", "linestyle": ""}


def _triangles(parts: int) -> list[tuple[int, int, int]]:
    """Return the small triangles of the grid, as numbers of its points, which are listed row by row."""
    start = [row * (parts + 1) - row * (row - 1) // 2 for row in range(parts + 2)]
    upright = [(start[k] + j, start[k] + j + 1, start[k + 1] + j) for k in range(parts) for j in range(parts - k)]
    hanging = [(start[k] + j + 1, start[k + 1] + j + 1, start[k + 1] + j) for k in range(parts) for j in range(parts - k - 1)]
    return upright + hanging


def _frame(ax: Any, names: tuple[Expr, ...]) -> None:
    """Draw the sides of the triangle, with a scale on each, whose middle says of what it is, and name the corners."""
    corners = [corner_coordinates(*(int(place == corner) for place in range(3))) for corner in range(3)]
    ax.plot(*zip(*corners, corners[0], strict=True), color="black", linewidth=1)
    shifts = [(0.0, -0.03, "center", "top"), (0.0, -0.03, "center", "top"), (0.0, 0.03, "center", "bottom")]
    for name, (x, y), (right, up, across, along) in zip(names, corners, shifts, strict=True):
        ax.text(x + right, y + up, f"{mathematics(name)}$\\, = 1$", ha=across, va=along, fontsize=SIZE)
    for quarter in (1, 2, 3):
        part = Fraction(quarter, 4)
        for place, (right, up, across, along) in enumerate(
            [(-0.02, 0.0, "right", "center"), (0, -0.025, "center", "top"), (0.02, 0.0, "left", "center")]
        ):
            # the scale of a probability is on the side that leads to its corner from the corner before it
            weights = [Fraction(0)] * 3
            weights[place], weights[place - 1] = part, 1 - part
            x, y = corner_coordinates(*weights)
            text = f"{mathematics(names[place])}$\\, = {part}$" if quarter == 2 else str(part)
            ax.text(x + right, y + up, text, ha=across, va=along, fontsize=SIZE, color=GREY)
    ax.set(aspect="equal", xlim=(-0.12, 1.12), ylim=(-0.12, 0.95))
    ax.set_axis_off()


def _compared(expression: Expr) -> list[tuple[Expr, ...]]:
    """Return the pmfs of three outcomes without symbols in an expression."""
    found = sorted((pmf for pmf in expression.atoms(Finite) if not pmf.free_symbols and not pmf.is_indexed), key=str)
    return [tuple(pmf.probabilities) for pmf in found if pmf.size == 3 and all(p.is_Rational for p in pmf.probabilities)]
