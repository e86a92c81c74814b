"""Exponential densities on an interval whose rate may be 0, where they are uniform: the continuous Bernoulli law at 1/2.

Main definition: `with_uniform_limits`.
"""

from __future__ import annotations

from dataclasses import replace

from sympy import And, Expr, Ne, Piecewise, S, Symbol, exp, fraction, together, true
from sympy.logic.boolalg import Boolean

from symentropy.closed_form.data import ClosedForm
from symentropy.closed_form.univariate.engine import from_laws
from symentropy.closed_form.univariate.statistics import Reader, affine, root_of
from symentropy.law import Law


def with_uniform_limits(P: Law, Q: Law, *, is_cross: bool) -> ClosedForm:
    """Return what `from_laws` does, with a case for each law that is uniform at some parameters where its formula is 0/0.

    Raises `NoClosedForm` with the reason where there is none.
    """
    rates = [_doubtful_rate(law) for law in ((P,) if Q is P else (P, Q))]
    main = from_laws(P, Q, is_cross=is_cross)
    if rates == [None] * len(rates):
        return main
    uniform = [_uniform(law) if rate is not None else law for law, rate in zip((P, Q), rates, strict=False)]
    conditions = [_nonzero(rate) if rate is not None else true for rate in rates]
    if Q is P:
        other = from_laws(uniform[0], uniform[0], is_cross=is_cross).value
        return replace(main, value=Piecewise((main.value, conditions[0]), (other, True)))
    branches = [(main.value, And(*conditions))]
    if conditions[0] != true:
        branches.append((from_laws(uniform[0], Q, is_cross=is_cross).value, conditions[1]))
    if conditions[1] != true:
        branches.append((from_laws(P, uniform[1], is_cross=is_cross).value, conditions[0]))
    if true not in conditions:
        branches.append((from_laws(uniform[0], uniform[1], is_cross=is_cross).value, true))
    return replace(main, value=Piecewise(*branches))


def _doubtful_rate(law: Law) -> Expr | None:
    """Return c for a density in proportion to exp(c x) on an interval, where c may be 0."""
    x, low, high = law.limits[0]
    if law.is_discrete or not (low.is_finite and high.is_finite) or isinstance(law.density, Piecewise):
        return None
    terms = Reader(x, low, high).log_of(law.density)
    if set(terms) - {S.One} != {x} or terms[x].is_nonzero or not terms[x].free_symbols:
        return None
    return terms[x]


def _uniform(law: Law) -> Law:
    _, low, high = law.limits[0]
    return replace(law, density=1 / (high - low))


def _nonzero(rate: Expr) -> Boolean:
    """Return rate != 0, solved for a parameter where that is simple: log(p) - log(1 - p) != 0 is p != 1/2."""
    numerator, _ = fraction(together(exp(rate) - 1))
    symbols = [symbol for symbol in numerator.free_symbols if isinstance(symbol, Symbol)]
    line = affine(numerator, symbols[0]) if len(symbols) == 1 and not numerator.has(exp) else None
    return Ne(rate, 0) if line is None else Ne(symbols[0], root_of(*line))
