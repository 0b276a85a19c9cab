"""Sheets for other channels as files. A cell that looks like a formula is never one."""

from collections.abc import Iterable, Iterator

from bekal.foundation import exports
from bekal.foundation.exports import Table
from bekal.foundation.workbooks import XLSX as XLSX
from bekal.foundation.workbooks import workbook
from bekal.institutions.channels import Channel, Line

CSV = "text/csv; charset=utf-8"


def as_csv(channel: Channel, lines: Iterable[Line]) -> Iterator[str]:
    """The lines of the sheet as a CSV file."""
    return exports.csv_lines(channel.heading, (channel.cells(line) for line in lines))


def as_xlsx(channel: Channel, lines: Iterable[Line]) -> bytes:
    """The sheet as an XLSX file."""
    rows = [channel.cells(line) for line in lines]
    return workbook(Table("Produk", channel.heading, rows))
