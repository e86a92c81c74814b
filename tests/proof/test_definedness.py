"""What must hold for an expression to be a real number: a table by hand, each row checked at all points of a grid of nasty numbers."""

import random
import sys
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from sympy import (
    Abs,
    And,
    Contains,
    Derivative,
    E,
    Eq,
    Float,
    Function,
    Ge,
    Gt,
    I,
    IndexedBase,
    Integral,
    KroneckerDelta,
    LambertW,
    Le,
    Lt,
    Max,
    Min,
    Mod,
    Ne,
    Or,
    Piecewise,
    Pow,
    Product,
    Rational,
    S,
    Subs,
    Sum,
    Symbol,
    acos,
    acosh,
    asin,
    atanh,
    besseli,
    beta,
    binomial,
    cos,
    cosh,
    coth,
    csch,
    digamma,
    erf,
    exp,
    expint,
    factorial,
    floor,
    gamma,
    harmonic,
    log,
    loggamma,
    lowergamma,
    nan,
    oo,
    pi,
    polygamma,
    polylog,
    sec,
    sign,
    sqrt,
    symbols,
    tan,
    uppergamma,
    zeta,
    zoo,
)
from sympy.stats import Normal

from symentropy import CrossEntropy, Entropy, Finite, KLDivergence, Surprise
from symentropy.proof.claim import Each
from symentropy.proof.definedness import never, obligations, undischarged
from symentropy.proof.domain import Domain
from symentropy.proof.unfolding import unfolded

sys.path.insert(0, str(Path(__file__).parent / "canonical"))
from real_values import Undefined, Vague, satisfied, value

p, q, x, y, t = symbols("p q x y t")
i, j, m, k = symbols("i j m k", integer=True)
n = Symbol("n", integer=True, positive=True)
positive, nonnegative, negative = Symbol("a", positive=True), Symbol("b", nonnegative=True), Symbol("c", negative=True)
P = IndexedBase("p")
s = Function("s")

UNIT = [Gt(p, 0), Lt(p, 1)]
CLOSED = [Ge(p, 0), Le(p, 1)]
POSITIVE_X = [Gt(x, 0)]


def rel(kind, left, right=0):
    return kind(left, right, evaluate=False)


def is_in(member, numbers):
    return Contains(member, numbers, evaluate=False)


