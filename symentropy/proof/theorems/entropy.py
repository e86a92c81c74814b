"""Properties of entropy."""

from __future__ import annotations

from typing import Any

from sympy import Eq, Expr, Lambda, Le, Lt, Ne, S, Sum, Symbol, exp, log

from symentropy.finite import Finite
from symentropy.proof.claim import Claim, Each
from symentropy.proof.draft import Draft
from symentropy.proof.theorems.catalogue import COVER, NOTE, ONE, PAIRS, indexed, n, theorem, three, two
from symentropy.proof.theorems.quantities import over_outcomes
from symentropy.quantities import Entropy, KLDivergence

SECTION = "Entropy"
SHANNON = "C. E. Shannon, A mathematical theory of communication, Bell System Technical Journal 27 (1948), section 6"
RENYI = "A. Renyi, On measures of entropy and information, Berkeley Symposium on Mathematical Statistics and Probability 4 (1961)"
PFR = "PFR (Lean), ForMathlib.Entropy.Basic"

b, m = (Symbol(name, positive=True) for name in "bm")
t = Symbol("t", positive=True)
i, j = (Symbol(name, integer=True) for name in "ij")
#: Weights of a mixture.
WEIGHTS = (Lt(0, t, evaluate=False), Lt(t, 1, evaluate=False))


def mixture(weight: Expr, P: Finite, Q: Finite) -> Finite:
    """Return weight P + (1 - weight) Q."""
    if P.is_indexed:
        return Finite(Lambda(i, weight * P.probabilities(i) + (1 - weight) * Q.probabilities(i)), P.size)
    return Finite([weight * p + (1 - weight) * q for p, q in zip(P.probabilities, Q.probabilities, strict=True)])


def product(*pmfs: Finite) -> Finite:
    """Return the pmf of independent outcomes, one from each of explicit pmfs."""
    entries: list[Expr] = [S.One]
    for pmf in pmfs:
        entries = [entry * p for entry in entries for p in pmf.probabilities]
    return Finite(entries)


@theorem("entropy_nonneg", SECTION, "Entropy is not negative", *ONE, sources=(NOTE, COVER, PFR))
def _nonneg(P: Any) -> Claim:
    return Claim(Entropy(P), ">=", 0)


@theorem("entropy_pos", SECTION, "Entropy is positive where two or more outcomes are possible", *ONE[:2], sources=(COVER, PFR))
def _positive(P: Any) -> Claim:
    return Claim(Entropy(P), ">", 0)


@theorem("entropy_of_certainty", SECTION, "The entropy of a certain outcome is 0", ([1, 0],), ([0, 1, 0],), ([1],), sources=(COVER, PFR))
def _certainty(P: Any) -> Claim:
    return Claim(Entropy(P), "=", 0)


@theorem("entropy_le_log_size", SECTION, "H(P) <= log n, with equality only for the uniform pmf", *ONE, sources=(COVER, PFR))
def _at_most(P: Any) -> Claim:
    P = Finite(P)
    return Claim(Entropy(P), "<=", log(P.size))


@theorem("entropy_eq_log_size_sub_kl", SECTION, "H(P) = log n - D(P || U) for the uniform pmf U", *ONE, sources=(COVER,))
def _from_uniform(P: Any) -> Claim:
    P = Finite(P)
    return Claim(Entropy(P), "=", log(P.size) - KLDivergence(P, Finite.uniform(P.size)))


@theorem("entropy_of_uniform", SECTION, "The entropy of the uniform pmf is log n", (2,), (6,), (n,), sources=(COVER, PFR))
def _uniform(size: Any) -> Claim:
    return Claim(Entropy(Finite.uniform(size)), "=", log(size))


@theorem(
    "entropy_permutation",
    SECTION,
    "Entropy does not depend on the order of the outcomes",
    (three("p"),),
    (Finite.symbols("p", 5),),
    sources=(COVER, PFR),
)
def _permutation(P: Any) -> Claim:
    P = Finite(P)
    return Claim(Entropy(P), "=", Entropy([*P.probabilities[1:], P.probabilities[0]]))


@theorem(
    "entropy_relabelling", SECTION, "Entropy does not depend on the names of the outcomes", (two("p"),), (three("p"),), sources=(COVER, PFR)
)
def _relabelling(P: Any) -> Claim:
    P = Finite(P)
    return Claim(Entropy(P), "=", Entropy(Finite(list(P.probabilities), [f"outcome {k}" for k in range(int(P.size))])))


@theorem(
    "entropy_grouping",
    SECTION,
    "Merging two outcomes lowers the entropy by (p + q) h(p/(p + q)), p and q being their probabilities",
    (three("p"),),
    (Finite.symbols("p", 4),),
    sources=(SHANNON, COVER),
)
def _grouping(P: Any) -> Claim:
    first, second, *rest = Finite(P).probabilities
    both = first + second
    return Claim(Entropy(P), "=", Entropy([both, *rest]) + both * Entropy([first / both, second / both]))


