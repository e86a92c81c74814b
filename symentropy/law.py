"""A density or an indexed pmf with its bound variables and limits.

Main definitions
----------------
* `Law`, with `Law.inside`, which decides whether one support lies in another: True, False, a condition, or None for unknown.
* `Law.presented`, the same law with bound variables that read well and clash with nothing.
* `bound_symbol`, the private symbols under which a pmf or a density keeps its bound variables, which no substitution reaches.

Left out on purpose: where laws come from (see `symentropy.distribution`) and what is summed over them (see `symentropy.definitions`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sympy import (
    And,
    DiracDelta,
    Dummy,
    Expr,
    Heaviside,
    Integral,
    KroneckerDelta,
    Le,
    Max,
    Min,
    Piecewise,
    Pow,
    S,
    Sum,
    Symbol,
    ceiling,
    false,
    floor,
    oo,
    sign,
    true,
)
from sympy.logic.boolalg import Boolean

#: A bound variable, its lower end and its upper end; the innermost comes first, as in SymPy's Sum and Integral.
Limit = tuple[Symbol, Expr, Expr]

#: First letter of a bound variable -> the letters tried in its place when it is taken.
LETTERS = {"i": "ijkl", "k": "kjil", "x": "xyztuvw"}

#: Functions that may be 0 on a part of the support without saying where.
VANISHING = (DiracDelta, Heaviside, KroneckerDelta, Max, Min, ceiling, floor, sign)


def bound_symbol(name: str, place: int = 0, **assumptions: Any) -> Symbol:
    """Return a private symbol, the same each time, that equals none of the user's; it prints with an underscore."""
    return Dummy(name, dummy_index=place + 1, **assumptions)  # SymPy itself counts its dummies from about a million


def is_private(symbol: Any) -> bool:
    """Return whether a symbol is one of those that `bound_symbol` makes.

    >>> is_private(bound_symbol("x")), is_private(Dummy("x")), is_private(Symbol("x"))
    (True, False, False)
    """
    return isinstance(symbol, Dummy) and int(symbol.dummy_index) < 10**6


@dataclass(frozen=True, slots=True)
class Law:
    """A density or an indexed pmf: the value at bound variables between limits.

    ``fills_limits``: the density is positive between the limits, up to measure zero, so that the limits are the support.
    ``may_vanish``: it may be 0 at single points of the sum or integral, where its terms must be 0.
    """

    density: Expr
    limits: tuple[Limit, ...]
    is_discrete: bool
    fills_limits: bool = True
    may_vanish: bool = False

    @property
    def variables(self) -> tuple[Symbol, ...]:
        """The bound variables, innermost first."""
        return tuple(variable for variable, _, _ in self.limits)

    @property
    def is_finite(self) -> bool:
        """Whether the limits are finite."""
        return not any(end.is_infinite for _, *ends in self.limits for end in ends)

    def total(self, summand: Expr) -> Expr:
        """Return the sum or integral of an expression in the bound variables; that of a constant in closed form."""
        if summand == 0:
            return S.Zero
        variable, low, high = self.limits[0]
        if len(self.limits) == 1 and self.is_finite and not summand.has(variable):
            return summand * (high - low + (1 if self.is_discrete else 0))
        return (Sum if self.is_discrete else Integral)(summand, *self.limits)

    def renamed(self, variables: tuple[Symbol, ...]) -> Law:
        """Return the same law with other bound variables."""
        names = dict(zip(self.variables, variables, strict=True))
        limits = tuple((names[x], low.xreplace(names), high.xreplace(names)) for x, low, high in self.limits)
        return Law(self.density.xreplace(names), limits, self.is_discrete, self.fills_limits, self.may_vanish)

    def presented(self, *others: Expr) -> Law:
        """Return the law with variables such as i, k or x, whose names occur neither in it nor in the other expressions."""
        free: set[Any] = set()
        for expression in (self.density, *others, *(end for _, *ends in self.limits for end in ends)):
            free |= expression.free_symbols
        used = {symbol.name for symbol in free - set(self.variables) if isinstance(symbol, Symbol)}
        return self.renamed(fresh(self.variables, used))

    def inside(self, other: Law) -> Boolean | None:
        """Return whether the support of this law lies in that of another with the same variables; None where unknown.

        The zeros of a pmf between its limits do not matter here: its terms are looked at one by one.
        """
        is_known = other.fills_limits or (other.is_discrete and (other.may_vanish or isinstance(other.density, Piecewise)))
        if self.limits == other.limits:
            return true if is_known or _vanish_together(self, other) else None
        variables = set(self.variables)
        if any(end.free_symbols & variables for law in (self, other) for _, *ends in law.limits for end in ends):
            return true if is_known and all((low, high) == (-oo, oo) for _, low, high in other.limits) else None
        condition: Boolean = true
        for (_, low, high), (_, other_low, other_high) in zip(self.limits, other.limits, strict=True):
            condition = And(condition, Le(other_low, low), Le(high, other_high))
        if condition == false:
            return false if self.fills_limits else None
        return condition if is_known and (self.fills_limits or condition == true) else None


def fresh(variables: Iterable[Symbol], used: set[str]) -> tuple[Symbol, ...]:
    """Return ordinary symbols for private ones, with the same letter if it is free, else another; else the private ones.

    >>> fresh([bound_symbol("x_1"), bound_symbol("x_2")], {"x_2"})
    (y_1, y_2)
    """
    variables = tuple(variables)
    for letter in LETTERS[variables[0].name[0]]:
        names = [letter + variable.name[1:] for variable in variables]
        if not used.intersection(names):
            return tuple(Symbol(name, **_assumptions(variable)) for name, variable in zip(names, variables, strict=True))
    return variables


def _assumptions(symbol: Symbol) -> dict[str, bool]:
    """Return what a symbol was declared with."""
    return {name: value for name, value in symbol._assumptions_orig.items() if name != "commutative"}


def is_visibly_positive(density: Expr) -> bool:
    """Whether nothing in a density suggests that it is 0 somewhere: no step function, and no power of 0."""
    return not density.has(*VANISHING) and not any(power.base.is_zero for power in density.atoms(Pow))


def _vanish_together(first: Law, second: Law) -> bool:
    """Whether two Piecewise densities with the same limits are 0 under the same conditions, and nowhere else."""
    if first.may_vanish or second.may_vanish or not isinstance(first.density, Piecewise) or not isinstance(second.density, Piecewise):
        return False
    branches = [[(value == 0, condition) for value, condition in law.density.args] for law in (first, second)]
    return branches[0] == branches[1]
