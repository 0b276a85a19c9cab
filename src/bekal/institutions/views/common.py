"""What the pages of institutions share: limits for strangers, pages that nobody keeps."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from bekal.accounts.rules import address_block
from bekal.foundation import clock
from bekal.foundation.actions import count_attempt
from bekal.foundation.actors import Actor, ActorKind
from bekal.foundation.clock import Zone, local_day
from bekal.foundation.doors import public
from bekal.foundation.refusals import Refused
from bekal.institutions import queries
from bekal.institutions.models import Request
from bekal.shop import queries as shop
from bekal.shop.queries import Institution
from bekal.ui.strangers import STAMP, is_too_fast, unseal

P = ParamSpec("P")
UNREADY, CONFLICT = 422, 409
CHECK, SAVE, CHANGE = "periksa", "simpan", "ubah"
STRANGER = Actor(ActorKind.BUYER, "stranger")
_HOUR = dt.timedelta(hours=1)


class TooOften(Refused):
    """The same address sends more than a person would."""

    def __init__(self) -> None:
        """Say when to come back."""
        super().__init__(_("Terlalu sering dari sambungan ini. Coba lagi satu jam lagi."))


class TooFast(Refused):
    """A page was sent before a person could have read it."""

    def __init__(self) -> None:
        """Ask for the same once more."""
        super().__init__(_("Belum bisa dikirim. Periksa isinya, lalu kirim sekali lagi."))


def private(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Mark a page for whoever holds its address: open, never kept, in no search engine."""

    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        add_never_cache_headers(cast("Any", answer))
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return public(shown)


def admit(request: HttpRequest, *, door: str, most: int) -> None:
    """Count one more try of this connection in an hour, and look how long its page was open.

    Raises TooOften, and TooFast for what no person fills in so fast (ui.strangers).
    """
    address = address_block(get_adapter(request).get_client_ip(request))
    who = salted_hmac("institutions.stranger", address, algorithm="sha256").hexdigest()
    now = clock.now()
    count = count_attempt(subject=f"{door}:{who}", window=_HOUR, by=STRANGER, now=now)
    if count > most:
        raise TooOften
    _about, opened_at = unseal(request.POST.get(STAMP, ""))
    if is_too_fast(opened_at, now=now):
        raise TooFast


def institution_at(key: str) -> Institution:
    """The institution whose private address this is. Raises Http404."""
    found = shop.institution_by_key(key=key)
    if found is None:
        raise Http404
    return found


def request_at(key: str) -> Request:
    """The request whose private address this is. Raises Http404."""
    found = queries.request_by_key(key=key)
    if found is None:
        raise Http404
    return found


def actor_of(institution_id: UUID) -> Actor:
    """The institution as the one who acts."""
    return Actor(ActorKind.BUYER, f"institution:{institution_id}")


def today() -> dt.date:
    """The present day of WIB, which deadlines of institutions go by."""
    return local_day(clock.now(), Zone.WIB)


def download(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """A file of somebody else: saved, never shown as a page of ours."""
    answer = HttpResponse(content, content_type=media_type)
    ascii_name = name.encode("ascii", "replace").decode().replace('"', "'")
    answer["Content-Disposition"] = f'attachment; filename="{ascii_name}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
