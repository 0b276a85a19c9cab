"""Permits: written down, renewed, withdrawn, and which goods they speak of."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import asdict

from django.db import transaction

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.catalogue import rules
from bekal.catalogue.models import Permit, PermitProduct, Product, Seller
from bekal.foundation.actors import Actor


@transaction.atomic
def add_permit(
    *,
    unit_id: int,
    permit: rules.NewPermit,
    by: Actor,
    now: dt.datetime,
    renews: int | None = None,
) -> Permit:
    """Write down a permit of a unit and the products that it speaks of; `renews`: the one before.

    The same permit again (kind, number, first day) is the one that is there. Raises PermitRefused,
    at its field: no number or holder, days turned round, products of others, another unit's
    number, a permit that was renewed already.
    """
    told = rules.tidy_permit(permit)
    rules.check_permit(told)
    seller = _seller(unit_id)
    there = Permit.objects.filter(
        kind=told.kind, number=told.number, valid_from=told.valid_from, withdrawn_at__isnull=True
    ).first()
    if there is not None:
        return _same(there, told, seller)
    before = _renewed(seller, renews, told.kind)
    values = asdict(told)
    product_ids = values.pop("product_ids")
    row = Permit.objects.create(
        seller=seller, renews=before, added_at=now, added_by=str(by), **values
    )
    _speak_of(row, seller, product_ids)
    _record(
        row, action="add_permit", detail={"kind": row.kind, "number": row.number}, by=by, now=now
    )
    return row


@transaction.atomic
def set_permit_products(
    *, unit_id: int, permit_id: int, product_ids: Collection[int], by: Actor, now: dt.datetime
) -> Permit:
    """Say anew which products a permit speaks of. The same again changes nothing.

    Raises PermitRefused for a permit or products that are not the unit's.
    """
    seller = _seller(unit_id)
    permit = _own(seller, permit_id)
    wanted, held = set(product_ids), set(permit.goods.values_list("product_id", flat=True))
    if wanted == held:
        return permit
    permit.goods.exclude(product_id__in=wanted).delete()
    _speak_of(permit, seller, wanted - held)
    detail = {"number": permit.number, "products": sorted(wanted)}
    _record(permit, action="set_permit_products", detail=detail, by=by, now=now)
    return permit


@transaction.atomic
def withdraw_permit(*, unit_id: int, permit_id: int, by: Actor, now: dt.datetime) -> Permit:
    """Take back a permit that was written wrongly or has lost its force. Again: nothing happens.

    Raises PermitRefused for a permit that is not the unit's.
    """
    permit = _own(_seller(unit_id), permit_id)
    if permit.withdrawn_at is None:
        permit.withdrawn_at, permit.withdrawn_by = now, str(by)
        permit.save(update_fields=["withdrawn_at", "withdrawn_by"])
        detail = {"number": permit.number}
        _record(permit, action="withdraw_permit", detail=detail, by=by, now=now)
    return permit


def _seller(unit_id: int) -> Seller:
    """The unit's seller, made if need be, and locked: permits of a unit come one by one."""
    Seller.objects.bulk_create([Seller(unit_id=unit_id)], ignore_conflicts=True)
    return Seller.objects.select_for_update().get(unit_id=unit_id)


def _own(seller: Seller, permit_id: int) -> Permit:
    permit = Permit.objects.select_related("seller").filter(seller=seller, pk=permit_id).first()
    if permit is None:
        raise rules.PermitRefused("Izin ini tidak ada di unit ini.")
    return permit


def _same(there: Permit, told: rules.NewPermit, seller: Seller) -> Permit:
    """The permit that is there, when what was sent says the same of it. Raises PermitRefused."""
    if there.seller_id != seller.pk:
        raise rules.PermitRefused("Nomor ini sudah tercatat di unit lain.", field="number")
    if (there.holder, there.valid_until) != (told.holder, told.valid_until):
        raise rules.PermitRefused(
            "Izin dengan nomor dan tanggal mulai ini sudah tercatat dengan isi lain.",
            field="number",
        )
    return there


def _renewed(seller: Seller, renews: int | None, kind: rules.PermitKind) -> Permit | None:
    if renews is None:
        return None
    before = _own(seller, renews)
    if before.kind != kind:
        raise rules.PermitRefused("Perpanjangan harus izin yang sejenis.", field="kind")
    if Permit.objects.filter(renews=before).exists():
        raise rules.PermitRefused("Izin ini sudah diperpanjang.")
    return before


def _speak_of(permit: Permit, seller: Seller, product_ids: Collection[int]) -> None:
    wanted = set(product_ids)
    if Product.objects.filter(seller=seller, pk__in=wanted).count() != len(wanted):
        raise rules.PermitRefused("Pilih produk unit ini dari daftar.", field="products")
    PermitProduct.objects.bulk_create(
        [PermitProduct(permit=permit, product_id=product_id) for product_id in sorted(wanted)]
    )


def _record(
    permit: Permit, *, action: str, detail: Mapping[str, object], by: Actor, now: dt.datetime
) -> None:
    audit.record(
        chain=chain_of_place(permit.seller.unit_id),
        action=f"catalogue.{action}",
        object_key=f"permit:{permit.pk}",
        detail=detail,
        by=by,
        now=now,
    )
