"""What changes campaigns: declaring one, and correcting what was declared."""

from bekal.campaigns.actions.declaring import (
    CORRECT,
    DECLARE,
    Correction,
    NewCampaign,
    correct_campaign,
    declare_campaign,
)

__all__ = [
    "CORRECT",
    "DECLARE",
    "Correction",
    "NewCampaign",
    "correct_campaign",
    "declare_campaign",
]
