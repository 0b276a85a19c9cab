"""Rules and trials as pages show them. Asks nothing and writes nothing."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bekal.foundation import formats
from bekal.foundation.clock import Zone, local_day
from bekal.ledger.queries import Movement, RuleInBook
from bekal.ledger.rules import (
    ACCOUNT_LABELS,
    BASE_LABELS,
    AccountKind,
    Base,
    Form,
    Share,
    SplitRule,
    Step,
    explained,
    percent_text,
    split,
)
from bekal.places.queries import PlaceNow
from bekal.places.rules import Level


@dataclass(frozen=True)
class RuleShown:
    """A rule in words. `whose` names the place that adopted it; `days` when it holds."""

    rule: SplitRule
    activity: str
    whose: str
    days: str
    state: str
    state_kind: str
    written: str

    @property
    def base(self) -> str:
        """What the shares are taken of."""
        return BASE_LABELS[self.rule.base]

    @property
    def shares(self) -> list[tuple[str, str]]:
        """Each share as (who gets it, how much)."""
        return shares_text(self.rule)

    @property
    def source_link(self) -> str:
        """The address of its source, when the source is a web page."""
        return link_of(self.rule.source)


@dataclass(frozen=True)
class Trial:
    """A price split for trial: the band's amounts and the arithmetic."""

    rule: SplitRule
    gross: int
    base: int
    unit_price: int
    pieces: int
    amounts: list[tuple[str, int]]
    steps: list[tuple[str, Step]]

    @property
    def is_after_cost(self) -> bool:
        """Whether the cost goes first."""
        return self.rule.base is Base.AFTER_COST

    @property
    def rounded(self) -> list[str]:
        """Who gained a rupiah by the rounding."""
        return [label for label, step in self.steps if step.rounded]


def trial(rule: SplitRule, *, unit_price: int, pieces: int, unit_cost: int | None) -> Trial:
    """Split a price by a rule and tell how. Raises NeedsCost."""
    result = split(rule, unit_price=unit_price, pieces=pieces, unit_cost=unit_cost)
    # In the order of the chart, as on a receipt: a part has one colour wherever it is shown.
    ordered = sorted(result.parts, key=lambda part: list(AccountKind).index(part.account))
    steps = explained(rule, unit_price=unit_price, pieces=pieces, unit_cost=unit_cost)
    return Trial(
        rule,
        result.gross,
        result.base,
        unit_price,
        pieces,
        [(ACCOUNT_LABELS[part.account], part.amount) for part in ordered],
        [(ACCOUNT_LABELS[step.account], step) for step in steps],
    )


def side_by_side(before: Trial | None, after: Trial) -> list[list[tuple[str, int]]]:
    """The amounts of two trials, the same parts in the same order, so that colours compare."""
    trials = [trial for trial in (before, after) if trial]
    labels = dict.fromkeys(label for trial in trials for label, _ in trial.amounts)
    found = [dict(trial.amounts) for trial in trials]
    return [[(label, amounts.get(label, 0)) for label in labels] for amounts in found]


def shares_text(rule: SplitRule) -> list[tuple[str, str]]:
    """Each share of a rule as (who gets it, how much)."""
    return [(ACCOUNT_LABELS[share.account], _share_text(share)) for share in rule.shares]


def note_of(rule: SplitRule) -> str:
    """A rule in one line, for a choice among many."""
    shares = ", ".join(f"{label} {text}" for label, text in shares_text(rule))
    return f"{shares}; dari {BASE_LABELS[rule.base]}. Sumber: {rule.citation}."


def link_of(source: str) -> str:
    """The source when it is a web page, else nothing."""
    return source if source.startswith(("https://", "http://")) else ""


def shown(
    row: RuleInBook, *, line: Mapping[int, PlaceNow], names: Mapping[str, str], on: dt.date
) -> RuleShown:
    """A rule of the book in words; `line`: the places above by id, `names`: who acted by actor."""
    if row.is_to_come(on):
        state, kind = "Akan berlaku", "info"
    elif row.holds(on):
        state, kind = "Berlaku", "ok"
    else:
        state, kind = "Sudah berakhir", "neutral"
    zone = next((place.zone for place in line.values() if place.zone), Zone.WIB)
    written_on = local_day(row.adopted_at, zone)
    written = f"{names[row.adopted_by]}, {formats.date(written_on)}"
    return RuleShown(
        row.rule, row.activity, _whose(line.get(row.place_id)), _days(row), state, kind, written
    )


def all_shown(
    rows: Iterable[RuleInBook],
    *,
    line: Mapping[int, PlaceNow],
    names: Mapping[str, str],
    on: dt.date,
) -> list[RuleShown]:
    """Rules of the book in words, in their order."""
    return [shown(row, line=line, names=names, on=on) for row in rows]


@dataclass(frozen=True)
class Moved:
    """A movement as its account's page shows it; `address` leads to the receipt, if it has one."""

    occurred_on: dt.date
    memo: str
    posted_at: dt.datetime
    posted_on: dt.date
    posted_by: str
    amount: int
    balance: int
    address: str
    late_from: dt.date | None


def moved(move: Movement, *, names: Mapping[str, str], sign: int, sales: str, zone: Zone) -> Moved:
    """A movement with the sign of its account's side; `sales` is where the unit's receipts are."""
    kind, _, key = move.source.partition(":")
    address = f"{sales}{key}/" if kind == "sale" else ""
    return Moved(
        move.occurred_on,
        move.memo,
        move.posted_at,
        local_day(move.posted_at, zone),
        names[move.posted_by],
        sign * move.amount,
        sign * move.balance,
        address,
        move.late_from,
    )


def _share_text(share: Share) -> str:
    if share.form is Form.PERCENT:
        return percent_text(share.value)
    if share.form is Form.PER_PIECE:
        return f"{formats.rupiah(share.value)} tiap barang"
    return "sisanya"


def _whose(place: PlaceNow | None) -> str:
    if place is None or place.level is Level.CENTRE:
        return "aturan nasional"
    return "aturan unit ini sendiri" if place.level is Level.UNIT else f"aturan {place.name}"


def _days(row: RuleInBook) -> str:
    first = f"sejak {formats.date(row.first_day)}" if row.first_day else "sejak awal pencatatan"
    if row.ends is None:
        return first
    return f"{first} sampai {formats.date(row.ends - dt.timedelta(days=1))}"
