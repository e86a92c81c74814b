"""What the parameters of a generated function must satisfy, as Python conditions.

Main definitions: `Check`, and `checks`, those of hypotheses and of what symbols were declared with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sympy import And, Basic, Contains, Eq, Expr, Ge, Gt, Interval, Le, Lt, Not, Or, S, Symbol
from sympy.core.relational import Relational

from symentropy.code.functions import routines_of
from symentropy.code.printing import plain_number, python_text
from symentropy.conditions import conjuncts
from symentropy.errors import NoClosedForm
from symentropy.exact import shown

#: Sets of numbers -> the least number, or None.
_INTEGERS = {S.Naturals: 1, S.Naturals0: 0, S.Integers: None}


class Check(NamedTuple):
    """A condition as Python text, the parameters that it is about, and the same in words."""

    condition: str
    names: tuple[str, ...]
    words: str


def checks(facts: Iterable[Any], symbols: Sequence[Symbol], names: Mapping[Basic, Symbol]) -> list[Check]:
    """Return what is to be checked: for each symbol its range, then relations between symbols; ``names`` are the symbols in the text.

    >>> a, b = Symbol("a", positive=True), Symbol("b")
    >>> for check in checks([Lt(b, 1), Gt(a, b)], [a, b], {a: a, b: b}):
    ...     print(check)
    Check(condition='0 < a < math.inf', names=('a',), words='a > 0')
    Check(condition='-math.inf < b < 1', names=('b',), words='b < 1')
    Check(condition='a > b', names=('a', 'b'), words='a > b')
    """
    ranges = {symbol: _Range(symbol) for symbol in symbols}
    others = []
    for fact in facts:
        others += [_between(part, names) for part in conjuncts(fact) if not any(one.takes(part) for one in ranges.values())]
    return [check for symbol, one in ranges.items() for check in one.checks(names[symbol])] + others


class _Range:
    """The numbers that a symbol may be."""

    def __init__(self, symbol: Symbol) -> None:
        self.symbol = symbol
        self.low: tuple[Expr, bool] = (S.NegativeInfinity, True)
        self.high: tuple[Expr, bool] = (S.Infinity, True)
        self.is_integer = bool(symbol.is_integer)
        self.is_nonzero = bool(symbol.is_nonzero)
        if symbol.is_nonnegative:
            self.at_least(S.Zero, is_open=bool(symbol.is_positive))
        if symbol.is_nonpositive:
            self.at_most(S.Zero, is_open=bool(symbol.is_negative))

    def at_least(self, end: Expr, *, is_open: bool) -> None:
        if end > self.low[0] or (end == self.low[0] and is_open):
            self.low = (end, is_open)

    def at_most(self, end: Expr, *, is_open: bool) -> None:
        if end < self.high[0] or (end == self.high[0] and is_open):
            self.high = (end, is_open)

    def takes(self, fact: Any) -> bool:
        """Take a fact about the symbol alone, and say whether it is one."""
        if isinstance(fact, Contains) and fact.args[0] == self.symbol:
            return self._belongs(fact.args[1])
        if not isinstance(fact, (Lt, Le, Gt, Ge)) or self.symbol not in fact.args:
            return False
        other = fact.gts if fact.lts == self.symbol else fact.lts
        if not other.is_number:
            return False
        (self.at_most if fact.lts == self.symbol else self.at_least)(other, is_open=isinstance(fact, (Lt, Gt)))
        return True

    def _belongs(self, numbers: Basic) -> bool:
        if numbers in _INTEGERS:
            self.is_integer = True
            least = _INTEGERS[numbers]
            if least is not None:
                self.at_least(S(least), is_open=False)
        elif isinstance(numbers, Interval):
            self.at_least(numbers.start, is_open=bool(numbers.left_open))
            self.at_most(numbers.end, is_open=bool(numbers.right_open))
        return numbers in _INTEGERS or isinstance(numbers, Interval) or numbers == S.Reals

    def checks(self, name: Symbol) -> list[Check]:
        """Return what is to be checked of the parameter of this name."""
        signs = ["<" if is_open else "<=" for _, is_open in (self.low, self.high)]
        low, high = (_number(end) for end, _ in (self.low, self.high))
        words = [f"{self.low[0]} {signs[0]} {name}"] if self.low[0].is_finite else []
        words = [f"{words[0] if words else name} {signs[1]} {self.high[0]}"] if self.high[0].is_finite else words
        if len(words) == 1 and self.high[0].is_infinite:
            words = [f"{name} {'>' if self.low[1] else '>='} {self.low[0]}"]
        found = [Check(f"{low} {signs[0]} {name} {signs[1]} {high}", (str(name),), words[0] if words else f"{name} finite")]
        if self.is_integer:
            found.append(Check(f"{name} == int({name})", (str(name),), f"{name} an integer"))
        if self.is_nonzero and self.low[0] < 0 < self.high[0]:
            found.append(Check(f"{name} != 0", (str(name),), f"{name} != 0"))
        return found


def _number(end: Expr) -> str:
    if end.is_infinite:
        return "math.inf" if end > 0 else "-math.inf"
    return plain_number(end)


def _between(fact: Any, names: Mapping[Basic, Symbol]) -> Check:
    symbols = sorted((names[s] for s in fact.free_symbols if s in names), key=str)
    text = condition_text(fact.xreplace(names))
    return Check(text, tuple(map(str, symbols)), shown(fact.xreplace(names)))


def condition_text(condition: Any) -> str:
    """Return a condition on parameters as Python text; a sum that must be a number is compared to within rounding.

    >>> from sympy import Ne
    >>> from sympy.abc import a, b
    >>> condition_text(And(Ne(a, 0), a < b)), condition_text(Eq(a + b, 1))
    ('(a != 0) and (a < b)', 'math.isclose(a + b, 1, rel_tol=1e-9)')
    """
    if isinstance(condition, (And, Or)):
        word = " and " if isinstance(condition, And) else " or "
        return word.join(f"({condition_text(part)})" for part in sorted(condition.args, key=str))
    if isinstance(condition, Not):
        return f"not ({condition_text(condition.args[0])})"
    if not isinstance(condition, Relational) or routines_of(condition):
        raise NoClosedForm(f"no Python condition says {shown(condition)}")
    left, right = (plain_number(side) if side.is_number else python_text(side) for side in condition.args)
    if isinstance(condition, Eq) and not all(side.is_Symbol or side.is_number for side in condition.args):
        return f"math.isclose({left}, {right}, rel_tol=1e-9)"
    return f"{left} {condition.rel_op} {right}"
