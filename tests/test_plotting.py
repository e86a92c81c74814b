"""Pictures: what their artists hold is compared with certified values; pixels are not looked at."""

import importlib.util
import itertools
import json
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from mpmath import linspace, mpf, pi, quad
from mpmath import log as mplog
from sympy import N, Rational, Symbol, lambdify, log, symbols, sympify
from sympy.stats import Beta, Cauchy, Exponential, Gamma, Geometric, MultivariateNormal, Normal, Poisson, Uniform, density

import symentropy
from symentropy import DomainError, Entropy, Finite, KLDivergence, ParseError, SymentropyError, evaluate
from symentropy.cli import main

pyplot = pytest.importorskip("matplotlib.pyplot")

from symentropy import plotting  # noqa: E402
from symentropy.errors import MissingPackage  # noqa: E402
from symentropy.plotting import canvas  # noqa: E402
from symentropy.plotting.maps import Scale  # noqa: E402
from symentropy.plotting.sampling import Question, interval, places  # noqa: E402
from symentropy.plotting.simplex import corner_coordinates, on_simplex  # noqa: E402

p, q, x = symbols("p q x", positive=True)


@pytest.fixture(autouse=True)
def _without_windows():
    pyplot.switch_backend("Agg")


def curve_of(ax):
    return [(Rational(x).limit_denominator(10**12), float(y)) for x, y in ax.lines[0].get_xydata()]


