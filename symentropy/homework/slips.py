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
    undone_template: str


#: What becomes of a sentence about something that is missing, where it is there and should not be.
SUPERFLUOUS = (
    ("is missing in", "does not belong in"),
    ("is missing", "does not belong there"),
    ("are missing", "do not belong there"),
)

KINDS: list[Kind] = []


def slip_kind(name: str, *, rank: int, undone: str | None = None, undone_template: str = "") -> Callable[[Proposes], Proposes]:
    """Register a kind of slip.

    ``rank``: kinds with a small one go first; ``undone``: the name if the change leads from the answer to the expectation, by default the
    same, and '' if it is not looked for there, because it is a slip of the same kind made in the expectation; ``undone_template``: what is
    said then, by default the same with {0} and {1} exchanged.
    """

    def register(proposals: Proposes) -> Proposes:
        other = name if undone is None else undone
        KINDS.append(Kind(rank, name, proposals, other, undone_template))
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
        found = _first(mirrored, kind) if kind.undone else None
        if found is not None:
            message = found.undone(kind.undone_template).message
            for missing, superfluous in SUPERFLUOUS if kind.undone != kind.name else ():
                message = message.replace(missing, superfluous)
            return Slip(kind.undone, message, work.answer)
    return None


def _first(work: Work, kind: Kind) -> Change | None:
    for candidate in work.wanted.candidates(kind.proposals):
        if work.is_over:
            return None
        if work.looks_right(candidate.values):
            found = candidate.change
            if found.is_plausible and work.is_right(found.expression):
                return found
    return None
