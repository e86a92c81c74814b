"""Refused steps of the rules that integrate, where hypotheses say what converges and to what, and that take sums apart."""

from refusals import Made, b, m, n, no, t, x, y, yes
from sympy import (
    Eq,
    Function,
    Gt,
    IndexedBase,
    Integral,
    Interval,
    Le,
    Lt,
    Rational,
    S,
    Sum,
    Symbol,
    exp,
    oo,
    sqrt,
)
from sympy.stats import Bernoulli, Exponential, Geometric, Normal, Rayleigh

from symentropy.proof.claim import Claim, Each
from symentropy.proof.totals import within

half = Rational(1, 2)
u, v, w = (Symbol(name, real=True) for name in "uvw")
k = Symbol("k", integer=True)
f, g = Function("f", real=True), Function("g", real=True)
c, d = IndexedBase("c", real=True), IndexedBase("d", real=True)


def law(X):
    return X.pspace.distribution


def equal(whole, value):
    return Eq(whole, value, evaluate=False)


def over(term, low=S.Zero, high=oo):
    return Integral(term, (u, low, high))


def added(term, low=S.One, high=oo):
    return Sum(term, (k, low, high))


#: f <= g on (0, oo), and their integrals are x and y; c <= d from 1 on, and their sums are x and y.
BELOW = (Each(Le(f(u), g(u)), (u, Interval.open(0, oo))), equal(over(f(u)), x), equal(over(g(u)), y))
LESS = (Each(Le(c[k], d[k]), (k, 1, oo)), equal(added(c[k]), x), equal(added(d[k]), y))


def pointwise(relation, left, right, hypotheses, limits=(u, S.Zero, oo), rule="hypothesis", arguments=None):
    """Return a premise about each number of a range."""
    facts = (*hypotheses, *within(*limits))
    found = (0, limits[0]) if arguments is None else arguments
    return Made(rule, Claim(left, relation, right, facts), (), found)


functions, sequences = pointwise("<=", f(u), g(u), BELOW), pointwise("<=", c[k], d[k], LESS, (k, S.One, oo))
RANGE, SUMS = (u, S.Zero, oo), (k, S.One, oo)
BOTH, TERMS = ((1, BELOW[2]), (-1, BELOW[1])), ((1, LESS[2]), (-1, LESS[1]))
COMBINED = "the difference of the premise is not this combination"
VALUES = "is not that combination of the integrals"

yes("integral", Claim(x, "<=", y, BELOW), (functions,), (*RANGE, *BOTH))
yes("integral", Claim(x, "<=", y, LESS), (sequences,), (*SUMS, *TERMS))
known = pointwise("<=", f(u), exp(-u), (Each(Le(f(u), exp(-u)), (u, Interval.open(0, oo))), BELOW[1]))
yes("integral", Claim(x, "<=", 1, known.claim.hypotheses[:2]), (known,), (*RANGE, (1, law(Exponential("X", 1))), (-1, BELOW[1])))


def both(name, claim, message, arguments=BOTH, **options):
    """A case about f <= g and their integrals."""
    no(name, "integral", claim, message, premises=(functions,), arguments=(*RANGE, *arguments), **options)


