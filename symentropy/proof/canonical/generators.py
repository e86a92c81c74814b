"""Generators, and sums of products of their powers.

Main definitions
----------------
* `Generator`, something with a definite value at each point of the domain: a symbol, an entry p[i], log|b|, the exponential of a product,
  |b| (which has fractional powers), a polynomial b (which has negative powers), a sum over an index, or an unknown function.
* `Value`, a dict from monomials to rational coefficients; a monomial lists (number of a generator, exponent).
* `Table`, which makes generators and computes with values.

Main statement
--------------
Every operation is an identity of real numbers at each point where the expressions that are read are defined. Positive powers of
polynomials are expanded, negative ones are powers of a generator of kind "base", so that no step cancels what may be 0. Powers of |b| are
kept between 0 and 1 (``|b| = s b`` where the sign s is known), or between 0 and 2 (``|b|^2 = b^2``).

Left out on purpose: what the generators mean; see `symentropy.proof.canonical.powers` and `symentropy.proof.canonical.sums`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sympy import Add, Expr, Integer, Mul, Pow, Rational, Symbol

from symentropy.proof.canonical.limits import MAX_EXPONENT, MAX_TERMS, Budget, GaveUp

Number = int | Fraction
Monomial = tuple[tuple[int, Number], ...]
#: Never changed once made.
Value = dict[Monomial, Number]

UNIT: Monomial = ()
ZERO: Value = {}
ONE: Value = {UNIT: 1}


@dataclass(eq=False, slots=True)
class Generator:
    """A generator: its number, what it is, and the symbols that it depends on."""

    place: int
    kind: str
    payload: Any
    symbols: frozenset[Symbol]
    write: Callable[[], Expr]
    written: Expr | None = None

    @property
    def expression(self) -> Expr:
        """The generator as SymPy writes it."""
        if self.written is None:
            self.written = self.write()
        return self.written


@dataclass(frozen=True, slots=True)
class Fold:
    """The rule ``g^limit = value`` for |b|, with the inverse of the value."""

    limit: int
    value: Value
    inverse: Value


@dataclass(slots=True)
class Table:
    """The generators of one normal form."""

    budget: Budget = field(default_factory=Budget)
    generators: list[Generator] = field(default_factory=list)
    numbers: dict[tuple[str, Any], int] = field(default_factory=dict)
    folds: dict[int, Fold] = field(default_factory=dict)

    def made(self, kind: str, payload: Any, symbols: Iterable[Symbol], write: Callable[[], Expr]) -> Generator:
        """Return the generator of a kind with a payload (hashable): the same one each time."""
        key = (kind, payload)
        place = self.numbers.get(key)
        if place is None:
            place = self.numbers[key] = len(self.generators)
            self.generators.append(Generator(place, kind, payload, frozenset(symbols), write))
        return self.generators[place]

    def symbols(self, value: Value) -> frozenset[Symbol]:
        """Return the symbols that a value depends on."""
        return frozenset().union(*(self.generators[place].symbols for monomial in value for place, _ in monomial))

    # Arithmetic

    def total(self, values: Iterable[Value]) -> Value:
        """Return the sum of values."""
        found: Value = {}
        for value in values:
            self.budget.spend(len(value) + 1)
            for monomial, coefficient in value.items():
                found[monomial] = found.get(monomial, 0) + coefficient
        return {monomial: coefficient for monomial, coefficient in found.items() if coefficient}

    def product(self, first: Value, second: Value) -> Value:
        """Return the product of two values."""
        if len(first) == 1 and UNIT in first:
            return scaled(second, first[UNIT])
        if len(second) == 1 and UNIT in second:
            return scaled(first, second[UNIT])
        self.budget.spend(1 + len(first) * len(second))
        found: Value = {}
        folded: list[Value] = []
        for left, left_coefficient in first.items():
            for right, right_coefficient in second.items():
                monomial, over = self._merged(left, right)
                coefficient = left_coefficient * right_coefficient
                if over:
                    folded.append(self._refolded(monomial, coefficient, over))
                else:
                    found[monomial] = found.get(monomial, 0) + coefficient
        if len(found) > MAX_TERMS:
            raise GaveUp("too many terms")
        found = {monomial: coefficient for monomial, coefficient in found.items() if coefficient}
        return self.total([found, *folded]) if folded else found

    def products(self, values: Iterable[Value]) -> Value:
        """Return the product of values, the short ones first."""
        found = ONE
        for value in sorted(values, key=len):
            found = self.product(found, value)
        return found

    def power(self, value: Value, exponent: int) -> Value:
        """Return a power with an integer exponent >= 0."""
        if len(value) > 1 and exponent > MAX_EXPONENT:
            raise GaveUp("a large power of a sum")
        if len(value) == 1:
            ((monomial, coefficient),) = value.items()
            raised = raised_number(coefficient, exponent)
            return self.product({UNIT: raised}, self.monomial({place: e * exponent for place, e in monomial}))
        found = ONE
        for bit in f"{exponent:b}":
            found = self.product(found, found)
            if bit == "1":
                found = self.product(found, value)
        return found

    def monomial(self, exponents: Mapping[int, Number]) -> Value:
        """Return a product of powers of generators, with the powers of |b| folded."""
        plain = tuple(sorted((place, e) for place, e in exponents.items() if e and place not in self.folds))
        found: Value = {plain: 1}
        for place, exponent in exponents.items():
            if place in self.folds and exponent:
                found = self.product(found, self.folded(place, exponent))
        return found

    def folded(self, place: int, exponent: Number) -> Value:
        """Return a power of |b|, with the exponent brought below the limit."""
        fold = self.folds[place]
        whole, rest = divmod(exponent, fold.limit)
        value = self.power(fold.value if whole >= 0 else fold.inverse, abs(int(whole)))
        return self.product(value, {((place, rest),): 1}) if rest else value

    def _refolded(self, monomial: Monomial, coefficient: Number, over: list[tuple[int, Number]]) -> Value:
        value: Value = {monomial: coefficient}
        for place, exponent in over:
            value = self.product(value, self.folded(place, exponent))
        return value

    def _merged(self, left: Monomial, right: Monomial) -> tuple[Monomial, list[tuple[int, Number]] | None]:
        """Return the product of two monomials, and the powers of |b| in it that have become too large."""
        if not left or not right:
            return left or right, None
        found: list[tuple[int, Number]] = []
        over: list[tuple[int, Number]] | None = None
        i = j = 0
        while i < len(left) and j < len(right):
            a, b = left[i], right[j]
            if a[0] < b[0]:
                found.append(a)
                i += 1
            elif b[0] < a[0]:
                found.append(b)
                j += 1
            else:
                exponent = a[1] + b[1]
                fold = self.folds.get(a[0])
                if fold is not None and not 0 <= exponent < fold.limit:
                    over = [*(over or ()), (a[0], exponent)]
                elif exponent:
                    found.append((a[0], exponent))
                i += 1
                j += 1
        found.extend(left[i:])
        found.extend(right[j:])
        return tuple(found), over

    # Back to SymPy

    def written(self, value: Value) -> Expr:
        """Return a value as SymPy writes it."""
        return Add(*(self.written_term(monomial, coefficient) for monomial, coefficient in value.items()))

    def written_term(self, monomial: Monomial, coefficient: Number = 1) -> Expr:
        """Return one term as SymPy writes it."""
        powers = (Pow(self.generators[place].expression, rational(exponent)) for place, exponent in monomial)
        return Mul(rational(coefficient), *powers)


def rational(number: Number) -> Rational:
    """Return a number as SymPy's."""
    return Integer(number) if isinstance(number, int) else Rational(number.numerator, number.denominator)


def magnitude(number: Number) -> Number:
    """Return |number|."""
    return -number if number < 0 else number


def scaled(value: Value, factor: Number) -> Value:
    """Return a multiple of a value."""
    if factor == 1:
        return value
    return {monomial: coefficient * factor for monomial, coefficient in value.items()} if factor else ZERO


def raised_number(number: Number, exponent: int) -> Number:
    """Return an integer power of a rational number that is not huge."""
    size = max(abs(number.numerator), number.denominator).bit_length()
    if size > 1 and size * abs(exponent) > 200_000:
        raise GaveUp("a huge power of a number")
    if exponent >= 0:
        return number**exponent
    return Fraction(1, 1) / Fraction(number) ** -exponent
