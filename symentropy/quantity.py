"""What the nouns have in common: evaluation, digits, derivatives, rewrites and printing.

Main definitions
----------------
* `Quantity`, the base class of the nouns: an unevaluated SymPy expression without sign.
* `Mean`, the base class of those that are the mean of a term over a distribution.

The nouns themselves, with their formulas and examples, are in `symentropy.quantities`.
"""

from __future__ import annotations

from typing import Any, ClassVar

from mpmath.libmp import prec_to_dps
from sympy import Basic, Expr, Float, Integral, Rational, S, Sum, Symbol, true
from sympy.printing.pretty.stringpict import prettyForm

from symentropy.definitions import (
    Aligned,
    Pairs,
    Term,
    cross_entropy_of_rationals,
    cross_term,
    defined,
    paired,
    pointwise,
)
from symentropy.display import distribution_latex, distribution_pretty, distribution_text
from symentropy.distribution import resolve
from symentropy.errors import NoClosedForm
from symentropy.evaluation.approximate import MAX_DOUBLINGS, MAX_QUADRATURES, approximate
from symentropy.evaluation.expectation import expected
from symentropy.evaluation.functions import Function, compiled, weighted_logarithms
from symentropy.exact import shown
from symentropy.finite import Finite
from symentropy.law import Law


class Quantity(Expr):
    """An unevaluated quantity: the base class of the nouns."""

    __slots__ = ()

    is_commutative = True
    #: Its arguments are distributions, so SymPy must not compute with a noun as with a number.
    is_number = False

    #: The name in text and in LaTeX.
    name: ClassVar[str] = "H"
    latex_name: ClassVar[str] = "H"
    #: What stands between two arguments in text (Unicode), ASCII and LaTeX.
    separators: ClassVar[tuple[str, str, str]] = (", ", ", ", ", ")

    def value(self) -> Expr:
        """Return the value in nats."""
        raise NotImplementedError

    def doit(self, **_hints: Any) -> Expr:
        """Return the value in nats: plain SymPy, in the shape a person would write."""
        return self.value()

    def _eval_derivative(self, symbol: Basic) -> Expr | None:
        value = self.value()
        return None if value.has(Integral) else value.diff(symbol)

    def _eval_evalf(self, prec: int) -> Expr:
        if self.free_symbols:
            return self
        value = self._exact_value()
        if value is not None:
            return value.evalf(prec_to_dps(prec))
        number = approximate(self, prec_to_dps(prec) + 2, self._doublings())
        return S.Infinity if number.context.isinf(number) else Float(number, precision=prec)

    def _exact_value(self) -> Expr | None:
        """Return the value if it is rational or infinite, so that there is nothing to approximate."""
        value = self.value()
        return value if value.is_Rational or value.is_infinite else None

    def _doublings(self) -> int:
        return MAX_DOUBLINGS

    def _compiled(self) -> Function:
        """Return the value as a function of an mpmath context."""
        return compiled(self.value())

    def _texts(self, text: Any) -> list[str]:
        return [text(argument) if isinstance(argument, Expr) else distribution_text(argument, text) for argument in self.args]

    def _sympystr(self, printer: Any) -> str:
        return f"{self.name}({self.separators[0].join(self._texts(printer._print))})"

    def _latex(self, printer: Any) -> str:
        inner = self.separators[2].join(
            printer._print(argument) if isinstance(argument, Expr) else distribution_latex(argument, printer._print)
            for argument in self.args
        )
        return rf"{self.latex_name}\left({inner}\right)"

    def _pretty(self, printer: Any) -> prettyForm:
        separator = self.separators[0 if printer._use_unicode else 1]
        parts = [
            printer._print(argument) if isinstance(argument, Expr) else distribution_pretty(argument, printer) for argument in self.args
        ]
        inner = printer._print_seq(parts, delimiter=separator) if len(parts) > 1 else parts[0]
        return prettyForm(*prettyForm(*inner.parens()).left(self.name), binding=prettyForm.ATOM)

    def _code(self, printer: Any) -> str:
        """Print as code for ``lambdify``: the value, with 0 log 0 = 0 kept where a probability may become 0."""
        names = {symbol: Symbol(symbol.name) for symbol in self.free_symbols if isinstance(symbol, Symbol)}
        value = self.xreplace(names)._with_boundary()  # without assumptions: a positive symbol may still be given 0
        if value.has(Integral) or any(end.is_infinite for total in value.atoms(Sum) for _, *ends in total.limits for end in ends):
            raise NoClosedForm(f"{shown(self)} has no closed form to print as code")
        return f"({printer._print(value)})"

    _pythoncode = _mpmathcode = _numpycode = _torchcode = _jaxcode = _code
    _ccode = _cxxcode = _fcode = _javascript = _julia = _octave = _rust_code = _code

    def _with_boundary(self) -> Expr:
        """Return the value as a Piecewise with its limits where a symbolic probability may become 0."""
        return self.value()


