"""The catalogue: every theorem is proved for its examples, and the kernel replays each proof, also after a round trip through JSON."""

import dataclasses
import random
import re
from pathlib import Path

import pytest
from sympy import Add, Expr, Integer, Symbol, false

from symentropy import DomainError, InvalidStep, Proof, ProofNotFound, theorems, verify
from symentropy.cli.proving import INTRODUCTION, PROOF_FORMATS
from symentropy.proof.claim import Claim
from symentropy.proof.theorems import FILES

CASES = [(name, place) for name, theorem in theorems.items() for place in range(len(theorem.examples))]
#: Examples whose proofs take seconds to find.
SLOW = {("jsd_le_log_two", 1), ("entropy_concave", 1)}
PROOFS = {}
PAGE = (Path(__file__).parent.parent.parent / "docs" / "theorems.md").read_text(encoding="utf-8")


def proof_of(name, place):
    if (name, place) not in PROOFS:
        theorem = theorems[name]
        PROOFS[name, place] = theorem.prove(*theorem.examples[place])
    return PROOFS[name, place]


@pytest.mark.parametrize(("name", "place"), [pytest.param(*case, marks=[pytest.mark.slow] if case in SLOW else []) for case in CASES])
def test_each_theorem_is_proved_and_replayed(name, place):
    proof = proof_of(name, place)
    theorem = theorems[name]
    assert verify(proof) == proof.claim == theorem.claim(*theorem.examples[place])
    again = Proof.from_json(proof.to_json())
    assert again == proof
    assert verify(again) == proof.claim
    assert str(proof).startswith("Claim: ")
    assert theorem.sources
    assert theorem.title


@pytest.mark.parametrize("name", list(theorems))
def test_the_page_of_theorems_is_what_the_program_prints(name):
    assert f"### {name}\n\n{PROOF_FORMATS['markdown'](theorems[name], proof_of(name, 0))}\n" in PAGE


def test_the_page_of_theorems_has_no_others():
    assert re.findall(r"^### (.*)$", PAGE, re.MULTILINE) == list(theorems)
    assert INTRODUCTION in PAGE


def mutants(proof, source):
    """Return proofs that differ from a proof in one field of one step, or of the claim."""
    place = source.randrange(len(proof.steps))
    step = proof.steps[place]
    claim = step.claim
    stranger = Symbol("stranger", positive=True)
    changed = [
        dataclasses.replace(step, rule=source.choice(["algebra", "sign", "combination", "log_bound", "instance", "no such rule"])),
        dataclasses.replace(step, premises=(*step.premises, place)),
        dataclasses.replace(step, premises=step.premises[1:] if step.premises else (0,)),
        dataclasses.replace(step, arguments=(*step.arguments, Integer(1))),
        dataclasses.replace(step, arguments=step.arguments[:-1] if step.arguments else (stranger,)),
        dataclasses.replace(step, equality=(false, false) if step.equality != (false, false) else None),
        dataclasses.replace(step, claim=dataclasses.replace(claim, lhs=Add(claim.lhs, Integer(1)))),
        dataclasses.replace(step, claim=dataclasses.replace(claim, rhs=claim.rhs + stranger)),
        dataclasses.replace(step, claim=dataclasses.replace(claim, hypotheses=(*claim.hypotheses, stranger < 1))),
        dataclasses.replace(step, claim=dataclasses.replace(claim, exists=not claim.exists)),
    ]
    changed += [
        dataclasses.replace(step, claim=dataclasses.replace(claim, relation=relation))
        for relation in ("=", "!=", "<", "<=", ">", ">=")
        if relation != claim.relation
    ]
    if step.arguments:
        spot = source.randrange(len(step.arguments))
        if all(isinstance(argument, Expr) for argument in step.arguments) and step.rule != "hypothesis":
            moved = (*step.arguments[:spot], step.arguments[spot] * 2 + 1, *step.arguments[spot + 1 :])
            changed.append(dataclasses.replace(step, arguments=moved))
    for new in changed:
        if new != step:
            yield new, dataclasses.replace(proof, steps=(*proof.steps[:place], new, *proof.steps[place + 1 :]))
    yield None, dataclasses.replace(proof, claim=dataclasses.replace(proof.claim, lhs=proof.claim.lhs + 1))
    yield None, dataclasses.replace(proof, steps=proof.steps[:-1])
    yield None, dataclasses.replace(proof, steps=(*proof.steps, proof.steps[0]))


@pytest.mark.parametrize("name", list(theorems))
def test_no_mutant_of_a_proof_is_accepted(name):
    proof = proof_of(name, 0)
    source = random.Random(name)
    for _ in range(2):
        for step, mutant in mutants(proof, source):
            with pytest.raises(InvalidStep):
                raise AssertionError(f"accepted: {verify(mutant)} with {step}")


def test_every_file_of_theorems_has_some():
    sections = {theorem.section for theorem in theorems.values()}
    assert {module.SECTION for module in FILES} == sections


def test_a_theorem_for_other_distributions():
    p = Symbol("p", positive=True)
    proof = theorems["kl_nonneg"].prove([p / 2, 1 - p / 2], ["1/3", "2/3"])
    assert isinstance(verify(proof), Claim)
    assert str(proof.equality_condition) == "Eq(p, 2/3)"


def test_the_messages_say_what_to_do():
    with pytest.raises(DomainError, match=r"kl_nonneg is about \(P, Q\): give as many, not 1"):
        theorems["kl_nonneg"].prove(["1/2", "1/2"])
    with pytest.raises(KeyError, match="did you mean kl_nonneg"):
        theorems["kl_noneg"]
    with pytest.raises(KeyError, match="did you mean .*kl_chain"):
        theorems["chain"]
    with pytest.raises(KeyError, match=r"list\(theorems\) has their names"):
        theorems["pythagoras"]


def test_a_false_instance_is_not_proved():
    with pytest.raises(DomainError, match="a hypothesis is false"):
        theorems["kl_pos"].prove(["1/2", "1/2"], ["1/2", "1/2"])
    with pytest.raises(ProofNotFound):
        theorems["kl_infinite"].prove(["1/2", "1/2"], ["1/3", "2/3"])
