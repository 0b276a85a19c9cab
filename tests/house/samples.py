"""What stands for each <parameter> of an address in the role matrix.

A route with a new parameter fails until SAMPLES says what a "mine" and a "theirs" of it is. A
builder gets the small nation of the matrix and whose object is asked for ("mine", "theirs" or, for
places, "above"), makes it if need be and returns what stands in the address, or None where there
is no such thing. It is called only when a route needs it, so it may call any room's actions.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from bekal.accounts.models import Grant, Token, User
from bekal.accounts.rules import Role, token_digest
from bekal.campaigns import queries as campaigns
from bekal.campaigns.actions import NewCampaign, declare_campaign
from bekal.catalogue import queries
from bekal.catalogue.actions import add_permit, add_picture, write_review
from bekal.catalogue.models import Product
from bekal.catalogue.rules import NewPermit, PermitKind
from bekal.catalogue.share_pictures import share_of
from bekal.catalogue.tests.photos import a_photo
from bekal.foundation import clock
from bekal.foundation.actions import claim_message, keep_conflict
from bekal.foundation.clock import Period, Zone, local_day
from bekal.foundation.ids import uuid7
from bekal.foundation.models import MessageConflict
from bekal.ledger.actions import post_entry
from bekal.ledger.rules import AccountKind, Line
from bekal.payments import qris
from bekal.payments.actions import NewMerchant, ask_payment, set_merchant
from bekal.payments.models import Request
from bekal.payments.rules import Method, NewAsk
from bekal.places.models import Place
from bekal.production.actions import open_workshop
from bekal.production.queries import workshops_of
from bekal.production.rules import NewWorkTime
from bekal.sales.actions import record_sale
from bekal.sales.models import Sale, SaleLine
from bekal.shipping.actions import load_districts
from bekal.shipping.tests.factories import a_row, a_service
from bekal.shop.actions import answer_draft, begin_draft
from bekal.shop.models import Notice, Order, OrderPart, ProblemText
from bekal.shop.rules import Basket, BasketLine
from bekal.shop.tests.orders import an_order
from bekal.shop.tests.troubles import put
from tests.house import (
    samples_of_access,
    samples_of_books,
    samples_of_cash,
    samples_of_money,
    samples_of_people,
    samples_of_pnbp,
    samples_of_premi,
    samples_of_workshops,
)
from tests.house.institution_samples import INSTITUTION_SAMPLES
from tests.house.matrix import ABOVE, MINE, THEIRS
from tests.support import world

LONG_AGO = dt.datetime(2024, 10, 20, 3, 0, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Nation:
    """The world of the tests: Lapas Nabire is mine, Lapas Narkotika Bangli is theirs."""

    places: Mapping[str, int]
    products: Mapping[str, int]

    def person(self, role: Role, granted: str) -> User:
        """Somebody with this role, granted at my unit ("mine") or at the kanwil above it."""
        user, is_new = User.objects.get_or_create(
            email=f"{role}.{granted}@example.id", defaults={"name": f"{role} di {granted}"}
        )
        if is_new:
            Grant.objects.create(
                user=user,
                role=role,
                place_id=self.places[granted],
                granted_at=LONG_AGO,
                granted_by=str(world.SETUP),
            )
        return user

    def token(self, person: User) -> str:
        """The secret of a token of my unit in this person's name, whatever they may do there."""
        secret = f"bekal_{person.pk}"
        Token.objects.create(
            id=uuid7(),
            unit_id=self.places[MINE],
            holder=person,
            name="uji",
            prefix=secret,
            digest=token_digest(secret),
            made_at=LONG_AGO,
            made_by=str(world.SETUP),
            expires_at=LONG_AGO.replace(year=9000),
        )
        return secret


def small_nation() -> Nation:
    """Build the nation of the matrix."""
    world.number_products_anew()
    built = world.build()
    return Nation(
        places={MINE: built.nabire, THEIRS: built.bangli, ABOVE: built.papua},
        products={MINE: built.noken, THEIRS: built.endek},
    )


def _place(nation: Nation, whose: str) -> str | None:
    return Place.objects.get(pk=nation.places[whose]).code


def _workshop(nation: Nation, whose: str) -> str | None:
    """Units alone have a page for visitors; the kanwil above them has none."""
    return None if whose == ABOVE else _place(nation, whose)


def _area(nation: Nation, whose: str) -> str | None:
    """A place that has places below it."""
    return {MINE: "kanwil-papua", THEIRS: "kanwil-bali", ABOVE: "nasional"}[whose]


