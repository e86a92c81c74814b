"""Tokens to a syntax tree.

Main definitions
----------------
* `Parser`, a recursive-descent parser: one method a construct, loosest first (`_expression`, `_product`, `_power`, `_operand`).
  The methods are rules for `symentropy.notation.reader.run`: ``node = yield self._product()`` reads a product.

The rules that are not those of every calculator: a product may be written without a sign and then binds like ``*``; a function without
brackets takes the product that follows, up to another function; a run of letters that is no name is a product of its letters.

Left out: what the names mean, and whether the arguments fit (see `symentropy.notation.translate`); sums over an index (see
`symentropy.notation.sums`), integrals (see `symentropy.notation.integrals`), expectations (see `symentropy.notation.expectations`),
derivatives (see `symentropy.notation.derivatives`) and relations (see `symentropy.notation.relations`).
"""

from __future__ import annotations

from sympy import Integer, Rational

from symentropy.errors import ParseError
from symentropy.exact import read_decimal
from symentropy.notation import dotted
from symentropy.notation.derivatives import MAX_ORDER, OPERATORS, DerivativeReader
from symentropy.notation.families import is_family
from symentropy.notation.functions import FUNCTIONS, GREEK_FUNCTIONS, SPELLINGS, WITH_COMMA, Function
from symentropy.notation.messages import missing, misused, unexpected, unknown_macro, unknown_word
from symentropy.notation.names import GREEK_NAMES, base_and_digits, full_name, plain_base
from symentropy.notation.quantities import QUANTITIES, QUANTITY_HEADS
from symentropy.notation.reader import Rule, run
from symentropy.notation.syntax import (
    Application,
    Call,
    Density,
    Divider,
    Dotted,
    Family,
    Local,
    Name,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quantity,
    Reciprocal,
    Sum,
    Vector,
    nodes,
)
from symentropy.notation.tokens import BINOMIALS, CLOSING, FRACTIONS, Token

_INVERSE = "f^{-1} is the inverse function for some: write 1/f(x)"
#: Tokens that start a sum, an integral or an expectation.
_SIGNS = ("sum", "int", "expectation", "langle")
#: Kinds of tokens that start an operand, besides brackets and bars.
_OPERANDS = frozenset(("number", "fraction", "word", "greek", "macro", "partial", "radical", *_SIGNS))
#: Kinds of tokens that may follow the name of a function.
_AFTER_FUNCTION = frozenset((*_OPERANDS, *CLOSING, "^", "_", "'", "|", "||"))
#: Letters that are a state where nothing binds or declares them.
STATE_LETTERS = frozenset("sij")
#: How deeply quantities may nest, such as H(H(p)): their numerical checks multiply.
MAX_QUANTITIES = 8


