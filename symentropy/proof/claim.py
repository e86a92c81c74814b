"""Claims, the steps of proofs, witnesses and verdicts: frozen data.

Main definitions
----------------
* `Each`, a relation for every index, as in ``0 < p[i] for i = 1, ..., n``, or for every number of an interval.
* `Claim`: a relation between two expressions, under hypotheses that are always part of it.
* `Step` and `Proof`: claims, each with the rule that it follows by; nothing here is believed (see `symentropy.proof.kernel`).
* `Witness`, exact values at which a claim fails, or at which a claim of existence holds; `Verdict`, what became of a claim; `Slip`, the
  mistake behind a wrong answer.

A claim is about all points that satisfy its hypotheses and the assumptions of its symbols: at each of them both sides are defined and
the relation holds. With ``exists``, it is about one such point.

Left out on purpose: how anything is checked or found.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from sympy import (
    And,
    Basic,
    Contains,
    Eq,
    Expr,
    Ge,
    Gt,
    Le,
    Lt,
    Ne,
    Symbol,
    Tuple,
    false,
    true,
)
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from symentropy.code import function_source
from symentropy.display import ipython_text
from symentropy.errors import DomainError, NoClosedForm
from symentropy.evaluation.enclosure import Enclosure
from symentropy.exact import exact, shown, without_floats
from symentropy.finite import Finite
from symentropy.law import bound_symbol
from symentropy.proof.encoding import decode, encode, reading, register
from symentropy.proof.writing import (
    assumption,
    claim_latex,
    claim_text,
    each_latex,
    each_text,
    proof_latex,
    proof_markdown,
    proof_text,
    verdict_markdown,
    verdict_text,
    witness_latex,
    witness_text,
)

#: Each relation and its SymPy class.
RELATIONS: dict[str, type[Relational]] = {"=": Eq, "!=": Ne, "<": Lt, "<=": Le, ">": Gt, ">=": Ge}
#: Other spellings.
_SPELLINGS = {"==": "=", "≠": "!=", "≤": "<=", "≥": ">="}
#: The relation that says the same with the sides exchanged.
MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
#: The relation that holds where the first does not.
NEGATED = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}

Outcome = Literal["proved", "refuted", "undecided"]


@register
class Each(Boolean):
    """A relation for every value of its bound variables: ``Each(0 < p[i], (i, 1, n))``, or ``Each(relation, (x, Interval(0, 1)))``.

    Bound variables are private, so that no substitution reaches them; a clash of names is impossible. A statement for each index about
    such a statement is one about all pairs of indices.

    >>> from sympy import IndexedBase, Lt, symbols
    >>> i, j, n = symbols("i j n", integer=True)
    >>> p = IndexedBase("p")
    >>> fact = Each(Lt(0, p[i]), (i, 1, n))
    >>> fact, fact == Each(Lt(0, p[j]), (j, 1, n)), sorted(map(str, fact.free_symbols))
    (0 < p[i] for i = 1, ..., n, True, ['n', 'p'])
    """

    __slots__ = ()

    def __new__(cls, relation: Boolean, *limits: Any) -> Each:
        if isinstance(relation, Each):  # for each i, for each j
            return cls(relation.relation, *relation.limits, *limits)
        made = [Tuple(*limit) for limit in limits]
        if not made or not all(len(limit) in (2, 3) and isinstance(limit[0], Symbol) for limit in made):
            raise DomainError("the limits of a statement for each index are (i, 1, n), and for each number (x, Interval(0, 1))")
        if relation.atoms(Each):
            raise DomainError("a statement for each index is about a relation, not about another such statement")
        names = [limit[0] for limit in made]
        if len(set(names)) < len(names) or any(end.has(limit[0]) for limit in made for end in limit[1:]):
            raise DomainError("a statement for each index binds different variables, whose ranges do not contain them")
        private = {
            limit[0]: bound_symbol("i", place, integer=True) if len(limit) == 3 else bound_symbol("x", place, real=True)
            for place, limit in enumerate(made)
        }
        if isinstance(relation, Relational):  # unevaluated: SymPy sees that 0 < p[i] for positive p, and would forget the statement
            inner: Boolean = relation.func(*(side.xreplace(private) for side in relation.args), evaluate=False)
        else:
            inner = relation.xreplace(private)
        return Basic.__new__(cls, inner, *(limit.xreplace(private) for limit in made))

    @property
    def relation(self) -> Boolean:
        """The relation, in the bound variables."""
        return self.args[0]

    @property
    def limits(self) -> tuple[Tuple, ...]:
        """The bound variables with their ranges."""
        return self.args[1:]

    @property
    def variables(self) -> tuple[Symbol, ...]:
        """The bound variables."""
        return tuple(limit[0] for limit in self.limits)

    @property
    def free_symbols(self) -> set[Basic]:
        """The symbols of the relation and the ranges without the bound variables."""
        found: set[Basic] = set().union(*(argument.free_symbols for argument in self.args))
        return {s for s in found if not (s.free_symbols & set(self.variables))}

    @property
    def binary_symbols(self) -> set[Basic]:
        """Nothing here is a truth value."""
        return set()

    def _sympystr(self, printer: Any) -> str:
        return each_text(self, printer._print)

    def _latex(self, printer: Any) -> str:
        return each_latex(self, printer._print)


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation between two expressions at all points that satisfy the hypotheses (with ``exists``: at one of them).

    Parameters
    ----------
    lhs, rhs
        Exact SymPy expressions, or exact numbers; oo is allowed as a side of its own.
    relation
        One of ``=  !=  <  <=  >  >=``, or a SymPy relation class.
    hypotheses
        SymPy relations, `Each`, or ``Contains(n, S.Naturals)``. What the pmfs in the claim take for granted is added to them.
    exists
        Whether the claim is that the relation holds at some admissible point.

    >>> from sympy.abc import p
    >>> from symentropy import Entropy
    >>> print(Claim(Entropy([p, 1 - p]), ">=", 0))
    H([p, 1 - p]) >= 0 for 0 < p < 1
    >>> Claim(p, "<", p, [Lt(1, 0)])
    Traceback (most recent call last):
    ...
    symentropy.errors.DomainError: a hypothesis is false: nothing satisfies it
    """

    lhs: Expr
    relation: str
    rhs: Expr
    hypotheses: tuple[Boolean, ...] = ()
    exists: bool = False

    def __post_init__(self) -> None:
        set_field = object.__setattr__
        set_field(self, "lhs", exact(self.lhs, "the left side of the claim"))
        set_field(self, "rhs", exact(self.rhs, "the right side of the claim"))
        set_field(self, "relation", relation_sign(self.relation))
        given = checked_hypotheses(self.hypotheses)
        own = [fact for side in (self.lhs, self.rhs) for fact in hypotheses_of(side)]
        set_field(self, "hypotheses", tuple(dict.fromkeys([*given, *own])))
        set_field(self, "exists", bool(self.exists))

    @property
    def difference(self) -> Expr:
        """The greater side minus the smaller one; for = and != the left side minus the right one."""
        return self.rhs - self.lhs if self.relation in ("<", "<=") else self.lhs - self.rhs

    @property
    def free_symbols(self) -> set[Basic]:
        """The symbols of both sides and of the hypotheses."""
        return set().union(*(part.free_symbols for part in (self.lhs, self.rhs, *self.hypotheses)))

    def as_relation(self) -> Relational:
        """Return the relation as SymPy's, unevaluated."""
        return RELATIONS[self.relation](self.lhs, self.rhs, evaluate=False)

    def under(self, *hypotheses: Any) -> Claim:
        """Return the claim with further hypotheses."""
        return replace(self, hypotheses=(*self.hypotheses, *hypotheses))

    def __str__(self) -> str:
        return claim_text(self)

    _repr_pretty_ = ipython_text

    def _repr_latex_(self) -> str:
        return f"${claim_latex(self)}$"


