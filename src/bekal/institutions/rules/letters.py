"""What is told by e-mail, and how often that is tried. Pure."""

import datetime as dt
from enum import StrEnum

MOST_TRIES = 8
BETWEEN_LETTERS = dt.timedelta(minutes=15)
"""How long nobody gets their private address again, however often somebody asks for it."""


class LetterKind(StrEnum):
    """What a letter tells an institution."""

    ADDRESS = "address"
    ANSWERS = "answers"
