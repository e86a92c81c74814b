"""The universal certificate: an inequality between sums of logarithms by log x <= x - 1, term by term.

Main definitions: `by_certificate` for explicit pmfs, `by_indexed_certificate` for pmfs of symbolic size.

Left out on purpose: which logarithms are bounded together (see `symentropy.proof.tactics.grouping`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from sympy import Add, Eq, Expr, Indexed, Mul, Pow, Rational, S, Sum, Symbol, expand, factor, log, together
from sympy.logic.boolalg import Boolean

from symentropy.errors import InvalidStep
from symentropy.finite import Finite
from symentropy.proof.canonical import is_zero
from symentropy.proof.checks import domain, domain_of
from symentropy.proof.claim import Claim
from symentropy.proof.domain import Domain
from symentropy.proof.draft import Draft
from symentropy.proof.plausible import is_plausible
from symentropy.proof.tactics.grouping import Bounds, bounds
from symentropy.proof.tactics.plain import plain
from symentropy.proof.totals import between


def by_certificate(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove an inequality by log x <= x - 1 at one x for each weight."""
    if claim.relation in ("=", "!="):
        return None
    points, f = domain(claim), plain(claim.difference, domain(claim))
    if f.has(Sum) or not f.has(log):
        return None
    others = []
    for bound in bounds(f, points, explicit_spreads(claim), draft.budget.check):
        draft.budget.check()
        if not _is_easy(bound.remainder, points):
            others.append(bound)
        elif (found := _from_bound(draft, claim, bound, points)) is not None:
            return found
    for bound in others:
        draft.budget.check()
        if is_plausible(Claim(bound.remainder, ">=", 0, claim.hypotheses)):
            found = _from_bound(draft, claim, bound, points)
            if found is not None:
                return found
    return None


def _is_easy(remainder: Expr, points: Domain) -> bool:
    """Whether a remainder is 0, or is seen to be more without logarithms; that is found fast where there are no roots."""
    if any(not power.exp.is_Integer for power in remainder.atoms(Pow)):
        return False
    return is_zero(remainder, points) or (not remainder.has(log) and points.is_nonnegative(together(remainder)))


def _from_bound(draft: Draft, claim: Claim, bound: Bounds, points: Domain) -> int | None:
    rest = _remainder_step(draft, claim.hypotheses, bound.remainder, points)
    if rest is None:
        return None
    try:
        premises, multipliers = _bound_steps(draft, claim.hypotheses, bound, points)
        return _combined(draft, claim, [*premises, *rest], [*multipliers, *([S.One] * len(rest))])
    except InvalidStep:
        return None


def explicit_spreads(claim: Claim) -> list[tuple[Expr, ...]]:
    """Return the lists of expressions that sum to 1 in a claim: its explicit pmfs, hypotheses that say so, and other probabilities."""
    found = [tuple(pmf.probabilities) for pmf in sorted(claim.lhs.atoms(Finite) | claim.rhs.atoms(Finite), key=str) if not pmf.is_indexed]
    found += [fact.lhs.args for fact in claim.hypotheses if isinstance(fact, Eq) and fact.rhs == 1 and isinstance(fact.lhs, Add)]
    entries = {entry for entries in found for entry in entries}
    others = [x for x in sorted(claim.free_symbols - entries, key=str) if isinstance(x, Symbol)]
    found += [(x, 1 - x) for x in others if domain(claim).is_positive(1 - x)]
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
    if len(merged) == 1 and draft.steps[premises[0]].claim == claim:
        return premises[0]
    return draft.add("combination", claim, list(merged), list(merged.values()))


