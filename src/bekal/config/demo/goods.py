"""What the simulated products are to a buyer: listings that say that they are samples.

Weights, sizes and minutes are ours, so that shipping and promises have something to count with.
"""

from dataclasses import dataclass

from bekal.catalogue.rules import Halal, Making, NewListing, Origin

_SAMPLE = "Produk contoh untuk mencoba toko Bekal. Tidak dibuat dan tidak dikirim."
_SAMPLE_EN = "A sample for trying Bekal's shop. It is neither made nor sent."


@dataclass(frozen=True)
class Shown:
    """A simulated product as the shop shows it; `minutes` of work for what is made to order."""

    listing: NewListing
    minutes: int = 0


def _craft(name_en: str, *, weight_g: int, measure: str, material: str, care: str) -> NewListing:
    return NewListing(
        description=_SAMPLE,
        description_en=_SAMPLE_EN,
        name_en=f"{name_en} (sample)",
        origin=Origin.INSIDE,
        weight_g=weight_g,
        material=material,
        measure=measure,
        care=care,
        is_food=False,
    )


def _food(
    name_en: str, *, weight_g: int, net: str, composition: str, storage: str, days: int
) -> NewListing:
    return NewListing(
        description=_SAMPLE,
        description_en=_SAMPLE_EN,
        name_en=f"{name_en} (sample)",
        origin=Origin.INSIDE,
        weight_g=weight_g,
        is_food=True,
        composition=composition,
        net_content=net,
        storage=storage,
        shelf_life_days=days,
        halal=Halal.UNCERTIFIED,
    )


def _to_order(listing: NewListing, *, origin: Origin = Origin.INSIDE, **size: int) -> NewListing:
    return NewListing(**{**vars(listing), "making": Making.ORDER, "origin": origin, **size})


_DRY = "Simpan di tempat sejuk dan kering."
_WIPE = "Lap dengan kain kering."
SHOWN: dict[str, Shown] = {
    "Roti manis (contoh)": Shown(
        _food(
            "Sweet bun",
            weight_g=90,
            net="80 g",
            composition="Tepung terigu, gula, telur, mentega",
            storage="Suhu ruang",
            days=4,
        )
    ),
    "Nastar 500 g (contoh)": Shown(
        _food(
            "Pineapple tarts",
            weight_g=650,
            net="500 g",
            composition="Tepung terigu, mentega, nanas, gula",
            storage=_DRY,
            days=90,
        )
    ),
    "Keripik singkong 100 g (contoh)": Shown(
        _food(
            "Cassava crisps",
            weight_g=120,
            net="100 g",
            composition="Singkong, minyak goreng, garam",
            storage=_DRY,
            days=120,
        )
    ),
    "Kopi bubuk 200 g (contoh)": Shown(
        _food(
            "Ground coffee 200 g",
            weight_g=230,
            net="200 g",
            composition="Kopi robusta",
            storage=_DRY,
            days=365,
        )
    ),
    "Keset sabut (contoh)": Shown(
        _craft(
            "Coir doormat",
            weight_g=900,
            measure="40 x 60 cm",
            material="Sabut kelapa",
            care="Kibaskan dan jemur.",
        )
    ),
    "Peci rajut (contoh)": Shown(
        _craft(
            "Crocheted cap",
            weight_g=120,
            measure="Lingkar 56 cm",
            material="Benang katun",
            care="Cuci tangan.",
        )
    ),
    "Keranjang rotan (contoh)": Shown(
        _craft(
            "Rattan basket", weight_g=1_100, measure="30 x 25 x 20 cm", material="Rotan", care=_WIPE
        )
    ),
    "Kain batik cap 2 m (contoh)": Shown(
        _craft(
            "Batik",
            weight_g=350,
            measure="200 x 115 cm",
            material="Katun, malam, pewarna",
            care="Cuci tangan, jemur teduh.",
        )
    ),
    "Kain batik tulis (contoh)": Shown(
        _to_order(
            _craft(
                "Hand-drawn batik",
                weight_g=350,
                measure="200 x 115 cm",
                material="Katun, malam, pewarna",
                care="Cuci tangan.",
            )
        ),
        minutes=480,
    ),
    "Bangku kayu (contoh)": Shown(
        _to_order(
            _craft(
                "Wooden stool",
                weight_g=5_500,
                measure="40 x 30 x 45 cm",
                material="Kayu mahoni",
                care=_WIPE,
            ),
            length_cm=45,
            width_cm=40,
            height_cm=35,
        ),
        minutes=240,
    ),
    "Lemari kayu (contoh)": Shown(
        _to_order(
            _craft(
                "Wooden cupboard",
                weight_g=38_000,
                measure="90 x 45 x 180 cm",
                material="Kayu mahoni",
                care=_WIPE,
            ),
            origin=Origin.PARTNER,
            length_cm=185,
            width_cm=95,
            height_cm=50,
        ),
        minutes=960,
    ),
    "Sayur sawi 1 kg (contoh)": Shown(
        _craft(
            "Mustard greens",
            weight_g=1_050,
            measure="1 kg",
            material="Sawi",
            care="Simpan di tempat sejuk.",
        )
    ),
    "Jagung pipil 1 kg (contoh)": Shown(
        _craft("Maize kernels", weight_g=1_020, measure="1 kg", material="Jagung", care=_DRY)
    ),
}
"""By the names of `market.GOODS`."""
