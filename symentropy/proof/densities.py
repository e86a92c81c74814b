"""The rules of the kernel about families of distributions: Gibbs' inequality, and closed forms as expectations.

Main definitions
----------------
* `gibbs`, D(P || Q) >= 0.
* `expectation`, a noun is the expectation of log p/q or of -log q; `average`, an integral is an expectation; `linearity`, the expectation
  of a combination of statistics is the combination of their expectations; `moment`, the expectation of a statistic that is known.
* `infinite`, a noun is oo, outside the support of Q or by its tail.

Main statements
---------------
An expectation is a number where the function is integrable. A combination of statistics is so where each of them has a finite mean, so the
first three rules take the combination as arguments, (coefficient, statistic) pairs in the outcome, and look at each statistic.

Left out on purpose: the known means and their sources (see `symentropy.proof.expectations`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sympy import (
    Abs,
    Add,
    Basic,
    Dummy,
    Expr,
    Gt,
    Integral,
    Le,
    Lt,
    MatrixBase,
    MatrixExpr,
    Mul,
    Ne,
    Piecewise,
    Pow,
    Sum,
    Symbol,
    Tuple,
    cos,
    default_sort_key,
    false,
    log,
    oo,
    true,
)
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from symentropy.closed_form import multivariate
from symentropy.closed_form.univariate.facts import Facts, facts_about
from symentropy.conditions import conjuncts
from symentropy.definitions import Aligned, paired
from symentropy.distribution import is_handmade, is_joint
from symentropy.errors import InvalidStep, SymentropyError
from symentropy.exact import shown
from symentropy.expectation import Expectation, expected
from symentropy.finite import Finite
from symentropy.law import Law, bound_symbol
from symentropy.proof.checks import WEAK, Equality, domain, require, require_defined, require_no_premises, require_zero
from symentropy.proof.claim import Step
from symentropy.proof.domain import Domain
from symentropy.proof.expectations import Outcome, law_over, log_term, outcome_of, parameter_conditions
from symentropy.proof.substitution import bound_symbols, substituted
from symentropy.quantities import KLDivergence
from symentropy.quantity import Mean


def gibbs(step: Step, premises: Sequence[Step]) -> Equality:
    """D(P || Q) >= 0 for two distributions with a density each: the integral of q phi(p/q), where phi(x) = x log x + 1 - x >= 0."""
    require_no_premises(step, premises)
    claim = step.claim
    noun, zero = (claim.rhs, claim.lhs) if claim.relation == "<=" else (claim.lhs, claim.rhs)
    require(isinstance(noun, KLDivergence) and claim.relation in WEAK and zero == 0, "it proves D(P || Q) >= 0")
    require(not any(map(is_joint, noun.args)) or _are_comparable(*noun.args), "the vectors may not be of the same size")
    require_distributions(noun.args, domain(claim))
    return None


def _are_comparable(P: Basic, Q: Basic) -> bool:
    """Whether two distributions are about the same coordinates; densities of symbolic size are not written, but may be known by a table."""
    try:
        return multivariate.closed_form(P, Q, is_cross=False) is not None or isinstance(paired(P, Q), Aligned)
    except SymentropyError:
        return False


def require_distributions(distributions: Sequence[Basic], points: Domain) -> None:
    """Refuse families whose parameters may be outside their range, or whose density nobody has integrated."""
    for distribution in distributions:
        if isinstance(distribution, Finite):
            continue  # its hypotheses are among those of the claim
        if is_handmade(distribution):
            _require_mass(distribution, points)
            continue
        conditions = parameter_conditions(distribution)
        if conditions is None:
            raise InvalidStep(f"{shown(distribution)} is not known to be a distribution")
        require_defined(points, *(number for parameter in distribution.args for number in _numbers(parameter)))
        for condition in conditions:
            require(points.implies(condition), f"{shown(distribution)} may be no distribution: {shown(condition)} is not shown")


def _require_mass(distribution: Basic, points: Domain) -> None:
    """Refuse a density of one's own that is not shown to be positive, with mass 1 by the normaliser of its kernel."""
    outcome = outcome_of(distribution)
    if outcome is None:
        raise InvalidStep(f"{shown(distribution)} is not known to be a distribution")
    mass = _place(distribution, outcome, points, {symbol for fact in points.hypotheses for symbol in fact.atoms(Symbol)}).facts.mass
    for condition in mass.conditions:
        require(points.implies(condition), f"{shown(distribution)} may be no distribution: {shown(condition)} is not shown")
    require_defined(points, mass.excess)
    require_zero(mass.excess, points, f"{shown(distribution)} may be no distribution: that its mass is 1 is not shown")


