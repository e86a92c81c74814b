"""Special functions of complex balls: error functions everywhere, and log Gamma and psi in the right half-plane.

Main definitions: `erf`, `erfc`, `loggamma`, `gamma`, `digamma` and `polygamma` of a `ComplexBall`.

Each is computed at a grid point next to the midpoint, on pairs of integers that stand for multiples of ``2**-bits`` (the unit), and
widened by a bound of the modulus of the derivative on the rectangle times the largest distance. Rounding both parts of a number down
moves it by less than sqrt 2 units.

References: DLMF 5.11(ii), 7.6.2, 7.12(i).
"""

from __future__ import annotations

from math import isqrt
from typing import Any, NamedTuple

from symentropy.evaluation.balls import complex_ball, elementary, gamma_functions
from symentropy.evaluation.balls.ball import Ball, OutOfReach, Undecided
from symentropy.evaluation.balls.bernoulli import Stirling, stirling
from symentropy.evaluation.balls.complex_ball import ComplexBall
from symentropy.evaluation.balls.special import COARSE, error, settled, whole, working

#: The error function is computed for numbers of at most this many bits before the point.
MAX_MAGNITUDE = 18
#: The power series of erf is summed for |z|**2 below this bound.
MAX_SQUARE = 4000


class _Point(NamedTuple):
    """The grid point (x + iy) 2**-bits."""

    x: int
    y: int
    bits: int

    @classmethod
    def of(cls, z: ComplexBall, bits: int) -> _Point:
        """Return the grid point next to the midpoint of a rectangle, less than a unit away in each direction."""
        return cls(elementary.fixed(z.real, bits), elementary.fixed(z.imag, bits), bits)

    def ball(self) -> ComplexBall:
        """Return the point itself."""
        return _complex(self.x, self.y, 0, -self.bits, self.bits)


def _complex(x: int, y: int, rad: int, exp: int, prec: int) -> ComplexBall:
    return ComplexBall(Ball(x, rad, exp, prec), Ball(y, rad, exp, prec))


def _settled(z: ComplexBall, prec: int) -> ComplexBall:
    return ComplexBall(settled(z.real, prec), settled(z.imag, prec))


def _sloped(value: ComplexBall, slope: Ball, z: ComplexBall, bits: int) -> ComplexBall:
    """Return a function on a rectangle, from its value at the grid point and the largest modulus of its derivative."""
    distance = z.real.radius.at(COARSE) + z.imag.radius.at(COARSE) + Ball(2, 0, -bits, COARSE)
    return _widened(value, slope * distance)


def _widened(value: ComplexBall, bound: Ball) -> ComplexBall:
    """Return a rectangle with everything that is at most ``bound`` away."""
    spread = error(bound)
    return ComplexBall(value.real + spread, value.imag + spread)


def _least(x: Ball, unit: int) -> Ball:
    """Return a lower bound of |t| on the ball widened by the unit of the grid, ``2**-unit``."""
    least = Ball(abs(x.mid) - x.rad, 0, x.exp, 2 * COARSE) - Ball(1, 0, -unit, COARSE)
    least = Ball(least.mid - least.rad, 0, least.exp, COARSE)
    return least if least.mid > 0 else Ball(0, 0, 0, COARSE)


def _most(x: Ball, unit: int) -> Ball:
    """Return an upper bound of |t| on the ball widened by the unit of the grid."""
    most = Ball(abs(x.mid) + x.rad, 0, x.exp, 2 * COARSE) + Ball(1, 0, -unit, COARSE)
    return Ball(most.mid + most.rad, 0, most.exp, COARSE)


# Error functions


def erf(z: ComplexBall) -> ComplexBall:
    """Return the error function.

    >>> i = ComplexBall(Ball(0, 0, 0, 60), Ball(1, 0, 0, 60))
    >>> print(float(erf(i).imag.lower), (erf(i) + erf(-i)).contains_zero)
    1.6504257587975428 True
    """
    return _on_rectangle(z, complementary=False)


def erfc(z: ComplexBall) -> ComplexBall:
    """Return 1 - erf(z), for Re z > 0 with accuracy relative to |e**(-z**2)|.

    >>> z = ComplexBall(Ball(6, 0, 0, 60), Ball(1, 0, 0, 60))
    >>> erfc(z).real.accuracy > 50, (erfc(z) + erfc(-z) - 2).contains_zero
    (True, True)
    """
    return _on_rectangle(z, complementary=True)


