"""Closed forms as Python functions: ``to_python``.

Main definition: `to_python`, for what `derive` proves and for closed forms that no rule of the kernel checks yet.

Left out on purpose: how the function is written (see `symentropy.code`).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from sympy import Piecewise, oo

from symentropy.code import function_source
from symentropy.errors import NoClosedForm
from symentropy.notation.claims import claim_between
from symentropy.proof.derivation import closed_value, derive
from symentropy.proof.search import SECONDS
from symentropy.quantity import Mean

#: What the docstring says of a value that has no proof.
UNCHECKED = "The closed form comes from a table of expectations; no proof of it has been checked."


def to_python(noun: Any, given: Iterable[Any] = (), *, timeout: float | None = SECONDS) -> str:
    """Return the source of a plain Python function that computes a quantity by its closed form.

    Parameters
    ----------
    noun, given, timeout
        As for `derive`.

    Returns
    -------
    str
        Python source that defines one function of the parameters, in the order in which they stand in the quantity. It needs ``math``, and
        ``scipy.special`` where the closed form has digamma functions and the like. It takes and returns floats, in nats; infinity where the
        quantity is infinite. Parameters out of range are a ``ValueError`` that names them. The relative error is a few units in the last
        place for P near Q as well: where the terms cancel, the function computes with more digits, by mpmath. ``D(P || P)`` is ``0.0``.

    Raises
    ------
    NoClosedForm
        Where there is no closed form, or it has a part without a Python function.
    DomainError, ParseError
        As for `derive`.

    Examples
    --------
    >>> source = to_python("D(Exponential(lambda) || Exponential(mu))", ["mu > 0"])
    >>> names = {}
    >>> exec(source, names)
    >>> function = names["kl_divergence_exponential_exponential"]
    >>> function(1, 2), function(2, 2), function(2, 2 + 1e-9)
    (0.3068528194400547, 0.0, 1.2500002064342693e-19)
    >>> function(2, -3)
    Traceback (most recent call last):
    ...
    ValueError: mu = -3.0 is out of range: mu > 0
    """
    given = tuple(given)
    question = claim_between(noun, "=", 0, given)
    if not any(_has_cases(own) for own in question.lhs.atoms(Mean)):  # a proof is about one case
        with suppress(NoClosedForm):
            return derive(noun, given, timeout=timeout).to_python()
    value, hypotheses = closed_value(question)
    return function_source(question.lhs, value, hypotheses, UNCHECKED)


def _has_cases(noun: Mean) -> bool:
    value = noun.value()
    return isinstance(value, Piecewise) and sum(branch != oo for branch, _ in value.args) > 1
