r"""The layout of a text: environments, lines, columns, comments and prose, which are taken out of the way before the grammar reads it.

Main definitions
----------------
* `Layout`: the formulas of a text, in which everything else is blank so that places stay; the starts of its rows; and the conditions in it.
* `arranged`, which finds these.

Prose in ``\text{...}`` ends the formula of its row: what follows is its reason, ``\text{since } \log x \le x - 1``. Where the prose is
``if``, ``where``, ``for all`` or the like, what follows is a condition. Prose at the start of a row is skipped. A single word in
``\text{...}`` that is none of `_REASONS` is a name, ``\text{KL}``.

Left out: environments that are mathematics themselves, such as matrices and cases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from symentropy.errors import ParseError
from symentropy.notation.tokens import MAX_LENGTH, Span

#: Environments that are read; a star may follow.
ENVIRONMENTS = frozenset(
    [
        "align",
        "aligned",
        "alignat",
        "alignedat",
        "array",
        "displaymath",
        "eqnarray",
        "equation",
        "flalign",
        "gather",
        "gathered",
        "math",
        "multline",
        "split",
    ]
)
_BRACED = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
_RELATION = r"\{?\s*(?:[<>]=?|=|≤|≥|≈|\\(?:leq?|geq?|leqslant|geqslant|approx|lt|gt|equiv|neq?)(?![A-Za-z]))\s*\}?"
_SIGN = r"(?:[=<>≤≥≈~∈]|\\(?:[lg]eq?|neq?|in|sim|approx)(?![A-Za-z]))"
#: What follows ``by``, which may be b times y: words that are no function, and no relation up to the end of the line.
_CALLED = r"(?:log2?|exp|sqrt|abs|gamma|beta|alpha|sigma|lambda|theta|pi|sum|erf|zeta)(?![A-Za-z])"
_ONLY_WORDS = rf"(?=\s+(?!{_CALLED})(?:[A-Za-z]{{3,}}|\([^()\n]*\)\W*(?:\n|$))(?:(?!{_SIGN})[^\n])*(?:\n|$))"
_PIECES = {
    "comment": r"(?<=[^\\0-9])%[^\n]*|^%[^\n]*",
    "row": r"\\\\\*?(?:\s*\[\s*-?[0-9.]+\s*(?:pt|em|ex|mm|cm|in)\s*\])?|\\newline(?![A-Za-z])",
    "begin": r"\\begin\s*\{(?P<begun>[A-Za-z]*)\*?\}(?P<columns_of>\s*\{(?:[0-9]+|[rcl| ]+)\})?",
    "end": r"\\end\s*\{(?P<ended>[A-Za-z]*)\*?\}",
    "fence": r"\$\$|\\\[|\\\]",
    "inline": r"\$|\\\(|\\\)",
    "over": rf"\\(?:overset|stackrel|underset)\s*{_BRACED}\s*(?P<relation>{_RELATION})",
    "mark": rf"\\(?:label|tag\*?|eqref|ref|hspace\*?|vspace\*?|h?phantom)\s*{_BRACED}|\\(?:nonumber|notag|allowbreak|strut)(?![A-Za-z])",
    "braced": r"\\(?:underbrace|overbrace|boxed)(?=\s*\{)",
    "prose": rf"\\(?:text|textrm|textit|textbf|mbox|intertext)\s*(?P<words>{_BRACED})|(?P<forall>\\forall(?![A-Za-z])|∀)",
    "plain": rf"(?<=\s)(?:for(?:\s+(?:all|each|every))?|(?:if|when|whenever|where|provided(?:\s+that)?)(?=\s[^\n]*{_SIGN}))(?=\s)",
    "why": rf"(?<=[\s(\[])(?:since|because|using|if|when|whenever|where|by{_ONLY_WORDS})(?=\s)",
    "columns": r"&\s*&",
    "column": r"&",
    "line": r"\n",
}
_MASTER = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PIECES.items()))
_STRAY_PERCENT = re.compile(r"(?<!\\)%")

#: Single words in ``\text{...}`` that are prose.
_REASONS = frozenset(
    [
        "and",
        "as",
        "because",
        "but",
        "by",
        "clearly",
        "definition",
        "from",
        "follows",
        "hence",
        "here",
        "i.e.",
        "if",
        "is",
        "line",
        "note",
        "now",
        "or",
        "obviously",
        "recall",
        "since",
        "so",
        "such",
        "that",
        "then",
        "therefore",
        "this",
        "thus",
        "to",
        "using",
        "via",
        "we",
        "when",
        "whenever",
        "where",
        "with",
        "for",
        "given",
        "provided",
        "assuming",
    ]
)
#: Prose after which a condition stands.
_CONDITION = re.compile(
    r"(?i)[\s(\[,]*(?:if|when|whenever|where|with|given|provided|assuming|for)(?:\s+that)?(?:\s+(?:all|any|every|each))?[\s:]*"
)
_UNITS = re.compile(r"(?i)[\s(\[]*(?:bits?|nats?|dits?|hartleys?|shannons?|sh|trits?)[\s)\].]*")


@dataclass(slots=True)
class Layout:
    """The formulas of a text, as long as the text; ``rows`` are where rows start, each with whether a column sign comes first in it.

    ``conditions`` and ``reasons`` are where what follows ``if`` and ``since`` stands.
    """

    body: str
    rows: list[tuple[int, bool]] = field(default_factory=list)
    conditions: list[Span] = field(default_factory=list)
    reasons: list[Span] = field(default_factory=list)


def arranged(text: str) -> Layout:
    r"""Return the layout of a text.

    >>> layout = arranged("\\begin{align}\na &= b \\\\ % why\n &= c \\text{ if } p < 1/2\n\\end{align}")
    >>> layout.body.split(), layout.rows, layout.conditions
    (['a', '=', 'b', '=', 'c'], [(0, False), (23, True), (67, False)], [(47, 56)])

    Raises `ParseError` for environments that are not read, or do not match.
    """
    if len(text) > MAX_LENGTH:
        raise ParseError(f"the text is longer than {MAX_LENGTH} characters", text, (MAX_LENGTH, MAX_LENGTH + 1))
    return _Arranger(text).layout()


class _Arranger:
    """Goes through the pieces of a text once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.body = list(text)
        self.rows: list[tuple[int, bool]] = [(0, False)]
        self.conditions: list[Span] = []
        self.reasons: list[Span] = []
        self.environments: list[tuple[str, Span]] = []
        self.fences = 0
        self.first = 0  # no formula stands in this row before
        self.reason: int | None = None  # where what is no formula starts in this row
        self.condition: int | None = None

    def layout(self) -> Layout:
        place = 0
        while found := _MASTER.search(self.text, place):  # a piece may blank what comes later
            getattr(self, f"_{_piece(found)}")(found)
            place = max(found.end(), place + 1)
        self._end_row(len(self.text))
        if self.environments:
            name, span = self.environments[-1]
            raise ParseError(f"\\end{{{name}}} is missing", self.text, span)
        body = "".join(self.body)
        stray = _STRAY_PERCENT.search(body)
        if stray is not None:
            raise ParseError("a percent sign after a number: write 50/100", self.text, stray.span())
        return Layout(body, self.rows, self.conditions, self.reasons)

    # Rows

    def _blank(self, start: int, stop: int) -> None:
        for place in range(start, stop):
            if self.body[place] != "\n":
                self.body[place] = " "

    def _end_row(self, place: int) -> None:
        """Take a reason, or what follows a condition, out of the row that ends here, and the punctuation at its end."""
        if self.condition is not None and "".join(self.body[self.condition : place]).strip(" .,;\n"):
            self.conditions.append((self.condition, place))
        if self.reason is not None:
            self.reasons += [(self.reason, place)] if self.condition is None else []
            self._blank(self.reason, place)
        self.reason = self.condition = None
        last = self._last(place) - 1
        if last >= self.rows[-1][0] and self.body[last] == "." and self.body[last - 1 : last] != ["\\"]:
            self.body[last] = " "

    def _start_row(self, start: int, stop: int) -> None:
        self._end_row(start)
        self._blank(start, stop)
        self.rows.append((stop, False))
        self.first = stop

    def _is_empty_row(self, place: int) -> bool:
        """Return whether the row is blank up to a place."""
        while self.first < place and self.body[self.first].isspace():
            self.first += 1
        return self.first >= place

    def _last(self, place: int) -> int:
        """Return where the formula before a place stops."""
        while place > self.rows[-1][0] and self.body[place - 1].isspace():
            place -= 1
        return place

    # Pieces

    def _comment(self, found: re.Match[str]) -> None:
        self._blank(*found.span())

    def _row(self, found: re.Match[str]) -> None:
        self._start_row(*found.span())

    def _line(self, found: re.Match[str]) -> None:
        if not self.environments and self.fences % 2 == 0:
            self._start_row(*found.span())

    def _begin(self, found: re.Match[str]) -> None:
        name = found["begun"]
        if name not in ENVIRONMENTS:
            shown = f"the environment {name} is not read: write align, split, gather, multline, equation, or lines of text"
            raise ParseError(shown, self.text, found.span())
        self.environments.append((name, found.span()))
        if len(self.environments) > 20:
            raise ParseError("environments are nested deeper than 20", self.text, found.span())
        stop = found.end() if name in ("alignat", "alignedat", "array") or not found["columns_of"] else found.start("columns_of")
        self._edge(found.start(), stop)

    def _end(self, found: re.Match[str]) -> None:
        if not self.environments or self.environments.pop()[0] != found["ended"]:
            raise ParseError("this ends no environment", self.text, found.span())
        self._edge(*found.span())

    def _fence(self, found: re.Match[str]) -> None:
        self.fences += 1
        self._edge(*found.span())

    def _edge(self, start: int, stop: int) -> None:
        if self._is_empty_row(start):
            self._blank(start, stop)
        else:
            self._start_row(start, stop)

    def _inline(self, found: re.Match[str]) -> None:
        self._blank(*found.span())

    def _over(self, found: re.Match[str]) -> None:
        start, stop = found.span("relation")
        self._blank(found.start(), start)
        for place in range(start, stop):
            if self.body[place] in "{}":
                self.body[place] = " "

    def _mark(self, found: re.Match[str]) -> None:
        self._blank(*found.span())

    def _braced(self, found: re.Match[str]) -> None:
        """Take a brace under or over a part of a formula away, with what it says there; it is no bracket."""
        start = self.text.index("{", found.end())
        stop = _closed(self.text, found.end())
        self._blank(found.start(), start + 1)
        self._blank(stop - 1, stop)
        label = _LABEL.match(self.text, stop)
        if label is None:
            return
        end = _closed(self.text, label.end()) if self.text[label.end() : label.end() + 1] == "{" else label.end() + 1
        self._blank(stop, end)
        self.text = self.text[:stop] + "".join(self.body[stop:end]) + self.text[end:]

    def _column(self, found: re.Match[str]) -> None:
        if self._is_empty_row(found.start()):
            self.rows[-1] = (self.rows[-1][0], True)
        self._blank(*found.span())

    _columns = _column

    def _prose(self, found: re.Match[str]) -> None:
        if self.reason is not None:
            self._blank(*found.span())
            return
        words = "for all" if found["forall"] else found["words"][1:-1]
        is_first = self._is_empty_row(found.start())
        stop = self.rows[-1][0] if is_first else self._last(found.start())
        if not _is_prose(words, "" if is_first else "".join(self.body[max(stop - 2, 0) : stop])):
            return
        if _UNITS.fullmatch(words):
            raise ParseError(
                "units are not read: values are in nats unless base= says otherwise; write x log 2 for x bits", self.text, found.span()
            )
        self._blank(*found.span())
        if is_first:
            return
        self.reason = self._start_of_reason(stop)
        if _CONDITION.fullmatch(words):
            self.condition = found.end()

    def _start_of_reason(self, place: int) -> int:
        """Return where a reason starts: its bracket belongs to it, (by Jensen)."""
        place = self._last(place)
        while place > self.rows[-1][0] and self.body[place - 1] in "([":
            place = self._last(place - 1)
        return place

    def _plain(self, found: re.Match[str]) -> None:
        """Take ``for`` in plain text as ``\\text{for}``: what follows is a condition, as claims are printed."""
        if self.reason is None:
            self._why(found)
            self.condition = None if self.reason is None else found.end()

    def _why(self, found: re.Match[str]) -> None:
        """Take ``since`` in plain text as ``\\text{since}``: what follows is a reason."""
        if self.reason is None and not self._is_empty_row(found.start()):
            self._blank(*found.span())
            self.reason = self._start_of_reason(found.start())


_LABEL = re.compile(r"\s*[_^]\s*")


def _closed(text: str, place: int) -> int:
    """Return where the group in braces stops that starts at a place or after space."""
    depth = 0
    for found in re.finditer(r"\\.|[{}]", text[place:]):
        depth += (found.group() == "{") - (found.group() == "}")
        if depth == 0 and found.group() == "}":
            return place + found.end()
    return len(text)


def _piece(found: re.Match[str]) -> str:
    return next(name for name in _PIECES if found[name] is not None)


def _is_prose(words: str, before: str) -> bool:
    """Return whether the content of ``\\text{...}`` is no name: several words, or one that gives a reason."""
    content = words.strip()
    if before[-1:] == "_" or before[-2:] == "_{":
        return False
    single = re.fullmatch(r"[A-Za-z]+[0-9]*", content)
    return single is None or content.lower() in _REASONS or _UNITS.fullmatch(content) is not None
