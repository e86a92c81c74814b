"""The command line: answers, formats, messages and exit statuses, and never a traceback."""

import io
import json
import os
import re
import shlex
import subprocess
import sys
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy import Rational

import symentropy
from symentropy.cli import COMMANDS, main, proving
from symentropy.cli.progress import Progress


def run(capsys, *arguments):
    """Return the exit status, standard output and standard error."""
    try:
        status = main(list(arguments))
    except SystemExit as stop:
        status = stop.code
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.mark.parametrize(
    ("arguments", "output"),
    [
        (["H([1/3, 2/3])"], "H([1/3, 2/3]) = -2*log(2)/3 + log(3)\n              ≈ 0.636514168294813 nats"),
        (["H([1/2, 1/4, 1/4])", "--base", "2"], "H([1/4, 1/4, 1/2])/log(2) = 3/2\n                          ≈ 1.50000000000000 bits"),
        (["h(1/8)", "--base", "2"], "h(1/8)/log(2) = 3 bits"),
        (["D([1/2, 1/2] || [1, 0])"], "D_KL([1/2, 1/2] ‖ [1, 0]) = oo nats"),
        (["D([1/2, 1/2] || [1/2, 1/2])"], "D_KL([1/2, 1/2] ‖ [1/2, 1/2]) = 0 nats"),
        (["H([p, 1-p])"], "H([p, 1 - p]) = -p*log(p) - (1 - p)*log(1 - p) nats"),
        (["1/3 + 1/6", "--digits", "3"], "1/2\n    ≈ 0.500"),
        (["log(8)", "--base", "2"], "3"),
        (["2^10"], "1024"),
        (["H([p, 1-p])", "--base", "10"], "H([p, 1 - p])/log(10) = -p*log(p)/log(10) - (1 - p)*log(1 - p)/log(10) hartleys"),
        (
            ["H([1/2, 1/2])", "--base", "5/2", "--digits", "5"],
            "H([1/2, 1/2])/log(5/2) = log(2)/log(5/2)\n                       ≈ 0.75647 units of log 5/2",
        ),
    ],
)
def test_answers(capsys, arguments, output):
    if arguments[0].startswith("H([1/2, 1/4, 1/4])"):
        output = output.replace("[1/4, 1/4, 1/2]", "[1/2, 1/4, 1/4]")
    assert run(capsys, "eval", *arguments) == (0, output + "\n", "")


def test_many_digits_against_an_independent_value(capsys):
    status, output, _ = run(capsys, "eval", "H([1/2, 1/2])", "--digits", "1000")
    assert status == 0
    digits = output.split("≈ ")[1].split()[0]
    assert len(digits) == len("0.") + 1000
    by_series = sum(Rational(1, k * 2**k) for k in range(1, 3400))  # log 2 = sum of 1/(k 2^k)
    assert abs(Rational(digits) - by_series) < Rational(1, 10**999)


def test_formats(capsys):
    _, latex, _ = run(capsys, "eval", "D([1/2, 1/2] || [1/4, 3/4])", "--format", "latex", "--digits", "5")
    assert latex == (
        r"D_{\mathrm{KL}}\left(\left[\frac{1}{2}, \frac{1}{2}\right] \,\|\, \left[\frac{1}{4}, \frac{3}{4}\right]\right) "
        r"= \frac{\log{\left(\frac{2}{3} \right)}}{2} + \frac{\log{\left(2 \right)}}{2} \approx 0.14384\ \text{nats}" + "\n"
    )
    _, markdown, _ = run(capsys, "eval", "D([1/2, 1/2] || [1/4, 3/4])", "--format", "markdown", "--digits", "5")
    assert markdown == f"$$\n{latex}$$\n"
    _, text, _ = run(capsys, "eval", "h(1/8)", "--format", "json", "--base", "2")
    assert json.loads(text) == {
        "expression": "h(1/8)/log(2)",
        "value": "3",
        "latex": "3",
        "digits": "3",
        "lower": "3",
        "upper": "3",
        "certified": True,
        "unit": "bits",
        "note": None,
    }
    _, text, _ = run(capsys, "eval", "H([1/3, 2/3])", "--format", "json", "--digits", "2000")
    found = json.loads(text)
    low, high = (Fraction(*(int(Decimal(part)) for part in found[end].split("/"))) for end in ("lower", "upper"))
    assert 0 < high - low < Fraction(1, 10**2000)
    assert abs(Fraction(Decimal(found["digits"])) - low) < Fraction(1, 10**2000)
    _, text, _ = run(capsys, "eval", "H([p, 1-p])", "--format", "json")
    assert json.loads(text)["digits"] is None
    _, latex, _ = run(capsys, "eval", "1/2^200 + 0*h(1/2)", "--format", "latex", "--digits", "3")
    assert r"6.22 \times 10^{-61}" in latex


