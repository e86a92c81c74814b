"""Properties of the Kullback-Leibler divergence."""

from __future__ import annotations

from typing import Any

from sympy import Add, Derivative, Eq, Expr, IndexedBase, Lambda, Lt, S, Sum, Symbol, log, oo, sqrt

from symentropy.finite import Finite
from symentropy.proof.claim import Claim, Each
from symentropy.proof.draft import Draft
from symentropy.proof.theorems.catalogue import COVER, PAIRS, TRIPLES, indexed, n, theorem, three, two
from symentropy.proof.theorems.entropy import mixture
from symentropy.proof.theorems.quantities import over_outcomes
from symentropy.proof.totals import between
from symentropy.quantities import Entropy, KLDivergence

SECTION = "Divergence"
CSISZAR = "I. Csiszar, J. Koerner, Information Theory, 2nd ed., Cambridge 2011"
LIN = "J. Lin, Divergence measures based on the Shannon entropy, IEEE Transactions on Information Theory 37 (1991)"
AMARI = "S. Amari, Information Geometry and Its Applications, Springer 2016, sections 1.3 and 2.2"
GIBBS_SU = "A. L. Gibbs, F. E. Su, On choosing and bounding probability metrics, International Statistical Review 70 (2002)"

s, t = (Symbol(name, positive=True) for name in "st")
i, j = (Symbol(name, integer=True) for name in "ij")
MIXED = (Eq(s + t, 1, evaluate=False),)


def mixed(P: Finite, Q: Finite, *weights: Expr) -> Finite:
    """Return the mixture of two pmfs with weights."""
    first, second = weights
    if P.is_indexed:
        return Finite(Lambda(i, first * P.probabilities(i) + second * Q.probabilities(i)), P.size)
    return Finite([first * p + second * q for p, q in zip(P.probabilities, Q.probabilities, strict=True)])


@theorem("kl_triangle_fails", SECTION, "D(P || R) may exceed D(P || Q) + D(Q || R)", *TRIPLES[:2], sources=(COVER,))
def _triangle(P: Any, Q: Any, R: Any) -> Claim:
    return Claim(KLDivergence(P, R), ">", KLDivergence(P, Q) + KLDivergence(Q, R), exists=True)


@theorem(
    "kl_infinite",
    SECTION,
    "D(P || Q) = oo where a possible outcome has probability 0 under Q",
    (two("p"), [1, 0]),
    (three("p"), ["1/2", "1/2", 0]),
    sources=(COVER,),
)
def _infinite(P: Any, Q: Any) -> Claim:
    return Claim(KLDivergence(P, Q), "=", oo)


@theorem(
    "kl_finite",
    SECTION,
    "D(P || Q) is finite where every outcome is possible under Q",
    *PAIRS,
    (["1/2", "1/2", 0], three("q")),
    sources=(COVER,),
)
def _finite(P: Any, Q: Any) -> Claim:
    return Claim(KLDivergence(P, Q), "<", oo)


def _log_sum_script(draft: Draft, claim: Claim) -> int | None:
    """Prove a_i log(a_i B/(b_i A)) >= a_i - b_i A/B for each i, and add up."""
    if not claim.lhs.has(Sum):
        return draft.prove(claim)
    a, b = IndexedBase("a", positive=True), IndexedBase("b", positive=True)
    size = claim.lhs.limits[0][2]
    A, B = Sum(a[j], (j, 1, size)), Sum(b[j], (j, 1, size))
    ratio = b[i] * A / (a[i] * B)
    facts = (*claim.hypotheses, *between(i, S.One, size))
    bound = draft.add("log_bound", Claim(log(ratio), "<=", ratio - 1, facts), arguments=(ratio,))
    term, least = a[i] * log(a[i] / b[i]) - a[i] * log(A / B), a[i] - b[i] * A / B
    each = draft.add("combination", Claim(term, ">=", least, facts), [bound], [a[i]])
    added = Claim(Sum(term, (i, 1, size)), ">=", Sum(least, (i, 1, size)), claim.hypotheses)
    total = draft.add("total", added, [each], (i, S.One, size))
    return draft.add("combination", claim, [total], [S.One])


