"""Logarithms gathered by positive weights, and the bounds below that log x <= x - 1 gives them.

Main definitions: `Bounds`, `bounds`.

Main idea
---------
A difference f = sum m log y + r with weights m > 0 is at least sum m (1 - 1/y) + r. Which logarithms share a weight is read off
the normal form; a constant c may be spread over a pmf as sum c p_i; a weight that is linear in a probability t may be split as
(1 - t) c(0) + t c(1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from sympy import Add, Dummy, E, Expr, Poly, Rational, S, Symbol, exp, expand, linsolve, log
from sympy.polys.polyerrors import BasePolynomialError

from symentropy.proof.canonical import log_form
from symentropy.proof.domain import Domain

#: Exponents s in log y = (1/s) log y^s, in the order in which they are tried.
SCALES = (S.One, S.Half, Rational(2), Rational(1, 3))
#: Numerator and denominator of exponents, at most.
MAX_EXPONENT = 100
#: Coefficients and arguments of logarithms.
Terms = tuple[tuple[Expr, Expr], ...]
#: A coefficient as rational factors and weights that add up to it.
Split = Callable[[Expr], list[tuple[Expr, Expr]]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """f = sum of weight * ((x - 1) - log x) + remainder, with weights >= 0; so f >= remainder."""

    pairs: tuple[tuple[Expr, Expr], ...]
    remainder: Expr


def bounds(f: Expr, points: Domain, spreads: Sequence[Sequence[Expr]], check: Callable[[], None]) -> Iterator[Bounds]:
    """Return ways to bound an expression below that is linear in logarithms.

    ``spreads`` are pmfs over which constants may be spread; ``check`` is called often, and raises when there is no time left.
    """
    found = log_form(f, points, eliminate=False)
    if found is None:
        return
    seen = set()
    logarithms = (tuple(found[0]), found[1])
    for terms, rest in dict.fromkeys((logarithms, _with_exponents(*logarithms))):
        touches = [S.One, None, *([1 / E, E] if rest.has(exp, E) else [])]
        for groups in _groupings(terms, points, spreads, check):
            centre = _centre(groups, spreads)
            for scale in SCALES:
                check()
                for touch in touches:
                    made = _bounds(groups, rest, scale, touch, centre)
                    if made is not None and made not in seen:
                        seen.add(made)
                        yield made


def _with_exponents(terms: Terms, rest: Expr) -> tuple[Terms, Expr]:
    """Return the same with t as log exp(t), for each exp(t) inside a logarithm: log(1 + exp(t)) - t is one logarithm."""
    logarithms = list(terms)
    for power in sorted(set().union(*(base.atoms(exp) for _, base in terms)), key=str):
        exponent, coefficient = power.exp, rest.coeff(power.exp)
        if coefficient != 0:
            logarithms.append((coefficient, power))
            rest = expand(rest - coefficient * exponent)
    return tuple(logarithms), rest


def _bounds(groups: dict[Expr, Expr], rest: Expr, scale: Expr, touch: Expr | None, centre: dict[Expr, Expr]) -> Bounds | None:
    """Return the bounds with log y >= (1/s) (1 + log t - t/y^s) for each weight, where t is given, or y^s = t at the centre."""
    pairs, remainder = [], [rest]
    for weight, y in groups.items():
        if weight.is_number and y.is_number:
            remainder.append(weight * log(y))
            continue
        t = y.subs(centre) ** scale if touch is None else touch
        if touch is None and not (t.is_Rational and t.is_positive):
            return None
        pairs.append((weight / scale, t / y**scale))
        remainder.append(weight / scale * (1 - t / y**scale + log(t)))
    return Bounds(tuple(pairs), Add(*remainder)) if pairs else None


def _groupings(
    terms: Sequence[tuple[Expr, Expr]], points: Domain, spreads: Sequence[Sequence[Expr]], check: Callable[[], None]
) -> Iterator[dict[Expr, Expr]]:
    """Return the logarithms gathered by positive weights: {weight: y} for the sum of weight * log y."""
    pairs = {entry for entries in spreads if len(entries) == 2 for entry in entries}
    units = [x for x in _linear_symbols([c for c, _ in terms]) if x in pairs]
    chosen = [*([x] for x in units), *([units] if len(units) > 1 else [])]
    splits: list[Split] = [_whole, _monomials, *(partial(_in_terms_of, own) for own in spreads), *(partial(_chords, own) for own in chosen)]
    parts = cache(lambda split: [(base, factor, weight) for coefficient, base in terms for factor, weight in split(coefficient)])
    seen = set()
    for spread in [None, *spreads]:
        for split in splits:
            check()
            weighted = parts(split)
            if (spread and all(weight != 1 for _, _, weight in weighted)) or any(_is_large(factor) for _, factor, _ in weighted):
                continue
            groups: dict[Expr, Expr] = {}
            for base, factor, weight in weighted:
                entries = [(more, key) for entry in spread for more, key in split(entry)] if spread and weight == 1 else [(S.One, weight)]
                for more, key in entries:
                    groups[key] = groups.get(key, S.One) * base ** (factor * more)
            if (found := frozenset(groups.items())) in seen:
                continue
            seen.add(found)
            oriented = _oriented(groups, points)
            if oriented is not None:
                yield oriented


def _is_large(factor: Expr) -> bool:
    """Whether a factor is a rational that nobody wants as an exponent."""
    return bool(factor.is_Rational) and max(abs(factor.p), factor.q) > MAX_EXPONENT


def _whole(coefficient: Expr) -> list[tuple[Expr, Expr]]:
    """Return a coefficient as a rational factor and a primitive weight."""
    factor, weight = coefficient.as_content_primitive()
    return [(-factor, -weight) if weight.could_extract_minus_sign() else (factor, weight)]


def _monomials(coefficient: Expr) -> list[tuple[Expr, Expr]]:
    """Return the terms of a coefficient, each as a rational factor and the rest."""
    return [term.as_coeff_Mul(rational=True) for term in Add.make_args(expand(coefficient))]


def _in_terms_of(entries: Sequence[Expr], coefficient: Expr) -> list[tuple[Expr, Expr]]:
    """Return a coefficient as a rational combination of the entries of a pmf, if it is one."""
    unknowns = [Dummy("c") for _ in entries]
    rest = coefficient - Add(*(c * entry for c, entry in zip(unknowns, entries, strict=True)))
    try:
        equations = Poly(rest, *sorted(rest.free_symbols - set(unknowns), key=str)).coeffs()
        (found,) = linsolve(equations, *unknowns) or [()]
    except (BasePolynomialError, ValueError):
        return _whole(coefficient)
    if not found or not all(c.is_Rational for c in found):
        return _whole(coefficient)
    return [(c, entry) for c, entry in zip(found, entries, strict=True) if c != 0]


def _chords(units: Sequence[Symbol], coefficient: Expr) -> list[tuple[Expr, Expr]]:
    """Return the terms of a coefficient that is linear in symbols of (0, 1), as c(t) = (1 - t) c(0) + t c(1) for each of them."""
    parts = [(S.One, coefficient)]
    for t in units:
        parts = [
            (weight * side, expand(part).subs(t, end))
            for weight, part in parts
            for side, end in ((1 - t, S.Zero), (t, S.One))
            if expand(part).subs(t, end) != 0
        ]
    return [(factor, weight * key) for weight, part in parts for factor, key in _monomials(part)]


def _linear_symbols(coefficients: Sequence[Expr]) -> list[Symbol]:
    """Return the symbols of polynomials that are linear in each of them."""
    degrees: dict[Expr, int] = {}
    try:
        polynomials = [Poly(c, *c.free_symbols) for c in coefficients if c.free_symbols]
    except BasePolynomialError:
        return []
    for polynomial in polynomials:
        for x, degree in zip(polynomial.gens, polynomial.degree_list(), strict=True):
            degrees[x] = max(degrees.get(x, 0), degree)
    return sorted((x for x, degree in degrees.items() if degree <= 1 and isinstance(x, Symbol)), key=str)


def _oriented(groups: dict[Expr, Expr], points: Domain) -> dict[Expr, Expr] | None:
    """Return the groups with weights >= 0; None where the sign of a weight is not known."""
    made: dict[Expr, Expr] = {}
    for weight, y in groups.items():
        if y == 1:
            continue
        sign = points.sign(weight)
        if sign not in (">", ">=", "<", "<="):
            return None
        key, value = (weight, y) if sign in (">", ">=") else (-weight, 1 / y)
        made[key] = made.get(key, S.One) * value
    return made


def _centre(groups: dict[Expr, Expr], spreads: Sequence[Sequence[Expr]]) -> dict[Expr, Expr]:
    """Return a point in the middle: uniform pmfs, 1/2 for other probabilities, 1 for other positive numbers."""
    centre: dict[Expr, Expr] = {}
    for entries in spreads:
        for entry in entries:
            if entry.is_Symbol or entry.is_Indexed:
                centre.setdefault(entry, Rational(1, max(len(entries), 1)))
    free = set().union(*(part.free_symbols for pair in groups.items() for part in pair)) if groups else set()
    return {**dict.fromkeys((part for part in free if not part.is_Matrix), S.One), **centre}
