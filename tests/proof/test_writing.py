"""Claims, proofs, witnesses and verdicts as text, LaTeX and Markdown."""

import random
import re

import pytest
from sympy import (
    And,
    Contains,
    Derivative,
    Eq,
    Function,
    Ge,
    Gt,
    IndexedBase,
    Integer,
    Interval,
    Lambda,
    Le,
    Lt,
    Matrix,
    Ne,
    Piecewise,
    Rational,
    S,
    Subs,
    Sum,
    Symbol,
    Tuple,
    beta,
    digamma,
    false,
    latex,
    log,
    loggamma,
    oo,
    polygamma,
    true,
)
from sympy.abc import a, b, n, nu, p, q
from sympy.stats import Exponential, MultivariateNormal

from symentropy import CrossEntropy, Entropy, Finite, KLDivergence, Surprise
from symentropy.evaluation.enclosure import Enclosure
from symentropy.expectation import Expectation
from symentropy.proof.claim import Claim, Each, Proof, Step, Verdict, Witness
from symentropy.proof.writing import assumption, claim_text
from symentropy.proof.writing.numbers import apart
from symentropy.proof.writing.reasons import FACTS as TABLE_OF_FACTS
from symentropy.proof.writing.reasons import REASONS, Fact, reason
from symentropy.proof.writing.style import LATEX, TEXT, latex_text

X = Symbol("x", positive=True)
M = Symbol("m", integer=True, positive=True)
I, J = Symbol("i", integer=True), Symbol("j", integer=True)
F = Function("f")
R, T = IndexedBase("r"), IndexedBase("t")
H = Entropy([p, 1 - p])
P, Q = Finite.symbols("p", n), Finite.symbols("q", n)


def check_latex(text):
    """Check that braces, brackets of stretchable size and environments are closed in order, and that no text is left in math."""
    opened = []
    for found in re.finditer(r"\\begin\{([a-z*]+)\}|\\end\{([a-z*]+)\}|\\left|\\right|\\[{}$]|[{}]", text):
        token, begun, ended = found[0], found[1], found[2]
        if begun or token in ("{", r"\left"):
            opened.append(begun or token)
        elif ended or token in ("}", r"\right"):
            assert opened, text
            assert opened.pop() == (ended or {"}": "{", r"\right": r"\left"}[token]), text
    assert not opened, text


def check_rows(text):
    """Check that each row of the outermost aligned display has the same number of cells."""
    body = re.search(r"\\begin\{align(?:ed|\*)\}(.*)\\end\{align(?:ed|\*)\}", text, re.DOTALL)[1]
    while re.search(r"\\begin", body):  # cases and matrices have rows of their own
        body = re.sub(r"\\begin\{[a-z]+\}(?:(?!\\begin).)*?\\end\{[a-z]+\}", "", body, flags=re.DOTALL)
    rows = body.strip().split("\\\\\n")
    assert {len(re.findall(r"(?<!\\)&", row)) for row in rows} == {5}, text
    return len(rows)


# Claims

