"""Whether hypotheses contradict each other, as far as linear inequalities show it.

Main definition: `check_consistent`.

Left out: hypotheses that are not linear, that are about each index, or that say that something is different.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from sympy import Basic, Eq, Expr, Ge, Gt, Le, Lt
from sympy.logic.boolalg import Boolean

from symentropy.errors import DomainError
from symentropy.exact import shorten
from symentropy.linear import affine, feasible

#: Most hypotheses with <= or >= that are tried both as equations and as strict.
MAX_WEAK = 6
#: Most hypotheses with symbols in common that are examined.
MAX_FACTS = 100


def check_consistent(hypotheses: Iterable[Boolean]) -> None:
    """Raise `DomainError` for hypotheses that no real point satisfies.

    >>> from sympy.abc import x
    >>> check_consistent([Lt(0, x), Le(x, 0)])
    Traceback (most recent call last):
    ...
    symentropy.errors.DomainError: the hypotheses contradict each other: 0 < x and x <= 0
    """
    linear = [fact for fact in hypotheses if isinstance(fact, (Lt, Le, Gt, Ge, Eq)) and affine(fact.lhs - fact.rhs) is not None]
    for group in _groups(linear):
        if len(group) <= MAX_FACTS and not _is_consistent(group):
            raise DomainError(f"the hypotheses contradict each other: {shorten(' and '.join(map(_text, group)), 300)}")


def _text(fact: Boolean) -> str:
    return f"{fact.lhs} = {fact.rhs}" if isinstance(fact, Eq) else str(fact)


def _groups(facts: Sequence[Boolean]) -> list[list[Boolean]]:
    """Return the facts in groups that have no symbol in common."""
    groups: list[tuple[set[Basic], list[Boolean]]] = []
    for fact in facts:
        symbols, members = set(fact.free_symbols), [fact]
        apart = []
        for group in groups:
            if group[0] & symbols:
                symbols |= group[0]
                members = group[1] + members
            else:
                apart.append(group)
        groups = [*apart, (symbols, members)]
    return [members for _, members in groups]


def _is_consistent(facts: Sequence[Boolean]) -> bool:
    strict = [_excess(fact) for fact in facts if isinstance(fact, (Lt, Gt))]
    weak = [_excess(fact) for fact in facts if isinstance(fact, (Le, Ge))]
    zero = [fact.lhs - fact.rhs for fact in facts if isinstance(fact, Eq)]
    if len(weak) > MAX_WEAK:
        return feasible(strict, zero) and feasible([*strict, *weak], zero, strict=False)
    choices = product((True, False), repeat=len(weak))
    return any(
        feasible(
            [*strict, *(e for e, is_strict in zip(weak, choice, strict=True) if is_strict)],
            [*zero, *(e for e, is_strict in zip(weak, choice, strict=True) if not is_strict)],
        )
        for choice in choices
    )


def _excess(fact: Boolean) -> Expr:
    """Return what is positive, or not negative, where the fact holds."""
    return fact.gts - fact.lts
