"""Random claims, true and false, against values at exact points: no sign, implication, zero, proof or refutation may be wrong.

The points are chosen to be nasty: boundaries, integers, 10^30 and 10^-30, and what is 10^-30 away from these. The second way is
`real_values`, which shares nothing with what is tested.
"""

import random
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from sympy import (
    Abs,
    Add,
    Contains,
    Eq,
    Expr,
    Ge,
    Gt,
    I,
    IndexedBase,
    Integer,
    Interval,
    KroneckerDelta,
    LambertW,
    Le,
    Lt,
    Max,
    Min,
    Mod,
    Ne,
    Or,
    Piecewise,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    acos,
    acosh,
    asin,
    asinh,
    atanh,
    beta,
    binomial,
    cancel,
    ceiling,
    cosh,
    coth,
    digamma,
    erf,
    exp,
    expand,
    expand_func,
    expand_log,
    expand_power_base,
    factor,
    factorial,
    floor,
    gamma,
    harmonic,
    log,
    logcombine,
    loggamma,
    nan,
    oo,
    polygamma,
    powdenest,
    powsimp,
    sign,
    sinh,
    sqrt,
    symbols,
    tan,
    tanh,
    together,
    zeta,
    zoo,
)

from symentropy import Claim, CrossEntropy, Entropy, KLDivergence, decide, verify
from symentropy.errors import DomainError
from symentropy.proof.canonical import is_zero, unfolded
from symentropy.proof.claim import Each
from symentropy.proof.definedness import undischarged
from symentropy.proof.domain import Domain

sys.path.insert(0, str(Path(__file__).parent / "canonical"))
from real_values import Undefined, Vague, digits, holds, mp, plus, satisfied, value
from real_values import sign as sign_of

SIGNS = {">": (1,), ">=": (1, 0), "=": (0,), "<=": (-1, 0), "<": (-1,), "!=": (-1, 1)}
UNREADABLE = (zoo, nan, oo, I)
#: What SymPy raises when it is given something that makes no sense.
REFUSALS = (ValueError, TypeError, ZeroDivisionError, AttributeError, NotImplementedError, RecursionError)

x, y, z = symbols("x y z")
m, k = symbols("m k", integer=True)
n = Symbol("n", integer=True, positive=True)
positive, nonnegative, negative = Symbol("a", positive=True), Symbol("b", nonnegative=True), Symbol("c", negative=True)
nonzero, nonpositive = Symbol("w", real=True, nonzero=True), Symbol("r", nonpositive=True)
SYMBOLS = [x, y, z, x, y, z, m, m, k, n, positive, nonnegative, negative, nonzero, nonpositive]

TINY, HUGE = Fraction(1, 10**30), Fraction(10**30)
NASTY = [
    *map(Fraction, (0, 1, -1, 2, -2, 3, 5, -5)),
    *(Fraction(a, b) for a, b in ((1, 2), (-1, 2), (1, 3), (3, 2), (-3, 2), (1, 10))),
    *(TINY, -TINY, HUGE, -HUGE, 1 + TINY, 1 - TINY, 2 + TINY),
]


# Random expressions, hypotheses and points


def rational(number):
    return Rational(number.numerator, number.denominator)


def number(rng):
    return rational(rng.choice(NASTY) if rng.random() < 0.3 else Fraction(rng.randint(-6, 6), rng.choice([1, 1, 2, 3])))


def linear(rng, used):
    return Add(*(rng.randint(-3, 3) * symbol for symbol in used)) + (number(rng) if rng.random() < 0.7 else 0)


def of_one(function):
    return lambda first, _: function(first)


