"""An expression as a sum of terms, in the ways in which a person may have written it.

Main definitions
----------------
* `term_lists`: as it stands, with definitions and closed forms, with logarithms of products taken apart, by logarithm.
* `scaled`: the sums in which some terms are multiplied by a number or an expression.

What is proposed here need not be equal to the expression where a logarithm is not defined: the result is always compared with an answer
by the zero test.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Add, Expr, Indexed, Mul, Pow, S, Sum, exp, expand_log, factor, log

from symentropy.finite import Finite
from symentropy.homework.nodes import name_parts
from symentropy.homework.proposals import Scaling, Terms
from symentropy.homework.work import Expectation
from symentropy.proof.canonical import log_form
from symentropy.quantities import CrossEntropy, Entropy, KLDivergence
from symentropy.quantity import Mean, Quantity

MOST_TERMS = 40


def term_lists(wanted: Expectation) -> list[Terms]:
    """Return the lists of terms, the coarse ones first, each with at least one term and without repetitions."""
    if wanted.lists is None:
        wanted.lists = _term_lists(wanted)
    return wanted.lists


def _term_lists(wanted: Expectation) -> list[Terms]:
    expected, plain = wanted.expected, tidy(wanted)
    lists = [terms(expected), terms(_by_cross_entropy(expected)), terms(plain)]
    lists.append(tuple(part for term in lists[-1] for part in split(term)))
    lists.append(collected(wanted, plain))
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


def collected(wanted: Expectation, plain: Expr) -> Terms:
    """Return the terms of the normal form, one for each logarithm, and those without one."""
    form = log_form(plain, wanted.domain)
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


def tidy(wanted: Expectation) -> Expr:
    """Return the plain form of the expectation; of the nouns of families, as a person would write it."""
    if wanted.tidy is None:
        wanted.tidy = _tidy(wanted)
    return wanted.tidy


def _tidy(wanted: Expectation) -> Expr:
    plain = wanted.plain(wanted.expected)
    nouns = wanted.expected.atoms(Mean)
    if not nouns or plain.has(Quantity, Sum) or any(isinstance(law, Finite) for noun in nouns for law in noun.args):
        return plain
    return Add(*grouped(collected(wanted, plain))) or plain


def _by_cross_entropy(expression: Expr) -> Expr:
    """Return an expression with H(P, Q) - H(P) in place of D(P || Q), and H(P) + D(P || Q) of H(P, Q) if there is no D."""
    divergences = expression.atoms(KLDivergence)
    if divergences:
        return expression.xreplace({noun: CrossEntropy(*noun.args) - Entropy(noun.args[0]) for noun in divergences})
    return expression.xreplace({noun: Entropy(noun.args[0]) + KLDivergence(*noun.args) for noun in expression.atoms(CrossEntropy)})


def scaled(
    parts: Terms,
    by: Expr,
    said: Callable[[list[Expr]], str],
    among: Callable[[Expr], bool] = lambda _: True,
    *,
    least: int = 1,
    most: int | None = None,
    is_proper: bool = False,
) -> Scaling:
    """Return the sums in which some of the terms are multiplied by a factor.

    ``said``: what is said of those terms; ``among``: which terms may be; ``least``, ``most``: how many of them; ``is_proper``: not all.
    """
    return Scaling(parts, by, said, tuple(place for place, term in enumerate(parts) if among(term)), least, most, is_proper)


def is_constant(wanted: Expectation, term: Expr) -> bool:
    """Whether a term has no symbols, or looks like a number times a sum of probabilities."""
    if not term.free_symbols:
        return True
    if not isinstance(term, Sum):
        return False
    entries = term.function.atoms(Indexed)
    rest = term.function.xreplace(dict.fromkeys(entries, S.One))
    values = wanted.probe.values(term)
    return bool(entries) and not rest.free_symbols and None not in values and len({round(value, 9) for value in values if value}) == 1


def ratio_parts(expression: Expr) -> tuple[Expr, Expr] | None:
    """Return numerator and denominator, if neither is 1.

    >>> from sympy.abc import p, q
    >>> ratio_parts(p / q), ratio_parts(1 / q)
    ((p, q), None)
    """
    above, below = expression.as_numer_denom()
    return None if S.One in (above, below) else (above, below)
