"""Refused steps of the rules about numbers, logarithms and densities: enclosure, log_bound, gibbs, expectation, witness."""

from refusals import Made, b, i, n, no, p, q, t, u, x, y, yes, z
from sympy import (
    Abs,
    Contains,
    E,
    Eq,
    Function,
    Ge,
    Gt,
    Interval,
    Lt,
    Ne,
    Rational,
    S,
    Sum,
    Symbol,
    Tuple,
    exp,
    gamma,
    log,
    oo,
    pi,
    sqrt,
)
from sympy.stats import Beta, Cauchy, ContinuousRV, Exponential, Gamma, Geometric, Laplace, Normal, Pareto, Poisson, Uniform

from symentropy import CrossEntropy, Entropy, KLDivergence
from symentropy.proof.claim import Claim, Each

half = Rational(1, 2)
UNDEFINED = "may be undefined"
INFINITE = KLDivergence(["1/2", "1/2"], [1, 0])

# enclosure

NOT_SHOWN = "the enclosures do not show it"
OVERLAP = "the enclosures are not certified, or overlap"
digits = Rational(314159265358979323846264338327950288419716939937510582097494, 10**59)
yes("enclosure", Claim(log(2), "<", Rational(7, 10)))
yes("enclosure", Claim(pi, ">", digits))
yes("enclosure", Claim(INFINITE, ">", 3))
no("the wrong order", "enclosure", Claim(log(2), ">", Rational(7, 10)), NOT_SHOWN, at={})
no("the wrong order, weakly", "enclosure", Claim(log(2), ">=", Rational(7, 10)), NOT_SHOWN, at={})
no("the same number", "enclosure", Claim(log(4), "<", 2 * log(2)), OVERLAP, at={})
no("a number differs from itself", "enclosure", Claim(log(6), "!=", log(2) + log(3)), OVERLAP, at={})
no("a nested root", "enclosure", Claim(sqrt(2) + sqrt(3), "!=", sqrt(5 + 2 * sqrt(6))), OVERLAP, at={})
no("sixty equal digits", "enclosure", Claim(pi, "<", digits), NOT_SHOWN)
no("a difference of 1e-200", "enclosure", Claim(log(2) + Rational(1, 10**200), "<", log(2)), NOT_SHOWN)
no("imaginary parts cancel", "enclosure", Claim(log(-2), ">", log(-1)), "undefined", at={})
no("imaginary numbers", "enclosure", Claim(1 + sqrt(-1), ">", sqrt(-1)), "undefined", at={})
no("oo cancels", "enclosure", Claim(INFINITE + 1, ">", INFINITE), OVERLAP, at={})
no("oo is not less than 3", "enclosure", Claim(INFINITE, "<", 3), NOT_SHOWN, at={})
no("oo is not less than oo", "enclosure", Claim(INFINITE, "<", oo), OVERLAP, at={})
no("oo exceeds oo", "enclosure", Claim(oo, ">", oo), OVERLAP, at={})
no("oo inside", "enclosure", Claim(exp(-INFINITE, evaluate=False), ">=", 0), "the argument is too large")
no("a pole", "enclosure", Claim(gamma(-1), ">", 0), "undefined", at={})
no("log 0", "enclosure", Claim(log(0), "<", 0), "undefined", at={})
no("an unknown number", "enclosure", Claim(Function("f")(1), "<", 10), "is not defined here")
no("a symbol", "enclosure", Claim(t, ">", 0), "the sides are not numbers")
no("an equation", "enclosure", Claim(log(4), "=", 2 * log(2)), "does not prove an equation")
no("equality that is none", "enclosure", Claim(log(2), "<=", Rational(7, 10)), "the conditions of equality", equality=())
no("a factorial of a billion", "enclosure", Claim(gamma(10**9, evaluate=False), "<", 1), "the argument is too large")

# log_bound

