"""Where the frame and the desk lead to: every address of another room, built in this one place."""

import datetime as dt
from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify

from bekal.catalogue.rules import Status
from bekal.front.links_of_money import money_in as money_in
from bekal.front.links_of_money import money_out as money_out
from bekal.front.links_of_money import pnbp as pnbp
from bekal.front.links_of_money import premi as premi
from bekal.front.links_of_money import premi_left as premi_left
from bekal.front.links_of_money import premi_runs as premi_runs
from bekal.front.links_of_trade import enquiries, resale, supply
from bekal.front.links_of_trade import requests as requests
from bekal.front.links_of_workshop import transfers
from bekal.front.rules import Door
from bekal.institutions.rules import Stand
from bekal.people.queries import MakerSort
from bekal.production.queries import StockSort
from bekal.production.rules import Standing
from bekal.shop.rules import ProblemState
from bekal.ui.addresses import FACES, address_of, in_language


def _with(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(asked)}"


def work() -> str:
    """Where everyone who works begins: their desk, or the choice of one."""
    return reverse("front:work")


def desk(unit: str) -> str:
    """The desk of a unit."""
    return reverse("front:desk", args=[unit])


def conflicts(unit: str) -> str:
    """The messages of a unit that came twice with other content."""
    return reverse("front:conflicts", args=[unit])


def of_door(door: Door, unit: str) -> str:
    """Where what a message of this kind asked for is done anew."""
    pages = {
        "record": record,
        "receipts": receipts,
        "rules": rules,
        "products": products,
        "stock": stock,
        "transfers": transfers,
        "shipping": shipping,
        "money_in": money_in,
        "money_out": money_out,
        "money": money,
        "pnbp": pnbp,
        "premi": premi,
        "premi_runs": premi_runs,
        "requests": requests,
        "enquiries": enquiries,
        "supply": supply,
        "resale": resale,
    }
    return pages[door.leads_to](unit)


def requests_waiting(unit: str) -> str:
    """What institutions asked a unit and it has not answered."""
    return _with(requests(unit), {"status": Stand.WAITING})


def services(unit: str) -> str:
    """A unit's services by appointment, and who comes today."""
    return reverse("unit_services:index", args=[unit])


def institutions() -> str:
    """Who registered as an institution."""
    return reverse("parties:list")


def receipts(unit: str) -> str:
    """A unit's receipts."""
    return reverse("sales:list", args=[unit])


def receipts_on(unit: str, day: dt.date) -> str:
    """A unit's receipts of one day."""
    return _with(receipts(unit), {"dari": day.isoformat(), "sampai": day.isoformat()})


def receipt(unit: str, sale: UUID) -> str:
    """One receipt."""
    return reverse("sales:receipt", args=[unit, sale])


def void(unit: str, sale: UUID) -> str:
    """Where a receipt just made is taken back as wrong."""
    return reverse("sales:void", args=[unit, sale])


def record(unit: str) -> str:
    """The form that records a sale of today."""
    return reverse("sales:record", args=[unit])


def record_on(unit: str, day: dt.date) -> str:
    """The form that records a sale of an earlier day."""
    return _with(record(unit), {"tanggal": day.isoformat()})


def days(unit: str) -> str:
    """The days of a unit, reported and not."""
    return reverse("sales:days", args=[unit])


def report(unit: str) -> str:
    """Where the report of a day is sent to."""
    return reverse("sales:report", args=[unit])


def orders(unit: str) -> str:
    """A unit's orders that are to be prepared."""
    return reverse("orders:list", args=[unit])


def orders_to(unit: str, pile: str) -> str:
    """One pile of a unit's orders."""
    return _with(orders(unit), {"tumpukan": pile})


def notices(unit: str) -> str:
    """What a unit's buyers are to be told by WhatsApp."""
    return reverse("orders:notices", args=[unit])


def problems(unit: str) -> str:
    """What a unit's buyers reported and somebody has to see to."""
    return reverse("orders:problems", args=[unit])


