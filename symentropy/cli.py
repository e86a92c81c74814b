"""The command line: ``symentropy eval "H([1/3, 2/3])" --digits 50 --base 2``.

Main definitions: `main`, and `COMMANDS`, one entry a subcommand.

Exit status: 0 evaluated, 2 a usage, parse or domain error, 3 undecided (digits not reached, time budget spent), 130 interrupted.
Every error is one message on standard error, never a traceback.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, NoReturn

from sympy import Add, E, Expr, S, latex

from symentropy import __version__
from symentropy.display import plain_text
from symentropy.errors import DomainError, NoClosedForm, ParseError, PrecisionError, SymentropyError
from symentropy.evaluation.approximate import evaluated
from symentropy.logarithms import checked_base, natural_log
from symentropy.notation import parse_expression
from symentropy.quantities import valued
from symentropy.quantity import Quantity

EVALUATED, USAGE, UNDECIDED, INTERRUPTED = 0, 2, 3, 130

#: Digits shown without --digits.
DEFAULT_DIGITS = 15
#: Most digits that --digits takes.
MAX_DIGITS = 1_000_000

UNITS = {"E": "nats", "2": "bits", "3": "trits", "10": "hartleys"}

ABOUT = "Symbolic information theory: surprise, entropy, cross-entropy and KL divergence, exactly and to any precision."

EXAMPLES = """\
examples:
  symentropy eval "H([1/3, 2/3])"                               entropy of a pmf, in nats
  symentropy eval "H([1/3, 2/3])" --digits 50 --base 2          the same in bits, to 50 digits
  symentropy eval "D([1/2, 1/2] || [1/4, 3/4])"                 KL divergence of P from Q
  symentropy eval "H([1/2, 1/2], [1/4, 3/4])"                   cross-entropy
  symentropy eval "h(1/6)"                                      surprise of an event of probability 1/6
  symentropy eval "H([p, 1-p])" --format latex                  symbolic probabilities
  symentropy eval "H(Poisson(10))" --digits 30                  a family, with SymPy's argument order
  echo "D(P || Q)" | symentropy eval -                          P and Q: any two pmfs on n outcomes

