"""Sentences with formulas in them, as text, as LaTeX and as Markdown.

Main definitions
----------------
* `Math`, a formula between the words of a sentence; a sentence is a list of words and formulas.
* `Style`: how an expression, a relation sign and a sentence are written. `TEXT`; `LATEX`, inside of math; `MARKDOWN`, outside of it.

Left out on purpose: how distributions and nouns are written (see `symentropy.display` and `symentropy.quantity`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sympy import Basic, Derivative, Dummy, Function, Sum, Symbol
from sympy.core.relational import Relational
from sympy.printing.latex import LatexPrinter

from symentropy import layout
from symentropy.display import TermsUnevaluated, distribution_latex, distribution_text, plain_text

#: Letters for indices, in the order in which they are taken.
INDEX_LETTERS = "ijklsabcdefgh"


class Math(str):
    """A formula, already written; other strings in a sentence are words."""

    __slots__ = ()


class _Printer(TermsUnevaluated, LatexPrinter):
    """LaTeX of expressions whose integers may have more digits than CPython's ``str`` takes, with the usual signs for functions.

    SymPy names polygamma and loggamma in words, and writes the arguments of beta as plain text, so that nu/2 becomes n u/2. Derivatives
    end where they end.
    """

    def _needs_mul_brackets(self, expr: Any, first: bool = False, last: bool = False) -> bool:
        return bool(super()._needs_mul_brackets(expr, first=first, last=last) or (not last and expr.has(Derivative)))

    def _print_Integer(self, expr: Any) -> str:
        return format(Decimal(int(expr)), "f")

    def _print_Rational(self, expr: Any) -> str:
        return rf"{'-' if expr < 0 else ''}\frac{{{Decimal(abs(int(expr.p))):f}}}{{{Decimal(int(expr.q)):f}}}"

    def _print_Sum(self, expr: Any) -> str:
        inner, *outer = expr.limits
        written = super()._print_Sum(Sum(expr.function, inner))
        for name, low, high in outer:
            written = rf"\sum_{{{self._print(name)}={self._print(low)}}}^{{{self._print(high)}}} {written}"
        return str(written)

    def _print_Subs(self, expr: Any) -> str:
        at = r",\, ".join(f"{self._print(name)} = {self._print(value)}" for name, value in zip(expr.variables, expr.point, strict=True))
        return rf"\left. {self._print(expr.expr)} \right|_{{{at}}}"

    def _print_beta(self, expr: Any, exp: str | None = None) -> str:
        return self._applied(r"\operatorname{B}", expr.args, exp)

    def _print_loggamma(self, expr: Any, exp: str | None = None) -> str:
        found = self._applied(r"\log \Gamma", expr.args, None)
        return found if exp is None else rf"\left({found}\right)^{{{exp}}}"

    def _print_polygamma(self, expr: Any, exp: str | None = None) -> str:
        order, argument = expr.args
        name = r"\psi" if order == 0 else rf"\psi^{{({self._print(order)})}}"
        found = self._applied(name, (argument,), exp if order == 0 else None)
        return found if exp is None or order == 0 else rf"\left({found}\right)^{{{exp}}}"

    def _applied(self, name: str, arguments: Sequence[Any], exp: str | None) -> str:
        power = "" if exp is None else f"^{{{exp}}}"
        return rf"{name}{power}\left({', '.join(map(self._print, arguments))}\right)"


def with_letters(expression: Any) -> Any:
    """Return an expression with letters for the private indices of its sums.

    >>> from sympy import Dummy, IndexedBase, Sum, Symbol
    >>> k, i = Dummy("k", integer=True), Symbol("i", integer=True)
    >>> with_letters(Sum(IndexedBase("p")[i, k], (k, 1, 3)))
    Sum(p[i, j], (j, 1, 3))
    """
    private = {limit[0] for part in expression.atoms(Sum) for limit in part.limits if isinstance(limit[0], Dummy)}
    if not private:
        return expression
    used = {symbol.name for symbol in expression.atoms(Symbol) - private}
    letters = (letter for letter in INDEX_LETTERS if letter not in used)
    return expression.xreplace(
        {index: Symbol(letter, integer=True) for index, letter in zip(sorted(private, key=str), letters, strict=False)}
    )


def latex_text(expression: Basic) -> str:
    """Return an expression as LaTeX, for integers of any length; sigma times a bracket has a dot, as sigma(t) is the sigmoid for many.

    >>> from sympy import Integer, Rational, beta, digamma, polygamma
    >>> latex_text(-Rational(1, 2)), len(latex_text(Integer(10) ** 5000))
    ('-\\\\frac{1}{2}', 5001)
    >>> x, nu = Symbol("x"), Symbol("nu")
    >>> print(latex_text(beta(x, nu)), latex_text(digamma(nu) ** 2), latex_text(polygamma(1, nu)))
    \\operatorname{B}\\left(x, \\nu\\right) \\psi^{2}\\left(\\nu\\right) \\psi^{(1)}\\left(\\nu\\right)
    """
    return str(_Printer().doprint(with_letters(expression))).replace(r"\sigma \left(", r"\sigma \cdot \left(")


class Style(NamedTuple):
    """How an expression and a distribution are written, each relation sign, dots, membership of a set, a mantissa and a power of ten,
    what has a distribution, and a sentence."""

    math: Callable[[Any], str]
    distribution: Callable[[Any, Callable[[Any], str]], str]
    signs: Mapping[str, str]
    dots: str
    member: str
    scientific: str
    follows: str
    sentence: Callable[[Iterable[str]], str]

    def relation(self, left: Any, sign: str, right: Any) -> Math:
        """Return a relation between two expressions; ``sign`` is that of a claim, such as ``<=``."""
        return Math(f"{self.math(left)} {self.signs[sign]} {self.math(right)}")

    def family(self, distribution: Any) -> Math:
        """Return a distribution."""
        return Math(self.distribution(distribution, self.math))

    def outcome(self, outcome: Any, distribution: Any) -> Math:
        """Return what says that an outcome has a distribution."""
        return Math(f"{self.math(outcome)} {self.follows} {self.family(distribution)}")

    def follows_family(self, outcome: Any, name: str, parameters: Iterable[Any]) -> Math:
        """Return what says that an outcome has a distribution of a family, given by its name and its parameters."""
        family = self.math(Function(name)(*parameters))
        return Math(f"{self.math(outcome)} {self.follows} {family}")

    def fact(self, fact: Any) -> Math:
        """Return what a SymPy relation says, or any other expression as it is."""
        return self.relation(fact.lhs, sign_of(fact), fact.rhs) if isinstance(fact, Relational) else Math(self.math(fact))


def sign_of(relation: Relational) -> str:
    """Return the sign of a SymPy relation, as claims write it.

    >>> from sympy import Eq
    >>> from sympy.abc import x
    >>> sign_of(Eq(x, 1)), sign_of(x <= 1)
    ('=', '<=')
    """
    return "=" if relation.rel_op == "==" else str(relation.rel_op)


def _in_math(pieces: Iterable[str]) -> str:
    return "".join(piece if isinstance(piece, Math) else layout.LATEX.words(piece) for piece in _merged(pieces))


def _around_math(pieces: Iterable[str]) -> str:
    return "".join(f"${piece}$" if isinstance(piece, Math) else piece for piece in _merged(pieces))


def _merged(pieces: Iterable[str]) -> list[str]:
    """Return a sentence with neighbouring words put together."""
    found: list[str] = []
    for piece in pieces:
        if found and not isinstance(piece, Math) and not isinstance(found[-1], Math):
            found[-1] += piece
        elif piece:
            found.append(piece)
    return found


_LATEX_SIGNS = {"=": "=", "!=": r"\ne", "<": "<", "<=": r"\le", ">": ">", ">=": r"\ge"}
TEXT = Style(
    lambda expression: plain_text(with_letters(expression)),
    distribution_text,
    {sign: sign for sign in _LATEX_SIGNS},
    "...",
    "in",
    "{}e{}",
    "~",
    "".join,
)
LATEX = Style(latex_text, distribution_latex, _LATEX_SIGNS, r"\ldots", r"\in", r"{} \times 10^{{{}}}", r"\sim", _in_math)
MARKDOWN = LATEX._replace(sentence=_around_math)


def listed(items: Sequence[Sequence[str]], last: str = " and ") -> list[str]:
    """Return items as one sentence, with commas and a word before the last.

    >>> "".join(listed([["a"], ["b"], ["c"]])), listed([])
    ('a, b and c', [])
    """
    pieces: list[str] = []
    for place, item in enumerate(items):
        pieces += [] if place == 0 else [last] if place == len(items) - 1 else [", "]
        pieces += item
    return pieces
