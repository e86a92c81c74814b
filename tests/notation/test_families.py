"""Families by name: every one of SymPy's, the abbreviations, and what their parameters must be."""

import subprocess
import sys

import pytest
from sympy import Rational, Symbol, sqrt, stats
from sympy.stats import crv_types, drv_types, frv_types, joint_rv_types

from symentropy.notation import parse_expression
from symentropy.notation.families import family, is_family
from symentropy.quantities import CrossEntropy, Entropy, KLDivergence

p, k, lam, theta, sigma = (Symbol(name, positive=True) for name in ("p", "k", "lambda", "theta", "sigma"))
mu = Symbol("mu", real=True)
third = Rational(1, 3)

ROWS = [
    ("Normal(mu, sigma)", stats.Normal("X", mu, sigma)),
    (r"\mathrm{Normal}(\mu, \sigma)", stats.Normal("X", mu, sigma)),
    (r"\mathcal{N}(\mu, \sigma^2)", stats.Normal("X", mu, sigma)),
    (r"\mathcal N(0, 4)", stats.Normal("X", 0, 2)),
    (r"\mathcal{N}(0, 2)", stats.Normal("X", 0, sqrt(2))),
    (r"\mathcal{N}\left(\mu_1, \sigma_1^2\right)", stats.Normal("X", Symbol("mu_1", real=True), Symbol("sigma_1", positive=True))),
    (r"\mathcal{U}(0, 1)", stats.Uniform("X", 0, 1)),
    ("Uniform(0, 1)", stats.Uniform("X", 0, 1)),
    ("Gamma(k, theta)", stats.Gamma("X", k, theta)),
    (r"\Gamma(k, \theta)", stats.Gamma("X", k, theta)),
    ("Exponential(lambda)", stats.Exponential("X", lam)),
    (r"\mathrm{Exp}(\lambda)", stats.Exponential("X", lam)),
    ("Exp(2)", stats.Exponential("X", 2)),
    ("Poisson(10)", stats.Poisson("X", 10)),
    ("Bernoulli(p)", stats.Bernoulli("X", p)),
    (r"\text{Bern}(p)", stats.Bernoulli("X", p)),
    ("Geometric(p)", stats.Geometric("X", p)),
    ("Beta(2, 3)", stats.Beta("X", 2, 3)),
    ("Binomial(10, 1/3)", stats.Binomial("X", 10, third)),
    ("Die(6)", stats.Die("X", 6)),
    ("Die()", stats.Die("X", 6)),
    ("Coin(1/3)", stats.Coin("X", third)),
    ("Rademacher()", stats.Rademacher("X")),
    ("DiscreteUniform([1,2,3])", stats.DiscreteUniform("X", [1, 2, 3])),
    ("DiscreteUniform([1/2])", stats.DiscreteUniform("X", [Rational(1, 2)])),
    ("MultivariateNormal([0,0],[[1,0],[0,1]])", stats.MultivariateNormal("X", [0, 0], [[1, 0], [0, 1]])),
    ("MultivariateNormal([mu],[[2]])", stats.MultivariateNormal("X", [mu], [[2]])),
    ("Dirichlet(1, 2, 3)", stats.joint_rv_types.Dirichlet("X", 1, 2, 3)),
    ("Multinomial(3, 1/3, 2/3)", stats.Multinomial("X", 3, third, 2 * third)),
    ("Normal(2(1+1), |0-1|)", stats.Normal("X", 4, 1)),
    ("Normal[0, 1]", stats.Normal("X", 0, 1)),
]

