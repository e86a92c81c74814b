"""Arithmetics in which a compiled expression can be computed: real balls, complex balls, and plain digits.

Main definitions
----------------
* `RealField`: real balls of a precision. Functions that have no enclosure here are estimated, and the doubt is noted.
* `ComplexField`: complex balls, for integrands off the real axis; other functions raise `Undecided`.
* `EstimateField`: floating-point numbers of mpmath, without error bounds.

All answer to the names of an mpmath context (``m.exp(x)``, ``m.pi``, ``m.fsum(terms)``), so that one compiled expression computes
digits, enclosures and bounds alike.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import reduce
from typing import Any

import mpmath

from symentropy.evaluation.balls import complex_ball, complex_special, elementary, error_functions, gamma_functions, zeta_functions
from symentropy.evaluation.balls.ball import Ball, OutOfReach, Undecided, scaled
from symentropy.evaluation.balls.complex_ball import ComplexBall
from symentropy.exact import shown

#: Bits beyond the precision with which a function without enclosure is estimated.
ESTIMATE_GUARD = 40
#: Estimates with more bits before or after the point are refused.
MAX_ESTIMATE_BITS = 1 << 24


def _enclosed(name: str, function: Callable[..., Ball]) -> Callable[..., Ball]:
    """Return a method that computes a special function, or estimates it for arguments at which no enclosure is proved."""

    def method(self: RealField, *arguments: Any) -> Ball:
        try:
            return function(*map(self.mpf, arguments))
        except OutOfReach:
            return self.estimated(name, arguments)

    return method


class RealField:
    """Real balls that keep ``prec`` bits.

    ``doubts`` collects the reasons why a result is not proved: it stays empty as long as everything was.

    >>> m = RealField(100)
    >>> m.log(m.mpf(2)).contains(Fraction(7, 10)), m.doubts
    (False, [])
    """

    def __init__(self, prec: int) -> None:
        self.prec = prec
        self.doubts: list[str] = []

    def mpf(self, value: Any) -> Ball:
        """Return a ball around an exact number; a ball stays as it is."""
        return value if isinstance(value, Ball) else Ball.of(value, self.prec)

    exp = staticmethod(elementary.exp)
    log = staticmethod(elementary.log)
    atan = staticmethod(elementary.atan)
    power = staticmethod(elementary.power)

    gamma = _enclosed("gamma", gamma_functions.gamma)
    loggamma = _enclosed("loggamma", gamma_functions.loggamma)
    factorial = _enclosed("factorial", gamma_functions.factorial)
    beta = _enclosed("beta", gamma_functions.beta)
    binomial = _enclosed("binomial", gamma_functions.binomial)
    psi = _enclosed("psi", zeta_functions.polygamma)
    zeta = _enclosed("zeta", zeta_functions.zeta)
    polylog = _enclosed("polylog", zeta_functions.polylog)
    erf = _enclosed("erf", error_functions.erf)
    erfc = _enclosed("erfc", error_functions.erfc)
    ei = _enclosed("ei", error_functions.ei)
    expint = _enclosed("expint", error_functions.expint)
    gammainc = _enclosed("gammainc", error_functions.gammainc)
    besseli = _enclosed("besseli", error_functions.besseli)

    @property
    def zero(self) -> Ball:
        """0."""
        return Ball(0, 0, 0, self.prec)

    @property
    def pi(self) -> Ball:
        """The circle constant."""
        return elementary.pi(self.prec)

    @property
    def e(self) -> Ball:
        """Euler's number."""
        return elementary.exp(Ball(1, 0, 0, self.prec))

    @property
    def phi(self) -> Ball:
        """The golden ratio."""
        return (1 + Ball(5, 0, 0, self.prec).sqrt()) / 2

    @property
    def euler(self) -> Ball:
        """Euler's constant."""
        return gamma_functions.euler(self.prec)

    @property
    def catalan(self) -> Ball:
        """Catalan's constant."""
        return zeta_functions.catalan(self.prec)

    def total(self, expression: Any) -> Ball:
        """Refuse a sum to infinity or an integral, which this arithmetic does not compute."""
        raise OutOfReach(f"no digits for {shown(expression)} inside another expression")

    def fsum(self, terms: Iterable[Ball]) -> Ball:
        """Return a sum."""
        return sum(terms, self.zero)

    def fprod(self, factors: Iterable[Ball]) -> Ball:
        """Return a product."""
        return reduce(operator.mul, factors, self.mpf(1))

    def log1p(self, x: Ball) -> Ball:
        """Return log(1 + x), with all its bits also for a small x."""
        size = x.magnitude
        if size < -self.prec - 4:  # |log(1 + x) - x| <= x**2
            return x + Ball(0, 1, 2 * size, self.prec)
        return elementary.log(1 + x.at(self.prec + max(0, -size) + 2)).at(self.prec)

    def sqrt(self, x: Ball) -> Ball:
        """Return the square root."""
        return x.sqrt()

    def cos(self, x: Ball) -> Ball:
        """Return the cosine."""
        return elementary.cos_sin(x)[0]

    def sin(self, x: Ball) -> Ball:
        """Return the sine."""
        return elementary.cos_sin(x)[1]

    def tan(self, x: Ball) -> Ball:
        """Return the tangent."""
        cosine, sine = elementary.cos_sin(x)
        return sine / cosine

    def asin(self, x: Ball) -> Ball:
        """Return atan(x / sqrt(1 - x**2))."""
        return elementary.atan(x / ((1 - x) * (1 + x)).sqrt())

    def acos(self, x: Ball) -> Ball:
        """Return pi/2 - asin x."""
        return self.pi / 2 - self.asin(x)

    def sinh(self, x: Ball) -> Ball:
        """Return (e**x - e**-x) / 2."""
        return (elementary.exp(x) - elementary.exp(-x)) / 2

    def cosh(self, x: Ball) -> Ball:
        """Return (e**x + e**-x) / 2."""
        return (elementary.exp(x) + elementary.exp(-x)) / 2

    def tanh(self, x: Ball) -> Ball:
        """Return sinh x / cosh x, by the exponential that decays."""
        decayed = elementary.exp(-2 * x if x.mid >= 0 else 2 * x)
        value = (1 - decayed) / (1 + decayed)
        return value if x.mid >= 0 else -value

    def sech(self, x: Ball) -> Ball:
        """Return 1 / cosh x."""
        decayed = elementary.exp(-x if x.mid >= 0 else x)
        return 2 * decayed / (1 + decayed.squared())

    def asinh(self, x: Ball) -> Ball:
        """Return log(x + sqrt(1 + x**2)), odd."""
        size = -x if x.mid < 0 else x
        value = elementary.log(size + (1 + size.squared()).sqrt())
        return -value if x.mid < 0 else value

    def acosh(self, x: Ball) -> Ball:
        """Return log(x + sqrt((x - 1)(x + 1)))."""
        return elementary.log(x + ((x - 1) * (x + 1)).sqrt())

    def atanh(self, x: Ball) -> Ball:
        """Return log((1 + x)/(1 - x)) / 2."""
        return elementary.log((1 + x) / (1 - x)) / 2

    def floor(self, x: Ball) -> Ball:
        """Return the floor, the same on the whole ball."""
        low, high = x.lower.__floor__(), x.upper.__floor__()
        if low != high:
            raise Undecided("the floor of a ball with an integer inside")
        return self.mpf(low)

    def ceil(self, x: Ball) -> Ball:
        """Return the ceiling, the same on the whole ball."""
        return -self.floor(-x)

    def sign(self, x: Ball) -> Ball:
        """Return -1, 0 or 1."""
        if x.contains_zero and not x.is_exact:
            raise Undecided("the sign of a ball around 0")
        return self.mpf((x.mid > 0) - (x.mid < 0))

    def __getattr__(self, name: str) -> Callable[..., Ball]:
        """Return an mpmath function on balls, estimated, for a name without an enclosure here."""
        if name.startswith("_") or not callable(getattr(mpmath.mp, name, None)):
            raise AttributeError(name)
        return lambda *arguments: self.estimated(name, arguments)

    def estimated(self, name: str, arguments: tuple[Any, ...]) -> Ball:
        """Return mpmath's values of a function at the lower and at the upper ends of the arguments, and note the doubt."""
        doubt = f"{name} is estimated"
        if doubt not in self.doubts:
            self.doubts.append(doubt)
        context = EstimateField(self.prec + ESTIMATE_GUARD)
        function = getattr(context, name)
        ends = [(x.lower, x.upper) if isinstance(x, Ball) else (x, x) for x in arguments]
        values = []
        for place in range(2):
            point = [context.mpf(pair[place].numerator) / pair[place].denominator for pair in ends]
            try:
                values.append(exact_fraction(context.convert(function(*point))))
            except (ValueError, OverflowError, ZeroDivisionError, NotImplementedError, mpmath.libmp.NoConvergence) as error:
                raise OutOfReach(f"{name} is not computed by mpmath here: {' '.join(str(error).split())[:80]}") from None
        radius = max(abs(value) for value in values) / 2**self.prec
        return Ball.between(min(values) - radius, max(values) + radius, self.prec)


