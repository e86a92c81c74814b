"""Expressions as sums of rational multiples of monomials in atoms.

Main definitions
----------------
* A `Form` is a dict {monomial: coefficient}; a monomial is a frozenset of pairs (atom, rational exponent), negative exponents included.
* `form_of` an expression; `expression_of` a form.
* `cleared` splits a form into a common monomial and a form without denominators.

Atoms are symbols, indexed symbols and whatever is not built from them by addition, multiplication and rational powers: log(x), f(x),
sums, nouns. exp(2 t - s) is exp(t)^2 exp(s)^-1. Atoms are equal exactly if they are the same SymPy expression.

Left out on purpose: any rule for logarithms (see `symentropy.proof.canonical`), complex numbers, floats, infinities (`Unsupported`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction

from sympy import Add, Expr, Float, Integer, Mul, Pow, Rational, S, Symbol, exp
from sympy.tensor.indexed import Indexed

Exponent = Fraction | int
Monomial = frozenset[tuple[Expr, Exponent]]
Form = dict[Monomial, Fraction]

#: The monomial of a constant.
ONE: Monomial = frozenset()


def single(atom: Expr) -> Form:
    """Return the form that is one atom."""
    return {frozenset([(atom, 1)]): Fraction(1)}


MAX_TERMS = 300
#: Largest power of a sum that is multiplied out.
MAX_POWER = 8
#: Numbers with more bits than this are not computed with.
MAX_BITS = 4096


class Unsupported(Exception):
    """An expression is too large, or not a real number as written."""


def constant(value: Fraction | int) -> Form:
    """Return a number as a form."""
    return {ONE: Fraction(value)} if value else {}


def fraction_of(number: Rational) -> Fraction:
    """Return a SymPy rational as a `Fraction`, whatever integers SymPy computes with."""
    return Fraction(int(number.p), int(number.q))


def rational_of(number: Fraction | int) -> Rational:
    """Return a `Fraction` as a SymPy rational."""
    return Rational(number.numerator, number.denominator)


def form_of(expression: Expr) -> Form:
    """Return an expression as a form; raises `Unsupported`.

    >>> from sympy.abc import p, q
    >>> expression_of(form_of((p + q)**2 - 2*p*q)) == p**2 + q**2
    True
    """
    if expression.is_Rational:
        if max(int(expression.p).bit_length(), int(expression.q).bit_length()) > MAX_BITS:
            raise Unsupported
        return constant(fraction_of(expression))
    if isinstance(expression, (Symbol, Indexed)):
        return {frozenset([(expression, 1)]): Fraction(1)}
    if isinstance(expression, Add):
        return total(map(form_of, expression.args))
    if isinstance(expression, Mul):
        product = constant(1)
        for factor in expression.args:
            product = multiplied(product, form_of(factor))
        return product
    if isinstance(expression, Pow):
        return _power_form(expression)
    if isinstance(expression, exp):
        return _exponential_form(expression)
    return _atom(expression)


_NOT_REAL = (S.ImaginaryUnit, S.NaN, S.Infinity, S.NegativeInfinity, S.ComplexInfinity)


def _atom(expression: Expr, exponent: Exponent = 1) -> Form:
    if expression.is_commutative is False or isinstance(expression, Float) or expression in _NOT_REAL:
        raise Unsupported
    return {frozenset([(expression, exponent)]): Fraction(1)}


def _power_form(power: Expr) -> Form:
    base, exponent = power.args
    if not exponent.is_Rational:
        return _atom(power)
    degree = fraction_of(exponent)
    if base.is_Rational:
        return _root_of_number(fraction_of(base), degree)
    inner = form_of(base)
    if degree.denominator == 1:
        whole = int(degree)
        if len(inner) == 1:
            return _power_of_term(inner, whole)
        if 0 < whole <= MAX_POWER:
            return raised(inner, whole)
        if not inner:
            raise Unsupported
        scale, primitive = primitive_of(inner)
        return scaled(_atom(expression_of(primitive), whole), scale**whole if abs(whole) <= MAX_POWER else _refuse())
    (monomial, coefficient), *rest = inner.items() if inner else [(ONE, Fraction(0))]
    if not rest and coefficient == 1 and len(monomial) == 1:
        ((atom, own),) = monomial
        if own == 1:
            return _atom(atom, degree)
    return _atom(base, degree)


def _refuse() -> Fraction:
    raise Unsupported


def _root_of_number(base: Fraction, degree: Fraction) -> Form:
    if base <= 0 or base.denominator != 1 or degree.denominator == 1:
        raise Unsupported
    whole = math.floor(degree)
    if abs(whole) > MAX_POWER:
        raise Unsupported
    return scaled(_atom(Integer(int(base)), degree - whole), base**whole)


def _power_of_term(term: Form, whole: int) -> Form:
    ((monomial, coefficient),) = term.items()
    if abs(whole) > 64:
        raise Unsupported
    powers: Form = {ONE: coefficient**whole}
    for atom, exponent in monomial:
        powers = multiplied(powers, _reduced_power(atom, exponent * whole))
    return powers


def _reduced_power(atom: Expr, exponent: Exponent) -> Form:
    """Return an atom's power; an integer power of a number is a number."""
    if not exponent:
        return constant(1)
    if atom.is_Integer:
        number = Fraction(int(atom))
        return constant(number ** int(exponent)) if exponent.denominator == 1 else _root_of_number(number, Fraction(exponent))
    return {frozenset([(atom, _plain(exponent))]): Fraction(1)}


def _plain(exponent: Exponent) -> Exponent:
    return int(exponent) if exponent.denominator == 1 else exponent


