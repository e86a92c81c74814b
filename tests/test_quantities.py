"""Nouns and verbs: values, boundaries, bases, rewrites, SymPy's protocols, printing and bad input."""

import math
import pickle
from decimal import Decimal, localcontext

import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import (
    Derivative,
    E,
    Eq,
    Ge,
    Integral,
    Interval,
    Matrix,
    N,
    Piecewise,
    Rational,
    S,
    Sum,
    Symbol,
    ccode,
    exp,
    expand_log,
    lambdify,
    latex,
    log,
    oo,
    pretty,
    sqrt,
    srepr,
    stats,
    symbols,
)

from symentropy import (
    CrossEntropy,
    DomainError,
    Entropy,
    Finite,
    KLDivergence,
    NoClosedForm,
    Surprise,
    cross_entropy,
    entropy,
    kl_divergence,
    surprise,
)
from symentropy.display import plain_text
from symentropy.proof.writing.style import latex_text

p, q = symbols("p q", positive=True)
a, b = symbols("a b")
n, m = symbols("n m", integer=True, positive=True)
HALF, QUARTER = Rational(1, 2), Rational(1, 4)
NOUNS = [Entropy, CrossEntropy, KLDivergence]
weights = st.lists(st.integers(min_value=1, max_value=50), min_size=1, max_size=6)


def direct(kind, P, Q):
    """The definition in floating point."""
    total = 0.0
    for x, y in zip(P, Q, strict=True):
        if x:
            total += x * (math.log(x / y) if kind is KLDivergence else -math.log(x if kind is Entropy else y))
    return total


@given(weights, st.data())
def test_values_against_the_definition(first, data):
    second = data.draw(st.lists(st.integers(min_value=1, max_value=50), min_size=len(first), max_size=len(first)))
    P, Q = [Rational(w, sum(first)) for w in first], [Rational(w, sum(second)) for w in second]
    floats = [[float(x) for x in P], [float(x) for x in Q]]
    for kind in NOUNS:
        arguments = (P,) if kind is Entropy else (P, Q)
        assert math.isclose(float(kind(*arguments).doit()), direct(kind, *floats), rel_tol=1e-12, abs_tol=1e-12)
        assert math.isclose(float(N(kind(*arguments, base=2), 20)), direct(kind, *floats) / math.log(2), rel_tol=1e-12, abs_tol=1e-12)


@given(weights)
def test_symbolic_and_numeric_values_agree(entries):
    size = len(entries)
    P, Q = Finite.symbols("p", size), Finite.symbols("q", size)
    values = [Rational(w, sum(entries)) for w in entries]
    known = dict(zip((*P.probabilities, *Q.probabilities), (*values, *reversed(values)), strict=True))
    if size > 1:
        for kind in NOUNS:
            noun = kind(P) if kind is Entropy else kind(P, Q)
            numeric = noun.xreplace(known)
            assert math.isclose(float(noun.doit().subs(known)), float(numeric.doit()), rel_tol=1e-12, abs_tol=1e-12)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (lambda: entropy([p, 1 - p]), -p * log(p) - (1 - p) * log(1 - p)),
        (lambda: kl_divergence([p, 1 - p], [q, 1 - q]), p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))),
        (lambda: cross_entropy([p, 1 - p], [HALF, HALF]), p * log(2) + (1 - p) * log(2)),
        (lambda: entropy(["1/3", "2/3"]), log(3) - 2 * log(2) / 3),
        (lambda: entropy(["1/3", "2/3"], base=2), log(3) / log(2) - Rational(2, 3)),
        (lambda: entropy(["1/2", "1/4", "1/8", "1/8"], base=2), Rational(7, 4)),
        (lambda: entropy(Finite.uniform(8), base=8), S.One),
        (lambda: entropy(Finite.uniform(6)), log(6)),
        (lambda: entropy(Finite.uniform(n)), log(n)),
        (lambda: entropy(Finite.uniform(10**30)), 30 * log(10)),
        (lambda: entropy([1]), S.Zero),
        (lambda: entropy([0, 1, 0]), S.Zero),
        (lambda: entropy([1 / sqrt(2), 1 - 1 / sqrt(2)]).coeff(log(2)), sqrt(2) / 4),
        (lambda: entropy([1 / n, 1 - 1 / n]), log(n) / n - (1 - 1 / n) * log(1 - 1 / n)),
        (lambda: entropy(["1/4", "3/4"], base=b), 2 * log(2) / log(b) - 3 * log(3) / (4 * log(b))),
        (lambda: entropy([HALF, HALF], base="1/2"), S.NegativeOne),
        (lambda: kl_divergence([p, 1 - p], [p, 1 - p]), S.Zero),
        (lambda: surprise(p * q), -log(p * q)),
        (lambda: surprise("1/8", base=2), 3),
        (lambda: surprise(1 / sqrt(2)), log(2) / 2),
        (lambda: surprise(S.Zero, base=2), oo),
    ],
)
def test_shapes(value, expected):
    assert value() == expected


