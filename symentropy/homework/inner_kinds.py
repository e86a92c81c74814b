"""Slips inside terms: a variance for a standard deviation, a scale for a rate, one argument where another belongs.

Importing this module fills the registry of `symentropy.homework.slips`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from sympy import Add, Dummy, Expr, IndexedBase, Pow, Rational, Symbol, log, sqrt

from symentropy.display import distribution_text, plain_text
from symentropy.finite import Finite
from symentropy.homework.nodes import array_labels, exchanges, name_parts, occurrences, partners
from symentropy.homework.proposals import Proposals, change
from symentropy.homework.slips import slip_kind
from symentropy.homework.terms import term_lists, tidy
from symentropy.homework.work import Expectation
from symentropy.quantity import Mean

#: Names of standard deviations.
DEVIATIONS = frozenset(("sigma", "s", "tau"))
_POWER = "is the variance meant, or the standard deviation?"
_WRONG_POWER = "the power of {} is that of a standard deviation where the variance belongs, or the other way round"
#: What a wrong power makes of a standard deviation, with what is said about it.
POWERS = (
    (lambda s: s**2, "{} is the standard deviation, and its square was taken for it"),
    (sqrt, _WRONG_POWER),
    (lambda s: s ** Rational(1, 4), _WRONG_POWER),
)
#: Letters of parameters that are a scale to some and a rate to others.
INVERTIBLE = frozenset(("lambda", "theta", "beta", "b", "tau", "alpha", "sigma"))
#: Families with a standard deviation among their parameters.
_FAMILIES = frozenset(("NormalDistribution", "LogNormalDistribution"))  # by name: the statistics module takes long to load


@slip_kind("variance-vs-std", rank=40, undone="")
def variance(wanted: Expectation) -> Proposals:
    """A variance where a standard deviation belongs, or the other way round."""
    deviations = {symbol for symbol in wanted.symbols if isinstance(symbol, Symbol) and name_parts(symbol)[0] in DEVIATIONS}
    own = [law for noun in wanted.expected.atoms(Mean) for law in noun.args if _has_deviation(law)]
    families = [*own, *(law for law in wanted.traits.laws if _has_deviation(law))]
    deviations |= {law.args[1] for law in families if isinstance(law.args[1], Symbol)}
    numbers = {law.args[1] for law in own if law.args[1].is_number and law.args[1] != 1}
    for power, message in POWERS:
        for law in sorted({law for law in families if law.args[1] in numbers}, key=str):
            yield change(wanted.expected.xreplace({law: law.func(law.args[0], power(law.args[1]))}), message, law.args[1])
        for expression in dict.fromkeys([wanted.expected, tidy(wanted)]):
            for symbol in sorted(deviations, key=str):
                yield change(expression.xreplace({symbol: power(symbol)}), message, symbol)
            everywhere = {symbol: power(symbol) for symbol in deviations}
            for new in (*_in_logs_or_not(expression, everywhere), expression.xreplace(everywhere)):
                yield change(new, message, _listed(deviations))
    for parts in dict.fromkeys([term_lists(wanted)[0], term_lists(wanted)[-1]]):
        for place, term in enumerate(parts):
            for new, symbols in _with_other_powers(term, sorted(deviations & term.free_symbols, key=str)):
                changed_sum = Add(*parts[:place], new, *parts[place + 1 :])
                yield change(changed_sum, f"the power of {{}} in {{}} is wrong: {_POWER}", symbols, term)


def _with_other_powers(term: Expr, deviations: list[Any]) -> Iterator[tuple[Expr, str]]:
    """Yield a term with the powers of one deviation changed, or of all, and their names."""
    for symbol in deviations:
        for new in _powers(term, symbol):
            yield new, str(symbol)
    if len(deviations) > 1:
        for power in (sqrt, lambda s: s**2):
            yield term.xreplace({symbol: power(symbol) for symbol in deviations}), _listed(deviations)


def _in_logs_or_not(expression: Expr, replacements: dict[Any, Any]) -> Iterator[Expr]:
    """Yield an expression with symbols replaced in its logarithms only, and everywhere but there."""
    logs = expression.atoms(log)
    if logs:
        yield expression.xreplace({part: part.xreplace(replacements) for part in logs})
        masks = {part: Dummy(positive=True) for part in logs}
        yield expression.xreplace(masks).xreplace(replacements).xreplace({mask: part for part, mask in masks.items()})


def _has_deviation(law: Any) -> bool:
    return type(law).__name__ in _FAMILIES


def _listed(symbols: Any) -> str:
    return " and ".join(sorted(map(str, symbols)))


def _powers(term: Expr, symbol: Symbol) -> Iterator[Expr]:
    """Yield a term with all powers of a symbol doubled or halved, or one of them."""
    for new in (sqrt(symbol), symbol**2):
        yield term.xreplace({symbol: new})
    for power in sorted(term.atoms(Pow), key=str):
        if power.base == symbol and power.exp.is_Rational:
            for exponent in (power.exp / 2, power.exp * 2):
                yield term.xreplace({power: symbol**exponent})
    for new in (sqrt(symbol), symbol**2):
        yield from occurrences(term, symbol, new)


@slip_kind("reference-arguments-in-wrong-place", rank=80)
def reference(wanted: Expectation) -> Proposals:
    """H(Q) for H(P), mu_1 for mu_2: one argument where another belongs."""
    yield from _in_nouns(wanted)
    for expression in dict.fromkeys([wanted.expected, tidy(wanted)]):
        pairs: list[tuple[Any, Any]] = [*partners(expression.free_symbols | wanted.traits.symbols), *_arrays(wanted)]
        labels = array_labels(wanted.expected) | {base.label for base in wanted.traits.arrays}
        for one, two in pairs:
            if one in labels or two in labels:
                continue
            for new in (*occurrences(expression, one, two), *_in_logs_or_not(expression, {one: two})):
                yield change(new, "{0} stands where {1} belongs", str(two), str(one), before=expression)
        for parts in dict.fromkeys([term_lists(wanted)[0], term_lists(wanted)[-1]]) if expression == wanted.expected else ():
            for place, term in enumerate(parts):
                for new, *said in _in_term(term, pairs, labels):
                    candidate = Add(*parts[:place], new, *parts[place + 1 :])
                    yield change(candidate, *said, term, before=Add(*parts))


def _in_term(term: Expr, pairs: list[tuple[Any, Any]], labels: set[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield a term with one symbol for another throughout, in its logarithms only, or in its weights only, and what is said of it."""
    logs = sorted(term.atoms(log), key=str)
    for one, two in pairs:
        if one in labels or two in labels or not term.has(one):
            continue
        swap = {one: two}
        yield term.xreplace(swap), "{0} stands where {1} belongs in {2}", str(two), str(one)
        if logs:
            inside = {part: part.xreplace(swap) for part in logs}
            yield term.xreplace(inside), "{0} stands where {1} belongs in the logarithm of {2}", str(two), str(one)
            back = {part.xreplace(swap): part for part in logs}
            yield term.xreplace(swap).xreplace(back), "{0} stands where {1} belongs in the weight of {2}", str(two), str(one)
    for exchange in exchanges(term):
        yield term.xreplace(exchange), "the distributions are exchanged in {}"