LEFT, RIGHT = "the left side is not", "the right side is not"
tangent = yes("log_bound", Claim(log(t), "<=", t - 1), (), (t,))
yes("log_bound", Claim(log(t), "<", t - 1, [Gt(t, 1)]), (), (t,))
no("a line below", "log_bound", Claim(log(t), "<=", t - 2), RIGHT, arguments=(t,), at={t: 1})
no("another slope", "log_bound", Claim(log(t), "<=", 2 * (t - 1)), RIGHT, arguments=(t,), at={t: half})
no("log of a square", "log_bound", Claim(2 * log(t), "<=", t - 1), LEFT, arguments=(t,), at={t: Rational(3, 2)})
no("another base", "log_bound", Claim(log(t) / log(2), "<=", t - 1), LEFT, arguments=(t,), at={t: Rational(3, 2)})
no("another argument", "log_bound", Claim(log(u), "<=", t - 1), LEFT, arguments=(t,), at={t: 1, u: 2})
no("a number below 0", "log_bound", Claim(log(x), "<=", x - 1), UNDEFINED, arguments=(x,), at={x: -1})
no("log 0 at the end", "log_bound", Claim(log(x), "<=", x - 1, [Ge(x, 0)]), UNDEFINED, arguments=(x,), at={x: 0})
no("log(1 + x) for x below -1", "log_bound", Claim(log(1 + x), "<=", x), UNDEFINED, arguments=(1 + x,), at={x: -2})
no("strict at 1", "log_bound", Claim(log(t), "<", t - 1), "t may be 1", arguments=(t,), at={t: 1})
no("strict at an inner 1", "log_bound", Claim(log(t / u), "<", t / u - 1), "may be 1", arguments=(t / u,), at={t: 2, u: 2})
no("the converse", "log_bound", Claim(log(t), ">=", t - 1), "it proves log x <= x - 1", arguments=(t,), at={t: 2})
no("an equation", "log_bound", Claim(log(t), "=", t - 1), "it proves log x <= x - 1", arguments=(t,), at={t: 2})
no("a pole", "log_bound", Claim(log(1 / x**2), "<=", 1 / x**2 - 1), UNDEFINED, arguments=(1 / x**2,), at={x: 0})
no("no argument", "log_bound", Claim(log(t), "<=", t - 1), "1 arguments")
no("equality never", "log_bound", Claim(log(t), "<=", t - 1), "the conditions of equality", arguments=(t,), equality=(S.false,))
no("equality always", "log_bound", Claim(log(t), "<=", t - 1), "the conditions of equality", arguments=(t,), equality=())
no("equality elsewhere", "log_bound", Claim(log(t), "<=", t - 1), "the conditions of equality", arguments=(t,), equality=(Eq(t, 2),))

# gibbs

ONLY = "it proves D(P || Q) >= 0"
NONE = "may be no distribution"
UNKNOWN = "is not known to be a distribution"


def density(expression, low, high):
    return ContinuousRV(z, expression, set=Interval(low, high), check=False)


def normal(deviation):
    return Normal("X", 0, deviation)


