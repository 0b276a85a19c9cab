"""How long what is known of buyers is kept, in words and as promises of the database."""

import pgtrigger
from django.conf import settings
from django.utils.functional import lazy

from bekal.foundation.triggers import Promise
from bekal.shop.rules import ENDED, kept_until

UNTIL = lazy(lambda: kept_until(settings.BEKAL_BUYER_DATA_DAYS), str)()
"""The period of this installation, in the language of the page."""
_ENDED = ", ".join(f"'{status}'" for status in sorted(ENDED))

# Filled in while an order is a draft; then it stays, until it is erased, once, of what has ended.
# That all of it is empty then is a constraint of the table.
stays_or_is_erased = Promise(
    name="stays_or_is_erased",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    declare=[("stands", "text")],
    # The names of statuses are constants of the rules.
    func=f"""
    select o.status into stands from shop_order o where o.id = old.order_id;
    if new.order_id <> old.order_id or old.erased_at is not null
       or (new.erased_at is null and stands <> 'draft')
       or (new.erased_at is not null and stands not in ({_ENDED})) then
      raise exception 'a buyer stays as they were, or is erased when the order has ended'
        using errcode = '23514';
    end if;
    return new;
    """,  # noqa: S608
)


def goes_with_buyer(order: str) -> Promise:
    """A row of a person is deleted with its buyer and never before; `order` is SQL of its order."""
    return Promise(
        name="goes_with_buyer",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func=f"""
        if not exists (
          select from shop_orderbuyer b where b.order_id = {order} and b.erased_at is not null
        ) then
          raise exception 'what a buyer said goes when the buyer is erased' using errcode = '23514';
        end if;
        return old;
        """,
    )


stays_as_said = Promise(
    name="stays_as_said",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    func="raise exception 'what a buyer said stays as it was said' using errcode = '23514';",
)
