"""Reports for people and for programs: text, Markdown, LaTeX, JSON and HTML.

Main definitions
----------------
* `report_text`, `report_markdown`, `report_latex`, `report_json`, `report_html`, and `table_html`, the table without a page around it.
* `explanation`, what is said of a verdict in sentences, the same in all styles; `verdict_data`, the same for programs.

A wrong step comes with exact small numbers at which a person can compute both sides, then the likely slip.
"""

from __future__ import annotations

import html
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from symentropy.display import plain_text
from symentropy.layout import escaped
from symentropy.proof.writing.answers import witness_sentence
from symentropy.proof.writing.conditions import conditions
from symentropy.proof.writing.style import LATEX, MARKDOWN, TEXT, Math, Style, listed

if TYPE_CHECKING:  # reports are printed by what is here
    from symentropy.homework.report import Link, Remark, Report
    from symentropy.proof.claim import Verdict

#: What an outcome is called to a student.
WORDS = {"proved": "right", "refuted": "wrong", "undecided": "not decided", "unreadable": "cannot be read"}
_COLOURS = {"proved": "32", "refuted": "31;1", "undecided": "33", "unreadable": "35"}
_MARKS = {"proved": "✓", "refuted": "✗", "undecided": "?", "unreadable": "!"}


def explanation(verdict: Verdict, style: Style, hint: str = "") -> list[str]:
    """Return sentences about a verdict: the numbers, the slip, the condition, the reason."""
    found: list[str] = []
    if verdict.witness is not None:
        found.append(style.sentence(witness_sentence(verdict.witness, style)))
    if verdict.slip is not None:
        found.append(style.sentence([f"likely slip ({verdict.slip.name}): {verdict.slip.message}"]))
    if verdict.conditions:
        found.append(style.sentence(["valid only if ", *listed(conditions(verdict.conditions, (), style))]))
    if verdict.reason:
        found.append(style.sentence([verdict.reason]))
    if hint:
        found.append(style.sentence([hint]))
    return found


def summary(report: Report) -> str:
    """Return one line about a whole report."""
    counts: Counter[str] = Counter(verdict.outcome for verdict in report.verdicts)
    counts["unreadable"] += sum(remark.kind == "unreadable" for remark in report.remarks)
    parts = [f"{count} {WORDS[outcome]}" for outcome in WORDS if (count := counts[outcome])]
    total = f"{len(report)} step{'s' * (len(report) != 1)}: {', '.join(parts) or 'nothing to check'}"
    first = report.first_wrong
    return total if first is None else f"{total}; the first wrong one is in line {report.lines[first]}"


def _entries(report: Report) -> list[Link | Remark]:
    return sorted([*report.links, *report.remarks], key=lambda entry: entry.line)


def _outcome(entry: Any) -> str:
    return str(getattr(entry, "kind", "") or entry.verdict.outcome)


def _formula(entry: Any) -> str:
    text = entry.text if hasattr(entry, "text") else f"{entry.left} {entry.sign} {entry.right}"
    return " ".join(text.split())


def _said(entry: Any, style: Style) -> list[str]:
    if hasattr(entry, "message"):
        return [str(entry.message)]
    return explanation(entry.verdict, style, entry.hint)


def report_text(report: Report, *, colour: bool) -> str:
    """Return a report as lines of text."""
    entries = _entries(report)
    width = len(str(max((entry.line for entry in entries), default=0)))
    lines: list[str] = []
    for entry in entries:
        outcome = _outcome(entry)
        mark = _painted(f"{_MARKS.get(outcome, '·')} {WORDS.get(outcome, outcome)}", outcome, colour)
        lines.append(f"line {entry.line:>{width}}  {mark}: {_formula(entry)}")
        lines += [f"{' ' * (width + 9)}{part}" for sentence in _said(entry, TEXT) for part in sentence.splitlines()]
    return "\n".join([*lines, summary(report)])


def _painted(text: str, outcome: str, colour: bool) -> str:
    return f"\033[{_COLOURS[outcome]}m{text}\033[0m" if colour and outcome in _COLOURS else text


def _latex_formula(entry: Link | Remark) -> str | None:
    """Return the formula of a link as it was understood, None where it has no claim or is a remark."""
    verdict = getattr(entry, "verdict", None)
    claim = None if verdict is None else verdict.claim
    return None if claim is None else str(LATEX.relation(claim.lhs, claim.relation, claim.rhs))


