"""The subcommand ``closed-forms``: the catalogue of closed forms.

Main definitions: `closed_form_options`, `closed_forms_command`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from symentropy.cli.outcomes import USAGE, Outcome
from symentropy.display import plain_text
from symentropy.proof.writing.style import latex_text

if TYPE_CHECKING:
    from symentropy.catalogue.entry import Entry


def closed_form_options(command: argparse.ArgumentParser) -> None:
    """Add the options of ``closed-forms``."""
    command.add_argument("word", nargs="*", help="only entries with each of these words, such as Gamma; without one, all of them")


def closed_forms_command(options: argparse.Namespace) -> Iterator[Outcome]:
    """List entropies and divergences of families with their closed forms.

    They are found again, which takes some seconds. With --format markdown and no word, the page of the documentation: with conditions,
    sources and digits that check each entry, which takes a minute.
    """
    # Imported here because the catalogue builds two hundred distributions of SymPy, which no other subcommand needs.
    from symentropy.catalogue.page import SECTIONS, page, row

    if options.format == "markdown" and not options.word:
        yield from map(Outcome, page())
        return
    entries = [entry for section in SECTIONS.values() for entry in section]
    found = [entry for entry in entries if all(word in f"{plain_text(entry.noun)} {entry.name}" for word in options.word)]
    for entry in found:
        yield Outcome(row(entry) if options.format == "markdown" else FORMATS[options.format](entry))
    if not found:
        yield Outcome(message=f"no entry has {' and '.join(options.word)} in it; 'symentropy closed-forms' lists them", status=USAGE)


def _text(entry: Entry) -> str:
    return f"{plain_text(entry.noun)} = {plain_text(entry.noun.doit())}"


def _latex(entry: Entry) -> str:
    return f"{latex_text(entry.noun)} = {latex_text(entry.noun.doit())}"


def _json(entry: Entry) -> str:
    value = entry.noun.doit()
    fields = {"quantity": plain_text(entry.noun), "value": plain_text(value), "latex": latex_text(value)}
    return json.dumps(fields, ensure_ascii=False)


FORMATS: dict[str, Callable[[Entry], str]] = {"text": _text, "latex": _latex, "json": _json}
