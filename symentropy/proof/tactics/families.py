"""Tactics for the nouns of families of distributions: Gibbs' inequality, and closed forms."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from sympy import Expr, Piecewise, S, Symbol, Tuple, exp, oo
from sympy.logic.boolalg import Boolean

from symentropy.closed_form import ClosedForm, Term, derived
from symentropy.closed_form.tidy import tidy
from symentropy.errors import InvalidStep, NoClosedForm
from symentropy.expectation import Expectation, expected
from symentropy.proof.canonical import unfolded
from symentropy.proof.checks import domain
from symentropy.proof.claim import Claim
from symentropy.proof.definedness import undischarged
from symentropy.proof.densities import combined
from symentropy.proof.draft import Draft
from symentropy.proof.expectations import LogTerm, log_term
from symentropy.proof.tactics.means import known_mean
from symentropy.quantity import Mean


def by_gibbs(draft: Draft, claim: Claim, depth: int) -> int | None:  # noqa: ARG001
    """Prove that a divergence of densities is >= 0, or of pmfs whose probabilities may be 0."""
    definition = unfolded(claim.lhs)
    if definition != claim.lhs and not undischarged(definition, domain(claim)):  # pmfs have a proof of their own
        return None
    return draft.add("gibbs", claim)


def by_closed_forms(draft: Draft, claim: Claim, depth: int) -> int | None:
    """Prove a claim with the closed forms of nouns of families in place of the nouns."""
    nouns = sorted((noun for noun in unfolded(claim.difference).atoms(Mean)), key=str)
    if not nouns:
        return None
    forms = {noun: step for noun in nouns if (step := closed_form(draft, noun, claim.hypotheses)) is not None}
    if len(forms) < len(nouns):
        return None
    if claim.lhs in forms and draft.steps[forms[claim.lhs]].claim == claim:
        return forms[claim.lhs]
    difference = claim.difference
    used = [(step, difference.coeff(noun)) for noun, step in forms.items() if difference.coeff(noun) != 0]
    with suppress(InvalidStep):  # equal normal forms need nothing else
        return draft.add("combination", claim, [step for step, _ in used], [factor for _, factor in used])
    values = {noun: draft.steps[step].claim.rhs for noun, step in forms.items()}
    found = draft.prove(replace(claim, lhs=claim.lhs.xreplace(values), rhs=claim.rhs.xreplace(values)), depth)
    if found is None:
        return None
    return draft.add("combination", claim, [*(step for step, _ in used), found], [*(factor for _, factor in used), S.One])


def closed_form(draft: Draft, noun: Mean, hypotheses: tuple[Boolean, ...]) -> int | None:
    """Return the step noun = closed form, where its logarithm is a combination of statistics with known expectations."""
    log_of = log_term(noun, *_other_outcomes(draft, noun))
    if log_of is None:
        return None
    try:
        found = derived(noun.args[0], noun.args[-1], is_cross=noun.is_cross)
    except NoClosedForm:
        return None
    if not found.is_complete or found.variable is None or found.value.is_infinite:
        return None
    value = found.value.args[0].args[0] if isinstance(found.value, Piecewise) else found.value
    x, terms = log_of.outcome.variable, _in_outcome(found, log_of)
    claim = Claim(noun, "=", value, hypotheses)
    try:
        if not log_of.expression.has(x):
            return draft.add("expectation", claim)
        return _by_expectations(draft, claim, Expectation(log_of.expression, x, noun.args[0]), terms)
    except InvalidStep:
        return None


def infinity(draft: Draft, noun: Mean, hypotheses: tuple[Boolean, ...]) -> int | None:
    """Return the step noun = oo, where P is not inside the support of Q or the mean of one statistic diverges."""
    claim = Claim(noun, "=", oo, hypotheses)
    with suppress(InvalidStep):
        return draft.add("infinite", claim)
    log_of = log_term(noun)
    if log_of is None:
        return None
    try:
        found = derived(noun.args[0], noun.args[-1], is_cross=noun.is_cross)
        return draft.add("infinite", claim, arguments=[Tuple(t.coefficient, t.statistic) for t in _in_outcome(found, log_of)])
    except (NoClosedForm, InvalidStep):
        return None


def _in_outcome(found: ClosedForm, log_of: LogTerm) -> list[Term]:
    """Return the terms of a closed form in the outcome that a proof names."""
    x = log_of.outcome.variable
    return [replace(term, statistic=term.statistic.xreplace({found.variable or x: x})) for term in found.terms]


def _other_outcomes(draft: Draft, noun: Mean) -> list[Symbol]:
    """Return the outcomes of other distributions in a draft, whose names would be misleading."""
    means = (mean for step in draft.steps for side in (step.claim.lhs, step.claim.rhs) for mean in side.atoms(Expectation))
    return [mean.outcome for mean in means if mean.distribution != noun.args[0]]


def _by_expectations(draft: Draft, claim: Claim, mean: Expectation, terms: Sequence[Term]) -> int:
    """Return the step noun = value: the definition, the logarithm as a combination of statistics, their means, and what they give."""
    pairs = [Tuple(tidy(t.coefficient) if _is_constant(t.statistic) else t.coefficient, t.statistic) for t in terms]
    parts = combined(pairs, mean.outcome, mean.distribution)
    used = [(draft.add("expectation", replace(claim, rhs=mean), arguments=pairs), S.One)]
    used.append((draft.add("linearity", replace(claim, lhs=mean, rhs=parts), arguments=pairs), S.One))
    for (coefficient, statistic), term in zip(pairs, terms, strict=True):
        own = expected(statistic, mean.outcome, mean.distribution)
        if isinstance(own, Expectation):
            used.append((known_mean(draft, replace(claim, lhs=own, rhs=_short(term.expectation))), coefficient))
    return draft.add("combination", claim, [step for step, _ in used], [factor for _, factor in used])


def _is_constant(statistic: Expr) -> bool:
    """Whether a statistic is 1, perhaps on an interval only."""
    return statistic == 1 or (isinstance(statistic, Piecewise) and statistic.args[0].expr == 1)


def _short(value: Expr) -> Expr:
    """Return a mean in the shape of an answer; one with exponentials as it is, which takes long."""
    return value if value.has(exp) else tidy(value)
