"""What premi asks of a unit's desk: payments to be made, and makers who have left."""

from bekal.foundation import formats
from bekal.front import links
from bekal.front.links_of_money import premi_overpaid
from bekal.front.queries import Desk
from bekal.front.rules import MINUTES_TO_PAY
from bekal.front.tasking import Task


def of_premi(desk: Desk, *, unit: str) -> list[Task]:
    """Runs to approve and to pay, and what who left is still to get, each for whose step it is."""
    runs, left = links.premi_runs(unit), links.premi_left(unit)
    too_much = premi_overpaid(unit)
    premi = desk.premi
    waiting = (
        (premi.to_approve, "Setujui {} pembayaran premi", "Disiapkan petugas", runs),
        (premi.to_pay, "Bayar {} pembayaran premi", "Sudah disetujui", runs),
        (premi.to_settle, "Siapkan premi {} pembuat", "Sudah pulang atau pindah", left),
        (premi.to_return, "Bayarkan tabungan {} pembuat", "Sudah pulang", left),
        (premi.overpaid, "Selesaikan kelebihan premi {} pembuat", "Pulang atau pindah", too_much),
        (premi.to_clear, "Putuskan {} kelebihan premi", "Diusulkan unit Anda", too_much),
    )
    return [
        Task(
            words.format(formats.thousands(count)), href, minutes=MINUTES_TO_PAY * count, note=note
        )
        for count, words, note, href in waiting
        if count
    ]
