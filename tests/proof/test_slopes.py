"""Claims about derivatives: proved with a proof that replays, or refuted at a point, never on the word of a formula alone."""

import pytest
from sympy import Abs, Derivative, Ge, Gt, Lt, Ne, Rational, S, Sum, Symbol, log, sqrt
from sympy.stats import Bernoulli, Exponential, Gamma, Normal, Poisson

from symentropy import CrossEntropy, Entropy, Finite, KLDivergence, NoClosedForm, check_answer, decide, derive, verify
from symentropy.notation import parse
from symentropy.proof.claim import Claim

p, q, s, t = (Symbol(name, positive=True) for name in ("p", "q", "sigma", "tau"))
x, mu, nu = (Symbol(name, real=True) for name in ("x", "mu", "nu"))
n, i = Symbol("n", integer=True, positive=True), Symbol("i", integer=True)
UNIT = (Lt(p, 1), Lt(q, 1))
H = Entropy([p, 1 - p])
D = KLDivergence(Normal("X", mu, s), Normal("Y", nu, t))

PROVED = [
    (Derivative(H, p), "=", log((1 - p) / p), UNIT),
    (Derivative(H, p, p), "=", -1 / (p * (1 - p)), UNIT),
    (Derivative(H, p, p), "<", 0, UNIT),
    (Derivative(H, p), ">=", 0, (Lt(p, Rational(1, 2)),)),
    (p * Derivative(H, p) + H, "=", -log(1 - p) + p * 0 + 2 * p * log((1 - p) / p), UNIT),
    (log(Derivative(x**3, x)), "=", log(3) + 2 * log(x), (Gt(x, 0),)),
    (Derivative(KLDivergence([p, 1 - p], [q, 1 - q]), q), "=", (q - p) / (q * (1 - q)), UNIT),
    (Derivative(KLDivergence([p, 1 - p], [q, 1 - q]), p, q), "=", -1 / (q * (1 - q)), UNIT),
    (Derivative(Sum(log(x + i), (i, 1, n)), x), "=", Sum(1 / (x + i), (i, 1, n)), (Gt(x, 0),)),
    (Derivative(D, mu), "=", (mu - nu) / t**2, ()),
    (Derivative(D, mu, mu), ">", 0, ()),
    (Derivative(D, mu, nu), "=", -1 / t**2, ()),
    (s * Derivative(D, s) + 1, "=", s**2 / t**2, ()),
    (Derivative(2 * D + mu**2, mu), "=", 2 * (mu - nu) / t**2 + 2 * mu, ()),
    (Derivative(Entropy(Exponential("X", t)), t), "=", -1 / t, ()),
    (Derivative(CrossEntropy(Normal("X", mu, s), Normal("Y", nu, t)), nu), "=", (nu - mu) / t**2, ()),
    (Derivative(KLDivergence(Poisson("X", s), Poisson("Y", t)), t), "=", 1 - s / t, ()),
    (Derivative(Entropy(Bernoulli("X", p)), p), "=", log((1 - p) / p), UNIT),
]


@pytest.mark.parametrize(("left", "relation", "right", "given"), PROVED, ids=str)
def test_it_is_proved_and_replays(left, relation, right, given):
    verdict = decide(Claim(left, relation, right, given))
    assert (verdict.outcome, verdict.conditions) == ("proved", ())
    assert verify(verdict.proof) == verdict.proof.claim


@pytest.mark.parametrize(("left", "relation", "right", "given"), [row for row in PROVED if row[1] == "="], ids=str)
@pytest.mark.parametrize("change", [lambda side: -side, lambda side: side + Rational(1, 10**12), lambda side: 2 * side])
def test_a_change_of_it_is_refuted(left, relation, right, given, change):
    verdict = decide(Claim(left, relation, change(S(right)), given))
    assert verdict.outcome == "refuted"


UNKNOWN = [
    (Derivative(Abs(x), x), "=", 1, (Gt(x, 0),)),
    (Derivative(Abs(x), x), "=", x / Abs(x), (Ne(x, 0),)),
    (Derivative(n**2, n), "=", 2 * n, ()),
]


@pytest.mark.parametrize(("left", "relation", "right", "given"), UNKNOWN, ids=str)
def test_what_is_not_smooth_is_not_proved(left, relation, right, given):
    assert decide(Claim(left, relation, right, given)).proof is None


def test_the_end_of_a_domain_is_a_condition():
    verdict = decide(Claim(Derivative(x * sqrt(x), x), "=", 3 * sqrt(x) / 2, [Ge(x, 0)]))
    assert verdict.conditions == (Gt(x, 0, evaluate=False),)


def test_the_reason_says_by_what_is_differentiated():
    proof = decide(Claim(2 * Derivative(H, p), "=", 2 * log((1 - p) / p), UNIT)).proof
    assert "differentiating with respect to p" in str(proof)


@pytest.mark.parametrize(
    ("answer", "slip"),
    [(log(p / (1 - p)), ("sign", "inverted-ratio")), (-log(p), ("missing-term",)), (log((1 - p) / p) / log(2), ("wrong-base",))],
    ids=str,
)
def test_a_wrong_derivative_has_a_slip(answer, slip):
    verdict = check_answer(answer, Derivative(H, p), UNIT)
    assert verdict.outcome == "refuted"
    assert verdict.slip is not None
    assert verdict.slip.name in slip


def test_a_right_derivative_is_right():
    assert check_answer(Derivative(D, mu), (mu - nu) / t**2).outcome == "proved"
    assert check_answer((mu - nu) / t**2, Derivative(D, mu)).outcome == "proved"
    assert check_answer((mu - nu) / s**2, Derivative(D, mu)).slip is not None


def test_a_divergence_of_indexed_pmfs():
    P, Q = Finite.symbols("p", n), Finite.symbols("q", n)
    noun = KLDivergence(P, Q)
    assert decide(Claim(Derivative(t * noun, t), "=", noun)).outcome == "proved"


def test_gamma_needs_its_polygammas():
    noun = Entropy(Gamma("X", s, t))
    assert decide(Claim(Derivative(noun, t), "=", 1 / t)).outcome == "proved"


@pytest.mark.parametrize(
    ("noun", "value"),
    [
        ("diff(H([p, 1-p]), p)", "log((1-p)/p)"),
        ("diff(H([p, 1-p]), p, 2)", "-1/(p(1-p))"),
        ("diff(H(Normal(mu, sigma)), sigma)", "1/sigma"),
        (r"\frac{\partial}{\partial\mu} D(Normal(mu, sigma) || Normal(nu, tau))", "(mu - nu)/tau^2"),
        ("diff(H(Gamma(k, theta)), k)", "1 + (1-k) polygamma(1, k)"),
    ],
)
def test_closed_forms_of_derivatives_are_derived(noun, value):
    proof = derive(noun)
    assert verify(proof) == proof.claim
    assert decide(Claim(proof.claim.rhs, "=", parse(value), proof.claim.hypotheses)).outcome == "proved"


def test_a_derivative_without_a_closed_form_is_not_derived():
    with pytest.raises(NoClosedForm):
        derive("diff(H(Poisson(lambda)), lambda)")
