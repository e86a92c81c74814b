"""Whether strict linear inequalities over the rationals have a common solution.

Main definition: `feasible`, Fourier-Motzkin elimination with exact rational coefficients.

Left out on purpose: large systems (the method is doubly exponential in the worst case) and anything not affine.
Both count as feasible, which is the safe answer for a caller that looks for contradictions.

Reference: A. Schrijver, Theory of Linear and Integer Programming, Wiley 1986, section 12.2.
"""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Expr, Poly, Rational, Symbol
from sympy.polys.polyerrors import BasePolynomialError

#: An affine form: coefficients by symbol, and the constant under the key None.
Affine = dict[Symbol | None, Rational]

MAX_SYMBOLS = 6
MAX_ROWS = 400


def affine(expression: Expr) -> Affine | None:
    """Return ``expression`` as an affine form in its free symbols, or None if it is not one with rational coefficients."""
    symbols = sorted(expression.free_symbols, key=str)
    if not symbols:
        return {None: expression} if expression.is_Rational else None
    try:
        polynomial = Poly(expression, *symbols)
    except BasePolynomialError:
        return None
    if polynomial.total_degree() > 1 or not all(c.is_Rational for c in polynomial.coeffs()):
        return None
    form: Affine = {None: Rational(polynomial.nth(*[0] * len(symbols)))}
    for monomial, coefficient in polynomial.terms():
        if any(monomial):
            form[symbols[monomial.index(1)]] = coefficient
    return form


def _combine(first: Affine, scale: Rational, second: Affine, factor: Rational, eliminated: Symbol) -> Affine:
    """Return scale * first + factor * second, in which ``eliminated`` cancels."""
    keys = (first.keys() | second.keys()) - {eliminated}
    mixed = {key: scale * first.get(key, 0) + factor * second.get(key, 0) for key in keys}
    return {key: value for key, value in mixed.items() if key is None or value != 0}


def feasible(positive: Iterable[Expr], zero: Iterable[Expr] = (), *, strict: bool = True) -> bool:
    """Return False only if no real point makes every ``positive`` expression > 0 (>= 0 if not strict) and every ``zero`` one 0.

    Symbols declared positive in SymPy are. Expressions that are not affine are left out, and systems beyond the size limits are
    called feasible, so True means 'no contradiction found'.

    >>> from sympy.abc import p
    >>> feasible([p, 1 - p]), feasible([p, p - 1, 2 - 2*p])
    (True, False)
    >>> feasible([p, -p]), feasible([p, -p], strict=False)
    (False, True)
    """
    positive, zero = list(positive), list(zero)
    if len(set().union(*(expression.free_symbols for expression in positive + zero))) > MAX_SYMBOLS:
        return True
    rows = [form for form in map(affine, positive) if form is not None]
    equalities = [form for form in map(affine, zero) if form is not None]
    symbols = {key for form in rows + equalities for key in form if key is not None}
    rows += [{symbol: Rational(1), None: Rational(0)} for symbol in symbols if symbol.is_positive]
    while equalities:
        form = equalities.pop()
        pivot = next((key for key in form if key is not None), None)
        if pivot is None:
            if form[None] != 0:
                return False
            continue
        equalities = [_combine(other, Rational(1), form, -other.get(pivot, 0) / form[pivot], pivot) for other in equalities]
        rows = [_combine(row, Rational(1), form, -row.get(pivot, 0) / form[pivot], pivot) for row in rows]
        symbols.discard(pivot)
    for symbol in symbols:
        lower = [row for row in rows if row.get(symbol, 0) > 0]
        upper = [row for row in rows if row.get(symbol, 0) < 0]
        rows = [row for row in rows if symbol not in row]
        rows += [_combine(low, -high[symbol], high, low[symbol], symbol) for low in lower for high in upper]
        if len(rows) > MAX_ROWS:
            return True
    return all(row[None] > 0 if strict else row[None] >= 0 for row in rows)
