"""Signs of polynomials in one atom, and factors of polynomials in several.

Main definitions
----------------
* `Generators`, the passage from a form to SymPy's sparse polynomials and back: an atom with fractional exponents is y^D, y > 0.
* `factors`, the irreducible factors over the rationals, within bounds on the size.
* `signs_between`, the signs that a polynomial in one variable takes on an interval: its roots are counted exactly (Sturm).
"""

from __future__ import annotations

import math
from fractions import Fraction

from sympy import QQ, Dummy, Expr, Poly
from sympy.polys.polyerrors import BasePolynomialError
from sympy.polys.rings import ring

from symentropy.proof.forms import ONE, Form, Monomial, atoms_of, degree_of, rational_of
from symentropy.proof.signs import ANY, of_number

#: An end of an interval and whether it is left out.
End = tuple[Fraction, bool] | None

MAX_ATOMS = 5
MAX_DEGREE = 8
MAX_TERMS = 40
#: Numbers with more bits than this are not factored over.
MAX_COEFFICIENT_BITS = 2000

_VARIABLE = Dummy("y", real=True)


def root_degree(form: Form, atom: Expr) -> int:
    """Return the least D for which the exponents of an atom are multiples of 1/D."""
    return math.lcm(*(exponent.denominator for monomial in form for own, exponent in monomial if own == atom))


def factors(form: Form) -> list[tuple[Form, int]] | None:
    """Return the irreducible factors of a form without denominators, with their exponents, and its constant; None where it is too large.

    >>> from symentropy.proof.forms import form_of, expression_of
    >>> from sympy.abc import p
    >>> sorted((str(expression_of(factor)), k) for factor, k in factors(form_of(p**2 - p)))
    [('1', 1), ('p', 1), ('p - 1', 1)]
    """
    atoms = sorted(atoms_of(form), key=str)
    if not atoms or len(atoms) > MAX_ATOMS or len(form) > MAX_TERMS:
        return None
    roots = [root_degree(form, atom) for atom in atoms]
    exponents = {monomial: _exponents(monomial, atoms, roots) for monomial in form}
    if max(map(sum, exponents.values())) > MAX_DEGREE or any(min(e) < 0 for e in exponents.values()):
        return None
    if any(value.numerator.bit_length() + value.denominator.bit_length() > MAX_COEFFICIENT_BITS for value in form.values()):
        return None
    generators, *_ = ring([f"y{place}" for place in range(len(atoms))], QQ)
    polynomial = generators.from_dict({exponents[m]: QQ(value.numerator, value.denominator) for m, value in form.items()})
    try:
        scale, found = polynomial.factor_list()
    except (BasePolynomialError, ArithmeticError, NotImplementedError):
        return None
    return [(({ONE: _fraction(scale)}), 1)] + [(_form(factor, atoms, roots), int(k)) for factor, k in found]


def _exponents(monomial: Monomial, atoms: list[Expr], roots: list[int]) -> tuple[int, ...]:
    powers = dict(monomial)
    return tuple(int(powers.get(atom, 0) * root) for atom, root in zip(atoms, roots, strict=True))


def _fraction(value: object) -> Fraction:
    return Fraction(int(value.numerator), int(value.denominator))  # type: ignore[attr-defined]


def _form(polynomial: object, atoms: list[Expr], roots: list[int]) -> Form:
    found: Form = {}
    for exponents, value in polynomial.terms():  # type: ignore[attr-defined]
        powers = ((atom, Fraction(e, root)) for atom, e, root in zip(atoms, exponents, roots, strict=True) if e)
        found[frozenset((atom, int(e) if e.denominator == 1 else e) for atom, e in powers)] = _fraction(value)
    return found


def coefficients(form: Form, atom: Expr, root: int = 1) -> dict[int, Form]:
    """Return a form as a polynomial in atom^(1/root), by exponents.

    >>> from symentropy.proof.forms import form_of, expression_of
    >>> from sympy.abc import p, q
    >>> sorted((e, str(expression_of(c))) for e, c in coefficients(form_of(p**2 + p*q - 1), p).items())
    [(0, '-1'), (1, 'q'), (2, '1')]
    """
    found: dict[int, Form] = {}
    for monomial, value in form.items():
        powers = dict(monomial)
        exponent = powers.pop(atom, 0) * root
        found.setdefault(int(exponent), {})[frozenset(powers.items())] = value
    return found


def signs_between(form: Form, atom: Expr, low: End, high: End) -> int:
    """Return the signs that a form in one atom takes while the atom is between two ends.

    With fractional exponents the atom must not be negative, which the lower end has to say.

    >>> from symentropy.proof.forms import form_of
    >>> from sympy.abc import p
    >>> signs_between(form_of(p**2 - p + 1), p, None, None), signs_between(form_of(p - 1), p, (Fraction(0), True), (Fraction(1), True))
    (4, 1)
    """
    if any(degree_of(monomial) < 0 for monomial in form):
        return ANY
    root = root_degree(form, atom)
    by_degree = {(degree,): value[ONE] for degree, value in coefficients(form, atom, root).items()}
    if max(root, max(by_degree)[0]) > 2 * MAX_DEGREE:
        return ANY
    if root > 1:
        if low is None or low[0] < 0:
            return ANY
        low, high = _rooted(low, root, 0), _rooted(high, root, 1)
    if low is not None and high is not None and low[0] >= high[0]:
        return of_number(_value(by_degree, low[0])) if low[0] == high[0] else ANY
    polynomial = Poly.from_dict({degree: rational_of(value) for degree, value in by_degree.items()}, _VARIABLE, domain=QQ)
    ends = [None if end is None else end[0] for end in (low, high)]
    inside = int(polynomial.count_roots(*(None if end is None else rational_of(end) for end in ends)))
    at_ends = [_value(by_degree, end) for end in ends if end is not None]
    if inside > sum(value == 0 for value in at_ends):
        return ANY
    mask = of_number(_value(by_degree, _between(*ends)))
    for end in (low, high):
        if end is not None and not end[1]:
            mask |= of_number(_value(by_degree, end[0]))
    return mask


def _value(by_degree: dict[tuple[int], Fraction], x: Fraction) -> Fraction:
    return sum((value * x**degree for (degree,), value in by_degree.items()), Fraction(0))


def _between(low: Fraction | None, high: Fraction | None) -> Fraction:
    if low is not None and high is not None:
        return (low + high) / 2
    return low + 1 if low is not None else high - 1 if high is not None else Fraction(0)


def _rooted(end: End, root: int, up: int) -> End:
    """Return an end of the range of x^(1/root) for one of x; next to it where the root is not rational."""
    if end is None:
        return None
    over, under = _integer_root(end[0].numerator, root), _integer_root(end[0].denominator, root)
    exact = Fraction(over, under)
    if exact**root == end[0]:
        return exact, end[1]
    return (Fraction(over + 1, under), False) if up else (Fraction(over, under + 1), False)


def _integer_root(number: int, root: int) -> int:
    """Return the integer part of a root."""
    low, high = 0, 1 << (number.bit_length() // root + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**root <= number else (low, middle - 1)
    return low
