"""Claims and chains of them from text, LaTeX or SymPy, under what is given.

Main definitions
----------------
* `parse`, for text: an expression, a `Claim`, or a tuple of claims for a chain.
* `parse_chain`, for the links of chains one by one, `Link`, of which one may be undefined and the others not.
* `parse_claim`, for what may be a claim already; `claim_between`, for two sides that are given apart, as an answer and what is expected.

Main statements
---------------
The hypotheses of a claim are what is given, and what the notation takes for granted of the names that occur in the claim or in
what is given: p, q and r are in (0, 1), probabilities with an index are positive and sum to 1, a symbol b is no base if it is 1. Everything
else that is taken for granted (that sigma is positive, that n is a positive integer) is an assumption of the symbol.
In a SymPy claim nothing is taken for granted of its own symbols, and text in ``given`` that has their names speaks about them.

An index that no sum binds, as in ``h(s) = -log p_s``, makes a claim about each state s.

Left out: documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

from sympy import Basic, Derivative, E, Eq, Expr, IndexedBase, Le, Ne, Pow, Rational, S, StrictLessThan, Symbol, log
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean, BooleanAtom

from symentropy.errors import DomainError, ParseError, SymentropyError
from symentropy.exact import exact, shorten
from symentropy.finite import Finite
from symentropy.logarithms import checked_base
from symentropy.notation import roundings
from symentropy.notation.bounds import distinct
from symentropy.notation.consistency import check_consistent
from symentropy.notation.given import MAX_STATEMENTS, Given
from symentropy.notation.layout import Layout, arranged
from symentropy.notation.measures import CELLS, sizes_are_positive
from symentropy.notation.names import spelled
from symentropy.notation.relations import MAX_RELATIONS, Chain, ChainParser
from symentropy.notation.scope import PMF_LETTERS, Scope
from symentropy.notation.source import Source
from symentropy.notation.syntax import Node
from symentropy.notation.tokens import Span, Token
from symentropy.notation.translate import Translator, condition_of
from symentropy.proof.claim import Claim, Each, checked_hypotheses, hypotheses_of, relation_sign

#: CPython turns no integer of more digits into text, unless told to.
MAX_PRINTED_DIGITS = 4300
_PRINTED_BITS = int(MAX_PRINTED_DIGITS * log2(10))

_TRUTH = (
    "a claim that is {} already says nothing: SymPy evaluated it. Write it unevaluated, Eq(a, b, evaluate=False), "
    "or as Claim(a, '>=', b), or as text such as 'D(P||Q) >= 0'"
)


def parse(text: str, given: Any = (), *, base: Any = E) -> Expr | Claim | tuple[Claim, ...]:
    r"""Return what a text says: an expression, a `Claim`, or a tuple of claims for a chain of relations.

    Parameters
    ----------
    text
        Text or LaTeX: ``"H([p, 1-p])"``, ``"D(P||Q) >= 0"``, ``r"H(P) \\le \\log n"``, ``"a = b <= c"``.
    given
        Statements, or one of them: relations and bounds (``"0 < p < 1/2"``, ``"sum_i w_i = 1"``), properties (``"n integer"``), definitions
        (``"P = [p, 1-p]"``, ``"M = (P + Q)/2"``, ``"f(x) = x log x"``), distributions (``"X ~ Normal(mu, sigma)"``), or SymPy relations.
    base
        Keyword only: the base of the quantities and of the logarithms that name none, a positive number other than 1.

    Raises
    ------
    ParseError
        For text that cannot be read, with its place; the message says which statement of given it is in. For an expression with a
        number of more than 4300 digits, which could not be printed.
    DomainError
        For mathematics without a value, and for hypotheses that contradict each other.

    Examples
    --------
    >>> print(parse("H([p, 1-p]) <= log 2"))
    H([p, 1 - p]) <= log(2) for 0 < p < 1
    >>> print(parse("H(P) <= c", ["P = [p, 1-p]", "c >= log 2"]))
    H([p, 1 - p]) <= c for c >= log(2), c > 0 and 0 < p < 1
    >>> for link in parse("(1-p)^2 = 1 - 2p + p^2 <= 1 - p", "p < 1/2"):
    ...     print(link)
    (1 - p)**2 = p**2 - 2*p + 1 for 0 < p < 1/2
    p**2 - 2*p + 1 <= 1 - p for 0 < p < 1/2
    >>> parse("f(p) + f(1-p)", "f(x) = x log x")
    p*log(p) + (1 - p)*log(1 - p)
    """
    source = _checked_text(text, "", "the text to parse")
    layout = arranged(text)
    reader = _Reader(given, base, conditions=[_condition(text, span) for span in layout.conditions])
    chains = reader.chains(source, layout)
    reader.resolve([side for chain in chains for side in chain.sides])
    if not any(chain.signs for chain in chains):
        side = reader.translated(chains[0].sides[0], source)
        reader.claim(side, "=", side)  # so that hypotheses that contradict each other are noticed
        return _printable(side, source)
    claims: list[Claim] = []
    for chain in chains:
        sides = [reader.translated(side, source, is_claim=True) for side in chain.sides]
        for place, sign in enumerate(chain.signs):
            claims += reader.related(sides[place], sign, sides[place + 1], chain.sides[place + 1], source)
    return tuple(claims) if len(claims) > 1 else claims[0]


def _printable(expression: Expr, source: Source) -> Expr:
    """Return an expression whose numbers Python prints; raise `ParseError` for a longer one."""
    for number in distinct(expression):
        if isinstance(number, Rational) and max(abs(int(number.p)), int(number.q)).bit_length() > _PRINTED_BITS:
            message = f"this stands for a number of more than {MAX_PRINTED_DIGITS} digits, which Python does not print"
            raise source.fail(message, (0, len(source.text)))
    return expression


@dataclass(frozen=True, slots=True)
class Link:
    r"""A relation between two neighbours in a chain.

    ``left``, ``sign`` and ``right`` are as written; ``span`` is where the link stands, ``line`` (from 1) that of its sign, and
    ``chain`` the number of its chain (from 0). ``kind`` is ``relation``, ``definition`` (``:=``) or ``rounding`` (``\\approx``). The link
    is true if all of its ``claims`` are: a rounding has two, any other link one. Where there are none, ``error`` says why.
    ``start`` is the first side of the chain, if it has a value.
    """

    left: str
    sign: str
    right: str
    span: Span
    line: int
    chain: int
    kind: str
    claims: tuple[Claim, ...]
    error: SymentropyError | None = None
    start: Expr | None = None

    @property
    def claim(self) -> Claim | None:
        """The claim that the link is, if it is one."""
        return self.claims[0] if len(self.claims) == 1 else None


def parse_chain(text: str, given: Any = (), *, base: Any = E) -> tuple[Link, ...]:
    r"""Return the links of the chains in a text, each with its claims or the error that keeps it from being one.

    Parameters
    ----------
    text
        Text or LaTeX, over any number of lines. A line that starts with a relation continues the line before; others are chains of
        their own.
    given, base
        As for `parse`.

    Raises
    ------
    ParseError
        For text that cannot be read, and for text without a relation. What is undefined in one link is the ``error`` of that link.
    DomainError
        For hypotheses that contradict each other.

    Examples
    --------
    >>> for link in parse_chain("log 4 = 2 log 2 \\approx 1.386\nlog(-1) = 0 < 1"):
    ...     print(link.line, link.kind, [str(claim) for claim in link.claims], link.error)
    1 relation ['log(4) = 2*log(2)'] None
    1 rounding ['2*log(2) >= 2771/2000', '2*log(2) < 1387/1000'] None
    2 relation [] the logarithm of a negative number is not defined: log(-1)
    2 relation ['0 < 1'] None
    """
    source = _checked_text(text, "", "the chain")
    layout = arranged(text)
    reader = _Reader(given, base, conditions=[_condition(text, span) for span in layout.conditions])
    chains = reader.chains(source, layout)
    if not any(chain.signs for chain in chains):
        raise source.fail("a chain has at least one relation such as = or <=, and this has none", (0, len(text)))
    reader.resolve([side for chain in chains for side in chain.sides])
    return tuple(link for number, chain in enumerate(chains) for link in _links(chain, number, reader, source, layout))


def _links(chain: Chain, number: int, reader: _Reader, source: Source, layout: Layout) -> Iterator[Link]:
    """Go through the links of a chain."""
    values: list[Expr | SymentropyError] = []
    for side in chain.sides:
        try:
            values.append(reader.translated(side, source, is_claim=True))
        except SymentropyError as error:  # noqa: PERF203 - the other sides have a value all the same
            values.append(error)
    start = values[0] if isinstance(values[0], Expr) else None
    for place, sign in enumerate(chain.signs):
        left, right = values[place], values[place + 1]
        trees = chain.sides[place : place + 2]
        problem: SymentropyError | None = None
        claims: tuple[Claim, ...] = ()
        if isinstance(left, Expr) and isinstance(right, Expr):
            try:
                claims = tuple(reader.related(left, sign, right, trees[1], source))
            except SymentropyError as failure:
                problem = failure
        else:
            problem = next(value for value in (left, right) if isinstance(value, SymentropyError))
        shown = [" ".join(layout.body[slice(*tree.span)].split()) for tree in trees]
        yield Link(
            shown[0],
            source.text[slice(*sign.span)],
            shown[1],
            (trees[0].span[0], trees[1].span[1]),
            source.text.count("\n", 0, sign.span[0]) + 1,
            number,
            _KINDS.get(sign.text, "relation"),
            claims,
            problem,
            start,
        )


_KINDS = {":=": "definition", "approx": "rounding"}


def _condition(text: str, span: Span) -> Source:
    """Return the text of a condition inside a formula; places in it are those in the text."""
    start, stop = span
    return Source(" " * start + text[start:stop].rstrip(" .,;\n&)]"), "the condition in this text")


def parse_claim(claim: Any, given: Any = (), *, base: Any = E) -> Claim:
    """Return the one claim that a text, a SymPy relation or a `Claim` stands for, under what is given.

    A SymPy relation is kept as it stands. Statements in text that have the names of its symbols speak about these.

    Raises `ParseError` for text that is no claim or a chain of them, `DomainError` for true and false and for contradictions.

    >>> from sympy import Ge, log
    >>> from sympy.abc import x
    >>> print(parse_claim(Ge(x, log(x)), "x > 0"))
    x >= log(x) for x > 0
    >>> parse_claim("a = b = c", "a, b, c real")
    Traceback (most recent call last):
    ...
    symentropy.errors.ParseError: this is a chain of 2 relations, and one is expected here, at line 1, column 1:
      a = b = c
      ^^^^^^^^^
    """
    if isinstance(claim, str):
        source = _checked_text(claim, "", "the claim")
        reader = _Reader(given, base)
        chain = reader.chain(source)
        if len(chain.signs) != 1:
            found = (
                f"a chain of {len(chain.signs)} relations, and one" if chain.signs else "an expression, and a relation such as H(P) >= 0"
            )
            raise source.fail(f"this is {found} is expected here", (0, len(claim)))
        reader.resolve(chain.sides)
        left, right = (reader.translated(side, source) for side in chain.sides)
        return reader.claim(left, chain.signs[0].text, right)
    if isinstance(claim, Claim):
        reader = _Reader(given, base, (claim.lhs, claim.rhs, *claim.hypotheses))
        reader.resolve(())
        return reader.claim(claim.lhs, claim.relation, claim.rhs, claim.hypotheses, exists=claim.exists)
    if isinstance(claim, (bool, BooleanAtom)):
        raise DomainError(_TRUTH.format(str(bool(claim)).lower()))
    if not isinstance(claim, Relational):
        raise DomainError(f"{shorten(repr(claim))} is not a claim: give text, a SymPy relation, or Claim(a, '>=', b)")
    reader = _Reader(given, base, (claim.lhs, claim.rhs))
    reader.resolve(())
    return reader.claim(claim.lhs, relation_sign(type(claim)), claim.rhs)


def claim_between(lhs: Any, relation: str, rhs: Any, given: Any = (), *, base: Any = E, labels: Sequence[str] = ("", "")) -> Claim:
    """Return the claim between two sides, each text, LaTeX or SymPy, under what is given.

    ``labels``: how messages call the two texts. If one side is SymPy, its symbols give the names in the texts their meaning.

    >>> from sympy.abc import x
    >>> print(claim_between("log(x^2)", "=", 2*x, "x > 1"))
    log(x**2) = 2*x for x > 1
    """
    sources = [
        _checked_text(side, label, "a side") if isinstance(side, str) else None for side, label in zip((lhs, rhs), labels, strict=True)
    ]
    known = [exact(side, "a side of the claim") for side in (lhs, rhs) if not isinstance(side, str)]
    reader = _Reader(given, base, known)
    trees = [None if source is None else reader.side(source) for source in sources]
    reader.resolve([tree for tree in trees if tree is not None])
    sides = [
        exact(side, "a side of the claim") if tree is None or source is None else reader.translated(tree, source)
        for side, tree, source in zip((lhs, rhs), trees, sources, strict=True)
    ]
    return reader.claim(sides[0], relation, sides[1])


class _Reader:
    """Reads texts under the same statements; ``known`` are SymPy expressions whose symbols the names in the texts mean."""

    def __init__(self, given: Any, base: Any, known: Iterable[Basic] = (), conditions: Sequence[Source] = ()) -> None:
        texts, self.relations = _split_given(given)
        texts += conditions
        self.own, arrays = _symbols_of(known)
        self.scope = Scope({**_symbols_of(self.relations)[0], **self.own})
        self.scope.arrays.update({**_symbols_of(self.relations)[1], **arrays})
        self.scope.indexed.update(self.scope.arrays)
        self.translator = Translator(self.scope, checked_base(base))
        self.given = Given(texts, self.scope)
        self.facts: list[Boolean] = []
        self.cancelled: dict[Expr, list[Boolean]] = {}  # side -> what its text needs and it does not show any more

    def chains(self, source: Source, layout: Layout) -> list[Chain]:
        """Return the trees of a text with relations, over any number of lines."""
        with source.reading():
            try:
                parser = ChainParser(layout.body, self.scope)
                parser.arrange(layout.rows)
                chains = parser.chains()
            except ParseError as error:
                raise ParseError(error.message, source.text, error.span) from None
        signs = [sign for chain in chains for sign in chain.signs]
        if len(signs) > MAX_RELATIONS:
            raise source.fail(f"a chain has at most {MAX_RELATIONS} relations", signs[MAX_RELATIONS].span)
        silent = [chain for chain in chains if not chain.signs]
        if silent and len(chains) > 1:
            raise source.fail("this line has no relation, and the others have", silent[0].sides[0].span)
        if parser.bare and self.given.variables and "P" not in self.given.defined:
            raise source.fail(f"write H({self.given.variables[0]}), or H(P) for a pmf P", parser.bare[0])
        return chains

    def chain(self, source: Source) -> Chain:
        """Return the tree of a text that is one chain."""
        with source.reading():
            layout = arranged(source.text)
        if layout.conditions:
            raise source.fail("a condition stands here: it belongs to given", layout.conditions[0])
        chains = self.chains(source, layout)
        if len(chains) > 1:
            raise source.fail("one formula is expected, and another starts here", chains[1].sides[0].span)
        return chains[0]

    def related(self, left: Expr, sign: Token, right: Expr, tree: Node, source: Source) -> Iterator[Claim]:
        """Go through the claims that a relation amounts to: a rounding is two."""
        if sign.text != "approx":
            yield self.claim(left, "=" if sign.text == ":=" else sign.text, right)
            return
        low, high, below, above = roundings.bounds_of(tree, source)
        yield self.claim(left, below, low)
        yield self.claim(left, above, high)

    def side(self, source: Source) -> Node:
        """Return the tree of a text that is one expression."""
        chain = self.chain(source)
        if chain.signs:
            raise source.fail("one expression is expected, without a relation", chain.signs[0].span)
        return chain.sides[0]

    def translated(self, tree: Node, source: Source, *, is_claim: bool = False) -> Expr:
        """Return the expression of a side, and keep in mind what its text needs to be defined: exp(log(x)) has become x.

        In a claim, an index that no sum binds means that it is about each of them.
        """
        self.translator.forget()
        self.translator.binds_free_indices = is_claim
        try:
            side = self.translator.expression(tree, source)
        finally:
            self.translator.binds_free_indices = False
        left = distinct(side)
        gone = [fact for part in self.translator.written if part not in left and (fact := condition_of(part)) is not None]
        if gone:
            shown = {condition_of(part) for part in left if isinstance(part, (log, Pow))}
            self.cancelled.setdefault(side, []).extend(sorted({*gone} - shown, key=str))
        return side

    def resolve(self, trees: Sequence[Node]) -> None:
        """Give the names their meaning, once all trees are known."""
        self.given.resolve(trees, self.translator)
        self.facts = self.given.hypotheses(self.translator)

    def claim(self, lhs: Expr, relation: str, rhs: Expr, before: Sequence[Boolean] = (), *, exists: bool = False) -> Claim:
        """Return the claim with its hypotheses; raise `DomainError` if they contradict each other."""
        hypotheses = [*before, *self.relations, *self.facts, *self.cancelled.get(lhs, ()), *self.cancelled.get(rhs, ())]
        hypotheses += self._ranges((lhs, rhs))
        self._check_derivatives((lhs, rhs), hypotheses)
        hypotheses += self._taken_for_granted((lhs, rhs, *hypotheses))
        claim = Claim(lhs, relation, rhs, tuple(hypotheses), exists)
        check_consistent(claim.hypotheses)
        return claim

    def _check_derivatives(self, sides: Sequence[Expr], hypotheses: Sequence[Boolean]) -> None:
        """Refuse d/dp where an equation makes other numbers depend on p."""
        by = {variable for side in sides for part in side.atoms(Derivative) for variable in part.variables} & self.translator.totals
        for variable in sorted(by, key=str):
            for fact in hypotheses:
                equation = fact.relation if isinstance(fact, Each) else fact
                if isinstance(equation, Eq) and variable in equation.free_symbols and len(equation.free_symbols) > 1:
                    raise DomainError(
                        f"{shorten(str(fact))} makes other numbers depend on {variable}: define one of them in given, such as q = 1 - p, "
                        "or write \\partial for the derivative with the others fixed"
                    )

    def _taken_for_granted(self, parts: Sequence[Basic]) -> list[Boolean]:
        """Return the defaults of the names that occur."""
        symbols: set[Basic] = set().union(*(part.free_symbols for part in parts))
        arrays: set[Basic] = set().union(*(part.atoms(IndexedBase) for part in parts))
        found: list[Boolean] = []
        for name, symbol in self.scope.used.items():
            if symbol in symbols and name[0] in PMF_LETTERS and (len(name) == 1 or name[1] in "_'"):
                found += self._bounds(name, symbol)
        for pmf in self.scope.pmfs.values():
            if (pmf.atoms(IndexedBase) & arrays) or (not pmf.is_indexed and pmf.free_symbols & symbols):
                found += hypotheses_of(pmf)
        for law in self.scope.laws.values():  # q_1, q_2, q_3 add up to 1 where Q = [q_1, q_2, q_3], whether Q is named or not
            if isinstance(law, Finite) and not law.is_indexed and law.free_symbols & symbols:
                found += (fact for fact in hypotheses_of(law) if fact not in found)
        if CELLS in arrays:
            found.append(sizes_are_positive())
        bases = {symbol for symbol in self.scope.bases & set(self.scope.used.values()) if symbol.name.partition("_")[0] == "b"}
        if isinstance(self.translator.base, Symbol):
            bases.add(self.translator.base)
        return [*found, *(Ne(symbol, 1, evaluate=False) for symbol in sorted(bases & symbols, key=str))]

    def _ranges(self, sides: Sequence[Expr]) -> list[Boolean]:
        """Return the range of each index that no sum binds."""
        symbols: set[Basic] = set().union(*(side.free_symbols for side in sides))
        indices = [index for index in self.translator.loose.values() if index in symbols]
        return [fact for index in indices for fact in (Le(S.One, index, evaluate=False), Le(index, self.scope.size, evaluate=False))]

    def _bounds(self, name: str, symbol: Symbol) -> list[Boolean]:
        known = self.given.knowledge.get(name)
        below = StrictLessThan(S.Zero, symbol, evaluate=False)
        above = StrictLessThan(symbol, S.One, evaluate=False)
        frees = (False, False) if known is None else (known.frees_below, known.frees_above)
        return [bound for bound, is_free in zip((below, above), frees, strict=True) if not is_free or bound in self.facts]


def _checked_text(text: Any, label: str, what: str) -> Source:
    if not isinstance(text, str):
        raise DomainError(f"{what} is {shorten(repr(text))}, which is no text")
    return Source(text, label)


def _split_given(given: Any) -> tuple[list[Source], list[Boolean]]:
    """Return the statements in text, with their numbers, and those in SymPy."""
    statements = [given] if isinstance(given, (str, Basic)) else list(given)
    if len(statements) > MAX_STATEMENTS:
        raise DomainError(f"given has at most {MAX_STATEMENTS} statements")
    texts: list[Source] = []
    relations: list[Boolean] = []
    for place, statement in enumerate(statements, start=1):
        label = f"given statement {place}"
        if isinstance(statement, str):
            texts.append(Source(statement, label if len(statements) > 1 else "given"))
            continue
        try:
            relations += checked_hypotheses([statement])
        except DomainError as error:
            raise DomainError(f"{label}: {error}") from None
    return texts, relations


def _symbols_of(expressions: Iterable[Basic]) -> tuple[dict[str, Symbol], dict[str, IndexedBase]]:
    """Return the symbols and the indexed names in expressions, by their spelling in the notation."""
    symbols: dict[str, Symbol] = {}
    arrays: dict[str, IndexedBase] = {}
    for expression in expressions:
        for array in sorted(expression.atoms(IndexedBase), key=str):
            arrays.setdefault(str(array.label), array)
        labels = {array.label for array in expression.atoms(IndexedBase)}
        for symbol in sorted((s for s in expression.free_symbols if isinstance(s, Symbol) and s not in labels), key=str):
            try:
                name = spelled(symbol.name)
            except ParseError:
                continue  # a name that the notation cannot write is in no text
            if symbols.setdefault(name, symbol) != symbol:
                raise DomainError(f"two different symbols are called {name}: they have different assumptions")
    return symbols, arrays
