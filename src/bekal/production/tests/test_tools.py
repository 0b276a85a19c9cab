"""Workshops: of which kind they are, and their tools, as they were said last."""

import datetime as dt
import io

import pytest
import python_calamine
from django.db import IntegrityError, connection, transaction

from bekal.accounts.rules import Role
from bekal.production import actions, queries
from bekal.production.models import Tool, ToolFact, WorkshopTrade
from bekal.production.rules.tools import CONDITION_LABELS, Condition, NewTool, ToolRefused, Trade
from bekal.production.tests.conftest import BANGLI, HERE
from bekal.production.tests.goods import a_workshop
from tests.support.world import NOON, TODAY, YOHANA

pytestmark = pytest.mark.django_db


@pytest.fixture
def sewing(world):
    """The sewing room of Nabire."""
    return a_workshop(world.nabire, name="Bengkel jahit")


def tell(unit, workshop, name="Mesin jahit", count=4, condition=Condition.GOOD, **changes):
    values = {"since": TODAY, "note": "", **changes}
    new = NewTool(name, count, condition, **values)
    actions.tell_tool(unit_id=unit, workshop_id=workshop, new=new, by=YOHANA, now=NOON)


def test_what_was_said_last_of_a_tool_holds_and_the_rest_stays(world, sewing):
    tell(world.nabire, sewing)
    tell(world.nabire, sewing)
    tell(world.nabire, sewing, "mesin JAHIT", 3, Condition.WORN)
    (fact,) = queries.tools_of(workshop_id=sewing)
    assert (fact.tool.name, fact.count, fact.condition) == ("Mesin jahit", 3, "worn")
    assert ToolFact.objects.count() == 2
    assert Tool.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"count": -1}, "count"),
        ({"since": TODAY + dt.timedelta(days=1)}, "since"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_what_cannot_be_is_refused(world, sewing, changes, field):
    with pytest.raises(ToolRefused) as refused:
        tell(world.nabire, sewing, **changes)
    assert refused.value.field == field
    assert not Tool.objects.exists()


def test_another_units_workshop_is_not_told_of(world, sewing):
    with pytest.raises(ToolRefused, match="tidak ada di unit Anda"):
        tell(world.bangli, sewing)
    assert not Tool.objects.exists()


@pytest.mark.parametrize(
    "sql",
    [
        "delete from production_tool",
        "delete from production_toolfact",
        "delete from production_workshoptrade",
    ],
)
def test_postgresql_keeps_what_was_said(world, sewing, sql):
    tell(world.nabire, sewing)
    given = {"unit_id": world.nabire, "workshop_id": sewing, "by": YOHANA, "now": NOON}
    actions.set_trade(**given, trade=Trade.CRAFT)
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_the_page_tells_and_changes(yohana, person, sewing, django_assert_max_num_queries):
    way = f"{HERE}kapasitas/{sewing}/alat/"
    sent = {"name": "Mesin jahit", "count": "4", "condition": "good", "since": "2026-04-27"}
    for _ in range(2):
        assert yohana.post(f"{way}catat/", sent).status_code == 302
    assert yohana.post(f"{way}catat/", {**sent, "count": ""}).status_code == 422
    for _ in range(2):
        assert yohana.post(f"{way}jenis/", {"trade": "manufacture"}).status_code == 302
    assert yohana.post(f"{way}jenis/", {"trade": "x"}).status_code == 422
    with django_assert_max_num_queries(11):
        page = yohana.get(way).content.decode()
    assert "Mesin jahit" in page
    assert "Manufaktur" in page
    assert (ToolFact.objects.count(), WorkshopTrade.objects.count()) == (1, 1)
    rani = person("Rani", (Role.AUDITOR, "papua"))
    assert "Simpan alat" not in rani.get(way).content.decode()
    assert rani.post(f"{way}catat/", sent).status_code == 403


def test_the_tools_are_taken_along(yohana, person, world, sewing, django_assert_max_num_queries):
    tell(world.nabire, sewing)
    tell(world.nabire, sewing, count=3, condition=Condition.WORN, note="satu patah")
    way = f"{HERE}kapasitas/{sewing}/alat/unduh/"
    with django_assert_max_num_queries(8):
        answer = yohana.get(way)
    assert answer["Content-Disposition"].endswith('bengkel-jahit-2026-04-27.csv"')
    lines = answer.content.decode().splitlines()
    assert lines[0].lstrip("\ufeff") == "alat;jumlah;keadaan;sejak;catatan"
    assert lines[1:] == [f"Mesin jahit;3;{CONDITION_LABELS[Condition.WORN]};2026-04-27;satu patah"]
    file = yohana.get(f"{way}?bentuk=xlsx").content
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file))
    assert book.get_sheet_by_index(0).to_python()[1][:2] == ["Mesin jahit", 3]
    assert (
        "alat/unduh/?&amp;bentuk=xlsx"
        in yohana.get(f"{HERE}kapasitas/{sewing}/alat/").content.decode()
    )
    wayan = person("Wayan", (Role.PETUGAS, "bangli"))
    assert wayan.get(f"{BANGLI}kapasitas/{sewing}/alat/unduh/").status_code == 404
