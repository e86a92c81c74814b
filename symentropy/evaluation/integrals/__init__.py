"""Integrals in one variable: with proved errors, and as estimates."""
