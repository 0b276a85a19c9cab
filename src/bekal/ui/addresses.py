"""Addresses that the frame of every page leads to.

ui lies below the rooms that own these pages, so it knows their addresses and not their names.
"""

from django.conf import settings
from django.utils.translation import get_language

ADDRESSES = {
    "sign_in": "/masuk/",
    "samples": "/masuk/contoh/",
    "sign_out": "/keluar/",
    "password": "/akun/sandi/",
    "factor": "/akun/kode/",
    "devices": "/akun/perangkat/",
    "desk": "/kerja/",
    "suggestions": "/api/v1/suggestions",
}
FACES = {
    "home": "/",
    "catalogue": "/katalog/",
    "product": "/p/",
    "workshops": "/bengkel/",
    "services": "/jasa/",
    "institutions": "/lembaga/",
    "live": "/langsung/",
    "data": "/data/",
    "history": "/data/riwayat/",
    "method": "/data/metode/",
    "api": "/api/",
    "about": "/tentang/",
    "accessibility": "/aksesibilitas/",
    "privacy": "/privasi/",
}
"""Public pages, which exist in every language."""
SHOP = {
    "basket": "/keranjang/",
    "order": "/pesan/",
    "orders": "/pesanan/",
    "add_to_basket": "/keranjang/tambah/",
    "postage": "/ongkir/",
    "whatsapp_order": "/pesan/wa/",
    "label": "/L/",
}
"""Doors of the shop and of labels, which exist in every language and are no faces."""


def address_of(name: str) -> str:
    """Where a name of the frame leads, in the language of the page. Raises KeyError."""
    if name in ADDRESSES:
        return ADDRESSES[name]
    return in_language({**FACES, **SHOP}[name], get_language() or settings.LANGUAGE_CODE)


def in_language(path: str, language: str) -> str:
    """The path of a public page in another language: "/katalog/" and "/en/katalog/"."""
    for code, _ in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE and path.startswith(f"/{code}/"):
            path = path[len(code) + 1 :]
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


def canonical_page(number: int, *, is_whole: bool) -> str:
    """What the address of a page of a list asks for, as search engines should keep it.

    A list that leaves something out is a view of the whole, and leads to its first page.
    """
    return f"halaman={number}" if is_whole and number > 1 else ""
