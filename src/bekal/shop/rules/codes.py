"""The code of an order: what a buyer reads aloud, writes down and opens again. Pure but for chance.

Seven random signs say nothing of other orders and cannot be guessed; the eighth finds slips of the
pen.
"""

from bekal.foundation.codes import random_code, read_random_code

CODE_PREFIX = "BK"


def new_code() -> str:
    """A code that nobody can foresee: "BK-7Q2M-18KD"."""
    return random_code(CODE_PREFIX)


def read_code(text: str) -> str:
    """A code as it is written, however it was typed. Raises CodeMistyped when it cannot be one."""
    return read_random_code(text, prefix=CODE_PREFIX)
