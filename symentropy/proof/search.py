"""The search for proofs and counterexamples: ``decide`` and ``prove``.

Main definitions
----------------
* `decide`, which returns a `Verdict`: proved with a proof that the kernel accepted, refuted with a witness, or undecided with the reason.
* `prove`, which returns the proof or raises.

Cheap proofs come first, then a quick look for a counterexample, then the other tactics, then a longer look. What was tried is
part of an undecided verdict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sympy.logic.boolalg import Boolean

from symentropy.errors import Disproved, DomainError, ProofNotFound
from symentropy.exact import shown
from symentropy.notation.claims import parse_claim
from symentropy.proof.claim import Claim, Proof, Verdict
from symentropy.proof.definedness import never, undischarged
from symentropy.proof.draft import Budget, Draft, OutOfTimeError
from symentropy.proof.kernel import domain
from symentropy.proof.tactics import CHEAP, TACTICS, attempt, by_example
from symentropy.proof.witness import refutation

#: Seconds that a decision may take unless told otherwise.
SECONDS = 10.0
#: Seconds of the first look for a counterexample, and of the last one at most.
FIRST_LOOK, LAST_LOOK = 0.4, 3.0


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
    budget = Budget(timeout)
    if read.exists:
        return _decide_existence(read)
    conditions = conditions_of(read)
    assumed = read.under(*conditions) if conditions else read
    if domain(assumed).is_contradictory():
        raise DomainError(f"the hypotheses of {shown(read)} contradict each other: nothing satisfies them")
    draft = Draft(budget)
    try:
        for search in (_cheap_proof, _first_look, _proof, _last_look):
            verdict = search(draft, assumed)
            if verdict is not None:
                return replace(verdict, claim=read, conditions=conditions)
        reason = f"no proof by {_names(TACTICS)}, and no counterexample was found"
    except OutOfTimeError:
        reason = f"the budget of {timeout:g} seconds ran out while trying {_names(TACTICS)}"
    return Verdict(read, "undecided", reason=reason, conditions=conditions)


def prove(claim: Any, given: Iterable[Any] = (), *, timeout: float | None = SECONDS) -> Proof:
    """Return a proof of a claim; the parameters are those of `decide`.

    Raises `Disproved`, with the ``witness``, for a false claim; `ProofNotFound`, with the ``reason``, for one that was not decided, or that
    is proved only under conditions that are not given.

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
    found = dict.fromkeys(condition for side in (claim.lhs, claim.rhs) for condition in undischarged(side, points))
    for condition in found:
        if isinstance(condition, Boolean) and never(condition, points):
            raise DomainError(f"the claim is never defined: {shown(condition)} fails for all admissible values")
    return tuple(condition for condition in found if isinstance(condition, Boolean))


def _cheap_proof(draft: Draft, claim: Claim) -> Verdict | None:
    return _proved(draft, claim, CHEAP)


def _proof(draft: Draft, claim: Claim) -> Verdict | None:
    return _proved(draft, claim, TACTICS)


def _proved(draft: Draft, claim: Claim, tactics: Iterable[Any]) -> Verdict | None:
    for tactic in tactics:
        found = attempt(draft, tactic, claim, 2)
        if found is not None:
            return Verdict(claim, "proved", proof=draft.proof(found))
    return None


def _first_look(draft: Draft, claim: Claim) -> Verdict | None:
    return _refuted(draft, claim, FIRST_LOOK)


def _last_look(draft: Draft, claim: Claim) -> Verdict | None:
    return _refuted(draft, claim, LAST_LOOK)


def _refuted(draft: Draft, claim: Claim, seconds: float) -> Verdict | None:
    left = draft.budget.left
    witness = refutation(claim, seconds=seconds if left is None else max(0.05, min(seconds, left)))
    return None if witness is None else Verdict(claim, "refuted", witness=witness)


def _decide_existence(claim: Claim) -> Verdict:
    draft = Draft()
    found = attempt(draft, by_example, claim, 0)
    if found is None:
        return Verdict(claim, "undecided", reason="no example was found")
    return Verdict(claim, "proved", proof=draft.proof(found))


def _names(tactics: Iterable[Any]) -> str:
    return ", ".join(tactic.__name__.removeprefix("by_").replace("_", " ") for tactic in tactics)
