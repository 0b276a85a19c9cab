"""QR codes as drawings."""

from functools import lru_cache

import zxingcpp


@lru_cache(maxsize=32)
def drawing_of(text: str) -> str:
    """A text as a QR code in SVG, with the four modules of quiet around it that scanners need."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawing: str = code.to_svg()
    return drawing