def _exponential_form(exponential: Expr) -> Form:
    inner = form_of(exponential.args[0])
    if len(inner) > MAX_POWER:
        return _atom(exponential)
    pairs = []
    for monomial, coefficient in inner.items():
        base = exp(expression_of({monomial: Fraction(1)}), evaluate=False) if monomial else S.Exp1
        pairs.append((base, _plain(coefficient)))
    return {frozenset(pairs): Fraction(1)}


def total(forms: Iterable[Form]) -> Form:
    """Return the sum of forms."""
    result: Form = {}
    for form in forms:
        for monomial, coefficient in form.items():
            changed = result.get(monomial, 0) + coefficient
            if changed:
                result[monomial] = Fraction(changed)
            else:
                del result[monomial]
        if len(result) > MAX_TERMS:
            raise Unsupported
    return result


def scaled(form: Form, factor: Fraction | int) -> Form:
    """Return a multiple of a form."""
    return {monomial: coefficient * factor for monomial, coefficient in form.items()} if factor else {}


def multiplied(first: Form, second: Form) -> Form:
    """Return the product of two forms."""
    if len(first) * len(second) > 4 * MAX_TERMS:
        raise Unsupported
    if len(first) == 1 and ONE in first:
        return scaled(second, first[ONE])
    if len(second) == 1 and ONE in second:
        return scaled(first, second[ONE])
    return total(_product(a, b, x * y) for a, x in first.items() for b, y in second.items())


def _product(first: Monomial, second: Monomial, coefficient: Fraction) -> Form:
    exponents = dict(first)
    if exponents.keys().isdisjoint(atom for atom, _ in second):
        return {first | second: coefficient}
    for atom, exponent in second:
        exponents[atom] = exponents.get(atom, 0) + exponent
    numbers = [(atom, exponent) for atom, exponent in exponents.items() if atom.is_Integer and not 0 < exponent < 1]
    for atom, exponent in numbers:
        whole = math.floor(exponent)
        coefficient *= Fraction(int(atom)) ** whole
        exponents[atom] = exponent - whole
    return {frozenset((atom, _plain(exponent)) for atom, exponent in exponents.items() if exponent): coefficient}


def raised(form: Form, degree: int) -> Form:
    """Return a natural power of a form."""
    result = constant(1)
    for _ in range(degree):
        result = multiplied(result, form)
    return result


def primitive_of(form: Form) -> tuple[Fraction, Form]:
    """Return a form as a positive rational times one with coprime integer coefficients."""
    over = math.gcd(*(value.numerator for value in form.values()))
    under = math.lcm(*(value.denominator for value in form.values()))
    scale = Fraction(over, under)
    return scale, {monomial: value / scale for monomial, value in form.items()}


def key_of(form: Form) -> frozenset[tuple[Monomial, Fraction]]:
    """Return what two forms share exactly if they are equal up to a positive factor."""
    return frozenset(primitive_of(form)[1].items()) if form else frozenset()


def expression_of(form: Form) -> Expr:
    """Return a form as a SymPy expression."""
    return Add(*(Mul(rational_of(value), *(Pow(a, rational_of(e)) for a, e in monomial)) for monomial, value in form.items()))


def atoms_of(form: Form) -> set[Expr]:
    """Return the atoms that occur in a form."""
    return {atom for monomial in form for atom, _ in monomial}


def degree_of(monomial: Monomial) -> Exponent:
    """Return the total degree of a monomial."""
    return sum(exponent for _, exponent in monomial)


def cleared(form: Form) -> tuple[Monomial, Form]:
    """Return a monomial m and a form f with ``form`` = m f, where f has no denominators and no common monomial; its sums are expanded.

    >>> from sympy.abc import p, q
    >>> m, f = cleared(form_of(p/(p + q) - p))
    >>> expression_of({m: Fraction(1)}), expression_of(f) == 1 - p - q
    (p/(p + q), True)
    """
    if len(form) <= 1:
        return next(iter(form), ONE), ({ONE: next(iter(form.values()))} if form else {})
    common: dict[Expr, Exponent] = {}
    powers = [dict(monomial) for monomial in form]
    for atom in atoms_of(form):
        least = min(exponents.get(atom, 0) for exponents in powers)
        if least:
            common[atom] = least
    rest: list[Form] = []
    for exponents, value in zip(powers, form.values(), strict=True):
        term = constant(value)
        for atom in exponents.keys() | common.keys():
            term = multiplied(term, _opened(atom, exponents.get(atom, 0) - common.get(atom, 0)))
        rest.append(term)
    return frozenset((atom, _plain(e)) for atom, e in common.items()), total(rest)


def _opened(atom: Expr, exponent: Exponent) -> Form:
    """Return the power of an atom, multiplied out where it is a whole power of a sum or product."""
    if isinstance(atom, (Add, Mul, Pow)) and exponent.denominator == 1 and 0 < exponent <= MAX_POWER:
        return raised(form_of(atom), int(exponent))
    return _reduced_power(atom, exponent)


def substituted(form: Form, values: dict[Expr, Form]) -> Form:
    """Return a form with atoms replaced where their exponents are small natural numbers."""
    if not any(atom in values for monomial in form for atom, _ in monomial):
        return form

    def terms() -> Iterator[Form]:
        for monomial, coefficient in form.items():
            kept, replaced = [], constant(coefficient)
            for atom, exponent in monomial:
                if atom in values and exponent.denominator == 1 and 0 < exponent <= MAX_POWER:
                    replaced = multiplied(replaced, raised(values[atom], int(exponent)))
                else:
                    kept.append((atom, exponent))
            yield multiplied(replaced, {frozenset(kept): Fraction(1)}) if kept else replaced

    return total(terms())
