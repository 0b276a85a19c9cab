"""An institution asks many workshops at once: the question, the workshops it reaches, then sent."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.foundation import clock
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import see_other
from bekal.institutions import actions, forms, queries, told
from bekal.institutions.views.common import (
    CHANGE,
    CHECK,
    CONFLICT,
    SAVE,
    UNREADY,
    actor_of,
    admit,
    download,
    institution_at,
    private,
    request_at,
    today,
)
from bekal.shop.queries import Institution

_FORM = ["GET", "HEAD", "POST"]
_MOST_REQUESTS = 20
_ALL, _NONE = "semua", "kosongkan"


@private
@require_http_methods(_FORM)
def ask(request: HttpRequest, institution: str) -> HttpResponseBase:
    """Ask what is wanted, show whom it reaches, and send it to all of them."""
    found = institution_at(institution)
    form = forms.RequestForm(request.POST if request.method == "POST" else None, today=today())
    step = request.POST.get("langkah", "")
    if step == SAVE:
        return _send(request, found, key=institution)
    if step == CHANGE:
        return _question(request, form, key=institution)
    if step and form.is_valid() and form.matching:
        return _check(request, form, key=institution)
    if step and form.is_valid():
        form.add_error("kind", forms.nobody_makes_it())
    return _question(request, form, key=institution)


def _send(request: HttpRequest, institution: Institution, *, key: str) -> HttpResponse:
    form = forms.SendForm(request.POST, request.FILES, today=today())
    if not form.is_valid():
        return _again(request, form, key=key)
    new = actions.NewRequest(
        key=form.key,
        institution_id=institution.pk,
        wanted=form.wanted,
        unit_ids=form.unit_ids,
        district_code=form.cleaned_data["district_code"],
        file=form.cleaned_data["file"],
    )
    try:
        admit(request, door="lembaga-minta", most=_MOST_REQUESTS)
        asked = actions.ask_workshops(new=new, by=actor_of(institution.pk), now=clock.now())
    except Refused as refused:
        form.show(refused)
        status = CONFLICT if isinstance(refused, KeyReused) else UNREADY
        return _again(request, form, key=key, status=status)
    return see_other(f"{reverse('lembaga:request', args=[asked.key])}?terkirim")


def _again(
    request: HttpRequest, form: forms.SendForm, *, key: str, status: int = UNREADY
) -> HttpResponse:
    """The page on which the fault can be put right: the workshops and the file, or the question."""
    is_last = set(form.errors) <= {"workshops", "file", "__all__"}
    if is_last and form.matching:
        return _check(request, form, key=key, status=status)
    return _question(request, form, key=key, status=status)


def _question(
    request: HttpRequest, form: forms.RequestForm, *, key: str, status: int | None = None
) -> HttpResponse:
    status = status or (UNREADY if form.errors else 200)
    context = {"form": form, "key": key, "sent_key": form.key_to_send(is_used=status == CONFLICT)}
    return render(request, "institutions/ask.html", context, status=status)


def _check(
    request: HttpRequest, form: forms.RequestForm, *, key: str, status: int = 200
) -> HttpResponse:
    chosen = _ticked(request, form)
    context = {
        "form": form if form.errors else None,
        "all": _ALL,
        "none": _NONE,
        "asked": form.wanted,
        "district": told.district_label(form.cleaned_data["district_code"]),
        "answers": form.answers(),
        "workshops": [(maker, maker.unit.code in chosen) for maker in form.matching],
        "file": (form if form.errors else forms.SendForm(today=today()))["file"],
        "key": key,
        "sent_key": form.key_to_send(is_used=status == CONFLICT),
    }
    return render(request, "institutions/ask_check.html", context, status=status)


def _ticked(request: HttpRequest, form: forms.RequestForm) -> set[str]:
    """The workshops that are ticked: all at first, later what the person left or asked for."""
    step = request.POST.get("langkah", "")
    if step in {CHECK, _ALL}:
        return {maker.unit.code for maker in form.matching}
    return set() if step == _NONE else set(request.POST.getlist("workshops"))


@private
@require_safe
def file(request: HttpRequest, asked: str) -> HttpResponseBase:
    """The file that came with a request, for whoever holds its address."""
    kept = queries.file_of(request_id=request_at(asked).pk)
    if kept is None:
        raise Http404
    return download(bytes(kept.content), name=kept.name, media_type=kept.media_type)
