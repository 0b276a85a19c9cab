"""Declaring a campaign, and correcting what was declared by a definition that follows it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from bekal.audit import actions as audit
from bekal.audit.rules import NATION
from bekal.campaigns import queries
from bekal.campaigns.models import Campaign, Definition, ExpectedUnit
from bekal.campaigns.rules import (
    REASON_LENGTH,
    CampaignRefused,
    check_definition,
    check_units,
    slug_of,
    taken_days,
    taken_name,
)
from bekal.foundation import formats
from bekal.foundation.actions import answer_message, claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Period, Zone, local_day
from bekal.places import queries as places

DECLARE, CORRECT = "campaigns.declare", "campaigns.correct"
# Campaigns are declared a few times a year; who reads them does not wait for this.
_LOCK = "lock table campaigns_definition in share row exclusive mode"


@dataclass(frozen=True)
class NewCampaign:
    """A campaign as it arrives; `key` makes a repeat harmless, `target` is rupiah.

    `unit_ids` are the units of which a record is expected.
    """

    key: UUID
    name: str
    hbp_number: int | None
    period: Period
    target: int
    unit_ids: frozenset[int]

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        return frozen_bytes({**_plain(self), "units": sorted(self.unit_ids)})


@dataclass(frozen=True)
class Correction(NewCampaign):
    """What a campaign was meant to be, and why it is corrected.

    `seen` is the number of the definition that the person had before them.
    """

    campaign_id: int
    seen: int
    reason: str

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        more = {"campaign": self.campaign_id, "seen": self.seen, "reason": self.reason}
        return frozen_bytes({**_plain(self), **more, "units": sorted(self.unit_ids)})


def _plain(new: NewCampaign) -> dict[str, Any]:
    return {
        "name": new.name,
        "hbp": new.hbp_number,
        "first": new.period.first,
        "last": new.period.last,
        "target": new.target,
    }


@transaction.atomic
def declare_campaign(
    *, new: NewCampaign, by: Actor, now: dt.datetime, is_sample: bool = False
) -> str:
    """Declare a campaign; returns its slug. The same key with the same content answers it again.

    `is_sample` is for the demo alone. Raises CampaignRefused (with the field) for days that another
    campaign has and a name that its year has, and KeyReused for the same key with other content.
    """
    first = claim_message(key=new.key, door=DECLARE, body=new.frozen(), by=by, now=now)
    if first is not None:
        return str(first["slug"])
    _check(new, now=now)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    _check_days_are_free(new.period, but=None)
    slug = slug_of(new.name, year=new.period.first.year)
    if Campaign.objects.filter(slug=slug).exists():
        raise taken_name(new.period.first.year)
    campaign = Campaign.objects.create(
        slug=slug, is_sample=is_sample, declared_at=now, declared_by=str(by)
    )
    _define(campaign, new, number=1, reason="", by=by, now=now)
    answer_message(key=new.key, answer={"slug": slug}, by=by, now=now)
    _told(DECLARE, slug, new, number=1, by=by, now=now)
    return slug


@transaction.atomic
def correct_campaign(*, correction: Correction, by: Actor, now: dt.datetime) -> str:
    """Let a new definition of a campaign hold; returns its slug, which stays what it was.

    What was declared before stays readable. Raises CampaignRefused (with the field), also when
    somebody else corrected it since the person looked, and KeyReused.
    """
    message = correction.frozen()
    first = claim_message(key=correction.key, door=CORRECT, body=message, by=by, now=now)
    if first is not None:
        return str(first["slug"])
    _check(correction, now=now)
    reason = correction.reason.strip()
    if not reason or len(reason) > REASON_LENGTH:
        raise CampaignRefused(
            f"Tulis mengapa dibetulkan, paling panjang {REASON_LENGTH} huruf.", field="reason"
        )
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    current = _open_definition(correction)
    _check_differs(correction, current)
    _check_days_are_free(correction.period, but=current.campaign_id)
    Definition.objects.filter(pk=current.pk).update(superseded_at=now)
    number = current.number + 1
    _define(current.campaign, correction, number=number, reason=reason, by=by, now=now)
    slug = current.campaign.slug
    answer_message(key=correction.key, answer={"slug": slug}, by=by, now=now)
    _told(CORRECT, slug, correction, number=number, by=by, now=now)
    return slug


def _check(new: NewCampaign, *, now: dt.datetime) -> None:
    check_definition(
        name=new.name.strip(),
        hbp_number=new.hbp_number,
        period=new.period,
        target=new.target,
        today=local_day(now, Zone.WIB),
    )
    check_units(new.unit_ids)
    day = new.period.first
    nation = places.centre(on=day)
    if nation is None or not new.unit_ids <= places.unit_ids_below(place_ids=[nation.id], on=day):
        raise CampaignRefused(
            f"Ada unit yang tidak berjalan pada {formats.date(day)}. Periksa pilihannya.",
            field="kanwil",
        )


def _check_days_are_free(period: Period, *, but: int | None) -> None:
    other = queries.overlapping(period=period, but=but)
    if other is not None:
        raise taken_days(other.name, other.period)


def _check_differs(correction: Correction, current: Definition) -> None:
    was = (current.name, current.hbp_number, current.during, current.target)
    asked = (correction.name.strip(), correction.hbp_number, _range(correction.period))
    units = frozenset(current.expected.values_list("unit_id", flat=True))
    if was == (*asked, correction.target) and units == correction.unit_ids:
        raise CampaignRefused("Belum ada yang berubah. Ubah isiannya lebih dahulu.")


def _open_definition(correction: Correction) -> Definition:
    current = (
        Definition.objects.filter(campaign_id=correction.campaign_id, superseded_at__isnull=True)
        .select_related("campaign")
        .first()
    )
    if current is None:
        raise CampaignRefused("Kampanye ini tidak ditemukan.")
    if current.number != correction.seen:
        raise CampaignRefused(
            "Kampanye ini baru saja dibetulkan orang lain. Periksa isinya sekarang, lalu ulangi."
        )
    return current


def _range(period: Period) -> DateRange:
    return DateRange(period.first, period.last + dt.timedelta(days=1))


def _define(
    campaign: Campaign,
    new: NewCampaign,
    *,
    number: int,
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    definition = Definition.objects.create(
        campaign=campaign,
        number=number,
        name=new.name.strip(),
        hbp_number=new.hbp_number,
        during=_range(new.period),
        target=new.target,
        reason=reason,
        declared_at=now,
        declared_by=str(by),
    )
    ExpectedUnit.objects.bulk_create(
        ExpectedUnit(definition=definition, unit_id=unit_id) for unit_id in sorted(new.unit_ids)
    )


def _told(
    action: str, slug: str, new: NewCampaign, *, number: int, by: Actor, now: dt.datetime
) -> None:
    audit.record(
        chain=NATION,
        action=action,
        object_key=f"campaign:{slug}",
        detail={**_plain(new), "number": number, "units": len(new.unit_ids)},
        by=by,
        now=now,
    )
