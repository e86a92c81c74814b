"""The subcommand ``grade``: a file of submissions in, a file of verdicts out.

Main definitions: `grade_options`, `grade_command`.

A file of results that exists is continued: rows of the same exercise are kept, and only what is missing is judged.
"""

from __future__ import annotations

import argparse
import codecs
import csv
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from sympy import E

from symentropy.cli.evaluating import base_option
from symentropy.cli.outcomes import EVALUATED, USAGE, Outcome
from symentropy.errors import DomainError, SymentropyError
from symentropy.homework.answers import SECONDS
from symentropy.homework.grading import Row, grade
from symentropy.homework.workers import MEGABYTES

#: The columns of the results; ``exercise`` identifies what was expected.
COLUMNS = ("id", "outcome", "score", "slip", "reason", "counterexample", "conditions", "answer", "exercise")
#: The name of a submission and its answer.
Submission = tuple[str, str]
#: Rows that were judged before.
Results = Mapping[Submission, Mapping[str, Any]]
#: What may separate the fields of CSV.
SEPARATORS = (",", ";", "\t")
#: Characters of the progress bar.
WIDTH = 30


def grade_options(command: argparse.ArgumentParser) -> None:
    """Add the options of ``grade``."""
    command.add_argument(
        "submissions", help="CSV with names in the first line, among them 'answer', or JSON lines (.jsonl); - reads CSV from standard input"
    )
    command.add_argument("--expected", required=True, metavar="B", help="the answer that is expected")
    command.add_argument("--given", action="append", default=[], metavar="G", help="a hypothesis or definition")
    command.add_argument("--base", type=base_option, default=E, metavar="B", help="base of the logarithms: 2 for bits (default: e, nats)")
    command.add_argument("--jobs", type=_positive, default=None, metavar="N", help="worker processes (default: one a processor)")
    command.add_argument("--memory", type=_positive, default=MEGABYTES, metavar="MB", help=f"megabytes of each (default: {MEGABYTES})")
    command.add_argument(
        "--output", metavar="F", help="write CSV, or JSON lines (.jsonl), or JSON (.json); an unfinished file is continued"
    )
    command.add_argument("--column", default="answer", metavar="C", help="the column of the answers (default: answer)")
    command.add_argument(
        "--encoding", type=_encoding, default="utf-8-sig", metavar="E", help="of the submissions, such as latin-1 (default: utf-8)"
    )
    command.add_argument("--id-column", default="id", metavar="C", help="the column that names the submissions (default: id)")


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= len(text) <= 6 or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a positive number")
    return int(text)


def _encoding(text: str) -> str:
    try:
        return codecs.lookup(text).name
    except (LookupError, ValueError):
        raise argparse.ArgumentTypeError(f"{text!r} is no encoding that is known; try utf-8, latin-1 or utf-16") from None


def grade_command(options: argparse.Namespace) -> Iterator[Outcome]:
    """Grade the submissions of an exercise.

    Each is judged within its own time and memory, equal ones once. Prints rows of verdict, score, slip and reason, or writes them to
    --output, and a summary on standard error. Exit status: 0 if all were judged, whatever the verdicts; 2 if something cannot be read.
    """
    try:
        submissions = list(_submissions(options))
        done = _done(options)
        yield from _graded(options, submissions, done)
    except UnicodeError as error:
        hint = f"save it as UTF-8, or name its encoding with --encoding, such as latin-1 ({getattr(error, 'reason', error)})"
        yield Outcome(message=f"{options.submissions} cannot be read: it is not text in {_shown_encoding(options)}: {hint}", status=USAGE)
    except OSError as error:
        name = error.filename or options.submissions
        failed = "written" if options.output and str(name) == options.output else "read"
        yield Outcome(message=f"{name} cannot be {failed}: {error.strerror or error}", status=USAGE)
    except (SymentropyError, csv.Error) as error:
        yield Outcome(message=str(error), status=USAGE)


def _shown_encoding(options: argparse.Namespace) -> str:
    return "UTF-8" if options.encoding.startswith("utf-8") else str(options.encoding)


