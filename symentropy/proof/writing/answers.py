"""Witnesses and verdicts in words.

Main definitions: `witness_sentence` and `verdict_sentence`, printed by `witness_text`, `witness_latex`, `verdict_text`, `verdict_markdown`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symentropy.evaluation.enclosure import Enclosure
from symentropy.proof.writing.claims import claim_sentence
from symentropy.proof.writing.conditions import conditions
from symentropy.proof.writing.numbers import apart, written
from symentropy.proof.writing.proofs import steps_markdown
from symentropy.proof.writing.style import LATEX, MARKDOWN, TEXT, Style, listed

if TYPE_CHECKING:  # witnesses and verdicts are printed by what is here
    from symentropy.proof.claim import Verdict, Witness


def witness_sentence(witness: Witness, style: Style) -> list[str]:
    """Return a witness as a sentence: its values, and both sides there, to as many digits as tell them apart."""
    values = listed([[style.relation(name, "=", value)] for name, value in witness.values.items()], ", ")
    digits = apart(witness.left, witness.right)
    sides = [*_side("left", witness.left, digits, style), ", ", *_side("right", witness.right, digits, style)]
    return ["at ", *values, ": ", *sides] if values else sides


def _side(name: str, value: Enclosure, digits: int, style: Style) -> list[str]:
    doubt = "" if value.certified else " (not certified)"
    return [f"the {name} side is ", *written(value, digits, style), doubt]


def verdict_sentence(verdict: Verdict, style: Style) -> list[str]:
    """Return a verdict as a sentence: the outcome, the claim, and the conditions, the witness or the reason."""
    found = [f"{verdict.outcome}: ", *(["it has no meaning"] if verdict.claim is None else claim_sentence(verdict.claim, style))]
    if verdict.conditions:
        found += [", provided that ", *listed(conditions(verdict.conditions, (), style))]
    if verdict.witness is not None:
        found += ["; ", *witness_sentence(verdict.witness, style)]
    if verdict.slip is not None:
        found.append(f"; {verdict.slip.name}: {verdict.slip.message}")
    return [*found, f"; {verdict.reason}"] if verdict.reason else found


def witness_text(witness: Witness) -> str:
    """Return a witness as text."""
    return TEXT.sentence(witness_sentence(witness, TEXT))


def witness_latex(witness: Witness) -> str:
    """Return a witness as LaTeX, for math mode."""
    return LATEX.sentence(witness_sentence(witness, LATEX))


def verdict_text(verdict: Verdict) -> str:
    """Return a verdict as one line of text."""
    return TEXT.sentence(verdict_sentence(verdict, TEXT))


def verdict_markdown(verdict: Verdict) -> str:
    """Return a verdict as Markdown, with the proof of a proved claim."""
    outcome, *rest = verdict_sentence(verdict, MARKDOWN)
    sentence = f"**{outcome.capitalize().strip()}** {MARKDOWN.sentence(rest)}"
    return sentence if verdict.proof is None else f"{sentence}\n\n{steps_markdown(verdict.proof)}"
