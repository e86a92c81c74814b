"""Plain Python functions of closed forms.

Main definition: `function_source`.

Main statements
---------------
The sum of the terms is what floats give unless the terms cancel, or a part of one does (see `symentropy.code.rounding`); then it is
computed again with more digits, by mpmath, until those that a float holds are certain. So the relative error is a few units in the last
place for P near Q as well, where a divergence is much smaller than its terms, and for very large and very small parameters.

Left out on purpose: arrays, and sums and integrals that have no closed form.
"""

from __future__ import annotations

import keyword
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sympy import Add, Basic, Expr, Integral, Piecewise, Sum, Symbol, oo, piecewise_fold, preorder_traversal, true

from symentropy.code.checks import Check, checks, condition_text
from symentropy.code.functions import Routine, routines_of
from symentropy.code.printing import prepared, python_text
from symentropy.code.rounding import flat, noise
from symentropy.conditions import conjuncts
from symentropy.display import distribution_text
from symentropy.distribution import name_of
from symentropy.errors import NoClosedForm
from symentropy.exact import shown
from symentropy.finite import Finite
from symentropy.quantities import CrossEntropy, Entropy, KLDivergence, Surprise
from symentropy.quantity import Mean, Quantity

#: Columns of the generated text.
WIDTH = 100
#: A sum of terms below this part of their size is computed with more digits; functions of SciPy have larger errors than those of ``math``.
TRUSTED, TRUSTED_SCIPY = "1e-3", "1e-2"
#: Names in the generated text that no parameter may have.
_TAKEN = {"math", "mpmath", "special", "number", "parts", "terms", "noise", "value", "size", "uncertain", "precision"}
_TAKEN |= {"abs", "float", "int", "map", "max", "min"}
_VERBS: dict[type[Quantity], str] = {
    Entropy: "entropy",
    CrossEntropy: "cross_entropy",
    KLDivergence: "kl_divergence",
    Surprise: "surprise",
}

#: Computes the sum with more digits; {arguments} are the functions, constants and parameters.
_PRECISELY = """\
    import mpmath  # here, because few calls need it

    precision = 128
    while precision < 1 << 17:
        with mpmath.workprec(precision):
            terms, noise = parts({arguments})
            value, size = mpmath.fsum(terms), mpmath.fsum(map(abs, terms)) + noise
            uncertain = mpmath.ldexp(size, 70 - precision)
            if mpmath.im(value):
                raise ValueError("the parameters are out of range: the value is not a real number")
            if abs(value) > uncertain:
                return float(value)
            if not mpmath.isfinite(size):
                break
            if uncertain < mpmath.ldexp(1, -1080):
                return 0.0
        precision *= 2
    raise ArithmeticError("the value is not within reach at these parameters")
"""


def function_source(left: Expr, value: Expr, facts: Iterable[Any], note: str = "") -> str:
    """Return the source of a Python function that computes ``value``, a closed form of ``left``, where the facts hold.

    Parameters
    ----------
    left
        What the function is named and documented after: a noun, or any expression.
    value
        Its closed form; a Piecewise with the value oo returns infinity there.
    facts
        What the parameters must satisfy, besides what the symbols were declared with.
    note
        What else the docstring says.

    Where the value of the noun itself is infinite under a condition, so is that of the function.

    Raises `NoClosedForm` where a part of the value has no Python function: a sum or integral, or a pmf of symbolic size.
    """
    if value.has(Sum, Integral, *_VERBS) or left.has(Sum) or any(pmf.is_indexed for pmf in left.atoms(Finite)):
        raise NoClosedForm(
            f"{shown(left)} = {shown(value)} has no Python function: its value is not a closed form of finitely many parameters"
        )
    branches = _branches(_with_infinity(left, piecewise_fold(value)))
    infinite = {part for _, condition in branches for part in conjuncts(condition)} if branches[-1][0] == oo else set()
    facts = [fact for fact in facts if not {fact, getattr(fact, "reversed", fact)} & infinite and fact != true]
    symbols = _parameters(left, value)
    found = [*checks(facts, symbols, {s: s for s in symbols})]
    positive = {s for s in symbols if any(check.condition.startswith(f"0 < {s} ") for check in found)}
    routines = {}
    for branch, _ in branches:
        routines.update(routines_of(prepared(branch)) if branch != oo else {})
    names = _names(symbols, {*routines, "sqrt"}, positive)
    return _Writer(names, checks(facts, symbols, names)).source(
        left.xreplace(names), [(branch.xreplace(names), condition.xreplace(names)) for branch, condition in branches], note
    )


