"""What ``given`` says: assumptions on names, definitions, and hypotheses.

Main definitions
----------------
* `Given`: the statements of all texts, read; then `Given.resolve`, once the trees of the claim are known; then `Given.hypotheses`.

What given says about a name goes before the default. A bound below or above replaces the default bound on its side (``p > 1/2`` keeps
p < 1, and ``p > 1`` does not); a property in words (``p real``) replaces both. ``c = 1/2`` and ``q = 1 - p`` define a name, which is
replaced wherever it stands; what the default says of it stays as a hypothesis about its value.

Left out: defaults that become hypotheses of a claim (see `symentropy.notation.claims`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from sympy import Contains, Expr, IndexedBase, Integer, S, StrictLessThan, Symbol, false, true
from sympy.logic.boolalg import Boolean

from symentropy.exact import shorten
from symentropy.notation import definitions
from symentropy.notation.assumptions import Knowledge, assumed
from symentropy.notation.names import CONSTANTS, DEFAULTS, DISTRIBUTIONS, full_name
from symentropy.notation.relations import Chain, without_full_stop
from symentropy.notation.scope import INDEX_LETTERS, PMF_LETTERS, Scope
from symentropy.notation.source import Source
from symentropy.notation.statements import Distributed, Property, Relations, Statement, StatementParser
from symentropy.notation.syntax import Element, Name, Node, nodes
from symentropy.notation.translate import Translator
from symentropy.proof.claim import MIRRORED, RELATIONS, Each

#: Most statements, and most letters of free indices in one of them.
MAX_STATEMENTS = 1000
MAX_FREE_INDICES = 2


class Given:
    """The statements of ``given``."""

    def __init__(self, texts: Sequence[Source], scope: Scope) -> None:
        self.scope = scope
        self.statements: list[tuple[Statement, Source]] = []
        self._facts: list[tuple[Statement, Source]] = []
        self.knowledge: dict[str, Knowledge] = {}
        self._constrained: list[Boolean] = []
        parsers = []
        for source in texts:
            with source.reading():
                parser = StatementParser(without_full_stop(source.text), scope)
                scope.letters.update(parser.letters())
                parsers.append(parser)
        for parser in parsers:
            parser.declare()
        for parser, source in zip(parsers, texts, strict=True):
            with source.reading():
                for statement in parser.statements():
                    if isinstance(statement, Property) and {"density", "pmf"} & {*statement.words}:
                        self._declare_laws(statement, source)
                        continue
                    self.statements.append((statement, source))
                    if isinstance(statement, Distributed) and not statement.name.subscript and statement.name.base not in DISTRIBUTIONS:
                        scope.random.add(statement.name.base)
                    if len(self.statements) > MAX_STATEMENTS or (isinstance(statement, Relations) and statement.size > MAX_STATEMENTS):
                        raise parser.fail(f"given has at most {MAX_STATEMENTS} statements")

    def _declare_laws(self, statement: Property, source: Source) -> None:
        for name in statement.names:
            letter = DISTRIBUTIONS.get(name.base, name.base)
            if name.subscript or letter not in PMF_LETTERS:
                raise source.fail("densities and pmfs that are not written out are called p, q and r", name.span)
            self.scope.says_law.add(letter)
        self.scope.says_density |= "density" in statement.words

    @property
    def trees(self) -> tuple[Node, ...]:
        """The trees of all statements."""
        return tuple(tree for statement, _ in self.statements for tree in trees_of(statement))

    @property
    def variables(self) -> list[str]:
        """The names of the random variables."""
        return [statement.name.base for statement, _ in self.statements if isinstance(statement, Distributed)]

    @property
    def defined(self) -> set[str]:
        """The names that stand alone on the left side of an equation."""
        firsts = [statement.chain.sides[0] for statement, _ in self.statements if isinstance(statement, Relations)]
        return {first.base for first in firsts if isinstance(first, Name)}

    # What the names are

    def resolve(self, trees: Sequence[Node], translator: Translator) -> None:
        """Give the names their meaning; ``trees`` are those of the claim."""
        self.scope.prepare(*self.trees, *trees)
        self._declare_arrays()
        self._facts, pending = definitions.split(self.statements, self.scope)
        self._declare_names(translator)
        definitions.define(pending, (*self.trees, *trees), translator)
        for definition in pending:
            self._constrained += self._constraints(definition)

    def _declare_arrays(self) -> None:
        """Names with an index that are no probabilities by default are numbers with an index, if given says anything of them."""
        elements = {node.base for node in nodes(*self.trees) if isinstance(node, Element)}
        free = {full_name(node.base, "", node.primes) for node in self._names() if node.subscript in INDEX_LETTERS}
        for base in sorted((elements | free) & self.scope.indexed):
            if base not in self.scope.arrays and self.scope.pmf_name(base) is None:
                self.scope.arrays[base] = IndexedBase(base, real=True)

    def _names(self) -> Iterator[Name]:
        return (node for node in nodes(*self.trees) if isinstance(node, Name))

    def _declare_names(self, translator: Translator) -> None:
        """Collect what is said about each name alone, and put the assumptions on its symbol."""
        for statement, source in self._facts:
            if isinstance(statement, Property):
                for name in statement.names:
                    self._about(name).words.update(statement.words)
            elif isinstance(statement, Relations):
                for left, sign, right in links(statement):
                    self._bound(left, sign, right, source, translator)
                    self._bound(right, MIRRORED[sign], left, source, translator)
        for node in self._names():
            key = full_name(node.base, node.subscript, node.primes)
            known = key in self.scope.declared or key in CONSTANTS or self.scope.law_name(key) or self._free_index(node)
            default = DEFAULTS.get(node.base)
            if not known and (default is None or key in self.knowledge):
                found = assumed(self.knowledge.get(key, Knowledge()), default)
                if found != default:
                    self.scope.assumed[key] = found

    def _about(self, name: Name) -> Knowledge:
        return self.knowledge.setdefault(full_name(name.base, name.subscript, name.primes), Knowledge())

    def _bound(self, name: Node, sign: str, other: Node, source: Source, translator: Translator) -> None:
        """Keep what ``name < other`` says about a name."""
        if not isinstance(name, Name) or sign not in ("<", "<=", ">", ">="):
            return
        is_number = not any(isinstance(node, (Name, Element)) and node.base not in CONSTANTS for node in nodes(other))
        value = translator.expression(other, source) if is_number else None
        self._about(name).bound(sign, value if value is not None and value.is_number else None)

    def _free_index(self, node: Name) -> bool:
        return node.subscript in INDEX_LETTERS and self.scope.is_indexed(full_name(node.base, "", node.primes))

    def _constraints(self, definition: definitions.Pending) -> list[Boolean]:
        """Return what the defaults say of a name that is defined as an expression with symbols."""
        name = definition.name
        term = self.scope.terms.get(full_name(name.base, name.subscript, name.primes))
        if term is None or not term.expr.free_symbols:
            return []
        value = term.expr
        default = DEFAULTS.get(name.base, {})
        found: list[Boolean] = []
        if default.get("positive") and not (value.is_Symbol and value.is_positive):
            found.append(StrictLessThan(S.Zero, value, evaluate=False))
        if name.base in PMF_LETTERS:
            found.append(StrictLessThan(value, S.One, evaluate=False))
        if default.get("integer") and not value.is_integer:
            found.append(Contains(value, S.Naturals))
        return found

    # Hypotheses

    def hypotheses(self, translator: Translator) -> list[Boolean]:
        """Return what is given about values, as relations."""
        found: list[Boolean] = []
        for statement, source in self._facts:
            if isinstance(statement, Relations):
                for left, sign, right in links(statement):
                    found += self._each((left, right), source, translator, sign)
            elif isinstance(statement, Property):
                for name in statement.names:
                    for word in statement.words:
                        found += self._of_word(word, name, source, translator)
        return [*found, *self._constrained]

    def _each(self, sides: tuple[Node, ...], source: Source, translator: Translator, sign: str) -> Iterator[Boolean]:
        """Return a relation, for each index if its names carry one."""
        free = sorted({node.subscript for side in sides for node in nodes(side) if isinstance(node, Name) and self._free_index(node)})
        size = self.scope.size if free else S.One
        if len(free) > MAX_FREE_INDICES:
            raise source.fail("there are too many indices in this statement", sides[0].span)
        explicit = isinstance(size, Integer)
        symbols = [Symbol(letter, integer=True) for letter in free]
        choices = product(range(1, int(size) + 1), repeat=len(free)) if explicit else [symbols]
        for values in choices:
            translator.free_indices = dict(zip(free, map(Integer, values) if explicit else values, strict=True))
            left, right = (translator.expression(side, source) for side in sides)
            translator.free_indices = {}
            for fact in normalised(left, sign, right, source):
                yield Each(fact, *((symbol, 1, size) for symbol in symbols)) if free and not explicit else fact

    def _of_word(self, word: str, name: Name, source: Source, translator: Translator) -> Iterator[Boolean]:
        """Return what a property says as a relation."""
        for sign, bound in _BOUNDS_OF_WORD.get(word, ()):
            yield from self._each((name, definitions.number(bound, name.span)), source, translator, sign)
        if word in ("integer", "natural") and not self._free_index(name):
            value = translator.expression(name, source)
            if not value.is_integer:
                yield Contains(value, S.Integers)


_BOUNDS_OF_WORD: dict[str, tuple[tuple[str, int], ...]] = {
    "positive": ((">", 0),),
    "nonnegative": ((">=", 0),),
    "negative": (("<", 0),),
    "nonzero": (("!=", 0),),
    "natural": ((">=", 1),),
    "probability": ((">", 0), ("<", 1)),
}


def normalised(left: Expr, sign: str, right: Expr, source: Source) -> Iterator[Boolean]:
    """Return a relation as hypotheses have it: ``0 < p`` for ``p > 0``, nothing for what is true, an error for what is false."""
    if right.is_number and sign in (">", ">="):
        left, sign, right = right, MIRRORED[sign], left
    if left.is_number and right.is_number:
        value: Any = RELATIONS[sign](left, right)
        if value == false:
            raise source.undefined(f"this is false, so that nothing satisfies it: {shorten(source.text)}")
        if value == true:
            return
    elif left == right and sign in ("=", "<=", ">="):
        return
    elif left == right:
        raise source.undefined(f"this is false, so that nothing satisfies it: {shorten(source.text)}")
    yield RELATIONS[sign](left, right, evaluate=False)


def links(statement: Relations) -> Iterator[tuple[Node, str, Node]]:
    """Go through the relations of a chain."""
    chain: Chain = statement.chain
    for other in statement.others:
        yield other, chain.signs[0].text, chain.sides[1]
    for place, sign in enumerate(chain.signs):
        yield chain.sides[place], "=" if sign.text == ":=" else sign.text, chain.sides[place + 1]


def trees_of(statement: Statement) -> tuple[Node, ...]:
    """Return the trees of a statement."""
    if isinstance(statement, Relations):
        return (*statement.others, *statement.chain.sides)
    if isinstance(statement, Property):
        return statement.names
    if isinstance(statement, Distributed):
        return (statement.name, statement.law)
    return (statement.value,)
