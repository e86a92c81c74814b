"""What the reference promises: every public name is on the page of reference, and its docstring has an example that runs."""

import doctest
import inspect
import re
from pathlib import Path

import pytest

import symentropy
from symentropy import errors, plotting

PAGE = (Path(__file__).parent.parent / "docs" / "reference.md").read_text(encoding="utf-8")
NAMES = [name for name in symentropy.__all__ if name != "__version__"]
#: Functions whose docstring has the formula and the parameters of a noun, and those that name their errors.
COMPUTE = ["surprise", "entropy", "cross_entropy", "kl_divergence", "evaluate", "fisher_information"]
RAISE = [*COMPUTE, "check_answer", "check_document", "check_steps", "decide", "derive", "grade", "parse", "prove", "to_python", "verify"]


@pytest.mark.parametrize("name", NAMES)
def test_each_has_a_sentence_and_an_example(name):
    text = inspect.getdoc(getattr(symentropy, name)) or ""
    first = text.partition("\n\n")[0]
    assert first.endswith((".", ":")), first
    assert doctest.DocTestParser().get_examples(text), f"{name} has no example"


@pytest.mark.parametrize("name", NAMES)
def test_each_is_on_the_page(name):
    is_error = isinstance(getattr(symentropy, name), type) and issubclass(getattr(symentropy, name), errors.SymentropyError)
    assert is_error or re.search(rf"symentropy\.{name}\b", PAGE)
    assert "automodule:: symentropy.errors" in PAGE


@pytest.mark.parametrize("name", COMPUTE)
def test_what_computes_states_its_formula_and_its_unit(name):
    text = inspect.getdoc(getattr(symentropy, name)) or ""
    assert ".. math::" in text
    assert "nats" in text


@pytest.mark.parametrize("name", RAISE)
def test_what_refuses_names_its_errors(name):
    text = inspect.getdoc(getattr(symentropy, name)) or ""
    assert "Raises" in text
    assert "Error" in text or "Closed" in text or "InvalidStep" in text


@pytest.mark.parametrize("name", plotting.__all__)
def test_each_picture_is_on_the_page(name):
    assert f"symentropy.plotting.{name}" in PAGE
    assert inspect.getdoc(getattr(plotting, name))
