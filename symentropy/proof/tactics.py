"""Tactics: ways to propose the steps of a proof, each of which the kernel accepts or refuses.

Main definitions
----------------
* `Draft`, a proof in progress; `Draft.add` asks the kernel.
* `TACTICS`, the ways to prove a claim, in the order in which they are tried; each returns the number of the step that proves it, or None.

A tactic may be clever and may be wrong; it cannot prove anything that the kernel refuses.

Main ideas
----------
The universal certificate: log x <= x - 1. A difference f = sum m log y + r with weights m > 0 is at least sum m (1 - 1/y) + r,
and often that is visibly >= 0. Which logarithms share a weight is read off the normal form; a constant c may be spread
over a pmf as sum c p_i. For pmfs of symbolic size the same is done for each index.

The mean value theorem: f >= 0 on an interval if f(c) >= 0 and the slope points away from c.

Left out on purpose: the order of the search and its budget (see `symentropy.proof.search`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from sympy import (
    Add,
    Derivative,
    Dummy,
    E,
    Eq,
    Expr,
    Gt,
    Lt,
    Mul,
    Poly,
    Rational,
    S,
    Sum,
    Symbol,
    Tuple,
    expand,
    expand_log,
    fraction,
    linsolve,
    log,
    roots,
    together,
)
from sympy.logic.boolalg import Boolean
from sympy.polys.polyerrors import BasePolynomialError

from symentropy.errors import InvalidStep
from symentropy.finite import Finite
from symentropy.proof.calculus import NotDifferentiable, derivative, is_convex_in
from symentropy.proof.canonical import is_zero, log_form, unfolded
from symentropy.proof.claim import Claim
from symentropy.proof.domain import Domain
from symentropy.proof.draft import Draft
from symentropy.proof.expectations import expectation, log_term, moments
from symentropy.proof.kernel import between, domain, domain_of
from symentropy.proof.plausible import is_plausible
from symentropy.proof.witness import example
from symentropy.quantity import Mean, Quantity

#: Proposes the steps for a claim, to some depth; returns the number of the last one, or None.
Tactic = Callable[[Draft, Claim, int], "int | None"]

#: Exponents s in log y = (1/s) log y^s, in the order in which they are tried.
SCALES = (S.One, S.Half, Rational(2), Rational(1, 3))
#: Points at which a function of one variable may be smallest, besides the other symbols and the zeros of its derivative.
POINTS = (S.Half, S.One, S.Zero, Rational(1, 3), Rational(2), 1 / E)


def prove_step(draft: Draft, claim: Claim, depth: int = 2) -> int | None:
    """Return the number of a step that proves a claim, by the first tactic that does."""
    for tactic in [by_example] if claim.exists else TACTICS:
        found = attempt(draft, tactic, claim, depth)
        if found is not None:
            return found
    return None


def attempt(draft: Draft, tactic: Tactic, claim: Claim, depth: int) -> int | None:
    """Return what a tactic finds; a step that the kernel refuses is a tactic that failed."""
    try:
        return tactic(draft, claim, depth)
    except (InvalidStep, NotDifferentiable):
        return None


# Equations, signs and numbers


def by_algebra(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove an equation: definitions on both sides, and equal normal forms between them."""
    if claim.relation != "=":
        return None
    left, right = unfolded(claim.lhs), unfolded(claim.rhs)
    if not claim.lhs.has(Quantity) and not claim.rhs.has(Quantity):
        return draft.add("algebra", claim)
    if claim.lhs.has(Quantity) and not claim.rhs.has(Quantity) and claim.rhs.is_infinite:
        return draft.add("definition", claim)
    written = [
        (side, plain, factor) for side, plain, factor in ((claim.lhs, left, S.One), (claim.rhs, right, S.NegativeOne)) if side != plain
    ]
    if any(plain.has(Quantity) for plain in (left, right)):
        return draft.add("algebra", claim)  # nouns of families stay as they are
    if len(written) == 1 and claim.lhs != left and right == left:
        return draft.add("definition", claim)
    premises = {draft.add("definition", replace(claim, lhs=side, rhs=plain)): factor for side, plain, factor in written}
    return draft.add("combination", claim, list(premises), list(premises.values()))


