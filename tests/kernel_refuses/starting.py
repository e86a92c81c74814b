"""Refused steps of the rules that start a proof: definition, algebra, derivative, hypothesis, sign, finite."""

from refusals import Made, a, b, i, j, k, m, n, no, p, q, t, u, x, y, yes, z
from sympy import (
    Abs,
    Contains,
    Derivative,
    Eq,
    Function,
    Ge,
    Gt,
    IndexedBase,
    Interval,
    Le,
    Lt,
    Max,
    Ne,
    Piecewise,
    Rational,
    S,
    Subs,
    Sum,
    Symbol,
    Tuple,
    exp,
    floor,
    gamma,
    log,
    oo,
    sqrt,
)
from sympy.stats import Cauchy, ContinuousRV, Exponential, Normal

from symentropy import CrossEntropy, Entropy, KLDivergence, Surprise
from symentropy.expectation import Expectation
from symentropy.proof.claim import Claim, Each

half, quarter = Rational(1, 2), Rational(1, 4)
P, Q = [p, 1 - p], [q, 1 - q]
H, D = Entropy(P), KLDivergence(P, Q)
BOTH = {p: half, q: quarter}

# definition

entropy = -p * log(p) - (1 - p) * log(1 - p)
divergence = p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))
WRONG = "the right side is not the definition"
double = ContinuousRV(z, 2 * exp(-z), set=Interval(0, oo), check=False)
yes("definition", Claim(H, "=", entropy))
yes("definition", Claim(KLDivergence(["1/2", "1/2"], [1, 0]), "=", oo))
no("the sign of an entropy", "definition", Claim(H, "=", -entropy), WRONG, at={p: half})
no("a term is missing", "definition", Claim(H, "=", -p * log(p)), WRONG, at={p: half})
no("the distributions exchanged", "definition", Claim(KLDivergence(Q, P), "=", divergence), WRONG, at={p: half, q: Rational(1, 8)})
no("p log q for q log p", "definition", Claim(CrossEntropy(P, Q), "=", -q * log(p) - (1 - q) * log(1 - p)), WRONG, at=BOTH)
no("bits for nats", "definition", Claim(H, "=", entropy / log(2)), WRONG, at={p: half})
no("an entropy is not less than itself", "definition", Claim(H, "<", entropy), "it defines a noun on the left side of =", at={p: half})
no("a noun for another noun", "definition", Claim(CrossEntropy(P, Q), "=", H), "the right side still has nouns", at=BOTH)
no("a finite divergence is oo", "definition", Claim(D, "=", oo), "the definition is not oo", at=BOTH)
no("an infinite divergence is a number", "definition", Claim(KLDivergence(P, [1, 0]), "=", p * log(p)), "may be undefined", at={p: half})
no("oo times a sign", "definition", Claim(x * KLDivergence(P, [1, 0]), "=", oo), "the definition is not oo", at={p: half, x: -1})
no("the divergence from itself is 1", "definition", Claim(KLDivergence(P, P), "=", 1), "from itself is 0", at={p: half})
no("a surprise of nothing", "definition", Claim(Surprise(x), "=", -log(x)), "may be undefined", at={x: 0})
no("two numbers need not be 1/2 each", "definition", Claim(Entropy([t, u]), "=", log(2)), WRONG, at={t: quarter, u: 1 - quarter})
no(
    "a deviation below 0",
    "definition",
    Claim(KLDivergence(Normal("X", 0, y), Normal("X", 0, y)), "=", 0),
    "may be no distribution: y > 0 is not shown",
    at={y: -1},
)
no("a density with mass 2", "definition", Claim(KLDivergence(double, double), "=", 0), "that its mass is 1 is not shown")
no("no noun", "definition", Claim(t, "=", t), "it defines a noun")

# algebra