class Mean(Quantity):
    """A quantity that is the mean of a term over a distribution P: the base class of all nouns of distributions."""

    __slots__ = ()

    #: Whether the mean is that of -log q, and not of log(p/q).
    is_cross: ClassVar[bool] = True

    @staticmethod
    def term(p: Expr, q: Expr) -> Expr:
        """Return what is summed over the outcomes."""
        return cross_term(p, q)

    @staticmethod
    def ratio(p: Rational, q: Rational) -> Rational:  # noqa: ARG004
        """Return the number whose logarithm the term takes."""
        return 1 / q

    def value(self) -> Expr:
        """Return the value in nats: the explicit sum or integral where there is no simpler form; oo where P is not inside Q's support."""
        pair = self._pair()
        rational = cross_entropy_of_rationals(pair) if self.is_cross else None
        return defined(pair, self.term) if rational is None else rational

    def _pair(self) -> Pairs | Aligned:
        return paired(self.args[0], self.args[-1])

    def _exact_value(self) -> Expr | None:
        logarithms = self._rational_logarithms()
        if logarithms is None:
            return super()._exact_value()
        return None if any(ratio != 1 for _, ratio in logarithms) else S.Zero

    def _rational_logarithms(self) -> list[tuple[Rational, Rational]] | None:
        """Return weights and ratios whose weighted logarithms sum to the value; None where a probability is not rational."""
        pair = self._pair()
        if not isinstance(pair, Pairs) or pair.condition != true:
            return None
        counts = [(p, q, count) for (p, q), count in pair.counts.items() if p != 0]
        if not all(p.is_Rational and q.is_Rational and q != 0 for p, q, _ in counts):
            return None
        return [(p * count, self.ratio(p, q)) for p, q, count in counts]

    def _doublings(self) -> int:
        return MAX_DOUBLINGS if isinstance(resolve(self.args[0]), Finite) else MAX_QUADRATURES

    def _compiled(self) -> Function:
        """Return the value as a function of an mpmath context.

        The definition is computed, not the shape a person would write, which may lose digits to cancellation. The sums and integrals of
        a law know where its mass is.
        """
        logarithms = self._rational_logarithms()
        if logarithms is not None:
            return weighted_logarithms(logarithms)
        value = defined(self._pair(), self.term)
        law = resolve(self.args[0]) if isinstance(value, (Sum, Integral)) else None
        if not isinstance(law, Law):
            return compiled(value)
        density = law.renamed(value.variables).density
        hints = tuple(parameter for parameter in self.args[0].args if parameter.is_Rational)
        return lambda context, _: expected(density, value, context, hints)

    def _with_boundary(self) -> Expr:
        return defined(self._pair(), _guarded(self.term))

    def _eval_rewrite_as_Sum(self, *_arguments: Basic, **_hints: Any) -> Expr | None:
        return self._definition(discrete=True)

    def _eval_rewrite_as_Integral(self, *_arguments: Basic, **_hints: Any) -> Expr | None:
        return self._definition(discrete=False)

    def _definition(self, *, discrete: bool) -> Expr | None:
        """Return the defining sum or integral, or None (leave the noun as it is) where it is of the other kind."""
        law = resolve(self.args[0])
        return defined(self._pair(), self.term) if (isinstance(law, Finite) or law.is_discrete) == discrete else None


def _guarded(term: Term) -> Term:
    """Return a term with its values at 0 for symbolic probabilities that may become 0."""

    def guarded(p: Expr, q: Expr) -> Expr:
        return pointwise(term, p, q, p_may_vanish=not p.is_number, q_may_vanish=not q.is_number)

    return guarded