@theorem(
    "log_sum",
    SECTION,
    "Log-sum inequality: the sum of a log(a/b) is at least A log(A/B), A and B being the sums of the a and of the b",
    (2,),
    (3,),
    (n,),
    sources=(COVER,),
    script=_log_sum_script,
)
def _log_sum(size: Any) -> Claim:
    if isinstance(size, Symbol):
        a, b = IndexedBase("a", positive=True), IndexedBase("b", positive=True)
        A, B = Sum(a[i], (i, 1, size)), Sum(b[i], (i, 1, size))
        return Claim(Sum(a[i] * log(a[i] / b[i]), (i, 1, size)), ">=", A * log(A / B))
    first = [Symbol(f"a_{k}", positive=True) for k in range(1, size + 1)]
    second = [Symbol(f"b_{k}", positive=True) for k in range(1, size + 1)]
    total = Add(*(x * log(x / y) for x, y in zip(first, second, strict=True)))
    return Claim(total, ">=", Add(*first) * log(Add(*first) / Add(*second)))


def _four(make: Any) -> tuple[Any, ...]:
    return tuple(make(name) for name in ("p", "q", "u", "v"))


@theorem(
    "kl_jointly_convex",
    SECTION,
    "The divergence of mixtures is at most the mixture of the divergences",
    *(_four(make) for make in (two, three, indexed)),
    sources=(COVER,),
)
def _jointly_convex(P: Any, Q: Any, U: Any, V: Any) -> Claim:
    P, Q, U, V = map(Finite, (P, Q, U, V))
    return Claim(KLDivergence(mixed(P, U, t, s), mixed(Q, V, t, s)), "<=", t * KLDivergence(P, Q) + s * KLDivergence(U, V), MIXED)


@theorem(
    "kl_chain_rule",
    SECTION,
    "The divergence of joint pmfs is that of the first coordinates plus the expected divergence of the second ones",
    (2,),
    (n,),
    sources=(COVER,),
)
def _chain_rule(size: Any) -> Claim:
    if isinstance(size, Symbol):
        P, Q = indexed("p"), indexed("q")
        p, q = P.probabilities(i), Q.probabilities(i)
        w, v = (IndexedBase(name, positive=True)[i, j] for name in ("w", "v"))
        rows = tuple(Each(Eq(Sum(row, (j, 1, n)), 1, evaluate=False), (i, 1, n)) for row in (w, v))
        joint = Sum(p * w * log(p * w / (q * v)), (j, 1, n), (i, 1, n))
        return Claim(joint, "=", KLDivergence(P, Q) + Sum(p * Sum(w * log(w / v), (j, 1, n)), (i, 1, n)), rows)
    p, q, a, b, c, d = (Symbol(name, positive=True) for name in ("p", "q", "a", "b", "c", "d"))
    first, second = [p * a, p * (1 - a), (1 - p) * b, (1 - p) * (1 - b)], [q * c, q * (1 - c), (1 - q) * d, (1 - q) * (1 - d)]
    parts = KLDivergence([p, 1 - p], [q, 1 - q]), KLDivergence([a, 1 - a], [c, 1 - c]), KLDivergence([b, 1 - b], [d, 1 - d])
    return Claim(KLDivergence(first, second), "=", parts[0] + p * parts[1] + (1 - p) * parts[2])


@theorem(
    "kl_product", SECTION, "The divergence of independent pairs is the sum of the divergences", _four(two), _four(indexed), sources=(COVER,)
)
def _product(P: Any, Q: Any, U: Any, V: Any) -> Claim:
    P, Q, U, V = map(Finite, (P, Q, U, V))
    total = KLDivergence(P, Q) + KLDivergence(U, V)
    if P.is_indexed:
        over, under = P.probabilities(i) * U.probabilities(j), Q.probabilities(i) * V.probabilities(j)
        return Claim(Sum(over * log(over / under), (j, 1, U.size), (i, 1, P.size)), "=", total)
    joint = [[x * y for x in first.probabilities for y in second.probabilities] for first, second in ((P, U), (Q, V))]
    return Claim(KLDivergence(*joint), "=", total)


@theorem(
    "kl_merge_le",
    SECTION,
    "Merging outcomes does not raise the divergence",
    PAIRS[1],
    (Finite.symbols("p", 4), Finite.symbols("q", 4)),
    sources=(COVER,),
)
def _merging(P: Any, Q: Any) -> Claim:
    merged = [[entries[0] + entries[1], *entries[2:]] for entries in (list(Finite(P).probabilities), list(Finite(Q).probabilities))]
    return Claim(KLDivergence(*merged), "<=", KLDivergence(P, Q))


