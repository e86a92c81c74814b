"""Means of statistics under a law, as facts that a proof may use.

Main definitions: `Facts`, and `facts_about` a distribution; `Source` of a mean; `Mass` of a density.

The kernel of a law is recognised from the combination ``log_density``; whoever relies on the facts checks that this combination is the
logarithm of the density, that ``conditions`` hold, and that each mean is finite.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from sympy import Basic, Contains, Expr, Ge, Gt, Le, Lt, Piecewise, S, Symbol, true
from sympy.logic.boolalg import Boolean

from symentropy.closed_form.parameters import strengthened
from symentropy.closed_form.univariate.discrete import Counts, recognised
from symentropy.closed_form.univariate.engine import heavy_tail, image_mean, is_at_most, pieces_of
from symentropy.closed_form.univariate.kernels import Image, identity, images
from symentropy.closed_form.univariate.moments import Moment
from symentropy.closed_form.univariate.polynomial import Polynomials
from symentropy.closed_form.univariate.statistics import Combination, Reader, affine, total
from symentropy.conditions import conjuncts
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


class Mass(NamedTuple):
    """What is 0 where a density has mass 1 and the conditions hold, and where the integral of its kernel is proved."""

    excess: Expr
    conditions: tuple[Boolean, ...]
    source: str

    def renamed(self, names: Mapping[Basic, Basic]) -> Mass:
        """Return the same with other symbols, without conditions that hold."""
        conditions = (condition.xreplace(dict(names)) for condition in self.conditions)
        return Mass(self.excess.xreplace(dict(names)), tuple(c for c in conditions if c != true), self.source)


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
    #: Where the density is a polynomial on each of some intervals: these, with the interval.
    pieces: tuple[tuple[Expr, Expr, Expr], ...] = ()
    #: The means that were asked for.
    means: dict[Expr, tuple[Moment, Source] | None] = field(default_factory=dict, compare=False)

    def mean(self, statistic: Expr) -> tuple[Moment, Source] | None:
        """Return the mean of a statistic of the variable with its source, None where there is no rule."""
        if statistic not in self.means:
            self.means[statistic] = self._mean(statistic)
        return self.means[statistic]

    @property
    def mass(self) -> Mass:
        """The mass of the density, by the normaliser of its kernel."""
        if self.pieces:
            total_ = Polynomials(self.pieces, self.variable).mean(S.One, self.variable)
            excess = S.NaN if total_ is None else total_.value - 1
            ranges = [Lt(start, end) for _, start, end in self.pieces]
            return Mass(excess, tuple(ranges), Polynomials.source).renamed(self.back)
        kernel = self.known if isinstance(self.known, Counts) else self.known[0]
        conditions: tuple[Boolean, ...] = (Lt(*self.ends),)
        if isinstance(kernel, Counts):
            conditions = (*(Contains(end, S.Integers) for end in self.ends if not end.is_infinite), Le(*self.ends), kernel.exists)
        return Mass(self.terms.get(S.One, S.Zero) + kernel.log_mass, conditions, kernel.source).renamed(self.back)

    def _mean(self, statistic: Expr) -> tuple[Moment, Source] | None:
        if statistic == 1:
            return Moment(S.One), Source()
        own = statistic.xreplace(self.forward)
        if isinstance(own, Piecewise):
            part = self._part(own)
            found = None if part is None else (part, Source(Polynomials.source))
        elif isinstance(self.known, Counts):
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

    def _part(self, statistic: Piecewise) -> Moment | None:
        """Return the mean of f(x) on an interval, 0 elsewhere, for a density that is a polynomial on each of some intervals."""
        if len(statistic.args) != 2 or statistic.args[1].expr != 0 or not self.pieces:
            return None
        low, high = S.NegativeInfinity, S.Infinity
        for side in conjuncts(statistic.args[0].cond):
            is_bound = isinstance(side, (Lt, Le, Gt, Ge)) and self.variable in side.args
            if not is_bound or side.lts.has(self.variable) == side.gts.has(self.variable):
                return None
            low, high = (side.lts, high) if side.gts == self.variable else (low, side.gts)
        parts = []
        for density, start, end in self.pieces:
            left = start if is_at_most(low, start) else low if is_at_most(start, low) else None
            right = end if is_at_most(end, high) else high if is_at_most(high, end) else None
            if left is None or right is None:
                return None
            if not is_at_most(right, left):
                parts.append((density, left, right))
        return Polynomials(tuple(parts), self.variable).mean(statistic.args[0].expr, self.variable)

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
        pieces = [] if law.is_discrete else pieces_of(law.density, x, low, high)
        if not all(density.is_polynomial(x) and start.is_finite and end.is_finite for density, start, end in pieces):
            if len(pieces) > 1:
                return None
            pieces = []
        if len(pieces) > 1:
            return _in_pieces(pieces, x, forward, back)
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
    return Facts(total(terms).xreplace(back), _positive(back), known, terms, (low, high), x, forward, back, tuple(pieces))


def _positive(back: Mapping[Basic, Basic]) -> tuple[Boolean, ...]:
    return tuple(Gt(original, 0) for dummy, original in back.items() if dummy.is_positive)


def _in_pieces(pieces: Sequence[tuple[Expr, Expr, Expr]], x: Symbol, forward: Mapping[Basic, Basic], back: Mapping[Basic, Basic]) -> Facts:
    """Return the facts about a density that is a polynomial on each of some intervals."""
    logarithms = [total(Reader(x, start, end).log_of(density)) for density, start, end in pieces]
    cases = [(logarithm, x < end) for logarithm, (_, _, end) in zip(logarithms[:-1], pieces, strict=False)]
    ends = (pieces[0][1], pieces[-1][2])
    known = (identity(Polynomials(tuple(pieces), x), x, *ends, S.Zero),)
    log_density = Piecewise(*cases, (logarithms[-1], True)).xreplace(dict(back))
    return Facts(log_density, _positive(back), known, {}, ends, x, forward, back, tuple(pieces))
