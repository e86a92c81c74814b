"""From two densities to a closed form: statistics, means, and the condition of finiteness.

Main definitions
----------------
* `closed_form`, for distributions of one outcome.
* `mean_by_images`, the mean of a combination of statistics.

Main statements
---------------
Where the mean of a statistic diverges, -log q (or log(p/q)) is looked at near each end of the support: if the term that grows fastest there
is positive, the quantity is bounded below and so oo exactly where that term's mean is. Otherwise nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy import (
    Abs,
    Add,
    And,
    Expr,
    Mul,
    Or,
    Piecewise,
    Pow,
    S,
    Sum,
    Symbol,
    default_sort_key,
    exp,
    factorial,
    false,
    gamma,
    log,
    loggamma,
    oo,
    sign,
    true,
)
from sympy.logic.boolalg import Boolean

from symentropy.closed_form.data import ClosedForm, Term
from symentropy.closed_form.tidy import tidy
from symentropy.closed_form.univariate.boundaries import solved
from symentropy.closed_form.univariate.discrete import Counts, Point, gamma_argument, recognised
from symentropy.closed_form.univariate.kernels import Image, identity, images
from symentropy.closed_form.univariate.moments import DIVERGENT, Moment, is_greater, square_of_logs
from symentropy.closed_form.univariate.polynomial import Polynomials
from symentropy.closed_form.univariate.statistics import Combination, Reader, added, affine
from symentropy.errors import NoClosedForm
from symentropy.law import Law


@dataclass(frozen=True)
class Piece:
    """A part of P: its density and that of Q between two ends, and the log-densities as combinations."""

    low: Expr
    high: Expr
    first: Combination
    second: Combination
    images: list[Image]
    weight: Expr


def mean_by_images(found: Sequence[Image], terms: Combination) -> Moment | None:
    """Return the mean of a combination, each statistic by the first image that knows it; None where one has no rule."""
    values, conditions, goes_up = [], [], True
    for statistic, coefficient in terms.items():
        known = statistic_mean(found, statistic)
        if known is None:
            return None
        moment = known[0]
        values.append(coefficient * moment.value)
        conditions.append(moment.finite)
        goes_up = goes_up and (moment.finite == true or (moment.goes_up and bool(coefficient.is_positive)))
    return Moment(Add(*values), And(*conditions), goes_up)


def statistic_mean(found: Sequence[Image], statistic: Expr) -> tuple[Moment, str] | None:
    """Return the mean of a statistic with its source."""
    if statistic == 1:
        return Moment(S.One), ""
    image, moment = image_mean(found, statistic)
    return None if image is None or moment is None else (moment, image.source)


def image_mean(found: Sequence[Image], statistic: Expr) -> tuple[Image | None, Moment | None]:
    """Return the first image that knows the mean of a statistic, with the mean."""
    for image in found:
        x = image.outcome
        is_plain = isinstance(image.parent, Polynomials) or image.inverse != image.variable
        if is_plain and isinstance(statistic, Pow) and statistic.exp == 2 and (line := affine(statistic.base, x)) and line[1] != 0:
            moment = _square(image, *line)
        else:
            moment = image.mean(statistic)
        if moment is not None:
            return image, moment
    return None, None


def _square(image: Image, a: Expr, b: Expr) -> Moment | None:
    """E (a x + b)**2: the variance and the square of the mean, where that is short."""
    first, second = image.mean(image.outcome), image.mean(image.outcome**2)
    if first is None or second is None:
        return None
    if second.finite == false:
        return Moment(oo, false)
    if first.value.is_rational_function() and second.value.is_rational_function():
        variance = (second.value - first.value**2).factor()
        return Moment(a**2 * variance + (a * first.value + b) ** 2, second.finite)
    return Moment(a**2 * second.value + 2 * a * b * first.value + b**2, second.finite)


# Pieces


def pieces_of(density: Expr, x: Symbol, low: Expr, high: Expr) -> list[tuple[Expr, Expr, Expr]]:
    """Return (density, low, high) for each piece of a density, split where it is stated in cases or has a sign.

    Raises `NoClosedForm` where the cases are not intervals in order.
    """
    if isinstance(density, Piecewise):
        found, start = [], low
        for value, condition in density.args:
            end = high if condition == true else _upper_end(condition, x)
            if end is None:
                raise NoClosedForm(f"the cases of the density {density} are not intervals in order")
            found.append((value, start, end))
            start = end
        return found
    signs = density.atoms(sign)
    if len(signs) == 1:
        (own,) = signs
        line = affine(own.args[0], x)
        if line is not None and line[0].is_positive:
            place = -line[1] / line[0]
            return [(density.xreplace({own: S(value)}), a, b) for value, a, b in ((-1, low, place), (1, place, high))]
    return [(density, low, high)]


def _upper_end(condition: Boolean, x: Symbol) -> Expr | None:
    if condition.is_Relational and condition.lhs == x and condition.rel_op in ("<", "<="):
        end: Expr = condition.rhs
        return end
    if condition.is_Relational and condition.rhs == x and condition.rel_op in (">", ">="):
        other: Expr = condition.lhs
        return other
    return None


def _absolute_split(terms: Combination, x: Symbol) -> Expr | None:
    """Return m for a kernel of x and Abs(x - m), which is two exponentials."""
    distances = [s for s in terms if isinstance(s, Abs)]
    if len(distances) == 1 and set(terms) == {x, *distances} and (line := affine(distances[0].args[0], x)):
        return -line[1] / line[0]
    return None


def _pieces(P: Law, Q: Law) -> list[Piece]:
    x, low, high = P.limits[0]
    _, other_low, other_high = Q.limits[0]
    parts = pieces_of(P.density, x, low, high)
    others = parts if Q is P else pieces_of(Q.density, x, other_low, other_high)
    found = []
    for density, a, b in parts:
        first = Reader(x, a, b).log_of(density)
        kernel = {s: c for s, c in first.items() if s != 1}
        place = _absolute_split(kernel, x)
        bounds = [(a, b)] if place is None else [(a, place), (place, b)]
        for start, end in bounds:
            for second_density, left, right in _overlapping(others, start, end):
                first = Reader(x, left, right).log_of(density)
                reader = Reader(x, left, right) if len(others) > 1 or len(bounds) > 1 else Reader(x, other_low, other_high)
                second = first if Q is P else reader.log_of(second_density)
                whole = len(parts) == len(bounds) == 1 and (left, right) == (a, b)
                found.append(_piece(density, x, left, right, first, second, whole=whole))
    return found


def _overlapping(others: list[tuple[Expr, Expr, Expr]], low: Expr, high: Expr) -> list[tuple[Expr, Expr, Expr]]:
    """Return Q's densities on the parts of (low, high), which must be in a known order."""
    if len(others) == 1:
        return [(others[0][0], low, high)]
    parts = []
    for density, a, b in others:
        if is_at_most(b, low) or is_at_most(high, a):
            continue
        left = low if is_at_most(a, low) else a if is_at_most(low, a) else None
        right = high if is_at_most(high, b) else b if is_at_most(b, high) else None
        if left is None or right is None:
            raise NoClosedForm(f"the order of {low}, {high} and {a}, {b} is not known")
        parts.append((density, left, right))
    return parts


