"""Nouns of finite pmfs by their definitions, and derivatives by their values.

Main definitions: `unfolded`. Families with finitely many outcomes, such as Bernoulli(p), are pmfs too.

A derivative and its value are equal where `symentropy.proof.definedness` says that the derivative is defined.

Left out on purpose: other families, whose nouns are known only as what they are, and derivatives of what is not smooth.
"""

from __future__ import annotations

from typing import Any

from sympy import Derivative, Expr, Sum, log

from symentropy.distribution import pmf_of
from symentropy.errors import SymentropyError
from symentropy.quantities import Surprise
from symentropy.quantity import Quantity
from symentropy.smooth import NotDifferentiable, slope

#: What may stand for something else.
FOLDED = (Quantity, Derivative)


def unfolded(expression: Any) -> Any:
    """Return an expression with each noun of finite pmfs replaced by its definition, and each derivative by its value; others stay.

    >>> from sympy.abc import p, q
    >>> from symentropy import Entropy, KLDivergence
    >>> unfolded(KLDivergence([p, 1 - p], [q, 1 - q]))
    p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))
    >>> unfolded(Entropy([1, 0]))
    0
    >>> unfolded(2 * Derivative(Entropy([p, 1 - p]), p))
    -2*log(p) + 2*log(1 - p)
    """
    folded = expression.atoms(*FOLDED)
    if not folded:
        return expression
    plain = expression.xreplace({noun: _definition(noun) for noun in folded if isinstance(noun, Quantity)})
    derivatives = plain.atoms(Derivative)
    return plain.xreplace({derivative: _value(derivative) for derivative in derivatives}) if derivatives else plain


def _definition(noun: Any) -> Expr:
    if isinstance(noun, Surprise):
        return noun.rewrite(log)
    if all(pmf_of(argument) is not None for argument in noun.args):
        try:
            return noun.rewrite(Sum)
        except SymentropyError:
            return noun
    return noun


def _value(derivative: Derivative) -> Expr:
    try:
        return slope(derivative.func(unfolded(derivative.expr), *derivative.args[1:]))
    except NotDifferentiable:
        return derivative
