"""Distribution arguments and the laws of SymPy's families: mass 1 on the stated support, comparisons of supports."""

import pytest
from sympy import (
    Abs,
    And,
    Contains,
    FiniteSet,
    Function,
    Indexed,
    IndexedBase,
    Integral,
    Interval,
    KroneckerDelta,
    Lambda,
    Le,
    MatrixSymbol,
    Max,
    N,
    Piecewise,
    Rational,
    S,
    Sum,
    Symbol,
    Union,
    exp,
    expand_log,
    false,
    log,
    oo,
    pi,
    stats,
    symbols,
    true,
)
from sympy.stats import crv_types, drv_types, frv_types

from symentropy import DomainError, Entropy, Finite, KLDivergence, NoClosedForm, cross_entropy, entropy, kl_divergence
from symentropy.distribution import as_distribution, resolve
from symentropy.evaluation.balls.field import EstimateField
from symentropy.evaluation.functions import compiled
from symentropy.law import Law

HALF, THIRD = Rational(1, 2), Rational(1, 3)
a, b, t = symbols("a b t", positive=True)
n, m = symbols("n m", integer=True, positive=True)
x, y = symbols("x y", real=True)
k = Symbol("k", integer=True)

#: Sample parameters of every one-dimensional family of densities.
CONTINUOUS = {
    "Arcsin": (0, 2), "Benini": (1, 2, 3), "Beta": (2, 3), "BetaNoncentral": None, "BetaPrime": (2, 3), "BoundedPareto": (2, 1, 3),
    "Cauchy": (1, 2), "Chi": (3,), "ChiNoncentral": (3, 2), "ChiSquared": (3,), "Dagum": (1, 2, 3), "Davis": (2, 3, 1), "Erlang": (3, 2),
    "ExGaussian": (1, 2, 1), "Exponential": (2,), "ExponentialPower": (0, 1, 3), "FDistribution": (3, 4), "FisherZ": (3, 4),
    "Frechet": (3, 2, -1), "Gamma": (3, 2), "GammaInverse": (3, 2), "GaussianInverse": (1, 2), "Gompertz": (1, 2), "Gumbel": (2, 1),
    "Kumaraswamy": (2, 3), "Laplace": (1, 2), "Levy": (1, 2), "LogCauchy": (1, 2), "LogLogistic": (2, 3), "LogNormal": (0, 1),
    "Logistic": (1, 2), "LogitNormal": (0, 1), "Lomax": (3, 2), "Maxwell": (2,), "Moyal": (1, 2), "Nakagami": (1, 2), "Normal": (1, 2),
    "Pareto": (1, 3), "PowerFunction": (3, 1, 2), "QuadraticU": (1, 3), "RaisedCosine": (1, 2), "Rayleigh": (2,), "Reciprocal": (1, 3),
    "ShiftedGompertz": (1, 2), "StudentT": (3,), "Trapezoidal": (0, 1, 2, 4), "Triangular": (0, 3, 1), "Uniform": (1, 3),
    "UniformSum": None, "VonMises": (1, 2), "Wald": (1, 2), "Weibull": (2, 3), "WignerSemicircle": (2,),
}  # fmt: skip

#: ... of every countable family.
COUNTABLE = {
    "FlorySchulz": (HALF,), "Geometric": (THIRD,), "Hermite": (1, 2), "Logarithmic": (HALF,), "NegativeBinomial": (3, HALF),
    "Poisson": (3,), "Skellam": (1, 2), "YuleSimon": (4,), "Zeta": (6,),
}  # fmt: skip

#: ... of every finite family.
FINITE = {
    "Bernoulli": (THIRD,), "BetaBinomial": (4, 2, 3), "Binomial": (4, THIRD), "Coin": (THIRD,),
    "Die": (6,), "DiscreteUniform": ([1, 2, 5],),
    "FiniteRV": ({1: HALF, 7: HALF},), "Hypergeometric": (10, 5, 7), "IdealSoliton": (5,), "Rademacher": (), "RobustSoliton": None,
}  # fmt: skip