#: Hypotheses, an expression, and what is left: relations that are needed, each of which fails somewhere together with the expression.
TABLE = [
    # powers
    ([], x**3 + 2 * x - Rational(1, 7), []),
    ([], 1 / x, [rel(Ne, x)]),
    ([Ne(x, 0)], 1 / x**2, []),
    ([Ge(x, 0)], 1 / x, [rel(Ne, x)]),
    ([Ge(x, 0)], 1 / (1 + x), []),
    ([], sqrt(x), [rel(Ge, x)]),
    ([Ge(x, 0)], sqrt(x), []),
    ([Ge(x, 0)], 1 / sqrt(x), [rel(Gt, x)]),
    ([], sqrt(x**2 - 2 * x + 1), []),
    ([], sqrt(x**2 - 2 * x), [rel(Ge, x**2 - 2 * x)]),
    ([], x ** Rational(1, 3), [rel(Ge, x)]),
    ([], x ** Rational(-2, 3), [rel(Gt, x)]),
    ([], Abs(x) ** Rational(1, 3), []),
    ([], sqrt(x) * sqrt(-x), [rel(Ge, x), rel(Ge, -x)]),
    ([], x**n, []),
    ([], x ** (n - 1), []),
    ([], x**m, [rel(Ne, x)]),
    ([], (-1) ** m, []),
    ([], negative**m, []),
    ([], positive**y, []),
    ([], Pow(0, n, evaluate=False), []),
    ([], 2**x, []),
    (UNIT, p ** (1 / (1 - p)), []),
    # logarithms
    ([], log(x), [rel(Gt, x)]),
    (UNIT, log(p / (1 - p)), []),
    (CLOSED, log(1 - p), [rel(Gt, 1 - p)]),
    (CLOSED, p * log(p), [rel(Gt, p)]),
    ([], log(x**2 + 1), []),
    ([], log(x**2), [rel(Gt, x**2)]),
    ([Ne(x, 0)], log(x**2), []),
    ([Gt(x, 1)], log(log(x)), []),
    (POSITIVE_X, log(log(x)), [rel(Gt, log(x))]),
    (POSITIVE_X, 1 / log(x), [rel(Ne, log(x))]),
    ([Gt(x, 0), Ne(x, 1)], 1 / log(x), []),
    ([], log(exp(x) - 1 - x + p**2), [rel(Gt, exp(x) - 1 - x + p**2)]),
    ([Ne(x, 0)], log(exp(x) - 1 - x), []),
    ([Gt(p, 0), Gt(q, 0), Eq(p + q, 1)], log(1 - p) + log(1 - q), []),
    ([Gt(p, 0), Gt(q, 0), Lt(p + q, 1)], log(1 - p - q) / (p + q), []),
    # functions with poles or a domain of their own
    ([], coth(x), [rel(Ne, x)]),
    ([Ne(x, 0)], csch(x) + coth(x), []),
    (UNIT, atanh(p) + atanh(-p / 2), []),
    (CLOSED, atanh(p), [rel(Gt, 1 - p)]),
    (CLOSED, asin(p) + acos(2 * p - 1), []),
    ([], acosh(cosh(x) + 1), []),
    ([], acosh(x), [rel(Ge, x - 1)]),
    ([], gamma(x + 1), [rel(Gt, x + 1)]),
    ([Gt(x, -1)], gamma(x + 1), []),
    ([Ge(x, 0)], loggamma(x), [rel(Gt, x)]),
    ([Ge(x, 0)], digamma(x + 1) + polygamma(2, x + 2), []),
    ([], polygamma(m, positive), [is_in(m, S.Naturals0)]),
    ([], factorial(m), [rel(Gt, m + 1)]),
    ([], factorial(n - 1) + harmonic(n), []),
    ([], binomial(n, k), []),
    ([], binomial(m, 2), []),
    ([], binomial(m, n), []),
    ([], binomial(n, m), []),
    ([], expint(1, x), [rel(Gt, x)]),
    ([], besseli(0, positive), []),
    ([], polylog(2, x), [rel(Gt, 1 - x)]),
    ([], beta(positive, x), [rel(Gt, x)]),
    ([], zeta(x), [rel(Ne, x - 1)]),
    ([Gt(x, 1)], zeta(x), []),
    ([], lowergamma(positive, x) + uppergamma(positive, x), [rel(Ge, x)]),
    ([], LambertW(x), [rel(Ge, x + exp(-1))]),
    ([], LambertW(x**2), []),
    ([], Mod(x, 2), []),
    ([], Mod(5, x), [rel(Ne, x)]),
    # total functions
    ([], Max(x, 1) + Min(x, -y) + floor(x) + Abs(y) + sign(x) + KroneckerDelta(m, k), []),
    ([], Max(x, 1 / x), [rel(Ne, x)]),
    ([], log(Max(x, 1)) + erf(x) + pi * E, []),
    ([], exp(1 / x), [rel(Ne, x)]),
    ([], s(x) * 0 + s(1 / x), [rel(Ne, x)]),
    # cases
    ([], Piecewise((log(x), x > 0), (0, True)), []),
    ([], Piecewise((log(x), x >= 0), (0, True)), [Or(rel(Lt, x), rel(Gt, x), evaluate=False)]),
    ([], Piecewise((1, x > 0), (1 / x, True)), [Or(rel(Gt, x), rel(Ne, x), evaluate=False)]),
    ([], Piecewise((0, Eq(x, 0)), (1 / x, True)), []),
    ([], Piecewise((0, x > 0), (log(-x), x < 0), (1, True)), []),
    ([], Piecewise((1, x > 0)), [rel(Gt, x)]),
    (POSITIVE_X, Piecewise((log(x), x > 0)), []),
    ([], Piecewise((1, x > 0), (2, x < 1)), []),
    ([], Piecewise((1, 1 / x > 1), (0, True)), [rel(Ne, x)]),
    # sums
    ([], Sum(1 / i, (i, 1, n)), []),
    ([], Sum(log(i), (i, 1, m)), [is_in(m, S.Naturals0)]),
    ([Ge(m, 0)], Sum(log(i), (i, 1, m)), []),
    ([], Sum(1 / i, (i, 0, n)), [Each(rel(Ne, i), (i, 0, n))]),
    ([], Sum(1 / (i - x), (i, 1, n)), [Each(rel(Ne, i - x), (i, 1, n))]),
    ([Lt(x, 1)], Sum(1 / (i - x), (i, 1, n)), []),
    ([], Sum(log(i - 3), (i, 5, 4)), []),
    ([], Sum(1, (i, x, x + 2)), [is_in(x, S.Integers)]),
    ([], Sum(1 / j, (j, 1, i), (i, 1, n)), []),
    ([], Sum(1 / (i - j), (j, 1, i - 1), (i, 1, n)), []),
    ([], Product(1 / i, (i, 1, n)), []),
    ([], Product(1 / (i - 1), (i, 1, n)), [Each(rel(Ne, i - 1), (i, 1, n))]),
]

