"""Tactics: ways to propose the steps of a proof, each of which the kernel accepts or refuses.

Main definition: `ROUNDS`, the tactics in the order in which they are tried, and `TACTICS`, all of them.

A tactic takes a draft, a claim and how deep it may go into claims of its own, and returns the number of the step that proves the claim,
or None. It may be clever and may be wrong; it cannot prove anything that the kernel refuses.

Left out on purpose: the budget of the search, and counterexamples (see `symentropy.proof.search`).
"""

from symentropy.proof.draft import Tactic
from symentropy.proof.tactics.cases import by_cases
from symentropy.proof.tactics.certificate import by_certificate, by_indexed_certificate
from symentropy.proof.tactics.differentiation import by_differentiation
from symentropy.proof.tactics.elementary import (
    by_algebra,
    by_derivative,
    by_enclosure,
    by_equality,
    by_example,
    by_finiteness,
    by_hypothesis,
    by_normal_form,
    by_sign,
    by_strictness,
    by_unit,
    by_weak_sign,
)
from symentropy.proof.tactics.families import by_closed_forms, by_divergences, by_gibbs, by_infinity, by_integrals
from symentropy.proof.tactics.ranges import by_splitting
from symentropy.proof.tactics.slopes import by_closing, by_mean_value

__all__ = ["ROUNDS", "TACTICS"]

#: What looks at the claim as it stands, what takes a little longer, and the rest.
ROUNDS: tuple[tuple[Tactic, ...], ...] = (
    (by_example, by_derivative, by_algebra, by_finiteness, by_enclosure, by_integrals, by_sign),
    (
        *(by_hypothesis, by_equality, by_normal_form, by_gibbs, by_infinity),
        *(by_unit, by_differentiation, by_divergences, by_closed_forms),
        *(by_certificate, by_indexed_certificate, by_weak_sign),
    ),
    (by_splitting, by_cases, by_mean_value, by_closing, by_strictness),
)

TACTICS: tuple[Tactic, ...] = tuple(tactic for tactics in ROUNDS for tactic in tactics)
