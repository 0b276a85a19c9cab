"""docs/money.md cannot lie: its tables are read and computed anew."""

from pathlib import Path

import pytest

from bekal.foundation.ids import uuid7
from bekal.foundation.splitting import split_by_largest_remainder
from bekal.ledger import actions, queries
from bekal.ledger.models import DocumentedSplit
from bekal.ledger.rules import ACCOUNT_LABELS, CHART, AccountKind, Line, difference, split
from tests.support.world import NOON, TODAY, YOHANA

PAGE = (Path(__file__).parents[4] / "docs" / "money.md").read_text(encoding="utf-8")


def table(heading):
    """The rows of the first table under a heading, as dicts by the bare words of its head."""
    lines = PAGE.split(f"## {heading}\n", 1)[1].split("\n## ")[0].splitlines()
    rows = [
        [cell.strip().strip("`") for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|")
    ]
    assert len(rows) > 2, f"no table under {heading}"
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


def rupiah(cell):
    return None if cell == "-" else int(cell.replace(".", ""))


def numbers(cell):
    return [rupiah(part.strip()) for part in cell.split(",")]


def told(row):
    """What a row says of each account."""
    kinds = {str(kind) for kind in AccountKind}
    return {AccountKind(name): rupiah(cell) for name, cell in row.items() if name in kinds}


def amounts(parts, like):
    found = {part.account: part.amount for part in parts}
    assert found.keys() <= like.keys()
    return {account: found.get(account, 0) for account in like}


@pytest.fixture
def rule_of(world):
    def find(code):
        return queries.documented_rule(DocumentedSplit.objects.get(pk=code))

    return find


def test_the_chart_is_the_chart_of_the_code():
    rows = table("Chart of accounts")
    assert [row["account"] for row in rows] == [str(kind) for kind in AccountKind]
    for row in rows:
        kind = AccountKind(row["account"])
        side = "money" if CHART[kind].is_money else "claim"
        assert (row["side"], row["on pages"]) == (side, ACCOUNT_LABELS[kind])


def test_the_worked_cases_of_splitting_are_true(rule_of):
    for row in table("Splitting a sale"):
        result = split(
            rule_of(row["rule"]),
            unit_price=rupiah(row["price"]),
            pieces=rupiah(row["pieces"]),
            unit_cost=rupiah(row["cost"]),
        )
        assert amounts(result.parts, told(row)) == told(row), row


def test_the_worked_cases_of_rounding_are_true():
    for row in table("Rounding"):
        parts = split_by_largest_remainder(rupiah(row["rupiah"]), numbers(row["weights"]))
        assert parts == numbers(row["parts"]), row
        assert sum(parts) == rupiah(row["rupiah"])


def test_the_sequence_of_partial_refunds_is_true(rule_of):
    sale, *refunds = table("Partial refunds")

    def cumulative(pieces):
        rule = rule_of("kepmen-1990")
        return split(rule, unit_price=10_001, pieces=pieces, unit_cost=6_000)

    assert amounts(cumulative(5).parts, told(sale)) == told(sale)
    back = 0
    for row in refunds:
        moved = difference(cumulative(back + int(row["back"])), cumulative(back))
        assert amounts(moved, told(row)) == told(row), row
        assert sum(told(row).values()) == rupiah(row["price"])
        back += int(row["back"])
    for account, amount in told(sale).items():
        assert sum(told(row)[account] for row in refunds) == amount


def test_the_consignment_is_taken_by_the_book_and_split_by_its_rule(world, rule_of):
    units = {"Nabire": world.nabire, "Merauke": world.merauke}
    other = {"Nabire": world.merauke, "Merauke": world.nabire}
    rows = [
        (r["unit"], AccountKind(r["account"]), rupiah(r["amount"])) for r in table("Consignment")
    ]
    actions.post_entry(
        lines=[
            Line(
                units[unit],
                kind,
                amount,
                other[unit] if kind is AccountKind.SETTLEMENT else None,
            )
            for unit, kind, amount in rows
        ],
        key=uuid7(),
        occurred_on=TODAY,
        memo="titip jual",
        source="uji",
        by=YOHANA,
        now=NOON,
    )
    for name, unit in units.items():
        held = {(b.account, b.amount) for b in queries.balances_of(unit_id=unit)}
        assert held == {(kind, amount) for who, kind, amount in rows if who == name}
    result = split(rule_of("bangli-2023"), unit_price=100_000, pieces=1, unit_cost=None)
    claims = {kind: -amount for who, kind, amount in rows if who == "Merauke" and amount < 0}
    assert {part.account: part.amount for part in result.parts} == claims


def test_an_order_paid_to_one_unit_is_taken_by_the_book_and_nothing_is_left_of_its_refund(
    world, rule_of
):
    units = {"Bangli": world.bangli, "Merauke": world.merauke}
    rows = [
        (r["step"], r["unit"], AccountKind(r["account"]), rupiah(r["amount"]))
        for r in table("An order paid to one unit")
    ]
    other = {"Bangli": world.merauke, "Merauke": world.bangli}
    for step in dict.fromkeys(row[0] for row in rows):
        lines = [
            Line(units[u], kind, n, other[u] if kind is AccountKind.SETTLEMENT else None)
            for said, u, kind, n in rows
            if said == step
        ]
        if step == "sale of Bangli":
            rule = rule_of("bangli-2023")
            parts = split(rule, unit_price=100_000, pieces=1, unit_cost=None).parts
            assert {p.account: -p.amount for p in parts}.items() <= {
                (line.account, line.amount) for line in lines if line.unit_id == world.bangli
            }
        actions.post_entry(
            lines=lines,
            key=uuid7(),
            occurred_on=TODAY,
            memo=step,
            source="uji",
            by=YOHANA,
            now=NOON,
        )
    left = {b.account: b.amount for b in queries.balances_of(unit_id=world.merauke) if b.amount}
    assert left == {AccountKind.QRIS: 200_000, AccountKind.ORDER_ADVANCE: -200_000}
    assert not [b for b in queries.balances_of(unit_id=world.bangli) if b.amount]


def test_a_lie_on_the_page_would_be_found(monkeypatch, rule_of):
    monkeypatch.setattr(f"{__name__}.PAGE", PAGE.replace("| 6.000 |", "| 6.001 |"))
    with pytest.raises(AssertionError):
        test_the_worked_cases_of_splitting_are_true(rule_of)