CLAIMS = [
    (Claim(H, ">=", 0), "H([p, 1 - p]) >= 0 for 0 < p < 1"),
    (Claim(KLDivergence([p, 1 - p], [q, 1 - q]), ">=", 0), "D_KL([p, 1 - p] ‖ [q, 1 - q]) >= 0 for 0 < p < 1 and 0 < q < 1"),
    (Claim(Entropy(Finite.symbols("p", 3)), "<=", log(3)), "H([p_1, p_2, p_3]) <= log(3) for p_1, p_2, p_3 > 0 and p_1 + p_2 + p_3 = 1"),
    (Claim(log(X), "<=", X - 1), "log(x) <= x - 1 for x > 0"),
    (Claim(p**2, ">=", 0), "p**2 >= 0"),
    (Claim(log(2), "<", 1), "log(2) < 1"),
    (Claim(log(2), "!=", 1), "log(2) != 1"),
    (Claim(p, "<", oo), "p < oo"),
    (Claim(log(M), ">=", 0), "log(m) >= 0 for m a positive integer"),
    (Claim(log(M), ">", 0, [Ge(M, 2)]), "log(m) > 0 for m an integer and m >= 2"),
    (Claim(n, ">", 0, [Contains(n, S.Naturals)]), "n > 0 for n a positive integer"),
    (Claim(n, ">", 0, [Contains(n, S.Naturals), Contains(a, S.Naturals)]), "n > 0 for n, a positive integers"),
    (Claim(n, ">=", 0, [Contains(n, S.Naturals0), Contains(a, S.Reals)]), "n >= 0 for n a non-negative integer and a a real number"),
    (Claim(p, ">=", 0, [Contains(p, Interval.Ropen(0, 1))]), "p >= 0 for 0 <= p < 1"),
    (Claim(p, ">=", 0, [Contains(p, Interval(0, oo))]), "p >= 0 for p >= 0"),
    (Claim(X, "<", 1, [Lt(X, 1)]), "x < 1 for 0 < x < 1"),
    (Claim(X, "<", 1, [Lt(2, X), Lt(X, 1)]), "x < 1 for 2 < x < 1"),
    (Claim(X, ">", -1, [Lt(-1, X)]), "x > -1 for x > 0"),
    (Claim(p, "<", q, [Lt(p, q)]), "p < q for p < q"),
    (Claim(p, "<", q, [Ne(p, q), Eq(p, 2 * q)]), "p < q for p != q and p = 2*q"),
    (Claim(p, "<", 1, [And(Lt(0, p), Lt(p, 1)), Gt(1, p), Lt(p, Rational(1, 2))]), "p < 1 for 0 < p < 1 and p < 1/2"),
    (Claim(a + b, ">", 0, [Lt(0, a), Gt(b, 0)]), "a + b > 0 for a, b > 0"),
    (Claim(H, "<", Rational(1, 2), exists=True), "H([p, 1 - p]) < 1/2 for some 0 < p < 1"),
    (Claim(p, "!=", q, exists=True), "p != q for some p and q"),
    (Claim(log(2), "<", 1, exists=True), "log(2) < 1"),
    (Claim(R[1], ">", 0, [Each(Lt(0, R[I]), (I, 1, n))]), "r[1] > 0 for r[1], ..., r[n] > 0"),
    (Claim(R[1], ">", 0, [Each(Lt(0, R[I]), (I, 1, n)), Each(Le(R[I], 1), (I, 1, n))]), "r[1] > 0 for 0 < r[1], ..., r[n] <= 1"),
    (Claim(R[1], "<", 0, [Each(Lt(R[I], T[I]), (I, 1, n))]), "r[1] < 0 for r[i] < t[i] for i = 1, ..., n"),
    (Claim(I, "<", 0, [Each(Lt(R[J], T[J]), (J, 1, n))]), "i < 0 for i an integer and r[j] < t[j] for j = 1, ..., n"),
    (Claim(X, ">", 0, [Each(Lt(0, F(q)), (q, Interval.open(0, 1)))]), "x > 0 for x > 0 and 0 < f(y) for 0 < y < 1"),
    (Claim(IndexedBase("w", positive=True)[1], ">", 0), "w[1] > 0 for w with entries > 0"),
    (Claim(Symbol("k", prime=True), ">", 1), "k > 1 for k a prime number"),
    (Claim(Symbol("k", even=True), ">", 1), "k > 1 for k an even integer"),
    (Claim(Symbol("k", negative=True), "<", 1), "k < 1 for k < 0"),
    (Claim(Symbol("k", integer=True, nonnegative=True), "<", 1), "k < 1 for k a non-negative integer"),
    (Claim(Symbol("k", real=True, nonzero=True), "<", 1), "k < 1 for k != 0"),
    (Claim(Symbol("k", real=True), "<", 1), "k < 1"),
]


@pytest.mark.parametrize(("claim", "text"), CLAIMS, ids=[text for _, text in CLAIMS])
def test_claims(claim, text):
    assert str(claim) == text
    check_latex(claim._repr_latex_())


def test_indexed_pmfs():
    claim = Claim(KLDivergence(P, Q), ">=", 0)
    assert str(claim).startswith("D_KL(P ‖ Q) >= 0 for n a positive integer, p[1], ..., p[n], q[1], ..., q[n] > 0, ")
    assert str(claim).endswith("Sum(p[i], (i, 1, n)) = 1 and Sum(q[i], (i, 1, n)) = 1")
    check_latex(claim._repr_latex_())


