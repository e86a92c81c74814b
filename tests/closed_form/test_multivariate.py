"""Closed forms of vectors and matrices against the definitions, by ways that share nothing with the formulas."""

import json
import math
import random
from functools import reduce
from itertools import product
from pathlib import Path

import mpmath
import pytest
from sympy import (
    Determinant,
    Expr,
    Identity,
    Indexed,
    Integral,
    MatMul,
    Matrix,
    MatrixSymbol,
    Piecewise,
    Rational,
    Symbol,
    Trace,
    Transpose,
    ZeroMatrix,
    diag,
    exp,
    eye,
    lambdify,
    log,
    oo,
    pi,
    sqrt,
    stats,
    symbols,
)
from sympy.stats.joint_rv_types import MultivariateNormalDistribution, NegativeMultinomial

from symentropy import CrossEntropy, DomainError, Entropy, KLDivergence, cross_entropy, entropy, evaluate, kl_divergence
from symentropy.closed_form.multivariate import closed_form
from symentropy.distribution import as_distribution

RECORDS = json.loads((Path(__file__).parent.parent / "data" / "reference_multivariate.json").read_text(encoding="utf-8"))["references"]
NOUNS = {"entropy": Entropy, "kl": KLDivergence, "cross_entropy": CrossEntropy}
VERBS = {"entropy": entropy, "kl": kl_divergence, "cross_entropy": cross_entropy}
HALF, THIRD = Rational(1, 2), Rational(1, 3)
a, b, c, k = symbols("a b c k", positive=True)
r, m = symbols("r m", real=True)
n = Symbol("n", integer=True, positive=True)
A = [[Rational(7, 5), HALF], [HALF, Rational(9, 4)]]
B = [[Rational(3, 2), Rational(-2, 5)], [Rational(-2, 5), Rational(4, 3)]]


def exactly(value):
    return [exactly(item) for item in value] if isinstance(value, list) else Rational(value)


def built(spec):
    parameters = [exactly(value) for value in spec["params"].values()]
    return stats.Dirichlet("X", *parameters[0]) if spec["family"] == "Dirichlet" else getattr(stats, spec["family"])("X", *parameters)


def formed(P, Q=None, *, is_cross=True):
    """Return the closed form of two random variables."""
    first = as_distribution(P)
    return closed_form(first, first if Q is None else as_distribution(Q), is_cross=is_cross)


# Values computed elsewhere


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_reference_values(record):
    sides = [built(record[side]) for side in "PQ" if record[side]]
    found = evaluate(NOUNS[record["quantity"]](*sides), 35)
    assert found.certified
    expected = Rational(record["value"])
    assert abs(found.midpoint - expected) < abs(expected) * Rational(1, 10**34)


# The definition, by nested quadrature in floating point

STEP, REACH = 0.05, 3.7


def nodes(low, high):
    """Yield the nodes and weights of a double exponential rule between two ends."""
    for place in range(int(-REACH / STEP), int(REACH / STEP) + 1):
        t = place * STEP
        u, v = math.pi / 2 * math.sinh(t), math.pi / 2 * math.cosh(t) * STEP
        if math.isinf(low):
            x, weight = (math.sinh(u), math.cosh(u) * v) if abs(u) < 30 else (0.0, 0.0)
        elif math.isinf(high):
            x, weight = (low + math.exp(u), math.exp(u) * v) if abs(u) < 60 else (0.0, 0.0)
        else:
            half = (high - low) / 2
            x, weight = half / math.cosh(u) * math.exp(u), half * v / math.cosh(u) ** 2
            x = low + x
        if weight and low < x < high:
            yield x, weight


def quadrature(noun):
    """Return a noun's defining integral."""
    whole = noun.rewrite(Integral)
    assert isinstance(whole, Integral)
    variables = [limit[0] for limit in whole.limits]
    integrand = lambdify(variables, whole.function, modules="math")
    ends = [lambdify(variables, limit[1:], modules="math") for limit in whole.limits]

    def inner(level, known):
        if level < 0:
            try:
                value = integrand(*known)
            except (ValueError, OverflowError, ZeroDivisionError):  # log 0 far out, where the density is 0 too
                return 0.0
            return value if math.isfinite(value) else 0.0
        low, high = ends[level](*known)
        total = 0.0
        for x, weight in nodes(float(low), float(high)):
            total += weight * inner(level - 1, [*known[:level], x, *known[level + 1 :]])
        return total

    return inner(len(variables) - 1, [0.0] * len(variables))


