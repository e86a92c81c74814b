"""The command line: ``symentropy eval "H([1/3, 2/3])" --digits 50 --base 2``, ``symentropy prove "D(P || Q) >= 0"``.

Main definitions: `main`, and `COMMANDS`, one entry a subcommand. A subcommand yields outcomes, which are printed as they come.

Exit status: 0 evaluated, derived or proved, 1 refuted, 2 a usage, parse or domain error, 3 undecided (no closed form, digits not reached,
time budget spent), 130 interrupted.
Every error is one message on standard error, never a traceback.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from inspect import getdoc
from typing import NoReturn

from symentropy import __version__
from symentropy.cli.answers import FORMATS
from symentropy.cli.checking import check_command, check_options
from symentropy.cli.closed_forms import closed_form_options, closed_forms_command
from symentropy.cli.deriving import derive_command, derive_options
from symentropy.cli.drawing import plot_command, plot_options
from symentropy.cli.evaluating import eval_options, evaluate_command
from symentropy.cli.grading import grade_command, grade_options
from symentropy.cli.outcomes import EVALUATED, INTERRUPTED, USAGE, Outcome
from symentropy.cli.proving import prove_command, prove_options, theorem_options, theorems_command
from symentropy.homework.answers import SECONDS as ANSWER_SECONDS
from symentropy.homework.answers import SLIP_SECONDS
from symentropy.proof.search import SECONDS

ABOUT = "Symbolic information theory: surprise, entropy, cross-entropy and KL divergence, exactly and to any precision."

#: Examples of all commands; the help of a command has its own.
EXAMPLES = """\
  symentropy eval "H([1/3, 2/3])"                               entropy of a pmf, in nats
  symentropy eval "H([1/3, 2/3])" --digits 50 --base 2          the same in bits, to 50 digits
  symentropy eval "D([1/2, 1/2] || [1/4, 3/4])"                 KL divergence of P from Q
  symentropy eval "H([1/2, 1/2], [1/4, 3/4])"                   cross-entropy
  symentropy eval "h(1/6)"                                      surprise of an event of probability 1/6
  symentropy eval "H([p, 1-p])" --format latex                  symbolic probabilities
  symentropy eval "H(Poisson(10))" --digits 30                  a family, with SymPy's argument order
  symentropy eval "H([1/3, 2/3])" "h(1/6)" --format json        several, one JSON object a line
  symentropy eval --file expressions.txt --digits 1000          one expression a line; # starts a comment
  echo "D(P || Q)" | symentropy eval -                          P and Q: any two pmfs on n outcomes
  symentropy derive "D(Gamma(k1, theta1) || Gamma(k2, theta2))" a closed form with its derivation
  symentropy derive "H(Normal(mu, sigma))" --format latex       the same as LaTeX
  symentropy derive "H(Gamma(k, theta))" --format python        a plain Python function that computes it
  symentropy prove "D(P || Q) >= 0"                             a proof, for pmfs of any size
  symentropy prove "H([p, 1-p]) >= p"                           a counterexample, with exact numbers
  symentropy prove "H(P) <= log 2" --given "P = [p, 1-p]"       with definitions and hypotheses
  symentropy prove "JSD(P, Q) <= log 2" "log x <= x - 1"        several claims; - reads standard input
  symentropy prove "H([p, 1-p])/log 2 <= 1"                     in bits: log2(x), or divided by log 2
  symentropy prove "log(1+x) >= x - x^2/2" --given "x >= 0"     with a hypothesis
  symentropy check notes.md                                     each step of a document: right, or wrong and why
  symentropy check notes.tex --inline --format html             a page of verdicts, of relations inside lines too
  symentropy check --answer "log p" --expected "log(2p)"        an answer, with the likely slip
  symentropy grade answers.csv --expected "H([p, 1-p])"         many answers; a column 'answer', one row each
  symentropy grade a.csv --expected "log(2p)" --output b.csv    to a file, with two columns: id, answer
  symentropy plot "H([p, 1-p])" --base 2 -o entropy.svg         a picture; needs matplotlib
  symentropy plot "D(Normal(0, 1) || Normal(1, 2))"             two distributions, and what adds to their divergence
  symentropy theorems                                           the catalogue of theorems
  symentropy theorems kl_nonneg --format latex                  one of them with its proof
  symentropy closed-forms Gamma                                 closed forms of families, by name
