"""Any distribution argument, as one of two things: a `Finite` or a `Law`.

Main definitions
----------------
* `as_distribution` accepts what the public functions accept and returns the object that a noun keeps: a `Finite`, or SymPy's
  distribution object (the name of a random variable does not matter).
* `resolve` returns what the quantities compute with: a `Finite` where the outcomes are explicit, else a `Law`, which is a density or
  an indexed pmf with its bound variables and their limits.
* `pmf_of`, the `Finite` that a distribution with few outcomes is, such as Bernoulli(p).

SymPy's families are used as they are. `SUPPORTS` corrects the few whose stated support is not the true one.

Left out on purpose: conditioned and transformed random variables, which SymPy gives no distribution object.

Conventions: densities are with respect to Lebesgue measure on the free coordinates, that is the first k - 1 of a simplex and the upper
triangle of a symmetric matrix.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import comb
from typing import Any

from sympy import (
    Add,
    And,
    Basic,
    Eq,
    Expr,
    FiniteSet,
    Ge,
    Gt,
    Indexed,
    Integer,
    Intersection,
    Interval,
    Lambda,
    Lt,
    MatrixBase,
    Max,
    Min,
    Ne,
    Piecewise,
    ProductSet,
    Range,
    S,
    Set,
    Symbol,
    Tuple,
    beta,
    ceiling,
    expand_func,
    false,
    floor,
    gamma,
    oo,
    true,
)
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean
from sympy.matrices import Matrix

from symentropy.conditions import conjuncts
from symentropy.definiteness import check_positive_definite, check_real, check_shape, is_explicit
from symentropy.errors import DomainError, NoClosedForm, SymentropyError
from symentropy.exact import shorten, shown, without_floats
from symentropy.finite import Finite
from symentropy.hypotheses import is_positive_pmf
from symentropy.law import Law, Limit, bound_symbol, is_visibly_positive

#: Gamma functions are written as multiples of those of arguments in (0, 1] up to this argument.
MAX_EXPANDED = 50

#: A family on finitely many integers, or a joint one on a lattice, is written out outcome by outcome up to this many.
MAX_LATTICE = 5000

#: Supports that differ from the one SymPy states, by the name of the distribution class.
SUPPORTS: dict[str, Callable[[Any], tuple[Expr, Expr]]] = {
    "DavisDistribution": lambda d: (d.mu, oo),
    "DieDistribution": lambda d: (S.One, d.sides),
    "FrechetDistribution": lambda d: (d.m, oo),
    "HypergeometricDistribution": lambda d: (Max(0, d.n + d.m - d.N), Min(d.n, d.m)),
    "KumaraswamyDistribution": lambda _: (S.Zero, S.One),
}


def as_distribution(argument: Any, where: str = "the distribution") -> Basic:
    """Return the distribution object that a noun keeps, from any distribution argument.

    A list, tuple, vector, dict or `Finite` gives a `Finite`; a random variable or distribution object of ``sympy.stats`` gives the
    distribution object.

    Raises `DomainError` for anything else, and for parameters outside their domain; `TypeError` for binary floats.

    >>> as_distribution(['1/2', '1/2'])
    Finite([1/2, 1/2])
    >>> from sympy.stats import Normal
    >>> as_distribution(Normal('X', 0, 1))
    NormalDistribution(0, 1)
    >>> as_distribution(3)
    Traceback (most recent call last):
    ...
    symentropy.errors.DomainError: the distribution is 3, which is not a distribution: give probabilities (a list, a dict, Finite(...)),
    or a single sympy.stats random variable. For the binary entropy of p write [p, 1 - p]
    """
    if isinstance(argument, Finite):
        return argument
    if isinstance(argument, (list, tuple, Tuple, Mapping, MatrixBase)) or hasattr(argument, "tolist"):
        return Finite(argument)
    if isinstance(argument, Basic) and hasattr(argument, "pspace") and not _is_stats_distribution(argument):
        found = getattr(argument.pspace, "distribution", None)
        if found is None or not argument.is_symbol:
            raise DomainError(
                f"{where} is {shown(argument)}, a random expression that SymPy gives no distribution object: "
                "pass a single random variable, or ContinuousRV or DiscreteRV with its density"
            )
        argument = found
    if not _is_stats_distribution(argument):
        raise DomainError(
            f"{where} is {shorten(repr(argument))}, which is not a distribution: give probabilities (a list, a dict, Finite(...)), "
            "or a single sympy.stats random variable. For the binary entropy of p write [p, 1 - p]"
        )
    without_floats(argument, where)
    _check_parameters(argument)
    return _with_private_variables(argument)


def resolve(distribution: Basic) -> Finite | Law:
    """Return an explicit `Finite`, or the `Law` of anything else.

    Raises `NoClosedForm` where not even the definition can be written as a sum or an integral.

    >>> from sympy.stats import Die, Exponential
    >>> resolve(as_distribution(Die('D', 6))).outcomes
    (1, 2, 3, 4, 5, 6)
    >>> resolve(as_distribution(Exponential('X', 2)))
    Law(density=2*exp(-2*_x), limits=((_x, 0, oo),), is_discrete=False, fills_limits=True, may_vanish=False)
    """
    if isinstance(distribution, Finite):
        return _indexed_law(distribution) if distribution.is_indexed else distribution
    return _family_law(distribution)


@lru_cache(maxsize=128)
def _family_law(distribution: Basic) -> Finite | Law:
    """Return the law of a family; SymPy takes up to seconds to write a density, and a noun asks for it more than once."""
    only = _POINTS.get(type(distribution).__name__, lambda _: None)(distribution)
    if only is not None:
        return Finite({only: S.One}) if only.is_Integer else point_law(only)
    for kind in type(distribution).__mro__:
        if kind.__name__ in _LAWS:
            try:
                return _LAWS[kind.__name__](distribution)
            except SymentropyError:
                raise
            except Exception as error:  # SymPy's families fail in many ways, for instance in a symbolic number of dimensions
                reason = shorten(" ".join(str(error).split()))
                raise NoClosedForm(f"SymPy gives no density for {name_of(distribution)}{distribution.args}: {reason}") from error
    raise NoClosedForm(f"the definition for {shown(distribution)} cannot be written as a sum or an integral")


def point_law(place: Expr) -> Law:
    """Return the law that is on one integer.

    >>> point_law(S(3))
    Law(density=1, limits=((_k, 3, 3),), is_discrete=True, fills_limits=True, may_vanish=False)
    """
    return Law(S.One, ((bound_symbol("k", integer=True, **_sign_assumption(place)), place, place),), is_discrete=True)


def _only_binomial(distribution: Any) -> Expr | None:
    """The one outcome of a binomial law whose chance is 0 or 1."""
    n, p, *outcomes = distribution.args
    if tuple(outcomes) not in ((), (1, 0)):
        return None
    place: Expr | None = S.Zero if p.is_zero or n.is_zero else n if p == 1 else None
    return place


#: The one outcome of a family at the ends of the range of its parameters, where its density would be 0**0; None elsewhere.
_POINTS: dict[str, Callable[[Any], Expr | None]] = {
    "BinomialDistribution": _only_binomial,
    "GeometricDistribution": lambda d: S.One if d.p == 1 else None,
}


def is_handmade(distribution: Basic) -> bool:
    """Whether a distribution is a density of the user's own, whose total mass nobody has checked."""
    return type(distribution).__name__.endswith("DistributionHandmade")