def _numbers(parameter: Basic) -> Sequence[Expr]:
    """Return the numbers that a parameter consists of, none for a matrix symbol."""
    if isinstance(parameter, MatrixBase):
        return tuple(parameter.flat())
    if isinstance(parameter, Tuple):
        return tuple(parameter)
    return (parameter,) if isinstance(parameter, Expr) and not isinstance(parameter, MatrixExpr) else ()


#: Functions are stated in cases with at most this many ends.
MAX_ENDS = 6


@dataclass
class Place:
    """The outcome of P under a name that no hypothesis speaks about, and the points inside its support."""

    distribution: Basic
    outcome: Outcome
    points: Domain
    inside: Domain

    @property
    def variable(self) -> Symbol:
        """The private name of the outcome."""
        return self.outcome.variable

    @property
    def is_discrete(self) -> bool:
        """Whether the outcomes are integers."""
        return bool(self.variable.is_integer)

    @cached_property
    def facts(self) -> Facts:
        """The facts about P; it is refused if its density is not shown to be the one that they are about."""
        facts = facts_about(self.distribution, self.variable)
        if facts is None:
            raise InvalidStep(f"no fact is about {shown(self.distribution)}")
        density = self.outcome.density
        self.require_equal(log(density), facts.log_density, "the density is not the kernel that the facts are about")
        for condition in facts.conditions:
            require(self.points.implies(condition), f"the facts may not be about these parameters: {shown(condition)} is not shown")
        return facts

    def require_equal(self, left: Expr, right: Expr, complaint: str) -> None:
        """Refuse two functions of the outcome that may be undefined or different inside the support, up to single points."""
        for cell in self._cells(left, right):
            sides = [_resolved(side, cell) for side in (left, right)]
            require_defined(cell, *sides)
            require_zero(sides[0] - sides[1], cell, complaint)

    def require_defined(self, function: Expr) -> None:
        """Refuse a function of the outcome that may be undefined inside the support, up to single points."""
        for cell in self._cells(function):
            require_defined(cell, _resolved(function, cell))

    def _cells(self, *expressions: Expr) -> list[Domain]:
        """Return the parts of the support between the ends of cases, without points where x - m is 0 or a cosine is -1.

        Of a density, such single points do not matter.
        """
        if self.is_discrete:
            return [self.inside]
        bases = {part.args[0] for e in expressions for part in e.atoms(Abs, Pow)}
        zeros = [base for base in bases if self._is_slope(base.diff(self.variable))]
        zeros += [1 + wave for e in expressions for wave in e.atoms(cos) if self._is_slope(wave.args[0].diff(self.variable))]
        cells = [self.inside.under(*(Ne(zero, 0) for zero in sorted(set(zeros), key=default_sort_key))) if zeros else self.inside]
        for end in sorted(self._ends_of_cases(*expressions), key=default_sort_key):
            sides = (Lt(self.variable, end, evaluate=False), Gt(self.variable, end, evaluate=False))
            cells = [part for cell in cells for side in sides if not (part := cell.under(side)).is_contradictory()]
        return cells

    def _ends_of_cases(self, *expressions: Expr) -> set[Expr]:
        """Return the c of conditions such as x < c, by which functions are stated in cases."""
        conditions = {side for e in expressions for part in e.atoms(Piecewise) for side in part.atoms(Relational)}
        found = {other for side in conditions for one, other in (side.args, side.args[::-1]) if one == self.variable != other}
        require(len(found) <= MAX_ENDS, "there are too many cases")
        return {end for end in found if not end.has(self.variable)}

    def _is_slope(self, slope: Expr) -> bool:
        return not slope.has(self.variable) and self.points.is_nonzero(slope)

    def named(self, expression: Expr, outcome: Symbol) -> Expr:
        """Return an expression in an outcome with that name."""
        found: Expr = substituted(expression, {outcome: self.variable})
        return found


def expectation(step: Step, premises: Sequence[Step]) -> Equality:
    """A noun of families is an expectation, that of log p/q or of -log q; arguments: a combination that shows that it is finite.

    Where the logarithm is a constant, the noun is this constant.
    """
    claim, points = step.claim, domain(step.claim)
    noun, mean = claim.lhs, claim.rhs
    require(
        not premises and claim.relation == "=" and isinstance(noun, Mean), "it says what a noun is the expectation of, without premises"
    )
    term = log_term(noun)
    if term is None:
        raise InvalidStep("P is not seen to lie inside the support of Q")
    require_distributions(noun.args[1:], points)
    for condition in term.support:
        require(points.implies(condition), f"P is not seen to lie inside the support of Q: {shown(condition)} is not shown")
    place = place_of(noun.args[0], step, points)
    logarithm = place.named(term.expression, term.outcome.variable)
    if isinstance(mean, Expectation):
        require(mean.distribution == noun.args[0], "the expectation is under another distribution")
        integrand, pairs = place.named(mean.statistic, mean.outcome), _pairs(step, mean.outcome, place)
        _require_combination(integrand, pairs, place)
    else:  # E[c] = c
        require(not step.arguments, "a constant needs no combination")
        require_defined(points, mean)
        integrand = mean
    place.require_equal(logarithm, integrand, "the expectation is one of something else")
    return None


