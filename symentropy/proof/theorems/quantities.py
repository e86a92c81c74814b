"""Entropy, cross-entropy and divergence: what the lecture note states."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sympy import Add, Expr, Gt, Lt, Ne, S, Sum, Symbol, log

from symentropy.finite import Finite
from symentropy.proof.claim import Claim
from symentropy.proof.draft import Draft
from symentropy.proof.theorems.catalogue import COVER, NOTE, ONE, PAIRS, theorem, two
from symentropy.quantities import CrossEntropy, Entropy, KLDivergence, Surprise

SECTION = "Entropy, cross-entropy, KL divergence"
GIBBS = f"{COVER}, theorem 2.6.3"


def over_outcomes(term: Any, *pmfs: Finite) -> Expr:
    """Return the sum of a term over the outcomes of pmfs of the same size."""
    P = pmfs[0]
    if P.is_indexed:
        index = P.probabilities.variables[0]
        return Sum(term(*(pmf.probabilities(index) for pmf in pmfs)), (index, 1, P.size))
    return Add(*(term(*entries) for entries in zip(*(pmf.probabilities for pmf in pmfs), strict=True)))


@theorem("entropy_is_expected_surprise", SECTION, "Entropy is the expected surprise", *ONE, sources=(NOTE,))
def _expected(P: Any) -> Claim:
    P = Finite(P)
    return Claim(Entropy(P), "=", over_outcomes(lambda p: p * Surprise(p), P))


@theorem(
    "cross_entropy_is_expected_surprise",
    SECTION,
    "Cross-entropy is the surprise that Q predicts, expected under P",
    *PAIRS,
    sources=(NOTE,),
)
def _cross_expected(P: Any, Q: Any) -> Claim:
    P, Q = Finite(P), Finite(Q)
    return Claim(CrossEntropy(P, Q), "=", over_outcomes(lambda p, q: p * Surprise(q), P, Q))


@theorem("cross_entropy_self", SECTION, "H(P, P) = H(P)", *ONE, sources=(NOTE,))
def _self(P: Any) -> Claim:
    return Claim(CrossEntropy(P, P), "=", Entropy(P))


@theorem("kl_self", SECTION, "D(P || P) = 0", *ONE, sources=(NOTE,))
def _kl_self(P: Any) -> Claim:
    return Claim(KLDivergence(P, P), "=", 0)


@theorem("cross_entropy_eq_entropy_add_kl", SECTION, "H(P, Q) = H(P) + D(P || Q)", *PAIRS, sources=(NOTE,))
def _decomposition(P: Any, Q: Any) -> Claim:
    return Claim(CrossEntropy(P, Q), "=", Entropy(P) + KLDivergence(P, Q))


@theorem("kl_eq_sum", SECTION, "D(P || Q) is the sum of p log(p/q)", *PAIRS, sources=(NOTE,))
def _kl_sum(P: Any, Q: Any) -> Claim:
    P, Q = Finite(P), Finite(Q)
    return Claim(KLDivergence(P, Q), "=", over_outcomes(lambda p, q: p * log(p / q), P, Q))


@theorem("kl_nonneg", SECTION, "Gibbs' inequality: a divergence is never negative, and 0 only for P = Q", *PAIRS, sources=(NOTE, GIBBS))
def _gibbs(P: Any, Q: Any) -> Claim:
    return Claim(KLDivergence(P, Q), ">=", 0)


@theorem("kl_pos", SECTION, "The divergence of different pmfs is positive", *PAIRS[:2], sources=(NOTE, GIBBS))
def _kl_positive(P: Any, Q: Any) -> Claim:
    P, Q = Finite(P), Finite(Q)
    return Claim(KLDivergence(P, Q), ">", 0, (Ne(P.probabilities[0], Q.probabilities[0]),))


@theorem("cross_entropy_ge_entropy", SECTION, "H(P, Q) >= H(P): nothing predicts P better than P", *PAIRS, sources=(NOTE, GIBBS))
def _cross_ge(P: Any, Q: Any) -> Claim:
    return Claim(CrossEntropy(P, Q), ">=", Entropy(P))


@theorem("cross_entropy_asymmetric", SECTION, "Cross-entropy is not symmetric", *PAIRS[:2], sources=(NOTE,))
def _cross_asymmetric(P: Any, Q: Any) -> Claim:
    return Claim(CrossEntropy(P, Q), "!=", CrossEntropy(Q, P), exists=True)


@theorem("kl_asymmetric", SECTION, "Divergence is not symmetric", *PAIRS[:2], sources=(NOTE,))
def _kl_asymmetric(P: Any, Q: Any) -> Claim:
    return Claim(KLDivergence(P, Q), "!=", KLDivergence(Q, P), exists=True)


@theorem(
    "kl_symmetric_on_locus",
    SECTION,
    "Two Bernoullis p and q have a symmetric divergence where p + q = 1 (and where p = q)",
    sources=(NOTE,),
)
def _on_locus() -> Claim:
    p = Symbol("p", positive=True)
    P, Q = Finite([p, 1 - p]), Finite([1 - p, p])
    return Claim(KLDivergence(P, Q), "=", KLDivergence(Q, P))


def _off_locus_script(draft: Draft, claim: Claim) -> int:
    """Prove it in s = p + q and d = p - q: with g(s) = s log((s+d)/(s-d)), the difference g(s) - g(2-s) falls in s and is 0 at s = 1."""
    x, s, d = (Symbol(name, positive=True) for name in "xsd")
    below = claim.relation == ">"
    p, q = (pmf.probabilities[0] for pmf in claim.lhs.args)
    # log x <= (x - 1/x)/2 for x >= 1
    facts: tuple[Any, ...] = (x >= 1,)
    slope = draft.add("sign", Claim((1 - 1 / x) ** 2 / 2, ">", 0, (*facts, Gt(x, 1, evaluate=False))))
    lemma = Claim(log(x), "<=", (x - 1 / x) / 2, facts)
    there = draft.add("algebra", replace(lemma, lhs=log(S.One), relation="=", rhs=S.Zero))
    bound = draft.add("mean_value", lemma, [there, slope], (x, S.One))
    # the derivative of the difference is negative
    facts = (Lt(d, s, evaluate=False), Lt(s, 2 - d, evaluate=False), s <= 1 if below else s >= 1)
    gap = s * log((s + d) / (s - d)) - (2 - s) * log((2 - s + d) / (2 - s - d))
    goal = Claim(gap if below else -gap, ">=", 0, facts)
    side = Lt(s, 1, evaluate=False) if below else Gt(s, 1, evaluate=False)
    terms = []
    for z in (s, 2 - s):
        ratio = (z + d) / (z - d)
        terms.append(draft.add("instance", Claim(log(ratio), "<", (ratio - 1 / ratio) / 2, (*facts, side)), [bound], ((x, ratio),)))
    falls = draft.add("combination", Claim(-gap.diff(s), ">", 0, (*facts, side)), terms, [S.One, S.One])
    at_one = draft.add("algebra", replace(goal, lhs=goal.lhs.subs(s, 1), relation="="))
    ordered = draft.add("mean_value", goal, [at_one, falls], (s, S.One))
    # s = p + q, d = p - q
    values = {s: p + q, d: p - q}
    ordered = draft.add("instance", Claim(goal.lhs.xreplace(values), ">", 0, claim.hypotheses), [ordered], tuple(values.items()))
    return draft.add("combination", claim, [ordered], [S.One])


def _off_locus(relation: str) -> Claim:
    P, Q = two("p"), two("q")
    p, q = P.probabilities[0], Q.probabilities[0]
    side = Lt(p + q, 1, evaluate=False) if relation == ">" else Gt(p + q, 1, evaluate=False)
    return Claim(KLDivergence(P, Q), relation, KLDivergence(Q, P), (Lt(q, p, evaluate=False), side))


@theorem(
    "kl_gt_below_locus",
    SECTION,
    "D(p || q) > D(q || p) for two Bernoullis with q < p and p + q < 1",
    sources=(NOTE,),
    script=_off_locus_script,
)
def _below_locus() -> Claim:
    return _off_locus(">")


@theorem(
    "kl_lt_above_locus",
    SECTION,
    "D(p || q) < D(q || p) for two Bernoullis with q < p and p + q > 1",
    sources=(NOTE,),
    script=_off_locus_script,
)
def _above_locus() -> Claim:
    return _off_locus("<")
