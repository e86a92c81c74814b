"""Characters to tokens: kinds, one spelling, spans."""

import unicodedata
from fractions import Fraction

import pytest

from symentropy.errors import ParseError
from symentropy.notation.characters import ABOVE, BELOW, SAME, VULGAR
from symentropy.notation.tokens import MAX_LENGTH, tokenize

KINDS = [
    ("12", [("number", "12")]),
    ("0.25 .5", [("number", "0.25"), ("number", ".5")]),
    ("1e-30", [("number", "1e-30")]),
    ("1E5", [("number", "1E5")]),
    ("2e", [("number", "2"), ("word", "e")]),
    ("2e-x", [("number", "2"), ("word", "e"), ("-", "-"), ("word", "x")]),
    ("p_12", [("word", "p"), ("_", "_"), ("number", "12")]),
    ("p_1e5", [("word", "p"), ("_", "_"), ("number", "1"), ("word", "e5")]),
    ("mu1", [("word", "mu1")]),
    (r"\mu1", [("greek", "mu"), ("number", "1")]),
    ("σγΓ", [("greek", "sigma"), ("greek", "gamma"), ("greek", "Gamma")]),
    ("µ", [("greek", "mu")]),
    (r"\log2", [("macro", r"\log"), ("number", "2")]),
    (r"\mathrm{KL} \operatorname{KL} \text{ Bern }", [("word", "KL"), ("word", "KL"), ("word", "Bern")]),
    (r"\mathrm H(\mathrm{D1})", [("word", "H"), ("(", "("), ("word", "D1"), (")", ")")]),
    (r"\mathcal{N} \mathcal U", [("word", r"\mathcal{N}"), ("word", r"\mathcal{U}")]),
    (r"∞ \infty oo", [("word", "oo")] * 3),
    (r"* · × ⋅ \cdot \times", [("*", "*"), ("*", "·"), ("*", "×"), ("*", "⋅"), ("*", r"\cdot"), ("*", r"\times")]),
    ("- −", [("-", "-"), ("-", "−")]),
    ("^ **", [("^", "^"), ("^", "**")]),
    ("p'", [("word", "p"), ("'", "'")]),
    (r"\left(\right) \bigl[ \Bigr]", [("(", "("), (")", ")"), ("[", "["), ("]", "]")]),
    (r"\left\{ x \right\}", [("\\{", "\\{"), ("word", "x"), ("\\}", "\\}")]),
    (r"a\,b\;\!\quad c\ d", [("word", "a"), ("word", "b"), ("word", "c"), ("word", "d")]),
    (r"& \\", [("&", "&"), ("\\\\", "\\\\")]),
]

KINDS += [
    ("x²", [("word", "x"), ("^", "^"), ("{", "{"), ("number", "2"), ("}", "}")]),
    ("10²³", [("number", "10"), ("^", "^"), ("{", "{"), ("number", "23"), ("}", "}")]),
    ("e⁻ˣ", [("word", "e"), ("^", "^"), ("{", "{"), ("-", "-"), ("word", "x"), ("}", "}")]),
    ("p₁₂", [("word", "p"), ("_", "_"), ("{", "{"), ("number", "12"), ("}", "}")]),
    ("∑ᵢ₌₁", [("sum", "∑"), ("_", "_"), ("{", "{"), ("word", "i"), ("relation", "="), ("number", "1"), ("}", "}")]),
    ("½ ¾", [("fraction", "1/2"), ("fraction", "3/4")]),
    ("√ ∛", [("radical", "√"), ("radical", "∛")]),
    (r"∫ \int", [("int", "∫"), ("int", r"\int")]),
    (r"⟨ 〈 \rangle →", [("langle", "⟨"), ("langle", "〈"), ("rangle", r"\rangle"), ("macro", "\\to")]),
    (r"∂ \partial", [("partial", "∂"), ("partial", "\\partial")]),
    (r"∏ \prod prod", [("sum", "∏"), ("sum", "\\prod"), ("sum", "prod")]),
    (r"÷ ∕ ⁄ \div", [("/", "÷"), ("/", "∕"), ("/", "⁄"), ("/", "\\div")]),
    ("f″", [("word", "f"), ("'", "'"), ("'", "'")]),
    ("x ∈ A", [("word", "x"), ("in", "∈"), ("word", "A")]),
]

DOUBLE_BARS = ["||", r"\|", "‖", "∥", r"\parallel", r"\Vert", r"\vert\vert", r"\vert \vert", r"\mid\mid", r"\lVert", r"\left\|"]
SINGLE_BARS = ["|", r"\vert", r"\mid", r"\lvert", r"\left|"]

RELATIONS = [
    ("= ==", "="), ("<= ≤ \\le \\leq \\leqslant", "<="), (">= ≥ \\ge \\geq", ">="), ("!= ≠ \\ne \\neq", "!="),
    ("< \\lt", "<"), ("> \\gt", ">"), ("≈ \\approx", "approx"), (":= ≡ \\equiv", ":="),
]  # fmt: skip

