"""QR codes as drawings."""

from functools import lru_cache

import zxingcpp


@lru_cache(maxsize=32)
def drawing_of(text: str) -> str:
    """A text as a QR code in SVG, with the four modules of quiet around it that scanners need.

    Capitals, digits and `:/-.$%*+` alone make a smaller code than other letters do.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawing: str = code.to_svg()
    return drawing


def shouted(address: str) -> str:
    """An address in capitals, for a smaller code; its path must be known in capitals too."""
    return address.upper()
