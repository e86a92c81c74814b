"""What names stand for: definitions, distributions, declared functions, and the probabilities and numbers that carry an index.

Main definitions
----------------
* `Scope`, the `Names` of some texts together with what their definitions say, and a record of the defaults that were used.
* `Definition`, a declared function.

All of P, Q, R, M and U that are not defined have one common number of states, `Scope.size`.

Left out: reading the definitions (see `symentropy.notation.given`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sympy import Basic, Expr, IndexedBase, Integer, Symbol

from symentropy.errors import DomainError
from symentropy.finite import Finite
from symentropy.notation import arithmetic
from symentropy.notation.arithmetic import Term
from symentropy.notation.bounds import TooLargeError
from symentropy.notation.names import DISTRIBUTIONS, SIZE, Names, full_name
from symentropy.notation.source import Source
from symentropy.notation.syntax import Element, Entry, Expectation, Integration, Local, Name, Node, Number, Quantity, Series, nodes

#: Distributions that are not defined have at most this many states, if it is a number.
MAX_STATES = 300
#: Letter of probabilities -> name of the distribution.
CAPITALS: dict[str, str] = {letter: capital for capital, letter in DISTRIBUTIONS.items()}
#: Letters that are a pmf wherever a sum runs over their index, with or without the capital.
PMF_LETTERS = frozenset(("p", "q", "r"))
#: Letters of an index that is not bound by a sum, in a statement about each of the numbers.
INDEX_LETTERS = frozenset("ijklsxyz")


_NO_SIZES: Mapping[str, Expr] = {}


@dataclass(frozen=True, slots=True)
class Definition:
    """A declared function: its parameters, its value, and the text that the value is in."""

    parameters: tuple[Local, ...]
    value: Node
    source: Source


class Scope(Names):
    """The meaning of names.

    ``terms``: scalar definitions by full name; ``laws``: distributions by full name; ``variables``: those among them that are random
    variables; ``definitions``: declared functions; ``arrays``: numbers with an index; ``indexed``: names that have one anywhere;
    ``capitals``: default distributions that appear anywhere; ``used``: symbols with default assumptions that were asked for, by full
    name; ``bases``: symbols that are the base of a logarithm; ``unnamed``: the letters of densities in integrals without limits;
    ``names_size``: whether n appears; ``says_density``: whether p and q are said to be densities;
    ``says_law``: which of them are said to be distributions.
    """

    def __init__(self, symbols: Mapping[str, Expr] | None = None) -> None:
        super().__init__(symbols)
        self.terms: dict[str, Term] = {}
        self.laws: dict[str, Basic] = {}
        self.variables: set[str] = set()
        self.definitions: dict[str, Definition] = {}
        self.arrays: dict[str, IndexedBase] = {}
        self.indexed: set[str] = set()
        self.capitals: set[str] = set()
        self.sizes: list[Expr] = []
        self.used: dict[str, Symbol] = {}
        self.pmfs: dict[str, Finite] = {}
        self.bases: set[Symbol] = set()
        self.unnamed: set[str] = set()
        self.names_size = False
        self.says_density = False
        self.says_law: set[str] = set()
        self._scalars: set[str] = set()
        self._entries: set[str] = set()

    @property
    def is_density(self) -> bool:
        """Whether the distributions that are not declared are densities, because an integral without a declared one is over them."""
        return self.says_density or any(self.law_of(name) is None for name in self.unnamed)

    def law_of(self, base: str) -> Basic | None:
        """Return the declared distribution whose probabilities are called so; p is the density of the only random variable."""
        for name in (base, CAPITALS.get(base, base[0].upper() + base[1:])):
            if name in self.laws:
                return self.laws[name]
        own = [self.laws[name] for name in self.random if name in self.laws]
        return own[0] if base == "p" and len(own) == 1 and not isinstance(own[0], Finite) else None

    @property
    def size(self) -> Expr:
        """The common number of states of the distributions that are not defined."""
        if len(self.sizes) > 1:
            shown = " and ".join(map(str, self.sizes))
            raise DomainError(f"the number of states is {shown} at once: say which in given, such as '{SIZE} = 3'")
        return self.sizes[0] if self.sizes else self._named_size()

    def _named_size(self) -> Expr:
        term = self.terms.get(SIZE.name)
        return self.declared.get(SIZE.name, SIZE) if term is None else term.expr

    def prepare(self, *trees: Node, sizes: Mapping[str, Expr] = _NO_SIZES, families: Collection[str] = ()) -> None:
        """Find which distributions and indexed names appear in the trees of all texts, and how many states there are.

        ``sizes``: how many states the distributions have that are written out; ``families``: the names that are defined otherwise.
        """
        inside = {id(part) for node in nodes(*trees) if isinstance(node, Quantity) for part in node.parts}
        inside |= {id(node.law) for node in nodes(*trees) if isinstance(node, Expectation)}
        for node in nodes(*trees):
            if isinstance(node, Name) and not node.subscript and id(node) not in inside:
                self._scalars.add(node.base)
            if isinstance(node, (Element, Entry)):
                self._entries.add(node.base)
                self.indexed.add(DISTRIBUTIONS.get(node.base, node.base))
            base = node.base if isinstance(node, (Name, Element, Entry)) else ""
            self.names_size |= isinstance(node, Name) and base == SIZE.name and not node.subscript
            if isinstance(node, Integration):
                self.unnamed |= {
                    part.base
                    for part in nodes(node.integrand)
                    if isinstance(part, Element) and part.index.binder == node.index.binder and part.base.rstrip("'") in PMF_LETTERS
                }
            if isinstance(node, Expectation) and isinstance(node.law, Name):
                self.indexed.add(node.law.base)
            if base in DISTRIBUTIONS and not (isinstance(node, Name) and node.subscript):
                self.capitals.add(base)
                self.indexed.add(DISTRIBUTIONS[base])
        over_states = (size for node in nodes(*trees) if isinstance(node, Series) and (size := self._size_of(node, families)) is not None)
        found = dict.fromkeys([*sizes.values(), *over_states])
        if sizes and len(found) > 1 and SIZE.name not in self.terms and SIZE.name not in self.declared:
            found.pop(SIZE, None)  # n is the number of states of the pmf that is written out
            if len(found) == 1:
                self.terms[SIZE.name] = arithmetic.number(next(iter(found)))
        self.sizes = [self._named_size()] if SIZE.name in self.terms else list(found)

    def _size_of(self, node: Series, families: Collection[str]) -> Expr | None:
        """Return the upper limit of a sum over the states of a distribution that is not defined, if it is a number or a name."""
        if not node.limits or not isinstance(node.limits[0], Number) or node.limits[0].value != 1:
            return None
        over = [part for part in nodes(node.summand) if isinstance(part, Element) and part.index.binder == node.index.binder]
        if not over or any(CAPITALS.get(part.base, part.base) in families for part in over):
            return None
        upper = node.limits[1]
        if isinstance(upper, Number):
            return upper.value if upper.value.is_Integer else None
        if not isinstance(upper, Name):
            return None
        term = self.term(upper.base, upper.subscript, upper.primes)
        value = self.value(upper.base, upper.subscript, upper.primes) if term is None else term.expr
        return value if value is not None and value.is_integer else None

    def term(self, base: str, subscript: str = "", primes: int = 0) -> Term | None:
        """Return the value of a scalar definition, or None."""
        return self.terms.get(full_name(base, subscript, primes))

    def symbol(self, base: str, subscript: str = "", primes: int = 0) -> Expr | None:
        """Return the symbol or constant of a name, or None, and keep in mind that it was asked for."""
        found = self.value(base, subscript, primes)
        name = full_name(base, subscript, primes)
        if isinstance(found, Symbol) and name not in self.declared:
            self.used[name] = found
        return found

    def is_known(self, base: str, subscript: str = "") -> bool:
        name = full_name(base, subscript)
        return name in self.terms or name in self.laws or super().is_known(base, subscript)

    def law(self, base: str, subscript: str = "", primes: int = 0) -> Basic | None:
        """Return the distribution of a name, or None."""
        name = full_name(base, subscript, primes)
        if name in self.laws:
            return self.laws[name]
        letter = self.distribution(name)
        return None if letter is None else self._default_pmf(letter)

    def lower_law(self, name: str) -> Basic | None:
        """Return the distribution that p, q or r is as the argument of a quantity: said to be one, or with an index and never a number."""
        if name not in PMF_LETTERS or name in self.declared or name in self.terms:
            return None
        is_meant = name in self.says_law or (name in self._entries and name not in self._scalars)
        found = self.law_of(name) if is_meant else None
        return self._default_pmf(name) if is_meant and found is None else found

    def law_name(self, name: str) -> bool:
        """Return whether a full name stands for a distribution."""
        return name in self.laws or self.distribution(name) is not None

    def pmf_name(self, base: str) -> str | None:
        """Return the letter of the default pmf that a name with an index belongs to, or None."""
        if base in self.declared or base in self.terms:
            return None
        if base in DISTRIBUTIONS:
            return DISTRIBUTIONS[base]
        is_pmf = base.rstrip("'") in PMF_LETTERS or CAPITALS.get(base) in self.capitals
        return base if is_pmf else None

    def pmf(self, base: str) -> Basic | None:
        """Return the distribution whose probabilities carry an index under this name: that of p_i is P."""
        capital = CAPITALS.get(base, base[0].upper() + base[1:])
        for name in (base, capital):
            if name in self.laws:
                return self.laws[name]
        letter = self.pmf_name(base)
        return None if letter is None else self._default_pmf(letter)

    def is_indexed(self, base: str) -> bool:
        """Return whether a name with an index is a number of its own for each index."""
        return base in self.arrays or base in self.indexed

    def entry(self, base: str, place: int) -> Expr:
        """Return the symbol of an explicit index, such as p_2."""
        letters = base.rstrip("'")
        primes = len(base) - len(letters)
        term = self.term(letters, str(place), primes)
        if term is not None:
            return term.expr
        found = self.symbol(letters, str(place), primes)
        return Symbol(full_name(letters, str(place), primes), real=True) if found is None else found

    def _default_pmf(self, letter: str) -> Finite:
        if letter not in self.pmfs:
            size = self.size
            if size.is_positive is False or size.is_integer is False:
                raise DomainError(f"the number of states is {size}, not a positive integer")
            if not isinstance(size, Integer):
                self.pmfs[letter] = Finite.symbols(letter, size)
            elif size > MAX_STATES:
                raise TooLargeError(f"distributions by name have at most {MAX_STATES} states, unless their number is a symbol")
            else:
                self.pmfs[letter] = Finite([self.entry(letter, k) for k in range(1, int(size) + 1)])
        return self.pmfs[letter]
