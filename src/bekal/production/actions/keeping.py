"""What officers say of goods: sheets of what came or went, counts, and what is low."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import SaleTerms
from bekal.foundation.actions import claim_message
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.messages import scope_of_place
from bekal.production.actions.moving import lock_levels, move_stock
from bekal.production.actions.recording import record
from bekal.production.models import Stock
from bekal.production.rules import (
    Counted,
    NewCount,
    NewMove,
    NewSheet,
    Reason,
    StockRefused,
    check_count,
    check_low_mark,
    check_pieces_there,
    check_sheet,
    check_still_seen,
)


@transaction.atomic
def record_moves(*, sheet: NewSheet, by: Actor, now: dt.datetime) -> None:
    """Move goods of a unit as an officer says: made, written off, given away, used or carried.

    No more goes by hand than is there. The same key with the same content changes nothing again.
    Raises StockRefused with the field, and KeyReused for the same key with other content.
    """
    check_sheet(sheet)
    message = sheet.frozen()
    first = claim_message(key=sheet.key, door="production.move", body=message, by=by, now=now)
    if first is not None:
        return
    terms, levels = _locked(sheet.pieces, unit_id=sheet.unit_id, by=by, now=now)
    for product, pieces in sheet.pieces.items():
        if pieces < 0:
            check_pieces_there(terms[product].name, on_hand=levels.get(product), leaving=-pieces)
    moves = [
        NewMove(product, pieces, sheet.reason, f"hand:{sheet.key}", sheet.note.strip())
        for product, pieces in sheet.pieces.items()
    ]
    move_stock(moves=moves, by=by, now=now)
    detail = {"reason": sheet.reason, "pieces": dict(sheet.pieces)}
    record(
        "move",
        unit_id=sheet.unit_id,
        object_key=f"hand:{sheet.key}",
        detail=detail,
        by=by,
        now=now,
    )


@transaction.atomic
def count_stock(*, count: NewCount, by: Actor, now: dt.datetime) -> None:
    """Let levels be what an officer counted; what differs is a move with its cause.

    A count that agrees is a move of nothing: sales of earlier days move those goods no more. The
    same key with the same content changes nothing again. Raises StockRefused with the field, also
    when a level is no longer what the counter saw, and KeyReused as `record_moves` does.
    """
    check_count(count)
    message = count.frozen()
    door, scope = "production.count", scope_of_place(count.unit_id)
    first = claim_message(key=count.key, door=door, body=message, by=by, now=now, scope=scope)
    if first is not None:
        return
    terms, levels = _locked(count.counted, unit_id=count.unit_id, by=by, now=now)
    for product, counted in count.counted.items():
        check_still_seen(terms[product].name, on_hand=levels.get(product), seen=counted.seen)
    moves = [
        NewMove(
            product,
            counted.pieces - levels.get(product, 0),
            Reason.COUNTED,
            f"hand:{count.key}",
            count.words if _is_other(counted) else "",
        )
        for product, counted in count.counted.items()
    ]
    move_stock(moves=moves, by=by, now=now)
    detail = {"cause": count.cause, "differences": {m.product_id: m.pieces for m in moves}}
    record(
        "count",
        unit_id=count.unit_id,
        object_key=f"hand:{count.key}",
        detail=detail,
        by=by,
        now=now,
    )


@transaction.atomic
def set_low_mark(*, product_id: int, low_mark: int, by: Actor, now: dt.datetime) -> None:
    """Say from how few free pieces on a tracked product is low; saying it again changes nothing.

    Raises StockRefused with the field.
    """
    check_low_mark(low_mark)
    terms = catalogue.sale_terms(product_ids=[product_id], on=local_day(now, Zone.WIB))
    changed = Stock.objects.filter(pk=product_id).exclude(low_mark=low_mark)
    if changed.update(low_mark=low_mark):
        record(
            "set_low_mark",
            unit_id=terms[product_id].unit_id,
            object_key=f"product:{product_id}",
            detail={"low_mark": low_mark},
            by=by,
            now=now,
        )


def _is_other(counted: Counted) -> bool:
    return counted.seen is not None and counted.seen != counted.pieces


def _locked(
    products: Collection[int], *, unit_id: int, by: Actor, now: dt.datetime
) -> tuple[dict[int, SaleTerms], dict[int, int]]:
    """The products, which are the unit's, and the levels of those that have one, locked."""
    ids = sorted(products)
    terms = catalogue.sale_terms(product_ids=ids, on=local_day(now, Zone.WIB))
    if any(product not in terms or terms[product].unit_id != unit_id for product in ids):
        raise StockRefused("Produk ini tidak ada di katalog unit Anda.", field="pieces")
    lock_levels(product_ids=ids, by=by, now=now)
    return terms, dict(Stock.objects.filter(pk__in=ids).values_list("pk", "on_hand"))
