"""The catalogue of slips: what each is, with an example, and the page of the documentation that is made of it.

Main definitions
----------------
* `CATALOGUE`, an entry for each name that a slip can have.
* `page`, the text of ``docs/slips.md``, which ``python -m symentropy.homework.catalogue`` prints.
"""

from __future__ import annotations

from typing import NamedTuple

from symentropy.homework.answers import check_answer
from symentropy.homework.chains import check_steps


class Entry(NamedTuple):
    """A slip: its name, what was done, and an answer with it; without ``expected`` the answer is a step of a chain."""

    name: str
    what: str
    answer: str
    expected: str = ""
    given: tuple[str, ...] = ()


_NORMAL = "H(Normal(mu, sigma))"
_BINARY = "D([p, 1-p] || [q, 1-q])"

CATALOGUE = (
    Entry("sign", "the sign of a term is the opposite, or that of all of it", "p log p - (1-p) log(1-p)", "H([p, 1-p])"),
    Entry("swapped-arguments", "D(Q ‖ P) for D(P ‖ Q) as a whole, H(Q, P) for H(P, Q)", "q log(q/p) + (1-q) log((1-q)/(1-p))", _BINARY),
    Entry(
        "reference-arguments-in-wrong-place",
        "one argument stands where another belongs: μ₁ for μ₂, H(Q) for H(P), a weight q for p",
        "q log(p/q) + (1-q) log((1-p)/(1-q))",
        _BINARY,
    ),
    Entry("inverted-ratio", "a ratio is upside down", "p log(q/p) + (1-p) log((1-p)/(1-q))", _BINARY),
    Entry(
        "wrong-base", "bits for nats, bits in some terms only, or a conversion upside down", "-p log2(p) - (1-p) log2(1-p)", "H([p, 1-p])"
    ),
    Entry("missing-entropy-term", "an entropy is missing", "H(P, Q)", "D(P||Q)"),
    Entry("missing-term", "a term is missing, or several", "-p log p", "H([p, 1-p])"),
    Entry("dropped-constant", "a constant is missing", "-log(lambda)", "H(Exponential(lambda))"),
    Entry("extra-term", "there is a term that does not belong there", "log p + q", "log p"),
    Entry("doubled-term", "a term is there twice", "-2 p log p - (1-p) log(1-p)", "H([p, 1-p])"),
    Entry("missing-factor", "a factor is missing, in all terms or in some", "log(2 pi e sigma^2)", _NORMAL),
    Entry("extra-factor", "there is a factor that does not belong there", "-p log p", "-log p"),
    Entry("wrong-exponent", "an exponent was lost, or is another one", "|p - q|/2", "(p - q)^2/2"),
    Entry("variance-vs-std", "σ² for σ, or σ for σ², everywhere, in a term, or in the logarithm only", "1/2 log(2 pi e sigma)", _NORMAL),
    Entry(
        "scale-vs-rate", "a parameter is taken for its inverse", "log(lambda_2) + lambda_1/lambda_2", "-log(lambda_2) + lambda_2/lambda_1"
    ),
    Entry("log-of-sum", "log a + log b for log(a + b), log a log b for log(ab), and the like", "log p + log q", "log(p + q)"),
    Entry("log-of-power", "(log x)² for log x², or the other way round", "(log p)^2", "log(p^2)"),
    Entry("absolute-value", "an absolute value was left out", "p - q", "|p - q|"),
    Entry("off-by-one", "a sum has one term more or less; n - 1 stands for n", r"\sum_{k=1}^{n-1} 1/k", r"\sum_{k=1}^{n} 1/k"),
    Entry("digamma-vs-log", "log E X stands for E log X", "k log(k)", "k digamma(k)"),
    Entry("reversed-inequality", "an inequality is the wrong way round", "D(P||Q) <= 0"),
    Entry("strict-inequality", "both sides can be equal", "H([p, 1-p]) < log 2"),
    Entry("wrong-base+sign", "two slips at once have both names", "p log2(p) + (1-p) log2(1-p)", "H([p, 1-p])"),
)

_INTRODUCTION = """\
# Slips

A slip is named only if making it in the expected answer is *proved* to give the answer; of an inequality, if the one that was probably
meant is proved. Where several explain an answer, the most specific one is named. What explains an answer need not be what happened: a slip
is likely, not certain.

This page is made from the program's own table (`python -m symentropy.homework.catalogue`), and its examples run.

```pycon
>>> from symentropy import check_answer, check_steps

```
"""


def example(entry: Entry) -> str:
    """Return the example of an entry as it is typed.

    >>> example(CATALOGUE[0])
    'check_answer("p log p - (1-p) log(1-p)", "H([p, 1-p])")'
    """
    prefix = "r" if "\\" in entry.answer + entry.expected else ""
    if not entry.expected:
        return f'check_steps({prefix}"{entry.answer}")[0]'
    given = f", {list(entry.given)}" if entry.given else ""
    return f'check_answer({prefix}"{entry.answer}", {prefix}"{entry.expected}"{given})'


def page() -> str:
    """Return the page of slips."""
    parts = [_INTRODUCTION]
    for entry in CATALOGUE:
        verdict = check_answer(entry.answer, entry.expected, entry.given) if entry.expected else check_steps(entry.answer)[0]
        said = verdict.slip or "None"
        parts.append(
            f"## {entry.name}\n\n{entry.what[0].upper()}{entry.what[1:]}.\n\n```pycon\n>>> print({example(entry)}.slip)\n{said}\n\n```\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    print(page(), end="")
