"""Polynomials in generators, on SymPy's sparse rings: contents, quotients, greatest common divisors and factors.

Main definitions: `primitive`, `quotient`, `gcd`, `factors`, `is_plainly_irreducible`, `degrees`.

A polynomial here is a primitive `Value`: integer coefficients without a common factor, no monomial divides all its terms, and the
coefficient of its first monomial is positive. Fractional exponents of a generator count as powers of a root of it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from sympy import ZZ
from sympy.polys.rings import PolyElement, ring

from symentropy.proof.canonical.generators import UNIT, Monomial, Number, Value, magnitude
from symentropy.proof.canonical.limits import GaveUp

#: Polynomials beyond these sizes are not handed to SymPy for a gcd, or for factoring.
MAX_GCD_TERMS, MAX_GCD_DEGREE = 150, 30
MAX_DIVISION_DEGREE = 200
MAX_FACTOR_TERMS, MAX_FACTOR_DEGREE, MAX_FACTOR_GENERATORS = 30, 8, 5


def primitive(value: Value) -> tuple[Number, Monomial, Value]:
    """Return the content, the monomial and the polynomial that a value is the product of."""
    if not value:
        raise GaveUp("zero has no factors")
    monomial = _common_monomial(value)
    lowered = value if not monomial else {_divided(own, monomial): c for own, c in value.items()}
    denominator = math.lcm(*(c.denominator for c in lowered.values()))
    integers = {own: int(c * denominator) for own, c in lowered.items()}
    content = math.gcd(*integers.values())
    if integers[min(integers)] < 0:
        content = -content
    return Fraction(content, denominator), monomial, {own: c // content for own, c in integers.items()}


def _common_monomial(value: Value) -> Monomial:
    least: dict[int, Number] = {}
    for count, monomial in enumerate(value):
        own = dict(monomial)
        for place in {*least, *own}:
            exponent = own.get(place, 0)
            least[place] = min(least[place], exponent) if place in least else (exponent if not count else min(0, exponent))
    return tuple(sorted((place, exponent) for place, exponent in least.items() if exponent))


def _divided(monomial: Monomial, by: Monomial) -> Monomial:
    found = dict(monomial)
    for place, exponent in by:
        found[place] = found.get(place, 0) - exponent
    return tuple(sorted((place, exponent) for place, exponent in found.items() if exponent))


def places(value: Value) -> set[int]:
    """Return the numbers of the generators of a value."""
    return {place for monomial in value for place, _ in monomial}


def is_plainly_irreducible(polynomial: Value) -> bool:
    """Return whether some generator occurs in a single term, alone and to the first power (of its root): linear, so irreducible."""
    seen: dict[int, int] = {}
    scale: dict[int, int] = {}
    for monomial in polynomial:
        for place, exponent in monomial:
            seen[place] = seen.get(place, 0) + 1
            scale[place] = math.lcm(scale.get(place, 1), exponent.denominator)
    lone = [m[0] for m in polynomial if len(m) == 1]
    return any(seen[place] == 1 and exponent * scale[place] == 1 for place, exponent in lone)


class _Shared:
    """Some polynomials in one ring of SymPy, and the way back."""

    def __init__(self, polynomials: Sequence[Value]) -> None:
        self.places = sorted(set().union(*map(places, polynomials)))
        self.scales = dict.fromkeys(self.places, 1)
        for polynomial in polynomials:
            for monomial in polynomial:
                for place, exponent in monomial:
                    self.scales[place] = math.lcm(self.scales[place], exponent.denominator)
        order = {place: k for k, place in enumerate(self.places)}
        self.ring = ring([f"x{k}" for k in range(len(order))], ZZ)[0]
        self.elements = [self._element(polynomial, order) for polynomial in polynomials]

    def _element(self, polynomial: Value, order: dict[int, int]) -> PolyElement:
        terms = {}
        for monomial, coefficient in polynomial.items():
            exponents = [0] * len(order)
            for place, exponent in monomial:
                exponents[order[place]] = int(exponent * self.scales[place])
            if min(exponents, default=0) < 0:
                raise GaveUp("a negative power in a polynomial")
            terms[tuple(exponents)] = ZZ(int(coefficient))
        return self.ring.from_dict(terms)

    def value(self, element: Any) -> Value:
        """Return an element as a value."""
        return {
            tuple((place, _exact(Fraction(e, self.scales[place]))) for place, e in zip(self.places, exponents, strict=True) if e): int(c)
            for exponents, c in element.items()
        }


def _exact(number: Fraction) -> Number:
    return number.numerator if number.denominator == 1 else number


def is_small(polynomial: Value, terms: int, degree: int) -> bool:
    """Return whether a polynomial has at most so many terms, each of at most such a degree in roots of the generators."""
    if len(polynomial) > terms:
        return False
    scale: dict[int, int] = {}
    for monomial in polynomial:
        for place, exponent in monomial:
            scale[place] = math.lcm(scale.get(place, 1), exponent.denominator)
    return max(sum(int(magnitude(e) * scale[place]) for place, e in monomial) for monomial in polynomial) <= degree


def gcd(first: Value, second: Value) -> Value | None:
    """Return the greatest common divisor of two polynomials, None where it is 1 or too expensive."""
    if not all(is_small(p, MAX_GCD_TERMS, MAX_GCD_DEGREE) for p in (first, second)):
        return None
    shared = _Shared([first, second])
    found = shared.ring.gcd(*shared.elements) if hasattr(shared.ring, "gcd") else shared.elements[0].gcd(shared.elements[1])
    return None if found.is_ground else primitive(shared.value(found))[2]


def quotient(value: Value, polynomial: Value) -> Value | None:
    """Return value / polynomial where that is a polynomial, possibly with monomials in denominators; else None."""
    if not value or not places(polynomial) <= places(value):
        return None
    content, monomial, own = primitive(value)
    if not all(is_small(p, 4 * MAX_GCD_TERMS, MAX_DIVISION_DEGREE) for p in (own, polynomial)):
        return None
    shared = _Shared([own, polynomial])
    found, rest = shared.elements[0].div(shared.elements[1])
    if rest:
        return None
    raised = dict(monomial)
    result = {}
    for term, coefficient in shared.value(found).items():
        exponents = dict(raised)
        for place, exponent in term:
            exponents[place] = exponents.get(place, 0) + exponent
        result[tuple(sorted((p, e) for p, e in exponents.items() if e))] = _reduced(coefficient * content)
    return result


def _reduced(number: Number) -> Number:
    return number.numerator if number.denominator == 1 else number


def factors(polynomial: Value) -> list[tuple[Value, int, bool]]:
    """Return factors with multiplicity, and whether each is known to be irreducible; a large polynomial is its own factor."""
    if is_plainly_irreducible(polynomial):
        return [(polynomial, 1, True)]
    small = is_small(polynomial, MAX_FACTOR_TERMS, MAX_FACTOR_DEGREE) and len(places(polynomial)) <= MAX_FACTOR_GENERATORS
    if not small:
        return [(polynomial, 1, False)]
    shared = _Shared([polynomial])
    _, found = shared.elements[0].factor_list()
    return [(primitive(shared.value(factor))[2], int(count), True) for factor, count in found]


def constant(value: Value) -> Number | None:
    """Return the number that a value is, or None."""
    if not value:
        return 0
    return value[UNIT] if len(value) == 1 and UNIT in value else None
