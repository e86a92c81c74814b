"""The zero test on identities of the homework kind, each checked numerically, and on false ones, each shown to fail at a point."""

import sys
from pathlib import Path

import pytest
from sympy import (
    Abs,
    E,
    Eq,
    Float,
    Function,
    GoldenRatio,
    I,
    Integer,
    Max,
    Min,
    Ne,
    Piecewise,
    Rational,
    S,
    Symbol,
    acosh,
    asinh,
    atanh,
    beta,
    binomial,
    cosh,
    digamma,
    exp,
    expand,
    factorial,
    gamma,
    log,
    loggamma,
    oo,
    pi,
    polygamma,
    sign,
    sinh,
    sqrt,
    symbols,
    tanh,
)

from symentropy import CrossEntropy, Entropy, Finite, KLDivergence, Surprise
from symentropy.proof.canonical import is_zero, log_form, unfolded
from symentropy.proof.domain import Domain

sys.path.insert(0, str(Path(__file__).parent))
from numeric import SMALL, points, value

p, q, r, x, y, a, b, t, u = symbols("p q r x y a b t u")
n = Symbol("n", integer=True, positive=True)
#: What the corpus assumes: these are the intervals of `numeric.letters`.
BASIC = [p > 0, p < 1, q > 0, q < 1, r > 0, r < 1, x > 0, y > 0, a > 0, b > 0, u < 0, n >= 1]
BINARY = [p, 1 - p]
P, Q, R = Finite([p, 1 - p]), Finite([q, 1 - q]), Finite([r, 1 - r])
HALF = Rational(1, 2)
TINY = Rational(1, 10**30)
PRIME, OTHER = 10**30 + 57, 10**31 + 33
H, C, D = Entropy, CrossEntropy, KLDivergence
joint = [p * q, p * (1 - q), (1 - p) * r, (1 - p) * (1 - r)]
column = p * q + (1 - p) * r


def normal_kl(m, s, k, v):
    return log(v / s) + (s**2 + (m - k) ** 2) / (2 * v**2) - HALF


