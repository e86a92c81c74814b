"""Answers: true equalities are never refuted and false ones never proved, and the slips in a table are named."""

import random

import pytest
from equalities import FALSE, TRUE
from hypothesis import given, settings
from hypothesis import strategies as st
from slip_table import SLIPS
from sympy import Add, Rational, Symbol, log

from symentropy import DomainError, Entropy, ParseError, check_answer, evaluate, verify
from symentropy.homework.slips import KINDS


@pytest.mark.parametrize(("left", "right", "facts"), TRUE)
def test_true_equalities_are_proved(left, right, facts):
    verdict = check_answer(left, right, facts, timeout=20)
    assert verdict.outcome == "proved"
    assert verify(verdict.proof) == verdict.proof.claim
    assert verdict.slip is None


@pytest.mark.parametrize(("left", "right", "facts"), FALSE)
def test_false_equalities_are_refuted(left, right, facts):
    for answer, expected in ((left, right), (right, left)):
        verdict = check_answer(answer, expected, facts, timeout=20)
        assert verdict.outcome == "refuted"
        assert verdict.witness.left.upper < verdict.witness.right.lower or verdict.witness.right.upper < verdict.witness.left.lower


@pytest.mark.parametrize(("name", "answer", "expected", "facts"), SLIPS)
def test_slips_are_named(name, answer, expected, facts, monkeypatch):
    monkeypatch.setattr("symentropy.homework.answers.SLIP_SECONDS", 20)
    verdict = check_answer(answer, expected, facts, timeout=20)
    assert verdict.outcome == "refuted"
    assert verdict.slip is not None
    assert verdict.slip.name == name, verdict.slip
    assert str(verdict).count(verdict.slip.message) == 1


def test_every_name_of_the_contract_is_in_the_table():
    names = {
        *("sign", "swapped-arguments", "inverted-ratio", "wrong-base", "missing-term", "missing-factor", "missing-entropy-term"),
        *("log-of-sum", "variance-vs-std", "dropped-constant", "reference-arguments-in-wrong-place"),
    }
    assert names <= {kind.name for kind in KINDS}
    assert all(sum(slip == name for slip, *_ in SLIPS) >= 5 for name in names)


@pytest.mark.parametrize(("answer", "expected", "facts"), [row[1:] for row in random.Random(1).sample(SLIPS, 12)])
def test_the_expectation_with_the_slip_is_the_answer_at_the_witness(answer, expected, facts):
    """What a slip gives is compared with the answer a second way: certified digits at a point."""
    verdict = check_answer(answer, expected, facts, timeout=20)
    values = verdict.witness.values
    if verdict.slip is None or verdict.slip.name.startswith("extra") or any(not isinstance(key, Symbol) for key in values):
        return
    slipped = verdict.slip.expression.subs(values).doit()
    if slipped.free_symbols or slipped.has(Entropy):
        return
    found = evaluate(slipped, 12)
    assert abs(found.midpoint - verdict.witness.left.midpoint) < Rational(1, 10**8)


TERMS = st.lists(
    st.tuples(st.sampled_from(["p", "1-p", "q", "p q", "2", "1/3"]), st.sampled_from(["p", "1-p", "q", "p/q", "2", "3 p"])),
    min_size=1,
    max_size=4,
)


@settings(max_examples=40, deadline=None)
@given(TERMS, st.integers(0, 3), st.sampled_from(["sign", "drop", "factor", "none"]))
def test_random_slips_in_random_sums(terms, place, kind):
    """A sum equals itself in another order; with a term changed it is never proved, and refuted unless the change is none."""
    written = [f"({weight}) log({inside})" for weight, inside in terms]
    changed = list(written)
    place %= len(changed)
    changed[place] = {"sign": f"-{changed[place]}", "drop": "0", "factor": f"2 {changed[place]}", "none": changed[place]}[kind]
    verdict = check_answer(" + ".join(f"({term})" for term in reversed(changed)), " + ".join(f"({term})" for term in written))
    assert verdict.outcome == ("proved" if kind == "none" else "refuted")


def test_partial_facts():
    assert check_answer("log(20 p)", "log(2 p)").reason == "the answer is off by the constant log(2) + log(5)"
    assert check_answer("7 H([p, 1-p])", "3 H([p, 1-p])").reason == "the answer is 7/3 times what is expected"
    assert check_answer("2 p log 2", "H([p, 1-p])").reason == "the answer is right for p = 1/2, but not in general"


