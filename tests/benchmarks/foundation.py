"""Ratios of the foundation, each measured in one run: ``python tests/benchmarks/foundation.py``.

Every figure is a ratio against a well-known piece of work in the same process (the best of several rounds), so that it can be compared
between machines; none is asserted in the tests.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from sympy import N, Rational, log
from sympy.core.cache import clear_cache

from symentropy import Entropy, Finite, KLDivergence, entropy, kl_divergence


def best(work: Callable[[], Any], rounds: int = 5) -> float:
    """Return the least time of some rounds, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def imported(modules: Sequence[str], rounds: int = 15) -> list[float]:
    """Return the least time of importing each module in a fresh interpreter, measured there, the modules in turn."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as installed: compiled
    least = [float("inf")] * len(modules)
    for _ in range(rounds):
        for place, module in enumerate(modules):
            code = f"import time; start = time.perf_counter(); import {module}; print(time.perf_counter() - start)"
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
            least[place] = min(least[place], float(done.stdout))
    return least


def report(what: str, seconds: float, against: str, reference: float, wanted: str) -> None:
    """Print one line."""
    print(f"{what:<58} {seconds * 1e3:9.1f} ms  {seconds / reference:6.2f} x {against} ({wanted})")


def import_cost() -> None:
    """Importing the package against importing SymPy."""
    sympy_alone, package = imported(["sympy", "symentropy"])
    report("import symentropy", package, "import sympy", sympy_alone, "at most 1.10")


def million_weights() -> None:
    """A million integer weights against counting them."""
    generator = random.Random(1)
    weights = [generator.randint(1, 1000) for _ in range(10**6)]
    count = best(lambda: Counter(weights))
    report("Finite.from_weights, 10^6 integers", best(lambda: Finite.from_weights(weights)), "Counter", count, "at most 3")


def linear_building() -> None:
    """Building the entropy of n symbolic probabilities, for growing n."""
    times = {}
    for size in (250, 500, 1000, 2000):
        P = Finite.symbols("p", size)
        times[size] = best(lambda P=P: (clear_cache(), entropy(P)), 3)  # type: ignore[misc]
    for size in (500, 1000, 2000):
        report(f"entropy of {size} symbols", times[size], f"{size // 2} symbols", times[size // 2], "about 2: linear")

    def term_by_term() -> Any:
        expression: Any = 0
        for p in Finite.symbols("p", 500).probabilities:
            expression = expression - p * log(p)
        return expression

    report("entropy of 500 symbols", times[500], "subtracting term by term", best(term_by_term, 1), "below 1")


def digits() -> None:
    """Digits of a small pmf against SymPy's own evaluation of the same expression."""
    P, Q = Finite.from_weights(range(1, 31)), Finite.from_weights(range(30, 0, -1))
    for name, noun, value in (("H", Entropy(P), entropy(P)), ("D", KLDivergence(P, Q), kl_divergence(P, Q))):
        report(f"N({name}, 50), 30 outcomes", best(lambda noun=noun: N(noun, 50)), "N of the value", best(lambda v=value: N(v, 50)), "-")  # type: ignore[misc]
    half, tiny = Rational(1, 2), Rational(1, 10**40)
    near = KLDivergence([half, half], [half + tiny, half - tiny])
    report("N(D near 2e-80, 50)", best(lambda: N(near, 50)), "N(H, 50) above", best(lambda: N(Entropy(P), 50)), "-")


if __name__ == "__main__":
    for benchmark in (import_cost, million_weights, linear_building, digits):
        benchmark()
