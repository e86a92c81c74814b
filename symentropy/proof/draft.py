"""Proofs in progress, and the budget of a search.

Main definitions: `Draft`, whose `Draft.add` asks the kernel before it takes a step, and whose `Draft.prove` tries tactics; `Budget`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from sympy import Tuple

from symentropy.errors import InvalidStep
from symentropy.proof.claim import Claim, Proof, Step
from symentropy.proof.kernel import conclude
from symentropy.smooth import NotDifferentiable

#: Proposes the steps for a claim, to some depth; returns the number of the last one, or None.
Tactic: TypeAlias = "Callable[[Draft, Claim, int], int | None]"


#: How deep tactics may go into claims of their own.
DEPTH = 2


class OutOfTimeError(Exception):
    """The budget of a search is used up."""


class Budget:
    """Seconds that a search may take; without a number, as many as it needs."""

    def __init__(self, seconds: float | None = None) -> None:
        self.seconds = seconds
        self._end = None if seconds is None else time.monotonic() + seconds

    @property
    def left(self) -> float | None:
        """The seconds that are left, None without a limit."""
        return None if self._end is None else self._end - time.monotonic()

    def part(self, seconds: float) -> Budget:
        """Return a budget of so many seconds, or of what is left, if that is less."""
        left = self.left
        return Budget(seconds if left is None else max(0.0, min(seconds, left)))

    def keeping(self, seconds: float) -> Budget:
        """Return a budget that leaves so many seconds of this one, but at most half of them."""
        left = self.left
        return Budget(None if left is None else max(left - seconds, left / 2))

    @property
    def is_used_up(self) -> bool:
        """Whether the time is over."""
        return self._end is not None and time.monotonic() > self._end

    def check(self) -> None:
        """Raise `OutOfTimeError` when the time is over."""
        if self.is_used_up:
            raise OutOfTimeError


class Draft:
    """Steps that the kernel has accepted, by number, and the tactics that may propose more."""

    def __init__(self, tactics: Sequence[Tactic], budget: Budget | None = None) -> None:
        self.steps: list[Step] = []
        self.tactics = tactics
        self.budget = budget or Budget()
        self._known: dict[tuple[str, Claim], int] = {}

    def add(self, rule: str, claim: Claim, premises: Sequence[int] = (), arguments: Sequence[Any] = ()) -> int:
        """Return the number of a new step, or of an earlier one with the same claim by the same rule.

        Raises `InvalidStep` if the kernel refuses it.
        """
        self.budget.check()
        if (rule, claim) in self._known:
            return self._known[rule, claim]
        arguments = [Tuple(*argument) if isinstance(argument, tuple) else argument for argument in arguments]
        equality = conclude(rule, claim, [self.steps[k] for k in premises], arguments)
        self.steps.append(Step(rule, claim, tuple(premises), tuple(arguments), equality))
        self._known[rule, claim] = len(self.steps) - 1
        return len(self.steps) - 1

    def prove(self, claim: Claim, depth: int = DEPTH) -> int | None:
        """Return the number of a step that proves a claim, by the first tactic that does."""
        found = (self.attempt(tactic, claim, depth) for tactic in self.tactics)
        return next((step for step in found if step is not None), None)

    def attempt(self, tactic: Tactic, claim: Claim, depth: int) -> int | None:
        """Return what a tactic finds; a step that the kernel refuses is a tactic that failed."""
        try:
            return tactic(self, claim, depth)
        except (InvalidStep, NotDifferentiable):
            return None

    def proof(self, last: int) -> Proof:
        """Return the proof that ends in a step, with the steps that it needs."""
        needed = {last}
        for place in range(last, -1, -1):
            if place in needed:
                needed.update(self.steps[place].premises)
        order = sorted(needed)
        numbers = {place: number for number, place in enumerate(order)}
        steps = [self.steps[place] for place in order]
        renumbered = (Step(s.rule, s.claim, tuple(numbers[k] for k in s.premises), s.arguments, s.equality) for s in steps)
        return Proof(self.steps[last].claim, tuple(renumbered))