NORMAL = stats.MultivariateNormal("X", [THIRD, Rational(-2, 7)], A)
OTHER_NORMAL = stats.MultivariateNormal("Y", [-HALF, Rational(1, 5)], B)
STUDENT = stats.MultivariateT("X", [THIRD, -HALF], B, Rational(9, 2))
SIMPLEX = stats.Dirichlet("X", Rational(7, 3), Rational(5, 2), Rational(8, 5))
PRECISE = stats.NormalGamma("X", THIRD, Rational(7, 5), Rational(5, 2), Rational(3, 4))
OWN = stats.JointRV("x", exp(-(Indexed("x", 1) ** 2) + Indexed("x", 1) - Indexed("x", 2) ** 2 / 2 - Rational(1, 4)) / (pi * sqrt(2)))
DEFINED = {
    "normal": Entropy(NORMAL),
    "normal, cross": CrossEntropy(NORMAL, OTHER_NORMAL),
    "normal, divergence": KLDivergence(NORMAL, OTHER_NORMAL),
    "t": Entropy(STUDENT),
    "Dirichlet": Entropy(SIMPLEX),
    "Dirichlet, cross": CrossEntropy(SIMPLEX, stats.Dirichlet("Y", Rational(3, 2), Rational(11, 3), 2)),
    "Dirichlet, normal": KLDivergence(SIMPLEX, NORMAL),
    "normal-gamma": Entropy(PRECISE),
    "normal-gamma, cross": CrossEntropy(PRECISE, stats.NormalGamma("Y", -HALF, Rational(3, 4), Rational(7, 3), Rational(6, 5))),
    "normal-gamma, normal": KLDivergence(stats.NormalGamma("X", THIRD, Rational(7, 5), 12, 5), OTHER_NORMAL),
    "matrix normal": Entropy(stats.MatrixNormal("X", [[1, -HALF]], [[3]], A)),
    "matrix normal, divergence": KLDivergence(
        stats.MatrixNormal("X", [[1, -HALF]], [[3]], A), stats.MatrixNormal("Y", [[0, THIRD]], [[2]], B)
    ),
    "matrix normal, normal": CrossEntropy(stats.MatrixNormal("X", [[1, -HALF]], [[3]], A), OTHER_NORMAL),
    "matrix t": Entropy(stats.MatrixStudentT("X", Rational(7, 2), [[1, -HALF]], A, [[3]])),
    "own": Entropy(OWN),
    "own, normal": KLDivergence(OWN, OTHER_NORMAL),
    "Beta, Dirichlet": KLDivergence(stats.Beta("X", 2, 3), stats.Dirichlet("Y", 3, HALF)),
    "Gamma, Wishart": KLDivergence(stats.Gamma("X", 2, 3), stats.Wishart("Y", 3, [[HALF]])),
    "normal number, vector": KLDivergence(stats.Normal("X", 1, 2), stats.MultivariateNormal("Y", [0], [[3]])),
    "matrix gamma": CrossEntropy(stats.MatrixGamma("X", 2, 3, [[2]]), stats.Wishart("Y", 3, [[HALF]])),
}


@pytest.mark.parametrize("name", DEFINED)
def test_the_definition(name):
    noun = DEFINED[name]
    assert not noun.doit().has(Integral)
    found = float(evaluate(noun, 15))
    assert abs(quadrature(noun) - found) < 2e-7 * max(1, abs(found))


# Reductions to integrals in one variable, to 25 digits


def chi_squared_log(dof):
    """Return E log x of a chi-squared x."""
    half = mpmath.mpf(dof.p) / dof.q / 2
    return mpmath.quad(lambda x: mpmath.log(x) * x ** (half - 1) * mpmath.exp(-x / 2), [0, 1, 4, 16, 64, mpmath.inf]) / (
        2**half * mpmath.gamma(half)
    )


def number(value):
    return mpmath.mpf(str(value.n(40)))


