"""Closed forms at the edges: supports, tails, boundaries, equal parameters, densities of one's own, and the shape of answers."""

import re

import pytest
from sympy import (
    Abs,
    Derivative,
    EulerGamma,
    Function,
    Integral,
    Interval,
    Ne,
    Piecewise,
    Rational,
    S,
    Sum,
    Symbol,
    cos,
    digamma,
    exp,
    factorial,
    gamma,
    hyper,
    log,
    loggamma,
    oo,
    pi,
    sqrt,
    symbols,
)
from sympy import stats as st

from symentropy import DomainError, NoClosedForm, cross_entropy, entropy, kl_divergence
from symentropy.closed_form import closed_form, derived
from symentropy.distribution import as_distribution

x = Symbol("x", real=True)
a, b, c, d, p, q, s, t = symbols("a b c d p q s t", positive=True)
m, n = symbols("m n", real=True)
HALF = Rational(1, 2)


def own(density, low=0, high=oo):
    return st.ContinuousRV(x, density, set=Interval(low, high))


def bernoulli(chance):
    """The continuous Bernoulli law."""
    return own(log((1 - chance) / chance) / (1 - 2 * chance) * chance**x * (1 - chance) ** (1 - x), 0, 1)


# Supports and tails

INFINITE = [
    (st.Normal("X", m, a), st.Exponential("Y", b)),
    (st.Exponential("X", a), st.Beta("Y", b, c)),
    (st.Cauchy("X", m, a), st.Normal("Y", n, b)),
    (st.Cauchy("X", m, a), st.Laplace("Y", n, b)),
    (st.Cauchy("X", m, a), st.Gumbel("Y", b, n)),
    (st.Levy("X", 0, a), st.Gamma("Y", b, c)),
    (st.LogNormal("X", m, a), st.Gompertz("Y", b, c)),
    (st.Exponential("X", a), st.GammaInverse("Y", b, c)),
    (st.Exponential("X", a), st.GaussianInverse("Y", b, c)),
    (st.LogCauchy("X", m, a), st.LogNormal("Y", n, b)),
    (st.Lomax("X", a, b), st.Gompertz("Y", c, d)),
    (st.StudentT("X", a), st.Gumbel("Y", b, n)),
    (st.Poisson("X", a), st.Geometric("Y", HALF)),
    (st.Pareto("X", a, HALF), st.Exponential("Y", b)),
    (st.StudentT("X", Rational(3, 2)), st.Normal("Y", n, b)),
    (st.Frechet("X", HALF, 1, 0), st.Exponential("Y", 1)),
]


@pytest.mark.parametrize(("X", "Y"), INFINITE)
def test_infinite(X, Y):
    assert kl_divergence(X, Y) == oo
    assert cross_entropy(X, Y) == oo


CONDITIONS = [
    (st.Pareto("X", a, b), st.Exponential("Y", c), b > 1),
    (st.Pareto("X", a, b), st.Normal("Y", m, c), b > 2),
    (st.Lomax("X", a, b), st.Gamma("Y", c, d), a > 1),
    (st.GammaInverse("X", a, b), st.Exponential("Y", c), a > 1),
    (st.Gamma("X", a, b), st.GammaInverse("Y", c, d), a > 1),
    (st.Frechet("X", a, b, 0), st.Exponential("Y", c), a > 1),
    (st.StudentT("X", a), st.Normal("Y", m, b), a > 2),
    (st.Logistic("X", m, s), st.Gumbel("Y", t, n), t > s),
    (st.Laplace("X", m, s), st.Gumbel("Y", t, n), t > s),
    (st.BetaPrime("X", a, b), st.Exponential("Y", c), b > 1),
]


@pytest.mark.parametrize(("X", "Y", "condition"), CONDITIONS)
def test_a_tail_sets_a_condition(X, Y, condition):
    value = kl_divergence(X, Y)
    assert isinstance(value, Piecewise)
    (_, found), (otherwise, _) = value.args
    assert otherwise == oo
    assert found == condition or found.reversed == condition
    assert not value.args[0].expr.has(oo, S.NaN, S.ComplexInfinity)


