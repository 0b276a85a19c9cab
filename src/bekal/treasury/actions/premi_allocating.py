"""Premi that sales set aside is divided among the makers of what was sold."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db import transaction

from bekal.foundation.actors import Actor
from bekal.foundation.ids import uuid7
from bekal.ledger import actions as ledger
from bekal.ledger.rules import AccountKind, Line
from bekal.production import queries as production
from bekal.treasury import queries
from bekal.treasury.actions.premi_recording import claims_of, lock_premi, record
from bekal.treasury.models import AllocatedLine, AllocatedPart, Allocation, PremiEarning
from bekal.treasury.queries import ReturnedLine, WaitingLine
from bekal.treasury.rules.premi import (
    Change,
    Made,
    Shares,
    by_minutes,
    changes,
    come_back,
    share_out,
    take,
)

_AT_ONCE = 2_000


@dataclass
class _Pool:
    """What is left of the batches of each product while lines are divided."""

    made: dict[int, list[Made]]
    places: dict[UUID, tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.places = {
            one.batch: (product, place)
            for product, ones in self.made.items()
            for place, one in enumerate(ones)
        }

    def shares(self) -> dict[UUID, Shares]:
        return {one.batch: one.shares for ones in self.made.values() for one in ones}

    def change(self, batch: UUID, *, pieces: int, debt: int) -> None:
        product, place = self.places[batch]
        one = self.made[product][place]
        self.made[product][place] = replace(one, left=one.left + pieces, debt=one.debt + debt)


@dataclass
class _Sheet:
    """The rows of one act."""

    act: Allocation
    lines: list[AllocatedLine] = field(default_factory=list)
    parts: list[AllocatedPart] = field(default_factory=list)
    earnings: list[PremiEarning] = field(default_factory=list)

    def add_line(self, *, sale_line: int, pieces: int, amount: int) -> AllocatedLine:
        line = AllocatedLine(
            allocation=self.act,
            source=f"saleline:{sale_line}",
            sale_line_id=sale_line,
            pieces=pieces,
            amount=amount,
            is_lost=False,
        )
        self.lines.append(line)
        return line

    def add_return(
        self, refund_line: int, *, sale_line: int, pieces: int, amount: int, is_lost: bool
    ) -> AllocatedLine:
        line = AllocatedLine(
            allocation=self.act,
            source=f"refundline:{refund_line}",
            sale_line_id=sale_line,
            refund_line_id=refund_line,
            pieces=-pieces,
            amount=-amount,
            is_lost=is_lost,
        )
        self.lines.append(line)
        return line

    def add_part(self, line: AllocatedLine, change: Change, *, shares: Shares, on: dt.date) -> None:
        """A batch's part of a line, and what each maker earns by it (or less)."""
        self.parts.append(
            AllocatedPart(
                line=line,
                batch=change.batch,
                pieces=change.pieces,
                amount=change.amount,
                repaid=change.repaid,
                borne=change.borne,
            )
        )
        minutes = dict(shares)
        self.earnings += [
            PremiEarning(
                allocation=self.act,
                unit_id=self.act.unit_id,
                maker_id=maker,
                line=line,
                source=line.source,
                batch=change.batch,
                pieces=change.pieces,
                minutes=minutes[maker],
                minutes_of_all=sum(minutes.values()),
                amount=amount,
                earned_on=on,
            )
            for maker, amount in change.earned
            if amount
        ]

    def write(self) -> None:
        self.act.save(force_insert=True)
        AllocatedLine.objects.bulk_create(self.lines, batch_size=_AT_ONCE)
        AllocatedPart.objects.bulk_create(self.parts, batch_size=_AT_ONCE)
        PremiEarning.objects.bulk_create(self.earnings, batch_size=_AT_ONCE)

    def entry(self) -> list[Line]:
        """The same in the ledger: out of what was set aside, to makers and the fund."""
        unit = self.act.unit_id
        by_maker: dict[str, int] = {}
        for earning in self.earnings:
            by_maker[earning.maker_id] = by_maker.get(earning.maker_id, 0) + earning.amount
        out = Line(unit, AccountKind.PREMI_UNALLOCATED, sum(line.amount for line in self.lines))
        fund = sum(part.borne - part.repaid for part in self.parts)
        lines = [out, Line(unit, AccountKind.CAPITAL, fund), *claims_of(unit, by_maker)]
        return [line for line in lines if line.amount]


