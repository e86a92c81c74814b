"""Many answers to one exercise: each judged within its own limits, equal ones once.

Main definitions: `grade`, and `Row`, what it yields.

Left out on purpose: files (see `symentropy.cli.grading`).
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any

from sympy import E

from symentropy.errors import DomainError
from symentropy.exact import shorten
from symentropy.homework.answers import SECONDS, SLIP_SECONDS, check_answer
from symentropy.homework.judging import SCORES, Exercise, Judgement, judge
from symentropy.homework.workers import MEGABYTES, Workers

#: Seconds beyond those for the decision and the slip after which a worker is killed.
GRACE = 2.0
#: Submissions that are handed out before the first one is back, for each job.
AHEAD = 64


@dataclass(frozen=True, slots=True)
class Row:
    """A submission and what became of it.

    ``outcome`` is ``proved`` (right), ``refuted`` (wrong), ``undecided``, or ``unreadable``; ``score`` is 1, 0, or None where it is not
    decided; ``reason`` says what went wrong, ``counterexample`` shows both sides at a point, and ``conditions`` is what an answer needs
    to be defined.
    """

    id: str
    answer: str
    outcome: str
    slip: str
    score: float | None
    reason: str
    counterexample: str
    conditions: str


def grade(
    submissions: Iterable[Any],
    expected: Any,
    given: Iterable[Any] = (),
    executor: Executor | None = None,
    timeout: float = SECONDS,
    *,
    base: Any = E,
    jobs: int | None = None,
    megabytes: int = MEGABYTES,
) -> Iterator[Row]:
    """Yield a `Row` for each submission, in their order.

    Parameters
    ----------
    submissions
        Texts, pairs (id, text), or mappings with an ``answer`` and perhaps an ``id``; without an id they are numbered from 1.
    expected, given, base
        As for `check_answer`.
    executor
        Any ``concurrent.futures.Executor``, such as one of Dask or MPI. None: worker processes of its own, in which a submission that takes
        too long or too much memory is killed without losing the others. With another executor such limits are its own.
    timeout
        Seconds that a decision may take.
    jobs
        Keyword only: how many worker processes, by default as many as there are processors.
    megabytes
        Keyword only: the memory that each of them may take beyond what an idle one has.

    Raises
    ------
    ParseError, DomainError
        If what is expected, or what is given, cannot be read or has no meaning. Submissions raise nothing.
    TypeError
        For a text in the place of a list of them.

    Examples
    --------
    >>> from symentropy.homework.grading import InProcess
    >>> rows = grade(["log p + log 2", "log p", "log("], "log(2 p)", executor=InProcess())
    >>> [(row.id, row.outcome, row.slip, row.score) for row in rows]
    [('1', 'proved', '', 1.0), ('2', 'refuted', 'dropped-constant', 0.0), ('3', 'unreadable', '', 0.0)]
    """
    if isinstance(submissions, (str, bytes, Mapping)):
        raise TypeError(f"submissions is {shorten(repr(submissions))}: give a list of answers, ['log p'] for a single one")
    exercise = Exercise(expected, tuple([given] if isinstance(given, str) else given), base, timeout)
    own = check_answer(expected, expected, exercise.given, base=base, timeout=timeout)  # an instructor's error is one, before any work
    if own.outcome == "refuted":
        raise DomainError(f"what is expected is wrong: {own}")
    if executor is not None:
        return _rows(_numbered(submissions), exercise, executor, (jobs or os.cpu_count() or 1) * AHEAD)
    return _with_workers(_numbered(submissions), exercise, jobs or os.cpu_count() or 1, megabytes)


def _with_workers(submissions: Iterator[tuple[str, str]], exercise: Exercise, jobs: int, megabytes: int) -> Iterator[Row]:
    workers = Workers(jobs, exercise.seconds + SLIP_SECONDS + GRACE, megabytes)
    try:
        yield from _rows(submissions, exercise, workers, jobs * AHEAD)
    finally:
        workers.shutdown(wait=True, cancel_futures=True)


def _rows(submissions: Iterator[tuple[str, str]], exercise: Exercise, executor: Executor, ahead: int) -> Iterator[Row]:
    """Yield the rows in order, with so many submissions handed out at most; equal texts are judged once."""
    known: dict[str, Future[Any]] = {}
    waiting: deque[tuple[str, str, Future[Any]]] = deque()
    for name, answer in submissions:
        key = text_key(answer)
        if key not in known:
            known[key] = executor.submit(judge, answer, exercise)
        waiting.append((name, answer, known[key]))
        while waiting and (len(waiting) >= ahead or waiting[0][2].done()):
            yield _row(*waiting.popleft())
    while waiting:
        yield _row(*waiting.popleft())


def _row(name: str, answer: str, future: Future[Any]) -> Row:
    try:
        found = Judgement(*future.result())
    except Exception as error:  # the executor failed: a worker that died, say
        found = Judgement("undecided", reason=f"the worker failed: {type(error).__name__}: {error}"[:300])
    return Row(name, answer, found.outcome, found.slip, SCORES.get(found.outcome), found.reason, found.counterexample, found.conditions)


def text_key(answer: str) -> str:
    """Return what equal submissions have in common: the text with white space and the full stop left out.

    >>> text_key(" log  p + 1. ") == text_key("log p + 1")
    True
    """
    return " ".join(answer.split()).rstrip(" .,;")


def _numbered(submissions: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for number, submission in enumerate(submissions, 1):
        name, answer = _name_and_answer(submission, str(number))
        if not isinstance(answer, str):
            raise DomainError(f"submission {name} is {shorten(repr(answer))}, which is no text")
        yield name, answer


def _name_and_answer(submission: Any, number: str) -> tuple[str, Any]:
    if isinstance(submission, Mapping):
        if "answer" not in submission:
            raise DomainError(f"submission {number} has no 'answer', only {', '.join(map(str, submission))}")
        return str(submission.get("id") or number), submission["answer"]
    if isinstance(submission, (tuple, list)) and len(submission) == 2:
        return str(submission[0]), submission[1]
    return number, submission


class InProcess(Executor):
    """Does each task at once, in this process and without limits: for tests and for few submissions."""

    def submit(self, task: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        """Return a future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(task(*arguments, **named))
        except Exception as error:
            future.set_exception(error)
        return future
