"""Densities and families: Gibbs' inequality, the Fisher information, and a differential entropy below 0.

Reference: T. M. Cover, J. A. Thomas, Elements of Information Theory, 2nd ed., Wiley 2006, chapters 8 and 11.
"""

from __future__ import annotations

from typing import Any

from sympy import Derivative, Gt, Lt, Rational, S, Subs, Symbol, polygamma

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


p, q = (Symbol(name, positive=True) for name in "pq")
#: A family, its parameters, those of a second distribution of it, the places of the two by which is differentiated, the information.
HESSIANS = (
    ("Normal", (mu, sigma), (nu, sigma), (0, 0), 1 / sigma**2),
    ("Normal", (mu, sigma), (mu, tau), (1, 1), 2 / sigma**2),
    ("Normal", (mu, sigma), (nu, tau), (0, 1), S.Zero),
    ("Exponential", (a,), (b,), (0, 0), 1 / a**2),
    ("Poisson", (a,), (b,), (0, 0), 1 / a),
    ("Bernoulli", (p,), (q,), (0, 0), 1 / (p * (1 - p))),
    ("Geometric", (p,), (q,), (0, 0), 1 / (p**2 * (1 - p))),
    ("Gamma", (a, b), (c, b), (0, 0), polygamma(1, a)),
    ("Gamma", (a, b), (c, d), (0, 1), 1 / b),
    ("Gamma", (a, b), (a, d), (1, 1), a / b**2),
    ("Beta", (a, b), (c, b), (0, 0), polygamma(1, a) - polygamma(1, a + b)),
    ("Beta", (a, b), (c, d), (0, 1), -polygamma(1, a + b)),
    ("Weibull", (a, b), (c, b), (0, 0), b**2 / a**2),
    ("Laplace", (mu, a), (mu, b), (1, 1), 1 / a**2),
    ("Pareto", (a, b), (a, c), (1, 1), 1 / b**2),
)


@theorem(
    "fisher_information_is_hessian",
    SECTION,
    "The Fisher information is the Hessian of the divergence where the parameters coincide",
    *HESSIANS,
    sources=(KULLBACK,),
)
def _hessian(family: str, theta: Any, eta: Any, places: tuple[int, int], information: Any) -> Claim:
    divergence = KLDivergence(density(family, *theta), density(family, *eta))
    moved = [(other, own) for other, own in zip(eta, theta, strict=True) if other != own]
    facts = [Lt(symbol, 1, evaluate=False) for symbol in (p, q) if symbol in divergence.free_symbols]
    slopes = Derivative(divergence, *(eta[place] for place in places))
    return Claim(Subs(slopes, *zip(*moved, strict=True)), "=", information, tuple(facts))


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
