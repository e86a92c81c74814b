"""Infinite sums and integrals as balls: an enclosure where a method proves one, else an estimate with a doubt.

Main definition: `Certifier`, the arithmetic of real balls that also computes sums to infinity and integrals, and expectations under a
density, whose total mass is then checked to be 1.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Add, Expr, Integral, Mul, Rational, S, Sum, Symbol, log, oo

from symentropy.errors import DomainError
from symentropy.evaluation.balls.ball import Ball, Infinite, OutOfReach, Undecided
from symentropy.evaluation.balls.field import RealField, exact_fraction
from symentropy.evaluation.functions import compiled
from symentropy.evaluation.integrals.double_exponential import estimated_expectation
from symentropy.evaluation.integrals.quadrature import certified_integral, has_infinite_end
from symentropy.evaluation.sums.enveloped import enveloped_sum
from symentropy.evaluation.sums.kernels import kernel_of
from symentropy.evaluation.sums.power_tails import divergence_sign, falls_like_power, power_sum
from symentropy.evaluation.sums.series import kernel_sum
from symentropy.exact import shown

#: Bits at which the total mass of a pmf is checked where that is work of its own.
CHECK_BITS = 64
#: Bits up to which an integral is computed, where nothing else is said.
MAX_INTEGRAL_BITS = 1 << 15


class Certifier(RealField):
    """Real balls with sums to infinity and integrals; integrals are computed with up to ``limit`` bits.

    >>> from sympy import Sum, factorial
    >>> from sympy.abc import k
    >>> (Certifier(60).total(Sum(1 / factorial(k), (k, 0, oo))) - Certifier(60).e).contains_zero
    True
    """

    def __init__(self, prec: int, limit: int = MAX_INTEGRAL_BITS) -> None:
        super().__init__(prec)
        self.limit = limit

    def total(
        self,
        expression: Sum | Integral,
        densities: Sequence[Expr] = (),
        hints: Sequence[Rational] = (),
        *,
        is_divergence: bool = False,
    ) -> Ball:
        """Return the value of a sum to infinity or of an integral, in one variable.

        For an expectation under P of logarithms of densities, ``densities`` are these, that of P first; its total must be 1. ``hints``
        are numbers near which the mass may lie, such as the parameters of a family. ``is_divergence``: the logarithm is that of p/q.

        Raises `Infinite` where it is oo: a divergence whose integrand is not integrable at one end, as p log(p/q) >= p - q bounds it from
        below, and a cross-entropy where that is so and the entropy of P is finite.
        """
        if len(expression.limits) > 1:
            raise OutOfReach(f"no digits yet for sums and integrals in several variables: {shown(expression)}")
        if expression.free_symbols:
            raise OutOfReach(f"no digits for {shown(expression)}, which depends on symbols")
        if isinstance(expression, Sum):
            value = self._sum(expression, densities)
        else:
            value = self._integral(expression, densities, hints, is_divergence)
        if is_divergence and value.is_negative:
            raise DomainError(f"{shown(densities[1])} is not a distribution: a divergence from it is negative")
        return value

    def _sum(self, expression: Sum, densities: Sequence[Expr]) -> Ball:
        k, low, high = expression.limits[0]
        try:
            return self._kernels(expression, densities)
        except OutOfReach:
            if all(kernel_of(density, k) for density in densities):
                raise
        mass = Certifier(CHECK_BITS)
        self._check(enveloped_sum(densities[0], (densities[0],), k, low, high, mass), densities[0])
        return enveloped_sum(expression.function, tuple(densities), k, low, high, self)

    def _kernels(self, expression: Sum, densities: Sequence[Expr]) -> Ball:
        """Return a sum of kernels times logarithms of kernels."""
        k, low, high = expression.limits[0]
        if not low.is_Integer:
            raise OutOfReach("no digits yet for this sum over all integers")
        result = self.zero
        for term in Add.make_args(expression.function):
            mass, argument = split(term, k)
            if high is oo and falls_like_power(mass, k):
                total, value = power_sum(mass, argument, k, int(low), self)
            else:
                total, value = kernel_sum(mass, argument, k, int(low), None if high is oo else int(high), self)
            result = result + (total if argument is S.One else value)
            if densities and mass in (densities[0], -densities[0]):
                self._check(total if mass == densities[0] else -total, densities[0])
        return result

    def _check(self, total: Ball, density: Expr) -> None:
        if not total.contains(1):
            raise DomainError(f"{shown(density)} is not a distribution: its total is about {float(total.centre.lower):.6g}, not 1")

    def check_mass(self, mass: Expr) -> None:
        """Check that the total mass of a density of the user's own is 1; doubt it where that is not proved."""
        try:
            total = self.mpf(compiled(mass)(self, {}))
        except Undecided as undecided:
            self.doubts.append(f"the total mass {shown(mass)} is not proved to be 1: {undecided}")
            return
        if not total.contains(1):
            raise DomainError(f"not a distribution: the total mass {shown(mass)} is about {float(total.centre.lower):.6g}, not 1")

    def _integral(self, expression: Integral, densities: Sequence[Expr], hints: Sequence[Rational], is_divergence: bool) -> Ball:
        """Return an enclosure where the integrand is understood, else an estimate on whose nodes the density has mass 1."""
        if self.prec > self.limit:
            raise OutOfReach(f"{shown(expression)} cannot be told from 0")
        x, low, high = expression.limits[0]
        try:
            if densities:
                self._check(certified_integral(densities[0], x, low, high, CHECK_BITS // 2, hints), densities[0])
            return certified_integral(expression.function, x, low, high, self.prec, hints)
        except Undecided as undecided:
            reason = str(undecided)
        endless = len(densities) == 2 and has_infinite_end(expression.function, x, low, high, hints)
        if endless and not self.doubts and (is_divergence or self._has_finite_entropy(densities[0], x, low, high)):
            raise Infinite
        if not densities:
            raise OutOfReach(f"no digits for {shown(expression)}: {reason}")
        value, error = estimated_expectation(densities[0], expression.function, x, low, high, self.prec * 3 // 10, hints)
        self.doubts.append(f"an integral is estimated: {reason}")
        middle, radius = exact_fraction(value), exact_fraction(error)
        return Ball.between(middle - radius, middle + radius, self.prec)

    def _has_finite_entropy(self, density: Expr, x: Symbol, low: Expr, high: Expr) -> bool:
        try:
            certified_integral(-density * log(density), x, low, high, CHECK_BITS // 2)
        except Undecided:
            return False
        return True


def infinite_sign(expression: Expr) -> int:
    """Return 1 or -1 where a sum is oo or -oo because its terms fall too slowly, and 0 otherwise.

    >>> from sympy.abc import k
    >>> infinite_sign(Sum(k**-2 * log(k), (k, 1, oo))), infinite_sign(Sum(-(k**-2) * log(2**-k), (k, 1, oo)))
    (0, 1)
    """
    if not isinstance(expression, Sum) or len(expression.limits) > 1 or expression.limits[0][2] is not oo:
        return 0
    k = expression.limits[0][0]
    mass, argument = split(expression.function, k)
    return divergence_sign(mass, argument, k)


def split(term: Expr, k: Symbol) -> tuple[Expr, Expr]:
    """Return a term as (mass, argument) with term = mass * log(argument), or (term, 1) for one without a logarithm of k."""
    factors = Mul.make_args(term)
    logarithms = [factor for factor in factors if isinstance(factor, log) and factor.has(k)]
    if len(logarithms) != 1:
        return term, S.One
    return Mul(*(factor for factor in factors if factor is not logarithms[0])), logarithms[0].args[0]
