"""Symbolic information theory on SymPy: surprise, entropy, cross-entropy and Kullback-Leibler divergence.

>>> from sympy.abc import p, q
>>> from symentropy import KLDivergence, entropy, kl_divergence
>>> entropy([p, 1 - p])
-p*log(p) - (1 - p)*log(1 - p)
>>> KLDivergence([p, 1 - p], [q, 1 - q])
D_KL([p, 1 - p] ‖ [q, 1 - q])
>>> kl_divergence(['1/2', '1/2'], [1, 0])
oo
"""

from typing import TYPE_CHECKING, Any

from symentropy.digits import evaluate
from symentropy.errors import (
    Disproved,
    DomainError,
    InvalidStep,
    NoClosedForm,
    ParseError,
    PrecisionError,
    ProofNotFound,
    SymentropyError,
)
from symentropy.evaluation.enclosure import Enclosure
from symentropy.finite import Finite
from symentropy.quantities import (
    CrossEntropy,
    Entropy,
    KLDivergence,
    Surprise,
    cross_entropy,
    entropy,
    kl_divergence,
    surprise,
)

if TYPE_CHECKING:
    from symentropy.fisher import fisher_information
    from symentropy.homework.answers import check_answer
    from symentropy.homework.chains import check_steps
    from symentropy.homework.documents import check_document
    from symentropy.homework.grading import grade
    from symentropy.homework.report import Report
    from symentropy.notation import parse
    from symentropy.proof.claim import Claim, Each, Proof, Slip, Step, Verdict, Witness
    from symentropy.proof.coding import to_python
    from symentropy.proof.kernel import verify
    from symentropy.proof.search import decide, prove
    from symentropy.proof.theorems import Theorem, theorems

__version__ = "0.1.0"

#: Public name -> module that is imported when it is first used: proofs take longer to load than everything else.
_LATER = {
    "Claim": "symentropy.proof.claim",
    "Each": "symentropy.proof.claim",
    "Proof": "symentropy.proof.claim",
    "Report": "symentropy.homework.report",
    "Slip": "symentropy.proof.claim",
    "Step": "symentropy.proof.claim",
    "Theorem": "symentropy.proof.theorems",
    "Verdict": "symentropy.proof.claim",
    "Witness": "symentropy.proof.claim",
    "check_answer": "symentropy.homework.answers",
    "check_document": "symentropy.homework.documents",
    "check_steps": "symentropy.homework.chains",
    "decide": "symentropy.proof.search",
    "derive": "symentropy.proof.derivation",
    "fisher_information": "symentropy.fisher",
    "grade": "symentropy.homework.grading",
    "parse": "symentropy.notation",
    "prove": "symentropy.proof.search",
    "theorems": "symentropy.proof.theorems",
    "to_python": "symentropy.proof.coding",
    "verify": "symentropy.proof.kernel",
}


def __getattr__(name: str) -> Any:
    """Import a public name of the packages proof and homework when it is first used."""
    if name not in _LATER:
        raise AttributeError(f"module 'symentropy' has no attribute {name!r}")
    from importlib import import_module  # here: nothing else needs it

    value = getattr(import_module(_LATER[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_LATER})


__all__ = [
    "Claim",
    "CrossEntropy",
    "Disproved",
    "DomainError",
    "Each",
    "Enclosure",
    "Entropy",
    "Finite",
    "InvalidStep",
    "KLDivergence",
    "NoClosedForm",
    "ParseError",
    "PrecisionError",
    "Proof",
    "ProofNotFound",
    "Report",
    "Slip",
    "Step",
    "Surprise",
    "SymentropyError",
    "Theorem",
    "Verdict",
    "Witness",
    "__version__",
    "check_answer",
    "check_document",
    "check_steps",
    "cross_entropy",
    "decide",
    "derive",
    "entropy",
    "evaluate",
    "fisher_information",
    "grade",
    "kl_divergence",
    "parse",
    "prove",
    "surprise",
    "theorems",
    "to_python",
    "verify",
]