def _on_rectangle(z: ComplexBall, complementary: bool) -> ComplexBall:
    """Return erf or erfc on a rectangle; the derivative has the modulus 2/sqrt(pi) |e**(-z**2)| < 5/4 e**(y**2 - x**2)."""
    prec = z.prec
    if z.magnitude > MAX_MAGNITUDE:
        raise OutOfReach("the error function of a complex number as large as this")
    bits = working(prec) + min(prec, max(0, -z.magnitude))
    value = _error_function(_Point.of(z, bits), complementary)
    slope = Ball(5, 0, -2, COARSE) * elementary.exp(_most(z.imag, bits).squared() - _least(z.real, bits).squared())
    return _settled(_sloped(value, slope, z, bits), prec)


def _error_function(point: _Point, complementary: bool) -> ComplexBall:
    """Return erf or erfc at a point."""
    if point.x < 0:
        value = _error_function(_Point(-point.x, -point.y, point.bits), complementary)
        return 2 - value if complementary else -value
    bits = point.bits
    square = (point.x * point.x + point.y * point.y >> 2 * bits) + 1  # |z|**2 is below
    rest = _asymptotic(point) if square > 0.7 * bits + 10 else None
    if rest is not None:
        return rest if complementary else 1 - rest
    value = _erf_series(point, square)
    return 1 - value if complementary else value


def _erf_series(point: _Point, square: int) -> ComplexBall:
    """Return erf(z) = 2 z/sqrt(pi) e**(-z**2) S, S = sum_n w**n/(3 5 ... (2n + 1)), w = 2 z**2, |z|**2 < ``square``.

    The moduli of the terms have falling ratios and a sum T <= e**(|w|/2) = e**(|z|**2), as 3 5 ... (2n + 1) >= 2**n n!. A unit lost at
    a term costs S at most T units or, where the term is below 1 and they fall, N units, for N terms. Each step loses at most 2 sqrt 2
    units, w is off by sqrt 2 units and |dS/dw| <= T: 3 N (T + N) + 2 T. Where the loop stops, a term is at most 4 units and what it is
    off, 3 N units, and the rest falls by 2 or more each time: 8 + 6 N. In all below 4 (N + 1) (T + N + 3).
    """
    if square > MAX_SQUARE:
        raise OutOfReach("the error function of a large number next to the imaginary axis")
    growth = (3 * square + 1) // 2  # e**square < 2**growth
    more = growth + 2 * (point.bits + 3 * square).bit_length() + 4
    bits = point.bits + more
    x, y = point.x << more, point.y << more
    u, v = x * x - y * y >> bits - 1, x * y >> bits - 2
    a, b, real, imag, n = 1 << bits, 0, 1 << bits, 0, 1
    while abs(a) + abs(b) > 4 or n < 4 * square + 4:
        n += 2
        a, b = (a * u - b * v >> bits) // n, (a * v + b * u >> bits) // n
        real += a
        imag += b
    total = _complex(real, imag, 2 * (n + 1) * ((1 << growth) + n + 3), -bits, bits)
    z = _complex(x, y, 0, -bits, bits)
    return 2 * z * complex_ball.exp(-z.squared()) * total / elementary.pi(bits).sqrt()


def _asymptotic(point: _Point) -> ComplexBall | None:
    """Return erfc(z) = e**(-z**2)/(z sqrt(pi)) (1 + u_1 + u_2 + ...), u_m = -(2m - 1)/(2 z**2) u_(m-1), for Re z > 0.

    None stands for a number next to the imaginary axis, or too small.

    The remainder is at most the first term omitted for |arg z| <= pi/4, and csc(2 |arg z|) = |z|**2/(2 |x y|) times that for
    pi/4 <= |arg z| < pi/2 (DLMF 7.12(i)).
    """
    bits = point.bits
    norm, product = point.x * point.x + point.y * point.y, 2 * point.x * abs(point.y)
    factor = 1 if point.x >= abs(point.y) else norm // product + 1 if product else 1 << bits
    if factor > 1 << 20:
        return None
    z = point.ball()
    inverse = (2 * z.squared()).inverse()
    term = total = ComplexBall(Ball(1, 0, 0, bits), Ball(0, 0, 0, bits))
    m = 0
    while term.magnitude > -bits:
        m += 1
        term = -(2 * m - 1) * term * inverse
        if (2 * m + 1) << 2 * bits > 2 * norm:  # the terms grow from here on
            return None
        total = total + term
    total = _widened(total - term, factor * term.modulus())  # the last term is the one omitted
    return complex_ball.exp(-z.squared()) * total / (z * elementary.pi(bits).sqrt())


