"""Refused steps of the rules about numbers, logarithms and densities: enclosure, log_bound, gibbs, expectation, linearity,
moment, tilted, infinite, joint, joint_moment, witness."""

from refusals import Made, b, i, n, no, p, q, t, u, x, y, yes, z
from sympy import (
    Abs,
    Contains,
    Dummy,
    E,
    Eq,
    Function,
    Ge,
    Gt,
    Interval,
    Le,
    Lt,
    MatrixSymbol,
    Ne,
    Piecewise,
    Rational,
    S,
    Sum,
    Symbol,
    Tuple,
    digamma,
    exp,
    factorial,
    gamma,
    log,
    oo,
    pi,
    sqrt,
)
from sympy.stats import (
    Beta,
    Binomial,
    Cauchy,
    ContinuousRV,
    Exponential,
    Gamma,
    Geometric,
    Laplace,
    MultivariateNormal,
    MultivariateT,
    Normal,
    Pareto,
    Poisson,
    StudentT,
    Triangular,
    Uniform,
)

from symentropy import CrossEntropy, Entropy, KLDivergence
from symentropy.expectation import Expectation
from symentropy.law import bound_symbol
from symentropy.proof.claim import Claim, Each
from symentropy.proof.joint import in_expectations

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
UNKNOWN = "that its mass is 1 is not shown"


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

# expectation, linearity, moment

OTHER = "the expectation is one of something else"
NOT_THIS = "the function is not this combination of statistics"
VALUE = "the right side is not the expectation"
NO_FACT = "no fact gives the expectation of"
FINITE = "the expectation may not be finite"
OUTSIDE = "P is not seen to lie inside the support of Q"
two, rate = Exponential("X", 2), Exponential("X", t)
outcome, real, count = Symbol("x", positive=True), Symbol("x", real=True), Symbol("k", integer=True, positive=True)


def mean(statistic, variable, law):
    """The expectation of a function of the outcome of a random variable."""
    return Expectation(statistic, variable, law.pspace.distribution)


def terms(*pairs):
    """The arguments of the rules: coefficients with their statistics, the constant first."""
    constant, *others = pairs
    return (Tuple(constant, 1), *(Tuple(*pair) for pair in others))


two_terms = terms(-log(2), (2, outcome))
two_mean = mean(-log(2 * exp(-2 * outcome)), outcome, two)
two_step = yes("expectation", Claim(Entropy(two), "=", two_mean), (), two_terms)
divergence = KLDivergence(rate, Exponential("Y", u))
log_ratio = log(t / u) + (u - t) * outcome
ratio_terms = terms(log(t / u), (u - t, outcome))
ratio_step = yes("expectation", Claim(divergence, "=", mean(log_ratio, outcome, rate)), (), ratio_terms)
pareto_law = Pareto("X", 1, t)
pareto = CrossEntropy(pareto_law, Exponential("Y", 1))
pareto_mean = mean(outcome, outcome, pareto_law)
yes("expectation", Claim(pareto, "=", pareto_mean, [Gt(t, 1)]), (), terms(0, (1, outcome)))
cauchy_mean = mean(log(pi * (1 + real**2)), real, Cauchy("X", 0, 1))
yes("expectation", Claim(Entropy(Cauchy("X", 0, 1)), "=", cauchy_mean), (), terms(log(pi), (1, log(1 + real**2))))
nested = KLDivergence(Uniform("X", 0, 1), Uniform("Y", 0, t))
yes("expectation", Claim(nested, "=", log(t), [Gt(t, 1)]))


def no_expectation(name, noun, wrong, message, arguments=(), hypotheses=(), at=None):
    """Enter a refused step that a noun is an expectation."""
    no(name, "expectation", Claim(noun, "=", wrong, hypotheses), message, arguments=arguments, at=at)


