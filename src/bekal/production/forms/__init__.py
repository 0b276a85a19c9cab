"""What people type at the doors of production, read generously; nothing is written here."""

from bekal.production.forms.assigning import AssignForm, EndForm, LimitForm
from bekal.production.forms.batches import (
    BatchForm,
    CorrectionForm,
    as_before,
    begun,
    read_batch_filters,
    read_day,
)
from bekal.production.forms.chains import ChainAsked, read_chain_asked
from bekal.production.forms.costing import PRICED_SLUGS, CostForm, filled_from, read_priced_filters
from bekal.production.forms.goods import (
    STANDING_SLUGS,
    CountForm,
    KeepForm,
    LowMarkForm,
    SheetForm,
    read_filters,
)
from bekal.production.forms.hours import DayForm, TimeForm, WorkForm, WorkshopForm
from bekal.production.forms.land import (
    FATE_SLUGS,
    PLOT_SLUGS,
    EndingForm,
    HarvestForm,
    PlantForm,
    PlotForm,
    ReopeningForm,
    read_harvest_filters,
)
from bekal.production.forms.materials import (
    LEVEL_SLUGS,
    CountMaterialForm,
    MaterialForm,
    ReasonForm,
    UseForm,
    read_material_filters,
    read_purchase_filters,
)
from bekal.production.forms.pausing import PauseForm
from bekal.production.forms.purchases import PurchaseForm
from bekal.production.forms.quality import (
    CheckForm,
    PointForm,
)
from bekal.production.forms.tools import ToolForm, TradeForm
from bekal.production.forms.transfers import (
    TRANSFER_SLUGS,
    ArrivalForm,
    SendForm,
    TakeBackForm,
    read_transfer_filters,
)
from bekal.production.forms.uses import BatchMaterialsForm

__all__ = [
    "FATE_SLUGS",
    "LEVEL_SLUGS",
    "PLOT_SLUGS",
    "PRICED_SLUGS",
    "STANDING_SLUGS",
    "TRANSFER_SLUGS",
    "ArrivalForm",
    "AssignForm",
    "BatchForm",
    "BatchMaterialsForm",
    "ChainAsked",
    "CheckForm",
    "CorrectionForm",
    "CostForm",
    "CountForm",
    "CountMaterialForm",
    "DayForm",
    "EndForm",
    "EndingForm",
    "HarvestForm",
    "KeepForm",
    "LimitForm",
    "LowMarkForm",
    "MaterialForm",
    "PauseForm",
    "PlantForm",
    "PlotForm",
    "PointForm",
    "PurchaseForm",
    "ReasonForm",
    "ReopeningForm",
    "SendForm",
    "SheetForm",
    "TakeBackForm",
    "TimeForm",
    "ToolForm",
    "TradeForm",
    "UseForm",
    "WorkForm",
    "WorkshopForm",
    "as_before",
    "begun",
    "filled_from",
    "read_batch_filters",
    "read_chain_asked",
    "read_day",
    "read_filters",
    "read_harvest_filters",
    "read_material_filters",
    "read_priced_filters",
    "read_purchase_filters",
    "read_transfer_filters",
]
