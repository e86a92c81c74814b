"""Answers of ``eval`` in the formats of the command line.

Main definitions: `Answer`, and `FORMATS`, the registry of formats.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from sympy import Expr

from symentropy.display import plain_text
from symentropy.evaluation.enclosure import Enclosure, integer_text
from symentropy.proof.writing.style import latex_text


@dataclass(frozen=True, slots=True)
class Answer:
    """What ``eval`` found: the expression as understood, its value, its digits (None without) and its unit ('' if it has none)."""

    expression: Expr
    value: Expr
    digits: Enclosure | None
    unit: str
    note: str = ""

    def approximation(self) -> str:
        """Return the digits where they add something to the value, else ''."""
        is_exact = self.value.is_Integer or self.value.is_infinite
        return "" if self.digits is None or is_exact else self.digits.text()

    def text(self) -> str:
        """Return ``expression = value`` and, aligned below, the digits."""
        left = plain_text(self.expression)
        lines = [f"{left} = {plain_text(self.value)}"] if self.value != self.expression else [left]
        if self.approximation():
            lines.append(f"{' ' * len(left)} ≈ {self.approximation()}")
        return "\n".join(lines) + (f" {self.unit}" if self.unit else "") + ("" if self._certified() else " (not certified)")

    def latex(self) -> str:
        """Return one line of LaTeX."""
        parts = [latex_text(self.expression)] + ([f"= {latex_text(self.value)}"] if self.value != self.expression else [])
        if self.approximation():
            mantissa, _, exponent = self.approximation().partition("e")
            parts.append(rf"\approx {mantissa}" + (rf" \times 10^{{{int(exponent)}}}" if exponent else ""))
        if not self._certified():
            parts.append(r"\ \text{(not certified)}")
        return " ".join(parts) + (rf"\ \text{{{self.unit}}}" if self.unit else "")

    def markdown(self) -> str:
        """Return displayed math."""
        return f"$$\n{self.latex()}\n$$"

    def json(self) -> str:
        """Return a JSON object on one line: ``lower`` and ``upper`` are exact, as text."""
        found = self.digits
        fields = {
            "expression": plain_text(self.expression),
            "value": plain_text(self.value),
            "latex": latex_text(self.value),
            "digits": found.text() if found else None,
            "lower": _exact_text(found.lower) if found else None,
            "upper": _exact_text(found.upper) if found else None,
            "certified": found.certified if found else None,
            "unit": self.unit or None,
            "note": self.note or None,
        }
        return json.dumps(fields, ensure_ascii=False)

    def _certified(self) -> bool:
        return self.digits is None or self.digits.certified


def _exact_text(value: Expr) -> str:
    """Return a rational as text, however long."""
    if value.is_infinite:
        return str(value)
    over, under = integer_text(int(value.p)), integer_text(int(value.q))
    return over if under == "1" else f"{over}/{under}"


FORMATS: dict[str, Callable[[Answer], str]] = {
    "text": Answer.text,
    "latex": Answer.latex,
    "markdown": Answer.markdown,
    "json": Answer.json,
}
