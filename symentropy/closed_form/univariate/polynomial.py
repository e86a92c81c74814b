"""Densities that are polynomials on intervals: uniform, triangular, trapezoidal, quadratic.

Main definition: `Polynomials`, whose means are differences of antiderivatives.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Abs, Add, Expr, Mul, Ne, Piecewise, Poly, S, Symbol, atan, exp, ff, log, polylog, sqrt, true
from sympy.logic.boolalg import And, Boolean

from symentropy.closed_form.univariate.moments import DIVERGENT, Moment, is_greater
from symentropy.closed_form.univariate.parents import CONTINUOUS, Parent
from symentropy.closed_form.univariate.statistics import affine, root_of


@dataclass(frozen=True)
class Polynomials(Parent):
    """A density that is a polynomial on each of some intervals; ``pieces`` are (density, low, high)."""

    pieces: tuple[tuple[Expr, Expr, Expr], ...]
    variable: Symbol | None = None
    source = f"{CONTINUOUS}, chapter 26"

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of y**s, Abs(y - c)**s, log(y - c), exp(t y), log(1 + w (y - c)**2), log(1 + w exp(t y)) and products."""
        parts: list[Expr] = []
        conditions: list[Boolean] = []
        for density, low, high in self.pieces:
            own = density.xreplace({self.variable: y}) if self.variable is not None else density
            found = _integral(own, statistic, y, low, high)
            if found is None:
                return None
            if found is DIVERGENT:
                return DIVERGENT
            parts.append(found.value)
            conditions.append(found.finite)
        return Moment(Add(*parts), And(*conditions))


def _integral(density: Expr, statistic: Expr, y: Symbol, low: Expr, high: Expr) -> Moment | None:
    if statistic.is_polynomial(y):
        whole = Poly((density * statistic).expand(), y).integrate(y).as_expr()
        return Moment((whole.subs(y, high) - whole.subs(y, low)).factor())
    expanded = statistic.expand(power_exp=False)
    if isinstance(expanded, Add):
        terms = [_integral(Mul(density, *constants), rest, y, low, high) for constants, rest in map(_split(y), expanded.args)]
        if any(term is None or term is DIVERGENT for term in terms):
            return None
        known = [term for term in terms if term is not None]
        return Moment(Add(*(term.value for term in known)), And(*(term.finite for term in known)))
    statistic = expanded
    constants, statistic = _split(y)(statistic)
    density = Mul(density, *constants)
    plain = Mul(*(factor for factor in Mul.make_args(statistic) if factor.is_polynomial(y)))
    rest = statistic / plain
    polynomial = (density * plain).expand()
    for rule in (_exponential, _powers, _log_of_square, _dilogarithm):
        found = rule(polynomial, rest, y, low, high)
        if found is not None:
            return found
    return None


def _split(y: Symbol):  # type: ignore[no-untyped-def]
    def split(term: Expr) -> tuple[tuple[Expr, ...], Expr]:
        constant, rest = term.as_independent(y, as_Add=False)
        return (constant,), rest

    return split


def _coefficients(polynomial: Expr, y: Symbol, centre: Expr) -> list[tuple[int, Expr]]:
    """Return (n, coefficient) of the powers of y - centre."""
    shifted = Poly(polynomial.subs(y, y + centre).expand(), y)
    return [(n, coefficient) for (n,), coefficient in shifted.terms()]


def _exponential(polynomial: Expr, rest: Expr, y: Symbol, low: Expr, high: Expr) -> Moment | None:
    if not isinstance(rest, exp) or (t := rest.exp / y).has(y):
        return None

    def antiderivative(n: int, place: Expr) -> Expr:
        powers = (S.NegativeOne**j * ff(n, j) * place ** (n - j) / t ** (j + 1) for j in range(n + 1))
        return exp(t * place) * Add(*powers)

    parts = [c * (antiderivative(n, high) - antiderivative(n, low)) for n, c in _coefficients(polynomial, y, S.Zero)]
    return Moment(Add(*parts))


