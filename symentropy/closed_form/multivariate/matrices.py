r"""Determinants, traces and quadratic forms of covariance matrices, with entries or as symbols, in the shape a person writes.

Main definitions
----------------
* `log_det`, log det S, and `log_det_ratio`, log(det T/det S).
* `mean_of_square`, the mean of (x - m)^T S^-1 (x - m) for x with a given mean and covariance matrix.
* `trace_of_quotient`, tr(S^-1 T), and `quadratic_form`, d^T S^-1 d.
* `positive_log`, the logarithm of a positive product.

An explicit matrix falls into blocks, each inverted by itself through its adjugate, so that a diagonal matrix gives a sum of fractions and
not one large fraction. Matrix symbols, of explicit or symbolic size, stay in ``Determinant``, ``Inverse``, ``Transpose`` and ``Trace``.
A scalar is a scalar: a quadratic form of symbols is the trace of a 1 by 1 matrix.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import Any

from sympy import (
    LC,
    Add,
    Determinant,
    Expr,
    Identity,
    Inverse,
    MatAdd,
    MatMul,
    MatrixSymbol,
    Mul,
    S,
    Trace,
    Transpose,
    ZeroMatrix,
    default_sort_key,
    factor_list,
    log,
    pi,
)
from sympy.matrices import ImmutableDenseMatrix
from sympy.polys.matrices import DomainMatrix

from symentropy.definiteness import components, determinant, is_explicit
from symentropy.logarithms import natural_log

#: Blocks with more symbols than this stay unevaluated: the determinant of a full one of size 7 has thousands of terms.
MAX_SYMBOLS = 21
#: Entries of an inverse are reduced, and determinants factored, for blocks with at most this many symbols.
MAX_REDUCED = 6

#: A matrix, with entries or as an expression of matrix symbols.
AnyMatrix = Any


def plain(matrix: AnyMatrix) -> AnyMatrix:
    """Return a matrix with its entries where it has a size and no symbol stands for a matrix.

    >>> plain(2 * Identity(2))
    Matrix([
    [2, 0],
    [0, 2]])
    """
    if not is_explicit(matrix):
        matrix = matrix.doit()
        if not is_explicit(matrix) and (matrix.has(MatrixSymbol) or not all(S(size).is_Integer for size in matrix.shape)):
            return matrix
    return ImmutableDenseMatrix(matrix if is_explicit(matrix) else matrix.as_explicit())


def is_written_out(matrix: AnyMatrix) -> bool:
    """Whether the inverse of a matrix is written out: it has entries, and no block of it has too many symbols."""
    if not is_explicit(matrix):
        return False
    return all(len(matrix.extract(list(block), list(block)).free_symbols) <= MAX_SYMBOLS for block in components(matrix))


def log_2_pi_e(size: Expr) -> Expr:
    """Return size * log(2 pi e)."""
    return size * log(2 * pi * S.Exp1)


# Logarithms of determinants


def positive_log(argument: Expr) -> Expr:
    """Return the logarithm of a positive expression, with the powers of its positive factors in front.

    >>> from sympy import Integer, symbols
    >>> a, b = symbols("a b", positive=True)
    >>> r = symbols("r")
    >>> positive_log(a**2 * b**2 * (1 - r**2)), positive_log(a**2 / b**2), positive_log(Integer(9))
    (2*log(a*b) + log(1 - r**2), 2*log(a/b), 2*log(3))
    """
    if argument.is_number:
        return natural_log(argument)
    powers: dict[Expr, list[Expr]] = defaultdict(list)
    rest = []
    for factor in Mul.make_args(argument):
        base, exponent = factor.as_base_exp()
        if base.is_positive and exponent.is_real and not (base.is_number and exponent.is_number):
            is_below = exponent.could_extract_minus_sign()
            powers[-exponent if is_below else exponent].append(1 / base if is_below else base)
        else:
            rest.append(factor)
    if len(rest) == 1 and (odd := rest[0].as_base_exp())[1].is_odd and odd[1] > 1:  # odd[0] is positive as well
        powers[odd[1]].append(odd[0])
        rest = []
    if set(powers) <= {S.One}:
        return natural_log(argument)
    linear = Mul(*rest, *powers.pop(S.One, []))
    return Add(*(exponent * natural_log(Mul(*bases)) for exponent, bases in powers.items()), natural_log(linear) if linear != 1 else S.Zero)


def det(matrix: AnyMatrix) -> Expr:
    """Return a determinant: that of each block multiplied out or factored, of symbols as ``Determinant``.

    >>> from sympy import symbols
    >>> n = symbols("n", integer=True, positive=True)
    >>> det(2 * Identity(n)), det(MatrixSymbol("S", n, n).inverse())
    (2**n, 1/Determinant(S))
    """
    if is_explicit(matrix):
        return Mul(*(_det_of_block(matrix.extract(list(block), list(block))) for block in components(matrix)))
    if isinstance(matrix, Identity):
        return S.One
    if isinstance(matrix, Inverse):
        return 1 / det(matrix.arg)
    if isinstance(matrix, Transpose):
        return det(matrix.arg)
    if isinstance(matrix, MatMul):
        coefficient, factors = matrix.as_coeff_matrices()
        if all(factor.is_square for factor in factors):
            return coefficient**matrix.rows * Mul(*map(det, factors))
    return Determinant(matrix)


@lru_cache(maxsize=256)
def _det_of_block(block: ImmutableDenseMatrix) -> Expr:
    symbols = block.free_symbols
    if len(symbols) > MAX_SYMBOLS:
        return Determinant(block)
    value = determinant(block)
    return grouped(value, is_positive=True) if symbols and len(symbols) <= MAX_REDUCED else value


def grouped(product: Expr, *, is_positive: bool) -> Expr:
    """Return a polynomial as a product of symbols and of one sum for each multiplicity, signs as in 1 - r**2.

    A minus sign of a positive product belongs to one of the sums. What is no polynomial, such as sqrt(a), stays as it is.

    >>> from sympy.abc import a, b, r
    >>> grouped(a**2 * b**2 - r**2 * a**2 * b**2, is_positive=True)
    a**2*b**2*(1 - r**2)
    """
    if not product.is_polynomial():
        return product
    coefficient, factors = factor_list(product)
    groups: dict[int, list[Expr]] = defaultdict(list)
    for base, exponent in factors:
        groups[0 if base.is_Symbol else exponent].append(base**exponent if base.is_Symbol else base)
    parts = groups.pop(0, [])
    for exponent, bases in groups.items():
        whole = Mul(*bases).expand()
        sign = -1 if _leads_with_minus(whole) else 1
        coefficient *= sign**exponent
        parts.append((sign * whole).expand() ** exponent)
    if is_positive and coefficient.could_extract_minus_sign():
        odd = next((place for place, exponent in enumerate(groups, len(parts) - len(groups)) if exponent % 2), None)
        if odd is not None:
            base, exponent = parts[odd].as_base_exp()
            parts[odd], coefficient = (-base).expand() ** exponent, -coefficient
    return Mul(coefficient, *parts)


def _leads_with_minus(whole: Expr) -> bool:
    constant = whole.as_coeff_Add()[0]
    leading = constant if constant != 0 else LC(whole, *sorted(whole.free_symbols, key=default_sort_key))
    return bool(leading.could_extract_minus_sign())


def log_det(matrix: AnyMatrix) -> Expr:
    """Return log det S."""
    return positive_log(det(matrix))


def log_det_ratio(over: AnyMatrix, under: AnyMatrix) -> Expr:
    """Return log(det T/det S)."""
    return S.Zero if over == under else positive_log(det(over) / det(under))


# Traces and quadratic forms


def trace_of_quotient(S2: AnyMatrix, S1: AnyMatrix) -> Expr:
    """Return tr(S2^-1 S1).

    >>> from sympy import Matrix, symbols
    >>> a, b, c, d = symbols("a b c d")
    >>> trace_of_quotient(plain(Matrix.diag(a, b)), plain(Matrix.diag(c, d)))
    d/b + c/a
    """
    if S1 == S2:
        return S(S1.shape[0])
    if is_written_out(S2) and is_explicit(S1):
        return _contracted(S2, S1, None)
    if is_explicit(S1) and is_explicit(S2):
        return Trace(MatMul(Inverse(S2), S1))
    product = MatMul(Inverse(S2), S1).doit()
    return S(product.shape[0]) if isinstance(product, Identity) else Trace(product).doit()


def quadratic_form(S2: AnyMatrix, d: AnyMatrix) -> Expr:
    """Return d^T S2^-1 d."""
    if is_written_out(S2) and is_explicit(d):
        return _contracted(S2, None, d)
    d = d.doit()
    if isinstance(d, ZeroMatrix) or (is_explicit(d) and d.is_zero_matrix):
        return S.Zero
    if isinstance(d, MatMul) and d.as_coeff_matrices()[0] == -1:
        d = -d
    inverse = Inverse(S2) if is_explicit(S2) else Inverse(S2).doit()
    return Trace(MatMul(Transpose(d), d) if isinstance(inverse, Identity) else MatMul(Transpose(d), inverse, d))


def difference(m2: AnyMatrix, m1: AnyMatrix) -> AnyMatrix:
    """Return m2 - m1."""
    return m2 - m1 if is_explicit(m1) and is_explicit(m2) else MatAdd(m2, -m1).doit()


def mean_of_square(S2: AnyMatrix, S1: AnyMatrix, d: AnyMatrix) -> Expr:
    """Return tr(S2^-1 S1) + d^T S2^-1 d, the mean of (x - m)^T S2^-1 (x - m) where x has mean m + d and covariance matrix S1.

    Symbolic entries of S2 come out once, as common denominators.
    """
    if is_written_out(S2) and is_explicit(S1) and is_explicit(d) and S2.free_symbols and S1 != S2:
        return _contracted(S2, S1, d)
    return trace_of_quotient(S2, S1) + quadratic_form(S2, d)


def _contracted(S2: ImmutableDenseMatrix, S1: ImmutableDenseMatrix | None, d: ImmutableDenseMatrix | None) -> Expr:
    """Return the sum of S2^-1[i, j] (S1[i, j] + d[i] d[j]), over common denominators."""
    numerators: dict[Expr, list[Expr]] = defaultdict(list)
    for block in components(S2):
        place = {i: block[i] for i in range(len(block))}
        for (i, j), (numerator, denominator) in _inverse(S2.extract(list(block), list(block))).items():
            a, b = place[i], place[j]
            factor = (S1[a, b] if S1 is not None else S.Zero) + (d[a] * d[b] if d is not None else S.Zero)
            numerators[denominator].append((1 if i == j else 2) * numerator * factor)
    return Add(*(Add(*terms) / denominator for denominator, terms in numerators.items()))


@lru_cache(maxsize=256)
def _inverse(block: ImmutableDenseMatrix) -> dict[tuple[int, int], tuple[Expr, Expr]]:
    """Return the entries on and above the diagonal of an inverse, as (numerator, denominator); zeros are left out.

    The entries stay over the determinant unless they have smaller denominators of their own.
    """
    size = block.rows
    upper = [(i, j) for j in range(size) for i in range(j + 1)]
    symbols = block.free_symbols
    exact = DomainMatrix.from_Matrix(block)
    if exact.domain.is_EX or exact.domain.is_EXRAW:
        under = determinant(block)
        adjugate = block.adjugate(method="berkowitz").applyfunc(lambda entry: entry.expand())
        return {place: (adjugate[place], under) for place in upper if adjugate[place] != 0}
    adjoint, _ = exact.adj_det()
    to_sympy = exact.domain.to_sympy
    entries = {place: to_sympy(adjoint[place].element) for place in upper}
    under = _det_of_block(block)
    if not symbols:
        return {place: (entry / under, S.One) for place, entry in entries.items() if entry != 0}
    entries = {place: entry for place, entry in entries.items() if entry != 0}
    if len(symbols) <= MAX_REDUCED:
        reduced = {place: _reduced(entry / under) for place, entry in entries.items()}
        if any(denominator.count_ops() < under.count_ops() for _, denominator in reduced.values()):
            return reduced
    return {place: (entry, under) for place, entry in entries.items()}


def _reduced(fraction: Expr) -> tuple[Expr, Expr]:
    numerator, denominator = fraction.cancel().as_numer_denom()
    coefficient, below = grouped(denominator, is_positive=False).as_coeff_Mul()
    return numerator / coefficient, below
