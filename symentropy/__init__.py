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

__version__ = "0.1.0"

__all__ = [
    "CrossEntropy",
    "Disproved",
    "DomainError",
    "Enclosure",
    "Entropy",
    "Finite",
    "InvalidStep",
    "KLDivergence",
    "NoClosedForm",
    "ParseError",
    "PrecisionError",
    "ProofNotFound",
    "Surprise",
    "SymentropyError",
    "__version__",
    "cross_entropy",
    "entropy",
    "evaluate",
    "kl_divergence",
    "surprise",
]
