"""The kernel: the rules of proof, and `verify`, which replays a proof with them alone.

Main definitions
----------------
* `RULES`, the rules by name. A rule looks at a step and at its premises, and returns the conditions of equality; what it cannot check it
  refuses with `InvalidStep`.
* `conclude`, a step that a rule accepts; the search builds proofs with it.
* `verify`, which checks every step of a proof.

Main statements
---------------
A claim is about every point that its hypotheses admit: both sides are defined there and the relation holds (see
`symentropy.proof.claim`). Each rule preserves this. Nothing that a step says is believed: conditions of equality are computed
again, every step must be used, and premises must have exactly the hypotheses that the rule gives them.

What is trusted besides the rules: the zero test (`symentropy.proof.canonical`), the signs (`symentropy.proof.domain`), the obligations
(`symentropy.proof.definedness`), certified enclosures, SymPy's ``diff`` and ``xreplace``, and Python.

Left out on purpose: how proofs are found.

Reference: J. Harrison, HOL Light: an overview, TPHOLs 2009 (a small kernel that everything goes through).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sympy import Basic, Derivative, Dummy, Eq, Expr, Function, Integral, S, Subs, Sum, Tuple, false, log, oo
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from symentropy.errors import InvalidStep, SymentropyError
from symentropy.exact import shown
from symentropy.expectation import Expectation
from symentropy.law import is_private
from symentropy.proof.analysis import derivative_of, differentiate, mean_value
from symentropy.proof.canonical import is_zero, unfolded
from symentropy.proof.checks import (
    STRICT,
    WEAK,
    Equality,
    Rule,
    difference,
    domain,
    lies_in,
    require,
    require_defined,
    require_finite,
    require_no_premises,
    require_zero,
)
from symentropy.proof.claim import RELATIONS, Claim, Each, Proof, Step
from symentropy.proof.constants import compared
from symentropy.proof.densities import average, expectation, gibbs, infinite, linearity, moment, require_distributions
from symentropy.proof.domain import Domain
from symentropy.proof.equations import equation
from symentropy.proof.joint import joint, joint_moment
from symentropy.proof.substitution import Capture, admits, substituted, with_names
from symentropy.proof.tilting import tilted
from symentropy.proof.totals import integral, single_term, split, total
from symentropy.proof.unfolding import FOLDED
from symentropy.proof.witness import checked_witness
from symentropy.proof.witness_values import NoValue, Point
from symentropy.quantities import KLDivergence
from symentropy.quantity import Quantity
from symentropy.smooth import NotDifferentiable

#: Operations beyond which it is not asked when an expression is 0.
MAX_OPERATIONS = 40
#: What follows from a sign of the greater side minus the smaller one (for = and !=, of the left side minus the right one).
SIGNS: dict[str, frozenset[str]] = {
    "=": frozenset(("=",)),
    "!=": frozenset(("!=", "<", ">")),
    "<": frozenset((">",)),
    ">": frozenset((">",)),
    "<=": frozenset((">", ">=", "=")),
    ">=": frozenset((">", ">=", "=")),
}


#: The signs of left - right that prove a relation between two numbers.
ORDERS: dict[str, frozenset[int]] = {
    "!=": frozenset((-1, 1)),
    "<": frozenset((-1,)),
    "<=": frozenset((-1,)),
    ">": frozenset((1,)),
    ">=": frozenset((1,)),
}


def verify(proof: Proof) -> Claim:
    """Replay every step of a proof with the kernel alone, and return the claim that it proves.

    Raises `InvalidStep` for the first step that a rule refuses, and for a proof whose last step is not its claim.

    >>> from sympy import Symbol
    >>> x = Symbol("x", positive=True)
    >>> claim = Claim(log(x), "<=", x - 1)
    >>> print(verify(Proof(claim, (Step("log_bound", claim, arguments=(x,), equality=(Eq(x, 1),)),))))
    log(x) <= x - 1 for x > 0
    >>> wrong = Claim(log(x), "<=", x - 2)
    >>> verify(Proof(wrong, (Step("log_bound", wrong, arguments=(x,)),)))
    Traceback (most recent call last):
    ...
    symentropy.errors.InvalidStep: step 1 (log_bound): the right side is not x - 1
    """
    if not isinstance(proof, Proof):
        raise InvalidStep(f"{shown(proof)} is not a proof")
    if not isinstance(proof.steps, tuple) or not proof.steps:
        raise InvalidStep("a proof needs at least one step")
    unused = set(range(len(proof.steps) - 1))
    for place, step in enumerate(proof.steps):
        if not _is_step(step):
            raise InvalidStep(f"step {place + 1} is not a step")
        try:
            if not all(type(k) is int and 0 <= k < place for k in step.premises) or len(set(step.premises)) < len(step.premises):
                raise InvalidStep("its premises are not earlier steps")
            found = _checked(step, [proof.steps[k] for k in step.premises])
        except InvalidStep as error:
            raise InvalidStep(f"step {place + 1} ({shown(step.rule)}): {error}") from None
        if found != step.equality:
            raise InvalidStep(f"step {place + 1} ({step.rule}): the conditions of equality are not those that it has")
        unused -= set(step.premises)
    if unused:
        raise InvalidStep(f"step {min(unused) + 1} is not used")
    if proof.steps[-1].claim != proof.claim:
        raise InvalidStep("the last step is not the claim")
    return proof.claim


def _is_step(step: Any) -> bool:
    """Whether an object has the parts of a step; nobody has checked the types of data."""
    return (
        isinstance(step, Step)
        and isinstance(step.rule, str)
        and isinstance(step.claim, Claim)
        and isinstance(step.premises, tuple)
        and all(isinstance(part, tuple) and all(isinstance(item, Basic) for item in part) for part in (step.arguments, step.equality or ()))
    )


def conclude(rule: str, claim: Claim, premises: Sequence[Step] = (), arguments: Sequence[Basic] = ()) -> Equality:
    """Return the conditions of equality of a step that a rule accepts; raise `InvalidStep` for one that it refuses."""
    return _checked(Step(rule, claim, tuple(range(len(premises))), tuple(arguments)), premises)


def _checked(step: Step, premises: Sequence[Step]) -> Equality:
    if step.rule not in RULES:
        raise InvalidStep(f"there is no such rule; these are: {', '.join(RULES)}")
    require(not step.claim.exists or step.rule == "witness", "a claim of existence needs a witness")
    require(not any(premise.claim.exists for premise in premises), "nothing follows from a claim of existence")
    parts = (step.claim.lhs, step.claim.rhs, *step.claim.hypotheses, *step.arguments)
    is_free = any(is_private(symbol) for part in parts for symbol in part.free_symbols)  # data may have such symbols
    require(not is_free, "a symbol is free that is kept for the variables that densities and sums bind")
    try:
        return RULES[step.rule](step, premises)
    except (InvalidStep, MemoryError):
        raise
    except (SymentropyError, NotDifferentiable, Capture, NoValue) as error:
        raise InvalidStep(str(error)) from None
    except Exception as error:  # SymPy raises whatever malformed data runs it into; a step must only be refused
        raise InvalidStep(f"it cannot be checked: {shown(repr(error))}") from error


# The rules that start a proof


def definition(step: Step, premises: Sequence[Step]) -> Equality:
    """A noun is its definition, and a derivative its value: the right side has none of these left, or is oo where the definition is."""
    require_no_premises(step, premises)
    claim = step.claim
    require(claim.relation == "=" and bool(claim.lhs.atoms(*FOLDED)), "it defines a noun on the left side of =")
    if claim.rhs == oo:
        require(isinstance(claim.lhs, Quantity) and unfolded(claim.lhs) == oo, "the definition is not oo")
        return None
    if isinstance(claim.lhs, KLDivergence) and claim.lhs.args[0] == claim.lhs.args[1]:
        require(claim.rhs == 0, "the divergence of a distribution from itself is 0")
        require_distributions(claim.lhs.args, domain(claim))
        return None
    require(unfolded(claim.rhs) == claim.rhs, "the right side still has nouns")
    require_defined(domain(claim), claim.lhs, claim.rhs)
    require_zero(claim.lhs - claim.rhs, domain(claim), "the right side is not the definition")
    return None


def algebra(step: Step, premises: Sequence[Step]) -> Equality:
    """Two sides with equal normal forms are equal; so each is at most the other, with equality always."""
    require_no_premises(step, premises)
    claim = step.claim
    require(claim.relation in ("=", "<=", ">="), "it proves equations only")
    require(unfolded(claim.lhs) == claim.lhs and unfolded(claim.rhs) == claim.rhs, "a noun stands in the way of its definition")
    require_defined(domain(claim), claim.lhs, claim.rhs)
    require_zero(claim.lhs - claim.rhs, domain(claim), "the two sides do not have the same normal form")
    return None if claim.relation == "=" else ()


def hypothesis(step: Step, premises: Sequence[Step]) -> Equality:
    """A hypothesis, what follows from the hypotheses by linear arithmetic, or one about all numbers of an interval, at some of them."""
    claim, points = step.claim, domain(step.claim)
    relation = claim.as_relation()
    if step.arguments:
        require(not premises, "it takes no premises")
        place, *values = step.arguments
        general = claim.hypotheses[int(place)]
        require(isinstance(general, Each) and len(values) == len(general.limits), "it has no hypothesis of that number, for so many values")
        chosen = dict(zip(general.variables, values, strict=True))
        for limit, value in zip(general.limits, values, strict=True):
            require_defined(points, value)
            ends = [substituted(end, chosen) for end in limit[1:]]  # an end may depend on another index
            require(lies_in(value, ends, points), f"{shown(value)} is not shown to be in the range of the hypothesis")
        particular = substituted(general.relation, chosen)
        require(particular == relation, "the hypothesis does not say this")
        return None
    require_no_premises(step, premises)
    if relation not in claim.hypotheses:
        require_defined(points, claim.lhs, claim.rhs)
        require(points.implies(relation), "it does not follow from the hypotheses")
    return None


def sign(step: Step, premises: Sequence[Step]) -> Equality:
    """The sign of the difference of the two sides is visible from the hypotheses."""
    require_no_premises(step, premises)
    claim, points = step.claim, domain(step.claim)
    require(claim.relation != "=", "it proves inequalities only")
    require(bool(claim.lhs.free_symbols | claim.rhs.free_symbols), "numbers are compared by their enclosures")
    require_defined(points, claim.lhs, claim.rhs)
    found = points.sign(difference(claim))
    require(found in SIGNS[claim.relation], "the sign of the difference is not visible")
    if claim.relation not in WEAK:
        return None
    return (false,) if found == ">" else _vanishing(difference(claim), points)


def _vanishing(expression: Expr, points: Domain) -> Equality:
    """Return when an expression is 0, for a short one of which that can be said without functions."""
    if is_zero(expression, points):
        return ()
    condition = equation(expression, S.Zero, points) if expression.count_ops() <= MAX_OPERATIONS else None
    return None if condition is None or condition.has(Function, Sum) else (condition,)


def enclosure(step: Step, premises: Sequence[Step]) -> Equality:
    """Two numbers differ as their certified enclosures do."""
    require_no_premises(step, premises)
    claim = step.claim
    require(not claim.lhs.free_symbols and not claim.rhs.free_symbols, "the sides are not numbers")
    require(claim.relation != "=", "an enclosure does not prove an equation")
    order = _order(claim)
    require(order is not None, "the enclosures are not certified, or overlap")
    require(order in ORDERS[claim.relation], "the enclosures do not show it")
    return (false,) if claim.relation in WEAK else None


def _order(claim: Claim) -> int | None:
    """Return the sign of left - right where enclosures of the sides, each a real number or infinite, show that it is not 0."""
    sides = [Point({}).value(side) for side in (claim.lhs, claim.rhs)]
    found = compared(*sides)
    return None if found is None else found[2] or None


def finite(step: Step, premises: Sequence[Step]) -> Equality:
    """What is defined is less than oo."""
    require_no_premises(step, premises)
    claim = step.claim
    require(claim.relation == "<" and claim.rhs == oo, "it proves that a side is less than oo")
    require_defined(domain(claim), claim.lhs)
    return None


def log_bound(step: Step, premises: Sequence[Step]) -> Equality:
    """log x <= x - 1 for x > 0, with equality exactly for x = 1."""
    require_no_premises(step, premises, 1)
    claim, points, (x,) = step.claim, domain(step.claim), step.arguments
    require(isinstance(x, Expr) and claim.relation in ("<", "<="), "it proves log x <= x - 1 or log x < x - 1")
    require_defined(points, log(x), claim.lhs, claim.rhs)
    require_zero(claim.lhs - log(x), points, f"the left side is not log({shown(x)})")
    require_zero(claim.rhs - (x - 1), points, f"the right side is not {shown(x)} - 1")
    if claim.relation == "<":
        require(points.is_nonzero(x - 1), f"{shown(x)} may be 1")
        return None
    return (equation(x, S.One, points),)


def witness(step: Step, premises: Sequence[Step]) -> Equality:
    """A claim of existence holds at an exact point."""
    require(not premises and step.claim.exists, "it proves claims of existence, without premises")
    values = _values(step)
    require(checked_witness(step.claim, values) is not None, "the point does not show it")
    return None


def _values(step: Step) -> dict[Any, Any]:
    """Return the values of symbols that the arguments give in pairs."""
    are_pairs = all(isinstance(pair, Tuple) and len(pair) == 2 for pair in step.arguments)
    require(are_pairs, "the arguments are not pairs of a symbol and its value")
    values = dict(step.arguments)
    require(len(values) == len(step.arguments), "a symbol has two values")
    return values


# The rules that combine


def combination(step: Step, premises: Sequence[Step]) -> Equality:
    """The difference of the sides is a combination of the premises' differences; inequalities have multipliers >= 0."""
    claim, points = step.claim, domain(step.claim)
    require(bool(premises) and len(step.arguments) == len(premises), "it takes premises and a multiplier for each")
    equated = {premise.claim.lhs: Dummy("H", real=True) for premise in premises if _is_equation_of_a_noun(premise)}
    require_defined(points, *(with_names(part, equated) for part in (claim.lhs, claim.rhs, *step.arguments)))
    total = S.Zero
    equality: Equality = ()
    is_strict = False
    for premise, multiplier in zip(premises, step.arguments, strict=True):
        require_finite(premise, equated)
        require(premise.claim.hypotheses == claim.hypotheses, "a premise has other hypotheses")
        relation = premise.claim.relation
        require(relation != "!=", "nothing adds up from !=")
        require(premise.rule != "algebra", "what algebra shows needs no premise")
        total += multiplier * premise.claim.difference
        if relation == "=":
            continue
        require(points.is_nonnegative(multiplier), f"the multiplier {shown(multiplier)} may be negative")
        is_positive = points.is_positive(multiplier)
        is_strict = is_strict or (is_positive and (relation in STRICT or premise.equality == (false,)))
        known = (false,) if relation in STRICT else premise.equality
        equality = None if equality is None or known is None or not is_positive else (*equality, *known)
    all_equal = all(premise.claim.relation == "=" for premise in premises)
    rest = with_names(claim.difference - total, equated)  # a noun with a premise about it is a number like any other
    require_zero(rest, points, "the difference of the sides is not this combination")
    if claim.relation == "=":
        require(all_equal, "an equation does not follow from inequalities")
        return None
    require(claim.relation in WEAK or is_strict, "it is not shown to be strict")
    if claim.relation not in WEAK:
        return None
    if is_strict:
        return (false,)
    return None if equality is None or all_equal else tuple(dict.fromkeys(equality))


