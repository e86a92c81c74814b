"""The normal form of expressions with logarithms, powers, exponentials, gamma functions and sums: the zero test.

``is_zero`` decides whether an expression is 0 at all points of a domain (True is a proof), ``unfolded`` replaces nouns by definitions, and
``log_form`` writes an expression as a combination of logarithms.
"""

from symentropy.proof.canonical import functions as _functions  # registers its readers
from symentropy.proof.canonical.forms import log_form
from symentropy.proof.canonical.zero import is_zero
from symentropy.proof.unfolding import unfolded

__all__ = ["is_zero", "log_form", "unfolded"]
del _functions
