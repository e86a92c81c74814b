"""The texts that errors point into.

Main definition: `Source`, a text and how messages call it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from symentropy.errors import DomainError, ParseError
from symentropy.notation.tokens import Span


@dataclass(frozen=True, slots=True)
class Source:
    """A text; ``label`` says which of several it is, as in ``given statement 2``."""

    text: str
    label: str = ""

    def labelled(self, message: str) -> str:
        """Return a message that says which text it is about."""
        return f"{self.label}: {message}" if self.label else message

    def fail(self, message: str, span: Span) -> ParseError:
        """Return the error at a span."""
        return ParseError(self.labelled(message), self.text, span)

    def undefined(self, message: str) -> DomainError:
        """Return the error for mathematics without a value."""
        return DomainError(self.labelled(message))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Say in errors of the grammar which text they are about."""
        try:
            yield
        except ParseError as error:
            if not self.label:
                raise
            raise ParseError(self.labelled(error.message), error.text, error.span) from None
