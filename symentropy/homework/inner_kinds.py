"""Slips inside terms: a variance for a standard deviation, the logarithm of a sum, one argument where another belongs.

Importing this module fills the registry of `symentropy.homework.slips`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from sympy import Add, Dummy, Expr, IndexedBase, Mul, Pow, Rational, S, Sum, Symbol, exp, expand_log, log, sqrt

from symentropy.display import distribution_text, plain_text
from symentropy.finite import Finite
from symentropy.homework.nodes import array_labels, changed, exchanges, loses_terms, name_parts, occurrences, partners
from symentropy.homework.proposals import Proposals, change
from symentropy.homework.slips import slip_kind
from symentropy.homework.terms import term_lists, tidy
from symentropy.homework.work import Expectation
from symentropy.quantity import Mean, Quantity

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
#: Families with a standard deviation among their parameters.
_FAMILIES = frozenset(("NormalDistribution", "LogNormalDistribution"))  # by name: the statistics module takes long to load


@slip_kind("variance-vs-std", rank=40)
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


@slip_kind("log-of-sum", rank=50)
def log_of_sum(wanted: Expectation) -> Proposals:
    """log a + log b for log(a + b), and the like."""
    for expression in dict.fromkeys([wanted.expected, tidy(wanted)]):
        for candidate, node, new in changed(expression, _split_log):
            yield change(candidate, "{} is not {}: the logarithm of a sum is not the sum of the logarithms", node, new)
        for candidate, node, new in changed(expression, _joined_logs):
            yield change(candidate, "{} is not {}: the logarithm of a sum is not the sum of the logarithms", node, new)


def _split_log(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, log):
        return
    if isinstance(node.args[0], Add):
        yield from _logs_of(node.args[0])[:-1]
    above, below = node.args[0].as_numer_denom()
    for over in _logs_of(above):
        for under in _logs_of(below):
            if over != log(above) or under != log(below):
                yield over - under
    if isinstance(node.args[0], Sum):
        yield Sum(log(node.args[0].function), *node.args[0].limits)
    if isinstance(node.args[0], Mul):
        factors = [log(factor) for factor in Mul.make_args(node.args[0])]
        yield Mul(*factors)
    if not (below is S.One or isinstance(below, (Add, Sum))):
        yield log(above) / log(below)


def _logs_of(inner: Expr) -> list[Expr]:
    """Return wrong logarithms of a sum: of its terms, with a minus for a negative one, and the right one last."""
    found: list[Expr] = []
    for factor in Mul.make_args(inner):
        if isinstance(factor, Add):
            rest = log(inner / factor)
            parts = [log(-term) * -1 if term.could_extract_minus_sign() else log(term) for term in factor.args]
            found.append(rest + Add(*(expand_log(part, force=True) for part in parts)))
            if not any(part.is_zero for part in parts):
                found.append(rest + Mul(*parts))
            found += [rest + log(term) for term in factor.args if not term.could_extract_minus_sign() and len(factor.args) > 2]
    return [*found, log(inner)]


def _joined_logs(node: Expr) -> Iterator[Expr]:
    """Yield log(a + b) for log a + log b, and log(a - b) for log a - log b."""
    if isinstance(node, Sum) and isinstance(node.function, log):
        yield log(Sum(node.function.args[0], *node.limits))
    if isinstance(node, log) and isinstance(node.args[0], Mul) and len(node.args[0].args) == 2:
        one, two = node.args[0].args
        yield log(one + two)
    if isinstance(node, log) and len(ratio := node.args[0].as_numer_denom()) == 2 and ratio[1] != 1:
        yield log(ratio[0] - ratio[1])
    if isinstance(node, Add):
        logs = [term for term in node.args if isinstance(term, log)]
        for place, one in enumerate(logs):
            for two in logs[place + 1 :]:
                yield node - one - two + log(one.args[0] + two.args[0])
        for one in logs:
            for two in node.args:
                if isinstance(-two, log):
                    yield node - one - two + log(one.args[0] - (-two).args[0])


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
                if not loses_terms(expression, new):
                    yield change(new, "{} stands where {} belongs", str(two), str(one))
        for parts in dict.fromkeys([term_lists(wanted)[0], term_lists(wanted)[-1]]) if expression == wanted.expected else ():
            for place, term in enumerate(parts):
                for new, *said in _in_term(term, pairs, labels):
                    candidate = Add(*parts[:place], new, *parts[place + 1 :])
                    if new != 0 and not loses_terms(Add(*parts), candidate):
                        yield change(candidate, *said, term)


def _in_term(term: Expr, pairs: list[tuple[Any, Any]], labels: set[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield a term with one symbol for another throughout, in its logarithms only, or in its weights only, and what is said of it."""
    logs = sorted(term.atoms(log), key=str)
    for one, two in pairs:
        if one in labels or two in labels or not term.has(one):
            continue
        swap = {one: two}
        yield term.xreplace(swap), "{} stands where {} belongs in {}", str(two), str(one)
        if logs:
            inside = {part: part.xreplace(swap) for part in logs}
            yield term.xreplace(inside), "{} stands where {} belongs in the logarithm of {}", str(two), str(one)
            back = {part.xreplace(swap): part for part in logs}
            yield term.xreplace(swap).xreplace(back), "{} stands where {} belongs in the weight of {}", str(two), str(one)
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
                yield new, "{} stands where {} belongs", _law(other), _law(law)
        for one, two in combinations(range(0 if isinstance(law, Finite) else len(law.args)), 2):
            parameters = list(law.args)
            parameters[one], parameters[two] = parameters[two], parameters[one]
            other = law.func(*parameters)
            yield noun.func(*noun.args[:place], other, *noun.args[place + 1 :]), "the parameters of {} are exchanged", _law(law)


