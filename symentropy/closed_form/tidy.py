"""The shape of an answer: what a textbook prints.

Main definitions
----------------
* `tidy`, which takes logarithms of products of positive factors apart, collects the coefficients of logarithms and of digamma and its
  relatives, and joins logarithms with equal or opposite coefficients again: log(s) - log(t) becomes log(s/t).
* `split_log`, the logarithm of a positive expression as a combination of logarithms of its factors.
* `log_gamma` and `psi`, which stay as they are for large numbers.

No ``simplify``: each step is named. The result does not depend on the order in which terms came, so that two routes to a closed form end in
the same expression.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any

from sympy import (
    Add,
    Expr,
    Integer,
    Mul,
    Piecewise,
    Pow,
    Rational,
    S,
    besseli,
    beta,
    catalan,
    default_sort_key,
    digamma,
    exp,
    expint,
    factorial,
    gamma,
    log,
    loggamma,
    polygamma,
)

from symentropy.logarithms import perfect_power

#: The functions whose coefficients are collected.
ATOMS = (log, digamma, polygamma, loggamma, besseli, expint, S.EulerGamma)
#: Coefficients with at most this many operations are factored.
MAX_FACTORED = 60
#: Gamma functions of larger numbers stay as they are, and factorials of larger numbers are not multiplied out.
MAX_EXPANDED = 50
#: Powers of sums with larger exponents are not multiplied out.
MAX_POWER = 12
#: Integers with more bits are not factored.
MAX_BITS = 4096
#: Gamma functions whose arguments differ by at most this integer are divided out.
MAX_SHIFT = 12
#: A number comes into a logarithm as a power of at most this exponent.
MAX_JOINED = 4


def split_log(argument: Expr) -> list[tuple[Expr, Expr]]:
    """Return (base, coefficient) pairs with log(argument) = sum of coefficient * log(base); base E stands for a term without a logarithm.

    >>> from sympy import Symbol, sqrt
    >>> a = Symbol("a", positive=True)
    >>> split_log(sqrt(2) / a**3)
    [(2, 1/2), (a, -3)]
    """
    if isinstance(argument, Rational) and argument.is_positive:
        return [pair for n, sign in ((int(argument.p), 1), (int(argument.q), -1)) for pair in _log_of_integer(n, sign)]
    if argument == S.Exp1:
        return [(S.Exp1, S.One)]
    if isinstance(argument, exp):
        return [(S.Exp1, argument.exp)]
    if isinstance(argument, Pow) and (argument.base.is_positive or not argument.exp.is_integer or _is_elementary_beta(argument.base)):
        return [(base, c * argument.exp) for base, c in split_log(argument.base)]
    if isinstance(argument, Pow) and argument.exp.is_even and argument.base.is_real and argument.base.is_Symbol is False:
        return [(base, c * argument.exp) for base, c in split_log(-argument.base)] if argument.base.is_negative else [(argument, S.One)]
    if isinstance(argument, Mul):
        return _log_of_product(argument)
    special = _SPLIT.get(type(argument))
    return [(argument, S.One)] if special is None else special(argument)


def _is_elementary_beta(factor: Expr) -> bool:
    """Whether this is beta(a, n) with a small integer, or of numbers: it has a shorter form. SymPy does not know that it is positive."""
    if not isinstance(factor, beta):
        return False
    return all(x.is_number for x in factor.args) or any(x.is_Integer and 0 < x <= MAX_SHIFT for x in factor.args)


def _log_of_beta(argument: Expr) -> list[tuple[Expr, Expr]]:
    a, b = argument.args if argument.args[1].is_Integer else argument.args[::-1]
    if b.is_Integer and 0 < b <= MAX_SHIFT:  # gamma(b)/(a (a + 1) ... (a + b - 1))
        return [*split_log(gamma(b)), *((a + j, S.NegativeOne) for j in range(int(b)))]
    gammas = ((gamma(a), 1), (gamma(b), 1), (gamma(a + b), -1))  # of half-integers, roots of pi
    return [(base, sign * c) for value, sign in gammas for base, c in split_log(value)]


def _log_of_sum(argument: Expr) -> list[tuple[Expr, Expr]]:
    """A sum that is a product, with the numbers and at most one factor of unknown sign, which is then positive."""
    content, rest = argument.as_content_primitive()
    factored = rest.factor() if rest.count_ops() < MAX_FACTORED and rest.is_rational_function() else rest
    if content != 1 or isinstance(factored, (Mul, Pow)):
        whole = content * factored
        if not isinstance(whole, Add) and _is_product_of_positive(whole):
            return split_log(whole)
    return [(argument, S.One)]


def _is_product_of_positive(expression: Expr) -> bool:
    return (
        all(
            factor.is_positive or (isinstance(factor, Pow) and factor.exp.is_even and factor.base.is_nonzero) or isinstance(factor, Add)
            for factor in Mul.make_args(expression)
        )
        and sum(1 for f in Mul.make_args(expression) if not f.is_positive) <= 1
    )


def _factorial_root(n: int) -> int | None:
    """Return m with m! == n for m above `MAX_EXPANDED`, None for another number; the estimate is Stirling's.

    >>> _factorial_root(math.factorial(60)), _factorial_root(math.factorial(60) + 1)
    (60, None)
    """
    logarithm = n.bit_length() * math.log(2)
    low, high = MAX_EXPANDED, n.bit_length()  # m! has more than m bits for these m
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if math.lgamma(middle + 1) < logarithm - math.log(2) - 1e-6 * logarithm else (low, middle)
    return next((m for m in range(low, low + 3) if _has_bits_of_factorial(n, m) and math.factorial(m) == n), None)


def _has_bits_of_factorial(n: int, m: int) -> bool:
    """Whether n may be m!: it is divisible by the same power of 2, which is m less the number of ones in m."""
    return (n & -n).bit_length() - 1 == m - m.bit_count()


def log_gamma(x: Expr) -> Expr:
    """Return loggamma(x), which stays as it is for a large number, where SymPy writes its factorial out.

    >>> log_gamma(Integer(3)), log_gamma(Integer(10**5))
    (log(2), loggamma(100000))
    """
    if not x.is_number and (2 * x).is_integer and not x.is_integer:
        return log(gamma(x))  # SymPy writes loggamma(n/2) by the duplication formula, as three gamma functions
    return loggamma(x, evaluate=not (x.is_Rational and x > MAX_EXPANDED))


def psi(x: Expr) -> Expr:
    """Return digamma(x), left alone where SymPy would write out a long harmonic number.

    >>> psi(Integer(2)), psi(Integer(10**8))
    (1 - EulerGamma, polygamma(0, 100000000))
    """
    return polygamma(0, x, evaluate=not (x.is_Rational and x > MAX_EXPANDED))


def _log_of_integer(n: int, sign: int) -> list[tuple[Expr, Expr]]:
    if n == 1:
        return []
    root = _factorial_root(n) if n.bit_length() > MAX_EXPANDED else None
    if root is not None:
        return [(gamma(Integer(root + 1), evaluate=False), Integer(sign))]
    if n.bit_length() > MAX_BITS:
        return [(Integer(n), Integer(sign))]
    pairs = []
    for prime in (2, 3, 5, 7, 11, 13):
        power = 0
        while n % prime == 0:
            n, power = n // prime, power + 1
        if power:
            pairs.append((Integer(prime), Integer(sign * power)))
    if n > 1:
        base, multiple = perfect_power(n)
        pairs.append((Integer(base), Integer(sign * multiple)))
    return pairs


def _log_of_product(argument: Expr) -> list[tuple[Expr, Expr]]:
    """Split off the factors that are positive; of the others each with a minus sign is turned, in pairs."""
    known: list[Expr] = []
    negative: list[Expr] = []
    unknown: list[Expr] = []
    for factor in argument.args:
        is_positive = factor.is_positive or _is_elementary_beta(factor.as_base_exp()[0])
        target = known if is_positive else negative if factor.is_negative else unknown
        target.append(factor)
    flipped = [(-factor.base) ** factor.exp if isinstance(factor, Pow) else (-factor).expand() for factor in negative]
    if len(negative) % 2:
        unknown = [-factor if place == 0 else factor for place, factor in enumerate(unknown)]
        if not unknown:  # a negative argument: leave it to be seen
            return [(argument, S.One)]
    rest = Mul(*unknown)
    pairs = [pair for factor in (*known, *flipped) for pair in split_log(factor)]
    if len(unknown) == 1:  # the whole is positive, and so is what is left
        pairs += split_log(rest) if isinstance(rest, (Pow, Add)) else [(rest, S.One)]
    elif unknown:
        pairs.append((rest, S.One))
    return pairs


_SPLIT: dict[type, Callable[[Any], list[tuple[Expr, Expr]]]] = {
    factorial: lambda f: [(gamma(f.args[0] + 1), S.One)],
    beta: _log_of_beta,
    catalan: lambda f: split_log(f.rewrite(gamma)),
    Add: _log_of_sum,
}

Linear = list[tuple[Expr, Expr]]


def _linear(expression: Expr) -> Linear:
    """Return (atom, coefficient) pairs, the atom 1 for what has none; products of atoms are multiplied out."""
    if not expression.has(*ATOMS) or isinstance(expression, Piecewise):
        return [(S.One, expression)]
    if isinstance(expression, Add):
        return [pair for term in expression.args for pair in _linear(term)]
    if isinstance(expression, Mul):
        with_atoms = [factor for factor in expression.args if factor.has(*ATOMS)]
        rest = Mul(*(factor for factor in expression.args if not factor.has(*ATOMS)))
        if len(with_atoms) == 1:
            return [(atom, coefficient * rest) for atom, coefficient in _linear(with_atoms[0])]
        product: Linear = [(S.One, rest)]
        for factor in with_atoms:
            product = [(a * b, c * d) for a, c in product for b, d in _linear(factor)]
        return product
    if isinstance(expression, log):
        parts: Linear = []
        for base, coefficient in split_log(expression.args[0]):
            if base == S.Exp1:
                parts += _linear(coefficient)
            elif isinstance(base, gamma):
                value = log_gamma(base.args[0])
                parts += [(value, coefficient)] if value.has(gamma, loggamma) else _linear(coefficient * value)
            else:
                parts += [(log(base), c) if a == 1 else (a * log(base), c) for a, c in _linear(coefficient)]
        return parts
    if isinstance(expression, loggamma) and expression.args[0].is_number and not expression.args[0] > MAX_EXPANDED:
        value = gamma(expression.args[0])
        return [(expression, S.One)] if value.has(gamma) else _linear(log(value))
    if isinstance(expression, Pow) and isinstance(expression.base, Add):
        return [(Pow(tidy(expression.base), expression.exp), S.One)]
    return [(expression, S.One)]


def tidy(expression: Expr) -> Expr:
    """Return an expression with its logarithms and digamma functions collected.

    >>> from sympy import Symbol, sqrt, pi
    >>> s, t = (Symbol(name, positive=True) for name in "st")
    >>> tidy(log(s * sqrt(2 * pi)) - 3 * log(2 * t)), tidy(log(s) - log(t))
    (log(s) - 3*log(t) - 5*log(2)/2 + log(pi)/2, log(s/t))
    """
    if isinstance(expression, Piecewise):
        return Piecewise(*((tidy(value), condition) for value, condition in expression.args))
    collected: dict[Expr, list[Expr]] = {}
    for atom, coefficient in _linear(expression):
        collected.setdefault(atom, []).append(coefficient)
    rest = _plain(collected.pop(S.One, []))
    coefficients = {atom: shortest(Add(*parts)) for atom, parts in collected.items()}
    logs = {atom.args[0]: c for atom, c in coefficients.items() if isinstance(atom, log)}
    others = [c * atom for atom, c in coefficients.items() if not isinstance(atom, log)]
    return Add(*_joined(logs), *others, rest)


def _plain(terms: Iterable[Expr]) -> Expr:
    """Return the sum of what has no logarithm, powers of the same exponent joined."""
    whole = Add(*terms)
    joined = Add(*(joined_powers(term) for term in Add.make_args(whole)))
    if joined.is_rational_function() and isinstance(joined, Add) and joined.count_ops() < MAX_FACTORED:
        return min(joined, shortest(joined), key=lambda form: form.count_ops())
    return joined


def shortest(expression: Expr) -> Expr:
    """Return a sum multiplied out or factored, whichever is shorter; that of the opposite sum is the opposite."""
    if not isinstance(expression, (Add, Mul)) or expression.count_ops() > 4 * MAX_FACTORED or _is_long_power(expression):
        return expression
    if expression.expand().could_extract_minus_sign():
        return -shortest(-expression.expand())
    choices = [expression.expand()]
    if choices[0].count_ops() < MAX_FACTORED and choices[0].free_symbols and choices[0].is_rational_function():
        choices.append(choices[0].factor())
    return min(choices, key=lambda form: (form.count_ops(), default_sort_key(form)))


def _is_long_power(expression: Expr) -> bool:
    """Whether a power of a sum has more terms than one multiplies out."""
    return any(isinstance(power.base, Add) and power.exp.is_Integer and power.exp > MAX_POWER for power in expression.atoms(Pow))


def joined_powers(term: Expr) -> Expr:
    """Return a product with powers of the same symbolic exponent joined: a**s b**(-s) is (a/b)**s."""
    if isinstance(term, exp):
        return exp(shortest(term.exp))
    if not isinstance(term, Mul):
        return term
    groups: dict[Expr, list[Expr]] = {}
    rest = []
    for factor in term.args:
        if isinstance(factor, Pow) and not factor.exp.is_number and factor.base.is_positive and not isinstance(factor, exp):
            sign = -1 if factor.exp.could_extract_minus_sign() else 1
            groups.setdefault(sign * factor.exp, []).append(factor.base**sign)
        else:
            rest.append(joined_powers(factor) if isinstance(factor, exp) else factor)
    return Mul(*rest, *(Pow(Mul(*bases), exponent) for exponent, bases in groups.items()))


def _is_multiple(coefficient: Expr, unit: Expr) -> bool:
    ratio = coefficient / unit
    return bool(ratio.is_Integer and 1 < abs(ratio) <= MAX_JOINED)


def _joined(logs: dict[Expr, Expr]) -> list[Expr]:
    """Return the terms of a combination of logarithms, those with equal or opposite coefficients in one logarithm."""
    groups: dict[Expr, list[Expr]] = {}
    logs = {base: c for base, c in logs.items() if c != 0}
    units = {abs(c) if c.is_number else -c if c.could_extract_minus_sign() else c for base, c in logs.items() if not base.is_Rational}
    for base, coefficient in list(logs.items()):  # 2 log 2 + log s is log(4 s)
        unit = next((u for u in sorted(units, key=default_sort_key) if _is_multiple(coefficient, u)), None) if base.is_Rational else None
        if unit is not None:
            del logs[base]
            logs[base ** abs(coefficient / unit)] = unit if (coefficient / unit).is_positive else -unit
    for base, coefficient in sorted(logs.items(), key=lambda item: default_sort_key(item[0])):
        negative = coefficient.could_extract_minus_sign()
        groups.setdefault(-coefficient if negative else coefficient, []).append(1 / base if negative else base)
    terms = []
    for coefficient, factors in groups.items():
        whole = reduce(lambda a, b: a * b, factors, S.One)
        numerator, denominator = whole.as_numer_denom()
        terms.append(-coefficient * log(denominator) if numerator == 1 else coefficient * log(whole))
    return terms