both("the other way round", Claim(y, "<=", x, BELOW), VALUES)
both("strict from weak", Claim(x, "<", y, BELOW), "it does not prove that relation")
both("equal from at most", Claim(y, "=", x, BELOW), "it does not prove that relation")
both("twice one of them", Claim(2 * x, "<=", y, BELOW), COMBINED, ((1, BELOW[2]), (-2, BELOW[1])))
both("one of them left out", Claim(0, "<=", y, BELOW), COMBINED, ((1, BELOW[2]),))
both("nothing to integrate", Claim(x, "<=", y, BELOW), "it takes one premise", ())
both("a variable of the claim", Claim(x, "<=", u, BELOW), "occurs in the claim")
both("equality where there is none", Claim(x, "<=", y, BELOW), "the conditions of equality", equality=())
no(
    "an integral that nobody gives",
    "integral",
    Claim(x, "<=", y, BELOW[:2]),
    "is not that of a hypothesis",
    premises=(pointwise("<=", f(u), g(u), BELOW[:2]),),
    arguments=(*RANGE, *BOTH),
)
no(
    "over another range",
    "integral",
    Claim(x, "<=", y, (BELOW[0], BELOW[1], equal(over(g(u), S.One), y))),
    "about another range",
    premises=(pointwise("<=", f(u), g(u), (BELOW[0], BELOW[1], equal(over(g(u), S.One), y))),),
    arguments=(*RANGE, (1, equal(over(g(u), S.One), y)), BOTH[1]),
)
no(
    "on part of the range",
    "integral",
    Claim(x, "<=", y, BELOW),
    "the premise has other hypotheses",
    premises=(pointwise("<=", f(u), g(u), BELOW, (u, S.One, oo)),),
    arguments=(*RANGE, *BOTH),
)
no(
    "a factor that depends on the variable",
    "integral",
    Claim(x, "<=", y, BELOW),
    "a coefficient depends on the variable",
    premises=(functions,),
    arguments=(*RANGE, (u, BELOW[2]), (-u, BELOW[1])),
)
steep = 2 * t * exp(-(t**2))  # twice t exp(-t**2), which is the density of Exponential(t) at t, for each t another one
no(
    "a density whose parameter is the variable",
    "integral",
    Claim(1, "=", 0),
    "a parameter does",
    premises=(Made("algebra", Claim(2 * (t * exp(-t * t)), "=", steep, within(t, S.Zero, oo))),),
    arguments=(t, S.Zero, oo, (2, law(Exponential("X", t))), (-1, law(Rayleigh("X", 1 / sqrt(2))))),
    at={},
)
no(
    "an integral that is oo",
    "integral",
    Claim(x, "<=", y, (*BELOW[:2], equal(over(g(u)), oo))),
    "may be undefined",
    premises=(pointwise("<=", f(u), g(u), (*BELOW[:2], equal(over(g(u)), oo))),),
    arguments=(*RANGE, (1, equal(over(g(u)), oo)), BOTH[1]),
)
no(
    "integers only",
    "integral",
    Claim(x, "<=", y, BELOW),
    "does not stand for each number",
    premises=(Made("hypothesis", Claim(f(k), "<=", g(k), (*BELOW, Lt(0, k, evaluate=False))), (), (0, k)),),
    arguments=(Symbol("n", positive=True, rational=True), S.Zero, oo, *BOTH),
)
no(
    "a sum for an integral",
    "integral",
    Claim(x, "<=", y, (LESS[0], *BELOW[1:])),
    "not about an integral, or a sum",
    premises=(pointwise("<=", c[k], d[k], (LESS[0], *BELOW[1:]), SUMS),),
    arguments=(*SUMS, *BOTH),
)
backwards = (Each(Le(f(u), g(u)), (u, Interval(-oo, oo))), equal(over(f(u), S.One, S.Zero), x), equal(over(g(u), S.One, S.Zero), y))
no(
    "from the right to the left",
    "integral",
    Claim(x, "<=", y, backwards),
    "the range may be reversed",
    premises=(pointwise("<=", f(u), g(u), backwards, (u, S.One, S.Zero)),),
    arguments=(u, S.One, S.Zero, (1, backwards[2]), (-1, backwards[1])),
)
few = (Each(Le(c[k], d[k]), (k, 1, n)), equal(added(c[k], S.One, n), x), equal(added(d[k], S.One, n), y))
no(
    "finitely many",
    "integral",
    Claim(x, "<=", y, few),
    "one of finitely many integers",
    premises=(pointwise("<=", c[k], d[k], few, (k, S.One, n)),),
    arguments=(k, S.One, n, (1, few[2]), (-1, few[1])),
)
no(
    "a density on another range",
    "integral",
    Claim(x, "<=", 1, known.claim.hypotheses[:2]),
    "a density is about another range",
    premises=(known,),
    arguments=(*RANGE, (1, law(Normal("X", 0, 1))), (-1, BELOW[1])),
)
no(
    "another density",
    "integral",
    Claim(x, "<=", 1, known.claim.hypotheses[:2]),
    COMBINED,
    premises=(known,),
    arguments=(*RANGE, (1, law(Exponential("X", 2))), (-1, BELOW[1])),
)
no(
    "no density",
    "integral",
    Claim(x, "<=", 1, known.claim.hypotheses[:2]),
    "may be no distribution: w > 0 is not shown",
    premises=(known,),
    arguments=(*RANGE, (1, law(Exponential("X", w))), (-1, BELOW[1])),
)
no(
    "a pmf for a density",
    "integral",
    Claim(x, "<=", 1, known.claim.hypotheses[:2]),
    "a density is of another kind",
    premises=(known,),
    arguments=(*RANGE, (1, law(Geometric("X", half))), (-1, BELOW[1])),
)
no(
    "two outcomes",
    "integral",
    Claim(x, "<=", 1, known.claim.hypotheses[:2]),
    "a density is of another kind",
    premises=(known,),
    arguments=(*RANGE, (1, law(Bernoulli("X", half))), (-1, BELOW[1])),
)
no(
    "a hypothesis that is no equation",
    "integral",
    Claim(x, "<=", y, (*BELOW, Gt(over(g(u)), 0, evaluate=False))),
    "is not known to be a distribution",
    premises=(pointwise("<=", f(u), g(u), (*BELOW, Gt(over(g(u)), 0, evaluate=False))),),
    arguments=(*RANGE, (1, Gt(over(g(u)), 0, evaluate=False)), BOTH[1]),
)

