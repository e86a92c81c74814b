"""The table of comparison: every cell is a program that answers rightly (yes) or does not (no).

A cell of a library that is not installed, or is in another version than the table says, is skipped. The libraries are imported in the
programs, since most of them are not there.
"""

import contextlib
import io
import math
import re
import signal
import warnings
from importlib import import_module, metadata
from pathlib import Path

import pytest
from sympy import Rational, Symbol, log, stats, symbols

import symentropy
from symentropy import Entropy, Finite, KLDivergence, decide, entropy, evaluate, kl_divergence, prove

ROOT = Path(__file__).parent.parent


def table(page):
    """Return the lines of the table of a page as cells."""
    lines = page.read_text(encoding="utf-8").splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]


HEAD, _, *ROWS = table(ROOT / "docs" / "comparison.md")
LIBRARIES = {"SymPy": "sympy", "dit": "dit", "psitip": "psitip", "SciPy": "scipy", "PyTorch": "torch"}
CELLS = [(row[0], column, cell) for row in ROWS for column, cell in zip(HEAD[1:], row[1:], strict=True)]
SECONDS = 10
#: Programs that use up the time.
SLOW = {("H of Beta(α, β) as an expression", "SymPy 1.14.0")}

p, q, a, b, c, d = symbols("p q a b c d", positive=True)
n = Symbol("n", integer=True, positive=True)
THIRD, HALF, TINY = Rational(1, 3), Rational(1, 2), Rational(1, 10**40)
BINARY = -p * log(p) - (1 - p) * log(1 - p)
THIRDS, QUARTERS, CERTAIN = [1 / 3, 2 / 3], [0.25, 0.75], [1.0, 0.0]
ENTROPY, GAMMAS = 0.636514168294813, 0.406117766633424
DIVERGENCE = math.log(4 / 3) / 3 + 2 * math.log(8 / 9) / 3
INFORMATION = 0.27807190511263
FIFTY = "0.63651416829481281845042382261707465926382380158258"


def near(value, expected, scale=1.0):
    return math.isclose(float(value) * scale, expected, rel_tol=1e-5, abs_tol=1e-12)


def refuses(make):
    try:
        make()
    except (ValueError, ArithmeticError):
        return True
    return False


def has(module, *names):
    return any(hasattr(import_module(module), name) for name in names)


def same(value, expected):
    return all(near(value.subs({p: x}), float(expected.subs({p: x}))) for x in (0.2, 0.7))


# dit and psitip measure in bits


def dit_pmf(weights):
    return import_module("dit").Distribution(["0", "1"], weights)


def dit_symbolic(weights):
    return import_module("dit.symbolic").symbolic_distribution(["0", "1"], weights)


def dit_entropy(pmf):
    return import_module("dit").shannon.entropy(pmf)


def dit_divergence(first, second):
    return import_module("dit.divergences").kullback_leibler_divergence(first, second)


def psi_entropy(weights):
    psi = import_module("psitip")
    X, model = psi.rv("X"), psi.ConcModel()
    model[X] = weights
    return float(model[psi.H(X)])


def psi_divergence(first, second):
    psi = import_module("psitip")
    X, Y, model = psi.rv("X"), psi.rv("Y"), psi.ConcModel()
    model[X], model[Y] = first, second
    return float(model[psi.divergence(X, Y)])


def torch_pmf(weights):
    torch = import_module("torch")
    return torch.distributions.Categorical(probs=torch.tensor(weights, dtype=torch.float64))


def torch_divergence(first, second):
    return import_module("torch.distributions").kl_divergence(first, second).item()


def torch_family(name, *parameters):
    torch = import_module("torch")
    return getattr(torch.distributions, name)(*(torch.tensor(x, dtype=torch.float64) if isinstance(x, float) else x for x in parameters))


def torch_gradient():
    torch = import_module("torch")
    rate = torch.tensor(2.0, requires_grad=True)
    family = torch.distributions.Exponential
    torch.distributions.kl_divergence(family(rate), family(torch.tensor(1.0))).backward()
    return near(rate.grad, 1 / 2 - 1 / 4)


def scipy_stats():
    return import_module("scipy.stats")


def gammas():
    return [stats.Gamma("X", Rational(7, 5), Rational(4, 3)), stats.Gamma("Y", Rational(9, 4), Rational(3, 2))]