def _token(nation: Nation, whose: str) -> str | None:
    """A token of the unit, held by its officer."""
    if whose == ABOVE:
        return None
    key = UUID(int=nation.places[whose])
    Token.objects.get_or_create(
        id=key,
        defaults={
            "unit_id": nation.places[whose],
            "holder": nation.person(Role.PETUGAS, MINE),
            "name": "uji",
            "prefix": f"bekal-{whose}",
            "digest": token_digest(whose),
            "made_at": LONG_AGO,
            "made_by": str(world.SETUP),
            "expires_at": LONG_AGO.replace(year=9000),
        },
    )
    return str(key)


def _product(nation: Nation, whose: str) -> str | None:
    if whose == ABOVE:
        return None
    return Product.objects.get(pk=nation.products[whose]).code


def _showcase_product(nation: Nation, whose: str) -> str | None:
    """The last part of a product's public address."""
    names = {MINE: "noken-kulit-kayu", THEIRS: "kain-endek"}
    return f"{names[whose]}-{_product(nation, whose)}" if whose in names else None


def _picture(nation: Nation, whose: str) -> str | None:
    """A file of a photograph of the product."""
    if whose == ABOVE:
        return None
    product = nation.products[whose]
    found = queries.pictures_of(product_id=product)
    content = a_photo(500, 500, colour={MINE: "#6e4522", THEIRS: "#1b2a61"}[whose])
    photo = (
        found[0].photo.digest
        if found
        else add_picture(product_id=product, content=content, by=world.SETUP, now=world.NOON).digest
    )
    return f"{photo}-320.webp"


def _photo(nation: Nation, whose: str) -> str | None:
    """The same photograph at its desk."""
    if _picture(nation, whose) is None:
        return None
    (found,) = queries.pictures_of(product_id=nation.products[whose])
    return str(found.id)


def _permit(nation: Nation, whose: str) -> str | None:
    if whose == ABOVE:
        return None
    new = NewPermit(
        kind=PermitKind.BRAND,
        number=f"uji {whose}",
        holder="Koperasi",
        valid_from=world.TODAY,
        valid_until=None,
    )
    unit = nation.places[whose]
    return str(add_permit(unit_id=unit, permit=new, by=world.SETUP, now=world.NOON).pk)


def _review(nation: Nation, whose: str) -> str | None:
    """A review of the unit's product; after one was judged, another one waits."""
    if whose == ABOVE:
        return None
    product = nation.products[whose]
    key = f"part:{uuid7()}:{product}"
    review = write_review(
        product_id=product, key=key, stars=5, text="", by=world.SETUP, now=world.NOON
    )
    return str(review.pk)


def _share(nation: Nation, whose: str) -> str | None:
    """The picture that messages show of the product."""
    code = _product(nation, whose)
    if code is None:
        return None
    found = queries.showcase_product(code=code, on=local_day(clock.now(), Zone.WIB))
    assert found is not None
    return share_of(found.card).address.rpartition("/")[2]


def _sale(nation: Nation, whose: str) -> str | None:
    if whose == ABOVE:
        return None
    return str(_kept_sale(nation, whose).pk)


def _line(nation: Nation, whose: str) -> str | None:
    if whose == ABOVE:
        return None
    return str(SaleLine.objects.get(sale=_kept_sale(nation, whose)).pk)


def _kept_sale(nation: Nation, whose: str) -> Sale:
    """The one sale of a unit, so that its line is a line of it."""
    unit = nation.places[whose]
    if not Sale.objects.filter(unit_id=unit).exists():
        sale = world.a_sale(unit, (nation.products[whose], 2))
        record_sale(sale=sale, by=world.YOHANA, now=world.NOON)
    return Sale.objects.get(unit_id=unit)


def _conflict(nation: Nation, whose: str) -> str | None:
    if whose == ABOVE:
        return None
    scope = f"place:{nation.places[whose]}"
    key = uuid7()
    claim_message(key=key, door="sales.record", body=b"[]", by=world.YOHANA, now=world.NOON)
    keep_conflict(
        key=key, door="sales.record", scope=scope, body=b"{}", by=world.YOHANA, now=world.NOON
    )
    return str(MessageConflict.objects.get(key=key).pk)


