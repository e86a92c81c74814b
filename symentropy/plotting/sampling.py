"""Values of an expression for pictures: floating-point numbers at exact places.

Main definitions
----------------
* `Question`, an expression with its hypotheses and the base of its logarithms, read from text or from SymPy.
* `interval`, where a symbol is drawn; `places`, exact points in it; `sampled`, the values there.

A picture needs no more than three digits, so the values are computed in floating point where the expression can be printed as code, and
taken from enclosures elsewhere. At the ends of an interval, where 0 log 0 may stand, a noun has its value by convention, and any other
expression that has none there is given that of a point next to the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Add, E, Eq, Expr, Ge, Gt, Le, Lt, Mul, Poly, Rational, Symbol, lambdify
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from symentropy.digits import evaluate
from symentropy.errors import DomainError, NoClosedForm, PrecisionError
from symentropy.logarithms import checked_base, natural_log
from symentropy.notation.claims import claim_between
from symentropy.plotting.canvas import mathematics, measured, readable
from symentropy.quantity import Quantity

#: Into how many parts a curve is divided, and each side of a map; fewer where each value is an enclosure.
CURVE, SLOW_CURVE, MAP, SLOW_MAP = 240, 48, 96, 24
#: Largest denominator of a place where the value is an enclosure.
SIMPLE = 200
#: Length of an interval that nothing bounds, and the most points of an integer.
LENGTH, INTEGERS = 5, 20
#: How far from the end of an interval a point next to it is, as a part of its length.
NEXT = Fraction(1, 10**9)
#: How far below zero floating point may take the difference of the two sides of a hypothesis that holds.
SLACK = 1e-9

NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be drawn: an expression in units of the base, its hypotheses, the base, and what to call it: text as it was given."""

    expression: Expr
    hypotheses: tuple[Boolean, ...]
    base: Expr
    name: str

    @classmethod
    def of(cls, expression: Any, given: Any = (), base: Any = E) -> Question:
        """Read an expression, given as text or SymPy, under what is given; quantities are in units of log base.

        >>> Question.of("h(p)", "p > 1/2", 2).hypotheses
        (1/2 < p, p < 1)
        """
        base = checked_base(base)
        if base.free_symbols:
            raise DomainError(f"the base of the logarithms is {base}: a picture needs a number")
        claim = claim_between(expression, "=", 0, given, base=base)
        if not isinstance(expression, str):
            return cls(claim.lhs / natural_log(base) if base != E else claim.lhs, claim.hypotheses, base, mathematics(claim.lhs))
        text = " ".join(expression.split()).replace("$", "")
        return cls(claim.lhs, claim.hypotheses, base, readable(text, text) if "\\" in text else text)

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The free symbols, by name."""
        return tuple(sorted(self.expression.free_symbols, key=str))

    @property
    def label(self) -> str:
        """The name of the expression, with its unit if it is a sum of numbers times quantities."""
        terms = Add.make_args(self.expression.expand(deep=False))
        if all(any(isinstance(factor, Quantity) for factor in Mul.make_args(term)) for term in terms):
            return measured(self.name, self.base)
        return self.name if self.base == E else f"{self.name}, with logarithms to base {self.base}"


def interval(symbol: Symbol, hypotheses: Iterable[Boolean] = ()) -> tuple[Fraction, Fraction]:
    """Return the ends of the interval in which a symbol is drawn: its bounds, else at most `LENGTH` beyond one or around 0.

    >>> from sympy.abc import p, mu
    >>> interval(p, [p > 0, p < 1]), interval(mu), interval(Symbol("s", positive=True), [])
    ((Fraction(0, 1), Fraction(1, 1)), (Fraction(-5, 1), Fraction(5, 1)), (Fraction(0, 1), Fraction(5, 1)))
    """
    lows: list[Fraction] = []
    highs: list[Fraction] = []
    for fact in hypotheses:
        if fact.free_symbols == {symbol} and isinstance(fact, (Lt, Le, Gt, Ge)):
            slope, rest = _linear(fact.gts - fact.lts, symbol)
            if slope:
                (lows if slope > 0 else highs).append(-rest / slope)
    if symbol.is_integer and symbol.is_positive:
        lows.append(Fraction(1))
    elif symbol.is_nonnegative:
        lows.append(Fraction(0))
    low, high = max(lows, default=None), min(highs, default=None)
    length = INTEGERS if symbol.is_integer else LENGTH
    if low is None:
        low = -Fraction(length) if high is None or high > -length else high - length
    if high is None:
        high = Fraction(length) if low < length else low + length
    if low >= high:
        raise DomainError(f"{symbol} has no room between {low} and {high}: widen it with --given or given=")
    return low, high


def _linear(expression: Expr, symbol: Symbol) -> tuple[Fraction, Fraction]:
    """Return the coefficients of a linear polynomial with rational coefficients, zeros for anything else."""
    if not expression.is_polynomial(symbol):
        return Fraction(0), Fraction(0)
    coefficients = Poly(expression, symbol).all_coeffs()
    if len(coefficients) != 2 or not all(c.is_number and c.is_comparable for c in coefficients):
        return Fraction(0), Fraction(0)
    slope, rest = (Fraction(int(c.p), int(c.q)) if c.is_Rational else Fraction(float(c)) for c in coefficients)
    return slope, rest


def middle(ends: tuple[Fraction, Fraction]) -> Fraction:
    """Return the middle of an interval."""
    return (ends[0] + ends[1]) / 2


def places(symbol: Symbol, ends: tuple[Fraction, Fraction], count: int, *, is_fast: bool = True) -> list[Fraction]:
    """Return exact points from one end to the other: integers for an integer, else ``count`` + 1, closer to each other near the ends.

    Where each value is an enclosure they have small denominators: exact powers of such numbers are computed there.

    >>> [str(place) for place in places(Symbol("p"), (Fraction(0), Fraction(1)), 4)]
    ['0', '5/32', '1/2', '27/32', '1']
    """
    low, high = ends
    if symbol.is_integer:
        numbers = range(-(-low.numerator // low.denominator), high.numerator // high.denominator + 1)
        return [Fraction(number) for number in numbers[: INTEGERS + 1]]
    parts = [Fraction(step, count) for step in range(count + 1)]
    found = [low + (high - low) * part**2 * (3 - 2 * part) for part in parts]
    return found if is_fast else list(dict.fromkeys(max(low, min(place.limit_denominator(SIMPLE), high)) for place in found))


def function(question: Question, symbols: Sequence[Symbol]) -> tuple[Callable[..., float], bool]:
    """Return the expression as a function of floating-point numbers or of exact ones, nan where it has no value, and whether it is fast."""
    try:
        code = lambdify(symbols, question.expression, "mpmath")
    except NoClosedForm:
        return _enclosed(question, symbols), False

    def compute(*point: Fraction) -> float:
        try:
            value = code(*map(float, point))
            return float(value) if getattr(value, "imag", 0) == 0 else NAN
        except (ArithmeticError, ValueError, TypeError):
            return NAN

    return compute, True


def _enclosed(question: Question, symbols: Sequence[Symbol]) -> Callable[..., float]:
    def compute(*point: Fraction) -> float:
        values = {symbol: Rational(place) for symbol, place in zip(symbols, point, strict=True)}
        try:
            return float(evaluate(question.expression.subs(values), 6))
        except (DomainError, PrecisionError, NoClosedForm):
            return NAN

    return compute


def sampled(
    question: Question, points: Iterable[tuple[Fraction, ...]], compute: Callable[..., float], centre: tuple[Fraction, ...]
) -> list[float]:
    """Return the values at points; where there is none, that at a point a little nearer to the centre; nan outside the hypotheses."""
    holds = _region(question)
    found = []
    for point in points:
        value = compute(*point) if holds(point) else NAN
        if value != value and holds(point):
            value = compute(*(x + (inner - x) * NEXT for x, inner in zip(point, centre, strict=True)))
        found.append(value)
    if not any(abs(value) < float("inf") for value in found):
        raise DomainError(f"{question.name} has no finite value where it would be drawn: give bounds of its symbols")
    return found


def _region(question: Question) -> Callable[[tuple[Fraction, ...]], bool]:
    """Return whether a point satisfies the hypotheses, with their boundary."""
    symbols = question.symbols
    differences = [
        lambdify(symbols, fact.gts - fact.lts, "mpmath")
        for fact in question.hypotheses
        if isinstance(fact, (Lt, Le, Gt, Ge)) and fact.free_symbols <= set(symbols)
    ]
    return lambda point: all(difference(*map(float, point)) >= -SLACK for difference in differences)


def ties(question: Question) -> list[Relational]:
    """Return the hypotheses that tie the symbols of the expression to each other."""
    return [fact for fact in question.hypotheses if isinstance(fact, Eq) and fact.free_symbols & set(question.symbols)]
