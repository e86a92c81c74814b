"""The definitions in ``given``: of numbers, distributions, random variables and functions, in whatever order they stand.

Main definitions
----------------
* `split`, the statements that define something, and the others; `define`, which puts the definitions into the scope.

A definition is ``name = expression``, where the name does not occur in what it stands for. ``P = [p, 1-p]`` and ``M = (P + Q)/2`` define
distributions. Definitions that go round in a circle are relations for numbers, and an error for distributions and functions.

Left out: definitions of numbers with an index, which are relations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sympy import Basic, Integer

from symentropy.finite import Finite
from symentropy.notation import mixtures
from symentropy.notation.arithmetic import Term
from symentropy.notation.names import CONSTANTS, DISTRIBUTIONS, full_name
from symentropy.notation.scope import CAPITALS, INDEX_LETTERS, Definition, Scope
from symentropy.notation.source import Source
from symentropy.notation.statements import Distributed, Function, Property, Relations, Statement
from symentropy.notation.syntax import Application, Element, Name, Node, Number, nodes
from symentropy.notation.tokens import Span
from symentropy.notation.translate import Translator


@dataclass(frozen=True, slots=True)
class Pending:
    """A name and what it stands for: a tree, or None for the uniform distribution."""

    name: Name
    value: Node | None
    is_law: bool
    is_variable: bool
    source: Source

    @property
    def key(self) -> str:
        """The full name."""
        return full_name(self.name.base, self.name.subscript, self.name.primes)


def number(value: int, span: Span) -> Number:
    """Return the tree of an integer."""
    return Number(span, Integer(value))


def split(statements: Sequence[tuple[Statement, Source]], scope: Scope) -> tuple[list[tuple[Statement, Source]], list[Pending]]:
    """Return the statements that are facts, and the definitions; functions are put into the scope."""
    facts: list[tuple[Statement, Source]] = []
    found: dict[str, Pending] = {}
    for statement, source in statements:
        if isinstance(statement, Function):
            if statement.name in scope.definitions:
                raise source.fail(f"{statement.name} is defined twice", statement.span)
            scope.definitions[statement.name] = Definition(statement.parameters, statement.value, source)
            continue
        made = list(_definitions(statement, source, scope))
        for pending in made:
            if pending.key in found and pending.is_law:
                raise source.fail(f"{pending.key} is defined twice", pending.name.span)
        if made and not any(pending.key in found for pending in made):
            found.update({pending.key: pending for pending in made})
        else:
            facts.append((statement, source))
    _check_functions(scope)
    _find_laws(found, scope)
    return _without_circles(facts, found, statements, scope)


def _definitions(statement: Statement, source: Source, scope: Scope) -> Iterator[Pending]:
    """Return what a statement defines."""
    if isinstance(statement, Distributed):
        yield Pending(statement.name, statement.law, is_law=True, is_variable=True, source=source)
    elif isinstance(statement, Property) and "uniform" in statement.words:
        yield from (Pending(name, None, is_law=True, is_variable=False, source=source) for name in statement.names)
    elif isinstance(statement, Relations) and not statement.others and [sign.text for sign in statement.chain.signs] in (["="], [":="]):
        name, value = statement.chain.sides
        if isinstance(name, Name):
            key = full_name(name.base, name.subscript, name.primes)
            is_law = key in DISTRIBUTIONS or mixtures.is_law(value, lambda _: False)
            is_free = name.subscript in INDEX_LETTERS and scope.is_indexed(full_name(name.base, "", name.primes))
            is_circular = any(isinstance(node, Name) and node == _at(name, node) for node in nodes(value))
            if key not in scope.declared and key not in CONSTANTS and not is_free and not is_circular:
                yield Pending(name, value, is_law, is_variable=False, source=source)


def _at(name: Name, other: Name) -> Name:
    return Name(other.span, name.base, name.subscript, name.primes)


def _find_laws(found: dict[str, Pending], scope: Scope) -> None:
    """Mark as distributions what is defined by others, as in ``A = P``."""

    def is_law_name(name: Name) -> bool:
        key = full_name(name.base, name.subscript, name.primes)
        return scope.distribution(key) is not None or (key in found and found[key].is_law)

    changed = True
    while changed:
        changed = False
        for key, pending in found.items():
            if not pending.is_law and pending.value is not None and mixtures.is_law(pending.value, is_law_name):
                found[key] = replace(pending, is_law=True)
                changed = True


def _needs(tree: Node | None, scope: Scope) -> set[str]:
    """Return the names that a tree needs, also through declared functions."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [] if tree is None else [tree]
    while waiting:
        for node in nodes(waiting.pop()):
            if isinstance(node, Name):
                found.add(full_name(node.base, node.subscript, node.primes))
            elif isinstance(node, Element):
                found |= {node.base, CAPITALS.get(node.base, node.base[0].upper() + node.base[1:])}
            elif isinstance(node, Application) and node.function not in seen and node.function in scope.definitions:
                seen.add(node.function)
                waiting.append(scope.definitions[node.function].value)
    return found