def by_indexed_certificate(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove an inequality between sums over one index by a bound for each index."""
    parts = None if claim.relation in ("=", "!=") else _over_one_index(claim)
    if parts is None:
        return None
    inside, outside, limits = parts
    points, (index, low, high) = domain(claim), limits
    local = domain_of((*claim.hypotheses, *between(*limits)))
    spreads = indexed_spreads(claim, index, low, high)
    others = []
    for spread in [S.Zero, *spreads]:
        body, left = inside + outside * spread, S.Zero if spread != 0 else outside
        for found in bounds(body, local, explicit_spreads(claim), draft.budget.check):
            draft.budget.check()
            bound = replace(found, remainder=S.Zero) if is_zero(found.remainder, local) else found
            summed = Sum(bound.remainder, limits)
            if not (is_zero(summed + left, points) or (left == 0 and _is_easy(bound.remainder, local))):
                others.append((body, bound, summed + left))
            elif (step := _from_indexed(draft, claim, limits, body, bound, summed + left)) is not None:
                return step
    for body in (*(inside + outside * spread for spread in spreads), *_tangents(inside, outside, spreads)):
        if local.is_nonnegative(body):
            return _added_up(draft, claim, limits, draft.add("sign", Claim(body, ">=", 0, local.hypotheses)), S.Zero, [])
    for body, bound, rest in others:
        draft.budget.check()
        if is_plausible(Claim(rest, ">=", 0, claim.hypotheses)):
            step = _from_indexed(draft, claim, limits, body, bound, rest)
            if step is not None:
                return step
    return None


def _over_one_index(claim: Claim) -> tuple[Expr, Expr, tuple[Symbol, Expr, Expr]] | None:
    """Return the difference of the sides as the term of a sum, what is not summed, and the limits; None where there are several ranges."""
    terms = [_sum_apart(term) for term in Add.make_args(expand(plain(claim.difference, domain(claim))))]
    sums = [(weight, own) for weight, own in terms if own is not None]
    ranges = {own.limits[0][1:] for _, own in sums}
    if len(ranges) != 1:
        return None
    ((low, high),) = ranges
    index = fresh_index(claim)
    inside = Add(*(weight * own.function.xreplace({own.limits[0][0]: index}) for weight, own in sums))
    return inside, Add(*(weight for weight, own in terms if own is None)), (index, low, high)


def _from_indexed(draft: Draft, claim: Claim, limits: tuple[Symbol, Expr, Expr], body: Expr, bound: Bounds, rest: Expr) -> int | None:
    """Prove a claim by a bound for each index, and the sign of what remains; None if the kernel refuses it."""
    facts = (*claim.hypotheses, *between(*limits))
    more = _remainder_step(draft, claim.hypotheses, rest, domain(claim))
    if more is None:
        return None
    with suppress(InvalidStep):
        premises, multipliers = _bound_steps(draft, facts, bound, domain_of(facts))
        pointwise = draft.add("combination", Claim(body, ">=", bound.remainder, facts), premises, multipliers)
        return _added_up(draft, claim, limits, pointwise, Sum(bound.remainder, limits), more)
    return None


def _added_up(draft: Draft, claim: Claim, limits: tuple[Symbol, Expr, Expr], pointwise: int, least: Expr, rest: Sequence[int]) -> int:
    """Add a step about each index up, and combine it with a step about what remains."""
    total = Claim(Sum(draft.steps[pointwise].claim.lhs, limits), ">=", least, claim.hypotheses)
    return _combined(draft, claim, [draft.add("total", total, [pointwise], limits), *rest], [S.One] * (1 + len(rest)))


def _tangents(inside: Expr, outside: Expr, spreads: Sequence[Expr]) -> Iterator[Expr]:
    """Yield terms less their tangents where all entries of a pmf are equal: p^2 - 2 p/n + 1/n^2, whose sum is that of p^2 less 1/n."""
    uniform = spreads[-1]
    for entry in spreads[:-1]:
        if isinstance(entry, Indexed) and inside.is_polynomial(entry):
            slope = inside.diff(entry).subs(entry, uniform)
            yield factor(together(inside + outside * uniform - slope * (entry - uniform)))


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
