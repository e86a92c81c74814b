"""An expression as a sum of terms, in the ways in which a person may have written it.

Main definitions
----------------
* `term_lists`: as it stands, with definitions and closed forms, with logarithms of products taken apart, by logarithm.
* `scaled`: the sums in which some terms are multiplied by a number or an expression, and which look like a given value.

What is proposed here need not be equal to the expression where a logarithm is not defined: the result is always compared with an answer
by the zero test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any

from sympy import Add, Expr, Indexed, Mul, Pow, S, Sum, exp, expand_log, factor, log

from symentropy.finite import Finite
from symentropy.homework.nodes import name_parts
from symentropy.homework.probing import TOLERANCE, Values
from symentropy.homework.work import Work
from symentropy.proof.canonical import log_form
from symentropy.quantities import CrossEntropy, Entropy, KLDivergence
from symentropy.quantity import Mean, Quantity

#: Terms up to which all sets of them are tried; above, single ones, pairs, and all but one.
FEW_TERMS = 8
MOST_TERMS = 40

Terms = tuple[Expr, ...]


def term_lists(work: Work) -> list[Terms]:
    """Return the lists of terms, the coarse ones first, each with at least one term and without repetitions."""
    if work.lists is None:
        work.lists = _term_lists(work)
    return work.lists


def _term_lists(work: Work) -> list[Terms]:
    expected, plain = work.expected, tidy(work)
    lists = [terms(expected), terms(_by_cross_entropy(expected)), terms(plain)]
    lists.append(tuple(part for term in lists[-1] for part in split(term)))
    lists.append(collected(work, plain))
    lists.append(grouped(lists[-1]))
    unique = dict.fromkeys(tuple(term for term in found if term != 0) for found in lists)
    return [found for found in unique if 0 < len(found) <= MOST_TERMS]


def terms(expression: Expr) -> Terms:
    """Return the terms of a sum, with a common factor of a sum of logarithms or nouns multiplied out.

    >>> from sympy.abc import p, x
    >>> terms((log(p) + 1) / x)
    (1/x, log(p)/x)
    """
    return tuple(part for term in Add.make_args(expression) for part in _distributed(term))


def _distributed(term: Expr) -> Terms:
    if isinstance(term, Mul):
        sums = [factor for factor in term.args if isinstance(factor, Add) and factor.has(log, Quantity, Sum)]
        if len(sums) == 1:
            rest = Mul(*(factor for factor in term.args if factor is not sums[0]))
            return tuple(rest * part for part in sums[0].args)
    if isinstance(term, Sum):
        inner = _distributed(term.function) if not isinstance(term.function, Add) else terms(term.function)
        return tuple(Sum(part, *term.limits) for part in inner) if len(inner) > 1 else (term,)
    if isinstance(term, Mul) and any(isinstance(factor, Sum) for factor in term.args):
        total = next(factor for factor in term.args if isinstance(factor, Sum))
        parts = _distributed(total)
        rest = Mul(*(factor for factor in term.args if factor is not total))
        return tuple(rest * part for part in parts) if len(parts) > 1 else (term,)
    return (term,)


def split(term: Expr) -> Terms:
    """Return a term with the logarithm of a product in it as terms with a logarithm of each factor.

    >>> from sympy import symbols
    >>> p, q = symbols("p q", positive=True)
    >>> split(p * log(p / q))
    (-p*log(q), p*log(p))
    """
    if isinstance(term, Sum):
        return tuple(Sum(part, *term.limits) for part in split(term.function))
    factors = Mul.make_args(term)
    found = next((factor for factor in factors if isinstance(factor, (log, Sum))), None)
    if found is None:
        return (term,)
    parts = split(found) if isinstance(found, Sum) else Add.make_args(expand_log(_factored(found), force=True, deep=False))
    rest = Mul(*(factor for factor in factors if factor is not found))
    return tuple(rest * part for part in parts)


def _factored(logarithm: Expr) -> Expr:
    """Return log u with u = exp(v) w as a product that can be taken apart."""
    above, below = logarithm.args[0].as_numer_denom()
    inner = Mul(*Mul.make_args(above), *(Pow(factor, -1) for factor in Mul.make_args(below)))
    powers = [factor for factor in Mul.make_args(inner) if isinstance(factor, exp)]
    return logarithm if not powers else log(inner)


def collected(work: Work, plain: Expr) -> Terms:
    """Return the terms of the normal form, one for each logarithm, and those without one."""
    form = log_form(plain, work.domain)
    if form is None:
        return ()
    return (*(coefficient * log(base) for coefficient, base in form[0]), *Add.make_args(form[1]))


def grouped(parts: Terms) -> Terms:
    """Return terms with those without a logarithm put together by the letters above their fraction bars: (mu_1 - mu_2)^2 is one term.

    >>> from sympy import symbols
    >>> a, b, s = symbols("mu_1 mu_2 sigma")
    >>> len(grouped((log(s), a**2 / s**2, -2 * a * b / s**2, b**2 / s**2, s)))
    3
    """
    groups: dict[Any, list[Expr]] = {}
    for place, term in enumerate(parts):
        letters = frozenset(name_parts(symbol)[0] for symbol in term.as_numer_denom()[0].free_symbols)
        groups.setdefault(place if term.has(log) or not letters else letters, []).append(term)
    return tuple(factor(Add(*group)) if len(group) > 1 else group[0] for group in groups.values())


def tidy(work: Work) -> Expr:
    """Return the plain form of the expectation; of the nouns of families, as a person would write it."""
    if work.tidy is None:
        work.tidy = _tidy(work)
    return work.tidy


def _tidy(work: Work) -> Expr:
    plain = work.plain(work.expected)
    nouns = work.expected.atoms(Mean)
    if not nouns or plain.has(Quantity, Sum) or any(isinstance(law, Finite) for noun in nouns for law in noun.args):
        return plain
    return Add(*grouped(collected(work, plain))) or plain


def _by_cross_entropy(expression: Expr) -> Expr:
    """Return an expression with H(P, Q) - H(P) in place of D(P || Q), and H(P) + D(P || Q) of H(P, Q) if there is no D."""
    divergences = expression.atoms(KLDivergence)
    if divergences:
        return expression.xreplace({noun: CrossEntropy(*noun.args) - Entropy(noun.args[0]) for noun in divergences})
    return expression.xreplace({noun: Entropy(noun.args[0]) + KLDivergence(*noun.args) for noun in expression.atoms(CrossEntropy)})


def scaled(
    work: Work, parts: Terms, by: Expr, *, among: Callable[[Expr], bool] = lambda _: True, most: int | None = None
) -> Iterator[tuple[tuple[int, ...], Expr]]:
    """Yield the sums in which some of the terms are multiplied by a factor, with their places, if they look like the answer.

    ``among``: which terms may be; ``most``: how many of them at most.
    """
    places = [place for place, term in enumerate(parts) if among(term)]
    if not places:
        return
    values = [work.probe.values(term) for term in parts]
    scales = work.probe.values(by)
    changes = {place: tuple(_change(value, scale) for value, scale in zip(values[place], scales, strict=True)) for place in places}
    whole = [None if None in column else sum(column) for column in zip(*values, strict=True)]
    gaps = tuple(_difference(wanted, total) for wanted, total in zip(work.target, whole, strict=True))
    for chosen in _subsets(places, most):
        if _sums_to([changes[place] for place in chosen], gaps):
            yield chosen, Add(*(term * by if place in chosen else term for place, term in enumerate(parts)))


def _change(value: float | None, scale: float | None) -> float | None:
    return None if value is None or scale is None else value * (scale - 1)


def _difference(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else first - second


def _subsets(places: Sequence[int], most: int | None) -> Iterator[tuple[int, ...]]:
    if len(places) <= FEW_TERMS:
        for count in range(1, min(len(places), most or len(places)) + 1):
            yield from combinations(places, count)
        return
    yield from combinations(places, 1)
    if most is None or most >= 2:
        yield from combinations(places, 2)
    if most is None:
        for place in places:
            yield tuple(other for other in places if other != place)
        yield tuple(places)


def _sums_to(changes: Sequence[Values], gaps: Values) -> bool:
    """Whether changes add up to the gaps at all points at which all are known; at least one."""
    known = 0
    for place, gap in enumerate(gaps):
        column = [change[place] for change in changes]
        if gap is None or None in column:
            continue
        total = sum(column)  # type: ignore[arg-type]
        if abs(total - gap) > TOLERANCE * max(1.0, abs(gap)):
            return False
        known += 1
    return known > 0


def is_constant(work: Work, term: Expr) -> bool:
    """Whether a term has no symbols, or looks like a number times a sum of probabilities."""
    if not term.free_symbols:
        return True
    if not isinstance(term, Sum):
        return False
    entries = term.function.atoms(Indexed)
    rest = term.function.xreplace(dict.fromkeys(entries, S.One))
    values = work.probe.values(term)
    return bool(entries) and not rest.free_symbols and None not in values and len({round(value, 9) for value in values if value}) == 1


def ratio_parts(expression: Expr) -> tuple[Expr, Expr] | None:
    """Return numerator and denominator, if neither is 1.

    >>> from sympy.abc import p, q
    >>> ratio_parts(p / q), ratio_parts(1 / q)
    ((p, q), None)
    """
    above, below = expression.as_numer_denom()
    return None if S.One in (above, below) else (above, below)
