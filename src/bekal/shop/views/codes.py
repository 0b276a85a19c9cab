"""The order of an address, and whether whoever asks knows the buyer's number."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from bekal.foundation import clock
from bekal.foundation.actions import count_attempt, forget_attempts
from bekal.foundation.codes import CodeMistyped
from bekal.shop import forms, queries
from bekal.shop.models import OrderBuyer
from bekal.shop.queries import OrderShown
from bekal.shop.rules import read_code
from bekal.shop.views.visitors import VISITOR, is_too_often, see_other

TRIES, QUARTER = 5, dt.timedelta(minutes=15)
LOOKUPS, MINUTE = 30, dt.timedelta(minutes=1)
DONE: dict[str, StrOrPromise] = {
    "terima": _("Tercatat: barangnya sudah Anda terima."),
    "masalah": _("Laporan Anda sudah sampai di bengkel. Jawabannya tampil di halaman ini."),
    "tarik": _("Laporan Anda ditarik kembali."),
    "rekening": _("Rekening tujuan tersimpan."),
    "ulasan": _("Terima kasih. Ulasan Anda tampil setelah dibaca kantor wilayah."),
}
"""What the page of an order says after something was done there, by the word in its address."""


def found_order(request: HttpRequest, typed: str) -> tuple[OrderShown, HttpResponse | None]:
    """The order of an address, and where to go instead when it was written otherwise.

    Raises Http404 for what is no code or no order. Guesses are counted, so that nobody tries all.
    """
    try:
        code = read_code(typed)
    except CodeMistyped:
        raise Http404 from None
    found = looked_up(code)
    if found is None:
        is_too_often(request, "code", most=LOOKUPS, window=MINUTE)
        raise Http404
    twin = request.path.replace(typed, code)
    other = see_other(twin) if code != typed and request.method != "POST" else None
    return found, other


def looked_up(code: str) -> OrderShown | None:
    """The order with this code, or None."""
    return queries.order_shown(code=code, on=queries.day_of(clock.now()))


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


def _tries_of(found: OrderShown) -> str:
    return f"shop.address:{found.id}"