NOT_FAMILIES = {
    "ContinuousRV",
    "ContinuousDistributionHandmade",
    "DiscreteRV",
    "DiscreteDistributionHandmade",
    "FiniteDistributionHandmade",
}


def value_or_zero(density, context, known):
    try:
        return density(context, known)
    except OverflowError:  # far in a tail such as exp(-exp(x))
        return context.zero


def test_every_family_is_in_a_table():
    assert set(crv_types.__all__) - NOT_FAMILIES == set(CONTINUOUS)
    assert set(drv_types.__all__) - NOT_FAMILIES == set(COUNTABLE)
    assert set(frv_types.__all__) - NOT_FAMILIES == set(FINITE)


@pytest.mark.parametrize("family", [name for name, parameters in CONTINUOUS.items() if parameters is not None])
def test_a_density_has_mass_one_between_its_limits(family):
    law = resolve(as_distribution(getattr(stats, family)("X", *CONTINUOUS[family])))
    assert not law.is_discrete
    assert law.fills_limits
    context = EstimateField(53)
    (variable, *ends), density = law.limits[0], compiled(law.density)
    low, high = (compiled(end)(context, {}) for end in ends)
    inner = [point for point in map(context.mpf, ("-9", "-1", "0", "1", "2", "3", "9", "99")) if low < point < high]
    mass = context.quad(lambda value: context.re(value_or_zero(density, context, {variable: value})), [low, *inner, high])
    assert abs(mass - 1) < (0.05 if family == "LogCauchy" else 1e-6)  # a tail of 1/log x


@pytest.mark.parametrize("family", COUNTABLE)
def test_a_countable_family_has_mass_one(family):
    law = resolve(as_distribution(getattr(stats, family)("X", *COUNTABLE[family])))
    assert law.is_discrete
    context = EstimateField(53)
    variable, low, high = law.limits[0]
    assert high == oo
    density = compiled(law.density)
    start = -60 if low == -oo else int(low)
    mass = sum(density(context, {variable: context.mpf(value)}) for value in range(start, 130))
    assert abs(mass - 1) < 1e-6


@pytest.mark.parametrize("family", [name for name, parameters in FINITE.items() if parameters is not None])
def test_a_finite_family_is_explicit(family):
    P = resolve(as_distribution(getattr(stats, family)("X", *FINITE[family])))
    assert isinstance(P, Finite)
    assert sum(P.probabilities) == 1
    assert entropy(getattr(stats, family)("X", *FINITE[family])) == entropy(P)


@pytest.mark.parametrize(
    ("variable", "low", "high", "total"),
    [
        (stats.Binomial("X", n, a), 0, n, 5),
        (stats.Die("X", n), 1, n, 5),
        (stats.BetaBinomial("X", n, a, b), 0, n, 5),
        (stats.IdealSoliton("X", n), 1, n, 5),
        (stats.Hypergeometric("X", 2 * n, n, m), None, None, 5),
    ],
)
def test_finite_families_of_symbolic_size(variable, low, high, total):
    law = resolve(as_distribution(variable))
    _, *ends = law.limits[0]
    if low is not None:
        assert tuple(ends) == (low, high)
    known = {n: total, m: 3, a: HALF, b: 2}
    summed = Sum(law.density, law.limits[0]).subs(known).doit()
    assert abs(summed.n(20) - 1) < 1e-15
    value = entropy(variable)
    assert value.has(Sum) or value == log(n)
    explicit = entropy(type(variable.pspace.distribution)(*variable.pspace.distribution.args).subs(known))
    assert abs((value.subs(known).doit() - explicit).n(20)) < 1e-15


MULTIVARIATE = {
    "Dirichlet": lambda: stats.Dirichlet("X", 1, 2, 3),
    "normal": lambda: stats.MultivariateNormal("X", [0, 0], [[2, 1], [1, 2]]),
    "normal-gamma": lambda: stats.NormalGamma("X", 0, 1, 2, 3),
    "Wishart": lambda: stats.Wishart("X", 4, [[2]]),
}