yes("gibbs", Claim(KLDivergence(normal(1), Cauchy("Y", 0, 1)), ">=", 0))
yes("gibbs", Claim(KLDivergence(normal(t), normal(u)), ">=", 0))
no("a distribution from itself", "gibbs", Claim(KLDivergence(normal(t), normal(u)), ">", 0), ONLY)
no("from above", "gibbs", Claim(KLDivergence(normal(t), normal(u)), "<=", 0), ONLY)
no("always 0", "gibbs", Claim(KLDivergence(normal(t), normal(u)), "=", 0), ONLY)
no("at least 1", "gibbs", Claim(KLDivergence(normal(t), normal(u)), ">=", 1), ONLY)
no("the entropy of a narrow density", "gibbs", Claim(Entropy(Uniform("X", 0, half)), ">=", 0), ONLY)
no("a cross-entropy", "gibbs", Claim(CrossEntropy(Uniform("X", 0, half), Uniform("Y", 0, half)), ">=", 0), ONLY)
no("with the sign of x", "gibbs", Claim(x * KLDivergence(normal(t), normal(u)), ">=", 0), ONLY)
no("a density with mass 5", "gibbs", Claim(KLDivergence(density(exp(-z), 0, oo), density(5 * exp(-z), 0, oo)), ">=", 0), UNKNOWN)
no("a density cut off", "gibbs", Claim(KLDivergence(density(exp(-z), 0, half), Exponential("Y", 1)), ">=", 0), UNKNOWN)
no("a deviation below 0", "gibbs", Claim(KLDivergence(normal(x), normal(y)), ">=", 0), NONE, at={x: -1, y: -1})
no("a deviation that may be 0", "gibbs", Claim(KLDivergence(normal(x), normal(1)), ">=", 0, [Ge(x, 0)]), NONE, at={x: 0})
no("ends exchanged", "gibbs", Claim(KLDivergence(Uniform("X", x, y), Uniform("Y", x, y + 1)), ">=", 0), NONE)
no("a chance above 1", "gibbs", Claim(KLDivergence(Geometric("X", t), Geometric("Y", u)), ">=", 0), NONE)
no("a parameter that is not defined", "gibbs", Claim(KLDivergence(Normal("X", log(x), 1), normal(1)), ">=", 0), UNDEFINED)
no("with a premise", "gibbs", Claim(KLDivergence(normal(t), normal(u)), ">=", 0), "it takes no premises", premises=(tangent,))

# expectation

NOT_THIS = "the logarithm is not this combination of statistics"
VALUE = "the right side is not the expectation"
NO_FACT = "no fact gives the expectation of these statistics"
FINITE = "the expectation may not be finite"
OUTSIDE = "P is not seen to lie inside the support of Q"
two, rate = Exponential("X", 2), Exponential("X", t)
outcome, real = Symbol("x", positive=True), Symbol("x", real=True)


def terms(*pairs):
    """The arguments of the rule: coefficients with their statistics, the constant first."""
    constant, *others = pairs
    return (Tuple(constant, 1), *(Tuple(*pair) for pair in others))


