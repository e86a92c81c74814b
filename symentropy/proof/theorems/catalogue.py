"""What a theorem of the catalogue is, and the registry that the files of theorems fill.

Main definitions
----------------
* `Theorem`: a claim for any distributions of a kind, its sources, and the script that proves it.
* `theorem`, the decorator that puts one into `REGISTRY`.
* The distributions for which each theorem is replayed: `two`, `three` and `indexed` pmfs.

A script proposes steps like any tactic; without one, the general search proves the theorem.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from inspect import signature
from typing import Any

from sympy import Symbol
from sympy.logic.boolalg import Boolean

from symentropy.display import ipython_text
from symentropy.errors import DomainError, InvalidStep, ProofNotFound
from symentropy.finite import Finite
from symentropy.proof.claim import Claim, Proof
from symentropy.proof.draft import Budget, Draft, OutOfTimeError
from symentropy.proof.tactics import TACTICS

#: Seconds that the search for the proof of a theorem may take.
SECONDS = 60.0

#: Proposes the steps that prove a claim; returns the number of the last one.
Script = Callable[[Draft, Claim], "int | None"]


def by_search(draft: Draft, claim: Claim) -> int | None:
    """Prove a claim by the general tactics."""
    return draft.prove(claim)


@dataclass(frozen=True)
class Theorem:
    """A named statement with its proof: for its own symbols, or for the distributions that are given.

    >>> from symentropy import theorems
    >>> print(theorems["kl_nonneg"].statement)
    D_KL([p, 1 - p] ‖ [q, 1 - q]) >= 0 for 0 < p < 1 and 0 < q < 1
    >>> p = Symbol("p", positive=True)
    >>> theorems["kl_nonneg"].prove([p, 1 - p], ["1/3", "2/3"]).equality_condition
    Eq(p, 1/3)
    """

    name: str
    section: str
    title: str
    claim: Callable[..., Claim]
    examples: tuple[tuple[Any, ...], ...]
    sources: tuple[str, ...]
    script: Script = field(default=by_search)

    @property
    def statement(self) -> Claim:
        """The claim for the first of the examples."""
        return self.claim(*self.examples[0])

    @property
    def hypotheses(self) -> tuple[Boolean, ...]:
        """What the statement takes for granted."""
        return self.statement.hypotheses

    def prove(self, *distributions: Any) -> Proof:
        """Return the proof for distributions, or for those of the statement if none are given.

        Raises `ProofNotFound` for distributions that the script does not reach, and `DomainError` for more or fewer than it is about.
        """
        try:
            signature(self.claim).bind(*(distributions or self.examples[0]))
        except TypeError:
            names = ", ".join(signature(self.claim).parameters)
            raise DomainError(f"{self.name} is about ({names}): give as many, not {len(distributions)}") from None
        claim = self.claim(*(distributions or self.examples[0]))
        draft = Draft(TACTICS, Budget(SECONDS))
        try:
            last = self.script(draft, claim)
        except InvalidStep as error:
            raise ProofNotFound(f"{self.name} is not proved for these distributions: {error}", str(error)) from None
        except OutOfTimeError:
            raise ProofNotFound(f"{self.name} is not proved for these distributions within {SECONDS:g} seconds") from None
        if last is None:
            raise ProofNotFound(f"{self.name} is not proved for these distributions: {claim}")
        return draft.proof(last)

    def __str__(self) -> str:
        return f"{self.name}: {self.title}\n  {self.statement}"

    _repr_pretty_ = ipython_text

    def _repr_markdown_(self) -> str:
        return f"**{self.title}.** {self.statement._repr_latex_()}\n\nSources: {'; '.join(self.sources)}."


#: Name -> theorem, in the order of the sections.
REGISTRY: dict[str, Theorem] = {}


def theorem(
    name: str, section: str, title: str, *examples: tuple[Any, ...], sources: tuple[str, ...], script: Script = by_search
) -> Callable[[Callable[..., Claim]], Callable[..., Claim]]:
    """Put a theorem into the registry; what is decorated makes its claim from distributions."""

    def put(claim: Callable[..., Claim]) -> Callable[..., Claim]:
        REGISTRY[name] = Theorem(name, section, title, claim, examples or ((),), sources, script)
        return claim

    return put


#: The size of pmfs of symbolic size.
n = Symbol("n", integer=True, positive=True)


def two(name: str) -> Finite:
    """Return the pmf of two outcomes p and 1 - p."""
    p = Symbol(name, positive=True)
    return Finite([p, 1 - p])


def three(name: str) -> Finite:
    """Return the pmf p_1, p_2, p_3."""
    return Finite.symbols(name, 3)


def indexed(name: str) -> Finite:
    """Return the pmf p[1], ..., p[n]."""
    return Finite.symbols(name, n)


#: Examples with one pmf, two of the same size, and three.
ONE = tuple((make("p"),) for make in (two, three, indexed))
PAIRS = tuple((make("p"), make("q")) for make in (two, three, indexed))
TRIPLES = tuple((make("p"), make("q"), make("r")) for make in (two, three, indexed))

COVER = "T. M. Cover, J. A. Thomas, Elements of Information Theory, 2nd ed., Wiley 2006"
NOTE = "Lecture note 'Entropy and KL divergence' (2024)"
