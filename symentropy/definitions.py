"""The definitions of cross-entropy and divergence as sums and integrals over two distributions, supports included.

Main definitions
----------------
* `cross_term` and `divergence_term`, -p log q and p log(p/q) for one outcome, with their values at 0.
* `paired` lays two distributions side by side: outcome by outcome (`Pairs`) or density by density (`Aligned`).
* `defined` is the sum or integral of a term over such a pair; where P is not inside the support of Q it is oo, and where that depends
  on parameters it is a Piecewise.

Entropy is the cross-entropy of P with itself.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sympy import Add, And, Basic, Eq, Expr, Integer, Le, Mul, Piecewise, Rational, S, Tuple, exp, expand, false, oo, powsimp, true
from sympy.core.symbol import Symbol
from sympy.logic.boolalg import Boolean

from symentropy.distribution import name_of, point_law, resolve
from symentropy.errors import DomainError, NoClosedForm
from symentropy.exact import shown
from symentropy.finite import Finite
from symentropy.law import Law, is_visibly_positive
from symentropy.logarithms import natural_log, rational_log
from symentropy.weights import over_common_denominator

#: What is summed over the outcomes, from their probabilities under P and Q.
Term = Callable[[Expr, Expr], Expr]


def cross_term(p: Expr, q: Expr) -> Expr:
    """Return -p log q; 0 where p is 0, and oo where only q is.

    >>> cross_term(S.Zero, S.Zero), cross_term(S.Half, S.Zero), cross_term(S.Half, S.Half)
    (0, oo, log(2)/2)
    """
    return S.Zero if p.is_zero else oo if q.is_zero else Mul(-1, p, natural_log(q))


def divergence_term(p: Expr, q: Expr) -> Expr:
    """Return p log(p/q); 0 where p is 0, and oo where only q is.

    >>> divergence_term(S.Zero, S.Zero), divergence_term(S.Half, S.Zero), divergence_term(S.Half, Rational(1, 4))
    (0, oo, log(2)/2)
    """
    if p.is_zero or q.is_zero:
        return S.Zero if p.is_zero else oo
    return p * log_ratio(p, q)


def log_ratio(p: Expr, q: Expr) -> Expr:
    """Return log(p/q), for p, q > 0.

    >>> from sympy.abc import x
    >>> log_ratio(exp(-x), 2 * exp(-2 * x))
    log(exp(x)/2)
    """
    if not is_visibly_positive(q):
        return natural_log(p) - natural_log(q)
    ratio = p / q
    return natural_log(powsimp(ratio, combine="exp") if ratio.has(exp) else ratio)


def pointwise(term: Term, p: Expr, q: Expr, *, p_may_vanish: bool = False, q_may_vanish: bool = False) -> Expr:
    """Return a term on each piece of two Piecewise densities, as a Piecewise where one of them may be 0 at single points.

    >>> from sympy.abc import p, q
    >>> pointwise(cross_term, p, q, p_may_vanish=True)
    Piecewise((0, Eq(p, 0)), (-p*log(q), True))
    """
    again = partial(pointwise, term, p_may_vanish=p_may_vanish, q_may_vanish=q_may_vanish)
    if isinstance(p, Piecewise):
        return Piecewise(*((again(value, value if q is p else q), condition) for value, condition in p.args))
    if isinstance(q, Piecewise):
        return Piecewise(*((again(p, value), condition) for value, condition in q.args))
    value = term(p, q)
    if value == 0 or value == oo:
        return value
    branches = [(S.Zero, Eq(p, 0))] if p_may_vanish else []
    branches += [(oo, Eq(q, 0))] if q_may_vanish and q != p else []
    return Piecewise(*branches, (value, True)) if branches else value


@dataclass(frozen=True, slots=True)
class Pairs:
    """How often each pair of probabilities (p, q) occurs, and the condition under which the q are right; outside it some q is 0."""

    counts: Counter[tuple[Expr, Expr]]
    condition: Boolean = true


@dataclass(frozen=True, slots=True)
class IntegerPairs:
    """How often each pair of integer weights (a, b) occurs, and the totals of both: p = a/over, q = b/under."""

    counts: Mapping[tuple[int, int], int]
    over: int
    under: int

    @property
    def is_inside(self) -> bool:
        """Whether P lies inside the support of Q."""
        return all(b or not a for a, b in self.counts)

    @property
    def triples(self) -> list[tuple[int, int, int]]:
        """The weights and their counts."""
        return [(a, b, count) for (a, b), count in self.counts.items()]


@dataclass(frozen=True, slots=True)
class Aligned:
    """The laws of P and Q in the same variables (the same law for P = Q), and when the support of P lies in that of Q."""

    first: Law
    second: Law
    condition: Boolean = true


def paired(P: Basic, Q: Basic) -> Pairs | Aligned:
    """Lay two distributions side by side.

    A density gives every countable set probability 0, and the other way round, so against a pmf the condition is false.

    Raises `DomainError` for vectors of different length, `NoClosedForm` where the supports cannot be compared.
    """
    check_lengths(P, Q)
    first = resolve(P)
    second = first if P == Q else resolve(Q)
    if isinstance(first, Law) and not isinstance(P, Finite) and isinstance(second, Finite) and _only_outcome(second) is not None:
        second = point_law(_only_outcome(second))
    if isinstance(first, Finite):
        return _pairs(first, second) if isinstance(second, Finite) else _pairs_with_law(first, second, Q)
    if isinstance(second, Finite):
        if not (first.is_discrete and first.is_finite):
            return Aligned(first, first, false)
        if isinstance(P, Finite):
            raise _different_sizes(P, Q)
        raise NoClosedForm(f"whether the outcomes of {shown(P)} are among those of {shown(Q)} depends on its size: substitute it first")
    return _aligned(first, second, P, Q)


def _only_outcome(pmf: Finite) -> Any:
    """Return the integer that has probability 1, None where there is no such outcome."""
    certain = [outcome for outcome, p in pmf.by_outcome().items() if p == 1]
    return certain[0] if certain and isinstance(certain[0], Integer) else None


def integer_pairs(P: Basic, Q: Basic) -> IntegerPairs | None:
    """Lay two rational pmfs side by side as integers; None where a probability is not rational.

    >>> integer_pairs(Finite(['1/3', '2/3']), Finite(['1/2', '1/2']))
    IntegerPairs(counts=Counter({(1, 1): 1, (2, 1): 1}), over=3, under=2)
    """
    check_lengths(P, Q)
    first = resolve(P)
    second = first if P == Q else resolve(Q)
    if isinstance(first, Finite) and isinstance(second, Finite) and first.weights and second.weights and first.args[1:] == second.args[1:]:
        if first is second:
            counts: Mapping[tuple[int, int], int] = {(a, a): count for a, count in first.weights.groups.items()}
        else:
            counts = Counter(zip(first.weights.values, second.weights.values, strict=True))
        return IntegerPairs(counts, first.weights.total, second.weights.total)
    pair = paired(P, Q)
    if not isinstance(pair, Pairs) or pair.condition != true or not all(p.is_Rational and q.is_Rational for p, q in pair.counts):
        return None
    (over, first_total), (under, second_total) = (over_common_denominator(side) for side in zip(*pair.counts, strict=True))
    return IntegerPairs(Counter(dict(zip(zip(over, under, strict=True), pair.counts.values(), strict=True))), first_total, second_total)


def defined(pair: Pairs | Aligned, term: Term) -> Expr:
    """Return the sum or integral of ``term`` over a pair of distributions; oo where P is not inside the support of Q."""
    if pair.condition == false:
        return oo
    if isinstance(pair, Pairs):
        terms = [term(p, q) * count for (p, q), count in pair.counts.items()]
        value = oo if oo in terms else Add(*terms)
    else:
        law = pair.first.presented(pair.second.density)
        p = law.density
        q = p if pair.second is pair.first else pair.second.renamed(law.variables).density
        vanish = {"p_may_vanish": pair.first.may_vanish, "q_may_vanish": pair.second.may_vanish}
        value = law.total(pointwise(term, p, q, **vanish))
    return value if pair.condition == true else Piecewise((value, pair.condition), (oo, True))


def cross_entropy_of_rationals(pair: Pairs | Aligned) -> Expr | None:
    """Return log N - sum of p log(N q) over the common denominator N of the q; None where a probability is not rational.

    >>> cross_entropy_of_rationals(paired(Finite(['1/3', '2/3']), Finite(['1/3', '2/3'])))
    -2*log(2)/3 + log(3)
    """
    if not isinstance(pair, Pairs) or pair.condition != true:
        return None
    counts = {(p, q): count for (p, q), count in pair.counts.items() if p != 0}
    if not all(p.is_Rational and q.is_Rational and q != 0 for p, q in counts):
        return None
    denominator = math.lcm(*(int(q.q) for _, q in counts))
    return Add(
        rational_log(denominator),
        *(-p * count * rational_log(int(q.p) * (denominator // int(q.q))) for (p, q), count in counts.items()),
    )


def check_lengths(P: Basic, Q: Basic) -> None:
    """Raise `DomainError` for two vectors without names whose lengths differ."""
    if isinstance(P, Finite) and isinstance(Q, Finite) and not P.is_named and not Q.is_named:
        difference = expand(P.size - Q.size)
        if difference.is_zero is False:
            raise DomainError(
                f"vectors of {shown(P.size)} and {shown(Q.size)} probabilities cannot be compared: give both the same length, "
                "or name the outcomes with a dict"
            )


def _pairs(P: Finite, Q: Finite) -> Pairs:
    if P.weights and Q.weights and P.args[1:] == Q.args[1:]:
        groups = Counter(zip(P.weights.values, Q.weights.values, strict=True))
        over, under = P.weights.total, Q.weights.total
        return Pairs(Counter({(Rational(a, over), Rational(b, under)): count for (a, b), count in groups.items()}))
    if not P.is_named and not Q.is_named:
        return Pairs(Counter(zip(P.probabilities, Q.probabilities, strict=True)))
    others = Q.by_outcome()
    return Pairs(Counter((p, others.get(outcome, S.Zero)) for outcome, p in P.by_outcome().items()))


def _pairs_with_law(P: Finite, law: Law, Q: Basic) -> Pairs:
    """Pair explicit outcomes with a countable family that has integers (or tuples of them) as outcomes."""
    if isinstance(Q, Finite):
        raise _different_sizes(P, Q)
    if not law.is_discrete:
        return Pairs(Counter(), false)
    counts: Counter[tuple[Expr, Expr]] = Counter()
    conditions: list[Boolean] = []
    for outcome, p in P.by_outcome().items():
        point = tuple(outcome) if isinstance(outcome, Tuple) else (outcome,)
        place = _place(point, law)
        q = S.Zero if place is None else law.density.subs(place)
        counts[p, q] += 1
        if place is not None and not p.is_zero:
            conditions += [Le(low.subs(place), place[x]) for x, low, _ in law.limits] + [
                Le(place[x], high.subs(place)) for x, _, high in law.limits
            ]
    return Pairs(counts, And(*conditions))


def _place(point: tuple[Basic, ...], law: Law) -> dict[Symbol, Integer] | None:
    """Return the values of the law's variables at an outcome, or None if no values give it."""
    if len(point) != len(law.variables) or not all(isinstance(coordinate, Integer) for coordinate in point):
        return None
    return dict(zip(law.variables, point, strict=True))