def is_at_most(a: Expr, b: Expr) -> bool:
    """Whether a <= b is seen."""
    return a == b or a == -oo or b == oo or bool((b - a).expand().is_nonnegative)


def _piece(density: Expr, x: Symbol, low: Expr, high: Expr, first: Combination, second: Combination, *, whole: bool) -> Piece:
    kernel = {s: c for s, c in first.items() if s != 1}
    found = images(kernel, x, low, high)
    if density.is_polynomial(x) and low.is_finite and high.is_finite:
        mass = Polynomials(((density, low, high),), x).mean(x**0, x)
        weight = S.One if whole else mass.value if mass else S.One
        own = identity(Polynomials(((density / weight, low, high),), x), x, low, high, -first.get(S.One, S.Zero))
        return Piece(low, high, first, second, [own, *found], weight)
    if not found:
        raise NoClosedForm(f"no known kernel has the logarithm {Add(*(c * s for s, c in kernel.items()))} between {low} and {high}")
    weight = S.One if whole else tidy_exp(first.get(S.One, S.Zero) + found[0].log_mass)
    return Piece(low, high, first, second, found, weight)


def tidy_exp(logarithm: Expr) -> Expr:
    """Return exp of a combination of logarithms."""
    return exp(tidy(logarithm)).factor()


def times(coefficient: Expr, mean: Expr) -> Expr:
    """Return a product term by term, with c/c and c/(-c) cancelled for sums c."""
    if not isinstance(coefficient, Add) or not isinstance(mean, Add):
        return coefficient * mean
    terms = []
    for term in mean.args:
        divisors = [f.base for f in Mul.make_args(term) if isinstance(f, Pow) and f.exp == -1 and isinstance(f.base, Add)]
        signs = [(d, s) for d in divisors for s in (1, -1) if (coefficient - s * d).expand() == 0]
        terms.append(signs[0][1] * (signs[0][0] * term) if signs else coefficient * term)
    return Add(*terms)


