"""The zero test.

Main definitions: `is_zero`; `prepared`, a reader that knows the equalities of a domain; `value_of` and `vanishes`, the halves of the test.

Main statements
---------------
An expression is 0 where its numerator over the bases is the zero polynomial. Otherwise it may be a combination of logarithms: it is 0
where each coefficient is a rational combination of logarithms whose product ``|b_1|^e_1 ... |b_k|^e_k`` is 1, which is decided by the same
test without logarithms: ``log(1 + sqrt(2)) + log(sqrt(2) - 1) = 0``.

True is a proof; False says nothing.
"""

from __future__ import annotations

import math
from typing import Any

from symentropy.proof.canonical.equalities import adopt
from symentropy.proof.canonical.generators import Generator, Monomial, Number, Value, scaled
from symentropy.proof.canonical.limits import GaveUp
from symentropy.proof.canonical.reading import Reader, is_readable
from symentropy.proof.canonical.space import Space
from symentropy.proof.canonical.sums import ranges_of
from symentropy.proof.domain import Domain

#: An expression is read again at most so often when its bases have been split.
MAX_READINGS = 6
#: The sum of the exponents of a product of bases that is compared with 1.
MAX_BASE_EXPONENT = 12
#: What ends a normal form without a result.
FAILURES = (GaveUp, ArithmeticError, RecursionError, MemoryError)


def is_zero(expression: Any, domain: Domain) -> bool:
    """Return whether the normal form of an expression is 0 at all points of the domain, at each of which it is defined.

    True is a proof; False says nothing.

    >>> from sympy import Symbol, log
    >>> p = Symbol("p")
    >>> is_zero(log(p - p**2) - log(p) - log(1 - p), Domain([0 < p, p < 1]))
    True
    >>> is_zero(log(p) - log(2 * p), Domain([0 < p, p < 1]))
    False
    """
    if not is_readable(expression):
        return False
    try:
        reader = prepared(expression, domain)
        return vanishes(reader.space, value_of(reader, expression))
    except FAILURES:
        return False


def prepared(expression: Any, domain: Domain, *, eliminate: bool = True) -> Reader:
    """Return a reader for an expression, with what the equalities of the domain say."""
    reader = Reader(Space(domain))
    ranges_of(reader).reserve(expression, *domain.hypotheses)
    if eliminate:
        adopt(reader)
    return reader


def value_of(reader: Reader, expression: Any) -> Value:
    """Return the value of an expression, read again until no base splits."""
    for _ in range(MAX_READINGS):
        value = reader.read(expression)
        if not reader.is_stale or vanishes(reader.space, value):
            break
        reader.again()
    return value


def vanishes(space: Space, value: Value) -> bool:
    """Return whether a value is shown to be 0."""
    numerator = space.cleared(value)
    return not numerator or _logarithms_cancel(space, numerator)


def _logarithms_cancel(space: Space, value: Value) -> bool:
    """Return whether each coefficient of a combination of logarithms is a combination of them that is 0."""
    groups: dict[Monomial, dict[int, Number]] = {}
    for monomial, coefficient in value.items():
        logs = [pair for pair in monomial if space.table.generators[pair[0]].kind == "log"]
        if len(logs) != 1 or logs[0][1] != 1:
            return False
        rest = tuple(pair for pair in monomial if pair != logs[0])
        groups.setdefault(rest, {})[logs[0][0]] = coefficient
    return all(_product_is_one(space, vector) for vector in groups.values())


def _product_is_one(space: Space, vector: dict[int, Number]) -> bool:
    """Return whether the sum of e log|b| is 0: whether the product of the b^e is 1 or -1."""
    table = space.table
    targets = {place: table.generators[table.generators[place].payload] for place in vector}
    if not any(_has_roots(space, target) for target in targets.values()):
        return False  # coprime bases without roots are independent
    denominator = math.lcm(*(e.denominator for e in vector.values()))
    exponents = {place: int(e * denominator) for place, e in vector.items()}
    common = math.gcd(*exponents.values())
    if sum(abs(e) for e in exponents.values()) > MAX_BASE_EXPONENT * common:
        return False
    above, below = (
        table.products(
            [table.power(_polynomial(space, targets[place]), abs(e) // common) for place, e in exponents.items() if e * side > 0]
        )
        for side in (1, -1)
    )
    return any(not space.cleared(table.total([above, scaled(below, sign)])) for sign in (-1, 1))


def _has_roots(space: Space, target: Generator) -> bool:
    polynomial = space.bases.made.get(target.place, {})
    return any(space.table.generators[place].kind == "modulus" for monomial in polynomial for place, _ in monomial)


def _polynomial(space: Space, target: Generator) -> Value:
    """Return what a logarithm is the logarithm of."""
    if target.kind == "integer":
        return {(): target.payload}
    return space.bases.made.get(target.place) or {((target.place, 1),): 1}