def _account(nation: Nation, whose: str) -> str | None:
    """Mine is the cash box; theirs a debt between two units, neither of which is mine."""
    if whose == ABOVE:
        return None
    if whose == MINE:
        _sale(nation, MINE)
        return "kas"
    here, other = nation.places[THEIRS], Place.objects.get(code="lapas-kelas-iib-merauke")
    post_entry(
        lines=[
            Line(here, AccountKind.CASH, 5),
            Line(here, AccountKind.SETTLEMENT, -5, counterpart_id=other.pk),
            Line(other.pk, AccountKind.SETTLEMENT, 5, counterpart_id=here),
            Line(other.pk, AccountKind.CAPITAL, -5),
        ],
        key=uuid7(),
        occurred_on=world.TODAY,
        memo="titip jual",
        source="uji",
        by=world.WAYAN,
        now=world.NOON,
    )
    return f"titipan-{other.code}"


def _service(nation: Nation, whose: str) -> str | None:
    """A courier's service of the unit."""
    if whose == ABOVE:
        return None
    return str(a_service(nation.places[whose]))


def _district(nation: Nation, whose: str) -> str | None:
    """A kecamatan is everybody's."""
    if whose == ABOVE:
        return None
    rows = [
        a_row("940101", "Nabire", "Kab. Nabire", "Papua Tengah"),
        a_row("510602", "Bangli", "Kab. Bangli", "Bali"),
    ]
    load_districts(by=world.SETUP, now=world.NOON, rows=rows)
    return {MINE: "940101", THEIRS: "510602"}[whose]


def _day(nation: Nation, whose: str) -> str | None:
    """A day has no owner; theirs is one that has not come for anybody."""
    return {MINE: "2026-04-27", THEIRS: "2999-01-01"}.get(whose)


def _take_money(unit: int) -> None:
    static = qris.sample(name="CONTOH", city="UJI", number=unit)
    account = {"bank": "Bank Contoh", "account_number": "1234567890", "holder": "CONTOH"}
    merchant = NewMerchant(unit_id=unit, static_qris=static, is_sample=True, **account)
    set_merchant(merchant=merchant, by=world.SETUP, now=world.NOON)


def _ask(nation: Nation, whose: str) -> str | None:
    """A payment that was asked for at the unit, and may be paid by QRIS for ever."""
    if whose == ABOVE:
        return None
    unit, subject = nation.places[whose], f"uji:{whose}"
    if not Request.objects.filter(subject=subject).exists():
        _take_money(unit)
        ask = NewAsk(
            key=uuid7(),
            subject=subject,
            unit_id=unit,
            amount=148_000,
            method=Method.QRIS,
            expires_at=LONG_AGO.replace(year=9000),
            label="BK-7Q2M-18KD",
        )
        ask_payment(ask=ask, by=world.SETUP, now=world.NOON)
    return str(Request.objects.get(subject=subject).pk)


def _order(nation: Nation, whose: str) -> str | None:
    """The code of an order that waits to be paid by QRIS; who has it may see it."""
    if whose == ABOVE:
        return None
    unit, code = nation.places[whose], {MINE: "BK-0000-00DD", THEIRS: "BK-0000-0011"}[whose]
    if not Order.objects.filter(code=code).exists():
        _take_money(unit)
        placed = an_order(unit, nation.products[whose], code=code)
        subject, always = f"order:{placed['id']}", LONG_AGO.replace(year=9000)
        ask = NewAsk(placed["id"], subject, unit, 222_000, Method.QRIS, always, code)
        ask_payment(ask=ask, by=world.SETUP, now=world.NOON)
    return code


def _number(_nation: Nation, whose: str) -> str | None:
    """A number within something has no owner; theirs is the same, written with a zero before it."""
    return {MINE: "1", THEIRS: "01"}.get(whose)


def _draft(nation: Nation, whose: str) -> str | None:
    """The key of an order that is being filled in; there is no other way to it."""
    if whose == ABOVE:
        return None
    code = Product.objects.get(pk=nation.products[whose]).code
    basket, now = Basket((BasketLine(code, 1, 1),)), clock.now()
    token = begin_draft(basket=basket, token="", by=world.SETUP, now=now)
    answers = {
        "way": "pickup",
        "name": "Rina",
        "phone": "+6281234567890",
        "email": "",
        "district": "",
        "place": "",
        "address": "",
        "postal_code": "",
        "landmark": "",
        "parts": {str(nation.places[whose]): "pickup"},
    }
    answer_draft(token=token, answers=answers, by=world.SETUP, now=now)
    return token


