"""Goods are looked at point by point, and each good piece gets a code that no other piece has."""

import pytest
from django.db import DatabaseError, connection, transaction

from bekal.accounts.rules import Role
from bekal.foundation.ids import uuid7
from bekal.foundation.refusals import KeyReused, Refused
from bekal.people.tests.makers import rules, who_may_work
from bekal.places.queries import place_on
from bekal.production import actions, printed, queries
from bekal.production.actions import quality
from bekal.production.models import (
    BatchCorrection,
    PieceLabel,
    QualityCheck,
    QualityPoint,
    QualityResult,
    StockMove,
)
from bekal.production.rules import Finding, ModelOfWork, NewCheck, NewPoint
from bekal.production.tests.batches import DAY, corrects, makes
from bekal.production.tests.conftest import BANGLI, HERE
from bekal.production.tests.goods import a_workshop, level
from bekal.production.tests.work import limits, works
from bekal.ui import pdf
from tests.support.threads import at_once
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = pytest.mark.django_db
FACTS = (QualityPoint, QualityCheck, QualityResult, BatchCorrection, StockMove, PieceLabel)


def _a_batch(world, **changes):
    rules()
    limits(world.nabire, valid_from=TODAY - 30 * DAY, now=NOON - 30 * DAY)
    bench = a_workshop(world.nabire)
    petrus = who_may_work(world.nabire)
    works(petrus, world.nabire, bench)
    return makes(world.nabire, bench, world.noken, shares=((petrus, 300),), **changes)


@pytest.fixture
def batch(world):
    """Twelve good noken and one bad."""
    return _a_batch(world)


def looks_at(unit, text, *, category="", product=None, valid_from=TODAY):
    point = NewPoint(text, category, product, valid_from)
    return actions.add_point(unit_id=unit, point=point, by=YOHANA, now=NOON)


def looked(unit, batch, *findings, rejects=0, key=None):
    new = NewCheck(key or uuid7(), batch, tuple(Finding(*each) for each in findings), rejects)
    actions.check_batch_quality(unit_id=unit, new=new, by=YOHANA, now=NOON)


def mints(unit, batch):
    return actions.mint_labels(unit_id=unit, batch_id=batch, by=YOHANA, now=NOON)


def refused(act, *args, field="", **changes):
    """What is refused, in words; nothing may have changed then."""
    before = [list(model.objects.order_by("pk").values()) for model in FACTS]
    with pytest.raises(Refused) as no:
        act(*args, **changes)
    assert [list(model.objects.order_by("pk").values()) for model in FACTS] == before
    assert no.value.field == field
    return no.value.message


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def never(sql, *values, saying=""):
    with pytest.raises(DatabaseError, match=saying), transaction.atomic():
        run(sql, *values)


class TestPoints:
    def test_points_are_of_all_of_a_category_or_of_one_product(self, world):
        texts = {
            "rapi": {},
            "kuat": {"category": "kerajinan"},
            "lurus": {"product": world.noken},
            "tertutup": {"category": "minuman"},
            "nanti": {"valid_from": TODAY + DAY},
        }
        for text, changes in texts.items():
            looks_at(world.nabire, text, **changes)
        asked = {"unit_id": world.nabire, "on": TODAY}
        of_noken = queries.points_for(product_id=world.noken, **asked)
        of_coffee = queries.points_for(product_id=world.coffee, **asked)
        assert [point.text for point in of_noken] == ["kuat", "lurus", "rapi"]
        assert [point.text for point in of_coffee] == ["rapi", "tertutup"]

    def test_a_point_ends_and_is_then_no_more_looked_at(self, world):
        point = looks_at(world.nabire, "rapi")
        assert looks_at(world.nabire, "rapi") == point
        given = {"unit_id": world.nabire, "point_id": point, "by": YOHANA, "now": NOON}
        actions.end_point(on=TODAY, **given)
        actions.end_point(on=TODAY + DAY, **given)
        asked = {"unit_id": world.nabire, "product_id": world.noken}
        assert queries.points_for(on=TODAY, **asked) == []
        with pytest.raises(LookupError):
            actions.end_point(on=TODAY, **{**given, "unit_id": world.bangli})

    def test_what_says_nothing_is_refused(self, world):
        refused(looks_at, world.nabire, " ", field="text")
        refused(looks_at, world.nabire, "x" * 121, field="text")
        both = {"category": "minuman", "product": world.coffee}
        refused(looks_at, world.nabire, "rapi", field="product", **both)
        refused(looks_at, world.nabire, "rapi", product=world.endek, field="product")


