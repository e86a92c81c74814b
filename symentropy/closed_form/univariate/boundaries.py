"""Parameters at the boundary of their range, where some outcome gets probability 0.

Main definitions: `with_boundaries`, for finite families such as Bernoulli, whose parameter may be 0 or 1; `solved`, p = 0 for a parameter.
"""

from __future__ import annotations

from sympy import Add, And, Eq, Expr, Mul, Or, Piecewise, Pow, oo, true
from sympy.logic.boolalg import Boolean

from symentropy.closed_form.univariate.moments import is_greater
from symentropy.definitions import Pairs, Term

#: Outcomes of a family that is looked at.
MAX_OUTCOMES = 64


def with_boundaries(pair: Pairs, term: Term) -> Expr | None:
    """Return the sum of a term, which is oo where q may be 0 and p is not; None where no q may be 0.

    >>> from collections import Counter
    >>> from sympy import Symbol
    >>> from symentropy.definitions import cross_term
    >>> p, q = Symbol("p", positive=True), Symbol("q", positive=True)
    >>> with_boundaries(Pairs(Counter([(p, q), (1 - p, 1 - q)])), cross_term)
    Piecewise((-p*log(q) - (1 - p)*log(1 - q), q < 1), (-p*log(q), Eq(p, 1)), (oo, True))
    """
    if pair.condition != true or len(pair.counts) > MAX_OUTCOMES or not any(q.free_symbols for _, q in pair.counts):
        return None
    zeros = [(p, q) for p, q in pair.counts if not p.is_zero and not q.is_zero and _doubts(q)]
    if not zeros:
        return None
    terms = {(p, q): term(p, q) * count for (p, q), count in pair.counts.items()}
    if any(value.is_infinite for value in terms.values()):
        return oo
    doubts = list(dict.fromkeys(doubt for _, q in zeros for doubt in _doubts(q)))
    branches = [(Add(*terms.values()), And(*doubts))]
    for doubt in doubts:  # where q is 0 for these outcomes, p must be
        gone = {(p, q) for p, q in zeros if doubt in _doubts(q)}
        rest = Add(*(value for key, value in terms.items() if key not in gone))
        branches.append((rest, And(*(other for other in doubts if other != doubt), _all_vanish([p for p, _ in gone]))))
    return Piecewise(*branches, (oo, True))


def _doubts(q: Expr) -> list[Boolean]:
    """Return the conditions under which a probability is positive, for those of its factors that may be 0."""
    bases = [factor.base if isinstance(factor, Pow) else factor for factor in Mul.make_args(q)]
    return [is_greater(base) for base in bases if base.free_symbols and not base.is_positive and not base.is_nonzero]


def _all_vanish(chances: list[Expr]) -> Boolean:
    """Return the condition under which all of some probabilities are 0: a factor of each is."""
    ways = [{solved(base) for factor in Mul.make_args(p) if not (base := factor.as_base_exp()[0]).is_positive} for p in chances]
    common = set.intersection(*ways)
    return Or(*common) if common else And(*(Or(*way) for way in ways))


def solved(p: Expr) -> Boolean:
    """Return p = 0, with what is free of symbols on the right."""
    if p.is_number:
        return Eq(p, 0)
    constant, rest = p.as_coeff_Add()
    return Eq(-rest if rest.could_extract_minus_sign() else rest, constant if rest.could_extract_minus_sign() else -constant)
