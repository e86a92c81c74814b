r"""The macros that a LaTeX document defines, replaced by what they stand for.

Main definition: `expanded`.

Definitions are read from ``\newcommand``, ``\renewcommand``, ``\providecommand``, ``\DeclareMathOperator`` and ``\def`` with arguments
``#1#2``. Line breaks stay where they are, so that lines have the same numbers.

Left out on purpose: environments, conditionals, arguments with delimiters, and everything else that TeX computes.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from symentropy.errors import DomainError

#: Characters of a document after expansion, how often a macro is replaced, and how deep macros may stand in one another.
MAX_LENGTH, MAX_EXPANSIONS, MAX_DEPTH = 1_000_000, 20_000, 20

_DEFINITION = re.compile(
    r"\\(?:(?:re|provide)?(?:new)?command\*?\s*(?:\{\s*(?P<braced>\\[A-Za-z]+)\s*\}|(?P<bare>\\[A-Za-z]+))"
    r"\s*(?:\[(?P<count>[0-9])\])?(?:\[(?P<default>[^\[\]]*)\])?"
    r"|def\s*(?P<defined>\\[A-Za-z]+)(?P<arguments>(?:#[1-9])*)"
    r"|DeclareMathOperator(?P<star>\*?)\s*\{?\s*(?P<operator>\\[A-Za-z]+)\s*\}?)\s*(?=\{)"
)
_NAME = re.compile(r"\\[A-Za-z]+")
_SPACE = re.compile(r"\s*")


class Macro(NamedTuple):
    """What a macro stands for, how many arguments it has, and what the first is if it is left out."""

    body: str
    arguments: int
    default: str | None = None


def expanded(text: str) -> str:
    r"""Return a document in which the macros that it defines are replaced, and their definitions are blank.

    >>> expanded(r"\newcommand{\KL}[2]{D(#1\|#2)} \def\half{\frac12} $\KL{P}{Q} \ge \half$").strip()
    '$D(P\\|Q) \\ge \\frac12$'

    Raises `DomainError` for macros that never end, or make far too much text.
    """
    macros: dict[str, Macro] = {}
    plain: list[str] = []
    place = 0
    for found in _DEFINITION.finditer(text):
        stop = _group(text, found.end())
        if found.start() < place or stop is None:
            continue
        name, macro = _macro(found, " ".join(text[found.end() + 1 : stop - 1].split("\n")))
        macros[name] = macro
        plain += [text[place : found.start()], re.sub(r"[^\n]", "", text[found.start() : stop])]
        place = stop
    return _Expander(macros).replaced("".join([*plain, text[place:]])) if macros else text


def _macro(found: re.Match[str], body: str) -> tuple[str, Macro]:
    body = re.sub(r"\\ensuremath(?=\s*\{)|\\xspace(?![A-Za-z])", "", body)
    if found["operator"]:
        return found["operator"], Macro(f"\\operatorname{found['star']}{{{body}}}", 0)
    if found["defined"]:
        return found["defined"], Macro(body, found["arguments"].count("#"))
    return found["braced"] or found["bare"], Macro(body, int(found["count"] or 0), found["default"])


class _Expander:
    """Replaces macros from left to right, with what they stand for read again."""

    def __init__(self, macros: dict[str, Macro]) -> None:
        self.macros = macros
        self.left = MAX_EXPANSIONS

    def replaced(self, text: str, depth: int = 0) -> str:
        """Return a text with its macros replaced."""
        parts: list[str] = []
        place = length = 0
        while found := _NAME.search(text, place):
            macro = self.macros.get(found.group())
            call = None if macro is None else _call(text, found.end(), macro)
            if macro is None or call is None:
                parts.append(text[place : found.end()])
                place = found.end()
                continue
            self.left -= 1
            if self.left < 0 or depth >= MAX_DEPTH:
                raise DomainError(f"the macro {found.group()} of this document stands for too much text")
            arguments, stop = call
            body = re.sub(r"#([1-9])", lambda number, given=arguments: _argument(given, int(number[1])), macro.body)  # type: ignore[misc]
            if len(body) > MAX_LENGTH:
                raise DomainError(f"the macro {found.group()} of this document stands for too much text")
            new = self.replaced(body, depth + 1)
            lost = text.count("\n", found.start(), stop) - new.count("\n")
            parts += [text[place : found.start()], new, " " if text[stop : stop + 1].isalpha() else "", "\n" * max(lost, 0)]
            length += len(new)
            if length > MAX_LENGTH:
                raise DomainError(f"the macro {found.group()} of this document stands for too much text")
            place = stop
        return "".join([*parts, text[place:]])


def _argument(given: list[str], number: int) -> str:
    return given[number - 1] if number <= len(given) else ""


def _call(text: str, place: int, macro: Macro) -> tuple[list[str], int] | None:
    """Return the arguments that follow a macro and where they stop, None if there are too few."""
    arguments: list[str] = []
    if macro.default is not None:
        found = re.compile(r"\s*\[([^\[\]]*)\]").match(text, place)
        arguments.append(found[1] if found else macro.default)
        place = found.end() if found else place
    while len(arguments) < macro.arguments:
        start = _SPACE.match(text, place).end()  # type: ignore[union-attr]
        if text[start : start + 1] == "{":
            stop = _group(text, start)
            if stop is None:
                return None
            arguments.append(text[start + 1 : stop - 1])
        else:
            single = re.compile(r"\\[A-Za-z]+|[^\s{}\\$&]").match(text, start)
            if single is None:
                return None
            stop = single.end()
            arguments.append(single.group())
        place = stop
    return arguments, place


def _group(text: str, start: int) -> int | None:
    """Return where the group in braces stops that starts at a place."""
    depth = 0
    for found in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, start):
        depth += (found.group() == "{") - (found.group() == "}")
        if depth == 0:
            return found.end()
    return None