def test_a_nested_support_is_a_condition():
    value = kl_divergence(st.Uniform("X", m, m + a), st.Uniform("Y", n, n + b))
    assert value.subs({m: 0, a: 1, n: -1, b: 3}) == log(3)
    assert value.subs({m: 0, a: 5, n: -1, b: 3}) == oo


# Boundaries and equal parameters


def test_bernoulli_at_the_boundary():
    H = cross_entropy(st.Bernoulli("X", p), st.Bernoulli("Y", q))
    assert H.subs({p: HALF, q: 1}) == oo
    assert H.subs({p: 1, q: 1}) == 0
    assert H.subs({p: HALF, q: HALF}) == log(2)
    D = kl_divergence(st.Bernoulli("X", m), st.Bernoulli("Y", n))
    assert [D.subs({m: HALF, n: edge}) for edge in (0, 1)] == [oo, oo]
    assert D.subs({m: 1, n: 1}) == 0
    assert D.subs({m: HALF, n: HALF}) == 0


def test_a_bernoulli_chance_that_is_inside_needs_no_case():
    assert not kl_divergence(st.Bernoulli("X", HALF), st.Bernoulli("Y", 1 / (1 + q))).has(Piecewise)


def test_geometric_at_the_boundary():
    assert kl_divergence(st.Geometric("X", p), st.Geometric("Y", q)).subs({p: HALF, q: 1}) == oo


def test_the_continuous_bernoulli_at_one_half():
    H = entropy(bernoulli(p))
    assert H.args[0].cond == Ne(p, HALF)
    assert H.subs(p, HALF) == 0
    assert abs(H.subs(p, HALF + Rational(1, 10**9)).n(30)) < Rational(1, 10**9)
    D = kl_divergence(bernoulli(p), bernoulli(q))
    third = Rational(1, 3)
    for first, second in ((HALF, third), (third, HALF)):
        near = D.subs({p: first + Rational(1, 10**9), q: second + Rational(1, 10**9)}).n(30)
        assert abs(D.subs({p: first, q: second}).n(30) - near) < Rational(1, 10**7)
    assert D.subs({p: HALF, q: HALF}) == 0


def test_equal_centres_of_logistic_laws():
    D = kl_divergence(st.Logistic("X", m, s), st.Logistic("Y", n, s))
    assert D.subs({m: 1, n: 1}) == 0
    assert abs(D.subs({m: 1, n: 1 + Rational(1, 10**6), s: 1}).n(30)) < Rational(1, 10**10)


def test_equal_scales_of_log_logistic_laws():
    D = kl_divergence(st.LogLogistic("X", a, c), st.LogLogistic("Y", b, c))
    assert D.subs({a: 2, b: 2, c: 3}) == 0


def test_a_uniform_law_that_ends_at_zero():
    D = kl_divergence(st.Uniform("X", m, m + a), st.Beta("Y", b, c))
    assert D.subs({m: 0, a: 1, b: 2, c: 2}).n(20) == (log(Rational(1, 6)) + 2).n(20)


@pytest.mark.parametrize("shape", [(1, 1), (1, 2), (2, 1), (HALF, HALF), (3, 3)])
def test_numbers_for_the_shapes_of_a_beta_law(shape):
    symbolic = entropy(st.Beta("X", a, b)).subs(dict(zip((a, b), shape, strict=True)))
    assert abs((symbolic - entropy(st.Beta("X", *shape))).n(30)) < Rational(1, 10**25)


@pytest.mark.parametrize("make", [st.Normal, st.Laplace, st.Cauchy, st.Gumbel, st.Gamma, st.Beta, st.Weibull, st.Pareto, st.LogNormal])
def test_equal_distributions(make):
    assert kl_divergence(make("X", a, b), make("Y", a, b)) == 0
    D = kl_divergence(make("X", a, b), make("Y", c, d)).subs({c: a, d: b})
    assert D.subs({a: 2, b: Rational(7, 2)}).n(20, chop=True) == 0


# Bare symbols


def test_bare_symbols_stand_for_parameters_in_range():
    mu, sigma, low, high = symbols("mu sigma low high")
    assert entropy(st.Normal("X", mu, sigma)) == log(sigma) + log(2 * pi) / 2 + HALF
    assert entropy(st.Uniform("X", low, high)) == log(high - low)
    assert kl_divergence(st.Exponential("X", mu), st.Exponential("Y", sigma)) == log(mu / sigma) - 1 + sigma / mu


