"""The cases of the reference of the notation are read as it says, what it says is refused is refused, and the page is up to date."""

from pathlib import Path

import pytest
from reference_page import CASES, page

from symentropy import parse
from symentropy.errors import ParseError

PAGE = (Path(__file__).parent.parent.parent / "docs" / "notation_reference.md").read_text(encoding="utf-8")
READ = [(case["text"], case.get("given", []), case["means"]) for group in CASES["read"] for case in group["cases"]]


def printed(found):
    """Return what was read as text, of claims without their hypotheses."""
    claims = found if isinstance(found, tuple) else [found]
    return " and ".join(f"{c.lhs} {c.relation} {c.rhs}" if hasattr(c, "relation") else str(c) for c in claims)


@pytest.mark.parametrize(("text", "given", "means"), READ)
def test_what_is_read(text, given, means):
    assert printed(parse(text, given)) == means


@pytest.mark.parametrize("text", [case["text"] for case in CASES["refused"]])
def test_what_is_not_read(text):
    try:
        found = parse(text)
    except ParseError:
        return
    pytest.fail(f"{text} is read now, as {found}: move it in tests/data/notation_cases.json")


def test_the_page_is_made_of_the_cases():
    assert page() == PAGE, "python tests/notation/reference_page.py > docs/notation_reference.md"


def test_no_case_is_there_twice():
    assert len({(text, *given) for text, given, _ in READ}) == len(READ)
