"""Linear inequalities over the rationals, decided exactly.

Main definitions
----------------
* `affine`, an expression as an affine form in its symbols.
* `feasible`, whether strict and non-strict linear inequalities have a common solution.
* `solve_nonnegative`, a target as a combination of given vectors with non-negative coefficients.

Main statements
---------------
By Motzkin's transposition theorem a system f_j > 0, g_k >= 0 has no solution exactly if some combination of its forms with non-negative
coefficients is a constant c <= 0 with c < 0 or with a positive coefficient of some f_j. So one exact simplex decides everything here.
The rows of its tableau are sparse integers, each row with a scale of its own; Bland's rule makes it end.

Left out on purpose: anything not affine, and systems beyond `MAX_SYMBOLS`. Both count as feasible, which is the safe answer for a
caller that looks for contradictions.

Reference: A. Schrijver, Theory of Linear and Integer Programming, Wiley 1986, sections 7.8 and 11.1.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction

from sympy import Add, Expr, Rational, Symbol, expand

#: An affine form: coefficients by symbol, and the constant under the key None.
Affine = dict[Symbol | None, Rational]
#: A sparse vector.
Vector = Mapping[Hashable, Fraction | int]

MAX_SYMBOLS = 150
#: Pivots after which Bland's rule, which is slower and never cycles, chooses the columns.
MAX_GREEDY_PIVOTS = 400


def affine(expression: Expr) -> Affine | None:
    """Return ``expression`` as an affine form in its free symbols, or None if it is not one with rational coefficients.

    >>> from sympy.abc import x, y
    >>> affine(2*x + 1), affine(x*y)
    ({None: 1, x: 2}, None)
    """
    form = _affine_terms(expression)
    return _affine_terms(expand(expression)) if form is None else form


def _affine_terms(expression: Expr) -> Affine | None:
    """Read the terms of a sum without expanding anything."""
    form: Affine = {None: Rational(0)}
    for term in Add.make_args(expression):
        coefficient, rest = term.as_coeff_Mul(rational=True)
        if rest.is_Symbol:
            form[rest] = form.get(rest, Rational(0)) + coefficient
        elif rest == 1 and coefficient.is_Rational:
            form[None] += coefficient
        else:
            return None
    return {key: value for key, value in form.items() if key is None or value != 0}


def feasible(positive: Iterable[Expr], zero: Iterable[Expr] = (), *, strict: bool = True) -> bool:
    """Return False only if no real point makes every ``positive`` expression > 0 (>= 0 if not strict) and every ``zero`` one 0.

    Symbols declared positive in SymPy are. Expressions that are not affine are left out, and systems beyond the size limit are
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
    declared: list[Affine] = [{symbol: Rational(1)} for symbol in symbols if symbol.is_positive]
    vectors = [_rational(form) for form in [*rows, *declared, *equalities]]
    kinds = [strict] * (len(rows) + len(declared))
    return contradiction(vectors[: len(kinds)], kinds, vectors[len(kinds) :]) is None


def _rational(form: Affine) -> Vector:
    return {key: Fraction(int(value.p), int(value.q)) for key, value in form.items() if value != 0}


#: Keys of the normalising row, and of the constant of a form.
_NORM = ("the sum of the coefficients of strict inequalities",)
CONSTANT = None


def contradiction(
    forms: Sequence[Vector], strict: Sequence[bool], zero: Sequence[Vector] = (), max_pivots: int | None = None
) -> list[Fraction] | None:
    """Return coefficients of ``forms``, not negative, that show that they have no common solution; None if they have one.

    Each form is > 0 where ``strict``, else >= 0; those in ``zero`` are 0. The constant of a form is under the key ``CONSTANT``.
    With ``max_pivots``, None may also mean that so many steps were not enough.

    >>> contradiction([{"x": 1}, {"x": -1}], [True, False])
    [Fraction(1, 1), Fraction(1, 1)]
    >>> contradiction([{"x": 1}, {"x": -1}], [False, False]) is None
    True
    """
    columns: list[Vector] = [{**form, _NORM: 1} if kind else form for form, kind in zip(forms, strict, strict=True)]
    columns.append({CONSTANT: 1, _NORM: 1})
    for form in zero:
        columns += [form, {key: -value for key, value in form.items()}]
    found = solve_nonnegative(columns, {_NORM: 1}, max_pivots)
    return None if found is None else found[: len(forms)]


