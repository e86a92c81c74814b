"""The nouns' digits against values computed elsewhere from the definitions, to 40 digits."""

import json
from math import comb
from pathlib import Path

import pytest
from sympy import Integer, Rational, oo, stats

from symentropy import CrossEntropy, Entropy, Finite, KLDivergence, evaluate

RECORDS = json.loads((Path(__file__).parent / "data" / "reference_values.json").read_text(encoding="utf-8"))["references"]
NOUNS = {"entropy": Entropy, "kl": KLDivergence, "cross_entropy": CrossEntropy}
#: Weights by rule: n entries, an exponent s, a probability p.
GENERATORS = {
    "zipf": lambda n, s, _: [Rational(1, k**s) for k in range(1, n + 1)],
    "binomial": lambda n, _, p: [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)],
    "uniform": lambda n, _s, _p: [1] * n,
    "geometric_truncated": lambda n, _, p: [(1 - p) ** k for k in range(n)],
    "linear": lambda n, _s, _p: list(range(1, n + 1)),
}
#: SymPy 1.14 exchanged p and 1 - p in the negative binomial; the records follow 1.14.
SUCCESS_IS_COUNTED = stats.NegativeBinomial("X", 1, Rational(1, 3)).pspace.distribution.pdf(0) == Rational(2, 3)
DIGITS = 40


def exactly(value):
    return [exactly(item) for item in value] if isinstance(value, list) else Rational(value)


def distribution(spec, name):
    if spec["family"] == "Finite":
        return Finite(spec["probs"])
    if spec["family"] == "FiniteGenerated":
        return Finite.from_weights(GENERATORS[spec["generator"]](spec["n"], spec.get("s"), Rational(spec.get("p", 0))))
    parameters = [exactly(value) for value in spec["params"].values()]
    if spec["family"] == "DiscreteUniform":
        return stats.DiscreteUniform(name, [Integer(k) for k in range(int(parameters[0]), int(parameters[1]) + 1)])
    if spec["family"] == "Multinomial":
        return stats.Multinomial(name, parameters[0], *parameters[1])
    if spec["family"] == "NegativeBinomial" and SUCCESS_IS_COUNTED:
        parameters[1] = 1 - parameters[1]
    return getattr(stats, spec["family"])(name, *parameters)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_value(record):
    sides = [distribution(record[side], name) for side, name in (("P", "X"), ("Q", "Y")) if record[side]]
    noun = NOUNS[record["quantity"]](*sides, **({"base": 2} if record.get("units") == "bits" else {}))
    found = evaluate(noun, DIGITS)
    if record["value"] in ("0", "oo"):
        assert found.exact
        assert found.lower == {"0": 0, "oo": oo}[record["value"]]
        return
    expected = Rational(record["value"])
    last = Rational(1, 10 ** len(record["value"].partition(".")[2].partition("e")[0])) * Rational(10) ** int(
        record["value"].partition("e")[2] or 0
    )
    assert found.lower - last <= expected <= found.upper + last
    assert found.upper - found.lower <= abs(expected) * Rational(1, 10 ** (DIGITS - 1))
    assert found.certified


def test_the_referee_would_notice():
    value = Rational(next(r["value"] for r in RECORDS if r["value"] not in ("0", "oo")))
    assert abs(value * (1 + Rational(1, 10**38)) - value) > abs(value) * Rational(1, 10 ** (DIGITS - 1))
