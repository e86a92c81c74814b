"""Families of distributions by name: those of ``sympy.stats``, with SymPy's order and meaning of the parameters.

Main definitions
----------------
* `family`, the row of a name, and `is_family`.
* `Family`, a row: its signature for messages and how to build a random variable of it.

The table is SymPy's own list. `_ALIASES` adds the usual abbreviations, and the calligraphic N, whose second parameter is a
variance.

Left out: ``ContinuousRV``, ``FiniteRV`` and the like, which take a density and not parameters; densities such as N(x; mu, sigma^2).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from sympy import Basic, sqrt

from symentropy.errors import DomainError, SymentropyError
from symentropy.exact import shorten

#: Constructors of ``sympy.stats`` that are not families.
_NOT_FAMILIES = frozenset(("ContinuousRV", "DiscreteRV", "FiniteRV", "JointRV"))
#: Families of random matrices, which SymPy lists nowhere.
_MATRIX_FAMILIES = ("MatrixGamma", "MatrixNormal", "MatrixStudentT", "Wishart")


@dataclass(frozen=True, slots=True)
class Family:
    """A family: ``parameters`` as SymPy names them, of which the last may have default values or take any number."""

    name: str
    parameters: tuple[inspect.Parameter, ...]
    build: Callable[..., Any]

    @property
    def signature(self) -> str:
        """The parameters in order, for messages.

        >>> family("Normal").signature, family("Die").signature
        ('(mean, std)', '(sides=6)')
        """
        return f"({', '.join(str(parameter) for parameter in self.parameters)})"

    def takes(self, count: int) -> bool:
        """Return whether the family takes so many parameters."""
        if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in self.parameters):
            return count >= len(self.parameters)
        required = sum(parameter.default is parameter.empty for parameter in self.parameters)
        return required <= count <= len(self.parameters)

    def random_variable(self, parameters: Sequence[Any], text: str) -> Basic:
        """Return a random variable with this distribution; ``text`` shows it in messages.

        Raises `DomainError` if SymPy refuses the parameters.
        """
        try:
            made: Basic = self.build("X", *parameters)
        except SymentropyError:
            raise
        except Exception as error:  # SymPy's constructors raise whatever their checks run into
            raise DomainError(f"{shorten(text)}: {_reason(error)}") from error
        return made


def _reason(error: Exception) -> str:
    """Return SymPy's explanation, or that it has none."""
    return shorten(str(error)) if isinstance(error, ValueError) else "these are not parameters of this family"


def is_family(name: str) -> bool:
    """Return whether a name is a family or one of its abbreviations."""
    return len(name) > 1 and name[0] in _INITIALS and name in _families()


def family_names() -> tuple[str, ...]:
    """Return every name of a family."""
    return tuple(_families())


def not_a_family(name: str) -> bool:
    """Return whether a name is a constructor of ``sympy.stats`` that takes a density."""
    return name in _NOT_FAMILIES


def family(name: str) -> Family:
    """Return the row of a name."""
    return _families()[name]


_INITIALS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ\\")


@cache
def _families() -> Mapping[str, Family]:
    # Imported here because sympy.stats takes as long to load as the rest of this package, and most texts name no family.
    from sympy import stats
    from sympy.stats import crv_types, drv_types, frv_types, joint_rv_types

    names = [name for module in (crv_types, drv_types, frv_types, joint_rv_types) for name in module.__all__]
    rows = {name: _row(name, getattr(stats, name)) for name in (*names, *_MATRIX_FAMILIES) if name not in _NOT_FAMILIES}
    for alias, original in _ALIASES.items():
        rows[alias] = rows[original]
    rows["\\mathcal{N}"] = _row("\\mathcal{N}", _normal_by_variance)
    return MappingProxyType(rows)


_ALIASES = {
    "Exp": "Exponential",
    "Bern": "Bernoulli",
    "Bin": "Binomial",
    "Poiss": "Poisson",
    "Poi": "Poisson",
    "Unif": "Uniform",
    "\\mathcal{U}": "Uniform",
}


def _row(name: str, build: Callable[..., Any]) -> Family:
    """Return the row of a constructor, whose first parameter is the name of the variable."""
    parameters = list(inspect.signature(build).parameters.values())[1:]
    return Family(name, tuple(parameter.replace(annotation=parameter.empty) for parameter in parameters), build)


def _normal_by_variance(name: str, mean: Any, variance: Any) -> Any:
    from sympy.stats import Normal  # imported here as in _families

    if variance.is_number and not variance.is_positive:
        raise ValueError("the second parameter is the variance, which must be positive")
    return Normal(name, mean, sqrt(variance))
