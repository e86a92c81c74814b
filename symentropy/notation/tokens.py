"""Text to tokens: the first step of reading.

Main definitions
----------------
* `Token`: its kind, its text in one spelling, and the range of characters it came from.
* `tokenize`, by one table of patterns. Text and LaTeX share it: ``\\cdot``, ``·`` and ``*`` are the same token, and so are the macros of
  many papers ``\\paren{x}``, ``\\parens{x}``, ``\\brac{x}`` and ``(x)``, ``\\abs{x}`` and ``abs(x)``.

Kinds are ``number``, ``fraction`` (one character, as ½), ``word`` (a run of letters and the digits right after it), ``greek`` (one Greek
letter, as a macro or in Unicode), ``macro``, ``relation``, ``expectation``, ``sum`` (products too), ``int``, ``langle``, ``rangle``,
``dots``, ``partial``, ``radical``, ``in``, ``end``, and the signs, each its own kind. Characters above and below the line are braces
after ``^`` and ``_``, x² is x^{2}. Signs: ``+ - * / ^ _ ( ) [ ] { } \\{ \\} | || , ; ! ' & \\\\ ~``.

Left out: the meaning of a word or a macro, which is the grammar's business.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from symentropy.errors import ParseError
from symentropy.notation.characters import ABOVE, BELOW, MACRO_CHARACTERS, SAME, VULGAR, pieces
from symentropy.notation.names import GREEK_LETTERS, GREEK_NAMES

Span = tuple[int, int]

#: Longest text that is read.
MAX_LENGTH = 100_000


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: ``text`` is its one spelling, ``span`` where it stands."""

    kind: str
    text: str
    span: Span


_STYLES = r"\\(?:mathrm|operatorname\*?|text|textrm|textsf|textbf|textit|mathsf|mathit|mathbf|mathop)"
#: Letters below the line. Before such, or a subscript, a capital sigma or pi is a sum or a product.
_INDICES = "".join(character for character, plain in BELOW.items() if plain.isalpha())
_ACCENTS = r"\\(?P<accent>hat|widehat|bar|overline|tilde|widetilde)"

#: Kind (or what to do) -> pattern, tried in order. A macro ends where its letters end.
_PATTERNS: dict[str, str] = {
    "space": r"\s+|\\[,;:!> ]|\\(?:left|right)\s*\.|\\(?:quad|qquad|thinspace|displaystyle|textstyle|limits|nolimits)(?![A-Za-z])",
    "sizing": r"\\(?:left|right|middle|[bB]igg?[lrm]?)(?![A-Za-z])",
    "styled": _STYLES + r"\s*(?:\{\s*(?P<braced>[A-Za-z]+[0-9]*)\s*\}|\s(?P<single>[A-Za-z])(?![A-Za-z]))",
    "accented": _ACCENTS + r"\s*(?:\{\s*(?P<under>\\?[A-Za-z]+)\s*\}|(?P<under_one>\\[A-Za-z]+|(?<=\s)[A-Za-z]))",
    "script": r"\\mathcal\s*(?:\{\s*(?P<braced_script>[A-Z])\s*\}|\s(?P<single_script>[A-Z]))",
    "wrapper": r"\\(?P<wrapper>parens?|brac|abs)\s*\{",
    "expectation": r"\\mathbb\s*(?:\{\s*E\s*\}|E(?![A-Za-z]))|𝔼",
    "number": r"(?<=_)[0-9]+|(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?",
    "||": r"\|\||\\\||‖|∥|\\(?:parallel|[lr]?Vert)(?![A-Za-z])|(?:\\[lr]?vert\s*|\\mid\s*){2}(?![A-Za-z])",
    "|": r"\||∣|\\(?:[lr]?vert|mid)(?![A-Za-z])",
    "relation": r"[<>=!:]=|[=<>≤≥≠≈≡]|\\(?:leq?|leqslant|geq?|geqslant|neq?|lt|gt|approx|equiv)(?![A-Za-z])",
    "sum": r"[∑∏]|[ΣΠ](?=\s*_\s*\{?\s*[a-z]|["
    + _INDICES
    + r"])|\\(?:sum|prod)(?![A-Za-z])|(?:sum|prod)(?![A-Za-z0-9])|(?:Sum|Product)(?=\()",
    "int": r"∫|\\int(?![A-Za-z])|int(?=\s*[_^])",
    "langle": r"[⟨〈]|\\langle(?![A-Za-z])",
    "rangle": r"[⟩〉]|\\rangle(?![A-Za-z])",
    "dots": r"\.\.\.|[…⋯]|\\[lc]?dots(?![A-Za-z])",
    "partial": r"∂|\\partial(?![A-Za-z])",
    "radical": "[√∛∜]",
    "fraction": f"[{''.join(VULGAR)}]",
    "^{": f"[{''.join(ABOVE)}]+",
    "_{": f"[{''.join(BELOW)}]+",
    "alias": f"[{''.join(MACRO_CHARACTERS)}]",
    "in": r"∈|\\in(?![A-Za-z])|in(?![A-Za-z0-9])",
    "~": r"~|∼|\\sim(?![A-Za-z])",
    "^": r"\^|\*\*",
    "*": r"[*·×⋅∗]|\\(?:cdot|times|ast)(?![A-Za-z])",
    "/": r"[/÷∕⁄]|\\div(?![A-Za-z])",
    "-": r"[-−]",
    "'": r"['’′]",
    "''": "″",
    "\\{": r"\\\{|\\lbrace(?![A-Za-z])",
    "\\}": r"\\\}|\\rbrace(?![A-Za-z])",
    "\\\\": r"\\\\",
    "oo": r"∞|\\infty(?![A-Za-z])",
    "greek": "[" + "".join(GREEK_LETTERS) + "]",
    "macro": r"\\[A-Za-z]+",
    "word": r"[A-Za-z]+[0-9]*",
    "sign": r"[-+_()\[\]{},;!&]",
}
_GROUPS = {f"k{index}": kind for index, kind in enumerate(_PATTERNS)}
_MASTER = re.compile("|".join(f"(?P<{group}>{_PATTERNS[kind]})" for group, kind in _GROUPS.items()))

