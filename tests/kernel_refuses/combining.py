"""Refused steps of the rules that combine others: combination, total, single_term, instance, cases."""

from refusals import Made, a, b, i, k, m, n, no, t, u, x, y, yes
from sympy import Contains, Dummy, Eq, Ge, Gt, IndexedBase, Lambda, Le, Lt, Ne, Rational, S, Sum, Symbol, log, oo
from sympy.stats import Cauchy, Normal

from symentropy import KLDivergence, Surprise
from symentropy.proof.claim import Claim, Each
from symentropy.proof.totals import between

half = Rational(1, 2)
UNDEFINED = "may be undefined"
INFINITE = "a premise may be infinite"
OTHER = "other hypotheses"
EQUALITY = "the conditions of equality are not those"
tangent = Made("log_bound", Claim(log(t), "<=", t - 1), (), (t,))
tail = KLDivergence(Cauchy("X", 0, 1), Normal("Y", 0, 1))
gibbs = Made("gibbs", Claim(tail, ">=", 0))
point = KLDivergence(["1/2", "1/2"], [1, 0])
infinite = Made("definition", Claim(point, "=", oo))
large = Made("enclosure", Claim(point, ">", 3))
one = Made("enclosure", Claim(0, "<", 1))


def tangent_under(*hypotheses):
    return Made("log_bound", Claim(log(t), "<=", t - 1, hypotheses), (), (t,))


def given(claim):
    return Made("hypothesis", claim)


def visible(claim):
    return Made("sign", claim)


# combination

