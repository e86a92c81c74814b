r"""What a derivative stands for.

Main definitions
----------------
* `derivative`, the unevaluated SymPy ``Derivative`` of an expression: with a noun inside, it is the derivative of its value.
* `derivative_at`, that of a declared function at what is in its brackets.

A derivative is that of the expression as it is written, where definitions stand for their values, and the other names are fixed.

Left out: where a derivative is defined (see `symentropy.proof.definedness`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sympy import Derivative, Dummy, Expr, IndexedBase, Pow, Symbol

from symentropy.errors import ParseError
from symentropy.exact import shown
from symentropy.notation import bounds
from symentropy.notation.arithmetic import Term, UndefinedError, measured
from symentropy.notation.syntax import Application, Differential, Name
from symentropy.notation.tokens import Span
from symentropy.smooth import NotDifferentiable, smooth_derivative

Fail = Callable[[str, Span], ParseError]


def derivative(node: Differential, body: Term, variables: Sequence[Term], fail: Fail) -> Term:
    """Return the derivative of a body by variables; refuse variables that are not free numbers."""
    for name, variable in zip(node.variables, variables, strict=True):
        _check_variable(name, variable.expr, body.expr, fail)
    is_name = isinstance(node.body, Name) and isinstance(body.expr, Symbol)
    if is_name and not node.is_partial and body.expr not in {variable.expr for variable in variables}:
        raise fail(
            f"{body.expr} does not depend on {variables[0].expr} here: say in given what it is, such as '{body.expr} = ...', "
            "or write \\partial for a derivative with the other names fixed",
            node.span,
        )
    counts = [(variable.expr, order) for variable, order in zip(variables, node.orders, strict=True)]
    return measured(Derivative(body.expr, *counts), bounds.OPAQUE)


def _check_variable(name: Name, variable: Expr, body: Expr, fail: Fail) -> None:
    if not isinstance(variable, Symbol):
        raise fail(f"a derivative is by a name that is free, and {name.base} stands for {shown(variable)}", name.span)
    if variable.is_integer:
        raise fail(
            f"{variable.name} is an integer, by which there is no derivative; with '{variable.name} real' given it is none", name.span
        )
    labels = {str(base.label) for base in body.atoms(IndexedBase)}
    if name.base in labels:
        raise fail(f"{name.base} has an index that runs over all states: say how many there are, such as 'n = 3' in given", name.span)


def derivative_at(node: Application, value: Term, place: Dummy, argument: Term, fail: Fail) -> Term:
    """Return the derivative of a declared function; ``value`` is its value at the dummy ``place``.

    At a name that the function does not contain it stays a derivative, elsewhere it is evaluated.
    """
    x = argument.expr
    if isinstance(x, Symbol) and not x.is_integer and x not in value.expr.free_symbols:
        return measured(Derivative(value.expr.xreplace({place: x}), (x, node.order)), bounds.OPAQUE)
    found = value.expr
    try:
        for _ in range(node.order):
            roots = [part.base.xreplace({place: x}) for part in found.atoms(Pow) if part.exp.is_integer is False and part.base.has(place)]
            if any(base.is_zero for base in roots):
                raise UndefinedError("the function has no derivative at the end of its domain")
            found = smooth_derivative(found, place)
    except NotDifferentiable as error:
        raise fail(str(error).replace(f"_{place.name}", place.name), node.span) from None
    return measured(found.xreplace({place: x}), bounds.OPAQUE)