no_expectation(
    "the sign of the logarithm", Entropy(two), mean(log(2) - 2 * outcome, outcome, two), OTHER, terms(log(2), (-2, outcome)), at={}
)
no_expectation("another constant", Entropy(two), mean(2 * outcome, outcome, two), OTHER, terms(0, (2, outcome)), at={})
no_expectation("another rate", Entropy(two), mean(4 * outcome - log(2), outcome, two), OTHER, terms(-log(2), (4, outcome)), at={})
no_expectation("another square", Entropy(two), mean(2 * outcome**2 - log(2), outcome, two), OTHER, terms(-log(2), (2, outcome**2)))
no_expectation(
    "another distribution", Entropy(two), mean(-log(2 * exp(-2 * outcome)), outcome, Exponential("X", 1)), "under another", two_terms, at={}
)
no_expectation("a combination of something else", Entropy(two), two_mean, NOT_THIS, terms(-log(2), (4, outcome)))
no_expectation("too few coefficients", Entropy(two), two_mean, NOT_THIS, terms(-log(2)))
no_expectation("no combination", Entropy(two), two_mean, NOT_THIS)
no_expectation("the outcome as a coefficient", Entropy(two), two_mean, "a coefficient depends on the outcome", terms(2 * outcome - log(2)))
no_expectation("a coefficient alone", Entropy(two), two_mean, "not pairs", (-log(2), 2))
no_expectation(
    "a hypothesis about a symbol with the name of the outcome",
    Entropy(two),
    mean(2 - log(2), outcome, two),
    OTHER,
    terms(2 - log(2)),
    [Eq(outcome, 1)],
    at={outcome: 1},
)
no_expectation("a constant that it is not", Entropy(two), 2 - log(2), OTHER, at={})
no_expectation("a constant with a combination", nested, log(t), "a constant needs no combination", terms(log(t)), [Gt(t, 1)])
no_expectation("the outcome as a constant", Entropy(two), 2 * outcome - log(2), OTHER, at={outcome: 3})
no_expectation(
    "a rate of any sign",
    Entropy(Exponential("X", x)),
    mean(x * outcome - log(x), outcome, Exponential("X", x)),
    NONE,
    terms(-log(x), (x, outcome)),
)
deviation = log(2 * pi * x**2) / 2 + y**2 / (2 * x**2)
no_expectation(
    "a deviation below 0",
    Entropy(normal(x)),
    mean(deviation, y, normal(x)),
    NONE,
    terms(log(2 * pi * x**2) / 2, (1 / (2 * x**2), y**2)),
    [Ne(x, 0)],
)
no_expectation("a tail too heavy", pareto, pareto_mean, FINITE, terms(0, (1, outcome)))
no_expectation("a tail too heavy at a point", pareto, pareto_mean, FINITE, terms(0, (1, outcome)), [Gt(t, half), Ne(t, 1)])
no_expectation(
    "the mean of a Cauchy law",
    CrossEntropy(Cauchy("X", 0, 1), Laplace("Y", 0, 1)),
    mean(log(2) + Abs(real), real, Cauchy("X", 0, 1)),
    FINITE,
    terms(log(2), (1, Abs(real))),
)
no_expectation("outside the support", KLDivergence(Uniform("X", 0, 2), Uniform("Y", 0, 1)), -log(2), "inside the support")
no_expectation("a support with parameters", KLDivergence(Uniform("X", 0, t), Uniform("Y", 0, u)), log(u / t), OUTSIDE)
no_expectation("a support that may be too small", nested, log(t), OUTSIDE, at={t: half})
no_expectation("a support that is too small somewhere", nested, log(t), OUTSIDE, (), [Gt(t, half)], at={t: Rational(3, 4)})
no_expectation(
    "a support that starts too late",
    KLDivergence(Pareto("X", 1, 2), Pareto("Y", t, 2)),
    -2 * log(t),
    OUTSIDE,
    at={t: 2},
)
no_expectation(
    "a density with mass 2",
    Entropy(density(4 * exp(-2 * z), 0, oo)),
    mean(2 * outcome - log(4), outcome, density(4 * exp(-2 * z), 0, oo)),
    UNKNOWN,
    two_terms,
)
no_expectation(
    "a density cut off",
    Entropy(density(2 * exp(-2 * z), 0, 1)),
    mean(2 * outcome - log(2), outcome, density(2 * exp(-2 * z), 0, 1)),
    UNKNOWN,
    two_terms,
)
no_expectation("the other centre", KLDivergence(Laplace("X", x, 1), Laplace("Y", y, 1)), 0, OTHER)
poisson, poisson_count = Poisson("X", t), Symbol("k", integer=True, nonnegative=True)
no_expectation(
    "a factorial is no statistic",
    Entropy(poisson),
    mean(t - poisson_count * log(t), poisson_count, poisson),
    OTHER,
    terms(t, (-log(t), poisson_count)),
)
no_expectation("the densities of two families", KLDivergence(Beta("X", 2, 1), Beta("Y", 1, 1)), log(2), OTHER, at={})
no("an inequality", "expectation", Claim(Entropy(two), "<", two_mean), "it says what a noun is", arguments=two_terms)
no("a pmf", "expectation", Claim(Entropy([p, 1 - p]), "=", log(2)), "inside the support of Q", at={p: Rational(1, 4)})
no("with a premise", "expectation", two_step.claim, "without premises", premises=(tangent,), arguments=two_terms)

