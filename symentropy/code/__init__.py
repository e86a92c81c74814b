"""Closed forms as plain Python functions, for numerical work without SymPy.

Main definition: `function_source`.
"""

from __future__ import annotations

from symentropy.code.source import function_source

__all__ = ["function_source"]
