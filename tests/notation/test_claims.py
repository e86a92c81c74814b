"""Relations, chains, SymPy claims, and the public homework examples."""

import json
import random
import re
from pathlib import Path

import pytest
from mpmath import mp, mpf
from sympy import And, Eq, Ge, IndexedBase, Le, LessThan, Lt, Ne, Rational, S, StrictLessThan, Sum, Symbol, exp, log, true
from sympy import Symbol as Plain

from symentropy import Finite
from symentropy.errors import DomainError, ParseError
from symentropy.notation import claim_between, parse, parse_claim
from symentropy.proof.claim import Claim, Each
from symentropy.quantities import Entropy, KLDivergence

p, q = (Symbol(name, positive=True) for name in "pq")
x = Symbol("x", real=True)
n = Symbol("n", integer=True, positive=True)
#: The public homework examples.
EXAMPLES = json.loads((Path(__file__).parent.parent / "data" / "homework_examples.json").read_text(encoding="utf-8"))
#: Their integrals and infinite sums are not evaluated here.
FAMILIES = re.compile("Normal|Exponential|Geometric|Bernoulli|Poisson")

SIGNS = {
    "=": ["=", "=="],
    "<=": ["<=", r"\le", r"\leq", "≤", r"\leqslant"],
    ">=": [">=", r"\ge", r"\geq", "≥"],
    "<": ["<", r"\lt"],
    ">": [">", r"\gt"],
    "!=": ["!=", r"\ne", r"\neq", "≠"],
}

REFUSED = [
    ("p =", "the text ends where a number, a name or a bracket is expected", (3, 3)),
    ("= p", "a relation stands here, where an expression is expected", (0, 1)),
    ("p < = q", "a relation stands here, where an expression is expected", (4, 5)),
    ("p ≈ q", "an approximation has a decimal number on its right side", (4, 5)),
    (r"p \approx q", "an approximation has a decimal number on its right side", (10, 11)),
    ("(p < q)", "a relation stands here", (3, 4)),
    ("p < c", "c is not declared", (4, 5)),
    ("p ~ q", "~ cannot stand here", (2, 3)),
    ("p in q", "in cannot stand here", (2, 4)),
    ("p<" * 1001 + "p", "a chain has at most 1000 relations", (2001, 2002)),
]


def facts(claim):
    return set(claim.hypotheses)


@pytest.mark.parametrize(("sign", "text"), [(sign, text) for sign, texts in SIGNS.items() for text in texts])
def test_signs(sign, text):
    assert parse(f"log p {text} p - 1") == Claim(log(p), sign, p - 1, (StrictLessThan(0, p, evaluate=False), Lt(p, 1)))


@pytest.mark.parametrize(("text", "message", "span"), REFUSED)
def test_refused(text, message, span):
    with pytest.raises(ParseError) as caught:
        parse(text)
    assert message in caught.value.message
    assert caught.value.span == span


@pytest.mark.parametrize("text", [3, None, p, [], b"p < q"])
def test_what_is_no_text_is_refused(text):
    with pytest.raises(DomainError):
        parse(text)


def test_a_text_without_a_relation_is_an_expression():
    assert parse("p log p") == p * log(p)
    assert parse(r"p \log p.") == p * log(p)
    assert parse("H(p)", base=2) == Entropy([p, 1 - p]) / log(2)


def test_a_chain_has_a_claim_for_each_relation():
    chain = parse("1 - p <= 1\n= 2 - 1\n> p")
    assert [(link.lhs, link.relation, link.rhs) for link in chain] == [(1 - p, "<=", 1), (1, "=", 1), (1, ">", p)]
    assert all(facts(link) == {StrictLessThan(0, p, evaluate=False), Lt(p, 1)} for link in (chain[0], chain[2]))
    assert not chain[1].hypotheses


def test_defaults_are_hypotheses_only_of_what_occurs():
    bounds = (StrictLessThan(0, p, evaluate=False), Lt(p, 1))
    assert parse("x^2 >= 0").hypotheses == ()
    assert parse("p x >= 0").hypotheses == bounds
    assert parse("H(p) >= 0").hypotheses == bounds  # what the pmf takes for granted is the same, and stands once
    assert parse("sigma mu > 0").hypotheses == ()
    prime = Symbol("p'", positive=True)
    assert facts(parse("p' < 2")) == {StrictLessThan(0, prime, evaluate=False), Lt(prime, 1)}