@pytest.mark.parametrize("name", MULTIVARIATE)
def test_a_density_in_several_variables_has_mass_one(name):
    law = resolve(as_distribution(MULTIVARIATE[name]()))
    context = EstimateField(53)
    density = compiled(law.density)

    def mass(limits, known):
        if not limits:
            return value_or_zero(density, context, known)
        (variable, low, high), rest = limits[-1], limits[:-1]
        ends = [compiled(end)(context, known) for end in (low, high)]
        return context.quad(lambda value: mass(rest, {**known, variable: value}), ends, maxdegree=5)

    assert abs(mass(law.limits, {}) - 1) < 1e-4
    assert isinstance(Entropy(MULTIVARIATE[name]()).rewrite(Integral), Integral)


def test_matrix_families():
    law = resolve(as_distribution(stats.Wishart("X", 4, [[1, 0], [0, 1]])))
    assert len(law.limits) == 3  # the upper triangle
    assert isinstance(law.density, Piecewise)
    assert not law.fills_limits
    assert len(resolve(as_distribution(stats.MatrixNormal("X", [[0, 0]], [[1]], [[1, 0], [0, 1]]))).limits) == 2
    with pytest.raises(NoClosedForm, match="symbolic size"):
        Entropy(stats.Wishart("X", n, MatrixSymbol("V", m, m))).rewrite(Integral)


def test_large_families_are_not_written_out():
    assert entropy(stats.Die("D", 10**6)) == 6 * log(10)
    assert isinstance(entropy(stats.Binomial("B", 10**5, HALF)), Sum)
    assert kl_divergence(stats.Die("D", 10**6), stats.Die("E", 10**6 - 1)) == oo


def test_multinomials():
    explicit = resolve(as_distribution(stats.Multinomial("X", 3, HALF, HALF)))
    assert explicit.outcomes == ((0, 3), (1, 2), (2, 1), (3, 0))
    assert entropy(stats.Multinomial("X", 2, HALF, HALF)) == 3 * log(2) / 2
    law = resolve(as_distribution(stats.Multinomial("X", n, a, 1 - a)))
    summed = Sum(law.density, *law.limits).subs(n, 4).doit()
    assert summed.expand() == 1


def test_densities_of_the_users_own():
    triangle = stats.ContinuousRV(x, Piecewise((2 * x, (x >= 0) & (x <= 1)), (0, True)))
    law = resolve(as_distribution(triangle))
    assert law.limits[0][1:] == (0, 1)
    assert KLDivergence(triangle, stats.Uniform("U", 0, 2)).rewrite(Integral).has(Integral)
    assert kl_divergence(triangle, stats.Uniform("U", 0, 2)) == 2 * log(2) - HALF  # the integral of 2 x log(4 x)
    assert kl_divergence(stats.Uniform("U", 0, 2), triangle) == oo
    own = stats.ContinuousRV(x, 2 * exp(-2 * x), set=Interval(0, oo))
    assert entropy(own) == entropy(stats.Exponential("X", 2))
    coin = stats.DiscreteRV(k, Piecewise((HALF, (k >= 0) & (k <= 1)), (0, True)), set=S.Integers)
    assert entropy(coin) == log(2)
    with pytest.raises(NoClosedForm, match="not an interval"):
        entropy(stats.ContinuousRV(x, HALF, set=Union(Interval(0, 1), Interval(2, 3))))


def test_the_branches_of_a_piecewise_are_tried_in_order():
    late = stats.ContinuousRV(x, Piecewise((0, x < 0), (2 * exp(-2 * x), True)), set=S.Reals)
    assert entropy(late) == entropy(stats.Exponential("X", 2))
    assert kl_divergence(late, stats.Exponential("Y", 2)) == 0
    steps = stats.ContinuousRV(x, Piecewise((x, x < 1), (HALF, x < 2), (0, True)), set=Interval(0, 3))
    value = KLDivergence(steps, stats.Uniform("U", 0, 2)).rewrite(Integral)
    assert value.limits[0][1:] == (0, 2)
    assert kl_divergence(steps, stats.Uniform("U", 0, 2)) == log(2) / 2 - Rational(1, 4)  # x log(2 x) to 1, then log(1)/2
    assert KLDivergence(stats.Uniform("U", 0, 2), steps).rewrite(Integral).has(Integral)
    assert kl_divergence(stats.Uniform("U", 0, 2), steps) == HALF - log(2) / 2
    assert kl_divergence(stats.Uniform("U", 0, 3), steps) == oo
    gap = stats.ContinuousRV(x, Piecewise((1, x < 1), (0, x < 2), (1, True)), set=Interval(0, 3))
    with pytest.raises(NoClosedForm, match="cannot be decided"):
        kl_divergence(gap, stats.Uniform("U", 0, 2))


