"""The subcommand ``check``: documents, chains and single answers.

Main definitions: `check_options`, `check_command`.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sympy import E

from symentropy.cli.evaluating import base_option
from symentropy.cli.outcomes import EVALUATED, REFUTED, UNDECIDED, USAGE, Outcome, attempted
from symentropy.cli.progress import Progress
from symentropy.homework.answers import SECONDS, SLIP_SECONDS, check_answer
from symentropy.homework.chains import check_steps
from symentropy.homework.documents import check_document, has_formulas
from symentropy.homework.report import Report
from symentropy.homework.writing import verdict_report

#: Exit status of what became of a report.
STATUS = {"proved": EVALUATED, "refuted": REFUTED, "unreadable": USAGE, "undecided": UNDECIDED}
#: Seconds for a document or a chain as a whole, unless told otherwise, beyond those for each link.
WHOLE = 600.0

REPORT_FORMATS: dict[str, Callable[[Report], str]] = {
    "text": lambda report: report.to_text(colour=_has_colour()),
    "latex": Report.to_latex,
    "markdown": Report.to_markdown,
    "json": Report.to_json,
    "html": Report.to_html,
}


def _has_colour() -> bool:
    return sys.stdout is not None and sys.stdout.isatty() and "NO_COLOR" not in os.environ


def check_options(command: argparse.ArgumentParser) -> None:
    """Add the options of ``check``."""
    command.add_argument(
        "file", nargs="*", help="Markdown or LaTeX with display math, or lines of one chain of relations; - reads standard input"
    )
    command.add_argument("--answer", metavar="A", help="an answer, which is compared with --expected; - reads standard input")
    command.add_argument("--expected", metavar="B", help="the answer that is expected")
    command.add_argument(
        "--given", action="append", default=[], metavar="G", help="a hypothesis or definition, such as '0 < p < 1/2' or 'P = [p, 1-p]'"
    )
    command.add_argument("--inline", action="store_true", help="check relations inside the lines of a document as well")
    command.add_argument("--base", type=base_option, default=E, metavar="B", help="base of the logarithms: 2 for bits (default: e, nats)")


def check_command(options: argparse.Namespace) -> Iterator[Outcome]:
    """Check homework: a document, a chain of steps, or an answer.

    Prints a verdict for each step, and for a wrong one exact numbers that show it and the likely slip. Exit status: 0 all right, 1
    something is wrong, 2 something cannot be read, 3 something is not decided.
    """
    problem = _problem(options)
    if problem:
        yield Outcome(message=problem, status=USAGE)
        return
    if options.answer is not None:
        seconds = (options.timeout or SECONDS) + SLIP_SECONDS + 2
        yield attempted(lambda: _answered(options), seconds)
        return
    for name in options.file:
        with Progress(f"{name}, " if len(options.file) > 1 else ""):
            outcome = attempted(lambda name=name: _checked(name, options), WHOLE)  # type: ignore[misc]
        yield Outcome(outcome.text, f"{name}: {outcome.message}" if outcome.message else "", outcome.status)


def _problem(options: argparse.Namespace) -> str:
    if (options.answer is None) != (options.expected is None):
        return "--answer and --expected belong together"
    if options.answer is not None and options.file:
        return "give a file, or --answer and --expected, not both"
    if options.answer is None and not options.file:
        return "nothing to check: give a file, or --answer and --expected"
    return ""


def _answered(options: argparse.Namespace) -> Outcome:
    answer = sys.stdin.read() if options.answer.strip() == "-" else options.answer
    for name, text in (("--answer", answer), ("--expected", options.expected)):
        if not text.strip():
            return Outcome(message=f"{name} is empty", status=USAGE)
    verdict = check_answer(answer, options.expected, options.given, base=options.base, timeout=options.timeout or SECONDS)
    report = verdict_report(verdict, answer.strip(), options.expected.strip())
    return Outcome(REPORT_FORMATS[options.format](report), status=STATUS[report.outcome])


def _checked(name: str, options: argparse.Namespace) -> Outcome:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8: save it as UTF-8"
        hint = ": this takes files; write - and give formulas on standard input" if re.search(r"[=<>]", name) else ""
        return Outcome(message=f"cannot be read: {reason}{hint}", status=USAGE)
    settings: dict[str, Any] = {"base": options.base, "timeout": options.timeout or SECONDS, "whole": None}
    is_document = has_formulas(text) or name.endswith((".md", ".markdown", ".tex"))
    report = (
        check_document(text, options.given, inline=options.inline, **settings)
        if is_document
        else check_steps(text, options.given, **settings)
    )
    return Outcome(REPORT_FORMATS[options.format](report), status=STATUS[report.outcome])