# Densities of one's own


def test_a_kernel_without_a_name():
    density = 3 * 2 ** Rational(8, 3) / gamma(Rational(8, 3)) * x**7 * exp(-2 * x**3)
    value = entropy(own(density))
    assert not value.has(Integral, hyper)
    assert abs(value.n(15) - Rational("0.14437")) < 1  # the digits are compared in the table of entropies


@pytest.mark.parametrize(
    ("X", "mass"),
    [
        (own(5 * exp(-x)), "mass 5,"),
        (own(a * exp(-b * x)), "mass a/b,"),
        (own(exp(-(x**2)), -oo), "mass sqrt(pi),"),
        (own(x * (1 - x), 0, 1), "the density x*(1 - x) has mass 1/6,"),
        (own(exp(-Abs(x)), -oo), "mass 2,"),
        (st.DiscreteRV(Symbol("k", integer=True), HALF ** Symbol("k", integer=True), set=S.Naturals0), "mass 2,"),
    ],
)
def test_a_mass_other_than_one(X, mass):
    with pytest.raises(DomainError, match=re.escape(mass)):
        entropy(X)
    with pytest.raises(DomainError, match=re.escape(mass)):
        derived(as_distribution(X), as_distribution(X), is_cross=True)


def test_a_density_is_what_counts_and_not_its_name():
    assert entropy(own(a * exp(-a * x))) == entropy(st.Exponential("X", a))
    assert entropy(own(2 * x * exp(-(x**2)))) == entropy(st.Weibull("X", 1, 2))
    assert kl_divergence(own(2 * exp(-2 * x)), st.Exponential("Y", a)) == kl_divergence(st.Exponential("X", 2), st.Exponential("Y", a))
    assert entropy(own(exp(-x - exp(-x)), -oo)) == entropy(st.Gumbel("X", 1, 0))
    assert entropy(st.Uniform("X", 0, 3)) == entropy(own(Rational(1, 3) + 0 * x, 0, 3))


FALSE_FRIENDS = [
    own((exp(-x) + 2 * exp(-2 * x)) / 2),  # a mixture
    own(exp(-x) * (1 + cos(x)) / Rational(3, 2)),
    own((exp(-(x**2)) + 1) / (1 + sqrt(pi) / 2), 0, 1),
    own(exp(-x - 1 / x)),
    own(exp(-(x**4) - x**2), -oo),
    own(Function("f")(x), 0, 1),
]


@pytest.mark.parametrize("X", FALSE_FRIENDS)
def test_what_only_looks_like_a_kernel_has_no_closed_form(X):
    P = as_distribution(X)
    assert closed_form(P, P, is_cross=True) is None
    with pytest.raises(NoClosedForm):
        derived(P, P, is_cross=True)


@pytest.mark.parametrize(
    ("X", "Y"),
    [
        (st.Normal("X", m, a), st.Cauchy("Y", n, b)),
        (own(2 / (pi * a * (1 + x**2 / a**2))), st.Cauchy("Y", n, b)),  # half a Cauchy law has no rule for another centre
        (st.Normal("X", m, a), st.Logistic("Y", n, b)),
        (st.Lomax("X", a, b), st.Lomax("Y", c, d)),
        (st.Kumaraswamy("X", a, b), st.Beta("Y", c, d)),
        (st.StudentT("X", a), st.StudentT("Y", b)),
        (st.Gompertz("X", a, b), st.Gompertz("Y", c, d)),
    ],
)
def test_no_rule_leaves_the_integral(X, Y):
    assert kl_divergence(X, Y).has(Integral)
    with pytest.raises(NoClosedForm, match="no rule gives the mean"):
        derived(as_distribution(X), as_distribution(Y), is_cross=False)


# Shape

