"""Expressions and hypotheses at a point: exact substitution that refuses what has no value there.

Main definitions
----------------
* `Point`, exact values for symbols and for entries such as p[1]; `Point.value` of an expression, `Point.holds` of a hypothesis.
* `NoValue`, raised where an expression has no real value at the point, or none that is shown to be right.

SymPy decides some signs of irrational numbers from approximations that may be wrong. So conditions are decided here, logarithms and
powers are looked at before they can cancel, and functions that ask for a sign (Abs, Min, floor) stay unevaluated unless their argument
is rational.

Left out on purpose: statements for every real number, and functions without a definition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp
from sympy import Add, Basic, Expr, Mul, S, Symbol, Tuple
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from symentropy.finite import Finite
from symentropy.proof.claim import Each
from symentropy.proof.constants import BY_SIGN, FAILURES, SIGNS, compared, is_moderate, may_be_infinite, sign_of
from symentropy.quantity import Quantity

#: Terms of one sum, or cases of one statement for each index, that are written out.
MAX_TERMS = 2000
#: Bits of a rational power.
MAX_POWER_BITS = 1 << 17
#: Bits of a rational times the terms of its exponent, where that is not an integer.
MAX_ROOT_BITS = 1024


class NoValue(ValueError):
    """An expression has no real value at a point, or none that is shown to be right."""


def _above(bound: int) -> Callable[..., bool]:
    return lambda *arguments: all(sign_of(argument - bound) == 1 for argument in arguments)


def _anywhere(*_arguments: Expr) -> bool:
    return True


#: Functions that a value is computed of -> whether they are defined at constant arguments; poles at rational numbers are seen by SymPy.
DEFINED: dict[type, Callable[..., bool]] = {
    sp.exp: _anywhere,
    sp.log: _above(0),
    sp.Abs: _anywhere,
    sp.Min: _anywhere,
    sp.Max: _anywhere,
    sp.floor: _anywhere,
    sp.ceiling: _anywhere,
    sp.sign: _anywhere,
    sp.sin: _anywhere,
    sp.cos: _anywhere,
    sp.atan: _anywhere,
    sp.sinh: _anywhere,
    sp.cosh: _anywhere,
    sp.tanh: _anywhere,
    sp.sech: _anywhere,
    sp.asinh: _anywhere,
    sp.erf: _anywhere,
    sp.erfc: _anywhere,
    sp.KroneckerDelta: lambda *indices: all(index.is_Integer for index in indices),
    sp.atanh: lambda x: sign_of(1 - x) == sign_of(1 + x) == 1,
    sp.acosh: _above(1),
    sp.gamma: _above(0),
    sp.loggamma: _above(0),
    sp.polygamma: lambda n, x: n.is_Integer and n >= 0 and sign_of(x) == 1,
    sp.digamma: _above(0),
    sp.beta: _above(0),
    sp.factorial: _above(-1),
    sp.binomial: lambda n, k: n.is_Integer and k.is_Integer and n >= k >= 0,
    sp.catalan: _above(0),
    sp.zeta: lambda s, a=S.One: sign_of(s - 1) == sign_of(a) == 1,
    sp.besseli: lambda order, x: order.is_Rational and sign_of(x) == 1,
    sp.besselk: lambda order, x: order.is_Rational and sign_of(x) == 1,
    sp.Ei: _above(0),
    sp.expint: lambda order, x: order.is_Rational and sign_of(x) == 1,
    sp.uppergamma: _above(0),
    sp.lowergamma: _above(0),
    sp.polylog: lambda s, z: s.is_Rational and sign_of(1 - z) == sign_of(1 + z) == 1,
}
#: Functions that take arguments of any size; the values of others soon have too many digits.
AT_ANY_SIZE = (sp.log, sp.Abs, sp.Min, sp.Max, sp.sign, sp.floor, sp.ceiling, sp.atan, sp.asinh, sp.KroneckerDelta)
_RELATIONS: dict[type, str] = {sp.Eq: "=", sp.Ne: "!=", sp.Lt: "<", sp.Le: "<=", sp.Gt: ">", sp.Ge: ">="}


class Point:
    """Exact values for symbols, and for entries of indexed families.

    >>> p, i = sp.IndexedBase("p"), Symbol("i", integer=True)
    >>> at = Point({Symbol("n"): sp.Integer(2), p[1]: S.Half, p[2]: S.Half})
    >>> at.value(sp.Sum(p[i] * sp.log(p[i]), (i, 1, Symbol("n"))))
    -log(2)
    >>> Point({Symbol("x"): S.One}).value(sp.log(Symbol("x") - 1) - sp.log(Symbol("x") - 1) + sp.log(-Symbol("x")) ** 2)
    Traceback (most recent call last):
    ...
    symentropy.proof.witness_values.NoValue: log is not defined here
    """

    def __init__(self, values: Mapping[Expr, Expr]) -> None:
        self.values = dict(values)
        self._seen: dict[Basic, Any] = {}
        self._nouns: list[Quantity] = []

    def value(self, expression: Expr) -> Expr:
        """Return the constant that an expression is at the point, or oo or -oo; raise `NoValue` where it has none."""
        if expression in (S.Infinity, S.NegativeInfinity):
            return expression
        self._seen.clear()  # so that all nouns are met again
        self._nouns.clear()
        try:
            constant = self.of(expression)
        except NoValue:
            raise
        except FAILURES as error:
            raise NoValue(str(error)) from None
        if constant.free_symbols or constant.atoms(sp.Indexed, sp.core.function.AppliedUndef):
            raise NoValue("a symbol has no value")
        seen = constant.atoms(Quantity) if _is_linear(constant) else set()
        if any(may_be_infinite(noun) for noun in dict.fromkeys(self._nouns) if noun not in seen):
            raise NoValue("an infinite quantity is part of a larger expression, or cancels")
        return constant

    def holds(self, hypothesis: Boolean) -> bool:
        """Return whether a hypothesis holds at the point; raise `NoValue` where that is not decided."""
        for kind, rule in _TRUTH.items():
            if isinstance(hypothesis, kind):
                return rule(self, hypothesis)
        raise NoValue("this condition is not decided at a point")

    def of(self, expression: Any) -> Any:
        """Return an expression with the values put in, and finite sums written out; bound variables stay."""
        if expression in self._seen:
            return self._seen[expression]
        for kind in type(expression).__mro__:
            if kind in _RULES:
                found = _RULES[kind](self, expression)
                break
        else:
            found = _rebuilt(self, expression)
        if isinstance(found, Expr) and found.has(S.NaN, S.ComplexInfinity, S.ImaginaryUnit):
            raise NoValue("undefined")
        self._seen[expression] = found
        return found

    def inside(self, indices: Mapping[Any, Expr], bound: tuple[Any, ...] = ()) -> Point:
        """Return the point inside a sum: with values for its indices, and without values for bound variables."""
        kept = {name: value for name, value in self.values.items() if name not in bound}
        inner = Point({**kept, **indices})
        inner._nouns = self._nouns
        return inner


def _is_constant(*parts: Any) -> bool:
    return not any(part.free_symbols for part in parts)


def _is_linear(constant: Expr) -> bool:
    """Whether each noun stands alone in a term, with a rational factor or a change of base: an infinite one then makes all infinite."""
    for term in Add.make_args(constant):
        factors = [factor for factor in Mul.make_args(term) if not factor.is_Rational and not _is_unit(factor)]
        if term.atoms(Quantity) and not (len(factors) == 1 and isinstance(factors[0], Quantity)):
            return False
    return True


def _is_unit(factor: Expr) -> bool:
    """Whether a factor is log b or 1/log b for an integer b."""
    base, exponent = factor.as_base_exp()
    return isinstance(base, sp.log) and base.args[0].is_Integer and abs(exponent) == 1


def _rebuilt(at: Point, expression: Basic) -> Any:
    """Return any other object with its parts at the point; a function must be known, and defined there."""
    if not expression.args:
        return expression
    arguments = [at.of(argument) for argument in expression.args]
    if isinstance(expression, (sp.Function, sp.Min, sp.Max)):
        return _applied(expression, arguments)
    if isinstance(expression, Expr) and any(argument in (S.Infinity, S.NegativeInfinity) for argument in arguments):
        raise NoValue("an infinity inside an expression")
    return expression.func(*arguments)


def _applied(expression: Any, arguments: list[Any]) -> Expr:
    if not _is_constant(*arguments):
        return expression.func(*arguments)
    is_defined = DEFINED.get(expression.func)
    if not isinstance(expression, AT_ANY_SIZE) and not all(map(is_moderate, arguments)):
        raise NoValue("the argument is too large")
    if is_defined is None or not all(argument.is_finite is not False for argument in arguments) or not is_defined(*arguments):
        raise NoValue(f"{expression.func.__name__} is not defined here")
    if isinstance(expression, BY_SIGN) and not all(argument.is_Rational for argument in arguments):
        return expression.func(*arguments, evaluate=False)
    made = expression.func(*arguments)
    if made.is_infinite:
        raise NoValue(f"{expression.func.__name__} is infinite here")
    return made


def _power(at: Point, expression: sp.Pow) -> Expr:
    base, exponent = at.of(expression.base), at.of(expression.exp)
    if not _is_constant(base, exponent):
        return base**exponent
    size = max(int(base.p).bit_length(), int(base.q).bit_length()) if base.is_Rational else 1
    if not is_moderate(exponent) or (exponent.is_Rational and size * abs(exponent) > MAX_POWER_BITS):
        raise NoValue("a power that is too large")
    base_sign = sign_of(base)
    if exponent.is_Integer:
        if exponent <= 0 and not base_sign:
            raise NoValue("a negative power of what may be 0")
        return base**exponent
    if base_sign is None or base_sign < 0 or (base_sign == 0 and sign_of(exponent) != 1):
        raise NoValue("a power that is not real")
    if base.is_Rational and exponent.is_Rational and max(abs(exponent.p), exponent.q) * size > MAX_ROOT_BITS:
        raise NoValue("a root of a number that is too large")  # SymPy would factor it here, or in a product
    return sp.Pow(base, exponent, evaluate=bool(base.is_Rational or base is S.Exp1))


def _total(at: Point, expression: Any) -> Expr:
    fold = Add if isinstance(expression, sp.Sum) else Mul
    return _over(at, expression, list(expression.limits), fold)


def _over(at: Point, expression: Any, limits: list[Any], fold: Any) -> Expr:
    """Return a sum or a product over limits, of which the last is the outermost; infinite ones stay."""
    if not limits:
        return at.of(expression.function)
    *inner, limit = limits
    if len(limit) != 3:
        raise NoValue("a sum without ends")
    index, low, high = limit[0], at.of(limit[1]), at.of(limit[2])
    if not (low.is_Integer and high.is_Integer):
        infinite = high is S.Infinity or low is S.NegativeInfinity
        if inner or not (infinite or low.free_symbols or high.free_symbols):
            raise NoValue("a sum between ends that are not integers")
        return expression.func(at.inside({}, (index,)).of(expression.function), (index, low, high))
    count = int(high) - int(low) + 1
    if not 0 <= count <= MAX_TERMS:
        raise NoValue("a sum of too many terms, or one that runs downwards")
    return fold(*(_over(at.inside({index: sp.Integer(k)}), expression, inner, fold) for k in range(int(low), int(high) + 1)))


def _integral(at: Point, expression: Any) -> Expr:
    inner = at.inside({}, tuple(limit[0] for limit in expression.limits))
    limits = [(limit[0], *map(inner.of, limit[1:])) for limit in expression.limits]
    return expression.func(inner.of(expression.function), *limits)


def _lambda(at: Point, function: sp.Lambda) -> Basic:
    return sp.Lambda(function.signature, at.inside({}, tuple(function.variables)).of(function.expr))


def _indexed(at: Point, entry: sp.Indexed) -> Expr:
    key = entry.base[tuple(map(at.of, entry.indices))]
    return at.values.get(key, key)


def _finite(at: Point, pmf: Finite) -> Basic:
    """Return a pmf at the point; the names of outcomes are no symbols."""
    if not pmf.free_symbols:
        return pmf
    if not pmf.is_indexed:
        return pmf.func(Tuple(*map(at.of, pmf.args[0])), *pmf.args[1:])
    function, size = pmf.args[0], at.of(pmf.size)
    if not size.is_Integer:
        return Finite(at.of(function), size)
    if not 1 <= size <= MAX_TERMS:
        raise NoValue("a pmf of this size is not written out")
    index = function.variables[0]
    return Finite(Tuple(*(at.inside({index: sp.Integer(k)}).of(function.expr) for k in range(1, int(size) + 1))))


def _quantity(at: Point, noun: Quantity) -> Expr:
    made = noun.func(*map(at.of, noun.args))
    at._nouns += made.atoms(Quantity)
    return made


def _piecewise(at: Point, expression: sp.Piecewise) -> Expr:
    for value, condition in expression.args:
        if not _is_constant(*_sides(at, condition)):
            return expression.func(*((at.of(branch), _condition(at, case)) for branch, case in expression.args))
        if at.holds(condition):
            return at.of(value)
    raise NoValue("no branch of a Piecewise")


def _sides(at: Point, condition: Any) -> list[Any]:
    """Return what is compared in a condition, at the point."""
    if isinstance(condition, Relational):
        return [at.of(condition.lhs), at.of(condition.rhs)]
    return [side for part in condition.args if isinstance(part, Boolean) for side in _sides(at, part)]


def _condition(at: Point, condition: Any) -> Any:
    """Return a condition on a bound variable."""
    if condition in (S.true, S.false) or not condition.args:
        return condition
    return condition.func(*(_condition(at, part) if isinstance(part, Boolean) else at.of(part) for part in condition.args))


def _derivative(at: Point, expression: sp.Derivative) -> Any:
    value = expression.doit()
    if value.has(sp.Derivative, sp.Subs, *BY_SIGN, sp.Piecewise) or expression.has(*BY_SIGN, sp.Piecewise):
        raise NoValue("a derivative that is not known everywhere")
    at.of(expression.expr)  # what is not defined has no derivative
    return at.of(value)


def _refused(_at: Point, expression: Basic) -> Any:
    raise NoValue(f"{type(expression).__name__} is not evaluated at a point")


#: SymPy class -> how it is put at a point, where that is more than its parts.
_RULES: dict[type, Callable[[Point, Any], Any]] = {
    Symbol: lambda at, symbol: at.values.get(symbol, symbol),
    sp.Indexed: _indexed,
    sp.IndexedBase: lambda _, base: base,
    sp.Pow: _power,
    sp.Sum: _total,
    sp.Product: _total,
    sp.Integral: _integral,
    sp.Lambda: _lambda,
    Finite: _finite,
    Quantity: _quantity,
    sp.Piecewise: _piecewise,
    sp.Derivative: _derivative,
    sp.Subs: _refused,
    sp.Limit: _refused,
    sp.Float: _refused,
}


def _relation_holds(at: Point, relation: Relational) -> bool:
    left, right = at.value(relation.lhs), at.value(relation.rhs)
    found = compared(left, right)
    if found is None or found[2] is None or type(relation) not in _RELATIONS:
        raise NoValue("a condition is not decided")
    return found[2] in SIGNS[_RELATIONS[type(relation)]]


def _each_holds(at: Point, statement: Each) -> bool:
    limits = list(statement.limits)
    if any(len(limit) != 3 for limit in limits):
        raise NoValue("a statement for each real number is not decided")
    points = [at]
    for index, low, high in reversed(limits):  # as in a sum, the last is the outermost
        points = [point.inside({index: sp.Integer(k)}) for point in points for k in _indices(point.of(low), point.of(high))]
        if len(points) > MAX_TERMS:
            raise NoValue("a statement for too many indices")
    return all(point.holds(statement.relation) for point in points)


def _indices(low: Any, high: Any) -> range:
    if not (low.is_Integer and high.is_Integer) or high - low > MAX_TERMS:
        raise NoValue("a statement for too many indices")
    return range(int(low), int(high) + 1)


def _is_contained(at: Point, membership: sp.Contains) -> bool:
    value, members = at.value(membership.args[0]), membership.args[1]
    if isinstance(members, sp.Interval):
        members = members.func(at.of(members.start), at.of(members.end), members.left_open, members.right_open)
        ends_are_exact = all(end.is_Rational or end.is_infinite for end in (members.start, members.end))
    else:
        ends_are_exact = members in (S.Naturals, S.Naturals0, S.Integers, S.Rationals, S.Reals)
    found = members.contains(value) if ends_are_exact and value.is_Rational else None
    if found not in (S.true, S.false):
        raise NoValue("a membership is not decided")
    return bool(found == S.true)


#: Kind of condition -> how it is decided at a point.
_TRUTH: dict[Any, Callable[[Point, Any], bool]] = {
    type(S.true): lambda _at, _condition: True,
    type(S.false): lambda _at, _condition: False,
    Relational: _relation_holds,
    Each: _each_holds,
    sp.Contains: _is_contained,
    sp.And: lambda at, condition: all(at.holds(part) for part in condition.args),
    sp.Or: lambda at, condition: any(at.holds(part) for part in condition.args),
    sp.Not: lambda at, condition: not at.holds(condition.args[0]),
}