@pytest.mark.parametrize("size", [1, 2, 3])
def test_wishart_by_the_bartlett_decomposition(size):
    """log det X is log det V and a sum of independent log chi-squared; the constant is that of SymPy's density at the identity."""
    V = eye(size) * 2 + Matrix(size, size, lambda i, j: Rational(1, 1 + i + j))
    W = diag(*range(1, size + 1)) + Matrix(size, size, lambda i, j: Rational(1, 2 + i * j))
    dofs = Rational(7, 2), Rational(5)
    P, Q = stats.Wishart("X", dofs[0], V), stats.Wishart("Y", dofs[1], W)
    with mpmath.workdps(30):
        mean_log_det = number(log(V.det())) + sum(chi_squared_log(dofs[0] - i) for i in range(size))

        def cross(dof, scale, R):
            at_identity = number(log(as_distribution(R).pdf(eye(size)).doit())) + number(scale.inv().trace() / 2)
            power = mpmath.mpf((dof - size - 1).p) / (dof - size - 1).q / 2
            return -(at_identity + power * mean_log_det) + number(dofs[0] * (scale.inv() * V).trace() / 2)

        for noun, expected in (
            (Entropy(P), cross(dofs[0], V, P)),
            (CrossEntropy(P, Q), cross(dofs[1], W, Q)),
            (KLDivergence(P, Q), cross(dofs[1], W, Q) - cross(dofs[0], V, P)),
        ):
            assert abs(number(evaluate(noun, 35).midpoint) - expected) < mpmath.mpf(10) ** -22


def test_dirichlet_by_its_marginals():
    """Each x_i is beta; the constant is that of SymPy's density at a point."""
    alpha, beta = [Rational(3, 2), 2, Rational(5, 3), 3], [1, Rational(7, 2), 2, Rational(4, 3)]
    total = sum(alpha)
    with mpmath.workdps(30):
        values = []
        for weights, R in ((alpha, stats.Dirichlet("X", *alpha)), (beta, stats.Dirichlet("Y", *beta))):
            point = [Rational(1, 4)] * 4
            value = -number(log(as_distribution(R).pdf(*point)))
            value += sum(number((Rational(w) - 1) * log(x)) for w, x in zip(weights, point, strict=True))
            for w, own in zip(map(Rational, weights), map(Rational, alpha), strict=True):
                s, t = number(own), number(total - own)
                mean = mpmath.quad(lambda x, s=s, t=t: mpmath.log(x) * x ** (s - 1) * (1 - x) ** (t - 1), [0, HALF, 1]) / mpmath.beta(s, t)
                value -= number(w - 1) * mean if w != 1 else 0
            values.append(value)
        P, Q = stats.Dirichlet("X", *alpha), stats.Dirichlet("Y", *beta)
        for noun, expected in ((Entropy(P), values[0]), (CrossEntropy(P, Q), values[1]), (KLDivergence(P, Q), values[1] - values[0])):
            assert abs(number(evaluate(noun, 35).midpoint) - expected) < mpmath.mpf(10) ** -20


def covariance(size, seed):
    draw = random.Random(seed)
    half = Matrix(size, size, lambda *_: Rational(draw.randint(-5, 5), draw.randint(1, 4)))
    return half * half.T + eye(size) / 3


@pytest.mark.parametrize("size", range(1, 7))
def test_normal_vectors_by_the_chain_rule(size):
    """Given those before it, each coordinate is normal: its entropy needs one variance, its divergence a mean square of residuals."""
    S1, S2 = covariance(size, size), covariance(size, 50 + size)
    d = Matrix(size, 1, lambda i, _: Rational(i + 1, 3))
    P = stats.MultivariateNormal("X", [0] * size, S1)
    Q = stats.MultivariateNormal("Y", list(d), S2)
    own = cross = Rational(0)
    second = S1 + d * d.T
    for i in range(size):
        for scale, is_own in ((S1, True), (S2, False)):
            before = scale[:i, i]
            weights = scale[:i, :i].LUsolve(before) if i else Matrix(0, 1, [])
            variance = scale[i, i] - ((before.T * weights)[0] if i else 0)
            residual = Matrix([*(-weights), 1])
            square = (residual.T * (S1 if is_own else second)[: i + 1, : i + 1] * residual)[0]
            value = log(2 * pi * variance) / 2 + square / (2 * variance)
            own, cross = (own + value, cross) if is_own else (own, cross + value)
    for noun, expected in ((Entropy(P), own), (CrossEntropy(P, Q), cross), (KLDivergence(P, Q), cross - own)):
        assert abs(noun.doit().n(40) - expected.n(40)) < 1e-35
        assert abs(evaluate(noun, 30).midpoint - expected.n(40)) < 1e-26 * max(1, abs(expected.n(40)))


