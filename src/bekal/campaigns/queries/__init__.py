"""What was declared of campaigns, and the picture of one at an instant."""

from bekal.campaigns.queries.campaigns import (
    campaign_by_slug,
    campaigns,
    definitions_of,
    overlapping,
    running,
)
from bekal.campaigns.queries.expected import KanwilUnits, expected_units, units_by_kanwil
from bekal.campaigns.queries.shapes import (
    BuyerShare,
    CampaignNow,
    Declared,
    HourBar,
    LastYear,
    LivePicture,
    ProvinceTile,
    TickerLine,
    TopProduct,
)
from bekal.campaigns.queries.snapshot import TOPICS, picture

__all__ = [
    "TOPICS",
    "BuyerShare",
    "CampaignNow",
    "Declared",
    "HourBar",
    "KanwilUnits",
    "LastYear",
    "LivePicture",
    "ProvinceTile",
    "TickerLine",
    "TopProduct",
    "campaign_by_slug",
    "campaigns",
    "definitions_of",
    "expected_units",
    "overlapping",
    "picture",
    "running",
    "units_by_kanwil",
]
