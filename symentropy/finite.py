"""Finite probability mass functions.

Main definitions
----------------
* `Finite`, the package's one distribution class: explicit probabilities, exact integer weights, or an indexed pmf
  p[1], ..., p[n] of symbolic size.
* `Weights`, the exact integers that stand for a pmf with rational probabilities; a million of them cost no SymPy object each.

Main statements
---------------
A `Finite` is never renormalised. What must hold for it to be a pmf and cannot be computed (0 < p < 1, p_1 + p_2 + p_3 = 1)
is listed by `Finite.hypotheses`; what cannot hold raises `DomainError`.

Left out on purpose: countable and continuous distributions, which are those of ``sympy.stats`` (see `symentropy.distribution`).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple, cast

from sympy import (
    Add,
    Basic,
    Contains,
    Dummy,
    Eq,
    Expr,
    IndexedBase,
    Integer,
    Lambda,
    LessThan,
    MatrixBase,
    Pow,
    Range,
    Rational,
    S,
    StrictLessThan,
    Sum,
    Symbol,
    Tuple,
    cancel,
    expand,
    radsimp,
)
from sympy.core.relational import Relational
from sympy.core.symbol import Str

from symentropy.errors import DomainError
from symentropy.evaluation.approximate import sign
from symentropy.exact import exact, shorten, shown, without_floats
from symentropy.law import bound_symbol, fresh
from symentropy.linear import affine, feasible

#: An indexed pmf of explicit size is written out up to this size, and stays indexed above it.
MAX_EXPLICIT = 1_000_000
#: Symbolic sums with more operations than this are compared with 1 by expansion only, not by cancelling fractions.
MAX_CANCEL_OPERATIONS = 2000
#: Entries of a pmf that are printed; a longer one ends in dots and its size.
SHOWN = 12
#: The index of every indexed pmf, inside it.
_INDEX = bound_symbol("i", integer=True)


class Weights(Basic):
    """Non-negative integers without a common factor: the probabilities of a rational pmf times their common denominator.

    ``values`` are the integers in order, ``total`` their sum and ``groups`` how often each non-zero value occurs.
    It is a leaf of SymPy's expression trees.
    """

    is_Atom = True
    __slots__ = ("groups", "total", "values")

    values: tuple[int, ...]
    total: int
    groups: Counter[int]

    def __new__(cls, values: Sequence[int]) -> Weights:
        """Reduce integers, some of which may be zero, to lowest terms."""
        groups = Counter(values)
        divisor = math.gcd(*groups)
        if divisor > 1:
            values = [value // divisor for value in values]
            groups = Counter({value // divisor: count for value, count in groups.items()})
        del groups[0]  # Counter allows it when there is none
        made = cast("Weights", Basic.__new__(cls))
        made.values = tuple(values)
        made.total = sum(value * count for value, count in groups.items())
        made.groups = groups
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (self.values,)

    def __getstate__(self) -> None:
        return None

    def _hashable_content(self) -> tuple[Any, ...]:
        return (self.values,)

    def _sympystr(self, printer: Any) -> str:  # noqa: ARG002
        head = ", ".join(map(shown, self.values[:SHOWN]))
        return f"Weights([{head}, ... {len(self.values)} in all])" if len(self.values) > SHOWN else f"Weights([{head}])"

    def _sympyrepr(self, printer: Any) -> str:  # noqa: ARG002
        return f"Weights({list(self.values)})"

    @property
    def rationals(self) -> tuple[Rational, ...]:
        """The probabilities."""
        made = {value: Rational(value, self.total) for value in (*self.groups, 0)}
        return tuple(made[value] for value in self.values)


class Finite(Basic):
    r"""A probability mass function on finitely many outcomes.

    .. math:: p_s \ge 0, \qquad \sum_s p_s = 1

    Parameters
    ----------
    probabilities
        A list, tuple, or row or column ``Matrix`` of probabilities, one an outcome; a dict ``{outcome: probability}``;
        or ``Lambda(i, p_i)`` with the size in place of the outcomes, for the pmf p_1, ..., p_n of symbolic size n.
        Each is an int, a fraction, a SymPy expression or the text of an exact number such as ``'1/3'`` or ``'0.25'``.
    outcomes
        Names of the outcomes, in order: text, numbers, symbols or tuples of them. Without names the outcomes are 0, ..., n - 1.

    Raises
    ------
    TypeError
        For a binary float; the message has the exact value to write.
    DomainError
        For a number outside [0, 1], probabilities that cannot sum to 1, a repeated outcome, or an empty pmf.
        Nothing is ever renormalised.

    Examples
    --------
    >>> from sympy.abc import p, a, b
    >>> P = Finite([p, 1 - p])
    >>> P.probabilities, P.outcomes, P.size, P.hypotheses
    ((p, 1 - p), (0, 1), 2, (0 < p, p < 1))
    >>> Finite({'heads': '1/2', 'tails': '1/2'}).outcomes
    ('heads', 'tails')

    A sum that is 1 only under a condition keeps it as a hypothesis; one that cannot be 1 is an error:

    >>> Finite([a, b]).hypotheses
    (0 < a, 0 < b, Eq(a + b, 1))
    >>> Finite(['1/2', '1/3'])
    Traceback (most recent call last):
    ...
    symentropy.errors.DomainError: the probabilities sum to 5/6, not 1

    References
    ----------
    T. M. Cover, J. A. Thomas, Elements of Information Theory, 2nd ed., Wiley 2006, section 2.1.
    """

    __slots__ = ()

    def __new__(cls, probabilities: Any, outcomes: Any = None) -> Finite:
        if isinstance(probabilities, Finite):
            probabilities = probabilities.args[0] if outcomes is not None else probabilities
            if outcomes is None:
                return cast("Finite", probabilities)
        if isinstance(probabilities, Lambda):
            return cls._indexed(probabilities, outcomes)
        if isinstance(probabilities, Weights):
            return cls._made(probabilities, _labels(outcomes, len(probabilities.values)))
        entries, outcomes = _entries(probabilities, outcomes)
        labels = _labels(outcomes, len(entries))
        names = [f"the probability of {_plain(label)!r}" for label in labels] if labels else None
        values = [exact(entry, names[k] if names else f"probability {k}") for k, entry in enumerate(entries)]
        if not values:
            raise DomainError("a pmf needs at least one outcome: the list of probabilities is empty")
        if all(value.is_Rational for value in values):
            return cls._made(_rational_weights(values, names), labels)
        _check_symbolic(values, names, strict=not isinstance(probabilities, Tuple))  # SymPy rebuilds from a Tuple
        return cls._made(Tuple(*values), labels)

    @classmethod
    def _made(cls, probabilities: Basic, labels: Tuple | None) -> Finite:
        return cast("Finite", Basic.__new__(cls, probabilities, *(() if labels is None else (labels,))))

    @classmethod
    def _indexed(cls, pmf: Lambda, size: Any) -> Finite:
        if len(pmf.variables) != 1:
            raise DomainError(f"an indexed pmf has one index: {shown(pmf)} has {len(pmf.variables)}")
        if size is None or isinstance(size, (list, tuple, Tuple)):
            raise DomainError(f"an indexed pmf needs its size: Finite({shown(pmf)}, n)")
        size = _checked_size(size)
        if size.is_Integer and size <= MAX_EXPLICIT:
            return cls([pmf(k) for k in range(1, int(size) + 1)])
        pmf = Lambda(_INDEX, without_floats(pmf, "the pmf")(_INDEX))
        total = _indexed_total(pmf, size)
        if total is not None and total != 1:
            raise DomainError(f"the probabilities sum to {shown(total)}, not 1")
        return cls._made(pmf, size)

    @classmethod
    def symbols(cls, name: str, size: Any) -> Finite:
        """Return the pmf of positive symbols name_1, ..., name_n that sum to 1, or name[1], ..., name[n] for a symbolic n.

        >>> P = Finite.symbols('p', 3)
        >>> P.probabilities, P.hypotheses
        ((p_1, p_2, p_3), (0 < p_1, 0 < p_2, 0 < p_3, Eq(p_1 + p_2 + p_3, 1)))
        >>> n = Symbol('n', integer=True, positive=True)
        >>> Finite.symbols('p', n).hypotheses
        (0 < p[i], Eq(Sum(p[i], (i, 1, n)), 1))
        """
        if not isinstance(name, str) or not name:
            raise DomainError(f"the name of the symbols is {shorten(repr(name))}, not text such as 'p'")
        size = _checked_size(size)
        if size.is_Integer:
            if size > MAX_EXPLICIT:
                raise DomainError(f"{shown(size)} symbols are too many: at most {MAX_EXPLICIT}")
            made = [Symbol(f"{name}_{k}", positive=True) for k in range(1, int(size) + 1)]
            return cls._made(Tuple(*made), None) if size > 1 else cls(made)
        return cls._made(Lambda(_INDEX, IndexedBase(name, positive=True)[_INDEX]), size)

    @classmethod
    def uniform(cls, size: Any) -> Finite:
        """Return the uniform pmf 1/n on n outcomes, for an integer or symbolic n.

        >>> Finite.uniform(4).probabilities
        (1/4, 1/4, 1/4, 1/4)
        >>> Finite.uniform(1).probabilities
        (1,)
        """
        size = _checked_size(size)
        if size.is_Integer and size <= MAX_EXPLICIT:
            return cls._made(Weights([1] * int(size)), None)
        return cls._made(Lambda(_INDEX, 1 / size), size)

    @classmethod
    def from_weights(cls, weights: Any, outcomes: Any = None) -> Finite:
        """Return the pmf proportional to positive integers or rationals, normalised exactly.

        ``weights`` is a list, or a dict ``{outcome: weight}``. A million integers take about as long as counting them.

        Raises `DomainError` for a weight that is not positive (leave such an outcome out), ``TypeError`` for a float.

        >>> Finite.from_weights([3, 1, 4, 1, 5]).probabilities
        (3/14, 1/14, 2/7, 1/14, 5/14)
        >>> Finite.from_weights([1, 0])
        Traceback (most recent call last):
        ...
        symentropy.errors.DomainError: weight 1 is 0, not a positive number: leave the outcome out
        """
        entries, outcomes = _entries(weights, outcomes)
        if not entries:
            raise DomainError("a pmf needs at least one outcome: the list of weights is empty")
        if set(map(type, entries)) != {int}:  # the fast path needs no look at each of a million integers
            rationals = [exact(entry, f"weight {k}") for k, entry in enumerate(entries)]
            unknown = next((k for k, value in enumerate(rationals) if not value.is_Rational), None)
            if unknown is not None:
                raise DomainError(
                    f"weight {unknown} is {shown(rationals[unknown])}, not a rational number: "
                    "for symbolic weights write the probabilities, Finite([a/(a + b), b/(a + b)])"
                )
            entries = _over_common_denominator(rationals)[0]
        made = Weights(entries)
        if min(made.groups, default=0) <= 0 or sum(made.groups.values()) < len(entries):
            wrong = next(k for k, value in enumerate(entries) if value <= 0)
            given = list(weights.values() if isinstance(weights, Mapping) else weights)[wrong]
            raise DomainError(f"weight {wrong} is {shown(given)}, not a positive number: leave the outcome out")
        return cls._made(made, _labels(outcomes, len(entries)))

    @property
    def is_indexed(self) -> bool:
        """Whether this is a pmf p[1], ..., p[n] with the size n kept as an expression."""
        return isinstance(self.args[0], Lambda)

    @property
    def weights(self) -> Weights | None:
        """The integer weights of a pmf whose probabilities are all rational, else None."""
        return self.args[0] if isinstance(self.args[0], Weights) else None

    @property
    def probabilities(self) -> Tuple | Lambda:
        """The probabilities in order; for an indexed pmf the function i -> p[i] on 1, ..., n."""
        entries = self.args[0]
        if isinstance(entries, Lambda):
            used = {symbol.name for symbol in self.free_symbols if isinstance(symbol, Symbol)}
            (index,) = fresh(entries.variables, used)
            return Lambda(index, entries(index))
        return Tuple(*entries.rationals) if isinstance(entries, Weights) else entries

    @property
    def is_named(self) -> bool:
        """Whether the outcomes were given names."""
        return len(self.args) == 2 and not self.is_indexed

    @property
    def outcomes(self) -> Any:
        """The outcomes in order: a tuple of the names or of 0, ..., n - 1; for an indexed pmf ``Range(n)``.

        >>> Finite(['1/3', '2/3']).outcomes, Finite({('a', 1): 1}).outcomes
        ((0, 1), (('a', 1),))
        """
        if self.is_indexed:
            return Range(self.size)
        return tuple(map(_plain, self.args[1])) if self.is_named else tuple(map(Integer, range(int(self.size))))

    @property
    def size(self) -> Expr:
        """The number of outcomes."""
        if self.is_indexed:
            return self.args[1]
        entries = self.args[0]
        return Integer(len(entries.values if isinstance(entries, Weights) else entries))

    @property
    def hypotheses(self) -> tuple[Basic, ...]:
        """What this pmf takes for granted, as relations: each symbolic probability is positive, and the sum is 1.

        With two or more outcomes that puts each of them in (0, 1). What is true by computation is not listed; in an indexed pmf the
        index ranges over 1, ..., n. At the boundary, where a substitution leaves no positive values, they are non-negative.

        >>> Finite(['1/2', '1/2']).hypotheses
        ()
        """
        entries = self.probabilities
        if self.weights:
            return ()
        if isinstance(entries, Lambda):
            index, size = entries.variables[0], self.size
            found: list[Any] = []
            if entries.expr.has(index):
                found.append(_bound_below(entries.expr, strict=is_positive_pmf(entries)))
            if (condition := Contains(size, S.Naturals)) != S.true:
                found.append(condition)
            if _indexed_total(entries, size) is None:
                found.append(Eq(Sum(entries.expr, (index, 1, size)), 1, evaluate=False))
            return tuple(found)
        symbolic = [entry for entry in entries if not entry.is_number]
        excess = _minus_one(Add(*entries))
        strict = feasible(symbolic, [excess])
        found = list(dict.fromkeys(_bound_below(entry, strict=strict) for entry in symbolic))
        return tuple(found if excess == 0 else [*found, Eq(Add(*entries), 1, evaluate=False)])

    def probability(self, outcome: Any) -> Expr:
        """Return the probability of an outcome, 0 if this pmf does not have it.

        >>> Finite({'heads': '1/3', 'tails': '2/3'}).probability('tails'), Finite(['1/3', '2/3']).probability(7)
        (2/3, 0)
        """
        if self.is_indexed:
            return self.args[0](exact(outcome, "the outcome") + 1)
        return self.by_outcome().get(_label(outcome), S.Zero)

    def by_outcome(self) -> dict[Basic, Expr]:
        """Return ``{label: probability}`` for explicit outcomes; labels are SymPy objects, the same for ``'H'`` and ``Symbol('H')``."""
        labels = self.args[1] if self.is_named else map(Integer, range(int(self.size)))
        return dict(zip(labels, self.probabilities, strict=True))

    @property
    def free_symbols(self) -> set[Basic]:
        """The symbols of the probabilities, without the index of an indexed pmf and without the names of outcomes."""
        if isinstance(self.args[0], Lambda):
            index = self.args[0].variables[0]
            return {s for s in self.args[0].free_symbols | self.size.free_symbols if index not in s.free_symbols}
        return self.args[0].free_symbols

    def doit(self, **_hints: Any) -> Finite:
        """Return the pmf itself; a pmf has nothing to evaluate."""
        return self

    def _sympystr(self, printer: Any) -> str:
        if self.is_indexed:
            return f"Finite({printer._print(self.probabilities)}, {printer._print(self.size)})"
        return f"Finite({compact(self, printer._print)})"

    def _sympyrepr(self, printer: Any) -> str:
        entries = self.args[0]
        if isinstance(entries, Weights):
            labels = f", {printer._print(self.args[1])}" if self.is_named else ""
            return f"Finite.from_weights({list(entries.values)}{labels})" if 0 not in entries.values else f"Finite({entries}{labels})"
        return f"Finite({', '.join(map(printer._print, self.args))})"

    def _latex(self, printer: Any) -> str:
        return compact(self, printer._print, LATEX)


class Layout(NamedTuple):
    """How a list of probabilities is written: its brackets, the dots of a long one, plain words, and outcomes that are text."""

    brackets: tuple[str, str]
    braces: tuple[str, str]
    dots: str
    words: Callable[[str], str]


TEXT = Layout(("[", "]"), ("{", "}"), "...", str)
LATEX = Layout((r"\left[", r"\right]"), (r"\left\{", r"\right\}"), r"\ldots", lambda text: rf"\text{{{_escaped(text)}}}")


def compact(pmf: Finite, text: Callable[[Any], str], layout: Layout = TEXT) -> str:
    """Return the probabilities as a person would list them, with ``text`` to print an expression; long lists are shortened."""
    if isinstance(pmf.args[0], Lambda):
        function = pmf.args[0]
        parts = [text(function(1)), layout.dots, text(function(pmf.size))]
        return layout.brackets[0] + ", ".join(parts) + layout.brackets[1]
    size = int(pmf.size)
    entries = pmf.args[0]
    head = entries.values[:SHOWN] if isinstance(entries, Weights) else entries[:SHOWN]
    parts = [text(Rational(entry, entries.total) if isinstance(entries, Weights) else entry) for entry in head]
    if pmf.is_named:
        names = [layout.words(label.name) if isinstance(label, Str) else text(label) for label in pmf.args[1][:SHOWN]]
        parts = [f"{name}: {part}" for name, part in zip(names, parts, strict=True)]
    if size > SHOWN:
        parts.append(layout.dots + layout.words(f" {size} in all"))
    opening, closing = layout.braces if pmf.is_named else layout.brackets
    return f"{opening}{', '.join(parts)}{closing}"


def _escaped(text: str) -> str:
    """Return text with the characters that LaTeX gives a meaning to escaped."""
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(special.get(letter, "\\" + letter if letter in "#$%&_{}" else letter) for letter in text)


def _entries(probabilities: Any, outcomes: Any) -> tuple[list[Any], Any]:
    """Return the entries of a list, vector or dict, and the outcomes."""
    if isinstance(probabilities, Mapping):
        if outcomes is not None:
            raise DomainError("a dict already names its outcomes: give no second list of them")
        return list(probabilities.values()), list(probabilities)
    if isinstance(probabilities, MatrixBase):
        if 1 not in probabilities.shape:
            rows, columns = probabilities.shape
            raise DomainError(f"a {rows} x {columns} matrix is not a pmf: give one row or one column")
        return list(probabilities), outcomes
    if isinstance(probabilities, (list, tuple, Tuple, range)):
        return list(probabilities), outcomes
    if hasattr(probabilities, "tolist"):  # NumPy and SymPy arrays
        return _entries(probabilities.tolist(), outcomes)
    raise DomainError(
        f"{shorten(repr(probabilities))} is not a list of probabilities: "
        "give a list, tuple, row or column Matrix, or a dict {outcome: probability}"
    )


def _labels(outcomes: Any, size: int) -> Tuple | None:
    if outcomes is None:
        return None
    if isinstance(outcomes, (str, set, frozenset)) or not isinstance(outcomes, Iterable):
        raise DomainError(f"the outcomes are {shorten(repr(outcomes))}: give a list of names, one for each probability")
    labels = [_label(outcome) for outcome in outcomes]
    if len(labels) != size:
        raise DomainError(f"{size} probabilities but {len(labels)} outcomes: give one name for each probability")
    repeated = next((label for label, count in Counter(labels).items() if count > 1), None)
    if repeated is not None:
        raise DomainError(f"the outcome {_plain(repeated)!r} is repeated: each outcome has one probability")
    return Tuple(*labels)


def _label(outcome: Any) -> Basic:
    """Return the SymPy atom, number or tuple that stands for an outcome; text and a symbol of the same name are one outcome."""
    if isinstance(outcome, (str, Symbol)):
        return Str(str(outcome))
    if isinstance(outcome, (tuple, Tuple)):
        return Tuple(*map(_label, outcome))
    if isinstance(outcome, (bool, Str)) or outcome in (S.true, S.false):
        return outcome if isinstance(outcome, Str) else S(bool(outcome))
    if isinstance(outcome, Basic) and not isinstance(outcome, Expr):
        return outcome
    try:
        return exact(outcome, f"the outcome {outcome!r}")
    except DomainError:
        raise DomainError(f"the outcome {shorten(repr(outcome))} is not text, a number, a symbol or a tuple of these") from None


def _plain(label: Basic) -> Any:
    """Return an outcome as the user would write it."""
    if isinstance(label, Str):
        return label.name
    return tuple(map(_plain, label)) if isinstance(label, Tuple) else label


def _checked_size(size: Any) -> Expr:
    size = exact(size, "the size")
    if size.is_integer is False or size.is_positive is False or (size.is_number and not size.is_Integer):
        raise DomainError(f"the size is {shown(size)}: give a positive integer or a symbol")
    return size


def _over_common_denominator(values: Sequence[Rational]) -> tuple[list[int], int]:
    """Return integers and the denominator they share."""
    denominator = reduce(math.lcm, {int(value.q) for value in values}, 1)
    return [int(value.p) * (denominator // int(value.q)) for value in values], denominator


def _named(k: int, names: list[str] | None) -> str:
    return names[k] if names else f"probability {k}"


def _rational_weights(values: Sequence[Rational], names: list[str] | None) -> Weights:
    for k, value in enumerate(values):
        if not 0 <= value.p <= value.q:
            raise DomainError(f"{_named(k, names)} is {shown(value)}, outside [0, 1]")
    weights, denominator = _over_common_denominator(values)
    if sum(weights) != denominator:
        raise DomainError(f"the probabilities sum to {shown(Rational(sum(weights), denominator))}, not 1")
    return Weights(weights)


def _check_symbolic(values: Sequence[Expr], names: list[str] | None, *, strict: bool) -> None:
    """Raise `DomainError` where the entries cannot be probabilities that sum to 1.

    ``strict``: symbolic entries are positive. A substitution may lead to the boundary, one symbol after the other, so there they are
    only non-negative.
    """
    for k, value in enumerate(values):
        if value.is_number and _outside(value):
            raise DomainError(f"{_named(k, names)} is {shown(value)}, outside [0, 1]")
        if value.is_extended_real is False or value.is_infinite or value is S.NaN:
            raise DomainError(f"{_named(k, names)} is {shown(value)}, which is not a real number")
        if (value.is_negative or (1 - value).is_negative) and (strict or affine(value) is None):
            raise DomainError(f"{_named(k, names)} is {shown(value)}, which is never in [0, 1]")
    total = Add(*values)
    excess = _minus_one(total)
    if excess.is_number and excess != 0 and sign(excess) is not None:
        raise DomainError(f"the probabilities sum to {shown(expand(total))}, not 1")
    symbolic = [value for value in values if not value.is_number]
    rest = 1 - Add(*(value for value in values if value.is_Rational))
    if symbolic and (rest < 0 or (strict and rest == 0) or not feasible(symbolic, [excess], strict=strict)):
        symbols = ", ".join(sorted({str(symbol) for value in symbolic for symbol in value.free_symbols}))
        raise DomainError(
            f"the probabilities {shorten(', '.join(map(shown, values)))} cannot all be in (0, 1) and sum to 1, for any values of {symbols}"
        )


def _outside(value: Expr) -> bool:
    return not value.is_extended_real or sign(value) == -1 or sign(1 - value) == -1


def _minus_one(total: Expr) -> Expr:
    """Return ``total - 1``, as 0 where expanding or cancelling shows it; no other simplification."""
    excess = total - 1
    if excess == 0 or excess.is_Symbol:
        return excess
    excess = expand(excess)
    has_fractions = any(power.exp.could_extract_minus_sign() for power in excess.atoms(Pow))
    if excess == 0 or not has_fractions or excess.count_ops() > MAX_CANCEL_OPERATIONS:
        return excess
    reduced = radsimp(excess) if excess.is_number else cancel(excess)
    return S.Zero if reduced == 0 else excess


def _indexed_total(pmf: Lambda, size: Expr) -> Expr | None:
    """Return the sum of an indexed pmf where it is elementary, else None."""
    index = pmf.variables[0]
    if not pmf.expr.has(index):
        total = pmf.expr * size
    elif pmf.expr.is_polynomial(index):
        total = Sum(pmf.expr, (index, 1, size)).doit()
    else:
        return None
    excess = _minus_one(total)
    return S.One if excess == 0 else total if excess.is_number else None


def is_positive_pmf(pmf: Lambda) -> bool:
    """Return whether SymPy sees that an indexed pmf is positive at every positive integer."""
    return bool(pmf(Dummy("i", integer=True, positive=True)).is_positive)


def _bound_below(entry: Expr, *, strict: bool) -> Relational:
    """Return 0 < entry (or 0 <= entry), written as ``rest < constant`` where that is shorter."""
    relation = StrictLessThan if strict else LessThan
    constant, rest = entry.as_coeff_Add()
    if constant.is_positive and rest.could_extract_minus_sign():
        return relation(-rest, constant, evaluate=False)
    return relation(0, entry, evaluate=False)
