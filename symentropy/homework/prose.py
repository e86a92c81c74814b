r"""What prose says about names, as statements of ``given``.

Main definitions
----------------
* `spoken`: ``Let $a$ and $b$ be positive`` is "a, b positive", ``two densities $p$ and $q$`` is "p, q density", and ``X ~ Normal(0, 1)``
  in plain text is itself.
* `distributed`: the distributions that a display states, ``P: X \sim \mathcal{N}(\mu_1, \sigma_1^2)``.

Left out: bounds and definitions, which are formulas (see `symentropy.homework.formulas`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: A name with a subscript and primes, that is no quantity.
NAME = r"(?:(?!(?:H|D|I|KL|JSD)\b)(?:\\?[A-Za-z]+|[α-ωΑ-Ω])(?:_(?:\{[^{}]*\}|[A-Za-z0-9]))?'*)"
_AND = r"(?:\s*\$?\s*(?:,\s*and|,|and)\s*\$?\s*)"
_INTRODUCED = r"\b(?i:let|where|with|for|and|assume|suppose)\s+"
_NAMES = rf"\$\s*(?P<names>{NAME}(?:{_AND}{NAME})*)\s*\$\s+"
_LETTERS = rf"\$?\s*(?P<names>(?<![A-Za-z\\])[pqr](?![A-Za-z_(])(?:{_AND}[pqr](?![A-Za-z_(]))*)\s*\$?"
_KINDS = (
    "is|are|be|being|denotes?|an?|the|two|any|some|arbitrary|given|discrete|finite|probability|reference|continuous|strictly|positive|mass"
)
_ANY = rf"(?:(?:{_KINDS})\s+)*"
#: Words, and the statement that they make of the names in them.
_WORDS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_INTRODUCED}{_NAMES}(?:is|are|be|being)\s+(?:an?\s+)?positive\b(?!\s+(?:integer|semi))"), "{} positive"),
    (re.compile(rf"{_INTRODUCED}{_NAMES}(?:is|are|be|being)\s+(?:an?\s+)?real\b"), "{} real"),
    (re.compile(rf"{_INTRODUCED}{_LETTERS}\s+{_ANY}densit(?:y|ies)\b"), "{} density"),
    (re.compile(rf"\bdensit(?:y|ies)\s+{_LETTERS}(?=[\s.,;])"), "{} density"),
    (re.compile(rf"{_INTRODUCED}{_LETTERS}\s+{_ANY}(?:pmfs?|functions?|distributions?)\b"), "{} pmf"),
    (
        re.compile(
            r"\$?\s*(?P<names>(?<![A-Za-z\\])[PQRMU](?![A-Za-z(_]))\s*\$?\s+(?:(?:is|be|being|denotes?|the)\s+)*uniform"
            r"(?:\s+distribution)?\s+(?:on|over)\s+(?:the\s+)?\$n\$(?=\W)"
        ),
        "{} uniform",
    ),
)
#: A random variable of a family, in plain text.
_VARIABLE = re.compile(r"(?<![A-Za-z\\$])[A-Z]\s*[~∼]\s*[A-Z][A-Za-z]+\([^()\n]*\)")
#: What distribution a random variable has, in a row of a display.
_ROW = re.compile(rf"\s*(?:(?P<law>[PQRMU])\s*:)?\s*(?P<variable>{NAME})\s*(?:\\sim(?![A-Za-z])|~|∼)\s*(?P<family>\S.*?)\s*", re.DOTALL)
_LAYOUT = re.compile(r"\\(?:begin|end)\{[a-z]+\*?\}|\\(?:label|tag)\{[^{}]*\}|\\(?:[,;:!]|quad|qquad|nonumber)(?![A-Za-z])|&")
_MORE = re.compile(r"[=<>]|\\[lg]eq?(?![A-Za-z])|[,;]\s*\S*\s*\\sim")


def spoken(text: str) -> Iterator[tuple[str, int]]:
    r"""Yield the statements that words make, with their places.

    >>> list(spoken(r"Let $a$, $b$ and $\beta_1$ be positive, and let $p$ and $q$ be two probability densities. Y ~ Exp(2)."))
    [('a, b, \\beta_1 positive', 0), ('p, q density', 44), ('Y ~ Exp(2)', 90)]
    """
    for pattern, statement in _WORDS:
        for found in pattern.finditer(text):
            names = [name for name in re.findall(NAME, found["names"]) if name != "and"]
            yield statement.format(", ".join(names)), found.start()
    for found in _VARIABLE.finditer(text):
        yield found.group(), found.start()


def distributed(text: str) -> list[tuple[str, str]]:
    r"""Return the distributions that a display states and does nothing else, by the name of the distribution or of the random variable.

    >>> distributed(r"P: \; X &\sim \mathrm{Exp}(\lambda_1) \\ Q: \; X &\sim \mathrm{Exp}(\lambda_2) \; .")
    [('P', '\\mathrm{Exp}(\\lambda_1)'), ('Q', '\\mathrm{Exp}(\\lambda_2)')]
    >>> distributed(r"X \sim P, p = 1"), distributed("p = q")
    ([], [])
    """
    plain = _LAYOUT.sub(" ", text)
    rows = [row.strip().rstrip(".,; \n\t") for row in re.split(r"\\\\|\\text\{\s*and\s*\}", plain) if row.strip(" .,;\n\t")]
    found = [_ROW.fullmatch(row) for row in rows]
    if not all(match and not _MORE.search(match["family"]) for match in found):
        return []
    return [(match["law"] or match["variable"], match["family"]) for match in found if match]
