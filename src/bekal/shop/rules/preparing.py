"""When a part is to be ready, what a scanner reads, and what each move needs. Pure."""

import datetime as dt
import re

from bekal.foundation.codes import CodeMistyped
from bekal.shop.rules.codes import read_code
from bekal.shop.rules.orders import Delivery
from bekal.shop.rules.statuses import GONE, MoveRefused, PartStatus

PREPARE_DAYS = 2
"""How many days a workshop has to prepare what lies on its shelf."""
STALE_DAYS = 3
"""After so many days an order that nobody has prepared is told on the desk."""
_TRACKING = re.compile(r"[0-9A-Z][0-9A-Z/\-]{3,39}", re.ASCII)
_SHORTEST_SCAN, _LONGEST_SCAN = 8, 200


def ready_by(*, promised_on: dt.date | None, accepted_on: dt.date | None) -> dt.date | None:
    """The day by which a part is to be ready; None before it was accepted."""
    if promised_on is not None or accepted_on is None:
        return promised_on
    return accepted_on + dt.timedelta(days=PREPARE_DAYS)


def read_scan(text: str) -> str:
    """The order's code out of what a scanner typed: the code itself, or the address on the label.

    Raises CodeMistyped for everything else.
    """
    squeezed = text.strip()
    if not _SHORTEST_SCAN <= len(squeezed) <= _LONGEST_SCAN:
        raise CodeMistyped
    if "/" not in squeezed:
        return read_code(squeezed)
    for piece in reversed(squeezed.rstrip("/").split("/")):
        if piece.upper().startswith("BK-"):
            return read_code(piece)
    raise CodeMistyped


def read_tracking(text: str) -> str:
    """A courier's number as it is kept: capitals, no blanks. Raises MoveRefused at its field."""
    number = re.sub(r"\s", "", text).upper()
    if number and _TRACKING.fullmatch(number) is None:
        raise MoveRefused(
            "Tulis nomor resi seperti di struk kurir: 4 sampai 40 huruf dan angka.",
            field="tracking_number",
        )
    return number


def check_way(*, delivery: Delivery, there: PartStatus, here: PartStatus, is_paid: bool) -> None:
    """Refuse to send what is fetched, to hand out what is sent, and to give away what is unpaid."""
    if there is PartStatus.SENT and delivery is Delivery.PICKUP:
        raise MoveRefused("Pesanan ini diambil sendiri oleh pembeli, tidak dikirim.")
    if there is PartStatus.DELIVERED and here is PartStatus.READY and delivery is Delivery.COURIER:
        raise MoveRefused("Pesanan ini dikirim dengan kurir. Isi nomor resinya dulu.")
    if there in GONE and not is_paid:
        raise MoveRefused("Pesanan ini belum dibayar. Catat pembayarannya dulu.")
