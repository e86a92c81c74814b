"""Sums with proved errors: logarithms of integers, and series to infinity."""
