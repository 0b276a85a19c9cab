"""Short codes that people read aloud, write by hand and type: Crockford's base 32.

The alphabet leaves out I, L, O and U. A check sign (modulo 37, five further signs `*~$=U`) finds
every single wrong sign and every swap of neighbours. Reading is generous: lower case, hyphens and
blanks are fine, also those that phones write by themselves; O is 0, I and L are 1.
Source: Douglas Crockford, "Base 32", https://www.crockford.com/base32.html
"""

import re
import secrets

from bekal.foundation.refusals import Refused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LONGEST = 40
CHECK_SIGNS = ALPHABET + "*~$=U"
RANDOM_SIGNS = 8
"""Signs of a random code after its prefix: seven by chance and the check sign."""
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BETWEEN = re.compile(r"[\s\u2010-\u2015\u2212-]+")
"""Blanks, hyphens, dashes and the minus sign."""


class CodeMistyped(Refused):
    """The code cannot be read, or its check sign does not fit."""

    def __init__(self) -> None:
        """Say what to do in the person's words."""
        super().__init__("Kode tidak dikenal. Periksa lagi huruf dan angkanya.")


def encode(number: int, *, length: int = 0) -> str:
    """Write `number` (zero or more) with its check sign last, padded with zeros to `length` signs.

    `length` counts the check sign. Example: encode(1234) is "16JD".
    """
    if number < 0:
        raise ValueError("codes stand for numbers of zero or more")
    signs = CHECK_SIGNS[number % 37]
    rest = number
    while rest or len(signs) == 1:
        rest, digit = divmod(rest, 32)
        signs = ALPHABET[digit] + signs
    return signs.rjust(length, "0")


def decode(text: str) -> int:
    """Read a code back to its number. Raises CodeMistyped when it cannot be right."""
    typed = _BETWEEN.sub("", text)
    signs = typed.upper().translate(_READ_AS) if typed.isascii() else ""
    body, check = signs[:-1], signs[-1:]
    if not body or len(signs) > LONGEST or any(sign not in ALPHABET for sign in body):
        raise CodeMistyped
    number = 0
    for sign in body:
        number = number * 32 + ALPHABET.index(sign)
    if CHECK_SIGNS[number % 37] != check:
        raise CodeMistyped
    return number


def grouped(code: str, *, size: int = 4) -> str:
    """Put hyphens between groups of `size` signs, for reading: "K7Q4-MD2P"."""
    return "-".join(code[i : i + size] for i in range(0, len(code), size))


def random_code(prefix: str) -> str:
    """A code that nobody can foresee or derive: "BK-7Q2M-18KD" for the prefix BK.

    Only numbers whose check sign is a letter or a digit are taken, so that the code may stand in
    an address.
    """
    numbers = 32 ** (RANDOM_SIGNS - 1)
    number = secrets.randbelow(numbers)
    while CHECK_SIGNS[number % 37] not in ALPHABET:
        number = secrets.randbelow(numbers)
    return _prefixed(prefix, number)


def read_random_code(text: str, *, prefix: str) -> str:
    """A random code as it is written, however it was typed. Raises CodeMistyped if it is none."""
    signs = _BETWEEN.sub("", text).upper()
    if len(signs) == len(prefix) + RANDOM_SIGNS:
        signs = signs.removeprefix(prefix)
    if len(signs) != RANDOM_SIGNS:
        raise CodeMistyped
    return _prefixed(prefix, decode(signs))


def _prefixed(prefix: str, number: int) -> str:
    return f"{prefix}-{grouped(encode(number, length=RANDOM_SIGNS))}"