def _graded(options: argparse.Namespace, submissions: list[Submission], done: Results) -> Iterator[Outcome]:
    missing = [submission for submission in submissions if submission not in done]
    limits = {"timeout": options.timeout or SECONDS, "jobs": options.jobs, "megabytes": options.memory}
    rows = grade(missing, options.expected, options.given, base=options.base, **limits)
    exercise, continues = _exercise(options), _continues(options)
    kept = [done[submission] for submission in submissions if submission in done] if continues else []
    bar = _Bar(len(submissions), Counter(str(record["outcome"]) for record in kept))
    records = (_record(row, exercise) for row in rows) if continues else _merged(submissions, done, rows, exercise)
    with _opened(options) as target:
        writer = _WRITERS[_kind(options)](target)
        for record in records:
            writer.write(record)
            bar.advance(record)
        writer.close()
    bar.close()
    words = ", ".join(f"{count} {outcome}" for outcome, count in sorted(bar.counts.items()))
    yield Outcome(message=f"{len(submissions)} submission{'s' * (len(submissions) != 1)}: {words or 'nothing to grade'}", status=EVALUATED)


def _merged(
    submissions: Sequence[Submission], done: Mapping[Submission, Mapping[str, Any]], rows: Iterator[Row], exercise: str
) -> Iterator[Mapping[str, Any]]:
    """Yield all records in the order of the submissions."""
    for submission in submissions:
        yield done[submission] if submission in done else _record(next(rows), exercise)


def _record(row: Row, exercise: str) -> dict[str, Any]:
    fields = {**asdict(row), "exercise": exercise}
    return {column: fields[column] for column in COLUMNS}


def _exercise(options: argparse.Namespace) -> str:
    """Return a short name of what is expected, so that results of another exercise are not taken for those of this one."""
    text = json.dumps([options.expected, options.given, str(options.base)])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _submissions(options: argparse.Namespace) -> Iterator[Submission]:
    """Go through the submissions of the file: (name, answer)."""
    path = options.submissions.strip()
    with nullcontext(sys.stdin) if path == "-" else Path(path).open(encoding=options.encoding, newline="") as source:
        records = _json_lines(source) if path.endswith((".jsonl", ".ndjson")) else _csv_records(source, options)
        for number, record in enumerate(records, 1):
            answer = record.get(options.column)
            if not isinstance(answer, str):
                raise DomainError(
                    f"submission {number} has no text in {options.column!r}: it has {', '.join(map(str, record)) or 'nothing'}"
                )
            yield str(record.get(options.id_column) or number), answer


def _csv_records(source: TextIO, options: argparse.Namespace) -> Iterator[dict[str, str]]:
    """Go through the rows of a CSV file under the names that the options have for the columns; a short row has empty fields."""
    header = source.readline()
    separator = max(SEPARATORS, key=header.count)
    names = [_plain(name) for name in next(csv.reader([header], delimiter=separator), [])]
    if _plain(options.column) not in names:
        found = ", ".join(names) if any(names) else "nothing"
        raise DomainError(f"there is no column {options.column!r} in the first line, only {found}: name it with --column")
    wanted = {options.column: _plain(options.column), options.id_column: _plain(options.id_column)}
    reader = csv.reader(source, delimiter=separator, strict=True)
    try:
        for fields in reader:
            line = reader.line_num + 1
            if len(fields) > len(names):
                raise DomainError(
                    f"the row that ends in line {line} has {len(fields)} fields, and there are {len(names)} columns: "
                    f"an answer with {separator!r} in it is written in quotes"
                )
            row = dict(zip(names, [*fields, *[""] * (len(names) - len(fields))], strict=True))
            if fields:
                yield {column: row.get(name, "") for column, name in wanted.items()}
    except csv.Error as error:
        reason = "a quotation mark is not closed" if "end of data" in str(error) else str(error)
        raise DomainError(f"line {reader.line_num + 1}: {reason}") from None


def _plain(name: str) -> str:
    """Return the name of a column as it is compared."""
    return name.strip().casefold()


