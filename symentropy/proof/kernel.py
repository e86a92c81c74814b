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

from collections.abc import Mapping, Sequence
from typing import Any

from sympy import Basic, Derivative, Dummy, Eq, Expr, Function, Gt, Integral, Le, Lt, S, Subs, Sum, Symbol, Tuple, false, log, oo
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from symentropy.distribution import resolve
from symentropy.errors import InvalidStep, SymentropyError
from symentropy.exact import shown
from symentropy.expectation import Expectation
from symentropy.law import Law, is_private
from symentropy.proof.calculus import derivative, is_continuous_at, is_convex_in, is_open_in
from symentropy.proof.canonical import is_zero, unfolded
from symentropy.proof.checks import WEAK, Equality, Rule, domain, require, require_defined, require_no_premises, require_zero
from symentropy.proof.claim import RELATIONS, Claim, Each, Proof, Step
from symentropy.proof.constants import compared
from symentropy.proof.definedness import undischarged
from symentropy.proof.densities import average, expectation, gibbs, infinite, linearity, moment, require_distributions
from symentropy.proof.domain import Domain
from symentropy.proof.equations import equation
from symentropy.proof.joint import joint, joint_moment
from symentropy.proof.substitution import Capture, admits, bound_symbols, substituted, with_names
from symentropy.proof.tilting import tilted
from symentropy.proof.unfolding import FOLDED
from symentropy.proof.witness import checked_witness
from symentropy.proof.witness_values import NoValue, Point
from symentropy.quantities import KLDivergence
from symentropy.quantity import Quantity
from symentropy.smooth import NotDifferentiable

STRICT = frozenset("<>")
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


def difference(claim: Claim) -> Expr:
    """Return the greater side minus the smaller one (for = and != the left minus the right), nouns unfolded."""
    return unfolded(claim.difference)


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


def derivative_of(step: Step, premises: Sequence[Step]) -> Equality:
    """Derivative(f, x) = g where g is the derivative, and the hypotheses leave room around x; with Subs both at a point of the domain.

    Premises say what nouns in f are.
    """
    claim, points = step.claim, domain(step.claim)
    is_at_point = isinstance(claim.lhs, Subs)
    slope, at = (claim.lhs.expr, dict(zip(claim.lhs.variables, claim.lhs.point, strict=True))) if is_at_point else (claim.lhs, {})
    require(claim.relation == "=" and isinstance(slope, Derivative) and not step.arguments, "the left side is not a derivative")
    function = unfolded(slope.expr).xreplace(_values_of_nouns(slope.expr, premises, claim.hypotheses))
    for variable in slope.variables:
        require_open(variable, claim.hypotheses)
        require_defined(points, function)
        function = derivative(function, variable, points)
    require_defined(points, function)
    for name, value in at.items():
        require(not (claim.rhs.has(*at) or value.has(*at)), "the value at the point depends on what is bound")
        require_defined(points, value)
        require(admits(name, value, points), f"{shown(value)} is not shown to be a value of {shown(name)}")
    for fact in claim.hypotheses if at else ():
        require(not fact.has(*at) or points.implies(substituted(fact, at)), f"{shown(fact)} is not shown at the point")
    found = substituted(function, at)
    require_defined(points, found, claim.rhs)
    require_zero(found - claim.rhs, points, "the right side is not the derivative")
    return None


