"""Tokens to a syntax tree.

Main definitions
----------------
* `Parser`, a recursive-descent parser: one method a construct, loosest first (`_expression`, `_product`, `_power`, `_operand`).
  The methods are rules for `symentropy.notation.reader.run`: ``node = yield self._product()`` reads a product.

The rules that are not those of every calculator: a product may be written without a sign and then binds like ``*``; a function without
brackets takes the product that follows, up to another function; a run of letters that is no name is a product of its letters.

Left out: what the names mean, and whether the arguments fit (see `symentropy.notation.translate`). Relations, sums over an index,
expectations and derivatives are tokens that no rule reads yet.
"""

from __future__ import annotations

from symentropy.errors import ParseError
from symentropy.exact import read_decimal
from symentropy.notation.families import is_family
from symentropy.notation.functions import FUNCTIONS, GREEK_FUNCTIONS, Function
from symentropy.notation.messages import missing, misused, unexpected, unknown_macro, unknown_word
from symentropy.notation.names import CONSTANTS, GREEK_NAMES, Names, base_and_digits, full_name, plain_base
from symentropy.notation.quantities import QUANTITIES, QUANTITY_HEADS
from symentropy.notation.reader import Reader, Rule, run
from symentropy.notation.syntax import (
    Call,
    Divider,
    Family,
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
)
from symentropy.notation.tokens import CLOSING, FRACTIONS, Token

#: What a subscript is made of.
_NAMING = ("number", "word", "greek")
_INVERSE = "f^{-1} is the inverse function for some: write 1/f(x)"
#: How deeply quantities may nest, such as H(H(p)): their numerical checks multiply.
MAX_QUANTITIES = 8