FORM = "the two sides do not have the same normal form"
UNDEFINED = "may be undefined"
yes("algebra", Claim(log(t * u), "=", log(t) + log(u)))
yes("algebra", Claim(Sum(a[i] + 1, (i, 1, m)), "=", Sum(a[i], (i, 1, m)) + m))
no("log of a square", "algebra", Claim(log(x**2), "=", 2 * log(x)), UNDEFINED, at={x: -1})
no("root of a square", "algebra", Claim(sqrt(z**2), "=", z), FORM, at={z: -1})
no("a hole is closed", "algebra", Claim((x**2 - 1) / (x - 1), "=", x + 1), UNDEFINED, at={x: 1})
no("log of a sum", "algebra", Claim(log(t + u), "=", log(t) + log(u)), FORM, at={t: 1, u: 1})
no("square of a sum", "algebra", Claim((t + u) ** 2, "=", t**2 + u**2), FORM, at={t: 1, u: 1})
no("0 to the 0", "algebra", Claim(S.Zero**m, "=", 0), FORM, at={m: 0})
no("a number is less than itself", "algebra", Claim(t, "<", t), "it proves equations only", at={t: 1})
no("a number differs from itself", "algebra", Claim(t, "!=", t), "it proves equations only", at={t: 1})
no("oo is no number", "algebra", Claim(oo, "=", oo), UNDEFINED)
no("logarithms of negative numbers", "algebra", Claim(log(x) - log(y), "=", log(x / y), [Gt(x * y, 0)]), UNDEFINED)
no("a noun is in the way", "algebra", Claim(H, "<=", entropy), "a noun stands in the way")
no("the last term is left out", "algebra", Claim(Sum(a[i], (i, 1, n)), "=", Sum(a[i], (i, 1, n - 1))), FORM, at={n: 1, a[1]: 1})
no(
    "square of an indexed sum",
    "algebra",
    Claim(Sum(a[i] ** 2, (i, 1, n)), "=", Sum(a[i], (i, 1, n)) ** 2),
    FORM,
    at={n: 2, a[1]: 1, a[2]: 1},
)
no("a sum over half an index", "algebra", Claim(Sum(a[i], (i, 1, t)), "=", Sum(a[i], (i, 1, t))), UNDEFINED)
no("a sum that runs backwards", "algebra", Claim(Sum(1, (i, 1, k)), "=", k), UNDEFINED)
no("absolute value", "algebra", Claim(Abs(x), "=", x), FORM, at={x: -1})
no("division by log 1", "algebra", Claim(log(t) / log(u), "=", log(t) / log(u)), UNDEFINED, at={t: 2, u: 1})
no("roots of negative numbers", "algebra", Claim(sqrt(y) * sqrt(x), "=", sqrt(x * y)), UNDEFINED, at={x: -1, y: -1})
no("floor", "algebra", Claim(floor(x), "=", x), FORM, at={x: half})
no("an equation used the wrong way", "algebra", Claim(x, "=", 1, [Eq(x**2, 1)]), FORM, at={x: -1})

# derivative

