"""Draw what certified digits cost: ``python tests/benchmarks/cost.py docs/figures/cost.svg`` (needs matplotlib).

On the left seconds against the number of weights, at three numbers of digits; on the right seconds against the number of digits, for
distributions of several kinds.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from typing import Any

from sympy import Rational
from sympy.stats import Cauchy, Normal, Poisson, Zeta

from symentropy import Entropy, Finite, KLDivergence, evaluate

#: Seconds after which a curve ends.
PATIENCE = 1.0


def seconds(work: Callable[[], Any]) -> float:
    """Return the time of some work, the lesser of two where it is short."""
    times = []
    while not times or (len(times) < 2 and times[0] < PATIENCE / 4):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def curve(axes: Any, label: str, places: list[int], work: Callable[[int], Any]) -> None:
    """Draw seconds against each place, until they take too long."""
    found: list[float] = []
    for place in places:
        found.append(seconds(lambda place=place: work(place)))  # type: ignore[misc]
        if found[-1] > PATIENCE:
            break
    axes.loglog(places[: len(found)], found, marker="o", markersize=3, label=label)


def main(path: str) -> None:
    """Draw both pictures side by side."""
    import matplotlib as mpl  # here, because the test suite imports this file and does not need matplotlib

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "symentropy"
    from matplotlib import pyplot

    generator = random.Random(5)
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(10, 4), layout="constrained")
    small = [generator.randint(1, 1000) for _ in range(10**6)]
    large = [generator.randint(10**29, 10**30) for _ in range(10**4)]
    sizes = [10, 100, 1000, 10_000, 100_000, 1_000_000]
    for digits in (50, 1000):
        curve(left, f"weights up to 1000, {digits} digits", sizes, lambda n, d=digits: evaluate(Entropy(Finite.from_weights(small[:n])), d))
        curve(
            left,
            f"weights of 30 digits, {digits} digits",
            sizes[:4],
            lambda n, d=digits: evaluate(Entropy(Finite.from_weights(large[:n])), d),
        )
    left.set(xlabel="number of weights n", ylabel="seconds", title="entropy of n integer weights")
    digits = [15, 50, 150, 500, 1500, 5000, 15_000, 50_000, 100_000]
    e = Rational(1, 10**40)
    nouns = {
        "H([1/3, 2/3])": Entropy(["1/3", "2/3"]),
        "D near 2e-80": KLDivergence(["1/2", "1/2"], [Rational(1, 2) + e, Rational(1, 2) - e]),
        "H, 1000 weights of 30 digits": Entropy(Finite.from_weights(large[:1000])),
        "H(Poisson(10))": Entropy(Poisson("K", 10)),
        "H(Zeta(3))": Entropy(Zeta("K", 3)),
        "D(Normal || Cauchy)": KLDivergence(Normal("X", 0, 1), Cauchy("Y", 1, 2)),
    }
    for label, noun in nouns.items():
        curve(right, label, digits, lambda d, noun=noun: evaluate(noun, d))
    right.set(xlabel="significant digits", ylabel="seconds", title="one value")
    for axes in (left, right):
        axes.grid(visible=True, which="major", alpha=0.3)
        axes.legend(fontsize="x-small")
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    main(sys.argv[1])
