"""Enquiries from abroad to try: one that a unit has replied to, one that waits. All "contoh"."""

import datetime as dt
from uuid import NAMESPACE_URL, UUID, uuid5

from bekal.catalogue.queries import sample_products
from bekal.foundation.actors import Actor
from bekal.foundation.clock import Zone, local_day
from bekal.institutions import actions
from bekal.institutions.rules import Document, Incoterm, Sought, Terms
from bekal.places.queries import place_on

_HOME = "lapas-kelas-iib-merauke"
_DAY = dt.timedelta(days=1)
_PAPERS = frozenset({Document.INVOICE, Document.PACKING, Document.ORIGIN})


def make_enquiries(*, by: Actor, now: dt.datetime) -> str:
    """Two enquiries about what Merauke makes, and one to the centre that names nothing."""
    home = place_on(code=_HOME, on=now.date())
    if home is None:
        raise LookupError("the demo needs Merauke")
    named = tuple((product, home.id) for product in sample_products()[home.id][:1])
    replied = _ask(0, "Sample rattan goods", "NL", named=named, by=by, now=now - 5 * _DAY)
    terms = Terms(
        unit_price=95_000,
        least=100,
        lead_days=45,
        incoterm=Incoterm.FOB,
        named_place="Merauke",
        documents=_PAPERS,
        sends_samples=True,
        valid_until=local_day(now, Zone.WIB) + 60 * _DAY,
    )
    answer = actions.NewReply(_key("reply"), replied, home.id, terms, "Sample answer (contoh).")
    actions.reply(new=answer, by=by, now=now - 4 * _DAY)
    _ask(1, "Sample woven baskets", "AU", named=named, by=by, now=now - _DAY)
    _ask(2, "Sample coir nets", "KR", named=(), by=by, now=now - _DAY)
    return "3 simulated enquiries from abroad"


def _ask(
    number: int,
    goods: str,
    country: str,
    *,
    named: tuple[tuple[int, int], ...],
    by: Actor,
    now: dt.datetime,
) -> UUID:
    sought = Sought(goods, 300, "pieces", country, Incoterm.FOB, "", number == 0, _PAPERS)
    new = actions.NewEnquiry(
        key=_key(f"enquiry {number}"),
        sought=sought,
        name="Contoh (sample)",
        email=f"buyer{number}@contoh.test",
        company="Contoh Trading",
        products=named,
    )
    actions.enquire(new=new, by=by, now=now, is_sample=True)
    return new.key


def _key(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"bekal:demo:{what}")
