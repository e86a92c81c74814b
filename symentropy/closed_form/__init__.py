"""Closed forms: from the densities of two distributions to their entropy, cross-entropy or divergence.

Main definitions
----------------
* `closed_form`, which returns a `ClosedForm` with its derivation, or None.
* `derived`, the same, which raises `NoClosedForm` with the reason.
* `ENGINES`, what is asked in turn: a function from P, Q and the quantity to a closed form, or None for another kind of distribution.

A log-density is expanded into statistics of the outcome, and each gets its mean under P from one of a few parent kernels, which are read
from the density and its support; bijections carry one kernel to another. So n families need n kernels, not n**2 formulas.

Left out on purpose: densities without a known kernel. Nothing is integrated blindly.

Reference: F. Nielsen, R. Nock, Entropies and cross-entropies of exponential families, ICIP 2010.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from sympy import Basic

from symentropy.closed_form.data import ClosedForm, Term
from symentropy.closed_form.multivariate import derive_multivariate
from symentropy.closed_form.univariate import derive_univariate
from symentropy.errors import NoClosedForm, SymentropyError
from symentropy.exact import shown

__all__ = ["ENGINES", "ClosedForm", "Engine", "Term", "closed_form", "derived"]

#: From P, Q (P again for entropy) and whether log p is left out, to a closed form; None where the kind of distribution is not its own.
Engine = Callable[[Basic, Basic, bool], ClosedForm | None]

#: Asked in this order; the first that does not return None decides.
ENGINES: list[Engine] = [derive_multivariate, derive_univariate]


def closed_form(P: Basic, Q: Basic, *, is_cross: bool) -> ClosedForm | None:
    """Return -E log q (``is_cross``) or E log(p/q) under P in closed form, or None; Q is P for entropy.

    >>> from sympy.stats import Exponential
    >>> from symentropy.distribution import as_distribution
    >>> X = as_distribution(Exponential("X", 2))
    >>> closed_form(X, X, is_cross=True).value
    1 - log(2)
    """
    try:
        return derived(P, Q, is_cross=is_cross)
    except NoClosedForm:
        return None


@lru_cache(maxsize=256)
def derived(P: Basic, Q: Basic, *, is_cross: bool) -> ClosedForm:
    """Return what `closed_form` does, and raise `NoClosedForm` with the reason where there is none."""
    for engine in ENGINES:
        try:
            found = engine(P, Q, is_cross)
        except SymentropyError:
            raise
        except Exception as error:  # SymPy raises whatever odd densities run it into; the definition is still there
            raise NoClosedForm(f"the closed form was not found: {shown(repr(error))}") from error
        if found is not None:
            return found
    raise NoClosedForm("no engine knows distributions of this kind")
