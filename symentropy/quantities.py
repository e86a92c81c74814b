r"""Surprise, entropy, cross-entropy and Kullback-Leibler divergence: nouns and verbs.

Main definitions
----------------
=========================  ================================  ==================================
noun (unevaluated)         verb (evaluated)                  value in nats
=========================  ================================  ==================================
`Surprise` (p)             `surprise` (p)                    -log p
`Entropy` (P)              `entropy` (P)                     sum of -p log p
`CrossEntropy` (P, Q)      `cross_entropy` (P, Q)            sum of -p log q
`KLDivergence` (P, Q)      `kl_divergence` (P, Q)            sum of p log(p/q)
=========================  ================================  ==================================

Integrals take the place of sums for densities. A noun is a SymPy expression that stays as it is written until ``doit()``; its ``base``
is a change of unit, so ``Entropy(P, base=2)`` is ``Entropy(P)/log(2)``, as ``log(x, 2)`` is ``log(x)/log(2)`` in SymPy.

Conventions: 0 log 0 = 0, p log(p/0) = oo for p > 0, and 0 log(0/q) = 0, by continuity.

Left out on purpose: where closed forms come from (see `symentropy.closed_form`), and signs. A noun carries no assumption, so
``KLDivergence(P, Q) >= 0`` stays a relation that can be proved.

References
----------
T. M. Cover, J. A. Thomas, Elements of Information Theory, 2nd ed., Wiley 2006, chapters 2 and 8.
"""

from __future__ import annotations

from typing import Any

from sympy import Add, Basic, E, Expr, S, log

from symentropy.definitions import check_lengths, defined, divergence_term, paired
from symentropy.distribution import as_distribution
from symentropy.errors import DomainError
from symentropy.evaluation.precision import sign
from symentropy.exact import exact, shown
from symentropy.finite import Finite
from symentropy.logarithms import checked_base, natural_log
from symentropy.quantity import Mean, Quantity


class Surprise(Quantity):
    r"""The surprise (self-information, surprisal) of an event of probability p, unevaluated.

    .. math:: h(p) = -\log p

    Parameters
    ----------
    p
        A probability in [0, 1], exact: a number, an expression, or the text of a number.
    base
        Keyword only: a positive number other than 1, or a symbol. The result is then ``Surprise(p)/log(base)``.

    Raises
    ------
    DomainError
        For a number outside [0, 1] or a bad base.
    TypeError
        For a binary float.

    Examples
    --------
    >>> from sympy import Rational, Symbol
    >>> p = Symbol('p', positive=True)
    >>> Surprise(p), Surprise(p).doit(), Surprise(Rational(1, 6)).doit(), Surprise(0).doit()
    (h(p), -log(p), log(6), oo)

    References
    ----------
    C. E. Shannon, A Mathematical Theory of Communication, Bell System Technical Journal 27, 1948, section 6.
    """

    __slots__ = ()

    name = "h"
    latex_name = "h"

    def __new__(cls, p: Any, *, base: Any = E) -> Any:
        p = exact(p, "the probability")
        outside = p.is_negative or (1 - p).is_negative or p.is_extended_real is False
        if p.is_number and not p.is_Rational:
            outside = outside or -1 in (sign(p), sign(1 - p))
        if outside or p is S.NaN:
            raise DomainError(f"the probability is {shown(p)}, outside [0, 1]")
        return _in_base(Expr.__new__(cls, p), base)

    def value(self) -> Expr:
        """Return -log p; oo for p = 0."""
        p = self.args[0]
        return S.Infinity if p.is_zero else -natural_log(p)

    def _eval_rewrite_as_log(self, p: Expr, **_hints: Any) -> Expr:
        return -log(p)


class Entropy(Mean):
    r"""The entropy of a distribution, unevaluated; differential entropy for a density.

    .. math:: H(P) = \sum_s -p_s \log p_s, \qquad h(P) = -\int f(x) \log f(x) \, dx

    Parameters
    ----------
    P
        A distribution: probabilities (list, dict, vector, `Finite`) or a ``sympy.stats`` random variable or distribution.
    base
        Keyword only: a positive number other than 1, or a symbol. The result is then ``Entropy(P)/log(base)``.

    Raises
    ------
    DomainError
        For what is not a distribution, or a bad base.
    TypeError
        For a binary float.

    Examples
    --------
    >>> from sympy.abc import p
    >>> H = Entropy([p, 1 - p])
    >>> H, H.doit()
    (H([p, 1 - p]), -p*log(p) - (1 - p)*log(1 - p))

    At the boundary 0 log 0 = 0:

    >>> H.subs(p, 0).doit()
    0

    References
    ----------
    T. M. Cover, J. A. Thomas, Elements of Information Theory, 2nd ed., Wiley 2006, equations 2.1 and 8.1.
    """

    __slots__ = ()

    def __new__(cls, P: Any, *, base: Any = E) -> Any:
        return _in_base(Expr.__new__(cls, as_distribution(P)), base)

    def _eval_rewrite_as_Surprise(self, P: Basic, **_hints: Any) -> Expr:
        return defined(paired(P, P), _expected_surprise)

    def _eval_rewrite_as_CrossEntropy(self, P: Basic, **_hints: Any) -> Expr:
        return CrossEntropy(P, P)

    def _eval_rewrite_as_KLDivergence(self, P: Basic, **_hints: Any) -> Expr | None:
        if not isinstance(P, Finite):
            return None
        uniform = Finite(Finite.uniform(P.size), P.outcomes) if P.is_named else Finite.uniform(P.size)
        return log(P.size) - KLDivergence(P, uniform)


