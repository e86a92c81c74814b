"""What a subcommand yields, and how errors and time limits become outcomes.

Main definitions: `Outcome`, and `attempted`, which runs a piece of work within a time budget.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symentropy.errors import NoClosedForm, PrecisionError, ProofNotFound, SymentropyError
from symentropy.interruption import TimeIsUp, time_limit

EVALUATED, REFUTED, USAGE, UNDECIDED, INTERRUPTED = 0, 1, 2, 3, 130


@dataclass(frozen=True, slots=True)
class Outcome:
    """Text for standard output, a message for standard error, and the exit status that they ask for."""

    text: str = ""
    message: str = ""
    status: int = EVALUATED


def attempted(work: Callable[[], Outcome], timeout: float | None) -> Outcome:
    """Return the outcome of some work, or the outcome that its error amounts to."""
    try:
        with time_limit(timeout):
            return work()
    except (PrecisionError, NoClosedForm, ProofNotFound) as error:
        return Outcome(message=str(error), status=UNDECIDED)
    except (SymentropyError, TypeError) as error:
        return Outcome(message=str(error), status=USAGE)
    except TimeIsUp:
        return Outcome(message=f"no answer within the time budget of {timeout:g} s", status=UNDECIDED)
    except RecursionError:
        return Outcome(message="the expression is nested too deeply to be evaluated", status=USAGE)
    except MemoryError:
        return Outcome(message="no answer: out of memory", status=UNDECIDED)
