"""Distributions inside quantities, in text, LaTeX and pretty print: [p, 1 - p], Normal(mu, sigma).

Main definitions: `distribution_text`, `distribution_latex`, `distribution_pretty`. The text of a family is how the notation reads it.
`ipython_text`, a method with which IPython shows what a person reads, where ``repr`` is what Python would need to make it again.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sympy import Basic, Dummy, Lambda, MatrixBase, Symbol, false
from sympy.concrete.expr_with_limits import ExprWithLimits
from sympy.printing.pretty.stringpict import prettyForm
from sympy.printing.str import StrPrinter

from symentropy.distribution import name_of
from symentropy.finite import Finite, compact
from symentropy.law import fresh
from symentropy.layout import LATEX, SHOWN

#: Last arguments that SymPy adds to a family by default, and that a person does not write.
DEFAULT_ARGUMENTS: dict[str, tuple[Any, ...]] = {"Bernoulli": (1, 0), "Binomial": (1, 0), "Gumbel": (false,)}

#: Names of SymPy's classes for a user's own density.
OWN_NAMES = {
    "ContinuousDistributionHandmade": "ContinuousRV",
    "DiscreteDistributionHandmade": "DiscreteRV",
    "FiniteDistributionHandmade": "FiniteRV",
    "JointDistributionHandmade": "JointRV",
    "MultivariateBetaDistribution": "Dirichlet",
}


def ipython_text(value: object, printer: Any, _cycle: bool) -> None:
    """Show ``str`` of a value in IPython: a class has this as its method ``_repr_pretty_``."""
    printer.text(str(value))


def _name_and_arguments(distribution: Basic) -> tuple[str, tuple[Any, ...]]:
    name, arguments = name_of(distribution), distribution.args
    name = OWN_NAMES.get(type(distribution).__name__, name)
    arguments = tuple(_readable(argument) for argument in arguments)
    extra = DEFAULT_ARGUMENTS.get(name, ())
    return name, arguments[: len(arguments) - len(extra)] if extra and arguments[-len(extra) :] == extra else arguments


def _readable(argument: Basic) -> Basic:
    """Return a density with variables that read well in place of its private ones."""
    if not isinstance(argument, Lambda) or not all(isinstance(variable, Dummy) for variable in argument.variables):
        return argument
    used = {symbol.name for symbol in argument.free_symbols if isinstance(symbol, Symbol)}
    names = fresh(argument.variables, used)
    return Lambda(names if len(names) > 1 else names[0], argument(*names))


def distribution_text(distribution: Basic, text: Callable[[Any], str]) -> str:
    """Return a distribution as text; ``text`` prints an expression."""
    if isinstance(distribution, Finite):
        return compact(distribution, text)
    name, arguments = _name_and_arguments(distribution)
    return f"{name}({', '.join(matrix_text(part, text) if isinstance(part, MatrixBase) else text(part) for part in arguments)})"


def matrix_text(matrix: MatrixBase, text: Callable[[Any], str]) -> str:
    """Return the rows of a matrix in brackets, a column as one list, as the notation reads them.

    >>> from sympy import Matrix
    >>> matrix_text(Matrix([[1, 2], [3, 4]]), str), matrix_text(Matrix([1, 2]), str)
    ('[[1, 2], [3, 4]]', '[1, 2]')
    """
    rows = [", ".join(map(text, row)) for row in matrix.tolist()]
    return f"[{', '.join(rows)}]" if matrix.cols == 1 else f"[{', '.join(f'[{row}]' for row in rows)}]"


def distribution_latex(distribution: Basic, text: Callable[[Any], str]) -> str:
    """Return a distribution as LaTeX; ``text`` prints an expression as LaTeX."""
    if isinstance(distribution, Finite):
        return compact(distribution, text, LATEX)
    name, arguments = _name_and_arguments(distribution)
    return rf"\operatorname{{{name}}}\left({', '.join(map(text, arguments))}\right)"


def distribution_pretty(distribution: Basic, printer: Any) -> prettyForm:
    """Return a distribution as a two-dimensional form."""
    if isinstance(distribution, Finite):
        if distribution.is_indexed or distribution.is_named or distribution.size > SHOWN:
            return prettyForm(compact(distribution, str))
        return printer._print_seq(distribution.probabilities, "[", "]")
    name, arguments = _name_and_arguments(distribution)
    return prettyForm(*printer._print_seq(arguments, "(", ")").left(name))


class TermsUnevaluated:
    """A printer that orders terms without the values of series and integrals, which SymPy would work out for that, for minutes."""

    def _as_ordered_terms(self, expr: Any, order: Any = None) -> list[Any]:
        names = {part: Dummy("s") for part in expr.atoms(ExprWithLimits) if not part.free_symbols}
        back = {name: part for part, name in names.items()}
        return [term.xreplace(back) for term in super()._as_ordered_terms(expr.xreplace(names), order)]  # type: ignore[misc]


class LongIntegers(TermsUnevaluated, StrPrinter):
    """Text of expressions whose integers may have more digits than CPython's ``str`` takes."""

    def _print_Integer(self, expr: Any) -> str:
        return format(Decimal(int(expr)), "f")

    def _print_Rational(self, expr: Any) -> str:
        return f"{Decimal(int(expr.p)):f}/{Decimal(int(expr.q)):f}"

    def _print_MatrixBase(self, expr: Any) -> str:
        return matrix_text(expr, self._print)

    _print_ImmutableDenseMatrix = _print_DenseMatrix = _print_MatrixBase

    def _print_Trace(self, expr: Any) -> str:
        return f"tr({self._print(expr.arg)})"

    def _print_Determinant(self, expr: Any) -> str:
        return f"det({self._print(expr.arg)})"

    def _print_polygamma(self, expr: Any) -> str:
        """Print the digamma function, which is polygamma(0, x), by its name, as the notation reads it."""
        order, argument = expr.args
        return f"digamma({self._print(argument)})" if order == 0 else f"polygamma({self._print(order)}, {self._print(argument)})"


def plain_text(expression: Basic) -> str:
    """Return ``str(expression)``, for integers of any length.

    >>> from sympy import Integer
    >>> len(plain_text(Integer(10) ** 5000))
    5001
    """
    return LongIntegers().doprint(expression)
