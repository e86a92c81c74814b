"""Functions that are written with exponentials, logarithms and roots, and recurrences of the gamma function and its relatives.

Main definitions: `REWRITTEN`, and readers for gamma, loggamma, digamma, polygamma, factorials, binomials and the beta function.

Main statement
--------------
The argument of a gamma function is x + k with an integer k. The smallest k in the expression is the representative, so that the function is
defined there, and for the others ``gamma(x + k) = (x + k - 1) ... (x + j) gamma(x + j)``. If a smaller k comes later the expression is read
again. A binomial coefficient is written with gamma functions only where the domain shows that their arguments are positive.

Left out on purpose: reflection and duplication formulas; zeta and erf, which are unknown functions.

Reference: NIST Digital Library of Mathematical Functions, 5.5 and 5.15.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from sympy import (
    Expr,
    FallingFactorial,
    RisingFactorial,
    acosh,
    acoth,
    asinh,
    atanh,
    beta,
    binomial,
    cosh,
    coth,
    csch,
    digamma,
    exp,
    factorial,
    gamma,
    log,
    loggamma,
    pi,
    polygamma,
    sech,
    sinh,
    sqrt,
    tanh,
    trigamma,
)

from symentropy.proof.canonical.generators import ONE, UNIT, Value, scaled
from symentropy.proof.canonical.limits import GaveUp
from symentropy.proof.canonical.reading import Reader, reads
from symentropy.proof.canonical.rings import constant

#: Functions by their definitions, for real arguments in their domains.
REWRITTEN: dict[type, Callable[[Expr], Expr]] = {
    sinh: lambda x: (exp(x) - exp(-x)) / 2,
    cosh: lambda x: (exp(x) + exp(-x)) / 2,
    tanh: lambda x: (exp(2 * x) - 1) / (exp(2 * x) + 1),
    coth: lambda x: (exp(2 * x) + 1) / (exp(2 * x) - 1),
    sech: lambda x: 2 / (exp(x) + exp(-x)),
    csch: lambda x: 2 / (exp(x) - exp(-x)),
    asinh: lambda x: log(x + sqrt(x**2 + 1)),
    acosh: lambda x: log(x + sqrt(x**2 - 1)),
    atanh: lambda x: log((1 + x) / (1 - x)) / 2,
    acoth: lambda x: log((x + 1) / (x - 1)) / 2,
}
#: A gamma function is shifted by at most this much.
MAX_SHIFT = 300


@reads(*REWRITTEN)
def _rewritten(reader: Reader, expression: Any) -> Value:
    return reader.read(REWRITTEN[type(expression)](expression.args[0]))


def _shifted(reader: Reader, argument: Value) -> tuple[Value, int]:
    """Return the representative x + j of an argument x + k, and k - j."""
    table = reader.space.table
    numerator = reader.space.settled(argument)
    own = Fraction(numerator.get(UNIT, 0))
    whole = math.floor(own)
    if constant(numerator) is not None:
        if own <= 0 and own.denominator == 1:
            raise GaveUp("a pole")
        least = 1 if own.denominator == 1 else 0
    else:
        fraction = table.total([numerator, {UNIT: -whole}])
        key = reader.space.key(fraction)
        least = reader.shifts.get(key, whole)
        if whole < least or key not in reader.shifts:
            reader.shifts_moved |= key in reader.shifts
            least = reader.shifts[key] = whole
    if abs(whole - least) > MAX_SHIFT:
        raise GaveUp("a large shift of a gamma function")
    return table.total([numerator, {UNIT: least - whole}]), whole - least


def _factors(reader: Reader, start: Value, shift: int) -> list[Value]:
    """Return the factors of gamma(start + shift)/gamma(start); for a negative shift those of its inverse."""
    table = reader.space.table
    return [table.total([start, {UNIT: k}]) for k in (range(shift) if shift >= 0 else range(shift, 0))]


def _gamma_of(reader: Reader, argument: Value) -> Value:
    space, table = reader.space, reader.space.table
    start, shift = _shifted(reader, argument)
    parts = _factors(reader, start, shift)
    ratio = table.products(parts if shift >= 0 else map(space.inverse, parts))
    number = constant(start)
    if number == 1:
        return ratio
    if number == Fraction(1, 2):
        return table.product(ratio, space.root(reader.read(pi), Fraction(1, 2)))
    return table.product(ratio, reader.opaque(gamma, [start], lambda arguments: gamma(*arguments)))


def _log_gamma_of(reader: Reader, argument: Value) -> Value:
    """Return log|gamma(argument)|, the shift as a sum of logarithms."""
    space, table = reader.space, reader.space.table
    start, shift = _shifted(reader, argument)
    logs = [scaled(space.log_abs(part), 1 if shift >= 0 else -1) for part in _factors(reader, start, shift)]
    return table.total([*logs, space.log_abs(_gamma_of(reader, start))])


def _polygamma_of(reader: Reader, order: int, argument: Value) -> Value:
    """Return polygamma(order, argument): the shift as ``(-1)^m m! sum of 1/(x + k)^(m + 1)``."""
    space, table = reader.space, reader.space.table
    start, shift = _shifted(reader, argument)
    factor = (-1) ** order * math.factorial(order) * (1 if shift >= 0 else -1)
    terms = [scaled(table.power(space.inverse(part), order + 1), factor) for part in _factors(reader, start, shift)]
    return table.total([*terms, _polygamma_atom(reader, order, start)])


def _polygamma_atom(reader: Reader, order: int, start: Value) -> Value:
    number = constant(start)
    if order == 0 and number in (1, Fraction(1, 2)):
        return reader.read(digamma(1 if number == 1 else Fraction(1, 2)))
    return reader.opaque((polygamma, order), [start], lambda arguments: polygamma(order, *arguments))


@reads(gamma)
def _gamma(reader: Reader, expression: Any) -> Value:
    return _gamma_of(reader, reader.read(expression.args[0]))


@reads(factorial)
def _factorial(reader: Reader, expression: Any) -> Value:
    return _gamma_of(reader, reader.space.table.total([reader.read(expression.args[0]), ONE]))


@reads(loggamma)
def _loggamma(reader: Reader, expression: Any) -> Value:
    return _log_gamma_of(reader, reader.read(expression.args[0]))


@reads(digamma, trigamma, polygamma)
def _polygamma(reader: Reader, expression: Any) -> Value:
    fixed = {digamma: 0, trigamma: 1}.get(type(expression))
    order = fixed if fixed is not None else constant(reader.read(expression.args[0]))
    argument = reader.read(expression.args[-1])
    if order is None or order.denominator != 1 or not 0 <= order <= MAX_SHIFT:
        raise GaveUp("a polygamma function of unknown order")
    return _polygamma_of(reader, int(order), argument)


def _ratio(reader: Reader, expression: Any, above: list[Value], below: list[Value]) -> Value:
    """Return a ratio of gamma functions of positive arguments; an unknown function where they may be negative."""
    space = reader.space
    if any(space.sign(argument) != ">" for argument in (*above, *below)):
        function = expression.func
        return reader.opaque(function, map(reader.read, expression.args), lambda arguments: function(*arguments))
    parts = [_gamma_of(reader, argument) for argument in above]
    parts += [space.inverse(_gamma_of(reader, argument)) for argument in below]
    return space.table.products(parts)


@reads(binomial)
def _binomial(reader: Reader, expression: Any) -> Value:
    table = reader.space.table
    n, k = map(reader.read, expression.args)
    count = constant(k)
    if count is not None and count.denominator == 1 and 0 <= count <= MAX_SHIFT:
        falling = table.products(table.total([n, {UNIT: -j}]) for j in range(int(count)))
        return scaled(falling, Fraction(1, math.factorial(int(count))))
    rest = table.total([n, scaled(k, -1), ONE])
    return _ratio(reader, expression, [table.total([n, ONE])], [table.total([k, ONE]), rest])


@reads(beta)
def _beta(reader: Reader, expression: Any) -> Value:
    a, b = map(reader.read, expression.args)
    return _ratio(reader, expression, [a, b], [reader.space.table.total([a, b])])


@reads(RisingFactorial)
def _rising(reader: Reader, expression: Any) -> Value:
    x, k = map(reader.read, expression.args)
    return _ratio(reader, expression, [reader.space.table.total([x, k])], [x])


@reads(FallingFactorial)
def _falling(reader: Reader, expression: Any) -> Value:
    table = reader.space.table
    x, k = map(reader.read, expression.args)
    return _ratio(reader, expression, [table.total([x, ONE])], [table.total([x, scaled(k, -1), ONE])])