yes("expectation", Claim(Entropy(two), "=", 1 - log(2)), (), terms(-log(2), (2, outcome)))
divergence = KLDivergence(rate, Exponential("Y", u))
exponential_terms = terms(log(t / u), (u - t, outcome))
yes("expectation", Claim(divergence, "=", log(t / u) + u / t - 1), (), exponential_terms)
pareto = CrossEntropy(Pareto("X", 1, t), Exponential("Y", 1))
yes("expectation", Claim(pareto, "=", t / (t - 1), [Gt(t, 1)]), (), terms(0, (1, outcome)))
yes("expectation", Claim(Entropy(Cauchy("X", 0, 1)), "=", log(4 * pi)), (), terms(log(pi), (1, log(1 + real**2))))
no("another value", "expectation", Claim(Entropy(two), "=", 1 + log(2)), VALUE, arguments=terms(-log(2), (2, outcome)), at={})
no("another combination", "expectation", Claim(Entropy(two), "=", 2 - log(2)), NOT_THIS, arguments=terms(-log(2), (4, outcome)), at={})
no("a constant for the outcome", "expectation", Claim(Entropy(two), "=", 2 - log(2)), NOT_THIS, arguments=terms(2 - log(2)), at={})
no("another statistic", "expectation", Claim(Entropy(two), "=", 1 - log(2)), NOT_THIS, arguments=terms(-log(2), (2, outcome**2)))
no(
    "the outcome as a coefficient",
    "expectation",
    Claim(Entropy(two), "=", 2 - log(2)),
    NO_FACT,
    arguments=terms(2 * outcome - log(2)),
    at={},
)
no(
    "a hypothesis about a symbol with the name of the outcome",
    "expectation",
    Claim(Entropy(two), "=", 2 - log(2), [Eq(outcome, 1)]),
    NOT_THIS,
    arguments=terms(2 - log(2)),
    at={outcome: 1},
)
no(
    "the rates exchanged",
    "expectation",
    Claim(divergence, "=", log(u / t) + t / u - 1),
    VALUE,
    arguments=exponential_terms,
    at={t: 1, u: 2},
)
no("too few coefficients", "expectation", Claim(Entropy(two), "=", -log(2)), NOT_THIS, arguments=terms(-log(2)), at={})
no("a coefficient alone", "expectation", Claim(Entropy(two), "=", 1 - log(2)), NO_FACT, arguments=(-log(2), 2))
no(
    "a rate of any sign",
    "expectation",
    Claim(Entropy(Exponential("X", x)), "=", 1 - log(x)),
    NONE,
    arguments=terms(-log(x), (x, Symbol("y", positive=True))),
    at={x: -1},
)
no(
    "a deviation below 0",
    "expectation",
    Claim(Entropy(normal(x)), "=", log(2 * pi * x**2) / 2 + half, [Ne(x, 0)]),
    NONE,
    arguments=terms(log(2 * pi * x**2) / 2, (1 / (2 * x**2), Symbol("y", real=True) ** 2)),
    at={x: -1},
)
no("a tail too heavy", "expectation", Claim(pareto, "=", t / (t - 1)), FINITE, arguments=terms(0, (1, outcome)), at={t: half})
no(
    "a tail too heavy at a point",
    "expectation",
    Claim(pareto, "=", t / (t - 1), [Gt(t, half), Ne(t, 1)]),
    FINITE,
    arguments=terms(0, (1, outcome)),
    at={t: Rational(3, 4)},
)
no(
    "the mean of a Cauchy law",
    "expectation",
    Claim(CrossEntropy(Cauchy("X", 0, 1), Laplace("Y", 0, 1)), "=", log(2)),
    FINITE,
    arguments=terms(log(2), (1, Abs(real))),
)
no(
    "outside the support",
    "expectation",
    Claim(KLDivergence(Uniform("X", 0, 2), Uniform("Y", 0, 1)), "=", -log(2)),
    "inside the support",
    arguments=terms(-log(2)),
)
no(
    "a support with parameters",
    "expectation",
    Claim(KLDivergence(Uniform("X", 0, t), Uniform("Y", 0, u)), "=", log(u / t)),
    "inside the support",
    arguments=terms(log(u / t)),
)
no(
    "a density of one's own",
    "expectation",
    Claim(Entropy(density(2 * exp(-2 * z), 0, oo)), "=", 1 - log(2)),
    "is not known to be a distribution",
    arguments=terms(-log(2), (2, outcome)),
)
no(
    "a density cut off",
    "expectation",
    Claim(Entropy(density(2 * exp(-2 * z), 0, 1)), "=", 1 - log(2)),
    "is not known to be a distribution",
    arguments=terms(-log(2), (2, outcome)),
)
no(
    "the other centre",
    "expectation",
    Claim(KLDivergence(Laplace("X", x, 1), Laplace("Y", y, 1)), "=", 0),
    NOT_THIS,
    arguments=terms(0),
)
no(
    "a factorial is no statistic",
    "expectation",
    Claim(Entropy(Poisson("X", t)), "=", t - t * log(t)),
    NOT_THIS,
    arguments=terms(t, (-log(t), Symbol("k", integer=True, nonnegative=True))),
)
no(
    "the sign of an expected logarithm",
    "expectation",
    Claim(Entropy(Gamma("X", 1, 1)), "=", 2),
    VALUE,
    arguments=terms(0, (1, outcome)),
    at={},
)
no(
    "the densities of two families",
    "expectation",
    Claim(KLDivergence(Beta("X", 2, 1), Beta("Y", 1, 1)), "=", log(2)),
    NOT_THIS,
    arguments=terms(log(2)),
)
no(
    "an inequality",
    "expectation",
    Claim(Entropy(two), "<", 1 - log(2)),
    "it proves a closed form of a noun",
    arguments=terms(-log(2), (2, outcome)),
    at={},
)
no(
    "a pmf",
    "expectation",
    Claim(Entropy([p, 1 - p]), "=", log(2)),
    "inside the support of Q",
    arguments=terms(log(2)),
    at={p: Rational(1, 4)},
)
nested = KLDivergence(Uniform("X", 0, 1), Uniform("Y", 0, t))
yes("expectation", Claim(nested, "=", log(t), [Gt(t, 1)]), (), terms(log(t)))
no("a support that may be too small", "expectation", Claim(nested, "=", log(t)), OUTSIDE, arguments=terms(log(t)), at={t: half})
no(
    "a support that is too small somewhere",
    "expectation",
    Claim(nested, "=", log(t), [Gt(t, half)]),
    OUTSIDE,
    arguments=terms(log(t)),
    at={t: Rational(3, 4)},
)
no(
    "a support that starts too late",
    "expectation",
    Claim(KLDivergence(Pareto("X", 1, 2), Pareto("Y", t, 2)), "=", -2 * log(t)),
    OUTSIDE,
    arguments=terms(-2 * log(t)),
    at={t: 2},
)

