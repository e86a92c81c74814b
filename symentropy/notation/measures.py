r"""What integrals and expectations stand for.

Main definitions
----------------
* `Line`, an integral over the reals while it is read: its variable, and the supports of the densities that were met.
* `Cells`, the reading of an integral over an unspecified set: ``\int p(x) \log p(x) dx`` with p and q not declared.
* `resolved`, the density of a declared distribution, or its pmf of numbers.

Main statements
---------------
A density of a declared distribution is written out, and the integral runs over its support or over the limits that are given, which lie
in it. The expectation under a declared distribution is the integral (or sum) of its density times what is averaged.

Densities p(x), q(x) that are not declared live on a set of n cells: the cell i has the size dx[i] > 0 and the probability p[i], so
that p(x) = p[i]/dx[i] there, and the integral of f is the sum of dx[i] f. This is no restriction: the vector of finitely many convergent
integrals of functions of (p(x), q(x)), that of p and that of q among them, lies in the convex cone of the values of these functions,
so that it is a finite sum with positive sizes. So a claim about such integrals holds for all densities if and only if it holds for all
cells. A pmf is the case dx[i] = 1; what needs that, such as H(P) >= 0, is false for densities, and is refuted here.

Left out: several variables, and functions of x besides the densities in an integral over an unspecified set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from sympy import Basic, Eq, Expr, IndexedBase, Integer, Integral, Lt, Piecewise, S, Sum, Symbol, log, oo
from sympy.tensor.indexed import Indexed

from symentropy.distribution import as_distribution, resolve
from symentropy.errors import NoClosedForm, ParseError
from symentropy.exact import shown
from symentropy.finite import Finite
from symentropy.law import Law, bound_symbol
from symentropy.notation.integrals import REAL_LINE
from symentropy.notation.names import SIZE
from symentropy.notation.scope import Scope
from symentropy.notation.syntax import Density, Element, Integration, Local, Node, Quantity, nodes
from symentropy.notation.tokens import Span
from symentropy.proof.claim import Each

Fail = Callable[[str, Span], ParseError]

#: The sizes of the cells.
CELLS = IndexedBase("dx", real=True)
_OUTCOME = (
    "the outcome itself is no number here: declare the distribution, such as 'P = Normal(mu, sigma)' or 'X ~ Normal(mu, sigma)', "
    "or write probabilities, such as -log p_s or -log q(x)"
)


# Distributions


def is_family(law: Basic | None) -> bool:
    """Return whether a distribution has numbers as outcomes: it is a family, and not a list of probabilities."""
    return law is not None and not isinstance(law, Finite)


def resolved(law: Basic, node: Node, fail: Fail) -> Law | Finite:
    """Return the density of a family of one variable, or its pmf."""
    try:
        found = resolve(as_distribution(law))
    except NoClosedForm as error:
        raise fail(str(error), node.span) from None
    if isinstance(found, Law) and len(found.limits) != 1:
        raise fail("densities of several variables are not read at a point", node.span)
    return found


def at_point(law: Law | Finite, value: Expr) -> Expr:
    """Return the density at a point, or the probability of an outcome."""
    if isinstance(law, Law):
        return law.density.xreplace({law.variables[0]: value})
    if value.is_Integer:
        found: Expr = law.by_outcome().get(value, S.Zero)
        return found
    return Piecewise(*((p, Eq(value, outcome)) for outcome, p in law.by_outcome().items()), (S.Zero, True))


# Integrals over the reals


@dataclass(slots=True)
class Line:
    """An integral, or a sum over the outcomes of a family, that is being read; ``law`` is the distribution of its outcome."""

    variable: Symbol
    is_discrete: bool = False
    law: Law | Finite | None = None
    supports: list[tuple[Expr, Expr]] = field(default_factory=list)


def variable(index: Local, low: Expr, taken: Sequence[Symbol], avoided: set[Basic], *, is_discrete: bool = False) -> Symbol:
    """Return the variable of an integral, or the index of a sum over outcomes, by the letter in the text if that is free."""
    kind = {"integer": True} if is_discrete else {"real": True}
    if low.is_positive or low.is_zero:
        kind |= {"positive": True} if low.is_positive or not is_discrete else {"nonnegative": True}
    name = index.name.lower()
    names = {symbol.name for symbol in avoided if isinstance(symbol, Symbol)} | {symbol.name for symbol in taken}
    return Symbol(name, **kind) if name not in names else bound_symbol(name, len(taken), **kind)


def ends(node: Integration, limits: Sequence[Expr], line: Line, fail: Fail) -> tuple[Expr, Expr]:
    """Return the limits of an integral over the reals."""
    supports = list(dict.fromkeys(line.supports))
    if limits or node.over == REAL_LINE:
        low, high = limits or (-oo, oo)
        require_inside(node, low, high, line, fail)
        if low in (high, oo) or high == -oo or (high - low).is_negative:
            raise fail("the lower limit of an integral comes first, and is less than the upper one", node.span)
        return low, high
    if not supports:
        raise fail("it is not said over what this integral runs: give it limits, \\int_{-\\infty}^{\\infty} or \\int_0^1", node.span)
    if len(supports) > 1:
        raise fail("the densities here live on different sets: give the integral its limits", node.span)
    return supports[0]


def require_inside(node: Node, low: Expr, high: Expr, line: Line, fail: Fail) -> None:
    """Refuse limits outside the support of a density: it would be 0 there, and its logarithm not defined."""
    for start, stop in line.supports:
        if not (is_at_most(start, low) and is_at_most(high, stop)):
            raise fail(f"a density here is one on ({shown(start)}, {shown(stop)}), and this goes beyond: give it these limits", node.span)


def is_at_most(a: Expr, b: Expr) -> bool:
    """Return whether a number is seen to be at most another, either of which may be infinite."""
    return a == b or a == -oo or b == oo or bool((b - a).is_nonnegative)


def integral(body: Expr, x: Symbol, low: Expr, high: Expr) -> Expr:
    """Return the integral in a variable that knows where it lies."""
    inside = Symbol(x.name, positive=True) if low.is_nonnegative and not x.is_positive and type(x) is Symbol else x
    return Integral(body.xreplace({x: inside}), (inside, low, high))


# Integrals over cells


def is_over_cells(node: Integration, limits: Sequence[Expr], scope: Scope, fail: Fail) -> bool:
    """Return whether an integral is one of densities that are not declared."""
    elements = list(elements_over(node.integrand, node.index.binder))
    unknown = [element for element in elements if not is_family(scope.law_of(element.base))]
    if not unknown:
        return False
    is_named = any(isinstance(part, Density) for part in nodes(node.integrand))
    if len(unknown) < len(elements) or is_named:
        base = unknown[0].base
        raise fail(f"{base}({node.index.name}) is not declared, and other densities here are: say in given what it is", unknown[0].span)
    if limits and all(limit.is_finite for limit in limits):
        base = unknown[0].base
        raise fail(
            f"{base}({node.index.name}) is not declared: say in given what it is, or leave the limits of the integral out", node.span
        )
    return True


def elements_over(tree: Node, binder: int) -> Iterator[Element]:
    """Go through the names that carry an index."""
    return (part for part in nodes(tree) if isinstance(part, Element) and part.index.binder == binder)


def require_no_outcome(body: Node, binder: int, fail: Fail) -> None:
    """Refuse a body in which the outcome stands for itself, and not for a probability."""
    surprises = {id(node.parts[0]) for node in nodes(body) if isinstance(node, Quantity) and node.name == "h"}
    for node in nodes(body):
        if isinstance(node, Local) and node.binder == binder and id(node) not in surprises:
            raise fail(_OUTCOME, node.span)


def probability(base: str, index: Expr, scope: Scope, node: Node, fail: Fail) -> Expr:
    """Return the probability of a cell under a density that is not declared."""
    law = scope.pmf(base)
    if scope.names_size:
        raise fail(f"{SIZE} stands for the number of states of pmfs, and {base} is a density here: use another letter for it", node.span)
    if not isinstance(law, Finite) or not law.is_indexed or not is_homogeneous(law, index):
        raise fail(f"{base} is a pmf here, and an integral is one of densities: write a sum, or say '{base} density' in given", node.span)
    return law.probabilities(index)


def is_homogeneous(law: Finite, index: Expr) -> bool:
    """Return whether a distribution is a mixture of densities that are not declared: uniform on the cells is no density of its own."""
    entry = law.probabilities(index)
    return entry.xreplace(dict.fromkeys(entry.atoms(Indexed), S.Zero)) == 0


def density(base: str, index: Expr, scope: Scope, node: Node, fail: Fail) -> Expr:
    """Return the density in a cell."""
    return probability(base, index, scope, node, fail) / CELLS[index]


def over_cells(body: Expr, index: Symbol) -> Expr:
    """Return the sum over the cells of their size times a value."""
    return Sum(CELLS[index] * body, (index, S.One, SIZE))


def mean_over_cells(law: Finite, log_of: Finite) -> Expr:
    """Return the mean of -log q(x) under P, for densities that are not declared: the differential entropy for Q = P."""
    index = Symbol("i", integer=True)
    return Sum(-law.probabilities(index) * log(log_of.probabilities(index) / CELLS[index]), (index, S.One, SIZE))


def sizes_are_positive() -> Each:
    """Return the hypothesis that each cell has a size."""
    index = Symbol("i", integer=True)
    return Each(Lt(S.Zero, CELLS[index], evaluate=False), (index, Integer(1), SIZE))
