"""The hierarchy of exceptions and the caret line."""

import pickle

import pytest

import symentropy
from symentropy import ParseError, SymentropyError


@pytest.mark.parametrize(
    ("name", "builtin"),
    [
        ("DomainError", ValueError),
        ("ParseError", ValueError),
        ("NoClosedForm", NotImplementedError),
        ("ProofNotFound", LookupError),
        ("Disproved", ValueError),
        ("InvalidStep", ValueError),
        ("PrecisionError", ArithmeticError),
    ],
)
def test_hierarchy(name, builtin):
    error = getattr(symentropy, name)
    assert issubclass(error, SymentropyError)
    assert issubclass(error, builtin)


def test_caret_line():
    error = ParseError("no such name", "p +\n  foo * 2", (6, 9))
    assert str(error) == "no such name, at line 2, column 3:\n    foo * 2\n    ^^^"


def test_caret_past_the_end():
    assert str(ParseError("more expected", "p +", (3, 3))) == "more expected, at line 1, column 4:\n  p +\n     ^"


def test_long_lines_are_cut_around_the_caret():
    lines = str(ParseError("here", "a" * 500 + "!" + "b" * 500, (500, 501))).split("\n")
    assert len(lines[1]) < 140
    assert lines[1][lines[2].index("^")] == "!"


def test_without_a_position():
    assert str(ParseError("nothing to read")) == "nothing to read"


def test_pickle():
    error = pickle.loads(pickle.dumps(ParseError("m", "text", (1, 2))))
    assert (error.message, error.text, error.span) == ("m", "text", (1, 2))
