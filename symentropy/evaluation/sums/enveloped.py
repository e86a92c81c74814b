r"""Infinite sums over a pmf that is no kernel, such as Skellam's: terms one by one, and a tail from bounds of the pmf.

Main definitions
----------------
* `Envelope`, with ``p(k) <= scale r**-|k|`` for every r > 1, and ``|log p(k)| <= A + B k**2`` for large \|k\|.
* `ENVELOPES`, the registry of what is recognised: kernels, Bessel functions of the index, sums over two independent Poisson counts.
* `enveloped_sum`, the enclosure of a sum of p(k) times logarithms of pmfs with envelopes.

The upper bound is that of Chernoff, p(k) r**k <= sum p(k) r**k, where the generating function is known.

References
----------
NIST DLMF 10.35.1 (generating function of I_k) and 10.25.2 (its series). C. D. Kemp, A. W. Kemp, Some properties of the 'Hermite'
distribution, Biometrika 52, 1965.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import log2

from sympy import Dummy, Expr, Mul, Rational, S, Sum, Symbol, besseli, factorial, floor, oo, powsimp

from symentropy.evaluation.balls.ball import Ball, OutOfReach
from symentropy.evaluation.balls.field import RealField
from symentropy.evaluation.functions import compiled
from symentropy.evaluation.sums.kernels import kernel_of
from symentropy.evaluation.sums.series import kernel_sum

#: Ratios r tried for the tail.
RATIOS = (Fraction(65, 64), Fraction(9, 8), *map(Fraction, (2, 4, 16, 64, 256, 1024)))
#: Terms summed before giving up.
MAX_TERMS = 100_000


@dataclass(frozen=True, slots=True)
class Envelope:
    """Bounds of a pmf for large \\|k\\|: ``constant + square * k**2`` of \\|log p(k)\\|, and the generating function.

    ``generating(r)`` bounds sum p(k) r**k and sum p(k) r**-k for r > 1, or is None where the first diverges.
    """

    constant: Ball
    square: Ball
    generating: Callable[[Fraction], Ball | None]


def enveloped_sum(term: Expr, pmfs: tuple[Expr, ...], k: Symbol, low: Expr, high: Expr, m: RealField) -> Ball:
    """Return the sum over k of a term that is p(k) times a difference of logarithms of ``pmfs``, the first of which is p.

    >>> from sympy import exp
    >>> from sympy.abc import k
    >>> p = exp(-3) * besseli(k, 2)  # Skellam's pmf has the factor exp(-2) for both means 1
    >>> enveloped_sum(p, (p,), k, -oo, oo, RealField(40)).accuracy > 30
    True
    """
    bounds = [_envelope(pmf, k, low, m) for pmf in pmfs]
    generating = bounds[0].generating
    constant, square = m.fsum(b.constant for b in bounds), m.fsum(b.square for b in bounds)
    cuts = [_cut(r, bound, constant, square, m) for r in RATIOS if (bound := generating(r)) is not None]
    if not cuts:
        raise OutOfReach("the terms of the sum fall too slowly")
    last, tail = min(cuts, key=lambda cut: cut[0])
    first = -last if low is -oo else int(low)
    stop = last if high is oo else min(int(high), last)
    if stop - first > MAX_TERMS:
        raise OutOfReach(f"the sum is not done after {MAX_TERMS} terms")
    names = {pmf: Dummy() for pmf in pmfs}  # each is computed once for a k
    values, compute = [compiled(pmf) for pmf in names], compiled(term.xreplace(names))
    fine = RealField(m.prec + 16)

    def at(j: int) -> Ball:
        place: dict[Expr, Ball] = {k: fine.mpf(j)}
        place.update(zip(names.values(), [value(fine, place) for value in values], strict=True))
        return compute(fine, place)

    total = fine.fsum(map(at, range(first, stop + 1)))
    m.doubts += [doubt for doubt in fine.doubts if doubt not in m.doubts]
    return total + Ball(0, abs(tail.mid) + tail.rad, tail.exp, tail.prec)


def _cut(r: Fraction, generating: Ball, constant: Ball, square: Ball, m: RealField) -> tuple[int, Ball]:
    """Return an N, and a bound of the sum over \\|k\\| > N of G(r) r**-\\|k\\| (A + B k**2), small against the precision.

    With (N + i)**2 <= 2 N**2 + 2 i**2 either side is at most G r**-N ((A + 2 B N**2)/(r - 1) + 2 B r (r + 1)/(r - 1)**3).
    """
    N = 8
    while True:
        inner = (constant + square * (2 * N * N)) / (r - 1) + square * (2 * r * (r + 1)) / (r - 1) ** 3
        bound = 2 * generating * inner / m.mpf(r) ** N
        missing = bound.magnitude + m.prec + 8
        if missing <= 0 or N > MAX_TERMS:
            return N, bound
        N += max(1, int(missing / log2(r)))


def _envelope(pmf: Expr, k: Symbol, low: Expr, m: RealField) -> Envelope:
    for recognised in ENVELOPES:
        found = recognised(pmf, k, low, m)
        if found is not None:
            return found
    raise OutOfReach("no bound of the tail of a pmf is known")


def _value(expression: Expr, m: RealField) -> Ball:
    return compiled(expression)(m, {})


def _log_size(expression: Expr, m: RealField) -> Ball:
    """Return |log x| for a positive constant."""
    return abs(m.log(_value(expression, m)))


def _kernel(pmf: Expr, k: Symbol, low: Expr, m: RealField) -> Envelope | None:
    """Bound the logarithm of C c**k prod Gamma(k + a)**e, for k > 7: |log Gamma(x)| <= x**2 for x >= 1.

    (k + a)**2 <= 2 k**2 + 2 a**2, and k <= k**2.
    """
    kernel = kernel_of(pmf, k)
    if kernel is None or not all(shift.is_Rational and shift >= -6 for shift in kernel.powers):
        return None
    place = max([1, *(2 - int(floor(shift)) for shift in kernel.powers)])
    constant = abs(m.log(compiled(pmf)(m, {k: m.mpf(place)})))
    square = _log_size(kernel.base, m)
    constant = constant + square * place
    for shift, power in kernel.powers.items():
        strength = abs(_value(power, m))
        square = square + 2 * strength
        constant = constant + strength * (1 + int(2 * shift**2 + 2) + (place + int(abs(shift)) + 1) ** 2)
    return Envelope(constant + 1, square, lambda r: _transform(pmf, k, low, r, m))


def _transform(pmf: Expr, k: Symbol, low: Expr, r: Fraction, m: RealField) -> Ball | None:
    """Return the sum of p(k) r**k, where it converges."""
    if not low.is_Integer:
        return None
    try:
        return kernel_sum(pmf * Rational(r.numerator, r.denominator) ** k, S.One, k, int(low), None, m)[0]
    except OutOfReach:
        return None


def _bessel(pmf: Expr, k: Symbol, _low: Expr, m: RealField) -> Envelope | None:
    """Recognise C b**k I_k(x).

    sum b**k I_k(x) r**k = exp((x/2)(b r + 1/(b r))), and (x/2)**n/n! <= I_n(x) with log n! <= n**2.
    """
    factors = [factor for factor in Mul.make_args(pmf) if isinstance(factor, besseli) and factor.args[0] == k and not factor.args[1].has(k)]
    if len(factors) != 1:
        return None
    rest, x = pmf / factors[0], factors[0].args[1]
    kernel = kernel_of(rest, k)
    if kernel is None or kernel.powers:
        return None
    C, b, half = _value(rest.subs(k, 0), m), _value(kernel.base, m), _value(x, m) / 2

    def generating(r: Fraction) -> Ball:
        return C * (m.exp(half * (b * r + 1 / (b * r))) + m.exp(half * (b / r + r / b)))

    return Envelope(abs(m.log(C)), abs(m.log(b)) + abs(m.log(half)) + 1, generating)


def _two_counts(pmf: Expr, k: Symbol, _low: Expr, m: RealField) -> Envelope | None:
    """Recognise C sum_j a**j b**(k - 2j)/(j! (k - 2j)!) for j up to floor(k/2), the pmf of X + 2Y for two Poisson counts.

    sum p(k) r**k = C exp(b r + a r**2), and one term, j = floor(k/2), is at most p(k), with log j! <= k**2.
    """
    sums = [factor for factor in Mul.make_args(pmf) if isinstance(factor, Sum)]
    if len(sums) != 1 or len(sums[0].limits) != 1:
        return None
    C, (j, first, last), term = pmf / sums[0], sums[0].limits[0], sums[0].function
    a, b = term.subs({k: 2, j: 1}), term.subs({k: 1, j: 0})
    shape = a**j * b ** (k - 2 * j) / (factorial(j) * factorial(k - 2 * j))
    if C.has(k) or first != 0 or last != floor(k / 2) or powsimp(term / shape) != 1:
        return None
    single, double = _value(b, m), _value(a, m)

    def generating(r: Fraction) -> Ball:
        return _value(C, m) * m.exp(single * r + double * (r * r))

    return Envelope(_log_size(C, m) + _log_size(b, m), _log_size(a, m) + 1, generating)


#: What is recognised, in turn.
ENVELOPES: tuple[Callable[[Expr, Symbol, Expr, RealField], Envelope | None], ...] = (_kernel, _bessel, _two_counts)
