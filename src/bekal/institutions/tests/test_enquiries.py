"""Jan of Rotterdam asks from abroad; Yohana of Nabire and the centre reply."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction

from bekal.accounts.rules import Role
from bekal.audit.queries import chain_problems
from bekal.catalogue.models import Product
from bekal.foundation.actors import Actor, ActorKind
from bekal.foundation.ids import uuid7
from bekal.foundation.models import Message, MessageConflict
from bekal.foundation.refusals import KeyReused
from bekal.institutions import queries
from bekal.institutions.actions import (
    NewEnquiry,
    NewReply,
    enquire,
    reply,
    send_enquiry_letters,
)
from bekal.institutions.countries import country_names
from bekal.institutions.models import Enquiry, EnquiryLetter, EnquiryPlace, Reply
from bekal.institutions.rules import Document, EnquiryRefused, Incoterm, Sought, Terms
from bekal.institutions.tests.pages import BANGLI, NABIRE, READ, hidden, sign_in, text, words
from bekal.shop.actions import erase_contacts
from bekal.shop.models import Contact
from bekal.ui.strangers import STAMP
from tests.support.threads import at_once
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = pytest.mark.usefixtures("noon")

JAN = Actor(ActorKind.BUYER, "jan")
MODELS = (Enquiry, EnquiryPlace, Reply, EnquiryLetter, Contact, Message)
HERE = f"{NABIRE}/ekspor/"
ASK = "/en/lembaga/ekspor/"
_SAID = """kind, unit_price, least, lead_days, incoterm, named_place, documents, sends_samples,
  valid_until, note, replied_at, replied_by"""
_SKIPS_A_NUMBER = f"""
insert into institutions_reply (id, to_id, number, {_SAID})
select gen_random_uuid(), to_id, 9, {_SAID} from institutions_reply
"""


def counts():
    return [model.objects.count() for model in MODELS]


def sought(**changes):
    given: dict[str, Any] = {
        "goods": "Bark noken",
        "pieces": 200,
        "measure": "pieces",
        "country": "NL",
        "incoterm": Incoterm.FOB,
        "named_place": "Tanjung Priok",
        "wants_samples": True,
        "documents": frozenset({Document.ORIGIN, Document.FUMIGATION}),
    }
    return Sought(**given | changes)


def new_enquiry(world, *, key=None, products=None, **changes):
    named = ((world.noken, world.nabire),) if products is None else products
    return NewEnquiry(
        key=key or uuid7(),
        sought=sought(**changes),
        name="Jan de Vries",
        email="jan@example.nl",
        company="Noordzee BV",
        phone="+31205551234",
        note="Please call in the morning",
        products=named,
    )


def ask(world, *, now=NOON, **changes):
    new = new_enquiry(world, **changes)
    return new.key, enquire(new=new, by=JAN, now=now)


def terms(**changes):
    given: dict[str, Any] = {
        "unit_price": 95_000,
        "least": 100,
        "lead_days": 45,
        "incoterm": Incoterm.FOB,
        "named_place": "Tanjung Priok",
        "documents": frozenset({Document.ORIGIN}),
        "sends_samples": True,
        "valid_until": TODAY + dt.timedelta(days=60),
    }
    return Terms(**given | changes)


def new_reply(enquiry, place, *, key=None, note="", **changes):
    said = None if changes.get("unit_price", 1) is None else terms(**changes)
    return NewReply(key or uuid7(), enquiry, place, said, note)


def answer(enquiry, place, *, now=NOON, **changes):
    return reply(new=new_reply(enquiry, place, **changes), by=YOHANA, now=now)


def typed(world, **changes):
    code = Product.objects.get(pk=world.noken).code
    return {
        "key": str(uuid7()),
        "goods": "Bark noken",
        "products": code,
        "pieces": "200",
        "measure": "pieces",
        "country": "NL",
        "incoterm": "FOB",
        "named_place": "Tanjung Priok",
        "wants_samples": "on",
        "documents": ["origin", "fumigation"],
        "name": "Jan de Vries",
        "email": "jan@example.nl",
        "phone": "+31 20 555 1234",
        STAMP: READ,
        **changes,
    }


@pytest.mark.django_db
def test_an_enquiry_goes_to_the_units_whose_products_it_names_and_else_to_the_centre(world):
    ask(world, products=((world.noken, world.nabire), (world.endek, world.bangli)))
    ask(world, products=())
    to = EnquiryPlace.objects.order_by("id").values_list("place_id", flat=True)
    assert list(to) == [*sorted([world.nabire, world.bangli]), world.centre]


@pytest.mark.django_db
def test_the_same_message_asks_once_and_another_under_its_key_is_refused(world):
    key = uuid7()
    first = ask(world, key=key)
    assert ask(world, key=key) == first
    before = counts()
    with pytest.raises(KeyReused):
        ask(world, key=key, pieces=3)
    assert counts() == before
    assert Enquiry.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"goods": " "}, "goods"),
        ({"pieces": 0}, "pieces"),
        ({"measure": ""}, "measure"),
        ({"country": "ID"}, "country"),
        ({"country": "ZZ"}, "country"),
        ({"named_place": "x" * 81}, "named_place"),
    ],
)
def test_an_enquiry_without_what_it_needs_is_refused_and_nothing_is_kept(world, changes, field):
    before = counts()
    with pytest.raises(EnquiryRefused) as refused:
        ask(world, **changes)
    assert refused.value.field == field
    assert counts() == before


@pytest.mark.django_db
def test_the_newest_reply_holds_and_who_asked_is_kept_a_year_from_it(world):
    enquiry, _key = ask(world)
    later = NOON + dt.timedelta(days=30)
    answer(enquiry, world.nabire)
    answer(enquiry, world.nabire, unit_price=90_000, now=later)
    (row,) = queries.replied(enquiry_id=enquiry, on=TODAY)
    assert row.reply is not None
    assert (row.reply.number, row.reply.unit_price) == (2, 90_000)
    assert Contact.objects.get().keep_until == TODAY + dt.timedelta(days=395)
    assert chain_problems() == []


@pytest.mark.django_db
def test_only_who_was_asked_replies_and_terms_must_say_something(world):
    enquiry, _key = ask(world)
    before = counts()
    for place, changes in (
        (world.bangli, {}),
        (world.nabire, {"unit_price": 0}),
        (world.nabire, {"least": 0}),
        (world.nabire, {"lead_days": 731}),
        (world.nabire, {"valid_until": TODAY - dt.timedelta(days=1)}),
        (world.nabire, {"unit_price": None, "note": " "}),
        (world.nabire, {"note": "x" * 1001}),
    ):
        with pytest.raises(EnquiryRefused):
            answer(enquiry, place, **changes)
    assert counts() == before


@pytest.mark.django_db(transaction=True)
def test_eight_replies_with_one_key_are_one(world):
    enquiry, _key = ask(world)
    new = new_reply(enquiry, world.nabire)
    at_once(8, lambda _number: reply(new=new, by=YOHANA, now=NOON))
    assert Reply.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "update institutions_enquiry set pieces = 1",
        "delete from institutions_reply",
        "update institutions_reply set unit_price = 1",
        "update institutions_enquiryplace set place_id = place_id + 1",
        _SKIPS_A_NUMBER,
    ],
)
def test_the_database_keeps_what_was_asked_and_said(world, sql):
    enquiry, _key = ask(world)
    answer(enquiry, world.nabire)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
def test_letters_go_to_who_asked_in_their_language_once_and_never_after_erasing(world):
    enquiry, key = ask(world)
    answer(enquiry, world.nabire)
    assert send_enquiry_letters(by=JAN, now=NOON) == 2
    assert send_enquiry_letters(by=JAN, now=NOON) == 0
    first, second = mail.outbox
    assert first.to == ["jan@example.nl"]
    assert f"/en/lembaga/ekspor/{key}/" in first.body
    assert "was answered" in second.body
    answer(enquiry, world.nabire, unit_price=1)
    erase_contacts(today=TODAY + dt.timedelta(days=400), by=JAN, now=NOON)
    assert send_enquiry_letters(by=JAN, now=NOON) == 0
    assert Contact.objects.get().email == ""
    assert Enquiry.objects.get().goods == "Bark noken"


def test_countries_have_names_in_both_languages_and_ours_is_not_abroad():
    assert country_names("en")["NL"] == "Netherlands"
    assert country_names("id")["NL"] == "Belanda"
    assert {"ID", "EU", "ZZ"} & set(country_names("en")) == set()


@pytest.mark.django_db
def test_jan_asks_in_english_and_follows_what_becomes_of_it(client, world):
    page = text(client.get(f"{ASK}?produk=006GK"))
    assert "Buying from abroad" in page
    assert "FOB, Free on Board" in page
    assert 'value="006GK"' in page
    sent = client.post(ASK, {**typed(world), **hidden(client.get(ASK))}, follow=True)
    followed = words(sent)
    assert "Keep the address of this page" in followed
    assert "Lapas Kelas IIB Nabire No answer yet." in followed
    assert sent["X-Robots-Tag"] == "noindex, nofollow"
    enquiry = Enquiry.objects.get()
    assert enquiry.documents == "origin,fumigation"
    answer(enquiry.pk, world.nabire, note="We pack in tens.")
    followed = words(client.get(sent.redirect_chain[0][0]))
    assert "Rp95,000" in followed or "Rp95.000" in followed
    assert "45 days" in followed
    assert "We pack in tens." in followed
    assert "jan@example.nl" not in followed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"goods": ""}, "Say what you are looking for"),
        ({"products": "ZZZZZ"}, "There is no code"),
        ({"pieces": "many"}, "Write the quantity in digits"),
        ({"country": ""}, "Choose the country of destination"),
        ({"incoterm": "XXX"}, "Choose an Incoterm"),
        ({"documents": ["visa"]}, "Choose from the list"),
        ({"email": "jan"}, "Write your e-mail address"),
        ({"phone": "12"}, "with the country code"),
        ({"website": "http://x"}, ""),
        ({STAMP: "x"}, ""),
        ({"goods": "a\0b"}, "Write with ordinary letters and digits."),
        ({"goods": "a" * 10_000}, " letters. Make it shorter."),
    ],
)
def test_a_form_that_says_too_little_comes_back_with_words(client, world, changes, says):
    page = client.post(ASK, typed(world, **changes))
    assert page.status_code == 422
    assert says in text(page)
    assert not Enquiry.objects.exists()


@pytest.mark.django_db
def test_a_machine_that_asks_again_and_again_is_stopped(client, world):
    answers = [client.post(ASK, typed(world)).status_code for _ in range(11)]
    assert answers == [303] * 10 + [422]
    assert Enquiry.objects.count() == 10


@pytest.mark.django_db
def test_countries_that_refuse_such_goods_are_named_to_both_sides(client, world):
    enquiry, key = ask(world, country="US")
    assert "19 U.S.C. § 1307" in text(client.get(f"{ASK}{key}/"))
    yohana = sign_in(client, world.nabire)
    assert "19 U.S.C. § 1307" in text(yohana.get(f"{HERE}{enquiry}/"))


@pytest.mark.django_db
def test_yohana_replies_at_her_desk_once_for_each_click(client, world):
    enquiry, _key = ask(world)
    yohana = sign_in(client, world.nabire)
    listed = words(yohana.get(HERE))
    assert "Bark noken" in listed
    assert "Belanda" in listed
    page = f"{HERE}{enquiry}/"
    assert "Jan de Vries, Noordzee BV" in words(yohana.get(page))
    said = {
        **hidden(yohana.get(page)),
        "unit_price": "95.000",
        "least": "100",
        "lead_days": "45",
        "incoterm": "FOB",
        "documents": ["origin"],
        "valid_until": "2026-06-30",
        "note": "We pack in tens.",
    }
    del said["jawaban"]
    refused = yohana.post(page, {**said, "lead_days": ""})
    assert refused.status_code == 422
    assert "<title>Gagal: " in text(refused)
    assert text(refused).count("data-errors") == 1
    assert not Reply.objects.exists()
    assert [yohana.post(page, said).status_code for _ in range(2)] == [303, 303]
    assert yohana.post(page, {**said, "least": "7"}).status_code == 409
    assert MessageConflict.objects.get().door == "institutions.reply"
    assert Reply.objects.count() == 1
    no = {"jawaban": "tidak", "note": "Bengkel penuh", "key": str(uuid7())}
    assert "Tidak disanggupi" in words(yohana.post(page, no, follow=True))
    assert "Tidak disanggupi" in words(yohana.get(f"{HERE}?status=ditolak&cari=noken&urut=jumlah"))
    assert "Tidak ada pertanyaan yang cocok." in words(yohana.get(f"{HERE}?status=dijawab"))
    rows = text(yohana.get(f"{HERE}unduh/"))
    assert "Bark noken;200;pieces;NL;FOB;2026-04-27;Tidak disanggupi" in rows
    assert "Jan" not in rows


@pytest.mark.django_db
def test_those_above_see_all_below_and_reply_only_to_what_came_to_them(client, world):
    enquiry, _key = ask(world)
    own, _key = ask(world, products=(), goods="Coir nets")
    sign_in(client, world.centre, role=Role.DITJENPAS, name="Pusat")
    listed = words(client.get("/ekspor/", follow=True))
    assert "Lapas Kelas IIB Nabire" in listed
    assert "Coir nets" in listed
    assert "Kirim jawaban" not in text(client.get(f"/kerja/nasional/ekspor/{enquiry}/"))
    assert "Kirim jawaban" in text(client.get(f"/kerja/nasional/ekspor/{own}/"))
    sign_in(client, world.bangli, name="Wayan")
    assert client.get(f"{BANGLI}/ekspor/{enquiry}/").status_code == 404
    assert client.get(f"{HERE}{enquiry}/").status_code == 404


@pytest.mark.django_db
def test_the_pages_ask_few_questions(client, world, django_assert_max_num_queries):
    keys = [ask(world) for _ in range(3)]
    answer(keys[0][0], world.nabire)
    with django_assert_max_num_queries(7):
        client.get(f"{ASK}{keys[0][1]}/")
    yohana = sign_in(client, world.nabire)
    for path, most in ((HERE, 9), (f"{HERE}unduh/", 6), (f"{HERE}{keys[0][0]}/", 12)):
        with django_assert_max_num_queries(most):
            text(yohana.get(path))


@pytest.mark.django_db
def test_the_demo_leads_to_its_sample_enquiries_and_to_nobody_else_s(client, world, settings):
    settings.BEKAL_DEMO, settings.BEKAL_DEMO_SIGN_INS = True, [{"email": "contoh@contoh.test"}]
    for goods, is_sample in (("Sample baskets", True), ("Woven bags", False)):
        enquire(new=new_enquiry(world, goods=goods), by=JAN, now=NOON, is_sample=is_sample)
    page = client.get("/masuk/contoh/").content.decode()
    assert "Woven bags" not in page
    (way,) = re.findall(r'href="([^"]+)" lang="en">Sample baskets<', page)
    assert "Sample baskets" in client.get(way).content.decode()