def _values_of_nouns(expression: Expr, premises: Sequence[Step], hypotheses: Sequence[Boolean]) -> dict[Expr, Expr]:
    """Return the nouns in an expression, with what premises say that they are wherever the hypotheses hold."""
    bound, values = bound_symbols(expression), {}
    for premise in premises:
        noun = premise.claim.lhs
        require(premise.claim.relation == "=" and isinstance(noun, Quantity), "a premise does not say what a noun is")
        _require_finite(premise)
        require(premise.claim.hypotheses == tuple(hypotheses), "a premise has other hypotheses")
        require(not noun.free_symbols & bound, f"a variable of {shown(noun)} is bound elsewhere")
        require(noun not in values and expression.has(noun), "a premise is about another noun")
        values[noun] = premise.claim.rhs
    return values


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
            require(_lies_in(value, ends, points), f"{shown(value)} is not shown to be in the range of the hypothesis")
        particular = substituted(general.relation, chosen)
        require(particular == relation, "the hypothesis does not say this")
        return None
    require_no_premises(step, premises)
    if relation not in claim.hypotheses:
        require_defined(points, claim.lhs, claim.rhs)
        require(points.implies(relation), "it does not follow from the hypotheses")
    return None


def _lies_in(value: Expr, limit: Sequence[Basic], points: Domain) -> bool:
    if len(limit) == 2:
        low, high = limit
        return points.is_integer(value) and points.implies(Le(low, value)) and points.implies(Le(value, high))
    interval = limit[0]
    below = Lt if interval.left_open else Le
    above = Lt if interval.right_open else Le
    is_above = interval.start == -oo or points.implies(below(interval.start, value))
    return is_above and (interval.end == oo or points.implies(above(value, interval.end)))


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
        _require_finite(premise, equated)
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


def total(step: Step, premises: Sequence[Step]) -> Equality:
    """A relation for each index of a finite range may be summed; arguments: the index and the ends of its range."""
    claim, points = step.claim, domain(step.claim)
    require(len(premises) == 1 and len(step.arguments) == 3, "it takes one premise, an index and its range")
    premise, (index, low, high) = premises[0], step.arguments
    _require_indexed(premise.claim, claim, index, low, high, points)
    relation = premise.claim.relation
    require(relation != "!=", "nothing adds up from !=")
    _require_finite(premise)
    for side, own in ((premise.claim.lhs, claim.lhs), (premise.claim.rhs, claim.rhs)):
        require_zero(own - Sum(side, (index, low, high)), points, "a side is not the sum of that of the premise")
    is_empty = not points.implies(Le(low, high))
    require(claim.relation in (relation, relation + "="), "the relation is another one")
    require(claim.relation not in STRICT or not is_empty, "the sum may be empty")
    if claim.relation not in WEAK or relation not in WEAK or premise.equality is None:
        return None
    if is_empty and not all(condition.has(index) for condition in premise.equality):
        return None  # without an index there is equality whatever the condition
    return tuple(Each(condition, (index, low, high)) if condition.has(index) else condition for condition in premise.equality)


def single_term(step: Step, premises: Sequence[Step]) -> Equality:
    """A sum of terms >= 0 is at least each of them; arguments: the index, the ends of its range, and the term's place."""
    claim, points = step.claim, domain(step.claim)
    require(
        len(premises) == 1 and len(step.arguments) == 4 and claim.relation == ">=", "it takes one premise, an index, its range and a place"
    )
    premise, (index, low, high, place) = premises[0], step.arguments
    _require_indexed(premise.claim, claim, index, low, high, points)
    _require_finite(premise)
    require(premise.claim.relation in (">=", ">", "=") and premise.claim.rhs == 0, "it needs terms >= 0")
    require(_lies_in(place, (low, high), points), f"{shown(place)} is not shown to be in the range")
    term = premise.claim.lhs
    require_zero(claim.lhs - Sum(term, (index, low, high)), points, "the left side is not the sum")
    require_zero(claim.rhs - substituted(term, {index: place}), points, "the right side is not the term")
    return None


def _require_indexed(premise: Claim, claim: Claim, index: Basic, low: Basic, high: Basic, points: Domain) -> None:
    """Refuse a premise that is not about each integer of a finite range."""
    require(isinstance(index, Symbol) and bool(index.is_integer), "the index is not an integer symbol")
    place = Dummy("i", integer=True)
    require(admits(index, place, points.under(*between(place, low, high))), "the index does not stand for each integer of the range")
    require(index not in claim.free_symbols | low.free_symbols | high.free_symbols, "the index occurs in the claim")
    require(premise.hypotheses == (*claim.hypotheses, *between(index, low, high)), "the premise has other hypotheses")
    require(points.is_integer(low) and points.is_integer(high), "the range is not one of integers")
    require(points.implies(Le(low, high + 1)), "the range may be reversed")