def proofs_of_psitip():
    psi = import_module("psitip")
    X, Y = psi.rv("X"), psi.rv("Y")
    return bool(psi.H(X, Y) <= psi.H(X) + psi.H(Y)) and not bool(psi.H(X, Y) >= psi.H(X) + psi.H(Y))


def information_of_psitip():
    psi = import_module("psitip")
    X, Y, model = psi.rv("X"), psi.rv("Y"), psi.ConcModel()
    model[X], model[Y | X] = [0.5, 0.5], [[0.8, 0.2], [0.2, 0.8]]
    return near(model[psi.I(X & Y)], INFORMATION)


def information_of_dit():
    dit = import_module("dit")
    return near(
        dit.shannon.mutual_information(dit.Distribution(["00", "01", "10", "11"], [0.4, 0.1, 0.1, 0.4]), [0], [1]), 0.27807190511263
    )


def no_function(module, *names):
    """Return a program that answers where a module has one of these functions."""
    return lambda: has(module, *names)


DIVERGENCES = ("kl_divergence", "kullback_leibler_divergence", "divergence", "relative_entropy")
NO_DIVERGENCE = {"sympy": no_function("sympy.stats", *DIVERGENCES), "scipy": no_function("scipy.stats", *DIVERGENCES)}
NO_FAMILIES = {"dit": no_function("dit", "Normal", "Gamma", "Exponential", "Cauchy"), "psitip": no_function("psitip", "Gamma", "Cauchy")}
NO_PROOF = {
    "sympy": no_function("sympy", "prove", "decide"),
    "dit": no_function("dit", "prove", "decide"),
    "scipy": no_function("scipy.stats", "prove", "decide"),
    "torch": no_function("torch.distributions", "prove", "decide"),
}
#: Question -> library -> program that returns whether it answers rightly.
PROGRAMS = {
    "H of [p, 1 − p] as an expression": {
        "symentropy": lambda: same(entropy([p, 1 - p]), BINARY),
        "sympy": lambda: same(stats.entropy(stats.Bernoulli("X", p)), BINARY),
        "dit": lambda: same(dit_entropy(dit_symbolic([p, 1 - p])) * log(2), BINARY),
        "psitip": lambda: psi_entropy([p, 1 - p]),
        "scipy": lambda: same(scipy_stats().entropy([p, 1 - p]), BINARY),
        "torch": lambda: same(torch_pmf([p, 1 - p]).entropy(), BINARY),
    },
    "H of the uniform pmf on n outcomes is log n, n a symbol": {
        "symentropy": lambda: entropy(Finite.uniform(n)) == log(n),
        "sympy": lambda: stats.entropy(stats.Die("X", n)) == log(n),
        "dit": lambda: import_module("dit").uniform(n),
        "psitip": lambda: psi_entropy([1 / n] * n),
        "scipy": lambda: scipy_stats().randint(0, n).entropy() == log(n),
        "torch": lambda: torch_pmf([1 / n] * n),
    },
    "H of a pmf of numbers": {
        "symentropy": lambda: near(evaluate(Entropy([THIRD, 2 * THIRD])), ENTROPY),
        "sympy": lambda: near(stats.entropy(stats.Bernoulli("X", THIRD)), ENTROPY),
        "dit": lambda: near(dit_entropy(dit_pmf(THIRDS)), ENTROPY, math.log(2)),
        "psitip": lambda: near(psi_entropy(THIRDS), ENTROPY, math.log(2)),
        "scipy": lambda: near(scipy_stats().entropy(THIRDS), ENTROPY),
        "torch": lambda: near(torch_pmf(THIRDS).entropy(), ENTROPY),
    },
    "H of [1, 0] is 0": {
        "symentropy": lambda: entropy([1, 0]) == 0,
        "sympy": lambda: stats.entropy(stats.Bernoulli("X", 1)) == 0,
        "dit": lambda: near(dit_entropy(dit_pmf(CERTAIN)), 0),
        "psitip": lambda: near(psi_entropy(CERTAIN), 0),
        "scipy": lambda: near(scipy_stats().entropy(CERTAIN), 0),
        "torch": lambda: near(torch_pmf(CERTAIN).entropy(), 0),
    },
    "D of two pmfs of numbers": {
        **NO_DIVERGENCE,
        "symentropy": lambda: near(evaluate(KLDivergence([THIRD, 2 * THIRD], ["1/4", "3/4"])), DIVERGENCE),
        "dit": lambda: near(dit_divergence(dit_pmf(THIRDS), dit_pmf(QUARTERS)), DIVERGENCE, math.log(2)),
        "psitip": lambda: near(psi_divergence(THIRDS, QUARTERS), DIVERGENCE, math.log(2)),
        "scipy": lambda: near(scipy_stats().entropy(THIRDS, QUARTERS), DIVERGENCE),
        "torch": lambda: near(torch_divergence(torch_pmf(THIRDS), torch_pmf(QUARTERS)), DIVERGENCE),
    },
    "D is infinite where q is 0 and p is not": {
        **NO_DIVERGENCE,
        "symentropy": lambda: kl_divergence([THIRD, 2 * THIRD], [1, 0]) == math.inf,
        "dit": lambda: dit_divergence(dit_pmf(THIRDS), dit_pmf(CERTAIN)) == math.inf,
        "psitip": lambda: psi_divergence(THIRDS, CERTAIN) == math.inf,
        "scipy": lambda: scipy_stats().entropy(THIRDS, CERTAIN) == math.inf,
        "torch": lambda: torch_divergence(torch_pmf(THIRDS), torch_pmf(CERTAIN)) == math.inf,
    },
    "H of Exponential(λ) as an expression": {
        **NO_FAMILIES,
        "symentropy": lambda: same(entropy(stats.Exponential("X", p)), 1 - log(p)),
        "sympy": lambda: same(stats.entropy(stats.Exponential("X", p)), 1 - log(p)),
        "scipy": lambda: same(scipy_stats().expon(scale=1 / p).entropy(), 1 - log(p)),
        "torch": lambda: same(torch_family("Exponential", p).entropy(), 1 - log(p)),
    },
    "H of Beta(α, β) as an expression": {
        **NO_FAMILIES,
        "symentropy": lambda: near(entropy(stats.Beta("X", a, b)).subs({a: 2, b: 3}), -0.234906649788),
        "sympy": lambda: near(stats.entropy(stats.Beta("X", a, b)).subs({a: 2, b: 3}), -0.234906649788),
        "scipy": lambda: scipy_stats().beta(a, b).entropy().subs({a: 2, b: 3}),
        "torch": lambda: torch_family("Beta", a, b).entropy().subs({a: 2, b: 3}),
    },
    "H of Gamma(7/3, 5/4) as a number": {
        **NO_FAMILIES,
        "symentropy": lambda: near(evaluate("H(Gamma(7/3, 5/4))"), 1.90701235538672),
        "sympy": lambda: near(stats.entropy(stats.Gamma("X", Rational(7, 3), Rational(5, 4))), 1.90701235538672),
        "scipy": lambda: near(scipy_stats().gamma(7 / 3, scale=5 / 4).entropy(), 1.90701235538672),
        "torch": lambda: near(torch_family("Gamma", 7 / 3, 4 / 5).entropy(), 1.90701235538672),
    },
    "D of two gamma distributions as a number": {
        **NO_FAMILIES,
        **NO_DIVERGENCE,
        "symentropy": lambda: near(evaluate(KLDivergence(*gammas())), GAMMAS),
        "torch": lambda: near(torch_divergence(torch_family("Gamma", 1.4, 3 / 4), torch_family("Gamma", 2.25, 2 / 3)), GAMMAS),
    },
    "D of two gamma distributions as an expression": {
        **NO_FAMILIES,
        **NO_DIVERGENCE,
        "symentropy": lambda: near(
            kl_divergence(stats.Gamma("X", a, b), stats.Gamma("Y", c, d)).subs({a: 1.4, b: 4 / 3, c: 2.25, d: 1.5}).evalf(), GAMMAS
        ),
        "torch": lambda: torch_divergence(torch_family("Gamma", a, 1 / b), torch_family("Gamma", c, 1 / d)).subs({a: 1}),
    },
    "D of Normal from Cauchy, which has no closed form, as a number": {
        **NO_FAMILIES,
        **NO_DIVERGENCE,
        "symentropy": lambda: near(evaluate("D(Normal(0, 1) || Cauchy(0, 1))"), 0.259245065),
        "torch": lambda: near(torch_divergence(torch_family("Normal", 0.0, 1.0), torch_family("Cauchy", 0.0, 1.0)), 0.259245065),
    },
    "D of Cauchy from Normal is infinite": {
        **NO_FAMILIES,
        **NO_DIVERGENCE,
        "symentropy": lambda: kl_divergence(stats.Cauchy("X", 0, 1), stats.Normal("Y", 0, 1)) == math.inf,
        "torch": lambda: torch_divergence(torch_family("Cauchy", 0.0, 1.0), torch_family("Normal", 0.0, 1.0)) == math.inf,
    },
    "D of two binomial distributions, the first certain": {
        **NO_DIVERGENCE,
        "symentropy": lambda: kl_divergence(stats.Binomial("X", 5, 1), stats.Binomial("Y", 5, HALF)) == 5 * log(2),
        "dit": no_function("dit", "Binomial", "binomial"),
        "psitip": no_function("psitip", "Binomial", "binomial"),
        "torch": lambda: near(torch_divergence(torch_family("Binomial", 5, 1.0), torch_family("Binomial", 5, 0.5)), 5 * math.log(2)),
    },
    "50 digits of H([1/3, 2/3])": {
        "symentropy": lambda: str(evaluate(Entropy([THIRD, 2 * THIRD]), 50)) == FIFTY,
        "sympy": lambda: str(stats.entropy(stats.Bernoulli("X", THIRD)).n(50)) == FIFTY,
        "dit": lambda: str((dit_entropy(dit_symbolic([THIRD, 2 * THIRD])) * log(2)).n(50)) == FIFTY,
        "psitip": lambda: str(psi_entropy([THIRD, 2 * THIRD])) == FIFTY,
        "scipy": lambda: str(scipy_stats().entropy([THIRD, 2 * THIRD])) == FIFTY,
        "torch": lambda: str(torch_pmf(THIRDS).entropy().item()) == FIFTY,
    },
    "Two exact bounds of H(Normal(0, 1)), proved": {
        "symentropy": lambda: (found := evaluate("H(Normal(0, 1))")).certified and found.lower < found.upper,
        "sympy": lambda: stats.entropy(stats.Normal("X", 0, 1)).n().lower,
        "dit": no_function("dit", "evaluate", "enclosure"),
        "psitip": no_function("psitip", "evaluate", "enclosure"),
        "scipy": lambda: scipy_stats().norm().entropy().lower,
        "torch": lambda: torch_family("Normal", 0.0, 1.0).entropy().lower,
    },
    "The digits of D where it is 2e-80": {
        "symentropy": lambda: str(evaluate(KLDivergence([HALF, HALF], [HALF + TINY, HALF - TINY]), 5)) == "2.0000e-80",
        "sympy": lambda: math.isclose(sum(HALF * log(HALF / (HALF + s * TINY)) for s in (1, -1)).evalf(), 2e-80, rel_tol=1e-4),
        "dit": lambda: math.isclose(
            dit_divergence(dit_symbolic([HALF, HALF]), dit_symbolic([HALF + TINY, HALF - TINY])).evalf(), 2e-80 / math.log(2), rel_tol=1e-4
        ),
        "psitip": lambda: math.isclose(psi_divergence([0.5, 0.5], [0.5 + 1e-40, 0.5 - 1e-40]), 2e-80 / math.log(2), rel_tol=1e-4),
        "scipy": lambda: math.isclose(scipy_stats().entropy([0.5, 0.5], [0.5 + 1e-40, 0.5 - 1e-40]), 2e-80, rel_tol=1e-4),
        "torch": lambda: math.isclose(torch_divergence(torch_pmf([0.5, 0.5]), torch_pmf([0.5 + 1e-40, 0.5 - 1e-40])), 2e-80, rel_tol=1e-4),
    },
    "Refuses [0.3, 0.3], whose sum is not 1": {
        "symentropy": lambda: refuses(lambda: entropy(["0.3", "0.3"])),
        "sympy": lambda: refuses(lambda: stats.FiniteRV("X", {0: Rational(3, 10), 1: Rational(3, 10)})),
        "dit": lambda: refuses(lambda: dit_entropy(dit_pmf([0.3, 0.3]))),
        "psitip": lambda: refuses(lambda: psi_entropy([0.3, 0.3])),
        "scipy": lambda: refuses(lambda: scipy_stats().entropy([0.3, 0.3])),
        "torch": lambda: refuses(lambda: torch_pmf([0.3, 0.3]).entropy()),
    },
    "A written proof of H([p, 1 − p]) ≤ log 2": {
        **NO_PROOF,
        "symentropy": lambda: "Equality holds if and only if p = 1/2" in str(prove("H([p, 1-p]) <= log 2")),
        "psitip": lambda: psi_entropy([p, 1 - p]) <= log(2),
    },
    "A counterexample to H(P) = H(Q)": {
        **NO_PROOF,
        "symentropy": lambda: decide("H(P) = H(Q)", given=["P = [p, 1-p]", "Q = [q, 1-q]"]).witness is not None,
        "psitip": no_function("psitip", "counterexample", "witness"),
    },
    "Mutual information of two random variables": {
        "symentropy": lambda: hasattr(symentropy, "mutual_information"),
        "sympy": no_function("sympy.stats", "mutual_information"),
        "dit": information_of_dit,
        "psitip": information_of_psitip,
        "scipy": no_function("scipy.stats", "mutual_information"),
        "torch": no_function("torch.distributions", "mutual_information"),
    },
    "H(X, Y) ≤ H(X) + H(Y) for any random variables": {
        **NO_PROOF,
        "symentropy": lambda: decide("H(X, Y) <= H(X) + H(Y)").outcome == "proved",
        "psitip": proofs_of_psitip,
    },
    "Many distributions in one call": {
        "symentropy": lambda: len(entropy([["1/2", "1/4"], ["1/2", "3/4"]])) == 2,
        "sympy": lambda: len(stats.entropy([stats.Bernoulli("X", HALF), stats.Bernoulli("Y", THIRD)])) == 2,
        "dit": lambda: len(dit_entropy([dit_pmf(THIRDS), dit_pmf(QUARTERS)])) == 2,
        "psitip": lambda: len(psi_entropy([THIRDS, QUARTERS])) == 2,
        "scipy": lambda: near(scipy_stats().entropy([[0.5, 1 / 3], [0.5, 2 / 3]])[1], ENTROPY),
        "torch": lambda: near(torch_pmf([[0.5, 0.5], THIRDS]).entropy()[1], ENTROPY),
    },
    "Gradients of a divergence by backpropagation": {
        "symentropy": lambda: hasattr(kl_divergence(stats.Exponential("X", a), stats.Exponential("Y", b)), "backward"),
        "sympy": no_function("sympy.stats", "backward"),
        "dit": lambda: hasattr(dit_divergence(dit_pmf(THIRDS), dit_pmf(QUARTERS)), "backward"),
        "psitip": no_function("psitip", "backward"),
        "scipy": lambda: hasattr(scipy_stats().entropy(THIRDS, QUARTERS), "backward"),
        "torch": torch_gradient,
    },
}


