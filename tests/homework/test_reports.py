"""Reports in all formats, and the command check."""

import io
import json
from html.parser import HTMLParser

import pytest

from symentropy import check_document, check_steps
from symentropy.cli import main

CHAIN = "log(p^2) = 2 log p = log p"


def test_text():
    report = check_steps(CHAIN)
    assert str(report) == (
        "line 1  ✓ right: log(p^2) = 2 log p\n"
        "line 1  ✗ wrong: 2 log p = log p\n"
        "          at p = 1/2: the left side is about -1.386, the right side is about -0.6931\n"
        "          likely slip (missing-factor): the factor 2 is missing\n"
        "2 steps: 1 right, 1 wrong; the first wrong one is in line 1"
    )
    assert "\033[31;1m✗ wrong\033[0m" in report.to_text(colour=True)


def test_markdown_and_latex():
    report = check_steps(CHAIN)
    assert "✗ **wrong** $2 \\log{\\left(p \\right)} = \\log{\\left(p \\right)}$" in report.to_markdown()
    assert report._repr_markdown_() == report.to_markdown()
    latex = report.to_latex()
    assert latex.startswith("\\begin{itemize}")
    assert latex.count("\\item[1.]") == 2
    assert latex.count("{") == latex.count("}")


def test_json():
    data = json.loads(check_steps(CHAIN).to_json())
    assert (data["outcome"], data["first_wrong"]) == ("refuted", 1)
    assert data["links"][1]["slip"]["name"] == "missing-factor"
    assert data["links"][1]["witness"] == {"p": "1/2"}
    assert data["links"][0]["slip"] is None


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_html_is_self_contained_and_escaped():
    report = check_document("$$p < q = \\wibble{<script>alert(1)</script>}$$\n$$p < p + q = p$$")
    page = report.to_html()
    parsed = Tags()
    parsed.feed(page)
    assert not any(tag == "script" or "src" in attributes or "href" in attributes for tag, attributes in parsed.tags)
    assert "&lt;script&gt;" in page
    assert "p &lt; p + q" in page
    assert report._repr_html_() in page


def run(capsys, *arguments):
    try:
        status = main(list(arguments))
    except SystemExit as stop:
        status = stop.code
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.mark.parametrize(
    ("answer", "expected", "status"),
    [("log 2 + log p", "log(2p)", 0), ("log p", "log(2p)", 1), ("log(", "p", 2), ("log(p-1)", "p", 2)],
)
def test_answers(capsys, answer, expected, status):
    found, output, message = run(capsys, "check", "--answer", answer, "--expected", expected)
    assert found == status
    assert bool(message) == (status == 2)
    assert bool(output) == (status < 2)


def test_an_answer_on_standard_input(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("log p + log 2\n"))
    assert run(capsys, "check", "--answer", "-", "--expected", "log(2p)")[0] == 0


@pytest.mark.parametrize(
    ("text", "status"), [("$$1 = 1$$", 0), ("$$1 = 2$$", 1), ("$$1 = \\wibble$$", 2), ("p = p", 0), ("p", 2), ("p =\np^2", 1)]
)
def test_files_and_chains(capsys, tmp_path, monkeypatch, text, status):
    path = tmp_path / "note.txt"
    path.write_text(text, encoding="utf-8")
    assert run(capsys, "check", str(path))[0] == status
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert run(capsys, "check", "-")[0] == status


@pytest.mark.parametrize("form", ["text", "latex", "markdown", "json", "html"])
def test_formats(capsys, form):
    status, output, _ = run(capsys, "check", "--answer", "p", "--expected", "2p", "--format", form)
    assert status == 1
    assert "missing-factor" in output


@pytest.mark.parametrize("arguments", [[], ["--answer", "p"], ["x.md", "--answer", "p", "--expected", "p"], ["/no/such/file"]])
def test_usage(capsys, arguments):
    status, output, message = run(capsys, "check", *arguments)
    assert (status, output) == (2, "")
    assert message.startswith("symentropy: ")


def test_given_and_base(capsys):
    assert run(capsys, "check", "--answer", "log x^2", "--expected", "2 log x", "--given", "x > 0")[0] == 0
    assert run(capsys, "check", "--answer", "log 8", "--expected", "3", "--base", "2")[0] == 0