def problems_that(unit: str, state: ProblemState) -> str:
    """A unit's problems that stand like this."""
    return _with(problems(unit), {"keadaan": state.value})


def products(unit: str) -> str:
    """A unit's products."""
    return reverse("catalogue:list", args=[unit])


def products_that(unit: str, status: Status) -> str:
    """A unit's products with one status."""
    return _with(products(unit), {"status": slugify(status.value)})


def stock(unit: str) -> str:
    """A unit's stock."""
    return reverse("production:stock", args=[unit])


def stock_that(unit: str, standing: Standing) -> str:
    """A unit's stock that stands like this."""
    return _with(stock(unit), {"keadaan": slugify(standing.value)})


def stock_by(unit: str, sort: StockSort) -> str:
    """A unit's stock in another order."""
    return _with(stock(unit), {"urut": sort.value})


def pause(unit: str) -> str:
    """Where the head of a unit lets it take no orders, or orders again."""
    return reverse("production:pause", args=[unit])


def makers(unit: str) -> str:
    """The makers of a unit, by their codes."""
    return reverse("people:list", args=[unit])


def makers_ending(unit: str) -> str:
    """The makers of a unit, those first whose facts end first."""
    return _with(makers(unit), {"urut": MakerSort.ENDING.value})


def shipping(unit: str) -> str:
    """A unit's couriers and their rates."""
    return reverse("shipping:list", args=[unit])


def permits(unit: str) -> str:
    """A unit's permits."""
    return reverse("permits:list", args=[unit])


def reviews() -> str:
    """Reviews that wait to be read."""
    return reverse("reviews:list")


def money(unit: str) -> str:
    """All of a unit's money; without one, the books of the person's own place."""
    return reverse("treasury:home", args=[unit]) if unit else reverse("books:home")


def rules(unit: str) -> str:
    """The rules by which a unit's sales are split."""
    return reverse("ledger:rules", args=[unit])


def balances(unit: str) -> str:
    """What each account of a unit holds."""
    return reverse("ledger:balances", args=[unit])


def invoices(unit: str) -> str:
    """The invoices of institutions that wait for their money."""
    return reverse("orders:invoices", args=[unit])


def tokens(unit: str) -> str:
    """The API tokens of a unit."""
    return reverse("tokens:list", args=[unit])


def api_description() -> str:
    """The description of the API for programs."""
    return reverse("openapi")


def turnover() -> str:
    """The sums of all places of the signed-in person."""
    return reverse("turnover:home")


def of_catalogue(**asked: str) -> str:
    """The public catalogue, narrowed."""
    return _with(address_of("catalogue"), asked) if asked else address_of("catalogue")


def public_product(path: str) -> str:
    """The public page of a product, by slug and code."""
    return f"{reverse('public:home')}p/{path}/"


def workshop(unit: str) -> str:
    """The public page of a unit."""
    return reverse("public:workshop", args=[unit])


def faces() -> list[str]:
    """The public pages that stand by themselves, in the language of the page."""
    return [address_of(name) for name in FACES if name != "product"]


def live(campaign: str) -> str:
    """The public count of a campaign."""
    return f"{address_of('live')}{campaign}/"


def campaigns() -> str:
    """The campaigns, for those who declare them."""
    return reverse("campaigns:list")


def of_desk(unit: str, *, today: dt.date, yesterday: dt.date) -> dict[str, str]:
    """What the desk leads to beside its tasks, by the name that its template uses."""
    return {
        "today": receipts_on(unit, today),
        "yesterday": receipts_on(unit, yesterday),
        "receipts": receipts(unit),
        "record": record(unit),
        "report": report(unit),
        "balances": balances(unit),
    }


def sitemap() -> str:
    """The list of public pages for machines."""
    return reverse("front:sitemap")


def sitemap_sheet(name: str, number: int) -> str:
    """One file of a sitemap."""
    return reverse(f"front:sitemap-{name}", args=[number])


def in_each_language(path: str) -> list[tuple[str, str]]:
    """A public page in every language, by the code of the language."""
    return [(code, in_language(path, code)) for code, _ in settings.LANGUAGES]
