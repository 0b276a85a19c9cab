"""What the workshops of a unit ask of its desk, for whoever keeps their goods."""

from bekal.accounts.rules import Permission
from bekal.foundation import formats
from bekal.front import links_of_workshop
from bekal.front.queries import Desk
from bekal.front.rules import MINUTES_TO_COUNT
from bekal.front.tasking import Task
from bekal.production.queries import Priced
from bekal.production.rules import MaterialStanding


def below_cost(desk: Desk, *, unit: str) -> list[Task]:
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


def of_workshops(desk: Desk, *, unit: str) -> list[Task]:
    """Materials that were used more than came: somebody counts them, today."""
    if not desk.goods.materials or Permission.KEEP_STOCK not in desk.may:
        return []
    return [
        Task(
            f"Bahan minus {formats.thousands(desk.goods.materials)} jenis",
            links_of_workshop.materials_that(unit, MaterialStanding.MINUS),
            minutes=MINUTES_TO_COUNT * desk.goods.materials,
            note="Tercatat terpakai lebih banyak daripada yang masuk. Hitung bahannya",
        )
    ]
