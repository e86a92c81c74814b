r"""Documents: a verdict for each step of each display formula, with its line.

Main definitions: `check_document`; `has_formulas`.

Main statements
---------------
A formula whose first side is a fresh name is a definition, which later formulas may use; the quantities of this package are not redefined.
What the prose takes for granted (see `symentropy.homework.formulas`) holds from there on, and is listed; where it says something about a
distribution that is not understood, no formula with it is called wrong. A formula that cannot be read is
listed with the reason, and does not stop the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from sympy import E

from symentropy.errors import DomainError, ParseError, SymentropyError
from symentropy.exact import shorten
from symentropy.homework.answers import SECONDS
from symentropy.homework.chains import WHOLE, judged_links
from symentropy.homework.formulas import (
    Formula,
    Statement,
    asides,
    display_formulas,
    inline_formulas,
    is_aside,
    sayings,
    statements,
    visible,
)
from symentropy.homework.macros import expanded
from symentropy.homework.prose import distributed
from symentropy.homework.report import Remark, Report
from symentropy.homework.steps import Step, read_chain
from symentropy.notation import parse

#: Characters of a document, and its formulas.
MAX_LENGTH, MAX_FORMULAS = 1_000_000, 2_000
#: Signs of definitions.
_SIGNS = re.compile(r":=|=|≡|\\coloneqq(?![A-Za-z])|\\equiv(?![A-Za-z])|\\triangleq(?![A-Za-z])|\\overset\{[^{}]*\}\{=\}")
#: An integral over densities, and a sum over a pmf, of which the letters are p and q.
_DENSITY = re.compile(r"(?:\\int(?![A-Za-z])|∫)(?:(?!\\\\).)*?(?<![A-Za-z\\])[pqr]\s*\(", re.DOTALL)
_PMF = re.compile(r"(?:\\sum(?![A-Za-z])|∑)(?:(?!\\\\).)*?(?<![A-Za-z\\])[pqr]\s*[(_]|(?<![A-Za-z\\])[pqr]_\{?[is]\b", re.DOTALL)
_EITHER = "this is false for densities, and the text has both densities and probabilities: say which are meant"
#: Relations in the prose that are tried, and characters from one before a formula to it, and from it to one after it.
MOST_ASIDES, FAR, NEAR = 4, 600, 40
_FRESH = re.compile(r"\s*(?P<name>\\?[A-Za-z]+(?:_(?:\{[^{}]*\}|[A-Za-z0-9]))?'*)\s*(?P<arguments>\([^()]*\))?\s*")


def check_document(
    path_or_text: Any,
    given: Iterable[Any] = (),
    *,
    base: Any = E,
    timeout: float | None = SECONDS,
    whole: float | None = WHOLE,
    inline: bool = False,
) -> Report:
    r"""Return the verdicts on the display formulas of a Markdown or LaTeX document.

    Parameters
    ----------
    path_or_text
        A path, or the text of the document: what has a line break or a dollar sign, or names no file, is text. One word that ends in
        ``.md``, ``.markdown``, ``.tex`` or ``.txt`` is a path.
    given, base, timeout, whole
        As for `symentropy.check_steps`; ``whole`` is for the whole document.
    inline
        Keyword only: check relations inside lines as well, ``$H(P, Q) \ge H(P)$``, apart from those that the prose takes for granted.

    Raises
    ------
    DomainError
        For a path that cannot be read, a document that is too long, and macros in it that never end. Formulas raise nothing: what cannot be
        read is a remark.

    Examples
    --------
    >>> note = r'''
    ... Let $P = (p, 1-p)$.
    ... $$H(P) = -p \log p - (1-p) \log (1-p)$$
    ... In bits, $$H(P) \le 2 \log 2 = \log 2$$
    ... '''
    >>> print(check_document(note))
    line 2  · hypothesis: P = (p, 1-p)
              taken for granted from here on
    line 3  ✓ right: H(P) = -p \log p - (1-p) \log (1-p)
    line 4  ✓ right: H(P) \le 2 \log 2
    line 4  ✗ wrong: 2 \log 2 = \log 2
              the left side is about 1.386, the right side is about 0.6931
              likely slip (missing-factor): the factor 2 is missing
    3 steps: 2 right, 1 wrong; the first wrong one is in line 4
    """
    text = _text_of(path_or_text)
    if len(text) > MAX_LENGTH:
        raise DomainError(f"the document has more than {MAX_LENGTH} characters")
    text = expanded(visible(text))
    formulas = display_formulas(text)
    if len(formulas) > MAX_FORMULAS:
        raise DomainError(f"the document has more than {MAX_FORMULAS} formulas")
    reader = _Reader(text, given, base)
    if inline:
        formulas = sorted([*formulas, *(f for f in inline_formulas(text) if reader.is_claim(f))], key=lambda formula: formula.span)
    if len(formulas) > MAX_FORMULAS:
        raise DomainError(f"the document has more than {MAX_FORMULAS} formulas")
    for formula in formulas:
        reader.read(formula)
    return Report(tuple(judged_links(reader.steps, timeout, whole)), tuple(reader.remarks))


def has_formulas(text: str) -> bool:
    """Whether a text has display formulas in Markdown or LaTeX around them, so that it is a document and not a chain."""
    shown = display_formulas(text)
    return bool(shown) and not (len(shown) == 1 and shown[0].text.strip() == text.strip())


def _text_of(path_or_text: Any) -> str:
    if isinstance(path_or_text, Path):
        return _read_file(path_or_text)
    if not isinstance(path_or_text, str):
        raise DomainError(f"the document is {shorten(repr(path_or_text))}, which is neither a path nor text")
    is_path = len(path_or_text) < 1000 and not re.search(r"[\n$\0]|\\[\[b(]", path_or_text)
    is_name = is_path and re.fullmatch(r"\S+\.(md|markdown|tex|txt)", path_or_text)  # a misspelt one is no document
    return _read_file(Path(path_or_text)) if is_name or (is_path and _is_file(path_or_text)) else path_or_text


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # a name that is too long, or has a null character
        return False


def _read_file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DomainError(f"{path} cannot be read: {getattr(error, 'strerror', None) or 'it is not text in UTF-8'}") from None


class _Reader:
    """Reads the formulas of a document one after the other, with what is known by then."""

    def __init__(self, text: str, given: Iterable[Any], base: Any) -> None:
        self.given = [given] if isinstance(given, str) else list(given)
        self.base = base
        self.steps: list[Step] = []
        self.remarks: list[Remark] = []
        self.known: dict[str, str] = {}  # name -> the statement about it
        found = sorted(statements(text), key=lambda statement: statement.place)
        self.waiting = [statement for statement in found if statement.until is None]
        self.local = [statement for statement in found if statement.until is not None]
        self.sayings = list(sayings(text))
        self._statements = {statement.text for statement in self.waiting}
        self._supposed = {(statement.text, statement.line) for statement in self.local}
        shown = [formula.text for formula in display_formulas(text)]
        self.has_densities = any(_DENSITY.search(formula) for formula in shown)
        self.asides = [aside for aside in asides(text) if not self._is_taken(aside)]
        self.has_pmfs = any(_PMF.search(formula) for formula in shown)

    def is_claim(self, formula: Formula) -> bool:
        """Whether a formula inside a line is a relation that the prose does not take for granted."""
        has_sign = re.search(r"[=<>≤≥≠≈]|\\(?:leq?|geq?|neq?|approx)(?![A-Za-z])", formula.text) is not None
        return has_sign and not is_aside(formula.text) and not self._is_taken(formula)

    def _is_taken(self, formula: Formula) -> bool:
        """Whether the prose takes a formula for granted, or supposes it in its sentence."""
        text = formula.text.strip().rstrip(".,;")
        return text in self._statements or (text, formula.line) in self._supposed

    def read(self, formula: Formula) -> None:
        """Judge a formula, or take it as a definition."""
        self._learn(formula)
        if formula.text.strip().rstrip(".,;") in self._statements or (
            distributed(formula.text) and all(name in self.known for name, _ in distributed(formula.text))
        ):
            return
        try:
            steps = self._steps(formula)
        except SymentropyError as error:
            message = error.message if isinstance(error, ParseError) else str(error)
            self.remarks.append(Remark(*self._unreadable(formula, error, message)))
            self.sayings += _said(formula)
            return
        doubt = self._doubt(formula)
        asides = self._asides_of(formula)
        self.steps += [
            replace(
                step, line=step.line + formula.line - 1, doubt=doubt or step.doubt, asides=(*step.asides, *asides) if step.claims else ()
            )
            for step in steps
        ]

    def _asides_of(self, formula: Formula) -> tuple[tuple[str, int], ...]:
        """Return the last relations in the prose before a formula, and the one right after it, that are not taken for granted."""
        start, stop = formula.span
        near = [aside for aside in self.asides if start - FAR < aside.span[1] < start][-MOST_ASIDES:]
        near += [aside for aside in self.asides if stop < aside.span[0] < stop + NEAR][:1]
        return tuple((aside.text.strip().rstrip(".,;"), aside.line) for aside in near if aside.text != formula.text)

    def _doubt(self, formula: Formula) -> str:
        """Say which distribution of a formula the text before it speaks about in words that were not read."""
        if self._has_lists() and re.search(r"(?<![A-Za-z\\_])n(?![A-Za-z])", formula.text) and re.search(r"[HD].*[PQRMU]", formula.text):
            return "there are distributions with a number of outcomes, and n stands here: give n as a hypothesis"
        for saying in self.sayings:
            if saying.text == "n":
                if saying.place < formula.span[0] and self._has_lists() and re.search(r"(?<![A-Za-z\\_])n(?![A-Za-z])", formula.text):
                    return (
                        f"line {saying.line} says what n is, and there are distributions with a number of outcomes: give n as a hypothesis"
                    )
                continue
            is_meant = re.search(rf"(?<![A-Za-z\\])(?:{saying.text}(?![A-Za-z])|{saying.text.lower()}_)", formula.text)
            if saying.place < formula.span[0] and saying.text not in self.known and is_meant:
                return (
                    f"line {saying.line} says something about {saying.text} that was not understood: "
                    f"write it as 'Let {saying.text} = (1/2, 1/2)', or give it as a hypothesis"
                )
        return ""

    def _has_lists(self) -> bool:
        """Whether a distribution is known that is written out."""
        return any(re.match(r"\s*[PQRMU]\s*:?=\s*(?:\\left\s*)?[\[(]", statement) for statement in self.known.values())

    def _unreadable(self, formula: Formula, error: SymentropyError, message: str) -> tuple[Any, str, int, str]:
        span = error.span if isinstance(error, ParseError) else None
        line = formula.line + (formula.text.count("\n", 0, span[0]) if span else 0)
        if not _SIGNS.search(formula.text) and "relation" in message:
            return ("expression", _one_line(formula.text), line, "no relation, nothing to check")
        return ("unreadable", _one_line(formula.text), line, message)

    def _learn(self, formula: Formula) -> None:
        """Take the statements that stand before a formula for granted, if they can be read."""
        while self.waiting and self.waiting[0].place <= formula.span[0]:
            statement = self.waiting.pop(0)
            if self._takes(statement):
                self.remarks.append(Remark("hypothesis", statement.text, statement.line, "taken for granted from here on"))

    def _takes(self, statement: Statement) -> bool:
        name = re.split(r"[\s=<>~∼(\\≤≥]", statement.text.strip().lstrip("\\"), maxsplit=1)[0]
        text = statement.text.replace(r"\coloneqq", ":=")
        before = self.known.pop(name, None)
        try:
            parse("1 = 1", [*self.given, *self.known.values(), text])
        except SymentropyError:
            if before is not None:
                self.known[name] = before
            return False
        self.known[name] = text
        return True

    def _facts(self, formula: Formula) -> list[Any]:
        """Return what is known at a formula, with what its sentence supposes."""
        facts = [*self.given, *self.known.values()]
        for statement in self.local:
            if statement.place <= formula.span[0] < (statement.until or 0):
                with suppress(SymentropyError):
                    parse("1 = 1", [*facts, statement.text])
                    facts.append(statement.text)
                    self.remarks.append(Remark("hypothesis", statement.text, formula.line, "supposed in this sentence"))
        return facts

    def _steps(self, formula: Formula) -> list[Step]:
        facts = self._facts(formula)
        if self._may_be_about_densities(formula):
            with suppress(SymentropyError):  # what holds for densities holds for pmfs as well
                steps = read_chain(formula.text, [*facts, "p density"], self.base)
                return [replace(step, doubt=_EITHER) for step in steps] if self.has_pmfs else steps
        try:
            return read_chain(formula.text, facts, self.base)
        except ParseError:
            found = self._definition(formula, facts)
            if found is None:
                raise
            return found

    def _may_be_about_densities(self, formula: Formula) -> bool:
        """Whether P and Q, which nothing defines, may be densities here, because an integral is over them elsewhere."""
        is_clear = _DENSITY.search(formula.text) or _PMF.search(formula.text) or {"P", "Q"} & self.known.keys()
        return self.has_densities and not is_clear

    def _definition(self, formula: Formula, facts: list[Any]) -> list[Step] | None:
        """Return the steps of a formula that starts with a fresh name, the first being the definition itself."""
        sign = _SIGNS.search(formula.text)
        fresh = _FRESH.fullmatch(formula.text[: sign.start()]) if sign else None
        if sign is None or fresh is None or not self._is_fresh(fresh):
            return None
        rest = " " * sign.end() + formula.text[sign.end() :]
        rest = "".join("\n" if a == "\n" else b for a, b in zip(formula.text, rest, strict=True))
        steps = list(_first_and_others(rest, facts, self.base))
        name, defined = fresh.group().strip(), _one_line(steps[0].right)
        line = formula.text.count("\n", 0, sign.start()) + 1
        self.remarks.append(Remark("definition", f"{name} = {defined}", formula.line + line - 1, f"taken as the definition of {name}"))
        self._define(fresh, steps[0].right)
        return [replace(steps[0], left=name, sign=sign.group(), line=line), *steps[1:]]

    def _is_fresh(self, found: re.Match[str]) -> bool:
        name, arguments = found.group("name"), found.group("arguments")
        if name in ("H", "D", "KL", "I", "JSD", "E", "h", "H_b", "h_b") and arguments:
            return False
        return name not in ("log", "ln", "exp", "sum")

    def _define(self, found: re.Match[str], value: str) -> None:
        """Let later formulas use a definition, if it can be one."""
        statement = f"{found.group().strip()} = {value}"
        try:
            parse("1 = 1", [*self.given, *self.known.values(), statement])
        except SymentropyError:
            return
        self.known[found.group("name")] = statement


def _first_and_others(rest: str, facts: list[Any], base: Any) -> Iterator[Step]:
    """Yield the definition of the first side of a chain, as a step of it to itself, and then the other steps."""
    try:
        others = read_chain(rest, facts, base)
    except ParseError as error:
        if "relation" not in error.message:
            raise
        others = []
    first = others[0].left if others else _one_line(rest)
    (whole,) = read_chain(f"{first} = {first}", facts, base)
    yield whole
    yield from others


def _said(formula: Formula) -> list[Statement]:
    """Return the distributions that a formula that was not read may say something about."""
    names = re.findall(r"(?<![A-Za-z\\])([PQRMU])(?=\s*(?:\\[,;:]\s*)*(?::|=|\\sim(?![a-z])|~|&|,|\\equiv))", formula.text)
    return [Statement(name, formula.line, formula.span[0]) for name in dict.fromkeys(names)]


def _one_line(text: str) -> str:
    return " ".join(text.split())