# Growth near the ends


def growth(statistic: Expr, x: Symbol, end: Expr) -> tuple[int, Expr, int] | None:
    """Return (class, degree, sign) of a statistic that is unbounded near an end of the support, None for a bounded one.

    Classes: 1 logarithms, 2 powers, 3 exponentials. Raises `NoClosedForm` where it is not known.
    """
    if statistic == 1:
        return None
    if isinstance(statistic, exp):
        return _growth_of_exponential(statistic, x, end)
    if isinstance(statistic, log) or square_of_logs(statistic) is not None:
        return _growth_of_logarithm(statistic, x, end)
    base, degree = statistic.as_base_exp()
    inside = base.args[0] if isinstance(base, Abs) else base
    line = affine(inside, x)
    if line is None or degree.has(x):
        raise NoClosedForm(f"how {statistic} grows is not known")
    if end.is_infinite:
        if degree.is_negative:
            return None
        if not degree.is_positive:
            raise NoClosedForm(f"how {statistic} grows is not known")
        direction = 1 if (end == oo) == bool(line[0].is_positive) else -1
        odd = degree.is_odd and not isinstance(base, Abs)
        return 2, degree, direction if odd else 1
    if degree.is_nonnegative:
        return None
    gap = (line[0] * end + line[1]).expand()
    if gap.is_nonzero:
        return None
    if gap == 0:
        return 2, -degree, 1
    raise NoClosedForm(f"how {statistic} grows is not known")


def _growth_of_exponential(statistic: Expr, x: Symbol, end: Expr) -> tuple[int, Expr, int] | None:
    t = statistic.exp / x
    if end.is_finite:
        return None
    if t.has(x):
        raise NoClosedForm(f"how {statistic} grows is not known")
    if t.is_positive:
        return (3, t, 1) if end == oo else None
    if t.is_negative:
        return (3, -t, 1) if end == -oo else None
    raise NoClosedForm(f"how {statistic} grows is not known")


def _growth_of_logarithm(statistic: Expr, x: Symbol, end: Expr) -> tuple[int, Expr, int] | None:
    """Logarithms grow less than anything else that may diverge; squares of them are positive."""
    if not isinstance(statistic, log):
        return 1, S(2), 1
    argument = statistic.args[0]
    line = affine(argument, x)
    if end.is_infinite:
        if line is None and argument.has(exp):
            return None if _wave_vanishes(argument, x, end) else (2, S.One, 1)
        return 1, S.One, 1
    if line is None:
        return None
    return (1, S.One, -1) if (line[0] * end + line[1]).expand() == 0 else None


def _wave_vanishes(argument: Expr, x: Symbol, end: Expr) -> bool:
    waves = argument.atoms(exp)
    rates = [wave.exp / x for wave in waves]
    return all((rate.is_negative if end == oo else rate.is_positive) for rate in rates)


def heavy_tail(statistic: Expr, terms: Combination, x: Symbol, ends: tuple[Expr, Expr]) -> tuple[Moment, str] | None:
    """Return the infinite mean of exp(t x) where the tail of P, whose log-density has these terms, is heavier than any exponential."""
    if not isinstance(statistic, exp):
        return None
    for end in ends:
        if end.is_infinite and _growth_of_exponential(statistic, x, end) is not None:
            tail = [found for s in terms if (found := growth(s, x, end)) is not None]
            if all(kind == 1 or (kind == 2 and (1 - degree).is_positive) for kind, degree, _ in tail):
                return DIVERGENT, "the tail is heavier than that of any exponential"
    return None


def finiteness(
    terms: Combination, moments: dict[Expr, Moment], x: Symbol, ends: tuple[Expr, Expr], own: set[Expr] | None = None
) -> Boolean:
    """Return the condition under which the mean of a combination is finite, outside of which it is oo.

    ``own`` are the statistics that log p has a part in; of the others the leading one near an end has a positive coefficient, since q
    has a finite integral.

    Raises `NoClosedForm` where it might be undefined, or minus infinity.
    """
    doubtful = [s for s in terms if moments[s].finite != true]
    if not doubtful:
        return true
    if len(doubtful) == 1 and len([s for s in terms if s != 1]) == 1 and moments[doubtful[0]].goes_up and terms[doubtful[0]].is_positive:
        return moments[doubtful[0]].finite
    conditions: list[Boolean] = []
    for end in ends:
        growing = [(found, s) for s in terms if (found := growth(s, x, end)) is not None]
        if not any(s in doubtful for _, s in growing):
            continue
        leaders = [(own, s) for own, s in growing if not any(_exceeds(other, own) for other, _ in growing)]
        for (kind, _, direction), s in leaders:
            coefficient = terms[s] * direction
            is_of_q = own is not None and s not in own and kind > 1 and len(leaders) == 1
            if not coefficient.is_positive and not is_of_q:
                raise NoClosedForm(f"the sign of the leading term {terms[s]}*{s} is not known where its mean diverges")
            conditions.append(moments[s].finite)
    if not conditions:
        raise NoClosedForm("a mean diverges, and where is not known")
    return And(*conditions)


