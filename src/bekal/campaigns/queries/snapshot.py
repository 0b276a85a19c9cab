"""The picture of a campaign at an instant: what its live page shows."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from bekal.audit.queries import revision
from bekal.campaigns.queries import statements
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
from bekal.campaigns.rules import (
    TILES,
    day_shown,
    hour_now,
    instant_at,
    nice_limits,
    percents,
    same_point,
    state_on,
    step_of,
)
from bekal.catalogue.queries import drawing_of
from bekal.foundation.clock import Period
from bekal.sales.rules import BuyerClass

TOPICS = ("campaigns", "sales")
"""The topics of audit on which a picture depends, apart from the time."""
TOP, NEWEST = 6, 12
FEW_RECEIPTS = 3
"""A unit with fewer receipts on a day is shown as its province: its buyer could be guessed."""
_SUMS = (
    "total",
    "receipts",
    "pieces",
    "refunds",
    "refunded",
    "sample",
    "units_reported",
    "units_expected",
)
_Row = Mapping[str, Any]


def picture(*, campaign: CampaignNow, now: dt.datetime) -> LivePicture:
    """All figures of a campaign's page; two statements, whose cost does not grow with history.

    The figures are of one snapshot: total, provinces and buyers always agree. The revision is read
    before it, so that a picture is never older than it says.
    """
    newest = revision(topics=TOPICS)
    told = _asked(campaign, now)
    sums = {name: sum(row[name] for row in told["provinces"]) for name in _SUMS}
    limits = nice_limits([row["total"] for row in told["provinces"]])
    tiles = _tiles(told["provinces"], limits)
    hours = {row["hour"]: row["total"] for row in told["hours"]}
    return LivePicture(
        campaign=campaign,
        revision=newest,
        as_of=now,
        state=state_on(campaign.period, now=now),
        **sums,
        provinces_reported=sum(tile.total is not None for tile in tiles),
        provinces=tiles,
        limits=limits,
        hours=_bars(hours, now=hour_now(campaign.period, now=now)),
        hourless=hours.get(None, 0),
        top=[_top(row) for row in told["top"]],
        latest=[_line(row) for row in told["latest"]],
        buyers=_buyers(told["buyers"]),
        target_percent=max(0, 100 * sums["total"] // campaign.target),
        last_year=_last_year(told["last_year"], campaign=campaign, now=now),
        today=day_shown(campaign.period, now=now),
    )


def _asked(campaign: CampaignNow, now: dt.datetime) -> dict[str, Any]:
    """What the one statement answers."""
    days, hour = same_point(campaign.period, now=now)
    parameters: dict[str, Any] = {
        "definition": campaign.definition_id,
        "first": campaign.first_day,
        "last": campaign.last_day,
        "today": day_shown(campaign.period, now=now),
        "expected_hbp": campaign.hbp_number - 1 if campaign.hbp_number else None,
        "ahead": days,
        "hour": hour,
        "top": TOP,
        "newest": NEWEST,
        "few": FEW_RECEIPTS,
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.PICTURE, parameters)
        told: dict[str, Any] = json.loads(cursor.fetchone()[0])
    return told


def _tiles(rows: Sequence[_Row], limits: tuple[int, ...]) -> list[ProvinceTile]:
    by_code = {row["code"]: row for row in rows}
    tiles = []
    for tile in TILES:
        row = by_code.get(tile.code)
        if row is None:
            continue
        total = row["total"] if row["has_record"] else None
        tiles.append(
            ProvinceTile(
                code=tile.code,
                name=row["name"],
                letters=tile.letters,
                column=tile.column,
                row=tile.row,
                island=tile.island,
                total=total,
                step=step_of(total, limits=limits),
            )
        )
    return tiles


def _bars(totals: Mapping[int | None, int], *, now: int | None) -> list[HourBar]:
    """The hours from the first with a record to the last, or to the present one."""
    known = [hour for hour in totals if hour is not None]
    if now is not None:
        known.append(now)
    if not known:
        return []
    return [
        HourBar(hour, totals.get(hour, 0), is_now=hour == now)
        for hour in range(min(known), max(known) + 1)
    ]


def _top(row: _Row) -> TopProduct:
    drawing = drawing_of(name=row["name"], category=row["category"])
    return TopProduct(row["name"], row["unit_name"] or "", row["pieces"], drawing)


def _line(row: _Row) -> TickerLine:
    return TickerLine(
        at=dt.datetime.fromisoformat(row["at"]),
        name=row["name"],
        pieces=row["pieces"],
        amount=row["amount"],
        place=row["place"],
        is_refund=row["is_refund"],
        others=row["others"],
    )


def _buyers(totals: Mapping[str, int]) -> list[BuyerShare]:
    by_class = [(buyer, totals.get(buyer.value, 0)) for buyer in BuyerClass]
    shares = percents([total for _, total in by_class])
    return [
        BuyerShare(buyer, total, percent)
        for (buyer, total), percent in zip(by_class, shares, strict=True)
    ]


def _last_year(row: _Row | None, *, campaign: CampaignNow, now: dt.datetime) -> LastYear | None:
    if row is None:
        return None
    first, last = (dt.date.fromisoformat(row[name]) for name in ("first", "last"))
    days, hour = same_point(campaign.period, now=now)
    at = instant_at(Period(first, last), days=days or 0, hour=hour)
    return LastYear(row["total"], at)