PLAIN = [
    *map(of_one, (Abs, floor, ceiling, sqrt, exp, log, log, sign, tanh, sinh, cosh)),
    of_one(lambda t: t * log(t)),
    lambda t, other: Max(t, other()),
    lambda t, other: Min(t, other()),
]
SPECIAL = [
    *PLAIN,
    *map(of_one, (gamma, loggamma, digamma, factorial, harmonic, atanh, acosh, asin, acos, tan, coth, asinh, erf, LambertW, zeta)),
    of_one(lambda t: polygamma(1, t)),
    of_one(lambda t: log(log(t))),
    lambda t, other: binomial(t, other()),
    lambda t, other: beta(t, other()),
    lambda t, other: Mod(t, other()),
    lambda t, other: KroneckerDelta(t, other()),
    lambda t, other: Piecewise((t, other() > 0), (other(), True)),
    lambda t, other: Piecewise((log(t), t > 0), (other(), True)),
    lambda t, other: Piecewise((1 / t, Ne(t, 0)), (other(), Lt(other(), 1))),
]
IN_HYPOTHESES = [
    *map(of_one, (Abs, floor, ceiling, log, exp, sqrt, tanh)),
    of_one(lambda t: 1 / t),
    lambda t, other: Max(t, other()),
    lambda t, other: Min(t, other()),
]
EXPONENTS = [2, 3, -1, -2, Rational(1, 2), Rational(-1, 2), Rational(1, 3), Rational(3, 2), Rational(-4, 3)]


def compound(rng, used, depth, table):
    """Return a random expression; SymPy may refuse to make it."""
    kind = rng.random()
    if depth == 0 or kind < 0.05:
        return rng.choice(used) if rng.random() < 0.75 else number(rng)

    def part():
        return compound(rng, used, depth - 1, table)

    ways = [
        (0.2, lambda: part() + rng.choice([1, -1, 2, -3]) * part()),
        (0.35, lambda: part() * part()),
        (0.45, lambda: linear(rng, used)),
        (0.52, lambda: part() / part()),
        (0.55, lambda: part() ** tame(part())),
        (0.62, lambda: part() ** rng.choice(EXPONENTS)),
        (0.66, lambda: quadratic(rng, rng.choice(used), rng.choice(used))),
        (1, lambda: rng.choice(table)(tame(part()), lambda: tame(part()))),
    ]
    return next(way for bound, way in ways if kind < bound)()


def tame(expression):
    """Return an expression, but no number of which SymPy would compute a factorial or a power for ever."""
    return Integer(2) if expression.is_number and not (expression.is_Rational and abs(expression) < 50) else expression


def quadratic(rng, a, b):
    return rng.randint(-2, 2) * a**2 + rng.randint(-3, 3) * a * b + rng.randint(-2, 2) * b**2 + rng.randint(-2, 2)


def made(make):
    """Return what a function makes, None where SymPy refuses or it is not a real expression as written."""
    try:
        found = make()
    except REFUSALS:
        return None
    return found if isinstance(found, Expr) and not found.has(*UNREADABLE) and found.count_ops() < 300 else None


def coordinate(rng, symbol):
    """Return a number that a symbol's assumptions admit."""
    while True:
        found = rng.choice(NASTY) if rng.random() < 0.7 else Fraction(rng.randint(-40, 40), rng.choice([1, 2, 3, 7, 10]))
        if symbol.is_integer and found.denominator != 1:
            found = Fraction(rng.randint(-5, 6))
        if satisfied([], {symbol: found}):
            return found


SETS = (S.Naturals, S.Naturals0, S.Integers, Interval(0, 1), Interval.open(0, 1), Interval.Lopen(-1, oo), Interval(0, oo))
RELATIONS = {1: [Gt, Ge, Ne], -1: [Lt, Le, Ne], 0: [Eq, Eq, Le, Ge]}


def hypothesis(rng, used, point):
    """Return a statement that holds at a point, or None."""
    kind, symbol = rng.random(), rng.choice(used)
    other = number(rng) if rng.random() < 0.5 else rng.choice([symbol, *used])
    if kind < 0.1:
        found = Contains(symbol, rng.choice(SETS), evaluate=False)
        return found if holds(found, point) else None
    ways = [
        (0.45, lambda: linear(rng, used)),
        (0.55, lambda: symbol * rng.choice(used) - other),
        (0.62, lambda: symbol / rng.choice(used) - other),
        (0.7, lambda: symbol ** rng.choice([2, 3, -1, -2, Rational(1, 2)]) - other),
        (1, lambda: compound(rng, used, 2, IN_HYPOTHESES)),
    ]
    expression = made(next(way for bound, way in ways if kind < bound))
    if expression is None:
        return None
    at_point = value(expression, point)
    if isinstance(at_point, Fraction) and rng.random() < 0.25:
        expression, at_point = expression - rational(at_point), Fraction(0)
    found = rng.choice(RELATIONS[sign_of(at_point)])(expression, 0, evaluate=False)
    return found if rng.random() < 0.9 else Or(found, Gt(linear(rng, used), 0, evaluate=False), evaluate=False)


