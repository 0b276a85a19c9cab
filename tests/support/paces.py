"""Keys of forms that were opened a while before."""

import datetime as dt
import secrets
from uuid import UUID


def opened(ago: dt.timedelta, *, before: dt.datetime) -> UUID:
    """The key of a form that was opened so long before an instant."""
    millisecond = int((before - ago).timestamp() * 1_000)
    return UUID(int=(millisecond << 80) | (0x7 << 76) | (0b10 << 62) | secrets.randbits(62))