def _exceeds(one: tuple[int, Expr, int], other: tuple[int, Expr, int]) -> bool:
    if one[0] != other[0]:
        return one[0] > other[0]
    return bool((one[1] - other[1]).is_positive)


# Closed forms


def from_laws(P: Law, Q: Law, *, is_cross: bool) -> ClosedForm:
    """Return the closed form for two laws in the same variable, Q is P for entropy.

    Raises `NoClosedForm` with the reason where there is none.
    """
    if P.is_discrete:
        return _discrete(P, Q, is_cross=is_cross)
    x = P.limits[0][0]
    pieces = _pieces(P, Q)
    values, terms, conditions = [], [], []
    weighted: list[tuple[Piece, Combination, dict[Expr, Moment]]] = []
    for piece in pieces:
        second = [(s, -c) for s, c in piece.second.items()]
        parts = second if is_cross else [*piece.first.items(), *second]
        merged = added(parts)
        moments: dict[Expr, Moment] = {}
        for statistic in merged:
            known = statistic_mean(piece.images, statistic) or heavy_tail(statistic, piece.first, x, (piece.low, piece.high))
            if known is None:
                raise NoClosedForm(f"no rule gives the mean of {statistic}")
            moments[statistic] = known[0]
            terms.append(Term(merged[statistic], statistic, known[0].value, known[1]))
        weighted.append((piece, merged, moments))
        own = set(piece.first) if not is_cross else set()
        condition = finiteness(merged, moments, x, (piece.low, piece.high), own)
        conditions.append(condition)
        if condition != false:
            values.append(piece.weight * Add(*(times(c, moments[s].value) for s, c in parts if s in merged)))
    finite = And(*conditions)
    if finite == false:
        return ClosedForm(oo, tuple(terms), x, false)
    value = tidy(_without_hidden_cases(Add(*values)))
    stated = value if finite == true else Piecewise((value, finite), (oo, True))
    return ClosedForm(stated, tuple(terms) if len(pieces) == 1 else _terms_of_pieces(weighted, x), x, finite)


def _terms_of_pieces(weighted: Sequence[tuple[Piece, Combination, dict[Expr, Moment]]], x: Symbol) -> tuple[Term, ...]:
    """Return the terms of a density in pieces: a statistic with the same coefficient everywhere as it is, others piece by piece."""
    found: list[Term] = []
    for statistic in dict.fromkeys(s for _, merged, _ in weighted for s in merged):
        parts = [(piece, merged[statistic], moments[statistic]) for piece, merged, moments in weighted if statistic in merged]
        if len(parts) == len(weighted) and len({c for _, c, _ in parts}) == 1:
            mean = Add(*(piece.weight * moment.value for piece, _, moment in parts))
            found.append(Term(parts[0][1], statistic, S.One if statistic == 1 else mean))
            continue
        for piece, coefficient, moment in parts:
            sides = [x > piece.low] * (piece is not weighted[0][0]) + [x < piece.high] * (piece is not weighted[-1][0])
            found.append(Term(coefficient, Piecewise((statistic, And(*sides)), (S.Zero, True)), piece.weight * moment.value))
    return tuple(found)


def _without_hidden_cases(value: Expr) -> Expr:
    """Return a value with the cases in front: those of removable singularities, such as equal parameters."""
    found = sorted(value.atoms(Piecewise), key=default_sort_key)
    if not found or len({tuple(condition for _, condition in cases.args) for cases in found}) > 1:
        return value  # several: each stays where it is
    conditions = [condition for _, condition in found[0].args]
    same = found
    branches = [
        (tidy(_without_hidden_cases(value.xreplace({cases: cases.args[place].expr for cases in same}))), condition)
        for place, condition in enumerate(conditions)
    ]
    return Piecewise(*branches)


