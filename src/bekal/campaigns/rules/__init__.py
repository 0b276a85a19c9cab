"""What a campaign may be, and how its picture is laid out. Pure."""

from bekal.campaigns.rules.definitions import (
    HIGHEST_HBP,
    HIGHEST_TARGET,
    LONGEST_DAYS,
    NAME_LENGTH,
    REASON_LENGTH,
    SLUG_LENGTH,
    CampaignRefused,
    State,
    check_definition,
    day_shown,
    hour_now,
    instant_at,
    same_point,
    slug_of,
    state_on,
)
from bekal.campaigns.rules.tiles import ISLANDS, TILES, Tile, nice_limits, percents, step_of

__all__ = [
    "HIGHEST_HBP",
    "HIGHEST_TARGET",
    "ISLANDS",
    "LONGEST_DAYS",
    "NAME_LENGTH",
    "REASON_LENGTH",
    "SLUG_LENGTH",
    "TILES",
    "CampaignRefused",
    "State",
    "Tile",
    "check_definition",
    "day_shown",
    "hour_now",
    "instant_at",
    "nice_limits",
    "percents",
    "same_point",
    "slug_of",
    "state_on",
    "step_of",
]
