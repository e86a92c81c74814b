"""Changes somewhere inside an expression: at one place, or everywhere at once.

Main definitions
----------------
* `changed`: an expression with one node replaced, or all of them at once.
* `occurrences`: an expression with a symbol replaced at one of the places where it occurs.
* `partners`, symbols that may be taken for one another; `exchanges`, the ways to exchange two distributions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from sympy import Add, Basic, Expr, IndexedBase, Sum, Symbol, preorder_traversal

from symentropy.finite import Finite

#: Nodes of an expression that are looked at.
MOST_NODES = 300
#: Letters of pmfs and their probabilities, which may be taken for one another.
LETTERS = ("p", "q", "r", "m", "u")
_NAME = re.compile(r"([A-Za-z]+)(?:_?(\d+)|_([A-Za-z]\w*))?('*)$")

Rule = Callable[[Expr], Iterable[Expr]]


def distinct_nodes(expression: Expr) -> list[Expr]:
    """Return the different nodes of an expression, without those inside distributions."""
    found: dict[Expr, None] = {}
    walk = preorder_traversal(expression)
    for node in walk:
        if isinstance(node, Finite):
            walk.skip()
        elif isinstance(node, Expr):
            found[node] = None
        if len(found) >= MOST_NODES:
            break
    return list(found)


def changed(expression: Expr, rule: Rule) -> Iterator[tuple[Expr, Expr, Expr]]:
    """Yield changed expressions with the node and what replaced it: one node at a time, then all that have a replacement at once."""
    first: dict[Expr, Expr] = {}
    for node in distinct_nodes(expression):
        for place, new in enumerate(rule(node)):
            if place == 0:
                first[node] = new
            yield expression.xreplace({node: new}), node, new
    if len(first) > 1:
        node, new = next(iter(first.items()))
        yield replaced_outside_in(expression, first), node, new


def changed_once(expression: Expr, rule: Rule) -> Iterator[tuple[Expr, Expr, Expr]]:
    """Yield expressions in which a node that occurs several times is changed at one of its places.

    >>> from sympy.abc import p
    >>> len(list(changed_once(abs(p) + abs(p) ** 3, lambda node: [-node] if node == abs(p) else [])))
    2
    """
    for node in distinct_nodes(expression):
        for new in rule(node):
            places = list(occurrences(expression, node, new))
            yield from ((made, node, new) for made in places if len(places) > 1)


def replaced_outside_in(expression: Expr, replacements: Mapping[Expr, Expr]) -> Expr:
    """Return an expression with nodes replaced, the outermost first, as `xreplace` does."""
    return expression.xreplace(dict(replacements))


def occurrences(expression: Basic, symbol: Basic, new: Basic) -> Iterator[Basic]:
    """Yield an expression with a symbol replaced at one place after the other.

    >>> from sympy.abc import p, q
    >>> list(occurrences(p + p**2, p, q))
    [p**2 + q, p + q**2]
    """
    if expression == symbol:
        yield new
        return
    if isinstance(expression, Sum):
        for inside in occurrences(expression.function, symbol, new):
            yield Sum(inside, *expression.limits)
        return
    for place, argument in enumerate(expression.args):
        if argument == symbol or argument.has(symbol):
            for inside in occurrences(argument, symbol, new):
                made = _rebuilt(expression, place, inside)
                if made != 0:
                    yield made


def _rebuilt(expression: Basic, place: int, argument: Any) -> Basic:
    arguments = list(expression.args)
    arguments[place] = argument
    return expression.func(*arguments)


def loses_terms(before: Basic, after: Basic) -> bool:
    """Whether terms have vanished, so that a change is not what it seems to be: q for p in p log(p/q) leaves nothing.

    >>> from sympy.abc import p, q
    >>> loses_terms(p + q + 1, 2 * p + 1), loses_terms(p - q + 1, 1)
    (False, True)
    """
    return after == 0 or _symbolic(after) <= _symbolic(before) - 2


def _symbolic(expression: Basic) -> int:
    """Return the number of terms with symbols, here and in the sums inside."""
    return sum(1 for node in preorder_traversal(expression) if isinstance(node, Add) for term in node.args if term.free_symbols)


def array_labels(expression: Basic) -> set[Any]:
    """Return the symbols that only name arrays: p of p[i]."""
    return {base.label for base in expression.atoms(IndexedBase)}


def name_parts(symbol: Any) -> tuple[str, str]:
    """Return the letters of a name and what follows.

    >>> name_parts(Symbol("mu_1")), name_parts(Symbol("sigma")), name_parts(Symbol("mu_1'"))
    (('mu', '1'), ('sigma', ''), ('mu', "1'"))
    """
    found = _NAME.match(str(symbol))
    return (found.group(1), "".join(part or "" for part in found.groups()[1:])) if found else (str(symbol), "")


def partners(symbols: Iterable[Basic]) -> Iterator[tuple[Symbol, Symbol]]:
    """Yield pairs of symbols, both ways round, of which one may stand where the other belongs: mu_1 and mu_2, p and q, sigma and tau."""
    listed = sorted((s for s in symbols if isinstance(s, Symbol)), key=str)
    for one, two in combinations(listed, 2):
        first, second = name_parts(one), name_parts(two)
        same_letter = first[0] == second[0]
        pmfs = first[0] in LETTERS and second[0] in LETTERS and first[1] == second[1]
        greek = first[1] == second[1] and first[0] not in LETTERS and second[0] not in LETTERS and one.assumptions0 == two.assumptions0
        if same_letter or pmfs or greek:
            yield one, two
            yield two, one


def exchanges(expression: Expr) -> Iterator[dict[Basic, Basic]]:
    """Yield the exchanges of two distributions, as replacements of symbols: p for q throughout, or subscript 1 for 2 throughout."""
    bases = expression.atoms(IndexedBase)
    labels = array_labels(expression)
    symbols = [s for s in expression.free_symbols if isinstance(s, Symbol) and s not in labels]
    named = {name_parts(s): s for s in symbols}
    arrays = {str(base.label): base for base in bases}
    letters = sorted({name_parts(s)[0] for s in symbols} | set(arrays))
    for one, two in combinations(letters, 2):
        pairs: list[tuple[Any, Any]] = [(s, named[two, end]) for (letter, end), s in named.items() if letter == one and (two, end) in named]
        if one in arrays and two in arrays:
            pairs.append((arrays[one], arrays[two]))
        if pairs:
            yield _both_ways(pairs)
    ends = sorted({end for _, end in named})
    for one, two in combinations(ends, 2):
        pairs = [(s, named[letter, two]) for (letter, end), s in named.items() if end == one and (letter, two) in named]
        if pairs:
            yield _both_ways(pairs)


def _both_ways(pairs: Sequence[tuple[Any, Any]]) -> dict[Basic, Basic]:
    return {**dict(pairs), **{two: one for one, two in pairs}}
