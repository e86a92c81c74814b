"""Closed forms for distributions of one outcome.

Main definition: `derive_univariate`.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import Basic, Piecewise, false, oo, true

from symentropy.closed_form.data import ClosedForm
from symentropy.closed_form.parameters import strengthened
from symentropy.closed_form.univariate.boundaries import with_boundaries
from symentropy.closed_form.univariate.limits import with_uniform_limits
from symentropy.closed_form.univariate.masses import check_mass
from symentropy.definitions import Aligned, cross_term, divergence_term, paired
from symentropy.distribution import is_handmade
from symentropy.finite import Finite


def derive_univariate(P: Basic, Q: Basic, is_cross: bool) -> ClosedForm | None:
    """Return the closed form for two distributions of one outcome that are not given outcome by outcome.

    Raises `NoClosedForm` with the reason where there is none, and `DomainError` for a density of the user's own that has not mass 1.
    """
    if isinstance(P, Finite) or isinstance(Q, Finite):
        return None
    (first, second), back, _ = strengthened(P, Q)
    pair = paired(first, second)
    if not isinstance(pair, Aligned):
        value = None if P == Q else with_boundaries(pair, cross_term if is_cross else divergence_term)
        return None if value is None else ClosedForm(value.xreplace(back))
    if len(pair.first.limits) != 1:
        return None
    for own, law in ((first, pair.first), (second, pair.second)):
        if is_handmade(own):
            check_mass(law)
    if pair.condition == false:
        return ClosedForm(oo, finite=false)
    law = pair.first.presented(pair.second.density)
    other = law if pair.second is pair.first else pair.second.renamed(law.variables)
    found = with_uniform_limits(law, other, is_cross=is_cross)
    value = found.value if pair.condition == true else Piecewise((found.value, pair.condition), (oo, True))
    terms = tuple(
        replace(t, coefficient=t.coefficient.xreplace(back), statistic=t.statistic.xreplace(back), expectation=t.expectation.xreplace(back))
        for t in found.terms
    )
    return replace(found, value=value.xreplace(back), terms=terms, finite=(found.finite & pair.condition).xreplace(back))
