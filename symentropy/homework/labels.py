r"""Answers that name themselves, ``H(X) = -p log p - ...``, and answers that are decimal numbers.

Main definitions: `without_label`, what stands after the name; `is_rounding`, whether a decimal number is what is expected, rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from symentropy.errors import ParseError, SymentropyError
from symentropy.notation.claims import claim_between, parse_chain
from symentropy.proof.search import decide

#: Seconds for the look at a label, and at a rounding.
SECONDS = 0.5
_NAME = (
    r"(?!(?:log|ln|exp|sqrt|sum|prod|int)(?![A-Za-z]))(?:[A-Za-z]+|\\(?:mathrm|operatorname|text)\{[A-Za-z]+\})"
    r"(?:_(?:\{(?:[^{}]|\{[^{}]*\})*\}|[A-Za-z0-9]))?"
)
_BRACKETS = r"(?:\\left\s*)?[(\[](?:[^()\[\]=<>]|[(\[][^()\[\]=<>]*[)\]])*(?:\\right\s*)?[)\]]"
_LABELLED = re.compile(
    rf"[\s$]*(?:(?i:answer|ans|solution|result)\s*[:=]|(?P<label>(?P<name>{_NAME})\s*(?P<arguments>{_BRACKETS})?)\s*(?::?=|≈|\\approx(?![A-Za-z]))|[=≈]|\\approx(?![A-Za-z]))"
    r"(?P<value>(?:(?!\\(?:[lg]eq?|neq?|approx)(?![A-Za-z]))[^=<>≤≥≠≈])+)"
)
#: Markdown around an answer.
_MARKED = re.compile(r"\A(\s*(`+|\*\*))([^`]*)\2\s*\Z")
_DECIMAL = re.compile(r"\s*[-−]?\s*[0-9]*\.[0-9]+\s*")


def without_label(answer: str, expected: Any, given: Iterable[Any], base: Any) -> str:
    """Return the text of an answer without the name in front of it; columns stay.

    A name that means something already is left out only if it is what is expected.

    >>> without_label("H(X) = log 2", "H([p, 1-p])", (), 2), without_label("= p", "p", (), 2), without_label("H(p) = p", "p", (), 2)
    ('       log 2', '  p', 'H(p) = p')
    """
    answer = _MARKED.sub(lambda found: " " * len(found[1]) + found[3], answer)
    found = _LABELLED.fullmatch(answer)
    if found is None:
        return answer
    if found["arguments"] and not _names_the_answer(found["label"], found["arguments"], expected, given, base):
        return answer
    name = found["name"] if not found["arguments"] else None
    if name and re.search(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z{'([' if name[0].isupper() else ''}])", str(expected)):
        return answer  # p = ... where p is part of what is expected
    return " " * found.start("value") + found["value"]


def _names_the_answer(label: str, arguments: str, expected: Any, given: Iterable[Any], base: Any) -> bool:
    """Whether a label with arguments has no meaning, is about distributions that nothing defines, or is what is expected."""
    facts = [given] if isinstance(given, str) else list(given)
    letters = re.findall(r"[A-Za-z]+", arguments)
    if all(letter in ("P", "Q", "R", "M", "U") for letter in letters) and not any(
        re.search(rf"(?<![A-Za-z]){letter}(?![A-Za-z])", str(fact)) for letter in letters for fact in facts
    ):
        return True
    try:
        return decide(claim_between(label, "=", expected, facts, base=base), timeout=SECONDS).outcome == "proved"
    except ParseError:
        return True
    except SymentropyError:
        return False


def is_rounding(answer: Any, expected: Any, given: Iterable[Any], base: Any) -> bool:
    """Whether an answer is a decimal number that is what is expected, rounded or truncated.

    >>> is_rounding("0.562", "H([1/4, 3/4])", (), 2), is_rounding("0.811", "H([1/4, 3/4])", (), 2)
    (False, True)
    """
    if not (isinstance(answer, str) and isinstance(expected, str) and _DECIMAL.fullmatch(answer)):
        return False
    try:
        links = parse_chain(f"{expected} \\approx {answer.strip()}", given, base=base)
        return all(decide(claim, timeout=SECONDS).outcome == "proved" for link in links for claim in link.claims)
    except SymentropyError:
        return False
