"""The pages of a unit's rules of splitting and of what its accounts hold."""

import datetime as dt
import functools
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.actions import keep_conflict
from bekal.foundation.formats import read_page
from bekal.foundation.refusals import KeyReused, Refused
from bekal.ledger import actions, chart, exports, forms, queries, shown
from bekal.ledger.rules import (
    ACCOUNT_LABELS,
    CHART,
    OF_A_MAKER,
    AccountKind,
    NoRule,
    SplitRule,
)
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.ui.inputs import show_refusal

_MAKERS_A_PAGE = 50
_OF_MAKERS = {CHART[kind].slug: kind for kind in OF_A_MAKER}
_CHECK, _SAVE = "periksa", "simpan"
_CONFLICT = 409


@needs(Permission.SEE_RULES)
@require_safe
def rules_page(request: StaffRequest, unit: str) -> HttpResponse:
    """The rules that hold for a unit, a trial of them, their history, and what could be chosen."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    line = {above.id: above for above in places.line_of(place_id=place.id, on=today)}
    book = queries.book_of(unit_id=place.id, on=today)
    standing = queries.holding(book, on=today)
    names = accounts.names_of(actors={row.adopted_by for row in book})
    told = functools.partial(shown.all_shown, line=line, names=names, on=today)
    trial = _tried(request, standing)
    context = {
        "unit": place,
        "today": today,
        "standing": told(standing),
        "to_come": told(r for r in book if r.is_to_come(today)),
        "book": told(book),
        "form": trial.form,
        "trial": trial.result,
        "splits": queries.documented_splits(),
        "may_choose": _may_choose(request, place),
        "is_saved": "tersimpan" in request.GET,
    }
    return render(request, "ledger/rules.html", context, status=422 if trial.form.errors else 200)


@needs(Permission.CHOOSE_RULE)
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: StaffRequest, unit: str) -> HttpResponse:
    """Choose a documented split for a unit: ask, show before and after, then write it down."""
    place = request.scope.unit(unit)
    form = forms.Adoption(
        request.POST if request.method == "POST" else None,
        place_id=place.id,
        today=today_at(request, place),
    )
    step = request.POST.get("langkah", _CHECK)
    if step == _SAVE and form.is_valid():
        try:
            actions.adopt_rule(
                place_id=place.id,
                **form.cleaned_data,
                key=form.key,
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            return _refused(request, place, form, refused=refused)
        return redirect(f"{reverse('ledger:rules', args=[place.code])}?tersimpan")
    if step == _CHECK and form.is_valid() and form.foresee():
        return _before_and_after(request, place, form)
    return _question(request, place, form, status=422 if form.errors else 200)


@needs(Permission.SEE_SALES)
@require_safe
def balances(request: StaffRequest, unit: str) -> HttpResponse:
    """What each account of a unit holds, money on one side and whose it is on the other."""
    place = request.scope.unit(unit)
    rows = _held(place, on=today_at(request, place), is_whole=True)
    money = [row for row in rows if row.is_money]
    claims = [row for row in rows if not row.is_money]
    context = {
        "unit": place,
        "money": money,
        "claims": claims,
        "total": sum(row.amount for row in money),
        "crumbs": [_crumb(place), ("Saldo", None)],
    }
    return render(request, "ledger/balances.html", context)


@needs(Permission.SEE_SALES)
@require_safe
def account(request: StaffRequest, unit: str, account: str) -> HttpResponse:
    """What moved one account of a unit, newest first; of a kind kept by maker its makers."""
    place = request.scope.unit(unit)
    if account in _OF_MAKERS:
        return _makers(request, place, _OF_MAKERS[account])
    row = _account(place, account, on=today_at(request, place))
    page = queries.movements(account_id=row.id, page=read_page(request.GET.get("halaman", "")))
    names = accounts.names_of(actors={move.posted_by for move in page.object_list})
    zone, sales = zone_of(place), f"/kerja/{place.code}/penjualan/"
    context = {
        "unit": place,
        "zone": zone,
        "row": row,
        "page": page,
        "moves": [
            shown.moved(move, names=names, sign=row.sign, sales=sales, zone=zone)
            for move in page.object_list
        ],
        "crumbs": [
            _crumb(place),
            ("Saldo", reverse("ledger:balances", args=[place.code])),
            (row.name, None),
        ],
    }
    return render(request, "ledger/account.html", context)


@needs(Permission.SEE_SALES)
@require_safe
def account_file(request: StaffRequest, unit: str, account: str) -> HttpResponse:
    """All that ever moved one account, as a CSV file for a spreadsheet."""
    place = request.scope.unit(unit)
    today = today_at(request, place)
    row = _account(place, account, on=today)
    moves = list(queries.every_movement(account_id=row.id))
    names = accounts.names_of(actors={move.posted_by for move in moves})
    text = exports.as_csv(moves, names=names, sign=row.sign)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"saldo-{place.code}-{row.slug}-{today}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _makers(request: StaffRequest, place: PlaceNow, kind: AccountKind) -> HttpResponse:
    """The accounts of one kind, maker by maker, by code."""
    name, sought = ACCOUNT_LABELS[kind], request.GET.get("cari", "").strip()[:20]
    rows = [row for row in queries.balances_of(unit_id=place.id) if row.account is kind]
    found = sorted((row for row in rows if sought.upper() in row.maker), key=lambda r: r.maker)
    page = Paginator(found, _MAKERS_A_PAGE).get_page(read_page(request.GET.get("halaman", "")))
    context = {
        "unit": place,
        "name": name,
        "text": CHART[kind].text,
        "sought": sought,
        "page": page,
        "rows": [(row.maker, chart.held(row)) for row in page],
        "total": -sum(row.amount for row in rows),
        "crumbs": [
            _crumb(place),
            ("Saldo", reverse("ledger:balances", args=[place.code])),
            (name, None),
        ],
    }
    return render(request, "ledger/makers.html", context)


@dataclass(frozen=True)
class _Tried:
    form: forms.TryOut
    result: shown.Trial | None


def _tried(request: StaffRequest, standing: list[queries.RuleInBook]) -> _Tried:
    """The trial that was asked for, or that of the example."""
    rules = {row.activity: row.rule for row in standing}
    asked = request.GET if set(forms.TryOut.base_fields) & set(request.GET) else None
    form = forms.TryOut(asked, activities=list(rules))
    if not rules or (form.is_bound and not form.is_valid()):
        return _Tried(form, None)
    rule = rules.get(form.activity) or next(iter(rules.values()))
    if forms.needs_cost(rule, form):
        return _Tried(form, None)
    return _Tried(form, shown.trial(rule, **form.sale()))


def _question(
    request: StaffRequest, place: PlaceNow, form: forms.Adoption, *, status: int
) -> HttpResponse:
    context = {
        "unit": place,
        "form": form,
        "key": form.key_to_send(is_used=status == _CONFLICT),
        "notes": {code: shown.note_of(rule) for code, rule in form.rules.items()},
        "incomplete": [split for split in form.splits if split.gap],
        "crumbs": [_crumb(place), ("Pilih aturan", None)],
    }
    return render(request, "ledger/adopt.html", context, status=status)


def _refused(
    request: StaffRequest, place: PlaceNow, form: forms.Adoption, *, refused: Refused
) -> HttpResponse:
    """The question again with what was refused; a used key is also kept for a person to look at."""
    new = actions.NewRule(place_id=place.id, **form.cleaned_data)
    show_refusal(form, refused)
    if not isinstance(refused, KeyReused):
        return _question(request, place, form, status=422)
    keep_conflict(
        key=form.key,
        door="ledger.adopt_rule",
        scope=f"place:{place.id}",
        body=new.frozen(),
        by=request.actor,
        now=request.now,
    )
    return _question(request, place, form, status=_CONFLICT)


def _before_and_after(request: StaffRequest, place: PlaceNow, form: forms.Adoption) -> HttpResponse:
    asked = form.cleaned_data
    rule = _rule_on(place, activity=asked["activity"], on=asked["first_day"])
    before = _example(rule) if rule else None
    *old, new = shown.side_by_side(before, _example(form.chosen))
    context: dict[str, Any] = {
        "unit": place,
        "form": form,
        "asked": asked,
        "shares": shown.shares_text(form.chosen),
        "before": before,
        "before_amounts": old[0] if old else [],
        "after_amounts": new,
        "price": forms.EXAMPLE_PRICE,
        "cost": forms.EXAMPLE_COST,
        "crumbs": [_crumb(place), ("Periksa aturan", None)],
    }
    return render(request, "ledger/adopt_check.html", context)


def _example(rule: SplitRule) -> shown.Trial:
    return shown.trial(rule, unit_price=forms.EXAMPLE_PRICE, pieces=1, unit_cost=forms.EXAMPLE_COST)


def _rule_on(place: PlaceNow, *, activity: str, on: dt.date) -> SplitRule | None:
    try:
        return queries.rules_in_force(unit_id=place.id, activities=[activity], on=on)[activity]
    except NoRule:
        return None


def _held(place: PlaceNow, *, on: dt.date, is_whole: bool = False) -> list[chart.Held]:
    """The accounts of a unit in words; the other units of settlements by their names of a day.

    `is_whole`: those of all makers as one.
    """
    rows = queries.balances_of(unit_id=place.id)
    rows = chart.together(rows) if is_whole else rows
    others = {row.counterpart_id for row in rows if row.counterpart_id is not None}
    named = places.places_below(place_ids=others, on=on) if others else []
    return chart.all_held(rows, {other.id: (other.code, other.name) for other in named})


def _account(place: PlaceNow, slug: str, *, on: dt.date) -> chart.Held:
    found = next((row for row in _held(place, on=on) if row.slug == slug), None)
    if found is None:
        raise Http404
    return found


def _may_choose(request: StaffRequest, place: PlaceNow) -> bool:
    """Whether to offer choosing; the address itself refuses in any case."""
    return accounts.may(
        user_id=request.user.pk,
        permission=Permission.CHOOSE_RULE,
        place_id=place.id,
        on=request.scope.today,
    )


def _crumb(place: PlaceNow) -> tuple[str, str]:
    return "Bagi hasil", reverse("ledger:rules", args=[place.code])