@pytest.mark.parametrize(
    ("text", "given", "symbol", "base"),
    [
        ("H([p, 1-p])", (), "p", 2),
        ("h(p)", (), "p", 10),
        ("D([1/4, 3/4] || [q, 1-q])", (), "q", 2),
        ("H(Exponential(lambda))", "lambda < 3", "lambda", 3),
        ("H(Poisson(lambda))", "1/2 < lambda < 2", "lambda", 2),
        ("D(Normal(0, 1) || Normal(mu, 2))", (), "mu", 2),
        ("D(Gamma(k, 2) || Exponential(1))", "1 < k < 3", "k", 2),
        ("-p log p", (), "p", 2),
    ],
)
def test_a_curve_has_the_certified_values(text, given, symbol, base):
    ax = plotting.plot(text, given, base=base)
    points = curve_of(ax)
    low, high = ax.get_xlim()
    assert points[0][0] == Rational(low).limit_denominator(1000)
    assert points[-1][0] == Rational(high).limit_denominator(1000)
    question = Question.of(text, given, base)
    (name,) = question.symbols
    assert str(name) == symbol
    for x, y in points[1 : -1 : len(points) // 8]:
        value = sympify(question.expression.subs(name, x).doit())  # the closed form: an integral with such numbers in it takes long
        assert y == pytest.approx(float(N(value, 20)), rel=1e-6)


def test_zero_log_zero_is_zero_at_both_ends():
    for text in ("H([p, 1-p])", "-p log p - (1-p) log(1-p)"):
        points = curve_of(plotting.plot(text))
        assert (points[0][0], points[-1][0]) == (0, 1)
        assert abs(points[0][1]) < 1e-6
        assert abs(points[-1][1]) < 1e-6
    heights = plotting.plot_binary_entropy(base=2).lines[0].get_ydata()
    assert (heights[0], heights[-1], max(heights)) == (0, 0, 1)


def test_a_divergence_goes_to_infinity_at_the_ends_and_the_curve_stays_readable():
    ax = plotting.plot("D([1/4, 3/4] || [q, 1-q])")
    points = curve_of(ax)
    assert points[0][1] == points[-1][1] == float("inf")
    assert ax.get_ylim()[1] < 10
    assert min(points, key=lambda pair: pair[1])[0] == pytest.approx(0.25, abs=0.01)


def test_an_integer_gives_points():
    ax = plotting.plot("log n", base=2)
    assert curve_of(ax) == [(n, pytest.approx(float(log(n, 2)))) for n in range(1, 21)]
    assert ax.lines[0].get_linestyle() == "None"
    assert ax.get_xlim()[0] < 1 < 20 < ax.get_xlim()[1]
    assert ax.get_ylim()[0] < 0 < float(log(20, 2)) < ax.get_ylim()[1]


@pytest.mark.parametrize(("base", "unit"), [("E", "nats"), (2, "bits"), (10, "hartleys"), ("5/2", "units of log 5/2")])
def test_labels_name_the_unit(base, unit):
    base = {"E": symentropy.evaluate.__kwdefaults__["base"]}.get(base, base)
    assert plotting.plot_surprise(base=base).get_ylabel() == f"surprise $h(p)$ ({unit})"
    assert plotting.plot("H([p, 1-p])", base=base).get_ylabel() == f"H([p, 1-p]) ({unit})"
    assert plotting.plot(Entropy([p, 1 - p]), base=base).get_ylabel().endswith(f"({unit})")
    assert plotting.plot_integrand(Normal("X", 0, 1), Normal("Y", 1, 2), base=base).get_ylabel().endswith(f"in {unit}")
    assert plotting.plot_integrand(Normal("X", 0, 1), Normal("Y", 1, 2), base=base).get_title().endswith(unit)


def test_what_is_no_quantity_has_no_unit():
    assert plotting.plot("JSD([p, 1-p], [q, 1-q])", base=2).figure.axes[1].get_ylabel() == "JSD([p, 1-p], [q, 1-q]) (bits)"
    assert plotting.plot("p^2").get_ylabel() == "p^2"
    assert plotting.plot("log p", base=2).get_ylabel() == "log p, with logarithms to base 2"
    assert plotting.plot(r"\frac{1}{2} \log p").get_ylabel() == r"$\frac{1}{2} \log p$"


def test_sympy_and_text_are_the_same_picture():
    for base in (2, 10):
        drawn = [plotting.plot(expression, base=base).lines[0].get_ydata() for expression in ("H([p, 1-p])", Entropy([p, 1 - p]))]
        assert list(drawn[0]) == list(drawn[1])


def test_surprise_marks_its_values():
    marked = [tuple(map(float, line.get_xydata()[0])) for line in plotting.plot_surprise(base=2).lines[1:]]
    assert marked == [(1 / 2, 1), (1 / 4, 2), (1 / 8, 3)]


def test_the_logarithm_is_below_its_tangent():
    tangent, logarithm = plotting.plot_gibbs().lines[:2]
    for (x, above), (other, below) in zip(tangent.get_xydata(), logarithm.get_xydata(), strict=True):
        assert x == other
        assert above == pytest.approx(x - 1)
        assert below == pytest.approx(float(log(Rational(x))), rel=1e-9, abs=1e-12)
        assert below <= above


def test_the_lines_of_a_divergence_are_where_it_is_symmetric_and_nothing_else_is():
    lines = plotting.plot_divergence().lines
    assert len(lines) == 2

    def gap(a, b):
        first, second = [a, 1 - a], [b, 1 - b]
        return evaluate(KLDivergence(first, second) - KLDivergence(second, first), 5) if a not in (b, 1 - b) else None

    for line in lines:
        (x0, y0), (x1, y1) = (tuple(map(Rational, point)) for point in line.get_xydata())
        for part in (Rational(1, 7), Rational(1, 3), Rational(9, 10)):
            x, y = x0 + (x1 - x0) * part, y0 + (y1 - y0) * part
            there, back = (evaluate(KLDivergence(*pair), 15) for pair in itertools.permutations([[x, 1 - x], [y, 1 - y]]))
            assert there.lower == back.lower
    # the lines cut the square into four triangles, and in each of them the gap has one sign
    grid = [Rational(n, 14) for n in range(1, 14)]
    for a, b in itertools.product(grid, grid):
        if gap(a, b) is not None:
            assert (gap(a, b).lower > 0) == ((b - a) * (b - (1 - a)) > 0), (a, b)
            assert gap(a, b).lower * gap(a, b).upper > 0


def test_a_map_has_the_certified_values(monkeypatch):
    seen = {}
    original = type(pyplot.figure().subplots()).contourf

    def contourf(self, xs, ys, heights, **options):
        seen.update(xs=xs, ys=ys, heights=heights, levels=options["levels"])
        return original(self, xs, ys, heights, **options)

    monkeypatch.setattr(type(pyplot.gca()), "contourf", contourf)
    plotting.plot_divergence(base=2)
    for row, column in itertools.product(range(8, 90, 16), repeat=2):
        x, y = (Rational(seen[axis][place]) for axis, place in (("xs", column), ("ys", row)))  # p goes to the right, q up
        value = float(evaluate(KLDivergence([x, 1 - x], [y, 1 - y]), 10, base=2))
        assert seen["heights"][row][column] == pytest.approx(value, abs=1e-12) or seen["heights"][row][column] > seen["levels"][-1] < value
    assert seen["heights"][0][48] > seen["levels"][-1]  # infinite: q = 0 and p = 1/2
    plotting.plot("H([p, q, 1-p-q])")
    for row, column in itertools.product(range(0, 97, 8), repeat=2):
        assert (seen["heights"][row][column] != seen["heights"][row][column]) == (seen["xs"][column] + seen["ys"][row] > 1 + 1e-9)


def test_corners_of_the_simplex():
    assert corner_coordinates(1, 0, 0) == (0, 0)
    assert corner_coordinates(0, 1, 0) == (1, 0)
    assert corner_coordinates(0, 0, 1) == pytest.approx((0.5, 0.75**0.5))
    for place in range(3):  # the distance from the side opposite to a corner is that corner's probability
        weights = [Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)]
        shifted = weights[:]
        other = (place + 1) % 3
        shifted[other], shifted[(place + 2) % 3] = shifted[(place + 2) % 3], shifted[other]
        slope, across, start = [(-0.5, -(0.75**0.5), 0.75**0.5), (-0.5, 0.75**0.5, 0), (1, 0, 0)][place]  # of y, of x, and at the origin
        for some in (weights, shifted):
            x, y = corner_coordinates(*some)
            assert slope * y + across * x + start == pytest.approx(float(some[place]) * 0.75**0.5)