ratio_mean = mean(log_ratio, outcome, rate)
average = mean(outcome, outcome, rate)
ratio_sum = log(t / u) + (u - t) * average
linear = yes("linearity", Claim(ratio_mean, "=", ratio_sum), (), ratio_terms)
pareto_moment = yes("moment", Claim(pareto_mean, "=", t / (t - 1), [Gt(t, 1)]))
average_moment = yes("moment", Claim(average, "=", 1 / t))
ratio_value = yes("combination", Claim(divergence, "=", log(t / u) + u / t - 1), (ratio_step, linear, average_moment), (1, 1, u - t))
COMBINED = "the right side is not the combination"


def no_sum(name, left, right, message, arguments=ratio_terms, hypotheses=(), at=None):
    """Enter a refused step that takes an expectation apart."""
    no(name, "linearity", Claim(left, "=", right, hypotheses), message, arguments=arguments, at=at)


no_sum("another coefficient", ratio_mean, log(t / u) + 2 * (u - t) * average, COMBINED, at={t: 1, u: 2})
no_sum("the sign of a coefficient", ratio_mean, log(t / u) + (t - u) * average, COMBINED, at={t: 1, u: 2})
no_sum("another constant", ratio_mean, (u - t) * average, COMBINED, at={t: 1, u: 2})
no_sum("another statistic", ratio_mean, log(t / u) + (u - t) * mean(outcome**2, outcome, rate), COMBINED, at={t: 1, u: 2})
no_sum("under another distribution", ratio_mean, log(t / u) + (u - t) * mean(outcome, outcome, two), COMBINED, at={t: 1, u: 2})
no_sum("another function", mean(2 * log_ratio, outcome, rate), ratio_sum, NOT_THIS, at={t: 1, u: 2})
other = mean(u, u, rate)  # under another name
no_sum("the mean of a square", mean(outcome**2, outcome, rate), other * average, UNDEFINED, terms(0, (other, outcome)), at={t: 1})
no_sum("the outcome left over", ratio_mean, log(t / u) + (u - t) * outcome, COMBINED, at={t: 1, u: 2, outcome: 5})
no_sum("the outcome as a coefficient", ratio_mean, ratio_sum, "a coefficient depends on the outcome", terms(log_ratio))
no_sum("too few coefficients", ratio_mean, log(t / u), NOT_THIS, terms(log(t / u)), at={t: 1, u: 2})
no_sum("a mean that may be infinite", mean(2 * outcome, outcome, pareto_law), 2 * pareto_mean, FINITE, terms(0, (2, outcome)))
no_sum(
    "a statistic without a fact",
    mean(2 * exp(-(outcome**3)), outcome, rate),
    2 * mean(exp(-(outcome**3)), outcome, rate),
    NO_FACT,
    terms(0, (2, exp(-(outcome**3)))),
)
no_sum(
    "where it is not defined",
    mean(x * log(x) * outcome, outcome, rate),
    x * log(x) * average,
    UNDEFINED,
    terms(0, (x * log(x), outcome)),
    at={x: -1, t: 1},
)
no_sum(
    "a rate of any sign",
    mean(2 * outcome, outcome, Exponential("X", x)),
    2 * mean(outcome, outcome, Exponential("X", x)),
    NONE,
    terms(0, (2, outcome)),
)
no_sum("no expectation", divergence, ratio_sum, "it takes an expectation apart")
no("an inequality", "linearity", Claim(ratio_mean, "<=", ratio_sum), "it takes an expectation apart", arguments=ratio_terms)
no("with a premise", "linearity", linear.claim, "without premises", premises=(tangent,), arguments=ratio_terms)