REFUSED = [
    ("H(Normal(0))", "Normal takes (mean, std)", (2, 11)),
    ("H(Normal(0, 1, 2))", "Normal takes (mean, std)", (2, 17)),
    ("H(Poisson())", "Poisson takes (lamda)", (2, 11)),
    ("H(Die(1, 2))", "Die takes (sides=6)", (2, 11)),
    ("H(Dirichlet())", "Dirichlet takes (*alpha)", (2, 13)),
    (r"H(\mathcal{N}(0))", r"\mathcal{N} takes (mean, variance)", (2, 16)),
    ("H(Normal)", "Normal needs its parameters in brackets", (8, 9)),
    ("Normal(0, 1)", "the family Normal stands only inside a quantity: H(Normal(0, 1))", (0, 12)),
    ("1 + 2 Poisson(3)", "the family Poisson stands only inside a quantity", (6, 16)),
    ("H(2 + Poisson(3))", "this is a number, not a distribution", (2, 3)),
    ("H(Normal(Normal(0, 1), 1))", "stands only inside a quantity", (9, 21)),
    ("H([Normal(0, 1), 1])", "stands only inside a quantity", (3, 15)),
    ("Gamma(x)", "the function is gamma(x)", (0, 8)),
    ("H(ContinuousRV(x, 1))", "takes a density, not parameters", (2, 14)),
    ("H(FiniteRV(x))", "takes a density, not parameters", (2, 10)),
    ("H(Norml(0, 1))", "did you mean Normal?", (2, 7)),
    (r"H(\mathcal{N}(x + 1; 0, 1))", "a density at a point is a number", (2, 26)),
    (r"H(\mathcal{B}(1))", r"\mathcal{B} is not known", (2, 13)),
    ("H(Normal(P, 1))", "P is a distribution", (9, 10)),
]

DOMAIN = [
    ("H(Normal(0, -1))", "Normal(0, -1): Standard deviation must be positive"),
    (r"H(\mathcal{N}(0, -1))", "the variance, which must be positive"),
    (r"H(\mathcal{N}(0, 0))", "the variance, which must be positive"),
    ("H(Die(1/2))", "Die(1/2)"),
    ("H(Bernoulli(2))", "Bernoulli(2)"),
    ("H(Exponential([1, 2]))", "not parameters of this family"),
    ("H(MultivariateNormal(0, 1))", "MultivariateNormal(0, 1)"),
]


@pytest.mark.parametrize(("text", "variable"), ROWS)
def test_rows(text, variable):
    assert parse_expression(f"H({text})") == Entropy(variable)


def test_in_a_divergence_and_a_cross_entropy():
    one, two = (stats.Gamma("X", Symbol(f"k_{i}", positive=True), Symbol(f"theta_{i}", positive=True)) for i in (1, 2))
    assert parse_expression("D(Gamma(k1, theta1) || Gamma(k2, theta2))") == KLDivergence(one, two)
    assert parse_expression("H(Gamma(k1, theta1), Gamma(k2, theta2))") == CrossEntropy(one, two)


@pytest.mark.parametrize("module", [crv_types, drv_types, frv_types, joint_rv_types])
def test_every_family_of_sympy_has_a_row(module):
    for name in module.__all__:
        if not name.endswith("RV"):
            assert is_family(name)
            assert family(name).signature.startswith("(")


@pytest.mark.parametrize("name", ["MatrixNormal", "Wishart", "MatrixGamma", "MatrixStudentT"])
def test_matrix_families_have_rows(name):
    assert is_family(name)


@pytest.mark.parametrize("name", ["ContinuousRV", "normal", "E", "P", "Normal1", "", "N"])
def test_what_is_no_family(name):
    assert not is_family(name)


@pytest.mark.parametrize(("text", "message", "span"), REFUSED)
def test_refused(assert_refused, text, message, span):
    assert_refused(text, message, span)


@pytest.mark.parametrize(("text", "message"), DOMAIN)
def test_outside_the_domain(assert_undefined, text, message):
    assert_undefined(text, message)


def test_text_without_a_family_does_not_load_the_statistics_module():
    code = (
        "import sys; from symentropy.notation import parse_expression; parse_expression('p log x - D(P||Q)');"
        "sys.exit('sympy.stats' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
