"""The subcommand ``plot``: the picture of an expression, in a file.

Main definitions: `plot_options`, `plot_command`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sympy import E

from symentropy.cli.evaluating import base_option
from symentropy.cli.outcomes import Outcome, attempted
from symentropy.cli.progress import Progress
from symentropy.plotting.canvas import checked_path, matplotlib, save
from symentropy.plotting.pictures import plot

#: How the file that was written is named on standard output.
FILE_FORMATS: dict[str, Callable[[str, str], str]] = {
    "text": lambda _, path: path,
    "latex": lambda _, path: rf"\includegraphics{{{path}}}",
    "markdown": lambda text, path: f"![{text}]({path})",
    "json": lambda text, path: json.dumps({"expression": text, "file": path}, ensure_ascii=False),
}
#: Most characters of a file name that is made from an expression.
LENGTH = 60


def plot_options(command: argparse.ArgumentParser) -> None:
    """Add the options of ``plot``."""
    command.add_argument("expression", help="text in the notation below, of one or two symbols, or D of two distributions without symbols")
    command.add_argument(
        "-o", "--output", metavar="FILE", help="a .png, .svg or .pdf file (default: a .png in this folder, named after the expression)"
    )
    command.add_argument("--base", type=base_option, default=E, metavar="B", help="base of the logarithms: 2 for bits (default: e, nats)")
    command.add_argument(
        "--given",
        action="append",
        default=[],
        metavar="G",
        help="a bound, which says where a symbol is drawn, or a definition: '0 < lambda < 20', 'P = [p_1, p_2, p_3]', 'q = 1/2'",
    )


def plot_command(options: argparse.Namespace) -> Iterator[Outcome]:
    """Draw an expression to a file, and print the name of the file.

    Of one symbol it is a curve, of two a map by colour, of a pmf [p_1, p_2, p_3] a triangle; a divergence without symbols is drawn outcome
    by outcome. It needs matplotlib: pip install "symentropy[plot]".
    """
    with Progress():
        yield attempted(lambda: _drawn(options), options.timeout)


def _drawn(options: argparse.Namespace) -> Outcome:
    text = options.expression.strip()
    path: Any = checked_path(options.output or default_name(text))
    pyplot = matplotlib("pyplot")
    pyplot.switch_backend("Agg")  # no window, and no display needed
    ax = plot(text, options.given, base=options.base)
    save(ax, path)
    pyplot.close(ax.figure)
    return Outcome(FILE_FORMATS[options.format](text, str(path)))


def default_name(text: str) -> Path:
    """Return the name of the file for an expression.

    >>> str(default_name("H([p, 1-p])")), str(default_name("σ"))
    ('H-p-1-p.png', 'σ.png')
    """
    words = re.findall(r"\w+", text)
    return Path(("-".join(words)[:LENGTH] or "picture") + ".png")
