"""Closed forms for distributions of one outcome.

Main definition: `derive_univariate`.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Basic, false, true

from symentropy.closed_form.data import ClosedForm
from symentropy.closed_form.parameters import strengthened
from symentropy.closed_form.univariate.engine import from_laws
from symentropy.definitions import Aligned, paired
from symentropy.finite import Finite
from sympy import Piecewise, oo


def derive_univariate(P: Basic, Q: Basic, is_cross: bool) -> ClosedForm | None:
    """Return the closed form for two distributions of one outcome that are not listed outcome by outcome."""
    if isinstance(P, Finite) or isinstance(Q, Finite):
        return None
    (first, second), back, _ = strengthened(P, Q)
    pair = paired(first, second)
    if not isinstance(pair, Aligned) or len(pair.first.limits) != 1:
        return None
    if pair.condition == false:
        return ClosedForm(oo, finite=false)
    law = pair.first.presented(pair.second.density)
    other = law if pair.second is pair.first else pair.second.renamed(law.variables)
    if not is_cross and other.density == law.density and other.limits == law.limits:
        return ClosedForm(0, variable=law.variables[0])
    found = from_laws(law, other, is_cross=is_cross)
    value = found.value if pair.condition == true else Piecewise((found.value, pair.condition), (oo, True))
    terms = tuple(
        replace(t, coefficient=t.coefficient.xreplace(back), statistic=t.statistic.xreplace(back), expectation=t.expectation.xreplace(back))
        for t in found.terms
    )
    return replace(found, value=value.xreplace(back), terms=terms, finite=(found.finite & pair.condition).xreplace(back))