def average(step: Step, premises: Sequence[Step]) -> Equality:
    """An integral or a sum over the support of a family is an expectation; arguments: a combination that shows that it is finite."""
    claim, points = step.claim, domain(step.claim)
    total, mean = claim.lhs, claim.rhs
    is_total = type(total) in (Integral, Sum) and isinstance(mean, Expectation)
    require(not premises and claim.relation == "=" and is_total, "it says what an integral is the expectation of, without premises")
    require(law_over(mean.distribution, total) is not None, "the integral is not one over the whole support of this distribution")
    place = place_of(mean.distribution, step, points)
    function = place.named(mean.statistic, mean.outcome)
    _require_combination(function, _pairs(step, mean.outcome, place), place)
    integrand = place.named(total.function, total.limits[0][0])
    place.require_defined(function)
    place.require_equal(integrand, place.outcome.density * function, "the integrand is not the density times this function")
    return None


def linearity(step: Step, premises: Sequence[Step]) -> Equality:
    """The expectation of a combination of statistics is the combination of their expectations; arguments: the combination."""
    claim, points = step.claim, domain(step.claim)
    mean = claim.lhs
    require(not premises and claim.relation == "=" and isinstance(mean, Expectation), "it takes an expectation apart, without premises")
    place = place_of(mean.distribution, step, points)
    pairs = _pairs(step, mean.outcome, place)
    integrand = place.named(mean.statistic, mean.outcome)
    place.require_defined(integrand)
    _require_combination(integrand, pairs, place)
    require_defined(points, *(coefficient for coefficient, _ in pairs))
    own = combined(step.arguments, mean.outcome, mean.distribution)
    require(claim.rhs == own, "the right side is not the combination of the expectations")
    return None


def combined(pairs: Sequence[Basic], outcome: Symbol, distribution: Basic) -> Expr:
    """Return a combination of statistics with their expectations in place of them."""
    return Add(*(Mul(coefficient, expected(statistic, outcome, distribution)) for coefficient, statistic in (pair.args for pair in pairs)))


def moment(step: Step, premises: Sequence[Step]) -> Equality:
    """The expectation of a statistic has a known value."""
    require_no_premises(step, premises)
    claim, points = step.claim, domain(step.claim)
    mean = claim.lhs
    require(claim.relation == "=" and isinstance(mean, Expectation), "it gives the value of an expectation")
    place = place_of(mean.distribution, step, points)
    statistic = place.named(mean.statistic, mean.outcome)
    place.require_defined(statistic)
    value = _finite_mean(statistic, place)
    require_defined(points, claim.rhs, value)
    require_zero(claim.rhs - value, points, "the right side is not the expectation")
    return None


def infinite(step: Step, premises: Sequence[Step]) -> Equality:
    """A noun is oo: a divergence where P is not inside the support of Q; or where its logarithm is a combination of statistics, the
    arguments, of which some have the mean oo and a positive coefficient, and the others finite means.
    """
    claim, points = step.claim, domain(step.claim)
    noun = claim.lhs
    is_infinite = claim.relation == "=" and claim.rhs == oo and isinstance(noun, Mean)
    require(not premises and is_infinite, "it says that a noun is oo, without premises")
    require_distributions(noun.args, points)
    if not step.arguments:
        require(isinstance(noun, KLDivergence), "outside the support only a divergence is seen to be oo")
        pair = paired(*noun.args)
        if not isinstance(pair, Aligned) or not _fails(pair.condition, points):
            raise InvalidStep("P is not seen to lie outside the support of Q")
        _require_positive(pair.first, points)
        return None
    term = log_term(noun)
    if term is None:
        raise InvalidStep("P is not seen to lie inside the support of Q")
    place = place_of(noun.args[0], step, points)
    pairs = _pairs(step, term.outcome.variable, place)
    diverging = [coefficient for coefficient, statistic in pairs if _is_infinite(statistic, place)]
    require(bool(diverging), "no statistic is shown to have an infinite mean")
    for coefficient in diverging:
        require(points.is_positive(coefficient), f"the coefficient {shown(coefficient)} of what diverges may not be positive")
    _require_sum(place.named(term.expression, term.outcome.variable), pairs, place)
    return None


