"""All of a unit's money on one page: where each kind of work with it is done."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission


@dataclass(frozen=True)
class Section:
    """One kind of work with money: who may see it, its words and the name of its address."""

    needs: Permission
    title: str
    note: str
    route: str


SECTIONS = (
    Section(
        Permission.SEE_BOOKS,
        "Kas harian",
        "Hitung kas dengan pecahan, cocokkan dengan buku.",
        "treasury:cash",
    ),
    Section(
        Permission.SEE_BOOKS,
        "Cocokkan uang",
        "Yang tercatat di samping kas, QRIS, dan mutasi bank, hari demi hari.",
        "treasury:matching",
    ),
    Section(
        Permission.SEE_BOOKS,
        "Dana penunjang",
        "Permintaan alat, perbaikan, dan jasa, dengan persetujuan dan kuitansi.",
        "treasury:fund",
    ),
    Section(
        Permission.SEE_BOOKS,
        "Tutup buku bulanan",
        "Bulan yang sudah ditutup, koreksi susulan, menutup dan membuka lagi.",
        "treasury:closing",
    ),
    Section(
        Permission.HANDLE_PAYMENTS,
        "Uang masuk",
        "Impor mutasi bank, cocokkan dengan pesanan.",
        "payments:money_in",
    ),
    Section(
        Permission.HANDLE_PAYMENTS,
        "Uang keluar",
        "Pengembalian kepada pembeli dan titipan antarunit.",
        "payments:money_out",
    ),
    Section(
        Permission.SEE_BOOKS,
        "PNBP",
        "Yang terutang kepada negara, setoran dengan kode billing, NTPN.",
        "treasury:pnbp",
    ),
    Section(
        Permission.SEE_BOOKS,
        "Premi",
        "Bagi kepada pembuat, siapkan, setujui, dan bayar; slip dan tabungan.",
        "treasury:premi",
    ),
    Section(
        Permission.SEE_RULES,
        "Bagi hasil",
        "Aturan pembagian yang berlaku, dasarnya, dan saldo setiap akun.",
        "ledger:rules",
    ),
    Section(
        Permission.SEE_BOOKS,
        "Buku dan laporan",
        "Neraca saldo, posisi dana, buku kas, buku besar; CSV, XLSX, PDF.",
        "books:trial",
    ),
)
"""In the order of the page."""


@needs(Permission.SEE_BOOKS)
@require_safe
def home(request: StaffRequest, unit: str) -> HttpResponse:
    """Each kind of work with a unit's money that the person may do."""
    place = request.scope.unit(unit)
    user, today = request.user.pk, request.scope.today
    held = accounts.permissions_at(user_id=user, place_id=place.id, on=today)
    shown = [
        (section, reverse(section.route, args=[place.code]))
        for section in SECTIONS
        if section.needs in held
    ]
    return render(request, "treasury/home.html", {"unit": place, "sections": shown})