def setting(rng):
    """Return symbols, hypotheses, and points that satisfy them."""
    used = list(dict.fromkeys(rng.choice(SYMBOLS) for _ in range(rng.choice([1, 2, 2, 3]))))
    base = {symbol: coordinate(rng, symbol) for symbol in used}
    given = []
    for _ in range(rng.randint(0, 4)):
        try:
            found = hypothesis(rng, used, base)
        except (Undefined, Vague):
            continue
        if found not in (None, S.true, S.false):
            given.append(found)
    around = [base] + [_moved(rng, base) for _ in range(30)]
    return used, given, [point for point in around if satisfied(given, point)]


def _moved(rng, base):
    if rng.random() < 0.5:
        return {symbol: coordinate(rng, symbol) for symbol in base}
    symbol, old = rng.choice(list(base.items()))
    near = [old + TINY, old - TINY, old * HUGE, old * TINY, -old, old + 1, old - 1, *base.values(), coordinate(rng, symbol)]
    return {**base, symbol: rng.choice(near)}


# Signs, implications and definedness


def check(domain, expression, points):
    """Compare what is said about an expression with its values; return how many comparisons that were."""
    left, claimed = undischarged(expression, domain), domain.sign(expression)
    checked = 0
    for point in points if claimed or not left else ():
        try:
            found = sign_of(value(expression, point))
        except Vague:
            continue
        except Undefined:
            assert left, (expression, domain, point)
            continue
        checked += 1
        assert claimed is None or found in SIGNS[claimed], (expression, claimed, domain, point)
    return checked


def check_implication(domain, relation, points):
    if not domain.implies(relation):
        return 0
    checked = 0
    for point in points:
        try:
            found = holds(relation, point)
        except (Undefined, Vague):
            continue
        checked += 1
        assert found, (relation, domain, point)
    return checked


def soak_signs(seeds):
    checked = 0
    for seed in seeds:
        rng = random.Random(seed)
        used, given, points = setting(rng)
        domain = Domain(given)
        assert not (points and domain.is_contradictory()), given
        for table in (PLAIN, PLAIN, SPECIAL, SPECIAL, SPECIAL):
            expression = made(lambda table=table, rng=rng, used=used: compound(rng, used, rng.choice([1, 2, 2, 3]), table))
            if expression is not None:
                checked += check(domain, expression, points)
        side = made(lambda rng=rng, used=used: compound(rng, used, 2, IN_HYPOTHESES))
        if side is not None:
            relation = rng.choice([Gt, Ge, Lt, Le, Eq, Ne])(side, 0, evaluate=False)
            checked += check_implication(domain, relation, points)
            checked += check_implication(domain, Or(relation, Ge(linear(rng, used), 0, evaluate=False), evaluate=False), points)
    return checked


@pytest.mark.parametrize("chunk", range(4))
def test_signs_and_definedness(chunk):
    assert soak_signs(range(60 * chunk, 60 * chunk + 60)) > 2500


@pytest.mark.slow
def test_signs_and_definedness_longer():
    assert soak_signs(range(1000, 1600)) > 30_000


# Sums over indices

i, j, h = symbols("i j h", integer=True)
t, u = symbols("t u", integer=True)
size = Symbol("M", integer=True)
P, Q, W = IndexedBase("p"), IndexedBase("q"), IndexedBase("w")