class Parser(Reader):
    """Reads one text; ``names`` says which names are known, on which the splitting of a run of letters depends."""

    def __init__(self, text: str, names: Names) -> None:
        super().__init__(text)
        self.names = names

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
                if operator.kind == "number" and _ends_in_number(factors[-1]):
                    raise self.fail("two numbers stand side by side: write * or a comma between them", operator.span)
                factors.append((yield self._power()))
            else:
                break
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
        if token.kind == "number":
            return self._number(self.take())
        if token.kind in ("word", "greek"):
            return (yield self._word())
        if token.kind in CLOSING:
            return (yield self._group())
        if token.kind in ("|", "||"):
            return (yield self._absolute())
        if token.kind == "macro":
            return (yield self._macro())
        raise self.fail(missing(token), token.span)

    def _starts_operand(self) -> bool:
        """Return whether the next token starts a factor that is written without a sign before it."""
        kind = self.next.kind
        if kind in ("|", "||"):
            return not (self.closers and self.closers[-1][0] in ("absolute", "arguments")) and self.next.text[0] == "|"
        return kind in ("number", "word", "greek", "macro") or kind in CLOSING

    def _number(self, token: Token) -> Number:
        try:
            return Number(token.span, read_decimal(token.text))
        except ParseError as error:
            raise self.fail(error.message, token.span) from None

    def _group(self) -> Rule:
        """Read a bracket: a group of one expression, or a list."""
        opener = self.next
        items = yield from self.list_in_brackets(self._expression)
        span = self.since(opener.span[0])
        if not items:
            raise self.fail("there is nothing between these brackets", span)
        if len(items) == 1 and opener.kind != "[":
            return items[0]
        if opener.kind in ("{", "\\{"):
            raise self.fail("a list is written in square or round brackets: [1/3, 2/3]", span)
        return Vector(span, tuple(items))

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
        if token.text in FRACTIONS:
            self.take()
            over, under = (yield self._tex_argument()), (yield self._tex_argument())
            span = self.since(token.span[0])
            return Product(span, (over, Reciprocal(span, (under,))))
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

    def _tex_argument(self) -> Rule:
        """Read what TeX takes for an argument: a group in braces, or one digit, letter or Greek macro."""
        token = self.next
        if token.kind == "{":
            return (yield self._group())
        if token.kind not in ("number", "word", "greek"):
            raise self.fail("an argument in braces is expected here", token.span)
        if len(token.text) > 1 and token.kind != "greek":
            start, stop = token.span
            rest = token.text[1:]
            kind = "number" if rest[0] in "0123456789." else token.kind
            self.replace(Token(token.kind, token.text[0], (start, start + 1)), Token(kind, rest, (start + 1, stop)))
        token = self.take()
        return self._number(token) if token.kind == "number" else Name(token.span, plain_base(token.text))

    # Names

    def _word(self) -> Rule:
        """Read a name, a function, a family, a quantity, or the first letter of a product of letters."""
        token = self.next
        base, digits = base_and_digits(token.text)
        letters = token.text[: len(token.text) - len(digits)]
        if not self.names.declares(base, digits):
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
            return self._name(self.take(), base, digits)
        self._split(token, letters, digits)
        return (yield self._word())

    def _split(self, token: Token, letters: str, digits: str) -> None:
        """Replace a run of letters that is no name by its letters; digits belong to the last."""
        known = [self.names.is_known(letter, digits if place == len(letters) - 1 else "") for place, letter in enumerate(letters)]
        if not all(known):
            unknown = letters[known.index(False)]
            raise self.fail(unknown_word(token.text, unknown), token.span)
        start = token.span[0]
        pieces = [Token("word", letter, (start + place, start + place + 1)) for place, letter in enumerate(letters)]
        last = Token("word", letters[-1] + digits, (start + len(letters) - 1, token.span[1]))
        self.replace(*pieces[:-1], last)

    def _name(self, token: Token, base: str, subscript: str) -> Name:
        """Read the subscript and the primes of a name."""
        if token.kind == "greek" and base not in CONSTANTS and self.touches() and self.next.text.isdigit():
            subscript = self.take().text
        primes = self._primes()
        if self.next.kind == "_":
            sign = self.take()
            if subscript:
                raise self.fail(f"{token.text} has a subscript already", sign.span)
            subscript = self._subscript()
            primes += self._primes()
        return Name(self.since(token.span[0]), base, subscript, primes)

    def _primes(self) -> int:
        count = 0
        while self.next.kind == "'" and self.touches():
            self.take()
            count += 1
        return count

    def _subscript(self) -> str:
        """Read a subscript: a number or a name, or several of these in braces with commas between them."""
        if self.next.kind in _NAMING:
            return self.take().text
        parts = []
        if self.next.kind == "{":
            self.take()
            while self.next.kind in (*_NAMING, ","):
                parts.append(self.take().text)
        if not parts or self.next.kind != "}":
            raise self.fail("a subscript is a number or a name, such as p_1, p_{12} or p_i")
        self.take()
        return "".join(parts)

    # Functions

    def _starts_function(self, place: int) -> bool:
        """Return whether the token so many places ahead ends the argument of a function without brackets."""
        row = self._function_at(place)
        return row is not None and row.ends_argument

    def _function_at(self, place: int) -> Function | None:
        """Return the function that the token so many places ahead names, if it does."""
        token = self.ahead(place)
        if token.kind == "macro":
            return FUNCTIONS.get(token.text[1:])
        if token.kind not in ("word", "greek") or self.names.declares(*base_and_digits(token.text)):
            return None
        if token.kind == "word" and token.text in FUNCTIONS:
            return FUNCTIONS[token.text]
        is_greek_function = token.text in GREEK_FUNCTIONS and self.ahead(place + 1).kind in ("(", "[")
        is_capital_word = token.kind == "word" and token.text[0].isupper()  # Gamma is the family, \\Gamma the function
        return FUNCTIONS[GREEK_FUNCTIONS[token.text]] if is_greek_function and not is_capital_word else None

    def _function(self, row: Function, head: Token) -> Rule:
        """Read what follows the name of a function: base, power, and arguments in brackets or without."""
        start = head.span[0]
        base = exponent = None
        while self.next.kind in ("_", "^") and not (base if self.next.kind == "_" else exponent):
            sign = self.take()
            if sign.kind == "_" and row.name != "log":
                raise self.fail(f"{row.name} takes no subscript", sign.span)
            script = yield self._script()
            if sign.kind == "^" and isinstance(script, Negative):
                raise self.fail(_INVERSE, script.span)
            base, exponent = (script, exponent) if sign.kind == "_" else (base, script)
        if self.next.kind in CLOSING:
            arguments = yield from self.list_in_brackets(self._expression)
        elif row.is_bare:
            arguments = [(yield self.chained(self._bare(head)))]
        else:
            raise self.fail(f"{row.name} needs its arguments in brackets: {row.signature}")
        parts = (*arguments, base) if base is not None else tuple(arguments)
        call = Call(self.since(start), parts, row.name)
        return call if exponent is None else Power(self.since(start), (call, exponent))

    def _bare(self, head: Token) -> Rule:
        """Read an argument without brackets; ``exp -x`` has one, and ``log - x`` is a slip."""
        start = self.next.span[0]
        minus = self.next.kind == "-" and self.ahead(1).span[0] == self.next.span[1]
        if minus:
            self.take()
        if not self._starts_operand():
            raise self.fail(f"{self.text[slice(*head.span)]} needs an argument")
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
        arguments = yield from self.list_in_brackets(self._expression)
        return Family(self.since(head.span[0]), tuple(arguments), head.text)

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
        return Quantity(self.since(head.span[0]), tuple(arguments), name, tuple(dividers))


def _ends_in_number(node: Node) -> bool:
    """Whether the text of a factor ends in a number, as 1/3 does."""
    while isinstance(node, (Reciprocal, Power)):
        node = node.children[-1]
    return isinstance(node, Number)
