"""Refused steps of the rule `average`: integrals and sums over the support of a family as expectations."""

from refusals import no, p, t, x, yes
from sympy import Abs, Gt, Integral, Interval, Lt, Rational, Sum, Symbol, exp, factorial, log, oo, pi, sqrt, sympify
from sympy.stats import Cauchy, ContinuousRV, Exponential, Geometric, Normal, Pareto, Poisson, Uniform

from symentropy.expectation import Expectation
from symentropy.proof.claim import Claim


def law(variable):
    """The distribution of a random variable."""
    return variable.pspace.distribution


NOT_THIS = "the integrand is not the density times this function"
NOT_A_SUM = "the function is not this combination of statistics"
NO_FACT = "no fact gives the expectation"
FINITE = "the expectation may not be finite"
SUPPORT = "not one over the whole support"
FORM = "it says what an integral is the expectation of"
u, v, k = Symbol("u", positive=True), Symbol("v", real=True), Symbol("k", integer=True, nonnegative=True)
two = law(Exponential("X", 2))
mean = Integral(2 * u * exp(-2 * u), (u, 0, oo))
normal = exp(-(v**2) / 2) / sqrt(2 * pi)
poisson = Sum(k * exp(-t) * t**k / factorial(k), (k, 0, oo))


def average(total, statistic, variable, distribution, hypotheses=()):
    """The claim that an integral is an expectation."""
    return Claim(total, "=", Expectation(sympify(statistic), variable, distribution), hypotheses)


def no_average(name, claim, message, *arguments, at=None):
    no(name, "average", claim, message, arguments=arguments, at=at)


yes("average", average(mean, u, u, two), (), ((1, u),))
yes("average", average(Integral(u * exp(-2 * u), (u, 0, oo)), u / 2, u, two), (), ((Rational(1, 2), u),))
yes("average", average(Integral(v**2 * normal, (v, -oo, oo)), v**2, v, law(Normal("X", 0, 1))), (), ((1, v**2),))
yes("average", average(poisson, k, k, law(Poisson("X", t))), (), ((1, k),))
no_average("another function", average(mean, 2 * u, u, two), NOT_THIS, (2, u), at={})
no_average("another sign", average(mean, -u, u, two), NOT_THIS, (-1, u), at={})
no_average("another statistic", average(mean, u**2, u, two), NOT_THIS, (1, u**2))
no_average("another combination", average(mean, u, u, two), NOT_A_SUM, (2, u))
no_average("no statistic at all", average(mean, u, u, two), NOT_A_SUM)
no_average("a constant for a function", average(mean, 1, u, two), NOT_THIS, (1, 1), at={})
no_average("the outcome as a coefficient", average(mean, u, u, two), "a coefficient depends on the outcome", (u, 1))
no_average("another rate", average(mean, u, u, law(Exponential("X", 1))), NOT_THIS, (1, u), at={})
no_average("a part of the support", average(Integral(2 * u * exp(-2 * u), (u, 1, oo)), u, u, two), SUPPORT, (1, u), at={})
no_average("the limits exchanged", average(Integral(2 * u * exp(-2 * u), (u, oo, 0)), u, u, two), SUPPORT, (1, u))
no_average("no limits", average(Integral(2 * u * exp(-2 * u), u), u, u, two), SUPPORT, (1, u))
no_average("an integral for a sum", average(Integral(poisson.function, (k, 0, oo)), k, k, law(Poisson("X", t))), SUPPORT, (1, k))
no_average("a sum for an integral", average(Sum(2 * k * exp(-2 * k), (k, 0, oo)), k, k, two), SUPPORT, (1, k))
no_average("an inequality", Claim(mean, "<=", Expectation(u, u, two)), FORM, (1, u))
no_average("part of a side", Claim(mean + 1, "=", Expectation(u, u, two)), FORM, (1, u), at={})
no_average("a value", Claim(mean, "=", 1), FORM, (1, u), at={})
no_average(
    "a tail too heavy",
    average(Integral(t / v**t, (v, 1, oo)), v, v, law(Pareto("X", 1, t))),
    FINITE,
    (1, v),
)
no_average(
    "a Cauchy law", average(Integral(Abs(v) / (pi * (1 + v**2)), (v, -oo, oo)), Abs(v), v, law(Cauchy("X", 0, 1))), FINITE, (1, Abs(v))
)
no_average(
    "a rate of any sign", average(Integral(x * exp(-x * u), (u, 0, oo)), 1, u, law(Exponential("X", x))), "may be no distribution", (1, 1)
)
no_average(
    "a logarithm of a negative number",
    average(Integral(normal * log(v), (v, -oo, oo)), log(v), v, law(Normal("X", 0, 1))),
    NO_FACT,
    (1, log(v)),
)
no_average(
    "an interval that may be empty",
    average(Integral(1 / (t - x), (v, x, t)), 1, v, law(Uniform("X", x, t))),
    "may be no distribution",
    (1, 1),
)
no_average(
    "a geometric chance of any size",
    average(Sum(p * (1 - p) ** (k - 1), (k, 1, oo)), 1, k, law(Geometric("X", p)), [Gt(p, 0), Lt(p, 3)]),
    "may be no distribution",
    (1, 1),
)
no_average(
    "a density with mass 2",
    average(
        Integral(4 * exp(-2 * u), (u, 0, oo)),
        1,
        u,
        law(ContinuousRV(Symbol("z"), 4 * exp(-2 * Symbol("z")), set=Interval(0, oo), check=False)),
    ),
    "that its mass is 1 is not shown",
    (1, 1),
)
no_average("a hypothesis about the variable", average(mean, 1, u, two, [Gt(u, 1)]), NOT_THIS, (1, 1))
