"""What changes the catalogue: loading the real products, adding one, its price and its cost."""

from bekal.catalogue.actions.loading import LoadReport, Outcome, RowResult, load_products

__all__ = ["LoadReport", "Outcome", "RowResult", "load_products"]
