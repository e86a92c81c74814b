"""The notebooks of the documentation run, and what they show is what is stored; what IPython shows of each kind of value."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from sympy import Symbol

from symentropy import Entropy, Finite, KLDivergence, check_answer, check_steps, decide, evaluate, parse, theorems

FOLDER = Path(__file__).parent.parent / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
p = Symbol("p", positive=True)


def check(*paths):
    """Run notebooks in a process of their own: the warnings of the packages that run them are not ours."""
    return subprocess.run(
        [sys.executable, FOLDER / "run.py", "--check", *paths], capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_outputs_are_what_the_cells_give():
    pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    assert [path.stem for path in NOTEBOOKS] == ["checking", "deriving", "digits"]
    done = check()
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_a_stale_output_is_found(tmp_path):
    pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    path = tmp_path / "stale.ipynb"
    path.write_text((FOLDER / "digits.ipynb").read_text(encoding="utf-8").replace("$0.259244", "$0.259245"), encoding="utf-8")
    done = check(path)
    assert done.returncode == 1
    changed = [line for line in done.stdout.splitlines()[2:] if line[0] in "+-"]
    assert [line[:1] + line.partition("$")[2][:8] for line in changed] == ["-0.259245", "+0.259244"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_short_and_show_no_error(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    assert len(cells) <= 30
    assert cells[0]["cell_type"] == "markdown"
    outputs = [output for cell in cells for output in cell.get("outputs", ())]
    assert len(outputs) >= 8
    assert {output["output_type"] for output in outputs} <= {"execute_result", "stream"}
    assert all(output.get("name", "stdout") == "stdout" for output in outputs)


VALUES = {
    "noun": lambda: KLDivergence([p, 1 - p], ["1/3", "2/3"]),
    "sum of nouns": lambda: Entropy([p, 1 - p]) - 1,
    "Finite": lambda: Finite({"rain": p, "sun": 1 - p}),
    "Claim": lambda: parse("D(P||Q) >= 0"),
    "Proof": lambda: decide("log x <= x - 1").proof,
    "proved": lambda: decide("log x <= x - 1"),
    "refuted": lambda: decide("H([p, 1-p]) >= p"),
    "with a slip": lambda: check_answer("log(2p)", "log p"),
    "Witness": lambda: decide("H([p, 1-p]) >= p").witness,
    "Report": lambda: check_steps("log 8 = 3 log 2 = log 5"),
    "Enclosure": lambda: evaluate("log 2", 30),
    "Theorem": lambda: theorems["kl_nonneg"],
}


@pytest.mark.parametrize("kind", VALUES)
def test_each_kind_of_value_is_shown_as_mathematics(kind):
    formatter = pytest.importorskip("IPython.core.formatters").DisplayFormatter()
    value = VALUES[kind]()
    shown, _ = formatter.format(value)
    rich = {name: text for name, text in shown.items() if name != "text/plain"}
    assert rich, f"{kind} has no rich display"
    for text in rich.values():
        assert "<symentropy" not in text
        assert text.count("$") % 2 == 0
    assert kind in ("Enclosure", "Report") or any("\\" in text for text in rich.values())
    plain = repr(value) if kind == "Enclosure" else str(value)
    assert shown["text/plain"].split() == plain.split()