def _with_infinity(left: Expr, value: Expr) -> Expr:
    """Return the value, with oo where the noun is infinite: a proof has its condition as a hypothesis."""
    whole = left.value() if isinstance(left, Mean) else value
    return whole if isinstance(whole, Piecewise) and whole.args[-1][0] == oo and whole.args[0][0] == value else value


def _branches(value: Expr) -> list[tuple[Expr, Any]]:
    return [(branch, condition) for branch, condition in value.args] if isinstance(value, Piecewise) else [(value, true)]


def _parameters(left: Expr, value: Expr) -> list[Symbol]:
    """Return the symbols in the order in which a person meets them."""
    met = dict.fromkeys(part for part in preorder_traversal(left) if isinstance(part, Symbol))
    free = left.free_symbols | value.free_symbols
    return [*(s for s in met if s in free), *sorted((s for s in value.free_symbols if s not in met), key=str)]


def _names(symbols: Sequence[Symbol], used: set[str], positive: set[Symbol]) -> dict[Basic, Symbol]:
    """Return symbols with names that Python takes, which are known to be positive where the facts say so."""
    taken = _TAKEN | used
    found: dict[Basic, Symbol] = {}
    for symbol in symbols:
        name = re.sub(r"\W", "_", symbol.name.replace("'", "_prime"), flags=re.ASCII) or "x"
        name = f"x{name}" if name[0].isdigit() else name
        while keyword.iskeyword(name) or name in taken:
            name += "_"
        taken.add(name)
        known = {key: truth for key, truth in symbol._assumptions_orig.items() if key != "commutative"}
        found[symbol] = Symbol(name, **{**(known or {"real": True}), **({"positive": True} if symbol in positive else {})})
    return found


class _Writer:
    """The text of one function."""

    def __init__(self, names: Mapping[Basic, Symbol], found: Sequence[Check]) -> None:
        self.names = [str(name) for name in names.values()]
        self.checks = found
        self.needs_scipy = False

    def source(self, left: Expr, branches: Sequence[tuple[Expr, Any]], note: str) -> str:
        """Return the whole text."""
        body = [*self.guards(), *_zero(left)]
        for place, (branch, condition) in enumerate(branches):
            if condition == true:
                body += self.computed(branch)
                break
            body.append(f"    {'el' if place else ''}if {condition_text(condition)}:")
            body += [f"    {line}" if line else "" for line in self.computed(branch)]
        if branches[-1][1] != true:
            body.append('    raise ValueError("the parameters are outside the range of the closed form")')
        lines = ["import math", ""] + (["from scipy import special", ""] if self.needs_scipy else [])
        head = f"def {_name(left)}({', '.join(self.names)}):"
        return "\n".join([*lines, "", head, *self.docstring(left, branches, note), *body]).rstrip() + "\n"

    def docstring(self, left: Expr, branches: Sequence[tuple[Expr, Any]], note: str) -> Iterator[str]:
        """Return the lines that say what is computed, from what, and where."""
        unit = " in nats" if isinstance(left, Quantity) else ""
        yield from _wrapped(f'"""{left}{unit}.', "")
        yield ""
        for branch, condition in branches:
            when = "" if condition == true else f" for {condition}"
            yield from _wrapped(f"{'inf' if branch == oo else branch}{when}", "    ")
        yield ""
        roles = _roles(left)
        for name in self.names:
            words = [check.words for check in self.checks if check.names == (name,)]
            yield from _wrapped(f"{name}: {'; '.join([*roles.get(name, []), *words])}", "")
        together = [check.words for check in self.checks if len(check.names) > 1]
        if together:
            yield from _wrapped(f"Together: {'; '.join(together)}", "")
        if self.checks:
            yield from _wrapped("Raises ValueError for other parameters.", "")
        if note:
            yield ""
            yield from _wrapped(note, "")
        yield '    """'

    def guards(self) -> Iterator[str]:
        """Return the lines that refuse parameters."""
        if self.names:
            yield f"    {', '.join(self.names)} = {', '.join(f'float({name})' for name in self.names)}"
        for check in self.checks:
            got = " with ".join(f"{name} = {{{name}!r}}" for name in check.names)
            yield f"    if not {_bracketed(check.condition)}:"
            yield f'        raise ValueError(f"{got} is out of range: {check.words}")'

    def computed(self, value: Expr) -> Iterator[str]:
        """Return the lines that compute a value."""
        if value == oo:
            yield "    return math.inf"
            return
        terms = flat(prepared(value))
        rough = Add(*(noise(term) for term in terms))
        texts, rest = [python_text(term) for term in terms], python_text(rough)
        routines = list({**routines_of(Add(*terms)), **routines_of(rough)}.values())
        for name, routine in (("sqrt", Routine("sqrt", "math.sqrt", "mpmath.sqrt")), ("number", Routine("number", "float", "mpmath.mpf"))):
            routines += [routine] if any(f"{name}(" in text for text in (*texts, rest)) else []
        routines.sort(key=lambda routine: routine.name)
        yield ""
        yield f"    def parts({', '.join([*(routine.name for routine in routines), *self.names])}):"
        yield "        return ("
        yield from (line for text in texts for line in _wrapped(f"{text},", "        "))
        yield from _wrapped(f"), ({rest})" if " " in rest else f"), {rest}", "    ")
        yield ""
        if all(routine.single for routine in routines):
            uses_scipy = any(routine.needs_scipy for routine in routines)
            self.needs_scipy = self.needs_scipy or uses_scipy
            yield "    try:"
            yield from _wrapped(f"terms, noise = parts({', '.join([*(r.single for r in routines), *self.names])})", "    ")
            yield "        value = math.fsum(terms)"
            yield f"        if abs(value) > {TRUSTED_SCIPY if uses_scipy else TRUSTED} * (math.fsum(map(abs, terms)) + noise) < math.inf:"
            yield "            return value"
            yield "    except (ArithmeticError, ValueError):"
            yield "        pass  # a term is beyond the range of floats"
            yield ""
            yield "    # The terms cancel, or a part of one does: more digits, until those of a float are certain."
        numbers = [f"*map(mpmath.mpf, ({', '.join(self.names)}{',' * (len(self.names) == 1)}))"] if self.names else []
        (call,) = (line for line in _PRECISELY.splitlines() if "{arguments}" in line)
        indent = " " * (len(call) - len(call.lstrip()))
        filled = call.strip().format(arguments=", ".join([*(r.multiple for r in routines), *numbers]))
        yield from _PRECISELY.replace(call, "\n".join(_wrapped(filled, indent[4:]))).splitlines()


