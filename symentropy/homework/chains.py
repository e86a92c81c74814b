r"""Chains of steps: a verdict for each relation between neighbours.

Main definitions
----------------
* `check_steps`, for the text of a chain; `judged_links`, for steps that were read already.

Main statements
---------------
Each link is a claim of its own, under all that is given. A step that has no meaning, such as one with log(-1), is refuted, with the reason.
A step that is valid only under a condition is proved, and the verdict says under which; where one side is defined for more than the other,
the link has a hint. The slip of a refuted equation takes the expression before it as what was expected.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sympy import Contains, E
from sympy.core.relational import Relational

from symentropy.errors import DomainError, SymentropyError
from symentropy.homework.answers import SECONDS, judged
from symentropy.homework.relations import as_written, mirrored
from symentropy.homework.report import Link, Report
from symentropy.homework.steps import Step, as_expectation, read_chain
from symentropy.proof.checks import domain
from symentropy.proof.claim import Claim, Each, Verdict
from symentropy.proof.domain import Domain
from symentropy.proof.search import NEVER, conditions_of
from symentropy.proof.writing.conditions import conditions
from symentropy.proof.writing.style import TEXT, listed

#: Seconds for all links of a text.
WHOLE = 6.0


def check_steps(
    chain: str, given: Iterable[Any] = (), *, base: Any = E, timeout: float | None = SECONDS, whole: float | None = WHOLE
) -> Report:
    r"""Return a verdict for each link of a chain such as ``a = b <= c``.

    Parameters
    ----------
    chain
        Text or LaTeX, over one or more lines, with ``=``, ``<=``, ``<``, ``>=``, ``>``, ``\ne`` or ``\approx`` between expressions.
    given, base
        As for `symentropy.check_answer`.
    timeout, whole
        Keyword only: seconds that the decision of each link may take, and that of all of them; None for no limit.

    Raises
    ------
    ParseError
        For text that cannot be read, and for a chain without a relation.
    DomainError
        For hypotheses that contradict each other.

    Examples
    --------
    >>> report = check_steps("H([p, 1-p]) = -p log p - (1-p) log(1-p) <= log 2 = log p + log 2")
    >>> [verdict.outcome for verdict in report], report.first_wrong
    (['proved', 'proved', 'refuted'], 2)
    >>> print(check_steps("log(x^2) = 2 log x"))
    line 1  ✓ right: log(x^2) = 2 log x
              valid only if x > 0
              the right side is defined only for x > 0, the left side for more
    1 step: 1 right
    >>> check_steps("log 2")
    Traceback (most recent call last):
    ...
    symentropy.errors.ParseError: a chain has at least one relation such as = or <=, and this has none, at line 1, column 1:
      log 2
      ^^^^^
    """
    return Report(tuple(judged_links(read_chain(chain, given, base), timeout, whole)))


def judged_links(steps: Iterable[Step], timeout: float | None = SECONDS, whole: float | None = WHOLE) -> Iterator[Link]:
    """Yield the steps with their verdicts; when the time for all of them is over, the others are not decided."""
    end = None if whole is None or timeout is None else time.monotonic() + whole
    known: dict[tuple[Claim, ...], tuple[Verdict, str]] = {}
    before: Step | None = None
    needed: tuple[Any, ...] = ()  # what the chain needs so far to have a value
    for step in steps:
        needed = needed if before is not None and _goes_on(before, step) else ()
        if step.claims not in known or not step.claims:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0 and step.claims:
                known[step.claims] = Verdict(step.claims[0], "undecided", reason="the time for the whole text is over"), ""
            else:
                known[step.claims] = judged_step(step, timeout if left is None or timeout is None else min(timeout, left))
        verdict, hint = known[step.claims]
        if needed and verdict.outcome == "refuted" and (end is None or time.monotonic() < end):
            verdict, hint = _under(step, needed, timeout) or (verdict, hint)
        if step.asides and verdict.outcome == "refuted" and (end is None or time.monotonic() < end):
            verdict, hint = _with_asides(step, verdict, hint, timeout)
        yield Link(step.left, step.sign, step.right, step.line, *_doubted(step, verdict, hint))
        if verdict.outcome == "proved":
            needed += tuple(fact for fact in verdict.conditions if fact not in needed)
        before = step


def _goes_on(before: Step, step: Step) -> bool:
    """Whether a step starts with what the one before it ends with."""
    return bool(before.claims and step.claims) and before.claims[-1].rhs == step.claims[0].lhs and before.right == step.left


def _under(step: Step, needed: tuple[Any, ...], timeout: float | None) -> tuple[Verdict, str] | None:
    """Return the verdict on a step where the chain before it has a value, if it is right there: f''(x) = 1/x > 0 for f(x) = x log x."""
    facts = [fact for fact in needed if isinstance(fact, (Relational, Contains, Each))]
    verdict, hint = judged_step(replace(step, claims=tuple(claim.under(*facts) for claim in step.claims)), timeout)
    if verdict.outcome != "proved" or len(facts) < len(needed):
        return None
    return replace(verdict, conditions=tuple(dict.fromkeys([*needed, *verdict.conditions]))), hint


def _with_asides(step: Step, verdict: Verdict, hint: str, timeout: float | None) -> tuple[Verdict, str]:
    """Return no decision on a wrong step that is not shown to be wrong if a relation in the prose holds."""
    singles = [(aside,) for aside in reversed(step.asides)]
    for chosen in (*singles, *([step.asides] if len(singles) > 1 else [])):
        try:
            again = read_chain(f"{step.left} {step.sign} {step.right}", [*step.given, *(text for text, _ in chosen)], step.base)
        except SymentropyError:
            continue
        outcomes = [judged_step(other, timeout)[0].outcome for other in again]
        if "refuted" not in outcomes:
            said = " and ".join(f"{text} (line {line})" for text, line in chosen)
            found = "it is right if" if set(outcomes) == {"proved"} else "it is not shown to be wrong if"
            reason = f"{found} {said}: write 'Let ...', or give that as a hypothesis"
            return replace(verdict, outcome="undecided", witness=None, slip=None, reason=reason), ""
    return verdict, hint


def _doubted(step: Step, verdict: Verdict, hint: str) -> tuple[Verdict, str]:
    """Return a verdict without the counterexample of a step whose names may stand for something that was not read."""
    if not step.doubt or verdict.outcome != "refuted":
        return verdict, hint
    return replace(verdict, outcome="undecided", witness=None, slip=None, reason=step.doubt), ""


def judged_step(step: Step, timeout: float | None = SECONDS) -> tuple[Verdict, str]:
    """Return the verdict on a step, and a hint; a step that makes several claims is right if all of them are."""
    if not step.claims:
        is_about_names = any(part in step.problem for part in ("say which", "different symbols"))
        return Verdict(None, "undecided" if is_about_names else "refuted", reason=step.problem), ""
    verdicts = [_judged(claim, timeout) for claim in step.claims]
    worst = min(verdicts, key=lambda verdict: ("refuted", "undecided", "proved").index(verdict.outcome))
    if len(verdicts) > 1:  # a rounding: its bounds are not what was written
        worst = replace(worst, slip=None)
    return worst, _hint(worst) or _meant(step, worst, timeout)


def _meant(step: Step, verdict: Verdict, timeout: float | None) -> str:
    """Say what was probably meant where an expectation in place of an exponential makes a wrong step right."""
    read = as_expectation(step) if verdict.outcome == "refuted" and verdict.slip is None else None
    if read is None or not all(_judged(claim, timeout).outcome == "proved" for claim in read[0].claims):
        return ""
    return f"an expectation was probably meant: {read[1]}, which is right"


def _judged(claim: Claim, timeout: float | None) -> Verdict:
    try:
        return as_written(judged(relevant(mirrored(claim)), timeout), claim)
    except DomainError as error:
        return Verdict(claim, "refuted" if str(error).startswith(NEVER) else "undecided", reason=str(error))


def relevant(claim: Claim) -> Claim:
    """Return a claim without the hypotheses about other names than its own, and than those that its own are related to."""
    names = claim.lhs.free_symbols | claim.rhs.free_symbols
    kept: list[Any] = []
    rest = list(claim.hypotheses)
    while found := [fact for fact in rest if fact.free_symbols & names]:
        kept += found
        rest = [fact for fact in rest if fact not in found]
        names = names.union(*(fact.free_symbols for fact in found))
    return replace(claim, hypotheses=tuple(fact for fact in claim.hypotheses if fact in kept))


def _hint(verdict: Verdict) -> str:
    """Say which side of a conditional step is defined for more values."""
    if verdict.outcome != "proved" or not verdict.conditions or verdict.claim is None:
        return ""
    left, right = (conditions_of(Claim(side, "=", side, verdict.claim.hypotheses)) for side in (verdict.claim.lhs, verdict.claim.rhs))
    points = domain(verdict.claim)
    narrower = {"left": _implies(points, left, right), "right": _implies(points, right, left)}
    if narrower["left"] == narrower["right"]:
        return ""
    name, other, needed = ("left", "right", left) if narrower["left"] else ("right", "left", right)
    shown = TEXT.sentence(listed(conditions(needed, (), TEXT)))
    return f"the {name} side is defined only for {shown}, the {other} side for more"


def _implies(points: Domain, some: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
    """Whether some conditions imply others at all points of a domain."""
    local = points.under(*some)
    return all(local.implies(condition) for condition in others)
