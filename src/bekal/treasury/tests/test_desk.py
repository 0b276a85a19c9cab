"""The auditor's desk: four clicks to a receipt, samples that anybody can draw again, evidence."""

import csv
import datetime as dt
import hashlib
import io
import json
import re
import zipfile

import pytest
from django.db import IntegrityError, connection, transaction

from bekal.accounts.rules import Role
from bekal.audit.models import Event
from bekal.audit.queries import chain_problems
from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused
from bekal.sales.actions import record_sale
from bekal.treasury.actions import draw_sample
from bekal.treasury.models import Finding, Sample
from bekal.treasury.queries.samples import is_the_same, sample_problems
from bekal.treasury.rules.samples import NewSample, SampleRefused, rank
from tests.support.world import NOON, SETUP, TODAY, WAYAN, YESTERDAY, YOHANA, a_sale

NATION, PAPUA = "/periksa/nasional/", "/periksa/kanwil-papua/"
UNIT = "/periksa/lapas-kelas-iib-nabire/"
LATER = NOON + dt.timedelta(hours=2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def traded(world):
    """Twelve receipts at Nabire, four at Bangli, recorded at noon."""
    for _ in range(12):
        record_sale(sale=a_sale(world.nabire, (world.noken, 1)), by=YOHANA, now=NOON)
    for _ in range(4):
        record_sale(sale=a_sale(world.bangli, (world.endek, 1)), by=WAYAN, now=NOON)
    return world


def draw(place, *, size=5, seed="benih 1", key=None, now=LATER):
    period = Period(YESTERDAY, TODAY)
    new = NewSample(key or uuid7(), place, period, size, seed)
    return Sample.objects.get(pk=draw_sample(new=new, by=SETUP, now=now))


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return " ".join(answer.content.decode().split())


def click(client, text, words):
    """Follow the link that reads like this."""
    found = re.findall(r'<a[^>]* href="([^"]+)"[^>]*>([^<]*)</a>', text)
    address = next(href for href, label in found if words in label)
    return page(client, address.replace("&amp;", "&"))


def test_four_clicks_lead_from_the_nations_total_to_a_receipt(traded, person):
    made = person("Made", (Role.AUDITOR, "centre"))
    total = page(made, NATION)
    assert "Rp1.600.000" in total
    clicks = ("Kanwil Ditjenpas Papua", "Lapas Kelas IIB Nabire", "Sen, 27 Apr 2026", "PJ-0007")
    shown = total
    for words in clicks:
        shown = click(made, shown, words)
    assert "Nota PJ-0007" in shown
    assert len(clicks) == 4


def test_from_the_receipt_to_its_entry_and_to_its_proof(traded, person):
    made = person("Made", (Role.AUDITOR, "centre"))
    receipt = click(made, page(made, f"{UNIT}hari/2026-04-27/"), "PJ-0007")
    address = re.search(r'href="(/buku/[^"]+kunci=sale:[^"]+)"', receipt)
    assert address
    entry = made.get(address[1], follow=True).content.decode()
    assert "Debit" in entry
    assert "Lihat sumber dan buktinya" in entry
    assert "sales.record" in entry


def test_sums_of_the_desk_are_those_of_the_units(traded, person):
    made = person("Made", (Role.AUDITOR, "papua"))
    text = page(made, PAPUA)
    assert "Rp1.200.000" in text
    assert "Bangli" not in text


def test_the_same_seed_and_instant_give_the_same_receipts(traded):
    first = draw(traded.centre)
    again = draw(traded.centre, key=uuid7())
    other = draw(traded.centre, seed="benih 2")
    kept = [list(each.items.values_list("sale_id", flat=True)) for each in (first, again, other)]
    assert kept[0] == kept[1]
    assert kept[0] != kept[2]
    ranks = [rank(seed="benih 1", sale_id=sale) for sale in kept[0]]
    assert ranks == sorted(ranks)


def test_what_is_recorded_later_is_not_drawn_and_changes_no_sample(traded):
    sample = draw(traded.nabire, size=500)
    assert sample.population == 12
    record_sale(sale=a_sale(traded.nabire, (traded.noken, 1)), by=YOHANA, now=LATER)
    assert is_the_same(sample)
    assert sample_problems() == []
    assert sample.items.count() == 12


def test_a_receipt_of_this_very_minute_is_left_out(traded):
    record_sale(sale=a_sale(traded.nabire, (traded.noken, 1)), by=YOHANA, now=LATER)
    assert draw(traded.nabire, size=500).population == 12


def test_a_second_click_draws_once_and_other_answers_under_the_key_are_refused(traded):
    key = uuid7()
    draw(traded.nabire, key=key)
    draw(traded.nabire, key=key)
    assert Sample.objects.count() == 1
    with pytest.raises(KeyReused):
        draw(traded.nabire, key=key, seed="lain")
    assert Sample.objects.count() == 1


def test_nothing_can_be_drawn_of_nothing(world):
    with pytest.raises(SampleRefused, match="Tidak ada nota"):
        draw(world.nabire)
    assert not Sample.objects.exists()


def test_an_auditor_draws_notes_and_is_told_what_is_left(traded, person, monkeypatch):
    made = person("Made", (Role.AUDITOR, "papua"))
    monkeypatch.setattr("bekal.foundation.clock.now", lambda: LATER)
    asked = {"key": str(uuid7()), "first": "2026-04-01", "last": "2026-04-27", "size": "3"}
    answer = made.post(f"{PAPUA}sampel/", {**asked, "seed": "7"})
    assert answer.status_code == 303
    sample = answer.headers["Location"].partition("?")[0]
    note = {"key": str(uuid7()), "position": "2", "verdict": "remark", "text": ""}
    refused = made.post(f"{sample}temuan/", note)
    assert refused.status_code == 422
    assert "Tulis apa yang tidak sesuai." in refused.content.decode()
    assert not Finding.objects.exists()
    for verdict, text in (("remark", "Kuitansi tidak ada"), ("agrees", "")):
        note |= {"key": str(uuid7()), "verdict": verdict, "text": text}
        assert made.post(f"{sample}temuan/", note).status_code == 303
        assert made.post(f"{sample}temuan/", note).status_code == 303
    assert [each.verdict for each in Finding.objects.order_by("noted_at", "id")] == [
        "remark",
        "agrees",
    ]
    left = page(made, f"{sample}?hasil=open")
    assert left.count("Tulis temuan") == 2
    answer = made.get(f"{sample}unduh.csv")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").split("\r\n")
    assert rows[2].split(";")[5] == "Sesuai"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"size": "0"}, "Isi 1 sampai 500 nota."),
        ({"size": "501"}, "Isi 1 sampai 500 nota."),
        ({"seed": ""}, "Isi benih"),
        ({"last": "2026-03-01"}, "Tanggal akhir"),
        ({"first": "besok"}, "Tulis tanggal"),
    ],
)
def test_a_wrong_drawing_is_told_at_its_field(traded, person, changed, words):
    made = person("Made", (Role.AUDITOR, "papua"))
    asked = {"first": "2026-04-01", "last": "2026-04-27", "size": "3", "seed": "7"}
    answer = made.post(f"{PAPUA}sampel/", asked | changed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Sample.objects.exists()


def bundle(client, sample, place="kanwil-papua"):
    answer = client.get(f"/periksa/{place}/sampel/{sample.pk}/bukti.zip")
    return b"".join(answer.streaming_content)


def test_the_evidence_is_whole_hashed_and_always_the_same_bytes(traded, person):
    made = person("Made", (Role.AUDITOR, "papua"))
    sample = draw(traded.papua)
    first = bundle(made, sample)
    record_sale(sale=a_sale(traded.nabire, (traded.noken, 1)), by=YOHANA, now=LATER)
    assert bundle(made, sample) == first
    file = zipfile.ZipFile(io.BytesIO(first))
    assert file.testzip() is None
    manifest = json.loads(file.read("manifest.json"))
    assert set(manifest["files"]) == set(file.namelist()) - {"manifest.json"}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256(file.read(name)).hexdigest() == digest
    table = file.read("nota.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    assert [row["peringkat"] for row in rows] == sorted(row["peringkat"] for row in rows)
    assert len(rows) == 5
    parts = file.read("pembagian.csv").decode("utf-8-sig")
    shared = list(csv.DictReader(io.StringIO(parts), delimiter=";"))
    assert sum(int(row["rupiah"]) for row in shared) == sum(int(row["rupiah"]) for row in rows)
    lines = list(
        csv.DictReader(io.StringIO(file.read("jurnal.csv").decode("utf-8-sig")), delimiter=";")
    )
    assert sum(int(row["debit"]) - int(row["kredit"]) for row in lines) == 0
    assert file.read("berita-acara.pdf").startswith(b"%PDF")


def test_the_manifest_names_the_end_of_the_chain_at_the_samples_instant(traded, person):
    made = person("Made", (Role.AUDITOR, "papua"))
    sample = draw(traded.nabire)
    made.get(UNIT)
    content = bundle(made, sample, "lapas-kelas-iib-nabire")
    manifest = json.loads(zipfile.ZipFile(io.BytesIO(content)).read("manifest.json"))
    chain = f"place:{traded.nabire}"
    last = Event.objects.filter(chain=chain, at__lte=sample.as_of).order_by("-seq").first()
    assert last is not None
    told = {each["chain"]: each["seal"] for each in manifest["chains"]}
    assert told[chain] == bytes(last.seal).hex()
    assert manifest["drawn_again_the_same"] is True


def test_the_trail_is_narrowed_to_an_object_and_to_a_person(traded, person):
    made = person("Made", (Role.AUDITOR, "papua"))
    text = page(made, f"{PAPUA}jejak/?perihal=sales")
    assert "Rantai utuh sampai 10.00 WIB" in text
    assert text.count("sales.record") >= 12
    sale = Event.objects.filter(action="sales.record", chain=f"place:{traded.nabire}").first()
    assert sale is not None
    one = page(made, f"{PAPUA}jejak/?objek={sale.object_key}")
    assert one.count("<tr>") == 2
    nobody = page(made, f"{PAPUA}jejak/?orang=user:999")
    assert "Belum ada catatan yang cocok." in nobody
    foreign = Event.objects.filter(chain=f"place:{traded.bangli}", action="sales.record").first()
    assert foreign is not None
    assert foreign.object_key not in page(made, f"{PAPUA}jejak/")


def test_a_broken_chain_is_told_to_its_auditor(traded, person):
    made = person("Made", (Role.AUDITOR, "papua"))
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table audit_event disable trigger user")
        cursor.execute(
            "update audit_event set detail = '{}' where chain = %s and seq = 3",
            [f"place:{traded.nabire}"],
        )
    chain = f"place:{traded.nabire}"
    assert chain_problems(chains=[chain]) == [f"{chain} #3: isi diubah"]
    assert chain_problems(chains=[f"place:{traded.bangli}"]) == []
    assert "Rantai terputus." in page(made, f"{PAPUA}jejak/")


def test_only_auditors_examine_and_only_their_places(traded, person):
    made = person("Made", (Role.AUDITOR, "papua"))
    for address in (NATION, "/periksa/kanwil-bali/", "/periksa/lapas-narkotika-kelas-iia-bangli/"):
        assert made.get(address).status_code == 404
    sample = draw(traded.bangli)
    for place in ("kanwil-papua", "lapas-narkotika-kelas-iia-bangli"):
        assert made.get(f"/periksa/{place}/sampel/{sample.pk}/").status_code == 404
        assert made.get(f"/periksa/{place}/sampel/{sample.pk}/bukti.zip").status_code == 404
    siti = person("Siti", (Role.BENDAHARA, "nabire"))
    assert siti.get(UNIT).status_code == 403


@pytest.mark.parametrize(
    "sql",
    [
        "update treasury_sample set seed = 'lain'",
        "delete from treasury_sampleitem",
        "update treasury_finding set verdict = 'agrees'",
    ],
)
def test_what_was_drawn_and_found_is_final(traded, sql):
    sample = draw(traded.nabire)
    item = sample.items.get(position=1)
    Finding.objects.create(
        pk=uuid7(), item=item, verdict="remark", text="x", noted_at=LATER, noted_by=str(SETUP)
    )
    with (
        pytest.raises(IntegrityError, match="are final"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize("values", ["'remark', ' '", "'maybe', 'x'"])
def test_a_remark_has_words_and_a_verdict_is_known(traded, values):
    item = draw(traded.nabire).items.get(position=1)
    row = f"(gen_random_uuid(), {item.pk}, {values}, now(), '')"
    into = "insert into treasury_finding (id, item_id, verdict, text, noted_at, noted_by) values"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{into} {row}")


@pytest.mark.parametrize(
    ("address", "most"),
    [(NATION, 8), (UNIT, 8), (f"{PAPUA}sampel/", 8), (f"{PAPUA}jejak/", 9)],
)
def test_the_pages_of_the_desk_ask_little(
    traded, person, django_assert_max_num_queries, address, most
):
    made = person("Made", (Role.AUDITOR, "centre"))
    page(made, address)
    with django_assert_max_num_queries(most):
        page(made, address)