def no_moment(name, left, right, message, hypotheses=(), arguments=(), at=None):
    """Enter a refused value of an expectation."""
    no(name, "moment", Claim(left, "=", right, hypotheses), message, arguments=arguments, at=at)


no_moment("the rate for the mean", average, t, VALUE, at={t: 2})
no_moment("a difference of 1e-30", average, 1 / t + Rational(1, 10**30), VALUE)
no_moment("the mean of a square", mean(outcome**2, outcome, rate), 1 / t**2, VALUE, at={t: 1})
no_moment("the logarithm of the mean", mean(log(outcome), outcome, rate), -log(t), VALUE, at={t: 1})
no_moment("the sign of an expected logarithm", mean(log(outcome), outcome, Gamma("X", t, 1)), -digamma(t), VALUE, at={t: 2})
no_moment("the scale for the rate", mean(outcome, outcome, Gamma("X", t, u)), t / u, VALUE, at={t: 1, u: 2})
no_moment("the variance for the deviation", mean(y**2, y, normal(t)), t, VALUE, at={t: 2})
no_moment("a tail too heavy", pareto_mean, t / (t - 1), FINITE)
no_moment("a tail too heavy at a point", pareto_mean, t / (t - 1), FINITE, [Gt(t, half), Ne(t, 1)])
no_moment("the mean of a Cauchy law", mean(real, real, Cauchy("X", 0, 1)), 0, FINITE)
no_moment("a statistic without a fact", mean(exp(-(outcome**3)), outcome, rate), 1, NO_FACT)
no_moment("where the statistic is not defined", mean(log(real), real, normal(1)), 0, UNDEFINED)
no_moment("a rate of any sign", mean(outcome, outcome, Exponential("X", x)), 1 / x, NONE, [Ne(x, 0)])
no_moment("a chance above 1", mean(count, count, Geometric("X", t)), 1 / t, NONE)
no_moment("a density with less mass", mean(outcome, outcome, density(2 * exp(-2 * z), 0, 1)), half, UNKNOWN)
no_moment("a hypothesis about the outcome", average, 1, VALUE, [Eq(outcome, 1)], at={outcome: 1, t: 2})
no_moment("an argument", average, 1 / t, "0 arguments", arguments=(t,))
no_moment("a noun", divergence, log(t / u) + u / t - 1, "it gives the value of an expectation")
no("an inequality", "moment", Claim(average, "<=", 1 / t), "it gives the value of an expectation")

# densities in cases

tent = Triangular("X", 0, 1, half)
rising, falling = Piecewise((log(outcome), outcome < half), (0, True)), Piecewise((log(1 - outcome), outcome > half), (0, True))
tent_log = mean(Piecewise((-log(4 * outcome), outcome < half), (-log(4 - 4 * outcome), True)), outcome, tent)
tent_terms = terms(-2 * log(2), (-1, rising), (-1, falling))
rising_mean = mean(rising, outcome, tent)
yes("expectation", Claim(Entropy(tent), "=", tent_log), (), tent_terms)
yes("linearity", Claim(tent_log, "=", -2 * log(2) - rising_mean - mean(falling, outcome, tent)), (), tent_terms)
yes("moment", Claim(rising_mean, "=", -log(2) / 2 - Rational(1, 4)))
yes("moment", Claim(mean(Piecewise((1, outcome < half), (0, True)), outcome, tent), "=", half))
one_side = mean(-log(4 * outcome), outcome, tent)
no_expectation("the density of one piece", Entropy(tent), one_side, OTHER, terms(-2 * log(2), (-1, log(outcome))), at={})
no_expectation("a piece left out", Entropy(tent), tent_log, NOT_THIS, terms(-2 * log(2), (-1, rising)))
no_expectation("the statistic without its piece", Entropy(tent), tent_log, NOT_THIS, terms(-2 * log(2), (-1, log(outcome)), (-1, falling)))
no_moment("the mean on both pieces", mean(log(outcome), outcome, tent), -log(2) / 2 - Rational(1, 4), VALUE, at={})
no_moment("a part of a density without pieces", mean(Piecewise((outcome, outcome < 1), (0, True)), outcome, rate), 1 / t, NO_FACT)
no_moment("a part with a rest", mean(Piecewise((outcome, outcome < half), (1, True)), outcome, tent), half, NO_FACT)
no_moment("a part with two variables", mean(Piecewise((outcome, outcome < x), (0, True)), outcome, tent), half, NO_FACT)
no_moment("a mode outside", mean(outcome, outcome, Triangular("X", 0, 1, t)), half, NONE, [Gt(t, 1)])

