"""Goods that a unit binds itself to deliver: which can be, and from which price on. Pure."""

from bekal.foundation import formats
from bekal.foundation.refusals import Refused
from bekal.institutions.rules.resale import least_price


def check_goods(
    *, is_service: bool, has_price: bool, can_be_split: bool, refusal: type[Refused]
) -> None:
    """Refuse goods whose sale could not be recorded on the day on which they are handed over."""
    if is_service:
        raise refusal("Jasa dipesan dengan janji. Pilih barang.", field="product")
    if not has_price:
        raise refusal(
            "Produk ini belum punya harga di katalog. Isi harganya dahulu di halaman Produk.",
            field="product",
        )
    if not can_be_split:
        raise refusal(
            "Produk ini belum punya harga pokok, padahal bagi hasil unit Anda dihitung setelah "
            "biaya. Isi harga pokoknya dahulu di halaman Produk.",
            field="product",
        )


def check_price(unit_price: int, *, price: int, cost: int | None, refusal: type[Refused]) -> None:
    """Refuse a price below what the piece costs, as for resellers: it binds the unit."""
    least = least_price(price=price, cost=cost)
    if unit_price < least:
        raise refusal(
            f"Isi harga satu barang paling sedikit {formats.rupiah(least)}: "
            "harganya mengikat unit Anda, jadi tidak boleh di bawah harga pokok.",
            field="unit_price",
        )
