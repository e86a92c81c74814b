"""Nouns of finite pmfs by their definitions.

Main definitions: `unfolded`. Families with finitely many outcomes, such as Bernoulli(p), are pmfs too.
Left out on purpose: other families, whose nouns are known only as what they are.
"""

from __future__ import annotations

from typing import Any

from sympy import Expr, Sum, log

from symentropy.distribution import pmf_of
from symentropy.errors import SymentropyError
from symentropy.quantities import Surprise
from symentropy.quantity import Quantity


def unfolded(expression: Expr) -> Expr:
    """Return an expression with each noun of finite pmfs replaced by its definition; other nouns stay.

    >>> from sympy.abc import p, q
    >>> from symentropy import Entropy, KLDivergence
    >>> unfolded(KLDivergence([p, 1 - p], [q, 1 - q]))
    p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))
    >>> unfolded(Entropy([1, 0]))
    0
    """
    nouns = expression.atoms(Quantity)
    return expression.xreplace({noun: _definition(noun) for noun in nouns}) if nouns else expression


def _definition(noun: Any) -> Expr:
    if isinstance(noun, Surprise):
        return noun.rewrite(log)
    if all(pmf_of(argument) is not None for argument in noun.args):
        try:
            return noun.rewrite(Sum)
        except SymentropyError:
            return noun
    return noun
