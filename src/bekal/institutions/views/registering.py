"""Institutions register themselves, and come back by their private address."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from bekal.foundation import clock
from bekal.foundation.faces import face
from bekal.foundation.private import private_key
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import see_other
from bekal.institutions import actions, forms, queries
from bekal.institutions.rules import REQUEST_KEY, STATE_KINDS, STATE_LABELS
from bekal.institutions.views.common import (
    CONFLICT,
    STRANGER,
    UNREADY,
    actor_of,
    admit,
    institution_at,
    private,
)
from bekal.shop import actions as shop
from bekal.shop import queries as shop_queries
from bekal.shop.rules import INSTITUTION_LABELS, ORDER_LABELS, InstitutionKind

_FORM = ["GET", "HEAD", "POST"]
_MOST_REGISTRATIONS, _MOST_LETTERS = 10, 5


@face()
def about(request: HttpRequest) -> HttpResponse:
    """What Bekal does for institutions, and where to begin."""
    return render(request, "institutions/about.html")


@private
@require_http_methods(_FORM)
def register(request: HttpRequest) -> HttpResponseBase:
    """Register an institution; leads to its private address, which is also sent by e-mail."""
    form = forms.RegisterForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        try:
            admit(request, door="lembaga-daftar", most=_MOST_REGISTRATIONS)
            if form.is_valid():
                return _registered(form)
            status = UNREADY
        except Refused as refused:
            form.show(refused)
            status = CONFLICT if isinstance(refused, KeyReused) else UNREADY
    context = {"form": form, "key": form.key_to_send(is_used=status == CONFLICT)}
    return render(request, "institutions/register.html", context, status=status)


def _registered(form: forms.RegisterForm) -> HttpResponse:
    registered = actions.register(
        key=form.key,
        said=form.said,
        language=get_language() or "id",
        by=STRANGER,
        now=clock.now(),
    )
    return see_other(f"{reverse('lembaga:home', args=[registered.key])}?terdaftar")


@private
@require_http_methods(_FORM)
def send_address(request: HttpRequest) -> HttpResponseBase:
    """Send private addresses once more; the page says the same whether there are any or none."""
    form = forms.AddressForm(request.POST if request.method == "POST" else None)
    is_sent, status = False, 200
    if request.method == "POST":
        try:
            admit(request, door="lembaga-alamat", most=_MOST_LETTERS)
            if form.is_valid():
                email = form.cleaned_data["email"]
                actions.send_addresses(email=email, by=STRANGER, now=clock.now())
            is_sent = form.is_valid()
            status = 200 if is_sent else UNREADY
        except Refused as refused:
            form.show(refused)
            status = UNREADY
    context = {"form": form, "is_sent": is_sent}
    return render(request, "institutions/send_address.html", context, status=status)


@private
@require_safe
def home(request: HttpRequest, institution: str) -> HttpResponseBase:
    """An institution's own page: what it asked for, and what it may do next."""
    found = institution_at(institution)
    rows = queries.requests_of(institution_id=found.pk, now=clock.now())
    bought = shop_queries.orders_of_institution(institution_id=found.pk)
    listed = [
        (row, private_key(REQUEST_KEY, row.id), STATE_LABELS[row.state], STATE_KINDS[row.state])
        for row in rows
    ]
    new = request.GET.get("pesanan", "")
    context = {
        "institution": found,
        "kind": INSTITUTION_LABELS[InstitutionKind(found.kind)],
        "key": institution,
        "rows": listed,
        "bought": [(one, ORDER_LABELS[one.status]) for one in bought],
        "placed": next((one for one in bought if one.code == new), None),
        "is_new": "terdaftar" in request.GET,
        "is_saved": "tersimpan" in request.GET,
    }
    return render(request, "institutions/home.html", context)


@private
@require_http_methods(_FORM)
def contact(request: HttpRequest, institution: str) -> HttpResponseBase:
    """Change with whom one speaks at an institution."""
    found = institution_at(institution)
    initial = {name: getattr(found, name) for name in ("contact_name", "phone", "email")}
    form = forms.ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        names = ("contact_name", "phone", "email")
        said = {name: str(form.cleaned_data[name]) for name in names}
        by = actor_of(found.pk)
        try:
            shop.change_contact(institution_id=found.pk, by=by, now=clock.now(), **said)
            return see_other(f"{reverse('lembaga:home', args=[institution])}?tersimpan")
        except Refused as refused:
            form.show(refused)
    context = {"form": form, "institution": found, "key": institution}
    status = UNREADY if form.errors else 200
    return render(request, "institutions/contact.html", context, status=status)
