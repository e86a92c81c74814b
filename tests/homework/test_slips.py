"""The catalogue of slips is complete and its page is what the program prints; near misses are not named; pairs and inequalities."""

import re
from pathlib import Path

import pytest
from near_misses import NEAR_INEQUALITIES, NEAR_MISSES
from sympy import Ge, Rational, log

from symentropy import DomainError, ParseError, check_answer, check_steps, decide, evaluate, grade
from symentropy.homework.catalogue import CATALOGUE, page
from symentropy.homework.grading import InProcess
from symentropy.homework.relations import ANOTHER, MEANT
from symentropy.homework.slips import KINDS

PAGE = (Path(__file__).parent.parent.parent / "docs" / "slips.md").read_text(encoding="utf-8")
NAMES = {name for kind in KINDS for name in (kind.name, kind.undone) if name} | {row[0] for rows in MEANT.values() for row in rows}


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    monkeypatch.setattr("symentropy.homework.answers.SLIP_SECONDS", 20)


def test_the_page_of_slips_is_what_the_program_prints():
    assert page() == PAGE, "docs/slips.md: python -m symentropy.homework.catalogue > docs/slips.md"


def test_every_name_has_an_entry():
    assert {entry.name for entry in CATALOGUE if "+" not in entry.name} == NAMES
    assert re.findall(r"^## (.*)$", PAGE, re.MULTILINE) == [entry.name for entry in CATALOGUE]


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.name)
def test_each_example_has_its_slip(entry):
    assert f".slip)\n{entry.name}: " in PAGE
    verdict = check_answer(entry.answer, entry.expected, entry.given, timeout=20) if entry.expected else check_steps(entry.answer)[0]
    assert verdict.outcome == "refuted"
    assert verdict.slip.name == entry.name


@pytest.mark.parametrize(("name", "answer", "expected", "facts"), NEAR_MISSES)
def test_a_near_miss_is_not_named(name, answer, expected, facts):
    verdict = check_answer(answer, expected, facts, timeout=20)
    assert verdict.outcome == "refuted"
    assert verdict.slip is None or verdict.slip.name != name, verdict.slip


def test_every_kind_has_a_near_miss():
    tried = {name for name, *_ in NEAR_MISSES} | {name for name, _ in NEAR_INEQUALITIES}
    assert {name for name in tried if "+" not in name} == NAMES


@pytest.mark.parametrize(("name", "chain"), NEAR_INEQUALITIES)
def test_an_inequality_that_holds_in_no_form_has_no_slip(name, chain):
    verdict = check_steps(chain)[0]
    assert verdict.outcome == "refuted"
    assert verdict.slip is None, name


@pytest.mark.parametrize(
    ("chain", "name"),
    [
        ("D(P||Q) <= 0", "reversed-inequality"),
        ("D([p, 1-p] || [q, 1-q]) < 0", "reversed-inequality"),
        ("H(P) > log n", "reversed-inequality"),
        ("H(P) < log n", "strict-inequality"),
        ("log x >= x", "reversed-inequality"),
        ("p log p >= 0", "reversed-inequality"),
        ("D(P||Q) > 0", "strict-inequality"),
    ],
)
def test_inequalities(chain, name):
    verdict = check_steps(chain, ["x > 0"])[0]
    assert verdict.slip.name == name
    assert decide(verdict.slip.expression, verdict.claim.hypotheses).outcome == "proved"


def test_what_holds_instead_is_a_relation():
    assert isinstance(check_steps("D(P||Q) <= 0")[0].slip.expression, Ge)