class TestLooking:
    def test_what_did_not_pass_is_corrected_from_good_to_rejected(self, world, batch):
        neat, strong = looks_at(world.nabire, "rapi"), looks_at(world.nabire, "kuat")
        looked(world.nabire, batch, (neat, True), (strong, False, "tali lepas"), rejects=2)
        assert level(world.noken) == (10, 0)
        row = queries.batch_row(unit_id=world.nabire, batch_id=batch)
        assert row is not None
        assert (row.good, row.rejected) == (10, 3)
        assert BatchCorrection.objects.get().reason == "Tidak lulus: kuat"
        (check,) = queries.checks_of(batch_id=batch)
        assert {result.passed for result in check.results.all()} == {True, False}
        assert queries.batch_problems() == []

    def test_a_repeat_is_written_once(self, world, batch):
        neat, key = looks_at(world.nabire, "rapi"), uuid7()
        for _ in range(2):
            looked(world.nabire, batch, (neat, False), rejects=2, key=key)
        assert (QualityCheck.objects.count(), BatchCorrection.objects.count()) == (1, 1)
        with pytest.raises(KeyReused):
            looked(world.nabire, batch, (neat, False), rejects=3, key=key)

    def test_what_is_not_answered_is_refused(self, world, batch):
        neat, strong = looks_at(world.nabire, "rapi"), looks_at(world.nabire, "kuat")
        refused(looked, world.nabire, batch, (neat, True), field="findings")
        both = ((neat, True), (strong, False))
        refused(looked, world.nabire, batch, *both, rejects=13, field="rejects")
        passed = ((neat, True), (strong, True))
        refused(looked, world.nabire, batch, *passed, rejects=1, field="findings")
        with pytest.raises(LookupError):
            looked(world.bangli, batch, *passed)


class TestLabels:
    def test_each_good_piece_has_a_code_and_keeps_it(self, world, batch):
        assert mints(world.nabire, batch) == 12
        codes = queries.labels_of(batch_id=batch, good=12)
        assert len(set(codes)) == 12
        assert mints(world.nabire, batch) == 0
        corrects(world.nabire, batch, good=10, rejected=3)
        assert queries.labels_of(batch_id=batch, good=10) == codes[:10]
        corrects(world.nabire, batch, good=13)
        assert mints(world.nabire, batch) == 1
        assert queries.labels_of(batch_id=batch, good=13)[:12] == codes

    def test_a_code_that_another_piece_has_is_drawn_anew(self, world, batch, monkeypatch):
        drawn = iter(
            ["L-0000-0000", *["L-0000-0001"] * 12, *(f"L-0000-{n:04d}" for n in range(2, 99))]
        )
        monkeypatch.setattr(quality, "random_code", lambda _: next(drawn))
        assert mints(world.nabire, batch) == 12
        assert PieceLabel.objects.count() == 12

    def test_too_many_are_refused(self, world):
        batch = _a_batch(world, good=501)
        assert "500" in refused(mints, world.nabire, batch)
        with pytest.raises(LookupError):
            mints(world.bangli, batch)

    def test_sheets_are_printed_without_a_maker(self, world, batch):
        mints(world.nabire, batch)
        row = queries.batch_row(unit_id=world.nabire, batch_id=batch)
        codes = queries.labels_of(batch_id=batch, good=12)
        unit = place_on(code="lapas-kelas-iib-nabire", on=TODAY)
        assert row is not None
        assert unit is not None
        made = printed.labels(row, codes, unit=unit, at=NOON)
        assert made.startswith(b"%PDF")
        assert printed.label_address(codes[0]).endswith(f"/L/{codes[0]}")
        assert made == printed.labels(row, codes, unit=unit, at=NOON)


