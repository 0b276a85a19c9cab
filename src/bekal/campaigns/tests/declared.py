"""Campaigns and trade for the tests of this room."""

from bekal.campaigns import actions, queries
from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.sales import actions as sales
from bekal.sales.queries import refundable_lines
from bekal.sales.rules import RefundKind
from tests.support.world import NOON, TODAY, YOHANA, a_sale

DIRECTOR = YOHANA
NAME = "Satu Hari Satu Karya"
SLUG = "satu-hari-satu-karya-2026"


def new_campaign(world, *, units=None, **changes):
    """The campaign of 27 April 2026, of which Nabire, Merauke and Bangli are expected."""
    given = {
        "key": uuid7(),
        "name": NAME,
        "hbp_number": 62,
        "period": Period(TODAY, TODAY),
        "target": 1_000_000,
        "unit_ids": frozenset(units or (world.nabire, world.merauke, world.bangli)),
    }
    return actions.NewCampaign(**{**given, **changes})


def declare(world, *, now=NOON, **changes):
    """Declare it; answers it as it now is."""
    new = new_campaign(world, **changes)
    slug = actions.declare_campaign(new=new, by=DIRECTOR, now=now)
    return queries.campaign_by_slug(slug=slug)


def correction(campaign, world, **changes):
    """The campaign as it is, with changes."""
    given = {
        "key": uuid7(),
        "name": campaign.name,
        "hbp_number": campaign.hbp_number,
        "period": campaign.period,
        "target": campaign.target,
        "unit_ids": frozenset((world.nabire, world.merauke, world.bangli)),
        "campaign_id": campaign.id,
        "seen": campaign.number,
        "reason": "Target salah ketik",
    }
    return actions.Correction(**{**given, **changes})


def correct(campaign, world, *, now=NOON, **changes):
    """Correct it; answers it as it now is."""
    asked = correction(campaign, world, **changes)
    slug = actions.correct_campaign(correction=asked, by=DIRECTOR, now=now)
    return queries.campaign_by_slug(slug=slug)


def sell(unit, *items, now=NOON, **changes):
    """Record a sale; answers its id."""
    return sales.record_sale(sale=a_sale(unit, *items, **changes), by=YOHANA, now=now).sale_id


def take_back(sale_id, pieces, *, kind=RefundKind.RETURN, now=NOON):
    """Take pieces of the first line back."""
    line = refundable_lines(sale_id=sale_id)[0]
    refund = sales.NewRefund(uuid7(), sale_id, {line.id: pieces}, kind, "Retak")
    sales.refund_sale(refund=refund, by=YOHANA, now=now)
