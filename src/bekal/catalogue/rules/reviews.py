"""What buyers may say of a product, and how it is judged before it is shown. Pure."""

from bekal.catalogue.rules.publishing import tidy_text
from bekal.catalogue.rules.sheets import NOTE_LENGTH, tidy
from bekal.foundation.refusals import Refused

REVIEW_LENGTH = 1000
MOST_STARS = 5
FEWEST_FOR_AVERAGE = 3
"""Of fewer reviews no average is told: it would say nothing."""


class ReviewRefused(Refused):
    """A review that cannot be, or a judgement of one."""


def check_review(*, stars: int, text: str) -> str:
    """The tidy text of a review. Raises ReviewRefused, at its field."""
    if not 1 <= stars <= MOST_STARS:
        raise ReviewRefused("Pilih 1 sampai 5 bintang.", field="stars")
    said = tidy_text(text)
    if len(said) > REVIEW_LENGTH:
        raise ReviewRefused(f"Ulasan paling panjang {REVIEW_LENGTH} huruf.", field="text")
    return said


def check_reason(*, is_shown: bool, reason: str) -> str:
    """The tidy reason of a refusal, nothing when it is shown. Raises ReviewRefused without one."""
    if is_shown:
        return ""
    said = tidy(reason)
    if not said:
        raise ReviewRefused("Tulis mengapa ulasan ini tidak ditampilkan.", field="reason")
    if len(said) > NOTE_LENGTH:
        raise ReviewRefused(f"Alasan paling panjang {NOTE_LENGTH} huruf.", field="reason")
    return said
