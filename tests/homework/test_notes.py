"""Documents: display formulas with their lines, definitions, and what the prose takes for granted."""

from itertools import pairwise

import pytest

from symentropy import DomainError, check_document
from symentropy.homework.formulas import display_formulas, inline_formulas, statements


def outcomes(report):
    return [verdict.outcome for verdict in report]


NOTE = r"""# A note

Let $P = (p, 1-p)$. The entropy

$$
\begin{align}
H(P) &= -p \log p - (1-p) \log(1-p) \\
     &= -p \log p + (1-p) \log(1-p)
\end{align}
$$

```python
print("$$ 1 = 2 $$")
```

and \[ H(P) \le \log 2 \]
"""


def test_lines_and_verdicts():
    report = check_document(NOTE)
    assert outcomes(report) == ["proved", "refuted", "proved"]
    assert report.lines == (7, 8, 16)
    assert report.first_wrong == 1
    assert report[1].slip.name == "sign"
    assert [(remark.kind, remark.text) for remark in report.remarks] == [("hypothesis", "P = (p, 1-p)")]


def test_files(tmp_path):
    path = tmp_path / "note.md"
    path.write_text(NOTE, encoding="utf-8")
    assert check_document(path).lines == check_document(str(path)).lines == (7, 8, 16)
    with pytest.raises(DomainError, match=r"no_such_note\.md cannot be read: No such file"):
        check_document("no_such_note.md")
    with pytest.raises(DomainError, match="cannot be read"):
        check_document(tmp_path / "missing.md")


def test_latex():
    text = "% $$1 = 2$$\n\\begin{equation}\\label{a}\n  D(P\\|Q) = H(P, Q) - H(P)\n\\end{equation}\n\\begin{align*} a\\end{align*}"
    report = check_document(text)
    assert outcomes(report) == ["proved"]
    assert report.lines == (3,)


def test_a_fresh_name_is_a_definition():
    report = check_document("$$L(p) = -p \\log p - (1-p) \\log (1-p) = H([p, 1-p])$$\n$$L(p) \\le \\log 2$$\n$$L(p) \\le 1/2$$")
    assert outcomes(report) == ["proved", "proved", "proved", "refuted"]
    assert [remark.kind for remark in report.remarks] == ["definition"]


def test_the_quantities_are_not_redefined():
    report = check_document("$$D(P \\| Q) = H(P)$$\n$$H(P) = 2 \\sum_s p_s \\log \\frac{1}{p_s}$$")
    assert outcomes(report) == ["refuted", "refuted"]


def test_what_cannot_be_read_does_not_stop_the_others():
    report = check_document("$$p = \\wibble$$\n$$p = p$$\n$$x^2$$")
    assert outcomes(report) == ["proved"]
    assert [(remark.kind, remark.line) for remark in report.remarks] == [("unreadable", 1), ("expression", 3)]
    assert report.outcome == "unreadable"


def test_relations_inside_lines():
    text = "If $p = q$, then $D([p, 1-p] \\| [q, 1-q]) \\ge 0$.\n\n$$1 = 1$$"
    assert outcomes(check_document(text)) == ["proved"]
    assert outcomes(check_document(text, inline=True)) == ["proved", "proved"]
    assert outcomes(check_document("Hence $p = q$, and $D([p, 1-p] \\| [q, 1-q]) \\le 0$.", inline=True)) == ["undecided"]


def test_what_is_supposed_is_no_claim():
    text = "With $p = 1/2$ and $q = 1/4$ we have $$D([p, 1-p] \\| [q, 1-q]) = \\log 2 - \\frac12 \\log 3.$$\n\nIn general $H(p) = \\log 2$."
    assert outcomes(check_document(text, inline=True)) == ["proved", "refuted"]
    assert outcomes(check_document("This holds if and only if $p = q$: $$D([p, 1-p] \\| [q, 1-q]) = 0$$")) == ["undecided"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (r"Let $P = (p, 1-p)$ and $q < 1/2$.", ["P = (p, 1-p)", "q < 1/2"]),
        (r"where $\sigma > 0$ is", [r"\sigma > 0"]),
        (r"$X \sim \mathrm{Exp}(\lambda)$", [r"X \sim \mathrm{Exp}(\lambda)"]),
        ("Let P = (p, 1-p).", ["P = (p, 1-p)"]),
        ("where σ > 0", ["σ > 0"]),
        (r"Let $f(x) = x \log x$", [r"f(x) = x \log x"]),
        (r"If $P = Q$, then $D = 0$.", ["P = Q"]),
        (r"between $P=(p,1-p)$ and $Q=(q,1-q)$:", ["P=(p,1-p)", "Q=(q,1-q)"]),
        (r"Suppose $H(P) < 0$.", []),
        (r"`Let $p = 1$`", []),
        (r"with $0 < p < 1/2$", ["0 < p < 1/2"]),
        (r"with $p_1 + p_2 + p_3 = 1$", ["p_1 + p_2 + p_3 = 1"]),
    ],
)
def test_statements(text, found):
    assert [statement.text for statement in statements(text)] == found


