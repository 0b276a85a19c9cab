"""What is left to do at a unit's desk, read off real records; no task is typed in by anybody."""

from collections.abc import Iterable

from bekal.accounts.rules import Permission
from bekal.catalogue.rules import Status
from bekal.foundation import formats
from bekal.front import head_links, links, works
from bekal.front.asked_tasks import asked_for
from bekal.front.cash_tasks import of_cash
from bekal.front.order_tasks import of_orders
from bekal.front.pnbp_tasks import of_pnbp
from bekal.front.premi_tasks import of_premi
from bekal.front.queries import Desk
from bekal.front.tasking import Task as Task
from bekal.front.tasking import counted
from bekal.front.workshop_tasks import of_workshops, of_workshops_at_any_time
from bekal.production.queries import StockSort
from bekal.production.rules import Standing
from bekal.sales.queries import DaySums

_AFTER_COST = "Bagi hasil unit ini dihitung setelah harga pokok"


def minutes_left(tasks: Iterable[Task]) -> int:
    """About how many minutes what is not done takes."""
    return sum(task.minutes for task in tasks if not task.is_done)


def sources(tasks: Iterable[Task]) -> list[str]:
    """Where the minutes of what is not done come from, in sentences."""
    return works.sources(task.effort for task in tasks if task.effort and not task.is_done)


def daily(desk: Desk, *, unit: str) -> list[Task]:
    """The tasks of the day, each for those whose work they are."""
    tasks = []
    if Permission.RECORD_SALE in desk.may:
        tasks = [_yesterday(desk, unit=unit), _today(desk, unit=unit)]
    tasks = [
        *_discrepancies(desk, unit=unit),
        *of_workshops(desk, unit=unit),
        *of_orders(desk, unit=unit),
        *asked_for(desk, unit=unit),
        *tasks,
    ]
    if desk.messages.conflicts:
        tasks.insert(0, _conflicts(desk, unit=unit))
    money = [
        *of_cash(desk, unit=unit),
        *_money(desk, unit=unit),
        *of_pnbp(desk, unit=unit),
        *of_premi(desk, unit=unit),
    ]
    return [*tasks, *money, *_coming(desk, unit=unit)]


def _money(desk: Desk, *, unit: str) -> list[Task]:
    """What the treasurer has to match and to pay."""
    work = (
        (
            desk.money.unmatched,
            "Cocokkan {} uang masuk",
            links.money_in(unit),
            works.MATCH,
            "Belum diketahui untuk pesanan mana",
        ),
        (
            desk.money.debts,
            "Bayar {} pengembalian",
            links.money_out(unit),
            works.PAY_BACK,
            "Uang pembeli yang harus dikembalikan",
        ),
        (
            desk.late_invoices,
            "Tagih {} faktur lembaga",
            links.invoices(unit),
            works.CLAIM,
            "Lewat jatuh tempo",
        ),
    )
    return counted(desk, work)


def _today(desk: Desk, *, unit: str) -> Task:
    sums = desk.sums_today
    return Task(
        "Catat penjualan hari ini",
        links.record(unit),
        effort=desk.effort(works.RECORD_SALE),
        note=sums_text(sums),
        is_done=bool(sums.receipts or sums.report),
    )


def _yesterday(desk: Desk, *, unit: str) -> Task:
    sums = desk.sums_yesterday
    if sums.receipts or sums.report:
        return Task(
            "Laporkan hari kemarin",
            links.days(unit),
            effort=desk.effort(works.REPORT_DAY),
            note=sums_text(sums),
            is_done=sums.report is not None,
        )
    return Task(
        "Catat penjualan kemarin",
        links.record_on(unit, desk.yesterday),
        effort=desk.effort(works.RECORD_SALE),
    )


def _conflicts(desk: Desk, *, unit: str) -> Task:
    return Task(
        f"Periksa {desk.messages.conflicts} kiriman ganda",
        links.conflicts(unit),
        effort=desk.effort(works.CHECK_CONFLICT, desk.messages.conflicts),
        note="Dikirim dua kali dengan isi yang berbeda",
    )


def sums_text(sums: DaySums) -> str:
    """A day in a few words: its receipts and net, that nothing was sold, or nothing."""
    if sums.receipts:
        return f"{formats.thousands(sums.receipts)} nota, {formats.rupiah(sums.net)}"
    return "Tidak ada penjualan" if sums.report else ""


def any_time(desk: Desk, *, unit: str) -> list[Task]:
    """What keeps products from being sold, for whose work it is; no hurry, and no minutes."""
    return [
        *_ending(desk, unit=unit),
        *_permits(desk, unit=unit),
        *_low(desk, unit=unit),
        *of_workshops_at_any_time(desk, unit=unit),
        *_unready(desk, unit=unit),
    ]


def _unready(desk: Desk, *, unit: str) -> list[Task]:
    """Products that lack a price or a cost, first those that buyers see and cannot order."""
    ready = (
        (
            desk.costless.stopped,
            "{} barang berhenti dijual: isi harga pokok",
            links.products_that(unit, Status.STOPPED),
            _AFTER_COST,
        ),
        (
            desk.unready.awaited,
            "Isi harga {} produk",
            links.products_that(unit, Status.AWAITED),
            "Tanpa harga, produk belum bisa dijual",
        ),
        (
            desk.unready.ranged,
            "Tetapkan harga {} produk",
            links.products_that(unit, Status.RANGE),
            "Sumbernya menyebut rentang harga",
        ),
        (
            desk.costless.hidden,
            "Isi harga pokok {} produk",
            links.products_that(unit, Status.HIDDEN),
            _AFTER_COST,
        ),
    )
    return _where_any(ready)


