"""What of payments stands for each <parameter> of an address, as samples.py tells it."""

from uuid import UUID

from bekal.payments.actions import NewDebt, NewStatement, import_statement, owe_back, receive
from bekal.payments.models import Doubt, StatementLine
from bekal.payments.rules import Means, NewReceipt
from tests.house.matrix import ABOVE
from tests.support import world


def _bank_line(nation, whose) -> str | None:
    """A line of a bank statement that nobody has decided on."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    content = f"Tanggal;Keterangan;Kredit\n27/04/2026;uji {unit};7000\n".encode()
    statement = NewStatement(unit_id=unit, name="uji.csv", content=content, today=world.TODAY)
    import_statement(statement=statement, by=world.SITI, now=world.NOON)
    return str(StatementLine.objects.get(unit_id=unit).pk)


def _money(nation, whose) -> str | None:
    """Money that came in and belongs to nothing."""
    if whose == ABOVE:
        return None
    key = UUID(int=nation.places[whose])
    receipt = NewReceipt(
        key=key,
        unit_id=nation.places[whose],
        amount=9_000,
        method=Means.CASH,
        provider="uji",
        reference=whose,
        request_id=None,
        received_at=world.NOON,
    )
    receive(receipt=receipt, by=world.SITI, now=world.NOON)
    return str(key)


def _debt(nation, whose) -> str | None:
    """What a unit owes back of it."""
    money = _money(nation, whose)
    if money is None:
        return None
    unit = nation.places[whose]
    debt = NewDebt(UUID(int=2**64 + unit), "uji:1", unit, 1_000, "uji", UUID(money))
    return str(owe_back(debt=debt, by=world.SITI, now=world.NOON))


def _doubt(nation, whose) -> str | None:
    """What a gateway told and nobody understood."""
    if whose == ABOVE:
        return None
    doubt = Doubt.objects.create(
        unit_id=nation.places[whose],
        kind="unknown_order",
        provider="uji",
        reference=whose,
        sentence="uji",
        noted_at=world.NOON,
        noted_by="webhook:uji",
    )
    return str(doubt.pk)


SAMPLES = {
    "bank_line": _bank_line,
    "debt": _debt,
    "doubt": _doubt,
    "receipt": _money,
}