TRUE = {
    "binary KL": D(P, Q) - C(P, Q) + H(P),
    "binary KL written out": D(P, Q) - p * log(p) + p * log(q) - (1 - p) * log(1 - p) + (1 - p) * log(1 - q),
    "binary entropy is symmetric": H(P) - H([1 - p, p]),
    "KL to a fixed reference": D(P, ["1/3", "2/3"]) - log(3) + (1 - p) * log(2) + H(P),
    "entropy by KL to the uniform": H(P) - log(2) + D(P, ["1/2", "1/2"]),
    "chain rule": H([p * r, p * (1 - r), 1 - p]) - H(P) - p * H(R),
    "grouping": H([p * q, p * (1 - q), 1 - p]) - H(P) - p * H(Q),
    "joint entropy": H(joint) - H(P) - p * H(Q) - (1 - p) * H(R),
    "mutual information": H([column, 1 - column]) - p * H(Q) - (1 - p) * H(R) - H(P) - H([column, 1 - column]) + H(joint),
    "mutual information as KL": D(joint, [p * column, p * (1 - column), (1 - p) * column, (1 - p) * (1 - column)])
    - H(P)
    - H([column, 1 - column])
    + H(joint),
    "independent": H([p * q, p * (1 - q), (1 - p) * q, (1 - p) * (1 - q)]) - H(P) - H(Q),
    "Jensen-Shannon": (D(P, [(p + q) / 2, 1 - (p + q) / 2]) + D(Q, [(p + q) / 2, 1 - (p + q) / 2])) / 2
    - H([(p + q) / 2, 1 - (p + q) / 2])
    + (H(P) + H(Q)) / 2,
    "surprise adds": Surprise(p * q) - Surprise(p) - Surprise(q),
    "bits": log(40) / log(2) - 3 - log(5) / log(2),
    "bits of entropy": H(P, base=2) * log(2) - H(P),
    "change of base": log(x, 10) - log(x, 2) / log(10, 2),
    "product in a log": log(p - p**2) - log(p) - log(1 - p),
    "difference of squares": log(1 - p**4) - log(1 - p) - log(1 + p) - log(1 + p**2),
    "power in a log": log(p**3 * q**2) - 3 * log(p) - 2 * log(q),
    "square of logs": log(x) ** 2 - log(2 * x) ** 2 + 2 * log(2) * log(2 * x) - log(2) ** 2,
    "log of log": log(log(1 + x) ** 2) - 2 * log(log(1 + x)),
    "log of a fraction": log(p / (1 - p) + 1) + log(1 - p),
    "logit": log(p / (1 - p)) + log((1 - p) / p),
    "sigmoid": log(1 / (1 + exp(t))) + t + log(1 + exp(-t)),
    "softplus": log(1 + exp(t)) - t - log(1 + exp(-t)),
    "sigmoid derivative": exp(-t) / (1 + exp(-t)) ** 2 - 1 / (1 + exp(-t)) * (1 - 1 / (1 + exp(-t))),
    "log-sum-exp": log(exp(x) + exp(t)) - x - log(1 + exp(t - x)),
    "tanh and sigmoid": tanh(t / 2) - 2 / (1 + exp(-t)) + 1,
    "softmax": exp(x) / (exp(x) + exp(t)) - 1 / (1 + exp(t - x)),
    "hyperbolic": cosh(t) ** 2 - sinh(t) ** 2 - 1,
    "exp of a fraction": exp(1 / (2 - p)) - sqrt(E) * exp(p / (4 - 2 * p)),
    "exp of logs": exp(a * log(x) + b * log(y)) - x**a * y**b,
    "normal KL": normal_kl(t, x, a, y) - log(y**2 / x**2) / 2 - x**2 / y**2 / 2 - (t - a) ** 2 / y**2 / 2 + HALF,
    "normal entropy": log(2 * pi * E * x**2) / 2 - HALF - log(2 * pi) / 2 - log(x),
    "normal root": log(sqrt(2 * pi) * x) - log(2 * pi) / 2 - log(x),
    "Weibull": log(a / b * (x / b) ** (a - 1)) - log(a) + a * log(b) - (a - 1) * log(x),
    "gamma": gamma(x + 3) - x * (x + 1) * (x + 2) * gamma(x),
    "loggamma": loggamma(x + 2) - log(x + 1) - log(x) - loggamma(x),
    "log gamma": log(gamma(x)) - loggamma(x),
    "digamma": digamma(x + 2) - digamma(x) - 1 / x - 1 / (x + 1),
    "polygamma": polygamma(1, x + 1) - polygamma(1, x) + 1 / x**2,
    "beta": beta(a, b) - gamma(a) * gamma(b) / gamma(a + b),
    "beta recurrence": beta(a + 1, b) - a / (a + b) * beta(a, b),
    "factorial": log(factorial(n + 1)) - log(factorial(n)) - log(n + 1),
    "binomial": binomial(n, 2) - n * (n - 1) / 2,
    "gamma entropy": loggamma(a + 1) - a * digamma(a + 1) - loggamma(a) - log(a) + a * digamma(a) + 1,
    "golden unit": log(sqrt(5) - 2) + log(2 + sqrt(5)),
    "silver unit": log(1 + sqrt(2)) + log(sqrt(2) - 1),
    "two roots": log(sqrt(2) + sqrt(3)) + log(sqrt(3) - sqrt(2)),
    "a power of a unit": 2 * log(sqrt(2) + sqrt(3)) - log(5 + 2 * sqrt(6)),
    "denested": sqrt(3 + 2 * sqrt(2)) - 1 - sqrt(2),
    "golden ratio": log(GoldenRatio) - log((1 + sqrt(5)) / 2),
    "inverse hyperbolic sine": log(t + sqrt(1 + t**2)) + log(sqrt(1 + t**2) - t),
    "asinh": asinh(t) + log(sqrt(1 + t**2) - t),
    "atanh": atanh(p) - log(1 + p) / 2 + log(1 - p) / 2,
    "acosh": acosh(1 + x) - log(1 + x + sqrt(x) * sqrt(x + 2)),
    "rationalised": 1 / (1 + sqrt(2)) - sqrt(2) + 1,
    "root of a square": sqrt((1 - p) ** 2) - 1 + p,
    "root of a square below 0": sqrt(u**2) + u,
    "root of a square unknown": sqrt(t**2) - Abs(t),
    "cube of a root": (t**2) ** Rational(3, 2) - t**2 * Abs(t),
    "roots of numbers": sqrt(8) + sqrt(18) - 5 * sqrt(2),
    "roots multiply": sqrt((1 - p) * (2 - p)) - sqrt(1 - p) * sqrt(2 - p),
    "log of a square below 0": log(u**2) - 2 * log(-u),
    "powers of n": 6**n - 2**n * 3**n,
    "powers of 2": 2 * 2**n - 2 ** (n + 1),
    "real powers": x ** (a + 1) - x * x**a,
    "half powers": x ** (a / 2) * x ** (a / 2) - x**a,
    "log of a power": log(x**a) - a * log(x),
    "cancelled": (x**2 - 1) / (x + 1) - x + 1,
    "expanded": (1 + x) ** 12 - expand((1 + x) ** 12),
    "partial fractions": 1 / (p * (1 - p)) - 1 / p - 1 / (1 - p),
    "large primes": log(PRIME * OTHER) - log(PRIME) - log(OTHER),
    "large primes, other order": log(PRIME) - log(PRIME * OTHER) + log(OTHER),
    "larger of two": Max(p, p**2) - p,
    "smaller of two": Min(x, -x) + x,
    "sign": sign(u) * u - Abs(u),
    "cases": Piecewise((x, x > 0), (0, True)) - x,
}