@pytest.mark.parametrize(
    ("noun", "value"),
    [
        (Entropy([p, 1 - p]).subs(p, 0), 0),
        (Entropy([p, 1 - p]).subs(p, 1), 0),
        (CrossEntropy([p, 1 - p], [q, 1 - q]).subs(q, 0), oo),
        (CrossEntropy([p, 1 - p], [q, 1 - q]).subs({p: 0, q: 0}), 0),
        (KLDivergence([p, 1 - p], [q, 1 - q]).subs(q, 1), oo),
        (KLDivergence([p, 1 - p], [q, 1 - q]).subs(p, 0), -log(1 - q)),
        (KLDivergence([p, 1 - p], [q, 1 - q]).subs({p: 1, q: 1}), 0),
        (KLDivergence({"a": p, "b": 1 - p}, {"a": q, "c": 1 - q}), oo),
        (KLDivergence({"a": 1}, {"a": HALF, "b": HALF}), log(2)),
        (Surprise(p).subs(p, 0), oo),
    ],
)
def test_boundaries(noun, value):
    assert noun.doit() == value


def test_outcomes_are_matched_by_name():
    P, Q = {"a": "1/3", "b": "2/3"}, {"b": "1/4", "a": "3/4"}
    assert kl_divergence(P, Q) == kl_divergence(["1/3", "2/3"], ["3/4", "1/4"])
    assert kl_divergence(stats.Die("D", 6), dict.fromkeys(range(1, 7), "1/6")) == 0
    assert kl_divergence(stats.Coin("C", p), {"H": HALF, "T": HALF}) == p * log(2 * p) + (1 - p) * log(2 - 2 * p)
    assert kl_divergence(stats.Die("D", 6), Finite.uniform(6)) == oo  # faces 1..6 against outcomes 0..5


def test_symbolic_size():
    P, Q = Finite.symbols("p", n), Finite.symbols("q", n)
    i = P.probabilities.variables[0]
    p_i, q_i = P.probabilities(i), Q.probabilities(i)
    assert entropy(P) == Sum(-p_i * log(p_i), (i, 1, n))
    assert cross_entropy(P, Q) == Sum(-p_i * log(q_i), (i, 1, n))
    assert kl_divergence(P, Q) == Sum(p_i * log(p_i / q_i), (i, 1, n))
    assert str(i) == "i"
    for noun in (Entropy(P), CrossEntropy(P, Q), KLDivergence(P, Q)):
        explicit = noun.subs(n, 3)
        assert explicit.args[0].probabilities == tuple(P.probabilities(k) for k in (1, 2, 3))
        assert noun.doit().subs(n, 3).doit() == explicit.doit()
    assert kl_divergence(P, Finite.uniform(n)) == Sum(p_i * log(n * p_i), (i, 1, n))


