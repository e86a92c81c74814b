"""Equations in the form that a person writes: the conditions under which an inequality is an equality.

Main definition: `equation`.
"""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Add, Eq, Expr, Mul, Poly, S, factor_list, fraction, log, together, true
from sympy.logic.boolalg import Boolean
from sympy.polys.polyerrors import BasePolynomialError

from symentropy.proof.domain import Domain


def equation(left: Expr, right: Expr, points: Domain) -> Boolean:
    """Return left = right without fractions and without factors that are never 0, with the terms on the sides where they are positive.

    The two say the same at every point of the domain, where both sides are defined.

    >>> from sympy import S, log, symbols
    >>> p, q = symbols("p q", positive=True)
    >>> equation((1 - p) / (1 - q), S.One, Domain([p < 1, q < 1])), equation(p**2, p * q, Domain())
    (Eq(p, q), Eq(p, q))
    >>> equation(3 * p, S.One, Domain()), equation(p * log(p), S.Zero, Domain())
    (Eq(p, 1/3), Eq(p, 1))
    """
    numerator, _ = fraction(together(left - right))
    if numerator == 0:
        return true
    try:
        _, factors = factor_list(numerator)
        vanishing = [factor for factor, _ in factors if not points.is_nonzero(factor)]
        if len(vanishing) == 1 and isinstance(vanishing[0], log):
            return equation(vanishing[0].args[0], S.One, points)
        polynomial = Poly(Mul(*vanishing))
    except BasePolynomialError:
        return Eq(left, right, evaluate=False)
    if not polynomial.domain.is_ZZ and not polynomial.domain.is_QQ:
        return Eq(left, right, evaluate=False)
    terms = [
        (coefficient, _product(polynomial.gens, monomial)) for monomial, coefficient in polynomial.clear_denoms()[1].primitive()[1].terms()
    ]
    first = min((term for term in terms if not term[1].is_number), key=lambda term: str(term[1]))
    if {monomial for _, monomial in terms} == {first[1], S.One}:  # 3 p = 1 is p = 1/3
        ((constant, _),) = [term for term in terms if term[1] == 1]
        return Eq(first[1], -constant / first[0], evaluate=False)
    direction = 1 if first[0] > 0 else -1
    return Eq(_sum((direction * c, m) for c, m in terms), _sum((-direction * c, m) for c, m in terms), evaluate=False)


def _sum(terms: Iterable[tuple[Expr, Expr]]) -> Expr:
    """Return the sum of the terms with positive coefficients."""
    return Add(*(coefficient * monomial for coefficient, monomial in terms if coefficient > 0))


def _product(generators: Iterable[Expr], exponents: Iterable[int]) -> Expr:
    return Mul(*(generator**exponent for generator, exponent in zip(generators, exponents, strict=True)))
