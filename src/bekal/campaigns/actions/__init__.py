"""What changes campaigns: declaring one, and correcting what was declared."""

from bekal.campaigns.actions.declaring import (
    Correction,
    NewCampaign,
    correct_campaign,
    declare_campaign,
)

__all__ = ["Correction", "NewCampaign", "correct_campaign", "declare_campaign"]
