"""Parents with few statistics: exponentials and normals on an interval, inverse Gaussian, Cauchy, logistic, von Mises, raised cosine.

References
----------
N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions, 2nd ed., Wiley 1994-95;
K. V. Mardia, P. E. Jupp, Directional Statistics, Wiley 2000 (von Mises).
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import (
    Abs,
    Add,
    Expr,
    Mul,
    Ne,
    Piecewise,
    Pow,
    S,
    Symbol,
    besseli,
    besselk,
    cos,
    coth,
    erf,
    exp,
    expand_log,
    expint,
    log,
    pi,
    sqrt,
)

from symentropy.closed_form.univariate.moments import (
    DIVERGENT,
    UNDEFINED,
    Moment,
    factors_of,
    is_greater,
)
from symentropy.closed_form.univariate.parents import CONTINUOUS, Parent, expanded_mean
from symentropy.closed_form.univariate.statistics import affine, root_of


@dataclass(frozen=True)
class TruncatedExponential(Parent):
    """A density in proportion to exp(-c x) on (low, high), c != 0 of either sign."""

    c: Expr
    low: Expr
    high: Expr
    source = f"{CONTINUOUS}, chapter 19"

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of a polynomial or of exp(t y)."""
        s, t, n, rest = factors_of(statistic, y)
        length = self.high - self.low
        if not rest and n == 0 and t != 0 and s == 0:
            return self._transform(t)
        if not rest and n == 0 and t == 0 and s in (1, 2):
            ratio = _product(self.c * length) - 1
            first = 1 / self.c - length / ratio
            second = 2 / self.c**2 - (length**2 + 2 * length / self.c) / ratio
            return Moment(self.low + first if s == 1 else second + 2 * self.low * first + self.low**2)
        return expanded_mean(self, statistic, y, self.low, self.high)

    def _transform(self, t: Expr) -> Moment:
        rate = self.c - t
        bottom = self._drop(self.c)
        if rate == 0:
            return Moment(self.c * (self.high - self.low) / bottom)
        value = self.c * self._drop(rate) / (rate * bottom)
        if rate.is_nonzero:
            return Moment(value)
        return Moment(Piecewise((value, Ne(rate, 0)), (self.c * (self.high - self.low) / bottom, True)))

    def _drop(self, rate: Expr) -> Expr:
        return _product(-rate * self.low) - _product(-rate * self.high)


def _product(exponent: Expr) -> Expr:
    """Return exp of a sum as a product, so that exp(c log r) is a power."""
    return Mul(*(exp(term) for term in Add.make_args(exponent.expand())))


def normal_mass(z: Expr) -> Expr:
    """Return the standard normal distribution function."""
    return S.Zero if z == -S.Infinity else S.One if z == S.Infinity else (1 + erf(z / sqrt(2))) / 2


def normal_density(z: Expr) -> Expr:
    """Return the standard normal density."""
    return S.Zero if z.is_infinite else exp(-(z**2) / 2) / sqrt(2 * pi)


@dataclass(frozen=True)
class TruncatedNormal(Parent):
    """Normal(mu, sigma) on an interval, which may be infinite on one side."""

    mu: Expr
    sigma: Expr
    low: Expr
    high: Expr
    source = f"{CONTINUOUS}, chapter 13, section 10.1"

    @property
    def ends(self) -> tuple[Expr, Expr]:
        """The ends in units of sigma from mu."""
        a, b = ((end - self.mu) / self.sigma if end.is_finite else end for end in (self.low, self.high))
        return a, b

    @property
    def mass(self) -> Expr:
        """The mass of the interval under the normal law."""
        a, b = self.ends
        if a.is_infinite or b.is_infinite:
            return normal_mass(b) - normal_mass(a)
        return erf(b / sqrt(2)) / 2 - erf(a / sqrt(2)) / 2

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of y, of (y - c)**2 and of exp(t y)."""
        a, b = self.ends
        shift = self.sigma * (normal_density(a) - normal_density(b)) / self.mass
        if statistic == y:
            return Moment(self.mu + shift)
        base, exponent = statistic.as_base_exp()
        line = affine(base, y) if exponent == 2 else None
        if line is not None:
            edges = Add(*(sign * z * normal_density(z) for sign, z in ((1, a), (-1, b)) if z.is_finite))
            spread = self.sigma**2 * (1 + edges / self.mass)
            off = self.mu - root_of(*line)
            return Moment(line[0] ** 2 * (spread + 2 * off * shift + off**2))
        if isinstance(statistic, exp) and (t := statistic.exp / y).has(y) is False:
            moved = TruncatedNormal(self.mu + t * self.sigma**2, self.sigma, self.low, self.high)
            return Moment(exp(self.mu * t + self.sigma**2 * t**2 / 2) * moved.mass / self.mass)
        return None


@dataclass(frozen=True)
class InverseGaussian(Parent):
    """A density in proportion to x**(-3/2) exp(-a x - b/x) on the positive half line."""

    a: Expr
    b: Expr
    source = f"{CONTINUOUS}, chapter 15"

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of y**s, log(y) and exp(t y)."""
        shape = 2 * self.b
        centre = sqrt(self.b / self.a)
        s, t, n, rest = factors_of(statistic, y)
        if rest or n > 1 or (n and (s, t) != (0, 0)):
            return expanded_mean(self, statistic, y, S.Zero, S.Infinity) if rest else None
        ratio = 2 * shape / centre
        if n:
            return Moment(log(centre) - exp(ratio) * expint(1, ratio))
        if t != 0:
            if s != 0:
                return None
            return Moment(exp(ratio / 2 * (1 - sqrt(1 - t / self.a))), is_greater(self.a, t))
        if s in (1, -1):
            return Moment(centre if s == 1 else 1 / centre + 1 / shape)
        if s == 2:
            return Moment(centre**2 + centre**3 / shape)
        k = s - S.Half
        bessel = besselk(k, ratio / 2).expand(func=True) if (2 * s).is_Integer else besselk(k, ratio / 2)
        return Moment(exp(ratio / 2) * sqrt(ratio / pi) * centre**s * bessel)