NOT_THIS = "the difference of the sides is not this combination"
NEGATIVE = "may be negative"
STRICT = "it is not shown to be strict"
yes("combination", Claim(u * log(t), "<=", u * (t - 1)), (tangent,), (u,))
yes("combination", Claim(log(t) - 1, "<", t - 1), (tangent, one), (1, 1))
no(
    "a multiplier of any sign",
    "combination",
    Claim(x * log(t), "<=", x * (t - 1)),
    NEGATIVE,
    premises=(tangent,),
    arguments=(x,),
    at={x: -1, t: 2},
)
each = Symbol("k", integer=True, positive=True)
no(
    "a noun with a variable that is bound elsewhere",
    "combination",
    Claim(Sum(Surprise(each), (each, 1, n)), "=", n * Surprise(each)),
    "is bound elsewhere",
    premises=(Made("definition", Claim(Surprise(each), "=", -log(each))),),
    arguments=(0,),
)
no("a negative multiplier", "combination", Claim(-log(t), "<=", 1 - t), NEGATIVE, premises=(tangent,), arguments=(-1,), at={t: 2})
no(
    "a multiplier that is a logarithm",
    "combination",
    Claim(log(t) ** 2, "<=", log(t) * (t - 1)),
    NEGATIVE,
    premises=(tangent,),
    arguments=(log(t),),
    at={t: half},
)
no("half of it", "combination", Claim(log(t), "<=", (t - 1) / 2), NOT_THIS, premises=(tangent,), arguments=(half,), at={t: 2})
no("nothing", "combination", Claim(x, "<", x), "it takes premises", at={x: 1})
no("strict from weak", "combination", Claim(log(t), "<", t - 1), STRICT, premises=(tangent,), arguments=(1,), at={t: 1})
no("strict by a multiplier that may be 0", "combination", Claim(0, "<", x**2), STRICT, premises=(one,), arguments=(x**2,), at={x: 0})
no("strict times 0", "combination", Claim(x, "<", x), STRICT, premises=(one,), arguments=(0,), at={x: 1})
no("different by equality", "combination", Claim(t - 1, "!=", log(t)), STRICT, premises=(tangent,), arguments=(1,), at={t: 1})
no(
    "an equation from an inequality",
    "combination",
    Claim(t - 1, "=", log(t)),
    "does not follow from inequalities",
    premises=(tangent,),
    arguments=(1,),
    at={t: 2},
)
no("the converse", "combination", Claim(t - 1, "<=", log(t)), NOT_THIS, premises=(tangent,), arguments=(1,), at={t: 2})
no(
    "from a smaller domain",
    "combination",
    Claim(x, ">=", 1),
    OTHER,
    premises=(given(Claim(x, ">=", 1, [Ge(x, 1)])),),
    arguments=(1,),
    at={x: 0},
)
no(
    "the sum of two that are not 0",
    "combination",
    Claim(x + y, "!=", 0, [Ne(x, 0), Ne(y, 0)]),
    "nothing adds up from !=",
    premises=(given(Claim(x, "!=", 0, [Ne(x, 0), Ne(y, 0)])), given(Claim(y, "!=", 0, [Ne(x, 0), Ne(y, 0)]))),
    arguments=(1, 1),
    at={x: 1, y: -1},
)
no(
    "a pole as a multiplier",
    "combination",
    Claim(log(t) / x**2, "<=", (t - 1) / x**2),
    UNDEFINED,
    premises=(tangent,),
    arguments=(1 / x**2,),
    at={t: 2, x: 0},
)
no(
    "0 times a pole",
    "combination",
    Claim(x / y * 0 + log(t), "<=", t - 1, [Eq(x, 0)]),
    UNDEFINED,
    premises=(tangent_under(Eq(x, 0)), given(Claim(x, "=", 0, [Eq(x, 0)]))),
    arguments=(1, 1 / y),
)
no(
    "sides that are not defined",
    "combination",
    Claim(log(t) + log(x), "<=", t - 1 + log(x)),
    UNDEFINED,
    premises=(tangent,),
    arguments=(1,),
    at={t: 1, x: -1},
)
no("Gibbs' inequality where a divergence is oo", "combination", Claim(tail + 1, ">=", 1), UNDEFINED, premises=(gibbs,), arguments=(1,))
no(
    "an infinite divergence in an equation",
    "combination",
    Claim(point, "<", point + 1),
    INFINITE,
    premises=(infinite, one),
    arguments=(0, 1),
    at={},
)
no("an infinite divergence minus itself", "combination", Claim(x, "<=", x), INFINITE, premises=(gibbs, infinite), arguments=(0, 0))
no("oo as a bound", "combination", Claim(t, "<", t + 1), INFINITE, premises=(Made("finite", Claim(t, "<", oo)), one), arguments=(0, 1))
no("an infinite number", "combination", Claim(x, "<", x + 1), INFINITE, premises=(large, one), arguments=(0, 1))
no(
    "a normal form that decides nothing",
    "combination",
    Claim(t, "<=", t),
    "needs no premise",
    premises=(Made("algebra", Claim(t, "=", t)),),
    arguments=(1,),
)
no("a multiplier too many", "combination", Claim(log(t), "<=", t - 1), "a multiplier for each", premises=(tangent,), arguments=(1, 1))
no("equality always", "combination", Claim(u * log(t), "<=", u * (t - 1)), EQUALITY, premises=(tangent,), arguments=(u,), equality=())
no(
    "equality never",
    "combination",
    Claim(u * log(t), "<=", u * (t - 1)),
    EQUALITY,
    premises=(tangent,),
    arguments=(u,),
    equality=(S.false,),
)
no(
    "equality only where the multiplier is not 0",
    "combination",
    Claim(x**2 * log(t), "<=", x**2 * (t - 1)),
    EQUALITY,
    premises=(tangent,),
    arguments=(x**2,),
    equality=(Eq(t, 1),),
)

# total

INDEX = "the index does not stand for each integer of the range"
REVERSED = "the range may be reversed"
NOT_SUM = "a side is not the sum of that of the premise"
natural, even = Symbol("i", integer=True, positive=True), Symbol("i", integer=True, even=True)


def under(index, low, high, *more):
    return (*more, *between(index, S(low), high))