def test_sympy_on_either_side():
    p = Symbol("p", positive=True)
    assert check_answer(Entropy([p, 1 - p]), "H([p, 1-p])").outcome == "proved"
    assert check_answer("-p log p", Add(-p * log(p), -(1 - p) * log(1 - p)), "p < 1").slip.name == "missing-term"


def test_base_of_the_call():
    assert check_answer("log 8", "3", base=2).outcome == "proved"
    assert check_answer("H([1/2, 1/2])", "1", base=2).outcome == "proved"
    assert check_answer("H([1/2, 1/2])", "1").outcome == "refuted"


@pytest.mark.parametrize(
    ("answer", "part"),
    [
        ("log(p-1)", "p - 1"),
        ("1/0", "0"),
        ("log(0)", "0"),
        ("log(-1)", "-1"),
        ("log(2, 1)", "base"),
        ("log(-p)", "p"),
        ("sqrt(p-2)", "p - 2"),
    ],
)
def test_outside_the_domain(answer, part):
    with pytest.raises(DomainError, match=part):
        check_answer(answer, "p")


@pytest.mark.parametrize("answer", ["", "p = p", "log(", "__import__('os')", "7^7^7^7"])
def test_unreadable(answer):
    with pytest.raises(ParseError, match="the answer"):
        check_answer(answer, "p")


@pytest.mark.parametrize(
    ("answer", "expected", "given"),
    [
        ("H(X) = -p log p - (1-p) log(1-p)", "H([p, 1-p])", ()),
        ("H = -p log p - (1-p) log(1-p)", "H([p, 1-p])", ()),
        ("H(P) = -p log p - (1-p) log(1-p)", "H([p, 1-p])", ()),
        ("H(p) = -p log p - (1-p) log(1-p)", "H([p, 1-p])", ()),
        (r"\mathrm{H}_{\max}(X) = \log 2", "log 2", ()),
        ("p = 1/2", "1/2", ()),
        ("= log 2", "log 2", ()),
        ("Answer: log 2", "log 2", ()),
        ("**log 2**", "log 2", ()),
        ("`H = log 2`", "log 2", ()),
        ("D_{KL}(P || Q) = log 2 - 1/2 log 3", "D(P||Q)", ("P = [1/2, 1/2]", "Q = [1/4, 3/4]")),
    ],
)
def test_the_name_of_an_answer_is_no_part_of_it(answer, expected, given):
    assert check_answer(answer, expected, given).outcome == "proved"


@pytest.mark.parametrize(
    ("answer", "expected", "given"),
    [
        ("D(Q||P) = log 2 - 1/2 log 3", "D(P||Q)", ("P = [1/2, 1/2]", "Q = [1/4, 3/4]")),
        ("p = H(p)", "H([p, 1-p])", ()),
        ("H(q) = H(p)", "H(p)", ()),
        ("log 2 = 2 log 2", "2 log 2", ()),
        (r"\frac = 1", "1", ()),
        ("H = p = 2", "2", ()),
    ],
)
def test_what_is_no_name_of_an_answer(answer, expected, given):
    with pytest.raises(ParseError):
        check_answer(answer, expected, given)


def test_numbers_that_are_rounded_and_letters_that_are_others():
    assert "rounded" in check_answer("0.562", "H([1/4, 3/4])").reason
    assert check_answer("≈ 0.5623", "H([1/4, 3/4])").outcome == "refuted"
    assert "rounded" not in check_answer("0.56", "H([1/4, 3/4]) + 1/10").reason
    assert check_answer("-x log x - (1-x) log(1-x)", "H([p, 1-p])").reason == "the answer is right with p in the place of x"
    assert "not always equal" in check_answer("D(P||Q) = 0", "D(P||Q) >= 0").reason


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("-p*np.log(p)", "leave np. out"),
        ("-p math.log(p)", "leave math. out"),
        ("-p Log[p]", "write log"),
        ("2 bits", "--base 2"),
        ("log 2 nats", "leave it out"),
    ],
)
def test_habits_of_other_places_have_a_hint(answer, message):
    with pytest.raises(ParseError, match=message):
        check_answer(answer, "log 2")
