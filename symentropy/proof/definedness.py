"""What must hold for an expression to be a real number.

Main definitions
----------------
* `obligations` of an expression: relations that together are enough, and the parts about which nothing is known.
* `undischarged`, those of them that a domain does not imply.
* `never`, whether a relation fails at every point of a domain.
* `REQUIRED`, the table: SymPy class -> what its arguments must satisfy. A new function is a new row.

Main statements
---------------
A symbol, an indexed symbol and a function without a definition are real numbers everywhere, unless they are declared to be something
else: one that is ``extended_real`` may be oo, and one that is ``complex`` may have no order. A noun of finite pmfs is defined where its
definition is, with 0 log 0 = 0; where p > 0 meets q = 0 the value is oo, which is not a real number. What stands in a sum must be
defined for each index in its range, and the range must not be shorter than empty.

A derivative is that of the expression as it is written, the other symbols fixed. It is defined where what is differentiated is smooth and
defined around the point, so that its conditions hold strictly, and the derivative has a value; that of zeta has one.

Left out on purpose: whether infinite sums, integrals and the quantities of families converge, their derivatives, and where
gamma(x) has a value at x < 0. They are unknown, or required to be elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

import sympy as sp
from sympy import Basic, Contains, Derivative, Dummy, Expr, Ge, Gt, Le, Lt, Ne, Or, S
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean
from sympy.tensor.indexed import Indexed, IndexedBase

from symentropy.definitions import Aligned, Pairs, integer_pairs, paired
from symentropy.distribution import pmf_of
from symentropy.errors import SymentropyError
from symentropy.proof.claim import Each
from symentropy.proof.domain import ALLOWED, Domain, is_infinite
from symentropy.proof.indices import replaced, unused
from symentropy.proof.unfolding import unfolded
from symentropy.quantities import Surprise
from symentropy.quantity import Mean, Quantity
from symentropy.smooth import NotDifferentiable, slopes, smooth_derivative


class Obligations(NamedTuple):
    """Relations that together make an expression a real number, unless a part is ``unknown``: nothing can be said about it."""

    relations: tuple[Boolean, ...]
    unknown: tuple[Expr, ...]


#: A relation, or a part that is unknown.
Obligation: TypeAlias = Any  # Boolean | Expr; SymPy has no types of its own
Required = Callable[[Any], Iterable[Obligation]]


def obligations(expression: Expr) -> Obligations:
    """Return what must hold for an expression to be a real number.

    >>> from sympy import IndexedBase, Sum, log, symbols
    >>> p, q, n, i = symbols("p q n i")
    >>> obligations(log(p)/q).relations
    (Ne(q, 0), p > 0)
    >>> obligations(p**2 + sp.exp(q)), obligations(sp.oo)
    (Obligations(relations=(), unknown=()), Obligations(relations=(), unknown=(oo,)))
    """
    found = dict.fromkeys(_walk(expression))
    relations = tuple(filter(is_statement, found))
    return Obligations(relations, tuple(part for part in found if not is_statement(part)))


def is_statement(part: Obligation) -> bool:
    """Return whether an obligation is a relation rather than an unknown part; a SymPy symbol is both a number and a truth value.

    >>> from sympy.abc import x
    >>> is_statement(Gt(x, 0)), is_statement(x)
    (True, False)
    """
    return isinstance(part, Boolean) and not isinstance(part, Expr)


def undischarged(expression: Expr, domain: Domain) -> tuple[Obligation, ...]:
    """Return the obligations of an expression that a domain does not imply, in order of appearance, and its unknown parts.

    >>> from sympy import Gt, Lt, log
    >>> from sympy.abc import p
    >>> undischarged(log(p) + log(1 - p), Domain([Gt(p, 0)]))
    (1 - p > 0,)
    """
    return tuple(part for part in dict.fromkeys(_walk(expression)) if not (is_statement(part) and domain.implies(_evaluated(part))))


def _evaluated(part: Boolean) -> Boolean:
    """Return a relation with derivatives replaced by their values: where these are defined is an obligation of its own."""
    return unfolded(part) if part.has(Derivative) else part


def never(relation: Boolean, domain: Domain) -> bool:
    """Return whether a domain proves that a relation fails at every point.

    >>> from sympy import Gt, Lt
    >>> from sympy.abc import p
    >>> domain = Domain([Gt(p, 0), Lt(p, 1)])
    >>> never(Gt(p - 1, 0), domain), never(Gt(2*p - 1, 0), domain)
    (True, False)
    """
    if isinstance(relation, Relational):
        sides = (relation.lhs, relation.rhs)
        return not any(map(is_infinite, sides)) and not domain.mask(relation.lhs - relation.rhs) & ALLOWED[relation.rel_op]
    if isinstance(relation, (Or, sp.And)):
        return (all if isinstance(relation, Or) else any)(never(part, domain) for part in relation.args)
    if isinstance(relation, Each):
        return _each_fails(relation, domain)
    return relation in (False, sp.false)


def _each_fails(relation: Each, domain: Domain) -> bool:
    """Whether there is an index, and the relation fails for all of them."""
    if len(relation.limits) != 1 or len(relation.limits[0]) != 3:
        return False
    ((variable, low, high),) = relation.limits
    index = unused(30, relation, *domain.hypotheses, integer=True)
    inside = domain.under(Le(low, index, evaluate=False), Le(index, high, evaluate=False))
    return domain.is_integer(low) and domain.is_nonnegative(high - low) and never(replaced(relation.relation, {variable: index}), inside)


# The walk through an expression


def _walk(expression: Basic) -> Iterator[Obligation]:
    """Return the obligations of an expression and of all its parts."""
    for kind in type(expression).__mro__:
        if kind in _WHOLE:
            yield from _WHOLE[kind](expression)
            return
        if kind in REQUIRED:
            yield from filter(_says_something, REQUIRED[kind](expression))
            for argument in expression.args:
                yield from _walk(argument)
            return
    yield expression


def _says_something(obligation: Obligation) -> bool:
    """Whether a relation is more than one between two rationals that holds."""
    if isinstance(obligation, Relational) and obligation.lhs.is_Rational and obligation.rhs.is_Rational:
        return obligation.func(obligation.lhs, obligation.rhs) != sp.true
    return not (isinstance(obligation, Contains) and obligation.func(*obligation.args) == sp.true)


def _positive(expression: Expr) -> Boolean:
    return Gt(expression, 0, evaluate=False)


def _not_negative(expression: Expr) -> Boolean:
    return Ge(expression, 0, evaluate=False)


def _not_zero(expression: Expr) -> Boolean:
    return Ne(expression, 0, evaluate=False)


def _symbol(symbol: Expr) -> Iterator[Obligation]:
    is_real = symbol.is_real or (symbol.is_extended_real is None and not symbol.is_complex and not symbol.is_infinite)
    if symbol.is_commutative is False or not is_real:
        yield symbol


def _number(number: Expr) -> Iterator[Obligation]:
    if not (number.is_Rational or (isinstance(number, sp.NumberSymbol) and number.is_real)):
        yield number


def _power(power: Expr) -> Iterator[Obligation]:
    base, exponent = power.args
    if exponent.is_Integer or (exponent.is_integer and not exponent.is_Rational):
        if not exponent.is_nonnegative:
            yield _not_zero(base)
    elif exponent.is_Rational and exponent.is_positive:
        yield _not_negative(base)
    else:
        yield _positive(base)


def _gamma(function: Expr) -> Iterator[Obligation]:
    (x,) = function.args
    if not (x.is_Rational and not x.is_Integer):
        yield _positive(x)


def _polygamma(function: Expr) -> Iterator[Obligation]:
    order, x = function.args
    yield Contains(order, S.Naturals0, evaluate=False)
    yield _positive(x)


def _zeta(function: Expr) -> Iterator[Obligation]:
    s, *shift = function.args
    if not shift or shift == [1]:
        yield _not_zero(s - 1)
    else:
        yield from (_positive(s - 1), _positive(shift[0]))


def _binomial(function: Expr) -> Iterator[Obligation]:
    """For k = 0, 1, ... it is n (n - 1) ... (n - k + 1)/k! for every real n."""
    n, k = function.args
    either = (Contains(n, S.Naturals0, evaluate=False), Contains(k, S.Naturals0, evaluate=False))
    if not any(part.func(*part.args) == sp.true for part in either):
        yield Or(*either, evaluate=False)
    yield Contains(k, S.Integers, evaluate=False)


def _logarithm(function: Expr) -> Iterator[Obligation]:
    yield from (_positive(argument) for argument in function.args)
    if len(function.args) != 1:
        yield function


#: SymPy class -> what its arguments must satisfy, besides being real numbers.
REQUIRED: dict[Any, Required] = {
    **dict.fromkeys((sp.Add, sp.Mul, sp.exp, sp.Abs, sp.sign, sp.Max, sp.Min, sp.floor, sp.ceiling), lambda _: ()),
    **dict.fromkeys((sp.sin, sp.cos, sp.sinh, sp.cosh, sp.tanh, sp.sech, sp.asinh, sp.atan, sp.erf, sp.erfc), lambda _: ()),
    sp.KroneckerDelta: lambda _: (),
    AppliedUndef: _symbol,
    sp.Pow: _power,
    sp.log: _logarithm,
    sp.tan: lambda f: [_not_zero(sp.cos(f.args[0]))],
    sp.coth: lambda f: [_not_zero(f.args[0])],
    sp.csch: lambda f: [_not_zero(f.args[0])],
    sp.atanh: lambda f: [_positive(1 - f.args[0]), _positive(1 + f.args[0])],
    sp.acosh: lambda f: [_not_negative(f.args[0] - 1)],
    sp.asin: lambda f: [_not_negative(1 - f.args[0]), _not_negative(1 + f.args[0])],
    sp.acos: lambda f: [_not_negative(1 - f.args[0]), _not_negative(1 + f.args[0])],
    sp.gamma: _gamma,
    sp.loggamma: lambda f: [_positive(f.args[0])],
    sp.digamma: lambda f: [_positive(f.args[0])],
    sp.trigamma: lambda f: [_positive(f.args[0])],
    sp.polygamma: _polygamma,
    sp.factorial: lambda f: [_positive(f.args[0] + 1)],
    sp.harmonic: lambda f: [_positive(f.args[0] + 1)] if len(f.args) == 1 else [f],
    sp.binomial: _binomial,
    sp.beta: lambda f: [_positive(argument) for argument in f.args],
    sp.zeta: _zeta,
    sp.lowergamma: lambda f: [_positive(f.args[0]), _not_negative(f.args[1])],
    sp.uppergamma: lambda f: [_positive(f.args[0]), _not_negative(f.args[1])],
    **dict.fromkeys((sp.expint, sp.besseli, sp.besselk), lambda f: [_positive(f.args[1])]),
    sp.polylog: lambda f: [_positive(1 - f.args[1])],
    sp.LambertW: lambda f: [_not_negative(f.args[0] + sp.exp(-1))] if len(f.args) == 1 else [f],
    sp.Mod: lambda f: [_not_zero(f.args[1])],
}


def _indexed(indexed: Indexed) -> Iterator[Obligation]:
    yield from _symbol(indexed)
    for index in indexed.indices:
        yield from _walk(index)


def _sum(total: Expr) -> Iterator[Obligation]:
    """A finite sum or product: its term is defined for each index."""
    if any(len(limit) != 3 or any(end.is_infinite for end in limit[1:]) for limit in total.limits):
        yield total
        return
    if len(set(total.variables)) < len(total.limits) or any(v in end.free_symbols for v, *ends in total.limits for end in ends):
        yield total  # a name stands for two things
        return
    inner = list(_walk(total.function))
    for place, (variable, low, high) in enumerate(total.limits):
        inner = [_for_each(obligation, (variable, low, high), total) for obligation in inner]
        ends: list[Obligation] = [Contains(low, S.Integers, evaluate=False), Contains(high - low + 1, S.Naturals0, evaluate=False)]
        ends = [*filter(_says_something, ends), *_walk(low), *_walk(high)]
        if any(set(total.variables[place + 1 :]) & end.free_symbols for end in (low, high)):
            inner = [*ends, *inner]  # these depend on an index further out
        else:
            yield from ends
    yield from inner


def _for_each(obligation: Obligation, limit: tuple[Expr, Expr, Expr], total: Expr) -> Obligation:
    variable = limit[0]
    if variable not in obligation.free_symbols:
        return obligation
    if isinstance(obligation, Each):
        names = {bound: Dummy(bound.name, **bound._assumptions_orig) for bound in obligation.variables}
        limits = [tuple(replaced(part, names) for part in inner) for inner in obligation.limits]
        return Each(replaced(obligation.relation, names), *limits, limit)
    if not is_statement(obligation) or obligation.has(Each):
        return total
    return Each(obligation, limit)


def _piecewise(expression: Expr) -> Iterator[Obligation]:
    """Each branch under its condition, where those before fail; and one condition holds."""
    before: list[Boolean] = []
    for value, condition in expression.args:
        for argument in condition.args:
            yield from _walk(argument)
        if not isinstance(condition, Relational) and condition != sp.true:
            yield expression
            return
        elsewhere = [*before, *([] if condition == sp.true else [condition.negated])]
        for obligation in _walk(value):
            if is_statement(obligation):
                yield _either([*elsewhere, obligation])
            else:  # nothing is known about this branch, so it must not be taken
                yield _either(elsewhere) if elsewhere else expression
        before.append(condition)
    if before[-1] != sp.true:
        yield _either(before)


def _either(ways: list[Boolean]) -> Boolean:
    return Or(*ways, evaluate=False) if len(ways) > 1 else ways[0]


def _zeta_slope(expression: Expr) -> Iterator[Obligation]:
    """The derivative of zeta by its argument, at an expression of one's own where it is a Subs."""
    inner, names, values = expression.args if isinstance(expression, sp.Subs) else (expression, (), ())
    (argument,) = inner.variables if isinstance(inner, sp.Derivative) and len(inner.variables) == 1 else (None,)
    if argument is None or inner.expr != sp.zeta(argument) or tuple(names) not in ((), (argument,)):
        yield expression
        return
    (at,) = values or (argument,)
    yield from filter(_says_something, [_not_zero(at - 1)])
    yield from _walk(at)


