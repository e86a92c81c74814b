"""Refutation by exact points.

Main definitions
----------------
* `checked_witness`: the witness at a point, if the hypotheses hold there and the claim fails; trusted.
* `refutation` and `example` look for a point, the nicest that they find; what they find has passed `checked_witness`.

Main statements
---------------
A witness is a point of exact values at which every hypothesis and every assumption of a symbol is decided to hold, and at which both
sides are known exactly or lie in certified enclosures that do not overlap. No floating-point number decides anything: they only say
where to look first. No witness says nothing about the claim.

Left out on purpose: where the points come from (see `symentropy.proof.points`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sympy import Basic, Expr, Indexed, IndexedBase, Symbol, sympify

from symentropy.finite import Finite
from symentropy.proof.claim import Claim, Witness
from symentropy.proof.constants import FAILURES, LEVELS, SIGNS, compared, is_admitted
from symentropy.proof.points import Search, Stopped
from symentropy.proof.witness_values import Point
from symentropy.quantity import Quantity

#: Seconds that a search may take, where nothing else is said.
SECONDS = 1.0
#: Points at which sides that cannot be told apart are evaluated with more digits; the smaller number where that takes integrals.
MANY, FEW = 16, 2


def checked_witness(claim: Claim, values: Mapping[Expr, Expr], digits: int = 15) -> Witness | None:
    """Return the witness at a point where the claim fails (where it holds, for a claim of existence), or None if that is not shown.

    ``values`` gives every symbol, and every entry p[1], p[2], ... of an indexed pmf, an exact number.

    >>> from sympy import Rational, symbols
    >>> from symentropy import Entropy
    >>> p = symbols("p")
    >>> found = checked_witness(Claim(Entropy([p, 1 - p]), ">=", p), {p: Rational(9, 10)})
    >>> str(found.left), str(found.right)
    ('0.325082973391448', '0.900000000000000')
    >>> checked_witness(Claim(p, "<", 1, [p > 0]), {p: 0}) is None
    True
    """
    return _checked(claim, values, digits, LEVELS)


def _checked(claim: Claim, values: Mapping[Expr, Expr], digits: int, levels: tuple[int, ...]) -> Witness | None:
    try:
        exact = {name: sympify(value, strict=True) for name, value in values.items()}
        if not _covers(claim, exact) or not all(is_admitted(name, value) for name, value in exact.items()):
            return None
        point = Point(exact)
        if not all(point.holds(hypothesis) for hypothesis in claim.hypotheses):
            return None
        found = compared(point.value(claim.lhs), point.value(claim.rhs), digits, levels)
    except FAILURES:  # of which `NoValue` is one
        return None
    if found is None or found[2] is None or (found[2] in SIGNS[claim.relation]) != claim.exists:
        return None
    return Witness(claim, exact, found[0], found[1])


def _covers(claim: Claim, values: Mapping[Any, Any]) -> bool:
    """Whether values are given for all symbols of a claim, and for nothing else."""
    parts: tuple[Basic, ...] = (claim.lhs, claim.rhs, *claim.hypotheses)
    labels = {base.label for part in parts for base in part.atoms(IndexedBase)}
    bases = {base for part in parts for base in part.atoms(IndexedBase)}
    symbols = {name for name in claim.free_symbols if isinstance(name, Symbol)}
    given = {name for name in values if isinstance(name, Symbol)}
    entries = [name for name in values if not isinstance(name, Symbol)]
    return (
        symbols - labels <= given <= symbols
        and not given & labels
        and all(isinstance(entry, Indexed) and entry.base in bases and all(k.is_Integer for k in entry.indices) for entry in entries)
    )


def refutation(claim: Claim, *, seconds: float = SECONDS, is_hasty: bool = False) -> Witness | None:
    """Return a point where the claim fails, the nicest that the search finds; None if it found none, which says nothing.

    ``is_hasty``: points at which both sides look equal are left out where a certified look at one takes long.

    >>> from sympy import symbols
    >>> from symentropy import KLDivergence
    >>> p, q = symbols("p q")
    >>> D = KLDivergence([p, 1 - p], [q, 1 - q])
    >>> refutation(Claim(D, ">", 0)).values
    {p: 1/2, q: 1/2}
    >>> refutation(Claim(D, ">=", 0)) is None
    True
    """
    return None if claim.exists else _found(claim, seconds, is_hasty=is_hasty and _has_families(claim))


def example(claim: Claim, *, seconds: float = SECONDS) -> Witness | None:
    """Return a point where a claim of existence holds, or None if the search found none.

    >>> from sympy import symbols
    >>> x = symbols("x")
    >>> example(Claim(x**2, ">", 2 * x, exists=True)).values
    {x: -1}
    """
    return _found(claim, seconds) if claim.exists else None


def _has_families(claim: Claim) -> bool:
    """Whether a side has a noun that is enclosed by an integral or an infinite sum."""
    nouns = claim.lhs.atoms(Quantity) | claim.rhs.atoms(Quantity)
    return any(not isinstance(P, Finite) for noun in nouns for P in noun.args if not isinstance(P, Expr))


def _found(claim: Claim, seconds: float, *, is_hasty: bool = False) -> Witness | None:
    end = time.monotonic() + seconds

    def check() -> None:
        if time.monotonic() > end:
            raise Stopped

    try:
        return _first(claim, Search(claim, check, is_hasty=is_hasty).proposals(), check)
    except Stopped:
        return None


def _first(claim: Claim, proposals: Iterable[Mapping[Expr, Expr]], check: Callable[[], None]) -> Witness | None:
    """Return the witness at the first point that is one."""
    careful = FEW if _has_families(claim) else MANY
    for values in proposals:
        check()
        witness = _checked(claim, values, 15, LEVELS if careful > 0 else ())
        careful -= 1
        if witness is not None:
            return witness
    return None
