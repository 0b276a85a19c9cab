"""Recurring supply to a vendor: agreed once, each delivery confirmed once, figures declared."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.clock import local_day
from bekal.institutions.actions.binding import deliverable
from bekal.institutions.actions.supplied import handed_over
from bekal.institutions.models import Supply, SupplyDelivery, SupplyEnd
from bekal.institutions.queries import days_of_supply
from bekal.institutions.rules import (
    Agreed,
    DeliveryKind,
    SupplyRefused,
    check_agreed,
    check_day,
    check_price,
    check_reason_of_supply,
    mask_of,
)
from bekal.places import queries as places
from bekal.shop import queries as shop
from bekal.shop.rules import InstitutionKind

AGREE = "institutions.agree_supply"
DELIVER = "institutions.deliver"


@dataclass(frozen=True)
class NewSupply:
    """An agreement as it arrives; `key` becomes its id."""

    key: UUID
    institution_id: UUID
    unit_id: int
    product_id: int
    agreed: Agreed

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        said = {**vars(self), **vars(self.agreed), "weekdays": mask_of(self.agreed.weekdays)}
        return frozen_bytes({name: one for name, one in said.items() if name != "agreed"})


@dataclass(frozen=True)
class Told:
    """What became of a delivery: so many pieces, or None and why not."""

    supply_id: UUID
    unit_id: int
    due_on: dt.date
    pieces: int | None
    reason: str = ""

    @property
    def key(self) -> UUID:
        """One for each day of an agreement, so that a day is told of once."""
        return uuid5(self.supply_id, f"delivery:{self.due_on}")

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        return frozen_bytes({"pieces": self.pieces, "reason": self.reason})


@transaction.atomic
def agree_supply(*, new: NewSupply, by: Actor, now: dt.datetime, is_sample: bool = False) -> UUID:
    """Write down an agreement with a vendor that was checked; returns its id, which is its key.

    Raises SupplyRefused (with the field), and KeyReused for the same key with other content.
    """
    if claim_message(key=new.key, door=AGREE, body=new.frozen(), by=by, now=now) is not None:
        return new.key
    check_agreed(new.agreed)
    vendor = shop.institution(institution_id=new.institution_id)
    if vendor is None or vendor.kind != InstitutionKind.VENDOR or vendor.checked_at is None:
        words = "Pilih penyedia bahan makanan yang sudah diperiksa kanwil atau pusat."
        raise SupplyRefused(words, field="vendor")
    today = _today(new.unit_id, now)
    terms = deliverable(
        product_id=new.product_id, unit_id=new.unit_id, on=today, refusal=SupplyRefused
    )
    check_price(
        new.agreed.unit_price, price=terms.price or 0, cost=terms.cost, refusal=SupplyRefused
    )
    agreed = {**vars(new.agreed), "weekdays": mask_of(new.agreed.weekdays)}
    Supply.objects.create(
        id=new.key,
        institution_id=new.institution_id,
        unit_id=new.unit_id,
        product_id=new.product_id,
        product_name=terms.name,
        is_sample=is_sample,
        agreed_at=now,
        agreed_by=str(by),
        **agreed,
    )
    detail = {"product": new.product_id}
    _told(AGREE, new.key, unit_id=new.unit_id, detail=detail, by=by, now=now)
    return new.key


@transaction.atomic
def end_supply(
    *,
    supply_id: UUID,
    unit_id: int,
    last_on: dt.date,
    reason: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    """End an agreement before its time; a repeat changes nothing. Raises SupplyRefused."""
    supply = _locked(supply_id, unit_id)
    if SupplyEnd.objects.filter(supply=supply).exists():
        return
    check_reason_of_supply(reason, question="Tulis alasannya, misalnya kontrak penyedia berakhir.")
    if not _today(unit_id, now) <= last_on <= supply.last_on:
        raise SupplyRefused("Pilih hari dari hari ini sampai akhir kesepakatan.", field="last_on")
    SupplyEnd.objects.create(
        supply=supply, last_on=last_on, reason=reason.strip(), ended_at=now, ended_by=str(by)
    )
    detail = {"last": last_on}
    _told("institutions.end_supply", supply.pk, unit_id=unit_id, detail=detail, by=by, now=now)


@transaction.atomic
def tell_delivery(*, told: Told, by: Actor, now: dt.datetime) -> str:
    """Say what became of a day's delivery, once; returns the order's code, "" for none.

    What was handed over becomes an order by invoice at the agreed price and its sale on credit, in
    the same step. Raises SupplyRefused, what the shop refuses, and KeyReused when the day was told
    of otherwise.
    """
    first = claim_message(key=told.key, door=DELIVER, body=told.frozen(), by=by, now=now)
    if first is not None:
        return _code_of(told)
    supply = _locked(told.supply_id, told.unit_id)
    today = _today(told.unit_id, now)
    days = days_of_supply(supply, since=told.due_on, until=told.due_on)
    check_day(told.due_on, days=days, today=today)
    said: dict[str, object] = {"kind": DeliveryKind.MISSED, "reason": told.reason.strip()}
    if told.pieces is None:
        check_reason_of_supply(told.reason, question="Tulis mengapa tidak dikirim.")
    else:
        if not 0 < told.pieces <= supply.pieces:
            words = f"Isi jumlah dari 1 sampai {supply.pieces}, seperti yang disepakati."
            raise SupplyRefused(words, field="pieces")
        order_id = handed_over(
            supply, told.pieces, due_on=told.due_on, key=told.key, by=by, now=now
        )
        said = {"kind": DeliveryKind.DELIVERED, "pieces": told.pieces, "order_id": order_id}
    SupplyDelivery.objects.create(
        supply=supply, due_on=told.due_on, told_at=now, told_by=str(by), **said
    )
    detail = {"due": told.due_on, "pieces": told.pieces}
    _told(DELIVER, supply.pk, unit_id=told.unit_id, detail=detail, by=by, now=now)
    return _code_of(told)


def _code_of(told: Told) -> str:
    found = SupplyDelivery.objects.filter(supply_id=told.supply_id, due_on=told.due_on).first()
    if found is None or found.order_id is None:
        return ""
    return shop.code_of(order_id=found.order_id)


def _locked(supply_id: UUID, unit_id: int) -> Supply:
    rows = Supply.objects.select_for_update(of=("self",)).select_related("end")
    found = rows.filter(pk=supply_id, unit_id=unit_id).first()
    if found is None:
        raise SupplyRefused("Kesepakatan ini tidak ditemukan.")
    return found


def _today(unit_id: int, now: dt.datetime) -> dt.date:
    return local_day(now, places.zone_of(unit_id=unit_id))


def _told(
    action: str,
    supply_id: UUID,
    *,
    unit_id: int,
    detail: Mapping[str, object],
    by: Actor,
    now: dt.datetime,
) -> None:
    audit.record(
        chain=chain_of_place(unit_id),
        action=action,
        object_key=f"supply:{supply_id}",
        detail=dict(detail),
        by=by,
        now=now,
    )