def test_breakpoints_of_unknown_order_are_not_assumed_to_be_ordered():
    c, d = symbols("c d", positive=True)
    two = stats.ContinuousRV(x, Piecewise((a, x < c), (b, x < d), (0, True)), set=Interval(0, oo))
    assert resolve(as_distribution(two)).limits[0][1:] == (0, oo)
    with pytest.raises(NoClosedForm, match="cannot be decided"):
        kl_divergence(two, stats.Uniform("U", 0, 1))
    ordered = stats.ContinuousRV(x, Piecewise((a, x < c), (b, x < c + d), (0, True)), set=Interval(0, oo))
    assert resolve(as_distribution(ordered)).limits[0][1:] == (0, c + d)


def test_step_functions_hide_zeros():
    tent = stats.ContinuousRV(x, Max(0, 1 - Abs(x)), set=S.Reals)
    with pytest.raises(NoClosedForm, match="cannot be decided"):
        kl_divergence(tent, stats.Uniform("U", -1, 1))
    with pytest.raises(NoClosedForm, match="cannot be decided"):
        kl_divergence(stats.Uniform("U", -2, 2), tent)
    value = entropy(tent)
    assert value.function.subs(value.variables[0], 5) == 0


def test_a_divergence_from_a_piecewise_density_has_no_undefined_branch():
    value = kl_divergence(stats.Uniform("U", -1, 1), stats.Triangular("T", -1, 1, 0))
    assert not value.has(S.ComplexInfinity, S.NaN)
    found = Rational(str(N(KLDivergence(stats.Uniform("U", -1, 1), stats.Triangular("T", -1, 1, 0)), 12)))
    assert abs(found - N(1 - log(2), 20)) < 1e-10


def test_a_q_that_vanishes_costs_infinity():
    assert kl_divergence(stats.Binomial("B", n, a), stats.Binomial("C", n, 0)).subs({n: 2, a: HALF}).doit() == oo
    assert N(KLDivergence(stats.Geometric("G", HALF), stats.Geometric("H", 1))) == oo
    P = Finite.uniform(n)
    point = Finite(Lambda(k, KroneckerDelta(k, 1)), n)
    assert kl_divergence(P, point).subs(n, 3).doit() == oo
    ramp = Finite(Lambda(k, 2 * (k - 1) / (n * (n - 1))), n)
    assert kl_divergence(P, ramp).subs(n, 3).doit() == oo
    assert expand_log(entropy(ramp).subs(n, 3).doit() - entropy([0, THIRD, 2 * THIRD]), factor=True).expand() == 0
    assert ramp.hypotheses[0].func is Le  # the first probability is 0


def test_bound_variables_never_capture_a_parameter():
    xp = Symbol("x", positive=True)
    value = KLDivergence(stats.Normal("X", 0, 1), stats.Normal("Y", x, 1)).rewrite(Integral)
    assert value.variables[0].name == "y"
    assert x in value.free_symbols
    assert kl_divergence(stats.Exponential("X", 1), stats.Exponential("Y", xp)).free_symbols == {xp}
    kp = Symbol("k", integer=True, positive=True)
    assert KLDivergence(stats.Poisson("X", 2), stats.Poisson("Y", kp)).rewrite(Sum).variables[0].name != "k"
    i, j = symbols("i j", integer=True)
    q_ij = IndexedBase("q", positive=True)
    value = kl_divergence(Finite.symbols("p", n), Finite(Lambda(j, q_ij[i, j]), n))
    assert q_ij[i, value.variables[0]] in value.atoms(type(q_ij[i, j]))
    assert value.variables[0] != i
    assert kl_divergence(stats.Uniform("X", 0, 1), stats.Uniform("Y", 0, xp)) == Piecewise((log(xp), xp >= 1), (oo, True))


