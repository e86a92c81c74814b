"""Fractions, logarithms, powers and signs of values.

Main definitions
----------------
* `Space`: the generators, the bases and the domain of one normal form, with the operations that need all three.

Main statements
---------------
* ``log|f| = sum of e log|b|`` where f is the product of b^e and not 0; the caller vouches that arguments of logarithms are positive, so
  the signs of the bases are not needed.
* ``f^a`` for f >= 0 (f > 0 for a < 0) is the product of the ``|b|^(a e)``. An odd power of |b| asks the domain for the sign of b.
* ``exp(sum of c m) = product of exp(m)^c`` for monomials m, with ``exp(c log|b|) = |b|^c``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from sympy import Abs, Expr, Indexed, Integer, NumberSymbol, Symbol, exp, log
from sympy.logic.boolalg import Boolean

from symentropy.proof.canonical.bases import Bases, key_of
from symentropy.proof.canonical.denesting import denested
from symentropy.proof.canonical.generators import (
    ONE,
    UNIT,
    ZERO,
    Fold,
    Generator,
    Monomial,
    Number,
    Table,
    Value,
    magnitude,
    raised_number,
    scaled,
)
from symentropy.proof.canonical.limits import GaveUp
from symentropy.proof.canonical.rings import constant, primitive, quotient
from symentropy.proof.domain import Domain

#: What the signs of a domain say about |b| = s b.
_ORIENTATION = {">": 1, ">=": 1, "=": 1, "<": -1, "<=": -1}
#: Divisions with remainder that settle one value.
MAX_DIVISIONS = 5_000


class Space:
    """The generators, the bases and the domain of one normal form."""

    def __init__(self, domain: Domain, table: Table | None = None) -> None:
        self.domain = domain
        self.table = table or Table()
        self.bases = Bases(self.table)
        #: What holds for each index of a sum.
        self.facts: dict[Symbol, tuple[Boolean, ...]] = {}
        self._domains: dict[frozenset[Symbol], Domain] = {}
        self._signs: dict[Any, str | None] = {}

    # Fractions

    def combined(self, value: Value) -> tuple[Value, dict[int, int]]:
        """Return a numerator without negative powers of bases, and the exponents of the bases in the denominator, in lowest terms."""
        denominator = self._denominator(value)
        if not denominator:
            return value, {}
        numerator = self.over(value, denominator)
        if not numerator:
            return ZERO, {}
        lowest: dict[int, int] = {}
        for place, count in denominator.items():
            left = count
            while left and (smaller := quotient(numerator, self.bases.polynomial(place))) is not None:
                numerator, left = smaller, left - 1
            if left:
                lowest[place] = left
        return numerator, lowest

    def cleared(self, value: Value) -> Value:
        """Return a numerator of a value over bases that are not 0: it is 0 where the value is."""
        return self.over(value, self._denominator(value))

    def _denominator(self, value: Value) -> dict[int, int]:
        found: dict[int, int] = {}
        for monomial in value:
            for place, exponent in monomial:
                if exponent < 0 and place in self.bases.made:
                    found[place] = max(found.get(place, 0), int(-exponent))
        return found

    def over(self, value: Value, denominator: dict[int, int]) -> Value:
        """Return a value times powers of bases, multiplied out."""
        for place, count in denominator.items():
            groups: dict[int, Value] = {}
            for monomial, coefficient in value.items():
                exponents = dict(monomial)
                lifted = count + int(exponents.pop(place, 0))
                groups.setdefault(lifted, {})[tuple(exponents.items())] = coefficient
            polynomial = self.bases.polynomial(place)
            value = self.table.total(self.table.product(group, self.table.power(polynomial, k)) for k, group in groups.items())
        return value

    def inverse(self, value: Value) -> Value:
        """Return 1 / value, for a value that is not 0."""
        numerator, denominator = self.combined(value)
        content, monomial, polynomial = primitive(numerator)
        inverted = self.table.monomial({place: -exponent for place, exponent in monomial})
        inverted = scaled(inverted, Fraction(1, 1) / content)
        if len(polynomial) > 1:
            sign, exponents = self.bases.split(polynomial)
            bases = tuple(sorted((place, -count) for place, count in exponents.items()))
            inverted = self.table.product(inverted, {bases: sign})
        return self.table.product(inverted, self.bases.expanded(denominator))

    def key(self, value: Value) -> tuple[Any, Any]:
        """Return what identifies a value in lowest terms."""
        numerator, denominator = self.combined(value)
        return key_of(numerator), frozenset(denominator.items())

    def settled(self, value: Value) -> Value:
        """Return a value with numerators reduced by their denominators: ``p/(1-p)`` as ``1/(1-p) - 1``."""
        for place in sorted(self._denominator(value), reverse=True):
            division = _division(self.bases.polynomial(place))
            if division is not None:
                value = self._settled(value, place, *division)
        return value

    def _settled(self, value: Value, place: int, lead: tuple[int, Number], coefficient: Number, tail: Value) -> Value:
        done: dict[Monomial, Number] = {}
        waiting = dict(value)
        for _ in range(MAX_DIVISIONS):
            if not waiting:
                return {monomial: c for monomial, c in done.items() if c}
            monomial, factor = waiting.popitem()
            exponents = dict(monomial)
            below, held = exponents.get(place, 0), exponents.get(lead[0], 0)
            if below >= 0 or held < lead[1]:
                done[monomial] = done.get(monomial, 0) + factor
                continue
            exponents[lead[0]] = held - lead[1]
            rest = self.table.monomial(exponents)
            share = Fraction(factor) / coefficient
            raised = self.table.product(rest, {((place, 1),): share})
            lowered = self.table.product(scaled(rest, -share), tail)
            for new, c in (*raised.items(), *lowered.items()):
                waiting[new] = waiting.get(new, 0) + c
                if not waiting[new]:
                    del waiting[new]
        raise GaveUp("a long division")

    # Logarithms

    def log_abs(self, value: Value) -> Value:
        """Return log|value|, for a value that is not 0."""
        numerator, denominator = self.combined(value)
        content, monomial, polynomial = primitive(numerator)
        parts = [self.log_number(content)]
        parts += [scaled(self.log_generator(self.table.generators[place]), e) for place, e in monomial]
        exponents = self.bases.split(polynomial)[1] if len(polynomial) > 1 else {}
        parts += [scaled(self.log_base(place), e) for place, e in exponents.items()]
        parts += [scaled(self.log_base(place), -e) for place, e in denominator.items()]
        return self.table.total(parts)

    def log_number(self, number: Number) -> Value:
        """Return log|number|."""
        if not number:
            raise GaveUp("the logarithm of 0")
        above = self.bases.integers.split(abs(number.numerator))
        below = self.bases.integers.split(number.denominator)
        terms = [(base, count) for base, count in above.items()] + [(base, -count) for base, count in below.items()]
        return self.table.total({((self._log_of(self.integer(base)).place, 1),): count} for base, count in terms)

    def log_base(self, place: int) -> Value:
        """Return log|b| for the polynomial of a base."""
        return {((self._log_of(self.table.generators[place]).place, 1),): 1}

    def log_generator(self, generator: Generator) -> Value:
        """Return log|g|."""
        if generator.kind == "exp":
            return {generator.payload: 1}
        if generator.kind == "modulus":
            target = self.table.generators[generator.payload]
            return self.log_number(target.payload) if target.kind == "integer" else self.log_generator(target)
        return {((self._log_of(generator).place, 1),): 1}

    def _log_of(self, target: Generator) -> Generator:
        return self.table.made("log", target.place, target.symbols, lambda: log(self._written_positive(target)))

    def _written_positive(self, target: Generator) -> Expr:
        """Return |target| without the bars where its sign is known."""
        orientation = self.orientation(target)
        return target.expression if orientation == 1 else -target.expression if orientation == -1 else Abs(target.expression)

    def integer(self, number: int) -> Generator:
        """Return the generator that stands for an integer > 1 under logarithms and roots."""
        return self.table.made("integer", number, (), lambda: Integer(number))

    # Powers

    def modulus(self, target: Generator, exponent: Number) -> Value:
        """Return |target|^exponent."""
        if target.kind == "exp":
            return self.table.monomial({target.place: exponent})
        if target.kind == "modulus":
            return self.table.folded(target.place, exponent)
        if exponent.denominator == 1 and exponent % 2 == 0 and target.kind != "integer":
            return self._integer_power(target, int(exponent))
        return self.table.folded(self._modulus_of(target).place, exponent)

    def _integer_power(self, target: Generator, exponent: int) -> Value:
        if target.place in self.bases.made and exponent > 0:
            return self.table.power(self.bases.polynomial(target.place), exponent)
        return {((target.place, exponent),): 1} if exponent else ONE

    def _modulus_of(self, target: Generator) -> Generator:
        made = self.table.made("modulus", target.place, target.symbols, lambda: self._written_positive(target))
        if made.place not in self.table.folds:
            if target.kind == "integer":
                fold = Fold(1, {UNIT: target.payload}, {UNIT: Fraction(1, target.payload)})
            else:
                sign = self.orientation(target)
                limit = 1 if sign else 2
                fold = Fold(limit, *(scaled(self._integer_power(target, k * limit), sign or 1) for k in (1, -1)))
            self.table.folds[made.place] = fold
        return made

    def root(self, value: Value, exponent: Number) -> Value:
        """Return value^exponent for a value >= 0 (> 0 for a negative exponent)."""
        if exponent.denominator == 1:
            whole = int(exponent)
            return self.table.power(value, whole) if whole >= 0 else self.table.power(self.inverse(value), -whole)
        number = constant(value)
        if number is not None and number <= 0:
            if number == 0 and exponent > 0:
                return ZERO
            raise GaveUp("a root of a number that is not positive")
        return self.modulus_of(value, exponent)

    def modulus_of(self, value: Value, exponent: Number) -> Value:
        """Return |value|^exponent."""
        numerator, denominator = self.combined(value)
        content, monomial, polynomial = primitive(numerator)
        exponents: dict[int, Number] = dict(monomial)
        powers = [self.number_power(magnitude(content), exponent)]
        if len(polynomial) > 1:
            root = self._denested(scaled(polynomial, 1 if content > 0 else -1), exponent)
            if root is None:
                exponents.update(self.bases.split(polynomial)[1])
            else:
                powers.append(root)
        exponents.update({place: -count for place, count in denominator.items()})
        powers += [self.modulus(self.table.generators[place], e * exponent) for place, e in exponents.items()]
        return self.table.products(powers)

    def _denested(self, polynomial: Value, exponent: Number) -> Value | None:
        """Return (a + b r)^exponent for a number a + b r with a square root r, where its square root is a sum of square roots."""
        found = denested(self.table, polynomial) if exponent.denominator % 2 == 0 else None
        if found is None:
            return None
        x, y, sign = found
        half = Fraction(1, 2)
        base = self.table.total([self.root({UNIT: x}, half), scaled(self.root({UNIT: y}, half) if y else ZERO, sign)])
        return self.modulus_of(base, 2 * exponent)

    def number_power(self, number: Number, exponent: Number) -> Value:
        """Return number^exponent for a number > 0."""
        if exponent.denominator == 1:
            return {UNIT: raised_number(number, int(exponent))}
        above, below = self.bases.integers.split(number.numerator), self.bases.integers.split(number.denominator)
        powers = [(base, count * exponent) for base, count in above.items()] + [(base, -count * exponent) for base, count in below.items()]
        return self.table.products(self.modulus(self.integer(base), e) for base, e in powers)

    def exponential(self, value: Value) -> Value:
        """Return exp(value)."""
        return self.table.products(self._exponential(monomial, c) for monomial, c in self.settled(value).items())

    def _exponential(self, monomial: Monomial, coefficient: Number) -> Value:
        table = self.table
        if len(monomial) == 1 and monomial[0][1] == 1:
            generator = table.generators[monomial[0][0]]
            if generator.kind == "log":
                return self._power_of(table.generators[generator.payload], coefficient)
        made = table.made("exp", monomial, table.symbols({monomial: 1}), lambda: exp(table.written_term(monomial)))
        return {((made.place, coefficient),): 1}

    def _power_of(self, target: Generator, exponent: Number) -> Value:
        if target.kind == "integer" and exponent.denominator == 1:
            return {UNIT: raised_number(target.payload, int(exponent))}
        return self.modulus(target, exponent)

    # Signs

    def orientation(self, target: Generator) -> int:
        """Return s with |target| = s target at all points of the domain, 0 where it is not known."""
        if target.kind in ("exp", "modulus", "integer"):
            return 1
        value = self.bases.made.get(target.place) or {((target.place, 1),): 1}
        return _ORIENTATION.get(self.sign(value) or "", 0)

    def sign(self, value: Value) -> str | None:
        """Return the sign of a value as the domain shows it."""
        key = key_of(value)
        if key not in self._signs:
            self._signs[key] = self._sign(value)
        return self._signs[key]

    def _sign(self, value: Value) -> str | None:
        number = constant(value)
        if number is not None:
            return ">" if number > 0 else "<" if number < 0 else "="
        plain = self._plain_sign(value)
        if plain in (">", "<"):
            return plain
        return self.domain_for(self.table.symbols(value)).sign(self.table.written(value)) or plain

    def _plain_sign(self, value: Value) -> str | None:
        """Return the sign of a value all terms of which have the same one."""
        signs = {self._term_sign(monomial, coefficient) for monomial, coefficient in value.items()}
        if None in signs or len({s and s[0] for s in signs}) != 1:
            return None
        return max((s for s in signs if s), key=lambda s: -len(s))

    def _term_sign(self, monomial: Monomial, coefficient: Number) -> str | None:
        strict, positive = True, coefficient > 0
        for place, exponent in monomial:
            generator = self.table.generators[place]
            if generator.kind == "exp" or (generator.kind == "modulus" and self.table.generators[generator.payload].kind == "integer"):
                continue
            own = self._atom_sign(generator)
            if own not in (">", "<"):
                if exponent.denominator != 1 or exponent % 2:
                    if generator.kind == "modulus":
                        strict = False
                        continue
                    return None
                strict = strict and exponent < 0
            elif own == "<" and exponent % 2:
                positive = not positive
        return (">" if positive else "<") + ("" if strict else "=")

    def _atom_sign(self, generator: Generator) -> str | None:
        expression = generator.expression if generator.kind == "atom" else None
        if not isinstance(expression, (Symbol, Indexed, NumberSymbol)):
            return None
        return ">" if expression.is_positive else "<" if expression.is_negative else None

    def domain_for(self, symbols: frozenset[Symbol]) -> Domain:
        """Return the domain with what holds for the indices among some symbols, and for the indices in their ranges."""
        indices = frozenset(s for s in symbols if s in self.facts)
        while True:
            more = {s for index in indices for fact in self.facts[index] for s in fact.free_symbols if s in self.facts}
            if more <= indices:
                break
            indices = indices | more
        if indices not in self._domains:
            facts = [fact for index in sorted(indices, key=str) for fact in self.facts[index]]
            self._domains[indices] = self.domain.under(*facts) if facts else self.domain
        return self._domains[indices]

    def atom(self, payload: Any, symbols: Sequence[Symbol] | frozenset[Symbol], write: Callable[[], Expr]) -> Value:
        """Return a generator about which nothing is known but what it is."""
        return {((self.table.made("atom", payload, symbols, write).place, 1),): 1}


def _division(polynomial: Value) -> tuple[tuple[int, Number], Number, Value] | None:
    """Return (generator, degree), coefficient and the other terms, where a pure power of a generator has the highest degree in it."""
    for monomial in sorted(polynomial, key=lambda m: (len(m), m)):
        if len(monomial) != 1:
            continue
        place, degree = monomial[0]
        tail = {own: c for own, c in polynomial.items() if own != monomial}
        if all(dict(own).get(place, 0) < degree for own in tail):
            return (place, degree), polynomial[monomial], tail
    return None