def test_the_names_of_the_corners_stand_at_them():
    ax = plotting.plot_simplex(Entropy(Finite.symbols("p", 3)))
    named = {text.get_text(): text.get_position() for text in ax.texts if "= 1" in text.get_text()}
    for place, name in enumerate(["$p_{1}$$\\, = 1$", "$p_{2}$$\\, = 1$", "$p_{3}$$\\, = 1$"]):
        corner = corner_coordinates(*(int(place == other) for other in range(3)))
        assert named[name] == pytest.approx(corner, abs=0.06)


def test_a_triangle_has_the_certified_values(monkeypatch):
    seen = {}
    kind = type(pyplot.figure().subplots())
    original = kind.tricontourf

    def tricontourf(self, mesh, heights, **options):
        seen.update(mesh=mesh, heights=heights)
        return original(self, mesh, heights, **options)

    monkeypatch.setattr(kind, "tricontourf", tricontourf)
    ax = plotting.plot("D(P || [1/2, 1/4, 1/4])", "P = [p_1, p_2, p_3]", base=2)
    where = list(zip(seen["mesh"].x, seen["mesh"].y, seen["heights"], strict=True))
    for pmf in ([1, 0, 0], [0, 1, 0], [0, 0, 1], [Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)], [Fraction(1, 4), 0, Fraction(3, 4)]):
        x, y = corner_coordinates(*pmf)
        value = float(evaluate(KLDivergence(pmf, ["1/2", "1/4", "1/4"]), base=2))
        assert min((abs(a - x) + abs(b - y), height) for a, b, height in where) == pytest.approx((0, value), abs=1e-9)
    assert tuple(ax.lines[-1].get_xydata()[0]) == pytest.approx(corner_coordinates(Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)))
    # the small triangles cover the large one, once
    area = sum(
        abs((bx - ax_) * (cy - ay) - (cx - ax_) * (by - ay)) / 2
        for corners in seen["mesh"].triangles
        for (ax_, ay), (bx, by), (cx, cy) in [[(seen["mesh"].x[k], seen["mesh"].y[k]) for k in corners]]
    )
    assert area == pytest.approx(0.75**0.5 / 2)