ALWAYS = [Each(Gt(P[i], 0), (i, 1, n)), Eq(Sum(P[i], (i, 1, n)), 1)]
MAYBE = [
    *(Each(Gt(Q[i], 0), (i, 1, n)), Eq(Sum(Q[i], (i, 1, n)), 1)),
    *(Each(Gt(W[i, j], 0), (i, 1, n), (j, 1, size)), Each(Eq(Sum(W[i, j], (j, 1, size)), 1), (i, 1, n))),
    *(Ge(size, 1), Each(Le(P[i], Q[i]), (i, 1, n)), Each(Eq(P[i], Q[i]), (i, 1, n)), Each(Le(P[i], P[i + 1]), (i, 1, n - 1))),
    *(Le(1, t), Le(t, n), Lt(t, n), Ge(u, 1), Le(u, n), Ne(t, u), Eq(t, u), Lt(t, u), Le(u, t + 1), Ge(n, 2), Ge(n, 3), Eq(n, 2)),
    *(Gt(x, 0), Eq(P[1], P[2]), Eq(P[t], 1), Eq(x, P[t]), Eq(Sum(P[i] ** 2, (i, 1, n)), x), Eq(Abs(x), P[1]), Eq(x * P[1], x)),
]
RANGES = [*[(1, n)] * 6, (1, size), (2, n), (1, n - 1), (1, n + 1), (0, n), (t, n), (1, t), (t, u), (1, 3), (t, t + 1)]


def entry_index(rng, bound):
    return rng.choice([Integer(1), Integer(2), t, u, n, t + 1, n - 1, *4 * bound])


def indexed(rng, bound, depth):
    """Return a random expression with sums."""
    kind = rng.random()
    if depth == 0:
        entries = [P[entry_index(rng, bound)]] * 4 + [Q[entry_index(rng, bound)], W[entry_index(rng, bound), entry_index(rng, bound)]]
        return rng.choice([*entries, x, n, size, t, Integer(2), *bound])

    def part():
        return indexed(rng, bound, depth - 1)

    ways = [
        (0.2, lambda: part() + rng.choice([1, -1]) * part()),
        (0.38, lambda: part() * part()),
        (0.46, lambda: part() / part()),
        (0.55, lambda: log(part())),
        (0.6, lambda: part() * log(part())),
        (0.64, lambda: 1 - part()),
        (0.68, lambda: part() ** rng.choice([2, Rational(1, 2)])),
        (1, lambda: over_an_index(rng, bound, depth)),
    ]
    return next(way for limit, way in ways if kind < limit)()


def over_an_index(rng, bound, depth):
    index = rng.choice([v for v in (i, j, h) if v not in bound] or [h])
    limits = rng.choice([*RANGES, *((1, b) for b in bound), *((b, n) for b in bound)])
    body = indexed(rng, (*bound, index), max(depth - 1, 1))
    return (Sum if rng.random() < 0.9 else Product)(body, (index, *limits))


def distribution(rng, count):
    weights = [Fraction(rng.randint(1, 9)) if rng.random() < 0.9 else Fraction(1, 10**20) for _ in range(count)]
    return [weight / sum(weights) for weight in weights]


def indexed_point(rng):
    count, width = rng.choice([1, 1, 2, 2, 3, 4]), rng.choice([-1, 0, 1, 2, 3])
    point = {n: Fraction(count), size: Fraction(width), t: Fraction(rng.randint(-2, 5)), u: Fraction(rng.randint(-2, 5))}
    first, second = distribution(rng, count), distribution(rng, count)
    first = sorted(first) if rng.random() < 0.3 else first
    second = first if rng.random() < 0.3 else second
    for place in range(count):
        point["p", place + 1], point["q", place + 1] = first[place], second[place]
        for column, entry in enumerate(distribution(rng, max(width, 0)), 1):
            point["w", place + 1, column] = entry
    point[x] = rng.choice([Fraction(0), Fraction(1), first[0], -first[0], sum(p**2 for p in first), rng.choice(NASTY)])
    outside = {}
    point["else"] = lambda key: outside.setdefault(key, random.Random(str(key)).choice(NASTY))
    return point


