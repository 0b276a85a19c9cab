"""How large, how uneven and when the simulated trade is: numbers taken from reports of the field.

Nothing of it is a real sale. What each number leans on (shown in full under /data/riwayat/):

- A small unit sells for Rp0,6 to 9 million a month: Rutan Gresik Rp585.500 in two days of the
  campaign of 2022; Rutan Palangka Raya Rp9.250.000 and 51 pieces in 38 days of 2023; Lapas
  Narkotika Bangli Rp38,3 million in 2022, about Rp3,2 million a month. Hence `SMALL` and `MIDDLE`.
- A few are large: bakpia of Lapas Yogyakarta Rp30 million a month (2024); Lapas I Surabaya
  Rp323 million in the campaign of 2023, a third of its kanwil. Hence `LARGE`, one unit in twelve,
  and orders of institutions, few and large, by which it exceeds the others.
- Prices: maize Rp5.500 a kg (Kendal 2025), cookies Rp22.000 (Pati), crocheted caps Rp60.000 (LPP
  Malang 2024), drawn batik Rp800.000 (Mataram 2023), furniture Rp500.000 to 1 million
  (Pangkalpinang); cheap daily things are most of the pieces (East Java 2022: 95.698 pieces for
  Rp548 million). Costs are a little over half of the price, so that PNBP, 15 percent of what is
  left, comes to some 6.5 percent of sales; East Java deposited 7.5 percent of its 2023 campaign.
- Buyers: officers buy beside the public at every campaign; institutions order seldom.

Ours, as no source tells it: the shares of buyers and payments, the days of the week (offices and
visits from Monday to Friday, half on Sunday) and the hours of the day (visits in the morning).
"""

import datetime as dt
import random
from dataclasses import dataclass

from bekal.sales.rules import BuyerClass, Channel, PaymentKind

DAYS = 30
UNITS = 110
"""Units that trade; a few hundred more stay silent, as in the field."""
ZERO_UNITS = 14
"""Units that sell nothing and say so on some days."""
HOURS_KNOWN = 7
"""Days back for which the hour of a sale is known; older ones are records by hand."""


@dataclass(frozen=True)
class Good:
    """A simulated product; rupiah for one piece, and how many a buyer takes."""

    name: str
    category: str
    price: int
    cost: int
    pieces: tuple[int, ...]


GOODS = (
    Good("Roti manis (contoh)", "makanan", 5_000, 2_900, (2, 3, 5, 5, 10)),
    Good("Nastar 500 g (contoh)", "makanan", 22_000, 12_800, (1, 2, 2, 3)),
    Good("Keripik singkong 100 g (contoh)", "makanan", 10_000, 5_600, (1, 2, 3, 5)),
    Good("Kopi bubuk 200 g (contoh)", "minuman", 48_000, 27_000, (1, 1, 2)),
    Good("Keset sabut (contoh)", "kerajinan", 25_000, 13_000, (1, 1, 2)),
    Good("Peci rajut (contoh)", "kerajinan", 60_000, 33_000, (1, 1, 2)),
    Good("Keranjang rotan (contoh)", "kerajinan", 145_000, 79_000, (1, 1, 1, 2)),
    Good("Kain batik cap 2 m (contoh)", "tekstil", 185_000, 105_000, (1, 1, 1)),
    Good("Kain batik tulis (contoh)", "tekstil", 800_000, 430_000, (1,)),
    Good("Bangku kayu (contoh)", "mebel", 390_000, 221_000, (1, 1, 2)),
    Good("Lemari kayu (contoh)", "mebel", 950_000, 540_000, (1,)),
    Good("Sayur sawi 1 kg (contoh)", "pertanian", 8_000, 4_200, (1, 2, 3)),
    Good("Jagung pipil 1 kg (contoh)", "pertanian", 5_500, 3_100, (2, 5, 10)),
)
GOODS_OF_A_UNIT = 3


@dataclass(frozen=True)
class Size:
    """How much a unit trades.

    Receipts on an ordinary weekday, orders of institutions a month, rupiah of such an order.
    """

    receipts: float
    orders: float
    order: tuple[int, int]


SMALL = Size(0.45, 0.03, (300_000, 1_500_000))
MIDDLE = Size(1.0, 0.25, (800_000, 5_000_000))
LARGE = Size(3.2, 2.5, (3_000_000, 25_000_000))
MOST_ORDERED = 400
SIZES = (SMALL,) * 7 + (MIDDLE,) * 4 + (LARGE,)

WEEKDAYS = (1.0, 0.95, 1.05, 1.05, 1.3, 0.9, 0.5)
"""Monday to Sunday, beside an ordinary weekday."""
HOURS = {8: 5, 9: 11, 10: 14, 11: 12, 12: 6, 13: 10, 14: 11, 15: 8, 16: 5, 17: 3, 18: 2, 19: 1}
"""Receipts by the hour of the unit's own clock; none before 8 and after 20."""
NIGHT = 0.4
"""A trickle outside those hours, so that a demo shown at night is not still."""

BUYERS = {BuyerClass.PUBLIC: 66, BuyerClass.OFFICER: 31, BuyerClass.INSTITUTION: 3}
PAYMENTS = {PaymentKind.CASH: 58, PaymentKind.QRIS: 34, PaymentKind.TRANSFER: 8}
CHANNELS = {Channel.WORKSHOP: 78, Channel.CONSIGNMENT: 15, Channel.EXHIBITION: 7}
RETURNED = 0.02
"""The part of receipts of which something comes back."""
REASONS = ("Jahitannya lepas", "Ukurannya keliru", "Kemasannya rusak", "Salah warna")


def receipts_on(chance: random.Random, size: Size, day: dt.date) -> int:
    """How many receipts a unit writes on a day: often none, now and then many."""
    mean = size.receipts * WEEKDAYS[day.weekday()]
    return min(14, int(chance.expovariate(1 / mean) + chance.random() * 0.5))


def hour_of(chance: random.Random) -> dt.time:
    """A time of the day at which something is sold."""
    hour = chance.choices(list(HOURS), list(HOURS.values()))[0]
    return dt.time(hour, chance.randrange(60), chance.randrange(60))


def pause(chance: random.Random, hour: int) -> float:
    """Seconds until the next thing happens somewhere in the nation at an hour of the day."""
    weight = HOURS.get(hour, NIGHT) / max(HOURS.values())
    return min(20.0, max(0.6, chance.expovariate(weight / 2.2)))