def test_a_t_vector_against_a_normal_one():
    """Given the chi-squared w of 9/2 degrees of freedom, the vector is normal with covariance matrix dof/w times the scale."""
    dof = mpmath.mpf(9) / 2
    inverse = mpmath.quad(lambda w: dof / w * w ** (dof / 2 - 1) * mpmath.exp(-w / 2), [0, 1, 4, 16, 64, mpmath.inf])
    inverse /= 2 ** (dof / 2) * mpmath.gamma(dof / 2)
    scale, d = Matrix(A), Matrix([Rational(5, 6), -HALF])
    expected = log(2 * pi) + log(scale.det()) / 2 + (d.T * scale.inv() * d)[0] / 2
    expected += Rational(str(inverse)) * (scale.inv() * Matrix(B)).trace() / 2
    Q = stats.MultivariateNormal("Y", [Rational(7, 6), -1], A)
    assert abs(cross_entropy(STUDENT, Q).n() - expected.n()) < 1e-9


def test_laplace_numbers_against_a_normal_one():
    P = stats.MultivariateLaplace("X", [HALF], [[3]])
    density = lambdify(x := Symbol("x"), as_distribution(P).pdf(x).subs(Symbol("x"), x), "mpmath")
    expected = -mpmath.quad(lambda y: density(y).real * (-((y - 1) ** 2) / 4 - mpmath.log(4 * mpmath.pi) / 2), [-60, -9, 0, 9, 90])
    assert abs(evaluate(CrossEntropy(P, stats.MultivariateNormal("Y", [1], [[2]])), 15).midpoint - Rational(str(expected))) < 1e-9


# Counts


def test_multinomials():
    P, Q = (stats.Multinomial("X", 4, *p) for p in ((HALF, THIRD, Rational(1, 6)), (Rational(1, 5), Rational(2, 5), Rational(2, 5))))
    direct = sum(
        as_distribution(P).pdf(*x) * log(as_distribution(P).pdf(*x) / as_distribution(Q).pdf(*x))
        for x in product(range(5), repeat=3)
        if sum(x) == 4
    )
    assert abs((kl_divergence(P, Q) - direct).n(30)) < 1e-28
    general = kl_divergence(stats.Multinomial("X", n, a, 1 - a), stats.Multinomial("Y", n, b, 1 - b))
    assert general == n * kl_divergence([a, 1 - a], [b, 1 - b])
    assert kl_divergence(stats.Multinomial("X", n, HALF, HALF), stats.Multinomial("Y", n, 0, 1)) == oo
    assert kl_divergence(stats.Multinomial("X", n, 0, 1), stats.Multinomial("Y", n, HALF, HALF)) == n * log(2)
    assert kl_divergence(stats.Multinomial("X", 3, a, 1 - a), stats.Multinomial("Y", 4, a, 1 - a)) == oo
    assert kl_divergence(stats.Multinomial("X", n, a, 1 - a), stats.Multinomial("Y", 4, b, 1 - b)).args[-1] == (oo, True)


def test_negative_multinomials():
    P, Q = (NegativeMultinomial("X", 3, *p) for p in ((Rational(1, 4), Rational(1, 8)), (Rational(1, 8), THIRD)))
    densities = [lambdify(symbols("x y"), as_distribution(R).pdf(*symbols("x y")), "math") for R in (P, Q)]
    total = 0.0
    for x, y in product(range(60), repeat=2):
        p, q = (density(x, y) for density in densities)
        total += p * math.log(p / q)
    assert abs(kl_divergence(P, Q).n() - total) < 1e-10


