"""What premi asks of a unit's desk: payments to be made, and makers who have left."""

from bekal.front import links, works
from bekal.front.links_of_money import premi_overpaid
from bekal.front.queries import Desk
from bekal.front.tasking import Count, Task, counted


def of_premi(desk: Desk, *, unit: str) -> list[Task]:
    """Runs to approve and to pay, and what who left is still to get, each for whose step it is."""
    return counted(desk, (*_runs(desk, unit), *_who_left(desk, unit), *_overpaid(desk, unit)))


def _runs(desk: Desk, unit: str) -> tuple[Count, ...]:
    premi, runs = desk.premi, links.premi_runs(unit)
    approve = "Setujui {} pembayaran premi"
    return (
        (premi.to_approve, approve, runs, works.PREMI_APPROVE, "Disiapkan petugas"),
        (premi.to_pay, "Bayar {} pembayaran premi", runs, works.PREMI_PAY, "Sudah disetujui"),
    )


def _who_left(desk: Desk, unit: str) -> tuple[Count, ...]:
    premi, left = desk.premi, links.premi_left(unit)
    settle, gone = "Siapkan premi {} pembuat", "Sudah pulang atau pindah"
    return (
        (premi.to_settle, settle, left, works.PREMI_PREPARE, gone),
        (premi.to_return, "Bayarkan tabungan {} pembuat", left, works.SAVINGS, "Sudah pulang"),
    )


def _overpaid(desk: Desk, unit: str) -> tuple[Count, ...]:
    premi, too_much = desk.premi, premi_overpaid(unit)
    settle, gone = "Selesaikan kelebihan premi {} pembuat", "Pulang atau pindah"
    clear, proposed = "Putuskan {} kelebihan premi", "Diusulkan unit Anda"
    return (
        (premi.overpaid, settle, too_much, works.PREMI_OVERPAID, gone),
        (premi.to_clear, clear, too_much, works.PREMI_CLEAR, proposed),
    )
