# ruff: noqa: E501
"""Derivations as they are printed: definition, combination of statistics, means with their sources, result."""

import pytest

from symentropy import Proof, derive, verify

WRITTEN = {
    "H(Exponential(lambda))": """\
Claim: H(Exponential(lambda)) = 1 - log(lambda) for lambda > 0.

(1)  H(Exponential(lambda)) = E[-log(lambda*exp(-lambda*x))]   by definition, for x ~ Exponential(lambda)
(2)                         = lambda*E[x] - log(lambda)        the logarithm taken apart, and linearity of expectation
(3)  E[x] = 1/lambda                                           by differentiating Integral(x**(s - 1)*exp(-x), (x, 0, oo)) = gamma(s)
(4)  H(Exponential(lambda)) = 1 - log(lambda)                  inserting (3)

Used without proof: Integral(x**(s - 1)*exp(-x), (x, 0, oo)) = gamma(s) (DLMF 5.2.1; Lehmann, Romano, Testing Statistical Hypotheses, theorem 2.7.1).
""",
    "D(Normal(mu, sigma) || Normal(nu, tau))": """\
Claim: D_KL(Normal(mu, sigma) ‖ Normal(nu, tau)) = log(tau/sigma) - 1/2 + (sigma**2 + (mu - nu)**2)/(2*tau**2) for sigma, tau > 0.

(1)  D_KL(Normal(mu, sigma) ‖ Normal(nu, tau)) = E[log(tau*exp((-nu + x)**2/(2*tau**2) - (-mu + x)**2/(2*sigma**2))/sigma)]
                                                 by definition, for x ~ Normal(mu, sigma)
(2)                                            = log(tau/sigma) + E[(-nu + x)**2]/(2*tau**2) - E[(-mu + x)**2]/(2*sigma**2)
                                                 the logarithm taken apart, and linearity of expectation
(3)  E[(-mu + x)**2] = sigma**2                  by differentiating Integral(exp(-a*x**2 + t*x), (x, -oo, oo)) = sqrt(pi)*exp(t**2/(4*a))/sqrt(a)
(4)  E[(-nu + x)**2] = sigma**2 + (mu - nu)**2   by differentiating Integral(exp(-a*x**2 + t*x), (x, -oo, oo)) = sqrt(pi)*exp(t**2/(4*a))/sqrt(a)
(5)  D_KL(Normal(mu, sigma) ‖ Normal(nu, tau)) = log(tau/sigma) - 1/2 + (sigma**2 + (mu - nu)**2)/(2*tau**2)
                                                 inserting (3) and (4)

Used without proof: Integral(exp(-a*x**2 + t*x), (x, -oo, oo)) = sqrt(pi)*exp(t**2/(4*a))/sqrt(a) (Johnson, Kotz, Balakrishnan, Continuous Univariate Distributions, chapter 13; Lehmann, Romano, Testing Statistical Hypotheses, theorem 2.7.1).
""",
    "D(Gamma(k_1, theta_1) || Gamma(k_2, theta_2))": """\
Claim: D_KL(Gamma(k_1, theta_1) ‖ Gamma(k_2, theta_2)) = k_1*theta_1/theta_2 - k_1 + k_2*log(theta_2/theta_1) + (k_1 - k_2)*digamma(k_1) - loggamma(k_1) + loggamma(k_2) for k_1, k_2, theta_1, theta_2 > 0.

(1)  D_KL(Gamma(k_1, theta_1) ‖ Gamma(k_2, theta_2)) = E[log(theta_2**k_2*x**(k_1 - k_2)*exp(x/theta_2 - x/theta_1)*gamma(k_2)/(theta_1**k_1*gamma(k_1)))]
                                               by definition, for x ~ Gamma(k_1, theta_1)
(2)                                                  = -k_1*log(theta_1) + k_2*log(theta_2) + (k_1 - k_2)*E[log(x)] + (1/theta_2 - 1/theta_1)*E[x] - loggamma(k_1) + loggamma(k_2)
                                               the logarithm taken apart, and linearity of expectation
(3)  E[log(x)] = log(theta_1) + digamma(k_1)   by differentiating Integral(x**(s - 1)*exp(-x), (x, 0, oo)) = gamma(s)
(4)  E[x] = k_1*theta_1                        by differentiating Integral(x**(s - 1)*exp(-x), (x, 0, oo)) = gamma(s)
(5)  D_KL(Gamma(k_1, theta_1) ‖ Gamma(k_2, theta_2)) = k_1*theta_1/theta_2 - k_1 + k_2*log(theta_2/theta_1) + (k_1 - k_2)*digamma(k_1) - loggamma(k_1) + loggamma(k_2)
                                               inserting (3) and (4)

Used without proof: Integral(x**(s - 1)*exp(-x), (x, 0, oo)) = gamma(s) (DLMF 5.2.1; Lehmann, Romano, Testing Statistical Hypotheses, theorem 2.7.1).
""",
    "D(Geometric(p) || Geometric(q))": """\
Claim: D_KL(Geometric(p) ‖ Geometric(q)) = log(p/q) + (p - 1)*log((1 - q)/(1 - p))/p for 0 < p < 1 and 0 < q < 1.

(1)  D_KL(Geometric(p) ‖ Geometric(q)) = E[log(p*(1 - p)**(k - 1)*(1 - q)**(1 - k)/q)]
                  by definition, for k ~ Geometric(p)
(2)                                    = (log(1 - p) - log(1 - q))*E[k] + log(p*(1 - q)/(q*(1 - p)))
                  the logarithm taken apart, and linearity of expectation
(3)  E[k] = 1/p   by differentiating Sum(t**k, (k, 0, oo)) = 1/(1 - t)
(4)  D_KL(Geometric(p) ‖ Geometric(q)) = log(p/q) + (p - 1)*log((1 - q)/(1 - p))/p
                  inserting (3)

Used without proof: Sum(t**k, (k, 0, oo)) = 1/(1 - t) (DLMF 4.6.7; Lehmann, Romano, Testing Statistical Hypotheses, theorem 2.7.1).
""",
    "H(Kumaraswamy(alpha, beta))": """\
Claim: H(Kumaraswamy(alpha, beta)) = -log(alpha*beta) - (1 - beta)/beta + (alpha - 1)*digamma(beta + 1)/alpha + EulerGamma*(alpha - 1)/alpha for alpha, beta > 0.

(1)  H(Kumaraswamy(alpha, beta)) = E[-log(alpha*beta*x**(alpha - 1)*(1 - x**alpha)**(beta - 1))]
                                                               by definition, for x ~ Kumaraswamy(alpha, beta)
(2)                              = (1 - alpha)*E[log(x)] + (1 - beta)*E[log(1 - x**alpha)] - log(alpha*beta)
                                                               the logarithm taken apart, and linearity of expectation
(3)  E[log(x)] = -digamma(beta + 1)/alpha - EulerGamma/alpha   by differentiating Integral(x**(a - 1)*(1 - x)**(b - 1), (x, 0, 1)) = beta(a, b)
(4)  E[log(1 - x**alpha)] = -1/beta                            by differentiating Integral(x**(a - 1)*(1 - x)**(b - 1), (x, 0, 1)) = beta(a, b)
(5)  H(Kumaraswamy(alpha, beta)) = -log(alpha*beta) - (1 - beta)/beta + (alpha - 1)*digamma(beta + 1)/alpha + EulerGamma*(alpha - 1)/alpha
                                                               inserting (3) and (4)

Used without proof: Integral(x**(a - 1)*(1 - x)**(b - 1), (x, 0, 1)) = beta(a, b) (DLMF 5.12.1; Lehmann, Romano, Testing Statistical Hypotheses, theorem 2.7.1).
""",
    "H(VonMises(mu, kappa))": """\
Claim: H(VonMises(mu, kappa)) = -kappa*besseli(1, kappa)/besseli(0, kappa) + log(2*pi*besseli(0, kappa)) for kappa > 0.

(1)  H(VonMises(mu, kappa)) = E[-log(exp(kappa*cos(mu - x))/(2*pi*besseli(0, kappa)))]
                                                            by definition, for x ~ VonMises(mu, kappa)
(2)                         = -kappa*E[cos(mu - x)] + log(2*pi*besseli(0, kappa))
                                                            the logarithm taken apart, and linearity of expectation
(3)  E[cos(mu - x)] = besseli(1, kappa)/besseli(0, kappa)   Mardia, Jupp, Directional Statistics, section 3.5.4
(4)  H(VonMises(mu, kappa)) = -kappa*besseli(1, kappa)/besseli(0, kappa) + log(2*pi*besseli(0, kappa))
                                                            inserting (3)

Used without proof: (3).
""",
    "D(Pareto(1, alpha) || Exponential(1))": """\
Claim: D_KL(Pareto(1, alpha) ‖ Exponential(1)) = log(alpha) + 1/(alpha*(alpha - 1)) for alpha > 1.

(1)  D_KL(Pareto(1, alpha) ‖ Exponential(1)) = E[log(alpha*x**(-alpha - 1)*exp(x))]
                                by definition, for x ~ Pareto(1, alpha)
(2)                                          = (-alpha - 1)*E[log(x)] + log(alpha) + E[x]
                                the logarithm taken apart, and linearity of expectation
(3)  E[log(x)] = 1/alpha        by differentiating Integral(x**(-s - 1), (x, 1, oo)) = 1/s
(4)  E[x] = alpha/(alpha - 1)   by a change of the exponent in Integral(x**(-s - 1), (x, 1, oo)) = 1/s
(5)  D_KL(Pareto(1, alpha) ‖ Exponential(1)) = log(alpha) + 1/(alpha*(alpha - 1))
                                inserting (3) and (4)

Used without proof: Integral(x**(-s - 1), (x, 1, oo)) = 1/s (elementary; Lehmann, Romano, Testing Statistical Hypotheses, theorem 2.7.1).
""",
}


