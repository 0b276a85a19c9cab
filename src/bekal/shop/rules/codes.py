"""The code of an order: what a buyer reads aloud, writes down and opens again. Pure but for chance.

Seven random signs say nothing of other orders and cannot be guessed; the eighth finds slips of the
pen. Only numbers whose check sign is a letter or a digit are taken, so that the code may stand in
an address.
"""

import secrets

from bekal.foundation.codes import ALPHABET, CHECK_SIGNS, CodeMistyped, decode, encode, grouped

PREFIX = "BK"
SIGNS = 8
LENGTH = len(PREFIX) + 2 + SIGNS
_NUMBERS = 32 ** (SIGNS - 1)


def new_code() -> str:
    """A code that nobody can foresee: "BK-7Q2M-18KD"."""
    number = secrets.randbelow(_NUMBERS)
    while CHECK_SIGNS[number % 37] not in ALPHABET:
        number = secrets.randbelow(_NUMBERS)
    return _written(number)


def read_code(text: str) -> str:
    """A code as it is written, however it was typed. Raises CodeMistyped when it cannot be one."""
    signs = text.strip().upper().replace("-", "").replace(" ", "")
    if len(signs) == len(PREFIX) + SIGNS:
        signs = signs.removeprefix(PREFIX)
    if len(signs) != SIGNS:
        raise CodeMistyped
    return _written(decode(signs))


def _written(number: int) -> str:
    return f"{PREFIX}-{grouped(encode(number, length=SIGNS))}"
