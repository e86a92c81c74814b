"""The reference of the notation, made of ``tests/data/notation_cases.json``, which the tests compare with what is read.

``python tests/notation/reference_page.py > docs/notation_reference.md`` writes the page.
"""

import json
from pathlib import Path

ROOT = Path(__file__).parent.parent
CASES = json.loads((ROOT / "data" / "notation_cases.json").read_text(encoding="utf-8"))

INTRODUCTION = """\
# Notation by example

What is written, and how SymPy prints what is read. This page is made from the cases that the tests check
(`tests/data/notation_cases.json`); [Notation](notation.md) explains the rules.
"""


def code(text):
    """Return text as code in a cell of a table, with bars that do not end the cell."""
    return "`" + text.replace("|", "\\|") + "`"


def section(title, head, rows):
    """Return a heading and a table."""
    lines = [f"## {title}", "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines) + "\n"


def page():
    """Return the page."""
    parts = [INTRODUCTION]
    for group in CASES["read"]:
        has_given = any("given" in case for case in group["cases"])
        head = ["written", "given", "read as"] if has_given else ["written", "read as"]
        rows = []
        for case in group["cases"]:
            given = [", ".join(map(code, case.get("given", ())))] if has_given else []
            rows.append([code(case["text"]), *given, code(case["means"])])
        parts.append(section(group["title"], head, rows))
    refused = [[code(case["text"]), case["why"]] for case in CASES["refused"]]
    parts.append(section("What is not read", ["written", "why, or what to write"], refused))
    return "\n".join(parts)


if __name__ == "__main__":
    print(page(), end="")
