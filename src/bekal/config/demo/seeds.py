"""Filling the demo, each part once.

A part and the note that it is there are one transaction: a start that is cut off goes on at the
part that was missing, and a second start, also one at the same moment, doubles nothing.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from bekal.config import reference
from bekal.config.demo.abroad import make_enquiries
from bekal.config.demo.batches import make_batches
from bekal.config.demo.campaign import make_campaign
from bekal.config.demo.cash import make_cash
from bekal.config.demo.institutions import make_institutions
from bekal.config.demo.leaving import make_leaving
from bekal.config.demo.makers import make_makers
from bekal.config.demo.materials import make_materials
from bekal.config.demo.messages import make_messages
from bekal.config.demo.orders import make_orders
from bekal.config.demo.people import make_people
from bekal.config.demo.pnbp import make_pnbp
from bekal.config.demo.premi import make_premi
from bekal.config.demo.reviews import make_reviews
from bekal.config.demo.shipping import make_rates
from bekal.config.demo.shop import make_shop
from bekal.config.demo.supply import make_supply
from bekal.config.demo.trade import make_goods, make_sales
from bekal.config.demo.transfers import make_transfers
from bekal.config.demo.workshops import make_land, make_price_sheets
from bekal.foundation.actions import answer_message, claim_message
from bekal.foundation.actors import Actor

_DOOR = "demo.seed"


class Seeding(Protocol):
    """Calls actions that make sample data; returns one sentence about it, such as "612 units"."""

    def __call__(self, *, by: Actor, now: dt.datetime) -> str:
        """Do it."""
        ...


@dataclass(frozen=True)
class Seed:
    """A part of the sample data. Its name is its identity: a new name is a new part."""

    name: str
    function: Seeding


SEEDS = [
    Seed("Places", reference.load_places),
    Seed("Kecamatan", reference.load_districts),
    Seed("Split rules", reference.load_rules),
    Seed("Requirements of work", reference.load_requirements),
    Seed("Products", reference.load_products),
    Seed("Claims of the past", reference.load_claims),
    Seed("Sign-ins", make_people),
    Seed("Simulated products", make_goods),
    Seed("Simulated rates of shipping", make_rates),
    Seed("Simulated sales", make_sales),
    Seed("Simulated campaign", make_campaign),
    Seed("Simulated shop", make_shop),
    Seed("Simulated institutions", make_institutions),
    Seed("Simulated orders by WhatsApp", make_messages),
    Seed("Simulated cash counts and a wish of the fund", make_cash),
    Seed("Simulated enquiries from abroad", make_enquiries),
    Seed("Simulated orders", make_orders),
    Seed("Simulated reviews", make_reviews),
    Seed("Simulated recurring supply", make_supply),
    Seed("Simulated makers", make_makers),
    Seed("Simulated deposits of PNBP", make_pnbp),
    Seed("Simulated materials", make_materials),
    Seed("Simulated price sheets", make_price_sheets),
    Seed("Simulated transfers between units", make_transfers),
    Seed("Simulated land", make_land),
    Seed("Simulated batches", make_batches),
    Seed("Simulated premi", make_premi),
    Seed("A simulated maker who left", make_leaving),
]


def seed(
    *, seeds: list[Seed], by: Actor, now: dt.datetime, progress: Callable[[str], None]
) -> None:
    """Make each part that is not there yet, in order; `progress` is told what was made."""
    for part in seeds:
        summary = _once(part, by=by, now=now)
        if summary is not None:
            progress(f"{part.name}: {summary}")


@transaction.atomic
def _once(part: Seed, *, by: Actor, now: dt.datetime) -> str | None:
    key = uuid5(NAMESPACE_URL, f"bekal:{_DOOR}:{part.name}")
    first = claim_message(key=key, door=_DOOR, body=part.name.encode(), by=by, now=now)
    if first is not None:
        return None
    summary = part.function(by=by, now=now)
    answer_message(key=key, answer={"summary": summary}, by=by, now=now)
    return summary