def test_rewrites():
    P, Q = Finite.symbols("p", 3), Finite.symbols("q", 3)
    assert KLDivergence(P, Q).rewrite(CrossEntropy) == CrossEntropy(P, Q) - Entropy(P)
    assert KLDivergence(P, Q).rewrite(Entropy) == CrossEntropy(P, Q) - Entropy(P)
    assert CrossEntropy(P, Q).rewrite(Entropy) == Entropy(P) + KLDivergence(P, Q)
    assert CrossEntropy(P, Q).rewrite(KLDivergence) == Entropy(P) + KLDivergence(P, Q)
    assert Entropy(P).rewrite(CrossEntropy) == CrossEntropy(P, P)
    assert Entropy(P).rewrite(KLDivergence) == log(3) - KLDivergence(P, Finite.uniform(3))
    assert Entropy(P).rewrite(Sum) == entropy(P)
    assert Entropy(P).rewrite(Integral) == Entropy(P)
    assert Surprise(p).rewrite(log) == -log(p)
    X = stats.Normal("X", 0, 1)
    assert isinstance(Entropy(X).rewrite(Integral), Integral)
    assert Entropy(X).rewrite(Sum) == Entropy(X)
    assert Entropy(X).rewrite(KLDivergence) == Entropy(X)
    named = Entropy({"x": p, "y": 1 - p})
    assert named.rewrite(KLDivergence) == log(2) - KLDivergence({"x": p, "y": 1 - p}, {"x": HALF, "y": HALF})


@pytest.mark.parametrize("rewriting", [CrossEntropy, Entropy, KLDivergence, Surprise, Sum])
def test_rewrites_keep_the_value(rewriting):
    P, Q = Finite(["1/2", "1/3", "1/6"]), Finite(["1/7", "2/7", "4/7"])
    for noun in (Entropy(P), CrossEntropy(P, Q), KLDivergence(P, Q)):
        assert abs(N(noun.rewrite(rewriting).doit() - noun.doit(), 30)) < 1e-25


def test_nouns_stay_until_asked():
    P = Finite.symbols("p", 2)
    assert CrossEntropy(P, P) != Entropy(P)
    assert isinstance(KLDivergence(P, P) >= 0, Ge)
    assert isinstance(KLDivergence(["1/2", "1/2"], ["1/2", "1/2"]) >= 0, Ge)
    assert isinstance(Eq(CrossEntropy(P, P), Entropy(P)), Eq)
    assert KLDivergence(P, P).is_nonnegative is None


def test_the_name_of_a_random_variable_does_not_matter():
    assert Entropy(stats.Normal("X", 0, 1)) == Entropy(stats.Normal("Y", 0, 1))
    X = stats.Normal("X", 0, 1)
    assert Entropy(X) == Entropy(X.pspace.distribution)


@pytest.mark.parametrize(
    "noun",
    [
        Surprise(p),
        Entropy([p, 1 - p]),
        Entropy({"a": p, "b": 1 - p}),
        CrossEntropy(Finite.symbols("p", n), Finite.symbols("q", n)),
        KLDivergence(stats.Normal("X", a, p), stats.Normal("Y", b, q)),
        Entropy(Finite.from_weights(range(1, 100))),
        Entropy(stats.Poisson("K", p), base=2),
        CrossEntropy(stats.Poisson("K", p), stats.Geometric("L", HALF)),
    ],
    ids=str,
)
def test_a_noun_survives(noun):
    assert pickle.loads(pickle.dumps(noun)) == noun
    assert noun.func(*noun.args) == noun
    assert noun.subs(Symbol("unrelated"), 1) == noun
    assert noun.xreplace({Symbol("unrelated"): S.One}) == noun
    assert hash(noun) == hash(noun.func(*noun.args))
    if p in noun.free_symbols:
        assert noun.subs(p, q).free_symbols == (noun.free_symbols - {p}) | {q}


def test_derivatives():
    H = Entropy([p, 1 - p])
    assert expand_log(H.diff(p)) == -log(p) + log(1 - p)
    assert KLDivergence([p, 1 - p], [q, 1 - q]).diff(q).subs({p: q}).simplify() == 0
    assert Surprise(p).diff(p) == -1 / p
    assert H.diff(q) == 0
    X = stats.Normal("X", a, p)
    assert Entropy(X).diff(p) == 1 / p
    mixed = stats.ContinuousRV(Symbol("x", real=True), (exp(-a * Symbol("x", real=True) ** 2) + 1) / 2, set=Interval(0, 1))
    assert isinstance(Entropy(mixed).diff(a), Derivative)


