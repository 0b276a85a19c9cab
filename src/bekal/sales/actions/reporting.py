"""A unit says that a day is complete, also when nothing was sold."""

import datetime as dt

from django.db import connection, transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation import formats
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.foundation.refusals import Refused
from bekal.places import queries as places
from bekal.sales.actions import statements
from bekal.sales.models import DayReport
from bekal.sales.queries import DaySums, day_of, standing_receipts
from bekal.sales.rules import OLDEST_SALE


class ReportRefused(Refused):
    """The day cannot be reported as asked."""


@transaction.atomic
def report_day(
    *, unit_id: int, day: dt.date, expects_sales: bool, by: Actor, now: dt.datetime
) -> DayReport:
    """Report a day of a unit as complete; a repeat answers the first report.

    `expects_sales` is what the person saw: False for "nothing was sold". Raises ReportRefused when
    the records say otherwise, and for a day to come, more than a year back, or before or after the
    unit's life.
    """
    _check_day(day, unit_id=unit_id, now=now)
    with connection.cursor() as cursor:
        cursor.execute(statements.LOCK_BOOK, [unit_id])
    if first := DayReport.objects.filter(unit_id=unit_id, day=day).first():
        return first
    sums = day_of(unit_id=unit_id, day=day)
    _check_records(sums, unit_id=unit_id, expects_sales=expects_sales)
    report = DayReport.objects.create(
        unit_id=unit_id,
        day=day,
        receipts=sums.receipts,
        net=sums.net,
        reported_at=now,
        reported_by=str(by),
    )
    audit.record(
        chain=chain_of_place(unit_id),
        action="sales.report_day",
        object_key=f"day:{unit_id}:{day}",
        detail={"receipts": sums.receipts, "net": sums.net},
        by=by,
        now=now,
    )
    return report


def _check_day(day: dt.date, *, unit_id: int, now: dt.datetime) -> None:
    today = local_day(now, places.zone_of(unit_id=unit_id))
    if day > today:
        raise ReportRefused("Hari ini belum lewat. Pilih hari ini atau sebelumnya.", field="day")
    if today - day > OLDEST_SALE:
        raise ReportRefused("Hari itu lebih dari setahun yang lalu.", field="day")
    if places.place_by_id(place_id=unit_id, on=day) is None:
        raise ReportRefused("Unit ini tidak berjalan pada hari itu.", field="day")


def _check_records(sums: DaySums, *, unit_id: int, expects_sales: bool) -> None:
    if expects_sales and not sums.receipts:
        raise ReportRefused(f"Belum ada penjualan pada {formats.date(sums.day)}.", field="day")
    standing = 0 if expects_sales else standing_receipts(unit_id=unit_id, day=sums.day)
    if standing:
        raise ReportRefused(
            f"Sudah ada {standing} penjualan pada {formats.date(sums.day)}, "
            "jadi laporannya bukan nihil.",
            field="day",
        )
