"""Bound variables: substitution that respects them, one spelling for sums, and facts for each index applied to one.

Main definitions
----------------
* `replaced`, substitution in which nothing is captured.
* `canonical_sums`: sums that differ in the name of the index, or by constant factors, become equal.
* `matches`: the values of bound variables for which a pattern such as w[i, j] is a given w[2, k].
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from sympy import Add, Basic, Dummy, Expr, Lambda, Mul, Sum, Symbol
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.function import AppliedUndef, Subs
from sympy.tensor.indexed import Indexed

from symentropy.law import bound_symbol
from symentropy.proof.claim import Each
from symentropy.proof.forms import Unsupported, expression_of, form_of

#: Expressions that stand for one number for each value of their arguments.
Pattern = (Indexed, AppliedUndef)


def replaced(expression: Basic, values: Mapping[Basic, Basic]) -> Basic:
    """Return an expression with free symbols replaced; bound ones that would be mistaken for them are renamed.

    >>> from sympy.abc import i, n
    >>> from sympy import Sum
    >>> replaced(Sum(i + n, (i, 1, n)), {n: i}).doit() == Sum(n + i, (i, 1, n)).doit().subs(n, i)
    True
    """
    if not expression.has(ExprWithLimits, Lambda, Subs, Each):
        return expression.xreplace(dict(values))
    if isinstance(expression, (Lambda, Subs, Each)):
        raise Unsupported
    if isinstance(expression, ExprWithLimits):
        used = set(values).union(*(value.free_symbols for value in values.values()))
        names = {v: Dummy(v.name, **v._assumptions_orig) for v in expression.variables if v in used}
        body: Basic = expression
        if names:
            body = Basic.__new__(type(expression), *(_renamed(argument, names) for argument in expression.args))
        return expression.func(*(replaced(argument, values) for argument in body.args))
    if not expression.args:
        return expression
    return expression.func(*(replaced(argument, values) for argument in expression.args))


def _renamed(expression: Basic, names: Mapping[Basic, Basic]) -> Basic:
    return replaced(expression, names)


def unused(place: int, *expressions: Basic, **assumptions: bool) -> Symbol:
    """Return the first private symbol from a place on that occurs nowhere in the expressions, free or bound."""
    taken: set[Basic] = set().union(*(expression.atoms(Symbol) for expression in expressions))
    while (symbol := bound_symbol("k", place, **assumptions)) in taken:
        place += 1
    return symbol


def canonical_sums(expression: Expr) -> Expr:
    """Return an expression with each finite sum written with a private index, term by term, constant factors in front.

    >>> from sympy import IndexedBase, symbols
    >>> i, j, n, a = symbols("i j n a", integer=True)
    >>> p = IndexedBase("p")
    >>> canonical_sums(Sum(a*p[i], (i, 1, n))) == a*canonical_sums(Sum(p[j], (j, 1, n)))
    True
    """
    if not expression.has(Sum):
        return expression
    arguments = [canonical_sums(argument) if isinstance(argument, Expr) else argument for argument in expression.args]
    if not isinstance(expression, Sum):
        return expression.func(*arguments) if tuple(arguments) != expression.args else expression
    limits = expression.limits
    if any(len(limit) != 3 or not limit[1].is_integer or limit[2].is_infinite for limit in limits):
        return expression
    if any(set(expression.variables) & end.free_symbols for limit in limits for end in limit[1:]):
        return expression
    if len(set(expression.variables)) < len(limits):
        return expression
    body = arguments[0]
    # The indices are moved out of the way first, so that one that is private already keeps its name.
    aside = {variable: Dummy(variable.name, integer=True) for variable in expression.variables}
    body = replaced(body, aside)
    made: list[tuple[Symbol, Expr, Expr]] = []
    for variable, low, high in limits:
        index = unused(0, body, *(made_index for made_index, _, _ in made), low, high, integer=True)
        body = replaced(body, {aside[variable]: index})
        made.append((index, low, high))
    return Add(*_by_term(body, made))


def _by_term(body: Expr, limits: list[tuple[Symbol, Expr, Expr]]) -> Iterator[Expr]:
    indices = {limit[0] for limit in limits}
    for monomial, value in form_of(body).items():
        inside = frozenset((atom, exponent) for atom, exponent in monomial if atom.free_symbols & indices)
        outside = expression_of({monomial - inside: value})
        if inside:
            yield Mul(outside, Sum(expression_of({inside: Fraction(1)}), *limits))
        else:
            yield Mul(outside, *(high - low + 1 for _, low, high in limits))


def patterns(relation: Basic, variables: Iterable[Symbol]) -> list[Basic]:
    """Return the indexed symbols and function values in a relation that have a bound variable as an argument of its own."""
    bound = set(variables)
    return sorted((part for part in relation.atoms(*Pattern) if bound & set(_places(part))), key=str)


def _places(pattern: Basic) -> tuple[Basic, ...]:
    return tuple(pattern.indices if isinstance(pattern, Indexed) else pattern.args)


def _head(pattern: Basic) -> Basic | type:
    return pattern.base if isinstance(pattern, Indexed) else pattern.func


def matches(pattern: Basic, given: Basic, variables: Iterable[Symbol], wild: Iterable[Symbol] = ()) -> dict[Basic, Basic] | None:
    """Return the values of the variables for which a pattern is the given expression; other bound symbols (``wild``) match anything."""
    if type(pattern) is not type(given) or _head(pattern) != _head(given):
        return None
    places, values = _places(pattern), _places(given)
    if len(places) != len(values):
        return None
    bound, free = set(variables), set(wild)
    found: dict[Basic, Basic] = {}
    for place, value in zip(places, values, strict=True):
        if place in bound:
            if found.setdefault(place, value) != value:
                return None
        elif place not in free and place != value:
            return None
    return found if found.keys() == bound else None


def bound_in(expression: Basic) -> set[Symbol]:
    """Return the symbols that sums, products and integrals in an expression bind."""
    return {variable for part in expression.atoms(ExprWithLimits) for variable in part.variables}
