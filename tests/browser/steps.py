"""What people do again and again at the table of Lapas Nabire, and what they read off."""

import re
from datetime import timedelta

from bekal.foundation.clock import Zone, local_day

NABIRE = "/kerja/lapas-kelas-iib-nabire/"
BANGLI = "/kerja/lapas-narkotika-kelas-iia-bangli/"
LIST, DAYS = f"{NABIRE}penjualan/", f"{NABIRE}penjualan/hari/"
TOKENS = f"{NABIRE}kunci-api/"


def record_page(desk=NABIRE):
    """Where a sale is recorded."""
    return f"{desk}penjualan/catat/"


def rupiah(amount):
    """100000 as pages write it."""
    return f"Rp{amount:,}".replace(",", ".")


def read_rupiah(text):
    """The first amount in a text."""
    return int(re.search(r"Rp([\d.]+)", text)[1].replace(".", ""))


def fill_sale(visitor, product, *, pieces=2, desk=NABIRE):
    """Type a cash sale to the public."""
    visitor.open(record_page(desk))
    visitor.page.locator(f"[name=pieces_{product}]").fill(str(pieces))
    visitor.pick("Umum")
    visitor.pick("Tunai")


def sell(visitor, product, *, pieces=2, desk=NABIRE):
    """Record a cash sale to the public; returns the address of its receipt."""
    fill_sale(visitor, product, pieces=pieces, desk=desk)
    visitor.press("Periksa dahulu")
    visitor.page.locator("button[value=simpan]").click()
    visitor.page.wait_for_url("**?tersimpan=jual")
    return visitor.page.url.removeprefix(visitor.address).split("?")[0]


def fill_token(visitor, holder):
    """Ask for an API token that an officer answers for."""
    visitor.page.get_by_label("Nama kunci").fill("Kasir toko bengkel")
    visitor.page.get_by_label("Penanggung jawab").select_option(str(holder.id))


def turnover(visitor, place=""):
    """The net turnover of the present month, as its page says it."""
    visitor.open(f"/omzet/{place}")
    if not visitor.page.locator(".stats").count():
        return 0
    return read_rupiah(visitor.text(".stats > div:has(dt:text-is('omzet bersih')) dd"))


def sold_today(visitor, desk=NABIRE):
    """What the desk says of today, after refunds."""
    visitor.open(desk)
    return read_rupiah(visitor.text(".day:has(a:text-is('Hari ini')) .day__sum"))


def yesterday_at(watch, zone=Zone.WIT):
    """The day before today by a unit's clock."""
    return local_day(watch.now(), zone) - timedelta(days=1)
