"""Nodes and weights of Gauss-Legendre rules, each as a ball that is proved to contain it.

Main definitions
----------------
* `rule`, the nodes in [0, 1) of the rule with ``n`` nodes on [-1, 1], with their weights; the rule is symmetric.
* `SIZES`, the numbers of nodes in use: a small set, so that rules are computed once and kept.

The nodes are zeros of the Legendre polynomial P_n. A zero is found by Newton's method in floating point and then in integers; that it is
near is proved afterwards, from the value of P_n, its derivative, and a bound of the second derivative.

Left out: rules for many thousands of nodes, where asymptotic expansions are faster than the recurrence.

References
----------
F. Johansson, M. Mezzarobba, Fast and rigorous arbitrary-precision computation of Gauss-Legendre quadrature nodes and weights, SIAM
Journal on Scientific Computing 40, 2018 (the method for large n). NIST Digital Library of Mathematical Functions, 18.9 and 18.14.
"""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi

from symentropy.evaluation.balls.ball import Ball, Undecided, rounded

#: Numbers of nodes of the rules in use.
SIZES = (4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32, 36, 40, 48, 56, 64, 80, 96, 128, 160, 192, 256, 320, 384, 512)

#: Precisions are rounded up to multiples of this.
GRID = 64

#: A node and its weight.
Pair = tuple[Ball, Ball]


def rule(n: int, prec: int) -> tuple[Pair, ...]:
    """Return the nodes of the rule with an even number ``n`` of nodes that are positive, with weights, to at least ``prec`` bits.

    >>> (node, weight), = rule(2, 64); print(float(node.mid) * 2.0**node.exp, weight.contains(1))
    0.5773502691896257 True
    """
    return _rule(n, -(-prec // GRID) * GRID)


@lru_cache(maxsize=128)
def _rule(n: int, prec: int) -> tuple[Pair, ...]:
    bits = prec + 2 * guard_bits(n) + 16
    pairs = [_pair(n, _refined(n, _start(n, k), bits), bits, prec) for k in range(n // 2)]
    nodes = [node for node, _ in pairs]
    # n/2 disjoint intervals in (0, 1), each with a zero, and as many in (-1, 0): P_n has no more than n zeros, so these are all
    if (
        not all(0 < low.upper < high.lower for low, high in zip(nodes[1:], nodes, strict=False))
        or not 0 < nodes[-1].lower < nodes[0].upper < 1
    ):
        raise Undecided(f"the nodes of the rule with {n} nodes were not separated")
    return tuple(pairs)


def guard_bits(n: int) -> int:
    """Return a bound of the bits that `values` loses: log2(1 + sqrt 2) < 1.3 for each step."""
    return 13 * n // 10 + 1


def values(n: int, x: int, bits: int) -> tuple[int, int]:
    """Return P_n(x) and P_{n-1}(x) for |x| <= 1, all in units of 2**-bits, each off by less than 2**guard_bits(n) units.

    (k + 1) P_{k+1} = (2k + 1) x P_k - k P_{k-1}. A step rounds down twice: less than two units of new error, so that the errors satisfy
    e_{k+1} <= 2 e_k + e_{k-1} + 2. So e_k + 1 <= (1 + sqrt 2)**k by induction, for (1 + sqrt 2)**2 = 2 (1 + sqrt 2) + 1.

    >>> values(2, 1 << 19, 20)[0] / 2**20  # (3 x**2 - 1) / 2
    -0.125
    """
    before, value = 1 << bits, x
    for k in range(1, n):
        before, value = value, (((2 * k + 1) * x * value >> bits) - k * before) // (k + 1)
    return value, before


def _start(n: int, k: int) -> float:
    """Return the zero number k of P_n from the right, in floating point."""
    x = cos(pi * (4 * k + 3) / (4 * n + 2))
    for _ in range(3):
        before, value = 1.0, x
        for j in range(1, n):
            before, value = value, ((2 * j + 1) * x * value - j * before) / (j + 1)
        x -= value * (1 - x * x) / (n * (before - x * value))
    return x


def _refined(n: int, start: float, bits: int) -> int:
    """Return a zero of P_n in units of 2**-bits, by Newton's method with twice the bits in each step."""
    guard = guard_bits(n)
    x, known = int(start * 2.0**60), 60
    accurate = 40
    while accurate < bits - guard:
        accurate *= 2
        now = min(bits, accurate + guard + 16)
        x, known = (x << now - known if now >= known else x >> known - now), now
        value, before = values(n, x, now)
        x -= (value * ((1 << 2 * now) - x * x)) // (n * ((before << now) - x * value))
    return x << bits - known


def _pair(n: int, x: int, bits: int, prec: int) -> Pair:
    """Return a zero of P_n near x * 2**-bits and its weight 2 (1 - x**2) / (n P_{n-1}(x))**2, proved.

    With r >= |P_n(x)|, d <= |P_n'(x)| and B >= |P_n''| on [-1, 1], Taylor's formula at x +- h for h = 2 r/d gives a change of at least
    d h - B h**2 / 2 = 2 r - 2 B r**2 / d**2 against P_n(x), which is more than r where 2 B r < d**2: there P_n changes its sign between
    x - h and x + h. P_n' = n (P_{n-1} - x P_n) / (1 - x**2), and the derivatives of P_n are largest at 1:
    P_n'(1) = n (n + 1) / 2, P_n''(1) = (n - 1) n (n + 1) (n + 2) / 8.
    """
    value, before = values(n, x, bits)
    error = 1 << guard_bits(n)
    exact = Ball(x, 0, -bits, bits)
    last, previous = Ball(value, error, -bits, bits), Ball(before, error, -bits, bits)
    slope = n * (previous - exact * last) / (1 - exact * exact)
    bend = (n - 1) * n * (n + 1) * (n + 2) // 8
    r, d = abs(last).upper, abs(slope).lower
    if d <= 0 or 2 * bend * r >= d * d:
        raise Undecided(f"a node of the rule with {n} nodes was not found")
    h = 2 * r / d
    node = exact.widened(h)
    at_node = previous.widened(h * (n * (n - 1) // 2))
    weight = 2 * (1 - node * node) / (n * at_node).squared()
    return rounded(node.mid, node.rad, node.exp, prec + 8), rounded(weight.mid, weight.rad, weight.exp, prec + 8)
