"""Hypotheses as a person writes them: 0 < p < 1, n a positive integer, p[1], ..., p[n] > 0.

Main definitions
----------------
* `conditions`, the sentences for hypotheses and for what the symbols were declared with.
* `each`, a relation for each index, with an index that reads well.

Main statements
---------------
Every hypothesis is in what is written. Bounds of the same expression are written as one, and so are expressions with the same bound; what a
hypothesis says already is not said again for a symbol's declaration. That a symbol is real goes without saying.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from sympy import Basic, Contains, Expr, Ge, Gt, Indexed, IndexedBase, Interval, Le, Lt, S, Symbol, Tuple
from sympy.core.function import AppliedUndef
from sympy.core.relational import Relational

from symentropy.law import fresh
from symentropy.layout import SHOWN
from symentropy.proof.writing.style import Math, Style

#: Sets -> what one and what several of their elements are called.
_KINDS = {
    S.Naturals: ("a positive integer", "positive integers"),
    S.Naturals0: ("a non-negative integer", "non-negative integers"),
    S.Integers: ("an integer", "integers"),
    S.Rationals: ("a rational number", "rational numbers"),
    S.Reals: ("a real number", "real numbers"),
}
#: Declarations of a symbol that say more than its sign, the strongest first -> the same.
_DECLARED_KINDS = {
    "prime": ("a prime number", "prime numbers"),
    "even": ("an even integer", "even integers"),
    "odd": ("an odd integer", "odd integers"),
    "integer": _KINDS[S.Integers],
    "rational": _KINDS[S.Rationals],
    "irrational": ("an irrational number", "irrational numbers"),
}
#: Declarations of a sign, the strongest first -> the relation to 0.
_DECLARED_SIGNS = {"positive": ">", "negative": "<", "nonnegative": ">=", "nonpositive": "<=", "nonzero": "!="}
#: Declarations of integers with a sign.
_SIGNED_INTEGERS = {
    ">": _KINDS[S.Naturals],
    ">=": _KINDS[S.Naturals0],
    "<": ("a negative integer", "negative integers"),
    "<=": ("an integer <= 0", "integers <= 0"),
    "!=": ("an integer other than 0", "integers other than 0"),
}
_MIRRORED = {">": "<", ">=": "<="}


class Bound(NamedTuple):
    """One side of a range: an expression, a relation sign, and a number."""

    subject: Any
    sign: str
    value: Expr

    @property
    def is_lower(self) -> bool:
        """Whether the expression is the greater side."""
        return self.sign.startswith(">")


def conditions(facts: Iterable[Any], symbols: Iterable[Basic], style: Style, used: Collection[str] = ()) -> list[list[str]]:
    """Return a list of sentences for hypotheses and for the declarations of symbols; ``used`` are names that no index may have.

    >>> from symentropy.proof.writing.style import TEXT
    >>> p, x = Symbol("p"), Symbol("x", positive=True)
    >>> [TEXT.sentence(item) for item in conditions([Lt(0, p), Lt(p, 1), Le(x, 1)], [p, x], TEXT)]
    ['0 < p < 1', '0 < x <= 1']
    >>> conditions([], [p], TEXT)
    []
    """
    symbols = list(symbols)
    found = _Sorted(style)
    found.labels |= {symbol.base.label for symbol in symbols if isinstance(symbol, Indexed)}
    for fact in found.without_indices(list(facts)):
        found.add(fact, used)
    for symbol in sorted((s for s in symbols if isinstance(s, Symbol)), key=lambda s: s.name):
        found.declare(symbol)
    return [*found.kinds(), *found.ranges(), *found.others]


def each(fact: Any, style: Style, used: Collection[str] = ()) -> list[str]:
    """Return a relation for each index, or for each number of an interval, as a sentence; its indices read well and clash with nothing."""
    relation, limits = named(fact, used)
    ranges: list[str] = []
    for limit in limits:
        ranges += [", ", *_range(limit, style)]
    return [style.fact(relation), " for ", *ranges[1:]]


def named(fact: Any, used: Collection[str] = ()) -> tuple[Any, list[Tuple]]:
    """Return the relation and the limits of a statement for each index, with ordinary symbols in place of the private ones."""
    names = {symbol.name for symbol in fact.free_symbols if isinstance(symbol, Symbol)} | set(used)
    names |= {str(function.func) for function in fact.atoms(AppliedUndef)}
    ordinary: dict[Symbol, Symbol] = {}
    for variable in fact.variables:
        (ordinary[variable],) = fresh([variable], names)
        names.add(ordinary[variable].name)
    return _renamed(fact.relation, ordinary), [limit.xreplace(ordinary) for limit in fact.limits]


def _renamed(relation: Any, names: Mapping[Symbol, Symbol]) -> Any:
    """Return a relation with other symbols, which SymPy must not evaluate: 0 < p[i] for a positive p is still to be written."""
    if not isinstance(relation, Relational):
        return relation.xreplace(names)
    return relation.func(*(side.xreplace(names) for side in relation.args), evaluate=False)


def _range(limit: Sequence[Any], style: Style) -> list[str]:
    """Return the range of a bound variable: i = 1, ..., n, or 0 < x < 1."""
    variable, *ends = limit
    if len(ends) == 2:
        return [Math(f"{style.math(variable)} = {style.math(ends[0])}, {style.dots}, {style.math(ends[1])}")]
    bounds = _bounds_in(variable, ends[0])
    if ends[0] == S.Reals:
        return ["all real ", Math(style.math(variable))]
    if bounds:
        return [_written_range(style.math(variable), bounds, style)]
    return [Math(f"{style.math(variable)} {style.member} {style.math(ends[0])}")]


def bound_of(fact: Any) -> Bound | None:
    """Return the bound that a relation between an expression and a number is, None for any other.

    >>> from sympy.abc import x, y
    >>> bound_of(Lt(0, x)), bound_of(Lt(x, y))
    (Bound(subject=x, sign='>', value=0), None)
    """
    if not isinstance(fact, (Lt, Le, Gt, Ge)) or fact.lts.is_number == fact.gts.is_number:
        return None
    is_strict = isinstance(fact, (Lt, Gt))
    if fact.lts.is_number:
        return Bound(fact.gts, ">" if is_strict else ">=", fact.lts)
    return Bound(fact.lts, "<" if is_strict else "<=", fact.gts)


def _bounds_in(subject: Any, numbers: Basic) -> list[Bound]:
    """Return the bounds that membership of an interval means; none for all real numbers and for any other set."""
    if not isinstance(numbers, Interval):
        return []
    ends = ((numbers.start, ">", numbers.left_open), (numbers.end, "<", numbers.right_open))
    return [Bound(subject, sign if is_open else sign + "=", end) for end, sign, is_open in ends if not end.is_infinite]


def _written_range(subject: str, bounds: Sequence[Bound], style: Style) -> Math:
    """Return one or two bounds of an expression as one formula: x > 0, or 0 < x < 1."""
    if len(bounds) == 1:
        return Math(f"{subject} {style.signs[bounds[0].sign]} {style.math(bounds[0].value)}")
    low, high = bounds
    return Math(f"{style.math(low.value)} {style.signs[_MIRRORED[low.sign]]} {subject} {style.signs[high.sign]} {style.math(high.value)}")


class _Sorted:
    """Hypotheses, sorted into ranges, kinds of numbers, and others."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.bounds: dict[Any, list[Bound]] = {}
        self.names: dict[Any, str] = {}
        self.called: dict[Any, tuple[str, str]] = {}
        self.others: list[list[str]] = []
        self.labels: set[Basic] = set()
        self.ranged: set[Basic] = set()

    def without_indices(self, facts: list[Any]) -> list[Any]:
        """Take 1 <= i and i <= n for an integer i as i = 1, ..., n, and return the other hypotheses."""
        at_most = [fact for fact in facts if isinstance(fact, (Le, Ge))]
        for below, above in product(at_most, at_most):
            index = below.gts
            if index != above.lts or index in self.ranged or not (isinstance(index, Symbol) and index.is_integer):
                continue
            if below in facts and above in facts and not (below.lts.has(index) or above.gts.has(index)):
                facts = [fact for fact in facts if fact not in (below, above)]
                self.others.append(_range((index, below.lts, above.gts), self.style))
                self.ranged.add(index)
        return facts

    def add(self, fact: Any, used: Collection[str]) -> None:
        """Take a hypothesis."""
        self.labels |= {base.label for base in fact.atoms(IndexedBase)}
        bound = bound_of(fact) if isinstance(fact, Relational) else None
        if bound is not None:
            self._bind(bound, self.style.math(bound.subject))
        elif isinstance(fact, Contains):
            self._contain(*fact.args)
        elif hasattr(fact, "limits"):
            self._for_each(fact, used)
        else:
            self.others.append([self.style.fact(fact)])

    def declare(self, symbol: Symbol) -> None:
        """Take what a symbol was declared with, unless a hypothesis says it."""
        if symbol in self.called or symbol in self.ranged:
            return
        sign = next((sign for name, sign in _DECLARED_SIGNS.items() if getattr(symbol, f"is_{name}")), None)
        kind = next((kind for name, kind in _DECLARED_KINDS.items() if getattr(symbol, f"is_{name}")), None)
        bounds = self.bounds.get(symbol, [])
        if symbol in self.labels:
            if sign and not any(isinstance(subject, Tuple) and subject[0].label == symbol for subject in self.bounds):
                self.others.append([Math(self.style.math(symbol)), " with entries ", Math(f"{self.style.signs[sign]} 0")])
            return
        if kind is _DECLARED_KINDS["prime"]:
            sign = None
        elif kind is _DECLARED_KINDS["integer"] and sign and not bounds:
            kind, sign = _SIGNED_INTEGERS[sign], None
        if kind:
            self.called[symbol] = kind
        if sign == "!=":
            self.others.append([self.style.relation(symbol, sign, S.Zero)])
        elif sign and not any(_implies(bound, sign) for bound in bounds):
            self._bind(Bound(symbol, sign, S.Zero), self.style.math(symbol))

    def _bind(self, bound: Bound, name: str) -> None:
        self.names[bound.subject] = name
        known = self.bounds.setdefault(bound.subject, [])
        if bound not in known:
            known.append(bound)

    def _contain(self, subject: Any, numbers: Basic) -> None:
        bounds = _bounds_in(subject, numbers)
        for bound in bounds:
            self._bind(bound, self.style.math(subject))
        if numbers in _KINDS and subject not in self.called:
            self.called[subject] = _KINDS[numbers]
        elif not bounds:
            self.others.append([Math(f"{self.style.math(subject)} {self.style.member} {self.style.math(numbers)}")])

    def _for_each(self, fact: Any, used: Collection[str]) -> None:
        """Take p[i] > 0 for each i as p[1], ..., p[n] > 0, and any other relation for each index as it is."""
        relation, limits = named(fact, used)
        bound, limit = bound_of(relation), limits[0]
        is_entry = bound is not None and isinstance(bound.subject, Indexed) and tuple(bound.subject.indices) == (limit[0],)
        if bound is None or not is_entry or len(limits) > 1 or len(limit) != 3:
            self.others.append(each(fact, self.style, used))
            return
        first, last = (self.style.math(bound.subject.base[end]) for end in limit[1:])
        place = Tuple(bound.subject.base, *limit[1:])
        self._bind(bound._replace(subject=place), f"{first}, {self.style.dots}, {last}")

    def kinds(self) -> list[list[str]]:
        """Return sentences such as: m, n positive integers."""
        alike: dict[tuple[str, str], list[str]] = {}
        for subject, words in self.called.items():
            alike.setdefault(words, []).append(self.style.math(subject))
        return [[Math(", ".join(_few(names, self.style))), f" {words[len(names) > 1]}"] for words, names in alike.items()]

    def ranges(self) -> list[list[str]]:
        """Return formulas such as 0 < p < 1; expressions with the same single bound stand in one."""
        alike: dict[Any, list[str]] = {}
        written: dict[Any, Bound] = {}
        found: dict[Any, Math] = {}
        for subject, bounds in self.bounds.items():
            lower, upper = ([bound for bound in bounds if bound.is_lower is side] for side in (True, False))
            if lower and upper:
                pair = [lower.pop(0), upper.pop(0)]
                found[subject] = _written_range(self.names[subject], pair, self.style)
            for bound in (*lower, *upper):
                key = (bound.sign, bound.value)
                alike.setdefault(key, []).append(self.names[subject])
                written[key] = bound
                found[key] = _written_range(", ".join(_few(alike[key], self.style)), [bound], self.style)
        return [[formula] for formula in found.values()]


def _few(names: Sequence[str], style: Style) -> Sequence[str]:
    """Return names, of a long list only the first and the last."""
    return names if len(names) <= SHOWN else (*names[:2], style.dots, names[-1])


def _implies(bound: Bound, sign: str) -> bool:
    """Whether a bound says that its expression has a sign."""
    if bound.is_lower != sign.startswith(">") or not bound.value.is_Rational:
        return False
    value = bound.value if bound.is_lower else -bound.value
    return bool(value > 0 or (value == 0 and (bound.sign in ("<", ">") or sign in ("<=", ">="))))