def test_what_is_on_a_simplex():
    assert on_simplex(Question.of("H([p_1, p_2, p_3])"))
    assert on_simplex(Question.of("H([a, b, c])", ["a > 0", "c > 0", "b > 0", "a + b + c = 1"]))
    assert not on_simplex(Question.of("p q r"))
    with pytest.raises(DomainError, match=r"\[p_1, p_2, p_3\]"):
        plotting.plot_simplex("H([p, 1-p])")


@pytest.mark.parametrize(
    ("P", "Q"),
    [
        (Normal("X", 0, 1), Normal("Y", 1, 2)),
        (Normal("X", 1000, 1), Cauchy("Y", 999, 1)),
        (Normal("X", 0, Rational(1, 1000)), Normal("Y", 0, Rational(1, 500))),
        (Gamma("X", 2, 1), Exponential("Y", 2)),
        (Uniform("X", 0, 1), Beta("Y", 2, 3)),
        (Exponential("X", 50), Exponential("Y", 20)),
    ],
)
def test_the_signed_areas_add_up_to_the_divergence(P, Q):
    ax = plotting.plot_integrand(P, Q, base=2)
    total = evaluate(KLDivergence(P, Q), 6, base=2)
    assert ax.get_title() == rf"$D(P\,\|\,Q)$ = {total} bits"
    lines = [line.get_xydata() for line in ax.lines[:2]]
    densities = [lambdify([x], density(R)(x), "mpmath") for R in (P, Q)]
    areas = [collection.get_paths()[0].vertices for collection in ax.collections]
    heights = {float(a): float(b) for vertices in areas for a, b in vertices if b}
    for (place, above), (_, below) in list(zip(*lines, strict=True))[5::20]:
        a, b = (function(mpf(place)) for function in densities)
        assert (above, below) == pytest.approx((float(a), float(b)))
        assert heights.get(place, 0.0) == pytest.approx(float(a * mplog(a / b, 2)))
    inside = linspace(*ax.get_xlim(), 9)
    assert quad(lambda place: densities[0](place), inside) == pytest.approx(1, abs=0.03)  # nearly all of P is in the picture
    drawn = quad(lambda place: densities[0](place) * mplog(densities[0](place) / densities[1](place), 2), inside)
    assert float(drawn) == pytest.approx(float(total), rel=0.06)


def test_a_density_with_a_pole_stays_readable():
    ax = plotting.plot_integrand(Gamma("X", Rational(1, 2), 1), Exponential("Y", 2))
    assert ax.get_title() == rf"$D(P\,\|\,Q)$ = {evaluate(KLDivergence(Gamma('X', Rational(1, 2), 1), Exponential('Y', 2)), 6)} nats"
    assert ax.get_xlim()[0] == pytest.approx(0, abs=1e-6)
    assert 2 < ax.get_ylim()[1] < 10 < max(ax.lines[0].get_ydata())


def test_positive_and_negative_parts_are_on_their_sides():
    ax = plotting.plot_integrand(Normal("X", 0, 1), Normal("Y", 1, 2))
    gains, losses = (collection.get_paths()[0].vertices[:, 1] for collection in ax.collections)
    assert gains.min() == 0 < gains.max()
    assert losses.max() == 0 > losses.min()
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels[2:] == ["adds to $D$", "takes from $D$"]
    assert ax.collections[1].get_hatch() == "///"  # told apart without colour


def test_bars_of_pmfs():
    P, Q = {"a": "1/2", "b": "1/4", "c": "1/4"}, {"a": "1/3", "b": "1/3", "c": "1/3"}
    ax = plotting.plot_integrand(P, Q, base=2)
    assert [label.get_text() for label in ax.get_xticklabels()] == ["a", "b", "c"]
    heights = [sum(bar.get_height() for bar in pair) for pair in zip(*ax.containers, strict=True)]
    assert sum(heights) == pytest.approx(float(evaluate(KLDivergence(P, Q), base=2)))
    assert heights[0] > 0 > heights[1]
    ax = plotting.plot_integrand(Poisson("X", 4), Poisson("Y", 5))
    heights = [sum(bar.get_height() for bar in pair) for pair in zip(*ax.containers, strict=True)]
    assert sum(heights) == pytest.approx(float(evaluate(KLDivergence(Poisson("X", 4), Poisson("Y", 5)))), rel=0.02)


