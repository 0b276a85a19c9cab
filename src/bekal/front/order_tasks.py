"""What orders ask of a unit's desk, for whoever handles them."""

from bekal.foundation import formats
from bekal.front import links
from bekal.front.queries import Desk
from bekal.front.rules import MINUTES_TO_ANSWER, MINUTES_TO_PREPARE, MINUTES_TO_TELL
from bekal.front.tasking import Task
from bekal.shop.queries import Pile
from bekal.shop.rules import STALE_DAYS, ProblemState


def of_orders(desk: Desk, *, unit: str) -> list[Task]:
    """Problems to answer, drafts to confirm, parcels to prepare and hand over, news to send."""
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
    return [*_problems(desk, unit=unit), *_to_prepare(desk, unit=unit), *short]


def _problems(desk: Desk, *, unit: str) -> list[Task]:
    """What buyers reported: for whoever answers, and for whoever gives the money back."""
    to_refund = links.problems_that(unit, ProblemState.TO_REFUND)
    found = (
        (
            desk.orders.problems,
            "Urus {} laporan masalah",
            links.problems(unit),
            "Jawab, atau catat barang yang kembali",
        ),
        (desk.to_refund, "Setujui {} pengembalian uang", to_refund, "Laporannya sudah diterima"),
    )
    return [
        Task(_named(words, count), href, minutes=MINUTES_TO_ANSWER * count, note=note)
        for count, words, href, note in found
        if count
    ]


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
