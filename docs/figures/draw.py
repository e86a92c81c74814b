"""Draw the pictures of the documentation: ``python docs/figures/draw.py`` from the root of the project (needs the extra ``plot``).

The code of each picture is on a page: in front of ``figures/NAME.svg`` stands the example whose last ``ax`` is the picture. It is run as
it stands, and what it drew is written to NAME.svg, the same bytes each time with the same matplotlib.
"""

from __future__ import annotations

import doctest
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from symentropy.plotting import save
from symentropy.plotting.canvas import matplotlib

DOCS = Path(__file__).parent.parent
#: The pages with pictures.
PAGES = ("pictures.md",)
_BLOCK = re.compile(r"```(?P<kind>pycon|\{image\} figures/(?P<name>\w+\.svg))\n(?P<body>.*?)```", re.DOTALL)


def pictures(page: str) -> Iterator[tuple[str, str]]:
    """Go through the pictures of a page: the name of the file, and the code before it on the page."""
    code = ""
    for block in _BLOCK.finditer(page):
        if block["name"]:
            yield block["name"], code
            code = ""
        else:
            code += "".join(example.source for example in doctest.DocTestParser().get_examples(block["body"]))


def draw(folder: Path) -> list[Path]:
    """Draw all pictures into a folder and return their files."""
    pyplot = matplotlib("pyplot")
    pyplot.switch_backend("Agg")
    written = []
    for page in PAGES:
        names: dict[str, Any] = {}
        for name, code in pictures((DOCS / page).read_text(encoding="utf-8")):
            if "ax = " in code:
                exec(code, names)
                written.append(save(names["ax"], folder / name))
        pyplot.close("all")
    return written


if __name__ == "__main__":
    for path in draw(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS / "figures"):
        print(path)
