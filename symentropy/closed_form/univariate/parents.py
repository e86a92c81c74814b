"""Parent kernels on a half line, an interval and the real line, with the means of their statistics.

Main definitions
----------------
* `Parent`, a distribution with the means of the statistics that it knows.
* `GammaParent`, `BetaParent`, `NormalParent`: from their Mellin transforms and moment generating functions, whose derivatives give the
  means of logarithms.
* `Symmetric`, a distance from a centre with a fair sign.

The others are in `symentropy.closed_form.univariate.special` and `discrete`.

References
----------
N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions, 2nd ed., Wiley 1994-95.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sympy import (
    Abs,
    Add,
    Expr,
    Integer,
    Mul,
    Ne,
    Piecewise,
    Poly,
    Pow,
    S,
    Symbol,
    binomial,
    cos,
    digamma,
    erf,
    exp,
    expint,
    factorial,
    factorial2,
    gamma,
    log,
    lowergamma,
    pi,
    polygamma,
    sqrt,
    true,
    uppergamma,
)
from sympy.logic.boolalg import And

from symentropy.closed_form.univariate.moments import (
    Moment,
    beta_ratio,
    digamma_difference,
    factors_of,
    gamma_ratio,
    is_greater,
    square_of_logs,
    trigamma_difference,
)
from symentropy.closed_form.univariate.statistics import Combination, Reader, affine, root_of

CONTINUOUS = "Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions"


class Parent:
    """A distribution of an outcome y, with the means of the statistics that it knows."""

    source: str = ""

    @property
    def law(self) -> tuple[str, tuple[Expr, ...]]:
        """The name of the distribution and its parameters, where it has a name of its own."""
        return "", ()

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of a statistic, None where there is no rule."""
        raise NotImplementedError


def mean_of_terms(parent: Parent, terms: Combination, y: Symbol) -> Moment | None:
    """Return the mean of a combination; None where one of its statistics has no rule."""
    values, conditions, goes_up = [], [], True
    for statistic, coefficient in terms.items():
        moment = Moment(S.One) if statistic == 1 else parent.mean(statistic, y)
        if moment is None:
            return None
        values.append(coefficient * moment.value)
        conditions.append(moment.finite)
        goes_up = goes_up and (moment.finite == true or (moment.goes_up and bool(coefficient.is_positive)))
    return Moment(Add(*values), And(*conditions), goes_up)


def polynomial_in(statistic: Expr, y: Symbol) -> Expr | None:
    """Return a power of a sum multiplied out, or None."""
    if isinstance(statistic, Pow) and isinstance(statistic.base, Add) and statistic.exp.is_Integer and statistic.exp > 0:
        expanded = statistic.expand()
        return expanded if expanded != statistic and affine(statistic.base, y) else None
    return None


def expanded_mean(parent: Parent, statistic: Expr, y: Symbol, low: Expr, high: Expr) -> Moment | None:
    """Return the mean of a polynomial or of a product with one, term by term."""
    expanded = statistic.expand()
    if expanded == statistic:
        return None
    terms = Reader(y, low, high).read(expanded)
    if statistic in terms or (len(terms) == 1 and not expanded.is_polynomial(y)):  # nothing was taken apart
        return None
    return mean_of_terms(parent, terms, y)


