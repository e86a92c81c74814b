"""One submission, as a task that any process can do: plain data in, plain data out.

Main definitions
----------------
* `Exercise`, what is expected of all submissions; `Judgement`, what became of one of them, as strings and numbers.
* `judge`, which never raises for a text, however odd.

Left out on purpose: processes and limits (see `symentropy.homework.workers`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sympy import E

from symentropy.errors import DomainError, SymentropyError
from symentropy.homework.answers import check_answer
from symentropy.proof.writing.answers import witness_sentence
from symentropy.proof.writing.style import TEXT

#: What a submission is worth by its outcome; None where that is not known.
SCORES: dict[str, float | None] = {"proved": 1.0, "refuted": 0.0, "unreadable": 0.0, "undecided": None}


#: What is said of an answer that takes more memory than there is.
TOO_MUCH = "the answer takes too much memory"


@dataclass(frozen=True, slots=True)
class Exercise:
    """What is expected, under which hypotheses, in which base, and the seconds that a decision may take."""

    expected: Any
    given: Sequence[Any] = ()
    base: Any = E
    seconds: float = 3.0


class Judgement(NamedTuple):
    """What became of a submission: ``proved``, ``refuted``, ``undecided`` or ``unreadable``; '' where there is nothing to say."""

    outcome: str
    slip: str = ""
    reason: str = ""
    counterexample: str = ""
    conditions: str = ""


def judge(answer: str, exercise: Exercise) -> Judgement:
    """Return what becomes of an answer.

    >>> judge("log 2 + log p", Exercise("log(2 p)")).outcome
    'proved'
    >>> judge("log 2", Exercise("log(2 p)"))[:3]
    ('refuted', 'missing-term', 'the term log(p) is missing')
    >>> judge("log(", Exercise("log(2 p)")).outcome
    'unreadable'
    """
    if not answer.strip():
        return Judgement("unreadable", reason="there is no answer")
    try:
        verdict = check_answer(answer, exercise.expected, exercise.given, base=exercise.base, timeout=exercise.seconds)
    except DomainError as error:
        return Judgement("refuted", reason=str(error))
    except SymentropyError as error:
        return Judgement("unreadable", reason=str(error))
    except RecursionError:
        return Judgement("unreadable", reason="the answer is nested too deeply")
    except MemoryError:
        return Judgement("undecided", reason=TOO_MUCH)
    except Exception as error:  # a defect here must not cost the other submissions
        return Judgement("undecided", reason=f"internal error: {type(error).__name__}: {error}"[:300])
    shown = TEXT.sentence(witness_sentence(verdict.witness, TEXT)) if verdict.witness is not None else ""
    slip = verdict.slip
    said = slip.message if slip is not None else verdict.reason
    conditions = ", ".join(TEXT.fact(condition) for condition in verdict.conditions)
    return Judgement(verdict.outcome, "" if slip is None else slip.name, said, shown, conditions)