class CrossEntropy(Mean):
    r"""The cross-entropy of Q under P, unevaluated: the mean surprise of one who believes Q where P is true.

    .. math:: H(P, Q) = \sum_s -p_s \log q_s

    Parameters, errors: as for `Entropy`, with two distributions of the same kind. Finite ones are compared outcome by outcome, and an
    outcome that one of them lacks has probability 0 there.

    Examples
    --------
    >>> from sympy.abc import p, q
    >>> CrossEntropy([p, 1 - p], [q, 1 - q]).doit()
    -p*log(q) - (1 - p)*log(1 - q)

    H(P, P) stays a cross-entropy until asked; an outcome that Q excludes costs an infinite surprise:

    >>> CrossEntropy([p, 1 - p], [p, 1 - p])
    H([p, 1 - p], [p, 1 - p])
    >>> CrossEntropy(['1/2', '1/2'], [1, 0]).doit()
    oo

    References
    ----------
    T. M. Cover, J. A. Thomas, Elements of Information Theory, 2nd ed., Wiley 2006, section 5.4 (the cost of the wrong code).
    """

    __slots__ = ()

    def __new__(cls, P: Any, Q: Any, *, base: Any = E) -> Any:
        return _pair_noun(cls, P, Q, base)

    def _eval_rewrite_as_Surprise(self, P: Basic, Q: Basic, **_hints: Any) -> Expr:
        return defined(paired(P, Q), _expected_surprise)

    def _eval_rewrite_as_Entropy(self, P: Basic, Q: Basic, **_hints: Any) -> Expr:
        return Entropy(P) + KLDivergence(P, Q)

    _eval_rewrite_as_KLDivergence = _eval_rewrite_as_Entropy


class KLDivergence(Mean):
    r"""The Kullback-Leibler divergence (relative entropy) of P from Q, unevaluated.

    .. math:: D_{\mathrm{KL}}(P \,\|\, Q) = \sum_s p_s \log \frac{p_s}{q_s} = H(P, Q) - H(P)

    Parameters, errors: as for `CrossEntropy`. It is oo where P is not inside the support of Q.

    Examples
    --------
    >>> from sympy.abc import p, q
    >>> D = KLDivergence([p, 1 - p], [q, 1 - q])
    >>> D.doit()
    p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))
    >>> D.rewrite(CrossEntropy)
    H([p, 1 - p], [q, 1 - q]) - H([p, 1 - p])

    It carries no sign, so that a claim about it stays one; 0 log(0/q) = 0 and p log(p/0) = oo:

    >>> D >= 0
    D_KL([p, 1 - p] ‖ [q, 1 - q]) >= 0
    >>> KLDivergence([0, 1], ['1/2', '1/2']).doit(), KLDivergence(['1/2', '1/2'], [0, 1]).doit()
    (log(2), oo)

    References
    ----------
    S. Kullback, R. A. Leibler, On Information and Sufficiency, Annals of Mathematical Statistics 22, 1951, equation 2.4.
    """

    __slots__ = ()

    name = "D_KL"
    latex_name = r"D_{\mathrm{KL}}"
    separators = (" ‖ ", " || ", r" \,\|\, ")
    is_cross = False

    def __new__(cls, P: Any, Q: Any, *, base: Any = E) -> Any:
        return _pair_noun(cls, P, Q, base)

    @staticmethod
    def term(p: Expr, q: Expr) -> Expr:
        """Return what is summed over the outcomes."""
        return divergence_term(p, q)

    def _eval_rewrite_as_CrossEntropy(self, P: Basic, Q: Basic, **_hints: Any) -> Expr:
        return CrossEntropy(P, Q) - Entropy(P)

    _eval_rewrite_as_Entropy = _eval_rewrite_as_CrossEntropy


