"""The theorems: a file for each family of them, collected in the mapping ``theorems``.

Main definitions: `Catalogue`, and `theorems`, the one there is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from symentropy.proof.theorems import densities, divergence, entropy, joint, maximum_entropy, quantities, scalar, surprise
from symentropy.proof.theorems.catalogue import REGISTRY, Theorem

__all__ = ["FILES", "Catalogue", "Theorem", "theorems"]

#: The files, in the order in which the catalogue lists them.
FILES = (surprise, quantities, scalar, entropy, divergence, joint, densities, maximum_entropy)


class Catalogue(Mapping[str, Theorem]):
    """The theorems by name, in the order of their sections.

    >>> theorems["log_le_sub_one"].prove().equality_condition
    Eq(x, 1)
    >>> "riemann_hypothesis" in theorems
    False
    """

    def __init__(self, members: Mapping[str, Theorem]) -> None:
        sections = [file.SECTION for file in FILES]
        self._members = dict(sorted(members.items(), key=lambda item: sections.index(item[1].section)))

    def __getitem__(self, name: str) -> Theorem:
        if name not in self._members:
            near = [other for other in self._members if str(name) in other] or get_close_matches(str(name), self._members)
            hint = f"; did you mean {', '.join(near)}" if near else ": list(theorems) has their names"
            raise KeyError(f"{name} is not a theorem of the catalogue{hint}")
        return self._members[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def __repr__(self) -> str:
        return f"<{len(self)} theorems: {', '.join(self)}>"


theorems = Catalogue(REGISTRY)