def soak_sums(seeds):
    checked = 0
    for seed in seeds:
        rng = random.Random(seed)
        given = [*(fact for fact in ALWAYS if rng.random() < 0.85), *(fact for fact in MAYBE if rng.random() < 0.12)]
        points = [point for point in (indexed_point(rng) for _ in range(25)) if satisfied(given, point)]
        if not points:
            continue
        domain = Domain(given)
        assert not domain.is_contradictory(), given
        for _ in range(3):
            expression = made(lambda rng=rng: indexed(rng, (), rng.choice([1, 2, 3, 3])))
            if expression is not None:
                checked += check(domain, expression, points)
                checked += check_zero(domain, expression, points)[1]
    return checked


@pytest.mark.parametrize("chunk", range(2))
def test_sums_over_indices(chunk):
    assert soak_sums(range(60 * chunk, 60 * chunk + 60)) > 200


@pytest.mark.slow
def test_sums_over_indices_longer():
    assert soak_sums(range(1000, 1300)) > 2000


# The zero test


def check_zero(domain, expression, points):
    """Return whether an expression is called zero, and at how many points it was seen to be zero or not."""
    zero = is_zero(expression, domain)
    checked = 0
    for point in points:
        try:
            terms = [value(term, point) for term in Add.make_args(expression)]
        except (Undefined, Vague):
            continue
        total = Fraction(0)
        for term in terms:
            total = plus(total, term)
        bound = max([1, *(abs(digits(term)) for term in terms)]) * mp.mpf(10) ** -60
        checked += 1
        assert not zero or (total == 0 if isinstance(total, Fraction) else abs(total) < bound), (expression, domain, point)
    return zero, checked


OF_ONE = [log, log, exp, sqrt, Abs, tanh, sinh, cosh, asinh, gamma, loggamma, digamma, factorial, sign]
FORMS = [
    *OF_ONE,
    lambda e: e ** Rational(2, 3),
    lambda e: e ** Rational(-3, 2),
    lambda e: e**2,
    lambda e: 1 / e,
    lambda e: log(e**2),
    lambda e: sqrt(e**2),
    lambda e: (e**2) ** Rational(3, 2),
    lambda e: log(Abs(e)),
    lambda e: polygamma(1, e),
    lambda e: 1 - e,
    lambda e: 1 + e**2,
]


def identity_side(rng, used, depth):
    if depth == 0:
        return rng.choice(used) if rng.random() < 0.8 else Rational(rng.randint(-4, 5), rng.choice([1, 1, 2, 3]))

    def part():
        return identity_side(rng, used, depth - 1)

    kind = rng.random()
    ways = [
        (0.2, lambda: part() + rng.choice([1, -1, 2]) * part()),
        (0.4, lambda: part() * part()),
        (0.5, lambda: part() / part()),
        (0.55, lambda: part() ** tame(part())),
        (0.6, lambda: beta(part(), part())),
        (1, lambda: rng.choice(FORMS)(tame(part()))),
    ]
    return next(way for bound, way in ways if kind < bound)()


#: Other spellings, some of which are true on part of the domain only.
ARGUMENTS = {
    gamma: [lambda e: gamma(e + 1) / e, lambda e: gamma(e + 3) / (e * (e + 1) * (e + 2)), lambda e: gamma(e + 3) / (e * (e + 1))],
    loggamma: [lambda e: loggamma(e + 1) - log(e), lambda e: log(gamma(e))],
    digamma: [lambda e: digamma(e + 1) - 1 / e, lambda e: digamma(e + 2) - 1 / e - 1 / (e + 1), lambda e: digamma(e + 2) - 1 / e],
    factorial: [lambda e: gamma(e + 1), lambda e: e * factorial(e - 1)],
    tanh: [lambda e: 1 - 2 / (exp(2 * e) + 1)],
    Abs: [lambda e: e, lambda e: -e, lambda e: sqrt(e**2)],
    sign: [lambda e: e / Abs(e)],
    log: [lambda e: log(e**2) / 2, lambda e: -log(1 / e), lambda e: log(3 * e) - log(3), lambda e: 2 * log(sqrt(e)), lambda e: log(-e)],
}


def respelled(rng, expression):
    def change(part):
        ways = ARGUMENTS.get(type(part), [])
        return rng.choice(ways)(part.args[0]) if ways else part

    return expression.replace(lambda part: type(part) in ARGUMENTS, change)


