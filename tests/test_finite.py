"""`Finite`: forms, hypotheses, exactness, and each message for bad input."""

import pickle
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from sympy import (
    Contains,
    Eq,
    Float,
    ImmutableMatrix,
    IndexedBase,
    Integer,
    Lambda,
    Matrix,
    Rational,
    S,
    StrictLessThan,
    Sum,
    Symbol,
    cos,
    exp,
    latex,
    ordered,
    pi,
    sin,
    sqrt,
    symbols,
)

from symentropy import DomainError, Entropy, Finite, KLDivergence, ParseError, SymentropyError
from symentropy.finite import MAX_EXPLICIT
from symentropy.weights import Weights

p, q = symbols("p q", positive=True)
a, b, t = symbols("a b t", real=True)
n = Symbol("n", integer=True, positive=True)
HALF = Rational(1, 2)


@pytest.mark.parametrize(
    "written",
    [
        [Rational(1, 4), Rational(3, 4)],
        ("1/4", "3/4"),
        ["0.25", "0.75"],
        ["25e-2", ".75"],
        [Fraction(1, 4), Fraction(3, 4)],
        [Decimal("0.25"), Decimal("0.75")],
        Matrix([Rational(1, 4), Rational(3, 4)]),
        Matrix([[Rational(1, 4), Rational(3, 4)]]),
        ImmutableMatrix([Rational(1, 4), Rational(3, 4)]),
        np.array([Fraction(1, 4), Fraction(3, 4)]),
        Finite.from_weights([1, 3]),
        Finite.from_weights(["1/2", "3/2"]),
        Finite.from_weights(np.array([2, 6])),
    ],
)
def test_the_same_pmf_in_every_form(written):
    P = Finite(written)
    assert Finite(["1/4", "3/4"]) == P
    assert hash(P) == hash(Finite(["1/4", "3/4"]))
    assert P.probabilities == (Rational(1, 4), Rational(3, 4))
    assert P.outcomes == (0, 1)
    assert P.size == 2
    assert P.hypotheses == ()


def test_named_outcomes():
    P = Finite({"heads": "1/3", "tails": "2/3"})
    assert Finite(["1/3", "2/3"], ["heads", "tails"]) == P
    assert P.outcomes == ("heads", "tails")
    assert P.probability("tails") == Rational(2, 3)
    assert P.probability("edge") == 0
    assert Finite(["1/3", "2/3"]) != P
    assert P.free_symbols == set()
    assert str(P) == "Finite({heads: 1/3, tails: 2/3})"
    assert Finite({("a", 1): HALF, 3: HALF}).outcomes == (("a", 1), 3)
    assert Finite({Symbol("H"): 1}).probability("H") == 1  # SymPy's Coin has symbols for outcomes


def test_symbols_are_positive_and_carry_their_sum():
    P = Finite.symbols("p", 3)
    p1, p2, p3 = P.probabilities
    assert [x.name for x in P.probabilities] == ["p_1", "p_2", "p_3"]
    assert all(x.is_positive for x in P.probabilities)
    assert Eq(p1 + p2 + p3, 1) in P.hypotheses
    assert StrictLessThan(0, p1, evaluate=False) in P.hypotheses
    assert len(P.hypotheses) == 4
    assert Finite.symbols("p", Integer(3)) == P


def test_symbolic_size():
    P = Finite.symbols("p", n)
    p_n = IndexedBase("p", positive=True)
    i = P.probabilities.variables[0]
    assert P.probabilities == Lambda(i, p_n[i])
    assert P.size == n
    assert P.hypotheses == (StrictLessThan(0, p_n[i], evaluate=False), Eq(Sum(p_n[i], (i, 1, n)), 1))
    assert P.subs(n, 3) == Finite([p_n[1], p_n[2], p_n[3]])
    assert i not in P.free_symbols
    assert n in P.free_symbols
    m = Symbol("m")
    assert Contains(m, S.Naturals) in Finite.symbols("p", m).hypotheses