def _bracketed(condition: str) -> str:
    return f"({condition})" if " and " in condition or " or " in condition or " == " in condition or " != " in condition else condition


def _wrapped(text: str, indent: str) -> list[str]:
    """Return text as lines inside the function; broken at spaces, which Python allows inside brackets and docstrings."""
    room = WIDTH - len(indent) - 4
    lines = textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False, subsequent_indent="    ")
    return [f"    {indent}{line}" for line in lines]


def _zero(left: Expr) -> list[str]:
    """Return the lines for D(P || P) = 0, where the parameters show that P is Q."""
    if not isinstance(left, KLDivergence):
        return []
    P, Q = left.args
    if type(P) is not type(Q) or isinstance(P, Finite) or len(P.args) != len(Q.args):
        return []
    pairs = [(a, b) for a, b in zip(P.args, Q.args, strict=True) if a != b]
    if not pairs or not all(isinstance(side, (Symbol, Expr)) and (side.is_Symbol or side.is_Integer) for pair in pairs for side in pair):
        return []
    return [f"    if {' and '.join(f'{a} == {b}' for a, b in pairs)}:", "        return 0.0"]


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _family(distribution: Basic) -> str:
    name = name_of(distribution)
    return "pmf" if isinstance(distribution, Finite) else "density" if "Handmade" in name else _snake(name)


def _name(left: Expr) -> str:
    nouns = sorted(left.atoms(Quantity), key=str)
    if len(nouns) != 1:
        return "closed_form"
    (noun,) = nouns
    families = [_family(argument) for argument in noun.args] if isinstance(noun, Mean) else []
    return "_".join([_VERBS[type(noun)], *families])


def _roles(left: Expr) -> dict[str, list[str]]:
    """Return what each parameter is: k of Gamma(k1, theta1)."""
    found: dict[str, list[str]] = {}
    for noun in sorted(left.atoms(Mean), key=str):
        for distribution in noun.args:
            for name, argument in zip(getattr(distribution, "_argnames", ()), distribution.args, strict=False):
                if isinstance(argument, Symbol) and not isinstance(distribution, Finite):
                    role = f"{name} of {distribution_text(distribution, str)}"
                    if role not in found.setdefault(str(argument), []):
                        found[str(argument)].append(role)
    return found