SHAPES = [
    (entropy(st.Exponential("X", a)), 1 - log(a)),
    (entropy(st.Gamma("X", a, b)), a + log(b) + loggamma(a) + (1 - a) * digamma(a)),
    (entropy(st.Laplace("X", m, b)), log(2 * b) + 1),
    (entropy(st.Cauchy("X", m, b)), log(4 * pi * b)),
    (entropy(st.Gumbel("X", b, m)), log(b) + EulerGamma + 1),
    (entropy(st.Logistic("X", m, b)), log(b) + 2),
    (entropy(st.Pareto("X", a, b)), log(a / b) + 1 + 1 / b),
    (entropy(st.WignerSemicircle("X", a)), log(pi * a) - HALF),
    (entropy(st.QuadraticU("X", m, m + a)), log(a / 3) + Rational(2, 3)),
    (entropy(st.Triangular("X", m, m + a, m + a / 2)), log(a / 2) + HALF),
    (kl_divergence(st.Normal("X", m, s), st.Normal("Y", n, t)), log(t / s) + (s**2 + (m - n) ** 2) / (2 * t**2) - HALF),
    (kl_divergence(st.Exponential("X", a), st.Exponential("Y", b)), log(a / b) + b / a - 1),
    (kl_divergence(st.Poisson("X", a), st.Poisson("Y", b)), a * log(a / b) + b - a),
    (
        kl_divergence(st.Cauchy("X", m, s), st.Cauchy("Y", n, t)),
        log(((m - n) ** 2 + (s + t) ** 2) / (4 * s * t)),
    ),
    (
        kl_divergence(st.Gamma("X", a, b), st.Gamma("Y", c, d)),
        (a - c) * digamma(a) - loggamma(a) + loggamma(c) + c * log(d / b) + a * b / d - a,
    ),
    (kl_divergence(st.Weibull("X", a, c), st.Weibull("Y", b, c)), c * log(b / a) + (a / b) ** c - 1),
]


@pytest.mark.parametrize(("value", "textbook"), SHAPES)
def test_an_answer_is_as_short_as_the_textbook(value, textbook):
    assert value.count_ops() <= textbook.count_ops() + 4
    numbers = {symbol: Rational(3 + 2 * place, 7) for place, symbol in enumerate(sorted(textbook.free_symbols, key=str))}
    assert abs((value - textbook).subs(numbers).n(30)) < Rational(1, 10**25)
    assert not value.has(hyper, Integral, Sum, Derivative)


def test_two_routes_to_one_answer():
    assert entropy(st.Erlang("X", a, 1 / b)) == entropy(st.Gamma("X", a, b))
    assert entropy(st.Chi("X", 3)) == entropy(st.Maxwell("X", 1))
    assert kl_divergence(st.LogNormal("X", m, s), st.LogNormal("Y", n, t)) == kl_divergence(st.Normal("X", m, s), st.Normal("Y", n, t))
    assert kl_divergence(st.BetaPrime("X", a, b), st.BetaPrime("Y", c, d)) == kl_divergence(st.Beta("X", a, b), st.Beta("Y", c, d))
    assert kl_divergence(st.GammaInverse("X", a, 1 / b), st.GammaInverse("Y", c, 1 / d)) == kl_divergence(
        st.Gamma("X", a, b), st.Gamma("Y", c, d)
    )


def test_poisson_has_an_elementary_part_and_one_series():
    k = Symbol("k", integer=True, nonnegative=True)
    value = entropy(st.Poisson("X", a))
    (series,) = value.atoms(Sum)
    assert series == Sum(a**k * log(factorial(k)) / factorial(k), (k, 0, oo))
    assert value == -a * log(a) + a + exp(-a) * series


def test_the_terms_add_up_to_the_value():
    found = derived(as_distribution(st.Gamma("X", a, b)), as_distribution(st.Weibull("Y", c, d)), is_cross=False)
    numbers = {a: Rational(3, 2), b: 2, c: Rational(5, 3), d: Rational(7, 5)}
    total = sum(term.coefficient * term.expectation for term in found.terms)
    assert abs((total - found.value).subs(numbers).n(30)) < Rational(1, 10**25)
    assert {term.statistic for term in found.terms} == {S.One, log(found.variable), found.variable, found.variable**d}
    assert all(term.source for term in found.terms if term.statistic != 1)


@pytest.mark.parametrize("name", ["x", "k", "u", "y", "r"])
def test_a_parameter_may_have_the_name_of_an_outcome(name):
    other, plain = symbols("a", positive=True), symbols(name)
    for family in (st.Exponential, st.Maxwell, st.Rayleigh, st.Geometric):
        assert entropy(family("X", plain)).xreplace({plain: other}) == entropy(family("X", other))