def test_the_index_does_not_clash_with_the_size_or_the_name():
    i = Symbol("i", integer=True, positive=True)
    assert Finite.symbols("p", i).probabilities.variables[0].name == "j"
    assert Finite.symbols("i", n).probabilities.variables[0].name == "j"


def test_uniform():
    assert Finite.uniform(4) == Finite(["1/4"] * 4)
    assert Finite.uniform(n).subs(n, 4) == Finite.uniform(4)
    assert Finite.uniform(n).hypotheses == ()
    assert Finite.uniform(10**30).size == 10**30  # too many to write out: kept as a rule


def test_an_indexed_pmf_of_the_users_own():
    i = Symbol("i", integer=True)
    triangle = Finite(Lambda(i, 2 * i / (n * (n + 1))), n)
    assert triangle.hypotheses == (StrictLessThan(0, 2 * i / (n * (n + 1)), evaluate=False),)
    assert triangle.subs(n, 3) == Finite(["1/6", "1/3", "1/2"])
    with pytest.raises(DomainError, match="sum to 2, not 1"):
        Finite(Lambda(i, 2 / n), n)
    with pytest.raises(DomainError, match="needs its size"):
        Finite(Lambda(i, 1 / n))


@pytest.mark.parametrize(
    ("entries", "hypotheses"),
    [
        ([p, 1 - p], (StrictLessThan(0, p, evaluate=False), StrictLessThan(p, 1, evaluate=False))),
        ([a, b], (StrictLessThan(0, a), StrictLessThan(0, b), Eq(a + b, 1))),
        ([HALF, a], (StrictLessThan(0, a), Eq(a + HALF, 1))),
        ([a / (a + b), b / (a + b)], (StrictLessThan(0, a / (a + b)), StrictLessThan(0, b / (a + b)))),
        ([1 / sqrt(2), 1 - 1 / sqrt(2)], ()),
        ([1 - exp(-2), exp(-2)], ()),
        ([1 / (1 + sqrt(2)), 2 - sqrt(2)], ()),
        ([0, 1], ()),
        ([0, p, 1 - p], (StrictLessThan(0, p, evaluate=False), StrictLessThan(p, 1, evaluate=False))),
    ],
)
def test_hypotheses_are_what_cannot_be_computed(entries, hypotheses):
    assert Finite(entries).hypotheses == hypotheses


def test_an_identity_that_is_not_seen_is_a_hypothesis_not_an_error():
    P = Finite([sin(t) ** 2, cos(t) ** 2])
    assert Eq(sin(t) ** 2 + cos(t) ** 2, 1, evaluate=False) in P.hypotheses


def test_substitution_rebuilds_and_rechecks():
    P = Finite([p, 1 - p])
    assert P.subs(p, HALF) == Finite.uniform(2)
    assert P.subs(p, 0) == Finite([0, 1])
    assert P.xreplace({p: q}) == Finite([q, 1 - q])
    with pytest.raises(DomainError, match="outside"):
        P.subs(p, 2)


def test_pickle_and_rebuild():
    for P in (
        Finite([p, 1 - p]),
        Finite({"a": "1/3", "b": "2/3"}),
        Finite.symbols("p", n),
        Finite.from_weights(range(1, 50)),
        Finite.uniform(n),
    ):
        assert pickle.loads(pickle.dumps(P)) == P
        assert P.func(*P.args) == P


def test_a_million_weights_are_held_as_integers():
    weights = [k % 1000 + 1 for k in range(10**6)]
    P = Finite.from_weights(weights)
    assert P.args[0].values == tuple(weights)
    assert len(P.args[0].groups) == 1000
    assert P.args[0].total == sum(weights)
    assert len(str(P)) < 400
    assert list(P.args) == [P.args[0]]
    assert not P.args[0].args