NOT_IT = "the right side is not the derivative"
ROOM = "the hypotheses may leave no room around the variable"
s = Function("s")
w = Symbol("w", nonnegative=True)
yes("derivative", Claim(Derivative(t * log(t), t), "=", log(t) + 1))
yes("derivative", Claim(Derivative(1 / x, x), "=", -1 / x**2, [Ne(x, 0)]))
no("the product rule", "derivative", Claim(Derivative(t * log(t), t), "=", log(t)), "the right side is not the derivative", at={t: 1})
no("the chain rule", "derivative", Claim(Derivative(exp(2 * x), x), "=", exp(2 * x)), "the right side is not the derivative", at={x: 0})
no("twice", "derivative", Claim(Derivative(t**3, (t, 2)), "=", 3 * t**2), "the right side is not the derivative", at={t: 1})
no("another variable", "derivative", Claim(Derivative(t * u, t), "=", t), "the right side is not the derivative", at={t: 1, u: 2})
no("a corner", "derivative", Claim(Derivative(Abs(x), x), "=", x / Abs(x), [Ne(x, 0)]), "is not known")
no("the larger of two", "derivative", Claim(Derivative(Max(x, 0), x), "=", 1), "is not known")
no("a step", "derivative", Claim(Derivative(floor(x), x), "=", 0), "is not known")
no("pieces", "derivative", Claim(Derivative(Piecewise((x, x > 0), (0, True)), x), "=", 1), "is not known")
no("a sum up to x", "derivative", Claim(Derivative(Sum(t, (i, 1, floor(t))), t), "=", floor(t)), "is not known")
no("a number has no room", "derivative", Claim(Derivative(x**2, x), "=", 0, [Eq(x, 1)]), ROOM, at={x: 1})
no("the end of an interval", "derivative", Claim(Derivative(x ** Rational(3, 2), x), "=", 3 * sqrt(x) / 2, [Ge(x, 0)]), ROOM)
no("the end of a symbol's range", "derivative", Claim(Derivative(w ** Rational(3, 2), w), "=", 3 * sqrt(w) / 2), ROOM)
no("integers", "derivative", Claim(Derivative(n**2, n), "=", 2 * n), ROOM)
no("integers by hypothesis", "derivative", Claim(Derivative(x**2, x), "=", 2 * x, [Contains(x, S.Integers)]), ROOM)
no("a hole that leaves an end", "derivative", Claim(Derivative(x**2, x), "=", 2 * x, [Ne(floor(x), 0, evaluate=False)]), ROOM)
no("outside the domain", "derivative", Claim(Derivative(log(x), x), "=", 1 / x, [Ne(x, 0)]), "may be undefined")
no("an unknown function", "derivative", Claim(Derivative(s(x), x), "=", 1), "no hypothesis gives the derivative")
place, line = Symbol("k", integer=True, positive=True), Symbol("v", real=True)
no(
    "an unknown function under a sum",
    "derivative",
    Claim(
        Derivative(Sum(s(t * place), (place, 1, n)), t),
        "=",
        n * t * place**2,
        [Each(Eq(Derivative(s(line), line), line), (line, Interval(-oo, oo)))],
    ),
    "under a sum is not known",
)
rates = KLDivergence(Exponential("X", u), Exponential("X", t))
outcome, law = Symbol("x", positive=True), Exponential("X", u).pspace.distribution
ratio, terms = log(u / t) + (t - u) * outcome, (Tuple(log(u / t), 1), Tuple(t - u, outcome))
mean, first = Expectation(ratio, outcome, law), Expectation(outcome, outcome, law)
known = Made(
    "combination",
    Claim(rates, "=", log(u / t) + t / u - 1),
    (
        Made("expectation", Claim(rates, "=", mean), (), terms),
        Made("linearity", Claim(mean, "=", log(u / t) + (t - u) * first), (), terms),
        Made("moment", Claim(first, "=", 1 / u)),
    ),
    (S.One, S.One, t - u),
)
curvature = Derivative(rates, t, t)
yes("derivative", Claim(curvature, "=", 1 / t**2), (known,))
yes("derivative", Claim(Subs(curvature, t, u), "=", 1 / u**2), (known,))
yes("derivative", Claim(Subs(Derivative(x**3, x), x, y), "=", 3 * y**2))
no("what nobody says a noun is", "derivative", Claim(curvature, "=", 1 / t**2), "may be undefined")
no("the derivative of another noun", "derivative", Claim(Derivative(t**2, t), "=", 2 * t), "about another noun", premises=(known,))
no(
    "a noun bounded and not known",
    "derivative",
    Claim(curvature, "=", 0),
    "does not say what a noun is",
    premises=(Made("gibbs", Claim(rates, ">=", 0)),),
)
no("under other hypotheses", "derivative", Claim(curvature, "=", 1 / t**2, [Gt(t, 1)]), "has other hypotheses", premises=(known,))
no("at another point", "derivative", Claim(Subs(curvature, t, u), "=", 4 / u**2), NOT_IT, premises=(known,))
no("the value before it is differentiated", "derivative", Claim(Subs(Derivative(x**3, x), x, y), "=", y**3), NOT_IT)
no(
    "a point outside the range of a symbol",
    "derivative",
    Claim(Subs(Derivative(log(t), t), t, x), "=", 1 / x),
    "is not shown to be a value of t",
)
no("a negative point", "derivative", Claim(Subs(Derivative(t**2, t), t, x), "=", 2 * x), "is not shown to be a value of t")
no(
    "a point that the hypotheses exclude",
    "derivative",
    Claim(Subs(Derivative(1 / x, x), x, y), "=", -1 / y**2, [Ne(x, 0)]),
    "is not shown at the point",
)
no(
    "a point that hypotheses about nothing else exclude",
    "derivative",
    Claim(Subs(Derivative(x**2, x), x, y), "=", 2 * y, [Gt(x, 0)]),
    "x > 0 is not shown at the point",
)
no("a value that is bound", "derivative", Claim(Subs(Derivative(x**3, x), x, y), "=", 3 * x**2), "depends on what is bound")
no("a point that is bound", "derivative", Claim(Subs(Derivative(x * y, x), (x, y), (y, 1)), "=", 1), "depends on what is bound")
no("an inequality", "derivative", Claim(Derivative(t, t), "<=", 1), "the left side is not a derivative")