def test_lambdify_of_a_closed_form():
    D = lambdify((a, b), KLDivergence(stats.Exponential("X", a), stats.Exponential("Y", b)), "math")
    assert math.isclose(D(2.0, 3.0), math.log(2 / 3) + 0.5)


@pytest.mark.parametrize("modules", ["math", "mpmath", "numpy"])
def test_lambdify(modules):
    H = lambdify(a, Entropy([a, 1 - a]), modules)
    D = lambdify((a, b), KLDivergence([a, 1 - a], [b, 1 - b]), modules)
    assert math.isclose(float(H(0.25)), 0.5623351446188083)
    assert math.isclose(float(D(0.5, 0.25)), 0.14384103622589045)
    with np.errstate(all="ignore"):
        assert float(H(0)) == 0
        assert float(H(1)) == 0
        zero, half = np.float64(0), np.float64(0.5)  # NumPy evaluates both branches, and Python's 0.5/0 raises
        assert float(D(half, zero)) == math.inf
        assert float(D(zero, zero)) == 0
    P = Finite.symbols("p", 3)
    with np.errstate(all="ignore"):
        assert math.isclose(float(lambdify(tuple(P.probabilities), Entropy(P), modules)(0.5, 0.5, 0)), math.log(2))


def test_lambdify_refuses_what_has_no_code():
    for X in (stats.LogitNormal("X", a, p), stats.Poisson("X", p)):
        with pytest.raises(NoClosedForm, match="no closed form to print as code"):
            lambdify(p, Entropy(X), "mpmath")
    assert "log" in ccode(Entropy([p, 1 - p]))


def test_lambdify_takes_arrays_and_nouns_inside_expressions():
    f = lambdify(a, 2 * Entropy([a, 1 - a]) + 1, "numpy")
    assert np.allclose(f(np.array([0.25, 0.5])), [2 * 0.5623351446188083 + 1, 2 * math.log(2) + 1])
    assert lambdify((), Entropy(["1/2", "1/2"]), "mpmath")() == mpmath.log(2)


@pytest.mark.parametrize(
    ("noun", "text", "tex"),
    [
        (Surprise(p), "h(p)", r"h\left(p\right)"),
        (Entropy([p, 1 - p]), "H([p, 1 - p])", r"H\left(\left[p, 1 - p\right]\right)"),
        (CrossEntropy([1], [1]), "H([1], [1])", r"H\left(\left[1\right], \left[1\right]\right)"),
        (
            KLDivergence(["1/2", "1/2"], [p, 1 - p]),
            "D_KL([1/2, 1/2] ‖ [p, 1 - p])",
            r"D_{\mathrm{KL}}\left(\left[\frac{1}{2}, \frac{1}{2}\right] \,\|\, \left[p, 1 - p\right]\right)",
        ),
        (Entropy(stats.Normal("X", a, p)), "H(Normal(a, p))", r"H\left(\operatorname{Normal}\left(a, p\right)\right)"),
        (
            Entropy(stats.Binomial("X", n, p)),
            "H(Binomial(n, p))",
            r"H\left(\operatorname{Binomial}\left(n, p\right)\right)",
        ),
        (Entropy({"a_b": p, "50%": 1 - p}), "H({a_b: p, 50%: 1 - p})", r"H\left(\left\{\text{a\_b}: p, \text{50\%}: 1 - p\right\}\right)"),
        (Entropy(Finite.symbols("p", n)), "H(P)", r"H\left(P\right)"),
        (
            Entropy(Finite.symbols("p_1", n)),
            "H([p_1[1], ..., p_1[n]])",
            r"H\left(\left[{p_{1}}_{1}, \ldots, {p_{1}}_{n}\right]\right)",
        ),
    ],
)
def test_printing(noun, text, tex):
    assert str(noun) == text
    assert latex(noun) == tex


def test_pretty_printing():
    assert pretty(KLDivergence([p, 1 - p], [q, 1 - q]), use_unicode=True) == "D_KL([p, 1 - p] ‖ [q, 1 - q])"
    assert pretty(KLDivergence([p, 1 - p], [q, 1 - q]), use_unicode=False) == "D_KL([p, 1 - p] || [q, 1 - q])"
    assert pretty(Entropy(stats.Poisson("K", p))) == "H(Poisson(p))"
    assert latex(Entropy([p, 1 - p]) ** 2) == r"H\left(\left[p, 1 - p\right]\right)^{2}"