def test_outcomes_are_found_where_they_are():
    ax = plotting.plot_integrand(Poisson("X", 1000), Poisson("Y", 1050))
    labels = [int(label.get_text()) for label in ax.get_xticklabels()]
    assert labels[0] > 850
    assert 1100 < labels[-1] < 1300
    heights = [sum(bar.get_height() for bar in pair) for pair in zip(*ax.containers, strict=True)]
    assert sum(heights) == pytest.approx(float(evaluate(KLDivergence(Poisson("X", 1000), Poisson("Y", 1050)))), rel=0.02)


def test_a_narrow_density_is_seen_beside_a_wide_one():
    narrow, wide = Normal("X", 0, Rational(1, 10**6)), Normal("Y", 0, 1)
    for P, Q, line in ((narrow, wide, 0), (wide, narrow, 1)):
        ax = plotting.plot_integrand(P, Q)
        assert max(ax.lines[line].get_ydata()) == pytest.approx(10**6 / (2 * pi) ** 0.5, rel=1e-3)
    low, high = plotting.plot_integrand(narrow, wide).get_xlim()
    assert high - low < 1e-4


def test_values_far_from_all_others_do_not_set_the_colours():
    usual = [n / 100 for n in range(100)]
    for values, extend in ((usual, "neither"), ([*usual, 1e9], "max"), ([-1e9, *usual], "min"), ([float("-inf"), *usual, 1e9], "both")):
        scale = Scale.of(values)
        assert scale.extend == extend
        assert -0.2 <= scale.levels[0] <= 0.2
        assert 0.8 <= scale.levels[-1] <= 1.2
        assert all(abs(scale.shown(value)) < 3 for value in values)
    assert Scale.of([7.0, 7.0]).levels[0] < 7 < Scale.of([7.0, 7.0]).levels[-1]


def test_an_infinite_divergence_says_where():
    ax = plotting.plot_integrand(Normal("X", 0, 1), Exponential("Y", 1))
    assert ax.get_title() == r"$D(P\,\|\,Q)$ = ∞ nats"
    assert "infinite, as $q = 0$" in [text.get_text() for text in ax.get_legend().get_texts()]
    ax = plotting.plot_integrand(Poisson("X", 4), Geometric("Y", Rational(1, 4)))
    assert [text.get_text() for text in ax.texts] == ["∞"]
    assert ax.texts[0].xy == (0, 0)


@pytest.mark.parametrize(
    ("P", "Q", "message"),
    [
        (Normal("X", 0, 1), Poisson("Y", 1), "a pmf and a density"),
        (Normal("X", Symbol("mu", real=True), 1), Normal("Y", 0, 1), "depends on mu"),
        (MultivariateNormal("X", [0, 0], [[1, 0], [0, 1]]), MultivariateNormal("Y", [0, 1], [[1, 0], [0, 1]]), "several coordinates"),
        (Finite.uniform(300), Finite.uniform(300), "more than 250 outcomes"),
    ],
)
def test_distributions_without_a_picture(P, Q, message):
    with pytest.raises(DomainError, match=message):
        plotting.plot_integrand(P, Q)


def test_costs():
    ax = plotting.plot_costs({"one": [(10, 1e-3), (100, 1e-2)], "two": [(10, 2e-3)]}, xlabel="digits")
    assert [line.get_label() for line in ax.lines] == ["one", "two"]
    assert (ax.get_xscale(), ax.get_yscale(), ax.get_xlabel(), ax.get_ylabel()) == ("log", "log", "digits", "seconds")
    assert len({(line.get_marker(), line.get_linestyle()) for line in ax.lines}) == 2


def test_given_axes_are_used_and_returned():
    for draw in (plotting.plot_surprise, plotting.plot_binary_entropy, plotting.plot_gibbs, plotting.plot_divergence):
        ax = pyplot.figure().subplots()
        assert draw(ax=ax) is ax
    for expression, given in (("H([p, 1-p])", ()), ("p q", ()), ("H([p_1, p_2, p_3])", ()), ("D([1/2, 1/2] || [1/4, 3/4])", ())):
        ax = pyplot.figure().subplots()
        assert plotting.plot(expression, given, ax=ax) is ax