def test_standard_input(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("h(1/2)\n"))
    assert run(capsys, "eval", "-")[1].startswith("h(1/2) = log(2)")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["eval", "H([1/2, 1/3])"], 2, "symentropy: the probabilities sum to 5/6, not 1"),
        (["eval", "1 +"], 2, "line 1, column 4"),
        (["eval", ""], 2, "symentropy: "),
        (["eval", "__import__('os')"], 2, "symentropy: "),
        (["eval", "1/0"], 2, "division by zero"),
        (["eval", "H([1/2, 1/2], [1/3, 1/3, 1/3])"], 2, "cannot be compared"),
        (["eval", "H([p, 1-p])", "--digits", "5"], 2, "no digits: the value depends on p"),
        (["eval", "H(Normal(0, -1))"], 2, "must be positive"),
        (["eval", "h(2)"], 2, r"outside [0, 1]"),
        (["eval", "1", "--digits", "0"], 2, "not a number of digits from 1 to"),
        (["eval", "1", "--digits", "many"], 2, "not a number of digits"),
        (["eval", "1", "--base", "1"], 2, "positive number other than 1"),
        (["eval", "1", "--base", "two"], 2, "argument --base: 'two': "),
        (["eval", "H([1/2])"], 2, "the probabilities sum to 1/2, not 1"),
        (["eval", "H([p])"], 2, "a list of one probability"),
        (["eval", "H([1/3 2/3])"], 2, "write * or a comma between them"),
        (["eval", "entropy([1/2, 1/2])"], 2, "write H([1/3, 2/3])"),
        (["eval", "y"], 2, "y is not declared: use a known letter"),
        (["eval", "1", "--timeout", "-1"], 2, "not a positive number of seconds"),
        (["eval", "1", "--format", "pdf"], 2, "invalid choice: 'pdf'"),
        (["eval", "1", "--frobnicate"], 2, "unrecognized arguments: --frobnicate"),
        (["eval"], 2, "no expression: give one"),
        (["evaluate", "1"], 2, "invalid choice: 'evaluate'"),
        ([], 2, "required: COMMAND"),
        (["eval", "H(Skellam(1, 2))", "--digits", "300", "--timeout", "0.2"], 3, "no answer within the time budget of 0.2 s"),
    ],
)
def test_errors_are_one_message_and_a_status(capsys, arguments, status, message):
    start = time.perf_counter()
    found, output, error = run(capsys, *arguments)
    assert found == status
    assert output == ""
    assert message in error
    assert error.startswith("symentropy: ")
    assert "Traceback" not in error
    assert time.perf_counter() - start < 30


def test_the_exact_value_is_printed_where_digits_are_not_reached(capsys):
    status, output, error = run(capsys, "eval", "D(Zeta(7/2) || Skellam(5/2, 1))", "--digits", "20")
    assert status == 3
    assert output.startswith("D_KL(Zeta(7/2) ‖ Skellam(5/2, 1)) = ")
    assert "Sum(" in output
    assert error == "symentropy: the terms of the sum fall too slowly\n"
    status, output, error = run(capsys, "eval", "D(Zeta(7/2) || Skellam(5/2, 1))", "--format", "json")
    assert status == 3
    assert json.loads(output)["digits"] is None
    assert json.loads(output)["note"] in error


@pytest.mark.parametrize(
    ("text", "output"),
    [
        ("-2^2", "-4"),
        ("-log(2)*0", "0"),
        ("2H([1/2, 1/2])", "2*H([1/2, 1/2]) = 2*log(2)\n                ≈ 1.38629436111990 nats"),
        ("h(1/2) - h(1/2)", "0"),
        ("H([1/2, 1/2]) + h(1/2)", "H([1/2, 1/2]) + h(1/2) = 2*log(2)\n                       ≈ 1.38629436111990 nats"),
        ("h(1/2)^2", "h(1/2)**2 = log(2)**2\n          ≈ 0.480453013918201"),
    ],
)
def test_signs_and_units(capsys, text, output):
    output = output.replace("1.38629436111990", "1.38629436111989")
    assert run(capsys, "eval", text) == (0, output + "\n", "")


