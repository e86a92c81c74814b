"""From SymPy's expressions to values.

Main definitions
----------------
* `Reader`, which reads expressions over a `Space`; `Reader.read` for values, `Reader.log` for log|f| with products taken apart first.
* `READERS`, what to do with each class of expression; a class that is not there is an unknown function of its arguments.

Main statements
---------------
Whatever is not understood becomes a generator that is the same for the same arguments. Infinities, floats, complex numbers and
symbols that are not real make the reader give up.

Left out on purpose: sums over an index (see `symentropy.proof.canonical.sums`) and the table of functions
(see `symentropy.proof.canonical.functions`), which register themselves here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from sympy import (
    Abs,
    Add,
    Basic,
    Derivative,
    Determinant,
    E,
    Expr,
    Float,
    Function,
    GoldenRatio,
    I,
    Indexed,
    Integral,
    Max,
    Min,
    Mul,
    NumberSymbol,
    Piecewise,
    Pow,
    Rational,
    S,
    Subs,
    Symbol,
    Trace,
    conjugate,
    exp,
    im,
    log,
    oo,
    re,
    sign,
    sqrt,
    zoo,
)
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from symentropy.proof.canonical.generators import ONE, ZERO, Number, Value, scaled
from symentropy.proof.canonical.limits import GaveUp
from symentropy.proof.canonical.rings import constant
from symentropy.proof.canonical.space import Space
from symentropy.quantity import Quantity

Handler = Callable[["Reader", Any], Value]
#: What to do with each class of expression. Classes are looked up along the method resolution order.
READERS: dict[type, Handler] = {}


def reads(*classes: type) -> Callable[[Handler], Handler]:
    """Register what reads some classes of expressions."""

    def register(handler: Handler) -> Handler:
        READERS.update(dict.fromkeys(classes, handler))
        return handler

    return register


class Reader:
    """Reads expressions over a space; ``replaced`` has what equality hypotheses say about symbols."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.replaced: dict[Expr, Expr] = {}
        #: Sums that hypotheses give the value of: generator to value.
        self.sums: dict[int, Value] = {}
        #: Hypotheses for each index about single entries and about sums; see `symentropy.proof.canonical.equalities`.
        self.patterns: list[Any] = []
        #: The ranges of indices; see `symentropy.proof.canonical.sums`.
        self.ranges: Any = None
        #: Indices of the sums that are being read.
        self.active: list[Symbol] = []
        #: The least shift of each argument of a gamma function, up to integers.
        self.shifts: dict[Any, int] = {}
        self.shifts_moved = False
        self._cache: dict[Expr, Value] = {}
        self._logs: dict[Expr, Value] = {}

    def again(self) -> None:
        """Forget the values that were read, and keep the bases."""
        self._cache.clear()
        self._logs.clear()
        self.shifts_moved = False
        self.space.bases.settle()

    @property
    def is_stale(self) -> bool:
        """Whether reading again may give a better normal form."""
        return self.shifts_moved or self.space.bases.is_stale

    def read(self, expression: Any) -> Value:
        """Return the value of an expression."""
        found = self._cache.get(expression)
        if found is None:
            found = self._cache[expression] = self._read(expression)
        return found

    def _read(self, expression: Any) -> Value:
        self.space.table.budget.spend(1)
        for kind in type(expression).__mro__:
            handler = READERS.get(kind)
            if handler is not None:
                return handler(self, expression)
        raise GaveUp(f"{type(expression).__name__} is not known")

    def log(self, expression: Any) -> Value:
        """Return log|f|, with products and powers taken apart before they are multiplied out."""
        found = self._logs.get(expression)
        if found is None:
            found = self._logs[expression] = self._log(expression)
        return found

    def _log(self, expression: Any) -> Value:
        table = self.space.table
        if isinstance(expression, Mul):
            return table.total(self.log(factor) for factor in expression.args)
        if isinstance(expression, exp):
            return self.read(expression.args[0])
        if isinstance(expression, Pow):
            return table.product(self.read(expression.exp), self.log(expression.base))
        if isinstance(expression, Abs):
            return self.log(expression.args[0])
        return self.space.log_abs(self.read(expression))

    def opaque(self, name: Any, arguments: Iterable[Value], write: Callable[[list[Expr]], Expr]) -> Value:
        """Return an unknown function of values."""
        table = self.space.table
        values = list(arguments)
        symbols = frozenset().union(*(table.symbols(value) for value in values))
        payload = (name, tuple(self.space.key(value) for value in values))
        return self.space.atom(payload, symbols, lambda: write([table.written(value) for value in values]))


def number_of(expression: Any) -> Number:
    """Return a rational number as Python's."""
    p, q = int(expression.p), int(expression.q)
    return p if q == 1 else Fraction(p, q)


@reads(Rational)
def _rational(_: Reader, expression: Any) -> Value:
    number = number_of(expression)
    return {(): number} if number else ZERO


@reads(NumberSymbol)
def _constant(reader: Reader, expression: Any) -> Value:
    if expression is E:
        return reader.space.exponential(ONE)
    if expression is GoldenRatio:
        return reader.read((1 + sqrt(5)) / 2)
    return reader.space.atom(expression, (), lambda: expression)


