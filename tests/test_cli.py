"""The command line: answers, formats, messages and exit statuses, and never a traceback."""

import io
import json
import os
import subprocess
import sys
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy import Rational

import symentropy
from symentropy.cli import main


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
        "digits": "3.00000000000000",
        "unit": "bits",
        "note": None,
    }
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
        (["eval"], 2, "the following arguments are required: expression"),
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
    status, output, error = run(capsys, "eval", "H(Zeta(2))", "--digits", "20")
    assert status == 3
    assert output.startswith("H(Zeta(2)) = Sum(")
    assert error.startswith("symentropy: no digits")
    status, output, error = run(capsys, "eval", "H(Zeta(2))", "--format", "json")
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


def test_standard_input_holds_one_expression(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("h(1/2)\n\nh(1/3)\n"))
    status, _, error = run(capsys, "eval", "-")
    assert (status, "line 3" in error) == (2, True)
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


def test_the_examples_of_the_help_work(capsys):
    _, output, _ = run(capsys, "--help")
    examples = [line.split('"')[1] for line in output.splitlines() if line.strip().startswith("symentropy eval")]
    assert len(examples) >= 6
    for example in examples:
        assert run(capsys, "eval", example, "--timeout", "60")[0] == 0


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
    assert run(capsys, "eval", "10^5000")[:2] == (0, "1" + "0" * 5000 + "\n")
    assert "--format text" in run(capsys, "eval", "10^5000", "--format", "latex")[2]
