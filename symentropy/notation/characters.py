"""Characters that people type for something that takes several on the line: ½, x², p₁, √, ∫.

Main definitions
----------------
* `ABOVE` and `BELOW`, characters above and below the line, and the ones on the line; `pieces`, what a run of them says.
* `SAME`, characters of equation editors, and the ones that are read for them, at the same places.
* `VULGAR`, fractions in one character; `MACRO_CHARACTERS`, characters that stand for a macro.

Unicode's compatibility forms are not used: NFKC makes x2 of x² and 102 of 10².

Left out: capital letters above the line, of which T is a transpose, and Greek ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

#: Character above the line -> the same on the line.
ABOVE: dict[str, str] = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "0123456789+-()abcdefghijklmnoprstuvwxyz", strict=True))
#: Character below the line -> the same on the line.
BELOW: dict[str, str] = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+-=()aehijklmnoprstuvx", strict=True))

#: Character -> the fraction that it is, which is one number.
VULGAR: dict[str, str] = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5", "⅙": "1/6", "⅚": "5/6",
    "⅐": "1/7", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8", "⅑": "1/9", "⅒": "1/10",
}  # fmt: skip

#: Character -> macro.
MACRO_CHARACTERS: dict[str, str] = {"→": "\\to"}

#: Character of an equation editor -> what it is: letters in italics, dashes for minus signs, operators that are not seen.
_ITALICS = [*map(chr, (*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C))), "ℎ"]
_LETTERS = {italic: unicodedata.normalize("NFKC", italic) for italic in _ITALICS}
SAME: dict[int, str] = str.maketrans({**{a: b for a, b in _LETTERS.items() if a != b}, "–": "-", "\u2061": " ", "\u2062": " "})

_PIECES = re.compile(r"(?P<number>[0-9]+)|(?P<word>[a-z]+[0-9]*)|(?P<relation>=)|(?P<sign>[-+()])")


def pieces(characters: str) -> Iterator[tuple[str, str, int]]:
    """Go through what a run of characters above or below the line says: kind, text and place of each token.

    >>> list(pieces("ⁿ⁺¹"))
    [('word', 'n', 0), ('+', '+', 1), ('number', '1', 2)]
    """
    line = "".join(ABOVE.get(character) or BELOW[character] for character in characters)
    for found in _PIECES.finditer(line):
        kind = found.lastgroup or ""
        yield (found[0] if kind == "sign" else kind), found[0], found.start()
