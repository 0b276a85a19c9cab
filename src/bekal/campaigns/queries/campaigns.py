"""Which campaigns there are, each as its latest definition has it."""

import datetime as dt

from django.db.models import QuerySet

from bekal.campaigns.models import Definition
from bekal.campaigns.queries.shapes import CampaignNow


def running(*, on: dt.date) -> CampaignNow | None:
    """The campaign that has this day among its own; there is at most one."""
    return _first(_holding().filter(during__contains=on))


def campaign_by_slug(*, slug: str) -> CampaignNow | None:
    """The campaign with this address, or None."""
    return _first(_holding().filter(campaign__slug=slug))


def campaigns() -> list[CampaignNow]:
    """All campaigns, latest days first."""
    return [_now(row) for row in _holding().order_by("-during", "id")]


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
        last_day=row.during.upper - dt.timedelta(days=1),
        target=row.target,
        declared_at=row.campaign.declared_at,
    )
