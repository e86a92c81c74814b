"""Refused steps of the rule `integral`: values of integrals and sums over the support of a family."""

from refusals import n, no, p, t, x, yes
from sympy import Abs, Gt, Integral, Interval, Lt, Rational, S, Sum, Symbol, exp, factorial, log, oo, pi, sqrt
from sympy.stats import Cauchy, ContinuousRV, Exponential, Geometric, Normal, Pareto, Poisson, Uniform

from symentropy.proof.claim import Claim


def law(variable):
    """The distribution of a random variable."""
    return variable.pspace.distribution


VALUE = "the right side is not the expectation"
NOT_THIS = "the integrand is not the density times this combination of statistics"
NO_FACT = "no fact gives the expectation"
FINITE = "the expectation may not be finite"
SUPPORT = "not one over the whole support"
u, v, k = Symbol("u", positive=True), Symbol("v", real=True), Symbol("k", integer=True, nonnegative=True)
two = law(Exponential("X", 2))
mean = Integral(2 * u * exp(-2 * u), (u, 0, oo))
normal = exp(-(v**2) / 2) / sqrt(2 * pi)
poisson = Sum(k * exp(-t) * t**k / factorial(k), (k, 0, oo))

yes("integral", Claim(mean, "=", Rational(1, 2)), (), (two, (1, u)))
yes("integral", Claim(Integral(u * exp(-2 * u), (u, 0, oo)), "=", Rational(1, 4)), (), (two, (Rational(1, 2), u)))
yes("integral", Claim(Integral(v**2 * normal, (v, -oo, oo)), "=", 1), (), (law(Normal("X", 0, 1)), (1, v**2)))
yes("integral", Claim(poisson, "=", t), (), (law(Poisson("X", t)), (1, k)))
no("another value", "integral", Claim(mean, "=", Rational(1, 3)), VALUE, arguments=(two, (1, u)), at={})
no("another sign", "integral", Claim(mean, "=", -Rational(1, 2)), VALUE, arguments=(two, (1, u)), at={})
no("another statistic", "integral", Claim(mean, "=", Rational(1, 2)), NOT_THIS, arguments=(two, (1, u**2)))
no("another coefficient", "integral", Claim(mean, "=", 1), NOT_THIS, arguments=(two, (2, u)), at={})
no("no statistic at all", "integral", Claim(mean, "=", 0), NOT_THIS, arguments=(two,), at={})
no("the outcome as a coefficient", "integral", Claim(mean, "=", u), NO_FACT, arguments=(two, (u, 1)))
no("another rate", "integral", Claim(mean, "=", 1), NOT_THIS, arguments=(law(Exponential("X", 1)), (1, u)), at={})
no(
    "a part of the support",
    "integral",
    Claim(Integral(2 * u * exp(-2 * u), (u, 1, oo)), "=", Rational(1, 2)),
    SUPPORT,
    arguments=(two, (1, u)),
    at={},
)
no(
    "the limits exchanged",
    "integral",
    Claim(Integral(2 * u * exp(-2 * u), (u, oo, 0)), "=", Rational(1, 2)),
    SUPPORT,
    arguments=(two, (1, u)),
)
no("no limits", "integral", Claim(Integral(2 * u * exp(-2 * u), u), "=", Rational(1, 2)), SUPPORT, arguments=(two, (1, u)))
no(
    "an integral for a sum",
    "integral",
    Claim(Integral(k * exp(-t) * t**k / factorial(k), (k, 0, oo)), "=", t),
    SUPPORT,
    arguments=(law(Poisson("X", t)), (1, k)),
)
no(
    "a sum for an integral",
    "integral",
    Claim(Sum(2 * k * exp(-2 * k), (k, 0, oo)), "=", Rational(1, 2)),
    SUPPORT,
    arguments=(two, (1, k)),
    at={},
)
no("an inequality", "integral", Claim(mean, "<=", Rational(1, 2)), "it proves the value", arguments=(two, (1, u)))
no("part of a side", "integral", Claim(mean + 1, "=", Rational(1, 2)), "it proves the value", arguments=(two, (1, u)), at={})
no("no distribution", "integral", Claim(mean, "=", Rational(1, 2)), "it takes no premises, and a distribution")
no(
    "a number for a distribution",
    "integral",
    Claim(mean, "=", Rational(1, 2)),
    "cannot be written as a sum or an integral",
    arguments=(3, (1, u)),
)
no(
    "a tail too heavy",
    "integral",
    Claim(Integral(t / v**t, (v, 1, oo)), "=", t / (t - 1)),
    FINITE,
    arguments=(law(Pareto("X", 1, t)), (1, v)),
    at={t: Rational(1, 2)},
)
no(
    "the mean of a Cauchy law",
    "integral",
    Claim(Integral(Abs(v) / (pi * (1 + v**2)), (v, -oo, oo)), "=", 0),
    FINITE,
    arguments=(law(Cauchy("X", 0, 1)), (1, Abs(v))),
)
no(
    "a rate of any sign",
    "integral",
    Claim(Integral(x * exp(-x * u), (u, 0, oo)), "=", 1),
    "may be no distribution",
    arguments=(law(Exponential("X", x)), (1, 1)),
    at={x: -1},
)
no(
    "a logarithm of a negative number",
    "integral",
    Claim(Integral(normal * log(v), (v, -oo, oo)), "=", 0),
    NO_FACT,
    arguments=(law(Normal("X", 0, 1)), (1, log(v))),
)
no(
    "an interval that may be empty",
    "integral",
    Claim(Integral(1 / (t - x), (v, x, t)), "=", 1),
    "may be no distribution",
    arguments=(law(Uniform("X", x, t)), (1, 1)),
    at={x: 2, t: 2},
)
no(
    "a geometric chance of any size",
    "integral",
    Claim(Sum(p * (1 - p) ** (k - 1), (k, 1, oo)), "=", 1, [Gt(p, 0), Lt(p, 3)]),
    "may be no distribution",
    arguments=(law(Geometric("X", p)), (1, 1)),
    at={p: 2},
)
no(
    "a density of one's own",
    "integral",
    Claim(Integral(2 * exp(-2 * u), (u, 0, oo)), "=", 1),
    "is not known to be a distribution",
    arguments=(law(ContinuousRV(Symbol("z"), 2 * exp(-2 * Symbol("z")), set=Interval(0, oo), check=False)), (1, 1)),
)
no("a hypothesis about the variable", "integral", Claim(mean, "=", 1, [Gt(u, 1)]), VALUE, arguments=(two, (1, u)), at={u: S(2)})
no("another parameter", "integral", Claim(poisson, "=", n), VALUE, arguments=(law(Poisson("X", t)), (1, k)), at={t: 1, n: 2})