def _campaign(nation: Nation, whose: str) -> str | None:
    """A campaign is everybody's; theirs is another one."""
    if whose == ABOVE:
        return None
    number, name = {MINE: (0, "Satu Hari Satu Karya"), THEIRS: (1, "Pekan Karya")}[whose]
    day = world.TODAY + dt.timedelta(days=number)
    found = campaigns.running(on=day)
    if found is not None:
        return found.slug
    new = NewCampaign(
        key=uuid7(),
        name=name,
        hbp_number=62,
        period=Period(day, day),
        target=1_000_000,
        unit_ids=frozenset(nation.places[unit] for unit in (MINE, THEIRS)),
    )
    return declare_campaign(new=new, by=world.SETUP, now=world.NOON)


def _declared(nation: Nation, whose: str) -> str | None:
    """A campaign at its desk has no owner; theirs is one that nobody declared."""
    return {MINE: _campaign(nation, MINE), THEIRS: "tidak-ada-2026"}.get(whose)


def _workplace(nation: Nation, whose: str) -> str | None:
    """A workshop within the unit, where things are made to order."""
    if whose == ABOVE:
        return None
    unit = nation.places[whose]
    there = workshops_of(unit_id=unit, on=world.TODAY)
    if there:
        return str(there[0].id)
    return str(
        open_workshop(
            unit_id=unit,
            name="Bengkel anyam",
            kind="",
            time=NewWorkTime(480, 5),
            by=world.SETUP,
            now=world.NOON,
        )
    )


def _part(nation: Nation, whose: str) -> str | None:
    """A part of an order, paid for, on the desk of its unit."""
    return None if whose == ABOVE else str(_kept_part(nation, whose).pk)


def _kept_part(nation: Nation, whose: str) -> OrderPart:
    unit = nation.places[whose]
    if not OrderPart.objects.filter(unit_id=unit).exists():
        values = an_order(unit, nation.products[whose], status="paid", part_status="ready")
        put("shop_orderbuyer", order_id=values["id"], email="")
    return OrderPart.objects.get(unit_id=unit)


def _notice(nation: Nation, whose: str) -> str | None:
    """A message that a person of the unit is to send."""
    if whose == ABOVE:
        return None
    part = _kept_part(nation, whose)
    if not Notice.objects.filter(unit_id=part.unit_id).exists():
        part.status, part.status_at, part.status_by = "sent", world.NOON, str(world.YOHANA)
        part.save()
    return str(Notice.objects.get(unit_id=part.unit_id).pk)


def _problem(nation: Nation, whose: str) -> str | None:
    """What a buyer reported of the part, with a picture, and waits for an answer."""
    if whose == ABOVE:
        return None
    part = _kept_part(nation, whose)
    if not part.problems.exists():
        key = uuid7()
        put("shop_problem", id=key, part_id=part.pk)
        put("shop_problemline", problem_id=key, line_id=part.lines.get().pk)
        ProblemText.objects.create(problem_id=key, text="Sobek", photo=b"RIFF0000WEBP")
    return str(part.problems.get().pk)


def _paper(nation: Nation, whose: str) -> str | None:
    """A kind of paper has no owner; theirs is one that there is not."""
    return {MINE: "faktur", THEIRS: "rahasia"}.get(whose)


SAMPLES: dict[str, Callable[[Nation, str], str | None]] = {
    "ask": _ask,
    "order": _order,
    "draft": _draft,
    **samples_of_access.SAMPLES,
    **samples_of_books.SAMPLES,
    **samples_of_cash.SAMPLES,
    **samples_of_money.SAMPLES,
    **samples_of_people.SAMPLES,
    **samples_of_workshops.SAMPLES,
    **samples_of_pnbp.SAMPLES,
    **samples_of_premi.SAMPLES,
    "unit": _place,
    "place": _place,
    "workshop": _workshop,
    "area": _area,
    "token": _token,
    "code": _product,
    "product": _showcase_product,
    "picture": _picture,
    "photo": _photo,
    "permit": _permit,
    "review": _review,
    "share": _share,
    "sale": _sale,
    "line": _line,
    "conflict": _conflict,
    "workplace": _workplace,
    "account": _account,
    "day": _day,
    "district": _district,
    "sheet": _number,
    "parcel": _number,
    "bought": _number,
    "service": _service,
    "campaign": _campaign,
    "declared": _declared,
    "part": _part,
    "notice": _notice,
    "problem": _problem,
    "paper": _paper,
    **INSTITUTION_SAMPLES,
}
