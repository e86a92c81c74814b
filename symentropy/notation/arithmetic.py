"""Sums, products and powers of what has been read, exact and in bounded time.

Main definitions
----------------
* `Term`, an expression with its estimated `Size`.
* `add`, `multiply`, `power`: n-ary where SymPy's are, so that 50 000 terms cost one `Add`; rational numbers are combined first.
* `UndefinedError`, for what has no value: division by zero, the root of a negative number, oo - oo.

Left out: simplification; what comes back is what SymPy makes of the same terms.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from sympy import Add, Expr, Integer, Mul, Pow, Rational, S, exp, integer_nthroot

from symentropy.notation import bounds
from symentropy.notation.bounds import Size, TooLargeError


class UndefinedError(Exception):
    """A construct without a value; the text says why."""


class Term(NamedTuple):
    """An expression that was read and an upper estimate of what it may grow into."""

    expr: Expr
    size: Size


def measured(expr: Expr, estimate: Size) -> Term:
    """Return an expression with its size: exact for a number, else the estimate. Refuse what is not a value."""
    if expr is S.NaN or expr is S.ComplexInfinity:
        raise UndefinedError("this has no value")
    return Term(expr, bounds.of_rational(expr) if isinstance(expr, Rational) else estimate)


def number(value: Rational) -> Term:
    """Return the term of an exact number."""
    return Term(value, bounds.of_rational(value))


def add(terms: Sequence[Term]) -> Term:
    """Return the sum."""
    summands: dict[Expr, list[Expr]] = {}
    denominators = set()
    for term in terms:
        for summand in Add.make_args(term.expr):
            coefficient, rest = summand.as_coeff_Mul(rational=True)
            summands.setdefault(rest, []).append(summand)
            denominators.add(int(coefficient.q))
    size = bounds.of_sum([term.size for term in terms], sum(math.log2(value) for value in denominators))
    collected = [alike[0] if len(alike) == 1 else _collected(rest, alike) for rest, alike in summands.items()]
    return measured(Add(*collected), size)


def _collected(rest: Expr, alike: Sequence[Expr]) -> Expr:
    """Return the sum of rational multiples of the same expression."""
    return _total([summand.as_coeff_Mul(rational=True)[0] for summand in alike]) * rest


def _total(values: Sequence[Rational]) -> Rational:
    """Return the sum of rational numbers: first those over the same denominator, then the halves of the list."""
    numerators: dict[int, int] = {}
    for value in values:
        numerators[int(value.q)] = numerators.get(int(value.q), 0) + int(value.p)
    fractions = [(top, bottom) for bottom, top in numerators.items()]
    while len(fractions) > 1:
        pairs = zip(fractions[::2], fractions[1::2], strict=False)
        merged = [(a * d + c * b, b * d) for (a, b), (c, d) in pairs]
        fractions = merged + (fractions[-1:] if len(fractions) % 2 else [])
    return Rational(*fractions[0])


def negate(term: Term) -> Term:
    """Return the opposite."""
    easy = term.size.effort <= bounds.MAX_PRODUCT_EFFORT
    return measured(-term.expr if easy else Mul(S.NegativeOne, term.expr, evaluate=False), term.size)


def multiply(factors: Sequence[Term]) -> Term:
    """Return the product."""
    size = bounds.of_product([factor.size for factor in factors])
    numbers = [factor.expr for factor in factors if isinstance(factor.expr, Rational)]
    others = [factor.expr for factor in factors if not isinstance(factor.expr, Rational)]
    _check_exponents(others)
    if len({factor.expr for factor in factors if factor.size.constant} - set(numbers)) > bounds.MAX_CONSTANTS:
        raise TooLargeError("there are too many different roots and constants in this product")
    coefficient = Rational(math.prod(int(value.p) for value in numbers), math.prod(int(value.q) for value in numbers))
    if not others:
        return number(coefficient)
    if coefficient == 0 and any(other.is_infinite for other in others):
        raise UndefinedError("zero times infinity has no value")
    easy = size.effort <= bounds.MAX_PRODUCT_EFFORT
    made = Mul(coefficient, *others) if easy else Mul(*([coefficient] if coefficient != 1 else []), *others, evaluate=False)
    return measured(made, size)


def _check_exponents(factors: Sequence[Expr]) -> None:
    """Refuse p^(1/2) p^(1/3) p^(1/5) ..., whose exponents SymPy would add one by one over a growing denominator."""
    exponents = {factor.as_base_exp()[1] for factor in factors if isinstance(factor, (Pow, exp))}
    denominators = {int(value.q) for exponent in exponents for value in exponent.atoms(Rational)}
    if sum(math.log2(value) for value in denominators) > bounds.MAX_ROOT_BITS:
        raise TooLargeError("there are too many different roots in this product")


def power(base: Term, exponent: Term) -> Term:
    """Return the power; under an exponent that is not an integer the base must not be negative."""
    if isinstance(base.expr, Rational) and isinstance(exponent.expr, Rational):
        return _rational_power(base.expr, exponent.expr)
    size = bounds.of_power(base.size, exponent.size, numeric=isinstance(exponent.expr, Rational))
    easy = size.effort <= bounds.MAX_EFFORT and not exponent.size.opaque
    if easy and base.expr is S.Zero and exponent.expr.is_negative:
        raise UndefinedError("division by zero")
    if easy and base.size.constant and exponent.expr.is_integer is False and base.expr.is_negative:
        raise UndefinedError(_NOT_REAL)
    if base.size.bits > bounds.MAX_ROOT_BITS and not isinstance(exponent.expr, Integer):
        raise TooLargeError("the numbers under this root or power are too long")
    if exponent.expr is S.One:
        return base
    if base.expr is S.Exp1:
        return measured(exp(exponent.expr, evaluate=easy), size)
    return measured(Pow(base.expr, exponent.expr, evaluate=easy), size)


_NOT_REAL = "a negative number to a power that is not an integer is not real"


def reciprocal(term: Term) -> Term:
    """Return 1 over a term."""
    return power(term, number(S.NegativeOne))


def root(base: Term, index: Term) -> Term:
    """Return the root of the given index, real for an odd index and a negative number."""
    if isinstance(base.expr, Rational) and base.expr < 0 and isinstance(index.expr, Integer) and int(index.expr) % 2:
        return negate(root(negate(base), index))
    return power(base, reciprocal(index))


def _rational_power(base: Rational, exponent: Rational) -> Term:
    """Return a power of numbers, computed only if it has at most `bounds.MAX_DIGITS` digits."""
    if base == 0 and exponent < 0:
        raise UndefinedError("division by zero")
    if abs(exponent) == 1:  # a number as written may be longer than a power that is computed
        return number(base if exponent == 1 else 1 / base)
    size = bounds.of_power(bounds.of_rational(base), bounds.of_rational(exponent), numeric=True)
    if isinstance(exponent, Integer) or base in (0, 1):
        return number(base**exponent)
    if base < 0:
        raise UndefinedError(_NOT_REAL)
    roots = [integer_nthroot(int(part), int(exponent.q)) for part in (base.p, base.q)]
    if all(exact for _, exact in roots):
        return number(Rational(roots[0][0], roots[1][0]) ** exponent.p)
    if bounds.bits_of(base) > bounds.MAX_ROOT_BITS:
        raise TooLargeError("the number under this root is too long")
    return measured(Pow(base, exponent), size)
