"""Laws of maximum entropy: the normal, exponential, uniform, geometric and Gibbs laws among all with the same moments.

A density that is not known is an unknown positive function p, and a pmf on the positive integers an unknown positive sequence. That its
integral is 1, its moments and its entropy h are hypotheses: they say that these integrals, or sums, converge. So the theorems are
about every law with a finite entropy that is positive where the law of maximum entropy is.

Proofs: p log p - p log q - p + q >= 0 wherever q is the density of maximum entropy, by log x <= x - 1 with x = q/p; then both sides are
integrated, and the integral of -p log q is what the moments say.

References: E. T. Jaynes, Information theory and statistical mechanics, Physical Review 106 (1957);
T. M. Cover, J. A. Thomas, Elements of Information Theory, 2nd ed., Wiley 2006, chapter 12.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sympy import Add, Eq, Expr, Function, Gt, IndexedBase, Integral, Interval, Lt, S, Sum, Symbol, exp, gamma, log, oo, pi, sqrt
from sympy.core.relational import Relational

from symentropy.distribution import as_distribution, resolve
from symentropy.finite import Finite
from symentropy.proof.claim import Claim, Each
from symentropy.proof.draft import Draft
from symentropy.proof.tactics.families import closed_form
from symentropy.proof.theorems.catalogue import COVER, indexed, n, theorem
from symentropy.proof.theorems.densities import density
from symentropy.proof.totals import between, within
from symentropy.quantities import Entropy

SECTION = "Maximum entropy"
JAYNES = "E. T. Jaynes, Information theory and statistical mechanics, Physical Review 106 (1957)"

x = Symbol("x", real=True)
i, j, k = (Symbol(name, integer=True) for name in "ijk")
h, mu, low, high, beta, energy = (Symbol(name, real=True) for name in ("h", "mu", "a", "b", "beta", "u"))
m, sigma = (Symbol(name, positive=True) for name in ("m", "sigma"))
p = Function("p", real=True)(x)
mass = IndexedBase("p", positive=True)[k]


class Law(NamedTuple):
    """A law of maximum entropy: the entries of a law that is not known, its range, and the moments that both have.

    ``surprise``: -log q as a constant and coefficients of the moments, q being the law of maximum entropy.
    """

    entries: Expr
    limits: tuple[Symbol, Expr, Expr]
    family: tuple[Any, ...]
    moments: tuple[tuple[Expr, Expr], ...]
    surprise: tuple[Expr, ...]
    facts: tuple[Relational, ...] = ()

    @property
    def hypotheses(self) -> tuple[Relational, ...]:
        """The integral of the entries, the moments, the entropy, and what the parameters must satisfy."""
        total = Sum if self.limits[0].is_integer else Integral
        terms = [(self.entries, S.One), *((f * self.entries, value) for f, value in self.moments), (-self.entries * log(self.entries), h)]
        variable, start, end = self.limits
        positive = () if self.entries.is_positive else (Each(Gt(self.entries, 0), (variable, Interval.open(start, end))),)
        return (*self.facts, *positive, *(Eq(total(term, self.limits), value, evaluate=False) for term, value in terms))

    @property
    def claim(self) -> Claim:
        """That h is at most the entropy of the family."""
        return Claim(h, "<=", Entropy(density(*self.family)), self.hypotheses)


LAWS = {
    "normal": Law(p, (x, -oo, oo), ("Normal", mu, sigma), (((x - mu) ** 2, sigma**2),), (log(sigma * sqrt(2 * pi)), 1 / (2 * sigma**2))),
    "exponential": Law(p, (x, S.Zero, oo), ("Exponential", 1 / m), ((x, m),), (log(m), 1 / m)),
    "uniform": Law(p, (x, low, high), ("Uniform", low, high), (), (log(high - low),), (Lt(low, high, evaluate=False),)),
    "geometric": Law(mass, (k, S.One, oo), ("Geometric", 1 / m), ((k, m),), (log(m - 1), log(m / (m - 1))), (Gt(m, 1, evaluate=False),)),
}


def _script(draft: Draft, claim: Claim) -> int | None:
    """Prove it for each outcome, integrate, and put in the entropy of the family."""
    law = next(law for law in LAWS.values() if law.claim == claim)
    family = as_distribution(density(*law.family))
    variable, *ends = law.limits
    whole, *moments, entropy = (fact for fact in claim.hypotheses if isinstance(fact, Eq))
    constant, *rates = law.surprise
    statistics = [f for f, _ in law.moments]
    local = (*claim.hypotheses, *within(*law.limits))
    surprise = constant + sum((rate * f for rate, f in zip(rates, statistics, strict=True)), S.Zero)
    own, q = law.entries, resolve(family).renamed((variable,)).density
    bound = draft.add("log_bound", Claim(log(q / own), "<=", q / own - 1, local), arguments=(q / own,))
    below = Claim(-own * log(own), "<=", own * surprise - own + q, local)
    pointwise = draft.add("combination", below, [bound], [own])
    values = sum((rate * value for rate, (_, value) in zip(rates, law.moments, strict=True)), S.Zero)
    pairs = [(constant - 1, whole), *zip(rates, moments, strict=True), (S.One, family), (S.NegativeOne, entropy)]
    summed = Claim(h, "<=", constant + values, claim.hypotheses)
    bounded = draft.add("integral", summed, [pointwise], (variable, *ends, *pairs))
    known = closed_form(draft, claim.rhs, claim.hypotheses)
    return None if known is None else draft.add("combination", claim, [bounded, known], [S.One, S.One])


_TITLES = {
    "normal": "Among all densities on the real line with that variance, the normal density has the greatest entropy",
    "exponential": "Among all densities on x > 0 with that mean, the exponential density has the greatest entropy",
    "uniform": "Among all densities on an interval, the uniform density has the greatest entropy",
    "geometric": "Among all pmfs on the positive integers with that mean, the geometric one has the greatest entropy, and no other",
}
for _name, _law in LAWS.items():
    theorem(f"entropy_le_{_name}", SECTION, _TITLES[_name], sources=(COVER, JAYNES), script=_script)(lambda law=_law: law.claim)


def weights(size: Any) -> tuple[Finite, list[Expr] | IndexedBase, Any]:
    """Return a pmf of a size, the energies of its outcomes, and a function that adds a term up over them."""
    if isinstance(size, Symbol):
        e = IndexedBase("e", real=True)
        return indexed("p"), e, lambda term: Sum(term(indexed("p").probabilities(i), e[i]), (i, 1, size))
    P, e = Finite.symbols("p", size), [Symbol(f"e_{place}", real=True) for place in range(1, size + 1)]
    return P, e, lambda term: Add(*(term(*pair) for pair in zip(P.probabilities, e, strict=True)))


def _gibbs_script(draft: Draft, claim: Claim) -> int | None:
    """Prove -p log p <= p (beta e + log Z) - p + exp(-beta e)/Z for each outcome, and add up."""
    P, e, _ = weights(n)
    Z, own, q = Sum(exp(-beta * e[j]), (j, 1, n)), P.probabilities(i), exp(-beta * e[i])
    local = (*claim.hypotheses, *between(i, S.One, n))
    ratio = q / (Z * own)
    bound = draft.add("log_bound", Claim(log(ratio), "<=", ratio - 1, local), arguments=(ratio,))
    left, right = -own * log(own), own * (beta * e[i] + log(Z)) - own + q / Z
    pointwise = draft.add("combination", Claim(left, "<=", right, local), [bound], [own])
    summed = Claim(Sum(left, (i, 1, n)), "<=", Sum(right, (i, 1, n)), claim.hypotheses)
    return draft.add("combination", claim, [draft.add("total", summed, [pointwise], (i, S.One, n))], [S.One])


@theorem(
    "entropy_le_gibbs",
    SECTION,
    "Among all pmfs with the mean energy u, H(P) <= log Z + beta u, with equality only for exp(-beta e)/Z: the Gibbs pmf with that mean",
    (n,),
    sources=(JAYNES, COVER),
    script=_gibbs_script,
)
def _gibbs(size: Any) -> Claim:
    P, _, added = weights(size)
    mean = Eq(added(lambda own, e: own * e), energy, evaluate=False)
    return Claim(Entropy(P), "<=", log(added(lambda _, e: exp(-beta * e))) + beta * energy, (mean,))


@theorem(
    "entropy_of_gibbs",
    SECTION,
    "The entropy of the Gibbs pmf exp(-beta e)/Z is log Z + beta times its mean energy",
    (n,),
    (2,),
    (3,),
    sources=(JAYNES, COVER),
)
def _of_gibbs(size: Any) -> Claim:
    _, _, added = weights(size)
    Z = added(lambda _, e: exp(-beta * e))
    surprise = added(lambda _, e: -exp(-beta * e) / Z * log(exp(-beta * e) / Z))
    return Claim(surprise, "=", log(Z) + beta * added(lambda _, e: e * exp(-beta * e) / Z))


#: A family and its parameters, and the law of maximum entropy with the same moments.
PAIRS = (
    (("Laplace", mu, m), ("Normal", mu, sqrt(2) * m)),
    (("Uniform", S.Zero, m), ("Normal", m / 2, m / (2 * sqrt(3)))),
    (("Exponential", 1 / m), ("Normal", m, m)),
    (("Logistic", mu, sigma), ("Normal", mu, pi * sigma / sqrt(3))),
    (("Gamma", sigma, m / sigma), ("Exponential", 1 / m)),
    (("Weibull", m, sigma), ("Exponential", 1 / (m * gamma(1 + 1 / sigma)))),
    (("LogNormal", mu, sigma), ("Exponential", exp(-mu - sigma**2 / 2))),
    (("Beta", m, sigma), ("Uniform", S.Zero, S.One)),
)


@theorem(
    "entropy_le_of_moments",
    SECTION,
    "The entropy of a family is at most that of the law of maximum entropy with the same moments",
    *PAIRS,
    sources=(COVER, JAYNES),
)
def _of_moments(family: Any, greatest: Any) -> Claim:
    return Claim(Entropy(density(*family)), "<=", Entropy(density(*greatest)))