different = Each(Ne(b[i], 0), (i, 1, n))
positive = visible(Claim(1 / i, ">", 0, under(i, 1, n)))
weak = visible(Claim(1 / i, ">=", 0, under(i, 1, m)))
yes("total", Claim(Sum(1 / i, (i, 1, n)), ">", 0), (positive,), (i, 1, n))
yes("total", Claim(Sum(1 / i, (i, 1, m)), ">=", 0), (weak,), (i, 1, m))
empty = visible(Claim(1 / i, ">", 0, under(i, 1, m)))
no("an empty sum", "total", Claim(Sum(1 / i, (i, 1, m)), ">", 0), "the sum may be empty", premises=(empty,), arguments=(i, 1, m), at={m: 0})
no(
    "an empty sum is never equal",
    "total",
    Claim(Sum(1 / i, (i, 1, m)), ">=", 0),
    EQUALITY,
    premises=(weak,),
    arguments=(i, 1, m),
    equality=(S.false,),
)
no(
    "a strict inequality from an empty sum",
    "combination",
    Claim(Sum(1 / i, (i, 1, m)), ">", 0),
    STRICT,
    premises=(Made("total", Claim(Sum(1 / i, (i, 1, m)), ">=", 0), (weak,), (i, 1, m)),),
    arguments=(1,),
    at={m: 0},
)
no(
    "an index declared positive, from 0",
    "total",
    Claim(Sum(natural, (natural, 0, m)), ">", 0),
    INDEX,
    premises=(visible(Claim(natural, ">", 0, under(natural, 0, m))),),
    arguments=(natural, 0, m),
    at={m: 0},
)
no(
    "an even index",
    "total",
    Claim(Sum((-1) ** i, (i, 1, n)), ">=", n),
    INDEX,
    premises=(visible(Claim((-1) ** even + even**2, ">", 0, under(even, 1, n))),),
    arguments=(even, 1, n),
    at={n: 1},
)
no(
    "a range that may be reversed",
    "total",
    Claim(Sum(1, (i, 1, k)), ">=", 0),
    REVERSED,
    premises=(visible(Claim(i, ">=", 0, under(i, 1, k))),),
    arguments=(i, 1, k),
)
no(
    "a range of real length",
    "total",
    Claim(Sum(i, (i, 1, t)), ">=", 0),
    "the range is not one of integers",
    premises=(visible(Claim(i, ">=", 0, under(i, 1, t))),),
    arguments=(i, 1, t),
)
no(
    "an infinite range",
    "total",
    Claim(Sum(i, (i, 1, oo)), ">=", 0),
    "the range is not one of integers",
    premises=(visible(Claim(i, ">=", 0, [Le(1, i, evaluate=False), Le(i, oo, evaluate=False)])),),
    arguments=(i, 1, oo),
)
no(
    "a real index",
    "total",
    Claim(Sum(t, (t, 1, n)), ">", 0),
    "the index is not an integer symbol",
    premises=(visible(Claim(t, ">", 0, under(t, 1, n))),),
    arguments=(t, 1, n),
)
no("one term too many", "total", Claim(Sum(1 / i, (i, 1, n + 1)), ">", 0), NOT_SUM, premises=(positive,), arguments=(i, 1, n))
no("more than the sum", "total", Claim(Sum(1 / i, (i, 1, n)), ">", n), NOT_SUM, premises=(positive,), arguments=(i, 1, n), at={n: 1})
no(
    "from 0",
    "total",
    Claim(Sum(1 / i, (i, 0, n)), ">", 0),
    "the premise has other hypotheses",
    premises=(positive,),
    arguments=(i, 0, n),
    at={n: 1},
)
no(
    "the index is free in the claim",
    "total",
    Claim(Sum(1 / i, (i, 1, n)), ">", 0, [Ge(i, 2)]),
    "the index occurs in the claim",
    premises=(visible(Claim(1 / i, ">", 0, under(i, 1, n, Ge(i, 2)))),),
    arguments=(i, 1, n),
)
no(
    "the sum of what is not 0",
    "total",
    Claim(Sum(b[i], (i, 1, n)), "!=", 0, [different]),
    "nothing adds up from !=",
    premises=(Made("hypothesis", Claim(b[i], "!=", 0, under(i, 1, n, different)), (), (0, i)),),
    arguments=(i, 1, n),
    at={n: 2, b[1]: 1, b[2]: -1},
)
no(
    "equal from strict",
    "total",
    Claim(Sum(1 / i, (i, 1, n)), "=", 0),
    "the relation is another one",
    premises=(positive,),
    arguments=(i, 1, n),
    at={n: 1},
)
no(
    "oo in each term",
    "total",
    Claim(Sum(1 / i, (i, 1, n)), "<", oo),
    INFINITE,
    premises=(Made("finite", Claim(1 / i, "<", oo, under(i, 1, n))),),
    arguments=(i, 1, n),
)