def test_ewens():
    P, Q = (stats.MultivariateEwens("X", 3, t) for t in (HALF, Rational(7, 3)))
    counts = [(3, 0, 0), (1, 1, 0), (0, 0, 1)]
    direct = sum(as_distribution(P).pdf(*x) * log(as_distribution(P).pdf(*x) / as_distribution(Q).pdf(*x)) for x in counts)
    assert abs((kl_divergence(P, Q) - direct).n(30)) < 1e-28
    general = kl_divergence(stats.MultivariateEwens("X", n, HALF), stats.MultivariateEwens("Y", n, Rational(7, 3)))
    assert abs((general.subs(n, 3) - direct).n(30)) < 1e-28


# Laws


def random_pairs(seed):
    draw = random.Random(seed)

    def positive():
        return Rational(draw.randint(1, 40), draw.randint(1, 12))

    def scale(size):
        return covariance(size, draw.random())

    size = draw.randint(1, 4)
    yield tuple(stats.MultivariateNormal("X", [positive() for _ in range(size)], scale(size)) for _ in "PQ")
    yield tuple(stats.Dirichlet("X", *(positive() for _ in range(size + 1))) for _ in "PQ")
    yield tuple(stats.Wishart("X", size - 1 + positive(), scale(size)) for _ in "PQ")
    yield tuple(stats.NormalGamma("X", -positive(), positive(), positive(), positive()) for _ in "PQ")
    yield tuple(stats.MatrixNormal("X", [[positive()] * size, [positive()] * size], scale(2), scale(size)) for _ in "PQ")
    yield tuple(stats.MatrixGamma("X", size + positive(), positive(), scale(size)) for _ in "PQ")


@pytest.mark.parametrize("seed", range(4))
def test_divergences_are_positive_and_differences(seed):
    for P, Q in random_pairs(seed):
        found = evaluate(KLDivergence(P, Q), 20)
        assert found.lower > 0
        assert kl_divergence(P, P) == 0
        assert cross_entropy(P, P) == entropy(P)
        difference = evaluate(CrossEntropy(P, Q) - Entropy(P), 20)
        assert abs(found.midpoint - difference.midpoint) < Rational(1, 10**18) * max(1, abs(found.midpoint))
        for form in (formed(P), formed(P, Q), formed(P, Q, is_cross=False)):
            total = sum(term.coefficient * term.expectation for term in form.terms)
            assert abs((total - form.value).n(30)) < 1e-20 * max(1, abs(form.value.n()))


def test_affine_maps_leave_divergences_unchanged():
    M, shift = Matrix([[2, 1, 0], [0, -1, 3], [1, 1, 1]]), Matrix([1, 2, 3])
    S1, S2, mean = covariance(3, 1), covariance(3, 2), Matrix([1, 0, HALF])
    P, Q = stats.MultivariateNormal("X", [0, 0, 0], S1), stats.MultivariateNormal("Y", list(mean), S2)
    moved = (
        stats.MultivariateNormal("X", list(shift), M * S1 * M.T),
        stats.MultivariateNormal("Y", list(M * mean + shift), M * S2 * M.T),
    )
    assert kl_divergence(P, Q) == kl_divergence(*moved)
    assert abs((entropy(moved[0]) - entropy(P) - log(abs(M.det()))).n(30)) < 1e-28
    V, W = stats.Wishart("X", 4, S1), stats.Wishart("Y", 5, S2)
    images = stats.Wishart("X", 4, M * S1 * M.T), stats.Wishart("Y", 5, M * S2 * M.T)
    assert abs((kl_divergence(V, W) - kl_divergence(*images)).n(30)) < 1e-28
    assert abs((entropy(images[0]) - entropy(V) - 4 * log(abs(M.det()))).n(30)) < 1e-28  # the Jacobian is det M**(p + 1)


def test_the_transpose_of_a_matrix_t_has_the_same_entropy():
    rows, columns = covariance(2, 3), covariance(3, 4)
    first = stats.MatrixStudentT("X", Rational(7, 2), [[1, 0, 2], [0, 1, 0]], columns, rows)
    second = stats.MatrixStudentT("Y", Rational(7, 2), [[1, 0], [0, 1], [2, 0]], rows, columns)
    assert abs((entropy(first) - entropy(second)).n(30)) < 1e-28