def is_joint(distribution: Basic) -> bool:
    """Whether a distribution is one of vectors or of matrices."""
    return any(kind.__name__ in ("JointDistribution", "MatrixDistribution") for kind in type(distribution).__mro__)


def name_of(distribution: Basic) -> str:
    """Return the name of a SymPy family as it is constructed: Normal for NormalDistribution."""
    return type(distribution).__name__.removesuffix("Distribution")


def _is_stats_distribution(argument: Any) -> bool:
    """Whether this is a distribution object of sympy.stats, without importing it."""
    return isinstance(argument, Basic) and any(
        kind.__module__ == "sympy.stats.rv" and kind.__name__ == "Distribution" for kind in type(argument).__mro__
    )


def _check_parameters(distribution: Any) -> None:
    """Raise `DomainError` where SymPy's own check refuses the parameters, for instance after a substitution."""
    name = type(distribution).__name__
    if name in _CHECKS:
        _CHECKS[name](*distribution.args)
        return
    if name == "CompoundDistribution":
        raise DomainError(f"{shown(distribution)} has a random parameter: give its marginal density, as a ContinuousRV or DiscreteRV")
    if name in UNCHECKED or "Handmade" in name:
        return
    try:
        type(distribution).check(*distribution.args)
    except ValueError as error:
        arguments = ", ".join(map(shown, distribution.args))
        raise DomainError(f"{name_of(distribution)}({arguments}): {' '.join(str(error).split())}") from None