# Gamma functions


def loggamma(z: ComplexBall) -> ComplexBall:
    """Return log Gamma(z) for Re z > 0, the branch that is real on the real axis.

    With sec(arg(y)/2)**2 <= 2 for Re y > 0, the remainder of Stirling's series is at most 2**n times the first term omitted, of index
    n (DLMF 5.11(ii)): |y| >= sqrt 2 ``least`` makes it at most sqrt 2 units. The slope is at most
    |psi(z)| <= gamma + 1/|z| + sum_k |z|/(k max(k, |z|)) <= 4 + 1/|z| + max(0, log |z|).

    >>> z = ComplexBall(Ball(1, 0, 0, 60), Ball(1, 0, 0, 60))
    >>> print(float(loggamma(z).real.lower), float(loggamma(z).imag.lower))
    -0.6509231993018564 -0.3016403204675332
    """
    return _on_half_plane(z, derived=False)


def digamma(z: ComplexBall) -> ComplexBall:
    """Return psi(z) for Re z > 0. The slope is at most sum_k 1/|z + k|**2 <= 1/|z|**2 + pi/(2 |z|).

    >>> z = ComplexBall(Ball(1, 0, 0, 60), Ball(1, 0, 0, 60))
    >>> print(float(digamma(z).real.lower), float(digamma(z).imag.lower))
    0.09465032062247698 1.0766740474685812
    """
    return _on_half_plane(z, derived=True)


def gamma(z: ComplexBall) -> ComplexBall:
    """Return Gamma(z) for Re z > 0.

    >>> z = ComplexBall(Ball(1, 0, 0, 60), Ball(1, 0, 0, 60))
    >>> ((gamma(z + 1) - gamma(z) * z)).contains_zero
    True
    """
    more = z.prec + max(0, z.magnitude) + abs(z.magnitude).bit_length() + 8
    value = complex_ball.exp(loggamma(ComplexBall(z.real.at(more), z.imag.at(more))))
    return _settled(value, z.prec)


def polygamma(n: Any, z: ComplexBall) -> ComplexBall:
    """Return psi(z), for the order 0 only."""
    if n != 0 if isinstance(n, int) else whole(n) != 0:
        raise OutOfReach("polygamma of a complex number")
    return digamma(z)


def _on_half_plane(z: ComplexBall, derived: bool) -> ComplexBall:
    if not z.real.is_positive:
        never = z.real.is_exact or z.real.is_negative
        raise (OutOfReach if never else Undecided)("the gamma function off the right half-plane")
    function = digamma if derived else loggamma
    if z.imag.is_exact and z.imag.mid == 0:
        real = gamma_functions.digamma if derived else gamma_functions.loggamma
        return ComplexBall(real(z.real), z.imag)
    if z.imag.mid < 0:
        value = function(ComplexBall(z.real, -z.imag))
        return ComplexBall(value.real, -value.imag)
    prec = z.prec
    if z.magnitude < -8:
        wide = ComplexBall(z.real.at(prec + 8), z.imag.at(prec + 8))
        return _settled(function(wide + 1) - (wide.inverse() if derived else complex_ball.log(wide)), prec)
    if z.magnitude > prec:
        raise OutOfReach("the gamma function of a complex number as large as this")
    table = stirling(working(prec))
    least = _least(z.real, table.bits).squared() + _least(z.imag, table.bits).squared()
    if not least.is_positive:
        raise Undecided("the gamma function around its pole")
    inverse = 1 / least.sqrt()
    slope = inverse.squared() + 2 * inverse if derived else inverse + (4 + max(0, z.magnitude))
    value = (_digamma if derived else _loggamma)(_Point.of(z, table.bits), table)
    return _settled(_sloped(value, slope, z, table.bits), prec)