def test_latex_of_a_claim():
    assert Claim(p, "!=", q, [Le(p, 1)])._repr_latex_() == r"$p \ne q\text{ for }p \le 1$"
    assert claim_text(Claim(p, "!=", q, [Le(p, 1)])) == "p != q for p <= 1"


def test_long_lists_are_shortened():
    text = str(Claim(Entropy(Finite.symbols("p", 40)), "<=", log(40)))
    assert "p_1, p_2, ..., p_40 > 0" in text


def test_long_integers():
    claim = Claim(Integer(10) ** 5000, ">", Rational(1, 7**6000))
    assert len(str(claim)) > 10_000
    check_latex(claim._repr_latex_())
    assert r"\frac{1}{" in claim._repr_latex_()


def test_an_index_range_among_the_hypotheses():
    facts = [Le(1, I, evaluate=False), Le(I, n, evaluate=False)]
    assert str(Claim(R[I], ">", 0, facts)) == "r[i] > 0 for i = 1, ..., n"
    assert str(Claim(R[I], ">", 0, facts[1:])) == "r[i] > 0 for i an integer and i <= n"
    assert str(Claim(p, ">", 0, [Le(1, p), Le(p, n)])) == "p > 0 for p >= 1 and p <= n"


EACH = [
    (Each(Lt(0, R[I]), (I, 1, n)), "0 < r[i] for i = 1, ..., n"),
    (Each(Lt(I, R[J]), (J, 1, n)), "i < r[j] for j = 1, ..., n"),
    (Each(Lt(0, R[I] * T[J]), (I, 1, n), (J, 1, M)), "0 < r[i]*t[j] for i = 1, ..., n, j = 1, ..., m"),
    (Each(Eq(R[I], 1), (I, 1, n)), "r[i] = 1 for i = 1, ..., n"),
    (Each(Ge(F(p), X), (p, Interval(0, 1))), "f(y) >= x for 0 <= y <= 1"),
    (Each(Ge(F(p), 0), (p, Interval.open(0, oo))), "f(x) >= 0 for x > 0"),
    (Each(Ge(F(p), 0), (p, S.Reals)), "f(x) >= 0 for all real x"),
    (Each(Lt(0, Function("i")(I)), (I, 1, n)), "0 < i(j) for j = 1, ..., n"),
]


@pytest.mark.parametrize(("fact", "text"), EACH, ids=[text for _, text in EACH])
def test_each(fact, text):
    assert str(fact) == text
    check_latex(latex(fact))
    assert r"\text{ for " in latex(fact)


# Proofs


def step(rule, lhs, relation, rhs, premises=(), arguments=(), equality=None, facts=H.args[0].hypotheses, exists=False):
    return Step(rule, Claim(lhs, relation, rhs, facts, exists), tuple(premises), tuple(arguments), equality)


def proof_of(*steps):
    return Proof(steps[-1].claim, steps)


T_ = 2 * p
BINARY = proof_of(
    step("log_bound", log(1 / T_), "<=", 1 / T_ - 1, (), [1 / T_], (Eq(p, Rational(1, 2)),)),
    step("log_bound", log(X), "<=", X - 1, (), [X], (Eq(X, 1),)),
    step("instance", log(1 / (2 - T_)), "<=", 1 / (2 - T_) - 1, [1], [Tuple(X, 1 / (2 - T_))], (Eq(p, Rational(1, 2)),)),
    step("combination", H, "<=", log(2), [0, 2], [p, 1 - p], (Eq(p, Rational(1, 2)),)),
)
CHAIN = proof_of(
    step("definition", H, "=", H.doit()),
    step("algebra", H, "=", -log(p**p) - log((1 - p) ** (1 - p))),
    step("sign", -log(p**p) - log((1 - p) ** (1 - p)), ">=", 0, (), (), (false,)),
)


def test_a_proof_as_text():
    assert str(BINARY).splitlines() == [
        "Claim: H([p, 1 - p]) <= log(2) for 0 < p < 1.",
        "",
        "(1)  log(1/(2*p)) <= -1 + 1/(2*p)           since log(t) <= t - 1 with t = 1/(2*p)",
        "(2)  log(x) <= x - 1 for x > 0              the logarithm lies below its tangent at 1",
        "(3)  log(1/(2 - 2*p)) <= -1 + 1/(2 - 2*p)   (2) with x = 1/(2 - 2*p)",
        "(4)  H([p, 1 - p]) <= log(2)                adding p times (1) and (1 - p) times (3), by definition",
        "",
        "Equality holds if and only if p = 1/2.",
    ]


