"""The assumptions of a symbol from what is known of its name.

Main definitions: `Knowledge`, what ``given`` says about a name alone; `assumed`, the assumptions of SymPy that follow.

A symbol that is positive by default is no longer where given allows it other values: ``sigma >= 0``, ``p real``, ``-1 < p``. A symbol that
is real by default stays so, and what given says is a hypothesis.

Left out: bounds by other names, which are hypotheses only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sympy import Expr

_SIGN_OF_WORD = {
    "positive": "positive",
    "natural": "positive",
    "probability": "positive",
    "nonnegative": "nonnegative",
    "real": "real",
    "nonzero": "real",
    "negative": "real",
}


@dataclass(slots=True)
class Knowledge:
    """What is said about a name: words, and bounds, of which those that are numbers are kept with their signs."""

    words: set[str] = field(default_factory=set)
    has_lower: bool = False
    has_upper: bool = False
    bounds: list[tuple[str, Expr]] = field(default_factory=list)

    def bound(self, sign: str, value: Expr | None) -> None:
        """Add a bound; ``value`` is None if it is not a number."""
        if sign in (">", ">="):
            self.has_lower = True
        else:
            self.has_upper = True
        if value is not None:
            self.bounds.append((sign, value))

    @property
    def sign(self) -> str | None:
        """The sign that is said: positive, nonnegative or real, or None if nothing is."""
        found = [_SIGN_OF_WORD[word] for word in self.words if word in _SIGN_OF_WORD]
        for sign, value in self.bounds:
            if sign in (">", ">="):
                found.append("positive" if value.is_positive or (sign == ">" and value.is_zero) else _of_zero(value))
            elif not value.is_positive:
                found.append("real")
        return next((sign for sign in ("positive", "nonnegative", "real") if sign in found), None)

    @property
    def frees_below(self) -> bool:
        """Whether the default lower bound of a probability does not hold any more."""
        return (
            self.has_lower or bool(self.words & _SIGN_OF_WORD.keys()) or any(s in ("<", "<=") and not v.is_positive for s, v in self.bounds)
        )

    @property
    def frees_above(self) -> bool:
        """Whether the default upper bound of a probability does not hold any more."""
        beyond = any(sign in (">", ">=") and (value - 1).is_nonnegative for sign, value in self.bounds)
        return self.has_upper or bool(self.words & _SIGN_OF_WORD.keys()) or beyond


def _of_zero(value: Expr) -> str:
    return "nonnegative" if value.is_zero else "real"


def assumed(known: Knowledge, default: Mapping[str, bool] | None) -> dict[str, bool]:
    """Return the assumptions on a symbol.

    >>> assumed(Knowledge({"integer"}), {"positive": True}), assumed(Knowledge(), None)
    ({'integer': True, 'positive': True}, {'real': True})
    """
    default = default or {}
    is_integer = "integer" in known.words or "natural" in known.words or (bool(default.get("integer")) and "real" not in known.words)
    sign = known.sign
    if default.get("real") and "natural" not in known.words:
        sign = "real"
    elif sign is None:
        sign = "positive" if default.get("positive") else "real"
    if is_integer:
        return {"integer": True} if sign == "real" else {"integer": True, sign: True}
    return {sign: True}
