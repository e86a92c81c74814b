"""A density and an integrand next to a point, as functions of the distance from it.

Main definitions
----------------
* `LocalForm` computes the logarithm of density * distance and the statistic integrand/density at a distance from a point, from the distance
  and its logarithm. Nothing is lost to cancellation next to the point: for 1 - x the distance from 1 is used itself.
* `singular_points` are the points at which an expression may not be smooth, and the centres of its quadratic factors.

The density is computed as exp(sum of logarithms), so that it does not underflow; subexpressions in common are computed once, those
without the variable once per precision.

Left out on purpose: the choice of points, and the quadrature (see `symentropy.evaluation.integrals.double_exponential`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import sympy as sp
from mpmath.libmp import mpf_exp
from sympy.core.relational import Relational

from symentropy.errors import DomainError, PrecisionError
from symentropy.evaluation.balls.field import EstimateField
from symentropy.evaluation.functions import compiled

#: What a computation may raise at a point where there is no value.
FAILURES = (OverflowError, ZeroDivisionError, ValueError, NotImplementedError, TypeError, DomainError)
#: Bits of the largest exponent of an exponential.
MAX_EXPONENT_BITS = 1100
#: Functions that are not computed at numbers beyond the ones whose exponential is.
EXPONENTIAL_FUNCTIONS = ("sech", "cosh", "sinh", "tanh", "erf", "erfc", "sin", "cos", "tan")
#: Bits with which signs and branches are decided.
PROBE_BITS = 100
#: Largest modulus of the logarithm of a density whose value is compared.
MAX_NATS = 1 << 40
#: Largest degree of a polynomial whose zeros are looked for.
MAX_DEGREE = 8
#: Largest working precision next to a point at which differences vanish.
MAX_BITS = 1 << 12


class Estimates(EstimateField):
    """An `EstimateField` in which an exponential that is too small is 0, and which takes functions like it only of moderate numbers."""

    def __init__(self, prec: int) -> None:
        super().__init__(prec)
        unbounded, bound = self.exp, 1 << MAX_EXPONENT_BITS

        def exp(x: Any) -> Any:
            parts = getattr(x, "_mpf_", None)
            if parts is None:
                return unbounded(x)
            if parts[1] and parts[2] + parts[3] > MAX_EXPONENT_BITS:
                if x > bound:
                    raise OverflowError("an exponential is too large")
                return self.zero
            return self.make_mpf(mpf_exp(parts, *self._prec_rounding))

        self.exp = exp
        for name in EXPONENTIAL_FUNCTIONS:
            setattr(self, name, _bounded(getattr(self, name), bound))


def _bounded(function: Callable[[Any], Any], bound: int) -> Callable[[Any], Any]:
    def value(x: Any) -> Any:
        if abs(x) > bound:
            raise OverflowError("the argument is too large")
        return function(x)

    return value


def number(expression: sp.Expr, bits: int = PROBE_BITS) -> Any:
    """Return a constant as an mpmath number.

    >>> print(number(sp.sqrt(2), 53))
    1.4142135623731
    """
    return compiled(expression)(Estimates(bits), {})


def constant(expression: sp.Expr, bits: int) -> Any:
    """Return a real constant to a relative precision, found by agreement of two.

    >>> print(constant(sp.erfc(-30) - 2, 53))
    -2.56465620375611e-393
    """
    if expression.is_Rational:
        return number(expression, bits)
    compute, wide = compiled(expression), bits + 64
    value = _real(compute(Estimates(wide), {}))
    while wide < MAX_BITS * 4:
        wide *= 2
        value, previous = _real(compute(Estimates(wide), {})), value
        if abs(value - previous) <= value.context.ldexp(abs(value), -bits - 10):
            return Estimates(bits).convert(value)
    raise PrecisionError("a constant factor loses too many digits to cancellation")


def _real(value: Any) -> Any:
    if not hasattr(value, "_mpf_") and value.imag == 0:
        value = value.real
    if not hasattr(value, "_mpf_"):
        raise PrecisionError("a constant factor is not real")
    return value


def singular_points(expression: sp.Expr, x: sp.Symbol) -> set[sp.Expr]:
    """Return points at which an expression may not be smooth, and the real parts of the zeros of its quadratic factors.

    >>> x = sp.Symbol("x")
    >>> sorted(singular_points(sp.Abs(x - 1) + sp.log(1 + (x + 2)**2) + sp.sqrt(sp.log(x) - 1), x), key=sp.default_sort_key)
    [-2, 0, 1, E]
    """
    arguments = {part.args[0] for part in expression.atoms(sp.log, sp.Abs, sp.sign, sp.Heaviside)}
    arguments |= {part.base for part in expression.atoms(sp.Pow) if not is_natural(part.exp) or part.base.is_polynomial(x)}
    arguments |= {part.lhs - part.rhs for part in expression.atoms(Relational)}
    arguments |= {first - other for part in expression.atoms(sp.Max, sp.Min) for first in part.args for other in part.args}
    found: set[sp.Expr] = set()
    for argument in arguments:
        for factor in sp.Mul.make_args(argument):
            base = factor.base if isinstance(factor, sp.Pow) else factor
            found |= _zeros(base, x)
            found |= {sp.exp(zero) for zero in _zeros(base, sp.log(x), with_centers=False)}
    return {point for point in found if not point.has(x, sp.zoo, sp.nan, sp.oo, sp.I)}


def is_natural(exponent: sp.Expr) -> bool:
    """Whether a power with this exponent is smooth where its base is."""
    return bool(exponent.is_Integer and exponent >= 0)


def _zeros(expression: sp.Expr, x: sp.Expr, *, with_centers: bool = True) -> set[sp.Expr]:
    """Return the zeros of a linear or quadratic polynomial, or their real part; for a higher degree approximations of it."""
    if not expression.has(x) or not expression.is_polynomial(x):
        return set()
    polynomial = sp.Poly(expression, x)
    if polynomial.degree() > MAX_DEGREE:
        return set()
    coefficients = polynomial.all_coeffs()
    if len(coefficients) == 2:
        return {-coefficients[1] / coefficients[0]}
    if not all(coefficient.is_Rational for coefficient in coefficients):
        return set()
    if len(coefficients) == 3:
        square, middle, rest = coefficients
        discriminant = middle**2 - 4 * square * rest
        if discriminant < 0 and not with_centers:
            return set()
        roots = [-sp.sqrt(discriminant), sp.sqrt(discriminant)] if discriminant > 0 else [sp.S.Zero]
        return {(-middle + root) / (2 * square) for root in roots}
    return {sp.Rational(str(sp.re(root))) for root in polynomial.nroots(n=25, maxsteps=200)}


class LocalForm:
    """The logarithm of density * distance, and the statistic, at x = point + side * distance.

    ``probes`` are distances inside the piece on which the form will be used, from near to far.

    Raises `PrecisionError` where the density is negative or complex at a probe.

    >>> from mpmath import mpf
    >>> x = sp.Symbol("x")
    >>> form = LocalForm(1 / sp.sqrt(1 - x), x / sp.sqrt(1 - x), x, sp.S.One, -1, [mpf("1e-6"), mpf("0.5")])
    >>> logarithm, statistic = form.at(mpf("1e-50"), mpf(-115), 100)
    >>> print(logarithm, statistic == 1)
    -57.5 True
    """

    def __init__(self, density: sp.Expr, integrand: sp.Expr, x: sp.Symbol, point: sp.Expr, side: int, probes: Sequence[Any]) -> None:
        self.distance = sp.Dummy("d", positive=True)
        self.logarithm = sp.Dummy("l", real=True)
        self._probes = probes
        self._probing = Estimates(PROBE_BITS)
        place = {x: point + side * self.distance}
        density, integrand = (self._resolved(part.xreplace(place)) for part in (density, integrand))
        #: Whether the density is 0 on the whole piece, and the integrand with it.
        self.vanishes = density == 0
        if self.vanishes:
            if integrand != 0:
                raise PrecisionError("the integrand is not 0 where the density is")
            self._log_density = self._statistic = sp.S.Zero
        else:
            ratio = sp.Add(*(term / density for term in sp.Add.make_args(integrand)))
            sign, self._log_density = self._log(self._factored(density))
            if sign < 0:
                raise PrecisionError("the density is negative")
            self._log_density += self.logarithm  # here, where the logarithm may cancel
            self._statistic = self._with_logs(self._factored(ratio))
        self._compile()
        if not self.vanishes:
            self._check(density, integrand)

    def at(self, distance: Any, logarithm: Any, bits: int) -> tuple[Any, Any]:
        """Return the logarithm of density * distance and the statistic, infinite where it is too large to compute.

        Raises one of `FAILURES` where the density has no value that can be computed.
        """
        if self._vanishing and logarithm < 0:
            bits = _at_least(bits - int(logarithm * 1.443))
        context, values = self._arithmetic(bits)
        values = {**values, self.distance: distance, self.logarithm: logarithm}
        for name, compute in self._first:
            values[name] = compute(context, values)
        log_density = context.convert(self._outputs[0](context, values))
        try:
            for name, compute in self._second:
                values[name] = compute(context, values)
            statistic = context.convert(self._outputs[1](context, values))
        except OverflowError:
            statistic = context.inf
        if not hasattr(log_density, "_mpf_") or not hasattr(statistic, "_mpf_"):
            raise PrecisionError("the density or the integrand is not real")
        return log_density, statistic

    def uses_distance(self) -> bool:
        """Whether the distance itself is needed, and not only its logarithm."""
        return self._log_density.has(self.distance) or self._statistic.has(self.distance)

    def _resolved(self, expression: sp.Expr) -> sp.Expr:
        """Return the expression with each Piecewise replaced by the branch that holds at all probes."""

        def branch(piecewise: sp.Piecewise) -> sp.Expr:
            chosen = {self._branch(piecewise, probe) for probe in self._probes}
            return piecewise.args[chosen.pop()][0] if len(chosen) == 1 else piecewise

        return expression.replace(lambda part: isinstance(part, sp.Piecewise), branch)

    def _branch(self, piecewise: sp.Piecewise, probe: Any) -> int:
        for place, (_, condition) in enumerate(piecewise.args):
            if compiled(condition)(self._probing, {self.distance: probe}):
                return place
        raise PrecisionError("no branch of a Piecewise holds")

    def _factored(self, expression: sp.Expr) -> sp.Expr:
        """Return the expression with a power of the distance taken out of polynomials that vanish with it."""
        d = self.distance

        def is_small(part: sp.Basic) -> bool:
            return part.is_Add and part.has(d) and part.is_polynomial(d) and sp.expand(part.subs(d, 0)) == 0

        def taken(part: sp.Expr) -> sp.Expr:
            polynomial = sp.Poly(sp.expand(part), d)
            least = min(power for (power,) in polynomial.monoms())
            return d**least * sp.Add(*(c * d ** (power - least) for (power,), c in polynomial.terms()))

        return expression.replace(is_small, taken)

    def _sign(self, expression: sp.Expr) -> int:
        place = {self.distance: self._probes[len(self._probes) // 2]}
        for context in (self._probing, Estimates(MAX_BITS)):
            try:
                value = context.convert(compiled(expression)(context, place))
            except FAILURES:
                continue
            if hasattr(value, "_mpf_") and value:
                return 1 if value > 0 else -1
        raise PrecisionError("a factor of the density or of a logarithm has no sign")

    def _log(self, expression: sp.Expr) -> tuple[int, sp.Expr]:
        """Return the sign and the logarithm of the modulus, as a sum over the factors."""
        if expression == self.distance:
            return 1, self.logarithm
        if isinstance(expression, sp.exp):
            return 1, self._with_logs(expression.exp)
        if isinstance(expression, sp.Mul):
            parts = [self._log(factor) for factor in expression.args]
            return int(sp.prod(sign for sign, _ in parts)), sp.Add(*(part for _, part in parts))
        if isinstance(expression, sp.Pow) and expression.has(self.distance):
            sign, part = self._log(expression.base)
            if expression.exp.is_Integer:
                return sign ** (int(expression.exp) % 2), expression.exp * part
            if sign < 0:
                raise PrecisionError("a power of a negative number is not real")
            return 1, self._with_logs(expression.exp) * part
        if isinstance(expression, sp.Abs):
            return 1, self._log(expression.args[0])[1]
        sign = self._sign(expression)
        return sign, sp.log(self._with_logs(sign * expression))

    def _with_logs(self, expression: sp.Expr) -> sp.Expr:
        """Return the expression with each logarithm of a product written as a sum, and powers of the distance by its logarithm."""
        if not expression.has(self.distance) or expression.is_Atom:
            return expression
        if isinstance(expression, sp.log):
            sign, value = self._log(expression.args[0])
            if sign < 0:
                raise PrecisionError("a logarithm of a negative number")
            return value
        if isinstance(expression, sp.Pow) and expression.base == self.distance and not expression.exp.is_Integer:
            return sp.exp(expression.exp * self.logarithm)
        return expression.func(*(self._with_logs(argument) for argument in expression.args))

    def _compile(self) -> None:
        """Compile both outputs as straight-line code in the distance, its logarithm and constants."""
        self._constants: dict[sp.Expr, sp.Dummy] = {}
        self._known: dict[int, tuple[Any, dict[sp.Basic, Any]]] = {}
        lines, outputs = sp.cse([self._log_density, self._statistic], symbols=(sp.Dummy("c") for _ in iter(int, 1)), order="none")
        self._vanishing = self._has_vanishing()
        needed = set(outputs[0].free_symbols)
        for name, part in reversed(lines):
            if name in needed:
                needed |= part.free_symbols
        own = {self.distance, self.logarithm} | {name for name, _ in lines}
        ready = [(name, compiled(self._hoisted(part, own)), name in needed) for name, part in lines]
        self._first = [(name, compute) for name, compute, is_first in ready if is_first]
        self._second = [(name, compute) for name, compute, is_first in ready if not is_first]
        self._outputs = [compiled(self._hoisted(output, own)) for output in outputs]

    def _hoisted(self, expression: sp.Expr, own: set[sp.Symbol]) -> sp.Expr:
        """Return the expression with what does not depend on the variable replaced by symbols."""
        if not expression.free_symbols & own:
            if expression in (True, False):
                return expression
            return self._constants.setdefault(expression, sp.Dummy("k"))
        if expression.is_Atom:
            return expression
        if isinstance(expression, sp.Pow) and expression.exp.is_Integer:
            return sp.Pow(self._hoisted(expression.base, own), expression.exp)
        if isinstance(expression, (sp.Add, sp.Mul)):
            constant, rest = expression.as_independent(*own, as_Add=isinstance(expression, sp.Add))
            kept = [] if constant == expression.func.identity else [self._hoisted(constant, own)]
            return expression.func(*kept, *(self._hoisted(part, own) for part in expression.func.make_args(rest)))
        if isinstance(expression, (sp.Piecewise, Relational)) or expression.is_Boolean:
            return expression
        return expression.func(*(self._hoisted(argument, own) for argument in expression.args))

    def _arithmetic(self, bits: int) -> tuple[Any, dict[sp.Basic, Any]]:
        """Return the context of a precision and the constants in it, computed with more bits."""
        if bits not in self._known:
            self._known[bits] = Estimates(bits), {name: constant(part, bits) for part, name in self._constants.items()}
        return self._known[bits]

    def _has_vanishing(self) -> bool:
        """Whether a power or a logarithm is taken of a difference that vanishes with the distance, so that more bits are needed there."""
        context = Estimates(2000)
        places = []
        for power in (-600, -500):
            distance = context.ldexp(1, power)
            places.append({self.distance: distance, self.logarithm: context.log(distance)})
        both = sp.Tuple(self._log_density, self._statistic)
        bases = {part.args[0] for part in both.atoms(sp.log)} | {part.base for part in both.atoms(sp.Pow) if not is_natural(part.exp)}
        for base in bases:
            if base.has(self.distance) and not base.is_Atom:
                try:
                    near, far = (abs(compiled(base)(context, place)) for place in places)
                except FAILURES:
                    continue
                if near < context.ldexp(1, -100) and near < far / 2:
                    return True
        return False

    def _check(self, density: sp.Expr, integrand: sp.Expr) -> None:
        """Refuse a form that does not agree with the density and the integrand where those can be computed."""
        context = self._probing
        for probe, before, after, scale in self._comparisons(density, integrand):
            if not hasattr(before, "_mpf_") or not abs(before - after) <= scale * context.ldexp(1, -30):
                raise PrecisionError(f"the density or the integrand has no reliable value at distance {context.nstr(probe, 5)}")

    def _comparisons(self, density: sp.Expr, integrand: sp.Expr) -> Iterator[tuple[Any, Any, Any, Any]]:
        context, bits = self._probing, PROBE_BITS
        for probe in self._probes:
            try:
                before = [compiled(part)(context, {self.distance: probe}) for part in (density, integrand)]
                log_density, statistic = self.at(probe, context.log(probe), bits)
                weight = context.exp(log_density) / probe
            except FAILURES:
                continue
            if context.isfinite(before[1]) and before[0] and before[1] and abs(log_density) < MAX_NATS:
                yield probe, before[0], weight, weight
                yield probe, before[1], weight * statistic, weight * (1 + abs(statistic))


def _at_least(bits: int) -> int:
    """Return the next of the few precisions in use: a power of 2."""
    if bits > MAX_BITS:
        raise OverflowError("too many bits next to a point")
    return 1 << max(bits, 256).bit_length()
