"""Whether an explicit matrix may be a covariance matrix: square, real, symmetric, positive definite.

Main definitions
----------------
* `check_positive_definite`, which raises `DomainError` with the entry or the minor that shows it is not.
* `components`, the blocks into which an explicit matrix falls.
* `is_explicit`, whether a matrix has entries.

A minor that depends on parameters is refused only where its sign is known; else the result holds for the parameters for which the
matrix is positive definite. SymPy's own check admits singular and asymmetric matrices.

Left out on purpose: matrix symbols, which stand for positive definite matrices.

Reference: R. A. Horn, C. R. Johnson, Matrix Analysis, 2nd ed., Cambridge 2013, theorem 7.2.5 (Sylvester's criterion).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sympy import Basic, Expr, Integer, MatrixBase, S
from sympy.matrices import ImmutableDenseMatrix
from sympy.polys.matrices import DomainMatrix

from symentropy.errors import DomainError
from symentropy.evaluation.precision import sign
from symentropy.exact import shown

#: Determinants with symbols are looked at for their sign up to this size.
MAX_SYMBOLIC = 4


def is_explicit(matrix: Basic) -> bool:
    """Whether a matrix has entries, and is not a symbol or an expression of matrices.

    >>> from sympy import Identity, Matrix
    >>> is_explicit(Matrix([[1]])), is_explicit(Identity(2))
    (True, False)
    """
    return isinstance(matrix, MatrixBase)


def components(*matrices: MatrixBase) -> list[tuple[int, ...]]:
    """Return the sets of indices that no entry of one of the matrices connects: the blocks of block diagonal matrices.

    >>> from sympy import Matrix
    >>> components(Matrix([[1, 0, 5], [0, 2, 0], [5, 0, 3]]))
    [(0, 2), (1,)]
    """
    size = matrices[0].rows
    left = set(range(size))
    found = []
    while left:
        block, waiting = set(), {min(left)}
        while waiting:
            i = waiting.pop()
            block.add(i)
            left.discard(i)
            waiting |= {j for j in left if any(matrix[i, j] != 0 or matrix[j, i] != 0 for matrix in matrices)}
        found.append(tuple(sorted(block)))
    return found


def check_real(entries: Any, what: str) -> None:
    """Raise `DomainError` for an entry that is not a real number."""
    for entry in entries:
        if entry.is_extended_real is False or entry.is_infinite or entry is S.NaN:
            raise DomainError(f"{what} has the entry {shown(entry)}, which is not a real number")


def check_shape(matrix: Any, rows: Any, columns: Any, what: str) -> None:
    """Raise `DomainError` for a matrix of another shape."""
    if any((S(found) - S(wanted)).expand() != 0 for found, wanted in zip(matrix.shape, (rows, columns), strict=True)):
        raise DomainError(f"{what} is {matrix.shape[0]} by {matrix.shape[1]}; here it must be {rows} by {columns}")


def check_positive_definite(matrix: Any, what: str) -> None:
    """Raise `DomainError` for an explicit matrix that is not symmetric and positive definite, whatever its parameters.

    >>> from sympy import ImmutableMatrix
    >>> check_positive_definite(ImmutableMatrix([[2, 1], [1, 2]]), "the covariance matrix")
    >>> check_positive_definite(ImmutableMatrix([[1, 1], [1, 1]]), "the covariance matrix")
    Traceback (most recent call last):
    ...
    symentropy.errors.DomainError: the covariance matrix is singular: the determinant of its rows and columns 1, 2 is 0
    """
    check_shape(matrix, matrix.shape[0], matrix.shape[0], what)
    if is_explicit(matrix):
        problem = _problem(ImmutableDenseMatrix(matrix))
        if problem:
            raise DomainError(f"{what} {problem}")


@lru_cache(maxsize=128)
def _problem(matrix: ImmutableDenseMatrix) -> str:
    """Return what is wrong with a square matrix, as the end of a sentence."""
    check_real(matrix, "the matrix")
    for i in range(matrix.rows):
        for j in range(i):
            if (matrix[i, j] - matrix[j, i]).expand() != 0:
                places = f"({j + 1}, {i + 1}) and ({i + 1}, {j + 1})"
                return f"is not symmetric: its entries {places} are {shown(matrix[j, i])} and {shown(matrix[i, j])}"
    for block in components(matrix):
        part = matrix.extract(list(block), list(block))
        problem = _of_numbers(part, block) if all(entry.is_number for entry in part) else _of_symbols(part, block)
        if problem:
            return problem
    return ""


def determinant(matrix: MatrixBase) -> Expr:
    """Return a determinant, multiplied out; 0 exactly where polynomials in the entries' symbols show it."""
    exact = DomainMatrix.from_Matrix(matrix)
    if exact.domain.is_EX or exact.domain.is_EXRAW:
        return matrix.det(method="berkowitz").expand()
    value: Expr = exact.domain.to_sympy(exact.charpoly()[-1])
    return value if matrix.rows % 2 == 0 else -value


def _of_numbers(part: MatrixBase, block: Sequence[int]) -> str:
    """Sylvester's criterion: all leading minors are positive. Those of rationals come from one elimination."""
    if all(entry.is_Rational for entry in part):
        rows = [list(part.row(i)) for i in range(part.rows)]
        minor: Expr = Integer(1)
        for i, row in enumerate(rows):
            minor = minor * row[i]
            if minor <= 0:
                return _minor(minor, block[: i + 1])
            for other in rows[i + 1 :]:
                factor = other[i] / row[i]
                other[i:] = [a - factor * b for a, b in zip(other[i:], row[i:], strict=True)]
        return ""
    for size in range(1, part.rows + 1):
        minor = determinant(part[:size, :size])
        if (sign(minor) if minor != 0 else 0) in (-1, 0):
            return _minor(minor, block[:size])
    return ""


def _of_symbols(part: MatrixBase, block: Sequence[int]) -> str:
    """Return the problem of a principal minor that is not positive whatever the values of its symbols."""
    size = part.rows
    choices = [[i] for i in range(size)] + [[i, j] for j in range(size) for i in range(j)]
    choices += [list(range(size))] if 2 < size <= MAX_SYMBOLIC else []
    for chosen in choices:
        minor = determinant(part.extract(chosen, chosen))
        if minor.is_nonpositive or minor.factor().is_nonpositive:
            return _minor(minor, [block[i] for i in chosen])
    return ""


def _minor(minor: Expr, places: Sequence[int]) -> str:
    rows = ", ".join(str(place + 1) for place in places)
    return f"is {'singular' if minor == 0 else 'not positive definite'}: the determinant of its rows and columns {rows} is {shown(minor)}"
