"""What units owe makers, by code."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection

from bekal.ledger.queries.held import HELD
from bekal.ledger.rules import OF_A_MAKER, AccountKind

_OWED = " ".join(
    (
        "select a.unit_id, a.kind, a.maker, coalesce(c.balance, 0) + coalesce(d.amount, 0)",
        "from ledger_account a",
        HELD,
        "where a.kind = any(%(kinds)s)",
        "and (%(unit)s::bigint is null or a.unit_id = %(unit)s)",
        "and (%(makers)s::text[] is null or a.maker = any(%(makers)s))",
        "order by a.unit_id, a.maker, a.kind",
    )
)


@dataclass(frozen=True)
class OwedToMaker:
    """What a unit owes a maker, by account; rupiah, positive when it is owed."""

    unit_id: int
    account: AccountKind
    maker: str
    amount: int


def owed_to_makers(
    *, unit_id: int | None = None, makers: Collection[str] | None = None
) -> list[OwedToMaker]:
    """Premi that is not paid and premi that is saved, of a unit or of all; one statement.

    Accounts that hold nothing are left out.
    """
    values = {
        "kinds": sorted(OF_A_MAKER),
        "unit": unit_id,
        "makers": None if makers is None else list(makers),
    }
    with connection.cursor() as cursor:
        cursor.execute(_OWED, values)
        return [
            OwedToMaker(unit, AccountKind(kind), maker, -int(held))
            for unit, kind, maker, held in cursor.fetchall()
            if held
        ]