def test_a_chain_leaves_out_the_left_side():
    lines = str(CHAIN).splitlines()
    assert [line.split()[1] for line in lines[2:5]] == ["H([p,", "=", ">="]
    assert lines[2].index("=") == lines[3].index("=") == lines[4].index(">=") + 1
    assert lines[2].endswith("by definition")
    assert lines[3].endswith("algebra and the rules of logarithms")


@pytest.mark.parametrize(
    ("steps", "left_sides"),
    [
        ([(a, "=", b), (a, "=", p)], ["a", ""]),
        ([(a, "=", b), (b, "<=", p), (p, "<", q)], ["a", "", ""]),
        ([(a, "<=", b), (a, "=", p)], ["a", "a"]),  # a <= b = p would say that b = p
        ([(a, "<=", b), (b, ">=", p)], ["a", "b"]),
        ([(a, "!=", b), (b, "=", p)], ["a", "b"]),
        ([(a, "=", b), (b, "=", p), (a, ">", q)], ["a", "", ""]),
        ([(a, "=", b), (b, "<=", p), (a, "<", q)], ["a", "", "a"]),
        ([(a, "=", b), (p, "=", q)], ["a", "p"]),
    ],
)
def test_a_chain_says_what_its_steps_say(steps, left_sides):
    proof = proof_of(*(step("algebra", *parts, facts=()) for parts in steps))
    lines = str(proof).splitlines()[2:]
    found = [re.match(r"\(\d\)  ([a-z]?)", line)[1] for line in lines]
    assert found == left_sides


def test_other_hypotheses_start_a_new_chain_and_are_written():
    proof = proof_of(
        step("algebra", a, "=", b),
        step("algebra", b, "=", q, facts=(*BINARY.hypotheses, Gt(p, Rational(1, 2)))),
        step("algebra", q, "=", 1),
    )
    lines = str(proof).splitlines()
    assert "b = q for p > 1/2" in lines[3]
    assert "q = 1" in lines[4]
    fewer = proof_of(step("algebra", a, "=", b, facts=(Lt(0, p),)), step("algebra", q, "=", 1))
    assert "a = b for p > 0" in str(fewer)


REASON_ROWS = [
    (step("algebra", a, "=", b), "algebra"),
    (step("hypothesis", 0, "<", p), "given"),
    (step("hypothesis", -1, "<", p), "it follows from what is given"),
    (step("hypothesis", 0, "<", R[1], (), [Integer(0), Integer(1)], facts=(Each(Lt(0, R[I]), (I, 1, n)),)), "given, at i = 1"),
    (step("enclosure", log(2), "<", 1), "by certified evaluation: 0.6931 < 1"),
    (step("enclosure", Rational(1, 3), "<", Rational(333334, 1000000)), "by certified evaluation: 1/3 < 166667/500000"),
    (step("log_bound", log(q / p), "<", q / p - 1, (), [q / p]), "since log(t) < t - 1 for t != 1, with t = q/p"),
    (step("witness", p, "<", q, (), [Tuple(p, 0), Tuple(q, 1)], exists=True), "for example at p = 0, q = 1"),
    (step("combination", a, "<", b, [0], [Integer(1)]), "by (1)"),
    (step("combination", a, "<", b, [0, 2], [Integer(1), Integer(-1)]), "by (1) and (3)"),
    (step("combination", H, "<", b, [0, 2], [Integer(1), Integer(1)]), "by (1) and (3) and by definition"),
    (step("combination", a, "<", b, [0], [a + b]), "(a + b) times (1)"),
    (step("combination", a, "<", b, [0, 1, 2], [p, Integer(1), 1 - p]), "adding p times (1), (2) and (1 - p) times (3)"),
    (step("total", a, "<", b, [0], [I, Integer(1), n]), "summing (1) over i = 1, ..., n"),
    (step("single_term", a, ">=", b, [0], [I, Integer(1), n, M]), "by (1) no term is negative, and this is the one at i = m"),
    (
        step("mean_value", a, ">=", b, [0, 1, 2], [p, q]),
        "mean value theorem in p: (1) at p = q, and the sign of the derivative by (2) and (3)",
    ),
    (step("differentiate", a, "=", b, [0], [p]), "differentiating (1) with respect to p"),
    (step("derivative", Derivative(p * q, p, q), "=", 1), "differentiating with respect to p and q"),
    (step("instance", a, "=", b, [0], [Tuple(p, q), Tuple(R, Lambda(I, 1 / n))]), "(1) with p = q and r[i] = 1/n"),
    (step("instance", a, "=", b, [0]), "by (1)"),
    (step("cases", a, "=", b, [0, 1], [Lt(p, q), Ge(p, q)]), "in both cases: by (1) where p < q and (2) where p >= q"),
    (step("gibbs", a, "=", b), "Gibbs' inequality for distributions with a density"),
    (step("of_tomorrow", a, "=", b), "of_tomorrow"),
    (step("of_tomorrow", a, "=", b, [0, 1]), "of_tomorrow, by (1) and (2)"),
]