def test_where_is_about_the_formula_before_it():
    assert outcomes(check_document("$$\\log x = 2 \\log \\sqrt{x}$$\nwhere $x > 0$.")) == ["proved"]
    report = check_document("$$\\log (x^2) = 2 \\log x$$\nwhere $x > 0$.")
    assert report[0].conditions == ()


def test_a_later_statement_replaces_an_earlier_one():
    text = "Let $P = (1/2, 1/2)$. $$H(P) = \\log 2$$ Let $P = (1, 0)$. $$H(P) = 0$$"
    assert outcomes(check_document(text)) == ["proved", "proved"]


def test_formulas_and_their_places():
    text = "a $$x$$ b \\[y\\] \\$5 \\(z\\) $w$ \\begin{equation*}v\\end{equation*}"
    assert [formula.text for formula in display_formulas(text)] == ["x", "y", "\\begin{equation*}v\\end{equation*}"]
    assert [formula.text for formula in inline_formulas(text)] == ["z", "w"]


LECTURE = r"""- The expected surprise for a whole distribution would be:
  $$H = \sum_s -p_s \log (p_s) = \exp{-\log p_s}$$
- Cross-entropy is the average surprise of one who believes in $Q$
  $$H(P, Q) = \sum_s -p_s \log q_s $$
"""


def test_the_slip_of_the_lecture_note():
    report = check_document(LECTURE)
    assert outcomes(report) == ["proved", "refuted", "proved"]
    assert report.lines == (2, 2, 4)
    assert "expectation" in report.links[1].hint
    assert [remark.kind for remark in report.remarks] in ([], ["definition"])


def test_documents_that_nobody_writes():
    for text in ("$" * 3000, "\\[" * 3000, "\\begin{align}" * 500, "Let " * 3000, "<!--" * 2000, "```" * 2000, "\\(" * 3000):
        assert len(check_document(text)) == 0
    with pytest.raises(DomainError, match="formulas"):
        check_document("$$p$$\n" * 2001)


@pytest.mark.parametrize(
    "prose",
    [
        "Let P = (1/2, 1/2) and Q = (1/4, 3/4).",
        "Let P = (1/2, 1/2), a fair coin.",
        "Suppose P = [1/2, 1/2].",
        "Let $P = (1/2, 1/2)$ and $Q = (1/4, 3/4)$.",
        "The coin $P = (1/2, 1/2)$ is fair.",
    ],
)
def test_what_prose_introduces_holds(prose):
    (verdict,) = check_document(f"{prose}\n\n$$H(P) = \\log 2$$\n")
    assert verdict.outcome == "proved"


@pytest.mark.parametrize(
    "prose",
    ["Here P is uniform.", "Two coins, P ~ Fair.", "Both P and Q are uniform on two states."],
)
@pytest.mark.parametrize("formula", ["H(P) = \\log 2", "-\\sum_s p_s \\log p_s = \\log 2"])
def test_what_prose_says_and_is_not_understood_makes_nothing_wrong(prose, formula):
    (verdict,) = check_document(f"{prose}\n\n$${formula}$$\n")
    assert verdict.outcome == "undecided"
    assert "line 1 says something about P" in verdict.reason
    (before,) = check_document(f"$${formula}$$\n\n{prose}\n")
    assert before.outcome == "refuted"


def test_what_a_sentence_supposes_holds_in_it_only():
    note = "With $p = 1/2$ we have\n$$H([p, 1-p]) = \\log 2.$$\nIn general\n$$H([p, 1-p]) = \\log 2$$\n"
    assert outcomes(check_document(note)) == ["proved", "refuted"]
    assert outcomes(check_document("$$H([p, 1-p]) = \\log 2$$ for $p = 1/2$.\n")) == ["proved"]


def test_densities_and_pmfs_in_one_text():
    """Entropy is not negative for pmfs; in a text about densities that is wrong, and in one about both it is not decided."""
    claim = "$$H(P) \\ge 0$$\n"
    density, pmf = "$$H(P) = -\\int p(x) \\log p(x) dx$$\n", "$$H(P) = -\\sum_x p(x) \\log p(x)$$\n"
    assert outcomes(check_document(claim)) == ["proved"]
    assert outcomes(check_document(pmf + claim)) == ["proved", "proved"]
    assert outcomes(check_document(density + claim)) == ["proved", "refuted"]
    assert outcomes(check_document(density + pmf + claim)) == ["proved", "proved", "undecided"]
    assert outcomes(check_document("Let $p$ be a density.\n" + claim)) == ["refuted"]


def test_distributions_in_a_display_are_no_formula():
    (verdict,) = check_document("\\[ P: X \\sim \\mathrm{Exp}(2) \\]\n$$H(P) = 1 - \\log 2$$")
    assert verdict.outcome == "proved"


