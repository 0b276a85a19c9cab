"""What stands for the parameters of the room `institutions`; see samples.py."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from bekal.catalogue.models import Category
from bekal.foundation import clock
from bekal.foundation.attachments import read_attachment
from bekal.foundation.clock import local_day
from bekal.foundation.private import private_key
from bekal.institutions.actions import (
    NewBooking,
    NewEnquiry,
    NewPurchases,
    NewRequest,
    NewService,
    NewSupply,
    agree_supply,
    ask_workshops,
    book,
    declare_purchases,
    enquire,
    set_service,
)
from bekal.institutions.models import Appointment, Enquiry, Purchases, Request, Service, Supply
from bekal.institutions.rules import (
    BOOKING_KEY,
    ENQUIRY_KEY,
    REQUEST_KEY,
    Agreed,
    Hours,
    Incoterm,
    ServiceKind,
    Sought,
    Wanted,
    instant_of,
)
from bekal.places.queries import zone_of
from bekal.shipping.actions import load_districts
from bekal.shipping.tests.factories import a_row
from bekal.shop.actions import check_institution, register_institution
from bekal.shop.models import Institution
from bekal.shop.rules import INSTITUTION_KEY, InstitutionKind, InstitutionSaid
from tests.house.matrix import ABOVE, MINE, THEIRS
from tests.support import world

_NPWP = {MINE: "0021832415000000", THEIRS: "0013121660091000"}


def _party_id(whose: str) -> UUID:
    return UUID(int=1 if whose == MINE else 2)


def _registered(whose: str) -> UUID:
    key = _party_id(whose)
    if not Institution.objects.filter(pk=key).exists():
        said = InstitutionSaid(
            name=f"Lembaga {whose}",
            npwp=_NPWP[whose],
            kind=InstitutionKind.OFFICE,
            contact_name="Sri Wahyuni",
            phone="+6281234567890",
            email="sri@example.id",
        )
        register_institution(key=key, said=said, language="id", by=world.SETUP, now=world.NOON)
    return key


def _institution(_nation: Any, whose: str) -> str | None:
    """The key of an institution's private address; whoever holds theirs may open theirs."""
    return None if whose == ABOVE else private_key(INSTITUTION_KEY, _registered(whose))


def _party(_nation: Any, whose: str) -> str | None:
    """Institutions have no owner; theirs is one that never registered."""
    known = {MINE: MINE, THEIRS: ""}.get(whose)
    if known is None:
        return None
    return str(_registered(MINE) if known else UUID(int=3))


def _request_id(nation: Any, whose: str) -> UUID:
    """A request to my unit alone, or to theirs alone; with a file."""
    key = UUID(int=10 if whose == MINE else 11)
    if not Request.objects.filter(pk=key).exists():
        wanted = Wanted(
            title="Meja",
            specification="Kayu",
            pieces=5,
            measure="buah",
            needed_on=dt.date(2026, 6, 1),
            destination="Gudang",
            answer_until=world.NOON + dt.timedelta(days=7),
        )
        rows = [a_row("940101", "Nabire", "Kab. Nabire", "Papua Tengah")]
        load_districts(by=world.SETUP, now=world.NOON, rows=rows)
        new = NewRequest(
            key=key,
            institution_id=_registered(whose),
            wanted=wanted,
            unit_ids=frozenset({nation.places[whose]}),
            district_code="940101",
            file=read_attachment(name="gambar.pdf", content=b"%PDF-1.7"),
        )
        ask_workshops(new=new, by=world.SETUP, now=world.NOON)
    return key


def _asked(nation: Any, whose: str) -> str | None:
    """The key of the address where answers are compared."""
    return None if whose == ABOVE else private_key(REQUEST_KEY, _request_id(nation, whose))


def _wanted(nation: Any, whose: str) -> str | None:
    """A request as the unit that was asked knows it."""
    return None if whose == ABOVE else str(_request_id(nation, whose))


def _service_id(nation: Any, whose: str) -> int:
    """A service of my unit or of theirs, with a room that is never full."""
    unit = nation.places[whose]
    known = Service.objects.filter(unit_id=unit).first()
    if known is not None:
        return known.pk
    Category.objects.get_or_create(code="jasa", defaults={"name": "jasa"})
    product = world.a_product(unit, f"Cuci {whose}", "jasa", price=15_000, cost=5_000)
    week = tuple(Hours(day, dt.time(8), dt.time(16), 50) for day in range(7))
    service = NewService(unit, product, ServiceKind.WASH, 60, "", week)
    return set_service(service=service, by=world.SETUP, now=world.NOON).pk


def _offer(nation: Any, whose: str) -> str | None:
    """A service as its unit knows it."""
    return None if whose == ABOVE else str(_service_id(nation, whose))