def test_a_t_vector_is_nearly_normal_with_many_degrees_of_freedom():
    assert abs((entropy(stats.MultivariateT("X", [0, 0], A, 10**8)) - entropy(stats.MultivariateNormal("X", [0, 0], A))).n(30)) < 1e-7


# Symbolic sizes


def symbolic_size(label):
    return MatrixSymbol(f"m{label}", n, 1), MatrixSymbol(f"S{label}", n, n)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_symbolic_sizes_agree_with_explicit_ones(size):
    (m1, S1), (m2, S2) = symbolic_size(1), symbolic_size(2)
    values = {m1: Matrix([1] * size), m2: Matrix(range(size)), S1: covariance(size, 7), S2: covariance(size, 8)}
    pairs = {
        stats.MultivariateNormal: ((m1, S1), (m2, S2)),
        stats.Wishart: ((Rational(9, 2), S1), (Rational(5), S2)),
    }
    for family, (first, second) in pairs.items():
        P, Q = family("X", *first), family("Y", *second)
        for verb, noun, sides in ((entropy, Entropy, (P,)), (cross_entropy, CrossEntropy, (P, Q)), (kl_divergence, KLDivergence, (P, Q))):
            general = verb(*sides)
            assert isinstance(general, Expr)
            explicit = verb(*(family("Z", *(values.get(x, x) for x in side)) for side in (first, second)[: len(sides)]))
            known = {symbol.subs(n, size): value for symbol, value in values.items()}
            assert abs((general.subs(n, size).subs(known).doit() - explicit).n(30)) < 1e-26
            assert noun(*sides).subs(n, size).subs(known).doit() == explicit


def test_textbook_forms():
    (m1, S1), (m2, S2) = symbolic_size(1), symbolic_size(2)
    P, Q = stats.MultivariateNormal("X", m1, S1), stats.MultivariateNormal("Y", m2, S2)
    assert entropy(P) == n * log(2 * pi * exp(1)) / 2 + log(Determinant(S1)) / 2
    d = (m2 - m1).doit()
    assert kl_divergence(P, Q) == (Trace(S2.I * S1) + Trace(MatMul(Transpose(d), S2.I, d)) - n + log(Determinant(S2) / Determinant(S1))) / 2
    assert kl_divergence(P, stats.MultivariateNormal("Y", m1, S1)) == 0
    standard = MultivariateNormalDistribution(ZeroMatrix(n, 1), Identity(n))
    assert kl_divergence(P, standard) == (Trace(S1) + Trace(m1.T * m1) - n - log(Determinant(S1))) / 2
    assert entropy(MultivariateNormalDistribution(m1, a * Identity(n))) == n * log(a) / 2 + n * log(2 * pi * exp(1)) / 2
    correlated = stats.MultivariateNormal("X", [0, m], [[a**2, r * a * b], [r * a * b, b**2]])
    assert entropy(correlated) == log(a * b) + log(1 - r**2) / 2 + log(2 * pi * exp(1))
    diagonal = kl_divergence(stats.MultivariateNormal("X", [0, 0], diag(a, b)), stats.MultivariateNormal("Y", [0, m], diag(c, k)))
    assert diagonal == (a / c + (b + m**2) / k - 2 + log(c * k / (a * b))) / 2
    shape = stats.Dirichlet("X", a, b, c)
    assert entropy(shape).count_ops() < 35
    assert kl_divergence(stats.Wishart("X", k, S1), stats.Wishart("Y", k, S2)).count_ops() < 15


def test_sizes_of_answers():
    for size, limit in ((2, 40), (3, 110), (4, 500)):
        mean = [Symbol(f"m_{i}") for i in range(size)]
        first, second = (Matrix(size, size, lambda i, j, s=s: Symbol(f"{s}_{min(i, j)}{max(i, j)}")) for s in "st")
        value = kl_divergence(stats.MultivariateNormal("X", [0] * size, first), stats.MultivariateNormal("Y", mean, second))
        assert value.count_ops() < limit
    large = Matrix(8, 8, lambda i, j: Symbol(f"s_{min(i, j)}{max(i, j)}"))
    assert entropy(stats.MultivariateNormal("X", [0] * 8, large)).has(Determinant)  # thousands of terms are not written out


# Conditions, and what is refused