def _check_vector(mean: Any, covariance: Any, dof: Expr = S.One) -> None:
    check_shape(mean, mean.shape[0], 1, "the mean")
    check_shape(covariance, mean.shape[0], mean.shape[0], "the covariance matrix")
    check_positive_definite(covariance, "the covariance matrix")
    check_real(mean if is_explicit(mean) else (), "the mean")
    _check_above(dof, S.Zero, "the number of degrees of freedom")


def _check_matrix(mean: Any, rows: Any, columns: Any, dof: Expr = S.One) -> None:
    for size, scale, name in zip(
        mean.shape, (rows, columns), ("the scale matrix of the rows", "the scale matrix of the columns"), strict=True
    ):
        check_shape(scale, size, size, name)
        check_positive_definite(scale, name)
    check_real(mean if is_explicit(mean) else (), "the location matrix")
    _check_above(dof, S.Zero, "the number of degrees of freedom")


def _check_matrix_gamma(shape: Expr, factor: Expr, scale: Any) -> None:
    check_positive_definite(scale, "the scale matrix")
    _check_above(shape, S(scale.shape[0] - 1) / 2, "the shape parameter")
    _check_above(factor, S.Zero, "the scale parameter")


def _check_wishart(dof: Expr, scale: Any) -> None:
    check_positive_definite(scale, "the scale matrix")
    _check_above(dof, S(scale.shape[0] - 1), "the number of degrees of freedom")


def _check_above(value: Expr, bound: Expr, what: str) -> None:
    if (value - bound).is_nonpositive or value.is_extended_real is False or value.is_infinite:
        raise DomainError(f"{what} is {shown(value)}: it must be greater than {shown(bound)}")


def _with_private_variables(distribution: Any) -> Any:
    """Return a user's own density with a bound variable that no substitution reaches."""
    if not distribution.args or not isinstance(distribution.args[0], Lambda) or "Handmade" not in type(distribution).__name__:
        return distribution
    function, *rest = distribution.args
    if not all(isinstance(variable, (Symbol, Indexed)) for variable in function.variables):
        return distribution
    letter = "k" if any(variable.is_integer for variable in function.variables) else "x"
    names = [f"{letter}_{place}" for place in range(1, len(function.variables) + 1)] if len(function.variables) > 1 else [letter]
    private = [
        bound_symbol(name, place, **_assumptions_of(old)) for place, (name, old) in enumerate(zip(names, function.variables, strict=True))
    ]
    return distribution.func(Lambda(tuple(private), function(*private)), *rest)


def _assumptions_of(variable: Expr) -> dict[str, bool]:
    if isinstance(variable, Indexed):  # of a JointRV, which is on all of R^n
        return {"real": True}
    return {"integer": True} if variable.is_integer else {"real": True} if variable.is_extended_real else {}


def _indexed_law(pmf: Finite) -> Law:
    function = pmf.args[0]
    entry, index = function.expr, function.variables[0]
    limits = ((index, S.One, pmf.size),)
    if not entry.has(index) or is_positive_pmf(function):
        return Law(entry, limits, is_discrete=True)
    return Law(entry, limits, is_discrete=True, fills_limits=False, may_vanish=True)


def _ends(support: Set) -> tuple[Expr, Expr]:
    """Return the ends of an interval or of a run of integers."""
    if isinstance(support, Intersection):
        intervals = [part for part in support.args if isinstance(part, Interval)]
        lattices = [part for part in support.args if part in (S.Naturals, S.Naturals0, S.Integers)]
        if len(intervals) == len(lattices) == 1:
            low = intervals[0].start
            return (Max(low, lattices[0].inf) if lattices[0] != S.Integers else low), intervals[0].end
    if isinstance(support, Interval) or support in (S.Reals, S.Naturals, S.Naturals0, S.Integers):
        return support.inf, support.sup
    if isinstance(support, Range) and support.step == 1:
        return support.start, support.stop - 1
    raise NoClosedForm(f"the support {shown(support)} is not an interval or a run of integers: no definition can be written")


def _stated_ends(distribution: Any) -> tuple[Expr, Expr]:
    correction = SUPPORTS.get(type(distribution).__name__)
    return correction(distribution) if correction else _ends(distribution.set)