REWRITINGS = [
    *(expand, factor, together, cancel, expand_func),
    *(lambda e, f=f: f(e, force=True) for f in (expand_log, powsimp, powdenest, logcombine, expand_power_base)),
    lambda e: e.rewrite(exp),
    lambda e: e.rewrite(log),
]
PERTURBATIONS = [
    lambda e, _: e + rational(TINY),
    lambda e, _: e * (1 + rational(TINY)),
    lambda e, _: e.func(*e.args[:-1], e.args[-1] + rational(TINY)) if e.args else -e,
    lambda e, _: -e,
    lambda e, used: e.subs(used[0], 1 - used[0]),
    lambda e, used: e.subs(used[0], -used[0]),
    lambda e, used: e.subs(used[0], 1),
    lambda e, used: e.subs(used[-1], 1),
    lambda e, used: e.subs(used[0], used[-1]),
    lambda e, used: e.subs({used[0]: used[-1], used[-1]: used[0]}, simultaneous=True),
]


def difference(rng, used):
    """Return a random expression minus a rewriting of it, perturbed or not."""
    expression = identity_side(rng, used, rng.choice([1, 2, 2, 3]))
    other = expression
    for _ in range(rng.choice([1, 1, 2])):
        other = rng.choice(REWRITINGS)(other) if rng.random() < 0.7 else respelled(rng, other)
    if rng.random() < 0.5:
        other = rng.choice(PERTURBATIONS)(other, used)
    return Add(expression, -other, evaluate=False) if rng.random() < 0.5 else expression - other


#: Symbols, equalities, and points that satisfy them.
EQUALITIES = [
    ([x, y], [Gt(x, 0), Gt(y, 0), Eq(x + y, 1)], [{x: v, y: 1 - v} for v in map(Fraction, ("1/3", "1/2", "9/10", "1/1000000000"))]),
    ([x, y], [Eq(x * y, x)], [{x: Fraction(u), y: Fraction(v)} for u, v in ((0, 2), (0, "1/2"), (3, 1), ("1/5", 1))]),
    ([x, y], [Eq(x**2, x * y)], [{x: Fraction(u), y: Fraction(v)} for u, v in ((0, 2), (0, "1/2"), (3, 3), ("1/5", "1/5"))]),
]


def soak_zeros(seeds):
    found = checked = 0
    for seed in seeds:
        rng = random.Random(seed)
        used, given, points = setting(rng) if rng.random() < 0.6 else rng.choice(EQUALITIES)
        domain = Domain(given)
        for _ in range(3):
            expression = made(lambda rng=rng, used=used: difference(rng, used))
            if expression not in (None, 0):
                zero, count = check_zero(domain, expression, points[:6])
                found, checked = found + (zero and count > 0), checked + count
    return found, checked


@pytest.mark.parametrize("chunk", range(4))
def test_zeros(chunk):
    found, checked = soak_zeros(range(50 * chunk, 50 * chunk + 50))
    assert found > 15
    assert checked > 200


@pytest.mark.slow
def test_zeros_longer():
    found, checked = soak_zeros(range(1000, 1500))
    assert found > 150
    assert checked > 2500


# Decisions

p, q = symbols("p q")
UNIT = [Gt(p, 0), Lt(p, 1), Gt(q, 0), Lt(q, 1)]
PLACES = [*map(Fraction, ("1/2", "1/3", "2/3", "1/4", "3/4", "1/10", "9/10", "2")), TINY, 1 - TINY, Fraction(1, 2) + Fraction(1, 10**16)]
GIVEN = [
    *[UNIT] * 3,
    [Gt(p, 0), Gt(q, 0), Lt(p + q, 1)],
    [Gt(p, 0), Gt(q, 0), Eq(p + q, 1)],
    [Gt(p, 0), Lt(p, q), Lt(q, 1)],
    [*UNIT, Ne(p, q)],
    [*UNIT, Eq(p, q)],
    [*UNIT, Ge(p * q, Rational(1, 4))],
    [Gt(p, 0), Gt(q, 0)],
]


