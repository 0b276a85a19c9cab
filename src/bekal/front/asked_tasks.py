"""What institutions and guests ask of a unit's desk, for whoever handles orders."""

from bekal.foundation import formats
from bekal.front import links, links_of_trade
from bekal.front.queries import Desk
from bekal.front.rules import MINUTES_TO_PREPARE
from bekal.front.tasking import Task
from bekal.institutions.queries import UnitWork


def asked_for(desk: Desk, *, unit: str) -> list[Task]:
    """What was not delivered in time, requests to answer, who comes, what is to be delivered."""
    return [
        Task(
            words.format(formats.thousands(count)),
            href,
            minutes=MINUTES_TO_PREPARE * count,
            note=note,
        )
        for count, words, href, note in _asked(desk.asked, unit)
        if count
    ]


def _asked(asked: UnitWork, unit: str) -> list[tuple[int, str, str, str]]:
    """How many there are, what to do, where, and a word more."""
    waiting = links.requests_waiting(unit)
    abroad = links_of_trade.enquiries_waiting(unit)
    supply = links_of_trade.supply(unit)
    told = "Penanya mendapat kabar lewat email"
    one_tap = "Sekali tekan: pesanan dan fakturnya jadi"
    late = "Dari hari sebelumnya: catat diserahkan, atau mengapa tidak"
    return [
        (asked.supplies_late, "Catat {} kiriman pasokan yang terlewat", supply, late),
        (
            asked.requests,
            "Jawab {} permintaan lembaga",
            waiting,
            "Lembaga menunggu sampai batasnya",
        ),
        (asked.visits, "Layani {} janji", links.services(unit), "Hari ini"),
        (asked.enquiries, "Jawab {} pertanyaan dari luar negeri", abroad, told),
        (asked.supplies, "Serahkan {} kiriman pasokan", supply, one_tap),
    ]