def test_text_has_one_size():
    for ax in (plotting.plot_divergence(), plotting.plot_surprise(), plotting.plot_gibbs(), plotting.plot("H([p_1, p_2, p_3])")):
        legend = ax.get_legend()
        texts = [
            ax.figure.axes[-1].yaxis.label,
            ax.title,
            ax.xaxis.label,
            ax.yaxis.label,
            *ax.texts,
            *(legend.get_texts() if legend else ()),
        ]
        assert len({text.get_fontsize() for text in texts if text.get_text()}) == 1


@pytest.mark.parametrize(
    ("expression", "given", "message"),
    [
        ("p q r", (), 'depends on 3 symbols, p, q, r, and a picture has at most two.*--given "r = 1/2"'),
        ("H([p_1, p_2, p_3, p_4])", (), "ties p_1, p_2, p_3, p_4: write p_4"),
        ("H(P)", (), r"pmf of n states: .*P = \[p_1, p_2, p_3\]"),
        ("H([p, q])", (), "ties p, q: write q"),
        ("H([1/3, 2/3])", (), "one number"),
        ("log(x)", "x < 0", "no finite value"),
        ("log(-2 - x^2)", (), "no finite value"),
        ("log(-2 - x^2 - z^2)", (), "no finite value"),
    ],
)
def test_what_cannot_be_drawn_says_why(expression, given, message):
    with pytest.raises(SymentropyError, match=message):
        plotting.plot(expression, given)


def test_what_cannot_be_read():
    with pytest.raises(ParseError):
        plotting.plot("log(p")
    with pytest.raises(DomainError, match="base"):
        plotting.plot("log p", base=1)
    with pytest.raises(DomainError, match="a number"):
        plotting.plot("log p", base=Symbol("b", positive=True))


def test_where_a_symbol_is_drawn():
    s, x, n = Symbol("s", positive=True), Symbol("x", real=True), Symbol("n", integer=True, positive=True)
    assert interval(s) == (0, 5)
    assert interval(s, [s > 3]) == (3, 5)
    assert interval(s, [s > 7]) == (7, 12)
    assert interval(s, [2 * s + 1 < 3, s > Rational(1, 3)]) == (Fraction(1, 3), 1)
    assert interval(x) == (-5, 5)
    assert interval(x, [x < -7]) == (-12, -7)
    assert interval(x, [x**2 < 4]) == (-5, 5)
    assert interval(n) == (1, 20)
    assert interval(s, [s < log(2)])[1] == pytest.approx(0.6931, abs=1e-3)
    assert [int(place) for place in places(n, (Fraction(3, 2), Fraction(9, 2)), 100)] == [2, 3, 4]


# Files


def test_files_are_the_same_each_time(tmp_path):
    ax = plotting.plot_gibbs()
    for suffix, start in ((".svg", b"<?xml"), (".png", b"\x89PNG"), (".pdf", b"%PDF")):
        first, second = (
            plotting.save(draw, tmp_path / f"{name}{suffix}").read_bytes() for name, draw in (("a", ax), ("b", plotting.plot_gibbs()))
        )
        assert first == second
        assert first.startswith(start)
    assert b"dc:date" not in (tmp_path / "a.svg").read_bytes()


@pytest.mark.parametrize("name", ["entropy.gif", "entropy", "png"])
def test_other_suffixes_are_refused(tmp_path, name):
    with pytest.raises(DomainError, match=r"\.png, \.svg or \.pdf"):
        plotting.save(plotting.plot_gibbs(), tmp_path / name)
    assert not list(tmp_path.iterdir())


# Without matplotlib


def test_the_extra_is_named_where_matplotlib_is_missing(monkeypatch, capsys):
    def missing(name, *_):
        raise ImportError(f"No module named {name.partition('.')[0]!r}")

    monkeypatch.setattr(canvas, "import_module", missing)
    for draw in (plotting.plot_surprise, plotting.plot_divergence, lambda: plotting.plot_integrand([1], [1])):
        with pytest.raises(MissingPackage, match=r'pip install "symentropy\[plot\]"'):
            draw()
    assert main(["plot", "H([p, 1-p])"]) == 2
    assert 'pip install "symentropy[plot]"' in capsys.readouterr().err
    assert issubclass(MissingPackage, ImportError)


