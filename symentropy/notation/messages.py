"""What to say about text that cannot be read: what it is, and what was probably meant.

Left out: messages that are said in one place only, which stand there.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from symentropy.exact import shorten
from symentropy.notation.families import family_names, not_a_family
from symentropy.notation.functions import FUNCTIONS, MISTAKEN
from symentropy.notation.names import GREEK_NAMES, base_and_digits
from symentropy.notation.quantities import QUANTITIES, RESERVED
from symentropy.notation.tokens import CLOSING, FRACTIONS, Token

#: Macro -> what it stands for, and will be read as later.
_LATER = {
    "\\begin": "environments",
    "\\mathcal": "sets",
}
_MACROS = sorted({"\\cdot", "\\times", "\\infty", "\\sqrt", *FRACTIONS, *("\\" + name for name in (*FUNCTIONS, *GREEK_NAMES))})

#: Names without declaration, as messages list them.
KNOWN_LETTERS = "p q r, m t u v w x z, n N, b k, alpha beta theta kappa lambda mu nu sigma tau"

#: What to write for those who mean the function and write the family.
FUNCTION_OF_FAMILY = {"Gamma": "; the function is gamma(x)", "Zeta": "; the function is zeta(s)"}


def unexpected(token: Token) -> str:
    """Return the message for a token after an expression that is complete."""
    if token.kind == "relation":
        return "a relation stands here, where an expression is expected"
    if token.kind in CLOSING.values():
        return f"{token.text} closes no bracket"
    if token.kind in ("|", "||"):
        return "a bar stands here that closes nothing"
    if token.kind == "row":
        return "this line ends where a number, a name or a bracket is expected"
    if token.kind in ("&", "\\\\"):
        return "lines and columns are not read yet, write one expression"
    if token.kind == "'":
        return "a prime follows a name only, and quotation marks are not read"
    if token.kind == "_":
        return "a subscript follows a name only, and once; values at a point or between limits are not read yet"
    return f"{token.text} cannot stand here"


def missing(token: Token) -> str:
    """Return the message for a token where an operand should be."""
    if token.kind == "row":
        return "the line before ends where a number, a name or a bracket is expected"
    if token.kind == "end":
        return "the text ends where a number, a name or a bracket is expected"
    if token.kind in ("relation", "'"):
        return unexpected(token)
    if token.kind == "_":
        return "a subscript follows a name only, and values at a point after a bar are not read yet"
    return f"a number, a name or a bracket is expected here, not {token.text}"


def unclosed(opener: Token, closing: str, token: Token) -> str:
    """Return the message for a token where a bracket should be closed."""
    if token.kind in ("relation", "&", "\\\\", "'", "_"):
        return unexpected(token)
    if token.kind == ";":
        return r"a semicolon stands in densities only, after the point: \mathcal{N}(x; \mu, \sigma^2)"
    return f"{closing} is expected here, to close the {opener.text} at character {opener.span[0] + 1}"


def unknown_macro(macro: str) -> str:
    """Return the message for a macro without a meaning."""
    if macro in _LATER:
        return f"{_LATER[macro]} are not read yet"
    if macro[1:] in MISTAKEN:
        return MISTAKEN[macro[1:]]
    return f"the macro {shorten(macro)} is not known{_suggestion(macro, _MACROS)}"


def misused(word: str) -> str:
    """Return the message for a word that looks like a function or a family and is none, or nothing."""
    if word in MISTAKEN:
        return MISTAKEN[word]
    if not_a_family(word):
        return f"{word} takes a density, not parameters: use a family such as Normal"
    if word in ("Gam", "Ga"):
        return "the second parameter of Gam is a rate for some and a scale for others: write Gamma(a, theta), or Gamma(a, 1/b) for a rate b"
    if word.startswith("\\mathcal"):
        return f"{word} is not known: \\mathcal{{N}} and \\mathcal{{U}} are the normal and the uniform family"
    base, digits = base_and_digits(word)
    if base in FUNCTIONS and digits:
        return f"write log_{{{digits}}} x" if base == "log" else f"write {base}({digits}), with brackets around the argument"
    return ""


def unknown_word(word: str, letter: str) -> str:
    """Return the message for a run of letters that is no name and holds a letter that is none."""
    shown = shorten(word)
    if word in MISTAKEN:
        return MISTAKEN[word]
    if word.capitalize() in family_names():
        return f"{shown} is not a name; the family is {word.capitalize()}, as in H({word.capitalize()}(...))"
    if word.lower() in FUNCTIONS:
        return f"{shown} is not a name: write {word.lower()}"
    for name in ("log", "ln", "exp", "sqrt"):
        before, found, after = shown.partition(name)
        if found:
            return f"{shown} is not a name: write {' '.join(filter(None, (before, name, after)))}"
    known = [*FUNCTIONS, *GREEK_NAMES, *QUANTITIES, *(family_names() if word[0].isupper() else ())]
    return f"{shown} is not a name, nor a product of names, as {letter} is not declared{_suggestion(word, known)}"


def undeclared(name: str, *, is_argument: bool) -> str:
    """Return the message for a name without a meaning, which says how to give it one."""
    name = shorten(name)
    if is_argument and name[0].isupper():
        return (
            f"{name} is not declared: P, Q, R, M and U are distributions, others are defined in given, such as {name} = [p, 1-p], "
            f"and {RESERVED}"
        )
    if name == "Sigma" and not is_argument:
        return "Sigma is not declared: a sum has its index below, Σ_i p_i log p_i"
    if name == "E":
        return "E is not declared: Euler's number is e, and an expectation is written E[-log p_s] or E_P[-log q_s]"
    if name == "gamma":
        return "gamma is not declared: Euler's constant is EulerGamma, the function is gamma(x), and 'gamma > 0' in given makes it a number"
    return (
        f"{name} is not declared: use a known letter ({KNOWN_LETTERS}, also with subscripts: p_1), "
        f"or say in given what it is, such as '{name} > 0' or '{name} real'"
    )


def _suggestion(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word[:40], known, n=1, cutoff=0.7)
    return f"; did you mean {close[0]}?" if close else ""
