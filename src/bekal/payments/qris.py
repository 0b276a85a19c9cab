"""QRIS codes: the one place that knows the library which reads and writes them. Pure.

A QRIS is an EMVCo merchant-presented code as Bank Indonesia shapes it: tag 26 (and following) the
acquirer with the merchant's PAN, tag 51 the national repository with the NMID ("ID" and thirteen
digits), 59 and 60 name and city, 54 the amount, 62.05 the reference label, 63 the checksum.
"""

import functools
import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any, cast

import qriskit
import zxingcpp
from PIL import Image

from bekal.foundation.refusals import Refused

NMID = re.compile(r"ID[0-9]{13}")
LONGEST_LABEL = 25
LONGEST_PAYLOAD = 512
_DOTS = 12
"""Pixels to a module: a picture that the gallery of a phone and a banking app read well."""
_SAMPLE_PAN = "936000000000000017"
"""93600000 is no acquirer's number: no bank can route money to a sample."""


class QrisUnreadable(Refused):
    """The text is no QRIS code that Bekal could put an amount into."""

    def __init__(self, message: str) -> None:
        """Keep the sentence; it belongs to the pasted text."""
        super().__init__(message, field="static_qris")


@dataclass(frozen=True)
class StaticQris:
    """A merchant's own code without an amount, as its acquirer gave it."""

    payload: str
    name: str
    city: str
    nmid: str
    acquirer: str


def read_static(text: str) -> StaticQris:
    """Read the text of a merchant's static code. Raises QrisUnreadable."""
    code = _parsed(text)
    if code.is_dynamic or code.amount is not None:
        raise QrisUnreadable(
            "Kode ini sudah berisi jumlah. Tempelkan QRIS statis unit, yang tanpa jumlah."
        )
    if code.tip is not None:
        raise QrisUnreadable("Kode ini menambah biaya bagi pembeli. Minta kode tanpa biaya.")
    nmid = code.nmid or ""
    if not NMID.fullmatch(nmid):
        raise QrisUnreadable("Kode ini tidak memuat NMID (ID dan 13 angka). Minta kode baru.")
    acquirers = [a.acquirer.name for a in code.merchant_accounts if a.acquirer is not None]
    return StaticQris(
        payload=code.dumps(),
        name=code.merchant_name or "",
        city=code.merchant_city or "",
        nmid=nmid,
        acquirer=acquirers[0] if acquirers else "",
    )


def with_amount(static: str, *, amount: int, label: str) -> str:
    """The code that asks for an amount: the merchant's own with amount, label and new checksum."""
    code = _parsed(static).to_dynamic(amount, reference=label or None)
    return str(code.dumps())


def sample(*, name: str, city: str, number: int) -> str:
    """A static code of nobody, for the demo: its acquirer does not exist, its name says so."""
    code = qriskit.build(
        merchant_name=name[:LONGEST_LABEL],
        merchant_city=city[:15],
        mcc="9399",
        accounts=[
            _account("ID.CONTOH.WWW", pan=_SAMPLE_PAN, merchant_id=f"CONTOH{number:09d}"),
            qriskit.MerchantAccount.national(nmid=f"ID{number:013d}", criteria="URE"),
        ],
        postal_code="00000",
    )
    return str(code.dumps())


def png(payload: str) -> bytes:
    """A code as a picture to save and to open in a banking app, with its quiet margin."""
    code = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn: Any = memoryview(cast("Any", code.to_image(scale=_DOTS)))
    height, width = drawn.shape
    file = BytesIO()
    Image.frombytes("L", (width, height), drawn.tobytes()).convert("1").save(file, "PNG")
    return file.getvalue()


def _account(guid: str, *, pan: str, merchant_id: str) -> qriskit.MerchantAccount:
    values = (("00", guid), ("01", pan), ("02", merchant_id), ("03", "URE"))
    return qriskit.MerchantAccount("26", tuple(qriskit.Node(tag, value) for tag, value in values))


@functools.lru_cache(maxsize=1024)  # the codes of merchants, which every order reads again
def _parsed(text: str) -> qriskit.QRIS:
    if len(text) > LONGEST_PAYLOAD:
        raise QrisUnreadable("Teks ini terlalu panjang untuk kode QRIS.")
    try:
        return qriskit.parse(text, strict=True)
    except qriskit.QRISParseError:
        raise QrisUnreadable(
            "Ini bukan teks kode QRIS. Teksnya diawali 000201, tanpa spasi di tengah."
        ) from None
    except qriskit.QRISValidationError as problem:
        if any(issue.code.startswith("crc.") for issue in problem.issues):
            raise QrisUnreadable(
                "Angka periksa kode ini tidak cocok: teksnya terpotong atau berubah. "
                "Pindai lagi kodenya lalu tempelkan seluruhnya."
            ) from None
        raise QrisUnreadable("Kode ini tidak memenuhi aturan QRIS. Minta kode baru.") from None