def _discrete(P: Law, Q: Law, *, is_cross: bool) -> ClosedForm:
    """Sums over integers; statistics without a rule, such as log k!, stay in one series."""
    k, low, high = P.limits[0]
    _, other_low, other_high = Q.limits[0]
    if isinstance(P.density, Piecewise) or isinstance(Q.density, Piecewise):
        raise NoClosedForm("a pmf stated in cases has no kernel")
    first = Reader(k, low, high).log_of(P.density)
    second = first if Q is P else Reader(k, other_low, other_high).log_of(Q.density)
    kernel = {s: c for s, c in first.items() if s != 1}
    law = recognised(kernel, k, low, high)
    if law is None:
        raise NoClosedForm(f"no known kernel has the logarithm {Add(*(c * s for s, c in kernel.items()))}")
    parts = [(s, -c) for s, c in second.items()]
    parts = parts if is_cross else [*first.items(), *parts]
    merged = added(parts)
    moments, left = {}, {}
    terms = []
    for statistic, coefficient in merged.items():
        moment = Moment(S.One) if statistic == 1 else law.mean(statistic, k)
        if moment is None:
            if not isinstance(statistic, (log, loggamma)):
                raise NoClosedForm(f"no rule gives the mean of {statistic}")
            left[statistic] = coefficient
            continue
        moments[statistic] = moment
        terms.append(Term(coefficient, statistic, moment.value, law.source))
    known = {s: c for s, c in merged.items() if s in moments}
    if left and low.is_finite and high.is_number and high.is_finite and P.density.free_symbols <= {k}:
        raise NoClosedForm("a long sum of numbers would be left: the definition is one too, and shorter")
    if left and any(moment.finite != true for moment in moments.values()):
        raise NoClosedForm("a mean diverges beside one without a rule")
    finite = finiteness(known, moments, k, (low, high), set() if is_cross else set(first))
    if finite == false:
        return ClosedForm(oo, tuple(terms), k, false)
    value = tidy(Add(*(c * moments[s].value for s, c in parts if s in moments)))
    if left:
        value += _series(P.density, left, k, low, high)
    if finite == false:
        return ClosedForm(oo, tuple(terms), k, false)
    inside, both = (true, false) if Q is P else _at_an_end(first, second, k, law)
    finite = And(finite, inside)
    stated = value if finite == true else Piecewise((value, finite), (S.Zero, both), (oo, True))
    return ClosedForm(stated, tuple(terms), k, finite, is_complete=not left)


def _chances(terms: Combination, k: Symbol) -> dict[int, Expr]:
    """Return what must be positive for a law to have all its outcomes: 1 - p of a geometric law; p (1) and 1 - p (-1) of a binomial one."""
    rate = terms.get(k, S.Zero)
    if isinstance(rate, log) and set(terms) <= {S.One, k}:
        return {1: rate.args[0]}
    if sum(1 for s, c in terms.items() if c == -1 and gamma_argument(s) is not None) != 2:
        return {}
    pairs = [term.as_coeff_Mul() for term in Add.make_args(rate)]
    return {int(sign): part.args[0] for sign, part in pairs if isinstance(part, log) and sign in (1, -1)}


def _at_an_end(first: Combination, second: Combination, k: Symbol, law: Counts) -> tuple[Boolean, Boolean]:
    """Return when Q has all outcomes of P, and when both are on the same one outcome, for parameters that may be at an end."""
    own, others = _chances(first, k), _chances(second, k)
    if isinstance(law, Point):  # what log q has at this outcome
        there = Add(*(c * law.mean(s, k).value for s, c in second.items())).expand()
        others = {end: chance for end, chance in others.items() if there.has(log(chance))}
    doubtful = {end: chance for end, chance in others.items() if chance.free_symbols and not chance.is_positive}
    both = [And(solved(own[end]), solved(chance)) for end, chance in doubtful.items() if end in own and not own[end].is_positive]
    return And(*(is_greater(chance) for chance in doubtful.values())), Or(*both)


def _series(density: Expr, left: Combination, k: Symbol, low: Expr, high: Expr) -> Expr:
    """Return the one sum that is left, with the constants of the density in front."""
    constant, rest = density.as_independent(k, as_Add=False)
    logs = Add(*(c * _as_log(s) for s, c in left.items()))
    factor, logs = logs.as_independent(k, as_Add=False) if not isinstance(logs, Add) else (S.One, logs)
    return constant * factor * Sum(rest * logs, (k, low, high))


def _as_log(statistic: Expr) -> Expr:
    if isinstance(statistic, log) and isinstance(statistic.args[0], gamma):  # what SymPy makes of loggamma at integers
        return log(factorial(statistic.args[0].args[0] - 1))
    if isinstance(statistic, loggamma) and (statistic.args[0] - 1).is_integer and (statistic.args[0] - 1).is_nonnegative:
        return log(factorial(statistic.args[0] - 1))
    return statistic