def _powers(polynomial: Expr, rest: Expr, y: Symbol, low: Expr, high: Expr) -> Moment | None:
    """Products of powers and logarithms of y - c, c - y or Abs(y - c) for one c."""
    exponent, logs, centres, sides, turned = S.Zero, 0, set(), set(), S.One
    for factor in Mul.make_args(rest):
        base, power = factor.as_base_exp()
        is_log = isinstance(base, log)
        if is_log:
            base, exponent, logs = base.args[0], exponent, logs + (int(power) if power.is_Integer and power > 0 else 9)
        elif power.has(y):
            return None
        inside = base.args[0] if isinstance(base, Abs) else base
        line = affine(inside, y)
        if line is None or abs(line[0]) != 1:
            return None
        centres.add(root_of(*line))
        sides.add(S.Zero if isinstance(base, Abs) else line[0])
        if not is_log:
            exponent += power
            if isinstance(base, Abs) or line[0] == -1 or not power.is_Integer:
                turned = S.Zero  # a power of the distance
    if len(centres) != 1 or logs > 2:
        return None
    side = sides.pop() if len(sides) == 1 else S.Zero
    (centre,) = centres
    signed = int(exponent) if exponent.is_Integer and turned == 1 else 0  # a power of the difference itself, with its sign
    conditions: list[Boolean] = []
    values = []
    for n, c in _coefficients(polynomial, y, centre):
        for sign, end in ((1, high), (-1, low)):
            z = (end - centre).expand()
            if z == 0:
                condition = is_greater(exponent, -n - 1)
                conditions.append(condition)
                continue
            near = logs and side == -sign and not z.is_nonzero  # y - c, positive inside, may be 0 at this end: 0 log 0 = 0
            value = _antiderivative(n, exponent, signed, logs, z, side)
            values.append(sign * c * (Piecewise((value, Ne(z, 0)), (S.Zero, True)) if near else value))
    finite = And(*conditions)
    return Moment(Add(*values), finite) if finite != False else DIVERGENT  # noqa: E712  # SymPy's false


def _antiderivative(n: int, exponent: Expr, signed: int, logs: int, z: Expr, side: Expr) -> Expr:
    """The antiderivative of z**n Abs(z)**exponent log(Abs(z))**logs, or of z**(n + signed) log(Abs(z))**logs."""
    far = side * z if side != 0 else z if z.is_positive else -z if z.is_negative else Abs(z)
    power = n + exponent + 1
    if power == 0:
        return log(far) ** (logs + 1) / (logs + 1)
    front = z ** (n + 1 + signed) if signed else z ** (n + 1) * (far**exponent if exponent != 0 else 1)
    factors = [
        S.One,
        log(far) - 1 / power,
        log(far) ** 2 - 2 * log(far) / power + 2 / power**2,
    ]
    return front / power * factors[logs]


def _log_of_square(polynomial: Expr, rest: Expr, y: Symbol, low: Expr, high: Expr) -> Moment | None:
    """The logarithm of 1 + w (y - c)**2, by parts."""
    if not isinstance(rest, log) or not isinstance(rest.args[0], Add) or not rest.args[0].is_polynomial(y):
        return None
    form = Poly(rest.args[0], y)
    if form.degree() != 2:
        return None
    w, b, _ = form.all_coeffs()
    centre = (-b / (2 * w)).factor() if b != 0 else S.Zero
    scale = sqrt(1 / w)
    if not scale.is_positive:
        return None

    def antiderivative(n: int, z: Expr) -> Expr:
        remainder, value = [], z ** (n + 1) / (n + 1) * log(1 + w * z**2)
        power, sign = n + 2, S.One
        while power >= 2:  # z**power/(z**2 + s**2) by division
            remainder.append(sign * z ** (power - 1) / (power - 1))
            power, sign = power - 2, -sign * scale**2
        last = sign * (atan(z / scale) / scale if power == 0 else log(1 + w * z**2) / 2)
        return value - 2 * (Add(*remainder) + last) / (n + 1)

    parts = []
    for n, c in _coefficients(polynomial, y, centre):
        parts.append(c * (antiderivative(n, high - centre) - antiderivative(n, low - centre)))
    return Moment(Add(*parts), true)


def _dilogarithm(polynomial: Expr, rest: Expr, y: Symbol, low: Expr, high: Expr) -> Moment | None:
    """The logarithm of 1 + w exp(t y) for a constant density."""
    if polynomial.has(y) or not isinstance(rest, log) or not isinstance(rest.args[0], Add):
        return None
    constant, term = rest.args[0].as_independent(y)
    weight, wave = term.as_independent(y, as_Add=False)
    if constant != 1 or not isinstance(wave, exp) or (t := wave.exp / y).has(y) or not weight.is_positive:
        return None
    return Moment(-polynomial / t * (polylog(2, -weight * exp(t * high)) - polylog(2, -weight * exp(t * low))))
