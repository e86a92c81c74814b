"""The exceptions of symentropy.

Main definitions
----------------
`SymentropyError` is the root; everything the package raises on purpose is below it, except the two
``TypeError`` cases that Python users expect (a binary float, an unknown keyword).

Each class also derives from the closest built-in exception, so that ``except ValueError`` works for
people who do not know the package.
"""

from __future__ import annotations


class SymentropyError(Exception):
    """The root of the package's exceptions.

    ``except SymentropyError`` catches whatever the package refuses, except a binary float or an unknown keyword: these are a ``TypeError``.

    >>> issubclass(DomainError, SymentropyError), issubclass(DomainError, ValueError)
    (True, True)
    """


class DomainError(SymentropyError, ValueError):
    """An argument lies outside the domain of the quantity: a probability above 1, a base of 1, hypotheses that contradict each other.

    The message names the argument, the value found and what to give instead.

    >>> from symentropy import Finite
    >>> Finite(["1/2", "1/3"])
    Traceback (most recent call last):
    ...
    symentropy.errors.DomainError: the probabilities sum to 5/6, not 1
    """


class ParseError(SymentropyError, ValueError):
    """Text that cannot be read.

    ``span`` is the half-open range of the offending characters in ``text``; ``message`` says what is wrong
    without the position. ``str()`` shows both, with a caret line:

    >>> print(ParseError("expected a number", "1 + * 2", (4, 5)))
    expected a number, at line 1, column 5:
      1 + * 2
          ^
    """

    #: Characters shown on either side of the span in a long line.
    CONTEXT = 60

    def __init__(self, message: str, text: str = "", span: tuple[int, int] | None = None) -> None:
        super().__init__(message, text, span)
        self.message = message
        self.text = text
        self.span = span

    def __str__(self) -> str:
        if self.span is None:
            return self.message
        start, stop = self.span
        before = self.text[:start]
        line_number = before.count("\n") + 1
        line_start = before.rfind("\n") + 1
        line_stop = self.text.find("\n", line_start)
        line_stop = len(self.text) if line_stop < 0 else line_stop
        column = start - line_start
        left = max(line_start, start - self.CONTEXT)
        right = min(line_stop, start + self.CONTEXT)
        shown = ("..." if left > line_start else "") + self.text[left:right] + ("..." if right < line_stop else "")
        indent = start - left + (3 if left > line_start else 0)
        carets = "^" * max(1, min(stop, right) - start)
        shown = shown.replace("\t", " ")
        return f"{self.message}, at line {line_number}, column {column + 1}:\n  {shown}\n  {' ' * indent}{carets}"


class NoClosedForm(SymentropyError, NotImplementedError):
    """No closed form is known, or none exists, or it has no derivation that can be checked; the message says which.

    The definition and its digits are there all the same: `symentropy.entropy` returns the sum, `symentropy.evaluate` encloses it.

    >>> from symentropy import derive
    >>> derive("H(Poisson(lambda))")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    symentropy.errors.NoClosedForm: H(Poisson(lambda)) has no closed form: it is ... remains as a series or an integral
    """


class ProofNotFound(SymentropyError, LookupError):
    """No proof was found within the budget, and no counterexample; ``reason`` says which methods gave up, or what is not given.

    >>> from symentropy import prove
    >>> prove("log x <= x")
    Traceback (most recent call last):
    ...
    symentropy.errors.ProofNotFound: log(x) <= x: it is proved only under conditions that are not given: x > 0
    """

    def __init__(self, message: str, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason or message


class Disproved(SymentropyError, ValueError):
    """The claim is false; ``witness`` is a point where it fails, with both sides there.

    >>> from symentropy import prove
    >>> try:
    ...     prove("H([p, 1-p]) >= p")
    ... except Disproved as error:
    ...     print(error.witness)
    at p = 3/4: the left side is about 0.5623, the right side is 3/4
    """

    def __init__(self, message: str, witness: object = None) -> None:
        super().__init__(message)
        self.witness = witness


class InvalidStep(SymentropyError, ValueError):
    """A proof step that the kernel refuses; the message has its number, its rule and why.

    >>> from dataclasses import replace
    >>> from symentropy import prove, verify
    >>> proof = prove("H([p, 1-p]) <= log 2")
    >>> verify(replace(proof, steps=proof.steps[1:]))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    symentropy.errors.InvalidStep: ...
    """


class PrecisionError(SymentropyError, ArithmeticError):
    """The digits asked for could not be reached within the budget; none are shown, rather than wrong ones.

    A number that is 0 and does not look like it is such a case: ask `symentropy.decide` whether it is.

    >>> from symentropy import evaluate
    >>> evaluate("log 6 - log 2 - log 3")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    symentropy.errors.PrecisionError: the first 15 digits of ... were not reached: it cannot be told from 0 with ... bits
    """


class MissingPackage(SymentropyError, ImportError):
    """An optional package is not installed; the message says which extra brings it."""