def test_powers_and_pmfs_print_too():
    assert pretty(Entropy([p, 1 - p]) ** 2).split() == ["2", "H([p,", "1", "-", "p])"]
    assert latex(Finite(["1/2", "1/2"])) == r"\left[\frac{1}{2}, \frac{1}{2}\right]"
    assert srepr(Entropy(["1/3", "2/3"])) == "Entropy(Finite.from_weights([1, 2]))"
    assert srepr(Finite([0, 1])) == "Finite(Weights([0, 1]))"
    assert r"\ldots\text{ 100 in all}" in latex(Finite.uniform(100))
    assert str(Entropy(stats.FiniteRV("F", {1: HALF, 2: HALF}))) == "H(FiniteRV({1: 1/2, 2: 1/2}))"
    own = Entropy(stats.ContinuousRV(Symbol("t", real=True), 2 * exp(-2 * Symbol("t", real=True)), set=Interval(0, oo)))
    assert str(own).startswith("H(ContinuousRV(Lambda(x, ")


def test_the_boundary_is_reached_one_symbol_at_a_time():
    H = Entropy([a, b, 1 - a - b])
    assert H.subs({a: 1, b: 0}).doit() == 0
    assert H.subs({a: 0, b: 1}).doit() == 0
    assert Entropy([a, b]).subs({a: 1, b: 0}).doit() == 0
    P = Finite.symbols("p", 3)
    p1, p2, p3 = P.probabilities
    assert Entropy(P).subs({p1: HALF, p2: HALF, p3: 0}).doit() == log(2)
    assert Entropy(P).subs({p1: 1, p2: 0, p3: 0}).doit() == 0
    edge = Finite([p, q, 1 - p - q]).subs(p, 1)
    assert {str(hypothesis) for hypothesis in edge.hypotheses} == {"0 <= q", "0 <= -q"}


def test_tiny_values_lose_nothing_to_the_nice_shape():
    tiny = Rational(1, 10**1500)
    value = N(Entropy([tiny, 1 - tiny]), 20)
    assert abs(Rational(str(value)) / tiny - (1500 * log(10) + 1).n(30)) < 1e-14


def test_numeric_evaluation():
    with localcontext() as context:
        context.prec = 60
        by_decimal = (Decimal(3).ln() - Decimal(2).ln() * 2 / 3).quantize(Decimal(1).scaleb(-50))
    assert str(N(Entropy(["1/3", "2/3"]), 50)) == str(by_decimal)
    tiny = Rational(1, 10**40)
    near = KLDivergence([HALF, HALF], [HALF + tiny, HALF - tiny])
    assert abs(Rational(str(N(near, 30))) - 2 * tiny**2) < Rational(1, 10**108)
    assert N(near, 30) > 0
    assert N(Entropy([p, 1 - p]), 10) == Entropy([p, 1 - p])
    assert KLDivergence([HALF, HALF], [1, 0]).evalf() == oo


def test_matrices_and_lists_are_distributions():
    assert entropy(Matrix([HALF, HALF])) == entropy((HALF, HALF)) == log(2)


