"""Slips in inequalities: the relation that holds in place of the one that was written.

Main definition: `corrected`.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Ge, Gt, Le, Lt

from symentropy.proof.claim import Claim, Slip, Verdict
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
_RELATIONS = {"<": Lt, "<=": Le, ">": Gt, ">=": Ge}


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
        if (name == "strict-inequality") == is_tie and _is_proved(replace(claim, relation=relation), seconds):
            right = _RELATIONS[relation](claim.lhs, claim.rhs, evaluate=False)
            return Slip(name, message.format(relation, claim.relation), right)
    return None


def _is_proved(claim: Claim, seconds: float) -> bool:
    return decide(claim, timeout=seconds).outcome == "proved"