def test_a_thousand_symbolic_entries():
    entries = symbols("a1:1000", positive=True)
    P = Finite([*entries, 1 - sum(entries)])
    assert P.size == 1000
    assert len(P.hypotheses) == 1000  # each entry is positive; the sum is 1 by computation


def test_weights_are_reduced():
    assert Weights([2, 4, 0]) == Weights([1, 2, 0])
    assert Weights([2, 4, 0]).groups == {1: 1, 2: 1}
    assert Finite.from_weights([5, 5]).args[0].values == (1, 1)


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (lambda: Finite([0.1, 0.9]), TypeError, r"probability 0 is the binary float 0.1.*'1/10' or Rational\(1, 10\)"),
        (lambda: Finite({"x": 0.1, "y": 0.9}), TypeError, "the probability of 'x' is the binary float 0.1"),
        (lambda: Finite([Float("0.1"), Rational(9, 10)]), TypeError, "'1/10'"),
        (lambda: Finite([p * 0.5, 1 - p / 2]), TypeError, "a number in probability 0 is the binary float 0.5"),
        (lambda: Finite(np.array([0.5, 0.5])), TypeError, "'1/2'"),
        (lambda: Finite([1 / 3, 2 / 3]), TypeError, "'1/3' or Rational"),
        (lambda: Finite([float("nan"), 1]), TypeError, "nan, which is not exact"),
        (lambda: Finite.from_weights([1, 2.5]), TypeError, "weight 1 is the binary float 2.5"),
        (lambda: Finite(["-1/2", "3/2"]), DomainError, r"probability 0 is -1/2, outside \[0, 1\]"),
        (lambda: Finite(["1/2", "3/2"]), DomainError, r"probability 1 is 3/2, outside \[0, 1\]"),
        (lambda: Finite({"x": 2, "y": -1}), DomainError, r"the probability of 'x' is 2, outside \[0, 1\]"),
        (lambda: Finite([pi / 3, 1 - pi / 3]), DomainError, "probability 0 is pi/3, outside"),
        (lambda: Finite(["1/2", "1/3"]), DomainError, "the probabilities sum to 5/6, not 1"),
        (lambda: Finite([1 / sqrt(2), HALF]), DomainError, "sum to 1/2 \\+ sqrt\\(2\\)/2, not 1"),
        (lambda: Finite([p, 2 - p]), DomainError, "sum to 2, not 1"),
        (lambda: Finite([-p, 1 + p]), DomainError, "probability 0 is -p, which is never in"),
        (lambda: Finite([p, HALF, HALF]), DomainError, r"cannot all be in \(0, 1\) and sum to 1"),
        (lambda: Finite([a, a - 1, 2 - 2 * a]), DomainError, "for any values of a"),
        (lambda: Finite([p + 1, a]), DomainError, "never in"),
        (lambda: Finite([]), DomainError, "at least one outcome"),
        (lambda: Finite({}), DomainError, "at least one outcome"),
        (lambda: Finite.from_weights([]), DomainError, "at least one outcome"),
        (lambda: Finite([HALF, HALF], ["a", "a"]), DomainError, "the outcome 'a' is repeated"),
        (lambda: Finite({"a": HALF, Symbol("a"): HALF}), DomainError, "the outcome 'a' is repeated"),
        (lambda: Finite([HALF, HALF], ["a"]), DomainError, "2 probabilities but 1 outcomes"),
        (lambda: Finite([HALF, HALF], "ab"), DomainError, "give a list of names"),
        (lambda: Finite({"a": 1}, ["b"]), DomainError, "already names its outcomes"),
        (lambda: Finite({0.5: 1}), TypeError, "the outcome 0.5 is the binary float"),
        (lambda: Finite({None: 1}), DomainError, "the outcome None is not text"),
        (lambda: Finite(Matrix([[1, 0], [0, 0]])), DomainError, "a 2 x 2 matrix is not a pmf"),
        (lambda: Finite(3), DomainError, "3 is not a list of probabilities"),
        (lambda: Finite({"1/2", "1/3"}), DomainError, "is not a list of probabilities"),
        (lambda: Finite("1/2"), DomainError, "is not a list of probabilities"),
        (lambda: Finite([None, 1]), DomainError, "probability 0 is None, which is not a number"),
        (lambda: Finite([True, False]), DomainError, "probability 0 is True, which is not a number"),
        (lambda: Finite(["p", "1-p"]), ParseError, "expected an exact number such as '1/2'"),
        (lambda: Finite(["1/0", 1]), DomainError, "division by zero in the number '1/0'"),
        (lambda: Finite(["1e-999999999", 1]), ParseError, "more than 100000 digits"),
        (lambda: Finite([HALF * S.ImaginaryUnit, 1 - HALF * S.ImaginaryUnit]), DomainError, "outside"),
        (lambda: Finite([S.NaN, 1]), DomainError, "nan"),
        (lambda: Finite([S.Infinity, 1]), DomainError, "oo"),
        (lambda: Finite.from_weights([0, 0]), DomainError, "weight 0 is 0"),
        (lambda: Finite([HALF, HALF], {"a", "b"}), DomainError, "give a list of names"),
        (lambda: Finite.from_weights([1, 0]), DomainError, "weight 1 is 0, not a positive number"),
        (lambda: Finite.from_weights([1, -2]), DomainError, "weight 1 is -2, not a positive number"),
        (lambda: Finite.from_weights({"x": 1, "y": 0}), DomainError, "weight 1 is 0"),
        (lambda: Finite.from_weights([p, 1]), DomainError, "weight 0 is p, not a rational number"),
        (lambda: Finite.symbols("p", 0), DomainError, "the size is 0: give a positive integer"),
        (lambda: Finite.symbols("p", -n), DomainError, "the size is -n"),
        (lambda: Finite.symbols("p", "1/2"), DomainError, "the size is 1/2"),
        (lambda: Finite.symbols("", 2), DomainError, "the name of the symbols"),
        (lambda: Finite.symbols("p", MAX_EXPLICIT + 1), DomainError, "too many"),
        (lambda: Finite.uniform(0), DomainError, "the size is 0"),
    ],
)
def test_bad_input_is_one_clear_error(build, error, message):
    with pytest.raises(error, match=message) as caught:
        build()
    assert isinstance(caught.value, (SymentropyError, TypeError))
    assert len(str(caught.value)) < 400