def _processing_script(draft: Draft, claim: Claim) -> int | None:
    """Prove it for each input i and output j, and add up over both."""
    if not claim.lhs.has(Sum):
        return draft.prove(claim)
    K = IndexedBase("K", positive=True)
    P, Q = claim.rhs.args
    p, q = P.probabilities, Q.probabilities
    k = Symbol("k", integer=True)
    over, under = (Sum(pmf(k) * K[k, j], (k, 1, n)) for pmf in (p, q))
    ratio = q(i) * over / (p(i) * under)
    facts = (*claim.hypotheses, *between(j, S.One, n), *between(i, S.One, n))
    bound = draft.add("log_bound", Claim(log(ratio), "<=", ratio - 1, facts), arguments=(ratio,))
    weight = p(i) * K[i, j]
    term, least = weight * log(p(i) / q(i)) - weight * log(over / under), weight - q(i) * K[i, j] * over / under
    step = draft.add("combination", Claim(term, ">=", least, facts), [bound], [weight])
    for index, remaining in ((i, facts[:-2]), (j, facts[:-4])):
        term, least = Sum(term, (index, 1, n)), Sum(least, (index, 1, n))
        step = draft.add("total", Claim(term, ">=", least, remaining), [step], (index, S.One, n))
    return draft.add("combination", claim, [step], [S.One])


@theorem(
    "kl_data_processing",
    SECTION,
    "Data processing: a stochastic matrix K does not raise the divergence",
    (two("p"), two("q")),
    (indexed("p"), indexed("q")),
    sources=(COVER, CSISZAR),
    script=_processing_script,
)
def _processing(P: Any, Q: Any) -> Claim:
    P, Q = Finite(P), Finite(Q)
    if P.is_indexed:
        K = IndexedBase("K", positive=True)
        rows = Each(Eq(Sum(K[i, j], (j, 1, n)), 1, evaluate=False), (i, 1, n))
        outputs = [Sum(pmf.probabilities(i) * K[i, j], (i, 1, n)) for pmf in (P, Q)]
        return Claim(Sum(outputs[0] * log(outputs[0] / outputs[1]), (j, 1, n)), "<=", KLDivergence(P, Q), (rows,))
    a, b = (Symbol(name, positive=True) for name in "ab")
    facts = tuple(fact for symbol in (a, b) for fact in (Lt(0, symbol, evaluate=False), Lt(symbol, 1, evaluate=False)))
    outputs = []
    for pmf in (P, Q):
        first, second = pmf.probabilities
        outputs.append([first * a + second * b, first * (1 - a) + second * (1 - b)])
    return Claim(KLDivergence(*outputs), "<=", KLDivergence(P, Q), facts)


@theorem(
    "pinsker_binary",
    SECTION,
    "Pinsker's inequality for two outcomes: D >= 2 (p - q)^2, with equality only for p = q",
    (two("p"), two("q")),
    sources=(CSISZAR,),
)
def _pinsker(P: Any, Q: Any) -> Claim:
    P, Q = Finite(P), Finite(Q)
    return Claim(KLDivergence(P, Q), ">=", 2 * (P.probabilities[0] - Q.probabilities[0]) ** 2)


def chi_squared(P: Finite, Q: Finite) -> Expr:
    """Return the sum of (p - q)^2/q."""
    return over_outcomes(lambda p, q: (p - q) ** 2 / q, P, Q)


@theorem("kl_le_chi_squared", SECTION, "The divergence is at most chi squared", *PAIRS, sources=(GIBBS_SU,))
def _chi_squared(P: Any, Q: Any) -> Claim:
    return Claim(KLDivergence(P, Q), "<=", chi_squared(Finite(P), Finite(Q)))


@theorem("kl_le_log_chi_squared", SECTION, "The divergence is at most log(1 + chi squared)", *PAIRS, sources=(GIBBS_SU,))
def _log_chi_squared(P: Any, Q: Any) -> Claim:
    return Claim(KLDivergence(P, Q), "<=", log(1 + chi_squared(Finite(P), Finite(Q))))


