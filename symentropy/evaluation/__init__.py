"""Numbers from constant expressions, to as many digits as asked."""
