"""Slips at one place inside an expression: what a node becomes, and what is said of it.

Main definition: `RULES`, the table; importing this module adds its rows to the registry of `symentropy.homework.slips`.

A rule proposes replacements of a node, in the expectation as it stands and in its plain form: at one node, at one occurrence of it, or at
all nodes at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sympy import Abs, Add, Expr, Indexed, Mul, Pow, Sum, exp, expand_log, factorial, gamma, harmonic, log, loggamma, polygamma

from symentropy.homework.nodes import Rule, changed, changed_once
from symentropy.homework.proposals import Proposals, change
from symentropy.homework.slips import Proposes, slip_kind
from symentropy.homework.terms import tidy
from symentropy.homework.work import Expectation
from symentropy.quantity import Quantity

#: Functions of a number of things, and others of which the argument is easily off by 1.
COUNTED = (factorial, harmonic)
STEPPED = (polygamma, loggamma, gamma)


def _split_log(node: Expr) -> Iterator[Expr]:
    if not isinstance(node, log):
        return
    if isinstance(node.args[0], Add):
        yield from _logs_of(node.args[0])[:-1]
    above, below = node.args[0].as_numer_denom()
    for over in _logs_of(above):
        for under in _logs_of(below):
            if over != log(above) or under != log(below):
                yield over - under
    if isinstance(node.args[0], Sum):
        yield Sum(log(node.args[0].function), *node.args[0].limits)


def _log_of_product(node: Expr) -> Iterator[Expr]:
    """Yield log a log b for log(a b)."""
    if isinstance(node, log) and isinstance(node.args[0], Mul):
        yield Mul(*(log(factor) for factor in Mul.make_args(node.args[0])))


def _log_of_ratio(node: Expr) -> Iterator[Expr]:
    """Yield log a/log b for log(a/b), and for log a - log b."""
    if isinstance(node, Add) and len(node.args) == 2:
        for one, two in (node.args, node.args[::-1]):
            if isinstance(one, log) and isinstance(-two, log):
                yield one / -two
    if isinstance(node, log):
        above, below = node.args[0].as_numer_denom()
        if below.free_symbols and not isinstance(below, Sum):
            yield log(above) / log(below)


def _logs_of(inner: Expr) -> list[Expr]:
    """Return wrong logarithms of a sum: of its terms, with a minus for a negative one, and the right one last."""
    found: list[Expr] = []
    for factor in Mul.make_args(inner):
        if isinstance(factor, Add):
            rest = log(inner / factor)
            parts = [log(-term) * -1 if term.could_extract_minus_sign() else log(term) for term in factor.args]
            found.append(rest + Add(*(expand_log(part, force=True) for part in parts)))
            if not any(part.is_zero for part in parts):
                found.append(rest + Mul(*parts))
            found += [
                rest + log(term) for term in factor.args if len(factor.args) > 2 and term != 1 and not term.could_extract_minus_sign()
            ]
    return [*found, log(inner)]


def _joined_logs(node: Expr) -> Iterator[Expr]:
    """Yield log(a + b) for log a + log b, and log(a - b) for log a - log b."""
    if isinstance(node, Sum) and isinstance(node.function, log):
        yield log(Sum(node.function.args[0], *node.limits))
    if isinstance(node, log) and isinstance(node.args[0], Mul) and len(node.args[0].args) == 2:
        one, two = node.args[0].args
        yield log(one + two)
    if isinstance(node, log) and len(ratio := node.args[0].as_numer_denom()) == 2 and ratio[1] != 1:
        yield log(ratio[0] - ratio[1])
    if isinstance(node, Add):
        logs = [term for term in node.args if isinstance(term, log)]
        for place, one in enumerate(logs):
            for two in logs[place + 1 :]:
                yield node - one - two + log(one.args[0] + two.args[0])
        for one in logs:
            for two in node.args:
                if isinstance(-two, log):
                    yield node - one - two + log(one.args[0] - (-two).args[0])


def _powers_of_logs(node: Expr) -> Iterator[Expr]:
    """Yield k log x for (log x)^k, and the other way round."""
    if isinstance(node, Pow) and isinstance(node.base, log) and node.exp.is_Integer and node.exp > 1:
        yield node.exp * node.base
    if isinstance(node, Mul) and node.args[0].is_Integer and node.args[0] > 1:
        for factor in node.args[1:]:
            if isinstance(factor, log):
                yield node / node.args[0] * factor ** (node.args[0] - 1)
    if isinstance(node, log):
        base, exponent = node.args[0].as_base_exp()
        if exponent.is_Integer and exponent > 1:
            yield log(base) ** exponent
        elif node.args[0].free_symbols:
            yield node**2 / 2  # log x is half of log x^2


def _without_bars(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Abs):
        yield node.args[0]
        yield -node.args[0]


def _one_off(node: Expr) -> Iterator[Expr]:
    """Yield a sum with one term more or less, and a function of a number that is one more or less."""
    if isinstance(node, Sum) and len(node.limits) == 1:
        index, low, high = node.limits[0]
        shorter, longer = ((low, high - 1), (low + 1, high)), ((low, high + 1), (low - 1, high))
        for ends in shorter if node.function.has(Indexed) else (*shorter, *longer):  # arrays have no more entries
            yield Sum(node.function, (index, *ends))
    is_counted = isinstance(node, log) and (node.args[0].is_integer or _is_length(node.args[0]))
    if (is_counted or isinstance(node, COUNTED)) and node.free_symbols:
        yield node.func(node.args[0] + 1)
        yield node.func(node.args[0] - 1)


def _one_off_argument(node: Expr) -> Iterator[Expr]:
    """Yield a function of a number that is one more or less."""
    if isinstance(node, STEPPED) and node.args[-1].free_symbols:
        for argument in (node.args[-1] + 1, node.args[-1] - 1):
            yield node.func(*node.args[:-1], argument)


def _is_length(expression: Expr) -> bool:
    """Whether an expression is b - a."""
    signs = [term.could_extract_minus_sign() for term in expression.args]
    return isinstance(expression, Add) and len(signs) == 2 and sum(signs) == 1


def _log_for_digamma(node: Expr) -> Iterator[Expr]:
    if isinstance(node, polygamma) and node.args[0] == 0:
        yield log(node.args[1])


def _turned(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Add):
        for term in node.args:
            yield node - 2 * term
    if (isinstance(node, Pow) and node.exp.free_symbols) or isinstance(node, exp):
        yield node**-1


def _shortened(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Add):
        for term in node.args:
            yield node - term


def _lightened(node: Expr) -> Iterator[Expr]:
    if isinstance(node, Mul):
        for factor in node.args:
            if factor != -1 and not isinstance(factor, (log, Quantity)):
                yield node / factor


def _other_power(node: Expr) -> Iterator[Expr]:
    """Yield the first power for another one, the absolute value for a square, and the powers next to one."""
    if not isinstance(node, Pow):
        return
    if node.exp.is_Rational and abs(node.exp) != 1:
        yield node.base if node.exp > 0 else 1 / node.base
    if node.exp == 2:
        yield Abs(node.base)
    if node.exp.is_Integer and node.exp > 1:
        yield node.base ** (node.exp + 1)
        yield node.base ** (node.exp - 1)


class NodeRule(NamedTuple):
    """A kind of slip at a node: {0} is the node in the templates, {1} what it became; ``is_local``: perhaps at one of its places only."""

    name: str
    rank: int
    rule: Rule
    template: str
    undone: str | None = None
    undone_template: str = ""
    is_local: bool = False


_OF_SUM = "{0} is not {1}: the logarithm of a sum is not the sum of the logarithms"
_OF_PRODUCT = "{0} is not {1}: the logarithm of a product is the sum of the logarithms, not their product"
_OF_RATIO = "{0} is not {1}: the logarithm of a ratio is the difference of the logarithms, not their ratio"
_HERE = "{1} stands where {0} belongs"
_NO_BARS = "the absolute value in {0} is missing"
_BARS = "there is an absolute value in {0}"

RULES = (
    NodeRule("log-of-power", 45, _powers_of_logs, f"{_HERE}: log(x^2) is 2 log x, and not (log x)^2"),
    NodeRule("absolute-value", 46, _without_bars, _NO_BARS, undone_template=_BARS, is_local=True),
    NodeRule("off-by-one", 48, _one_off, f"{_HERE}: it is off by one"),
    NodeRule("log-of-sum", 50, _split_log, _OF_SUM),
    NodeRule("log-of-sum", 50, _log_of_product, _OF_PRODUCT),
    NodeRule("log-of-sum", 50, _log_of_ratio, _OF_RATIO),
    NodeRule("log-of-sum", 50, _joined_logs, _OF_SUM),
    NodeRule("sign", 75, _turned, "a sign is wrong: {1} instead of {0}"),
    NodeRule("off-by-one", 133, _one_off_argument, f"{_HERE}: it is off by one"),
    NodeRule("digamma-vs-log", 90, _log_for_digamma, f"{_HERE}: E log X is not log E X", undone_template="{0} stands where {1} belongs"),
    NodeRule("missing-term", 130, _shortened, "a term of {0} is missing", "extra-term"),
    NodeRule("missing-factor", 131, _lightened, "a factor of {0} is missing", "extra-factor"),
    NodeRule("wrong-exponent", 132, _other_power, _HERE),
)


def _proposes(rule: Rule, template: str, *, is_local: bool) -> Proposes:
    def proposals(wanted: Expectation) -> Proposals:
        for expression in dict.fromkeys([wanted.expected, tidy(wanted)]):
            for candidate, node, new in changed(expression, rule):
                yield change(candidate, template, node, new)
            for candidate, node, new in changed_once(expression, rule) if is_local else ():
                yield change(candidate, template, node, new)

    return proposals


for _row in RULES:
    slip_kind(_row.name, rank=_row.rank, undone=_row.undone, undone_template=_row.undone_template)(
        _proposes(_row.rule, _row.template, is_local=_row.is_local)
    )
