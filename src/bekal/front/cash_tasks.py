"""What cash asks of a unit's desk, for whoever counts it."""

from django.urls import reverse

from bekal.foundation import formats
from bekal.front.queries import Desk
from bekal.front.rules import MINUTES_TO_COUNT
from bekal.front.tasking import Task


def of_cash(desk: Desk, *, unit: str) -> list[Task]:
    """Cash that moved and that nobody counted since."""
    if desk.uncounted is None:
        return []
    near = {desk.today: "hari ini", desk.yesterday: "kemarin"}
    day = near.get(desk.uncounted) or formats.date(desk.uncounted)
    return [
        Task(
            "Cocokkan kas",
            reverse("treasury:count_cash", args=[unit]),
            minutes=MINUTES_TO_COUNT,
            note=f"Kas bergerak sampai {day}. Sekali tekan kalau sama dengan buku",
        )
    ]
