"""The reports of the books of any place: the sums. Each figure leads on to what it is made of."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from bekal.accounts.gate import Scope, StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.ledger.rules import AccountKind
from bekal.places.queries import PlaceNow
from bekal.treasury import book_tables
from bekal.treasury.book_accounts import Named
from bekal.treasury.forms.books import AskedBook
from bekal.treasury.queries.books import Book, book_of
from bekal.treasury.queries.tree import Below, named
from bekal.treasury.rules.books import MONEY_KINDS, Report, Sums
from bekal.treasury.views.book_common import address, asked_of, files, frame, top_places


@needs(Permission.SEE_BOOKS)
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """The books of the person's own top place; a list of them where there are several."""
    tops = top_places(request.scope)
    if len(tops) == 1:
        return redirect("books:trial", tops[0].code)
    return render(request, "treasury/books/home.html", {"tops": tops})


@needs(Permission.SEE_BOOKS)
@require_safe
def trial(request: StaffRequest, place: str) -> HttpResponse:
    """The trial balance of a place in a period, with what lies below it."""
    found = request.scope.place_then(place)
    asked = asked_of(request, found)
    book = _book(found, asked)
    section = book_tables.trial(book)
    context = {
        **frame(request, found, asked, here="trial"),
        "section": section,
        "below": below(book, found, asked, scope=request.scope),
        "files": files(found, asked, Report.TRIAL),
    }
    return _page(request, "trial", context, asked=asked)


@needs(Permission.SEE_BOOKS)
@require_safe
def funds(request: StaffRequest, place: str) -> HttpResponse:
    """Whose the money of a place is, and where it lies."""
    found = request.scope.place_then(place)
    asked = asked_of(request, found)
    context = {
        **frame(request, found, asked, here="funds", last=(("Posisi dana", None),)),
        "sections": book_tables.funds(_book(found, asked)),
        "files": files(found, asked, Report.FUNDS),
    }
    return _page(request, "funds", context, asked=asked)


@needs(Permission.SEE_BOOKS)
@require_safe
def flows(request: StaffRequest, place: str) -> HttpResponse:
    """What money came in and went out, by its cause."""
    found = request.scope.place_then(place)
    asked = asked_of(request, found)
    book = _book(found, asked)
    last = (("Penerimaan dan pengeluaran", None),)
    context = {
        **frame(request, found, asked, here="flows", last=last),
        "section": book_tables.flows(book),
        "money": book.of(MONEY_KINDS),
        "files": files(found, asked, Report.FLOWS),
    }
    return _page(request, "flows", context, asked=asked)


def below(
    book: Book, place: PlaceNow, asked: AskedBook, *, scope: Scope, row: Named | None = None
) -> list[dict[str, Any]]:
    """The places below with their money and PNBP, or with one account where `row` names it."""
    if set(book.node_of.values()) <= {place.id}:
        return []
    money = book.by_node(MONEY_KINDS if row is None else [row.kind])
    pnbp = book.by_node([AccountKind.PNBP_PAYABLE])
    reachable = None if scope.is_national else {each.code for each in scope.places}
    rows = named(place_ids=frozenset(book.node_of.values()), on=asked.tree_on)
    return [
        {
            "name": each.name,
            "url": _address_below(each, asked, row)
            if reachable is None or each.code in reachable
            else "",
            "sums": money.get(each.id, Sums()),
            "pnbp": pnbp.get(each.id, Sums()).turned(),
        }
        for each in rows
    ]


def _address_below(place: Below, asked: AskedBook, row: Named | None) -> str:
    if row is None:
        return address("trial", place.code, query=asked.query)
    return address("account", place.code, row.slug, query=asked.query)


def _book(place: PlaceNow, asked: AskedBook) -> Book:
    return book_of(place_id=place.id, period=asked.period, tree_on=asked.tree_on)


def _page(
    request: StaffRequest, name: str, context: dict[str, Any], *, asked: AskedBook
) -> HttpResponse:
    status = 422 if asked.form.errors else 200
    return render(request, f"treasury/books/{name}.html", context, status=status)
