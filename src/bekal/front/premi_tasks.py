"""What payments of premi ask of a unit's desk: of the head, and of the treasurer."""

from bekal.foundation import formats
from bekal.front import links
from bekal.front.queries import Desk
from bekal.front.rules import MINUTES_TO_PAY
from bekal.front.tasking import Task


def of_premi(desk: Desk, *, unit: str) -> list[Task]:
    """Runs to approve and runs to pay, each for whose step it is."""
    waiting = (
        (desk.premi.to_approve, "Setujui {} pembayaran premi", "Disiapkan petugas"),
        (desk.premi.to_pay, "Bayar {} pembayaran premi", "Sudah disetujui"),
    )
    href = links.premi_runs(unit)
    return [
        Task(
            words.format(formats.thousands(count)), href, minutes=MINUTES_TO_PAY * count, note=note
        )
        for count, words, note in waiting
        if count
    ]
