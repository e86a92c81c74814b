"""Data that are no proof are refused with the documented errors, quickly."""

import dataclasses
import json
import time

import pytest
from sympy import Eq, I, Integer, Pow, Rational, S, Sum, Symbol, Tuple, exp, factorial, false, gamma, log, nan, oo, zoo

from symentropy import DomainError, InvalidStep, Proof, verify
from symentropy.proof.claim import Claim, Step
from symentropy.proof.encoding import encode
from symentropy.proof.kernel import RULES, conclude

x, t = Symbol("x", real=True), Symbol("t", positive=True)
i, n = Symbol("i", integer=True), Symbol("n", integer=True, positive=True)
CLAIM = Claim(x, "<=", x + 1)
STEP = Step("sign", CLAIM, equality=(false,))
GOOD = json.loads(Proof(CLAIM, (STEP,)).to_json())
SECONDS = 5


def changed(**fields):
    return dataclasses.replace(STEP, **fields)


ODD_STEPS = {
    "text": ("sign",),
    "nothing": (None,),
    "a claim": (CLAIM,),
    "a list as a rule": (changed(rule=["sign"]),),
    "no rule": (changed(rule=None),),
    "a rule with other letters": (changed(rule="Sign"),),
    "a text as a claim": (changed(claim="x <= x + 1"),),
    "no premises": (changed(premises=None),),
    "text as premises": (changed(premises="0"),),
    "a list of premises": (STEP, changed(rule="instance", premises=[0])),
    "false for 0": (STEP, changed(rule="instance", premises=(False,))),
    "true for 1": (STEP, changed(rule="instance", premises=(0,)), changed(rule="instance", premises=(True,))),
    "a fraction": (STEP, changed(rule="instance", premises=(0.0,))),
    "a SymPy integer": (STEP, changed(rule="instance", premises=(Integer(0),))),
    "a negative number": (STEP, changed(rule="instance", premises=(-1,))),
    "itself": (changed(rule="instance", premises=(0,)),),
    "a huge number": (changed(rule="instance", premises=(10**5000,)),),
    "a premise twice": (STEP, changed(rule="cases", premises=(0, 0))),
    "a step that is not used": (STEP, STEP),
    "no arguments": (changed(arguments=None),),
    "a text as an argument": (changed(rule="log_bound", arguments=("x",)),),
    "a Python number as an argument": (changed(rule="log_bound", arguments=(1,)),),
    "a relation as an argument": (changed(rule="log_bound", arguments=(Eq(x, 1),)),),
    "text as the conditions": (changed(equality="x"),),
    "Python's false as a condition": (changed(equality=(False,)),),
    "a list of conditions": (changed(equality=[false]),),
    "no conditions": (changed(equality=None),),
}


@pytest.mark.parametrize("steps", ODD_STEPS.values(), ids=ODD_STEPS)
def test_odd_steps_are_refused(steps):
    with pytest.raises(InvalidStep):
        verify(Proof(CLAIM, steps))


@pytest.mark.parametrize(
    "proof",
    [None, "proof", STEP, Proof(CLAIM, ()), Proof(CLAIM, None), Proof(CLAIM, 5), Proof("x", (STEP,)), Proof(None, (STEP,))],
    ids=repr,
)
def test_what_is_no_proof_is_refused(proof):
    with pytest.raises(InvalidStep):
        verify(proof)


ODD_ARGUMENTS = [
    (nan,),
    (oo,),
    (zoo,),
    (I,),
    (false,),
    (Tuple(),),
    (Tuple(x),),
    (Tuple(x, 1, 2),),
    (Tuple(1, x),),
    (S.Naturals,),
    (x, Eq(x, 1)),
    (x, oo),
    (i, S.One, oo),
    (i, oo, S.One),
    (i, S.One, n, nan),
    (Eq(x, 1), Eq(1, x)),
    (false, false),
    (Integer(10) ** 5000,),
]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("count", range(3))
def test_odd_arguments_are_refused(rule, count):
    premises = [STEP] * count
    for claim in (Claim(x, "<", x), Claim(x, "=", 1), Claim(log(t), ">=", 0), Claim(Sum(t, (i, 1, n)), ">=", 10)):
        for arguments in ((), *ODD_ARGUMENTS):
            with pytest.raises(InvalidStep):
                raise AssertionError(conclude(rule, claim, premises, arguments))


