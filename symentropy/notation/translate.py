"""A syntax tree to SymPy: what the names mean, and whether arguments fit.

Main definitions
----------------
* `Translator`. It visits a tree with a list of its own instead of recursion; a node is built when its parts are. The terms of a sum with
  explicit limits, and the value of a declared function, are visited again with another meaning of the index or parameter.
* `Role`: whether a place wants an expression, an argument of a quantity, or a parameter of a family, which differ in what a list means.

What cannot be built is a `ParseError` at the construct, and what has no value a `DomainError` that shows it.

Left out: what a sum over an index stands for (see `symentropy.notation.series`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sympy import Basic, Dummy, Expr, Gt, Integer, Ne, Pow, Rational, S, Symbol, log
from sympy.logic.boolalg import Boolean

from symentropy.errors import ParseError, SymentropyError
from symentropy.exact import shorten
from symentropy.finite import Finite
from symentropy.logarithms import natural_log
from symentropy.notation import arithmetic, bounds, differentiation, dotted, measures, mixtures, quantities, series
from symentropy.notation.arithmetic import Term, UndefinedError
from symentropy.notation.averages import Averages
from symentropy.notation.bounds import TooLargeError
from symentropy.notation.families import Family as Row
from symentropy.notation.families import family
from symentropy.notation.functions import BY_NAME
from symentropy.notation.messages import FUNCTION_OF_FAMILY, undeclared
from symentropy.notation.names import CONSTANTS, full_name
from symentropy.notation.scope import INDEX_LETTERS, Scope
from symentropy.notation.source import Source
from symentropy.notation.syntax import (
    Application,
    Call,
    Density,
    Differential,
    Dotted,
    Element,
    Entry,
    Expectation,
    Family,
    Integration,
    Local,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Reciprocal,
    Series,
    Sum,
    Vector,
)
from symentropy.notation.tokens import Span
from symentropy.notation.visits import Role
from symentropy.notation.visits import Task as _Task
from symentropy.notation.visits import Visit as _Visit
from symentropy.quantities import CrossEntropy, Entropy

#: Constructs that are visited beyond those of the text itself, where those of sums and declared functions count each time.
MAX_VISITS = 80_000
#: Visits for each character: a construct takes two, and what it needs besides.
VISITS_A_CHARACTER = 4
#: Nodes of an expression; declared functions and some others repeat their arguments.
MAX_NODES = 1_000_000
#: How deeply declared functions may be applied inside each other.
MAX_APPLIED = 16


class Translator(Averages):
    """Translates trees in the same scope; ``base`` is that of the quantities and of a logarithm that names none."""

    def __init__(self, scope: Scope, base: Expr = S.Exp1) -> None:
        self.scope = scope
        self.base = base
        self.source = Source("")
        self.free_indices: dict[str, Expr] = {}  # letter -> index, while a statement about each index is read
        self.binds_free_indices = False  # whether a name with an index that no sum binds stands for each of them
        self.loose: dict[str, Symbol] = {}  # letter -> index, of those
        self.written: dict[Expr, None] = {}  # logarithms and powers, as they were written
        self.totals: set[Expr] = set()  # by what is differentiated with d, and not with \\partial
        self._noticed: set[Basic] = set()  # what was looked at for these
        self._work = self._visits = 0
        self._allowed = MAX_VISITS
        self._applied = 0
        self._bound: dict[int, Term] = {}  # what the number of an index or a parameter stands for
        self._indices: list[Symbol] = []  # of the sums and integrals that are open and not written out
        self._cells: set[int] = set()  # the numbers of indices that run over the cells of an unspecified set
        self._lines: dict[int, measures.Line] = {}  # of indices that run over the reals, or over the outcomes of a family
        self._built: list[Any] = []  # of the parts whose node is not built yet: terms, distributions, lists
        self._tasks: list[_Task] = []

    def expression(self, tree: Node, source: Source) -> Expr:
        """Return the expression of a tree."""
        return self.term(tree, source).expr

    def term(self, tree: Node, source: Source) -> Term:
        """Return the expression of a tree with its size."""
        made: Term = self._translated(tree, source, Role.EXPRESSION)
        return made

    def forget(self) -> None:
        """Forget what was written so far."""
        self.written.clear()
        self._noticed.clear()

    def argument(self, tree: Node, source: Source) -> Any:
        """Return what a tree is as the argument of a quantity: a term, or a distribution."""
        return self._translated(tree, source, Role.ARGUMENT)

    def _translated(self, tree: Node, source: Source, role: Role) -> Any:
        self.source, self._built, self._indices, self._applied = source, [], [], 0
        self._tasks = [_Visit(tree, role, is_ready=False)]
        self._allowed += VISITS_A_CHARACTER * (tree.span[1] - tree.span[0])
        while self._tasks:
            task = self._tasks.pop()
            self._visits += 1
            if self._visits > self._allowed:
                raise self._fail("the sums and functions in this are too long when they are written out", tree.span)
            if not isinstance(task, _Visit):
                task()
            elif task.is_ready:
                self._build(task.node, task.role)
            else:
                self._enter(task.node, task.role)
        made = self._built.pop()
        if isinstance(made, Term) and bounds.nodes(made.expr) > MAX_NODES:
            raise source.fail("this is too long when it is written out", tree.span)
        return made

    def _enter(self, node: Node, role: Role) -> None:
        """Arrange for the parts of a node to be built, and then the node."""
        if isinstance(node, Quantity):
            quantities.check_form(node, self._fail)
        if isinstance(node, Series):
            self._then(node, self._open_series, node.limits)
        elif isinstance(node, Dotted):
            self._enter_dotted(node, role)
        elif isinstance(node, Integration):
            self._then(node, self._open_integral, node.limits)
        elif isinstance(node, Expectation):
            self._enter_expectation(node)
        elif isinstance(node, Density):
            point, law = node.parts
            if role is Role.ARGUMENT and isinstance(point, (Name, Local)):  # D(N(x; m, s) || N(x; m', s')) is about the distributions
                self._enter(law, role)
                return
            if role is Role.ARGUMENT:
                raise self._fail("a density at a point is a number, and a distribution is expected here", node.span)
            self._tasks += [_Visit(node, role, is_ready=True), _Visit(law, Role.ARGUMENT, is_ready=False)]
            self._tasks.append(_Visit(point, Role.EXPRESSION, is_ready=False))
        elif isinstance(node, Application):
            self._then(node, self._open_derivative if node.order else self._open_application, node.parts)
        elif role is Role.ARGUMENT and isinstance(node, (Sum, Product, Negative)) and self._is_mixture(node):
            self._enter_mixture(node)
        else:
            inside = _role_inside(node, role)
            self._tasks.append(_Visit(node, role, is_ready=True))
            self._tasks.extend(_Visit(child, inside, is_ready=False) for child in reversed(node.children))

    def _then(self, node: Any, action: Callable[[Any, list[Any]], None], parts: Sequence[Node]) -> None:
        """Build some expressions, and then call an action with the node and these."""

        def act() -> None:
            with self._errors(node):
                action(node, self._taken(len(parts)))

        self._tasks.append(act)
        self._tasks.extend(_Visit(part, Role.EXPRESSION, is_ready=False) for part in reversed(parts))

    def _taken(self, count: int) -> list[Any]:
        """Return and remove the parts that were built last."""
        start = len(self._built) - count
        parts = self._built[start:]
        del self._built[start:]
        return parts

    def _build(self, node: Node, role: Role) -> None:
        """Replace the parts of a node, which are the last that were built, by the node."""
        parts = self._taken(len(node.children))
        with self._errors(node):
            self._built.append(_BUILDERS[type(node)](self, node, parts, role))
            if isinstance(node, (Sum, Product, Negative)):
                self._spend(len(self._built[-1].expr.args))

    @contextmanager
    def _errors(self, node: Node) -> Iterator[None]:
        """Say where a node cannot be built."""
        try:
            yield
        except SymentropyError:
            raise
        except UndefinedError as error:
            raise self.source.undefined(f"{error}: {shorten(self._text(node))}") from None
        except TooLargeError as error:
            raise self._fail(str(error), node.span) from None
        except Exception as error:  # SymPy raises whatever its evaluation runs into; a text must not
            reason = "it is nested too deeply" if isinstance(error, RecursionError) else shorten(repr(error))
            raise self._fail(f"SymPy cannot build this: {reason}", node.span) from error

    def _spend(self, work: int) -> None:
        """Refuse long sums in many brackets, each of which SymPy goes through again, and long lists of symbols."""
        self._work += work
        if self._work > bounds.MAX_WORK:
            raise TooLargeError("there are too many terms, too many times over")

    def _text(self, node: Node) -> str:
        return self.source.text[slice(*node.span)]

    def _fail(self, message: str, span: Span) -> ParseError:
        return self.source.fail(message, span)

    # Sums over an index, declared functions and mixtures

    def _open_series(self, node: Series, limits: list[Term]) -> None:
        families = [part for part in series.elements_of(node) if measures.is_family(self.scope.law_of(part.base))]
        if families and len(limits) != 1:
            self._open_outcomes(node, families, [limit.expr for limit in limits])
            return
        plan = series.plan(node, limits, self.scope, self._fail)
        binder = node.index.binder
        if plan.values is None:
            index = series.index_symbol(node, self._indices, self.scope)
            self._indices.append(index)

            def close() -> None:
                self._indices.pop()
                with self._errors(node):
                    (summand,) = self._taken(1)
                    self._built.append(series.symbolic(node, summand, index, plan))

            self._tasks += [close, _Visit(node.summand, Role.EXPRESSION, is_ready=False)]
            self._bound[binder] = Term(index, bounds.SYMBOL)
            return

        count = len(plan.values)

        def add() -> None:
            with self._errors(node):
                self._built.append(self._bounded(series.written_out(node, self._taken(count))))

        self._tasks.append(add)
        for value in reversed(plan.values):
            self._tasks += [_Visit(node.summand, Role.EXPRESSION, is_ready=False), self._binding(binder, arithmetic.number(value))]

    def _enter_dotted(self, node: Dotted, role: Role) -> None:
        if role is not Role.ARGUMENT:
            raise self._fail("a list stands only inside a quantity, H([1/3, 2/3]), or a family", node.span)
        index = Symbol(node.index.name, integer=True)
        self._indices.append(index)
        self._bound[node.index.binder] = Term(index, bounds.SYMBOL)

        def close() -> None:
            self._indices.pop()
            with self._errors(node):
                first, last, *size = (term.expr for term in self._taken(len(node.parts)))
                self._built.append(dotted.pmf(first, last, index, size[0] if size else None))

        self._tasks.append(close)
        self._tasks.extend(_Visit(part, Role.EXPRESSION, is_ready=False) for part in reversed(node.parts))

    def _binding(self, binder: int, value: Term) -> Callable[[], None]:
        def bind() -> None:
            self._bound[binder] = value

        return bind

    def _open_application(self, node: Application, arguments: list[Term]) -> None:
        definition = self.scope.definitions[node.function]
        if len(arguments) != len(definition.parameters):
            raise self._fail(f"{node.function} is given {len(arguments)} arguments, not {len(definition.parameters)}", node.span)
        self._applied += 1
        if self._applied > MAX_APPLIED:
            raise self._fail(f"declared functions are applied inside each other deeper than {MAX_APPLIED}", node.span)
        source, before = self.source, {local.binder: self._bound.get(local.binder) for local in definition.parameters}

        def close() -> None:
            self.source = source
            self._applied -= 1
            self._bound.update({binder: value for binder, value in before.items() if value is not None})
            with self._errors(node):
                self._built.append(self._bounded(*self._taken(1)))

        self._tasks += [close, _Visit(definition.value, Role.EXPRESSION, is_ready=False)]
        self._bound.update(zip((local.binder for local in definition.parameters), arguments, strict=True))
        self.source = definition.source

    def _open_derivative(self, node: Application, arguments: list[Term]) -> None:
        """Build a declared function at what is in its brackets, where it must be defined, and at any number; then its derivative."""
        place = Dummy("x", real=True)
        (argument,) = arguments

        def close() -> None:
            with self._errors(node):
                value, _ = self._taken(2)
                self._built.append(self._bounded(differentiation.derivative_at(node, value, place, argument, self._fail)))

        def anywhere() -> None:
            self._indices.append(place)  # what is needed for all numbers is needed for none
            self._tasks.append(lambda: self._indices.remove(place))
            self._open_application(node, [Term(place, bounds.SYMBOL)])

        self._tasks.append(close)
        self._tasks.append(lambda: self._open_application(node, [argument]))
        self._tasks.append(anywhere)

    def _bounded(self, term: Term) -> Term:
        """Return a term that was put together from others, unless it is too large."""
        self._spend(int(min(bounds.nodes(term.expr) / 10, 2.0 * bounds.MAX_WORK)))
        return term

    def _is_mixture(self, node: Node) -> bool:
        return mixtures.is_law(node, lambda name: self.scope.law(name.base, name.subscript, name.primes) is not None)

    def _enter_mixture(self, node: Node) -> None:
        parts = mixtures.linear_parts(node, self._is_mixture, self._fail)
        for part in parts:
            if self._is_variable(part.law):
                raise self._fail("this is a random variable: a mixture is one of distributions, such as (P + Q)/2", part.law.span)

        def close() -> None:
            with self._errors(node):
                made = []
                for part in reversed(parts):
                    law, *numbers = self._taken(1 + len(part.numbers))
                    weight = arithmetic.multiply([arithmetic.number(part.sign), *numbers])
                    made.append((weight.expr, law))
                self._built.append(mixtures.mixture(made[::-1]))

        self._tasks.append(close)
        for part in reversed(parts):
            self._tasks.extend(_Visit(number, Role.EXPRESSION, is_ready=False) for number in reversed(part.numbers))
            self._tasks.append(_Visit(part.law, Role.ARGUMENT, is_ready=False))

    # One method a class of the tree

    def _number(self, node: Number, _parts: Sequence[Any], _role: Role) -> Term:
        return arithmetic.number(node.value)

    def _name(self, node: Name, _parts: Sequence[Any], role: Role) -> Any:
        name = (node.base, node.subscript, node.primes)
        defined = self.scope.term(*name)
        if defined is not None:
            return defined
        if self._has_free_index(node):
            return self._free_element(node)
        law = self.scope.law(*name) if full_name(*name) in self.scope.laws else None
        if law is None and role is Role.ARGUMENT:
            law = self.scope.lower_law(full_name(*name))
        value = self.scope.symbol(*name) if law is None else None
        if value is not None:
            size = {"e": bounds.EULER}.get(node.base, bounds.CONSTANT) if node.base in CONSTANTS else bounds.SYMBOL
            return Term(value, size)
        law = self.scope.law(*name) if law is None else law
        if law is None:
            raise self._fail(undeclared(full_name(*name), is_argument=role is Role.ARGUMENT), node.span)
        if role is not Role.ARGUMENT:
            raise self._fail(f"{node.base} is a distribution: write H({node.base}), or D({node.base} || Q)", node.span)
        return law

    def _has_free_index(self, node: Name) -> bool:
        return node.subscript in INDEX_LETTERS and self.scope.is_indexed(full_name(node.base, "", node.primes))

    def _free_element(self, node: Name) -> Term:
        """Return a name with an index that no sum binds, in a statement about each index."""
        if self.scope.is_density and self.scope.pmf_name(full_name(node.base, "", node.primes)) is not None:
            raise self._fail(f"{node.base} is a density here, because there is an integral over it: write {node.base}(x)", node.span)
        if node.subscript not in self.free_indices and self.binds_free_indices and not isinstance(self.scope.size, Integer):
            index = self.loose.setdefault(node.subscript, Symbol(node.subscript, integer=True))
            return Term(series.element(full_name(node.base, "", node.primes), index, self.scope, node, self._fail), bounds.SYMBOL)
        if node.subscript not in self.free_indices:
            raise self._fail(f"no sum runs over the index of {full_name(node.base, node.subscript, node.primes)} here", node.span)
        index = self.free_indices[node.subscript]
        return Term(series.element(full_name(node.base, "", node.primes), index, self.scope, node, self._fail), bounds.SYMBOL)

    def _local(self, node: Local, _parts: Sequence[Any], _role: Role) -> Term:
        return self._bound[node.binder]

    def _element(self, node: Element, _parts: Sequence[Any], _role: Role) -> Term:
        binder = node.index.binder
        law = self.scope.law_of(node.base)
        own = self._lines[binder].law if binder in self._lines else None
        if binder in self._cells:
            return arithmetic.measured(measures.density(node.base, self._bound[binder].expr, self.scope, node, self._fail), bounds.SYMBOL)
        if law is None and own is not None and node.base in ("p", "f"):  # the density of the random variable itself
            return self._at(own, self._bound[binder].expr, node)
        if law is not None and measures.is_family(law):
            return self._at(measures.resolved(law, node, self._fail), self._bound[binder].expr, node)
        if binder in self._lines and node.base not in self.scope.arrays:
            raise self._fail(f"{node.base}({node.index.name}) is not declared: say in given what {node.base.upper()} is", node.span)
        if self.scope.is_density and self.scope.pmf_name(node.base) is not None and law is None:
            raise self._fail(f"{node.base} is a density here, because there is an integral over it: it stands in no sum", node.span)
        expr = series.element(node.base, self._bound[node.index.binder].expr, self.scope, node, self._fail)
        return arithmetic.measured(expr, bounds.SYMBOL)

    def _entry(self, node: Entry, _parts: Sequence[Any], _role: Role) -> Term:
        if not node.place.isdigit():
            raise self._fail(f"no sum runs over the index of {node.base}[{node.place}] here", node.span)
        if node.base not in self.scope.arrays and self.scope.pmf(node.base) is None:
            raise self._fail(
                f"{node.base} has no index here: write {node.base}_{node.place} for a name with a subscript, and * for a product", node.span
            )
        law = self.scope.pmf(node.base)
        size = law.size if isinstance(law, Finite) else self.scope.size
        place = Integer(node.place)
        if not (place.is_positive and (size - place).is_nonnegative):
            raise self._fail(f"the states of {node.base} are 1, ..., {size}, and {node.place} may be none of them", node.span)
        return Term(series.element(node.base, place, self.scope, node, self._fail), bounds.SYMBOL)

    def _sum(self, _node: Sum, parts: Sequence[Term], _role: Role) -> Term:
        return arithmetic.add(parts)

    def _product(self, _node: Product, parts: Sequence[Term], _role: Role) -> Term:
        return arithmetic.multiply(parts)

    def _differential(self, node: Differential, parts: Sequence[Any], _role: Role) -> Term:
        body, *variables = parts
        if not node.is_partial:
            self.totals.update(variable.expr for variable in variables)
        return differentiation.derivative(node, body, variables, self._fail)

    def _negative(self, _node: Negative, parts: Sequence[Term], _role: Role) -> Term:
        return arithmetic.negate(parts[0])

    def _reciprocal(self, _node: Reciprocal, parts: Sequence[Term], _role: Role) -> Term:
        return self._noted(arithmetic.reciprocal(parts[0]))

    def _noted(self, term: Term) -> Term:
        """Keep in mind the logarithms and powers in what was just made, which SymPy may cancel later.

        Whether they are defined is asked only once they are gone: of a deeply nested one that may take long.
        """
        if self._indices:
            parts = bounds.distinct(term.expr)
            self._spend(len(parts))
            if not parts.isdisjoint(self._indices):
                return term
        else:
            parts = bounds.distinct(term.expr, self._noticed)
            self._noticed |= parts
        self.written.update(dict.fromkeys(part for part in parts if isinstance(part, (log, Pow))))
        return term

    def _power(self, _node: Power, parts: Sequence[Term], _role: Role) -> Term:
        return arithmetic.power(*parts)

    def _call(self, node: Call, parts: Sequence[Term], role: Role) -> Any:
        function = BY_NAME[node.function]
        if function.name in ("log", "ln") and len(parts) == 1 and self.base is not S.Exp1:
            parts = [*parts, Term(self.base, bounds.SYMBOL if self.base.free_symbols else bounds.CONSTANT)]
            return self._noted(BY_NAME["log"](parts))
        if function.name == "log" and len(parts) == 2 and isinstance(parts[1].expr, Symbol):
            self.scope.bases.add(parts[1].expr)
        if function.takes(len(parts)):
            return self._noted(function(parts))
        if role is Role.ARGUMENT and function.name == "gamma" and len(parts) == 2:  # \Gamma(k, \theta)
            return family("Gamma").random_variable([part.expr for part in parts], self._text(node))
        raise self._fail(f"{function.name} is given {len(parts)} arguments, not those of {function.signature}", node.span)

    def _vector(self, node: Vector, parts: Sequence[Any], role: Role) -> Any:
        if role is Role.PARAMETER:
            return [_plain(part) for part in parts]
        if len(parts) == 1 and role is Role.EXPRESSION:
            return parts[0]
        if len(parts) == 1 and parts[0].expr.free_symbols:
            x = self._text(node)[1:-1].strip()
            raise self._fail(f"a list of one probability: write ({x}) for the binary entropy of a number, or [{x}, 1-({x})]", node.span)
        if role is Role.ARGUMENT:
            entries = [part.expr for part in parts]
            if not all(isinstance(entry, Rational) for entry in entries):
                self._spend(len(entries) ** 2)  # checking that a pmf is possible compares its symbols
            return Finite(entries)
        raise self._fail("a list stands only inside a quantity, H([1/3, 2/3]), or a family", node.span)

    def _family(self, node: Family, parts: Sequence[Any], role: Role) -> Any:
        row: Row = family(node.name)
        if role is not Role.ARGUMENT:
            hint = FUNCTION_OF_FAMILY.get(node.name, "")
            raise self._fail(f"the family {node.name} stands only inside a quantity: H({self._text(node)}){hint}", node.span)
        if not row.takes(len(parts)):
            raise self._fail(f"{node.name} takes {row.signature}", node.span)
        return row.random_variable([_plain(part) for part in parts], self._text(node))

    def _quantity(self, node: Quantity, parts: Sequence[Any], _role: Role) -> Term:
        if node.name == "H" and len(parts) > 1 and all(self._is_variable(part) for part in node.parts):
            raise self._fail(quantities.RESERVED, node.span)
        if node.name == "h" and isinstance(node.parts[0], Local):  # the surprise of state s is that of its probability p_s
            parts = [self._element(Element(node.span, "p", node.parts[0]), (), Role.EXPRESSION)]
        if node.name == "h" and self._is_variable(node.parts[0]):  # the differential entropy of a random variable
            node = replace(node, name="H")
        noun = quantities.build(node, parts, self._fail)
        if self.scope.is_density and isinstance(noun, (Entropy, CrossEntropy)) and self._are_densities(noun.args):
            noun = measures.mean_over_cells(noun.args[0], noun.args[-1])
        return Term(noun if self.base is S.Exp1 else noun / natural_log(self.base), bounds.OPAQUE)

    def _are_densities(self, laws: Sequence[Any]) -> bool:
        """Return whether these are densities that are not declared."""
        return all(isinstance(law, Finite) and law.is_indexed and measures.is_homogeneous(law, Symbol("i", integer=True)) for law in laws)

    def _is_variable(self, node: Node) -> bool:
        return isinstance(node, Name) and full_name(node.base, node.subscript, node.primes) in self.scope.variables


_BUILDERS: dict[type[Node], Callable[..., Any]] = {
    Number: Translator._number,
    Name: Translator._name,
    Local: Translator._local,
    Element: Translator._element,
    Entry: Translator._entry,
    Sum: Translator._sum,
    Product: Translator._product,
    Differential: Translator._differential,
    Negative: Translator._negative,
    Reciprocal: Translator._reciprocal,
    Power: Translator._power,
    Call: Translator._call,
    Density: Averages._density,
    Vector: Translator._vector,
    Family: Translator._family,
    Quantity: Translator._quantity,
}


def condition_of(part: Expr) -> Boolean | None:
    """Return what must hold for a logarithm or a reciprocal to be defined, where the assumptions of its symbols do not say so.

    >>> condition_of(log(Symbol("x", real=True))), condition_of(1 / Symbol("y", positive=True))
    (x > 0, None)
    """
    if isinstance(part, log):
        return None if part.args[0].is_positive or not part.args[0].free_symbols else Gt(part.args[0], 0, evaluate=False)
    is_partial = part.exp.is_negative and part.base.free_symbols and not part.base.is_nonzero
    return Ne(part.base, 0, evaluate=False) if is_partial else None


def _role_inside(node: Node, role: Role) -> Role:
    """Return the role of the parts of a node in a given role."""
    if isinstance(node, Quantity):
        return Role.ARGUMENT
    if isinstance(node, Family) or (isinstance(node, Vector) and role is Role.PARAMETER):
        return Role.PARAMETER
    return Role.EXPRESSION


def _plain(part: Any) -> Any:
    """Return a parameter without its size: an expression, or a list of these."""
    return part.expr if isinstance(part, Term) else part
