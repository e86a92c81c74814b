"""Generated Python functions: against certified digits at random parameters, near P = Q, at P = Q, at extremes; and what they refuse."""

import inspect
import math
import random
import subprocess
import sys
from fractions import Fraction

import mpmath
import pytest
from sympy import Eq, Interval, Rational, S, Symbol, coth, exp, lambdify, log, nextprime, oo, pi, sqrt, symbols, tanh
from sympy import stats as st
from test_derive import NOUNS

from symentropy import (
    Entropy,
    Finite,
    KLDivergence,
    NoClosedForm,
    derive,
    evaluate,
    prove,
    to_python,
)

a, b, c, d = symbols("a b c d", positive=True)
m, n = symbols("m n", real=True)
x = Symbol("x", real=True)
HALF = Rational(1, 2)
TOLERANCE = Fraction(1, 10**12)

#: Closed forms that the kernel may not check.
MORE = [
    Entropy(st.Kumaraswamy("X", a, b)),
    Entropy(st.GaussianInverse("X", a, b)),
    Entropy(st.VonMises("X", m, a)),
    KLDivergence(st.GaussianInverse("X", a, b), st.GaussianInverse("Y", c, d)),
    KLDivergence(st.VonMises("X", m, a), st.VonMises("Y", n, b)),
    KLDivergence(st.Logistic("X", m, a), st.Logistic("Y", n, a)),
    KLDivergence(st.LogLogistic("X", a, c), st.LogLogistic("Y", b, c)),
    KLDivergence(st.Exponential("X", a), st.Laplace("Y", m, b)),
    KLDivergence(st.BetaPrime("X", a, b), st.BetaPrime("Y", c, d)),
    KLDivergence(st.Gompertz("X", a, b), st.Gompertz("Y", a, c)),
    KLDivergence(st.Uniform("X", a, a + b), st.Gamma("Y", c, d)),
    Entropy(st.ContinuousRV(x, sqrt(2 / pi) / a * exp(-(x**2) / (2 * a**2)), set=Interval(0, oo))),
]


def function(source):
    """Run the source by itself, and return the one function that it defines."""
    if "scipy" in source:
        pytest.importorskip("scipy")
    names = {}
    exec(compile(source, "generated", "exec"), names)
    (found,) = (value for value in names.values() if inspect.isfunction(value))
    assert found.__doc__
    assert found.__module__ is None or found.__module__ == "builtins"
    return found


def dyadic(number):
    """Return the float prime/2**46 next to a number: SymPy does not return from 12**(p/q) with long p and q, but does for primes."""
    return nextprime(round(number * 2**46)) / 2**46 if number > 0 else -dyadic(-number)


def drawn(noun, generator, near=None):
    """Return floats for the symbols of a noun, those of Q near those of P if ``near`` says how near, or None where that is not possible."""
    values = {}
    for symbol in sorted(noun.free_symbols, key=str):
        value = generator.uniform(0.1, 0.9) if symbol.name in "pq" else generator.uniform(0.4, 5)
        if symbol.is_integer:
            values[symbol] = float(generator.randint(1, 9))
        else:
            values[symbol] = dyadic(value if symbol.is_positive or symbol.name in "pq" else value - 2.7)
    if any(P.args == (m, n) for P in noun.args):  # Beta inside Uniform(m, n)
        values[m], values[n] = -0.25, 1.5
    if near is None:
        return values
    P, Q = noun.args[0], noun.args[-1]
    pairs = list(zip(P.args, Q.args, strict=False)) if type(P) is type(Q) and not isinstance(P, Finite) else []
    pairs = [(own, other) for own, other in pairs if own != other]
    if not pairs or not all(own.is_Symbol and other.is_Symbol and not own.is_integer for own, other in pairs):
        return None
    for own, other in pairs:
        values[other] = dyadic(values[own] * (1 + near)) if near else values[own]
    return values


