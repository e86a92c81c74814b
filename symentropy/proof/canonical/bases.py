"""Pairwise coprime bases: what the arguments of logarithms and the denominators are products of.

Main definitions: `CoprimeIntegers`, `Bases`.

Main statement
--------------
Integers and polynomials are split by greatest common divisors only (small primes and small polynomials by trial and by factoring), so
that a product of two large primes is never factored. Each factorisation is multiplied out again before it is used, so that nothing here
depends on the correctness of a factoring algorithm. Where a base splits later on, ``is_stale`` says so: the expression is then read again.

Reference: D. J. Bernstein, Factoring into coprimes in essentially linear time, Journal of Algorithms 54, 2005.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from sympy.ntheory import primerange

from symentropy.proof.canonical.generators import ONE, Generator, Number, Table, Value, scaled
from symentropy.proof.canonical.limits import MAX_BITS, GaveUp
from symentropy.proof.canonical.rings import factors, gcd, places, primitive, quotient

SMALL_PRIMES: tuple[int, ...] = tuple(primerange(1000))

Key = frozenset[tuple[object, Number]]


@dataclass(slots=True)
class CoprimeIntegers:
    """Integers > 1 that are pairwise coprime, refined as more come.

    >>> pool = CoprimeIntegers()
    >>> pool.split(12), pool.split(1009 * 1013), pool.split(1009), pool.split(1009 * 1013), pool.is_stale
    ({2: 2, 3: 1}, {1022117: 1}, {1009: 1}, {1013: 1, 1009: 1}, True)
    """

    large: list[int] = field(default_factory=list)
    known: dict[int, dict[int, int]] = field(default_factory=dict)
    is_stale: bool = False

    def split(self, number: int) -> dict[int, int]:
        """Return the bases of an integer > 0 with their exponents."""
        found = self.known.get(number)
        if found is None:
            if number.bit_length() > MAX_BITS:
                raise GaveUp("a huge integer")
            found = self.known[number] = self._split(number)
        return found

    def _split(self, number: int) -> dict[int, int]:
        found: dict[int, int] = {}
        rest = number
        for prime in SMALL_PRIMES:
            if rest == 1:
                return found
            while rest % prime == 0:
                rest //= prime
                found[prime] = found.get(prime, 0) + 1
        for base in self._large(rest):
            count = 0
            while rest % base == 0:
                rest //= base
                count += 1
            if count:
                found[base] = count
        if rest != 1:
            raise GaveUp("the bases of an integer are not complete")
        return found

    def _large(self, number: int) -> list[int]:
        """Refine the large bases by a number and return them."""
        waiting = [_root(number)] if number > 1 else []
        while waiting:
            new = waiting.pop()
            for place, base in enumerate(self.large):
                common = math.gcd(new, base)
                if common == 1:
                    continue
                if common == base:
                    rest = _without(new, base)
                    waiting += [rest] if rest > 1 else []
                else:
                    del self.large[place]
                    waiting += [part for part in (common, base // common, _without(new, common)) if part > 1]
                    self.known.clear()
                    self.is_stale = True
                break
            else:
                self.large.append(_root(new))
        return self.large


def _without(number: int, factor: int) -> int:
    while number % factor == 0:
        number //= factor
    return number


def _root(number: int) -> int:
    """Return the smallest integer that a number is a second or third power of, again and again."""
    for exponent in (2, 3):
        guess = _integer_root(number, exponent)
        if guess > 1 and guess**exponent == number:
            return _root(guess)
    return number


def _integer_root(number: int, exponent: int) -> int:
    if exponent == 2:
        return math.isqrt(number)
    guess = 1 << -(-number.bit_length() // exponent)
    while True:
        better = ((exponent - 1) * guess + number // guess ** (exponent - 1)) // exponent
        if better >= guess:
            return guess
        guess = better


@dataclass(eq=False, slots=True)
class Base:
    """A polynomial of the pool: its generator, and whether it is known to be irreducible."""

    polynomial: Value
    generator: Generator
    is_irreducible: bool


@dataclass(slots=True)
class Bases:
    """Pairwise coprime polynomials over the generators of a table (as far as gcds that are not too expensive show)."""

    table: Table
    pool: dict[Key, Base] = field(default_factory=dict)
    made: dict[int, Value] = field(default_factory=dict)
    known: dict[Key, tuple[int, dict[int, int]]] = field(default_factory=dict)
    integers: CoprimeIntegers = field(default_factory=CoprimeIntegers)
    splits: bool = False

    @property
    def is_stale(self) -> bool:
        """Whether a base that was in use has been split."""
        return self.splits or self.integers.is_stale

    def settle(self) -> None:
        """Forget that bases were split: the expression is read again."""
        self.splits = self.integers.is_stale = False

    def split(self, polynomial: Value) -> tuple[int, dict[int, int]]:
        """Return a sign and exponents of generators of kind "base" whose product is the polynomial."""
        key = key_of(polynomial)
        found = self.known.get(key)
        if found is None:
            found = self._split(polynomial, key)
            self.known[key] = found
        return found

    def polynomial(self, place: int) -> Value:
        """Return the polynomial of a generator of kind "base"."""
        return self.made[place]

    def expanded(self, exponents: dict[int, int]) -> Value:
        """Return the product of powers of bases, multiplied out."""
        return self.table.products(self.table.power(self.made[place], count) for place, count in exponents.items())

    def _split(self, polynomial: Value, key: Key) -> tuple[int, dict[int, int]]:
        own = self.pool.get(key)
        if own is not None:
            return 1, {own.generator.place: 1}
        exponents: dict[int, int] = {}
        rest = polynomial
        for base in self._refined(polynomial):
            while (smaller := ONE if rest == base.polynomial else quotient(rest, base.polynomial)) is not None:
                rest = smaller
                exponents[base.generator.place] = exponents.get(base.generator.place, 0) + 1
        whole = self.expanded(exponents)
        for sign in (1, -1):
            if scaled(whole, sign) == polynomial:
                return sign, exponents
        raise GaveUp("a polynomial is not the product of its bases")

    def _refined(self, polynomial: Value) -> list[Base]:
        """Refine the pool by a polynomial and return the bases that may divide it."""
        waiting = [(factor, irreducible) for factor, _, irreducible in factors(polynomial)]
        while waiting:
            new, irreducible = waiting.pop()
            if key_of(new) in self.pool:
                continue
            own = places(new)
            for key, base in list(self.pool.items()):
                if (irreducible and base.is_irreducible) or not own & places(base.polynomial):
                    continue
                common = gcd(new, base.polynomial)
                if common is None:
                    continue
                waiting += self._parts(new, common)
                if common != base.polynomial:
                    del self.pool[key]
                    self.known.clear()
                    self.splits = True
                    waiting += self._parts(base.polynomial, common)
                break
            else:
                self._add(new, irreducible)
        own = places(polynomial)
        return [base for base in self.pool.values() if places(base.polynomial) <= own]

    def _parts(self, whole: Value, part: Value) -> list[tuple[Value, bool]]:
        rest = quotient(whole, part)
        if rest is None:
            raise GaveUp("a common divisor does not divide")
        pieces = [part] + ([primitive(rest)[2]] if len(rest) > 1 else [])
        return [(factor, irreducible) for piece in pieces for factor, _, irreducible in factors(piece)]

    def _add(self, polynomial: Value, irreducible: bool) -> None:
        table = self.table
        key = key_of(polynomial)
        generator = table.made("base", key, table.symbols(polynomial), lambda: table.written(polynomial))
        self.made[generator.place] = polynomial
        self.pool[key] = Base(polynomial, generator, irreducible)


def key_of(value: Value) -> Key:
    """Return what identifies a value."""
    return frozenset(value.items())