FALSE = {
    "swapped": D(P, Q) - D(Q, P),
    "missing entropy": C(P, Q) - D(P, Q),
    "wrong entropy": C(P, Q) - H(Q) - D(P, Q),
    "wrong sign": D(P, Q) + C(P, Q) - H(P),
    "inverted ratio": p * log(q / p) + (1 - p) * log((1 - q) / (1 - p)) - D(P, Q),
    "without a weight": H([p * r, p * (1 - r), 1 - p]) - H(P) - H(R),
    "one outcome": p * log(p) + H(P),
    "entropies of different pmfs": H(P) - H(Q),
    "nats for bits": H(P, base=2) - H(P),
    "log of a sum": log(p + q) - log(p) - log(q),
    "log of a difference": log(x) - log(y) - log(x + y),
    "quotient rule": log(1 - p) + log(p) - log((1 - p) / p),
    "power rule": log(p) ** 2 - 2 * log(p),
    "tiny": log(x) + TINY - log(x) * 1 - 2 * TINY,
    "tiny coefficient": log(x) * (1 + TINY) - log(x),
    "tiny in an argument": log(x + TINY) - log(x),
    "tiny in a unit": log(1 + sqrt(2)) + log(sqrt(2) - 1) + TINY,
    "tiny in an exponent": x ** (a + TINY) - x**a,
    "tiny in a root": sqrt(x + TINY) - sqrt(x),
    "tiny in KL": D(P, Q) * (1 + TINY) - C(P, Q) + H(P),
    "tiny outcome": D(P, ["1/3", "2/3"]) - log(3) + (1 - p - TINY) * log(2) + H(P),
    "sigmoid sign": log(1 / (1 + exp(t))) - t + log(1 + exp(-t)),
    "softplus derivative": exp(-t) / (1 + exp(-t)) ** 2 - 1 / (1 + exp(-t)) * (2 - 1 / (1 + exp(-t))),
    "tanh": tanh(t) - 2 / (1 + exp(-t)) + 1,
    "hyperbolic": cosh(t) ** 2 + sinh(t) ** 2 - 1,
    "normal KL, variance": normal_kl(t, x, a, y) - log(y / x) - (x + (t - a) ** 2) / (2 * y) + HALF,
    "normal KL, swapped": normal_kl(t, x, a, y) - normal_kl(a, y, t, x),
    "normal entropy, root": log(2 * pi * E * sqrt(x)) / 2 - HALF - log(2 * pi) / 2 - log(x),
    "dropped constant": log(2 * pi * E * x**2) / 2 - log(2 * pi) / 2 - log(x),
    "gamma shift": gamma(x + 2) - x * gamma(x),
    "gamma shift twice": gamma(x + 2) - x * (x + 2) * gamma(x),
    "loggamma": loggamma(x + 1) - loggamma(x) + log(x),
    "digamma": digamma(x + 1) - digamma(x) + 1 / x,
    "digamma shift": digamma(x + 2) - digamma(x) - 2 / x,
    "polygamma sign": polygamma(1, x + 1) - polygamma(1, x) - 1 / x**2,
    "beta": beta(a + 1, b) - b / (a + b) * beta(a, b),
    "factorial": factorial(n + 1) - n * factorial(n),
    "binomial": binomial(n + 2, 2) - n * (n - 1) / 2,
    "units": log(1 + sqrt(2)) - log(sqrt(2) - 1),
    "other units": log(sqrt(5) - 1) + log(sqrt(5) + 2),
    "denested": sqrt(3 + 2 * sqrt(2)) + 1 - sqrt(2),
    "denested otherwise": sqrt(3 - 2 * sqrt(2)) - 1 + sqrt(2) + sqrt(3 + 2 * sqrt(2)),
    "atanh": atanh(p) - log(1 + p) + log(1 - p),
    "asinh": asinh(t) - log(sqrt(1 + t**2) - t),
    "root of a square": sqrt(t**2) - t,
    "root of a square, both": sqrt(t**2) + t,
    "root of a square below 0": sqrt(u**2) - u,
    "cube of a root": (t**2) ** Rational(3, 2) - t**3,
    "absolute value": Abs(t) ** 3 - t**3,
    "roots of sums": sqrt(x + y) - sqrt(x) - sqrt(y),
    "log of a square": log((p - q) ** 2) - log(p**2) - log(q**2),
    "powers": 6**n - 2**n * 2**n,
    "powers of sums": (x + y) ** a - x**a - y**a,
    "exponents": x ** (a * b) - x ** (a + b),
    "exp": exp(x + y) - exp(x) - exp(y),
    "exp of a product": exp(x * y) - exp(x) * exp(y),
    "fractions": 1 / (p + q) - 1 / p - 1 / q,
    "large primes": log(PRIME * OTHER) - log(PRIME) - log(OTHER + 2),
    "squares": (x + y) ** 2 - x**2 - y**2,
    "larger of two": Max(x, y) - x,
    "larger of squares": Max(p, p**2) - p**2,
    "sign": sign(t) - 1,
    "cases": Piecewise((x, t > 0), (0, True)) - x,
    "Jensen-Shannon": D(P, [(p + q) / 2, 1 - (p + q) / 2]) - D(Q, [(p + q) / 2, 1 - (p + q) / 2]),
}


