"""Templates of payment files, which the centre keeps as data and units begin with."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, said
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.foundation.views import see_other
from bekal.treasury import actions, queries
from bekal.treasury.forms import premi as forms
from bekal.treasury.rules.premi_files import GENERAL, SEPARATOR_LABELS
from bekal.ui.inputs import show_refusal

_SAID = {
    "simpan": "Susunan tersimpan. Semua unit bisa memakainya.",
    "tarik": "Susunan ditarik. Yang sudah disalin unit tetap milik unit itu.",
}


@needs(Permission.SET_RULES)
@require_safe
def templates(request: StaffRequest) -> HttpResponse:
    """What is offered to all units, by whom, and where it was read."""
    rows = list(queries.templates())
    names = accounts.names_of(actors={row.kept_by for row in rows})
    context = {
        "rows": [
            (row, names.get(row.kept_by, ""), SEPARATOR_LABELS[row.separator]) for row in rows
        ],
        "said": said(request, _SAID),
        "crumbs": _crumbs("Berkas pembayaran premi"),
    }
    return render(request, "treasury/rules/templates.html", context)


@needs(Permission.SET_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: StaffRequest) -> HttpResponse:
    """The centre keeps a template that it has read somewhere."""
    begun = forms.as_typed(GENERAL)
    form = forms.TemplateForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        try:
            actions.keep_template(new=form.new(), by=request.actor, now=request.now)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return _to("simpan")
    context = {"form": form, "hint": forms.COLUMNS_HINT, "crumbs": _crumbs("Susunan baru")}
    status = 422 if form.is_bound else 200
    return render(request, "treasury/rules/template.html", context, status=status)


@needs(Permission.SET_RULES)
@require_POST
def withdraw(request: StaffRequest, premi_template: int) -> HttpResponse:
    """The centre offers a template no longer."""
    try:
        actions.withdraw_template(template_id=premi_template, by=request.actor, now=request.now)
    except LookupError as none:
        raise Http404 from none
    return _to("tarik")


def _crumbs(here: str) -> list[tuple[str, str | None]]:
    return [("Aturan bagi hasil", reverse("rules:list")), (here, None)]


def _to(word: str) -> HttpResponse:
    return see_other(f"{reverse('rules:premi_templates')}?tersimpan={word}")
