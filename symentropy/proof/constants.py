"""Constants: their signs, and how two of them compare, by exact values or by certified enclosures that do not overlap.

Main definitions
----------------
* `compared`, enclosures of two constants and the sign of their difference, where that is shown.
* `sign_of` and `is_moderate`, the certified sign and size of a constant; `is_admitted`, whether it has what a symbol is declared with.

Left out on purpose: equality of irrational numbers other than sums of logarithms.
"""

from __future__ import annotations

from collections.abc import Callable
from math import lcm
from typing import Any

import sympy as sp
from sympy import Add, Basic, Expr, Rational, S

from symentropy.errors import SymentropyError
from symentropy.evaluation.balls.ball import Infinite
from symentropy.evaluation.enclosure import Enclosure
from symentropy.evaluation.precision import MAX_SIGN_BITS, enclosure, sign
from symentropy.quantity import FEW_OUTCOMES, Quantity, enclosed

#: Largest argument of other functions than logarithms, and largest exponent.
MAX_ARGUMENT = 10_000
#: Bits of the integers that the equality of two products of powers may take.
MAX_PRODUCT_BITS = 1 << 20
#: Digits tried for enclosures that overlap, after those asked for.
LEVELS = (40, 80)
#: Digits that may be needed to tell two sides apart whose difference has a known sign.
MAX_DIGITS = 330
#: Functions that SymPy evaluates by the sign of their argument.
BY_SIGN = (sp.Abs, sp.Min, sp.Max, sp.floor, sp.ceiling, sp.sign)

#: Relation -> the signs of left - right at which it holds.
SIGNS: dict[str, frozenset[int]] = {
    "=": frozenset({0}),
    "!=": frozenset({-1, 1}),
    "<": frozenset({-1}),
    "<=": frozenset({-1, 0}),
    ">": frozenset({1}),
    ">=": frozenset({0, 1}),
}

#: What the evaluation of a constant may raise; it never counts as an answer.
FAILURES = (
    SymentropyError,
    Infinite,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)


def sign_of(constant: Expr) -> int | None:
    """Return the certified sign of a constant, or None."""
    if constant.is_Rational:
        return int(constant.p > 0) - int(constant.p < 0)
    try:
        return sign(constant)
    except FAILURES:
        return None


def is_moderate(constant: Expr) -> bool:
    """Whether a constant is at most `MAX_ARGUMENT` in size."""
    if constant.is_Rational:
        return bool(abs(constant) <= MAX_ARGUMENT)
    try:
        found = enclosure(constant, 2, MAX_SIGN_BITS)
    except FAILURES:
        return False
    return bool(found.certified and found.lower >= -MAX_ARGUMENT and found.upper <= MAX_ARGUMENT)


def compared(left: Expr, right: Expr, digits: int = 15, levels: tuple[int, ...] = LEVELS) -> tuple[Enclosure, Enclosure, int | None] | None:
    """Return enclosures of two constants and the sign of left - right, None where that is not decided; None without enclosures.

    >>> compared(sp.log(4), 2 * sp.log(2))[2], compared(sp.log(2), sp.Rational(7, 10))[2], compared(S.Infinity, S.One)[2]
    (0, -1, 1)
    """
    found = _enclosures(left, right, digits)
    if found is None or (known := _order(*found)) is not None:
        return found and (*found, known)
    if is_zero(left, right):
        return (*found, 0)
    for level in levels:
        if level > digits and (finer := _enclosures(left, right, level)) and (known := _order(*finer)) is not None:
            return (*finer, known)
    if levels and (finer := _separated(left, right, found)):
        return (*finer, _order(*finer))
    return (*found, None)


def _enclosures(left: Expr, right: Expr, digits: int) -> tuple[Enclosure, Enclosure] | None:
    try:
        found = _enclosed(left, digits), _enclosed(right, digits)
    except FAILURES:
        return None
    return found if found[0].certified and found[1].certified else None


def _enclosed(constant: Expr, digits: int) -> Enclosure:
    """Return the enclosure of a constant; of a difference that is shown to be 0, that value."""
    if isinstance(constant, Add) and is_zero(constant, S.Zero):
        return Enclosure.of(S.Zero, digits)
    return enclosed(constant, digits)


def _order(left: Enclosure, right: Enclosure) -> int | None:
    """Return the sign of left - right that enclosures show; None where they overlap."""
    if left.exact and right.exact and left.lower == right.lower:
        return 0
    return -1 if left.upper < right.lower else 1 if left.lower > right.upper else None


def _separated(left: Expr, right: Expr, found: tuple[Enclosure, Enclosure]) -> tuple[Enclosure, Enclosure] | None:
    """Return enclosures with as many digits as the difference of the sides needs, where its sign is known."""
    nouns = left.atoms(Quantity) | right.atoms(Quantity)
    if any(may_be_infinite(side) for side in (left, right)) or not all(noun.is_small(FEW_OUTCOMES) for noun in nouns):
        return None
    try:
        gap = enclosure(left - right, 3, MAX_SIGN_BITS)
    except FAILURES:
        return None
    if not gap.certified or gap.lower * gap.upper <= 0:
        return None
    largest = max(_exponent(end) for side in found for end in (side.lower, side.upper))
    digits = (largest - min(_exponent(gap.lower), _exponent(gap.upper))) * 302 // 1000 + 5
    return _enclosures(left, right, digits) if 0 < digits <= MAX_DIGITS else None


