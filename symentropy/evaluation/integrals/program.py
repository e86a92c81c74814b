"""Integrands as straight-line programs: each subexpression is computed once, and logarithms are computed without cancellation.

Main definition: `Program`, a SymPy expression in one variable that is computed in a `RealField` or a `ComplexField`.

Compared with `functions.compiled`, a program

* computes what occurs twice once, and constants once for each precision, and has no doubts: a constant without enclosure is refused;
* writes the logarithm of a product as a sum, so that exponentials neither overflow nor cancel;
* writes the logarithm of a sum of exponentials as that of the largest on the box at hand, plus log(1 + ...).

These rewritings are identities of *real* numbers where all arguments of logarithms and roots are positive, which the real field proves by
computing them. On a complex rectangle that meets the real axis the result is the analytic continuation of the real function: each
rewriting is analytic there, and real on the axis. A rectangle off the axis could be given another branch: do not use one.

Left out: Piecewise, Min, Max and whatever else is not analytic (they are resolved before), and functions without an enclosure.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from math import prod
from typing import Any

import sympy as sp

from symentropy.errors import SymentropyError
from symentropy.evaluation.balls.ball import Ball, Undecided, rounded
from symentropy.evaluation.balls.field import ComplexField, RealField
from symentropy.evaluation.functions import FUNCTIONS, compiled
from symentropy.evaluation.integrals.boxes import exponential, logarithm, middle, modulus, quotient, root
from symentropy.exact import shown

#: Computes one register from those before it.
Instruction = Callable[[Any, list[Any]], Any]

#: Sums of more exponentials than this are not expanded into differences of all pairs of exponents.
MAX_PAIRS = 6

#: Functions whose value on a rectangle takes many times as long as that of an elementary one, and how many times.
SLOW = (sp.erf, sp.erfc, sp.gamma, sp.loggamma, sp.polygamma)
SLOW_COST = 12


def constant(expression: sp.Expr, prec: int) -> Ball:
    """Return a constant as a ball, proved.

    >>> constant(sp.sqrt(2), 53).squared().contains(2)
    True
    """
    field = RealField(prec + 16)
    try:
        if expression.has(sp.oo, -sp.oo):
            raise Undecided(f"{shown(expression)} is not a number")
        value = compiled(expression)(field, {})
    except (SymentropyError, ValueError, TypeError, AttributeError) as error:
        raise Undecided(f"the constant {shown(expression)} is not enclosed") from error
    if field.doubts:
        raise Undecided(f"in {shown(expression)}, {field.doubts[0]}")
    if not isinstance(value, Ball):
        raise Undecided(f"{shown(expression)} is not a real constant")
    return rounded(value.mid, value.rad, value.exp, prec)


class Program:
    """A function of one variable; ``sample`` is a point of the interval on which it is wanted.

    ``cost`` is about how many evaluations of an elementary function one evaluation takes as long as.

    The point only decides with which sign a factor is taken under a logarithm or root, so that it is positive.

    >>> x = sp.Symbol("x", real=True)
    >>> logarithm_of_sum = Program(sp.log(sp.exp(-(x**2)) + sp.exp(-(x**2) - 1)), x, Fraction(0))
    >>> value = logarithm_of_sum(RealField(53), Ball(10**6, 0, 0, 53)) + 10**12; print(round(float(value.lower), 3))
    0.313
    """

    def __init__(self, expression: sp.Expr, variable: sp.Symbol, sample: Fraction) -> None:
        self.variable = variable
        self.sample = Ball.of(sample, 128)
        self.code: list[Instruction | None] = [None]  # the variable is register 0; None also stands for a constant
        self.constants: dict[int, sp.Expr] = {}
        self._known: dict[Any, int] = {variable: 0}
        self._tables: dict[int, list[Any]] = {}
        self.cost = 1
        self.result = self._value(expression)
        self._steps = [(place, step) for place, step in enumerate(self.code) if step is not None]

    def __call__(self, field: RealField | ComplexField, value: Any) -> Any:
        """Compute the function at a ball; raises `Undecided` where it is not defined on all of it."""
        registers = self._table(field.prec)[:]
        registers[0] = value
        for place, step in self._steps:
            registers[place] = step(field, registers)
        return registers[self.result]

    def _table(self, prec: int) -> list[Any]:
        if prec not in self._tables:
            table: list[Any] = [None] * len(self.code)
            for place, expression in self.constants.items():
                table[place] = constant(expression, prec)
            self._tables[prec] = table
        return self._tables[prec]

    # Building: each method returns the register that holds a value.

    def _emit(self, key: Any, step: Instruction | None) -> int:
        self.code.append(step)
        self._known[key] = len(self.code) - 1
        return len(self.code) - 1

    def _constant(self, expression: sp.Expr) -> int:
        key = ("constant", expression)
        if key not in self._known:
            self.constants[self._emit(key, None)] = expression
        return self._known[key]

    def _value(self, e: sp.Expr) -> int:
        if not e.has(self.variable):
            return self._constant(e)
        if e not in self._known:
            self._known[e] = self._built(e)
        return self._known[e]

    def _built(self, e: sp.Expr) -> int:
        if isinstance(e, sp.Add):
            fixed, rest = e.as_independent(self.variable, as_Add=True)
            return self._sum(([self._constant(fixed)] if fixed else []) + [self._value(term) for term in sp.Add.make_args(rest)])
        if isinstance(e, sp.Mul):
            return self._product(e)
        if isinstance(e, sp.Pow):
            return self._power(e.base, e.exp)
        if isinstance(e, sp.exp):
            return self._exp(self._value(e.args[0]))
        if isinstance(e, sp.log):
            return self._logarithm(e.args[0])
        if isinstance(e, sp.Abs):
            place = self._value(e.args[0])
            return self._emit(e, lambda _, r: modulus(r[place]))
        compute = FUNCTIONS.get(e.func)
        if compute is None or isinstance(e, (sp.Min, sp.Max)):
            raise Undecided(f"no enclosure for {e.func.__name__}")
        if isinstance(e, SLOW):
            self.cost += SLOW_COST
        places = [self._value(argument) for argument in e.args]
        return self._emit(e, lambda m, r: compute(m, *[r[place] for place in places]))

    def _sum(self, places: list[int]) -> int:
        if len(places) == 1:
            return places[0]
        key = ("sum", *places)
        if key not in self._known:
            first, *others = places

            def step(_: Any, r: list[Any]) -> Any:
                total = r[first]
                for place in others:
                    total = total + r[place]
                return total

            self._emit(key, step)
        return self._known[key]

    def _times(self, places: list[int]) -> int:
        if len(places) == 1:
            return places[0]
        first, *others = places

        def step(_: Any, r: list[Any]) -> Any:
            total = r[first]
            for place in others:
                total = total * r[place]
            return total

        return self._emit(("times", *places), step)

    def _product(self, e: sp.Mul) -> int:
        fixed, rest = e.as_independent(self.variable, as_Add=False)
        over = [] if fixed == 1 else [self._constant(fixed)]
        under, exponents = [], []
        for factor in sp.Mul.make_args(rest):
            exponent = self._exponent_of(factor)
            if exponent is not None:
                exponents.append(exponent)
            elif isinstance(factor, sp.Pow) and factor.exp.is_Rational and factor.exp < 0:
                under.append(self._value(1 / factor))
            else:
                over.append(self._value(factor))
        if exponents:
            over.append(self._exp(self._sum(exponents)))
        top = self._times(over or [self._constant(sp.S.One)])
        if not under:
            return top
        bottom = self._times(under)
        return self._emit(e, lambda _, r: quotient(r[top], r[bottom]))

    def _exponent_of(self, factor: sp.Expr) -> int | None:
        """Return the logarithm of a factor that is best computed as an exponential: it makes one with the others.

        A power of a sum of exponentials is one of them, because the sum's hull may contain 0 where the sum is never 0.
        """
        if isinstance(factor, sp.exp):
            return self._value(factor.args[0])
        if not isinstance(factor, sp.Pow) or factor.exp.has(self.variable):
            return None
        if factor.exp.is_Integer:
            sum_of_exponentials = factor.exp < 0 and isinstance(factor.base, sp.Add) and factor.base.has(sp.exp)
            if not sum_of_exponentials or self._parity(factor) < 0:
                return None
            return self._times([self._constant(factor.exp), self._log_modulus(factor.base)])
        if factor.exp.is_Rational and factor.exp.q == 2:
            return None
        return self._times([self._constant(factor.exp), self._logarithm(factor.base)])

    def _power(self, base: sp.Expr, exponent: sp.Expr) -> int:
        whole = self._exponent_of(base**exponent)
        if whole is not None:
            return self._exp(whole)
        if exponent.is_Integer and abs(exponent) <= 1 << 10:
            place, power = self._value(base), abs(int(exponent))
            if exponent < 0:
                return self._emit(base**exponent, lambda _, r: quotient(1, r[place] ** power))
            return self._emit(base**exponent, lambda _, r: r[place] ** power)
        if exponent.is_Rational and exponent.q == 2 and abs(exponent) <= 1 << 9:
            power = int(exponent.p)
            factors = sp.Mul.make_args(base)
            if prod(self._sign(factor) for factor in factors) < 0:
                raise Undecided(f"the root of {shown(base)}, which is negative")
            roots = [self._root(factor) for factor in factors]
            place = self._times(roots)
            return self._emit(base**exponent, lambda _, r: r[place] ** power)
        logarithm, factor = self._logarithm(base), self._value(exponent)
        return self._exp(self._times([factor, logarithm]))

    def _root(self, factor: sp.Expr) -> int:
        """Return the root of a factor or of minus the factor, whichever is positive."""
        positive = factor if self._sign(factor) > 0 else -factor
        place = self._value(positive)
        return self._emit(("root", factor), lambda m, r: root(m, r[place]))

    def _exp(self, place: int) -> int:
        key = ("exp", place)
        return self._known[key] if key in self._known else self._emit(key, lambda m, r: exponential(m, r[place]))

    def _sign(self, e: sp.Expr) -> int:
        """Return the sign of a constant, or with which sign an expression is taken so that it is positive at the sample point."""
        if e.is_positive or e.is_negative:
            return 1 if e.is_positive else -1
        if not e.has(self.variable):
            value = constant(e, 128)
            if value.contains_zero:
                raise Undecided(f"the sign of {shown(e)}")
            return 1 if value.is_positive else -1
        try:
            value = compiled(e)(RealField(128), {self.variable: self.sample})
        except (Undecided, SymentropyError):
            return 1  # a wrong guess fails where the logarithm is computed
        return -1 if isinstance(value, Ball) and value.mid < 0 else 1

    def _parity(self, e: sp.Expr) -> int:
        """Return the sign of an expression where all its factors have the signs in which `_log_modulus` takes them."""
        if isinstance(e, sp.Mul):
            return prod(self._parity(factor) for factor in e.args)
        if isinstance(e, sp.exp):
            return 1
        if isinstance(e, sp.Pow) and not e.exp.has(self.variable):
            if e.exp.is_Integer:
                return 1 if e.exp % 2 == 0 else self._parity(e.base)
            return max(0, self._parity(e.base))
        if isinstance(e, sp.Pow) and not e.base.has(self.variable):
            return max(0, self._sign(e.base))
        return self._sign(e)

    def _logarithm(self, e: sp.Expr) -> int:
        """Return log e, the sum of the logarithms of the moduli of its factors; their signs are proved where these are computed."""
        if not e.has(self.variable):
            return self._constant(sp.log(e))
        if self._parity(e) <= 0:
            raise Undecided(f"the logarithm of {shown(e)}, which is not positive")
        return self._log_modulus(e)

    def _log_modulus(self, e: sp.Expr) -> int:
        """Return log |e|."""
        key = ("log", e)
        if key not in self._known:
            self._known[key] = self._log_modulus_built(e)
        return self._known[key]

    def _log_modulus_built(self, e: sp.Expr) -> int:
        if not e.has(self.variable):
            return self._constant(sp.log(sp.Abs(e)))
        if isinstance(e, sp.Mul):
            fixed, rest = e.as_independent(self.variable, as_Add=False)
            parts = [] if fixed == 1 else [self._constant(sp.log(sp.Abs(fixed)))]
            return self._sum(parts + [self._log_modulus(factor) for factor in sp.Mul.make_args(rest)])
        if isinstance(e, sp.exp):
            return self._value(e.args[0])
        if isinstance(e, sp.Pow) and not e.exp.has(self.variable):
            return self._times([self._constant(e.exp), self._log_modulus(e.base)])
        if isinstance(e, sp.Pow) and not e.base.has(self.variable):
            return self._times([self._value(e.exp), self._constant(sp.log(e.base))])
        positive = e if self._sign(e) > 0 else -e
        if isinstance(positive, sp.Add) and positive.has(sp.exp):
            return self._log_of_sum(positive)
        place = self._value(positive)
        return self._emit(("log of", e), lambda m, r: logarithm(m, r[place]))

    def _split(self, term: sp.Expr) -> tuple[sp.Expr, list[int], sp.Expr]:
        """Return E, the logarithms of powers of sums of exponentials, and c, for a term c e**E times these powers."""
        exponent, powers, rest = sp.S.Zero, [], sp.S.One
        for factor in sp.Mul.make_args(term):
            if isinstance(factor, sp.exp):
                exponent += factor.args[0]
                continue
            power = self._exponent_of(factor) if factor.has(sp.exp) else None
            if power is None:
                rest *= factor
            else:
                powers.append(power)
        return exponent, powers, rest

    def _weight(self, factor: sp.Expr) -> Fraction | None:
        """Return about the logarithm of a constant, 0 for other factors that may lead a sum, and None for those that may not."""
        if factor.has(self.variable):
            return Fraction(0) if self._sign(factor) > 0 else None
        value = constant(factor, 64)
        return Fraction(value.mid.bit_length() + value.exp) * 7 / 10 if value.is_positive else None

    def _log_of_sum(self, e: sp.Add) -> int:
        """Return log sum_i c_i e**(E_i), as E_k + log c_k + log(1 + sum of c_i/c_k e**(E_i - E_k)) for the largest E_k.

        E_i includes the logarithms of powers of other sums of exponentials.
        """
        fixed, rest = e.as_independent(self.variable, as_Add=True)
        terms = ([fixed] if fixed else []) + list(sp.Add.make_args(rest))
        split = [self._split(term) for term in terms]
        exponents, factors = (
            [self._sum([self._value(part), *powers]) for part, powers, _ in split],
            [self._value(part) for _, _, part in split],
        )
        differences: dict[tuple[int, int], int] = {}
        for i, k in combinations(range(len(terms)), 2):
            gap = self._value(sp.expand(split[i][0] - split[k][0]) if len(terms) <= MAX_PAIRS else split[i][0] - split[k][0])
            minus = [self._times([self._constant(sp.S.NegativeOne), power]) for power in split[k][1]]
            differences[i, k] = self._sum([gap, *split[i][1], *minus])

        def gap_of(r: list[Any], i: int, k: int) -> Any:
            return r[differences[i, k]] if i < k else -r[differences[k, i]]

        weights = {i: weight for i, weight in enumerate(self._weight(part) for _, _, part in split) if weight is not None}
        leaders = list(weights)
        if not leaders:
            raise Undecided(f"the logarithm of {shown(e)}, which has no positive term")

        def step(m: Any, r: list[Any]) -> Any:
            top = leaders[0]
            for i in leaders[1:]:
                if middle(gap_of(r, i, top) + (weights[i] - weights[top])) > 0:
                    top = i
            ratio: Any = 1
            for i, factor in enumerate(factors):
                if i != top:
                    ratio = ratio + exponential(m, gap_of(r, i, top)) * quotient(r[factor], r[factors[top]])
            return r[exponents[top]] + logarithm(m, r[factors[top]]) + logarithm(m, ratio)

        return self._emit(("log of", e), step)
