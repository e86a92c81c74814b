r"""The formulas of a Markdown or LaTeX document, and where they stand.

Main definitions
----------------
* `Formula`, the text of one with its line; `display_formulas` and `inline_formulas`.
* `statements`, what the prose takes for granted: ``Let $P = (p, 1-p)$``, ``where $\sigma > 0$``, ``$X \sim \mathrm{Exp}(\lambda)$``.

Code blocks of Markdown and comments of LaTeX are no part of the text. Left out on purpose: what formulas mean, macros that a document
defines, and prose beyond the few words that introduce a statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

#: Environments with display math.
ENVIRONMENTS = ("equation", "align", "alignat", "gather", "multline", "eqnarray", "flalign", "displaymath", "math", "split", "aligned")

_DISPLAY = re.compile(
    r"\$\$(?P<dollars>.*?)\$\$|(?<!\\)\\\[(?P<brackets>.*?)(?<!\\)\\\]"
    r"|(?P<environment>\\begin\{(?P<name>" + "|".join(ENVIRONMENTS) + r")(?P<star>\*?)\}.*?\\end\{(?P=name)(?P=star)\})",
    re.DOTALL,
)
_INLINE = re.compile(
    r"(?<![\\$])\$(?![\s$])(?P<dollars>(?:\\.|[^$\\])+?)(?<!\s)\$(?!\$)|(?<!\\)\\\((?P<brackets>.*?)(?<!\\)\\\)", re.DOTALL
)
_HIDDEN = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)[^\n]*$|`[^`\n]+`|<!--.*?-->|(?<!\\)%[^\n]*", re.DOTALL | re.MULTILINE)
#: A statement that prose introduces: the words before a formula.
_INTRODUCED = re.compile(r"(?i:\b(?:let|where|with|assume|suppose|given|for(?: all| every| each| any)?|and|,)\s+(?:that\s+|we have\s+)?)$")
#: Bounds of names by numbers, and what a name stands for; nothing else is taken from prose.
_NAME = r"(?:(?!(?:H|D|I|KL|JSD)\b)(?:\\?[A-Za-z]+|[α-ωΑ-Ω])(?:_(?:\{[^{}]*\}|[A-Za-z0-9]))?'*)"
_NUMBER = r"(?:-?\d+(?:\.\d+)?(?:/\d+)?|\\[td]?frac\{?\d+\}?\{?\d+\}?|\\infty)"
_RELATION = r"(?:<=?|>=?|≤|≥|\\leq?(?![A-Za-z])|\\geq?(?![A-Za-z])|\\lt(?![A-Za-z])|\\gt(?![A-Za-z]))"
_BOUND = re.compile(
    rf"\s*(?:{_NUMBER}\s*{_RELATION}\s*)?{_NAME}(?:\s*,\s*{_NAME})*\s*(?:{_RELATION}\s*{_NUMBER}|\\in\s*\({_NUMBER},\s*{_NUMBER}\))\s*"
)
_TOTAL = re.compile(rf"\s*(?:\\sum_[^=]*|{_NAME}(?:\s*\+\s*{_NAME})+)\s*=\s*1\s*")
_DEFINED = re.compile(rf"\s*(?P<name>{_NAME})\s*(?::=|=|\\coloneqq|\\equiv|\\sim)\s*\S.*", re.DOTALL)
#: The same in plain words.
_PLAIN = re.compile(
    rf"\b[Ll]et\s+(?P<let>{_NAME}\s*(?:=|~|∼)\s*[^$.;\n]*?[^$.;\s])(?=\s*(?:[.;]|$|\s(?:be|and|where|with)\s))"
    rf"|\b(?:where|with|assume|suppose)\s+(?P<bound>{_NUMBER}\s*{_RELATION}\s*{_NAME}\s*{_RELATION}\s*{_NUMBER}|{_NAME}\s*{_RELATION}\s*{_NUMBER})",
    re.MULTILINE,
)
_SIM = re.compile(rf"\s*{_NAME}\s*(?:\\sim(?![A-Za-z])|~|∼).*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Formula:
    """The text of a formula, the line that it starts in (from 1), and the range of characters in the document."""

    text: str
    line: int
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """What is taken for granted from ``place`` on."""

    text: str
    line: int
    place: int


def visible(text: str) -> str:
    """Return a document with code and comments replaced by spaces, so that places stay."""
    return _HIDDEN.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def display_formulas(text: str) -> list[Formula]:
    r"""Return the display formulas of a document.

    >>> [(formula.text, formula.line) for formula in display_formulas("So\n$$p = q$$\nand\n\\[\n  q = r\n\\]\n")]
    [('p = q', 2), ('\n  q = r\n', 4)]
    """
    return [_formula(text, found, ("dollars", "brackets", "environment")) for found in _DISPLAY.finditer(visible(text))]


def inline_formulas(text: str) -> list[Formula]:
    r"""Return the formulas inside lines.

    >>> [formula.text for formula in inline_formulas("If $p = q$, then \\(D = 0\\); `$x$` costs \\$5.")]
    ['p = q', 'D = 0']
    """
    rest = _DISPLAY.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), visible(text))
    return [_formula(text, found, ("dollars", "brackets")) for found in _INLINE.finditer(rest)]


def _formula(text: str, found: re.Match[str], groups: tuple[str, ...]) -> Formula:
    group = next(name for name in groups if found.group(name) is not None)
    start, end = found.span(group)
    return Formula(found.group(group), text.count("\n", 0, start) + 1, (start, end))


def statements(text: str) -> Iterator[Statement]:
    r"""Yield what the prose takes for granted, in its order.

    >>> [statement.text for statement in statements(r"Let $P = (p, 1-p)$ where $0 < p < 1$, and $D \ge 0$; so $q > 0$.")]
    ['P = (p, 1-p)', '0 < p < 1']
    """
    plain = visible(text)
    shown = display_formulas(text)
    for formula in [*inline_formulas(text), *shown]:
        before = plain[: formula.span[0]].rstrip("$\\([ \n\t")
        sentence = re.split(r"[.;:]\s|\n\s*\n|\$\$", before)[-1] + " "
        is_introduced = _INTRODUCED.search(sentence) is not None
        is_let = re.match(r"(?i)\W*(?:let|write|set|put|define|consider|suppose|assume)\b", sentence) is not None
        is_bound = is_introduced and (_BOUND.fullmatch(formula.text) or _TOTAL.fullmatch(formula.text))
        is_defined = is_let and _DEFINED.fullmatch(formula.text) and formula not in shown
        if is_bound or is_defined or (_SIM.fullmatch(formula.text) and formula not in shown):
            yield Statement(formula.text.strip().rstrip(".,;"), formula.line, _place(formula, shown, plain))

    yield from _in_plain_words(plain, shown)


def _in_plain_words(plain: str, shown: list[Formula]) -> Iterator[Statement]:
    rest = _INLINE.sub(
        lambda found: re.sub(r"[^\n]", "$", found.group()), _DISPLAY.sub(lambda found: re.sub(r"[^\n]", "$", found.group()), plain)
    )
    for found in _PLAIN.finditer(rest):
        group = "let" if found.group("let") else "bound"
        start, end = found.span(group)
        formula = Formula(plain[start:end], plain.count("\n", 0, start) + 1, (start, end))
        before = [other for other in shown if other.span[1] <= found.start()]
        follows = group == "bound" and before and not plain[before[-1].span[1] : found.start()].strip(" \n$.,;\\]")
        yield Statement(formula.text.strip(), formula.line, before[-1].span[0] if follows else start)


def _place(formula: Formula, shown: list[Formula], plain: str) -> int:
    """Return where a statement starts to hold: ``where`` right after a formula is about that formula too."""
    before = [other for other in shown if other.span[1] <= formula.span[0]]
    if before and re.match(r"(?:\W|\\end\{\w+\*?\})*(?:where|with|for|and)\b[^.;]*$", plain[before[-1].span[1] : formula.span[0]]):
        return before[-1].span[0]
    return formula.span[0]
