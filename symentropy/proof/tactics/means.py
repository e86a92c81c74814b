"""Expectations by their linearity, and the mean of a statistic.

Main definitions
----------------
* `by_means`, the step noun or integral = value.
* `known_mean`, that of a statistic: by the integral of the kernel of the density where that is known, else as a fact with its source.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from sympy import Expr, Mul, Piecewise, S, Tuple, binomial, exp, factorial, log

from symentropy.closed_form import Term
from symentropy.closed_form.tidy import tidy
from symentropy.closed_form.univariate.facts import Facts, facts_about
from symentropy.closed_form.univariate.statistics import Combination, Reader
from symentropy.errors import InvalidStep, NoClosedForm
from symentropy.expectation import Expectation, expected
from symentropy.proof.claim import Claim
from symentropy.proof.densities import combined
from symentropy.proof.draft import Draft

#: t and its power n, and the exponent w of a statistic t**n exp(w).
Shape = tuple[Combination, int, Combination]


def by_means(draft: Draft, claim: Claim, mean: Expectation, terms: Sequence[Term], rule: str) -> int:
    """Return the step left side = value: by a rule an expectation of statistics with coefficients, whose means add up to the value."""
    pairs = [Tuple(tidy(t.coefficient) if _is_constant(t.statistic) else t.coefficient, t.statistic) for t in terms]
    parts = combined(pairs, mean.outcome, mean.distribution)
    used = [(draft.add(rule, replace(claim, rhs=mean), arguments=pairs), S.One)]
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


def known_mean(draft: Draft, claim: Claim) -> int:
    """Return the step that gives the value of an expectation; raise `InvalidStep` where it is not known."""
    mean = claim.lhs
    assert isinstance(mean, Expectation)  # for the type checker
    facts = facts_about(mean.distribution, mean.outcome)
    if facts is not None:
        for arguments in _arguments(mean, facts):
            with suppress(InvalidStep):
                return draft.add("tilted", claim, arguments=arguments)
    return draft.add("moment", claim)


def _arguments(mean: Expectation, facts: Facts) -> Iterator[list[Tuple]]:
    """Go through the ways in which a statistic may be a derivative of the integral of the kernel."""
    x = mean.outcome
    reader = Reader(x, *facts.ends)
    own = {statistic: c for statistic, c in facts.terms.items() if statistic != 1}
    for carrier, kernel in _kernels(mean, own):
        for t, n, w in _shapes(mean.statistic.xreplace(dict(facts.forward)), reader):
            statistics = dict.fromkeys([*kernel, *t, *w])
            rows = [[T, *(terms.get(T, S.Zero) for terms in (kernel, t, w))] for T in statistics if T != 1]
            first = [carrier, t.get(S.One, S.Zero), n]
            if w.get(S.One, S.Zero) == 0:
                yield [Tuple(*row).xreplace(dict(facts.back)) for row in (first, *rows)]


def _kernels(mean: Expectation, own: Combination) -> Iterator[tuple[Expr, Combination]]:
    """Go through h and the other terms of log p: of a pmf, what is not linear is in h."""
    x = mean.outcome
    if not x.is_integer:
        yield S.One, own
        return
    size = mean.distribution.args[0]
    for carrier in (S.One, 1 / factorial(x), binomial(size, x), binomial(x + size - 1, x)):
        yield carrier, {x: own.get(x, S.Zero)}


def _shapes(statistic: Expr, reader: Reader) -> Iterator[Shape]:
    """Go through the ways to write a statistic as t**n exp(w)."""
    yield {statistic: S.One}, 1, {}
    with suppress(NoClosedForm):
        if (t := reader.read(statistic)) != {statistic: S.One}:
            yield t, 1, {}
        if statistic.is_Pow and statistic.exp == 2:
            yield reader.read(statistic.base), 2, {}
        yield {}, 0, reader.log_of(statistic)
        for factor in Mul.make_args(statistic) if statistic.is_Mul else ():
            base, power = factor.as_base_exp()
            if isinstance(base, log) and power in (1, 2):
                yield reader.read(base), int(power), reader.log_of(statistic / factor)