@pytest.mark.parametrize(("made", "words"), REASON_ROWS, ids=[words for _, words in REASON_ROWS])
def test_reasons(made, words):
    assert TEXT.sentence(reason(made, TEXT)) == words
    check_latex(LATEX.sentence(reason(made, LATEX)))


@pytest.mark.parametrize("rule", REASONS)
@pytest.mark.parametrize("arguments", [(), (X,), (X, 2), (Integer(7), X), (Tuple(X),), (true, false, X)])
@pytest.mark.parametrize("premises", [(), (0,), (5, 3)])
def test_malformed_steps_are_written_too(rule, arguments, premises):
    made = step(rule, a, "<", b, premises, arguments)
    assert TEXT.sentence(reason(made, TEXT))
    assert rule
    check_latex(proof_of(made).to_latex())


def test_equality():
    ends = {
        (Eq(p, Rational(1, 2)),): "Equality holds if and only if p = 1/2.",
        (Eq(p, q), Eq(q, 1)): "Equality holds if and only if p = q and q = 1.",
        (Each(Eq(R[I], T[I]), (I, 1, n)),): "Equality holds if and only if r[i] = t[i] for i = 1, ..., n.",
        (false,): "The two sides are never equal.",
        (): "The two sides are always equal.",
    }
    for equality, sentence in ends.items():
        assert str(proof_of(step("sign", a, ">=", b, equality=equality))).splitlines()[-1] == sentence
    for relation, equality in ((">=", None), ("<", (false,)), ("=", ())):
        assert "qual" not in str(proof_of(step("sign", a, relation, b, equality=equality)))


def test_assumptions(monkeypatch):
    mean = Expectation(X, X, Exponential("X", 2).pspace.distribution)
    made = step("moment", mean, "=", b, facts=())
    monkeypatch.setitem(TABLE_OF_FACTS, "moment", lambda known, style: Fact([style.math(known.claim.rhs)], ["a book, 100% of page_3"]))
    assert assumption(made) == "b (a book, 100% of page_3)"
    assert assumption(step("algebra", a, "=", b)) is None
    proof = proof_of(made)
    assert proof.assumptions == (assumption(made),)
    assert str(proof).endswith("Used without proof: b (a book, 100% of page_3).")
    assert r"100\% of page\_3" in proof.to_latex()
    monkeypatch.setitem(TABLE_OF_FACTS, "moment", lambda *_: Fact(["this"], ["a book"], is_own=True))
    assert str(proof).endswith("Used without proof: (1).")
    monkeypatch.delitem(TABLE_OF_FACTS, "moment")
    assert assumption(made) is None


def test_an_assumption_of_malformed_data_is_the_step_itself(monkeypatch):
    monkeypatch.setitem(TABLE_OF_FACTS, "moment", lambda known, _style: known.arguments[5])
    assert assumption(step("moment", a, "=", b, facts=())) == "a = b"


def test_a_proof_without_steps_is_written():
    proof = Proof(Claim(a, "=", b), ())
    assert str(proof).startswith("Claim: a = b.")
    assert proof.to_latex() == r"\textbf{Claim.} $a = b$."
    assert proof.to_markdown().startswith("**Claim.** $a = b$.")


