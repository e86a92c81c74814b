"""Fixtures of all tests and doctests."""

import sys

import pytest

#: Needs Sphinx, which the tests do not.
collect_ignore = ["docs/conf.py"]


@pytest.fixture(autouse=True)
def _closed_figures():
    """Close the pictures that a test has drawn: matplotlib keeps those of pyplot, and warns of many."""
    yield
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close("all")
