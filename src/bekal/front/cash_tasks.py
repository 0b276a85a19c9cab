"""What cash asks of a unit's desk: to be counted, and differences to be decided on."""

from django.urls import reverse

from bekal.foundation import formats
from bekal.front import works
from bekal.front.links_of_money import clearings
from bekal.front.queries import Desk
from bekal.front.tasking import Task, counted


def of_cash(desk: Desk, *, unit: str) -> list[Task]:
    """Cash that moved and that nobody counted since; differences that the head decides on."""
    return [*_to_count(desk, unit=unit), *_to_clear(desk, unit=unit)]


def _to_count(desk: Desk, *, unit: str) -> list[Task]:
    if desk.uncounted is None:
        return []
    near = {desk.today: "hari ini", desk.yesterday: "kemarin"}
    day = near.get(desk.uncounted) or formats.date(desk.uncounted)
    return [
        Task(
            "Cocokkan kas",
            reverse("treasury:count_cash", args=[unit]),
            effort=desk.effort(works.COUNT_CASH),
            note=f"Kas bergerak sampai {day}. Sekali tekan kalau sama dengan buku",
        )
    ]


def _to_clear(desk: Desk, *, unit: str) -> list[Task]:
    note = "Diusulkan petugas atau bendahara"
    row = (desk.to_clear, "Putuskan {} selisih kas", clearings(unit), works.CLEAR, note)
    return counted(desk, [row])
