"""What is right about a wrong answer: how far it is off, and where it is right.

Main definition: `partial_fact`. What it says is proved by the zero test.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sympy import Add, Expr, Rational, S, Symbol, expand, log

from symentropy.homework.kinds import written
from symentropy.homework.work import Work
from symentropy.proof.canonical import is_zero, log_form
from symentropy.proof.constants import FAILURES, is_admitted
from symentropy.proof.domain import Domain

#: The largest denominator of a factor.
LARGEST = 24
#: Factors that are not rational.
UNITS = (S.One, log(2), 1 / log(2), log(10), 1 / log(10))
#: Values at which an answer may be right.
POINTS = (Rational(1, 2), S.One, S.Zero, S(2))


def partial_fact(work: Work) -> str:
    """Return a sentence about how a wrong answer is related to the expected one, '' if there is none."""
    return next((fact for fact in (_off_by_constant(work), _off_by_factor(work), _right_at(work)) if fact), "")


def _off_by_constant(work: Work) -> str:
    if not work.symbols:
        return ""
    known = [
        one - two for one, two in zip(work.target, work.probe.values(work.expected), strict=True) if one is not None and two is not None
    ]
    if len(known) < 2 or max(known) - min(known) > 1e-8 * max(1.0, abs(known[0])):
        return ""
    difference = work.plain(work.answer) - work.plain(work.expected)
    form = log_form(difference, work.domain)
    constant = expand(difference) if form is None else Add(*(coefficient * log(base) for coefficient, base in form[0]), form[1])
    if constant.free_symbols or not work.shows_zero(difference - constant):
        return ""
    return f"the answer is off by the constant {written(constant)}"


def _off_by_factor(work: Work) -> str:
    for factor in _factors(work):
        if work.gives(work.expected * factor):
            return f"the answer is {written(factor)} times what is expected"
    return ""


def _factors(work: Work) -> Iterator[Expr]:
    pairs = [
        one / two
        for one, two in zip(work.target, work.probe.values(work.expected), strict=True)
        if one is not None and two is not None and abs(two) > 1e-12
    ]
    if not pairs or max(pairs) - min(pairs) > 1e-8 * abs(pairs[0]):
        return
    for unit in UNITS:
        ratio = Fraction(pairs[0] / float(unit)).limit_denominator(LARGEST)
        if ratio and abs(float(ratio) * float(unit) - pairs[0]) < 1e-8 * abs(pairs[0]):
            yield Rational(ratio.numerator, ratio.denominator) * unit


def _right_at(work: Work) -> str:
    """Say at which value of a symbol the answer is right."""
    difference = work.plain(work.answer) - work.plain(work.expected)
    for symbol in sorted((s for s in work.symbols if isinstance(s, Symbol)), key=str):
        for value in POINTS:
            if work.is_over:
                return ""
            try:
                here = [fact.subs(symbol, value) for fact in work.claim.hypotheses]
                if S.false in here or difference.subs(symbol, value).has(S.NaN, S.ComplexInfinity):
                    continue
                rest = Domain(tuple(fact for fact in here if fact != S.true))
                if is_admitted(symbol, value) and is_zero(difference.subs(symbol, value), rest):
                    return f"the answer is right for {symbol} = {value}, but not in general"
            except FAILURES:
                continue
    return ""
