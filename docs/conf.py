"""Configuration of the documentation."""

from symentropy import __version__

project = "symentropy"
author = "the symentropy developers"
copyright = "2026, the symentropy developers"  # noqa: A001
release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.mathjax"]
exclude_patterns = ["_build", "examples"]
html_theme = "furo"
html_title = f"symentropy {release}"

default_role = "any"
autodoc_member_order = "bysource"
autodoc_typehints = "description"
napoleon_google_docstring = False
myst_enable_extensions = ["dollarmath"]