def test_a_base_is_a_unit():
    assert Entropy([p, 1 - p], base=2) == Entropy([p, 1 - p]) / log(2)
    assert KLDivergence([p, 1 - p], [q, 1 - q], base=b) == KLDivergence([p, 1 - p], [q, 1 - q]) / log(b)
    assert Entropy([p, 1 - p], base=E) == Entropy([p, 1 - p])


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: entropy(0.5), DomainError, "which is not a distribution"),
        (lambda: entropy(3), DomainError, "which is not a distribution"),
        (lambda: entropy(None), DomainError, "which is not a distribution"),
        (lambda: entropy("H"), DomainError, "which is not a distribution"),
        (lambda: entropy(p), DomainError, "which is not a distribution"),
        (lambda: kl_divergence([1], 3), DomainError, "the second distribution is 3"),
        (lambda: entropy([0.5, 0.5]), TypeError, "'1/2'"),
        (lambda: entropy(stats.Normal("X", 0.5, 1)), TypeError, "'1/2'"),
        (lambda: entropy([HALF, HALF], base=0), DomainError, "the base of the logarithm is 0"),
        (lambda: entropy([HALF, HALF], base=1), DomainError, "the base of the logarithm is 1"),
        (lambda: entropy([HALF, HALF], base=-2), DomainError, "the base of the logarithm is -2"),
        (lambda: entropy([HALF, HALF], base=2.0), TypeError, "write 2 instead"),
        (lambda: Entropy([HALF, HALF], base=1), DomainError, "the base of the logarithm is 1"),
        (lambda: entropy([HALF, HALF], bas=2), TypeError, "bas"),
        (lambda: entropy([HALF, HALF], 2), TypeError, "positional"),
        (lambda: Entropy([HALF, HALF], 2), TypeError, "positional"),
        (lambda: kl_divergence([HALF, HALF], [1]), DomainError, "vectors of 2 and 1 probabilities cannot be compared"),
        (lambda: CrossEntropy([HALF, HALF], [1]), DomainError, "name the outcomes with a dict"),
        (
            lambda: KLDivergence(Finite.symbols("p", n), Finite.symbols("q", n + 1)),
            DomainError,
            "vectors of n and n \\+ 1",
        ),
        (lambda: kl_divergence(Finite.symbols("p", n), Finite.symbols("q", m)), DomainError, "substitute"),
        (lambda: kl_divergence(Finite.symbols("p", n), [HALF, HALF]), DomainError, "substitute"),
        (lambda: kl_divergence([HALF, HALF], Finite.symbols("p", n)), DomainError, "substitute"),
        (lambda: surprise(2), DomainError, r"the probability is 2, outside \[0, 1\]"),
        (lambda: surprise("-1/2"), DomainError, r"the probability is -1/2, outside"),
        (lambda: surprise(-p), DomainError, "outside"),
        (lambda: surprise(sqrt(2)), DomainError, "outside"),
        (lambda: surprise(0.5), TypeError, "'1/2'"),
        (lambda: surprise(stats.Normal("X", 0, 1) ** 2 + 1.5), TypeError, "3/2"),
        (
            lambda: entropy(stats.Normal("X", 0, 1) + 1),
            DomainError,
            "which is not a distribution|no distribution object",
        ),
        (lambda: entropy(stats.given(stats.Die("D", 6), stats.Die("D", 6) > 3)), DomainError, "no distribution object"),
        (lambda: Entropy(stats.Normal("X", a, b)).subs(b, -1), DomainError, "Standard deviation must be positive"),
        (lambda: Entropy([p, 1 - p]).subs(p, 2), DomainError, "outside"),
        (
            lambda: kl_divergence(stats.MultivariateNormal("X", [0, 0], [[1, 0], [0, 1]]), stats.Normal("Y", 0, 1)),
            DomainError,
            "MultivariateNormal has 2 coordinates and Normal has 1: give two with as many",
        ),
        (lambda: Entropy([p, 1 - p]).subs(p, 0.5), TypeError, "'1/2'"),
        (lambda: entropy(stats.RobustSoliton("R", 5, HALF, Rational(1, 10))), DomainError, "binary floats"),
    ],
)
def test_bad_input_is_one_clear_error(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_piecewise_results_say_when():
    value = kl_divergence(stats.Uniform("U", a, b), stats.Uniform("V", 0, 1))
    assert isinstance(value, Piecewise)
    assert value.args[-1] == (oo, S.true)
    assert value.subs({a: QUARTER, b: HALF}) == log(4)
    assert value.subs({a: QUARTER, b: 2}) == oo


def test_the_series_of_a_number_is_printed_without_its_value():
    """SymPy would evaluate the series to put the terms in order, and takes minutes for this one."""
    value = entropy(stats.Poisson("X", 171))
    assert plain_text(value).startswith("exp(-171)*Sum(171**k*log(factorial(k))/factorial(k), (k, 0, oo))")
    assert r"\sum_{k=0}^{\infty}" in latex_text(value)
