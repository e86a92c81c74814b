"""Ratios of certified digits, each measured in one run: ``python tests/benchmarks/digits.py``.

Every figure is a ratio against a well-known piece of work in the same run (the best of several rounds); none is asserted in the tests. The
comparison with python-flint runs in another process, whose Python the environment variable ``SYMENTROPY_FLINT`` names; without it those
lines are left out.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import mpmath
from sympy.stats import Cauchy, Normal, Poisson

from symentropy import Entropy, Finite, KLDivergence, evaluate
from symentropy.evaluation.balls.fixed_log import log_of_integer
from symentropy.evaluation.sums.log_sums import cross_entropy, divergence, log_sum

FLINT = os.environ.get("SYMENTROPY_FLINT")
#: Bits of some numbers of digits.
BITS = {50: 170, 200: 668, 1000: 3325, 10_000: 33_223, 100_000: 332_197}


def best(work: Callable[[], Any], rounds: int = 5) -> float:
    """Return the least processor time of some rounds, in seconds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def report(what: str, seconds: float, against: str = "", reference: float = 0.0, wanted: str = "-") -> None:
    """Print one line."""
    ratio = f"{seconds / reference:7.2f} x {against} ({wanted})" if reference else ""
    print(f"{what:<58} {seconds * 1e3:9.2f} ms  {ratio}")


def entropy(counts: Mapping[int, int], bits: int) -> tuple[int, int]:
    """H = log A - (1/A) sum count a log a, for weights a with total A."""
    total = sum(a * count for a, count in counts.items())
    coefficients = {a: -a * count for a, count in counts.items()}
    coefficients[total] = coefficients.get(total, 0) + total
    return log_sum(coefficients, bits, total)


def arb_times(weights: list[int], bits: int, rounds: int = 5) -> tuple[float, float] | None:
    """Return the times that python-flint takes for the logarithms of the weights, and for H from Python integers, or None without it."""
    if not FLINT:
        return None
    code = f"""
import time
from flint import arb, ctx, fmpz
ctx.prec = {bits}
weights = {weights}
numbers = [fmpz(w) for w in weights]
def logarithms():
    for number in numbers:
        arb(number).log()
def entropy():
    total, value = sum(weights), arb(0)
    for w in weights:
        x = arb(w)
        value += x * x.log()
    return arb(total).log() - value / total
for work in logarithms, entropy:
    times = []
    for _ in range({rounds}):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    print(min(times))
"""
    done = subprocess.run([FLINT, "-"], input=code, text=True, capture_output=True, check=True)
    logs, entropy = map(float, done.stdout.split())
    return logs, entropy


def million_weights() -> None:
    """H of a million integer weights, against counting them."""
    generator = random.Random(1)
    weights = [generator.randint(1, 1000) for _ in range(10**6)]
    counts = Counter(weights)
    count = best(lambda: Counter(weights))
    for digits, wanted in ((50, "at most 1.1"), (1000, "at most 1.2"), (10_000, "below 6")):
        start = time.process_time()
        entropy(counts, BITS[digits])
        first = time.process_time() - start
        report(f"H, 10^6 weights to 1000, {digits} digits, first time", count + first, "Counter, with it", count, wanted)
        report(
            f"H, 10^6 weights to 1000, {digits} digits",
            count + best(lambda d=digits: entropy(counts, BITS[d])),
            "Counter, with it",
            count,
            wanted,
        )  # type: ignore[misc]


def from_a_list() -> None:
    """The same through the public names, from the list on: grouping, reducing and evaluating."""
    generator = random.Random(1)
    weights = [generator.randint(1, 1000) for _ in range(10**6)]
    count = best(lambda: Counter(weights))
    for digits, wanted in ((50, "at most 3"), (1000, "at most 3"), (10_000, "at most 6")):
        whole = best(lambda d=digits: evaluate(Entropy(Finite.from_weights(weights)), d), 3)  # type: ignore[misc]
        report(f"evaluate(Entropy(Finite.from_weights(list))), {digits} digits", whole, "Counter", count, wanted)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{'memory of this process so far':<58} {memory:9d} MiB  (below 400)")


def poisson() -> None:
    """H of a Poisson count against the sum of its terms in mpmath."""
    noun = Entropy(Poisson("K", 10))
    for digits, terms in ((50, 110), (1000, 700)):

        def loop(digits: int = digits, terms: int = terms) -> Any:
            with mpmath.workdps(digits + 10):
                rate, total = mpmath.mpf(10), mpmath.mpf(0)
                p = mpmath.exp(-rate)
                for k in range(1, terms):
                    total -= p * mpmath.log(p)
                    p *= rate / k
                return total

        start = time.process_time()
        evaluate(noun, digits)
        first = time.process_time() - start
        direct = best(loop, 3)
        report(f"H(Poisson(10)), {digits} digits, first time", first, "mpmath loop", direct, "at most 0.05 at 1000 digits")
        report(f"H(Poisson(10)), {digits} digits", best(lambda d=digits: evaluate(noun, d)), "mpmath loop", direct)  # type: ignore[misc]