@pytest.mark.parametrize(
    ("answer", "expected", "name"),
    [
        ("p log2(p) + (1-p) log2(1-p)", "H([p, 1-p])", "wrong-base+sign"),
        ("log(lambda)", "H(Exponential(lambda))", "sign+dropped-constant"),
        ("p log p", "H([p, 1-p])", "sign+missing-term"),
        ("-log2(lambda)", "H(Exponential(lambda))", "wrong-base+dropped-constant"),
        ("log(2 pi sigma)/2", "H(Normal(mu, sigma))", "variance-vs-std+dropped-constant"),
        ("-log(2 pi e sigma^2)", "H(Normal(mu, sigma))", "sign+missing-factor"),
        ("(mu_1 - mu_2)^2/sigma", "D(Normal(mu_1, sigma) || Normal(mu_2, sigma))", "variance-vs-std+missing-factor"),
    ],
)
def test_two_slips_at_once(answer, expected, name):
    verdict = check_answer(answer, expected, timeout=20)
    assert verdict.slip.name == name
    values = verdict.witness.values
    gap = evaluate(verdict.slip.expression.subs(values).doit(), 12).midpoint - verdict.witness.left.midpoint
    assert abs(gap) < Rational(1, 10**8)


def test_a_slip_never_explains_what_differs_by_a_little():
    for entry in CATALOGUE:
        if entry.expected and "sum" not in entry.answer:
            verdict = check_answer(f"{entry.answer} + 10^(-30)", entry.expected, entry.given, timeout=20)
            if verdict.outcome == "refuted" and verdict.slip is not None:
                assert verdict.slip.expression.has(Rational(1, 10**30)) or verdict.slip.name.startswith("extra"), verdict.slip


def test_the_slip_says_which_way_round():
    verdict = check_answer("lambda_2 log(lambda_1/lambda_2) + lambda_2 - lambda_1", "D(Poisson(lambda_1) || Poisson(lambda_2))")
    assert verdict.slip.message == "lambda_2 stands where lambda_1 belongs"
    verdict = check_answer("log p + 1/3", "log p")
    assert verdict.slip.message == "the constant 1/3 does not belong there"
    assert verdict.slip.expression == log(verdict.claim.lhs.free_symbols.pop()) + Rational(1, 3)


@pytest.mark.parametrize(
    ("answer", "expected", "outcome", "name"),
    [
        ("D(P||Q) >= 0", "D(P||Q) >= 0", "proved", None),
        ("0 <= D(P||Q)", "D(P||Q) >= 0", "proved", None),
        ("H(P) <= H(P, Q)", "D(P||Q) >= 0", "proved", None),
        ("D(P||Q) <= 0", "D(P||Q) >= 0", "refuted", "reversed-inequality"),
        ("D(P||Q) > 0", "D(P||Q) >= 0", "refuted", "strict-inequality"),
        ("H(P) >= 0", "D(P||Q) >= 0", "undecided", None),
        ("H(P) >= log n", r"H(P) \le \log n", "refuted", "reversed-inequality"),
        ("H(P, Q) - H(P) = D(P||Q)", "D(P||Q) = H(P, Q) - H(P)", "proved", None),
        ("H(P) = H(P)", "D(P||Q) = H(P, Q) - H(P)", "undecided", None),
        ("1 >= 0", "D(P||Q) >= 0", "undecided", None),
        ("D(P||Q) = H(P, Q) + H(P)", "D(P||Q) = H(P, Q) - H(P)", "refuted", "sign"),
    ],
)
def test_a_relation_as_an_answer(answer, expected, outcome, name):
    verdict = check_answer(answer, expected, timeout=20)
    assert verdict.outcome == outcome
    assert (verdict.slip and verdict.slip.name) == name
    assert bool(verdict.reason == ANOTHER) == (outcome == "undecided")


def test_a_relation_where_none_is_expected_and_the_other_way_round():
    with pytest.raises(ParseError, match="without a relation"):
        check_answer("D(P||Q) >= 0", "D(P||Q)")
    with pytest.raises(ParseError, match="a relation"):
        check_answer("D(P||Q)", "D(P||Q) >= 0")
    assert check_answer("3/2", r"\sum_{i=1}^2 1/i").outcome == "proved"
    with pytest.raises(DomainError, match="what is expected is wrong"):
        grade(["D(P||Q) <= 0"], "D(P||Q) <= 0", executor=InProcess())
