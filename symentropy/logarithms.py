"""Logarithms in the shape a person would write.

Main definitions: `natural_log` of a positive expression, `rational_log` of a positive fraction, `checked_base`, and `unit_name` of a
base.

Only rewritings that hold for positive arguments are used, and an argument is split only where SymPy or exact arithmetic shows
its parts to be positive; ``expand_log(force=True)`` is not.
"""

from __future__ import annotations

from functools import cache
from itertools import count, islice
from math import gcd
from typing import Any

from sympy import Expr, Integer, Mul, Pow, Rational, S, expand_log, fraction, integer_nthroot, isprime, log, nextprime

from symentropy.errors import DomainError
from symentropy.evaluation.precision import sign
from symentropy.exact import exact, shown

#: The units that have a name, by the base of the logarithms.
UNITS = {"E": "nats", "2": "bits", "3": "trits", "10": "hartleys"}

#: Largest prime exponent tried for a perfect power that is not a power of 2.
MAX_ROOT = 64


def perfect_power(value: int) -> tuple[int, int]:
    """Return (root, exponent) with root ** exponent == value, by integer roots alone, without factoring.

    The exponent is the largest, unless it has a prime factor above `MAX_ROOT`.

    >>> perfect_power(64), perfect_power(6), perfect_power(1)
    ((2, 6), (6, 1), (1, 1))
    """
    if value & (value - 1) == 0 and value > 1:
        return 2, value.bit_length() - 1
    root, multiple, exponent = value, 1, 2
    while exponent < min(root.bit_length(), MAX_ROOT):
        candidate, is_exact = integer_nthroot(root, exponent) if _may_be_power(root, exponent) else (0, False)
        if is_exact:
            root, multiple = int(candidate), multiple * exponent
        else:
            exponent = nextprime(exponent)
    return root, multiple


@cache
def _residue_primes(exponent: int) -> tuple[int, ...]:
    """Return a few primes that leave 1 modulo the exponent: only 1 in ``exponent`` residues modulo each is a power."""
    candidates = (multiple * exponent + 1 for multiple in count(2))
    return tuple(islice(filter(isprime, candidates), 4))


def _may_be_power(value: int, exponent: int) -> bool:
    """Whether residues allow that ``value`` is an exact power; cheap, where a root of a long integer is not."""
    return all(pow(value, (prime - 1) // exponent, prime) in (0, 1) for prime in _residue_primes(exponent))


def rational_log(over: int, under: int = 1) -> Expr:
    """Return log(over/under) for a fraction in lowest terms, with a perfect power as a multiple of the logarithm of its root.

    >>> rational_log(1), rational_log(8), rational_log(1, 6), rational_log(4, 9)
    (0, 3*log(2), -log(6), 2*log(2/3))
    """
    if 1 in (over, under):
        root, multiple = perfect_power(over * under)
        return (multiple if under == 1 else -multiple) * log(Integer(root))
    (top, first), (bottom, second) = perfect_power(over), perfect_power(under)
    shared = gcd(first, second)
    return shared * log(Rational(top ** (first // shared), bottom ** (second // shared)))


def natural_log(value: Expr) -> Expr:
    """Return log(value) for a positive expression.

    >>> from sympy import exp, sqrt
    >>> from sympy.abc import n
    >>> natural_log(Rational(4, 9)), natural_log(Rational(1, 8)), natural_log(1 / sqrt(2)), natural_log(1 / n)
    (2*log(2/3), -3*log(2), -log(2)/2, -log(n))
    """
    if isinstance(value, Rational):
        return rational_log(int(value.p), int(value.q))
    if value.is_number:
        return expand_log(log(value)).replace(lambda e: isinstance(e, log) and e.args[0].is_Rational, lambda e: natural_log(e.args[0]))
    if isinstance(value, (Mul, Pow)):
        numerator, denominator = fraction(value)
        return -log(denominator) if numerator == 1 else log(value)
    return log(value)


def checked_base(base: Any) -> Expr:
    """Return a logarithm's base as exact SymPy: a positive number other than 1, or a symbol.

    >>> checked_base(2), checked_base('1/2')
    (2, 1/2)
    >>> checked_base(1)
    Traceback (most recent call last):
    ...
    symentropy.errors.DomainError: the base of the logarithm is 1: give a positive number other than 1, such as 2 or E
    """
    base = exact(base, "the base of the logarithm")
    wrong = base.is_positive is False or base.is_extended_real is False or base.is_infinite or base == 1 or base is S.NaN
    if wrong or (base.is_number and not base.is_Rational and base != S.Exp1 and not _is_positive_not_one(base)):
        raise DomainError(f"the base of the logarithm is {shown(base)}: give a positive number other than 1, such as 2 or E")
    return base


def unit_name(base: Any) -> str:
    """Return the name of the unit that a base stands for.

    >>> unit_name(S.Exp1), unit_name(2), unit_name(5)
    ('nats', 'bits', 'units of log 5')
    """
    return UNITS.get(str(base), f"units of log {base}")


def _is_positive_not_one(base: Expr) -> bool:
    return sign(base) == 1 and sign(base - 1) not in (0, None)
