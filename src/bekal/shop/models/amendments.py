"""That pieces of an order by message became others as its unit took it on; each a fact."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from bekal.catalogue.rules import Making
from bekal.foundation.personal import NONE
from bekal.foundation.triggers import FACTS, Promise
from bekal.shop.models.orders import OrderPart
from bekal.shop.rules import MOST_PIECES

# The line follows; its order waits to be confirmed, and nobody else moves it meanwhile.
amends_line = Promise(
    name="amends_line",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
    perform from shop_order o join shop_orderpart p on p.order_id = o.id
      where p.id = new.part_id and o.status = 'draft' for share of o;
    if not found then
      raise exception 'what was ordered stays' using errcode = '23514';
    end if;
    if new.pieces > 0 then
      update shop_orderline l set pieces = new.pieces, gross = new.pieces * l.unit_price,
        making = new.making
      where l.part_id = new.part_id and l.product_id = new.product_id and l.pieces = new.was
        and l.name = new.name;
    else
      delete from shop_orderline l
      where l.part_id = new.part_id and l.product_id = new.product_id and l.pieces = new.was
        and l.name = new.name;
    end if;
    if not found then
      raise exception 'there is no such line of part %', new.part_id using errcode = '23514';
    end if;
    return new;
    """,
)
# So an order that is taken on sums up with what was amended (sums_up_again of the order).
as_it_is_confirmed = Promise(
    name="as_it_is_confirmed",
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    timing=pgtrigger.Deferred,
    func="""
    if exists (select from shop_order o join shop_orderpart p on p.order_id = o.id
               where p.id = new.part_id and o.status = 'draft') then
      raise exception 'pieces are amended as an order is confirmed' using errcode = '23514';
    end if;
    return null;
    """,
)


class Amendment(models.Model):
    """Pieces of a product in a part, as they were ordered and as they were agreed on after all.

    None: the product was left out. `making` is how what was agreed on comes to be.
    """

    personal_data = NONE

    part = models.ForeignKey(
        OrderPart, on_delete=models.PROTECT, related_name="amendments", db_index=False
    )
    product = models.ForeignKey(
        "catalogue.Product", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    name = models.CharField(max_length=120)
    was = models.IntegerField()
    pieces = models.IntegerField()
    making = models.CharField(max_length=10)
    amended_at = models.DateTimeField()
    amended_by = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["part", "product"], name="shop_amendment_product_once"),
            models.CheckConstraint(
                condition=Q(was__gt=0, pieces__gte=0, pieces__lte=MOST_PIECES)
                & ~Q(pieces=F("was")),
                name="shop_amendment_changes_pieces",
            ),
            models.CheckConstraint(
                condition=Q(making__in=[making.value for making in Making]),
                name="shop_amendment_making_known",
            ),
        ]
        triggers: ClassVar = [*FACTS, amends_line, as_it_is_confirmed]

    def __str__(self) -> str:
        return f"{self.name}: {self.was} to {self.pieces}"
