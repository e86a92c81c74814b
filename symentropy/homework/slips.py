"""Slips: named mistakes, each a way to change the expected answer.

Main definitions
----------------
* `KINDS`, the registry, the most specific first; `slip_kind` adds an entry.
* `explained`: the first slip that, made in what was expected, is proved to give what was answered.

Main statements
---------------
A kind proposes changed expectations with a message; `Work.gives` decides by the zero test whether one is the answer. A kind may be
as generous as it likes: it cannot name a slip that does not explain the answer. A slip that can be undone is also looked for in the
answer: one that, undone there, is proved to give what was expected.

Left out on purpose: the kinds themselves (see `symentropy.homework.kinds` and `symentropy.homework.inner_kinds`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from symentropy.homework.proposals import Change, Proposals
from symentropy.homework.work import Expectation, Work
from symentropy.proof.claim import Slip

#: What a kind of slips is: it proposes changed expectations.
Proposes = Callable[[Expectation], Proposals]


class Kind(NamedTuple):
    """A kind of slip: its rank, its name, what it proposes, and what it is called when it is undone in the answer."""

    rank: int
    name: str
    proposals: Proposes
    undone: str


KINDS: list[Kind] = []


def slip_kind(name: str, *, rank: int, undone: str = "") -> Callable[[Proposes], Proposes]:
    """Register a kind of slip.

    ``rank``: kinds with a small one go first; ``undone``: the name if the change leads from the answer to the expectation, by default the
    same.
    """

    def register(proposals: Proposes) -> Proposes:
        KINDS.append(Kind(rank, name, proposals, undone or name))
        KINDS.sort(key=lambda kind: kind.rank)
        return proposals

    return register


def explained(work: Work) -> Slip | None:
    """Return the first slip that explains a wrong answer, None if there is none or the time is over."""
    for kind in KINDS:
        found = _first(work, kind)
        if found is not None:
            return Slip(kind.name, found.message, found.expression)
    mirrored = work.mirrored()
    for kind in sorted(KINDS, key=lambda kind: kind.undone != kind.name):  # what has another name when it is undone goes last
        found = _first(mirrored, kind)
        if found is not None:
            message = found.message if kind.undone == kind.name else MESSAGES.get(kind.undone, found.message)
            return Slip(kind.undone, message, work.answer)
    return None


#: What is said of a slip that is undone in the answer under another name.
MESSAGES = {
    "extra-term": "there is a term that does not belong there",
    "extra-factor": "there is a factor that does not belong there",
}


def _first(work: Work, kind: Kind) -> Change | None:
    for candidate in work.wanted.candidates(kind.proposals):
        if work.is_over:
            return None
        if work.looks_right(candidate.values) and work.is_right((found := candidate.change).expression):
            return found
    return None
