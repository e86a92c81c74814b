"""The picture of an expression, whatever it is: ``plot``.

Main definitions: `plot`, and `PICTURES`, the registry of what can be drawn: a new kind of picture is a new row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import E

from symentropy.errors import DomainError
from symentropy.exact import shown
from symentropy.finite import Finite
from symentropy.plotting.curves import curve
from symentropy.plotting.integrands import plot_integrand
from symentropy.plotting.maps import heat_map
from symentropy.plotting.sampling import Question, ties
from symentropy.plotting.simplex import on_simplex, triangle
from symentropy.quantities import KLDivergence


def plot(expression: Any, given: Any = (), *, base: Any = E, ax: Any = None) -> Any:
    """Draw an expression, in the way that suits it, and return the axes of matplotlib.

    ==========================================  =================================================
    expression                                  picture
    ==========================================  =================================================
    of one symbol                               a curve
    of two symbols                              a map by colour with lines of equal value
    of three probabilities that sum to 1        a triangle by colour
    D(P || Q) of distributions without symbols  both of them, and p log(p/q) with its signed areas
    ==========================================  =================================================

    Parameters
    ----------
    expression
        Text in the notation, or SymPy.
    given
        Hypotheses and definitions, as for `decide`; bounds say where a symbol is drawn: ``"0 < sigma < 2"``.
    base
        Keyword only: the unit of quantities, e (nats), 2 (bits), or another positive number than 1.
    ax
        Keyword only: axes of matplotlib to draw on; a new figure without.

    Raises
    ------
    DomainError
        For an expression of too many symbols, or of none; the message says how to fix some.
    ParseError
        For text that cannot be read.
    MissingPackage
        Without matplotlib.

    Examples
    --------
    >>> ax = plot("H([p, 1-p])", base=2)
    >>> ax.get_ylabel()
    'H([p, 1-p]) (bits)'
    >>> plot("p q r")
    Traceback (most recent call last):
    ...
    symentropy.errors.DomainError: p q r depends on 3 symbols, p, q, r, and a picture has at most two: fix one of them, as in
    --given "r = 1/2" (in Python given=["r = 1/2"])
    """
    question = Question.of(expression, given, base)
    for fits, draw in PICTURES:
        if fits(question):
            return draw(question, ax)
    raise DomainError(_refusal(question))


def _has_indexed_pmf(question: Question) -> bool:
    return any(pmf.is_indexed and pmf.free_symbols for pmf in question.expression.atoms(Finite))


def _divergence(question: Question) -> KLDivergence | None:
    """Return the divergence without symbols that an expression is, but for its unit."""
    nouns = question.expression.atoms(KLDivergence)
    is_one = len(nouns) == 1 and not question.symbols and (question.expression / next(iter(nouns))).is_number
    return next(iter(nouns)) if is_one else None


def _integrand(question: Question, ax: Any) -> Any:
    noun: Any = _divergence(question)
    return plot_integrand(*noun.args, base=question.base, ax=ax)


def _has_dimensions(count: int) -> Callable[[Question], bool]:
    return lambda question: len(question.symbols) == count and not _has_indexed_pmf(question) and not ties(question)


#: Whether a picture suits a question, and how it is drawn; the first that suits is taken.
PICTURES: tuple[tuple[Callable[[Question], bool], Callable[[Question, Any], Any]], ...] = (
    (on_simplex, triangle),
    (_has_dimensions(1), curve),
    (_has_dimensions(2), heat_map),
    (lambda question: _divergence(question) is not None, _integrand),
)


def _refusal(question: Question) -> str:
    """Return why there is no picture, and what to do."""
    name = question.name
    names = list(map(str, question.symbols))
    if _has_indexed_pmf(question):
        return f'{name} has a pmf of n states: write its probabilities out, as in --given "P = [p_1, p_2, p_3]" (in Python given=[...])'
    if not names:
        return f"{name} is one number, {shown(question.expression)}, so there is nothing to draw; put a symbol in place of a number"
    tied = ties(question)
    if tied:
        last = names[-1]
        return f"{name} is drawn only for free symbols, and {shown(tied[0])} ties {', '.join(names)}: write {last} by means of the others"
    return (
        f"{name} depends on {len(names)} symbols, {', '.join(names)}, and a picture has at most two: fix one of them, as in "
        f'--given "{names[-1]} = 1/2" (in Python given=["{names[-1]} = 1/2"])'
    )
