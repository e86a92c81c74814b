"""The points that hypotheses admit, and which signs expressions have there.

Main definition: `Domain`. `Domain.sign` proves the sign of an expression at all points, or returns None; it never guesses.

Main statements
---------------
An expression is taken to be a real number at each point (`symentropy.proof.definedness` lists what that needs). Its sign follows from

* certified constants and the assumptions of symbols;
* a hypothesis that says it, up to a positive factor and the equalities among the hypotheses;
* the signs of its parts (`symentropy.proof.structure`);
* hypotheses that are linear in the same monomials (`symentropy.proof.inequalities`);
* its factors over the rationals, roots between the bounds of a variable, discriminants (`symentropy.proof.polynomials`).

Work is counted, not timed, so that the same question has the same answer each time; None may also mean that the budget ran out.

Left out on purpose: everything about logarithms but the sign of log x from that of x - 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

import sympy as sp
from sympy import And, Basic, Contains, Expr, Float, Or, S, Sum, Symbol
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean
from sympy.polys.polyerrors import BasePolynomialError

from symentropy.errors import SymentropyError
from symentropy.evaluation.precision import enclosure
from symentropy.proof import polynomials
from symentropy.proof.claim import Each
from symentropy.proof.facts import Facts
from symentropy.proof.forms import (
    ONE,
    Form,
    Monomial,
    Unsupported,
    atoms_of,
    cleared,
    constant,
    degree_of,
    expression_of,
    form_of,
    fraction_of,
    multiplied,
    raised,
    scaled,
    single,
    total,
)
from symentropy.proof.indices import Pattern, bound_in, canonical_sums, matches, patterns, replaced, unused
from symentropy.proof.inequalities import Fact, consistent, linear_signs, products, value_range
from symentropy.proof.signs import ANY, NAMES, NEG, POS, ZERO, negated, of_number, plus, power, times
from symentropy.proof.structure import bounds, comparisons, shape_signs

#: The signs of lhs - rhs that a relation allows.
ALLOWED: dict[str, int] = {"==": ZERO, "!=": NEG | POS, "<": NEG, "<=": NEG | ZERO, ">": POS, ">=": POS | ZERO}

#: Steps of work for one question: a linear system counts 10, a look at a form 1.
BUDGET = 400
#: How many times one form leads to others: its factors, discriminants and values at ends.
MAX_LEVEL = 2
#: How far inside sums and statements for each index the terms of a known sum are compared with it.
MAX_DEPTH = 2
#: How often a fact for one index leads to those for the other indices in it, as in p[i] < p[i + 1].
MAX_GENERATION = 2
#: Terms of a fact that are cancelled in turn.
MAX_SHARED = 3
#: Digits to which constants such as log 2 are known in linear facts.
DIGITS = 25
#: Operations beyond which an expression is not looked at.
MAX_OPERATIONS = 4000
#: Sets whose members are integers, with the least one.
_INTEGER_SETS: dict[Basic, int | None] = {S.Naturals: 1, S.Naturals0: 0, S.Integers: None}
#: Functions that are real numbers wherever their arguments are.
_TOTAL = (sp.Add, sp.Mul, sp.exp, sp.Abs, sp.Max, sp.Min, sp.floor, sp.ceiling, sp.sinh, sp.cosh, sp.tanh, sp.asinh, sp.atan, sp.erf)
_FAILURES = (Unsupported, SymentropyError, BasePolynomialError, ArithmeticError, ValueError, TypeError, AttributeError, NotImplementedError)


class Domain:
    """The points that hypotheses and the assumptions of symbols admit, and which signs expressions have there.

    >>> from sympy import Eq, Gt, Lt, log
    >>> from sympy.abc import p, q, r
    >>> domain = Domain([Gt(p, 0), Gt(q, 0), Gt(r, 0), Eq(p + q + r, 1)])
    >>> domain.sign(1 - p - q), domain.sign(log(p)), domain.sign(p - q)
    ('>', '<', None)
    >>> domain.under(Lt(p, q)).implies(Lt(2*p, 1))
    True
    >>> Domain([Gt(p, 0)]).sign(p*log(p)) is None
    True
    """

    def __init__(self, hypotheses: Iterable[Boolean] = ()) -> None:
        self.hypotheses: tuple[Boolean, ...] = tuple(hypotheses)
        self._waiting: list[Boolean] = list(self.hypotheses)
        self._facts = Facts()
        self._raw: dict[Expr, int] = {}
        self._each: list[Each] = []
        self._sums: dict[Expr, list[Expr]] = {}
        self._noticed: set[Basic] = set()
        self._cache: dict[Expr, int] = {}
        self._under: dict[tuple[Boolean, ...], Domain] = {}
        self._active: set[object] = set()
        self._weakened = False
        self._budget = BUDGET
        self._contradictory: bool | None = None
        self._depth = 0
        self._cleared = 0
        self._plain: dict[Expr, int] = {}

    def __repr__(self) -> str:
        return f"Domain([{', '.join(map(str, self.hypotheses))}])"

    def under(self, *more: Boolean) -> Domain:
        """Return the domain with further hypotheses."""
        if more not in self._under:
            self._load()
            child = Domain()
            child.hypotheses = (*self.hypotheses, *more)
            child._waiting = list(more)
            child._facts = self._facts.copy()
            child._raw, child._each = dict(self._raw), list(self._each)
            child._sums = {total: [] for total in self._sums}  # what is known of sizes may say more now
            child._depth = self._depth + 1
            self._under[more] = child
        return self._under[more]

    # Questions

    def sign(self, expression: Expr) -> str | None:
        """Return the strongest of '>', '>=', '=', '<=', '<', '!=' that is proved of an expression, against 0, or None.

        >>> x = Symbol("x", nonnegative=True)
        >>> Domain().sign(x), Domain([sp.Ne(x, 0)]).sign(x), Domain().sign(S.Infinity), Domain().sign(1/x) is None
        ('>=', '>', '>', True)
        """
        return NAMES.get(self.mask(sp.sympify(expression)))

    def is_positive(self, expression: Expr) -> bool:
        """Return whether an expression is proved to be > 0."""
        return self.mask(expression) == POS

    def is_negative(self, expression: Expr) -> bool:
        """Return whether an expression is proved to be < 0."""
        return self.mask(expression) == NEG

    def is_nonnegative(self, expression: Expr) -> bool:
        """Return whether an expression is proved to be >= 0."""
        return not self.mask(expression) & NEG

    def is_nonpositive(self, expression: Expr) -> bool:
        """Return whether an expression is proved to be <= 0."""
        return not self.mask(expression) & POS

    def is_nonzero(self, expression: Expr) -> bool:
        """Return whether an expression is proved to be different from 0."""
        return not self.mask(expression) & ZERO

    def is_zero(self, expression: Expr) -> bool:
        """Return whether an expression is proved to be 0."""
        return self.mask(expression) == ZERO

    def implies(self, relation: Boolean) -> bool:
        """Return whether a relation is proved at all points: a SymPy relation, a membership in a number set, `Each`, And, Or.

        >>> n = Symbol("n", integer=True, positive=True)
        >>> Domain().implies(Contains(n - 1, S.Naturals0)), Domain().implies(sp.Ge(n, 2))
        (True, False)
        """
        for kind, implied in _IMPLIED.items():
            if isinstance(relation, kind):
                return implied(self, relation)
        return relation in (True, sp.true)

    def is_integer(self, expression: Expr) -> bool:
        """Return whether the values of an expression are proved to be integers."""
        self._load()
        if expression.is_Rational:
            return bool(expression.is_Integer)
        if expression in self._facts.integers:
            return True
        if isinstance(expression, (Symbol, *Pattern)):
            return bool(expression.is_integer)
        if expression.has(sp.nan, sp.zoo, sp.oo, Float):
            return False
        if isinstance(expression, (sp.Add, sp.Mul, sp.Abs, sp.Max, sp.Min)):
            return all(self.is_integer(argument) for argument in expression.args)
        if isinstance(expression, sp.Pow):
            base, exponent = expression.args
            return self.is_integer(base) and self.is_integer(exponent) and self.is_nonnegative(exponent)
        if isinstance(expression, (sp.floor, sp.ceiling)):
            return self.is_real(expression.args[0])
        if isinstance(expression, (sp.factorial, sp.binomial)):
            return all(self.is_integer(argument) and self.is_nonnegative(argument) for argument in expression.args)
        return False

    def is_real(self, expression: Expr) -> bool:
        """Return whether an expression is proved to be a defined real number, as far as its shape shows it.

        >>> x = Symbol("x")
        >>> Domain().is_real(sp.sqrt(x)), Domain([sp.Ge(x, 0)]).is_real(sp.sqrt(x)), Domain().is_real(sp.I)
        (False, True, False)
        """
        self._load()
        if isinstance(expression, (Symbol, *Pattern, sp.Rational, sp.NumberSymbol)):
            return _may_be_real(expression) and all(self.is_real(part) for part in expression.args if isinstance(part, Expr))
        if isinstance(expression, _TOTAL):
            return all(self.is_real(argument) for argument in expression.args)
        if isinstance(expression, sp.log):
            return self.is_positive(expression.args[0]) and self.is_real(expression.args[0])
        if not isinstance(expression, sp.Pow) or not all(self.is_real(argument) for argument in expression.args):
            return False
        base, exponent = expression.args
        if exponent.is_Integer:
            return bool(exponent >= 0) or self.is_nonzero(base)
        return self.is_positive(base) or (self.is_nonnegative(base) and self.is_positive(exponent))

    def is_contradictory(self) -> bool:
        """Return whether it is proved that no point satisfies the hypotheses.

        >>> from sympy import Gt, Lt
        >>> from sympy.abc import x
        >>> Domain([Gt(x, 1), Lt(x, 0)]).is_contradictory(), Domain([Gt(x, 0), Lt(x, 1)]).is_contradictory()
        (True, False)
        """
        self._load()
        if self._contradictory is None:
            rows = self._facts.reduced_rows()
            self._contradictory = self._facts.contradictory or not all(self._agrees(fact) for fact in rows) or not self._consistent(rows)
        return self._contradictory or self._facts.contradictory

    def _agrees(self, fact: Fact) -> bool:
        """Whether what the shape of a hypothesis says can be true together with it."""
        form, mask = fact
        return bool(mask & self._guarded(lambda: self._by_shape(expression_of(form))))

    def _consistent(self, rows: list[Fact]) -> bool:
        try:
            return consistent(rows, self._plain_mask, self._is_integral)
        except _FAILURES:
            return True

    # Signs

    def mask(self, expression: Expr) -> int:
        """Return the signs that an expression may have, as a set (see `symentropy.proof.signs`)."""
        known = self._cache.get(expression)
        if known is not None:
            return known
        if expression in self._active or self._budget <= 0:
            self._weakened = True
            return ANY
        outermost = not self._active
        if outermost:
            self._load()
            self._notice(expression)
            self._clear()
            self._plain.clear()
            self._budget, self._weakened = BUDGET, False
        before, self._weakened = self._weakened, False
        self._active.add(expression)
        try:
            found = self._guarded(lambda: self._computed(expression))
        finally:
            self._active.discard(expression)
        found = found or ANY  # what is not defined may seem to have no sign at all
        if outermost or not self._weakened:
            self._cache[expression] = found
        self._weakened |= before
        if outermost:
            self._budget = BUDGET
        return found

    def _guarded(self, compute: Callable[[], int]) -> int:
        try:
            return compute()
        except (*_FAILURES, RecursionError):
            return ANY

    def _computed(self, expression: Expr) -> int:
        if expression is S.Infinity or expression is S.NegativeInfinity:
            return POS if expression is S.Infinity else NEG
        if expression.is_Rational:
            return of_number(fraction_of(expression))
        if not _may_be_real(expression) or _is_large(expression):
            return ANY
        prepared = canonical_sums(expression)
        mask = self._raw.get(prepared, ANY)
        form = _form_or_none(prepared)
        if form is not None:
            mask &= self._facts.lookup(form)
        if mask not in (POS, NEG, ZERO):
            mask &= self._by_shape(prepared)
        if mask not in (POS, NEG, ZERO) and form is not None:
            mask &= self._form_mask(form, 0)
        return mask

    def _by_shape(self, expression: Expr) -> int:
        return shape_signs(expression, self)

    def _monomial_mask(self, monomial: Monomial) -> int:
        """Return the signs of a product of powers of atoms."""
        mask = POS
        for atom, exponent in monomial:
            found = power(self.mask(atom), exponent)
            mask = times(mask, found) if found != ANY or exponent > 0 else ANY
            if mask == ANY:
                break
        return mask & self._facts.lookup({monomial: Fraction(1)})

    def _plain_mask(self, monomial: Monomial) -> int:
        """Return the signs of a monomial without the help of linear facts, for use among them."""
        mask = POS
        for atom, exponent in monomial:
            found = self._plain.get(atom)
            if found is None:
                own = self._facts.lookup({frozenset([(atom, 1)]): Fraction(1)})
                found = self._plain[atom] = own if own in (POS, NEG, ZERO) else own & self._guarded(lambda a=atom: self._by_shape(a))  # type: ignore[misc]
            signs = power(found, exponent)
            mask = times(mask, signs) if signs != ANY or exponent > 0 else ANY
            if mask == ANY:
                break
        return mask & self._facts.lookup({monomial: Fraction(1)})

    def _form_mask(self, form: Form, level: int) -> int:
        """Return the signs of a form: those of its common monomial times those of the rest."""
        self._budget -= 1
        if self._budget <= 0:
            self._weakened = True
            return ANY
        if len(form) <= 1:
            mask = self._term_mask(form)
            return mask if mask in (POS, NEG, ZERO) else mask & self._related_mask(form, level)
        mask = self._facts.lookup(form)
        monomial, rest = cleared(form)
        outer = self._monomial_mask(monomial)
        if mask in (POS, NEG, ZERO):
            return mask
        if outer == ANY:
            return mask if self._facts.reduced(form) else ZERO
        mask &= times(outer, self._facts.lookup(rest))
        if mask in (POS, NEG, ZERO):
            return mask
        reduced = self._facts.reduced(rest)
        if reduced is not rest:
            monomial, reduced = cleared(reduced)
            outer = times(outer, self._monomial_mask(monomial))
        return mask & times(outer, self._reduced_mask(reduced, level))

    def _related_mask(self, form: Form, level: int) -> int:
        """Return the signs of one term from facts that relate it to others."""
        reduced = self._facts.reduced(form)
        if len(reduced) > 1:
            return self._form_mask(reduced, level)
        related = any(monomial in fact for fact, _ in self._facts.reduced_rows() for monomial in reduced if monomial)
        return self._linear(reduced, level) if related else ANY

    def _term_mask(self, form: Form) -> int:
        return self._signs_of_terms(form, self._monomial_mask)

    def _signs_of_terms(self, form: Form, sign_of: Callable[[Monomial], int]) -> int:
        mask = ZERO
        for monomial, value in form.items():
            mask = plus(mask, times(of_number(value), sign_of(monomial)))
            if mask == ANY:
                break
        return mask

    def _reduced_mask(self, form: Form, level: int) -> int:
        """Return the signs of a form without denominators and without solved atoms."""
        if len(form) <= 1:
            return self._term_mask(form)
        mask = self._facts.lookup_reduced(form) & self._term_mask(form)
        for method in _METHODS if level < MAX_LEVEL else _METHODS[:3]:
            if mask in (POS, NEG, ZERO, 0):
                break
            mask &= self._guarded(lambda m=method: m(self, form, level))  # type: ignore[misc]
        return mask

    def _between_bounds(self, form: Form, level: int) -> int:  # noqa: ARG002
        """A form in one atom has the signs that it takes between the bounds of the atom."""
        atoms = atoms_of(form)
        if len(atoms) != 1:
            return ANY
        (atom,) = atoms
        return polynomials.signs_between(form, atom, *self._bounds(atom))

    def _by_one_fact(self, form: Form, level: int) -> int:  # noqa: ARG002
        """A multiple of one fact, and a rest with a sign that its terms show."""
        mask = ANY
        for fact, signs in self._facts.reduced_rows():
            if len(fact) < 2 or signs in (ANY, NEG | POS):
                continue
            shared = [monomial for monomial in fact if monomial in form][:MAX_SHARED]
            for factor in {form[monomial] / fact[monomial] for monomial in shared}:
                rest = total([form, scaled(fact, -factor)])
                mask &= plus(times(signs, of_number(factor)), self._signs_of_terms(rest, self._plain_mask))
            if mask in (POS, NEG, ZERO):
                break
        return mask

    def _linear(self, form: Form, level: int) -> int:  # noqa: ARG002
        """Linear facts about the same monomials, and products of two of them."""
        self._budget -= 10
        rows = self._facts.reduced_rows() + self._known(form)
        mask = linear_signs(form, rows, self._plain_mask, self._is_integral)
        if mask in (POS, NEG, ZERO, 0) or max(map(degree_of, form)) < 2:
            return mask
        more = products(form, rows, self._plain_mask)
        if not more:
            return mask
        self._budget -= 20
        return mask & linear_signs(form, [*more, *rows], self._plain_mask, self._is_integral)

    def _at_ends(self, form: Form, level: int) -> int:
        """A form that is linear in an atom is between its values at the bounds of the atom; linear facts say as much of linear forms."""
        mask = ANY
        if all(len(monomial) <= 1 and all(exponent == 1 for _, exponent in monomial) for monomial in form):
            return mask
        for atom in sorted(atoms_of(form), key=str):
            parts = polynomials.coefficients(form, atom, polynomials.root_degree(form, atom))
            if max(parts) != 1 or polynomials.root_degree(form, atom) != 1:
                continue
            low, high = self._bounds(atom)
            if low is None or high is None:
                continue
            at_low, at_high = (self._form_mask(self._at(parts, end[0]), level + 1) for end in (low, high))
            inner = plus(at_low, at_high) | (0 if low[1] else at_low) | (0 if high[1] else at_high)
            mask &= inner
            if mask != ANY:
                break
        return mask

    def _at(self, parts: dict[int, Form], value: Fraction) -> Form:
        return total(scaled(part, value**degree) for degree, part in parts.items())

    def _factored(self, form: Form, level: int) -> int:
        """The product of the signs of the factors."""
        self._budget -= 5
        found = polynomials.factors(form)
        if found is None or (len(found) <= 2 and all(k == 1 for _, k in found)):
            return ANY
        mask = POS
        for factor, k in found:
            mask = times(mask, power(self._form_mask(factor, level + 1), k))
        return mask

    def _discriminant(self, form: Form, level: int) -> int:
        """A quadratic without real roots has the sign of its leading coefficient."""
        for atom in sorted(atoms_of(form), key=str):
            parts = polynomials.coefficients(form, atom, polynomials.root_degree(form, atom))
            if max(parts) != 2:
                continue
            a, b, c = (parts.get(degree, {}) for degree in (2, 1, 0))
            leading = self._form_mask(a, level + 1)
            if leading not in (POS, NEG):
                continue
            below = total([raised(b, 2), scaled(multiplied(a, c), -4)])
            signs = self._form_mask(below, level + 1)
            if not signs & POS:
                return leading if signs == NEG else leading | ZERO
        return ANY

    def _bounds(self, atom: Expr) -> tuple[polynomials.End, polynomials.End]:
        """Return rational bounds of an atom, as far as single facts say them; 0 and 1 are tried."""
        facts = [*self._facts.reduced_rows(), *self._facts.rows, *self._known(single(atom))]
        mask = self.mask(atom)
        own = single(atom)
        low, high = value_range(atom, [*facts, (own, mask)])
        if high is None and isinstance(atom, (Symbol, *Pattern)):
            above = self._guarded(lambda: self._linear(self._facts.reduced({ONE: Fraction(1), **scaled(own, -1)}), MAX_LEVEL))
            high = None if above & NEG else (Fraction(1), not above & ZERO)
        return low, high

    def _known(self, form: Form) -> list[Fact]:
        """Return facts about the atoms of a form: rational bounds of constants, and inequalities such as log x <= x - 1."""
        found: list[Fact] = []
        for monomial in form:
            if monomial and not any(atom.free_symbols for atom, _ in monomial):
                value = enclosure(expression_of({monomial: Fraction(1)}), DIGITS)
                if value.certified and not value.lower.is_infinite and not value.upper.is_infinite:
                    found.append((total([{monomial: Fraction(1)}, constant(-fraction_of(value.lower))]), POS | ZERO))
                    found.append((total([{monomial: Fraction(1)}, constant(-fraction_of(value.upper))]), NEG | ZERO))
        functions = [atom for atom in sorted(atoms_of(form), key=str) if atom.free_symbols and not isinstance(atom, (Symbol, *Pattern))]
        stated = [fact for atom in functions for fact in bounds(atom, self)]
        for difference, mask in stated + comparisons(functions, self):
            own = form_of(difference)
            found += [(self._facts.reduced(part), signs) for part, signs in ((own, mask), *self._without_denominators(own, mask))]
        return [fact for fact in found if fact[0] and fact[1] != ANY]

    def _without_denominators(self, form: Form, mask: int) -> list[Fact]:
        """Return a fact divided by what its terms have in common, where the sign of that is known."""
        monomial, rest = cleared(form)
        common = self._monomial_mask(monomial) if monomial and len(form) > 1 else ANY
        return [(rest, times(mask, common))] if common in (POS, NEG) else []

    def _clear(self) -> None:
        """Store the hypotheses once more without denominators."""
        while self._cleared < len(self._facts.rows):
            form, mask = self._facts.rows[self._cleared]
            self._cleared += 1
            try:
                more = self._without_denominators(form, mask)
            except _FAILURES:
                continue
            for fact in more:
                self._facts.add(*fact)

    def _is_integral(self, monomial: Monomial) -> bool:
        return all(exponent.denominator == 1 and exponent > 0 and self.is_integer(atom) for atom, exponent in monomial)

    # Hypotheses

    def _load(self) -> None:
        """Store the hypotheses that have not been looked at."""
        while self._waiting:
            hypothesis = self._waiting.pop(0)
            try:
                self._store(hypothesis)
            except (*_FAILURES, RecursionError):
                continue  # a hypothesis that is not understood says nothing

    def _store(self, hypothesis: Boolean) -> None:
        if isinstance(hypothesis, And):
            self._waiting += hypothesis.args
        elif hypothesis in (False, sp.false):
            self._facts.contradictory = True
        elif isinstance(hypothesis, Each):
            self._each.append(hypothesis)
        elif isinstance(hypothesis, Relational):
            self._assume(hypothesis.lhs, hypothesis.rhs, ALLOWED[hypothesis.rel_op])
        elif isinstance(hypothesis, Contains):
            self._store_membership(*hypothesis.args)

    def _store_membership(self, member: Expr, numbers: Basic) -> None:
        if numbers in _INTEGER_SETS:
            self._facts.integers.add(member)
            least = _INTEGER_SETS[numbers]
            if least is not None:
                self._assume(member, sp.Integer(least), POS | ZERO)
        elif isinstance(numbers, sp.Interval):
            if not numbers.start.is_infinite:
                self._assume(member, numbers.start, POS if numbers.left_open else POS | ZERO)
            if not numbers.end.is_infinite:
                self._assume(member, numbers.end, NEG if numbers.right_open else NEG | ZERO)

    def _assume(self, lhs: Expr, rhs: Expr, mask: int) -> None:
        """Store the signs of a difference."""
        if is_infinite(lhs) or is_infinite(rhs) or lhs.has(Float) or rhs.has(Float):
            return
        difference = canonical_sums(lhs - rhs)
        if not _may_be_real(difference):
            return
        for found in difference.atoms(Sum):
            self._sums.setdefault(found, [])
        self._raw[difference] = self._raw.get(difference, ANY) & mask
        self._raw[-difference] = self._raw.get(-difference, ANY) & negated(mask)
        form = form_of(difference)
        self._facts.add(form, mask)
        for own, signs in _envelopes(form, mask):
            self._facts.add(own, signs)

    # Facts for each index

    def _notice(self, expression: Basic, generation: int = 0) -> None:
        """Apply what holds for each index to the indices in an expression."""
        if (not self._each and not self._sums) or generation > MAX_GENERATION:
            return
        for given in sorted(expression.atoms(*Pattern) - self._noticed, key=str):
            self._noticed.add(given)
            for fact in self._each:
                self._guarded(lambda f=fact, g=given: self._apply(f, g, generation))  # type: ignore[misc]
            for found in list(self._sums) if self._depth <= MAX_DEPTH else ():
                self._guarded(lambda s=found, g=given: self._apply_sum(s, g))  # type: ignore[misc]

    def _apply(self, fact: Each, given: Basic, generation: int) -> int:
        for pattern in patterns(fact.relation, fact.variables):
            values = matches(pattern, given, fact.variables, bound_in(fact.relation))
            if values and all(self._in_range(values[limit[0]], [replaced(end, values) for end in limit[1:]]) for limit in fact.limits):
                instance = replaced(fact.relation, values)
                if isinstance(instance, Boolean):
                    self._waiting.append(instance)
                    self._load()
                    self._notice(instance, generation + 1)
        return ANY

    def _in_range(self, value: Basic, ends: Sequence[Basic]) -> bool:
        if len(ends) == 1:
            return isinstance(ends[0], sp.Set) and self.implies(Contains(value, ends[0], evaluate=False))
        low, high = ends
        return self.is_integer(value) and self._below(low, value) and self._below(value, high)

    def _below(self, low: Expr, high: Expr) -> bool:
        return low is S.NegativeInfinity or high is S.Infinity or self.is_nonnegative(high - low)

    def _apply_sum(self, found: Sum, given: Basic) -> int:
        """Terms of a sum of non-negative terms are together at most the sum."""
        if len(found.limits) != 1:
            return ANY
        index, low, high = found.limits[0]
        if not all(end.is_infinite or self.is_integer(end) for end in (low, high)):
            return ANY
        for pattern in patterns(found.function, [index]):
            values = matches(pattern, given, [index])
            if not values or values[index] in self._sums[found] or not self._in_range(values[index], (low, high)):
                continue
            inside = self.within(found)
            term = ANY if inside is None else inside[1].mask(inside[0])
            if term & NEG:
                return ANY
            places = self._sums[found]
            chosen = [values[index], *(k for k in places if self.is_nonzero(k - values[index]))]
            distinct = [k for place, k in enumerate(chosen) if all(self.is_nonzero(k - other) for other in chosen[1:place])]
            places.append(values[index])
            for group in {tuple(distinct), (values[index],)}:
                rest = found - sp.Add(*(replaced(found.function, {index: k}) for k in group))
                more = self.is_positive(high - low + 1 - len(group))
                self._assume(rest, S.Zero, POS if term == POS and more else POS | ZERO)
        return ANY

    def within(self, total: ExprWithLimits) -> tuple[Expr, Domain] | None:
        """Return the term of a sum, product or integral in private variables, and the domain in which they are in their ranges."""
        facts: list[Boolean] = []
        term, limits = total.function, list(total.limits)
        if any(len(limit) != 3 for limit in limits) or len(set(total.variables)) < len(limits):
            return None
        discrete = not isinstance(total, sp.Integral)
        if discrete and not all(any(map(self.is_integer, ends)) or all(end.is_infinite for end in ends) for _, *ends in limits):
            return None
        kind = {"integer": True} if discrete else {"real": True}
        for place, (variable, low, high) in enumerate(limits):
            new = unused(10, *self.hypotheses, total, *facts, **kind)
            term = replaced(term, {variable: new})
            limits = limits[: place + 1] + [tuple(replaced(part, {variable: new}) for part in limit) for limit in limits[place + 1 :]]
            relation = sp.Le if discrete else sp.Lt
            facts += [relation(low, new, evaluate=False), relation(new, high, evaluate=False)]
        return term, self.under(*facts)


def is_infinite(expression: Expr) -> bool:
    """Return whether an expression is oo or the like. SymPy is not asked about compound ones, which may take it forever.

    >>> is_infinite(S.Infinity), is_infinite(Symbol("x") ** -(10**60))
    (True, False)
    """
    return expression in (S.Infinity, S.NegativeInfinity, S.ComplexInfinity)


def _may_be_real(expression: Expr) -> bool:
    """Whether nothing in an expression is outside the exact real numbers."""
    if expression.has(sp.I, sp.nan, sp.zoo, Float) or (expression.has(sp.oo, -sp.oo) and not expression.has(ExprWithLimits)):
        return False
    return expression.is_commutative is not False and all(
        symbol.is_extended_real is not False for symbol in expression.free_symbols if isinstance(symbol, Symbol)
    )


def _is_large(expression: Expr) -> bool:
    """Whether an expression has more parts than are looked at."""
    return any(count > MAX_OPERATIONS for count, _ in enumerate(sp.preorder_traversal(expression), 1))


def _form_or_none(expression: Expr) -> Form | None:
    try:
        return form_of(expression)
    except (Unsupported, ArithmeticError):
        return None


#: What an atom is at least as large as (or at most as large as, for the smallest of some).
_SIDES: dict[type, Callable[[Any], Sequence[Expr]]] = {
    sp.Abs: lambda a: (a.args[0], -a.args[0]),
    sp.Max: lambda a: a.args,
    sp.Min: lambda a: a.args,
}


def _envelopes(form: Form, mask: int) -> Iterable[Fact]:
    """Return what follows from a bound above on |u| or the largest of some, or below on the smallest: a bound on each.

    An equality bounds them, and says of none that it is equal.
    """
    for monomial, value in form.items():
        ((atom, exponent),) = monomial if len(monomial) == 1 else ((S.One, 0),)
        sides = _SIDES.get(atom.func)
        upward = value < 0 if isinstance(atom, sp.Min) else value > 0
        if sides is None or exponent != 1 or mask & (POS if upward else NEG):
            continue
        rest = {other: c for other, c in form.items() if other != monomial}
        signs = mask if mask in (NEG, POS) else ZERO | (NEG if upward else POS)
        yield from ((total([rest, scaled(form_of(side), value)]), signs) for side in sides(atom))


def _implied_each(domain: Domain, statement: Each) -> bool:
    names: dict[Basic, Basic] = {}
    facts: list[Boolean] = []
    for limit in statement.limits:
        kind = {"integer": True} if len(limit) == 3 else {"real": True}
        names[limit[0]] = unused(20, *domain.hypotheses, statement, *names.values(), **kind)
    for variable, *ends in statement.limits:
        inside = [replaced(end, names) for end in ends]
        if len(inside) == 1:
            facts.append(Contains(names[variable], inside[0], evaluate=False))
        else:
            facts += [sp.Le(inside[0], names[variable], evaluate=False), sp.Le(names[variable], inside[1], evaluate=False)]
    return domain.under(*facts).implies(replaced(statement.relation, names))


def _implied_relation(domain: Domain, relation: Relational) -> bool:
    lhs, rhs = relation.lhs, relation.rhs
    if is_infinite(lhs) or is_infinite(rhs):
        return False
    return not domain.mask(lhs - rhs) & ~ALLOWED[relation.rel_op]


def _implied_membership(domain: Domain, relation: Contains) -> bool:
    member, numbers = relation.args
    if numbers in _INTEGER_SETS:
        least = _INTEGER_SETS[numbers]
        return domain.is_integer(member) and (least is None or domain.is_nonnegative(member - least))
    if isinstance(numbers, sp.Interval):
        low = numbers.start.is_infinite or not domain.mask(member - numbers.start) & ~(POS if numbers.left_open else POS | ZERO)
        return low and bool(numbers.end.is_infinite or not domain.mask(numbers.end - member) & ~(POS if numbers.right_open else POS | ZERO))
    return numbers == S.Reals and domain.is_real(member)


def _implied_or(domain: Domain, relation: Or) -> bool:
    """One part holds, or holds where the others do not."""
    if any(domain.implies(part) for part in relation.args):
        return True
    for part in relation.args:
        others = [other.negated for other in relation.args if other is not part and isinstance(other, Relational)]
        if others and domain.under(*others).implies(part):
            return True
    return False


#: What `Domain.implies` does for each kind of statement.
_IMPLIED: dict[type, Callable[[Domain, Any], bool]] = {
    Each: _implied_each,
    Relational: _implied_relation,
    Contains: _implied_membership,
    And: lambda domain, relation: all(domain.implies(part) for part in relation.args),
    Or: _implied_or,
}

#: Ways to the signs of a form, the cheapest first; after the first three come those that lead to other forms.
_METHODS: tuple[Callable[[Domain, Form, int], int], ...] = (
    Domain._between_bounds,
    Domain._by_one_fact,
    Domain._linear,
    Domain._at_ends,
    Domain._factored,
    Domain._discriminant,
)
