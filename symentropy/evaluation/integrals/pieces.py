"""Where an integrand is analytic: break points, and the expression on each piece without Abs, Piecewise, Min, Max.

Main definitions
----------------
* `breaks`, the points between two ends where an expression may fail to be analytic, in order.
* `smooth`, the expression on an open interval: the sign of every argument that decides a case is proved there.
* `exponential_form`, hyperbolic functions written with exponentials.
* `collapsed`, polynomials with a zero at 0 written as a power times the rest, so that nothing cancels next to an end; `unrolled`
  and `led_far_out`, sums of powers and of exponentials written as the largest times the rest, so that they are simple far out.

Left out: arguments that are neither polynomials of degree 1 or 2 nor of one sign visibly; where one decides a case, `Undecided` is raised.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cmp_to_key
from typing import Any

import sympy as sp
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from symentropy.evaluation.balls.ball import Undecided
from symentropy.evaluation.integrals.program import constant
from symentropy.exact import shown

#: Bits with which constants are compared.
COMPARE_PREC = 256
#: Polynomials are expanded up to this degree.
MAX_DEGREE = 12

HYPERBOLIC: dict[type, Callable[[sp.Expr], sp.Expr]] = {
    sp.sech: lambda z: 2 / (sp.exp(z) + sp.exp(-z)),
    sp.cosh: lambda z: (sp.exp(z) + sp.exp(-z)) / 2,
    sp.sinh: lambda z: (sp.exp(z) - sp.exp(-z)) / 2,
    sp.tanh: lambda z: 1 - 2 / (1 + sp.exp(2 * z)),
}


def exponential_form(e: sp.Expr) -> sp.Expr:
    """Return an expression with exponentials for hyperbolic functions, and erfc for 1 + erf and 1 - erf.

    >>> exponential_form(sp.sech(sp.Symbol("x")))
    2/(exp(x) + exp(-x))
    """
    for kind, written in HYPERBOLIC.items():
        if e.has(kind):
            e = e.replace(kind, written)
    if e.has(sp.erf):
        e = e.replace(lambda part: part.is_Add and part.has(sp.erf), _complementary)
    return e


def _complementary(sum_: sp.Add) -> sp.Expr:
    """Return c + c erf(z) as c erfc(-z), and c - c erf(z) as c erfc(z)."""
    fixed, rest = sum_.as_independent(sp.erf, as_Add=True)
    for term in sp.Add.make_args(rest):
        factor, function = term.as_independent(sp.erf, as_Add=False)
        if isinstance(function, sp.erf) and factor in (fixed, -fixed):
            return fixed * sp.erfc(-function.args[0] if factor == fixed else function.args[0]) + (rest - term)
    return sum_


def compared(left: sp.Expr, right: sp.Expr) -> int:
    """Return the sign of a difference of constants, proved; 0 for equal ones, and also where it is not decided."""
    gap = left - right
    if gap.is_infinite:
        return 1 if gap.is_extended_positive else -1
    if gap.is_Rational:
        return int(sp.sign(gap))
    if gap.is_zero or not gap.is_comparable:
        return 0
    value = constant(gap, COMPARE_PREC)
    return 1 if value.is_positive else -1 if value.is_negative else 0


def real_zeros(e: sp.Expr, x: sp.Symbol) -> list[sp.Expr] | None:
    """Return all real zeros of a polynomial of degree 1 or 2, or None for other expressions.

    >>> x = sp.Symbol("x", real=True); real_zeros(x**2 - 2, x), real_zeros(x**2 + 1, x), real_zeros(sp.sqrt(2) * x - 2, x)
    ([-sqrt(2), sqrt(2)], [], [sqrt(2)])
    """
    if not e.is_polynomial(x):
        return None
    coefficients = sp.Poly(e, x).all_coeffs()
    if len(coefficients) == 2:
        return [-coefficients[1] / coefficients[0]]
    if len(coefficients) != 3:
        return None
    a, b, c = coefficients
    discriminant = sp.expand(b * b - 4 * a * c)
    sign = compared(discriminant, sp.S.Zero)
    if sign < 0:
        return []
    if sign == 0:
        return [-b / (2 * a)] if discriminant.is_zero else None
    root = sp.sqrt(discriminant)
    return [(-b - root) / (2 * a), (-b + root) / (2 * a)] if compared(a, sp.S.Zero) > 0 else [(-b + root) / (2 * a), (-b - root) / (2 * a)]


def deciding(e: sp.Expr, x: sp.Symbol) -> set[sp.Expr]:
    """Return the arguments whose zeros may be points where an expression is not analytic."""
    found = {part.args[0] for part in e.atoms(sp.Abs, sp.log, sp.sign, sp.Heaviside)}
    found |= {part.base for part in e.atoms(sp.Pow) if not (part.exp.is_Integer and part.exp > 0)}
    found |= {part.lhs - part.rhs for part in e.atoms(Relational)}
    for part in e.atoms(sp.Min, sp.Max):
        found |= {left - right for left in part.args for right in part.args if left != right}
    factors = {factor for argument in found for factor in sp.Mul.make_args(argument)}
    return {factor.base if isinstance(factor, sp.Pow) else factor for factor in factors if factor.has(x)}


def breaks(e: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr, points: tuple[sp.Expr, ...] = ()) -> list[sp.Expr]:
    """Return the points inside (low, high) where the expression may fail to be analytic, and further ``points``, in order.

    >>> x = sp.Symbol("x", real=True); breaks(sp.Abs(x - 1) + sp.sqrt(x), x, -sp.oo, sp.oo)
    [0, 1]
    """
    found = set(points)
    for argument in deciding(e, x):
        found |= set(real_zeros(argument, x) or ())
    inside = [point for point in found if compared(low, point) < 0 < compared(high, point)]
    ordered: list[sp.Expr] = []
    for point in sorted(inside, key=cmp_to_key(compared)):
        if not ordered or compared(ordered[-1], point) < 0:
            ordered.append(point)
    return ordered


def inside(low: sp.Expr, high: sp.Expr) -> Fraction:
    """Return a rational number between two constants."""
    if low.is_infinite and high.is_infinite:
        return Fraction(0)
    if high.is_infinite:
        return constant(low, 64).upper + 1
    if low.is_infinite:
        return constant(high, 64).lower - 1
    return (constant(low, COMPARE_PREC).upper + constant(high, COMPARE_PREC).lower) / 2


def sign_on(e: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> int:
    """Return the sign of an expression on the open interval (low, high): proved, or `Undecided` is raised.

    >>> x = sp.Symbol("x", real=True); sign_on(x**2 - 2, x, sp.sqrt(2), sp.oo)
    1
    """
    if e.is_positive or e.is_negative:
        return 1 if e.is_positive else -1
    if not e.has(x):
        sign = compared(e, sp.S.Zero)
        if sign == 0 and not e.is_zero:
            raise Undecided(f"whether {shown(e)} is 0")
        return sign
    zeros = real_zeros(e, x)
    if zeros is None:
        raise Undecided(f"the sign of {shown(e)}")
    for zero in zeros:
        left, right = zero - low, zero - high
        outside = compared(zero, low) < 0 or left.is_zero or compared(zero, high) > 0 or right.is_zero
        if not outside:
            raise Undecided(f"the sign of {shown(e)}")
    sample = inside(low, high)
    value = constant(e.subs(x, sp.Rational(sample.numerator, sample.denominator)), COMPARE_PREC)
    if value.contains_zero:
        raise Undecided(f"the sign of {shown(e)}")
    return 1 if value.is_positive else -1


def smooth(e: sp.Expr, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> sp.Expr:
    """Return the expression on (low, high) with its cases decided.

    >>> x = sp.Symbol("x", real=True)
    >>> smooth(sp.Abs(x) + sp.Piecewise((1, x < 2), (x, True)), x, -sp.oo, sp.S.Zero)
    1 - x
    """

    def settled(part: sp.Expr) -> sp.Expr:
        return smooth(part, x, low, high)

    if not e.has(sp.Abs, sp.sign, sp.Heaviside, sp.Min, sp.Max, sp.Piecewise):
        return e
    if isinstance(e, sp.Piecewise):
        for value, condition in e.args:
            if holds(condition, x, low, high):
                return settled(value)
        raise Undecided("no branch of a Piecewise holds")
    args = [settled(argument) for argument in e.args]
    if isinstance(e, sp.Abs):
        try:
            return args[0] if sign_on(args[0], x, low, high) >= 0 else -args[0]
        except Undecided:
            return sp.Abs(args[0])  # analytic where it is not 0
    if isinstance(e, sp.sign):
        return sp.Integer(sign_on(args[0], x, low, high))
    if isinstance(e, sp.Heaviside):
        return sp.Integer((1 + sign_on(args[0], x, low, high)) // 2)
    if isinstance(e, (sp.Min, sp.Max)):
        best = args[0]
        for other in args[1:]:
            larger = sign_on(other - best, x, low, high) > 0
            best = other if larger == isinstance(e, sp.Max) else best
        return best
    return e.func(*args)


def holds(condition: Any, x: sp.Symbol, low: sp.Expr, high: sp.Expr) -> bool:
    """Whether a condition holds on the open interval: at all points, or at none but finitely many."""
    if condition in (sp.true, sp.false):
        return bool(condition)
    if isinstance(condition, (sp.And, sp.Or)):
        parts = [holds(part, x, low, high) for part in condition.args]
        return all(parts) if isinstance(condition, sp.And) else any(parts)
    if isinstance(condition, sp.Not):
        return not holds(condition.args[0], x, low, high)
    if not isinstance(condition, Relational) or not isinstance(condition, Boolean):
        raise Undecided(f"the condition {shown(condition)}")
    sign = sign_on(condition.lhs - condition.rhs, x, low, high)
    meaning: dict[type, bool] = {sp.Eq: sign == 0, sp.Ne: sign != 0, sp.Lt: sign < 0, sp.Le: sign <= 0, sp.Gt: sign > 0, sp.Ge: sign >= 0}
    return meaning[condition.func]


def collapsed(e: sp.Expr, t: sp.Symbol) -> sp.Expr:
    """Return an expression whose polynomials with a zero at 0 are written as a power of t times the rest.

    >>> t = sp.Symbol("t", positive=True); collapsed(sp.log(4 - (2 - t) ** 2), t)
    log(t*(4 - t))
    """
    return e.replace(lambda part: part.is_Add and part.is_polynomial(t), lambda part: _factored(part, t))


def led_far_out(e: sp.Expr, t: sp.Symbol) -> sp.Expr:
    """Return an expression whose sums of exponentials in a denominator are written as the one that is largest far out times the rest.

    >>> t = sp.Symbol("t", positive=True); led_far_out(sp.exp(t) / (1 + sp.exp(t)) ** 2, t)
    exp(-t)/(1 + exp(-t))**2
    """
    return e.replace(
        lambda part: isinstance(part, sp.Pow) and part.exp.is_negative and part.base.is_Add and part.base.has(sp.exp),
        lambda part: _led(part.base, t) ** part.exp,
    )


def _led(sum_: sp.Add, t: sp.Symbol) -> sp.Expr:
    lead = sp.S.Zero
    for term in sum_.args:
        exponent = sp.Add(*(factor.args[0] for factor in sp.Mul.make_args(term) if isinstance(factor, sp.exp)))
        gap = sp.expand(exponent - lead)
        if gap.has(t) and gap.is_polynomial(t) and compared(sp.LC(gap, t), sp.S.Zero) > 0:
            lead = sp.expand(lead + gap)
    if not lead.has(t):
        return sum_
    return sp.exp(lead) * sp.Add(*(term * sp.exp(-lead) for term in sum_.args))


def unrolled(e: sp.Expr, t: sp.Symbol) -> tuple[sp.Expr, int]:
    """Return an expression whose sums of powers of t are the largest power times the rest, and k: the rest is nearly constant from 2**k on.

    With m powers of exponents r_i below the largest r, c_i t**r_i is at most c t**r / (4 m) for t at least (4 m |c_i/c|)**(1/(r - r_i)).

    >>> t = sp.Symbol("t", positive=True); unrolled(sp.log((t - 1) ** 2 + 1), t)
    (log(t**2*(1 - 2/t + 2/t**2)), 5)
    """
    if not e.has(t) or e == t:
        return e, 0
    terms = _powers(e, t) if e.is_Add else None
    if terms is None:
        parts = [unrolled(argument, t) for argument in e.args]
        return e.func(*(part for part, _ in parts)), max(start for _, start in parts)
    most = max(terms)
    start = 0
    for power, factor in terms.items():
        if power != most:
            ratio = constant(factor / terms[most], 32) * (4 * (len(terms) - 1))
            start = max(start, int(sp.ceiling(ratio.magnitude / (most - power))))
    return t**most * sp.Add(*(factor * t ** (power - most) for power, factor in terms.items())), start


def _powers(part: sp.Expr, t: sp.Symbol) -> dict[sp.Expr, sp.Expr] | None:
    """Return the coefficients of a sum of two or more rational powers of t, of which the largest is positive, or None for other sums."""
    if part.is_polynomial(t) and sp.degree(part, t) <= MAX_DEGREE:
        part = sp.expand(part)
    found: dict[sp.Expr, sp.Expr] = {}
    for term in sp.Add.make_args(part):
        factor, power = term.as_coeff_exponent(t)
        if factor.has(t) or not power.is_Rational:
            return None
        found[power] = found.get(power, sp.S.Zero) + factor
    return found if max(found) > 0 else None


def _factored(part: sp.Expr, t: sp.Symbol) -> sp.Expr:
    if sp.degree(part, t) > MAX_DEGREE:
        return part
    terms = sp.Poly(part, t).terms()
    kept = [(power, coefficient) for (power,), coefficient in terms if not _vanishes(coefficient)]
    least = min((power for power, _ in kept), default=0)
    if least == 0 and len(kept) == len(terms):
        return part
    return t**least * sp.Add(*(coefficient * t ** (power - least) for power, coefficient in kept))


def _vanishes(coefficient: sp.Expr) -> bool:
    return bool(coefficient.is_zero) or (
        not coefficient.is_Rational and compared(coefficient, sp.S.Zero) == 0 and sp.expand(coefficient) == 0
    )