def _json_lines(source: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise DomainError(f"line {number} is no JSON: {error}") from None
        yield record if isinstance(record, dict) else {"answer": record}


def _kind(options: argparse.Namespace) -> str:
    name = options.output or ""
    if name.endswith((".jsonl", ".ndjson")):
        return "jsonl"
    return "json" if name.endswith(".json") or (not name and options.format == "json") else "csv"


def _continues(options: argparse.Namespace) -> bool:
    """Whether rows are added to a file that exists."""
    return bool(options.output) and _kind(options) != "json" and Path(options.output).exists() and Path(options.output).stat().st_size > 0


def _done(options: argparse.Namespace) -> dict[Submission, Mapping[str, Any]]:
    """Return the results that are there already, by name and answer."""
    if not options.output or not Path(options.output).exists() or not Path(options.output).stat().st_size:
        return {}
    with Path(options.output).open(encoding="utf-8", newline="") as source:
        kind = _kind(options)
        records = list(csv.DictReader(source) if kind == "csv" else _json_lines(source) if kind == "jsonl" else _json_array(source))
    found: dict[Submission, Mapping[str, Any]] = {}
    for record in records:
        if not isinstance(record, dict) or not set(COLUMNS) <= set(record) or record["exercise"] != _exercise(options):
            raise DomainError(f"{options.output} exists and holds results of another exercise: remove it, or write to another file")
        found[record["id"], record["answer"]] = record
    return found


def _json_array(source: TextIO) -> list[Any]:
    try:
        found = json.load(source)
    except ValueError:
        raise DomainError("the file of results is no JSON: remove it, or write to another file") from None
    return found if isinstance(found, list) else [found]


def _opened(options: argparse.Namespace) -> AbstractContextManager[TextIO]:
    if not options.output:
        return nullcontext(sys.stdout)
    return Path(options.output).open("a" if _continues(options) else "w", encoding="utf-8", newline="")


class _Lines:
    """Writes records as JSON lines."""

    def __init__(self, target: TextIO) -> None:
        self.target = target

    def write(self, record: Mapping[str, Any]) -> None:
        """Write a record, so that it is there if the next one never comes."""
        print(json.dumps(record, ensure_ascii=False), file=self.target, flush=True)

    def close(self) -> None:
        """Nothing is left to write."""


class _Csv(_Lines):
    """Writes records as CSV, with the names of the columns first in a new file."""

    def __init__(self, target: TextIO) -> None:
        super().__init__(target)
        self._rows = csv.DictWriter(target, COLUMNS, extrasaction="ignore")
        if not target.seekable() or target.tell() == 0:
            self._rows.writeheader()

    def write(self, record: Mapping[str, Any]) -> None:
        self._rows.writerow(record)
        self.target.flush()


class _Array(_Lines):
    """Writes records as one JSON array at the end."""

    def __init__(self, target: TextIO) -> None:
        super().__init__(target)
        self._records: list[Mapping[str, Any]] = []

    def write(self, record: Mapping[str, Any]) -> None:
        self._records.append(record)

    def close(self) -> None:
        json.dump(self._records, self.target, ensure_ascii=False, indent=1)
        print(file=self.target, flush=True)


_WRITERS: dict[str, type[_Lines]] = {"csv": _Csv, "jsonl": _Lines, "json": _Array}


class _Bar:
    """A progress bar on a terminal; elsewhere, nothing."""

    def __init__(self, total: int, counts: Counter[str]) -> None:
        self.total, self.counts = total, counts
        self._start, self._new = time.monotonic(), 0
        self._visible = sys.stderr is not None and sys.stderr.isatty()

    def advance(self, record: Mapping[str, Any]) -> None:
        """Count a record."""
        self.counts[str(record["outcome"])] += 1
        self._new += 1
        if self._visible:
            print(f"\r\033[K{self._line()}", end="", file=sys.stderr, flush=True)

    def _line(self) -> str:
        done = sum(self.counts.values())
        full = WIDTH * done // max(self.total, 1)
        left = (time.monotonic() - self._start) / self._new * (self.total - done)
        wrong = self.counts["refuted"] + self.counts["unreadable"]
        return f"[{'#' * full}{'.' * (WIDTH - full)}] {done}/{self.total}, {wrong} wrong, {left:.0f} s left"

    def close(self) -> None:
        """Remove the bar."""
        if self._visible:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