@dataclass(frozen=True)
class GammaParent(Parent):
    """Gamma(k, 1), with E[y**s exp(t y)] = gamma(k + s)/gamma(k) (1 - t)**(-k - s)."""

    k: Expr
    source = f"{CONTINUOUS}, chapter 17"

    @property
    def law(self) -> tuple[str, tuple[Expr, ...]]:
        """Gamma(k, 1)."""
        return "Gamma", (self.k, S.One)

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of y**s exp(t y) log(y)**n, n <= 2, log(y + c), Abs(y - c), and squares."""
        s, t, n, rest = factors_of(statistic, y)
        if not rest:
            return self._transform(s, t, n)
        if len(rest) > 1 or statistic != rest[0]:
            return expanded_mean(self, statistic, y, S.Zero, S.Infinity)
        inner = square_of_logs(statistic)
        if inner is not None:
            coefficient, shift = inner.coeff(log(y)), inner.subs(log(y), 0)
            return None if shift.has(y) else Moment(polygamma(1, self.k) * coefficient**2 + (coefficient * digamma(self.k) + shift) ** 2)
        if isinstance(statistic, log):
            return self._log_of_line(statistic.args[0], y)
        if isinstance(statistic, Abs):
            line = affine(statistic.args[0], y)  # None for the distance of another power of y
            return self._distance(-line[1]) if line is not None and line[0] == 1 else None
        return expanded_mean(self, statistic, y, S.Zero, S.Infinity)

    def _transform(self, s: Expr, t: Expr, n: int) -> Moment | None:
        k = self.k + s
        value = gamma_ratio(self.k, s) * (1 if t == 0 else (1 - t) ** -k)
        slope = digamma(k) - (0 if t == 0 else log(1 - t))
        factors = [S.One, slope, polygamma(1, k) + slope**2]
        if n > 2:
            return None
        return Moment(value * factors[n], And(is_greater(self.k, -s), is_greater(S.One, t)), goes_up=n == 0)

    def _log_of_line(self, argument: Expr, y: Symbol) -> Moment | None:
        """E log(y + c) for an integer k, by parts down to E log(y + c) = log c + exp(c) E1(c) for k = 1."""
        line = affine(argument, y)
        if line is None or line[0] != 1 or not line[1].is_positive or not (self.k.is_Integer and self.k <= 20):
            return None
        c = line[1]
        integral = exp(c) * expint(1, c)  # of exp(-y)/(y + c)
        total = log(c) + integral
        for j in range(1, int(self.k)):  # next the integral of y**j exp(-y)/(y + c)
            integral = factorial(j - 1) - c * integral
            total += integral / factorial(j)
        return Moment(total)

    def _distance(self, c: Expr) -> Moment:
        below = lowergamma(self.k, c) / gamma(self.k) if self.k != 1 else 1 - exp(-c)
        up = lowergamma(self.k + 1, c) / gamma(self.k + 1) if self.k != 1 else 1 - (1 + c) * exp(-c)
        inside = (self.k - c + 2 * (c * below - self.k * up)).expand() if self.k == 1 else self.k - c + 2 * (c * below - self.k * up)
        return Moment(Piecewise((inside, is_greater(c)), (self.k - c, True)))


@dataclass(frozen=True)
class BetaParent(Parent):
    """Beta(a, b), with E[y**s (1 - y)**r] = B(a + s, b + r)/B(a, b)."""

    a: Expr
    b: Expr
    source = f"{CONTINUOUS}, chapter 25"

    @property
    def law(self) -> tuple[str, tuple[Expr, ...]]:
        """Beta(a, b)."""
        return "Beta", (self.a, self.b)

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of y**s (1 - y)**r times at most two logarithms of y or 1 - y."""
        s, t, n, rest = factors_of(statistic, y)
        if t != 0:
            return self._uniform(statistic, y) if (self.a, self.b) == (1, 1) else None
        r, m, others = S.Zero, 0, []
        for factor in rest:
            base, exponent = factor.as_base_exp()
            if base == 1 - y:
                r += exponent
            elif base == log(1 - y) and exponent.is_Integer and exponent > 0:
                m += int(exponent)
            else:
                others.append(factor)
        if not others:
            return self._transform(s, r, n, m) if n + m <= 2 else None
        if len(others) == 1 and statistic == others[0]:
            inner = square_of_logs(statistic)
            if inner is not None:
                return self._square(inner, y)
            if isinstance(statistic, log):
                return self._log_of_line(statistic, y)
        if (self.a, self.b) == (1, 1) and (found := self._uniform(statistic, y)) is not None:
            return found
        return expanded_mean(self, statistic, y, S.Zero, S.One)

    def _transform(self, s: Expr, r: Expr, n: int, m: int) -> Moment:
        a, b = self.a + s, self.b + r
        value = beta_ratio(self.a, self.b, s, r)
        first, second = digamma_difference(a, b), digamma_difference(b, a)
        factors = {
            (0, 0): S.One,
            (1, 0): first,
            (0, 1): second,
            (2, 0): first**2 + trigamma_difference(a, b),
            (0, 2): second**2 + trigamma_difference(b, a),
            (1, 1): first * second - polygamma(1, a + b),
        }
        return Moment(value * factors[n, m], And(is_greater(self.a, -s), is_greater(self.b, -r)), goes_up=n + m == 0)

    def _square(self, inner: Expr, y: Symbol) -> Moment | None:
        """E of (c log y + d log(1 - y) + shift)**2: the variance, and the square of the mean."""
        c, d = inner.coeff(log(y)), inner.coeff(log(1 - y))
        shift = inner.subs({log(y): 0, log(1 - y): 0})
        if shift.has(y):
            return None
        if d == -c:
            centre = digamma(self.a) - digamma(self.b)
            return Moment(c**2 * (polygamma(1, self.a) + polygamma(1, self.b)) + (c * centre + shift) ** 2)
        a, b, whole = self.a, self.b, self.a + self.b
        variance = c**2 * trigamma_difference(a, b) + d**2 * trigamma_difference(b, a) - 2 * c * d * polygamma(1, whole)
        return Moment(variance + (c * digamma_difference(a, b) + d * digamma_difference(b, a) + shift) ** 2)

    def _log_of_line(self, statistic: Expr, y: Symbol) -> Moment | None:
        """E log(y + c), c > 0, or E log(c - y), c > 1, for uniform, arcsine and semicircle laws."""
        line = affine(statistic.args[0], y)
        if line is None:
            return self._uniform(statistic, y) if (self.a, self.b) == (1, 1) else None
        if line[1] == 1 and abs(line[0]) != 1:
            return self._log_of_one_plus(line[0])
        c = line[1] if line[0] == 1 else line[1] - 1  # y and 1 - y have the same law, for these
        if (self.a, self.b) == (1, 1):
            return self._uniform(statistic, y)
        if abs(line[0]) == 1 and self.a == self.b == S.Half:
            return Moment(2 * log(sqrt(c) + sqrt(c + 1)) - 2 * log(2))
        if abs(line[0]) == 1 and self.a == self.b == Integer(3) / 2:
            z = 4 * c + 2  # the semicircle on [-2, 2]: E log(z - X) = z**2/4 - z sqrt(z**2 - 4)/4 + log((z + sqrt(z**2 - 4))/2) - 1/2
            root = 4 * sqrt(c) * sqrt(c + 1)
            return Moment(z**2 / 4 - z * root / 4 + 2 * log(sqrt(c) + sqrt(c + 1)) - S.Half - 2 * log(2))
        return None

    def _log_of_one_plus(self, w: Expr) -> Moment | None:
        """E log(1 + w y) for w > -1 of either sign, for uniform and arcsine laws."""
        if self.a == self.b == S.Half:
            return Moment(2 * log(1 + sqrt(1 + w)) - 2 * log(2))
        if self.a == self.b == 1:
            one = (1 + w).factor()
            return Moment(Piecewise((one * log(one) / (one - 1).factor() - 1, Ne(w, 0)), (S.Zero, True)))
        return None

    def _uniform(self, statistic: Expr, y: Symbol) -> Moment | None:
        from symentropy.closed_form.univariate.polynomial import Polynomials  # here, because it builds on this module

        return Polynomials(((S.One, S.Zero, S.One),)).mean(statistic, y)


