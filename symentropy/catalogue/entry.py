"""An entry of the catalogue of closed forms.

Main definitions: `Entry`, `entropy_of`, `divergence_of`, `density` and `pmf`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sympy import Basic, Expr, Interval, Rational, Symbol
from sympy.core.relational import Relational
from sympy.stats import ContinuousRV, DiscreteRV

from symentropy.exact import exact
from symentropy.quantities import Entropy, KLDivergence
from symentropy.quantity import Mean

#: The outcome of a density and of a pmf that is no family of SymPy.
x = Symbol("x", real=True)
k = Symbol("k", integer=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """A quantity of families with parameters ``noun``, and exact parameters ``point`` at which its closed form is checked.

    ``name`` is what P is called where it is a density that is no family of SymPy, else empty; ``given`` is then what its parameters must
    satisfy besides what their symbols were declared with.
    """

    noun: Mean
    point: Mapping[Symbol, Expr]
    name: str = ""
    given: tuple[Relational, ...] = ()

    @property
    def there(self) -> Mean:
        """The quantity at the point."""
        found: Mean = self.noun.subs(self.point, simultaneous=True)
        return found


def entropy_of(P: Any, point: str = "", name: str = "", given: Sequence[Relational] = ()) -> Entry:
    """Return the entry of an entropy; ``point`` is such as ``"k = 7/3, theta = 5/4"``.

    >>> from sympy.abc import mu, sigma
    >>> from sympy.stats import Normal
    >>> entropy_of(Normal("X", mu, sigma), "mu = 0, sigma = 3/2").there
    H(Normal(0, 3/2))
    """
    return _entry(Entropy(P), point, name, given)


def divergence_of(P: Any, Q: Any, point: str = "", name: str = "", given: Sequence[Relational] = ()) -> Entry:
    """Return the entry of a divergence."""
    return _entry(KLDivergence(P, Q), point, name, given)


def _entry(noun: Mean, point: str, name: str, given: Sequence[Relational]) -> Entry:
    symbols = {str(symbol): symbol for symbol in noun.free_symbols}
    values = [part.split("=") for part in point.split(",") if part]
    found: dict[Symbol, Expr] = {symbols[letter.strip()]: Rational(value.strip()) for letter, value in values}
    if set(found) != set(symbols.values()):
        raise ValueError(f"{noun} has the parameters {sorted(symbols)}, the point is {point!r}")
    return Entry(noun, found, name, tuple(given))


def density(value: Expr, low: Expr | int, high: Expr | int) -> Basic:
    """Return a random variable with a density of ``x`` between two ends."""
    found: Basic = ContinuousRV(x, value, set=Interval(exact(low, "the end"), exact(high, "the end")))
    return found


def pmf(value: Expr, outcomes: Basic) -> Basic:
    """Return a random variable with the probabilities ``value`` of ``k`` in a set of integers."""
    found: Basic = DiscreteRV(k, value, set=outcomes)
    return found
