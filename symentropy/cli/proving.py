"""The subcommands ``prove`` and ``theorems``: proofs, counterexamples and the catalogue.

Main definitions: `prove_options`, `prove_command`, `theorem_options`, `theorems_command`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby

from symentropy.cli.outcomes import EVALUATED, REFUTED, UNDECIDED, USAGE, Outcome, attempted
from symentropy.cli.progress import Progress
from symentropy.display import plain_text
from symentropy.proof.claim import Proof, Verdict
from symentropy.proof.search import SECONDS, decide
from symentropy.proof.theorems import theorems
from symentropy.proof.theorems.catalogue import Theorem

#: Exit status of a verdict.
STATUS = {"proved": EVALUATED, "refuted": REFUTED, "undecided": UNDECIDED}
#: What the page of all theorems says first.
INTRODUCTION = (
    "Each theorem of the catalogue with its proof, for the first of the distributions for which it is replayed. This page is the output of "
    "`symentropy theorems --format markdown`; every proof has been found and checked to print it. [Claims and proofs](proofs.md) says how "
    "a proof is checked and what is trusted."
)
#: Seconds beyond its budget after which a search is stopped from outside.
GRACE = 2.0


def prove_options(command: argparse.ArgumentParser) -> None:
    """Add the options of ``prove``."""
    command.add_argument(
        "claim",
        nargs="+",
        help="text with one relation, such as 'H(P, Q) >= H(P)'; - reads standard input, one a line, # starts a comment",
    )
    command.add_argument(
        "--given", action="append", default=[], metavar="G", help="a hypothesis or definition, such as '0 < p < 1/2' or 'P = [p, 1-p]'"
    )


def prove_command(options: argparse.Namespace) -> Iterator[Outcome]:
    """Prove a claim, or refute it with exact numbers.

    Prints the proof, each step of which the kernel has checked, or a point where the claim fails, with both sides there. Exit status:
    0 proved, 1 refuted, 2 the claim cannot be read or has no meaning, 3 undecided.
    """
    claims = list(lines_and_words(options.claim))
    for number, text in enumerate(claims, 1):
        with Progress(f"claim {number} of {len(claims)}, " if len(claims) > 1 else ""):
            outcome = attempted(lambda text=text: _decided(text, options), (options.timeout or SECONDS) + GRACE)  # type: ignore[misc]
        yield replace(outcome, message=f"claim {number}: {outcome.message}") if outcome.message and len(claims) > 1 else outcome


def lines_and_words(words: list[str]) -> Iterator[str]:
    """Go through arguments, with the lines of standard input in place of -."""
    for word in words:
        if word == "-":
            lines = (line.partition("#")[0].strip() for line in sys.stdin.read().splitlines())
            yield from filter(None, lines)
        else:
            yield word.strip()


def _decided(text: str, options: argparse.Namespace) -> Outcome:
    verdict = decide(text, options.given, timeout=options.timeout or SECONDS)
    return Outcome(VERDICT_FORMATS[options.format](verdict), status=STATUS[verdict.outcome])


def _verdict_text(verdict: Verdict) -> str:
    return f"{verdict}\n\n{verdict.proof}" if verdict.proof else str(verdict)


def _verdict_latex(verdict: Verdict) -> str:
    if verdict.proof is not None:
        return verdict.proof.to_latex()
    claim = "" if verdict.claim is None else verdict.claim._repr_latex_()
    return verdict.witness._repr_latex_() if verdict.witness else rf"\text{{undecided}}\quad {claim}"


def _verdict_markdown(verdict: Verdict) -> str:
    return verdict.proof.to_markdown() if verdict.proof else verdict._repr_markdown_()


def _verdict_json(verdict: Verdict) -> str:
    witness = verdict.witness
    fields = {
        "claim": str(verdict.claim),
        "outcome": verdict.outcome,
        "conditions": [plain_text(condition) for condition in verdict.conditions],
        "witness": {plain_text(name): plain_text(value) for name, value in witness.values.items()} if witness else None,
        "left": witness.left.text() if witness else None,
        "right": witness.right.text() if witness else None,
        "reason": verdict.reason or None,
        "proof": json.loads(verdict.proof.to_json()) if verdict.proof else None,
    }
    return json.dumps(fields, ensure_ascii=False)


VERDICT_FORMATS: dict[str, Callable[[Verdict], str]] = {
    "text": _verdict_text,
    "latex": _verdict_latex,
    "markdown": _verdict_markdown,
    "json": _verdict_json,
}


def theorem_options(command: argparse.ArgumentParser) -> None:
    """Add the options of ``theorems``."""
    command.add_argument(
        "name", nargs="*", help="theorems to prove; without one, the catalogue is listed, and with --format markdown proved"
    )


def theorems_command(options: argparse.Namespace) -> Iterator[Outcome]:
    """List the catalogue of theorems, or print some with their proofs.

    With names: the statements, the sources and the proofs, which are found again and checked. Without a name: the list, or with
    --format markdown a page of all theorems with their proofs.
    """
    if not options.name and options.format == "markdown":
        yield from _page(options)
    elif not options.name:
        yield Outcome(_catalogue_json() if options.format == "json" else _catalogue())
    for name in options.name:
        theorem = theorems.get(name)
        if theorem is None:
            near = [other for other in theorems if name in other]
            hint = f"; did you mean {', '.join(near)}" if near else ", which 'symentropy theorems' lists"
            yield Outcome(message=f"{name} is not a theorem of the catalogue{hint}", status=USAGE)
        else:
            yield _proved(theorem, options)


def _proved(theorem: Theorem, options: argparse.Namespace) -> Outcome:
    return attempted(lambda: Outcome(PROOF_FORMATS[options.format](theorem, theorem.prove())), options.timeout)


def _sections() -> Iterator[tuple[str, Iterator[Theorem]]]:
    return groupby(theorems.values(), key=lambda theorem: theorem.section)


def _catalogue() -> str:
    lines = []
    width = max(map(len, theorems))
    for section, members in _sections():
        lines += [f"{section}:", *(f"  {theorem.name:{width}}  {theorem.title}" for theorem in members), ""]
    return "\n".join(lines[:-1])


def _page(options: argparse.Namespace) -> Iterator[Outcome]:
    """Print a page of all theorems with their proofs."""
    yield Outcome(f"# The theorems\n\n{INTRODUCTION}\n")
    for section, members in _sections():
        yield Outcome(f"## {section}\n")
        for theorem in members:
            outcome = _proved(theorem, options)
            yield replace(outcome, text=f"### {theorem.name}\n\n{outcome.text}\n" if outcome.text else "")


def _catalogue_json() -> str:
    return "\n".join(
        json.dumps({"name": t.name, "section": t.section, "title": t.title, "sources": t.sources}, ensure_ascii=False)
        for t in theorems.values()
    )


def _theorem_text(theorem: Theorem, proof: Proof) -> str:
    return f"{theorem.title}.\nSources: {'; '.join(theorem.sources)}.\n\n{proof}"


def _theorem_markdown(theorem: Theorem, proof: Proof) -> str:
    others = [str(theorem.claim(*example)) for example in theorem.examples[1:]]
    more = ["Proved in the same way, among others:", "\n".join(f"- `{claim}`" for claim in others)] if others else []
    return "\n\n".join([f"{theorem.title}.", proof.to_markdown(), *more, f"Sources: {'; '.join(theorem.sources)}."])


PROOF_FORMATS: dict[str, Callable[[Theorem, Proof], str]] = {
    "text": _theorem_text,
    "latex": lambda _, proof: proof.to_latex(),
    "markdown": _theorem_markdown,
    "json": lambda _, proof: proof.to_json(),
}