def agrees(value, found, values):
    """Whether a float is the value of a closed form at exactly these floats."""
    exactly = {symbol: Rational(number) for symbol, number in values.items()}
    expected = value.subs(exactly).replace(coth, lambda y: 1 / tanh(y))
    assert not expected.free_symbols
    enclosure = evaluate(expected, 20)
    if enclosure.lower.is_infinite:
        return found == math.inf
    low, high = (Fraction(int(end.p), int(end.q)) for end in (enclosure.lower, enclosure.upper))
    size = max(abs(low), abs(high))
    return low - TOLERANCE * size <= Fraction(found) <= high + TOLERANCE * size


@pytest.mark.parametrize("noun", [noun for noun in [*NOUNS, *MORE] if not any(P.is_indexed for P in noun.atoms(Finite))], ids=str)
def test_a_generated_function_has_the_certified_digits(noun):
    compute, value = function(to_python(noun)), noun.doit()
    names = {symbol.name.replace("lambda", "lambda_"): symbol for symbol in noun.free_symbols}
    assert set(inspect.signature(compute).parameters) == set(names)
    generator = random.Random(str(noun))
    for near in (None, None, None, 1e-3, -1e-6, 1e-9, 1e-13, 0):
        values = drawn(noun, generator, near)
        if values is None:
            continue
        found = compute(**{name: values[symbol] for name, symbol in names.items()})
        assert isinstance(found, float)
        if near == 0 and isinstance(noun, KLDivergence):
            assert found == 0
            assert math.copysign(1, found) == 1
        else:
            assert agrees(value, found, values), (values, found)


@pytest.mark.parametrize(
    "noun",
    [
        KLDivergence(st.Exponential("X", a), st.Exponential("Y", b)),
        KLDivergence(st.Normal("X", m, a), st.Normal("Y", n, b)),
        KLDivergence(st.Cauchy("X", m, a), st.Cauchy("Y", n, b)),
        KLDivergence(st.Gamma("X", a, c), st.Gamma("Y", b, d)),
        KLDivergence(st.Poisson("X", a), st.Poisson("Y", b)),
        KLDivergence(st.Pareto("X", a, c), st.Pareto("Y", a, d)),
        Entropy(st.Gamma("X", a, b)),
        Entropy(st.Beta("X", a, b)),
        Entropy(st.Uniform("X", 0, a)),
    ],
    ids=str,
)
def test_extreme_parameters(noun):
    compute, value = function(to_python(noun)), noun.doit()
    symbols_ = sorted(noun.free_symbols, key=str)
    precisely = lambdify(symbols_, value, "mpmath")  # SymPy writes digamma(10**30) out
    generator = random.Random(str(noun))
    for _ in range(20):
        values = [generator.choice([1e-300, 1e-30, 1e-8, 0.5, 1.0, 3.0, 1e8, 1e30, 1e300]) for _ in symbols_]
        found = compute(**{symbol.name: number for symbol, number in zip(symbols_, values, strict=True)})
        with mpmath.workdps(700):
            expected = precisely(*map(mpmath.mpf, values))
            assert abs(found - expected) <= abs(expected) * 1e-12 or found == float(expected), (values, found)


def test_small_probabilities():
    p, q = Symbol("p"), Symbol("q")
    compute = function(to_python(KLDivergence([p, 1 - p], [q, 1 - q])))
    for low, high in ((1e-300, 2e-300), (2.0**-52, 3 * 2.0**-53), (1 - 2.0**-53, 1 - 2.0**-52), (0.25, 0.25 + 2**-54), (1e-9, 1 - 1e-9)):
        value = KLDivergence([Rational(low), 1 - Rational(low)], [Rational(high), 1 - Rational(high)])
        exactly = evaluate(value, 20)
        assert abs(Rational(compute(low, high)) / exactly.midpoint - 1) < Rational(1, 10**15)
    assert compute(0.3, 0.3) == 0
    with pytest.raises(ValueError, match=r"q = 1\.0 is out of range: 0 < q < 1"):
        compute(0.5, 1.0)


def test_two_parametrizations_of_one_law_have_divergence_zero():
    compute = function(to_python(KLDivergence(st.Gamma("X", 1, a), st.Exponential("Y", 1 / b))))
    assert compute(0.3, 0.3) == 0
    assert compute(0.3, 0.3 * (1 + 2**-51)) > 0


