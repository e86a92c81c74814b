"""Why a step of a proof holds, in words.

Main definitions
----------------
* `REASONS`, rule of the kernel -> the reason of a step; a new rule is a new entry.
* `reason`, the reason of any step; of a rule without an entry its name.
* `assumption`, the fact that a step uses and does not prove; `FACTS`, rule -> such facts with their sources.

Left out on purpose: whether a step is right. Steps that no kernel has seen are written too, so nothing here relies on their arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sympy import Add, Derivative, Eq, Lambda, S, Symbol, log

from symentropy.errors import SymentropyError
from symentropy.expectation import Expectation
from symentropy.proof.writing.claims import claim_sentence
from symentropy.proof.writing.conditions import named
from symentropy.proof.writing.numbers import comparison
from symentropy.proof.writing.style import TEXT, Math, Style, listed
from symentropy.quantity import Quantity

if TYPE_CHECKING:  # steps are printed by what is here
    from symentropy.proof.claim import Claim, Step

#: Rules after whose reason it is worth saying that a noun, which no premise has, was replaced by what it stands for.
_UNFOLDING = frozenset(("sign", "combination", "total", "mean_value"))


#: Rules that give the value of an expectation.
MEANS = frozenset(("moment", "tilted", "joint_moment"))


def reason(step: Step, style: Style, premises: Sequence[Step] = ()) -> list[str]:
    """Return the reason of a step as a sentence without a full stop; ``premises`` are the steps that it follows from."""
    try:
        found = REASONS[step.rule](step, style)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return [f"{step.rule}, ", *_by(step)] if step.premises else [step.rule]
    means = [place for place, premise in zip(step.premises, premises, strict=False) if premise.rule in MEANS]
    if step.rule == "combination" and means:
        return ["inserting ", *_numbers(means)]
    known = _nouns(*(premise.claim for premise in premises))
    if step.rule not in _UNFOLDING or not _nouns(step.claim) - known:
        return found
    return [*found, " and by definition" if found[0].startswith("by ") else ", by definition"]


def assumption(step: Step) -> str | None:
    """Return the fact that a step uses and does not prove, with its source; None for a step that proves what it says."""
    found = fact(step, TEXT)
    return None if found is None else TEXT.sentence(found.stated) + (f" ({TEXT.sentence(found.source)})" if found.source else "")


def fact(step: Step, style: Style) -> Fact | None:
    """Return the fact that a step uses and does not prove; None for a step that proves what it says."""
    if step.rule not in FACTS:
        return None
    try:
        return FACTS[step.rule](step, style)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):  # a step that no kernel has seen
        return Fact(claim_sentence(step.claim, style), [], is_own=True)


def _nouns(*claims: Claim) -> set[Any]:
    return set().union(*(side.atoms(Quantity) for claim in claims for side in (claim.lhs, claim.rhs)))


class Fact(NamedTuple):
    """A fact that is used and not proved, where it is proved, and whether it is what the step itself says."""

    stated: list[str]
    source: list[str]
    is_own: bool = False


def mean_stated(step: Step, style: Style) -> list[str]:
    """Return the value of an expectation, with the distribution that it is under."""
    return [style.relation(step.claim.lhs, "=", step.claim.rhs), " under ", style.family(step.claim.lhs.distribution)]


def _densities(step: Step, style: Style) -> Fact | None:
    """Return that the densities among the integrands of a step integrate to 1."""
    families = [[style.family(pair[1])] for pair in step.arguments[3:] if not isinstance(pair[1], Eq)]
    return Fact(["the density of ", *listed(families), " integrates to 1"], []) if families else None


#: Rule whose steps use facts that no step proves -> the fact with its source; the tables of facts put their own entries here.
FACTS: dict[str, Callable[[Step, Style], Fact | None]] = {
    "moment": lambda step, style: Fact(mean_stated(step, style), [], is_own=True),
    "integral": _densities,
}


def _numbers(places: Sequence[int]) -> list[str]:
    return listed([[f"({place + 1})"] for place in places])


def _by(step: Step) -> list[str]:
    return ["by ", *_numbers(step.premises)]


def _fixed(words: str) -> Callable[[Step, Style], list[str]]:
    return lambda _step, _style: [words]


def _algebra(step: Step, style: Style) -> list[str]:  # noqa: ARG001
    sides = (step.claim.lhs, step.claim.rhs)
    return ["algebra and the rules of logarithms" if any(side.has(log, Quantity) for side in sides) else "algebra"]


def _hypothesis(step: Step, style: Style) -> list[str]:
    if not step.arguments:
        is_given = step.claim.as_relation() in step.claim.hypotheses
        return ["given" if is_given else "it follows from what is given"]
    place, *values = step.arguments
    _, limits = named(step.claim.hypotheses[int(place)])
    return ["given, at ", *listed([[style.relation(limit[0], "=", value)] for limit, value in zip(limits, values, strict=True)])]


def _log_bound(step: Step, style: Style) -> list[str]:
    (value,) = step.arguments
    if isinstance(value, Symbol):
        return ["the logarithm lies below its tangent at 1"]
    letter = Symbol("t")
    except_at = [" for ", style.relation(letter, "!=", S.One), ","] if step.claim.relation == "<" else []
    bound = style.relation(log(letter), step.claim.relation, letter - 1)
    return ["since ", bound, *except_at, " with ", style.relation(letter, "=", value)]


def _enclosure(step: Step, style: Style) -> list[str]:
    try:
        numbers = comparison(step.claim, style)
    except SymentropyError:
        numbers = []
    return ["by certified evaluation", *([": ", *numbers] if numbers else [])]


def _witness(step: Step, style: Style) -> list[str]:
    return ["for example at ", *listed([[style.relation(name, "=", value)] for name, value in step.arguments], ", ")]


def _combination(step: Step, style: Style) -> list[str]:
    if all(multiplier in (1, -1) for multiplier in step.arguments) or len(step.arguments) != len(step.premises):
        return _by(step)
    parts: list[list[str]] = []
    for place, multiplier in zip(step.premises, step.arguments, strict=True):
        factor = style.math(multiplier)
        factor = f"({factor})" if multiplier.is_Add else factor
        parts.append([f"({place + 1})"] if multiplier == 1 else [Math(factor), f" times ({place + 1})"])
    return (["adding "] if len(parts) > 1 else []) + listed(parts)


def _total(step: Step, style: Style) -> list[str]:
    index, low, high = step.arguments
    ends = f"{style.math(index)} = {style.math(low)}, {style.dots}, {style.math(high)}"
    return ["summing ", *_numbers(step.premises), " over ", Math(ends)]


def _single_term(step: Step, style: Style) -> list[str]:
    index, _, _, place = step.arguments
    return ["by ", *_numbers(step.premises), " no term is negative, and this is the one at ", style.relation(index, "=", place)]


def _split(step: Step, style: Style) -> list[str]:
    end, shift = step.arguments
    index, low, _ = step.claim.lhs.limits[0]
    moved = ["moving the index by ", Math(style.math(shift))] if shift != 0 else []
    return moved if end == low - 1 else ["taking the sum apart after ", style.relation(index, "=", end), *([", ", *moved] if moved else [])]


def _integral(step: Step, style: Style) -> list[str]:
    x, low, high, *_ = step.arguments
    if x.is_integer:
        return [
            "summing ",
            *_numbers(step.premises),
            " over ",
            Math(f"{style.math(x)} = {style.math(low)}, {style.math(low + 1)}, {style.dots}"),
        ]
    ends = [Math(style.math(x)), " from ", Math(style.math(low)), " to ", Math(style.math(high))]
    return ["integrating ", *_numbers(step.premises), " over ", *ends]


def _mean_value(step: Step, style: Style) -> list[str]:
    x, point = step.arguments
    value, *slopes = step.premises
    found = ["mean value theorem in ", Math(style.math(x)), f": ({value + 1}) at ", style.relation(x, "=", point)]
    return [*found, *([", and the sign of the derivative by ", *_numbers(slopes)] if slopes else [])]


def _differentiate(step: Step, style: Style) -> list[str]:
    return ["differentiating ", *_numbers(step.premises), " with respect to ", Math(style.math(step.arguments[0]))]


def _derivative(step: Step, style: Style) -> list[str]:
    derivatives = sorted(step.claim.lhs.atoms(Derivative), key=str)
    variables = dict.fromkeys(variable for derivative in derivatives for variable in derivative.variables)
    return ["differentiating with respect to ", *listed([[Math(style.math(variable))] for variable in variables])]


def _definition(step: Step, style: Style) -> list[str]:
    if not step.claim.lhs.has(Derivative):
        return ["by definition"]
    outside = step.claim.lhs.replace(lambda part: isinstance(part, Derivative), lambda _: S.One)
    return [*(["by definition, "] if outside.has(Quantity) else []), *_derivative(step, style)]


def _expectation(step: Step, style: Style) -> list[str]:
    mean = step.claim.rhs
    if not isinstance(mean, Expectation):
        return ["by definition: the logarithm is a constant"]
    return ["by definition, for ", style.outcome(mean.outcome, mean.distribution)]


def _average(step: Step, style: Style) -> list[str]:
    mean = step.claim.rhs
    return ["an expectation, for ", style.outcome(mean.outcome, mean.distribution)]


def _linearity(step: Step, style: Style) -> list[str]:  # noqa: ARG001
    return ["the logarithm taken apart, and linearity of expectation" if step.claim.lhs.statistic.has(log) else "linearity of expectation"]


def _infinite(step: Step, style: Style) -> list[str]:
    if not step.arguments:
        return ["P is not inside the support of Q"]
    statistics = [argument.args for argument in step.arguments]
    logarithm = Math(style.math(Add(*(coefficient * statistic for coefficient, statistic in statistics))))
    return ["the mean of the logarithm, ", logarithm, ", diverges"]


def _moment(step: Step, style: Style) -> list[str]:
    found = fact(step, style)
    return found.source if found is not None and found.source else ["a known mean"]


def _tilted(step: Step, style: Style) -> list[str]:
    found = fact(step, style)
    ways = "differentiating" if step.arguments[0].args[2] != 0 else "a change of the exponent"
    return [f"by {ways}" + (" in " if ways[0] == "a" else " "), *(found.stated if found is not None else ["a known integral"])]


def _instance(step: Step, style: Style) -> list[str]:
    if not step.arguments:
        return _by(step)
    return [*_numbers(step.premises), " with ", *listed([[_value(name, value, style)] for name, value in step.arguments])]


def _value(name: Any, value: Any, style: Style) -> Math:
    """Return a symbol with its value, or an indexed symbol with that of its entries: p[i] = 1/n."""
    if isinstance(value, Lambda):
        return style.relation(name[value.variables], "=", value.expr)
    return style.relation(name, "=", value)


def _cases(step: Step, style: Style) -> list[str]:
    cases = [[f"({place + 1}) where ", style.fact(case)] for place, case in zip(step.premises, step.arguments, strict=True)]
    return ["in both cases: by ", *listed(cases)]


#: Rule -> the reason of a step that follows by it.
REASONS: dict[str, Callable[[Step, Style], list[str]]] = {
    "definition": _definition,
    "algebra": _algebra,
    "derivative": _derivative,
    "hypothesis": _hypothesis,
    "sign": _fixed("from the signs of its parts"),
    "enclosure": _enclosure,
    "log_bound": _log_bound,
    "gibbs": _fixed("Gibbs' inequality for distributions with a density"),
    "expectation": _expectation,
    "average": _average,
    "linearity": _linearity,
    "moment": _moment,
    "tilted": _tilted,
    "joint": _fixed("by definition, the logarithm taken apart, and linearity of expectation"),
    "joint_moment": _moment,
    "infinite": _infinite,
    "finite": _fixed("finite, since every part of it is defined"),
    "witness": _witness,
    "combination": _combination,
    "total": _total,
    "single_term": _single_term,
    "split": _split,
    "integral": _integral,
    "mean_value": _mean_value,
    "differentiate": _differentiate,
    "instance": _instance,
    "cases": _cases,
}