def by_sign(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove an inequality whose sign is visible on the domain; where logarithms may be equal, other proofs say more about when."""
    if claim.relation == "=":
        return None
    found = draft.add("sign", claim)
    says_less = claim.relation in ("<=", ">=") and draft.steps[found].equality is None and claim.difference.has(log)
    return None if says_less else found


def by_weak_sign(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove an inequality whose sign is visible, although not when it is an equality."""
    return draft.add("sign", claim)


def by_enclosure(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove an inequality between numbers."""
    is_number = not claim.lhs.free_symbols and not claim.rhs.free_symbols
    return draft.add("enclosure", claim) if is_number and claim.relation != "=" else None


def by_finiteness(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove that a side is less than oo."""
    return draft.add("finite", claim) if claim.relation == "<" and claim.rhs.is_infinite else None


def by_derivative(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove what a derivative is."""
    return draft.add("derivative", claim) if claim.relation == "=" and isinstance(claim.lhs, Derivative) else None


def by_hypothesis(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove what is given, or follows from it by linear arithmetic."""
    is_linear = not claim.difference.has(log) or claim.as_relation() in claim.hypotheses
    return draft.add("hypothesis", claim) if is_linear else None


def by_equality(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove a weak inequality between equal sides."""
    if claim.relation not in ("<=", ">="):
        return None
    if not claim.lhs.has(Quantity) and not claim.rhs.has(Quantity):
        return draft.add("algebra", claim)
    found = attempt(draft, by_algebra, replace(claim, relation="="), depth)
    factor = S.NegativeOne if claim.relation == "<=" else S.One
    return None if found is None else draft.add("combination", claim, [found], [factor])


def by_example(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove a claim of existence at a point."""
    found = example(claim) if claim.exists else None
    return (
        None if found is None else draft.add("witness", claim, arguments=tuple(Tuple(name, value) for name, value in found.values.items()))
    )


def by_strictness(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove != by < or >."""
    if claim.relation != "!=":
        return None
    for relation, factor in ((">", S.One), ("<", S.NegativeOne)):
        found = prove_step(draft, replace(claim, relation=relation), depth)
        if found is not None:
            return draft.add("combination", claim, [found], [factor])
    return None


# The universal certificate


@dataclass(frozen=True, slots=True)
class Bounds:
    """f = sum of weight * ((x - 1) - log x) + remainder, with weights > 0; so f >= remainder."""

    pairs: tuple[tuple[Expr, Expr], ...]
    remainder: Expr


def bounds(f: Expr, points: Domain, spreads: Sequence[Sequence[Expr]]) -> Iterator[Bounds]:
    """Return ways to bound an expression below that is linear in logarithms; ``spreads`` are pmfs over which constants may be spread."""
    found = log_form(f, points, eliminate=False)
    if found is None:
        return
    terms, rest = found
    seen = set()
    for groups in _groupings(terms, points, spreads):
        for scale in SCALES:
            for centred in (False, True):
                made = _bounds(groups, rest, scale, _centre(groups, spreads) if centred else {})
                if made is not None and made not in seen:
                    seen.add(made)
                    yield made


def _bounds(groups: dict[Expr, Expr], rest: Expr, scale: Expr, centre: dict[Expr, Expr]) -> Bounds | None:
    """Return the bounds with log y >= (1/s) (1 + log t - t/y^s) for each weight, where y^s = t at the centre."""
    pairs, remainder = [], [rest]
    for weight, y in groups.items():
        if weight.is_number and y.is_number:
            remainder.append(weight * log(y))
            continue
        touch = (y.subs(centre) if centre else S.One) ** scale
        if not touch.is_Rational or not touch.is_positive:
            return None
        x = touch / y**scale
        pairs.append((weight / scale, x))
        remainder.append(weight / scale * (1 - x + log(touch)))
    return Bounds(tuple(pairs), Add(*remainder)) if pairs else None


def _groupings(terms: Sequence[tuple[Expr, Expr]], points: Domain, spreads: Sequence[Sequence[Expr]]) -> Iterator[dict[Expr, Expr]]:
    """Return the logarithms gathered by positive weights: {weight: y} for the sum of weight * log y."""
    units = [x for x in _linear_symbols([c for c, _ in terms]) if points.is_positive(x) and points.is_positive(1 - x)]
    splits: list[Split] = [_whole, _monomials, *(partial(_in_terms_of, own) for own in spreads)]
    chosen = [*([x] for x in units), *([units] if len(units) > 1 else [])]
    splits += [partial(_chords, own) for own in chosen]
    for spread in [None, *spreads]:
        for split in splits:
            groups: dict[Expr, Expr] = {}
            for coefficient, base in terms:
                for factor, weight in split(coefficient):
                    for part in spread if spread and weight == 1 else [weight]:
                        for more, key in split(part) if spread else [(S.One, part)]:
                            groups[key] = groups.get(key, S.One) * base ** (factor * more)
            oriented = _oriented(groups, points)
            if oriented is not None:
                yield oriented


#: A coefficient as rational factors and weights that add up to it.
Split = Callable[[Expr], list[tuple[Expr, Expr]]]


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
    symbols = sorted(set().union(*(c.free_symbols for c in coefficients)), key=str)
    linear = []
    for x in symbols:
        with suppress(BasePolynomialError):
            if isinstance(x, Symbol) and all(Poly(c, x).degree() <= 1 for c in coefficients):
                linear.append(x)
    return linear


def _oriented(groups: dict[Expr, Expr], points: Domain) -> dict[Expr, Expr] | None:
    """Return the groups with weights > 0; None where the sign of a weight is not known."""
    made: dict[Expr, Expr] = {}
    for weight, y in groups.items():
        if y == 1:
            continue
        sign = points.sign(weight)
        if sign not in (">", "<"):
            return None
        key, value = (weight, y) if sign == ">" else (-weight, 1 / y)
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
    return {**dict.fromkeys(free, S.One), **centre}


def by_certificate(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove an inequality by log x <= x - 1 at one x for each weight."""
    if claim.relation in ("=", "!="):
        return None
    points, f = domain(claim), unfolded(claim.difference)
    if f.has(Sum) or not f.has(log):
        return None
    candidates = []
    for bound in bounds(f, points, explicit_spreads(claim)):  # a remainder of 0 is found fast, a sign may take a while
        draft.budget.check()
        if not is_plausible(Claim(bound.remainder, ">=", 0, claim.hypotheses)):
            continue
        candidates.append(bound)
        if is_zero(bound.remainder, points):
            found = _from_bound(draft, claim, bound, points, [])
            if found is not None:
                return found
    for bound in candidates:
        draft.budget.check()
        rest = _remainder_step(draft, claim.hypotheses, bound.remainder, points)
        found = None if rest is None else _from_bound(draft, claim, bound, points, rest)
        if found is not None:
            return found
    return None


def _from_bound(draft: Draft, claim: Claim, bound: Bounds, points: Domain, rest: Sequence[int]) -> int | None:
    try:
        premises, multipliers = _bound_steps(draft, claim.hypotheses, bound, points)
        return _combined(draft, claim, [*premises, *rest], [*multipliers, *([S.One] * len(rest))])
    except InvalidStep:
        return None


def explicit_spreads(claim: Claim) -> list[tuple[Expr, ...]]:
    """Return the lists of expressions that sum to 1 in a claim: its explicit pmfs, and hypotheses that say so."""
    found = [tuple(pmf.probabilities) for pmf in sorted(claim.lhs.atoms(Finite) | claim.rhs.atoms(Finite), key=str) if not pmf.is_indexed]
    found += [fact.lhs.args for fact in claim.hypotheses if isinstance(fact, Eq) and fact.rhs == 1 and isinstance(fact.lhs, Add)]
    found += [(x, 1 - x) for x in sorted(claim.free_symbols, key=str) if isinstance(x, Symbol) and domain(claim).is_positive(1 - x)]
    return list(dict.fromkeys(found))


def _bound_steps(draft: Draft, hypotheses: tuple[Boolean, ...], bound: Bounds, points: Domain) -> tuple[list[int], list[Expr]]:
    """Return the steps log x <= x - 1 and their multipliers."""
    weights: dict[int, Expr] = {}
    for weight, x in bound.pairs:
        relation = "<" if points.is_nonzero(x - 1) else "<="
        place = draft.add("log_bound", Claim(log(x), relation, x - 1, hypotheses), arguments=(x,))
        weights[place] = weights.get(place, S.Zero) + weight
    return list(weights), list(weights.values())


def _remainder_step(draft: Draft, hypotheses: tuple[Boolean, ...], remainder: Expr, points: Domain) -> list[int] | None:
    """Return no step for a remainder that is 0, a step that it is >= 0, or None."""
    if is_zero(remainder, points):
        return []
    tidy = together(remainder)
    rule = "sign" if tidy.free_symbols else "enclosure"
    for relation in (">", ">="):
        with suppress(InvalidStep):
            return [draft.add(rule, Claim(tidy, relation, 0, hypotheses))]
    return None


def _combined(draft: Draft, claim: Claim, premises: Sequence[int], multipliers: Sequence[Expr]) -> int:
    merged: dict[int, Expr] = {}
    for premise, multiplier in zip(premises, multipliers, strict=True):
        merged[premise] = merged.get(premise, S.Zero) + multiplier
    return draft.add("combination", claim, list(merged), list(merged.values()))


# Pmfs of symbolic size


def by_indexed_certificate(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove an inequality between sums over one index by a bound for each index."""
    if claim.relation in ("=", "!="):
        return None
    points, f = domain(claim), expand(unfolded(claim.difference))
    terms = [_sum_apart(term) for term in Add.make_args(f)]
    sums = [(factor, own) for factor, own in terms if own is not None]
    outside = Add(*(factor for factor, own in terms if own is None))
    if not sums:
        return None
    if len({own.limits[0][1:] for _, own in sums}) > 1:
        return None
    low, high = sums[0][1].limits[0][1:]
    index = fresh_index(claim)
    inside = Add(*(factor * own.function.xreplace({own.limits[0][0]: index}) for factor, own in sums))
    facts = (*claim.hypotheses, *between(index, low, high))
    local = domain_of(facts)
    for spread in [S.Zero, *indexed_spreads(claim, index, low, high)]:
        body = inside + outside * spread
        if spread != 0 and local.is_nonnegative(body):
            pointwise = draft.add("sign", Claim(body, ">=", 0, facts))
            total = Claim(Sum(body, (index, low, high)), ">=", 0, claim.hypotheses)
            return draft.add("combination", claim, [draft.add("total", total, [pointwise], (index, low, high))], [S.One])
        for found in bounds(body, local, []):
            draft.budget.check()
            bound = replace(found, remainder=S.Zero) if is_zero(found.remainder, local) else found
            summed = Sum(bound.remainder, (index, low, high))
            left = S.Zero if spread != 0 else outside
            if not is_plausible(Claim(summed + left, ">=", 0, claim.hypotheses)):
                continue
            try:
                rest = _remainder_step(draft, claim.hypotheses, summed + left, points)
                if rest is None:
                    continue
                premises, multipliers = _bound_steps(draft, facts, bound, local)
                pointwise = draft.add("combination", Claim(body, ">=", bound.remainder, facts), premises, multipliers)
                total = Claim(Sum(body, (index, low, high)), ">=", summed, claim.hypotheses)
                added = draft.add("total", total, [pointwise], (index, low, high))
                return _combined(draft, claim, [added, *rest], [S.One] * (1 + len(rest)))
            except InvalidStep:
                continue
    return None


def _sum_apart(term: Expr) -> tuple[Expr, Sum | None]:
    """Return a term as a factor times a sum over one index, or as it is."""
    sums = [factor for factor in Mul.make_args(term) if isinstance(factor, Sum) and len(factor.limits) == 1]
    return (term / sums[0], sums[0]) if len(sums) == 1 else (term, None)


def fresh_index(claim: Claim) -> Symbol:
    """Return an integer symbol with a name that the claim does not use."""
    used = {symbol.name for symbol in claim.free_symbols if isinstance(symbol, Symbol)}
    return next(Symbol(name, integer=True) for name in ("i", "j", "k", *(f"i_{place}" for place in range(1, 99))) if name not in used)


def indexed_spreads(claim: Claim, index: Symbol, low: Expr, high: Expr) -> list[Expr]:
    """Return the entries at an index of what sums to 1 over its range."""
    sums = [fact.lhs for fact in claim.hypotheses if isinstance(fact, Eq) and fact.rhs == 1 and isinstance(fact.lhs, Sum)]
    entries = [own.function.xreplace({own.limits[0][0]: index}) for own in sums if own.limits[0][1:] == (low, high)]
    return [*entries, Rational(1) / (high - low + 1)]


# The mean value theorem


def by_mean_value(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove an inequality in one variable from a point and the sign of the derivative on both sides of it."""
    if depth == 0 or claim.relation in ("=", "!="):
        return None
    f = unfolded(claim.difference)
    variables = [x for x in sorted(f.free_symbols, key=str) if isinstance(x, Symbol) and is_convex_in(x, claim.hypotheses)]
    for x in variables:
        points = domain(claim)
        slope = derivative(f, x, points)
        for c in _candidates(f, slope, x, claim):
            found = attempt(draft, partial(_from_point, x=x, c=c, slope=slope), claim, depth)
            if found is not None:
                return found
    return None


def _candidates(f: Expr, slope: Expr, x: Symbol, claim: Claim) -> Iterable[Expr]:
    """Return points of the domain at which f may be smallest."""
    points = domain(claim)
    others = [y for y in sorted(f.free_symbols, key=str) if isinstance(y, Symbol) and y != x]
    for c in dict.fromkeys([*_zeros(slope, x, points), *others, *(1 - y for y in others), *POINTS]):
        values = {x: c}
        if all(points.implies(fact.xreplace(values)) for fact in claim.hypotheses if fact.has(x)) and not c.has(x):
            yield c


def _zeros(slope: Expr, x: Symbol, points: Domain) -> list[Expr]:
    """Return zeros of a rational function, or of a single logarithm."""
    equation = fraction(together(slope))[0]
    if slope.has(log):
        found = log_form(slope, points, eliminate=False)
        if found is None or found[1] != 0:
            return []
        y = Mul(*(base**coefficient for coefficient, base in found[0])) if all(c.is_Integer for c, _ in found[0]) else None
        if y is None:
            return []
        equation = fraction(together(y - 1))[0]
    try:
        return [zero for zero in roots(Poly(equation, x)) if zero.is_real is not False]
    except BasePolynomialError:
        return []


def _from_point(draft: Draft, claim: Claim, depth: int, x: Symbol, c: Expr, slope: Expr) -> int | None:
    points = domain(claim)
    values = {x: c}
    at_point = Claim(unfolded(claim.lhs).xreplace(values), claim.relation, unfolded(claim.rhs).xreplace(values), claim.hypotheses)
    weak = {"<": "<=", ">": ">="}.get(claim.relation, claim.relation)
    premises = []
    for relation in ("=", claim.relation, weak):
        found = prove_step(draft, replace(at_point, relation=relation), 0)
        if found is not None:
            premises.append(found)
            break
    else:
        return None
    for side, direction in ((Gt(x, c, evaluate=False), 1), (Lt(x, c, evaluate=False), -1)):
        local = (*claim.hypotheses, side)
        if points.under(side).is_contradictory():
            continue
        tidy = together(direction * slope) if not slope.has(log) else direction * slope
        for relation in (">", ">="):
            found = prove_step(draft, Claim(tidy, relation, 0, local), depth - 1)
            if found is not None:
                premises.append(found)
                break
        else:
            return None
    return draft.add("mean_value", claim, premises, (x, c))


def by_gibbs(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove that a divergence of densities is >= 0."""
    if unfolded(claim.lhs) != claim.lhs:  # pmfs have a proof of their own
        return None
    return draft.add("gibbs", claim)


def by_closed_forms(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove a claim with the closed forms of nouns of families in place of the nouns."""
    nouns = sorted((noun for noun in unfolded(claim.difference).atoms(Mean)), key=str)
    if not nouns:
        return None
    forms = {noun: step for noun in nouns if (step := closed_form(draft, noun, claim.hypotheses)) is not None}
    if len(forms) < len(nouns):
        return None
    if claim.lhs in forms and draft.steps[forms[claim.lhs]].claim == claim:
        return forms[claim.lhs]
    difference = claim.difference
    used = [(step, difference.coeff(noun)) for noun, step in forms.items() if difference.coeff(noun) != 0]
    with suppress(InvalidStep):  # equal normal forms need nothing else
        return draft.add("combination", claim, [step for step, _ in used], [factor for _, factor in used])
    values = {noun: draft.steps[step].claim.rhs for noun, step in forms.items()}
    found = prove_step(draft, replace(claim, lhs=claim.lhs.xreplace(values), rhs=claim.rhs.xreplace(values)), depth)
    if found is None:
        return None
    return draft.add("combination", claim, [*(step for step, _ in used), found], [*(factor for _, factor in used), S.One])


def closed_form(draft: Draft, noun: Mean, hypotheses: tuple[Boolean, ...]) -> int | None:
    """Return the step noun = closed form, where its logarithm is a combination of statistics with known expectations."""
    term = log_term(noun)
    known = None if term is None else moments(noun.args[0], term.variable)
    if term is None or known is None:
        return None
    rest = expand(expand_log(term.expression, force=True))  # a proposal: the kernel checks it
    coefficients = []
    for statistic in [statistic for statistic in reversed(known) if statistic != 1]:
        coefficients.append(rest.coeff(statistic))
        rest = expand(rest - coefficients[-1] * statistic)
    coefficients = [rest, *reversed(coefficients)]
    found = expectation(noun, term.variable, coefficients)
    if found is None:
        return None
    try:
        return draft.add(
            "expectation",
            Claim(noun, "=", together(found[1]) if not found[1].has(log) else found[1], hypotheses),
            arguments=tuple(coefficients),
        )
    except InvalidStep:
        return None


#: Tactics that look at the claim as it stands.
CHEAP: tuple[Tactic, ...] = (by_algebra, by_derivative, by_finiteness, by_enclosure, by_sign)

TACTICS: tuple[Tactic, ...] = (
    *CHEAP,
    by_hypothesis,
    by_equality,
    by_gibbs,
    by_closed_forms,
    by_certificate,
    by_indexed_certificate,
    by_weak_sign,
    by_mean_value,
    by_strictness,
)
