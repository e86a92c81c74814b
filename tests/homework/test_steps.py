"""Chains: a verdict for each link, the first wrong one, its line and its slip."""

import pytest

from symentropy import DomainError, ParseError, Report, check_document, check_steps


def outcomes(report):
    return [verdict.outcome for verdict in report]


def test_mixed_relations():
    report = check_steps("H([p, 1-p]) = -p log p - (1-p) log(1-p) <= log 2 < 1 = 0 > -1")
    assert isinstance(report, Report)
    assert outcomes(report) == ["proved", "proved", "proved", "refuted", "proved"]
    assert report.first_wrong == 3
    assert len(report) == 5
    assert report.outcome == "refuted"


def test_lines():
    report = check_steps("log(p^2 q)\n= 2 log p\n+ log q\n\n= 2 log p - log q")
    assert report.lines == (2, 5)
    assert outcomes(report) == ["proved", "refuted"]
    assert report[1].slip.name == "sign"


def test_the_previous_expression_is_what_was_expected():
    report = check_steps("log(p q) = log p + log q = log p - log q = log(p/q)")
    assert report.first_wrong == 1
    assert report.verdicts[1].slip.name == "sign"
    assert str(report.verdicts[1].claim).startswith("log(p) + log(q) = log(p) - log(q)")
    witness = report.verdicts[1].witness
    assert witness.claim == report.verdicts[1].claim
    assert "log(q)" in report.verdicts[1].slip.message


def test_a_condition_and_a_larger_domain():
    report = check_steps("log(x^2) = 2 log x")
    assert outcomes(report) == ["proved"]
    assert [str(fact) for fact in report[0].conditions] == ["x > 0"]
    assert "the right side is defined only for x > 0" in str(report)
    assert report.links[0].hint
    backwards = check_steps("2 log x = log(x^2)")
    assert "the left side is defined only for x > 0" in str(backwards)
    assert not check_steps("log(x^2) = 2 log x", "x > 0").links[0].hint


@pytest.mark.parametrize("step", ["log(p-1)", "1/0", "log(0)", "log(-1)", "log(p, 1)", "1/(p-p)"])
def test_a_step_without_meaning_is_refuted(step):
    report = check_steps(f"log p = log p = {step}")
    assert outcomes(report) == ["proved", "refuted"]
    assert report[1].witness is None
    assert report[1].reason
    assert report[1].reason in str(report)


def test_text_and_errors():
    with pytest.raises(ParseError, match="at least one relation"):
        check_steps("log 2")
    with pytest.raises(ParseError):
        check_steps("p = ")
    with pytest.raises(ParseError):
        check_steps("p = log( = q")
    with pytest.raises(DomainError):
        check_steps("p = p", ["p > 2", "p < 1"])


def test_environments():
    text = "\\begin{align}\nH(P) &= \\sum_s p_s \\log\\frac{1}{p_s} \\\\\n  &\\ge 0\n\\end{align}"
    report = check_steps(text)
    assert outcomes(report) == ["proved", "proved"]
    assert report.lines == (2, 3)
    assert "begin" not in str(report)


def test_an_exponential_for_an_expectation():
    report = check_steps(r"\sum_s -p_s \log (p_s) = \exp{-\log p_s}")
    assert outcomes(report) == ["refuted"]
    assert report[0].witness is not None
    assert report.links[0].hint == r"an expectation was probably meant: \mathbb{E}[-\log p_s], which is right"
    assert not check_steps(r"\sum_s p_s \log (p_s) = \exp{-\log p_s}").links[0].hint


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("H([1/4, 3/4]) \\approx 0.5623", "proved"),
        ("H([1/4, 3/4]) ≈ 0.562", "proved"),
        ("H([1/4, 3/4]) ≈ 0.5624", "refuted"),
        ("log 2 ≈ 0.69", "proved"),
        ("log 2 ≈ 0.6931", "proved"),
        ("log 2 ≈ 0.694", "refuted"),
    ],
)
def test_roundings(text, found):
    assert outcomes(check_steps(text)) == [found]


def test_the_time_for_a_whole_text_is_bounded():
    report = check_steps(" = ".join(f"log({k} p)" for k in range(2, 40)), whole=0.0)
    assert set(outcomes(report)) == {"undecided"}


def test_hypotheses_about_other_names_stay_out():
    report = check_steps("log(p^2) = log p", ["sigma > 0", "q < p"])
    assert {str(name) for name in report[0].witness.values} == {"p", "q"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-p log p - q log q = H(p) since q = 1-p", ["undecided"]),
        (r"\begin{align} -p\log p - q\log q &= H(p) && \text{since $q = 1-p$} \\ &= 2 H(q) \end{align}", ["undecided", "refuted"]),
        (r"-p\log p - q\log q = H(p) \quad\text{because } p + q = 1", ["undecided"]),
        ("log p + log q = log(p+q) since log p + log q = log(p+q)", ["refuted"]),
        ("(p+q)^2 = p^2 + q^2 because (p+q)^2 = p^2 + q^2", ["refuted"]),
        ("log p >= p since log t <= t - 1", ["refuted"]),
        ("log p = log p - log q since p < 1/2", ["refuted"]),
    ],
)
def test_what_a_reason_says_of_letters_is_not_forgotten(text, expected):
    assert outcomes(check_steps(text)) == expected
    assert outcomes(check_document(f"$${text}$$")) == expected


def test_a_rounding_is_no_inequality():
    (verdict,) = check_steps(r"7/4 log 2 \approx 1.75")
    assert verdict.outcome == "refuted"
    assert verdict.slip is None
