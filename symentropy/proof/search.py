"""The search for proofs and counterexamples: ``decide`` and ``prove``.

Main definitions
----------------
* `decide`, which returns a `Verdict`: proved with a proof that the kernel accepted, refuted with a witness, or undecided with the reason.
* `prove`, which returns the proof or raises.

Proofs and counterexamples are looked for in turn, the cheap ways first. What was tried is part of an undecided verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sympy import Contains, Expr, S, Symbol
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from symentropy.errors import Disproved, DomainError, ProofNotFound
from symentropy.exact import shown
from symentropy.interruption import TimeIsUp, time_limit
from symentropy.notation.claims import parse_claim
from symentropy.proof.canonical import unfolded
from symentropy.proof.checks import domain
from symentropy.proof.claim import Claim, Each, Proof, Verdict, Witness
from symentropy.proof.constants import is_admitted
from symentropy.proof.definedness import is_statement, never, undischarged
from symentropy.proof.domain import Domain
from symentropy.proof.draft import DEPTH, Budget, Draft, OutOfTimeError, Tactic
from symentropy.proof.expectations import parameter_conditions
from symentropy.proof.tactics import ROUNDS, TACTICS
from symentropy.proof.tactics.families import with_values
from symentropy.proof.witness import refutation
from symentropy.quantity import Mean

#: Seconds that a decision may take unless told otherwise.
SECONDS = 10.0
#: Seconds of the look for a counterexample after each round of tactics, which leaves as much, or half of what is left, if that is less.
LOOKS = (0.05, 0.5, 3.0)
#: Seconds beyond the budget, which is looked at between steps, after which a step is interrupted.
GRACE = 2.0
#: How the message begins that a claim is defined at no admissible point.
NEVER = "the claim is never defined"
#: Conditions among which it is asked whether some follow from the others.
MAX_CONDITIONS = 12
#: Seconds that each round of tactics may take.
PATIENCE = (1.0, 2.0, float("inf"))


def decide(claim: Any, given: Iterable[Any] = (), *, timeout: float | None = SECONDS) -> Verdict:
    """Return whether a claim is proved, refuted or undecided.

    Parameters
    ----------
    claim
        A `Claim`, a SymPy relation that is still one (``Ge(x, 0, evaluate=False)``), or text such as ``"D(P||Q) >= 0"``.
    given
        Hypotheses: text such as ``"0 < p < 1/2"`` or ``"P = [p, 1-p]"``, or SymPy relations.
    timeout
        Keyword only: seconds that the search may take, None for no limit. A search that runs out of time is undecided.

    Returns
    -------
    Verdict
        A proved one has a proof that `symentropy.verify` replays, and the conditions under which the claim means something, where the
        hypotheses do not show them; a refuted one has exact values and certified enclosures of both sides there.

    Raises
    ------
    DomainError
        For a claim that is never defined, such as one about log(p - 1) with p in (0, 1), and for contradictory hypotheses.
    ParseError
        For text that cannot be read, and for a bare ``true`` or ``false``.

    Examples
    --------
    >>> print(decide("D(P||Q) >= 0"))  # doctest: +ELLIPSIS
    proved: ...
    >>> from sympy import Symbol, log
    >>> p = Symbol("p", positive=True)
    >>> verdict = decide(Claim(log(p), "<", p - 1))
    >>> verdict.outcome, verdict.witness.values
    ('refuted', {p: 1})
    """
    read = parse_claim(claim, given)
    try:
        with time_limit(None if timeout is None else timeout + GRACE):
            return _decided(read, timeout)
    except TimeIsUp:
        if timeout is None:  # that of a limit around this question
            raise
        return Verdict(read, "undecided", reason=f"the budget of {timeout:g} seconds ran out")


def _decided(read: Claim, timeout: float | None) -> Verdict:
    """Return the verdict on a claim; the budget is looked at between the parts of the work."""
    budget = Budget(timeout)
    conditions = () if read.exists else conditions_of(read)
    assumed = read.under(*(condition for condition in conditions if isinstance(condition, (Relational, Contains, Each))))
    if domain(assumed).is_contradictory():
        raise DomainError(f"the hypotheses of {shown(read)} contradict each other: nothing satisfies them")
    draft = Draft(TACTICS, budget)
    late: tuple[Tactic, ...] = ()
    for tactics, patience, look in zip(ROUNDS[:1] if read.exists else ROUNDS, PATIENCE, LOOKS, strict=False):
        draft.budget = budget.keeping(look).part(patience)
        proof, late = _proof(draft, assumed, (*tactics, *late))
        if proof is not None:
            return Verdict(read, "proved", proof=proof, conditions=conditions)
        witness = _refutation(draft, assumed, budget.part(look).seconds or 0.0, is_hasty=look < LOOKS[-1])
        if witness is not None:
            return Verdict(read, "refuted", witness=witness, conditions=conditions)
    tried = ", ".join(tactic.__name__.removeprefix("by_").replace("_", " ") for tactic in TACTICS)
    reason = f"neither a proof nor a counterexample was found; tried: {tried}, and exact points"
    if budget.is_used_up:
        reason = f"the budget of {timeout:g} seconds ran out; tried: {tried}, and exact points"
    return Verdict(read, "undecided", reason="no example was found" if read.exists else reason, conditions=conditions)


def _refutation(draft: Draft, claim: Claim, seconds: float, *, is_hasty: bool) -> Witness | None:
    """Return a point where a claim fails, with the values of its nouns and integrals in their places, or as it stands."""
    try:
        plain = with_values(draft, claim)
    except OutOfTimeError:
        plain = claim
    found = refutation(plain, seconds=seconds, is_hasty=is_hasty)
    if plain == claim:
        return found
    if found is None:
        return refutation(claim, seconds=seconds, is_hasty=is_hasty)
    values = {name: value for name in claim.free_symbols - set(found.values) if (value := _any_value(name)) is not None}
    return replace(found, claim=claim, values={**found.values, **values})


def _any_value(name: Any) -> Expr | None:
    """Return a value of a symbol on which the sides do not depend, and about which no hypothesis speaks."""
    simple = (S.Zero, S.One, S.Half, S.NegativeOne)
    return next((value for value in simple if isinstance(name, Symbol) and is_admitted(name, value)), None)


def prove(claim: Any, given: Iterable[Any] = (), *, timeout: float | None = SECONDS) -> Proof:
    """Return a proof of a claim; the parameters are those of `decide`.

    Raises
    ------
    Disproved
        For a false claim; the exception has the ``witness``.
    ProofNotFound
        For a claim that was not decided, or that is proved only under conditions that are not given; the exception has the ``reason``.
    DomainError, ParseError
        As for `decide`.

    Examples
    --------
    >>> from sympy import Symbol, log
    >>> x = Symbol("x", positive=True)
    >>> print(prove(Claim(log(x), "<=", x - 1)).equality_condition)
    Eq(x, 1)
    >>> prove("H([1/4, 3/4]) > log 2")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    symentropy.errors.Disproved: ...
    """
    verdict = decide(claim, given, timeout=timeout)
    if verdict.outcome == "refuted":
        raise Disproved(str(verdict), verdict.witness)
    if verdict.proof is None:
        raise ProofNotFound(str(verdict), verdict.reason)
    if verdict.conditions:
        needed = ", ".join(shown(condition) for condition in verdict.conditions)
        raise ProofNotFound(f"{verdict.claim}: it is proved only under conditions that are not given: {needed}", f"not given: {needed}")
    return verdict.proof


def conditions_of(claim: Claim) -> tuple[Boolean, ...]:
    """Return what must hold for both sides to be defined and does not follow from the hypotheses.

    Raises `DomainError` for a side that is never defined.
    """
    points = domain(claim)
    is_about_infinity = claim.relation == "=" and claim.rhs.is_infinite
    sides = () if is_about_infinity else (side for side in (claim.lhs, claim.rhs) if not unfolded(side).is_infinite)
    found = dict.fromkeys(condition for side in sides for condition in (*undischarged(side, points), *_of_parameters(side, points)))
    for condition in found:
        if is_statement(condition) and never(condition, points):
            raise DomainError(f"{NEVER}: {shown(condition)} fails for all admissible values")
    return independent([condition for condition in found if is_statement(condition)], points)


def independent(found: list[Boolean], points: Domain) -> tuple[Boolean, ...]:
    """Return conditions without those that the others and the domain imply, the more complicated ones going first."""
    kept = list(found)
    for condition in sorted(found, key=lambda fact: (-fact.count_ops(), str(fact))):
        others = [other for other in kept if other is not condition]
        facts = [other for other in others if isinstance(other, (Relational, Contains, Each))]
        if facts and len(found) <= MAX_CONDITIONS and points.under(*facts).implies(condition):
            kept = others
    return tuple(kept)


def _of_parameters(side: Expr, points: Domain) -> Iterator[Boolean]:
    """Go through what the parameters of families in a side must satisfy and the hypotheses do not say."""
    for noun in sorted(side.atoms(Mean), key=str):
        for distribution in noun.args:
            yield from (fact for fact in parameter_conditions(distribution) or () if not points.implies(fact))


def _proof(draft: Draft, claim: Claim, tactics: tuple[Tactic, ...]) -> tuple[Proof | None, tuple[Tactic, ...]]:
    """Return the proof that the first of some tactics finds, or else the tactics that were not finished in time."""
    for place, tactic in enumerate(tactics):
        try:
            found = draft.attempt(tactic, claim, DEPTH)
        except OutOfTimeError:
            return None, tactics[place:]
        if found is not None:
            return draft.proof(found), ()
    return None, ()
