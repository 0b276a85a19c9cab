"""What was declared of campaigns, and the picture of one at an instant."""

from bekal.campaigns.queries.campaigns import campaign_by_slug, campaigns, running
from bekal.campaigns.queries.shapes import (
    BuyerShare,
    CampaignNow,
    HourBar,
    LastYear,
    LivePicture,
    ProvinceTile,
    TickerLine,
    TopProduct,
)

__all__ = [
    "BuyerShare",
    "CampaignNow",
    "HourBar",
    "LastYear",
    "LivePicture",
    "ProvinceTile",
    "TickerLine",
    "TopProduct",
    "campaign_by_slug",
    "campaigns",
    "running",
]
