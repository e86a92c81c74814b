"""The functions that generated code calls: what computes them in floating point, and with more digits.

Main definitions: `Routine`, and `routines_of`, those of an expression; `plain`, which writes an expression in functions that have one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy
from sympy import Basic, Derivative, Expr, Function, S, Subs, exp, gamma, loggamma, zeta

from symentropy.errors import NoClosedForm
from symentropy.exact import shown


class zeta_derivative(Function):  # noqa: N801 - a function has the name that it is printed with
    """The derivative of the zeta function."""

    nargs = (1,)


class log1p(Function):  # noqa: N801
    """The logarithm of 1 + x."""

    nargs = (1,)

    def fdiff(self, argindex: int = 1) -> Expr:  # noqa: ARG002 - SymPy's signature
        """Return the derivative."""
        return 1 / (1 + self.args[0])


class expm1(Function):  # noqa: N801
    """exp(x) - 1."""

    nargs = (1,)

    def fdiff(self, argindex: int = 1) -> Expr:  # noqa: ARG002
        """Return the derivative."""
        return exp(self.args[0])


@dataclass(frozen=True, slots=True)
class Routine:
    """A function in generated code: its name, and the text of what computes it; ``single`` is empty where nothing in SciPy does."""

    name: str
    single: str
    multiple: str

    @property
    def needs_scipy(self) -> bool:
        """Whether the text uses ``scipy.special``."""
        return "special." in self.single


def _scipy(name: str, own: str, multiple: str) -> Routine:
    """A function of SciPy, whose scalars are made floats: what they would warn of is looked at by whoever calls."""
    return Routine(name, f"lambda *x: float(special.{own}(*x))", multiple)


_BOTH = ("log", "log1p", "exp", "expm1", "sqrt", "sinh", "cosh", "tanh", "sin", "cos", "tan", "asin", "acos", "atan", "asinh", "acosh")
#: SymPy's name of a function -> what computes it.
ROUTINES: dict[str, Routine] = {name: Routine(name, f"math.{name}", f"mpmath.{name}") for name in (*_BOTH, "atanh", "erf", "erfc", "gamma")}
ROUTINES |= {
    "loggamma": Routine("loggamma", "math.lgamma", "mpmath.loggamma"),
    "digamma": _scipy("digamma", "digamma", "mpmath.digamma"),
    "polygamma": _scipy("polygamma", "polygamma", "mpmath.psi"),
    "besseli": _scipy("besseli", "iv", "mpmath.besseli"),
    "expint": _scipy("expint", "expn", "mpmath.expint"),
    "Ei": _scipy("Ei", "expi", "mpmath.ei"),
    "zeta": _scipy("zeta", "zeta", "mpmath.zeta"),
    "uppergamma": Routine("uppergamma", "lambda s, x: float(special.gammaincc(s, x)) * math.gamma(s)", "mpmath.gammainc"),
    "lowergamma": Routine(
        "lowergamma", "lambda s, x: float(special.gammainc(s, x)) * math.gamma(s)", "lambda s, x: mpmath.gammainc(s, 0, x)"
    ),
    "polylog": Routine("polylog", "", "mpmath.polylog"),
    "zeta_derivative": Routine("zeta_derivative", "", "lambda s: mpmath.zeta(s, derivative=1)"),
}
#: Constants: SymPy's name -> the same.
CONSTANTS: dict[Basic, Routine] = {
    S.Pi: Routine("pi", "math.pi", "mpmath.pi"),
    S.EulerGamma: Routine("euler_gamma", "0.5772156649015329", "mpmath.euler"),
    S.Catalan: Routine("catalan", "0.915965594177219", "mpmath.catalan"),
}
#: Functions of SymPy that Python's ``abs``, ``max`` and ``min`` compute.
BUILT_IN: Mapping[str, str] = {"Abs": "abs", "Max": "max", "Min": "min"}
#: Functions that are written in others.
_REWRITTEN = (
    (sympy.coth, sympy.tanh),
    (sympy.sech, sympy.cosh),
    (sympy.csch, sympy.sinh),
    (sympy.factorial, gamma),
    (sympy.binomial, gamma),
    (sympy.catalan, gamma),
    (sympy.sec, sympy.cos),
    (sympy.csc, sympy.sin),
    (sympy.cot, sympy.tan),
)


def plain(expression: Expr) -> Expr:
    """Return an expression in functions that generated code can call.

    >>> from sympy import beta, coth, log
    >>> from sympy.abc import a, b
    >>> plain(coth(a)), plain(log(beta(a, b)))
    (1/tanh(a), loggamma(a) + loggamma(b) - loggamma(a + b))
    """
    for old, new in _REWRITTEN:
        if expression.has(old):
            expression = expression.replace(old, lambda *x, old=old, new=new: old(*x).rewrite(new))
    expression = expression.replace(
        sympy.log, lambda x: sympy.Add(*(_log_of_factor(factor) for factor in sympy.Mul.make_args(x))) if _has_gamma(x) else sympy.log(x)
    )
    expression = expression.replace(sympy.beta, lambda a, b: exp(loggamma(a) + loggamma(b) - loggamma(a + b)))
    expression = expression.replace(lambda part: isinstance(part, Subs) and isinstance(part.expr, Derivative), _slope)
    return expression.replace(lambda part: isinstance(part, Derivative), _slope)


def _has_gamma(argument: Expr) -> bool:
    return any(factor.as_base_exp()[0].func in (gamma, sympy.beta) for factor in sympy.Mul.make_args(argument))


def _log_of_factor(factor: Expr) -> Expr:
    """Return the logarithm of a positive factor, of gamma functions as loggamma."""
    base, exponent = factor.as_base_exp()
    if isinstance(base, gamma):
        return exponent * loggamma(*base.args)
    if isinstance(base, sympy.beta):
        a, b = base.args
        return exponent * (loggamma(a) + loggamma(b) - loggamma(a + b))
    return sympy.log(factor)


def _slope(part: Expr) -> Expr:
    inner, point = (part.expr, part.point[0]) if isinstance(part, Subs) else (part, part.variables[0])
    if inner.expr.func != zeta or inner.expr.args != inner.variables:
        raise NoClosedForm(f"no Python function computes {shown(part)}")
    return zeta_derivative(point)


def routines_of(expression: Expr) -> dict[str, Routine]:
    """Return the functions and constants of an expression that are not Python's own; raise `NoClosedForm` for one without a routine."""
    found: dict[str, Routine] = {}
    for part in sorted(expression.atoms(Function, sympy.Sum, sympy.Integral, sympy.NumberSymbol), key=str):
        name = type(part).__name__
        if part == S.Exp1:
            name = "exp"
        if name in BUILT_IN or name == "Piecewise":
            continue
        routine = CONSTANTS.get(part) or ROUTINES.get("digamma" if name == "polygamma" and part.args[0] == 0 else name)
        if routine is None:
            raise NoClosedForm(f"no Python function computes {shown(part)}")
        found[routine.name] = routine
    return found