# split

total, PARTS = Sum(b[k], (k, 1, n)), "the right side is not the sum of these parts"
yes("split", Claim(total, "=", b[1] + Sum(b[k], (k, 2, n))), (), (1, 0))
yes("split", Claim(total, "=", b[n] + Sum(b[k], (k, 1, n - 1))), (), (n - 1, 0))
yes("split", Claim(total, "=", Sum(b[k + 1], (k, 0, n - 1))), (), (0, 1))
yes("split", Claim(total, "=", b[1] + Sum(b[k + 1], (k, 1, n - 1))), (), (1, 1))


def apart(name, right, message, arguments, at=None, left=total, relation="=", hypotheses=()):
    no(name, "split", Claim(left, relation, right, hypotheses), message, arguments=arguments, at=at)


ONES = {n: 2, b[1]: 1, b[2]: 1}
apart("a term is lost", Sum(b[k], (k, 2, n)), PARTS, (1, 0), ONES)
apart("a term is counted twice", b[1] + Sum(b[k], (k, 1, n)), PARTS, (1, 0), ONES)
apart("another term is taken off", b[2] + Sum(b[k], (k, 2, n)), PARTS, (1, 0), {n: 1, b[1]: 1, b[2]: 0})
apart("moved the wrong way", Sum(b[k - 1], (k, 0, n - 1)), PARTS, (0, 1))
apart("the range is moved and not the terms", Sum(b[k], (k, 0, n - 1)), PARTS, (0, 1), {n: 1, b[0]: 0, b[1]: 1})
apart("the terms are moved and not the range", Sum(b[k + 1], (k, 1, n)), PARTS, (0, 1), {n: 1, b[1]: 1, b[2]: 0})
apart("beyond the end", b[1] + b[2] + Sum(b[k], (k, 3, n)), "may not end within the range", (2, 0))
apart("before the start", Sum(b[k], (k, 0, n)) - b[0], "may not end within the range", (-1, 0))
apart("a range that may be empty", b[1] + Sum(b[k], (k, 2, m)), "may not end within the range", (1, 0), left=Sum(b[k], (k, 1, m)))
apart("half a place", b[1] + Sum(b[k], (k, 2, n)), "a place is not an integer", (half, 0))
apart("moved by half", Sum(b[k + half], (k, half, n - half)), "a place is not an integer", (0, half))
apart("moved by the index", b[1] + Sum(b[k], (k, 2, n)), "a place is not an integer", (1, k))
apart("at most", b[1] + Sum(b[k], (k, 2, n)), "it takes a sum over one index apart", (1, 0), relation="<=")
apart("without end", b[1] + Sum(b[k], (k, 2, oo)), "a place is not an integer", (1, 0), left=Sum(b[k], (k, 1, oo)))
apart("no sum", 2 * total, "it takes a sum over one index apart", (0, 0), ONES, left=-total)
apart("not defined at a place", 1 / x + Sum(1 / (x - k + 1), (k, 2, n)), "may be undefined", (1, 0), left=Sum(1 / (x - k + 1), (k, 1, n)))