def test_matplotlib_is_imported_with_the_first_picture():
    code = "import sys, symentropy.plotting, symentropy.cli; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# On the command line


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys, *arguments):
    status = main(["plot", *arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.mark.parametrize(
    ("arguments", "file"),
    [
        (["H([p,1-p])", "--base", "2"], "H-p-1-p.png"),
        (["D([p,1-p]||[q,1-q])", "-o", "divergence.svg"], "divergence.svg"),
        (["H(P)", "--given", "P = [p_1, p_2, p_3]", "-o", "simplex.pdf"], "simplex.pdf"),
        (["D(Normal(0,1)||Normal(1,2))", "--output", "integrand.SVG"], "integrand.SVG"),
        (["-p log p", "--given", "p < 1/2"], "p-log-p.png"),
    ],
)
def test_plot_writes_a_file_and_names_it(capsys, folder, arguments, file):
    assert run(capsys, *arguments) == (0, f"{file}\n", "")
    assert [path.name for path in folder.iterdir()] == [file]
    assert (folder / file).stat().st_size > 4000


def test_formats_of_the_file_name(capsys, folder):
    assert run(capsys, "h(p)", "-o", "h.svg", "--format", "markdown")[1] == "![h(p)](h.svg)\n"
    assert run(capsys, "h(p)", "-o", "h.svg", "--format", "latex")[1] == "\\includegraphics{h.svg}\n"
    assert json.loads(run(capsys, "h(p)", "-o", "h.svg", "--format", "json")[1]) == {"expression": "h(p)", "file": "h.svg"}
    assert [path.name for path in folder.iterdir()] == ["h.svg"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["p q r"], 'depends on 3 symbols, p, q, r, and a picture has at most two: fix one of them, as in --given "r = 1/2"'),
        (["H(P)"], '--given "P = [p_1, p_2, p_3]"'),
        (["H([1/3, 2/3])"], "one number"),
        (["log(p"], "is expected here"),
        (["h(p)", "-o", "h.gif"], ".png, .svg or .pdf"),
        (["h(p)", "-o", "missing/h.png"], "cannot be written"),
        (["h(p)", "--given", "p > 1/2", "--given", "p < 1/3"], "contradict"),
    ],
)
def test_plot_refuses_with_one_message(capsys, folder, arguments, message):
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert "Traceback" not in err
    assert not list(folder.iterdir())


@pytest.mark.usefixtures("folder")
def test_fixing_a_symbol_as_the_message_says_works(capsys):
    assert run(capsys, "p q r", "--given", "r = 1/2")[0] == 0


@pytest.mark.usefixtures("folder")
def test_no_display_is_needed():
    code = "import sys; from symentropy.cli import main; sys.exit(main(['plot', 'h(p)', '-o', 'h.png']))"
    environment = {"PATH": "", "PYTHONPATH": str(next(iter(symentropy.__path__)) + "/.."), "MPLBACKEND": "TkAgg"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


# The pictures of the documentation


@pytest.mark.slow
def test_the_documentation_has_its_pictures(tmp_path):
    folder = Path(__file__).parent.parent / "docs" / "figures"
    specification = importlib.util.spec_from_file_location("draw", folder / "draw.py")
    draw = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(draw)
    drawn = {path.name: path for path in draw.draw(tmp_path)}
    on_pages = {name for page in folder.parent.glob("*.md") for name in re.findall(r"figures/(\w+\.svg)", page.read_text(encoding="utf-8"))}
    assert drawn.keys() == on_pages == {path.name for path in folder.glob("*.svg")}
    for name, path in drawn.items():
        sizes = [re.search(r'viewBox="([^"]*)"', file.read_text(encoding="utf-8"))[1].split() for file in (path, folder / name)]
        assert list(map(float, sizes[0])) == pytest.approx(list(map(float, sizes[1])), rel=0.05)  # the rest depends on matplotlib's version
