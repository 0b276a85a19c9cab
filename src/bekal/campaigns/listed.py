"""All campaigns in the groups of their list."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bekal.campaigns.queries import CampaignNow
from bekal.campaigns.rules import State, state_on


@dataclass(frozen=True)
class Group:
    """Campaigns of one state, under its heading."""

    head: str
    campaigns: list[CampaignNow]


def groups(campaigns: Iterable[CampaignNow], *, now: dt.datetime) -> list[Group]:
    """The running campaign, those to come (the nearest first) and those that have passed."""
    by_state: dict[State, list[CampaignNow]] = {state: [] for state in State}
    for campaign in campaigns:
        by_state[state_on(campaign.period, now=now)].append(campaign)
    found = [
        Group(_("Sedang berlangsung"), by_state[State.RUNNING]),
        Group(_("Akan datang"), by_state[State.AHEAD][::-1]),
        Group(_("Sudah berlalu"), by_state[State.OVER]),
    ]
    return [group for group in found if group.campaigns]
