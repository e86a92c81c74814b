"""SymPy objects as JSON data and back, exactly, with nothing evaluated and no code run.

Main definitions
----------------
* `encode` and `decode`, with ``decode(encode(x)) == x`` for everything that occurs in claims.
* `register`, which adds a class to those that may occur.
* `reading`, which turns the errors of malformed data into `DomainError`.

An object is written as its class and its arguments: ``x + 1`` as ``["Add", ["Symbol", "x", {}], 1]``. Integers are JSON numbers while
every reader of JSON takes them exactly, and digits beyond; true and false are JSON's own.

Main statements
---------------
A class must be in a table here (or a distribution of ``sympy.stats``), its constructor must accept the arguments, and the object that it
makes must have exactly these arguments. So data make the object that was written, or raise `DomainError`. Depth, size and the
length of integers are bounded, and nothing is computed from them.

Left out on purpose: floats, which no claim has, and sharing of equal parts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from types import ModuleType
from typing import Any, TypeVar

import sympy
from sympy import Basic, Dummy, Function, Integer, Lambda, Rational, S, Symbol
from sympy.core.assumptions import _assume_defined
from sympy.core.function import AppliedUndef
from sympy.core.symbol import Str
from sympy.functions.elementary.piecewise import ExprCondPair

from symentropy.errors import DomainError, SymentropyError
from symentropy.evaluation.enclosure import integer_text
from symentropy.exact import MAX_NUMBER_DIGITS, int_from_digits, shorten, shown
from symentropy.expectation import Expectation
from symentropy.finite import MAX_EXPLICIT, Finite
from symentropy.quantities import CrossEntropy, Entropy, KLDivergence, Surprise
from symentropy.weights import Weights

#: How deep data may be nested, so that SymPy's own recursion copes, and how many objects they may have.
MAX_DEPTH = 200
MAX_NODES = 1_000_000
#: Integers up to this size are JSON numbers, which readers in other languages hold in 53 bits.
_JSON_INTEGER = 2**53

_Class = TypeVar("_Class", bound=type[Basic])

_CONSTANTS = (
    "Exp1 Pi EulerGamma Catalan GoldenRatio ImaginaryUnit Infinity NegativeInfinity ComplexInfinity NaN "
    "EmptySet Naturals Naturals0 Integers Rationals Reals UniversalSet "
)

#: Classes whose constructor evaluates unless told not to.
_EVALUATING = (
    "Add Mul Pow exp log LambertW Abs sign Max Min floor ceiling frac re im arg conjugate "
    "sin cos tan cot sec csc asin acos atan acot atan2 sinc sinh cosh tanh coth sech csch asinh acosh atanh acoth "
    "factorial binomial factorial2 subfactorial RisingFactorial FallingFactorial bernoulli harmonic bell catalan fibonacci "
    "gamma loggamma digamma trigamma polygamma multigamma beta betainc betainc_regularized lowergamma uppergamma "
    "erf erfc erfi erfinv erfcinv expint Ei li Li Si Ci Shi Chi zeta dirichlet_eta polylog lerchphi stieltjes "
    "besseli besselj besselk bessely KroneckerDelta Heaviside DiracDelta LeviCivita "
    "Eq Ne Lt Le Gt Ge Piecewise Derivative Not And Or Union Intersection Complement "
)

#: Classes whose constructor keeps its arguments as they are, or where the comparison afterwards is enough.
_KEEPING = (
    "Sum Product Integral Subs Lambda Indexed IndexedBase Idx Tuple Dict ITE Contains "
    "Interval FiniteSet ProductSet Range ImageSet ConditionSet ImmutableDenseMatrix "
    "MatrixSymbol MatAdd MatMul Transpose Inverse Identity ZeroMatrix Trace Determinant "
)


def _evaluating(made: type[Basic]) -> Callable[..., Any]:
    return lambda *arguments: made(*arguments, evaluate=False)


def _pmf(probabilities: Basic, *outcomes: Basic) -> Finite:
    """Make a pmf; an indexed one of explicit size only where it stays indexed, and would not first be written out at length."""
    if isinstance(probabilities, Lambda) and len(outcomes) == 1 and outcomes[0].is_Integer and outcomes[0] <= MAX_EXPLICIT:
        raise DomainError(f"an indexed pmf of {shown(outcomes[0])} outcomes is written with its probabilities")
    return Finite(probabilities, *outcomes)


def _from_sympy(names: str) -> Iterator[type[Basic]]:
    return (found for name in names.split() if isinstance(found := getattr(sympy, name, None), type) and issubclass(found, Basic))


#: Name of a class -> the class, for every class that may occur except the distributions of ``sympy.stats``.
_CLASSES: dict[str, type[Basic]] = {}
#: How an object of a class is made from its arguments.
_CONSTRUCTORS: dict[type[Basic], Callable[..., Any]] = {}


def register(made: _Class) -> _Class:
    """Let objects of a class be written and read; their arguments must be SymPy objects, from which the class makes them again.

    Returns the class, so that this is a decorator.
    """
    _CLASSES[made.__name__] = made
    _CONSTRUCTORS[made] = made
    return made


for _class in _from_sympy(_EVALUATING):
    register(_class)
    _CONSTRUCTORS[_class] = _evaluating(_class)
for _class in (*_from_sympy(_KEEPING), ExprCondPair, Surprise, Entropy, CrossEntropy, KLDivergence, Expectation, Finite):
    register(_class)
_CONSTRUCTORS[Finite] = _pmf
_SINGLETONS: dict[str, Basic] = {name: getattr(S, name) for name in _CONSTANTS.split()}
_NAME_OF_SINGLETON = {type(constant): name for name, constant in _SINGLETONS.items()}


def encode(expression: Basic) -> Any:
    """Return a SymPy object as nested lists, strings, numbers and truth values, which JSON can hold.

    Raises `DomainError` for an object that `decode` would not make again.

    >>> from sympy import Eq, Rational, Symbol
    >>> encode(Eq(Symbol("x", positive=True), Rational(1, 2), evaluate=False))
    ['Equality', ['Symbol', 'x', {'positive': True}], ['Rational', 1, 2]]
    >>> decode(encode(Eq(1, 1, evaluate=False))), encode(S.true)
    (Eq(1, 1), True)
    """
    return _from_the_leaves(expression, _parts_of_object, _written)


def decode(data: Any) -> Basic:
    """Return the SymPy object that `encode` has written; nothing is evaluated and no code is run.

    Raises `DomainError` for data that `encode` does not write.

    >>> decode(["Add", ["Symbol", "x", {}], 1])
    x + 1
    >>> decode(["exec", 1])
    Traceback (most recent call last):
    ...
    symentropy.errors.DomainError: there is no class 'exec' in claims
    """
    return _from_the_leaves(data, _parts_of_data, _read)


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Turn the errors of malformed data into `DomainError`.

    >>> with reading("a proof"):
    ...     {}["claim"]
    Traceback (most recent call last):
    ...
    symentropy.errors.DomainError: this is not a proof: there is no 'claim'
    """
    try:
        yield
    except RecursionError:
        raise DomainError(f"this is not {what}: it is nested too deeply") from None
    except KeyError as error:
        raise DomainError(f"this is not {what}: there is no {shorten(repr(error.args[0] if error.args else ''))}") from None
    except SymentropyError as error:
        raise DomainError(f"this is not {what}: {error}") from None
    except (AttributeError, IndexError, OverflowError, TypeError, ValueError) as error:
        raise DomainError(f"this is not {what}: {shorten(str(error), 200)}") from None