def exact_fraction(value: Any) -> Fraction:
    """Return the rational that a finite, real mpmath number is."""
    if not hasattr(value, "_mpf_"):
        if value.imag != 0:
            raise Undecided("the value is not a real number")
        value = value.real
    negative, mantissa, exponent, length = value._mpf_
    if length < 0 or (mantissa == 0 and exponent != 0):
        raise Undecided("the value is not finite")
    if abs(exponent) > MAX_ESTIMATE_BITS:
        raise OutOfReach("the value is too large or too small")
    return scaled(-int(mantissa) if negative else int(mantissa), int(exponent))


class EstimateField(mpmath.MPContext):
    """An mpmath context of ``prec`` bits whose exponentials stay within a trillion digits.

    >>> print(EstimateField(53).exp(1))
    2.71828182845905
    """

    def __init__(self, prec: int) -> None:
        super().__init__()
        self.prec = prec
        self.total = RealField(prec).total
        unbounded: Callable[[Any], Any] = vars(self)["exp"]

        def exp(x: Any) -> Any:
            if self.isfinite(x) and abs(x) > 1 << elementary.MAX_EXPONENT_BITS:
                raise OverflowError("an exponential is too large or too small")
            return unbounded(x)

        self.exp = exp


def _off_axis(name: str, function: Callable[..., ComplexBall]) -> Callable[..., Any]:
    """Return a method that computes a special function whose last argument may be complex."""

    def method(self: ComplexField, *arguments: Any) -> Any:
        return function(*arguments) if isinstance(arguments[-1], ComplexBall) else getattr(self.real, name)(*arguments)

    return method


