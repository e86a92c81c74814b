"""What the nouns have in common: evaluation, digits, derivatives, rewrites and printing.

Main definitions
----------------
* `Quantity`, the base class of the nouns: an unevaluated SymPy expression without sign.
* `Mean`, the base class of those that are the mean of a term over a distribution.

The nouns themselves, with their formulas and examples, are in `symentropy.quantities`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar

from mpmath.libmp import prec_to_dps
from sympy import Basic, Expr, Float, Integral, Rational, S, Sum, Symbol, false, log
from sympy.printing.pretty.stringpict import prettyForm

from symentropy.definitions import (
    Aligned,
    IntegerPairs,
    Pairs,
    Term,
    cross_entropy_of_rationals,
    cross_term,
    defined,
    integer_pairs,
    paired,
    pointwise,
)
from symentropy.display import distribution_latex, distribution_pretty, distribution_text
from symentropy.distribution import is_handmade, is_joint, pmf_of, resolve
from symentropy.errors import DomainError, NoClosedForm
from symentropy.evaluation.balls.ball import Ball, Infinite
from symentropy.evaluation.enclosure import Enclosure
from symentropy.evaluation.functions import Function, compiled
from symentropy.evaluation.precision import enclosure
from symentropy.evaluation.sums.log_sums import cross_entropy, divergence
from symentropy.evaluation.totals import infinite_sign
from symentropy.exact import shown
from symentropy.finite import Finite
from symentropy.law import Law

#: A noun is looked at for a rational value, such as 3/2 bits, while its distribution has at most this many outcomes.
FEW_OUTCOMES = 64
#: SymPy takes seconds to write a density with a gamma function of a larger number.
HUGE = 20_000
#: From this precision on the closed form is computed and not the integral, which takes seconds at 200 digits and minutes at 1 000.
MANY_BITS = 600
#: Outcomes of a countable distribution that are looked at one by one.
FIRST_OUTCOMES = 8


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

    def evalf(self, n: int = 15, subs: Any = None, *arguments: Any, **options: Any) -> Expr:
        """Return a Float that prints the same ``n`` digits as the enclosure does; this is also what ``N(noun, n)`` returns."""
        if subs or self.free_symbols:
            return super().evalf(n, subs, *arguments, **options)
        found = enclosed(self, n)
        if found.exact and found.lower.is_infinite:
            return found.lower
        nearest = Float(found.midpoint, n)
        return nearest if str(nearest) == found.text() else Float(found.text(), n)

    n = evalf

    def _eval_evalf(self, prec: int) -> Expr:
        """Return the value inside a larger expression that SymPy computes."""
        if self.free_symbols:
            return self
        found = enclosed(self, prec_to_dps(prec) + 2)
        return found.lower if found.exact and found.lower.is_infinite else Float(found.midpoint, precision=prec)

    def is_small(self, size: int) -> bool:  # noqa: ARG002
        """Whether the value is quickly written down: for a mean over a pmf, whether it has at most ``size`` outcomes."""
        return True

    def exactly(self) -> Expr:
        """Return the value if it is rational or infinite, so that there is nothing to approximate, else the noun itself."""
        value = self.value()
        return value if value.is_Rational or value.is_infinite else self

    def _compiled(self) -> Function:
        """Return the value as a function of an arithmetic."""
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
            raise NoClosedForm(f"{shown(self)} has no closed form to print as code: evaluate gives its digits at numbers")
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

    def value(self) -> Expr:
        """Return the value in nats: the explicit sum or integral where there is no simpler form; oo where P is not inside Q's support."""
        closed = self._of_vectors() if any(is_joint(P) for P in self.args) else self._of_large_numbers()
        if closed is not None:
            return closed
        pair = self._pair()
        rational = cross_entropy_of_rationals(pair) if self.is_cross else None
        if rational is not None:
            return rational
        closed = self._closed()
        return defined(pair, self.term) if closed is None else closed

    def _closed(self) -> Expr | None:
        """Return the closed form, None where there is none."""
        if any(isinstance(P, Finite) for P in self.args):
            return None
        from symentropy.closed_form import closed_form  # here, because only families need it: half of the import time

        found = closed_form(self.args[0], self.args[-1], is_cross=self.is_cross)
        return None if found is None else found.value

    def _of_large_numbers(self) -> Expr | None:
        """Return the value for parameters that are large numbers, found for symbols; None for others."""
        if any(isinstance(P, Finite) for P in self.args):
            return None
        from symentropy.closed_form.extremes import apart, is_elementary, restored  # here, because only families need it

        found = apart(self.args)
        if found is None:
            return None
        distributions, numbers = found
        value = self.func(*distributions).value()
        return None if is_elementary(value, distributions, numbers) else restored(value, numbers)

    def _of_vectors(self) -> Expr | None:
        """Return the closed form for families of vectors and matrices, whose definition may not be written; None for others."""
        return self._closed() if any(is_joint(P) for P in self.args) else None

    def _instead_of_definition(self) -> Expr | None:
        """Return the closed form where the definition may not be written, for vectors, matrices and functions of huge numbers."""
        if any(is_joint(P) for P in self.args):
            return self._of_vectors()
        parameters = [part for P in self.args if not isinstance(P, Finite) for part in P.args if isinstance(part, Rational)]
        is_huge = any(max(abs(int(number.p)), int(number.q)) > HUGE for number in parameters)
        try:
            value = self._of_large_numbers() if is_huge else None
        except NoClosedForm:
            return None
        return None if value is None or value.has(Sum, Integral) else value

    def _instead_of_integral(self) -> Function | None:
        """Return the closed form as a function of an arithmetic, None where there is none that is finite, without an integral or a sum.

        A density of one's own must have mass 1 exactly: of the integral, the mass is enclosed to all the digits.
        """
        from symentropy.closed_form.univariate.masses import log_mass  # here, because only families need it

        laws = [resolve(P) for P in self.args if is_handmade(P)]
        closed = self._closed() if all(isinstance(law, Law) and log_mass(law) == 0 for law in laws) else None
        return None if closed is None or closed.has(Sum, Integral, S.Infinity) else compiled(closed)

    def _pair(self) -> Pairs | Aligned:
        return paired(self.args[0], self.args[-1])

    def exactly(self) -> Expr:
        """Return 0 for equal distributions, oo where P is not inside the support of Q, and the noun itself otherwise."""
        if not self.is_cross and self.args[0] == self.args[-1]:
            return S.Zero
        closed = self._instead_of_definition()
        if closed is not None:
            return closed if closed.is_Rational or closed.is_infinite else self
        integers = self._integers()
        if integers is not None:
            return self if integers.is_inside else S.Infinity
        pair = self._pair()
        if isinstance(pair, Pairs) and pair.condition != false:
            return S.Infinity if any(q.is_zero and not p.is_zero for p, q in pair.counts) else self
        if pair.condition == false or (isinstance(pair, Aligned) and _excluded(pair)):
            return S.Infinity
        direction = infinite_sign(defined(pair, self.term))
        return S.Infinity * direction if direction else self

    def is_small(self, size: int) -> bool:
        P = pmf_of(self.args[0])
        return P is not None and bool(P.size <= size)

    def _integers(self) -> IntegerPairs | None:
        return integer_pairs(self.args[0], self.args[-1])

    def _compiled(self) -> Function:
        """Return the value as a function of an arithmetic.

        The definition is computed, not the shape a person would write, which may lose digits to cancellation; integrals over several
        variables are not enclosed, gamma(10**8) is not written out, and integrals to many digits take long, so there the closed form is.
        """
        closed = self._instead_of_definition()
        if closed is not None:
            return compiled(closed)
        integers = self._integers()
        if integers is not None:
            summed = cross_entropy if self.is_cross else divergence
            triples, over, under = integers.triples, integers.over, integers.under
            return lambda m, _: m.mpf(Ball(*summed(triples, m.prec, over, under), m.prec))
        pair = self._pair()
        value = defined(pair, self.term)
        if not isinstance(pair, Aligned):
            return compiled(value)
        plain = None if isinstance(value, (Sum, Integral)) else compiled(value)
        laws = [pair.second] if self.is_cross and pair.first is pair.second else [pair.first, pair.second]
        densities = () if plain else tuple(law.renamed(value.variables).density for law in laws)
        hints = tuple(parameter for parameter in self.args[0].args if parameter.is_Rational)
        sides = zip((pair.first, pair.second), (self.args[0], self.args[-1]), strict=True)
        masses = dict.fromkeys(own.total(own.density) for law, P in sides if is_handmade(P) for own in [law.presented()])

        beyond = cache(lambda: self._instead_of_integral() if isinstance(value, Integral) else None)

        def compute(m: Any, environment: Any) -> Any:
            closed = beyond() if m.prec > MANY_BITS else None
            if closed is not None:
                return closed(m, environment)
            for mass in masses:
                m.check_mass(mass)
            return plain(m, environment) if plain else m.total(value, densities, hints, is_divergence=not self.is_cross)

        return compute

    def _with_boundary(self) -> Expr:
        vectors = None if getattr(self.args[0], "is_Discrete", False) else self._of_vectors()
        if vectors is not None:
            return vectors
        pair = self._pair()
        closed = self._closed() if isinstance(pair, Aligned) else None
        return defined(pair, _guarded(self.term)) if closed is None else closed

    def _eval_rewrite_as_Sum(self, *_arguments: Basic, **_hints: Any) -> Expr | None:
        return self._definition(discrete=True)

    def _eval_rewrite_as_Integral(self, *_arguments: Basic, **_hints: Any) -> Expr | None:
        return self._definition(discrete=False)

    def _definition(self, *, discrete: bool) -> Expr | None:
        """Return the defining sum or integral, or None (leave the noun as it is) where it is of the other kind."""
        law = resolve(self.args[0])
        return defined(self._pair(), self.term) if (isinstance(law, Finite) or law.is_discrete) == discrete else None


