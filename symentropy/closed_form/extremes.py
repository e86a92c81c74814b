"""Parameters that are large numbers, or fractions of large numbers: the closed form is found for symbols, which they then replace.

Main definitions
----------------
* `apart`, distributions with symbols for such parameters.
* `restored`, a value with the numbers in the place of the symbols; `is_elementary`, whether that needs no care.

Main statements
---------------
SymPy writes digamma(10**5) out as a sum of fractions, gamma(10**5) as a factorial, and (7/3)**(10**50) as a number, or runs out of time.
Here such functions stay as they are, and a power that is too long to be written is a `NoClosedForm`.

Left out on purpose: densities of one's own, which are given with their numbers in place.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sympy import (
    Abs,
    Add,
    Basic,
    Derivative,
    Dummy,
    E,
    Expr,
    Function,
    Integral,
    Max,
    Min,
    Mul,
    Pow,
    Rational,
    Sum,
    exp,
    floor,
    gamma,
    log,
    loggamma,
    sign,
)

from symentropy.closed_form.parameters import KINDS
from symentropy.distribution import resolve
from symentropy.errors import NoClosedForm
from symentropy.exact import shown
from symentropy.law import Law

#: A number whose numerator or denominator is larger than this gets a symbol.
LARGE = 1000
#: Functions of larger numbers stay as they are.
MAX_ARGUMENT = 50
#: Powers with more bits are not written.
MAX_BITS = 4096
#: Functions that SymPy computes quickly for any number.
_HARMLESS = (log, exp, Abs, sign, Max, Min, floor)
_FAMILIES = ("sympy.stats.crv_types", "sympy.stats.drv_types")


def apart(distributions: Iterable[Basic]) -> tuple[list[Basic], dict[Basic, Expr]] | None:
    """Return distributions with symbols for large numbers, and the numbers; None where there are none.

    >>> from sympy import Integer
    >>> from sympy.stats.crv_types import GammaDistribution
    >>> (P,), numbers = apart([GammaDistribution(Integer(10) ** 5, Integer(2))])
    >>> P, list(numbers.values())
    (GammaDistribution(_x1, 2), [100000])
    """
    numbers: dict[Basic, Expr] = {}
    found = [_Parameters(distribution, numbers).replaced() for distribution in distributions]
    return (found, numbers) if numbers else None


def is_large(number: Basic) -> bool:
    """Whether a parameter is a number that gets a symbol."""
    return isinstance(number, Rational) and max(abs(int(number.p)), int(number.q)) > LARGE


def is_elementary(value: Expr, distributions: Iterable[Basic], numbers: Iterable[Basic]) -> bool:
    """Whether numbers in the place of symbols cost nothing: no functions but logarithms and exponentials of them, no powers, no sums."""
    laws = [law for law in map(resolve, distributions) if isinstance(law, Law)]
    expressions = [value, *(law.density for law in laws)]
    functions = {f for f in value.atoms(Function) - value.atoms(log) if f.has(*numbers)}
    functions |= {f for law in laws for f in law.density.atoms(Function) - law.density.atoms(log, exp) if f.has(*numbers)}
    powers = (power for expression in expressions for power in expression.atoms(Pow))
    return not functions and not value.has(Sum, Integral) and not any(power.exp.has(*numbers) for power in powers if power.base != E)


class _Parameters:
    """The parameters of one distribution; that of a range from a to b is a, and b as a plus a positive number."""

    def __init__(self, distribution: Basic, numbers: dict[Basic, Expr]) -> None:
        self.distribution = distribution
        self.numbers = numbers
        self.kinds = KINDS.get(type(distribution).__name__.removesuffix("Distribution"), "")
        self.done: dict[int, Expr] = {}

    def replaced(self) -> Basic:
        """Return the distribution with symbols."""
        if type(self.distribution).__module__ not in _FAMILIES or not any(map(is_large, self.distribution.args)):
            return self.distribution
        return self.distribution.func(*(self._parameter(place) for place in range(len(self.distribution.args))))

    def _parameter(self, place: int) -> Any:
        if place not in self.done:
            own, kind = self.distribution.args[place], self.kinds[place : place + 1]
            if kind.isdigit() and isinstance(own, Rational):
                low = self.distribution.args[int(kind)]
                changed = self._parameter(int(kind))
                self.done[place] = changed + self._symbol(own - low, kind) if changed != low else self._symbol(own, kind)
            else:
                self.done[place] = self._symbol(own, kind)
        return self.done[place]

    def _symbol(self, number: Any, kind: str) -> Any:
        if not is_large(number):
            return number
        known = next((symbol for symbol, value in self.numbers.items() if value == number), None)
        if known is not None:
            return known
        assumptions = {"positive" if number > 0 else "negative": True, **({"integer": True} if kind == "n" else {})}
        symbol = Dummy(f"x{len(self.numbers) + 1}", **assumptions, dummy_index=10**6 + len(self.numbers))
        self.numbers[symbol] = number
        return symbol


def restored(value: Expr, numbers: dict[Basic, Expr]) -> Expr:
    """Return a value with numbers in the place of symbols; functions of large ones stay as they are.

    Raises `NoClosedForm` for a power that is too long to be written.

    >>> from sympy import Integer, digamma
    >>> x = Dummy("x", positive=True)
    >>> restored(digamma(x) + log(gamma(x)) - x / 3, {x: Integer(10) ** 5})
    -100000/3 + polygamma(0, 100000) + loggamma(100000)
    """
    known: dict[Basic, Any] = dict(numbers)

    def put(part: Any) -> Any:
        if isinstance(part, Derivative):
            known[part] = part.subs(numbers)
        elif part not in known:
            known[part] = _rebuilt(part, [put(argument) for argument in part.args]) if part.has(*numbers) else part
        return known[part]

    found: Expr = put(value)
    return found


def _rebuilt(part: Any, arguments: list[Any]) -> Any:
    if isinstance(part, Pow):
        return _power(*arguments)
    if isinstance(part, exp):
        return _exponential(*arguments)
    if isinstance(part, log):
        return Add(*(_log_of_factor(*factor.as_base_exp()) for factor in _gathered(arguments[0])))
    if isinstance(part, Function) and not isinstance(part, _HARMLESS) and any(_is_long(argument) for argument in arguments):
        return part.func(*arguments, evaluate=False)
    return part.func(*arguments)


def _gathered(argument: Expr) -> list[Expr]:
    """Return gamma functions of a product each for itself, and the product of the other factors."""
    factors = Mul.make_args(argument)
    gammas = [factor for factor in factors if isinstance(factor.as_base_exp()[0], gamma)]
    return [*gammas, Mul(*(factor for factor in factors if factor not in gammas))]


def _log_of_factor(base: Expr, exponent: Expr) -> Expr:
    return exponent * loggamma(*base.args, evaluate=False) if isinstance(base, gamma) else log(base**exponent)


def _is_long(number: Any) -> bool:
    return isinstance(number, Rational) and (abs(number) > MAX_ARGUMENT or number.q > MAX_ARGUMENT)


def _power(base: Any, exponent: Any) -> Any:
    _check_power(base, exponent)
    return base**exponent


def _exponential(argument: Any) -> Any:
    """Return exp of a sum that may have logarithms of numbers, of which SymPy makes powers."""
    for term in Add.make_args(argument):
        coefficient, rest = term.as_coeff_Mul()
        for number in {part for inner in rest.atoms(log) for part in (inner.args[0], *inner.atoms(Rational))}:
            _check_power(number, coefficient)
    return exp(argument)


def _check_power(base: Any, exponent: Any) -> None:
    """Raise `NoClosedForm` for a power of a number that SymPy would write with too many digits."""
    if not (isinstance(exponent, Rational) and base.is_number) or (base.is_Atom and not base.is_Rational) or base in (0, 1, -1):
        return
    size = max([2, *(n for number in base.atoms(Rational) for n in (abs(int(number.p)), int(number.q)))]).bit_length()
    length = abs(exponent) + min(abs(exponent.p) * size, exponent.q) * (exponent.q > 1)  # SymPy takes roots of products apart
    if exponent != -1 and size * length > MAX_BITS:
        raise NoClosedForm(f"the power ({shown(base)})**({shown(exponent)}) is too long to be written: give parameters as symbols")
