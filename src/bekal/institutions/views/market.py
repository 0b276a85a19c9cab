"""Selling beyond the shop on one page: to vendors, resellers, abroad, on other channels."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bekal.accounts import queries as accounts
from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import PERMISSIONS, Permission


@dataclass(frozen=True)
class Section:
    """One way of selling: who may see it, its words, its address at a unit and above units."""

    needs: Permission
    title: str
    note: str
    route: str
    home: str = ""


SECTIONS = (
    Section(
        Permission.SEE_ORDERS,
        "Pasokan",
        "Kiriman tetap kepada penyedia bahan makanan, dan belanja mereka per bulan.",
        "supply:index",
        "supply_home:home",
    ),
    Section(
        Permission.SEE_CATALOGUE,
        "Pengecer",
        "Harga untuk pengecer, dengan tanggal berlakunya.",
        "resale:index",
    ),
    Section(
        Permission.ANSWER_ENQUIRIES,
        "Ekspor",
        "Pertanyaan pembeli dari luar negeri.",
        "enquiries:index",
        "enquiry_home:home",
    ),
    Section(
        Permission.SEE_CATALOGUE,
        "Kanal lain",
        "Lembar produk untuk lokapasar dan e-katalog pemerintah.",
        "channels:index",
        "channel_home:home",
    ),
)
"""In the order of the page."""


@needs(Permission.SEE_CATALOGUE)
@require_safe
def index(request: StaffRequest, unit: str) -> HttpResponse:
    """Each way of selling beyond the shop that the person may see at a unit."""
    place = request.scope.unit(unit)
    user, today = request.user.pk, request.scope.today
    held = accounts.permissions_at(user_id=user, place_id=place.id, on=today)
    shown = [
        (section, reverse(section.route, args=[place.code]))
        for section in SECTIONS
        if section.needs in held
    ]
    return render(request, "institutions/market.html", {"where": place.name, "sections": shown})


@needs(Permission.SEE_CATALOGUE)
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """The same for who works above units or at several."""
    held = {
        allowed
        for role in accounts.roles_of(user_id=request.user.pk)
        for allowed in PERMISSIONS[role.role]
    }
    shown = [
        (section, reverse(section.home))
        for section in SECTIONS
        if section.home and section.needs in held
    ]
    return render(request, "institutions/market.html", {"where": "", "sections": shown})