# witness

SHOW = "the point does not show it"


def exists(left, relation, right, *hypotheses):
    return Claim(left, relation, right, hypotheses, exists=True)


def at_point(name, claim, message=SHOW, **values):
    """Enter a refused point for the symbols of a claim, by their names."""
    symbols = {str(symbol): symbol for symbol in claim.free_symbols}
    no(name, "witness", claim, message, arguments=tuple((symbols[key], value) for key, value in values.items()))


integer = Symbol("k", integer=True)
yes("witness", exists(x**2, ">", 2 * x), (), ((x, 3),))
yes("witness", exists(x**2, "=", 2), (), ((x, sqrt(2)),))
at_point("it does not hold there", exists(x**2, ">", 2 * x), x=1)
at_point("equality is not strict", exists(x**2, ">", 2 * x), x=2)
at_point("outside the domain", exists(x, "<", 0, Gt(x, -1)), x=-1)
at_point("outside a range", exists(x, "=", half, Contains(x, S.Integers)), x=half)
at_point("half an integer", exists(integer, "=", half), k=half)
at_point("a negative value of a positive symbol", exists(t, "<", 0), t=-1)
at_point("no value for y", exists(x + y, ">", 0), x=1)
no("a symbol too many", "witness", exists(x, ">", 0), SHOW, arguments=((x, 1), (y, 1)))
at_point("log 0", exists(log(x), "<", 0), x=0)
at_point("a root of -1", exists(sqrt(z) * sqrt(z - 1), "<", 0), z=-1)
at_point("oo is no value", exists(x, ">", 0), x=oo)
at_point("0 to the -1", exists(1 / x, "!=", 1), x=0)
at_point("equal numbers", exists(x * (sqrt(2) + sqrt(3)), "<", x * sqrt(5 + 2 * sqrt(6))), x=1)
at_point("closer than can be told", exists(exp(x) * E, "!=", exp(1 + x)), x=sqrt(2))
at_point("an infinite divergence", exists(KLDivergence([p, 1 - p], [1, 0]) * x, ">=", 0), p=half, x=0)
no("two values", "witness", exists(x, ">", 0), "a symbol has two values", arguments=((x, 1), (x, 2)))
no(
    "entries that do not sum to 1",
    "witness",
    exists(b[1], ">", half, Eq(Sum(b[i], (i, 1, n)), 1)),
    SHOW,
    arguments=((n, 2), (b[1], 1), (b[2], 1)),
)
no("no claim of existence", "witness", Claim(x, ">", 0), "it proves claims of existence", arguments=((x, 1),), at={x: -1})
no("every number of an interval", "witness", exists(q, ">", 0, Each(Lt(z, q), (z, Interval(0, 1)))), SHOW, arguments=((q, 2),))
no("a claim of existence by its sign", "sign", exists(x**2 + 1, ">", 0), "a claim of existence needs a witness")
no(
    "what follows from existence",
    "instance",
    Claim(x, ">", 0),
    "nothing follows from a claim of existence",
    premises=(Made("witness", exists(x, ">", 0), (), ((x, 1),)),),
    at={x: -1},
)