def _aligned(first: Law, second: Law, P: Basic, Q: Basic) -> Aligned:
    if P == Q:
        return Aligned(first, first)
    if first.is_discrete != second.is_discrete:
        return Aligned(first, first, false)
    if len(first.limits) != len(second.limits):
        raise DomainError(
            f"{name_of(P)} has {len(first.limits)} coordinates and {name_of(Q)} has {len(second.limits)}: give two with as many"
        )
    if isinstance(P, Finite) and isinstance(Q, Finite):
        if expand(P.size - Q.size) != 0:
            raise _different_sizes(P, Q)
    elif isinstance(P, Finite) or isinstance(Q, Finite):
        raise NoClosedForm(f"{shown(P)} and {shown(Q)} are compared only for an explicit size: substitute it first")
    other = second.renamed(first.variables)
    condition = first.inside(other)
    if condition is None:
        names = " lies in that of ".join(f"{name_of(own)}({', '.join(map(shown, own.args))})" for own in (P, Q))
        raise NoClosedForm(f"whether the support of {names} cannot be decided: say more of its symbols, or put numbers in their place")
    return Aligned(first, other, condition)


def _different_sizes(P: Finite, Q: Finite) -> DomainError:
    sizes = f"{shown(P.size)} and {shown(Q.size)}"
    return DomainError(f"vectors of {sizes} probabilities cannot be compared: substitute numbers for the sizes first")
