"""Lists of probabilities and names of outcomes, as users write them.

Main definitions: `read_entries` takes a list, vector or dict apart; `labels_of` makes the SymPy objects that stand for the outcomes;
`plain` turns one back into what the user wrote. Text and a symbol of the same name are one outcome, as in SymPy's ``Coin``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sympy import Basic, Expr, MatrixBase, S, Symbol, Tuple
from sympy.core.symbol import Str

from symentropy.errors import DomainError
from symentropy.exact import exact, shorten


def read_entries(probabilities: Any, outcomes: Any) -> tuple[list[Any], Any]:
    """Return the entries of a list, vector or dict, and the outcomes."""
    if isinstance(probabilities, Mapping):
        if outcomes is not None:
            raise DomainError("a dict already names its outcomes: give no second list of them")
        return list(probabilities.values()), list(probabilities)
    if isinstance(probabilities, MatrixBase):
        if 1 not in probabilities.shape:
            rows, columns = probabilities.shape
            raise DomainError(f"a {rows} x {columns} matrix is not a pmf: give one row or one column")
        return list(probabilities), outcomes
    if isinstance(probabilities, (list, tuple, Tuple, range)):
        return list(probabilities), outcomes
    if hasattr(probabilities, "tolist"):  # NumPy and SymPy arrays
        return read_entries(probabilities.tolist(), outcomes)
    raise DomainError(
        f"{shorten(repr(probabilities))} is not a list of probabilities: "
        "give a list, tuple, row or column Matrix, or a dict {outcome: probability}"
    )


def labels_of(outcomes: Any, size: int) -> Tuple | None:
    if outcomes is None:
        return None
    if isinstance(outcomes, (str, set, frozenset)) or not isinstance(outcomes, Iterable):
        raise DomainError(f"the outcomes are {shorten(repr(outcomes))}: give a list of names, one for each probability")
    labels = [label_of(outcome) for outcome in outcomes]
    if len(labels) != size:
        raise DomainError(f"{size} probabilities but {len(labels)} outcomes: give one name for each probability")
    repeated = next((label for label, count in Counter(labels).items() if count > 1), None)
    if repeated is not None:
        raise DomainError(f"the outcome {plain(repeated)!r} is repeated: each outcome has one probability")
    return Tuple(*labels)


def label_of(outcome: Any) -> Basic:
    """Return the SymPy atom, number or tuple that stands for an outcome; text and a symbol of the same name are one outcome."""
    if isinstance(outcome, (str, Symbol)):
        return Str(str(outcome))
    if isinstance(outcome, (tuple, Tuple)):
        return Tuple(*map(label_of, outcome))
    if isinstance(outcome, (bool, Str)) or outcome in (S.true, S.false):
        return outcome if isinstance(outcome, Str) else S(bool(outcome))
    if isinstance(outcome, Basic) and not isinstance(outcome, Expr):
        return outcome
    try:
        return exact(outcome, f"the outcome {outcome!r}")
    except DomainError:
        raise DomainError(f"the outcome {shorten(repr(outcome))} is not text, a number, a symbol or a tuple of these") from None


def plain(label: Basic) -> Any:
    """Return an outcome as the user would write it."""
    if isinstance(label, Str):
        return label.name
    return tuple(map(plain, label)) if isinstance(label, Tuple) else label