def test_a_gaussian_model_has_digits(capsys):
    output = run(capsys, "eval", "D(Exponential(1) || Normal(0, 1))")[1]
    assert "≈ 0.918938533204673 nats" in output  # log(2 pi)/2


def test_bases_are_read_as_text(capsys):
    assert run(capsys, "eval", "log(8)", "--base", "2^3")[1] == "1\n"
    assert run(capsys, "eval", "log(e)", "--base", "pi", "--digits", "5")[1] == "1/log(pi)\n          ≈ 0.87357\n"
    assert run(capsys, "eval", "h(1/2)", "--base", "b")[1] == "h(1/2)/log(b) = log(2)/log(b) units of log b\n"


def test_several_expressions(capsys, monkeypatch, tmp_path):
    status, output, error = run(capsys, "eval", "h(1/2)", "h(2)", "h(1/3)", "--digits", "3")
    assert output == "h(1/2) = log(2)\n       ≈ 0.693 nats\nh(1/3) = log(3)\n       ≈ 1.10 nats\n"
    assert (status, error) == (2, "symentropy: expression 2: the probability is 2, outside [0, 1]\n")
    monkeypatch.setattr("sys.stdin", io.StringIO("h(1/2)\n\n# a comment\nh(1/3)  # another\n"))
    assert run(capsys, "eval", "-", "--format", "json")[1].count('"unit": "nats"') == 2
    listed = tmp_path / "expressions.txt"
    listed.write_text("H([1/3, 2/3])\n\nH([1/3, 2/3]\n1/7\n", encoding="utf-8")
    status, output, error = run(capsys, "eval", "--file", str(listed), "h(1/2)")
    assert (status, output.count("≈"), f"{listed}, line 3: " in error) == (2, 3, True)
    status, _, error = run(capsys, "eval", "--file", str(tmp_path / "missing"))
    assert (status, "cannot be read" in error) == (2, True)
    status, _, error = run(capsys, "eval")
    assert (status, error.startswith("symentropy: no expression: give one")) == (2, True)


def test_a_time_budget_for_each_expression(capsys):
    status, output, error = run(
        capsys, "eval", "H([1/3, 2/3])", "H([1/3, 2/3])*pi^pi", "h(1/2)", "--digits", "1000000", "--timeout", "0.05"
    )
    assert (status, output, error.count("time budget of 0.05 s")) == (3, "", 3)


def test_progress_is_shown_on_a_terminal_only(monkeypatch):
    monkeypatch.setattr("symentropy.cli.progress.PATIENCE", 0.01)
    for terminal, expected in ((True, True), (False, False)):
        stream = io.StringIO()
        stream.isatty = lambda terminal=terminal: terminal
        monkeypatch.setattr("sys.stderr", stream)
        with Progress("expression 2 of 3, "):
            time.sleep(0.1)
        assert ("symentropy: expression 2 of 3, 0 s" in stream.getvalue()) == expected
        assert stream.getvalue().endswith("\r\033[K") == expected