# tilted

INTEGRAL, KERNEL, SHAPE = "the integral may not be finite", "the density is not this kernel", "the statistic is not this product"
GIVES, UNKNOWN_INTEGRAL = "the right side is not what the integral gives", "is not in the table"
gamma_law = Gamma("X", t, u)
gamma_mean = mean(outcome, outcome, gamma_law)
gamma_log = mean(log(outcome), outcome, gamma_law)


def kernel_of(offset, order, *rows, carrier=1):
    """The arguments of the rule."""
    return (Tuple(carrier, offset, order), *(Tuple(*row) for row in rows))


def gamma_rows(first, second, offset=0, order=1):
    """The kernel of Gamma(t, u); t and w in terms of log x and x."""
    return kernel_of(offset, order, (log(outcome), t - 1, *first), (outcome, -1 / u, *second))


of_mean, of_log = gamma_rows((0, 0), (1, 0)), gamma_rows((1, 0), (0, 0))
yes("tilted", Claim(gamma_mean, "=", t * u), (), of_mean)
yes("tilted", Claim(gamma_mean, "=", t * u), (), gamma_rows((0, 1), (0, 0), order=0))
gamma_log_step = yes("tilted", Claim(gamma_log, "=", digamma(t) + log(u)), (), of_log)
inverse_mean = mean(1 / outcome, outcome, gamma_law)
of_inverse = gamma_rows((0, -1), (0, 0), order=0)
yes("tilted", Claim(inverse_mean, "=", 1 / (u * (t - 1)), [Gt(t, 1)]), (), of_inverse)
square = mean((real - z) ** 2, real, Normal("X", y, t))
of_square = kernel_of(-z, 2, ((real - y) ** 2, -1 / (2 * t**2), 0, 0), (real, 0, 1, 0))
yes("tilted", Claim(square, "=", t**2 + (y - z) ** 2), (), of_square)
pareto_log = kernel_of(0, 0, (log(outcome), -t - 1, 0, 1))
yes("tilted", Claim(pareto_mean, "=", t / (t - 1), [Gt(t, 1)]), (), pareto_log)
poisson_rows = kernel_of(0, 1, (poisson_count, log(t), 1, 0), carrier=1 / factorial(poisson_count))
poisson_mean = mean(poisson_count, poisson_count, poisson)
yes("tilted", Claim(poisson_mean, "=", t), (), poisson_rows)


def no_tilt(name, left, right, message, arguments, hypotheses=(), at=None):
    """Enter a refused value of an expectation by an integral."""
    no(name, "tilted", Claim(left, "=", right, hypotheses), message, arguments=arguments, at=at)


