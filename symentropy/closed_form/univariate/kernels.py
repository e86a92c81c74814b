"""Which parent a density comes from: read from the statistics of its logarithm and from its support, never from a name.

Main definitions
----------------
* `Image`, an outcome x = g(u) of a parent u.
* `images`, every way in which a density is such an image. The statistics of x that one of them does not know may be known to another.

The maps are affine, powers (1/x among them), exponentials and logarithms, x/(1 + x), and distance from a centre.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sympy import Abs, Add, Dummy, Expr, S, Symbol, besseli, cos, exp, expand_log, log, oo, pi, sqrt

from symentropy.closed_form.tidy import log_gamma
from symentropy.closed_form.univariate.moments import Moment, log_beta
from symentropy.closed_form.univariate.parents import (
    BetaParent,
    GammaParent,
    NormalParent,
    Parent,
    Symmetric,
    mean_of_terms,
    mixture_mean,
)
from symentropy.closed_form.univariate.special import (
    CauchyParent,
    HalfCauchy,
    InverseGaussian,
    LogisticDistance,
    RaisedCosine,
    TruncatedExponential,
    TruncatedNormal,
    VonMises,
)
from symentropy.closed_form.univariate.statistics import Combination, Reader, affine, root_of


@dataclass(frozen=True)
class Image:
    """The outcome x = inverse(u) of a parent whose u lies between low and high; ``log_mass`` is the logarithm of the kernel's integral."""

    parent: Parent
    variable: Symbol
    inverse: Expr
    low: Expr
    high: Expr
    log_mass: Expr
    outcome: Symbol
    #: A positive symbol that stands for 1 - u in the inverse, so that powers of u/(1 - u) multiply out.
    complement: Symbol | None = None

    @property
    def source(self) -> str:
        """Where the means are proved."""
        return self.parent.source

    def mean(self, statistic: Expr) -> Moment | None:
        """Return the mean of a statistic of the outcome, None where there is no rule."""
        if self.inverse == self.variable:
            return self.parent.mean(statistic.xreplace({self.outcome: self.variable}), self.variable)
        reader = Reader(self.variable, self.low, self.high)
        pulled = statistic.xreplace({self.outcome: self.inverse})
        if self.complement is not None:
            pulled = pulled.xreplace({self.complement: 1 - self.variable})
        return mean_of_terms(self.parent, reader.read(pulled), self.variable)


@dataclass(frozen=True)
class HalfImage:
    """The distance r = inverse(u) from a centre, for a `Symmetric` parent."""

    image: Image

    @property
    def variable(self) -> Symbol:
        """The distance."""
        return self.image.outcome

    @property
    def source(self) -> str:
        """Where the means are proved."""
        return self.image.source

    def mean(self, statistic: Expr) -> Moment | None:
        """Return the mean of a function of the distance."""
        reader = Reader(self.variable, S.Zero, S.Infinity)
        terms = reader.read(statistic)
        if set(terms) - {S.One, statistic}:
            from symentropy.closed_form.univariate.engine import mean_by_images  # here, because it builds on this module

            return mean_by_images([*half_images(self.image), self.image], terms)
        known = (i.mean(statistic) for i in (*half_images(self.image), self.image))
        return next((moment for moment in known if moment is not None), None)


def half_images(image: Image) -> list[Image]:
    """Return the other descriptions of the distance."""
    if isinstance(image.parent, BetaParent) and image.parent.a == image.parent.b == S.Half:
        scale = image.inverse.xreplace({image.variable: S.One, image.complement: S.One})
        return [identity(HalfCauchy(scale), image.outcome, S.Zero, S.Infinity, image.log_mass)]
    return []


def identity(parent: Parent, x: Symbol, low: Expr, high: Expr, log_mass: Expr) -> Image:
    """Return the outcome of a parent as it is."""
    return Image(parent, x, x, low, high, log_mass, x)


def _positive(name: str = "u") -> Symbol:
    return Dummy(name, positive=True)


