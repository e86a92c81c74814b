r"""Power series in w with a bound of what they leave out, on 0 <= w <= 1/N.

Main definitions
----------------
* `Model`, coefficients c_0, ..., c_{M-1} and a bound r with ``|f(w) - sum c_m w**m| <= r w**M``: products, multiples and exponentials.
* `reciprocal` 1/(1 + a w), `logarithm` log(1 + a w), and `stirling`, the expansion of log Gamma(1/w + a).

References
----------
K. Makino, M. Berz, Taylor models and other validated functional inclusion methods, 2003. NIST DLMF 5.11.1 and 5.11(ii).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from symentropy.evaluation.balls import elementary
from symentropy.evaluation.balls.ball import RADIUS_BITS, Ball, OutOfReach
from symentropy.evaluation.balls.bernoulli import bernoulli

#: Coefficients of an exponential are bounded on a circle this many times as large as the domain.
CIRCLE = 8


@dataclass(frozen=True, slots=True)
class Model:
    """Coefficients, a bound of the remainder in units of ``w**len(coefficients)``, and the N of the domain 0 <= w <= 1/N.

    >>> model = Model([Ball(1, 0, 0, 60), Ball(1, 0, 0, 60)], Ball(0, 0, 0, 60), 10)  # 1 + w
    >>> square = model.times(model); [int(c) for c in square.coefficients], square.remainder.contains(1)
    ([1, 2], True)
    """

    coefficients: Sequence[Ball]
    remainder: Ball
    N: int

    @property
    def order(self) -> int:
        """M, the number of coefficients."""
        return len(self.coefficients)

    def size(self, scale: int = 1) -> Ball:
        """Return a bound of sum |c_m| (scale/N)**m."""
        total, factor = _above(self.coefficients[-1]), Fraction(scale, self.N)
        for coefficient in self.coefficients[-2::-1]:
            total = _above(total * factor + _above(coefficient))
        return total

    def scaled(self, factor: Ball | Fraction | int) -> Model:
        """Return a multiple."""
        bound = abs(factor)
        return Model([c * factor for c in self.coefficients], _above(self.remainder * bound), self.N)

    def plus(self, other: Model) -> Model:
        """Return the sum."""
        coefficients = [a + b for a, b in zip(self.coefficients, other.coefficients, strict=True)]
        return Model(coefficients, self.remainder + other.remainder, self.N)

    def times(self, other: Model) -> Model:
        """Return the product.

        The products of order M and above go to the remainder, each w**(m - M) at most N**(M - m).
        """
        order, a, b = self.order, self.coefficients, other.coefficients
        zero = a[0] * 0
        full = [sum((a[i] * b[m - i] for i in range(max(0, m - order + 1), min(m, order - 1) + 1)), zero) for m in range(order)]
        above_a, above_b = [_above(c) for c in a], [_above(c) for c in b]
        cut = zero
        for m in range(2 * order - 2, order - 1, -1):  # Horner's rule
            cut = _above(cut / self.N + sum((above_a[i] * above_b[m - i] for i in range(m - order + 1, order)), zero))
        rest = self.size() * other.remainder + other.size() * self.remainder
        rest = rest + self.remainder * other.remainder / self.N**order
        return Model(full, _above(cut + rest), self.N)

    def exponential(self) -> Model:
        """Return e**f for f with coefficient c_0 = 0.

        The coefficients b_n of e**P, P the polynomial, obey n b_n = sum k c_k b_(n-k), and |b_n| <= e**p / rho**n for rho = CIRCLE/N and
        p = sum |c_k| rho**k, by Cauchy's estimate for the series with all |c_k|: the b_n w**n from M on are at most
        e**p rho**-M / (1 - 1/CIRCLE) w**M. The remainder changes e**P by at most e**size (e**(r w**M) - 1) <= e**size 2 r w**M.
        """
        c, order = self.coefficients, self.order
        result = [c[0] * 0 + 1]
        for n in range(1, order):
            result.append(sum((c[k] * k * result[n - k] for k in range(2, n + 1)), c[1] * result[n - 1]) / n)
        if not _above(self.remainder / self.N**order).compared(1) < 0:
            raise OutOfReach("an expansion for large k does not converge fast enough")
        beyond = elementary.exp(self.size(CIRCLE)) * Fraction(self.N, CIRCLE) ** order * Fraction(CIRCLE, CIRCLE - 1)
        return Model(result, _above(beyond + elementary.exp(self.size()) * self.remainder * 2), self.N)


def _above(x: Ball) -> Ball:
    """Return a bound of the modulus, with few bits and no radius."""
    size = abs(x.mid) + x.rad
    cut = max(0, size.bit_length() - RADIUS_BITS)
    return Ball((size >> cut) + 1 if cut else size, 0, x.exp + cut, x.prec)


def reciprocal(a: Fraction, order: int, N: int, prec: int) -> Model:
    """Return 1/(1 + a w): coefficients (-a)**m, and a rest of at most |a|**M / (1 - |a|/N) w**M."""
    powers = [Ball.of((-a) ** m, prec) for m in range(order)]
    return Model(powers, _above(Ball.of(abs(a) ** order / (1 - abs(a) / N), prec)), N)


def logarithm(a: Fraction, order: int, N: int, prec: int) -> Model:
    """Return log(1 + a w): coefficients -(-a)**m / m, and a rest of at most |a|**M / (M (1 - |a|/N)) w**M."""
    powers = [Ball(0, 0, 0, prec), *(Ball.of(-((-a) ** m) / m, prec) for m in range(1, order))]
    return Model(powers, _above(Ball.of(abs(a) ** order / (order * (1 - abs(a) / N)), prec)), N)


def stirling(a: Fraction, order: int, N: int, prec: int) -> Model:
    """Return S with log Gamma(z + a) = (z + a - 1/2) log z - z + log(2 pi)/2 + S(1/z), for z >= N > 8 |a|.

    From Stirling's series at z + a, whose remainder is at most the first term left out,
    S = (z + a - 1/2) log(1 + a w) - a + sum_j B_2j / (2j (2j - 1)) (z + a)**(1 - 2j).
    """
    longer = logarithm(a, order + 1, N, prec)
    shifted = Model(longer.coefficients[1:], longer.remainder, N)  # (1/w) log(1 + a w)
    result = shifted.plus(logarithm(a, order, N, prec).scaled(a - Fraction(1, 2)))
    result = Model([Ball(0, 0, 0, prec), *result.coefficients[1:]], result.remainder, N)  # a - a
    inverse = reciprocal(a, order, N, prec)
    power = Model([Ball(0, 0, 0, prec), *inverse.coefficients[:-1]], _above(inverse.remainder / N + abs(inverse.coefficients[-1])), N)
    square = power.times(power)
    for j in range(1, order // 2 + 1):
        result = result.plus(power.scaled(bernoulli(j) / (2 * j * (2 * j - 1))))
        power = power.times(square)
    j = order // 2 + 1  # the first term left out, (z + a)**(1 - 2j) = w**(2j - 1) (1 + a w)**(1 - 2j) with 2j - 1 >= M
    bound = abs(bernoulli(j)) / (2 * j * (2 * j - 1)) * (1 - abs(a) / N) ** (1 - 2 * j) / Fraction(N) ** (2 * j - 1 - order)
    return Model(result.coefficients, _above(result.remainder + Ball.of(bound, prec)), N)
