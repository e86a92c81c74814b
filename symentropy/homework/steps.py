"""Steps of a chain as they were read, before they are judged.

Main definitions: `Step`, and `read_chain`, the steps of the text of a chain.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from symentropy.errors import ParseError
from symentropy.notation.claims import parse_chain
from symentropy.proof.claim import Claim


@dataclass(frozen=True, slots=True)
class Step:
    """A relation between two neighbours as written, its line, and the claims that it makes, or why it has no meaning."""

    left: str
    sign: str
    right: str
    line: int
    claims: tuple[Claim, ...]
    problem: str = ""


def read_chain(text: str, given: Iterable[Any], base: Any) -> list[Step]:
    """Return the steps of a chain.

    Raises `ParseError` for text that cannot be read, or that has no relation.
    """
    found = parse_chain(text, given, base=base)
    for link in found:
        if isinstance(link.error, ParseError):
            raise link.error
    return [Step(link.left, link.sign, link.right, link.line, link.claims, "" if link.error is None else str(link.error)) for link in found]
