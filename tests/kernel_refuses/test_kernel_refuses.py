"""Every rule of the kernel refuses false claims that a plausible mistake in it would accept, for the reason meant."""

import re
from collections import Counter

import averages  # noqa: F401
import calculus_rules  # noqa: F401
import combining  # noqa: F401
import facts  # noqa: F401
import integrals  # noqa: F401
import pytest
import starting  # noqa: F401
from refusals import ACCEPTED, REFUSED, is_false_at

from symentropy import InvalidStep, verify
from symentropy.proof.kernel import RULES

FALSE = [case for case in REFUSED if case.at is not None]


def label(case):
    return f"{case.made.rule}: {case.name}"


@pytest.mark.parametrize("case", REFUSED, ids=label)
def test_it_is_refused(case):
    premises = [premise.step() for premise in case.made.premises]
    assert len(premises) == len(case.made.premises)
    with pytest.raises(InvalidStep, match=re.escape(case.message)):
        raise AssertionError(f"accepted: {verify(case.made.proof())}")


@pytest.mark.parametrize("case", FALSE, ids=label)
def test_it_is_false_at_a_point(case):
    assert is_false_at(case.made.claim, case.at)


@pytest.mark.parametrize("made", ACCEPTED, ids=lambda made: f"{made.rule}: {made.claim}")
def test_its_neighbour_is_accepted(made):
    assert verify(made.proof()) == made.claim


def test_every_rule_has_ten_refusals_and_a_step_that_it_accepts():
    counts = Counter(case.made.rule for case in REFUSED)
    assert set(counts) == set(RULES)
    assert {rule: count for rule, count in counts.items() if count < 10} == {}
    assert {made.rule for made in ACCEPTED} == set(RULES)


def test_the_names_are_different():
    assert [name for name, count in Counter(map(label, REFUSED)).items() if count > 1] == []
