"""The reports of the books as tables: the same rows for the page, the file and the paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bekal.foundation import formats
from bekal.ledger.queries import BookLine
from bekal.ledger.rules import ACCOUNT_LABELS, CHART, AccountKind
from bekal.treasury.queries.books import IN_PARTS, Book
from bekal.treasury.rules.books import MONEY_KINDS, Report, Sums, cause_label, sided

Cell = str | int | None
Cells = tuple[Cell, ...]


@dataclass(frozen=True)
class Row:
    """A row of a report; `slug` is the word of its account in addresses, `cause` that of a cause.

    `opening` and `closing` are as the page writes them.
    """

    name: str
    sums: Sums
    slug: str = ""
    cause: str = ""
    text: str = ""
    has_parts: bool = False

    @property
    def opening(self) -> str:
        """What was there before, with its side."""
        return sided(self.sums.opening)

    @property
    def closing(self) -> str:
        """What is there afterwards, with its side."""
        return sided(self.sums.closing)


@dataclass(frozen=True)
class Section:
    """Some rows with their sum."""

    head: str
    rows: list[Row]

    @property
    def total(self) -> Sums:
        """The sum of the rows."""
        return sum((row.sums for row in self.rows), start=Sums())

    @property
    def whole(self) -> Row:
        """The sum as a row."""
        return Row("Jumlah", self.total)


@dataclass(frozen=True)
class Table:
    """A table for a file: heads, rows of cells with bare numbers, and rows of sums.

    `wide` is the column that takes the room which a paper has left.
    """

    heads: Sequence[str]
    rows: list[Cells]
    totals: list[Cells]
    wide: int = 0


def trial(book: Book) -> Section:
    """The trial balance: every kind of account; its sums are zero, debit equals credit."""
    return Section("Akun", [_row(kind, sums) for kind, sums in book.by_kind().items()])


def funds(book: Book) -> list[Section]:
    """Where the money is and whose it is, positive on both sides; both have one sum."""
    found = book.by_kind()
    money = [_row(kind, sums) for kind, sums in found.items() if CHART[kind].is_money]
    claims = [_row(kind, sums.turned()) for kind, sums in found.items() if not CHART[kind].is_money]
    return [Section("Untuk siapa uang itu", claims), Section("Di mana uangnya", money)]


def flows(book: Book) -> Section:
    """Receipts and payments of cash, bank and QRIS, by what caused them."""
    found = book.by_cause(MONEY_KINDS)
    rows = [Row(cause_label(cause), sums, cause=cause) for cause, sums in found.items()]
    moved = [row for row in rows if row.sums.debit or row.sums.credit]
    return Section("Sebab", sorted(moved, key=lambda row: (-row.sums.debit, row.name)))


def as_table(report: Report, book: Book) -> Table:
    """A report as the table of a file."""
    if report is Report.FUNDS:
        return _funds_table(funds(book))
    if report is Report.FLOWS:
        return _flows_table(flows(book), book.of(MONEY_KINDS))
    section = trial(book)
    rows: list[Cells] = [(row.name, *_cells(row.sums)) for row in section.rows]
    heads = ("akun", "saldo_awal", "debit", "kredit", "saldo_akhir")
    return Table(heads, rows, [("Jumlah", *_cells(section.total))])


def _funds_table(sections: list[Section]) -> Table:
    heads = ("bagian", "nama", "saldo_awal", "bertambah", "berkurang", "saldo_akhir")
    rows: list[Cells] = [
        (section.head, row.name, *_cells(row.sums)) for section in sections for row in section.rows
    ]
    totals: list[Cells] = [(each.head, "Jumlah", *_cells(each.total)) for each in sections]
    return Table(heads, rows, totals, wide=1)


def _flows_table(section: Section, money: Sums) -> Table:
    rows: list[Cells] = [(row.name, row.sums.debit, row.sums.credit) for row in section.rows]
    totals: list[Cells] = [
        ("Jumlah", money.debit, money.credit),
        ("Saldo awal", money.opening, None),
        ("Saldo akhir", money.closing, None),
    ]
    return Table(("sebab", "masuk", "keluar"), rows, totals)


def of_lines(lines: Iterable[BookLine], *, opening: int | None) -> Table:
    """Lines of a book as the table of a file; without an opening no balances are told."""
    heads = ("tanggal", "jurnal", "keterangan", "sebab", "sumber", "debit", "kredit", "saldo")
    kept = list(lines)
    rows: list[Cells] = [
        (
            line.occurred_on.isoformat(),
            line.entry_id,
            line.memo,
            cause_label(line.source.partition(":")[0]),
            line.source,
            line.debit or None,
            line.credit or None,
            None if opening is None else opening + line.running,
        )
        for line in kept
    ]
    debit, credit = (sum(line.debit for line in kept), sum(line.credit for line in kept))
    end = None if opening is None else opening + debit - credit
    totals: list[Cells] = [("", None, "Jumlah", "", "", debit, credit, end)]
    if opening is not None:
        totals.append(("", None, "Saldo awal", "", "", None, None, opening))
    return Table(heads, rows, totals, wide=2)


def as_texts(rows: Iterable[Cells]) -> list[list[str]]:
    """Cells as a paper prints them: thousands with points."""
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: Cell) -> str:
    return formats.thousands(cell) if isinstance(cell, int) else cell or ""


def _cells(sums: Sums) -> tuple[int, int, int, int]:
    return (sums.opening, sums.debit, sums.credit, sums.closing)


def _row(kind: AccountKind, sums: Sums) -> Row:
    meaning = CHART[kind]
    return Row(
        ACCOUNT_LABELS[kind],
        sums,
        slug=meaning.slug,
        text=meaning.text,
        has_parts=kind in IN_PARTS,
    )
