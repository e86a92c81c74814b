"""Inequalities: the relation that holds in place of the one that was written, and answers that are relations.

Main definitions
----------------
* `corrected`, the slip of a refuted inequality.
* `expected_relation` and `same_relation`, for an exercise of which the answer is a relation: right is what is proved and says the same.
* `mirrored` and `as_written`: an equation with its sides exchanged, so that what comes first is what is expected, and back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sympy.core.relational import Relational

from symentropy.errors import SymentropyError
from symentropy.notation.claims import parse, parse_claim
from symentropy.proof.canonical import is_zero, unfolded
from symentropy.proof.checks import domain
from symentropy.proof.claim import Claim, Slip, Verdict
from symentropy.proof.constants import FAILURES
from symentropy.proof.search import decide

#: What was written -> the relations that may be meant: the name of the slip, the relation, and what is said.
_WRONG_WAY = "the inequality is the wrong way round: {} holds"
_EQUALITY = "both sides can be equal: {} holds, and {} does not"
MEANT = {
    "<": (("strict-inequality", "<=", _EQUALITY), ("reversed-inequality", ">", _WRONG_WAY), ("reversed-inequality", ">=", _WRONG_WAY)),
    "<=": (("reversed-inequality", ">=", _WRONG_WAY),),
    ">": (("strict-inequality", ">=", _EQUALITY), ("reversed-inequality", "<", _WRONG_WAY), ("reversed-inequality", "<=", _WRONG_WAY)),
    ">=": (("reversed-inequality", "<=", _WRONG_WAY),),
}
#: What a text with a relation in it has; a sum with i = 1 has it as well.
_SIGN = re.compile(r"[<>=≤≥≠]|\\(?:le|leq|ge|geq|ne|neq|lt|gt)\b")
#: What is said of a true relation that is not the one that was expected.
ANOTHER = "the answer is true, and it is not seen to be what was expected"


def corrected(verdict: Verdict, seconds: float) -> Slip | None:
    """Return the slip of a refuted inequality, if the relation that was probably meant is proved; None otherwise.

    >>> from symentropy.proof.search import decide
    >>> corrected(decide("D(P||Q) <= 0"), 2).message
    'the inequality is the wrong way round: >= holds'
    >>> corrected(decide("H([p, 1-p]) < log 2"), 2).name
    'strict-inequality'
    >>> corrected(decide("H([p, 1-p]) < 1/2"), 2) is None
    True
    """
    claim, witness = verdict.claim, verdict.witness
    if claim is None or witness is None:
        return None
    is_tie = witness.left.lower <= witness.right.upper and witness.right.lower <= witness.left.upper
    for name, relation, message in MEANT.get(claim.relation, ()):
        right = replace(claim, relation=relation)
        if (name == "strict-inequality") == is_tie and decide(right, timeout=seconds).outcome == "proved":
            return Slip(name, message.format(relation, claim.relation), right.as_relation())
    return None


def expected_relation(expected: Any, given: Iterable[Any], base: Any) -> Claim | None:
    """Return the relation that is expected as an answer, None if an expression is.

    >>> print(expected_relation("log x <= x - 1", ["x > 0"], 2).relation, expected_relation("log x", ["x > 0"], 2))
    <= None
    """
    if isinstance(expected, (Claim, Relational)):
        return parse_claim(expected, given, base=base)
    if not isinstance(expected, str) or not _SIGN.search(expected):
        return None
    try:
        found = parse(expected, given, base=base)
    except SymentropyError:  # it is read again as an expression, with a message that says where it stands
        return None
    return found if isinstance(found, Claim) else None


def same_relation(verdict: Verdict, expected: Claim) -> Verdict:
    """Return the verdict on a relation as an answer: one that is true but may say something else is undecided."""
    claim = verdict.claim
    if verdict.outcome != "proved" or claim is None or _says_the_same(claim, expected):
        return verdict
    return replace(verdict, outcome="undecided", proof=None, reason=ANOTHER)


def _says_the_same(claim: Claim, expected: Claim) -> bool:
    """Whether two relations have the same sides, or, of inequalities, sides with the same difference."""
    kind = _KINDS[claim.relation]
    if kind != _KINDS[expected.relation]:
        return False
    if kind in ("=", "!="):  # all true equations have the same difference
        return {claim.lhs, claim.rhs} == {expected.lhs, expected.rhs}
    try:
        return is_zero(unfolded(claim.difference - expected.difference), domain(claim))
    except FAILURES:
        return False


#: Relations with the greater side on either side are of one kind.
_KINDS = {"=": "=", "!=": "!=", "<": "<", ">": "<", "<=": "<=", ">=": "<="}


def mirrored(claim: Claim) -> Claim:
    """Return an equation with its sides exchanged, so that what comes first is what is expected; another claim as it is."""
    return replace(claim, lhs=claim.rhs, rhs=claim.lhs) if claim.relation == "=" else claim


def as_written(verdict: Verdict, claim: Claim) -> Verdict:
    """Return a verdict on a claim with its sides exchanged as one on the claim itself."""
    if claim.relation != "=" or verdict.claim is None:
        return verdict
    own = replace(verdict.claim, lhs=verdict.claim.rhs, rhs=verdict.claim.lhs)
    witness = verdict.witness and replace(verdict.witness, claim=own, left=verdict.witness.right, right=verdict.witness.left)
    return replace(verdict, claim=own, witness=witness)
