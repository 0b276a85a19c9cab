"""What premi asks of a unit's desk: payments to be made, and makers who have left."""

from bekal.front import links, works
from bekal.front.links_of_money import premi_overpaid
from bekal.front.queries import Desk
from bekal.front.tasking import Task, counted


def of_premi(desk: Desk, *, unit: str) -> list[Task]:
    """Runs to approve and to pay, and what who left is still to get, each for whose step it is."""
    runs, left = links.premi_runs(unit), links.premi_left(unit)
    too_much = premi_overpaid(unit)
    premi = desk.premi
    waiting = (
        (
            premi.to_approve,
            "Setujui {} pembayaran premi",
            runs,
            works.PREMI_APPROVE,
            "Disiapkan petugas",
        ),
        (premi.to_pay, "Bayar {} pembayaran premi", runs, works.PREMI_PAY, "Sudah disetujui"),
        (
            premi.to_settle,
            "Siapkan premi {} pembuat",
            left,
            works.PREMI_PREPARE,
            "Sudah pulang atau pindah",
        ),
        (premi.to_return, "Bayarkan tabungan {} pembuat", left, works.SAVINGS, "Sudah pulang"),
        (
            premi.overpaid,
            "Selesaikan kelebihan premi {} pembuat",
            too_much,
            works.PREMI_OVERPAID,
            "Pulang atau pindah",
        ),
        (
            premi.to_clear,
            "Putuskan {} kelebihan premi",
            too_much,
            works.PREMI_CLEAR,
            "Diusulkan unit Anda",
        ),
    )
    return counted(desk, waiting)