notation:
  [1/3, 2/3]        a pmf; numbers are exact: 1/3, 0.25, 1e-30
  H(P), H(P, Q)     entropy, cross-entropy         D(P || Q)   KL divergence
  h(p)              surprise -log p                H(p)        binary entropy of a number p
  log, ln, log2, exp, sqrt, + - * / ^, p_1, sigma, pi, e (Euler's number)

exit status: 0 evaluated; 2 cannot be read or has no meaning; 3 digits not reached
"""


class TimeIsUp(Exception):
    """The budget of --timeout is spent."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Print the message on standard error and exit with status 2."""
        self.exit(USAGE, f"symentropy: {message} (see '{self.prog} --help')\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    options = _parser().parse_args(_expressions_apart(sys.argv[1:] if arguments is None else arguments))
    try:
        with _time_limit(options.timeout):
            text, note = options.run(options)
        _print(text)
    except (PrecisionError, NoClosedForm) as error:
        return _failed(str(error), UNDECIDED)
    except (SymentropyError, TypeError) as error:
        return _failed(str(error), USAGE)
    except TimeIsUp:
        return _failed(f"no answer within the time budget of {options.timeout:g} s", UNDECIDED)
    except KeyboardInterrupt:
        return _failed("interrupted", INTERRUPTED)
    except RecursionError:
        return _failed("the expression is nested too deeply to be evaluated", USAGE)
    except MemoryError:
        return _failed("no answer: out of memory", UNDECIDED)
    except BrokenPipeError:  # the reader of standard output went away: nothing more can be said there, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EVALUATED
    except OSError as error:
        return _failed(f"the answer cannot be written: {error.strerror}", USAGE)
    return _failed(note, UNDECIDED) if note else EVALUATED


def _expressions_apart(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with a space before an expression such as -log(p), which would be taken for an option."""
    options = {"-", "-h"}
    return [f" {word}" if word[:1] == "-" and word[:2] != "--" and word not in options else word for word in arguments]


def _print(text: str) -> None:
    """Print on standard output at once, in ASCII where it takes nothing else."""
    try:
        print(text, flush=True)
    except UnicodeEncodeError:
        plain = text.replace("‖", "||").replace("≈", "~")
        print(plain.encode("ascii", "backslashreplace").decode("ascii"), flush=True)


def _failed(message: str, status: int) -> int:
    with suppress(OSError):
        print(f"symentropy: {message}", file=sys.stderr)  # standard error replaces what it cannot encode
    return status


def _parser() -> Parser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = Parser(prog="symentropy", description=ABOUT, epilog=EXAMPLES, formatter_class=raw)
    parser.add_argument("--version", action="version", version=f"symentropy {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (add, run) in COMMANDS.items():
        text = run.__doc__ or ""
        command = commands.add_parser(name, help=text.partition("\n")[0], description=text, epilog=EXAMPLES, formatter_class=raw)
        add(command)
        command.add_argument("--format", choices=FORMATS, default="text", help="how the answer is printed (default: text)")
        command.add_argument("--timeout", type=_seconds, metavar="S", help="give up after S seconds, with exit status 3")
        command.set_defaults(run=run)
    return parser


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive number of seconds")
    return seconds


def _digits(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= len(text) <= 7 or not 1 <= int(text) <= MAX_DIGITS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of digits from 1 to {MAX_DIGITS}")
    return int(text)


def _base(text: str) -> Expr:
    try:
        return checked_base(E if text == "E" else parse_expression(text))
    except SymentropyError as error:
        reason = error.message if isinstance(error, ParseError) else str(error)
        raise argparse.ArgumentTypeError(f"{text!r}: {reason}") from None


@contextmanager
def _time_limit(seconds: float | None) -> Iterator[None]:
    """Raise `TimeIsUp` in the block after some seconds, where the platform has interval timers."""
    if seconds is None or not hasattr(signal, "setitimer"):
        yield
        return

    def expire(_number: int, _frame: Any) -> None:
        raise TimeIsUp

    previous = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


@dataclass(frozen=True)
class Answer:
    """What ``eval`` found: the expression as understood, its value, its digits (None without) and its unit ('' if it has none)."""

    expression: Expr
    value: Expr
    digits: str | None
    unit: str
    note: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether the value is an integer or infinite, so that digits add nothing."""
        return bool(self.value.is_Integer or self.value.is_infinite)

    def text(self) -> str:
        """Return ``expression = value`` and, aligned below, the digits."""
        left = plain_text(self.expression)
        lines = [f"{left} = {plain_text(self.value)}"] if self.value != self.expression else [left]
        if self.digits is not None and not self.is_exact:
            lines.append(f"{' ' * len(left)} ≈ {self.digits}")
        return "\n".join(lines) + (f" {self.unit}" if self.unit else "")

    def latex(self) -> str:
        """Return one line of LaTeX."""
        parts = [latex(self.expression)] + ([f"= {latex(self.value)}"] if self.value != self.expression else [])
        if self.digits is not None and not self.is_exact:
            mantissa, _, exponent = self.digits.partition("e")
            parts.append(rf"\approx {mantissa}" + (rf" \times 10^{{{int(exponent)}}}" if exponent else ""))
        return " ".join(parts) + (rf"\ \text{{{self.unit}}}" if self.unit else "")

    def markdown(self) -> str:
        """Return displayed math."""
        return f"$$\n{self.latex()}\n$$"

    def json(self) -> str:
        """Return a JSON object."""
        fields = {
            "expression": plain_text(self.expression),
            "value": plain_text(self.value),
            "latex": latex(self.value),
            "digits": self.digits,
            "unit": self.unit or None,
            "note": self.note or None,
        }
        return json.dumps(fields, ensure_ascii=False)


FORMATS: dict[str, Callable[[Answer], str]] = {
    "text": Answer.text,
    "latex": Answer.latex,
    "markdown": Answer.markdown,
    "json": Answer.json,
}


def _eval_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("expression", help="text in the notation below; - reads standard input")
    command.add_argument("--digits", type=_digits, metavar="N", help=f"significant digits (default: {DEFAULT_DIGITS})")
    command.add_argument("--base", type=_base, default=E, metavar="B", help="base of the logarithms: 2 for bits (default: e, nats)")


def evaluate_command(options: argparse.Namespace) -> tuple[str, str]:
    """Evaluate an expression, exactly and to as many digits as asked.

    Prints the expression as it was understood, its exact value and, where it has no symbols, its digits, rounded to nearest. Where the
    digits are not reached the exact value is printed all the same, with the reason on standard error and exit status 3.
    """
    text = _standard_input() if options.expression == "-" else options.expression
    expression = parse_expression(text.strip(), base=options.base)
    value, unit = _in_units(expression, options.base)
    symbols = ", ".join(sorted(map(str, value.free_symbols)))
    if symbols and options.digits:
        raise DomainError(f"no digits: the value depends on {symbols}. Leave --digits out, or write numbers in their place")
    digits, note = None, ""
    try:
        digits = None if symbols else evaluated(expression, options.digits or DEFAULT_DIGITS)
    except PrecisionError as error:
        note = str(error)
    try:
        return FORMATS[options.format](Answer(expression, value, digits, unit, note)), note
    except ValueError:  # CPython refuses str(int) above 4300 digits, and SymPy's LaTeX printer uses it
        raise DomainError("the value has integers too long to print in this format: use --format text") from None


def _standard_input() -> str:
    """Return the one expression on standard input."""
    if sys.stdin is None:
        raise DomainError("standard input is closed: give the expression as an argument")
    try:
        text = sys.stdin.read().removeprefix("\ufeff")
    except (OSError, UnicodeDecodeError) as error:
        raise DomainError(f"standard input cannot be read as text: {error}") from None
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > 1:
        raise DomainError(f"one expression at a time: line {lines[1]} of standard input begins a second one")
    return text


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
    return Add(*values), UNITS.get(str(base), f"units of log {base}")


#: Subcommand: (adds its options, runs it and returns the text and a note for standard error).
COMMANDS: dict[str, tuple[Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], tuple[str, str]]]] = {
    "eval": (_eval_options, evaluate_command),
}
