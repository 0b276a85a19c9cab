"""What institutions and guests ask of a unit's desk, for whoever handles orders."""

from bekal.foundation import formats
from bekal.front import links, links_of_trade
from bekal.front.queries import Desk
from bekal.front.rules import MINUTES_TO_PREPARE
from bekal.front.tasking import Task


def asked_for(desk: Desk, *, unit: str) -> list[Task]:
    """Requests to answer before their time is over, and who comes today."""
    asked = desk.asked
    found = (
        (
            asked.requests,
            "Jawab {} permintaan lembaga",
            links.requests_waiting(unit),
            "Lembaga menunggu sampai batasnya",
        ),
        (asked.visits, "Layani {} janji", links.services(unit), "Hari ini"),
        (
            asked.enquiries,
            "Jawab {} pertanyaan dari luar negeri",
            links_of_trade.enquiries_waiting(unit),
            "Penanya mendapat kabar lewat email",
        ),
    )
    return [
        Task(
            words.format(formats.thousands(count)),
            href,
            minutes=MINUTES_TO_PREPARE * count,
            note=note,
        )
        for count, words, href, note in found
        if count
    ]