def split(step: Step, premises: Sequence[Step]) -> Equality:
    """A finite sum is that of f(i) up to c and that of f(i + k) from c + 1 - k on; arguments: c and k."""
    require_no_premises(step, premises, 2)
    claim, points, (end, shift) = step.claim, domain(step.claim), step.arguments
    require(claim.relation == "=" and isinstance(claim.lhs, Sum) and len(claim.lhs.limits) == 1, "it takes a sum over one index apart")
    f, (index, low, high) = claim.lhs.function, claim.lhs.limits[0]
    require_defined(points, end, shift)
    require(all(map(points.is_integer, (low, high, end, shift))) and not shift.has(index), "a place is not an integer")
    require(points.implies(Le(low, end + 1)) and points.implies(Le(end, high)), "the first part may not end within the range")
    rest = Sum(substituted(f, {index: index + shift}), (index, end + 1 - shift, high - shift))
    require_defined(points, claim.lhs, claim.rhs)
    require_zero(claim.rhs - Sum(f, (index, low, end)) - rest, points, "the right side is not the sum of these parts")
    return None


def integral(step: Step, premises: Sequence[Step]) -> Equality:
    """What holds throughout a range holds for integrals, or endless sums; arguments: a variable, its ends, (coefficient, integrand) pairs.

    The premise's difference is that combination of integrands, and the claim's that of their integrals. An integrand is given by a
    hypothesis ``Eq(Integral(f, (x, a, b)), v)`` or ``Eq(Sum(...), v)``, which says that it converges, or by a family: its density.
    """
    claim, points = step.claim, domain(step.claim)
    require(len(premises) == 1 and len(step.arguments) > 3, "it takes one premise, a variable with its range, and pairs")
    premise, (x, low, high, *pairs) = premises[0], step.arguments
    inside = within(x, low, high)
    is_right = high == oo or low == -oo or (not x.is_integer and points.implies(Le(low, high)))
    require(is_right, "the range may be reversed, or is one of finitely many integers")
    are_integers = all(end.is_infinite or points.is_integer(end) for end in (low, high))
    require(are_integers or not x.is_integer, "the range is not one of integers")
    place = Dummy("x", integer=True) if x.is_integer else Dummy("x", real=True)
    require(admits(x, place, points.under(*within(place, low, high))), "the variable does not stand for each number of the range")
    require(x not in claim.free_symbols | low.free_symbols | high.free_symbols, "the variable occurs in the claim")
    require(premise.claim.hypotheses == (*claim.hypotheses, *inside), "the premise has other hypotheses")
    _require_finite(premise)
    local = domain(premise.claim)
    integrand, value = S.Zero, S.Zero
    for pair in pairs:
        is_pair = isinstance(pair, Tuple) and len(pair) == 2
        require(is_pair and x not in pair.free_symbols, "a coefficient depends on the variable, or a parameter does")
        f, total = _integrated(pair[1], (x, low, high), claim)
        require_defined(points, pair[0], total)
        require_defined(local, f)
        integrand, value = integrand + pair[0] * f, value + pair[0] * total
    require_defined(points, claim.lhs, claim.rhs)
    require_zero(premise.claim.difference - integrand, local, "the difference of the premise is not this combination")
    require_zero(claim.difference - value, points, "the difference of the sides is not that combination of the integrals")
    relation = premise.claim.relation
    require(relation != "!=", "nothing adds up from !=")
    require(claim.relation in WEAK or relation == claim.relation == "=", "it does not prove that relation")
    if relation not in WEAK or premise.equality is None or not x.is_integer:  # integrals do not notice single points
        return None
    return tuple(Each(condition, (x, low, high)) if condition.has(x) else condition for condition in premise.equality)


