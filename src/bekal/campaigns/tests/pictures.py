"""A picture by hand: the afternoon of a campaign day, with the numbers of a large one."""

import datetime as dt
from dataclasses import replace

from bekal.campaigns.queries import (
    BuyerShare,
    CampaignNow,
    HourBar,
    LastYear,
    LivePicture,
    ProvinceTile,
    TickerLine,
    TopProduct,
)
from bekal.campaigns.rules import TILES, State, step_of
from bekal.foundation.clock import Zone
from bekal.sales.rules import BuyerClass

USUAL_LIMITS = (15_000_000, 40_000_000, 80_000_000, 140_000_000)
DAY = dt.date(2026, 4, 27)
AS_OF = dt.datetime(2026, 4, 27, 14, 32, 8, tzinfo=Zone.WIB.info)
SLUG = "satu-hari-satu-karya-2026"
_MILLIONS = (
    "AC:37 SU:86 SB:28 RI:41 KR:21 JA:18 BE:12 SS:46 BB:13 LA:43 BT:70 JK:188 JB:165 JT:151 YO:57 "
    "JI:173 BA:38 NB:26 NT:33 KB:22 KT:14 KS:25 KI:30 KU:7 SR:6 SN:45 SG:12 ST:24 GO:8 SA:19 MA:9 "
    "PD:3 PB:4 PA:7 PS:3"
)
_NAMES = {"AC": "Aceh", "SU": "Sumatera Utara", "JK": "DKI Jakarta", "MU": "Maluku Utara"}
_HOURS = {7: 41, 8: 118, 9: 196, 10: 243, 11: 271, 12: 204, 13: 262, 14: 147}


def campaign(**changes) -> CampaignNow:
    """A campaign of one day."""
    return replace(
        CampaignNow(
            id=1,
            slug=SLUG,
            is_sample=True,
            definition_id=1,
            number=1,
            name="Satu Hari Satu Karya",
            hbp_number=62,
            first_day=DAY,
            last_day=DAY,
            target=2_000_000_000,
            declared_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
        ),
        **changes,
    )


def picture(**changes) -> LivePicture:
    """The picture of that campaign at 14.32.08 WIB."""
    return replace(
        LivePicture(
            campaign=campaign(),
            revision=1,
            as_of=AS_OF,
            state=State.RUNNING,
            total=1_482_307_500,
            receipts=9_214,
            pieces=14_870,
            refunds=3,
            refunded=410_000,
            units_reported=431,
            units_expected=526,
            provinces_reported=35,
            provinces=_provinces(),
            limits=USUAL_LIMITS,
            hours=[HourBar(hour, sold * 1_000_000, hour == 14) for hour, sold in _HOURS.items()],
            hourless=307_500,
            top=[
                TopProduct("Kopi arabika Bajawa", "Rutan Bajawa", 412, "kopi"),
                TopProduct("Sambal roa", "Lapas Manado", 388, "sambal"),
                TopProduct("Batik tulis kawung", "Lapas Cipinang", 97, "batik"),
            ],
            latest=_latest(),
            buyers=[
                BuyerShare(BuyerClass.PUBLIC, 904_207_575, 61),
                BuyerShare(BuyerClass.OFFICER, 400_223_025, 27),
                BuyerShare(BuyerClass.INSTITUTION, 177_876_900, 12),
            ],
            target_percent=74,
            last_year=LastYear(1_121_480_000, AS_OF.replace(year=2025, minute=0, second=0)),
            sample=1_482_307_500,
            today=DAY,
        ),
        **changes,
    )


def nothing_yet(**changes) -> LivePicture:
    """The same campaign before its first sale."""
    empty = {
        "total": 0,
        "receipts": 0,
        "pieces": 0,
        "refunds": 0,
        "refunded": 0,
        "units_reported": 0,
        "provinces_reported": 0,
        "provinces": [replace(tile, total=None, step=0) for tile in _provinces()],
        "hours": [HourBar(6, 0, is_now=True)],
        "hourless": 0,
        "top": [],
        "latest": [],
        "buyers": [BuyerShare(kind, 0, 0) for kind in BuyerClass],
        "target_percent": 0,
        "last_year": None,
        "sample": 0,
    }
    return picture(**{**empty, **changes})


def _provinces() -> list[ProvinceTile]:
    millions = dict(pair.split(":") for pair in _MILLIONS.split())
    tiles = []
    for tile in TILES:
        total = int(millions[tile.letters]) * 1_000_000 if tile.letters in millions else None
        tiles.append(
            ProvinceTile(
                code=tile.code,
                name=_NAMES.get(tile.letters, f"Provinsi {tile.letters}"),
                letters=tile.letters,
                column=tile.column,
                row=tile.row,
                island=tile.island,
                total=total,
                step=step_of(total, limits=USUAL_LIMITS),
            )
        )
    return tiles


def _latest() -> list[TickerLine]:
    lines = (
        ("14.32", "Tenun Donggala", 1, 285_000, "Lapas Perempuan Palu"),
        ("14.32", "Kopi arabika Bajawa", 2, 136_000, "Rutan Bajawa"),
        ("14.31", "Meja lipat jati", 1, 640_000, "Lapas Semarang"),
        ("14.31", "Roti tawar", 4, 72_000, "Lapas Tangerang"),
        ("14.30", "Sepatu pantofel", 1, 350_000, "Lapas Sukamiskin"),
    )
    return [
        TickerLine(_at(time), name, pieces, amount, place, is_refund=False)
        for time, name, pieces, amount, place in lines
    ]


def _at(time: str) -> dt.datetime:
    hour, minute = map(int, time.split("."))
    return AS_OF.replace(hour=hour, minute=minute, second=0)
