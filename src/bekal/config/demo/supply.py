"""Recurring supply and reselling to try: a vendor, a reseller, their terms. All "contoh"."""

import datetime as dt
from uuid import NAMESPACE_URL, UUID, uuid5

from bekal.catalogue.queries import sale_terms, sample_products
from bekal.foundation.actors import Actor
from bekal.foundation.attachments import read_attachment
from bekal.foundation.clock import Zone, local_day
from bekal.institutions import actions
from bekal.institutions.rules import Agreed
from bekal.places.queries import place_on
from bekal.shop import actions as shop
from bekal.shop.rules import InstitutionKind, InstitutionSaid

_HOME = "lapas-kelas-iib-merauke"
_DAY = dt.timedelta(days=1)


def make_supply(*, by: Actor, now: dt.datetime) -> str:
    """A vendor with an agreement for every day; today's delivery waits, last month is declared."""
    home = place_on(code=_HOME, on=now.date())
    if home is None:
        raise LookupError("the demo needs Merauke")
    vendor = _vendor(by=by, now=now - 40 * _DAY)
    today = local_day(now, home.zone or Zone.WIB)
    terms = sale_terms(product_ids=sample_products()[home.id], on=today)
    goods = [(one.price, pk) for pk, one in terms.items() if one.price and one.cost is not None]
    price, product_id = min(goods)
    first, last = today - _DAY, today + 120 * _DAY
    agreed = Agreed(10, price, frozenset(range(7)), first, last, 30)
    new = actions.NewSupply(_key("supply"), vendor, home.id, product_id, agreed)
    actions.agree_supply(new=new, by=by, now=now, is_sample=True)
    missed = actions.Told(new.key, home.id, first, None, "Contoh: panen belum siap")
    actions.tell_delivery(told=missed, by=by, now=now)
    month = (today.replace(day=1) - _DAY).replace(day=1)
    paper = read_attachment(name="rekap-contoh.pdf", content=b"%PDF-1.7 contoh")
    total = actions.NewPurchases(_key("total"), vendor, home.id, month, 120_000_000, paper)
    actions.declare_purchases(new=total, by=by, now=now)
    harvest = actions.NewHarvest(
        _key("harvest"), home.id, month, 9_000_000, "Contoh: buku panen kebun"
    )
    actions.declare_harvest(new=harvest, by=by, now=now)
    _resell(home.id, today, by=by, now=now)
    return "a simulated vendor of food with its agreement, a simulated reseller"


def _resell(unit_id: int, today: dt.date, *, by: Actor, now: dt.datetime) -> None:
    """A reseller with terms of the unit."""
    said = InstitutionSaid(
        name="Toko Contoh Merauke",
        npwp="",
        kind=InstitutionKind.RESELLER,
        contact_name="Contoh",
        phone="+6281200000000",
        email="pengecer@contoh.test",
        outlet="Pasar contoh, Merauke",
    )
    key = _key("reseller")
    shop.register_institution(key=key, said=said, language="id", is_sample=True, by=by, now=now)
    shop.check_institution(institution_id=key, by=by, now=now)
    terms = actions.NewResaleTerms(_key("terms"), key, unit_id, today, 10, 20)
    actions.set_resale_terms(new=terms, by=by, now=now)


def _vendor(*, by: Actor, now: dt.datetime) -> UUID:
    said = InstitutionSaid(
        name="CV Pangan Contoh Merauke",
        npwp="9990000000000041",
        kind=InstitutionKind.VENDOR,
        contact_name="Contoh",
        phone="+6281200000000",
        email="penyedia@contoh.test",
    )
    key = _key("vendor")
    shop.register_institution(key=key, said=said, language="id", is_sample=True, by=by, now=now)
    shop.check_institution(institution_id=key, by=by, now=now)
    return key


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"bekal:demo:supply:{what}")