def pmf(rng, outcomes):
    third = Rational(1, 3)
    return rng.choice(
        {
            2: [[p, 1 - p], [p, 1 - p], [q, 1 - q], [S.Half, S.Half], [third, 2 * third]],
            3: [[p, (1 - p) / 2, (1 - p) / 2], [third] * 3, [q / 2, q / 2, 1 - q]],
            4: [[p * q, p * (1 - q), (1 - p) * q, (1 - p) * (1 - q)], [p / 2, p / 2, (1 - p) / 2, (1 - p) / 2], [Rational(1, 4)] * 4],
        }[outcomes]
    )


def nonnegative_difference(rng):
    """Return something that is >= 0 for all pmfs, and 0 at some."""
    outcomes = rng.choice([2, 2, 3, 4])
    first, second = pmf(rng, outcomes), pmf(rng, outcomes)
    mean = [(a + b) / 2 for a, b in zip(first, second, strict=True)]
    divergence = KLDivergence(first, second)
    squares = Add(*((a - b) ** 2 for a, b in zip(first, second, strict=True)))
    ratios = Add(*(a**2 / b for a, b in zip(first, second, strict=True))) - 1
    return rng.choice(
        [
            divergence,
            log(outcomes) - Entropy(first),
            CrossEntropy(first, second) - Entropy(first),
            divergence - squares,
            ratios - divergence,
            Entropy(mean) - (Entropy(first) + Entropy(second)) / 2,
            log(2) - (KLDivergence(first, mean) + KLDivergence(second, mean)) / 2,
            p - 1 - log(p),
            p * log(p / q) - p + q,
            p**2 - p * q + q**2,
            p + q - 2 * sqrt(p * q),
            Rational(1, 4) - p * (1 - p),
        ]
    )


def perturbed(rng, expression):
    tiny = rational(TINY)
    changes = [0, 0, 0, -tiny, -tiny * p, -tiny * (p - q) ** 2, tiny, -Rational(1, 100)]
    return -expression if rng.random() < 0.05 else expression + rng.choice(changes)


def decision_points(rng, given):
    pairs = ((first, rng.choice([first, 1 - first, *PLACES])) for first in PLACES for _ in range(4))
    return [point for point in ({p: a, q: b} for a, b in pairs) if satisfied(given, point)]


def truth(claim, point):
    """Return whether a claim holds at a point, None where that is too close to tell."""
    left, right = (value(unfolded(side), point) for side in (claim.lhs, claim.rhs))
    try:
        found = sign_of(plus(left, -right))
    except Vague:
        return None
    return found in SIGNS[claim.relation]


def soak_decisions(seeds):
    counted = {"proved": 0, "refuted": 0, "undecided": 0}
    for seed in seeds:
        rng = random.Random(seed)
        expression, given = perturbed(rng, nonnegative_difference(rng)), rng.choice(GIVEN)
        claim = Claim(expression, rng.choice([">=", ">=", ">=", ">", "!=", "="]), 0, given)
        try:
            verdict = decide(claim, timeout=1.5)
        except DomainError:  # it is never defined, or the hypotheses contradict those of a pmf
            assert not [point for point in decision_points(rng, claim.hypotheses) if truth(claim, point) is not None], claim
            continue
        counted[verdict.outcome] += 1
        facts = [*claim.hypotheses, *verdict.conditions]
        if verdict.outcome == "proved":
            assert verify(verdict.proof)
            assert all(truth(claim, point) is not False for point in decision_points(rng, facts)), verdict
        if verdict.outcome == "refuted":
            point = {p: Fraction(1, 2), q: Fraction(1, 2), **{s: value(v, {}) for s, v in verdict.witness.values.items()}}
            assert all(holds(fact, point) for fact in facts), verdict
            assert not truth(claim, point), verdict
    return counted


def test_decisions():
    counted = soak_decisions(range(36))
    assert counted["proved"] >= 8
    assert counted["refuted"] >= 8


@pytest.mark.slow
def test_decisions_longer():
    counted = soak_decisions(range(100, 150))
    assert counted["proved"] >= 10
    assert counted["refuted"] >= 10
