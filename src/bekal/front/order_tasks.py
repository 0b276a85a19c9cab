"""What orders ask of a unit's desk, for whoever handles them."""

from bekal.front import links, works
from bekal.front.queries import Desk
from bekal.front.tasking import Task, counted
from bekal.shop.queries import Pile
from bekal.shop.rules import STALE_DAYS, ProblemState


def of_orders(desk: Desk, *, unit: str) -> list[Task]:
    """Problems to answer, drafts to confirm, parcels to prepare and hand over, news to send."""
    orders = desk.orders
    confirm, hand_over = (links.orders_to(unit, pile) for pile in (Pile.CONFIRM, Pile.HAND_OVER))
    found = (
        (
            orders.confirm,
            "Konfirmasi {} pesanan WhatsApp",
            confirm,
            works.CONFIRM,
            "Periksa stok dan janjinya",
        ),
        (orders.hand_over, "Serahkan {} pesanan", hand_over, works.HAND_OVER, "Sudah siap"),
        (
            desk.to_tell,
            "Kirim {} kabar WhatsApp",
            links.notices(unit),
            works.TELL,
            "Isinya sudah jadi",
        ),
    )
    short = counted(desk, found)
    return [*_problems(desk, unit=unit), *_to_prepare(desk, unit=unit), *short]


def _problems(desk: Desk, *, unit: str) -> list[Task]:
    """What buyers reported: for whoever answers, and for whoever gives the money back."""
    to_refund = links.problems_that(unit, ProblemState.TO_REFUND)
    found = (
        (
            desk.orders.problems,
            "Urus {} laporan masalah",
            links.problems(unit),
            works.PROBLEM,
            "Jawab, atau catat barang yang kembali",
        ),
        (
            desk.to_refund,
            "Setujui {} pengembalian uang",
            to_refund,
            works.REFUND,
            "Laporannya sudah diterima",
        ),
    )
    return counted(desk, found)


def _to_prepare(desk: Desk, *, unit: str) -> list[Task]:
    orders = desk.orders
    if not orders.prepare:
        return []
    note = "Hari ini" if orders.due else ""
    if orders.stale:
        note = f"{orders.stale} di antaranya sudah {STALE_DAYS} hari belum disiapkan"
    pile = links.orders_to(unit, Pile.PREPARE)
    return counted(desk, [(orders.prepare, "Siapkan {} pesanan", pile, works.PREPARE, note)])
