"""The page of closed forms is what the program finds, entry by entry; a wrong closed form gives no row."""

from pathlib import Path

import pytest
from sympy import Rational, log, stats, symbols

from symentropy.catalogue import page as pages
from symentropy.catalogue.entropies import ENTROPIES
from symentropy.catalogue.entry import entropy_of
from symentropy.catalogue.page import HEAD, INTRODUCTION, OPEN_TITLE, SECTIONS, cells, digits_of

PAGE = (Path(__file__).parent.parent.parent / "docs" / "closed_forms.md").read_text(encoding="utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| $")]
ENTRIES = [entry for entries in SECTIONS.values() for entry in entries]
#: SymPy 1.14 exchanged p and 1 - p in the negative binomial; the page follows 1.14.
IS_OLD = stats.NegativeBinomial("X", 1, Rational(1, 3)).pspace.distribution.pdf(0) == Rational(2, 3)
CURRENT = [entry for entry in ENTRIES if not (IS_OLD and "NegativeBinomial" in str(entry.noun))]


BY_QUANTITY = {row.split(" | ")[0]: row for row in ROWS}


def row_of(entry):
    return BY_QUANTITY[f"| {pages._quantity(entry)}"]


def test_the_page_has_the_entries_of_the_catalogue_and_no_others():
    quantities = [f"| {pages._quantity(entry)}" for entry in ENTRIES]
    assert len(set(quantities)) == len(quantities)
    assert sorted(BY_QUANTITY) == sorted(quantities)
    assert len(ROWS) == len(ENTRIES) > 180
    assert PAGE.startswith(f"# Closed forms\n\n{INTRODUCTION}")
    titles = [line[3:] for line in PAGE.splitlines() if line.startswith("## ")]
    assert titles == [*SECTIONS, OPEN_TITLE]
    assert PAGE.count(HEAD) == len(SECTIONS)


@pytest.mark.slow
@pytest.mark.parametrize("entry", CURRENT, ids=lambda entry: entry.name or str(entry.noun))
def test_a_row_is_what_the_program_finds(entry):
    assert row_of(entry).startswith(cells(entry))


@pytest.mark.slow
@pytest.mark.parametrize("entry", CURRENT, ids=lambda entry: entry.name or str(entry.noun))
def test_the_digits_of_a_row(entry):
    assert row_of(entry).endswith(f" {digits_of(entry)} |")


@pytest.mark.parametrize("entry", [entries[0] for entries in ENTROPIES.values()], ids=lambda entry: str(entry.noun))
def test_the_first_row_of_each_section(entry):
    assert row_of(entry) == f"{cells(entry)} {digits_of(entry)} |"


def test_a_wrong_closed_form_gives_no_row(monkeypatch):
    a = symbols("a", positive=True)
    entry = entropy_of(stats.Exponential("X", a), "a = 3/4")
    assert digits_of(entry).endswith("`1.28768207245178`")
    monkeypatch.setattr(pages, "closed_value", lambda _: 1 - log(a) + Rational(1, 10**12))
    with pytest.raises(ArithmeticError, match="by its closed form"):
        digits_of(entry)


def test_an_entry_needs_a_value_for_each_parameter():
    a, b = symbols("a b", positive=True)
    with pytest.raises(ValueError, match="has the parameters"):
        entropy_of(stats.Gamma("X", a, b), "a = 3/4")
    with pytest.raises(KeyError):
        entropy_of(stats.Exponential("X", a), "a = 3/4, b = 1")


def test_no_formula_has_a_vertical_bar_that_would_end_its_cell():
    for row in ROWS:
        columns = row[1:-1].split("|")
        assert len(columns) == (3 if row in PAGE.partition(OPEN_TITLE)[2] else 6), row
