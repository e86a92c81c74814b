r"""The page of all closed forms: what the program finds for each entry of the catalogue, as Markdown.

Main definitions
----------------
* `SECTIONS`, the entries in the order of the page.
* `cells`, the row of an entry without its digits, which are `digits_of` it.
* `page`, the text of the page, piece by piece.

Main statements
---------------
A row with a closed form shows digits only where both the definition and the closed form give them, or says which of the two does not; where
they differ there is no page. Formulas stand in cells of tables and have no vertical bar: ``\Vert`` and ``\vert`` are the same signs.
"""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, Integral, Piecewise, Sum, oo
from sympy.core.relational import Relational

from symentropy.catalogue.divergences import DIVERGENCES
from symentropy.catalogue.entropies import ENTROPIES
from symentropy.catalogue.entry import Entry
from symentropy.closed_form import closed_form, derived
from symentropy.conditions import conjuncts
from symentropy.digits import evaluate
from symentropy.distribution import is_handmade, is_joint, resolve
from symentropy.errors import NoClosedForm, PrecisionError
from symentropy.law import Law
from symentropy.proof.claim import Claim
from symentropy.proof.derivation import derive
from symentropy.proof.expectations import parameter_conditions
from symentropy.proof.writing.claims import where
from symentropy.proof.writing.style import MARKDOWN, latex_text

SECTIONS: dict[str, tuple[Entry, ...]] = {
    **{f"Entropy: {name}": entries for name, entries in ENTROPIES.items()},
    **{f"Divergence: {name}": entries for name, entries in DIVERGENCES.items()},
}
#: How many digits a row shows.
DIGITS = 15
#: Books that the sources of the engine name, and their marks on the page.
BOOKS = {
    "Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions, chapter ": "JKB ",
    "Johnson, Kemp, Kotz, Univariate Discrete Distributions, chapter ": "JKK ",
    "Mardia, Jupp, Directional Statistics, section ": "Mardia–Jupp ",
    "Johnson, Kotz, Balakrishnan (1997), chapter ": "JKB multivariate ",
}
#: What the engine says of a term that is a number, which needs no source.
CONSTANT = "the mean of a constant"
INTRODUCTION = f"""\
What the program finds for the entropies of the families that it knows and for divergences between them, in nats. This page is the output
of `symentropy closed-forms --format markdown`, and a test compares the two. Parameters are those of `sympy.stats`; a density that is no
family there is written out. No formula on this page was typed in: the catalogue lists the quantities, the engine finds the rest.

* **for**: what the parameters must satisfy. Where a mean diverges outside these conditions the divergence is infinite, and at parameters
  for which the formula has a limit it is the limit: the verbs return both as a `Piecewise`.
* **by**: *proof* where [`derive`](proofs.md) returns a proof that the kernel replays; *value* where the verbs return the value and no
  proof is checked yet.
* **source**: of the means that the engine uses. JKB is N. L. Johnson, S. Kotz, N. Balakrishnan, Continuous Univariate Distributions,
  2nd ed., Wiley 1994–95, with the chapter; JKK is N. L. Johnson, A. W. Kemp, S. Kotz, Univariate Discrete Distributions, 3rd ed., Wiley
  2005. What has no source follows from the definition.
* **check**: exact parameters, and {DIGITS} digits that two independent computations agree in: the closed form there, and the defining sum
  or integral, which [`evaluate`](digits.md) encloses. Where only one of them gives digits it is named, and *estimated* digits are not
  certified. The definitions of vectors and matrices are not enclosed; the tests compare those closed forms with quadrature.
"""
HEAD = "| quantity | closed form | for | by | source | check |\n|---|---|---|---|---|---|"
OPEN_HEAD = "| quantity | why there is no closed form | digits of the definition |\n|---|---|---|"
OPEN_TITLE = "Without a closed form"


def page() -> Iterator[str]:
    """Go through the page: its title, the sections, and what has no closed form."""
    yield f"# Closed forms\n\n{INTRODUCTION}"
    without: list[Entry] = []
    for title, entries in SECTIONS.items():
        known = [entry for entry in entries if closed_value(entry) is not None]
        without += [entry for entry in entries if closed_value(entry) is None]
        yield f"## {title}\n\n{HEAD}"
        for entry in known:
            yield row(entry)
        yield ""
    yield f"## {OPEN_TITLE}\n\n{OPEN_HEAD}"
    for entry in without:
        yield row(entry)


def row(entry: Entry) -> str:
    """Return the row of an entry."""
    return f"{cells(entry)} {digits_of(entry)} |"


