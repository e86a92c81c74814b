"""Slips in whole terms: arguments exchanged, signs, terms and factors that are missing, logarithms in another base.

Importing this module, and `symentropy.homework.inner_kinds` after it, fills the registry of `symentropy.homework.slips`; the order is that
in which slips are looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain

from sympy import Add, Dummy, Expr, Integer, Mul, Pow, Rational, S, Sum, log
from sympy import factor as factored

from symentropy.homework.nodes import changed, exchanges
from symentropy.homework.proposals import Proposals, change, written
from symentropy.homework.slips import slip_kind
from symentropy.homework.terms import is_constant, ratio_parts, scaled, term_lists, tidy
from symentropy.homework.work import Expectation, Traits
from symentropy.quantities import CrossEntropy, Entropy, KLDivergence
from symentropy.quantity import Quantity

#: Numbers that are often lost as a factor.
NUMBERS = (Integer(2), Rational(1, 2))
#: Bases that are taken for one another.
BASES = (Integer(2), Integer(10))
_UPSIDE_DOWN = "the conversion of the base is upside down"
_BASE_NAMES = {Integer(2): "bits", Integer(10): "base 10", S.Exp1: "nats"}


@slip_kind("swapped-arguments", rank=10)
def swapped(wanted: Expectation) -> Proposals:
    """D(Q || P) for D(P || Q), and H(Q, P) for H(P, Q)."""
    nouns = wanted.expected.atoms(KLDivergence, CrossEntropy)
    for noun in sorted(nouns, key=str):
        new = wanted.expected.xreplace({noun: noun.func(*reversed(noun.args))})
        yield change(new, "the arguments of {} are the wrong way round: the mean is taken over the first one", noun)
    if len(nouns) > 1:
        new = wanted.expected.xreplace({noun: noun.func(*reversed(noun.args)) for noun in nouns})
        yield change(new, "the two distributions are exchanged throughout")
    for expression in (wanted.expected, tidy(wanted)):
        for exchange in exchanges(expression):
            yield change(expression.xreplace(exchange), "the two distributions are exchanged throughout")


@slip_kind("wrong-base", rank=20, undone="")
def wrong_base(wanted: Expectation) -> Proposals:
    """Bits for nats and the like, in all terms or in some of them, and a conversion upside down."""
    expected = wanted.expected
    found = wanted.traits.bases | Traits.of(expected, expected).bases
    bases = dict.fromkeys([*BASES, *sorted(found, key=str)])
    for base in bases:
        unit = log(base)
        name = _BASE_NAMES.get(base, f"base {base}")
        yield change(expected / unit, "this is right in {}, and nats were asked for", name)
        if expected.has(1 / unit):
            yield change(expected * unit, "this is right in nats, and {} asked for", "bits were" if name == "bits" else f"{name} was")
        else:
            yield change(expected * unit, "this is off by the factor log({})", str(base))
        yield change(expected * unit**2, f"{_UPSIDE_DOWN}: multiply by log b where you divided, or the other way round")
        for other in bases:
            if other != base and expected.has(1 / unit):
                new = expected * unit / log(other)
                yield change(new, "the logarithms are to base {}, and base {} was asked for", str(other), str(base))
        yield change(expected / unit**2, f"{_UPSIDE_DOWN}: divide by log b where you multiplied, or the other way round")
    if isinstance(expected, Mul) and any(isinstance(factor, Pow) and isinstance(factor.base, log) for factor in expected.args):
        yield change(1 / expected, _UPSIDE_DOWN)
    for parts, base in ((parts, base) for parts in term_lists(wanted) for base in bases):
        for factor in (1 / log(base), log(base)):
            yield scaled(parts, factor, lambda _: "some logarithms are in another base than the others", _has_log)


def _has_log(term: Expr) -> bool:
    return bool(term.has(log, Quantity))


@slip_kind("missing-entropy-term", rank=30, undone="")
def missing_entropy(wanted: Expectation) -> Proposals:
    """H(P, Q) for D(P || Q), and other sums without an entropy."""
    for parts in term_lists(wanted):
        entropies = [term for term in parts if _is_entropy(term)]
        if entropies and len(entropies) < len(parts):
            least = 2 if _is_entropy(wanted.expected) else 1  # one outcome of an entropy is a term
            yield scaled(parts, S.Zero, lambda lost: f"the entropy term {written(Add(*lost))} is missing", _is_entropy, least=least)


def _is_entropy(term: Expr) -> bool:
    """Whether a term is a multiple of H(P), or of p log p."""
    if any(isinstance(factor, Entropy) for factor in Mul.make_args(term)):
        return True
    inner = term.function if isinstance(term, Sum) else term
    factors = Mul.make_args(inner)
    if any(isinstance(factor, Sum) for factor in factors):
        return all(_is_entropy(factor) for factor in factors if isinstance(factor, Sum))
    logs = [factor for factor in factors if isinstance(factor, log)]
    return len(logs) == 1 and logs[0].args[0] in factors


@slip_kind("dropped-constant", rank=76, undone="extra-term")
def dropped_constant(wanted: Expectation) -> Proposals:
    """A sum without some of its constants."""
    for parts in term_lists(wanted):
        symbolic = any(term.free_symbols for term in parts)
        chosen = (lambda term: is_constant(wanted, term)) if symbolic else (lambda term: bool(term.is_Rational))
        yield scaled(parts, S.Zero, lambda lost: f"the constant {written(Add(*lost))} is missing", chosen, is_proper=True)


@slip_kind("missing-term", undone="extra-term", rank=77)
def missing_term(wanted: Expectation) -> Proposals:
    """A sum without one of its terms."""
    yield from _without_terms(wanted, 1)


@slip_kind("missing-term", undone="extra-term", rank=100)
def missing_terms(wanted: Expectation) -> Proposals:
    """A sum without some of its terms."""
    yield from _without_terms(wanted, None)


def _without_terms(wanted: Expectation, most: int | None) -> Proposals:
    for parts in term_lists(wanted):
        yield scaled(parts, S.Zero, _missing, most=most, is_proper=True)


def _missing(lost: list[Expr]) -> str:
    several = len(lost) > 1
    return f"the term{'s' * several} {' and '.join(map(written, lost))} {'are' if several else 'is'} missing"


@slip_kind("inverted-ratio", rank=60)
def inverted_ratio(wanted: Expectation) -> Proposals:
    """log(q/p) for log(p/q), where the answer has such a logarithm, and b/a for a factor a/b."""
    lists = term_lists(wanted)
    for expression in dict.fromkeys([wanted.expected, tidy(wanted), *(Add(*parts) for parts in lists[-1:])]):
        for candidate, node, _ in changed(expression, _inverted_log) if wanted.traits.has_ratio else ():
            yield change(candidate, "the ratio in {} is upside down", node)
        masks = {logarithm: Dummy(positive=True) for logarithm in expression.atoms(log)}
        back = {mask: logarithm for logarithm, mask in masks.items()}
        masked = expression.xreplace(masks)
        for rule in (_inverted_factors, _inverted_all):
            for candidate, node, new in changed(masked, rule):
                yield change(candidate.xreplace(back), "the ratio in {} is upside down: {}", node.xreplace(back), new.xreplace(back))
        for candidate, node, new in changed(expression, _inverted_both):
            yield change(candidate, "the ratios in {} are upside down: {}", node, new)
    for parts in lists if wanted.traits.has_ratio else ():
        said = lambda turned: f"the ratio in {written(Add(*turned))} is upside down"  # noqa: E731
        yield scaled(parts, S.NegativeOne, said, _has_log, least=2, most=2)


def _inverted_log(node: Expr) -> Iterator[Expr]:
    if isinstance(node, log) and ratio_parts(node.args[0]):
        above, below = ratio_parts(node.args[0]) or (S.One, S.One)
        yield log(below / above)


def _inverted_factors(node: Expr) -> Iterator[Expr]:
    """Yield a product with the ratio of its symbols, or of all but one factor, the other way round."""
    if not isinstance(node, Mul):
        return
    above = [factor for factor in node.args if factor.free_symbols and not factor.has(log, Quantity, Sum) and _exponent(factor) > 0]
    below = [factor for factor in node.args if factor.free_symbols and not factor.has(log, Quantity, Sum) and _exponent(factor) < 0]
    for one in above:
        for two in below:
            yield node / (one * two) ** 2 if _exponent(one) == -_exponent(two) else node / one**2 / two**2
    if len(below) == 1 and not above:
        yield node / below[0] ** 2
    if len(above) == 1 and not below and not above[0].is_Add:
        yield node / above[0] ** 2


def _inverted_all(node: Expr) -> Iterator[Expr]:
    """Yield a product with all its symbols the other way round."""
    symbols = [factor for factor in Mul.make_args(node) if factor.free_symbols and not factor.has(Quantity, Sum) and _exponent(factor)]
    if isinstance(node, Mul) and len(symbols) > 2:
        yield node / Mul(*symbols) ** 2


def _inverted_both(node: Expr) -> Iterator[Expr]:
    """Yield a sum with every ratio in it the other way round."""
    if isinstance(node, Add):
        new = Add(*(next(chain(_inverted_log(f), _inverted_factors(f)), None) or f for f in node.args))
        if new != node:
            yield new


def _exponent(factor: Expr) -> int:
    exponent = factor.as_base_exp()[1]
    return 0 if not exponent.is_Rational else 1 if exponent > 0 else -1


@slip_kind("sign", rank=70)
def sign(wanted: Expectation) -> Proposals:
    """A sum with the sign of a term changed, or of all of it."""
    yield change(-wanted.expected, "the sign is the opposite")
    yield from _signs(wanted, 1)
    yield from _signs(wanted, 2)


@slip_kind("sign", rank=140)
def many_signs(wanted: Expectation) -> Proposals:
    """A sum with the signs of several terms changed."""
    yield from _signs(wanted, None)


def _signs(wanted: Expectation, most: int | None) -> Proposals:
    for parts in term_lists(wanted):
        yield scaled(parts, S.NegativeOne, _turned, most=most)


def _turned(terms: list[Expr]) -> str:
    several = len(terms) > 1
    return f"the sign{'s' * several} of {' and '.join(map(written, terms))} {'are' if several else 'is'} the opposite"


@slip_kind("doubled-term", rank=105, undone="")
def doubled(wanted: Expectation) -> Proposals:
    """A sum with one of its terms twice."""
    for parts in term_lists(wanted):
        yield scaled(parts, NUMBERS[0], _doubled, lambda term: abs(term.as_coeff_Mul()[0]) == 1, most=1, is_proper=True)


def _doubled(terms: list[Expr]) -> str:
    return f"the term {written(terms[0])} is there twice"


@slip_kind("missing-factor", rank=110, undone="extra-factor")
def missing_factor(wanted: Expectation) -> Proposals:
    """A sum in which some of the terms have lost a factor."""
    for number in NUMBERS:
        yield change(wanted.expected * number, "the factor {} is missing", 1 / number)
    lists = term_lists(wanted)
    for factor in dict.fromkeys(factor for parts in lists for factor in _factors(parts)):
        yield change(wanted.expected / factor, "the factor {} is missing", factor)
    for parts in lists:
        for factor in _factors(parts):
            places = [term for term in parts if factor in _factors((term,))]
            yield scaled(parts, 1 / factor, partial(_without_factor, factor, len(parts)), places.__contains__)
    for parts in lists:
        for number in NUMBERS:
            yield scaled(parts, number, partial(_without_factor, 1 / number, len(parts)))


def _without_factor(factor: Expr, count: int, terms: list[Expr]) -> str:
    return f"the factor {written(factor)} is missing" + (f" in {' and '.join(map(written, terms))}" if len(terms) < count else "")


def _factors(parts: tuple[Expr, ...]) -> list[Expr]:
    """Return the factors of terms that may be lost: those with a symbol, also one of several equal ones, and numbers other than -1."""
    found: dict[Expr, None] = {}
    for term in parts:
        bound = set(term.variables) if isinstance(term, Sum) else set()
        for factor in Mul.make_args(term.function if isinstance(term, Sum) else term):
            if isinstance(factor, (log, Sum, Quantity)) or factor.free_symbols & bound:
                continue
            base, exponent = factor.as_base_exp()
            if factor.is_Rational:
                found.update(
                    dict.fromkeys(number for number in (abs(factor), 1 / Integer(factor.q), Integer(abs(factor.p))) if number != 1)
                )
                continue
            found[factor] = None
            if exponent.is_Rational and abs(exponent) != 1:
                found[base if exponent > 0 else 1 / base] = None
        symbols = [factor for factor in Mul.make_args(term) if factor.free_symbols and not isinstance(factor, (log, Sum, Quantity))]
        if len(symbols) > 1:
            found[Mul(*symbols)] = None
        under = term.as_numer_denom()[1]
        if under != 1 and under.free_symbols:
            found[1 / under] = None
    return list(found)


@slip_kind("missing-factor", rank=134, undone="extra-factor")
def lost_weights(wanted: Expectation) -> Proposals:
    """A sum in which each logarithm or noun has lost its weight, as in H(p) + H(q) + H(r) for H(p) + p H(q) + (1 - p) H(r)."""
    for parts in term_lists(wanted):
        weights = [_positive(wanted, _weight(term)) for term in parts]
        lost = [written(weight) for weight in dict.fromkeys(weights) if weight != 1]
        if len(lost) > 1:
            new = Add(*(term / weight for term, weight in zip(parts, weights, strict=True)))
            yield change(new, f"the factors {', '.join(lost[:-1])} and {lost[-1]} are missing")


def _positive(wanted: Expectation, weight: Expr) -> Expr:
    """Return 1 - p for p - 1, which factoring makes of it."""
    values = wanted.probe.values(weight)
    return (-weight).expand() if all(value is not None and value < 0 for value in values) else weight


def _weight(term: Expr) -> Expr:
    """Return the factors of a term that have no symbol in common with its logarithm or noun."""
    inside = [part for part in Mul.make_args(term) if part.has(log, Quantity)]
    if len(inside) != 1 or isinstance(term, Sum):
        return S.One
    weights = Mul.make_args(factored(term / inside[0]))
    return Mul(*(weight for weight in weights if weight.free_symbols and not weight.free_symbols & inside[0].free_symbols))