def _exponent(value: Rational) -> int:
    """Return the exponent of 2 next to the size of a rational."""
    return int(value.p).bit_length() - int(value.q).bit_length()


def is_zero(left: Expr, right: Expr) -> bool:
    """Whether two constants are shown to be equal: the same, or rational multiples of logarithms of rationals that cancel.

    >>> is_zero(sp.log(12), 2 * sp.log(2) + sp.log(3)), is_zero(sp.log(2), sp.Rational(6931, 10000))
    (True, False)
    """
    try:
        left, right = _spelled(left), _spelled(right)
    except FAILURES:
        return False
    if left == right:
        return True
    difference = sp.expand_mul(sp.expand_multinomial(left - right))
    units = {power.base for power in difference.atoms(sp.Pow) if power.exp == -1 and isinstance(power.base, sp.log)}
    if len(units) == 1:  # in units of log 2, say
        difference = sp.expand_mul(difference * units.pop())
    if difference.has(*BY_SIGN):
        return False
    powers: list[tuple[Rational, Rational]] = []
    constant = S.Zero
    for term in Add.make_args(difference):
        coefficient, rest = term.as_coeff_Mul()
        if rest is S.One:
            constant += coefficient
        elif isinstance(rest, sp.log) and rest.args[0].is_Rational and rest.args[0] > 0 and coefficient.is_Rational:
            powers.append((rest.args[0], coefficient))
        else:
            return False
    return bool(constant == 0) and _product_is_one(powers)


def _product_is_one(powers: list[tuple[Rational, Rational]]) -> bool:
    """Whether a product of rational powers of positive rationals is 1, by integers alone."""
    common = lcm(*(int(exponent.q) for _, exponent in powers))
    size = over = under = 1
    for base, exponent in powers:
        count = int(exponent.p) * (common // int(exponent.q))
        top, bottom = (int(base.p), int(base.q)) if count > 0 else (int(base.q), int(base.p))
        size += abs(count) * max(top.bit_length(), bottom.bit_length())
        if size > MAX_PRODUCT_BITS:
            return False
        over, under = over * top ** abs(count), under * bottom ** abs(count)
    return over == under


def _spelled(constant: Expr) -> Expr:
    """Return a constant with the values of its small nouns written out."""
    nouns = constant.atoms(Quantity)
    if not nouns or constant.has(*BY_SIGN) or not all(noun.is_small(FEW_OUTCOMES) for noun in nouns):
        return constant
    return constant.xreplace({noun: noun.doit() for noun in nouns})


def may_be_infinite(constant: Expr) -> bool:
    """Whether a constant is infinite, or may be."""
    if not isinstance(constant, Quantity):
        constant = constant.xreplace({noun: noun.exactly() for noun in constant.atoms(Quantity)})
        if not constant.atoms(Quantity):
            return constant in (S.Infinity, S.NegativeInfinity)
    try:
        found = enclosed(constant, 1)
    except FAILURES:
        return True
    return bool(found.lower.is_infinite)


#: What a symbol may be declared with -> whether a number of this sign has it; None for what SymPy reads off the number itself.
_BY_SIGN: dict[str, Callable[[int], bool]] = {
    "positive": lambda s: s > 0,
    "negative": lambda s: s < 0,
    "zero": lambda s: s == 0,
    "nonzero": lambda s: s != 0,
    "nonnegative": lambda s: s >= 0,
    "nonpositive": lambda s: s <= 0,
}
_REAL = {
    "commutative": True,
    "complex": True,
    "real": True,
    "extended_real": True,
    "finite": True,
    "infinite": False,
    "hermitian": True,
    "imaginary": False,
    "antihermitian": False,
}


def is_admitted(name: Basic, value: Expr) -> bool:
    """Whether an exact real number has all that a symbol is declared with.

    >>> from sympy import Symbol
    >>> is_admitted(Symbol("n", integer=True, positive=True), S(2)), is_admitted(Symbol("x", positive=True), S.Zero)
    (True, False)
    """
    if not isinstance(value, Expr) or not value.is_number or value.free_symbols or value.is_extended_real is not True or value.is_infinite:
        return False
    of_value = sign_of(value)
    if of_value is None:
        return False
    declared = dict(getattr(name, "assumptions0", {}))
    if isinstance(name, sp.Indexed):
        declared = {**dict(name.base.label.assumptions0), **declared}
    for key, is_so in declared.items():
        of_sign = _BY_SIGN.get(key.removeprefix("extended_"))
        has_it: Any = _REAL.get(key)
        if has_it is None:
            has_it = of_sign(of_value) if of_sign else getattr(value, f"is_{key}", None)
        if has_it is not is_so:
            return False
    return True