REFUSED = [
    ("p + р", "CYRILLIC SMALL LETTER ER) is not read here: it looks like 'p'", (4, 5)),
    ("Н(P)", "CYRILLIC CAPITAL LETTER EN) is not read here: it looks like 'H'", (0, 1)),
    ("x ²", "belongs right after something", (2, 3)),
    ("xᵀ", "write '^T'", (1, 2)),
    ("nª", "FEMININE ORDINAL INDICATOR", (1, 2)),
    ("①", "CIRCLED DIGIT ONE", (0, 1)),
    ("１", "write '1'", (0, 1)),
    ("2½", "right after a number or a name", (1, 2)),
    ("x½", "right after a number or a name", (1, 2)),
    ("𝐩", "write 'p'", (0, 1)),
    ("1 — p", "EM DASH", (2, 3)),
    ("a.b", "a dot", (1, 2)),
    ("(lambda: 0)", "COLON", (7, 8)),
    ("“p”", "LEFT DOUBLE QUOTATION MARK", (0, 1)),
    ("p\u200bq", "ZERO WIDTH SPACE", (1, 2)),
    ("\x00", "U+0000", (0, 1)),
    ("\ud800", "U+D800", (0, 1)),
    ("٣", "ARABIC-INDIC DIGIT THREE", (0, 1)),
    ("x @ 1", "COMMERCIAL AT", (2, 3)),
    (r"\left x", "a bracket must follow", (0, 5)),
    (r"x \right", "a bracket must follow", (2, 8)),
    ("p" * (MAX_LENGTH + 1), "longer than 100000 characters", (MAX_LENGTH, MAX_LENGTH + 1)),
]


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_kinds(text, expected):
    assert [(token.kind, token.text) for token in tokenize(text)] == [*expected, ("end", "")]


@pytest.mark.parametrize(("spellings", "kind"), [(DOUBLE_BARS, "||"), (SINGLE_BARS, "|")])
def test_bars(spellings, kind):
    for text in spellings:
        assert [token.kind for token in tokenize(text)] == [kind, "end"], text


@pytest.mark.parametrize(("spellings", "expected"), RELATIONS)
def test_relations(spellings, expected):
    for text in spellings.split():
        assert [(token.kind, token.text) for token in tokenize(text)][:-1] == [("relation", expected)], text


def test_a_macro_ends_where_its_letters_end():
    assert [token.text for token in tokenize(r"\leftarrow \lefty")][:-1] == [r"\leftarrow", r"\lefty"]
    assert tokenize(r"\timesx")[0].kind == "macro"


def test_spans_are_the_places_in_the_text():
    text = r"  \mathrm{KL}( σ ‖ 0.5 )"
    assert [text[slice(*token.span)] for token in tokenize(text)] == [r"\mathrm{KL}", "(", "σ", "‖", "0.5", ")", ""]
    assert tokenize(text)[-1].span == (len(text), len(text))


@pytest.mark.parametrize(("text", "message", "span"), REFUSED, ids=range(len(REFUSED)))
def test_refused(text, message, span):
    with pytest.raises(ParseError) as caught:
        tokenize(text)
    assert message in caught.value.message
    assert caught.value.span == span


def test_each_fraction_has_the_value_that_unicode_gives_it():
    for character, text in VULGAR.items():
        assert float(Fraction(text)) == pytest.approx(unicodedata.numeric(character))


@pytest.mark.parametrize(("table", "style"), [(ABOVE, "<super>"), (BELOW, "<sub>")])
def test_characters_above_and_below_the_line_are_what_unicode_says(table, style):
    for character, plain in table.items():
        assert unicodedata.decomposition(character).split()[0] == style
        assert unicodedata.normalize("NFKC", character).replace("−", "-") == plain


def test_letters_in_italics_are_read_as_the_letters():
    for code, plain in SAME.items():
        if unicodedata.category(chr(code)).startswith("L"):
            assert unicodedata.normalize("NFKC", chr(code)) == plain


BLOCKS = [(0xA0, 0x250), (0x1D00, 0x1E00), (0x2000, 0x2C00), (0xFE00, 0x10000), (0x1D400, 0x1D800)]


@pytest.mark.parametrize("block", BLOCKS)
def test_no_character_is_silently_read_as_its_compatibility_form(block):
    read = {*ABOVE, *BELOW, *VULGAR, *map(chr, SAME), *"″µϵ〈〉𝔼…"}
    for character in map(chr, range(*block)):
        if unicodedata.normalize("NFKC", character) != character and character not in read and not character.isspace():
            assert _is_refused(f"x{character}"), f"U+{ord(character):04X}"


def _is_refused(text):
    try:
        tokenize(text)
    except ParseError:
        return True
    return False
