"""What an officer keeps of makers: who they are, what is required, what they agreed to."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from bekal.accounts.gate import StaffRequest, needs, today_at
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.people import actions, forms, queries
from bekal.people.rules import Why
from bekal.people.views.common import form_page, names, the_maker, to
from bekal.ui.inputs import show_refusal


@needs(Permission.KEEP_MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest, unit: str) -> HttpResponse:
    """Write somebody down as a maker."""
    place = request.scope.unit(unit)
    begun = {"since": today_at(request, place)}
    form = forms.MakerForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        try:
            code = actions.register_maker(
                new=form.maker(place.id), by=request.actor, now=request.now
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("maker", place.code, code, said="baru")
    return form_page(request, place, form, page="new", heading="Tambah pembuat")


@needs(Permission.KEEP_MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: StaffRequest, unit: str, maker: str) -> HttpResponse:
    """Put a name right."""
    place = request.scope.unit(unit)
    row = the_maker(request, place, maker)
    if request.method == "POST":
        form = forms.NameForm(request.POST)
    else:
        found, _ = names(request, place, row.code, why=Why.ONE)
        form = forms.NameForm(initial={"name": found.get(row.code, "")})
    if form.is_valid():
        try:
            actions.correct_name(
                maker=row.code,
                unit_id=place.id,
                name=form.cleaned_data["name"],
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("maker", place.code, row.code, said="nama")
    return form_page(request, place, form, page="rename", heading="Perbaiki nama", row=row)


@needs(Permission.KEEP_MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def fact(request: StaffRequest, unit: str, maker: str) -> HttpResponse:
    """Write down what was found under a requirement."""
    place = request.scope.unit(unit)
    row = the_maker(request, place, maker)
    today = today_at(request, place)
    asked = queries.requirements_on(on=today)
    begun = {"code": request.GET.get("syarat", ""), "known_on": today}
    data = request.POST if request.method == "POST" else None
    form = forms.FactForm(data, requirements=asked, initial=begun)
    if form.is_valid():
        try:
            actions.record_fact(
                maker=row.code,
                unit_id=place.id,
                fact=form.fact(),
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("maker", place.code, row.code, said="syarat")
    return form_page(
        request, place, form, page="fact", heading="Catat syarat", row=row, requirements=asked
    )


@needs(Permission.KEEP_MAKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: StaffRequest, unit: str, maker: str) -> HttpResponse:
    """Write down a signed consent."""
    place = request.scope.unit(unit)
    row = the_maker(request, place, maker)
    data = request.POST if request.method == "POST" else None
    form = forms.ConsentForm(data, today=today_at(request, place))
    if form.is_valid():
        try:
            actions.give_consent(
                maker=row.code,
                unit_id=place.id,
                consent=form.consent(),
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            show_refusal(form, refused)
        else:
            return to("maker", place.code, row.code, said="persetujuan")
    return form_page(request, place, form, page="consent", heading="Catat persetujuan", row=row)


@needs(Permission.KEEP_MAKERS)
@require_POST
def withdraw(request: StaffRequest, unit: str, consent: int) -> HttpResponse:
    """End a consent, at once."""
    place = request.scope.unit(unit)
    row = the_maker(request, place, queries.who_consented(consent_id=consent))
    actions.withdraw_consent(
        maker=row.code,
        unit_id=place.id,
        consent_id=consent,
        by=request.actor,
        now=request.now,
    )
    return to("maker", place.code, row.code, said="cabut")
