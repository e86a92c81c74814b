"""Facts about the functions of one variable that everything else rests on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sympy import Derivative, Expr, Gt, Le, Lt, Ne, Rational, S, Symbol, log

from symentropy.finite import Finite
from symentropy.proof.claim import Claim
from symentropy.proof.draft import Draft
from symentropy.proof.theorems.catalogue import COVER, theorem
from symentropy.quantities import Entropy

SECTION = "Scalar facts"
FUNGRIM = "F. Johansson, Fungrim: the mathematical functions grimoire, topic 'Natural logarithm'"
MATHLIB_BINARY = "Mathlib, Analysis.SpecialFunctions.BinaryEntropy"
MATHLIB = "Mathlib, InformationTheory.KullbackLeibler.KLFun"

x, y, a, b = (Symbol(name, positive=True) for name in ("x", "y", "a", "b"))
p, q, t = (Symbol(name, positive=True) for name in ("p", "q", "t"))
IN_UNIT = (Lt(0, t, evaluate=False), Lt(t, 1, evaluate=False))


def phi(argument: Expr) -> Expr:
    """Return x log x + 1 - x."""
    return argument * log(argument) + 1 - argument


def eta(argument: Expr) -> Expr:
    """Return -x log x."""
    return -argument * log(argument)


def binary(argument: Expr) -> Entropy:
    """Return the entropy of a coin that shows heads with some probability."""
    return Entropy(Finite([argument, 1 - argument]))


def inside(*symbols: Symbol) -> tuple[Any, ...]:
    """Return the hypotheses that symbols lie in (0, 1)."""
    return tuple(fact for symbol in symbols for fact in (Lt(0, symbol, evaluate=False), Lt(symbol, 1, evaluate=False)))


@theorem("log_le_sub_one", SECTION, "log x <= x - 1, with equality only at x = 1", sources=(FUNGRIM,))
def _log_bound() -> Claim:
    return Claim(log(x), "<=", x - 1)


@theorem("log_lt_sub_one", SECTION, "log x < x - 1 for x other than 1", sources=(FUNGRIM,))
def _log_bound_strict() -> Claim:
    return Claim(log(x), "<", x - 1, (Ne(x, 1),))


@theorem("one_sub_inv_le_log", SECTION, "log x >= 1 - 1/x, with equality only at x = 1", sources=(FUNGRIM,))
def _log_bound_below() -> Claim:
    return Claim(log(x), ">=", 1 - 1 / x)


@theorem("phi_nonneg", SECTION, "x log x + 1 - x >= 0, with equality only at x = 1", sources=(MATHLIB,))
def _phi() -> Claim:
    return Claim(phi(x), ">=", 0)


@theorem("phi_derivative", SECTION, "The derivative of x log x + 1 - x is log x", sources=(MATHLIB,))
def _phi_slope() -> Claim:
    return Claim(Derivative(phi(x), x), "=", log(x))


@theorem("phi_second_derivative_pos", SECTION, "The second derivative of x log x + 1 - x is 1/x", sources=(MATHLIB,))
def _phi_curvature() -> Claim:
    return Claim(Derivative(phi(x), x, x), "=", 1 / x)


@theorem(
    "phi_above_tangent",
    SECTION,
    "x log x + 1 - x lies above its tangents, and touches each at one point: it is strictly convex",
    sources=(MATHLIB,),
)
def _phi_tangent() -> Claim:
    return Claim(phi(x), ">=", phi(y) + log(y) * (x - y))


@theorem("phi_convex", SECTION, "x log x + 1 - x lies below its chords: it is convex", sources=(MATHLIB,))
def _phi_chord() -> Claim:
    return Claim(phi(t * x + (1 - t) * y), "<=", t * phi(x) + (1 - t) * phi(y), IN_UNIT)


@theorem(
    "mul_log_convex",
    SECTION,
    "x log x lies below its chords, and touches them only where they begin and end: it is strictly convex",
    sources=(COVER,),
)
def _mul_log() -> Claim:
    mean = t * x + (1 - t) * y
    return Claim(mean * log(mean), "<=", t * x * log(x) + (1 - t) * y * log(y), IN_UNIT)


@theorem("eta_nonneg", SECTION, "-x log x >= 0 on (0, 1]", sources=(COVER,))
def _eta() -> Claim:
    return Claim(eta(x), ">=", 0, (Le(x, 1, evaluate=False),))


@theorem("eta_mul", SECTION, "eta(xy) = y eta(x) + x eta(y) for eta(x) = -x log x", sources=(COVER,))
def _eta_product() -> Claim:
    return Claim(eta(x * y), "=", y * eta(x) + x * eta(y))


@theorem("binary_entropy_symmetric", SECTION, "h(p) = h(1 - p)", sources=(COVER,))
def _symmetric() -> Claim:
    return Claim(binary(p), "=", binary(1 - p))


@theorem("binary_entropy_pos", SECTION, "h(p) > 0 inside (0, 1)", sources=(COVER,))
def _positive() -> Claim:
    return Claim(binary(p), ">", 0)


@theorem("binary_entropy_zero", SECTION, "h is 0 at both ends", sources=(COVER,))
def _zero() -> Claim:
    return Claim(binary(S.Zero) + binary(S.One), "=", 0)


@theorem("binary_entropy_le_log_two", SECTION, "h(p) <= log 2, with equality only at p = 1/2", sources=(COVER,))
def _at_most() -> Claim:
    return Claim(binary(p), "<=", log(2))


@theorem("binary_entropy_derivative", SECTION, "h'(p) = log((1 - p)/p)", sources=(COVER,))
def _slope() -> Claim:
    return Claim(Derivative(binary(p), p), "=", log((1 - p) / p), inside(p))


@theorem("binary_entropy_second_derivative", SECTION, "h''(p) = -1/(p (1 - p))", sources=(COVER,))
def _curvature() -> Claim:
    return Claim(Derivative(binary(p), p, p), "=", -1 / (p * (1 - p)), inside(p))


@theorem(
    "binary_entropy_below_tangent",
    SECTION,
    "h lies below its tangents, and touches each at one point: it is strictly concave",
    sources=(COVER,),
)
def _concave() -> Claim:
    return Claim(binary(p), "<=", binary(q) + log((1 - q) / q) * (p - q))


def _increasing_script(draft: Draft, claim: Claim) -> int | None:
    """Prove h(b) >= h(a) + (b - a) h'(b), where h'(b) >= 0."""
    lower, upper = (side.args[0].probabilities[0] for side in (claim.lhs, claim.rhs))
    facts, slope = claim.hypotheses, log((1 - upper) / upper)

    tangent = draft.prove(Claim(claim.lhs, "<=", claim.rhs + slope * (lower - upper), facts))
    strict = draft.add("instance", replace(draft.steps[tangent].claim, relation="<"), [tangent]) if tangent is not None else None
    rises = draft.add("sign", Claim(slope, ">=", 0, facts))
    return None if strict is None else draft.add("combination", claim, [strict, rises], [S.One, upper - lower])


@theorem("binary_entropy_increasing", SECTION, "h is increasing on (0, 1/2]", sources=(COVER,), script=_increasing_script)
def _increasing() -> Claim:
    return Claim(binary(p), "<", binary(q), (Lt(p, q, evaluate=False), Le(q, Rational(1, 2), evaluate=False)))


def q_ary(argument: Expr, size: Expr) -> Expr:
    """Return p log(q - 1) + h(p)."""
    return argument * log(size - 1) + binary(argument)


AT_LEAST_TWO = (Gt(q, 1, evaluate=False),)


@theorem("q_ary_entropy_derivative", SECTION, "The derivative of p log(q - 1) + h(p) is log((q - 1)(1 - p)/p)", sources=(MATHLIB_BINARY,))
def _q_ary_slope() -> Claim:
    return Claim(Derivative(q_ary(p, q), p), "=", log((q - 1) * (1 - p) / p), (*inside(p), *AT_LEAST_TWO))


@theorem(
    "q_ary_entropy_second_derivative", SECTION, "The second derivative of p log(q - 1) + h(p) is -1/(p (1 - p))", sources=(MATHLIB_BINARY,)
)
def _q_ary_curvature() -> Claim:
    return Claim(Derivative(q_ary(p, q), p, p), "=", -1 / (p * (1 - p)), (*inside(p), *AT_LEAST_TWO))


@theorem("q_ary_entropy_le_log", SECTION, "p log(q - 1) + h(p) <= log q, with equality only at p = 1 - 1/q", sources=(MATHLIB_BINARY,))
def _q_ary_bound() -> Claim:
    return Claim(q_ary(p, q), "<=", log(q), AT_LEAST_TWO)