@reads(Symbol)
def _symbol(reader: Reader, expression: Any) -> Value:
    if expression in reader.replaced:
        return reader.read(reader.replaced[expression])
    if expression.is_extended_real is False or expression.is_infinite or not expression.is_commutative:
        raise GaveUp(f"{expression} is not a real number")
    return reader.space.atom(expression, (expression,), lambda: expression)


@reads(Indexed)
def _indexed(reader: Reader, expression: Any) -> Value:
    if expression in reader.replaced:
        return reader.read(reader.replaced[expression])
    for pattern in reader.patterns:
        found = pattern.entry(reader, expression)
        if found is not None:
            return reader.read(found)
    base = expression.base
    return reader.opaque((Indexed, base), map(reader.read, expression.indices), lambda indices: Indexed(base, *indices))


@reads(Add)
def _add(reader: Reader, expression: Any) -> Value:
    return reader.space.table.total([reader.read(term) for term in expression.args])


@reads(Mul)
def _mul(reader: Reader, expression: Any) -> Value:
    return reader.space.table.products([reader.read(factor) for factor in expression.args])


@reads(Pow)
def _pow(reader: Reader, expression: Any) -> Value:
    space, base = reader.space, expression.base
    exponent = reader.read(expression.exp)
    number = constant(exponent)
    if number is not None:
        if number.denominator == 1 and number < 0 and isinstance(base, Mul):
            return space.table.products(reader.read(Pow(factor, expression.exp)) for factor in base.args)
        return space.root(reader.read(base), number)
    value = reader.read(base)
    if space.sign(value) == ">":
        return space.exponential(space.table.product(exponent, reader.log(base)))
    return reader.opaque(Pow, [value, exponent], lambda arguments: Pow(*arguments))


@reads(exp)
def _exp(reader: Reader, expression: Any) -> Value:
    return reader.space.exponential(reader.read(expression.args[0]))


@reads(log)
def _log(reader: Reader, expression: Any) -> Value:
    return reader.log(expression.args[0])


@reads(Abs)
def _abs(reader: Reader, expression: Any) -> Value:
    value = reader.read(expression.args[0])
    if not value:
        return ZERO
    signs = {">": 1, ">=": 1, "=": 1, "<": -1, "<=": -1}
    known = signs.get(reader.space.sign(value) or "")
    return scaled(value, known) if known else reader.space.modulus_of(value, 1)


@reads(sign)
def _sign(reader: Reader, expression: Any) -> Value:
    value = reader.read(expression.args[0])
    known: Value | None = {">": ONE, "<": scaled(ONE, -1), "=": ZERO}.get(reader.space.sign(value) or "")
    return known if known is not None else reader.opaque(sign, [value], lambda arguments: sign(*arguments))


@reads(Max, Min)
def _extreme(reader: Reader, expression: Any) -> Value:
    space, lower = reader.space, isinstance(expression, Min)
    kept: list[Value] = []
    for value in map(reader.read, expression.args):
        if any(_is_at_least(space, other, value, lower) for other in kept):
            continue
        kept = [other for other in kept if not _is_at_least(space, value, other, lower)] + [value]
    if len(kept) == 1:
        return kept[0]
    kept.sort(key=lambda value: sorted(value.items()))
    return reader.opaque(type(expression), kept, lambda arguments: type(expression)(*arguments))


def _is_at_least(space: Space, first: Value, second: Value, reverse: bool) -> bool:
    difference = space.table.total([first, scaled(second, -1)])
    return space.sign(difference) in (("<", "<=", "=") if reverse else (">", ">=", "="))


@reads(Piecewise)
def _piecewise(reader: Reader, expression: Any) -> Value:
    domain = reader.space.domain_for(frozenset(s for s in expression.free_symbols if isinstance(s, Symbol)))
    for value, condition in expression.args:
        if condition == S.true or (isinstance(condition, Relational) and domain.implies(condition)):
            return reader.read(value)
        if not (isinstance(condition, Relational) and domain.implies(condition.negated)):
            break
    return _as_written(reader, expression)


@reads(Derivative, Integral, Subs, Quantity, Trace, Determinant)
def _as_written(reader: Reader, expression: Any) -> Value:
    """Read something as a generator that equals only itself."""
    if expression.has(Float, S.NaN, zoo, I):
        raise GaveUp("a float, an infinity or a complex number")
    symbols = frozenset(symbol for symbol in expression.free_symbols if isinstance(symbol, Symbol))
    return reader.space.atom(expression, symbols, lambda: expression)


@reads(Function, AppliedUndef)
def _function(reader: Reader, expression: Any) -> Value:
    if any(argument.has(oo, -oo) or not isinstance(argument, Expr) for argument in expression.args):
        return _as_written(reader, expression)
    function = expression.func
    return reader.opaque(function, map(reader.read, expression.args), lambda arguments: function(*arguments))


@reads(re, conjugate)
def _real_part(reader: Reader, expression: Any) -> Value:
    return reader.read(expression.args[0]) if isinstance(expression.args[0], Symbol) else _function(reader, expression)


@reads(im)
def _imaginary_part(reader: Reader, expression: Any) -> Value:
    return ZERO if isinstance(expression.args[0], Symbol) else _function(reader, expression)


def is_readable(expression: Basic) -> bool:
    """Return whether an expression has no float, nan, complex infinity or imaginary unit, and is not infinite."""
    return not expression.has(Float, S.NaN, zoo, I) and expression not in (oo, -oo)
