"""Integrals and sums of exponential kernels: the facts from which means follow by differentiating and shifting their exponents.

Main definitions
----------------
* `Fact`, an integral or a sum that is known, with its source; there are eight, and everything else here is a substitution in one of them.
* `normaliser`, the logarithm of the integral of h(x) exp(c_1 T_1(x) + ... + c_k T_k(x)) over an interval, or of the sum over integers, with
  what the coefficients must satisfy.

A mean is E[t**n exp(w)] for combinations t and w of the T: a derivative, in the direction of t, of the integral with w added in the
exponent, divided by the integral. Inside the set of coefficients where it is finite, it may be differentiated under the integral sign.

References: E. L. Lehmann, J. P. Romano, Testing Statistical Hypotheses, 3rd ed., Springer 2005, theorem 2.7.1 (differentiation);
NIST Digital Library of Mathematical Functions, https://dlmf.nist.gov, for the integrals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sympy import Abs, Expr, Gt, Integer, Integral, Lt, S, Sum, Symbol, beta, binomial, exp, factorial, gamma, log, loggamma, oo, pi, sqrt
from sympy.logic.boolalg import Boolean

from symentropy.proof.domain import Domain

DIFFERENTIATED = "Lehmann, Romano, Testing Statistical Hypotheses, theorem 2.7.1"
JOHNSON = "Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions"

_x, _s, _a, _b, _t = (Symbol(name, positive=True) for name in "xsabt")
_k, _n = (Symbol(name, integer=True, nonnegative=True) for name in "kn")


class Fact(NamedTuple):
    """left = right, with its source."""

    left: Expr
    right: Expr
    source: str


EULER = Fact(Integral(_x ** (_s - 1) * exp(-_x), (_x, 0, oo)), gamma(_s), "DLMF 5.2.1")
BETA = Fact(Integral(_x ** (_a - 1) * (1 - _x) ** (_b - 1), (_x, 0, 1)), beta(_a, _b), "DLMF 5.12.1")
GAUSS = Fact(Integral(exp(-_a * _x**2 + _t * _x), (_x, -oo, oo)), sqrt(pi / _a) * exp(_t**2 / (4 * _a)), f"{JOHNSON}, chapter 13")
POWER = Fact(Integral(_x ** (-_s - 1), (_x, 1, oo)), 1 / _s, "elementary")
GEOMETRIC = Fact(Sum(_t**_k, (_k, 0, oo)), 1 / (1 - _t), "DLMF 4.6.7")
EXPONENTIAL = Fact(Sum(_t**_k / factorial(_k), (_k, 0, oo)), exp(_t), "DLMF 4.2.19")
BINOMIAL = Fact(Sum(binomial(_n, _k) * _t**_k, (_k, 0, _n)), (1 + _t) ** _n, "DLMF 1.2.2")
NEGATIVE = Fact(Sum(binomial(_k + _s - 1, _k) * _t**_k, (_k, 0, oo)), (1 - _t) ** (-_s), "DLMF 4.6.7")


class Kernel(NamedTuple):
    """h(x) exp(sum of c T(x)) on the outcomes from ``low`` to ``high``; ``points`` say what is known of the parameters."""

    carrier: Expr
    terms: Mapping[Expr, Expr]
    x: Symbol
    low: Expr
    high: Expr
    points: Domain

    def take(self, *statistics: Expr) -> list[Expr] | None:
        """Return the coefficients of statistics, 0 for those that are not there; None where there are others."""
        return [self.terms.get(statistic, S.Zero) for statistic in statistics] if set(self.terms) <= set(statistics) else None


class Integrated(NamedTuple):
    """The logarithm of an integral, under conditions; ``fact`` is where it comes from."""

    logarithm: Expr
    conditions: tuple[Boolean, ...]
    fact: Fact


def _log_beta(a: Expr, b: Expr) -> Expr:
    return loggamma(a) + loggamma(b) - loggamma(a + b)


def _size(value: Expr, points: Domain) -> Expr | None:
    """Return the absolute value of a number with a known sign."""
    return value if points.is_positive(value) else -value if points.is_negative(value) else None


def _power_of(kernel: Kernel, base: Expr) -> Expr | None:
    """Return p for the one statistic base**p, None where there is none or more than one."""
    found = [s.as_base_exp()[1] for s in kernel.terms if s.as_base_exp()[0] == base]
    return found[0] if len(found) == 1 and not found[0].has(kernel.x) else None


def _gamma_on_half_line(kernel: Kernel) -> Integrated | None:
    """y**c exp(-r y**p) for y = x - low > 0: u = r y**p."""
    y = kernel.x - kernel.low
    p = _power_of(kernel, y)
    found = None if p is None or kernel.high != oo else kernel.take(log(y), y**p)
    size = None if p is None else _size(p, kernel.points)
    if found is None or size is None:
        return None
    c, rate = found[0], -found[1]
    return Integrated(loggamma((c + 1) / p) - (c + 1) / p * log(rate) - log(size), (Gt(rate, 0), Gt((c + 1) / p, 0)), EULER)


def _gamma_of_exponential(kernel: Kernel) -> Integrated | None:
    """exp(c x - r exp(t x)) on the line: u = r exp(t x)."""
    waves = [s for s in kernel.terms if isinstance(s, exp) and not (s.args[0] / kernel.x).has(kernel.x)]
    if len(waves) != 1 or (kernel.low, kernel.high) != (-oo, oo) or (found := kernel.take(kernel.x, waves[0])) is None:
        return None
    t, c, rate = waves[0].args[0] / kernel.x, found[0], -found[1]
    size = _size(t, kernel.points)
    return None if size is None else Integrated(loggamma(c / t) - c / t * log(rate) - log(size), (Gt(rate, 0), Gt(c / t, 0)), EULER)


def _laplace(kernel: Kernel) -> Integrated | None:
    """exp(b x - r Abs(x - m)) on the line: two half lines."""
    distances = [s for s in kernel.terms if isinstance(s, Abs)]
    if len(distances) != 1 or (kernel.low, kernel.high) != (-oo, oo) or (found := kernel.take(kernel.x, distances[0])) is None:
        return None
    (b, rate), line = (found[0], -found[1]), distances[0].args[0]
    slope = line.diff(kernel.x)
    if slope not in (1, -1):
        return None
    m = kernel.x - line / slope
    if m.expand().has(kernel.x):
        return None
    logarithm = b * m.expand() + log(2 * rate) - log(rate - b) - log(rate + b)
    return Integrated(logarithm, (Gt(rate - b, 0), Gt(rate + b, 0)), EULER)


def _generalised_normal(kernel: Kernel) -> Integrated | None:
    """exp(-r Abs(x - m)**p) on the line: u = r y**p for y = Abs(x - m), twice."""
    if (kernel.low, kernel.high) != (-oo, oo) or len(kernel.terms) != 1:
        return None
    ((statistic, coefficient),) = kernel.terms.items()
    base, p = statistic.as_base_exp()
    is_distance = isinstance(base, Abs) and base.args[0].diff(kernel.x) in (1, -1)
    if not is_distance or p.has(kernel.x) or not kernel.points.is_positive(p):
        return None
    return Integrated(log(2) + loggamma(1 / p) + log(-coefficient) * (-1 / p) - log(p), (Gt(-coefficient, 0),), EULER)


def _beta_on_interval(kernel: Kernel) -> Integrated | None:
    """(x - low)**c (high - x)**d between low and high."""
    if not (kernel.low.is_finite and kernel.high.is_finite):
        return None
    found = kernel.take(log(kernel.x - kernel.low), log(kernel.high - kernel.x))
    if found is None:
        return None
    a, b = found[0] + 1, found[1] + 1
    return Integrated(_log_beta(a, b) + (a + b - 1) * log(kernel.high - kernel.low), (Gt(a, 0), Gt(b, 0)), BETA)


def _beta_of_power(kernel: Kernel) -> Integrated | None:
    """x**c (1 + w x**p)**d: on (0, 1) for w = -1, u = x**p; on (0, oo) for w > 0, u = w x**p/(1 + w x**p)."""
    sums = [s for s in kernel.terms if isinstance(s, log) and s.args[0].is_Add]
    if len(sums) != 1 or kernel.low != 0 or (found := kernel.take(log(kernel.x), sums[0])) is None:
        return None
    w, power = (sums[0].args[0] - 1).as_independent(kernel.x, as_Add=False)
    base, p = power.as_base_exp()
    if base != kernel.x or p.has(kernel.x) or not kernel.points.is_positive(p):
        return None
    a, d = (found[0] + 1) / p, found[1]
    if (w, kernel.high) == (-1, 1):
        return Integrated(_log_beta(a, d + 1) - log(p), (Gt(a, 0), Gt(d + 1, 0)), BETA)
    if kernel.high != oo or not kernel.points.is_positive(w):
        return None
    return Integrated(_log_beta(a, -d - a) - log(p) - a * log(w), (Gt(a, 0), Gt(-d - a, 0)), BETA)


def _logistic(kernel: Kernel) -> Integrated | None:
    """exp(c x) (1 + w exp(t x))**d on the line: u = w exp(t x)/(1 + w exp(t x))."""
    sums = [s for s in kernel.terms if isinstance(s, log) and s.args[0].is_Add]
    if len(sums) != 1 or (kernel.low, kernel.high) != (-oo, oo) or (found := kernel.take(kernel.x, sums[0])) is None:
        return None
    w, wave = (sums[0].args[0] - 1).as_independent(kernel.x, as_Add=False)
    t = wave.args[0] / kernel.x if isinstance(wave, exp) else kernel.x
    size = None if t.has(kernel.x) else _size(t, kernel.points)
    if size is None or not kernel.points.is_positive(w):
        return None
    a, d = found[0] / t, found[1]
    return Integrated(_log_beta(a, -d - a) - log(size) - a * log(w), (Gt(a, 0), Gt(-d - a, 0)), BETA)


def _student(kernel: Kernel) -> Integrated | None:
    """(1 + w (x - m)**2)**d on the line, w > 0: u = w (x - m)**2/(1 + w (x - m)**2), twice."""
    if (kernel.low, kernel.high) != (-oo, oo) or len(kernel.terms) != 1:
        return None
    ((statistic, d),) = kernel.terms.items()
    if not isinstance(statistic, log) or not statistic.args[0].is_Add:
        return None
    w, square = (statistic.args[0] - 1).as_independent(kernel.x, as_Add=False)
    base, power = square.as_base_exp()
    if power != 2 or base.diff(kernel.x) not in (1, -1) or not kernel.points.is_positive(w):
        return None
    return Integrated(_log_beta(S.Half, -d - S.Half) - log(w) / 2, (Gt(-d - S.Half, 0),), BETA)


def _pareto(kernel: Kernel) -> Integrated | None:
    """(x + a)**c beyond low > -a."""
    if len(kernel.terms) != 1 or kernel.high != oo or not kernel.low.is_finite:
        return None
    ((statistic, c),) = kernel.terms.items()
    a = statistic.args[0] - kernel.x if isinstance(statistic, log) else kernel.x
    if a.has(kernel.x) or not kernel.points.is_positive(kernel.low + a):
        return None
    s = -c - 1
    return Integrated(-s * log(kernel.low + a) - log(s), (Gt(s, 0),), POWER)


def _gauss(terms: Mapping[Expr, Expr], y: Expr, shift: Expr) -> Integrated | None:
    """exp(b y - a (y - m)**2) exp(shift y) on the line of y."""
    squares = [s for s in terms if s.is_Pow and s.exp == 2 and not (s.base - y).free_symbols & y.free_symbols]
    squares += [s for s in terms if s.is_Pow and s.exp == 2 and s not in squares and not (s.base + y).free_symbols & y.free_symbols]
    if len(squares) != 1 or not set(terms) <= {y, squares[0]}:
        return None
    base = squares[0].base
    m = (y - base) if not (y - base).has(*y.free_symbols) else (y + base)
    a, b = -terms[squares[0]], terms.get(y, S.Zero) + shift
    return Integrated(log(pi) / 2 - log(a) / 2 + b * m + b**2 / (4 * a), (Gt(a, 0),), GAUSS)


def _normal(kernel: Kernel) -> Integrated | None:
    """exp(b x - a (x - m)**2) on the line."""
    return _gauss(kernel.terms, kernel.x, S.Zero) if (kernel.low, kernel.high) == (-oo, oo) else None


def _normal_of_logarithm(kernel: Kernel) -> Integrated | None:
    """The same in y = log(x - low), with dx = exp(y) dy."""
    return _gauss(kernel.terms, log(kernel.x - kernel.low), S.One) if kernel.low.is_finite and kernel.high == oo else None


def _geometric(kernel: Kernel) -> Integrated | None:
    """exp(c k) from an integer on."""
    found = kernel.take(kernel.x)
    if found is None or kernel.carrier != 1 or not isinstance(kernel.low, Integer) or kernel.high != oo:
        return None
    (c,) = found
    return Integrated(c * kernel.low - log(1 - exp(c)), (Lt(c, 0),), GEOMETRIC)


def _poisson(kernel: Kernel) -> Integrated | None:
    """exp(c k)/k! from 0 on."""
    found = kernel.take(kernel.x)
    if found is None or kernel.carrier != 1 / factorial(kernel.x) or (kernel.low, kernel.high) != (0, oo):
        return None
    return Integrated(exp(found[0]), (), EXPONENTIAL)


def _binomial(kernel: Kernel) -> Integrated | None:
    """binomial(n, k) exp(c k) from 0 to n."""
    found = kernel.take(kernel.x)
    if found is None or kernel.carrier != binomial(kernel.high, kernel.x) or kernel.low != 0 or kernel.high.is_infinite:
        return None
    return Integrated(kernel.high * log(1 + exp(found[0])), (), BINOMIAL)


def _negative_binomial(kernel: Kernel) -> Integrated | None:
    """binomial(k + r - 1, k) exp(c k) from 0 on."""
    found = kernel.take(kernel.x)
    if found is None or not isinstance(kernel.carrier, binomial) or (kernel.low, kernel.high) != (0, oo):
        return None
    r = kernel.carrier.args[0] - kernel.x + 1
    if r.has(kernel.x) or kernel.carrier.args[1] != kernel.x or not kernel.points.is_positive(r):
        return None
    return Integrated(-r * log(1 - exp(found[0])), (Lt(found[0], 0),), NEGATIVE)


CONTINUOUS: tuple[Callable[[Kernel], Integrated | None], ...] = (
    _gamma_on_half_line,
    _gamma_of_exponential,
    _laplace,
    _generalised_normal,
    _beta_on_interval,
    _beta_of_power,
    _logistic,
    _student,
    _pareto,
    _normal,
    _normal_of_logarithm,
)
DISCRETE: tuple[Callable[[Kernel], Integrated | None], ...] = (_geometric, _poisson, _binomial, _negative_binomial)


def normaliser(kernel: Kernel) -> Integrated | None:
    """Return the logarithm of the integral or sum of a kernel, None for one that is not known.

    >>> x, a, b = Symbol("x", positive=True), Symbol("a", positive=True), Symbol("b", positive=True)
    >>> found = normaliser(Kernel(S.One, {log(x): a - 1, x: -b}, x, S.Zero, oo, Domain()))
    >>> found.logarithm, found.conditions
    (-a*log(b) + loggamma(a), (True, True))
    >>> normaliser(Kernel(S.One, {x: a}, x, S.Zero, oo, Domain())).conditions
    (False, True)
    """
    if kernel.x.is_integer:
        rows = DISCRETE
    elif kernel.carrier == 1:
        rows = CONTINUOUS
    else:
        return None
    return next((found for row in rows if (found := row(kernel)) is not None), None)
