"""The evidence of a sample as one ZIP file: facts as tables, a paper, and what proves them whole.

The same sample gives the same bytes for ever: facts are those of its instant, persons are told by
their keys (names may change), times in the file are that instant's. The file is made while it is
sent, so that a large one waits for nothing and is never held whole.
"""

import datetime as dt
import hashlib
import json
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import IO, Any, cast

from bekal.audit import queries as audit
from bekal.audit.rules import chain_of_place
from bekal.foundation import exports, formats
from bekal.foundation.clock import Period, Zone, local_day
from bekal.ledger import queries as ledger
from bekal.places import queries as places
from bekal.places.queries import PlaceNow
from bekal.sales import queries as sales
from bekal.treasury import bundle_deposits
from bekal.treasury import bundle_tables as tables
from bekal.treasury.models import Sample, SampleItem
from bekal.treasury.queries.deposits import paid_behind, papers_behind
from bekal.treasury.queries.samples import is_the_same
from bekal.treasury.rules.samples import METHOD_WORDS, VERDICT_LABELS, Verdict, rank
from bekal.ui import pdf

FOUND = ("urutan", "nota", "id", "tanggal", "rupiah", "hasil", "catatan", "oleh", "pada")
_READ_ME = """Bukti pemeriksaan dari Bekal.

manifest.json menyebut SHA-256 setiap berkas lain dan ujung rantai audit pada saat acuan.
Memeriksa berkas: sha256sum <nama berkas>, lalu bandingkan dengan manifest.json.
Memeriksa pengambilan: hitung SHA-256 dari teks "<benih>:<id nota>" untuk setiap nota, urutkan,
ambil dari depan. Kolom peringkat pada nota.csv memuat angka itu.
Memeriksa setoran: setoran.csv memuat setoran PNBP yang mungkin membayar hari-hari sampel ini,
bukti-setoran.csv menyebut SHA-256 setiap bukti ketika diterima; samakan dengan manifest.json.
Memeriksa rantai: segel = SHA-256 dari segel sebelumnya disambung isi catatan (lihat jejak.csv dan
src/bekal/audit/rules.py).
"""


def unit_codes(unit_ids: Collection[int], *, on: dt.date) -> dict[int, tuple[str, str]]:
    """Code and name of units as they were last called up to a day."""
    return places.last_called(place_ids=set(unit_ids), on=on)


def found_cells(item: Any, names: Mapping[str, str]) -> tuple[object, ...]:  # noqa: ANN401
    """A receipt of `queries.items_of` with what was found, in the order of FOUND."""
    verdict = VERDICT_LABELS[Verdict(item.verdict)] if item.verdict else ""
    at = item.noted_at.isoformat(timespec="seconds") if item.noted_at else ""
    by = names.get(item.noted_by, "") if item.noted_by else ""
    sale = item.sale
    head = (item.position, str(sale), str(sale.pk), sale.sold_on, sale.total)
    return (*head, verdict, item.note or "", by, at)


def chunks(sample: Sample, place: PlaceNow) -> Iterator[bytes]:
    """The ZIP file of a sample piece by piece, each file when it is ready."""
    tape = _Tape()
    stamp = sample.as_of.astimezone(dt.UTC)
    sums: dict[str, str] = {}
    with zipfile.ZipFile(cast("IO[bytes]", tape), "w") as file:  # it writes and never seeks
        for name, content in _files(sample, place):
            sums[name] = hashlib.sha256(content).hexdigest()
            _put(file, name, content, stamp=stamp)
            yield tape.taken()
        manifest = {"files": sums, **_proof(sample)}
        _put(file, "manifest.json", _json(manifest), stamp=stamp)
    yield tape.taken()


class _Tape:
    """A file that can only be written, and gives what was written since it was last asked."""

    def __init__(self) -> None:
        """Nothing is written yet."""
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Take a piece."""
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits."""

    def taken(self) -> bytes:
        """All that was written since."""
        pieces, self._pieces = b"".join(self._pieces), []
        return pieces


