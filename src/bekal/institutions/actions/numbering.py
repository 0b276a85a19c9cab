"""Numbers that institutions say on the phone."""

import secrets

from bekal.foundation import codes
from bekal.institutions.rules import CODE_LENGTH


def new_code() -> str:
    """A random code of digits and plain letters; the database refuses one that is taken."""
    while True:
        code = codes.encode(secrets.randbelow(32 ** (CODE_LENGTH - 1)), length=CODE_LENGTH)
        if code[-1] in codes.ALPHABET:
            return code
