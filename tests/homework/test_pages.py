"""Pages of proofs: no line of a right one is wrong, and the mistake in the other is found where it is."""

import pytest
from pages import MISTAKES, PAGES

from symentropy import check_document

#: Lines that are neither proved nor refuted: cross-entropy is convex in its second argument, for any number of states; a line about n
#: states after an example with three; and means of log k! that cancel.
UNDECIDED = {"convexity": 1, "style-lecture": 1, "style-likelihood": 1}
#: Seconds for a line.
PATIENCE = 12.0


@pytest.mark.parametrize("path", sorted(PAGES.iterdir()), ids=lambda path: path.stem)
def test_right(path):
    report = check_document(path, timeout=PATIENCE, whole=None)
    outcomes = [verdict.outcome for verdict in report]
    assert "refuted" not in outcomes
    assert outcomes.count("undecided") <= UNDECIDED.get(path.stem, 0)
    assert not [remark for remark in report.remarks if remark.kind == "unreadable"]


@pytest.mark.parametrize("name", sorted(MISTAKES))
def test_wrong(name):
    right, wrong = MISTAKES[name]
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert text.count(right) == 1
    line = text[: text.index(right)].count("\n") + 1
    report = check_document(text.replace(right, wrong), timeout=PATIENCE, whole=None)
    refuted = [link for link in report.links if link.verdict.outcome == "refuted"]
    assert refuted
    assert refuted[0].line == line
    assert all(link.line in (line, line + 1) for link in refuted)