def solve_nonnegative(columns: Sequence[Vector], target: Vector, max_pivots: int | None = None) -> list[Fraction] | None:
    """Return non-negative coefficients c with sum c_j column_j = target, a basic solution, or None if there are none.

    .. math:: \\sum_j c_j a_j = b, \\qquad c_j \\ge 0

    With ``max_pivots``, None may also mean that so many steps of the simplex method were not enough.

    >>> solve_nonnegative([{"x": 1}, {"x": 1, "y": 2}], {"x": 3, "y": 4})
    [Fraction(1, 1), Fraction(2, 1)]
    >>> solve_nonnegative([{"x": 1}], {"x": -1}) is None, solve_nonnegative([], {})
    (True, [])
    """
    tableau = _Tableau(columns, target)
    if not tableau.solve(max_pivots):
        return None
    found = [Fraction(0)] * len(columns)
    for place, column in enumerate(tableau.basis):
        if column < len(columns):
            row = tableau.rows[place]
            found[column] = Fraction(row.get(_RIGHT, 0), row[column])
    return found


#: The column of the right sides.
_RIGHT = -1


class _Tableau:
    """The tableau of the first phase of the simplex method: it minimises the sum of one artificial variable for each equation."""

    def __init__(self, columns: Sequence[Vector], target: Vector) -> None:
        self.width = len(columns)
        equations: dict[Hashable, dict[int, Fraction | int]] = {}
        for number, column in enumerate(columns):
            for key, value in column.items():
                if value:
                    equations.setdefault(key, {})[number] = value
        for key, value in target.items():
            if value:
                equations.setdefault(key, {})[_RIGHT] = value
        self.rows = [_integral(equation) for equation in equations.values()]
        self.basis = [self.width + place for place in range(len(self.rows))]
        for place, row in enumerate(self.rows):
            row[self.basis[place]] = 1  # artificial columns have the scale of their row, which does not matter
        self.cost: dict[int, int] = {}
        for row in self.rows:
            for key, value in row.items():
                if key < self.width:
                    self.cost[key] = self.cost.get(key, 0) + value
        self.cost = {key: value for key, value in self.cost.items() if value}

    def solve(self, max_pivots: int | None) -> bool:
        """Pivot until the artificial variables are 0, and return whether they became 0."""
        pivots = 0
        while self.cost.get(_RIGHT, 0) > 0:
            improving = [column for column, value in self.cost.items() if value > 0 and 0 <= column < self.width]
            if not improving or (max_pivots is not None and pivots >= max_pivots):
                return False
            column = min(improving) if pivots > MAX_GREEDY_PIVOTS else max(improving, key=lambda c: (self.cost[c], -c))
            self._pivot(self._leaving(column), column)
            pivots += 1
        return True

    def _leaving(self, column: int) -> int:
        """Return the row of the smallest ratio; among equal ones that of the smallest basic variable."""
        best = -1
        for place, row in enumerate(self.rows):
            entry = row.get(column, 0)
            if entry <= 0:
                continue
            if best < 0:
                best = place
                continue
            leader = self.rows[best]
            difference = row.get(_RIGHT, 0) * leader[column] - leader.get(_RIGHT, 0) * entry
            if difference < 0 or (difference == 0 and self.basis[place] < self.basis[best]):
                best = place
        return best

    def _pivot(self, place: int, column: int) -> None:
        pivot = self.rows[place]
        left = self.basis[place]
        if left >= self.width:
            pivot.pop(left, None)  # an artificial variable never comes back
        self.basis[place] = column
        for other, row in enumerate(self.rows):
            if other != place and column in row:
                self.rows[other] = _eliminated(row, pivot, column)
        if column in self.cost:
            self.cost = _eliminated(self.cost, pivot, column)


def _integral(row: Mapping[int, Fraction | int]) -> dict[int, int]:
    """Return a row with integers and a right side that is not negative."""
    scale = math.lcm(*(value.denominator for value in row.values()))
    if row.get(_RIGHT, 0) < 0:
        scale = -scale
    return {key: int(value * scale) for key, value in row.items()}


def _eliminated(row: dict[int, int], pivot: dict[int, int], column: int) -> dict[int, int]:
    """Return a positive multiple of ``row`` minus a multiple of ``pivot``, without the column."""
    scale, factor = pivot[column], row[column]
    common = math.gcd(scale, factor)
    scale, factor = scale // common, factor // common
    mixed = dict(row) if scale == 1 else {key: value * scale for key, value in row.items()}
    for key, value in pivot.items():
        changed = mixed.get(key, 0) - factor * value
        if changed:
            mixed[key] = changed
        else:
            mixed.pop(key, None)
    shrink = math.gcd(*mixed.values()) if scale != 1 else 1
    return {key: value // shrink for key, value in mixed.items()} if shrink > 1 else mixed
