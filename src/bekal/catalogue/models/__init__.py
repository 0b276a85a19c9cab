"""Sellers, products, their dated sheets, and what a product is for a buyer."""

from bekal.catalogue.models.listings import Listing, Review, Shelf
from bekal.catalogue.models.permits import Permit, PermitProduct
from bekal.catalogue.models.pictures import Picture, PictureFile, SharePicture
from bekal.catalogue.models.products import (
    Category,
    Contact,
    Cost,
    NameWord,
    Price,
    PriceSpan,
    Product,
    Seller,
    SheetRow,
    Word,
)

__all__ = [
    "Category",
    "Contact",
    "Cost",
    "Listing",
    "NameWord",
    "Permit",
    "PermitProduct",
    "Picture",
    "PictureFile",
    "Price",
    "PriceSpan",
    "Product",
    "Review",
    "Seller",
    "SharePicture",
    "SheetRow",
    "Shelf",
    "Word",
]