def _is_equation_of_a_noun(premise: Step) -> bool:
    """Whether a premise says that a noun, an expectation, an integral, an infinite sum or a derivative is a number that it equals."""
    side = premise.claim.lhs
    is_endless = isinstance(side, Integral) or (isinstance(side, Sum) and any(limit.has(oo) for limit in side.limits))
    is_noun = premise.rule == "definition" or is_endless or isinstance(side, (Quantity, Expectation, Derivative, Subs))
    return premise.claim.relation == "=" and premise.rule in EQUATIONS and is_noun


def instance(step: Step, premises: Sequence[Step]) -> Equality:
    """What holds for all values of symbols holds for some of them; arguments: pairs of a symbol and its value, none to add hypotheses.

    A weak inequality is a strict one where the hypotheses exclude one of its conditions of equality.
    """
    claim, points = step.claim, domain(step.claim)
    require(len(premises) == 1, "it takes one premise")
    premise = premises[0]
    require_finite(premise)
    values = _values(step)
    for name, value in values.items():
        if isinstance(value, Expr):
            require_defined(points, value)
        require(admits(name, value, points), f"{shown(value)} is not shown to be a value of {shown(name)}")
    for fact in premise.claim.hypotheses:
        particular = substituted(fact, values)
        require(particular in claim.hypotheses or points.implies(particular), f"{shown(particular)} does not follow from the hypotheses")
    equality = None if premise.equality is None else tuple(substituted(condition, values) for condition in premise.equality)
    is_strict = equality is not None and any(_fails(condition, points) for condition in equality)
    require(
        claim.relation == premise.claim.relation or (is_strict and claim.relation + "=" == premise.claim.relation),
        "the relation is another one",
    )
    for side, own in ((premise.claim.lhs, claim.lhs), (premise.claim.rhs, claim.rhs)):
        particular = substituted(side, values)
        if own != particular:
            require_defined(points, own)
            require_zero(own - particular, points, "a side is not that of the premise")
    if claim.relation not in WEAK:
        return None
    return (false,) if is_strict else equality