class TestPromises:
    LABEL = """
    insert into production_piecelabel (code, batch_id, piece, minted_at, minted_by)
    values (%s, %s, %s, now(), 'x')
    """

    def test_labels_are_no_more_than_pieces_and_final(self, world, batch):
        never(self.LABEL, "L-0000-0000", batch, 13, saying="no more labels")
        never(self.LABEL, "L-0000-0000", batch, 0, saying="counts_from_one")
        never(self.LABEL, "X", batch, 1, saying="code_is_one")
        run(self.LABEL, "L-0000-0000", batch, 1)
        never(self.LABEL, "L-0000-0001", batch, 1, saying="once")
        never(self.LABEL, "L-0000-0000", batch, 2, saying="pkey")
        never("update production_piecelabel set piece = 3", saying="final")

    def test_points_checks_and_results_are_what_they_were(self, world, batch):
        neat = looks_at(world.nabire, "rapi")
        looked(world.nabire, batch, (neat, True))
        for table in ("qualitycheck", "qualityresult", "qualitypoint"):
            never(f"delete from production_{table}", saying="final")
        never("update production_qualityresult set passed = false", saying="final")
        never("update production_qualitypoint set text = 'lain'", saying="only be ended")
        never("update production_qualitypoint set ended_on = now()", saying="only be ended")
        theirs = looks_at(world.bangli, "rapi")
        check = QualityCheck.objects.get().pk
        never(
            "insert into production_qualityresult (check_id, point_id, passed, note)"
            " values (%s, %s, true, '')",
            check,
            theirs,
            saying="points of its unit",
        )


class TestPages:
    def test_a_unit_says_what_it_looks_at(self, yohana, world):
        there = f"{HERE}produksi/titik-periksa/"
        assert "Belum ada titik periksa." in yohana.get(there).content.decode()
        sent = {"text": "rapi", "category": "", "product": "", "valid_from": TODAY.isoformat()}
        assert yohana.post(f"{there}baru/", {**sent, "text": ""}).status_code == 422
        assert yohana.post(f"{there}baru/", sent).url == f"{there}?tersimpan=titik"
        point = QualityPoint.objects.get()
        assert "rapi" in yohana.get(there).content.decode()
        yohana.post(f"{there}{point.pk}/akhiri/")
        assert "sampai sebelum" in yohana.get(there).content.decode()

    def test_a_batch_is_looked_at_on_one_page(self, yohana, world, batch):
        there = f"{HERE}produksi/{batch}/"
        assert "Belum ada titik periksa" in yohana.get(f"{there}periksa/").content.decode()
        point = looks_at(world.nabire, "rapi")
        sent = {"key": str(uuid7()), f"point_{point}": "tidak", f"note_{point}": "", "rejects": "3"}
        wrong = yohana.post(f"{there}periksa/", {**sent, f"point_{point}": ""})
        assert wrong.status_code == 422
        assert "Pilih lulus atau tidak." in wrong.content.decode()
        answer = yohana.post(f"{there}periksa/", sent)
        assert answer.url == f"{there}?tersimpan=periksa"
        page = yohana.get(answer.url).content.decode()
        assert "3 tidak lulus" in page
        assert level(world.noken) == (9, 0)
        again = yohana.post(f"{there}periksa/", {**sent, "rejects": "4"})
        assert again.status_code == 409

    def test_labels_are_made_and_printed(self, yohana, person, world, batch):
        there = f"{HERE}produksi/{batch}/"
        assert yohana.get(f"{there}label.pdf").url == f"{there}?tersimpan=tanpa-label"
        assert yohana.post(f"{there}label/").url == f"{there}?tersimpan=label"
        assert "12 label" in yohana.get(there).content.decode()
        answer = yohana.get(f"{there}label.pdf")
        assert answer["Content-Type"] == pdf.CONTENT_TYPE
        wayan = person("Wayan", (Role.PETUGAS, "bangli"))
        theirs = f"{BANGLI}produksi/{batch}/"
        assert wayan.post(f"{theirs}label/").status_code == 404
        assert wayan.get(f"{theirs}label.pdf").status_code == 404

    def test_a_service_has_no_labels(self, yohana, world):
        batch = _a_batch(world, model=ModelOfWork.SERVICE)
        assert "Buat label" not in yohana.get(f"{HERE}produksi/{batch}/").content.decode()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_clicks_make_each_label_once(committed_world):
    batch = _a_batch(committed_world)
    made = at_once(8, lambda _: mints(committed_world.nabire, batch))
    assert sorted(made) == [0] * 7 + [12]
    assert PieceLabel.objects.count() == 12
