"""The command that builds the documentation: its steps, and that they make all that is made."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BUILD = ROOT / "docs" / "build.py"


@pytest.fixture
def build(monkeypatch):
    """Return the module; what it would run is noted in place of being run."""
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    import build

    monkeypatch.setattr(build, "called", [], raising=False)
    monkeypatch.setattr(build, "python", lambda *arguments: build.called.append(arguments) or "text\n")
    return build


def test_the_steps_are_taken_in_order(build, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(build, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    assert build.main([]) == 0
    made = list(build.PAGES.values())
    assert build.called == [*made, ("docs/notebooks/run.py",), ("docs/figures/draw.py",), build.HTML]
    assert "-W" in build.HTML
    assert capsys.readouterr().out.split() == ["pages", "...", "notebooks", "...", "pictures", "...", "html", "..."]
    assert sorted(path.name for path in (tmp_path / "docs").iterdir()) == sorted(build.PAGES)


def test_steps_can_be_named(build, capsys):
    assert build.main(["html"]) == 0
    assert build.called == [build.HTML]
    with pytest.raises(SystemExit):
        build.main(["figures"])
    assert "there is no step 'figures'; the steps are pages, notebooks, pictures, html" in capsys.readouterr().err


def test_a_step_that_fails_is_named(build, monkeypatch, capsys):
    def failing(*arguments):
        raise subprocess.CalledProcessError(1, ["python", *arguments])

    monkeypatch.setattr(build, "python", failing)
    assert build.main(["pictures"]) == 1
    assert "the step pictures failed: python docs/figures/draw.py" in capsys.readouterr().err


def test_each_page_that_is_made_is_there_and_each_script_exists(build):
    for name, arguments in build.PAGES.items():
        assert (ROOT / "docs" / name).read_text(encoding="utf-8").startswith("# ")
        assert arguments[0] == "-m" or (ROOT / arguments[0]).is_file()
    for script in ("docs/notebooks/run.py", "docs/figures/draw.py"):
        assert (ROOT / script).is_file()


def test_the_list_of_steps():
    done = subprocess.run([sys.executable, BUILD, "--list"], capture_output=True, text=True, check=True)
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["pages", "notebooks", "pictures", "html"]
    assert done.stderr == ""


def test_a_short_page_is_made_as_it_is():
    code = "import sys; sys.path.insert(0, 'docs'); import build; print(build.python(*build.PAGES['notation_reference.md']), end='')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == (ROOT / "docs" / "notation_reference.md").read_text(encoding="utf-8")