#: The same, where more is asked for than is needed, or where no number of the grid shows the need.
CAUTIOUS = [
    (CLOSED, p ** (1 - p), [rel(Gt, p)]),
    ([Gt(x / y, 0)], log(x / y), [rel(Ne, y)]),
    ([], tan(x), [rel(Ne, cos(x))]),
]

#: Numbers that the symbols of the table take.
GRID = [*map(Fraction, (0, 1, -1, 2, -2, 3, 5)), *(Fraction(a, b) for a, b in ((1, 2), (-1, 2), (1, 3), (-3, 2)))]
GRID += [Fraction(1, 10**30), -Fraction(1, 10**30), 1 - Fraction(1, 10**30), Fraction(10**30)]


def points(symbols):
    names = sorted((symbol for symbol in symbols if isinstance(symbol, Symbol)), key=str)
    grid = list(product(GRID, repeat=len(names)))
    for values in random.Random(1).sample(grid, min(400, len(grid))):
        yield {**dict(zip(names, values, strict=True)), "else": lambda key: Fraction(1, 3 + len(key))}


def defined_at(expression, hypotheses, symbols):
    """Return whether an expression is a real number at each point that satisfies hypotheses, where that is known."""
    found = []
    for point in points(symbols):
        if satisfied(hypotheses, point):
            try:
                value(expression, point)
                found.append(True)
            except Undefined:
                found.append(False)
            except Vague:
                continue
    return found


@pytest.mark.parametrize(("hypotheses", "expression", "left"), TABLE, ids=lambda part: str(part)[:50])
def test_table(hypotheses, expression, left):
    assert list(undischarged(expression, Domain(hypotheses))) == left
    symbols = expression.free_symbols.union(*(fact.free_symbols for fact in hypotheses))
    if expression.has(s):
        expression = expression.replace(s, lambda argument: argument)
    found = defined_at(expression, hypotheses, symbols)
    assert found
    assert all(found) == (not left)
    assert all(defined_at(expression, [*hypotheses, *left], symbols))


@pytest.mark.parametrize(("hypotheses", "expression", "left"), CAUTIOUS, ids=lambda part: str(part)[:50])
def test_more_is_asked_for_than_is_needed(hypotheses, expression, left):
    assert list(undischarged(expression, Domain(hypotheses))) == left
    assert all(defined_at(expression, [*hypotheses, *left], expression.free_symbols))


def test_the_derivative_of_zeta_is_defined_where_zeta_is():
    for expression in (Derivative(zeta(x), x), Subs(Derivative(zeta(t), t), t, x)):
        assert list(undischarged(expression, Domain())) == [rel(Ne, x - 1)]
        assert list(undischarged(expression, Domain([Gt(x, 1)]))) == []
    for expression in (Derivative(zeta(x), x, x), Derivative(zeta(2 * x), x), Subs(zeta(t), t, x), Subs(Derivative(gamma(t), t), t, x)):
        assert list(undischarged(expression, Domain([Gt(x, 1)]))) == [expression]


def test_the_table_is_large_enough():
    assert len(TABLE) >= 60


#: Expressions about which nothing is known, or not everything that is asked for is needed.
UNKNOWN = [oo, zoo, nan, I * x, Float("0.5") * x, sec(x), LambertW(x, 1), harmonic(n, 2), KroneckerDelta(m, k, (1, 3))]
UNKNOWN += [Sum(x**i, (i, 1, oo)), Sum(log(6 - i), (i, 1, 10 - i), (i, 1, 5)), Integral(1 / t, (t, 0, 1))]
UNKNOWN += [Derivative(abs(x) * t, x), Derivative(m**2, m), Derivative(Entropy(Normal("X", 0, t)), t), Derivative(zeta(x), x, x)]
UNKNOWN += [Symbol("v", imaginary=True), Symbol("v", infinite=True), Symbol("v", commutative=False), Entropy(Normal("X", 0, 1))]
UNKNOWN += [KLDivergence(["1/2", "1/2"], [1, 0]), Piecewise((1, And(x > 0, x < 2)), (2, True)), log(x, y, evaluate=False)]


