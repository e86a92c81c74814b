"""Steps of a chain as they were read, before they are judged.

Main definitions: `Step`, and `read_chain`, the steps of the text of a chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sympy import Expr

from symentropy.errors import DomainError
from symentropy.notation.claims import _Reader
from symentropy.notation.source import Source
from symentropy.proof.claim import Claim


@dataclass(frozen=True, slots=True)
class Step:
    """A relation between two neighbours as written, its line, and the claim that it is, or why it has no meaning."""

    left: str
    sign: str
    right: str
    line: int
    claim: Claim | None
    problem: str = ""


_MARKUP = re.compile(r"\\begin\{[a-z]+\*?\}|\\end\{[a-z]+\*?\}|\\(?:label|tag)\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])|&|\\\\")


def read_chain(text: str, given: Iterable[Any], base: Any) -> list[Step]:
    """Return the steps of a chain.

    Raises `ParseError` for text that cannot be read, or that has no relation.
    """
    plain = _MARKUP.sub(lambda found: " " * len(found.group()), text)
    source = Source(plain)
    reader = _Reader(given, base)
    chain = reader.chain(source)
    if not chain.signs:
        raise source.fail("a chain has at least one relation such as = or <=, and this has none", (0, len(text)))
    reader.resolve(chain.sides)
    sides = [_side(reader, side, source) for side in chain.sides]
    return list(_steps(reader, text, chain, sides))


def _side(reader: Any, side: Any, source: Source) -> tuple[Expr | None, str]:
    try:
        return reader.translated(side, source), ""
    except DomainError as error:
        return None, str(error)


def _steps(reader: Any, text: str, chain: Any, sides: list[tuple[Expr | None, str]]) -> Iterator[Step]:
    for place, sign in enumerate(chain.signs):
        start = chain.signs[place - 1].span[1] if place else 0
        end = chain.signs[place + 1].span[0] if place + 1 < len(chain.signs) else len(text)
        left, right = (" ".join(_MARKUP.sub(" ", part).split()) for part in (text[start : sign.span[0]], text[sign.span[1] : end]))
        (one, first_problem), (two, second_problem) = sides[place], sides[place + 1]
        claim = reader.claim(one, sign.text, two) if one is not None and two is not None else None
        yield Step(left, text[slice(*sign.span)], right, text.count("\n", 0, sign.span[0]) + 1, claim, first_problem or second_problem)