def _put(file: zipfile.ZipFile, name: str, content: bytes, *, stamp: dt.datetime) -> None:
    info = zipfile.ZipInfo(name, date_time=stamp.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    file.writestr(info, content)


def _files(sample: Sample, place: PlaceNow) -> Iterator[tuple[str, bytes]]:
    items = list(sample.items.order_by("position"))
    ids = [item.sale_id for item in items]
    kept = {sale.pk: sale for sale in sales.whole_receipts(sale_ids=ids)}
    receipts = [kept[sale_id] for sale_id in ids]
    until, on = sample.as_of, local_day(sample.as_of, Zone.WIB)
    codes = unit_codes([sale.unit_id for sale in receipts], on=on)
    refunds = [
        refund for sale in receipts for refund in sale.refunds.all() if refund.recorded_at <= until
    ]
    keys = [f"sale:{sale.pk}" for sale in receipts] + [f"refund:{each.pk}" for each in refunds]
    entries = [each for each in ledger.entries_of_sources(sources=keys) if each.posted_at <= until]
    rules = {line.rule_id for sale in receipts for line in sale.lines.all()}
    cited = {pk: ledger.rule_by_id(rule_id=pk) for pk in sorted(rules)}
    yield "BACA.txt", _READ_ME.encode()
    yield "sampel.json", _json(_told(sample, place, items))
    ranked = [rank(seed=sample.seed, sale_id=sale_id) for sale_id in ids]
    yield "nota.csv", _csv(tables.RECEIPTS, tables.receipts(receipts, codes, ranked))
    yield "barang.csv", _csv(tables.LINES, tables.lines(receipts, cited))
    yield "pembagian.csv", _csv(tables.PARTS, tables.parts(receipts))
    yield "pengembalian.csv", _csv(tables.REFUNDS, tables.refunds(refunds))
    yield "jurnal.csv", _csv(tables.ENTRIES, tables.entries(entries, codes))
    events = audit.events_of_objects(object_keys=keys, until=until)
    yield "jejak.csv", _csv(tables.EVENTS, tables.events(events))
    for position, sale in enumerate(receipts, start=1):
        whole = tables.receipt_told(sale, codes, until=until)
        yield f"nota/{position:03d}-{sale.pk}.json", _json(whole)
    yield from _deposited(sample, codes)
    yield "berita-acara.pdf", _paper(sample, place, receipts=receipts, codes=codes)


def _deposited(sample: Sample, codes: Mapping[int, tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """What the units of the receipts deposited for these days, each paper as it is written."""
    period = Period(sample.first_day, sample.last_day)
    paid = paid_behind(unit_ids=codes, period=period, until=sample.as_of)
    papers = papers_behind(paid=paid, until=sample.as_of)
    yield "setoran.csv", _csv(bundle_deposits.DEPOSITS, bundle_deposits.deposits(paid, codes))
    yield "bukti-setoran.csv", _csv(bundle_deposits.PAPERS, bundle_deposits.papers(papers))
    yield from bundle_deposits.files(papers)


def _proof(sample: Sample) -> dict[str, Any]:
    """What shows that nothing was changed: the ends of the chains, the drawing repeated."""
    chains = [chain_of_place(unit) for unit in {*sample.units, sample.place_id}]
    heads = audit.heads_at(chains=chains, until=sample.as_of)
    return {
        "as_of": sample.as_of,
        "drawn_again_the_same": is_the_same(sample),
        "chains": [{"chain": name, "seq": seq, "seal": seal} for name, seq, seal in heads],
    }


def _told(sample: Sample, place: PlaceNow, items: list[SampleItem]) -> dict[str, Any]:
    return {
        "id": sample.pk,
        "place": place.code,
        "units": sample.units,
        "first_day": sample.first_day,
        "last_day": sample.last_day,
        "size": sample.size,
        "seed": sample.seed,
        "method": sample.method,
        "method_in_words": METHOD_WORDS,
        "as_of": sample.as_of,
        "population": sample.population,
        "population_rupiah": sample.gross,
        "drawn_at": sample.drawn_at,
        "drawn_by": sample.drawn_by,
        "receipts": [item.sale_id for item in items],
    }


def _paper(
    sample: Sample,
    place: PlaceNow,
    *,
    receipts: Iterable[Any],
    codes: Mapping[int, tuple[str, str]],
) -> bytes:
    period = formats.period(Period(sample.first_day, sample.last_day))
    total = sum(sale.total for sale in receipts)
    rows = _printed(receipts, codes)
    about = [
        f"Benih {sample.seed}, cara {sample.method}, saat acuan {sample.as_of.isoformat()}.",
        f"Diambil {len(rows)} dari {sample.population} nota, {formats.rupiah(sample.gross)}.",
        METHOD_WORDS,
    ]
    return pdf.paper(
        "treasury/papers/report.typ",
        {
            "title": "Sampel nota untuk diperiksa",
            "place": place.name,
            "period": period,
            "about": about,
            "heads": ["No.", "Unit", "Nota", "Tanggal", "Rupiah", "Hasil"],
            "rows": rows,
            "totals": [["", "Jumlah", "", "", formats.thousands(total), ""]],
            "right": [0, 4],
            "wide": 1,
            "signers": [["Pemeriksa", ""], ["Yang diperiksa", ""]],
            "foot": f"Sampel {sample.pk}",
        },
        made_at=sample.as_of,
    )


def _printed(receipts: Iterable[Any], codes: Mapping[int, tuple[str, str]]) -> list[list[str]]:
    return [
        [
            str(number),
            codes[sale.unit_id][1],
            str(sale),
            sale.sold_on.isoformat(),
            formats.thousands(sale.total),
            "",
        ]
        for number, sale in enumerate(receipts, start=1)
    ]


def _json(content: Mapping[str, Any]) -> bytes:
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, default=_plain)
    return f"{text}\n".encode()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else str(value)


def _csv(heading: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> bytes:
    return "".join(exports.csv_lines(heading, rows)).encode()
