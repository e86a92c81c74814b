"""Fourier-Motzkin against points: what is called infeasible has no point, and what has a point is never called infeasible."""

from hypothesis import given
from hypothesis import strategies as st
from sympy import Add, Rational, Symbol, symbols

from symentropy.linear import affine, feasible

x, y, z = symbols("x y z", real=True)
p = Symbol("p", positive=True)
small = st.integers(min_value=-3, max_value=3)
forms = st.tuples(small, small, small, small)


def test_by_hand():
    assert feasible([x, 1 - x])
    assert not feasible([x, -x])
    assert not feasible([x - y, y - z, z - x])
    assert feasible([x, y], [x + y - 1])
    assert not feasible([x, y], [x + y + 1])
    assert not feasible([-p])
    assert feasible([-x])
    assert not feasible([], [x - x + Rational(1)])
    assert feasible([x**2 * -1])  # not affine: no contradiction found


@given(st.lists(forms, max_size=5), st.tuples(small, small, small))
def test_a_point_is_never_denied(rows, point):
    expressions = [a * x + b * y + c * z + d for a, b, c, d in rows]
    at = dict(zip((x, y, z), point, strict=True))
    if all(Add(expression).subs(at) > 0 for expression in expressions):
        assert feasible(expressions)


@given(st.lists(forms, min_size=1, max_size=4), st.lists(st.integers(min_value=1, max_value=3), min_size=4, max_size=4))
def test_a_nonnegative_combination_that_is_never_positive_is_found(rows, weights):
    """Close the system with the negative of a positive combination of its rows: a contradiction by construction."""
    expressions = [a * x + b * y + c * z + d for a, b, c, d in rows]
    closing = -Add(*(w * e for w, e in zip(weights, expressions, strict=False)))
    assert not feasible([*expressions, closing])


def test_affine_forms():
    assert affine(2 * x + 1) == {x: 2, None: 1}
    assert affine(x * y) is None
    assert affine(x / y) is None