@pytest.mark.parametrize("expression", UNKNOWN, ids=str)
def test_what_is_not_known_to_be_real_is_never_discharged(expression):
    point = Domain([Gt(x, 0), Gt(y, 0), Gt(t, 0), Gt(positive, 0)])
    assert undischarged(expression, point)
    assert obligations(expression).unknown


def test_nouns_of_pmfs():
    pmf, other = Finite([p, 1 - p]), Finite([q, 1 - q])
    domain = Domain([*UNIT, Gt(q, 0), Lt(q, 1)])
    for noun in (Entropy(pmf), KLDivergence(pmf, other), CrossEntropy(pmf, other), Entropy([1, 0]), Surprise(p)):
        assert undischarged(noun, domain) == ()
    assert undischarged(Entropy(pmf), Domain(CLOSED)) == ()  # 0 log 0 = 0
    assert undischarged(Surprise(p), Domain(CLOSED)) == (rel(Gt, p),)
    assert set(undischarged(KLDivergence(pmf, other), Domain(UNIT))) == {rel(Gt, q), rel(Gt, 1 - q)}
    assert undischarged(KLDivergence(pmf, pmf), Domain(CLOSED)) == ()
    assert undischarged(Entropy(pmf), Domain([Gt(p, 0)])) == (rel(Ge, 1 - p),)


DERIVATIVES = [
    (Derivative(log(x), x), {rel(Gt, x)}),
    (Derivative(x**2 + log(y), x), {rel(Gt, y)}),
    (Derivative(sqrt(x) * x, x), {rel(Gt, x)}),
    (Derivative(sqrt(x) * x, x, x), {rel(Gt, x)}),
    (Derivative(log(x) + x, x, x), {rel(Gt, x)}),
    (Derivative(y * sqrt(x), y, x), {rel(Gt, x)}),
    (Derivative(y + sqrt(x), y), {rel(Ge, x)}),
    (Derivative(Entropy([p, 1 - p]), p), {rel(Gt, p), rel(Gt, 1 - p)}),
]


def _weakly(fact):
    """Return what is left of a fact at the boundary."""
    return [Ge(*fact.args)] if isinstance(fact, Gt) else []


@pytest.mark.parametrize(("derivative", "needed"), DERIVATIVES, ids=str)
def test_a_derivative_is_defined_inside_the_domain(derivative, needed):
    assert undischarged(derivative, Domain(needed)) == ()
    for fact in needed:
        assert undischarged(derivative, Domain([*needed - {fact}, *_weakly(fact)])) != ()


@pytest.mark.parametrize("function", [log(t) * t, x**2 / (1 + x**2), exp(-x) * atanh(x / 3), gamma(t) / t, Entropy([p, 1 - p])], ids=str)
@pytest.mark.parametrize("order", [1, 2])
def test_a_derivative_is_the_limit_of_difference_quotients(function, order):
    (variable,) = function.free_symbols
    value = unfolded(Derivative(function, (variable, order))).subs(variable, Rational(1, 3)).evalf(30)
    step = Rational(1, 10**8)
    around = [function.doit().subs(variable, Rational(1, 3) + place * step).evalf(60) for place in (-1, 0, 1)]
    quotient = (around[2] - around[0]) / (2 * step) if order == 1 else (around[2] - 2 * around[1] + around[0]) / step**2
    assert abs(value - quotient) < 1e-12


def test_nouns_of_indexed_pmfs():
    pmf = Finite.symbols("p", n)
    assert undischarged(Entropy(pmf), Domain()) == ()  # its symbols are positive
    assert undischarged(Sum(P[i] * log(P[i]), (i, 1, n)), Domain([Each(Ge(P[i], 0), (i, 1, n))])) == (Each(rel(Gt, P[i]), (i, 1, n)),)


def test_never():
    domain = Domain(UNIT)
    assert never(Gt(p - 1, 0), domain)
    assert never(Eq(p, 2), domain)
    assert not never(Gt(2 * p - 1, 0), domain)
    assert never(Or(rel(Gt, p, 1), rel(Lt, p)), domain)
    assert not never(Or(rel(Gt, p, 1), rel(Lt, p, S.Half)), domain)
    assert never(And(rel(Gt, p), rel(Gt, p, 2)), domain)
    assert never(Each(Lt(i, 0), (i, 1, n)), domain)
    assert not never(Each(Lt(i, 0), (i, 1, m)), domain)  # there may be no index
    assert not never(Lt(x ** -(10**40), oo, evaluate=False), domain)
    assert never(S.false, domain)
    assert not never(S.true, domain)
