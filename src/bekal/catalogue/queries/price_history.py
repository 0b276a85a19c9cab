"""The prices that a product was and is sold at."""

import datetime as dt

from bekal.catalogue.models import Price


def price_history(*, product_id: int, on: dt.date) -> list[tuple[dt.date, int]]:
    """(first day, rupiah) of every price that held up to a day, the latest first. One statement.

    Of several rows for one day the one written last holds. Prices to come are not told.
    """
    rows = Price.objects.filter(product_id=product_id, valid_from__lte=on)
    last_first = rows.order_by("valid_from", "id").values_list("valid_from", "amount")
    return sorted(dict(last_first).items(), reverse=True)
