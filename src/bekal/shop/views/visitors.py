"""What the pages of buyers share: they are nobody's but the buyer's, and kept nowhere."""

import datetime as dt
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from bekal.accounts.rules import address_block
from bekal.foundation import clock
from bekal.foundation import views as shared
from bekal.foundation.actions import count_attempt
from bekal.foundation.actors import Actor, buyer_actor
from bekal.foundation.queries import attempts_of
from bekal.shop.queries import OrderShown

VISITOR = buyer_actor("visitor")
UNPROCESSABLE, TOO_MANY = 422, 429
MINUTE = dt.timedelta(minutes=1)


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of a buyer; no search engine keeps it."""
    answer = render(request, template, context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def too_often(
    request: HttpRequest, *, window: dt.timedelta, order: OrderShown | None = None
) -> HttpResponse:
    """Say that something was tried too often, and when its window has ended at the latest."""
    context = {"minutes": max(1, window // MINUTE), "order": order}
    answer = page(request, "shop/too_often.html", context, status=TOO_MANY)
    answer["Retry-After"] = str(int(window.total_seconds()))
    return answer


def see_other(address: str) -> HttpResponse:
    """Lead away from a form that was carried out, so that a refresh sends nothing again."""
    answer = shared.see_other(address)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def send_on(address: str) -> HttpResponse:
    """Lead a form on as it is to the door that carries it out."""
    return HttpResponseRedirect(address, status=307)


def is_too_often(
    request: HttpRequest, what: str, *, most: int, window: dt.timedelta, by: Actor = VISITOR
) -> bool:
    """Count one more try of something from this address; whether there were too many.

    Counted under a keyed hash, so that no address is kept.
    """
    subject = _tries(request, what)
    return count_attempt(subject=subject, window=window, by=by, now=clock.now()) > most


def was_too_often(request: HttpRequest, what: str, *, most: int) -> bool:
    """Whether `most` tries of something were counted from this address; counts none itself."""
    return attempts_of(subject=_tries(request, what), now=clock.now()) >= most


def _tries(request: HttpRequest, what: str) -> str:
    here = salted_hmac(f"shop.{what}", _address(request), algorithm="sha256").hexdigest()[:40]
    return f"shop.{what}:{here}"


def _address(request: HttpRequest) -> str:
    try:
        return str(address_block(get_adapter(request).get_client_ip(request)))
    except PermissionDenied:  # behind the proxies that were announced, but none told an address
        return "unknown"
