"""After the goods came: received, a problem, a review, and where money goes back to.

Each asks for the last four digits of the buyer's number: the code alone only shows.
"""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from bekal.catalogue import actions as catalogue
from bekal.catalogue import queries as catalogue_queries
from bekal.foundation import clock
from bekal.foundation.actors import Actor, buyer_actor
from bekal.foundation.doors import public
from bekal.foundation.ids import uuid7
from bekal.shop import actions, forms, queries
from bekal.shop.actions import NewPayee
from bekal.shop.queries import CareLine, OrderShown, PartCare
from bekal.shop.rules import (
    WORK,
    Fault,
    NewProblem,
    PartStatus,
    ProblemState,
    faults_to_report,
)
from bekal.shop.views.codes import answered, found_order
from bekal.shop.views.visitors import page

_NOT_RECEIVED = {
    False: _("Bengkel belum mengirim paket ini."),
    True: _("Paket ini sudah tercatat Anda terima."),
}
_NOT_REPORTED = {
    False: _("Paket ini belum dikirim. Belum ada yang bisa dilaporkan."),
    True: _("Tidak ada lagi yang bisa dilaporkan: semuanya sudah, atau waktunya sudah lewat."),
}

_NOT_REVIEWED = {
    False: _("Ulasan dibuka sesudah barang Anda terima."),
    True: _("Barang ini tidak menunggu ulasan."),
}


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, order: str, parcel: int) -> HttpResponse:
    """Say that a parcel came."""
    found = found_order(request, order)
    if isinstance(found, HttpResponse):
        return found
    care = _care(found, parcel)
    if care.is_refunded and not care.may_review:
        return _not_now(request, found, _given_back(care))
    if not care.may_receive and request.method != "POST":
        return _not_now(request, found, _NOT_RECEIVED[care.may_review])
    form = forms.PhoneForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        actions.deliver_part(
            part_id=care.part.id, unit_id=care.part.unit_id, by=_by(found), now=clock.now()
        )

    return answered(request, found, form=form, act=act, done="terima", context={"care": care})


def _given_back(care: PartCare) -> StrOrPromise:
    """What is said of a parcel of which all was given back."""
    if any(each.state is ProblemState.CREDITED for each in care.problems):
        return _("Paket ini tidak ditagih lagi.")
    return _("Uang paket ini sudah dikembalikan kepada Anda.")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def problem(request: HttpRequest, order: str, parcel: int) -> HttpResponse:
    """Report what is wrong with a parcel, and send a picture of it."""
    found = found_order(request, order)
    if isinstance(found, HttpResponse):
        return found
    care = _care(found, parcel)
    if not care.may_report and request.method != "POST":
        return _not_now(request, found, _NOT_REPORTED[care.may_review])
    lines = _lines(found, care)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.ProblemForm(*sent, lines=lines, faults=_faults(care, lines))

    def act() -> None:
        new = NewProblem(
            key=form.key_to_send,
            part_id=care.part.id,
            fault=Fault(form.cleaned_data["fault"]),
            pieces=form.pieces,
            text=form.cleaned_data["text"],
            photo=form.cleaned_data["photo"],
        )
        actions.report_problem(problem=new, by=_by(found), now=clock.now())

    return answered(
        request, found, form=form, act=act, done="masalah", context={"care": care, "key": uuid7()}
    )


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, order: str, parcel: int) -> HttpResponse:
    """Take a report back before it is answered."""
    found = found_order(request, order)
    if isinstance(found, HttpResponse):
        return found
    care = _care(found, parcel)
    open_ones = [each for each in care.problems if each.state is ProblemState.OPEN]
    if not open_ones and request.method != "POST":
        return _not_now(request, found, _("Tidak ada laporan yang menunggu jawaban."))
    form = forms.WithdrawForm(
        request.POST if request.method == "POST" else None, problems=open_ones
    )

    def act() -> None:
        actions.withdraw_problem(
            problem_id=UUID(form.cleaned_data["problem"]), by=_by(found), now=clock.now()
        )

    return answered(request, found, form=form, act=act, done="tarik", context={})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def payee(request: HttpRequest, order: str) -> HttpResponse:
    """Say where money goes back to; the last word counts."""
    found = found_order(request, order)
    if isinstance(found, HttpResponse):
        return found
    if request.method != "POST" and not _may_be_owed(found):
        return _not_now(request, found, _("Tidak ada uang yang dikembalikan untuk pesanan ini."))
    form = forms.PayeeForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        told = {name: form.cleaned_data[name] for name in ("bank", "account", "holder")}
        actions.name_payee(
            order_id=found.id, payee=NewPayee(**told), by=_by(found), now=clock.now()
        )

    return answered(request, found, form=form, act=act, done="rekening", context={})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, order: str, *, parcel: int, bought: int) -> HttpResponse:
    """Say what one thinks of a product that came, once."""
    found = found_order(request, order)
    if isinstance(found, HttpResponse):
        return found
    care = _care(found, parcel)
    if not 0 < bought <= len(care.part.lines):
        raise Http404
    told = _to_review(found, care).get(bought)
    if told is None:
        return _not_now(request, found, _NOT_REVIEWED[care.may_review])
    form = forms.OpinionForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        catalogue.write_review(
            product_id=told.product_id,
            key=_review_key(care, told),
            stars=form.cleaned_data["stars"],
            text=form.cleaned_data["text"],
            by=_by(found),
            now=clock.now(),
        )

    return answered(
        request, found, form=form, act=act, done="ulasan", context={"care": care, "line": told}
    )


