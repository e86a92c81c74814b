"""What linear facts about monomials say about the sign of a form.

Main definitions
----------------
* A `Fact`: a form and the signs that it may have.
* `linear_signs`: each monomial counts as a variable; the exact simplex of `symentropy.linear` decides.
* `products`: further facts of degree two, products of given ones.

Over the integers a strict inequality is one that is not strict, by one unit: n > 0 is n - 1 >= 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import combinations, combinations_with_replacement
from typing import Any

from sympy import Expr

from symentropy.linear import CONSTANT, Vector, contradiction
from symentropy.proof.forms import ONE, Form, Monomial, atoms_of, degree_of, multiplied, scaled, single, total
from symentropy.proof.signs import ANY, NEG, POS, ZERO, times

Fact = tuple[Form, int]

MAX_FACTS = 120
MAX_PIVOTS = 300
#: Facts that are multiplied with each other.
MAX_FACTORS = 9


def relevant(target: Form, facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts that share a monomial with the target, or with one that does; at most `MAX_FACTS` of them, nearest first."""
    found: list[Fact] = []
    seen = set(target) - {ONE}
    waiting = list(facts)
    while waiting and len(found) < MAX_FACTS:
        near = [fact for fact in waiting if not seen.isdisjoint(fact[0])]
        if not near:
            break
        waiting = [fact for fact in waiting if seen.isdisjoint(fact[0])]
        found += near
        seen.update(monomial for form, _ in near for monomial in form)
        seen.discard(ONE)
    return found[:MAX_FACTS]


def linear_signs(target: Form, facts: Sequence[Fact], sign_of: Callable[[Monomial], int], is_integral: Callable[[Monomial], bool]) -> int:
    """Return the signs that a form may have under linear facts; 0 if the facts contradict each other.

    ``sign_of`` a monomial gives further facts, and ``is_integral`` says which monomials have integer values only.
    """
    system = _System(target, relevant(target, facts), sign_of, is_integral)
    for direction, sign in ((-1, POS), (1, NEG)):
        opposite = scaled(target, direction)
        found = system.contradiction([(opposite, True)])
        if found is None:
            continue
        if not found[-1]:
            return 0
        # The same combination excludes 0 as well where another strict inequality takes part in it; but over the integers it was
        # found for the target being at most -1, which says nothing about 0.
        excludes_zero = not system.is_integral(target) and system.uses_strict(found[:-1])
        if excludes_zero or system.contradiction([(opposite, False)]):
            return sign
        other = system.contradiction([(scaled(target, -direction), True)])
        return ZERO if other and other[-1] else sign | ZERO
    return ANY


def consistent(facts: Sequence[Fact], sign_of: Callable[[Monomial], int], is_integral: Callable[[Monomial], bool]) -> bool:
    """Return False only if linear facts contradict each other."""
    return _System({}, facts[:MAX_FACTS], sign_of, is_integral).contradiction([]) is None


