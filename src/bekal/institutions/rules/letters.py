"""What is told by e-mail, and how often that is tried. Pure."""

from enum import StrEnum

MOST_TRIES = 8


class LetterKind(StrEnum):
    """What a letter tells an institution."""

    ADDRESS = "address"
    ANSWERS = "answers"