def test_a_base_is_not_one():
    b = Symbol("b", positive=True)
    assert parse("log_b x <= x").hypotheses == (Ne(b, 1),)
    assert parse("b log x <= x").hypotheses == ()
    assert parse("log b <= b").hypotheses == ()
    assert parse("log x <= x", base=b).hypotheses == (Ne(b, 1),)


@pytest.mark.parametrize("text", ["D(P||Q) >= 0", "sum_s p_s log(p_s/q_s) >= 0", "sum_i p_i log p_i >= sum_i p_i log q_i"])
def test_indexed_pmfs_bring_their_hypotheses(text):
    i = Symbol("i", integer=True)
    expected = set()
    for name in "pq":
        entry = IndexedBase(name, positive=True)[i]
        expected |= {Each(StrictLessThan(0, entry, evaluate=False), (i, 1, n)), Eq(Sum(entry, (i, 1, n)), 1)}
    assert facts(parse(text)) == expected
    assert facts(parse(text, r"\sum_{k=1}^{n} p_k = 1")) == expected


def test_explicit_states_bring_their_hypotheses():
    a, b = (Symbol(f"p_{k}", positive=True) for k in (1, 2))
    claim = parse("sum_{i=1}^2 p_i^2 <= 1")
    assert claim.lhs == a**2 + b**2
    assert Eq(a + b, 1) in claim.hypotheses
    assert facts(parse("H(P) <= log n", "n = 2")) == facts(claim)


# SymPy claims


def test_a_sympy_relation_is_kept_as_it_stands():
    relation = Ge(exp(p), log(exp(p), evaluate=False), evaluate=False)
    claim = parse_claim(relation)
    assert claim.as_relation() == relation
    assert claim.hypotheses == ()  # nothing is taken for granted of the symbols of others


def test_given_speaks_about_the_symbols_of_the_claim():
    own = Plain("p")
    claim = parse_claim(Le(log(own), own - 1), ["0 < p < 1", "q < p"])
    assert facts(claim) == {
        Lt(0, own),
        Lt(own, 1),
        StrictLessThan(0, q, evaluate=False),
        Lt(q, own),
    }
    lam = Plain("lam")
    assert parse_claim(Eq(lam, 2), "lambda > 0").hypotheses == (Lt(0, lam),)
    w, size, k = IndexedBase("w"), Plain("n", integer=True), Plain("k", integer=True)
    claim = parse_claim(Le(Sum(w[k] ** 2, (k, 1, size)), 1), ["sum_i w_i = 1", "w_i >= 0"])
    assert Each(LessThan(0, w[k]), (k, 1, size)) in claim.hypotheses
    assert any(isinstance(fact, Eq) and fact.lhs.free_symbols >= {size, w.label} for fact in claim.hypotheses)
    with pytest.raises(DomainError, match="two different symbols are called p"):
        parse_claim(Le(own, p, evaluate=False), "p < 1")


def test_a_definition_of_a_symbol_of_the_claim_is_a_hypothesis():
    own = Plain("c")
    assert parse_claim(Le(own, 1), "c = 1/2").hypotheses == (Eq(own, Rational(1, 2)),)


def test_a_claim_keeps_its_hypotheses():
    claim = Claim(x, "<=", 1, [Lt(x, 1)], exists=True)
    assert parse_claim(claim, "x > 0") == Claim(x, "<=", 1, [Lt(x, 1), Lt(0, x)], exists=True)
    assert parse_claim(claim) == claim


@pytest.mark.parametrize("claim", [True, False, true, S.false])
def test_a_bare_truth_value_is_refused(claim):
    with pytest.raises(DomainError, match="evaluate=False"):
        parse_claim(claim)


@pytest.mark.parametrize("claim", [3, p, None, And(p < 1, q < 1), 0.5, [p < 1]])
def test_what_is_no_claim_is_refused(claim):
    with pytest.raises(DomainError, match="is not a claim"):
        parse_claim(claim)


@pytest.mark.parametrize(("text", "message"), [("p", "this is an expression"), ("p < q < r", "a chain of 2 relations")])
def test_one_relation_is_expected(text, message):
    with pytest.raises(ParseError, match=message):
        parse_claim(text)