def _check_functions(scope: Scope) -> None:
    """Refuse functions that are defined by themselves."""
    for name, definition in scope.definitions.items():
        seen: set[str] = set()
        waiting = [definition.value]
        while waiting:
            for node in nodes(waiting.pop()):
                if isinstance(node, Application) and node.function == name:
                    raise definition.source.fail(f"{name} is defined by itself", definition.value.span)
                if isinstance(node, Application) and node.function not in seen and node.function in scope.definitions:
                    seen.add(node.function)
                    waiting.append(scope.definitions[node.function].value)


def _without_circles(
    facts: list[tuple[Statement, Source]], found: dict[str, Pending], statements: Sequence[tuple[Statement, Source]], scope: Scope
) -> tuple[list[tuple[Statement, Source]], list[Pending]]:
    """Return the facts and the definitions in an order in which each needs only those before it."""
    ordered: list[Pending] = []
    waiting = {key: _needs(pending.value, scope) for key, pending in found.items()}
    while waiting:
        ready = [key for key, needs in waiting.items() if not needs & waiting.keys()]
        if not ready:
            scalar = next((key for key in waiting if not found[key].is_law), None)
            if scalar is None:
                pending = found[next(iter(waiting))]
                raise pending.source.fail(f"{pending.key} is defined by itself", pending.name.span)
            back = found[scalar]
            facts += [(s, source) for s, source in statements if isinstance(s, Relations) and s.chain.sides[0] is back.name]
            del waiting[scalar]
            continue
        for key in ready:
            ordered.append(found[key])
            del waiting[key]
    return facts, ordered


def define(pending: Sequence[Pending], trees: Sequence[Node], translator: Translator) -> None:
    """Put definitions into the scope; ``trees`` are those of all texts, on which the number of states depends."""
    scope = translator.scope
    constant = [each for each in pending if not each.is_law and each.value is not None and not _needs(each.value, scope) - set(CONSTANTS)]
    for each in constant:
        _define(each, translator)
    listed = [each for each in pending if each.is_law and each.value is not None and _is_written_out(each.value)]
    sizes = {each.key: Integer(len(each.value.children)) for each in listed if each.value is not None}
    families = {each.key for each in pending if each.is_law and each.key not in sizes}
    scope.prepare(*trees, sizes={key: size for key, size in sizes.items() if key in DISTRIBUTIONS}, families=families)
    for each in pending:
        if each not in constant:
            _define(each, translator)


def _is_written_out(tree: Node) -> bool:
    return mixtures.is_list(tree)


def _define(pending: Pending, translator: Translator) -> None:
    scope = translator.scope
    if pending.value is None:
        scope.laws[pending.key] = Finite.uniform(scope.size)
    elif pending.is_law:
        made = translator.argument(pending.value, pending.source)
        if isinstance(made, Term):
            raise pending.source.fail(
                f"{pending.key} is a distribution, and this is a number: write {pending.key} = [p, 1-p]", pending.value.span
            )
        law: Basic = made
        scope.laws[pending.key] = law
        if pending.is_variable:
            scope.variables.add(pending.key)
    else:
        scope.terms[pending.key] = translator.term(pending.value, pending.source)