def test_entries_that_are_no_polynomials():
    found = entropy(stats.MultivariateNormal("X", [0, 0], [[sqrt(a), 0], [0, b]]))
    assert (found - 1 - log(2 * pi) - log(a) / 4 - log(b) / 2).expand() == 0


def test_infinite_second_moments():
    Q = stats.MultivariateNormal("Y", [0, 0], A)
    assert kl_divergence(stats.MultivariateT("X", [0, 0], A, 2), Q) == oo
    assert evaluate(KLDivergence(stats.MultivariateT("X", [0, 0], A, 2), Q)).exact
    assert isinstance(kl_divergence(stats.MultivariateT("X", [0, 0], A, k), Q), Piecewise)
    assert kl_divergence(stats.NormalGamma("X", 0, 1, 1, 1), Q) == oo


def test_digits_near_equality():
    tiny = Rational(1, 10**30)
    P, Q = stats.MultivariateNormal("X", [0, 0], A), stats.MultivariateNormal("Y", [0, 0], Matrix(A) * (1 + tiny))
    found = evaluate(KLDivergence(P, Q), 20)
    assert found.certified
    assert abs(found.midpoint - tiny**2 / 2) < tiny**2 / 10**15


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: stats.MultivariateNormal("X", [0, 0], [[1, 1], [1, 1]]), "singular"),
        (lambda: stats.MultivariateNormal("X", [0, 0], [[2, 1], [-1, 2]]), "not symmetric"),
        (lambda: MultivariateNormalDistribution(Matrix([0, 0]), Matrix([[1, 2], [2, 1]])), "not positive definite"),
        (lambda: stats.MultivariateNormal("X", [0, 0], [[a, 2 * a], [2 * a, a]]), "positive"),
        (lambda: stats.MultivariateNormal("X", [0, 0, 0], [[1, 0, 0], [0, a, a], [0, a, a]]), "rows and columns 2, 3 is 0"),
        (lambda: stats.MultivariateNormal("X", [0, 0], [[sqrt(2), 1], [1, 1 / sqrt(2)]]), "singular"),
        (lambda: stats.Wishart("X", 1, [[1, 0], [0, 1]]), "greater than 1"),
        (lambda: stats.MultivariateT("X", [0, 0], [[1, 0], [0, 0]], 3), "positive definite|singular"),
    ],
)
def test_bad_scales(make, message):
    with pytest.raises((DomainError, ValueError), match=message):
        Entropy(make())


def test_different_sizes():
    with pytest.raises(DomainError, match="coordinates"):
        kl_divergence(NORMAL, stats.MultivariateNormal("Y", [0], [[1]]))
    with pytest.raises(DomainError, match="substitute the same size"):
        kl_divergence(NORMAL, stats.MultivariateNormal("Y", *symbolic_size(1)))
    with pytest.raises(DomainError, match="singular"):
        KLDivergence(NORMAL, stats.MultivariateNormal("Y", [0, 0], [[a, r], [r, b]])).subs({a: 1, b: 1, r: 1})


def test_a_density_of_ones_own_must_have_mass_one():
    x, y = Indexed("x", 1), Indexed("x", 2)
    inner = ((x - m) ** 2 / a**2 - 2 * r * (x - m) * y / (a * b) + y**2 / b**2) / (1 - r**2) / 2
    assert entropy(stats.JointRV("x", exp(-inner) / (2 * pi * a * b * sqrt(1 - r**2)))) == log(a * b) + log(1 - r**2) / 2 + log(
        2 * pi * exp(1)
    )
    assert formed(stats.JointRV("x", exp(-(x**2) / 2 - y**2 / 2) / (3 * pi))) is None
    assert formed(stats.JointRV("x", exp(-(x**2) / 2 - y**4))) is None


def test_what_is_left_to_the_definition():
    assert formed(STUDENT, stats.MultivariateT("Y", [0, 0], A, 3)) is None
    assert formed(stats.Normal("X", 0, 1), stats.Normal("Y", 1, 1)) is None
    assert formed(stats.Multinomial("X", n, a, 1 - a)) is None
    assert reduce(lambda x, y: x or y, [formed(NORMAL, STUDENT), formed(SIMPLEX, PRECISE)], None) is None