@theorem(
    "entropy_merge_lt", SECTION, "Merging two outcomes lowers the entropy", (three("p"),), (Finite.symbols("p", 4),), sources=(COVER, PFR)
)
def _merging(P: Any) -> Claim:
    first, second, *rest = Finite(P).probabilities
    return Claim(Entropy([first + second, *rest]), "<", Entropy(P))


@theorem(
    "entropy_of_function_le",
    SECTION,
    "H(f(X)) <= H(X): here f sends the outcomes to two groups",
    (Finite.symbols("p", 4), (0, 1, 0, 1)),
    (Finite.symbols("p", 5), (0, 0, 1, 1, 1)),
    sources=(COVER, PFR),
)
def _function(P: Any, values: Any) -> Claim:
    P = Finite(P)
    groups: dict[Any, Expr] = {}
    for probability, value in zip(P.probabilities, values, strict=True):
        groups[value] = groups.get(value, S.Zero) + probability
    return Claim(Entropy(list(groups.values())), "<=", Entropy(P))


@theorem(
    "entropy_product",
    SECTION,
    "The entropy of independent outcomes is the sum of their entropies",
    *((two("p"), two("q")), (two("p"), three("q")), (indexed("p"), indexed("q"))),
    sources=(SHANNON, PFR),
)
def _product(P: Any, Q: Any) -> Claim:
    P, Q = Finite(P), Finite(Q)
    if P.is_indexed:
        joint = P.probabilities(i) * Q.probabilities(j)
        return Claim(Sum(-joint * log(joint), (j, 1, Q.size), (i, 1, P.size)), "=", Entropy(P) + Entropy(Q))
    return Claim(Entropy(product(P, Q)), "=", Entropy(P) + Entropy(Q))


@theorem(
    "entropy_power",
    SECTION,
    "The entropy of k independent repetitions is k times the entropy",
    (two("p"), 2),
    (two("p"), 3),
    (three("p"), 2),
    sources=(SHANNON, PFR),
)
def _power(P: Any, times: int) -> Claim:
    return Claim(Entropy(product(*[Finite(P)] * times)), "=", times * Entropy(P))


@theorem("entropy_concave", SECTION, "H(t P + (1 - t) Q) >= t H(P) + (1 - t) H(Q): entropy is concave", *PAIRS, sources=(COVER,))
def _concave(P: Any, Q: Any) -> Claim:
    P, Q = Finite(P), Finite(Q)
    return Claim(Entropy(mixture(t, P, Q)), ">=", t * Entropy(P) + (1 - t) * Entropy(Q), WEIGHTS)


def _max_script(draft: Draft, claim: Claim) -> int | None:
    """Prove m >= exp(-H) from z = log m + H >= 0, by z <= exp(z) - 1."""
    H = -claim.rhs.args[0]
    z = log(m) + H
    above = draft.prove(Claim(z, ">=", 0, claim.hypotheses))
    if above is None:
        return None
    bound = draft.add("log_bound", Claim(z, "<=", exp(z) - 1, claim.hypotheses), arguments=(exp(z),))
    return draft.add("combination", claim, [bound, above], [m * exp(-z), m * exp(-z)])


@theorem(
    "max_ge_exp_neg_entropy",
    SECTION,
    "No bound m on the probabilities is less than exp(-H): the largest of them is at least exp(-H)",
    *ONE,
    sources=(PFR,),
    script=_max_script,
)
def _max(P: Any) -> Claim:
    P = Finite(P)
    if P.is_indexed:
        facts: tuple[Any, ...] = (Each(Le(P.probabilities(i), m, evaluate=False), (i, 1, P.size)),)
    else:
        facts = tuple(Le(entry, m, evaluate=False) for entry in P.probabilities)
    return Claim(m, ">=", exp(-Entropy(P)), facts)


def _squares(P: Finite) -> Expr:
    return over_outcomes(lambda p: p**2, P)


@theorem(
    "sum_of_squares_ge",
    SECTION,
    "Two independent draws agree with probability at least 1/n, with equality only for the uniform pmf",
    (indexed("p"),),
    (three("p"),),
    sources=(COVER,),
)
def _collision(P: Any) -> Claim:
    P = Finite(P)
    facts = tuple(fact for fact in P.hypotheses if isinstance(fact, Eq))
    return Claim(_squares(P), ">=", 1 / P.size, facts)


@theorem("collision_entropy_le", SECTION, "The collision entropy -log of the sum of p^2 is at most the entropy", *ONE, sources=(RENYI,))
def _collision_entropy(P: Any) -> Claim:
    P = Finite(P)
    return Claim(-log(_squares(P)), "<=", Entropy(P))


@theorem("gini_le_entropy", SECTION, "The Gini impurity, 1 less the sum of p^2, is at most the entropy", *ONE, sources=(RENYI,))
def _gini(P: Any) -> Claim:
    P = Finite(P)
    return Claim(1 - _squares(P), "<=", Entropy(P))


@theorem("entropy_base", SECTION, "H_b(P) = H(P)/log b", *ONE, sources=(COVER,))
def _base(P: Any) -> Claim:
    return Claim(over_outcomes(lambda p: -p * log(p, b), Finite(P)), "=", Entropy(P) / log(b), (Ne(b, 1),))
