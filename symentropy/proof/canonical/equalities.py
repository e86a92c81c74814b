"""What hypotheses that are equalities replace.

Main definitions: `adopt`, which gives a reader what the hypotheses of its domain say: a symbol or an entry p[1] that a linear equality
determines, the value of a sum such as ``Sum(p[i], (i, 1, n)) = 1``, and `Pattern`, the same for each index.

Main statement
--------------
What is replaced equals its replacement at each point of the domain, so that no replacement changes a value. A replacement never leads
back to what it replaces.

Left out on purpose: equalities that are not linear in anything that stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import And, Eq, Expr, Ge, Indexed, Le, S, Symbol, oo
from sympy.logic.boolalg import Boolean

from symentropy.proof.canonical.generators import Generator, Number, Value, scaled
from symentropy.proof.canonical.limits import GaveUp
from symentropy.proof.canonical.placing import placed
from symentropy.proof.canonical.reading import Reader, is_readable
from symentropy.proof.canonical.rings import primitive
from symentropy.proof.canonical.space import Space
from symentropy.proof.canonical.sums import IndexedSum
from symentropy.proof.claim import Each


@dataclass(frozen=True, slots=True)
class Pattern:
    """An equality for each value of its bound variables: ``left = right``, where left is p[i] or a sum."""

    left: Expr
    right: Expr
    limits: tuple[Any, ...]

    def entry(self, reader: Reader, expression: Any) -> Expr | None:
        """Return what replaces an entry p[k], where k is in the range."""
        if not isinstance(self.left, Indexed) or expression.base != self.left.base or len(expression.indices) != len(self.left.indices):
            return None
        binding = self._bound(self.left, expression)
        if binding is None or placed(self.left, binding) != expression or not self._admits(reader, binding):
            return None
        return placed(self.right, binding)

    def total(self, reader: Reader, generator: Generator) -> Value | None:
        """Return the value of a sum over one index."""
        payload: IndexedSum = generator.payload
        if isinstance(self.left, Indexed) or len(payload.indices) != 1:
            return None
        entries = [s for s in self.left.atoms(Indexed) if s.free_symbols & {limit[0] for limit in self.limits}]
        for entry in generator.expression.atoms(Indexed):
            for own in entries:
                binding = self._bound(own, entry) if own.base == entry.base else None
                if binding is None or not self._admits(reader, binding):
                    continue
                held, reader.patterns, reader.sums = (reader.patterns, reader.sums), [], {}
                own_cache, reader._cache = reader._cache, {}
                try:
                    same = reader.read(placed(self.left, binding)) == {((generator.place, 1),): 1}
                finally:
                    (reader.patterns, reader.sums), reader._cache = held, own_cache
                if same:
                    return reader.read(placed(self.right, binding))
        return None

    def _bound(self, own: Any, other: Any) -> dict[Any, Any] | None:
        """Return the values of the bound variables that make an entry another one, as far as its indices show them."""
        variables = [limit[0] for limit in self.limits]
        found = {own_index: index for own_index, index in zip(own.indices, other.indices, strict=False) if own_index in variables}
        return found if len(found) == len(variables) else None

    def _admits(self, reader: Reader, binding: dict[Any, Any]) -> bool:
        """Whether the bound variables are integers in their ranges."""
        for variable, low, high in self.limits:
            value = binding[variable]
            symbols = frozenset(s for part in (value, low, high) for s in part.free_symbols if isinstance(s, Symbol))
            domain = reader.space.domain_for(symbols)
            low, high = placed(low, binding), placed(high, binding)
            if not (value.is_integer or domain.is_integer(value)):
                return False
            if not all(_holds(domain, relation) for relation in (Ge(value, low), Le(value, high))):
                return False
        return True


def _holds(domain: Any, relation: Boolean) -> bool:
    return (
        relation == S.true or (relation != S.false and relation in domain.hypotheses) or (relation != S.false and domain.implies(relation))
    )


def adopt(reader: Reader) -> None:
    """Give a reader what the equalities among the hypotheses of its domain say."""
    facts = _conjuncts(reader.space.domain.hypotheses)
    patterns = [pattern for fact in facts if isinstance(fact, Each) for pattern in _pattern(fact)]
    for fact in facts:
        if isinstance(fact, Eq):
            try:
                _adopted(reader, fact)
            except GaveUp:
                continue
    reader.again()
    reader.patterns = _acyclic(patterns)


def _conjuncts(facts: Any) -> list[Boolean]:
    found: list[Boolean] = []
    for fact in facts:
        found += _conjuncts(fact.args) if isinstance(fact, And) else [fact]
    return found


def _pattern(fact: Each) -> list[Pattern]:
    relation = fact.relation
    if not isinstance(relation, Eq) or any(len(limit) != 3 for limit in fact.limits):
        return []
    if not is_readable(relation.lhs) or not is_readable(relation.rhs) or any(limit.has(oo) for limit in fact.limits):
        return []
    variables = set(fact.variables)
    for left, right in ((relation.lhs, relation.rhs), (relation.rhs, relation.lhs)):
        if isinstance(left, Indexed) and variables <= set(left.indices):
            return [Pattern(left, right, fact.limits)]
    free = [side for side in (relation.lhs, relation.rhs) if side.is_Rational]
    return [Pattern(relation.lhs + relation.rhs - free[0], free[0], fact.limits)] if len(free) == 1 else []


def _acyclic(patterns: list[Pattern]) -> list[Pattern]:
    """Keep the patterns for entries whose replacements have none of the bases that are replaced."""
    entries = [pattern for pattern in patterns if isinstance(pattern.left, Indexed)]
    bases = {pattern.left.base for pattern in entries}
    kept = [p for p in entries if not {s.base for s in p.right.atoms(Indexed)} & bases]
    return kept + [pattern for pattern in patterns if pattern not in entries]


def _adopted(reader: Reader, fact: Any) -> None:
    """Use one equality."""
    if not (is_readable(fact.lhs) and is_readable(fact.rhs)):
        return
    space, table = reader.space, reader.space.table
    value = table.total([reader.read(fact.lhs), scaled(reader.read(fact.rhs), -1)])
    value = space.combined(value)[0]
    if not value:
        return
    own = _determined(reader, _without_factors(space, value)) if len(value) > 1 else None
    if own is None:
        return
    place, rest = own
    generator = table.generators[place]
    if generator.kind == "sum":
        reader.sums[place] = rest
    else:
        reader.replaced[generator.expression] = table.written(rest)
    reader.again()


def _without_factors(space: Space, value: Value) -> Value:
    """Return an equation without the monomial that divides all its terms, where that is not 0: ``x y = x`` does not say that y is 1."""
    _, monomial, polynomial = primitive(value)
    generators = space.table.generators
    if all(e < 0 or generators[place].kind == "exp" or space.sign({((place, 1),): 1}) in (">", "<", "!=") for place, e in monomial):
        return polynomial
    return value


def _determined(reader: Reader, value: Value) -> tuple[int, Value] | None:
    """Return a sum, symbol or entry that stands alone in one term of an equation, with a number before it, and what it equals."""
    table = reader.space.table
    candidates: list[tuple[tuple[int, int, str], int, Value, Number]] = []
    for monomial, coefficient in value.items():
        if len(monomial) != 1 or monomial[0][1] != 1:
            continue
        generator = table.generators[monomial[0][0]]
        rest = {own: c for own, c in value.items() if own != monomial}
        expression = generator.expression if generator.kind == "atom" else None
        if generator.kind == "sum":
            if not _occurs(reader, generator, rest):
                candidates.append(((0, -len(generator.payload.monomial), str(generator.place)), generator.place, rest, coefficient))
        elif isinstance(expression, (Symbol, Indexed)) and not _occurs(reader, generator, rest):
            candidates.append(((1, len(str(expression)), str(expression)), generator.place, rest, coefficient))
    if not candidates:
        return None
    _, place, rest, coefficient = max(candidates, key=lambda c: c[0]) if candidates[0][0][0] else candidates[0]
    return place, scaled(rest, Fraction(-1) / coefficient)


def _occurs(reader: Reader, generator: Generator, value: Value) -> bool:
    """Whether something occurs in a value, possibly inside a generator."""
    table = reader.space.table
    if any(place == generator.place for monomial in value for place, _ in monomial):
        return True
    if generator.kind == "sum":
        return any(table.generators[place].kind == "sum" for monomial in value for place, _ in monomial)
    expression = generator.expression
    wanted = {expression} if isinstance(expression, Symbol) else {expression.base.label}
    return bool(table.symbols(value) & wanted) or any(
        expression in table.generators[place].expression.free_symbols for monomial in value for place, _ in monomial
    )
