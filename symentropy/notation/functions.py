"""The functions that text and LaTeX can name: one table, a row a function.

Main definitions
----------------
* `Function`, a row: how many arguments, how to build it, what to refuse, how large it may become.
* `FUNCTIONS`, the table; to add a function, add a row.
* `GREEK_FUNCTIONS`, the Greek letters that are functions when a bracket follows.
* `MISTAKEN`, words that are not read (because they mean different things to different people, or not yet), and what to write instead.

Left out: quantities such as H(P), which take distributions (see `symentropy.notation.quantities`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sympy import (
    Abs,
    Expr,
    Integer,
    Rational,
    S,
    atanh,
    beta,
    binomial,
    cosh,
    digamma,
    erf,
    erfc,
    factorial,
    gamma,
    log,
    loggamma,
    polygamma,
    sinh,
    tanh,
    zeta,
)

from symentropy.notation import arithmetic, bounds
from symentropy.notation.arithmetic import Term, UndefinedError
from symentropy.notation.bounds import Size, TooLargeError

#: Largest integer whose factorial is computed: it has about `bounds.MAX_DIGITS` digits.
MAX_FACTORIAL = 5_970


@dataclass(frozen=True, slots=True)
class Function:
    """A function: ``build`` is given the arguments as terms, of which there are as many as ``parameters``."""

    name: str
    parameters: tuple[str, ...]
    build: Callable[..., Term]
    #: How many of the last parameters may be left out.
    optional: int = 0
    #: Whether the argument of another function without brackets ends before this one. A root is a factor like any other.
    ends_argument: bool = True
    #: The function of an order and the same argument that is its derivative of this order, if that has a name.
    derivative: str = ""

    @property
    def signature(self) -> str:
        """What the function takes, for messages."""
        required = len(self.parameters) - self.optional
        shown = [f"[{name}]" if index >= required else name for index, name in enumerate(self.parameters)]
        return f"{self.name}({', '.join(shown)})"

    @property
    def is_bare(self) -> bool:
        """Whether the brackets may be left out."""
        return len(self.parameters) - self.optional == 1

    def __call__(self, arguments: Sequence[Term]) -> Term:
        """Build the function of some arguments, whose number was checked."""
        return self.build(*arguments)

    def takes(self, count: int) -> bool:
        """Return whether the function takes so many arguments."""
        return len(self.parameters) - self.optional <= count <= len(self.parameters)


def _plain(sympy_function: Callable[..., Expr], size: Callable[[Sequence[Size]], Size] = bounds.of_call) -> Callable[..., Term]:
    """Return the builder of a SymPy function, evaluated by SymPy only where that is quick."""

    def build(*terms: Term) -> Term:
        estimate = size([term.size for term in terms])
        arguments = [term.expr for term in terms]
        if estimate.effort > bounds.MAX_EFFORT:
            return arithmetic.measured(sympy_function(*arguments, evaluate=False), estimate)
        made = arithmetic.measured(sympy_function(*arguments), estimate)
        if estimate.constant and made.expr.is_extended_real is False:
            raise UndefinedError("this is not real")
        return made

    return build


def _special(sympy_function: Callable[..., Expr], limit: int = 1000) -> Callable[..., Term]:
    """Return the builder of a function that SymPy evaluates at integers in as many steps as they are large, up to a limit."""
    evaluated = _plain(sympy_function)

    def build(*terms: Term) -> Term:
        if any(isinstance(term.expr, Integer) and abs(term.expr) > limit for term in terms):
            raise TooLargeError(f"{sympy_function} of integers is read up to {limit}: SymPy adds up as many fractions")
        return evaluated(*terms)

    return build


def _polygamma(order: Term, term: Term) -> Term:
    if order.size.constant and not (isinstance(order.expr, Integer) and order.expr >= 0):
        raise UndefinedError("the order of polygamma is 0, 1, 2, ...")
    return _special(polygamma, limit=100)(order, term)


def _factorial_like(sympy_function: Callable[..., Expr]) -> Callable[..., Term]:
    """Return the builder of a function that is a factorial at integers, or a quotient of factorials."""
    evaluated = _plain(sympy_function)

    def build(*terms: Term) -> Term:
        if any(isinstance(term.expr, Rational) and abs(term.expr) > MAX_FACTORIAL for term in terms):
            raise TooLargeError(f"this would have more than {bounds.MAX_DIGITS} digits")
        return evaluated(*terms)

    return build


def _logarithm(term: Term, base: Term | None = None) -> Term:
    _check_logarithm(term, "the logarithm of {} is not defined")
    if base is None:
        return _plain(log, bounds.of_logarithm)(term)
    _check_logarithm(base, "{} is not the base of a logarithm")
    if base.expr is S.One:
        raise UndefinedError("1 is not the base of a logarithm")
    if isinstance(term.expr, Rational) and isinstance(base.expr, Rational):
        return arithmetic.measured(log(term.expr, base.expr), bounds.of_logarithm([term.size, base.size]))
    return arithmetic.multiply([_logarithm(term), arithmetic.reciprocal(_logarithm(base))])


def _check_logarithm(term: Term, message: str) -> None:
    """Refuse a constant that is not positive."""
    if term.expr is S.Zero:
        raise UndefinedError(message.format("0"))
    if term.size.constant and term.size.effort <= bounds.MAX_EFFORT and term.expr.is_extended_negative:
        raise UndefinedError(message.format("a negative number"))


def _exponential(term: Term) -> Term:
    return arithmetic.power(Term(S.Exp1, bounds.EULER), term)


def _square_root(term: Term) -> Term:
    return arithmetic.root(term, arithmetic.number(Integer(2)))


def _sigmoid(term: Term) -> Term:
    return arithmetic.reciprocal(arithmetic.add([_ONE, _exponential(arithmetic.negate(term))]))


def _softplus(term: Term) -> Term:
    return _logarithm(arithmetic.add([_ONE, _exponential(term)]))


def _logit(term: Term) -> Term:
    complement = arithmetic.add([_ONE, arithmetic.negate(term)])
    return _logarithm(arithmetic.multiply([term, arithmetic.reciprocal(complement)]))


_ONE = arithmetic.number(S.One)

_ROWS = (
    Function("log", ("x", "base"), _logarithm, optional=1),
    Function("ln", ("x",), _logarithm),
    Function("log2", ("x",), lambda term: _logarithm(term, arithmetic.number(Integer(2)))),
    Function("exp", ("x",), _exponential),
    Function("sqrt", ("x",), _square_root, ends_argument=False),
    Function("root", ("x", "index"), arithmetic.root, ends_argument=False),
    Function("abs", ("x",), _plain(Abs, bounds.of_absolute), ends_argument=False),
    Function("factorial", ("n",), _factorial_like(factorial)),
    Function("gamma", ("x",), _factorial_like(gamma)),
    Function("loggamma", ("x",), _special(loggamma)),
    Function("digamma", ("x",), _special(digamma), derivative="polygamma"),
    Function("polygamma", ("n", "x"), _polygamma),
    Function("zeta", ("s",), _special(zeta)),
    Function("erf", ("x",), _plain(erf)),
    Function("erfc", ("x",), _plain(erfc)),
    Function("binomial", ("n", "k"), _factorial_like(binomial)),
    Function("sinh", ("x",), _plain(sinh)),
    Function("cosh", ("x",), _plain(cosh)),
    Function("tanh", ("x",), _plain(tanh)),
    Function("atanh", ("x",), _plain(atanh)),
    Function("sigmoid", ("x",), _sigmoid),
    Function("softplus", ("x",), _softplus),
    Function("logit", ("x",), _logit),
)

FUNCTIONS: dict[str, Function] = {row.name: row for row in _ROWS}

#: Greek letter -> function, read so only where a bracket follows.
GREEK_FUNCTIONS: dict[str, str] = {"Gamma": "gamma", "psi": "digamma", "sigma": "sigmoid", "zeta": "zeta"}

#: Names that are a function only where a bracket with a comma follows: beta(1 - p) is a product.
WITH_COMMA: dict[str, Function] = dict.fromkeys(("beta", "B"), Function("B", ("x", "y"), _factorial_like(beta)))

#: Functions by the names that the syntax tree has for them.
BY_NAME: dict[str, Function] = {**FUNCTIONS, **{row.name: row for row in WITH_COMMA.values()}}

#: Other spellings of a function.
SPELLINGS: dict[str, str] = {"Abs": "abs"}

#: Name -> what to write instead.
MISTAKEN: dict[str, str] = {
    "lg": "lg is base 2 for some and base 10 for others: write log2 x or log_{10} x",
    "log10": "write log_{10} x for the logarithm to base 10",
    "lb": "write log2 x for the logarithm to base 2",
    "re": "re(x) is the real part for some: write r e for the product of r and e",
    "tr": "tr is the trace for some: write t r for the product of t and r",
    "cross": "write H([1/2, 1/2], [1/4, 3/4]) for a cross-entropy",
    "entropy": "write H([1/3, 2/3]) for an entropy",
    "surprise": "write h(1/6) for a surprise",
    "kl": "write D([1/2, 1/2] || [1/4, 3/4]) for a divergence",
    **dict.fromkeys(("nat", "nats"), "units are not read: leave it out, values are in nats unless base= says otherwise"),
    **dict.fromkeys(
        ("bit", "bits"), "units are not read: leave it out, and give --base 2, or base=2 in Python; or write x log 2 for x bits"
    ),
    **dict.fromkeys(("max", "min", "sup", "argmax", "argmin"), "maxima and minima are not read: write the inequality, or the value"),
    "lim": "limits are not read yet",
    "inf": "write oo for infinity; infima are not read",
    **dict.fromkeys(
        ("iff", "implies", "Rightarrow", "Leftrightarrow", "Longrightarrow", "Longleftrightarrow", "therefore"),
        "implications are not read: write one relation a line",
    ),
    **dict.fromkeys(("nabla", "det", "Cov", "Pr"), "this is not read yet: write it out"),
    "base": "the base is not part of the text: give it as --base 2, or base=2 in Python",
}
