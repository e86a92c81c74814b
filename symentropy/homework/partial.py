"""What is right about a wrong answer: how far it is off, and where it is right.

Main definition: `partial_fact`. What it says is proved by the zero test.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sympy import Add, Eq, Expr, Rational, S, Sum, Symbol, expand, log

from symentropy.homework.nodes import array_labels
from symentropy.homework.proposals import written
from symentropy.homework.work import Work
from symentropy.proof.canonical import is_zero, log_form
from symentropy.proof.constants import FAILURES, is_admitted
from symentropy.proof.domain import Domain

#: The largest denominator of a factor.
LARGEST = 24
#: Factors that are not rational.
UNITS = (S.One, log(2), 1 / log(2), log(10), 1 / log(10))
#: Relative error up to which two numbers count as equal.
CLOSE = 1e-8
#: Values at which an answer may be right.
POINTS = (Rational(1, 2), S.One, S.Zero, S(2))


def partial_fact(work: Work) -> str:
    """Return a sentence about how a wrong answer is related to the expected one, '' if there is none."""
    facts = (look(work) for look in (_renamed, _off_by_constant, _off_by_factor, _right_at))
    return next((fact for fact in facts if fact), "")


def _renamed(work: Work) -> str:
    """Say that a letter stands for another one throughout, if one of the answer is not expected and one that is expected is missing."""
    strange = work.answer.free_symbols - work.expected.free_symbols
    missing = work.expected.free_symbols - work.answer.free_symbols
    if len(strange) != 1 or len(missing) != 1:
        return ""
    (own,), (right,) = strange, missing
    if not work.shows_zero(work.wanted.plain(work.answer.xreplace({own: right})) - work.wanted.plain(work.expected)):
        return ""
    return f"the answer is right with {right} in the place of {own}"


def _off_by_constant(work: Work) -> str:
    known = [one - two for one, two in _known(work)]
    if not work.wanted.symbols or len(known) < 2 or max(known) - min(known) > CLOSE * max(1.0, abs(known[0])):
        return ""
    difference = work.difference
    form = log_form(difference, work.wanted.domain)
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
    pairs = [one / two for one, two in _known(work) if abs(two) > 1e-12]
    if not pairs or max(pairs) - min(pairs) > CLOSE * abs(pairs[0]):
        return
    for unit in UNITS:
        ratio = Fraction(pairs[0] / float(unit)).limit_denominator(LARGEST)
        if ratio and abs(float(ratio) * float(unit) - pairs[0]) < CLOSE * abs(pairs[0]):
            yield Rational(ratio.numerator, ratio.denominator) * unit


def _known(work: Work) -> list[tuple[float, float]]:
    """Return the values of the answer and the expectation where both are known."""
    pairs = zip(work.target, work.probe.values(work.expected), strict=True)
    return [(one, two) for one, two in pairs if one is not None and two is not None]


def _right_at(work: Work) -> str:
    """Say at which value of a symbol the answer is right."""
    difference = work.difference
    facts = work.claim.hypotheses
    tied = set().union(*(fact.free_symbols for fact in facts if isinstance(fact, Eq)), set())
    sizes = {symbol for noun in difference.atoms(Sum) for limits in noun.limits for end in limits[1:] for symbol in end.free_symbols}
    skipped = sizes | array_labels(difference)
    for symbol in sorted((s for s in work.wanted.symbols if isinstance(s, Symbol)), key=str):
        for value in POINTS:
            if work.is_over:
                return ""
            if symbol in skipped or not is_admitted(symbol, value):
                continue
            seen = [number for number in work.probe.values_at(difference, symbol, value) if number is not None]
            if symbol not in tied and not all(abs(number) <= CLOSE for number in seen):
                continue
            if _vanishes(work, symbol, value, difference):
                return f"the answer is right for {symbol} = {value}, but not in general"
    return ""


def _vanishes(work: Work, symbol: Symbol, value: Rational, difference: Expr) -> bool:
    """Whether a difference is shown to be 0 for a value of a symbol that the hypotheses admit."""
    try:
        here = [fact.subs(symbol, value) for fact in work.claim.hypotheses]
        there = difference.subs(symbol, value)
        if S.false in here or there.has(S.NaN, S.ComplexInfinity):
            return False
        return is_zero(there, Domain(tuple(fact for fact in here if fact != S.true)))
    except FAILURES:
        return False
