"""Closed forms of quantities, each with its derivation: ``derive``.

Main definition: `derive`, which returns a proof of noun = closed form, or raises `NoClosedForm` with the reason.

Main statements
---------------
What the parameters must satisfy for the distributions to be ones, for the support of P to lie in that of Q and for the expectations to be
finite is part of the claim: what the hypotheses do not say is added to them. The kernel accepts every step, or there is no proof.

Left out on purpose: where closed forms come from (see `symentropy.closed_form`), and closed forms that no rule of the kernel checks yet;
for these the exception names the value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sympy import And, Contains, Derivative, Expr, Ge, Gt, Integral, Le, Lt, Ne, Piecewise, Sum, false, oo, true
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from symentropy.closed_form import ClosedForm, derived
from symentropy.closed_form.extremes import apart, is_elementary
from symentropy.conditions import conjuncts
from symentropy.definitions import Aligned, paired
from symentropy.errors import DomainError, InvalidStep, NoClosedForm
from symentropy.exact import shown
from symentropy.interruption import TimeIsUp, time_limit
from symentropy.notation.claims import claim_between
from symentropy.proof.canonical import unfolded
from symentropy.proof.checks import domain
from symentropy.proof.claim import Claim, Each, Proof
from symentropy.proof.domain import Domain
from symentropy.proof.draft import Budget, Draft, OutOfTimeError
from symentropy.proof.expectations import needed_conditions, parameter_conditions
from symentropy.proof.search import SECONDS, conditions_of, independent
from symentropy.proof.tactics.families import closed_form, infinity
from symentropy.quantity import Mean, Quantity
from symentropy.smooth import NotDifferentiable, smooth_derivative

#: Characters of a closed form in a message.
LONG = 400
#: What may be a hypothesis of a claim.
_HYPOTHESES = (Relational, Contains, Each)


def derive(noun: Any, given: Iterable[Any] = (), *, timeout: float | None = SECONDS) -> Proof:
    """Return the closed form of a quantity with its derivation: a proof of noun = closed form.

    Parameters
    ----------
    noun
        `Entropy`, `CrossEntropy`, `KLDivergence`, `Surprise`, a sum of them with coefficients, or the text of one in the notation.
    given
        Hypotheses and definitions, as for `decide`.
    timeout
        Keyword only: seconds that the derivation may take, None for no limit.

    Returns
    -------
    Proof
        In nats. Its claim has as hypotheses what must hold for the parameters. ``assumptions`` are the expectations that were used, with
        their sources. Of a quantity that is infinite, a proof of noun = oo.

    Raises
    ------
    NoClosedForm
        With the reason: there is no closed form (the entropy of a Poisson distribution: the message says which mean remains as a series);
        the quantity is infinite and no rule proves it; a closed form is known and its derivation cannot be checked yet; no time is left.
    DomainError
        For hypotheses that contradict each other or exclude the parameters.
    ParseError
        For text that cannot be read.

    Examples
    --------
    >>> proof = derive("H(Exponential(lambda))")
    >>> print(proof.claim)
    H(Exponential(lambda)) = 1 - log(lambda) for lambda > 0

    Derivatives are derived from closed forms:

    >>> print(derive("diff(H(Exponential(lambda)), lambda)").claim)
    Derivative(H(Exponential(lambda)), lambda) = -1/lambda for lambda > 0

    A closed form that holds under a condition has it as a hypothesis; outside, the divergence is infinite:

    >>> print(derive("D(Pareto(1, alpha) || Exponential(1))").claim)  # doctest: +ELLIPSIS
    D_KL(Pareto(1, alpha) ‖ Exponential(1)) = ... for alpha > 1
    >>> print(derive("D(Normal(mu, sigma) || Exponential(1))").claim)
    D_KL(Normal(mu, sigma) ‖ Exponential(1)) = oo for sigma > 0
    """
    question = claim_between(noun, "=", 0, given)
    draft = Draft((), Budget(timeout))
    try:
        with time_limit(timeout):
            return draft.proof(_whole(draft, question.lhs, _assumed(question)))
    except (OutOfTimeError, TimeIsUp):
        if timeout is None:  # that of a limit around this question
            raise
        raise NoClosedForm(f"no derivation of {shown(question.lhs)} was found in {timeout:g} seconds") from None


def closed_value(question: Claim) -> tuple[Expr, tuple[Boolean, ...]]:
    """Return the closed form of the left side of a claim, in cases, with its hypotheses and what its distributions need to be ones.

    Its derivation need not be one that can be checked. Raises `NoClosedForm` with the reason where there is none.
    """
    hypotheses = question.hypotheses
    for noun in _nouns(question.lhs):
        _form(noun)
        for condition in (part for distribution in noun.args for part in parameter_conditions(distribution) or ()):
            if not domain(Claim(question.lhs, "=", 0, hypotheses)).implies(condition):
                hypotheses = _with(hypotheses, condition, noun)
    return question.lhs.xreplace({noun: noun.value() for noun in question.lhs.atoms(Quantity)}), hypotheses


def _assumed(question: Claim) -> tuple[Boolean, ...]:
    """Return the hypotheses, with what must hold besides for the quantities to be finite and their distributions to be ones."""
    hypotheses = question.hypotheses
    for noun in _nouns(question.lhs):
        for condition in _needed(noun):
            claim = Claim(question.lhs, "=", 0, hypotheses)
            if not domain(claim).implies(condition):
                hypotheses = _with(hypotheses, condition, noun)
    values = [_principal(noun.value()) for noun in sorted(question.lhs.atoms(Quantity), key=str)]
    coefficients = [term.coefficient for noun in _nouns(question.lhs) for term in _form(noun).terms]
    for side in (question.lhs, *values, *coefficients):
        if not side.is_infinite:
            more = conditions_of(Claim(question.lhs, "=", side, hypotheses))
            hypotheses = (*hypotheses, *(condition for condition in more if isinstance(condition, _HYPOTHESES)))
    points = Domain(hypotheses)
    added = [_solved(_strict(fact, points)) for fact in hypotheses if fact not in question.hypotheses]
    return (*question.hypotheses, *independent(added, domain(question)))


def _strict(fact: Boolean, points: Domain) -> Boolean:
    """Return p < 1 for p <= 1 where p is known not to be 1."""
    strict = {Le: Lt, Ge: Gt}.get(type(fact))
    return strict(*fact.args) if strict is not None and points.implies(strict(*fact.args)) else fact


def _solved(fact: Boolean) -> Boolean:
    """Return p < 1 for 1 - p > 0, a relation that is linear in one symbol, with the symbol by itself."""
    difference = fact.lhs - fact.rhs if isinstance(fact, (Ge, Gt, Le, Lt, Ne)) else None
    if difference is None or len(difference.free_symbols) != 1:
        return fact
    (symbol,) = difference.free_symbols
    slope = difference.diff(symbol)
    if not slope.is_Rational or slope == 0:
        return fact
    relation = type(fact if slope > 0 else fact.reversed)
    return relation(symbol, (symbol - difference / slope).expand())


def _with(hypotheses: tuple[Boolean, ...], condition: Boolean, noun: Mean) -> tuple[Boolean, ...]:
    """Return hypotheses with one more, which they must not contradict."""
    if not isinstance(condition, _HYPOTHESES):
        raise NoClosedForm(f"the closed form of {shown(noun)} needs {shown(condition)}: give parameters for which that is seen")
    points = Domain(hypotheses)
    if points.under(condition).is_contradictory():
        if condition in _finite_conditions(noun):
            return hypotheses  # it is oo
        raise DomainError(f"{shown(noun)} is not defined under the hypotheses, which exclude {shown(condition)}")
    return (*hypotheses, condition)


def _nouns(expression: Expr) -> list[Mean]:
    """Return the nouns of families, which are not sums over outcomes."""
    return sorted((noun for noun in unfolded(expression).atoms(Mean) if not _is_zero(noun)), key=str)


def _is_zero(noun: Mean) -> bool:
    return not noun.is_cross and noun.args[0] == noun.args[1]


def _needed(noun: Mean) -> Iterator[Boolean]:
    """Go through what the parameters must satisfy, and what must hold for the quantity to be finite."""
    for distribution in noun.args:
        yield from needed_conditions(distribution)
    yield from _finite_conditions(noun)


def _finite_conditions(noun: Mean) -> tuple[Boolean, ...]:
    found = _form(noun)
    return tuple(part for part in conjuncts(found.finite) if part not in (true, false))


def _form(noun: Mean) -> ClosedForm:
    """Return the closed form that is to be proved; raise `NoClosedForm` with the reason where there is none."""
    name = shown(noun)
    large = apart(noun.args)
    if large is not None and not is_elementary(noun.func(*large[0]).value(), *large):
        value = shown(_principal(noun.value()))
        raise NoClosedForm(f"{name} = {value}: this has a derivation for symbols in the place of large numbers")
    try:
        found = derived(noun.args[0], noun.args[-1], is_cross=noun.is_cross)
    except NoClosedForm as error:
        raise NoClosedForm(f"{name} has no closed form: {error}") from None
    if not found.is_complete:
        rest = sorted(found.value.atoms(Sum, Integral), key=str)
        what = ", ".join(shown(part) for part in rest) or "a part of it"
        raise NoClosedForm(f"{name} has no closed form: it is {shown(found.value, LONG)}, where {what} remains as a series or an integral")
    return found


def _why_infinite(noun: Mean) -> str:
    pair = paired(noun.args[0], noun.args[-1])
    if isinstance(pair, Aligned) and pair.condition == true:
        return "the mean of -log q diverges" if noun.is_cross else "the mean of log(p/q) diverges"
    return "P is not inside the support of Q"


def _whole(draft: Draft, expression: Expr, hypotheses: tuple[Boolean, ...]) -> int:
    """Return the step expression = closed form."""
    if isinstance(expression, Quantity):
        return _single(draft, expression, hypotheses)
    if isinstance(expression, Derivative):
        return _differentiated(draft, expression, hypotheses)
    nouns = sorted(expression.atoms(Quantity), key=str)
    if not nouns:
        raise NoClosedForm(f"{shown(expression)} is not a quantity: derive an entropy, a cross-entropy, a divergence or a surprise")
    steps = [_single(draft, noun, hypotheses) for noun in nouns]
    for step in steps:
        if draft.steps[step].claim.rhs.is_infinite:
            raise NoClosedForm(f"{shown(draft.steps[step].claim.lhs)} is oo: derive the quantities one by one")
    values = {noun: draft.steps[step].claim.rhs for noun, step in zip(nouns, steps, strict=True)}
    factors = [expression.expand().coeff(noun) for noun in nouns]
    claim = Claim(expression, "=", expression.xreplace(values), hypotheses)
    try:
        return draft.add("combination", claim, steps, factors)
    except InvalidStep as error:
        raise NoClosedForm(f"{shown(claim)} has no checked derivation: {error}") from None


def _differentiated(draft: Draft, expression: Derivative, hypotheses: tuple[Boolean, ...]) -> int:
    """Return the step derivative = its value, from the closed form of what is differentiated."""
    step = _whole(draft, expression.expr, hypotheses)
    try:
        for x in expression.variables:
            side, value = draft.steps[step].claim.lhs, draft.steps[step].claim.rhs
            step = draft.add("differentiate", Claim(Derivative(side, x), "=", smooth_derivative(value, x), hypotheses), [step], (x,))
    except (InvalidStep, NotDifferentiable) as error:
        raise NoClosedForm(f"{shown(expression)} has no checked derivation: {error}") from None
    return step


def _single(draft: Draft, noun: Any, hypotheses: tuple[Boolean, ...]) -> int:
    """Return the step noun = closed form."""
    if not isinstance(noun, Mean) or _is_zero(noun) or unfolded(noun) != noun:
        return _by_definition(draft, noun, hypotheses)
    found = _form(noun)
    conditions = _finite_conditions(noun)
    if found.value.is_infinite or domain(Claim(noun, "=", 0, hypotheses)).under(*conditions).is_contradictory():
        step = infinity(draft, noun, hypotheses)
        if step is None:
            only = f", it is finite only for {shown(And(*conditions))}" if conditions else ""
            raise NoClosedForm(f"{shown(noun)} is oo: {_why_infinite(noun)}{only}; this has no derivation yet that can be checked")
        return step
    step = closed_form(draft, noun, hypotheses)
    if step is None:
        raise NoClosedForm(
            f"{shown(noun, LONG)} = {shown(_principal(noun.value()), LONG)}, but this has no derivation yet that can be checked"
        )
    return step


def _by_definition(draft: Draft, noun: Any, hypotheses: tuple[Boolean, ...]) -> int:
    value = _principal(noun.value())
    try:
        return draft.add("definition", Claim(noun, "=", value, hypotheses))
    except InvalidStep as error:
        raise NoClosedForm(
            f"{shown(noun, LONG)} = {shown(value, LONG)}, but this has no derivation yet that can be checked: {error}"
        ) from None


def _principal(value: Expr) -> Expr:
    """Return the value where it is finite."""
    return value.args[0].args[0] if isinstance(value, Piecewise) and value.args[0].args[0] != oo else value