def _sign_assumption(low: Expr) -> dict[str, bool]:
    return {"positive": True} if low.is_positive else {"nonnegative": True} if low.is_nonnegative else {}


def _finite(distribution: Any) -> Finite | Law:
    """The law of a finite family: outcome by outcome, unless its size is symbolic or large."""
    size = getattr(distribution, "high", None)
    is_large = isinstance(size, Integer) and size > MAX_LATTICE
    entries: Any = None if distribution.is_symbolic or is_large else distribution.dict
    if hasattr(entries, "items"):  # SymPy's IdealSoliton has a placeholder in place of the dict for a symbolic size
        try:
            return Finite({outcome: _plain_number(p) for outcome, p in entries.items()})
        except TypeError as error:
            raise DomainError(f"SymPy computes the probabilities of {name_of(distribution)} in binary floats: {error}") from None
    if type(distribution).__name__ == "BinomialDistribution" and distribution.args[2:] != (1, 0):
        raise NoClosedForm(f"{shown(distribution)} has outcomes of its own: substitute a small number of trials")
    low, high = _stated_ends(distribution) if distribution.is_symbolic else (distribution.low, size)
    k = bound_symbol("k", integer=True, **_sign_assumption(low))
    density = _on_support(distribution.pmf(k), k, low, high)
    return _law(density, ((k, low, high),), is_discrete=True)


def _law(density: Expr, limits: tuple[Limit, ...], *, is_discrete: bool, fills_limits: bool = True) -> Law:
    """Return a law, after a look at what its density may hide."""
    if density == 0 or density.has(S.NaN, S.ComplexInfinity):
        raise DomainError(
            f"the density is {shown(density)} between {shown(limits[0][1])} and {shown(limits[0][2])}: that is no distribution"
        )
    positive = is_visibly_positive(density)
    return Law(density, limits, is_discrete, fills_limits and positive, may_vanish=not positive)


def _plain_number(probability: Expr) -> Expr:
    """Return a number such as beta(7/3, 3)/beta(1/3, 2) as the rational that it is: gamma functions of arguments in (0, 1] cancel."""
    if not (probability.is_number and probability.has(beta)):
        return probability
    gammas = probability.rewrite(gamma)
    is_short = all(abs(factor.args[0]) < MAX_EXPANDED for factor in gammas.atoms(gamma))
    return expand_func(gammas) if is_short else gammas


def _countable(distribution: Any) -> Finite | Law:
    support = distribution.set
    if isinstance(support, FiniteSet) or (isinstance(support, Range) and support.size in range(MAX_LATTICE)):
        return Finite({outcome: distribution.pdf(outcome) for outcome in support})
    low, high = _stated_ends(distribution)
    k = bound_symbol("k", integer=True, **_sign_assumption(low))
    density = _on_support(distribution.pdf(k), k, low, high)
    law = _trimmed(density, k, low, high, is_discrete=True)
    ((k, low, high),) = law.limits
    low, high = ceiling(low) if low.is_number else low, floor(high) if high.is_number else high
    return Law(law.density, ((k, low, high),), True, law.fills_limits, law.may_vanish)


def _continuous(distribution: Any) -> Law:
    low, high = _stated_ends(distribution)
    x = bound_symbol("x", **({"positive": True} if low.is_nonnegative else {"real": True}))
    density = _on_support(distribution.pdf(x), x, low, high)
    return _trimmed(density, x, low, high, is_discrete=False)


def _joint(distribution: Any) -> Finite | Law:
    """The law of a joint family over the product of its coordinates' sets."""
    special = _JOINT.get(type(distribution).__name__)
    if special:
        return special(distribution)
    sets = distribution.set.args if isinstance(distribution.set, ProductSet) else ()
    if not sets:
        raise NoClosedForm(f"the support of {shown(distribution)} is not a product of intervals: no definition can be written")
    discrete = all(isinstance(part, Range) or part in (S.Naturals, S.Naturals0, S.Integers) for part in sets)
    variables = _coordinates(len(sets), **({"integer": True} if discrete else {"real": True}))
    limits = tuple((x, *_ends(part)) for x, part in zip(variables, sets, strict=True))
    return _law(distribution.pdf(*variables), limits, is_discrete=discrete)


def _coordinates(count: int, **assumptions: Any) -> tuple[Symbol, ...]:
    return tuple(bound_symbol(f"x_{place}", place, **assumptions) for place in range(1, count + 1))