def surprise(p: Any, *, base: Any = E) -> Expr:
    r"""Return the surprise -log p of an event of probability p, in nats unless ``base`` says otherwise.

    .. math:: h(p) = -\log p

    Parameters
    ----------
    p
        A probability in [0, 1], exact: a number, an expression, or the text of a number.
    base
        Keyword only: a positive number other than 1, or a symbol.

    Raises
    ------
    DomainError
        For a number outside [0, 1] or a bad base.
    TypeError
        For a binary float.

    Examples
    --------
    Surprise adds where probabilities multiply, and an impossible event has infinite surprise:

    >>> from sympy import Rational
    >>> surprise(Rational(1, 2)), surprise(Rational(1, 6)), surprise('1/8', base=2), surprise(0)
    (log(2), log(6), 3, oo)
    """
    return valued(Surprise(p), base)


def entropy(P: Any, *, base: Any = E) -> Expr:
    r"""Return the entropy of a distribution, in nats unless ``base`` says otherwise; differential entropy for a density.

    .. math:: H(P) = \sum_s -p_s \log p_s, \qquad h(P) = -\int f(x) \log f(x) \, dx, \qquad 0 \log 0 = 0

    Parameters
    ----------
    P
        A distribution: probabilities (list, dict, vector, `Finite`) or a ``sympy.stats`` random variable or distribution.
    base
        Keyword only: a positive number other than 1, or a symbol.

    Returns
    -------
    Expr
        A closed form where one is known, with oo where the entropy is infinite; else the explicit sum or integral.

    Raises
    ------
    DomainError
        For what is not a distribution, or a bad base.
    TypeError
        For a binary float.

    Examples
    --------
    >>> entropy(['1/2', '1/4', '1/4'], base=2), entropy([1, 0])
    (3/2, 0)
    >>> from sympy import Symbol
    >>> n = Symbol('n', integer=True, positive=True)
    >>> entropy(Finite.symbols('p', n)), entropy(Finite.uniform(n))
    (Sum(-log(p[i])*p[i], (i, 1, n)), log(n))
    """
    return valued(Entropy(P), base)


def cross_entropy(P: Any, Q: Any, *, base: Any = E) -> Expr:
    r"""Return the cross-entropy of Q under P, in nats unless ``base`` says otherwise.

    .. math:: H(P, Q) = \sum_s -p_s \log q_s, \qquad p \log 0 = -\infty \text{ for } p > 0

    Parameters
    ----------
    P, Q
        Distributions of the same kind, as for `entropy`. Finite ones are compared outcome by outcome; an outcome that one of them lacks has
        probability 0 there.
    base
        Keyword only: a positive number other than 1, or a symbol.

    Raises
    ------
    DomainError, TypeError
        As for `entropy`, and a DomainError for vectors of different lengths.

    Examples
    --------
    >>> cross_entropy(['1/2', '1/2'], ['1/4', '3/4'], base=2).expand()
    -log(3)/(2*log(2)) + 2
    >>> cross_entropy({'a': 1}, {'b': 1})
    oo
    """
    return valued(CrossEntropy(P, Q), base)


def kl_divergence(P: Any, Q: Any, *, base: Any = E) -> Expr:
    r"""Return the Kullback-Leibler divergence of P from Q, in nats unless ``base`` says otherwise.

    .. math:: D_{\mathrm{KL}}(P \,\|\, Q) = \sum_s p_s \log \frac{p_s}{q_s}
              \qquad \text{or} \qquad \int f(x) \log \frac{f(x)}{g(x)} \, dx

    Parameters
    ----------
    P, Q
        Distributions, as for `cross_entropy`.
    base
        Keyword only: a positive number other than 1, or a symbol.

    Returns
    -------
    Expr
        oo where P is not inside the support of Q; a ``Piecewise`` where that, or a tail, depends on parameters.

    Raises
    ------
    DomainError, TypeError
        As for `cross_entropy`.

    Examples
    --------
    >>> kl_divergence(['1/2', '1/2'], ['1/4', '3/4']), kl_divergence(['1/2', '1/2'], ['1/2', '1/2'])
    (log(2/3)/2 + log(2)/2, 0)
    >>> from sympy.stats import Exponential, Normal
    >>> kl_divergence(Normal('X', 0, 1), Exponential('Y', 1))
    oo
    """
    return valued(KLDivergence(P, Q), base)


def _pair_noun(cls: type[Quantity], P: Any, Q: Any, base: Any) -> Expr:
    first, second = as_distribution(P, "the first distribution"), as_distribution(Q, "the second distribution")
    check_lengths(first, second)
    return _in_base(Expr.__new__(cls, first, second), base)


def _in_base(noun: Expr, base: Any) -> Expr:
    return noun if base is E else noun / natural_log(checked_base(base))


def valued(noun: Quantity, base: Any) -> Expr:
    """Return the value of a noun in units of log base, divided term by term, so that logarithms cancel."""
    unit = S.One if base is E else natural_log(checked_base(base))
    return Add(*(term / unit for term in Add.make_args(noun.value())))


def _expected_surprise(p: Expr, q: Expr) -> Expr:
    return S.Zero if p.is_zero else p * Surprise(q)
