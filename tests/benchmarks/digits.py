"""Ratios of certified digits, each measured in one run: ``python tests/benchmarks/digits.py``.

Every figure is a ratio against a well-known piece of work in the same run (the best of several rounds); none is asserted in the tests. The
comparison with python-flint runs in another process, whose Python the environment variable ``SYMENTROPY_FLINT`` names; without it those
lines are left out.
"""

from __future__ import annotations

import os
import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from symentropy.evaluation.fixed_log import log_of_integer
from symentropy.evaluation.log_sums import cross_entropy, divergence, log_sum

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
    for benchmark in (million_weights, long_weights, near_zero, single_logarithms):
        benchmark()