def within(variable: Expr, low: Expr, high: Expr) -> tuple[Boolean, ...]:
    """Return the hypotheses that a variable lies in a range: between integers, or inside an interval."""
    kind = Le if variable.is_integer else Lt
    facts = ((low, kind(low, variable, evaluate=False)), (high, kind(variable, high, evaluate=False)))
    return tuple(fact for end, fact in facts if not end.is_infinite)


def _integrated(known: Basic, limits: tuple[Any, Expr, Expr], claim: Claim) -> tuple[Expr, Expr]:
    """Return an integrand and its integral over a range: what a hypothesis says, or the density of a family and 1."""
    x, *ends = limits
    if isinstance(known, Eq):
        require(known in claim.hypotheses, "an integral is not that of a hypothesis")
        whole, value = known.args
        require(isinstance(whole, Sum if x.is_integer else Integral), "a hypothesis is not about an integral, or a sum, as needed")
        require(len(whole.limits) == 1 and len(whole.limits[0]) == 3, "a hypothesis is about several variables, or no range")
        require(list(whole.limits[0][1:]) == ends, "a hypothesis is about another range")
        return substituted(whole.function, {whole.limits[0][0]: x}), value
    require_distributions([known], domain(claim))
    law = resolve(known)
    require(isinstance(law, Law) and len(law.limits) == 1 and law.is_discrete == bool(x.is_integer), "a density is of another kind")
    require(list(law.limits[0][1:]) == ends, "a density is about another range")
    return substituted(law.density, {law.limits[0][0]: x}), S.One


def between(index: Expr, low: Expr, high: Expr) -> tuple[Boolean, Boolean]:
    """Return the hypotheses that an index lies in a range."""
    return Le(low, index, evaluate=False), Le(index, high, evaluate=False)


def mean_value(step: Step, premises: Sequence[Step]) -> Equality:
    """f >= 0 on an interval, from f >= 0 at a point c of it, f' >= 0 where x > c and f' <= 0 where x < c.

    Arguments: x and c. Premises: the claim at x = c; then f' >= 0 (or > or =) under x > c, unless no such x is admitted; then the same for
    f' <= 0 under x < c.
    """
    claim, points = step.claim, domain(step.claim)
    require(len(step.arguments) == 2 and bool(premises), "it takes a variable and a point, and premises")
    x, c = step.arguments
    require(claim.relation != "!=", "it does not prove !=")
    require(not c.has(x) and is_convex_in(x, claim.hypotheses), "the hypotheses do not say that the variable lies in an interval")
    require_defined(points, claim.lhs, claim.rhs, c)
    for fact in claim.hypotheses:
        if fact.has(x):
            require(points.implies(substituted(fact, {x: c})), f"{shown(c)} may lie outside the domain")
    require(admits(x, c, points), f"{shown(c)} is not a value of {shown(x)}")
    function = difference(claim)
    at_point, *slopes = premises
    require(at_point.claim.hypotheses == claim.hypotheses, "the claim at the point has other hypotheses")
    require(is_continuous_at(function, x, c, points), "an unknown function may jump at the point")
    for premise in premises:
        _require_finite(premise)
    require_zero(at_point.claim.difference - substituted(function, {x: c}), points, "the first premise is not the claim at the point")
    sides = [(Gt(x, c, evaluate=False), 1), (Lt(x, c, evaluate=False), -1)]
    needed = [(side, direction) for side, direction in sides if not points.under(side).is_contradictory()]
    require(len(slopes) == len(needed), f"it needs {len(needed)} premises about the derivative")
    relations = [at_point.claim.relation]
    for (side, direction), slope in zip(needed, slopes, strict=True):
        require(slope.claim.hypotheses == (*claim.hypotheses, side), "a premise about the derivative has other hypotheses")
        local = domain(slope.claim)
        slope_of_f = derivative(function, x, local)
        require_defined(local, slope_of_f)
        towards = slope.claim.difference
        require_zero(towards - direction * slope_of_f, local, "a premise is not about the derivative")
        relations.append(slope.claim.relation)
    require("!=" not in relations, "nothing follows from !=")
    return _monotone(claim, relations, x, c, points)


