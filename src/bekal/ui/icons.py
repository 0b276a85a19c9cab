"""Icons of the lucide package as inline SVG, without style and script."""

import functools
import xml.etree.ElementTree as ET
from importlib import resources
from io import BytesIO
from zipfile import ZipFile

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


class NoSuchIcon(LookupError):
    """lucide has no icon of that name."""


@functools.cache
def drawing(name: str) -> SafeString:
    """The lines of an icon as SVG text, to stand inside an <svg>. Raises NoSuchIcon."""
    packed = resources.files("lucide").joinpath("lucide.zip").read_bytes()
    with ZipFile(BytesIO(packed)) as archive:
        try:
            svg = ET.fromstring(archive.read(f"{name}.svg"))  # noqa: S314 - as above
        except KeyError as error:
            raise NoSuchIcon(name) from error
    for node in svg.iter():
        node.tag = node.tag.rpartition("}")[2]
    lines = "".join(ET.tostring(child, encoding="unicode").strip() for child in svg)
    return mark_safe(lines)  # noqa: S308 - a drawing of a pinned package


def icon(name: str, *, size: int, label: str) -> SafeString:
    """An inline icon; without a label it is silent for screen readers."""
    words = format_html('role="img" aria-label="{}"', label) if label else mark_safe(_SILENT)  # noqa: S308
    return format_html(
        '<svg width="{}" height="{}" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        size,
        size,
        words,
        drawing(name),
    )


_SILENT = 'aria-hidden="true" focusable="false"'
