"""Whether a unit can deliver what it is about to promise: asked when it offers, not later."""

import datetime as dt

from bekal.catalogue import queries as catalogue
from bekal.catalogue.queries import SaleTerms
from bekal.catalogue.rules import is_service
from bekal.foundation.refusals import Refused
from bekal.institutions.rules import check_goods


def deliverable(*, product_id: int, unit_id: int, on: dt.date, refusal: type[Refused]) -> SaleTerms:
    """The terms of goods of a unit that can be sold on a day; two statements.

    Raises `refusal` at the product for what is not the unit's own, is a service, has no price, or
    whose price could not be split.
    """
    terms = catalogue.sale_terms(product_ids=[product_id], on=on).get(product_id)
    if terms is None or terms.unit_id != unit_id:
        raise refusal("Pilih produk dari katalog unit Anda.", field="product")
    check_goods(
        is_service=is_service(terms.category),
        has_price=terms.price is not None,
        can_be_split=product_id in catalogue.can_be_split(product_ids=[product_id], on=on),
        refusal=refusal,
    )
    return terms
