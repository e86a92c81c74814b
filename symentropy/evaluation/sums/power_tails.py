r"""Infinite sums of a kernel times a logarithm, for kernels that fall like a power of k.

Main definition: `power_sum`, the enclosure of sum u(k) and sum u(k) log g(k), with the same kernels as
`symentropy.evaluation.sums.series`, for a ratio of neighbours that tends to 1.

Main statement
--------------
With u(k) = C prod Gamma(k + a)**e and sum e = 0, Stirling's series gives, for k >= N,

.. math:: u(k) = C k^{-s} e^{S(1/k)}, \qquad \log g(k) = A + B \log k + D k + E k \log k + S'(1/k),

with S and S' power series with proved remainders. The product is a sum of k**(-s - m) times 1, log k, k or k log k, whose sums from N on
are values of the Hurwitz zeta function and its derivative. The terms below N are added as they are.

References
----------
NIST DLMF 5.11.1 and 25.11.1.
"""

from __future__ import annotations

from fractions import Fraction

from sympy import Expr, S, Symbol, log

from symentropy.evaluation.balls.ball import Ball, OutOfReach, Undecided
from symentropy.evaluation.balls.field import RealField
from symentropy.evaluation.functions import compiled
from symentropy.evaluation.sums.kernels import Kernel, kernel_of
from symentropy.evaluation.sums.power_series import Model, stirling

#: Bits beyond the precision.
GUARD_BITS = 40
#: Most bits: the work grows with their third power.
MAX_BITS = 640


def growth(kernel: Kernel) -> tuple[Expr, Expr]:
    """Return the exponents s and E with kernel(k) about c**k k**(-s) k**(E k).

    >>> from sympy.abc import k
    >>> growth(kernel_of(k**-3 * 2**k, k))
    (3, 0)
    """
    return -sum((e * (a - S.Half) for a, e in kernel.powers.items()), S.Zero), sum(kernel.powers.values(), S.Zero)


def falls_like_power(mass: Expr, k: Symbol) -> bool:
    """Whether a kernel is c**k k**-s with c = 1, for large k.

    >>> from sympy.abc import k
    >>> falls_like_power(1 / (k + 1) ** 2, k), falls_like_power(2**-k, k)
    (True, False)
    """
    u = kernel_of(mass, k)
    return u is not None and u.base == 1 and growth(u)[1] == 0


def divergence_sign(mass: Expr, argument: Expr, k: Symbol) -> int:
    """Return 1 or -1 where the sum of mass * log(argument) to infinity is oo or -oo because the mass falls like a power; 0 otherwise.

    >>> from sympy.abc import k
    >>> divergence_sign(k**-2, 2**-k, k), divergence_sign(-(k**-2), 2**-k, k), divergence_sign(k**-3, 2**-k, k)
    (-1, 1, 0)
    """
    u, g = kernel_of(mass, k), kernel_of(argument, k)
    if u is None or g is None or not falls_like_power(mass, k):
        return 0
    m = RealField(60)
    s, growing = growth(u)[0], growth(g)[1]
    try:
        if s != 2 and not (2 - compiled(s)(m, {})).is_positive:
            return 0
        towards = compiled(growing)(m, {}).compared(0) or m.log(compiled(g.base)(m, {})).compared(0)
        return towards * compiled(mass)(m, {k: m.mpf(1 << 20)}).compared(0)
    except Undecided:
        return 0


