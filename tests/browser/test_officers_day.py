"""The whole day of a workshop officer on a telephone, counted: each touch and each key typed."""

import pytest

from bekal.production.models import Batch
from bekal.sales.models import Sale
from bekal.treasury.models import CashCount
from tests.browser.steps import NABIRE
from tests.browser.test_batches import at_work
from tests.support.world import NOON, a_product

MOST_TAPS = 40
BOUGHT = (
    "Noken kulit kayu",
    "Kopi bubuk 200 g",
    "Noken kulit kayu",
    "Kopi bubuk 200 g",
    "Noken kulit kayu",
)
NOTES = {
    "Kertas Rp100.000": "3",
    "Kertas Rp50.000": "1",
    "Kertas Rp20.000": "2",
    "Kertas Rp2.000": "3",
}
CASH = 3 * 100_000 + 2 * 48_000


class Thumb:
    """One thumb on a telephone: what it touches and the keys that it types, counted."""

    def __init__(self, visitor):
        self.visitor, self.page = visitor, visitor.page
        self.taps = 0

    def tap(self, role, name):
        """Touch what has this role and name, and wait for what follows."""
        self.taps += 1
        found = self.page.locator("body").get_by_role(role, name=name).first
        found.check(force=True) if role == "radio" else found.click()
        self.page.wait_for_load_state()

    def type(self, label, text):
        """Touch a field and type into it; each key is a tap too."""
        self.taps += 1 + len(text)
        self.page.get_by_role("textbox", name=label).first.fill(text)


@pytest.fixture
def noon(watch):
    """Noon at Nabire, so that the day is one day by every clock."""
    watch.moved = NOON - watch.now()


def sell_five(thumb):
    """A morning at the table: all pay cash, so each sale begins like the one before."""
    thumb.tap("link", "Catat penjualan")
    thumb.tap("radio", "Umum")
    thumb.tap("radio", "Tunai")
    for left, product in enumerate(BOUGHT, start=1 - len(BOUGHT)):
        thumb.tap("button", f"Tambah {product}")
        thumb.tap("button", "Periksa dahulu")
        thumb.tap("button", "Simpan, lalu catat lagi" if left else "Simpan penjualan")


def write_two_batches_down(thumb):
    """What two workshops made; each page begins with what is likely: the product, the workshop."""
    thumb.tap("link", "Meja kerja")
    thumb.tap("link", "Catat hasil produksi")
    thumb.tap("radio", "Noken kulit kayu")
    thumb.type("Jadi", "9")
    thumb.tap("button", "Simpan hasil produksi")
    thumb.tap("link", "Catat lagi")
    thumb.tap("radio", "Tas rajut")
    thumb.type("Jadi", "8")
    thumb.tap("button", "Simpan hasil produksi")


def count_the_cash(thumb):
    """The box at the end of the day, by its notes and coins."""
    thumb.tap("link", "Meja kerja")
    thumb.tap("link", "Cocokkan kas")
    for field, pieces in NOTES.items():
        thumb.type(field, pieces)
    thumb.tap("button", "Hitung dan simpan")


def test_yohanas_whole_day_takes_at_most_forty_taps(visit, noon, world, people):
    a_product(world.nabire, "Tas rajut", "kerajinan", price=75_000, cost=40_000)
    at_work(world, ("UJI-1", "UJI-2"), ("UJI-3", "UJI-4"))
    yohana = visit(people.yohana)
    yohana.open(NABIRE)
    thumb = Thumb(yohana)
    sell_five(thumb)
    write_two_batches_down(thumb)
    count_the_cash(thumb)

    assert Sale.objects.filter(payment="cash", buyer_class="public").count() == len(BOUGHT)
    made = Batch.objects.order_by("number").values_list("product__name", "good")
    assert list(made) == [("Noken kulit kayu", 9), ("Tas rajut", 8)]
    assert Batch.objects.values("workshop").distinct().count() == 2
    assert [row.counted for row in CashCount.objects.all()] == [CASH]
    assert thumb.taps <= MOST_TAPS