def relation_sign(relation: Any) -> str:
    """Return the sign of a relation, given as one, as another spelling, or as a SymPy class."""
    if isinstance(relation, str):
        sign = _SPELLINGS.get(relation, relation)
        if sign in RELATIONS:
            return sign
    for sign, kind in RELATIONS.items():
        if relation is kind:
            return sign
    raise DomainError(f"{relation!r} is not a relation: use one of {' '.join(RELATIONS)}")


def checked_hypotheses(hypotheses: Iterable[Any]) -> tuple[Boolean, ...]:
    """Return hypotheses in the form that claims keep: conjunctions taken apart, what is true dropped.

    >>> from sympy.abc import p
    >>> checked_hypotheses([And(0 < p, p < 1)])
    (p > 0, p < 1)
    """
    found: list[Boolean] = []
    for hypothesis in [hypotheses] if isinstance(hypotheses, Basic) else hypotheses:
        if isinstance(hypothesis, And):
            found += checked_hypotheses(sorted(hypothesis.args, key=str, reverse=True))
        elif hypothesis in (true, True):
            continue
        elif hypothesis in (false, False):
            raise DomainError("a hypothesis is false: nothing satisfies it")
        elif isinstance(hypothesis, (Relational, Contains, Each)):
            found.append(without_floats(hypothesis, "a hypothesis"))
        else:
            raise DomainError(f"{shown(hypothesis)} is not a hypothesis: give a relation such as Lt(p, 1) or the text of one")
    return tuple(found)


