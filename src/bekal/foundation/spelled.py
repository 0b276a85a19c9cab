"""Numbers in Indonesian words (terbilang), as invoices and handover records write them. Pure."""

_ONES = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
_GROUPS = (
    (1_000_000_000_000, "triliun"),
    (1_000_000_000, "miliar"),
    (1_000_000, "juta"),
    (1_000, "ribu"),
    (100, "ratus"),
)
_ONE_OF = {"ribu": "seribu", "ratus": "seratus"}
_TEN, _TEENS_END = 10, 20


def spelled(number: int) -> str:
    """1150 as "seribu seratus lima puluh"; a number below zero begins with "minus"."""
    if number < 0:
        return f"minus {spelled(-number)}"
    if number < len(_ONES):
        return _ONES[number]
    if number < _TEENS_END:
        return f"{_ONES[number - _TEN]} belas"
    for size, word in _GROUPS:
        count, rest = divmod(number, size)
        if count:
            head = _ONE_OF.get(word, "") if count == 1 else ""
            return _joined(head or f"{spelled(count)} {word}", rest)
    tens, rest = divmod(number, _TEN)
    return _joined(f"{_ONES[tens]} puluh", rest)


def _joined(head: str, rest: int) -> str:
    return f"{head} {spelled(rest)}" if rest else head


def spelled_rupiah(amount: int) -> str:
    """A sum as invoices end with: "Tiga ratus dua puluh ribu rupiah"."""
    return f"{spelled(amount)} rupiah".capitalize()
