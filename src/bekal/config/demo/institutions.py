"""Institutions to try: three that registered, what they asked for, and services by appointment.

All of it says "contoh": names, NPWP and addresses are nobody's.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from bekal.catalogue.actions import add_product, set_cost, set_price
from bekal.catalogue.queries import SaleTerms, sale_terms, sample_products
from bekal.catalogue.rules import FIRST_DAY
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.institutions import actions
from bekal.institutions.queries import calendar, service_by_slug
from bekal.institutions.rules import Hours, Offer, Part, ServiceKind, Wanted
from bekal.places.queries import PlaceNow, place_on
from bekal.shipping.queries import search_districts
from bekal.shop import actions as shop
from bekal.shop.rules import InstitutionKind, InstitutionSaid

_DAY = dt.timedelta(days=1)
_AGO = 40 * _DAY
_MOST_ASKED = 4
_PARTIES = (
    ("RSUD Contoh Merauke", "9990000000000017", InstitutionKind.OFFICE),
    ("Hotel Contoh Jayapura", "9990000000000025", InstitutionKind.HOTEL),
    ("Pesantren Contoh Bangli", "9990000000000033", InstitutionKind.SCHOOL),
)
_WEEK = tuple(Hours(day, dt.time(8), dt.time(15), 2) for day in range(6))
_SERVING = ("lapas-kelas-iib-merauke", "lapas-narkotika-kelas-iia-bangli")


@dataclass(frozen=True)
class _Offered:
    name: str
    kind: ServiceKind
    price: int


_SERVICES = (
    _Offered("Cuci motor (contoh)", ServiceKind.WASH, 15_000),
    _Offered("Potong rambut (contoh)", ServiceKind.BARBER, 20_000),
)


@dataclass(frozen=True)
class _Asking:
    """What is asked for: the home unit's first product, of units that sell one like it."""

    home: PlaceNow
    goods: dict[int, SaleTerms]
    district: str

    @property
    def name(self) -> str:
        return self.goods[self.home.id].name

    def request(self, key: UUID, *, pieces: int, now: dt.datetime) -> actions.NewRequest:
        day = local_day(now, Zone.WIB)
        wanted = Wanted(
            title=self.name,
            specification="Permintaan contoh: mutu seperti di katalog, dikemas per sepuluh.",
            pieces=pieces,
            measure="buah",
            needed_on=day + 30 * _DAY,
            destination="Gudang contoh, Jalan Contoh 1",
            answer_until=now + 6 * _DAY,
        )
        units = frozenset(self.goods)
        return actions.NewRequest(key, _party(0), wanted, units, self.district)


def make_institutions(*, by: Actor, now: dt.datetime) -> str:
    """Three institutions, one request that waits for answers and one that was ordered, services."""
    for number, (name, npwp, kind) in enumerate(_PARTIES):
        said = InstitutionSaid(name, npwp, kind, "Contoh", "+6281200000000", "lembaga@contoh.test")
        key = _party(number)
        shop.register_institution(
            key=key, said=said, language="id", is_sample=True, by=by, now=now - _AGO
        )
    shop.check_institution(institution_id=_party(0), by=by, now=now - _AGO)
    asking = _asking(on=now.date())
    _ask(asking, by=by, now=now)
    _order(asking, by=by, now=now - _AGO)
    visits = sum(_serve(code, by=by, now=now) for code in _SERVING)
    return f"{len(_PARTIES)} simulated institutions, 2 requests, {visits} appointments"


def _party(number: int) -> UUID:
    return _key(f"institution {number}")


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"bekal:demo:{what}")


def _asking(*, on: dt.date) -> _Asking:
    """Merauke and up to three others that sell what its first simulated product is called."""
    home = place_on(code=_SERVING[0], on=on)
    found = sample_products()
    if home is None or home.id not in found:
        raise LookupError("the demo needs Merauke and its products")
    terms = sale_terms(product_ids=[one for ids in found.values() for one in ids], on=on)
    wanted = terms[found[home.id][0]].name
    goods = {home.id: terms[found[home.id][0]]}
    for unit, ids in found.items():
        same = next((terms[one] for one in ids if terms[one].name == wanted), None)
        if same and len(goods) < _MOST_ASKED:
            goods.setdefault(unit, same)
    district = search_districts(text="Merauke Merauke")[0].code
    return _Asking(home, goods, district)