def _dirichlet(distribution: Any) -> Law:
    """On the simplex, with x_1, ..., x_(k-1) as the free coordinates."""
    free = _coordinates(len(distribution.alpha) - 1, positive=True)
    rest = 1 - Add(*free)
    limits = tuple((x, S.Zero, 1 - Add(*free[k:])) for k, x in enumerate(free, 1))  # in the order of other vectors, x_1 first
    return _law(distribution.pdf(*free, rest), limits, is_discrete=False)


def _multinomial(distribution: Any) -> Finite | Law:
    """On the lattice simplex k_1 + ... + k_m = n, written out if it is small."""
    trials, chances = distribution.n, list(distribution.p)
    if trials.is_Integer and comb(int(trials) + len(chances) - 1, len(chances) - 1) <= MAX_LATTICE:
        return Finite({counts: distribution.pdf(*counts) for counts in _compositions(int(trials), len(chances))})
    free = _coordinates(len(chances) - 1, integer=True, nonnegative=True)
    rest = trials - Add(*free)
    limits = tuple((k, S.Zero, trials - Add(*free[j:])) for j, k in enumerate(free, 1))
    return _law(distribution.pdf(*free, rest), limits, is_discrete=True)


def _compositions(total: int, parts: int) -> list[tuple[Integer, ...]]:
    if parts == 1:
        return [(Integer(total),)]
    return [(Integer(first), *rest) for first in range(total + 1) for rest in _compositions(total - first, parts - 1)]


def _matrix(distribution: Any) -> Law:
    """The law of a matrix family: real entries, or the upper triangle of a positive definite matrix."""
    shape = distribution.set.shape
    if not all(size.is_Integer for size in map(S, shape)):
        raise NoClosedForm(f"the definition for a matrix of symbolic size {shape} cannot be written as an integral")
    rows, columns = map(int, shape)

    def entry(i: int, j: int) -> Symbol:
        return bound_symbol(f"x_{i + 1}{j + 1}", i * columns + j, real=True)

    if type(distribution).__name__ not in _SYMMETRIC:
        entries = Matrix(rows, columns, entry)
        return _law(distribution.pdf(entries).doit(), tuple((x, -oo, oo) for x in entries), is_discrete=False)
    entries = Matrix(rows, rows, lambda i, j: entry(min(i, j), max(i, j)))
    limits = tuple((entries[i, j], S.Zero if i == j else -oo, oo) for i in range(rows) for j in range(i, rows))
    minors = [entries[:size, :size].det() for size in range(2, rows + 1)]
    density = distribution.pdf(entries).doit()
    if not minors:
        return _law(density, limits, is_discrete=False)
    definite = Piecewise((density, And(*(minor > 0 for minor in minors))), (0, True))
    return _law(definite, limits, is_discrete=False, fills_limits=False)


def _on_support(density: Expr, x: Symbol, low: Expr, high: Expr) -> Expr:
    """Return the density with the conditions decided that hold, or fail, everywhere between the limits."""
    known = {relation: verdict for relation in density.atoms(Relational) if (verdict := _decided(relation, x, low, high)) is not None}
    return density.xreplace(known)


def _bound(relation: Relational, x: Symbol) -> tuple[type, Expr] | None:
    """Return a relation as (kind, b), meaning ``x kind b``."""
    if relation.lhs == x and not relation.rhs.has(x):
        return relation.func, relation.rhs
    if relation.rhs == x and not relation.lhs.has(x):
        return relation.reversed.func, relation.lhs
    return None


def _decided(relation: Relational, x: Symbol, low: Expr, high: Expr) -> Boolean | None:
    found = _bound(relation, x)
    if found is None:
        return None
    kind, bound = found
    continuous = not x.is_integer
    if kind in (Eq, Ne):
        return (false if kind is Eq else true) if continuous else None
    above = kind in (Ge, Gt)
    strict = kind in (Gt, Lt) and not continuous
    near, far = (low, high) if above else (high, low)
    margin = near - bound if above else bound - near
    if margin.is_positive or (margin.is_nonnegative and not strict):
        return true
    beyond = bound - far if above else far - bound
    if beyond.is_positive or (beyond.is_zero and continuous):
        return false
    return None


