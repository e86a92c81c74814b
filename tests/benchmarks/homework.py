"""Homework, measured in one run: ``python tests/benchmarks/homework.py``.

Verdicts are those of the tables of the tests and of ``tests/data/homework_examples.json``, after imports. Submissions of an exercise are
all distinct and wrong, and nothing explains them, which takes longest; seconds are those of the processor, and of a clock where worker
processes take part. None is asserted in the tests.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from sympy.stats import Normal

from symentropy import SymentropyError, check_answer, check_steps, entropy, grade
from symentropy.homework import work
from symentropy.homework.judging import Exercise, judge

TESTS = Path(__file__).parent.parent
#: Exercises, and wrong answers with a number in them.
EXERCISES = (
    ("H([p, 1-p])", "-p log p + {}/7 (1-p)^2 log(1-p)"),
    ("D([p, 1-p] || [q, 1-q])", "p log(p/q) + (1-p)^2 log((1-p)/(1-q))/{}"),
    (
        "D(Normal(mu_1, sigma_1) || Normal(mu_2, sigma_2))",
        "log(sigma_2/sigma_1) + (sigma_1^2 + {}(mu_1-mu_2)^4)/(2 sigma_2^2)",
    ),
    ("D(P||Q)", r"\sum_s p_s \log p_s - {}\sum_s p_s^2 \log q_s"),
)
#: Submissions of each exercise, and how many of them are graded by worker processes.
MANY, GRADED = 24, 200


def line(what: str, seconds: float, note: str = "") -> None:
    """Print one figure."""
    print(f"{what:<64} {seconds * 1e3:10.1f} ms  {note}", flush=True)


def seconds(task: Callable[[], object]) -> float:
    """Return the time of the processor that a task takes."""
    start = time.process_time()
    task()
    return time.process_time() - start


def lines() -> Iterator[tuple[str, str, Sequence[str]]]:
    """Go through lines of homework: an answer, what is expected, and what is given."""
    sys.path.insert(0, str(TESTS / "homework"))
    from equalities import FALSE, TRUE  # tables of the tests, which are no package
    from slip_table import SLIPS

    yield from TRUE
    yield from FALSE
    yield from (row[1:] for row in SLIPS)
    examples = json.loads((TESTS / "data" / "homework_examples.json").read_text(encoding="utf-8"))
    yield from ((item["a"], item["b"], item["given"]) for item in examples["equalities"])


def verdict(answer: str, expected: str, given: Sequence[str]) -> None:
    """Check an answer, whatever comes of it."""
    with suppress(SymentropyError):
        check_answer(answer, expected, given)


def verdicts() -> None:
    """The time of a verdict, with the slip."""
    entropy(Normal("X", 0, 1))  # imports the families
    check_steps("1 = 1")
    times = sorted(seconds(lambda row=row: verdict(*row)) for row in lines())  # type: ignore[misc]
    line(f"{len(times)} lines of homework: median", statistics.median(times), "(wanted: below 50 ms)")
    line("95 % of them are below", times[len(times) * 95 // 100], "(wanted: below 500 ms)")
    line("longest", times[-1])


def submissions() -> None:
    """The time of a wrong answer that nothing explains, beside that without what is kept from the answers before."""
    for expected, template in EXERCISES:
        exercise = Exercise(expected)
        judge(template.format(997), exercise)
        kept = seconds(lambda e=exercise, t=template: [judge(t.format(k), e) for k in range(2, MANY + 2)]) / MANY  # type: ignore[misc]
        fresh = 0.0
        for number in range(MANY + 2, MANY + 10):
            work.forget()
            fresh += seconds(lambda e=exercise, t=template, n=number: judge(t.format(n), e)) / 8  # type: ignore[misc]
        line(
            f"an answer to {expected}",
            kept,
            f"{fresh / kept:.1f} x without what is kept; 1000 on two cores {kept * 500:.0f} s (wanted: 60)",
        )


def graded() -> None:
    """Distinct wrong submissions with two worker processes."""
    expected, template = EXERCISES[1]
    start = time.perf_counter()
    rows = list(grade([template.format(k) for k in range(2, GRADED + 2)], expected, jobs=2))
    elapsed = time.perf_counter() - start
    outcomes = {row.outcome for row in rows}
    line(f"grade, {GRADED} submissions, two workers, each", elapsed / GRADED, f"{elapsed:.1f} s in all; {', '.join(sorted(outcomes))}")


if __name__ == "__main__":
    for benchmark in (verdicts, submissions, graded):
        benchmark()
