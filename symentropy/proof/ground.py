"""A claim for fixed sizes, as a claim about finitely many numbers: which of them are free, in which intervals, and which belong together.

Main definitions
----------------
* `Ground`: the numbers, what they must satisfy, and the margin of the claim in floating point, which says where to look.
* `Unit`, numbers that are chosen together: a single one, or the entries of a pmf.

Linear equalities among the hypotheses are solved, so that the solved numbers follow the free ones.

Left out on purpose: anything that decides. What is computed here only orders the points that are then looked at with certified bounds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial, reduce
from operator import mul
from typing import Any

import mpmath
from sympy import Basic, Dummy, Expr, Indexed, IndexedBase, Integer, Poly, Rational, Symbol, real_roots
from sympy.core.relational import Relational
from sympy.polys.polyerrors import BasePolynomialError
from sympy.polys.rootoftools import ComplexRootOf

from symentropy.evaluation.functions import Function, compiled
from symentropy.finite import Finite
from symentropy.proof.claim import Claim, Each
from symentropy.proof.constants import FAILURES
from symentropy.proof.point_options import WIDE, Span, extreme_pmfs, extremes, integers, numbers, pmfs, random_number, random_pmf
from symentropy.proof.witness_values import NoValue, Point
from symentropy.quantity import Mean

#: Exact values of all numbers: fractions, or exact expressions where a hypothesis asks for one.
Values = dict[Symbol, Any]
#: The coefficients of an affine form by symbol, and its constant under None.
Form = dict[Any, Fraction]

#: How a point looks in floating point, the most promising first: the claim fails by much, by little, or hardly; a tie; nothing is known.
FAILS_CLEARLY, FAILS, FAILS_HARDLY, TIE, UNKNOWN, CLEAR = range(6)
#: Relative differences from which on a failure is one by much, and by little.
MUCH, LITTLE = 0.1, 0.01
#: Floating-point sums are trusted up to this error, relative to 1 and to the sides.
ROUNDING = 1e-12

#: A difference is 0, positive, non-negative or other than 0.
_KINDS = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": ">", ">=": ">="}
_TESTS: dict[str, Callable[[Any], bool]] = {"=": lambda x: x == 0, "!=": lambda x: x != 0, ">": lambda x: x > 0, ">=": lambda x: x >= 0}
_FLOAT_TESTS: dict[str, Callable[[float], bool]] = {**_TESTS, "=": lambda x: abs(x) < 1e-9, "!=": lambda _: True}
#: Bits of the powers that are computed exactly.
MAX_BITS = 1 << 14
#: Degree up to which the roots of a polynomial are looked for.
MAX_DEGREE = 8


class _Fractions:
    """The arithmetic of fractions, for compiled rational functions."""

    mpf = staticmethod(Fraction)

    @staticmethod
    def fsum(terms: Iterable[Fraction]) -> Fraction:
        return sum(terms, Fraction(0))

    @staticmethod
    def fprod(factors: Iterable[Fraction]) -> Fraction:
        return reduce(mul, factors, Fraction(1))

    @staticmethod
    def power(base: Fraction, exponent: Fraction) -> Fraction:
        size = max(base.numerator.bit_length(), base.denominator.bit_length())
        if exponent.denominator != 1 or abs(exponent) * size > MAX_BITS:
            raise ValueError("not a rational number")
        return base ** int(exponent)


@dataclass(frozen=True, slots=True)
class Fact:
    """An expression that is = 0, > 0, >= 0 or != 0."""

    expression: Expr
    kind: str
    exactly: Function | None
    form: Form | None


@dataclass(frozen=True, slots=True)
class Unit:
    """Numbers that are chosen together; ``total`` is the sum of the entries of a pmf, and None for a single number."""

    names: tuple[Symbol, ...]
    total: Fraction | None = None


class Ground:
    """A claim for fixed sizes; see the module for what it knows."""

    def __init__(self, sides: tuple[Expr, Expr], relation: str, facts: list[tuple[str, Expr]], names: Mapping[Symbol, Expr]) -> None:
        self.sides = sides
        self.relation = relation
        self.names = dict(names)  # each symbol -> what it is in the claim
        self.exists = False
        self.sizes: dict[Symbol, Integer] = {}
        self.is_computable = False
        self.solved = _solved([expression for kind, expression in facts if kind == "="], sorted(self.names, key=_order))
        self.free = [name for name in sorted(self.names, key=_order) if name not in self.solved]
        self.facts = [_fact(kind, expression) for kind, expression in dict.fromkeys([*facts, *_assumed(self.names)])]
        self._follow = [(name, _exactly(value), value) for name, value in self.solved.items()]
        self.spans = self._spans()
        self.units = self._units()

    @classmethod
    def of(cls, claim: Claim, sizes: Mapping[Symbol, Integer], *, level: bool = False) -> Ground:
        """Return the claim for these sizes; with ``level``, at the points at which both sides are equal."""
        point = Point(sizes)
        parts: list[Basic] = [point.of(side) if not side.is_infinite else side for side in (claim.lhs, claim.rhs)]
        relations: list[tuple[str, Basic]] = [(kind, part) for fact in claim.hypotheses for kind, part in _written_out(point, fact)]
        everything = [*parts, *(part for _, part in relations)]
        entries = sorted(set().union(*(part.atoms(Indexed) for part in everything)), key=_order)
        labels = set().union(*(base.free_symbols | {base.label} for part in everything for base in part.atoms(IndexedBase)), set())
        names: dict[Symbol, Expr] = {Dummy(str(entry), **_declared(entry)): entry for entry in entries}
        swaps = {entry: name for name, entry in names.items()}
        symbols = {s for s in claim.free_symbols if isinstance(s, Symbol) and s not in labels and s not in sizes}
        symbols -= {base.label for side in (claim.lhs, claim.rhs, *claim.hypotheses) for base in side.atoms(IndexedBase)}
        names.update({symbol: symbol for symbol in symbols})
        left, right = (part.xreplace(swaps) for part in parts)
        facts = [(kind, part.xreplace(swaps)) for kind, part in relations]
        made = cls((left, right), claim.relation, [*facts, ("=", left - right)] if level else facts, names)
        made.exists, made.sizes = claim.exists, dict(sizes)
        return made

    def roots(self) -> list[Values]:
        """Return the values of a single free number at which both sides are equal, where they are rational or square roots."""
        difference = self.sides[0] - self.sides[1]
        if len(self.free) != 1 or self.solved or not difference.is_polynomial(*self.free) or difference.free_symbols != set(self.free):
            return []
        polynomial = Poly(difference, *self.free)
        if polynomial.degree() > MAX_DEGREE or not all(c.is_Rational for c in polynomial.coeffs()):
            return []
        return [{self.free[0]: root} for root in reversed(real_roots(polynomial)) if root.is_Rational or not root.has(ComplexRootOf)]

    def named(self, values: Values) -> dict[Expr, Expr]:
        """Return values by the names of the claim, sizes first."""
        return {**self.sizes, **{self.names[name]: _sympified(values[name]) for name in sorted(self.names, key=_order)}}

    def completed(self, choice: Sequence[Mapping[Symbol, Fraction]]) -> Values | None:
        """Return the point of chosen values of the units with what follows from them; None where a hypothesis fails."""
        values: Values = {name: value for part in choice for name, value in part.items() if name not in self.solved}
        try:
            for name, exactly, expression in self._follow:
                values[name] = (
                    exactly(_Fractions, values) if exactly else expression.xreplace({n: _sympified(v) for n, v in values.items()})
                )
        except FAILURES:
            return None
        return values if all(_may_hold(fact, values) for fact in self.facts) else None

    def completed_floats(self, values: dict[Symbol, float]) -> dict[Symbol, float] | None:
        """Return a point of floating-point values of the free numbers in the same way."""
        try:
            for name, exactly, _ in self._follow:
                if exactly is None:
                    return None
                values[name] = float(exactly(mpmath.fp, values))
            fine = all(_FLOAT_TESTS[fact.kind](fact.exactly(mpmath.fp, values)) for fact in self.facts if fact.exactly)
        except FAILURES:
            return None
        return values if fine else None

    def options(self) -> list[list[dict[Symbol, Fraction]]]:
        """Return the nice values of each unit."""
        return [self._listed(unit, pmfs, numbers) for unit in self.units]

    def extreme_options(self) -> list[list[dict[Symbol, Fraction]]]:
        """Return extreme values of each unit."""
        return [self._listed(unit, extreme_pmfs, extremes) for unit in self.units]

    def wide_options(self) -> list[list[dict[Symbol, Fraction]]]:
        """Return values of each unit that are far from the nice ones, and not extreme."""
        return [self._listed(unit, partial(extreme_pmfs, steps=WIDE), partial(extremes, steps=WIDE)) for unit in self.units]

    def random_choice(self, source: random.Random, largest: int) -> list[dict[Symbol, Fraction]]:
        """Return random values of the units."""
        found = []
        for unit in self.units:
            if unit.total is not None:
                entries = random_pmf(len(unit.names), source, largest)
                found.append({name: unit.total * entry for name, entry in zip(unit.names, entries, strict=True)})
            else:
                (name,) = unit.names
                value = random_number(self.spans[name], source, largest)
                found.append({name: Fraction(round(value)) if name.is_integer else value})
        return found

    def _listed(self, unit: Unit, whole: Callable[[int], Any], single: Callable[[Span], Any]) -> list[dict[Symbol, Fraction]]:
        if unit.total is not None:
            return [{name: unit.total * entry for name, entry in zip(unit.names, pmf, strict=True)} for pmf in whole(len(unit.names))]
        (name,) = unit.names
        span = self.spans[name]
        return [{name: value} for value in (integers(span) if name.is_integer else single(span))]

    def verdict(self, values: Values) -> int:
        """Return how the claim looks at a point in floating point."""
        margin = self.margin(values)
        if margin is None:
            return UNKNOWN
        gap, error, _ = margin
        if self.exists:  # the relation is to hold
            looks_good = {"=": -abs(gap), "!=": abs(gap)}.get(self.relation, gap)
        else:
            looks_good = {"=": abs(gap), "!=": -abs(gap)}.get(self.relation, -gap)
        if abs(gap) <= error:
            return TIE
        return CLEAR if looks_good < 0 else FAILS_CLEARLY if looks_good >= MUCH else FAILS if looks_good >= LITTLE else FAILS_HARDLY

    def margin(self, values: Mapping[Symbol, Any]) -> tuple[float, float, float] | None:
        """Return the greater side minus the smaller one, relative to both, how far rounding may be off, and the difference itself.

        None where they are not computed.
        """
        if self._floats is None:
            return None
        try:
            environment = {name: float(value) for name, value in values.items()}
            left, right = (side(mpmath.fp, environment) for side in self._floats)
            left, right = float(left), float(right)
        except FAILURES:
            return None
        size = abs(left) + abs(right)
        if not size < 1e300:  # also nan
            return None
        self.is_computable = True
        gap = right - left if self.relation in ("<", "<=") else left - right
        return (gap / size, ROUNDING * (1 + size) / size, gap) if size > 1e-290 else (0.0, 1.0, 0.0)

    @cached_property
    def _floats(self) -> tuple[Function, Function] | None:
        try:
            left, right = (side.xreplace({noun: noun.value() for noun in _nouns_of_families(side)}) for side in self.sides)
            return compiled(left), compiled(right)
        except FAILURES:
            return None

    def _spans(self) -> dict[Symbol, Span]:
        """Return an interval for each number, from the affine facts and the intervals of the others."""
        spans = {name: Span() for name in self.names}
        forms = [(fact.form, fact.kind == ">") for fact in self.facts if fact.form and fact.kind in (">", ">=")]
        for fact in self.facts:
            if fact.form and fact.kind == "=":
                forms += [(fact.form, False), ({key: -value for key, value in fact.form.items()}, False)]
        for _ in range(3):
            before = dict(spans)
            for form, is_open in forms:
                _narrow(spans, form, is_open)
            if spans == before:
                break
        return spans

    def _units(self) -> list[Unit]:
        """Return the free numbers, and the pmfs that they belong to."""
        found: list[Unit] = []
        taken: set[Symbol] = set()
        for fact in self.facts:
            members = tuple(sorted((key for key in fact.form or () if key is not None), key=_order))
            if fact.kind != "=" or len(members) < 2 or taken & set(members) or not set(members) & set(self.free):
                continue
            scales = {fact.form[name] for name in members} if fact.form else set()
            is_positive = all((self.spans[name].low or Fraction(-1 if self.spans[name].low is None else 0)) >= 0 for name in members)
            if len(scales) == 1 and is_positive and fact.form:
                total = -fact.form.get(None, Fraction(0)) / scales.pop()
                if total > 0:
                    found.append(Unit(members, total))
                    taken |= set(members)
        found += [Unit((name,)) for name in self.free if name not in taken]
        return sorted(found, key=lambda unit: _order(unit.names[0]))


def _nouns_of_families(side: Expr) -> list[Mean]:
    """Return the nouns whose definition is an integral or an infinite sum; their closed forms say in floating point where to look."""
    return [noun for noun in side.atoms(Mean) if not any(isinstance(P, Finite) for P in noun.args)]


def _order(name: Any) -> tuple[Any, ...]:
    """Sort p_2 before p_10, and p[2] before p[10]."""
    text, parts, digits = str(name), [], ""
    for letter in text + " ":
        if letter.isdigit():
            digits += letter
            continue
        if digits:
            parts.append((1, int(digits), ""))
            digits = ""
        parts.append((0, 0, letter))
    return tuple(parts)


def _sympified(value: Any) -> Expr:
    return Rational(value.numerator, value.denominator) if isinstance(value, Fraction) else value


def _declared(entry: Indexed) -> dict[str, bool]:
    known = entry.base.label.assumptions0
    return {key: known[key] for key in ("positive", "nonnegative", "negative", "integer", "real") if known.get(key) is True}


def _written_out(point: Point, fact: Basic) -> list[tuple[str, Expr]]:
    """Return relations as differences with the kind of their sign, those for each index one by one; others are left to the final check."""
    if isinstance(fact, Each):
        points = [point]
        for index, low, high in reversed(fact.limits):
            ends = [(at, at.of(low), at.of(high)) for at in points]
            if not all(first.is_Integer and last.is_Integer and last - first < 100 for _, first, last in ends):
                raise NoValue("a statement for too many indices")
            points = [at.inside({index: Integer(k)}) for at, first, last in ends for k in range(int(first), int(last) + 1)]
        return [pair for at in points for pair in _written_out(at, fact.relation)]
    if isinstance(fact, Relational) and fact.rel_op in ("==", "!=", "<", "<=", ">", ">="):
        sign = "=" if fact.rel_op == "==" else fact.rel_op
        left, right = point.of(fact.lhs), point.of(fact.rhs)
        return [(_KINDS[sign], right - left if sign in ("<", "<=") else left - right)]
    return []


def _assumed(names: Iterable[Symbol]) -> list[tuple[str, Expr]]:
    """Return what symbols are declared with, as facts."""
    found: list[tuple[str, Expr]] = []
    for name in names:
        if name.is_positive:
            found.append((">", name))
        elif name.is_nonnegative:
            found.append((">=", name))
        elif name.is_negative:
            found.append((">", -name))
        elif name.is_nonpositive:
            found.append((">=", -name))
        if name.is_nonzero and not (name.is_positive or name.is_negative):
            found.append(("!=", name))
    return found


def _fact(kind: str, expression: Expr) -> Fact:
    form = _affine(expression)
    return Fact(expression, kind, _linear(form) if form else _exactly(expression), form)


def _linear(form: Form) -> Function:
    """Return an affine form as a function."""
    constant = form.get(None, Fraction(0))
    terms = [(name, scale) for name, scale in form.items() if name is not None]
    if len(terms) == 1 and constant == 0 and abs(terms[0][1]) == 1:
        ((single, sign),) = terms
        return lambda _, values: values[single] if sign > 0 else -values[single]

    def compute(m: Any, values: Mapping[Any, Any]) -> Any:
        number = float if m is mpmath.fp else Fraction
        return sum((values[name] if scale == 1 else number(scale) * values[name] for name, scale in terms), number(constant))

    return compute


def _exactly(expression: Expr) -> Function | None:
    """Return an expression as a function of fractions, if it is a rational function."""
    form = _affine(expression)
    if form:
        return _linear(form)
    symbols = expression.free_symbols
    if not all(isinstance(name, Symbol) for name in symbols) or not expression.is_rational_function(*symbols):
        return None
    try:
        return compiled(expression)
    except FAILURES:
        return None


def _may_hold(fact: Fact, values: Values) -> bool:
    if fact.exactly is None:
        return True
    try:
        return _TESTS[fact.kind](fact.exactly(_Fractions, values))
    except ZeroDivisionError:
        return False
    except FAILURES:
        return True


def _affine(expression: Expr) -> Form | None:
    symbols = sorted(expression.free_symbols, key=_order)
    if not symbols or not expression.is_polynomial(*symbols):
        return None
    try:
        polynomial = Poly(expression, *symbols)
    except BasePolynomialError:
        return None
    if polynomial.total_degree() > 1 or not all(c.is_Rational for c in polynomial.coeffs()):
        return None
    form: Form = {None: Fraction(0)}
    for monomial, coefficient in polynomial.terms():
        form[symbols[monomial.index(1)] if any(monomial) else None] = Fraction(int(coefficient.p), int(coefficient.q))
    return form


def _solved(zeros: Iterable[Expr], symbols: list[Symbol]) -> dict[Symbol, Expr]:
    """Return expressions for symbols that equalities give, in an order in which they can be computed."""
    found: dict[Symbol, Expr] = {}
    for zero in zeros:
        rest = zero.xreplace(found)
        for name in reversed([name for name in symbols if name not in found and name in rest.free_symbols]):
            if not rest.is_polynomial(name) or Poly(rest, name).degree() != 1:
                continue
            slope, constant = Poly(rest, name).all_coeffs()
            if slope.is_zero:
                continue
            value = (-constant / slope).expand() if slope.is_Rational else -constant / slope
            found = {other: expression.xreplace({name: value}) for other, expression in found.items()}
            found[name] = value
            break
    return found


def _narrow(spans: dict[Symbol, Span], form: Form, is_open: bool) -> None:
    """Narrow intervals by: the form is positive (or not negative)."""
    for name, scale in form.items():
        if name is None:
            continue
        most, opened = form.get(None, Fraction(0)), is_open
        for other, coefficient in form.items():
            if other is None or other is name:
                continue
            end, end_open = (spans[other].high, spans[other].high_open) if coefficient > 0 else (spans[other].low, spans[other].low_open)
            if end is None:
                break
            most, opened = most + coefficient * end, opened or end_open
        else:
            bound = -most / scale
            spans[name] = spans[name].above(bound, opened) if scale > 0 else spans[name].below(bound, opened)
