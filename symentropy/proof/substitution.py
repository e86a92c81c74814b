"""Values for the symbols of expressions and hypotheses, without capture.

Main definitions: `substituted`, `admits` (whether a value is one that a symbol may take), `bound_symbols`, and `Capture`.

Left out on purpose: substitution under a derivative, which is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Basic, Derivative, Dummy, Expr, Indexed, IndexedBase, Lambda, Subs, Symbol

from symentropy.exact import shown
from symentropy.proof.domain import Domain

#: What a symbol is declared with -> the question to the domain about its value; None where every real number will do.
_QUESTIONS: dict[str, str | None] = {
    "commutative": None,
    "real": None,
    "extended_real": None,
    "finite": None,
    "complex": None,
    "positive": "is_positive",
    "nonnegative": "is_nonnegative",
    "negative": "is_negative",
    "nonpositive": "is_nonpositive",
    "nonzero": "is_nonzero",
    "integer": "is_integer",
}


class Capture(ValueError):
    """A substitution that would reach a bound variable, or bind a free one."""


def substituted(expression: Any, values: Mapping[Any, Any]) -> Any:
    """Return an expression with values for symbols, and functions of the indices for indexed bases.

    Raises `Capture` where a bound variable is in the way.

    >>> from sympy import Sum, symbols
    >>> i, n, x = symbols("i n x")
    >>> p, q = IndexedBase("p"), IndexedBase("q")
    >>> substituted(Sum(x * p[i], (i, 1, n)), {x: 2, p: Lambda(i, q[i] + 1)})
    Sum(2*q[i] + 2, (i, 1, n))
    >>> substituted(Sum(x * p[i], (i, 1, n)), {x: i})
    Traceback (most recent call last):
    ...
    symentropy.proof.substitution.Capture: i is bound in Sum(x*p[i], (i, 1, n))
    """
    bases = {name: value for name, value in values.items() if isinstance(name, IndexedBase)}
    symbols = {name: value for name, value in values.items() if not isinstance(name, IndexedBase)}
    labels = {base.label for base in expression.atoms(IndexedBase)}
    mentioned = set(symbols).union(*(value.free_symbols for value in values.values() if isinstance(value, Basic)))
    for bound in bound_symbols(expression):
        if bound in mentioned:
            raise Capture(f"{shown(bound)} is bound in {shown(expression)}")
    if labels & set(symbols):
        raise Capture(f"{shown(min(labels & set(symbols), key=str))} names an indexed quantity in {shown(expression)}")
    for base, value in bases.items():
        if bound_symbols(value) - set(value.variables) & expression.atoms(Symbol):
            raise Capture(f"a variable that is bound in {shown(value)} occurs in {shown(expression)}")
        expression = expression.replace(lambda e, own=base: isinstance(e, Indexed) and e.base == own, lambda e, f=value: f(*e.indices))
    return expression.xreplace(symbols)


def with_names(expression: Expr, names: Mapping[Basic, Basic]) -> Expr:
    """Return an expression with a name in place of each of some parts, each of which is one number.

    Raises `Capture` for a part that stands where one of its own symbols is bound: there it is another number for each value.

    >>> from sympy import Sum, symbols, log
    >>> i, n, h = symbols("i n h")
    >>> with_names(log(n) + Sum(i, (i, 1, n)), {log(n): h})
    h + Sum(i, (i, 1, n))
    >>> with_names(Sum(log(i), (i, 1, n)), {log(i): h})
    Traceback (most recent call last):
    ...
    symentropy.proof.substitution.Capture: a variable of log(i) is bound elsewhere
    """
    stack: list[Basic] = [expression]
    while stack:
        part = stack.pop()
        if part in names:
            continue
        bound = _bound_by(part)
        for own in names if bound else ():
            if own.free_symbols & bound and part.has(own):
                raise Capture(f"a variable of {shown(own)} is bound elsewhere")
        stack.extend(part.args)
    found: Expr = expression.xreplace(dict(names))
    return found


def bound_symbols(expression: Basic) -> set[Basic]:
    """Return every symbol that is bound somewhere in an expression; one that is differentiated by counts as well."""
    found: set[Basic] = set()
    stack = [expression]
    while stack:
        part = stack.pop()
        found |= _bound_by(part)
        stack.extend(part.args)
    return found


def _bound_by(part: Basic) -> set[Basic]:
    """Return the symbols that the outermost operation of an expression binds."""
    if isinstance(part, (Derivative, Subs, Lambda)):
        return set(part.variables)
    return {limit[0] for limit in part.limits} if hasattr(part, "limits") else set()


def admits(name: Basic, value: Basic, points: Domain) -> bool:
    """Whether a value is shown to be one that a symbol's own assumptions allow.

    >>> x, n = Symbol("x", positive=True), Symbol("n", integer=True)
    >>> admits(x, x + 1, Domain()), admits(x, x - 1, Domain()), admits(n, x, Domain())
    (True, False, False)
    """
    if isinstance(name, IndexedBase):
        if not isinstance(value, Lambda):
            return False
        indices = [Dummy("i", integer=True) for _ in value.variables]
        assumed = {key: is_so for key, is_so in name.assumptions0.items() if _QUESTIONS.get(key)}
        return all(is_so and getattr(points, str(_QUESTIONS[key]))(value(*indices)) for key, is_so in assumed.items() if is_so is not None)
    if not isinstance(name, Symbol) or not isinstance(value, Expr):
        return False
    for key, is_so in name._assumptions_orig.items():
        if key not in _QUESTIONS or is_so is False:
            return False
        question = _QUESTIONS[key]
        if question is not None and not getattr(points, question)(value):
            return False
    return True
