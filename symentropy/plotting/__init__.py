"""Pictures of surprise, entropy and divergence, with matplotlib (the extra ``plot``).

Main definitions
----------------
* `plot`, the picture of any expression of one or two symbols, of a pmf of three outcomes, or of a divergence without symbols.
* `plot_surprise`, `plot_binary_entropy`, `plot_divergence`, `plot_simplex`, `plot_gibbs`, `plot_integrand`, `plot_costs`.
* `save`, to a .png, .svg or .pdf file that is the same each time.

Each draws on the axes ``ax``, or on a new figure of pyplot, and returns the axes, so that whatever else is wanted can be changed there.
matplotlib is imported when the first picture is drawn.
"""

from symentropy.plotting.canvas import save
from symentropy.plotting.curves import plot_binary_entropy, plot_costs, plot_gibbs, plot_surprise
from symentropy.plotting.integrands import plot_integrand
from symentropy.plotting.maps import plot_divergence
from symentropy.plotting.pictures import plot
from symentropy.plotting.simplex import plot_simplex

__all__ = [
    "plot",
    "plot_binary_entropy",
    "plot_costs",
    "plot_divergence",
    "plot_gibbs",
    "plot_integrand",
    "plot_simplex",
    "plot_surprise",
    "save",
]
