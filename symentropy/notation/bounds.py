"""How large a result may become, estimated before SymPy is asked to build it.

SymPy evaluates as it builds: ``2**x * 2**(10**12 - x)`` becomes an integer of 10**12 bits, ``exp(10**12*log(2))`` as well, and the sign
of a sum of powers may expand a polynomial of any degree. A text of a few characters must not cost hours, so each construct carries
a `Size`, and what would become too large is refused, or built without SymPy's automatic evaluation.

Main definitions
----------------
* `Size`, an upper estimate, never an exact one; and the rules for sums, products, powers and functions.
* `TooLargeError`, raised by `Size.checked`.
* `MAX_DIGITS`, the stated size of an exact result; `MAX_EFFORT`, up to where SymPy evaluates automatically.

Left out: the cost of what is done with an expression once it is read.
"""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from sympy import Basic, Rational

from symentropy.exact import MAX_NUMBER_DIGITS

#: Exact powers and factorials are computed up to this many digits.
MAX_DIGITS = 20_000
#: Sums and products of numbers as written may be as long as a number may be.
MAX_BITS = MAX_NUMBER_DIGITS * math.log2(10)
#: SymPy looks for factors of a number under a root; above this size that takes too long.
MAX_ROOT_BITS = 1000
#: SymPy evaluates functions and powers of sums up to this effort; above it they are built as they stand.
MAX_EFFORT = 64.0
#: As `MAX_EFFORT`, for products, which SymPy evaluates with less trouble.
MAX_PRODUCT_EFFORT = 4096.0
#: SymPy compares the irrational constants of a product in pairs; more different ones are refused.
MAX_CONSTANTS = 500
#: Terms and factors that are handled, each time SymPy goes through them; a text without brackets has at most half as many
#: as it has characters.
MAX_WORK = 100_000
#: A sum of more terms than this is worth one more unit of effort for each such part.
TERMS_AN_EFFORT = 64


class TooLargeError(Exception):
    """A result that is too large to compute; the text says which limit it passes."""


@dataclass(frozen=True, slots=True)
class Size:
    """Upper estimates for one expression, each symbol counted as 1.

    ``bits``: of the integers in it, taken together; ``value``: of its size as a number; ``logs``: bits inside its logarithms,
    which an exponential turns back into integers; ``exponent``: the power of e it contains; ``degree``: as a polynomial;
    ``effort``: how hard SymPy works for its sign; ``constant``: whether it has no symbols; ``opaque``: whether it has quantities,
    in whose distributions SymPy had better not look for common factors.
    """

    bits: float = 0.0
    value: float = 1.0
    logs: float = 0.0
    exponent: float = 0.0
    degree: float = 0.0
    effort: float = 0.0
    constant: bool = True
    opaque: bool = False

    def checked(self) -> Size:
        """Return this size, or raise `TooLargeError`."""
        if self.bits > MAX_BITS:
            raise TooLargeError(f"a number of more than {MAX_NUMBER_DIGITS} digits would be computed here")
        return self


SYMBOL = Size(degree=1.0, constant=False)
#: Of a noun such as H(P), which SymPy does not look into.
OPAQUE = Size(degree=1.0, constant=False, opaque=True)
EULER = Size(value=3.0, exponent=1.0)
CONSTANT = Size(value=4.0)


def bits_of(number: Rational) -> float:
    """Return the bits (base 2 logarithms) of a rational number's numerator and denominator; 0 for 0, 1 and -1."""
    return sum(math.log2(part) for part in (abs(int(number.p)), int(number.q)) if part > 1)


def of_rational(number: Rational) -> Size:
    """Return the size of an exact number."""
    too_long = int(number.p).bit_length() - int(number.q).bit_length() > 1000
    return Size(bits=bits_of(number), value=math.inf if too_long else abs(int(number.p) / int(number.q)))


def of_sum(sizes: Sequence[Size], denominator_bits: float) -> Size:
    """Return the size of a sum whose numbers have a common denominator of at most the given bits."""
    return Size(
        bits=max(size.bits for size in sizes) + denominator_bits,
        value=sum(size.value for size in sizes),
        logs=sum(size.logs for size in sizes),
        exponent=max(size.exponent for size in sizes),
        degree=max(size.degree for size in sizes),
        effort=max(1.0, *(max(size.effort, size.degree) for size in sizes)) + len(sizes) // TERMS_AN_EFFORT,
        constant=all(size.constant for size in sizes),
        opaque=any(size.opaque for size in sizes),
    ).checked()


