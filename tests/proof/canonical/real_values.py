"""The independent second way for signs and definedness: values at exact points, fractions as long as they are rational.

What is not a real number raises `Undefined`; what 130 digits do not settle raises `Vague`. Nothing of symentropy takes part but the
class of statements for each index.
"""

import math
from fractions import Fraction

from mpmath.ctx_mp import MPContext
from sympy import And, Contains, I, Indexed, NumberSymbol, Or, Product, S, Sum, Symbol, nan, oo, zoo
from sympy import Piecewise as Cases
from sympy import factorial as whole_factorial

from symentropy.proof.claim import Each

mp = MPContext()
mp.dps = 130
#: Differences below this may be rounding.
CLOSE = mp.mpf(10) ** -65
#: Arguments beyond this are not looked at.
LARGE = 500


class Undefined(Exception):
    """An expression is not a real number at a point."""


class Vague(Exception):
    """So many digits do not tell."""


def digits(value):
    return mp.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value


def sign(value):
    if isinstance(value, Fraction):
        return (value > 0) - (value < 0)
    if abs(value) < CLOSE:
        raise Vague
    return 1 if value > 0 else -1


def need(condition):
    if not condition:
        raise Undefined


def is_whole(value):
    if isinstance(value, Fraction):
        return value.denominator == 1
    if abs(value - mp.nint(value)) < CLOSE:
        raise Vague
    return False


def whole(value):
    need(is_whole(value))
    return int(value)


def small(value):
    if abs(digits(value)) > LARGE:
        raise Vague
    return digits(value)


def positive(value):
    need(sign(value) > 0)
    return small(value)


def plus(first, second):
    return first + second if isinstance(first, Fraction) and isinstance(second, Fraction) else digits(first) + digits(second)


def times(first, second):
    return first * second if isinstance(first, Fraction) and isinstance(second, Fraction) else digits(first) * digits(second)


def folded(operation, start, values):
    found = Fraction(start)
    for value in values:
        found = operation(found, value)
    return found


def power(base, exponent):
    if sign(exponent) == 0:
        return Fraction(1)
    if sign(base) == 0:
        need(sign(exponent) > 0)
        return Fraction(0)
    if is_whole(exponent):
        if isinstance(base, Fraction) and abs(exponent) < LARGE:
            return base ** int(exponent)
        return small(base) ** int(small(exponent))
    need(sign(base) > 0)
    if abs(digits(exponent) * mp.log(digits(base))) > 10_000:
        raise Vague
    return digits(base) ** digits(exponent)


def logarithm(x):
    need(sign(x) > 0)
    return Fraction(0) if x == 1 else mp.log(digits(x))


def rounded_down(x):
    if isinstance(x, Fraction):
        return Fraction(x.__floor__())
    need(not is_whole(small(x)))
    return Fraction(int(mp.floor(x)))


def odd(function):
    """An odd function; where it cannot be told from 1 it is vague."""

    def value(x):
        found = Fraction(0) if sign(x) == 0 else function(small(x))
        if abs(1 - abs(digits(found))) < CLOSE:
            raise Vague
        return found

    return value


def gamma(x):
    need(not is_whole(x) or sign(x) > 0)
    if sign(x) < 0 and abs(small(x) - mp.nint(small(x))) < mp.mpf(10) ** -25:
        raise Vague
    return mp.gamma(small(x))


def factorial(x):
    need(sign(plus(x, Fraction(1))) > 0)
    return Fraction(int(whole_factorial(int(x)))) if is_whole(x) and x < 50 else mp.gamma(small(x) + 1)


def binomial(n, k):
    need(is_whole(k) and (k >= 0 or (is_whole(n) and n >= 0)))
    if is_whole(n) and n >= 0:
        return Fraction(math.comb(int(small(n)), int(small(k)))) if 0 <= k <= n else Fraction(0)
    small(n), small(k)
    return folded(times, 1, [times(plus(n, Fraction(-j)), Fraction(1, j + 1)) for j in range(int(k))])


def polygamma(order, x):
    need(is_whole(order) and order >= 0)
    if order > 20:
        raise Vague
    return mp.psi(int(order), positive(x))


def remainder(x, y):
    need(sign(y) != 0)
    if not (isinstance(x, Fraction) and isinstance(y, Fraction)):
        raise Vague
    return x - y * (x / y).__floor__()


def within(low, high, function, is_open=False):
    """A function on an interval."""

    def value(x):
        for end, side in ((low, 1), (high, -1)):
            if end is not None:
                need(sign(times(Fraction(side), plus(x, Fraction(-end)))) >= is_open)
        return function(digits(x))

    return value


def not_zero(function):
    def value(x):
        need(sign(x) != 0)
        return function(small(x))

    return value


def zeta(s):
    need(sign(plus(s, Fraction(-1))) != 0)
    return mp.zeta(small(s))


