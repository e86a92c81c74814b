"""Run the notebooks of this folder: ``python docs/notebooks/run.py`` stores their outputs, ``--check`` compares with what is stored.

Exit status 1 of ``--check`` means that a stored output is not what the cell gives now; the differences are printed. Needs the extra
``test``.
"""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
#: Seconds that a cell may take.
TIMEOUT = 120


def executed(path: Path) -> dict[str, Any]:
    """Return a notebook with the outputs that its cells give now, and without what differs from run to run."""
    import nbformat  # here, because the tests import this file and do not run it
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=TIMEOUT, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}).execute()
    cells = [_cell(number, cell) for number, cell in enumerate(notebook.cells, 1)]
    return {"cells": cells, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}


_METADATA = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}


def _cell(number: int, cell: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"cell_type": cell.cell_type, "id": f"cell-{number}", "metadata": {}, "source": _lines(cell.source)}
    if cell.cell_type == "code":
        found |= {"execution_count": None, "outputs": [_output(output) for output in cell.outputs]}
    return found


def _output(output: Any) -> dict[str, Any]:
    """Return an output in the fields that a notebook needs, none of which tells when or how often it ran."""
    if output.output_type == "stream":
        return {"name": output.name, "output_type": "stream", "text": _lines(output.text)}
    data = {kind: _lines(text) for kind, text in sorted(output.data.items())}
    return {"data": data, "execution_count": None, "metadata": {}, "output_type": output.output_type}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def text_of(notebook: dict[str, Any]) -> str:
    """Return a notebook as it is stored."""
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    """Run the notebooks that are named, or all; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, and store nothing")
    parser.add_argument("notebook", nargs="*", type=Path, help="default: all of this folder")
    options = parser.parse_args()
    status = 0
    for path in options.notebook or sorted(FOLDER.glob("*.ipynb")):
        stored, found = path.read_text(encoding="utf-8"), text_of(executed(path))
        if not options.check:
            path.write_text(found, encoding="utf-8")
        elif stored != found:
            status = 1
            sys.stdout.writelines(difflib.unified_diff(stored.splitlines(True), found.splitlines(True), f"{path}, stored", f"{path}, now"))
    return status


if __name__ == "__main__":
    sys.exit(main())
