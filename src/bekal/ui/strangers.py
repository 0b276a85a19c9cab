"""What tells programs from people without puzzles: a field that nobody sees, and four seconds.

Nothing is kept for it: the instant at which a page was opened goes with the page, signed.
"""

import datetime as dt

from django import forms
from django.core import signing

STAMP = "dibuka"
"""The name of the field in which a page sends back when it was opened."""
SLOWEST_PROGRAM = dt.timedelta(seconds=4)
"""Nobody fills in a page as fast as this."""
_LONGEST = dt.timedelta(days=1)
_SALT = "bekal.opened"


class TrapForm(forms.Form):
    """A form for everybody. People see no such field; programs that fill in everything do."""

    website = forms.CharField(required=False, widget=forms.HiddenInput)


def seal(about: str = "", *, opened_at: dt.datetime) -> str:
    """When a page was opened, and what it is about, so that no program makes its own."""
    return signing.dumps([about, opened_at.timestamp()], salt=_SALT)


def unseal(sealed: str) -> tuple[str, dt.datetime | None]:
    """What a page is about and when it was opened; nothing of what is no page's."""
    try:
        about, opened = signing.loads(sealed, salt=_SALT)
    except signing.BadSignature:
        return "", None
    return str(about), dt.datetime.fromtimestamp(opened, tz=dt.UTC)


def is_kept(opened_at: dt.datetime | None, *, now: dt.datetime) -> bool:
    """Whether the instant of a page still counts.

    A page that lay open for a day has none, or a program would use one for ever.
    """
    return opened_at is not None and now - opened_at <= _LONGEST


def is_too_fast(opened_at: dt.datetime | None, *, now: dt.datetime) -> bool:
    """Whether no person can have filled in a page since then, or nobody knows since when."""
    return opened_at is None or not is_kept(opened_at, now=now) or now - opened_at < SLOWEST_PROGRAM