class Parser(DerivativeReader):
    """Reads one text; ``names`` says which names are known, on which the splitting of a run of letters depends."""

    def expression(self) -> Node:
        """Return the tree of a text that is one expression."""
        tree = run(self._expression())
        if self.next.kind != "end":
            raise self.fail(unexpected(self.next))
        return tree

    # Sums, products and powers

    def _expression(self) -> Rule:
        start = self.next.span[0]
        terms = []
        while True:
            sign_start = self.next.span[0]
            minus = self.signs()
            term = yield self._product()
            terms.append(Negative(self.since(sign_start), (term,)) if minus else term)
            if self.next.kind not in ("+", "-"):
                return terms[0] if len(terms) == 1 else Sum(self.since(start), tuple(terms))

    def _product(self, *, in_argument: bool = False) -> Rule:
        """Read factors; the argument of a function without brackets ends before another function."""
        start = self.next.span[0]
        factors: list[Node] = [(yield self._power())]
        while True:
            operator = self.next
            if operator.kind in ("*", "/"):
                if in_argument and (self._starts_function(1) or self.ahead(1).kind in ("+", "-")):
                    break
                factors.append((yield self._multiplied(self.take(), start)))
            elif self._starts_operand() and not (in_argument and self._starts_function(0)):
                if operator.kind in ("number", "fraction") and _ends_in_number(factors[-1]):
                    raise self.fail("two numbers stand side by side: write * or a comma between them", operator.span)
                factors.append((yield self._power()))
            else:
                break
        self.factors = factors
        return factors[0] if len(factors) == 1 else Product(self.since(start), tuple(factors))

    def _multiplied(self, operator: Token, product_start: int) -> Rule:
        """Read the factor after ``*`` or ``/``, which may have a sign. A divisor's place includes what it divides."""
        start = self.next.span[0]
        minus = self.signs()
        factor = yield self._power()
        if operator.kind == "/":
            factor = Reciprocal(self.since(product_start), (factor,))
        return Negative(self.since(start), (factor,)) if minus else factor

    def _power(self) -> Rule:
        start = self.next.span[0]
        base = yield self._operand()
        if self.next.kind == "!":
            self.take()
            base = Call(self.since(start), (base,), "factorial")
            if self.next.kind == "!":
                raise self.fail("n!! is the double factorial for some: write (n!)! or the product")
        if self.next.kind != "^":
            return base
        self.take()
        exponent = yield self.chained(self._exponent())
        return Power(self.since(start), (base, exponent))

    def _exponent(self) -> Rule:
        start = self.next.span[0]
        minus = self.signs()
        exponent = yield self._power()
        return Negative(self.since(start), (exponent,)) if minus else exponent

    # Operands

    def _operand(self) -> Rule:
        token = self.next
        if self._is_expectation():
            return (yield self._expectation())
        if token.kind in ("number", "fraction"):
            return self._number(self.take())
        if token.kind == "partial":
            return (yield self._derivative())
        if token.kind == "radical":
            return (yield self._radical())
        if token.kind in ("word", "greek"):
            return (yield self._word())
        if token.kind in CLOSING:
            return (yield self._group())
        if token.kind in ("|", "||"):
            return (yield self._absolute())
        if token.kind == "macro":
            return (yield self._macro())
        if token.kind == "sum":
            return (yield self._sum_over_index())
        if token.kind == "int":
            return (yield self._integral())
        raise self.fail(missing(token), token.span)

    def _starts_operand(self) -> bool:
        """Return whether the next token starts a factor that is written without a sign before it."""
        kind = self.next.kind
        if kind in ("|", "||"):
            return not (self.closers and self.closers[-1][0] in ("absolute", "arguments", "family")) and self.next.text[0] == "|"
        return kind in _OPERANDS or kind in CLOSING

    def _number(self, token: Token) -> Number:
        try:
            return Number(token.span, Rational(token.text) if token.kind == "fraction" else read_decimal(token.text))
        except ParseError as error:
            raise self.fail(error.message, token.span) from None

    def _group(self) -> Rule:
        """Read a bracket: a group of one expression, or a list."""
        opener = self.next
        if opener.kind == "{" and self.ahead(1).kind in ("word", "greek") and self.ahead(2).kind == "}" and self.ahead(3).kind == "_":
            return (yield self._braced_name())
        if opener.kind in ("(", "[") and self.bracket_has("dots", 0):
            return (yield self._dotted())
        items = yield from self.list_in_brackets(self._expression)
        span = self.since(opener.span[0])
        if not items:
            raise self.fail("there is nothing between these brackets", span)
        if len(items) == 1 and opener.kind != "[":
            return items[0]
        if opener.kind in ("{", "\\{"):
            raise self.fail("a list is written in square or round brackets: [1/3, 2/3]", span)
        return Vector(span, tuple(items))

    def _dotted(self) -> Rule:
        """Read a list with dots."""
        opener = self.open("list", CLOSING[self.next.kind])
        self.in_dots = True
        first = yield self._expression()
        for kind in (",", "dots", ","):
            if self.next.kind != kind:
                raise self.fail("a list with dots has a first entry, dots and a last entry: [p_1, ..., p_n]")
            self.take()
        last = yield self._expression()
        self.in_dots = False
        self.close(opener)
        span = self.since(opener.span[0])
        if sum(1 for _ in nodes(first, last)) > dotted.MAX_NODES:
            raise self.fail("the entries of this list with dots are too long", span)
        index = Local(opener.span, "i", self.names.new_binder())
        place = dotted.last_place(last)
        if place.isdigit():
            raise self.fail("a list of so many entries is written out: [p_1, p_2, p_3]", span)
        if not place:
            return Dotted(span, (first, last), index)
        entries = (dotted.abstracted(first, "1", index), dotted.abstracted(last, place, index))
        return Dotted(span, (*entries, Name(last.span, *base_and_digits(place))), index)

    def _braced_name(self) -> Rule:
        """Read a name in braces before its subscript, as SymPy writes {p}_{i}."""
        _, name, _ = self.take(), self.take(), self.next
        self.replace(name)
        return (yield self._word())

    def _absolute(self) -> Rule:
        if self.next.kind == "||":
            self.split_bars()
        opener = self.open("absolute", "|")
        inside = yield self._expression()
        self.close(opener)
        return Call(self.since(opener.span[0]), (inside,), "abs")

    # Macros

    def _macro(self) -> Rule:
        token = self.next
        if self._starts_derivative(0):
            return (yield self._derivative())
        if token.text in FRACTIONS:
            self.take()
            over, under = (yield self._tex_argument()), (yield self._tex_argument())
            span = self.since(token.span[0])
            return Product(span, (over, Reciprocal(span, (under,))))
        if token.text in BINOMIALS:
            self.take()
            parts = ((yield self._tex_argument()), (yield self._tex_argument()))
            return Call(self.since(token.span[0]), parts, "binomial")
        if token.text == "\\sqrt":
            return (yield self._root())
        row = self._function_at(0)
        if row is not None:
            return (yield self._function(row, self.take()))
        raise self.fail(unknown_macro(token.text), token.span)

    def _root(self) -> Rule:
        head = self.take()
        index = None
        if self.next.kind == "[":
            opener = self.open("group", "]")
            index = yield self._expression()
            self.close(opener)
        radicand = yield (self._group() if self.next.kind == "(" else self._tex_argument())
        parts = (radicand,) if index is None else (radicand, index)
        return Call(self.since(head.span[0]), parts, "sqrt" if index is None else "root")

    def _radical(self) -> Rule:
        """Read √ and what it is over: a number, a name or a bracket."""
        head = self.take()
        if self.next.kind not in ("number", "fraction", "word", "greek", "("):
            raise self.fail("what is under the root is a number, a name or a bracket: √(x + 1)")
        is_bracket = self.next.kind == "("
        radicand = yield self._operand()
        if self.next.kind in ("^", "!") or (not is_bracket and self._starts_operand() and (self.touches() or self.next.kind == "(")):
            raise self.fail("it is not clear how far this root goes: put brackets around what is under it, or around the root")
        index = {"∛": 3, "∜": 4}.get(head.text)
        parts = (radicand,) if index is None else (radicand, Number(head.span, Integer(index)))
        return Call(self.since(head.span[0]), parts, "sqrt" if index is None else "root")

    def _tex_argument(self) -> Rule:
        """Read what TeX takes for an argument: a group in braces, or one digit, letter or Greek macro."""
        token = self.next
        if token.kind == "{":
            return (yield self._group())
        if token.kind not in ("number", "fraction", "word", "greek"):
            raise self.fail("an argument in braces is expected here", token.span)
        if len(token.text) > 1 and token.kind in ("number", "word"):
            start, stop = token.span
            rest = token.text[1:]
            kind = "number" if rest[0] in "0123456789." else token.kind
            self.replace(Token(token.kind, token.text[0], (start, start + 1)), Token(kind, rest, (start + 1, stop)))
        token = self.take()
        if token.kind in ("number", "fraction"):
            return self._number(token)
        base = plain_base(token.text)
        return self.local(base, "", token) or Name(token.span, base)

    # Names

    def _word(self) -> Rule:
        """Read a name, a function, a family, a quantity, or the first letter of a product of letters."""
        token = self.next
        base, digits = base_and_digits(token.text)
        letters = token.text[: len(token.text) - len(digits)]
        local = self.local(base, digits, token)
        if local is not None:
            self.take()
            return local
        if full_name(base, digits) in self.names.functions:
            return (yield self._application(self.take(), full_name(base, digits)))
        if self._starts_plain_derivative(0):
            return (yield self._derivative())
        if not self.names.declares(base, digits):
            if token.text in OPERATORS and self.ahead(1).kind == "(":
                return (yield self._operator_in_brackets())
            row = self._function_at(0)
            if row is not None:
                return (yield self._function(row, self.take()))
            if token.kind == "word" and token.text in QUANTITY_HEADS:
                return (yield self._quantity())
            if token.kind == "word" and is_family(token.text):
                return (yield self._family())
            message = misused(token.text)
            if message:
                raise self.fail(message, token.span)
        if len(letters) == 1 or token.kind == "greek" or self.names.is_known(base, digits) or base in GREEK_NAMES:
            return self.element_in_brackets(name) if isinstance(name := self._name(self.take(), base, digits), Name) else name
        self._split(token, letters, digits)
        return (yield self._word())

    def _split(self, token: Token, letters: str, digits: str) -> None:
        """Replace a run of letters that is no name by its letters; digits belong to the last."""
        subscripts = [""] * (len(letters) - 1) + [digits]
        pairs = zip(letters, subscripts, strict=True)
        known = [letter in self.bound or self.names.is_known(letter, subscript) for letter, subscript in pairs]
        if not all(known):
            unknown = letters[known.index(False)]
            raise self.fail(unknown_word(token.text, unknown), token.span)
        start = token.span[0]
        pieces = [Token("word", letter, (start + place, start + place + 1)) for place, letter in enumerate(letters)]
        last = Token("word", letters[-1] + digits, (start + len(letters) - 1, token.span[1]))
        self.replace(*pieces[:-1], last)

    def _application(self, head: Token, name: str) -> Rule:
        order = self._primes()
        if self.next.kind not in ("(", "["):
            raise self.fail(f"{name} is a function: its arguments are written in brackets", head.span)
        arguments = yield from self.list_in_brackets(self._expression)
        if order > MAX_ORDER:
            raise self.fail(f"the order of a derivative is a number from 1 to {MAX_ORDER}", head.span)
        if order > 0 and len(arguments) != 1:
            raise self.fail(f"{name}' is the derivative of a function of one number: write diff({name}(x, y), x)", self.since(head.span[0]))
        return Application(self.since(head.span[0]), tuple(arguments), name, order)

    def _limit(self) -> Rule:
        """Read what follows ^ at a sum: a number, a name, or an expression in braces. TeX takes one letter."""
        if self.next.kind == "number":
            return self._number(self.take())
        if self.next.text == "oo":
            return Name(self.take().span, "oo")
        return (yield self._tex_argument())

    # Functions

    def _starts_function(self, place: int) -> bool:
        """Return whether the token so many places ahead ends the argument of a function without brackets."""
        row = self._function_at(place)
        return self.ahead(place).kind in _SIGNS or self._starts_derivative(place) or (row is not None and row.ends_argument)

    def _function_at(self, place: int) -> Function | None:
        """Return the function that the token so many places ahead names, if it does."""
        token = self.ahead(place)
        if token.kind == "macro":
            return FUNCTIONS.get(token.text[1:])
        if token.kind not in ("word", "greek") or self.names.declares(*base_and_digits(token.text)):
            return None
        name = SPELLINGS.get(token.text, token.text)
        if token.kind == "word" and name in FUNCTIONS:
            is_letter = name in GREEK_NAMES and self.ahead(place + 1).kind not in _AFTER_FUNCTION  # gamma > 0 is about a parameter
            return None if is_letter else FUNCTIONS[name]
        bracket = self._after_power(self._after_primes(place + 1) if token.text in ("psi", "digamma") else place + 1)
        if token.text in WITH_COMMA:
            return WITH_COMMA[token.text] if self.ahead(bracket).kind in ("(", "[") and self.bracket_has(",", bracket) else None
        is_capital_word = token.kind == "word" and token.text[0].isupper()  # Gamma is the family, \\Gamma the function
        if token.text not in GREEK_FUNCTIONS or is_capital_word or self.ahead(bracket).kind not in ("(", "["):
            return None
        is_power = bracket > place + 1 and self.names.is_known(*base_and_digits(token.text))  # \\sigma^2 (1 - p) is a product
        return None if is_power else FUNCTIONS[GREEK_FUNCTIONS[token.text]]

    def _after_primes(self, place: int) -> int:
        while self.ahead(place).kind == "'":
            place += 1
        return place

    def _after_power(self, place: int) -> int:
        """Return where the tokens go on after a power that starts so many tokens ahead, if one does."""
        if self.ahead(place).kind != "^":
            return place
        return place + 1 + (self.length_of_bracket(place + 1) if self.ahead(place + 1).kind == "{" else 1)

    def _function(self, row: Function, head: Token) -> Rule:
        """Read what follows the name of a function: base, power, and arguments in brackets or without."""
        start = head.span[0]
        base = exponent = None
        order: Node | None = None
        if row.derivative and (primes := self._primes()):
            order = Number(head.span, Integer(primes))
        while self.next.kind in ("_", "^") and not (base if self.next.kind == "_" else exponent):
            sign = self.take()
            if sign.kind == "^" and self.next.kind == "{" and self.ahead(1).kind == "(":
                if row.derivative and order is None:
                    order = yield self._group()
                    continue
                raise self.fail(
                    f"{row.name}^{{(2)}} is a derivative for some: write {row.name}^{{2}} for a power, and polygamma(2, x), diff(f, x, 2)"
                )
            if sign.kind == "_" and row.name != "log":
                raise self.fail(f"{row.name} takes no subscript", sign.span)
            script = yield self._script()
            if sign.kind == "^" and isinstance(script, Negative):
                raise self.fail(_INVERSE, script.span)
            base, exponent = (script, exponent) if sign.kind == "_" else (base, script)
        if self.next.kind == "{" and self.ahead(1).kind in ("(", "[") and self.length_of_bracket(0) == self.length_of_bracket(1) + 2:
            opener = self.open("group", "}")  # SymPy writes \\log{\\left(x\\right)}
            arguments = yield from self.list_in_brackets(self._expression)
            self.close(opener)
        elif self.next.kind in CLOSING:
            arguments = yield from self.list_in_brackets(self._expression)
        elif row.is_bare:
            arguments = [(yield self.chained(self._bare(head)))]
        else:
            raise self.fail(f"{row.name} needs its arguments in brackets: {row.signature}")
        parts = (*arguments, base) if base is not None else tuple(arguments)
        call = Call(self.since(start), parts, row.name) if order is None else Call(self.since(start), (order, *parts), row.derivative)
        return call if exponent is None else Power(self.since(start), (call, exponent))

    def _bare(self, head: Token) -> Rule:
        """Read an argument without brackets; ``exp -x`` has one, and ``log - x`` is a slip."""
        start = self.next.span[0]
        minus = self.next.kind == "-" and self.ahead(1).span[0] == self.next.span[1]
        if minus:
            self.take()
        if not self._starts_operand():
            raise self.fail(f"{self.text[slice(*head.span)]} needs an argument")
        row = self._function_at(0)
        if row is not None and row.name == "gamma":  # log Gamma(x) is one function, after which factors go on
            argument = yield self._power()
        else:
            argument = yield self._product(in_argument=True)
        return Negative(self.since(start), (argument,)) if minus else argument

    def _script(self) -> Rule:
        """Read the base or the power at the name of a function: a number, a name, or an expression in braces or brackets."""
        token = self.next
        if token.kind == "number":
            return self._number(self.take())
        if token.kind in CLOSING:
            return (yield self._group())
        if token.kind in ("word", "greek"):
            self.take()
            return Name(token.span, *base_and_digits(token.text))
        if token.kind in ("+", "-"):
            raise self.fail(_INVERSE, token.span)
        raise self.fail("a number, a name or an expression in braces is expected here", token.span)

    # Families and quantities

    def _family(self) -> Rule:
        head = self.take()
        if self.next.kind not in ("(", "["):
            raise self.fail(f"{head.text} needs its parameters in brackets")
        point: Node | None = None
        opener = self.open("family", CLOSING[self.next.kind])
        arguments = [] if self.next.kind == CLOSING[opener.kind] else [(yield self._expression())]
        while arguments and (self.next.kind == "," or (self.next.kind in (";", "|") and point is None and len(arguments) == 1)):
            if self.take().kind != ",":
                point = arguments.pop()
            arguments.append((yield self._expression()))
        self.close(opener)
        family = Family(self.since(head.span[0]), tuple(arguments), head.text)
        return family if point is None else Density(family.span, (point, family))

    def _quantity(self) -> Rule:
        head = self.take()
        name = head.text
        if self.next.kind == "_":
            self.take()
            name = full_name(name, self._subscript())
        span = self.since(head.span[0])
        if name not in QUANTITIES:
            raise self.fail(f"{name} is not a quantity; these are: {', '.join(QUANTITIES)}", span)
        if self.next.kind not in ("(", "[", "\\{"):
            raise self.fail(f"{name} needs its arguments in brackets: {QUANTITIES[name].usage}")
        if sum(purpose == "arguments" for purpose, _ in self.closers) >= MAX_QUANTITIES:
            raise self.fail(f"quantities are nested deeper than {MAX_QUANTITIES}", span)
        opener = self.open("arguments", CLOSING[self.next.kind])
        arguments = [(yield self._expression())]
        dividers = []
        while self.next.kind in (",", ";", "|", "||"):
            divider = self.take()
            dividers.append(Divider(divider.kind, divider.span))
            arguments.append((yield self._expression()))
        self.close(opener)
        if name == "h" and len(arguments) == 1 and isinstance(arguments[0], Name) and self._is_state(arguments[0]):
            state = arguments[0]
            arguments = [Name(state.span, "p", state.base)]  # the surprise of state s is that of its probability p_s
        return Quantity(self.since(head.span[0]), tuple(arguments), name, tuple(dividers))

    def _is_state(self, name: Name) -> bool:
        """Return whether a name that no sum binds stands for a state, as s in ``h(s) = -log p_s``, and for nothing else."""
        return name.base in STATE_LETTERS and not name.subscript and not name.primes and not self.names.is_known(name.base)


def _ends_in_number(node: Node) -> bool:
    """Whether the text of a factor ends in a number, as 1/3 does."""
    while isinstance(node, (Reciprocal, Power)):
        node = node.children[-1]
    return isinstance(node, Number)
