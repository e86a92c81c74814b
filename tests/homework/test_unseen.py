"""Items that were written before they were tried: verdicts are never wrong, nearly all are reached, and most slips have their names."""

import json
from functools import cache
from pathlib import Path

import pytest

import symentropy
from symentropy import SymentropyError, check_answer, check_document, check_steps

DATA = json.loads((Path(__file__).parent.parent / "data" / "homework_unseen.json").read_text(encoding="utf-8"))


ITEMS = {item["id"]: item for item in DATA["equalities"]}


@cache
def verdict_on(name):
    item = ITEMS[name]
    return check_answer(item["a"], item["b"], item["given"], timeout=1 if "is_open" in item else 20)


@pytest.mark.parametrize("item", DATA["equalities"], ids=lambda item: item["id"])
def test_equalities(item):
    assert verdict_on(item["id"]).outcome == ("undecided" if "is_open" in item else "proved" if item["truth"] else "refuted")


def test_slips_are_named():
    wrong = [item for item in DATA["equalities"] if item["slip"] not in (None, "other")]
    slips = [verdict_on(item["id"]).slip for item in wrong]
    named = [slip for slip, item in zip(slips, wrong, strict=True) if slip and slip.name in (item["slip"], *item["slip_also"])]
    assert len(named) >= 0.9 * len(wrong)


@pytest.mark.parametrize("item", DATA["chains"], ids=lambda item: item["id"])
def test_chains(item):
    check = check_document if item["kind"] == "document" else check_steps
    report = check(item["text"], item["given"], timeout=1 if "is_open" in item else 20, whole=None)
    assert len(report) == item["links"]
    slip = None if report.first_wrong is None else report[report.first_wrong].slip
    assert slip is None or slip.name in (item["slip"], *item["slip_also"])
    assert report.first_wrong == item["first_wrong"]
    expected = {"refuted" if place == item["first_wrong"] else "proved" for place in range(len(report))}
    assert {verdict.outcome for verdict in report} <= expected | ({"undecided"} if "is_open" in item else set())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a limit may end in a callback of the garbage collector
@pytest.mark.parametrize("item", DATA["hostile"], ids=lambda item: item["id"])
def test_hostile_texts(item):
    call, arguments = getattr(symentropy, item["call"]), [_built(argument) for argument in item["args"]]
    errors = {"parse_error": symentropy.ParseError, "domain_error": symentropy.DomainError}
    if item["expect"] in errors:
        with pytest.raises(errors[item["expect"]]):
            call(*arguments)
        return
    try:
        assert str(call(*arguments)) is not None
    except SymentropyError:
        assert item["expect"] == "any_clean"


def _built(argument):
    return "".join(text * count for text, count in argument["concat"]) if isinstance(argument, dict) else argument
