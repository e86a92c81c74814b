r"""The Fisher information of a distribution: how fast it diverges from its neighbours.

Main definition: `fisher_information`, the Hessian of D(P_theta || P_eta) in eta at eta = theta, from the closed form of the divergence.

Main statements
---------------
For a smooth family this is the expected outer product of the score with itself, E[s s^T] with s = d log p/d theta. The divergence has a
Hessian for some families whose density has none, such as the Laplace location: then both sides of a corner |mu - nu| must give the same
expansion to second order. Where the support moves with a parameter, the divergence is oo on one side, and there is no Hessian.

Left out on purpose: families without a closed form of the divergence; nothing is differentiated under an infinite sum or an integral.

References: S. Kullback, Information Theory and Statistics, Wiley 1959, chapter 2, section 6;
E. L. Lehmann, G. Casella, Theory of Point Estimation, 2nd ed., Springer 1998, section 2.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from sympy import (
    Abs,
    Add,
    And,
    Basic,
    Dummy,
    Eq,
    Expr,
    Ge,
    Gt,
    ImmutableMatrix,
    Integral,
    Le,
    Lt,
    Max,
    Min,
    Mul,
    Ne,
    Or,
    Piecewise,
    S,
    Sum,
    Symbol,
    Tuple,
    expand,
    factor,
)
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from symentropy.closed_form import derived
from symentropy.closed_form.tidy import shortest, tidy
from symentropy.display import distribution_text
from symentropy.distribution import as_distribution
from symentropy.errors import DomainError, NoClosedForm
from symentropy.exact import shown
from symentropy.finite import Finite
from symentropy.proof.domain import Domain
from symentropy.proof.expectations import parameter_conditions
from symentropy.quantities import KLDivergence

#: The values of the second distribution's parameters at which it is the first.
Coincidence = Mapping[Basic, Basic]

_STRICT = {Ge: Gt, Le: Lt}


def fisher_information(X: Any, parameters: Any) -> ImmutableMatrix:
    r"""Return the Fisher information matrix of a distribution in some of its parameters, per observation.

    .. math::
        I_{ij}(\theta)
        = \left. \frac{\partial^2}{\partial \eta_i \, \partial \eta_j} D(P_\theta \,\|\, P_\eta) \right|_{\eta = \theta}
        = \operatorname{E}\left[ \frac{\partial \log p}{\partial \theta_i} \, \frac{\partial \log p}{\partial \theta_j} \right]

    Parameters
    ----------
    X
        A distribution whose probabilities or parameters contain symbols: a list of probabilities, `Finite`, or a ``sympy.stats`` random
        variable or distribution.
    parameters
        A symbol, or a list of k different ones; each may vary by itself, and lies inside the range of the family (0 < p < 1).

    Returns
    -------
    ImmutableMatrix
        The k by k matrix, symmetric; 1 by 1 for a single symbol. Its unit is that of 1/(theta_i theta_j); information is in nats.

    Raises
    ------
    DomainError
        For what is not a parameter of X: a number, an integer symbol, one of several probabilities that are tied by a hypothesis; and where
        the divergence has no Hessian, because the support depends on the parameter.
    NoClosedForm
        Where the divergence has no closed form, or its shape near theta is not known.

    Examples
    --------
    >>> from sympy import symbols
    >>> from sympy.stats import Normal, Uniform
    >>> mu, sigma, p, b = symbols("mu sigma p b", positive=True)
    >>> fisher_information(Normal("X", mu, sigma), [mu, sigma])
    Matrix([
    [sigma**(-2),          0],
    [          0, 2/sigma**2]])
    >>> fisher_information([p, 1 - p], p)
    Matrix([[1/(p*(1 - p))]])

    The end of a uniform density has none:

    >>> fisher_information(Uniform("X", 0, b), b)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    symentropy.errors.DomainError: the divergence of ... is oo on one side, its support depending on b: it has no Hessian

    References
    ----------
    S. Kullback, Information Theory and Statistics, Wiley 1959, chapter 2, section 6.
    """
    P = as_distribution(X)
    theta = _checked(P, parameters)
    there = {symbol: Dummy(symbol.name, **symbol._assumptions_orig) for symbol in theta}
    back = {eta: symbol for symbol, eta in there.items()}
    points = Domain(_interior(P))
    value = _near(_divergence(P, P.xreplace(there)), back, P, points)
    first, *others = (_expansion(side, list(back), back) for side in _sides(value, back))
    if any(expand(found - own) != 0 for other in others for found, own in zip(other, first, strict=True)):
        raise NoClosedForm(f"the divergence of {shown(P)} has a corner where the parameters coincide, on whose sides its expansions differ")
    hessian = first[len(theta) :]
    if any(entry.has(S.NaN, S.ComplexInfinity) or entry.is_infinite for entry in hessian):
        raise NoClosedForm(f"the closed form of the divergence of {shown(P)} has no value where the parameters coincide")
    return ImmutableMatrix(len(theta), len(theta), [_oriented(entry, points) for entry in hessian])


def _interior(P: Basic) -> tuple[Boolean, ...]:
    """Return what holds for the parameters of a distribution inside their range."""
    facts = P.hypotheses if isinstance(P, Finite) else parameter_conditions(P) or ()
    return tuple(_STRICT.get(type(fact), type(fact))(*fact.args) if isinstance(fact, Relational) else fact for fact in facts)


def _checked(P: Basic, parameters: Any) -> list[Symbol]:
    """Return the parameters as a list of symbols that vary by themselves."""
    given = list(parameters) if isinstance(parameters, (Iterable, Tuple)) and not isinstance(parameters, str) else [parameters]
    if not given:
        raise DomainError("the Fisher information needs at least one parameter: give a symbol of the distribution, or a list of them")
    for symbol in given:
        if not isinstance(symbol, Symbol) or symbol not in P.free_symbols:
            raise DomainError(f"{shown(symbol)} is not a parameter of {distribution_text(P, shown)}: give symbols that occur in it")
        if symbol.is_integer or not symbol.is_commutative:
            raise DomainError(f"{shown(symbol)} is an integer, and nothing is differentiated by it")
        if given.count(symbol) > 1:
            raise DomainError(f"the parameter {symbol} is given twice: each is a row of the matrix, give it once")
    for fact in P.hypotheses if isinstance(P, Finite) else ():
        tied = sorted(fact.free_symbols & set(given), key=str) if isinstance(fact, Eq) else []
        if tied:
            raise DomainError(
                f"{shown(tied[0])} cannot vary by itself, because {shown(fact.lhs)} = 1: write the last probability as 1 minus the others"
            )
    return given


def _divergence(P: Basic, Q: Basic) -> Expr:
    """Return the closed form of D(P || Q)."""
    value = KLDivergence(P, Q).value()
    if _is_endless(value):
        value = derived(P, Q, is_cross=False).value  # which says why there is none
        if _is_endless(value):
            raise NoClosedForm(f"the divergence of two distributions such as {shown(P)} is a series: {shown(value)}")
    return value


def _is_endless(value: Expr) -> bool:
    return value.has(Integral) or any(end.is_infinite for total in value.atoms(Sum) for _, *ends in total.limits for end in ends)


def _near(value: Expr, back: Coincidence, P: Basic, points: Domain) -> Expr:
    """Return the piece of the divergence that holds around the coincidence."""
    if not isinstance(value, Piecewise):
        inner = {piece: _near(piece, back, P, points) for piece in value.atoms(Piecewise)}
        return value.xreplace(inner)
    for piece, condition in value.args:
        holds = _holds_around(condition, back, points)
        if holds is None and _is_boundary(condition, back):
            moving = ", ".join(sorted(str(back[eta]) for eta in condition.free_symbols & set(back)))
            raise DomainError(
                f"the divergence of {shown(P)} from its neighbours is oo on one side, its support depending on {moving}: it has no Hessian"
            )
        if holds is None:
            raise NoClosedForm(f"the divergence of {shown(P)} depends on whether {shown(condition.xreplace(back))}: declare its symbols")
        if holds:
            return _near(piece, back, P, points)
    raise NoClosedForm(f"the closed form of the divergence of {shown(P)} says nothing where the parameters coincide")


def _holds_around(condition: Boolean, back: Coincidence, points: Domain) -> bool | None:
    """Return whether a condition holds at all points around the coincidence, or at none; None where it does at some or is not known."""
    if isinstance(condition, (And, Or)):
        parts = [_holds_around(part, back, points) for part in condition.args]
        decisive = isinstance(condition, Or)
        return decisive if decisive in parts else None if None in parts else not decisive
    if not isinstance(condition, Relational):
        return None if condition not in (S.true, S.false) else condition == S.true
    difference = expand((condition.lhs - condition.rhs).xreplace(back))
    if isinstance(condition, (Eq, Ne)):
        is_apart = difference == 0 or points.is_nonzero(difference)  # of what coincides, almost every neighbour is apart
        return isinstance(condition, Ne) if is_apart else None
    sign = points.sign(difference)
    return None if sign not in ("<", ">") else (sign == ">") == (condition.rel_op in (">", ">="))


def _is_boundary(condition: Boolean, back: Coincidence) -> bool:
    """Whether the coincidence is at the edge of where a condition holds."""
    relations = [part for part in condition.atoms(Ge, Gt, Le, Lt) if part.free_symbols & set(back)]
    return any(expand((part.lhs - part.rhs).xreplace(back)) == 0 for part in relations)


def _sides(value: Expr, back: Coincidence) -> list[Expr]:
    """Return the divergence on each side of its corners |u|, where u is 0 at the coincidence."""
    value = value.replace(lambda e: isinstance(e, (Max, Min)) and bool(e.free_symbols & set(back)), lambda e: e.rewrite(Abs))
    corners = sorted((part for part in value.atoms(Abs) if expand(part.args[0].xreplace(back)) == 0), key=str)
    choices = product((1, -1), repeat=len(corners))
    return [value.xreplace({part: sign * part.args[0] for part, sign in zip(corners, signs, strict=True)}) for signs in choices]


def _expansion(value: Expr, variables: Sequence[Symbol], back: Coincidence) -> list[Expr]:
    """Return the gradient and then, row by row, the Hessian at the coincidence."""
    slopes = [value.diff(eta) for eta in variables]
    gradient = [_tidied(slope.xreplace(back)) for slope in slopes]
    upper = {(i, j): _tidied(slope.diff(variables[j]).xreplace(back)) for i, slope in enumerate(slopes) for j in range(i, len(variables))}
    places = range(len(variables))
    return gradient + [upper[min(i, j), max(i, j)] for i in places for j in places]


def _tidied(expression: Expr) -> Expr:
    """Return an expression with equal terms collected."""
    if expression.has(Sum):
        return expression
    whole = tidy(expand(expression))
    return factor(whole) if whole.is_rational_function() else shortest(whole)


def _oriented(expression: Expr, points: Domain) -> Expr:
    """Return a product with 1 - p for its negative factor p - 1, as a person would write it."""
    parts: list[Expr] = []
    is_negative = expression.could_extract_minus_sign()
    for part in Mul.make_args(expression):
        base, exponent = part.as_base_exp()
        is_odd = isinstance(base, Add) and exponent.is_odd
        turn = is_odd and (points.is_negative(base) or (is_negative and base.as_coeff_Add()[0].is_negative))
        is_negative = is_negative != turn
        parts += [S.NegativeOne, (-base) ** exponent] if turn else [part]
    return Mul(*parts)