@pytest.mark.parametrize("proof", [BINARY, CHAIN, proof_of(*(made for made, _ in REASON_ROWS))], ids=["binary", "chain", "all reasons"])
def test_latex_and_markdown_of_proofs(proof):
    for text in (proof.to_latex(), proof.to_markdown()):
        check_latex(text)
        assert check_rows(text) == len(proof.steps)
        assert text.count("$") % 2 == 0
    assert proof.to_latex().startswith(r"\textbf{Claim.} $")
    assert proof.to_markdown().startswith("**Claim.** $")
    assert len(str(proof).splitlines()) >= len(proof.steps) + 2


def test_displays_with_cells_of_their_own():
    cases = Piecewise((p, Lt(q, 1)), (0, True))
    normal = Entropy(MultivariateNormal("X", [0, 0], Matrix([[1, 0], [0, 1]])))
    proof = proof_of(step("algebra", cases, "=", cases, facts=()), step("algebra", normal, "=", normal, facts=()))
    check_latex(proof.to_latex())
    assert check_rows(proof.to_latex()) == 2


# Witnesses and verdicts


def enclosed_by(low, high, digits=10):
    return Enclosure(Rational(low), Rational(high), digits)


def test_witness():
    claim = Claim(H, ">=", log(2))
    witness = Witness(claim, {p: Rational(1, 10)}, enclosed_by("0.3250829733", "0.3250829734"), enclosed_by("0.693147180", "0.693147181"))
    assert str(witness) == "at p = 1/10: the left side is about 0.3251, the right side is about 0.6931"
    assert witness._repr_latex_().startswith(r"$\text{at }p = \frac{1}{10}\text{: the left side is about }0.3251")
    check_latex(witness._repr_latex_())


def test_witness_of_an_indexed_pmf_and_exact_sides():
    sides = Enclosure.of(oo, 5), Enclosure.of(Rational(1, 3), 5)
    witness = Witness(Claim(a, "=", b), {n: Integer(2), R[1]: Rational(1, 2)}, *sides)
    assert str(witness) == "at n = 2, r[1] = 1/2: the left side is oo, the right side is 1/3"
    assert (
        str(Witness(Claim(1, "=", 2), {}, Enclosure.of(S.One, 5), Enclosure.of(Integer(2), 5))) == "the left side is 1, the right side is 2"
    )


def test_witness_shows_doubts_and_wide_enclosures():
    doubtful = Enclosure(Rational(1, 10), Rational(9, 10), 5, ("an integral",))
    text = str(Witness(Claim(a, "<", b), {p: Integer(1)}, doubtful, Enclosure.of(Integer(1), 5)))
    assert text == "at p = 1: the left side is between 0.10 and 0.90 (not certified), the right side is 1"


@pytest.mark.parametrize("seed", range(20))
def test_enough_digits_tell_two_numbers_apart(seed):
    draw = random.Random(seed)
    first = Rational(draw.randint(1, 10**6), draw.randint(1, 10**6))
    second = first * (1 + Rational(draw.choice([-1, 1]), 10 ** draw.randint(1, 30)))
    sides = [enclosed_by(value * (1 - Rational(1, 10**45)), value * (1 + Rational(1, 10**45)), 40) for value in (first, second)]
    digits = apart(*sides)
    assert digits >= 4
    assert sides[0].text(digits) != sides[1].text(digits)
    assert digits == 4 or any(sides[0].text(fewer) == sides[1].text(fewer) for fewer in (digits - 1, digits - 2))
    assert str(Witness(Claim(a, "=", b), {}, *sides)).count(sides[0].text(digits)) == 1


def test_a_long_exact_value_is_shown_by_its_digits():
    long = Enclosure.of(Integer(10) ** 5000 + 1, 20)
    assert str(
        Witness(Claim(a, "=", b), {}, long, long)
    ) == "the left side is about 1.000e+5000, the right side is about 1.000e+5000".replace("+", "")


