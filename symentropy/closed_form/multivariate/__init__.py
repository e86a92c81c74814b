r"""Closed forms for families of vectors and matrices.

Main definitions
----------------
* `closed_form`, from SymPy's distribution objects to a `ClosedForm`, or None where there is none.
* `derive_multivariate`, the same as the engine that is asked for a closed form of a kind of distribution.
* `outcomes_of`, the names that the outcome of a distribution has in the statistics of a closed form.

=====================================================  ===================================================================
P, and Q of the same family                            what is closed
=====================================================  ===================================================================
multivariate normal, matrix normal                     H(P), H(P, Q), D(P || Q), for matrix symbols of symbolic size too
Dirichlet, normal-gamma, Wishart, matrix gamma         H(P), H(P, Q), D(P || Q)
multinomial, negative multinomial, Ewens               D(P || Q), for the same number of trials, failures or elements
multivariate t, matrix t                               H(P)
=====================================================  ===================================================================

With a normal Q, every P with a known covariance matrix gives H(P, Q), and D(P || Q) where H(P) is closed.

Left out on purpose: the generalised multivariate log-gamma distribution, the entropy of multivariate Laplace vectors, and divergences
between t distributions, none of which has a closed form.

References: see the modules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Basic, Expr, Piecewise, S, false, oo, true

from symentropy.closed_form.data import ClosedForm, Term
from symentropy.closed_form.multivariate.counts import ewens, multinomial, negative_multinomial
from symentropy.closed_form.multivariate.exponential import dirichlet, matrix_gamma, normal_gamma
from symentropy.closed_form.multivariate.families import (
    Dirichlet,
    Ewens,
    Gaussian,
    MatrixGamma,
    MatrixGaussian,
    MatrixT,
    Multinomial,
    NegativeMultinomial,
    NormalGamma,
    StudentT,
    family_of,
    is_scalar,
    outcomes_of,
)
from symentropy.closed_form.multivariate.moments import moments_of
from symentropy.closed_form.multivariate.normal import (
    as_vector,
    expected_gaussian,
    gaussian_divergence,
    gaussian_entropy,
    matrix_gaussian,
)
from symentropy.closed_form.multivariate.student import matrix_t_entropy, student_entropy
from symentropy.errors import DomainError
from symentropy.exact import shown

__all__ = ["closed_form", "derive_multivariate", "outcomes_of"]


def closed_form(P: Basic, Q: Basic, *, is_cross: bool) -> ClosedForm | None:
    """Return -E log q (``is_cross``) or E log(p/q) under P in closed form, or None; Q is P for the entropy.

    Raises `DomainError` for vectors or matrices of symbolic sizes that are not the same.

    >>> from sympy import MatrixSymbol, Symbol
    >>> from sympy.stats import MultivariateNormal
    >>> n = Symbol("n", integer=True, positive=True)
    >>> X = MultivariateNormal("X", MatrixSymbol("m", n, 1), MatrixSymbol("S", n, n)).pspace.distribution
    >>> closed_form(X, X, is_cross=True).value
    n*log(2*E*pi)/2 + log(Determinant(S))/2
    >>> closed_form(X, X, is_cross=False).value
    0
    """
    if is_scalar(P) and is_scalar(Q):
        return None
    first = family_of(P)
    second = first if P == Q else family_of(Q)
    if first is None or second is None:
        return None
    if P == Q:
        return _of_one(first, is_cross=is_cross)
    if isinstance(first, MatrixGaussian) != isinstance(second, MatrixGaussian):
        first, second = (as_vector(R) if isinstance(R, MatrixGaussian) else R for R in (first, second))
    if first is None or second is None or not _same_size(first, second, P, Q):
        return None
    if isinstance(second, Gaussian) and not (isinstance(first, Gaussian) and not is_cross):
        return _against_gaussian(first, second, is_cross=is_cross)
    rule = _PAIRS.get(type(first)) if type(first) is type(second) else None
    return None if rule is None else rule(first, second, is_cross=is_cross)


def derive_multivariate(P: Basic, Q: Basic, is_cross: bool) -> ClosedForm | None:
    """Return what `closed_form` does."""
    return closed_form(P, Q, is_cross=is_cross)


def _of_one(P: Any, *, is_cross: bool) -> ClosedForm | None:
    if not is_cross:
        return ClosedForm(S.Zero)
    entropy = _ENTROPIES.get(type(P))
    return None if entropy is None else entropy(P)


def _against_gaussian(P: Any, Q: Gaussian, *, is_cross: bool) -> ClosedForm | None:
    """Return the cross-entropy or the divergence from a normal vector of what has a covariance matrix."""
    moments = moments_of(P)
    own = None if is_cross else _of_one(P, is_cross=True)
    if moments is None or (own is None and not is_cross):
        return None
    if moments.finite == false:
        return ClosedForm(oo, finite=false)
    cross = expected_gaussian(moments.mean, moments.covariance, Q)
    value, terms = cross.value, cross.terms
    if own is not None:
        value = value - own.value
        terms += tuple(Term(-term.coefficient, term.statistic, term.expectation, term.source) for term in own.terms)
    if moments.finite == true:
        return ClosedForm(value, terms)
    return ClosedForm(Piecewise((value, moments.finite), (oo, True)), terms, finite=moments.finite)


def _same_size(first: Any, second: Any, P: Basic, Q: Basic) -> bool:
    """Whether two families have the same shape; other explicit shapes are left to the definition, which says what is wrong."""
    shapes = [_shape(first), _shape(second)]
    if len(shapes[0]) != len(shapes[1]):
        return False
    differences = [(a - b).expand() for a, b in zip(*shapes, strict=True)]
    if all(difference == 0 for difference in differences):
        return True
    if any(size.free_symbols for shape in shapes for size in shape):
        raise DomainError(f"{shown(P)} and {shown(Q)} have the sizes {shapes[0]} and {shapes[1]}: substitute the same size in both")
    return False


def _shape(P: Any) -> tuple[Expr, ...]:
    """Return the size of a vector, or the shape of a matrix."""
    if isinstance(P, Dirichlet):
        return (S(len(P.alpha) - 1),)
    if isinstance(P, NormalGamma):
        return (S(2),)
    if isinstance(P, MatrixGamma):
        return (P.size, P.size)
    if isinstance(P, (Multinomial, NegativeMultinomial)):
        return (S(len(P.chances)),)
    if isinstance(P, Ewens):
        return (P.size,)
    shape = tuple(map(S, P.mean.shape))
    return shape[:1] if shape[1] == 1 and not isinstance(P, (MatrixGaussian, MatrixT)) else shape


#: What the divergence, and where there is one the cross-entropy, of two distributions of a family comes from.
_PAIRS: dict[type, Callable[..., ClosedForm | None]] = {
    Gaussian: lambda P, Q, is_cross: gaussian_divergence(P, Q),  # noqa: ARG005 (the cross-entropy is that against any normal Q)
    MatrixGaussian: matrix_gaussian,
    Dirichlet: dirichlet,
    MatrixGamma: matrix_gamma,
    NormalGamma: normal_gamma,
    Multinomial: multinomial,
    NegativeMultinomial: negative_multinomial,
    Ewens: ewens,
}

#: What the entropy of a distribution of a family comes from.
_ENTROPIES: dict[type, Callable[[Any], ClosedForm]] = {
    Gaussian: gaussian_entropy,
    StudentT: student_entropy,
    MatrixT: matrix_t_entropy,
    MatrixGaussian: lambda P: matrix_gaussian(P, P, is_cross=True),
    Dirichlet: lambda P: dirichlet(P, P, is_cross=True),
    MatrixGamma: lambda P: matrix_gamma(P, P, is_cross=True),
    NormalGamma: lambda P: normal_gamma(P, P, is_cross=True),
}