@public
@never_cache
@require_http_methods(["GET", "HEAD"])
def reviews(request: HttpRequest, order: str, parcel: int) -> HttpResponse:
    """The goods of a parcel that wait for a review."""
    found = found_order(request, order)
    if isinstance(found, HttpResponse):
        return found
    care = _care(found, parcel)
    if not care.may_review:
        return _not_now(request, found, _NOT_REVIEWED[False])
    context = {"order": found, "care": care, "lines": _to_review(found, care).items()}
    return page(request, "shop/reviews.html", context)


def _may_be_owed(found: OrderShown) -> bool:
    """Whether money goes back to the buyer, or a report may yet lead to that."""
    care = queries.care_of(found, now=clock.now())
    reports = (problem for cared in care.values() for problem in cared.problems)
    is_open = any(report.state in WORK for report in reports)
    return is_open or queries.pay_back_of(found, care=care) is not None


def _not_now(request: HttpRequest, found: OrderShown, sentence: StrOrPromise) -> HttpResponse:
    """Say why there is nothing to do here, and lead back."""
    return page(request, "shop/not_now.html", {"order": found, "sentence": sentence})


def _care(found: OrderShown, parcel: int) -> PartCare:
    """A parcel of an order by its number. Raises Http404 where there is none."""
    care = queries.care_of(found, now=clock.now())
    for part in found.parts:
        if part.position == parcel:
            return care[part.id]
    raise Http404


def _faults(care: PartCare, lines: list[CareLine]) -> frozenset[Fault]:
    """The faults that any of these goods may have now."""
    is_there = care.part.status is PartStatus.DELIVERED
    return faults_to_report(kinds=[line.kind for line in lines if line.left], is_there=is_there)


def _lines(found: OrderShown, care: PartCare) -> list[CareLine]:
    """The goods of a parcel, called as on the page of the order."""
    lines = queries.lines_of_parts(part_ids=[care.part.id])[care.part.id]
    return [replace(line, name=found.called(line.name)) for line in lines]


def _to_review(found: OrderShown, care: PartCare) -> dict[int, CareLine]:
    """The goods of a parcel that came and of which nothing was said, by their number in it."""
    if not care.may_review:
        return {}
    lines = _lines(found, care)
    keys = {_review_key(care, line): line for line in lines}
    written = catalogue_queries.written_reviews(keys=keys)
    return {
        number: line
        for number, line in enumerate(lines, start=1)
        if keys[_review_key(care, line)] is line and _review_key(care, line) not in written
    }


def _review_key(care: PartCare, line: CareLine) -> str:
    return f"part:{care.part.id}:{line.product_id}"


def _by(found: OrderShown) -> Actor:
    return buyer_actor(found.id)