class OutOfTimeError(BaseException):
    """The seconds of a program are over; no library catches this."""


@contextlib.contextmanager
def limited(seconds):
    def stop(_number, _frame):
        raise OutOfTimeError

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


def answers(program):
    try:
        with limited(SECONDS), contextlib.redirect_stdout(io.StringIO()):
            return bool(program())
    except (Exception, OutOfTimeError):  # whatever a library raises is no answer
        return False


@pytest.mark.parametrize(
    ("question", "column", "cell"), [pytest.param(*cell, marks=[pytest.mark.slow] if cell[:2] in SLOW else []) for cell in CELLS]
)
def test_cell(question, column, cell):
    name, _, version = column.partition(" ")
    library = LIBRARIES.get(name, name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip(library)
        if version and (installed := metadata.version(library).partition("+")[0]) != version:
            pytest.skip(f"{library} {installed} is installed, the table is about {version}")
        assert cell == ("yes" if answers(PROGRAMS[question][library]) else "no")


def test_the_table_is_complete():
    assert [row[0] for row in ROWS] == list(PROGRAMS)
    assert HEAD[1] == "symentropy"
    assert {re.sub(r" .*", "", column) for column in HEAD[2:]} == set(LIBRARIES)
    assert all(set(programs) == {"symentropy", *LIBRARIES.values()} for programs in PROGRAMS.values())


def test_the_table_of_the_readme_is_a_part_of_it():
    head, _, *rows = table(ROOT / "README.md")
    assert head == HEAD
    assert len(rows) >= 8
    assert [row for row in ROWS if row in rows] == rows


def test_the_programs_can_fail():
    assert not answers(lambda: near(1.0001, 1))
    assert not answers(lambda: 1 / 0)
    assert answers(lambda: near(math.log(2), 1, 1 / math.log(2)))
    assert not has("symentropy", "no_such_name")
