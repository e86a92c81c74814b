"""Build the documentation: ``python docs/build.py``, in an environment with the extra ``docs`` (``pip install -e ".[docs]"``).

It writes the pages that the program makes, runs the notebooks, draws the pictures and calls Sphinx, whose warnings are errors; the result
is in ``docs/_build/html``. Where nothing has changed it changes no file that is kept, so that ``git status`` stays clean. Names of steps
build those only: ``python docs/build.py pages pictures``; ``--list`` tells them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: A page that the program makes -> the arguments of Python that print it.
PAGES: dict[str, tuple[str, ...]] = {
    "theorems.md": ("-m", "symentropy", "theorems", "--format", "markdown"),
    "closed_forms.md": ("-m", "symentropy", "closed-forms", "--format", "markdown"),
    "slips.md": ("-m", "symentropy.homework.catalogue"),
    "notation_reference.md": ("tests/notation/reference_page.py",),
}
HTML = ("-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", "docs/_build/html")
#: The same output whichever the machine: no order of sets, no screen, UTF-8, the package of this checkout.
ENVIRONMENT = {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "MPLBACKEND": "Agg", "PYTHONPATH": str(ROOT)}


def python(*arguments: str) -> str:
    """Return what Python prints, run from the root of the project; raise `CalledProcessError` if it fails."""
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env={**os.environ, **ENVIRONMENT}, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode("utf-8")


def pages() -> None:
    """Write the pages that the program makes."""
    for name, arguments in PAGES.items():
        (ROOT / "docs" / name).write_text(python(*arguments), encoding="utf-8", newline="\n")


def notebooks() -> None:
    """Run the notebooks and store what their cells give."""
    python("docs/notebooks/run.py")


def pictures() -> None:
    """Draw the pictures."""
    python("docs/figures/draw.py")


def html() -> None:
    """Write the pages for a browser."""
    python(*HTML)


#: The steps, in their order: pages have pictures, and Sphinx reads what the others write.
STEPS = {"pages": pages, "notebooks": notebooks, "pictures": pictures, "html": html}


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the steps that are named, or all; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", nargs="*", help=f"{', '.join(STEPS)} (default: all)")
    parser.add_argument("--list", action="store_true", help="print the steps and do nothing")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.step if name not in STEPS]
    if unknown:
        parser.error(f"there is no step {unknown[0]!r}; the steps are {', '.join(STEPS)}")
    for name, step in STEPS.items():
        if options.list:
            print(f"{name:<10} {step.__doc__}")
        elif not options.step or name in options.step:
            print(f"{name} ...", flush=True)
            try:
                step()
            except subprocess.CalledProcessError as error:
                print(f"the step {name} failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