def _from_the_leaves(root: Any, parts: Callable[[Any], Sequence[Any]], made_of: Callable[[Any, list[Any]], Any]) -> Any:
    """Return what a tree becomes when each node is made from what its parts became; without recursion, whatever the depth."""
    nodes, depths, ranges = [root], [0], []
    for place, node in enumerate(nodes):  # it grows meanwhile: parents come before their parts
        found = parts(node)
        if depths[place] > MAX_DEPTH or len(nodes) + len(found) > MAX_NODES:
            limit = f"deeper than {MAX_DEPTH}" if depths[place] > MAX_DEPTH else f"larger than {MAX_NODES} objects"
            raise DomainError(f"the expression is {limit}")
        ranges.append(range(len(nodes), len(nodes) + len(found)))
        nodes.extend(found)
        depths.extend([depths[place] + 1] * len(found))
    for place in reversed(range(len(nodes))):
        nodes[place] = made_of(nodes[place], [nodes[part] for part in ranges[place]])
    return nodes[0]


# Writing


def _parts_of_object(node: Any) -> Sequence[Any]:
    return () if type(node) in _ATOMS or type(node) in _NAME_OF_SINGLETON or not isinstance(node, Basic) else node.args


def _written(node: Any, parts: list[Any]) -> Any:
    """Return the data of an object from those of its arguments, after a look at whether they make it again."""
    kind = type(node)
    if kind in _NAME_OF_SINGLETON:
        return [_NAME_OF_SINGLETON[kind]]
    if node in (S.true, S.false):
        return bool(node)
    if isinstance(node, Integer):
        return _number(int(node))
    if isinstance(node, Rational):
        return ["Rational", _number(int(node.p)), _number(int(node.q))]
    if kind in _ATOMS:
        head = [kind.__name__, *_ATOMS[kind](node)]
    elif isinstance(node, AppliedUndef):
        head = ["AppliedUndef", str(kind.__name__), _own_assumptions(node.func._kwargs)]
    elif _class_of(kind.__name__) is kind:
        head = [kind.__name__]
    else:
        raise DomainError(f"{shown(node)} ({kind.__name__}) cannot be written as data")
    arguments = () if kind in _ATOMS else node.args
    if _made(head, arguments) != node:
        raise DomainError(f"{shown(node)} cannot be written as data: its arguments do not make it again")
    return [*head, *parts]