def with_step(**fields):
    return {**GOOD, "steps": [{**GOOD["steps"][0], **fields}]}


ODD_DATA = {
    "a list": [],
    "a number": 1,
    "no steps": {"claim": GOOD["claim"]},
    "steps as text": {**GOOD, "steps": "steps"},
    "steps as a number": {**GOOD, "steps": 3},
    "no step": {**GOOD, "steps": []},
    "a step as text": {**GOOD, "steps": ["sign"]},
    "a rule as a list": with_step(rule=["sign"]),
    "premises as text": with_step(premises="a"),
    "premises as a list of text": with_step(premises=["a"]),
    "premises that are not there": with_step(premises=[7]),
    "a premise as nothing": with_step(premises=[None]),
    "arguments as text": with_step(arguments="ab"),
    "arguments as objects": with_step(arguments=[{"Symbol": "x"}]),
    "an unknown class": with_step(arguments=[["exec", "print(1)"]]),
    "a class that is not written": with_step(arguments=[["Lambda"]]),
    "conditions as a number": with_step(equality=5),
    "a condition that is a number": with_step(equality=[5]),
    "a claim as text": {**GOOD, "claim": "x <= x + 1"},
    "another relation": {**GOOD, "claim": {**GOOD["claim"], "relation": "<<"}},
    "a relation as a list": {**GOOD, "claim": {**GOOD["claim"], "relation": ["<"]}},
    "a side that is a relation": {**GOOD, "claim": {**GOOD["claim"], "lhs": encode(Eq(x, 1))}},
    "a side that is nothing": {**GOOD, "claim": {**GOOD["claim"], "lhs": None}},
    "a side that is a fraction": {**GOOD, "claim": {**GOOD["claim"], "lhs": 0.5}},
    "hypotheses as a number": {**GOOD, "claim": {**GOOD["claim"], "hypotheses": 4}},
    "a hypothesis that is a number": {**GOOD, "claim": {**GOOD["claim"], "hypotheses": [4]}},
    "a false hypothesis": {**GOOD, "claim": {**GOOD["claim"], "hypotheses": [False]}},
}


@pytest.mark.parametrize("data", ODD_DATA.values(), ids=ODD_DATA)
def test_odd_data_are_refused(data):
    with pytest.raises((DomainError, InvalidStep)):
        raise AssertionError(verify(Proof.from_json(json.dumps(data))))


def test_a_premise_written_as_true_is_read_as_a_number_and_refused():
    steps = [GOOD["steps"][0], {**GOOD["steps"][0], "rule": "instance", "premises": [True]}]
    with pytest.raises(InvalidStep, match="its premises are not earlier steps"):
        verify(Proof.from_json(json.dumps({**GOOD, "steps": steps})))


HUGE = Integer(10) ** 5000
LARGE = {
    "a power": (1 + x) ** (10**9),
    "a power of a power": Pow(10, Pow(10, 20, evaluate=False), evaluate=False),
    "a factorial": factorial(10**9, evaluate=False),
    "gamma": gamma(10**12, evaluate=False),
    "an exponential of exponentials": exp(exp(exp(exp(S(50))))),
    "an exponential": exp(-(10**30)),
    "a sum of a million million terms": Sum(x, (i, 1, 10**12)),
    "a sum of numbers": Sum(1 / i, (i, 1, 10**12)),
    "a long number": log(HUGE + 1) - log(HUGE),
    "a polynomial": (1 + x + t) ** 400,
    "a root": Pow(HUGE, Rational(1, 10**9), evaluate=False),
}


@pytest.mark.parametrize("expression", LARGE.values(), ids=LARGE)
def test_large_numbers_are_refused_or_decided_in_time(expression):
    start = time.monotonic()
    for rule in ("enclosure", "sign", "algebra", "hypothesis", "definition", "finite"):
        with pytest.raises(InvalidStep):
            raise AssertionError(conclude(rule, Claim(expression, "=", 1 + expression)))
    for arguments in ((expression,), (x, expression)):
        with pytest.raises(InvalidStep):
            raise AssertionError(conclude("log_bound", Claim(expression, "<=", expression - 1), (), arguments))
    for relation in ("<", ">"):
        for rule in ("enclosure", "sign"):
            with pytest.raises(InvalidStep):
                raise AssertionError(conclude(rule, Claim(expression, relation, expression)))
    assert time.monotonic() - start < SECONDS
