"""What orders ask of a unit's desk, for whoever handles them."""

from bekal.foundation import formats
from bekal.front import links
from bekal.front.queries import Desk
from bekal.front.rules import MINUTES_TO_PREPARE, MINUTES_TO_TELL
from bekal.front.tasking import Task
from bekal.shop.queries import Pile
from bekal.shop.rules import STALE_DAYS


def of_orders(desk: Desk, *, unit: str) -> list[Task]:
    """Drafts to confirm, parcels to prepare and hand over, news to send."""
    orders = desk.orders
    confirm, hand_over = (links.orders_to(unit, pile) for pile in (Pile.CONFIRM, Pile.HAND_OVER))
    found = (
        (orders.confirm, "Konfirmasi {} pesanan WhatsApp", confirm, "Periksa stok dan janjinya"),
        (orders.hand_over, "Serahkan {} pesanan", hand_over, "Sudah siap"),
        (desk.to_tell, "Kirim {} kabar WhatsApp", links.notices(unit), "Isinya sudah jadi"),
    )
    short = [
        Task(_named(words, count), href, minutes=MINUTES_TO_TELL * count, note=note)
        for count, words, href, note in found
        if count
    ]
    return [*_to_prepare(desk, unit=unit), *short]


def _to_prepare(desk: Desk, *, unit: str) -> list[Task]:
    orders = desk.orders
    if not orders.prepare:
        return []
    note = "Hari ini" if orders.due else ""
    if orders.stale:
        note = f"{orders.stale} di antaranya sudah {STALE_DAYS} hari belum disiapkan"
    return [
        Task(
            _named("Siapkan {} pesanan", orders.prepare),
            links.orders_to(unit, Pile.PREPARE),
            minutes=MINUTES_TO_PREPARE * orders.prepare,
            note=note,
        )
    ]


def _named(words: str, count: int) -> str:
    return words.format(formats.thousands(count))
