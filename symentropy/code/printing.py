"""Expressions as Python text that floats and mpmath's numbers both understand.

Main definitions: `prepared`, `python_text`, and `plain_number`.

Main statements
---------------
Every number in the text is an integer, a dyadic float, or ``number(p)/q``, so that it has all its digits in either arithmetic.
"""

from __future__ import annotations

from typing import Any

from sympy import Add, Expr, Mul, S, exp, log
from sympy.printing.str import StrPrinter

from symentropy.code.functions import BUILT_IN, CONSTANTS, ROUTINES, expm1, log1p, plain
from symentropy.code.rounding import is_exact, noise


def prepared(expression: Expr) -> Expr:
    """Return an expression in functions that there are, and in log(1 + x) and exp(x) - 1 where these keep digits.

    >>> from sympy import symbols
    >>> p, q = symbols("p q", positive=True)
    >>> prepared(log((1 - p) / (1 - q)))
    log1p(-p) - log1p(-q)
    """
    expression = plain(expression).replace(log, _logarithm)
    return expression.replace(lambda part: isinstance(part, Add) and part.has(exp) and S.NegativeOne in part.args, _with_expm1)


def _logarithm(argument: Expr) -> Expr:
    apart = {factor: x for factor in Mul.make_args(argument) if (x := _beside_one(factor.as_base_exp()[0])) is not None}
    rest = argument / Mul(*apart)
    return Add(log(rest), *(factor.as_base_exp()[1] * log1p(x) for factor, x in apart.items()))


def _beside_one(base: Expr) -> Expr | None:
    """Return x for 1 + x with an x that keeps its digits; None for another number."""
    if not isinstance(base, Add) or base.args[0] != 1:
        return None
    x = base - 1
    return x if is_exact(x) or (x.is_nonnegative and noise(x) == 0) else None


def _with_expm1(whole: Add) -> Expr:
    waves = [term for term in whole.args if isinstance(term, exp)]
    return whole if not waves else Add(*(term for term in whole.args if term not in (S.NegativeOne, waves[0])), expm1(*waves[0].args))


class _Printer(StrPrinter):
    """Python text of an expression that is prepared."""

    def _print_Rational(self, expr: Any) -> str:
        if is_exact(expr):
            return repr(float(expr))
        return f"number({expr.p})/{expr.q}"

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:  # noqa: ARG002 - SymPy's signature
        base, exponent = expr.args
        if abs(exponent) == S.Half:
            root = f"sqrt({self._print(base)})"
            return root if exponent == S.Half else f"1/{root}"
        if exponent == -1:
            return f"1/{self._bracketed(base)}"
        return f"{self._bracketed(base)}**{self._bracketed(exponent)}"

    def _bracketed(self, part: Expr) -> str:
        text: str = self._print(part)
        return text if part.is_Symbol or part.is_Function or (part.is_Integer and part >= 0) else f"({text})"

    def _print_Exp1(self, expr: Any) -> str:  # noqa: ARG002
        return "exp(1)"

    def _print_ExpBase(self, expr: Any) -> str:
        return f"exp({self._print(expr.args[0])})"

    _print_exp = _print_ExpBase

    def _print_NumberSymbol(self, expr: Any) -> str:
        return CONSTANTS[expr].name

    _print_Pi = _print_EulerGamma = _print_Catalan = _print_NumberSymbol

    def _print_Function(self, expr: Any) -> str:
        name, arguments = type(expr).__name__, expr.args
        if name == "polygamma" and arguments[0] == 0:
            name, arguments = "digamma", arguments[1:]
        name = BUILT_IN.get(name) or ROUTINES[name].name
        return f"{name}({', '.join(map(self._print, arguments))})"

    _print_Abs = _print_Max = _print_Min = _print_zeta = _print_polygamma = _print_Function


def python_text(expression: Expr) -> str:
    """Return a prepared expression as Python text.

    >>> from sympy import Rational, symbols, pi
    >>> a, b = symbols("a b", positive=True)
    >>> python_text(Rational(2, 3) * a ** Rational(1, 3) / b - Rational(1, 2)), python_text(log(2 * pi) / 2)
    ('2*a**(number(1)/3)/(3*b) - 0.5', 'log(2*pi)/2')
    """
    text: str = _Printer().doprint(expression)
    return text


def plain_number(value: Expr) -> str:
    """Return a number as a literal of Python.

    >>> from sympy import Rational
    >>> plain_number(Rational(3)), plain_number(Rational(1, 3))
    ('3', '0.3333333333333333')
    """
    return str(int(value)) if value.is_Integer else repr(float(value))
