r"""Integrals, densities at a point and expectations: what they are read as, with values by SymPy's own integration, and what is refused."""

import pytest
from sympy import Integral, Rational, Symbol, gamma, log, oo, pi, sqrt

from symentropy import ParseError, decide, parse, verify
from symentropy.proof.claim import Proof

x = Symbol("x", real=True)
NORMALS = ["P = Normal(mu_1, sigma)", "Q = Normal(mu_2, sigma)"]
NORMAL = ["X ~ Normal(mu, sigma)"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r"\int_0^1 x^2 \, dx", Rational(1, 3)),
        (r"\int_0^1 x^2 dx + 1", Rational(4, 3)),
        (r"\int_{0}^{1} (x + 1) \, \mathrm{d}x", Rational(3, 2)),
        (r"\int_0^1 x + 1 \, dx", Rational(3, 2)),
        (r"2 \int_0^1 dx \, x", 1),
        (r"\int_0^1 dx \, x + 1", Rational(3, 2)),
        (r"\int\limits_0^1 \theta^2 d\theta", Rational(1, 3)),
        (r"\int_0^\infty e^{-t} dt", 1),
        (r"\int_{-\infty}^{+\infty} e^{-x^2} dx", sqrt(pi)),
        (r"\int_{\mathbb{R}} e^{-x^2} dx", sqrt(pi)),
        ("int_0^oo x^2 e^(-x) dx", 2),
        ("int_(-1)^1 x^2 dx", Rational(2, 3)),
        ("∫_0^1 x dx", Rational(1, 2)),
        (r"\int_0^1 \int_0^1 x y^2 \, dx \, dy", Rational(1, 6)),
        (r"\int_0^1 \int_0^x t \, dt \, dx", Rational(1, 6)),
        (r"\int_0^\infty x^{1/2} e^{-x} dx", gamma(Rational(3, 2))),
        (r"\int_{-\infty}^\infty \mathcal{N}(x; 1, 4) (x - 1)^2 dx", 4),
        (r"\int_{\mathcal{X}} \mathcal{N}(x | 0, 9) x^2 dx", 9),
        (r"\int \mathrm{Exp}(x; 2) \, x \, dx", Rational(1, 2)),
        (r"\underbrace{\int_0^1 2 x dx}_{= 1} + 1", 2),
    ],
)
def test_values(text, value):
    found = parse(text)
    assert (found.doit() - value).expand().evalf(30, chop=True) == 0


@pytest.mark.parametrize(
    ("text", "given", "value"),
    [
        ("E[X^2]", ["X ~ Normal(1, 2)"], 5),
        (r"\mathbb{E}_X[X]", ["X ~ Exponential(2)"], Rational(1, 2)),
        (r"\operatorname{E}[X]", ["X ~ Poisson(3)"], 3),
        (r"\mathrm{E}(X)", ["X ~ Bernoulli(1/3)"], Rational(1, 3)),
        (r"E\{X^2\}", ["X ~ Die(6)"], Rational(91, 6)),
        (r"\mathrm{Var}(X)", ["X ~ Uniform(0, 1)"], Rational(1, 12)),
        (r"\mathbb{E}_{x \sim \mathcal{N}(1, 4)}[x^2]", [], 5),
        (r"\mathbb{E}_{x \sim p}[x]", ["P = Exponential(2)"], Rational(1, 2)),
        (r"\left\langle x^2 \right\rangle_{p(x)}", ["P = Normal(0, 3)"], 9),
        (r"\langle x \rangle_p", ["P = Gamma(2, 3)"], 6),
        (r"\langle X \rangle", ["X ~ Gamma(2, 3)"], 6),
        (r"\sum_{x \in \{0, 1\}} x p(x)", ["P = Bernoulli(1/3)"], Rational(1, 3)),
        (r"\sum_{x=0}^{\infty} x p(x)", ["P = Poisson(3)"], 3),
    ],
)
def test_means(text, given, value):
    assert (parse(text, given).doit() - value).expand().simplify() == 0


@pytest.mark.parametrize(
    ("text", "given", "message"),
    [
        (r"\int_0^1 x", (), "the differential of this integral is missing"),
        (r"\int_0 x dx", (), "two limits, or none"),
        (r"\int x^2 dx", (), "over what this integral runs"),
        (r"\int_1^0 x dx", (), "the lower limit of an integral comes first"),
        (r"\int_0^1 p(x) \log p(x) dx", (), "p(x) is not declared"),
        (r"\int p(x) \log \mathcal{N}(x; 0, 1) dx", (), "p(x) is not declared"),
        (r"\int x p(x) dx", (), "the outcome itself is no number here"),
        (r"\int p(x) dx + \sum_s p_s", (), "stands in no sum"),
        (r"\int p(x) \int q(y) dy dx", (), "inside each other are not read"),
        (r"\int p(x) \log n dx", (), "n stands for the number of states"),
        (r"\int p(x) \log p(x) dx", ["P = uniform"], "p is a pmf"),
        (r"\int_{-\infty}^\infty p(x) \log p(x) dx", ["P = Exponential(2)"], "this goes beyond"),
        (r"\int p(x) \log q(x) dx", ["P = Normal(0, 1)", "Q = Exponential(1)"], "on different sets"),
        (r"\mathrm{Exp}(t; 2)", (), "it is not seen that the point lies there"),
        (r"\mathrm{Gam}(x; 2, 3)", (), "a rate for some and a scale for others"),
        ("E[X Y]", ["X ~ Normal(0, 1)", "Y ~ Normal(0, 1)"], "over one random variable"),
        (r"\langle x", (), "not closed"),
        (r"\sum_{x \in \{0, 2\}} x", (), "integers in a row"),
    ],
)
def test_refused(text, given, message):
    with pytest.raises(ParseError) as caught:
        parse(text, given)
    assert message in caught.value.message


