"""Configuration of the documentation.

Formulas are written as MathML when the pages are built, so that a browser shows them without a script and without a network.
"""

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from symentropy import __version__

project = "symentropy"
author = "the symentropy developers"
copyright = "2026, the symentropy developers"  # noqa: A001
release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "examples"]
html_theme = "furo"
html_title = f"symentropy {release}"

default_role = "any"
autodoc_member_order = "bysource"
autodoc_typehints = "description"
napoleon_google_docstring = False
myst_enable_extensions = ["dollarmath"]
html_math_renderer = "mathml"


def setup(app: Sphinx) -> None:
    """Register the renderer of formulas."""
    app.add_html_math_renderer("mathml", inline_renderers=(write_formula, None), block_renderers=(write_formula, None))


def write_formula(translator: HTML5Translator, node: nodes.Element) -> None:
    """Write a formula as MathML; one that cannot be read is a warning, and stays as it is."""
    is_block = isinstance(node, nodes.math_block)
    text = node.astext()
    try:
        formula = LatexToMathML().convert_with_local_state(text, displaystyle=is_block)
    except LatexError as error:
        logging.getLogger(__name__).warning("this formula cannot be read: %s", error, location=node)
        formula = f"<code>{translator.encode(text)}</code>"
    translator.body.append(f'<div class="math" style="overflow-x: auto">{formula}</div>' if is_block else formula)
    raise nodes.SkipNode
