"""Terms of a series whose neighbours have a simple ratio.

Main definitions
----------------
* `Kernel`, a function of an integer k of the form C c**k prod Gamma(k + a)**e.
* `kernel_of`, which reads one from an expression: powers, linear factors, factorials, gamma and beta functions, binomial coefficients.

The ratio of neighbours, ``f(k + 1)/f(k) = c prod (k + a)**e``, is all that a sum needs besides one value. Factors that fall with k, such
as Gamma(n - k), are left out: the sums that have them are finite.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sympy import Add, Expr, Mul, Pow, RisingFactorial, S, Symbol, beta, binomial, exp, factorial, gamma


@dataclass(slots=True)
class Kernel:
    """C c**k prod Gamma(k + a)**e: only ``base`` c and the ``powers`` {a: e} are kept, which determine the ratio of neighbours."""

    base: Expr = S.One
    powers: dict[Expr, Expr] = field(default_factory=dict)

    def times(self, other: Kernel, exponent: Expr = S.One) -> Kernel:
        """Return the product with a power of another kernel."""
        powers = dict(self.powers)
        for shift, power in other.powers.items():
            powers[shift] = powers.get(shift, S.Zero) + power * exponent
        return Kernel(self.base * other.base**exponent, {shift: power for shift, power in powers.items() if power != 0})


def kernel_of(expression: Expr, k: Symbol) -> Kernel | None:
    """Return the kernel of an expression in k, or None for one that is not of this form.

    >>> from sympy.abc import k
    >>> kernel_of(3**k / (k * factorial(k)), k)
    Kernel(base=3, powers={1: -2, 0: 1})
    >>> kernel_of(k + factorial(k), k) is None
    True
    """
    kernel = Kernel()
    for factor in Mul.make_args(expression):
        if not factor.has(k):
            continue
        part = _factor(factor, k)
        if part is None:
            return None
        kernel = kernel.times(part)
    return kernel


def _factor(factor: Expr, k: Symbol) -> Kernel | None:
    """Return the kernel of one factor that contains k."""
    if isinstance(factor, exp):
        linear = _linear(factor.exp, k)
        return linear and Kernel(exp(linear[0]))
    if isinstance(factor, Pow):
        base, exponent = factor.args
        if not base.has(k):
            linear = _linear(exponent, k)
            return linear and Kernel(base ** linear[0])
        inner = None if exponent.has(k) else kernel_of(base, k)
        return inner and Kernel().times(inner, exponent)
    rule = FACTORS.get(factor.func)
    if rule is not None:
        return rule(k, *factor.args)
    shift = _unit_shift(factor, k)
    return shift and Kernel(S.One, {shift[0] + 1: S.One, shift[0]: S.NegativeOne})


def _linear(expression: Expr, k: Symbol) -> tuple[Expr, Expr] | None:
    """Return slope and value at 0 of an expression that is linear in k."""
    slope = expression.expand().coeff(k)
    rest = (expression - slope * k).expand()
    return None if rest.has(k) or slope.has(k) else (slope, rest)


def _unit_shift(expression: Expr, k: Symbol) -> tuple[Expr] | None:
    """Return (a,) for a positive multiple of k + a."""
    linear = _linear(expression, k) if isinstance(expression, (Symbol, Add, Mul)) else None
    return (linear[1] / linear[0],) if linear and linear[0].is_positive else None


def _gammas(k: Symbol, *parts: tuple[Expr, int]) -> Kernel | None:
    """Return the product of Gamma(argument)**exponent, where an argument is k + a or free of k."""
    kernel = Kernel()
    for argument, exponent in parts:
        if not argument.has(k):
            continue
        shift = (argument - k).expand()
        if shift.has(k):
            return None
        kernel = kernel.times(Kernel(S.One, {shift: S(exponent)}))
    return kernel


#: SymPy class -> the kernel of a call with these arguments.
FACTORS: dict[type, Callable[..., Kernel | None]] = {
    factorial: lambda k, n: _gammas(k, (n + 1, 1)),
    gamma: lambda k, x: _gammas(k, (x, 1)),
    beta: lambda k, x, y: _gammas(k, (x, 1), (y, 1), (x + y, -1)),
    binomial: lambda k, n, m: _gammas(k, (n + 1, 1), (m + 1, -1), ((n - m + 1).expand(), -1)),
    RisingFactorial: lambda k, x, n: _gammas(k, ((x + n).expand(), 1), (x, -1)),
}