def test_standard_input_of_any_kind(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("\ufeffh(1/2)\r\n"))
    assert run(capsys, "eval", "-")[0] == 0
    monkeypatch.setattr("sys.stdin", None)
    assert run(capsys, "eval", "-")[0] == 2


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_any_output_encoding(encoding):
    program = [sys.executable, "-m", "symentropy", "eval", "D([1/3, 2/3] || [1/2, 1/2])"]
    done = subprocess.run(program, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode(encoding).startswith("D_KL([1/3, 2/3] ")


def test_a_full_disk_is_one_message():
    command = f"{sys.executable} -m symentropy eval 'h(1/2)' > /dev/full"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == 2


def test_version_and_help(capsys):
    assert run(capsys, "--version") == (0, f"symentropy {symentropy.__version__}\n", "")
    for arguments in (["--help"], ["eval", "--help"]):
        status, output, _ = run(capsys, *arguments)
        assert status == 0
        assert 'symentropy eval "H([1/3, 2/3])"' in output


def examples(capsys, *command):
    _, output, _ = run(capsys, *command, "--help")
    lines = output.partition("examples:\n")[2].partition("\nnotation:")[0].splitlines()
    return [shlex.split(re.split(r"   |(?<=\") (?=\w)", line.strip())[0])[1:] for line in lines if not line.strip().startswith("echo")]


@pytest.mark.parametrize("command", ["eval", "derive", "prove", "theorems", "closed-forms"])
def test_the_examples_of_the_help_work(command, capsys):
    own = examples(capsys, command)
    assert own
    assert all(arguments[0] == command for arguments in own)
    for arguments in own:
        if "--file" not in arguments:
            is_refuted = arguments[1:] == ["H([p, 1-p]) >= p"]
            assert run(capsys, *arguments, "--timeout", "60")[0] == int(is_refuted), arguments


def test_each_command_has_examples_of_its_own_and_all_are_in_the_help_of_the_program(capsys):
    of_all = examples(capsys)
    assert of_all == [arguments for command in COMMANDS for arguments in examples(capsys, command)]
    for command in COMMANDS:
        _, output, _ = run(capsys, command, "--help")
        assert "\n    " not in output.partition("positional arguments")[0].partition("\n\n")[2]  # the text is not indented
        assert "--timeout S" in output
        assert "default:" in output


def test_a_second_word_after_given_is_explained(capsys):
    with pytest.raises(SystemExit):
        main(["prove", "H(P) <= log n", "--given", "P = [p, 1-p]", "n = 2"])
    assert "--given takes one statement, repeat it for more" in capsys.readouterr().err


def test_grading_has_the_formats_that_it_writes(capsys):
    status, _, message = run(capsys, "grade", "answers.csv", "--expected", "log p", "--format", "latex")
    assert status == 2
    assert "choose from" in message


def test_as_a_program():
    done = subprocess.run([sys.executable, "-m", "symentropy", "eval", "h(1/2)"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("h(1/2) = log(2)")
    done = subprocess.run([sys.executable, "-m", "symentropy", "eval", "h("], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("symentropy: ")


def test_a_reader_that_goes_away_is_no_error():
    command = f"{sys.executable} -m symentropy eval 'h(1/2)' --digits 20000 | true"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Hh(D|)[]{},1/2pq.+-*^ \\log\u03c3e!\x00\n", max_size=12))
def test_no_text_gives_a_traceback(text):
    assume(text != "-")  # standard input
    assert main(["eval", "--timeout", "20", "--", text]) in (0, 2, 3)


def test_standard_input_that_is_not_text():
    program = [sys.executable, "-m", "symentropy", "eval", "-"]
    done = subprocess.run(program, input=b"\xff\xfe1", capture_output=True, check=False)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_integers_of_any_length(capsys):
    for form in ("text", "latex"):
        assert run(capsys, "eval", "10^5000", "--format", form)[:2] == (0, "1" + "0" * 5000 + "\n")
    assert json.loads(run(capsys, "eval", "10^5000", "--format", "json")[1])["latex"] == "1" + "0" * 5000


@pytest.mark.parametrize(
    ("arguments", "status", "part"),
    [
        (["H([p, 1-p]) <= log 2"], 0, "Equality holds if and only if p = 1/2."),
        (["D(P || Q) >= 0", "--format", "latex"], 0, r"\begin{align*}"),
        (["H([p, 1-p]) >= p"], 1, "at p = 3/4"),
        (["H(P) <= 3/5", "--given", "P = [p, 1-p]"], 1, "at p = 1/2"),
        (["H([p, 1-p]) >= 4 p (1-p) log 2", "--timeout", "1"], 3, "undecided"),
    ],
)
def test_prove(capsys, arguments, status, part):
    found, output, errors = run(capsys, "prove", *arguments)
    assert (found, errors) == (status, "")
    assert part in output


@pytest.mark.parametrize(
    ("arguments", "status", "part"),
    [
        (["D(Exponential(a) || Exponential(b))", "--given", "a > 0", "--given", "b > 0"], 0, "Claim: D_KL(Exponential(a)"),
        (["H(Normal(mu, sigma))", "--format", "latex"], 0, r"\begin{align*}"),
        (["H(Normal(mu, sigma))", "--format", "markdown"], 0, "**Claim.**"),
        (["H(Normal(mu, sigma))", "--format", "json"], 0, '"rule": "expectation"'),
        (["H(Poisson(lambda))"], 3, "remains as a series"),
        (["D(Normal(mu, sigma) || Exponential(1))"], 0, "= oo"),
        (["H(Uniform(0, 2), Uniform(0, 1))"], 3, "is oo"),
        (["H(Normal(mu, sigma)"], 2, "symentropy: "),
    ],
)
def test_derive(capsys, arguments, status, part):
    found, output, errors = run(capsys, "derive", *arguments)
    assert found == status
    assert part in output + errors
    assert "Traceback" not in errors


def test_derive_several(capsys):
    status, output, errors = run(capsys, "derive", "H(Normal(mu, sigma))", "H(Poisson(lambda))")
    assert status == 3
    assert "H(Normal(mu, sigma)) =" in output
    assert errors.startswith("symentropy: quantity 2: ")


def test_prove_as_json(capsys):
    status, output, _ = run(capsys, "prove", "H([p, 1-p]) <= log 2", "--format", "json")
    found = json.loads(output)
    assert (status, found["outcome"]) == (0, "proved")
    proof = symentropy.Proof.from_json(json.dumps(found["proof"]))
    assert symentropy.verify(proof) == proof.claim
    status, output, _ = run(capsys, "prove", "H([p, 1-p]) >= p", "--format", "json")
    assert (status, json.loads(output)["witness"]) == (1, {"p": "3/4"})


@pytest.mark.parametrize(
    ("claim", "part"),
    [
        ("log(p - 1) <= 0", "never defined"),
        ("H(P)", "a relation such as"),
        ("H(P) >=", "the text ends"),
        ("p < q < r", "a chain of 2 relations"),
        ("c > 0", "c is not declared"),
    ],
)
def test_claims_without_meaning(capsys, claim, part):
    status, output, errors = run(capsys, "prove", claim)
    assert (status, output) == (2, "")
    assert part in errors
    assert "Traceback" not in errors


def test_the_page_of_theorems(capsys, monkeypatch):
    names = ["surprise_additive", "kl_nonneg"]
    monkeypatch.setattr(proving, "theorems", {name: symentropy.theorems[name] for name in names})
    status, output, _ = run(capsys, "theorems", "--format", "markdown")
    assert status == 0
    assert re.findall(r"^#+ (.*)$", output, re.MULTILINE)[0] == "The theorems"
    assert [line[4:] for line in output.splitlines() if line.startswith("### ")] == names
    assert output.count("**Claim.**") == 2


def test_theorems(capsys):
    status, output, errors = run(capsys, "theorems")
    assert (status, errors) == (0, "")
    assert all(name in output for name in symentropy.theorems)
    status, output, _ = run(capsys, "theorems", "kl_nonneg")
    assert status == 0
    assert "Equality holds if and only if p = q." in output
    status, output, errors = run(capsys, "theorems", "nonneg")
    assert (status, output) == (2, "")
    assert "did you mean" in errors


def test_closed_forms(capsys):
    status, output, errors = run(capsys, "closed-forms", "Rayleigh")
    assert (status, errors) == (0, "")
    assert "H(Rayleigh(sigma)) = log(sigma) - log(2)/2 + EulerGamma/2 + 1\n" in output
    assert all("Rayleigh" in line for line in output.splitlines())
    status, output, _ = run(capsys, "closed-forms", "--format", "json", "Rayleigh", "Maxwell")
    assert json.loads(output)["quantity"] == "D_KL(Rayleigh(a) ‖ Maxwell(b))"
    assert run(capsys, "closed-forms", "half-Cauchy", "--format", "latex")[1].startswith("H\\left(")
    status, output, errors = run(capsys, "closed-forms", "Rayleihg")
    assert (status, output) == (2, "")
    assert "no entry has Rayleihg" in errors


def test_a_closed_form_as_python(capsys):
    status, output, error = run(capsys, "derive", "D(Exponential(lambda) || Exponential(theta))", "--format", "python")
    assert (status, error) == (0, "")
    names = {}
    exec(output, names)
    assert names["kl_divergence_exponential_exponential"](2, 2) == 0.0
    status, output, error = run(capsys, "derive", "H(Poisson(lambda))", "--format", "python")
    assert (status, output) == (3, "")
    assert "remains as a series" in error
