"""What the translation of a syntax tree has to do next.

Main definitions
----------------
* `Role`: whether a place wants an expression, an argument of a quantity, or a parameter of a family, which differ in what a list means.
* `Visit`, a node that is to be entered or built, and `Task`, a visit or something to call.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple, TypeAlias

from symentropy.notation.syntax import Node


class Role(Enum):
    """What a place in the tree wants."""

    EXPRESSION = "an expression"
    ARGUMENT = "a distribution or a probability, in a quantity"
    PARAMETER = "an expression, a vector or a matrix, in a family"


class Visit(NamedTuple):
    node: Node
    role: Role
    is_ready: bool


#: What is to be done next: a node to visit, or something to call.
Task: TypeAlias = Visit | Callable[[], None]