# single_term

TERMS = "it needs terms >= 0"
low = Each(Ge(b[i], -2), (i, 1, n))
weights = Each(Ge(b[i], 0), (i, 1, n))
term = Made("hypothesis", Claim(b[i], ">=", 0, under(i, 1, n, weights)), (), (0, i))
squares = visible(Claim(b[i] ** 2, ">=", 0, under(i, 1, n)))
total = Sum(b[i] ** 2, (i, 1, n))


def one_of(name, claim, message, *, place, premise=squares, low=1, high=n, index=i, at=None):
    no(name, "single_term", claim, message, premises=(premise,), arguments=(index, low, high, place), at=at)


yes("single_term", Claim(total, ">=", b[n] ** 2), (squares,), (i, 1, n, n))
yes("single_term", Claim(Sum(b[i], (i, 1, n)), ">=", b[1], [weights]), (term,), (i, 1, n, 1))
one_of("the place 0", Claim(total, ">=", b[0] ** 2), "is not shown to be in the range", place=0, at={n: 1, b[0]: 2, b[1]: 1})
one_of(
    "the place after the last",
    Claim(total, ">=", b[n + 1] ** 2),
    "is not shown to be in the range",
    place=n + 1,
    at={n: 1, b[1]: 1, b[2]: 2},
)
one_of("the second of perhaps one", Claim(total, ">=", b[2] ** 2), "is not shown to be in the range", place=2, at={n: 1, b[1]: 1, b[2]: 2})
one_of("half a place", Claim(total, ">=", b[Rational(3, 2)] ** 2, [Ge(n, 2)]), "the premise has other hypotheses", place=Rational(3, 2))
one_of(
    "between two places",
    Claim(total, ">=", b[Rational(3, 2)] ** 2, [Ge(n, 2)]),
    "is not shown to be in the range",
    place=Rational(3, 2),
    premise=visible(Claim(b[i] ** 2, ">=", 0, under(i, 1, n, Ge(n, 2)))),
)
one_of("more than the sum", Claim(total - 1, ">=", b[1] ** 2), "the left side is not the sum", place=1, at={n: 1, b[1]: 1})
one_of("another term", Claim(total, ">=", 2 * b[1] ** 2), "the right side is not the term", place=1, at={n: 1, b[1]: 1})
one_of("another entry", Claim(total, ">=", a[1]), "the right side is not the term", place=1, at={n: 1, b[1]: 1, a[1]: 2})
one_of(
    "terms of any sign",
    Claim(Sum(b[i], (i, 1, n)), ">=", b[1]),
    TERMS,
    place=1,
    premise=visible(Claim(b[i], "<=", b[i] + 1, under(i, 1, n))),
    at={n: 2, b[1]: 1, b[2]: -1},
)
one_of(
    "terms above a negative number",
    Claim(Sum(b[i], (i, 1, n)), ">=", b[1], [low]),
    TERMS,
    place=1,
    premise=Made("hypothesis", Claim(b[i], ">=", -2, under(i, 1, n, low)), (), (0, i)),
    at={n: 2, b[1]: 1, b[2]: -1},
)
one_of(
    "terms that are not 0",
    Claim(Sum(b[i], (i, 1, n)), ">=", b[1], [different]),
    TERMS,
    place=1,
    premise=Made("hypothesis", Claim(b[i], "!=", 0, under(i, 1, n, different)), (), (0, i)),
    at={n: 2, b[1]: 1, b[2]: -1},
)
one_of(
    "a term of an empty sum",
    Claim(Sum(b[i] ** 2, (i, 1, m)), ">=", b[1] ** 2),
    "is not shown to be in the range",
    place=1,
    high=m,
    premise=visible(Claim(b[i] ** 2, ">=", 0, under(i, 1, m))),
    at={m: 0, b[1]: 1},
)
one_of(
    "an index declared positive",
    Claim(Sum(natural - half, (natural, 0, n)), ">=", n - half),
    INDEX,
    place=n,
    low=0,
    index=natural,
    premise=visible(Claim(natural - half, ">=", 0, under(natural, 0, n))),
)
no(
    "strictly",
    "single_term",
    Claim(total, ">", b[1] ** 2),
    "it takes one premise",
    premises=(squares,),
    arguments=(i, 1, n, 1),
    at={n: 1, b[1]: 1},
)

