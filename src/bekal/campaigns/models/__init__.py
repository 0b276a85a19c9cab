"""What was declared of a campaign. The sums are those of sales."""

from bekal.campaigns.models.declared import Campaign, Definition, ExpectedUnit

__all__ = ["Campaign", "Definition", "ExpectedUnit"]