Recogniser = Callable[[Combination, Symbol, Expr, Expr], list[Image]]


def _line_power(statistic: Expr, x: Symbol) -> tuple[Expr, Expr] | None:
    """Return (m, p) of (x - m)**p, None for another statistic."""
    base, exponent = statistic.as_base_exp() if not isinstance(statistic, exp) else (statistic, S.One)
    line = affine(base, x)
    return (root_of(*line), exponent) if line and line[0] == 1 and not exponent.has(x) else None


def _unless_negative(*values: Expr) -> bool:
    return not any(value.is_nonpositive for value in values)


def _gamma_on_half_line(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """(x - m)**(d - 1) exp(-rate (x - m)**p): u = rate (x - m)**p is Gamma(d/p)."""
    if high != oo or not low.is_finite:
        return []
    rest = dict(terms)
    c = rest.pop(log(x - low), S.Zero)
    if len(rest) != 1:
        return []
    ((statistic, coefficient),) = rest.items()
    found = _line_power(statistic, x)
    if found is None or (found[0] != low and found[1] != 1):
        return []
    p, rate = found[1], -coefficient
    k = ((c + 1) / p).expand() if c else 1 / p
    if not _unless_negative(rate, k):
        return []
    u = _positive()
    size = -log(p) if p.is_positive else -log(-p) if p.is_negative else -log(Abs(p))
    mass = log_gamma(k) + size - k * log(rate) - (rate * (low - found[0]) if p == 1 else 0)
    return [Image(GammaParent(k), u, low + (u / rate) ** (1 / p), S.Zero, oo, mass, x)]


def _mirrored(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """A half line to the left."""
    if low != -oo or high == oo:
        return []
    y = Dummy("x", real=True)
    reader = Reader(y, -high, oo)
    turned: Combination = {}
    for statistic, coefficient in terms.items():
        for own, factor in reader.read(statistic.xreplace({x: -y})).items():
            turned[own] = turned.get(own, S.Zero) + coefficient * factor
    constant = turned.pop(S.One, S.Zero)
    return [
        Image(i.parent, i.variable, -i.inverse, i.low, i.high, i.log_mass + constant, x)
        for i in images(turned, y, -high, oo)
        if i.inverse != i.variable or isinstance(i.parent, GammaParent)
    ]


def _exponential_rate(statistic: Expr, x: Symbol) -> Expr | None:
    if isinstance(statistic, exp) and not (t := statistic.exp / x).has(x):
        return t
    return None


def _gamma_of_exponential(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """exp(c x - rate exp(t x)) on the line: u = rate exp(t x) is Gamma(c/t); on a half line with c = t, u - u(low) is Gamma(1)."""
    waves = [s for s in terms if _exponential_rate(s, x) is not None]
    if len(waves) != 1 or set(terms) - {x, *waves} or high != oo:
        return []
    t, rate, c = _exponential_rate(waves[0], x), -terms[waves[0]], terms.get(x, S.Zero)
    assert t is not None  # for the type checker
    u = _positive()
    size = log(t) if t.is_positive else log(-t)
    if low == -oo and _unless_negative(rate, c / t):
        k = (c / t).expand()
        return [Image(GammaParent(k), u, log(u / rate) / t, S.Zero, oo, log_gamma(k) - size - k * log(rate), x)]
    if low.is_finite and (c - t).expand() == 0 and t.is_positive:
        start = exp(t * low)
        return [Image(GammaParent(S.One), u, log(start + u / rate) / t, S.Zero, oo, -rate * start - log(t) - log(rate), x)]
    return []


def _beta_on_interval(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """(x - l)**(a - 1) (r - x)**(b - 1) on (l, r)."""
    if not (low.is_finite and high.is_finite) or set(terms) - {log(x - low), log(high - x)}:
        return []
    a, b = terms.get(log(x - low), S.Zero) + 1, terms.get(log(high - x), S.Zero) + 1
    if not _unless_negative(a, b):
        return []
    u, length = _positive(), (high - low).expand()
    return [Image(BetaParent(a, b), u, low + length * u, S.Zero, S.One, log_beta(a, b) + (a + b - 1) * log(length), x)]


def _one_plus(statistic: Expr, x: Symbol) -> tuple[Expr, Expr, Expr] | None:
    """Return (w, m, p) of log(1 + w (x - m)**p), None for another statistic."""
    if not isinstance(statistic, log) or not isinstance(statistic.args[0], Add):
        return None
    constant, term = statistic.args[0].as_independent(x, as_Add=True)
    if constant != 1:
        if statistic.args[0].is_polynomial(x):
            return _square_form(statistic.args[0], x)
        return None
    w, power = term.as_independent(x, as_Add=False)
    found = _line_power(power, x)
    if found is None:
        return _square_form(statistic.args[0], x) if statistic.args[0].is_polynomial(x) else None
    return (w, *found) if found[1] != 1 else None


def _square_form(argument: Expr, x: Symbol) -> tuple[Expr, Expr, Expr] | None:
    expanded = argument.expand()
    a, b = expanded.coeff(x, 2), expanded.coeff(x, 1)
    if a == 0:
        return None
    m = (-b / (2 * a)).factor()
    rest = (expanded - a * (x - m) ** 2).expand()
    return (a, m, S(2)) if rest == 1 else None


def _beta_of_power(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """x**c (1 - w x**p)**(b - 1) on (0, w**(-1/p)): u = w x**p is Beta((c + 1)/p, b)."""
    rest = dict(terms)
    c = rest.pop(log(x - low), S.Zero)
    if not (low.is_finite and high.is_finite) or len(rest) != 1:
        return []
    ((statistic, coefficient),) = rest.items()
    found = _one_plus(statistic, x)
    if found is None or found[1] != low or not found[2].is_positive:
        return []
    w, p = -found[0], found[2]
    edge = w * (high - low) ** p
    if edge != 1 and (edge - 1).expand() != 0:
        return []
    a, b, u = (c + 1) / p, coefficient + 1, _positive()
    if not _unless_negative(a, b):
        return []
    return [Image(BetaParent(a, b), u, low + (u / w) ** (1 / p), S.Zero, S.One, log_beta(a, b) - log(p) - a * log(w), x)]


def _beta_prime(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """(x - l)**c (1 + w (x - l)**p)**(-e): u = w (x - l)**p/(1 + w (x - l)**p) is Beta((c + 1)/p, e - (c + 1)/p)."""
    rest = dict(terms)
    c = rest.pop(log(x - low), S.Zero)
    if high != oo or not low.is_finite or len(rest) != 1:
        return []
    ((statistic, coefficient),) = rest.items()
    found = _one_plus(statistic, x)
    u, v = _positive(), _positive("v")
    if isinstance(statistic, log) and (line := affine(statistic.args[0], x)) and line[0] == 1:
        scale = (low + line[1]).expand()
        a = c + 1
        b = (-coefficient - a).expand()
        if scale.is_nonpositive or not _unless_negative(a, b):
            return []
        inverse = scale / v - (scale - low).expand() if a == 1 else low + scale * u / v
        return [Image(BetaParent(a, b), u, inverse, S.Zero, S.One, log_beta(a, b) - b * log(scale), x, v)]
    if found is None or found[1] != low:
        return []
    w, _, p = found
    a = (c + 1) / p
    b = (-coefficient - a).expand()
    a = a.expand()
    if not _unless_negative(a, b, w) or not p.is_positive:
        return []
    main = Image(BetaParent(a, b), u, low + (u / v / w) ** (1 / p), S.Zero, S.One, log_beta(a, b) - log(p) - a * log(w), x, v)
    if (p, c, coefficient) == (2, 0, -1) and low == 0:
        return [identity(HalfCauchy(1 / sqrt(w)), x, low, high, main.log_mass), main]
    return [main]


def _logistic(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """exp(c x) (1 + w exp(t x))**(-e): u = w exp(t x)/(1 + w exp(t x)) is Beta(c/t, e - c/t)."""
    waves = [s for s in terms if _one_plus_wave(s, x)]
    if len(waves) != 1 or set(terms) - {x, *waves} or high != oo:
        return []
    w, t = _one_plus_wave(waves[0], x)  # type: ignore[misc]
    c, e = terms.get(x, S.Zero), -terms[waves[0]]
    u, v = _positive(), _positive("v")
    if low == -oo:
        a = (c / t).expand()
        b = (e - a).expand()
        if not _unless_negative(a, b, w):
            return []
        size = log(t) if t.is_positive else log(-t)
        inverse = log(u / (v * w)) / t
        mass = log_beta(a, b) - size - a * log(w)
        main = Image(BetaParent(a, b), u, inverse, S.Zero, S.One, mass, x, v)
        if a == b == 1:
            return [identity(LogisticDistance((-expand_log(log(w)) / t).expand(), 1 / Abs(t)), x, low, high, mass), main]
        return [main]
    if low == 0 and w == 1 and t.is_positive:  # log(1 + exp(t x)) = t x + log(1 + exp(-t x))
        c, t = c - e * t, -t
    if low == 0 and w == 1 and e == 2 and (c - t).expand() == 0 and t.is_negative:  # half of a logistic law
        inverse = (log(1 + u) - log(1 - u)) / -t
        return [Image(BetaParent(S.One, S.One), u, inverse, S.Zero, S.One, -log(2) - log(-t), x)]
    return []


def _one_plus_wave(statistic: Expr, x: Symbol) -> tuple[Expr, Expr] | None:
    """Return (w, t) of log(1 + w exp(t x))."""
    if not isinstance(statistic, log) or not isinstance(statistic.args[0], Add):
        return None
    constant, term = statistic.args[0].as_independent(x, as_Add=True)
    w, wave = term.as_independent(x, as_Add=False)
    t = _exponential_rate(wave, x)
    return (w, t) if constant == 1 and t is not None else None


def _quadratic(terms: Combination, x: Symbol) -> tuple[Expr, Expr, Expr] | None:
    """Return (A, m, rest) with the terms A (x - m)**2 + rest, None for others."""
    squares = [s for s in terms if (found := _line_power(s, x)) and found[1] == 2]
    if set(terms) - {x, *squares} or not squares:
        return None
    if len(squares) == 1 and x not in terms:
        centre = _line_power(squares[0], x)
        assert centre is not None  # for the type checker
        return terms[squares[0]], centre[0], S.Zero
    form = sum((c * s for s, c in terms.items()), S.Zero).expand()
    a, b, c = form.coeff(x, 2), form.coeff(x, 1), form.coeff(x, 0)
    return a, (-b / (2 * a)).factor(), (c - b**2 / (4 * a)).factor()


def _normal(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """exp(A (x - m)**2) with A < 0 on the line or on a part of it."""
    found = _quadratic(terms, x)
    if found is None or found[0].is_nonnegative:
        return []
    a, centre, rest = found
    sigma = sqrt(-1 / (2 * a))
    mass = log(2 * pi) / 2 + log(sigma) + rest
    if (low, high) == (-oo, oo):
        return [identity(NormalParent(centre, sigma), x, low, high, mass)]
    parent = TruncatedNormal(centre, sigma, low, high)
    return [identity(parent, x, low, high, mass + log(parent.mass))]


def _normal_of_logarithm(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """The normal law of log(x - l), and of log(x/(1 - x))."""
    y = Dummy("y", real=True)
    if low.is_finite and high == oo:
        inside = {s.xreplace({log(x - low): y}): c for s, c in terms.items()}
        if any(s.has(x) for s in inside):
            return []
        inside[y] = inside.get(y, S.Zero) + 1
        inverse = low + exp(y)
    elif (low, high) == (0, 1):
        odds = log(x) - log(1 - x)
        rest = {s: c for s, c in terms.items() if s not in (log(x), log(1 - x))}
        if terms.get(log(x)) != -1 or terms.get(log(1 - x)) != -1 or len(rest) != 1:
            return []
        ((statistic, coefficient),) = rest.items()
        base, exponent = statistic.as_base_exp()
        centres = [centre for sign in (1, -1) if not (centre := (sign * base - odds).expand()).has(x)]
        if exponent != 2 or not centres:
            return []
        (centre,) = centres
        inside = {(y + centre) ** 2: coefficient}
        inverse = 1 / (1 + exp(-y))
    else:
        return []
    inside = {s: c for s, c in inside.items() if c != 0}
    found = _normal(inside, y, -oo, oo)
    if not found and low.is_finite and high == oo:
        found = _cauchy(inside, y, -oo, oo)
    return [Image(i.parent, y, inverse, -oo, oo, i.log_mass, x) for i in found if i.inverse == i.variable]


def _symmetric(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """exp(-rate Abs(x - m)**p), or exp(-rate (x - m)**p) for an even p: the distance from m has a generalised gamma law."""
    if (low, high) != (-oo, oo) or len(terms) != 1:
        return []
    ((statistic, coefficient),) = terms.items()
    base, p = statistic.as_base_exp()
    inside = base.args[0] if isinstance(base, Abs) else base
    if not (isinstance(base, Abs) or p.is_even) or (line := affine(inside, x)) is None:
        return []
    r = _positive("r")
    half = _gamma_on_half_line({(r**p): coefficient}, r, S.Zero, oo)
    if not half:
        return []
    centre = root_of(*line)
    parent = Symmetric(centre, HalfImage(half[0]), (1 / p, -coefficient, p))
    return [identity(parent, x, low, high, half[0].log_mass + log(2))]


def _cauchy(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """(1 + w (x - m)**2)**(-e): Cauchy for e = 1, Student t; the distance from m has a beta prime law."""
    if (low, high) != (-oo, oo) or len(terms) != 1:
        return []
    ((statistic, coefficient),) = terms.items()
    found = _one_plus(statistic, x)
    if found is None or found[2] != 2 or found[0].is_nonpositive:
        return []
    w, centre, _ = found
    r = _positive("r")
    half = _beta_prime({log(1 + w * r**2): coefficient}, r, S.Zero, oo)
    if not half:
        return []
    symmetric = identity(Symmetric(centre, HalfImage(half[0])), x, low, high, half[0].log_mass + log(2))
    if coefficient == -1:
        return [identity(CauchyParent(centre, 1 / sqrt(w)), x, low, high, symmetric.log_mass), symmetric]
    return [symmetric]


def _inverse_gaussian(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """x**(-3/2) exp(-a x - b/x), or the same of 1/x."""
    if (low, high) != (0, oo) or set(terms) != {log(x), x, 1 / x}:
        return []
    a, b, c = -terms[x], -terms[1 / x], terms[log(x)]
    if not _unless_negative(a, b):
        return []
    if c == -S(3) / 2:
        return [identity(InverseGaussian(a, b), x, low, high, log(pi / b) / 2 - 2 * sqrt(a) * sqrt(b))]
    if c == -S.Half:
        u = _positive()
        return [Image(InverseGaussian(b, a), u, 1 / u, S.Zero, oo, log(pi / a) / 2 - 2 * sqrt(a) * sqrt(b), x)]
    return []


def _exponential_on_interval(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """exp(-c x) on an interval, and powers of x - m, whose logarithm is such an outcome."""
    if not (low.is_finite and high.is_finite) or len(terms) != 1:
        return []
    ((statistic, coefficient),) = terms.items()
    if statistic == x:
        c = -coefficient
        return [identity(TruncatedExponential(c, low, high), x, low, high, log((exp(-c * low) - exp(-c * high)) / c))]
    if not isinstance(statistic, log) or (line := affine(statistic.args[0], x)) is None or line[0] != 1:
        return []
    m = root_of(*line)
    start, end = (low - m).expand(), (high - m).expand()
    if not (start.is_positive or end.is_positive):
        return []
    y, c = Dummy("y", real=True), -(coefficient + 1)
    inverse = m + exp(y)
    if c == 0:
        from symentropy.closed_form.univariate.polynomial import Polynomials  # here, because it builds on the parents

        width = log(end) - log(start)
        return [Image(Polynomials(((1 / width, log(start), log(end)),)), y, inverse, log(start), log(end), log(width), x)]
    parent = TruncatedExponential(c, log(start), log(end))
    return [Image(parent, y, inverse, log(start), log(end), log((start**-c - end**-c) / c), x)]


def _von_mises(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """exp(k cos(x - m)) on a full circle."""
    if len(terms) != 1 or (high - low - 2 * pi).expand() != 0:
        return []
    ((statistic, k),) = terms.items()
    line = affine(statistic.args[0], x) if isinstance(statistic, cos) else None
    if line is None or abs(line[0]) != 1:
        return []
    return [identity(VonMises(root_of(*line), k), x, low, high, log(2 * pi) + log(besseli(0, k)))]


def _raised_cosine(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """1 + cos(pi (x - m)/s) within s of m."""
    if len(terms) != 1 or not (low.is_finite and high.is_finite):
        return []
    ((statistic, coefficient),) = terms.items()
    if coefficient != 1 or not isinstance(statistic, log):
        return []
    wave = statistic.args[0] - 1
    line = affine(wave.args[0], x) if isinstance(wave, cos) else None
    if line is None:
        return []
    centre, scale = (low + high) / 2, (high - low) / 2
    if (abs(line[0]) * scale - pi).expand() != 0 or (root_of(*line) - centre).expand() != 0:
        return []
    parent = RaisedCosine(root_of(*line), scale.expand(), statistic, x)
    return [identity(parent, x, low, high, log(2) + log(scale.expand()))]


def _gamma_polynomial(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """(x + s) exp(-rate x) on the half line: a mixture of Gamma(1) and Gamma(2)."""
    if low != 0 or high != oo or x not in terms or len(terms) != 2:
        return []
    ((statistic, coefficient),) = ((s, c) for s, c in terms.items() if s != x)
    line = affine(statistic.args[0], x) if isinstance(statistic, log) else None
    if line is None or coefficient != 1 or line[0] != 1 or not line[1].is_positive:
        return []
    rate, s = -terms[x], line[1]
    u = _positive()
    total = 1 / rate**2 + s / rate
    parent = GammaMixture((((s / rate) / total).factor(), S.One), ((1 / rate**2 / total).factor(), S(2)))
    return [Image(parent, u, u / rate, S.Zero, oo, log(1 + s * rate) - 2 * log(rate), x)]


@dataclass(frozen=True)
class GammaMixture(Parent):
    """Gamma laws of rate 1 with weights; the parts are (weight, shape)."""

    first: tuple[Expr, Expr]
    second: tuple[Expr, Expr]
    source = GammaParent.source

    def mean(self, statistic: Expr, y: Symbol) -> Moment | None:
        """Return the mean of a statistic that each part knows."""

        return mixture_mean([(weight, GammaParent(shape).mean(statistic, y)) for weight, shape in (self.first, self.second)])


RECOGNISERS: tuple[Recogniser, ...] = (
    _gamma_on_half_line,
    _mirrored,
    _gamma_of_exponential,
    _beta_on_interval,
    _beta_of_power,
    _beta_prime,
    _logistic,
    _normal,
    _normal_of_logarithm,
    _symmetric,
    _cauchy,
    _inverse_gaussian,
    _exponential_on_interval,
    _von_mises,
    _raised_cosine,
    _gamma_polynomial,
)


def images(terms: Combination, x: Symbol, low: Expr, high: Expr) -> list[Image]:
    """Return the ways in which exp of the combination, between low and high, is the image of a parent."""
    terms = {statistic: c for statistic, c in terms.items() if statistic != 1}
    return [image for recogniser in RECOGNISERS for image in recogniser(terms, x, low, high)]