#: The name of a SymPy class -> its values.
FUNCTIONS = {
    "Add": lambda *values: folded(plus, 0, values),
    "Mul": lambda *values: folded(times, 1, values),
    "Pow": power,
    "exp": lambda x: Fraction(1) if sign(x) == 0 else mp.exp(small(x)),
    "log": logarithm,
    "Abs": abs,
    "sign": lambda x: Fraction(sign(x)),
    "Max": lambda *values: max(values, key=digits),
    "Min": lambda *values: min(values, key=digits),
    "floor": rounded_down,
    "ceiling": lambda x: -rounded_down(-x),
    "sinh": odd(mp.sinh),
    "tanh": odd(mp.tanh),
    "asinh": odd(mp.asinh),
    "atan": odd(mp.atan),
    "sin": odd(mp.sin),
    "erf": odd(mp.erf),
    "cosh": lambda x: mp.cosh(small(x)),
    "cos": lambda x: mp.cos(small(x)),
    "sech": lambda x: mp.sech(small(x)),
    "tan": lambda x: mp.tan(small(x)),
    "coth": not_zero(mp.coth),
    "csch": not_zero(mp.csch),
    "atanh": within(-1, 1, odd(mp.atanh), is_open=True),
    "asin": within(-1, 1, mp.asin),
    "acos": within(-1, 1, mp.acos),
    "acosh": within(1, None, mp.acosh),
    "gamma": gamma,
    "loggamma": lambda x: mp.loggamma(positive(x)),
    "polygamma": polygamma,
    "digamma": lambda x: polygamma(Fraction(0), x),
    "factorial": factorial,
    "harmonic": lambda x: within(-1, None, mp.harmonic, is_open=True)(small(x)),
    "binomial": binomial,
    "beta": lambda a, b: mp.beta(positive(a), positive(b)),
    "zeta": zeta,
    "expint": lambda n, x: mp.expint(small(n), positive(x)),
    "besseli": lambda n, x: mp.besseli(small(n), positive(x)),
    "polylog": lambda s, x: mp.polylog(small(s), -within(-1, None, small, is_open=True)(-x)),
    "lowergamma": lambda s, x: mp.gammainc(positive(s), 0, within(0, None, small)(x)),
    "uppergamma": lambda s, x: mp.gammainc(positive(s), within(0, None, small)(x)),
    "LambertW": lambda x: mp.lambertw(small(x)).real if sign(plus(digits(x), mp.exp(-1))) > 0 else need(False),
    "Mod": remainder,
    "KroneckerDelta": lambda i, j: Fraction(int(sign(plus(i, -j)) == 0)),
}


def value(expression, point):
    """Return the value at a point: symbols and entries such as ("p", 1) to fractions; other entries are what point["else"] says."""
    if expression in point:
        return point[expression]
    if expression.is_Rational:
        return Fraction(int(expression.p), int(expression.q))
    if isinstance(expression, NumberSymbol):
        return mp.mpf(str(expression.evalf(150)))
    if isinstance(expression, Indexed):
        key = (str(expression.base), *(whole(value(index, point)) for index in expression.indices))
        return point[key] if key in point else point["else"](key)
    if isinstance(expression, (Sum, Product)):
        return _total(expression, point)
    if isinstance(expression, Cases):
        for branch, condition in expression.args:
            if holds(condition, point):
                return value(branch, point)
        raise Undefined
    need(expression not in (oo, -oo, zoo, nan, I) and not isinstance(expression, Symbol))
    function = FUNCTIONS.get(type(expression).__name__)
    if function is None:
        raise Vague
    found = function(*(value(argument, point) for argument in expression.args))
    need(isinstance(found, Fraction) or (not isinstance(found, mp.mpc) and mp.isfinite(found)))
    return found


def _total(expression, point):
    *inner, (index, low, high) = expression.limits
    low, high = (whole(value(end, point)) for end in (low, high))
    need(low <= high + 1)
    if high - low > LARGE:
        raise Vague
    body = expression.func(expression.function, *inner) if inner else expression.function
    terms = [value(body, {**point, index: Fraction(k)}) for k in range(low, high + 1)]
    return folded(plus, 0, terms) if isinstance(expression, Sum) else folded(times, 1, terms)


ALLOWED = {"==": (0,), "!=": (-1, 1), "<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (1, 0)}
WHOLE = {S.Naturals: 1, S.Naturals0: 0, S.Integers: -oo}


def holds(statement, point):
    """Return whether a hypothesis holds at a point."""
    if statement in (True, S.true, False, S.false):
        return statement in (True, S.true)
    if isinstance(statement, (And, Or)):
        return (all if isinstance(statement, And) else any)(holds(part, point) for part in statement.args)
    if isinstance(statement, Each):
        return _holds_for_each(statement.relation, statement.limits, point)
    if isinstance(statement, Contains):
        member, numbers = statement.args
        found = value(member, point)
        if numbers in WHOLE:
            return is_whole(found) and int(found) >= WHOLE[numbers]
        ends = [(numbers.start, 1, bool(numbers.left_open)), (numbers.end, -1, bool(numbers.right_open))]
        return all(end.is_infinite or sign(times(Fraction(side), plus(found, -value(end, {})))) >= is_open for end, side, is_open in ends)
    return sign(plus(value(statement.lhs, point), -value(statement.rhs, point))) in ALLOWED[statement.rel_op]


def _holds_for_each(relation, limits, point):
    if not limits:
        return holds(relation, point)
    *inner, (index, low, high) = limits
    ends = [whole(value(end, point)) for end in (low, high)]
    if ends[1] - ends[0] > LARGE:
        raise Vague
    return all(_holds_for_each(relation, inner, {**point, index: Fraction(k)}) for k in range(ends[0], ends[1] + 1))


def admits(symbol, number):
    """Return whether a symbol's assumptions admit a number."""
    return not (
        (symbol.is_integer and number.denominator != 1)
        or (symbol.is_positive and number <= 0)
        or (symbol.is_negative and number >= 0)
        or (symbol.is_nonnegative and number < 0)
        or (symbol.is_nonpositive and number > 0)
        or (symbol.is_nonzero and number == 0)
    )


def satisfied(statements, point):
    """Return whether a point is known to satisfy the assumptions of its symbols and all statements."""
    try:
        return all(admits(s, v) for s, v in point.items() if isinstance(s, Symbol)) and all(holds(part, point) for part in statements)
    except (Undefined, Vague):
        return False