def power_sum(mass: Expr, argument: Expr, k: Symbol, low: int, m: RealField) -> tuple[Ball, Ball]:
    """Return the sums of ``mass`` and of ``mass * log(argument)`` over k >= low.

    >>> from sympy.abc import k
    >>> total, value = power_sum(k**-2, k, k, 1, RealField(60))
    >>> (6 * total - RealField(60).pi.squared()).contains_zero, float(value.lower)
    (True, 0.9375482543158438)
    """
    u, g = kernel_of(mass, k), kernel_of(argument, k)
    if u is None or g is None or not falls_like_power(mass, k):
        raise OutOfReach("the terms of the sum do not fall like a power of the index")
    plain, other = _plain_power(u), _plain_power(g)
    if plain is not None and (other == (plain[0], other[1]) if other is not None else not g.powers):
        return _by_zeta(mass, argument, k, (plain[0], -plain[1], other[1] if other else S.Zero), (low, g.base), m)
    shifts = {*u.powers, *g.powers}
    if not all(shift.is_Rational for shift in shifts):
        raise OutOfReach("a factor of the terms is not rational")
    if m.prec > MAX_BITS:
        raise OutOfReach(f"terms that fall like a power are summed with at most {MAX_BITS} bits: ask for fewer digits")
    order = m.prec // 4 + 12
    start = max(low + 1, order + order // 2, 16 * max((abs(int(a)) + 1 for a in shifts), default=1))
    fine = RealField(m.prec + GUARD_BITS)
    weight, logarithm = compiled(mass), compiled(log(argument))
    places = [{k: fine.mpf(j)} for j in range(low, start)]
    weights = [weight(fine, place) for place in places]
    head = fine.fsum(w * logarithm(fine, place) for w, place in zip(weights, places, strict=True))
    tail = _Tail(mass, argument, k, u, g, start, order, fine)
    return fine.fsum(weights) + tail.total(), head + tail.value()


def _plain_power(kernel: Kernel) -> tuple[Expr, Expr] | None:
    """Return (a, t) for a kernel c**k (k + a)**t, which is c**k (Gamma(k + a + 1)/Gamma(k + a))**t."""
    if len(kernel.powers) != 2:
        return None
    (a, first), (b, second) = sorted(kernel.powers.items(), key=lambda item: item[0].sort_key())
    return (a, second) if a.is_Rational and b - a == 1 and first + second == 0 else None


def _by_zeta(
    mass: Expr, argument: Expr, k: Symbol, powers: tuple[Expr, Expr, Expr], start: tuple[int, Expr], m: RealField
) -> tuple[Ball, Ball]:
    """Return the sums for C (k + a)**-s and D c**k (k + a)**t, whose logarithm is log D + k log c + t log(k + a), by the zeta function."""
    low, base = start
    fine = RealField(m.prec + GUARD_BITS)
    a, s, t = (compiled(power)(fine, {}) for power in powers)
    place, first = {k: fine.mpf(low)}, fine.mpf(low) + a
    if not (s - 1).is_positive:
        raise OutOfReach("the sum diverges")
    if not first.is_positive:
        raise OutOfReach("a factor of the terms is not positive")
    factor = compiled(mass)(fine, place) * fine.power(first, s)
    slope = fine.log(compiled(base)(fine, {}))
    constant = compiled(log(argument))(fine, place) - t * fine.log(first) - slope * first
    total = fine.zeta(s, first)
    value = constant * total - t * fine.zeta(s, first, 1)
    if base != 1:
        if not (s - 2).is_positive:
            raise OutOfReach("the sum diverges")
        value = value + slope * fine.zeta(s - 1, first)
    return factor * total, factor * value


class _Tail:
    """The terms from N on."""

    def __init__(self, mass: Expr, argument: Expr, k: Symbol, u: Kernel, g: Kernel, N: int, order: int, m: RealField) -> None:
        self.m, self.N = m, N
        place = {k: m.mpf(N)}
        models = {shift: stirling(Fraction(int(shift.p), int(shift.q)), order, N, m.prec) for shift in {*u.powers, *g.powers}}
        self.s = compiled(growth(u)[0])(m, {})
        if not (self.s - 1).is_positive:
            raise OutOfReach("the sum diverges")
        expansion = _combination(u, models, order, N, m)
        self.factor = compiled(mass)(m, place) * m.exp(self.s * m.log(m.mpf(N))) / m.exp(_at(expansion, N))
        self.series = expansion.exponential()
        slope, growing = growth(g)
        self.log_slope, self.growing = compiled(-slope)(m, {}), compiled(growing)(m, {})
        self.linear = m.log(compiled(g.base)(m, {})) - self.growing
        self.logarithm = _combination(g, models, order, N, m)
        logN = m.log(m.mpf(N))
        self.constant = (
            compiled(log(argument))(m, place) - self.log_slope * logN - self.linear * N - self.growing * logN * N - _at(self.logarithm, N)
        )

    def total(self) -> Ball:
        """Return the sum of the mass."""
        return self.factor * self._summed(self.series, 0, 0)

    def value(self) -> Ball:
        """Return the sum of the mass times the logarithm."""
        constant = Model(
            [self.constant + self.logarithm.coefficients[0], *self.logarithm.coefficients[1:]], self.logarithm.remainder, self.N
        )
        parts = [self._summed(self.series.times(constant), 0, 0)]
        for factor, power, order in ((self.log_slope, 0, 1), (self.linear, 1, 0), (self.growing, 1, 1)):
            if not (factor.is_exact and factor.mid == 0):
                parts.append(factor * self._summed(self.series, power, order))
        return self.factor * self.m.fsum(parts)

    def _summed(self, model: Model, power: int, order: int) -> Ball:
        """Return the sum over k >= N of k**(power - s) (log k)**order times a model of 1/k."""
        total = self.m.zero
        for place, coefficient in enumerate(model.coefficients):
            if not (coefficient.is_exact and coefficient.mid == 0):
                total = total + coefficient * self._zeta(self.s - power + place, order)
        rest = model.remainder * self._zeta(self.s - power + model.order, order)
        return total + Ball(0, abs(rest.mid) + rest.rad, rest.exp, rest.prec)

    def _zeta(self, s: Ball, order: int) -> Ball:
        """Return the sum over k >= N of k**-s (log k)**order."""
        if not (s - 1).is_positive:
            raise OutOfReach("the sum diverges")
        value = self.m.zeta(s, self.m.mpf(self.N), order)
        return -value if order else value


def _combination(kernel: Kernel, models: dict[Expr, Model], order: int, N: int, m: RealField) -> Model:
    """Return sum e S_a(w) over the factors Gamma(k + a)**e."""
    result = Model([m.zero] * order, m.zero, N)
    for shift, exponent in kernel.powers.items():
        result = result.plus(models[shift].scaled(compiled(exponent)(m, {})))
    return result


def _at(model: Model, N: int) -> Ball:
    """Return the value of a model at w = 1/N."""
    total = model.coefficients[-1]
    for coefficient in model.coefficients[-2::-1]:
        total = total / N + coefficient
    rest = model.remainder / N**model.order
    return total + Ball(0, abs(rest.mid) + rest.rad, rest.exp, rest.prec)
