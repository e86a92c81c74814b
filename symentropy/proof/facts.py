"""What hypotheses say, stored so that a sign is found again at once.

Main definition: `Facts`, with the signs of forms, linear equalities solved for one atom each, and atoms with integer values.

A form and its positive multiples are one entry; so is its negative, with the signs exchanged.
"""

from __future__ import annotations

from fractions import Fraction

from sympy import Expr, Symbol
from sympy.tensor.indexed import Indexed

from symentropy.proof.forms import Form, Unsupported, atoms_of, key_of, scaled, substituted
from symentropy.proof.inequalities import Fact
from symentropy.proof.signs import ANY, ZERO, negated

#: Equalities with more terms than this are not solved.
MAX_SOLVED_TERMS = 200


class Facts:
    """Signs of forms, solved equalities and integer atoms, which only grow."""

    def __init__(self) -> None:
        self.signs: dict[object, int] = {}
        self.rows: list[Fact] = []
        self.solved: dict[Expr, Form] = {}
        self.integers: set[Expr] = set()
        self.contradictory = False
        self._reduced: list[Fact] | None = None
        self._reduced_signs: dict[object, int] = {}

    def copy(self) -> Facts:
        """Return facts to which more can be added."""
        other = Facts()
        other.signs, other.rows, other.solved = dict(self.signs), list(self.rows), dict(self.solved)
        other.integers, other.contradictory = set(self.integers), self.contradictory
        return other

    def add(self, form: Form, mask: int) -> None:
        """Store the signs of a form."""
        if not form:
            self.contradictory |= not mask & ZERO
            return
        if not self.signs.get(key_of(form), ANY) & ~mask:
            return  # known already
        self._store(self.signs, form, mask)
        self.rows.append((form, mask))
        if mask == ZERO:
            self._solve(form)
        self._reduced = None

    def _store(self, signs: dict[object, int], form: Form, mask: int) -> None:
        for signed, own in ((form, mask), (scaled(form, -1), negated(mask))):
            key = key_of(signed)
            signs[key] = signs.get(key, ANY) & own
            self.contradictory |= signs[key] == 0

    def _solve(self, equality: Form) -> None:
        """Solve an equality for an atom with a constant coefficient, and put that into the equalities solved before."""
        try:
            form = self.reduced(equality)
            atom = _pivot(form)
            if atom is None or len(form) > MAX_SOLVED_TERMS:
                return
            monomial = frozenset([(atom, 1)])
            value = scaled({m: c for m, c in form.items() if m != monomial}, Fraction(-1) / form[monomial])
            before = {other: substituted(old, {atom: value}) for other, old in self.solved.items()}
        except Unsupported:
            return
        self.solved = {**before, atom: value}

    def reduced(self, form: Form) -> Form:
        """Return a form with the atoms that equalities are solved for replaced."""
        return substituted(form, self.solved) if self.solved else form

    def lookup(self, form: Form) -> int:
        """Return the stored signs of a form."""
        return self.signs.get(key_of(form), ANY)

    def lookup_reduced(self, form: Form) -> int:
        """Return the stored signs of a reduced form."""
        self.reduced_rows()
        return self._reduced_signs.get(key_of(form), ANY)

    def reduced_rows(self) -> list[Fact]:
        """Return all facts, reduced, without those that say nothing any more."""
        if self._reduced is None:
            self._reduced, self._reduced_signs = [], {}
            for form, mask in self.rows:
                try:
                    short = self.reduced(form)
                except Unsupported:
                    continue
                if short:
                    self._reduced.append((short, mask))
                    self._store(self._reduced_signs, short, mask)
                else:
                    self.contradictory |= not mask & ZERO
        return self._reduced


def _pivot(form: Form) -> Expr | None:
    """Return the atom to solve for: one that occurs in a single term, alone; sums first, then the last symbol."""
    candidates = (next(iter(monomial)) for monomial in form if len(monomial) == 1)
    single = {atom for atom, exponent in candidates if exponent == 1 and atom.free_symbols}
    for atom in list(single):
        if sum(any(a == atom for a, _ in monomial) for monomial in form) > 1:
            single.discard(atom)
    single = {atom for atom in single if not any(other != atom and other.has(atom) for other in atoms_of(form))}
    if not single:
        return None
    return max(single, key=lambda atom: (not isinstance(atom, (Symbol, Indexed)), str(atom)))
