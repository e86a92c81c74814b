"""Expectations under pmfs are sums over their states."""

import pytest

from symentropy import ParseError, decide, parse


@pytest.mark.parametrize(
    ("text", "sum_of_states"),
    [
        (r"\mathbb{E}_{x\sim P}[-\log q(x)]", "-sum_s p_s log q_s"),
        (r"\mathbb{E}[-\log p_s]", "-sum_s p_s log p_s"),
        ("E[-log p(x)]", "-sum_s p_s log p_s"),
        (r"\mathbb E_P\left[\log\frac{p(X)}{q(X)}\right]", "sum_s p_s log(p_s/q_s)"),
        (r"E_Q[\log p_s]", "sum_s q_s log p_s"),
        (r"E_{p(x)}[\log p(x)]", "sum_s p_s log p_s"),
        ("E[h(s)]", "-sum_s p_s log p_s"),
        ("E[log p(x) + log q(x)]", "sum_s p_s (log p_s + log q_s)"),
        (r"\mathbb{E}_Q(p_s)", "sum_s p_s q_s"),
        (r"\sum_i p_i E[q_s]", "sum_i p_i sum_s p_s q_s"),
    ],
)
def test_read(text, sum_of_states):
    assert parse(f"{text} - ({sum_of_states})").doit() == 0 or decide(f"{text} = {sum_of_states}").outcome == "proved"


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("H(P) = E[-log p(x)]", ()),
        (r"H(P, Q) = \mathbb{E}_{x \sim P}[-\log q(x)]", ()),
        (r"D(P||Q) = \mathbb{E}_P[\log(p_s/q_s)]", ()),
        (r"E_P[-\log p_s] = \log 2", ["P = [1/2, 1/2]"]),
        ("E[2] = 2", ()),
        (r"\log \mathbb{E}[p_s] >= \mathbb{E}[\log p_s]", ()),
    ],
)
def test_proved(text, given):
    assert decide(text, given).outcome == "proved"


def test_the_wrong_distribution_is_refuted():
    assert decide(r"H(P, Q) = \mathbb{E}_Q[-\log p_s]").outcome == "refuted"


@pytest.mark.parametrize(
    ("text", "given", "message"),
    [
        ("E[x]", (), "the outcome itself"),
        (r"E_{x \sim P}[x]", (), "the outcome itself"),
        (r"E_{x \sim P}[x p(x)]", (), "the outcome itself"),
        ("E[-log p]", (), "the outcome itself"),
        ("E_N[log p_s]", (), "a distribution such as P or Q"),
        ("E[p_s", (), "] is expected here"),
        ("E_P", (), "an expectation is written"),
        ("2 E + 1", (), "Euler's number is e"),
        ("E[X + Y]", ["X ~ Bernoulli(p)", "Y ~ Bernoulli(q)"], "over one random variable"),
        ("E[" * 300 + "p_s" + "]" * 300, (), "nested deeper"),
    ],
)
def test_refused(text, given, message):
    with pytest.raises(ParseError) as caught:
        parse(text, given)
    assert message in str(caught.value)


def test_a_declared_name_stays_one():
    assert str(parse("E + 1", ["E = 3"])) == "4"
    assert str(parse("E_1 + 1", ["E_1 = 3"])) == "4"