def _offered(nation: Any, whose: str) -> str | None:
    """The public address of a service."""
    if whose == ABOVE:
        return None
    return Service.objects.get(pk=_service_id(nation, whose)).slug


def _visit_id(nation: Any, whose: str) -> UUID:
    """An appointment of tomorrow at my unit or theirs."""
    key = UUID(int=20 if whose == MINE else 21)
    if not Appointment.objects.filter(pk=key).exists():
        service = Service.objects.get(pk=_service_id(nation, whose))
        at = clock.now() + dt.timedelta(days=2)
        day = local_day(at, zone_of(unit_id=service.unit_id))
        starts_at = instant_of(day, dt.time(9), zone_of(unit_id=service.unit_id))
        booking = NewBooking(key, service.pk, starts_at, "Budi", "+6281234567890")
        book(booking=booking, by=world.SETUP, now=clock.now())
    return key


def _booking(nation: Any, whose: str) -> str | None:
    """The key of an appointment's private address."""
    return None if whose == ABOVE else private_key(BOOKING_KEY, _visit_id(nation, whose))


def _visit(nation: Any, whose: str) -> str | None:
    """An appointment as the unit knows it."""
    return None if whose == ABOVE else str(_visit_id(nation, whose))


def _enquiry_id(nation: Any, whose: str) -> UUID:
    """An enquiry that names a product of my unit, or of theirs."""
    key = UUID(int=30 if whose == MINE else 31)
    if not Enquiry.objects.filter(pk=key).exists():
        sought = Sought("Noken", 200, "buah", "NL", Incoterm.FOB, "", False, frozenset())
        named = ((nation.products[whose], nation.places[whose]),)
        new = NewEnquiry(key, sought, "Jan", "jan@example.nl", products=named)
        enquire(new=new, by=world.SETUP, now=world.NOON)
    return key


def _enquiry(nation: Any, whose: str) -> str | None:
    """The key of the private address of an enquiry."""
    return None if whose == ABOVE else private_key(ENQUIRY_KEY, _enquiry_id(nation, whose))


def _sought(nation: Any, whose: str) -> str | None:
    """An enquiry as the unit knows it."""
    return None if whose == ABOVE else str(_enquiry_id(nation, whose))


def _vendor(whose: str) -> UUID:
    """A vendor of food that was checked."""
    key = UUID(int=40 if whose == MINE else 41)
    if not Institution.objects.filter(pk=key).exists():
        npwp = {MINE: "0031245670091000", THEIRS: "0031245670092000"}[whose]
        kind, phone = InstitutionKind.VENDOR, "+6281234567890"
        said = InstitutionSaid(f"Penyedia {whose}", npwp, kind, "Sri", phone, "sri@example.id")
        register_institution(key=key, said=said, language="id", by=world.SETUP, now=world.NOON)
        check_institution(institution_id=key, by=world.SETUP, now=world.NOON)
    return key


def _supply(nation: Any, whose: str) -> str | None:
    """An agreement with a vendor, every day of the week."""
    if whose == ABOVE:
        return None
    key = UUID(int=50 if whose == MINE else 51)
    if not Supply.objects.filter(pk=key).exists():
        first, last = dt.date(2026, 4, 1), dt.date(2027, 4, 1)
        agreed = Agreed(5, 90_000, frozenset(range(7)), first, last, 30)
        unit, product = nation.places[whose], nation.products[whose]
        new = NewSupply(key, _vendor(whose), unit, product, agreed)
        agree_supply(new=new, by=world.SETUP, now=world.NOON)
    return str(key)


def _purchases(nation: Any, whose: str) -> str | None:
    """What a vendor bought in a month, with its document."""
    if whose == ABOVE:
        return None
    key = UUID(int=60 if whose == MINE else 61)
    if not Purchases.objects.filter(pk=key).exists():
        paper = read_attachment(name="rekap.pdf", content=b"%PDF-1.7")
        month, unit = dt.date(2026, 4, 1), nation.places[whose]
        new = NewPurchases(key, _vendor(whose), unit, month, 9_000_000, paper)
        declare_purchases(new=new, by=world.SETUP, now=world.NOON)
    return str(key)


def _channel(_nation: Any, whose: str) -> str | None:
    """A sheet for another channel has no owner; theirs is one that there is not."""
    return {MINE: "shopee", THEIRS: "tidak-ada"}.get(whose)


INSTITUTION_SAMPLES: dict[str, Callable[[Any, str], str | None]] = {
    "institution": _institution,
    "party": _party,
    "asked": _asked,
    "wanted": _wanted,
    "offer": _offer,
    "offered": _offered,
    "booking": _booking,
    "visit": _visit,
    "channel": _channel,
    "enquiry": _enquiry,
    "sought": _sought,
    "supply": _supply,
    "purchases": _purchases,
}
