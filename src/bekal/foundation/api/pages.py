"""Answers that come page by page, with the way to the next in the body and in the Link header."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from bekal.foundation.api.values import MOST_PAGES

MARKS = ("after", "before")
"""Parameters that name a place in a list; they belong to one page alone."""


class Paged(Schema):
    """What every list says of its pages."""

    total: Annotated[int, Field(ge=0, description="Banyaknya semua baris yang cocok.")]
    page: Annotated[int, Field(ge=1)]
    pages: Annotated[int, Field(ge=1, description="Banyaknya halaman yang bisa dibuka.")]
    next: Annotated[str | None, Field(description="Alamat halaman berikutnya, bila ada.")]
    previous: Annotated[str | None, Field(description="Alamat halaman sebelumnya, bila ada.")]


@dataclass(frozen=True)
class Ways:
    """What the addresses of the pages after and before carry beside the number, or None: no way."""

    on: Mapping[str, str] | None
    back: Mapping[str, str] | None


def paged(
    request: HttpRequest,
    response: HttpResponse,
    *,
    page: int,
    pages: int,
    total: int,
    ways: Ways | None = None,
) -> dict[str, int | str | None]:
    """The fields of Paged for a page of a list; sets the Link header (RFC 8288).

    `pages` are those that can be opened, `total` all rows that fit. A list that knows its `ways`
    tells them; of others the numbers do.
    """
    numbered = Ways(on={} if page < pages else None, back={} if page > 1 else None)
    on, back = (ways or numbered).on, (ways or numbered).back
    before = _address(request, min(max(1, page - 1), pages), back) if back is not None else None
    after = _address(request, min(page + 1, MOST_PAGES), on) if on is not None else None
    links = [(before, "prev"), (after, "next")]
    header = ", ".join(f'<{address}>; rel="{name}"' for address, name in links if address)
    if header:
        response["Link"] = header
    return {
        "total": total,
        "page": page,
        "pages": pages,
        "next": after,
        "previous": before,
    }


def pages_of(total: int, per_page: int) -> int:
    """How many pages a list has; an empty list has one."""
    return max(1, -(-total // per_page))


def _address(request: HttpRequest, page: int, beside: Mapping[str, str]) -> str:
    # Without the host: an answer is the same for whoever asks, by whichever name.
    asked = {**request.GET.dict(), "page": str(page)}
    kept = {name: value for name, value in asked.items() if name not in MARKS}
    return f"{request.path}?{urlencode(sorted({**kept, **beside}.items()))}"
