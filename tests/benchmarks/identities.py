"""Identities and proofs, each measured in one run: ``python tests/benchmarks/identities.py``.

The equalities are the true ones of ``tests/data/homework_examples.json``. Seconds are the least of several rounds, before each of which
the cache of SymPy and the domains of the kernel are emptied; none is asserted in the tests.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sympy import Eq, Expr, Integer, Symbol, log, simplify, symbols
from sympy.core.cache import clear_cache
from sympy.logic.boolalg import Boolean

from symentropy import CrossEntropy, Entropy, Finite, KLDivergence, decide, theorems, verify
from symentropy.notation import parse
from symentropy.proof.canonical import is_zero, unfolded
from symentropy.proof.checks import domain_of
from symentropy.proof.claim import Claim, hypotheses_of
from symentropy.proof.domain import Domain

EXAMPLES = json.loads((Path(__file__).parent.parent / "data" / "homework_examples.json").read_text(encoding="utf-8"))
#: Seconds after which a comparison with SymPy ends.
PATIENCE = 20.0


def best(work: Callable[[], Any], rounds: int = 3) -> float:
    """Return the least time of some rounds from cold caches, in seconds; one round where it takes long."""
    times: list[float] = []
    while len(times) < rounds and sum(times) < PATIENCE / 4:
        clear_cache()
        domain_of.cache_clear()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def line(what: str, seconds: float, note: str = "") -> None:
    """Print one figure."""
    print(f"{what:<60} {seconds * 1e3:10.1f} ms  {note}", flush=True)


def homework() -> Iterator[Claim]:
    """Go through the true equalities, parsed."""
    for item in EXAMPLES["equalities"]:
        if item["truth"]:
            yield parse(f"{item['a']} = {item['b']}", item["given"])


def holds(claim: Claim) -> bool:
    """Return whether the zero test shows an equation."""
    return shows_zero(unfolded(claim.lhs - claim.rhs), claim.hypotheses)


def shows_zero(difference: Expr, hypotheses: tuple[Boolean, ...]) -> bool:
    """Return whether the zero test shows that an expression is 0."""
    return is_zero(difference, Domain(hypotheses))


def equalities() -> None:
    """The zero test and the whole of `decide` against ``simplify(a - b) == 0``, for sides that are not the same already."""
    claims = {claim: difference for claim in homework() if (difference := unfolded(claim.lhs - claim.rhs)) != 0}
    found = [shows_zero(difference, claim.hypotheses) for claim, difference in claims.items()]
    ours = [best(lambda c=claim, d=difference: shows_zero(d, c.hypotheses)) for claim, difference in claims.items()]  # type: ignore[misc]
    whole = [best(lambda claim=claim: decide(claim)) for claim in claims]  # type: ignore[misc]
    theirs_found = [simplify(difference) == 0 for difference in claims.values()]
    theirs = [best(lambda d=difference: simplify(d)) for difference in claims.values()]  # type: ignore[misc]
    ratio = statistics.median(b / a for a, b in zip(ours, theirs, strict=True))
    print(f"{len(claims)} true equalities of homework size: the zero test shows {sum(found)}, simplify {sum(theirs_found)}")
    line("zero test, median", statistics.median(ours), f"longest {max(ours) * 1e3:.1f} ms (wanted: below 30)")
    line("decide with a proof, median", statistics.median(whole), f"longest {max(whole) * 1e3:.1f} ms")
    line("simplify(a - b), median", statistics.median(theirs), f"median of the ratios to the zero test {ratio:.1f} (wanted: 10)")


def pair(size: int) -> tuple[Finite, Finite]:
    """Return two symbolic pmfs."""
    return Finite.symbols("p", size), Finite.symbols("q", size)


def cross_entropy_and_divergence() -> None:
    """D(P || Q) = H(P, Q) - H(P) for growing n."""
    before = 0.0
    for size in (25, 50, 100, 200):
        P, Q = pair(size)
        claim = Claim(KLDivergence(P, Q), "=", CrossEntropy(P, Q) - Entropy(P), hypotheses_of(KLDivergence(P, Q)))
        assert holds(claim)
        seconds = best(lambda claim=claim: holds(claim))  # type: ignore[misc]
        growth = f"{seconds / before:.2f} x for twice the terms" if before else ""
        line(f"D(P || Q) = H(P, Q) - H(P), n = {size}", seconds, growth + (" (wanted: 500 ms)" if size == 50 else ""))
        before = seconds


def mutual_information(size: int) -> Claim:
    """Return I(X; Y) as a divergence = H(X) + H(Y) - H(X, Y) for the entries of a square joint pmf."""
    entries = symbols(f"p1:{size**2 + 1}", positive=True)
    table = [entries[row * size : (row + 1) * size] for row in range(size)]
    rows = [sum(row) for row in table]
    columns = [sum(column) for column in zip(*table, strict=True)]
    divergence = sum(entry * log(entry / (rows[i] * columns[j])) for i, row in enumerate(table) for j, entry in enumerate(row))
    entropies = [-sum(value * log(value) for value in values) for values in (rows, columns, entries)]
    return Claim(divergence, "=", entropies[0] + entropies[1] - entropies[2], (Eq(sum(entries), 1),))


def joint() -> None:
    """Mutual information for growing tables."""
    for size in (2, 4, 8):
        claim = mutual_information(size)
        assert holds(claim)
        line(f"I(X; Y) = H(X) + H(Y) - H(X, Y), {size} x {size}", best(lambda claim=claim: holds(claim)), "(wanted: 1000 ms)" * (size == 8))  # type: ignore[misc]


def gibbs() -> None:
    """Gibbs' inequality: the search, and the replay."""
    for size in (3, 10, 30, Symbol("n", integer=True, positive=True)):
        P, Q = pair(size)
        claim = Claim(KLDivergence(P, Q), ">=", Integer(0), hypotheses_of(KLDivergence(P, Q)))
        proof = decide(claim).proof
        assert proof is not None
        search, replay = best(lambda claim=claim: decide(claim)), best(lambda proof=proof: verify(proof))  # type: ignore[misc]
        line(f"D(P || Q) >= 0, n = {size}", search, f"verify {replay * 1e3:.1f} ms (wanted: 300 ms for 10 and n)")


def semiprime() -> None:
    """The logarithm of a product of two 30-digit primes is not factored."""
    first, second = 10**29 + 319, 10**30 + 57
    x = Symbol("x", positive=True)
    expression = log(first * second * x) - log(first * second) - log(x)
    assert is_zero(expression, Domain([]))
    line("log(N x) - log N - log x, N with two 30-digit primes", best(lambda: is_zero(expression, Domain([]))))


def catalogue() -> None:
    """Every theorem for its first example: the search, and the replay."""
    search, replay = [], []
    for theorem in theorems.values():
        proof = theorem.prove()
        search.append(best(theorem.prove, 1))
        replay.append(best(lambda proof=proof: verify(proof), 1))  # type: ignore[misc]
    line(f"catalogue, {len(search)} theorems: search, median", statistics.median(search), f"in all {sum(search):.1f} s")
    line("catalogue: verify, median", statistics.median(replay), f"in all {sum(replay):.1f} s")


if __name__ == "__main__":
    for benchmark in (equalities, cross_entropy_and_divergence, joint, gibbs, semiprime, catalogue):
        benchmark()
