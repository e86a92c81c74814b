"""Finite probability mass functions.

Main definitions
----------------
* `Finite`, the package's one distribution class: explicit probabilities, exact integer weights, or an indexed pmf
  p[1], ..., p[n] of symbolic size.
* `compact`, its probabilities as a person would list them.

Main statements
---------------
A `Finite` is never renormalised. What must hold for it to be a pmf and cannot be computed (0 < p < 1, p_1 + p_2 + p_3 = 1)
is listed by `Finite.hypotheses`; what cannot hold raises `DomainError`.

Left out on purpose: countable and continuous distributions, which are those of ``sympy.stats`` (see `symentropy.distribution`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from sympy import (
    Add,
    Basic,
    Contains,
    Eq,
    Expr,
    Indexed,
    IndexedBase,
    Integer,
    Lambda,
    Range,
    Rational,
    S,
    Sum,
    Symbol,
    Tuple,
)
from sympy.core.symbol import Str

from symentropy.errors import DomainError
from symentropy.exact import exact, shorten, shown, without_floats
from symentropy.hypotheses import (
    bound_below,
    check_rational,
    check_symbolic,
    excess_over_one,
    indexed_total,
    is_positive_pmf,
)
from symentropy.law import bound_symbol, fresh
from symentropy.layout import LATEX, SHOWN, TEXT, Layout
from symentropy.linear import feasible
from symentropy.outcomes import label_of, labels_of, plain, read_entries
from symentropy.weights import Weights, over_common_denominator

#: An indexed pmf of explicit size is written out up to this size, and stays indexed above it.
MAX_EXPLICIT = 1_000_000
#: The index of every indexed pmf, inside it.
_INDEX = bound_symbol("i", integer=True)


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
            return cls._made(probabilities, labels_of(outcomes, len(probabilities.values)))
        entries, outcomes = read_entries(probabilities, outcomes)
        labels = labels_of(outcomes, len(entries))
        names = [f"the probability of {plain(label)!r}" for label in labels] if labels else None
        values = [exact(entry, names[k] if names else f"probability {k}") for k, entry in enumerate(entries)]
        if not values:
            raise DomainError("a pmf needs at least one outcome: the list of probabilities is empty")
        if all(value.is_Rational for value in values):
            return cls._made(check_rational(values, names), labels)
        check_symbolic(values, names, strict=not isinstance(probabilities, Tuple))  # SymPy rebuilds from a Tuple
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
        total = indexed_total(pmf, size)
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
        entries, outcomes = read_entries(weights, outcomes)
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
            entries = over_common_denominator(rationals)[0]
        made = Weights(entries)
        if min(made.groups, default=0) <= 0 or sum(made.groups.values()) < len(entries):
            wrong = next(k for k, value in enumerate(entries) if value <= 0)
            given = list(weights.values() if isinstance(weights, Mapping) else weights)[wrong]
            raise DomainError(f"weight {wrong} is {shown(given)}, not a positive number: leave the outcome out")
        return cls._made(made, labels_of(outcomes, len(entries)))

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
        return tuple(map(plain, self.args[1])) if self.is_named else tuple(map(Integer, range(int(self.size))))

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
                found.append(bound_below(entries.expr, strict=is_positive_pmf(entries)))
            if (condition := Contains(size, S.Naturals)) != S.true:
                found.append(condition)
            if indexed_total(entries, size) is None:
                found.append(Eq(Sum(entries.expr, (index, 1, size)), 1, evaluate=False))
            return tuple(found)
        symbolic = [entry for entry in entries if not entry.is_number]
        excess = excess_over_one(Add(*entries))
        strict = feasible(symbolic, [excess])
        found = list(dict.fromkeys(bound_below(entry, strict=strict) for entry in symbolic))
        return tuple(found if excess == 0 else [*found, Eq(Add(*entries), 1, evaluate=False)])

    def probability(self, outcome: Any) -> Expr:
        """Return the probability of an outcome, 0 if this pmf does not have it.

        >>> Finite({'heads': '1/3', 'tails': '2/3'}).probability('tails'), Finite(['1/3', '2/3']).probability(7)
        (2/3, 0)
        """
        if self.is_indexed:
            return self.args[0](exact(outcome, "the outcome") + 1)
        return self.by_outcome().get(label_of(outcome), S.Zero)

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


def _in_letters(entries: Lambda) -> Expr | None:
    """Return P for the pmf p[1], ..., p[n], P/2 + Q/2 for a mixture of such, and None for other entries."""
    index = entries.variables[0]
    letters = {
        entry: Symbol(str(entry.base.label).upper())
        for entry in entries.expr.atoms(Indexed)
        if entry.indices == (index,) and len(str(entry.base.label)) == 1 and str(entry.base.label).islower()
    }
    made = entries.expr.xreplace(letters)
    return made if set(made.as_coefficients_dict()) <= set(letters.values()) else None


def compact(pmf: Finite, text: Callable[[Any], str], layout: Layout = TEXT) -> str:
    """Return the probabilities as a person would list them, with ``text`` to print an expression; long lists are shortened."""
    entries = pmf.args[0]
    if isinstance(entries, Lambda):
        letters = _in_letters(entries)
        if letters is not None:
            return text(letters)
        parts = [text(entries(1)), layout.dots, text(entries(pmf.size))]
        return layout.listed(parts, len(parts))
    head = [Rational(w, entries.total) for w in entries.values[:SHOWN]] if isinstance(entries, Weights) else entries[:SHOWN]
    labels = pmf.args[1][:SHOWN] if pmf.is_named else ()
    names = [layout.words(label.name) if isinstance(label, Str) else text(label) for label in labels]
    return layout.listed([text(entry) for entry in head], int(pmf.size), names)


def _checked_size(size: Any) -> Expr:
    size = exact(size, "the size")
    if size.is_integer is False or size.is_positive is False or (size.is_number and not size.is_Integer):
        raise DomainError(f"the size is {shown(size)}: give a positive integer or a symbol")
    return size
