"""The universal certificate: an inequality between sums of logarithms by log x <= x - 1, term by term.

Main definitions: `by_certificate` for explicit pmfs, `by_indexed_certificate` for pmfs of symbolic size.

Left out on purpose: which logarithms are bounded together (see `symentropy.proof.tactics.grouping`).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from sympy import Add, Eq, Expr, Mul, Rational, S, Sum, Symbol, expand, log, together
from sympy.logic.boolalg import Boolean

from symentropy.errors import InvalidStep
from symentropy.finite import Finite
from symentropy.proof.canonical import is_zero
from symentropy.proof.checks import domain, domain_of
from symentropy.proof.claim import Claim
from symentropy.proof.domain import Domain
from symentropy.proof.draft import Draft
from symentropy.proof.kernel import between
from symentropy.proof.plausible import is_plausible
from symentropy.proof.tactics.grouping import Bounds, bounds
from symentropy.proof.tactics.plain import plain


def by_certificate(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove an inequality by log x <= x - 1 at one x for each weight."""
    if claim.relation in ("=", "!="):
        return None
    points, f = domain(claim), plain(claim.difference, domain(claim))
    if f.has(Sum) or not f.has(log):
        return None
    candidates = []
    for bound in bounds(f, points, explicit_spreads(claim), draft.budget.check):  # a remainder of 0 is found fast, a sign may take a while
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
    if claim.relation in ("=", "!="):
        return None
    points, f = domain(claim), expand(plain(claim.difference, domain(claim)))
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
        for found in bounds(body, local, explicit_spreads(claim), draft.budget.check):
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
