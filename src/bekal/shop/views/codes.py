"""The order of an address, and whether whoever asks knows the buyer's number."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bekal.foundation import clock
from bekal.foundation.actions import count_attempt, forget_attempts
from bekal.foundation.codes import CodeMistyped
from bekal.foundation.refusals import Refused
from bekal.shop import forms, queries
from bekal.shop.models import OrderBuyer
from bekal.shop.queries import OrderShown
from bekal.shop.rules import read_code
from bekal.shop.views.visitors import (
    MINUTE,
    UNPROCESSABLE,
    VISITOR,
    is_too_often,
    page,
    see_other,
    too_often,
    was_too_often,
)

TRIES, QUARTER = 5, dt.timedelta(minutes=15)
LOOKUPS = 30
DONE: dict[str, StrOrPromise] = {
    "terima": _("Tercatat: barangnya sudah Anda terima."),
    "masalah": _("Laporan Anda sudah sampai di bengkel. Jawabannya tampil di halaman ini."),
    "tarik": _("Laporan Anda ditarik kembali."),
    "rekening": _("Rekening tujuan tersimpan."),
    "ulasan": _("Terima kasih. Ulasan Anda tampil setelah dibaca kantor wilayah."),
}
"""What the page of an order says after something was done there, by the word in its address."""
_TEMPLATES = {
    "batal": "shop/cancel.html",
    "terima": "shop/receive.html",
    "masalah": "shop/problem.html",
    "tarik": "shop/withdraw.html",
    "rekening": "shop/payee.html",
    "ulasan": "shop/opinion.html",
}


def found_order(request: HttpRequest, typed: str) -> OrderShown | HttpResponse:
    """The order of an address, or where to go instead when it was written otherwise.

    Raises Http404 for what is no code or no order. Guesses are counted, so that nobody tries all:
    after too many a code that is right is answered as one that is not.
    """
    try:
        code = read_code(typed)
    except CodeMistyped:
        raise Http404 from None
    if was_too_often(request, "code", most=LOOKUPS):
        return too_often(request, window=MINUTE)
    found = looked_up(code)
    if found is None:
        is_too_often(request, "code", most=LOOKUPS, window=MINUTE)
        raise Http404
    if code != typed and request.method != "POST":
        return see_other(request.path.replace(typed, code))
    return found


def looked_up(code: str) -> OrderShown | None:
    """The order with this code in the language of the page, or None."""
    found = queries.order_shown(code=code, on=queries.day_of(clock.now()))
    return queries.in_english(found) if found and get_language() == "en" else found


def guesses_too_often(request: HttpRequest, found: OrderShown) -> bool:
    """Count one more try of the four digits of an order; whether there were too many.

    The buyer's own right digits make an end of the counting, so that it never stops them.
    """
    tries = count_attempt(subject=_tries_of(found), window=QUARTER, by=VISITOR, now=clock.now())
    return tries > TRIES or is_too_often(request, "address", most=4 * TRIES, window=QUARTER)


def buyer_by(form: forms.PhoneForm, found: OrderShown) -> OrderBuyer | None:
    """The buyer, if the form is right and its digits are theirs; else the form says what is not."""
    if not form.is_valid():
        return None
    digits = form.cleaned_data["digits"]
    buyer = queries.address_of(order_id=found.id, phone_end=digits)
    if buyer is None:
        form.does_not_fit()
    else:
        forget_attempts(subject=_tries_of(found), by=VISITOR, now=clock.now())
    return buyer


def answered(
    request: HttpRequest,
    found: OrderShown,
    *,
    form: forms.PhoneForm,
    act: Callable[[], object],
    done: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Do what was asked once the digits are right, and lead back; else show the form again.

    What is not four digits is told at the field and is no try.
    """
    context = {"order": found, "form": form, **context}
    template = _TEMPLATES[done]
    if not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return page(request, template, context, status=status)
    if guesses_too_often(request, found):
        return too_often(request, window=QUARTER, order=found)
    if buyer_by(form, found) is None:
        return page(request, template, context, status=UNPROCESSABLE)
    try:
        act()
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return page(request, template, context, status=UNPROCESSABLE)
    return see_other(f"{reverse('shop:order', args=[found.code])}?selesai={done}")


def _tries_of(found: OrderShown) -> str:
    return f"shop.address:{found.id}"
