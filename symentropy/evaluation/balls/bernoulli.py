"""Bernoulli numbers, and the coefficients of the asymptotic series that they give, in fixed point.

Main definitions
----------------
* `bernoulli`, B_2k as an exact fraction; the numbers computed so far are kept, up to `MAX_INDEX` of them.
* `stirling`, the coefficients of Stirling's series and of its derivative for a precision, with the least argument that they serve.
* `euler_maclaurin`, the numbers B_2k/(2k)! as balls.

References: R. P. Brent, D. Harvey, Fast computation of Bernoulli, tangent and secant numbers, 2013; DLMF 5.11, 24.9.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import factorial
from typing import NamedTuple

from symentropy.evaluation.balls.ball import Ball, Undecided

#: B_2k is computed for k up to this number.
MAX_INDEX = 6000


def tangent_numbers(count: int) -> list[int]:
    """Return T_0 = 0, T_1, ..., T_count, where tan x = sum T_k x**(2k - 1)/(2k - 1)!.

    >>> tangent_numbers(4)
    [0, 1, 2, 16, 272]
    """
    numbers = [0, 1] + [0] * (count - 1)
    for k in range(2, count + 1):
        numbers[k] = (k - 1) * numbers[k - 1]
    for k in range(2, count + 1):
        for j in range(k, count + 1):
            numbers[j] = (j - k) * numbers[j - 1] + (j - k + 2) * numbers[j]
    return numbers[: count + 1]


class _Numbers:
    """The Bernoulli numbers computed so far: index k holds B_2k."""

    def __init__(self) -> None:
        self.values: list[Fraction] = [Fraction(1)]

    def extend(self, count: int) -> None:
        """Have at least the numbers up to B_2count: some more than asked for, so that this is rare."""
        if count > MAX_INDEX:
            raise Undecided(f"Bernoulli numbers beyond index {2 * MAX_INDEX} are not computed")
        count = min(MAX_INDEX, count + count // 8 + 16)
        tangents = tangent_numbers(count)
        # B_2k = (-1)**(k - 1) 2k T_k / (4**k (4**k - 1))
        signed = [(2 * k if k & 1 else -2 * k) * tangents[k] for k in range(1, count + 1)]
        self.values = [Fraction(1)] + [Fraction(over, (1 << 4 * k) - (1 << 2 * k)) for k, over in enumerate(signed, 1)]


_NUMBERS = _Numbers()


def bernoulli(k: int) -> Fraction:
    """Return the Bernoulli number B_2k.

    >>> [str(bernoulli(k)) for k in (0, 1, 2, 6)]
    ['1', '1/6', '-1/30', '-691/2730']
    """
    if k >= len(_NUMBERS.values):
        _NUMBERS.extend(k)
    return _NUMBERS.values[k]


class Stirling(NamedTuple):
    """B_2k/(2k (2k - 1)) and B_2k/(2k) for k = n, ..., 1, in units of ``2**-bits``, rounded down; for arguments from ``least`` on."""

    bits: int
    least: int
    loggamma: list[int]
    digamma: list[int]


@lru_cache(maxsize=16)
def stirling(bits: int) -> Stirling:
    """Return the coefficients for a precision; the terms first omitted are below a unit for all arguments y >= ``least``.

    The terms up to the last one fall by a factor of 4 or more each: the absolute ratio of consecutive coefficients is below
    2k (2k + 1)/(2 pi)**2, as |B_2k| = 2 (2k)! zeta(2k)/(2 pi)**(2k) and zeta decreases, and 2k + 1 <= 3 ``least``.

    >>> table = stirling(96); table.least, len(table.loggamma) <= table.least, table.digamma[-1] == 2**96 // 12
    (20, True, True)
    """
    least = bits // 6 + bits * bits // 30000 + 4
    bernoulli(bits // 11)  # about as many as are needed, at once
    n, power = 1, least**3  # least**(2n + 1); the stronger of the two demands, with a factor ``least`` to spare
    while (abs(bernoulli(n + 1).numerator) << bits) > (2 * n + 2) * bernoulli(n + 1).denominator * power:
        n += 1
        power *= least * least
    if 2 * n + 1 > 3 * least:
        raise Undecided("no term of Stirling's series is small enough")
    numbers = [(2 * k, bernoulli(k)) for k in range(n, 0, -1)]
    return Stirling(
        bits,
        least,
        [(b.numerator << bits) // (b.denominator * k * (k - 1)) for k, b in numbers],
        [(b.numerator << bits) // (b.denominator * k) for k, b in numbers],
    )


@lru_cache(maxsize=4096)
def euler_maclaurin(k: int, prec: int) -> Ball:
    """Return B_2k/(2k)!.

    >>> euler_maclaurin(2, 53).contains(Fraction(-1, 720))
    True
    """
    return Ball.of(bernoulli(k) / factorial(2 * k), prec)
