"""Measure what certified digits cost: ``python tests/benchmarks/cost.py docs/figures/cost.json``.

Two sets of curves of seconds of processor time: against the number of weights, at two numbers of digits, and against the number of
digits, for distributions of several kinds. ``python docs/figures/draw.py`` draws them.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sympy import Rational
from sympy.stats import Cauchy, Normal, Poisson, Zeta

from symentropy import Entropy, Finite, KLDivergence, evaluate

#: Seconds after which a curve ends.
PATIENCE = 1.0


def seconds(work: Callable[[], Any]) -> float:
    """Return the processor time of some work, the lesser of two where it is short."""
    times = []
    while not times or (len(times) < 2 and times[0] < PATIENCE / 4):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def curve(places: list[int], work: Callable[[int], Any]) -> list[tuple[int, float]]:
    """Return each place with its seconds, until they take too long."""
    found: list[tuple[int, float]] = []
    for place in places:
        found.append((place, float(f"{seconds(lambda place=place: work(place)):.3g}")))  # type: ignore[misc]
        if found[-1][1] > PATIENCE:
            break
    return found


def main(path: str) -> None:
    """Measure both sets of curves and write them as JSON."""
    generator = random.Random(5)
    small = [generator.randint(1, 1000) for _ in range(10**6)]
    large = [generator.randint(10**29, 10**30) for _ in range(10**4)]
    sizes = [10, 100, 1000, 10_000, 100_000, 1_000_000]
    weights = {}
    for digits in (50, 1000):
        for name, values in (("up to 1000", small), ("of 30 digits", large)):
            weights[f"{name}, {digits} digits"] = curve(
                [size for size in sizes if size <= len(values)],
                lambda n, d=digits, v=values: evaluate(Entropy(Finite.from_weights(v[:n])), d),  # type: ignore[misc]
            )
    e = Rational(1, 10**40)
    nouns = {
        "H([1/3, 2/3])": Entropy(["1/3", "2/3"]),
        "D near 2e-80": KLDivergence(["1/2", "1/2"], [Rational(1, 2) + e, Rational(1, 2) - e]),
        "H, 1000 weights of 30 digits": Entropy(Finite.from_weights(large[:1000])),
        "H(Poisson(10))": Entropy(Poisson("K", 10)),
        "H(Zeta(3))": Entropy(Zeta("K", 3)),
        "D(Normal || Cauchy)": KLDivergence(Normal("X", 0, 1), Cauchy("Y", 1, 2)),
    }
    places = [15, 50, 150, 500, 1500, 5000, 15_000, 50_000, 100_000]
    digits_of = {label: curve(places, lambda d, noun=noun: evaluate(noun, d)) for label, noun in nouns.items()}  # type: ignore[misc]
    costs = {"number of weights": weights, "significant digits": digits_of}
    Path(path).write_text(json.dumps(costs, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
