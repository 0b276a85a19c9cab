"""What changes the catalogue: loading the real products, adding one, its price and its cost."""

from bekal.catalogue.actions.contacts import set_contact
from bekal.catalogue.actions.deriving import rebuild_showcase
from bekal.catalogue.actions.importing import ImportResult, import_amounts
from bekal.catalogue.actions.loading import LoadReport, Outcome, RowResult, load_products
from bekal.catalogue.actions.permits import add_permit, set_permit_products, withdraw_permit
from bekal.catalogue.actions.pictures import (
    add_picture,
    check_picture,
    encode_waiting,
    order_pictures,
    remove_picture,
)
from bekal.catalogue.actions.products import add_product
from bekal.catalogue.actions.publishing import describe_product, publish, unpublish
from bekal.catalogue.actions.reviews import moderate_review, write_review
from bekal.catalogue.actions.sharing import keep_share_picture
from bekal.catalogue.actions.sheets import set_cost, set_price
from bekal.catalogue.actions.shelves import tell_shelf

__all__ = [
    "ImportResult",
    "LoadReport",
    "Outcome",
    "RowResult",
    "add_permit",
    "add_picture",
    "add_product",
    "check_picture",
    "describe_product",
    "encode_waiting",
    "import_amounts",
    "keep_share_picture",
    "load_products",
    "moderate_review",
    "order_pictures",
    "publish",
    "rebuild_showcase",
    "remove_picture",
    "set_contact",
    "set_cost",
    "set_permit_products",
    "set_price",
    "tell_shelf",
    "unpublish",
    "withdraw_permit",
    "write_review",
]