def _noun(noun: Quantity) -> Iterator[Obligation]:
    """A noun is defined where its definition over finite pmfs is."""
    if isinstance(noun, Surprise):
        yield from filter(_says_something, [_positive(noun.args[0])])
        yield from _walk(noun.args[0])
        return
    P, Q = (pmf_of(noun.args[0]), pmf_of(noun.args[-1])) if isinstance(noun, Mean) else (None, None)
    if P is None or Q is None:
        yield noun
        return
    try:
        if P.weights and Q.weights:
            integers = integer_pairs(P, Q)
            if P != Q and (integers is None or not integers.is_inside):
                yield noun
            return
        pair = paired(P, Q)
    except SymentropyError:
        yield noun
        return
    yield from _of_pairs(pair) if isinstance(pair, Pairs) else _of_laws(noun, pair)


def _of_pairs(pair: Pairs) -> Iterator[Obligation]:
    if pair.condition != sp.true:
        yield pair.condition
    for p, q in pair.counts:
        yield from _walk(p)
        yield from filter(_says_something, [_not_negative(p)])
        if q is p or q == p or p.is_zero:
            continue
        yield from _walk(q)
        yield from filter(_says_something, [_positive(q)])


def _of_laws(noun: Quantity, pair: Aligned) -> Iterator[Obligation]:
    if pair.condition != sp.true or len(pair.first.limits) != 1 or not pair.first.is_finite:
        yield noun
        return
    variable, low, high = pair.first.limits[0]
    yield from filter(_says_something, [Contains(high - low + 1, S.Naturals, evaluate=False)])
    p, q = pair.first.density, pair.second.renamed(pair.first.variables).density
    inner = [*_walk(p), _not_negative(p)]
    if q != p:
        inner += [*_walk(q), _positive(q)]
    yield from (_for_each(obligation, (variable, low, high), noun) for obligation in inner)


