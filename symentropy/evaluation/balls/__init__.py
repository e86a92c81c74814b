"""Numbers with proved errors: fixed-point logarithms, real and complex balls, elementary and special functions."""
