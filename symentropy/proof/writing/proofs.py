"""Proofs as chains of lines with a reason beside each.

Main definitions: `Line`, and `lines_of`, the lines of a proof; `proof_text`, `proof_latex`, `proof_markdown`.

Main statements
---------------
A line without a left side continues the one before: its left side is the right side of that line, or all the lines of the chain so far are
equations and its left side is the first one's. So what a chain says is what its steps say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from sympy import false, true

from symentropy.proof.writing.claims import claim_sentence, local
from symentropy.proof.writing.conditions import conditions
from symentropy.proof.writing.reasons import fact, reason
from symentropy.proof.writing.style import LATEX, MARKDOWN, TEXT, Style, listed

if TYPE_CHECKING:  # proofs are printed by what is here
    from symentropy.proof.claim import Proof, Step

#: Lines of text up to this width have their reason beside them; a longer one has it below.
WIDEST = 76
#: Relations that may follow one another in a chain.
_DIRECTIONS = ({"=", "<", "<="}, {"=", ">", ">="})


class Line(NamedTuple):
    """A step as it is written: its number, the left side unless it continues a chain, sign, right side, hypotheses of its own, reason."""

    number: str
    left: str
    sign: str
    right: str
    local: Sequence[str]
    reason: Sequence[str]


def lines_of(proof: Proof, style: Style) -> list[Line]:
    """Return the lines of a proof."""
    found: list[Line] = []
    chain: list[Step] = []
    general: list[str] = []
    for number, step in enumerate(proof.steps, 1):
        claim = step.claim
        own = local(claim, proof.claim, style)
        continues = _continues(chain, step) and own in ([], general)
        chain, general = ([*chain, step], general) if continues else ([step], own)
        left, own = ("", []) if continues else (style.math(claim.lhs), own)
        premises = [proof.steps[place] for place in step.premises if 0 <= place < len(proof.steps)]
        why = reason(step, style, premises)
        found.append(Line(f"({number})", left, style.signs[claim.relation], style.math(claim.rhs), own, why))
    return found


def _continues(chain: Sequence[Step], step: Step) -> bool:
    """Whether what a step relates may be written as the next line of a chain."""
    if not chain or chain[0].claim.exists or step.claim.exists or step.claim.hypotheses != chain[0].claim.hypotheses:
        return False
    if not any({link.claim.relation for link in (*chain, step)} <= direction for direction in _DIRECTIONS):
        return False
    from_the_first = step.claim.lhs == chain[0].claim.lhs and all(link.claim.relation == "=" for link in chain)
    return from_the_first or step.claim.lhs == chain[-1].claim.rhs


def equality_sentence(proof: Proof, style: Style) -> list[str]:
    """Return when a proved <= or >= is an equality, as a sentence; nothing where that is not known."""
    equality = proof.steps[-1].equality if proof.steps else None
    if equality is None or proof.claim.relation not in ("<=", ">="):
        return []
    if false in equality:
        return ["The two sides are never equal."]
    when = conditions([fact for fact in equality if fact != true], (), style)
    return ["Equality holds if and only if ", *listed(when), "."] if when else ["The two sides are always equal."]


def proof_text(proof: Proof) -> str:
    """Return a proof as text: the claim, a numbered line for each step with its reason, and when equality holds."""
    lines = lines_of(proof, TEXT)
    numbers = max((len(line.number) for line in lines), default=0)
    bodies = [f"{line.number:>{numbers}}  {body}" for chain in _chains(lines) for line, body in zip(chain, _aligned(chain), strict=True)]
    column = max((len(body) for body in bodies if len(body) <= WIDEST), default=numbers + 4) + 3
    made = [_beside(body, TEXT.sentence(line.reason), column) for body, line in zip(bodies, lines, strict=True)]
    return "\n".join([f"Claim: {TEXT.sentence(claim_sentence(proof.claim, TEXT))}.", "", *made, *_ending(proof, TEXT, "")])


def _chains(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines, those of a chain together."""
    found: list[list[Line]] = []
    for line in lines:
        if line.left or not found:
            found.append([])
        found[-1].append(line)
    return found


def _aligned(chain: Sequence[Line]) -> list[str]:
    """Return the lines of a chain as text, with the signs below each other."""
    left, sign = (max(map(len, column)) for column in zip(*((line.left, line.sign) for line in chain), strict=True))
    return [f"{line.left:<{left}} {line.sign:>{sign}} {line.right}{TEXT.sentence(line.local)}" for line in chain]


def _beside(body: str, words: str, column: int) -> str:
    return f"{body:<{column}}{words}" if len(body) < column else f"{body}\n{'':{column}}{words}"


def _ending(proof: Proof, style: Style, gap: str) -> list[str]:
    """Return the lines after the chain: when equality holds, and what is assumed."""
    equality = style.sentence(equality_sentence(proof, style))
    found = [gap, equality] if equality else []
    used = _used(proof, style)
    return [*found, gap, "Used without proof: " + style.sentence(used) + "."] if used else found


def _used(proof: Proof, style: Style) -> list[str]:
    """Return what is used without proof: steps by their numbers, other facts with their sources."""
    facts = [(number, found) for number, step in enumerate(proof.steps, 1) if (found := fact(step, style)) is not None]
    own = listed([[f"({number})"] for number, found in facts if found.is_own])
    others = {style.sentence(found.stated): found for _, found in facts if not found.is_own}
    items = [own] if own else []
    items += [[*found.stated, *([" (", *found.source, ")"] if found.source else [])] for found in others.values()]
    return [piece for place, item in enumerate(items) for piece in (["; "] if place else []) + item]


def _rows(proof: Proof) -> list[str]:
    """Return the rows of an aligned display: number, the two sides, and the reason."""
    rows = [
        rf"{line.number} && {line.left} &{line.sign} {line.right}{_own(line)} && {LATEX.sentence(line.reason)}"
        for line in lines_of(proof, LATEX)
    ]
    return [row + r" \\" for row in rows[:-1]] + rows[-1:]


def _own(line: Line) -> str:
    return rf" \quad {LATEX.sentence(line.local)}" if line.local else ""


def proof_latex(proof: Proof) -> str:
    """Return a proof as LaTeX for the body of a document that loads amsmath: a line each step, aligned, with its reason."""
    claim = MARKDOWN.sentence(claim_sentence(proof.claim, MARKDOWN))
    display = [r"\begin{align*}", *_rows(proof), r"\end{align*}"] if proof.steps else []
    return "\n".join([rf"\textbf{{Claim.}} {claim}.", *display, *(line for line in _ending(proof, MARKDOWN, "") if line)])


def proof_markdown(proof: Proof) -> str:
    """Return a proof as Markdown with displayed math: the claim, a line each step, aligned, with its reason."""
    return f"**Claim.** {MARKDOWN.sentence(claim_sentence(proof.claim, MARKDOWN))}.\n\n{steps_markdown(proof)}"


def steps_markdown(proof: Proof) -> str:
    """Return the steps of a proof as Markdown, without the claim before them."""
    display = ["$$", r"\begin{aligned}", *_rows(proof), r"\end{aligned}", "$$"] if proof.steps else []
    return "\n".join([*display, *_ending(proof, MARKDOWN, "")])
