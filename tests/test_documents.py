"""The console blocks of the README and the documentation, run as written; the README's first two sh blocks."""

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

from symentropy.cli import main

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
#: Kinds of blocks: run here, run by doctest, run by test_interplay, run by continuous integration, not code.
KINDS = {"console", "pycon", "python", "sh", "text", "toctree", ""}


def blocks(page):
    return BLOCK.findall(page.read_text(encoding="utf-8"))


def commands():
    for page in PAGES:
        for kind, body in blocks(page):
            if kind == "console":
                for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                    command, _, output = part.partition("\n")
                    yield pytest.param(command, output.strip(), id=f"{page.name}: {command[:50]}")


@pytest.mark.parametrize(("command", "output"), list(commands()))
def test_console_blocks(command, output, capsys, monkeypatch, tmp_path):
    feeding, _, command = command.rpartition(" | ")
    if feeding:
        words = shlex.split(feeding)
        assert words[0] == "echo"
        monkeypatch.setattr("sys.stdin", io.StringIO(words[1]))
    program, *arguments = shlex.split(command)
    assert program == "symentropy"
    if arguments[0] == "plot":
        monkeypatch.chdir(tmp_path)  # it writes a file
    with contextlib.suppress(SystemExit):
        main(arguments)
    captured = capsys.readouterr()
    assert (captured.out + captured.err).strip() == output


def test_every_block_is_of_a_kind_that_is_tested():
    for page in PAGES:
        for kind, body in blocks(page):
            assert kind.strip("{}") in KINDS, f"{page}: {kind}"
            if kind in ("", "text"):
                assert ">>>" not in body
                assert not body.startswith("$ ")


def test_the_first_two_sh_blocks_are_self_contained():
    first, second = (body for kind, body in blocks(ROOT / "README.md")[:2] if kind == "sh")
    for body in (first, second):
        assert body.startswith("python3 -m venv")
        assert "pip install" in body
    assert 'symentropy eval "' in first
    assert "python -m pytest" in second


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page):
    text = BLOCK.sub("", page.read_text(encoding="utf-8"))
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if not link.startswith(("http", "#"))]
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_is_short_and_leads_to_each_kind_of_page():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 130
    for name in ("tutorial", "howto_derive", "howto_check", "howto_digits", "reference", "proofs", "digits", "benchmarks", "contributing"):
        assert f"docs/{name}.md" in text