PROVED = [
    (r"\int_0^\infty \lambda e^{-\lambda x} \log(\lambda e^{-\lambda x}) dx = \log\lambda - 1", ()),
    (r"\int_{-\infty}^{\infty} \mathcal{N}(x;\mu,\sigma^2) (x-\mu)^2 dx = \sigma^2", ()),
    (r"\int p(x) \log \frac{p(x)}{q(x)} dx = \frac{(\mu_1 - \mu_2)^2}{2 \sigma^2}", NORMALS),
    (r"E[(X-\mu)^2] = \sigma^2", NORMAL),
    (r"E[-\log p(X)] = H(X)", NORMAL),
    (r"\mathrm{Var}(X) = E[X^2] - (E[X])^2", NORMAL),
    (r"\int_a^b \frac{\log(b-a)}{b-a} dx = \log(b-a)", ("a real", "b real", "a < b")),
    (r"\int_0^1 x^{\alpha-1} (1-x)^{\beta-1} dx = \Gamma(\alpha) \Gamma(\beta)/\Gamma(\alpha+\beta)", ()),
    (r"\sum_{k=0}^\infty k e^{-\lambda} \lambda^k/k! = \lambda", ()),
    # densities that are not declared
    (r"\int p(x) \log \frac{p(x)}{q(x)} dx >= 0", ()),
    (r"\int_{\mathcal{X}} p(x) \log \frac{p(x)}{q(x)} dx = H(P, Q) - H(P)", ()),
    (r"\int p(x) \log \frac{p(x)}{q(x)} dx = \int p(x) \log p(x) dx - \int p(x) \log q(x) dx", ()),
    (r"H(P) = -\int_{-\infty}^\infty p(x) \log p(x) dx", ()),
    (r"\langle \log p(x) - \log q(x) \rangle_{p(x)} = \int p(x) \log p(x) dx + H(P, Q)", ()),
    (r"\int (p(x) - q(x)) dx = 0", ()),
]

REFUTED = [
    (r"\int_0^\infty \lambda e^{-\lambda x} \log(\lambda e^{-\lambda x}) dx = \log\lambda + 1", ()),
    (r"E[X^2] = \sigma^2", NORMAL),
    (r"\int p(x) \log \frac{p(x)}{q(x)} dx = \frac{(\mu_1 - \mu_2)^2}{\sigma^2}", NORMALS),
    # what needs probabilities is false for densities
    (r"-\int p(x) \log p(x) dx >= 0", ()),
    (r"H(P) >= \int (p(x) - q(x)) dx", ()),
    (r"\int p(x)^2 dx <= 1", ()),
    (r"\int p(x) \log q(x) dx <= 0", ()),
    (r"\int p(x) \log \frac{p(x)}{q(x)} dx > 0", ()),
]


@pytest.mark.parametrize(("text", "given"), PROVED)
def test_proved(text, given):
    verdict = decide(text, given, timeout=30)
    assert verdict.outcome == "proved"
    assert verify(verdict.proof) == verdict.proof.claim


@pytest.mark.parametrize(("text", "given"), REFUTED)
def test_refuted(text, given):
    verdict = decide(text, given, timeout=30)
    assert verdict.outcome == "refuted"
    assert verdict.witness is not None


def test_the_variable_of_an_integral_is_bound():
    assert parse(r"\int_0^1 x^2 dx").free_symbols == set()
    assert parse(r"\int_0^x t dt").free_symbols == {x}
    assert parse(r"x \int_0^1 x^2 dx").has(x)
    assert isinstance(parse(r"\int_0^\infty e^{-x} dx"), Integral)
    assert parse(r"\int_0^\infty e^{-x} dx").limits[0][1:] == (0, oo)
    assert parse(r"\int_0^1 \log 2 \, dx").doit() == log(2)


def test_a_proof_with_integrals_survives_json():
    proof = decide(r"E[-\log p(X)] = \log(2 e b)", "X ~ Laplace(mu, b)", timeout=30).proof
    assert proof is not None
    assert verify(Proof.from_json(proof.to_json())) == proof.claim
    assert [step.rule for step in proof.steps[:2]] == ["average", "linearity"]
    assert any("gamma(s)" in fact for fact in proof.assumptions)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        (r"E[-\log q(X)] = 1", ["X ~ Normal(0, 1)"]),
        (r"\sum_x p(x) \log q(x) = 1", ["P = Bernoulli(p)"]),
        (r"\langle q(x) \rangle_{p(x)} = 1", ["P = Normal(0, 1)"]),
    ],
)
def test_a_pmf_that_is_not_declared_is_not_mixed_with_a_family(text, given):
    with pytest.raises(ParseError, match="is not declared: say in given what Q is"):
        parse(text, given)


def test_p_is_a_distribution_where_it_has_an_index_and_is_no_number():
    assert decide(r"H(p) = -\sum_x p(x) \log p(x)").outcome == "proved"
    assert decide("D(p || q) >= 0", "p, q pmf").outcome == "proved"
    assert decide("H(p) = -p log p - (1-p) log(1-p)").outcome == "proved"
    assert len(parse("p < q, q < r")) == 2