@theorem("hellinger_le_kl", SECTION, "The squared Hellinger distance is at most the divergence", PAIRS[2], sources=(GIBBS_SU,))
def _hellinger(P: Any, Q: Any) -> Claim:
    P, Q = Finite(P), Finite(Q)
    return Claim(over_outcomes(lambda p, q: (sqrt(p) - sqrt(q)) ** 2, P, Q), "<=", KLDivergence(P, Q))


@theorem("bhattacharyya_le_kl", SECTION, "Twice the Bhattacharyya distance is at most the divergence", PAIRS[2], sources=(GIBBS_SU,))
def _bhattacharyya(P: Any, Q: Any) -> Claim:
    P, Q = Finite(P), Finite(Q)
    return Claim(-2 * log(over_outcomes(lambda p, q: sqrt(p * q), P, Q)), "<=", KLDivergence(P, Q))


def _moved(size: int) -> tuple[Finite, Finite, list[Expr]]:
    """Return a pmf, the same moved by t in a direction that sums to 0, and the direction."""
    entries = [Symbol(f"p_{k}", positive=True) for k in range(1, size)]
    P = Finite([*entries, 1 - Add(*entries)])
    steps = [Symbol(f"e_{k}", real=True) for k in range(1, size)]
    steps.append(-Add(*steps))
    return P, Finite([p + t * e for p, e in zip(P.probabilities, steps, strict=True)]), steps


@theorem(
    "kl_first_order",
    SECTION,
    "To first order, a pmf does not diverge from itself: the derivative of D(P || P + t e) is t times a sum",
    (2,),
    (3,),
    sources=(AMARI,),
)
def _first_order(size: int) -> Claim:
    P, Q, steps = _moved(size)
    slope = Add(*(e**2 / q for e, q in zip(steps, Q.probabilities, strict=True)))
    return Claim(Derivative(KLDivergence(P, Q), t), "=", t * slope)


@theorem(
    "kl_second_order",
    SECTION,
    "The second derivative of D(P || P + t e) is the sum of p e^2/(p + t e)^2: at t = 0 the Fisher information",
    (2,),
    (3,),
    sources=(AMARI,),
)
def _second_order(size: int) -> Claim:
    P, Q, steps = _moved(size)
    curvature = Add(*(p * e**2 / q**2 for p, q, e in zip(P.probabilities, Q.probabilities, steps, strict=True)))
    return Claim(Derivative(KLDivergence(P, Q), t, t), "=", curvature)


def jensen_shannon(P: Finite, Q: Finite) -> Expr:
    """Return half the divergences of two pmfs from their midpoint."""
    M = mixture(S.Half, P, Q)
    return (KLDivergence(P, M) + KLDivergence(Q, M)) / 2


@theorem("jsd_nonneg", SECTION, "The Jensen-Shannon divergence is not negative", *PAIRS, sources=(LIN,))
def _jsd_nonneg(P: Any, Q: Any) -> Claim:
    return Claim(jensen_shannon(Finite(P), Finite(Q)), ">=", 0)


@theorem("jsd_le_log_two", SECTION, "The Jensen-Shannon divergence is at most log 2", *PAIRS, sources=(LIN,))
def _jsd_at_most(P: Any, Q: Any) -> Claim:
    return Claim(jensen_shannon(Finite(P), Finite(Q)), "<=", log(2))


@theorem("jsd_symmetric", SECTION, "The Jensen-Shannon divergence is symmetric", *PAIRS, sources=(LIN,))
def _jsd_symmetric(P: Any, Q: Any) -> Claim:
    P, Q = Finite(P), Finite(Q)
    return Claim(jensen_shannon(P, Q), "=", jensen_shannon(Q, P))


@theorem(
    "kl_is_bregman",
    SECTION,
    "D(P || Q) is the Bregman divergence of the negative entropy, whose gradient is log q + 1",
    *PAIRS,
    sources=(AMARI,),
)
def _bregman(P: Any, Q: Any) -> Claim:
    P, Q = Finite(P), Finite(Q)
    linear = over_outcomes(lambda p, q: (log(q) + 1) * (p - q), P, Q)
    return Claim(KLDivergence(P, Q), "=", -Entropy(P) + Entropy(Q) - linear)