def test_substitution_does_not_reach_bound_variables():
    i = Symbol("i", integer=True)
    own = stats.ContinuousRV(x, a * exp(-a * x), set=Interval(0, oo))
    assert (x * Entropy(own)).subs(x, 3) == 3 * Entropy(own)
    assert (x * Entropy(own)).xreplace({x: S(3)}) == 3 * Entropy(own)
    assert (i * Entropy(Finite.symbols("p", n))).subs(i, 3) == 3 * Entropy(Finite.symbols("p", n))
    assert Entropy(own).subs(a, x).rewrite(Integral).variables[0] != x
    powers = Finite(Lambda(k, a**k), n).subs(a, k)
    assert powers.probabilities(2) == k**2
    assert Entropy(Finite.symbols("p", n)).subs(n, i).free_symbols >= {i}
    assert entropy(Finite.symbols("p", i)).variables[0] != i


def test_what_is_no_distribution():
    for variable in (stats.Uniform("X", 0, oo), stats.Uniform("X", -oo, oo)):
        with pytest.raises(DomainError, match="no distribution"):
            entropy(variable)
    with pytest.raises(DomainError, match="random parameter"):
        entropy(stats.Normal("X", stats.Normal("M", 0, 1), 1))
    with pytest.raises(DomainError, match="has one index|has 2"):
        Finite(Lambda((x, y), 1 / n), n)
    assert entropy(stats.GeneralizedMultivariateLogGamma("G", HALF, 1, [1, 1], [1, 1])).has(Integral)


def test_a_binomial_with_outcomes_of_its_own():
    assert kl_divergence(stats.Binomial("B", 2, a, 3, 1), stats.Binomial("C", 2, HALF)) == oo
    with pytest.raises(NoClosedForm):
        kl_divergence(stats.Binomial("B", n, a, 3, 1), stats.Binomial("C", n, HALF))


def test_wisharts_have_the_same_support():
    identity = [[1, 0], [0, 1]]
    assert KLDivergence(stats.Wishart("X", 3, identity), stats.Wishart("Y", 4, identity)).rewrite(Integral).has(Integral)


@pytest.mark.parametrize(
    ("P", "Q", "expected"),
    [
        (stats.Normal("X", 0, 1), stats.Exponential("Y", 1), oo),
        (stats.Exponential("X", 1), stats.Beta("Y", 2, 3), oo),
        (stats.Uniform("X", 0, 2), stats.Uniform("Y", 0, 1), oo),
        (stats.Uniform("X", 0, 1), stats.Uniform("Y", 0, 2), log(2)),
        (stats.Uniform("X", 0, 1), stats.Kumaraswamy("Y", 1, 1), 0),
        (stats.Exponential("X", 1), stats.Kumaraswamy("Y", 2, 2), oo),
        (stats.Pareto("X", 1, 2), stats.Pareto("Y", 2, 2), oo),
        (stats.Exponential("X", 1), stats.Frechet("Y", 1, 1, 1), oo),
        (stats.Poisson("X", 1), stats.Geometric("Y", HALF), oo),
        (stats.Poisson("X", 1), stats.Binomial("Y", 3, HALF), oo),
        (stats.Poisson("X", 1), Finite([HALF, HALF]), oo),
        (stats.Binomial("X", 3, HALF), stats.Binomial("Y", 2, HALF), oo),
        (stats.Die("X", 6), stats.Poisson("Y", 1), None),
        (stats.Die("X", 6), stats.Geometric("Y", HALF), None),
        (stats.Normal("X", 0, 1), stats.Poisson("Y", 2), oo),
        (stats.Poisson("X", 2), stats.Normal("Y", 0, 1), oo),
        (stats.Die("X", 6), stats.Normal("Y", 0, 1), oo),
        (stats.Normal("X", 0, 1), [HALF, HALF], oo),
        ({"heads": 1}, stats.Poisson("Y", 1), oo),
        (stats.Dirichlet("X", 1, 2, 3), stats.MultivariateNormal("Y", [0, 0], [[1, 0], [0, 1]]), None),
        (stats.MultivariateNormal("X", [0, 0], [[1, 0], [0, 1]]), stats.NormalGamma("Y", 0, 1, 1, 1), oo),
    ],
)
def test_support_comes_first(P, Q, expected):
    value = kl_divergence(P, Q)
    if expected is None:
        assert value != oo
        assert cross_entropy(P, Q) != oo
    else:
        assert value == expected
        assert (cross_entropy(P, Q) == oo) == (expected == oo)


