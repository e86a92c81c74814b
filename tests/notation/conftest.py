"""What the tables of bad text have in common."""

import pytest

from symentropy.errors import DomainError, ParseError
from symentropy.notation import parse_expression


@pytest.fixture
def assert_refused():
    """Check that a text is a `ParseError` with a message at a place."""

    def check(text, message, span):
        with pytest.raises(ParseError) as caught:
            parse_expression(text)
        assert message in caught.value.message
        assert caught.value.span == span
        assert caught.value.text == text

    return check


@pytest.fixture
def assert_undefined():
    """Check that a text is a `DomainError` with a message."""

    def check(text, message):
        with pytest.raises(DomainError) as caught:
            parse_expression(text)
        assert message in str(caught.value)

    return check
