"""The living style page: every token, component and state with real words."""

import datetime as dt
from types import SimpleNamespace

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bekal.foundation.clock import Period, Zone
from bekal.foundation.doors import public
from bekal.ui.forms import ExampleForm

DAY = dt.date(2026, 4, 27)
PALETTE = {
    "Tarum, daun nila": ["tarum-950", "tarum-900", "tarum-800", "tarum-700", "tarum-600"],
    "Tarum muda": ["tarum-300", "tarum-200", "tarum-100", "tarum-50"],
    "Kunyit": ["kunyit-900", "kunyit-500", "kunyit-300", "kunyit-100"],
    "Mengkudu dan daun": ["mengkudu-700", "mengkudu-100", "daun-700", "daun-100"],
    "Soga": ["soga-700", "soga-200", "soga-100"],
    "Arang dan kapas": ["arang-950", "arang-700", "arang-500", "arang-200", "arang-100", "kapas"],
}
NAV = (("Hari ini", False), ("Penjualan", True), ("Produk", False), ("Bagi hasil", False))
CRUMBS = [("Meja kerja", "#"), ("Penjualan", "#"), ("Periksa", None)]
WHO = {
    "unit": SimpleNamespace(name="Lapas Perempuan Kelas III Palu"),
    "person": SimpleNamespace(name="Ibu Rahmawati"),
    "demo": True,
}
PARTS = [
    ("Bahan dan benang", 112_000),
    ("Premi pembuat", 86_000),
    ("Pengembangan bengkel", 44_000),
    ("PNBP terutang", 43_000),
]
SALES = [
    ("Tenun Donggala", "60 x 180 cm", 1, 285_000),
    ("Kopi arabika Bajawa", "200 g", 2, 136_000),
    ("Keranjang rotan", "pegangan lengkung", 1, 145_000),
]
KINDS = [
    ("batik", "Batik", 214),
    ("tenun", "Tenun", 163),
    ("anyam", "Anyaman", 128),
    ("kayu", "Mebel dan kayu", 246),
    ("kopi", "Kopi", 71),
    ("pangan", "Pangan dan hasil kebun", 186),
    ("kulit", "Kulit dan sepatu", 94),
    ("seni", "Seni dan cendera mata", 305),
]
CHOICES = [
    SimpleNamespace(code=code, name=name, count=count % 2 and count)
    for code, name, count in KINDS[:4]
]
_CARD: dict[str, object] = {
    "path": "",
    "price": None,
    "source_low": None,
    "source_high": None,
    "is_sample": False,
    "stock_note": "",
    "photo": None,
}
PRODUCTS: list[dict[str, object]] = [
    {
        "title": "Batik tulis kawung, 2,4 m",
        "unit_name": "Lapas Kelas I Cipinang",
        "province": "DKI Jakarta",
        "drawing": "batik",
        "price": 420_000,
        "stock_note": "Sisa 3",
    },
    {
        "title": "Kopi arabika Bajawa, 200 g",
        "unit_name": "Rutan Kelas IIB Bajawa",
        "province": "Nusa Tenggara Timur",
        "drawing": "kopi",
        "price": 68_000,
        "is_sample": True,
    },
    {
        "title": "Keranjang rotan",
        "unit_name": "Lapas Kelas IIA Palu",
        "province": "Sulawesi Tengah",
        "drawing": "keranjang",
        "source_low": 90_000,
        "source_high": 145_000,
    },
    {
        "title": "Tenun Donggala, 60 x 180 cm",
        "unit_name": "Lapas Perempuan Palu",
        "province": "Sulawesi Tengah",
        "drawing": "tenun-polos",
    },
]


CHOICES = [
    SimpleNamespace(code=code, name=name, count=count % 2 and count)
    for code, name, count in KINDS[:4]
]
GOODS = {
    "choices": CHOICES,
    "stands": {"ada": "Ada", "habis": "Habis"},
    "products": [SimpleNamespace(**{**_CARD, **product}) for product in PRODUCTS],
}
INSTANT = dt.datetime(2026, 4, 27, 6, 32, tzinfo=dt.UTC)
WRONG = {"sold_on": "2026-04-27", "price": "48,5", "count": "1", "buyer": "umum"}


@public
def style_page(request: HttpRequest) -> HttpResponse:
    """Show everything that ui has; reads nothing."""
    return render(
        request,
        "ui/gaya.html",
        {
            "day": DAY,
            "instant": INSTANT,
            "zone": Zone.WITA,
            "span": Period(DAY.replace(day=1), DAY),
            "palette": PALETTE,
            "example": ExampleForm(initial={"sold_on": DAY, "count": 1, "payment": "qris"}),
            "wrong": ExampleForm(WRONG),
            "buyer_notes": {"lembaga": "Dengan faktur"},
            "parts": PARTS,
            "sales": SALES,
            "total": sum(amount for *_, amount in SALES),
            "kinds": KINDS,
            **GOODS,
            "page": Paginator(range(163), 24).page(2),
            "nav": [SimpleNamespace(label=label, url="#", is_current=on) for label, on in NAV],
            "crumbs": CRUMBS,
            **WHO,
        },
    )