def of_product(sizes: Sequence[Size]) -> Size:
    """Return the size of a product."""
    value = 1.0
    for size in sizes:
        value = times(value, size.value)
    return Size(
        bits=sum(size.bits for size in sizes),
        value=value,
        logs=sum(size.logs for size in sizes),
        exponent=sum(size.exponent for size in sizes),
        degree=sum(size.degree for size in sizes),
        effort=sum(size.effort for size in sizes),
        constant=all(size.constant for size in sizes),
        opaque=any(size.opaque for size in sizes),
    ).checked()


def of_power(base: Size, exponent: Size, *, numeric: bool) -> Size:
    """Return the size of a power; ``numeric`` if its exponent is a rational number."""
    growth = exponent.value
    if exponent.constant and math.isinf(growth) and base.value != 1.0:
        raise TooLargeError("this power is too large to compute with")
    bits = times(base.bits + times(base.exponent, exponent.logs), growth)
    if numeric and base.constant and bits > MAX_DIGITS * math.log2(10):
        raise TooLargeError(f"this power would have more than {MAX_DIGITS} digits")
    return Size(
        bits=bits,
        value=power_of_two(times(growth, math.log2(max(base.value, 1.0)) + base.bits + 1.5 * base.exponent)),
        logs=base.logs + exponent.logs,
        exponent=times(base.exponent, growth),
        degree=times(base.degree, growth) if numeric else 2 * max(base.degree, exponent.degree),
        effort=times(base.effort, max(growth, 1.0)) + (float(base.effort > 0) if numeric else 2 * max(exponent.effort, 1.0)),
        constant=base.constant and exponent.constant,
        opaque=base.opaque or exponent.opaque,
    ).checked()


def of_call(sizes: Sequence[Size]) -> Size:
    """Return the size of a function that grows no faster than the factorial or the exponential function."""
    value = max(size.value for size in sizes)
    logs = sum(size.logs for size in sizes)
    bits = sum(size.bits for size in sizes)
    constant = all(size.constant for size in sizes)
    if constant and math.isinf(value):
        raise TooLargeError("the argument of this function is too large to compute with")
    return Size(
        bits=bits + times(logs, value),
        value=power_of_two(times(value, math.log2(value + 2))),
        logs=logs + bits,
        exponent=value,
        degree=2 * max(size.degree for size in sizes),
        effort=2 * max(1.0, *(size.effort for size in sizes)),
        constant=constant,
        opaque=any(size.opaque for size in sizes),
    ).checked()


def of_logarithm(sizes: Sequence[Size]) -> Size:
    """Return the size of a logarithm, in the base that is the second of two."""
    first = sizes[0]
    size = of_call([replace(each, value=1.0) for each in sizes])
    log_of_value = 0.0 if math.isinf(first.value) else math.log2(first.value + 2)
    return replace(size, bits=math.log2(first.exponent + 1), value=1 + first.bits + 1.5 * first.exponent + log_of_value, exponent=0.0)


def of_absolute(sizes: Sequence[Size]) -> Size:
    """Return the size of an absolute value."""
    return replace(sizes[0], effort=2 * sizes[0].effort)


def nodes(expression: Basic) -> float:
    """Return the number of nodes of an expression as a tree, in a time that depends on how many different ones there are.

    A declared function applied to itself shares its argument in memory; written out it may be too long for anything.
    """
    counted: dict[Basic, float] = {}
    waiting = [expression]
    while waiting:
        node = waiting[-1]
        missing = [part for part in node.args if part not in counted]
        if missing:
            waiting.extend(missing)
            continue
        waiting.pop()
        counted[node] = 1.0 + sum(counted[part] for part in node.args)
    return counted[expression]


def distinct(expression: Basic, seen: Container[Basic] = ()) -> set[Basic]:
    """Return the nodes of an expression, each once however often it occurs, without what was seen before.

    >>> from sympy.abc import x
    >>> sorted(map(str, distinct(x * (1 + x), {x})))
    ['1', 'x + 1', 'x*(x + 1)']
    """
    found: set[Basic] = set()
    waiting = [expression]
    while waiting:
        node = waiting.pop()
        if node not in found and node not in seen:
            found.add(node)
            waiting.extend(node.args)
    return found


def times(first: float, second: float) -> float:
    """Return the product of two estimates, where 0 times infinity is 0."""
    return 0.0 if 0.0 in (first, second) else first * second


def power_of_two(exponent: float) -> float:
    """Return 2 to an estimate, or infinity."""
    return math.inf if exponent > 1000 else 2.0**exponent
