"""Surprise: its properties, and that they characterise it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sympy import Derivative, Eq, Function, Ge, IndexedBase, Interval, Le, Lt, Ne, Product, Rational, S, Sum, Symbol, exp, log

from symentropy.logarithms import natural_log
from symentropy.proof.claim import Claim, Each
from symentropy.proof.draft import Draft
from symentropy.proof.theorems.catalogue import COVER, NOTE, n, theorem
from symentropy.quantities import Surprise

SECTION = "Surprise"
SHANNON = "C. E. Shannon, A mathematical theory of communication, Bell System Technical Journal 27 (1948), section 6"

a, b, c, p = (Symbol(name, positive=True) for name in "abcp")
x, y, M = (Symbol(name, real=True) for name in ("x", "y", "M"))
i = Symbol("i", integer=True)


def probabilities(*symbols: Symbol) -> tuple[Any, ...]:
    """Return the hypotheses that symbols are probabilities other than 0."""
    return tuple(fact for symbol in symbols for fact in (Lt(0, symbol, evaluate=False), Le(symbol, 1, evaluate=False)))


@theorem("surprise_additive", SECTION, "When probabilities multiply, surprises add", sources=(NOTE, SHANNON))
def _additive() -> Claim:
    return Claim(Surprise(a * b), "=", Surprise(a) + Surprise(b), probabilities(a, b))


@theorem("surprise_of_three_events", SECTION, "Three independent events surprise as much as all of them together", sources=(NOTE,))
def _three_events() -> Claim:
    return Claim(Surprise(a * b * c), "=", Surprise(a) + Surprise(b) + Surprise(c), probabilities(a, b, c))


@theorem("surprise_of_events", SECTION, "The same for any number of independent events", sources=(NOTE,))
def _events() -> Claim:
    q = IndexedBase("p", positive=True)
    facts = (Each(Lt(0, q[i], evaluate=False), (i, 1, n)), Each(Le(q[i], 1, evaluate=False), (i, 1, n)))
    return Claim(-log(Product(q[i], (i, 1, n))), "=", Sum(-log(q[i]), (i, 1, n)), facts)


@theorem("surprise_of_certainty", SECTION, "What is certain does not surprise", sources=(NOTE,))
def _certainty() -> Claim:
    return Claim(Surprise(S.One), "=", 0)


@theorem("surprise_nonneg", SECTION, "Surprise is not negative", sources=(NOTE,))
def _nonneg() -> Claim:
    return Claim(Surprise(p), ">=", 0, probabilities(p))


@theorem("surprise_pos", SECTION, "What is not certain surprises", sources=(NOTE,))
def _positive() -> Claim:
    return Claim(Surprise(p), ">", 0, (Lt(0, p, evaluate=False), Lt(p, 1, evaluate=False)))


@theorem("surprise_decreasing", SECTION, "The less probable surprises more", sources=(NOTE,))
def _decreasing() -> Claim:
    return Claim(Surprise(a), ">", Surprise(b), (Lt(0, a, evaluate=False), Lt(a, b, evaluate=False), Le(b, 1, evaluate=False)))


def _unbounded_script(draft: Draft, claim: Claim) -> int:
    small = p * exp(M)
    facts = claim.hypotheses
    given = draft.add("hypothesis", Claim(p, "<", exp(-M), facts))
    below = draft.add("combination", Claim(small, "<", 1, facts), [given], [exp(M)])
    bound = draft.add("log_bound", Claim(log(small), "<=", small - 1, facts), arguments=(small,))
    return draft.add("combination", claim, [bound, below], [S.One, S.One])


@theorem(
    "surprise_unbounded",
    SECTION,
    "Surprise tends to infinity as the probability tends to 0: it exceeds every M below exp(-M)",
    sources=(NOTE,),
    script=_unbounded_script,
)
def _unbounded() -> Claim:
    return Claim(Surprise(p), ">", M, (Lt(0, p, evaluate=False), Le(p, 1, evaluate=False), Lt(p, exp(-M), evaluate=False)))


@theorem("surprise_of_a_die", SECTION, "A face of a die surprises more than a side of a coin", sources=(NOTE,))
def _die() -> Claim:
    return Claim(Surprise(Rational(1, 6)), ">", Surprise(Rational(1, 2)))


s, d = Function("s", real=True), Function("d", real=True)


def _functional_equation() -> tuple[Each, Each]:
    """Return that s turns products into sums on (0, 1], and that d is its derivative on (0, 1)."""
    unit = Interval.Lopen(0, 1)
    return (
        Each(Eq(s(x * y), s(x) + s(y), evaluate=False), (x, unit), (y, unit)),
        Each(Eq(Derivative(s(x), x), d(x), evaluate=False), (x, Interval.open(0, 1))),
    )


def _characterisation_script(draft: Draft, claim: Claim) -> int:
    half, k = S.Half, d(S.Half) / 2
    general = _functional_equation()
    inside = (Lt(0, a, evaluate=False), Lt(a, 1, evaluate=False), Lt(0, b, evaluate=False), Le(b, 1, evaluate=False))
    # d(ab) b = d(a), from s(ab) = s(a) + s(b)
    added = draft.add("hypothesis", Claim(s(a * b), "=", s(a) + s(b), (*general, *inside)), arguments=(S.Zero, a, b))
    slopes = draft.add("differentiate", Claim(b * d(a * b), "=", d(a), (*general, *inside)), [added], (a,))
    # x d(x) = d(1/2)/2, with a = 1/2 below 1/2 and a = x from there on
    facts = claim.hypotheses
    low, high = Lt(p, half, evaluate=False), Ge(p, half, evaluate=False)
    goal = Claim(p * d(p), "=", k, facts)
    below = draft.add("instance", Claim(2 * p * d(p), "=", d(half), (*facts, low)), [slopes], ((a, half), (b, 2 * p)))
    above = draft.add("instance", Claim(d(half) / (2 * p), "=", d(p), (*facts, high)), [slopes], ((a, p), (b, 1 / (2 * p))))
    first = draft.add("combination", goal.under(low), [below], [half])
    second = draft.add("combination", goal.under(high), [above], [-p])
    constant = draft.add("cases", goal, [first, second], (low, high))
    # so s - k log is constant, and it is 0 because s(1/4) = 2 s(1/2)
    value = s(half) + k * log(2)
    flat = Claim(s(p) - k * log(p), "=", value, facts)
    there = draft.add("algebra", replace(flat, lhs=s(half) - k * log(half)))
    premises = [there]
    for side, direction in ((p > half, 1), (Lt(p, half, evaluate=False), -1)):
        local = draft.add("instance", replace(goal, hypotheses=(*facts, side)), [constant])
        premises.append(draft.add("combination", Claim(direction * (d(p) - k / p), "=", 0, (*facts, side)), [local], [direction / p]))
    same = draft.add("mean_value", flat, premises, (p, half))
    quarter = Rational(1, 4)
    at_quarter = draft.add("instance", replace(flat, lhs=s(quarter) - k * log(quarter), hypotheses=general), [same], ((p, quarter),))
    doubled = draft.add("hypothesis", Claim(s(quarter), "=", 2 * s(half), general), arguments=(S.Zero, half, half))
    zero = draft.add("combination", Claim(value, "=", 0, general), [at_quarter, doubled], [S.One, S.NegativeOne])
    return draft.add("combination", claim, [same, draft.add("instance", Claim(value, "=", 0, facts), [zero])], [S.One, S.One])


@theorem(
    "surprise_characterisation",
    SECTION,
    "A differentiable s that turns products of probabilities into sums is a multiple of the logarithm: k log p with k = s'(1/2)/2",
    sources=(SHANNON, "J. Aczel, Z. Daroczy, On Measures of Information and Their Characterizations, Academic Press 1975, section 0.2"),
    script=_characterisation_script,
)
def _characterisation() -> Claim:
    facts = (*_functional_equation(), Lt(0, p, evaluate=False), Lt(p, 1, evaluate=False))
    return Claim(s(p), "=", d(S.Half) / 2 * log(p), facts)


def _certainty_script(draft: Draft, claim: Claim) -> int:
    doubled = draft.add("hypothesis", Claim(s(1), "=", 2 * s(1), claim.hypotheses), arguments=(S.Zero, S.One, S.One))
    return draft.add("combination", claim, [doubled], [S.NegativeOne])


@theorem(
    "surprise_of_certainty_from_axioms",
    SECTION,
    "A function that turns products into sums is 0 at 1",
    sources=(SHANNON,),
    script=_certainty_script,
)
def _certainty_from_axioms() -> Claim:
    return Claim(s(1), "=", 0, _functional_equation()[:1])


@theorem("surprise_decreasing_of_positive_factor", SECTION, "-c log p is decreasing for c > 0", sources=(SHANNON,))
def _positive_factor() -> Claim:
    return Claim(-c * log(b), "<", -c * log(a), (Lt(0, a, evaluate=False), Lt(a, b, evaluate=False), Le(b, 1, evaluate=False)))


@theorem("surprise_not_decreasing_of_other_factor", SECTION, "-c log p is not decreasing for c <= 0", sources=(SHANNON,))
def _other_factor() -> Claim:
    k = Symbol("c", nonpositive=True)
    return Claim(-k * log(b), ">=", -k * log(a), (Lt(0, a, evaluate=False), Lt(a, b, evaluate=False), Le(b, 1, evaluate=False)))


def _unit_script(draft: Draft, claim: Claim) -> int:
    given = draft.add("hypothesis", Claim(-c * log(1 / b), "=", 1, claim.hypotheses))
    return draft.add("combination", claim, [given], [1 / log(b)])


@theorem(
    "surprise_unit_fixes_base",
    SECTION,
    "The unit fixes the base: if an event of probability 1/b has surprise 1, then c = 1/log b",
    sources=(NOTE, SHANNON),
    script=_unit_script,
)
def _unit() -> Claim:
    return Claim(c, "=", 1 / log(b), (Ne(b, 1), Eq(-c * log(1 / b), 1, evaluate=False)))


@theorem("surprise_base", SECTION, "Another base is another unit: log_b p = log p / log b", sources=(COVER,))
def _base() -> Claim:
    return Claim(-log(p, b), "=", Surprise(p) / natural_log(b), (*probabilities(p), Ne(b, 1)))
