"""Refused steps of the rules of calculus that have premises: mean_value, differentiate."""

from refusals import Made, k, n, no, t, u, x, y, yes
from sympy import Abs, Contains, Derivative, Eq, Function, Ge, Gt, Interval, Le, Lt, Ne, Rational, S, Sum, Symbol, exp, floor, log, sqrt

from symentropy import Surprise
from symentropy.proof.claim import Claim, Each

half = Rational(1, 2)
s = Function("s")
v = Symbol("v", real=True)
w = Symbol("w", nonnegative=True)


def side(variable, relation, point):
    return relation(variable, point, evaluate=False)


def given(claim):
    return Made("hypothesis", claim)


def visible(claim):
    return Made("sign", claim)


def equal(claim):
    return Made("algebra", claim)


# mean_value

INTERVAL = "the hypotheses do not say that the variable lies in an interval"
OUTSIDE = "may lie outside the domain"
NEEDS = "premises about the derivative"
SLOPE = "a premise is not about the derivative"
STRICT = "it is not shown to be strict"


def grows(name, claim, message, *, variable, point, at_point, slopes=(), at=None, equality=None):
    options = {} if equality is None else {"equality": equality}
    no(name, "mean_value", claim, message, premises=(at_point, *slopes), arguments=(variable, point), at=at, **options)


def zero(*hypotheses):
    return equal(Claim(S.Zero, "=", S.Zero, hypotheses))


AFTER, BEFORE = side(t, Gt, S.One), side(t, Lt, S.One)
gap = Claim(t - 1 - log(t), ">=", 0)
rising, falling = visible(Claim(1 - 1 / t, ">", 0, [AFTER])), visible(Claim(1 / t - 1, ">", 0, [BEFORE]))
yes("mean_value", gap, (zero(), rising, falling), (t, 1))
grows("strict at the point", Claim(gap.lhs, ">", 0), STRICT, variable=t, point=1, at_point=zero(), slopes=(rising, falling), at={t: 1})
grows(
    "different at the point",
    Claim(gap.lhs, "!=", 0),
    "it does not prove !=",
    variable=t,
    point=1,
    at_point=zero(),
    slopes=(rising, falling),
    at={t: 1},
)
grows(
    "equal everywhere",
    Claim(gap.lhs, "=", 0),
    "an equation needs equations",
    variable=t,
    point=1,
    at_point=zero(),
    slopes=(rising, falling),
    at={t: 2},
)
grows(
    "only one side",
    Claim(1 - t + log(t) + (t - 1) ** 2, ">=", 0),
    "it needs 2 premises",
    variable=t,
    point=1,
    at_point=zero(),
    slopes=(visible(Claim(1 / t - 1 + 2 * (t - 1), ">", 0, [AFTER])),),
    at={t: Rational(1, 10)},
)
grows(
    "the sides exchanged",
    gap,
    "a premise about the derivative has other hypotheses",
    variable=t,
    point=1,
    at_point=zero(),
    slopes=(falling, rising),
)
grows(
    "the wrong direction",
    Claim(log(t), ">=", 0),
    SLOPE,
    variable=t,
    point=1,
    at_point=zero(),
    slopes=(visible(Claim(1 / t, ">", 0, [AFTER])), visible(Claim(1 / t, ">", 0, [BEFORE]))),
    at={t: half},
)
grows(
    "a slope that is not the derivative",
    Claim(log(t) - 2 * (t - 1), ">=", 0),
    SLOPE,
    variable=t,
    point=1,
    at_point=zero(),
    slopes=(rising, falling),
    at={t: 2},
)
grows(
    "another value at the point",
    Claim(gap.lhs - 1, ">=", 0),
    "not the claim at the point",
    variable=t,
    point=1,
    at_point=zero(),
    slopes=(rising, falling),
    at={t: 1},
)
cube = visible(Claim(3 * x**2, ">=", 0, [side(x, Gt, S.Zero)])), visible(Claim(3 * x**2, ">=", 0, [side(x, Lt, S.Zero)]))
grows(
    "a slope of the wrong sign before the point", Claim(x**3, ">=", 0), SLOPE, variable=x, point=0, at_point=zero(), slopes=cube, at={x: -1}
)