def _number(value: int) -> Any:
    return value if abs(value) < _JSON_INTEGER else ["Integer", integer_text(value)]


def _own_assumptions(given: Mapping[str, Any]) -> dict[str, bool]:
    """Return what a symbol was declared with; that it commutes goes without saying."""
    return {name: bool(value) for name, value in given.items() if (name, value) != ("commutative", True) and value is not None}


#: Class of an object without arguments -> what is written of it.
_ATOMS: dict[type, Callable[[Any], list[Any]]] = {
    Symbol: lambda symbol: [symbol.name, _own_assumptions(symbol._assumptions_orig)],
    Dummy: lambda symbol: [symbol.name, _own_assumptions(symbol._assumptions_orig), int(symbol.dummy_index)],
    Str: lambda text: [text.name],
    Weights: lambda weights: [[_number(value) for value in weights.values]],
}

# Reading


def _parts_of_data(node: Any) -> Sequence[Any]:
    """Return the arguments in the data of an object, which come after the name of its class and what belongs to the class itself."""
    if not isinstance(node, list):
        return ()
    if not node or not isinstance(node[0], str):
        raise DomainError(f"{shorten(repr(node))} does not begin with the name of a class")
    return () if node[0] in _OWN_DATA else node[3:] if node[0] == "AppliedUndef" else node[1:]


def _read(node: Any, arguments: list[Any]) -> Basic:
    """Return the object of data, from those of its arguments."""
    if isinstance(node, bool):
        return S.true if node else S.false
    if isinstance(node, int):
        return Integer(_integer(node))
    if not isinstance(node, list):
        raise DomainError(f"{shorten(repr(node))} is not a number, a truth value or a list")
    head = node[: len(node) - len(arguments)]
    made = _made(head, arguments)
    if arguments and made.args != tuple(arguments):
        raise DomainError(f"these are not the arguments of an object of the class {shorten(repr(node[0]))}")
    return made


