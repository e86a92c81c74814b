"""The rules of the kernel about families of vectors and matrices.

Main definitions
----------------
* `joint`, a noun is a combination of expectations, as the logarithm of a density or of a ratio of two is one of statistics.
* `joint_moment`, the expectation of one of these statistics.
* `in_expectations`, that combination.

Main statements
---------------
The logarithms of the densities and the means of the statistics are facts, with their sources (see `symentropy.closed_form.multivariate`);
the kernel adds them up. An explicit covariance or scale matrix is shown to be positive definite, by its leading minors; a matrix symbol
in its place stands for a positive definite matrix.

Left out on purpose: taking the logarithms apart in coordinates, which matrices of symbolic size do not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sympy import Add, Basic, Determinant, Expr, MatrixSymbol, Symbol, Tuple, true
from sympy.logic.boolalg import Boolean

from symentropy.closed_form.data import ClosedForm, Term
from symentropy.closed_form.multivariate import closed_form, outcomes_of
from symentropy.conditions import conjuncts
from symentropy.distribution import is_joint
from symentropy.errors import InvalidStep
from symentropy.exact import shown
from symentropy.expectation import Expectation
from symentropy.proof.checks import Equality, domain, require, require_defined
from symentropy.proof.claim import Step
from symentropy.proof.densities import require_distributions
from symentropy.proof.domain import Domain
from symentropy.proof.expectations import mass_fact, parameter_conditions
from symentropy.proof.writing.reasons import FACTS, Fact, mean_stated
from symentropy.proof.writing.style import Math, Style, listed
from symentropy.quantity import Mean


class InExpectations(NamedTuple):
    """A noun as the sum of ``constant`` and of coefficient times expectation over ``terms``; it is finite under ``conditions``."""

    constant: Expr
    terms: tuple[tuple[Expectation, Term], ...]
    conditions: tuple[Boolean, ...]

    @property
    def combination(self) -> Expr:
        """The constant and the expectations with their coefficients."""
        return Add(self.constant, *(term.coefficient * mean for mean, term in self.terms))


@lru_cache(maxsize=64)
def in_expectations(noun: Mean) -> InExpectations | None:
    """Return a noun of vectors or matrices as a combination of expectations; None where no table has it.

    >>> from sympy.abc import a, b
    >>> from sympy.stats import Dirichlet
    >>> from symentropy import Entropy
    >>> in_expectations(Entropy(Dirichlet("X", a, b))).combination
    (1 - a)*E[log(x_1)] + (1 - b)*E[log(x_2)] + loggamma(a) + loggamma(b) - loggamma(a + b)
    """
    P, Q = noun.args[0], noun.args[-1]
    if not (is_joint(P) or is_joint(Q)):
        return None
    found = closed_form(P, Q, is_cross=noun.is_cross)
    names = outcomes_of(P) | outcomes_of(Q)
    taken = {symbol.name for symbol in P.free_symbols | Q.free_symbols if isinstance(symbol, (Symbol, MatrixSymbol))}
    if found is None or not found.is_complete or not found.terms or names & taken:
        return None
    return _of_terms(found, names, P)


def _of_terms(found: ClosedForm, names: frozenset[str], P: Basic) -> InExpectations:
    constant = Add(*(term.coefficient for term in found.terms if term.statistic == 1))
    terms = tuple((_expectation(term.statistic, names, P), term) for term in found.terms if term.statistic != 1 and term.coefficient != 0)
    return InExpectations(constant, terms, tuple(part for part in conjuncts(found.finite) if part != true))


def _expectation(statistic: Expr, names: frozenset[str], P: Basic) -> Expectation:
    outcome = sorted((part for part in statistic.atoms(Symbol, MatrixSymbol) if part.name in names), key=str)
    return Expectation(statistic, outcome[0] if len(outcome) == 1 else Tuple(*outcome), P)


def joint(step: Step, premises: Sequence[Step]) -> Equality:
    """A noun of families of vectors or matrices is a combination of expectations."""
    claim = step.claim
    noun = claim.lhs
    require(not premises and not step.arguments and claim.relation == "=" and isinstance(noun, Mean), "it says what a noun is the mean of")
    found = _known(noun, domain(claim))
    require(claim.rhs == found.combination, "the right side is not the combination of expectations")
    return None


def joint_moment(step: Step, premises: Sequence[Step]) -> Equality:
    """The expectation of a statistic of a vector or matrix; argument: the noun that is a combination of such expectations."""
    claim, points = step.claim, domain(step.claim)
    mean = claim.lhs
    is_known = not premises and claim.relation == "=" and isinstance(mean, Expectation) and len(step.arguments) == 1
    require(is_known and isinstance(step.arguments[0], Mean), "it gives the value of an expectation, for a noun")
    values = {own: term.expectation for own, term in _known(step.arguments[0], points).terms}
    require(mean in values, "the expectation is not one that the noun is made of")
    require(claim.rhs == values[mean], "the right side is not the expectation")
    require_defined(points, claim.rhs)
    return None


def _known(noun: Mean, points: Domain) -> InExpectations:
    """Return a noun as a combination of expectations; refuse one whose distributions may be none, or that may be infinite."""
    found = in_expectations(noun)
    if found is None:
        raise InvalidStep(f"no table has {shown(noun)}")
    require_distributions(noun.args, points)
    for condition in found.conditions:
        require(points.implies(condition), f"the expectations may not be finite: {shown(condition)} is not shown")
    require_defined(points, found.constant, *(term.coefficient for _, term in found.terms))
    return found


def _source(step: Step, style: Style) -> Fact:
    """Return the mean that a step gives as a fact, with where it is proved."""
    found = in_expectations(step.arguments[0])
    sources = [term.source for mean, term in found.terms if mean == step.claim.lhs] if found is not None else []
    return Fact(mean_stated(step, style), sources[:1], is_own=True)


def _definite(step: Step, style: Style) -> Fact | None:
    """Return that the matrix symbols in the place of covariance or scale matrices are positive definite."""
    nouns = [side for side in (step.claim.lhs, step.claim.rhs) if isinstance(side, Mean)]
    conditions = [condition for noun in nouns for P in noun.args for condition in parameter_conditions(P) or ()]
    symbols = {found.arg for condition in conditions for found in condition.atoms(Determinant)}
    words = listed([[Math(style.math(symbol))] for symbol in sorted(symbols, key=str)])
    return Fact([*words, " is positive definite" if len(symbols) == 1 else " are positive definite"], []) if symbols else None


FACTS["joint_moment"] = _source
FACTS["joint"] = _definite
FACTS["gibbs"] = lambda step, style: mass_fact(step, style) or _definite(step, style)
