"""The papers of deposits go along with the evidence of a sample, whole and always the same."""

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile

import pytest
from django.db import connection

from bekal.foundation.attachments import Attachment
from bekal.foundation.clock import Period
from bekal.foundation.ids import uuid7
from bekal.places.queries import place_by_id
from bekal.treasury import bundles
from bekal.treasury.actions import add_proof, draw_sample
from bekal.treasury.models import Sample
from bekal.treasury.queries import pnbp_problems
from bekal.treasury.rules.samples import NewSample
from bekal.treasury.tests.deposits import billed, deposits, ntpn, pays, sells
from tests.support.world import NOON, SETUP, SITI, TODAY, YESTERDAY

LATER = NOON + dt.timedelta(hours=2)
PDF = b"%PDF-1.7 bukti penerimaan negara"
pytestmark = pytest.mark.django_db


def proves(unit, deposit, content=PDF, *, name="../Bukti CONTOH.PDF", now=NOON):
    """A paper is kept; returns its hash."""
    paper = Attachment(name, "application/pdf", content)
    add_proof(unit_id=unit, deposit_id=deposit, paper=paper, by=SITI, now=now)
    return hashlib.sha256(content).hexdigest()


def draw(place, *, day=TODAY):
    new = NewSample(uuid7(), place, Period(day, day), 5, "benih 1")
    return Sample.objects.get(pk=draw_sample(new=new, by=SETUP, now=LATER))


def whole(sample):
    place = place_by_id(place_id=sample.place_id, on=TODAY)
    assert place is not None
    return b"".join(bundles.chunks(sample, place))


def opened(sample):
    return zipfile.ZipFile(io.BytesIO(whole(sample)))


def rows(file, name):
    text = file.read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def papers(file):
    return sorted(name for name in file.namelist() if name.startswith("setoran/"))


@pytest.fixture
def bangli(world):
    """Bangli sold for 200.000 today and deposited what it owes."""
    sells(world.bangli, world.endek, 2)
    return world.bangli


def test_a_paper_goes_along_with_its_hash_in_the_manifest(bangli):
    deposit = deposits(bangli, 100_000)
    digest = proves(bangli, deposit)
    file = opened(draw(bangli))
    (name,) = papers(file)
    assert name.startswith(f"setoran/{ntpn(1)}-")
    assert name.endswith(".pdf")
    assert file.read(name) == PDF
    assert json.loads(file.read("manifest.json"))["files"][name] == digest
    (told,) = rows(file, "bukti-setoran.csv")
    assert (told["berkas"], told["sha256"], told["ntpn"]) == (name, digest, ntpn(1))
    (paid,) = rows(file, "setoran.csv")
    assert (paid["setoran"], paid["rupiah"], paid["ntpn"]) == (str(deposit), "100000", ntpn(1))


def test_what_is_added_after_the_samples_instant_changes_no_byte(bangli):
    deposit = deposits(bangli, 60_000)
    proves(bangli, deposit)
    sample = draw(bangli)
    first = whole(sample)
    proves(bangli, deposit, b"%PDF-1.7 lain", now=LATER)
    pays(bangli, billed(bangli, 40_000, number=2, now=LATER), number=2, now=LATER)
    assert whole(sample) == first


def test_a_deposit_of_other_days_of_another_unit_or_not_paid_stays_out(world, bangli):
    proves(bangli, billed(bangli, 30_000, number=3))
    assert papers(opened(draw(bangli))) == []
    sells(world.nabire, world.noken)
    proves(bangli, deposits(bangli, 60_000))
    assert papers(opened(draw(world.nabire))) == []
    sells(bangli, world.endek, sold_on=YESTERDAY)
    early = opened(draw(bangli, day=YESTERDAY))
    assert rows(early, "setoran.csv") == []
    assert papers(early) == []


def test_a_paper_that_was_exchanged_is_seen_in_the_bundle_and_by_the_check(bangli):
    digest = proves(bangli, deposits(bangli, 100_000))
    sample = draw(bangli)
    assert pnbp_problems() == []
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table treasury_depositproof disable trigger user")
        cursor.execute("update treasury_depositproof set content = 'lain'")
    file = opened(sample)
    (name,) = papers(file)
    assert json.loads(file.read("manifest.json"))["files"][name] != digest
    assert rows(file, "bukti-setoran.csv")[0]["sha256"] == digest
    (problem,) = pnbp_problems()
    assert "isinya bukan lagi yang diterima" in problem
