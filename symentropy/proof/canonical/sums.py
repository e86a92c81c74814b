"""Sums and products over an index.

Main definitions
----------------
* `IndexedSum`, the payload of a generator: indices with their ranges, and one monomial that depends on each of them.
* Readers for SymPy's ``Sum`` and ``Product``.

Main statements
---------------
* Over a range low..high with high - low + 1 >= 0, sums are linear, factors without the index come out, and a term without the index
  gives (high - low + 1) times itself. Where the size of the range is not known a sum equals only itself.
* A sum over several indices is the product of the sums over the connected parts of its monomial.
* Each range has its own index symbols, numbered by slots. The names of bound indices are the least free slots, in the order that makes the
  monomial least, so that renamed and exchanged indices give equal sums.

Left out on purpose: closed forms, ranges that are shifted or split, and infinite sums, which equal only sums of equal terms.

Reference: R. Graham, D. Knuth, O. Patashnik, Concrete Mathematics, 2nd ed., section 2.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations, product
from typing import Any

from sympy import Basic, Dummy, Expr, Ge, Integer, Le, Product, Sum, Symbol, oo

from symentropy.law import bound_symbol
from symentropy.proof.canonical.generators import ONE, UNIT, ZERO, Generator, Monomial, Number, Value, scaled
from symentropy.proof.canonical.limits import GaveUp
from symentropy.proof.canonical.placing import bound_renamed, placed
from symentropy.proof.canonical.reading import Reader, reads
from symentropy.proof.canonical.rings import constant

#: A sum over a range of at most this many integers is written out.
MAX_WRITTEN = 100
#: Indices of one sum, and orders of them that are tried.
MAX_INDICES, MAX_ORDERS = 6, 120
#: The places of index symbols begin here, away from those of indexed pmfs.
FIRST_PLACE, LAST_PLACE = 5000, 900_000
#: Ranges of one reader, and index symbols of one range.
MAX_RANGES, SLOTS = 8000, 100


@dataclass(frozen=True, slots=True)
class Range:
    """The range of an index: its limits as values and as SymPy writes them."""

    key: Any
    low: Expr
    high: Expr
    size: tuple[tuple[Monomial, Number], ...]
    number: int

    @property
    def symbols(self) -> frozenset[Symbol]:
        """The symbols that the limits depend on."""
        return frozenset(s for limit in (self.low, self.high) for s in limit.free_symbols if isinstance(s, Symbol))

    def symbol(self, slot: int) -> Symbol:
        """Return the index symbol of a slot."""
        return bound_symbol(f"i{self.number}_{slot}", FIRST_PLACE + SLOTS * self.number + slot, integer=True)


@dataclass(frozen=True, slots=True)
class IndexedSum:
    """The sum of a monomial over indices."""

    indices: tuple[tuple[Symbol, Range], ...]
    monomial: Monomial


class Ranges:
    """The ranges of one reader, and the index symbols that were given out."""

    def __init__(self) -> None:
        self.first = 0
        self.ranges: dict[Any, Range] = {}
        self.of: dict[Symbol, tuple[Range, int]] = {}

    def reserve(self, *expressions: Basic) -> None:
        """Give out no index symbol that occurs in some expressions (which may have been written by another reader)."""
        for symbol in set().union(*(expression.atoms(Dummy) for expression in expressions)):
            place = symbol.dummy_index - 1 - FIRST_PLACE
            if 0 <= place < LAST_PLACE - FIRST_PLACE:
                self.first = max(self.first, place // SLOTS + 1)

    def range(self, reader: Reader, low: Value, high: Value | None) -> Range:
        """Return the range between two values; ``high`` is None for an infinite one."""
        space = reader.space
        key = (space.key(low), None if high is None else space.key(high))
        if key not in self.ranges:
            table = space.table
            size = ZERO if high is None else table.total([high, scaled(low, -1), ONE])
            top = oo if high is None else table.written(high)
            self.ranges[key] = Range(key, table.written(low), top, tuple(size.items()), self.first + len(self.ranges))
        return self.ranges[key]

    def symbol(self, reader: Reader, own: Range, slot: int) -> Symbol:
        """Return the index symbol of a slot, with what holds for it among the facts of the space."""
        if slot >= SLOTS or own.number >= MAX_RANGES:
            raise GaveUp("too many indices")
        symbol = own.symbol(slot)
        if symbol not in self.of:
            self.of[symbol] = (own, slot)
            above = () if own.high is oo else (Le(symbol, own.high, evaluate=False),)
            reader.space.facts[symbol] = (Ge(symbol, own.low, evaluate=False), *above)
        return symbol


def ranges_of(reader: Reader) -> Ranges:
    """Return the ranges of a reader."""
    if reader.ranges is None:
        reader.ranges = Ranges()
    found: Ranges = reader.ranges
    return found


@reads(Sum)
def _sum(reader: Reader, expression: Any) -> Value:
    return _summed(reader, expression.function, list(expression.limits))


@reads(Product)
def _product(reader: Reader, expression: Any) -> Value:
    """Read a product of positive factors as the exponential of the sum of their logarithms."""
    space = reader.space
    found = _written_out(reader, expression.function, expression.limits) if len(expression.limits) == 1 else None
    if found is not None:
        return space.table.products(found)
    if len(expression.limits) != 1 or len(expression.limits[0]) != 3:
        raise GaveUp("a product over several indices")
    index, low, high = expression.limits[0]
    own = _range(reader, low, high)
    if own is None:
        raise GaveUp("a product over a range of unknown size")
    symbol = _entered(reader, own, expression.function)
    try:
        factor = placed(expression.function, {index: symbol})
        value = reader.read(factor)
        if space.sign(value) != ">":
            raise GaveUp("a product of factors of unknown sign")
        return space.exponential(_total(reader, reader.log(factor), symbol, own))
    finally:
        reader.active.pop()


def _summed(reader: Reader, term: Expr, limits: list[Any]) -> Value:
    """Read a sum; the last limit is the outermost."""
    if not limits:
        return reader.read(term)
    limit = limits[-1]
    if len(limit) != 3:
        raise GaveUp("a sum without a range")
    inside = Sum(term, *limits[:-1]) if len(limits) > 1 else term
    found = _written_out(reader, inside, [limit])
    if found is not None:
        return reader.space.table.total(found)
    index, low, high = limit
    if low.has(oo, -oo) or high.has(oo, -oo):
        return _infinite(reader, term, limits)
    own = _range(reader, low, high)
    if own is None:
        return _closed(reader, Sum(term, *limits))
    symbol = _entered(reader, own, inside)
    try:
        value = reader.read(placed(inside, {index: symbol}))
        return _total(reader, value, symbol, own)
    finally:
        reader.active.pop()


def _written_out(reader: Reader, term: Expr, limits: Any) -> list[Value] | None:
    """Return the terms over a range of a few integers, None for other ranges."""
    if len(limits[0]) != 3:
        return None
    index, low, high = limits[0]
    if not (low.is_finite is not False and high.is_finite is not False) or low.has(oo) or high.has(oo):
        return None
    table = reader.space.table
    start = reader.read(low)
    size = constant(table.total([reader.read(high), scaled(start, -1), ONE]))
    number = constant(start)
    if size is None or size.denominator != 1 or not 0 <= size <= MAX_WRITTEN:
        return None
    if number is not None and number.denominator == 1:
        return [reader.read(placed(term, {index: Integer(int(number) + k)})) for k in range(int(size))]
    return [reader.read(placed(term, {index: low + k})) for k in range(int(size))]


def _range(reader: Reader, low: Expr, high: Expr) -> Range | None:
    """Return a range of integers whose size is known to be at least 0."""
    space = reader.space
    start, stop = reader.read(low), reader.read(high)
    own = ranges_of(reader).range(reader, start, stop)
    for value in (start, stop):
        number = constant(value)
        integer = number.denominator == 1 if number is not None else _is_integer(reader, value)
        if not integer:
            return None
    size = dict(own.size)
    return own if space.sign(size) in (">", ">=", "=") or space.sign(space.table.total([size, {UNIT: -1}])) in (">", ">=", "=") else None


def _is_integer(reader: Reader, value: Value) -> bool:
    space = reader.space
    expression = space.table.written(value)
    return bool(expression.is_integer) or space.domain_for(space.table.symbols(value)).is_integer(expression)


def _entered(reader: Reader, own: Range, term: Basic) -> Symbol:
    """Return an index symbol that is neither in use nor in the term, and enter it."""
    used = {*reader.active, *term.atoms(Symbol)}
    symbol = next(s for slot in range(101) if (s := ranges_of(reader).symbol(reader, own, slot)) not in used)
    reader.active.append(symbol)
    return symbol


def _closed(reader: Reader, expression: Any) -> Value:
    """Read a sum as a generator that equals only itself, whatever its indices are called."""
    names = {limit[0]: bound_symbol("k", FIRST_PLACE - 1 - place, integer=True) for place, limit in enumerate(expression.limits)}
    renamed = bound_renamed(expression, names)
    symbols = frozenset(s for s in expression.free_symbols if isinstance(s, Symbol))
    return reader.space.atom(("closed", renamed), symbols, lambda: renamed)


def _infinite(reader: Reader, term: Expr, limits: list[Any]) -> Value:
    """Read an infinite sum: its terms in normal form, taken as one."""
    index, low, high = limits[-1]
    if len(limits) != 1 or high is not oo or not low.is_Integer:
        return _closed(reader, Sum(term, *limits))
    space, table = reader.space, reader.space.table
    own = ranges_of(reader).range(reader, reader.read(low), None)
    symbol = _entered(reader, own, term)
    try:
        value = reader.read(placed(term, {index: symbol}))
    finally:
        reader.active.pop()
    if symbol not in table.symbols(value):
        return _closed(reader, Sum(term, *limits))
    symbols = table.symbols(value) - {symbol}
    return space.atom(("infinite", symbol, space.key(value)), symbols, lambda: Sum(table.written(value), (symbol, low, oo)))


# The total of a value over an index


def _total(reader: Reader, value: Value, index: Symbol, own: Range) -> Value:
    """Return the sum of a value over an index, term by term."""
    space = reader.space
    terms = []
    for monomial, coefficient in space.settled(value).items():
        for inside, indices, count in _flat(reader, monomial, index, own):
            terms.append(scaled(_separated(reader, inside, indices), coefficient * count))
    return space.table.total(terms)


Indices = Mapping[Symbol, Range]


def _flat(reader: Reader, monomial: Monomial, index: Symbol, own: Range) -> Iterator[tuple[Monomial, Indices, Number]]:
    """Take sums that depend on the index apart, so that the monomial is summed over all their indices at once."""
    table = reader.space.table
    rest: list[tuple[int, Number]] = []
    parts: list[Value] = []
    indices: dict[Symbol, Range] = {index: own}
    for place, exponent in monomial:
        generator = table.generators[place]
        inner = generator.kind == "sum" and index in generator.symbols
        inner = inner and not any(index in r.symbols for _, r in generator.payload.indices)
        if not inner or exponent.denominator != 1 or not 0 < exponent <= 3:
            rest.append((place, exponent))
            continue
        for _ in range(int(exponent)):
            fresh = _fresh(reader, generator.payload, {*indices, *table.symbols({monomial: 1})})
            mapping = {old: new for (old, _), new in zip(generator.payload.indices, fresh, strict=True)}
            parts.append(_renamed(reader, generator.payload.monomial, mapping))
            indices |= fresh
    if not parts:
        yield monomial, indices, 1
        return
    whole = table.products([table.monomial(dict(rest)), *parts])
    for inside, coefficient in whole.items():
        yield inside, indices, coefficient


def _fresh(reader: Reader, payload: IndexedSum, used: Iterable[Symbol]) -> dict[Symbol, Range]:
    """Return new index symbols for the indices of a sum, different from those that are used."""
    ranges = ranges_of(reader)
    taken = {*used, *reader.active, *reader.space.table.symbols({payload.monomial: 1})}
    found: dict[Symbol, Range] = {}
    for _, own in payload.indices:
        symbol = next(s for k in range(100) if (s := ranges.symbol(reader, own, k)) not in taken and s not in found)
        found[symbol] = own
    if len(found) + sum(1 for symbol in taken if symbol in ranges.of) > MAX_INDICES:
        raise GaveUp("too many indices")
    return found


def _renamed(reader: Reader, monomial: Monomial, mapping: Mapping[Symbol, Symbol]) -> Value:
    """Return a monomial in other index symbols."""
    if all(old == new for old, new in mapping.items()):
        return {monomial: 1}
    table = reader.space.table
    old = frozenset(mapping)
    parts = []
    for place, exponent in monomial:
        generator = table.generators[place]
        if generator.symbols & old:
            parts.append(_renamed_power(reader, generator, exponent, mapping))
        else:
            parts.append({((place, exponent),): 1})
    return table.products(parts)


def _renamed_power(reader: Reader, generator: Generator, exponent: Number, mapping: Mapping[Symbol, Symbol]) -> Value:
    """Return a power of a generator in other index symbols: what it is made of is renamed, or it is read again."""
    space, table = reader.space, reader.space.table
    if generator.kind == "exp":
        return space.exponential(scaled(_renamed(reader, generator.payload, mapping), exponent))
    if generator.kind == "modulus":
        return space.modulus_of(_renamed_power(reader, table.generators[generator.payload], 1, mapping), exponent)
    if generator.kind == "log":
        value = space.log_abs(_renamed_power(reader, table.generators[generator.payload], 1, mapping))
    elif generator.kind == "base":
        value = table.total(scaled(_renamed(reader, m, mapping), c) for m, c in space.bases.polynomial(generator.place).items())
    elif generator.kind == "sum":
        value = _renamed_sum(reader, generator.payload, mapping)
    else:
        value = reader.read(placed(generator.expression, mapping))
    return space.root(value, exponent)


def _renamed_sum(reader: Reader, payload: IndexedSum, mapping: Mapping[Symbol, Symbol]) -> Value:
    """Return a sum in other index symbols; its own indices stay, or are renamed where they would capture."""
    table = reader.space.table
    bound = dict(payload.indices)
    if any(s in mapping for own in bound.values() for s in own.symbols):
        raise GaveUp("ranges that depend on an index")
    inner = {old: new for old, new in mapping.items() if old not in bound}
    if set(inner.values()) & bound.keys():
        fresh = _fresh(reader, payload, {*inner, *inner.values()})
        inner |= {old: new for (old, _), new in zip(payload.indices, fresh, strict=True)}
        bound = fresh
    value = _renamed(reader, payload.monomial, inner)
    return table.total(scaled(_separated(reader, m, bound), c) for m, c in value.items())


def _separated(reader: Reader, monomial: Monomial, indices: Indices) -> Value:
    """Return the sum of a monomial over indices as a product over its connected parts."""
    table = reader.space.table
    outside = tuple((place, e) for place, e in monomial if not table.generators[place].symbols & indices.keys())
    parts: list[tuple[set[Symbol], list[tuple[int, Number]]]] = [({index}, []) for index in indices]
    for place, exponent in monomial:
        own = table.generators[place].symbols & indices.keys()
        if not own:
            continue
        touched = [part for part in parts if part[0] & own]
        parts = [part for part in parts if not part[0] & own]
        joined = (set().union(*(p[0] for p in touched)), sorted([*(g for p in touched for g in p[1]), (place, exponent)]))
        parts.append(joined)
    values: list[Value] = [{outside: 1}]
    for bound, inside in parts:
        own_indices = {index: indices[index] for index in indices if index in bound}
        values.append(_connected(reader, tuple(inside), own_indices))
    return table.products(values)


def _connected(reader: Reader, monomial: Monomial, indices: Indices) -> Value:
    """Return the sum of a monomial that connects its indices: known, or a generator with canonical names."""
    table = reader.space.table
    if not monomial:
        return table.products([dict(own.size) for own in indices.values()])
    for index in indices:
        inside = tuple((p, e) for p, e in monomial if index in table.generators[p].symbols)
        if len(indices) > 1 and len(inside) == len(monomial) and not reader.patterns:
            continue
        value = _known(reader, inside, index, indices[index])
        if value is not None:
            rest: Value = {tuple(pair for pair in monomial if pair not in inside): 1}
            others = {other: own for other, own in indices.items() if other is not index}
            whole = table.product(rest, value)
            return table.total(scaled(_separated(reader, m, others), c) for m, c in whole.items()) if others else whole
    return _named(reader, monomial, indices)


def _known(reader: Reader, monomial: Monomial, index: Symbol, own: Range) -> Value | None:
    """Return the sum over one index where a hypothesis gives it."""
    if not reader.sums and not reader.patterns:
        return None
    value = _named(reader, monomial, {index: own})
    if len(value) != 1:
        return None
    ((named, coefficient),) = value.items()
    if len(named) != 1 or named[0][1] != 1:
        return None
    place = named[0][0]
    found = reader.sums.get(place)
    if found is None:
        for pattern in reader.patterns:
            found = pattern.total(reader, reader.space.table.generators[place])
            if found is not None:
                break
    return None if found is None else scaled(found, coefficient)


def _named(reader: Reader, monomial: Monomial, indices: Indices) -> Value:
    """Return the generator of a sum, with the names of its indices that make its monomial least."""
    table, ranges = reader.space.table, ranges_of(reader)
    free = table.symbols({monomial: 1}) - indices.keys()
    groups: dict[Any, list[Symbol]] = {}
    for index, own in indices.items():
        groups.setdefault(own.key, []).append(index)
    names: dict[Any, list[Symbol]] = {}
    for key, group in groups.items():
        own = ranges.ranges[key]
        symbols = (ranges.symbol(reader, own, slot) for slot in range(100))
        names[key] = [s for s, _ in zip((s for s in symbols if s not in free), group, strict=False)]
    best: tuple[Monomial, Number, tuple[tuple[Symbol, Range], ...]] | None = None
    for count, orders in enumerate(product(*(permutations(names[key]) for key in groups))):
        if count >= MAX_ORDERS:
            break
        mapping = {old: new for key, order in zip(groups, orders, strict=True) for old, new in zip(groups[key], order, strict=True)}
        renamed = _renamed(reader, monomial, mapping)
        if len(renamed) != 1:
            continue
        ((own_monomial, coefficient),) = renamed.items()
        bound = tuple((name, ranges.ranges[key]) for key in sorted(groups, key=lambda k: ranges.ranges[k].number) for name in names[key])
        if best is None or own_monomial < best[0]:
            best = own_monomial, coefficient, bound
    if best is None:
        raise GaveUp("a sum whose indices cannot be renamed")
    return {((_generator(reader, IndexedSum(best[2], best[0])).place, 1),): best[1]}


def _generator(reader: Reader, payload: IndexedSum) -> Generator:
    table = reader.space.table
    bound = {symbol for symbol, _ in payload.indices}
    outer: frozenset[Symbol] = frozenset().union(*(own.symbols for _, own in payload.indices))
    symbols = (table.symbols({payload.monomial: 1}) - bound) | outer

    def write() -> Expr:
        return Sum(table.written_term(payload.monomial), *((symbol, own.low, own.high) for symbol, own in payload.indices))

    return table.made("sum", payload, symbols, write)