def test_a_display_about_a_distribution_that_is_not_read_makes_nothing_wrong():
    (verdict,) = check_document("\\[ P : X \\sim \\mathrm{Strange}(2) \\]\n$$H(P) = 1 - \\log 2$$")
    assert verdict.outcome == "undecided"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Since $q = 1 - p$, $$-p \\log p - q \\log q = H([p, 1-p])$$", "undecided"),
        ("$$-p \\log p - q \\log q = H([p, 1-p])$$ because $p + q = 1$.", "undecided"),
        ("Since $q = 1 - p$, $$-p \\log p + q \\log q = H([p, 1-p])$$", "refuted"),
        ("Since $r = 1 - p$, $$-p \\log p - q \\log q = H([p, 1-p])$$", "refuted"),
        ("Setting $\\lambda = 1/\\mu$ with $\\mu > 0$, $$H(Exponential(\\lambda)) = 1 + \\log \\mu$$", "undecided"),
        ("Note $\\sigma^2 = 1$ here. $$H(Normal(\\mu, \\sigma)) = \\frac12 \\log(2 \\pi e)$$", "undecided"),
        ("For example, $P = (1/2, 1/2)$ has one bit. In general $$H(P) \\le \\log n$$", "undecided"),
        ("A special case is $P = (1/2, 1/2)$. In general $$H(P) \\le \\log n$$", "proved"),
        ("Equality holds iff $p = q$. $$D([p, 1-p] \\| [q, 1-q]) \\ge 0$$", "proved"),
    ],
)
def test_relations_in_the_prose_are_not_forgotten(text, outcome):
    (verdict,) = check_document(text, inline=True)
    assert verdict.outcome == outcome
    assert (verdict.witness is None) == (outcome != "refuted")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Case 1: $p \\ge 1/2$. Then $$|2p-1| = 2p-1.$$ Case 2: $p < 1/2$. Then $$|2p-1| = 1-2p.$$", ["undecided", "undecided"]),
        ("If $x > 0$, then $$|x| = x.$$ If $x < 0$, then $$|x| = -x.$$ In general $$|x| = x.$$", ["proved", "proved", "refuted"]),
        ("When $\\lambda \\ge 1$, $$H(Exponential(\\lambda)) \\le 1.$$", ["proved"]),
        ("Suppose $p = q$. Then $$p - q = 0.$$ Suppose $p \\ne q$. Then $$(p - q)^2 > 0.$$", ["proved", "proved"]),
        ("Since $p \\le 1/2$, $$\\log p \\le -\\log 2$$", ["undecided"]),
        ("Since $p \\le 1/2$, $$\\log p \\le -\\log 4$$", ["refuted"]),
    ],
)
def test_cases_in_the_prose(text, expected):
    assert outcomes(check_document(text)) == expected
    assert outcomes(check_document(text, inline=True)) == expected


MACROS = r"""\documentclass{article}
\newcommand{\KL}[2]{D_{\mathrm{KL}}(#1\,\|\,#2)}
\newcommand\E[1][P]{\mathbb{E}_{#1}}
\def\half{\frac12}
\DeclareMathOperator{\Ent}{H}
\newcommand{\beq}{\begin{equation}} \newcommand{\eeq}{\end{equation}}
\begin{document}
\[ \KL{P}{Q} = \E\left[\log\frac{p(x)}{q(x)}\right] \ge 0 \]
\beq \KL
  {[p, 1-p]}{[\half, \half]} = \log 2 + \Ent([p, 1-p]) \eeq
\end{document}"""


def test_macros_of_the_document():
    report = check_document(MACROS)
    assert outcomes(report) == ["proved", "proved", "refuted"]
    assert [link.line for link in report.links] == [8, 8, 10]
    assert report[2].slip.name == "sign"


@pytest.mark.parametrize(
    "definitions",
    [r"\def\x{\x}", r"\def\x{\x\x}", "".join(rf"\def\{a}{{\{b}\{b}\{b}\{b}\{b}\{b}\{b}\{b}}}" for a, b in pairwise("abcdefghx"))],
)
def test_macros_without_end(definitions):
    with pytest.raises(DomainError, match="too much text"):
        check_document(definitions + r" \def\x{\a\x} $$\x = 1$$")


def test_macros_that_are_not_as_they_should_be():
    text = r"\newcommand{\KL \newcommand{\Q}[2]{#1#2#3} \newcommand{\R}{} $$\Q{1} = 1$$ $$\R 2 = 2$$ $$\Q 12 = 12$$"
    assert outcomes(check_document(text)) == ["proved", "proved", "proved"]


def test_what_a_chain_needs_holds_to_its_end():
    report = check_document("Let $f(x) = x \\log x$.\n$$f''(x) = \\frac1x > 0$$\n$$\\frac1x > 0$$")
    assert outcomes(report) == ["proved", "proved", "refuted"]
    assert report[1].conditions == report[0].conditions != ()
