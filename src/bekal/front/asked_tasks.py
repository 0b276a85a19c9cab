"""What institutions and guests ask of a unit's desk, for whoever handles orders."""

from bekal.front import links, links_of_trade, works
from bekal.front.queries import Desk
from bekal.front.tasking import Count, Task, counted
from bekal.institutions.queries import UnitWork


def asked_for(desk: Desk, *, unit: str) -> list[Task]:
    """What was not delivered in time, requests to answer, who comes, what is to be delivered."""
    return counted(desk, _asked(desk.asked, unit))


def _asked(asked: UnitWork, unit: str) -> list[Count]:
    """How many there are, what to do, where, and a word more."""
    waiting = links.requests_waiting(unit)
    abroad = links_of_trade.enquiries_waiting(unit)
    supply = links_of_trade.supply(unit)
    told = "Penanya mendapat kabar lewat email"
    one_tap = "Sekali tekan: pesanan dan fakturnya jadi"
    late = "Dari hari sebelumnya: catat diserahkan, atau mengapa tidak"
    return [
        (asked.supplies_late, "Catat {} kiriman pasokan yang terlewat", supply, works.SUPPLY, late),
        (
            asked.requests,
            "Jawab {} permintaan lembaga",
            waiting,
            works.ANSWER,
            "Lembaga menunggu sampai batasnya",
        ),
        (asked.visits, "Layani {} janji", links.services(unit), works.VISIT, "Hari ini"),
        (
            asked.enquiries,
            "Jawab {} pertanyaan dari luar negeri",
            abroad,
            works.ANSWER_ABROAD,
            told,
        ),
        (asked.supplies, "Serahkan {} kiriman pasokan", supply, works.SUPPLY, one_tap),
    ]