"""

NOTATION = """\
notation:
  [1/3, 2/3]        a pmf; numbers are exact: 1/3, 0.25, 1e-30
  H(P), H(P, Q)     entropy, cross-entropy         D(P || Q)   KL divergence
  h(p)              surprise -log p                H(p)        binary entropy of a number p
  sum_i p_i log p_i               a sum over states        (P + Q)/2, JSD(P, Q)      mixture, Jensen-Shannon
  log, ln, log2, exp, sqrt, + - * / ^, p_1, sigma, pi, e (Euler's number)
"""

STATUSES = """\
exit status: 0 evaluated, derived, proved or right; 1 refuted or wrong; 2 cannot be read or has no meaning;
             3 undecided, no closed form, or digits not reached; of several, the highest; 130 interrupted
"""


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        """Print the message on standard error and exit with status 2."""
        self.exit(USAGE, f"symentropy: {message} (see '{self.prog} --help')\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    options = _options(_expressions_apart(sys.argv[1:] if arguments is None else arguments))
    status = EVALUATED
    try:
        for outcome in options.run(options):
            if outcome.text:
                _print(outcome.text)
            if outcome.message:
                _complain(outcome.message)
            status = max(status, outcome.status)
    except KeyboardInterrupt:
        _complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:  # the reader of standard output went away: nothing more can be said there, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EVALUATED
    except OSError as error:
        _complain(f"the answer cannot be written: {error.strerror}")
        return USAGE
    return status


def _options(words: list[str]) -> argparse.Namespace:
    """Return the options that words stand for; words that are left over are an error, which has a likely reason after --given."""
    parser = _parser()
    options, rest = parser.parse_known_args(words)
    if rest:
        hint = ": --given takes one statement, repeat it for more" if "--given" in words else ""
        parser.error(f"unrecognized arguments: {' '.join(rest)}{hint}")
    return options


def _expressions_apart(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with a space before an expression such as -log(p), which would be taken for an option."""
    options = {"-", "-h", "-o"}
    return [f" {word}" if word[:1] == "-" and word[:2] != "--" and word not in options else word for word in arguments]


def _print(text: str) -> None:
    """Print on standard output at once, in ASCII where it takes nothing else."""
    try:
        print(text, flush=True)
    except UnicodeEncodeError:
        plain = text.replace("‖", "||").replace("≈", "~")
        print(plain.encode("ascii", "backslashreplace").decode("ascii"), flush=True)


def _complain(message: str) -> None:
    with suppress(OSError):
        print(f"symentropy: {message}", file=sys.stderr)  # standard error replaces what it cannot encode


def _parser() -> Parser:
    raw = argparse.RawDescriptionHelpFormatter
    parser = Parser(prog="symentropy", description=ABOUT, epilog=_epilog(), formatter_class=raw)
    parser.add_argument("--version", action="version", version=f"symentropy {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (add, run) in COMMANDS.items():
        text = getdoc(run) or ""
        command = commands.add_parser(name, help=text.partition("\n")[0], description=text, epilog=_epilog(name), formatter_class=raw)
        add(command)
        formats = FORMATS_OF.get(name, tuple(FORMATS))
        command.add_argument("--format", choices=formats, default="text", help="how the answer is printed (default: text)")
        command.add_argument("--timeout", type=_seconds, metavar="S", help=f"seconds {TIMEOUTS[name]}")
        command.set_defaults(run=run)
    return parser


def _epilog(command: str = "") -> str:
    """Return what the help of a command ends with: its examples, the notation and the exit status; without a command, all examples."""
    examples = "".join(line for line in EXAMPLES.splitlines(keepends=True) if f"symentropy {command}" in line)
    return f"examples:\n{examples}\n{NOTATION}\n{STATUSES}"


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive number of seconds")
    return seconds


#: Subcommand: (adds its options, runs it).
COMMANDS: dict[str, tuple[Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], Iterator[Outcome]]]] = {
    "eval": (eval_options, evaluate_command),
    "derive": (derive_options, derive_command),
    "prove": (prove_options, prove_command),
    "check": (check_options, check_command),
    "grade": (grade_options, grade_command),
    "plot": (plot_options, plot_command),
    "theorems": (theorem_options, theorems_command),
    "closed-forms": (closed_form_options, closed_forms_command),
}
#: Formats of the subcommands that have others than those of all.
FORMATS_OF: dict[str, tuple[str, ...]] = {
    "check": (*FORMATS, "html"),
    "derive": (*FORMATS, "python"),
    "grade": ("text", "json"),
}
#: What the seconds of --timeout are for, and how many they are by default.
TIMEOUTS = {
    "eval": "for each expression; beyond, exit status 3 (default: no limit)",
    "derive": f"for each quantity; beyond, exit status 3 (default: {SECONDS:g})",
    "prove": f"for each claim; beyond, it is undecided (default: {SECONDS:g})",
    "check": f"for each step or answer, and {SLIP_SECONDS:g} more for the slip; beyond, it is undecided (default: {ANSWER_SECONDS:g})",
    "grade": f"for each submission, and {SLIP_SECONDS:g} more for the slip; beyond, it is undecided (default: {ANSWER_SECONDS:g})",
    "plot": "for the picture; beyond, exit status 3 (default: no limit)",
    "theorems": "for each theorem; beyond, exit status 3 (default: no limit)",
    "closed-forms": "for nothing here: the catalogue is found in some seconds",
}