inverse = Claim(-1 / x, ">=", -1, [Ne(x, 0)])
hole = (Ne(x, 0),)
grows("a hole", inverse, INTERVAL, variable=x, point=1, at_point=zero(*hole), at={x: half})
outer = (Gt(x**2, 1),)
grows("two intervals", Claim(-1 / x, ">=", -1, outer), INTERVAL, variable=x, point=2, at_point=zero(*outer))
far = (Gt(Abs(x), 1),)
grows("two intervals by an absolute value", Claim(1 / x, "<=", 1, far), INTERVAL, variable=x, point=2, at_point=zero(*far))
whole = (Contains(x, S.Integers),)
grows("integers by hypothesis", Claim(x, ">=", 0, whole), INTERVAL, variable=x, point=0, at_point=zero(*whole), at={x: -1})
grows("an integer symbol", Claim(n, ">=", 1), INTERVAL, variable=n, point=1, at_point=zero())
one_value = (Eq(x, 1),)
grows("a single value", Claim(x, ">=", 1, one_value), INTERVAL, variable=x, point=1, at_point=zero(*one_value))
curved = (Lt(x, y * x**2),)
grows("a curve", Claim(x, ">=", 0, curved), INTERVAL, variable=x, point=0, at_point=zero(*curved))
rows = (Each(Eq(Derivative(s(v), v), x, evaluate=False), (v, Interval(0, 1))),)
grows("a hypothesis for each number that speaks of x", Claim(s(half), ">=", x, rows), INTERVAL, variable=x, point=0, at_point=zero(*rows))

grows("a point outside", Claim(x, ">=", 0, [Gt(x, 1)]), OUTSIDE, variable=x, point=0, at_point=zero(Gt(x, 1)))
grows("the open end", Claim(x, ">=", 0, [Gt(x, 0)]), OUTSIDE, variable=x, point=0, at_point=zero(Gt(x, 0)))
grows(
    "a point of the wrong sign",
    Claim(t, ">=", -1),
    "is not a value of t",
    variable=t,
    point=-1,
    at_point=equal(Claim(S.Zero, ">=", S.Zero)),
)
grows("a point that moves", Claim(x**2, ">=", x**2), INTERVAL, variable=x, point=x, at_point=zero())
grows("a pole at the point", Claim(1 / x, ">=", 0, [Ge(x, 0)]), "may be undefined", variable=x, point=0, at_point=zero(Ge(x, 0)), at={x: 0})
grows(
    "a corner",
    Claim(x - Abs(x), ">=", 0),
    "is not known",
    variable=x,
    point=0,
    at_point=zero(),
    slopes=(visible(Claim(x**2, ">=", 0, [side(x, Gt, S.Zero)])), visible(Claim(x**2, ">=", 0, [side(x, Lt, S.Zero)]))),
    at={x: -1},
)
from_zero = (Ge(x, 0),)
grows(
    "a step",
    Claim(-floor(x), ">=", 0, from_zero),
    "is not known",
    variable=x,
    point=0,
    at_point=zero(*from_zero),
    slopes=(visible(Claim(x**2, ">=", 0, [*from_zero, side(x, Gt, S.Zero)])),),
    at={x: 1},
)
inside = Each(Eq(Derivative(s(v), v), 1, evaluate=False), (v, Interval.open(0, 1)))
closed = Each(Eq(Derivative(s(v), v), 1, evaluate=False), (v, Interval(0, 1)))


def from_the_end(fact):
    facts = (fact, Ge(x, 0), Lt(x, 1), Ge(s(0), 0))
    slope = Made("enclosure", Claim(1, ">=", 0, [*facts, side(x, Gt, S.Zero)]))
    return Claim(s(x), ">=", 0, facts), (given(Claim(s(0), ">=", 0, facts)), slope)