#: Relation -> what holds around each point at which it holds for continuous sides.
_STRICT: dict[type, Any] = {Gt: Gt, Ge: Gt, Lt: Lt, Le: Lt, Ne: Ne}


def _derivative(expression: Derivative) -> Iterator[Obligation]:
    if isinstance(expression.expr, sp.zeta):
        yield from _zeta_slope(expression)
        return
    plain = expression.func(unfolded(expression.expr), *expression.args[1:])
    try:
        steps = slopes(plain) if isinstance(plain, Derivative) else []
        value = smooth_derivative(*steps[-1]) if steps else plain
    except NotDifferentiable:
        yield expression
        return
    for function in (expression.expr, *(function for function, _ in steps)):
        for obligation in _walk(function):
            yield _around(obligation, expression)
    yield from _walk(value)


def _around(obligation: Obligation, derivative: Derivative) -> Obligation:
    """Return what must hold for an obligation to hold also for values of the variables of a derivative that are close to their own."""
    if not obligation.has(*derivative.variables):
        return obligation
    if isinstance(obligation, Each):
        inner = _around(obligation.relation, derivative)
        is_free = not any(part.has(*derivative.variables) for limit in obligation.limits for part in limit)
        return Each(inner, *obligation.limits) if is_statement(inner) and is_free else derivative
    kind = _STRICT.get(type(obligation))
    return derivative if kind is None else kind(*obligation.args, evaluate=False)


