"""What became of a chain or a document: a verdict for each link, where it stands, and what else there is to say.

Main definitions
----------------
* `Link`, a relation sign between two neighbouring expressions, as written, with its line and its verdict.
* `Remark`, what is said of a formula that is no link: a definition, a hypothesis, or one that cannot be read.
* `Report`: links and remarks, which print as text, Markdown, LaTeX, JSON and HTML (see `symentropy.homework.writing`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from symentropy.display import ipython_text
from symentropy.homework import writing
from symentropy.proof.claim import Verdict

Kind = Literal["definition", "hypothesis", "expression", "unreadable"]


@dataclass(frozen=True, slots=True)
class Link:
    """A relation between two neighbouring expressions as they were written: ``left``, ``sign``, ``right``; ``line`` counts from 1.

    ``hint`` is what else may help: what was probably meant, or under which condition a step is valid.
    """

    left: str
    sign: str
    right: str
    line: int
    verdict: Verdict
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of a formula that is no link."""

    kind: Kind
    text: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """The verdicts on a chain or a document; iterating gives them in order.

    >>> from symentropy.homework.chains import check_steps
    >>> report = check_steps("log(p^2) = 2 log p = log p")
    >>> [verdict.outcome for verdict in report], report.first_wrong, report.lines
    (['proved', 'refuted'], 1, (1, 1))
    """

    links: tuple[Link, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdict on each link."""
        return tuple(link.verdict for link in self.links)

    @property
    def first_wrong(self) -> int | None:
        """The index of the first refuted link, None if there is none."""
        return next((place for place, link in enumerate(self.links) if link.verdict.outcome == "refuted"), None)

    @property
    def lines(self) -> tuple[int, ...]:
        """The line in which each link stands, from 1."""
        return tuple(link.line for link in self.links)

    @property
    def outcome(self) -> str:
        """``refuted`` if a link is, else ``unreadable`` if a formula is, else ``undecided`` if a link is, else ``proved``."""
        found = Counter(verdict.outcome for verdict in self.verdicts)
        if found["refuted"]:
            return "refuted"
        if any(remark.kind == "unreadable" for remark in self.remarks):
            return "unreadable"
        return "undecided" if found["undecided"] else "proved"

    def __iter__(self) -> Iterator[Verdict]:
        return iter(self.verdicts)

    def __len__(self) -> int:
        return len(self.links)

    def __getitem__(self, place: int) -> Verdict:
        return self.links[place].verdict

    def __str__(self) -> str:
        return self.to_text()

    _repr_pretty_ = ipython_text

    def to_text(self, *, colour: bool = False) -> str:
        """Return the report as lines of text, with colours for a terminal if asked."""
        return writing.report_text(self, colour=colour)

    def to_markdown(self) -> str:
        """Return the report as Markdown with formulas in LaTeX."""
        return writing.report_markdown(self)

    def to_latex(self) -> str:
        """Return the report as a LaTeX list, for a document with amsmath."""
        return writing.report_latex(self)

    def to_json(self) -> str:
        """Return the report as a JSON object."""
        return writing.report_json(self)

    def to_html(self) -> str:
        """Return the report as a page of its own."""
        return writing.report_html(self)

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def _repr_html_(self) -> str:
        return writing.table_html(self)