@pytest.mark.parametrize("noun", WRITTEN)
def test_the_text(noun):
    proof = derive(noun)
    assert f"{proof}\n" == WRITTEN[noun]
    assert verify(Proof.from_json(proof.to_json())) == proof.claim


def test_latex_and_markdown():
    proof = derive("H(Gamma(k, theta))")
    rows = [
        r"(1) && H\left(\operatorname{Gamma}\left(k, \theta\right)\right) &= \mathbb{E}\left[- \log{\left(\frac{\theta^{- k} x^{k - 1} e^{- \frac{x}{\theta}}}{\Gamma\left(k\right)} \right)}\right] && \text{by definition, for }x \sim \operatorname{Gamma}\left(k, \theta\right)",
        r"(2) &&  &= k \log{\left(\theta \right)} + \left(1 - k\right) \mathbb{E}\left[\log{\left(x \right)}\right] + \log \Gamma\left(k\right) + \frac{\mathbb{E}\left[x\right]}{\theta} && \text{the logarithm taken apart, and linearity of expectation}",
        r"(3) && \mathbb{E}\left[\log{\left(x \right)}\right] &= \log{\left(\theta \right)} + \psi\left(k\right) && \text{by differentiating }\int\limits_{0}^{\infty} x^{s - 1} e^{- x}\, dx = \Gamma\left(s\right)",
        r"(4) && \mathbb{E}\left[x\right] &= k \theta && \text{by differentiating }\int\limits_{0}^{\infty} x^{s - 1} e^{- x}\, dx = \Gamma\left(s\right)",
        r"(5) && H\left(\operatorname{Gamma}\left(k, \theta\right)\right) &= k + \left(1 - k\right) \psi\left(k\right) + \log{\left(\theta \right)} + \log \Gamma\left(k\right) && \text{inserting (3) and (4)}",
    ]
    for written in (proof.to_latex(), proof.to_markdown()):
        assert [row.removesuffix(r" \\") for row in written.splitlines() if row.startswith("(")] == rows
        assert written.endswith("theorem 2.7.1).")


def test_the_outcomes_of_two_distributions_have_two_names():
    text = str(derive("D(Gamma(k, theta) || Exponential(lambda)) + H(Normal(mu, sigma))"))
    assert "x ~ Gamma(k, theta)" in text
    assert "y ~ Normal(mu, sigma)" in text


def test_an_outcome_is_named_apart_from_parameters():
    text = str(derive("H(Exponential(x))", ["x > 0"]))
    assert "y ~ Exponential(x)" in text
    assert "E[y] = 1/x" in text
