"""What the tables of refused steps are made of: steps with their premises, cases, and a check that a claim is false at a point.

A case is refused for one reason only: its premises are steps that the kernel accepts, and the message is part of the case. Whether its
claim is false is looked at without the package: values are put in and both sides are computed to 50 digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import mpmath
import sympy as sp
from sympy import IndexedBase, Symbol, Tuple

from symentropy.expectation import Expectation
from symentropy.proof.claim import Claim, Each, Proof, Step
from symentropy.proof.kernel import conclude

x, y, z = Symbol("x", real=True), Symbol("y", real=True), Symbol("z")
p, q = Symbol("p"), Symbol("q")
t, u = Symbol("t", positive=True), Symbol("u", positive=True)
n, m = Symbol("n", integer=True, positive=True), Symbol("m", integer=True, nonnegative=True)
i, j, k = (Symbol(name, integer=True) for name in "ijk")
a, b = IndexedBase("a", positive=True), IndexedBase("b")

#: The step itself says when there is equality; otherwise what the rule finds is taken.
COMPUTED = object()


@dataclass(frozen=True)
class Made:
    """A step with the steps that it is made from."""

    rule: str
    claim: Claim
    premises: tuple[Made, ...] = ()
    arguments: tuple[Any, ...] = ()
    equality: Any = COMPUTED

    def step(self) -> Step:
        """Return the step as the kernel finds it; raise `InvalidStep` if it is refused."""
        return self._step([premise.step() for premise in self.premises])

    def _step(self, premises: list[Step]) -> Step:
        arguments = tuple(Tuple(*part) if isinstance(part, tuple) else sp.sympify(part) for part in self.arguments)
        equality = conclude(self.rule, self.claim, premises, arguments) if self.equality is COMPUTED else self.equality
        return Step(self.rule, self.claim, tuple(range(len(premises))), arguments, equality)

    def proof(self) -> Proof:
        """Return the proof that ends with this step."""
        steps: list[Step] = []
        self._add_to(steps)
        return Proof(self.claim, tuple(steps))

    def _add_to(self, steps: list[Step]) -> int:
        places = [premise._add_to(steps) for premise in self.premises]
        own = self._step([steps[place] for place in places])
        steps.append(Step(own.rule, own.claim, tuple(places), own.arguments, own.equality))
        return len(steps) - 1


@dataclass(frozen=True)
class Case:
    """A step that must be refused with a message; ``at``, a point where its claim is false, None where its form is at fault."""

    name: str
    made: Made
    message: str
    at: Mapping[Any, Any] | None = None


REFUSED: list[Case] = []
ACCEPTED: list[Made] = []


def no(
    name: str,
    rule: str,
    claim: Claim,
    message: str,
    *,
    premises: tuple[Made, ...] = (),
    arguments: tuple[Any, ...] = (),
    at: Mapping[Any, Any] | None = None,
    equality: Any = COMPUTED,
) -> None:
    """Enter a step that must be refused."""
    REFUSED.append(Case(name, Made(rule, claim, premises, arguments, equality), message, at))


def yes(rule: str, claim: Claim, premises: tuple[Made, ...] = (), arguments: tuple[Any, ...] = ()) -> Made:
    """Enter a step that must be accepted, close to those that are not."""
    made = Made(rule, claim, premises, arguments)
    ACCEPTED.append(made)
    return made


def is_false_at(claim: Claim, point: Mapping[Any, Any]) -> bool:
    """Whether the hypotheses of a claim hold at a point, and a side is no real number there or the relation fails."""
    assert all(_holds(fact, point) for fact in claim.hypotheses)
    assert all(_is_admitted(name, value) for name, value in point.items())
    try:
        left, right = (_number(side, point) for side in (claim.lhs, claim.rhs))
    except (ValueError, ZeroDivisionError):
        return True
    if not all(side.is_real and side.is_finite for side in (left, right)):
        return (claim.relation, left, right) != ("=", sp.oo, sp.oo)
    return not _compare(claim.relation, left, right)


def _number(expression: Any, point: Mapping[Any, Any]) -> Any:
    sizes = {name: value for name, value in point.items() if isinstance(name, Symbol)}
    entries = {name: sp.sympify(value) for name, value in point.items() if not isinstance(name, Symbol)}
    found = expression.subs(sizes).doit().replace(lambda part: isinstance(part, Expectation), _integral).xreplace(entries).doit()
    assert not found.free_symbols, f"{found} has symbols left"
    return found.evalf(50) if found.is_finite is not False else found


def _integral(mean: Expectation) -> Any:
    """Return the value of the expectation of a function of a continuous outcome, by quadrature."""
    support = mean.distribution.set
    value = sp.lambdify(mean.outcome, mean.statistic * mean.distribution.pdf(mean.outcome), "mpmath")
    with mpmath.workdps(25):
        ends = [
            mpmath.mpf(str(end.evalf(25))) if end.is_finite else mpmath.inf if end > 0 else -mpmath.inf
            for end in (support.start, support.end)
        ]
        return sp.sympify(mpmath.quad(value, ends if mpmath.inf not in ends else [ends[0], 1, ends[1]]))


def _compare(relation: str, left: Any, right: Any) -> bool:
    gap = left - right
    is_equal = abs(gap) < sp.Float(10) ** -40
    signs = {"=": is_equal, "!=": not is_equal, "<": gap < 0 and not is_equal, ">": gap > 0 and not is_equal}
    signs |= {"<=": is_equal or gap < 0, ">=": is_equal or gap > 0}
    return bool(signs[relation])


def _holds(fact: Any, point: Mapping[Any, Any]) -> bool:
    if isinstance(fact, Each):
        ((index, low, high),) = fact.limits
        ends = [int(_number(end, point)) for end in (low, high)]
        return all(
            _holds(fact.relation.func(*fact.relation.args, evaluate=False).xreplace({index: sp.Integer(place)}), point)
            for place in range(ends[0], ends[1] + 1)
        )
    if isinstance(fact, sp.Contains):
        return bool(fact.args[1].contains(sp.nsimplify(_number(fact.args[0], point))))
    if fact in (sp.true, sp.false):
        return bool(fact)
    relations = {sp.Eq: "=", sp.Ne: "!=", sp.Lt: "<", sp.Le: "<=", sp.Gt: ">", sp.Ge: ">="}
    return _compare(relations[type(fact)], _number(fact.lhs, point), _number(fact.rhs, point))


def _is_admitted(name: Any, value: Any) -> bool:
    value = sp.sympify(value)
    assumed = name.assumptions0 if isinstance(name, Symbol) else name.base.label.assumptions0
    return all(
        getattr(value, f"is_{key}") is is_so
        for key, is_so in assumed.items()
        if key in ("positive", "negative", "integer", "nonnegative", "real") and is_so
    )