def _of_matrix(function: Expr) -> Iterator[Obligation]:
    """A trace or a determinant is a number where the entries of the matrix are; those of a matrix symbol are real numbers."""
    yield from _entries(function.args[0], function)


def _entries(matrix: Basic, whole: Expr) -> Iterator[Obligation]:
    if isinstance(matrix, sp.MatrixBase):
        for entry in matrix.flat():
            yield from _walk(entry)
    elif isinstance(matrix, (sp.MatAdd, sp.MatMul, sp.Transpose, sp.Inverse)):
        if isinstance(matrix, sp.Inverse):
            yield _not_zero(sp.Determinant(matrix.arg))
        for part in matrix.args if not isinstance(matrix, sp.Inverse) else (matrix.arg,):
            yield from _entries(part, whole) if part.is_Matrix else _walk(part)
    elif not isinstance(matrix, (sp.MatrixSymbol, sp.Identity, sp.ZeroMatrix)):
        yield whole


#: SymPy class -> its obligations, those of its parts included.
_WHOLE: dict[Any, Required] = {
    sp.Symbol: _symbol,
    sp.Number: _number,
    sp.NumberSymbol: _number,
    Indexed: _indexed,
    IndexedBase: lambda _: (),
    sp.Sum: _sum,
    sp.Product: _sum,
    sp.Piecewise: _piecewise,
    Derivative: _derivative,
    sp.Subs: _zeta_slope,
    Quantity: _noun,
    **dict.fromkeys((sp.Trace, sp.Determinant), _of_matrix),
}
