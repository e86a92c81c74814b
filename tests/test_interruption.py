"""Time limits: they interrupt loops and SymPy, nest, work in threads, and leave nothing behind."""

import threading
import time

import pytest
from sympy import Interval, Poly, Symbol, exp, factor, prod, symbols
from sympy import stats as st

from symentropy import Claim, Entropy, NoClosedForm, closed_form, decide, derive
from symentropy.interruption import TimeIsUp, time_limit
from symentropy.proof import search

x = Symbol("x", positive=True)


def forever():
    while True:
        pass


def took(seconds):
    return time.monotonic() - seconds


def test_a_loop_is_interrupted():
    start = time.monotonic()
    with pytest.raises(TimeIsUp, match=r"0\.05 seconds"), time_limit(0.05):
        forever()
    assert took(start) < 2


def test_what_is_done_in_time_is_left_alone():
    before = threading.active_count()
    for _ in range(50):
        with time_limit(30):
            pass
    time.sleep(0.1)
    assert threading.active_count() <= before + 1
    with time_limit(None):
        pass


def test_no_exception_arrives_late():
    for _ in range(200):
        try:
            with time_limit(0.001):
                time.sleep(0.001)
        except TimeIsUp:
            pass
        sum(range(2000))  # where a late exception would arrive


def test_the_inner_limit_is_its_own_and_the_outer_one_passes_through_it():
    with time_limit(30), pytest.raises(TimeIsUp, match=r"0\.05"), time_limit(0.05):
        forever()
    with pytest.raises(TimeIsUp, match=r"0\.05"), time_limit(0.05), time_limit(30):
        forever()


def test_nothing_that_catches_exceptions_swallows_it():
    def stubborn():
        while True:
            try:
                forever()
            except Exception:  # noqa: PERF203
                continue

    with pytest.raises(TimeIsUp), time_limit(0.05):
        stubborn()


def test_in_another_thread():
    found = []

    def work():
        try:
            with time_limit(0.05):
                forever()
        except TimeIsUp:
            found.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(5)
    assert found == [True]


def test_sympy_is_interrupted_and_works_afterwards():
    a, b, c, d = symbols("a b c d")
    hard = prod((a + k * b + k**2 * c + k**3 * d + 1) ** 3 for k in range(1, 9))
    start = time.monotonic()
    with pytest.raises(TimeIsUp), time_limit(0.2):
        factor(Poly(hard, a, b, c, d).as_expr())
    assert took(start) < 5
    assert factor(a**2 - b**2) == (a - b) * (a + b)


def test_a_derivation_that_is_stuck_ends(monkeypatch):
    monkeypatch.setattr(closed_form, "ENGINES", [lambda *_: forever()])
    X = st.ContinuousRV(x, exp(-x - x**5), set=Interval(0, 1))
    with pytest.raises(NoClosedForm, match=r"no derivation .* was found in 0\.2 seconds"):
        derive(Entropy(X), timeout=0.2)


def test_a_decision_that_is_stuck_is_undecided(monkeypatch):
    monkeypatch.setattr(search, "GRACE", 0.1)
    monkeypatch.setattr(search, "conditions_of", lambda _: forever())
    verdict = decide(Claim(x, "<", x + 1), timeout=0.1)
    assert (verdict.outcome, verdict.reason) == ("undecided", "the budget of 0.1 seconds ran out")
