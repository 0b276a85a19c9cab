"""Writing on the price sheet and the cost sheet."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from bekal.audit import actions as audit
from bekal.catalogue import rules
from bekal.catalogue.models import Cost, Price, Product
from bekal.foundation.actions import answer_message, claim_message, frozen_bytes
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.places import queries as places


@transaction.atomic
def set_price(
    *,
    product_id: int,
    amount: int,
    valid_from: dt.date,
    by: Actor,
    now: dt.datetime,
    note: str = "",
    key: UUID | None = None,
) -> Price:
    """Write what one piece is sold at, in rupiah, from `valid_from` on (a day of the unit).

    The same amount and note for the same day again changes nothing and answers the first row.
    Under a `key` (what may be sent twice has one) so does a repeat that comes after a newer price.
    Raises ProductUnknown, AmountRefused, NoteTooLong, DayRefused (see `rules.check_day`), and
    KeyReused for the same key with other content.
    """
    price = _write_once(
        sheet=rules.Sheet.PRICE,
        product_id=product_id,
        row=Price(
            amount=amount, valid_from=valid_from, note=rules.tidy(note), set_at=now, set_by=str(by)
        ),
        key=key,
        by=by,
        now=now,
    )
    assert isinstance(price, Price)
    return price


@transaction.atomic
def set_cost(
    *,
    product_id: int,
    amount: int,
    valid_from: dt.date,
    by: Actor,
    now: dt.datetime,
    note: str = "",
    key: UUID | None = None,
) -> Cost:
    """Write what one piece costs to make, in rupiah, from `valid_from` on (a day of the unit).

    Zero is a cost. Otherwise as `set_price`. Raises ProductUnknown, AmountRefused, DayRefused,
    NoteTooLong, KeyReused.
    """
    cost = _write_once(
        sheet=rules.Sheet.COST,
        product_id=product_id,
        row=Cost(
            amount=amount, valid_from=valid_from, note=rules.tidy(note), set_at=now, set_by=str(by)
        ),
        key=key,
        by=by,
        now=now,
    )
    assert isinstance(cost, Cost)
    return cost


def _write_once(
    *,
    sheet: rules.Sheet,
    product_id: int,
    row: Price | Cost,
    key: UUID | None,
    by: Actor,
    now: dt.datetime,
) -> Price | Cost:
    """Write the row unless its key was carried out before; then that first row is the answer."""
    if key is None:
        return _write(sheet=sheet, product_id=product_id, row=row, by=by, now=now)
    told = {"amount": row.amount, "valid_from": row.valid_from, "note": row.note}
    body = frozen_bytes({"product": product_id, **told})
    door = f"catalogue.set_{sheet.name.lower()}"
    first = claim_message(key=key, door=door, body=body, by=by, now=now)
    if first is not None:
        return type(row).objects.get(pk=first["row"])
    written = _write(sheet=sheet, product_id=product_id, row=row, by=by, now=now)
    answer_message(key=key, answer={"row": written.pk}, by=by, now=now)
    return written


def _write(
    *, sheet: rules.Sheet, product_id: int, row: Price | Cost, by: Actor, now: dt.datetime
) -> Price | Cost:
    """Lock the product, look at what is in force on the row's day, check, append, audit."""
    rules.check_amount(sheet=sheet, amount=row.amount)
    rules.check_note(row.note)
    row.product = product = locked_product(product_id)
    zone = zone_of(product.seller.unit_id, now)
    standing = _in_force(type(row), product, on=row.valid_from)
    if standing is not None and _says_the_same(standing, row):
        return standing
    rules.check_day(
        sheet=sheet,
        valid_from=row.valid_from,
        today=local_day(now, zone),
        in_force_since=local_day(standing.set_at, zone) if standing else None,
    )
    row.save(force_insert=True)
    _record(sheet, row, by=by, now=now)
    return row


def locked_product(product_id: int) -> Product:
    """The product with its seller, locked until the transaction ends. Raises ProductUnknown."""
    found = Product.objects.select_related("seller").filter(pk=product_id)
    product = found.select_for_update(of=("self",)).first()
    if product is None:
        raise rules.ProductUnknown
    return product


def _record(sheet: rules.Sheet, row: Price | Cost, *, by: Actor, now: dt.datetime) -> None:
    audit.record(
        chain=f"place:{row.product.seller.unit_id}",
        action=f"catalogue.set_{sheet.name.lower()}",
        object_key=f"product:{row.product.pk}",
        detail={
            "code": row.product.code,
            "amount": row.amount,
            "valid_from": str(row.valid_from),
        },
        by=by,
        now=now,
    )


def _in_force(
    model: type[Price] | type[Cost], product: Product, *, on: dt.date
) -> Price | Cost | None:
    rows = model.objects.filter(product=product, valid_from__lte=on)
    return rows.order_by("-valid_from", "-id").first()


def _says_the_same(standing: Price | Cost, row: Price | Cost) -> bool:
    return (standing.valid_from, standing.amount, standing.note) == (
        row.valid_from,
        row.amount,
        row.note,
    )


def zone_of(unit_id: int, now: dt.datetime) -> Zone:
    """The zone of a unit as it stands today."""
    place = places.place_by_id(place_id=unit_id, on=local_day(now, Zone.WIB))
    return place.zone if place and place.zone else Zone.WIB
