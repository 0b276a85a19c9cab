"""Counting the cash of a unit: the difference is posted, and has a reason."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.foundation.messages import scope_of_place
from bekal.ledger import actions as ledger
from bekal.ledger import queries as books
from bekal.ledger.rules import AccountKind
from bekal.places import queries as places
from bekal.treasury.models import CashCount
from bekal.treasury.queries.cash import flows_on, last_count
from bekal.treasury.rules.cash import (
    CashRefused,
    Flows,
    NewCount,
    check_day,
    counted,
    difference_lines,
)

DOOR = "treasury.count_cash"


@transaction.atomic
def count_cash(*, new: NewCount, by: Actor, now: dt.datetime) -> UUID:
    """Write down what cash a unit has at the end of a day; what differs goes to cash_difference.

    Nobody posts cash of the unit meanwhile. Raises CashRefused (with the field): for a difference
    without reason, when the books say something else than `expected`, for a day that is counted, to
    come, closed or before the last count; and KeyReused. The same again changes nothing.
    """
    body, scope = new.frozen(), scope_of_place(new.unit_id)
    first = claim_message(key=new.key, door=DOOR, body=body, by=by, now=now, scope=scope)
    if first is not None:
        return new.key
    ledger.hold_account(unit_id=new.unit_id, account=AccountKind.CASH, by=by, now=now)
    last = last_count(unit_id=new.unit_id)
    today = local_day(now, places.zone_of(unit_id=new.unit_id))
    check_day(new.day, today=today, closed=books.closed_through(unit_id=new.unit_id))
    _check_order(new, last)
    flows = flows_on(unit_id=new.unit_id, day=new.day)
    row = _row(new, flows=flows, number=last.number + 1 if last else 1)
    row.counted_at, row.counted_by = now, str(by)
    row.save(force_insert=True)
    if row.difference:
        _post(row, by=by, now=now)
    audit.record(
        chain=chain_of_place(new.unit_id),
        action=DOOR,
        object_key=f"cash:{new.key}",
        detail={
            "day": new.day,
            "expected": row.expected,
            "counted": row.counted,
            "reason": row.reason,
            "replaces": new.replaces,
        },
        by=by,
        now=now,
    )
    return new.key


def _check_order(new: NewCount, last: CashCount | None) -> None:
    if new.replaces is not None:
        if last is None or last.pk != new.replaces or last.day != new.day:
            raise CashRefused("Hanya hitungan kas yang terakhir yang bisa diperbaiki.")
    elif last is not None and new.day == last.day:
        raise CashRefused("Kas hari itu sudah dihitung. Perbaiki hitungannya.", field="day")
    elif last is not None and new.day < last.day:
        raise CashRefused("Kas hari sesudahnya sudah dihitung.", field="day")


def _row(new: NewCount, *, flows: Flows, number: int) -> CashCount:
    """The count beside the books. Raises CashRefused."""
    if new.expected is not None and new.expected != flows.expected:
        raise CashRefused("Buku berubah sejak halaman ini dibuka. Periksa lagi jumlahnya.")
    found = counted(new.pieces) if new.pieces else flows.expected
    if found < 0:
        raise CashRefused("Kas menurut buku kurang dari nol. Hitung uangnya dengan pecahan.")
    reason = " ".join(new.reason.split())
    if found != flows.expected and not reason:
        raise CashRefused("Uangnya berbeda dari buku. Tulis sebabnya.", field="reason")
    return CashCount(
        id=new.key,
        unit_id=new.unit_id,
        number=number,
        day=new.day,
        pieces=_kept(new.pieces),
        opening=flows.opening,
        adjusted=flows.adjusted,
        money_in=flows.money_in,
        money_out=flows.money_out,
        expected=flows.expected,
        counted=found,
        difference=found - flows.expected,
        reason=reason if found != flows.expected else "",
        replaces_id=new.replaces,
    )


def _kept(pieces: Mapping[str, int]) -> dict[str, int]:
    """What there was, or that all was counted and there was nothing."""
    return {code: many for code, many in pieces.items() if many} or dict(list(pieces.items())[:1])


def _post(row: CashCount, *, by: Actor, now: dt.datetime) -> None:
    ledger.post_entry(
        lines=difference_lines(unit_id=row.unit_id, difference=row.difference),
        key=row.pk,
        occurred_on=row.day,
        memo="Selisih kas saat dihitung",
        source=f"cash:{row.pk}",
        by=by,
        now=now,
    )