def report_markdown(report: Report) -> str:
    """Return a report as a Markdown list."""
    lines = []
    for entry in _entries(report):
        outcome = _outcome(entry)
        formula = _latex_formula(entry)
        shown = f"${formula}$" if formula else f"`{_formula(entry).replace('`', chr(39))}`"
        lines.append(f"- line {entry.line}: {_MARKS.get(outcome, '·')} **{WORDS.get(outcome, outcome)}** {shown}")
        lines += [f"  - {' '.join(sentence.split())}" for sentence in _said(entry, MARKDOWN)]
    return "\n".join([*lines, "", summary(report)])


def report_latex(report: Report) -> str:
    """Return a report as a LaTeX list."""
    lines = [r"\begin{itemize}"]
    for entry in _entries(report):
        outcome = _outcome(entry)
        formula = _latex_formula(entry)
        shown = f"${formula}$" if formula else rf"\texttt{{{escaped(_formula(entry))}}}"
        lines.append(rf"\item[{entry.line}.] \textbf{{{WORDS.get(outcome, outcome)}}}: {shown}")
        if isinstance_link(entry):
            lines += [rf"\\ {sentence}" for sentence in _latex_sentences(entry)]
        else:
            lines += [rf"\\ {escaped(' '.join(sentence.split()))}" for sentence in _said(entry, TEXT)]
    return "\n".join([*lines, r"\end{itemize}", escaped(summary(report))])


def isinstance_link(entry: Link | Remark) -> bool:
    """Whether an entry of a report is a link."""
    return hasattr(entry, "verdict")


def _latex_sentences(entry: Any) -> list[str]:
    outside = MARKDOWN._replace(sentence=lambda pieces: "".join(_outside(piece) for piece in pieces))
    return explanation(entry.verdict, outside, entry.hint)


def _outside(piece: str) -> str:
    return f"${piece}$" if isinstance(piece, Math) else escaped(piece)


def verdict_data(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as data for JSON."""
    witness, slip, claim = verdict.witness, verdict.slip, verdict.claim
    return {
        "outcome": verdict.outcome,
        "claim": None if claim is None else str(claim),
        "conditions": [plain_text(condition) for condition in verdict.conditions],
        "witness": {plain_text(name): plain_text(value) for name, value in witness.values.items()} if witness else None,
        "left_value": witness.left.text() if witness else None,
        "right_value": witness.right.text() if witness else None,
        "slip": {"name": slip.name, "message": slip.message, "expression": plain_text(slip.expression)} if slip else None,
        "reason": verdict.reason or None,
    }


def report_json(report: Report) -> str:
    """Return a report as a JSON object."""
    links = [
        {
            "line": link.line,
            "left": link.left,
            "sign": link.sign,
            "right": link.right,
            "hint": link.hint or None,
            **verdict_data(link.verdict),
        }
        for link in report.links
    ]
    remarks = [{"line": r.line, "kind": r.kind, "text": r.text, "message": r.message} for r in report.remarks]
    data = {"outcome": report.outcome, "first_wrong": report.first_wrong, "summary": summary(report), "links": links, "remarks": remarks}
    return json.dumps(data, ensure_ascii=False)


_STYLE = """\
table.symentropy { border-collapse: collapse; font: 15px/1.5 sans-serif; }
.symentropy td { border-top: 1px solid #ccc; padding: .4em .8em; text-align: left; vertical-align: top; }
.symentropy code { font-size: 14px; white-space: pre-wrap; }
.symentropy .proved { color: #17692b; } .symentropy .refuted { color: #b3261e; font-weight: bold; }
.symentropy .undecided, .symentropy .unreadable { color: #8a5a00; }
.symentropy p { margin: .3em 0 0; }"""


def table_html(report: Report) -> str:
    """Return a report as an HTML table with its style."""
    rows = []
    for entry in _entries(report):
        outcome = _outcome(entry)
        said = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in _said(entry, TEXT))
        rows.append(
            f"<tr><td>{entry.line}</td><td class='{outcome}'>{_MARKS.get(outcome, '·')} {WORDS.get(outcome, outcome)}</td>"
            f"<td><code>{html.escape(_formula(entry))}</code>{said}</td></tr>"
        )
    return f"<style>{_STYLE}</style>\n<table class='symentropy'>\n{chr(10).join(rows)}\n</table>\n<p>{html.escape(summary(report))}</p>"


def report_html(report: Report) -> str:
    """Return a report as a page of its own, without anything that is loaded from elsewhere."""
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'><title>symentropy: homework</title></head>\n"
        f"<body>\n{table_html(report)}\n</body></html>"
    )


def verdict_report(verdict: Verdict, left: str, right: str) -> Report:
    """Return the report on a single answer."""
    from symentropy.homework.report import Link, Report  # both print by what is here

    return Report((Link(left, "=", right, 1, verdict),))
