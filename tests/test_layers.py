"""Imports point one way, and importing the package stays cheap."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import symentropy

ROOT = Path(symentropy.__file__).parent
#: From the bottom up; a module imports only from layers before its own, or from its own package.
LAYERS = [
    "errors",
    "conditions",
    "interruption",
    "exact",
    "linear",
    "smooth",
    "evaluation",
    "logarithms",
    "layout",
    "weights",
    "outcomes",
    "hypotheses",
    "law",
    "finite",
    "definiteness",
    "distribution",
    "definitions",
    "closed_form",
    "display",
    "expectation",
    "quantity",
    "quantities",
    "code",
    "proof.encoding",
    "proof.writing",
    "proof.claim",
    "notation",
    "digits",
    "proof",
    "catalogue",
    "fisher",
    "homework",
    "plotting",
    "cli",
]
#: The same inside the package ``proof``, without the data of proofs, on which the notation rests.
PROOF = [
    *("forms", "signs", "polynomials", "indices", "inequalities", "structure", "facts", "domain", "unfolding", "definedness"),
    *("canonical", "substitution", "calculus", "equations", "expectations"),
    *("constants", "witness_values", "point_options", "ground", "descent", "points", "witness", "plausible"),
    *("checks", "normalisers", "densities", "joint", "tilting", "totals", "analysis", "kernel"),
    *("draft", "tactics", "search", "derivation", "coding", "theorems"),
]
#: The same inside the package ``evaluation``.
EVALUATION = ["balls", "enclosure", "functions", "sums", "integrals", "totals", "precision"]


def layer(parts):
    """Return the place of a module, given by the parts of its name, in the layers."""
    name = ".".join(parts[:2])
    return LAYERS.index(name) if name in LAYERS else LAYERS.index(parts[0])


def nodes(tree):
    """Return the nodes of a module that are there when it runs, without what only type checkers import."""
    for child in ast.iter_child_nodes(tree):
        if not (isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING"):
            yield child
            yield from nodes(child)


def imports_of(path):
    for node in nodes(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert all(alias.name != "*" for alias in node.names), f"{path}: import *"
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_imports_point_one_way():
    seen = set()
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[0] in ("__init__", "__main__"):
            continue
        seen.add(layer(parts))
        for name in imports_of(path):
            if name.startswith("symentropy."):
                target = name.split(".")[1:]
                assert layer(target) < layer(parts) or (layer(target) == layer(parts) and target[0] == parts[0]), f"{path} imports {name}"
    assert seen == set(range(len(LAYERS)))


def test_imports_inside_proof_point_one_way():
    seen = set()
    for path in (ROOT / "proof").rglob("*.py"):
        own = path.relative_to(ROOT / "proof").with_suffix("").parts[0]
        if own not in PROOF:
            assert own == "__init__" or f"proof.{own}" in LAYERS, f"{path} has no layer"
            continue
        seen.add(own)
        for name in imports_of(path):
            parts = name.split(".")
            if parts[:2] == ["symentropy", "proof"] and parts[2:3] and parts[2] in PROOF:
                assert parts[2] == own or PROOF.index(parts[2]) < PROOF.index(own), f"{path} imports {name}"
    assert seen == set(PROOF)


def test_imports_inside_evaluation_point_one_way():
    seen = set()
    for path in (ROOT / "evaluation").rglob("*.py"):
        own = path.relative_to(ROOT / "evaluation").with_suffix("").parts[0]
        if own == "__init__":
            continue
        seen.add(own)
        for name in imports_of(path):
            if name.startswith("symentropy.evaluation."):
                target = name.split(".")[2]
                assert target == own or EVALUATION.index(target) < EVALUATION.index(own), f"{path} imports {name}"
    assert seen == set(EVALUATION)


def test_only_sympy_and_mpmath_are_needed():
    allowed = {"sympy", "mpmath", "symentropy", *sys.stdlib_module_names}
    for path in ROOT.rglob("*.py"):
        for name in imports_of(path):
            assert name.split(".")[0] in allowed, f"{path} imports {name}"


def test_importing_does_not_load_the_statistics_module():
    code = "import sys, symentropy, symentropy.cli; sys.exit('sympy.stats' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_public_names_exist_and_are_documented():
    for name in symentropy.__all__:
        assert getattr(symentropy, name).__doc__, name


def test_the_page_of_architecture_lists_the_layers_in_their_order():
    page = (ROOT.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = [line.split(" | ")[0] for line in page.partition("## Ideas")[0].splitlines() if line.startswith("| `")]
    assert [name for row in rows for name in re.findall(r"`([\w.]+)`", row)] == LAYERS


#: Parts of the package ``proof`` that the kernel imports and does not believe: how claims are held, printed and written as data and code.
NOT_TRUSTED = {"claim", "encoding", "writing"}


def test_what_the_kernel_imports_is_on_the_list_of_what_is_trusted():
    page = (ROOT.parent / "docs" / "proofs.md").read_text(encoding="utf-8")
    trusted = page.partition("## What is trusted")[2].partition("\n## ")[0]
    found, waiting = set(), ["symentropy.proof.kernel"]
    while waiting:
        module = waiting.pop()
        path = ROOT.parent.joinpath(*module.split("."))
        path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if module not in found and path.is_file():
            found.add(module)
            waiting += [name for name in imports_of(path) if name.startswith("symentropy.proof.")]
    parts = {name.split(".")[2] for name in found} - NOT_TRUSTED
    assert {"kernel", "canonical", "domain"} < parts
    assert sorted(part for part in parts if not re.search(rf"`(?:symentropy\.)?(?:proof\.)?{part}`", trusted)) == []
