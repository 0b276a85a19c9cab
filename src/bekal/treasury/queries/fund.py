"""The capital fund of a unit: what was asked, approved, paid and brought back."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import QuerySet

from bekal.treasury.models import FundPayment, FundRequest
from bekal.treasury.rules.fund import PAYS_LABELS, PURPOSE_LABELS, Pays, Purpose

PAGE_SIZE = 30
_PROBLEMS = """
select 'dana penunjang ' || coalesce(f.id, p.id) || ', akun ' || coalesce(f.kind, p.kind)
  || ': terbukukan ' || coalesce(p.amount, 0) || ', menurut kuitansi ' || coalesce(f.amount, 0)
from (
  select id, 'capital' as kind, amount from treasury_fundpayment
  union all select id, means, -amount from treasury_fundpayment
  union all select id, 'capital', -amount from treasury_fundchange
  union all select id, means, amount from treasury_fundchange
) f
full join (
  select split_part(e.source, ':', 2)::uuid as id, a.kind, sum(l.amount) as amount
  from ledger_entry e join ledger_entryline l on l.entry_id = e.id
  join ledger_account a on a.id = l.account_id
  where e.source ~ '^(fund|fundchange):' group by 1, 2
) p on (p.id, p.kind) = (f.id, f.kind)
where coalesce(p.amount, 0) <> coalesce(f.amount, 0)
union all
select 'dana penunjang ' || f.id || ': bertanggal ' || f.day || ', terbukukan pada '
  || coalesce(e.late_from, e.occurred_on)
from (
  select id, paid_on as day from treasury_fundpayment
  union all select id, returned_on from treasury_fundchange
) f join ledger_entry e on e.key = f.id
where coalesce(e.late_from, e.occurred_on) <> f.day
order by 1
"""
_STATES = {"": "menunggu kepala", "refused": "ditolak", "approved": "disetujui"}


@dataclass(frozen=True)
class Spent:
    """A request of the fund and what became of it; rupiah are 0 where nothing was paid yet."""

    id: UUID
    purpose: str
    what: str
    workshop: str
    estimate: int
    asked_at: dt.datetime
    asked_by: str
    decided_as: str
    decided_why: str
    decided_by: str
    payment_id: UUID | None
    paid: int
    paid_on: dt.date | None
    paid_by: str
    means: str
    receipt_number: str
    file_name: str
    returned: int

    @property
    def state(self) -> str:
        """How it stands, for people."""
        return "dibayar" if self.payment_id else _STATES[self.decided_as]

    @property
    def kind(self) -> str:
        """The colour of its tag."""
        return {"ditolak": "neutral", "dibayar": "ok", "disetujui": "info"}.get(self.state, "warn")

    @property
    def actors(self) -> set[str]:
        """Who acted on it."""
        return {self.asked_by, self.decided_by, self.paid_by} - {""}


def spent_page(*, unit_id: int, state: str, page: int) -> Page[Spent]:
    """One page of a unit's requests, the newest first, narrowed to a state if one is given."""
    rows = _rows(unit_id)
    if state == "menunggu":
        rows = rows.filter(decided_as="")
    elif state == "disetujui":
        rows = rows.filter(decided_as="approved", payment__isnull=True)
    elif state == "dibayar":
        rows = rows.filter(payment__isnull=False)
    shown: Page[Any] = Paginator(rows, PAGE_SIZE).get_page(page)
    shown.object_list = [_shown(row) for row in shown.object_list]
    return shown


def every_spent(*, unit_id: int) -> Iterator[Spent]:
    """All requests of a unit, the newest first, for a file."""
    return (_shown(row) for row in _rows(unit_id))


def one_spent(*, unit_id: int, request_id: UUID) -> Spent | None:
    """One request of a unit."""
    row = _rows(unit_id).filter(pk=request_id).first()
    return _shown(row) if row else None


def receipt_file(*, unit_id: int, request_id: UUID) -> FundPayment | None:
    """The payment of a request with the file of its receipt, or None."""
    rows = FundPayment.objects.filter(unit_id=unit_id, request_id=request_id)
    return rows.filter(content__isnull=False).first()


def fund_problems() -> list[str]:
    """Payments and change of the fund that do not tie to the books, as sentences."""
    with connection.cursor() as cursor:
        cursor.execute(_PROBLEMS)
        return [row[0] for row in cursor.fetchall()]


def _rows(unit_id: int) -> "QuerySet[FundRequest]":
    rows = FundRequest.objects.filter(unit_id=unit_id)
    found = rows.select_related("workshop", "payment", "payment__change")
    return found.defer("payment__content").order_by("-asked_at", "-id")


def _shown(row: FundRequest) -> Spent:
    payment = getattr(row, "payment", None)
    change = getattr(payment, "change", None)
    return Spent(
        id=row.pk,
        purpose=PURPOSE_LABELS[Purpose(row.purpose)],
        what=row.what,
        workshop=row.workshop.name if row.workshop else "",
        estimate=row.estimate,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        decided_as=row.decided_as,
        decided_why=row.decided_why,
        decided_by=row.decided_by,
        payment_id=payment.pk if payment else None,
        paid=payment.amount if payment else 0,
        paid_on=payment.paid_on if payment else None,
        paid_by=payment.paid_by if payment else "",
        means=PAYS_LABELS[Pays(payment.means)] if payment else "",
        receipt_number=payment.receipt_number if payment else "",
        file_name=payment.file_name if payment else "",
        returned=change.amount if change else 0,
    )