def test_infinite_values():
    uniform = function(to_python(KLDivergence(st.Uniform("X", 0, a), st.Uniform("Y", 0, b))))
    assert [uniform(1, 2), uniform(1, 1), uniform(2, 1)] == [math.log(2), 0.0, math.inf]
    pareto = function(to_python(KLDivergence(st.Pareto("X", 1, a), st.Exponential("Y", 1))))
    assert pareto(1) == math.inf
    assert pareto(2) == pytest.approx(math.log(2) + 2 - 1.5)
    assert function(derive("D([1, 0] || [0, 1])").to_python())() == math.inf


@pytest.mark.parametrize(
    ("text", "values", "message"),
    [
        ("H(Gamma(k, theta))", (0, 1), "k = 0.0 is out of range: k > 0"),
        ("H(Gamma(k, theta))", (1, math.inf), "theta = inf is out of range: theta > 0"),
        ("H(Normal(mu, sigma))", (math.nan, 1), "mu = nan is out of range: mu finite"),
        ("H(Chi(n))", (1.5,), "n = 1.5 is out of range: n an integer"),
        ("H(Uniform(m, t))", (1, 0), "m = 1.0 with t = 0.0 is out of range: m < t"),
        ("H([p_1, p_2, 1 - p_1 - p_2])", (0.75, 0.5), "p_1 = 0.75 with p_2 = 0.5 is out of range"),
    ],
)
def test_parameters_out_of_range_are_named(text, values, message):
    with pytest.raises(ValueError, match=message.replace(".", r"\.")):
        function(to_python(text))(*values)


def test_a_density_of_ones_own_outside_its_parameters():
    compute = function(to_python(Entropy(st.ContinuousRV(x, a * exp(-a * x) + 0 * b, set=Interval(0, oo)))))
    assert compute(2) == 1 - math.log(2)
    law = st.DiscreteRV(Symbol("k", integer=True), c * (1 - c) ** Symbol("k", integer=True), set=S.Naturals0)
    with pytest.raises(ValueError, match="out of range"):
        function(to_python(Entropy(law)))(2.5)


def test_names_that_python_does_not_take():
    compute = function(to_python("D(Exponential(lambda) || Gamma(k, beta))"))
    assert list(inspect.signature(compute).parameters) == ["lambda_", "k", "beta"]
    compute = function(to_python(Entropy(st.Gamma("X", Symbol("digamma", positive=True), Symbol("log", positive=True)))))
    assert compute(1, 1) == 1


def test_what_has_no_function_says_why():
    for proof in (prove("D(P || Q) >= 0"), prove("log x <= x - 1", ["x > 0"])):
        with pytest.raises(NoClosedForm, match="not an equation"):
            proof.to_python()
    with pytest.raises(NoClosedForm, match="no Python function"):
        derive(Entropy(Finite.symbols("p", Symbol("n", integer=True, positive=True)))).to_python()
    for text in ("H(Poisson(lambda))", "D(Normal(0, 1) || Cauchy(0, 1))"):
        with pytest.raises(NoClosedForm):
            to_python(text)


def test_a_quantity_that_is_infinite():
    compute = function(to_python("D(Normal(mu, sigma) || Exponential(1))"))
    assert compute(0, 1) == math.inf
    with pytest.raises(ValueError, match="sigma"):
        compute(0, -1)


def test_an_equation_of_other_sides():
    t = Symbol("t", positive=True)
    proof = prove(Eq(Entropy(st.Exponential("X", t)) - 1, -log(t), evaluate=False))
    assert function(proof.to_python())(2.0) == -math.log(2)


def test_without_scipy_where_math_is_enough():
    source = to_python("D(Weibull(k, theta) || Weibull(kappa, tau))")
    program = f"import sys\nsys.modules['scipy'] = None\n{source}\nprint(kl_divergence_weibull_weibull(1.5, 2, 1.5, 2.000001))"
    ran = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True)
    assert float(ran.stdout) > 0