def _where_any(rows: Iterable[tuple[int, str, str, str]]) -> list[Task]:
    return [
        Task(words.format(formats.thousands(count)), href, note=note)
        for count, words, href, note in rows
        if count
    ]


def duties(desk: Desk, *, unit: str) -> list[Task]:
    """What a person may do here now and then, by their permissions."""
    found = []
    if Permission.REFUND_SALE in desk.may:
        found.append(
            Task(
                "Batalkan nota atau catat barang kembali",
                links.receipts(unit),
                note="Pilih notanya",
            )
        )
    if Permission.PAUSE_UNIT in desk.may:
        found.append(_pausing(desk, unit=unit))
    if Permission.HANDLE_ORDERS in desk.may:
        found.append(
            Task(
                "Jasa dengan janji", links.services(unit), note="Siapa datang, jam buka, hari tutup"
            )
        )
    if Permission.HANDLE_PAYMENTS in desk.may:
        found.append(
            Task("Uang masuk", links.money_in(unit), note="Impor mutasi bank, cocokkan, unduh")
        )
        found.append(Task("Faktur lembaga", links.invoices(unit), note="Yang belum dibayar"))
    if Permission.SET_MERCHANT in desk.may:
        found.append(Task("Rekening dan QRIS unit", head_links.merchant(unit)))
        found.append(Task("Alamat dan nomor untuk pembeli", head_links.contact(unit)))
    if Permission.CHOOSE_RULE in desk.may:
        found.append(Task("Pilih aturan bagi hasil", links.rules(unit)))
    return found


def _discrepancies(desk: Desk, *, unit: str) -> list[Task]:
    """Levels that cannot be: for whoever keeps the stock, today."""
    if Permission.KEEP_STOCK not in desk.may:
        return []
    found = (
        (
            desk.goods.minus,
            "Stok minus {} produk",
            links.stock_that(unit, Standing.MINUS),
            works.COUNT_GOODS,
            "Tercatat terjual lebih banyak daripada yang ada. Hitung barangnya",
        ),
        (
            desk.goods.short,
            "Stok kurang untuk pesanan: {} produk",
            links.stock_that(unit, Standing.SHORT),
            works.COUNT_GOODS,
            "Yang dipesan pembeli lebih banyak daripada yang ada",
        ),
    )
    return counted(desk, found)


def _permits(desk: Desk, *, unit: str) -> list[Task]:
    """Permits that end within 60 days, or have ended: food without one cannot be ordered."""
    if not desk.permits:
        return []
    first, *others = desk.permits
    assert first.valid_until is not None
    word = "Habis sejak" if first.valid_until < desk.today else "Berlaku sampai"
    note = f"{word} {formats.date(first.valid_until)}"
    if others:
        name = f"Perpanjang {formats.thousands(len(desk.permits))} izin"
        return [Task(name, links.permits(unit), note=f"{first.label} {first.number}: {note}")]
    return [Task(f"Perpanjang {first.label} {first.number}", links.permits(unit), note=note)]


def _ending(desk: Desk, *, unit: str) -> list[Task]:
    """Facts of makers that end within 30 days, or have ended: who lacks one may not work."""
    if not desk.makers.ending:
        return []
    makers = len({one.maker for one in desk.makers.ending})
    first = desk.makers.ending[0]
    word = "habis sejak" if first.until < desk.today else "berlaku sampai"
    return [
        Task(
            f"Perbarui syarat {formats.thousands(makers)} pembuat",
            links.makers_ending(unit),
            note=f"{first.label} {word} {formats.date(first.until)}",
        )
    ]


def _coming(desk: Desk, *, unit: str) -> list[Task]:
    """Makers whom another unit let go, for whoever receives them."""
    makers, note = links.makers(unit), "Dipindahkan dari unit lain"
    return counted(desk, [(desk.makers.coming, "Terima {} pembuat", makers, works.RECEIVE, note)])


def _low(desk: Desk, *, unit: str) -> list[Task]:
    """What will soon be gone, and that buyers cannot order just now; no hurry."""
    if Permission.KEEP_STOCK not in desk.may:
        return []
    found = []
    if desk.goods.pause:
        found.append(
            Task("Pesanan unit ini sedang dijeda", links.stock(unit), note=desk.goods.pause)
        )
    if desk.goods.low:
        found.append(
            Task(
                f"Stok {formats.thousands(desk.goods.low)} produk menipis atau habis",
                links.stock_by(unit, StockSort.FEWEST),
                note="Buat lagi, atau catat hasil produksinya",
            )
        )
    return found


def _pausing(desk: Desk, *, unit: str) -> Task:
    """Letting the unit take no orders, or orders again."""
    if desk.goods.pause:
        return Task("Buka pesanan lagi", links.pause(unit), note=f"Dijeda: {desk.goods.pause}")
    return Task("Jeda pesanan", links.pause(unit), note="Misalnya untuk keamanan")