def enclosed(expression: Expr, digits: int) -> Enclosure:
    """Return the enclosure of a constant, with nouns whose value is known to be rational or infinite replaced by it.

    >>> from symentropy import KLDivergence, Surprise
    >>> enclosed(2 - KLDivergence(['1/2', '1/2'], [1, 0]), 5), enclosed(Surprise(1) + 1, 5)
    (<exactly -oo>, <exactly 1>)
    """
    expression = _with_values(expression, lambda noun: noun.exactly())
    try:
        return enclosure(expression, digits)
    except Infinite:
        return enclosure(_with_values(expression, _infinite), digits)


def _infinite(noun: Quantity) -> Expr:
    """Return oo for a noun that is proved to be so, and the noun itself otherwise."""
    try:
        enclosure(noun, 1)
    except Infinite:
        return S.Infinity
    return noun


def _with_values(expression: Expr, value: Callable[[Quantity], Expr]) -> Expr:
    """Return an expression with the nouns replaced by their values, and all of it by its own where that is rational."""
    expression = expression.xreplace({noun: value(noun) for noun in expression.atoms(Quantity)})
    if expression is S.NaN or expression is S.ComplexInfinity:
        raise DomainError("the expression has no value: an infinite quantity is subtracted from or multiplied by another one")
    nouns = expression.atoms(Quantity)
    if nouns and expression.has(log) and all(noun.is_small(FEW_OUTCOMES) for noun in nouns):
        exact = expression.doit()
        return exact if exact.is_Rational else expression
    return expression


def _excluded(pair: Aligned) -> bool:
    """Whether one of the first outcomes of a countable P has probability 0 under Q."""
    if not (pair.first.is_discrete and len(pair.first.limits) == 1) or pair.first is pair.second:
        return False
    k, low, _ = pair.first.limits[0]
    p, q = pair.first.density, pair.second.renamed(pair.first.variables).density
    places = range(int(low), int(low) + FIRST_OUTCOMES) if low.is_Integer else ()
    return any(q.subs(k, place) == 0 and p.subs(k, place).is_positive for place in places)


def _guarded(term: Term) -> Term:
    """Return a term with its values at 0 for symbolic probabilities that may become 0."""

    def guarded(p: Expr, q: Expr) -> Expr:
        return pointwise(term, p, q, p_may_vanish=not p.is_number, q_may_vanish=not q.is_number)

    return guarded
