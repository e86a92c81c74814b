"""The translation of integrals, expectations, and sums over the outcomes of a family.

Main definition: `Averages`, the part of `symentropy.notation.translate.Translator` that does it.

What they stand for is said in `symentropy.notation.measures`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sympy import Basic, Expr, Integer, S, Sum, Symbol

from symentropy.errors import ParseError
from symentropy.finite import Finite
from symentropy.law import Law
from symentropy.notation import arithmetic, bounds, measures, series
from symentropy.notation.arithmetic import Term
from symentropy.notation.scope import Scope
from symentropy.notation.syntax import Density, Element, Expectation, Integration, Name, Node, Product, Series, nodes
from symentropy.notation.tokens import Span
from symentropy.notation.visits import Role, Task, Visit


class Averages:
    """Translates what is averaged over the outcomes of a distribution, or integrated."""

    scope: Scope
    _tasks: list[Task]
    _built: list[Any]
    _bound: dict[int, Term]
    _indices: list[Symbol]
    _cells: set[int]
    _lines: dict[int, measures.Line]

    def _enter(self, node: Node, role: Role) -> None:
        raise NotImplementedError

    def _taken(self, count: int) -> list[Any]:
        raise NotImplementedError

    def _bounded(self, term: Term) -> Term:
        raise NotImplementedError

    def _errors(self, node: Node) -> AbstractContextManager[None]:
        raise NotImplementedError

    def _fail(self, message: str, span: Span) -> ParseError:
        raise NotImplementedError

    def _binding(self, binder: int, value: Term) -> Callable[[], None]:
        raise NotImplementedError

    def _open_integral(self, node: Integration, limits: list[Term]) -> None:
        given = [limit.expr for limit in limits]
        binder = node.index.binder
        if measures.is_over_cells(node, given, self.scope, self._fail):
            measures.require_no_outcome(node.integrand, binder, self._fail)
            self._open_cells(node, binder, node.integrand, lambda body, index: measures.over_cells(body, index))
            return
        x = measures.variable(node.index, given[0] if given else -S.Infinity, self._indices, self._names_in(node.integrand))
        line = self._lines[binder] = measures.Line(x)

        def close(body: Expr) -> Expr:
            low, high = measures.ends(node, given, line, self._fail)
            return measures.integral(body, x, low, high)

        self._open_line(node, binder, node.integrand, close)

    def _open_line(self, node: Node, binder: int, body: Node, close: Callable[[Expr], Expr]) -> None:
        """Read the body of an integral or of a sum over outcomes with its variable in place of the index, and then put it together."""
        x = self._lines[binder].variable

        def act() -> None:
            self._indices.remove(x)
            with self._errors(node):
                (term,) = self._taken(1)
                self._built.append(arithmetic.measured(close(term.expr), bounds.OPAQUE))
            del self._lines[binder]

        self._indices.append(x)
        self._bound[binder] = Term(x, bounds.SYMBOL)
        self._tasks += [act, Visit(body, Role.EXPRESSION, is_ready=False)]

    def _open_cells(self, node: Node, binder: int, body: Node, close: Callable[[Expr, Symbol], Expr]) -> None:
        """Read the body of an integral over an unspecified set with the index of a cell in place of its variable."""
        if self._cells:
            raise self._fail("integrals over an unspecified set inside each other are not read: declare the densities", node.span)
        index = series.free_symbol(self._indices, self.scope)

        def act() -> None:
            self._indices.remove(index)
            self._cells.discard(binder)
            with self._errors(node):
                (term,) = self._taken(1)
                self._built.append(arithmetic.measured(close(term.expr, index), bounds.OPAQUE))

        self._indices.append(index)
        self._cells.add(binder)
        self._bound[binder] = Term(index, bounds.SYMBOL)
        self._tasks += [act, Visit(body, Role.EXPRESSION, is_ready=False)]

    def _names_in(self, tree: Node) -> set[Basic]:
        """Return the symbols that a tree may contain, so that a bound variable has another name."""
        return {Symbol(part.base) for part in nodes(tree) if isinstance(part, Name)}

    def _enter_expectation(self, node: Expectation) -> None:
        name = node.law
        declared = self.scope.law_of(name.base) if isinstance(name, Name) else None
        if isinstance(name, Name) and not measures.is_family(declared):
            self._enter_mean_over_states(node, name)
            return

        def act() -> None:
            with self._errors(node):
                law = declared if isinstance(name, Name) else self._taken(1)[0]
                if not measures.is_family(law):
                    raise self._fail("a distribution is expected here", name.span)
                self._open_mean(node, measures.resolved(law, node, self._fail))

        self._tasks.append(act)
        if not isinstance(name, Name):
            self._tasks.append(Visit(name, Role.ARGUMENT, is_ready=False))

    def _enter_mean_over_states(self, node: Expectation, name: Name) -> None:
        """The expectation under a pmf: the sum over its states; and that under a density that is not declared."""
        measures.require_no_outcome(node.body, node.index.binder, self._fail)
        if self.scope.is_density:
            self._open_cells(
                node,
                node.index.binder,
                node.body,
                lambda body, index: series.over_states(
                    measures.probability(name.base, index, self.scope, node, self._fail) * body, index, self.scope
                ),
            )
            return
        weighted = Product(node.span, (Element(node.span, name.base, node.index), node.body))
        self._enter(Series(node.span, (weighted,), node.index), Role.EXPRESSION)

    def _open_mean(self, node: Expectation, law: Law | Finite) -> None:
        """The expectation under a family."""
        binder = node.index.binder
        if isinstance(law, Finite):
            self._lines[binder] = measures.Line(Symbol(node.index.name), is_discrete=True, law=law)
            self._write_out(node, binder, node.body, list(law.by_outcome().items()))
            return
        avoided = self._names_in(node.body) | (law.density.free_symbols - set(law.variables))
        low = law.limits[0][1]
        x = measures.variable(node.index, low, self._indices, avoided, is_discrete=law.is_discrete)
        self._lines[binder] = measures.Line(x, is_discrete=law.is_discrete, law=law)
        self._open_line(node, binder, node.body, lambda body: law.renamed((x,)).total(law.density.xreplace({law.variables[0]: x}) * body))

    def _write_out(self, node: Node, binder: int, body: Node, weights: list[tuple[Any, Expr]]) -> None:
        """Add up the values of a body at outcomes, each times its weight."""

        def act() -> None:
            with self._errors(node):
                values = self._taken(len(weights))
                terms = [arithmetic.multiply([measured_weight(p), value]) for (_, p), value in zip(weights, values, strict=True)]
                self._built.append(self._bounded(arithmetic.add([arithmetic.number(S.Zero), *terms])))
            self._lines.pop(binder, None)

        def measured_weight(p: Expr) -> Term:
            return arithmetic.measured(p, bounds.SYMBOL)

        if len(weights) > series.MAX_TERMS or not all(isinstance(outcome, Integer) for outcome, _ in weights):
            raise self._fail(f"a sum over outcomes is written out, which is done for up to {series.MAX_TERMS} integers", node.span)
        self._tasks.append(act)
        for outcome, _ in reversed(weights):
            self._tasks += [Visit(body, Role.EXPRESSION, is_ready=False), self._binding(binder, arithmetic.number(outcome))]

    def _open_outcomes(self, node: Series, families: Sequence[Element], limits: Sequence[Expr]) -> None:
        """A sum over the outcomes of a family, or over some of them."""
        binder = node.index.binder
        law = self.scope.law_of(families[0].base)
        found = measures.resolved(law, node, self._fail) if law is not None else None
        if isinstance(found, Finite):
            if not all(isinstance(limit, Integer) for limit in limits):
                raise self._fail("this sum runs over a few outcomes: its limits are numbers, or there are none", node.span)
            self._lines[binder] = measures.Line(Symbol(node.index.name), is_discrete=True)
            outcomes = [(outcome, S.One) for outcome in found.by_outcome() if not limits or limits[0] <= outcome <= limits[1]]
            self._write_out(node, binder, node.summand, outcomes)
            return
        if found is None or not found.is_discrete:
            raise self._fail("a sum runs over the states of a pmf, and this is a density: write an integral", node.span)
        _, low, high = found.limits[0]
        low, high = limits or (low, high)
        k = measures.variable(node.index, low, self._indices, self._names_in(node.summand), is_discrete=True)
        line = self._lines[binder] = measures.Line(k, is_discrete=True)

        def close(body: Expr) -> Expr:
            measures.require_inside(node, low, high, line, self._fail)
            return Sum(body, (k, low, high))

        self._open_line(node, binder, node.summand, close)

    def _density(self, node: Density, parts: Sequence[Any], _role: Role) -> Term:
        """The density of a family at a point."""
        point, law = parts
        return self._at(measures.resolved(law, node, self._fail), point.expr, node)

    def _at(self, law: Law | Finite, value: Expr, node: Node) -> Term:
        line = next((line for line in self._lines.values() if line.variable == value and value in self._indices), None)
        if isinstance(law, Law):
            _, low, high = law.limits[0]
            if line is not None:
                line.supports.append((low, high))
                own = line.law
                if isinstance(own, Law) and own.limits[0][1:] != (low, high):
                    raise self._fail("the densities here live on different sets", node.span)
            elif (low, high) != (-S.Infinity, S.Infinity) and not value.is_number:
                raise self._fail(f"this density is one on ({low}, {high}), and it is not seen that the point lies there", node.span)
            elif value.is_number and not (measures.is_at_most(low, value) and measures.is_at_most(value, high)):
                raise self._fail(f"this density is one on ({low}, {high}), and the point does not lie there", node.span)
        return arithmetic.measured(measures.at_point(law, value), bounds.OPAQUE)
