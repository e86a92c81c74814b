"""The subcommand ``eval``: expressions, their exact values and their digits.

Main definitions: `eval_options`, `evaluate_command`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sympy import Add, E, Expr, S

from symentropy.cli.answers import FORMATS, Answer
from symentropy.cli.outcomes import UNDECIDED, USAGE, Outcome, attempted
from symentropy.cli.progress import Progress
from symentropy.digits import MAX_DIGITS, evaluate
from symentropy.errors import DomainError, ParseError, PrecisionError, SymentropyError
from symentropy.logarithms import checked_base, natural_log, unit_name
from symentropy.notation import parse_expression
from symentropy.quantities import valued
from symentropy.quantity import Quantity

#: Digits shown without --digits.
DEFAULT_DIGITS = 15


def eval_options(command: argparse.ArgumentParser) -> None:
    """Add the options of ``eval``."""
    command.add_argument("expression", nargs="*", help="text in the notation below; - reads standard input, one expression a line")
    command.add_argument("--file", action="append", default=[], metavar="F", help="read expressions from a file, one a line")
    command.add_argument("--digits", type=_digits, metavar="N", help=f"significant digits (default: {DEFAULT_DIGITS})")
    command.add_argument("--base", type=base_option, default=E, metavar="B", help="base of the logarithms: 2 for bits (default: e, nats)")


def _digits(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= len(text) <= 7 or not 1 <= int(text) <= MAX_DIGITS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of digits from 1 to {MAX_DIGITS}")
    return int(text)


def base_option(text: str) -> Expr:
    """Return the base of logarithms that an option gives."""
    try:
        return checked_base(E if text == "E" else parse_expression(text))
    except SymentropyError as error:
        reason = error.message if isinstance(error, ParseError) else str(error)
        raise argparse.ArgumentTypeError(f"{text!r}: {reason}") from None


def evaluate_command(options: argparse.Namespace) -> Iterator[Outcome]:
    """Evaluate expressions, exactly and to as many digits as asked.

    Prints each expression as it was understood, its exact value and, where it has no symbols, its digits, rounded to nearest. Where the
    digits are not reached the exact value is printed all the same, with the reason on standard error and exit status 3. One expression
    that fails does not stop the others.
    """
    try:
        texts = list(_texts(options))
    except DomainError as error:
        yield Outcome(message=str(error), status=USAGE)
        return
    if not texts:
        yield Outcome(message="no expression: give one, as in symentropy eval 'H([1/3, 2/3])'", status=USAGE)
    for number, (place, text) in enumerate(texts, 1):
        with Progress(f"expression {number} of {len(texts)}, " if len(texts) > 1 else ""):
            outcome = attempted(lambda text=text: _evaluated(text, options), options.timeout)  # type: ignore[misc]
        yield replace(outcome, message=f"{place}: {outcome.message}") if outcome.message and len(texts) > 1 else outcome


def _texts(options: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """Return the expressions, each with where it stands."""
    for number, text in enumerate(options.expression, 1):
        if text == "-":
            yield from _lines(_standard_input(), "standard input")
        else:
            yield f"expression {number}", text.strip()
    for name in options.file:
        try:
            content = Path(name).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise DomainError(f"{name} cannot be read as text: {error}") from None
        yield from _lines(content, name)


def _lines(content: str, name: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(content.splitlines(), 1):
        text = line.partition("#")[0].strip()
        if text:
            yield f"{name}, line {number}", text


def _standard_input() -> str:
    if sys.stdin is None:
        raise DomainError("standard input is closed: give the expression as an argument")
    try:
        return sys.stdin.read().removeprefix("\ufeff")
    except (OSError, UnicodeDecodeError) as error:
        raise DomainError(f"standard input cannot be read as text: {error}") from None


def _evaluated(text: str, options: argparse.Namespace) -> Outcome:
    """Return the outcome for one expression."""
    expression = parse_expression(text, base=options.base)
    value, unit = _in_units(expression, options.base)
    symbols = ", ".join(sorted(map(str, value.free_symbols)))
    if symbols and options.digits:
        raise DomainError(f"no digits: the value depends on {symbols}. Leave --digits out, or write numbers in their place")
    found, note = None, ""
    try:
        found = None if symbols else evaluate(expression, options.digits or DEFAULT_DIGITS)
    except PrecisionError as error:
        note = str(error)
    if found is not None and not found.certified:
        note = f"not certified: {'; '.join(found.doubts)}"
    answer = FORMATS[options.format](Answer(expression, value, found, unit, note))
    return Outcome(answer, note, UNDECIDED if note and found is None else 0)


def _in_units(expression: Expr, base: Expr) -> tuple[Expr, str]:
    """Return the value of an expression and its unit; only a sum of numbers times quantities has one."""
    unit = natural_log(base)
    values = []
    for term in Add.make_args(expression):
        noun = next(iter(term.atoms(Quantity)), None)
        factor = term / noun * unit if noun is not None else S.NaN
        if noun is None or factor is S.NaN or not factor.is_number or factor.has(Quantity):
            return expression.doit(), ""
        values.append(factor * valued(noun, base))
    return Add(*values), unit_name(base)
