"""Pages with proofs, and one mistake for each: what is written, and what stands there in the wrong version."""

# ruff: noqa: E501 - a line of a formula is one line
from pathlib import Path

PAGES = Path(__file__).parents[1] / "data" / "pages"

#: Page -> (text that occurs once, what a careless author writes in its place).
MISTAKES: dict[str, tuple[str, str]] = {
    "additivity": (r"&= 2 p \log \frac{p}{q} + 2 (1-p) \log", r"&= 2 p \log \frac{p}{q} + (1-p) \log"),
    "binomial": (r"\cdot \left\langle n - x \right\rangle_{p(x)} \\", r"\cdot \left\langle n + x \right\rangle_{p(x)} \\"),
    "convexity": (r"\mathrm{H}\left( \frac{P + Q}{2} \right) \geq", r"\mathrm{H}\left( \frac{P + Q}{2} \right) \leq"),
    "discrete-uniform": (r"&= \log 3 - \mathrm{H}(Q) \\", r"&= \log 3 + \mathrm{H}(Q) \\"),
    "entropy-exponential": (r"\left( \ln \lambda - \lambda x \right)", r"\left( \ln \lambda + \lambda x \right)"),
    "entropy-gamma": (r"\mathrm{Var}(X) &= k \theta^2", r"\mathrm{Var}(X) &= k \theta"),
    "entropy-normal": (
        r"&= \frac{1}{2} \ln \left( 2 \pi \sigma^2 \right) + \frac{1}{2} \cdot \frac{1}{\sigma^2} \cdot \mathrm{E} \left[ (X-\mu)^2 \right]",
        r"&= \frac{1}{2} \ln \left( 2 \pi \sigma^2 \right) + \frac{1}{2} \cdot \frac{1}{\sigma} \cdot \mathrm{E} \left[ (X-\mu)^2 \right]",
    ),
    "kl-bernoulli": (
        r"&= \ln \frac{1-p_1}{1-p_2} + p_1 \cdot \ln \frac{p_1}{p_2} - p_1 \cdot \ln \frac{1-p_1}{1-p_2}",
        r"&= \ln \frac{1-p_1}{1-p_2} + p_1 \cdot \ln \frac{p_1}{p_2} + p_1 \cdot \ln \frac{1-p_1}{1-p_2}",
    ),
    "kl-exponential": (
        r"\log \frac{\lambda_1}{\lambda_2} + (\lambda_2 - \lambda_1) x",
        r"\log \frac{\lambda_1}{\lambda_2} + (\lambda_1 - \lambda_2) x",
    ),
    "kl-gamma": (r"&= \psi(a_1) - \ln(b_1) \; ,", r"&= \psi(a_1) + \ln(b_1) \; ,"),
    "kl-normal": (
        r"&= \frac{1}{2} \left[ \frac{\mu_1^2 - 2 \mu_1 \mu_2 + \mu_2^2}{\sigma_2^2} + \frac{\sigma_1^2}{\sigma_2^2} - \ln \frac{\sigma_1^2}{\sigma_2^2} - 1 \right]",
        r"&= \frac{1}{2} \left[ \frac{\mu_1^2 + 2 \mu_1 \mu_2 + \mu_2^2}{\sigma_2^2} + \frac{\sigma_1^2}{\sigma_2^2} - \ln \frac{\sigma_1^2}{\sigma_2^2} - 1 \right]",
    ),
    "nonnegative": (r"&= \sum_{x \in \mathcal{X}} p(x) \ln \frac{q(x)}{p(x)}", r"&= \sum_{x \in \mathcal{X}} q(x) \ln \frac{q(x)}{p(x)}"),
    "nonsymmetric": (r"&= \frac12 \log \frac43 \approx 0.1438", r"&= \frac12 \log \frac34 \approx 0.1438"),
    "poisson": (
        r"x \cdot \ln \frac{\lambda_1}{\lambda_2} + (\lambda_2 - \lambda_1)",
        r"x \cdot \ln \frac{\lambda_1}{\lambda_2} + (\lambda_1 - \lambda_2)",
    ),
    "relations": (
        r"&= \int_{\mathcal{X}} p(x) \ln p(x) \, \mathrm{d}x - \int_{\mathcal{X}} p(x) \ln q(x)",
        r"&= \int_{\mathcal{X}} p(x) \ln p(x) \, \mathrm{d}x + \int_{\mathcal{X}} p(x) \ln q(x)",
    ),
    "uniform": (r"\mathrm{E}(X^2) &= \frac{a^2 + ab + b^2}{3}", r"\mathrm{E}(X^2) &= \frac{a^2 + 2ab + b^2}{3}"),
}
