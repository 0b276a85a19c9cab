"""Institutions register themselves; a kanwil or the centre marks them as checked."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from bekal.audit import actions as audit
from bekal.audit.rules import NATION
from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.private import digest_of, private_key, sealed
from bekal.shop.models import Institution, Order
from bekal.shop.rules import (
    INSTITUTION_KEY,
    KEPT_IN_USE,
    KEPT_UNUSED,
    InstitutionRefused,
    InstitutionSaid,
    check_contact,
    check_said,
)

REGISTER = "shop.register_institution"
_Ids = Collection[UUID] | QuerySet[Any, Any]


@dataclass(frozen=True)
class Registered:
    """A registered institution and the key of its private address."""

    institution_id: UUID
    key: str


@transaction.atomic
def register_institution(
    *,
    key: UUID,
    said: InstitutionSaid,
    language: str,
    by: Actor,
    now: dt.datetime,
    is_sample: bool = False,
) -> Registered:
    """Register an institution by what it says of itself; `key` becomes its id.

    An NPWP that is registered already is no reason to refuse, and nothing in the answer tells of
    it. The same key with the same content answers the first registration; raises
    InstitutionRefused, and KeyReused for the same key with other content.
    """
    check_said(said)
    told = {name: one for name, one in vars(said).items() if one or name != "outlet"}
    message = sealed(frozen_bytes({"key": key, **told}))
    if claim_message(key=key, door=REGISTER, body=message, by=by, now=now) is not None:
        return _registered(Institution.objects.get(pk=key))
    made = Institution.objects.create(
        id=key,
        name=said.name.strip(),
        npwp=said.npwp,
        kind=said.kind,
        outlet=said.outlet.strip(),
        contact_name=said.contact_name.strip(),
        phone=said.phone,
        email=said.email,
        language=language,
        key_digest=digest_of(private_key(INSTITUTION_KEY, key)),
        is_sample=is_sample,
        registered_at=now,
        registered_by=str(by),
    )
    _told("shop.register_institution", made, by=by, now=now)
    return _registered(made)


@transaction.atomic
def check_institution(*, institution_id: UUID, by: Actor, now: dt.datetime) -> None:
    """Mark an institution as checked; a repeat changes nothing.

    Raises InstitutionRefused when it is not there, or when another one was checked with the same
    NPWP.
    """
    found = _found(Institution.objects.filter(pk=institution_id).first())
    if found.checked_at is not None:
        return
    # All who claim the NPWP, in one order: two people who check two of them wait for each other.
    claimants = Institution.objects.select_for_update().filter(npwp=found.npwp).order_by("id")
    checked = [one for one in claimants if one.npwp and one.checked_at is not None]
    if checked:
        raise InstitutionRefused(
            f"{checked[0].name} sudah diperiksa dengan NPWP yang sama. "
            "Hubungi narahubungnya dahulu."
        )
    found.checked_at, found.checked_by = now, str(by)
    found.save(update_fields=["checked_at", "checked_by"])
    _told("shop.check_institution", found, by=by, now=now)


@transaction.atomic
def change_contact(
    *,
    institution_id: UUID,
    contact_name: str,
    phone: str,
    email: str,
    by: Actor,
    now: dt.datetime,
) -> None:
    """Change with whom one speaks at an institution. Raises InstitutionRefused."""
    found = _locked(institution_id)
    check_contact(contact_name, email)
    found.contact_name, found.phone, found.email = contact_name.strip(), phone, email
    found.save(update_fields=["contact_name", "phone", "email"])
    _told("shop.change_contact", found, by=by, now=now)


@transaction.atomic
def renew_address(*, institution_id: UUID, by: Actor, now: dt.datetime) -> str:
    """Give an institution a new private address, whose key is returned; the old one ends."""
    found = _locked(institution_id)
    found.key_version += 1
    key = private_key(INSTITUTION_KEY, found.pk, version=found.key_version)
    found.key_digest = digest_of(key)
    found.save(update_fields=["key_version", "key_digest"])
    _told("shop.renew_address", found, by=by, now=now)
    return key


@transaction.atomic
def erase_institutions(*, asked: _Ids, asked_lately: _Ids, by: Actor, now: dt.datetime) -> int:
    """Erase who speaks for institutions that have long ended; returns how many.

    `asked` are the institutions that ever asked for something, `asked_lately` those that did within
    the time for which that is kept; their orders are the shop's own.
    """
    orders = Order.objects.filter(institution_id=OuterRef("pk"))
    long_ago, idle = now - KEPT_IN_USE, now - KEPT_UNUSED
    parties = Institution.objects.filter(erased_at__isnull=True)
    ended = parties.filter(registered_at__lt=long_ago).exclude(pk__in=asked_lately)
    ended = ended.exclude(Exists(orders.filter(placed_at__gte=long_ago)))
    unused = parties.filter(registered_at__lt=idle, checked_at__isnull=True)
    unused = unused.exclude(pk__in=asked).exclude(Exists(orders))
    due = parties.filter(Q(pk__in=ended.values("pk")) | Q(pk__in=unused.values("pk")))
    erased = due.update(
        npwp="", contact_name="", phone="", email="", erased_at=now, erased_by=str(by)
    )
    if erased:
        audit.record(
            chain=NATION,
            action="shop.erase_institutions",
            object_key=f"day:{local_day(now, Zone.WIB)}",
            detail={"institutions": erased},
            by=by,
            now=now,
        )
    return erased


def _locked(institution_id: UUID) -> Institution:
    return _found(Institution.objects.select_for_update().filter(pk=institution_id).first())


def _found(found: Institution | None) -> Institution:
    if found is None:
        raise InstitutionRefused("Lembaga ini tidak ditemukan.")
    return found


def _registered(institution: Institution) -> Registered:
    version = institution.key_version
    return Registered(institution.pk, private_key(INSTITUTION_KEY, institution.pk, version=version))


def _told(action: str, institution: Institution, *, by: Actor, now: dt.datetime) -> None:
    audit.record(
        chain=NATION,
        action=action,
        object_key=f"institution:{institution.pk}",
        detail={"kind": institution.kind},
        by=by,
        now=now,
    )