class _System:
    """Facts, and the signs of all monomials in them, as inequalities between monomials."""

    def __init__(
        self, target: Form, facts: Sequence[Fact], sign_of: Callable[[Monomial], int], is_integral: Callable[[Monomial], bool]
    ) -> None:
        monomials = {monomial: None for form, _ in [(target, ANY), *facts] for monomial in form if monomial}
        self.integral = {monomial for monomial in monomials if is_integral(monomial)}
        signs: list[Fact] = [({monomial: Fraction(1)}, sign_of(monomial)) for monomial in monomials]
        self.rows = [self._tightened(*row) for form, mask in [*facts, *signs] for row in _one_sided(form, mask)]

    def contradiction(self, more: list[tuple[Form, bool]]) -> list[Fraction] | None:
        rows = self.rows + [self._tightened(*row) for row in more]
        return contradiction([row for row, _ in rows], [strict for _, strict in rows], max_pivots=MAX_PIVOTS)

    def is_integral(self, form: Form) -> bool:
        """Whether all terms of a form but its constant are multiples of integers."""
        monomials = form.keys() - {ONE}
        return bool(monomials) and self.integral.issuperset(monomials)

    def uses_strict(self, coefficients: list[Fraction]) -> bool:
        return any(value and strict for value, (_, strict) in zip(coefficients, self.rows, strict=True))

    def _tightened(self, form: Form, strict: bool) -> tuple[Vector, bool]:
        """Return an inequality, over the integers the strongest that follows."""
        constant = form.get(ONE, Fraction(0))
        rest = {monomial: value for monomial, value in form.items() if monomial}
        if not self.is_integral(form):
            plain: dict[Any, Fraction] = dict(rest)
            plain[CONSTANT] = constant
            return plain, strict
        over = math.gcd(*(value.numerator for value in rest.values()))
        unit = Fraction(over, math.lcm(*(value.denominator for value in rest.values())))
        least = -constant / unit
        bound = math.floor(least) + 1 if strict else math.ceil(least)
        tight: dict[Any, Fraction] = {monomial: value / unit for monomial, value in rest.items()}
        tight[CONSTANT] = Fraction(-bound)
        return tight, False


def _one_sided(form: Form, mask: int) -> list[tuple[Form, bool]]:
    """Return what a set of signs says as inequalities: forms that are positive (True) or not negative (False)."""
    found = []
    if not mask & NEG:
        found.append((form, not mask & ZERO))
    if not mask & POS:
        found.append((scaled(form, -1), not mask & ZERO))
    return found


def products(target: Form, facts: Iterable[Fact], sign_of: Callable[[Monomial], int]) -> list[Fact]:
    """Return products of two linear facts about the atoms of a target of degree two or more, and squares of differences."""
    degree = max(map(degree_of, target), default=0)
    atoms = atoms_of(target)
    if not 2 <= degree <= 3 or len(atoms) > MAX_FACTORS:
        return []
    own: list[Fact] = [(single(atom), sign_of(frozenset([(atom, 1)]))) for atom in sorted(atoms, key=str)]
    linear = [fact for fact in facts if fact[0].keys() and atoms_of(fact[0]) <= atoms and _is_linear(fact[0])]
    factors = [fact for fact in own + linear if fact[1] not in (ANY, NEG | POS)][:MAX_FACTORS]
    found: list[Fact] = []
    for (first, a), (second, b) in combinations_with_replacement(factors, 2):
        found.append((multiplied(first, second), times(a, b)))
    if degree == 3 and len(factors) <= 6:
        found += [(multiplied(form, third), times(a, c)) for form, a in list(found) for third, c in factors]
    for (first, _), (second, _) in combinations(own[:5], 2):
        difference = total([first, scaled(second, -1)])
        found.append((multiplied(difference, difference), ZERO | POS))
    return found + [(multiplied(form, form), ZERO | POS) for form, _ in own[:5]]


def _is_linear(form: Form) -> bool:
    return all(not monomial or (len(monomial) == 1 and degree_of(monomial) == 1) for monomial in form)


def value_range(atom: Expr, facts: Iterable[Fact]) -> tuple[tuple[Fraction, bool] | None, tuple[Fraction, bool] | None]:
    """Return the lower and the upper bound of an atom that facts about it alone state, each with whether it is strict."""
    lower: tuple[Fraction, bool] | None = None
    upper: tuple[Fraction, bool] | None = None
    monomial = frozenset([(atom, 1)])
    for form, mask in facts:
        if monomial not in form or len(form) > 2 or (len(form) == 2 and ONE not in form):
            continue
        for signed, strict in _one_sided(form, mask):
            bound = -signed.get(ONE, Fraction(0)) / signed[monomial]
            if signed[monomial] > 0:
                lower = (bound, strict) if lower is None or (bound, strict) > lower else lower
            else:
                upper = (bound, strict) if upper is None or (-bound, strict) > (-upper[0], upper[1]) else upper
    return lower, upper