@transaction.atomic
def allocate_premi(*, unit_id: int, on: dt.date, by: Actor, now: dt.datetime) -> int:
    """Divide what can be divided of a unit's premi; returns how many lines of receipts that was.

    Each line is divided once, whole, when there are batches for all of its pieces; what came back
    of a divided line changes what its makers earned, unless that stands in a payment. What has no
    batch is left where it is. `on` is the day of the entry. Doing it again changes nothing.
    """
    lock_premi(unit_id)
    returned = queries.returned_lines(unit_id=unit_id)
    waiting = queries.waiting_lines(unit_id=unit_id)
    products = {one.product_id for one in returned} | {one.product_id for one in waiting}
    batches = production.batches_with_shares(unit_id=unit_id, product_ids=products)
    pool = _Pool(queries.made_of(batches))
    act = Allocation(key=uuid7(), unit_id=unit_id, on=on, allocated_at=now, allocated_by=str(by))
    sheet = _Sheet(act)
    _take_back(sheet, returned, pool=pool)
    for line in waiting:
        _divide(sheet, line, pool=pool)
    if not sheet.lines:
        return 0
    sheet.write()
    _book(sheet, on=on, by=by, now=now)
    return len(sheet.lines)


def _book(sheet: _Sheet, *, on: dt.date, by: Actor, now: dt.datetime) -> None:
    act, lines = sheet.act, sheet.entry()
    if lines:
        ledger.post_entry(
            lines=lines,
            key=act.key,
            occurred_on=on,
            memo="Premi dibagi kepada pembuat",
            source=f"premi:{act.key}",
            by=by,
            now=now,
        )
    detail = {"lines": len(sheet.lines), "premi": sum(line.amount for line in sheet.lines)}
    key = f"allocation:{act.key}"
    record("allocate_premi", key, unit_id=act.unit_id, detail=detail, by=by, now=now)


def _divide(sheet: _Sheet, waiting: WaitingLine, *, pool: _Pool) -> None:
    """A line to the makers of its pieces, if there are batches for all of them."""
    made = pool.made.get(waiting.product_id, [])
    taken = take(made, pieces=waiting.pieces, sold_on=waiting.sold_on)
    if waiting.pieces and not taken:
        return
    line = sheet.add_line(sale_line=waiting.id, pieces=waiting.pieces, amount=waiting.premi)
    for refund_line in waiting.refund_lines:
        sheet.add_return(refund_line, sale_line=waiting.id, pieces=0, amount=0, is_lost=False)
    for part in share_out(taken, premi=waiting.premi):
        earned = tuple(by_minutes(part.earned, part.shares).items())
        change = Change(part.batch, part.pieces, part.amount, part.repaid, 0, earned)
        sheet.add_part(line, change, shares=part.shares, on=waiting.sold_on)
        pool.change(part.batch, pieces=-part.pieces, debt=-part.repaid)


def _take_back(sheet: _Sheet, returned: Sequence[ReturnedLine], *, pool: _Pool) -> None:
    """What came back of divided lines, one return after the other."""
    lines = {one.sale_line_id for one in returned}
    shares = pool.shares()
    stand = queries.parts_of(sale_lines=lines, shares=shares) if lines else {}
    kept = queries.kept_by_makers(sale_lines=lines) if lines else {}
    for one in returned:
        before = stand.get(one.sale_line_id, [])
        after = come_back(
            before, pieces=one.pieces, premi=sum(part.amount for part in before) - one.premi
        )
        stand[one.sale_line_id] = after
        line = sheet.add_return(
            one.id,
            sale_line=one.sale_line_id,
            pieces=one.pieces,
            amount=one.premi,
            is_lost=one.is_lost,
        )
        paid = kept.get(one.sale_line_id, set())
        for change in changes(before, after, paid=paid):
            if change.is_none:
                continue
            sheet.add_part(line, change, shares=shares[change.batch], on=one.sold_on)
            if not one.is_lost:
                debt = change.borne - change.repaid
                pool.change(change.batch, pieces=-change.pieces, debt=debt)