# instance

FOLLOWS = "does not follow from the hypotheses"
VALUE = "is not shown to be a value of"
SIDE = "a side is not that of the premise"
BOUND = "is bound in"
private = Dummy("i", integer=True)
ordinary = visible(Claim(x**2 + 1, ">", 0))
above = visible(Claim(x**2, ">", 0, [Gt(x, 0)]))
root = visible(Claim(n**2, ">=", 1))
product = Made("algebra", Claim(Sum(x * a[i], (i, 1, n)), "=", x * Sum(a[i], (i, 1, n))))


def of(name, premise, claim, message, *values, at=None, **options):
    no(name, "instance", claim, message, premises=(premise,), arguments=values, at=at, **options)


yes("instance", Claim(u**2 + 1, ">", 0), (ordinary,), ((x, u),))
yes("instance", Claim(log(t), "<", t - 1, [Gt(t, 1)]), (tangent,))
of("a negative value", tangent, Claim(log(-t), "<=", -t - 1), VALUE, (t, -t), at={t: 1})
of("a value of any sign", tangent, Claim(log(x), "<=", x - 1), VALUE, (t, x), at={x: -1})
of("0 for a positive symbol", tangent, Claim(log(x**2), "<=", x**2 - 1), VALUE, (t, x**2), at={x: 0})
of("a fraction for an integer", root, Claim(Rational(1, 4), ">=", 1), VALUE, (n, half), at={})
of("a real number for an integer", root, Claim(t**2, ">=", 1), VALUE, (n, t), at={t: half})
of("half of an integer", root, Claim(n**2 / 4, ">=", 1), VALUE, (n, n / 2), at={n: 1})
of("oo for a number", ordinary, Claim(oo, ">", 0), UNDEFINED, (x, oo), at={})
of("a value that is not defined", ordinary, Claim(1 / y**2 + 1, ">", 0), UNDEFINED, (x, 1 / y), at={y: 0})
of("outside the domain", above, Claim(y**2, ">", 0), FOLLOWS, (x, y), at={y: 0})
of("without a hypothesis", above, Claim(x**2, ">", 0), FOLLOWS, at={x: 0})
of("at the end of the domain", above, Claim(x**2, ">", 0, [Ge(x, 0)]), FOLLOWS, at={x: 0})
of("another claim", ordinary, Claim(u**2 - 1, ">", 0), SIDE, (x, u), at={u: half})
of("strict where equality is possible", tangent, Claim(log(t), "<", t - 1), "the relation is another one", at={t: 1})
of("strict at the point of equality", tangent, Claim(log(t), "<", t - 1, [Le(t, 1)]), "the relation is another one", at={t: 1})
of("an equation", tangent, Claim(log(t), "=", t - 1, [Ge(t, 1)]), "the relation is another one", at={t: 2})
of("the index of a sum", product, Claim(Sum(i * a[i], (i, 1, n)), "=", i * Sum(a[i], (i, 1, n))), BOUND, (x, i))
of(
    "the private index of a sum",
    Made("algebra", Claim(Sum(x * a[private], (private, 1, n)), "=", x * Sum(a[private], (private, 1, n)))),
    Claim(Sum(private * a[private], (private, 1, n)), "=", private * Sum(a[private], (private, 1, n))),
    BOUND,
    (x, private),
)
of("a value for the index of a sum", product, Claim(2 * x, "=", 2 * x), BOUND, (i, 2))
of(
    "an indexed family of any sign",
    visible(Claim(a[i], ">", 0)),
    Claim(b[i], ">", 0),
    UNDEFINED,
    (IndexedBase("a", positive=True), Lambda(i, b[i])),
    at={i: 1, b[1]: -1},
)
of("Gibbs' inequality, laundered", gibbs, Claim(tail, ">=", 0, [Gt(x, 0)]), INFINITE)
of("an infinite divergence, laundered", infinite, Claim(point, "=", oo, [Gt(x, 0)]), INFINITE)
of("an infinite number, laundered", large, Claim(point, ">", 3, [Gt(x, 0)]), INFINITE)
of("two values", ordinary, Claim(S(2), ">", 0), "a symbol has two values", (x, 1), (x, 2))
of("equality always", tangent, Claim(log(u), "<=", u - 1), EQUALITY, (t, u), equality=())
of("equality never", tangent, Claim(log(u), "<=", u - 1), EQUALITY, (t, u), equality=(S.false,))

