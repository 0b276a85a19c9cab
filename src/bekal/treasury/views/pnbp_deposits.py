"""What a treasurer does with deposits: bill, pay, call off, prove, set off."""

from uuid import UUID, uuid5

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from bekal.accounts.gate import StaffRequest, needs, today_at, zone_of
from bekal.accounts.rules import Permission
from bekal.foundation.refusals import Refused
from bekal.foundation.uploads import measured, too_large
from bekal.places.queries import PlaceNow
from bekal.treasury import actions, queries
from bekal.treasury.forms import pnbp as forms
from bekal.treasury.queries import Standing
from bekal.treasury.rules import LARGEST_PROOF, LARGEST_PROOF_MIB, DepositMeans
from bekal.treasury.views.pnbp_common import WRONG, form_page, refused, the_deposit, to
from bekal.ui.inputs import show_refusal

_FORM = ["GET", "HEAD", "POST"]
_ROOM_FOR_FIELDS = 100_000


@needs(Permission.KEEP_MONEY)
@require_http_methods(_FORM)
def bill(request: StaffRequest, unit: str) -> HttpResponse:
    """Write down a billing code for what is owed."""
    place = request.scope.unit(unit)
    standing = _standing(request, place)
    form = forms.BillForm(_sent(request), today=today_at(request, place), free=standing.free)
    status = WRONG if form.is_bound else 200
    if form.is_valid():
        try:
            made = actions.bill_deposit(
                deposit=_new(form, place), by=request.actor, now=request.now
            )
        except Refused as refusal:
            status = refused(request, form, refusal, at=place, door=actions.BILL)
        else:
            return to(place, "deposit", made, said="tagih")
    return form_page(
        request, place, form, page="bill", heading="Buat setoran", status=status, standing=standing
    )


@needs(Permission.KEEP_MONEY)
@require_http_methods(_FORM)
def past(request: StaffRequest, unit: str) -> HttpResponse:
    """Write down a deposit that was billed and paid before."""
    place = request.scope.unit(unit)
    standing = _standing(request, place)
    form = forms.PastForm(_sent(request), today=today_at(request, place), free=standing.free)
    status = WRONG if form.is_bound else 200
    if form.is_valid():
        try:
            made = actions.record_paid(
                deposit=_new(form, place, is_dead=True),
                payment=_payment(form, place, form.key),
                by=request.actor,
                now=request.now,
            )
        except Refused as refusal:
            status = refused(request, form, refusal, at=place, door=actions.PAY)
        else:
            return to(place, "deposit", made, said="bayar")
    heading = "Catat setoran yang sudah dibayar"
    return form_page(
        request, place, form, page="bill", heading=heading, status=status, standing=standing
    )


@needs(Permission.KEEP_MONEY)
@require_http_methods(_FORM)
def pay(request: StaffRequest, unit: str, deposit: UUID) -> HttpResponse:
    """Write down the NTPN of a deposit."""
    place = request.scope.unit(unit)
    found = the_deposit(place, deposit)
    form = forms.PayForm(_sent(request), today=today_at(request, place))
    status = WRONG if form.is_bound else 200
    if form.is_valid():
        payment = actions.NewPayment(
            key=form.key, unit_id=place.id, deposit_id=deposit, **form.cleaned_data
        )
        try:
            overpaid = actions.pay_deposit(payment=payment, by=request.actor, now=request.now)
        except Refused as refusal:
            status = refused(request, form, refusal, at=place, door=actions.PAY)
        else:
            return to(place, "deposit", deposit, said="lebih" if overpaid else "bayar")
    return form_page(
        request, place, form, page="pay", heading="Catat NTPN", status=status, deposit=found
    )


