"""Claims as sentences: what is claimed, and for which points.

Main definitions: `claim_sentence`, `where`, and `local`, the hypotheses of a step that its proof does not have.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sympy import Basic, Symbol

from symentropy.proof.writing.conditions import conditions
from symentropy.proof.writing.style import Math, Style, listed

if TYPE_CHECKING:  # claims are printed by what is here
    from symentropy.proof.claim import Claim


def claim_sentence(claim: Claim, style: Style) -> list[str]:
    """Return a claim with its hypotheses as a sentence."""
    return [style.relation(claim.lhs, claim.relation, claim.rhs), *where(claim, style)]


def where(claim: Claim, style: Style) -> list[str]:
    """Return the points that a claim is about: for 0 < p < 1."""
    symbols = claim.free_symbols
    points = conditions(claim.hypotheses, symbols, style, _names(symbols))
    if claim.exists and not points:
        points = [[Math(style.math(symbol))] for symbol in sorted(symbols, key=str) if isinstance(symbol, Symbol)]
    return [" for some " if claim.exists else " for ", *listed(points)] if points else []


def local(claim: Claim, proved: Claim, style: Style) -> list[str]:
    """Return what the claim of a step takes for granted beyond what the proved claim does, or all of it where it does without some."""
    general = set(proved.hypotheses)
    own = [fact for fact in claim.hypotheses if fact not in general]
    symbols: Iterable[Basic] = claim.free_symbols - proved.free_symbols
    if claim.exists or not general <= set(claim.hypotheses):
        own, symbols = list(claim.hypotheses), claim.free_symbols
    points = conditions(own, symbols, style, _names(claim.free_symbols))
    return [" for some " if claim.exists else " for ", *listed(points)] if points else []


def _names(symbols: Iterable[Any]) -> set[str]:
    return {symbol.name for symbol in symbols if isinstance(symbol, Symbol)}