# cases

LEAVE_OUT = "the cases leave something out"
LESS, MORE, SAME, NOT_LESS = (kind(x, 0, evaluate=False) for kind in (Lt, Gt, Eq, Ge))


def seen(left, relation, right, *hypotheses):
    return visible(Claim(left, relation, right, hypotheses))


def split(name, claim, message, first, second, premises, at=None):
    no(name, "cases", claim, message, premises=premises, arguments=(first, second), at=at)


square = Claim(x**2, ">", 0)
yes("cases", Claim(x**2 + 1, ">", 0), (seen(x**2 + 1, ">", 0, LESS), seen(x**2 + 1, ">", 0, NOT_LESS)), (LESS, NOT_LESS))
by_sign = (seen(x**2, ">", 0, LESS), seen(x**2, ">", 0, MORE))
split("0 is left out", square, LEAVE_OUT, LESS, MORE, by_sign, at={x: 0})
split("once the same case", square, LEAVE_OUT, LESS, LESS, (by_sign[0], by_sign[0]), at={x: 0})
split("a gap", Claim(x**2, ">", 0), "the same two sides", LESS, Gt(x, 1), (by_sign[0], seen(x**2, ">", 0, Gt(x, 1))), at={x: 0})
split(
    "sides exchanged",
    square,
    "the same two sides",
    LESS,
    Lt(0, x, evaluate=False),
    (by_sign[0], seen(x**2, ">", 0, Lt(0, x, evaluate=False))),
    at={x: 0},
)
split("two equations", Claim(x, "=", 0), LEAVE_OUT, SAME, SAME, (given(Claim(x, "=", 0, [SAME])),) * 2, at={x: 1})
undefined = (seen(t, ">", 0, Lt(log(y), 0)), seen(t, ">", 0, Ge(log(y), 0)))
split("a case that may be undefined", Claim(t, ">", 0), UNDEFINED, Lt(log(y), 0), Ge(log(y), 0), undefined)
small = (seen(x, ">", -1, MORE), seen(x, ">", -1, Ge(x, -half), Le(x, 0)))
split("a case too small", Claim(x, ">", -1), "a premise is about another case", MORE, Le(x, 0, evaluate=False), small, at={x: -2})
split(
    "one premise twice", Claim(x, ">", -1), "a premise is about another case", NOT_LESS, LESS, (seen(x, ">", -1, NOT_LESS),) * 2, at={x: -2}
)
split("exchanged premises", square, "a premise is about another case", MORE, Le(x, 0, evaluate=False), (by_sign[1], by_sign[0]), at={x: 0})
split("a weaker premise", square, "a premise is another claim", NOT_LESS, LESS, (seen(x**2, ">=", 0, NOT_LESS), by_sign[0]), at={x: 0})
split(
    "a premise about another side",
    Claim(x, ">", -1),
    "a premise is another claim",
    NOT_LESS,
    LESS,
    (seen(x, ">", -1, NOT_LESS), seen(x, "<", 1, LESS)),
    at={x: -2},
)
split("one premise", square, "it takes two premises", LESS, NOT_LESS, (by_sign[0],), at={x: 0})
laundered = tuple(Made("gibbs", Claim(tail, ">=", 0, [case])) for case in (LESS, NOT_LESS))
split("Gibbs' inequality, laundered", Claim(tail, ">=", 0), INFINITE, LESS, NOT_LESS, laundered)
whole = Contains(x, S.Integers)
split("no relations", Claim(t, ">", 0), "the same two sides", whole, ~whole, (seen(t, ">", 0, whole),) * 2)
