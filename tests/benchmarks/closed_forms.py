"""Closed forms, each timed in one run: ``python tests/benchmarks/closed_forms.py``.

The entropies of one-parameter to three-parameter families with symbols, by the verb, by `derive` (with a proof that the kernel has
replayed), and by ``sympy.stats.entropy`` in a process of its own that is ended after its budget. Caches are cold: each of our times is the
first call in a process that has imported everything. None is asserted in the tests.
"""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Callable
from typing import Any

from sympy import Basic, Integral, S, Sum, Symbol, symbols
from sympy import stats as st
from sympy.core.cache import clear_cache

from symentropy import Entropy, KLDivergence, NoClosedForm, derive
from symentropy.closed_form import derived

a, b, c, d = symbols("a b c d", positive=True)
m, n = symbols("m n", real=True)
k = Symbol("k", integer=True, positive=True)
#: Seconds that SymPy gets for one entropy.
PATIENCE = 60.0
FAMILIES: dict[str, tuple[Any, ...]] = {
    "Arcsin": (m, m + a), "Beta": (a, b), "BetaPrime": (a, b), "Cauchy": (m, a), "Chi": (k,), "ChiSquared": (k,), "Dagum": (a, b, c),
    "Erlang": (a, b), "Exponential": (a,), "ExponentialPower": (m, a, b), "FDistribution": (a, b), "FisherZ": (a, b), "Frechet": (a, b),
    "Gamma": (a, b), "GammaInverse": (a, b), "GaussianInverse": (a, b), "Gompertz": (a, b), "Gumbel": (a, m), "Kumaraswamy": (a, b),
    "Laplace": (m, a), "Levy": (m, a), "LogLogistic": (a, b), "LogNormal": (m, a), "Logistic": (m, a), "Lomax": (a, b), "Maxwell": (a,),
    "Moyal": (m, a), "Nakagami": (a, b), "Normal": (m, a), "Pareto": (a, b), "PowerFunction": (a, m, m + b), "QuadraticU": (m, m + a),
    "RaisedCosine": (m, a), "Rayleigh": (a,), "Reciprocal": (a, a + b), "StudentT": (a,),
    "Trapezoidal": (m, m + a, m + a + b, m + a + b + c),
    "Triangular": (m, m + a, m + a / 2), "Uniform": (m, m + a), "VonMises": (m, a), "Weibull": (a, b), "WignerSemicircle": (a,),
    "Geometric": (a,), "Zeta": (a,),
}  # fmt: skip


def seconds(work: Callable[[], Any]) -> float:
    """Return the time of one call from cold caches."""
    clear_cache()
    derived.cache_clear()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def theirs(name: str, pipe: Any) -> None:
    """Send the time of SymPy's entropy, None where it is no closed form."""
    X = getattr(st, name)("X", *FAMILIES[name])
    start = time.perf_counter()
    try:
        value: Basic | None = st.entropy(X)
    except Exception:  # whatever SymPy runs into is no answer
        value = None
    taken = time.perf_counter() - start
    pipe.send(taken if value is not None and not value.has(Integral, Sum, S.NaN, S.ComplexInfinity) else None)


def of_sympy(name: str) -> float | None:
    """Return the seconds that SymPy takes, None where it does not answer."""
    ours, other = multiprocessing.Pipe()
    process = multiprocessing.Process(target=theirs, args=(name, other))
    process.start()
    answer: float | None = ours.recv() if ours.poll(PATIENCE) else None
    process.kill()
    process.join()
    return answer


def proving(noun: Any) -> float | None:
    """Return the seconds of `derive`, None where the closed form has no proof."""
    try:
        return seconds(lambda: derive(noun))
    except NoClosedForm:
        return None


def summary(what: str, times: list[float]) -> None:
    """Print the median and the longest of some times."""
    print(f"{what:<60} median {statistics.median(times) * 1e3:8.1f} ms, longest {max(times) * 1e3:8.1f} ms, {len(times)} cases", flush=True)


def main() -> None:
    """Print a line for each family, and medians."""
    ours, proofs, ratios, pairs = [], [], [], []
    for name, parameters in FAMILIES.items():
        X = getattr(st, name)("X", *parameters)
        Y = getattr(st, name)("Y", *(S(p).xreplace({a: c, b: d, m: n}) for p in parameters))
        ours.append(seconds(lambda X=X: Entropy(X).doit()))  # type: ignore[misc]
        pairs.append(seconds(lambda X=X, Y=Y: KLDivergence(X, Y).doit()))  # type: ignore[misc]
        proofs += [taken for noun in (Entropy(X), KLDivergence(X, Y)) if (taken := proving(noun)) is not None]
        other = of_sympy(name)
        ratios += [] if other is None else [other / ours[-1]]
        answer = "no answer" if other is None else f"{other * 1e3:9.1f} ms, ratio {other / ours[-1]:6.1f}"
        print(f"{name:<24} entropy {ours[-1] * 1e3:8.1f} ms, divergence {pairs[-1] * 1e3:8.1f} ms; SymPy {answer}", flush=True)
    summary("entropy (wanted: median below 200 ms, none above 3 s)", ours)
    summary("divergence", pairs)
    summary("derive, with a proof", proofs)
    print(f"SymPy answers {len(ratios)} of {len(FAMILIES)}; median ratio {statistics.median(ratios):.1f} (wanted: 10)")


if __name__ == "__main__":
    main()