def _require_positive(law: Law, points: Domain) -> None:
    """Refuse a pmf that may be 0 between its limits, as that of Binomial(n, p) is for p = 0 and p = 1."""
    if not law.is_discrete:
        return
    law = law.renamed(tuple(Dummy(k.name, **k._assumptions_orig) for k in law.variables))
    ends = [fact for k, low, high in law.limits for fact in (Le(low, k, evaluate=False), Le(k, high, evaluate=False))]
    inside = points.under(*(fact for fact in ends if not fact.has(oo, -oo)))
    require(inside.is_positive(law.density), "an outcome of P may have no probability")


def _is_infinite(statistic: Expr, place: Place) -> bool:
    """Whether the mean of a statistic is shown to be oo; refuse one that is shown neither to be so nor to be finite."""
    known = place.facts.mean(statistic)
    if known is not None and known[0].goes_up and _fails(known[0].finite, place.points):
        return True
    _finite_mean(statistic, place)
    return False


def _fails(condition: Boolean, points: Domain) -> bool:
    """Whether a conjunction is shown to fail at each point."""
    return any(part == false or (isinstance(part, Relational) and points.implies(part.negated)) for part in conjuncts(condition))


def place_of(distribution: Basic, step: Step, points: Domain) -> Place:
    """Return the outcome of a distribution whose parameters are in their range."""
    require_distributions([distribution], points)
    found = outcome_of(distribution)
    if found is None:
        raise InvalidStep(f"{shown(distribution)} has more than one outcome, or none that is known")
    parts = (step.claim.lhs, step.claim.rhs, *step.claim.hypotheses, *step.arguments)
    return _place(distribution, found, points, set().union(*(part.atoms(Symbol) for part in parts)))


def _place(distribution: Basic, found: Outcome, points: Domain, taken: set[Symbol]) -> Place:
    """Return an outcome under a private name, which is not among those that are taken."""
    number = 0
    while (variable := bound_symbol("x", number, **found.variable._assumptions_orig)) in taken | distribution.atoms(Symbol):
        number += 1
    conditions = tuple(substituted(condition, {found.variable: variable}) for condition in found.conditions)
    density = substituted(found.density, {found.variable: variable})
    outcome = Outcome(variable, conditions, density, found.low, found.high)
    return Place(distribution, outcome, points, points.under(*conditions))


def _pairs(step: Step, outcome: Symbol, place: Place) -> list[tuple[Expr, Expr]]:
    """Return the combination that a step names, with the outcome under its private name."""
    are_pairs = all(isinstance(pair, Tuple) and len(pair) == 2 and all(isinstance(part, Expr) for part in pair) for pair in step.arguments)
    require(are_pairs, "the arguments are not pairs of a coefficient and a statistic")
    require(not any(pair.args[0].has(outcome) for pair in step.arguments), "a coefficient depends on the outcome")
    return [(pair.args[0], place.named(pair.args[1], outcome)) for pair in step.arguments]


def _require_combination(integrand: Expr, pairs: Sequence[tuple[Expr, Expr]], place: Place) -> None:
    """Refuse what is not a combination of statistics of which each has a finite mean."""
    for _, statistic in pairs:
        _finite_mean(statistic, place)
    _require_sum(integrand, pairs, place)


def _require_sum(integrand: Expr, pairs: Sequence[tuple[Expr, Expr]], place: Place) -> None:
    """Refuse what is not a combination of statistics."""
    total = Add(*(coefficient * statistic for coefficient, statistic in pairs))
    place.require_equal(integrand, total, "the function is not this combination of statistics")


def _resolved(expression: Expr, cell: Domain) -> Expr:
    """Return an expression with each function that is stated in cases replaced by the case that holds at all points of a domain."""
    cases = [own for own in expression.atoms(Piecewise) if (case := _case(own, cell)) is not None and case != own]
    if not cases:
        return expression
    require(not any(own.free_symbols & bound_symbols(expression) for own in cases), "a variable of a case is bound elsewhere")
    resolved: Expr = expression.xreplace({own: _case(own, cell) for own in cases})
    return _resolved(resolved, cell)


def _case(cases: Piecewise, cell: Domain) -> Expr | None:
    """Return the value of the first case, all cases before it being shown not to hold."""
    for value, condition in cases.args:
        if condition == true or all(cell.implies(side) for side in conjuncts(condition)):
            found: Expr = value
            return found
        if not any(isinstance(side, Relational) and cell.implies(side.negated) for side in conjuncts(condition)):
            return None
    return None


def _finite_mean(statistic: Expr, place: Place) -> Expr:
    """Return the mean of a statistic; refuse one without a fact, and one that may be infinite."""
    known = place.facts.mean(statistic)
    if known is None:
        raise InvalidStep(f"no fact gives the expectation of {shown(statistic)} under {shown(place.distribution)}")
    conditions: Sequence[Boolean] = [part for part in conjuncts(known[0].finite) if part != true]
    for condition in conditions:
        require(place.points.implies(condition), f"the expectation may not be finite: {shown(condition)} is not shown")
    return known[0].value