def integrals() -> None:
    """A divergence without closed form against mpmath's quadrature of the same integrand, which proves nothing."""
    noun = KLDivergence(Normal("X", 0, 1), Cauchy("Y", 1, 2))

    def quadrature(digits: int) -> Any:
        with mpmath.workdps(digits):

            def integrand(x: Any) -> Any:
                p = mpmath.exp(-x * x / 2) / mpmath.sqrt(2 * mpmath.pi)
                return p * (mpmath.log(2 * mpmath.pi * (1 + ((x - 1) / 2) ** 2)) - x * x / 2 - mpmath.log(2 * mpmath.pi) / 2)

            return mpmath.quad(integrand, [-30, -10, -3, 0, 3, 10, 30])

    for digits in (30, 50):
        plain = best(lambda d=digits: quadrature(d), 2)  # type: ignore[misc]
        report(f"D(Normal || Cauchy), {digits} digits", best(lambda d=digits: evaluate(noun, d), 3), "mp.quad", plain)  # type: ignore[misc]


def long_weights() -> None:
    """H, D and H(P, Q) of 1000 distinct weights of 30 digits, against as many logarithms by Arb."""
    generator = random.Random(2)
    first, second = ([generator.randint(10**29, 10**30) for _ in range(1000)] for _ in range(2))
    pairs, totals = [(a, b, 1) for a, b in zip(first, second, strict=True)], (sum(first), sum(second))
    counts = dict.fromkeys(first, 1)
    for digits, wanted in ((50, "at most 2.5"), (200, "-"), (1000, "at most 0.6"), (10_000, "-")):
        bits = BITS[digits]
        rounds = 3 if digits > 1000 else 7
        one = best(lambda b=bits: entropy(counts, b), rounds)  # type: ignore[misc]
        logs, whole = arb_times(first, bits, rounds) or (0.0, 0.0)
        report(f"H, 1000 weights of 30 digits, {digits} digits", one, "1000 logs by Arb", logs, wanted)
        report("", one, "H by Arb from Python integers", whole)
        report(f"D, the same, {digits} digits", best(lambda b=bits: divergence(pairs, b, *totals), rounds), "H", one)  # type: ignore[misc]
        report(f"H(P, Q), the same, {digits} digits", best(lambda b=bits: cross_entropy(pairs, b, *totals), rounds), "H", one)  # type: ignore[misc]


def near_zero() -> None:
    """D next to 0 against one H of as many weights."""
    generator = random.Random(3)
    first = [generator.randint(10**29, 10**30) for _ in range(100)]
    one = best(lambda: entropy(dict.fromkeys(first, 1), BITS[50]), 20)
    a = [w * 10**12 for w in first]
    b = [w + generator.choice((-1, 1)) * generator.randint(1, 10) for w in a]
    pairs, totals = [(x, y, 1) for x, y in zip(a, b, strict=True)], (sum(a), sum(b))
    report("D of about 1e-82, 100 weights, 50 digits", best(lambda: divergence(pairs, BITS[50], *totals), 20), "H", one, "at most 2")
    for power in (500, 50_000):
        half = 10**power
        tiny = [(half, half + 1, 1), (half, half - 1, 1)]
        report(f"D of about 1e-{2 * power}, 2 weights, 50 digits", best(lambda t=tiny, h=half: divergence(t, 170, 2 * h, 2 * h)), "H", one)  # type: ignore[misc]


def single_logarithms() -> None:
    """One logarithm, against the squares of that many bits that it takes as long as."""
    generator = random.Random(4)
    n = generator.randint(10**29, 10**30)
    for digits in (50, 1000, 10_000, 100_000):
        number = generator.getrandbits(BITS[digits])
        square = best(lambda x=number: x * x)  # type: ignore[misc]
        rounds = 1 if digits > 10_000 else 5
        report(f"log of 30 digits, {digits} digits, first time", best(lambda d=digits: log_of_integer(n, BITS[d]), 1), "squaring", square)  # type: ignore[misc]
        report(f"log of 30 digits, {digits} digits", best(lambda d=digits: log_of_integer(n, BITS[d]), rounds), "squaring", square)  # type: ignore[misc]
        report(f"log 2, {digits} digits", best(lambda d=digits: log_of_integer(2, BITS[d]), rounds), "squaring", square)  # type: ignore[misc]


if __name__ == "__main__":
    for benchmark in (million_weights, from_a_list, long_weights, near_zero, poisson, integrals, single_logarithms):
        benchmark()
