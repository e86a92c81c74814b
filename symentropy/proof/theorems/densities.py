"""Densities and families: Gibbs' inequality, the Fisher information, and a differential entropy below 0.

Reference: T. M. Cover, J. A. Thomas, Elements of Information Theory, 2nd ed., Wiley 2006, chapters 8 and 11.
"""

from __future__ import annotations

from typing import Any

from sympy import Gt, Rational, Symbol

from symentropy.proof.claim import Claim
from symentropy.proof.theorems.catalogue import COVER, theorem
from symentropy.quantities import Entropy, KLDivergence

SECTION = "Densities"

KULLBACK = "S. Kullback, Information Theory and Statistics, Wiley 1959, chapter 2"

mu, nu = (Symbol(name, real=True) for name in ("mu", "nu"))
a, b, c, d, rate, sigma, tau = (Symbol(name, positive=True) for name in ("a", "b", "c", "d", "lambda", "sigma", "tau"))
t = Symbol("t", real=True)


def density(family: str, *parameters: Any) -> Any:
    """Return a random variable of a family of ``sympy.stats``."""
    from sympy import stats  # here, because it takes as long to load as the rest of the package

    return getattr(stats, family)("X", *parameters)


FAMILIES = (
    ("Normal", (mu, sigma), (nu, tau)),
    ("Exponential", (a,), (b,)),
    ("Laplace", (mu, a), (nu, b)),
    ("Gamma", (a, b), (c, d)),
    ("Beta", (a, b), (c, d)),
    ("Poisson", (a,), (b,)),
)


@theorem("kl_family_nonneg", SECTION, "The divergence of two distributions of a family is not negative", *FAMILIES, sources=(COVER,))
def _family(family: str, first: Any, second: Any) -> Claim:
    return Claim(KLDivergence(density(family, *first), density(family, *second)), ">=", 0)


@theorem(
    "kl_normal_shift",
    SECTION,
    "Two normal densities t apart diverge by t^2 I/2, I = 1/sigma^2 being the Fisher information",
    sources=(KULLBACK,),
)
def _normal_shift() -> Claim:
    return Claim(KLDivergence(density("Normal", mu, sigma), density("Normal", mu + t, sigma)), "=", t**2 / (2 * sigma**2))


#: What comes first after t^2 I/2 for a family with the Fisher information I at a rate.
INFORMATION = {"Exponential": (1 / rate**2, t**3 / (3 * rate**3)), "Poisson": (1 / rate, t**3 / (3 * rate**2))}
RATES = tuple((family,) for family in INFORMATION)


def rates(family: str) -> KLDivergence:
    """Return the divergence of a family at a rate from the same family at the rate + t."""
    return KLDivergence(density(family, rate), density(family, rate + t))


@theorem("kl_le_fisher", SECTION, "D(rate || rate + t) <= t^2 I/2 for t > 0, I being the Fisher information", *RATES, sources=(KULLBACK,))
def _above(family: str) -> Claim:
    return Claim(rates(family), "<=", t**2 * INFORMATION[family][0] / 2, (Gt(t, 0, evaluate=False),))


@theorem("kl_ge_fisher", SECTION, "D(rate || rate + t) >= t^2 I/2 up to a term in t^3 for t > 0", *RATES, sources=(KULLBACK,))
def _below(family: str) -> Claim:
    information, third = INFORMATION[family]
    return Claim(rates(family), ">=", t**2 * information / 2 - third, (Gt(t, 0, evaluate=False),))


@theorem(
    "differential_entropy_negative",
    SECTION,
    "Differential entropy may be negative: that of the uniform density on (0, 1/2)",
    sources=(COVER,),
)
def _negative() -> Claim:
    return Claim(Entropy(density("Uniform", 0, Rational(1, 2))), "<", 0)
