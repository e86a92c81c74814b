"""The independent second way: values of expressions at exact points, by mpmath, sums written out."""

import random
from functools import lru_cache

import mpmath
from sympy import Add, Indexed, Rational, Sum, Symbol, lambdify

#: Digits of the evaluation, and what counts as 0.
DIGITS = 60
SMALL = mpmath.mpf(10) ** -45


def written_out(expression, sizes, entries):
    """Return an expression with numbers for the sizes, sums over numeric ranges written out, and entries replaced."""
    if isinstance(expression, Sum):
        *inner, (index, low, high) = expression.limits
        body = Sum(expression.function, *inner) if inner else expression.function
        bounds = [int(written_out(bound, sizes, entries)) for bound in (low, high)]
        terms = (written_out(body, {**sizes, index: Rational(k)}, entries) for k in range(bounds[0], bounds[1] + 1))
        return Add(*terms)
    if isinstance(expression, Indexed):
        place = tuple(int(written_out(index, sizes, entries)) for index in expression.indices)
        return entries[str(expression.base)][place]
    if expression in sizes:
        return sizes[expression]
    if not expression.args:
        return expression
    return expression.func(*(written_out(argument, sizes, entries) for argument in expression.args))


def value(expression, point, entries=None):
    """Return the value of an expression at a point, or None where it is not a real number."""
    sizes = {name: number for name, number in point.items() if name.is_integer}
    names = [name for name in point if not name.is_integer]
    expression = written_out(expression, sizes, entries or {})
    with mpmath.workdps(DIGITS):
        found = lambdify(names, expression, "mpmath")(*(mpmath.mpf(point[name].p) / point[name].q for name in names))
        return None if isinstance(found, mpmath.mpc) else mpmath.mpf(found)


def rational(generator, low=0, high=1):
    """Return a random exact number in an open interval."""
    return low + (high - low) * Rational(generator.randint(1, 10**6), 10**6 + 3)


def simplex(generator, size):
    """Return random exact positive numbers that sum to 1."""
    weights = [generator.randint(1, 1000) for _ in range(size)]
    return [Rational(weight, sum(weights)) for weight in weights]


@lru_cache(maxsize=1)
def letters():
    """Return the real symbols of the corpus with the intervals that they are drawn from."""
    names = {"p": (0, 1), "q": (0, 1), "r": (0, 1), "x": (0, 3), "y": (0, 3), "a": (0, 4), "b": (0, 4), "t": (-3, 3), "u": (-4, 0)}
    return {Symbol(name): bounds for name, bounds in names.items()}


def points(symbols, count, seed):
    """Return random exact points for symbols of the corpus; integers for those that are integers."""
    generator = random.Random(seed)
    for _ in range(count):
        yield {
            s: Rational(generator.randint(1, 4)) if s.is_integer else rational(generator, *letters().get(s, (0, 1)))
            for s in sorted(symbols, key=str)
        }
