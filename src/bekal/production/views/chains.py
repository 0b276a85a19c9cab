"""The chains across the units of a person's places: from raw to half-finished to finished."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bekal.accounts.gate import StaffRequest, needs
from bekal.accounts.rules import Permission
from bekal.foundation.exports import Table
from bekal.places import queries as places
from bekal.production import forms, queries
from bekal.production.forms import ChainAsked
from bekal.production.queries import ChainLink
from bekal.production.views.common import as_file

ROWS_A_PAGE = 50


@dataclass(frozen=True)
class _Row:
    """A link with the names of both units, as they are called today."""

    link: ChainLink
    sender: str
    receiver: str

    def says(self, text: str) -> bool:
        """Whether the words stand in a name of it."""
        told = (self.sender, self.receiver, self.link.product, self.link.materials, self.link.makes)
        return text.casefold() in " ".join(told).casefold()


@needs(Permission.SEE_CATALOGUE)
@require_safe
def home(request: StaffRequest) -> HttpResponse:
    """Who sent what to whom in a year, what it became there, and what is made of it."""
    asked = forms.read_chain_asked(request.GET, today=request.scope.today)
    rows = _rows(request, asked)
    context = {
        "asked": asked,
        "page": Paginator(rows, ROWS_A_PAGE).get_page(asked.page),
        "sums": queries.sums_of_chain([row.link for row in rows]),
        "units": len({unit for row in rows for unit in (row.link.unit_id, row.link.to_unit_id)}),
        "kanwil": request.scope.kanwil,
        "years": asked.years_offered,
    }
    return render(request, "production/chains.html", context)


@needs(Permission.SEE_CATALOGUE)
@require_safe
def download(request: StaffRequest) -> HttpResponse:
    """The same as a file: CSV, or XLSX with `?bentuk=xlsx`."""
    asked = forms.read_chain_asked(request.GET, today=request.scope.today)
    cells = [_cells(row) for row in _rows(request, asked)]
    return as_file(request, Table("Rantai", _HEADING, cells), name=f"rantai-{asked.year}")


_HEADING = (
    "dari",
    "kode",
    "produk",
    "ke",
    "menjadi_bahan",
    "untuk_membuat",
    "transfer",
    "dikirim_buah",
    "sampai_buah",
    "hilang_buah",
    "di_jalan_buah",
    "nilai_rupiah",
)


def _cells(row: _Row) -> tuple[object, ...]:
    link, sums = row.link, row.link.sums
    return (
        row.sender,
        link.product_code,
        link.product,
        row.receiver,
        link.materials,
        link.makes,
        sums.transfers,
        sums.sent,
        sums.arrived,
        sums.lost,
        sums.on_the_way,
        sums.value,
    )


def _rows(request: StaffRequest, asked: ChainAsked) -> list[_Row]:
    units = [unit.id for unit in request.scope.units_below(asked.kanwil)]
    links = queries.chain_links(unit_ids=units, period=asked.period)
    named = {unit for link in links for unit in (link.unit_id, link.to_unit_id)}
    called = places.last_called(place_ids=named, on=request.scope.today)
    rows = (_Row(link, called[link.unit_id][1], called[link.to_unit_id][1]) for link in links)
    return [row for row in rows if row.says(asked.text)]
