"""What the catalogue answers. Every list has an order that ends in the id."""

from bekal.catalogue.queries.products import (
    categories,
    categories_of,
    every_product_of,
    product_detail,
    product_row,
    products_of,
    rows_by_code,
    unready_of,
)
from bekal.catalogue.queries.shapes import (
    ProductDetail,
    ProductFilters,
    ProductRow,
    SheetLine,
    Sort,
    Unready,
)
from bekal.catalogue.queries.terms import SaleTerms, sale_terms, sample_products

__all__ = [
    "ProductDetail",
    "ProductFilters",
    "ProductRow",
    "SaleTerms",
    "SheetLine",
    "Sort",
    "Unready",
    "categories",
    "categories_of",
    "every_product_of",
    "product_detail",
    "product_row",
    "products_of",
    "rows_by_code",
    "sale_terms",
    "sample_products",
    "unready_of",
]
