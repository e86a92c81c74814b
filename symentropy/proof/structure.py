"""Signs that follow from the shape of an expression and the signs of its parts.

Main definitions
----------------
* `shape_signs` of an expression, given something that knows the signs of its parts (`Signs`).
* `FUNCTIONS`, the table: SymPy class -> the signs of its values. A new function is a new row.

Where an expression might not be defined as a real number, the answer is `ANY`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any, Protocol

import sympy as sp
from sympy import Expr, Pow, Rational, S
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean
from sympy.tensor.indexed import Indexed

from symentropy.errors import SymentropyError
from symentropy.evaluation.precision import sign
from symentropy.proof.forms import fraction_of
from symentropy.proof.signs import ANY, NEG, POS, ZERO, absolute, larger, negated, of_number, plus, power, times

#: Constants with more operations than this are not evaluated.
MAX_CONSTANT_OPERATIONS = 200
#: Factors and terms that are looked at one by one.
MAX_ARGUMENTS = 400
#: Operations and the degree up to which a product is factored, and multiples of logarithms that are powers.
MAX_FACTORED, MAX_FACTORED_DEGREE, MAX_MULTIPLE = 80, 12, 4
#: Terms of a sum that are added up.
MAX_TERMS = 200


class Signs(Protocol):
    """What knows the signs of expressions."""

    def mask(self, expression: Expr) -> int: ...

    def under(self, *more: Boolean) -> Signs: ...

    def is_integer(self, expression: Expr) -> bool: ...

    def within(self, total: Expr) -> tuple[Expr, Signs] | None: ...


#: An assumption of a symbol -> the signs that it leaves.
_DECLARED: tuple[tuple[str, int], ...] = (
    ("is_extended_positive", POS),
    ("is_extended_negative", NEG),
    ("is_zero", ZERO),
    ("is_extended_nonnegative", POS | ZERO),
    ("is_extended_nonpositive", NEG | ZERO),
    ("is_extended_nonzero", POS | NEG),
)


def declared(atom: Expr) -> int:
    """Return the signs that the assumptions of a symbol, an indexed symbol or an undefined function leave."""
    if atom.is_extended_real is False:
        return ANY
    mask = ANY
    for name, signs in _DECLARED:
        if getattr(atom, name):
            mask &= signs
    return mask


def shape_signs(expression: Expr, signs: Signs) -> int:
    """Return the signs that an expression may have, from those of its parts."""
    if expression.is_Rational:
        return of_number(fraction_of(expression))
    if isinstance(expression, (sp.Symbol, Indexed, AppliedUndef)):
        return declared(expression)
    mask = _constant(expression) if not expression.free_symbols else ANY
    if mask in (POS, NEG, ZERO):
        return mask
    for kind in type(expression).__mro__:
        if kind in FUNCTIONS:
            return mask & FUNCTIONS[kind](signs, expression)
    return mask


def _constant(expression: Expr) -> int:
    """Return the certified sign of a constant."""
    if not expression.is_number or expression.has(sp.Integral, sp.Float) or expression.count_ops() > MAX_CONSTANT_OPERATIONS:
        return ANY
    if not all(_is_short(total) for total in expression.atoms(sp.Sum, sp.Product)):
        return ANY
    try:
        found = sign(expression)
    except (SymentropyError, ArithmeticError, ValueError, TypeError, AttributeError, NotImplementedError, RecursionError, MemoryError):
        return ANY
    return ANY if found is None else of_number(found)


def _is_short(total: Expr) -> bool:
    """Whether a sum or product has few terms."""
    return (
        len(total.limits) == 1
        and all(end.is_Integer for end in total.limits[0][1:])
        and total.limits[0][2] - total.limits[0][1] < MAX_TERMS
    )


def _add(signs: Signs, expression: Expr) -> int:
    if len(expression.args) > MAX_ARGUMENTS:
        return ANY
    mask = ZERO
    for term in expression.args:
        mask = plus(mask, signs.mask(term))
        if mask == ANY:
            break
    if mask == ANY and (inside := _inside_log(signs, expression)) is not None:
        return signs.mask(_factored(inside - 1) or inside - 1)
    return _one_minus_powers(signs, expression) if mask == ANY and len(expression.args) == 2 else mask


def _one_minus_powers(signs: Signs, expression: Expr) -> int:
    """Return the signs of c (1 - r) for a product r of powers of positive bases: log r is the sum of the exponents times log base.

    >>> from symentropy.proof.domain import Domain
    >>> x, a = sp.Symbol("x", positive=True), sp.Symbol("a", positive=True)
    >>> Domain([x < 1]).sign(1 - x**a), Domain([x < 1]).sign(2 * sp.exp(-x) - 2)
    ('>', '<')
    """
    number, term = expression.as_coeff_Add()
    ratio = -term / number if number != 0 else S.Zero
    if ratio.is_Rational or not all(isinstance(factor, (Pow, sp.exp)) for factor in sp.Mul.make_args(ratio)):
        return ANY
    logarithm = ZERO
    for factor in sp.Mul.make_args(ratio):
        if isinstance(factor, sp.exp):
            logarithm = plus(logarithm, signs.mask(factor.args[0]))
        elif signs.mask(factor.base) == POS:
            logarithm = plus(logarithm, times(signs.mask(factor.exp), signs.mask(factor.base - 1)))
        else:
            return ANY
    return times(of_number(fraction_of(number)), negated(logarithm))


def _mul(signs: Signs, expression: Expr) -> int:
    if len(expression.args) > MAX_ARGUMENTS or not expression.is_commutative:
        return ANY
    mask = POS
    for factor in expression.args:
        found = signs.mask(factor)
        mask = times(mask, found) if found != ANY else ANY  # a factor that is not known may not even be defined
        if mask == ANY:
            break
    return mask if mask in (POS, NEG, ZERO) else mask & _without_logarithms(signs, expression)


def _without_logarithms(signs: Signs, expression: Expr) -> int:
    """Return the signs of a product in which x - 1, which has the sign of log x, stands for log x and is cancelled.

    >>> from symentropy.proof.domain import Domain
    >>> p, q = sp.symbols("p q", positive=True)
    >>> Domain().sign((p - q) * sp.log(p / q)), Domain([p < 1, sp.Ne(p, Rational(1, 2))]).sign(sp.log((1 - p) / p) / (1 - 2 * p))
    ('>=', '>')
    """
    plain, mask = [], POS
    for factor in expression.args:
        base, exponent = factor.as_base_exp()
        if exponent.is_negative and signs.mask(base) & ZERO:
            return ANY
        inside = _inside_log(signs, base) if exponent in (1, -1) else None
        if inside is not None:
            plain.append((inside - 1) ** exponent)
        elif factor.is_rational_function():
            plain.append(factor)
        else:
            mask = times(mask, signs.mask(factor)) if mask != ANY else ANY
    product = sp.Mul(*plain)
    factored = _factored(product)
    return ANY if factored is None or factored == expression or mask == ANY else times(mask, signs.mask(factored))


def _factored(expression: Expr) -> Expr | None:
    """Return the factored form of a rational function, None for one that is too large."""
    is_small = expression.count_ops() <= MAX_FACTORED and max(_degrees(expression)) <= MAX_FACTORED_DEGREE
    return expression.factor() if is_small else None


def _degrees(expression: Expr) -> tuple[int, int]:
    """Return bounds of the degrees of a numerator and a denominator, where what is no sum, product or power has degree 1."""
    if isinstance(expression, (sp.Add, sp.Mul)):
        parts = [_degrees(part) for part in expression.args]
        below = sum(bottom for _, bottom in parts)
        above = max(top - bottom for top, bottom in parts) + below if expression.is_Add else sum(top for top, _ in parts)
        return above, below
    if isinstance(expression, (Pow, sp.exp)):
        base, exponent = expression.as_base_exp()
        count = max(abs(term.as_coeff_Mul(rational=True)[0].p) for term in sp.Add.make_args(exponent))
        above, below = (1, 0) if base.is_number else _degrees(base)
        return (below * count, above * count) if exponent.could_extract_minus_sign() else (above * count, below * count)
    return (0, 0) if expression.is_number else (1, 0)


def _inside_log(signs: Signs, expression: Expr) -> Expr | None:
    """Return x of an expression that is log x: a logarithm, or a sum of integer multiples of logarithms."""
    x: Expr = S.One
    for term in sp.Add.make_args(expression):
        number, rest = term.as_coeff_Mul()
        is_logarithm = isinstance(rest, sp.log) and len(rest.args) == 1 and signs.mask(rest.args[0]) == POS
        if not (is_logarithm and number.is_Integer and abs(number) <= MAX_MULTIPLE):
            return None
        x *= rest.args[0] ** number
    return x if x.count_ops() <= MAX_FACTORED else None


def _pow(signs: Signs, expression: Expr) -> int:
    base, exponent = expression.args
    mask = signs.mask(base)
    if exponent.is_Rational:
        return power(mask, fraction_of(exponent)) if base != 0 or exponent.is_positive else ANY
    if mask == POS:
        return POS
    if mask & NEG == 0 and signs.mask(exponent) == POS:
        return mask
    return power(mask, 2) if mask & ZERO == 0 and signs.is_integer(exponent) and signs.is_integer(exponent / 2) else ANY


def _log(signs: Signs, expression: Expr) -> int:
    argument = expression.args[0]
    return signs.mask(argument - 1) if signs.mask(argument) == POS and len(expression.args) == 1 else ANY


def _odd(signs: Signs, expression: Expr) -> int:
    """An increasing function that is 0 at 0, or one with the sign of its argument."""
    return signs.mask(expression.args[0])


def _only_positive(signs: Signs, expression: Expr) -> int:
    """A function that is positive at positive arguments."""
    return POS if all(signs.mask(argument) == POS for argument in expression.args) else ANY


def _above_one(signs: Signs, expression: Expr) -> int:
    """A function that is positive where its one argument is above 1."""
    return POS if len(expression.args) == 1 and signs.mask(expression.args[0] - 1) == POS else ANY


def _inside(signs: Signs, expression: Expr) -> int:
    """An increasing function that is 0 at 0 and defined on (-1, 1)."""
    x = expression.args[0]
    return signs.mask(x) if signs.mask(1 - x) == POS and signs.mask(1 + x) == POS else ANY


def _acosh(signs: Signs, expression: Expr) -> int:
    mask = signs.mask(expression.args[0] - 1)
    return ANY if mask & NEG else mask


def _bessel(signs: Signs, expression: Expr) -> int:
    """I_n(z) is positive for z > 0 and n >= 0."""
    order, z = expression.args
    return POS if signs.mask(z) == POS and not signs.mask(order) & NEG else ANY


def _factorial(signs: Signs, expression: Expr) -> int:
    return POS if signs.mask(expression.args[0] + 1) == POS else ANY


def _loggamma(signs: Signs, expression: Expr) -> int:
    x = expression.args[0]
    if signs.mask(x) != POS:
        return ANY
    outer = signs.mask(x - 2)
    if not outer & NEG:
        return outer
    inner = signs.mask(x - 1)
    if inner & NEG == 0 and outer == NEG:
        return negated(inner)
    return POS if inner == NEG else ANY


def _polygamma(signs: Signs, order: Expr, x: Expr) -> int:
    """At positive arguments psi increases with its zero between 1.461 and 1.462; derivatives alternate."""
    if signs.mask(x) != POS:
        return ANY
    if order.is_Integer and order >= 1:
        return POS if order % 2 else NEG
    if order != 0:
        return ANY
    if not signs.mask(x - Rational(1462, 1000)) & NEG:
        return POS
    return NEG if not signs.mask(Rational(1461, 1000) - x) & NEG else ANY


def _binomial(signs: Signs, expression: Expr) -> int:
    n, k = expression.args
    if signs.is_integer(k) and not signs.mask(k) & NEG and signs.mask(n - k + 1) == POS:
        return POS  # n (n - 1) ... (n - k + 1)/k!, for any real n
    if not (signs.is_integer(n) and signs.is_integer(k)) or signs.mask(k) & NEG:
        return ANY
    return POS if not signs.mask(n - k) & NEG else ANY if signs.mask(n) & NEG else POS | ZERO


def _floor(signs: Signs, expression: Expr) -> int:
    x = expression.args[0]
    mask = signs.mask(x)
    if not signs.mask(x - 1) & NEG:
        return POS
    return mask | ZERO if not mask & NEG else NEG if mask == NEG else ANY


def _ceiling(signs: Signs, expression: Expr) -> int:
    return negated(_floor(signs, sp.floor(-expression.args[0], evaluate=False)))


def _max(signs: Signs, expression: Expr) -> int:
    mask = signs.mask(expression.args[0])
    for argument in expression.args[1:]:
        mask = larger(mask, signs.mask(argument))
    return mask


def _min(signs: Signs, expression: Expr) -> int:
    mask = negated(signs.mask(expression.args[0]))
    for argument in expression.args[1:]:
        mask = larger(mask, negated(signs.mask(argument)))
    return negated(mask)


def _piecewise(signs: Signs, expression: Expr) -> int:
    """The union over the branches, each under its condition where that is a relation."""
    mask = 0
    for value, condition in expression.args:
        inner = signs.under(condition) if isinstance(condition, Relational) else signs
        mask |= inner.mask(value)
        if mask == ANY:
            break
    return mask or ANY


def _length(signs: Signs, expression: Expr, unit: int) -> int:
    """Return the signs of how far a range goes, with ``unit`` added; `ANY` for a range that depends on another bound variable."""
    bound = set(expression.variables)
    mask = POS
    for _, low, high in expression.limits:
        if bound & (low.free_symbols | high.free_symbols) or low is S.Infinity or high is S.NegativeInfinity:
            return ANY
        if low.is_infinite or high.is_infinite:
            continue
        if unit and not (signs.is_integer(low) and signs.is_integer(high)):
            return ANY
        mask = times(mask, signs.mask(high - low + unit))
    return ANY if mask & NEG else mask


def _total(signs: Signs, expression: Expr) -> int:
    """A sum or an integral has the sign that all its terms have, or is 0 where nothing is summed."""
    length = (
        ANY
        if any(len(limit) != 3 for limit in expression.limits)
        else _length(signs, expression, 1 if isinstance(expression, sp.Sum) else 0)
    )
    inside = None if length & NEG else signs.within(expression)
    if inside is None:
        return ANY
    mask = inside[1].mask(inside[0])
    return mask | (length & ZERO) if mask in (POS, NEG, ZERO, POS | ZERO, NEG | ZERO) else ANY


def _product(signs: Signs, expression: Expr) -> int:
    """A finite product of positive factors; an empty one is 1."""
    if any(end.is_infinite for limit in expression.limits for end in limit[1:]) or _length(signs, expression, 1) & NEG:
        return ANY
    inside = signs.within(expression)
    mask = ANY if inside is None else inside[1].mask(inside[0])
    return POS if mask == POS else POS | ZERO if not mask & NEG else ANY


def bounds(atom: Expr, signs: Signs) -> list[tuple[Expr, int]]:
    """Return inequalities that a function value satisfies, as differences and their signs.

    The arguments are real numbers and the value is defined, apart from what is asked of ``signs`` here.
    """
    return _BOUNDS[atom.func](atom, signs) if atom.func in _BOUNDS else []


#: Functions that increase, and how many values of one are compared with each other.
_INCREASING = (sp.log, sp.exp, sp.tanh, sp.sinh, sp.atan, sp.asinh, sp.erf)
MAX_COMPARED = 6


def comparisons(atoms: list[Expr], signs: Signs) -> list[tuple[Expr, int]]:
    """Return which of two values of an increasing function is larger, as differences and their signs."""
    found = []
    for kind in _INCREASING:
        same = [atom for atom in atoms if atom.func is kind and len(atom.args) == 1][:MAX_COMPARED]
        if kind is sp.log:
            same = [atom for atom in same if signs.mask(atom.args[0]) == POS]
        found += [(first - second, signs.mask(first.args[0] - second.args[0])) for first, second in combinations(same, 2)]
    return [(difference, mask) for difference, mask in found if mask != ANY]


def _log_bounds(atom: Expr, signs: Signs) -> list[tuple[Expr, int]]:
    """1 - 1/x <= log x <= x - 1, and strictly where x is not 1."""
    x = atom.args[0]
    if len(atom.args) != 1 or signs.mask(x) != POS:
        return []
    equal = signs.mask(x - 1) & ZERO
    return [(atom - x + 1, NEG | equal), (atom - 1 + 1 / x, POS | equal)]


def _exp_bounds(atom: Expr, signs: Signs) -> list[tuple[Expr, int]]:
    """exp x >= 1 + x, and the side of 1 that exp x is on."""
    x = atom.args[0]
    mask = signs.mask(x)
    return [(atom - 1 - x, POS | ZERO if mask & ZERO else POS), (atom - 1, mask)]


def _within(low: int, high: int, mask: int) -> Callable[[Expr, Signs], list[tuple[Expr, int]]]:
    return lambda atom, _: [(atom - low, mask), (high - atom, mask)]


#: SymPy class -> inequalities for its values, as differences and their signs.
_BOUNDS: dict[Any, Callable[[Expr, Signs], list[tuple[Expr, int]]]] = {
    sp.log: _log_bounds,
    sp.exp: _exp_bounds,
    sp.cosh: lambda atom, signs: [(atom - 1, POS if not signs.mask(atom.args[0]) & ZERO else POS | ZERO)],
    sp.tanh: _within(-1, 1, POS),
    sp.erf: _within(-1, 1, POS),
    sp.erfc: _within(0, 2, POS),
    sp.sin: _within(-1, 1, POS | ZERO),
    sp.cos: _within(-1, 1, POS | ZERO),
    sp.Abs: lambda atom, _: [(atom - atom.args[0], POS | ZERO), (atom + atom.args[0], POS | ZERO)],
    sp.Max: lambda atom, _: [(atom - argument, POS | ZERO) for argument in atom.args],
    sp.Min: lambda atom, _: [(atom - argument, NEG | ZERO) for argument in atom.args],
    sp.floor: lambda atom, _: [(atom.args[0] - atom, POS | ZERO), (atom + 1 - atom.args[0], POS)],
    sp.ceiling: lambda atom, _: [(atom - atom.args[0], POS | ZERO), (atom.args[0] + 1 - atom, POS)],
}

#: SymPy class -> the signs of its values.
FUNCTIONS: dict[Any, Callable[[Signs, Any], int]] = {
    sp.Add: _add,
    sp.Mul: _mul,
    Pow: _pow,
    sp.exp: lambda _signs, _e: POS,
    sp.log: _log,
    sp.Abs: lambda signs, e: absolute(signs.mask(e.args[0])),
    sp.sign: _odd,
    sp.cosh: lambda _signs, _e: POS,
    sp.sech: lambda _signs, _e: POS,
    sp.sinh: _odd,
    sp.tanh: _odd,
    sp.asinh: _odd,
    sp.atan: _odd,
    sp.erf: _odd,
    sp.erfc: lambda _signs, _e: POS,
    sp.atanh: _inside,
    sp.acosh: _acosh,
    sp.factorial: _factorial,
    sp.gamma: _only_positive,
    sp.loggamma: _loggamma,
    sp.digamma: lambda signs, e: _polygamma(signs, S.Zero, e.args[0]),
    sp.trigamma: lambda signs, e: _polygamma(signs, S.One, e.args[0]),
    sp.polygamma: lambda signs, e: _polygamma(signs, e.args[0], e.args[1]),
    sp.beta: _only_positive,
    sp.zeta: _above_one,
    sp.expint: lambda signs, e: POS if signs.mask(e.args[1]) == POS else ANY,
    sp.besseli: _bessel,
    sp.besselk: lambda signs, e: POS if signs.mask(e.args[1]) == POS else ANY,
    sp.binomial: _binomial,
    sp.LambertW: lambda signs, e: _only_positive(signs, e) if len(e.args) == 1 else ANY,
    sp.KroneckerDelta: lambda _signs, _e: POS | ZERO,
    sp.floor: _floor,
    sp.ceiling: _ceiling,
    sp.Max: _max,
    sp.Min: _min,
    sp.Piecewise: _piecewise,
    sp.Sum: _total,
    sp.Product: _product,
    sp.Integral: _total,
}