no_tilt("the scale left out", gamma_mean, t, GIVES, of_mean, at={t: 1, u: 2})
no_tilt("a difference of 1e-30", gamma_mean, t * u + Rational(1, 10**30), GIVES, of_mean)
no_tilt("the sign of a derivative", gamma_log, -digamma(t) - log(u), GIVES, of_log, at={t: 2, u: 1})
no_tilt("the logarithm of the mean", gamma_log, log(t * u), GIVES, of_log, at={t: 2, u: 1})
no_tilt(
    "another shape in the kernel",
    gamma_log,
    digamma(t + 1) + log(u),
    KERNEL,
    kernel_of(0, 1, (log(outcome), t, 1, 0), (outcome, -1 / u, 0, 0)),
    at={t: 2, u: 1},
)
no_tilt(
    "another rate in the kernel",
    gamma_mean,
    t / u,
    KERNEL,
    kernel_of(0, 1, (log(outcome), t - 1, 0, 0), (outcome, -u, 1, 0)),
    at={t: 1, u: 2},
)
no_tilt("half of the kernel", gamma_mean, u, KERNEL, kernel_of(0, 1, (outcome, -1 / u, 1, 0)), at={t: 2, u: 1})
no_tilt("another statistic", mean(outcome**2, outcome, gamma_law), t * u, SHAPE, of_mean, at={t: 2, u: 1})
no_tilt("another power", gamma_mean, t * u**2, SHAPE, gamma_rows((0, 0), (1, 0), order=2), at={t: 1, u: 2})
no_tilt("an offset", gamma_mean, t * u + 1, SHAPE, gamma_rows((0, 0), (1, 0), offset=1), at={t: 1, u: 2})
no_tilt("an exponent with another sign", inverse_mean, t * u, SHAPE, gamma_rows((0, 1), (0, 0), order=0), at={t: 2, u: 1})
no_tilt("a mean that is oo for some", inverse_mean, 1 / (u * (t - 1)), INTEGRAL, of_inverse, at={t: half, u: 1})
no_tilt("a mean that is oo at a point", inverse_mean, 1 / (u * (t - 1)), INTEGRAL, of_inverse, [Ne(t, 1), Gt(t, half)])
no_tilt("a tail too heavy", pareto_mean, t / (t - 1), INTEGRAL, pareto_log)
no_tilt(
    "a coefficient with the outcome",
    gamma_mean,
    t * u,
    "a coefficient depends on the outcome",
    kernel_of(outcome, 1, *((log(outcome), t - 1, 0, 0), (outcome, -1 / u, 0, 0))),
)
no_tilt("a third derivative", mean(log(outcome) ** 3, outcome, gamma_law), 0, "first two derivatives", gamma_rows((1, 0), (0, 0), order=3))
no_tilt("half a derivative", gamma_mean, t * u, "first two derivatives", gamma_rows((0, 0), (1, 0), order=half))
no_tilt("a direction without a derivative", gamma_mean, t * u, "there is no direction", gamma_rows((1, 1), (0, 0), order=0))
no_tilt("an offset without a derivative", gamma_mean, t * u, "there is no direction", gamma_rows((0, 1), (0, 0), offset=1, order=0))
no_tilt("a statistic twice", gamma_mean, t * u, "occurs twice", kernel_of(0, 1, (outcome, -1 / u, 1, 0), (outcome, 0, 0, 0)))
no_tilt("no kernel", gamma_mean, t * u, "the arguments are not", ())
no_tilt("a row too short", gamma_mean, t * u, "the arguments are not", (Tuple(1, 0, 1), Tuple(outcome, -1 / u, 1)))
no_tilt("an unknown integral", gamma_mean, t * u, UNKNOWN_INTEGRAL, (*of_mean, Tuple(outcome**3, 0, 0, 0)))
no_tilt("a pmf without its weights", poisson_mean, t / (1 - t), KERNEL, kernel_of(0, 1, (poisson_count, log(t), 1, 0)), [Lt(t, 1)])
no_tilt("the variance for the square", square, t**2, GIVES, of_square)
no_tilt("a rate of any sign", mean(outcome, outcome, Exponential("X", x)), 1 / x, NONE, kernel_of(0, 1, (outcome, -x, 1, 0)), [Ne(x, 0)])
no_tilt(
    "a density with less mass", mean(outcome, outcome, density(2 * exp(-2 * z), 0, 1)), half, UNKNOWN, kernel_of(0, 1, (outcome, -2, 1, 0))
)
no("an inequality", "tilted", Claim(gamma_mean, "<=", t * u), "it gives the value of an expectation", arguments=of_mean)
no(
    "with a premise",
    "tilted",
    Claim(gamma_mean, "=", t * u),
    "it gives the value of an expectation",
    premises=(tangent,),
    arguments=of_mean,
)

# names under which densities and facts keep their variables; only data have them elsewhere

KEPT = "kept for the variables"
named, unknown = bound_symbol("x", positive=True), Symbol("theta")
same = Dummy("theta", dummy_index=1000, positive=True)
exponential, fixed = Exponential("X", named), Exponential("Y", 2)
no("a rate named as the outcome is", "gibbs", Claim(KLDivergence(exponential, fixed), ">=", 0), KEPT)
no("the logarithm of another density", "expectation", Claim(Entropy(exponential), "=", E), KEPT)
no(
    "an exponent named as the rate is",
    "moment",
    Claim(mean(outcome**same, outcome, Exponential("X", unknown)), "=", gamma(unknown + 1) / unknown**unknown, [Gt(unknown, 0)]),
    KEPT,
    at={same: 1, unknown: 3},
)

# infinite