def test_two_sides_that_are_given_apart():
    claim = claim_between("f(p)", "=", r"p \log p", "f(x) = x log x")
    assert claim.lhs == claim.rhs == p * log(p)
    own = Plain("p")
    assert claim_between("p^2", "=", own**2, "p > 2").hypotheses == (Lt(2, own),)
    with pytest.raises(ParseError, match="^the answer: ") as caught:
        claim_between("p +", "=", "q", labels=("the answer", "what is expected"))
    assert caught.value.text == "p +"
    with pytest.raises(ParseError, match="without a relation"):
        claim_between("p", "=", "q < r")


# Examples


@pytest.mark.parametrize("example", EXAMPLES["claims"], ids=lambda example: example["id"])
def test_public_homework_claims(example):
    claim = parse_claim(example["claim"], example["given"])
    assert isinstance(claim, Claim)
    if FAMILIES.search(example["claim"]):
        assert claim.lhs.has(Entropy, KLDivergence)
    elif example["expect"] == "refuted" and "witness" in example and all(isinstance(v, str) for v in example["witness"].values()):
        assert not _holds(claim, {name: Rational(value) for name, value in example["witness"].items()})
    elif example["expect"] == "proved":
        for _ in range(5):
            assert _holds(claim, {})


@pytest.mark.parametrize("example", EXAMPLES["equalities"], ids=lambda example: example["id"])
def test_public_homework_equalities(example):
    claim = claim_between(example["a"], "=", example["b"], example["given"])
    if FAMILIES.search(example["a"] + example["b"]):
        assert claim.as_relation().has(Entropy, KLDivergence)
    elif "accept_error" not in example:
        assert all(_holds(claim, {}) for _ in range(4)) == example["truth"]


@pytest.mark.parametrize(
    "example", [each for each in EXAMPLES["chains"] if "\\begin" not in each["text"]], ids=lambda example: example["id"]
)
def test_public_homework_chains(example):
    chain = parse(example["text"], example["given"])
    assert len(chain) == example["links"]
    if "Geometric" in example["text"]:
        return  # SymPy's evalf of an infinite sum does not end
    if FAMILIES.search(example["text"]):
        return
    wrong = [place for place, link in enumerate(chain) if not all(_holds(link, {}) for _ in range(4))]
    assert (wrong[0] if wrong else None) == example["first_wrong"]


_random = random.Random(7)


def _holds(claim, values):
    """Whether a claim holds at a point: the given values by name, others random, in 50 digits. Only for finite distributions."""
    difference = (claim.lhs - claim.rhs).doit().subs(n, 3).doit()
    entries = {symbol for symbol in difference.free_symbols if symbol.is_Indexed}
    table = {}
    for base in {entry.base for entry in entries}:
        weights = [_random.randint(1, 9) for _ in range(3)]
        table |= {base[k]: Rational(weights[k - 1], sum(weights)) for k in (1, 2, 3)}
    difference = difference.xreplace(table)
    for names in (["p_1", "p_2", "p_3"], ["q_1", "q_2", "q_3"]):
        weights = [_random.randint(1, 9) for _ in names]
        values = {**{name: Rational(w, sum(weights)) for name, w in zip(names, weights, strict=True)}, **values}
    point = {s: values.get(s.name, Rational(_random.randint(1, 10**4 - 1), 10**4)) for s in difference.free_symbols}
    with mp.workdps(80):
        value = difference.xreplace(point)
        number = mpf(str(value.evalf(60, maxn=400))) if value != 0 else mpf(0)
    number = mpf(0) if abs(number) < mpf(10) ** -45 else number
    tests = {"=": number == 0, "!=": number != 0, "<": number < 0, "<=": number <= 0, ">": number > 0, ">=": number >= 0}
    return bool(tests[claim.relation])


@pytest.mark.parametrize(
    "text",
    [
        "p*log(p/q) + (1 - p)*log((1 - p)/(1 - q)) >= 0",
        "log(x**2 + 1) <= x**2",
        "exp(-x)*p != q/3",
        "sqrt(p)*q < (p + q)/2",
        "0 <= p - p**2",
    ],
)
def test_what_is_printed_is_read_again(text):
    claim = parse(text)
    again = parse(f"{claim.lhs} {claim.relation} {claim.rhs}")
    assert again == claim


def test_the_nouns_of_named_pmfs():
    P, Q = (Finite.symbols(name, n) for name in "pq")
    assert parse("D(P||Q) >= H(P)") == Claim(KLDivergence(P, Q), ">=", Entropy(P))
