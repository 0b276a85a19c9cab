"""What the state's share asks of a unit's desk, for whoever keeps the money."""

from bekal.foundation import formats
from bekal.front import links
from bekal.front.queries import Desk
from bekal.front.rules import MINUTES_TO_PAY
from bekal.front.tasking import Task
from bekal.treasury.rules import LATE_AFTER


def of_pnbp(desk: Desk, *, unit: str) -> list[Task]:
    """Codes to pay before they end, codes to make anew, and what is owed for too long."""
    waits = (
        (desk.pnbp.ending, "Bayar {} setoran PNBP", "Kode billing segera habis"),
        (desk.pnbp.ended, "Buat kode baru untuk {} setoran PNBP", "Kode billing sudah habis"),
    )
    tasks = [
        Task(
            words.format(formats.thousands(count)),
            links.pnbp(unit),
            minutes=MINUTES_TO_PAY * count,
            note=note,
        )
        for count, words, note in waits
        if count
    ]
    if desk.pnbp.late:
        note = f"Terutang lebih dari {LATE_AFTER} hari"
        name = f"Setorkan PNBP {formats.rupiah(desk.pnbp.late)}"
        tasks.append(Task(name, links.pnbp(unit), minutes=MINUTES_TO_PAY, note=note))
    return tasks
