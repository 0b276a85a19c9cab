"""What goes over the wire: server-sent events, each made and compressed once for all viewers.

Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import datetime as dt
import zlib
from dataclasses import dataclass

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""How a gzip stream begins (RFC 1952): deflate, no name, no time, unknown system."""
RETRY_MILLISECONDS = 3000


@dataclass(frozen=True, slots=True)
class Frame:
    """An event as plain bytes, and as a piece that fits into any gzip stream."""

    plain: bytes
    packed: bytes


def opening() -> Frame:
    """What every stream begins with: how soon to come back after a break."""
    return _frame(f"retry: {RETRY_MILLISECONDS}\n\n")


def news(page: str, *, revision: int) -> Frame:
    """All parts of the page. Its id comes back as Last-Event-ID from who was cut off."""
    lines = "\n".join(f"data: {line}" for line in page.splitlines() if line.strip())
    return _frame(f"id: {revision}\n{lines}\n\n")


def pulse(at: dt.datetime) -> Frame:
    """Nothing new up to an instant; a comment for what lies between, an event for the page."""
    told = at.isoformat(timespec="seconds")
    return _frame(f": {told}\nevent: saat\ndata: {told}\n\n")


def _frame(text: str) -> Frame:
    plain = text.encode()
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    # A full flush ends on a whole byte and looks back at nothing before the piece: such pieces may
    # follow each other in the stream of any viewer.
    return Frame(plain, packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH))
