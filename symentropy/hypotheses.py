"""Whether expressions can be probabilities that sum to 1, and what must be taken for granted for that.

Main definitions: `check_rational` and `check_symbolic` raise `DomainError` for what cannot be; `excess_over_one` and `indexed_total` are
the sums as far as expanding and cancelling show them; `bound_below` is the hypothesis that an entry is positive.

An identity that is not seen here is a hypothesis, never an error.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import (
    Add,
    Dummy,
    Expr,
    Lambda,
    LessThan,
    Pow,
    Rational,
    S,
    StrictLessThan,
    Sum,
    cancel,
    expand,
    radsimp,
)
from sympy.core.relational import Relational

from symentropy.errors import DomainError
from symentropy.evaluation.precision import sign
from symentropy.exact import shorten, shown
from symentropy.linear import affine, feasible
from symentropy.weights import Weights, over_common_denominator

#: Symbolic sums with more operations than this are compared with 1 by expansion only, not by cancelling fractions.
MAX_CANCEL_OPERATIONS = 2000


def named(k: int, names: list[str] | None) -> str:
    """Return how messages call the k-th entry."""
    return names[k] if names else f"probability {k}"


def check_rational(values: Sequence[Rational], names: list[str] | None) -> Weights:
    """Return the weights of rational probabilities; raise `DomainError` for one outside [0, 1] and for another sum than 1."""
    for k, value in enumerate(values):
        if not 0 <= value.p <= value.q:
            raise DomainError(f"{named(k, names)} is {shown(value)}, outside [0, 1]")
    weights, denominator = over_common_denominator(values)
    if sum(weights) != denominator:
        raise DomainError(f"the probabilities sum to {shown(Rational(sum(weights), denominator))}, not 1")
    return Weights(weights)


def check_symbolic(values: Sequence[Expr], names: list[str] | None, *, strict: bool) -> None:
    """Raise `DomainError` where the entries cannot be probabilities that sum to 1.

    ``strict``: symbolic entries are positive. A substitution may lead to the boundary, one symbol after the other, so there they are
    only non-negative.
    """
    for k, value in enumerate(values):
        if value.is_number and _outside(value):
            raise DomainError(f"{named(k, names)} is {shown(value)}, outside [0, 1]")
        if value.is_extended_real is False or value.is_infinite or value is S.NaN:
            raise DomainError(f"{named(k, names)} is {shown(value)}, which is not a real number")
        if (value.is_negative or (1 - value).is_negative) and (strict or affine(value) is None):
            raise DomainError(f"{named(k, names)} is {shown(value)}, which is never in [0, 1]")
    total = Add(*values)
    excess = excess_over_one(total)
    if excess.is_number and excess != 0 and sign(excess) is not None:
        raise DomainError(f"the probabilities sum to {shown(expand(total))}, not 1")
    symbolic = [value for value in values if not value.is_number]
    rest = 1 - Add(*(value for value in values if value.is_Rational))
    if symbolic and (rest < 0 or (strict and rest == 0) or not feasible(symbolic, [excess], strict=strict)):
        symbols = ", ".join(sorted({str(symbol) for value in symbolic for symbol in value.free_symbols}))
        raise DomainError(
            f"the probabilities {shorten(', '.join(map(shown, values)))} cannot all be in (0, 1) and sum to 1, for any values of {symbols}"
        )


def _outside(value: Expr) -> bool:
    return not value.is_extended_real or sign(value) == -1 or sign(1 - value) == -1


def excess_over_one(total: Expr) -> Expr:
    """Return ``total - 1``, as 0 where expanding or cancelling shows it; no other simplification."""
    excess = total - 1
    if excess == 0 or excess.is_Symbol:
        return excess
    excess = expand(excess)
    has_fractions = any(power.exp.could_extract_minus_sign() for power in excess.atoms(Pow))
    if excess == 0 or not has_fractions or excess.count_ops() > MAX_CANCEL_OPERATIONS:
        return excess
    reduced = radsimp(excess) if excess.is_number else cancel(excess)
    return S.Zero if reduced == 0 else excess


def indexed_total(pmf: Lambda, size: Expr) -> Expr | None:
    """Return the sum of an indexed pmf where it is elementary, else None."""
    index = pmf.variables[0]
    if not pmf.expr.has(index):
        total = pmf.expr * size
    elif pmf.expr.is_polynomial(index):
        total = Sum(pmf.expr, (index, 1, size)).doit()
    else:
        return None
    excess = excess_over_one(total)
    return S.One if excess == 0 else total if excess.is_number else None


def is_positive_pmf(pmf: Lambda) -> bool:
    """Return whether SymPy sees that an indexed pmf is positive at every positive integer."""
    return bool(pmf(Dummy("i", integer=True, positive=True)).is_positive)


def bound_below(entry: Expr, *, strict: bool) -> Relational:
    """Return 0 < entry (or 0 <= entry), written as ``rest < constant`` where that is shorter."""
    relation = StrictLessThan if strict else LessThan
    constant, rest = entry.as_coeff_Add()
    if constant.is_positive and rest.could_extract_minus_sign():
        return relation(-rest, constant, evaluate=False)
    return relation(0, entry, evaluate=False)
