"""The people that one can sign in as in the demo, one for each role."""

from dataclasses import dataclass

PASSWORD = "bekal-demo-2026"


@dataclass(frozen=True)
class SignIn:
    """A person of the demo: who, where, and what to type."""

    role: str
    name: str
    email: str
    nip: str
    password: str
    place: str


SIGN_INS: list[SignIn] = []


def table(sign_ins: list[SignIn]) -> list[str]:
    """The sign-ins as lines of text, in columns as wide as their longest entry."""
    head = ("role", "e-mail", "NIP", "password", "place")
    rows = [head, *((one.role, one.email, one.nip, one.password, one.place) for one in sign_ins)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
