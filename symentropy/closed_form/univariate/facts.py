"""Means of statistics under a law, as facts that a proof may use.

Main definitions: `Facts`, and `facts_about` a distribution; `Source` of a mean.

The kernel of a law is recognised from the combination ``log_density``; whoever relies on the facts checks that this combination is the
logarithm of the density, that ``conditions`` hold, and that each mean is finite.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from sympy import Basic, Expr, Gt, S, Symbol
from sympy.logic.boolalg import Boolean

from symentropy.closed_form.parameters import strengthened
from symentropy.closed_form.univariate.discrete import Counts, recognised
from symentropy.closed_form.univariate.engine import heavy_tail, image_mean, pieces_of
from symentropy.closed_form.univariate.kernels import Image, identity, images
from symentropy.closed_form.univariate.moments import Moment
from symentropy.closed_form.univariate.polynomial import Polynomials
from symentropy.closed_form.univariate.statistics import Combination, Reader, affine, total
from symentropy.distribution import resolve
from symentropy.errors import NoClosedForm
from symentropy.law import Law


class Source(NamedTuple):
    """Where a mean is proved; where it is carried over, the outcome is ``inverse`` of a u with a distribution of this name."""

    text: str = ""
    inverse: Expr | None = None
    u: Symbol | None = None
    name: str = ""
    parameters: tuple[Expr, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What is known about a law: the logarithm of its density as it was recognised, under which conditions, and the means of statistics."""

    log_density: Expr
    conditions: tuple[Boolean, ...]
    known: tuple[Image, ...] | Counts
    terms: Combination
    ends: tuple[Expr, Expr]
    variable: Symbol
    forward: Mapping[Basic, Basic]
    back: Mapping[Basic, Basic]
    #: The means that were asked for.
    means: dict[Expr, tuple[Moment, Source] | None] = field(default_factory=dict, compare=False)

    def mean(self, statistic: Expr) -> tuple[Moment, Source] | None:
        """Return the mean of a statistic of the variable with its source, None where there is no rule."""
        if statistic not in self.means:
            self.means[statistic] = self._mean(statistic)
        return self.means[statistic]

    def _mean(self, statistic: Expr) -> tuple[Moment, Source] | None:
        if statistic == 1:
            return Moment(S.One), Source()
        own = statistic.xreplace(self.forward)
        if isinstance(self.known, Counts):
            moment = self.known.mean(own, self.variable)
            found = None if moment is None else (moment, Source(self.known.source))
        else:
            image, moment = image_mean(self.known, own)
            found = None if image is None or moment is None else (moment, self._source(image))
            found = found or self._heavy_tail(own)
        if found is None:
            return None
        moment, source = found
        return Moment(moment.value.xreplace(self.back), moment.finite.xreplace(self.back), moment.goes_up), source

    def _heavy_tail(self, statistic: Expr) -> tuple[Moment, Source] | None:
        try:
            tail = heavy_tail(statistic, self.terms, self.variable, self.ends)
        except NoClosedForm:
            return None
        return None if tail is None else (tail[0], Source(tail[1]))

    def _source(self, image: Image) -> Source:
        """Return where the means under a parent are proved, with the map from it to the outcome if this is more than a change of units."""
        name, parameters = image.parent.law
        u = Symbol("u")
        inverse = image.inverse.xreplace({image.variable: u, image.complement or u: 1 - u}).xreplace(self.back)
        if not name or affine(inverse, u):
            return Source(image.source)
        return Source(image.source, inverse, u, name, tuple(parameter.xreplace(self.back) for parameter in parameters))


@lru_cache(maxsize=128)
def facts_about(distribution: Basic, x: Symbol) -> Facts | None:
    """Return the facts about a distribution of one outcome ``x``, None where its kernel is not known.

    >>> from sympy.stats.crv_types import GammaDistribution
    >>> a, b = Symbol("a"), Symbol("b")
    >>> facts = facts_about(GammaDistribution(a, b), Symbol("x", positive=True))
    >>> facts.conditions, facts.mean(Symbol("x", positive=True))[0].value
    ((a > 0, b > 0), a*b)
    """
    (strong,), back, forward = strengthened(distribution)
    law = resolve(strong)
    if not isinstance(law, Law) or len(law.limits) != 1 or law.may_vanish:
        return None
    law = law.renamed((x,))
    _, low, high = law.limits[0]
    try:
        if len(pieces_of(law.density, x, low, high)) > 1:
            return None
        terms = Reader(x, low, high).log_of(law.density)
        kernel = {statistic: c for statistic, c in terms.items() if statistic != 1}
        known: tuple[Image, ...] | Counts | None
        if law.is_discrete:
            known = recognised(kernel, x, low, high)
        else:
            known = tuple(images(kernel, x, low, high))
            if law.density.is_polynomial(x) and low.is_finite and high.is_finite:
                known = (identity(Polynomials(((law.density, low, high),), x), x, low, high, low), *known)
    except NoClosedForm:
        return None
    if not known:
        return None
    conditions = tuple(Gt(original, 0) for dummy, original in back.items() if dummy.is_positive)
    return Facts(total(terms).xreplace(back), conditions, known, terms, (low, high), x, forward, back)