def _made(head: Sequence[Any], arguments: Sequence[Any]) -> Basic:
    """Return the object of a class, with its own data in ``head``, from its arguments."""
    name, *own = head
    try:
        if name in _OWN_DATA:
            made: Basic = _OWN_DATA[name](*own)
            return made
        if name == "AppliedUndef":
            function, assumptions = own
            return Function(_text(function), **_assumptions(assumptions))(*arguments, evaluate=False)
        if own == [] and not arguments and name in _SINGLETONS:
            return _SINGLETONS[name]
        kind = _class_of(name)
        if kind is None:
            raise DomainError(f"there is no class {shorten(repr(name))} in claims")
        made = _CONSTRUCTORS.get(kind, kind)(*arguments)
    except SymentropyError:
        raise
    except Exception as error:  # constructors raise what they run into, and malformed data must only be refused
        raise DomainError(f"these data do not make an object of the class {shorten(repr(name))}: {shorten(repr(error))}") from None
    if type(made) is not kind:
        raise DomainError(f"these are not the arguments of an object of the class {shorten(repr(name))}")
    return made


def _integer(value: Any) -> int:
    """Return the integer of a JSON number or of ["Integer", digits]."""
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() <= 4 * MAX_NUMBER_DIGITS:
        return value
    if isinstance(value, list) and len(value) == 2 and value[0] == "Integer":
        digits = _text(value[1])
        unsigned = digits.removeprefix("-")
        if unsigned.isascii() and unsigned.isdigit() and len(unsigned) <= MAX_NUMBER_DIGITS:
            return int_from_digits(unsigned) * (1 if digits == unsigned else -1)
    raise DomainError(f"{shorten(repr(value))} is not an integer of at most {MAX_NUMBER_DIGITS} digits")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise DomainError(f"{shorten(repr(value))} is not text")
    return value


def _assumptions(value: Any) -> dict[str, bool]:
    if not isinstance(value, dict) or not all(name in _assume_defined and isinstance(known, bool) for name, known in value.items()):
        raise DomainError(f"{shorten(repr(value))} are not the assumptions of a symbol")
    return value


def _rational(over: Any, under: Any) -> Rational:
    denominator = _integer(under)
    if denominator < 2:
        raise DomainError("the denominator of a fraction is an integer above 1")
    return Rational(_integer(over), denominator)


def _dummy(name: Any, assumptions: Any, number: Any) -> Dummy:
    return Dummy(_text(name), dummy_index=_integer(number), **_assumptions(assumptions))


def _weights(values: Any) -> Weights:
    made = Weights([_integer(value) for value in values])
    if made.total <= 0 or min(made.groups) < 0:
        raise DomainError("weights are non-negative integers, not all of them 0")
    return made


#: Name of a class without arguments -> how its objects are made from their data.
_OWN_DATA: dict[str, Callable[..., Basic]] = {
    "Integer": lambda digits: Integer(_integer(["Integer", digits])),
    "Rational": _rational,
    "Symbol": lambda name, assumptions: Symbol(_text(name), **_assumptions(assumptions)),
    "Dummy": _dummy,
    "Str": lambda text: Str(_text(text)),
    "Weights": _weights,
}


def _class_of(name: str) -> type[Basic] | None:
    """Return the class of a name, None if its objects do not occur in claims."""
    return _CLASSES.get(name) or (_family(name) if name.endswith(("Distribution", "DistributionHandmade")) else None)


@cache
def _families() -> tuple[ModuleType, ...]:
    """Return the modules of SymPy's distributions; they are loaded when first needed, which takes half a second."""
    from sympy.stats import crv_types, drv_types, frv_types, joint_rv_types, matrix_distributions

    return crv_types, drv_types, frv_types, joint_rv_types, matrix_distributions


def _family(name: str) -> type[Basic] | None:
    """Return a class of distributions of ``sympy.stats`` by its name."""
    for module in _families():
        found = getattr(module, name, None)
        if isinstance(found, type) and issubclass(found, Basic) and found.__module__ == module.__name__:
            return found
    return None
