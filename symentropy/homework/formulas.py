r"""The formulas of a Markdown or LaTeX document, and where they stand.

Main definitions
----------------
* `Formula`, the text of one with its line; `display_formulas` and `inline_formulas`.
* `asides`, relations between letters inside lines, which may be meant without being taken for granted.
* `statements`, what the prose takes for granted: ``Let $P = (p, 1-p)$``, ``where $\sigma > 0$``, ``$X \sim \mathrm{Exp}(\lambda)$``;
  and `sayings`, about what else it may speak.

Code blocks of Markdown and comments of LaTeX are no part of the text. Left out on purpose: what formulas mean, and prose beyond the few
words that introduce a statement.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from symentropy.homework.prose import NAME, distributed, spoken

#: Characters of a sentence before a formula.
SENTENCE = 400
#: Environments with display math.
ENVIRONMENTS = ("equation", "align", "alignat", "gather", "multline", "eqnarray", "flalign", "displaymath", "math", "split", "aligned")

_OPENING = re.compile(r"\$\$|(?<!\\)\\\[|\\begin\{(?P<name>" + "|".join(ENVIRONMENTS) + r")(?P<star>\*?)\}")
_INLINE = re.compile(
    r"(?<![\\$])\$(?![\s$])(?P<dollars>(?:\\.|[^$\\]){1,2000}?)(?<!\s)\$(?!\$)|(?<!\\)\\\((?P<brackets>.*?)(?<!\\)\\\)", re.DOTALL
)
_HIDDEN = re.compile(
    r"^(?P<fence>```+|~~~+).{0,20000}?^(?P=fence)[^\n]*$|`[^`\n]+`|<!--.{0,5000}?-->|(?<!\\)%[^\n]*", re.DOTALL | re.MULTILINE
)
#: A statement that prose introduces: the words before a formula.
_INTRODUCED = re.compile(r"(?i:\b(?:let|where|with|assume|suppose|given|for(?: all| every| each| any)?|and|,)\s+(?:that\s+|we have\s+)?)$")
#: Bounds of names by numbers, and what a name stands for; nothing else is taken from prose.
_NUMBER = r"(?:-?\d+(?:\.\d+)?(?:/\d+)?|\\[td]?frac\{?\d+\}?\{?\d+\}?|\\infty)"
_RELATION = r"(?:<=?|>=?|≤|≥|\\leq?(?![A-Za-z])|\\geq?(?![A-Za-z])|\\lt(?![A-Za-z])|\\gt(?![A-Za-z]))"
_ORDER = re.compile(rf"\s*{NAME}(?:\s*(?:{_RELATION}|≠|\\neq?(?![A-Za-z]))\s*{NAME})+\s*")
_BOUND = re.compile(
    rf"\s*(?:{_NUMBER}\s*{_RELATION}\s*)?{NAME}(?:\s*,\s*{NAME})*\s*(?:{_RELATION}\s*{_NUMBER}|\\in\s*\({_NUMBER},\s*{_NUMBER}\))\s*"
)
#: Words after which a name has a value, or a bound, in this sentence.
_SUPPOSED = re.compile(r"(?i)\b(?:with|where|for|when|at|(?<!only )if)\s+$")
_AS_WELL = re.compile(r"\$?\s*(?:,|and|,\s*and)\s*\$?")
#: A distribution that is written out, which says what it is whatever the words around it are.
_LISTED = re.compile(r"\s*[PQRMU]\s*:?=\s*(?:\\left\s*)?[(\[][^=]*,[^=]*[)\]]\s*[.,;]?\s*")
_SENTENCE_END = re.compile(r"[.;]\s+(?=[A-Z#*])|(?:\n\s*\n|\${3,})\s*(?=[A-Z#*])")
_TOTAL = re.compile(rf"\s*(?:\\sum_[^=]*|{NAME}(?:\s*\+\s*{NAME})+)\s*=\s*1\s*")
_DEFINED = re.compile(
    rf"\s*(?P<name>{NAME})(?:(?<![pqr])\s*\([a-z](?:,\s*[a-z])*\))?\s*(?::=|=|\\coloneqq|\\equiv|\\sim)\s*\S.*", re.DOTALL
)
#: A letter with a value, or letters with one, which nobody proves.
_VALUE_OF = re.compile(
    rf"(?:{NAME}|[^=<>≤≥≠~]*\^[^=<>≤≥≠~]*)\s*=\s*[0-9./]+|{NAME}\s*=\s*[^=<>≤≥≠~]*|{NAME}(?:\s*\+\s*{NAME})+\s*=\s*[0-9./]+"
)
_QUANTITY = re.compile(
    r"(?<![A-Za-z])(?:H|D|KL|JSD|I|E|h|log|ln|exp)(?![A-Za-z])|\\(?:mathrm|mathbb|log|ln|approx|sim|sum|int|prod|langle|rangle)(?![a-z])"
)
#: Words that make an example of what is written out.
_EXAMPLE = re.compile(r"(?i)\b(?:examples?|instance|e\.g|cases?|special|say|not|otherwise)\b")
#: The same in plain words.
_VALUE = r"(?:[(\[][^()\[\]$\n]*[)\]](?=[\s.,;:]|$)|[^$.;\n]*?[^$.;\s](?=\s*(?:[.;]|$|\s(?:be|and|where|with)\s)))"
_LET = rf"(?P<let>{NAME}\s*(?:=|~|∼)\s*{_VALUE})"
_AND = re.compile(rf"\s*(?:,\s*)?\band\s+{_LET}", re.MULTILINE)
_PLAIN = re.compile(
    rf"\b(?i:let|suppose|assume|take|consider|define|set|put|write)\s+(?:that\s+)?{_LET}"
    rf"|\b(?:where|with|assume|suppose)\s+(?P<bound>{_NUMBER}\s*{_RELATION}\s*{NAME}\s*{_RELATION}\s*{_NUMBER}|{NAME}\s*{_RELATION}\s*{_NUMBER})",
    re.MULTILINE,
)
#: What prose may say about a distribution without the words above.
_SAID = re.compile(
    r"(?<![A-Za-z\\])(?P<name>[PQRMU])(?![A-Za-z(_])[\s$]*(?:(?:and|,)[\s$]*[PQRMU](?![A-Za-z(_])[\s$]*)?"
    r"(?P<verb>:?=|~|∼|≡|\\sim(?![a-z])|\\equiv(?![a-z])|(?:is|are|be|denotes?|has|have|puts|assigns?|gives?|means?)\b|(?=uniform\b))"
)
#: How many states there are, in words.
_COUNTED = re.compile(r"\bn\$?\s+(?:states?|symbols?|outcomes?|letters?|elements?|values?|categories|points|classes)\b")
#: What it says there is about any distributions.
_SAYS_NOTHING = re.compile(
    r"[\s$]*(?:is|are|be|denotes?)\s+(?:(?:an?|the|two|any|some|arbitrary|given|discrete|finite|probability|mass|fixed|different|true|model)\s+)*"
    r"(?:distributions?|functions?|pmfs?|measures?|discrete)[\s$]*(?:[.,;:\n]|on\b|over\b|with\b|of\b|$)"
)
_SIM = re.compile(rf"\s*{NAME}\s*(?:\\sim(?![A-Za-z])|~|∼).*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Formula:
    """The text of a formula, the line that it starts in (from 1), and the range of characters in the document."""

    text: str
    line: int
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """What is taken for granted from ``place`` on, or from there to ``until``."""

    text: str
    line: int
    place: int
    until: int | None = None


def visible(text: str) -> str:
    """Return a document with code and comments replaced by spaces, so that places stay."""
    return _HIDDEN.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def display_formulas(text: str) -> list[Formula]:
    r"""Return the display formulas of a document.

    >>> [(formula.text, formula.line) for formula in display_formulas("So\n$$p = q$$\nand\n\\[\n  q = r\n\\]\n")]
    [('p = q', 2), ('\n  q = r\n', 4)]
    """
    plain, lines = visible(text), _Lines(text)
    return [Formula(text[start:end], lines.of(start), (start, end)) for start, end, _, _ in _displays(plain)]


def _displays(plain: str) -> list[tuple[int, int, int, int]]:
    """Return where display formulas stand: the formula, and with what is around it; in one pass."""
    found: list[tuple[int, int, int, int]] = []
    place = 0
    unclosed: set[str] = set()
    while opening := _OPENING.search(plain, place):
        place = opening.end()
        name = opening.group("name")
        closing = f"\\end{{{name}{opening.group('star')}}}" if name else "$$" if opening.group() == "$$" else "\\]"
        end = -1 if closing in unclosed else plain.find(closing, place)
        if end < 0:
            unclosed.add(closing)
            continue
        place = end + len(closing)
        span = (opening.start(), place) if name else (opening.end(), end)
        found.append((*span, opening.start(), place))
    return found


def _without_displays(plain: str, mask: str) -> str:
    """Return a text with its display formulas covered, so that places stay."""
    parts, place = [], 0
    for _, _, start, end in _displays(plain):
        parts += [plain[place:start], re.sub(r"[^\n]", mask, plain[start:end])]
        place = end
    return "".join([*parts, plain[place:]])


class _Lines:
    """The numbers of lines, from 1, by the place of a character."""

    def __init__(self, text: str) -> None:
        self._starts = [found.end() for found in re.finditer("\n", text)]

    def of(self, place: int) -> int:
        """Return the line of a character."""
        return bisect_right(self._starts, place) + 1


def inline_formulas(text: str) -> list[Formula]:
    r"""Return the formulas inside lines.

    >>> [formula.text for formula in inline_formulas("If $p = q$, then \\(D = 0\\); `$x$` costs \\$5.")]
    ['p = q', 'D = 0']
    """
    lines, found = _Lines(text), []
    for match in _INLINE.finditer(_without_displays(visible(text), " ")):
        span = match.span("dollars" if match.group("dollars") is not None else "brackets")
        found.append(Formula(text[slice(*span)], lines.of(span[0]), span))
    return found


def statements(text: str) -> Iterator[Statement]:
    r"""Yield what the prose takes for granted, in its order.

    >>> [statement.text for statement in statements(r"Let $P = (p, 1-p)$ where $0 < p < 1$, and $D \ge 0$; so $q > 0$.")]
    ['P = (p, 1-p)', '0 < p < 1']
    """
    plain = visible(text)
    shown = display_formulas(text)
    last: int | None = None
    supposed: int | None = None
    for formula in [*inline_formulas(text), *shown]:
        before = plain[max(0, formula.span[0] - SENTENCE) : formula.span[0]].rstrip("$\\([ \n\t")
        sentence = re.split(r"[.;:]\s|\n\s*\n|\$\$", before.replace("*", " "))[-1] + " "
        is_introduced = _INTRODUCED.search(sentence) is not None
        is_let = re.match(r"(?i)(?:\W*|.*,\s+)(?:let|write|set|put|define|consider|suppose|assume|take|for)\b", sentence) is not None
        is_listed = last is not None and re.fullmatch(r"\$?\s*,?\s*(?:and)?\s*\$?", plain[last : formula.span[0]]) is not None
        is_bound = (is_introduced or is_listed) and any(kind.fullmatch(formula.text) for kind in (_BOUND, _TOTAL, _ORDER))
        is_defined = is_let and _DEFINED.fullmatch(formula.text) and formula not in shown
        if is_bound or is_defined or (_SIM.fullmatch(formula.text) and formula not in shown):
            last = formula.span[1]
            yield Statement(formula.text.strip().rstrip(".,;"), formula.line, _place(formula, shown, plain))
        elif formula in shown or not any(kind.fullmatch(formula.text) for kind in (_DEFINED, _BOUND, _ORDER)):
            pass
        elif _SUPPOSED.search(sentence) or (supposed is not None and _AS_WELL.fullmatch(plain[supposed : formula.span[0]])):
            supposed = formula.span[1]
            text_of = formula.text.strip().rstrip(".,;")
            yield Statement(
                text_of, formula.line, _place(formula, shown, plain), _sentence_end(_without_displays(plain, "$"), formula.span[1])
            )
        elif _LISTED.fullmatch(formula.text) and not _EXAMPLE.search(sentence):
            yield Statement(formula.text.strip().rstrip(".,;"), formula.line, formula.span[0])
        for name, law in distributed(formula.text) if formula in shown or ":" in formula.text else ():
            yield Statement(f"{name} = {law}" if name in "PQRMU" else f"{name} \\sim {law}", formula.line, formula.span[0])
    covered, lines = _without_displays(plain, "$"), _Lines(plain)
    for text, place in spoken(covered):
        yield Statement(text, lines.of(place), place)
    yield from _in_plain_words(plain, shown)


def is_aside(text: str) -> bool:
    r"""Whether a formula says what a letter is, or bounds letters, and is nothing that one proves.

    >>> is_aside("q = 1 - p"), is_aside(r"p \ne q"), is_aside("p + q = 1"), is_aside("(p + q)^2 = p^2 + q^2"), is_aside("H = H(P)")
    (True, True, True, False, False)
    """
    plain = text.strip().rstrip(".,;")
    return any(kind.fullmatch(plain) for kind in (_VALUE_OF, _BOUND, _ORDER)) and not _QUANTITY.search(plain)


def asides(text: str) -> list[Formula]:
    r"""Return the formulas inside lines that say what letters are.

    >>> [formula.text for formula in asides(r"Since $q = 1 - p$ and $H(P) = 2$, $p < 1$.")]
    ['q = 1 - p', 'p < 1']
    """
    return [formula for formula in inline_formulas(text) if is_aside(formula.text)]


def _sentence_end(text: str, place: int) -> int:
    """Return where the sentence stops that goes on at a place; displays in the text are covered."""
    found = _SENTENCE_END.search(text, place)
    return found.end() if found else len(text)


def _in_plain_words(plain: str, shown: list[Formula]) -> Iterator[Statement]:
    rest = _INLINE.sub(lambda found: re.sub(r"[^\n]", "$", found.group()), _without_displays(plain, "$"))
    lines = _Lines(plain)
    for found in _with_others(rest):
        group = "let" if found.group("let") else "bound"
        start, end = found.span(group)
        formula = Formula(plain[start:end], lines.of(start), (start, end))
        before = shown[: bisect_right([other.span[1] for other in shown], found.start())][-1:]
        follows = group == "bound" and before and not plain[before[-1].span[1] : found.start()].strip(" \n$.,;\\]")
        yield Statement(formula.text.strip(), formula.line, before[-1].span[0] if follows else start)


def sayings(text: str) -> Iterator[Statement]:
    r"""Yield the distributions about which the prose says something, by their names.

    >>> [(saying.text, saying.line) for saying in sayings("Here P is uniform.\n$$Q = P$$\nLet $Q = P$.")]
    [('P', 1), ('Q', 3)]
    """
    lines, rest = _Lines(text), _without_displays(visible(text), " ")
    for found in _COUNTED.finditer(rest):
        yield Statement("n", lines.of(found.start()), found.start())
    for found in _SAID.finditer(rest):
        if _SAYS_NOTHING.match(rest, found.start("verb")):
            continue
        for name in re.findall(r"[PQRMU]", found.group()):
            yield Statement(name, lines.of(found.start()), found.start())


def _with_others(rest: str) -> Iterator[re.Match[str]]:
    """Go through what is introduced in plain words, ``let P = (p, 1-p)`` followed by ``and Q = (q, 1-q)``."""
    for found in _PLAIN.finditer(rest):
        yield found
        another = _AND.match(rest, found.end()) if found.group("let") else None
        while another:
            yield another
            another = _AND.match(rest, another.end())


def _place(formula: Formula, shown: list[Formula], plain: str) -> int:
    """Return where a statement starts to hold: ``where`` right after a formula is about that formula too."""
    before = shown[: bisect_right([other.span[1] for other in shown], formula.span[0])][-1:]
    if (
        before
        and formula.span[0] - before[-1].span[1] < SENTENCE
        and re.match(r"(?:\W|\\end\{\w+\*?\})*(?:where|with|for|and)\b[^.;]*$", plain[before[-1].span[1] : formula.span[0]])
    ):
        return before[-1].span[0]
    return formula.span[0]