def _law(law: Any) -> str:
    return distribution_text(law, plain_text)


@slip_kind("reference-arguments-in-wrong-place", rank=85)
def complement(wanted: Expectation) -> Proposals:
    """1 - p for p at one place, or p for 1 - p."""
    expression = tidy(wanted)
    symbols = [s for s in expression.free_symbols - array_labels(expression) if isinstance(s, Symbol)]
    for symbol in sorted((s for s in symbols if name_parts(s)[0] in ("p", "q", "r")), key=str):
        for new in occurrences(expression, symbol, 1 - symbol):
            yield change(new, "{} stands where {} belongs", 1 - symbol, symbol)
        logs = {part: part.xreplace({symbol: 1 - symbol}) for part in expression.atoms(log)}
        yield change(expression.xreplace(logs), "the weights belong to the other outcomes: {} and {} are exchanged", symbol, 1 - symbol)


@slip_kind("sign", rank=75)
def inner_sign(wanted: Expectation) -> Proposals:
    """A sign inside a term."""
    for expression in dict.fromkeys([wanted.expected, tidy(wanted)]):
        for candidate, node, new in changed(expression, _turned):
            yield change(candidate, "a sign is wrong: {} instead of {}", new, node)


def _turned(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Add):
        for term in node.args:
            yield node - 2 * term
    if (isinstance(node, Pow) and node.exp.free_symbols) or isinstance(node, exp):
        yield node**-1


@slip_kind("missing-term", undone="extra-term", rank=130)
def inner_term(wanted: Expectation) -> Proposals:
    """A sum inside a term without one of its terms."""
    for expression in dict.fromkeys([wanted.expected, tidy(wanted)]):
        for candidate, node, _ in changed(expression, _shortened):
            yield change(candidate, "a term of {} is missing", node)


def _shortened(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Add):
        for term in node.args:
            yield node - term


@slip_kind("missing-factor", undone="extra-factor", rank=131)
def inner_factor(wanted: Expectation) -> Proposals:
    """A product inside a term without one of its factors."""
    for expression in dict.fromkeys([wanted.expected, tidy(wanted)]):
        for candidate, node, _ in changed(expression, _lightened):
            yield change(candidate, "a factor of {} is missing", node)


def _lightened(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Mul):
        for factor in node.args:
            if factor != -1 and not isinstance(factor, (log, Quantity)):
                yield node / factor


@slip_kind("wrong-exponent", undone="wrong-exponent", rank=132)
def exponent(wanted: Expectation) -> Proposals:
    """A power with the exponent 1, or the first power where a square belongs."""
    for expression in dict.fromkeys([wanted.expected, tidy(wanted)]):
        for candidate, node, _ in changed(expression, _first_power):
            yield change(candidate, "the exponent of {} is missing", node)


def _first_power(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Pow) and node.exp.is_Rational and abs(node.exp) != 1:
        yield node.base if node.exp > 0 else 1 / node.base
