"""How claims, proofs, witnesses and verdicts are written: text, LaTeX and Markdown.

Main definitions
----------------
* `each_text`, `each_latex`, `claim_text`, `claim_latex`.
* `proof_text`, `proof_latex`, `proof_markdown`, with a reason beside each line (see `symentropy.proof.writing.reasons`), and `assumption`.
* `witness_text`, `witness_latex`, `verdict_text`, `verdict_markdown`.

What is written is decided once, as sentences of words and formulas (see `symentropy.proof.writing.style`), and then printed in a style.

Left out on purpose: reading any of it back; for that there is JSON (see `symentropy.proof.encoding`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from symentropy.proof.writing.answers import verdict_markdown, verdict_text, witness_latex, witness_text
from symentropy.proof.writing.claims import claim_sentence
from symentropy.proof.writing.conditions import each
from symentropy.proof.writing.proofs import proof_latex, proof_markdown, proof_text
from symentropy.proof.writing.reasons import assumption
from symentropy.proof.writing.style import LATEX, TEXT

if TYPE_CHECKING:  # claims are printed by what is here
    from symentropy.proof.claim import Claim, Each

__all__ = [
    "assumption",
    "claim_latex",
    "claim_text",
    "each_latex",
    "each_text",
    "proof_latex",
    "proof_markdown",
    "proof_text",
    "verdict_markdown",
    "verdict_text",
    "witness_latex",
    "witness_text",
]


def each_text(fact: Each, text: Callable[[Any], str]) -> str:
    """Return a relation for each index as text; ``text`` prints an expression."""
    style = TEXT._replace(math=text)
    return style.sentence(each(fact, style))


def each_latex(fact: Each, text: Callable[[Any], str]) -> str:
    """Return a relation for each index as LaTeX; ``text`` prints an expression as LaTeX."""
    style = LATEX._replace(math=text)
    return style.sentence(each(fact, style))


def claim_text(claim: Claim) -> str:
    """Return a claim with its hypotheses as text: ``H([p, 1 - p]) >= 0 for 0 < p < 1``."""
    return TEXT.sentence(claim_sentence(claim, TEXT))


def claim_latex(claim: Claim) -> str:
    """Return a claim with its hypotheses as LaTeX, for math mode."""
    return LATEX.sentence(claim_sentence(claim, LATEX))
