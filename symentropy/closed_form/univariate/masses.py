"""Whether a density of the user's own has mass 1, by the normaliser of its kernel.

Main definitions: `check_mass`, and `log_mass`.
"""

from __future__ import annotations

from sympy import Expr, Integer, Rational, S, Symbol, exp, nan, zoo

from symentropy.closed_form.tidy import tidy
from symentropy.closed_form.univariate.discrete import recognised
from symentropy.closed_form.univariate.kernels import images
from symentropy.closed_form.univariate.statistics import Reader
from symentropy.errors import DomainError, NoClosedForm
from symentropy.exact import shown
from symentropy.law import Law

#: A mass is another than 1 if its logarithm is farther than this from 0.
TOLERANCE = Rational(1, 10**20)
#: Digits to which it is computed.
DIGITS = 30


def check_mass(law: Law) -> None:
    """Raise `DomainError` for a density whose kernel is known and whose mass is not 1, at some parameters.

    Unknown kernels are left to whoever integrates them.
    """
    _, low, high = law.limits[0]
    logarithm = log_mass(law)
    if logarithm is not None and logarithm != 0 and _differs(logarithm, high - low):
        mass = exp(logarithm)
        density = law.density.xreplace({variable: Symbol(variable.name.lstrip("_")) for variable in law.variables})
        raise DomainError(f"the density {shown(density)} has mass {shown(mass)}, not 1: divide it by its mass")


def log_mass(law: Law) -> Expr | None:
    """Return the logarithm of the mass of a density, None for one whose kernel is not known.

    >>> from sympy import oo
    >>> x = Symbol("x", positive=True)
    >>> log_mass(Law(2 * exp(-x), ((x, S.Zero, oo),), is_discrete=False))
    log(2)
    """
    x, low, high = law.limits[0]
    try:
        terms = Reader(x, low, high).log_of(law.density)
        kernel = {statistic: c for statistic, c in terms.items() if statistic != 1}
        if law.is_discrete:
            found = recognised(kernel, x, low, high)
            normaliser = None if found is None else found.log_mass
        else:
            known = images(kernel, x, low, high)
            normaliser = known[0].log_mass if known else None
    except (NoClosedForm, ValueError):
        return None
    return None if normaliser is None else tidy(terms.get(S.One, S.Zero) + normaliser)


def _differs(logarithm: Expr, length: Expr) -> bool:
    """Whether a logarithm of a mass is real and not 0 at one of some parameters."""
    symbols = sorted(logarithm.free_symbols | length.free_symbols, key=str)
    for round_ in range(2 if symbols else 1):
        values = {symbol: _value(symbol, 3 * place + round_) for place, symbol in enumerate(symbols)}
        size = length.xreplace(values) if length.is_finite else S.One
        number = logarithm.xreplace(values).evalf(DIGITS)
        if number.has(nan, zoo) or not number.is_real or not size.is_positive:
            continue
        if abs(number) > TOLERANCE:
            return True
    return False


def _value(symbol: Expr, place: int) -> Expr:
    integral = isinstance(symbol, Symbol) and symbol.is_integer
    return Integer(place + 2) if integral else Rational(2 * place + 3, 3 * place + 11)