def hypotheses_of(expression: Basic) -> tuple[Boolean, ...]:
    """Return what the pmfs in an expression take for granted.

    >>> from symentropy import Entropy
    >>> from sympy.abc import n
    >>> [str(fact) for fact in hypotheses_of(Entropy(Finite.symbols("p", n)))]
    ['0 < p[i] for i = 1, ..., n', 'Contains(n, Naturals)', 'Eq(Sum(p[i], (i, 1, n)), 1)']
    """
    found: list[Boolean] = []
    for pmf in sorted(expression.atoms(Finite), key=str):
        bound = pmf.probabilities.variables[0] if pmf.is_indexed else None
        found += [Each(fact, (bound, 1, pmf.size)) if bound in fact.free_symbols else fact for fact in pmf.hypotheses]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Step:
    """A claim and the rule of the kernel that it follows by, from earlier steps (their numbers) and what else the rule needs.

    ``equality``: conditions under which, together, a <= or >= is an equality, and otherwise strict; None where that is not known.

    >>> from symentropy import prove
    >>> step = prove("log x <= x - 1", "x > 0").steps[0]
    >>> step.rule, step.premises, step.equality
    ('log_bound', (), (Eq(x, 1),))
    """

    rule: str
    claim: Claim
    premises: tuple[int, ...] = ()
    arguments: tuple[Basic, ...] = ()
    equality: tuple[Boolean, ...] | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """Steps of which the last one is the claim. Believe it after `symentropy.verify` has replayed it, not before.

    >>> from symentropy import prove, verify
    >>> proof = prove("D([p, 1-p] || [q, 1-q]) >= 0")
    >>> proof.equality_condition, proof.assumptions, verify(Proof.from_json(proof.to_json())) == proof.claim
    (Eq(p, q), (), True)

    Anything can be put into a proof, and nothing follows from that:

    >>> from symentropy import Claim
    >>> proof = Proof(Claim(1, "=", 2), (Step("algebra", Claim(1, "=", 2)),))
    >>> verify(proof)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    symentropy.errors.InvalidStep: step 1 (algebra): ...
    """

    claim: Claim
    steps: tuple[Step, ...]

    @property
    def hypotheses(self) -> tuple[Boolean, ...]:
        """What the claim takes for granted."""
        return self.claim.hypotheses

    @property
    def equality_condition(self) -> Boolean | None:
        """When a proved <= or >= is an equality, where the proof shows it."""
        equality = self.steps[-1].equality
        return None if equality is None else And(*equality, evaluate=False) if len(equality) != 1 else equality[0]

    @property
    def assumptions(self) -> tuple[str, ...]:
        """Facts that the proof uses and does not prove, each with its source."""
        return tuple(dict.fromkeys(text for step in self.steps if (text := assumption(step))))

    def __str__(self) -> str:
        return proof_text(self)

    _repr_pretty_ = ipython_text

    def to_latex(self) -> str:
        """Return the proof as an aligned chain in LaTeX, with a reason beside each line."""
        return proof_latex(self)

    def to_markdown(self) -> str:
        """Return the proof as Markdown with displayed math."""
        return proof_markdown(self)

    _repr_markdown_ = to_markdown

    def to_python(self) -> str:
        """Return the source of a plain Python function that computes the right side of a proved equation; see `symentropy.to_python`.

        Raises `NoClosedForm` for another claim, and where the right side is not a closed form in the parameters.
        """
        if self.claim.relation != "=":
            raise NoClosedForm(f"{self.claim} is not an equation: only a closed form, such as derive(noun) proves, becomes a function")
        return function_source(self.claim.lhs, self.claim.rhs, self.claim.hypotheses)

    def to_json(self) -> str:
        """Return the proof as JSON, from which `Proof.from_json` makes an equal one."""
        return json.dumps({"claim": _claim_data(self.claim), "steps": [_step_data(step) for step in self.steps]}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Proof:
        """Return the proof of a JSON text; it is data, not believed before it is verified.

        Raises `DomainError` for JSON that is not a proof.
        """
        with reading("a proof"):
            data = json.loads(text)
            return cls(_claim_of(data["claim"]), tuple(_step_of(step) for step in data["steps"]))


def _claim_data(claim: Claim) -> dict[str, Any]:
    return {
        "lhs": encode(claim.lhs),
        "relation": claim.relation,
        "rhs": encode(claim.rhs),
        "hypotheses": [encode(fact) for fact in claim.hypotheses],
        "exists": claim.exists,
    }


def _claim_of(data: Mapping[str, Any]) -> Claim:
    facts = tuple(decode(fact) for fact in data["hypotheses"])
    return Claim(decode(data["lhs"]), data["relation"], decode(data["rhs"]), facts, bool(data["exists"]))


def _step_data(step: Step) -> dict[str, Any]:
    return {
        "rule": step.rule,
        "claim": _claim_data(step.claim),
        "premises": list(step.premises),
        "arguments": [encode(argument) for argument in step.arguments],
        "equality": None if step.equality is None else [encode(fact) for fact in step.equality],
    }


def _step_of(data: Mapping[str, Any]) -> Step:
    equality = data["equality"]
    return Step(
        str(data["rule"]),
        _claim_of(data["claim"]),
        tuple(int(place) for place in data["premises"]),
        tuple(decode(argument) for argument in data["arguments"]),
        None if equality is None else tuple(decode(fact) for fact in equality),
    )


@dataclass(frozen=True, slots=True)
class Witness:
    """Exact values for every symbol, and enclosures of both sides there, from which a person can see what the claim says at that point.

    Sizes come first, then the entries of indexed pmfs: ``{n: 2, p[1]: 1/2, p[2]: 1/2}``.

    >>> from symentropy import decide
    >>> witness = decide("H([p, 1-p]) >= p").witness
    >>> witness.values, witness.left.upper < witness.right.lower
    ({p: 3/4}, True)
    >>> print(witness)
    at p = 3/4: the left side is about 0.5623, the right side is 3/4
    """

    claim: Claim
    values: Mapping[Expr, Expr]
    left: Enclosure
    right: Enclosure

    def __str__(self) -> str:
        return witness_text(self)

    _repr_pretty_ = ipython_text

    def _repr_latex_(self) -> str:
        return f"${witness_latex(self)}$"


@dataclass(frozen=True, slots=True)
class Slip:
    """A named mistake that explains a wrong answer: made in the expected answer, it is proved to give what was answered.

    ``name``: such as ``sign`` or ``missing-factor``. ``message``: what went wrong, as a sentence without a full stop.
    ``expression``: the expected answer with the mistake made; of an inequality, the one that holds instead.

    >>> from symentropy import check_answer
    >>> slip = check_answer("log p", "log(2p)").slip
    >>> print(slip)
    dropped-constant: the constant log(2) is missing
    >>> slip.expression
    log(p)
    """

    name: str
    message: str
    expression: Expr | Relational

    def __str__(self) -> str:
        return f"{self.name}: {self.message}"

    _repr_pretty_ = ipython_text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a claim: proved with a proof that replays, refuted with a witness, or undecided with the reason.

    ``conditions``: what else must hold for a proved claim, and could not be shown from its hypotheses. ``slip``: the mistake that explains
    a refuted answer, where homework is checked and one was found. ``claim`` is None for a step of a chain that has no meaning.

    >>> from symentropy import decide
    >>> verdict = decide("log(x^2) = 2 log x")
    >>> verdict.outcome, verdict.conditions, verdict.witness
    ('proved', (x > 0,), None)
    >>> verdict = decide("H([p, 1-p]) <= 1/2")
    >>> verdict.outcome, verdict.proof, verdict.witness.values
    ('refuted', None, {p: 1/2})
    """

    claim: Claim | None
    outcome: Outcome
    proof: Proof | None = None
    witness: Witness | None = None
    reason: str = ""
    conditions: tuple[Boolean, ...] = ()
    slip: Slip | None = None

    def __str__(self) -> str:
        return verdict_text(self)

    _repr_pretty_ = ipython_text

    def _repr_markdown_(self) -> str:
        return verdict_markdown(self)