def _monotone(claim: Claim, relations: Sequence[str], x: Expr, c: Expr, points: Domain) -> Equality:
    """Return when f is 0, from how f(c) and the slopes away from c compare with 0."""
    value, *slopes = relations
    if claim.relation == "=":
        require(set(relations) == {"="}, "an equation needs equations")
        return None
    is_strict_away = all(slope in STRICT for slope in slopes)
    is_strict = value in STRICT or (is_strict_away and points.is_nonzero(x - c))
    require(claim.relation in WEAK or is_strict, "it is not shown to be strict")
    if claim.relation not in WEAK:
        return None
    if value in STRICT:
        return (false,)
    return (equation(x, c, points),) if value == "=" and is_strict_away else None


def differentiate(step: Step, premises: Sequence[Step]) -> Equality:
    """Two sides that are equal around every x have equal derivatives; argument: x. One side may be named as a derivative."""
    claim, points = step.claim, domain(step.claim)
    require(len(premises) == 1 and len(step.arguments) == 1 and claim.relation == "=", "it takes one equation and a variable")
    premise, (x,) = premises[0].claim, step.arguments
    require(premise.relation == "=" and premise.hypotheses == claim.hypotheses, "the premise is not an equation with the same hypotheses")
    require_open(x, claim.hypotheses)
    _require_finite(premises[0])
    named = [own == Derivative(side, x) for side, own in ((premise.lhs, claim.lhs), (premise.rhs, claim.rhs))]
    require(not all(named), "no side is shown to have a derivative")
    for side, own, is_named in zip((premise.lhs, premise.rhs), (claim.lhs, claim.rhs), named, strict=True):
        if is_named:  # it exists, as the other side has one
            continue
        slope = derivative(unfolded(side), x, points)
        require_defined(points, slope, own)
        require_zero(own - slope, points, "a side is not the derivative of that of the premise")
    return None


def require_open(x: Basic, hypotheses: Sequence[Boolean]) -> None:
    """Refuse a variable that the hypotheses may confine to less than an open set."""
    require(isinstance(x, Symbol) and is_open_in(x, hypotheses), "the hypotheses may leave no room around the variable")


def instance(step: Step, premises: Sequence[Step]) -> Equality:
    """What holds for all values of symbols holds for some of them; arguments: pairs of a symbol and its value, none to add hypotheses.

    A weak inequality is a strict one where the hypotheses exclude one of its conditions of equality.
    """
    claim, points = step.claim, domain(step.claim)
    require(len(premises) == 1, "it takes one premise")
    premise = premises[0]
    _require_finite(premise)
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
        _require_finite(premise)
        own = premise.claim
        require(own.hypotheses == (*claim.hypotheses, case), "a premise is about another case")
        require((own.lhs, own.relation, own.rhs) == (claim.lhs, claim.relation, claim.rhs), "a premise is another claim")
    return None


def _require_finite(premise: Step, known: Mapping[Expr, Expr] | None = None) -> None:
    """Refuse a premise with a side that may be oo, with which nothing is computed; ``known`` are nouns that are shown to be numbers."""
    sides, points = [side.xreplace(known or {}) for side in (premise.claim.lhs, premise.claim.rhs)], domain(premise.claim)
    is_finite = premise.rule not in EXTENDED or not any(undischarged(side, points) for side in sides)
    totals = {total: S.One for side in sides for total in side.atoms(Integral, Sum)}  # whose limits are no values
    require(is_finite and not any(side.xreplace(totals).has(oo, -oo) for side in sides), "a premise may be infinite")


#: Rules whose conclusions about nouns may have a side that is oo.
EXTENDED = frozenset(("gibbs", "enclosure", "infinite"))
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