class ComplexField:
    """Complex balls that keep ``prec`` bits; a real constant stays a real ball until it meets a complex one."""

    def __init__(self, prec: int) -> None:
        self.prec = prec
        self.real = RealField(prec)

    erf = _off_axis("erf", complex_special.erf)
    erfc = _off_axis("erfc", complex_special.erfc)
    gamma = _off_axis("gamma", complex_special.gamma)
    loggamma = _off_axis("loggamma", complex_special.loggamma)
    psi = _off_axis("psi", complex_special.polygamma)

    def mpf(self, value: Any) -> Any:
        """Return a ball around an exact number; a ball stays as it is."""
        return self.real.mpf(value) if isinstance(value, (int, Fraction)) else value

    def fsum(self, terms: Iterable[Any]) -> Any:
        """Return a sum."""
        return reduce(operator.add, terms)

    def fprod(self, factors: Iterable[Any]) -> Any:
        """Return a product."""
        return reduce(operator.mul, factors)

    def power(self, base: Any, exponent: Any) -> Any:
        """Return base**exponent."""
        if isinstance(base, Ball) and isinstance(exponent, Ball):
            return elementary.power(base, exponent)
        if isinstance(base, Ball):
            return complex_ball.exp(exponent * elementary.log(base))
        return complex_ball.power(base, exponent)

    def cos(self, z: Any) -> Any:
        """Return the cosine."""
        return complex_ball.cos_sin(z)[0] if isinstance(z, ComplexBall) else self.real.cos(z)

    def sin(self, z: Any) -> Any:
        """Return the sine."""
        return complex_ball.cos_sin(z)[1] if isinstance(z, ComplexBall) else self.real.sin(z)

    def exp(self, z: Any) -> Any:
        """Return the exponential."""
        return complex_ball.exp(z) if isinstance(z, ComplexBall) else self.real.exp(z)

    def log(self, z: Any) -> Any:
        """Return the principal logarithm."""
        return complex_ball.log(z) if isinstance(z, ComplexBall) else self.real.log(z)

    def sqrt(self, z: Any) -> Any:
        """Return the principal root."""
        return complex_ball.sqrt(z) if isinstance(z, ComplexBall) else z.sqrt()

    def sech(self, z: Any) -> Any:
        """Return 2 e**z / (1 + e**(2z)), by the exponential that decays."""
        if isinstance(z, Ball):
            return self.real.sech(z)
        decayed = complex_ball.exp(-z if z.real.mid >= 0 else z)
        return 2 * decayed / (1 + decayed.squared())

    def cosh(self, z: Any) -> Any:
        """Return (e**z + e**-z) / 2."""
        return (self.exp(z) + self.exp(-z)) / 2

    def sinh(self, z: Any) -> Any:
        """Return (e**z - e**-z) / 2."""
        return (self.exp(z) - self.exp(-z)) / 2

    def tanh(self, z: Any) -> Any:
        """Return sinh z / cosh z, by the exponential that decays."""
        sign = 1 if z.real.mid >= 0 else -1
        decayed = self.exp(-2 * sign * z)
        return sign * (1 - decayed) / (1 + decayed)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return a function of real constants, for a name without an enclosure on complex balls."""
        if name.startswith("_"):
            raise AttributeError(name)
        attribute = getattr(self.real, name)
        if not callable(attribute):
            return attribute  # a constant

        def on_constants(*arguments: Any) -> Ball:
            if any(isinstance(argument, ComplexBall) for argument in arguments):
                raise Undecided(f"{name} is not enclosed off the real axis")
            return attribute(*arguments)

        return on_constants
