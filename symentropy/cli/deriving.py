"""The subcommand ``derive``: closed forms with their derivations, and as code.

Main definitions: `derive_options`, `derive_command`.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import replace

from symentropy.cli.outcomes import Outcome, attempted
from symentropy.cli.progress import Progress
from symentropy.cli.proving import GRACE, lines_and_words
from symentropy.proof.claim import Proof
from symentropy.proof.coding import to_python
from symentropy.proof.derivation import derive
from symentropy.proof.search import SECONDS

#: The formats of a derivation.
DERIVATION_FORMATS: dict[str, Callable[[Proof], str]] = {
    "text": str,
    "latex": Proof.to_latex,
    "markdown": Proof.to_markdown,
    "json": Proof.to_json,
}


def derive_options(command: argparse.ArgumentParser) -> None:
    """Add the options of ``derive``."""
    command.add_argument(
        "noun",
        nargs="+",
        help="an entropy, cross-entropy or divergence, such as 'D(Gamma(k1, theta1) || Gamma(k2, theta2))'; - reads standard input, one a "
        "line, # starts a comment",
    )
    command.add_argument(
        "--given", action="append", default=[], metavar="G", help="a hypothesis or definition, such as 'theta > 1' or 'P = [p, 1-p]'"
    )


def derive_command(options: argparse.Namespace) -> Iterator[Outcome]:
    """Derive the closed form of a quantity.

    Prints the closed form with its derivation, each step of which the kernel has checked, and what must hold for the parameters; with
    --format python a plain Python function that computes it, accurate for P near Q as well. Exit status: 0 derived, 2 the text cannot be
    read or has no meaning, 3 there is no closed form, which the message explains.
    """
    nouns = list(lines_and_words(options.noun))
    for number, text in enumerate(nouns, 1):
        with Progress(f"quantity {number} of {len(nouns)}, " if len(nouns) > 1 else ""):
            outcome = attempted(lambda text=text: _derived(text, options), (options.timeout or SECONDS) + GRACE)  # type: ignore[misc]
        yield replace(outcome, message=f"quantity {number}: {outcome.message}") if outcome.message and len(nouns) > 1 else outcome


def _derived(text: str, options: argparse.Namespace) -> Outcome:
    timeout = options.timeout or SECONDS
    if options.format == "python":
        return Outcome(to_python(text, options.given, timeout=timeout).rstrip())
    return Outcome(DERIVATION_FORMATS[options.format](derive(text, options.given, timeout=timeout)))