def cells(entry: Entry) -> str:
    """Return the row of an entry up to its digits.

    >>> from sympy import Symbol
    >>> from sympy.stats import Exponential
    >>> from symentropy.catalogue.entry import entropy_of
    >>> cells(entropy_of(Exponential("X", Symbol("a", positive=True)), "a = 1")).split(" | ")[-3:]
    ['$a > 0$', 'proof', 'JKB 17 |']
    """
    value = closed_value(entry)
    if value is None:
        return _line(_quantity(entry), _reason(entry))
    proved, conditions = _derivation(entry, value)
    return _line(_quantity(entry), f"${_latex(_principal(value))}$", conditions, "proof" if proved else "value", _sources(entry))


def digits_of(entry: Entry) -> str:
    """Return the parameters of the check and the digits there."""
    point = ", ".join(f"{_latex(symbol)} = {_latex(value)}" for symbol, value in entry.point.items())
    where_ = f"${point}$: " if point else ""
    return where_ + _checked(entry)


def closed_value(entry: Entry) -> Expr | None:
    """Return the closed form of an entry, None where a sum, an integral or the noun itself is left."""
    found = closed_form(entry.noun.args[0], entry.noun.args[-1], is_cross=entry.noun.is_cross)
    if found is not None:
        return found.value if found.is_complete else None
    value = entry.noun.doit()
    return None if value.has(Sum, Integral) or value == entry.noun else value


def _checked(entry: Entry) -> str:
    value = closed_value(entry)
    there, is_certified = _digits(entry.there)
    if is_joint(entry.noun.args[0]):
        return f"`{there}`{' (closed form)' if value is not None else ''}" if there else "—"
    mark = "" if is_certified else " (estimated)"
    if value is None:
        return f"`{there}`{mark}" if there else "—"
    own, _ = _digits(value.subs(entry.point, simultaneous=True))
    if own and there and own != there:
        raise ArithmeticError(f"{entry.noun} is {there} by definition and {own} by its closed form at {entry.point}")
    if own and there:
        return f"`{there}`{mark}"
    return f"`{own}` (closed form)" if own else f"`{there}`{mark} (definition)"


def _digits(value: Expr) -> tuple[str, bool]:
    """Return the digits of a constant and whether they are certified; no digits where there are none."""
    try:
        found = evaluate(value, DIGITS)
    except PrecisionError:
        return "", True
    return found.text(), found.certified


def _derivation(entry: Entry, value: Expr) -> tuple[bool, str]:
    """Return whether there is a proof, and for which parameters the closed form holds."""
    try:
        claim = derive(entry.noun, entry.given, timeout=None).claim
    except NoClosedForm:
        facts = [*entry.given, *(fact for own in entry.noun.args for fact in parameter_conditions(own) or ())]
        if isinstance(value, Piecewise) and value.args[0][0] != oo:
            facts += conjuncts(value.args[0][1])
        claim = Claim(entry.noun, "=", _principal(value), tuple(fact for fact in facts if isinstance(fact, Relational)))
        is_proved = False
    else:
        is_proved = True
    return is_proved, _cell(MARKDOWN.sentence(where(claim, MARKDOWN)).removeprefix(" for "))


def _reason(entry: Entry) -> str:
    """Return why an entry has no closed form."""
    noun = entry.noun
    try:
        found = derived(noun.args[0], noun.args[-1], is_cross=noun.is_cross)
    except NoClosedForm as error:
        return f"`{error}`"
    rest = sorted(found.value.atoms(Sum, Integral), key=str)
    return f"remains: ${', '.join(map(_latex, rest))}$"


def _sources(entry: Entry) -> str:
    found = closed_form(entry.noun.args[0], entry.noun.args[-1], is_cross=entry.noun.is_cross)
    sources = [term.source for term in (found.terms if found else ()) if term.source not in ("", CONSTANT)]
    text = "; ".join(dict.fromkeys(part for source in sources for part in source.split("; ")))
    for book, mark in BOOKS.items():
        text = text.replace(book, mark)
    return _cell(text)


def _quantity(entry: Entry) -> str:
    """Return the quantity: the noun, or the name with the density where it is no family of SymPy."""
    P = entry.noun.args[0]
    if not is_handmade(P):
        return f"${_latex(entry.noun)}$"
    law = resolve(P)
    assert isinstance(law, Law)
    law = law.presented()
    return f"${entry.noun.latex_name}$, {entry.name}: ${_latex(law.density)}$ for ${_latex(law.limits[0][0])} \\in {_latex(P.args[1])}$"


def _principal(value: Expr) -> Expr:
    """Return the value where it is finite and no parameters coincide."""
    return value.args[0][0] if isinstance(value, Piecewise) else value


def _latex(expression: Expr) -> str:
    return _cell(latex_text(expression))


def _cell(text: str) -> str:
    """Return LaTeX or Markdown without vertical bars."""
    return text.replace(r"\|", r"\Vert ").replace("|", r"\vert ").replace("\n", " ")


def _line(*columns: str) -> str:
    return f"| {' | '.join(columns)} |"
