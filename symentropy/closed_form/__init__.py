"""Closed forms of entropies, cross-entropies and divergences of families."""
