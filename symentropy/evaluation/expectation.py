"""Expectations without closed form, as numbers: sums to infinity and one-dimensional integrals.

Main definition: `expected` computes the value of a quantity whose definition is a sum or an integral over a density. The same nodes
are used for the density itself, and unless those give total mass 1 to the working precision there is no result: a peak that the
quadrature missed shows there. Nodes differ between working precisions, so that two runs that agree are two quadratures.

Left out on purpose: sums that converge slowly (no extrapolation), integrals in several dimensions, and error bounds.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, product
from typing import Any

from sympy import Abs, Expr, Integral, Mul, Piecewise, Pow, Rational, Sum, Symbol, default_sort_key, log
from sympy.core.relational import Relational

from symentropy.errors import PrecisionError
from symentropy.evaluation.functions import compiled
from symentropy.exact import shown

#: Terms summed before giving up.
MAX_TERMS = 20_000

#: The density and the density times a statistic at a point.
Both = Callable[[Any], tuple[Any, Any]]


def expected(density: Expr, value: Expr, context: Any, hints: tuple[Rational, ...] = ()) -> Any:
    """Return the number that ``value`` stands for: a Sum or an Integral over a law with this ``density``, or a plain constant.

    ``hints`` are numbers near which the mass may lie, such as the parameters of the family.

    Raises `PrecisionError` where the density's own mass is not found to be 1.
    """
    if not isinstance(value, (Sum, Integral)):
        return compiled(value)(context, {})
    if len(value.limits) > 1:
        raise PrecisionError(f"no digits yet for sums and integrals in several variables: {shown(value)}")
    variable, low, high = value.limits[0]
    mass, term = compiled(density), compiled(value.function)

    def both(x: Any) -> tuple[Any, Any]:
        try:
            weight = mass(context, {variable: x})
        except OverflowError:  # far in a tail such as exp(-exp(x))
            weight = context.zero
        return weight, context.zero if weight == 0 else term(context, {variable: x})

    first, last = compiled(low)(context, {}), compiled(high)(context, {})
    if isinstance(value, Sum):
        total, result = _summed(both, first, last, context)
    else:
        points = _suggested(hints, context) + [
            compiled(point)(context, {}) for part in (density, value.function) for point in critical_points(part, variable)
        ]
        total, result = _integrated(both, first, last, context, points)
    if context.isinf(result) and isinstance(value, Sum):  # an outcome that Q excludes
        return result
    if not context.isfinite(result) or abs(total - 1) > context.ldexp(1, 48 - context.prec):
        raise PrecisionError(f"no digits for {shown(value)}: the sum or integral did not converge at {context.prec} bits")
    return result


def _suggested(hints: tuple[Rational, ...], context: Any) -> list[Any]:
    """Return the hints, and each of them 8 times another to the left and right: a location and its scale are among the parameters."""
    values = [context.mpf(int(hint.p)) / int(hint.q) for hint in hints[:3]]
    return [value + scale * other for value, other in product(values, values) for scale in (-8, 0, 8)]


def _summed(both: Both, low: Any, high: Any, context: Any) -> tuple[Any, Any]:
    """Sum both ways from a finite end or from 0."""
    start = low if context.isfinite(low) else high if context.isfinite(high) else context.zero
    mass, result = _one_way(both, start, high, 1, context)
    if not context.isfinite(low):
        further = _one_way(both, start - 1, context.inf, -1, context)
        mass, result = mass + further[0], result + further[1]
    return mass, result


def _one_way(both: Both, start: Any, stop: Any, step: int, context: Any) -> tuple[Any, Any]:
    """Sum from ``start`` in steps of 1 or -1 to ``stop``, or until the terms are negligible and fall geometrically."""
    mass = result = context.zero
    negligible, previous, small, k = context.ldexp(1, -context.prec - 10), context.inf, 0, start
    for _ in range(MAX_TERMS):
        if k > stop:
            return mass, result
        weight, term = both(k)
        if context.isinf(term):
            return context.one, term
        mass, result = mass + weight, result + term
        size = abs(weight) + abs(term)
        small = small + 1 if size < negligible and size <= previous * 0.9 else 0
        if small >= 5:
            return mass, result
        previous, k = size, k + step
    raise PrecisionError(f"no digits yet for a sum that is not done after {MAX_TERMS} terms")


def _integrated(both: Both, low: Any, high: Any, context: Any, points: list[Any]) -> tuple[Any, Any]:
    """Integrate piece by piece between the points, each piece cut once more at a place that the precision decides."""
    inner = sorted({point for point in points if low < point < high}) or [_inside(low, high, context)]
    cut = (context.mpf(5) + context.prec % 7) / 16
    edges = [low, inner[0] - (inner[0] - low) * cut if context.isfinite(low) else inner[0] - cut]
    for left, right in pairwise(inner):
        edges += [left, left + (right - left) * cut]
    edges += [inner[-1], inner[-1] + ((high - inner[-1]) * cut if context.isfinite(high) else cut), high]
    known: dict[Any, tuple[Any, Any]] = {}
    margin = context.ldexp(1, 4 - context.prec)

    def values(x: Any) -> tuple[Any, Any]:
        if x not in known:
            at_end = any(context.isfinite(end) and abs(x - end) <= margin * (1 + abs(end)) for end in (low, high))
            known[x] = (context.zero, context.zero) if at_end else both(x)
        return known[x]

    return context.quad(lambda x: values(x)[0], edges), context.quad(lambda x: values(x)[1], edges)


def _inside(low: Any, high: Any, context: Any) -> Any:
    if context.isfinite(low):
        return (low + high) / 2 if context.isfinite(high) else low + 1
    return high - 1 if context.isfinite(high) else context.zero


def critical_points(function: Expr, x: Symbol) -> list[Expr]:
    """Return points at which a density may not be smooth: ends of pieces, and zeros of what a power, logarithm or modulus is taken of.

    >>> from sympy.abc import x
    >>> critical_points((x - Rational(1, 2)) ** 2, x), critical_points(Piecewise((x, x < 1), (2 - x, True)), x)
    ([1/2], [0, 1, 2])
    """
    arguments = {part.args[0] for part in function.atoms(Pow, log, Abs)} | {part.lhs - part.rhs for part in function.atoms(Relational)}
    factors = {factor for argument in arguments for factor in Mul.make_args(argument)}
    if isinstance(function, Piecewise):
        factors |= {value for value, _ in function.args}
    found = set()
    for factor in factors:
        polynomial = factor.as_poly(x) if factor.has(x) else None
        if polynomial is not None and 1 <= polynomial.degree() <= 2 and not polynomial.free_symbols_in_domain:
            found |= set(polynomial.real_roots()) if polynomial.get_domain().is_QQ or polynomial.get_domain().is_ZZ else set()
    return sorted(found, key=default_sort_key)
