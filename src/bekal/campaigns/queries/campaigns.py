"""Which campaigns there are, each as its latest definition has it."""

import datetime as dt

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count, QuerySet

from bekal.campaigns.models import Definition
from bekal.campaigns.queries.shapes import CampaignNow, Declared
from bekal.foundation.clock import Period, Zone, local_day


def running(*, on: dt.date) -> CampaignNow | None:
    """The campaign that has this day among its own; there is at most one."""
    return _first(_holding().filter(during__contains=on))


def campaign_by_slug(*, slug: str) -> CampaignNow | None:
    """The campaign with this address, or None."""
    return _first(_holding().filter(campaign__slug=slug))


def campaigns() -> list[CampaignNow]:
    """All campaigns, latest days first."""
    return [_now(row) for row in _holding().order_by("-during", "id")]


def overlapping(*, period: Period, but: int | None) -> CampaignNow | None:
    """The first campaign that has a day of these; the one with the id `but` is passed over."""
    days = DateRange(period.first, period.last + dt.timedelta(days=1))
    others = _holding().filter(during__overlap=days).order_by("during", "id")
    return _first(others.exclude(campaign_id=but) if but else others)


def definitions_of(*, campaign_id: int) -> list[Declared]:
    """All that a campaign was declared to be, newest first; days are those of WIB."""
    rows = Definition.objects.filter(campaign_id=campaign_id).annotate(units=Count("expected"))
    return [
        Declared(
            number=row.number,
            name=row.name,
            period=row.period,
            target=row.target,
            units=row.units,
            reason=row.reason,
            on=local_day(row.declared_at, Zone.WIB),
            at=row.declared_at,
            by=row.declared_by,
        )
        for row in rows.order_by("-number", "id")
    ]


def _holding() -> QuerySet[Definition]:
    return Definition.objects.filter(superseded_at__isnull=True).select_related("campaign")


def _first(found: QuerySet[Definition]) -> CampaignNow | None:
    row = found.first()
    return _now(row) if row else None


def _now(row: Definition) -> CampaignNow:
    return CampaignNow(
        id=row.campaign_id,
        slug=row.campaign.slug,
        is_sample=row.campaign.is_sample,
        definition_id=row.pk,
        number=row.number,
        name=row.name,
        hbp_number=row.hbp_number,
        first_day=row.during.lower,
        last_day=row.period.last,
        target=row.target,
        declared_at=row.campaign.declared_at,
    )
