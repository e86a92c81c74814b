"""Time limits: they interrupt loops and SymPy, nest, work in threads, and leave nothing behind."""

import threading
import time

import pytest
from sympy import Eq, Interval, Poly, Symbol, exp, factor, prod, symbols
from sympy import stats as st

from symentropy import Claim, Entropy, NoClosedForm, closed_form, decide, derive
from symentropy.interruption import TimeIsUp, time_limit
from symentropy.proof import search
from symentropy.proof.checks import domain_of
from symentropy.proof.domain import Domain

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


class Deaf:
    """Something whose destructor takes its time: an exception that arrives there is dropped."""

    def __del__(self):
        time.sleep(0.1)
        sum(range(10))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_exception_that_is_dropped_in_a_destructor_is_raised_again():
    start = time.monotonic()

    def work():
        thing = Deaf()
        del thing
        while took(start) < 8:
            pass

    with pytest.raises(TimeIsUp, match=r"0\.05"), time_limit(0.05):
        work()
    assert took(start) < 5
    sum(range(2000))


def test_the_outer_limit_survives_what_the_inner_one_takes_back():
    def inner():
        try:
            with time_limit(0.01):
                forever()
        except TimeIsUp as late:
            if "0.01" not in str(late):
                raise

    def work(start):
        while took(start) < 8:
            inner()

    for _ in range(20):
        start = time.monotonic()
        with pytest.raises(TimeIsUp), time_limit(0.02):
            work(start)
        assert took(start) < 5


@pytest.mark.parametrize("ask", [lambda: decide("H([p, 1-p]) <= log 2", timeout=None), lambda: derive("H(Exponential(2))", timeout=None)])
def test_a_limit_around_a_question_without_one_is_not_the_budget_of_the_question(ask, monkeypatch):
    for place in ("search._decided", "derivation._whole"):
        monkeypatch.setattr(f"symentropy.proof.{place}", lambda *_: forever())
    with pytest.raises(TimeIsUp, match=r"0\.05"), time_limit(0.05):
        ask()


def test_a_domain_that_was_interrupted_is_made_again(monkeypatch):
    p, q = symbols("p q")
    hypotheses = (p > 0, q > 0, Eq(p + q, 1))
    points = domain_of(hypotheses)
    with monkeypatch.context() as patch:
        patch.setattr(Domain, "_store", lambda *_: forever())
        with pytest.raises(TimeIsUp), time_limit(0.05):
            points.sign(p)
    assert domain_of(hypotheses).sign(1 - p) == ">"
