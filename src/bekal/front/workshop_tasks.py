"""What the workshops of a unit ask of its desk, for whoever keeps their goods."""

from bekal.accounts.rules import Permission
from bekal.foundation import formats
from bekal.front import links_of_workshop, works
from bekal.front.queries import Desk
from bekal.front.tasking import Task, counted
from bekal.production.queries import Priced
from bekal.production.rules import MaterialStanding, PlotState


def _below_cost(desk: Desk, *, unit: str) -> list[Task]:
    """Products that are sold for less than they cost; no hurry, somebody says why."""
    if not desk.goods.below_cost or Permission.SET_PRICE not in desk.may:
        return []
    return [
        Task(
            f"Harga {formats.thousands(desk.goods.below_cost)} produk di bawah harga pokok",
            links_of_workshop.price_sheets_that(unit, Priced.BELOW),
            note="Naikkan harganya, atau tulis alasannya di lembar harga",
        )
    ]


def _idle_land(desk: Desk, *, unit: str) -> list[Task]:
    """Plots on which nothing grows; no hurry, but auditors ask."""
    if not desk.goods.idle or Permission.KEEP_STOCK not in desk.may:
        return []
    return [
        Task(
            f"Tanami {formats.thousands(desk.goods.idle)} lahan yang menganggur",
            links_of_workshop.plots_that(unit, PlotState.IDLE),
            note="BPK pernah menemukan lahan yang tidak dipakai",
        )
    ]


def of_workshops_at_any_time(desk: Desk, *, unit: str) -> list[Task]:
    """Prices below the cost and idle land: no hurry."""
    return [*_below_cost(desk, unit=unit), *_idle_land(desk, unit=unit)]


def _making(desk: Desk, *, unit: str) -> list[Task]:
    """What was made today, where makers have work today."""
    made = desk.goods.made
    if not made.has_work:
        return []
    note = f"{formats.thousands(made.batches)} hasil" if made.batches else ""
    to = links_of_workshop.made if made.is_idle else links_of_workshop.make
    return [
        Task(
            "Catat hasil produksi",
            to(unit),
            effort=desk.effort(works.MAKE),
            note="Tidak ada produksi" if made.is_idle else note,
            is_done=bool(made.batches or made.is_idle),
        )
    ]


def of_workshops(desk: Desk, *, unit: str) -> list[Task]:
    """What the workshops and the land ask today: what arrives, what is due, what to count."""
    if Permission.KEEP_STOCK not in desk.may:
        return []
    work = (
        (
            desk.goods.coming,
            "Terima {} transfer dari unit lain",
            links_of_workshop.transfers_coming(unit),
            works.RECEIVE_GOODS,
            "Barang dari unit lain untuk diolah di sini",
        ),
        (
            desk.goods.harvests,
            "Panen jatuh tempo di {} lahan",
            links_of_workshop.plots_that(unit, PlotState.DUE),
            works.HARVEST,
            "Catat panennya, dan ke mana hasilnya",
        ),
        (
            desk.goods.materials,
            "Bahan minus {} jenis",
            links_of_workshop.materials_that(unit, MaterialStanding.MINUS),
            works.COUNT_MATERIAL,
            "Tercatat terpakai lebih banyak daripada yang masuk. Hitung bahannya",
        ),
    )
    return [*_making(desk, unit=unit), *counted(desk, work)]
