"""What changes shipping: the kecamatan, the services of a unit and their rates."""

from bekal.shipping.actions.importing import ImportResult, import_rates
from bekal.shipping.actions.loading import DistrictReport, load_districts
from bekal.shipping.actions.rates import NewRate, set_rate, write_rates
from bekal.shipping.actions.services import add_service, stop_service
from bekal.shipping.actions.tables import NewTable, load_tables

__all__ = [
    "DistrictReport",
    "ImportResult",
    "NewRate",
    "NewTable",
    "add_service",
    "import_rates",
    "load_districts",
    "load_tables",
    "set_rate",
    "stop_service",
    "write_rates",
]
