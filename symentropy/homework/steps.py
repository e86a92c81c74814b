"""Steps of a chain as they were read, before they are judged.

Main definitions: `Step`, and `read_chain`, the steps of the text of a chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sympy import Basic, E

from symentropy.errors import ParseError, SymentropyError
from symentropy.homework.formulas import is_aside
from symentropy.notation.claims import parse_chain
from symentropy.notation.layout import arranged
from symentropy.proof.claim import Claim


@dataclass(frozen=True, slots=True)
class Step:
    """A relation between two neighbours as written, its line, and the claims that it makes, or why it has no meaning.

    ``doubt``: what the text around it may say about its names and was not read, so that a counterexample shows nothing;
    ``asides``: relations in the prose, with their lines, that are not taken for granted and may be meant.
    """

    left: str
    sign: str
    right: str
    line: int
    claims: tuple[Claim, ...]
    problem: str = ""
    given: tuple[Any, ...] = ()
    base: Any = E
    doubt: str = ""
    asides: tuple[tuple[str, int], ...] = ()


def read_chain(text: str, given: Iterable[Any], base: Any) -> list[Step]:
    """Return the steps of a chain.

    Raises `ParseError` for text that cannot be read, or that has no relation.
    """
    facts = (given,) if isinstance(given, (str, Basic)) else tuple(given)
    found = parse_chain(text, facts, base=base)
    asides = tuple(_relations_of_reasons(text))
    for link in found:
        if isinstance(link.error, ParseError) or (link.error is not None and "contradict" in str(link.error)):
            raise link.error
    return [
        Step(
            *(link.left, link.sign, link.right, link.line, link.claims, "" if link.error is None else str(link.error), facts, base),
            asides=asides,
        )
        for link in found
    ]


def _relations_of_reasons(text: str) -> Iterator[tuple[str, int]]:
    r"""Yield the relations in the reasons of a chain, with their lines.

    >>> list(_relations_of_reasons("log p = log q since p = q\n= 2 by Jensen"))
    [('p = q', 1)]
    """
    for start, stop in arranged(text).reasons:
        said = _WORDS.sub(" ", text[start:stop]).strip(" \t\n.,;$&()[]\\")
        said = said[1:].removesuffix("}").strip(" $") if said[:1] == "{" else said
        if is_aside(said):
            yield said, text.count("\n", 0, start) + 1


_WORDS = re.compile(
    r"\\(?:text|textrm|mbox)\s*\{[^{}$]*\}|\\(?:quad|qquad|text|mbox|,|;)|\b(?:since|because|as|using|by|that|we|have|for)\b"
)
_EXPONENTIAL = re.compile(r"\\?exp\s*(?:\{(?P<braces>.*)\}|\((?P<brackets>.*)\)|\[(?P<square>.*)\])\s*")
_INDEX = re.compile(r"_\{?([a-z])\}?")


def as_expectation(step: Step) -> tuple[Step, str] | None:
    r"""Return a step with ``\exp{X}`` on its right side read as the expectation of X under P, and how that is written.

    None where the right side is nothing like that.
    """
    found = _EXPONENTIAL.fullmatch(step.right)
    inner = "" if found is None else next(text for text in found.groups() if text is not None)
    index = _INDEX.search(inner)
    if found is None or index is None:
        return None
    try:
        (meant,) = read_chain(
            rf"{step.left} {step.sign} \sum_{index.group(1)} p_{index.group(1)} \left({inner}\right)", step.given, step.base
        )
    except SymentropyError:
        return None
    return meant, rf"\mathbb{{E}}[{inner}]"
