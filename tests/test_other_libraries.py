"""The page of errors in other libraries: each program prints what the page says, and each right value is that of the definition.

A program runs where its library is installed in the version of its first line; where it is newer the error may be mended, and the test
skips. The right values come from the definitions by sums and quadrature of mpmath, which know no closed form.
"""

import contextlib
import io
import re
import warnings
from importlib import metadata
from pathlib import Path

import mpmath
import pytest
from mpmath import mp, mpf

PAGE = (Path(__file__).parent.parent / "docs" / "other_libraries.md").read_text(encoding="utf-8")
ENTRIES = dict(re.findall(r"^### (.*?)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
PROGRAM = re.compile(r"```python\n# (\w+) ([\d.]+)\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)
RIGHT = re.compile(r"^Right: (\S+)\.(?:\s|$)", re.MULTILINE)


def expectation(term, density, low, high):
    """Return the mean of a term under a density, by quadrature; between several points where the mass is."""
    return mpmath.quad(lambda x: density(x) * term(x) if density(x) > 0 else mpf(0), mpmath.linspace(low, high, 9))


def entropy_of_terms(probability, first, last):
    """Return the sum of -p log p over explicit outcomes."""
    return -mpmath.fsum(p * mpmath.log(p) for p in map(probability, range(first, last + 1)) if p > 0)


def tilted(rate):
    """Return the density on (0, 1) that is proportional to exp(rate x): the continuous Bernoulli distribution by its logit."""
    total = mpmath.quad(lambda x: mpmath.exp(rate * (x - 1)), mpmath.linspace(0, 1, 9))
    return lambda x: mpmath.exp(rate * (x - 1)) / total


def divergence(p, q):
    """Return the integral of p log(p/q) over (0, 1)."""
    return expectation(lambda x: mpmath.log(p(x) / q(x)), p, 0, 1)


def log_mean(k):
    """Return E log x of a chi-squared variable with k degrees of freedom, by quadrature."""

    def weight(x):
        return x ** (mpf(k) / 2 - 1) * mpmath.exp(-x / 2)

    ends = [0, 1, 10, 100, 400]
    return mpmath.quad(lambda x: mpmath.log(x) * weight(x), ends) / mpmath.quad(weight, ends)


def inverse_wishart():
    """Return the entropy at p = 2, with means of log chi-squared variables (Bartlett's decomposition) by quadrature."""
    degrees, determinant = 5, mpf(14) / 10 * mpf(9) / 4 - mpf(1) / 4

    log_det = mpmath.log(determinant) - log_mean(degrees) - log_mean(degrees - 1)  # of X, whose inverse has the scale Psi^-1
    log_gammas = mpmath.log(mpmath.pi) / 2 + mpmath.loggamma(mpf(5) / 2) + mpmath.loggamma(2)
    log_density = mpf(degrees) / 2 * mpmath.log(determinant) - degrees * mpmath.log(2) - log_gammas
    return -(log_density - mpf(degrees + 3) / 2 * log_det - degrees)  # tr(Psi X^-1) has the mean 2 * degrees


def zeta_entropy(s):
    """Return log Z + s sum k^-s log k / Z for Z = sum k^-s, both sums from alternating ones, which converge fast."""
    double = 2 ** (1 - s)
    eta = mpmath.nsum(lambda k: (-1) ** (int(k) + 1) * k**-s, [1, mpmath.inf], method="alternating")
    slope = mpmath.nsum(lambda k: (-1) ** int(k) * mpmath.log(k) * k**-s, [1, mpmath.inf], method="alternating")
    total = eta / (1 - double)
    log_total = -(slope / (1 - double) - eta * double * mpmath.log(2) / (1 - double) ** 2)
    return mpmath.log(total) + s * log_total / total


def wishart_divergence():
    """Return E log(p/q) of two 2 x 2 Wishart distributions, with E log|X| by quadrature and E X = n S."""
    first, second = mpmath.matrix([["1.4", "0.5"], ["0.5", "2.25"]]), mpmath.matrix([["1.5", "-0.4"], ["-0.4", mpf(4) / 3]])

    log_det = mpmath.log(mpmath.det(first)) + log_mean(4) + log_mean(3)

    def log_density(n, scale):
        inverse = mpmath.inverse(scale) * first
        gammas = mpmath.log(mpmath.pi) / 2 + mpmath.loggamma(mpf(n) / 2) + mpmath.loggamma(mpf(n - 1) / 2)
        normaliser = n * mpmath.log(2) + mpf(n) / 2 * mpmath.log(mpmath.det(scale)) + gammas
        return mpf(n - 3) / 2 * log_det - 4 * (inverse[0, 0] + inverse[1, 1]) / 2 - normaliser

    return log_density(4, first) - log_density(5, second)


def loglogistic(x):
    return 3 / mpf(2) * (x / 2) ** 2 / (1 + (x / 2) ** 3) ** 2


def two_sided(tiny):
    """Return the divergence of a fair coin from one that is off by a little, with digits enough for the cancellation."""
    with mp.workdps(150):
        half = mpf(1) / 2
        return +mpmath.fsum(half * mpmath.log(half / (half + sign * mpf(tiny))) for sign in (1, -1))


def bernoulli():
    return tilted(mpmath.log(mpf(3) / 7))


def large_poisson():
    mean = 10**4
    return entropy_of_terms(lambda k: mpmath.exp(k * mpmath.log(mean) - mean - mpmath.loggamma(k + 1)), mean - 2000, mean + 2000)


def gaussian():
    density = lambda x: mpmath.exp(-(x**2) / 2) / mpmath.sqrt(2 * mpmath.pi)  # noqa: E731
    return expectation(lambda x: -mpmath.log(density(x)), density, -12, 12)


def uniform_density(_):
    return mpf(1)


#: The right value of an entry, from the definition.
VALUES = {
    "The entropy of the inverse Wishart distribution": inverse_wishart,
    "The entropy of the zeta distribution": lambda: zeta_entropy(mpf(11) / 10),
    "The entropy of the logarithmic distribution": lambda: entropy_of_terms(
        lambda k: mpf("0.99") ** k / (-k * mpmath.log(mpf("0.01"))), 1, 6000
    ),
    "The entropy of a Poisson distribution with a large mean": large_poisson,
    "The entropy of a geometric distribution that is certain": lambda: mpf(0),
    "From a continuous Bernoulli to a uniform distribution on the same interval": lambda: divergence(bernoulli(), uniform_density),
    "From a uniform to a continuous Bernoulli distribution": lambda: divergence(uniform_density, bernoulli()),
    "From a binomial distribution that is certain": lambda: mpmath.log(1 / mpf("0.5") ** 5),
    "To a binomial distribution that is certain": lambda: mpmath.inf,
    "From a Poisson distribution that is certain": lambda: mpmath.log(1 / mpmath.exp(-2)),
    "Two geometric distributions that are certain": lambda: mpf(0),
    "A batch of Wishart distributions": wishart_divergence,
    "Continuous Bernoulli distributions with large logits": lambda: divergence(tilted(50), tilted(60)),
    "Entropies by cancellation": gaussian,
    "The entropy of the log-logistic distribution is its mean": lambda: expectation(
        lambda t: -mpmath.log(loglogistic(mpmath.exp(t))), lambda t: loglogistic(mpmath.exp(t)) * mpmath.exp(t), -30, 30
    ),
    "Entropies of finite distributions": lambda: entropy_of_terms(lambda _: mpf(1) / 3, 1, 3),
    "An entropy with an imaginary part, and one that is not a number": lambda: (
        2 * mpmath.quad(lambda x: -12 * x**2 * mpmath.log(12 * x**2), [0, mpf(1) / 2])
    ),
    "Families whose stated support is not the true one": lambda: mpmath.quad(
        lambda x: -6 * x * (1 - x**2) ** 2 * mpmath.log(6 * x * (1 - x**2) ** 2), [0, mpf(1) / 2, 1]
    ),
    "The uniform distribution with symbolic ends": lambda: mpmath.quad(lambda _: -mpmath.log(mpf(1) / 2) / 2, [1, 3]),
    "The sign of a small divergence": lambda: two_sided("1e-40"),
    "Interval logarithms that miss the value": lambda: mpmath.quad(lambda t: 1 / t, [1, 1 + mpf(43) / 2**46]),
    "A small divergence is 0": lambda: two_sided("1e-9"),
}


def programs():
    for title, text in ENTRIES.items():
        for library, version, code, printed in PROGRAM.findall(text):
            yield pytest.param(library, version, code, printed, id=f"{library}: {title}")


@pytest.mark.parametrize(("library", "version", "code", "printed"), list(programs()))
def test_a_program_prints_what_the_page_says(library, version, code, printed):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip(library)
        installed = metadata.version(library).partition("+")[0]
        if installed != version:
            pytest.skip(f"{library} {installed} is installed, the page is about {version}")
        with contextlib.redirect_stdout(io.StringIO()) as output:
            exec(compile(code, "docs/other_libraries.md", "exec"), {})
    assert output.getvalue() == printed


def test_every_entry_has_a_program():
    assert len(ENTRIES) > 20
    assert [title for title, text in ENTRIES.items() if len(PROGRAM.findall(text)) != 1] == []
    assert {title for title, text in ENTRIES.items() if RIGHT.search(text)} == set(VALUES)


@pytest.mark.parametrize("title", VALUES)
def test_the_right_value_is_that_of_the_definition_and_ours(title):
    stated = RIGHT.search(ENTRIES[title]).group(1)
    with mp.workdps(30):
        value = VALUES[title]()
        if stated in ("0", "oo", "2"):
            assert value == {"0": 0, "oo": mpmath.inf, "2": 2}[stated]
        else:
            assert abs(value - mpf(stated)) < abs(value) * mpf(10) ** -14
    session = ENTRIES[title].partition("```pycon")[2]
    assert re.search(rf"(?<![\w.-]){re.escape(stated)}(?![\w.])", session)


def test_the_test_would_notice_a_program_that_prints_something_else():
    with pytest.raises(AssertionError):
        test_a_program_prints_what_the_page_says("mpmath", metadata.version("mpmath"), "print(1)", "2\n")