@needs(Permission.KEEP_MONEY)
@require_http_methods(_FORM)
def call_off(request: StaffRequest, unit: str, deposit: UUID) -> HttpResponse:
    """Call a deposit off that was not paid."""
    place = request.scope.unit(unit)
    found = the_deposit(place, deposit)
    form = forms.CallForm(_sent(request))
    if form.is_valid():
        try:
            actions.call_off(
                unit_id=place.id,
                deposit_id=deposit,
                reason=form.cleaned_data["reason"],
                by=request.actor,
                now=request.now,
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return to(place, "deposit", deposit, said="batal")
    status = WRONG if form.errors else 200
    return form_page(
        request, place, form, page="call", heading="Batalkan setoran", status=status, deposit=found
    )


@needs(Permission.KEEP_MONEY)
@measured(whole=LARGEST_PROOF + _ROOM_FOR_FIELDS, each=LARGEST_PROOF)
@require_http_methods(_FORM)
def prove(request: StaffRequest, unit: str, deposit: UUID) -> HttpResponse:
    """Take in a paper that proves a deposit."""
    place = request.scope.unit(unit)
    found = the_deposit(place, deposit)
    form = forms.ProofForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if too_large(request):
        form.add_error("file", f"Berkas paling besar {LARGEST_PROOF_MIB} MB. Kecilkan dahulu.")
    elif form.is_valid():
        actions.add_proof(
            unit_id=place.id,
            deposit_id=deposit,
            paper=form.cleaned_data["file"],
            by=request.actor,
            now=request.now,
        )
        return to(place, "deposit", deposit, said="bukti")
    status = WRONG if form.errors else 200
    return form_page(
        request, place, form, page="prove", heading="Tambah bukti", status=status, deposit=found
    )


@needs(Permission.SEE_BOOKS)
@require_safe
def proof(request: StaffRequest, unit: str, proof: int) -> HttpResponse:
    """A paper of a deposit: saved, never shown as a page of ours."""
    place = request.scope.unit(unit)
    found = queries.proof_of(unit_id=place.id, proof_id=proof)
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found.content), content_type=found.media_type)
    name = found.name.encode("ascii", "replace").decode().replace('"', "'")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@needs(Permission.KEEP_MONEY)
@require_http_methods(_FORM)
def set_off(request: StaffRequest, unit: str) -> HttpResponse:
    """Let what was deposited too much pay what is owed."""
    place = request.scope.unit(unit)
    standing = _standing(request, place)
    most = min(standing.owed, standing.overpaid + standing.back)
    form = forms.SetOffForm(_sent(request), today=today_at(request, place), most=most)
    status = WRONG if form.is_bound else 200
    if form.is_valid():
        new = actions.NewSetOff(key=form.key, unit_id=place.id, **form.cleaned_data)
        try:
            actions.set_off(new=new, by=request.actor, now=request.now)
        except Refused as refusal:
            status = refused(request, form, refusal, at=place, door=actions.SET_OFF)
        else:
            return to(place, "pnbp", said="hitung")
    heading = "Perhitungkan lebih setor"
    return form_page(
        request, place, form, page="set_off", heading=heading, status=status, standing=standing
    )


def _sent(request: StaffRequest) -> dict[str, str] | None:
    return request.POST.dict() if request.method == "POST" else None


def _standing(request: StaffRequest, place: PlaceNow) -> Standing:
    return queries.standing_of(unit_id=place.id, on=today_at(request, place), now=request.now)


def _new(form: forms.BillForm, place: PlaceNow, *, is_dead: bool = False) -> actions.NewDeposit:
    typed = form.cleaned_data
    return actions.NewDeposit(
        key=form.key,
        unit_id=place.id,
        amount=typed["amount"],
        billing_code=typed["billing_code"],
        expires_at=form.expires_at(zone_of(place)),
        more_reason=typed["more_reason"],
        is_dead=is_dead,
    )


def _payment(form: forms.PastForm, place: PlaceNow, deposit: UUID) -> actions.NewPayment:
    typed = form.cleaned_data
    return actions.NewPayment(
        key=uuid5(deposit, "paid"),
        unit_id=place.id,
        deposit_id=deposit,
        ntpn=typed["ntpn"],
        means=DepositMeans(typed["means"]),
        paid_on=typed["paid_on"],
        late_reason=typed["late_reason"],
    )