def test_verdicts():
    claim = Claim(log(a) + log(b), "=", log(a * b))
    proved = Verdict(claim, "proved", Proof(claim, (Step("algebra", claim),)), conditions=(Lt(0, a), Lt(0, b)))
    assert str(proved) == "proved: log(a) + log(b) = log(a*b), provided that a, b > 0"
    assert proved._repr_markdown_().startswith("**Proved:** $")
    assert r"\begin{aligned}" in proved._repr_markdown_()
    witness = Witness(claim, {a: Integer(1)}, Enclosure.of(S.One, 5), Enclosure.of(Integer(2), 5))
    refuted = Verdict(claim, "refuted", witness=witness)
    assert str(refuted) == "refuted: log(a) + log(b) = log(a*b); at a = 1: the left side is 1, the right side is 2"
    assert "**Refuted:**" in refuted._repr_markdown_()
    undecided = Verdict(claim, "undecided", reason="no rule applies")
    assert str(undecided) == "undecided: log(a) + log(b) = log(a*b); no rule applies"
    for verdict in (proved, refuted, undecided):
        check_latex(verdict._repr_markdown_())
        assert verdict._repr_markdown_().count("$") % 2 == 0


# All of it, at random

SIDES = [
    a,
    p * log(p),
    H,
    KLDivergence(P, Q),
    CrossEntropy([p, 1 - p], [q, 1 - q]),
    Surprise(X),
    log(X) / M,
    Sum(R[I], (I, 1, n)),
    S.Zero,
    oo,
]
FACTS = [Lt(0, a), Le(a, 1), Ne(p, q), Eq(p, 2 * q), Contains(n, S.Naturals), Contains(b, Interval(0, 1)), Each(Lt(R[I], 1), (I, 1, n))]
RELATIONS = ["=", "!=", "<", "<=", ">", ">="]


@pytest.mark.parametrize("seed", range(40))
def test_random_proofs(seed):
    draw = random.Random(seed)
    steps = []
    for place in range(draw.randint(1, 6)):
        lhs, rhs = draw.choice(SIDES[:-1]), draw.choice(SIDES)
        claim = Claim(lhs, draw.choice(RELATIONS), rhs, draw.sample(FACTS, draw.randint(0, 4)), draw.random() < 0.1)
        premises = tuple(sorted(draw.sample(range(place), draw.randint(0, min(2, place)))))
        arguments = tuple(draw.sample([p, X, I, Integer(1), n, Tuple(p, q), Lt(p, q)], draw.randint(0, 4)))
        equality = draw.choice([None, (), (false,), (Eq(p, q),), tuple(FACTS[2:4])])
        steps.append(Step(draw.choice(list(REASONS)), claim, premises, arguments, equality))
    proof = proof_of(*steps)
    for text in (proof.to_latex(), proof.to_markdown()):
        check_latex(text)
        assert check_rows(text) == len(steps)
    for number in range(1, len(steps) + 1):
        assert f"({number})  " in str(proof)
    assert "Dummy" not in str(proof)
    assert Proof.from_json(proof.to_json()) == proof


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (beta(nu / 2, b), r"\operatorname{B}\left(\frac{\nu}{2}, b\right)"),
        (beta(a, b) ** 2, r"\operatorname{B}^{2}\left(a, b\right)"),
        (digamma(nu), r"\psi\left(\nu\right)"),
        (digamma(nu) ** 2, r"\psi^{2}\left(\nu\right)"),
        (polygamma(1, nu), r"\psi^{(1)}\left(\nu\right)"),
        (polygamma(1, nu) ** 2, r"\left(\psi^{(1)}\left(\nu\right)\right)^{2}"),
        (loggamma(nu), r"\log \Gamma\left(\nu\right)"),
        (loggamma(nu) ** 2, r"\left(\log \Gamma\left(\nu\right)\right)^{2}"),
        (a * digamma(b), r"a \psi\left(b\right)"),
    ],
)
def test_functions_have_their_usual_signs(expression, text):
    assert latex_text(expression) == text


def test_latex_of_values_at_a_point_and_of_sums_over_two_indices():
    x, i, j = Symbol("x", positive=True), Symbol("i", integer=True), Symbol("j", integer=True)
    assert latex_text(Subs(Derivative(log(x), x), x, 2)) == r"\left. \frac{d}{d x} \log{\left(x \right)} \right|_{x = 2}"
    assert latex_text(Sum(i * j, (j, 1, i), (i, 1, M))) == r"\sum_{i=1}^{m} \sum_{j=1}^{i} i j"