SAYS, DIVERGES, SIGN = "it says that a noun is oo", "no statistic is shown to have an infinite mean", "may not be positive"
NOT_OUTSIDE = "P is not seen to lie outside the support of Q"
heavy = KLDivergence(Cauchy("X", 0, 1), normal(1))
heavy_terms = terms(log(2 / pi) / 2, (-1, log(1 + real**2)), (half, real**2))
yes("infinite", Claim(heavy, "=", oo), (), heavy_terms)
yes("infinite", Claim(KLDivergence(normal(t), Exponential("Y", u)), "=", oo))
yes("infinite", Claim(pareto, "=", oo, [Lt(t, 1)]), (), terms(0, (1, outcome)))
yes("infinite", Claim(nested, "=", oo, [Lt(t, 1)]))


def no_infinity(name, noun, message, arguments=(), hypotheses=(), at=None, relation="=", value=oo):
    """Enter a refused step that a noun is oo."""
    no(name, "infinite", Claim(noun, relation, value, hypotheses), message, arguments=arguments, at=at)


no_infinity("a finite divergence", KLDivergence(normal(t), normal(u)), NOT_OUTSIDE, at={t: 1, u: 2})
no_infinity("a support that is wide enough", KLDivergence(Exponential("X", t), normal(u)), NOT_OUTSIDE)
no_infinity("a support that may be wide enough", nested, NOT_OUTSIDE, at={t: 2})
no_infinity("a support that is wide enough somewhere", nested, NOT_OUTSIDE, (), [Lt(t, 2)], at={t: Rational(3, 2)})
for name, degenerate in (("an outcome alone", Geometric("X", y)), ("no trial that succeeds", Binomial("X", n + 1, y))):
    mass = KLDivergence(degenerate, Binomial("Y", n, half))
    no_infinity(f"{name} has all the probability", mass, "may have no probability", (), [Gt(y, 0), Le(y, 1)])
    yes("infinite", Claim(mass, "=", oo, [Gt(y, 0), Lt(y, 1)]))
no_infinity("an entropy", Entropy(normal(t)), "only a divergence", at={t: 1})
no_infinity("a cross-entropy", CrossEntropy(normal(t), Exponential("Y", u)), "only a divergence")
no_infinity("finite means", divergence, DIVERGES, ratio_terms, at={t: 1, u: 2})
no_infinity("a tail that may be light", pareto, FINITE, terms(0, (1, outcome)), at={t: 2})
no_infinity("a tail that is light somewhere", pareto, FINITE, terms(0, (1, outcome)), [Lt(t, 2)], at={t: Rational(3, 2)})
no_infinity("another combination", heavy, NOT_THIS, terms(log(2 / pi) / 2, (-1, log(1 + real**2)), (1, real**2)))
no_infinity("a mean that does not exist", heavy, FINITE, (*heavy_terms, Tuple(1, real)))
no_infinity("the sign of what diverges", heavy, SIGN, (*heavy_terms, Tuple(-half, real**2)))
no_infinity(
    "a mean of oo taken away from itself",
    Entropy(Cauchy("X", 0, 1)),
    SIGN,
    terms(log(pi), (1, log(1 + real**2)), (1, real**2), (-1, real**2)),
    at={},
)
no_infinity("a coefficient that may be 0", CrossEntropy(Cauchy("X", 0, 1), normal(1)), SIGN, terms(log(2 * pi) / 2, (y**2 / 2, real**2)))
no_infinity("a rate of any sign", KLDivergence(normal(1), Exponential("Y", x)), NONE)
no_infinity("a density with mass 2", KLDivergence(normal(1), density(2 * exp(-z), 0, oo)), UNKNOWN)
no_infinity("minus oo", heavy, SAYS, heavy_terms, value=-oo)
no_infinity("an inequality", heavy, SAYS, heavy_terms, relation=">=")
no_infinity("twice a divergence", 2 * heavy, SAYS, heavy_terms)
no("with a premise", "infinite", Claim(heavy, "=", oo), SAYS, premises=(tangent,), arguments=heavy_terms)
no(
    "oo is no number",
    "combination",
    Claim(heavy - heavy + 1, "=", 0),
    "a premise may be infinite",
    premises=(Made("infinite", Claim(heavy, "=", oo), (), heavy_terms),),
    arguments=(1,),
    at={},
)
no_moment("a symmetric law without a third moment", mean(real**3, real, StudentT("X", Rational(5, 2))), 0, FINITE)
yes("moment", Claim(mean(real**3, real, StudentT("X", Rational(7, 2))), "=", 0))

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