claim, (at_end, slope) = from_the_end(inside)
grows(
    "an unknown function that may jump at the end",
    claim,
    "an unknown function may jump",
    variable=x,
    point=0,
    at_point=at_end,
    slopes=(slope,),
)
yes("mean_value", from_the_end(closed)[0], from_the_end(closed)[1], (x, 0))
grows("equality everywhere", gap, "the conditions of equality", variable=t, point=1, at_point=zero(), slopes=(rising, falling), equality=())
grows(
    "equality nowhere",
    gap,
    "the conditions of equality",
    variable=t,
    point=1,
    at_point=zero(),
    slopes=(rising, falling),
    equality=(S.false,),
)

# differentiate

ROOM = "the hypotheses may leave no room around the variable"
DERIVATIVE = "a side is not the derivative of that of the premise"
powers = equal(Claim(log(t**2), "=", 2 * log(t)))


def slopes_of(name, claim, message, premise, *variables, at=None):
    no(name, "differentiate", claim, message, premises=(premise,), arguments=variables, at=at)


yes("differentiate", Claim(2 / t, "=", 2 / t), (powers,), (t,))
yes("differentiate", Claim(3 * x**2 - 1, "=", (x - 1) * (2 * x + 1) + x**2 + x), (equal(Claim(x**3 - x, "=", (x - 1) * (x**2 + x))),), (x,))
fixed = (Eq(x, 1),)
slopes_of("a single value", Claim(1, "=", 0, fixed), ROOM, given(Claim(x, "=", 1, fixed)), x, at={x: 1})
circle = (Eq(x**2 + y**2, 1),)
slopes_of("a curve", Claim(2 * x, "=", 0, circle), ROOM, given(Claim(x**2 + y**2, "=", 1, circle)), x, at={x: 1, y: 0})
line = (Eq(x, y),)
slopes_of("a line", Claim(1, "=", 0, line), ROOM, given(Claim(x, "=", y, line)), x, at={x: 1, y: 1})
pinched = (Le(x, 1), Ge(x, 1))
slopes_of("two bounds that meet", Claim(1, "=", 0, pinched), ROOM, given(Claim(x, "=", 1, pinched)), x, at={x: 1})
whole = (Contains(x, S.Integers), Gt(x, 0), Lt(x, 2))
slopes_of("one integer", Claim(1, "=", 0, whole), ROOM, given(Claim(x, "=", 1, whole)), x, at={x: 1})
flat = (Eq(s(x), 1),)
slopes_of("an unknown function", Claim(0, "=", 0, flat), ROOM, given(Claim(s(x), "=", 1, flat)), x)
steps = (Ne(floor(x), 0, evaluate=False),)
slopes_of("a hole that leaves an end", Claim(1, "=", 1, steps), ROOM, equal(Claim(x, "=", x, steps)), x)
slopes_of("integers", Claim(1, "=", 1), ROOM, equal(Claim(n, "=", n)), n)
slopes_of("the end of a symbol's range", Claim(1, "=", 1), ROOM, equal(Claim(w, "=", w)), w)
slopes_of("no symbol", Claim(1, "=", 1), ROOM, powers, t + 1)
slopes_of("another derivative", Claim(2 / t, "=", 1 / t), DERIVATIVE, powers, t, at={t: 1})
slopes_of("by another variable", Claim(2 / t, "=", 2 * log(t)), DERIVATIVE, powers, t, at={t: 2})
slopes_of(
    "from an inequality",
    Claim(1 / t, "<=", 1),
    "it takes one equation",
    Made("log_bound", Claim(log(t), "<=", t - 1), (), (t,)),
    t,
    at={t: half},
)
slopes_of(
    "an equation from an inequality",
    Claim(1 / t, "=", 1),
    "not an equation",
    Made("log_bound", Claim(log(t), "<=", t - 1), (), (t,)),
    t,
    at={t: 2},
)
slopes_of("other hypotheses", Claim(1, "=", 1, [Gt(x, 0)]), "with the same hypotheses", equal(Claim(x, "=", x)), x)
corner = equal(Claim(Abs(x), "=", Abs(x)))
slopes_of("a corner", Claim(1, "=", 1), "is not known", corner, x)
roots = (Gt(x, -1),)
slopes_of(
    "a vertical tangent",
    Claim(1 / (2 * sqrt(x**2)), "=", 1 / (2 * sqrt(x**2)), roots),
    "is not known",
    equal(Claim(Abs(x) ** half, "=", Abs(x) ** half, roots)),
    x,
)
slopes_of("a product", Claim(1, "=", y), DERIVATIVE, equal(Claim(x * y + exp(x), "=", y * x + exp(x))), x, at={y: 2})
quotient = Derivative(t**2 / u, t)
yes("differentiate", Claim(Derivative(log(t**2), t), "=", 2 / t), (powers,), (t,))
slopes_of("two names", Claim(Derivative(log(t**2), t), "=", Derivative(2 * log(t), t)), "no side is shown to have a derivative", powers, t)
slopes_of("the name of another derivative", Claim(quotient, "=", 2 / t), DERIVATIVE, powers, t, at={t: 2, u: 1})
slopes_of("a name by another variable", Claim(Derivative(log(t**2), u), "=", 2 / t), DERIVATIVE, powers, t, at={t: 1, u: 1})
slopes_of("a name twice", Claim(Derivative(log(t**2), t, t), "=", 2 / t), DERIVATIVE, powers, t, at={t: 1})
slopes_of("a name for the wrong value", Claim(Derivative(log(t**2), t), "=", 1 / t), DERIVATIVE, powers, t, at={t: 1})
bounds = (Ge(x, 0), Lt(x, 1))
slopes_of("a name at the end", Claim(Derivative(x, x), "=", 1, bounds), ROOM, equal(Claim(x, "=", x, bounds)), x)