def _shift_for(point: _Point, least: int) -> int:
    """Return the least r >= 0 such that |z + r|**2 >= 2 least**2 by the whole parts, for Re z, Im z >= 0."""
    square = 2 * least * least - (point.y >> point.bits) ** 2
    return max(0, isqrt(square - 1) + 1 - (point.x >> point.bits)) if square > 0 else 0


def _series(point: _Point, shift: int, coefficients: list[int]) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    """Return 1/y, 1/y**2 and the sum of the coefficients times y**(2 - 2k), for y = z + shift, |y| >= 28.

    1/y is off by less than 1.5 units, its square by 1.6, and the sum by 2.5: each step loses 1 + sqrt 2 units, which the later ones
    divide by |y|**2, and the error of the square counts as in `gamma_functions.series`.
    """
    bits = point.bits
    x, y = point.x + (shift << bits), point.y
    norm = x * x + y * y
    p, q = (x << 2 * bits) // norm, (-y << 2 * bits) // norm
    u, v = p * p - q * q >> bits, p * q >> bits - 1
    a = b = 0
    for coefficient in coefficients:
        a, b = coefficient + (a * u - b * v >> bits), a * v + b * u >> bits
    return (p, q), (u, v), (a, b)


def _product(a: tuple[int, int], b: tuple[int, int], bits: int) -> ComplexBall:
    """Return a product with 4 units of error: 2.5/28 + 1.6/12 + sqrt 2 for Stirling's series, and sqrt 2 for its remainder."""
    return _complex(a[0] * b[0] - a[1] * b[1] >> bits, a[0] * b[1] + a[1] * b[0] >> bits, 4, -bits, bits)


def _loggamma(point: _Point, table: Stirling) -> ComplexBall:
    """Return log Gamma at a point with Im z >= 0."""
    bits = table.bits
    shift = _shift_for(point, table.least)
    inverse, _, total = _series(point, shift, table.loggamma)
    y = point.ball() + shift
    value = (y - Ball(1, 0, -1, bits)) * complex_ball.log(y) - y + gamma_functions.half_log_two_pi(bits) + _product(inverse, total, bits)
    return value - _log_rising(point, shift) if shift else value


def _log_rising(point: _Point, count: int) -> ComplexBall:
    """Return log z + log(z + 1) + ... + log(z + count - 1) for Re z, Im z >= 0, z != 0: the logarithm of a product, on the right branch.

    Each factor turns the product by less than a right angle or by one, so its argument passes the negative axis where the imaginary
    part becomes negative. The products are cut to ``bits + 16`` bits, each time by less than 2**-(bits + 14) of the modulus; that
    changes the product, and with it the place where the axis is passed, by as much.
    """
    bits = point.bits
    a, b, exp, turns, x = 1, 0, 0, 0, point.x
    for _ in range(count):
        before = b >= 0
        a, b = a * x - b * point.y, a * point.y + b * x
        exp -= bits
        x += 1 << bits
        turns += before and b < 0
        cut = max(abs(a).bit_length(), abs(b).bit_length()) - bits - 16
        if cut > 0:
            a, b, exp = a >> cut, b >> cut, exp + cut
    rad = ((abs(a) + abs(b)) * (count + 1) >> bits + 13) + 1
    sign = -1 if a < 0 else 1
    log = complex_ball.log(_complex(sign * a, sign * b, rad, exp, bits + 16))
    halves = 2 * turns if a >= 0 else 2 * turns + 1 if b >= 0 else 2 * turns - 1
    return ComplexBall(log.real, log.imag + elementary.pi(bits) * halves)


def _digamma(point: _Point, table: Stirling) -> ComplexBall:
    """Return psi at a point: as for a real number, each part of each reciprocal less than a unit too low."""
    bits = table.bits
    shift = _shift_for(point, table.least)
    _, square, total = _series(point, shift, table.digamma)
    real = imag = 0
    x, y = point.x, point.y
    for _ in range(shift):
        norm = x * x + y * y
        real += (x << 2 * bits) // norm
        imag += (-y << 2 * bits) // norm
        x += 1 << bits
    z = point.ball() + shift
    return complex_ball.log(z) - (2 * z).inverse() - _product(square, total, bits) - _complex(real, imag, shift, -bits, bits)
