"""Units set terms for resellers, who order by them and pay when they fetch."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from bekal.audit import actions as audit
from bekal.audit.rules import chain_of_place
from bekal.catalogue import queries as catalogue
from bekal.foundation.actions import claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.institutions.models import ResaleTerms
from bekal.institutions.queries import resale_goods, resale_terms
from bekal.institutions.rules import ResaleRefused, check_resale
from bekal.payments.rules import Method
from bekal.places import queries as places
from bekal.production import queries as production
from bekal.production.rules import Kind
from bekal.sales.rules import BuyerClass
from bekal.shop import actions as shop
from bekal.shop import queries as shop_queries
from bekal.shop.queries import Institution
from bekal.shop.rules import (
    Buyer,
    Change,
    ChangeKind,
    Delivery,
    InstitutionKind,
    NewOrder,
    OrderChanged,
    OrderChannel,
    OrderItem,
    PartAsked,
    keeps_until,
)

SET_RESALE = "institutions.set_resale_terms"
RESELL = "institutions.order_for_resale"


@dataclass(frozen=True)
class NewResaleTerms:
    """Terms as they arrive."""

    key: UUID
    institution_id: UUID
    unit_id: int
    valid_from: dt.date
    percent: int
    least: int

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        return frozen_bytes(vars(self))


@dataclass(frozen=True)
class NewResale:
    """What a reseller orders: pieces by product, at the prices that it saw."""

    key: UUID
    institution_id: UUID
    items: tuple[OrderItem, ...]

    def frozen(self) -> bytes:
        """The message as it is compared with a repeat."""
        return frozen_bytes({**vars(self), "items": [vars(item) for item in self.items]})


@dataclass(frozen=True)
class Foreseen:
    """When an order of a reseller would be there, if it must be made, and until when it is kept."""

    ready_by: dt.date | None
    until: dt.datetime


@transaction.atomic
def set_resale_terms(*, new: NewResaleTerms, by: Actor, now: dt.datetime) -> None:
    """Let a reseller that was checked buy of a unit by terms from a day on; 0 percent ends them.

    Raises ResaleRefused (with the field), and KeyReused for the same key with other content.
    """
    if claim_message(key=new.key, door=SET_RESALE, body=new.frozen(), by=by, now=now) is not None:
        return
    check_resale(percent=new.percent, least=new.least)
    reseller = shop_queries.institution(institution_id=new.institution_id)
    if reseller is None or not _may_resell(reseller):
        raise ResaleRefused("Pilih pengecer yang sudah diperiksa.", field="reseller")
    if new.valid_from < local_day(now, places.zone_of(unit_id=new.unit_id)):
        raise ResaleRefused("Berlaku paling cepat hari ini.", field="valid_from")
    ResaleTerms.objects.create(
        institution_id=new.institution_id,
        unit_id=new.unit_id,
        valid_from=new.valid_from,
        percent=new.percent,
        least=new.least,
        set_at=now,
        set_by=str(by),
    )
    audit.record(
        chain=chain_of_place(new.unit_id),
        action=SET_RESALE,
        object_key=f"institution:{new.institution_id}",
        detail={"percent": new.percent, "least": new.least, "from": new.valid_from},
        by=by,
        now=now,
    )


@transaction.atomic
def order_for_resale(*, new: NewResale, by: Actor, now: dt.datetime) -> str:
    """Order by the terms that hold now, to be fetched and paid for at each unit; the order's code.

    Raises ResaleRefused when a price is not as it was seen, or a unit gets too small an order, and
    what the shop refuses.
    """
    reseller = _reseller(new.institution_id)
    is_first = claim_message(key=new.key, door=RESELL, body=new.frozen(), by=by, now=now) is None
    on = local_day(now, Zone.WIB)
    if is_first:
        _check_items(new, on=on)
    return shop.place_order(order=_order(new, reseller, on=on), by=by, now=now).code


def foresee_resale(*, new: NewResale, by: Actor, now: dt.datetime) -> Foreseen:
    """What ordering would come to, before the last page; nothing is written.

    Raises ResaleRefused as ordering would, also where a unit cannot make as much; OrderChanged
    where one pauses.
    """
    _reseller(new.institution_id)
    units = _check_items(new, on=local_day(now, Zone.WIB))
    pieces = {item.product_id: item.pieces for item in new.items}
    found = production.availability(product_ids=pieces, now=now, pieces=pieces)
    for product_id, asked in pieces.items():
        there = found[product_id]
        if there.pause:
            said = Change(ChangeKind.PAUSED, product_id, units[product_id], said=there.pause)
            raise OrderChanged([said])
        if there.kind is Kind.NONE or (there.left is not None and there.left < asked):
            raise ResaleRefused(_("Bengkel tidak punya sebanyak itu. Kurangi jumlahnya."))
    days = [one.promised_on for one in found.values() if one.promised_on]
    ready_by = max(days, default=None)
    until = keeps_until(method=Method.AT_PICKUP, now=now, ready_by=ready_by)
    return Foreseen(ready_by, until or now)


def _reseller(institution_id: UUID) -> Institution:
    reseller = shop_queries.institution(institution_id=institution_id)
    if reseller is None or not _may_resell(reseller):
        raise ResaleRefused(_("Pengecer ini belum diperiksa kantor wilayah."))
    return reseller


def _may_resell(reseller: Institution) -> bool:
    is_reseller = reseller.kind == InstitutionKind.RESELLER
    return is_reseller and reseller.checked_at is not None and reseller.erased_at is None


def _check_items(new: NewResale, *, on: dt.date) -> dict[int, int]:
    """The unit of each product that is ordered; refuses what may not be bought by the terms."""
    terms = resale_terms(institution_id=new.institution_id, on=on)
    goods = {one.goods.product_id: one for one in resale_goods(terms=terms, on=on)}
    if not new.items:
        raise ResaleRefused(_("Isi jumlah di paling sedikit satu barang."))
    pieces: dict[int, int] = {}
    for item in new.items:
        found = goods.get(item.product_id)
        if found is None or found.price.amount != item.unit_price:
            raise ResaleRefused(_("Ada harga yang baru saja berubah. Periksa, lalu pesan lagi."))
        unit = found.goods.unit_id
        pieces[unit] = pieces.get(unit, 0) + item.pieces
    for item in new.items:
        least = goods[item.product_id].terms.least
        if pieces[goods[item.product_id].goods.unit_id] < least:
            words = _("Paling sedikit %(least)s barang sekali pesan dari satu bengkel.")
            raise ResaleRefused(words % {"least": least})
    return {item.product_id: goods[item.product_id].goods.unit_id for item in new.items}


def _order(new: NewResale, reseller: Institution, *, on: dt.date) -> NewOrder:
    terms = catalogue.sale_terms(product_ids=[item.product_id for item in new.items], on=on)
    units = sorted({one.unit_id for one in terms.values()})
    return NewOrder(
        key=uuid5(new.key, "order"),
        items=new.items,
        parts=tuple(PartAsked(unit, Delivery.PICKUP) for unit in units),
        buyer=Buyer(name=reseller.name, phone=reseller.phone, email=reseller.email),
        buyer_class=BuyerClass.INSTITUTION,
        method=Method.AT_PICKUP,
        channel=OrderChannel.INSTITUTION,
        language=reseller.language,
        is_agreed=True,
        institution_id=reseller.pk,
    )