def domain():
    return Domain(BASIC)


def values(expression, seed):
    symbols = {symbol for symbol in expression.free_symbols if isinstance(symbol, Symbol)}
    return [found for point in points(symbols, 4, seed) if (found := value(expression, point)) is not None]


@pytest.mark.parametrize("name", TRUE)
def test_true_identities_are_zero(name):
    expression = unfolded(TRUE[name])
    found = values(expression, name)
    assert found
    assert all(abs(number) < SMALL for number in found)
    assert is_zero(expression, domain())


@pytest.mark.parametrize("name", FALSE)
def test_false_identities_are_not_zero(name):
    expression = unfolded(FALSE[name])
    assert any(abs(number) > SMALL for number in values(expression, name))
    assert not is_zero(expression, domain())


def test_the_corpus_is_large_enough():
    assert len(TRUE) >= 60
    assert len(FALSE) >= 60


@pytest.mark.parametrize(
    ("expression", "hypotheses"),
    [
        (p * log(p / q) + (1 - p) * log((1 - p) / (1 - q)), [Eq(p, q)]),
        (log(x) - log(a) - log(b), [Eq(x, a * b)]),
        (log(x) - log(2), [Eq(2 * x, 4)]),
        (x - 3, [Eq(x + y, 5), Eq(x - y, 1)]),
        (log(x) - log(y), [Eq(x, y), Eq(y, x)]),
        (sqrt((p + q) ** 2) - 1, [Eq(p + q, 1)]),
        (log(t**2) - 2 * log(Abs(t)), [Ne(t, 0)]),
    ],
)
def test_equalities_among_the_hypotheses_are_used(expression, hypotheses):
    assert is_zero(expression, Domain([*BASIC, *hypotheses]))
    if not isinstance(hypotheses[0], Ne):
        assert not is_zero(expression, domain())