def _fails(condition: Boolean, points: Domain) -> bool:
    return condition == false or (isinstance(condition, Eq) and points.is_nonzero(condition.lhs - condition.rhs))


#: Pairs of relations of which one always holds.
_COMPLEMENTS = frozenset(map(frozenset, (("<", ">="), ("<=", ">"), ("=", "!="), ("<=", ">="))))


def cases(step: Step, premises: Sequence[Step]) -> Equality:
    """What holds under each of two hypotheses, of which one is always true, holds; arguments: the two hypotheses."""
    claim = step.claim
    require(len(premises) == 2 and len(step.arguments) == 2, "it takes two premises and two cases")
    first, second = step.arguments
    signs = {kind: sign for sign, kind in RELATIONS.items()}
    require(
        isinstance(first, Relational) and isinstance(second, Relational) and first.args == second.args,
        "the cases are not about the same two sides",
    )
    require(frozenset((signs[type(first)], signs[type(second)])) in _COMPLEMENTS, "the cases leave something out")
    require_defined(domain(claim), *first.args)
    for premise, case in zip(premises, (first, second), strict=True):
        require_finite(premise)
        own = premise.claim
        require(own.hypotheses == (*claim.hypotheses, case), "a premise is about another case")
        require((own.lhs, own.relation, own.rhs) == (claim.lhs, claim.relation, claim.rhs), "a premise is another claim")
    return None


#: Rules whose equations say what a noun, an expectation or a derivative is, which is then a number like any other.
EQUATIONS = frozenset(
    (
        *("definition", "expectation", "average", "linearity", "moment", "tilted", "joint", "joint_moment"),
        *("combination", "derivative", "differentiate"),
    )
)

RULES: dict[str, Rule] = {
    "definition": definition,
    "algebra": algebra,
    "derivative": derivative_of,
    "hypothesis": hypothesis,
    "sign": sign,
    "enclosure": enclosure,
    "finite": finite,
    "log_bound": log_bound,
    "gibbs": gibbs,
    "expectation": expectation,
    "average": average,
    "linearity": linearity,
    "moment": moment,
    "tilted": tilted,
    "infinite": infinite,
    "joint": joint,
    "joint_moment": joint_moment,
    "witness": witness,
    "combination": combination,
    "total": total,
    "single_term": single_term,
    "split": split,
    "integral": integral,
    "mean_value": mean_value,
    "differentiate": differentiate,
    "instance": instance,
    "cases": cases,
}
