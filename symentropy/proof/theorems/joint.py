"""Two variables and codes: the chain rule, independence, Fano's inequality, the length of a code.

Reference: T. M. Cover, J. A. Thomas, Elements of Information Theory, 2nd ed., Wiley 2006, chapters 2 and 5.
"""

from __future__ import annotations

from typing import Any

from sympy import Eq, Expr, IndexedBase, Le, S, Sum, Symbol, log

from symentropy.finite import Finite
from symentropy.proof.claim import Claim, Each, hypotheses_of
from symentropy.proof.draft import Draft
from symentropy.proof.theorems.catalogue import COVER, indexed, n, theorem, two
from symentropy.proof.totals import between
from symentropy.quantities import Entropy

SECTION = "Joint distributions and codes"
SHANNON = "C. E. Shannon, A mathematical theory of communication, Bell System Technical Journal 27 (1948)"
KRAFT = "B. McMillan, Two inequalities implied by unique decipherability, IRE Transactions on Information Theory 2 (1956)"

i, j, k = (Symbol(name, integer=True) for name in "ijk")
length = IndexedBase("l", real=True)
rows = IndexedBase("w", positive=True)


def cells() -> tuple[Symbol, ...]:
    """Return the entries of a joint pmf of two coins."""
    return tuple(Symbol(f"r_{place}", positive=True) for place in ("11", "12", "21", "22"))


@theorem(
    "entropy_chain_rule",
    SECTION,
    "Chain rule: H(X, Y) = H(X) + H(Y | X), for rows w of conditional probabilities",
    (n,),
    (2,),
    sources=(SHANNON, COVER),
)
def _chain_rule(size: Any) -> Claim:
    if isinstance(size, Symbol):
        P, w = indexed("p"), rows[i, j]
        p = P.probabilities(i)
        facts = (Each(Eq(Sum(w, (j, 1, n)), 1, evaluate=False), (i, 1, n)),)
        both = Sum(-p * w * log(p * w), (j, 1, n), (i, 1, n))
        return Claim(both, "=", Entropy(P) + Sum(p * Sum(-w * log(w), (j, 1, n)), (i, 1, n)), facts)
    p, a, b = (Symbol(name, positive=True) for name in "pab")
    pairs = [p * a, p * (1 - a), (1 - p) * b, (1 - p) * (1 - b)]
    return Claim(Entropy(pairs), "=", Entropy([p, 1 - p]) + p * Entropy([a, 1 - a]) + (1 - p) * Entropy([b, 1 - b]))


def _output(place: Expr) -> Expr:
    """Return the probability of an output, the sum of p[k] w[k, j] over k."""
    return Sum(indexed("p").probabilities(k) * rows[k, place], (k, 1, n))


def _mutual_script(draft: Draft, claim: Claim) -> int | None:
    """Prove p w log(w/q) >= p w - p q for each input and output, q being the probability of the output, and add up over both."""
    if not claim.lhs.has(Sum):
        return draft.prove(claim)
    own, w, q = indexed("p").probabilities(i), rows[i, j], _output(j)
    facts = (*claim.hypotheses, *between(i, S.One, n), *between(j, S.One, n))
    bound = draft.add("log_bound", Claim(log(q / w), "<=", q / w - 1, facts), arguments=(q / w,))
    term, least = own * w * log(w / q), own * w - own * q
    step = draft.add("combination", Claim(term, ">=", least, facts), [bound], [own * w])
    for index, remaining in ((j, facts[:-2]), (i, facts[:-4])):
        term, least = Sum(term, (index, 1, n)), Sum(least, (index, 1, n))
        step = draft.add("total", Claim(term, ">=", least, remaining), [step], (index, S.One, n))
    return draft.add("combination", claim, [step], [S.One])


@theorem(
    "mutual_information_nonneg",
    SECTION,
    "Mutual information is not negative: H(X, Y) <= H(X) + H(Y), with equality only for independent variables",
    (n,),
    (2,),
    sources=(SHANNON, COVER),
    script=_mutual_script,
)
def _mutual(size: Any) -> Claim:
    if isinstance(size, Symbol):
        P = indexed("p")
        facts = (*hypotheses_of(P), Each(Eq(Sum(rows[i, j], (j, 1, n)), 1, evaluate=False), (i, 1, n)))
        return Claim(Sum(P.probabilities(i) * rows[i, j] * log(rows[i, j] / _output(j)), (j, 1, n), (i, 1, n)), ">=", 0, facts)
    a, b, c, d = cells()
    return Claim(Entropy([a + b, c + d]) + Entropy([a + c, b + d]) - Entropy([a, b, c, d]), ">=", 0)


@theorem("conditioning_lowers_entropy", SECTION, "H(Y | X) <= H(Y), with equality only for independent variables", sources=(SHANNON, COVER))
def _conditioning() -> Claim:
    a, b, c, d = cells()
    given = (a + b) * Entropy([a / (a + b), b / (a + b)]) + (c + d) * Entropy([c / (c + d), d / (c + d)])
    return Claim(given, "<=", Entropy([a + c, b + d]), (Eq(a + b + c + d, 1, evaluate=False),))


@theorem(
    "fano",
    SECTION,
    "Fano's inequality for a guess: H(P) <= h(e) + e log(n - 1), where the guess is wrong with probability e",
    (Finite.symbols("p", 3),),
    (Finite.symbols("p", 4),),
    (two("p"),),
    sources=(COVER,),
)
def _fano(P: Any) -> Claim:
    P = Finite(P)
    error = 1 - P.probabilities[0]
    return Claim(Entropy(P), "<=", Entropy([1 - error, error]) + error * log(P.size - 1))


def _kraft_script(draft: Draft, claim: Claim) -> int | None:
    """Prove -p log p <= p l log 2 - p + 2^-l for each word, and add up."""
    own, q = indexed("p").probabilities(i), _weight(length[i])
    local = (*claim.hypotheses, *between(i, S.One, n))
    bound = draft.add("log_bound", Claim(log(q / own), "<=", q / own - 1, local), arguments=(q / own,))
    left, right = -own * log(own), own * length[i] * log(2) - own + q
    pointwise = draft.add("combination", Claim(left, "<=", right, local), [bound], [own])
    limits = (i, S.One, n)
    total = draft.add("total", Claim(Sum(left, limits), "<=", Sum(right, limits), claim.hypotheses), [pointwise], limits)
    kraft = draft.prove(Claim(Sum(q, limits), "<=", 1, claim.hypotheses))
    return None if kraft is None else draft.add("combination", claim, [total, kraft], [S.One, S.One])


def _weight(word: Expr) -> Expr:
    return S(2) ** -word


@theorem(
    "entropy_le_mean_length",
    SECTION,
    "The mean length of a code whose lengths satisfy Kraft's inequality is at least the entropy in bits",
    sources=(KRAFT, COVER),
    script=_kraft_script,
)
def _mean_length() -> Claim:
    P = indexed("p")
    kraft = Le(Sum(_weight(length[i]), (i, 1, n)), 1, evaluate=False)
    return Claim(Entropy(P), "<=", log(2) * Sum(P.probabilities(i) * length[i], (i, 1, n)), (kraft,))