def _arrays(wanted: Expectation) -> list[tuple[Any, Any]]:
    bases = sorted(tidy(wanted).atoms(IndexedBase) | wanted.traits.arrays, key=str)
    return [(one, two) for one in bases for two in bases if one != two]


def _in_nouns(wanted: Expectation) -> Proposals:
    """Yield expectations with another distribution as an argument of a noun, also after D(P || Q) = H(P, Q) - H(P)."""
    laws = sorted(wanted.traits.laws.union(*(noun.args for noun in wanted.expected.atoms(Mean))), key=str)
    lists = term_lists(wanted)
    written_out = Add(*lists[1]) if len(lists) > 1 else wanted.expected
    for expression in dict.fromkeys([wanted.expected, written_out]):
        for noun in sorted(expression.atoms(Mean), key=str):
            for other, *said in _with_another_law(noun, laws):
                yield change(expression.xreplace({noun: other}), *said)
    for noun in sorted(written_out.atoms(Mean), key=str):
        if len(noun.args) == 2:
            new = written_out.xreplace({noun: noun.func(*reversed(noun.args))})
            yield change(new, "the arguments of {} are the wrong way round", noun)


def _with_another_law(noun: Expr, laws: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield a noun with another distribution in a place, or with two parameters of one exchanged, and what is said of it."""
    for place, law in enumerate(noun.args):
        for other in laws:
            if other != law and type(other) is type(law):
                new = noun.func(*noun.args[:place], other, *noun.args[place + 1 :])
                yield new, "{0} stands where {1} belongs", _law(other), _law(law)
        for one, two in combinations(range(0 if isinstance(law, Finite) else len(law.args)), 2):
            parameters = list(law.args)
            parameters[one], parameters[two] = parameters[two], parameters[one]
            if any(old.is_positive and not new.is_positive for old, new in zip(law.args, parameters, strict=True)):
                continue  # no parameters of this family
            other = law.func(*parameters)
            yield noun.func(*noun.args[:place], other, *noun.args[place + 1 :]), "the parameters of {} are exchanged", _law(law)


def _law(law: Any) -> str:
    return distribution_text(law, plain_text)


@slip_kind("reference-arguments-in-wrong-place", rank=85, undone="")
def complement(wanted: Expectation) -> Proposals:
    """1 - p for p at one place, or p for 1 - p."""
    expression = tidy(wanted)
    symbols = [s for s in expression.free_symbols - array_labels(expression) if isinstance(s, Symbol)]
    for symbol in sorted((s for s in symbols if name_parts(s)[0] in ("p", "q", "r")), key=str):
        for new in occurrences(expression, symbol, 1 - symbol):
            yield change(new, "{0} stands where {1} belongs", 1 - symbol, symbol)
        logs = {part: part.xreplace({symbol: 1 - symbol}) for part in expression.atoms(log)}
        yield change(expression.xreplace(logs), "the weights belong to the other outcomes: {} and {} are exchanged", symbol, 1 - symbol)


@slip_kind("scale-vs-rate", rank=79, undone="")
def scale_or_rate(wanted: Expectation) -> Proposals:
    """A parameter taken for its inverse, one or all of a letter."""
    letters: dict[str, list[Symbol]] = {}
    for symbol in sorted((s for s in wanted.expected.free_symbols if isinstance(s, Symbol)), key=str):
        if symbol.is_positive and name_parts(symbol)[0] in INVERTIBLE:
            letters.setdefault(name_parts(symbol)[0], []).append(symbol)
    for expression in dict.fromkeys([wanted.expected, tidy(wanted)]):
        for symbols in letters.values():
            for chosen in dict.fromkeys([*((symbol,) for symbol in symbols), tuple(symbols)]):
                new = expression.xreplace({symbol: 1 / symbol for symbol in chosen})
                yield change(new, "the inverse stands where {} belongs: a scale is not a rate", _listed(chosen))
