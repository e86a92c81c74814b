"""The logarithm of a density as a combination of statistics of the outcome.

Main definitions
----------------
* `Combination`, statistics with their coefficients: {T: c} stands for the sum of c T(x).
* `Reader`, which takes an expression apart on an interval of outcomes. The statistics it writes are: x, (x - m)**s, Abs(x - m)**s,
  log(x - m), log(m - x), exp(t x), log(1 + w (x - m)**c), log(1 + w exp(t x)), the squares of such logarithms, products of these, and
  whatever else it cannot take apart.

A logarithm is split only where the factors are seen to be positive on the interval; a product that is positive because two factors are
negative is turned around first.

Left out on purpose: expectations (see `symentropy.closed_form.univariate.parents`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

from sympy import (
    Abs,
    Add,
    Expr,
    Mul,
    Poly,
    Pow,
    S,
    Symbol,
    beta,
    binomial,
    cosh,
    exp,
    factorial,
    fraction,
    gamma,
    log,
    loggamma,
    sech,
    tanh,
    together,
)

from symentropy.closed_form.tidy import log_gamma

#: Statistics with their coefficients; the constant stands with 1.
Combination = dict[Expr, Expr]

#: Powers of sums are multiplied out up to this exponent.
MAX_POWER = 6


def added(parts: Iterable[tuple[Expr, Expr]]) -> Combination:
    """Return the combination of (statistic, coefficient) pairs, equal statistics merged and zeros left out."""
    total: dict[Expr, list[Expr]] = {}
    for statistic, coefficient in parts:
        total.setdefault(statistic, []).append(coefficient)
    sums = {statistic: Add(*coefficients) for statistic, coefficients in total.items()}
    return {statistic: coefficient for statistic, coefficient in sums.items() if coefficient != 0}


def scaled(terms: Combination, factor: Expr) -> Combination:
    """Return a multiple of a combination."""
    return {statistic: coefficient * factor for statistic, coefficient in terms.items()}


def total(terms: Combination) -> Expr:
    """Return a combination as an expression."""
    return Add(*(coefficient * statistic for statistic, coefficient in terms.items()))


def affine(expression: Expr, x: Symbol) -> tuple[Expr, Expr] | None:
    """Return (a, b) with expression = a x + b and a != 0, or None.

    >>> from sympy.abc import x, m, s
    >>> affine((x - m) / s, x), affine(x**2, x)
    ((1/s, -m/s), None)
    """
    if not expression.is_polynomial(x):
        return None
    a = expression.diff(x)
    if a.has(x):
        a = a.expand()
    if a == 0 or a.has(x):
        return None
    b = expression.subs(x, 0)
    return a, b


def root_of(a: Expr, b: Expr) -> Expr:
    """Return where a x + b is 0."""
    quotient = -b / a
    return quotient.expand() if isinstance(quotient, Mul) and any(isinstance(f, Add) for f in quotient.args) else quotient


class Reader:
    """Takes expressions in x apart, for outcomes x between ``low`` and ``high``."""

    def __init__(self, x: Symbol, low: Expr, high: Expr) -> None:
        self.x, self.low, self.high = x, low, high

    def read(self, expression: Expr) -> Combination:
        """Return an expression as a combination of statistics."""
        if not expression.has(self.x):
            return {S.One: expression} if expression != 0 else {}
        if expression == self.x:
            return {self.x: S.One}
        handler = _READERS.get(type(expression))
        found = None if handler is None else handler(self, expression)
        return {expression: S.One} if found is None else found

    def sign(self, expression: Expr) -> int:
        """Return the sign of an expression everywhere inside the interval, 0 where it is not seen."""
        if not expression.has(self.x):
            return 1 if expression.is_positive else -1 if expression.is_negative else 0
        line = affine(expression, self.x)
        if line is None:
            return 1 if expression.is_positive else -1 if expression.is_negative else self._sign_by_parts(expression)
        a, b = line
        slope = 1 if a.is_positive else -1 if a.is_negative else 0
        root = root_of(a, b)
        if self.low.is_finite and (self.low - root).is_nonnegative:
            return slope
        if self.high.is_finite and (root - self.high).is_nonnegative:
            return -slope
        if slope and self.low.is_finite and (a * self.low + b).expand().is_nonnegative and slope > 0:
            return 1
        if slope and self.high.is_finite and (a * self.high + b).expand().is_nonnegative and slope < 0:
            return 1
        return 0

    def _sign_by_parts(self, expression: Expr) -> int:
        if isinstance(expression, Mul):
            return reduce(lambda total, factor: total * self.sign(factor), expression.args, 1)
        if isinstance(expression, Pow) and not expression.exp.has(self.x):
            own = self.sign(expression.base)
            return 1 if own > 0 or (own and expression.exp.is_even) else own if expression.exp.is_odd else 0
        if isinstance(expression, Add):
            signs = {self.sign(term) for term in expression.args}
            return signs.pop() if len(signs) == 1 else 0
        return 0

    # Sums, products and powers

    def _sum(self, expression: Expr) -> Combination:
        return added(pair for term in expression.args for pair in self.read(term).items())

    def _product(self, expression: Expr) -> Combination:
        coefficient, rest = expression.as_independent(self.x, as_Add=False)
        factors = Mul.make_args(rest)
        if len(factors) == 1:
            return scaled(self.read(factors[0]), coefficient)
        parts = [self._multiplied_out(factor) for factor in factors]
        product: Combination = {S.One: coefficient}
        for part in parts:
            product = added((a * b, c * d) for a, c in product.items() for b, d in part.items())
        return product

    def _multiplied_out(self, factor: Expr) -> Combination:
        if isinstance(factor, Pow) and factor.exp.is_Integer and 0 < factor.exp <= MAX_POWER and isinstance(factor.base, Add):
            return self._sum(factor.expand())
        return self.read(factor)

    def _power(self, expression: Pow) -> Combination | None:
        base, exponent = expression.base, expression.exp
        if not base.has(self.x):
            return self.read(exp((exponent * log(base)).expand()))
        if exponent.has(self.x):
            return None
        line = affine(base, self.x)
        if line is not None:
            return self._power_of_line(*line, exponent)
        if isinstance(base, Mul):
            return self.read(Mul(*(factor**exponent for factor in self._positive_factors(base, exponent))))
        if isinstance(base, Pow) and self.sign(base.base) > 0:
            return self.read(base.base ** (base.exp * exponent))
        if isinstance(base, (Add, log)) and exponent == 2 and base.has(log):
            return self._square(base)
        if isinstance(base, Add) and exponent.is_Integer and 0 < exponent <= MAX_POWER:
            return self._sum(expression.expand())
        return None

    def _positive_factors(self, product: Expr, exponent: Expr) -> list[Expr]:
        if exponent.is_integer:
            return list(product.args)
        factors = [-factor if factor.has(self.x) and self.sign(factor) < 0 else factor for factor in product.args]
        turned = sum(1 for old, new in zip(product.args, factors, strict=True) if old != new)
        return [*factors, S.NegativeOne] if turned % 2 else factors

    def _power_of_line(self, a: Expr, b: Expr, exponent: Expr) -> Combination:
        root = root_of(a, b)
        if root == 0 and self.sign(self.x) > 0:
            return {self.x**exponent: a**exponent}
        if self.sign(a * self.x + b) > 0 and a.is_negative and not (exponent.is_Integer and exponent > 0):
            return {(root - self.x) ** exponent: (-a) ** exponent}
        return {(self.x - root) ** exponent: a**exponent}

    def _square(self, base: Expr) -> Combination | None:
        inner = self.read(base)
        if set(inner) <= {self.x, S.One} and self.x in inner:
            return self._power_of_line(inner[self.x], inner.get(S.One, S.Zero), S(2))
        leading = next((inner[statistic] for statistic in inner if statistic != 1), None)
        if leading is None or not all(isinstance(statistic, log) or statistic == 1 for statistic in inner):
            return None
        return {total(scaled(inner, 1 / leading)) ** 2: leading**2}

    def _exponential(self, expression: Expr) -> Combination | None:
        inner = self.read(expression.exp)
        coefficient: Expr = exp(inner.pop(S.One, S.Zero))
        factors = [statistic.args[0] ** c if isinstance(statistic, log) else exp(c * statistic) for statistic, c in inner.items()]
        product = Mul(*factors)
        if product == expression:
            return {product: S.One}
        if len(factors) == 1 and isinstance(factors[0], exp):
            return {factors[0]: coefficient}
        return scaled(self.read(product), coefficient)

    def _absolute(self, expression: Expr) -> Combination | None:
        inside = expression.args[0]
        known = self.sign(inside)
        if known:
            return scaled(self.read(inside), S(known))
        line = affine(inside, self.x)
        return None if line is None else {Abs(self.x - root_of(*line)): Abs(line[0])}

    # Logarithms

    def _logarithm(self, expression: Expr) -> Combination:
        return self.log_of(expression.args[0])

    def log_of(self, argument: Expr) -> Combination:
        """Return the logarithm of a positive expression."""
        if not argument.has(self.x):
            return {S.One: log(argument)} if argument != 1 else {}
        handler = _LOGARITHMS.get(type(argument))
        found = None if handler is None else handler(self, argument)
        if found is not None:
            return found
        line = affine(argument, self.x)
        if line is not None:
            return self._log_of_line(*line)
        if isinstance(argument, Add):
            found = self._log_of_sum(argument)
            if found is not None:
                return found
        return {log(argument): S.One}

    def _log_of_product(self, argument: Expr) -> Combination | None:
        coefficient, rest = argument.as_independent(self.x, as_Add=False)
        if sum(1 for factor in Mul.make_args(rest) if factor.as_base_exp()[0].is_Add and self.sign(factor) == 0) > 1:
            return {log(rest): S.One, S.One: log(coefficient)} if coefficient.is_positive and coefficient != 1 else None
        parts: list[tuple[Expr, Expr]] = []
        for factor in Mul.make_args(rest):
            negative = self.sign(factor) < 0
            coefficient = -coefficient if negative else coefficient
            parts += (self._log_of_negated(factor) if negative else self.log_of(factor)).items()
        return added([(S.One, log(coefficient))] * (coefficient != 1) + parts)

    def _log_of_negated(self, factor: Expr) -> Combination:
        """Return the logarithm of -f for a negative f, an odd power."""
        base, exponent = factor.as_base_exp()
        line = affine(base, self.x)
        if line is not None:
            return scaled(self._log_of_line(-line[0], -line[1]), exponent)
        return scaled(self.log_of(-base) if isinstance(base, Add) else {log(-base): S.One}, exponent)

    def _log_of_power(self, argument: Pow) -> Combination | None:
        base, exponent = argument.base, argument.exp
        if not base.has(self.x):
            return scaled(self.read(exponent), log(base))
        if exponent.has(self.x):
            return None
        known = self.sign(base)
        if known >= 0 and not (known == 0 and exponent.is_even):
            return scaled(self.log_of(base), exponent)
        return scaled(self.log_of(-base if known else Abs(base)), exponent)

    def _log_of_exponential(self, argument: Expr) -> Combination:
        return self.read(argument.exp)

    def _log_of_absolute(self, argument: Expr) -> Combination | None:
        known = self.sign(argument.args[0])
        if known:
            return self.log_of(known * argument.args[0])
        line = affine(argument.args[0], self.x)
        return None if line is None else added([(S.One, log(Abs(line[0]))), (log(Abs(self.x - root_of(*line))), S.One)])

    def _log_of_line(self, a: Expr, b: Expr) -> Combination:
        """The logarithm of a line, which is positive: so the sign of its slope says on which side of the root x is."""
        root = root_of(a, b)
        if a.is_positive:
            return added([(S.One, log(a))] * (a != 1) + [(log(self.x - root), S.One)])
        if a.is_negative:
            return added([(S.One, log(-a))] * (a != -1) + [(log(root - self.x), S.One)])
        if b.is_positive:
            return added([(S.One, log(b))] * (b != 1) + [(log(1 + a / b * self.x), S.One)])
        return {log(a * self.x + b): S.One}

    def _log_of_sum(self, argument: Expr) -> Combination | None:
        numerator, denominator = fraction(together(argument))
        if denominator.has(self.x):
            return added([*self.log_of(numerator).items(), *scaled(self.log_of(denominator), S.NegativeOne).items()])
        terms = self.read(argument)
        if argument.is_polynomial(self.x):
            return self._log_of_polynomial(argument)
        if len(terms) != 2:
            return None
        if S.One in terms:
            constant = terms.pop(S.One)
            ((statistic, weight),) = terms.items()
            if not constant.is_positive:
                return self._log_of_difference(argument, constant, statistic, weight)
            return added([(S.One, log(constant))] * (constant != 1) + [(log(1 + weight / constant * statistic), S.One)])
        one, other = terms.items()  # two powers or two exponentials: the first comes out, if that leaves another sum
        for (first, c), (second, d) in ((one, other), (other, one)):
            rest = 1 + d / c * second / first
            if c.is_positive and self.sign(first) > 0 and (fraction(together(rest))[0] / numerator).cancel().has(self.x):
                return added([*self.log_of(c * first).items(), *self.log_of(rest).items()])
        return None

    def _log_of_difference(self, argument: Expr, constant: Expr, statistic: Expr, weight: Expr) -> Combination | None:
        """The logarithm of w Y - c, with Y in front: that of 1 - (c/w)/Y."""
        if constant.is_negative and weight.is_positive and self.sign(statistic) > 0:
            return added([*self.log_of(weight * statistic).items(), (log(1 + constant / weight / statistic), S.One)])
        return {log(argument): S.One}

    def _log_of_polynomial(self, argument: Expr) -> Combination | None:
        polynomial = Poly(argument, self.x)
        degree = polynomial.degree()
        coefficients = polynomial.all_coeffs()
        constant = coefficients[-1]
        if len(polynomial.monoms()) == 2 and constant != 0 and degree != 2:
            return self._one_plus(constant, coefficients[0] / constant * self.x**degree)
        if degree == 2:
            a, b, c = coefficients
            middle = (-b / (2 * a)).factor() if b != 0 else S.Zero
            rest = (c - b**2 / (4 * a)).factor()
            if a.is_positive and rest.is_positive:
                return self._one_plus(rest, a / rest * (self.x - middle) ** 2)
        _, factors = polynomial.factor_list()
        if len(factors) == 1 and factors[0][1] == 1:
            return self._log_of_conjugates(coefficients) if degree == 2 else {log(argument): S.One}
        leading = polynomial.LC() / Mul(*(factor.LC() ** power for factor, power in factors))
        return self.log_of(Mul(leading, *(factor.as_expr() ** power for factor, power in factors)))

    def _log_of_conjugates(self, coefficients: list[Expr]) -> Combination | None:
        """The logarithm of c - a x**2 with roots that are not polynomials in the parameters."""
        a, b, c = coefficients
        if b == 0 and a.is_negative and c.is_positive:
            root = (-c / a) ** S.Half
            return added([*self.log_of(-a * (root - self.x)).items(), *self.log_of(root + self.x).items()])
        return None

    def _one_plus(self, constant: Expr, rest: Expr) -> Combination:
        return added([(S.One, log(constant))] * (constant != 1) + [(log(1 + rest), S.One)])


def _log_gamma(reader: Reader, argument: Expr) -> Combination:
    return {loggamma(argument.expand()): S.One} if argument.has(reader.x) else {S.One: log_gamma(argument)}


def _log_binomial(reader: Reader, argument: Expr) -> Combination:
    n, k = argument.args
    parts = [(n + 1, 1), (k + 1, -1), (n - k + 1, -1)]
    return added((statistic, sign * c) for part, sign in parts for statistic, c in _log_gamma(reader, part).items())


def _log_beta(reader: Reader, argument: Expr) -> Combination:
    a, b = argument.args
    parts = [(a, 1), (b, 1), (a + b, -1)]
    return added((statistic, sign * c) for part, sign in parts for statistic, c in _log_gamma(reader, part).items())


def _log_of_cosh(reader: Reader, argument: Expr, sign: int = 1) -> Combination:
    """Log cosh y = y + log(1 + exp(-2 y)) - log 2."""
    y = argument.args[0]
    inner = added([*reader.read(y).items(), *reader.log_of(1 + exp(-2 * y)).items(), (S.One, -log(2))])
    return scaled(inner, S(sign))


def _log_of_tangent(reader: Reader, argument: Expr) -> Combination:
    y = argument.args[0]
    return added([*reader.log_of(1 - exp(-2 * y)).items(), *scaled(reader.log_of(1 + exp(-2 * y)), S.NegativeOne).items()])


_READERS: dict[type, Callable[[Reader, Any], Combination | None]] = {
    Add: Reader._sum,
    Mul: Reader._product,
    Pow: Reader._power,
    exp: Reader._exponential,
    log: Reader._logarithm,
    Abs: Reader._absolute,
}

_LOGARITHMS: dict[type, Callable[[Reader, Any], Combination | None]] = {
    Mul: Reader._log_of_product,
    Pow: Reader._log_of_power,
    exp: Reader._log_of_exponential,
    Abs: Reader._log_of_absolute,
    gamma: lambda reader, f: _log_gamma(reader, f.args[0]),
    factorial: lambda reader, f: _log_gamma(reader, f.args[0] + 1),
    binomial: _log_binomial,
    beta: _log_beta,
    cosh: _log_of_cosh,
    sech: lambda reader, f: _log_of_cosh(reader, f, -1),
    tanh: _log_of_tangent,
}
