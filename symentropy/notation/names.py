"""Names: the letters and Greek names that are read without being declared, and the assumptions they carry.

Main definitions
----------------
* `GREEK_LETTERS`, the Unicode letters and their names; a macro is the name after a backslash.
* `DEFAULTS`, the names with a meaning of their own and the SymPy assumptions on each.
* `Names`, what is declared for one text: the defaults and what the caller adds.

SymPy can say that a probability is positive, not that it is below 1; the upper bound belongs to the claim, not to the symbol.

Left out: what definitions, distributions and indexed names stand for (see `symentropy.notation.scope`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count

from sympy import E, EulerGamma, Expr, Symbol, oo, pi

from symentropy.errors import ParseError

# fmt: off
_ALPHABET = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "varrho": "ϱ", "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}
# fmt: on

#: Unicode letter -> name; the micro sign is how many keyboards write mu.
GREEK_LETTERS: dict[str, str] = {**{letter: name for name, letter in _ALPHABET.items()}, "µ": "mu"}
GREEK_NAMES = frozenset(_ALPHABET)

#: Other spellings of a name.
ALIASES: dict[str, str] = {"lam": "lambda", "lamda": "lambda"}

CONSTANTS: dict[str, Expr] = {"pi": pi, "e": E, "oo": oo, "EulerGamma": EulerGamma}

_POSITIVE = {"positive": True}
_REAL = {"real": True}
_SIZE = {"integer": True, "positive": True}

#: Name -> assumptions, the same for any subscript and primes.
DEFAULTS: dict[str, dict[str, bool]] = {
    **dict.fromkeys(["p", "q", "r"], _POSITIVE),
    **dict.fromkeys(["sigma", "lambda", "theta", "alpha", "beta", "tau", "kappa", "k", "b"], _POSITIVE),
    **dict.fromkeys(["mu", "nu", "m", "t", "u", "v", "w", "x", "z"], _REAL),
    **dict.fromkeys(["n", "N"], _SIZE),
}

#: What a name ends with whose letter has an accent, as SymPy writes it: ``phat``.
ACCENTS = ("hat", "bar", "tilde")
#: Words that end like that and are none of these.
_WORDS = ("that", "what")

#: Name of a distribution -> name of its probabilities.
DISTRIBUTIONS: dict[str, str] = {"P": "p", "Q": "q", "R": "r", "M": "m", "U": "u"}

#: The number of outcomes of P, Q, R, M and U.
SIZE = Symbol("n", **_SIZE)

#: A name in plain text: letters, a numeric or braced subscript, primes.
_SPELLING = re.compile(r"\\?(?P<base>[^\W\d_]+)_?\{?(?P<subscript>[A-Za-z0-9,]*)\}?(?P<primes>'*)")


def full_name(base: str, subscript: str = "", primes: int = 0) -> str:
    """Return the name of the symbol.

    >>> full_name("mu", "1"), full_name("p", "", 1)
    ('mu_1', "p'")
    """
    return base + (f"_{subscript}" if subscript else "") + "'" * primes


def plain_base(word: str) -> str:
    """Return the one spelling of a name without subscript: ``σ`` is ``sigma``, ``lam`` is ``lambda``."""
    name = GREEK_LETTERS.get(word, word)
    return ALIASES.get(name, name)


def base_and_digits(word: str) -> tuple[str, str]:
    """Return the one spelling of a word's letters, and the digits after them, which are a subscript.

    >>> base_and_digits("lam12")
    ('lambda', '12')
    """
    letters = word.rstrip("0123456789")
    return plain_base(letters), word[len(letters) :]


class Names:
    """What the names of some texts mean: the caller's symbols first, then what `given` says, then the defaults.

    ``assumed``: full name -> assumptions that go before the default ones; ``functions``: names of declared functions;
    ``letters``: letters that are known because `given` has them; ``random``: letters of random variables.

    >>> names = Names({"c1": Symbol("c_1")})
    >>> names.value("c", "1"), names.value("sigma", "X").is_positive, names.value("c")
    (c_1, True, None)
    """

    def __init__(self, symbols: Mapping[str, Expr] | None = None) -> None:
        self.declared = {spelled(name): symbol for name, symbol in (symbols or {}).items()}
        self.assumed: dict[str, Mapping[str, bool]] = {}
        self.functions: set[str] = set()
        self.letters: set[str] = set()
        self.random: set[str] = set()
        self._binders = count(1)

    def new_binder(self) -> int:
        """Return a number that no other sum or function has."""
        return next(self._binders)

    def assumptions(self, base: str, subscript: str = "", primes: int = 0) -> Mapping[str, bool] | None:
        """Return the assumptions on a symbol that the caller did not declare, or None if it is not known."""
        found = self.assumed.get(full_name(base, subscript, primes))
        return DEFAULTS.get(without_accent(base)) if found is None else found

    def value(self, base: str, subscript: str = "", primes: int = 0) -> Expr | None:
        """Return the symbol or constant of a name, or None if it is not known."""
        name = full_name(base, subscript, primes)
        if name in self.declared:
            return self.declared[name]
        if name in CONSTANTS:
            return CONSTANTS[name]
        assumptions = self.assumptions(base, subscript, primes)
        return None if assumptions is None else Symbol(name, **assumptions)

    def declares(self, base: str, subscript: str = "") -> bool:
        """Return whether this name was declared, so that it stands for no function."""
        name = full_name(base, subscript)
        return name in self.declared or name in self.assumed or name in self.functions

    def distribution(self, name: str) -> str | None:
        """Return the name of the probabilities of a distribution's name, or None."""
        return None if name in self.declared else DISTRIBUTIONS.get(name)

    def is_known(self, base: str, subscript: str = "") -> bool:
        """Return whether a name stands for a symbol, a constant or a distribution."""
        return base in self.letters or self.value(base, subscript) is not None or (not subscript and base in DISTRIBUTIONS)


def without_accent(base: str) -> str:
    """Return the letter under an accent: ``p`` for ``phat``; another name as it is."""
    if base in _WORDS:
        return base
    return next((base.removesuffix(accent) for accent in ACCENTS if base.endswith(accent) and base != accent), base)


def spelled(name: str) -> str:
    """Return the full name that a caller's spelling (``mu1``, ``\\mu_1``, ``μ_{1}``) stands for."""
    found = _SPELLING.fullmatch(name)
    if found is None:
        raise ParseError(f"{name!r} is not a name: letters, a subscript and primes, such as c, c_1 or c'", name, (0, len(name)))
    return full_name(plain_base(found["base"]), found["subscript"], len(found["primes"]))
