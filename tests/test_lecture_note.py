"""Each formula and each sentence of the lecture note on surprise, entropy, cross-entropy and KL divergence that a computer can check."""

import pytest
from sympy import Rational, Sum, Symbol, diff, expand_log, limit, log, oo, symbols

from symentropy import (
    CrossEntropy,
    Entropy,
    Finite,
    KLDivergence,
    Surprise,
    cross_entropy,
    entropy,
    kl_divergence,
    surprise,
)

p = Symbol("p", positive=True)
n = Symbol("n", integer=True, positive=True)
COIN, DIE = Finite.uniform(2), Finite.uniform(6)


def test_surprise_of_a_state_is_minus_the_log_of_its_probability():
    P = Finite({"rain": Rational(1, 5), "sun": Rational(4, 5)})
    assert surprise(P.probability("rain")) == log(5)
    assert surprise(p) == -log(p)


def test_a_face_of_a_die_surprises_more_than_a_side_of_a_coin():
    assert surprise(DIE.probability(0)) == log(6)
    assert surprise(COIN.probability(0)) == log(2)
    assert surprise(Rational(1, 6)) > surprise(Rational(1, 2))


def test_surprise_is_a_decreasing_function_of_the_probability():
    assert diff(surprise(p), p) == -1 / p
    assert diff(surprise(p), p).is_negative
    assert limit(surprise(p), p, 0, "+") == oo
    assert surprise(1) == 0
    assert surprise(0) == oo


def test_three_equal_events_surprise_three_times_as_much():
    assert expand_log(surprise(p**3)) == 3 * surprise(p)
    assert surprise(Rational(1, 8)) == 3 * surprise(Rational(1, 2))


def test_surprises_add_where_probabilities_multiply():
    a, b, c = symbols("a b c", positive=True)
    assert expand_log(surprise(a * b * c)) == surprise(a) + surprise(b) + surprise(c)
    events = [Rational(1, 2), Rational(1, 3), Rational(5, 7)]
    assert expand_log(surprise(events[0] * events[1] * events[2]) - sum(map(surprise, events)), factor=True) == 0


def test_entropy_is_the_expected_surprise():
    P = Finite.symbols("p", 3)
    expected = sum(x * surprise(x) for x in P.probabilities)
    assert entropy(P) == expected
    assert Entropy(P).rewrite(Surprise) == sum(x * Surprise(x) for x in P.probabilities)
    assert Entropy(P).rewrite(Surprise).doit() == expected


def test_entropy_is_the_sum_over_states_of_minus_p_log_p():
    P = Finite.symbols("p", n)
    value = entropy(P)
    assert isinstance(value, Sum)
    index = value.variables[0]
    p_i = P.probabilities(index)
    assert value == Sum(-p_i * log(p_i), (index, 1, n))


def test_the_slip_of_the_note_is_not_the_entropy():
    # The note writes exp{-log p_s} for the expected surprise; exp(-log p) is 1/p, and no entropy.
    assert surprise(Rational(1, 2)).func is log
    assert (1 / Rational(1, 2)) != entropy(COIN)


def test_cross_entropy_is_the_surprise_of_q_averaged_over_p():
    P, Q = Finite.symbols("p", 3), Finite.symbols("q", 3)
    pairs = list(zip(P.probabilities, Q.probabilities, strict=True))
    assert cross_entropy(P, Q) == sum(-p_s * log(q_s) for p_s, q_s in pairs)
    assert CrossEntropy(P, Q).rewrite(Surprise) == sum(p_s * Surprise(q_s) for p_s, q_s in pairs)


def test_cross_entropy_of_equal_distributions_is_the_entropy():
    for P in (COIN, DIE, Finite.symbols("p", 4), Finite.symbols("p", n), Finite(["1/7", "2/7", "4/7"])):
        assert CrossEntropy(P, P) != Entropy(P)  # a claim, until asked
        assert CrossEntropy(P, P).doit() == Entropy(P).doit()


@pytest.mark.parametrize("q", [Rational(1, 100), Rational(1, 3), Rational(49, 100), Rational(99, 100)])
def test_cross_entropy_is_at_least_the_entropy(q):
    excess = cross_entropy(["1/2", "1/2"], [q, 1 - q]) - entropy(["1/2", "1/2"])
    assert excess.n(30) > 0


def test_cross_entropy_and_divergence_are_not_symmetric():
    P, Q = ["1/2", "1/2"], ["1/4", "3/4"]
    assert abs((cross_entropy(P, Q) - cross_entropy(Q, P)).n(30)) > Rational(1, 100)
    assert abs((kl_divergence(P, Q) - kl_divergence(Q, P)).n(30)) > Rational(1, 100)


def test_divergence_is_cross_entropy_less_entropy():
    P, Q = Finite.symbols("p", 3), Finite.symbols("q", 3)
    assert KLDivergence(P, Q).rewrite(CrossEntropy) == CrossEntropy(P, Q) - Entropy(P)
    difference = kl_divergence(P, Q) - (cross_entropy(P, Q) - entropy(P))
    assert expand_log(difference).expand() == 0


def test_divergence_is_the_sum_of_p_log_p_over_q():
    P, Q = Finite.symbols("p", n), Finite.symbols("q", n)
    index = kl_divergence(P, Q).variables[0]
    p_i, q_i = P.probabilities(index), Q.probabilities(index)
    assert kl_divergence(P, Q) == Sum(p_i * log(p_i / q_i), (index, 1, n))
    explicit = sum(p_s * log(p_s / q_s) for p_s, q_s in zip(*(Finite.symbols(x, 2).probabilities for x in "pq"), strict=True))
    assert kl_divergence(Finite.symbols("p", 2), Finite.symbols("q", 2)) == explicit