@dataclass(frozen=True)
class CauchyParent(Parent):
    """Cauchy(centre, scale), whose harmonic functions give E log((x - c)**2 + s**2)."""

    centre: Expr
    scale: Expr
    source = f"{CONTINUOUS}, chapter 16; F. Chyzak, F. Nielsen, arXiv 1905.10965"

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of log(1 + w (y - c)**2) and log(Abs(y - c)); powers have none."""
        if isinstance(statistic, log) and isinstance(statistic.args[0], Add) and statistic.args[0].is_polynomial(y):
            w = statistic.args[0].coeff(y, 2) if statistic.args[0].expand().coeff(y, 2) == 0 else statistic.args[0].expand().coeff(y, 2)
            slope = statistic.args[0].expand().coeff(y, 1)
            s, c = sqrt(1 / w), -slope / (2 * w)
            return Moment(log((self.scale + s) ** 2 + (self.centre - c.factor()) ** 2) - 2 * log(s))
        if isinstance(statistic, exp):
            return DIVERGENT
        base, exponent = statistic.as_base_exp()
        if isinstance(base, log) and base.args[0] == Abs(y):
            return None
        if affine(base, y) and exponent.is_Integer and exponent > 0:
            return DIVERGENT if exponent.is_even else UNDEFINED
        if isinstance(base, Abs) and (exponent - 1).is_nonnegative:
            return DIVERGENT
        return None


@dataclass(frozen=True)
class HalfCauchy(Parent):
    """The distance of a Cauchy outcome from its centre."""

    scale: Expr
    source = CauchyParent.source

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of log(1 + w y**2), which is even, so that the sign does not matter."""
        is_even = isinstance(statistic, log) and statistic.args[0].is_polynomial(y) and statistic.args[0].expand().coeff(y, 1) == 0
        return CauchyParent(S.Zero, self.scale).mean(statistic, y) if is_even and statistic.args[0] != y else None


@dataclass(frozen=True)
class LogisticDistance(Parent):
    """Logistic(centre, scale): the mean distance from a point, by integrating the distribution function."""

    centre: Expr
    scale: Expr
    source = f"{CONTINUOUS}, chapter 23"

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of Abs(y - c), and of log(1 + w exp(t y)) for t = 1/scale or -1/scale."""
        if isinstance(statistic, log):
            return self._softplus(statistic.args[0], y)
        if not isinstance(statistic, Abs):
            return None
        line = affine(statistic.args[0], y)
        if line is None:
            return None
        d = (self.centre - root_of(*line)) / self.scale
        return Moment(self.scale * (log(1 + exp(d)) + log(1 + exp(-d))))

    def _softplus(self, argument: Expr, y: Symbol) -> Moment | None:
        """E log(1 + exp(d - Z)) = d exp(d)/(exp(d) - 1) = d (1 + coth(d/2))/2 for a standard logistic Z, and 1 for d = 0."""
        constant, term = argument.as_independent(y, as_Add=True)
        weight, wave = term.as_independent(y, as_Add=False)
        if constant != 1 or not isinstance(wave, exp):
            return None
        t = wave.exp / y
        if t.has(y) or (abs(t) * self.scale - 1).expand() != 0 or not weight.is_positive:
            return None
        d = (expand_log(log(weight)) + t * self.centre).factor()
        return Moment(Piecewise((d * (1 + coth(d / 2)) / 2, Ne(d, 0)), (S.One, True)))


@dataclass(frozen=True)
class VonMises(Parent):
    """A density in proportion to exp(k cos(x - centre)) on a full circle."""

    centre: Expr
    k: Expr
    source = "Mardia, Jupp, Directional Statistics, section 3.5.4"

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of cos(y - c)."""
        if not isinstance(statistic, cos) or (line := affine(statistic.args[0], y)) is None or abs(line[0]) != 1:
            return None
        return Moment(besseli(1, self.k) / besseli(0, self.k) * cos(self.centre - root_of(*line)))


@dataclass(frozen=True)
class RaisedCosine(Parent):
    """The density (1 + cos(pi (x - centre)/scale))/(2 scale) within scale of the centre."""

    centre: Expr
    scale: Expr
    own: Expr
    variable: Symbol
    source = f"{CONTINUOUS}, chapter 26"

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of its own logarithm, and the first two moments."""
        if statistic == self.own.xreplace({self.variable: y}):
            return Moment(1 - log(2))
        line = affine(statistic.as_base_exp()[0], y)
        if line is None or line[0] != 1 or not isinstance(statistic, (Symbol, Pow)):
            return None
        off = self.centre + line[1]
        values = {S.One: off, S(2): off**2 + self.scale**2 * (S(1) / 3 - 2 / pi**2)}
        exponent = statistic.as_base_exp()[1]
        return Moment(values[exponent]) if exponent in values else None
