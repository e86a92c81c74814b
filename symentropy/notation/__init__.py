r"""Text and LaTeX to SymPy, one grammar with places, without evaluating anything as code.

Main definitions
----------------
* `parse`, text to an expression, a claim or a chain of claims under what is given; `parse_claim` and `claim_between` for one claim.
* `parse_chain`, the links of chains over several lines, each with its claims or its error.
* `parse_expression`, text to an expression, with further names as SymPy symbols.
* The steps, a module each: `layout` -> `tokens` (with `characters`) -> `grammar` (with `reader`, `naming`, `sums`, `integrals`,
  `expectations` and `derivatives`) and `relations` -> `syntax` tree -> `translate` (with `series`, `averages`, `measures`,
  `differentiation` and `mixtures`) in a `scope`, with the tables `names`, `functions`, `families` and `quantities`, `arithmetic` within
  the limits of `bounds`, and `roundings`.
* ``given``: `statements` -> `assumptions` and `definitions` -> `given`; and `claims` puts both together.

Main statements
---------------
Every failure is a `ParseError` with its place in the text, or a `DomainError` for mathematics that has no value. Numbers are exact.

Left out so far: expectations over several variables.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import E, Expr, Symbol

from symentropy.logarithms import checked_base
from symentropy.notation.claims import Link, claim_between, parse, parse_chain, parse_claim
from symentropy.notation.grammar import Parser
from symentropy.notation.scope import Scope
from symentropy.notation.source import Source
from symentropy.notation.translate import Translator

__all__ = ["Link", "claim_between", "parse", "parse_chain", "parse_claim", "parse_expression"]

_NO_SYMBOLS: Mapping[str, Symbol] = {}


def parse_expression(text: str, symbols: Mapping[str, Symbol] = _NO_SYMBOLS, *, base: Any = E) -> Expr:
    r"""Return the expression that a text stands for.

    Parameters
    ----------
    text
        Text or LaTeX, at most 100 000 characters: ``"1/2 log x"``, ``r"\frac12 \log x"``, ``"D(P || Q)"``.
    symbols
        Further names and their symbols: ``{"c": Symbol("c", positive=True)}``. They go before the names that are known without
        (p, q, r and most parameters positive; mu, x and the like real; n and N positive integers).
    base
        Keyword only: the base of the quantities and of the logarithms that name none, a positive number other than 1.

    Returns
    -------
    Expr
        Exact; quantities are the unevaluated nouns of this package.

    Raises
    ------
    ParseError
        For text that cannot be read, with its place; for a name without a meaning; for a result too large to compute.
    DomainError
        For division by zero, the logarithm of 0, what is not a probability, and the like.

    Examples
    --------
    >>> parse_expression("p log p/q"), parse_expression(r"\frac12 \log 2\pi e \sigma^2")
    (p*log(p/q), log(2*E*pi*sigma**2)/2)
    >>> parse_expression("H(1/3) - D([1/3, 2/3] || [1/2, 1/2])")
    H([1/3, 2/3]) - D_KL([1/3, 2/3] ‖ [1/2, 1/2])
    >>> parse_expression("log 8 + h(1/2)", base=2)
    h(1/2)/log(2) + 3
    >>> parse_expression("c log c", {"c": Symbol("c", positive=True)})
    c*log(c)
    >>> parse_expression("p log")
    Traceback (most recent call last):
    ...
    symentropy.errors.ParseError: log needs an argument, at line 1, column 6:
      p log
           ^
    """
    scope = Scope(symbols)
    tree = Parser(text, scope).expression()
    scope.prepare(tree)
    return Translator(scope, checked_base(base)).expression(tree, Source(text))