def test_unknown_keywords_are_refused():
    with pytest.raises(TypeError, match="outcome"):
        Finite([1], outcome=["a"])


def test_messages_survive_numbers_of_any_length():
    with pytest.raises(DomainError, match="sum to about"):
        Finite([Rational(1, 10**6000), HALF])


def test_pmfs_have_an_order_that_does_not_depend_on_the_run():
    pmfs = [Finite([0, 1]), Finite([1, 0]), Finite([HALF, HALF]), Finite(["1/3", "2/3"])]
    assert list(ordered(pmfs)) == list(ordered(reversed(pmfs)))


def test_indexed_pmfs_print_as_their_letters():
    P, Q = Finite.symbols("p", n), Finite.symbols("q", n)
    i = Symbol("i", integer=True)
    mixture = Finite(Lambda(i, P.args[0](i) / 3 + 2 * Q.args[0](i) / 3), n)
    assert str(KLDivergence(P, mixture)) == "D_KL(P ‖ P/3 + 2*Q/3)"
    assert latex(Entropy(P)) == r"H\left(P\right)"
    tilted = Finite(Lambda(i, P.args[0](i) ** 2), n)
    assert str(Entropy(tilted)) == "H([p[1]**2, ..., p[n]**2])"
    assert str(Entropy(Finite.symbols("p_1", n))) == "H([p_1[1], ..., p_1[n]])"
    assert str(Entropy(Finite.uniform(n))) == "H([1/n, ..., 1/n])"