# derivatives by definition


def value_of(name, claim, message, at=None):
    no(name, "definition", claim, message, at=at)


VALUE, UNDEFINED = "the right side is not the definition", "may be undefined"
yes("definition", Claim(2 * Derivative(t * log(t), t) + t, "=", 2 * log(t) + 2 + t))
yes("definition", Claim(Derivative(x ** Rational(3, 2), x), "=", 3 * sqrt(x) / 2, [Gt(x, 0)]))
value_of("a value that is wrong", Claim(2 * Derivative(t * log(t), t), "=", 2 * log(t)), VALUE, at={t: 1})
value_of("at the end of the domain", Claim(2 * Derivative(x ** Rational(3, 2), x), "=", 3 * sqrt(x), [Ge(x, 0)]), UNDEFINED)
value_of("outside the domain", Claim(2 * Derivative(log(x), x), "=", 2 / x, [Ne(x, 0)]), UNDEFINED)
value_of("where only the derivative is defined", Claim(2 * Derivative(log(x) + x, x, x), "=", -2 / x**2, [Lt(x, 0)]), UNDEFINED)
value_of("a corner has no value", Claim(2 * Derivative(Abs(x), x), "=", 2, [Gt(x, 0)]), UNDEFINED)
value_of("integers have no derivative", Claim(2 * Derivative(n**2, n), "=", 4 * n), UNDEFINED)
value_of("a range that grows", Claim(2 * Derivative(Sum(1, (k, 1, floor(x))), x), "=", 0, [Gt(x, 1)]), UNDEFINED)
value_of("at an end of a symbol's range", Claim(2 * Derivative(w ** Rational(3, 2), w), "=", 3 * sqrt(w)), UNDEFINED)
value_of("by one variable at the end of another", Claim(2 * Derivative(t * v + sqrt(w), t, w), "=", 0), UNDEFINED)
value_of("a derivative on both sides", Claim(Derivative(t**2, t), "=", Derivative(t**2, t)), "still has nouns")

# derivatives in combinations

slope_step = Made("definition", Claim(Derivative(t**2, t), "=", 2 * t))
yes("combination", Claim(3 * Derivative(t**2, t), "=", 6 * t), (slope_step,), (3,))
no(
    "a derivative of what has a premise",
    "combination",
    Claim(Derivative(t * Derivative(t**2, t), t), "=", 0),
    "is bound elsewhere",
    premises=(slope_step,),
    arguments=(1,),
    at={t: 1},
)
no(
    "a noun inside a derivative",
    "combination",
    Claim(Derivative(Surprise(t), t), "=", 0),
    "is bound elsewhere",
    premises=(Made("definition", Claim(Surprise(t), "=", -log(t))),),
    arguments=(1,),
    at={t: 1},
)
