"""For which ask a line of a bank statement is: certain, likely, or for a person to find."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery

from bekal.payments.models import IS_UNSETTLED, Request, StatementLine, Verdict
from bekal.payments.queries.asks import Ask, shown_ask
from bekal.payments.queries.codes import labels_in
from bekal.payments.queries.recorded import Recorded, recorded_of
from bekal.payments.rules import DIGITS_REST, Aside, LineState, Method, State

_SEARCHED = dt.timedelta(days=90)
_ENDS = {
    State.CANCELLED: ", tetapi tagihannya sudah dibatalkan",
    State.EXPIRED: ", tetapi waktu tagihannya sudah habis",
}
MOST_SHOWN = 200


@dataclass(frozen=True)
class Suggestion:
    """An ask that a line may be for, and why; a certain one is matched without asking."""

    ask: Ask
    why: str
    is_certain: bool


@dataclass(frozen=True)
class LineShown:
    """A line of a statement that is undecided; `has_twin`: it may stand there twice.

    `recorded` is what may have told of the same money before.
    """

    id: int
    day: dt.date
    amount: int
    text: str
    bank_reference: str
    suggestion: Suggestion | None
    has_twin: bool
    recorded: Recorded | None = None

    @property
    def gap(self) -> int:
        """What came in beyond what is to be paid; below zero where it is too little."""
        return self.amount - self.suggestion.ask.to_pay if self.suggestion else 0


def open_lines(*, unit_id: int) -> list[LineShown]:
    """The lines of a unit that are undecided, the oldest first, each with what it may be for.

    Six statements, whatever their number.
    """
    rows = list(
        StatementLine.objects.filter(unit_id=unit_id, state=LineState.OPEN).order_by("day", "id")[
            :MOST_SHOWN
        ]
    )
    return _shown(rows, unit_id=unit_id)


def _shown(rows: Sequence[StatementLine], *, unit_id: int) -> list[LineShown]:
    asks = candidates(unit_id=unit_id, lines=rows)
    twins = twins_among(unit_id=unit_id, lines=rows)
    owed = {ask.label for ask in asks if ask.state is State.OPEN}
    recorded = recorded_of(unit_id=unit_id, lines=rows, owed=owed)
    return [
        LineShown(
            id=row.pk,
            day=row.day,
            amount=row.amount,
            text=row.text,
            bank_reference=row.bank_reference,
            suggestion=suggested(row, asks),
            has_twin=row.pk in twins,
            recorded=recorded.get(row.pk),
        )
        for row in rows
    ]


def line_in(*, unit_id: int, line_id: int) -> LineShown | None:
    """One undecided line of a unit."""
    rows = list(StatementLine.objects.filter(unit_id=unit_id, pk=line_id, state=LineState.OPEN))
    return next(iter(_shown(rows, unit_id=unit_id)), None)


def is_decided(*, unit_id: int, line_id: int) -> bool:
    """Whether a unit has such a line and somebody has said what it is."""
    lines = StatementLine.objects.filter(unit_id=unit_id, pk=line_id)
    return lines.exclude(state=LineState.OPEN).exists()


def candidates(*, unit_id: int, lines: Sequence[StatementLine]) -> list[Ask]:
    """The asks that lack money and have a sum or a name that stands in some of the lines."""
    if not lines:
        return []
    amounts = {line.amount for line in lines}
    labels = {label for line in lines for label in labels_in(line.text)}
    since = min(line.day for line in lines) - _SEARCHED
    rows = Request.objects.filter(
        IS_UNSETTLED,
        unit_id=unit_id,
        asked_at__gte=dt.datetime.combine(since, dt.time.min, dt.UTC),
    )
    asked = rows.filter(
        Q(payable__in=amounts) | Q(amount__in=amounts) | Q(label__in=labels), settled=0
    )
    less = rows.annotate(owed=F("amount") - F("reduced") - F("settled")).filter(
        Q(owed__in=amounts) | Q(label__in=labels), Q(settled__gt=0) | Q(reduced__gt=0)
    )
    found = {row.id: row for row in (*asked, *less)}
    return [
        shown_ask(row) for row in sorted(found.values(), key=lambda row: (row.asked_at, row.id))
    ]


def suggested(line: StatementLine, asks: Iterable[Ask]) -> Suggestion | None:
    """The best ask for a line. Certain is the exact sum of one open transfer, or sum and name."""
    possible = [ask for ask in asks if ask.asked_at.astimezone(dt.UTC).date() <= line.day]
    named = [ask for ask in possible if ask.label in labels_in(line.text)]
    exact = [ask for ask in possible if ask.is_told(line.amount) and not ask.settled]
    both = [ask for ask in exact if ask in named]
    if len(both) == 1:
        return Suggestion(both[0], "Jumlah dan kode pesanannya sama", is_certain=True)
    fresh = [ask for ask in exact if _is_fresh(ask, line)]
    if len(exact) == 1 and fresh and fresh[0].method is Method.TRANSFER and not named:
        return Suggestion(exact[0], "Jumlahnya sama persis", is_certain=True)
    return _likely(line, possible, named=named)


def _likely(
    line: StatementLine, possible: Sequence[Ask], *, named: Sequence[Ask]
) -> Suggestion | None:
    """What a person may look at: the first way in which a single ask fits."""
    fits = [ask for ask in possible if ask.is_told(line.amount)]
    for found, why in (
        (
            [ask for ask in fits if ask in named],
            "Kode pesanannya sama, jumlahnya yang masih kurang",
        ),
        (named, "Kode pesanannya ada di keterangan, jumlahnya lain"),
        ([ask for ask in fits if not ask.settled], "Jumlahnya sama"),
        ([ask for ask in fits if ask.settled], "Jumlahnya sama dengan yang masih kurang"),
        (
            [
                ask
                for ask in possible
                if line.amount == ask.amount != ask.payable and not ask.settled
            ],
            "Jumlahnya sama tanpa kode unik",
        ),
    ):
        likely = [ask for ask in found if ask.state is State.OPEN] or found
        if len(likely) == 1:
            return Suggestion(likely[0], why + _ENDS.get(likely[0].state, ""), is_certain=False)
    return None


def _is_fresh(ask: Ask, line: StatementLine) -> bool:
    """Whether the digits of an ask were nobody else's on the day of the line."""
    return line.day - ask.asked_at.astimezone(dt.UTC).date() <= DIGITS_REST


def twins_among(*, unit_id: int, lines: Sequence[StatementLine]) -> set[int]:
    """Those of these lines whose day and sum a line of another file has too.

    It may be the same money, written otherwise: MT940 beside CSV, or a CSV without its balances. A
    line that was set aside as such makes no other one doubtful: else both would be set aside.
    """
    days, amounts = {line.day for line in lines}, {line.amount for line in lines}
    rows = StatementLine.objects.filter(unit_id=unit_id, day__in=days, amount__in=amounts)
    last = Verdict.objects.filter(line=OuterRef("pk")).order_by("-id").values("reason")[:1]
    rows = rows.annotate(why=Subquery(last)).exclude(state=LineState.ASIDE, why=Aside.TWIN)
    files: dict[tuple[dt.date, int], set[UUID]] = {}
    for day, amount, file in rows.values_list("day", "amount", "source_id") if lines else ():
        files.setdefault((day, amount), set()).add(file)
    return {line.pk for line in lines if len(files.get((line.day, line.amount), ())) > 1}
