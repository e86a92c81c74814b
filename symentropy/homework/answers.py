r"""Answers: whether what was given is equal to what was expected, and if not, why.

Main definition: `check_answer`.

Main statements
---------------
Equality is decided by `symentropy.decide`: a proved verdict has a proof that replays, a refuted one exact numbers at which both sides
differ. The slip and the reason of a refuted verdict are proved as well: each says what change of the expected answer gives the one that was
given, or how far it is off.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sympy import Basic, Contains, E
from sympy.core.relational import Relational

from symentropy.finite import Finite
from symentropy.homework import inner_kinds as _inner_kinds  # registers its slips
from symentropy.homework import kinds as _kinds  # registers its slips
from symentropy.homework import node_kinds as _node_kinds  # registers its slips
from symentropy.homework.labels import is_rounding, without_label
from symentropy.homework.pairs import explained_by_two
from symentropy.homework.partial import partial_fact
from symentropy.homework.relations import as_written, corrected, expected_relation, mirrored, same_relation
from symentropy.homework.slips import explained
from symentropy.homework.work import Work
from symentropy.notation.claims import claim_between, parse_claim
from symentropy.proof.claim import Claim, Each, Verdict
from symentropy.proof.constants import FAILURES
from symentropy.proof.search import decide

__all__ = ["check_answer"]
del _inner_kinds, _kinds, _node_kinds

#: Seconds for a verdict, and for the slip that explains a wrong answer.
SECONDS = 3.0
SLIP_SECONDS = 1.5
#: Parts of a claim, and how deep they may be nested, where there is a time limit.
MAX_NODES, MAX_DEPTH = 1200, 80


def check_answer(answer: Any, expected: Any, given: Iterable[Any] = (), *, base: Any = E, timeout: float | None = SECONDS) -> Verdict:
    r"""Return whether an answer is equal to what is expected, for all admissible values, with the likely mistake if it is not.

    Parameters
    ----------
    answer, expected
        Text, LaTeX or SymPy: ``"-p log p - (1-p) log(1-p)"``, ``r"\frac12 \log(2\pi e \sigma^2)"``, ``Entropy([p, 1-p])``. If a relation
        is expected, such as ``"H(P) <= log n"``, the answer is one: right if it is proved and says the same, undecided if it is proved
        and is not seen to say the same.
    given
        Hypotheses and definitions, as for `symentropy.decide`: ``"0 < p < 1/2"``, ``"P = [p, 1-p]"``.
    base
        Keyword only: the base of the logarithms and quantities that name none, a positive number other than 1.
    timeout
        Keyword only: seconds that the decision may take, None for no limit; the look for a slip takes 1.5 seconds more at most.

    Returns
    -------
    Verdict
        A refuted one has a ``witness``, exact numbers with both sides there; a ``slip`` if a mistake in the registry explains the answer;
        and, where there is something to say, a ``reason``: how far the answer is off, or where it is right.

    Raises
    ------
    DomainError
        For an answer that is never defined, such as log(p - 1) for p in (0, 1), and for hypotheses that contradict each other.
    ParseError
        For text that cannot be read.

    Examples
    --------
    >>> print(check_answer("log p + log(1-p)", "log(p - p^2)").outcome)
    proved
    >>> verdict = check_answer("p log p", "-H([p, 1-p])")
    >>> verdict.outcome, verdict.slip.name, verdict.witness.values
    ('refuted', 'missing-term', {p: 1/2})
    >>> print(check_answer("D(Q||P)", "D(P||Q)").slip.name)
    swapped-arguments
    >>> check_answer("log(q-1)", "log(1-q)")
    Traceback (most recent call last):
    ...
    symentropy.errors.DomainError: the claim is never defined: q - 1 > 0 fails for all admissible values
    """
    relation = expected_relation(expected, given, base)
    if relation is not None:
        claim = parse_claim(answer, given, base=base)
        verdict = same_relation(as_written(judged(mirrored(claim), timeout), claim), relation)
        is_equation = claim.relation == "=" != relation.relation and verdict.outcome == "refuted"
        return (
            replace(verdict, slip=None, reason=f"the sides are not always equal, and {relation.relation} is expected")
            if is_equation
            else verdict
        )
    value = without_label(answer, expected, given, base) if isinstance(answer, str) else answer
    claim = claim_between(value, "=", expected, given, base=base, labels=("the answer", "the expected answer"))
    verdict = judged(claim, timeout)
    if verdict.outcome == "refuted" and is_rounding(value, expected, given, base):
        return replace(verdict, slip=None, reason="this is what is expected, rounded or truncated, and not exactly that")
    return verdict


def judged(claim: Claim, timeout: float | None = SECONDS) -> Verdict:
    """Return the verdict on a claim, with the slip that explains a refuted one; of an equality the right side is what was expected."""
    if timeout is not None and is_large(claim):
        return Verdict(
            claim, "undecided", reason=f"it has more than {MAX_NODES} parts, or is nested too deeply, which is too much for the time given"
        )
    verdict = decide(claim, timeout=timeout)
    if verdict.claim is None or verdict.outcome != "refuted":
        return verdict
    if claim.relation != "=":
        return replace(verdict, slip=corrected(verdict, SLIP_SECONDS))
    facts = [fact for fact in verdict.conditions if isinstance(fact, (Relational, Contains, Each))]
    try:
        work = Work(verdict.claim.under(*facts), SLIP_SECONDS)
        slip = explained(work) or explained_by_two(work)
        reason = verdict.reason or (partial_fact(work) if slip is None else "")
    except FAILURES:
        return verdict
    return replace(verdict, slip=slip, reason=reason)


def is_large(claim: Claim) -> bool:
    """Whether a claim is far larger than homework, so that single steps of a search would take longer than it may."""
    waiting: list[tuple[Basic, int]] = [(claim.lhs, 0), (claim.rhs, 0)]
    seen = 0
    while waiting:
        node, depth = waiting.pop()
        seen += 1
        if seen > MAX_NODES or depth > MAX_DEPTH:
            return True
        if not isinstance(node, Finite):
            waiting += [(argument, depth + 1) for argument in node.args]
    return False