@pytest.mark.parametrize(
    ("expression", "equality", "factor"),
    [(y - 1, Eq(x * y, x), x), (x - 1, Eq(x**2, x), x), (y - 1, Eq(y * log(p), log(p)), p - 1), (y - t, Eq(x * y, x * t), x)],
)
def test_a_factor_of_an_equality_is_cancelled_only_where_it_is_not_zero(expression, equality, factor):
    assert not is_zero(expression, Domain([p > 0, equality]))
    assert is_zero(expression, Domain([p > 0, p < 1, equality, Ne(factor, 0)]))


@pytest.mark.parametrize("expression", [oo, -oo, S.NaN, S.ComplexInfinity, I * x - I * x * 2, Float("0.5") * x, x + oo])
def test_what_is_not_a_finite_exact_real_number_is_not_zero(expression):
    assert not is_zero(expression, domain())


def test_unknown_functions_are_functions_of_the_values_of_their_arguments():
    s = Function("s")
    assert is_zero(s(log(x**2)) - s(2 * log(x)), domain())
    assert not is_zero(s(x) - s(y), domain())


def test_a_deep_or_large_expression_ends_without_an_answer():
    assert not is_zero((x + y + a + b + 1) ** 150 - 1, domain())
    nested = x
    for _ in range(3000):
        nested = Function("s")(nested)
    assert not is_zero(nested, domain())


def test_the_empty_difference_is_zero():
    assert is_zero(Integer(0), domain())


@pytest.mark.parametrize(
    "expression",
    [p * log(p / (1 - p)) + p, D(P, Q), log(x**2 * y) / (1 + x) + sqrt(x), log(6 * x) * pi, log(1 - p**2), -log(1 / (q - q**2)) + 3],
)
def test_log_form_is_the_expression(expression):
    expression = unfolded(expression)
    terms, rest = log_form(expression, domain())
    assert not rest.has(log)
    again = sum((coefficient * log(base) for coefficient, base in terms), rest)
    assert is_zero(again - expression, domain())
    for found in values(again - expression, 1):
        assert abs(found) < SMALL
    assert all(domain().is_positive(base) for _, base in terms)


def test_log_form_of_what_is_not_one():
    assert log_form(log(p) ** 2, domain()) is None
    assert log_form(p / log(q), domain()) is None
    assert log_form(log(t**2), domain()) is None  # the sign of t is not known


def test_log_form_keeps_symbols_on_request():
    points = Domain([*BASIC, Eq(p + q, 1)])
    assert log_form(log(q), points, eliminate=False) == ([(1, q)], 0)
    assert log_form(log(p) + log(q), points)[0] in ([(1, p), (1, 1 - p)], [(1, 1 - q), (1, q)], [(1, q), (1, 1 - q)])


def test_unfolded_leaves_families():
    from sympy.stats import Normal

    noun = Entropy(Normal("X", 0, 1))
    assert unfolded(noun + Entropy(P)) == noun - p * log(p) - (1 - p) * log(1 - p)
    assert is_zero(unfolded(2 * noun - noun - Entropy(Normal("Y", 0, 1))), domain())
