"""How a list of probabilities is written, in text and in LaTeX.

Main definitions: `Layout`, with `TEXT` and `LATEX`; `Layout.listed` shortens long lists; `escaped`, plain text inside LaTeX.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

#: Entries of a pmf that are printed; a longer one ends in dots and its size.
SHOWN = 12


class Layout(NamedTuple):
    """Brackets, the braces of named outcomes, the dots of a long list, and plain words."""

    brackets: tuple[str, str]
    braces: tuple[str, str]
    dots: str
    words: Callable[[str], str]

    def listed(self, parts: Sequence[str], size: int, names: Sequence[str] = ()) -> str:
        """Return the first entries of a list of some size, with the names of the outcomes if they have any."""
        shown = [f"{name}: {part}" for name, part in zip(names, parts, strict=True)] if names else list(parts)
        if size > len(parts):
            shown.append(self.dots + self.words(f" {size} in all"))
        opening, closing = self.braces if names else self.brackets
        return opening + ", ".join(shown) + closing


def escaped(text: str) -> str:
    """Return text with the characters that LaTeX gives a meaning to escaped."""
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(special.get(letter, "\\" + letter if letter in "#$%&_{}" else letter) for letter in text)


TEXT = Layout(("[", "]"), ("{", "}"), "...", str)
LATEX = Layout((r"\left[", r"\right]"), (r"\left\{", r"\right\}"), r"\ldots", lambda text: rf"\text{{{escaped(text)}}}")