_RELATIONS = {
    "==": "=", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "approx", "≡": ":=", "\\le": "<=", "\\leq": "<=", "\\leqslant": "<=",
    "\\ge": ">=", "\\geq": ">=", "\\geqslant": ">=", "\\ne": "!=", "\\neq": "!=", "\\lt": "<", "\\gt": ">",
    "\\approx": "approx", "\\equiv": ":=",
}  # fmt: skip

#: Bracket -> the bracket that closes it.
CLOSING = {"(": ")", "[": "]", "{": "}", "\\{": "\\}"}
FRACTIONS = frozenset(("\\frac", "\\dfrac", "\\tfrac"))
BINOMIALS = frozenset(("\\binom", "\\dbinom", "\\tbinom"))

#: What may follow ``\left``, ``\bigl`` and the like.
_DELIMITERS = frozenset(("(", ")", "[", "]", "\\{", "\\}", "|", "||", "/", "langle", "rangle"))

#: Cyrillic letters and dashes that look like another character.
_LOOK_ALIKES = dict(zip("АВЕКМНОРСТХаеорсухіј—‐‑", "ABEKMHOPCTXaeopcyxij---", strict=True))


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a text, with one of kind ``end`` just past its last character.

    >>> [(token.kind, token.text) for token in tokenize(r"2e \\log σ")]
    [('number', '2'), ('word', 'e'), ('macro', '\\\\log'), ('greek', 'sigma'), ('end', '')]

    Raises `ParseError` for a character that has no meaning here, and for a text of more than `MAX_LENGTH` characters.
    """
    if len(text) > MAX_LENGTH:
        raise ParseError(f"the text is longer than {MAX_LENGTH} characters", text, (MAX_LENGTH, MAX_LENGTH + 1))
    text = text.translate(SAME)
    tokens = []
    sizing: Span | None = None
    closers: list[str] = []  # of the braces that are open: those of \paren{x} are round brackets
    for kind, match in _matches(text):
        if kind == "space":
            continue
        if kind == "sizing":
            sizing = match.span()
            continue
        if kind == "wrapper":
            start, stop = match.span()
            tokens += [Token("word", "abs", (start, stop - 1))] if match["wrapper"] == "abs" else []
            tokens.append(Token("(", "(", (stop - 1, stop) if match["wrapper"] == "abs" else (start, stop)))
            closers.append(")")
            continue
        if kind in _CHARACTERS:
            before = tokens[-1] if tokens and tokens[-1].span[1] == match.start() else None
            tokens += _of_characters(kind, match, before)
            continue
        token = _token(kind, match)
        if token.kind == "{":
            closers.append("}")
        elif token.kind == "}" and closers:
            closer = closers.pop()
            token = Token(closer, closer, token.span)
        if sizing is not None and token.kind not in _DELIMITERS:
            raise ParseError("a bracket must follow this macro", text, sizing)
        sizing = None
        tokens.append(token)
    if sizing is not None:
        raise ParseError("a bracket must follow this macro", text, sizing)
    return [*tokens, Token("end", "", (len(text), len(text)))]


_MODULE = re.compile(r"(?<![A-Za-z])(?:np|numpy|math|mpmath|sp|sympy|scipy|torch|tf|jnp)$")


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    position = 0
    while position < len(text):
        match = _MASTER.match(text, position)
        if match is None:
            module = _MODULE.search(text[max(position - 7, 0) : position])
            if text[position] == "." and module is not None:
                raise ParseError(f"code is not read: leave {module.group()}. out", text, (position - len(module.group()), position + 1))
            raise ParseError(_unreadable(text[position]), text, (position, position + 1))
        position = match.end()
        yield _GROUPS[match.lastgroup or ""], match


def _accented(match: re.Match[str]) -> str:
    """Return a letter with an accent as SymPy names it: ``phat`` for ``\\hat{p}``."""
    letter = (match["under"] or match["under_one"]).removeprefix("\\")
    if len(letter) > 1 and letter not in GREEK_NAMES:
        raise ParseError("an accent stands over one letter, as in \\hat{p}", match.string, match.span())
    return letter + match["accent"].removeprefix("wide").replace("overline", "bar")


def _token(kind: str, match: re.Match[str]) -> Token:
    """Return the token of a match, in its one spelling."""
    raw, span = match[0], match.span()
    if kind == "styled":
        return Token("word", match["braced"] or match["single"], span)
    if kind == "accented":
        return Token("greek", _accented(match), span)
    if kind == "script":
        return Token("word", f"\\mathcal{{{match['braced_script'] or match['single_script']}}}", span)
    if kind == "relation":
        return Token(kind, _RELATIONS.get(raw, raw), span)
    if kind == "greek":
        return Token(kind, GREEK_LETTERS[raw], span)
    if kind == "macro" and raw[1:] in GREEK_NAMES:
        return Token("greek", raw[1:], span)
    if kind == "alias":
        return Token("macro", MACRO_CHARACTERS[raw], span)
    if kind == "oo":
        return Token("word", kind, span)
    if kind == "sign":
        return Token(raw, raw, span)
    return Token(kind, raw, span)


#: Kinds of characters that stand for several tokens, or for none right after some others.
_CHARACTERS = frozenset(("^{", "_{", "fraction", "''"))


def _of_characters(kind: str, match: re.Match[str], before: Token | None) -> Iterator[Token]:
    """Go through the tokens of characters above or below the line, of ½, and of two primes; ``before``, the token right before."""
    start, stop = match.span()
    if kind == "''":
        yield from (Token("'", "'", (start, stop)), Token("'", "'", (stop, stop)))
    elif kind == "fraction":
        if before is not None and before.kind in ("number", "word"):
            raise ParseError(f"{match[0]} right after a number or a name: write + or * between them", match.string, match.span())
        yield Token(kind, VULGAR[match[0]], (start, stop))
    else:
        if before is None:
            raise ParseError("a character above or below the line belongs right after something", match.string, match.span())
        yield from (Token(kind[0], kind[0], (start, start)), Token("{", "{", (start, start)))
        yield from (Token(kind, text, (start + place, start + place + len(text))) for kind, text, place in pieces(match[0]))
        yield Token("}", "}", (stop, stop))


def _unreadable(character: str) -> str:
    """Return the message for a character that starts no token."""
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    message = f"the character {character!r} ({name}) is not read here"
    if character in _LOOK_ALIKES:
        return f"{message}: it looks like {_LOOK_ALIKES[character]!r}, write that"
    style, _, codes = unicodedata.decomposition(character).partition(" ")
    if style in ("<super>", "<sub>", "<font>", "<wide>") and codes:
        plain = "".join(chr(int(code, 16)) for code in codes.split())
        return f"{message}: write { ({'<super>': '^', '<sub>': '_'}.get(style, '') + plain)!r}"
    if character == ".":
        return "a dot stands here that belongs to no number: write 0.5 or .5, and * for a product"
    return message