def test_symbolic_supports_become_conditions():
    value = kl_divergence(stats.Uniform("X", 0, a), stats.Uniform("Y", 0, b))
    assert value == Piecewise((log(b / a), a <= b), (oo, True))
    value = kl_divergence(stats.Binomial("X", n, HALF), stats.Binomial("Y", m, THIRD))
    assert value.args[0][1] in (n <= m, m >= n)
    assert value.subs({n: 3, m: 2}) == oo
    value = kl_divergence(stats.Die("X", 3), stats.Binomial("Y", n, HALF))
    assert value.subs(n, 2) == oo
    assert value.subs(n, 3) == kl_divergence(stats.Die("X", 3), stats.Binomial("Y", 3, HALF))


def test_inside():
    unit = Law(S.One, ((x, S.Zero, S.One),), is_discrete=False)
    wide = Law(S.One, ((x, S.NegativeOne, S(2)),), is_discrete=False)
    gaps = Law(S.One, ((x, S.NegativeOne, S(2)),), is_discrete=False, fills_limits=False)
    assert unit.inside(wide) == true
    assert wide.inside(unit) == false
    assert unit.inside(gaps) is None
    assert gaps.inside(unit) is None
    assert gaps.inside(Law(S.One, ((x, -oo, oo),), is_discrete=False)) == true
    param = Law(S.One, ((x, a, b),), is_discrete=False)
    assert param.inside(unit) == And(b <= 1)


def test_bound_variables_do_not_clash_with_parameters():
    X = stats.Normal("X", Symbol("x", real=True), Symbol("y", positive=True))
    variable = Entropy(X).rewrite(Integral).variables[0]
    assert variable not in (Symbol("x", real=True), Symbol("y", positive=True))
    assert variable.name == "z"


def test_degenerate_parameters():
    assert entropy(stats.Geometric("X", 1)) == 0
    assert entropy(stats.Bernoulli("X", 1)) == 0
    assert entropy(stats.Binomial("X", 2, 1)) == 0


def test_what_is_not_a_distribution():
    for argument in (3, "x", None, object(), {1, 2}, Symbol("x"), Function("f")(x), FiniteSet(1, 2), Contains(x, S.Reals)):
        with pytest.raises(DomainError, match="which is not a distribution"):
            as_distribution(argument)


def test_joint_densities_of_the_users_own():
    first, second = Indexed("x", 1), Indexed("x", 2)
    own = stats.JointRV("x", exp(-(first**2) / 2 - second**2 / 2) / (2 * pi))
    value = Entropy(own).rewrite(Integral)
    assert value.limits[0][1:] == value.limits[1][1:] == (-oo, oo)
    assert kl_divergence(own, stats.MultivariateNormal("Y", [0, 0], [[1, 0], [0, 1]])) == 0


def test_what_cannot_be_written():
    with pytest.raises(NoClosedForm, match="SymPy gives no density for MultivariateNormal"):
        Entropy(stats.MultivariateNormal("X", MatrixSymbol("mu", n, 1), MatrixSymbol("S", n, n))).rewrite(Integral)
    with pytest.raises(NoClosedForm, match="different|compare|size"):
        kl_divergence(stats.Binomial("X", n, HALF), Finite(["1/2", "1/2"]))
    with pytest.raises(DomainError, match="coordinates"):
        kl_divergence(stats.Normal("X", 0, 1), stats.MultivariateNormal("Y", [0, 0], [[1, 0], [0, 1]]))
