"""What the state's share asks of a unit's desk, for whoever keeps the money."""

from bekal.foundation import formats
from bekal.front import links, works
from bekal.front.queries import Desk
from bekal.front.tasking import Task, counted
from bekal.treasury.rules import LATE_AFTER


def of_pnbp(desk: Desk, *, unit: str) -> list[Task]:
    """Codes to pay before they end, codes to make anew, and what is owed for too long."""
    there = links.pnbp(unit)
    waits = (
        (
            desk.pnbp.ending,
            "Bayar {} setoran PNBP",
            there,
            works.DEPOSIT,
            "Kode billing segera habis",
        ),
        (
            desk.pnbp.ended,
            "Buat kode baru untuk {} setoran PNBP",
            there,
            works.BILL,
            "Kode billing sudah habis",
        ),
    )
    tasks = counted(desk, waits)
    if desk.pnbp.late:
        note = f"Terutang lebih dari {LATE_AFTER} hari"
        name = f"Setorkan PNBP {formats.rupiah(desk.pnbp.late)}"
        tasks.append(Task(name, there, effort=desk.effort(works.BILL), note=note))
    return tasks
