"""The answers beside one another: sorted, as a file, chosen from, or the request taken back."""

import datetime as dt
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bekal.foundation import clock, exports
from bekal.foundation.refusals import KeyReused, Refused
from bekal.foundation.views import form_on, see_other
from bekal.institutions import actions, forms, obstacles, queries, told
from bekal.institutions.models import Request
from bekal.institutions.queries import Compared
from bekal.institutions.rules import STATE_KINDS, STATE_LABELS, State
from bekal.institutions.views.common import (
    CONFLICT,
    SAVE,
    UNREADY,
    actor_of,
    private,
    request_at,
    today,
)

_Form = forms.ChoiceForm | forms.WithdrawForm | None


@private
@require_safe
def page(request: HttpRequest, asked: str) -> HttpResponseBase:
    """What was asked, and every workshop with its newest answer."""
    return request_page(request, request_at(asked), key=asked)


@private
@require_safe
def table(request: HttpRequest, asked: str) -> HttpResponseBase:
    """The comparison as a file."""
    found = request_at(asked)
    rows = told.sorted_rows(_rows(found), by=request.GET.get("urut", ""))
    lines = exports.csv_lines(told.heading(), (told.cells_of(row) for row in rows))
    answer = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="penawaran-{found}.csv"'
    return answer


@private
@form_on("lembaga:request")
def choose(request: HttpRequest, asked: str) -> HttpResponseBase:
    """Take one answer or several: show what will be ordered, then order it."""
    found = request_at(asked)
    form = forms.ChoiceForm(request.POST, rows=_rows(found), today=today())
    if not form.is_valid():
        return request_page(request, found, key=asked, form=form, status=UNREADY)
    step = request.POST.get("langkah", "")
    choice = actions.NewChoice(
        key=form.key,
        request_id=found.pk,
        parts=form.new_parts,
        due_on=form.cleaned_data["due_on"],
        po_number=form.cleaned_data["po_number"],
    )
    try:
        if step == SAVE:
            by = actor_of(found.institution_id)
            actions.choose_answers(choice=choice, by=by, now=clock.now())
            return see_other(f"{reverse('lembaga:request', args=[asked])}?dipesan")
        actions.foresee_choice(choice=choice, by=actor_of(found.institution_id), now=clock.now())
    except Refused as refused:
        obstacles.show(form, refused, on=today())
        status = CONFLICT if isinstance(refused, KeyReused) else UNREADY
        return request_page(request, found, key=asked, form=form, status=status)
    context = {"asked": found, "form": form, "key": asked}
    return render(request, "institutions/choose_check.html", context)


@private
@form_on("lembaga:request")
def withdraw(request: HttpRequest, asked: str) -> HttpResponseBase:
    """Take a request back; workshops that were asked read why."""
    found = request_at(asked)
    form = forms.WithdrawForm(request.POST)
    try:
        if form.is_valid():
            actions.withdraw_request(
                request_id=found.pk,
                reason=form.cleaned_data["reason"],
                by=actor_of(found.institution_id),
                now=clock.now(),
            )
            return see_other(reverse("lembaga:request", args=[asked]))
    except Refused as refused:
        form.show(refused)
    return request_page(request, found, key=asked, form=form, status=UNREADY)


def _rows(found: Request) -> list[Compared]:
    return queries.comparison(request=found, on=today())


def request_page(
    request: HttpRequest,
    found: Request,
    *,
    key: str,
    form: _Form = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a request, with what stood in the way of the last act."""
    state = queries.state_now(found, now=clock.now())
    rows = told.sorted_rows(_rows(found), by=request.GET.get("urut", ""))
    choosing = form if isinstance(form, forms.ChoiceForm) else _blank(rows, on=today())
    is_undecided = state in {State.OPEN, State.CLOSED}
    context = {
        "asked": found,
        "district": told.district_of(found),
        **_state_words(state),
        "rows": told.shown_rows(rows, choosing, on=today()),
        "silent": [row.unit for row in rows if row.answer is None],
        "asked_units": len(rows),
        "orders": told.orders(request.GET.get("urut", "")),
        "form": form,
        "problem": problem,
        "choosing": choosing,
        "withdrawing": form if isinstance(form, forms.WithdrawForm) else forms.WithdrawForm(),
        "may_choose": is_undecided and bool(choosing.rows),
        "may_withdraw": is_undecided,
        "key": key,
        "sent_key": choosing.key_to_send(is_used=status == CONFLICT),
        "is_sent": "terkirim" in request.GET,
        "is_ordered": "dipesan" in request.GET and state is State.ORDERED,
        **told.ending(found),
    }
    return render(request, "institutions/request.html", context, status=status)


def _state_words(state: State) -> dict[str, object]:
    return {
        "state_label": STATE_LABELS[state],
        "state_kind": STATE_KINDS[state],
        "takes_answers": state is State.OPEN,
    }


def _blank(rows: Sequence[Compared], *, on: dt.date) -> forms.ChoiceForm:
    return forms.ChoiceForm(rows=rows, today=on)