def _ask(asking: _Asking, *, by: Actor, now: dt.datetime) -> None:
    """A request of yesterday: the others have answered, Merauke has it on its desk."""
    new = asking.request(_key("request open"), pieces=60, now=now - _DAY)
    actions.ask_workshops(new=new, by=by, now=now - _DAY, is_sample=True)
    others = [unit for unit in asking.goods if unit != asking.home.id]
    _answers(new, asking, units=others, by=by, now=now)


def _order(asking: _Asking, *, by: Actor, now: dt.datetime) -> None:
    """A request of last month, ordered from two; its invoice is due and not paid."""
    new = asking.request(_key("request ordered"), pieces=20, now=now)
    actions.ask_workshops(new=new, by=by, now=now, is_sample=True)
    units = list(asking.goods)[:2]
    answers = _answers(new, asking, units=units, by=by, now=now + _DAY)
    choice = actions.NewChoice(
        key=_key("choice"),
        request_id=new.key,
        parts=tuple(Part(answer, 10) for answer in answers),
        due_on=local_day(now + 30 * _DAY, Zone.WIB),
        po_number="PO-CONTOH/17",
    )
    actions.choose_answers(choice=choice, by=by, now=now + 2 * _DAY)


def _answers(
    new: actions.NewRequest, asking: _Asking, *, units: list[int], by: Actor, now: dt.datetime
) -> list[UUID]:
    """Offers at the units' own prices, the later ones a little dearer, ready a little sooner."""
    day = local_day(now, Zone.WIB)
    made = []
    for number, unit in enumerate(units):
        good = asking.goods[unit]
        offer = Offer(
            product_id=good.product_id,
            pieces=max(10, new.wanted.pieces - 15 * number),
            unit_price=(good.price or 1_000) + 500 * number,
            ready_on=day + (21 - 4 * number) * _DAY,
            valid_until=day + 30 * _DAY,
            fee=None if number == 1 else 75_000,
            note="Penawaran contoh",
        )
        answer = actions.NewAnswer(_key(f"{new.key} {unit}"), new.key, unit, offer)
        made.append(actions.answer_request(answer=answer, by=by, now=now))
    return made


def _serve(code: str, *, by: Actor, now: dt.datetime) -> int:
    """The services of a unit, and who comes to the first of them next; how many come."""
    place = place_on(code=code, on=now.date())
    if place is None:
        raise LookupError(f"the demo needs {code}")
    slugs = [_offer(place, each, by=by, now=now) for each in _SERVICES]
    shown = service_by_slug(slug=slugs[0], on=now.date())
    if shown is None:
        return 0
    first = local_day(now, shown.zone)
    days = calendar(service=shown, first=first, days=3, now=now)
    hours = [hour.starts_at for day in days for hour in day.hours][:4:2]
    for number, starts_at in enumerate(hours):
        booking = actions.NewBooking(
            key=_key(f"visit {code} {number}"),
            service_id=shown.id,
            starts_at=starts_at,
            name="Pengunjung contoh",
            phone=f"+62812000000{number:02d}",
        )
        actions.book(booking=booking, by=by, now=now)
    return len(hours)


def _offer(place: PlaceNow, offered: _Offered, *, by: Actor, now: dt.datetime) -> str:
    product = add_product(
        unit_id=place.id, name=offered.name, category="jasa", is_sample=True, by=by, now=now
    )
    for write, amount in ((set_price, offered.price), (set_cost, offered.price // 2)):
        write(product_id=product.pk, amount=amount, valid_from=FIRST_DAY, by=by, now=now)
    service = actions.NewService(
        unit_id=place.id,
        product_id=product.pk,
        kind=offered.kind,
        minutes=30,
        description="Jasa contoh. Datang lima menit sebelum jamnya.",
        hours=_WEEK,
    )
    return actions.set_service(service=service, by=by, now=now).slug
