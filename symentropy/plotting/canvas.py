"""Where pictures are drawn: axes, colours, labels with units, and files that are the same each time.

Main definitions
----------------
* `axes`, the axes to draw on; `matplotlib`, a module of matplotlib, imported when it is first needed.
* `measured`, the label of an axis with its unit; `mathematics`, an expression as matplotlib can print it.
* `save`, to a file in the format of its suffix, without the date and with fixed identifiers.

The colours are from Okabe and Ito's palette and from cividis: they differ in lightness too, so that they can be told apart by a
colour-blind reader and in print without colour.

References
----------
M. Okabe, K. Ito, Color Universal Design, 2008. J. R. Nuñez, C. R. Anderton, R. S. Renslow, Optimizing colormaps with consideration for
color vision deficiency, PLOS ONE 13, 2018.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from sympy import E, Expr, latex

from symentropy.errors import DomainError, MissingPackage
from symentropy.logarithms import unit_name

BLACK, BLUE, ORANGE, SKY, GREY = "#000000", "#0072B2", "#D55E00", "#56B4E9", "#777777"
#: The map of values to colours.
COLOURS = "cividis"
#: All text has this size, titles too.
SIZE = "medium"
#: Width and height of a picture in inches.
WIDE, SQUARE = (6.4, 4.0), (5.6, 4.6)
#: Suffix of a file -> the metadata that keep a date out of it, and the version of matplotlib.
FORMATS: dict[str, dict[str, Any]] = {
    ".png": {},
    ".svg": {"Date": None, "Creator": None},
    ".pdf": {"CreationDate": None},
}
#: Dots per inch of a PNG.
RESOLUTION = 160
#: What keeps identifiers in an SVG the same, and its letters letters.
REPRODUCIBLE = {"svg.hashsalt": "symentropy"}


def matplotlib(module: str) -> Any:
    """Return a module of matplotlib, such as ``pyplot``.

    Raises `MissingPackage` where matplotlib is not installed.
    """
    try:
        return import_module(f"matplotlib.{module}")
    except ImportError as error:
        raise MissingPackage(f'pictures need matplotlib: pip install "symentropy[plot]" ({error})') from error


def axes(given: Any, size: tuple[float, float] = WIDE) -> Any:
    """Return the axes to draw on: those that are given, else those of a new figure of pyplot."""
    return given if given is not None else matplotlib("pyplot").subplots(figsize=size, layout="constrained")[1]


def titled(ax: Any, title: str) -> None:
    """Give axes a title in the size of all text."""
    ax.set_title(title, fontsize=SIZE)


def below(ax: Any) -> None:
    """Put the legend below the axes, where it hides nothing."""
    ax.legend(fontsize=SIZE, frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2)


def measured(name: str, base: Any = E) -> str:
    """Return the label of an axis with the unit of quantities to a base.

    >>> measured("surprise"), measured("surprise", 2)
    ('surprise (nats)', 'surprise (bits)')
    """
    return f"{name} ({unit_name(base)})"


def mathematics(expression: Expr) -> str:
    """Return an expression as mathematics between dollar signs, or as plain text where matplotlib cannot read its LaTeX.

    >>> from sympy.abc import p
    >>> mathematics(p**2)
    '$p^{2}$'
    """
    return readable(latex(expression), str(expression))


def readable(mathematical: str, plain: str) -> str:
    """Return LaTeX between dollar signs if matplotlib can read it, else the plain text."""
    text = f"${mathematical}$"
    try:
        matplotlib("mathtext").MathTextParser("path").parse(text)
    except ValueError:
        return plain.replace("$", r"\$")
    return text


def checked_path(path: str | Path) -> Path:
    """Return the path of a picture; raise `DomainError` for a suffix that is no format.

    >>> checked_path("entropy.gif")
    Traceback (most recent call last):
    ...
    symentropy.errors.DomainError: entropy.gif: the format of a picture is the suffix of its file: .png, .svg or .pdf
    """
    found = Path(path)
    if found.suffix.lower() not in FORMATS:
        raise DomainError(f"{path}: the format of a picture is the suffix of its file: .png, .svg or .pdf")
    return found


def save(ax: Any, path: str | Path) -> Path:
    """Write the figure of axes to a file, in the format that its suffix says: .png, .svg or .pdf.

    Raises `DomainError` for another suffix, and where the file cannot be written.
    """
    target = checked_path(path)
    suffix = target.suffix.lower()
    with matplotlib("style").context(REPRODUCIBLE):
        try:
            ax.figure.savefig(target, format=suffix[1:], metadata=FORMATS[suffix], dpi=RESOLUTION, facecolor="white")
        except OSError as error:
            raise DomainError(f"{target} cannot be written: {error.strerror}") from None
    return target
