"""Slips in whole terms: arguments exchanged, signs, terms and factors that are missing, logarithms in another base.

Importing this module, and `symentropy.homework.inner_kinds` after it, fills the registry of `symentropy.homework.slips`; the order is that
in which slips are looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from sympy import Add, Dummy, Expr, Integer, Mul, Pow, Rational, S, Sum, log

from symentropy.display import plain_text
from symentropy.exact import shown
from symentropy.homework.nodes import changed, exchanges
from symentropy.homework.slips import Proposals, slip_kind
from symentropy.homework.terms import is_constant, ratio_parts, scaled, term_lists, tidy
from symentropy.homework.work import Work
from symentropy.proof.writing.style import with_letters
from symentropy.quantities import CrossEntropy, Entropy, KLDivergence
from symentropy.quantity import Quantity

#: Numbers that are often lost as a factor.
NUMBERS = (Integer(2), Rational(1, 2))
#: Bases that are taken for one another.
BASES = (Integer(2), Integer(10))
_BASE_NAMES = {Integer(2): "bits", Integer(10): "base 10", S.Exp1: "nats"}


def written(expression: Expr) -> str:
    """Return an expression as a message shows it."""
    return shown(with_letters(expression)) if len(plain_text(expression)) > 60 else plain_text(with_letters(expression))


@slip_kind("swapped-arguments", rank=10)
def swapped(work: Work) -> Proposals:
    """D(Q || P) for D(P || Q), and H(Q, P) for H(P, Q)."""
    nouns = work.expected.atoms(KLDivergence, CrossEntropy)
    for noun in sorted(nouns, key=str):
        yield (
            work.expected.xreplace({noun: noun.func(*reversed(noun.args))}),
            f"the arguments of {written(noun)} are the wrong way round: the mean is taken over the first one",
        )
    if len(nouns) > 1:
        yield (
            work.expected.xreplace({noun: noun.func(*reversed(noun.args)) for noun in nouns}),
            "the two distributions are exchanged throughout",
        )
    for expression in (work.expected, tidy(work)):
        for exchange in exchanges(expression):
            yield expression.xreplace(exchange), "the two distributions are exchanged throughout"


@slip_kind("wrong-base", rank=20)
def wrong_base(work: Work) -> Proposals:
    """Bits for nats and the like, in all terms or in some of them, and a conversion upside down."""
    expected = work.expected
    found = {
        base for part in (expected, work.answer) for power in part.atoms(Pow) if isinstance(power.base, log) for base in power.base.args
    }
    bases = dict.fromkeys([*BASES, *sorted(found, key=str)])
    for base in bases:
        unit = log(base)
        name = _BASE_NAMES.get(base, f"base {base}")
        asked = "bits were" if name == "bits" else f"{name} was"
        yield expected / unit, f"this is right in {name}, and nats were asked for"
        yield expected * unit, f"this is right in nats, and {asked} asked for" if expected.has(1 / unit) else f"this is off by log({base})"
        yield expected * unit**2, "the conversion of the base is upside down: multiply by log b where you divided, or the other way round"
        for other in bases:
            if other != base and expected.has(1 / unit):
                yield expected * unit / log(other), f"the logarithms are to base {other}, and base {base} was asked for"
        yield expected / unit**2, "the conversion of the base is upside down: divide by log b where you multiplied, or the other way round"
    if isinstance(expected, Mul) and any(isinstance(factor, Pow) and isinstance(factor.base, log) for factor in expected.args):
        yield 1 / expected, "the conversion of the base is upside down"
    for parts, base in ((parts, base) for parts in term_lists(work) for base in bases):
        for factor in (1 / log(base), log(base)):
            for _, candidate in scaled(work, parts, factor, among=_has_log):
                yield candidate, "some logarithms are in another base than the others"


def _has_log(term: Expr) -> bool:
    return bool(term.has(log, Quantity))


@slip_kind("missing-entropy-term", rank=30, undone="extra-term")
def missing_entropy(work: Work) -> Proposals:
    """H(P, Q) for D(P || Q), and other sums without an entropy."""
    for parts in term_lists(work):
        entropies = [term for term in parts if _is_entropy(term)]
        if entropies and len(entropies) < len(parts):
            rest = Add(*(term for term in parts if not _is_entropy(term)))
            yield rest, f"the entropy term {written(Add(*entropies))} is missing"
            for places, candidate in scaled(work, parts, S.Zero, among=_is_entropy):
                yield candidate, f"the entropy term {written(Add(*(parts[place] for place in places)))} is missing"


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
def dropped_constant(work: Work) -> Proposals:
    """A sum without some of its constants."""
    for parts in term_lists(work):
        symbolic = any(term.free_symbols for term in parts)
        chosen = (lambda term: is_constant(work, term)) if symbolic else (lambda term: bool(term.is_Rational))
        for places, candidate in scaled(work, parts, S.Zero, among=chosen):
            if len(places) < len(parts):
                yield candidate, f"the constant {written(Add(*(parts[place] for place in places)))} is missing"


@slip_kind("missing-term", undone="extra-term", rank=77)
def missing_term(work: Work) -> Proposals:
    """A sum without one of its terms."""
    yield from _without_terms(work, 1)


@slip_kind("missing-term", undone="extra-term", rank=100)
def missing_terms(work: Work) -> Proposals:
    """A sum without some of its terms."""
    yield from _without_terms(work, None)


def _without_terms(work: Work, most: int | None) -> Proposals:
    for parts in term_lists(work):
        for places, candidate in scaled(work, parts, S.Zero, most=most):
            if len(places) < len(parts):
                lost = [parts[place] for place in places]
                several = len(lost) > 1
                yield candidate, f"the term{'s' * several} {' and '.join(map(written, lost))} {'are' if several else 'is'} missing"


@slip_kind("inverted-ratio", rank=60)
def inverted_ratio(work: Work) -> Proposals:
    """log(q/p) for log(p/q), where the answer has such a logarithm, and b/a for a factor a/b."""
    logs = work.answer.atoms(log)
    has_ratio = any(_is_ratio(logarithm) for logarithm in logs)
    lists = term_lists(work)
    for expression in dict.fromkeys([work.expected, tidy(work), *(Add(*parts) for parts in lists[-1:])]):
        for candidate, node, _ in changed(expression, _inverted_log) if has_ratio else ():
            yield candidate, f"the ratio in {written(node)} is upside down"
        masks = {logarithm: Dummy(positive=True) for logarithm in expression.atoms(log)}
        back = {mask: logarithm for logarithm, mask in masks.items()}
        masked = expression.xreplace(masks)
        for rule in (_inverted_factors, _inverted_all):
            for candidate, node, new in changed(masked, rule):
                yield candidate.xreplace(back), f"the ratio in {written(node.xreplace(back))} is upside down: {written(new.xreplace(back))}"
        for candidate, node, new in changed(expression, _inverted_both):
            yield candidate, f"the ratios in {written(node)} are upside down: {written(new)}"
    for parts in lists if has_ratio else ():
        for places, candidate in scaled(work, parts, S.NegativeOne, among=_has_log, most=2):
            if len(places) == 2:
                yield candidate, f"the ratio in {written(Add(*(parts[place] for place in places)))} is upside down"


def _is_ratio(logarithm: Expr) -> bool:
    return ratio_parts(logarithm.args[0]) is not None


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
def sign(work: Work) -> Proposals:
    """A sum with the sign of a term changed, or of all of it."""
    yield -work.expected, "the sign is the opposite"
    yield from _signs(work, 1)
    yield from _signs(work, 2)


@slip_kind("sign", rank=140)
def many_signs(work: Work) -> Proposals:
    """A sum with the signs of several terms changed."""
    yield from _signs(work, None)


def _signs(work: Work, most: int | None) -> Proposals:
    for parts in term_lists(work):
        for places, candidate in scaled(work, parts, S.NegativeOne, most=most):
            turned = [parts[place] for place in places]
            several = len(turned) > 1
            yield (
                candidate,
                f"the sign{'s' if several else ''} of {' and '.join(map(written, turned))} {'are' if several else 'is'} the opposite",
            )


@slip_kind("missing-factor", rank=110, undone="extra-factor")
def missing_factor(work: Work) -> Proposals:
    """A sum in which some of the terms have lost a factor."""
    for number in NUMBERS:
        yield work.expected * number, f"the factor {1 / number} is missing"
    lists = term_lists(work)
    for factor in dict.fromkeys(factor for parts in lists for factor in _factors(parts)):
        yield work.expected / factor, f"the factor {written(factor)} is missing"
    for parts in lists:
        for factor in _factors(parts):
            for places, candidate in scaled(work, parts, 1 / factor, among=lambda term, own=factor: own in _factors((term,))):  # type: ignore[misc]
                yield candidate, _without_factor(factor, [parts[place] for place in places], len(parts))
    for parts in lists:
        for number in NUMBERS:
            for places, candidate in scaled(work, parts, number):
                yield candidate, _without_factor(1 / number, [parts[place] for place in places], len(parts))


def _without_factor(factor: Expr, parts: list[Expr], count: int) -> str:
    return f"the factor {written(factor)} is missing" + (f" in {' and '.join(map(written, parts))}" if len(parts) < count else "")


def _factors(parts: tuple[Expr, ...]) -> list[Expr]:
    """Return the factors of terms that may be lost: those with a symbol, also one of several equal ones, and numbers other than -1."""
    found: dict[Expr, None] = {}
    for term in parts:
        for factor in (*Mul.make_args(term), *(Mul.make_args(term.function) if isinstance(term, Sum) else ())):
            if isinstance(factor, (log, Sum, Quantity)):
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
