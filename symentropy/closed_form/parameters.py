"""What the parameters of a family must satisfy, so that a bare symbol may be taken as what it must be.

Main definitions: `KINDS`, and `strengthened`, which puts positive symbols in place of bare ones that must be positive.
"""

from __future__ import annotations

from sympy import Basic, Dummy, Symbol

#: The private symbols here are counted from this number, those of bound variables from 1: a parameter named x is no outcome.
FIRST = 1000

#: SymPy's class of a family, without "Distribution" -> the kinds of its parameters in order: r real, p positive, u in (0, 1),
#: n a positive integer, a digit: greater than the parameter of that number.
KINDS: dict[str, str] = {
    **dict.fromkeys(("Normal", "Laplace", "LogNormal", "Cauchy", "Logistic", "LogCauchy", "LogitNormal", "Moyal", "Levy"), "rp"),
    **dict.fromkeys(("RaisedCosine", "VonMises"), "rp"),
    "Gumbel": "pr-",
    **dict.fromkeys(("Exponential", "Rayleigh", "Maxwell", "StudentT", "WignerSemicircle", "Poisson", "Lindley"), "p"),
    **dict.fromkeys(("Gamma", "Beta", "Pareto", "Weibull", "GammaInverse", "FDistribution", "Kumaraswamy", "LogLogistic", "Lomax"), "pp"),
    **dict.fromkeys(("BetaPrime", "FisherZ", "Nakagami", "GaussianInverse", "Gompertz", "Erlang", "ShiftedGompertz"), "pp"),
    **dict.fromkeys(("Dagum",), "ppp"),
    **dict.fromkeys(("ExponentialPower", "ExGaussian"), "rpp"),
    **dict.fromkeys(("Chi", "ChiSquared"), "n"),
    "Frechet": "ppr",
    **dict.fromkeys(("Uniform", "Arcsin", "QuadraticU"), "r0"),
    "PowerFunction": "pr1",
    "BoundedPareto": "pp1",
    "Reciprocal": "p0",
    "Triangular": "r20",
    "Trapezoidal": "r012",
    **dict.fromkeys(("Geometric", "Logarithmic", "FlorySchulz"), "u"),
    "Zeta": "p",
    "YuleSimon": "p",
    "NegativeBinomial": "pu",
    "Bernoulli": "r",
    "Binomial": "nr",
}


def strengthened(*distributions: Basic) -> tuple[tuple[Basic, ...], dict[Basic, Basic], dict[Basic, Basic]]:
    """Return the distributions with bare symbols replaced by symbols that are known to be in range, the way back, and the way there.

    >>> from sympy.abc import mu, sigma
    >>> from sympy.stats import Normal
    >>> (X,), back, _ = strengthened(Normal("X", mu, sigma).pspace.distribution)
    >>> [(s.is_real, s.is_positive) for s in X.args], list(back.values())
    ([(True, None), (True, True)], [mu, sigma])
    """
    forward: dict[Basic, Basic] = {}
    back: dict[Basic, Basic] = {}
    for distribution in distributions:
        kinds = KINDS.get(type(distribution).__name__.removesuffix("Distribution"), "")
        if type(distribution).__name__ == "FDistributionDistribution":
            kinds = "pp"
        for kind, argument in zip(kinds, distribution.args, strict=False):
            if not isinstance(argument, Symbol) or argument in forward or argument in back:
                continue
            _strengthen(distribution, kind, argument, forward, back)
    return tuple(distribution.xreplace(forward) for distribution in distributions), back, forward


def _strengthen(distribution: Basic, kind: str, argument: Symbol, forward: dict[Basic, Basic], back: dict[Basic, Basic]) -> None:
    known = dict(argument._assumptions_orig)
    if kind.isdigit():
        below = distribution.args[int(kind)]
        if (argument - below).is_positive:
            return
        gap = Dummy(argument.name, positive=True, dummy_index=FIRST + len(back))
        forward[argument] = forward.get(below, below) + gap
        back[gap] = argument - below
        return
    needed = {"p": {"positive": True}, "u": {"positive": True}, "n": {"positive": True, "integer": True}}.get(kind, {"real": True})
    if all(argument._assumptions.get(name) for name in needed):
        return
    strong = Dummy(argument.name, dummy_index=FIRST + len(back), **{**known, **needed})
    forward[argument] = strong
    back[strong] = argument