@dataclass(frozen=True)
class NormalParent(Parent):
    """Normal(mu, sigma), with E[exp(t x)] = exp(mu t + sigma**2 t**2/2)."""

    mu: Expr
    sigma: Expr
    source = f"{CONTINUOUS}, chapter 13"

    @property
    def law(self) -> tuple[str, tuple[Expr, ...]]:
        """Normal(mu, sigma)."""
        return "Normal", (self.mu, self.sigma)

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of a power of y - c, of Abs(y - c), of exp(t y) and y exp(t y), and of cos(y - c)."""
        s, t, n, rest = factors_of(statistic, y)
        if not rest and n == 0 and s.is_Integer and s >= 0:
            return Moment(self._tilted(int(s), t))
        if len(rest) != 1 or statistic != rest[0]:
            return None
        base, exponent = statistic.as_base_exp()
        if isinstance(base, Abs):
            line = affine(base.args[0], y)
            return None if line is None else self._distance(self.mu - root_of(*line), exponent)
        if isinstance(statistic, cos) and (line := affine(statistic.args[0], y)):
            return Moment(cos(line[0] * self.mu + line[1]) * exp(-((line[0] * self.sigma) ** 2) / 2))
        line = affine(base, y)
        if line is not None and exponent.is_Integer and exponent > 0:
            return Moment(self._power(line[0] * self.mu + line[1], abs(line[0]) * self.sigma, int(exponent)))
        return None

    def _tilted(self, n: int, t: Expr) -> Expr:
        if t == 0:
            return self._power(self.mu, self.sigma, n)
        return self._power(self.mu + t * self.sigma**2, self.sigma, n) * exp(t * self.mu + t**2 * self.sigma**2 / 2)

    @staticmethod
    def _power(mean: Expr, scale: Expr, n: int) -> Expr:
        return Add(*(binomial(n, 2 * j) * factorial2(2 * j - 1) * mean ** (n - 2 * j) * scale ** (2 * j) for j in range(n // 2 + 1)))

    def _distance(self, shift: Expr, exponent: Expr) -> Moment | None:
        if shift == 0:
            value = self.sigma**exponent * 2 ** (exponent / 2) * gamma((exponent + 1) / 2) / sqrt(pi)
            return Moment(value, is_greater(exponent, -1))
        if exponent != 1:
            return None
        z = shift / self.sigma
        return Moment(self.sigma * sqrt(2 / pi) * exp(-(z**2) / 2) + shift * erf(z / sqrt(2)))


@dataclass(frozen=True)
class Symmetric(Parent):
    """x = centre + r or centre - r with equal chance, where u = rate r**power has a gamma or beta prime law."""

    centre: Expr
    half: Any  # the images of r
    gamma_shape: tuple[Expr, Expr, Expr] | None = None  # k, rate, power where u is Gamma(k)

    @property
    def source(self) -> str:  # type: ignore[override]
        """Where the means of the distance are proved."""
        return str(self.half.source)

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of a function of the distance, of polynomials, of exp(t y) and of Abs(y - c)."""
        r = self.half.variable
        distance = Abs(y - self.centre)
        if statistic == y:
            spread = self.half.mean(r)
            return None if spread is None else Moment(self.centre, spread.finite, goes_up=False)
        inside = statistic.subs(distance, r) if self.centre != 0 else statistic.subs(Abs(y), r)
        if not inside.has(y):
            found: Moment | None = self.half.mean(inside)
            return found
        if isinstance(statistic, exp) and (t := statistic.exp / y).has(y) is False:
            return self._exponential(t)
        if isinstance(statistic, Abs) and self.gamma_shape:
            line = affine(statistic.args[0], y)
            return None if line is None else self._distance(root_of(*line) - self.centre)
        return self._even_part(statistic, y)

    def _even_part(self, statistic: Expr, y: Symbol) -> Moment | None:
        r = self.half.variable
        if not statistic.is_polynomial(y):
            if statistic.has(Abs):
                return None
            up, down = (statistic.subs(y, self.centre + sign * r) for sign in (1, -1))
            found: Moment | None = self.half.mean(up) if (up - down).expand() == 0 else None
            return found
        up, down = (statistic.subs(y, self.centre + sign * r).expand() for sign in (1, -1))
        even: Moment | None = self.half.mean(((up + down) / 2).expand())
        polynomial = Poly(statistic, y)
        size: Moment | None = self.half.mean(r ** polynomial.degree())
        if even is None or size is None:
            return None
        is_bounded_below = polynomial.degree() % 2 == 0 and bool(polynomial.LC().is_positive)
        return Moment(even.value, And(even.finite, size.finite), is_bounded_below)

    def _exponential(self, t: Expr) -> Moment | None:
        r = self.half.variable
        up, down = self.half.mean(exp(t * r)), self.half.mean(exp(-t * r))
        if up is None or down is None:
            return None
        value = ((up.value + down.value) / 2).factor() if self.gamma_shape and self.gamma_shape[0] == 1 else (up.value + down.value) / 2
        return Moment(exp(t * self.centre) * value, And(up.finite, down.finite))

    def _distance(self, shift: Expr) -> Moment | None:
        """E Abs(x - c) = E max(r, D) with D = Abs(c - centre)."""
        if self.gamma_shape is None or not self.gamma_shape[2].is_positive:
            return None
        k, rate, power = self.gamma_shape
        far = Abs(shift)
        if k == 1 and power == 1:
            return Moment(far + exp(-rate * far) / rate)
        u = rate * far**power
        return Moment(far * lowergamma(k, u) / gamma(k) + rate ** (-1 / power) * uppergamma(k + 1 / power, u) / gamma(k))


def mixture_mean(parts: Sequence[tuple[Expr, Moment | None]]) -> Moment | None:
    """Return the mean of a mixture from its weights and the means of its parts."""
    if any(moment is None for _, moment in parts):
        return None
    known = [(weight, moment) for weight, moment in parts if moment is not None]
    return Moment(
        Add(*(Mul(weight, moment.value) for weight, moment in known)),
        And(*(moment.finite for _, moment in known)),
        all(moment.goes_up for _, moment in known),
    )