# hypothesis

FOLLOWS = "it does not follow from the hypotheses"
RANGE = "is not shown to be in the range of the hypothesis"
entries = Each(Lt(0, b[i]), (i, 1, n))
values = Each(Gt(s(x), 0), (x, Interval.open(0, 1)))
triangle = Each(Lt(0, b[i, j]), (j, 1, i), (i, 1, n))
yes("hypothesis", Claim(x, ">", 0, [Ge(x, 1)]))
yes("hypothesis", Claim(0, "<", b[1], [entries]), (), (0, 1))
yes("hypothesis", Claim(0, "<", b[3, 2], [triangle, Ge(n, 3)]), (), (0, 2, 3))
no("the converse", "hypothesis", Claim(x, ">", 1, [Gt(x, 0)]), FOLLOWS, at={x: half})
no("a product", "hypothesis", Claim(x, ">", 0, [Gt(x * y, 0)]), FOLLOWS, at={x: -1, y: -1})
no("not 0 is not positive", "hypothesis", Claim(x, ">", 0, [Ne(x, 0)]), FOLLOWS, at={x: -1})
no("one more than an integer allows", "hypothesis", Claim(n, ">=", 3, [Gt(n, 1)]), FOLLOWS, at={n: 2})
no("real numbers are no integers", "hypothesis", Claim(x, ">=", 2, [Gt(x, 1)]), FOLLOWS, at={x: Rational(3, 2)})
no("strict from weak", "hypothesis", Claim(x, ">", 1, [Ge(x, 1)]), FOLLOWS, at={x: 1})
no("the root of an equation", "hypothesis", Claim(x, "=", 1, [Eq(x**2, 1)]), FOLLOWS, at={x: -1})
no("a bound on a logarithm", "hypothesis", Claim(log(x), ">", -1, [Gt(x, 0)]), FOLLOWS, at={x: Rational(1, 100)})
no("what is not defined", "hypothesis", Claim(log(y), "=", log(y), [Gt(x, 0)]), UNDEFINED, at={x: 1, y: -1})
no("the index 0", "hypothesis", Claim(0, "<", b[0], [entries]), RANGE, arguments=(0, 0), at={n: 1, b[0]: -1, b[1]: 1})
no("the index after the last", "hypothesis", Claim(0, "<", b[n + 1], [entries]), RANGE, arguments=(0, n + 1), at={n: 1, b[1]: 1, b[2]: -1})
no("the second of perhaps one", "hypothesis", Claim(0, "<", b[2], [entries]), RANGE, arguments=(0, 2), at={n: 1, b[1]: 1, b[2]: -1})
no("half an index", "hypothesis", Claim(0, "<", b[half], [entries]), RANGE, arguments=(0, half))
no("an open end", "hypothesis", Claim(s(0), ">", 0, [values]), RANGE, arguments=(0, 0))
no("beyond an end", "hypothesis", Claim(s(2), ">", 0, [values]), RANGE, arguments=(0, 2))
no("a row that is too short", "hypothesis", Claim(0, "<", b[3, 4], [triangle, Ge(n, 5)]), RANGE, arguments=(0, 4, 3))
no(
    "a bound on the index of a row says nothing about that of another",
    "hypothesis",
    Claim(0, "<", b[3, 4], [triangle, Ge(n, 5), Le(5, triangle.variables[1])]),
    "kept for the variables",
    arguments=(0, 4, 3),
)
no(
    "another relation",
    "hypothesis",
    Claim(1, "<", b[1], [entries]),
    "the hypothesis does not say this",
    arguments=(0, 1),
    at={n: 1, b[1]: half},
)
no("too many values", "hypothesis", Claim(0, "<", b[1], [entries]), "no hypothesis of that number", arguments=(0, 1, 1))
no(
    "a hypothesis about nothing else",
    "hypothesis",
    Claim(x, ">", 1, [Gt(x, 0)]),
    "no hypothesis of that number",
    arguments=(0, 2),
    at={x: 1},
)

# sign

