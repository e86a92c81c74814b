"""The expectation of a function of the outcome of a distribution, as the derivations of closed forms write it.

Main definition: `Expectation`.

Left out on purpose: its value. What is known about it is stated by steps of proofs (see `symentropy.proof.densities`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Basic, Expr, Ge, Gt, Le, Lt, MatrixSymbol, Piecewise, S, Symbol, Tuple
from sympy.printing.pretty.stringpict import prettyForm

from symentropy.conditions import conjuncts
from symentropy.errors import DomainError
from symentropy.exact import shown


class Expectation(Expr):
    """E[f(x)] for an outcome x of a distribution P, unevaluated; x is bound.

    Parameters
    ----------
    statistic
        f(x), an expression in the outcome.
    outcome
        The symbol x; of a vector or a matrix a matrix symbol, or the tuple of the symbols of its coordinates.
    distribution
        A distribution object.

    A part of the mean, that of f(x) where a condition holds and 0 elsewhere, is written E[f(x); condition], that of 1 P[condition].

    >>> from sympy import log, symbols
    >>> from sympy.stats import Exponential
    >>> x, rate = Symbol("x", positive=True), Symbol("lambda", positive=True)
    >>> P = Exponential("X", rate).pspace.distribution
    >>> Expectation(log(x), x, P), Expectation(log(x), x, P).free_symbols
    (E[log(x)], {lambda})
    >>> Expectation(Piecewise((x, x < 1), (0, True)), x, P)
    E[x; x < 1]
    >>> Expectation(Piecewise((1, (x > 1) & (x < 2)), (0, True)), x, P)
    P[1 < x < 2]
    >>> Expectation(x, 2 * x, P)
    Traceback (most recent call last):
    ...
    symentropy.errors.DomainError: 2*x is not a symbol for the outcome
    >>> from sympy.stats import Dirichlet
    >>> y, z = symbols("y z")
    >>> Expectation(log(y), Tuple(y, z), Dirichlet("X", rate, 1).pspace.distribution).free_symbols
    {lambda}
    """

    __slots__ = ()

    is_commutative = True
    is_number = False

    def __new__(cls, statistic: Expr, outcome: Basic, distribution: Basic) -> Expectation:
        parts = outcome.args if isinstance(outcome, Tuple) else (outcome,)
        if not parts or not all(isinstance(part, (Symbol, MatrixSymbol)) for part in parts):
            raise DomainError(f"{shown(outcome)} is not a symbol for the outcome")
        made: Expectation = Expr.__new__(cls, statistic, outcome, distribution)
        return made

    @property
    def statistic(self) -> Expr:
        """The function of the outcome."""
        expression: Expr = self.args[0]
        return expression

    @property
    def outcome(self) -> Any:
        """The bound variable, or the tuple of them."""
        return self.args[1]

    @property
    def variables(self) -> tuple[Basic, ...]:
        """The bound variables."""
        return self.outcome.args if isinstance(self.outcome, Tuple) else (self.outcome,)

    @property
    def distribution(self) -> Basic:
        """The distribution of the outcome."""
        return self.args[2]

    @property
    def limits(self) -> tuple[Tuple, ...]:
        """The bound variables, as SymPy's sums and integrals give theirs."""
        return tuple(Tuple(variable) for variable in self.variables)

    @property
    def free_symbols(self) -> set[Basic]:
        """The symbols that are not bound."""
        return (self.statistic.free_symbols - set(self.variables)) | self.distribution.free_symbols

    def _eval_subs(self, old: Basic, new: Basic) -> Expr | None:
        return self if old in self.variables or new.has(*self.variables) else None

    def doit(self, **_hints: Any) -> Expr:
        """Return the expectation as it is."""
        return self

    def _eval_derivative(self, symbol: Basic) -> Expr | None:
        return None if symbol in self.free_symbols else S.Zero

    def _parts(self) -> tuple[Expr, Any]:
        """Return f(x) and the condition under which it is not 0, None where there is none."""
        f = self.statistic
        if isinstance(f, Piecewise) and len(f.args) == 2 and f.args[1].expr == 0:
            return f.args[0].expr, f.args[0].cond
        return f, None

    def _written(self, printer: Any, signs: Sequence[str]) -> tuple[str, str, str]:
        """Return E or P, what stands in front of the condition, and the condition: of 1, the mean is a probability."""
        inner, condition = self._parts()
        if condition is None:
            return "E", printer._print(inner), ""
        where = _bounds(condition, self.outcome, printer, signs)
        return ("P", "", where) if inner == 1 else ("E", printer._print(inner), where)

    def _sympystr(self, printer: Any) -> str:
        name, inner, where = self._written(printer, ("<", "<="))
        return f"{name}[{'; '.join(part for part in (inner, where) if part)}]"

    def _latex(self, printer: Any) -> str:
        name, inner, where = self._written(printer, ("<", r"\le"))
        written = r";\, ".join(part for part in (inner, where) if part)
        return rf"\mathbb{{{name}}}\left[{written}\right]"

    def _pretty(self, printer: Any) -> prettyForm:
        inner, condition = self._parts()
        parts = [part for part in (inner, condition) if part is not None and part != 1]
        name = "P" if condition is not None and inner == 1 else "E"
        return prettyForm(*printer._print_seq(parts, "[", "]", delimiter="; ").left(name), binding=prettyForm.ATOM)


def _bounds(condition: Any, x: Symbol, printer: Any, signs: Sequence[str]) -> str:
    """Return a condition, two bounds of x as one: 1 < x < 2."""
    sides = conjuncts(condition)
    lower = [side for side in sides if isinstance(side, (Lt, Le, Gt, Ge)) and side.gts == x]
    upper = [side for side in sides if isinstance(side, (Lt, Le, Gt, Ge)) and side.lts == x]
    if len(sides) != 2 or len(lower) != 1 or len(upper) != 1:
        return str(printer._print(condition))
    below, above = (signs[not isinstance(side, (Lt, Gt))] for side in (lower[0], upper[0]))
    return f"{printer._print(lower[0].lts)} {below} {printer._print(x)} {above} {printer._print(upper[0].gts)}"


def expected(statistic: Expr, outcome: Basic, distribution: Basic) -> Expr:
    """Return the expectation of a function of an outcome; of a constant, the constant.

    >>> from sympy.abc import x
    >>> from sympy.stats import Normal
    >>> expected(x**2, x, Normal("X", 0, 1).pspace.distribution), expected(S(2), x, Normal("X", 0, 1).pspace.distribution)
    (E[x**2], 2)
    """
    made = Expectation(statistic, outcome, distribution)
    return made if statistic.has(*made.variables) else statistic