# joint, joint_moment

NOT_THE_MEANS = "the right side is not the combination of expectations"
mu, tau = Symbol("mu", real=True), Symbol("tau", real=True)
vector = MultivariateNormal("X", [mu, 0], [[t, tau], [tau, u]])
other_vector = MultivariateNormal("Y", [0, 0], [[u, 0], [0, t]])
definite = (Gt(t * u - tau**2, 0),)
uncertain = Entropy(vector)
spread, far = in_expectations(uncertain), in_expectations(KLDivergence(vector, other_vector))
(square, _), *_ = spread.terms
vector_step = yes("joint", Claim(uncertain, "=", spread.combination, definite))
yes("joint_moment", Claim(square, "=", 2, definite), arguments=(uncertain,))
no("without a hypothesis about the matrix", "joint", Claim(uncertain, "=", spread.combination), NONE)
no("a singular matrix", "joint", Claim(uncertain, "=", spread.combination, [Eq(t * u - tau**2, 0)]), NONE)
no("the square once more", "joint", Claim(uncertain, "=", spread.combination + square, definite), NOT_THE_MEANS)
no("another constant", "joint", Claim(uncertain, "=", spread.combination + 1, definite), NOT_THE_MEANS)
no("the combination of a divergence", "joint", Claim(uncertain, "=", far.combination, definite), NOT_THE_MEANS)
no("a number of one coordinate", "joint", Claim(divergence, "=", 0), "no table has")
no("an inequality between vectors", "joint", Claim(uncertain, "<=", spread.combination, definite), "it says what a noun is the mean of")
no("3 for 2 coordinates", "joint_moment", Claim(square, "=", 3, definite), "the right side is not the expectation", arguments=(uncertain,))
no("the mean for another noun", "joint_moment", Claim(square, "=", 2), "not one that the noun", arguments=(Entropy(other_vector),))
no("the mean for no noun", "joint_moment", Claim(square, "=", 2, definite), "it gives the value of an expectation")
no("the mean for a singular matrix", "joint_moment", Claim(square, "=", 2), NONE, arguments=(uncertain,))
heavy = MultivariateT("X", [0, 0], [[t, 0], [0, u]], p)
heavy_cross = CrossEntropy(heavy, other_vector)
heavy_means = in_expectations(heavy_cross)
no("a covariance that may be infinite", "joint", Claim(heavy_cross, "=", heavy_means.combination, [Gt(p, 1)]), "may not be finite")
heavy_square, heavy_term = heavy_means.terms[0]
for given, message in (([Gt(p, 1)], "may not be finite"), ([], NONE)):
    own = Claim(heavy_square, "=", heavy_term.expectation, given)
    no(f"{message}: a square", "joint_moment", own, message, arguments=(heavy_cross,))


def no_square(name, left, right, message, arguments=(uncertain,), premises=(), relation="="):
    """Enter a refused mean under a vector."""
    no(name, "joint_moment", Claim(left, relation, right, definite), message, arguments=arguments, premises=premises)


no_square("an inequality between means of vectors", square, 2, "it gives the value", relation="<=")
no_square("a mean with a premise", square, 2, "it gives the value", premises=(vector_step,))
no_square("a mean under a number", average, 1 / t, "not one that the noun")
no_square("the noun for its mean", uncertain, 2, "it gives the value")
no_square("two nouns", square, 2, "it gives the value", arguments=(uncertain, uncertain))
no_square("the square about another mean", far.terms[0][0], 2, "not one that the noun")
no("a joint step with a premise", "joint", vector_step.claim, "it says what a noun is the mean of", premises=(vector_step,))
matrix = MatrixSymbol("S", n, n)
clash = Entropy(MultivariateNormal("X", MatrixSymbol("x", n, 1), matrix))
no("the name of the outcome as a parameter", "joint", Claim(clash, "=", n), "no table has")
sizes = KLDivergence(vector, MultivariateNormal("Y", [0, 0, 0], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]))
no("vectors of other sizes", "gibbs", Claim(sizes, ">=", 0), "may not be of the same size")