def _trimmed(density: Expr, x: Symbol, low: Expr, high: Expr, *, is_discrete: bool) -> Law:
    """Return the law whose limits leave out the ends where a Piecewise density is 0.

    The conditions of a Piecewise are tried in order, so a piece starts where the one before it ends.
    """
    whole = ((x, low, high),)
    if not isinstance(density, Piecewise) or all(value != 0 for value, _ in density.args):
        return _law(density, whole, is_discrete=is_discrete)
    unknown = _law(density, whole, is_discrete=is_discrete, fills_limits=False)
    gap = 1 if is_discrete else 0
    start = low
    kept: list[tuple[Expr, Any]] = []
    ends: list[Expr] = []
    for value, condition in density.args:
        span = _span(condition, x, start, high)
        if span is None or (ends and value != 0 and not (span[0] == ends[-1] + gap and (span[1] + gap - span[0]).is_extended_positive)):
            return unknown  # also where the order of two breakpoints is not known
        if value == 0:
            if condition == true:  # what no piece took
                break
            if ends or span[0] != start:
                return unknown
        else:
            ends += [span[1]] if ends else list(span)
            kept.append((value, condition))
        start = span[1] + gap if span[0] == start or ends else start
    if not kept:
        return unknown
    pieces = [*kept[:-1], (kept[-1][0], true)]
    law = _law(Piecewise(*pieces), ((x, ends[0], ends[-1]),), is_discrete=is_discrete)
    return law.renamed((bound_symbol("x", positive=True),)) if ends[0].is_nonnegative and not is_discrete else law


def _span(condition: Any, x: Symbol, low: Expr, high: Expr) -> tuple[Expr, Expr] | None:
    """Return the ends of the interval that a conjunction of bounds on x leaves of [low, high], or None."""
    for part in conjuncts(condition):
        found = _bound(part, x) if isinstance(part, Relational) else None
        if part == true:
            continue
        if found is None or found[0] in (Eq, Ne):
            return None
        kind, bound = found
        step = 1 if x.is_integer and kind in (Gt, Lt) else 0
        if kind in (Ge, Gt):
            low = Max(low, bound + step)
        else:
            high = Min(high, bound - step)
    return low, high


#: Families whose own check SymPy cannot call with their arguments.
UNCHECKED = ("GeneralizedMultivariateLogGammaDistribution",)

#: Checks in place of SymPy's, which admits singular and asymmetric matrices, and refuses expressions of matrix symbols.
_CHECKS: dict[str, Callable[..., None]] = {
    "MatrixGammaDistribution": _check_matrix_gamma,
    "MatrixNormalDistribution": _check_matrix,
    "MatrixStudentTDistribution": lambda dof, mean, columns, rows: _check_matrix(mean, rows, columns, dof),
    "MultivariateLaplaceDistribution": _check_vector,
    "MultivariateNormalDistribution": _check_vector,
    "MultivariateTDistribution": _check_vector,
    "WishartDistribution": _check_wishart,
}

_SYMMETRIC = ("WishartDistribution", "MatrixGammaDistribution")

_JOINT: dict[str, Callable[[Any], Finite | Law]] = {
    "MultivariateBetaDistribution": _dirichlet,
    "MultinomialDistribution": _multinomial,
}

#: How the law of each kind of SymPy distribution is written, by the name of the class that the family derives from.
_LAWS: dict[str, Callable[[Any], Finite | Law]] = {
    "SingleFiniteDistribution": _finite,
    "SingleDiscreteDistribution": _countable,
    "SingleContinuousDistribution": _continuous,
    "JointDistribution": _joint,
    "MatrixDistribution": _matrix,
}


#: SymPy's classes of families with finitely many outcomes, if their parameters say how many.
FINITE_FAMILIES = frozenset(f"{name}Distribution" for name in ("Bernoulli", "Binomial", "Die", "DiscreteUniform", "Rademacher"))
#: The most outcomes of such a family that are written out.
MAX_OUTCOMES = 64


def pmf_of(distribution: Basic) -> Finite | None:
    """Return a distribution as a finite pmf, None for one that is not known to be one.

    >>> from sympy.abc import p
    >>> from sympy.stats.frv_types import BernoulliDistribution
    >>> pmf_of(BernoulliDistribution(p, 1, 0)).probabilities
    (1 - p, p)
    """
    if isinstance(distribution, Finite):
        return distribution
    if type(distribution).__name__ not in FINITE_FAMILIES:
        return None
    try:
        found = resolve(distribution)
    except SymentropyError:
        return None
    return found if isinstance(found, Finite) and bool(found.size <= MAX_OUTCOMES) else None