SIGN = "the sign of the difference is not visible"
yes("sign", Claim(x**2 + 1, ">", 0))
yes("sign", Claim(Sum(1 / i, (i, 1, n)), ">", 0))
no("a square may be 0", "sign", Claim(x**2, ">", 0), SIGN, at={x: 0})
no("a real number", "sign", Claim(x, ">=", 0), SIGN, at={x: -1})
no("a logarithm", "sign", Claim(log(t), ">", 0), SIGN, at={t: half})
no("a difference", "sign", Claim(t, ">=", u), SIGN, at={t: 1, u: 2})
no("between two roots", "sign", Claim(t**2 - 3 * t + 2, ">=", 0), SIGN, at={t: Rational(3, 2)})
no("at an irrational root", "sign", Claim((x**2 - 2) ** 2, ">", 0), SIGN, at={x: sqrt(2)})
no("a pole", "sign", Claim(1 / x**2, ">", 0), UNDEFINED, at={x: 0})
no("an empty sum", "sign", Claim(Sum(1 / i, (i, 1, m)), ">", 0), SIGN, at={m: 0})
no("an odd power", "sign", Claim(x**n, ">=", 0), SIGN, at={x: -1, n: 1})
no("an exponential", "sign", Claim(exp(x), ">=", 1), SIGN, at={x: -1})
no("just above a minimum", "sign", Claim(t * log(t), ">", -Rational(36, 100)), SIGN, at={t: Rational(37, 100)})
no("an entropy of a density", "sign", Claim(Entropy(Normal("X", 0, t)), ">=", 0), UNDEFINED)
no("an equation", "sign", Claim(x, "=", x), "it proves inequalities only")
no("numbers", "sign", Claim(S(2), "<", 1), "numbers are compared by their enclosures", at={})
no("discrete and continuous", "sign", Claim((x - 1) * (x - 2), ">=", 0), SIGN, at={x: Rational(3, 2)})
no("equality somewhere", "sign", Claim(x**2, ">=", 0), "the conditions of equality are not those", equality=(S.false,))
no("the square of a complex number", "sign", Claim(Symbol("c", complex=True) ** 2, ">=", 0), UNDEFINED)
no("one more than oo", "sign", Claim(Symbol("e", extended_real=True), "<", Symbol("e", extended_real=True) + 1), UNDEFINED)
no("equality everywhere", "sign", Claim(x**2, ">=", 0), "the conditions of equality are not those", equality=())

# finite

yes("finite", Claim(H, "<", oo))
yes("finite", Claim(D, "<", oo))
no("an infinite divergence", "finite", Claim(KLDivergence(P, [1, 0]), "<", oo), UNDEFINED, at={p: half})
no("an infinite divergence of numbers", "finite", Claim(KLDivergence(["1/2", "1/2"], [1, 0]), "<", oo), UNDEFINED, at={})
no("an infinite divergence inside", "finite", Claim(1 - KLDivergence(["1/2", "1/2"], [1, 0]), "<", oo), UNDEFINED, at={})
no("oo itself", "finite", Claim(oo, "<", oo), UNDEFINED, at={})
no("log 0", "finite", Claim(log(x), "<", oo, [Ge(x, 0)]), UNDEFINED, at={x: 0})
no("division by 0", "finite", Claim(1 / x, "<", oo), UNDEFINED, at={x: 0})
no("log of a difference", "finite", Claim(log(t - u), "<", oo), UNDEFINED, at={t: 1, u: 1})
no("a pole of gamma", "finite", Claim(gamma(x), "<", oo), UNDEFINED, at={x: -1})
no("the harmonic series", "finite", Claim(Sum(1 / i, (i, 1, oo)), "<", oo), UNDEFINED, at={})
no("the tail of a Cauchy density", "finite", Claim(KLDivergence(Cauchy("X", 0, 1), Normal("Y", 0, 1)), "<", oo), UNDEFINED)
no("greater than oo", "finite", Claim(t, ">", oo), "it proves that a side is less than oo")
no("less than -oo", "finite", Claim(t, "<", -oo), "it proves that a side is less than oo")
no("a number that may be oo", "finite", Claim(Symbol("e", extended_real=True), "<", oo), UNDEFINED)
no("entries that may be oo", "finite", Claim(Sum(IndexedBase("e", extended_positive=True)[i], (i, 1, n)), "<", oo), UNDEFINED)
no("a function that may be oo", "finite", Claim(Function("e", extended_real=True)(x), "<", oo), UNDEFINED)
no("less than ten", "finite", Claim(t, "<", 10), "it proves that a side is less than oo", at={t: 10})
